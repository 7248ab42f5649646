//! Tables of procurement as agencies attach them: which attachment holds one, and its rows as records. Owns where its header is, which of
//! its rows are procurements, and how much of one is read. Refuses to judge: what is wrong with a row is for the rules, what of it is
//! published for the plan.
//!
//! A table is one only where its header says so beyond doubt; any other attachment is none, and nothing is said of it.

mod amount;
mod words;

use std::io::Cursor;
use std::sync::Arc;

use crate::base::digits;
use crate::source::attachment::extension;
use crate::source::attachment::rows::{self, Cell, Merged, Tables, column_name};

pub use amount::{Amount, Satang};
pub use words::{Column, Competition, State};

/// How many rows of the tables of one item are read in all.
pub const MOST_ROWS: usize = 100_000;

/// The largest attachment that is read, in bytes.
pub const LARGEST: u64 = 64 * 1024 * 1024;

/// In how many rows with something in them the header is looked for: titles stand above it.
const HEADER_WITHIN: usize = 15;

/// How many headings a header has to have, and how many of them that other tables have not.
const FEWEST_HEADINGS: usize = 6;
const FEWEST_OWN: usize = 3;

/// How many steps are made to tell merged cells from empty ones.
const MOST_MERGED_ROWS: usize = 1_000_000;

/// The lasting id of the item that such tables belong to.
pub const ITEM: &str = "procurement-list";

/// A table among the attachments of an item.
#[derive(Debug)]
pub struct Attached {
    /// The attachment, as its path from the site folder.
    pub file: Arc<str>,
    /// The table.
    pub table: Table,
}

/// The extensions of attachments that may hold a table.
const EXTENSIONS: [&str; 3] = ["csv", "tsv", "xlsx"];

/// May this attachment hold a table, by its name?
pub fn may_hold(name: &str) -> bool {
    EXTENSIONS.contains(&extension(name).as_str())
}

/// A table of procurement.
#[derive(Debug)]
pub struct Table {
    /// The sheet of a workbook that it stands in.
    pub sheet: Option<String>,
    /// Where each column stands, from 0, by its place in the form.
    pub columns: [Option<u32>; Column::COUNT],
    /// How many further columns the header names, that are not read.
    pub further: usize,
    /// The procurements.
    pub rows: Vec<Row>,
    /// Are there more rows than were read?
    pub is_cut: bool,
    /// Does it say that there were none?
    pub says_none: bool,
}

/// A procurement.
#[derive(Debug)]
pub struct Row {
    /// The number of the row as a spreadsheet shows it.
    pub number: u32,
    /// Its line, where the table is a text.
    pub line: Option<u32>,
    /// Columns of the table that it has nothing in: a bit for each, by its place in the form.
    pub empty: u16,
    /// Is the text of a cell longer than is kept?
    pub is_cut: bool,
    /// The fiscal year (พ.ศ.).
    pub year: Year,
    /// The money set aside.
    pub budget: Amount,
    /// The reference price.
    pub reference: Amount,
    /// The price agreed.
    pub agreed: Amount,
    /// What is bought.
    pub name: Box<str>,
    /// Where the money comes from.
    pub source: Box<str>,
    /// How far it is, as written.
    pub status: Box<str>,
    /// The method, as written.
    pub method: Box<str>,
    /// Who was selected, as written.
    pub vendors: Box<str>,
    /// The number in the state's procurement system, as written.
    pub project: Box<str>,
}

/// What a cell for a year says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Year {
    /// Nothing.
    None,
    /// A year (พ.ศ.).
    Of(u16),
    /// No year: what stands there.
    Odd(Box<str>),
}

impl Table {
    /// Reads the table of an attachment, and at most so many rows of it. Nothing where it has none.
    pub fn read(bytes: &[u8], most: usize) -> Option<Self> {
        let mut cursor = Cursor::new(bytes);
        let mut tables = Tables::open(bytes, &mut cursor)?;
        for number in 0..tables.len() {
            let mut reader = Reader { most, seen: 0, table: None };
            let merged = tables.read(number, &mut |row| reader.take(row)).merged;
            if let Some(mut table) = reader.table {
                table.sheet = tables.name(number).map(str::to_owned);
                table.is_cut |= tables.is_cut();
                table.fill(&merged);
                return Some(table);
            }
        }
        None
    }

    /// A cell as a spreadsheet names it: `Sheet1!M5`.
    pub fn cell(&self, row: &Row, column: Column) -> String {
        let place = format!("{}{}", column_name(self.columns[column.place()].unwrap_or_default()), row.number);
        self.sheet.as_ref().map_or_else(|| place.clone(), |sheet| format!("{sheet}!{place}"))
    }

    /// Columns of the form that it has not.
    pub fn missing(&self) -> impl Iterator<Item = Column> + '_ {
        Column::all().filter(|column| self.columns[column.place()].is_none())
    }

    /// What is merged with a cell above or beside is not empty: one value stands there for all of them.
    fn fill(&mut self, merged: &[Merged]) {
        if !self.rows.is_sorted_by_key(|row| row.number) {
            return;
        }
        let mut left = MOST_MERGED_ROWS;
        for Merged { rows: (top, bottom), columns: (first, last) } in merged {
            let covered = Column::all().filter(|column| self.columns[column.place()].is_some_and(|at| (*first..=*last).contains(&at)));
            let bits = covered.fold(0, |bits, column| bits | bit(column));
            let from = self.rows.partition_point(|row| row.number < *top);
            for row in self.rows[from..].iter_mut().take_while(|row| row.number <= *bottom) {
                row.empty &= !bits;
                let Some(rest) = left.checked_sub(1) else { return };
                left = rest;
            }
        }
    }
}

impl Row {
    /// Has it nothing in this column of the table?
    pub fn is_empty(&self, column: Column) -> bool {
        self.empty & bit(column) != 0
    }

    /// The number in the state's procurement system, in digits of ASCII, where it can be one. A spreadsheet that kept it as a number may
    /// have lost its last digits; that is none any more. Thirteen digits are a citizen's or a taxpayer's number in the wrong column.
    pub fn project_number(&self) -> Option<String> {
        let number: String = self.project.chars().filter(|c| !c.is_whitespace() && !matches!(c, '\'' | '-')).map(digits::ascii).collect();
        let is_number = (8..=12).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit());
        (is_number && number.bytes().any(|byte| byte != b'0')).then_some(number)
    }
}

fn bit(column: Column) -> u16 {
    1 << column.place()
}

struct Reader {
    most: usize,
    /// How many rows with something in them were seen before the header.
    seen: usize,
    table: Option<Table>,
}

impl Reader {
    /// Takes a row; false where enough was seen.
    fn take(&mut self, row: &rows::Row) -> bool {
        let Some(table) = &mut self.table else {
            self.table = header(&row.cells);
            self.seen += usize::from(!row.cells.is_empty());
            return self.table.is_some() || self.seen < HEADER_WITHIN;
        };
        let mut cells: [Option<&Cell>; Column::COUNT] = [None; Column::COUNT];
        for cell in &row.cells {
            if let Some(column) = table.columns.iter().position(|at| *at == Some(cell.column)) {
                cells[column] = Some(cell);
            }
        }
        let cells = Cells(cells);
        match cells.kind() {
            Kind::Procurement if table.rows.len() >= self.most => {
                table.is_cut = true;
                return false;
            }
            Kind::Procurement => table.rows.push(cells.row(row, &table.columns)),
            Kind::NoProcurement => table.says_none = true,
            Kind::Other => {}
        }
        true
    }
}

/// The table that a row is the header of.
fn header(cells: &[Cell]) -> Option<Table> {
    let mut columns = [None; Column::COUNT];
    let (mut further, mut own) = (0, 0);
    for cell in cells {
        match Column::of(&cell.text) {
            // Of two columns of one heading the first is read.
            Some(column) if columns[column.place()].is_none() => {
                columns[column.place()] = Some(cell.column);
                own += usize::from(!column.is_common());
            }
            _ => further += 1,
        }
    }
    let known = columns.iter().flatten().count();
    let is_header = known >= FEWEST_HEADINGS && own >= FEWEST_OWN && columns[Column::Name.place()].is_some();
    is_header.then(|| Table { sheet: None, columns, further, rows: Vec::new(), is_cut: false, says_none: false })
}

/// What a row below the header is.
enum Kind {
    Procurement,
    /// It says that there was none.
    NoProcurement,
    /// A sum, a remark, a title, the header once more, or nothing.
    Other,
}

/// How rows begin that add up or explain.
const NOT_ROWS: [&str; 8] = ["รวม", "ยอดรวม", "หมายเหตุ", "หมายเหต", "total", "sum", "ข้อมูล ณ", "ผู้รายงาน"];

/// The cells of a row by the place of their column.
struct Cells<'a>([Option<&'a Cell>; Column::COUNT]);

impl Cells<'_> {
    fn text(&self, column: Column) -> &str {
        self.0[column.place()].map_or("", |cell| cell.text.as_str())
    }

    fn kind(&self) -> Kind {
        let first = self.0.iter().flatten().min_by_key(|cell| cell.column).map_or("", |cell| cell.text.as_str());
        let name = self.text(Column::Name);
        if [first, name].iter().any(|text| text.starts_with("ไม่มีการจัด") || text.starts_with("ไม่มีรายการ"))
        {
            return Kind::NoProcurement;
        }
        let own = Column::all().filter(|column| !column.is_common());
        let filled = own.filter(|column| !self.text(*column).is_empty()).count();
        let is_other = [first, name].iter().any(|text| NOT_ROWS.iter().any(|begin| begins(text, begin)));
        // Rows of a form that nobody filled in have a number and the agency alone; titles between rows have a name alone; a sum without
        // a word has amounts alone.
        let has_own = filled > usize::from(!name.is_empty());
        let is_sum =
            name.is_empty() && [Column::Vendors, Column::Method, Column::Project].iter().all(|column| self.text(*column).is_empty());
        // What was cut may have been anything, so it is not passed over.
        if self.0.iter().flatten().any(|cell| cell.is_cut) {
            return Kind::Procurement;
        }
        if is_other || !has_own || is_sum || self.is_header_again() || self.counts_columns() {
            return Kind::Other;
        }
        Kind::Procurement
    }

    /// Is it the header once more, as on each sheet of paper?
    fn is_header_again(&self) -> bool {
        let headings = Column::all().filter(|column| Column::of(self.text(*column)) == Some(*column)).count();
        headings >= FEWEST_OWN
    }

    /// Does it number the columns: (1) (2) (3)?
    fn counts_columns(&self) -> bool {
        let is_count = |cell: &Cell| {
            let text = digits::to_ascii(cell.text.trim_matches(['(', ')', '[', ']', '.']));
            text.parse::<u32>().is_ok_and(|number| (1..=99).contains(&number))
        };
        self.0.iter().flatten().all(|cell| is_count(cell))
    }

    fn row(&self, row: &rows::Row, columns: &[Option<u32>; Column::COUNT]) -> Row {
        let amount = |column| Amount::read(self.text(column));
        let text = |column| Box::from(self.text(column));
        let is_there = |column: &Column| columns[column.place()].is_some();
        let empty = Column::all().filter(is_there).filter(|column| self.text(*column).is_empty());
        Row {
            number: row.number,
            line: row.line,
            empty: empty.fold(0, |bits, column| bits | bit(column)),
            is_cut: self.0.iter().flatten().any(|cell| cell.is_cut),
            year: year(self.text(Column::Year)),
            budget: amount(Column::Budget),
            reference: amount(Column::Reference),
            agreed: amount(Column::Agreed),
            name: text(Column::Name),
            source: text(Column::Source),
            status: text(Column::Status),
            method: text(Column::Method),
            vendors: text(Column::Vendors),
            project: text(Column::Project),
        }
    }
}

fn begins(text: &str, begin: &str) -> bool {
    let start = text.trim_start_matches(['*', '-', ' ', '(']);
    start.get(..begin.len()).is_some_and(|start| start.eq_ignore_ascii_case(begin))
}

/// Reads a year of either era, with or without a word before it.
fn year(text: &str) -> Year {
    let plain = digits::to_ascii(text);
    let bare = ["ปีงบประมาณ", "ปี", "พ.ศ.", "พ.ศ", "ค.ศ."].iter().fold(plain.trim_start_matches('\''), |rest, word| {
        let rest = rest.trim();
        rest.strip_prefix(word).unwrap_or(rest)
    });
    let bare = bare.trim();
    let bare = bare.strip_suffix(".0").unwrap_or(bare);
    if bare.is_empty() || bare.chars().all(|c| matches!(c, '-' | '\u{2013}' | '\u{2014}')) {
        return Year::None;
    }
    match bare.parse::<u16>() {
        Ok(year) if bare.len() == 4 && (2400..=2999).contains(&year) => Year::Of(year),
        Ok(year) if bare.len() == 4 && (1900..2400).contains(&year) => Year::Of(year + 543),
        _ => Year::Odd(text.into()),
    }
}

#[cfg(test)]
mod tests;
