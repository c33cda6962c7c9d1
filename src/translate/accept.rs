//! The text of a translation with the hash of what it was made from: all else stays as it is, byte for byte.

use crate::diagnostic::{Key, Source};
use crate::model::Edition;
use crate::yaml::{self, Content, MAX_NODES, Placed, Reader};

/// Why the hash cannot be written into a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "the line `of: \"{hash}\"` cannot be put in front of its first field: put it there by hand"
)]
pub struct AcceptError {
    hash: Edition,
}

/// The text of a translation that says it was made from `hash`; `of` is what it says now.
///
/// # Errors
///
/// A YAML file in a form that has no place for it.
pub fn accepted(
    source: &Source,
    of: Option<&Placed<Edition>>,
    hash: Edition,
) -> Result<String, AcceptError> {
    let text = &*source.text;
    let end = if text
        .lines()
        .next()
        .is_some_and(|line| text[line.len()..].starts_with("\r\n"))
    {
        "\r\n"
    } else {
        "\n"
    };
    let old = of.map(|of| source.marks[of.at.node as usize]);
    let replace = |new: &str| {
        old.map(|old| {
            let (before, after) = (&text[..old.start as usize], &text[old.end as usize..]);
            format!("{before}{new}{after}")
        })
    };
    if !source.path.ends_with(".yaml") {
        let line = format!("<!-- of: {hash} -->");
        return Ok(replace(&line).unwrap_or_else(|| format!("{line}{end}{text}")));
    }
    // Other YAML tools would read some hashes as numbers.
    let quoted = format!("\"{hash}\"");
    let new = match replace(&quoted) {
        Some(new) => new,
        None => inserted(source, &format!("of: {quoted}"), end).ok_or(AcceptError { hash })?,
    };
    if says(&new, hash) {
        Ok(new)
    } else {
        Err(AcceptError { hash })
    }
}

/// The text with a field in front of the first one.
fn inserted(source: &Source, field: &str, end: &str) -> Option<String> {
    let text = &*source.text;
    let keys = source.marks.iter().filter_map(|mark| match mark.key {
        Key::Name(start, _) => Some((start as usize, mark.parent)),
        _ => None,
    });
    let (first, parent) = keys.min()?;
    let (before, after) = text.split_at(first);
    let around = source.marks[parent as usize].start as usize;
    if text[around..].starts_with('{') {
        return Some(format!("{before}{field}, {after}"));
    }
    let indent = &before[before.rfind('\n').map_or(0, |line| line + 1)..];
    let fits = indent.chars().all(|c| c == ' ');
    fits.then(|| format!("{before}{field}{end}{indent}{after}"))
}

/// Whether a text is a mapping that begins with this hash.
fn says(text: &str, hash: Edition) -> bool {
    let mut reader = Reader::new(0);
    let root = yaml::parse(text, MAX_NODES, &mut reader);
    let Some(Content::Map(entries)) = root.map(|root| root.content) else {
        return false;
    };
    let mut of = entries.iter().filter(|(key, _)| key == "of");
    let says = matches!(of.next(), Some((_, node)) if matches!(&node.content, Content::Scalar(text) if *text == hash.to_string()));
    says && reader.finish().1.is_empty()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::yaml::Shape;

    fn accept(path: &str, text: &str) -> Result<String, AcceptError> {
        let mut reader = Reader::new(0);
        let root = yaml::parse(text, MAX_NODES, &mut reader);
        let of = root.and_then(|root| match &root.content {
            Content::Map(entries) => {
                let of = entries.iter().find(|(key, _)| key == "of")?;
                Placed::<Edition>::read(&of.1, &mut reader)
            }
            _ => None,
        });
        let source = Source {
            path: path.to_owned(),
            text: Arc::from(text),
            marks: reader.finish().0,
        };
        let hash = "0123abcd".parse().expect("is a hash");
        accepted(&source, of.as_ref(), hash)
    }

    #[test]
    fn everything_else_stays_as_it_is() {
        for (before, after) in [
            (
                "# Who\n\ntitle: 'A'   # a\nsteps: {}\n",
                "# Who\n\nof: \"0123abcd\"\ntitle: 'A'   # a\nsteps: {}\n",
            ),
            (
                "---\r\n  title: A\r\n",
                "---\r\n  of: \"0123abcd\"\r\n  title: A\r\n",
            ),
            ("{title: A}", "{of: \"0123abcd\", title: A}"),
            (
                "{\n  title: A,\n}\n",
                "{\n  of: \"0123abcd\", title: A,\n}\n",
            ),
            (
                "title: A\nof: 00000000 # old\n",
                "title: A\nof: \"0123abcd\" # old\n",
            ),
            ("of: '00000000'\ntitle: A", "of: \"0123abcd\"\ntitle: A"),
        ] {
            assert_eq!(
                accept("a.en.yaml", before).as_deref(),
                Ok(after),
                "{before}"
            );
        }
        assert_eq!(
            accept("a.en.md", "# A\r\n").as_deref(),
            Ok("<!-- of: 0123abcd -->\r\n# A\r\n")
        );
        assert!(accept("a.en.yaml", "--- {title: A}").is_ok());
        assert!(accept("a.en.yaml", "? title\n: A\n").is_err());
    }
}
