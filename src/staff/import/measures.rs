//! The rows of a table of measures. Owns how the steps of a cell are told apart, what continues the row before, and which measures stand
//! there twice.

use super::figure::{self, Reading};
use super::grid::{Grid, Line, Piece, State};
use super::header::{Field, Header, Role};
use super::names::{Names, gist};
use super::{At, Told, Understood, Why, short};
use crate::base::digits;

/// A measure of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// The issue.
    pub issue: u32,
    /// วิธีการ
    pub method: String,
    /// ขั้นตอน
    pub steps: Vec<String>,
    /// ผู้รับผิดชอบ
    pub responsible: Vec<String>,
    /// ระยะเวลา
    pub period: Option<String>,
    /// Where its issue stands.
    pub at: At,
}

/// How many measures of one table are taken.
const MOST: usize = 1_000;

/// Does a row under the header of a table of measures name its issue?
pub fn has_issue(line: &Line, header: &Header, names: &Names<'_>) -> bool {
    let mut issue = line.pieces.iter().filter(|piece| header.role(piece.column) == Some(Role::Measure(Field::Issue)));
    issue.next().is_some_and(|piece| names.issue(&piece.text).is_ok_and(|issue| issue.is_some()))
}

/// Takes a row under the header of a table of measures; false where it is none.
pub fn take(grid: &Grid, line: &Line, (header, names): (&Header, &Names<'_>), understood: &mut Understood) -> bool {
    let cell = |part: Field| line.pieces.iter().find(|piece| header.role(piece.column) == Some(Role::Measure(part)));
    let own = |part: Field| cell(part).filter(|piece| piece.state != State::FromAbove);
    let text = |part: Field| cell(part).map(|piece| piece.text.as_str()).unwrap_or_default();
    let parts = [Field::Method, Field::Steps, Field::Responsible, Field::Period];
    let is_continued = own(Field::Issue).is_none() && own(Field::Method).is_none();
    if parts.iter().all(|part| own(*part).is_none()) {
        return false;
    }
    let tell = |understood: &mut Understood, piece: &Piece, why: Why| {
        understood.tell(Told { at: grid.at(line, piece.column), text: short(&piece.text), code: None, why });
    };
    let is_read = |piece: &&Piece| matches!(header.role(piece.column), Some(Role::Measure(_)));
    if let Some((piece, why)) = line.pieces.iter().filter(is_read).find_map(|piece| Some((piece, unfit(piece)?))) {
        tell(understood, piece, why);
        return true;
    }
    if let Some(piece) = line.pieces.iter().find(|piece| piece.state == State::Cut) {
        tell(understood, piece, Why::Cut);
        return true;
    }
    if let Some(piece) = own(Field::Period).filter(|piece| is_bare_day(&piece.text)) {
        tell(understood, piece, Why::DayInWords);
        return true;
    }
    if is_continued {
        // A page ended in the middle of a row, or cells to the left are merged.
        let Some(before) = understood.measures.last_mut() else {
            line.pieces.first().into_iter().for_each(|piece| tell(understood, piece, Why::NoIssue));
            return true;
        };
        // Where the cells of a measure are merged, each row has a step, and the numbers go on.
        let next = before.steps.len() + 1;
        before.steps.extend(own(Field::Steps).into_iter().flat_map(|piece| steps_from(&piece.text, next)));
        let more = own(Field::Responsible).into_iter().flat_map(|piece| people(&piece.text));
        for name in more {
            if !before.responsible.contains(&name) {
                before.responsible.push(name);
            }
        }
        return true;
    }
    let issue = if names_two(text(Field::Issue)) { Err(()) } else { names.issue(text(Field::Issue)) };
    let (Ok(Some(issue)), true) = (issue, understood.measures.len() < MOST) else {
        line.pieces.first().into_iter().for_each(|piece| tell(understood, piece, Why::NoIssue));
        return true;
    };
    let (method, period) = (one_line(text(Field::Method)), one_line(text(Field::Period)));
    let column = cell(Field::Issue).map_or(0, |piece| piece.column);
    if gist(&method).is_empty() {
        let why = Why::NoMethod;
        let code = Some(format!("issue-{issue}"));
        understood.tell(Told { at: grid.at(line, column), text: short(text(Field::Issue)), code, why });
        return true;
    }
    understood.measures.push(Row {
        issue,
        method,
        steps: steps(text(Field::Steps)),
        responsible: people(text(Field::Responsible)),
        period: (!period.is_empty()).then_some(period),
        at: grid.at(line, column),
    });
    true
}

/// Why a cell of a measure can't be taken.
fn unfit(piece: &Piece) -> Option<Why> {
    match piece.state {
        State::Unreadable => Some(Why::Unreadable),
        State::Day => Some(Why::DayInWords),
        State::NoValue => Some(Why::NoValue),
        State::Doubt => piece.doubted(),
        State::Plain | State::Cut | State::FromAbove if figure::read(&piece.text) == Reading::Fault => Some(Why::Fault),
        State::Plain | State::Cut | State::FromAbove => None,
    }
}

/// Is a period the number that a spreadsheet stores a day as?
fn is_bare_day(text: &str) -> bool {
    let whole = digits::to_ascii(text.trim());
    let whole = whole.split('.').next().unwrap_or_default();
    whole.len() == 5 && whole.bytes().all(|byte| byte.is_ascii_digit())
}

/// Does the cell of an issue have the numbers of two? Years and the numbers of their names are none.
fn names_two(text: &str) -> bool {
    let ascii = digits::to_ascii(text);
    let mut numbers = ascii.split(|c: char| !c.is_ascii_digit()).filter(|number| matches!(number.len(), 1 | 2));
    let first = numbers.next();
    numbers.any(|number| Some(number) != first)
}

/// Leaves out what stands there twice, and tells of it.
pub fn tidy(understood: &mut Understood) {
    let rows = std::mem::take(&mut understood.measures);
    let mut kept: Vec<Row> = Vec::new();
    for row in rows {
        let method = gist(&row.method);
        match kept.iter().find(|first| first.issue == row.issue && gist(&first.method) == method) {
            Some(first) => {
                let period = |row: &Row| row.period.as_deref().map(gist);
                let why = Why::Twice(period(first) != period(&row));
                understood.tell(Told { at: row.at, text: short(&row.method), code: Some(format!("issue-{}", row.issue)), why });
            }
            None => kept.push(row),
        }
    }
    understood.measures = kept;
}

/// A text with single spaces.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The steps of a cell: by their numbers where they count up from one, else by lines.
fn steps(text: &str) -> Vec<String> {
    steps_from(text, 1)
}

/// The steps of a cell that goes on with those above it: their numbers count up from the next one, or from one again.
fn steps_from(text: &str, next: usize) -> Vec<String> {
    let whole = one_line(text);
    let next = u32::try_from(next).unwrap_or(1);
    for first in [next, 1] {
        let numbered_steps = by_numbers(&whole, first);
        if numbered_steps.len() > 1 || (numbered_steps.len() == 1 && number_mark(&whole, first).is_some()) {
            return numbered_steps;
        }
    }
    let is_bullet = |line: &str| line.starts_with(['-', '•', '–', '*', '\u{f0b7}', '▪']);
    let lines: Vec<String> = text.lines().map(one_line).filter(|line| !line.is_empty()).collect();
    let has_bullets = lines.iter().any(|line| is_bullet(line));
    let mut steps: Vec<String> = Vec::new();
    for line in lines {
        let bare = line.trim_start_matches(['-', '•', '–', '*', '\u{f0b7}', '▪']).trim();
        match steps.last_mut().filter(|_| has_bullets && !is_bullet(&line)) {
            // The line goes on with the step before.
            Some(before) => {
                before.push(' ');
                before.push_str(bare);
            }
            None => steps.push(bare.to_owned()),
        }
    }
    steps.retain(|step| !step.is_empty());
    steps
}

/// Cuts where `1.`, `2)`, `(๓)` and so on stand, in this order from the first; what stands before that is a step too.
fn by_numbers(text: &str, first: u32) -> Vec<String> {
    let mut cuts: Vec<(usize, usize)> = Vec::new();
    let mut expected = first;
    let mut is_edge = true;
    let mut at = 0;
    while at < text.len() {
        let rest = &text[at..];
        let Some(c) = rest.chars().next() else { break };
        if is_edge && let Some(length) = number_mark(rest, expected) {
            cuts.push((at, at + length));
            expected += 1;
            at += length;
            is_edge = true;
            continue;
        }
        is_edge = c.is_whitespace();
        at += c.len_utf8();
    }
    let mut steps = Vec::new();
    let mut from = 0;
    for (start, end) in cuts {
        steps.push(text[from..start].trim().to_owned());
        from = end;
    }
    steps.push(text[from..].trim().to_owned());
    steps.retain(|step| !step.is_empty());
    steps
}

/// The length of the mark of a step of this number that a text begins with.
fn number_mark(text: &str, expected: u32) -> Option<usize> {
    let body = text.strip_prefix('(').unwrap_or(text).trim_start();
    let count = body.chars().take_while(|c| digits::is_digit(*c)).count();
    let number: String = body.chars().take(count.min(3)).map(digits::ascii).collect();
    if count == 0 || count > 2 || number.parse() != Ok(expected) {
        return None;
    }
    let after = body.char_indices().nth(count).map_or("", |(at, _)| &body[at..]).trim_start();
    let rest = after.strip_prefix(['.', ')'])?;
    // `1.5` is a figure.
    if after.starts_with('.') && rest.starts_with(digits::is_digit) {
        return None;
    }
    Some(text.len() - rest.len())
}

/// The names of a cell: by lines, commas and strokes; spaces stand inside of names too.
fn people(text: &str) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    let by_number = by_numbers(&one_line(text), 1);
    let pieces: Vec<String> = if by_number.len() > 1 { by_number } else { text.split(['\n', ',', ';', '/']).map(one_line).collect() };
    for name in pieces {
        let name = name.trim_start_matches(['-', '•', '–']).trim().to_owned();
        if !name.is_empty() && !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_cut_where_they_are_numbered() {
        assert_eq!(steps("1. ก ปี 2566 - 2570 2 . ข 3) ค 1.5 เท่า"), ["ก ปี 2566 - 2570", "ข", "ค 1.5 เท่า"]);
        assert_eq!(steps("๑) ก\nต่อ\n๒) ข"), ["ก ต่อ", "ข"]);
        assert_eq!(steps("- ก\n  ต่อ\n- ข"), ["ก ต่อ", "ข"]);
        assert_eq!(steps("ก\nข"), ["ก", "ข"]);
        assert_eq!(steps("มี 2. ใน 1. ประโยค"), ["มี 2. ใน", "ประโยค"]);
        assert_eq!(steps("1. ก"), ["ก"]);
        assert_eq!(steps(" "), Vec::<String>::new());
        assert_eq!(steps_from("2) ข 3) ค", 2), ["ข", "ค"]);
        assert_eq!(steps_from("๑. ข", 3), ["ข"]);
        assert_eq!(steps_from("ข 2", 2), ["ข 2"]);
    }

    #[test]
    fn two_issues_in_a_cell_are_seen() {
        for two in ["ประเด็น 1 และ 2", "ประเด็นที่ ๑, ๓", "(1) ก\n(2) ข", "1-3", "1/2"] {
            assert!(names_two(two), "{two}");
        }
        for one in ["ประเด็น 1", "(๑) ก ปี 2568", "1. ประเด็นที่ 1", "การใช้งบประมาณ", "E-Service"]
        {
            assert!(!names_two(one), "{one}");
        }
    }

    #[test]
    fn names_keep_their_spaces() {
        assert_eq!(people("งานนิติการ สำนักปลัด"), ["งานนิติการ สำนักปลัด"]);
        assert_eq!(people("กองคลัง, สำนักปลัด\nกองช่าง/กองคลัง"), ["กองคลัง", "สำนักปลัด", "กองช่าง"]);
    }
}
