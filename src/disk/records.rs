//! What a run writes down for later ones, in `.prongsai/` beside `content/`: drawers of small files, each sealed by its hash. Owns that
//! such a file is read whole or not at all, comes into its place in one step, and is bounded. Refuses to be needed: what can't be read is
//! not there, what can't be written is left, and only whoever asks is told. Refuses to follow a link, and to wait for a pipe.

use std::collections::BTreeSet;
use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
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

/// What comes first in the file: the length of the record, and of what is seldom asked for beside it.
const HEAD: usize = 16;

/// A seal is a hash.
const SEAL: usize = 32;

/// How much of a file is read at once. Most records are no longer.
const AT_ONCE: usize = 8 * 1024;

/// How long the pieces are that are hashed at once.
const PIECE: usize = 1024;

/// The longest name; a system takes no longer ones.
const LONGEST_NAME: usize = 255;

/// Records of one kind. Those of other kinds, and what else lies in `.prongsai/`, are never touched.
#[derive(Clone, Debug)]
pub struct Drawer {
    folder: PathBuf,
    name: PathBuf,
    /// Was the drawer there when it was first read?
    was_there: OnceLock<bool>,
}

/// Tells the records apart that one process is writing at once.
static WRITTEN: AtomicUsize = AtomicUsize::new(0);

impl Drawer {
    /// The drawer of this name, or of these names one in the other, of the site in this folder; without a name `.prongsai/` itself.
    pub fn of(site: &Path, name: &str) -> Self {
        Self { folder: site.join(FOLDER), name: PathBuf::from(name), was_there: OnceLock::new() }
    }

    /// What was written down under a name; `None` where that is nothing, or not whole.
    pub fn read(&self, name: &str) -> Option<Vec<u8>> {
        let (mut file, length) = self.open(name)?;
        let mut bytes = vec![0; length.min(AT_ONCE)];
        file.read_exact(&mut bytes).ok()?;
        let end = Lengths::of(&bytes).filter(|lengths| lengths.file() == Some(length))?.end_of_record()?;
        let got = bytes.len();
        bytes.resize(end, 0);
        if let Some(missing) = bytes.get_mut(got..) {
            file.read_exact(missing).ok()?;
        }
        let sealed = end - SEAL;
        if *seal(&bytes[..HEAD], &bytes[HEAD..sealed]).bytes() != bytes[sealed..] {
            return None;
        }
        bytes.truncate(sealed);
        bytes.drain(..HEAD);
        Some(bytes)
    }

    /// What was written down beside the record of a name; `None` where the file is not whole.
    pub fn read_beside(&self, name: &str) -> Option<Vec<u8>> {
        let (mut file, length) = self.open(name)?;
        let mut bytes = vec![0; length];
        file.read_exact(&mut bytes).ok()?;
        let end = Lengths::of(&bytes).filter(|lengths| lengths.file() == Some(length))?.end_of_record()?;
        let first = end - SEAL;
        if *seal(&bytes[..HEAD], &bytes[HEAD..first]).bytes() != bytes[first..end] {
            return None;
        }
        let Some(last) = length.checked_sub(SEAL).filter(|last| *last >= end) else { return Some(Vec::new()) };
        (*seal(&bytes[first..end], &bytes[end..last]).bytes() == bytes[last..]).then(|| bytes[end..last].to_vec())
    }

    fn open(&self, name: &str) -> Option<(File, usize)> {
        let path = self.place(name).filter(|_| *self.was_there.get_or_init(|| self.is_there()))?;
        // A look first: where links can't be refused while a file is opened, they are refused here.
        if cfg!(not(unix)) && !fs::symlink_metadata(&path).ok()?.is_file() {
            return None;
        }
        let file = system::open_file(&path).ok()?;
        let there = file.metadata().ok().filter(|there| there.is_file() && there.len() <= LARGEST_FILE as u64)?;
        let length = usize::try_from(there.len()).ok()?;
        Some((file, length))
    }

    /// Writes down under a name, in place of what was there; `beside` the record comes what is seldom asked for. Gives back false where
    /// that is not possible.
    pub fn write(&self, name: &str, (bytes, beside): (&[u8], &[u8])) -> bool {
        let head = Lengths { record: bytes.len() as u64, beside: beside.len() as u64 }.to_bytes();
        let first = seal(&head, bytes);
        let mut whole = [&head, bytes, first.bytes()].concat();
        if !beside.is_empty() {
            whole.extend(beside);
            whole.extend(seal(first.bytes(), beside).bytes());
        }
        bytes.len().saturating_add(beside.len()) <= LARGEST && self.put(name, &[&whole]).is_ok()
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

/// The largest file.
const LARGEST_FILE: usize = HEAD + LARGEST + 2 * SEAL;

/// How long the parts of a file are.
struct Lengths {
    record: u64,
    beside: u64,
}

impl Lengths {
    fn of(file: &[u8]) -> Option<Self> {
        let (record, rest) = file.split_first_chunk()?;
        let (beside, _) = rest.split_first_chunk()?;
        Some(Self { record: u64::from_le_bytes(*record), beside: u64::from_le_bytes(*beside) })
    }

    fn to_bytes(&self) -> [u8; HEAD] {
        let mut bytes = [0; HEAD];
        let (record, beside) = bytes.split_at_mut(HEAD / 2);
        record.copy_from_slice(&self.record.to_le_bytes());
        beside.copy_from_slice(&self.beside.to_le_bytes());
        bytes
    }

    /// Where the record and its seal end.
    fn end_of_record(&self) -> Option<usize> {
        usize::try_from(self.record).ok()?.checked_add(HEAD + SEAL)
    }

    /// How long the file is: nothing beside the record has no seal.
    fn file(&self) -> Option<usize> {
        let end = self.end_of_record()?;
        if self.beside == 0 { Some(end) } else { end.checked_add(usize::try_from(self.beside).ok()?)?.checked_add(SEAL) }
    }
}

/// A seal is the hash of the hashes of pieces, which takes an eighth of the time of one hash over all.
fn seal(before: &[u8], bytes: &[u8]) -> Hash {
    let pieces: Vec<&[u8]> = std::iter::once(before).chain(bytes.chunks(PIECE)).collect();
    let hashes: Vec<u8> = Hash::of_many(&pieces).iter().flat_map(|hash| *hash.bytes()).collect();
    Hash::of(&hashes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawer() -> (tempfile::TempDir, Drawer) {
        let site = tempfile::tempdir().unwrap();
        let drawer = Drawer::of(site.path(), "a/b");
        assert_eq!(drawer.read("x"), None);
        assert!(drawer.write("x", (b"one", b"")) && drawer.write("ก", (b"", b"much")));
        // A new run sees that the drawer is there now.
        let drawer = Drawer::of(site.path(), "a/b");
        (site, drawer)
    }

    fn names(folder: &Path) -> BTreeSet<String> {
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
    }

    #[test]
    fn what_was_written_is_read_and_nothing_else_is_left() {
        let (site, drawer) = drawer();
        assert_eq!((drawer.read("x").unwrap(), drawer.read("ก").unwrap()), (b"one".to_vec(), Vec::new()));
        assert_eq!((drawer.read_beside("x").unwrap(), drawer.read_beside("ก").unwrap()), (Vec::new(), b"much".to_vec()));
        assert!(drawer.write("x", (b"two", b"")));
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
        for record in [&b"one"[..], &[7; AT_ONCE - 3], &[7; 3 * AT_ONCE]] {
            assert!(drawer.write("x", (record, b"beside")));
            let whole = fs::read(&path).unwrap();
            let read = |bytes: &[u8]| {
                fs::write(&path, bytes).unwrap();
                (drawer.read("x"), drawer.read_beside("x"))
            };
            assert_eq!(read(&whole), (Some(record.to_vec()), Some(b"beside".to_vec())));
            let step = whole.len().div_ceil(500);
            let last = whole.len().saturating_sub(120)..whole.len();
            for cut in (0..whole.len()).step_by(step).chain(last.clone()) {
                assert_eq!(read(&whole[..cut]), (None, None), "{cut}");
            }
            for at in (0..whole.len()).step_by(step).chain(last) {
                let mut other = whole.clone();
                other[at] ^= 1;
                let (first, beside) = read(&other);
                // What is beside the record says nothing of it.
                let is_record = at < whole.len() - SEAL - b"beside".len();
                assert_eq!((first.is_some(), beside), (!is_record, None), "{at}");
            }
            assert_eq!(read(&[whole.clone(), whole.clone()].concat()), (None, None));
        }
        File::create(&path).unwrap().set_len(LARGEST_FILE as u64 + 1).unwrap();
        assert_eq!((drawer.read("x"), drawer.read_beside("x")), (None, None));
    }

    #[test]
    fn names_that_lead_elsewhere_are_none() {
        let (_site, drawer) = drawer();
        for name in ["", ".", "..", "../x", "a/x", "a\\x", "c:x", ".new-1", &"ก".repeat(90)] {
            assert!(!drawer.write(name, (b"x", b"")) && drawer.read(name).is_none(), "{name}");
        }
    }

    #[test]
    fn a_folder_in_the_place_of_a_record_or_a_file_in_that_of_the_drawer_is_left() {
        let (site, drawer) = drawer();
        let path = site.path().join(".prongsai/a/b/x");
        fs::remove_file(&path).unwrap();
        fs::create_dir(&path).unwrap();
        assert!(drawer.read("x").is_none() && !drawer.write("x", (b"x", b"")) && path.is_dir());
        drawer.keep_only(&BTreeSet::new());
        assert!(path.is_dir());
        fs::remove_dir_all(site.path().join(".prongsai")).unwrap();
        fs::write(site.path().join(".prongsai"), "mine").unwrap();
        assert!(drawer.read("x").is_none() && !drawer.write("x", (b"x", b"")));
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
        assert!(drawer.write("x", (b"new", b"")) && drawer.read("y").unwrap() == b"one", "the link itself is replaced");
        fs::remove_file(folder.join("x")).unwrap();
        let socket = std::os::unix::net::UnixListener::bind(folder.join("x")).unwrap();
        assert_eq!(drawer.read("x"), None);
        drop(socket);
        let other = tempfile::tempdir().unwrap();
        fs::rename(&folder, other.path().join("real")).unwrap();
        symlink(other.path().join("real"), &folder).unwrap();
        let drawer = Drawer::of(site.path(), "a/b");
        assert!(drawer.read("y").is_none() && !drawer.write("z", (b"z", b"")));
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
        let written = drawer.write("x", (b"two", b""));
        let read = drawer.read("x");
        set(0o755);
        // Rights do not bind the superuser.
        assert_eq!(read.unwrap(), if written { b"two" } else { b"one" });
    }
}
