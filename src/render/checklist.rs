//! Sheets for paper: a procedure's checklist, and a provider's pack of all of them.

use serde::Serialize;

use super::Renderer;
use super::fragments::Cited;
use super::procedure::{self, Medium, SheetView};
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
    address: &Address,
) -> tera::TeraResult<ChecklistView<'b>> {
    let base = address.to_base();
    let medium = Medium {
        web: false,
        level: 2,
        scope: "",
        base: &base,
    };
    let sheet = sheet(renderer, provider, procedure, medium)?;
    Ok(ChecklistView { sheet })
}

pub(super) fn pack<'b>(
    renderer: &Renderer<'b>,
    provider: &'b Provider,
    address: &Address,
) -> tera::TeraResult<PackView<'b>> {
    let document = provider
        .document
        .as_ref()
        .expect("a book without errors has every provider");
    let base = address.to_base();
    let sheets = provider
        .procedures
        .iter()
        .filter(|procedure| procedure.is_built(renderer.options.drafts))
        .map(|procedure| {
            let medium = Medium {
                web: false,
                level: 3,
                scope: &format!("{}/", procedure.id),
                base: &base,
            };
            sheet(renderer, provider, procedure, medium)
        });
    Ok(PackView {
        name: &document.name,
        provider_address: Address::provider(&provider.id).to_string(),
        sheets: sheets.collect::<tera::TeraResult<_>>()?,
    })
}

fn sheet<'b>(
    renderer: &Renderer<'b>,
    provider: &'b Provider,
    procedure: &'b Procedure,
    medium: Medium<'_>,
) -> tera::TeraResult<SheetView<'b>> {
    // Paper has no room for the titles of sources: the guide has them.
    procedure::view(renderer, provider, procedure, medium, &mut Cited::default())
}
