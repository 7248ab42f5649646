//! Where the points went, as a table: the whole account for machines, and the questions and items that took most for people. Owns which
//! rows are shown; the arithmetic is the assessment's.

use std::sync::Arc;

use super::model::EditionModel;
use super::table::{Cell, Column, Label, Layout, Line, Row, Shows, Table};
use crate::assessment::formula;
use crate::assessment::loss::{self, Row as Loss};
use crate::base::exact::Exact;
use crate::base::language::Name;
use crate::framework::{Figure, Pack};

/// How many decimals points have in data.
const DECIMALS: u32 = 4;

/// How many questions and items a page names.
const MOST: usize = 12;

/// The rows of the data file. The points of the pieces of a figure add up to those of the figure, as printed; what rounding leaves is in
/// the row `rest`.
pub fn cells(edition: &EditionModel) -> Vec<Vec<Cell>> {
    let Some((total, rows)) = loss::account(&edition.edition) else { return Vec::new() };
    let rollup = edition.edition.rollup();
    let pack = &edition.edition.pack;
    let row = |layer: &str, figure: Option<Figure>, of: Cell, points: Cell| {
        let value = figure.and_then(|figure| rollup.known(figure)).map_or(Cell::Null, |value| Cell::Figure(value.short(DECIMALS)));
        let code = figure.map_or(Cell::Null, |figure| Cell::Text(formula::name(&rollup, figure)));
        let name = figure.map_or_else(|| Cell::Name(untold()), |figure| Cell::Name(official(pack, figure)));
        vec![Cell::Text(layer.to_owned()), code, of, name, value, points]
    };
    let printed = |points: &Exact| Cell::Figure(points.short(DECIMALS));
    let mut cells = vec![row("overall", Some(Figure::Overall), Cell::Null, printed(&total))];
    for (at, loss) in rows.iter().enumerate() {
        let of = Cell::Text(formula::name(&rollup, loss.of));
        if let Some(figure) = loss.figure {
            cells.push(row(layer(figure), Some(figure), of.clone(), printed(&loss.points)));
        }
        // After the last piece of a figure stands what its pieces do not tell, reckoned from the numbers as they are printed.
        let is_last = !rows[at + 1..].iter().any(|other| other.of == loss.of);
        if is_last {
            let above = points_of(&rows, loss.of).unwrap_or(&total).rounded(DECIMALS);
            let pieces: Exact =
                rows.iter().filter(|other| other.of == loss.of && other.figure.is_some()).map(|other| other.points.rounded(DECIMALS)).sum();
            let rest = &above - &pieces;
            if rest != Exact::whole(0) {
                cells.push(row("rest", None, of, printed(&rest)));
            }
        }
    }
    cells
}

fn points_of(rows: &[Loss], figure: Figure) -> Option<&Exact> {
    rows.iter().find(|row| row.figure == Some(figure)).map(|row| &row.points)
}

fn layer(figure: Figure) -> &'static str {
    match figure {
        Figure::Overall => "overall",
        Figure::Instrument(_) => "instrument",
        Figure::Part(..) => "part",
        Figure::Indicator(_) => "indicator",
        Figure::Group(..) => "group",
        Figure::Question(_) => "question",
        Figure::QuestionPart(..) => "question-part",
        Figure::Item(_) => "item",
    }
}

/// What the tables do not tell.
fn untold() -> Name {
    Name { th: "ส่วนที่ตารางไม่ได้บอก".to_owned(), en: Some("Not told by the tables".to_owned()) }
}

fn official(pack: &Pack, figure: Figure) -> Name {
    pack.name(figure).cloned().unwrap_or_else(|| Name { th: "คะแนนรวม".to_owned(), en: Some("Total".to_owned()) })
}

/// The questions and items that took most, with what the tables do not tell; `None` where nothing was lost or nothing is known.
pub fn most(edition: &EditionModel) -> Option<Layout> {
    let (_, rows) = loss::account(&edition.edition)?;
    let pack = &edition.edition.pack;
    let rollup = edition.edition.rollup();
    // A question is one row, whatever its parts are; so is anything that is not split, and what is left over above questions.
    let is_shown = |row: &&Loss| match (row.of, row.figure) {
        (Figure::Question(_), _) => false,
        (_, Some(Figure::Question(_)) | None) => true,
        _ => !row.split,
    };
    let mut shown: Vec<&Loss> = rows.iter().filter(is_shown).filter(|row| row.points >= Exact::decimal(5, 3)).collect();
    shown.sort_by(|a, b| b.points.cmp(&a.points));
    let others: Vec<&Loss> = shown.split_off(shown.len().min(MOST));
    let mut table = Table::new("most", &["code", "name", "value", "points"]);
    let mut lines = Vec::new();
    for row in &shown {
        let mut notes = Vec::new();
        let (code, name, value) = match row.figure {
            Some(figure) => (figure, official(pack, figure), rollup.known(figure).map(|value| value.fixed(2))),
            None => {
                notes.push(Label::new("note.untold"));
                (row.of, official(pack, row.of), None)
            }
        };
        let link = match code {
            Figure::Item(item) => Some(edition.item(item)),
            _ => None,
        };
        lines.push(Line::Row(Row { index: table.rows.len(), notes, link, ..Row::default() }));
        let value = value.map_or(Cell::Null, Cell::Figure);
        table.rows.push(vec![Cell::Text(pack.code(code)), Cell::Name(name), value, Cell::Figure(row.points.fixed(2))]);
    }
    if lines.is_empty() {
        return None;
    }
    if !others.is_empty() {
        let sum: Exact = others.iter().map(|row| row.points.clone()).sum();
        lines.push(Line::Row(Row { notes: vec![Label::new("note.others").number("count", others.len())], ..Row::plain(table.rows.len()) }));
        table.rows.push(vec![Cell::Null, Cell::Word("most.others"), Cell::Null, Cell::Figure(sum.fixed(2))]);
    }
    Some(Layout {
        table: Arc::new(table),
        shape: "hang",
        caption: Label::new("table.most"),
        subcaption: None,
        columns: vec![
            Column { label: Label::new("column.figure"), shows: Shows::Head(Some("code"), "name") },
            Column { label: Label::new("column.score"), shows: Shows::Plain("value", "p") },
            Column { label: Label::new("column.gain"), shows: Shows::Main("points") },
        ],
        lines,
        axis: edition.axis.clone(),
    })
}
