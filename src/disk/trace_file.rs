//! The file that tells how long a build took for what, beside the sources. Owns where it lies, in the folder of what may be deleted at
//! any time. Refuses to go through a link, and to know what is in it.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::fault::{Doing, Fault};

const FOLDER: &str = ".prongsai";
const FILE: &str = "trace.json";

/// Writes it for the site in a folder, in place of an earlier one; gives back its path.
///
/// # Errors
/// When the system fails.
pub fn write(site: &Path, bytes: &[u8]) -> io::Result<PathBuf> {
    let folder = site.join(FOLDER);
    let path = folder.join(FILE);
    let put = || {
        if !fs::symlink_metadata(&folder).is_ok_and(|there| there.is_dir()) {
            fs::create_dir(&folder)?;
            fs::write(folder.join(".gitignore"), "*\n")?;
        }
        let new = folder.join(format!("{FILE}.new"));
        let _ = fs::remove_file(&new);
        OpenOptions::new().write(true).create_new(true).open(&new)?.write_all(bytes)?;
        fs::rename(&new, &path)
    };
    put().map_err(Fault::at(Doing::Writing, &path))?;
    Ok(path)
}
