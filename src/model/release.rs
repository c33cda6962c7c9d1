//! `content/releases/DATE.yaml`: what one release promised, as `stepbook release` writes it. Never edited, never removed.
//!
//! An edition holds everything that is not said again: a step's hash stays until a later release gives another, and so
//! does the order of steps. What many procedures have alike is said once.

use std::fmt;
use std::str::FromStr;

use super::Edition;
use crate::diagnostic::At;
use crate::yaml::rules::wrong_type;
use crate::yaml::{Date, Form, Id, Node, Placed, Reader, Shape, Shown, Text, shape};

/// A procedure of a provider, by name: `provider/procedure`. It may be gone from the book.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ProcedureName {
    /// The provider.
    pub provider: Id,
    /// The procedure.
    pub procedure: Id,
}

impl fmt::Display for ProcedureName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.provider, self.procedure)
    }
}

impl FromStr for ProcedureName {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (provider, procedure) = text.split_once('/').ok_or(())?;
        Ok(ProcedureName {
            provider: provider.parse().map_err(|_| ())?,
            procedure: procedure.parse().map_err(|_| ())?,
        })
    }
}

/// The name of a release: its day, and which of that day's releases it is, from 1. Written `2026-11-23`, `2026-11-23-2`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct ReleaseName {
    /// The day.
    pub date: Date,
    /// From 1.
    pub part: u32,
}

impl fmt::Display for ReleaseName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.part {
            1 => write!(f, "{}", self.date),
            part => write!(f, "{}-{part}", self.date),
        }
    }
}

impl FromStr for ReleaseName {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        const DAY: usize = "2026-11-23".len();
        let (date, part) = text.split_at_checked(DAY).ok_or(())?;
        let part = match part.strip_prefix('-') {
            None if part.is_empty() => 1,
            Some(number) => number.parse().map_err(|_| ())?,
            None => return Err(()),
        };
        let name = ReleaseName {
            date: date.parse().map_err(|_| ())?,
            part,
        };
        // One way to write a name: not `-1`, not `-02`; and there is always a next one.
        if name.to_string() == text && (1..u32::MAX).contains(&part) {
            Ok(name)
        } else {
            Err(())
        }
    }
}

/// Reads a scalar by `FromStr`.
macro_rules! name {
    ($type:ty, $expected:literal, $pattern:literal) => {
        impl Shape for Placed<$type> {
            const EXPECTED: &'static str = $expected;

            fn read(node: &Node<'_>, reader: &mut Reader) -> Option<Self> {
                let text = wrong_type::scalar(node, reader, Self::EXPECTED)?;
                let Ok(value) = text.parse() else {
                    wrong_type::report(reader, node, Self::EXPECTED);
                    return None;
                };
                Some(Placed { value, at: node.at })
            }

            fn show(&self) -> Shown {
                Shown::Scalar(self.value.to_string(), self.at)
            }

            fn form() -> Form {
                Form::Pattern {
                    pattern: $pattern,
                    expected: $expected,
                }
            }
        }
    };
}

name!(
    ProcedureName,
    "a procedure, `PROVIDER/PROCEDURE`",
    "^[a-z0-9-]+/[a-z0-9-]+$"
);
name!(
    ReleaseName,
    "the name of a release, a date such as `2026-11-23`",
    "^[0-9]{4}-[0-9]{2}-[0-9]{2}(-[0-9]+)?$"
);
name!(
    Edition,
    "a hash of eight hexadecimal digits",
    "^[0-9a-f]{8}$"
);
name!(
    Predecessor,
    "a release and its seal, such as `2026-11-23 0123456789abcdef`",
    "^[0-9]{4}-[0-9]{2}-[0-9]{2}(-[0-9]+)? "
);

/// The release that another one follows: its name, which may have changed since, and its seal, which cannot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Predecessor {
    /// The name that it had.
    pub name: ReleaseName,
    /// Its seal.
    pub seal: String,
}

impl FromStr for Predecessor {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (name, seal) = text.split_once(' ').ok_or(())?;
        Ok(Predecessor {
            name: name.parse()?,
            seal: seal.to_owned(),
        })
    }
}

impl fmt::Display for Predecessor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.name, self.seal)
    }
}

/// The editions that a release made, each at its line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReleasedEditions(pub Vec<(ProcedureName, Placed<Edition>)>);

impl Shape for ReleasedEditions {
    const EXPECTED: &'static str = "a mapping of procedures to editions";

    fn read(node: &Node<'_>, reader: &mut Reader) -> Option<Self> {
        let entries = reader.mapping(node, Self::EXPECTED, &[])?;
        let mut editions = Vec::with_capacity(entries.len());
        for (key, node) in entries {
            let edition = Placed::<Edition>::read(node, reader)?;
            let Ok(name) = key.parse() else {
                let at = reader.key_of(node);
                let message = format!("`{key}` is no procedure");
                let expected = <Placed<ProcedureName> as Shape>::EXPECTED;
                wrong_type::report_value(reader, at, &message, &format!("write {expected}"));
                return None;
            };
            editions.push((name, edition));
        }
        Some(ReleasedEditions(editions))
    }

    fn show(&self) -> Shown {
        let shown = self.0.iter();
        Shown::Map(
            shown
                .map(|(name, edition)| (name.to_string(), edition.show()))
                .collect(),
        )
    }

    fn form() -> Form {
        Form::Entries {
            key: Box::new(<Placed<ProcedureName> as Shape>::form()),
            value: Box::new(<Placed<Edition> as Shape>::form()),
        }
    }
}

shape! {
    /// An order of steps that procedures have from this release on.
    pub struct ReleasedOrder ("an order of steps") {
        /// All steps of the procedure.
        steps: Vec<Placed<Id>>,
        /// The procedures; every one of the release where neither this nor `except` is given.
        r#in: Option<Vec<Placed<ProcedureName>>>,
        /// Every procedure of the release but these.
        except: Option<Vec<Placed<ProcedureName>>>,
    }
}

shape! {
    /// What a step is from this release on.
    pub struct ReleasedStep ("a released step") {
        /// Its id.
        step: Placed<Id>,
        /// Its hash.
        hash: Placed<Edition>,
        /// Its action, so that it can be named when it is no more.
        action: Text,
        /// The procedures; every one of the release that has the step where neither this nor `except` is given.
        r#in: Option<Vec<Placed<ProcedureName>>>,
        /// Every procedure of the release that has the step but these.
        except: Option<Vec<Placed<ProcedureName>>>,
    }
}

shape! {
    /// A release's file.
    pub struct ReleaseDocument ("a release") {
        /// The day on which it was made.
        date: Placed<Date>,
        /// The releases that it follows: more than one where branches were merged that each released something.
        after: Vec<Placed<Predecessor>>,
        /// The procedures that changed.
        editions: ReleasedEditions,
        /// Orders of steps that are new.
        orders: Vec<ReleasedOrder>,
        /// Steps that are new or changed.
        steps: Vec<ReleasedStep>,
        /// The hash of all text before it.
        seal: Text,
    }
}

/// A release: its name is its file's.
#[derive(Debug, Clone)]
pub struct Release {
    /// Its name.
    pub name: ReleaseName,
    /// The whole file.
    pub at: At,
    /// What it says.
    pub document: ReleaseDocument,
}

/// Text that ends in a line `seal: "HASH"`, a BLAKE3 hash of all lines before it: so that a release that was edited or
/// cut short is known. Lines count, not how they end.
#[derive(Debug)]
pub struct Seal;

impl Seal {
    const KEY: &str = "seal: ";

    /// Adds the seal to `text`, which ends with a line break.
    pub fn put(mut text: String) -> String {
        let seal = Self::of(&text);
        text.extend([Self::KEY, "\"", &seal, "\"\n"]);
        text
    }

    /// Whether the text stands as it was sealed; `None` where there is no seal at its end.
    pub fn holds(text: &str) -> Option<bool> {
        let text = text.replace("\r\n", "\n");
        let body = text.strip_suffix('\n').unwrap_or(&text);
        let at = body.rfind('\n')? + 1;
        let seal = body[at..].strip_prefix(Self::KEY)?;
        Some(seal == format!("\"{}\"", Self::of(&text[..at])))
    }

    fn of(text: &str) -> String {
        blake3::hash(text.as_bytes()).to_hex()[..16].to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_release_is_named_in_one_way() {
        for good in ["2026-11-23", "2026-11-23-2", "2026-11-23-10"] {
            let name: ReleaseName = good.parse().expect(good);
            assert_eq!(name.to_string(), good);
        }
        for bad in [
            "",
            "2026",
            "2026-11-23-1",
            "2026-11-23-02",
            "2026-11-23-0",
            "2026-11-23-4294967295",
            "2026-02-30",
            "2026-11-23x",
            "２026-11-23",
        ] {
            assert!(bad.parse::<ReleaseName>().is_err(), "{bad}");
        }
    }

    #[test]
    fn a_seal_knows_every_change_of_the_text_and_none_of_its_line_ends() {
        let text = Seal::put("a: 1\nb: 2\n".to_owned());
        assert_eq!(Seal::holds(&text), Some(true));
        assert_eq!(Seal::holds(&text.replace('\n', "\r\n")), Some(true));
        assert_eq!(Seal::holds(text.trim_end()), Some(true));
        assert_eq!(Seal::holds(&text.replace("b: 2", "b: 3")), Some(false));
        assert_eq!(Seal::holds(&format!("{text}c: 3\n")), None);
        for length in 0..text.trim_end().len() {
            assert_ne!(Seal::holds(&text[..length]), Some(true), "{length}");
        }
    }
}
