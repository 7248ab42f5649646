//! The preview: a site on this machine's own network address, while it is written. Owns the server and what it answers, and the keeper that
//! builds anew what changed. Refuses to write to the disk. What is shown comes from a [`Shelf`], by the paths that the build names.
//!
//! An address never becomes a path of the disk. It is read (`target`), looked up on the shelf, and answered (`answer`); only what the
//! shelf names is ever opened.

pub mod answer;
pub mod board;
mod clock;
pub mod desk;
pub mod door;
pub mod editor;
pub mod guard;
pub mod head;
pub mod homes;
pub mod hosts;
mod http;
pub mod keeper;
pub mod kinds;
mod manifests;
pub mod overlay;
pub mod presence;
pub mod range;
pub mod refusal;
pub mod reload;
pub mod status_page;
mod status_tables;
pub mod stock;
pub mod target;
mod visit;
pub mod watch;

use std::path::Path;
use std::sync::Arc;

use crate::base::hash::Hash;
use answer::Answer;
use presence::Presence;

/// What the preview shows.
pub trait Shelf: Sync + Send {
    /// The file at a path as the build names it, from the site's root: `2568/index.html`. Asked with clean relative paths only.
    fn file(&self, path: &str) -> Option<Shown>;

    /// The answer at an address of the preview's own; these begin with `_`. Asked before [`Shelf::file`]. May wait for something to happen;
    /// as each that waits holds one of [`guard::places`], it has to look now and then whether its client is still there
    /// ([`Asked::client`]), and to come back soon after that or [`Shelf::close`].
    fn own(&self, _asked: &Asked<'_>) -> Option<Answer> {
        None
    }

    /// The path of the site's `base_url`, as `ita/`, empty where it has none: the page for wrong addresses links to it.
    fn base(&self) -> String {
        String::new()
    }

    /// The server ends: whoever waits in [`Shelf::own`] is to come back.
    fn close(&self) {}
}

/// A file that is shown.
#[derive(Clone, Debug)]
pub struct Shown {
    /// What is sent.
    pub body: Body,
    /// The SHA-256 of what is sent.
    pub hash: Hash,
}

/// Where the bytes of an answer are.
#[derive(Clone, Debug)]
pub enum Body {
    /// In memory.
    Bytes(Arc<Vec<u8>>),
    /// In an authored file, which is read while it is sent.
    File {
        /// The site folder.
        site: Arc<Path>,
        /// The path of the file from there.
        from: Arc<str>,
        /// Its size when it was hashed. A file of another size is not sent.
        size: u64,
    },
}

impl Body {
    /// The size in bytes.
    pub fn size(&self) -> u64 {
        match self {
            Self::Bytes(bytes) => bytes.len() as u64,
            Self::File { size, .. } => *size,
        }
    }
}

/// A request for an address of the preview's own.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// The address, decoded, without the first slash: `_status`.
    pub path: &'a str,
    /// What stands after the question mark, as it came.
    pub query: &'a str,
    /// `If-None-Match`, as it came.
    pub none_match: Option<&'a str>,
    /// `Accept-Language`, as it came.
    pub languages: Option<&'a str>,
    /// Who asks.
    pub client: Presence<'a>,
}
