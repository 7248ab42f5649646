//! Signs of a score where none can be taken: a figure behind words in the same cell, and what is almost a code. Owns when such a sign is
//! strong enough to stop. Refuses to take a score from it.

use super::figure::{self, Reading};
use super::whose::Edition;
use super::{Told, Understood, Why};
use crate::base::digits;
use crate::base::exact::Exact;
use crate::framework::{Figure, Pack};

/// A name with a figure behind it in its cell.
#[derive(Debug)]
pub struct Hint {
    /// What it names; none for a sum.
    pub figure: Option<Figure>,
    /// The figure.
    pub value: Exact,
    /// How it is told.
    pub told: Told,
}

/// Tells the hints whose figure the table has nowhere else. A code with another figure elsewhere contradicts; a sentence on an indicator
/// may speak of another year or of a difference.
pub fn tell(understood: &mut Understood) {
    for hint in std::mem::take(&mut understood.hints) {
        let figure = hint.figure.unwrap_or(Figure::Overall);
        let is_of_code = matches!(figure, Figure::Question(_) | Figure::Item(_));
        match understood.figures.get(&figure) {
            Some(found) if found.value == hint.value => understood.passed_over += 1,
            Some(_) if !is_of_code => understood.tell(Told { why: Why::NoMeaning, ..hint.told }),
            _ => understood.tell(hint.told),
        }
    }
}

/// Words that may stand behind a score, or around it.
const UNITS: &[&str] = &["คะแนน", "points", "point", "percent", "เปอร์เซ็นต์", "%"];

/// Words before a number that is no score.
const NUMBERED: &[&str] = &["ที่", "ข้อ", "part", "ปี", "พ.ศ.", "พศ.", "ไตรมาส", "หน้า", "มาตรา", "-", "–", "/"];

/// The words before a figure at the end of a text, and the figure.
pub fn at_end(text: &str) -> Option<(&str, Exact)> {
    let mut text = text.trim();
    while let Some(rest) = UNITS.iter().find_map(|unit| text.strip_suffix(unit)) {
        text = rest.trim_end();
    }
    let is_of_figure = |c: char| digits::is_digit(c) || matches!(c, '.' | ',');
    let start = text.len() - text.chars().rev().take_while(|c| is_of_figure(*c)).map(char::len_utf8).sum::<usize>();
    let (head, written) = text.split_at(start);
    let head = head.trim_end_matches(['(', '=', ':']).trim_end();
    let written = written.trim_start_matches(['.', ',']);
    if head.ends_with(|c: char| c.is_ascii_alphanumeric()) && head.len() == start {
        return None;
    }
    let has_decimals = written.contains(['.', ',']);
    let is_numbered = || {
        // The words are short, and a text may be long.
        let end = head.char_indices().rev().nth(10).map_or(head, |(at, _)| &head[at..]).to_lowercase();
        NUMBERED.iter().any(|word| end.ends_with(word))
    };
    if !has_decimals && is_numbered() {
        return None;
    }
    let Reading::Figure(_, value, _) = figure::read(written) else { return None };
    (value <= Exact::whole(100) && !head.is_empty()).then_some((head, value))
}

/// The figure in the text behind a code: at its end, or one of two decimals anywhere.
pub fn inside(text: &str, edition: &Edition) -> Option<Exact> {
    if let Some(value) = figure_alone(text.trim_start_matches(['=', ':', ' '])).or_else(|| at_end(text).map(|(_, value)| value)) {
        return Some(value);
    }
    if edition.names_another_year(text) {
        return None;
    }
    let mut runs = text.split(|c: char| !(digits::is_digit(c) || matches!(c, '.' | ','))).map(|run| run.trim_end_matches(['.', ',']));
    runs.find_map(|run| {
        let has_two = run.rsplit_once(['.', ',']).is_some_and(|(_, part)| part.chars().count() == 2);
        figure_alone(run).filter(|_| has_two)
    })
}

fn figure_alone(text: &str) -> Option<Exact> {
    match figure::read(text) {
        Reading::Figure(_, value, _) if value <= Exact::whole(100) => Some(value),
        _ => None,
    }
}

/// Letters that look or sound like those of codes.
const NEAR: &[(char, &[&str])] = &[
    ('i', &["l", "L", "|", "!", "ı", "İ", "і", "І", "ι", "Ι", "í", "ไอ"]),
    ('e', &["е", "Е", "ε", "Ε", "é", "อี"]),
    ('o', &["о", "О", "ο", "Ο", "ø", "โอ"]),
];

/// Is the beginning of a cell almost a code: a letter of one, or one like it, and a number?
pub fn is_like_code(text: &str, pack: &Pack) -> bool {
    let text = text.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '(' | '[' | '"' | '\u{201c}' | '•'));
    let text = ["ข้อที่", "ข้อ", "รหัส"].iter().find_map(|word| text.strip_prefix(word)).unwrap_or(text).trim_start();
    let Some(first) = text.chars().next().filter(|c| !digits::is_digit(*c)) else { return false };
    let near = NEAR.iter().find_map(|(letter, looks)| Some((*letter, looks.iter().find_map(|look| text.strip_prefix(look))?)));
    let (letter, rest) = near.unwrap_or((first.to_ascii_lowercase(), &text[first.len_utf8()..]));
    let rest = rest.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '_' | '.' | '\u{2013}' | '#' | ':' | '/' | '('));
    let count = rest.chars().take_while(|c| digits::is_digit(*c)).count();
    (1..=3).contains(&count) && pack.letters().contains(&letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_of_a_list_or_a_year_is_no_score() {
        for text in ["ตัวชี้วัดที่ 1", "EIT ส่วนที่ 2", "EIT2", "ปี 2568", "IIT ปี 68", "98.43", "i1 - i30", "พ.ศ. ๒๕๖๘"]
        {
            assert_eq!(at_end(text), None, "{text}");
        }
        for text in ["ตัวชี้วัดที่ 1 การปฏิบัติหน้าที่ 97.25", "คะแนนรวม ๙๗.๒๕ คะแนน", "IIT (97.25%", "โครงสร้าง 97.25"]
        {
            assert_eq!(at_end(text).map(|(_, value)| value), Exact::parse("97.25"), "{text}");
        }
    }
}
