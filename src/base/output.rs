//! What a build makes: an ordered map from paths to entries. Owns the map and its rule that one path has one maker.
//! Refuses to touch a disk: an attachment is named by its source, its size and its hash, and never held in memory.

use std::collections::BTreeMap;
use std::ops::Bound;
use std::sync::Arc;

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

/// The files of one unit, by path from the site's root.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Output {
    entries: BTreeMap<String, Entry>,
}

impl Output {
    /// Puts an entry at `path`; gives back false, and changes nothing, where there is one already.
    #[must_use]
    pub fn put(&mut self, path: impl Into<String>, entry: Entry) -> bool {
        match self.entries.entry(path.into()) {
            std::collections::btree_map::Entry::Vacant(vacant) => {
                vacant.insert(entry);
                true
            }
            std::collections::btree_map::Entry::Occupied(_) => false,
        }
    }

    /// The entry at `path`.
    pub fn get(&self, path: &str) -> Option<&Entry> {
        self.entries.get(path)
    }

    /// Is there a file below this folder, which has a closing slash?
    pub fn has_below(&self, folder: &str) -> bool {
        let from = self.entries.range::<str, _>((Bound::Included(folder), Bound::Unbounded)).next();
        from.is_some_and(|(path, _)| path.starts_with(folder))
    }

    /// All entries in the order of their paths.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Entry)> {
        self.entries.iter().map(|(path, entry)| (path.as_str(), entry))
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

impl IntoIterator for Output {
    type Item = (String, Entry);
    type IntoIter = std::collections::btree_map::IntoIter<String, Entry>;

    fn into_iter(self) -> Self::IntoIter {
        self.entries.into_iter()
    }
}
