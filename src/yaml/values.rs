//! The values that shapes are made of: texts, ids, dates, addresses, lists.

use std::fmt;
use std::ops::Deref;
use std::str::FromStr;
use std::sync::Arc;

use super::rules::{invalid_date, invalid_id, wrong_type};
use super::{Content, Node, Reader, Shape, Shown};
use crate::diagnostic::At;

pub use jiff::civil::Date;

/// A value and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placed<T> {
    /// The value.
    pub value: T,
    /// Where it stands; for a list or a mapping, its key.
    pub at: At,
}

impl<T> Deref for Placed<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.value
    }
}

/// One line of plain text.
pub type Text = Placed<Arc<str>>;

/// `[a-z0-9]+(-[a-z0-9]+)*`, at most 64 characters, never a word or number that other YAML tools read as something
/// else, never the theme's own prefix `sb-`. There is no way to make another one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id(Arc<str>);

impl Id {
    /// The longest id.
    pub const MAX: usize = 64;

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Why a text is no id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum IdError {
    /// A character or hyphen out of place.
    #[error("an id is made of `a` to `z`, `0` to `9` and single hyphens between them")]
    Form,
    /// Longer than [`Id::MAX`].
    #[error("an id has at most 64 characters")]
    Long,
    /// `true`, `no`, `2024` and the like.
    #[error("other YAML tools read this word as a truth value, nothing or a number")]
    Ambiguous,
    /// Begins with `sb-`.
    #[error("ids that begin with `sb-` belong to the theme")]
    Theme,
}

impl FromStr for Id {
    type Err = IdError;

    fn from_str(text: &str) -> Result<Self, IdError> {
        let part = |part: &str| {
            !part.is_empty()
                && part
                    .bytes()
                    .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
        };
        if !text.split('-').all(part) {
            return Err(IdError::Form);
        }
        if text.len() > Id::MAX {
            return Err(IdError::Long);
        }
        let ambiguous = matches!(
            text,
            "on" | "off" | "yes" | "no" | "true" | "false" | "null"
        );
        if ambiguous || text.bytes().all(|b| b.is_ascii_digit()) {
            return Err(IdError::Ambiguous);
        }
        if text.starts_with("sb-") {
            return Err(IdError::Theme);
        }
        Ok(Id(text.into()))
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::borrow::Borrow<str> for Id {
    fn borrow(&self) -> &str {
        &self.0
    }
}

/// An `http` or `https` address with a host.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Url {
    text: Arc<str>,
    host: (usize, usize),
}

impl Url {
    /// The address as written.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The host in the address, without port.
    pub fn host(&self) -> &str {
        &self.text[self.host.0..self.host.1]
    }

    /// The path from the host on, without a final slash.
    pub fn path(&self) -> &str {
        let rest = &self.text[self.host.1..];
        rest.find('/')
            .map_or("", |slash| &rest[slash..])
            .trim_end_matches('/')
    }
}

impl FromStr for Url {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let rest = text
            .strip_prefix("https://")
            .or_else(|| text.strip_prefix("http://"))
            .ok_or(())?;
        let start = text.len() - rest.len();
        // Nothing may stand before the host: `https://known.example@other.example/` leads to the other.
        let authority = &rest[..rest.find(['/', '?', '#']).unwrap_or(rest.len())];
        let (host, port) = authority.split_once(':').unwrap_or((authority, "0"));
        let good = !host.is_empty()
            && host
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b == b'.' || b == b'-')
            && !port.is_empty()
            && port.bytes().all(|b| b.is_ascii_digit())
            && !text
                .contains(|c: char| c.is_whitespace() || c.is_control() || "\"<>\\`".contains(c));
        if good {
            Ok(Url {
                text: text.into(),
                host: (start, start + host.len()),
            })
        } else {
            Err(())
        }
    }
}

/// A number of days, written `180d`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Days(pub u32);

/// A mapping whose keys are ids, in the order of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entries<V>(pub Vec<(Placed<Id>, V)>);

impl<V> Entries<V> {
    /// The value of an id.
    pub fn get(&self, id: &str) -> Option<&V> {
        self.0
            .iter()
            .find(|(key, _)| key.as_str() == id)
            .map(|(_, value)| value)
    }
}

impl<V> Default for Entries<V> {
    fn default() -> Self {
        Entries(Vec::new())
    }
}

/// One value, or a list of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OneOrMany<T>(pub Vec<T>);

impl<T: Shape + Clone> Shape for Option<T> {
    const EXPECTED: &'static str = T::EXPECTED;

    fn read(node: &Node<'_>, reader: &mut Reader) -> Option<Self> {
        T::read(node, reader).map(Some)
    }

    fn absent() -> Option<Self> {
        Some(None)
    }

    fn overlay(&mut self, over: &Self) {
        if over.is_some() {
            self.clone_from(over);
        }
    }

    fn show(&self) -> Shown {
        self.as_ref().map_or(Shown::Nothing, T::show)
    }
}

impl<T: Shape> Shape for Vec<T> {
    const EXPECTED: &'static str = "a list";

    fn read(node: &Node<'_>, reader: &mut Reader) -> Option<Self> {
        let Content::List(nodes) = &node.content else {
            wrong_type::report(reader, node, Self::EXPECTED);
            return None;
        };
        Some(
            nodes
                .iter()
                .filter_map(|node| T::read(node, reader))
                .collect(),
        )
    }

    fn absent() -> Option<Self> {
        Some(Vec::new())
    }

    fn show(&self) -> Shown {
        if self.is_empty() {
            Shown::Nothing
        } else {
            Shown::List(self.iter().map(T::show).collect())
        }
    }
}

/// A list that must be told from an absent one: it knows the place of its key.
impl<T: Shape> Shape for Placed<Vec<T>> {
    const EXPECTED: &'static str = "a list";

    fn read(node: &Node<'_>, reader: &mut Reader) -> Option<Self> {
        Some(Placed {
            value: Vec::read(node, reader)?,
            at: reader.key_of(node),
        })
    }

    fn show(&self) -> Shown {
        Shown::List(self.value.iter().map(T::show).collect())
    }
}

impl<V: Shape> Shape for Entries<V> {
    const EXPECTED: &'static str = "a mapping of ids";

    fn read(node: &Node<'_>, reader: &mut Reader) -> Option<Self> {
        let mut read = Vec::new();
        for (key, node) in reader.mapping(node, Self::EXPECTED, &[])? {
            let at = reader.key_of(node);
            let value = V::read(node, reader);
            if let (Some(id), Some(value)) = (invalid_id::read(reader, at, key), value) {
                read.push((id, value));
            }
        }
        Some(Entries(read))
    }

    fn absent() -> Option<Self> {
        Some(Entries::default())
    }

    fn show(&self) -> Shown {
        if self.0.is_empty() {
            return Shown::Nothing;
        }
        Shown::Map(
            self.0
                .iter()
                .map(|(id, value)| (id.to_string(), value.show()))
                .collect(),
        )
    }
}

impl<V: Shape> Shape for Placed<Entries<V>> {
    const EXPECTED: &'static str = "a mapping of ids";

    fn read(node: &Node<'_>, reader: &mut Reader) -> Option<Self> {
        Some(Placed {
            value: Entries::read(node, reader)?,
            at: reader.key_of(node),
        })
    }

    fn show(&self) -> Shown {
        Shown::Map(
            self.value
                .0
                .iter()
                .map(|(id, value)| (id.to_string(), value.show()))
                .collect(),
        )
    }
}

impl<T: Shape> Shape for OneOrMany<T> {
    const EXPECTED: &'static str = T::EXPECTED;

    fn read(node: &Node<'_>, reader: &mut Reader) -> Option<Self> {
        if let Content::List(nodes) = &node.content {
            return Some(OneOrMany(
                nodes
                    .iter()
                    .filter_map(|node| T::read(node, reader))
                    .collect(),
            ));
        }
        T::read(node, reader).map(|value| OneOrMany(vec![value]))
    }

    fn show(&self) -> Shown {
        Shown::List(self.0.iter().map(T::show).collect())
    }
}

impl Shape for Text {
    const EXPECTED: &'static str = "a line of text";

    fn read(node: &Node<'_>, reader: &mut Reader) -> Option<Self> {
        let text = wrong_type::scalar(node, reader, Self::EXPECTED)?.trim();
        if text.contains('\n') {
            wrong_type::report(reader, node, Self::EXPECTED);
            return None;
        }
        Some(Placed {
            value: text.into(),
            at: node.at,
        })
    }

    fn show(&self) -> Shown {
        Shown::Scalar(self.value.to_string(), self.at)
    }
}

impl Shape for Placed<Id> {
    const EXPECTED: &'static str = "an id";

    fn read(node: &Node<'_>, reader: &mut Reader) -> Option<Self> {
        let text = wrong_type::scalar(node, reader, Self::EXPECTED)?;
        invalid_id::read(reader, node.at, text)
    }

    fn show(&self) -> Shown {
        Shown::Scalar(self.value.to_string(), self.at)
    }
}

impl Shape for Placed<bool> {
    const EXPECTED: &'static str = "`true` or `false`";

    fn read(node: &Node<'_>, reader: &mut Reader) -> Option<Self> {
        let text = wrong_type::one_of(node, reader, Self::EXPECTED, &["true", "false"])?;
        Some(Placed {
            value: text == "true",
            at: node.at,
        })
    }

    fn show(&self) -> Shown {
        Shown::Scalar(self.value.to_string(), self.at)
    }
}

/// Reads a scalar by `FromStr`, reporting what was expected.
macro_rules! parsed {
    ($type:ty, $expected:literal, $parse:expr, $show:expr) => {
        impl Shape for Placed<$type> {
            const EXPECTED: &'static str = $expected;

            fn read(node: &Node<'_>, reader: &mut Reader) -> Option<Self> {
                let text = wrong_type::scalar(node, reader, Self::EXPECTED)?;
                let parse: fn(&str) -> Option<$type> = $parse;
                if let Some(value) = parse(text) {
                    return Some(Placed { value, at: node.at });
                }
                wrong_type::report(reader, node, Self::EXPECTED);
                None
            }

            fn show(&self) -> Shown {
                let show: fn(&$type) -> String = $show;
                Shown::Scalar(show(&self.value), self.at)
            }
        }
    };
}

parsed!(
    u32,
    "a whole number",
    |text| text.parse().ok(),
    u32::to_string
);
parsed!(
    Url,
    "an address such as `https://host.example/page`",
    |text| text.parse().ok(),
    |url| url.text.to_string()
);
parsed!(
    Days,
    "a number of days such as `180d`",
    |text| text.strip_suffix('d')?.parse().ok().map(Days),
    |days| format!("{}d", days.0)
);

impl Shape for Placed<Date> {
    const EXPECTED: &'static str = "a date such as `2026-11-23`";

    fn read(node: &Node<'_>, reader: &mut Reader) -> Option<Self> {
        let text = wrong_type::scalar(node, reader, Self::EXPECTED)?;
        let value = invalid_date::read(reader, node.at, text)?;
        Some(Placed { value, at: node.at })
    }

    fn show(&self) -> Shown {
        Shown::Scalar(self.value.to_string(), self.at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_cannot_hold_a_bad_id() {
        for good in ["leshua", "99bill", "a-1", &"a".repeat(64)] {
            assert_eq!(
                good.parse::<Id>().map(|id| id.to_string()),
                Ok(good.to_owned())
            );
        }
        for bad in [
            "", "-", "a-", "-a", "a--b", "A", "a_b", "a/b", "../a", "乐刷", "a b", "a.b",
        ] {
            assert_eq!(bad.parse::<Id>(), Err(IdError::Form), "{bad}");
        }
        for word in [
            "on", "off", "yes", "no", "true", "false", "null", "2026", "007",
        ] {
            assert_eq!(word.parse::<Id>(), Err(IdError::Ambiguous), "{word}");
        }
        assert_eq!("sb-top".parse::<Id>(), Err(IdError::Theme));
        assert_eq!("a".repeat(65).parse::<Id>(), Err(IdError::Long));
    }

    #[test]
    fn an_address_knows_its_host_and_path() {
        let url: Url = "https://a.example:8080/b/c/?d#e"
            .parse()
            .expect("is an address");
        assert_eq!(url.host(), "a.example");
        let url: Url = "https://a.example/b/".parse().expect("is an address");
        assert_eq!(url.path(), "/b");
        for bad in [
            "javascript:alert(1)",
            "https://",
            "ftp://a",
            "https:// a",
            "//a",
            "https://a b",
            "https://known.example@other.example/",
            "https://known.example:443@other.example/",
            "https://a:b/",
        ] {
            assert!(bad.parse::<Url>().is_err(), "{bad}");
        }
    }
}
