//! Attachments that are tables, row by row: text whose cells are separated by a sign, the sheets of a workbook, and pages with tables.
//! Owns what a row is, how much of one is kept, and why there is nothing to read. Refuses to know what a table is about.
//!
//! calamine reads the same forms. It tells neither which rows and columns are hidden nor which formulas have no value, and has no bounds
//! on what is unpacked.

use std::sync::Arc;

use super::archive::{Archive, Unopened};
use super::kind::{self, Kind};
use super::number_format::Format;
use super::open_sheet::OpenSheet;
use super::runs::Run;
use super::separated::Separated;
use super::web_tables::WebTables;
use super::workbook::Workbook;
use super::{Bytes, HEAD, compound, plain};

/// How many cells of a row are kept; the columns behind them are passed over.
pub const MOST_COLUMNS: u32 = 256;

/// How many bytes of the text of a cell are kept.
pub const LONGEST_CELL: usize = 8 * 1024;

/// What separates the cells of a text: its tables are the ways to read it by each of these.
pub const SIGNS: [u8; 3] = [b',', b';', b'\t'];

/// A row of a table. Cells without a text are not in it.
#[derive(Debug, Default)]
pub struct Row {
    /// Its number as a spreadsheet shows it, from 1.
    pub number: u32,
    /// The line that it begins in, from 1, where the table is a text.
    pub line: Option<u32>,
    /// Its cells, in the order in which they are written.
    pub cells: Vec<Cell>,
    /// Is it shown to nobody?
    pub is_hidden: bool,
    /// The columns of formulas that were stored without their value.
    pub without_value: Vec<u32>,
    /// The first column of a text whose quotation marks do not part its cells: one is lost, and what follows may have been swallowed.
    pub torn: Option<u32>,
}

/// A cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// Its column, from 0.
    pub column: u32,
    /// Its text without white space around it.
    pub text: String,
    /// Was it longer than [`LONGEST_CELL`], or does nothing say where it ends?
    pub is_cut: bool,
    /// How a stored number is shown.
    pub look: Look,
    /// The runs of its text, where one of them is not written as the rest.
    pub runs: Vec<Run>,
}

/// How a spreadsheet shows a number that it stores otherwise.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Look {
    /// As it is in the text of the cell.
    #[default]
    Plain,
    /// By a format; the text of the cell is what is stored.
    Format(Arc<Format>),
    /// As the text of the cell; this is stored, and is another figure.
    Otherwise(String),
    /// As a day or a time.
    Date,
    /// As nothing.
    Hidden,
    /// It is a fault of the spreadsheet's.
    Fault,
}

/// Cells that are shown as one: the first and the last row, the first and the last column, which are counted as those of [`Row`] and [`Cell`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Merged {
    /// The rows.
    pub rows: (u32, u32),
    /// The columns.
    pub columns: (u32, u32),
}

/// What is known of a table besides its rows.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Shape {
    /// Which cells are shown as one.
    pub merged: Vec<Merged>,
    /// The first and the last column of each run that is shown to nobody.
    pub hidden: Vec<(u32, u32)>,
}

/// Why there is no table to read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shut {
    /// It has no bytes.
    Empty,
    /// It opens with a password alone.
    Encrypted,
    /// It unpacks to far more than any table.
    Bomb,
    /// It ends too early, or is damaged.
    Damaged,
    /// It is of a kind that has no tables for us.
    Other(Kind),
}

/// Takes rows; false where it has seen enough.
pub type Take<'a> = &'a mut dyn FnMut(&Row) -> bool;

/// The tables of an attachment: each a way to read it that a person may mean.
pub struct Tables<'a>(Form<'a>);

enum Form<'a> {
    Text(Separated<'a>),
    Workbook(Box<Workbook<'a>>),
    OpenSheet(OpenSheet),
    Web(WebTables),
}

impl<'a> Tables<'a> {
    /// Opens an attachment by its first bytes, whatever its name; nothing where it is no text and no Excel workbook, or can't be opened.
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

    /// Opens a table of any form that is known, by its first bytes.
    ///
    /// # Errors
    /// Where it is none, or can't be opened.
    pub fn any(bytes: &'a [u8], cursor: &'a mut dyn Bytes) -> Result<Self, Shut> {
        let head = &bytes[..bytes.len().min(HEAD as usize)];
        match kind::of(head) {
            _ if bytes.is_empty() => Err(Shut::Empty),
            // A piece of a page may begin with any tag.
            Kind::Text if holds_table(bytes, head) => Ok(Self(Form::Web(WebTables::new(bytes, head)))),
            Kind::Text => Ok(Self(Form::Text(Separated::new(bytes, head)))),
            Kind::Html => Ok(Self(Form::Web(WebTables::new(bytes, head)))),
            Kind::Zip => {
                let mut archive = Archive::open(cursor, bytes.len() as u64).map_err(|why| match why {
                    Unopened::CutOff => Shut::Damaged,
                    Unopened::Encrypted => Shut::Encrypted,
                    Unopened::Unknown => Shut::Bomb,
                })?;
                if archive.is_bomb() {
                    return Err(Shut::Bomb);
                }
                if archive.is_encrypted() {
                    return Err(Shut::Encrypted);
                }
                match archive.kind() {
                    Kind::Excel => Ok(Self(Form::Workbook(Box::new(Workbook::new(archive))))),
                    Kind::OpenSheet if archive.is_encrypted_inside() => Err(Shut::Encrypted),
                    Kind::OpenSheet => OpenSheet::new(&mut archive).map(Form::OpenSheet).map(Self),
                    other => Err(Shut::Other(other)),
                }
            }
            Kind::OldOffice if compound::holds(cursor, "EncryptedPackage").unwrap_or(false) => Err(Shut::Encrypted),
            other => Err(Shut::Other(other)),
        }
    }

    /// Is it a text, of which each table is a way to read the same?
    pub fn is_text(&self) -> bool {
        matches!(self.0, Form::Text(_))
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        match &self.0 {
            Form::Text(text) => text.len(),
            Form::Workbook(workbook) => workbook.len(),
            Form::OpenSheet(sheets) => sheets.len(),
            Form::Web(_) => 1,
        }
    }

    /// Is there none?
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The name of the sheet; a text has none.
    pub fn name(&self, table: usize) -> Option<&str> {
        match &self.0 {
            Form::Text(_) | Form::Web(_) => None,
            Form::Workbook(workbook) => workbook.name(table),
            Form::OpenSheet(sheets) => sheets.name(table),
        }
    }

    /// The names of sheets that are shown to nobody, and are not read.
    pub fn hidden(&self) -> &[String] {
        match &self.0 {
            Form::Text(_) | Form::Web(_) => &[],
            Form::Workbook(workbook) => workbook.hidden(),
            Form::OpenSheet(sheets) => sheets.hidden(),
        }
    }

    /// Reads a table, as far as it is whole, and gives which cells are shown as one and which columns are hidden.
    pub fn read(&mut self, table: usize, take: Take<'_>) -> Shape {
        match &mut self.0 {
            Form::Text(text) => {
                text.read(table, take);
                Shape::default()
            }
            Form::Workbook(workbook) => workbook.read(table, take),
            Form::OpenSheet(sheets) => sheets.read(table, take),
            Form::Web(page) => page.read(take),
        }
    }

    /// Was there more than is read: texts that cells share, or what unpacks to far more than a table does?
    pub fn is_cut(&self) -> bool {
        match &self.0 {
            Form::Text(_) => false,
            Form::Workbook(workbook) => workbook.is_cut(),
            Form::OpenSheet(sheets) => sheets.is_cut(),
            Form::Web(page) => page.is_cut(),
        }
    }
}

/// How far from its beginning the first table of a page is looked for.
const FIRST_TABLE: usize = 1024 * 1024;

/// Are there tags of a table in a text?
fn holds_table(bytes: &[u8], head: &[u8]) -> bool {
    let text = plain::narrow(&bytes[..bytes.len().min(FIRST_TABLE)], head);
    let lower = text.to_ascii_lowercase();
    let holds = |tag: &[u8]| kind::find(&lower, tag).is_some();
    holds(b"<table") || (holds(b"<tr") && holds(b"<td"))
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
