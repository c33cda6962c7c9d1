//! The file of a new provider: its name, and the channels that standards require of everybody.

use super::scaffold::{Scaffold, TODO};
use crate::model::{Channel, ChannelLevel, ProviderDocument, RequiredChannel};
use crate::parse::Documents;
use crate::yaml::{Form, Id, Shape};

/// `provider.yaml`.
pub(super) fn text(id: &Id, documents: &Documents) -> String {
    let mut file = Scaffold::default();
    file.words(0, &format!("Who `{id}` is, and how to reach it. `stepbook check` reports every {TODO} until it is written."));
    file.words(
        0,
        "A line of YAML right behind a # may be used: take the # away, and write what you know.",
    );
    let form = ProviderDocument::form();
    for field in form.fields() {
        file.gap();
        if !field.required {
            file.fields(0, std::iter::once(field));
            continue;
        }
        file.words(0, field.doc);
        match &field.form {
            Form::Text => file.yaml(0, &format!("{}: {TODO}", field.name)),
            _ => channels(&mut file, field.name, documents),
        }
    }
    file.finish()
}

/// A channel for each that a standard requires or recommends; the latter may be taken.
fn channels(file: &mut Scaffold, name: &str, documents: &Documents) {
    let mut wanted: Vec<(String, &RequiredChannel)> = Vec::new();
    let standards = || documents.standards.values().flatten();
    let of = |level: ChannelLevel| {
        standards()
            .flat_map(|standard| &standard.channels)
            .filter(move |channel| channel.level.value == level)
    };
    for channel in of(ChannelLevel::Required).chain(of(ChannelLevel::Recommended)) {
        let kind = channel.kind.value;
        let id = channel.id.as_ref().map(|id| id.value.to_string());
        let there = wanted
            .iter()
            .any(|(other, it)| it.kind.value == kind && id.as_ref().is_none_or(|id| id == other));
        if !there {
            let mut id = id.unwrap_or_else(|| kind.as_str().to_owned());
            while wanted.iter().any(|(other, _)| *other == id) {
                id += "-2";
            }
            wanted.push((id, channel));
        }
    }
    let required = |it: &RequiredChannel| it.level.value == ChannelLevel::Required;
    if wanted.iter().any(|(_, it)| required(it)) {
        file.yaml(0, &format!("{name}:"));
    } else {
        file.yaml(0, &format!("{name}: []"));
    }
    let form = Channel::form();
    for (id, channel) in &wanted {
        let required = required(channel);
        let word = if required { "Required" } else { "Recommended" };
        match &channel.because {
            Some(because) => file.words(2, &format!("{word}: {}", because.value)),
            None => file.words(2, &format!("{word}.")),
        }
        for (at, field) in form.fields().iter().enumerate() {
            let dash = if at == 0 { "- " } else { "  " };
            let value = match field.name {
                "id" => id.as_str(),
                "kind" => channel.kind.value.as_str(),
                _ if field.required => TODO,
                _ => continue,
            };
            let line = format!("{dash}{}: {value}", field.name);
            file.wanted(required, 2, &line);
        }
        if required {
            file.fields(4, form.fields().iter().filter(|field| !field.required));
        }
    }
}
