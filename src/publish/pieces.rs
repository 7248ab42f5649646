//! Which pieces of an output are published one by one, where it is not exchanged as a whole. Owns the choice and the order: agencies
//! first, the site's own files after them, its signature and its manifest last, so that a manifest is never newer than what it speaks of. Refuses to move
//! anything, and to put a file where one lies that is not ours.

use std::collections::{BTreeMap, BTreeSet};
use std::io;

use super::changed::Changed;
use super::manifest::{self, Manifest};
use super::publisher::{is_own, read_old};
use super::signature;
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
    /// What becomes of the signature's file: staged anew (`File`), or removed (`Gone`); nothing where it stays as it is.
    pub signature: Option<Piece>,
}

/// How large the pieces are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grain {
    /// The folder of the one agency that changed, and nothing but that one: else the whole folder is better.
    Agency,
    /// Agencies' folders, as many as there are.
    Folder,
    /// Single files, since no folder can be moved.
    File,
}

impl News<'_> {
    /// The pieces; `None` where the whole folder is to be exchanged. Foreign files of a folder that is replaced are then staged too.
    ///
    /// # Errors
    /// [`Fault::InTheWay`] where the whole folder can't be exchanged instead; when the system fails.
    pub fn pieces(&self, batch: &mut Batch<'_>, grain: Grain) -> io::Result<Option<Vec<Piece>>> {
        if grain == Grain::Agency && !self.is_one_agency() {
            return Ok(None);
        }
        let mut pieces = Vec::new();
        let mut whole: BTreeSet<&str> = BTreeSet::new();
        let left = self.left(batch);
        let files = self.files();
        let is_ours = |path: &str| self.old.get(path).is_some() || left.contains(path);
        let mut in_the_way = files.iter().find(|path| !is_free(batch, path, is_ours(path))).map(|path| (*path).to_owned());
        if matches!(self.signature, Some(Piece::File(_))) && !is_free(batch, signature::NAME, true) {
            in_the_way = Some(signature::NAME.to_owned());
        }
        for (slug, changed) in self.changed {
            let takes_folder = match batch.lies(slug) {
                _ if grain == Grain::File => false,
                // What tells the new folder from the old one is its manifest.
                Lies::Folder => self.is_told_apart(batch, slug, changed),
                Lies::Nothing => true,
                Lies::File | Lies::Other => false,
            };
            if takes_folder {
                whole.insert(slug);
            } else {
                let written = changed.written(slug);
                let mut is_taken = |path: &str, was_there: bool| !is_free(batch, path, was_there || self.old.get(path).is_some());
                if in_the_way.is_none() {
                    in_the_way = written.iter().find(|(path, was_there)| is_taken(path, **was_there)).map(|(path, _)| path.clone());
                }
                pieces.extend(written.into_keys().map(Piece::File));
                pieces.extend(changed.gone.below(slug).map(Piece::Gone));
                pieces.push(Piece::File(manifest_of(slug)));
            }
        }
        if grain == Grain::Agency && (whole.is_empty() || in_the_way.is_some()) {
            return Ok(None);
        }
        if let Some(path) = in_the_way {
            return Err(Fault::InTheWay(batch.out().join(path)).into());
        }
        for slug in &whole {
            let old = self.old.get(&manifest_of(slug)).and_then(|record| read_old(batch, slug, record));
            let is_ours = |path: &str| old.as_ref().is_some_and(|old| is_own(slug, old, path)) || self.old.get(path).is_some();
            batch.carry(slug, &is_ours)?;
            let Some(changed) = self.changed.get(*slug) else { continue };
            let (sha256, prefix) = (changed.manifest.to_string(), format!("{slug}/"));
            // What the site itself had there is no more, either.
            let of_root = self.old.below(&prefix).filter(|path| self.new.get(path).is_none());
            let gone = changed.gone.iter().chain(of_root.filter_map(|path| path.strip_prefix(&prefix)));
            let gone = gone.map(str::to_owned).collect();
            pieces.push(Piece::Folder { path: (*slug).to_owned(), proof: manifest::NAME.to_owned(), sha256, gone });
        }
        pieces.extend(files.into_iter().map(|path| Piece::File(path.to_owned())));
        pieces.extend(self.gone(&left, &whole).into_iter().map(Piece::Gone));
        pieces.extend(self.signature.clone());
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

    /// What was published and is not any more; folders that are replaced whole take theirs with them.
    fn gone(&self, left: &BTreeSet<String>, whole: &BTreeSet<&str>) -> Vec<String> {
        let own = self.old.iter().map(|(path, _)| path).chain(left.iter().map(String::as_str));
        let is_replaced = |path: &str| path.split_once('/').is_some_and(|(folder, _)| whole.contains(folder));
        let is_written = |path: &str| {
            let of_agency = path.split_once('/').and_then(|(slug, rest)| Some((self.changed.get(slug)?, rest)));
            of_agency.is_some_and(|(changed, rest)| changed.renewed.iter().chain(changed.fresh.iter()).any(|path| path == rest))
        };
        own.filter(|path| self.new.get(path).is_none() && !is_replaced(path) && !is_written(path)).map(str::to_owned).collect()
    }

    fn is_of_agency(&self, path: &str) -> bool {
        let slug = path.strip_suffix(manifest::NAME).and_then(|folder| folder.strip_suffix('/'));
        slug.is_some_and(|slug| self.same.contains(slug) || self.changed.contains_key(slug))
    }
}

fn manifest_of(slug: &str) -> String {
    format!("{slug}/{}", manifest::NAME)
}

/// May the staged file of this path be put there? Where a file lies it is ours, or the same bytes, which is no loss.
fn is_free(batch: &mut Batch<'_>, path: &str, is_ours: bool) -> bool {
    match batch.lies(path) {
        Lies::Nothing => true,
        Lies::File => is_ours || batch.is_present_as_staged(path),
        Lies::Folder | Lies::Other => false,
    }
}
