//! Whether a page was published: its manifest names it and it lies there. Refuses to compare bytes, as `verify` does.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::io;
use std::path::Path;

use super::manifest::{Manifest, NAME};
use crate::base::address::Address;
use crate::disk::published::{Published, There};

/// The largest manifest that is read.
const LARGEST: u64 = 256 << 20;

/// A published folder, whose manifests are read as they are asked for.
pub struct Present {
    published: Published,
    manifests: RefCell<BTreeMap<String, Manifest>>,
}

impl Present {
    /// Opens a published folder; `None` where there is none.
    ///
    /// # Errors
    /// What the system tells.
    pub fn open(folder: &Path) -> io::Result<Option<Self>> {
        match Published::open(folder) {
            Ok(published) => Ok(Some(Self { published, manifests: RefCell::default() })),
            Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Was the page of an agency published? The slug is empty with one agency.
    pub fn has(&self, slug: &str, address: &Address) -> bool {
        let file = address.file();
        let folder = if slug.is_empty() { String::new() } else { format!("{slug}/") };
        let Some(below) = file.strip_prefix(&folder) else { return false };
        let mut manifests = self.manifests.borrow_mut();
        let manifest = manifests.entry(folder.clone()).or_insert_with(|| self.manifest(&folder));
        let Some(record) = manifest.get(below) else { return false };
        matches!(self.published.look(&file, record.size), Ok(There::File(_) | There::OtherSize))
    }

    /// The manifest of a folder; one that is not there or not ours names nothing.
    fn manifest(&self, folder: &str) -> Manifest {
        let bytes = self.published.bytes(&format!("{folder}{NAME}"), LARGEST).ok().flatten();
        bytes.and_then(|bytes| Manifest::parse(&bytes).ok()).unwrap_or_default()
    }
}
