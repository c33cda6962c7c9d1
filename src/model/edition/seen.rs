//! What readers see, as it is hashed. Fields stand in alphabetical order, so that the JSON is canonical.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Edition;

/// Unit, least, most, and whether only working days count.
pub(super) type SeenTime = Option<(&'static str, u32, u32, bool)>;

#[derive(Serialize)]
pub(super) struct SeenProcedure<'a> {
    pub(super) background: Vec<String>,
    pub(super) channels: Vec<SeenChannel<'a>>,
    pub(super) choices: Vec<SeenChoice<'a>>,
    pub(super) ends: Option<&'a str>,
    pub(super) facts: BTreeMap<&'a str, SeenFact<'a>>,
    pub(super) leaves: Option<&'a str>,
    pub(super) materials: Vec<SeenMaterial<'a>>,
    pub(super) mode: &'static str,
    pub(super) notices: Vec<SeenNotice<'a>>,
    pub(super) outcome: Option<&'static str>,
    pub(super) phases: Vec<[Option<&'a str>; 3]>,
    pub(super) provider: Option<&'a str>,
    pub(super) questions: Vec<SeenQuestion<'a>>,
    pub(super) retired: Vec<SeenRetired<'a>>,
    pub(super) status: &'static str,
    pub(super) steps: Vec<SeenPlace>,
    pub(super) summary: Option<&'a str>,
    pub(super) title: Option<&'a str>,
}

#[derive(Serialize)]
pub(super) struct SeenPlace {
    pub(super) phase: usize,
    pub(super) step: Edition,
}

#[derive(Serialize)]
pub(super) struct SeenStep<'a> {
    pub(super) action: Option<&'a str>,
    pub(super) caution: Option<&'a str>,
    pub(super) cost: Option<&'a str>,
    pub(super) evidence: Option<SeenSource<'a>>,
    pub(super) expect: Option<&'a str>,
    pub(super) guidance: Option<String>,
    pub(super) id: &'a str,
    pub(super) if_not: Vec<(&'a str, &'a str, Option<&'a str>)>,
    pub(super) in_case: Option<&'a str>,
    pub(super) irreversible: bool,
    pub(super) needs: Vec<&'a str>,
    pub(super) notices: Vec<&'a str>,
    pub(super) record: Vec<(&'a str, Option<&'static str>)>,
    pub(super) then: Option<&'a str>,
    pub(super) ui_label: Option<&'a str>,
    pub(super) undo: Option<&'a str>,
    pub(super) variants: Vec<SeenVariant<'a>>,
    pub(super) via: Vec<SeenChannel<'a>>,
    pub(super) wait: Option<(SeenTime, Option<SeenSource<'a>>)>,
    pub(super) when: Option<BTreeMap<&'a str, Vec<&'a str>>>,
}

#[derive(Serialize)]
pub(super) struct SeenVariant<'a> {
    pub(super) action: Option<&'a str>,
    pub(super) caution: Option<&'a str>,
    pub(super) expect: Option<&'a str>,
    pub(super) guidance: Option<String>,
    pub(super) record: Vec<(&'a str, Option<&'static str>)>,
    pub(super) via: Vec<SeenChannel<'a>>,
    pub(super) when: BTreeMap<&'a str, Vec<&'a str>>,
}

#[derive(Serialize)]
pub(super) struct SeenSource<'a> {
    pub(super) dated: Option<String>,
    pub(super) in_force: Option<String>,
    pub(super) title: &'a str,
    pub(super) url: &'a str,
}

#[derive(Serialize)]
pub(super) struct SeenChannel<'a> {
    pub(super) evidence: Option<SeenSource<'a>>,
    pub(super) hours: Option<&'a str>,
    pub(super) kind: &'static str,
    pub(super) label: &'a str,
    pub(super) value: Option<&'a str>,
}

/// The old step, since when, why, and the step to use now.
pub(super) type SeenRetired<'a> = (&'a str, String, &'a str, Option<&'a str>);

/// What is said, and the procedure to follow instead.
pub(super) type SeenStop<'a> = (&'a str, Option<&'a str>);

#[derive(Serialize)]
pub(super) struct SeenChoice<'a> {
    pub(super) id: &'a str,
    pub(super) options: Vec<(&'a str, &'a str, Option<SeenStop<'a>>)>,
    pub(super) question: &'a str,
}

#[derive(Serialize)]
pub(super) struct SeenMaterial<'a> {
    pub(super) copies: Option<u32>,
    pub(super) id: &'a str,
    pub(super) note: Option<&'a str>,
    pub(super) original: bool,
    pub(super) title: &'a str,
    pub(super) when: Option<BTreeMap<&'a str, Vec<&'a str>>>,
}

#[derive(Serialize)]
pub(super) struct SeenFact<'a> {
    pub(super) evidence: Option<SeenSource<'a>>,
    pub(super) text: Option<&'a str>,
    pub(super) time: SeenTime,
    pub(super) title: Option<&'a str>,
}

#[derive(Serialize)]
pub(super) struct SeenNotice<'a> {
    pub(super) before: Option<&'a str>,
    pub(super) evidence: Option<SeenSource<'a>>,
    pub(super) id: &'a str,
    pub(super) paper: bool,
    pub(super) text: &'a str,
}

#[derive(Serialize)]
pub(super) struct SeenQuestion<'a> {
    pub(super) answer: Option<&'a str>,
    pub(super) evidence: Option<SeenSource<'a>>,
    pub(super) fact: Option<&'a str>,
    pub(super) id: &'a str,
    pub(super) question: &'a str,
}
