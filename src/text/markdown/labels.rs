//! What the columns of a table are called, for a phone, where a wide table stands cell below cell. Owns which cell says it.

use super::buffer::Buffer;
use crate::text::html::escape_into;

/// A table of so many columns can be read on a phone as it is.
pub(super) const FEW: usize = 3;

/// In a table of more columns than this no window has room for them side by side.
pub(super) const MOST: usize = 10;

/// The longest heading of a column, in bytes, that is repeated in its cells.
const LONGEST: usize = 200;

/// The headings of the columns that are read so far.
#[derive(Debug, Default)]
pub(super) struct Labels(Vec<String>);

impl Labels {
    /// Keeps the heading of the next column, whose cell needs no label.
    pub(super) fn add(&mut self, content: &Buffer) -> String {
        self.0.push(content.plain.trim().to_owned());
        String::new()
    }

    /// The heading of a column as an attribute of its cell, where the table is too wide for a phone. A long heading is left out, and an
    /// empty cell needs none: a short row must not grow into a long one.
    pub(super) fn of(&self, column: usize, content: &Buffer) -> String {
        let mut attribute = String::new();
        if self.0.len() > FEW && !content.pieces.is_empty() {
            let label = self.0.get(column).filter(|label| !label.is_empty() && label.len() <= LONGEST);
            if let Some(label) = label {
                attribute.push_str(" data-k=\"");
                escape_into(label, &mut attribute);
                attribute.push('"');
            }
        }
        attribute
    }
}
