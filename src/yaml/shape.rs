//! Declares a shape once: its struct, how it is read, laid over another, and shown, and its form as data.

use super::{Form, Node, Reader};
use crate::diagnostic::At;

/// A type that a YAML value can be read into.
pub trait Shape: Sized {
    /// What is expected, for "expected …".
    const EXPECTED: &'static str;

    /// Reads a value; `None` where it cannot be read, which is reported.
    fn read(node: &Node<'_>, reader: &mut Reader) -> Option<Self>;

    /// The value where the field is not there; `None` where it must be.
    fn absent() -> Option<Self> {
        None
    }

    /// Replaces what an extending file gives; what it leaves out, and what cannot be left out, stays.
    fn overlay(&mut self, _over: &Self) {}

    /// The value and the places it came from.
    fn show(&self) -> Shown;

    /// What the value may be.
    fn form() -> Form;
}

/// A value as `show` prints it: every scalar with the place that it came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shown {
    /// Left out.
    Nothing,
    /// A scalar.
    Scalar(String, At),
    /// A list or mapping that is there and empty, as YAML writes it.
    Empty(&'static str, At),
    /// A list.
    List(Vec<Shown>),
    /// A mapping in order.
    Map(Vec<(String, Shown)>),
}

/// The YAML name of a field: a raw identifier without its prefix.
pub(crate) const fn field_name(identifier: &'static str) -> &'static str {
    match identifier.as_bytes() {
        [b'r', b'#', ..] => identifier.split_at(2).1,
        _ => identifier,
    }
}

/// Declares a mapping: the struct, how it is read, laid over another and shown, and its form. A field is required unless
/// its type can be absent; `=> "material"` behind the type says what the ids in it refer to. What the docs say, editors
/// of YAML are told, too. Every struct also gets `at`, its place.
macro_rules! shape {
    (
        $(#[doc = $doc:literal])*
        $visibility:vis struct $name:ident ($expected:literal) {
            $( $(#[doc = $field_doc:literal])* $field:ident: $type:ty $(=> $refers:literal)?, )*
        }
    ) => {
        $(#[doc = $doc])*
        #[derive(Debug, Clone, PartialEq, Eq)]
        $visibility struct $name {
            /// Where it stands.
            $visibility at: $crate::diagnostic::At,
            $( $(#[doc = $field_doc])* $visibility $field: $type, )*
        }

        impl $crate::yaml::Shape for $name {
            const EXPECTED: &'static str = $expected;

            fn read(node: &$crate::yaml::Node<'_>, reader: &mut $crate::yaml::Reader) -> Option<Self> {
                const FIELDS: &[&str] = &[$( $crate::yaml::field_name(stringify!($field)) ),*];
                let entries = reader.mapping(node, $expected, FIELDS)?;
                reader.known_fields(entries, FIELDS, $expected);
                $( let $field = reader.field::<$type>(
                    node.at,
                    entries,
                    const { $crate::yaml::field_name(stringify!($field)) },
                    $expected,
                ); )*
                Some($name { at: node.at, $( $field: $field?, )* })
            }

            fn overlay(&mut self, over: &Self) {
                $( $crate::yaml::Shape::overlay(&mut self.$field, &over.$field); )*
            }

            fn show(&self) -> $crate::yaml::Shown {
                $crate::yaml::Shown::Map(vec![$( (
                    $crate::yaml::field_name(stringify!($field)).to_owned(),
                    $crate::yaml::Shape::show(&self.$field),
                ), )*])
            }

            fn form() -> $crate::yaml::Form {
                $crate::yaml::Form::Mapping {
                    doc: concat!($($doc),*).trim(),
                    fields: vec![$( $crate::yaml::Field {
                        name: $crate::yaml::field_name(stringify!($field)),
                        doc: concat!($($field_doc),*).trim(),
                        required: <$type as $crate::yaml::Shape>::absent().is_none(),
                        refers: <[&str]>::first(&[$($refers)?]).copied(),
                        form: <$type as $crate::yaml::Shape>::form(),
                    }, )*],
                }
            }
        }
    };
}

/// Declares a closed set of words.
macro_rules! words {
    (
        $(#[doc = $doc:literal])*
        pub enum $name:ident ($expected:literal) {
            $( $(#[doc = $word_doc:literal])* $word:ident = $text:literal, )*
        }
    ) => {
        $(#[doc = $doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $( $(#[doc = $word_doc])* $word, )*
        }

        impl $name {
            /// All of them, in order.
            pub const ALL: &[$name] = &[$( $name::$word, )*];

            /// The word as it is written.
            pub const fn as_str(self) -> &'static str {
                match self { $( $name::$word => $text, )* }
            }
        }

        impl $crate::yaml::Shape for $crate::yaml::Placed<$name> {
            const EXPECTED: &'static str = $expected;

            fn read(node: &$crate::yaml::Node<'_>, reader: &mut $crate::yaml::Reader) -> Option<Self> {
                let words: Vec<&str> = $name::ALL.iter().map(|word| word.as_str()).collect();
                let text = $crate::yaml::rules::wrong_type::one_of(node, reader, $expected, &words)?;
                let value = $name::ALL.iter().copied().find(|word| word.as_str() == text)?;
                Some($crate::yaml::Placed { value, at: node.at })
            }

            fn show(&self) -> $crate::yaml::Shown {
                $crate::yaml::Shown::Scalar(self.value.as_str().to_owned(), self.at)
            }

            fn form() -> $crate::yaml::Form {
                $crate::yaml::Form::Words(vec![$( ($text, concat!($($word_doc),*).trim()), )*])
            }
        }
    };
}

pub(crate) use {shape, words};
