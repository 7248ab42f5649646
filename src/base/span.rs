//! Places in authored files. Owns byte spans, the file they lie in, and the way to lines and columns.
//! Refuses to read files: whoever wants a line and a column brings the text.

use std::sync::Arc;

/// A range of bytes in one authored file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The span from `start` to `end`; offsets past 4 GiB are cut (no authored text is that long).
    pub fn new(start: usize, end: usize) -> Self {
        let cut = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Self { start: cut(start), end: cut(end.max(start)) }
    }

    /// The same range further down the file, as for Markdown under a front matter.
    pub fn moved(self, by: usize) -> Self {
        Self::new(self.start as usize + by, self.end as usize + by)
    }

    /// The range as `usize`, for slicing.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// A span in a named file. The path is relative to the site folder, with `/` between its parts.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The authored file.
    pub file: Arc<str>,
    /// The bytes in it.
    pub span: Span,
}

impl Place {
    /// The place `span` in `file`.
    pub fn new(file: &Arc<str>, span: Span) -> Self {
        Self { file: Arc::clone(file), span }
    }

    /// The first line of a file, as for a file that should exist and does not.
    pub fn top(file: impl Into<Arc<str>>) -> Self {
        Self { file: file.into(), span: Span::default() }
    }
}

/// A value that remembers where it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Located<T> {
    /// What was read.
    pub value: T,
    /// Where.
    pub place: Place,
}

impl<T> Located<T> {
    /// `value` as written at `place`.
    pub fn new(value: T, place: Place) -> Self {
        Self { value, place }
    }
}

/// A position that people and editors count: from 1, columns in Unicode scalar values.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Line, from 1.
    pub line: u32,
    /// Column, from 1.
    pub column: u32,
}

/// The position of byte `offset` in `text`. An offset past the end means the end; one inside a character means its start.
///
/// A byte order mark at the start of the file takes no column: editors do not show it.
pub fn position(text: &str, offset: usize) -> Position {
    let mut at = offset.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    let before = &text[..at];
    let line_start = before.rfind('\n').map_or(0, |i| i + 1);
    let line = before.bytes().filter(|b| *b == b'\n').count() + 1;
    let column = before[line_start..].chars().filter(|c| *c != '\u{feff}').count() + 1;
    Position { line: line as u32, column: column as u32 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_scalar_values_not_bytes() {
        assert_eq!(position("ก: ข\nที่: 1", 0), Position { line: 1, column: 1 });
        let text = "ก: ข\nที่: 1";
        let offset = text.find('1').unwrap();
        assert_eq!(position(text, offset), Position { line: 2, column: 6 });
    }

    #[test]
    fn a_byte_order_mark_takes_no_column() {
        assert_eq!(position("\u{feff}abc", 4), Position { line: 1, column: 2 });
    }
}
