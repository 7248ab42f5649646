//! Looking at many files: each folder on the way is asked about once, or not at all where the folder that it lies in is as it was. Owns how
//! the looks of files are written down, and when they say that nothing changed. Refuses to follow a link, and to look into a file.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::stamps::{Moment, Stamp};
use super::system::Folder;

/// How files and folders looked, in the order in which they are looked at: a folder, whose path has a closing slash, before what lies in it.
///
/// As bytes: the moment of the look, then for each how much of its path is that of the one before, the rest of it, and its stamp.
#[derive(Clone, Debug)]
pub struct Looks {
    bytes: Vec<u8>,
    last: String,
}

/// How long the moment is.
const HEAD: usize = 8;

impl Looks {
    /// Looks of this moment: files that changed till shortly before it are not believed later.
    pub fn at(Moment(moment): Moment) -> Self {
        Self { bytes: moment.to_le_bytes().to_vec(), last: String::new() }
    }

    /// Adds how a file or a folder looks. Gives back false, and adds nothing, for a path that is too long.
    #[must_use]
    pub fn put(&mut self, path: &str, stamp: Stamp) -> bool {
        let alike = path.char_indices().zip(self.last.char_indices()).take_while(|(a, b)| a == b);
        let shared = alike.last().map_or(0, |((at, c), _)| at + c.len_utf8());
        let (Ok(start), Ok(rest)) = (u16::try_from(shared), u16::try_from(path.len() - shared)) else { return false };
        self.bytes.extend(start.to_le_bytes());
        self.bytes.extend(rest.to_le_bytes());
        self.bytes.extend(&path.as_bytes()[shared..]);
        stamp.parts().iter().for_each(|part| self.bytes.extend(part.to_le_bytes()));
        path.clone_into(&mut self.last);
        true
    }

    /// Their bytes.
    pub fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }
}

/// Reads [`Looks`] of their bytes.
#[derive(Debug)]
pub struct Reader<'a> {
    /// When they were looked at.
    pub at: Moment,
    rest: &'a [u8],
    path: String,
}

impl<'a> Reader<'a> {
    /// Begins; `None` for what has not even a moment.
    pub fn of(bytes: &'a [u8]) -> Option<Self> {
        let (at, rest) = bytes.split_first_chunk::<HEAD>()?;
        Some(Self { at: Moment(u64::from_le_bytes(*at)), rest, path: String::new() })
    }

    /// The next path and how it looked; `None` at the end, and where the bytes are none of [`Looks`].
    pub fn next_look(&mut self) -> Option<(&str, Stamp)> {
        let shared = usize::from(u16::from_le_bytes(*self.take()?));
        let length = usize::from(u16::from_le_bytes(*self.take()?));
        let (path, rest) = self.rest.split_at_checked(length)?;
        if !self.path.is_char_boundary(shared) {
            return None;
        }
        self.path.truncate(shared);
        self.path.push_str(std::str::from_utf8(path).ok()?);
        self.rest = rest;
        let mut parts = [0; 5];
        for part in &mut parts {
            *part = u64::from_le_bytes(*self.take()?);
        }
        Some((&self.path, Stamp::of_parts(parts)))
    }

    /// Was all read, and right?
    pub fn is_done(&self) -> bool {
        self.rest.is_empty()
    }

    fn take<const N: usize>(&mut self) -> Option<&'a [u8; N]> {
        let (taken, rest) = self.rest.split_first_chunk::<N>()?;
        self.rest = rest;
        Some(taken)
    }
}

/// Looks at files below a folder one after the other, in the order of their paths, so that each folder above them is asked about once.
#[derive(Debug)]
pub struct Looker {
    root: Folder,
    /// The folder of the last file, with a closing slash: no part of it is a link.
    folder: String,
    /// Folders that were entered: none of them is a link.
    entered: BTreeSet<String>,
    /// Those of them that are as they were, so that a folder in them is still a folder.
    quiet: BTreeSet<String>,
    /// The one of them that was last of use.
    outer: String,
}

impl Looker {
    /// Looks at files below this folder.
    pub fn at(root: &Path) -> Self {
        Self { root: Folder::at(root), folder: String::new(), entered: BTreeSet::new(), quiet: BTreeSet::new(), outer: String::new() }
    }

    /// How the file at a path looks; `None` where there is none, or a link on the way to it.
    pub fn look(&mut self, path: &str) -> Option<Stamp> {
        if !self.is_plain(path.rfind('/').map_or("", |end| &path[..=end])) {
            return None;
        }
        Stamp::of(&self.root.look(path).filter(|there| there.is_file)?)
    }

    /// How the folder at a path, which has a closing slash, looks; `None` where there is none, or a link on the way to it. `is_quiet` says
    /// whether it is sure to be as it was when all folders in it were folders, by how it looks.
    pub fn enter(&mut self, path: &str, is_quiet: impl FnOnce(Stamp) -> bool) -> Option<Stamp> {
        let name = path.strip_suffix('/')?;
        if !self.is_plain(name.rfind('/').map_or("", |end| &name[..=end])) {
            return None;
        }
        let stamp = Stamp::of(&self.root.look(name).filter(|there| there.is_folder)?)?;
        self.entered.insert(path.to_owned());
        if is_quiet(stamp) {
            self.quiet.insert(path.to_owned());
        }
        Some(stamp)
    }

    /// Where the file at a path lies.
    pub fn place(&self, path: &str) -> PathBuf {
        self.root.path().join(path)
    }

    /// Is a folder, and each that it lies in, no link?
    fn is_plain(&mut self, folder: &str) -> bool {
        if folder == self.folder {
            return true;
        }
        // Folders that are quiet were entered, so that nothing above them is a link.
        let outer = folder.strip_suffix('/').and_then(|name| name.rfind('/')).map_or("", |slash| &folder[..=slash]);
        if !outer.is_empty() && (outer == self.outer || self.quiet.contains(outer)) {
            outer.clone_into(&mut self.outer);
            folder.clone_into(&mut self.folder);
            return true;
        }
        let alike = folder.bytes().zip(self.folder.bytes()).take_while(|(a, b)| a == b).count();
        let known = folder.as_bytes()[..alike].iter().rposition(|byte| *byte == b'/').map_or(0, |slash| slash + 1);
        for (end, _) in folder.match_indices('/').filter(|(end, _)| *end >= known) {
            if !self.entered.contains(&folder[..=end]) && !self.root.look(&folder[..end]).is_some_and(|there| there.is_folder) {
                self.folder.clear();
                return false;
            }
        }
        folder.clone_into(&mut self.folder);
        true
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use proptest::prelude::*;

    use super::*;

    fn read(bytes: &[u8]) -> Option<(Moment, Vec<(String, Stamp)>)> {
        let mut reader = Reader::of(bytes)?;
        let mut all = Vec::new();
        while let Some((path, stamp)) = reader.next_look() {
            all.push((path.to_owned(), stamp));
        }
        reader.is_done().then_some((reader.at, all))
    }

    proptest! {
        #[test]
        fn looks_read_back_and_any_bytes_are_read_without_a_panic(
            looks in prop::collection::vec(("[a-cกข/]{0,6}", any::<[u64; 5]>()), 0..9), at: u64, cut: prop::sample::Index, byte: u8
        ) {
            let mut written = Looks::at(Moment(at));
            let looks: Vec<(String, Stamp)> = looks.into_iter().map(|(path, parts)| (path, Stamp::of_parts(parts))).collect();
            for (path, stamp) in &looks {
                prop_assert!(written.put(path, *stamp));
            }
            let mut bytes = written.into_bytes();
            prop_assert_eq!(read(&bytes), Some((Moment(at), looks)));
            let cut = cut.index(bytes.len());
            bytes[cut] = byte;
            let _ = read(&bytes);
            let _ = read(&bytes[..cut]);
        }
    }

    #[test]
    fn a_path_that_is_too_long_is_not_put() {
        let mut looks = Looks::at(Moment(1));
        assert!(!looks.put(&"a".repeat(70_000), Stamp::of_parts([0; 5])) && looks.put("a", Stamp::of_parts([1; 5])));
        assert_eq!(read(&looks.into_bytes()).unwrap().1, [("a".to_owned(), Stamp::of_parts([1; 5]))]);
    }

    #[cfg(unix)]
    #[test]
    fn no_link_is_followed_unless_its_folder_is_known_to_be_as_it_was() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        fs::create_dir_all(root.join("a/b/c")).unwrap();
        fs::write(root.join("a/b/c/1"), "").unwrap();
        fs::write(root.join("a/b/2"), "").unwrap();
        fs::rename(root.join("a/b/c"), root.join("c")).unwrap();
        std::os::unix::fs::symlink("../../c", root.join("a/b/c")).unwrap();
        std::os::unix::fs::symlink("2", root.join("a/b/3")).unwrap();
        let mut looker = Looker::at(root);
        assert!(looker.look("a/b/2").is_some());
        for path in ["a/b/c/1", "a/b/3", "a/b/c", "a/b", "a/x", "x/y", "a/b/2/x"] {
            assert!(looker.look(path).is_none(), "{path}");
        }
        assert!(looker.enter("a/b/c/", |_| true).is_none() && looker.enter("a/b/2/", |_| true).is_none());
        assert!(looker.enter("a/b/", |_| false).is_some() && looker.look("a/b/c/1").is_none());
        assert!(Looker::at(&root.join("x")).look("1").is_none() && Looker::at(root).look("c/1").is_some());
    }
}
