#![doc = include_str!("broken_link.md")]

use std::collections::BTreeMap;

use super::unsafe_address;
use crate::check::{Context, walk};
use crate::diagnostic::{Diagnostic, rule};
use crate::model::{Address, Body, Book, Guidance, Link, Provider};

rule!("SB214", "broken-link", Error, "broken_link.md");

/// Reports every link of guidance that leads to no step, no page, no picture or no address.
pub fn run(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let pages = pages(context.book);
    let own = context
        .book
        .providers
        .iter()
        .flat_map(|provider| &provider.guidance);
    for guidance in context.book.guidance.iter().chain(own) {
        for link in &guidance.links {
            diagnostics.extend(fault(context.book, guidance, link, &pages));
        }
    }
    for group in &context.bodies {
        let names = walk::guidance_names(group);
        for (provider, procedure) in &group.procedures {
            let subject = provider.subject(procedure);
            for name in &names {
                diagnostics.extend(
                    anchors(context.book, provider, group.body, name)
                        .map(|it| it.subject(subject.as_str())),
                );
            }
        }
    }
}

/// The links of a guidance file to steps that the procedure which shows it does not have.
fn anchors<'a>(
    book: &'a Book,
    provider: &'a Provider,
    body: &'a Body,
    name: &'a str,
) -> impl Iterator<Item = Diagnostic> + 'a {
    let links = book
        .guidance(provider, name)
        .into_iter()
        .flat_map(|guidance| &guidance.links);
    links.filter_map(|link| no_step(link, link.target.strip_prefix('#')?, body))
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

fn fault(book: &Book, guidance: &Guidance, link: &Link, pages: &Pages<'_>) -> Option<Diagnostic> {
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
        if let Some(body) = pages.get(page) {
            return body.and_then(|body| no_step(link, step, body));
        }
        let known = pages.keys().map(String::as_str);
        let otherwise = "link to a page that exists, such as `/PROVIDER/PROCEDURE/`";
        let fault = Diagnostic::new(RULE, link.at, format!("there is no page `{page}`"));
        return Some(fault.did_you_mean_part(("(", page, ""), known, otherwise));
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

/// All pages as guidance links to them; guides with their procedure's body, where it could be read.
type Pages<'b> = BTreeMap<String, Option<&'b Body>>;

fn pages(book: &Book) -> Pages<'_> {
    let mut pages = Pages::new();
    let mut add = |address: Address, body| pages.insert(format!("/{address}"), body);
    add(Address::home(), None);
    add(Address::desk(), None);
    for standard in book.standards.keys() {
        add(Address::coverage(standard, 1), None);
    }
    for provider in &book.providers {
        add(Address::provider(&provider.id), None);
        add(Address::pack(&provider.id), None);
        let read = provider
            .procedures
            .iter()
            .map(|own| (&own.id, Some(own.body.as_ref())));
        for (procedure, body) in read.chain(provider.unread.iter().map(|id| (id, None))) {
            add(Address::guide(&provider.id, procedure), body);
            add(Address::checklist(&provider.id, procedure), None);
        }
    }
    pages
}
