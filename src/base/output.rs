//! What a build makes: an ordered map from paths to entries. Owns the map and its rule that one path has one maker.
//! Refuses to touch a disk: an attachment is named by its source, its size and its hash, and never held in memory.

use std::collections::BTreeMap;
use std::ops::Bound;
use std::sync::{Arc, OnceLock};

use rayon::prelude::*;

use super::hash::Hash;

/// What lies at a path of the published site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entry {
    /// Bytes that the program made. They are shared, since a preview keeps those that are the same in the next build.
    Bytes(Arc<Vec<u8>>),
    /// An authored file, published unchanged.
    Copy(Attachment),
}

impl Entry {
    /// Bytes that the program made.
    pub fn of(bytes: Vec<u8>) -> Self {
        Self::Bytes(Arc::new(bytes))
    }

    /// The bytes, where the program made them.
    fn bytes(&self) -> Option<&[u8]> {
        match self {
            Self::Bytes(bytes) => Some(bytes),
            Self::Copy(_) => None,
        }
    }

    /// The size in bytes.
    pub fn size(&self) -> u64 {
        match self {
            Self::Bytes(bytes) => bytes.len() as u64,
            Self::Copy(attachment) => attachment.size,
        }
    }

    /// The SHA-256 of the content.
    pub fn hash(&self) -> Hash {
        match self {
            Self::Bytes(bytes) => Hash::of(bytes),
            Self::Copy(attachment) => attachment.hash,
        }
    }
}

/// What is known of an authored file that is published unchanged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attachment {
    /// Its path, relative to the site folder.
    pub from: Arc<str>,
    /// Its size in bytes.
    pub size: u64,
    /// The SHA-256 of its content.
    pub hash: Hash,
}

/// The files of one unit, by path from the site's root. Each content is hashed once, when its hash is asked for.
#[derive(Clone, Debug, Default)]
pub struct Output {
    entries: BTreeMap<String, Stored>,
}

#[derive(Clone, Debug)]
struct Stored {
    entry: Entry,
    hash: OnceLock<Hash>,
}

impl PartialEq for Output {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

impl Eq for Output {}

impl Output {
    /// Puts an entry at `path`; gives back false, and changes nothing, where there is one already.
    #[must_use]
    pub fn put(&mut self, path: impl Into<String>, entry: Entry) -> bool {
        match self.entries.entry(path.into()) {
            std::collections::btree_map::Entry::Vacant(vacant) => {
                vacant.insert(Stored { entry, hash: OnceLock::new() });
                true
            }
            std::collections::btree_map::Entry::Occupied(_) => false,
        }
    }

    /// The entry at `path`.
    pub fn get(&self, path: &str) -> Option<&Entry> {
        self.entries.get(path).map(|stored| &stored.entry)
    }

    /// Is there a file below this folder, which has a closing slash?
    pub fn has_below(&self, folder: &str) -> bool {
        let from = self.entries.range::<str, _>((Bound::Included(folder), Bound::Unbounded)).next();
        from.is_some_and(|(path, _)| path.starts_with(folder))
    }

    /// All entries in the order of their paths.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Entry)> {
        self.entries.iter().map(|(path, stored)| (path.as_str(), &stored.entry))
    }

    /// The size and the SHA-256 of what lies at `path`.
    pub fn content(&self, path: &str) -> Option<(u64, Hash)> {
        let stored = self.entries.get(path)?;
        Some((stored.entry.size(), *stored.hash.get_or_init(|| stored.entry.hash())))
    }

    /// All entries in the order of their paths, with the SHA-256 of each. Many are hashed at once, which is faster than one after the other.
    pub fn hashed(&self) -> Vec<(&str, &Entry, Hash)> {
        hash(&self.waiting());
        self.entries.iter().map(|(path, Stored { entry, hash })| (path.as_str(), entry, *hash.get_or_init(|| entry.hash()))).collect()
    }

    /// Hashes what was not hashed yet on all cores that are free. Not for whoever holds a lock: a core that waits does other work meanwhile,
    /// which may ask for it.
    pub fn hash_on_all_cores(&self) {
        let waiting = self.waiting();
        let share = waiting.len().div_ceil(rayon::current_num_threads()).max(OF_A_CORE);
        waiting.par_chunks(share).for_each(hash);
    }

    /// What has bytes, and was not hashed yet.
    fn waiting(&self) -> Vec<(&Stored, &[u8])> {
        let waiting = self.entries.values().filter(|stored| stored.hash.get().is_none());
        waiting.filter_map(|stored| Some((stored, stored.entry.bytes()?))).collect()
    }

    /// How many files there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Is there no file?
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }
}

/// How many contents one core hashes at least: several times as many as it hashes side by side.
const OF_A_CORE: usize = 32;

fn hash(waiting: &[(&Stored, &[u8])]) {
    let contents: Vec<&[u8]> = waiting.iter().map(|(_, bytes)| *bytes).collect();
    for ((stored, _), hash) in waiting.iter().zip(Hash::of_many(&contents)) {
        let _ = stored.hash.set(hash);
    }
}

/// The files of a unit, handed over one by one in the order of their paths.
#[derive(Debug)]
pub struct Files(std::collections::btree_map::IntoIter<String, Stored>);

impl Iterator for Files {
    type Item = (String, Entry);

    fn next(&mut self) -> Option<Self::Item> {
        self.0.next().map(|(path, stored)| (path, stored.entry))
    }
}

impl IntoIterator for Output {
    type Item = (String, Entry);
    type IntoIter = Files;

    fn into_iter(self) -> Files {
        Files(self.entries.into_iter())
    }
}
