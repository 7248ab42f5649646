//! What earlier runs made of the same sources. Owns what is written down of a unit, and when that holds: for the very same program,
//! settings and files, on a day on which nothing else is told. Refuses to trust where it lies: what can't be read is as if it were not
//! there, and the unit is built.
//!
//! A record says what the unit came to, and names its files by a receipt of whoever took them. Without these files in their place it is
//! of no use, so a record that is older than what is published does no harm.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::io;
use std::sync::Arc;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::course::Held;
use super::shared::Shared;
use super::trace::Phase;
use super::{Options, Remains, Source, Told, frozen, has_errors, key};
use crate::assessment::completeness::{self, Today};
use crate::base::hash::Hash;
use crate::finding::pile::Digest;
use crate::finding::{Finding, masked};
use crate::source::files::Files;

/// A sink that keeps what it took from one run to the next.
pub trait Memory: Sync {
    /// What was written down of a unit last; `None` where nothing is. The name is the agency's slug, and empty for the site's own unit.
    fn recall(&self, unit: &str) -> Option<Vec<u8>>;

    /// What was written down beside that, which is seldom asked for.
    fn recall_beside(&self, unit: &str) -> Option<Vec<u8>>;

    /// Writes down what a unit came to, and what is seldom asked for beside it, in place of what was written before. Where that fails, the
    /// next run does the work again.
    fn write_down(&self, unit: &str, record: (&[u8], &[u8]));

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

/// The second line of an agency's record. Behind it come the note, and what remains of the agency but for its findings, which lie beside
/// the record: they are many, and few of them are ever told.
#[derive(Serialize, Deserialize)]
struct Contents {
    /// What stands for its sources.
    files: String,
    /// The length of the note by which these are known again.
    note: usize,
    /// What stands for what the site's own unit follows from.
    core: String,
    /// What was found.
    found: Digest,
}

/// An agency's record.
struct Record<'r> {
    head: Head,
    contents: Contents,
    note: &'r [u8],
    remains: &'r [u8],
}

impl<'r> Record<'r> {
    fn read(bytes: &'r [u8]) -> Option<Self> {
        let (head, rest) = line(bytes)?;
        let (contents, rest): (Contents, _) = line(rest)?;
        let (note, remains) = rest.split_at_checked(contents.note)?;
        Some(Self { head, contents, note, remains })
    }

    /// The bytes of it; `None` where somebody's number would be written down. A message masks what it shows of a text. What is not masked
    /// lies in the sources, and nowhere else.
    fn to_bytes(&self) -> Option<Vec<u8>> {
        let mut bytes = serde_json::to_vec(&self.head).ok()?;
        bytes.push(b'\n');
        let contents = serde_json::to_vec(&self.contents).ok()?;
        is_masked(&serde_json::to_vec(&self.contents.found).ok()?)?;
        is_masked(self.remains)?;
        bytes.extend(contents);
        bytes.push(b'\n');
        bytes.extend(self.note);
        bytes.extend(self.remains);
        Some(bytes)
    }
}

/// The value of the first line, and what follows it.
fn line<T: DeserializeOwned>(bytes: &[u8]) -> Option<(T, &[u8])> {
    let end = bytes.iter().position(|byte| *byte == b'\n')?;
    Some((serde_json::from_slice(&bytes[..end]).ok()?, &bytes[end + 1..]))
}

fn is_masked(text: &[u8]) -> Option<()> {
    matches!(masked(std::str::from_utf8(text).ok()?), Cow::Borrowed(_)).then_some(())
}

/// The sources of an agency that were read.
pub struct Read {
    files: Files,
    trail: Trail,
}

impl Read {
    /// The files, and what stands for them.
    pub fn split(self) -> (Files, Trail) {
        (self.files, self.trail)
    }
}

/// What stands for sources: their hash, where anything is to be remembered, and the note by which they are known again.
pub struct Trail {
    hash: Option<Hash>,
    note: Vec<u8>,
}

/// What remains of an agency that is as it was, as far as it has to be known.
pub struct Folded {
    /// What was found in it.
    pub found: Digest,
    /// What stands for what the site's own unit follows from.
    pub core: Hash,
    /// What remains of it but for its findings, as it was written down.
    pub remains: Vec<u8>,
}

/// What earlier runs tell of an agency.
pub enum Known {
    /// It is as it was, and its files are in their place.
    AsItWas(Folded),
    /// Nothing: it is to be built.
    Nothing(Read),
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

    /// Is anything remembered?
    pub fn is_on(&self) -> bool {
        self.memory.is_some()
    }

    /// What an agency follows from whose files have this hash.
    fn key(&self, files: Hash) -> Hash {
        key::of_all([("", self.common), ("files", files)].into_iter())
    }

    /// What earlier runs tell of an agency. Its sources are read where how they look does not prove that they are what they were.
    ///
    /// # Errors
    /// When the machine fails.
    pub fn agency(&self, shared: &Shared, source: &dyn Source, (slug, is_remembered): (&str, bool)) -> io::Result<Known> {
        let scan = || shared.trace(Phase::Scan, slug);
        let Some(memory) = self.memory.filter(|_| is_remembered) else {
            let _scan = scan();
            return Ok(Known::Nothing(Read { files: source.agency_files(slug)?, trail: Trail { hash: None, note: Vec::new() } }));
        };
        let bytes = memory.recall(slug).unwrap_or_default();
        let mut record = Record::read(&bytes).filter(|record| self.holds(&record.head));
        let is_of_sources = |known: &Record<'_>| {
            Hash::parse(&known.contents.files).is_some_and(|files| self.is_of(known, files)) && source.is_as_noted(slug, known.note)
        };
        if let Some(known) = record.take_if(|known| is_of_sources(known))
            && let Some(folded) = self.take(slug, &known)?
        {
            return Ok(Known::AsItWas(folded));
        }
        let (files, note) = {
            let _scan = scan();
            source.agency_files_noted(slug)?
        };
        let (hash, note) = (key::of_files(&files), note.unwrap_or_default());
        if let Some(known) = record.filter(|known| self.is_of(known, hash))
            && let Some(folded) = self.take(slug, &known)?
        {
            let contents = Contents { files: hash.to_string(), note: note.len(), ..known.contents };
            if note != known.note
                && let Some(record) = (Record { contents, note: &note, ..known }).to_bytes()
                && let Some(findings) = memory.recall_beside(slug)
            {
                memory.write_down(slug, (&record, &findings));
            }
            return Ok(Known::AsItWas(folded));
        }
        Ok(Known::Nothing(Read { files, trail: Trail { hash: Some(hash), note } }))
    }

    fn holds(&self, head: &Head) -> bool {
        (head.days.0..=head.days.1).contains(&self.today)
    }

    fn is_of(&self, record: &Record<'_>, files: Hash) -> bool {
        Hash::parse(&record.head.key) == Some(self.key(files))
    }

    /// Takes an agency as its record has it, where its files are in their place.
    fn take(&self, slug: &str, record: &Record<'_>) -> io::Result<Option<Folded>> {
        let hashes = Hash::parse(&record.contents.core).zip(Hash::parse(&record.head.receipt));
        match (self.memory, hashes) {
            (Some(memory), Some((core, receipt))) if memory.take_as_it_is(slug, receipt)? => {
                Ok(Some(Folded { found: record.contents.found.clone(), core, remains: record.remains.to_vec() }))
            }
            _ => Ok(None),
        }
    }

    /// What was found in an agency that is as it was.
    pub fn findings(&self, slug: &str) -> Option<Vec<Finding>> {
        let mut findings = frozen::thaw_findings(&self.memory?.recall_beside(slug)?)?;
        frozen::share(&mut findings, &Arc::from(slug));
        Some(findings)
    }

    /// Writes down what an agency came to, once it was taken, and puts its findings in order. One with an error is built again: the machine
    /// may have caused it. Gives back what stands for what the site's own unit follows from.
    pub fn keep_agency(&self, trail: &Trail, remains: &mut Remains, told: &Told) -> Option<Hash> {
        let (memory, hash) = (self.memory?, trail.hash?);
        if has_errors(&remains.findings) {
            return None;
        }
        let mut findings = std::mem::take(&mut remains.findings);
        let kept = frozen::freeze(remains);
        let slug = Arc::clone(&remains.accepts.0);
        let editions = told.model.editions.iter().map(|edition| &edition.edition);
        let (first, last) = completeness::steady(editions, Today::is(told.today));
        let found = Digest::of_agency(&slug, &mut findings);
        let frozen = frozen::freeze_findings(&findings);
        remains.findings = findings;
        let (kept, findings) = (kept?, frozen?);
        let core = Hash::of(&frozen::core(remains)?);
        let receipt = memory.receipt(&slug)?.to_string();
        let head = Head { key: self.key(hash).to_string(), receipt, days: (first.into(), last.into()) };
        let (files, note) = (hash.to_string(), trail.note.len());
        let contents = Contents { files, note, core: core.to_string(), found };
        if let Some(record) = (Record { head, contents, note: &trail.note, remains: &kept }).to_bytes()
            && is_masked(&findings).is_some()
        {
            memory.write_down(&slug, (&record, &findings));
        }
        Some(core)
    }

    /// What the site's own unit follows from: what all units do, what remains of each agency, and which are left out.
    pub fn own_key(&self, gathered: &[Held], apart: &[&str]) -> Option<Hash> {
        self.memory?;
        let mut cores = Vec::with_capacity(gathered.len());
        for held in gathered {
            cores.push((&*held.slug, held.core()?));
        }
        let left = apart.iter().map(|slug| (*slug, Hash::of(b"left out")));
        Some(key::of_all([("", self.common)].into_iter().chain(cores).chain(left)))
    }

    /// What was found in the site's own unit, where its files are in their place already.
    ///
    /// # Errors
    /// When the machine fails.
    pub fn own(&self, key: Option<Hash>) -> io::Result<Option<Vec<Finding>>> {
        let (Some(memory), Some(key)) = (self.memory, key) else { return Ok(None) };
        let read = || {
            let record = memory.recall("")?;
            let (head, findings): (Head, _) = line(&record)?;
            let holds = Hash::parse(&head.key)? == key && self.holds(&head);
            if holds { Some((Hash::parse(&head.receipt)?, frozen::thaw_findings(findings)?)) } else { None }
        };
        match read() {
            Some((receipt, findings)) if memory.take_as_it_is("", receipt)? => Ok(Some(findings)),
            _ => Ok(None),
        }
    }

    /// Writes down what was found in the site's own unit, once it was taken.
    pub fn keep_own(&self, key: Option<Hash>, findings: &[Finding]) {
        let write = || {
            let (memory, key) = (self.memory?, key?);
            let always = (i32::MIN, i32::MAX);
            let head = Head { key: key.to_string(), receipt: memory.receipt("")?.to_string(), days: always };
            let mut record = serde_json::to_vec(&head).ok()?;
            record.push(b'\n');
            let findings = frozen::freeze_findings(findings)?;
            is_masked(&findings)?;
            record.extend(findings);
            memory.write_down("", (&record, b""));
            Some(())
        };
        let _ = write();
    }

    /// Forgets agencies that are no more.
    pub fn forget_others(&self, slugs: &[String]) {
        if let Some(memory) = self.memory {
            memory.forget_others(&slugs.iter().map(String::as_str).collect());
        }
    }
}
