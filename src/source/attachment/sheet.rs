//! The text of Excel workbooks, cell by cell. Owns how sheets, shared texts and cells belong together, and which number a cell shows
//! that holds thirteen digits. Refuses formulas and formats. Whole rows are read by [`super::workbook`].

use std::collections::{BTreeMap, BTreeSet};

use super::archive::Archive;
use super::document::joined;
use super::markup::{self, Token};
use super::{At, Text, masked, may_hold_number};
use crate::base::personal;

/// How many sheets are read.
const MOST_SHEETS: usize = 500;

/// How many shared texts with a number are remembered until their cells are met.
const MOST_SHARED: usize = 10_000;

/// How much of the text of one cell is kept: four times what Excel allows.
const LONGEST: usize = 128 * 1024;

/// How much of a sheet's name is shown; Excel allows 31 characters.
const LONGEST_NAME: usize = 40;

/// Reads the cells of all sheets, and what is written in comments and shapes.
pub fn read(archive: &mut Archive<'_>, text: &mut Text) {
    let (sheets, strings) = layout(archive);
    let shared = shared(archive, &strings, text);
    let mut met = BTreeSet::new();
    for Sheet { name, path, .. } in sheets {
        text.take(&name, || At::Beside);
        let name = personal::masked(&name).into_owned();
        cells(archive, &path, &mut |cell| match cell.kind {
            "s" => {
                let index = cell.value.trim().parse().ok();
                if let Some((index, numbers)) = index.and_then(|index: u32| Some((index, shared.get(&index)?))) {
                    met.insert(index);
                    numbers.iter().for_each(|number| text.keep(number.clone(), at(&name, cell.place)));
                }
            }
            "" | "n" => {
                if let Some(number) = integer(cell.value) {
                    text.take(&number, || at(&name, cell.place));
                }
            }
            _ => text.take(cell.value, || at(&name, cell.place)),
        });
    }
    // A text that no cell shows any more is published with the file all the same.
    for (_, numbers) in shared.into_iter().filter(|(index, _)| !met.contains(index)) {
        numbers.into_iter().for_each(|number| text.keep(number, At::Beside));
    }
    for begin in ["xl/comments", "xl/threadedComments/", "xl/drawings/"] {
        for name in archive.parts(begin, ".xml").into_iter().take(MOST_SHEETS) {
            archive.part(&name, &mut |part| joined(part, &["comment", "p"], &mut |piece| text.take(piece, || At::Beside)));
        }
    }
}

fn at(sheet: &str, place: &str) -> At {
    let place: String = place.chars().take(LONGEST_NAME).collect();
    At::Cell(if place.is_empty() { sheet.to_owned() } else { format!("{sheet}!{place}") })
}

/// A sheet of a workbook.
pub(super) struct Sheet {
    /// Its name, cut where it is longer than any.
    pub(super) name: String,
    /// Where it lies in the archive.
    pub(super) path: String,
    /// Does the workbook show it to nobody, or not name it at all?
    pub(super) is_hidden: bool,
}

/// The sheets, in the order of the workbook, and the path of the shared texts.
pub(super) fn layout(archive: &mut Archive<'_>) -> (Vec<Sheet>, String) {
    let mut targets: BTreeMap<String, String> = BTreeMap::new();
    let mut strings = "xl/sharedStrings.xml".to_owned();
    archive.part("xl/_rels/workbook.xml.rels", &mut |part| {
        markup::read(part, &mut |token| {
            if let Token::Open(element) = token
                && let (Some(id), Some(target)) = (element.attribute("Id"), element.attribute("Target"))
            {
                let path = target.strip_prefix('/').map_or_else(|| format!("xl/{target}"), str::to_owned);
                if element.attribute("Type").is_some_and(|kind| kind.ends_with("/sharedStrings")) {
                    strings = path;
                } else {
                    targets.insert(id.into_owned(), path);
                }
            }
            targets.len() < MOST_SHEETS * 4
        });
    });
    let mut sheets = Vec::new();
    archive.part("xl/workbook.xml", &mut |part| {
        markup::read(part, &mut |token| {
            if let Token::Open(element) = token
                && element.name() == "sheet"
                && let (Some(name), Some(path)) = (element.attribute("name"), element.attribute("id").and_then(|id| targets.get(&*id)))
            {
                let is_hidden = element.attribute("state").is_some_and(|state| state != "visible");
                sheets.push(Sheet { name: name.chars().take(LONGEST_NAME).collect(), path: path.clone(), is_hidden });
            }
            sheets.len() < MOST_SHEETS
        });
    });
    // Sheets that the workbook does not name lie in the file all the same.
    for path in archive.parts("xl/worksheets/", ".xml").into_iter().take(MOST_SHEETS) {
        if !sheets.iter().any(|known| known.path == path) {
            let name = path["xl/worksheets/".len()..path.len() - ".xml".len()].to_owned();
            sheets.push(Sheet { name, path, is_hidden: true });
        }
    }
    (sheets, strings)
}

/// The masked numbers of the shared texts that have some, by the text's index.
fn shared(archive: &mut Archive<'_>, path: &str, text: &mut Text) -> BTreeMap<u32, Vec<String>> {
    let (mut shared, mut index) = (BTreeMap::new(), 0_u32);
    archive.part(path, &mut |part| {
        joined(part, &["si"], &mut |piece| {
            if may_hold_number(piece.as_bytes()) {
                let numbers: Vec<String> = masked(piece).collect();
                if shared.len() >= MOST_SHARED {
                    numbers.into_iter().for_each(|number| text.keep(number, At::Beside));
                } else if !numbers.is_empty() {
                    shared.insert(index, numbers);
                }
            }
            index = index.saturating_add(1);
        });
    });
    shared
}

/// A cell: where it is, the kind of its value, and the value.
struct Cell<'a> {
    place: &'a str,
    kind: &'a str,
    value: &'a str,
}

fn cells(archive: &mut Archive<'_>, path: &str, take: &mut dyn FnMut(Cell<'_>)) {
    let (mut place, mut kind, mut value) = (String::new(), String::new(), String::new());
    let (mut is_value, mut passed_over) = (false, false);
    archive.part(path, &mut |part| {
        markup::read(part, &mut |token| {
            match token {
                Token::Open(element) => match element.name() {
                    "c" => {
                        place.clear();
                        kind.clear();
                        element.each_plain(&mut |name, value| match name {
                            "r" => place.push_str(value),
                            "t" => kind.push_str(value),
                            _ => {}
                        });
                        value.clear();
                    }
                    "rPh" => passed_over = true,
                    "v" | "t" => is_value = !passed_over,
                    _ => {}
                },
                Token::Text(piece) if is_value && value.len() + piece.len() <= LONGEST => value.push_str(piece),
                Token::Text(_) => {}
                Token::Close("c") => take(Cell { place: &place, kind: &kind, value: &value }),
                Token::Close("rPh") => passed_over = false,
                Token::Close("v" | "t") => is_value = false,
                Token::Close(_) => {}
            }
            true
        });
    });
}

/// The whole number of thirteen digits that a cell holds, as it is shown: `1.2345E+12` is one. A fraction is none.
fn integer(value: &str) -> Option<String> {
    let value = value.trim();
    // Most numbers are short; this is asked of every cell.
    if value.len() < 13 && !value.bytes().any(|byte| matches!(byte, b'e' | b'E')) || value.len() > 40 {
        return None;
    }
    let (number, exponent) = match value.split_once(['e', 'E']) {
        Some((number, exponent)) => (number, exponent.parse::<usize>().ok().filter(|exponent| *exponent < 20)?),
        None => (value, 0),
    };
    let (whole, part) = number.split_once('.').unwrap_or((number, ""));
    if !whole.bytes().chain(part.bytes()).all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let (shifted, rest) = part.split_at(exponent.min(part.len()));
    let zeros = "0".repeat(exponent - shifted.len());
    let digits = format!("{whole}{shifted}{zeros}");
    (rest.bytes().all(|byte| byte == b'0') && digits.len() == 13).then_some(digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_read_as_it_is_shown() {
        for same in ["1103700012342", "1103700012342.0", "1.103700012342E12", "1.103700012342E+12", "1.1037000123420e+12"] {
            assert_eq!(integer(same).as_deref(), Some("1103700012342"), "{same}");
        }
        for none in
            ["110370001234", "11037000123421", "1103700012342.5", "-1103700012342", "1.1037000123425E+11", "1e99999999999", "", "E5"]
        {
            assert_eq!(integer(none), None, "{none}");
        }
        assert_eq!(integer("5E12").as_deref(), Some("5000000000000"));
    }
}
