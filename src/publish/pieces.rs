//! Which pieces of an output are published one by one, where it is not exchanged as a whole. Owns the choice and the order: agencies
//! first, the site's own files after them, its manifest last, so that a manifest is never newer than what it speaks of. Refuses to move
//! anything, and to put a file where one lies that is not ours.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::PathBuf;

use super::manifest::{self, Manifest};
use super::publisher::{Changed, is_own, read_old};
use crate::base::hash::Hash;
use crate::disk::fault::Fault;
use crate::disk::journal::Piece;
use crate::disk::stage::{Batch, Lies};

/// What is new, beside what was published.
pub struct News<'a> {
    /// The root's manifest of the present output.
    pub old: &'a Manifest,
    /// The root's manifest to come.
    pub new: &'a Manifest,
    /// The root's files that the present output holds already.
    pub kept: &'a [String],
    /// Agencies of which not a byte changed.
    pub same: &'a BTreeSet<String>,
    /// The other agencies.
    pub changed: &'a BTreeMap<String, Changed>,
}

impl News<'_> {
    /// The pieces, where they are the way: for an output that can't be exchanged (`is_fixed`) always, else where just one of several
    /// agencies changed and nothing stands in the way. The changed agency's foreign files are then staged too.
    ///
    /// # Errors
    /// [`Fault::InTheWay`] in a fixed output; when the system fails.
    pub fn pieces(&self, batch: &mut Batch<'_>, is_fixed: bool) -> io::Result<Option<Vec<Piece>>> {
        if !is_fixed && !self.is_one_agency() {
            return Ok(None);
        }
        let left = self.left(batch);
        let files = self.files();
        if let Some(path) = files.iter().find(|path| !self.is_free(batch, &left, path)) {
            return if is_fixed { Err(in_the_way(batch, path)) } else { Ok(None) };
        }
        let mut pieces = Vec::new();
        let mut whole: BTreeSet<&str> = BTreeSet::new();
        for (slug, changed) in self.changed {
            match batch.lies(slug) {
                // What tells the new folder from the old one is its manifest.
                Lies::Folder if self.is_told_apart(batch, slug, changed) => _ = whole.insert(slug),
                Lies::Nothing if is_fixed => _ = whole.insert(slug),
                Lies::Folder if is_fixed => {
                    if let Some(path) = changed.written.iter().find(|path| matches!(batch.lies(path), Lies::Folder | Lies::Other)) {
                        return Err(in_the_way(batch, path));
                    }
                    pieces.extend(changed.written.iter().cloned().map(Piece::File));
                    pieces.push(Piece::File(manifest_of(slug)));
                }
                _ if is_fixed => return Err(in_the_way(batch, slug)),
                _ => return Ok(None),
            }
        }
        for slug in &whole {
            let old = self.old.get(&manifest_of(slug)).and_then(|record| read_old(batch, slug, record));
            let is_ours = |path: &str| old.as_ref().is_some_and(|old| is_own(slug, old, path)) || self.old.get(path).is_some();
            batch.carry(slug, &is_ours)?;
            let sha256 = self.changed.get(*slug).map(|changed| changed.manifest.to_string()).unwrap_or_default();
            pieces.push(Piece::Folder { path: (*slug).to_owned(), proof: manifest::NAME.to_owned(), sha256 });
        }
        pieces.extend(files.into_iter().map(|path| Piece::File(path.to_owned())));
        pieces.extend(self.gone(&left, &whole).into_iter().map(Piece::Gone));
        pieces.push(Piece::File(manifest::NAME.to_owned()));
        Ok(Some(pieces))
    }

    /// Did just one agency change, and are all the same ones there as before?
    fn is_one_agency(&self) -> bool {
        let before: BTreeSet<&str> = self.old.agencies().map(|(slug, _)| slug).collect();
        let now: BTreeSet<&str> = self.same.iter().chain(self.changed.keys()).map(String::as_str).collect();
        self.changed.len() == 1 && now.len() > 1 && before == now
    }

    /// Has the new folder another manifest than the present one?
    fn is_told_apart(&self, batch: &mut Batch<'_>, slug: &str, changed: &Changed) -> bool {
        let present = batch.present(&manifest_of(slug));
        present.is_none_or(|bytes| Hash::of(&bytes) != changed.manifest)
    }

    /// The root's files that were staged, but its manifest.
    fn files(&self) -> Vec<&str> {
        let kept: BTreeSet<&str> = self.kept.iter().map(String::as_str).collect();
        self.new.iter().map(|(path, _)| path).filter(|path| !kept.contains(path) && !self.is_of_agency(path)).collect()
    }

    /// The files of agencies that are no longer there.
    fn left(&self, batch: &mut Batch<'_>) -> BTreeSet<String> {
        let mut left = BTreeSet::new();
        for (slug, record) in self.old.agencies().filter(|(slug, _)| !self.same.contains(*slug) && !self.changed.contains_key(*slug)) {
            if let Some(manifest) = read_old(batch, slug, record) {
                left.extend(manifest.iter().map(|(path, _)| format!("{slug}/{path}")));
            }
        }
        left
    }

    /// May a file of ours be put here?
    fn is_free(&self, batch: &mut Batch<'_>, left: &BTreeSet<String>, path: &str) -> bool {
        match batch.lies(path) {
            Lies::Nothing => true,
            Lies::File if self.old.get(path).is_some() || left.contains(path) => true,
            // The same bytes under the same path are no loss.
            Lies::File => batch.present(path).is_some_and(|bytes| self.new.get(path).is_some_and(|record| Hash::of(&bytes) == record.hash)),
            Lies::Folder | Lies::Other => false,
        }
    }

    /// What was published and is not any more; folders that are replaced whole take theirs with them.
    fn gone(&self, left: &BTreeSet<String>, whole: &BTreeSet<&str>) -> Vec<String> {
        let own = self.old.iter().map(|(path, _)| path).chain(left.iter().map(String::as_str));
        let is_replaced = |path: &str| path.split_once('/').is_some_and(|(folder, _)| whole.contains(folder));
        own.filter(|path| self.new.get(path).is_none() && !is_replaced(path)).map(str::to_owned).collect()
    }

    fn is_of_agency(&self, path: &str) -> bool {
        let slug = path.strip_suffix(manifest::NAME).and_then(|folder| folder.strip_suffix('/'));
        slug.is_some_and(|slug| self.same.contains(slug) || self.changed.contains_key(slug))
    }
}

fn manifest_of(slug: &str) -> String {
    format!("{slug}/{}", manifest::NAME)
}

fn in_the_way(batch: &Batch<'_>, path: &str) -> io::Error {
    let path: PathBuf = batch.out().join(path);
    Fault::InTheWay(path).into()
}
