//! Attachments that are tables, row by row: text whose cells are separated by a sign, and the sheets of a workbook. Owns what a row is and
//! how much of one is kept. Refuses to know what a table is about.

use super::archive::Archive;
use super::kind::{self, Kind};
use super::separated::Separated;
use super::workbook::Workbook;
use super::{Bytes, HEAD};

/// How many cells of a row are kept; the columns behind them are passed over.
pub const MOST_COLUMNS: u32 = 256;

/// How many bytes of the text of a cell are kept.
pub const LONGEST_CELL: usize = 8 * 1024;

/// A row of a table. Cells without a text are not in it.
#[derive(Debug, Default)]
pub struct Row {
    /// Its number as a spreadsheet shows it, from 1.
    pub number: u32,
    /// The line that it begins in, from 1, where the table is a text.
    pub line: Option<u32>,
    /// Its cells, in the order in which they are written.
    pub cells: Vec<Cell>,
}

/// A cell.
#[derive(Debug, PartialEq, Eq)]
pub struct Cell {
    /// Its column, from 0.
    pub column: u32,
    /// Its text without white space around it.
    pub text: String,
    /// Was it longer than [`LONGEST_CELL`], or does nothing say where it ends?
    pub is_cut: bool,
}

/// Cells that are shown as one: the first and the last row, the first and the last column, which are counted as those of [`Row`] and [`Cell`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Merged {
    /// The rows.
    pub rows: (u32, u32),
    /// The columns.
    pub columns: (u32, u32),
}

/// Takes rows; false where it has seen enough.
pub type Take<'a> = &'a mut dyn FnMut(&Row) -> bool;

/// The tables of an attachment: each a way to read it that a person may mean.
pub struct Tables<'a>(Form<'a>);

enum Form<'a> {
    Text(Separated<'a>),
    Workbook(Box<Workbook<'a>>),
}

impl<'a> Tables<'a> {
    /// Opens an attachment by its first bytes, whatever its name; nothing where it is no table, or can't be opened.
    pub fn open(bytes: &'a [u8], cursor: &'a mut dyn Bytes) -> Option<Self> {
        let head = &bytes[..bytes.len().min(HEAD as usize)];
        match kind::of(head) {
            Kind::Text => Some(Self(Form::Text(Separated::new(bytes, head)))),
            Kind::Zip => {
                let mut archive = Archive::open(cursor, bytes.len() as u64).ok().filter(|archive| !archive.is_encrypted())?;
                (archive.kind() == Kind::Excel).then(|| Self(Form::Workbook(Box::new(Workbook::new(archive)))))
            }
            _ => None,
        }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        match &self.0 {
            Form::Text(text) => text.len(),
            Form::Workbook(workbook) => workbook.len(),
        }
    }

    /// Is there none?
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The name of the sheet; a text has none.
    pub fn name(&self, table: usize) -> Option<&str> {
        match &self.0 {
            Form::Text(_) => None,
            Form::Workbook(workbook) => workbook.name(table),
        }
    }

    /// Reads a table, as far as it is whole, and gives which cells are shown as one.
    pub fn read(&mut self, table: usize, take: Take<'_>) -> Vec<Merged> {
        match &mut self.0 {
            Form::Text(text) => {
                text.read(table, take);
                Vec::new()
            }
            Form::Workbook(workbook) => workbook.read(table, take),
        }
    }

    /// Was there more than is read: texts that cells share, or what unpacks to far more than a table does?
    pub fn is_cut(&self) -> bool {
        match &self.0 {
            Form::Text(_) => false,
            Form::Workbook(workbook) => workbook.is_cut(),
        }
    }
}

/// The name of a column, from 0, as a spreadsheet shows it.
///
/// ```
/// use prongsai::source::attachment::rows::column_name;
/// assert_eq!([0, 25, 26, 701, 702].map(column_name), ["A", "Z", "AA", "ZZ", "AAA"]);
/// ```
pub fn column_name(column: u32) -> String {
    let mut name = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        rest -= 1;
        name.push(char::from(b'A' + (rest % 26) as u8));
        rest /= 26;
    }
    name.iter().rev().collect()
}

/// Adds to a text, up to the longest that is kept. False where it was cut.
pub(super) fn add(piece: &str, text: &mut String) -> bool {
    if text.len() + piece.len() <= LONGEST_CELL {
        text.push_str(piece);
        return true;
    }
    let mut end = LONGEST_CELL.saturating_sub(text.len()).min(piece.len());
    while !piece.is_char_boundary(end) {
        end -= 1;
    }
    text.push_str(&piece[..end]);
    false
}
