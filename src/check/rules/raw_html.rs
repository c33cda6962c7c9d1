#![doc = include_str!("raw_html.md")]

use crate::check::Context;
use crate::diagnostic::{Diagnostic, rule};

rule!("SB501", "raw-html", Warning, "raw_html.md");

/// Reports HTML in guidance, once a line.
pub fn run(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for prose in &context.guidance {
        let mut last = None;
        for (at, html) in &prose.html {
            if last.replace(*at) == Some(*at) {
                continue;
            }
            let begin: String = html.trim().chars().take(40).collect();
            diagnostics.push(
                Diagnostic::new(RULE, *at, format!("`{begin}` is no Markdown"))
                    .help("write it in Markdown, such as `**bold**` or `[text](address)`, or take it out")
                    .because(Some("HTML is shown as text, signs and all")),
            );
        }
    }
}
