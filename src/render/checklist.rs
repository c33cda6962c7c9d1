//! Sheets for paper: a procedure's checklist, and a provider's pack of all of them.

use serde::Serialize;

use super::fragments::{Cited, Component};
use super::procedure::{self, SheetView};
use super::{Renderer, is_built};
use crate::model::{Address, Procedure, Provider};

#[derive(Debug, Serialize)]
pub(super) struct ChecklistView<'a> {
    pub(super) sheet: SheetView<'a>,
}

#[derive(Debug, Serialize)]
pub(super) struct PackView<'a> {
    pub(super) name: &'a str,
    provider_address: String,
    sheets: Vec<SheetView<'a>>,
}

pub(super) fn view<'b>(
    renderer: &Renderer<'b>,
    provider: &'b Provider,
    procedure: &'b Procedure,
) -> tera::TeraResult<ChecklistView<'b>> {
    // Paper has no room for the titles of sources: the guide has them.
    let mut cited = Cited::default();
    let sheet = procedure::view(renderer, provider, procedure, Component::Item, &mut cited)?;
    Ok(ChecklistView { sheet })
}

pub(super) fn pack<'b>(
    renderer: &Renderer<'b>,
    provider: &'b Provider,
) -> tera::TeraResult<PackView<'b>> {
    let document = provider
        .document
        .as_ref()
        .expect("a book without errors has every provider");
    let sheets = provider
        .procedures
        .iter()
        .filter(|procedure| is_built(procedure, renderer.options.drafts))
        .map(|procedure| Ok(view(renderer, provider, procedure)?.sheet));
    Ok(PackView {
        name: &document.name,
        provider_address: Address::provider(&provider.id).to_string(),
        sheets: sheets.collect::<tera::TeraResult<_>>()?,
    })
}
