//! A [`Book`](crate::model::Book)'s links to the web -> what their hosts answered -> diagnostics.
//!
//! [`links`] lists them, [`ask()`] asks, [`Records`] remembers between runs, [`report()`] says what is wrong. Only
//! [`mod@ask`] touches the network and waits; the day of the run is handed down. `build` and a plain `check` use none of it.

mod answer;
pub mod ask;
mod link;
mod records;
mod report;
pub mod rules;

pub use answer::{Answer, Gone, Loss, Record};
pub use ask::{Manners, NameFault, Names, Network, Question, ask};
pub use link::{Link, Role, links};
pub use records::{RECORDS, Records};
pub use report::{Found, report};
