//! What was found out about attachments in earlier runs, in `.prongsai/` beside `content/`. Owns that file: read whole or not at all,
//! written in one step, bounded. Keyed by what a file holds, never by its name or time, so that it may be deleted at any time and
//! changes no result. Refuses to be needed: where it can't be read or written, the work is done again.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};

use serde::{Deserialize, Serialize};

use crate::base::hash::Hash;
use crate::source::attachment::{Facts, RULES};

/// The folder, below the site's.
const FOLDER: &str = ".prongsai";

const FILE: &str = "attachments";

/// The largest memo that is read or written: that of a hundred thousand attachments.
const LARGEST: usize = 32 * 1024 * 1024;

/// What attachments are remembered by: their content, and the extension by which it was judged.
type Key = (Hash, String);

/// The memo of a site.
#[derive(Debug)]
pub struct Memo {
    folder: PathBuf,
    state: OnceLock<Mutex<State>>,
}

#[derive(Debug, Default)]
struct State {
    known: BTreeMap<Key, Facts>,
    /// What this run asked for; it is kept first where there is no room for all.
    used: BTreeSet<Key>,
    has_news: bool,
}

/// An attachment as it is written down: one a line.
#[derive(Serialize, Deserialize)]
struct Line {
    hash: String,
    extension: String,
    facts: Facts,
}

impl Memo {
    /// The memo of the site in this folder; nothing is read yet.
    pub fn of(site: &Path) -> Self {
        Self { folder: site.join(FOLDER), state: OnceLock::new() }
    }

    /// What is remembered of an attachment.
    pub fn recall(&self, hash: Hash, extension: &str) -> Option<Facts> {
        let mut state = self.state();
        let key = (hash, extension.to_owned());
        let facts = state.known.get(&key).cloned()?;
        state.used.insert(key);
        Some(facts)
    }

    /// Remembers what was found out.
    pub fn keep(&self, hash: Hash, extension: &str, facts: &Facts) {
        let mut state = self.state();
        let key = (hash, extension.to_owned());
        state.used.insert(key.clone());
        state.known.insert(key, facts.clone());
        state.has_news = true;
    }

    /// Writes down what is new. Where that fails, the next run does the work again, and nobody is told.
    pub fn save(&self) {
        let Some(state) = self.state.get() else { return };
        let state = state.lock().unwrap_or_else(PoisonError::into_inner);
        if state.has_news {
            let _ = self.write(&written(&state));
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        let read = || Mutex::new(State { known: self.read().unwrap_or_default(), ..State::default() });
        self.state.get_or_init(read).lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Is the folder there, and no link to another?
    fn is_folder(&self) -> bool {
        fs::symlink_metadata(&self.folder).is_ok_and(|there| there.is_dir())
    }

    fn read(&self) -> Option<BTreeMap<Key, Facts>> {
        if !self.is_folder() {
            return None;
        }
        let path = self.folder.join(FILE);
        // Opening a pipe would wait for ever.
        if !fs::symlink_metadata(&path).ok()?.is_file() {
            return None;
        }
        let mut text = String::new();
        let read = File::open(path).ok()?.take(LARGEST as u64 + 1).read_to_string(&mut text).ok()?;
        if read > LARGEST { None } else { parse(&text) }
    }

    fn write(&self, text: &str) -> io::Result<()> {
        if !self.is_folder() {
            fs::create_dir(&self.folder)?;
            fs::write(self.folder.join(".gitignore"), "*\n")?;
        }
        let new = self.folder.join(format!("{FILE}.new"));
        // One that a process left when it was killed. Where another process is at it just now, one of the two writes nothing of use, which
        // the hash at its end tells.
        let _ = fs::remove_file(&new);
        let mut file = OpenOptions::new().write(true).create_new(true).open(&new)?;
        let done = file.write_all(text.as_bytes()).and_then(|()| fs::rename(&new, self.folder.join(FILE)));
        if done.is_err() {
            let _ = fs::remove_file(&new);
        }
        done
    }
}

/// The first line: another program's facts are not taken.
fn head() -> String {
    format!("prongsai {} attachments {RULES}\n", env!("CARGO_PKG_VERSION"))
}

/// The text of the file: its head, a line for each attachment, and the hash of all that.
fn written(state: &State) -> String {
    let mut text = head();
    let used = state.used.iter().filter_map(|key| Some((key, state.known.get(key)?)));
    let others = state.known.iter().filter(|(key, _)| !state.used.contains(*key));
    for ((hash, extension), facts) in used.chain(others) {
        let line = Line { hash: hash.to_string(), extension: extension.clone(), facts: facts.clone() };
        let Ok(line) = serde_json::to_string(&line) else { continue };
        if text.len() + line.len() + 100 > LARGEST {
            break;
        }
        text.push_str(&line);
        text.push('\n');
    }
    let hash = Hash::of(text.as_bytes());
    text.push_str(&format!("{hash}\n"));
    text
}

/// Reads the file; one that is not whole is none.
fn parse(text: &str) -> Option<BTreeMap<Key, Facts>> {
    let lines = text.strip_suffix('\n')?;
    let (body, hash) = lines.split_at(lines.rfind('\n')? + 1);
    if Hash::parse(hash)? != Hash::of(body.as_bytes()) {
        return None;
    }
    let line = |line: &str| {
        let Line { hash, extension, facts } = serde_json::from_str(line).ok()?;
        facts.is_sound().then_some(((Hash::parse(&hash)?, extension), facts))
    };
    body.strip_prefix(&head())?.lines().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::attachment::{At, Number, Trouble};

    fn facts() -> Facts {
        let number = Number { masked: "1-xxxx-xxxxx-xx-1".to_owned(), at: At::Cell("รายชื่อ!B2".to_owned()) };
        Facts { trouble: Some(Trouble::Bomb), numbers: vec![number], further: 3, picture: Some((4, 3)) }
    }

    /// A site folder in which one attachment is remembered.
    fn remembered() -> tempfile::TempDir {
        let site = tempfile::tempdir().unwrap();
        let memo = Memo::of(site.path());
        assert_eq!(memo.recall(Hash::of(b"a"), "xlsx"), None);
        memo.save();
        assert!(!site.path().join(FOLDER).exists(), "nothing is written where there is nothing new");
        memo.keep(Hash::of(b"a"), "xlsx", &facts());
        memo.save();
        site
    }

    #[test]
    fn what_was_kept_is_recalled_by_content_and_extension() {
        let site = remembered();
        let memo = Memo::of(site.path());
        assert_eq!(memo.recall(Hash::of(b"a"), "xlsx"), Some(facts()));
        assert_eq!(memo.recall(Hash::of(b"a"), "docx"), None);
        assert_eq!(memo.recall(Hash::of(b"b"), "xlsx"), None);
        let names: BTreeSet<_> = fs::read_dir(site.path().join(FOLDER)).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        assert_eq!(names, [FILE, ".gitignore"].map(Into::into).into(), "nothing else is left");
    }

    #[test]
    fn a_memo_that_is_not_whole_is_none() {
        let site = remembered();
        let path = site.path().join(FOLDER).join(FILE);
        let whole = fs::read(&path).unwrap();
        let is_taken = |bytes: &[u8]| {
            fs::write(&path, bytes).unwrap();
            Memo::of(site.path()).recall(Hash::of(b"a"), "xlsx").is_some()
        };
        assert!(is_taken(&whole));
        for cut in 0..whole.len() {
            assert!(!is_taken(&whole[..cut]), "{cut}");
        }
        for at in 0..whole.len() {
            let mut other = whole.clone();
            other[at] ^= 1;
            assert!(!is_taken(&other), "{at}");
        }
        assert!(!is_taken(b"") && !is_taken(b"\n") && !is_taken(b"\xff\n") && !is_taken(&[b'\n'; 1000]));
    }

    #[test]
    fn facts_that_no_run_finds_are_not_taken() {
        let site = remembered();
        let path = site.path().join(FOLDER).join(FILE);
        let whole = fs::read_to_string(&path).unwrap();
        let body = whole.trim_end().rsplit_once('\n').unwrap().0;
        let forged = format!("{}\n", body.replace("1-xxxx-xxxxx-xx-1", "1-2345-67890-12-1"));
        fs::write(&path, format!("{forged}{}\n", Hash::of(forged.as_bytes()))).unwrap();
        assert_eq!(Memo::of(site.path()).recall(Hash::of(b"a"), "xlsx"), None);
    }

    #[cfg(unix)]
    #[test]
    fn links_are_not_followed() {
        use std::os::unix::fs::symlink;
        let site = remembered();
        let other = tempfile::tempdir().unwrap();
        fs::rename(site.path().join(FOLDER), other.path().join("real")).unwrap();
        symlink(other.path().join("real"), site.path().join(FOLDER)).unwrap();
        let memo = Memo::of(site.path());
        assert_eq!(memo.recall(Hash::of(b"a"), "xlsx"), None);
        memo.keep(Hash::of(b"b"), "pdf", &facts());
        memo.save();
        assert_eq!(fs::read_dir(other.path().join("real")).unwrap().count(), 2, "nothing is written through it");
    }
}
