//! Key files, which lie outside the site: whoever builds names them. Owns reading one, and the rule that no secret key lies where it
//! would be published. Refuses to know what a key is.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

use super::fault::{Doing, Fault};

/// The first `most` bytes of a file, and one more where there are more. A pipe is read as well, so that a key need not lie on a disk.
///
/// # Errors
/// What the system tells.
pub fn read(path: &Path, most: usize) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(Fault::at(Doing::Reading, path))?;
    file.take(most as u64 + 1).read_to_end(&mut bytes).map_err(Fault::at(Doing::Reading, path))?;
    Ok(bytes)
}

/// Does the file lie in one of these folders, wherever links lead?
pub fn lies_in(path: &Path, folders: &[&Path]) -> bool {
    let Ok(real) = fs::canonicalize(path) else { return false };
    folders.iter().any(|folder| fs::canonicalize(folder).is_ok_and(|folder| real.starts_with(folder)))
}
