//! What a cell names: a code in any spelling, an indicator, an instrument or one of its parts, the total, an issue. Owns the comparison with
//! the names of the pack. Refuses names that are only alike: a number that says so is needed then.

use std::collections::BTreeMap;

use crate::base::{digits, fold, thai};
use crate::framework::code::MemberCode;
use crate::framework::{self, Figure, Pack};

/// A code at the beginning of a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Coded {
    /// One that the pack has, and the place of the text behind it.
    Known(Figure, usize),
    /// One that it does not have.
    Unknown(String),
    /// Several in one cell, as `i1-i5` and `o6, o7`: the first of them.
    Several(String),
}

/// What names the total.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Named {
    /// A figure.
    Figure(Figure),
    /// A sum or mean, of all or of one table only.
    Sum,
}

/// How long a cell may be that names something.
const LONGEST_NAME: usize = 240;

/// The code that a text begins with.
pub fn code_at(text: &str, pack: &Pack) -> Option<Coded> {
    let start = text.len() - text.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '(' | '[' | '"' | '\u{201c}' | '•')).len();
    let body = &text[start..];
    let body_start =
        ["ข้อที่", "ข้อ", "รหัส"].iter().find_map(|word| body.strip_prefix(word)).map_or(start, |rest| text.len() - rest.trim_start().len());
    let body = &text[body_start..];
    let first = body.chars().next()?;
    // Most cells begin with a Thai letter, and this is asked of every cell.
    if !(first.is_ascii_alphabetic() || matches!(first, '0' | '๐' | '\u{ff10}'..='\u{ff5a}')) {
        return None;
    }
    let plain = fold::folded(first.encode_utf8(&mut [0; 4]));
    let letter = plain.chars().next()?;
    let is_zero = letter == '0';
    let mut rest = &body[first.len_utf8()..];
    if !is_zero {
        rest = rest.trim_start().trim_start_matches(['-', '_', '.', '\u{2013}']).trim_start();
    }
    let count = rest.chars().take_while(|c| digits::is_digit(*c)).count();
    if count == 0 || count > 3 {
        return None;
    }
    // Only what may be a code is worth the list of letters.
    let items = pack.item_letters();
    let is_letter = if is_zero { items.contains(&'o') } else { letter.is_ascii_alphabetic() && pack.letters().contains(&letter) };
    if !is_letter {
        return None;
    }
    let number: String = rest.chars().take(count).map(digits::ascii).collect();
    let end = rest.char_indices().nth(count).map_or(rest.len(), |(at, _)| at);
    let after = &rest[end..];
    // `o12.5` and `e5x` are no codes; of figures and telephone numbers with a zero in front none is.
    let next = after.chars().next();
    let goes_on = next.is_some_and(|c| c.is_ascii_alphanumeric()) || {
        let mut rest = after.chars();
        matches!(rest.next(), Some('.' | ',' | '/' | '%')) && rest.next().is_some_and(digits::is_digit)
    };
    let behind =
        after.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '.' | ')' | ']' | ':' | '-' | '\u{2013}' | '"' | '\u{201d}'));
    if goes_on || (is_zero && behind.starts_with(digits::is_digit)) {
        return None;
    }
    let spelt = format!("{}{number}", if is_zero { '0' } else { letter });
    let (code, _) = MemberCode::read(&spelt, &items)?;
    if is_followed_by_code(after, letter) || lists_codes(after, pack) {
        return Some(Coded::Several(code.to_string()));
    }
    match pack.member(code) {
        Some(figure) => Some(Coded::Known(figure, text.len() - behind.len())),
        None if is_zero => None,
        None => Some(Coded::Unknown(code.to_string())),
    }
}

/// Does a further part of a list begin with a code, as in `o1 โครงสร้าง, o2 ข้อมูลผู้บริหาร`?
fn lists_codes(after: &str, pack: &Pack) -> bool {
    let is_sign = |c: char| matches!(c, ',' | ';' | '\n');
    after.contains(is_sign)
        && after.len() < 2_000
        && after.split(is_sign).skip(1).any(|part| {
            part.trim_start().chars().nth(1).is_some_and(|c| digits::is_digit(c) || c == ' ' || c == '-')
                && matches!(code_at(part, pack), Some(Coded::Known(..)))
        })
}

/// Words and signs between the codes of a list or a range.
const BETWEEN: &[&str] = &[
    "จนถึง",
    "ถึง",
    "...",
    "..",
    ":",
    "\u{2026}",
    "และ",
    "กับ",
    "หรือ",
    "to",
    "and",
    "-",
    "\u{2013}",
    "\u{2014}",
    "~",
    ",",
    "/",
    "+",
    "&",
    ";",
];

/// Does a second code stand right behind one, or the number of one behind a sign, as in `i1-5`?
fn is_followed_by_code(after: &str, letter: char) -> bool {
    let text = after.trim_start();
    let behind = BETWEEN.iter().find_map(|word| text.strip_prefix(word)).map(str::trim_start);
    let text = behind.unwrap_or(text);
    let text = ["ข้อ", "("].iter().find_map(|word| text.strip_prefix(word)).unwrap_or(text).trim_start();
    let mut letters = text.chars();
    let first = letters.next().map(|c| fold::folded(c.encode_utf8(&mut [0; 4])));
    let has_letter = first.as_deref() == Some(letter.encode_utf8(&mut [0; 4]));
    let number = if has_letter { letters.as_str().trim_start_matches([' ', '-', '_', '.']) } else { text };
    let count = number.chars().take_while(|c| digits::is_digit(*c)).count();
    if !(1..=3).contains(&count) {
        return false;
    }
    let end = number.char_indices().nth(count).map_or("", |(at, _)| &number[at..]);
    let ends = end.trim_end_matches([')', ']', '.']).trim().is_empty();
    if has_letter { !end.starts_with(|c: char| c.is_ascii_alphanumeric()) } else { behind.is_some() && ends }
}

/// The names of a pack.
pub struct Names<'p> {
    pack: &'p Pack,
    exact: BTreeMap<String, Figure>,
    issues: BTreeMap<String, u32>,
    instruments: Vec<Instrument>,
}

/// How an instrument is known beside other words.
struct Instrument {
    id: String,
    names: Vec<String>,
    /// The ends of the names of each part.
    parts: Vec<Vec<String>>,
}

impl Instrument {
    fn of(instrument: &framework::Instrument) -> Self {
        let id = gist(&instrument.id);
        let ends = |(place, part): (usize, &framework::Part)| {
            let (number, key) = (place + 1, gist(&part.key));
            vec![format!("ส่วนที่{number}"), format!("part{number}"), format!("{id}{number}"), format!("{id}{key}")]
        };
        let parts = instrument.parts.iter().enumerate().map(ends).collect();
        let names = [Some(&instrument.name.th), instrument.name.en.as_ref()].into_iter().flatten().map(|name| gist(name)).collect();
        Self { id, names, parts }
    }
}

/// The letters and digits of a text, by which names are compared: spaces, signs, capitals and the script of digits do not count.
pub fn gist(text: &str) -> String {
    // Most letters are Thai, for which the table of all scripts is slow.
    fold::folded(text).chars().filter(|c| thai::is_letter(*c) || c.is_alphanumeric()).collect()
}

/// Words that name the total whatever they stand among.
pub const TOTAL: &[&str] = &[
    "ผลการประเมินในภาพรวม",
    "ผลการประเมินภาพรวม",
    "ผลการประเมินโดยรวม",
    "คะแนนภาพรวม",
    "คะแนนในภาพรวม",
    "คะแนนโดยรวม",
    "ค่าคะแนนโดยรวม",
    "ภาพรวม",
    "ภาพรวมหน่วยงาน",
    "คะแนนรวมita",
    "คะแนนita",
    "ผลคะแนนita",
    "คะแนนรวมทั้งหมด",
    "คะแนนรวมทั้งสิ้น",
    "ผลคะแนนรวม",
    "คะแนนเฉลี่ยรวม",
    "คะแนนผลการประเมิน",
    "คะแนนรวมของหน่วยงาน",
    "overall",
    "overallscore",
    "totalscore",
    "itascore",
    "ผลการประเมินita",
    "คะแนนภาพรวมหน่วยงาน",
    "ผลคะแนนภาพรวม",
    "คะแนนรวมผลการประเมินita",
];

/// Words for a sum or mean: that of all beside instruments and indicators, of one table beside codes.
const SUM: &[&str] = &["รวม", "คะแนนรวม", "คะแนนเฉลี่ย", "เฉลี่ย", "ค่าเฉลี่ย", "รวมคะแนน", "ผลรวม", "รวมทั้งสิ้น", "total", "mean", "average", "sum"];

/// Is this the word for the total that may also stand below a table of one part?
pub fn is_total(text: &str) -> bool {
    matches!(gist(text).as_str(), "คะแนนรวม" | "รวมคะแนน" | "total")
}

/// Does the text name a mean? The total is weighted, and a plain mean is not.
pub fn is_mean(text: &str) -> bool {
    let word = gist(text);
    word.contains("เฉลี่ย") || word == "mean" || word == "average"
}

impl<'p> Names<'p> {
    /// The names of a pack in both languages.
    pub fn of(pack: &'p Pack) -> Self {
        let mut exact = BTreeMap::new();
        let figures = (0..pack.instruments.len()).map(Figure::Instrument).chain((0..pack.indicators.len()).map(Figure::Indicator));
        let parts = (0..pack.instruments.len()).flat_map(|i| (0..pack.instruments[i].parts.len()).map(move |p| Figure::Part(i, p)));
        for figure in figures.chain(parts) {
            for name in pack.name(figure).into_iter().flat_map(|name| [Some(&name.th), name.en.as_ref()]).flatten() {
                exact.insert(gist(name), figure);
            }
            if !matches!(figure, Figure::Indicator(_)) {
                exact.insert(gist(&pack.code(figure)), figure);
            }
        }
        let names = |issue: &'p framework::Issue| [Some(&issue.name.th), issue.name.en.as_ref()].into_iter().flatten();
        let issues = pack.issues.iter().flat_map(|issue| names(issue).map(|name| (gist(name), issue.number))).collect();
        let instruments = pack.instruments.iter().map(Instrument::of).collect();
        Self { pack, exact, issues, instruments }
    }

    /// What a cell names, without regard to what stands beside it.
    pub fn named(&self, text: &str) -> Option<Named> {
        if text.len() > LONGEST_NAME * 3 || text.chars().count() > LONGEST_NAME {
            return None;
        }
        let (_, bare) = numbered(text);
        let whole = gist(text);
        let bare = if bare.len() == text.len() { whole.clone() } else { gist(bare) };
        if whole.is_empty() {
            return None;
        }
        if let Some(number) = self.indicator_number(text) {
            return Some(Named::Figure(number));
        }
        if let Some(figure) = self.exact.get(&whole).or_else(|| self.exact.get(&bare)) {
            return Some(Named::Figure(*figure));
        }
        let total = [whole.as_str(), bare.as_str()].iter().any(|name| TOTAL.contains(name));
        if total {
            return Some(Named::Figure(Figure::Overall));
        }
        if [whole.as_str(), bare.as_str()].iter().any(|name| SUM.contains(name)) {
            return Some(Named::Sum);
        }
        self.instrument(text, &whole).map(Named::Figure)
    }

    /// `ตัวชี้วัดที่ 9`, with or without the name behind it.
    fn indicator_number(&self, text: &str) -> Option<Figure> {
        let rest = text.trim_start().strip_prefix("ตัวชี้วัด")?.trim_start();
        let rest = rest.strip_prefix("ที่").unwrap_or(rest).trim_start();
        let (number, _) = numbered(rest);
        self.indicator(number?)
    }

    /// The indicator of a number.
    pub fn indicator(&self, number: u32) -> Option<Figure> {
        self.pack.indicators.iter().position(|indicator| indicator.number == number).map(Figure::Indicator)
    }

    /// An instrument, or a part of one, that a cell names beside other words: by its id as a word, or by its full name.
    fn instrument(&self, text: &str, whole: &str) -> Option<Figure> {
        if ["ข้อ", "ตัวชี้วัด", "น้ำหนัก", "จำนวน", "ประเด็น"].iter().any(|word| whole.contains(word))
        {
            return None;
        }
        let folded = fold::folded(text);
        let mut found = None;
        for (place, instrument) in self.instruments.iter().enumerate() {
            let id = instrument.id.as_str();
            let is_word = folded.match_indices(id).any(|(at, _)| {
                let before = folded[..at].chars().next_back().is_none_or(|c| !c.is_ascii_alphabetic());
                before && folded[at + id.len()..].chars().next().is_none_or(|c| !c.is_ascii_alphabetic())
            });
            if !(is_word || instrument.names.iter().any(|name| whole.contains(name.as_str()))) {
                continue;
            }
            if found.is_some() {
                return None;
            }
            let has = |part: usize| instrument.parts[part].iter().any(|end| whole.contains(end.as_str()));
            let mut parts = (0..instrument.parts.len()).filter(|part| has(*part));
            found = Some(match (parts.next(), parts.next()) {
                (Some(part), None) => Figure::Part(place, part),
                // `OIT1` is an item.
                (None, _) if folded.split(id).skip(1).any(|rest| rest.starts_with(|c: char| c.is_ascii_digit())) => return None,
                (None, _) => Figure::Instrument(place),
                _ => return None,
            });
        }
        found
    }

    /// The issue that a cell names by its number or its name; the error where they tell of two.
    pub fn issue(&self, text: &str) -> Result<Option<u32>, ()> {
        let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let bare = ["ประเด็นที่", "ประเด็น"].iter().find_map(|word| line.strip_prefix(word)).unwrap_or(&line);
        let (number, name) = numbered(bare);
        let by_name = self.issues.get(&gist(name)).copied();
        match (number.filter(|number| self.pack.issue(*number).is_some()), by_name) {
            (Some(number), Some(named)) if number != named => Err(()),
            (number, named) => Ok(number.or(named)),
        }
    }
}

/// The number that a text begins with, as `(๑)`, `1)`, `1.` or `1`, and the text behind it.
pub fn numbered(text: &str) -> (Option<u32>, &str) {
    let body = text.trim_start().trim_start_matches(['(', '[']).trim_start();
    let count = body.chars().take_while(|c| digits::is_digit(*c)).count();
    if count == 0 || count > 2 {
        return (None, text);
    }
    let number: String = body.chars().take(count).map(digits::ascii).collect();
    let after = body.char_indices().nth(count).map_or("", |(at, _)| &body[at..]);
    let behind = after.trim_start();
    let closed = behind.trim_start_matches([')', '.', ']', ':', '-']).trim_start();
    // `9.1` and `98.43` begin with no number of a list.
    if after.starts_with(['.', ',']) && after[1..].starts_with(digits::is_digit) {
        return (None, text);
    }
    (number.parse().ok(), closed)
}
