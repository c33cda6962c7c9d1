#![doc = include_str!("broken_link.md")]

use std::collections::BTreeSet;

use crate::check::{Context, walk};
use crate::diagnostic::{Diagnostic, did_you_mean, rule};
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
        let named = group
            .body
            .steps
            .iter()
            .flat_map(|step| walk::step_guidance(&step.step));
        let required = group
            .standard
            .iter()
            .flat_map(|standard| &standard.guidance);
        let names: BTreeSet<&str> = named.chain(required).map(|id| id.as_str()).collect();
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
    links.filter_map(|link| {
        let step = link.target.strip_prefix('#')?;
        if body.position(step).is_some() {
            return None;
        }
        let steps = body.steps.iter().map(|step| step.step.id.as_str());
        let message = format!("no step `{step}` is on the page that shows this");
        Some(Diagnostic::new(RULE, link.at, message).help(did_you_mean(
            step,
            steps,
            "link to a step that exists",
        )))
    })
}

fn fault(
    book: &Book,
    guidance: &Guidance,
    link: &Link,
    pages: &BTreeSet<String>,
) -> Option<Diagnostic> {
    let target = link.target.as_str();
    if target.starts_with("https://") || (target.starts_with('#') && target.len() > 1) {
        return None;
    }
    if target.starts_with('/') && !target.starts_with("//") {
        let page = target[1..].split(['#', '?']).next().unwrap_or("");
        if pages.contains(page) {
            return None;
        }
        let message = format!("there is no page `{target}`");
        let known = pages.iter().map(String::as_str);
        return Some(Diagnostic::new(RULE, link.at, message).help(did_you_mean(
            page,
            known,
            "link to a page that exists, such as `/PROVIDER/PROCEDURE/`",
        )));
    }
    if target.starts_with("images/") {
        let there = book.image(guidance, target).is_some();
        return (!there).then(|| {
            Diagnostic::new(RULE, link.at, format!("there is no picture `{target}`"))
                .help("put it into the folder `images` beside this file")
        });
    }
    Some(
        Diagnostic::new(
            RULE,
            link.at,
            format!("`{target}` is no link that a page can hold"),
        )
        .help("link to `#STEP`, to `/PROVIDER/PROCEDURE/`, to `https://…`, or show `images/NAME`"),
    )
}

/// The addresses of all pages.
fn pages(book: &Book) -> BTreeSet<String> {
    let mut pages = BTreeSet::from([Address::home()]);
    pages.extend(
        book.standards
            .keys()
            .map(|standard| Address::coverage(standard, 1)),
    );
    for provider in &book.providers {
        pages.insert(Address::provider(&provider.id));
        let read = provider.procedures.iter().map(|procedure| &procedure.id);
        for procedure in read.chain(&provider.unread) {
            pages.insert(Address::guide(&provider.id, procedure));
            pages.insert(Address::checklist(&provider.id, procedure));
        }
    }
    pages.into_iter().map(|page| page.to_string()).collect()
}
