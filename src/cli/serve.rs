//! `stepbook serve`: the site on a local server, as it is written.

use std::net::SocketAddr;

use jiff::Timestamp;

use super::{Answer, CliError, Run};
use crate::serve::{self, Said, Settings};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Where to listen
    #[arg(long, value_name = "HOST:PORT", default_value = "127.0.0.1:4000")]
    addr: SocketAddr,
    /// Open the site in the browser
    #[arg(long)]
    open: bool,
    /// Look for changes three times a second, where the system does not tell of them
    #[arg(long)]
    poll: bool,
}

pub(super) fn run(run: &Run, args: &Args) -> Result<Answer, CliError> {
    let settings = Settings {
        root: run.root.clone(),
        today: run.today,
        addr: args.addr,
        poll: args.poll,
        begun: u64::try_from(Timestamp::now().as_millisecond()).unwrap_or(0),
    };
    let open = args.open;
    serve::serve(&settings, move |said| say(&said, open))
        .map_err(|source| CliError::Serve { source })?;
    super::message("ended\n");
    Ok(Answer::Fine)
}

fn say(said: &Said<'_>, open: bool) {
    match said {
        Said::Listening(url) => {
            super::message(&format!("serving {url}; Ctrl-C ends it\n"));
            if open && open::that_detached(url).is_err() {
                super::message("no browser can be opened: open the address yourself\n");
            }
        }
        Said::Looking(reason) => super::message(&format!(
            "looking for changes three times a second: {reason}\n"
        )),
        Said::Fault(fault) => super::message(&format!("{fault}\n\n")),
        Said::Served(summary, time) => {
            super::message(&format!("served: {summary}, {} ms\n", time.as_millis()));
        }
        Said::Kept(faults) => {
            super::message(&format!(
                "not served: {}; the last state without errors still is\n",
                faults.summary
            ));
        }
    }
}
