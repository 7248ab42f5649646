//! What builds that were killed had staged of this output. Owns that a folder of it is taken over only where it holds exactly the files
//! that it is to hold, and that the rest is removed when the next build ends. Refuses to believe times and sizes: each file is read.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use super::act;
use super::compare::has_hash;
use super::journal::TREE;
use crate::base::hash::Hash;

/// How many staging folders of dead processes are kept until this build ends: what one took over from another lies in the later one.
const MOST: usize = 2;

/// Staging folders that nobody needs but this build. Dropped, it removes them.
#[derive(Debug, Default)]
pub struct Found(Vec<PathBuf>);

/// The files that a folder is to hold, by path from it.
pub type Exact<'a> = BTreeMap<&'a str, (u64, Hash)>;

impl Found {
    /// Takes these folders, of which only the newest are kept.
    pub fn new(mut folders: Vec<PathBuf>) -> Self {
        let age = |folder: &PathBuf| fs::symlink_metadata(folder).and_then(|there| there.modified()).ok();
        folders.sort_by_key(|folder| std::cmp::Reverse(age(folder)));
        let rest = folders.split_off(MOST.min(folders.len()));
        drop(Self(rest));
        Self(folders)
    }

    /// Where a part of the output was staged.
    pub fn of(&self, part: &str) -> Vec<PathBuf> {
        let places = self.0.iter().map(|folder| folder.join(TREE).join(part));
        places.filter(|place| fs::symlink_metadata(place).is_ok_and(|there| there.is_dir())).collect()
    }

    /// Removes a part of the output that is staged anew.
    pub fn forget(&self, part: &str) {
        for place in self.of(part) {
            let _ = act::remove_dir_all(&place);
        }
    }
}

impl Drop for Found {
    fn drop(&mut self) {
        for folder in &self.0 {
            let _ = act::remove_dir_all(folder);
        }
    }
}

/// Could a part of the output be taken over from this staging folder?
pub fn is_staging(folder: &Path) -> bool {
    [folder.to_owned(), folder.join(TREE)].iter().all(|folder| fs::symlink_metadata(folder).is_ok_and(|there| there.is_dir()))
}

/// Does a folder hold exactly these files, byte for byte, and nothing else?
pub fn holds_exactly(folder: &Path, files: &Exact<'_>) -> bool {
    let mut left = files.len();
    holds_only(folder, "", (files, &mut left)) && left == 0
}

fn holds_only(folder: &Path, below: &str, (files, left): (&Exact<'_>, &mut usize)) -> bool {
    let Ok(entries) = fs::read_dir(folder) else { return false };
    let mut is_empty = true;
    for entry in entries {
        is_empty = false;
        let Ok(entry) = entry else { return false };
        let (Ok(kind), Some(name)) = (entry.file_type(), entry.file_name().to_str().map(str::to_owned)) else { return false };
        let path = if below.is_empty() { name } else { format!("{below}/{name}") };
        let is_right = if kind.is_dir() {
            holds_only(&entry.path(), &path, (files, left))
        } else {
            *left = left.saturating_sub(1);
            kind.is_file() && files.get(path.as_str()).is_some_and(|told| has_hash(&entry.path(), *told))
        };
        if !is_right {
            return false;
        }
    }
    !is_empty
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_holds_exactly_what_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let put = |path: &str, text: &str| {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        };
        let told = |text: &str| (text.len() as u64, Hash::of(text.as_bytes()));
        let files: Exact<'_> = [("a", told("1")), ("b/c", told("22"))].into();
        let is_right = || holds_exactly(folder.path(), &files);
        put("a", "1");
        assert!(!is_right());
        put("b/c", "22");
        assert!(is_right());
        put("b/c", "23");
        assert!(!is_right());
        put("b/c", "22");
        put("b/d", "");
        assert!(!is_right());
        fs::remove_file(folder.path().join("b/d")).unwrap();
        fs::create_dir(folder.path().join("b/e")).unwrap();
        assert!(!is_right(), "an empty folder would be published too");
        fs::remove_dir(folder.path().join("b/e")).unwrap();
        assert!(is_right());
    }

    #[test]
    fn only_the_newest_are_kept_and_all_are_gone_in_the_end() {
        let folder = tempfile::tempdir().unwrap();
        let of = |name: &str| folder.path().join(name);
        for name in ["1", "2", "3"] {
            fs::create_dir_all(of(name).join(TREE).join("a")).unwrap();
            std::thread::sleep(std::time::Duration::from_millis(15));
        }
        assert!(is_staging(&of("1")) && !is_staging(folder.path()));
        let found = Found::new(["1", "2", "3"].map(of).into());
        assert!(!of("1").exists() && found.of("a").len() == 2 && found.of("b").is_empty());
        found.forget("a");
        assert!(found.of("a").is_empty());
        drop(found);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    }
}
