//! The formats of diagnostics, and what each is given.

use super::asked::Asked;
use crate::diagnostic::{Diagnostic, github, json, junit, sarif};
use crate::pipeline::Loaded;

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Format {
    /// For people
    Human,
    /// One JSON object for programs; notes included
    Json,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// GitHub's workflow commands, shown beside the lines of a change
    Github,
    /// A test report in XML for CI servers: a case for each rule that a file breaks
    Junit,
}

impl Format {
    /// Writes all diagnostics. `folder` is what stands before every path for readers that know the repository and not the
    /// site; `fails` says which diagnostics make the answer "no".
    pub(super) fn render(
        self,
        loaded: &Loaded,
        asked: &Asked,
        folder: &str,
        fails: impl Fn(&Diagnostic) -> bool,
    ) -> String {
        let (diagnostics, sources) = (loaded.diagnostics.as_slice(), &loaded.sources);
        match self {
            Format::Human => super::check::describe(loaded, true),
            Format::Json => json::render(diagnostics, sources, asked.count()),
            Format::Sarif => sarif::render(diagnostics, sources, folder),
            Format::Github => github::render(diagnostics, sources, folder),
            Format::Junit => junit::render(diagnostics, sources, asked.files(), fails),
        }
    }
}
