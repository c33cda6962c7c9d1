#![doc = include_str!("released_address_gone.md")]

use std::collections::HashSet;

use crate::check::Context;
use crate::diagnostic::{Diagnostic, rule};
use crate::model::{Address, ProcedureName, Status};

rule!(
    "SB402",
    "released-address-gone",
    Error,
    "released_address_gone.md"
);

/// Reports every procedure that was released, has no page any more, and whose address no other one had before.
pub fn run(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let book = context.book;
    let mut answering: HashSet<ProcedureName> = HashSet::new();
    for (provider, procedure) in book.procedures() {
        if procedure.status != Status::Draft {
            answering.insert(provider.name_of(procedure));
            answering.extend(procedure.former_names());
        }
    }
    for name in book.ever_released() {
        let provider = book.provider(name.provider.as_str());
        // It is there and could not be read, which is reported.
        let unread = provider.is_some_and(|it| it.unread.contains(&name.procedure));
        if answering.contains(name) || unread {
            continue;
        }
        let Some(edition) = book.released(name).pop() else {
            continue;
        };
        let address = Address::guide(&name.provider, &name.procedure);
        let draft =
            provider.is_some_and(|it| it.procedures.iter().any(|it| it.id == name.procedure));
        let help = if draft {
            format!(
                "it was released: give it `status: suspended` or `status: retired` instead of `draft`; or, where another procedure took its place, remove the draft or rename it, and add `formerly: [{address}]` to that procedure"
            )
        } else {
            format!(
                "bring the file back, with `status: retired` where its time is over; or, where it was renamed, add `formerly: [{address}]` to the procedure that takes its place"
            )
        };
        let message = format!(
            "the address `/{address}` is gone, which edition `{}` of {} promised",
            edition.whole, edition.release
        );
        diagnostics.push(Diagnostic::new(RULE, edition.at, message).help(help).because(Some(
            "links in chats and codes on paper lead to it: they would open a page that says it does not exist",
        )));
    }
}
