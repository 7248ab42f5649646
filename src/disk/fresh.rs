//! Writing a file that must not be there yet. Owns making its folders; refuses to write over anything, and through a link out of the site.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::fault::{Doing, Fault};

/// Writes a new file below the site folder and gives back where it lies.
///
/// # Errors
/// Kind `AlreadyExists` where there is something of that name, or a folder of the way leads out of the site; else what the system tells.
pub fn put(site: &Path, path: &str, text: &str) -> io::Result<PathBuf> {
    let site = fs::canonicalize(site).map_err(Fault::at(Doing::Reading, site))?;
    let file = site.join(path);
    let folder = file.parent().unwrap_or(&site);
    fs::create_dir_all(folder).map_err(Fault::at(Doing::Writing, folder))?;
    let real = fs::canonicalize(folder).map_err(Fault::at(Doing::Writing, folder))?;
    if !real.starts_with(&site) {
        return Err(io::ErrorKind::AlreadyExists.into());
    }
    let mut new = match OpenOptions::new().write(true).create_new(true).open(&file) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => return Err(error),
        opened => opened.map_err(Fault::at(Doing::Writing, &file))?,
    };
    new.write_all(text.as_bytes()).map_err(Fault::at(Doing::Writing, &file))?;
    Ok(file)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_written_over() {
        let folder = tempfile::tempdir().unwrap();
        put(folder.path(), "a/b.yml", "1").unwrap();
        assert_eq!(put(folder.path(), "a/b.yml", "2").unwrap_err().kind(), io::ErrorKind::AlreadyExists);
        assert_eq!(fs::read_to_string(folder.path().join("a/b.yml")).unwrap(), "1");
    }

    #[cfg(unix)]
    #[test]
    fn nothing_is_written_out_of_the_site() {
        let (site, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        std::os::unix::fs::symlink(other.path(), site.path().join("a")).unwrap();
        assert!(put(site.path(), "a/b.yml", "1").is_err());
        assert!(fs::read_dir(other.path()).unwrap().next().is_none());
    }
}
