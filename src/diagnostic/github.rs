//! Diagnostics as GitHub's workflow commands, which it shows beside the lines of a change.

use std::fmt::Write as _;

use super::{Diagnostic, Severity, Sources};

/// Writes one command a line. `folder` is what stands before every path: the way from the repository to the site, empty
/// or with `/` at its end.
pub fn render(diagnostics: &[Diagnostic], sources: &Sources, folder: &str) -> String {
    let mut text = String::new();
    for diagnostic in diagnostics {
        let command = match diagnostic.rule.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "notice",
        };
        let region = sources.region(diagnostic.at);
        let path = format!("{folder}{}", sources.path(diagnostic.at));
        let _ = write!(
            text,
            "::{command} file={},line={},endLine={}",
            property(&path),
            region.line,
            region.end_line
        );
        // Columns are taken for those of one line.
        if region.line == region.end_line {
            let _ = write!(
                text,
                ",col={},endColumn={}",
                region.column, region.end_column
            );
        }
        let _ = writeln!(
            text,
            ",title={}::{}",
            property(&diagnostic.rule.title()),
            message(&diagnostic.whole_text(sources))
        );
    }
    text
}

/// A text behind `::`.
fn message(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// A text between commas.
fn property(text: &str) -> String {
    message(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_means_something_to_github_is_escaped() {
        assert_eq!(message("50 %: a,\r\nb"), "50 %25: a,%0D%0Ab");
        assert_eq!(property("a:b,c%\n"), "a%3Ab%2Cc%25%0A");
    }
}
