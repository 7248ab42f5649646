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

/// How many digits a number of a taxpayer or a citizen has, and in which groups it is written.
const THIRTEEN: usize = 13;
const CARD: [usize; 5] = [1, 4, 5, 2, 1];

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
    for (start, end) in numbers(&masked, |count| count == THIRTEEN) {
        out.push_str(&masked[at..start]);
        hide(&masked[start..end], &mut out);
        at = end;
    }
    out.push_str(&masked[at..]);
    out
}

/// Writes a number with its first and its last digit alone, in the script that it has.
fn hide(number: &str, out: &mut String) {
    let count = number.chars().filter(|c| c.is_numeric()).count();
    let mut seen = 0;
    for c in number.chars() {
        seen += usize::from(c.is_numeric());
        let is_shown = !c.is_numeric() || seen == 1 || seen == count;
        out.push(if is_shown {
            c
        } else if c.is_ascii() {
            'x'
        } else {
            '•'
        });
    }
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
    for (start, end) in numbers(bare, |count| count >= FEWEST_DIGITS) {
        name.push_str(&bare[at..start]);
        at = end;
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

/// Where the numbers of a text begin and end that have as many digits as are asked for: in digits that stand together, that have single
/// dashes or spaces between them, or that stand in the groups of the card, with whatever people write between those. Digits of every script
/// count, also those of full width.
fn numbers(text: &str, is_asked: impl Fn(usize) -> bool) -> Vec<(usize, usize)> {
    let mut runs: Vec<(usize, usize, usize)> = Vec::new();
    for (at, c) in text.char_indices().filter(|(_, c)| c.is_numeric()) {
        let after = at + c.len_utf8();
        match runs.last_mut() {
            Some((_, end, count)) if *end == at => (*end, *count) = (after, *count + 1),
            _ => runs.push((at, after, 1)),
        }
    }
    let (mut found, mut from) = (Vec::new(), 0);
    while let Some(rest) = runs.get(from..).filter(|rest| !rest.is_empty()) {
        let between = |pair: &[(usize, usize, usize)]| text.get(pair[0].1..pair[1].0).unwrap_or_default();
        // Once for all that is joined: its end alone is no number.
        let is_begin = from == 0 || runs.get(from - 1..=from).is_none_or(|pair| !is_joint(between(pair)));
        let joined = if is_begin { 1 + rest.windows(2).take_while(|pair| is_joint(between(pair))).count() } else { 1 };
        let sum = |count: usize| rest.iter().take(count).map(|(_, _, digits)| digits).sum::<usize>();
        let is_card = rest.len() >= CARD.len()
            && rest.iter().zip(CARD).all(|((_, _, digits), card)| *digits == card)
            && rest.windows(2).take(CARD.len() - 1).all(|pair| is_loose_joint(between(pair)));
        // All that is joined is one number, unless the card's groups or a run of it are one by themselves.
        let take = if is_asked(sum(joined)) {
            joined
        } else if is_card && is_asked(THIRTEEN) {
            CARD.len()
        } else {
            usize::from(is_asked(sum(1)))
        };
        found.extend(rest.first().zip(rest.get(take.saturating_sub(1))).filter(|_| take > 0).map(|(first, last)| (first.0, last.1)));
        from += take.max(1);
    }
    found
}

/// Does this stand between two groups of one number?
fn is_joint(between: &str) -> bool {
    let mut chars = between.chars();
    chars.next().is_some_and(|c| c == ' ' || is_dash(c)) && chars.next().is_none()
}

/// Does this stand between two groups of a number that is in the groups of the card?
fn is_loose_joint(between: &str) -> bool {
    between.chars().count() <= 3 && between.chars().all(|c| !c.is_alphanumeric())
}

fn is_dash(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}')
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
            ("นายสมชาย ใจดี 1.2345.67890.12.2", vec!["นายสมชาย ใจดี"]),
            ("นายสมชาย ใจดี １２３４５６７８９０１２２", vec!["นายสมชาย ใจดี"]),
            ("นายสมชาย ใจดี 1 - 2345 - 67890 - 12 - 2", vec!["นายสมชาย ใจดี"]),
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
        // Beside another number, in other digits, with other signs between the groups.
        for (text, shown) in [
            ("หมู่ 5 1234567890122", "หมู่ 5 1xxxxxxxxxxx2"),
            ("1234567890122 5", "1xxxxxxxxxxx2 5"),
            ("１２３４５６７８９０１２２", "１•••••••••••２"),
            ("1.2345.67890.12.2", "1.xxxx.xxxxx.xx.2"),
            ("(1) 2345 - 67890 / 12_2", "(1) xxxx - xxxxx / xx_2"),
            ("5 1－2345－67890－12－2", "5 1－xxxx－xxxxx－xx－2"),
        ] {
            assert_eq!(cleaned(text), shown);
        }
        for plain in
            ["2565 2566 2567 2568 5", "1/10/2567 - 30/9/2568", "1,234,567,890,122 บาท", "พ.ศ. 2565 2566 2567", "เลขที่ 12345678901234"]
        {
            assert_eq!(cleaned(plain), plain);
        }
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
