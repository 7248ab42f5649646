//! Whether files hold what they are to hold. Owns the comparison, a piece at a time. Refuses to hold a file in memory.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Read};
use std::path::Path;

use super::system;
use crate::base::hash::Hash;

/// Does the file hold exactly these bytes?
///
/// # Errors
/// When it can't be read.
pub fn has_bytes(path: &Path, bytes: &[u8]) -> io::Result<bool> {
    let mut file = File::open(path)?;
    // One byte of room more than is needed tells a longer file from an equal one in the same reading.
    let mut buffer = vec![0; (bytes.len() + 1).min(64 * 1024)];
    let mut rest = bytes;
    loop {
        match file.read(&mut buffer) {
            Ok(0) => return Ok(rest.is_empty()),
            Ok(read) => match rest.strip_prefix(&buffer[..read]) {
                Some(after) => rest = after,
                None => return Ok(false),
            },
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

/// Do both files hold the same bytes? Nothing but a file does.
pub fn has_same_bytes(a: &Path, b: &Path) -> bool {
    let size = |path: &Path| fs::symlink_metadata(path).ok().filter(fs::Metadata::is_file).map(|there| there.len());
    // Of another size than ours it may be without end.
    if size(a).is_none() || size(a) != size(b) {
        return false;
    }
    let hash = |path: &Path| Hash::of_reader(&mut File::open(path).ok()?).ok();
    hash(a).is_some_and(|found| hash(b) == Some(found))
}

/// Does the file, which is no link, hold so many bytes of this hash?
pub fn has_hash(path: &Path, (size, hash): (u64, Hash)) -> bool {
    let read = system::open_file(path).and_then(|file| Hash::of_reader(&mut file.take(size.saturating_add(1))));
    read.is_ok_and(|found| found == (hash, size))
}
