//! What a part of the site folder looks like from outside: names, sizes and times of all that lies in it, in one hash. Owns the look that
//! tells whether files have to be read again. Refuses to read any, and to say that nothing changed where the clock of the file system is
//! too coarse to tell.

use std::fs::{self, Metadata};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use super::system;
use crate::base::hash::Hash;
use crate::source::layout::is_junk;

/// A file that changed so shortly before the look may change again without another time.
const FINE: Duration = Duration::from_millis(40);
/// The same on a file system whose times are whole seconds, or two.
const COARSE: Duration = Duration::from_millis(2_500);

/// How deep folders may lie where a link that leads to itself can't be told.
const DEEPEST: usize = 32;

/// The path without links; the path itself where it leads nowhere.
pub fn real(path: &Path) -> PathBuf {
    fs::canonicalize(path).unwrap_or_else(|_| path.to_owned())
}

/// What some folders and files look like.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Look {
    /// Of all names, sizes and times.
    pub hash: Hash,
    /// Did something change so lately that another change might look the same?
    pub is_unsettled: bool,
    /// What links among them lead to in the site.
    pub links: Vec<PathBuf>,
}

/// Looks at what lies at these paths of a site folder, whose own path has no links, and below them; `skips` says of a path which of it belongs to somebody else. What a
/// link leads to outside of the site is not looked at, as it is no part of the site: it may be the whole machine.
pub fn look(site: &Path, paths: &[PathBuf], skips: &dyn Fn(&Path) -> bool) -> Look {
    let mut surveyor = Surveyor { site, text: Vec::new(), newest: SystemTime::UNIX_EPOCH, is_coarse: true, links: Vec::new(), skips };
    for path in paths {
        surveyor.meet(path, &mut Vec::new());
    }
    // A time in the future tells nothing about now.
    let age = SystemTime::now().duration_since(surveyor.newest).unwrap_or(Duration::ZERO);
    let is_unsettled = age < if surveyor.is_coarse { COARSE } else { FINE };
    Look { hash: Hash::of(&surveyor.text), is_unsettled, links: surveyor.links }
}

struct Surveyor<'a> {
    /// Without links.
    site: &'a Path,
    text: Vec<u8>,
    newest: SystemTime,
    /// Are all times whole seconds?
    is_coarse: bool,
    links: Vec<PathBuf>,
    skips: &'a dyn Fn(&Path) -> bool,
}

impl Surveyor<'_> {
    /// `above` are the folders that the path lies in, by what the system calls them.
    fn meet(&mut self, path: &Path, above: &mut Vec<Option<system::Identity>>) {
        let Ok(plain) = fs::symlink_metadata(path) else {
            self.note(path, "nothing");
            return;
        };
        let mut there = plain;
        if there.is_symlink() {
            self.note(path, &format!("link {:?}", fs::read_link(path).ok()));
            if let Ok(target) = fs::canonicalize(path) {
                if !target.starts_with(self.site) {
                    return;
                }
                self.links.push(target);
            }
            match fs::metadata(path) {
                Ok(behind) => there = behind,
                Err(error) => {
                    self.note(path, &format!("{:?}", error.kind()));
                    return;
                }
            }
        }
        self.note_file(path, &there);
        let identity = system::identity(&there);
        let is_loop = if identity.is_some() { above.contains(&identity) } else { above.len() >= DEEPEST };
        if there.is_dir() && !is_loop {
            above.push(identity);
            self.enter(path, above);
            above.pop();
        }
    }

    fn enter(&mut self, folder: &Path, above: &mut Vec<Option<system::Identity>>) {
        let entries = match fs::read_dir(folder) {
            Ok(entries) => entries,
            Err(error) => {
                self.note(folder, &format!("{:?}", error.kind()));
                return;
            }
        };
        let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
        paths.sort_unstable();
        for path in paths {
            let is_junk = path.file_name().is_some_and(|name| is_junk(&name.to_string_lossy()));
            if !is_junk && !(self.skips)(&path) {
                self.meet(&path, above);
            }
        }
    }

    fn note_file(&mut self, path: &Path, there: &Metadata) {
        let times = [there.modified().ok(), system::changed(there)];
        for time in times.into_iter().flatten() {
            self.newest = self.newest.max(time);
            let since = time.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
            self.is_coarse &= since.subsec_nanos() == 0;
        }
        // What is in a folder is met itself; its own time changes with every leftover of an editor.
        if there.is_dir() {
            self.note(path, "folder");
        } else {
            self.note(path, &format!("{:?} {} {times:?}", system::identity(there), there.len()));
        }
    }

    fn note(&mut self, path: &Path, what: &str) {
        self.text.extend_from_slice(path.as_os_str().as_encoded_bytes());
        self.text.push(0);
        self.text.extend_from_slice(what.as_bytes());
        self.text.push(b'\n');
    }
}
