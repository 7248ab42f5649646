//! What the server hands out: the stock, with the preview's own script and panel in its pages, and the preview's own addresses. Owns what
//! a page of the preview has that a published one has not. Refuses to change a byte of anything else.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use super::answer::Answer;
use super::status_page::{self, Board};
use super::stock::{File, Stock};
use super::{Asked, Body, Shelf, Shown};
use crate::base::hash::Hash;
use crate::base::language::Language;

/// How often it is seen whether the page that waits for news is still there, and after how many times it has to ask again: 25 seconds.
const SLICE: Duration = Duration::from_millis(250);
const SLICES: usize = 100;
/// How many may wait at once: one for each browser is enough.
const MOST_WAITING: usize = 30;

/// The script of the preview, which reloads a page when its bytes changed.
const SCRIPT: &str = include_str!("live.js");

/// Hands out the stock.
pub struct Desk {
    stock: Arc<Stock>,
    site: Arc<Path>,
    /// The same as a text, for editors.
    folder: String,
    /// The language of what the preview says itself.
    language: Language,
    waiting: AtomicUsize,
}

impl Desk {
    /// A desk over this stock, of the site in this folder.
    pub fn new(stock: Arc<Stock>, site: &Path, language: Language) -> Self {
        Self { stock, site: Arc::from(site), folder: site.to_string_lossy().into_owned(), language, waiting: AtomicUsize::new(0) }
    }

    /// What the staff page is made of.
    fn board(&self) -> Board<'_> {
        let Self { stock, language, .. } = self;
        let (findings, sizes) = (stock.findings(), stock.sizes());
        Board { status: stock.status(), findings, done: stock.follow_done(), sizes, site: &self.folder, language: *language }
    }

    /// Waits until there is something new after a revision, and tells the revision then.
    fn news(&self, after: u64, asked: &Asked<'_>) -> Answer {
        let mut slices = if self.waiting.fetch_add(1, Ordering::Relaxed) < MOST_WAITING { SLICES } else { 0 };
        let mut revision = self.stock.revision();
        // A page that was closed waits for nothing.
        while revision == after && slices > 0 && asked.client.is_there() {
            revision = self.stock.wait_after(after, SLICE);
            slices = if self.stock.is_closed() { 0 } else { slices - 1 };
        }
        self.waiting.fetch_sub(1, Ordering::Relaxed);
        Answer::new(200, "text/plain; charset=utf-8", revision.to_string().into_bytes())
    }
}

impl Shelf for Desk {
    fn file(&self, path: &str) -> Option<Shown> {
        match self.stock.file(path)? {
            File::Bytes(bytes) => {
                let bytes = if path.ends_with(".html") { Arc::new(with_script(&bytes)) } else { bytes };
                Some(Shown { hash: Hash::of(&bytes), body: Body::Bytes(bytes) })
            }
            File::Attachment(attachment) => Some(Shown {
                hash: attachment.hash,
                body: Body::File { site: Arc::clone(&self.site), from: attachment.from, size: attachment.size },
            }),
        }
    }

    fn own(&self, asked: &Asked<'_>) -> Option<Answer> {
        match asked.path {
            "_live.js" => Some(Answer::new(200, "text/javascript; charset=utf-8", SCRIPT.as_bytes().to_vec())),
            "_next" => Some(self.news(asked.query.strip_prefix("after=").and_then(|after| after.parse().ok()).unwrap_or(0), asked)),
            "_status.css" => Some(Answer::new(200, "text/css; charset=utf-8", status_page::style().into_bytes())),
            "_status.json" => Some(Answer::new(200, "application/json; charset=utf-8", self.board().json().into_bytes())),
            path => {
                let page = match path.strip_prefix("_status")? {
                    "" | "/" => self.board().page(),
                    slug => self.board().agency_page(slug.strip_prefix('/')?.trim_end_matches('/'))?,
                };
                Some(Answer::new(200, "text/html; charset=utf-8", with_script(page.as_bytes())))
            }
        }
    }

    fn close(&self) {
        self.stock.close();
    }
}

/// The page with the script at the end of its head, where it waits for the page to be read.
fn with_script(page: &[u8]) -> Vec<u8> {
    const HEAD_ENDS: &[u8] = b"</head>";
    let at = page.windows(HEAD_ENDS.len()).position(|window| window == HEAD_ENDS).unwrap_or(0);
    let mut with = Vec::with_capacity(page.len() + 64);
    with.extend_from_slice(&page[..at]);
    with.extend_from_slice(b"<script src=\"/_live.js\" defer></script>");
    with.extend_from_slice(&page[at..]);
    with
}
