//! One cell as a person reads it. Owns what becomes of stored numbers, of footnote marks, of what is struck out or hidden, of tags in a text
//! and of full-width letters. Refuses to know what a cell means: what is not as it seems says so, and counts where it is used.

use super::Why;
use super::grid::{Piece, State};
use crate::base::date::Date;
use crate::base::personal::citizen_numbers;
use crate::base::{digits, thai};
use crate::source::attachment::number_format::Shown;
use crate::source::attachment::rows::{Cell, Look};
use crate::source::attachment::runs::{Mark, Run};
use crate::text::is_no_text;

/// What a cell comes to.
#[derive(Debug, PartialEq, Eq)]
pub enum Seen {
    /// Nothing.
    Nothing,
    /// Something that is shown to nobody.
    Hidden(String),
    /// A text.
    Piece(Piece),
}

/// Reads a cell. `is_whole` says whether all of its letters could be read.
pub fn read(cell: &Cell, is_whole: bool) -> Seen {
    let mut piece = Piece { column: cell.column, text: String::new(), state: State::Plain, why: Vec::new() };
    let text = match &cell.look {
        Look::Hidden => return Seen::Hidden(cell.text.clone()),
        Look::Format(format) => match format.show(&cell.text) {
            Shown::Nothing => return Seen::Hidden(cell.text.clone()),
            Shown::As(text) => text,
            Shown::Otherwise(text) => {
                piece.doubt(Why::Otherwise(cell.text.clone()));
                text
            }
            Shown::Day => {
                piece.state = State::Day;
                day(&cell.text).unwrap_or_else(|| cell.text.clone())
            }
        },
        Look::Otherwise(stored) => {
            piece.doubt(Why::Otherwise(stored.clone()));
            cell.text.clone()
        }
        Look::Fault => {
            piece.doubt(Why::Fault);
            cell.text.clone()
        }
        Look::Date => {
            piece.state = State::Day;
            day(&cell.text).unwrap_or_else(|| cell.text.clone())
        }
        Look::Plain => cell.text.clone(),
    };
    let text = match mark(&text, &cell.runs, &mut piece) {
        Some(text) => text,
        None => return Seen::Hidden(text),
    };
    piece.text = tidy(&text);
    let stored = if let Look::Otherwise(stored) = &cell.look { stored } else { &cell.text };
    if let Some(number) = citizen(stored) {
        piece.text = number;
        piece.doubt(Why::Personal);
    } else if piece.text.len() >= CITIZEN && !citizen_numbers(&piece.text).is_empty() {
        piece.doubt(Why::Personal);
    }
    if cell.is_cut {
        piece.state = State::Cut;
    } else if !is_whole {
        piece.state = State::Unreadable;
    }
    if piece.text.is_empty() && piece.state != State::Doubt { Seen::Nothing } else { Seen::Piece(piece) }
}

/// How many digits a citizen's number has.
const CITIZEN: usize = 13;

/// The citizen's number that a number is, whichever way it is shown: `1,101,700,230,708` and `1101700230708.00` are one.
fn citizen(stored: &str) -> Option<String> {
    if stored.len() < CITIZEN || stored.len() > 3 * CITIZEN {
        return None;
    }
    let plain = digits::to_ascii(stored).replace(',', "");
    let (whole, part) = plain.split_once('.').unwrap_or((&plain, ""));
    let is_one = whole.len() == CITIZEN && part.bytes().all(|byte| byte == b'0') && !citizen_numbers(whole).is_empty();
    is_one.then(|| whole.to_owned())
}

/// A text with letters in one form, and without signs that nobody sees.
fn tidy(text: &str) -> String {
    let narrow: String = text.chars().map(narrow).collect();
    thai::normal(narrow.trim()).replace(is_no_text, "").trim().to_owned()
}

/// A full-width letter as the one of ASCII that it stands for.
fn narrow(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '\u{3000}' => ' ',
        c => c,
    }
}

/// The day of a stored number: a workbook counts the days from the end of 1899. One below a day is a time.
fn day(stored: &str) -> Option<String> {
    let days: u64 = stored.split('.').next()?.parse().ok().filter(|days| (61..=2_958_465).contains(days))?;
    Some(Date::parse("1899-12-30")?.plus_days(days).to_string())
}

/// What remains of a text without footnote marks and without what is struck out or hidden, which the piece is told of; nothing where all of
/// it is hidden.
fn mark(text: &str, runs: &[Run], piece: &mut Piece) -> Option<String> {
    let is_marked = !runs.is_empty() || text.contains('<') || text.contains(is_raised_digit);
    if !is_marked {
        return Some(text.to_owned());
    }
    let whole = [Run { mark: Mark::Plain, text: text.to_owned() }];
    let runs = if runs.is_empty() { &whole } else { runs };
    let runs: Vec<Run> = runs.iter().flat_map(untagged).flat_map(|run| lowered(&run)).collect();
    let all = |mark: Mark| runs.iter().filter(|run| run.mark == mark).map(|run| run.text.as_str()).collect::<String>();
    if runs.iter().any(|run| run.mark == Mark::Table) {
        piece.doubt(Why::InnerTable);
    }
    let (plain, struck, hidden, raised) = (all(Mark::Plain), all(Mark::Struck), all(Mark::Hidden), all(Mark::Raised));
    if plain.trim().is_empty() {
        if !struck.trim().is_empty() {
            piece.doubt(Why::Struck);
            return Some(struck);
        }
        // All of it is raised: it is no mark beside something.
        return if raised.trim().is_empty() && !hidden.trim().is_empty() { None } else { Some(raised) };
    }
    let mut out = String::with_capacity(plain.len());
    let mut left = String::new();
    for run in &runs {
        match run.mark {
            Mark::Plain | Mark::OfCell => out.push_str(&run.text),
            Mark::Raised if is_unit(&out) => out.push_str(&run.text),
            Mark::Raised | Mark::Struck | Mark::Hidden => {
                if run.mark == Mark::Raised {
                    left.push_str(&run.text);
                }
                // What stands on both sides is not one number.
                if !run.text.trim().is_empty() && out.ends_with(digits::is_digit) {
                    out.push(' ');
                }
            }
            Mark::Table => out.push(' '),
        }
    }
    if !struck.trim().is_empty() {
        piece.why.push(Why::StruckBeside(struck.trim().to_owned()));
    }
    if !hidden.trim().is_empty() {
        piece.why.push(Why::HiddenCell);
    }
    if !left.trim().is_empty() && out.contains(digits::is_digit) {
        piece.why.push(Why::Raised(left.trim().to_owned()));
    }
    Some(out)
}

/// Units and formulas of which a raised or a lowered figure is a part.
const UNITS: &[&str] = &["m", "cm", "km", "mm", "CO", "NO", "SO", "H", "ม.", "ซม.", "กม.", "ม", "เมตร"];

fn is_unit(text: &str) -> bool {
    UNITS.iter().filter_map(|unit| text.strip_suffix(unit)).any(|before| !before.ends_with(char::is_alphanumeric))
}

fn is_raised_digit(c: char) -> bool {
    matches!(c, '\u{2070}' | '\u{2074}'..='\u{2079}' | '\u{207d}' | '\u{207e}' | '\u{2080}'..='\u{2089}' | '¹' | '²' | '³' | '†' | '‡')
}

/// A run with letters of its own that are raised as runs that are.
fn lowered(run: &Run) -> Vec<Run> {
    if run.mark != Mark::Plain || !run.text.contains(is_raised_digit) {
        return vec![run.clone()];
    }
    let mut runs: Vec<Run> = Vec::new();
    for c in run.text.chars() {
        let mark = if is_raised_digit(c) { Mark::Raised } else { Mark::Plain };
        match runs.last_mut().filter(|last| last.mark == mark) {
            Some(last) => last.text.push(c),
            None => runs.push(Run { mark, text: c.to_string() }),
        }
    }
    runs
}

/// Tags that stay in the cells of a text that was made of a page. Those of the first row end a line.
const LINES: &[&str] = &["p", "br", "ol", "ul", "li", "div"];
const TAGS: &[&str] = &["b", "i", "u", "span", "strong", "em", "font", "ins", "sup", "sub", "s", "strike", "del"];

/// A run without such tags, as the runs that they tell apart; where a paragraph ends, a line does.
fn untagged(run: &Run) -> Vec<Run> {
    if run.mark != Mark::Plain || !run.text.contains('<') {
        return vec![run.clone()];
    }
    let mut runs = Vec::new();
    let mut out = Run { mark: Mark::Plain, text: String::new() };
    let mut rest = run.text.as_str();
    while let Some(at) = rest.find('<') {
        out.text.push_str(&rest[..at]);
        let tag = &rest[at + 1..];
        let name: String = tag.trim_start_matches('/').chars().take_while(char::is_ascii_alphanumeric).collect();
        let name = name.to_ascii_lowercase();
        let is_line = LINES.contains(&name.as_str());
        let Some(end) = tag.find('>').filter(|_| is_line || TAGS.contains(&name.as_str())) else {
            out.text.push('<');
            rest = tag;
            continue;
        };
        let mark = match name.as_str() {
            "sup" | "sub" => Some(Mark::Raised),
            "s" | "strike" | "del" => Some(Mark::Struck),
            _ => None,
        };
        if let Some(mark) = mark {
            runs.push(out);
            out = Run { mark: if tag.starts_with('/') { Mark::Plain } else { mark }, text: String::new() };
        }
        if is_line {
            out.text.push('\n');
        }
        rest = &tag[end + 1..];
    }
    out.text.push_str(rest);
    runs.push(out);
    runs
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn of(text: &str, runs: &[(Mark, &str)]) -> (String, State, Vec<Why>) {
        let runs = runs.iter().map(|(mark, text)| Run { mark: *mark, text: (*text).to_owned() }).collect();
        match read(&Cell { column: 0, text: text.to_owned(), is_cut: false, look: Look::Plain, runs }, true) {
            Seen::Piece(piece) => (piece.text, piece.state, piece.why),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_footnote_mark_is_no_digit() {
        let raised = |text: &str| vec![Why::Raised(text.to_owned())];
        let runs = [(Mark::Plain, "98.4"), (Mark::Raised, "1")];
        assert_eq!(of("98.41", &runs), ("98.4".to_owned(), State::Plain, raised("1")));
        for (text, mark) in [("98.4<sup>1</sup>", "1"), ("98.4¹", "¹"), ("98.4⁽¹⁾", "⁽¹⁾"), ("98.4†", "†"), ("98.4<SUP>1)</SUP>", "1)")]
        {
            assert_eq!(of(text, &[]), ("98.4".to_owned(), State::Plain, raised(mark)), "{text}");
        }
        assert_eq!(of("พื้นที่ 5 m²", &[]).0, "พื้นที่ 5 m²");
        assert_eq!(of("ลด CO<sub>2</sub>", &[]).0, "ลด CO2");
        assert_eq!(of("EIT<sup>1</sup>", &[]).0, "EIT");
        // What stands on both sides of a mark is not one number.
        assert_eq!(of("9<sup>1</sup>8", &[]).0, "9 8");
    }

    #[test]
    fn what_is_struck_out_is_not_the_figure() {
        let runs = [(Mark::Struck, "95.00 "), (Mark::Plain, "97.25")];
        assert_eq!(of("95.00 97.25", &runs), ("97.25".to_owned(), State::Plain, vec![Why::StruckBeside("95.00".to_owned())]));
        assert_eq!(of("95", &[(Mark::Struck, "95")]), ("95".to_owned(), State::Doubt, vec![Why::Struck]));
        assert_eq!(of("<del>95</del> 97", &[]).0, "97");
    }

    #[test]
    fn full_width_letters_are_those_of_ascii() {
        assert_eq!(of("ｉ１　９８．３８％", &[]).0, "i1 98.38%");
    }

    #[test]
    fn a_citizens_number_is_one_whichever_way_it_is_shown() {
        for text in ["1101700230708", "1101700230708.00", "1,101,700,230,708", "๑๑๐๑๗๐๐๒๓๐๗๐๘", "เลข 1-1017-00230-70-8"]
        {
            let (_, state, why) = of(text, &[]);
            assert_eq!((state, why), (State::Doubt, vec![Why::Personal]), "{text}");
        }
        assert_eq!(of("1101700230708.50", &[]).1, State::Plain);
    }

    proptest! {
        #[test]
        fn any_cell_is_read_without_a_panic(text in "(<|>|/|sup|del|p|¹|[0-9.]|ก|ｉ| ){0,20}") {
            let cell = Cell { column: 0, text, is_cut: false, look: Look::Plain, runs: Vec::new() };
            let _ = read(&cell, true);
        }
    }
}
