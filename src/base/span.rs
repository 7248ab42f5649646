//! Places in authored files. Owns byte spans, the file they lie in, and the way to lines and columns.
//! Refuses to read files: whoever wants a line and a column brings the text.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// A range of bytes in one authored file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(into = "(u32, u32)", try_from = "(u32, u32)")]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl From<Span> for (u32, u32) {
    fn from(span: Span) -> Self {
        (span.start, span.end)
    }
}

impl TryFrom<(u32, u32)> for Span {
    type Error = &'static str;

    /// What was written down may be anything: a span that ends before it begins is none.
    fn try_from((start, end): (u32, u32)) -> Result<Self, Self::Error> {
        if start <= end { Ok(Self { start, end }) } else { Err("a span that ends before it begins") }
    }
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
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
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
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
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
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Position {
    /// Line, from 1.
    pub line: u32,
    /// Column, from 1.
    pub column: u32,
}

/// The position of byte `offset` in `text`. An offset past the end means the end; one inside a character means its start.
///
/// A byte order mark at the start of the file takes no column: editors do not show it. A line ends as editors end it: with a line
/// feed, a carriage return, or both.
pub fn position(text: &str, offset: usize) -> Position {
    walk(text, 0..bound(text, offset), Position { line: 1, column: 1 })
}

/// A text of which many positions are asked: each costs some hundred bytes of walking, however long the text is.
#[derive(Debug)]
pub struct Lines<'a> {
    text: &'a str,
    /// The positions at the ends of equal steps through the text, each with its byte.
    marks: Vec<(usize, Position)>,
}

/// How many bytes lie between two marks.
const STEP: usize = 512;

impl<'a> Lines<'a> {
    /// Walks the text once.
    pub fn new(text: &'a str) -> Self {
        let mut marks = vec![(0, Position { line: 1, column: 1 })];
        let (mut at, mut here) = (0, Position { line: 1, column: 1 });
        while at + STEP < text.len() {
            let next = bound(text, at + STEP);
            here = walk(text, at..next, here);
            at = next;
            marks.push((at, here));
        }
        Self { text, marks }
    }

    /// The text.
    pub fn text(&self) -> &'a str {
        self.text
    }

    /// As [`position`].
    pub fn position(&self, offset: usize) -> Position {
        let offset = bound(self.text, offset);
        let next = self.marks.partition_point(|(at, _)| *at <= offset);
        let (at, here) = self.marks[next.saturating_sub(1)];
        walk(self.text, at..offset, here)
    }
}

/// The start of the character that `offset` lies in.
fn bound(text: &str, offset: usize) -> usize {
    let mut at = offset.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// From the position at the start of a range to that at its end.
fn walk(text: &str, range: std::ops::Range<usize>, mut here: Position) -> Position {
    let bytes = text.as_bytes();
    let mut line = range.start;
    for at in range.clone() {
        // A carriage return before a line feed is a part of that line end, also where the range ends between them.
        if bytes[at] == b'\n' || (bytes[at] == b'\r' && bytes.get(at + 1) != Some(&b'\n')) {
            here = Position { line: here.line + 1, column: 1 };
            line = at + 1;
        }
    }
    let marks = text[line..range.end].matches('\u{feff}').count();
    here.column += u32::try_from(text[line..range.end].chars().count() - marks).unwrap_or(u32::MAX);
    here
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
    fn a_line_ends_as_windows_unix_and_old_macs_end_it() {
        for text in ["a\nข้อ\nb", "a\r\nข้อ\r\nb", "a\rข้อ\rb"] {
            assert_eq!(position(text, text.find('b').unwrap()), Position { line: 3, column: 1 }, "{text:?}");
        }
    }

    #[test]
    fn marks_change_no_position() {
        let text = "\u{feff}ก ข\r\nคำ\rabc\n".repeat(1000);
        let lines = Lines::new(&text);
        for offset in (0..text.len() + 9).step_by(37) {
            assert_eq!(lines.position(offset), position(&text, offset), "{offset}");
        }
    }

    #[test]
    fn a_byte_order_mark_takes_no_column() {
        assert_eq!(position("\u{feff}abc", 4), Position { line: 1, column: 2 });
    }
}
