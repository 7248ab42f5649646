//! The rows of the sheets of an Excel workbook. Owns which sheets a person sees, how the texts that cells share are kept, and what of a
//! number is shown: no more digits than a spreadsheet itself keeps. Of a formula the value stands that was stored with it; one without is named.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;

use super::archive::Archive;
use super::looks::{self, Looks};
use super::markup::{self, Element, Token};
use super::rows::{Cell, Look, MOST_COLUMNS, Merged, Row, Shape, Take, add};
use super::runs::{self, Mark, Run, Runs};
use super::sheet::{self, Sheet};

/// How many bytes of shared texts are kept.
const MOST_SHARED: usize = 64 * 1024 * 1024;

/// How many shared texts are kept; a table of a hundred thousand rows has less than two million cells.
const MOST_TEXTS: usize = 2_000_000;

/// How many merged ranges of a sheet are kept.
const MOST_MERGED: usize = 10_000;

/// A workbook.
pub struct Workbook<'a> {
    archive: Archive<'a>,
    /// The sheets that a person sees.
    sheets: Vec<Sheet>,
    /// The names of the others.
    hidden: Vec<String>,
    strings: String,
    /// How numbers are shown, once that is read.
    looks: Option<Looks>,
    /// The shared texts, once they are read.
    shared: Option<Shared>,
    is_cut: bool,
}

/// Texts that cells share, one after the other, and where each ends.
#[derive(Default)]
struct Shared {
    text: String,
    ends: Vec<u32>,
    /// The runs of those that have some, by their place, and how many bytes these take.
    runs: BTreeMap<usize, Vec<Run>>,
    in_runs: usize,
    /// The places of those that were longer than is kept.
    longer: BTreeSet<usize>,
    is_cut: bool,
}

impl Shared {
    /// Reads all texts of a part.
    fn read(part: &mut dyn Read) -> Self {
        let (mut shared, mut rich, mut text) = (Self::default(), Rich::default(), String::new());
        markup::read(part, &mut |token| {
            match &token {
                Token::Open(element) if element.name() == "si" => {
                    rich = Rich::default();
                    text.clear();
                }
                Token::Text(piece) if rich.is_text() && !add(piece, &mut text) => {
                    shared.longer.insert(shared.ends.len());
                }
                Token::Close("si") => {
                    let runs = rich.runs.finish();
                    shared.push(&text, runs);
                }
                _ => {}
            }
            rich.token(&token);
            true
        });
        shared
    }

    fn push(&mut self, text: &str, runs: Vec<Run>) {
        let size: usize = runs.iter().map(|run| run.text.len() + 64).sum();
        let has_room = self.text.len() + text.len() <= MOST_SHARED && self.in_runs + size <= MOST_SHARED;
        if self.ends.len() < MOST_TEXTS && has_room {
            if !runs.is_empty() {
                self.in_runs += size;
                self.runs.insert(self.ends.len(), runs);
            }
            self.text.push_str(text);
            self.ends.push(u32::try_from(self.text.len()).unwrap_or(u32::MAX));
        } else {
            self.is_cut = true;
        }
    }

    fn get(&self, index: usize) -> Option<&str> {
        let end = *self.ends.get(index)? as usize;
        let start = index.checked_sub(1).map_or(0, |before| self.ends[before] as usize);
        self.text.get(start..end)
    }
}

impl<'a> Workbook<'a> {
    /// A workbook in an open archive.
    pub fn new(mut archive: Archive<'a>) -> Self {
        let (sheets, strings) = sheet::layout(&mut archive);
        let (hidden, sheets): (Vec<Sheet>, Vec<Sheet>) = sheets.into_iter().partition(|sheet| sheet.is_hidden);
        let hidden = hidden.into_iter().map(|sheet| sheet.name).collect();
        Self { archive, sheets, hidden, strings, looks: None, shared: None, is_cut: false }
    }

    /// The names of the sheets that nobody sees.
    pub fn hidden(&self) -> &[String] {
        &self.hidden
    }

    /// How many sheets a person sees.
    pub fn len(&self) -> usize {
        self.sheets.len()
    }

    /// The name of a sheet.
    pub fn name(&self, sheet: usize) -> Option<&str> {
        self.sheets.get(sheet).map(|sheet| sheet.name.as_str())
    }

    /// Is there more than was read?
    pub fn is_cut(&self) -> bool {
        self.is_cut || self.archive.is_bomb() || self.shared.as_ref().is_some_and(|shared| shared.is_cut)
    }

    /// Reads a sheet, as far as it is whole.
    pub fn read(&mut self, sheet: usize, take: Take<'_>) -> Shape {
        let Some(path) = self.sheets.get(sheet).map(|sheet| sheet.path.clone()) else { return Shape::default() };
        let archive = &mut self.archive;
        let shared = self.shared.get_or_insert_with(|| {
            let mut shared = Shared::default();
            archive.part(&self.strings, &mut |part| shared = Shared::read(part));
            shared
        });
        let looks = self.looks.get_or_insert_with(|| Looks::of(archive));
        let mut reader = Reader {
            shared,
            looks,
            row: Row::default(),
            cell: Raw::default(),
            rich: Rich::default(),
            next: 0,
            shape: Shape::default(),
            is_over: false,
            is_cut: false,
        };
        let mut is_whole = false;
        archive.part(&path, &mut |part| {
            markup::read(part, &mut |token| {
                is_whole |= matches!(token, Token::Close("worksheet"));
                reader.token(&token, take)
            });
        });
        self.is_cut |= reader.is_cut || (!is_whole && !reader.is_over);
        reader.shape
    }
}

/// A cell as it is written.
#[derive(Default)]
struct Raw {
    column: u32,
    kind: String,
    value: String,
    is_cut: bool,
    is_value: bool,
    has_formula: bool,
    /// Its style, by place.
    style: usize,
}

/// A text of several runs as it is read. What is read aloud beside it (`rPh`) is none of it.
#[derive(Default)]
struct Rich {
    runs: Runs,
    mark: Mark,
    in_text: bool,
    is_passed_over: bool,
}

impl Rich {
    /// Is what comes now a piece of the text?
    fn is_text(&self) -> bool {
        self.in_text && !self.is_passed_over
    }

    fn token(&mut self, token: &Token<'_>) {
        match token {
            Token::Open(element) => match element.name() {
                "rPh" => self.is_passed_over = true,
                "t" => self.in_text = true,
                "r" => self.mark = Mark::OfCell,
                // A run that says how it is written does not take after the cell.
                "rPr" => self.mark = Mark::Plain,
                "vertAlign" if element.attribute("val").is_some_and(|align| align != "baseline") && self.mark == Mark::Plain => {
                    self.mark = Mark::Raised;
                }
                "strike" if looks::is_on(element) && self.mark != Mark::OfCell => self.mark = Mark::Struck,
                _ => {}
            },
            Token::Text(piece) if self.is_text() => self.runs.push(self.mark, piece),
            Token::Text(_) => {}
            Token::Close("rPh") => self.is_passed_over = false,
            Token::Close("t") => self.in_text = false,
            Token::Close("r") => self.mark = Mark::OfCell,
            Token::Close(_) => {}
        }
    }
}

struct Reader<'s> {
    shared: &'s Shared,
    looks: &'s Looks,
    row: Row,
    cell: Raw,
    /// The runs of a text that stands in the cell itself.
    rich: Rich,
    /// The column behind the last cell.
    next: u32,
    shape: Shape,
    /// Did whoever takes the rows see enough?
    is_over: bool,
    /// Does a cell share a text that is not there?
    is_cut: bool,
}

impl Reader<'_> {
    /// Takes a piece of the sheet; false where enough was seen.
    fn token(&mut self, token: &Token<'_>, take: Take<'_>) -> bool {
        self.rich.token(token);
        match token {
            Token::Open(element) => self.open(element),
            Token::Text(piece) if self.cell.is_value || self.rich.is_text() => self.cell.is_cut |= !add(piece, &mut self.cell.value),
            Token::Text(_) => {}
            Token::Close("v") => self.cell.is_value = false,
            Token::Close("c") => self.close(),
            Token::Close("row") => {
                self.is_over = !take(&self.row);
                return !self.is_over;
            }
            Token::Close(_) => {}
        }
        true
    }

    fn open(&mut self, element: &Element<'_>) {
        match element.name() {
            "row" => {
                let number = element.attribute("r").and_then(|number| number.parse().ok());
                self.row.number = number.unwrap_or_else(|| self.row.number.saturating_add(1));
                self.row.cells.clear();
                self.row.without_value.clear();
                self.row.is_hidden = element.attribute("hidden").is_some_and(|hidden| is_true(&hidden));
                self.next = 0;
            }
            "c" => {
                let mut column = None;
                self.cell.kind.clear();
                self.cell.value.clear();
                self.cell.is_cut = false;
                self.cell.has_formula = false;
                self.cell.style = 0;
                self.rich.runs.clear();
                self.rich.mark = Mark::OfCell;
                element.each_plain(&mut |name, value| match name {
                    "r" => column = place(value).map(|(column, _)| column),
                    "t" => self.cell.kind.push_str(value),
                    "s" => self.cell.style = value.parse().unwrap_or(0),
                    _ => {}
                });
                self.cell.column = column.unwrap_or(self.next);
                self.next = self.cell.column.saturating_add(1);
            }
            "v" => self.cell.is_value = true,
            "f" => self.cell.has_formula = true,
            "col" if self.shape.hidden.len() < MOST_MERGED && element.attribute("hidden").is_some_and(|hidden| is_true(&hidden)) => {
                let number = |name| element.attribute(name).and_then(|number| number.parse::<u32>().ok())?.checked_sub(1);
                self.shape.hidden.extend(number("min").zip(number("max")));
            }
            "mergeCell" if self.shape.merged.len() < MOST_MERGED => {
                self.shape.merged.extend(element.attribute("ref").and_then(|range| merged(&range)));
            }
            _ => {}
        }
    }

    fn close(&mut self) {
        let cell = &self.cell;
        if cell.column >= MOST_COLUMNS || self.row.cells.len() >= MOST_COLUMNS as usize {
            return;
        }
        let mut runs = self.rich.runs.finish();
        let mut is_cut = cell.is_cut;
        let text = match cell.kind.as_str() {
            "s" => {
                let index = cell.value.trim();
                let index_of = index.parse::<usize>().ok();
                let text = index_of.and_then(|index| self.shared.get(index));
                is_cut |= index_of.is_some_and(|index| self.shared.longer.contains(&index));
                runs = index_of.and_then(|index| self.shared.runs.get(&index)).cloned().unwrap_or_default();
                self.is_cut |= text.is_none() && !index.is_empty();
                Cow::Borrowed(text.unwrap_or_default())
            }
            "" | "n" => shown(cell.value.trim()),
            // A truth value is stored as a figure and shown as a word.
            "b" => Cow::Borrowed(if cell.value.trim() == "0" { "FALSE" } else { "TRUE" }),
            _ => Cow::Borrowed(cell.value.as_str()),
        };
        let text = text.trim();
        if !text.is_empty() {
            let look = match cell.kind.as_str() {
                "" | "n" => self.looks.of_style(cell.style),
                "d" => Look::Date,
                "e" => Look::Fault,
                _ => Look::Plain,
            };
            let runs = runs::of_cell(runs, self.looks.is_struck(cell.style), text);
            self.row.cells.push(Cell { column: cell.column, text: text.to_owned(), is_cut, look, runs });
        } else if cell.has_formula {
            self.row.without_value.push(cell.column);
        }
    }
}

fn is_true(value: &str) -> bool {
    matches!(value, "1" | "true")
}

/// Column and row of a place as `B12`; the row is 0 where there is none.
fn place(text: &str) -> Option<(u32, u32)> {
    let letters = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    let mut column = 0_u32;
    for letter in text.bytes().take(letters) {
        column = column.checked_mul(26)?.checked_add(u32::from(letter.to_ascii_uppercase() - b'A') + 1)?;
    }
    Some((column.checked_sub(1)?, text[letters..].parse().unwrap_or(0)))
}

fn merged(range: &str) -> Option<Merged> {
    let (from, to) = range.split_once(':')?;
    let ((left, top), (right, bottom)) = (place(from)?, place(to)?);
    Some(Merged { rows: (top, bottom), columns: (left, right) })
}

/// How many digits a spreadsheet keeps of a number; what is stored behind them is what binary fractions leave.
const DIGITS: usize = 15;

/// A stored number as it is shown: `1.2E+6` is `1200000`, `0.30000000000000004` is `0.3`. What is no number stays as it is.
pub(super) fn shown(stored: &str) -> Cow<'_, str> {
    let significant = stored.bytes().filter(u8::is_ascii_digit).count();
    if significant <= DIGITS && !stored.contains(['e', 'E']) {
        return Cow::Borrowed(stored);
    }
    plain(stored).map_or(Cow::Borrowed(stored), Cow::Owned)
}

/// The number without an exponent, rounded half-up to as many digits as are kept.
fn plain(stored: &str) -> Option<String> {
    let (mantissa, exponent) = match stored.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, exponent.parse::<i32>().ok().filter(|e| (-40..=40).contains(e))?),
        None => (stored, 0),
    };
    let (sign, body) = mantissa.strip_prefix('-').map_or(("", mantissa), |body| ("-", body));
    let (whole, part) = body.split_once('.').unwrap_or((body, ""));
    if whole.len() + part.len() > 60 || whole.is_empty() || !whole.bytes().chain(part.bytes()).all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let mut digits: Vec<u8> = whole.bytes().chain(part.bytes()).map(|byte| byte - b'0').collect();
    // Where the point stands behind the first digit that counts.
    let zeros = digits.iter().take_while(|digit| **digit == 0).count();
    digits.drain(..zeros);
    let mut point = whole.len() as i32 + exponent - zeros as i32;
    if digits.len() > DIGITS {
        let up = digits[DIGITS] >= 5;
        digits.truncate(DIGITS);
        let nines = digits.iter().rev().take_while(|digit| **digit == 9).count();
        if up && nines == DIGITS {
            digits = vec![1];
            point += 1;
        } else if up {
            digits.truncate(DIGITS - nines);
            digits.iter_mut().last().into_iter().for_each(|digit| *digit += 1);
        }
    }
    while digits.last() == Some(&0) {
        digits.pop();
    }
    if digits.is_empty() {
        return Some("0".to_owned());
    }
    let letter = |digit: &u8| char::from(b'0' + digit);
    let at = usize::try_from(point).unwrap_or(0);
    let mut out = String::from(sign);
    out.extend(digits.iter().take(at).map(letter));
    out.extend(std::iter::repeat_n('0', at.saturating_sub(digits.len())));
    if at == 0 {
        out.push('0');
    }
    if digits.len() > at {
        out.push('.');
        out.extend(std::iter::repeat_n('0', usize::try_from(-point).unwrap_or(0)));
        out.extend(digits.iter().skip(at).map(letter));
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_number_is_what_a_spreadsheet_shows() {
        for (stored, expected) in [
            ("1200000", "1200000"),
            ("1.2E+6", "1200000"),
            ("1.2345678E7", "12345678"),
            ("0.30000000000000004", "0.3"),
            ("1234567.8899999999", "1234567.89"),
            ("999999999999999.9", "1000000000000000"),
            ("5E-2", "0.05"),
            ("-1.5E+3", "-1500"),
            ("0.0000000000000000", "0"),
            ("67109012345", "67109012345"),
            ("6.7109012345E10", "67109012345"),
            ("abc", "abc"),
            ("1e999", "1e999"),
            ("1.2.3456789012345678", "1.2.3456789012345678"),
        ] {
            assert_eq!(shown(stored), expected, "{stored}");
        }
    }

    #[test]
    fn places_are_read() {
        assert_eq!(
            [place("A1"), place("b12"), place("AA3"), place("12"), place("ZZZZZZZZZZ1")],
            [Some((0, 1)), Some((1, 12)), Some((26, 3)), None, None]
        );
        assert_eq!(merged("B2:C4"), Some(Merged { rows: (2, 4), columns: (1, 2) }));
    }

    proptest! {
        #[test]
        fn any_number_is_shown_without_a_panic(text in "-?[0-9]{0,30}\\.?[0-9]{0,30}([eE][+-]?[0-9]{1,3})?") {
            let _ = shown(&text);
        }

        /// Numbers of people, that have no more digits than are kept, stay as they are whatever way they are stored.
        #[test]
        fn digits_are_kept(number in 1_u64..1_000_000_000_000_000) {
            let text = number.to_string();
            let stored = format!("{}.{}E+{}", &text[..1], &text[1..], text.len() - 1).replace(".E", "E");
            prop_assert_eq!(shown(&stored), text);
        }
    }
}
