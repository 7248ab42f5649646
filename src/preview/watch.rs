//! What wakes the preview: events of the file system, or time. Owns the watcher and what it watches. Refuses to believe an event: it says
//! where to look first, and the look decides. The one module that names notify.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, Sender};
use std::time::{Duration, Instant};

use super::clock::now;
use notify::{EventKind, RecommendedWatcher, RecursiveMode, Watcher};

/// How often the files are looked at where no events come.
const POLL: Duration = Duration::from_millis(500);
/// An editor empties a file and writes it, or renames some: events that follow each other so closely are one change.
const TOGETHER: Duration = Duration::from_micros(500);
/// However closely they follow, after this one looks.
const AT_MOST: Duration = Duration::from_millis(5);

/// What a wait came to.
#[derive(Debug, PartialEq, Eq)]
pub enum Woken {
    /// Something may have changed, here among other places.
    Paths(BTreeSet<PathBuf>),
    /// The time is over.
    Time,
}

/// Waits for changes.
pub struct Watch {
    wakes: Receiver<Vec<PathBuf>>,
    /// Held, so that the other end never closes.
    _sender: Sender<Vec<PathBuf>>,
    /// `None` where there are no events.
    watcher: Option<RecommendedWatcher>,
    watched: BTreeSet<PathBuf>,
    above: Option<PathBuf>,
}

impl Watch {
    /// A watch of nothing yet; with `polls` it never asks for events.
    pub fn new(polls: bool) -> Self {
        let (sender, wakes) = mpsc::channel();
        let told = sender.clone();
        let tell = move |event: notify::Result<notify::Event>| match event {
            // Reading, our own too, changes nothing.
            Ok(event) if matches!(event.kind, EventKind::Access(_)) && !event.need_rescan() => {}
            Ok(event) => _ = told.send(event.paths),
            Err(_) => _ = told.send(Vec::new()),
        };
        let watcher = if polls { None } else { notify::recommended_watcher(tell).ok() };
        Self { wakes, _sender: sender, watcher, watched: BTreeSet::new(), above: None }
    }

    /// Does it only look from time to time?
    pub fn polls(&self) -> bool {
        self.watcher.is_none()
    }

    /// Watches these folders with all that is in them, and what comes to be in `above`, and nothing else. Where the system can't,
    /// it looks from time to time from now on.
    pub fn follow(&mut self, above: &Path, folders: &BTreeSet<PathBuf>) {
        let Some(watcher) = &mut self.watcher else { return };
        if self.above.as_deref() != Some(above) {
            // Where this one can't be watched, a folder that is new there is found when everything is looked at.
            let _ = watcher.watch(above, RecursiveMode::NonRecursive);
            self.above = Some(above.to_owned());
        }
        for gone in self.watched.difference(folders) {
            let _ = watcher.unwatch(gone);
        }
        let mut is_whole = true;
        for folder in folders.difference(&self.watched) {
            is_whole &= watcher.watch(folder, RecursiveMode::Recursive).is_ok();
        }
        self.watched.clone_from(folders);
        if !is_whole {
            self.watcher = None;
        }
    }

    /// Forgets what it watches, since a folder that was removed and came back is another one.
    pub fn forget(&mut self) {
        if let Some(watcher) = &mut self.watcher {
            for folder in std::mem::take(&mut self.watched).into_iter().chain(self.above.take()) {
                let _ = watcher.unwatch(&folder);
            }
        }
    }

    /// Waits for a change, until a time.
    pub fn wait(&self, until: Option<Instant>) -> Woken {
        let poll = self.polls().then(|| now() + POLL);
        let woken = match until.into_iter().chain(poll).min() {
            None => self.wakes.recv().ok(),
            Some(end) => self.wakes.recv_timeout(end.saturating_duration_since(now())).ok(),
        };
        let Some(woken) = woken else { return Woken::Time };
        let mut paths: BTreeSet<PathBuf> = woken.into_iter().collect();
        let end = now() + AT_MOST;
        while let Ok(more) = self.wakes.recv_timeout(TOGETHER.min(end.saturating_duration_since(now()))) {
            paths.extend(more);
        }
        Woken::Paths(paths)
    }
}

/// The first part of a path below a folder; `None` where it lies elsewhere.
pub fn first_below(path: &Path, folder: &Path) -> Option<String> {
    let name = path.strip_prefix(folder).ok()?.components().next()?;
    name.as_os_str().to_str().map(str::to_owned)
}
