//! Are the letters of a cell those that its author wrote? Owns the signs of a damaged text. Refuses to repair one.

use std::cell::Cell;

use crate::base::thai;
use crate::source::attachment::rows::Row;

/// What is known of the bytes of a file.
pub struct Letters<'b> {
    /// The lines of a text that is in UTF-8 but for some bytes; none where every cell is read alike.
    lines: Vec<&'b [u8]>,
    /// A page of that kind, whose letters were all read by the other encoding.
    is_damaged_page: bool,
    looked_at: Cell<usize>,
}

/// How many bytes of damaged rows are looked at, cell by cell, before no such cell is trusted.
const MOST_LOOKED_AT: usize = 64 * 1024 * 1024;

impl<'b> Letters<'b> {
    /// Of these bytes.
    pub fn of(bytes: &'b [u8], is_text: bool) -> Self {
        let is_mixed = is_mixed(bytes);
        let lines = if is_mixed && is_text { lines(bytes) } else { Vec::new() };
        Self { lines, is_damaged_page: is_mixed && !is_text, looked_at: Cell::new(0) }
    }

    /// Could all letters of a cell be read?
    pub fn are_whole(&self, text: &str, row: &Row) -> bool {
        if text.is_ascii() {
            return true;
        }
        if self.is_damaged_page || text.contains(|c| c == char::REPLACEMENT_CHARACTER || ('\u{80}'..='\u{9f}').contains(&c)) {
            return false;
        }
        if self.lines.is_empty() {
            return true;
        }
        let first = row.line.map_or(0, |line| line.saturating_sub(1) as usize).min(self.lines.len());
        let count = 1 + row.cells.iter().map(|cell| lines(cell.text.as_bytes()).len() - 1).sum::<usize>();
        let raw = &self.lines[first..self.lines.len().min(first + count)];
        if raw.iter().all(|line| std::str::from_utf8(line).is_ok()) {
            return true;
        }
        let length = raw.iter().map(|line| line.len()).sum::<usize>();
        self.looked_at.set(self.looked_at.get().saturating_add(length));
        if self.looked_at.get() > MOST_LOOKED_AT {
            return false;
        }
        // What was read by the other encoding does not stand there as it is shown. A quotation mark inside of a cell is written twice.
        let pieces = text.split(['"', '\r', '\n']).map(str::trim).filter(|piece| !piece.is_ascii());
        let stands = |piece: &str| raw.iter().any(|line| line.windows(piece.len()).any(|part| part == piece.as_bytes()));
        pieces.into_iter().all(stands)
    }
}

/// Is a text in UTF-8 with Thai letters, but for some bytes? Two letters of Windows-874 may happen to be one of UTF-8, but not many.
fn is_mixed(bytes: &[u8]) -> bool {
    // A file of another kind begins with bytes of its own.
    if bytes.starts_with(b"PK") {
        return false;
    }
    let (mut thai, mut bad) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        thai += chunk.valid().chars().filter(|c| thai::is_letter(*c)).count();
        bad += chunk.invalid().len();
    }
    bad > 0 && thai > 0 && thai.saturating_mul(4) >= bad
}

/// The lines of a text, whichever way they end.
fn lines(bytes: &[u8]) -> Vec<&[u8]> {
    let mut lines = Vec::new();
    let mut rest = bytes;
    while let Some(end) = rest.iter().position(|byte| matches!(byte, b'\r' | b'\n')) {
        lines.push(&rest[..end]);
        rest = &rest[end + if rest[end..].starts_with(b"\r\n") { 2 } else { 1 }..];
    }
    lines.push(rest);
    lines
}
