//! The tables of a file as rows of cells that a person sees. Owns what becomes of merged, hidden and stored cells, of tags in a text, and
//! which sign separates the cells of a text. Refuses to know what a row means.

use std::collections::BTreeMap;
use std::io::Cursor;
use std::sync::Arc;

use super::figure::{self, Reading};
use super::label::labelled;
use super::letters::Letters;
use super::names::code_at;
use super::{At, Told, Understood, Why, short};
use crate::base::date::Date;
use crate::base::exact::Exact;
use crate::base::thai;
use crate::framework::Pack;
use crate::source::attachment::rows::{Cell, Look, Merged, Shape, Shut, Tables};
use crate::text::is_no_text;

/// How many rows of a table are read.
const MOST_ROWS: usize = 200_000;

/// How many cells get their text from a merged one above them.
const MOST_MERGED: usize = 100_000;

/// A table.
#[derive(Debug, Default)]
pub struct Grid {
    /// The sheet's name.
    pub sheet: Option<Arc<str>>,
    /// Its rows that are seen.
    pub lines: Vec<Line>,
}

/// A row.
#[derive(Debug, Default)]
pub struct Line {
    /// Its number, from 1.
    pub row: u32,
    /// The line of a text, from 1.
    pub line: Option<u32>,
    /// The table of a page and the row in it.
    pub table: Option<(u32, u32)>,
    /// Its cells by column.
    pub pieces: Vec<Piece>,
}

/// A cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// The column, from 0.
    pub column: u32,
    /// What a person reads there.
    pub text: String,
    /// What is to be known of it besides.
    pub state: State,
}

/// What is to be known of a cell besides its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Nothing.
    Plain,
    /// It is shown as a day.
    Day,
    /// A formula without its value.
    NoValue,
    /// It is not all of the text.
    Cut,
    /// Some of its letters could not be read.
    Unreadable,
    /// It stands in a row further up, merged with this place.
    FromAbove,
}

impl Grid {
    /// The place of a cell.
    pub fn at(&self, line: &Line, column: u32) -> At {
        At { sheet: self.sheet.clone(), row: line.row, column, line: line.line, table: line.table }
    }
}

/// Reads all tables of a file; what is hidden, or is not read to its end, is told.
///
/// # Errors
/// Where it can't be opened.
pub fn read(bytes: &[u8], pack: &Pack, understood: &mut Understood) -> Result<Vec<Grid>, Shut> {
    let mut cursor = Cursor::new(bytes);
    let mut tables = Tables::any(bytes, &mut cursor)?;
    for name in tables.hidden() {
        let at = At { sheet: Some(Arc::from(name.as_str())), row: 1, ..At::default() };
        understood.tell(Told { at, text: name.clone(), code: None, why: Why::HiddenSheet });
    }
    let letters = Letters::of(bytes, tables.is_text());
    let mut grids = Vec::new();
    for table in 0..tables.len() {
        let mut grid = Grid { sheet: tables.name(table).map(Arc::from), lines: Vec::new() };
        let mut is_long = false;
        let mut hidden_rows = Vec::new();
        let is_page = !tables.is_text() && grid.sheet.is_none();
        let mut places = Places::default();
        let shape = tables.read(table, &mut |row| {
            is_long = grid.lines.len() >= MOST_ROWS;
            let is_whole = |cell: &Cell| letters.are_whole(&cell.text, row);
            let mut pieces: Vec<Piece> = row.cells.iter().filter_map(|cell| piece(cell, is_whole(cell))).collect();
            let empty = row.without_value.iter().map(|column| Piece { column: *column, text: String::new(), state: State::NoValue });
            pieces.extend(empty);
            pieces.sort_by_key(|piece| piece.column);
            let place = places.next(row.number).filter(|_| is_page && row.line.is_some());
            let line = Line { row: row.number, line: row.line, table: place, pieces };
            if row.is_hidden {
                hidden_rows.extend(line.pieces.first().map(|piece| (grid.at(&line, piece.column), piece.text.clone())));
            } else if !line.pieces.is_empty() {
                grid.lines.push(line);
            }
            !is_long
        });
        // The three ways to read a text see the same rows; they are put together below.
        if !tables.is_text() {
            for (at, text) in hidden_rows {
                understood.tell(Told { at, text: short(&text), code: None, why: Why::HiddenRow });
            }
            hide_columns(&mut grid, &shape, understood);
            merge(&mut grid, &shape.merged);
        }
        if is_long {
            let at = At { sheet: grid.sheet.clone(), row: 1, ..At::default() };
            understood.tell(Told { at, text: String::new(), code: None, why: Why::Unread });
        }
        grids.push(grid);
    }
    if tables.is_cut() {
        understood.tell(Told { at: At { row: 1, ..At::default() }, text: String::new(), code: None, why: Why::Unread });
    }
    Ok(if tables.is_text() { vec![together(grids, pack)] } else { grids })
}

/// Which table of a page each row is of. Numbers of rows are left out where a table begins and where one ends.
#[derive(Default)]
struct Places {
    last: u32,
    is_inside: bool,
    table: u32,
    /// The number before that of the table's first row.
    before: u32,
}

impl Places {
    fn next(&mut self, row: u32) -> Option<(u32, u32)> {
        for number in self.last.saturating_add(1)..row {
            self.is_inside = !self.is_inside;
            if self.is_inside {
                (self.table, self.before) = (self.table.saturating_add(1), number);
            }
        }
        self.last = row;
        self.is_inside.then(|| (self.table, row.saturating_sub(self.before)))
    }
}

fn piece(cell: &Cell, is_whole: bool) -> Option<Piece> {
    let text = shown(&cell.text, cell.look);
    let text = if text.contains('<') { untagged(&text) } else { text };
    let text = thai::normal(text.trim()).replace(is_no_text, "").trim().to_owned();
    let state = match (cell.is_cut, cell.look) {
        (true, _) => State::Cut,
        (false, _) if !is_whole => State::Unreadable,
        (false, Look::Date) => State::Day,
        _ => State::Plain,
    };
    (!text.is_empty()).then_some(Piece { column: cell.column, text, state })
}

/// A stored number as the spreadsheet shows it. A format that hides decimals is not followed below two of them: what is hidden was published.
fn shown(stored: &str, look: Look) -> String {
    let Some(value) = Exact::parse(stored) else { return stored.to_owned() };
    let decimals = |value: &Exact, places: u8| {
        let fixed = value.fixed(u32::from(places));
        let keeps = Exact::parse(&fixed).is_some_and(|fixed| fixed == *value);
        if keeps || places >= 2 { fixed } else { value.short(2) }
    };
    match look {
        Look::Plain => stored.to_owned(),
        Look::Date => day(stored).unwrap_or_else(|| stored.to_owned()),
        Look::Decimals(places) => decimals(&value, places),
        Look::Percent(places) => format!("{}%", decimals(&(&value * &Exact::whole(100)), places)),
    }
}

/// The day of a stored number: a workbook counts the days from the end of 1899. One below a day is a time.
fn day(stored: &str) -> Option<String> {
    let days: u64 = stored.split('.').next()?.parse().ok().filter(|days| (61..=2_958_465).contains(days))?;
    Some(Date::parse("1899-12-30")?.plus_days(days).to_string())
}

/// Tags that stay in the cells of a text that was made of a page.
const TAGS: &[&str] = &["p", "br", "ol", "ul", "li", "div", "b", "i", "u", "span", "strong", "em", "font", "sup", "sub"];

/// A text without such tags; where a paragraph ends, a line does.
fn untagged(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        let tag = &rest[at + 1..];
        let name: String = tag.trim_start_matches('/').chars().take_while(char::is_ascii_alphanumeric).collect();
        let name = name.to_ascii_lowercase();
        match tag.find('>').filter(|_| TAGS.contains(&name.as_str())) {
            Some(end) => {
                if TAGS[..6].contains(&name.as_str()) {
                    out.push('\n');
                }
                rest = &tag[end + 1..];
            }
            None => {
                out.push('<');
                rest = tag;
            }
        }
    }
    out.push_str(rest);
    out
}

fn hide_columns(grid: &mut Grid, shape: &Shape, understood: &mut Understood) {
    let is_hidden = |column: u32| shape.hidden.iter().any(|(first, last)| (*first..=*last).contains(&column));
    let mut told: BTreeMap<u32, (At, String)> = BTreeMap::new();
    for index in 0..grid.lines.len() {
        let line = &grid.lines[index];
        for piece in line.pieces.iter().filter(|piece| is_hidden(piece.column)) {
            told.entry(piece.column).or_insert_with(|| (grid.at(line, piece.column), piece.text.clone()));
        }
        grid.lines[index].pieces.retain(|piece| !is_hidden(piece.column));
    }
    grid.lines.retain(|line| !line.pieces.is_empty());
    for (at, text) in told.into_values() {
        understood.tell(Told { at, text: short(&text), code: None, why: Why::HiddenColumn });
    }
}

/// Gives the rows below a merged cell its text.
fn merge(grid: &mut Grid, merged: &[Merged]) {
    let mut left = MOST_MERGED;
    for Merged { rows: (top, bottom), columns: (first, _) } in merged.iter().filter(|range| range.rows.1 > range.rows.0) {
        let start = grid.lines.partition_point(|line| line.row < *top);
        let Some(head) = grid.lines.get(start).filter(|line| line.row == *top) else { continue };
        let Some(head) = head.pieces.iter().find(|piece| piece.column == *first && piece.state != State::FromAbove).cloned() else {
            continue;
        };
        for line in grid.lines[start + 1..].iter_mut().take_while(|line| line.row <= *bottom).take(left) {
            left -= 1;
            let place = line.pieces.partition_point(|piece| piece.column < *first);
            if line.pieces.get(place).is_none_or(|piece| piece.column != *first) {
                line.pieces.insert(place, Piece { column: *first, text: head.text.clone(), state: State::FromAbove });
            }
        }
    }
}

/// The readings of a text by each sign as one table: by the sign that gives the most rows, and where a line has none of it, by another.
fn together(mut grids: Vec<Grid>, pack: &Pack) -> Grid {
    // Where a line has none of a sign, spaces or strokes may separate.
    grids.iter_mut().flat_map(|grid| &mut grid.lines).filter(|line| line.pieces.len() == 1).for_each(split);
    let has_score = |line: &&Line| has_score(line, pack);
    let weight =
        |grid: &Grid| (grid.lines.iter().filter(has_score).count(), grid.lines.iter().filter(|line| line.pieces.len() > 1).count());
    // Of two that are alike the later stands: a tab is the surest sign.
    let best = (0..grids.len()).max_by_key(|place| (weight(&grids[*place]), *place)).unwrap_or(0);
    if grids.is_empty() {
        return Grid::default();
    }
    let mut grid = grids.swap_remove(best);
    let others: Vec<BTreeMap<Option<u32>, Line>> = grids
        .into_iter()
        .map(|grid| grid.lines.into_iter().filter(|line| has_score(&line)).map(|line| (line.line, line)).collect())
        .collect();
    for line in grid.lines.iter_mut().filter(|line| line.pieces.len() == 1) {
        if let Some(other) = others.iter().find_map(|lines| lines.get(&line.line)) {
            line.pieces.clone_from(&other.pieces);
        }
    }
    grid
}

/// Has a row a code, and in another cell something like a score?
fn has_score(line: &Line, pack: &Pack) -> bool {
    let parts = pack.instruments.iter().find(|instrument| !instrument.parts.is_empty()).map_or(&[][..], |instrument| &instrument.parts);
    let is_score = |text: &str| {
        matches!(figure::read(text), Reading::Figure(..) | Reading::Odd) || (text.len() < 200 && !labelled(text, parts, false).is_empty())
    };
    line.pieces.len() > 1
        && line.pieces.iter().any(|piece| code_at(&piece.text, pack).is_some())
        && line.pieces.iter().any(|piece| is_score(&piece.text))
}

/// A line without a sign as cells: between upright strokes, or where several spaces stand.
fn split(line: &mut Line) {
    let [whole] = line.pieces.as_slice() else { return };
    let text = whole.text.clone();
    if text.contains('\n') {
        return;
    }
    let parts: Vec<&str> = if text.matches('|').count() > 1 {
        text.trim_matches('|').split('|').collect()
    } else {
        text.split("  ").filter(|part| !part.trim().is_empty()).collect()
    };
    if parts.len() < 2 {
        return;
    }
    let state = whole.state;
    let pieces = parts.iter().zip(0..).map(|(part, column)| Piece { column, text: part.trim().to_owned(), state });
    line.pieces = pieces.filter(|piece| !piece.text.is_empty()).collect();
}
