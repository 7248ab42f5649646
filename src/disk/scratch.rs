//! A folder for what another program makes for us, gone when it is no longer needed. Owns making and removing it, and putting what was made
//! in its place in one step. The one module that names tempfile.

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::fault::{Doing, Fault};

/// Such a folder. It lies beside the file that is to be made, so that the file can be put there by a rename.
pub struct Scratch {
    folder: tempfile::TempDir,
    target: PathBuf,
}

impl Scratch {
    /// Makes one beside `target`. Its name begins with a dot, so that no build takes what a run that was killed left there.
    ///
    /// # Errors
    /// When nothing can be written there, and when the target is there and does not begin with `mark`: it is something else.
    pub fn beside(target: &Path, mark: &[u8]) -> io::Result<Self> {
        if !may_replace(target, mark)? {
            return Err(Fault::NotReplaced(target.to_owned()).into());
        }
        let parent = target.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let absolute = fs::canonicalize(parent).map_err(Fault::at(Doing::Writing, parent))?;
        let folder = tempfile::Builder::new().prefix(".prongsai-").tempdir_in(&absolute).map_err(Fault::at(Doing::Writing, parent))?;
        Ok(Self { folder, target: target.to_owned() })
    }

    /// The absolute path of a file of this name in it.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes a file into it.
    ///
    /// # Errors
    /// As the system tells.
    pub fn put(&self, name: &str, bytes: &[u8]) -> io::Result<()> {
        let path = self.path(name);
        fs::write(&path, bytes).map_err(Fault::at(Doing::Writing, &path))
    }

    /// The bytes of a file in it; none where there is no such file.
    ///
    /// # Errors
    /// As the system tells.
    pub fn get(&self, name: &str) -> io::Result<Option<Vec<u8>>> {
        match fs::read(self.path(name)) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            read => read.map(Some).map_err(Fault::at(Doing::Reading, &self.path(name))),
        }
    }

    /// Puts a file of it in the place of the target, in one step.
    ///
    /// # Errors
    /// As the system tells.
    pub fn deliver(self, name: &str) -> io::Result<()> {
        fs::rename(self.path(name), &self.target).map_err(Fault::at(Doing::Writing, &self.target))
    }
}

/// Is there nothing at the target, or an earlier file of the same kind? A link, a device or a pipe is never replaced.
fn may_replace(target: &Path, mark: &[u8]) -> io::Result<bool> {
    let there = match fs::symlink_metadata(target) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(true),
        there => there.map_err(Fault::at(Doing::Reading, target))?,
    };
    if !there.is_file() {
        return Ok(false);
    }
    let mut head = Vec::new();
    let file = fs::File::open(target).map_err(Fault::at(Doing::Reading, target))?;
    file.take(mark.len() as u64).read_to_end(&mut head).map_err(Fault::at(Doing::Reading, target))?;
    Ok(head.is_empty() || head == mark)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_made_is_delivered_and_nothing_else_stays() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("a.pdf");
        fs::write(&target, "%old").unwrap();
        let scratch = Scratch::beside(&target, b"%").unwrap();
        scratch.put("b", b"new").unwrap();
        assert_eq!((scratch.get("b").unwrap(), scratch.get("c").unwrap()), (Some(b"new".to_vec()), None));
        scratch.deliver("b").unwrap();
        assert_eq!(fs::read(&target).unwrap(), b"new");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
        assert!(Scratch::beside(&folder.path().join("nowhere/a.pdf"), b"%").is_err());
        assert!(Scratch::beside(&target, b"%").is_err(), "it holds something else");
        assert!(Scratch::beside(folder.path(), b"%").is_err(), "it is a folder");
        #[cfg(unix)]
        assert!(Scratch::beside(Path::new("/dev/null"), b"%").is_err(), "it is a device");
    }
}
