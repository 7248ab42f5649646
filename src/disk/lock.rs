//! One build at a time for each output. Owns the lock file beside the output; the system drops the lock of a process that dies.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use super::act;
use super::fault::{Doing, Fault};
use super::system;

/// How often a lock file that vanished under us is tried again: each time another build has just ended.
const TRIES: usize = 100;

/// A lock that is held until it is dropped.
#[derive(Debug)]
pub struct Lock {
    path: PathBuf,
    /// Holds the lock; it ends when the file is closed.
    _file: File,
}

impl Lock {
    /// Takes the lock at `path`, or gives back `None` where another process has it.
    ///
    /// # Errors
    /// When the file can't be made or locked.
    pub fn take(path: &Path) -> io::Result<Option<Self>> {
        let failed = || Fault::at(Doing::Locking, path);
        for _ in 0..TRIES {
            let file = act::open_lock(path).map_err(failed())?;
            match file.try_lock() {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => return Ok(None),
                Err(TryLockError::Error(error)) => return Err(failed()(error)),
            }
            // The holder before us removes the file when it ends. A lock on a file that has no name any more locks nobody out.
            let open = file.metadata().map_err(failed())?;
            if fs::metadata(path).is_ok_and(|at_path| system::is_same_file(&open, &at_path)) {
                return Ok(Some(Self { path: path.to_owned(), _file: file }));
            }
        }
        Ok(None)
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Removed while it is still held; where that is not possible the empty file stays and does no harm.
        let _ = act::remove_file(&self.path);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lock_is_held_once_and_leaves_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(".public.prongsai-lock");
        let lock = Lock::take(&path).unwrap().unwrap();
        assert!(Lock::take(&path).unwrap().is_none());
        drop(lock);
        assert!(!path.exists());
        assert!(Lock::take(&path).unwrap().is_some());
    }

    #[test]
    fn a_file_that_a_dead_process_left_is_no_lock() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("lock");
        fs::write(&path, "").unwrap();
        assert!(Lock::take(&path).unwrap().is_some());
    }
}
