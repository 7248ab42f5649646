//! Writing files that must not be there yet, all or none, and adding to the end of one that is. Owns making their folders and taking
//! back what was made where something fails; refuses to write over anything, and through a link out of the site.

use std::fs::{self, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use super::act;
use super::fault::{Doing, Fault};

/// What stands in the way of a new file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Hindrance {
    /// Something of this path is there already.
    There(String),
    /// This part of its way is there and no folder.
    NoFolder(String),
    /// This part of its way is a link that leads out of the site.
    LeadsOut(String),
}

impl Hindrance {
    /// The path, from the site folder.
    pub fn path(&self) -> &str {
        match self {
            Self::There(path) | Self::NoFolder(path) | Self::LeadsOut(path) => path,
        }
    }
}

/// What stands in the way of new files below a site folder, each once, in the order of the paths. The folder itself need not be there.
///
/// # Errors
/// Where there is something that is no folder in the place of the site folder, and what the system tells.
pub fn hindrances(site: &Path, paths: &[&str]) -> io::Result<Vec<Hindrance>> {
    let root = match fs::canonicalize(site) {
        Err(error) if error.kind() == ErrorKind::NotFound && fs::symlink_metadata(site).is_err() => return Ok(Vec::new()),
        real => real.map_err(Fault::at(Doing::Reading, site))?,
    };
    if !fs::metadata(&root).map_err(Fault::at(Doing::Reading, site))?.is_dir() {
        return Err(Fault::at(Doing::Writing, site)(ErrorKind::NotADirectory.into()));
    }
    let mut found = Vec::new();
    for path in paths {
        if let Some(hindrance) = hindrance(&root, path)?.filter(|hindrance| !found.contains(hindrance)) {
            found.push(hindrance);
        }
    }
    Ok(found)
}

fn hindrance(root: &Path, path: &str) -> io::Result<Option<Hindrance>> {
    for (at, _) in path.match_indices('/') {
        let way = &path[..at];
        let folder = root.join(way);
        if !is_there(&folder)? {
            return Ok(None);
        }
        match fs::canonicalize(&folder) {
            Ok(real) if !real.starts_with(root) => return Ok(Some(Hindrance::LeadsOut(way.to_owned()))),
            Ok(real) if real.is_dir() => {}
            _ => return Ok(Some(Hindrance::NoFolder(way.to_owned()))),
        }
    }
    Ok(is_there(&root.join(path))?.then(|| Hindrance::There(path.to_owned())))
}

/// Is there anything of this path, a link that leads nowhere too?
///
/// # Errors
/// What the system tells, as of a folder that may not be looked into.
pub fn is_there(path: &Path) -> io::Result<bool> {
    match fs::symlink_metadata(path) {
        Ok(_) => Ok(true),
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => Ok(false),
        Err(error) => Err(Fault::at(Doing::Reading, path)(error)),
    }
}

/// Writes new files below a site folder, which is made where it is absent: all, or none.
///
/// # Errors
/// Kind `AlreadyExists` where something stands in the way; else what the system tells. What was made before is taken back.
pub fn put_all(site: &Path, files: &[(&str, &str)]) -> io::Result<()> {
    let paths: Vec<&str> = files.iter().map(|(path, _)| *path).collect();
    if !hindrances(site, &paths)?.is_empty() {
        return Err(ErrorKind::AlreadyExists.into());
    }
    let mut made = Made::default();
    let written = made.folder(site).and_then(|()| files.iter().try_for_each(|(path, text)| made.file(&site.join(path), text)));
    if written.is_err() {
        made.take_back();
    }
    written
}

/// What a run has made so far, in order.
#[derive(Default)]
struct Made {
    files: Vec<PathBuf>,
    folders: Vec<PathBuf>,
}

impl Made {
    fn folder(&mut self, folder: &Path) -> io::Result<()> {
        // The parent of a name without any folder is the folder where the process stands.
        if folder.as_os_str().is_empty() || folder.is_dir() {
            return Ok(());
        }
        if let Some(parent) = folder.parent() {
            self.folder(parent)?;
        }
        act::create_dir(folder).map_err(Fault::at(Doing::Writing, folder))?;
        self.folders.push(folder.to_owned());
        Ok(())
    }

    fn file(&mut self, file: &Path, text: &str) -> io::Result<()> {
        if let Some(folder) = file.parent() {
            self.folder(folder)?;
        }
        let mut new = match act::create_file(file) {
            Err(error) if error.kind() == ErrorKind::AlreadyExists => return Err(error),
            opened => opened.map_err(Fault::at(Doing::Writing, file))?,
        };
        self.files.push(file.to_owned());
        new.write_all(text.as_bytes()).map_err(Fault::at(Doing::Writing, file))
    }

    /// What can't be taken back stays: it is ours, and told by the fault that led here.
    fn take_back(&self) {
        for file in self.files.iter().rev() {
            let _ = act::remove_file(file);
        }
        for folder in self.folders.iter().rev() {
            let _ = act::remove_dir(folder);
        }
    }
}

/// Adds to the end of an authored file that holds `before`, and nothing else of it changes.
///
/// # Errors
/// Kind `InvalidData` where the file changed meanwhile or lies outside of the site; else what the system tells. Then it is as it was.
pub fn append(site: &Path, path: &str, (before, more): (&str, &str)) -> io::Result<()> {
    let root = fs::canonicalize(site).map_err(Fault::at(Doing::Reading, site))?;
    let file = root.join(path);
    let real = fs::canonicalize(&file).map_err(Fault::at(Doing::Reading, &file))?;
    let now = fs::read(&real).map_err(Fault::at(Doing::Reading, &file))?;
    if !real.starts_with(&root) || now != before.as_bytes() {
        return Err(ErrorKind::InvalidData.into());
    }
    let mut open = OpenOptions::new().append(true).open(&real).map_err(Fault::at(Doing::Writing, &file))?;
    open.write_all(more.as_bytes()).map_err(|error| {
        let _ = open.set_len(now.len() as u64);
        Fault::at(Doing::Writing, &file)(error)
    })
}

#[cfg(test)]
mod tests {
    use super::act::trial::{self, Failing};
    use super::*;

    const FILES: [(&str, &str); 3] = [("content/a.yaml", "1"), ("content/2568/b.md", "2"), ("README.md", "3")];

    fn below(folder: &Path) -> Vec<PathBuf> {
        let mut found = Vec::new();
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                found.extend(below(&path));
            }
            found.push(path);
        }
        found
    }

    #[test]
    fn nothing_is_written_over_and_all_that_is_in_the_way_is_named() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("README.md"), "mine").unwrap();
        fs::write(folder.path().join("content"), "mine").unwrap();
        let paths = FILES.map(|(path, _)| path);
        let told = hindrances(folder.path(), &paths).unwrap();
        assert_eq!(told, [Hindrance::NoFolder("content".to_owned()), Hindrance::There("README.md".to_owned())]);
        assert_eq!(put_all(folder.path(), &FILES).unwrap_err().kind(), ErrorKind::AlreadyExists);
        assert_eq!(below(folder.path()).len(), 2);
        assert_eq!(fs::read_to_string(folder.path().join("README.md")).unwrap(), "mine");
    }

    #[test]
    fn a_file_is_no_site_folder() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("file");
        fs::write(&file, "mine").unwrap();
        assert!(hindrances(&file, &["a"]).is_err());
        assert!(put_all(&file.join("site"), &FILES).is_err());
        assert_eq!(fs::read_to_string(&file).unwrap(), "mine");
    }

    #[test]
    fn whichever_step_fails_nothing_stays() {
        let folder = tempfile::tempdir().unwrap();
        let site = folder.path().join("deep/site");
        let (fine, steps) = trial::run(Failing::No, || put_all(&site, &FILES));
        fine.unwrap();
        fs::remove_dir_all(folder.path().join("deep")).unwrap();
        for step in 0..steps {
            let (failed, _) = trial::run(Failing::Once(step), || put_all(&site, &FILES));
            assert!(failed.is_err(), "step {step}");
            assert_eq!(below(folder.path()), Vec::<PathBuf>::new(), "step {step}");
        }
    }

    #[test]
    fn a_file_is_added_to_where_it_is_as_it_was_read() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("a.yaml"), "- 1\n").unwrap();
        assert!(append(folder.path(), "a.yaml", ("- 2\n", "- 3\n")).is_err());
        append(folder.path(), "a.yaml", ("- 1\n", "- 2\n")).unwrap();
        assert_eq!(fs::read_to_string(folder.path().join("a.yaml")).unwrap(), "- 1\n- 2\n");
    }

    #[cfg(unix)]
    #[test]
    fn nothing_is_written_out_of_the_site() {
        use std::os::unix::fs::symlink;
        let (site, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        fs::write(other.path().join("b.yaml"), "1").unwrap();
        symlink(other.path(), site.path().join("content")).unwrap();
        symlink(other.path().join("b.yaml"), site.path().join("b.yaml")).unwrap();
        symlink("nowhere", site.path().join("README.md")).unwrap();
        let told = hindrances(site.path(), &FILES.map(|(path, _)| path)).unwrap();
        assert_eq!(told, [Hindrance::LeadsOut("content".to_owned()), Hindrance::There("README.md".to_owned())]);
        assert!(put_all(site.path(), &FILES).is_err());
        assert!(append(site.path(), "b.yaml", ("1", "2")).is_err());
        assert_eq!(below(other.path()).len(), 1);
        assert_eq!(fs::read_to_string(other.path().join("b.yaml")).unwrap(), "1");
    }
}
