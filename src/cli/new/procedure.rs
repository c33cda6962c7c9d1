//! The file of a provider's procedure: what differs from the shared one, or, where there is none, all that its standard
//! requires.

use super::scaffold::{Scaffold, TODO, sample};
use crate::model::{
    FactKind, FactRequirement, NoticeRequirement, ProcedureDocument, QuestionRequirement,
    Requirement, Standard, Step,
};
use crate::parse::Documents;
use crate::yaml::{Field, Form, Id, Placed, Shape, Shown, Text};

/// A phase takes this many steps without a warning.
const STEPS_A_PHASE: usize = 7;

/// The shared procedure for a standard: the one by its name first.
pub(super) fn shared<'d>(standard: &Id, documents: &'d Documents) -> Option<&'d Id> {
    let holds = |document: &ProcedureDocument| {
        let named = document.standard.as_ref();
        named.is_some_and(|named| named.value == *standard)
    };
    let mut of = documents
        .procedures
        .iter()
        .filter(|(_, (_, document))| document.as_deref().is_some_and(holds));
    let by_name = documents.procedures.get_key_value(standard.as_str());
    let by_name = by_name.filter(|(_, (_, document))| document.as_deref().is_some_and(holds));
    by_name.or_else(|| of.next()).map(|(id, _)| id)
}

/// A file that extends a shared procedure, with what it inherits to be taken and changed.
pub(super) fn extending(shared: &Id, standard: &Standard, documents: &Documents) -> String {
    let mut file = Scaffold::default();
    file.words(0, "Only what is different here. What stands behind a # is inherited: to say it otherwise, take the # from the");
    file.words(
        0,
        "lines that you change, from the `id` above them and from the name of the list.",
    );
    file.yaml(0, &format!("extends: {shared}"));
    let Some((_, Some(document))) = documents.procedures.get(shared) else {
        return file.finish();
    };
    file.gap();
    file.optional(0, "steps:");
    let phases = document.phases.iter().flat_map(|phases| &phases.value);
    let steps = phases.flat_map(|phase| phase.steps.iter().flat_map(|steps| &steps.value));
    for step in steps.chain(document.steps.iter().flat_map(|steps| &steps.value)) {
        if let Some(requirement) = standard.requirement(step.id.as_str()) {
            file.words(2, &title(requirement));
        }
        file.inherited(2, &Shown::List(vec![step.show()]));
    }
    let lists = [
        ("notices", document.notices.show()),
        ("questions", document.questions.show()),
        ("facts", document.facts.show()),
    ];
    for (name, list) in lists
        .into_iter()
        .filter(|(_, list)| *list != Shown::Nothing)
    {
        file.gap();
        file.optional(0, &format!("{name}:"));
        file.inherited(2, &list);
    }
    file.gap();
    file.words(
        0,
        "A new step says where it goes, and a step may also have:",
    );
    step_fields(&mut file);
    let form = ProcedureDocument::form();
    own(&mut file, &form, &["drop", "only", "outcome"]);
    file.finish()
}

/// A file that extends nothing.
pub(super) fn whole(provider: &str, id: &Id, standard: &Standard, documents: &Documents) -> String {
    let mut file = Scaffold::default();
    file.words(
        0,
        &format!(
            "{}: all that the standard `{id}` requires, in its order.",
            standard.title.value
        ),
    );
    file.words(
        0,
        &format!(
            "`stepbook check` reports every {TODO}, and what is not there yet, until it is written."
        ),
    );
    file.words(
        0,
        "A line of YAML right behind a # may be used: take the # away.",
    );
    file.yaml(0, &format!("standard: {id}"));
    let form = ProcedureDocument::form();
    let field = |name: &str| form.fields().iter().find(move |field| field.name == name);
    for name in ["title", "summary", "ends", "leaves"] {
        file.words(0, field(name).map_or("", |field| field.doc));
        file.yaml(0, &format!("{name}: {TODO}"));
    }
    file.fields(0, field("mode").into_iter());
    file.gap();
    file.words(
        0,
        "Pause points. Their ids, and those of steps, stay for ever: links lead to them.",
    );
    file.yaml(0, "phases:");
    for (at, steps) in in_order(&standard.steps.value)
        .chunks(STEPS_A_PHASE)
        .enumerate()
    {
        file.yaml(2, &format!("- id: part-{}", at + 1));
        file.yaml(4, &format!("title: {TODO}"));
        file.yaml(4, "steps:");
        if at == 0 && !standard.materials.is_empty() {
            let materials: Vec<&str> = standard.materials.iter().map(|it| it.as_str()).collect();
            file.words(
                6,
                &format!(
                    "Each of these must be needed by some step: {}",
                    materials.join(", ")
                ),
            );
        }
        for requirement in steps {
            step(&mut file, requirement);
        }
    }
    file.words(0, "A step may also have:");
    step_fields(&mut file);
    notices_and_questions(&mut file, standard);
    if !standard.facts.is_empty() {
        file.gap();
        file.words(
            0,
            "What nobody knows yet is `unknown`; what is known needs evidence: the id of a source.",
        );
        file.yaml(0, "facts:");
        for fact in &standard.facts {
            file.words(
                2,
                &format!("{}{}", fact.title.value, reason(fact.because.as_ref())),
            );
            file.optional(2, &format!("{}: unknown", fact.id.value));
            file.yaml(2, &format!("{}: {{value: {TODO}}}", fact.id.value));
            file.optional(
                2,
                &format!(
                    "{}: {{value: {}, evidence: SOURCE}}",
                    fact.id.value,
                    value(fact)
                ),
            );
        }
    }
    let provider = documents.providers.get(provider);
    let has = |id: &Placed<Id>| {
        let own = provider.is_some_and(|it| it.guidance.contains_key(&id.value));
        own || documents.guidance.contains_key(&id.value)
    };
    for id in standard.guidance.iter().filter(|id| !has(id)) {
        file.gap();
        file.words(
            0,
            &format!(
                "Guidance that must be there, too: content/guidance/{}.md",
                id.value
            ),
        );
    }
    own(&mut file, &form, &["outcome"]);
    file.finish()
}

fn step(file: &mut Scaffold, requirement: &Requirement) {
    let required = requirement.is_required();
    let line = |file: &mut Scaffold, line: &str| file.wanted(required, 6, line);
    file.words(6, &title(requirement));
    line(file, &format!("- id: {}", requirement.id.value));
    line(file, &format!("  action: {TODO}"));
    line(file, &format!("  expect: {TODO}"));
    if let Some(when) = &requirement.when {
        let keys = when.keys.iter().map(|(choice, options)| {
            let options: Vec<&str> = options.0.iter().map(|it| it.as_str()).collect();
            format!("{}: [{}]", choice.value, options.join(", "))
        });
        let keys: Vec<String> = keys.collect();
        line(file, &format!("  when: {{{}}}", keys.join(", ")));
    }
    if required {
        file.optional(8, "needs: [MATERIAL]");
    }
}

fn notices_and_questions(file: &mut Scaffold, standard: &Standard) {
    if !standard.notices.is_empty() {
        file.gap();
        let any = standard.notices.iter().any(NoticeRequirement::is_required);
        file.yaml(0, if any { "notices:" } else { "notices: []" });
    }
    for notice in &standard.notices {
        let title = notice
            .title
            .as_ref()
            .map_or(notice.id.as_str(), |title| title);
        let required = notice.is_required();
        file.words(
            2,
            &format!(
                "{title}{}{}",
                reason(notice.because.as_ref()),
                level(required)
            ),
        );
        file.wanted(required, 2, &format!("- id: {}", notice.id.value));
        file.wanted(required, 2, &format!("  text: {TODO}"));
        if let Some(before) = &notice.before {
            file.wanted(required, 2, &format!("  before: {}", before.value));
        }
    }
    if !standard.questions.is_empty() {
        file.gap();
        let any = standard
            .questions
            .iter()
            .any(QuestionRequirement::is_required);
        file.yaml(0, if any { "questions:" } else { "questions: []" });
    }
    for question in &standard.questions {
        let title = question
            .title
            .as_ref()
            .map_or(question.id.as_str(), |title| title);
        let required = question.is_required();
        file.words(
            2,
            &format!(
                "{title}{}{}",
                reason(question.because.as_ref()),
                level(required)
            ),
        );
        file.wanted(required, 2, &format!("- id: {}", question.id.value));
        file.wanted(required, 2, &format!("  question: {TODO}"));
        file.wanted(required, 2, &format!("  answer: {TODO}"));
    }
}

/// Requirements in an order that keeps their laws; of those that may come next, the first in the file.
fn in_order(requirements: &[Requirement]) -> Vec<&Requirement> {
    let names = |ids: &[Placed<Id>], it: &Requirement| ids.iter().any(|id| id.value == it.id.value);
    let is_last = |it: &Requirement| it.last.as_ref().is_some_and(|last| last.value);
    let before = |a: &Requirement, b: &Requirement| {
        names(&a.before, b) || names(&b.after, a) || is_last(b) && !is_last(a)
    };
    let mut left: Vec<&Requirement> = requirements.iter().collect();
    let mut ordered = Vec::with_capacity(left.len());
    while !left.is_empty() {
        let free = |it: &&Requirement| !left.iter().any(|other| before(other, it));
        // Laws that contradict one another are reported as such: any order will do.
        let at = left.iter().position(free).unwrap_or(0);
        ordered.push(left.remove(at));
    }
    ordered
}

fn title(requirement: &Requirement) -> String {
    let because = reason(Some(&requirement.because));
    let level = level(requirement.is_required());
    format!("{}{because}{level}", requirement.title.value)
}

fn reason(because: Option<&Text>) -> String {
    because.map_or_else(String::new, |because| format!(": {}", because.value))
}

fn level(required: bool) -> &'static str {
    if required { "" } else { " (recommended)" }
}

/// What may be written as the value of a fact.
fn value(fact: &FactRequirement) -> String {
    match fact.kind.value {
        FactKind::Time => "{days: [1, 3]}".to_owned(),
        FactKind::Money | FactKind::Text => TODO.to_owned(),
        FactKind::Enum => {
            let options: Vec<&str> = fact.options.iter().map(|it| it.as_str()).collect();
            options.join(" | ")
        }
    }
}

/// The fields of a step that are not written out for each.
fn step_fields(file: &mut Scaffold) {
    let given = ["id", "action", "expect", "covers"];
    let form = Step::form();
    for field in form
        .fields()
        .iter()
        .filter(|field| !given.contains(&field.name))
    {
        let value = sample(&field.form, field.refers);
        file.words(0, &format!("- `{}: {value}`: {}", field.name, field.doc));
    }
}

/// What a provider's file says of itself, and these.
fn own(file: &mut Scaffold, form: &Form, also: &[&str]) {
    let always = ["reviewed", "waives", "retired", "formerly", "status"];
    let is_own = |field: &&Field| always.contains(&field.name) || also.contains(&field.name);
    file.gap();
    file.fields(0, form.fields().iter().filter(is_own));
}
