//! What a card says of the provider, each with the source that shows it. Without one it is unverified: ask the provider.

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::Serialize;

/// A source of evidence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Source<'a> {
    /// Its id.
    pub id: &'a str,
    /// `law`, `regulator`, `own-domain` (of the provider) or `filing` (of a listed company).
    pub class: &'static str,
    /// Its title.
    pub title: &'a str,
    /// Where it was read.
    pub url: &'a str,
    /// The day that it bears.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dated: Option<String>,
    /// The day on which it took effect.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub in_force: Option<String>,
    /// The day on which somebody last looked at it.
    pub checked: String,
}

/// A way to reach the provider.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Channel<'a> {
    /// Its id.
    pub id: &'a str,
    /// `web`, `app`, `mini-program`, `phone`, `email`, `outlet` or `agent`.
    pub kind: &'static str,
    /// Its name.
    pub label: &'a str,
    /// The number or address; absent where nobody has verified one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<&'a str>,
    /// When it answers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hours: Option<&'a str>,
    /// Whether there is a value with a source. If not, do not look for one elsewhere: false numbers are common.
    pub verified: bool,
    /// The source of the value.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<Source<'a>>,
}

/// A length of time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Time {
    /// `minutes`, `hours`, `days` or `months`.
    pub unit: &'static str,
    /// At least so many.
    pub least: u32,
    /// At most so many.
    pub most: u32,
    /// Whether only working days count.
    pub working: bool,
}

/// How long a step takes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Wait<'a> {
    /// The time in words.
    pub text: String,
    /// The time as data.
    pub time: Time,
    /// Whether a source shows it.
    pub verified: bool,
    /// The source.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<Source<'a>>,
}

/// A fact of the procedure with this provider.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Fact<'a> {
    /// Its id.
    pub id: &'a str,
    /// Its name.
    pub title: &'a str,
    /// Whether anybody knows it.
    pub known: bool,
    /// The value in words; absent where nobody knows it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<Cow<'a, str>>,
    /// The value as data, of a time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time: Option<Time>,
    /// Whether a source shows it.
    pub verified: bool,
    /// The source.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<Source<'a>>,
}
