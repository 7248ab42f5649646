//! What was found out about attachments in earlier runs, in `.prongsai/` beside `content/`. Owns what is in that record, and how large it
//! becomes. Keyed by what a file holds, never by its name or time, so that it may be deleted at any time and changes no result. Refuses to
//! be needed: where it can't be read or written, the work is done again.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};

use serde::{Deserialize, Serialize};

use super::records::Drawer;
use crate::base::hash::Hash;
use crate::source::attachment::{Facts, RULES};

const RECORD: &str = "attachments";

/// The largest memo that is written: that of a hundred thousand attachments.
const LARGEST: usize = 32 * 1024 * 1024;

/// What attachments are remembered by: their content, and the extension by which it was judged.
type Key = (Hash, String);

/// The memo of a site.
#[derive(Debug)]
pub struct Memo {
    drawer: Drawer,
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
        Self { drawer: Drawer::of(site, ""), state: OnceLock::new() }
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
            self.drawer.write(RECORD, (written(&state).as_bytes(), b""));
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        let read = || Mutex::new(State { known: self.read().unwrap_or_default(), ..State::default() });
        self.state.get_or_init(read).lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn read(&self) -> Option<BTreeMap<Key, Facts>> {
        parse(&String::from_utf8(self.drawer.read(RECORD)?).ok()?)
    }
}

/// The first line: another program's facts are not taken.
fn head() -> String {
    format!("prongsai {} attachments {RULES}\n", env!("CARGO_PKG_VERSION"))
}

/// The text of the record: its head, and a line for each attachment.
fn written(state: &State) -> String {
    let mut text = head();
    let used = state.used.iter().filter_map(|key| Some((key, state.known.get(key)?)));
    let others = state.known.iter().filter(|(key, _)| !state.used.contains(*key));
    for ((hash, extension), facts) in used.chain(others) {
        let line = Line { hash: hash.to_string(), extension: extension.clone(), facts: facts.clone() };
        let Ok(line) = serde_json::to_string(&line) else { continue };
        if text.len() + line.len() + 1 > LARGEST {
            break;
        }
        text.push_str(&line);
        text.push('\n');
    }
    text
}

/// Reads the record; one with a line that is none is none.
fn parse(text: &str) -> Option<BTreeMap<Key, Facts>> {
    let line = |line: &str| {
        let Line { hash, extension, facts } = serde_json::from_str(line).ok()?;
        facts.is_sound().then_some(((Hash::parse(&hash)?, extension), facts))
    };
    text.strip_prefix(&head())?.lines().map(line).collect()
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::source::attachment::{At, Number, Trouble};

    const FOLDER: &str = ".prongsai";

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
        assert_eq!(names, [RECORD, ".gitignore"].map(Into::into).into(), "nothing else is left");
    }

    #[test]
    fn a_memo_that_is_not_whole_is_none() {
        let site = remembered();
        let path = site.path().join(FOLDER).join(RECORD);
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
        let drawer = Drawer::of(site.path(), "");
        let written = String::from_utf8(drawer.read(RECORD).unwrap()).unwrap();
        let forged = written.replace("1-xxxx-xxxxx-xx-1", "1-2345-67890-12-1");
        assert!(forged != written && drawer.write(RECORD, (forged.as_bytes(), b"")));
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
