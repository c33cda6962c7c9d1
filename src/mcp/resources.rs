//! Guides as resources: `stepbook://PROVIDER/PROCEDURE` is the whole guide as Markdown.

use rmcp::ErrorData;
use rmcp::model::{
    ListResourceTemplatesResult, ListResourcesResult, ReadResourceResult, Resource,
    ResourceContents, ResourceTemplate,
};

use super::Server;
use crate::card::say;
use crate::model::{Procedure, Provider};

/// So many resources are listed at once.
const PAGE: usize = 100;
const SCHEME: &str = "stepbook://";
const MARKDOWN: &str = "text/markdown";

/// Where a guide is read.
pub(super) fn uri(provider: &str, procedure: &str) -> String {
    format!("{SCHEME}{provider}/{procedure}")
}

/// How the address of a guide is made.
pub(super) fn templates() -> ListResourceTemplatesResult {
    let guide = ResourceTemplate::new(uri("{provider}", "{procedure}"), "guide")
        .with_title("A guide")
        .with_description(
            "A provider's whole guide as Markdown, all steps and conditions included.",
        )
        .with_mime_type(MARKDOWN);
    ListResourceTemplatesResult::with_all_items(vec![guide])
}

impl Server {
    /// The guides after the one that the cursor names.
    pub(super) fn list(&self, cursor: Option<&str>) -> Result<ListResourcesResult, ErrorData> {
        let procedures = self.book.procedures();
        let mut guides = procedures.filter(|(_, procedure)| procedure.is_built(false));
        if let Some(cursor) = cursor {
            let known = guides.any(|(provider, own)| provider.subject(own) == cursor);
            if !known {
                let message = "this cursor was never given: list the resources from the beginning";
                return Err(ErrorData::invalid_params(message, None));
            }
        }
        let mut guides = guides.peekable();
        let mut list = ListResourcesResult::default();
        while list.resources.len() < PAGE
            && let Some((provider, procedure)) = guides.next()
        {
            let subject = provider.subject(procedure);
            let resource = Resource::new(format!("{SCHEME}{subject}"), &*subject)
                .with_title(self.heading(provider, procedure))
                .with_mime_type(MARKDOWN);
            list.resources.push(resource);
            list.next_cursor = guides.peek().map(|_| subject);
        }
        Ok(list)
    }

    fn heading(&self, provider: &Provider, procedure: &Procedure) -> String {
        let document = provider.document.as_ref();
        let name = document.map_or(provider.id.as_str(), |document| &document.name);
        let title = procedure.body.title.as_ref().map_or("", |title| title);
        say::heading(self.cards.words(), name, title)
    }

    pub(super) fn read(&self, uri: &str) -> Result<ReadResourceResult, ErrorData> {
        let subject = uri
            .strip_prefix(SCHEME)
            .and_then(|rest| rest.split_once('/'));
        let found = match subject {
            Some((provider, procedure)) => self.procedure(provider, procedure),
            None => Err("a guide is read at `stepbook://PROVIDER/PROCEDURE`".to_owned()),
        };
        let (provider, procedure) =
            found.map_err(|message| ErrorData::resource_not_found(message, None))?;
        let text = self.cards.markdown(&self.cards.guide(provider, procedure));
        let contents = ResourceContents::text(text, uri).with_mime_type(MARKDOWN);
        Ok(ReadResourceResult::new(vec![contents]))
    }
}
