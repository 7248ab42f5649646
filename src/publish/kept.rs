//! What a publisher keeps from one run to the next: what units came to, and how their files looked once they were published. Owns the two
//! drawers, and when files of the output are known to be those of a manifest without being read. Refuses to trust a file that looks
//! otherwise than it did, or changed too shortly before it was looked at: such a one is read.

use std::collections::BTreeSet;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::manifest::{Manifest, Record};
use crate::base::hash::Hash;
use crate::disk::compare::has_hash;
use crate::disk::records::Drawer;
use crate::disk::stage::Settled;
use crate::disk::stamps::{Looker, Moment, Stamp};

/// The site's own unit, whose name is empty; no agency is called so.
const OWN: &str = ".site";

/// What is kept beside the sources of a site.
#[derive(Clone, Debug)]
pub struct Kept {
    units: Drawer,
    stamps: Drawer,
}

/// How the files of a unit looked.
#[derive(Serialize, Deserialize)]
struct Stamped {
    /// Of the output's real path.
    out: String,
    /// What stands for the files.
    receipt: String,
    /// When they were looked at.
    at: Moment,
    /// Each with its path from the site's root, in order.
    files: Vec<(String, Stamp)>,
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

    /// Writes down what a unit came to.
    pub fn write_down(&self, unit: &str, record: &[u8]) {
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
        let mut doubted = BTreeSet::new();
        for (path, stamp) in &stamped.files {
            let now = looker.look(path).filter(|now| now.size() == stamp.size())?;
            if now != *stamp || !now.is_believed(stamped.at) {
                doubted.insert(path.as_str());
            }
        }
        let paths = stamped.files.iter().map(|(path, _)| path.as_str());
        if doubted.is_empty() {
            return Some(Whole { is_by_looks: true, ..Whole::of(paths) });
        }
        let whole = Whole::of(paths);
        let files = manifest()?;
        let mut looker = Looker::at(out);
        let mut asked = files.iter().filter(|(path, _)| doubted.contains(path.as_str()));
        asked.all(|(path, record)| is_as_told(&mut looker, path, *record)).then_some(whole)
    }

    /// Keeps how the files of a unit look, which are those that the receipt stands for.
    pub fn stamp(&self, settled: &Settled, (unit, receipt): (&str, Hash), files: &Files) {
        let write = || {
            let (name, at) = (name(unit)?, settled.now?);
            let mut looker = Looker::at(&settled.out);
            let look = |(path, record): &(String, Record)| {
                let stamp = looker.look(path).filter(|stamp| stamp.size() == record.size)?;
                Some((path.clone(), stamp))
            };
            let files = files.iter().map(look).collect::<Option<Vec<(String, Stamp)>>>()?;
            let stamped = Stamped { out: mark(&settled.out), receipt: receipt.to_string(), at, files };
            Some(self.stamps.write(name, &serde_json::to_vec(&stamped).ok()?))
        };
        let _ = write();
    }

    fn stamped(&self, out: &Path, (unit, receipt): (&str, Hash)) -> Option<Stamped> {
        let stamped: Stamped = serde_json::from_slice(&self.stamps.read(name(unit)?)?).ok()?;
        (stamped.out == mark(out) && Hash::parse(&stamped.receipt)? == receipt).then_some(stamped)
    }
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
        for path in paths {
            whole.files += 1;
            whole.pages += usize::from(path.ends_with(".html"));
        }
        whole
    }
}

/// Is the file at a path, to which no link leads, what is said of it?
pub fn is_as_told(looker: &mut Looker<'_>, path: &str, record: Record) -> bool {
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

/// What stands for an output.
fn mark(out: &Path) -> String {
    Hash::of(out.as_os_str().as_encoded_bytes()).to_string()
}
