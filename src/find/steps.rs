//! Steps -> their texts, each distinct one once. Providers that change nothing of a step share its number.

use std::collections::HashMap;
use std::sync::Arc;

use serde::Serialize;

use crate::model::{Book, Material, Requirement, Standard, Step};

/// How much it says that words stand in a field of a step, in hundredths.
mod field {
    pub(super) const ALIAS: i64 = 100;
    pub(super) const ACTION_OF_VARIANT: i64 = 100;
    pub(super) const REQUIREMENT: i64 = 95;
    pub(super) const UI_LABEL: i64 = 95;
    pub(super) const IN_CASE: i64 = 80;
    pub(super) const RETIRED: i64 = 80;
    pub(super) const CASE: i64 = 50;
    pub(super) const EXPECT: i64 = 45;
    pub(super) const RECORD: i64 = 45;
    pub(super) const MATERIAL: i64 = 40;
    pub(super) const CAUTION: i64 = 25;
}

/// What is said about a step beside its id and action: the procedure that it belongs to, and texts with their field.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub(super) struct About(pub(super) usize, pub(super) Vec<(i64, usize)>);

/// The distinct texts of steps.
#[derive(Debug, Default)]
pub(super) struct Steps<'b> {
    pub(super) texts: Vec<&'b str>,
    text_numbers: HashMap<&'b str, usize>,
    /// What is said about steps beside id and action.
    pub(super) abouts: Vec<About>,
    about_numbers: HashMap<About, usize>,
    /// Steps: the texts of id and action, and what is said about it.
    pub(super) rows: Vec<[usize; 3]>,
    row_numbers: HashMap<[usize; 3], usize>,
    /// By address of the step and of its standard, the procedure, and old ids.
    seen: HashMap<(*const Step, *const Standard, usize, Vec<&'b str>), usize>,
}

impl<'b> Steps<'b> {
    /// The number of a step in a procedure, by its number, of this standard; `retired` are the old ids that lead to it.
    pub(super) fn number(
        &mut self,
        book: &'b Book,
        procedure: usize,
        standard: Option<&'b Standard>,
        step: &'b Arc<Step>,
        retired: Vec<&'b str>,
    ) -> usize {
        let standard_at = standard.map_or(std::ptr::null(), std::ptr::from_ref);
        let key = (Arc::as_ptr(step), standard_at, procedure, retired);
        if let Some(number) = self.seen.get(&key) {
            return *number;
        }
        let said = said(book, standard, step, &key.3).into_iter();
        let fields = said.map(|(field, text)| (field, self.text(text)));
        let about = About(procedure, fields.collect());
        let about = intern(about, &mut self.abouts, &mut self.about_numbers);
        let action = step.action.as_ref().map_or("", |action| &action.value);
        let row = [self.text(step.id.as_str()), self.text(action), about];
        let number = intern(row, &mut self.rows, &mut self.row_numbers);
        self.seen.insert(key, number);
        number
    }

    fn text(&mut self, text: &'b str) -> usize {
        intern(text, &mut self.texts, &mut self.text_numbers)
    }
}

/// The position of a value in a list of which each is different; it is added where it is new.
pub(super) fn intern<T>(value: T, all: &mut Vec<T>, numbers: &mut HashMap<T, usize>) -> usize
where
    T: Clone + Eq + std::hash::Hash,
{
    if let Some(number) = numbers.get(&value) {
        return *number;
    }
    let number = all.len();
    all.push(value.clone());
    numbers.insert(value, number);
    number
}

/// What is said about a step beside its id and action, each with its field.
fn said<'b>(
    book: &'b Book,
    standard: Option<&'b Standard>,
    step: &'b Step,
    retired: &[&'b str],
) -> Vec<(i64, &'b str)> {
    let mut said: Vec<(i64, &str)> = Vec::new();
    let aliases = step.aliases.iter().flat_map(|aliases| &aliases.value);
    said.extend(aliases.map(|alias| (field::ALIAS, &*alias.value)));
    let variants = step.variants.iter().flat_map(|variants| &variants.value);
    for variant in variants.clone() {
        let action = variant.action.iter();
        said.extend(action.map(|action| (field::ACTION_OF_VARIANT, &*action.value)));
    }
    let requirements: Vec<&Requirement> = standard.map_or_else(Vec::new, |standard| {
        let all = standard.steps.iter();
        all.filter(|it| step.covers(standard, it.id.as_str()))
            .collect()
    });
    said.extend(
        requirements
            .iter()
            .map(|it| (field::REQUIREMENT, &*it.title.value)),
    );
    let mut one = |field, text: &'b Option<crate::yaml::Text>| {
        said.extend(text.iter().map(|text| (field, &*text.value)));
    };
    one(field::UI_LABEL, &step.ui_label);
    one(field::IN_CASE, &step.in_case);
    one(field::EXPECT, &step.expect);
    one(field::CAUTION, &step.caution);
    said.extend(retired.iter().map(|id| (field::RETIRED, *id)));
    let cases = step.if_not.iter().flat_map(|cases| &cases.value);
    said.extend(cases.map(|case| (field::CASE, &*case.case.value)));
    let expected = variants.filter_map(|variant| variant.expect.as_ref());
    said.extend(expected.map(|expect| (field::EXPECT, &*expect.value)));
    let records = step.record.iter().flat_map(|records| &records.value);
    said.extend(records.map(|record| (field::RECORD, &*record.label.value)));
    let needs = step.needs().iter();
    let materials = needs.filter_map(|need| book.material(need.as_str()));
    said.extend(materials.map(|material: &Material| (field::MATERIAL, &*material.title.value)));
    said
}
