//! The stages in order: load and check a content folder.

use std::path::Path;

use crate::check;
use crate::diagnostic::{self, Counts, Diagnostic, Rule, Sources};
use crate::discover;
use crate::model::Book;
use crate::parse::{self, rules as reading};
use crate::resolve::{self, rules as merging};
use crate::yaml::{Date, rules as yaml};

/// A content folder, read, resolved and checked.
#[derive(Debug)]
pub struct Loaded {
    /// What it comes to.
    pub book: Book,
    /// Its files.
    pub sources: Sources,
    /// All that is wrong, sorted by place, the same fault of many procedures once.
    pub diagnostics: Vec<Diagnostic>,
}

impl Loaded {
    /// How many diagnostics of each severity.
    pub fn counts(&self) -> Counts {
        Counts::of(&self.diagnostics)
    }
}

/// Reads `root/content`, resolves it and runs every rule as of `today`.
pub fn load(root: &Path, today: Date) -> Loaded {
    let found = discover::discover(root);
    let (documents, sources, mut diagnostics) = parse::parse(&found);
    let (book, merging) = resolve::resolve(documents);
    diagnostics.extend(merging);
    diagnostics.extend(check::check(&book, today));
    Loaded { book, sources, diagnostics: diagnostic::merge(diagnostics) }
}

/// Every rule of every stage, by code.
pub fn rules() -> Vec<&'static Rule> {
    let mut rules = vec![
        reading::unreadable_file::RULE,
        yaml::invalid_yaml::RULE,
        yaml::unknown_field::RULE,
        yaml::missing_field::RULE,
        yaml::wrong_type::RULE,
        yaml::invalid_id::RULE,
        yaml::duplicate_key::RULE,
        reading::duplicate_id::RULE,
        yaml::invalid_date::RULE,
        yaml::resource_limit_exceeded::RULE,
        reading::unknown_file::RULE,
        reading::symbolic_link::RULE,
        reading::missing_file::RULE,
        merging::unknown_phase::RULE,
        merging::extends_cycle::RULE,
        reading::address_taken_twice::RULE,
    ];
    rules.extend(check::rules::CHECKS.iter().map(|check| check.rule));
    rules.sort_by_key(|rule| rule.code);
    rules
}
