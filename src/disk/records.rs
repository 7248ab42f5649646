//! What a run writes down for later ones, in `.prongsai/` beside `content/`: drawers of small files, each sealed by its hash. Owns that
//! such a file is read whole or not at all, comes into its place in one step, and is bounded. Refuses to be needed: what can't be read is
//! not there, what can't be written is left, and only whoever asks is told. Refuses to follow a link, and to wait for a pipe.

use std::collections::BTreeSet;
use std::fs::{self, OpenOptions};
use std::io::{self, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use super::fault::{Doing, Fault};
use super::system;
use crate::base::hash::Hash;

/// The folder, below the site's.
const FOLDER: &str = ".prongsai";

/// The largest record that is read or written.
const LARGEST: usize = 64 * 1024 * 1024;

/// How the name of a record begins while it is written.
const NEW: &str = ".new-";

/// A seal: a new line, the hash in hexadecimal, a new line.
const SEAL: usize = 66;

/// How long the pieces are that are hashed at once.
const PIECE: usize = 1024;

/// The longest name; a system takes no longer ones.
const LONGEST_NAME: usize = 255;

/// Records of one kind. Those of other kinds, and what else lies in `.prongsai/`, are never touched.
#[derive(Clone, Debug)]
pub struct Drawer {
    folder: PathBuf,
    name: PathBuf,
}

/// Tells the records apart that one process is writing at once.
static WRITTEN: AtomicUsize = AtomicUsize::new(0);

impl Drawer {
    /// The drawer of this name, or of these names one in the other, of the site in this folder; without a name `.prongsai/` itself.
    pub fn of(site: &Path, name: &str) -> Self {
        Self { folder: site.join(FOLDER), name: PathBuf::from(name) }
    }

    /// What was written down under a name; `None` where that is nothing, or not whole.
    pub fn read(&self, name: &str) -> Option<Vec<u8>> {
        let path = self.place(name).filter(|_| self.is_there())?;
        // A look first: where links can't be refused while a file is opened, they are refused here.
        if !fs::symlink_metadata(&path).ok()?.is_file() {
            return None;
        }
        let file = system::open_file(&path).ok()?;
        let there = file.metadata().ok().filter(|there| there.is_file() && there.len() <= (LARGEST + SEAL) as u64)?;
        let mut bytes = Vec::with_capacity(usize::try_from(there.len()).ok()? + 1);
        file.take((LARGEST + SEAL) as u64 + 1).read_to_end(&mut bytes).ok()?;
        unseal(bytes)
    }

    /// Writes down under a name, in place of what was there. Gives back false where that is not possible.
    pub fn write(&self, name: &str, bytes: &[u8]) -> bool {
        bytes.len() <= LARGEST && self.put(name, &[bytes, seal(bytes).as_bytes()]).is_ok()
    }

    /// Writes a file that others than later runs read, and that has no seal for that, in place of what was there. Gives back its path.
    ///
    /// # Errors
    /// When the system fails, with the path that it is about.
    pub fn put(&self, name: &str, parts: &[&[u8]]) -> io::Result<PathBuf> {
        let Some(path) = self.place(name) else { return Err(ErrorKind::InvalidFilename.into()) };
        let new = self.path().join(format!("{NEW}{}-{}", std::process::id(), WRITTEN.fetch_add(1, Ordering::Relaxed)));
        let write = || -> io::Result<()> {
            if !self.is_there() {
                self.make()?;
            }
            // One that a process of the same number left when it was killed.
            let create = || OpenOptions::new().write(true).create_new(true).open(&new);
            let mut file = match create() {
                Err(error) if error.kind() == ErrorKind::AlreadyExists => fs::remove_file(&new).and_then(|()| create())?,
                created => created?,
            };
            for part in parts {
                file.write_all(part)?;
            }
            fs::rename(&new, &path)
        };
        match write() {
            Ok(()) => Ok(path),
            Err(error) => {
                let _ = fs::remove_file(&new);
                Err(Fault::at(Doing::Writing, &path)(error))
            }
        }
    }

    /// Removes all records but those of these names.
    pub fn keep_only(&self, names: &BTreeSet<&str>) {
        if !self.is_there() {
            return;
        }
        for entry in fs::read_dir(self.path()).into_iter().flatten().flatten() {
            let is_kept = entry.file_name().to_str().is_some_and(|name| names.contains(name));
            if !is_kept && entry.file_type().is_ok_and(|kind| kind.is_file()) {
                let _ = fs::remove_file(entry.path());
            }
        }
    }

    fn path(&self) -> PathBuf {
        self.folder.join(&self.name)
    }

    /// The file of a name; `None` for one that would lie elsewhere, or that is taken for a record being written.
    fn place(&self, name: &str) -> Option<PathBuf> {
        let is_plain = !name.is_empty() && name.len() <= LONGEST_NAME && !name.contains(['/', '\\', ':', '\0']);
        (is_plain && ![".", ".."].contains(&name) && !name.starts_with(NEW)).then(|| self.path().join(name))
    }

    /// The folders from that of the site to the drawer, the outer ones first.
    fn folders(&self) -> impl Iterator<Item = PathBuf> + '_ {
        let inner = self.name.iter().scan(self.folder.clone(), |folder, part| {
            folder.push(part);
            Some(folder.clone())
        });
        std::iter::once(self.folder.clone()).chain(inner)
    }

    /// Are all folders there, and none of them a link to another?
    fn is_there(&self) -> bool {
        self.folders().all(|folder| is_folder(&folder))
    }

    fn make(&self) -> io::Result<()> {
        for folder in self.folders() {
            match fs::create_dir(&folder) {
                Ok(()) if folder == self.folder => fs::write(folder.join(".gitignore"), "*\n")?,
                Ok(()) => {}
                Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
                Err(error) => return Err(Fault::at(Doing::Writing, &folder)(error)),
            }
            if !is_folder(&folder) {
                return Err(Fault::at(Doing::Writing, &folder)(ErrorKind::NotADirectory.into()));
            }
        }
        Ok(())
    }
}

/// Is it a folder, and no link to one?
fn is_folder(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|there| there.is_dir())
}

/// A seal is the hash of the hashes of pieces, which takes an eighth of the time of one hash over all.
fn seal(bytes: &[u8]) -> String {
    let hashes: String = Hash::of_many(&bytes.chunks(PIECE).collect::<Vec<_>>()).iter().map(Hash::to_string).collect();
    format!("\n{}\n", Hash::of(hashes.as_bytes()))
}

/// The bytes without their seal; `None` where it is not theirs.
fn unseal(mut bytes: Vec<u8>) -> Option<Vec<u8>> {
    let end = bytes.len().checked_sub(SEAL)?;
    if bytes[end..] != *seal(&bytes[..end]).as_bytes() {
        return None;
    }
    bytes.truncate(end);
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawer() -> (tempfile::TempDir, Drawer) {
        let site = tempfile::tempdir().unwrap();
        let drawer = Drawer::of(site.path(), "a/b");
        assert_eq!(drawer.read("x"), None);
        assert!(drawer.write("x", b"one") && drawer.write("ก", b""));
        (site, drawer)
    }

    fn names(folder: &Path) -> BTreeSet<String> {
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
    }

    #[test]
    fn what_was_written_is_read_and_nothing_else_is_left() {
        let (site, drawer) = drawer();
        assert_eq!((drawer.read("x").unwrap(), drawer.read("ก").unwrap()), (b"one".to_vec(), Vec::new()));
        assert!(drawer.write("x", b"two"));
        assert_eq!(drawer.read("x").unwrap(), b"two");
        assert_eq!(names(&site.path().join(".prongsai/a/b")), ["x", "ก"].map(str::to_owned).into());
        assert_eq!(fs::read_to_string(site.path().join(".prongsai/.gitignore")).unwrap(), "*\n");
        fs::write(site.path().join(".prongsai/a/b/.new-1-1"), "half").unwrap();
        fs::write(site.path().join(".prongsai/other"), "").unwrap();
        drawer.keep_only(&["x"].into());
        assert_eq!(names(&site.path().join(".prongsai/a/b")), ["x".to_owned()].into());
        assert!(site.path().join(".prongsai/other").is_file());
    }

    #[test]
    fn a_record_that_is_not_whole_is_none() {
        let (site, drawer) = drawer();
        let path = site.path().join(".prongsai/a/b/x");
        let whole = fs::read(&path).unwrap();
        let read = |bytes: &[u8]| {
            fs::write(&path, bytes).unwrap();
            drawer.read("x")
        };
        for cut in 0..whole.len() {
            assert_eq!(read(&whole[..cut]), None, "{cut}");
        }
        for at in 0..whole.len() {
            let mut other = whole.clone();
            other[at] ^= 1;
            assert_eq!(read(&other), None, "{at}");
        }
        assert!(read(&[whole.clone(), whole.clone()].concat()).is_none() && read(&whole).is_some());
        fs::File::create(&path).unwrap().set_len((LARGEST + SEAL) as u64 + 1).unwrap();
        assert_eq!(drawer.read("x"), None);
    }

    #[test]
    fn names_that_lead_elsewhere_are_none() {
        let (_site, drawer) = drawer();
        for name in ["", ".", "..", "../x", "a/x", "a\\x", "c:x", ".new-1", &"ก".repeat(90)] {
            assert!(!drawer.write(name, b"x") && drawer.read(name).is_none(), "{name}");
        }
    }

    #[test]
    fn a_folder_in_the_place_of_a_record_or_a_file_in_that_of_the_drawer_is_left() {
        let (site, drawer) = drawer();
        let path = site.path().join(".prongsai/a/b/x");
        fs::remove_file(&path).unwrap();
        fs::create_dir(&path).unwrap();
        assert!(drawer.read("x").is_none() && !drawer.write("x", b"x") && path.is_dir());
        drawer.keep_only(&BTreeSet::new());
        assert!(path.is_dir());
        fs::remove_dir_all(site.path().join(".prongsai")).unwrap();
        fs::write(site.path().join(".prongsai"), "mine").unwrap();
        assert!(drawer.read("x").is_none() && !drawer.write("x", b"x"));
        assert_eq!(fs::read_to_string(site.path().join(".prongsai")).unwrap(), "mine");
    }

    #[test]
    fn whoever_asks_is_told_what_is_in_the_way() {
        use crate::base::language::Language;
        let site = tempfile::tempdir().unwrap();
        let drawer = Drawer::of(site.path(), "");
        let folder = site.path().join(".prongsai");
        assert_eq!(fs::read(drawer.put("x.json", &[b"{", b"}"]).unwrap()).unwrap(), b"{}");
        assert_eq!(names(&folder), [".gitignore", "x.json"].map(str::to_owned).into());
        let told = |name: &str| Fault::of(&drawer.put(name, &[b""]).unwrap_err()).unwrap().tell(Language::En);
        fs::create_dir(folder.join("full")).unwrap();
        fs::write(folder.join("full/x"), "").unwrap();
        assert!(told("full").starts_with("could not write `") && told("full").contains("full`: "), "{}", told("full"));
        assert_eq!(names(&folder).len(), 3, "nothing half written is left");
        fs::remove_dir_all(&folder).unwrap();
        fs::write(&folder, "mine").unwrap();
        assert!(told("x.json").ends_with("/.prongsai`: it is no folder"), "{}", told("x.json"));
        assert_eq!(drawer.put("a/b", &[]).unwrap_err().kind(), ErrorKind::InvalidFilename);
    }

    #[cfg(unix)]
    #[test]
    fn links_and_pipes_are_passed_over() {
        use std::os::unix::fs::symlink;
        let (site, drawer) = drawer();
        let folder = site.path().join(".prongsai/a/b");
        fs::rename(folder.join("x"), folder.join("y")).unwrap();
        symlink("y", folder.join("x")).unwrap();
        assert_eq!(drawer.read("x"), None);
        assert!(drawer.write("x", b"new") && drawer.read("y").unwrap() == b"one", "the link itself is replaced");
        fs::remove_file(folder.join("x")).unwrap();
        let socket = std::os::unix::net::UnixListener::bind(folder.join("x")).unwrap();
        assert_eq!(drawer.read("x"), None);
        drop(socket);
        let other = tempfile::tempdir().unwrap();
        fs::rename(&folder, other.path().join("real")).unwrap();
        symlink(other.path().join("real"), &folder).unwrap();
        assert!(drawer.read("y").is_none() && !drawer.write("z", b"z"));
        drawer.keep_only(&BTreeSet::new());
        assert!(other.path().join("real/y").is_file() && !other.path().join("real/z").exists());
    }

    #[cfg(unix)]
    #[test]
    fn where_nothing_may_be_written_nothing_is() {
        use std::os::unix::fs::PermissionsExt;
        let (site, drawer) = drawer();
        let folder = site.path().join(".prongsai/a/b");
        let set = |mode| fs::set_permissions(&folder, fs::Permissions::from_mode(mode)).unwrap();
        set(0o555);
        let written = drawer.write("x", b"two");
        let read = drawer.read("x");
        set(0o755);
        // Rights do not bind the superuser.
        assert_eq!(read.unwrap(), if written { b"two" } else { b"one" });
    }
}
