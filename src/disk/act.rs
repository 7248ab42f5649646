//! Each step that changes the output's disk. Owns nothing but the calls, one function for each, so that tests can make any of them fail
//! or end the process there: an order of steps is right when no step can be the last one. Refuses to decide what is done and when.

use std::fs::{self, File, FileTimes, OpenOptions, Permissions};
use std::io::{self, Write};
use std::path::Path;

use super::exchange::Swap;
use super::system;

/// A file that is being made.
#[derive(Debug)]
pub struct NewFile(File);

/// Makes a file where there is nothing.
///
/// # Errors
/// When something is there, or the system refuses.
pub fn create_file(path: &Path) -> io::Result<NewFile> {
    step()?;
    Ok(NewFile(OpenOptions::new().write(true).create_new(true).open(path)?))
}

/// Opens a file to hold a lock on, made where it is absent.
///
/// # Errors
/// When the system refuses.
pub fn open_lock(path: &Path) -> io::Result<File> {
    step()?;
    OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path)
}

impl NewFile {
    /// Gives the file another's rights and time.
    ///
    /// # Errors
    /// When the system refuses.
    pub fn dress(&self, there: &fs::Metadata) -> io::Result<()> {
        step()?;
        self.0.set_permissions(there.permissions())?;
        self.0.set_times(FileTimes::new().set_modified(there.modified()?))
    }
}

impl Write for NewFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if let Err(error) = step() {
            // A write that fails has often written something.
            let _ = self.0.write(&bytes[..bytes.len() / 2]);
            return Err(error);
        }
        self.0.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

/// Makes a folder.
///
/// # Errors
/// When something is there, or the system refuses.
pub fn create_dir(path: &Path) -> io::Result<()> {
    step()?;
    fs::create_dir(path)
}

/// Gives a file a second name.
///
/// # Errors
/// When something has that name, or the system refuses.
pub fn hard_link(old: &Path, new: &Path) -> io::Result<()> {
    step()?;
    fs::hard_link(old, new)
}

/// Makes a symbolic link.
///
/// # Errors
/// When something is there, or the system refuses.
pub fn symlink(target: &Path, link: &Path) -> io::Result<()> {
    step()?;
    system::symlink(target, link)
}

/// Moves a file or a folder.
///
/// # Errors
/// When the system refuses.
pub fn rename(old: &Path, new: &Path) -> io::Result<()> {
    step()?;
    fs::rename(old, new)
}

/// Exchanges two folders.
///
/// # Errors
/// When the system refuses, or knows no exchange.
pub fn exchange(swap: Swap, a: &Path, b: &Path) -> io::Result<()> {
    step()?;
    swap(a, b)
}

/// Removes a file or a link.
///
/// # Errors
/// When the system refuses.
pub fn remove_file(path: &Path) -> io::Result<()> {
    step()?;
    fs::remove_file(path)
}

/// Removes a folder that is empty.
///
/// # Errors
/// When it is not empty, or the system refuses.
pub fn remove_dir(path: &Path) -> io::Result<()> {
    step()?;
    fs::remove_dir(path)
}

/// Removes a folder with all that is in it.
///
/// # Errors
/// When the system refuses.
pub fn remove_dir_all(path: &Path) -> io::Result<()> {
    step()?;
    fs::remove_dir_all(path)
}

/// Changes the rights of a file or a folder.
///
/// # Errors
/// When the system refuses.
pub fn set_permissions(path: &Path, rights: Permissions) -> io::Result<()> {
    step()?;
    fs::set_permissions(path, rights)
}

/// Waits until all that was written to the file system of `folder` is on the disk.
///
/// # Errors
/// When the system could not write.
pub fn sync(folder: &Path) -> io::Result<()> {
    step()?;
    // Trials are about the order of steps: they do not wait for the disk.
    if cfg!(test) { Ok(()) } else { system::sync(folder) }
}

/// Waits until the names in a folder are on the disk.
///
/// # Errors
/// When the system could not write.
pub fn sync_names(folder: &Path) -> io::Result<()> {
    step()?;
    if cfg!(test) { Ok(()) } else { system::sync_names(folder) }
}

#[cfg(not(test))]
fn step() -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
use trial::step;

/// Trials of an order of steps: a step that fails, or the last one that a process does.
#[cfg(test)]
pub mod trial {
    use std::cell::Cell;
    use std::io;

    /// Which steps of this thread fail. Steps are counted from 0.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum Failing {
        /// None.
        No,
        /// This one alone.
        Once(usize),
        /// This one and all after it, as when the process died there.
        From(usize),
    }

    thread_local! {
        static FAILING: Cell<Failing> = const { Cell::new(Failing::No) };
        static DONE: Cell<usize> = const { Cell::new(0) };
    }

    pub(super) fn step() -> io::Result<()> {
        let number = DONE.replace(DONE.get() + 1);
        let fails = match FAILING.get() {
            Failing::No => false,
            Failing::Once(at) => number == at,
            Failing::From(at) => number >= at,
        };
        if fails { Err(io::Error::other("made to fail")) } else { Ok(()) }
    }

    /// Runs something with steps that fail; gives back how many there were, those that failed among them.
    pub fn run<T>(failing: Failing, work: impl FnOnce() -> T) -> (T, usize) {
        FAILING.set(failing);
        DONE.set(0);
        let result = work();
        FAILING.set(Failing::No);
        (result, DONE.get())
    }
}
