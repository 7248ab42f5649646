//! Publishing piece by piece, where the whole folder is not exchanged: the folder of the one agency that changed, or each file of an
//! output that can't be exchanged. Owns the plan of pieces and its completion: the plan lies complete on the disk before the first piece
//! is touched, and each piece can be done again, so that whoever comes after a process that died brings it to its end. Refuses to choose
//! the pieces, and to follow a link.
//!
//! A journal is one file beside the staging folder, with the plan and that folder's name. It comes into being by one rename, and ends when
//! it is removed. (A file and not a folder: there are file systems that move every file, and not every folder.)

use std::fs;
use std::io::{self, Read, Write};
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::act;
use super::exchange::Swap;
use super::fault::{Doing, Fault};
use super::published::plain;
use super::system;
use super::target::{Beside, Names, read_most};
use crate::base::address::Address;
use crate::base::hash::Hash;

/// The folder of the pieces in a staging folder.
pub const TREE: &str = "tree";

const PLAN: &str = "plan.json";
/// Where an old folder goes that can't be exchanged.
const OLD: &str = "old";
const FORMAT: u32 = 1;

/// The most that is read of a proof.
const LARGEST: u64 = 64 * 1024 * 1024;

/// One piece, by its path in the output.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Piece {
    /// A folder takes the place of the one of its name, whole.
    Folder {
        /// Its path.
        path: String,
        /// A file in it that tells it from the old one: its path in the folder.
        proof: String,
        /// The SHA-256 of that file in the new folder.
        sha256: String,
        /// Files of the old folder that the new one has no more, by their paths in the folder: all others that are missing there came
        /// after the pieces were staged, and are brought over.
        gone: Vec<String>,
    },
    /// A file is put in its place.
    File(String),
    /// A file that is no longer published is removed, and the folders that it leaves empty.
    Gone(String),
}

#[derive(Serialize, Deserialize)]
struct Plan {
    format: u32,
    /// The name of the staging folder.
    staging: String,
    pieces: Vec<Piece>,
}

/// An output, and what stands beside or in it.
#[derive(Clone, Copy, Debug)]
pub struct Place<'a> {
    /// The output folder.
    pub out: &'a Path,
    /// The names of what a build leaves.
    pub names: &'a Names,
    /// How two folders change places.
    pub swap: Swap,
}

impl Place<'_> {
    /// Publishes the staged pieces in their order: `staging` holds them below [`TREE`].
    ///
    /// # Errors
    /// When the system fails: before the journal began the output is as it was, after it ([`Fault::Unfinished`]) [`Place::complete`]
    /// goes on.
    pub fn publish(self, staging: &Path, pieces: Vec<Piece>) -> io::Result<()> {
        let failed = || Fault::at(Doing::Writing, self.out);
        let name = staging.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let plan = Plan { format: FORMAT, staging: name, pieces };
        let bytes = serde_json::to_vec_pretty(&plan).map_err(io::Error::from).map_err(failed())?;
        let written = staging.join(PLAN);
        act::create_file(&written).and_then(|mut file| file.write_all(&bytes)).map_err(failed())?;
        act::sync(staging).map_err(Fault::at(Doing::Syncing, self.out))?;
        act::rename(&written, &self.names.journal()).map_err(Fault::at(Doing::Exchanging, self.out))?;
        self.finish(&plan).map_err(|error| Fault::Unfinished(self.out.to_owned(), error).into())
    }

    /// Brings a publication to its end that a process left. Gives back whether there was one. Only for the holder of the lock.
    ///
    /// # Errors
    /// [`Fault::Unfinished`] when the system fails again.
    pub fn complete(self) -> io::Result<bool> {
        let journal = self.names.journal();
        let plan = match lies(&journal)? {
            None => return Ok(false),
            Some(there) if there.is_file() => read_most(&journal).ok().flatten().and_then(|bytes| read(&bytes, self.names)),
            Some(_) => None,
        };
        if let Some(plan) = plan.filter(|plan| self.fits(plan)) {
            self.finish(&plan).map_err(|error| Fault::Unfinished(self.out.to_owned(), error))?;
            return Ok(true);
        }
        // It was complete when it began; somebody altered it, or moved what it speaks of. What it left undone a build finds by the manifests.
        let removed = if journal.is_symlink() || !journal.is_dir() { act::remove_file(&journal) } else { act::remove_dir_all(&journal) };
        removed.map_err(Fault::at(Doing::Writing, &journal)).map(|()| false)
    }

    /// Is this the output that the plan was made for? Somebody may have moved it away since, or put an earlier one in its place: each new
    /// folder has to be there, in its place or still in staging.
    fn fits(self, plan: &Plan) -> bool {
        let tree = self.names.parent().join(&plan.staging).join(TREE);
        let is_there = |piece: &Piece| match piece {
            Piece::Folder { path, proof, sha256, .. } => {
                [self.out, &tree].iter().any(|above| has_hash(&above.join(path).join(proof), sha256))
            }
            Piece::File(_) | Piece::Gone(_) => true,
        };
        self.out.is_dir() && plan.pieces.iter().all(is_there)
    }

    fn finish(self, plan: &Plan) -> io::Result<()> {
        let staging = self.names.parent().join(&plan.staging);
        act::sync_names(self.names.parent())?;
        for (number, piece) in plan.pieces.iter().enumerate() {
            match piece {
                Piece::Folder { path, proof, sha256, gone } => {
                    let is_new = |folder: &Path| has_hash(&folder.join(proof), sha256);
                    // One for each time that the process ended before the new one came in, and somebody put another there.
                    let aside = |time: usize| staging.join(format!("{OLD}-{number}-{time}"));
                    let times = (0..).find(|time| fs::symlink_metadata(aside(*time)).is_err()).unwrap_or_default();
                    self.folder(&staging, path, (&aside(times), &is_new))?;
                    // The old folder lies where the new one was, or aside.
                    for old in (0..=times).map(aside).chain([staging.join(TREE).join(path)]) {
                        bring_over(&old, &self.out.join(path), Path::new(""), gone)?;
                    }
                }
                Piece::File(path) => self.file(&staging, path)?,
                Piece::Gone(path) => self.gone(path)?,
            }
        }
        act::remove_file(&self.names.journal()).map_err(Fault::at(Doing::Writing, self.out))?;
        // Nobody needs it any more; what can't be removed now is removed another time.
        let _ = act::remove_dir_all(&staging);
        Ok(())
    }

    fn folder(self, staging: &Path, path: &str, (old, is_new): (&Path, &dyn Fn(&Path) -> bool)) -> io::Result<()> {
        let (new, out) = (staging.join(TREE).join(path), self.out.join(path));
        let failed = || Fault::at(Doing::Exchanging, &out);
        // It took its place before, without an exchange.
        if lies(&new)?.is_none() {
            return Ok(());
        }
        match lies(&out)? {
            None => {
                self.make_above(path)?;
                return act::rename(&new, &out).map_err(failed());
            }
            Some(there) if !there.is_dir() => return Err(Fault::InTheWay(out).into()),
            // It took its place before, and what lies in staging is the old one.
            Some(_) if is_new(&out) => return Ok(()),
            Some(_) => {}
        }
        match act::exchange(self.swap, &new, &out) {
            Err(error) if system::can_not_exchange(&error) => {}
            exchanged => return exchanged.map_err(failed()),
        }
        act::rename(&out, old).map_err(failed())?;
        act::rename(&new, &out).map_err(|error| {
            let _ = act::rename(old, &out);
            failed()(error)
        })
    }

    fn file(self, staging: &Path, path: &str) -> io::Result<()> {
        let (new, out) = (staging.join(TREE).join(path), self.out.join(path));
        if lies(&new)?.is_none() {
            return Ok(());
        }
        self.make_above(path)?;
        if lies(&out)?.is_some_and(|there| there.is_dir()) {
            return Err(Fault::InTheWay(out).into());
        }
        act::rename(&new, &out).map_err(Fault::at(Doing::Exchanging, &out))
    }

    fn gone(self, path: &str) -> io::Result<()> {
        if !self.is_above_real(path)? {
            return Ok(());
        }
        let out = self.out.join(path);
        if lies(&out)?.is_some_and(|there| there.is_file()) {
            act::remove_file(&out).map_err(Fault::at(Doing::Exchanging, &out))?;
        }
        for above in Path::new(path).ancestors().skip(1).filter(|above| !above.as_os_str().is_empty()) {
            // One that is not empty stays, with all above it.
            if act::remove_dir(&self.out.join(above)).is_err() {
                break;
            }
        }
        Ok(())
    }

    /// Makes the folders above a path; one that is a link or a file is in the way.
    fn make_above(self, path: &str) -> io::Result<()> {
        for (end, _) in path.match_indices('/') {
            let folder = self.out.join(&path[..end]);
            match lies(&folder)? {
                None => act::create_dir(&folder).map_err(Fault::at(Doing::Writing, &folder))?,
                Some(there) if there.is_dir() => {}
                Some(_) => return Err(Fault::InTheWay(folder).into()),
            }
        }
        Ok(())
    }

    fn is_above_real(self, path: &str) -> io::Result<bool> {
        for (end, _) in path.match_indices('/') {
            if !lies(&self.out.join(&path[..end]))?.is_some_and(|there| there.is_dir()) {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

/// Moves what an old folder has below `path`, and the new one has not and is not `gone`, into the new one.
fn bring_over(old: &Path, new: &Path, path: &Path, gone: &[String]) -> io::Result<()> {
    let from = old.join(path);
    let failed = || Fault::at(Doing::Keeping, &from);
    if !lies(&from)?.is_some_and(|there| there.is_dir()) {
        return Ok(());
    }
    for entry in fs::read_dir(&from).map_err(failed())? {
        let entry = entry.map_err(failed())?;
        let path = path.join(entry.file_name());
        if entry.file_type().map_err(failed())?.is_dir() {
            bring_over(old, new, &path, gone)?;
        } else if lies(&new.join(&path))?.is_none() && !gone.iter().any(|gone| Path::new(gone) == path) {
            make_folder(new.join(&path).parent().unwrap_or(new)).map_err(failed())?;
            act::rename(&entry.path(), &new.join(&path)).map_err(failed())?;
        }
    }
    Ok(())
}

fn make_folder(folder: &Path) -> io::Result<()> {
    if lies(folder)?.is_some() {
        return Ok(());
    }
    folder.parent().map_or(Ok(()), make_folder)?;
    act::create_dir(folder)
}

/// What lies at a path, a link as itself; `None` where there is nothing.
fn lies(path: &Path) -> io::Result<Option<fs::Metadata>> {
    plain(path).map_err(Fault::at(Doing::Reading, path))
}

fn has_hash(path: &Path, sha256: &str) -> bool {
    // What somebody put there may be without end.
    let hash = system::open_file(path).and_then(|file| Hash::of_reader(&mut file.take(LARGEST)));
    hash.is_ok_and(|(hash, _)| hash.to_string() == sha256)
}

/// A plan; `None` for one that this program did not write, or that leads out of the output.
fn read(bytes: &[u8], names: &Names) -> Option<Plan> {
    let plan: Plan = serde_json::from_slice(bytes).ok()?;
    let is_inside = |path: &str| Address::new(path).is_ok_and(|address| !address.is_page());
    let is_sound = plan.format == FORMAT
        && names.read(plan.staging.as_ref()) == Some(Beside::Staging)
        && plan.pieces.iter().all(|piece| match piece {
            Piece::Folder { path, proof, .. } => is_inside(path) && is_inside(proof),
            Piece::File(path) | Piece::Gone(path) => is_inside(path),
        });
    is_sound.then_some(plan)
}
