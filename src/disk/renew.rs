//! Writing files that the program makes, over earlier ones of its own. Owns that none is touched while one of them is somebody else's, and
//! that a reader meets the old file or the new one. Refuses to know whose a file is: that is asked.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::act;
use super::fault::{Doing, Fault};

/// The largest file that is looked at before it is written over. Larger ones are none of ours.
const LARGEST: u64 = 16 << 20;

/// What was done with a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Done {
    /// It was not there.
    Written,
    /// It was there, ours, and another.
    Renewed,
    /// It was there as it is to be.
    Same,
}

/// A file to be written: its path below the site folder, and its text.
pub type Wanted<'a> = (&'a str, &'a str);

/// Writes files below the site folder, and tells of each what was done.
///
/// # Errors
/// Kind `AlreadyExists` with the path, before anything is written, where something lies there that is not ours or a folder of the way leads
/// out of the site; else what the system tells.
pub fn put_all(site: &Path, wanted: &[Wanted<'_>], is_ours: &dyn Fn(&[u8]) -> bool) -> io::Result<Vec<Done>> {
    let site = fs::canonicalize(site).map_err(Fault::at(Doing::Reading, site))?;
    let mut plans = Vec::with_capacity(wanted.len());
    for (path, text) in wanted {
        let file = site.join(path);
        let folder = file.parent().unwrap_or(&site).to_owned();
        if let Ok(real) = fs::canonicalize(&folder)
            && !real.starts_with(&site)
        {
            return Err(foreign(path));
        }
        let done = match fs::symlink_metadata(&file) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Done::Written,
            Err(error) => return Err(Fault::at(Doing::Reading, &file)(error)),
            Ok(there) if !there.is_file() || there.len() > LARGEST => return Err(foreign(path)),
            Ok(_) => match fs::read(&file).map_err(Fault::at(Doing::Reading, &file))? {
                bytes if bytes == text.as_bytes() => Done::Same,
                bytes if is_ours(&bytes) => Done::Renewed,
                _ => return Err(foreign(path)),
            },
        };
        plans.push((folder, file, *text, done));
    }
    for (folder, file, text, _) in plans.iter().filter(|(.., done)| *done != Done::Same) {
        fs::create_dir_all(folder).map_err(Fault::at(Doing::Writing, folder))?;
        write(folder, file, text).map_err(Fault::at(Doing::Writing, file))?;
    }
    Ok(plans.into_iter().map(|(.., done)| done).collect())
}

fn foreign(path: &str) -> io::Error {
    io::Error::new(io::ErrorKind::AlreadyExists, path.to_owned())
}

/// Writes beside the file and puts it into its place in one step.
fn write(folder: &Path, file: &Path, text: &str) -> io::Result<()> {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let beside: PathBuf = folder.join(format!(".{name}.new"));
    // One that an earlier run left behind.
    match act::remove_file(&beside) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut new = act::create_file(&beside)?;
    let written = new.write_all(text.as_bytes()).and_then(|()| act::rename(&beside, file));
    if written.is_err() {
        let _ = act::remove_file(&beside);
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ours(bytes: &[u8]) -> bool {
        bytes.starts_with(b"ours")
    }

    #[test]
    fn ours_are_renewed_and_the_rest_stays() {
        let folder = tempfile::tempdir().unwrap();
        let put = |texts: [&str; 2]| put_all(folder.path(), &[("a/1", texts[0]), ("a/2", texts[1])], &ours);
        assert_eq!(put(["ours", "ours"]).unwrap(), [Done::Written; 2]);
        assert_eq!(put(["ours", "ours too"]).unwrap(), [Done::Same, Done::Renewed]);
        fs::write(folder.path().join("a/2"), "theirs").unwrap();
        let refused = put(["ours again", "ours"]).unwrap_err();
        assert_eq!((refused.kind(), refused.to_string().as_str()), (io::ErrorKind::AlreadyExists, "a/2"));
        assert_eq!(fs::read_to_string(folder.path().join("a/1")).unwrap(), "ours");
        assert_eq!(fs::read_dir(folder.path().join("a")).unwrap().count(), 2);
    }

    #[cfg(unix)]
    #[test]
    fn nothing_is_written_through_a_link() {
        let (site, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        std::os::unix::fs::symlink(other.path(), site.path().join("a")).unwrap();
        assert!(put_all(site.path(), &[("a/1", "ours")], &ours).is_err());
        fs::create_dir(site.path().join("b")).unwrap();
        fs::write(other.path().join("1"), "ours").unwrap();
        std::os::unix::fs::symlink(other.path().join("1"), site.path().join("b/1")).unwrap();
        assert!(put_all(site.path(), &[("b/1", "ours now")], &ours).is_err());
        assert_eq!(fs::read_to_string(other.path().join("1")).unwrap(), "ours");
    }
}
