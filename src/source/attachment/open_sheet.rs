//! The rows of OpenDocument spreadsheets. Owns how cells, rows and columns that are written once and stand many times are counted, and
//! which of them nobody sees. Of a number the text stands that the spreadsheet shows; where that is another figure than the stored one it
//! says so.

use std::collections::{BTreeMap, BTreeSet};

use super::archive::Archive;
use super::markup::{self, Element, Token};
use super::rows::{Cell, Look, MOST_COLUMNS, Merged, Row, Shape, Shut, Take, add};
use super::runs::{self, Mark, Runs};
use super::shown_number::{self, Shown};
use super::workbook;
use crate::base::exact::Exact;

/// How many sheets are read.
const MOST_SHEETS: usize = 500;

/// How many rows with a text are kept of a file.
const MOST_ROWS: usize = 1_000_000;

/// How many bytes of texts are kept of a file.
const MOST_TEXT: usize = 64 * 1024 * 1024;

/// How many merged ranges and runs of hidden columns are kept of a sheet.
const MOST_RANGES: usize = 10_000;

/// How many styles are remembered that mark a text, and how deep marks stand in marks.
const MOST_STYLES: usize = 65_536;
const DEEPEST_MARKS: usize = 64;

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
        // Styles that the automatic ones of the content build on.
        archive.part("styles.xml", &mut |part| {
            markup::read(part, &mut |token| {
                if let Token::Open(element) = token {
                    reader.style(&element);
                }
                true
            });
        });
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
    /// How texts of a style are written, where it says so.
    marks: BTreeMap<String, Mark>,
    /// Columns whose cells are struck through where they have no style of their own.
    struck: Vec<(u32, u32)>,
    /// The marks of the pieces of text that are open.
    spans: Vec<Mark>,
    further_spans: usize,
    runs: Runs,
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
    /// Does the program say that it is a fault?
    is_fault: bool,
    /// Does a paragraph stand in it, an empty one too?
    has_paragraph: bool,
    is_struck: bool,
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
            Token::Text(piece) if self.in_cell && self.beside == 0 && self.paragraphs > 0 => self.text(piece),
            Token::Text(_) => {}
            Token::Close(name) => self.close(name),
        }
        self.sheets.len() <= MOST_SHEETS
    }

    fn text(&mut self, piece: &str) {
        self.cell.is_cut |= !add(piece, &mut self.cell.text);
        self.runs.push(self.spans.last().copied().unwrap_or_default(), piece);
    }

    /// Learns what a style says of a text.
    fn style(&mut self, element: &Element<'_>) {
        let own = |name| element.attribute(name).map(|value| value.into_owned());
        match element.name() {
            "style" => {
                self.style = own("name").unwrap_or_default();
                let mark = own("parent-style-name").and_then(|parent| self.marks.get(&parent).copied());
                self.mark(mark);
            }
            "text-properties" => {
                let line = own("text-line-through-type").or_else(|| own("text-line-through-style"));
                let position = own("text-position");
                let is_raised = position.as_ref().is_some_and(|position| !position.starts_with("0%"));
                self.mark(match (line.as_deref(), position) {
                    (Some(line), _) if line != "none" => Some(Mark::Struck),
                    (_, Some(_)) if is_raised => Some(Mark::Raised),
                    (None, None) => None,
                    _ => Some(Mark::Plain),
                });
            }
            _ => {}
        }
    }

    fn mark(&mut self, mark: Option<Mark>) {
        if let Some(mark) = mark.filter(|_| self.marks.len() < MOST_STYLES) {
            self.marks.insert(self.style.clone(), mark);
        }
    }

    fn is_struck(&self, style: &str) -> bool {
        self.marks.get(style) == Some(&Mark::Struck)
    }

    fn open(&mut self, element: &Element<'_>) {
        match element.name() {
            "style" | "text-properties" => self.style(element),
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
                    self.struck.clear();
                }
            }
            _ if self.depth != 1 || self.beside > 0 => {}
            "table-column" => {
                let repeated = count(element, "number-columns-repeated");
                let (first, last) = (self.column, self.column.saturating_add(repeated - 1));
                self.column = last.saturating_add(1);
                let style = element.attribute("default-cell-style-name");
                if style.is_some_and(|style| self.is_struck(&style)) && self.struck.len() < MOST_RANGES {
                    self.struck.push((first, last));
                }
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
                let (mut kind, mut is_fault) = (String::new(), false);
                // The first is that of the format, a second one that of the program.
                element.each_plain(&mut |name, value| {
                    if name == "value-type" {
                        is_fault |= value == "error";
                        if kind.is_empty() {
                            value.clone_into(&mut kind);
                        }
                    }
                });
                let style = element.attribute("style-name");
                let is_column = |range: &(u32, u32)| (range.0..=range.1).contains(&self.column);
                let is_struck = style.map_or_else(|| self.struck.iter().any(is_column), |style| self.is_struck(&style));
                let value = match kind.as_str() {
                    "float" | "percentage" | "currency" => plain("value"),
                    _ => String::new(),
                };
                self.cell = Raw {
                    text: String::new(),
                    value,
                    is_fault,
                    has_paragraph: false,
                    is_struck,
                    has_formula: element.attribute("formula").is_some(),
                    is_covered: element.name() == "covered-table-cell",
                    is_cut: false,
                    repeated: count(element, "number-columns-repeated"),
                    spanned: (count(element, "number-rows-spanned"), count(element, "number-columns-spanned")),
                    kind,
                };
                self.in_cell = true;
                self.paragraphs = 0;
                self.runs.clear();
                self.spans.clear();
                self.further_spans = 0;
            }
            "p" if self.in_cell => {
                if self.paragraphs == 0 && !self.cell.text.is_empty() {
                    self.text("\n");
                }
                self.cell.has_paragraph = true;
                self.paragraphs += 1;
            }
            "span" if self.in_cell && self.spans.len() == DEEPEST_MARKS => self.further_spans += 1,
            "span" if self.in_cell => {
                let own = element.attribute("style-name").and_then(|style| self.marks.get(&*style).copied());
                self.spans.push(own.or_else(|| self.spans.last().copied()).unwrap_or_default());
            }
            "s" if self.in_cell => {
                let spaces = count(element, "c").min(100) as usize;
                self.text(&" ".repeat(spaces));
            }
            "line-break" if self.in_cell => self.text("\n"),
            "tab" if self.in_cell => self.text(" "),
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "annotation" | "shapes" => self.beside = self.beside.saturating_sub(1),
            "table" => self.depth = self.depth.saturating_sub(1),
            _ if self.depth != 1 || self.beside > 0 => {}
            "p" => self.paragraphs = self.paragraphs.saturating_sub(1),
            "span" if self.further_spans > 0 => self.further_spans -= 1,
            "span" => {
                self.spans.pop();
            }
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
        let (text, look) = match cell.kind.as_str() {
            _ if cell.is_fault => (shown, Look::Fault),
            "float" | "currency" | "percentage" if !cell.value.is_empty() => number(&cell),
            "date" | "time" => (shown, Look::Date),
            _ => (shown, Look::Plain),
        };
        if text.is_empty() {
            if cell.has_formula {
                self.row.without_value.push(first);
            }
            return;
        }
        let runs = runs::of_cell(self.runs.finish(), cell.is_struck, text);
        let one = Cell { column: first, text: text.to_owned(), is_cut: cell.is_cut, look, runs };
        for column in first..self.column.min(MOST_COLUMNS) {
            self.row.cells.push(Cell { column, ..one.clone() });
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
            let size: usize = self.row.cells.iter().map(|cell| 2 * cell.text.len() + 64).sum();
            for number in (self.row.number..=last).take(MOST_REPEATED) {
                if self.rows >= MOST_ROWS || size > self.text_left {
                    self.is_cut = true;
                    break;
                }
                self.rows += 1;
                self.text_left -= size;
                let cells = self.row.cells.clone();
                let without_value = self.row.without_value.clone();
                sheet.rows.push(Row { number, line: None, cells, is_hidden: self.row.is_hidden, without_value, torn: None });
            }
        }
        self.row.number = last;
    }
}

/// What is shown of a cell with a stored number.
fn number(cell: &Raw) -> (&str, Look) {
    let shown = cell.text.trim();
    // Some programs store numbers alone; a spreadsheet shows these as they are.
    if shown.is_empty() {
        return (cell.value.as_str(), if cell.has_paragraph { Look::Hidden } else { Look::Plain });
    }
    let stored = workbook::shown(&cell.value);
    let Some(value) = Exact::parse(&stored) else { return (shown, Look::Plain) };
    let value = if cell.kind == "percentage" { &value * &Exact::whole(100) } else { value };
    match shown_number::compare(&value, shown) {
        Shown::Same => (shown, Look::Plain),
        // The stored number is the plainer one.
        Shown::Comma if cell.kind != "percentage" => (cell.value.as_str(), Look::Plain),
        Shown::Comma | Shown::Other => (shown, Look::Otherwise(stored.into_owned())),
    }
}

/// How many a thing counts for, at least one.
fn count(element: &Element<'_>, name: &str) -> u32 {
    element.attribute(name).and_then(|count| count.parse().ok()).filter(|count| *count > 0).unwrap_or(1)
}

fn is_unseen(element: &Element<'_>) -> bool {
    element.attribute("visibility").is_some_and(|visibility| matches!(&*visibility, "collapse" | "filter"))
}
