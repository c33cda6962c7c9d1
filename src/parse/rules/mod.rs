//! Families SB0, reading, and SB4, links: the rules about files and their names.

pub mod address_taken_twice;
pub mod altered_release;
pub mod duplicate_id;
pub mod merge_conflict;
pub mod missing_file;
pub mod symbolic_link;
pub mod unknown_file;
pub mod unreadable_file;

use crate::diagnostic::{At, Diagnostic};
use crate::model::Reserved;
use crate::yaml::Id;
use crate::yaml::rules::invalid_id;

/// The id that a file's or folder's name is; what is none, or taken by the site itself, is reported.
pub(super) fn file_name(
    name: &str,
    at: At,
    reserved: Option<Reserved>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Id> {
    let why = match name.parse::<Id>() {
        Ok(_) if reserved.is_some_and(|kind| kind.takes(name)) => {
            "the site uses this address for itself".to_owned()
        }
        Ok(id) => return Some(id),
        Err(error) => error.to_string(),
    };
    diagnostics.push(invalid_id::diagnostic(at, name, &why));
    None
}
