#![doc = include_str!("malformed_contact.md")]

use super::{personal_data, unsafe_address};
use crate::check::{Context, walk};
use crate::diagnostic::{Diagnostic, rule};
use crate::model::ChannelKind;
use crate::yaml::Url;

rule!("SB310", "malformed-contact", Error, "malformed_contact.md");

/// Reports every number or address that a reader could not use as it stands.
pub fn run(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for (channel, value) in walk::contacts(context) {
        let Some((what, example)) = fault(channel.kind.value, value) else {
            continue;
        };
        // Worse is said of it already.
        let is_web = channel.kind.value == ChannelKind::Web;
        if personal_data::is_in(value) || is_web && unsafe_address::scheme(value).is_some() {
            continue;
        }
        diagnostics.push(
            Diagnostic::new(RULE, value.at, format!("`{}` is no {what}", value.value))
                .help(format!(
                    "write it as in `{example}`, and anything else in `label` or `hours`"
                ))
                .because(Some(
                    "the page makes a link of it, and paper is read out at a counter",
                )),
        );
    }
}

/// What a value should be and is not, with an example.
fn fault(kind: ChannelKind, value: &str) -> Option<(&'static str, &'static str)> {
    match kind {
        ChannelKind::Phone => {
            let digits = value.chars().filter(char::is_ascii_digit).count();
            let known = value
                .chars()
                .all(|c| c.is_ascii_digit() || " +-()".contains(c));
            (!known || !(3..=15).contains(&digits)).then_some(("telephone number", "021-555-0101"))
        }
        ChannelKind::Email => {
            let good = value.split_once('@').is_some_and(|(name, host)| {
                !name.is_empty()
                    && format!("https://{host}").parse::<Url>().is_ok()
                    && !value.contains(' ')
            });
            (!good).then_some(("e-mail address", "help@provider.example"))
        }
        ChannelKind::Web => {
            (value.parse::<Url>().is_err()).then_some(("web address", "https://provider.example/"))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_reader_can_dial_write_to_or_open_passes() {
        use ChannelKind::{Email, Phone, Web};
        for (kind, value) in [
            (Phone, "1010-8989"),
            (Phone, "+44 20 7946 0000"),
            (Email, "a@b.example"),
            (Web, "https://a.example/x"),
        ] {
            assert_eq!(fault(kind, value), None, "{value}");
        }
        for (kind, value) in [
            (Phone, "call me"),
            (Phone, "12"),
            (Phone, "0101 ext 3"),
            (Email, "a.example"),
            (Email, "a @b.example"),
            (Web, "javascript:alert(1)"),
            (Web, "a.example"),
        ] {
            assert!(fault(kind, value).is_some(), "{value}");
        }
    }
}
