//! What a publisher keeps from one run to the next: what units came to, and how their files looked once they were published. Owns the two
//! drawers, and when files of the output are known to be those of a manifest without being read. Refuses to trust a file that looks
//! otherwise than it did, or changed too shortly before it was looked at: such a one is read.

use std::collections::BTreeSet;
use std::path::Path;

use super::manifest::{Manifest, Record};
use crate::base::hash::Hash;
use crate::disk::compare::has_hash;
use crate::disk::looks::{Looker, Looks, Reader};
use crate::disk::records::Drawer;
use crate::disk::stage::Settled;

/// The site's own unit, whose name is empty; no agency is called so.
const OWN: &str = ".site";

/// What is kept beside the sources of a site.
#[derive(Clone, Debug)]
pub struct Kept {
    units: Drawer,
    stamps: Drawer,
}

/// Files of a unit that are in their place.
#[derive(Clone, Copy, Debug, Default)]
pub struct Whole {
    /// How many.
    pub files: usize,
    /// How many of them are pages.
    pub pages: usize,
    /// Did looks do, so that none was read?
    pub is_by_looks: bool,
}

impl Kept {
    /// What is kept in the site's folder.
    pub fn of(site: &Path) -> Self {
        Self { units: Drawer::of(site, "units"), stamps: Drawer::of(site, "stamps") }
    }

    /// What was written down of a unit.
    pub fn recall(&self, unit: &str) -> Option<Vec<u8>> {
        self.units.read(name(unit)?)
    }

    /// What was written down beside that.
    pub fn recall_beside(&self, unit: &str) -> Option<Vec<u8>> {
        self.units.read_beside(name(unit)?)
    }

    /// Writes down what a unit came to, and what is seldom asked for beside it.
    pub fn write_down(&self, unit: &str, record: (&[u8], &[u8])) {
        if let Some(name) = name(unit) {
            let _ = self.units.write(name, record);
        }
    }

    /// Forgets all agencies but these.
    pub fn forget_others(&self, slugs: &BTreeSet<&str>) {
        let names = slugs.iter().copied().filter_map(name).chain([OWN]).collect();
        self.units.keep_only(&names);
        self.stamps.keep_only(&names);
    }

    /// Are the files of a unit in this output what `manifest` says? It is asked for, with paths from the site's root in their order, where
    /// looks do not do; `None` of it, or of what is asked, says no.
    pub fn whole(&self, out: &Path, (unit, receipt): (&str, Hash), manifest: impl FnOnce() -> Option<Files>) -> Option<Whole> {
        let mut looker = Looker::at(out);
        let Some(stamped) = self.stamped(out, (unit, receipt)) else {
            let files = manifest()?;
            let is_there = |(path, record): &(String, Record)| is_as_told(&mut looker, path, *record);
            return files.iter().all(is_there).then(|| Whole::of(files.iter().map(|(path, _)| path.as_str())));
        };
        let mut looks = Reader::of(&stamped[PROOF..])?;
        let at = looks.at;
        let (mut whole, mut doubted) = (Whole::default(), BTreeSet::new());
        while let Some((path, stamp)) = looks.next_look() {
            if path.ends_with('/') {
                looker.enter(path, |now| cfg!(unix) && now == stamp && now.is_believed(at))?;
                continue;
            }
            whole.count(path);
            let now = looker.look(path).filter(|now| now.size() == stamp.size())?;
            if now != stamp || !now.is_believed(at) {
                doubted.insert(path.to_owned());
            }
        }
        if !looks.is_done() {
            return None;
        }
        if doubted.is_empty() {
            return Some(Whole { is_by_looks: true, ..whole });
        }
        let files = manifest()?;
        let mut looker = Looker::at(out);
        let mut asked = files.iter().filter(|(path, _)| doubted.contains(path.as_str()));
        asked.all(|(path, record)| is_as_told(&mut looker, path, *record)).then_some(whole)
    }

    /// Keeps how the files of a unit look, which are those that the receipt stands for, and the folders that have others in them.
    pub fn stamp(&self, settled: &Settled, (unit, receipt): (&str, Hash), files: &Files) {
        let write = || {
            let (name, at) = (name(unit)?, settled.now?);
            let mut looker = Looker::at(&settled.out);
            let mut looks = Looks::at(at);
            let folder = |path: &str| path.rfind('/').map_or(0, |end| end + 1);
            let above = files.iter().flat_map(|(path, _)| folders(&path[..folder(path).saturating_sub(1)]));
            let mut outer: BTreeSet<&str> = above.collect();
            for (path, record) in files {
                for folder in folders(path).filter(|folder| outer.remove(folder)) {
                    let stamp = looker.enter(folder, |_| false)?;
                    looks.put(folder, stamp).then_some(())?;
                }
                let stamp = looker.look(path).filter(|stamp| stamp.size() == record.size)?;
                looks.put(path, stamp).then_some(())?;
            }
            let mut stamped = proof(&settled.out, receipt).into_bytes();
            stamped.extend(looks.into_bytes());
            Some(self.stamps.write(name, (&stamped, b"")))
        };
        let _ = write();
    }

    /// How the files of a unit in this output looked, behind the proof that it is about these.
    fn stamped(&self, out: &Path, (unit, receipt): (&str, Hash)) -> Option<Vec<u8>> {
        let stamped = self.stamps.read(name(unit)?)?;
        (stamped.get(..PROOF)? == proof(out, receipt).as_bytes()).then_some(stamped)
    }
}

/// The folders that a path lies in, the outer ones first, each with a closing slash.
fn folders(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').map(|(end, _)| &path[..=end])
}

/// Files by path from the site's root, in order, with what a manifest says of each.
pub type Files = Vec<(String, Record)>;

/// What a manifest names, from the site's root: `folder` is that of the manifest, with a closing slash.
pub fn files_of(folder: &str, manifest: &Manifest) -> Files {
    manifest.iter().map(|(path, record)| (format!("{folder}{path}"), record)).collect()
}

impl Whole {
    /// Counts these.
    pub fn of<'a>(paths: impl Iterator<Item = &'a str>) -> Self {
        let mut whole = Self::default();
        paths.for_each(|path| whole.count(path));
        whole
    }

    fn count(&mut self, path: &str) {
        self.files += 1;
        self.pages += usize::from(path.ends_with(".html"));
    }
}

/// Is the file at a path, to which no link leads, what is said of it?
pub fn is_as_told(looker: &mut Looker, path: &str, record: Record) -> bool {
    let has_size = looker.look(path).is_some_and(|stamp| stamp.size() == record.size);
    has_size && has_hash(&looker.place(path), (record.size, record.hash))
}

/// What a unit's records are called; `None` for one that could be taken for another.
fn name(unit: &str) -> Option<&str> {
    match unit {
        "" => Some(OWN),
        slug => (!slug.starts_with('.')).then_some(slug),
    }
}

/// What stands for an output, and for the files of a unit in it.
fn proof(out: &Path, receipt: Hash) -> String {
    format!("{}{receipt}", Hash::of(out.as_os_str().as_encoded_bytes()))
}

/// How long that is.
const PROOF: usize = 128;
