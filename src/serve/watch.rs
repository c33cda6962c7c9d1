//! Folders -> batches of paths that were saved: told by the system or, where it tells nothing, found by looking.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::Metadata;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread;
use std::time::{Duration, Instant, SystemTime};

use notify::event::{AccessKind, AccessMode};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};
use walkdir::WalkDir;

use super::mounts;
use crate::discover::BASELINE;

/// The folders of a site that pages are made of.
pub(super) const FOLDERS: [&str; 3] = ["content", "templates", "static"];

/// A batch ends when nothing was saved for so long: editors save in several steps, a few milliseconds apart.
const QUIET: Duration = Duration::from_millis(8);
/// A batch ends in any case.
const LONGEST: Duration = Duration::from_millis(400);
/// How often one looks.
const LOOK_EVERY: Duration = Duration::from_millis(300);

/// What was saved.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Batch {
    /// The paths, as far as they are known.
    pub(super) paths: BTreeSet<PathBuf>,
    /// Whether more may have changed than is known.
    pub(super) more: bool,
}

impl Batch {
    fn add(&mut self, tidings: Tidings) {
        match tidings {
            Tidings::Saved(paths) => self.paths.extend(paths),
            Tidings::More => self.more = true,
        }
    }

    fn is_empty(&self) -> bool {
        self.paths.is_empty() && !self.more
    }
}

/// What a watcher tells.
enum Tidings {
    Saved(Vec<PathBuf>),
    /// Events were lost.
    More,
}

/// How changes are noticed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum How {
    /// The system tells.
    Told,
    /// One looks again and again, for this reason.
    Looking(String),
}

/// Watches the folders of a site.
pub(super) struct Watch {
    root: PathBuf,
    tidings: Receiver<Tidings>,
    /// `None` where one looks.
    watcher: Option<RecommendedWatcher>,
    how: How,
}

impl Watch {
    /// Begins to watch below `root`, which must be an absolute path. With `look`, one looks in any case.
    pub(super) fn begin(root: &Path, look: bool) -> Self {
        let (sender, tidings) = mpsc::channel();
        let reason = if look {
            Some("`--poll`".to_owned())
        } else {
            mounts::silent(root)
                .map(|kind| format!("a file system of the kind `{kind}` tells of no changes"))
        };
        let watcher = match reason {
            None => told(root, &sender).map_err(|error| error.to_string()),
            Some(reason) => Err(reason),
        };
        let (watcher, how) = match watcher {
            Ok(watcher) => (Some(watcher), How::Told),
            Err(reason) => {
                looking(root.to_owned(), sender);
                (None, How::Looking(reason))
            }
        };
        Watch {
            root: root.to_owned(),
            tidings,
            watcher,
            how,
        }
    }

    /// How changes are noticed.
    pub(super) fn how(&self) -> &How {
        &self.how
    }

    /// Waits for something to be saved, and for what is saved with it. `None`: nobody tells any more.
    pub(super) fn next(&mut self) -> Option<Batch> {
        loop {
            let mut batch = Batch::default();
            batch.add(self.tidings.recv().ok()?);
            let end = Instant::now() + LONGEST;
            loop {
                let left = end.saturating_duration_since(Instant::now());
                match self.tidings.recv_timeout(QUIET.min(left)) {
                    Ok(tidings) => batch.add(tidings),
                    Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => break,
                }
            }
            self.watch_again(&mut batch);
            if !batch.is_empty() {
                return Some(batch);
            }
        }
    }

    /// A folder that was made anew is no longer the one that was watched. Of what lies beside the folders, only the
    /// baseline counts.
    fn watch_again(&mut self, batch: &mut Batch) {
        let folders: Vec<PathBuf> = FOLDERS.iter().map(|name| self.root.join(name)).collect();
        let baseline = self.root.join(BASELINE);
        if let Some(watcher) = &mut self.watcher {
            for folder in folders
                .iter()
                .filter(|folder| batch.paths.contains(*folder))
            {
                // It is not watched any more, or was not yet: either is as it should be.
                let _ = watcher.unwatch(folder);
                let _ = watcher.watch(folder, RecursiveMode::Recursive);
                batch.more = true;
            }
        }
        batch.paths.retain(|path| {
            folders.iter().any(|folder| path.starts_with(folder)) || *path == baseline
        });
    }
}

fn told(root: &Path, sender: &Sender<Tidings>) -> notify::Result<RecommendedWatcher> {
    let sender = sender.clone();
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
        let tidings = match event {
            Ok(event) if event.need_rescan() => Tidings::More,
            // That somebody reads is no news.
            Ok(event) if is_reading(event.kind) => return,
            Ok(event) => Tidings::Saved(event.paths),
            Err(_) => Tidings::More,
        };
        // Where nobody listens any more, the server has ended.
        let _ = sender.send(tidings);
    })?;
    watcher.watch(root, RecursiveMode::NonRecursive)?;
    for folder in FOLDERS.iter().map(|name| root.join(name)) {
        if folder.is_dir() {
            watcher.watch(&folder, RecursiveMode::Recursive)?;
        }
    }
    Ok(watcher)
}

fn is_reading(kind: EventKind) -> bool {
    match kind {
        EventKind::Access(AccessKind::Close(AccessMode::Write)) => false,
        EventKind::Access(_) => true,
        _ => false,
    }
}

/// What is known of a file without reading it.
type Look = BTreeMap<PathBuf, (Option<SystemTime>, u64)>;

/// Looks again and again. The standard way counts times in seconds, which misses the second of two quick saves.
fn looking(root: PathBuf, sender: Sender<Tidings>) {
    thread::spawn(move || {
        let mut before = look(&root);
        loop {
            thread::sleep(LOOK_EVERY);
            let now = look(&root);
            let saved = differing(&before, &now);
            if !saved.is_empty() && sender.send(Tidings::Saved(saved)).is_err() {
                return;
            }
            before = now;
        }
    });
}

fn look(root: &Path) -> Look {
    let places = FOLDERS.iter().chain([&BASELINE]);
    let places = places.map(|name| root.join(name));
    let entries = places.flat_map(|place| WalkDir::new(place).into_iter().flatten());
    let files = entries.filter(|entry| !entry.file_type().is_dir());
    let known = |data: &Metadata| (data.modified().ok(), data.len());
    files
        .filter_map(|entry| Some((entry.path().to_owned(), known(&entry.metadata().ok()?))))
        .collect()
}

fn differing(before: &Look, now: &Look) -> Vec<PathBuf> {
    let new = now
        .iter()
        .filter(|(path, known)| before.get(*path) != Some(known));
    let gone = before.iter().filter(|(path, _)| !now.contains_key(*path));
    new.chain(gone).map(|(path, _)| path.clone()).collect()
}
