#![doc = include_str!("wrong_type.md")]

use crate::diagnostic::{At, Diagnostic, Edit, certain, nearest, rule};
use crate::yaml::{Content, Node, Reader};

rule!("SB005", "wrong-type", Error, "wrong_type.md");

/// Reports a value that is not what its field takes.
pub fn report(reader: &mut Reader, node: &Node<'_>, expected: &str) {
    let found = match &node.content {
        Content::Null => "nothing".to_owned(),
        Content::Scalar(text) if text.contains('\n') => "several lines".to_owned(),
        Content::Scalar(text) => format!("`{}`", shorten(text)),
        Content::List(_) => "a list".to_owned(),
        Content::Map(_) => "a mapping".to_owned(),
    };
    let help = match &node.content {
        Content::Null => format!("write {expected}, or remove the field"),
        Content::Scalar(text) if text.contains('\n') => {
            "put it on one line, or begin it with `>-`".to_owned()
        }
        _ if expected == "a list" => "write `[…]`, or a line `- …` for each entry".to_owned(),
        _ => format!("write {expected}"),
    };
    reader.report(
        Diagnostic::new(RULE, node.at, format!("expected {expected}, found {found}")).help(help),
    );
}

/// Reports a value that should be a mapping with these fields.
pub fn report_no_mapping(reader: &mut Reader, node: &Node<'_>, of: &str, fields: &[&str]) {
    let of = if of.contains("mapping") {
        of.to_owned()
    } else {
        format!("{of} as a mapping")
    };
    report(reader, node, &of);
    if let (Some(last), Some(field)) = (reader.last(), fields.first()) {
        last.help = Some(format!("write its fields, such as `{field}: …`"));
    }
}

/// Reports a value that is of the right type and makes no sense.
pub fn report_value(reader: &mut Reader, at: At, message: &str, help: &str) {
    reader.report(Diagnostic::new(RULE, at, message).help(help));
}

/// Reports a value that stands where a list should, and would be a good entry of it.
pub fn report_single(reader: &mut Reader, node: &Node<'_>) {
    report(reader, node, "a list");
    if let (Content::Scalar(text), Some(last)) = (&node.content, reader.last()) {
        last.edit = Some(Edit::listed(node.at, text));
    }
}

/// Reports a list that needs at least one entry.
pub fn report_empty(reader: &mut Reader, at: At, entry: &str) {
    reader.report(
        Diagnostic::new(
            RULE,
            at,
            format!("expected at least one {entry}, found an empty list"),
        )
        .help(format!("add an {entry}")),
    );
}

/// The text of a scalar; anything else is reported.
pub fn scalar<'n>(node: &'n Node<'_>, reader: &mut Reader, expected: &str) -> Option<&'n str> {
    let Content::Scalar(text) = &node.content else {
        report(reader, node, expected);
        return None;
    };
    Some(text)
}

/// The text of a scalar that is one of `words`; anything else is reported, with the near word.
pub fn one_of<'n>(
    node: &'n Node<'_>,
    reader: &mut Reader,
    expected: &str,
    words: &[&str],
) -> Option<&'n str> {
    let text = scalar(node, reader, expected)?;
    if words.contains(&text) {
        return Some(text);
    }
    let meant = certain(text, words.iter().copied());
    let help = match meant.or_else(|| nearest(text, words.iter().copied())) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("write one of `{}`", words.join("`, `")),
    };
    let message = format!("expected {expected}, found `{}`", shorten(text));
    let edit = meant.map(|meant| Edit::word(node.at, text, meant));
    reader.report(
        Diagnostic::new(RULE, node.at, message)
            .help(help)
            .edit(edit),
    );
    None
}

/// `true` or `false`; anything else is reported, and what other YAML tools read as one of them can be mended.
pub fn truth(node: &Node<'_>, reader: &mut Reader, expected: &str) -> Option<bool> {
    if let Some(text) = one_of(node, reader, expected, &["true", "false"]) {
        return Some(text == "true");
    }
    if let (Content::Scalar(text), Some(last)) = (&node.content, reader.last()) {
        let meant = match text.to_ascii_lowercase().as_str() {
            "yes" | "on" => "true",
            "no" | "off" => "false",
            _ => return None,
        };
        last.help = Some(format!("write `{meant}`"));
        last.edit = Some(Edit::word(node.at, text, meant));
    }
    None
}

/// A value as a message quotes it.
fn shorten(text: &str) -> String {
    const MOST: usize = 60;
    match text.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
