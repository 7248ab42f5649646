//! The tables of a file as rows of cells that a person sees. Owns what becomes of merged and hidden cells, and which sign separates the
//! cells of a text. One cell is read in [`super::cell`]. Refuses to know what a row means.

use std::collections::BTreeMap;
use std::io::Cursor;
use std::sync::Arc;

use super::cell::{self, Seen};
use super::figure::{self, Reading};
use super::label::labelled;
use super::letters::Letters;
use super::names::code_at;
use super::{At, Told, Understood, Why, short, torn};
use crate::framework::Pack;
use crate::source::attachment::rows::{Cell, Merged, SIGNS, Shape, Shut, Tables};

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
    /// The first and the last column of its cells that are merged over several.
    pub spans: Vec<(u32, u32)>,
    /// The column in which a quotation mark is lost.
    pub torn: Option<u32>,
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
    /// Why it is in doubt where it is; else what was left out of it.
    pub why: Vec<Why>,
}

impl Piece {
    /// Puts it in doubt where it is used.
    pub fn doubt(&mut self, why: Why) {
        self.state = State::Doubt;
        self.why = vec![why];
    }

    /// Why it can't be used, where that is so.
    pub fn doubted(&self) -> Option<Why> {
        if self.state == State::Doubt { self.why.first().cloned() } else { None }
    }
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
    /// It is not what it seems, or may not be taken: struck out, a fault, shown otherwise than stored.
    Doubt,
}

impl Line {
    /// The texts of its cells with a sign between them.
    pub fn text(&self, sign: &str) -> String {
        self.pieces.iter().map(|piece| piece.text.as_str()).collect::<Vec<_>>().join(sign)
    }
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
        let (mut hidden_rows, mut hidden_cells) = (Vec::new(), Vec::new());
        let is_page = !tables.is_text() && grid.sheet.is_none();
        let mut places = Places::default();
        let shape = tables.read(table, &mut |row| {
            is_long = grid.lines.len() >= MOST_ROWS;
            let is_whole = |cell: &Cell| letters.are_whole(&cell.text, row);
            let mut pieces: Vec<Piece> = Vec::with_capacity(row.cells.len());
            let mut unseen = Vec::new();
            for cell in &row.cells {
                match cell::read(cell, is_whole(cell)) {
                    Seen::Piece(piece) => pieces.push(piece),
                    Seen::Hidden(text) => unseen.push((cell.column, text)),
                    Seen::Nothing => {}
                }
            }
            let without = |column: &u32| Piece { column: *column, text: String::new(), state: State::NoValue, why: Vec::new() };
            let empty = row.without_value.iter().map(without);
            pieces.extend(empty);
            pieces.sort_by_key(|piece| piece.column);
            let place = places.next(row.number).filter(|_| is_page && row.line.is_some());
            let line = Line { row: row.number, line: row.line, table: place, pieces, torn: row.torn, spans: Vec::new() };
            hidden_cells.extend(unseen.into_iter().map(|(column, text)| (grid.at(&line, column), text)));
            if row.is_hidden {
                hidden_rows.extend(line.pieces.first().map(|piece| (grid.at(&line, piece.column), piece.text.clone())));
            } else if !line.pieces.is_empty() || line.torn.is_some() {
                grid.lines.push(line);
            }
            !is_long
        });
        // The three ways to read a text see the same rows; they are put together below.
        if !tables.is_text() {
            for (at, text) in hidden_rows {
                understood.tell(Told { at, text: short(&text), code: None, why: Why::HiddenRow });
            }
            for (at, text) in hidden_cells {
                understood.tell(Told { at, text: short(&text), code: None, why: Why::HiddenCell });
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
    if tables.is_text() {
        let (mut grid, sign) = together(grids, pack);
        torn::take_out(&mut grid, sign, (pack, understood));
        grids = vec![grid];
    }
    grids.iter().for_each(|grid| remark(grid, understood));
    Ok(grids)
}

/// Tells what was left out of cells: footnote marks, and what is struck out.
fn remark(grid: &Grid, understood: &mut Understood) {
    for line in &grid.lines {
        for piece in line.pieces.iter().filter(|piece| piece.state != State::Doubt && !piece.why.is_empty()) {
            for why in &piece.why {
                understood.tell(Told { at: grid.at(line, piece.column), text: short(&piece.text), code: None, why: why.clone() });
            }
        }
    }
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
    for Merged { rows: (top, _), columns } in merged.iter().filter(|range| range.columns.1 > range.columns.0).take(left) {
        if let Ok(place) = grid.lines.binary_search_by_key(top, |line| line.row) {
            grid.lines[place].spans.push(*columns);
        }
    }
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
                line.pieces.insert(place, Piece { column: *first, text: head.text.clone(), state: State::FromAbove, why: Vec::new() });
            }
        }
    }
}

/// The readings of a text by each sign as one table: by the sign that gives the most rows, and where a line has none of it, by another.
/// Gives that sign too.
fn together(mut grids: Vec<Grid>, pack: &Pack) -> (Grid, char) {
    // Where a line has none of a sign, spaces or strokes may separate.
    grids.iter_mut().flat_map(|grid| &mut grid.lines).filter(|line| line.pieces.len() == 1).for_each(split);
    let has_score = |line: &&Line| has_score(line, pack);
    let weight =
        |grid: &Grid| (grid.lines.iter().filter(has_score).count(), grid.lines.iter().filter(|line| line.pieces.len() > 1).count());
    // Of two that are alike the later stands: a tab is the surest sign.
    let best = (0..grids.len()).max_by_key(|place| (weight(&grids[*place]), *place)).unwrap_or(0);
    let sign = SIGNS.get(best).map_or('\t', |sign| char::from(*sign));
    if grids.is_empty() {
        return (Grid::default(), sign);
    }
    let mut grid = grids.swap_remove(best);
    let others: Vec<BTreeMap<Option<u32>, Line>> = grids
        .into_iter()
        .map(|grid| grid.lines.into_iter().filter(|line| has_score(&line)).map(|line| (line.line, line)).collect())
        .collect();
    for line in grid.lines.iter_mut().filter(|line| line.pieces.len() == 1) {
        if let Some(other) = others.iter().find_map(|lines| lines.get(&line.line)) {
            line.pieces.clone_from(&other.pieces);
            line.torn = line.torn.or(other.torn);
        }
    }
    (grid, sign)
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
    let (state, why) = (whole.state, whole.why.clone());
    let pieces = parts.iter().zip(0..).map(|(part, column)| Piece { column, text: part.trim().to_owned(), state, why: why.clone() });
    line.pieces = pieces.filter(|piece| !piece.text.is_empty()).collect();
}
