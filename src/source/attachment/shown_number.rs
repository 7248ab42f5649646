//! Is a number that a spreadsheet program wrote out as text the one that it stores beside it? Owns what counts as the same: two decimals are
//! what is published. Refuses to know the format by which it was written.

use super::rows::Look;
use super::workbook;
use crate::base::digits;
use crate::base::exact::Exact;

/// How a shown text stands to the stored number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// It is that number.
    Same,
    /// It is, with a comma for the point.
    Comma,
    /// It is another one, or none.
    Other,
}

/// Compares a number with the text that shows it.
pub fn compare(value: &Exact, shown: &str) -> Shown {
    let ascii = digits::to_ascii(shown).replace('\u{2212}', "-");
    let mut figures = ascii
        .split(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ',' | '-')))
        .filter(|run| run.contains(|c: char| c.is_ascii_digit()));
    let (figure, further) = (figures.next(), figures.next());
    let is_same = |figure: &str| {
        let decimals = figure.split_once('.').map_or(0, |(_, part)| part.len()).min(30);
        // Two decimals are what is published; a format of fewer must not hide any.
        let close = if decimals >= 2 { value.rounded(u32::try_from(decimals).unwrap_or(2)) } else { value.clone() };
        Exact::parse(figure) == Some(close)
    };
    match (figure, further) {
        (Some(figure), None) if is_same(figure) || (is_grouped(figure) && is_same(&figure.replace(',', ""))) => Shown::Same,
        (Some(figure), None) if figure.matches(',').count() == 1 && is_same(&figure.replace(',', ".")) => Shown::Comma,
        // A dash for nothing.
        (None, _) if *value == Exact::whole(0) && shown.chars().all(|c| matches!(c, '-' | '\u{2013}' | '\u{2014}')) => Shown::Same,
        _ => Shown::Other,
    }
}

/// The look of a cell of a page that says which number it stores; as it is shown where that is no number.
pub fn look(stored: &str, shown: &str) -> Look {
    let stored = workbook::shown(stored.trim());
    let Some(value) = Exact::parse(&stored) else { return Look::Plain };
    let value = if shown.ends_with('%') { &value * &Exact::whole(100) } else { value };
    if compare(&value, shown) == Shown::Other { Look::Otherwise(stored.into_owned()) } else { Look::Plain }
}

/// Do commas part thousands?
fn is_grouped(figure: &str) -> bool {
    let whole = figure.split('.').next().unwrap_or_default();
    whole.split(',').skip(1).all(|group| group.len() == 3)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shown_number_is_held_to_the_stored_one() {
        for (stored, shown) in [
            ("97.25", "97.25"),
            ("97.254", "97.25"),
            ("1234.5", "1,234.50"),
            ("0.9725", "97.25%"),
            ("97.25", "๙๗,๒๕"),
            ("0", "-"),
            ("ก", "97"),
        ] {
            assert_eq!(look(stored, shown), Look::Plain, "{stored} {shown}");
        }
        for (stored, shown) in [("97.25", "97"), ("97.25", "97.3"), ("97.25", "ก"), ("97.25", "97 25"), ("0.9725", "97%")] {
            assert_eq!(look(stored, shown), Look::Otherwise(stored.to_owned()), "{stored} {shown}");
        }
    }
}
