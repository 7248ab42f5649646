//! What a line of running text names and counts: figures by their codes, ids, numbers and names, and the numbers beside them. Owns
//! reading a line as a row of tokens; refuses to say which number belongs to which name.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::base::digits;
use crate::base::exact::Exact;
use crate::framework::code::MemberCode;
use crate::framework::{Figure, Pack};
use crate::text::markdown::prose::HOLE;

/// What a text names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Named {
    /// A figure that an assessment publishes.
    Figure(Figure),
    /// An issue, by its number.
    Issue(u32),
}

/// A part of a line that matters.
#[derive(Clone, Debug, PartialEq)]
pub struct Token {
    /// Its bytes in the line.
    pub range: Range<usize>,
    /// What it is.
    pub kind: TokenKind,
}

/// What a token is.
#[derive(Clone, Debug, PartialEq)]
pub enum TokenKind {
    /// A name of a figure; `is_exact` where it is a code, an id or a number, and no words that may mean something else.
    Mention {
        /// What is named.
        named: Named,
        /// Can it mean nothing else?
        is_exact: bool,
    },
    /// The key of an instrument's part, as `EP`: its place among the parts.
    Key(usize),
    /// A number.
    Number(Number),
    /// A number of another kind (a date, a range, an amount with commas), or what is no running text.
    Other,
}

/// A number as it is written.
#[derive(Clone, Debug, PartialEq)]
pub struct Number {
    /// Its value; `None` where it has more than one point.
    pub value: Option<Exact>,
    /// How many decimals are written.
    pub decimals: u32,
}

/// Words for the total. The first that fits is taken, so the longer ones come first.
const TOTAL: &[&str] = &["คะแนนโดยรวม", "คะแนนภาพรวม", "คะแนนรวม", "คะแนน ITA", "ผลการประเมิน ITA"];

/// The names that a pack gives its figures.
#[derive(Debug)]
pub struct Names<'a> {
    pack: &'a Pack,
    item_letters: Vec<char>,
    /// Names in words by their first letter, the longest first.
    words: BTreeMap<char, Vec<(&'a str, Named)>>,
}

impl<'a> Names<'a> {
    /// Gathers the names of a pack.
    pub fn of(pack: &'a Pack) -> Self {
        let mut all: Vec<(&str, Named)> = TOTAL.iter().map(|word| (*word, Named::Figure(Figure::Overall))).collect();
        for (i, instrument) in pack.instruments.iter().enumerate() {
            all.push((&instrument.name.th, Named::Figure(Figure::Instrument(i))));
            all.extend(instrument.parts.iter().enumerate().map(|(p, part)| (part.name.th.as_str(), Named::Figure(Figure::Part(i, p)))));
        }
        all.extend(pack.indicators.iter().enumerate().map(|(i, one)| (one.name.th.as_str(), Named::Figure(Figure::Indicator(i)))));
        all.extend(pack.issues.iter().map(|issue| (issue.name.th.as_str(), Named::Issue(issue.number))));
        let mut words: BTreeMap<char, Vec<(&str, Named)>> = BTreeMap::new();
        // A name of few letters is a word of any sentence.
        for (name, named) in all.into_iter().filter(|(name, _)| name.chars().count() >= SHORTEST) {
            words.entry(name.chars().next().unwrap_or(HOLE)).or_default().push((name, named));
        }
        words.values_mut().for_each(|names| names.sort_by_key(|(name, _)| std::cmp::Reverse(name.len())));
        Self { pack, item_letters: pack.item_letters(), words }
    }

    /// The tokens of a line, in order. `own` is the issue that the text is about.
    pub fn tokens(&self, line: &str, own: Option<u32>) -> Vec<Token> {
        let mut tokens = Vec::new();
        let mut at = 0;
        let mut before = ' ';
        while let Some(c) = line[at..].chars().next() {
            let (length, kind) = self.token(line, at, before, own);
            let end = at + length.max(c.len_utf8());
            if let Some(kind) = kind {
                tokens.push(Token { range: at..end, kind });
            }
            before = line[..end].chars().next_back().unwrap_or(' ');
            at = end;
        }
        tokens
    }

    /// How many bytes at `at` belong together, and what they are.
    fn token(&self, line: &str, at: usize, before: char, own: Option<u32>) -> (usize, Option<TokenKind>) {
        let rest = &line[at..];
        let first = rest.chars().next().unwrap_or(' ');
        if first.is_ascii_alphabetic() {
            return self.word(rest, before);
        }
        if digits::is_digit(first) {
            return self.number(rest, before);
        }
        if first == HOLE {
            return (0, Some(TokenKind::Other));
        }
        let named = |length: usize, named: Named, is_exact: bool| (length, Some(TokenKind::Mention { named, is_exact }));
        if first == 'ต'
            && let Some((length, number)) = numbered(rest, &["ตัวชี้วัดที่", "ตัวชี้วัด"])
            && let Some(i) = self.pack.indicators.iter().position(|indicator| indicator.number == number)
        {
            return named(length, Named::Figure(Figure::Indicator(i)), true);
        }
        if first == 'ป' {
            if let Some((length, number)) = numbered(rest, &["ประเด็นที่", "ประเด็น"]).filter(|(_, number)| self.pack.issue(*number).is_some())
            {
                return named(length, Named::Issue(number), true);
            }
            if let Some(own) = own.filter(|_| rest.starts_with("ประเด็นนี้")) {
                return named("ประเด็นนี้".len(), Named::Issue(own), true);
            }
        }
        let words = self.words.get(&first).map_or(&[][..], Vec::as_slice);
        match words.iter().find(|(name, _)| rest.starts_with(name)) {
            Some((name, what)) => named(name.len(), *what, false),
            None => (0, None),
        }
    }

    /// A word in ASCII letters: a code, an id, a key, or nothing.
    fn word(&self, rest: &str, before: char) -> (usize, Option<TokenKind>) {
        let letters = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_alphabetic()).len();
        let whole = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || digits::is_digit(c)).len();
        if before.is_ascii_alphanumeric() {
            return (whole, None);
        }
        if letters == 1
            && let Some((length, figure)) = self.code(rest)
        {
            return (length, Some(TokenKind::Mention { named: Named::Figure(figure), is_exact: true }));
        }
        let plain = digits::to_ascii(&rest[..whole]).to_ascii_uppercase();
        let mention = |length: usize, figure: Figure| (length, Some(TokenKind::Mention { named: Named::Figure(figure), is_exact: true }));
        for (i, instrument) in self.pack.instruments.iter().enumerate() {
            for (p, part) in instrument.parts.iter().enumerate() {
                if part.id.to_ascii_uppercase() == plain {
                    return mention(whole, Figure::Part(i, p));
                }
                if part.key.to_ascii_uppercase() == plain {
                    return (whole, Some(TokenKind::Key(p)));
                }
            }
            if instrument.id.to_ascii_uppercase() == plain {
                // EIT ส่วนที่ 1 is a part of it.
                let after = rest[whole..].trim_start_matches(' ');
                let part =
                    numbered(after, &["ส่วนที่", "Part", "part"]).filter(|(_, n)| (1..=instrument.parts.len()).contains(&(*n as usize)));
                return match part {
                    Some((length, n)) => mention(rest.len() - after.len() + length, Figure::Part(i, n as usize - 1)),
                    None => mention(whole, Figure::Instrument(i)),
                };
            }
        }
        (whole, None)
    }

    /// The code that a text begins with, in any spelling: its bytes, and the figure.
    fn code(&self, rest: &str) -> Option<(usize, Figure)> {
        let letter = rest.chars().next()?.len_utf8();
        let gap = rest[letter..].len() - rest[letter..].trim_start_matches([' ', '-', '_', '.', '\u{2013}']).len();
        if gap > 5 {
            return None;
        }
        let number = rest[letter + gap..].chars().take_while(|c| digits::is_digit(*c)).map(char::len_utf8).sum::<usize>();
        let end = letter + gap + number;
        let (code, _) = MemberCode::read(&rest[..end], &self.item_letters)?;
        let goes_on = is_part_of_more(&rest[end..]);
        self.pack.member(code).filter(|_| number > 0 && !goes_on).map(|figure| (end, figure))
    }

    /// A number, or a code that begins with a zero for the letter.
    fn number(&self, rest: &str, before: char) -> (usize, Option<TokenKind>) {
        let belongs = |c: char| digits::is_digit(c) || matches!(c, '.' | ',');
        let all = rest.len() - rest.trim_start_matches(belongs).len();
        // A point or a comma at the end belongs to the sentence.
        let text = rest[..all].trim_end_matches(['.', ',']);
        let length = text.len();
        let after = &rest[length..];
        let is_ascii_word = |c: char| c.is_ascii_alphabetic() || matches!(c, '/' | ':' | '_' | '@' | '#');
        let mut follows = after.chars();
        let (next, second) = (follows.next(), follows.next());
        let is_dash = |c: char| matches!(c, '-' | '\u{2013}' | '\u{2014}');
        let is_range = next.is_some_and(is_dash) && second.is_some_and(digits::is_digit);
        let no_number = is_ascii_word(before)
            || is_dash(before)
            || matches!(before, '.' | ',')
            || next.is_some_and(is_ascii_word)
            || is_range
            || text.contains(',');
        // A year says when, and is nobody's score.
        if matches!(digits::to_ascii(text).as_bytes(), [b'2', b'4'..=b'6', b'0'..=b'9', b'0'..=b'9']) {
            return (length, None);
        }
        if no_number {
            return (length, Some(TokenKind::Other));
        }
        // A decimal below one is no code.
        if matches!(digits::ascii(text.chars().next().unwrap_or(' ')), '0')
            && !text.contains('.')
            && let Some((code, _)) = MemberCode::read(text, &self.item_letters)
            && let Some(figure) = self.pack.member(code)
        {
            return (length, Some(TokenKind::Mention { named: Named::Figure(figure), is_exact: true }));
        }
        let mut parts = text.split('.');
        let decimals = text.split_once('.').map_or(0, |(_, part)| part.chars().count() as u32);
        let points = parts.by_ref().count().saturating_sub(1);
        match Exact::parse(text) {
            Some(value) => (length, Some(TokenKind::Number(Number { value: Some(value), decimals }))),
            None if points == 2 => (length, Some(TokenKind::Number(Number { value: None, decimals: 0 }))),
            None => (length, Some(TokenKind::Other)),
        }
    }
}

/// How many letters a name in words has at least.
const SHORTEST: usize = 6;

/// One of the words and the number after it: how many bytes both take.
fn numbered(rest: &str, words: &[&str]) -> Option<(usize, u32)> {
    let word = words.iter().find(|word| rest.starts_with(**word))?;
    let after = rest[word.len()..].trim_start_matches([' ', '(', '\u{200b}', '\u{a0}']);
    let length = after.chars().take_while(|c| digits::is_digit(*c)).map(char::len_utf8).sum::<usize>();
    let number = digits::to_ascii(&after[..length]).parse().ok().filter(|_| length <= 9)?;
    (!is_part_of_more(&after[length..])).then_some((rest.len() - after.len() + length, number))
}

/// Does a number go on: as a decimal, a longer number, or a word?
fn is_part_of_more(rest: &str) -> bool {
    let mut chars = rest.chars();
    match chars.next() {
        Some('.' | ',') => chars.next().is_some_and(digits::is_digit),
        Some(c) => c.is_ascii_alphanumeric() || digits::is_digit(c),
        None => false,
    }
}
