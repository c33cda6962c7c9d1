//! A rule's identity: what `explain`, the formats and the table of rules share.

/// How bad a broken rule is. Only errors make the answer "no".
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The content cannot be published.
    Error,
    /// It can be published, but somebody should look.
    Warning,
    /// A known gap; counted, and shown when asked for.
    Note,
}

impl Severity {
    /// The word in every format.
    pub fn as_str(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        }
    }
}

/// A rule: its code is never used again, its name says what is wrong.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// `SB` and three digits; the first is the family.
    pub code: &'static str,
    /// What is wrong, in kebab-case.
    pub name: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// The page in Markdown: what it checks, why it matters, an example.
    pub page: &'static str,
}

impl Rule {
    /// `SB101 missing-required-step`.
    pub fn title(&self) -> String {
        format!("{} {}", self.code, self.name)
    }

    /// The part of the page that says what it checks, on one line.
    pub fn what_it_checks(&self) -> String {
        let (_, part) = self
            .page
            .split_once("## What it checks")
            .unwrap_or_default();
        let part = part.split("\n## ").next().unwrap_or_default();
        part.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

/// The rule of this code or name, in any case.
pub fn find_rule(rules: &[&'static Rule], word: &str) -> Option<&'static Rule> {
    let is = |rule: &&&'static Rule| {
        rule.code.eq_ignore_ascii_case(word) || rule.name.eq_ignore_ascii_case(word)
    };
    rules.iter().find(is).copied()
}

/// Declares `RULE` from the page that lies beside the file.
macro_rules! rule {
    ($code:literal, $name:literal, $severity:ident, $page:literal) => {
        /// The rule of this file.
        pub const RULE: &crate::diagnostic::Rule = &crate::diagnostic::Rule {
            code: $code,
            name: $name,
            severity: crate::diagnostic::Severity::$severity,
            page: include_str!($page),
        };
    };
}
pub(crate) use rule;
