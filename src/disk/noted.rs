//! How the sources of an agency looked when they were read, so that they need not be read where they look so still. Owns what has to be
//! known of them for that: each folder with its names, each file, and as whom they were read. Refuses to note what looks do not prove: links
//! and other oddities, and files of a file system whose clock may not be this machine's alone.

use std::fs;
use std::path::Path;
use std::sync::OnceLock;

use super::looks::{Looker, Looks, Reader};
use super::stamps::{Moment, Stamp};
use super::system;
use crate::base::personal;
use crate::source::files::{Content, Files};
use crate::source::layout::is_junk;

/// How deep folders may lie in each other that are noted.
const DEEPEST: usize = 16;

/// The clock of the sources, as it stood before any of them was read.
#[derive(Debug, Default)]
pub struct Clock {
    began: OnceLock<Option<Began>>,
    /// As whom files are read.
    reader: OnceLock<String>,
}

#[derive(Clone, Debug)]
struct Began {
    at: Moment,
    /// The device that the clock is true of.
    device: u64,
}

impl Clock {
    /// Asks the clock, where it was not asked before: what is read later is read after that.
    pub fn begin(&self, content: &Path) {
        self.began(content);
    }

    fn began(&self, content: &Path) -> Option<&Began> {
        let ask = || {
            let (now, device) = system::own_now(content)?;
            Some(Began { at: Moment::of(now)?, device })
        };
        self.began.get_or_init(ask).as_ref()
    }

    fn reader(&self) -> &str {
        self.reader.get_or_init(system::reader)
    }

    /// How all that lies in a folder of the site looks, which is just these files, read after the clock was asked. `None` where looks would
    /// not prove that they are the same later.
    pub fn note(&self, site: &Path, folder: &str, files: &Files) -> Option<Vec<u8>> {
        let began = self.began.get()?.as_ref()?;
        if !files.values().all(|content| matches!(content, Content::Text(_) | Content::Attachment { .. } | Content::Other)) {
            return None;
        }
        let mut walk = Walk { site, looker: Looker::at(site), looks: Looks::at(began.at), files, found: 0, device: began.device };
        walk.enter(&format!("{folder}/"), 0)?;
        if walk.found != files.len() {
            return None;
        }
        let mut note = u16::try_from(self.reader().len()).ok()?.to_le_bytes().to_vec();
        note.extend(self.reader().as_bytes());
        note.extend(walk.looks.into_bytes());
        Some(note)
    }

    /// Does all that was noted of this folder look so still, and is what was read then sure to be the same?
    pub fn is_as_noted(&self, site: &Path, folder: &str, note: &[u8]) -> bool {
        let read = || {
            let (length, rest) = note.split_first_chunk::<2>()?;
            let (reader, looks) = rest.split_at_checked(usize::from(u16::from_le_bytes(*length)))?;
            if reader != self.reader().as_bytes() {
                return None;
            }
            let mut looks = Reader::of(looks)?;
            let at = looks.at;
            let mut looker = Looker::at(site);
            let mut is_of_folder = false;
            while let Some((path, stamp)) = looks.next_look() {
                is_of_folder |= path == folder;
                let now = if path.ends_with('/') { looker.enter(path, |_| false) } else { looker.look(path) };
                if now != Some(stamp) || !stamp.is_believed(at) {
                    return None;
                }
            }
            (is_of_folder && looks.is_done()).then_some(())
        };
        read().is_some()
    }
}

struct Walk<'a> {
    site: &'a Path,
    looker: Looker,
    looks: Looks,
    files: &'a Files,
    /// How many of the files were met.
    found: usize,
    device: u64,
}

impl Walk<'_> {
    /// The path has a closing slash.
    fn enter(&mut self, folder: &str, depth: usize) -> Option<()> {
        let stamp = self.looker.enter(folder, |_| false).filter(|stamp| stamp.device() == self.device && depth < DEEPEST)?;
        self.put(folder, stamp)?;
        let (mut files, mut folders) = (Vec::new(), Vec::new());
        for entry in fs::read_dir(self.site.join(folder)).ok()? {
            let entry = entry.ok()?;
            let name = entry.file_name().into_string().ok()?;
            if is_junk(&name) {
                continue;
            }
            let kind = entry.file_type().ok()?;
            if kind.is_file() {
                files.push(format!("{folder}{name}"));
            } else if kind.is_dir() {
                folders.push(format!("{folder}{name}/"));
            } else {
                return None;
            }
        }
        for file in files {
            let stamp = self.looker.look(&file).filter(|stamp| stamp.device() == self.device)?;
            self.put(&file, stamp)?;
            self.found += usize::from(self.files.contains_key(file.as_str()));
        }
        folders.iter().try_for_each(|folder| self.enter(folder, depth + 1))
    }

    /// A name with a person's number is written nowhere.
    fn put(&mut self, path: &str, stamp: Stamp) -> Option<()> {
        (personal::masked(path) == path && self.looks.put(path, stamp)).then_some(())
    }
}
