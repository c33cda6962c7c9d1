//! `stepbook mcp`: the content for language models, over the Model Context Protocol.

use super::{Answer, CliError, Run};
use crate::diagnostic::human;
use crate::render::Theme;
use crate::{mcp, pipeline};

pub(super) fn run(run: &Run) -> Result<Answer, CliError> {
    let loaded = pipeline::load(&run.root, run.today);
    let counts = loaded.counts();
    if counts.errors > 0 {
        super::message(&super::check::describe(&loaded, false));
        let summary = human::summary(counts, loaded.sources.0.len());
        super::message(&format!("not served: {summary}\n"));
        return Ok(Answer::No);
    }
    let theme = Theme::load(&run.root).map_err(|source| CliError::Theme { source })?;
    let site = loaded.book.site.as_ref();
    let words = theme.words(site.map_or("en", |site| site.language()));
    let base_url = site.map_or("", |site| site.base_url.as_str());
    let base_url = base_url.trim_end_matches('/').to_owned();
    mcp::serve(loaded.book, words, base_url).map_err(|source| CliError::Mcp { source })?;
    Ok(Answer::Fine)
}
