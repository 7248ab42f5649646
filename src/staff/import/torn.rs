//! Rows of a text in which a quotation mark is lost, so that one cell holds rows that stand behind it. Owns the signs of that. Refuses to say
//! where the mark belongs: the row is told, and nothing of it is taken.

use std::collections::BTreeMap;

use super::figure::{self, Reading};
use super::grid::{Grid, Line, Piece};
use super::names::{Coded, code_at, gist};
use super::years::years;
use super::{Told, Understood, Why, short};
use crate::framework::Pack;

/// How many letters and digits a code has at most.
const LONGEST_CODE: usize = 4;

/// Takes such rows out of a text whose cells are separated by a sign, and tells each at its line.
pub fn take_out(grid: &mut Grid, sign: char, (pack, understood): (&Pack, &mut Understood)) {
    let columns = columns(grid);
    let (mut whole, mut torn) = (Vec::with_capacity(grid.lines.len()), Vec::new());
    for line in std::mem::take(&mut grid.lines) {
        let swallowing = line.pieces.iter().find(|piece| holds_row(piece, (sign, columns), pack)).map(|piece| piece.column);
        match line.torn.or(swallowing) {
            Some(column) => torn.push((line, column)),
            None => whole.push(line),
        }
    }
    for (line, column) in torn {
        let text = line.pieces.iter().find(|piece| piece.column == column).map(|piece| short(&piece.text)).unwrap_or_default();
        let first = |text: &str| code_at(text.split(sign).next().unwrap_or_default(), pack);
        let code = line.pieces.iter().find_map(|piece| first(&piece.text)).map(|coded| match coded {
            Coded::Known(figure, _) => pack.code(figure),
            Coded::Unknown(code) | Coded::Several(code) => code,
        });
        understood.tell(Told { at: grid.at(&line, column), text, code, why: Why::Cut });
    }
    grid.lines = whole;
}

/// How many columns most rows have.
fn columns(grid: &Grid) -> usize {
    let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
    let last = |line: &Line| line.pieces.last().map_or(0, |piece| piece.column as usize + 1);
    for count in grid.lines.iter().map(last).filter(|count| *count > 1) {
        *counts.entry(count).or_default() += 1;
    }
    counts.into_iter().max_by_key(|(columns, count)| (*count, *columns)).map_or(0, |(columns, _)| columns)
}

/// Does a cell end its own row on its first line, or does a row of the same table stand on a later one?
fn holds_row(piece: &Piece, (sign, columns): (char, usize), pack: &Pack) -> bool {
    if !piece.text.contains(['\r', '\n']) {
        return false;
    }
    let is_figure = |cell: &String| matches!(figure::read(cell), Reading::Figure(..)) && years(cell).is_empty();
    let cells = |line: &str| line.split(sign).map(|cell| cell.trim().trim_matches('"').to_owned()).collect::<Vec<_>>();
    let is_filled = |count: usize| columns > 1 && count >= columns;
    let is_row = |line: &str| {
        let cells = cells(line);
        let [first, _, ..] = cells.as_slice() else { return false };
        match code_at(first, pack) {
            // A sentence may begin with a code; a cell that is one begins a row.
            Some(Coded::Known(..) | Coded::Unknown(_)) => is_filled(cells.len()) || gist(first).chars().count() <= LONGEST_CODE,
            _ => is_filled(cells.len()) && cells.iter().any(is_figure),
        }
    };
    let mut lines = piece.text.split(['\r', '\n']);
    let first = cells(lines.next().unwrap_or_default());
    let ends_row = first.len() > 1 && is_filled(piece.column as usize + first.len()) && first.last().is_some_and(is_figure);
    ends_row || lines.any(is_row)
}
