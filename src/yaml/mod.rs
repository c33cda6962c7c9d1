//! YAML text -> a tree in which every node knows its place -> typed values, all faults of a file told at once.
//!
//! Knows no shape of the content: [`crate::model`] declares those with `shape!` and `words!`. This is the only
//! module that names the YAML crate.

mod collections;
mod form;
mod id;
mod read;
pub mod rules;
mod schema;
mod shape;
mod tree;
mod url;
mod values;

pub use collections::{Entries, OneOrMany};
pub use form::{Field, Form};
pub use id::{Id, IdError};
pub use read::Reader;
pub use schema::{Name, Names, SCHEMA_COMMENT, schema};
pub use shape::{Shape, Shown};
pub(crate) use shape::{field_name, shape, words};
pub use tree::{Content, Node, parse};
pub use url::{SitePath, Url};
pub use values::{Date, Days, Placed, Text};

/// A YAML file may hold this many bytes: 100 times the longest procedure known.
pub const MAX_BYTES: u64 = 4 * 1024 * 1024;
/// Collections may be nested this deep; the content's deepest shape needs 8.
pub const MAX_DEPTH: usize = 32;
/// A file that people write may hold this many values, those that aliases repeat included.
pub const MAX_NODES: usize = 200_000;
