//! The second half of SB403, whose rule and page stand in `address_taken_twice`: old addresses.
//!
//! Compared are the files that answer there, in small letters, because that is what cannot be on a disk twice.

use std::collections::BTreeMap;

use crate::check::Context;
use crate::diagnostic::{At, Diagnostic};
use crate::model::{Address, Book, Procedure, Provider, Reserved, Status};
use crate::parse::rules::address_taken_twice::RULE;
use crate::yaml::{Placed, SitePath};

/// Reports every old address at which something else stands, or that is named twice.
pub fn run(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let book = context.book;
    let moved = book.moved().into_iter().map(|it| (it.from.key(), it.from));
    let moved: BTreeMap<String, Address> = moved.collect();
    let mut named: BTreeMap<String, At> = BTreeMap::new();
    for (provider, procedure) in book.procedures() {
        let own = Address::guide(&provider.id, &procedure.id).key();
        for path in &procedure.formerly {
            let key = Address::former(path).key();
            if key == own {
                continue; // It leads to itself: a rule of its own.
            }
            let mut above = key.match_indices('/').map(|(end, _)| &key[..end]);
            let fault = if let Some(standing) = standing(book, &key) {
                taken(path, &standing)
            } else if let Some(page) = above.find_map(|it| moved.get(it)) {
                below_a_page(path, page)
            } else if let Some(other) = named.get(&key) {
                named_twice(path, *other)
            } else {
                named.insert(key, path.at);
                continue;
            };
            diagnostics.push(fault);
        }
    }
}

/// What the site has at an address, or may have.
enum Standing<'b> {
    /// A file or page that every site has.
    Own,
    Provider(&'b Provider),
    Procedure(&'b Provider, &'b Procedure),
}

/// What stands where a file would be. All that is below a procedure or a pack is theirs.
fn standing<'b>(book: &'b Book, key: &str) -> Option<Standing<'b>> {
    let mut names = key.split('/');
    let first = names.next()?;
    if Reserved::Base.takes(first) {
        return Some(Standing::Own);
    }
    let provider = book.provider(first)?;
    let second = names.next()?;
    if second == "index.html" || Reserved::Procedure.takes(second) {
        return Some(Standing::Provider(provider));
    }
    let mut procedures = provider.procedures.iter();
    let procedure = procedures.find(|it| it.id.as_str() == second)?;
    Some(Standing::Procedure(provider, procedure))
}

fn taken(path: &Placed<SitePath>, standing: &Standing<'_>) -> Diagnostic {
    let written = path.as_str();
    let rename = "remove it from `formerly`, or rename what stands there now";
    match standing {
        Standing::Own => {
            let message =
                format!("the old address `{written}` is one that the site uses for itself");
            let help = "remove it from `formerly`: nothing else can answer there";
            Diagnostic::new(RULE, path.at, message).help(help)
        }
        Standing::Provider(provider) => {
            let message = format!(
                "the old address `{written}` is one of the provider `{}`, who is there",
                provider.id
            );
            let fault = Diagnostic::new(RULE, path.at, message).help(rename);
            fault.also(provider.at, "the provider")
        }
        Standing::Procedure(provider, procedure) if procedure.status == Status::Draft => {
            let draft = provider.subject(procedure);
            let message = format!("the old address `{written}` is kept for the draft `{draft}`");
            let help = "a draft has no page yet: remove the draft or rename it, and the old address leads on";
            let fault = Diagnostic::new(RULE, path.at, message).help(help);
            fault.also(procedure.at, "the draft")
        }
        Standing::Procedure(provider, procedure) => {
            let name = provider.subject(procedure);
            let message = format!(
                "the old address `{written}` is one of the procedure `{name}`, which is there"
            );
            let fault = Diagnostic::new(RULE, path.at, message).help(rename);
            fault.also(procedure.at, "the procedure")
        }
    }
}

fn below_a_page(path: &Placed<SitePath>, page: &Address) -> Diagnostic {
    let (written, file) = (path.as_str(), page.output());
    let message = format!("the old address `{written}` lies below the old page `{file}`");
    let help = "remove one of the two: on a disk, a page is a file and can have nothing below it";
    Diagnostic::new(RULE, path.at, message).help(help)
}

fn named_twice(path: &Placed<SitePath>, other: At) -> Diagnostic {
    let message = format!("the old address `{}` is named twice", path.as_str());
    let help = "keep it where its readers should arrive, and remove the other";
    let fault = Diagnostic::new(RULE, path.at, message).help(help);
    fault.also(other, "the other one")
}
