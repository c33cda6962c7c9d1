#![doc = include_str!("unused_channel.md")]

use std::collections::BTreeSet;

use crate::check::{Context, walk};
use crate::diagnostic::{At, Diagnostic, rule};
use crate::model::{Channel, ChannelLevel, RequiredChannel};

rule!("SB217", "unused-channel", Warning, "unused_channel.md");

/// Reports every channel for merchants that no step goes through and no standard asks for.
pub fn run(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for provider in &context.providers {
        let Some(document) = &provider.document else {
            continue;
        };
        if provider.procedures.is_empty() || !provider.unread.is_empty() {
            continue;
        }
        let mut used: BTreeSet<At> = BTreeSet::new();
        for body in provider
            .procedures
            .iter()
            .map(|procedure| procedure.body.as_ref())
        {
            let via = body
                .steps
                .iter()
                .flat_map(|step| walk::step_channels(&step.step));
            for name in via.flat_map(|via| &via.value) {
                used.extend(
                    provider
                        .channels(name.as_str())
                        .iter()
                        .map(|channel| channel.at),
                );
            }
            let named = context
                .book
                .standard_of(body)
                .into_iter()
                .flat_map(|standard| &standard.channels);
            for named in named {
                let fitting = document
                    .channels
                    .iter()
                    .filter(|channel| fits(channel, named));
                used.extend(fitting.map(|channel| channel.at));
            }
        }
        for channel in document
            .channels
            .iter()
            .filter(|it| it.serves_merchants() && !used.contains(&it.at))
        {
            let message = format!("no step goes through the channel `{}`", channel.id.value);
            diagnostics.push(Diagnostic::new(RULE, channel.id.at, message).help(
                "name it or its kind in `via` of a step, say whom it is `for`, or remove it",
            ));
        }
    }
}

/// Whether a standard speaks of a channel, to ask for it or to forbid it.
fn fits(channel: &Channel, named: &RequiredChannel) -> bool {
    match &named.id {
        Some(id) => channel.id.value == id.value,
        None => {
            channel.kind.value == named.kind.value && named.level.value != ChannelLevel::Recommended
        }
    }
}
