//! A site that is being written -> the same site on a local server, which follows every save.
//!
//! `watch` tells what was saved, `content` reads just that, `reading` decides what follows from it, `pages` makes what is asked for from the last state without
//! errors, and `http` answers. Nothing is written, and no file is served but what a build would write.

mod content;
mod http;
mod mounts;
mod pages;
mod reading;
mod watch;

use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::sync::oneshot;

use crate::render::Options;
use crate::yaml::{Date, Url};
use pages::{Message, Pages, State};
use watch::{How, Watch};

pub use pages::Faults;

/// How long requests that are under way may take when the server ends.
const GRACE: Duration = Duration::from_secs(1);

/// What is served, and where.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The folder that holds `content/`.
    pub root: PathBuf,
    /// The day of the run.
    pub today: Date,
    /// Where to listen; with port 0 the system chooses one.
    pub addr: SocketAddr,
    /// Whether to look for changes instead of being told.
    pub poll: bool,
    /// More than that of a server before it, whose pages may still be open: a time will do.
    pub begun: u64,
}

/// What the person at the terminal is told.
#[derive(Debug)]
pub enum Said<'a> {
    /// The server listens here.
    Listening(&'a str),
    /// Changes are looked for, for this reason.
    Looking(&'a str),
    /// A diagnostic, in colours.
    Fault(&'a str),
    /// A state of the site is served: how much is wrong, and how long that took to decide.
    Served(&'a str, Duration),
    /// What was saved cannot be served: the last state without errors still is.
    Kept(&'a Faults),
}

/// Why a site could not be served.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ServeError {
    /// The folder cannot be looked at.
    #[error("cannot look at `{}`", .root.display())]
    Root {
        /// The folder.
        root: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// Somebody else listens there, or nobody may.
    #[error(
        "cannot listen at `{addr}`: end the program that does, or name another place with `--addr`"
    )]
    Listen {
        /// The address and port.
        addr: SocketAddr,
        /// Why.
        source: io::Error,
    },
    /// The system gives no threads, sockets or signals.
    #[error("the server cannot run")]
    Run {
        /// Why.
        source: io::Error,
    },
}

/// Serves a site until Ctrl-C.
///
/// # Errors
///
/// A place where nobody can listen, and what the system refuses. Wrong content is no error: pages show it.
pub fn serve(
    settings: &Settings,
    say: impl Fn(Said<'_>) + Send + 'static,
) -> Result<(), ServeError> {
    let run = |source| ServeError::Run { source };
    let root = settings
        .root
        .canonicalize()
        .map_err(|source| ServeError::Root {
            root: settings.root.clone(),
            source,
        })?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(run)?;
    let listener = runtime.block_on(TcpListener::bind(settings.addr));
    let listener = listener.map_err(|source| ServeError::Listen {
        addr: settings.addr,
        source,
    })?;
    let url = format!("http://{}/", listener.local_addr().map_err(run)?);
    say(Said::Listening(&url));

    // Watching begins before reading, so that no save falls between the two.
    let mut watch = Watch::begin(&root, settings.poll);
    if let How::Looking(reason) = watch.how() {
        say(Said::Looking(reason));
    }
    let (sender, messages) = mpsc::channel();
    let saved = sender.clone();
    thread::spawn(move || {
        while let Some(batch) = watch.next() {
            if saved.send(Message::Saved(batch)).is_err() {
                return;
            }
        }
    });
    let (state, states) = tokio::sync::watch::channel(State::default());
    let pages = Pages {
        root,
        options: Options {
            base_url: url.parse::<Url>().ok(),
            drafts: true,
            today: settings.today,
        },
        messages,
        state,
        begun: settings.begun,
        say,
    };
    let pages = thread::spawn(move || pages.serve());
    let (stop, stopped) = oneshot::channel();
    let serving = runtime.spawn(http::serve(listener, sender.clone(), states, stopped));
    let ended = runtime.block_on(http::end());
    // Who is gone already needs no telling.
    let _ = sender.send(Message::End);
    let _ = stop.send(());
    let _ = runtime.block_on(async { tokio::time::timeout(GRACE, serving).await });
    let _ = pages.join();
    runtime.shutdown_background();
    ended.map_err(run)
}
