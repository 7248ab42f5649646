//! What there is to show: the last good files of each unit, and what was found since. Owns the one place that the builder writes and the
//! server reads, and the count of its changes. Refuses to build, and to know of HTTP.

use std::collections::BTreeMap;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::clock::now;
use crate::base::date::Date;
use crate::base::output::{Entry, Output};
use crate::engine::workshop::Fresh;
use crate::finding::Finding;
use crate::staff::status::{Agency, Status};

/// What the last build did.
#[derive(Clone, Debug, Default)]
pub struct Done {
    /// Which units it made anew, by slug; the empty one is the site's own or the one agency.
    pub units: Vec<String>,
    /// How long it took, from the change on.
    pub took: Duration,
}

/// What was found, and whether it keeps the site from being published.
#[derive(Clone, Debug, Default)]
pub struct Findings {
    /// All of them, sorted.
    pub all: Arc<Vec<Finding>>,
    /// Is there an error among them? Pages are then as they last were.
    pub has_errors: bool,
    /// What the machine says where the sources can't be read at all, in Thai and English.
    pub trouble: Option<(String, String)>,
}

#[derive(Default)]
struct State {
    units: BTreeMap<Arc<str>, Arc<Output>>,
    findings: Findings,
    /// How complete the records of each agency are, with errors or without, and on which day.
    statuses: BTreeMap<Arc<str>, Arc<Agency>>,
    today: Option<Date>,
    done: Done,
    /// Was what the last build did told to somebody, who then waits for the next?
    is_done_told: bool,
    /// The slugs of the units whose pages were asked for last, the latest first.
    asked: Vec<Arc<str>>,
    revision: u64,
    is_closed: bool,
}

/// How large what is shown is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sizes {
    /// How many files.
    pub files: usize,
    /// Their bytes, as they will be published.
    pub bytes: u64,
    /// How many of them are pages.
    pub pages: usize,
    /// The largest pages with their bytes, the largest first.
    pub largest: Vec<(String, u64)>,
}

/// How many of the largest pages are told.
const LARGEST: usize = 5;

/// How many units are remembered as asked for.
const ASKED: usize = 8;

/// What the preview shows.
#[derive(Default)]
pub struct Stock {
    state: Mutex<State>,
    changed: Condvar,
}

impl Stock {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes a unit that was built. One with an error leaves its last good files; how complete its records are is told all the same.
    pub fn take(&self, fresh: Fresh) {
        if let Some(told) = &fresh.told {
            let agency = Arc::new(Agency::of(told));
            let mut state = self.state();
            state.today = Some(told.today);
            if state.statuses.insert(Arc::clone(&fresh.slug), Arc::clone(&agency)).is_none_or(|old| *old != *agency) {
                self.tell(state);
            }
        }
        let Some(output) = fresh.output else { return };
        let mut state = self.state();
        if state.units.get(&fresh.slug).is_some_and(|old| **old == output) {
            return;
        }
        state.units.insert(fresh.slug, Arc::new(output));
        self.tell(state);
    }

    /// Forgets the units that are no longer there.
    pub fn keep(&self, is_there: &dyn Fn(&str) -> bool) {
        let mut state = self.state();
        let before = (state.units.len(), state.statuses.len());
        state.units.retain(|slug, _| is_there(slug));
        state.statuses.retain(|slug, _| is_there(slug));
        // Where there are several agencies, none has an empty slug.
        if state.statuses.len() > 1 {
            state.statuses.remove("");
        }
        if (state.units.len(), state.statuses.len()) != before {
            self.tell(state);
        }
    }

    /// Takes what was found.
    pub fn find(&self, findings: Findings) {
        let mut state = self.state();
        let old = &state.findings;
        if *old.all != *findings.all || (old.has_errors, &old.trouble) != (findings.has_errors, &findings.trouble) {
            state.findings = findings;
            self.tell(state);
        }
    }

    /// Takes what a build did.
    pub fn note(&self, done: Done) {
        let mut state = self.state();
        state.done = done;
        if std::mem::take(&mut state.is_done_told) {
            self.tell(state);
        }
    }

    fn tell(&self, mut state: MutexGuard<'_, State>) {
        state.revision += 1;
        drop(state);
        self.changed.notify_all();
    }

    /// The file at a path, as the build names it.
    pub fn file(&self, path: &str) -> Option<Entry> {
        let mut state = self.state();
        let first = path.split_once('/').map_or("", |(slug, _)| slug);
        let (slug, file) = [first, ""].iter().find_map(|slug| {
            let (slug, files) = state.units.get_key_value(*slug)?;
            Some((Arc::clone(slug), files.get(path)?.clone()))
        })?;
        if path.ends_with(".html") && state.asked.first() != Some(&slug) {
            state.asked.retain(|other| *other != slug);
            state.asked.insert(0, slug);
            state.asked.truncate(ASKED);
        }
        Some(file)
    }

    /// The slugs of the units whose pages were asked for last, the latest first: what somebody most likely looks at.
    pub fn asked(&self) -> Vec<Arc<str>> {
        self.state().asked.clone()
    }

    /// The paths of all files.
    pub fn paths(&self) -> Vec<String> {
        self.state().units.values().flat_map(|files| files.iter().map(|(path, _)| path.to_owned())).collect()
    }

    /// The last good files of each unit, by slug.
    pub fn units(&self) -> BTreeMap<Arc<str>, Arc<Output>> {
        self.state().units.clone()
    }

    /// Was this unit ever built?
    pub fn has(&self, slug: &str) -> bool {
        self.state().units.contains_key(slug)
    }

    /// The site's styles.
    pub fn styles(&self) -> Vec<Arc<Vec<u8>>> {
        let state = self.state();
        let own = state.units.get("").into_iter().flat_map(|files| files.iter());
        own.filter_map(|(path, file)| match file {
            Entry::Bytes(bytes) if path.ends_with(".css") => Some(Arc::clone(bytes)),
            _ => None,
        })
        .collect()
    }

    /// What was found.
    pub fn findings(&self) -> Findings {
        self.state().findings.clone()
    }

    /// What the last build did.
    pub fn done(&self) -> Done {
        self.state().done.clone()
    }

    /// How complete the records of all agencies are; `None` before the first of them was read.
    pub fn status(&self) -> Option<Status> {
        let (today, agencies) = {
            let state = self.state();
            (state.today?, state.statuses.values().cloned().collect::<Vec<_>>())
        };
        Some(Status { today, agencies: agencies.iter().map(|agency| Agency::clone(agency)).collect() })
    }

    /// What the last build did, for somebody who wants to hear of the next one, even where it changes nothing that is shown.
    pub fn follow_done(&self) -> Done {
        let mut state = self.state();
        state.is_done_told = true;
        state.done.clone()
    }

    /// How large what is shown is.
    pub fn sizes(&self) -> Sizes {
        // The maps are shared, so that nobody waits while they are walked.
        let units = self.units();
        let mut sizes = Sizes::default();
        let mut pages: Vec<(u64, &str)> = Vec::new();
        for (path, file) in units.values().flat_map(|files| files.iter()) {
            let bytes = file.size();
            sizes.files += 1;
            sizes.bytes += bytes;
            if path.ends_with(".html") {
                pages.push((bytes, path));
            }
        }
        sizes.pages = pages.len();
        pages.sort_unstable_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(b.1)));
        sizes.largest = pages.into_iter().take(LARGEST).map(|(bytes, path)| (path.to_owned(), bytes)).collect();
        sizes
    }

    /// How often what is shown has changed.
    pub fn revision(&self) -> u64 {
        self.state().revision
    }

    /// Waits until it is another one than this, or the time is over, or the preview ends; gives the revision then. One that was never
    /// reached is another preview's, so nobody waits for it.
    pub fn wait_after(&self, revision: u64, most: Duration) -> u64 {
        let end = now() + most;
        let mut state = self.state();
        while state.revision == revision && !state.is_closed {
            let rest = end.saturating_duration_since(now());
            if rest.is_zero() {
                break;
            }
            state = self.changed.wait_timeout(state, rest).unwrap_or_else(PoisonError::into_inner).0;
        }
        state.revision
    }

    /// Does the preview end?
    pub fn is_closed(&self) -> bool {
        self.state().is_closed
    }

    /// Lets everybody go who waits.
    pub fn close(&self) {
        self.state().is_closed = true;
        self.changed.notify_all();
    }
}
