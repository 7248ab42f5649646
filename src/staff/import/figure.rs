//! One cell as a figure. Owns which spellings are one: digits of both scripts, a percent sign, a comma for the point, words around it.
//! Refuses to repair what only might be a number.

use crate::base::digits;
use crate::base::exact::Exact;

/// What a cell holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reading {
    /// A figure: its digits in ASCII, its value, and whether it is written otherwise.
    Figure(String, Exact, bool),
    /// Nothing, or a dash for nothing.
    Nothing,
    /// Something that looks like a figure and is none.
    Odd,
    /// A fault of the spreadsheet's.
    Fault,
    /// Words.
    Words,
}

/// How many decimals a figure may have; more come from reckoning, and are rounded to two.
const MOST_DECIMALS: usize = 4;

/// Words that stand beside a figure and say nothing else.
const BESIDE: &[&str] = &["คะแนน", "ร้อยละ", "points", "point", "เปอร์เซ็นต์", "percent"];

/// Reads a cell.
pub fn read(text: &str) -> Reading {
    let ascii = digits::to_ascii(text.trim()).to_lowercase();
    let mut body = ascii.as_str();
    if ["#ref!", "#div/0!", "#n/a", "#value!", "#name?", "#num!", "#null!", "err:"].iter().any(|fault| body.starts_with(fault)) {
        return Reading::Fault;
    }
    for word in BESIDE {
        body = body.strip_prefix(word).unwrap_or(body).trim();
        body = body.strip_suffix(word).unwrap_or(body).trim();
    }
    let is_share = body.ends_with('%');
    let body = body.trim_end_matches('%').trim_end();
    if !body.contains(|c: char| c.is_alphanumeric()) {
        let is_dash = |c: char| matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '.' | ' ');
        return if ascii.chars().all(is_dash) { Reading::Nothing } else { Reading::Words };
    }
    let joined: String = body.chars().filter(|c| !c.is_whitespace()).collect();
    let is_spaced = joined.len() != body.len();
    // Digits with a space between may be two figures; around the point they are one.
    let is_torn = body.split_whitespace().collect::<Vec<_>>().windows(2).any(|pair| {
        let ends = pair[0].ends_with(|c: char| c.is_ascii_digit());
        ends && pair[1].starts_with(|c: char| c.is_ascii_digit())
    });
    if let Some(value) = Exact::parse(&joined).filter(|_| !is_torn && is_printed(&joined)) {
        return figure(joined, value, is_share || is_spaced);
    }
    if let Some((whole, part)) = joined.split_once(',')
        && !is_torn
        && matches!(part.len(), 1 | 2)
        && let pointed = format!("{whole}.{part}")
        && let Some(value) = Exact::parse(&pointed).filter(|_| is_printed(&pointed))
    {
        return figure(pointed, value, true);
    }
    let begins = joined.starts_with(|c: char| c.is_ascii_digit() || "+-.,=([\u{2013}\u{2212}".contains(c));
    let has_digit = joined.contains(|c: char| c.is_ascii_digit());
    let is_sign = |c: char| c.is_ascii_digit() || ".,-+/:%()[]*=~<>\u{2013}\u{2212}".contains(c) || matches!(c, 'o' | 'l' | 'e' | 'i');
    if begins && has_digit && joined.chars().all(is_sign) { Reading::Odd } else { Reading::Words }
}

fn figure(text: String, value: Exact, is_other: bool) -> Reading {
    let decimals = text.split_once('.').map_or(0, |(_, part)| part.len());
    if decimals > MOST_DECIMALS {
        let rounded = value.rounded(2);
        return Reading::Figure(value.fixed(2), rounded, true);
    }
    Reading::Figure(text, value, is_other)
}

/// Is this how a number is printed? Nobody prints `007` or `-0`.
fn is_printed(text: &str) -> bool {
    let whole = text.trim_start_matches('-').split('.').next().unwrap_or_default();
    let is_less_than_nothing = text.starts_with('-') && text.trim_matches(['-', '0', '.']).is_empty();
    !is_less_than_nothing && (whole.len() == 1 || !whole.starts_with('0'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn taken(text: &str) -> Option<(String, bool)> {
        match read(text) {
            Reading::Figure(text, _, is_other) => Some((text, is_other)),
            _ => None,
        }
    }

    #[test]
    fn a_figure_keeps_its_digits() {
        for (text, figure, is_other) in [
            ("๙๘.๔๓", "98.43", false),
            ("100", "100", false),
            ("90.00", "90.00", false),
            (" 98.43 คะแนน", "98.43", false),
            ("98.43%", "98.43", true),
            ("ร้อยละ ๙๐", "90", false),
            ("98,43", "98.43", true),
            ("98. 43", "98.43", true),
            ("98.42999999", "98.43", true),
            ("0", "0", false),
        ] {
            assert_eq!(taken(text), Some((figure.to_owned(), is_other)), "{text}");
        }
    }

    #[test]
    fn what_is_no_figure_is_none() {
        for text in
            ["๙๗.๖๑.๐๐", "98,435", "1/2", "98-99", "98 43", "007", "-0", "1,000,000", "9o", "5:30", "12/08/2568", "(90)", "[90]", "–90"]
        {
            assert_eq!(read(text), Reading::Odd, "{text}");
        }
        for text in ["", "-", "–", " "] {
            assert_eq!(read(text), Reading::Nothing, "{text}");
        }
        assert_eq!((read("#REF!"), read("ดี"), read("N/A")), (Reading::Fault, Reading::Words, Reading::Words));
        assert_eq!((read("คะแนน"), read("*")), (Reading::Words, Reading::Words));
    }

    proptest! {
        #[test]
        fn any_cell_is_read_without_a_panic(text in "\\PC{0,30}|[0-9๐-๙.,%+ -]{0,12}") {
            let _ = read(&text);
        }
    }
}
