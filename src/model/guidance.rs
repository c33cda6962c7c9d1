//! Guidance: Markdown about one topic, read once.

use std::sync::Arc;

use crate::diagnostic::At;
use crate::yaml::Id;

/// A guidance file.
#[derive(Debug, Clone)]
pub struct Guidance {
    /// Its name: the file's, without ending.
    pub id: Id,
    /// The whole file.
    pub at: At,
    /// The folder in which it lies, relative to the root: pictures are beside it.
    pub folder: String,
    /// The Markdown; `None` where it could not be read.
    pub text: Option<Arc<str>>,
    /// Whether it is in the language of the source, in a book that is translated.
    pub is_fallback: bool,
    /// Its links, for the rules.
    pub links: Vec<Link>,
    /// Where each of its lines stands, for the rules.
    pub lines: Vec<At>,
}

/// A link or image of a guidance file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Where it stands.
    pub at: At,
    /// Where it leads, as written.
    pub target: String,
    /// Whether it is a picture.
    pub image: bool,
}

/// A picture that guidance shows.
#[derive(Debug, Clone)]
pub struct Image {
    /// The whole file.
    pub at: At,
    /// Path relative to the root, with `/`.
    pub path: String,
    /// The bytes.
    pub bytes: Arc<[u8]>,
}
