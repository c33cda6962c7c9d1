#![doc = include_str!("date_in_future.md")]

use crate::check::Context;
use crate::diagnostic::{Diagnostic, rule};
use crate::yaml::Days;

rule!("SB309", "date-in-future", Warning, "date_in_future.md");

/// Reports every review, check and publication that is yet to come.
pub fn run(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let book = context.book;
    let reviews = context
        .procedures()
        .filter_map(|(_, procedure)| procedure.reviewed.as_ref());
    let own = context
        .providers
        .iter()
        .filter_map(|provider| provider.document.as_ref());
    let sources = own
        .flat_map(|document| &document.sources)
        .chain(book.sources.iter().flatten());
    let dates = sources.flat_map(|source| source.dated.iter().chain([&source.checked]));
    let retired = context
        .procedures()
        .flat_map(|(_, procedure)| procedure.retired.iter().map(|it| &it.date));
    // It may be tomorrow already where the author lives.
    let tomorrow = Days(1).after(context.today);
    for date in reviews
        .map(|review| &review.date)
        .chain(dates)
        .chain(retired)
    {
        if date.value > tomorrow {
            diagnostics.push(
                Diagnostic::new(RULE, date.at, format!("`{}` is yet to come", date.value))
                    .help("write the day on which it was done")
                    .because(Some(
                        "a wrong year would keep an old check fresh for as long",
                    )),
            );
        }
    }
}
