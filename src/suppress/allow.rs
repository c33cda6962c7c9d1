//! Every `allow` of a book, found by the rule and by the files and procedures that it is about.

use std::collections::{BTreeMap, HashMap};

use super::is_optional;
use super::rules::{
    allow_without_reason, expired_allow, unallowable_rule, unknown_rule, unused_allow,
};
use crate::diagnostic::{Diagnostic, Rule, Sources, find_rule};
use crate::model::{Allow, Book};
use crate::yaml::Date;

/// What an `allow` is about.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Reach {
    /// `site.yaml`: everything.
    Site,
    /// `provider.yaml`: what stands in its folder, or is about the provider.
    Provider(String),
    /// A shared procedure: what stands in its file.
    File(u32),
    /// A provider's procedure: what stands in its file, or is about it.
    Procedure(u32, String),
}

/// Those that count, by the code of their rule.
#[derive(Debug, Default)]
pub(super) struct Allowed<'a> {
    by_rule: BTreeMap<&'static str, OfRule<'a>>,
}

/// Those of one rule.
#[derive(Debug)]
struct OfRule<'a> {
    rule: &'static Rule,
    all: Vec<Used<'a>>,
    site: Vec<usize>,
    files: HashMap<u32, Vec<usize>>,
    /// Providers by id, and procedures as `provider/procedure`.
    subjects: HashMap<String, Vec<usize>>,
}

#[derive(Debug)]
struct Used<'a> {
    allow: &'a Allow,
    used: bool,
}

impl<'a> Allowed<'a> {
    /// Those of a book that count today, and what is wrong with the others.
    pub(super) fn of(
        book: &'a Book,
        today: Date,
        rules: &[&'static Rule],
    ) -> (Self, Vec<Diagnostic>) {
        let (mut allowed, mut faults) = (Allowed::default(), Vec::new());
        each(book, |reach, allow| {
            let Some(rule) = find_rule(rules, &allow.rule) else {
                return faults.push(unknown_rule::diagnostic(&allow.rule, rules));
            };
            if !is_optional(rule) || super::rules::ALL.contains(&rule) {
                return faults.push(unallowable_rule::diagnostic(&allow.rule, rule));
            }
            if !allow.has_reason() {
                return faults.push(allow_without_reason::diagnostic(allow));
            }
            if let Some(until) = allow.ended(today) {
                return faults.push(expired_allow::diagnostic(until));
            }
            let of_rule = allowed
                .by_rule
                .entry(rule.code)
                .or_insert_with(|| OfRule::of(rule));
            of_rule.add(reach, allow);
        });
        (allowed, faults)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.by_rule.is_empty()
    }

    /// Whether a diagnostic is allowed; one that is allowed for some of its subjects is from now on about the others.
    pub(super) fn takes(&mut self, diagnostic: &mut Diagnostic, sources: &Sources) -> bool {
        let of_rule = self.by_rule.get_mut(diagnostic.rule.code);
        of_rule.is_some_and(|of_rule| of_rule.takes(diagnostic, sources))
    }

    /// Those of rules that ran and that nothing needed.
    pub(super) fn unused(&self, ran: impl Fn(&Rule) -> bool) -> impl Iterator<Item = Diagnostic> {
        let of_rules = self.by_rule.values().filter(move |it| ran(it.rule));
        let unused = of_rules
            .flat_map(|of_rule| &of_rule.all)
            .filter(|it| !it.used);
        unused.map(|it| unused_allow::diagnostic(&it.allow.rule))
    }
}

impl<'a> OfRule<'a> {
    fn of(rule: &'static Rule) -> Self {
        OfRule {
            rule,
            all: Vec::new(),
            site: Vec::new(),
            files: HashMap::new(),
            subjects: HashMap::new(),
        }
    }

    fn add(&mut self, reach: Reach, allow: &'a Allow) {
        let at = self.all.len();
        self.all.push(Used { allow, used: false });
        match reach {
            Reach::Site => self.site.push(at),
            Reach::File(file) => self.files.entry(file).or_default().push(at),
            Reach::Provider(subject) => self.subjects.entry(subject).or_default().push(at),
            Reach::Procedure(file, subject) => {
                self.files.entry(file).or_default().push(at);
                self.subjects.entry(subject).or_default().push(at);
            }
        }
    }

    fn takes(&mut self, diagnostic: &mut Diagnostic, sources: &Sources) -> bool {
        let folder = provider_of(sources.path(diagnostic.at));
        let by_place = [
            Some(&self.site),
            self.files.get(&diagnostic.at.file),
            folder.and_then(|provider| self.subjects.get(provider)),
        ];
        let mut used: Vec<usize> = by_place.into_iter().flatten().flatten().copied().collect();
        let mut taken = !used.is_empty();
        if !self.subjects.is_empty() && !diagnostic.subjects.is_empty() {
            diagnostic.subjects.retain(|subject| {
                let provider = subject.split('/').next().unwrap_or_default();
                let about = [self.subjects.get(subject), self.subjects.get(provider)];
                let before = used.len();
                used.extend(about.into_iter().flatten().flatten());
                // All of it is taken out for its place anyway; its subjects tell only what was of use.
                before == used.len()
            });
            taken |= diagnostic.subjects.is_empty();
        }
        for at in used {
            self.all[at].used = true;
        }
        taken
    }
}

/// The provider in whose folder a file lies.
fn provider_of(path: &str) -> Option<&str> {
    path.strip_prefix("content/providers/")?.split('/').next()
}

/// Every `allow` with its reach.
fn each<'a>(book: &'a Book, mut take: impl FnMut(Reach, &'a Allow)) {
    for allow in book.site.iter().flat_map(|site| &site.allow) {
        take(Reach::Site, allow);
    }
    for (at, allows) in &book.shared_allows {
        for allow in allows {
            take(Reach::File(at.file), allow);
        }
    }
    for provider in &book.providers {
        for allow in provider
            .document
            .iter()
            .flat_map(|document| &document.allow)
        {
            take(Reach::Provider(provider.id.to_string()), allow);
        }
        for procedure in &provider.procedures {
            for allow in &procedure.allow {
                let subject = provider.subject(procedure);
                take(Reach::Procedure(procedure.at.file, subject), allow);
            }
        }
    }
}
