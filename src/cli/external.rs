//! `stepbook check --external`: asks what is due and adds what links came to.

use std::collections::BTreeMap;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use ureq::Proxy;

use super::{CliError, Run};
use crate::diagnostic;
use crate::external::{self, Found, Manners, Network, Question, RECORDS, Record, Records};
use crate::pipeline::Loaded;

/// So many answers are lost at most when a run is broken off.
const SAVED_EVERY: usize = 50;

/// Asks every link that is due, adds the diagnostics of all of them, and says how many came to what.
pub(super) fn extend(run: &Run, loaded: &mut Loaded) -> Result<String, CliError> {
    let mut records = Records::load(&run.root).unwrap_or_else(|error| {
        super::message(&format!(
            "`{RECORDS}` is begun anew, and what it knew is lost, because it cannot be read: {error}\n"
        ));
        Records::default()
    });
    let links = external::links(&loaded.book);
    let mut known = std::mem::take(&mut records.links);
    records.links = links
        .iter()
        .filter_map(|link| known.remove_entry(&link.address))
        .collect();
    let asked = ask(run, loaded, &links, &mut records)?;
    let found = Found::of(&records);
    let diagnostics = external::report(&links, &records);
    drop(links);
    loaded.diagnostics.extend(diagnostics);
    loaded.diagnostics = diagnostic::merge(std::mem::take(&mut loaded.diagnostics));
    Ok(format!(
        "links to the web: {} good, {} dead, {} unknown; {asked} asked, {} known from earlier runs\n",
        found.good,
        found.dead,
        found.unknown,
        records.links.len() - asked
    ))
}

/// Asks every link that is due; gives back how many.
fn ask(
    run: &Run,
    loaded: &Loaded,
    links: &[external::Link<'_>],
    records: &mut Records,
) -> Result<usize, CliError> {
    let save = |records: &Records| {
        records
            .save(&run.root)
            .map_err(|source| CliError::Records { source })
    };
    // A file that cannot be written is found out before anybody is asked.
    save(records)?;
    let mut question = Question::default();
    let due: BTreeMap<&str, bool> = links
        .iter()
        .map(|link| {
            let record = records.links.get(&link.address);
            let due = record.is_none_or(|record| record.is_due(&link.address, run.today));
            (link.address.as_str(), due)
        })
        .collect();
    for (address, due) in due {
        let list = if due {
            &mut question.addresses
        } else {
            &mut question.others
        };
        list.push(address);
    }
    let site = loaded.book.site.as_ref();
    let base_url = site.map(|site| site.base_url.as_str());
    let network = Network::public(Proxy::try_from_env(), base_url);
    let bar = progress(question.addresses.len());
    let mut failed = None;
    external::ask(&question, network, Manners::default(), |address, answer| {
        bar.inc(1);
        let before = records.links.get(address);
        let record = Record::after(before, answer, run.today);
        records.links.insert(address.to_owned(), record);
        if bar.position() as usize % SAVED_EVERY == 0 {
            failed = save(records).err().or(failed.take());
        }
    });
    bar.finish_and_clear();
    if let Some(error) = failed {
        return Err(error);
    }
    save(records)?;
    Ok(question.addresses.len())
}

/// A bar on a terminal, nothing elsewhere.
fn progress(all: usize) -> ProgressBar {
    let target = ProgressDrawTarget::stderr_with_hz(10);
    let bar = ProgressBar::with_draw_target(Some(all as u64), target);
    let style = ProgressStyle::with_template("{bar:30} {pos} of {len} links");
    bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}
