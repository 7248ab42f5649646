//! What the disk told of a site's files, before anything is read as a format. Owns that hand-over; a test makes it from strings.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::attachment::Facts;
use crate::base::hash::Hash;

/// The files of one unit by path, relative to the site folder, with `/` between the parts.
pub type Files = BTreeMap<Arc<str>, Content>;

/// Why a file can't be read, as people are told it.
pub type Reason = crate::finding::Param;

/// What is known of a file.
#[derive(Clone, Debug)]
pub enum Content {
    /// An authored text: its bytes, whatever they are.
    Text(Vec<u8>),
    /// An attachment, hashed as a stream and never held.
    Attachment {
        /// Size in bytes.
        size: u64,
        /// SHA-256 of the content.
        hash: Hash,
        /// What its bytes tell.
        facts: Facts,
    },
    /// A file that is neither; nothing of it was read.
    Other,
    /// It is there and can't be read.
    Unreadable(Reason),
    /// A symbolic link that leads out of the site.
    Escape,
}
