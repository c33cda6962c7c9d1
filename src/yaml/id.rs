//! Ids, which cannot hold a bad id.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

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
}
