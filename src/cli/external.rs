//! `stepbook check --external`: asks what is due and adds what links came to.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use ureq::Proxy;

use super::asked::Asked;
use super::{CliError, Run};
use crate::diagnostic;
use crate::external::{self, Found, Manners, Network, Question, RECORDS, Record, Records};
use crate::pipeline::Loaded;

/// So many answers are lost at most when a run is broken off.
const SAVED_EVERY: u64 = 50;

/// Asks every link of the files asked for that is due, adds the diagnostics of all links of these files, and prints how
/// many came to what.
pub(super) fn extend(run: &Run, loaded: &mut Loaded, files: &Asked) -> Result<(), CliError> {
    let mut records = Records::load(&run.root).unwrap_or_else(|error| {
        super::message(&format!(
            "`{RECORDS}` is begun anew, and what it knew is lost, because it cannot be read: {error}\n"
        ));
        Records::default()
    });
    let mut links = external::links(&loaded.book);
    records.keep(&links);
    let question = Question::of(&links, &records, run.today, |link| files.holds(link.at));
    // A file that cannot be written is found out before anybody is asked.
    save(run, &records)?;
    ask(run, loaded, &question, &mut records)?;
    let asked = question.addresses.len();
    links.retain(|link| files.holds(link.at));
    let found = Found::of(&links, &records);
    let diagnostics = external::report(&links, &records);
    loaded.diagnostics.extend(diagnostics);
    loaded.diagnostics = diagnostic::merge(std::mem::take(&mut loaded.diagnostics));
    super::message(&format!(
        "links to the web: {} good, {} dead, {} unknown; {asked} asked now, {} known from earlier runs\n",
        found.good,
        found.dead,
        found.unknown,
        found.all() - asked
    ));
    Ok(())
}

fn ask(
    run: &Run,
    loaded: &Loaded,
    question: &Question,
    records: &mut Records,
) -> Result<(), CliError> {
    let site = loaded.book.site.as_ref();
    let base_url = site.map(|site| site.base_url.as_str());
    let network = Network::public(Proxy::try_from_env(), base_url);
    let bar = progress(question.addresses.len());
    let mut saved = Ok(());
    external::ask(question, network, Manners::default(), |address, answer| {
        bar.inc(1);
        let before = records.links.get(address);
        let record = Record::after(before, answer, run.today);
        records.links.insert(address.to_owned(), record);
        if bar.position().is_multiple_of(SAVED_EVERY) && saved.is_ok() {
            saved = save(run, records);
        }
    });
    bar.finish_and_clear();
    saved.and_then(|()| save(run, records))
}

fn save(run: &Run, records: &Records) -> Result<(), CliError> {
    records
        .save(&run.root)
        .map_err(|source| CliError::Records { source })
}

/// A bar on a terminal, nothing elsewhere.
fn progress(all: usize) -> ProgressBar {
    let target = ProgressDrawTarget::stderr_with_hz(10);
    let bar = ProgressBar::with_draw_target(Some(all as u64), target);
    let style = ProgressStyle::with_template("{bar:30} {pos} of {len} links");
    bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}
