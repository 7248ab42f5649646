//! The index of a search among the files of a unit: which of them are made anew, and where they lie.

use std::cell::OnceCell;

use super::Made;
use super::memo::Memo;
use super::shared::Figures;
use crate::base::address::Address;
use crate::base::hash::Hash;
use crate::render::search::{Index, Table};
use crate::render::voice::Voice;
use crate::source::commentary::Commentary;
use crate::text::markdown::Fill;

/// How many entries a query of an agency looks at: all that any agency has.
pub const ALL: usize = 100_000;

/// How many a query looks at where there may be thousands of agencies.
pub const SOME: usize = 200;

/// Puts the files of an index below the search page, without making those that `memo` remembers.
pub fn put(index: &Index<'_>, page: &Address, memo: &Memo, made: &mut Made) {
    let hashed = |what: &str, of: &[crate::site::search::Entry]| Hash::of_value(&(what, index.base.as_str(), of));
    for (number, chunk) in index.chunks().into_iter().enumerate() {
        let name = format!("text-{number}.js");
        let bytes = memo.page(|| hashed(&name, &index.entries[chunk.clone()]), || Ok(index.text(number, chunk.clone())));
        made.shared_page(&page.below(&name), bytes);
    }
    let all = OnceCell::new();
    let table: OnceCell<Table> = OnceCell::new();
    for part in 0..index.parts() {
        let key = || Hash::of_value(&(part, all.get_or_init(|| hashed("part", index.entries).to_string())));
        let bytes = memo.page(key, || Ok(table.get_or_init(|| index.table()).part(part)));
        made.shared_page(&page.below(&format!("part-{part}.js")), bytes);
    }
    super::put(&mut made.output, &page.below("head.js"), index.head());
}

/// The text of a commentary as a reader meets it.
pub fn spoken<'a>(figures: &'a Figures, voice: &'a Voice) -> impl Fn(&Commentary) -> String + 'a {
    move |commentary| {
        let figures = figures.get(&commentary.path).map_or(&[][..], Vec::as_slice);
        commentary.document.spoken(&Spoken { figures, voice })
    }
}

/// Fills the figures of a text, and nothing else.
struct Spoken<'a> {
    figures: &'a [String],
    voice: &'a Voice,
}

impl Fill for Spoken<'_> {
    fn href(&self, _: usize) -> Option<String> {
        None
    }

    fn figure(&self, index: usize) -> String {
        self.figures.get(index).map(|figure| self.voice.number(figure)).unwrap_or_default()
    }
}
