//! The single values that shapes are made of, each with its place: texts, ids, dates, numbers.

use std::ops::Deref;
use std::sync::Arc;

use super::rules::{invalid_date, invalid_id, wrong_type};
use super::{Form, Id, Node, Reader, Shape, Shown, SitePath, Url};
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

/// A number of days, written `180d`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Days(pub u32);

impl Days {
    /// The day so many days after another; the last day of the calendar where there is none.
    pub fn after(self, date: Date) -> Date {
        let span = jiff::Span::new().try_days(self.0).ok();
        span.and_then(|span| date.checked_add(span).ok())
            .unwrap_or(Date::MAX)
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
        // Neither HTML nor XML can hold these in any form.
        let bad = |c: &char| c.is_control() && *c != '\t' || matches!(c, '\u{fffe}' | '\u{ffff}');
        if let Some(bad) = text.chars().find(bad) {
            let message = format!(
                "the text has the control character `U+{:04X}`",
                u32::from(bad)
            );
            let help = "remove it: nobody can see it, and no page can show it";
            wrong_type::report_value(reader, node.at, &message, help);
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

    fn form() -> Form {
        Form::Text
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

    fn form() -> Form {
        Form::Id
    }
}

impl Shape for Placed<bool> {
    const EXPECTED: &'static str = "`true` or `false`";

    fn read(node: &Node<'_>, reader: &mut Reader) -> Option<Self> {
        let value = wrong_type::truth(node, reader, Self::EXPECTED)?;
        Some(Placed { value, at: node.at })
    }

    fn show(&self) -> Shown {
        Shown::Scalar(self.value.to_string(), self.at)
    }

    fn form() -> Form {
        Form::Truth
    }
}

/// Reads a scalar by `FromStr`, reporting what was expected.
macro_rules! parsed {
    ($type:ty, $expected:literal, $form:expr, $parse:expr, $show:expr) => {
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

            fn form() -> Form {
                $form
            }
        }
    };
}

parsed!(
    u32,
    "a whole number",
    Form::Number,
    |text| text.parse().ok(),
    u32::to_string
);
parsed!(
    Url,
    "an address such as `https://host.example/page`",
    Form::Pattern {
        pattern: r"^https?://[A-Za-z0-9.-]+(:[0-9]+)?([/?#][^\s<>\\`\x22\u0000-\u001f\u007f-\u009f]*)?$",
        expected: <Self as Shape>::EXPECTED,
    },
    |text| text.parse().ok(),
    |url| url.as_str().to_owned()
);
parsed!(
    SitePath,
    "an old address below the site, such as `old/path/`",
    Form::Pattern {
        pattern: r"^([A-Za-z0-9._~-]*[A-Za-z0-9_~-]/)*[A-Za-z0-9._~-]*[A-Za-z0-9_~-]/?$",
        expected: <Self as Shape>::EXPECTED,
    },
    |text| text.parse().ok(),
    |path| path.as_str().to_owned()
);
parsed!(
    Days,
    "a number of days such as `180d`",
    Form::Pattern {
        pattern: r"^[0-9]+d$",
        expected: <Self as Shape>::EXPECTED,
    },
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

    fn form() -> Form {
        Form::Date
    }
}
