//! The running text of a document as a reader meets it, line by line, with the way back to the source. Owns what of a document is running
//! text: code, the text of images and where links lead are none; a reference to a figure is a hole in it. Refuses to know what it says.

use std::ops::Range;

use crate::base::span::Span;

/// What stands for something that is no running text: a reference to a figure, or code.
pub const HOLE: char = '\u{fffc}';

/// What ends a cell of a table.
pub const CELL: char = '\t';

/// Running text. Marks of emphasis and the edges of links are not in it, a line end inside a paragraph is a space or nothing.
#[derive(Clone, Debug, Default, Hash)]
pub struct Prose {
    text: String,
    chunks: Vec<Chunk>,
    lines: Vec<Line>,
    /// Where the file's Markdown begins.
    base: usize,
}

/// A paragraph, a heading, an item of a list, or a row of a table.
#[derive(Clone, Debug, Hash)]
pub struct Line {
    /// Its bytes in the text.
    pub range: Range<usize>,
    /// What it is.
    pub kind: LineKind,
}

/// What a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LineKind {
    /// A paragraph or an item.
    Text,
    /// A heading.
    Heading,
    /// The first row of a table, which names the columns.
    Head,
    /// Another row of a table.
    Row,
}

#[derive(Clone, Debug, Hash)]
struct Chunk {
    /// Where it begins in the text.
    at: usize,
    /// Its bytes in the source.
    source: Range<usize>,
    /// Has it the same bytes in both?
    is_literal: bool,
}

impl Prose {
    pub(super) fn new(base: usize) -> Self {
        Self { base, ..Self::default() }
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Its lines, in order.
    pub fn lines(&self) -> &[Line] {
        &self.lines
    }

    /// The text of a line.
    pub fn line(&self, line: &Line) -> &str {
        &self.text[line.range.clone()]
    }

    /// The bytes of the file that gave a range of the text.
    pub fn span(&self, range: Range<usize>) -> Span {
        let start = self.chunk(range.start).map_or(0, |chunk| chunk.place(range.start, false));
        let end = self.chunk(range.end.saturating_sub(1)).map_or(0, |chunk| chunk.place(range.end, true));
        Span::new(start, end.max(start)).moved(self.base)
    }

    fn chunk(&self, at: usize) -> Option<&Chunk> {
        self.chunks[..self.chunks.partition_point(|chunk| chunk.at <= at)].last()
    }

    /// Adds text that the source has at `source`.
    pub(super) fn push(&mut self, text: &str, source: Range<usize>, is_literal: bool) {
        let is_literal = is_literal && source.len() == text.len();
        self.chunks.push(Chunk { at: self.text.len(), source, is_literal });
        // What ends lines and cells here is white space there.
        if text.bytes().fold(false, |any, byte| any | matches!(byte, b'\n' | b'\t')) {
            self.text.extend(text.chars().map(|c| if matches!(c, '\n' | CELL) { ' ' } else { c }));
        } else {
            self.text.push_str(text);
        }
    }

    /// Adds HTML, which is shown as text: each of its tags is a space here, of which the source is the whole tag.
    pub(super) fn push_html(&mut self, html: &str, source: Range<usize>) {
        let is_literal = source.len() == html.len();
        let mut at = 0;
        while at < html.len() {
            let rest = &html[at..];
            let is_tag = rest.starts_with('<');
            let end = if is_tag { rest.find('>').map(|end| end + 1) } else { rest.find('<') }.unwrap_or(rest.len());
            let place = if is_literal { source.start + at..source.start + at + end } else { source.clone() };
            self.push(if is_tag { " " } else { &rest[..end] }, place, !is_tag);
            at += end;
        }
    }

    /// Adds what is no running text.
    pub(super) fn hole(&mut self, source: Range<usize>) {
        self.push("\u{fffc}", source, false);
    }

    /// Ends a cell.
    pub(super) fn end_cell(&mut self) {
        self.text.push(CELL);
    }

    /// Ends a line, if anything stands on it.
    pub(super) fn end_line(&mut self, kind: LineKind) {
        let start = self.lines.last().map_or(0, |line| line.range.end + 1);
        if self.text.len() > start {
            self.lines.push(Line { range: start..self.text.len(), kind });
            self.text.push('\n');
        }
    }
}

impl Chunk {
    /// Where in the source a place of the text is.
    fn place(&self, at: usize, is_end: bool) -> usize {
        match (self.is_literal, is_end) {
            (true, _) => (self.source.start + at.saturating_sub(self.at)).min(self.source.end),
            (false, true) => self.source.end,
            (false, false) => self.source.start,
        }
    }
}
