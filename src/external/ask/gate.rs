//! One request at a time to a host, and a rest between two of them.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// When each host may be asked again.
#[derive(Debug, Default)]
pub(super) struct Gates(Mutex<HashMap<String, Arc<Mutex<Option<Instant>>>>>);

impl Gates {
    /// Waits until `host` is free and has rested, sends, and lets it rest for as long as `send` says.
    pub(super) fn pass<T>(&self, host: &str, send: impl FnOnce() -> (T, Duration)) -> T {
        let gate = Arc::clone(lock(&self.0).entry(host.to_owned()).or_default());
        let mut free_at = lock(&gate);
        if let Some(free_at) = *free_at {
            thread::sleep(free_at.saturating_duration_since(Instant::now()));
        }
        let (said, rest) = send();
        *free_at = Some(Instant::now() + rest);
        said
    }
}

/// A thread that failed left nothing half done here.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
