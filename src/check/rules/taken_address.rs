//! The second half of SB403, whose rule and page stand in `address_taken_twice`: old addresses.

use std::collections::BTreeMap;

use crate::check::Context;
use crate::diagnostic::{At, Diagnostic};
use crate::model::{Address, Book, Reserved};
use crate::parse::rules::address_taken_twice::RULE;

/// Reports every old address at which a page stands, or that two procedures name.
pub fn run(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let live = live(context.book);
    let mut named: BTreeMap<String, At> = BTreeMap::new();
    for (provider, procedure) in context.book.procedures() {
        let own = Address::guide(&provider.id, &procedure.id).to_string();
        for path in &procedure.formerly {
            let written = path.as_str();
            let address = format!("{}/", written.trim_end_matches('/')).to_lowercase();
            let first = address.split('/').next().unwrap_or("");
            if address == own {
                continue; // It leads to itself: a rule of its own.
            }
            if let Some(at) = live.get(&address) {
                let message =
                    format!("the old address `{written}` is the address of a page that is there");
                let help = "remove it from `formerly`, or rename what stands there now";
                let fault = Diagnostic::new(RULE, path.at, message).help(help);
                diagnostics.push(fault.also(*at, "the page"));
            } else if Reserved::Provider.takes(first) {
                let message =
                    format!("the old address `{written}` is one that the site uses for itself");
                let help = "remove it from `formerly`: nothing else can answer there";
                diagnostics.push(Diagnostic::new(RULE, path.at, message).help(help));
            } else if let Some(at) = named.get(&address) {
                let message = format!("the old address `{written}` is named twice");
                let help = "keep it where its readers should arrive, and remove the other";
                let fault = Diagnostic::new(RULE, path.at, message).help(help);
                diagnostics.push(fault.also(*at, "the other one"));
            } else {
                named.insert(address, path.at);
            }
        }
    }
}

/// Every address of a provider or procedure, in small letters.
fn live(book: &Book) -> BTreeMap<String, At> {
    let mut live = BTreeMap::new();
    for provider in &book.providers {
        live.insert(Address::provider(&provider.id).to_string(), provider.at);
        live.insert(Address::pack(&provider.id).to_string(), provider.at);
        for procedure in &provider.procedures {
            let (provider, own) = (&provider.id, &procedure.id);
            live.insert(Address::guide(provider, own).to_string(), procedure.at);
            live.insert(Address::checklist(provider, own).to_string(), procedure.at);
        }
    }
    live
}
