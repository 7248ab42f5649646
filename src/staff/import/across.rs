//! Tables that have codes across their head and a row for each agency: the commonest list of all. Owns how one is known and where it ends.
//! Refuses to read it: which row is the agency's is for its author to say, who turns the table and keeps that row.

use super::figure::{self, Reading};
use super::grid::{Grid, Line};
use super::headings::MOST_OF_HEADING;
use super::names::{Coded, Named, Names, code_at};
use super::whose::{Claim, Edition, Other};
use super::{Told, Understood, Why, short};
use crate::framework::{Figure, Pack};

/// How many codes in one row are a head of such a table.
const FEWEST: usize = 2;

/// How many rows of words may stand between the head and the first figures, and between a heading and the head.
const MOST_BETWEEN: usize = 3;

/// A table of that kind.
#[derive(Debug)]
pub struct Across {
    figures: Vec<Figure>,
    told: Told,
}

/// What is needed to know one.
type Known<'k> = (&'k Pack, &'k Names<'k>, &'k Edition);

/// Such tables of a grid, and the rows that are in none of them.
pub fn part<'g>(grid: &'g Grid, known: Known<'_>) -> (Vec<Across>, Vec<&'g Line>) {
    let (mut found, mut lines) = (Vec::new(), Vec::with_capacity(grid.lines.len()));
    let mut at = 0;
    while at < grid.lines.len() {
        match table(grid, at, known) {
            Some((across, end)) => {
                found.push(across);
                at = end;
            }
            None => {
                lines.push(&grid.lines[at]);
                at += 1;
            }
        }
    }
    (found, lines)
}

/// Tells each once. Where the file has all its figures elsewhere too, it leaves no doubt.
pub fn tell(found: Vec<Across>, understood: &mut Understood) {
    for Across { figures, told } in found {
        let is_elsewhere = figures.iter().all(|figure| understood.figures.contains_key(figure));
        understood.tell(if told.why == Why::Across && is_elsewhere { Told { why: Why::NoMeaning, ..told } } else { told });
    }
}

/// The table whose head is a row, and the place behind its last one.
fn table(grid: &Grid, head: usize, known: Known<'_>) -> Option<(Across, usize)> {
    let line = &grid.lines[head];
    if line.pieces.len() < FEWEST || line.pieces.iter().any(|piece| is_figure(&piece.text)) {
        return None;
    }
    let mut named: Vec<(u32, Figure)> = Vec::new();
    for piece in &line.pieces {
        if let Some(figure) = names(&piece.text, known)
            && !named.iter().any(|(_, other)| *other == figure)
        {
            named.push((piece.column, figure));
        }
    }
    if named.len() < FEWEST {
        return None;
    }
    let is_same = |other: &&Line| other.table.map(|(table, _)| table) == line.table.map(|(table, _)| table);
    let count = |line: &Line| {
        let is_below = |column: u32| named.iter().any(|(other, _)| *other == column);
        line.pieces.iter().filter(|piece| is_below(piece.column) && is_figure(&piece.text)).count()
    };
    let below = &grid.lines[head + 1..];
    let first = below.iter().take(MOST_BETWEEN + 1).take_while(is_same).position(|line| count(line) > 0)?;
    // A row that says itself what it is about is read as any other.
    let says = |line: &Line| line.pieces.iter().any(|piece| names(&piece.text, known).is_some());
    let is_row = |line: &&Line| is_same(line) && count(line) > 0 && !says(line);
    let is_head_whole = !below[..first].iter().any(says);
    let rows = below[first..].iter().take_while(is_row).count();
    let body = &below[first..first + rows];
    let full: Vec<&Line> = body.iter().filter(|line| count(line) >= FEWEST).collect();
    if !is_head_whole || full.is_empty() {
        return None;
    }
    let why = of_other_year(grid, (head, &full), known.2).map_or(Why::Across, Why::OtherYear);
    let (column, _) = named.first()?;
    let text = line.pieces.iter().find(|piece| piece.column == *column).map(|piece| short(&piece.text)).unwrap_or_default();
    let told = Told { at: grid.at(line, *column), text, code: None, why };
    Some((Across { figures: named.into_iter().map(|(_, figure)| figure).collect(), told }, head + 1 + first + rows))
}

/// The code, the instrument or the like that a cell names.
fn names(text: &str, (pack, names, _): Known<'_>) -> Option<Figure> {
    if is_figure(text) {
        return None;
    }
    match (code_at(text, pack), names.named(text)) {
        (Some(Coded::Known(figure, _)), _) | (None, Some(Named::Figure(figure))) => Some(figure),
        _ => None,
    }
}

/// The other year that the sheet, a heading right above or all of the rows say that the table is of.
fn of_other_year(grid: &Grid, (head, rows): (usize, &[&Line]), edition: &Edition) -> Option<u16> {
    let of_heading = |text: &str| if let Claim::Of(year) = edition.heading(text).year { Some(year) } else { None };
    let mut above = grid.lines[..head].iter().rev().take(MOST_BETWEEN).filter(|line| line.pieces.len() <= MOST_OF_HEADING);
    let of_row = |line: &&Line| {
        line.pieces.iter().find_map(|piece| if let Some(Other::Year(year)) = edition.label(&piece.text) { Some(year) } else { None })
    };
    let years: Option<Vec<u16>> = rows.iter().map(of_row).collect();
    let of_rows = years.and_then(|years| years.first().copied());
    grid.sheet.as_deref().and_then(of_heading).or_else(|| above.find_map(|line| of_heading(&line.text(" ")))).or(of_rows)
}

fn is_figure(text: &str) -> bool {
    matches!(figure::read(text), Reading::Figure(..))
}
