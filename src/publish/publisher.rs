//! The sink that publishes. Owns the rule of what is ours (what the last manifests name), the manifests, and the decision whether there
//! is anything to publish. A unit that did not change is not written at all until another one turns out to have changed.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rayon::prelude::*;

use super::changed::Changed;
use super::gone::{self, Gathered};
use super::kept::{self, Kept, Whole};
use super::manifest::{self, Manifest, Record};
use super::pieces::{Grain, News};
use super::shard;
use super::signature::{self, Present, Signed, Signing};
use crate::base::address::Address;
use crate::base::hash::Hash;
use crate::base::output::{Entry, Output};
use crate::base::public_key::PublicKey;
use crate::disk::exchange::{self, MOVES, Moves, Reach, Way};
use crate::disk::fault::{Fault, Refusal};
use crate::disk::found::holds_exactly;
use crate::disk::journal::Piece;
use crate::disk::looks::Looker;
use crate::disk::stage::{Batch, Lies, Settled, Stage};
use crate::disk::target::{Mark, Target, read_most};
use crate::engine::gone::Gone;
use crate::engine::{Memory, Sink, Unit};
use crate::finding::Param;

const MARK: Mark = Mark {
    name: manifest::NAME,
    is_ours: |bytes| Manifest::parse(bytes).is_ok(),
    names: |bytes, path| Manifest::parse(bytes).is_ok_and(|manifest| manifest.get(path).is_some()),
};

/// Stages units as they come and publishes them all at once. Dropped without [`Publisher::publish`], it leaves the present output as it
/// was and nothing beside it.
#[derive(Debug)]
pub struct Publisher {
    stage: Stage,
    /// The manifest at the root of the present output; without files where there is none of ours.
    old: Manifest,
    signing: Signing,
    /// Is it a part of a site that is published, which keeps nothing of an agency that it leaves out?
    is_part: bool,
    /// What is kept from one run to the next, where that was asked for.
    kept: Option<Kept>,
    state: Mutex<State>,
}

/// What the units so far came to.
#[derive(Debug, Default)]
struct State {
    /// The site's own files (with one agency: all), and each agency's manifest.
    root: Manifest,
    /// Of the root's files: those that the present output holds already. They are linked when there is an exchange at all.
    kept: Vec<String>,
    /// Agencies of which not a byte changed.
    same: BTreeSet<String>,
    /// The others, with what was staged of each.
    changed: BTreeMap<String, Changed>,
    /// Was any of the root's files staged?
    is_root_changed: bool,
    /// Addresses of the present output that the new one does not have.
    gone: Gathered,
    /// Units whose files look as they did when they were published; the site's own has an empty name.
    known: BTreeSet<String>,
    /// Agencies that stay as they lie there, whatever that is: nobody looked at their files, so how they look proves nothing.
    unseen: BTreeSet<String>,
    files: usize,
    pages: usize,
}

/// A folder that a killed build left with exactly the files of the manifest that a receipt stands for, with that manifest.
fn found(folder: PathBuf, receipt: Hash) -> Option<(PathBuf, Vec<u8>, Manifest)> {
    let bytes = read_most(&folder.join(manifest::NAME)).ok().flatten().filter(|bytes| Hash::of(bytes) == receipt)?;
    let manifest = Manifest::parse(&bytes).ok()?;
    let own = (manifest::NAME, (bytes.len() as u64, receipt));
    let files = manifest.iter().map(|(path, record)| (path, (record.size, record.hash))).chain([own]).collect();
    holds_exactly(&folder, &files).then_some((folder, bytes, manifest))
}

/// What publishing did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The new output is in its place.
    Published(Way),
    /// The present output has exactly these bytes already; nothing was touched.
    Unchanged,
}

/// What is there after publishing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// What was done.
    pub outcome: Outcome,
    /// How many files the output has, manifests among them, without foreign ones and the signature.
    pub files: usize,
    /// How many of them are pages.
    pub pages: usize,
    /// Whether it is signed.
    pub signed: Signed,
    /// The output's real path.
    pub out: PathBuf,
}

/// Does the error say that the output as a whole can't be moved, or not now?
fn out_of_reach(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::CrossesDevices || exchange::is_held(error)
}

impl Publisher {
    /// Takes the output folder for a build.
    ///
    /// # Errors
    /// As [`Stage::begin`]: a folder that is not taken, another build at work, or what the system tells.
    pub fn begin(target: &Target) -> io::Result<Self> {
        Self::with_moves(target, MOVES)
    }

    /// As [`Publisher::begin`], for a part of a site.
    ///
    /// # Errors
    /// As [`Publisher::begin`]; for a folder with a whole site in it.
    pub fn begin_part(target: &Target) -> io::Result<Self> {
        Self::of(target, MOVES, true)
    }

    /// As [`Publisher::begin`], where folders move in another way than the system's.
    ///
    /// # Errors
    /// As [`Publisher::begin`].
    pub fn with_moves(target: &Target, moves: Moves) -> io::Result<Self> {
        Self::of(target, moves, false)
    }

    fn of(target: &Target, moves: Moves, is_part: bool) -> io::Result<Self> {
        let stage = Stage::begin(target, MARK, moves)?;
        let old = stage.mark().and_then(|bytes| Manifest::parse(bytes).ok()).unwrap_or_default();
        let had_part = old.get(shard::NAME).is_some();
        if is_part != had_part && !old.is_empty() {
            return Err(Fault::Refused(target.out.clone(), if is_part { Refusal::Whole } else { Refusal::Shard }).into());
        }
        Ok(Self { stage, old, signing: Signing::default(), is_part, kept: None, state: Mutex::default() })
    }

    /// As this one, with keys that sign.
    #[must_use]
    pub fn sign_with(self, signing: Signing) -> Self {
        Self { signing, ..self }
    }

    /// As this one, with a memory beside the sources of the site: a unit that earlier runs built of the same is not built again where its
    /// files are in their place.
    #[must_use]
    pub fn remembering(self) -> Self {
        Self { kept: Some(Kept::of(self.stage.site())), ..self }
    }

    /// The output folder's real path.
    pub fn out(&self) -> &Path {
        self.stage.out()
    }

    /// Puts all units that came in the place of the present output, with their manifests and all that is not ours there.
    ///
    /// # Errors
    /// When a foreign file lies where one of ours has to be, or the system fails; the present output is then as it was, or
    /// ([`crate::disk::fault::Fault::Unfinished`]) the next build completes it.
    pub fn publish(self) -> io::Result<Report> {
        let state = std::mem::take(&mut *self.state());
        let report = self.put(&state)?;
        let Self { stage, kept, .. } = self;
        if let Some(kept) = &kept {
            // Where the whole folder came in, each file of it was linked anew, which is a change of it.
            let is_renewed = !matches!(report.outcome, Outcome::Unchanged | Outcome::Published(Way::Agency));
            let mut known = if is_renewed { BTreeSet::new() } else { state.known };
            known.extend(state.unseen);
            remember(kept, &stage.settle(), (&state.root, &known));
        }
        Ok(report)
    }

    fn put(&self, state: &State) -> io::Result<Report> {
        let bytes = state.root.to_bytes();
        let out = self.stage.out().to_owned();
        let mut batch = self.stage.batch();
        let present = batch.present(signature::NAME);
        let (signature, signed) = self.signing.over(&bytes, Present { manifest: self.stage.mark(), signature: present.as_deref() });
        let is_same_signature = signature == present;
        let report = |outcome| Report { outcome, files: state.files + 1, pages: state.pages, signed, out };
        let is_same_root = self.stage.mark() == Some(bytes.as_slice());
        // The root's manifest names every file or its manifest: if it stays and nothing was staged, not a byte differs.
        if is_same_root && !state.is_root_changed && state.changed.is_empty() && is_same_signature {
            return Ok(report(Outcome::Unchanged));
        }
        if !is_same_root {
            batch.write(manifest::NAME, &Entry::of(bytes))?;
        }
        let sealed = match &signature {
            _ if is_same_signature => None,
            Some(file) => {
                batch.write(signature::NAME, &Entry::of(file.clone()))?;
                Some(Piece::File(signature::NAME.to_owned()))
            }
            None => Some(Piece::Gone(signature::NAME.to_owned())),
        };
        let State { root, kept, same, changed, .. } = state;
        let news = News { old: &self.old, new: root, kept, same, changed, signature: sealed };
        let grain = match self.stage.reach() {
            Reach { is_fixed: false, is_layered: false } => Some(Grain::Agency),
            // Whether the whole folder can be moved shows when it is tried.
            Reach { is_fixed: false, is_layered: true } => None,
            Reach { is_fixed: true, is_layered: false } => Some(Grain::Folder),
            Reach { is_fixed: true, is_layered: true } => Some(Grain::File),
        };
        let pieces = grain.map_or(Ok(None), |grain| news.pieces(&mut batch, grain)).map_err(|error| self.explain(error))?;
        let way = if let Some(pieces) = pieces {
            self.stage.publish_pieces(pieces)?
        } else {
            for path in &state.kept {
                batch.keep(path)?;
            }
            if is_same_root {
                batch.keep(manifest::NAME)?;
            }
            if is_same_signature && signature.is_some() {
                batch.keep(signature::NAME)?;
            }
            carry(&mut batch, &self.old, &state.same).map_err(|error| self.explain(error))?;
            match self.stage.exchange() {
                Err(error) if out_of_reach(&error) && self.out().is_dir() => {
                    let pieces = news.pieces(&mut batch, Grain::File)?.unwrap_or_default();
                    self.stage.publish_pieces(pieces)?;
                    Way::Pieces
                }
                exchanged => exchanged?,
            }
        };
        Ok(report(Outcome::Published(way)))
    }

    /// Many files are in the way at once where the manifest of an agency was altered: the folder is told, not the first of them.
    fn explain(&self, error: io::Error) -> io::Error {
        let Some(Fault::InTheWay(path)) = Fault::of(&error) else { return error };
        let slug = path.strip_prefix(self.stage.out()).ok().and_then(|path| path.iter().next()?.to_str());
        let record = slug.and_then(|slug| Some((slug, self.old.get(&format!("{slug}/{}", manifest::NAME))?)));
        match record {
            Some((slug, record)) if read_old(&mut self.stage.batch(), slug, record).is_none() => {
                Fault::Unknown(self.stage.out().join(slug)).into()
            }
            _ => error,
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The one agency's files, or the site's own: they share the root's manifest, which is made at the end.
    fn take_root(&self, output: &Output) -> io::Result<()> {
        let mut batch = self.stage.batch();
        let records = records(output, "")?;
        let held = held(&mut batch, &records, &|path| self.old.get(path));
        for (path, _, entry) in records.iter().filter(|(path, ..)| !held.contains(path)) {
            batch.write(path, entry)?;
        }
        let mut state = self.state();
        state.gone.root(output, &self.old, &mut |path| read_file(&mut batch, ("", &self.old), path));
        state.is_root_changed |= held.len() < records.len();
        state.kept.extend(held.into_iter().map(str::to_owned));
        for (path, record, _) in &records {
            name(&mut state.root, path, *record)?;
        }
        Ok(())
    }

    /// The site's own files as they were published, where they are those that the receipt stands for.
    fn take_root_as_it_is(&self, receipt: Hash) -> io::Result<Option<Whole>> {
        let own = own_files(&self.old);
        let Some(kept) = self.kept.as_ref().filter(|_| self::receipt(&own) == receipt) else { return Ok(None) };
        let whole = kept.whole(self.stage.out(), ("", receipt), || Some(own.clone()));
        if whole.is_some() {
            let mut state = self.state();
            for (path, record) in own {
                name(&mut state.root, &path, record)?;
                state.kept.push(path);
            }
        }
        Ok(whole)
    }

    /// An agency's files as they were published, where its manifest is the one that the receipt stands for.
    fn take_agency_as_it_is(&self, slug: &str, receipt: Hash) -> io::Result<Option<Whole>> {
        let path = format!("{slug}/{}", manifest::NAME);
        let Some(kept) = &self.kept else { return Ok(None) };
        let Some(record) = self.old.get(&path).filter(|record| record.hash == receipt) else { return self.adopt_agency(slug, receipt) };
        let manifest = || Some(with_itself(&format!("{slug}/"), &read_old(&mut self.stage.batch(), slug, record)?, record));
        let whole = kept.whole(self.stage.out(), (slug, receipt), manifest);
        if whole.is_some() {
            let mut state = self.state();
            name(&mut state.root, &path, record)?;
            state.gone.kept(slug);
            state.same.insert(slug.to_owned());
            return Ok(whole);
        }
        self.adopt_agency(slug, receipt)
    }

    /// An agency's files, with a manifest of their own.
    fn take_agency(&self, slug: &str, output: &Output) -> io::Result<()> {
        let mut batch = self.stage.batch();
        let prefix = format!("{slug}/");
        let records = records(output, &prefix)?;
        let mut manifest = Manifest::default();
        for (path, record, _) in &records {
            name(&mut manifest, &path[prefix.len()..], *record)?;
        }
        let own = format!("{prefix}{}", manifest::NAME);
        let entry = Entry::of(manifest.to_bytes());
        let record = Record { size: entry.size(), hash: entry.hash() };
        let old = self.old.get(&own).and_then(|record| read_old(&mut batch, slug, record));
        let held = held(&mut batch, &records, &|path| old.as_ref()?.get(&path[prefix.len()..]));
        let is_same = old.as_ref().is_some_and(|old| *old == manifest) && held.len() == records.len() && batch.holds(&own, &entry);
        if !is_same {
            for (path, _, entry) in &records {
                if held.contains(path) { batch.keep(path)? } else { batch.write(path, entry)? }
            }
            batch.write(&own, &entry)?;
        }
        let mut state = self.state();
        name(&mut state.root, &own, record)?;
        let agency = gone::Agency { slug, old: old.as_ref(), new: &manifest, output };
        state.gone.agency(agency, &self.old, &mut |path| read_file(&mut batch, (&prefix, old.as_ref()?), path));
        state.files += 1;
        if is_same {
            state.same.insert(slug.to_owned());
        } else {
            let changed = Changed::of(&prefix, (&old.unwrap_or_default(), (&manifest, record.hash)), &|path| held.contains(path));
            state.changed.insert(slug.to_owned(), changed);
        }
        drop(state);
        self.stage.forget(slug);
        Ok(())
    }

    /// An agency's files as a build that was killed had staged them, where they are exactly those that the receipt stands for.
    fn adopt_agency(&self, slug: &str, receipt: Hash) -> io::Result<Option<Whole>> {
        let Some((folder, bytes, manifest)) = self.stage.found(slug).into_iter().find_map(|folder| found(folder, receipt)) else {
            return Ok(None);
        };
        self.stage.adopt(&folder, slug)?;
        let mut batch = self.stage.batch();
        let (prefix, own) = (format!("{slug}/"), format!("{slug}/{}", manifest::NAME));
        let old = self.old.get(&own).and_then(|record| read_old(&mut batch, slug, record));
        let mut looker = Looker::at(self.stage.out());
        let mut held = BTreeSet::new();
        let mut output = Output::default();
        for (path, record) in kept::files_of(&prefix, &manifest) {
            let is_known = old.as_ref().is_some_and(|old| old.get(&path[prefix.len()..]) == Some(record));
            if is_known && kept::is_as_told(&mut looker, &path, record) {
                // So it keeps its time.
                self.stage.keep_again(&mut batch, &path)?;
                held.insert(path.clone());
            }
            // Where items went is told by their table.
            let bytes = if path.ends_with("/data/items.json") { self.stage.staged(&path) } else { None };
            let _ = output.put(path, Entry::of(bytes.unwrap_or_default()));
        }
        let record = Record { size: bytes.len() as u64, hash: receipt };
        let mut state = self.state();
        name(&mut state.root, &own, record)?;
        let agency = gone::Agency { slug, old: old.as_ref(), new: &manifest, output: &output };
        state.gone.agency(agency, &self.old, &mut |path| read_file(&mut batch, (&prefix, old.as_ref()?), path));
        let changed = Changed::of(&prefix, (&old.unwrap_or_default(), (&manifest, receipt)), &|path| held.contains(path));
        state.changed.insert(slug.to_owned(), changed);
        Ok(Some(Whole::of(kept::files_of(&prefix, &manifest).iter().map(|(path, _)| path.as_str()).chain([own.as_str()]))))
    }
}

/// Keeps how all files look that are published now, but those of the units that are known to look as they did, or were not looked at.
fn remember(kept: &Kept, settled: &Settled, (root, known): (&Manifest, &BTreeSet<String>)) {
    let own = own_files(root);
    if !known.contains("") {
        kept.stamp(settled, ("", receipt(&own)), &own);
    }
    let agencies: Vec<(&str, Record)> = root.agencies().filter(|(slug, _)| !known.contains(*slug)).collect();
    agencies.into_par_iter().for_each(|(slug, record)| {
        let folder = format!("{slug}/");
        let bytes = read_most(&settled.out.join(slug).join(manifest::NAME)).ok().flatten();
        let manifest = bytes.filter(|bytes| Hash::of(bytes) == record.hash).and_then(|bytes| Manifest::parse(&bytes).ok());
        if let Some(manifest) = manifest {
            kept.stamp(settled, (slug, record.hash), &with_itself(&folder, &manifest, record));
        }
    });
}

/// The files of an agency and its manifest, which does not name itself.
fn with_itself(folder: &str, manifest: &Manifest, record: Record) -> kept::Files {
    let mut files = kept::files_of(folder, manifest);
    files.push((format!("{folder}{}", manifest::NAME), record));
    files
}

/// The site's own files: what its manifest names but for the manifests of agencies.
fn own_files(root: &Manifest) -> kept::Files {
    let agencies: BTreeSet<String> = root.agencies().map(|(slug, _)| format!("{slug}/{}", manifest::NAME)).collect();
    root.iter().filter(|(path, _)| !agencies.contains(*path)).map(|(path, record)| (path.to_owned(), record)).collect()
}

/// What stands for the site's own files, as its manifest stands for an agency's.
fn receipt(own: &kept::Files) -> Hash {
    let mut manifest = Manifest::default();
    for (path, record) in own {
        let _ = manifest.put(path.as_str(), *record);
    }
    Hash::of(&manifest.to_bytes())
}

impl Memory for Publisher {
    fn recall(&self, unit: &str) -> Option<Vec<u8>> {
        self.kept.as_ref()?.recall(unit)
    }

    fn recall_beside(&self, unit: &str) -> Option<Vec<u8>> {
        self.kept.as_ref()?.recall_beside(unit)
    }

    fn write_down(&self, unit: &str, record: (&[u8], &[u8])) {
        if let Some(kept) = &self.kept {
            kept.write_down(unit, record);
        }
    }

    fn forget_others(&self, slugs: &BTreeSet<&str>) {
        if let Some(kept) = &self.kept {
            kept.forget_others(slugs);
        }
    }

    fn receipt(&self, unit: &str) -> Option<Hash> {
        let state = self.state();
        match unit {
            "" => Some(receipt(&own_files(&state.root))),
            slug => state.root.get(&format!("{slug}/{}", manifest::NAME)).map(|record| record.hash),
        }
    }

    fn take_as_it_is(&self, unit: &str, receipt: Hash) -> io::Result<bool> {
        let taken = if unit.is_empty() { self.take_root_as_it_is(receipt)? } else { self.take_agency_as_it_is(unit, receipt)? };
        let Some(whole) = taken else { return Ok(false) };
        let mut state = self.state();
        state.files += whole.files;
        state.pages += whole.pages;
        if whole.is_by_looks {
            state.known.insert(unit.to_owned());
        }
        Ok(true)
    }
}

impl Sink for Publisher {
    fn memory(&self) -> Option<&dyn Memory> {
        self.kept.as_ref().map(|_| self as &dyn Memory)
    }

    fn answered(&self, addresses: &BTreeSet<Address>) {
        self.state().gone.answered(addresses);
    }

    fn name_key(&self, key: &PublicKey) -> io::Result<()> {
        self.signing.name(key)
    }

    fn take(&self, unit: Unit) -> io::Result<()> {
        if unit.slug.is_empty() {
            self.take_root(&unit.output)?;
        } else {
            self.take_agency(&unit.slug, &unit.output)?;
        }
        let mut state = self.state();
        state.files += unit.output.len();
        state.pages += unit.output.iter().filter(|(path, _)| path.ends_with(".html")).count();
        Ok(())
    }

    fn leave(&self, slug: &str) -> io::Result<bool> {
        self.stage.discard(slug)?;
        if self.is_part {
            return Ok(false);
        }
        let mut batch = self.stage.batch();
        let own = format!("{slug}/{}", manifest::NAME);
        let mut state = self.state();
        state.gone.left_out(slug);
        // What is no more there can't be kept; what somebody altered stays as it is, and `verify` tells.
        let Some(record) = self.old.get(&own).filter(|_| batch.lies(&own) == Lies::File) else { return Ok(false) };
        name(&mut state.root, &own, record)?;
        state.same.insert(slug.to_owned());
        state.unseen.insert(slug.to_owned());
        let kept = read_old(&mut batch, slug, record).unwrap_or_default();
        state.files += kept.len() + 1;
        state.pages += kept.iter().filter(|(path, _)| path.ends_with(".html")).count();
        Ok(true)
    }

    fn blames(&self, error: &io::Error) -> Option<(Arc<str>, Param)> {
        let fault = Fault::of(error)?;
        let file = self.stage.authored(fault.path()).filter(|path| path.starts_with("content/"))?;
        Some((Arc::from(file), Param::from(fault.of_source()?)))
    }

    fn gone(&self) -> io::Result<Vec<Gone>> {
        let mut batch = self.stage.batch();
        let mut state = self.state();
        let gathered = std::mem::take(&mut state.gone);
        Ok(gathered.all((&self.old, &state.root), &mut |slug, record| read_old(&mut batch, slug, record)))
    }
}

/// A file that a unit made: path from the site's root, what the manifest says of it, content.
type Made<'o> = (&'o str, Record, &'o Entry);

/// Each file with what the manifest will say of it, hashed once.
///
/// # Errors
/// For a path outside the unit's folder or where its manifest will lie: a fault of the caller.
fn records<'o>(output: &'o Output, prefix: &str) -> io::Result<Vec<Made<'o>>> {
    let mut records = Vec::with_capacity(output.len());
    for (path, entry, hash) in output.hashed() {
        let Some(rest) = path.strip_prefix(prefix).filter(|rest| ![manifest::NAME, signature::NAME].contains(rest)) else {
            let error = format!("`{path}` is no place for a file of the unit `{prefix}`");
            return Err(io::Error::new(io::ErrorKind::InvalidInput, error));
        };
        debug_assert!(!rest.is_empty(), "a file has a name");
        records.push((path, Record { size: entry.size(), hash }, entry));
    }
    Ok(records)
}

/// The paths that the present output holds byte for byte. What its manifest tells otherwise is not even opened; what it tells so is
/// still read, because somebody may have altered the file by hand.
fn held<'o>(batch: &mut Batch<'_>, made: &[Made<'o>], old: &dyn Fn(&str) -> Option<Record>) -> BTreeSet<&'o str> {
    let is_held = |(path, record, entry): &&Made<'o>| old(path) == Some(*record) && batch.holds(path, entry);
    made.iter().filter(is_held).map(|(path, ..)| *path).collect()
}

/// Names a file in a manifest.
///
/// # Errors
/// When two units made the same path: a fault of the caller.
fn name(manifest: &mut Manifest, path: &str, record: Record) -> io::Result<()> {
    if manifest.put(path, record) {
        return Ok(());
    }
    Err(io::Error::new(io::ErrorKind::AlreadyExists, format!("two units made the file `{path}`")))
}

/// The manifest of an agency in the present output, where it is still the one that the root's manifest names: one that was tampered
/// with could claim foreign files.
pub(super) fn read_old(batch: &mut Batch<'_>, slug: &str, record: Record) -> Option<Manifest> {
    let bytes = batch.present(&format!("{slug}/{}", manifest::NAME))?;
    if Hash::of(&bytes) == record.hash { Manifest::parse(&bytes).ok() } else { None }
}

/// A file of the present output, where it still is what the manifest of its folder says.
fn read_file(batch: &mut Batch<'_>, (folder, old): (&str, &Manifest), path: &str) -> Option<Vec<u8>> {
    let record = old.get(path.strip_prefix(folder)?)?;
    batch.present(path).filter(|bytes| Hash::of(bytes) == record.hash)
}

/// Carries over what is not ours, and all of the agencies that did not change.
fn carry(batch: &mut Batch<'_>, old: &Manifest, same: &BTreeSet<String>) -> io::Result<()> {
    let mut agencies: BTreeMap<String, Option<Manifest>> = BTreeMap::new();
    for (slug, record) in old.agencies() {
        if same.contains(slug) {
            agencies.insert(slug.to_owned(), None);
        } else if let Some(manifest) = read_old(batch, slug, record) {
            agencies.insert(slug.to_owned(), Some(manifest));
        }
    }
    for (slug, manifest) in &agencies {
        match manifest {
            None => batch.carry(slug, &|_| false)?,
            Some(manifest) => batch.carry(slug, &|path| is_own(slug, manifest, path))?,
        }
    }
    let is_done_or_ours = |path: &str| match path.strip_suffix('/') {
        Some(folder) => agencies.contains_key(folder),
        None => path == manifest::NAME || path == signature::NAME || old.get(path).is_some(),
    };
    batch.carry("", &is_done_or_ours)
}

/// Is this a file of the agency's own? The path is from the site's root.
pub(super) fn is_own(slug: &str, manifest: &Manifest, path: &str) -> bool {
    let rest = path.strip_prefix(slug).and_then(|rest| rest.strip_prefix('/')).unwrap_or("");
    rest == manifest::NAME || manifest.get(rest).is_some()
}
