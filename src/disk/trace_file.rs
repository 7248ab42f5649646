//! The file that tells how long a build took for what, beside the sources. Owns where it lies, in the folder of what may be deleted at
//! any time. Refuses to know what is in it.

use std::io;
use std::path::{Path, PathBuf};

use super::records::Drawer;

const FILE: &str = "trace.json";

/// Writes it for the site in a folder, in place of an earlier one; gives back its path.
///
/// # Errors
/// When the system fails.
pub fn write(site: &Path, bytes: &[u8]) -> io::Result<PathBuf> {
    // People read `.prongsai`, not `./.prongsai`.
    Drawer::of(site.strip_prefix(".").unwrap_or(site), "").put(FILE, &[bytes])
}
