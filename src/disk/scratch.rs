//! A folder for what another program makes for us, gone when it is no longer needed. Owns making and removing it, removing those that a
//! process left that was killed, and putting what was made in its place in one step. Refuses to remove a folder that a process still
//! holds, or that is not known to be one of these. The one module that names tempfile.

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::fault::{Doing, Fault};
use super::lock::Lock;

/// How the name of such a folder begins. Its dot keeps builds from taking what lies in it.
const PREFIX: &str = ".prongsai-scratch-";

/// The file in it that its process holds locked; by it the folder is known as one of these.
const LOCK: &str = "prongsai-scratch.lock";

/// The folder in it that a browser keeps its own files in. One that outlives our process makes it anew when it ends, where it was removed.
pub const PROFILE: &str = "profile";

/// How often another folder is tried where the one that was made was taken for a dead process's in the moment before it was locked.
const TRIES: usize = 8;

/// Such a folder. It lies beside the file that is to be made, so that the file can be put there by a rename.
pub struct Scratch {
    // Dropped in this order: what is open can't be removed everywhere.
    _lock: Lock,
    folder: tempfile::TempDir,
    target: PathBuf,
}

impl Scratch {
    /// Makes one beside `target`, and removes those there whose process is dead.
    ///
    /// # Errors
    /// When nothing can be written there, and when the target is there and does not begin with `mark`: it is something else.
    pub fn beside(target: &Path, mark: &[u8]) -> io::Result<Self> {
        if !may_replace(target, mark)? {
            return Err(Fault::NotReplaced(target.to_owned()).into());
        }
        let parent = target.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let failed = || Fault::at(Doing::Writing, parent);
        // Not the real path: on Windows that has a long form, which other programs do not read.
        let absolute = std::path::absolute(parent).map_err(failed())?;
        remove_dead(&absolute);
        for _ in 0..TRIES {
            let folder = tempfile::Builder::new().prefix(PREFIX).tempdir_in(&absolute).map_err(failed())?;
            match Lock::take(&folder.path().join(LOCK)) {
                Ok(Some(lock)) => return Ok(Self { _lock: lock, folder, target: target.to_owned() }),
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                Ok(None) | Err(_) => {}
            }
        }
        Err(Fault::Busy(parent.to_owned()).into())
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

/// Removes what processes left that were killed. What can't be looked at or removed stays for the next time.
fn remove_dead(parent: &Path) {
    for entry in fs::read_dir(parent).into_iter().flatten().flatten() {
        let is_named = entry.file_name().as_encoded_bytes().starts_with(PREFIX.as_bytes());
        let lock = entry.path().join(LOCK);
        // A link may lead anywhere, and a folder without the lock may be anybody's.
        let is_folder = is_named && entry.file_type().is_ok_and(|kind| kind.is_dir());
        if !is_folder {
            continue;
        }
        let has_lock = fs::symlink_metadata(&lock).is_ok_and(|there| there.is_file());
        if (has_lock && matches!(Lock::take(&lock), Ok(Some(_)))) || is_browser_s_alone(&entry.path()) {
            // A browser that outlived its process may still write there. By the lock, which is gone, the folder is known the next time.
            if fs::remove_dir_all(entry.path()).is_err() && entry.path().is_dir() {
                let _ = fs::write(&lock, "");
            }
        }
    }
}

/// Is there nothing in the folder but what a browser makes: its profile, and a PDF? A folder of ours in use has its lock, or is empty yet.
fn is_browser_s_alone(folder: &Path) -> bool {
    let Ok(entries) = fs::read_dir(folder) else { return false };
    let mut has_profile = false;
    for entry in entries {
        let Ok((name, kind)) = entry.and_then(|entry| Ok((entry.file_name(), entry.file_type()?))) else { return false };
        let is_profile = name == PROFILE && kind.is_dir();
        let is_pdf = kind.is_file() && name.as_encoded_bytes().ends_with(b".pdf");
        if !is_profile && !is_pdf {
            return false;
        }
        has_profile |= is_profile;
    }
    has_profile
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
    #[test]
    fn what_a_killed_process_left_is_removed_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let make = |name: &str, file: &str| {
            fs::create_dir_all(folder.path().join(name).join("profile")).unwrap();
            fs::write(folder.path().join(name).join(file), "").unwrap();
        };
        make(".prongsai-scratch-dead", LOCK);
        make(".prongsai-scratch-theirs", "report.html");
        fs::create_dir_all(folder.path().join(".prongsai-scratch-again").join(PROFILE).join("Default")).unwrap();
        fs::write(folder.path().join(".prongsai-scratch-again/report.pdf"), "%PDF-").unwrap();
        fs::create_dir(folder.path().join(".prongsai-scratch-empty")).unwrap();
        make("theirs", LOCK);
        fs::write(folder.path().join(".prongsai-scratch-file"), "").unwrap();
        make("elsewhere", LOCK);
        #[cfg(unix)]
        std::os::unix::fs::symlink("elsewhere", folder.path().join(".prongsai-scratch-link")).unwrap();
        let one = Scratch::beside(&folder.path().join("a.pdf"), b"%").unwrap();
        let other = Scratch::beside(&folder.path().join("b.pdf"), b"%").unwrap();
        assert!(one.path("").is_dir() && other.path("").is_dir(), "a folder that is held was taken");
        drop((one, other));
        let mut left: Vec<_> =
            fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        left.sort();
        let links: &[&str] = if cfg!(unix) { &[".prongsai-scratch-link"] } else { &[] };
        let mut kept =
            [links, &[".prongsai-scratch-empty", ".prongsai-scratch-file", ".prongsai-scratch-theirs", "elsewhere", "theirs"]].concat();
        kept.sort_unstable();
        assert_eq!(left, kept);
        assert!(folder.path().join("elsewhere").join(LOCK).exists());
    }
}
