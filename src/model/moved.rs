//! What procedures were called before (`formerly`) -> each address that must lead on, with where it leads.

use std::collections::BTreeMap;

use super::{Address, Book, Procedure, Provider, Reserved};
use crate::yaml::{Id, SitePath};

/// A page that moved.
#[derive(Debug, Clone)]
pub struct Moved<'b> {
    /// Where it was.
    pub from: Address,
    /// Where it is.
    pub to: Address,
    /// What it is.
    pub page: MovedPage<'b>,
    /// Whose it is.
    pub provider: &'b Provider,
}

/// What kind of page moved.
#[derive(Debug, Clone, Copy)]
pub enum MovedPage<'b> {
    /// A guide, from an address that its procedure names.
    Guide(&'b Procedure),
    /// The checklist below such an address.
    Checklist(&'b Procedure),
    /// The page of a provider that went by another id.
    Provider,
    /// The pack of such a provider.
    Pack,
}

impl Book {
    /// Every page that moved, by the file that it had. Of two for one file, the one that an author named is here.
    ///
    /// A guide takes its checklist along. A provider that is gone, and whose procedures all went to one other, takes its
    /// page and its pack along.
    pub fn moved(&self) -> Vec<Moved<'_>> {
        let mut moved = BTreeMap::new();
        for (provider, procedure, path) in self.former_paths() {
            let from = Address::former(path);
            moved.entry(from.key()).or_insert(Moved {
                from,
                to: Address::guide(&provider.id, &procedure.id),
                page: MovedPage::Guide(procedure),
                provider,
            });
        }
        for (provider, procedure, path) in self.former_paths() {
            if let Some(from) = Address::former_checklist(path) {
                moved.entry(from.key()).or_insert(Moved {
                    from,
                    to: Address::checklist(&provider.id, &procedure.id),
                    page: MovedPage::Checklist(procedure),
                    provider,
                });
            }
        }
        for (id, provider) in self.former_providers() {
            let pages = [
                (MovedPage::Provider, Address::provider as fn(&Id) -> Address),
                (MovedPage::Pack, Address::pack),
            ];
            for (page, address) in pages {
                let (from, to) = (address(&id), address(&provider.id));
                moved.entry(from.key()).or_insert(Moved {
                    from,
                    to,
                    page,
                    provider,
                });
            }
        }
        moved.into_values().collect()
    }

    fn former_paths(&self) -> impl Iterator<Item = (&Provider, &Procedure, &SitePath)> {
        self.procedures().flat_map(|(provider, procedure)| {
            let paths = procedure.formerly.iter();
            paths.map(move |path| (provider, procedure, &path.value))
        })
    }

    /// The ids that providers went by: a former address is that of the procedure with a provider who is gone.
    fn former_providers(&self) -> BTreeMap<Id, &Provider> {
        let mut heirs: BTreeMap<Id, Option<&Provider>> = BTreeMap::new();
        for (provider, procedure, path) in self.former_paths() {
            let id = path.as_str().split('/').next().unwrap_or_default();
            let Ok(id) = id.parse::<Id>() else { continue };
            let guide = Address::guide(&id, &procedure.id);
            let gone =
                !Reserved::Provider.takes(id.as_str()) && self.provider(id.as_str()).is_none();
            if gone && guide == Address::former(path) {
                let heir = heirs.entry(id).or_insert(Some(provider));
                if heir.is_some_and(|heir| heir.id != provider.id) {
                    *heir = None;
                }
            }
        }
        heirs
            .into_iter()
            .filter_map(|(id, heir)| Some((id, heir?)))
            .collect()
    }
}
