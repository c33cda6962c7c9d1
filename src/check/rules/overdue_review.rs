#![doc = include_str!("overdue_review.md")]

use super::expired_review::checks;
use crate::check::Context;
use crate::diagnostic::{Diagnostic, rule};

rule!("SB304", "overdue-review", Warning, "overdue_review.md");

/// Reports every review and every check of a source that is due again.
pub fn run(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for check in checks(context) {
        let due = check.warn.after(check.date);
        if due < context.today && check.fail.after(check.date) >= context.today {
            let message = format!("{} was due on `{due}`", check.what);
            diagnostics.push(Diagnostic::new(RULE, check.at, message).help(check.help));
        }
    }
}
