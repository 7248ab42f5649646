//! Copies of files: a second name where the system gives one, else the bytes. Owns that a copy keeps the time of what it is of.

use std::fs::File;
use std::io::{self, ErrorKind, Read, Write};
use std::path::Path;

use super::act::{self, NewFile};
use super::fault::{Doing, Fault};

/// Links a file, or copies it with its time where links can't be made.
///
/// # Errors
/// When something is there, or the system refuses.
pub fn link(old: &Path, new: &Path) -> io::Result<()> {
    match act::hard_link(old, new) {
        Err(error) if matches!(error.kind(), ErrorKind::AlreadyExists | ErrorKind::NotFound | ErrorKind::NotADirectory) => Err(error),
        Err(_) => copy_with_time(old, new),
        Ok(()) => Ok(()),
    }
}

/// Copies a file with its rights and its time.
///
/// # Errors
/// When something is there, or the system refuses.
pub fn copy_with_time(old: &Path, new: &Path) -> io::Result<()> {
    let mut source = File::open(old)?;
    let there = source.metadata()?;
    let mut copy = act::create_file(new)?;
    io::copy(&mut source, &mut copy)?;
    copy.dress(&there)
}

/// Writes what is read, so that an attachment is copied and hashed in one go.
pub struct Tee<'a> {
    /// What is read.
    pub source: File,
    /// What is written.
    pub copy: &'a mut NewFile,
    /// What a message calls that.
    pub shown: &'a Path,
}

impl Read for Tee<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.source.read(buffer)?;
        self.copy.write_all(&buffer[..read]).map_err(Fault::at(Doing::Writing, self.shown))?;
        Ok(read)
    }
}
