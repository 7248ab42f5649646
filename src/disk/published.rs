//! A published folder as it lies on the disk, for whoever compares it with its manifest. Owns the rule that no link in it is followed:
//! what a link leads to was not published. Refuses to write anything but what a build left unfinished, to know what a manifest says, and to read more of a file than is asked for.

use std::ffi::{OsStr, OsString};
use std::fs::{self, Metadata};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::exchange::MOVES;
use super::fault::Fault;
use super::journal::Place;
use super::lock::Lock;
use super::system;
use super::target::{Beside, Names};
use crate::base::hash::Hash;

/// A published folder.
#[derive(Debug)]
pub struct Published {
    /// As it was asked for.
    asked: PathBuf,
    /// The real path: the folder itself may be named by a link.
    root: PathBuf,
    folder: Metadata,
}

/// What lies at a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum There {
    /// Nothing, or only something behind a link.
    Nothing,
    /// A folder, a link, a pipe: no file of the folder's own.
    NoFile,
    /// A file of another size than the one asked for.
    OtherSize,
    /// A file of that size, and its hash.
    File(Hash),
}

/// What a walk meets, by its path from the published folder.
#[derive(Debug)]
pub enum Met {
    /// Anything that is no folder; a link counts as itself.
    File(OsString),
    /// A folder that can't be read.
    Closed(OsString, io::Error),
}

impl Published {
    /// Opens a folder.
    ///
    /// # Errors
    /// Of kind `NotFound` or `NotADirectory` where there is none; else what the system tells.
    pub fn open(folder: &Path) -> io::Result<Self> {
        let root = fs::canonicalize(folder)?;
        let there = fs::metadata(&root)?;
        if there.is_dir() { Ok(Self { asked: folder.to_owned(), root, folder: there }) } else { Err(io::ErrorKind::NotADirectory.into()) }
    }

    /// Is the folder still the one that was opened, and never left its place? A build puts another one there.
    pub fn is_in_place(&self) -> bool {
        fs::metadata(&self.asked).is_ok_and(|now| system::is_untouched(&self.folder, &now))
    }

    /// The bytes of a file; `None` where there is none.
    ///
    /// # Errors
    /// Of kind `FileTooLarge` where it has more than `most` bytes; else what the system tells.
    pub fn bytes(&self, path: &str, most: u64) -> io::Result<Option<Vec<u8>>> {
        let Some(there) = self.there(path)?.filter(Metadata::is_file) else { return Ok(None) };
        if there.len() > most {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        let mut bytes = Vec::new();
        system::open_file(&self.root.join(path))?.take(most).read_to_end(&mut bytes)?;
        Ok(Some(bytes))
    }

    /// Is there a file of `size` bytes, reached without a link? It is not read.
    ///
    /// # Errors
    /// What the system tells, which says nothing about the file.
    pub fn has(&self, path: &str, size: u64) -> io::Result<bool> {
        Ok(self.there(path)?.is_some_and(|there| there.is_file() && there.len() == size))
    }

    /// What lies at a path where a file of `size` bytes should; only such a file is read.
    ///
    /// # Errors
    /// What the system tells, which says nothing about the file.
    pub fn look(&self, path: &str, size: u64) -> io::Result<There> {
        let Some(there) = self.there(path)? else { return Ok(There::Nothing) };
        if !there.is_file() {
            return Ok(There::NoFile);
        }
        if there.len() != size {
            return Ok(There::OtherSize);
        }
        // A file that grows while it is read has no end to wait for.
        let mut file = system::open_file(&self.root.join(path))?.take(size.saturating_add(1));
        let (hash, read) = Hash::of_reader(&mut file)?;
        Ok(if read == size { There::File(hash) } else { There::OtherSize })
    }

    /// Meets all that lies below `folder`, which has a closing slash or is empty. A folder of which `enters` says no is passed over.
    pub fn walk(&self, folder: &str, enters: &dyn Fn(&OsStr) -> bool, meet: &mut dyn FnMut(Met)) {
        let mut folders = vec![OsString::from(folder)];
        while let Some(folder) = folders.pop() {
            // What was read before the system failed is met all the same.
            let listed = self.list(&folder, &mut |path, is_folder| {
                if !is_folder {
                    meet(Met::File(path));
                } else if enters(&path) {
                    folders.push(with(path, "/"));
                }
            });
            if let Err(error) = listed {
                meet(Met::Closed(folder, error));
            }
        }
    }

    fn list(&self, folder: &OsStr, meet: &mut dyn FnMut(OsString, bool)) -> io::Result<()> {
        for entry in fs::read_dir(self.root.join(folder))? {
            let entry = entry?;
            meet(with(folder.to_owned(), entry.file_name()), entry.file_type()?.is_dir());
        }
        Ok(())
    }

    /// What the system knows of a path; `None` where there is nothing, or a folder above it is a link.
    fn there(&self, path: &str) -> io::Result<Option<Metadata>> {
        for (end, _) in path.match_indices('/') {
            if !plain(&self.root.join(&path[..end]))?.is_some_and(|there| there.is_dir()) {
                return Ok(None);
            }
        }
        plain(&self.root.join(path))
    }
}

/// How long a build is waited for that is publishing at this moment.
const PATIENCE: Duration = Duration::from_secs(5);

/// Brings a publication to its end that a build left in the midst of its pieces; gives back whether there was one.
///
/// # Errors
/// Of kind `ResourceBusy` where a build goes on with it for longer than a few seconds; else when the system fails.
pub fn complete(folder: &Path) -> io::Result<bool> {
    let Ok(out) = fs::canonicalize(folder) else { return Ok(false) };
    let mut completed = false;
    for names in [Names::beside(&out), Names::inside(&out)] {
        let begun = Instant::now();
        while names.journal().exists() {
            if let Some(_lock) = Lock::take(&names.lock())? {
                completed |= Place { out: &out, names: &names, swap: MOVES.swap }.complete()?;
                break;
            }
            // The build that has the lock is at it.
            if begun.elapsed() > PATIENCE {
                return Err(Fault::Busy(folder.to_owned()).into());
            }
            std::thread::sleep(Duration::from_millis(10));
        }
    }
    Ok(completed)
}

/// Is a publication under way, or left, that changes the folder piece by piece?
pub fn is_unfinished(folder: &Path) -> bool {
    fs::canonicalize(folder).is_ok_and(|out| [Names::beside(&out), Names::inside(&out)].iter().any(|names| names.journal().exists()))
}

/// Is this what a build leaves in an output that it can't exchange, by its path from there?
pub fn is_left_inside(path: &OsStr) -> bool {
    let name = Path::new(path).iter().next().unwrap_or_default();
    Names::inside(Path::new("")).is_own(name)
}

/// An output that a build which was interrupted left beside the place where it belongs; the next build puts it back.
pub fn left_aside(out: &Path) -> Option<PathBuf> {
    let out = std::path::absolute(out).ok()?;
    let names = Names::beside(&out);
    let entries = fs::read_dir(names.parent()).ok()?.flatten();
    let mut aside: Vec<PathBuf> =
        entries.filter(|entry| names.read(&entry.file_name()) == Some(Beside::Aside)).map(|entry| entry.path()).collect();
    aside.sort_unstable();
    aside.into_iter().next()
}

/// What lies at a path, a link as itself; `None` where there is nothing.
///
/// # Errors
/// When the system fails.
pub fn plain(path: &Path) -> io::Result<Option<Metadata>> {
    use io::ErrorKind::{InvalidFilename, NotADirectory, NotFound};
    match fs::symlink_metadata(path) {
        Ok(there) => Ok(Some(there)),
        // A name that the file system can't hold lies nowhere in it.
        Err(error) if matches!(error.kind(), NotFound | NotADirectory | InvalidFilename) => Ok(None),
        Err(error) => Err(error),
    }
}

fn with(mut path: OsString, end: impl AsRef<OsStr>) -> OsString {
    path.push(end);
    path
}
