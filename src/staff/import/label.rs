//! Figures that say in their own cell what they are: `EP ๙๘.๔๓ ES ๙๘.๓๓ เฉลี่ย ๙๘.๓๘`. Owns the words for the parts of a question and for
//! their mean.

use super::names::gist;
use crate::base::digits;
use crate::framework::Part;

/// Which figure of a question one is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Which {
    /// That of a part, by its place.
    Part(usize),
    /// The mean of the parts, or the only one.
    Mean,
}

/// Words for the mean.
const MEAN: &[&str] = &["เฉลี่ย", "ค่าเฉลี่ย", "คะแนนเฉลี่ย", "mean", "average", "avg", "รวม", "คะแนนรวม"];

/// What a word alone says.
pub fn which(word: &str, parts: &[Part]) -> Option<Which> {
    let word = gist(word);
    let word = word.strip_prefix("คะแนน").filter(|rest| !rest.is_empty()).unwrap_or(&word);
    let is_part = |(place, part): (usize, &Part)| {
        let (key, id, number) = (gist(&part.key), gist(&part.id), place + 1);
        let instrument = id.trim_end_matches(|c: char| c.is_ascii_digit()).to_owned();
        let names = [
            key.clone(),
            id,
            format!("{instrument}ส่วนที่{number}"),
            format!("ส่วนที่{number}"),
            format!("{instrument}part{number}"),
            format!("{instrument}{key}"),
        ];
        names.iter().any(|name| name == word).then_some(Which::Part(place))
    };
    if MEAN.contains(&word) {
        return Some(Which::Mean);
    }
    parts.iter().enumerate().find_map(is_part)
}

/// The figures of a cell that are all named, in order: which, and the letters of the figure. What stands before the first of them, as a
/// question does, is passed over where `has_head`. Nothing where a figure has no name.
pub fn labelled<'t>(text: &'t str, parts: &[Part], has_head: bool) -> Vec<(Which, &'t str)> {
    let mut found: Vec<(Which, &str)> = Vec::new();
    let mut from = 0;
    while let Some((word, figure, end)) = next(&text[from..]) {
        from += end;
        let label = which(word, parts).or_else(|| {
            // The last word before the figure, where a question stands before it.
            let last = word.trim_end().trim_end_matches([':', '=', '(']).trim_end();
            let last = last.rsplit(|c: char| c.is_whitespace() || matches!(c, '(' | '/' | ',' | ';')).next()?;
            if has_head && found.is_empty() { which(last, parts) } else { None }
        });
        match label {
            Some(label) => found.push((label, figure)),
            // A figure in the question, as a year.
            None if has_head && found.is_empty() => {}
            None => return Vec::new(),
        }
    }
    found
}

/// The words before the next figure, the figure, and where it ends. A digit that belongs to a word, as in `EIT1` and `ส่วนที่ 2`, is no figure.
fn next(text: &str) -> Option<(&str, &str, usize)> {
    let mut at = 0;
    loop {
        let rest = &text[at..];
        let start = at + rest.find(digits::is_digit)?;
        let tail = &text[start..];
        let length = tail.find(|c: char| !(digits::is_digit(c) || matches!(c, '.' | ',' | '%'))).unwrap_or(tail.len());
        let end = start + length;
        let before = &text[..start];
        let is_of_word = before.ends_with(|c: char| c.is_ascii_alphabetic())
            || before.trim_end().ends_with("ส่วนที่")
            || before.trim_end().to_lowercase().ends_with("part");
        if !is_of_word {
            let figure = text[start..end].trim_end_matches(['.', ',']);
            return Some((before.trim_matches(|c: char| c.is_whitespace() || ":=()|/,;-".contains(c)), figure, end));
        }
        at = end;
    }
}
