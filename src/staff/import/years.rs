//! The years that a text names. Owns the ways to write one: of either era, of four digits or of two, beside words or alone. Refuses to know
//! whose year it is.

use crate::base::date;
use crate::base::digits;

/// Words behind which two digits are a year, in any text and in a title.
const BEHIND: &[&str] = &["ปี", "งบประมาณ", "พ.ศ.", "พ. ศ.", "พศ", "พศ."];
const BEHIND_IN_TITLE: &[&str] = &["ita", "fy", "ปี", "งบประมาณ", "งบฯ", "พ.ศ."];

/// The ends of the names of months, full and short.
const MONTHS: &[&str] =
    &["คม", "ยน", "พันธ์", "ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค."];

/// What may stand around a year that stands alone.
#[rustfmt::skip]
pub const YEAR_WORDS: &[&str] = &[
    "", "ปี", "พศ", "ปีพศ", "ปีงบ", "ปีงบฯ", "ปีงบประมาณ", "ปีงบประมาณพศ", "ประจำปีงบประมาณพศ", "ประจำปี", "ประจำปีพศ", "ประจำปีงบประมาณ",
    "งบประมาณ", "fy", "fiscalyear", "year",
];

/// How many years apart two may be of which one is written with two digits and without a word for a year.
const NEAR: u16 = 12;

/// May this year be meant beside that one?
pub fn is_near(year: u16, other: u16) -> bool {
    year.abs_diff(other) <= NEAR
}

/// A number in a text, with what stands around it.
struct Number<'t> {
    before: &'t str,
    digits: &'t str,
    after: &'t str,
}

/// The numbers of a text whose digits are those of ASCII.
fn numbers(ascii: &str) -> Vec<Number<'_>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = ascii[at..].find(|c: char| c.is_ascii_digit()).map(|start| at + start) {
        at = ascii[start..].find(|c: char| !c.is_ascii_digit()).map_or(ascii.len(), |length| start + length);
        found.push(Number { before: &ascii[..start], digits: &ascii[start..at], after: &ascii[at..] });
    }
    found
}

/// The year of two digits.
fn short(digits: &str) -> Option<u16> {
    digits.parse::<u16>().ok().map(|year| 2500 + year)
}

/// Can it be the year of an assessment?
fn is_year(year: &u16) -> bool {
    (2540..2600).contains(year)
}

/// The years that a text names, in the Buddhist era: of four digits, or of two behind a word for a year.
pub fn years(text: &str) -> Vec<u16> {
    if !text.contains(digits::is_digit) {
        return Vec::new();
    }
    let ascii = digits::to_ascii(text);
    let year = |number: &Number<'_>| {
        let before = number.before.trim_end();
        match number.digits.len() {
            // Part of a figure, as in `98.2567`.
            4 if !before.ends_with('.') || before.len() < number.before.len() || before.ends_with("ศ.") => {
                date::parse_year(number.digits)
            }
            2 if BEHIND.iter().any(|word| before.ends_with(word)) && !number.after.starts_with('.') => short(number.digits),
            _ => None,
        }
    };
    numbers(&ascii).iter().filter_map(year).filter(is_year).collect()
}

/// The years of a title: neither that of a day nor those of a span, as a plan has. `ITA67` names one too.
pub fn years_of_title(text: &str) -> Vec<u16> {
    let ascii = digits::to_ascii(text).to_lowercase();
    let is_digit = |c: char| c.is_ascii_digit();
    let is_dash = |c: char| matches!(c, '-' | '\u{2013}' | '\u{2014}');
    let year = |number: &Number<'_>| {
        let (before, after) = (number.before.trim_end(), number.after.trim_start());
        let era = ["พ.ศ.", "พ. ศ."].iter().find_map(|era| before.strip_suffix(era)).unwrap_or(before).trim_end();
        let is_of_day = before.ends_with('/') || MONTHS.iter().any(|month| era.ends_with(month));
        let is_of_span = (after.starts_with(is_dash) && after.trim_start_matches(is_dash).trim_start().starts_with(is_digit))
            || (before.ends_with(is_dash) && before.trim_end_matches(is_dash).trim_end().ends_with(is_digit));
        match number.digits.len() {
            _ if is_of_day || is_of_span => None,
            4 => date::parse_year(number.digits),
            2 if BEHIND_IN_TITLE.iter().any(|word| before.ends_with(word)) => short(number.digits),
            _ => None,
        }
    };
    numbers(&ascii).iter().filter_map(year).filter(is_year).collect()
}

/// Does a text name a year and nothing else? Given by its letters.
pub fn is_of_year(word: &str) -> bool {
    let bare: String = word.chars().filter(|c| !c.is_ascii_digit()).collect();
    bare.len() < word.len() && YEAR_WORDS.contains(&bare.as_str())
}
