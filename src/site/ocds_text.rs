//! Texts of tables as they may be published in other forms. Owns what is taken out of them: numbers of persons and of taxpayers, of which
//! those of natural persons are one and the same, and what is not to be seen.

use crate::base::{digits, fold, personal, thai};

/// How a text begins that says that nobody was chosen yet.
const NOBODY: [&str; 5] = ["ไม่มี", "ยังไม่", "อยู่ระหว่าง", "รอ", "n/a"];

/// What stands before a number of a taxpayer.
const BEFORE_NUMBER: [&str; 9] = [
    "เลขประจำตัวผู้เสียภาษีอากร",
    "เลขประจำตัวผู้เสียภาษี",
    "เลขที่ผู้เสียภาษี",
    "เลขผู้เสียภาษี",
    "เลขทะเบียนนิติบุคคล",
    "เลขทะเบียนพาณิชย์",
    "เลขประจำตัวประชาชน",
    "tax id",
    "tin",
];

/// The fewest digits of a number that is taken out of a name.
const FEWEST_DIGITS: usize = 10;

/// A text on one line, with every number of a person masked, and every number of thirteen digits, since a misspelt one is none to a rule
/// and may be one to a reader. Empty where it says nothing but a dash.
pub fn cleaned(text: &str) -> String {
    let still = thai::still(text);
    let tidy = fold::tidy(&still);
    let visible: String = tidy.chars().filter(|c| !c.is_control()).collect();
    let trimmed = visible.trim();
    if trimmed.chars().all(|c| is_dash(c) || c.is_whitespace()) {
        return String::new();
    }
    let masked = personal::masked(trimmed);
    let mut out = String::with_capacity(masked.len());
    let mut at = 0;
    for (start, end, count) in numbers(&masked) {
        if count == 13 {
            out.push_str(&masked[at..start]);
            out.push_str(&personal::mask(&masked[start..end]));
            at = end;
        }
    }
    out.push_str(&masked[at..]);
    out
}

/// The names of suppliers in a cell: one a line, or between semicolons, with a number before each or none.
pub fn suppliers(cell: &str) -> Vec<String> {
    let parts = cell.split(['\n', '\r', ';']);
    let is_somebody = |name: &String| {
        let small = name.to_lowercase();
        name.chars().any(char::is_alphabetic) && !NOBODY.iter().any(|nobody| small.starts_with(nobody))
    };
    parts.map(supplier).filter(is_somebody).collect()
}

fn supplier(text: &str) -> String {
    let still = thai::still(text);
    let tidy = fold::tidy(&still);
    let bare = without_count(tidy.trim());
    // Numbers go before telephones are masked, so that nothing of a number stays.
    let mut name = String::with_capacity(bare.len());
    let mut at = 0;
    for (start, end, count) in numbers(bare) {
        if count >= FEWEST_DIGITS {
            name.push_str(&bare[at..start]);
            at = end;
        }
    }
    name.push_str(&bare[at..]);
    if at > 0 {
        name = without_words(&name);
    }
    let name = cleaned(&name);
    name.trim_matches(|c: char| matches!(c, ',' | ':' | '(' | '/' | '[') || is_dash(c) || c.is_whitespace()).to_owned()
}

/// The text without the number of a list before it: `1.`, `2)`, `๓.`.
fn without_count(text: &str) -> &str {
    let rest = text.trim_start_matches(digits::is_digit);
    let count = text[..text.len() - rest.len()].chars().count();
    match rest.strip_prefix(['.', ')']) {
        Some(rest) if (1..=3).contains(&count) && !rest.starts_with(digits::is_digit) => rest.trim_start(),
        _ => text,
    }
}

/// The text without what stood before a number that is gone, and without brackets that are empty now.
fn without_words(text: &str) -> String {
    let mut out = text.to_owned();
    for word in BEFORE_NUMBER {
        // Letters of ASCII keep their length when they are made small.
        while let Some(at) = out.to_ascii_lowercase().find(word) {
            out.replace_range(at..at + word.len(), "");
        }
    }
    let mut last = String::new();
    while out != last {
        last = out;
        out = ["( )", "()", "(:)", "(: )", "[]", "(.)"].iter().fold(last.clone(), |text, empty| text.replace(empty, ""));
    }
    out.trim_end_matches([' ', ':', ',', '-', '.']).to_owned()
}

/// The numbers of a text, in digits that stand together or with single dashes or spaces between them: where each begins and ends, and how
/// many digits it has.
fn numbers(text: &str) -> Vec<(usize, usize, usize)> {
    let mut found: Vec<(usize, usize, usize)> = Vec::new();
    for (at, c) in text.char_indices().filter(|(_, c)| digits::is_digit(*c)) {
        let after = at + c.len_utf8();
        let joins = |end: usize| end == at || text[end..at].chars().all(|c| c == ' ' || is_dash(c)) && text[end..at].chars().count() == 1;
        match found.last_mut() {
            Some((_, end, count)) if joins(*end) => (*end, *count) = (after, *count + 1),
            _ => found.push((at, after, 1)),
        }
    }
    found
}

fn is_dash(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn names_lose_the_numbers_of_taxpayers() {
        for (cell, names) in [
            ("ร้านก้าวหน้า", vec!["ร้านก้าวหน้า"]),
            ("1. บริษัท ก จำกัด\n2) หจก. ข & ค", vec!["บริษัท ก จำกัด", "หจก. ข & ค"]),
            ("นายสมชาย ใจดี (1-2345-67890-12-1)", vec!["นายสมชาย ใจดี"]),
            ("นายสมชาย ใจดี เลขประจำตัวผู้เสียภาษี ๑๒๓๔๕๖๗๘๙๐๑๒๑", vec!["นายสมชาย ใจดี"]),
            // The check digit is wrong, and a reader may mend it.
            ("นายสมชาย ใจดี (Tax ID: 1234567890122)", vec!["นายสมชาย ใจดี"]),
            ("บริษัท ก จำกัด (มหาชน) 0105512345678", vec!["บริษัท ก จำกัด (มหาชน)"]),
            ("ร้าน 2 พี่น้อง 😀; ร้าน \"ข\"", vec!["ร้าน 2 พี่น้อง 😀", "ร้าน \"ข\""]),
            ("-", vec![]),
            ("ยังไม่ได้คัดเลือก", vec![]),
            ("3 พี่น้อง", vec!["3 พี่น้อง"]),
        ] {
            assert_eq!(suppliers(cell), names, "{cell}");
        }
    }

    #[test]
    fn texts_lose_the_numbers_of_persons() {
        assert_eq!(cleaned("จ้างนาย ก 1-2345-67890-12-1\r\n ทำป้าย"), "จ้างนาย ก 1-xxxx-xxxxx-xx-1 ทำป้าย");
        assert_eq!(cleaned("จ้าง 1234567890122"), "จ้าง 1xxxxxxxxxxx2");
        assert_eq!([cleaned(" - "), cleaned("—")], ["", ""]);
        assert_eq!(cleaned("ซื้อกระดาษ A4 80 แกรม 500 แผ่น"), "ซื้อกระดาษ A4 80 แกรม 500 แผ่น");
    }

    proptest! {
        #[test]
        fn no_number_of_a_person_stays(before in "[ก-ค0-9 .:()-]{0,20}", after in "[ก-ค0-9 .:()-]{0,20}") {
            for number in ["1-2345-67890-12-1", "1234567890121", "๑๒๓๔๕๖๗๘๙๐๑๒๑"] {
                let text = format!("{before}{number}{after}");
                prop_assert!(personal::citizen_numbers(&cleaned(&text)).is_empty());
                for name in suppliers(&text) {
                    prop_assert!(personal::citizen_numbers(&name).is_empty(), "{}", name);
                }
            }
        }
    }
}
