//! Addresses -> what their hosts answer: several hosts at once, each asked one thing at a time.

mod fault;
mod gate;
mod names;
mod request;

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::{Arc, Mutex, PoisonError, mpsc};
use std::thread;
use std::time::Duration;

use ureq::Proxy;
use url::Url;

use super::{Answer, Link, Loss, Records};
use crate::yaml::Date;
use fault::HostState;
use request::{Asker, Said};

pub use names::{NameFault, Names, public_names};

/// How patient and how polite asking is.
#[derive(Debug, Clone, Copy)]
pub struct Manners {
    /// Between the end of a request to a host and the next to the same host.
    pub pause: Duration,
    /// How many hosts are asked at once.
    pub hosts: usize,
    /// For one request, from looking the name up to the end of the headers.
    pub time_out: Duration,
    /// How often a request is tried that found no answer, or one that says "not now".
    pub tries: u32,
    /// Before the second try; doubled before each further one, and up to half as much more.
    pub back_off: Duration,
    /// A host that wants a longer rest than this is left alone for this run.
    pub longest_rest: Duration,
}

impl Default for Manners {
    fn default() -> Self {
        Manners {
            pause: Duration::from_secs(1),
            hosts: 16,
            time_out: Duration::from_secs(20),
            tries: 3,
            back_off: Duration::from_secs(2),
            longest_rest: Duration::from_secs(60),
        }
    }
}

/// The way to the web.
pub struct Network {
    /// Where hosts are.
    pub names: Names,
    /// What stands between.
    pub proxy: Option<Proxy>,
    /// Who asks: the value of `User-Agent`, in ASCII.
    pub agent: String,
}

impl Network {
    /// The public web, asked on behalf of the site at `base_url`.
    pub fn public(proxy: Option<Proxy>, base_url: Option<&str>) -> Self {
        let site = base_url.and_then(|url| Url::parse(url).ok());
        let site = site.map_or_else(String::new, |url| {
            format!(" for {}", url.origin().ascii_serialization())
        });
        Network {
            names: Arc::new(public_names),
            proxy,
            agent: format!(
                "stepbook/{} (checks links{site})",
                env!("CARGO_PKG_VERSION")
            ),
        }
    }
}

/// What to ask.
#[derive(Debug, Default)]
pub struct Question {
    /// The addresses, each once.
    pub addresses: Vec<String>,
    /// Addresses that are not asked, and whose names show whether there is a network at all.
    pub others: Vec<String>,
}

impl Question {
    /// The addresses of the links that are `wanted`, as far as they are due on `today`.
    pub fn of<'a>(
        links: &[Link<'a>],
        records: &Records,
        today: Date,
        wanted: impl Fn(&Link<'a>) -> bool,
    ) -> Self {
        let all: BTreeSet<&str> = links.iter().map(|link| link.address.as_str()).collect();
        let wanted: BTreeSet<&str> = links
            .iter()
            .filter(|link| wanted(link))
            .map(|link| link.address.as_str())
            .collect();
        let is_due = |address: &str| {
            let record = records.links.get(address);
            record.is_none_or(|record| record.is_due(address, today))
        };
        let (addresses, others) = all
            .into_iter()
            .map(str::to_owned)
            .partition(|address| wanted.contains(address.as_str()) && is_due(address));
        Question { addresses, others }
    }
}

/// A host that was silent for so many addresses is not asked for more.
const MOST_SILENT: u32 = 3;

/// Asks every address and tells `heard` each answer as it comes.
///
/// A name that does not exist is believed only where another name was found: a machine without a network finds none.
pub fn ask(
    question: &Question,
    network: Network,
    manners: Manners,
    mut heard: impl FnMut(&str, Answer),
) {
    let mut hosts: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for address in &question.addresses {
        hosts.entry(host_of(address)).or_default().push(address);
    }
    let workers = manners.hosts.clamp(1, hosts.len().max(1));
    let asker = Asker::new(network, manners);
    let waiting: Mutex<VecDeque<Vec<&str>>> = Mutex::new(hosts.into_values().collect());
    let next = || {
        let mut waiting = waiting.lock().unwrap_or_else(PoisonError::into_inner);
        waiting.pop_front()
    };
    let mut nameless = Vec::new();
    thread::scope(|scope| {
        let (told, answers) = mpsc::channel();
        for _ in 0..workers {
            let (told, asker, next) = (told.clone(), &asker, &next);
            scope.spawn(move || {
                while let Some(addresses) = next() {
                    ask_host(asker, &addresses, |address, answer| {
                        // The other end is there until all senders are gone.
                        let _ = told.send((address, answer));
                    });
                }
            });
        }
        drop(told);
        for (address, answer) in answers {
            match answer {
                Answer::Gone(Loss::Name(_)) => nameless.push((address, answer)),
                answer => heard(address, answer),
            }
        }
    });
    if nameless.is_empty() {
        return;
    }
    let online = asker.found_a_name()
        || question
            .others
            .iter()
            .any(|address| asker.has_name(&host_of(address)));
    for (address, answer) in nameless {
        let answer = if online {
            answer
        } else {
            Answer::silent("no name at all was found; is this machine connected?")
        };
        heard(address, answer);
    }
}

/// Asks the addresses of one host, one after the other, until the host wants no more of it.
fn ask_host<'a>(asker: &Asker, addresses: &[&'a str], mut tell: impl FnMut(&'a str, Answer)) {
    let mut silent = 0;
    let mut rest: Option<Answer> = None;
    for address in addresses {
        if let Some(answer) = &rest {
            tell(address, answer.clone());
            continue;
        }
        let Said { answer, host } = asker.ask(address);
        silent = match host {
            HostState::Answers => 0,
            HostState::Silent => silent + 1,
            HostState::Closed => MOST_SILENT,
        };
        if silent >= MOST_SILENT {
            rest = Some(match &answer {
                Answer::Unknown { why, .. } => Answer::silent(format!(
                    "it was not asked, because of another page of the same host: {why}"
                )),
                known => known.clone(),
            });
        }
        tell(address, answer);
    }
}

/// The host of an address; nothing where it is no address.
fn host_of(address: &str) -> String {
    let url = Url::parse(address).ok();
    url.and_then(|url| Some(url.host_str()?.to_owned()))
        .unwrap_or_default()
}
