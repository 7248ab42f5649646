//! The rows of OpenDocument spreadsheets. Owns how cells, rows and columns that are written once and stand many times are counted, and
//! which of them nobody sees. Of a number the text stands that the spreadsheet shows, where that is a plain number; else the stored value.

use std::collections::BTreeSet;

use super::archive::Archive;
use super::markup::{self, Element, Token};
use super::rows::{Cell, Look, MOST_COLUMNS, Merged, Row, Shape, Shut, Take, add};
use crate::base::exact::Exact;

/// How many sheets are read.
const MOST_SHEETS: usize = 500;

/// How many rows with a text are kept of a file.
const MOST_ROWS: usize = 1_000_000;

/// How many bytes of texts are kept of a file.
const MOST_TEXT: usize = 64 * 1024 * 1024;

/// How many merged ranges and runs of hidden columns are kept of a sheet.
const MOST_RANGES: usize = 10_000;

/// How often the same row with a text is kept: more of them say nothing new.
const MOST_REPEATED: usize = 2;

/// A spreadsheet.
#[derive(Debug, Default)]
pub struct OpenSheet {
    sheets: Vec<Sheet>,
    hidden: Vec<String>,
    is_cut: bool,
}

#[derive(Debug, Default)]
struct Sheet {
    name: String,
    rows: Vec<Row>,
    shape: Shape,
    is_hidden: bool,
}

impl OpenSheet {
    /// Reads the sheets of an open archive.
    ///
    /// # Errors
    /// Where it holds no content, or unpacks to far too much.
    pub fn new(archive: &mut Archive<'_>) -> Result<Self, Shut> {
        let mut reader = Reader::default();
        let mut is_whole = false;
        let is_there = archive.part("content.xml", &mut |part| {
            markup::read(part, &mut |token| {
                is_whole |= matches!(token, Token::Close("document-content"));
                reader.token(&token)
            });
        });
        if archive.is_bomb() {
            return Err(Shut::Bomb);
        }
        if !is_there || (reader.sheets.is_empty() && !is_whole) {
            return Err(Shut::Damaged);
        }
        let (hidden, sheets): (Vec<Sheet>, Vec<Sheet>) = reader.sheets.into_iter().partition(|sheet| sheet.is_hidden);
        let hidden = hidden.into_iter().map(|sheet| sheet.name).collect();
        Ok(Self { sheets, hidden, is_cut: reader.is_cut || !is_whole })
    }

    /// How many sheets a person sees.
    pub fn len(&self) -> usize {
        self.sheets.len()
    }

    /// The name of a sheet.
    pub fn name(&self, sheet: usize) -> Option<&str> {
        self.sheets.get(sheet).map(|sheet| sheet.name.as_str())
    }

    /// The names of the sheets that nobody sees.
    pub fn hidden(&self) -> &[String] {
        &self.hidden
    }

    /// Is there more than was read?
    pub fn is_cut(&self) -> bool {
        self.is_cut
    }

    /// Hands over the rows of a sheet.
    pub fn read(&mut self, sheet: usize, take: Take<'_>) -> Shape {
        let Some(sheet) = self.sheets.get_mut(sheet) else { return Shape::default() };
        for row in &sheet.rows {
            if !take(row) {
                break;
            }
        }
        std::mem::take(&mut sheet.shape)
    }
}

#[derive(Default)]
struct Reader {
    sheets: Vec<Sheet>,
    /// Names of the styles of hidden sheets, and the style that is being read.
    unseen: BTreeSet<String>,
    style: String,
    /// How deep tables stand in tables; a table in a cell is passed over.
    depth: usize,
    row: Row,
    repeated: u32,
    column: u32,
    cell: Raw,
    /// How deep in a cell, and in what of it is no text of its own: notes.
    in_cell: bool,
    beside: usize,
    /// How deep in paragraphs.
    paragraphs: usize,
    text_left: usize,
    rows: usize,
    is_cut: bool,
    has_begun: bool,
}

#[derive(Default)]
struct Raw {
    text: String,
    kind: String,
    value: String,
    has_formula: bool,
    is_covered: bool,
    is_cut: bool,
    repeated: u32,
    spanned: (u32, u32),
}

impl Reader {
    fn token(&mut self, token: &Token<'_>) -> bool {
        match token {
            Token::Open(element) => self.open(element),
            Token::Text(piece) if self.in_cell && self.beside == 0 && self.paragraphs > 0 => {
                self.cell.is_cut |= !add(piece, &mut self.cell.text);
            }
            Token::Text(_) => {}
            Token::Close(name) => self.close(name),
        }
        self.sheets.len() <= MOST_SHEETS
    }

    fn open(&mut self, element: &Element<'_>) {
        match element.name() {
            "style" => self.style = element.attribute("name").map(|name| name.into_owned()).unwrap_or_default(),
            "table-properties" if element.attribute("display").is_some_and(|display| display == "false") => {
                self.unseen.insert(self.style.clone());
            }
            "annotation" | "shapes" => self.beside += 1,
            "table" => {
                self.depth += 1;
                if self.depth == 1 && self.beside == 0 {
                    let name = element.attribute("name").map(|name| name.chars().take(40).collect()).unwrap_or_default();
                    let is_hidden = element.attribute("style-name").is_some_and(|style| self.unseen.contains(&*style));
                    self.sheets.push(Sheet { name, is_hidden, ..Sheet::default() });
                    self.row = Row::default();
                    self.column = 0;
                }
            }
            _ if self.depth != 1 || self.beside > 0 => {}
            "table-column" => {
                let repeated = count(element, "number-columns-repeated");
                let (first, last) = (self.column, self.column.saturating_add(repeated - 1));
                self.column = last.saturating_add(1);
                if is_unseen(element)
                    && let Some(sheet) = self.sheets.last_mut().filter(|sheet| sheet.shape.hidden.len() < MOST_RANGES)
                {
                    sheet.shape.hidden.push((first, last));
                }
            }
            "table-row" => {
                self.repeated = count(element, "number-rows-repeated");
                self.row.is_hidden = is_unseen(element);
                self.row.number = self.row.number.saturating_add(1);
                self.row.cells.clear();
                self.row.without_value.clear();
                self.column = 0;
            }
            "table-cell" | "covered-table-cell" => {
                let plain = |name| element.attribute(name).map(|value| value.into_owned()).unwrap_or_default();
                let kind = plain("value-type");
                let value = match kind.as_str() {
                    "float" | "percentage" | "currency" => plain("value"),
                    _ => String::new(),
                };
                self.cell = Raw {
                    text: String::new(),
                    value,
                    has_formula: element.attribute("formula").is_some(),
                    is_covered: element.name() == "covered-table-cell",
                    is_cut: false,
                    repeated: count(element, "number-columns-repeated"),
                    spanned: (count(element, "number-rows-spanned"), count(element, "number-columns-spanned")),
                    kind,
                };
                self.in_cell = true;
                self.paragraphs = 0;
            }
            "p" if self.in_cell => {
                if self.paragraphs == 0 && !self.cell.text.is_empty() {
                    self.cell.text.push('\n');
                }
                self.paragraphs += 1;
            }
            "s" if self.in_cell => {
                let spaces = count(element, "c").min(100) as usize;
                self.cell.is_cut |= !add(&" ".repeat(spaces), &mut self.cell.text);
            }
            "line-break" if self.in_cell => self.cell.is_cut |= !add("\n", &mut self.cell.text),
            "tab" if self.in_cell => self.cell.is_cut |= !add(" ", &mut self.cell.text),
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "annotation" | "shapes" => self.beside = self.beside.saturating_sub(1),
            "table" => self.depth = self.depth.saturating_sub(1),
            _ if self.depth != 1 || self.beside > 0 => {}
            "p" => self.paragraphs = self.paragraphs.saturating_sub(1),
            "table-cell" | "covered-table-cell" => self.close_cell(),
            "table-row" => self.close_row(),
            _ => {}
        }
    }

    fn close_cell(&mut self) {
        self.in_cell = false;
        let cell = std::mem::take(&mut self.cell);
        let first = self.column;
        self.column = first.saturating_add(cell.repeated);
        if first >= MOST_COLUMNS {
            return;
        }
        let (rows, columns) = cell.spanned;
        if (rows > 1 || columns > 1)
            && let Some(sheet) = self.sheets.last_mut().filter(|sheet| sheet.shape.merged.len() < MOST_RANGES)
        {
            let top = self.row.number;
            let rows = (top, top.saturating_add(rows - 1));
            sheet.shape.merged.push(Merged { rows, columns: (first, first.saturating_add(columns - 1)) });
        }
        // What lies under another cell is not seen.
        if cell.is_covered {
            return;
        }
        let shown = cell.text.trim();
        let is_plain = Exact::parse(shown.trim_end_matches('%').trim_end()).is_some();
        let (text, look) = match cell.kind.as_str() {
            "float" | "currency" if !is_plain && !cell.value.is_empty() => (cell.value.as_str(), Look::Plain),
            "percentage" if !is_plain && !cell.value.is_empty() => (cell.value.as_str(), Look::Percent(2)),
            "date" | "time" => (shown, Look::Date),
            _ => (shown, Look::Plain),
        };
        if text.is_empty() {
            if cell.has_formula {
                self.row.without_value.push(first);
            }
            return;
        }
        for column in first..self.column.min(MOST_COLUMNS) {
            self.row.cells.push(Cell { column, text: text.to_owned(), is_cut: cell.is_cut, look });
        }
    }

    fn close_row(&mut self) {
        if !self.has_begun {
            self.has_begun = true;
            self.text_left = MOST_TEXT;
        }
        let last = self.row.number.saturating_add(self.repeated - 1);
        let is_empty = self.row.cells.is_empty() && self.row.without_value.is_empty();
        if !is_empty && let Some(sheet) = self.sheets.last_mut() {
            let size: usize = self.row.cells.iter().map(|cell| cell.text.len() + 32).sum();
            for number in (self.row.number..=last).take(MOST_REPEATED) {
                if self.rows >= MOST_ROWS || size > self.text_left {
                    self.is_cut = true;
                    break;
                }
                self.rows += 1;
                self.text_left -= size;
                let cells = self.row.cells.iter().map(|cell| Cell { text: cell.text.clone(), ..*cell }).collect();
                let without_value = self.row.without_value.clone();
                sheet.rows.push(Row { number, line: None, cells, is_hidden: self.row.is_hidden, without_value });
            }
        }
        self.row.number = last;
    }
}

/// How many a thing counts for, at least one.
fn count(element: &Element<'_>, name: &str) -> u32 {
    element.attribute(name).and_then(|count| count.parse().ok()).filter(|count| *count > 0).unwrap_or(1)
}

fn is_unseen(element: &Element<'_>) -> bool {
    element.attribute("visibility").is_some_and(|visibility| matches!(&*visibility, "collapse" | "filter"))
}
