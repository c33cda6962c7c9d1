#![doc = include_str!("broken_link.md")]

use std::collections::BTreeSet;

use super::unsafe_address;
use crate::check::Context;
use crate::diagnostic::{Diagnostic, rule};
use crate::model::{Address, Body, Book, Guidance, Link, Provider};

rule!("SB214", "broken-link", Error, "broken_link.md");

/// Reports every link of guidance that leads to no step, no page, no picture or no address.
pub fn run(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for guidance in context.guidance.iter().map(|prose| prose.guidance) {
        for link in &guidance.links {
            diagnostics.extend(fault(context.book, guidance, link));
        }
    }
    for group in &context.bodies {
        let names = context.guidance_names(group);
        for (provider, procedure) in &group.procedures {
            let shown = names.iter().filter_map(|id| context.shown(provider, id));
            for link in shown.flat_map(|guidance| &guidance.links) {
                let step = link.target.strip_prefix('#');
                let fault = step.and_then(|step| no_step(link, step, group.body));
                diagnostics.extend(fault.map(|it| it.subject(provider.subject(procedure))));
            }
        }
    }
}

/// A link to a step that a procedure does not have.
fn no_step(link: &Link, step: &str, body: &Body) -> Option<Diagnostic> {
    if step.is_empty() || body.position(step).is_some() {
        return None;
    }
    let steps = body.steps.iter().map(|step| step.step.id.as_str());
    let message = format!("no step `{step}` is on the page");
    Some(Diagnostic::new(RULE, link.at, message).did_you_mean_part(
        ("#", step, ")"),
        steps,
        "link to a step that exists",
    ))
}

fn fault(book: &Book, guidance: &Guidance, link: &Link) -> Option<Diagnostic> {
    let target = link.target.as_str();
    if unsafe_address::scheme(target).is_some() {
        return None;
    }
    if link.image {
        return (book.image(guidance, target).is_none()).then(|| {
            Diagnostic::new(RULE, link.at, format!("there is no picture `{target}`"))
                .help("put it into the folder `images` beside this file, and show `images/NAME`")
        });
    }
    if target.starts_with("https://") || (target.starts_with('#') && target.len() > 1) {
        return None;
    }
    if target.starts_with('/') && !target.starts_with("//") {
        let (page, step) = target.split_once('#').unwrap_or((target, ""));
        let page = page.split('?').next().unwrap_or("");
        return match standing(book, page) {
            Standing::Guide(body) => no_step(link, step, body),
            Standing::Other => None,
            Standing::Nothing => {
                let pages = pages(book);
                let known = pages.iter().map(String::as_str);
                let otherwise = "link to a page that exists, such as `/PROVIDER/PROCEDURE/`";
                let message = format!("there is no page `{page}`");
                let fault = Diagnostic::new(RULE, link.at, message);
                Some(fault.did_you_mean_part(("(", page, ""), known, otherwise))
            }
        };
    }
    Some(
        Diagnostic::new(
            RULE,
            link.at,
            format!("`{target}` is no link that a page can hold"),
        )
        .help("link to `#STEP`, to `/PROVIDER/PROCEDURE/` or to `https://…`"),
    )
}

/// What a link leads to.
enum Standing<'b> {
    /// The guide of a procedure that could be read.
    Guide(&'b Body),
    /// Another page.
    Other,
    Nothing,
}

fn standing<'b>(book: &'b Book, page: &str) -> Standing<'b> {
    let first = page.trim_start_matches('/').split('/').next();
    let provider = first.and_then(|first| book.provider(first));
    let of_provider = provider.into_iter().flat_map(of_provider);
    let of_site = of_site(book).map(|page| (page, None));
    let mut pages = of_provider.chain(of_site);
    match pages.find(|(address, _)| address == page) {
        Some((_, Some(body))) => Standing::Guide(body),
        Some((_, None)) => Standing::Other,
        None => Standing::Nothing,
    }
}

/// All pages as guidance links to them.
fn pages(book: &Book) -> BTreeSet<String> {
    let providers = book.providers.iter();
    let of_providers = providers.flat_map(|provider| of_provider(provider).map(|(page, _)| page));
    of_site(book).chain(of_providers).collect()
}

fn link_to(address: &Address) -> String {
    format!("/{address}")
}

fn of_site(book: &Book) -> impl Iterator<Item = String> {
    let standards = book.standards.keys();
    let coverage = standards.map(|standard| Address::coverage(standard, 1));
    let pages = [Address::home(), Address::desk()]
        .into_iter()
        .chain(coverage);
    pages.map(|address| link_to(&address))
}

/// The pages of a provider; its guides with their procedure's body, where it could be read.
fn of_provider(provider: &Provider) -> impl Iterator<Item = (String, Option<&Body>)> {
    let read = provider.procedures.iter();
    let read = read.map(|own| (&own.id, Some(own.body.as_ref())));
    let procedures = read.chain(provider.unread.iter().map(|id| (id, None)));
    let guides = procedures.flat_map(|(procedure, body)| {
        [
            (Address::guide(&provider.id, procedure), body),
            (Address::checklist(&provider.id, procedure), None),
        ]
    });
    let own = [Address::provider(&provider.id), Address::pack(&provider.id)];
    let pages = own.into_iter().map(|address| (address, None)).chain(guides);
    pages.map(|(address, body)| (link_to(&address), body))
}
