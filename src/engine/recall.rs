//! What earlier runs made of the same sources. Owns what is written down of a unit, and when that holds: for the very same program,
//! settings and files, on a day on which nothing else is told. Refuses to trust where it lies: what can't be read is as if it were not
//! there, and the unit is built.
//!
//! A record says what the unit came to, and names its files by a receipt of whoever took them. Without these files in their place it is
//! of no use, so a record that is older than what is published does no harm.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::io;

use serde::{Deserialize, Serialize};

use super::shared::Shared;
use super::{Options, Remains, Told, frozen, has_errors, key};
use crate::assessment::completeness::{self, Today};
use crate::base::hash::Hash;
use crate::finding::{Finding, masked};
use crate::source::files::Files;

/// A sink that keeps what it took from one run to the next.
pub trait Memory: Sync {
    /// What was written down of a unit last; `None` where nothing is. The name is the agency's slug, and empty for the site's own unit.
    fn recall(&self, unit: &str) -> Option<Vec<u8>>;

    /// Writes down what a unit came to, in place of what was written before. Where that fails, the next run does the work again.
    fn write_down(&self, unit: &str, record: &[u8]);

    /// Forgets all agencies but these.
    fn forget_others(&self, slugs: &BTreeSet<&str>);

    /// What stands for all files of a unit that was taken.
    fn receipt(&self, unit: &str) -> Option<Hash>;

    /// Takes a unit without its files, where what is there of it already are exactly those that the receipt stands for. Gives back false,
    /// and takes nothing, where it has to be built.
    ///
    /// # Errors
    /// When the machine fails; the build stops.
    fn take_as_it_is(&self, unit: &str, receipt: Hash) -> io::Result<bool>;
}

/// Of how many agencies the remains are hashed at once.
const AT_ONCE: usize = 64;

/// The first line of a record. What follows it is what remains of the unit.
#[derive(Serialize, Deserialize)]
struct Head {
    /// What it follows from.
    key: String,
    /// What stands for its files.
    receipt: String,
    /// The first and the last day on which it holds.
    days: (i32, i32),
}

/// What is remembered in a run, where the sink has a memory.
pub struct Recall<'a> {
    memory: Option<&'a dyn Memory>,
    /// What all units follow from.
    common: Hash,
    today: i32,
}

impl<'a> Recall<'a> {
    /// What the memory knows of a site of these shared files. With one agency nothing: it is built as soon as it would be read.
    pub fn of(memory: Option<&'a dyn Memory>, files: &Files, (options, many): (&Options, bool)) -> Self {
        let memory = memory.filter(|_| many);
        let common = if memory.is_some() { key::of_common(files, options) } else { Hash::of(b"") };
        Self { memory, common, today: options.today.into() }
    }

    /// What an agency of these files follows from; `None` where nothing is remembered.
    pub fn key(&self, files: &Files) -> Option<Hash> {
        self.memory?;
        Some(key::of_all([("", self.common), ("files", key::of_files(files))].into_iter()))
    }

    /// What remains of an agency whose files are in their place already.
    ///
    /// # Errors
    /// When the machine fails.
    pub fn agency(&self, shared: &Shared, (slug, key): (&str, Option<Hash>)) -> io::Result<Option<Remains>> {
        self.unit((slug, key), |body| frozen::thaw(body, slug, &shared.packs))
    }

    /// Writes down what an agency came to, once it was taken. One with an error is built again: the machine may have caused it.
    pub fn keep_agency(&self, (slug, key): (&str, Option<Hash>), remains: &Remains, told: &Told) {
        if has_errors(&remains.findings) {
            return;
        }
        let editions = told.model.editions.iter().map(|edition| &edition.edition);
        let (first, last) = completeness::steady(editions, Today::is(told.today));
        self.keep((slug, key), (first.into(), last.into()), || frozen::freeze(remains));
    }

    /// What the site's own unit follows from: what all units do, what remains of each agency, and which are left out.
    pub fn own_key(&self, gathered: &[Remains], apart: &[&str]) -> Option<Hash> {
        self.memory?;
        let mut cores = Vec::with_capacity(gathered.len());
        for some in gathered.chunks(AT_ONCE) {
            let bytes = some.iter().map(frozen::core).collect::<Option<Vec<Vec<u8>>>>()?;
            let hashes = Hash::of_many(&bytes.iter().map(Vec::as_slice).collect::<Vec<_>>());
            cores.extend(some.iter().map(|remains| &*remains.accepts.0).zip(hashes));
        }
        let left = apart.iter().map(|slug| (*slug, Hash::of(b"left out")));
        Some(key::of_all([("", self.common)].into_iter().chain(cores).chain(left)))
    }

    /// What was found in the site's own unit, where its files are in their place already.
    ///
    /// # Errors
    /// When the machine fails.
    pub fn own(&self, key: Option<Hash>) -> io::Result<Option<Vec<Finding>>> {
        self.unit(("", key), frozen::thaw_findings)
    }

    /// Writes down what was found in the site's own unit, once it was taken.
    pub fn keep_own(&self, key: Option<Hash>, findings: &[Finding]) {
        let always = (i32::MIN, i32::MAX);
        self.keep(("", key), always, || frozen::freeze_findings(findings));
    }

    /// Forgets agencies that are no more.
    pub fn forget_others(&self, slugs: &[String]) {
        if let Some(memory) = self.memory {
            memory.forget_others(&slugs.iter().map(String::as_str).collect());
        }
    }

    fn unit<T>(&self, (name, key): (&str, Option<Hash>), thaw: impl FnOnce(&[u8]) -> Option<T>) -> io::Result<Option<T>> {
        let (Some(memory), Some(key)) = (self.memory, key) else { return Ok(None) };
        let read = || {
            let record = memory.recall(name)?;
            let end = record.iter().position(|byte| *byte == b'\n')?;
            let head: Head = serde_json::from_slice(&record[..end]).ok()?;
            let holds = Hash::parse(&head.key)? == key && (head.days.0..=head.days.1).contains(&self.today);
            let receipt = Hash::parse(&head.receipt)?;
            if holds { Some((receipt, thaw(&record[end + 1..])?)) } else { None }
        };
        match read() {
            Some((receipt, thawed)) if memory.take_as_it_is(name, receipt)? => Ok(Some(thawed)),
            _ => Ok(None),
        }
    }

    fn keep(&self, (name, key): (&str, Option<Hash>), days: (i32, i32), freeze: impl FnOnce() -> Option<Vec<u8>>) {
        let write = || {
            let (memory, key) = (self.memory?, key?);
            let head = Head { key: key.to_string(), receipt: memory.receipt(name)?.to_string(), days };
            let mut record = serde_json::to_vec(&head).ok()?;
            record.push(b'\n');
            let body = freeze()?;
            // A message masks what it shows of a text. What is not masked lies in the sources, and nowhere else.
            if matches!(masked(std::str::from_utf8(&body).ok()?), Cow::Owned(_)) {
                return None;
            }
            record.extend(body);
            memory.write_down(name, &record);
            Some(())
        };
        let _ = write();
    }
}
