//! Numbers that belong to a person: a citizen's number, a mobile number, a bank account. Owns finding them in any text, in either script
//! and the usual spellings, and the form in which they may be shown. Refuses to say where they may stand: that is for the rules.
//!
//! What is no such number must stay silent: a part of a longer number, a decimal, an amount of money, an id in an address.

use std::borrow::Cow;
use std::ops::Range;

use super::digit_runs::{Gap, Run, gap, grouped, is_dash, is_space, runs};
use super::digits;

/// The ranges of all citizen's numbers of a text: thirteen digits of which the first is 1 to 8 and the last the check digit, written
/// without a space, or in the groups of the card with dashes and spaces between them.
///
/// ```
/// use prongsai::base::personal::citizen_numbers;
/// assert_eq!(citizen_numbers("เลข 1-2345-67890-12-1 ค่ะ"), [10..27]);
/// assert_eq!(citizen_numbers("1234567890122"), []);
/// ```
pub fn citizen_numbers(text: &str) -> Vec<Range<usize>> {
    Numbers::of(text).citizens()
}

/// By which number a person is reached or paid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Contact {
    /// A mobile telephone.
    Mobile,
    /// A bank account.
    Account,
}

/// The ranges of all mobile numbers and bank accounts of a text. Landlines and short numbers are none of them, and a number counts as
/// an account only beside a word that says so.
///
/// ```
/// use prongsai::base::personal::{Contact, contact_numbers};
/// assert_eq!(contact_numbers("โทร. 081-234-5678 หรือ 043-123456").len(), 1);
/// assert_eq!(contact_numbers("เลขที่บัญชี 123-4-56789-0")[0].1, Contact::Account);
/// ```
pub fn contact_numbers(text: &str) -> Vec<(Range<usize>, Contact)> {
    Numbers::of(text).contacts()
}

/// All digits of a text, gathered once for all that is asked of them.
pub struct Numbers<'a> {
    text: &'a str,
    runs: Vec<Run>,
}

impl<'a> Numbers<'a> {
    /// Gathers the digits of a text.
    pub fn of(text: &'a str) -> Self {
        Self { text, runs: runs(text) }
    }

    /// As [`citizen_numbers`].
    pub fn citizens(&self) -> Vec<Range<usize>> {
        let (text, runs) = (self.text, &self.runs);
        let mut found = Vec::new();
        let mut at = 0;
        while at < runs.len() {
            match citizen(text, runs, at) {
                Some(last) => {
                    found.push(runs[at].start..runs[last].end);
                    at = last + 1;
                }
                None => at += 1,
            }
        }
        found
    }

    /// As [`contact_numbers`].
    pub fn contacts(&self) -> Vec<(Range<usize>, Contact)> {
        let (text, runs) = (self.text, &self.runs);
        let mut found = Vec::new();
        let mut at = 0;
        while at < runs.len() {
            let mobile = mobile(text, runs, at).map(|(start, last)| (start, last, Contact::Mobile));
            match mobile.or_else(|| account(text, runs, at).map(|last| (runs[at].start, last, Contact::Account))) {
                Some((start, last, contact)) => {
                    found.push((start..runs[last].end, contact));
                    at = last + 1;
                }
                None => at += 1,
            }
        }
        found
    }
}

/// The digits of a telephone number as they are dialled inside the country, in ASCII.
///
/// ```
/// assert_eq!(prongsai::base::personal::dialled("+66 (0)81 ๒๓๔ 5678"), "0812345678");
/// ```
pub fn dialled(number: &str) -> String {
    let digits: String = number.chars().map(digits::ascii).filter(char::is_ascii_digit).collect();
    match digits.strip_prefix("66") {
        Some(rest) if number.trim_start().starts_with('+') => format!("0{}", rest.trim_start_matches('0')),
        _ => digits,
    }
}

/// The number as it may be shown: its first and its last digit. Every character keeps its length, so that places in the text stay.
///
/// ```
/// assert_eq!(prongsai::base::personal::mask("1-2345-67890-12-1"), "1-xxxx-xxxxx-xx-1");
/// ```
pub fn mask(number: &str) -> String {
    let count = number.chars().filter(|c| digits::is_digit(*c)).count();
    let mut seen = 0;
    let hide = |c: char| {
        if !digits::is_digit(c) {
            return c;
        }
        seen += 1;
        match c {
            _ if seen == 1 || seen == count => c,
            '0'..='9' => 'x',
            _ => '•',
        }
    };
    number.chars().map(hide).collect()
}

/// The text with every personal number masked. Its length in bytes and in characters stays.
///
/// ```
/// assert_eq!(prongsai::base::personal::masked("โทร. 081-234-5678 ต่อ 1"), "โทร. 0xx-xxx-xxx8 ต่อ 1");
/// ```
pub fn masked(text: &str) -> Cow<'_, str> {
    let numbers = Numbers::of(text);
    let mut found = numbers.citizens();
    found.extend(numbers.contacts().into_iter().map(|(range, _)| range));
    if found.is_empty() {
        return Cow::Borrowed(text);
    }
    found.sort_by_key(|range| range.start);
    // Where the end of a telephone number may be the beginning of a citizen's, both are covered as one.
    let mut covered: Vec<Range<usize>> = Vec::with_capacity(found.len());
    for range in found {
        match covered.last_mut().filter(|last| range.start < last.end) {
            Some(last) => last.end = last.end.max(range.end),
            None => covered.push(range),
        }
    }
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for range in covered {
        out.push_str(&text[at..range.start]);
        out.push_str(&mask(&text[range.clone()]));
        at = range.end;
    }
    out.push_str(&text[at..]);
    Cow::Owned(out)
}

/// The last run of the citizen's number that begins with run `at`.
fn citizen(text: &str, runs: &[Run], at: usize) -> Option<usize> {
    const LENGTH: usize = 13;
    /// After how many digits the card has a gap.
    const CUTS: [usize; 4] = [1, 5, 10, 12];
    if !matches!(runs[at].length, 1 | 5 | LENGTH) {
        return None;
    }
    let number = grouped(text, runs, at, LENGTH)?;
    let range = runs[at].start..runs[number.last].end;
    // With spaces alone it may be a row of figures, so all groups must be those of the card; of dashes one is easily forgotten.
    let fits = match number.cuts.len() {
        0 => true,
        4 => number.cuts == CUTS,
        3 => !number.has_space && number.cuts.iter().all(|cut| CUTS.contains(cut)),
        _ => false,
    };
    let values: Vec<u32> = text[range.clone()].chars().filter_map(|c| digits::ascii(c).to_digit(10)).collect();
    let is_valid = matches!(values.first(), Some(1..=8)) && check_digit(&values[..LENGTH - 1]) == values[LENGTH - 1];
    let stands_alone = is_alone(text, &range)
        && !goes_on(text, runs, at..number.last + 1)
        && !(number.cuts.is_empty() && (is_time_in_address(text, &range, &values) || is_post(text, &range)));
    let is_row = !number.cuts.is_empty() && touches_thousands(text, &range);
    (fits && is_valid && stands_alone && !is_row).then_some(number.last)
}

/// The check digit of twelve digits: the first weighs thirteen, the last two.
fn check_digit(values: &[u32]) -> u32 {
    let sum: u32 = values.iter().zip((2..=13).rev()).map(|(value, weight)| value * weight).sum();
    (11 - sum % 11) % 10
}

/// Do dashes tie it to other digits, as in the number of a document? With spaces around it a dash stands between two things.
fn goes_on(text: &str, runs: &[Run], own: Range<usize>) -> bool {
    let is_tied = |before: usize, after: usize| match (runs.get(before), runs.get(after)) {
        (Some(before), Some(after)) => gap(text, before, after) == Some(Gap::Dash) && !text[before.end..after.start].contains(is_space),
        _ => false,
    };
    own.start.checked_sub(1).is_some_and(|before| is_tied(before, own.start)) || is_tied(own.end - 1, own.end)
}

/// Words in ASCII letters that stand right before a number and are no part of it.
const BEFORE: [&str; 6] = ["id", "cid", "pid", "no", "tel", "nin"];

/// Is this the whole number: no part of a longer one, of a decimal, of a word, and no amount of money?
fn is_alone(text: &str, range: &Range<usize>) -> bool {
    let mut before = text[..range.start].chars().rev();
    let before_ok = match before.next() {
        Some(c) if c.is_ascii_alphabetic() => {
            // A longer word is none of these; one more character tells.
            let near = tail(text, range.start, 4);
            let word = &near[near.trim_end_matches(|c: char| c.is_ascii_alphanumeric()).len()..];
            BEFORE.contains(&word.to_ascii_lowercase().as_str())
        }
        Some(c) if c == '.' || c == '+' || is_dash(c) => c != '+' && !before.next().is_some_and(digits::is_digit),
        _ => true,
    };
    let rest = &text[range.end..];
    let mut after = rest.chars();
    let after_ok = match after.next() {
        Some(c) if c.is_ascii_alphabetic() => false,
        Some('%') => false,
        Some(c) if c == '.' || is_dash(c) => !after.next().is_some_and(digits::is_digit),
        _ => !rest.trim_start_matches(is_space).starts_with("บาท"),
    };
    before_ok && after_ok
}

/// Does a comma tie its first or last group to other digits, as in a row of amounts?
fn touches_thousands(text: &str, range: &Range<usize>) -> bool {
    let mut before = text[..range.start].chars().rev();
    let mut after = text[range.end..].chars();
    let digit = |c: Option<char>| c.is_some_and(digits::is_digit);
    (before.next() == Some(',') && digit(before.next())) || (after.next() == Some(',') && digit(after.next()))
}

/// Does a word before it, or the year behind a stroke, say that it is the number of a document or of a thing?
fn is_document(text: &str, range: &Range<usize>) -> bool {
    let before = tail(text, range.start, 60).rsplit(|c: char| matches!(c, '\n' | '\r') || digits::is_digit(c)).next().unwrap_or_default();
    let says = |words: &[&str]| words.iter().any(|word| before.contains(word));
    let is_named = says(&["รหัส", "เลขที่", "เลขรับ", "เลขเรื่อง", "ครุภัณฑ์", "ทะเบียน"]);
    let year: String = match text[range.end..].strip_prefix('/') {
        Some(rest) => rest.chars().take_while(|c| digits::is_digit(*c)).take(5).map(digits::ascii).collect(),
        None => String::new(),
    };
    let has_year = matches!(year.as_bytes(), [b'2', b'4'..=b'6', _, _]);
    has_year || (is_named && !says(&["โทร", "เบอร์", "มือถือ", "ติดต่อ"]))
}

/// How far back the word that a number stands in is looked at.
const FAR: usize = 300;

/// Is it a time in milliseconds in a web address, as file names of content systems are? From 2011 to 2030.
fn is_time_in_address(text: &str, range: &Range<usize>, values: &[u32]) -> bool {
    matches!(values, [1, 3..=8, ..]) && is_in_address(text, range)
}

/// Is it the number of a post in the address of a social network?
fn is_post(text: &str, range: &Range<usize>) -> bool {
    let address = tail(text, range.start, FAR).rsplit("://").next().unwrap_or_default();
    is_in_address(text, range)
        && ["facebook.com/", "www.facebook.com/", "web.facebook.com/", "m.facebook.com/"].iter().any(|host| address.starts_with(host))
}

/// Does it stand in a web address?
fn is_in_address(text: &str, range: &Range<usize>) -> bool {
    let before = tail(text, range.start, FAR);
    let ends = |c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '(' | ')' | '<' | '>' | '[' | ']' | '`');
    before.rfind("://").is_some_and(|at| !before[at..].contains(ends))
}

/// The end of what stands before `at`: at most so many bytes, of whole characters.
fn tail(text: &str, at: usize, most: usize) -> &str {
    let mut from = at.saturating_sub(most);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    &text[from..at]
}

/// The beginning of what stands after `at`: at most so many bytes, of whole characters.
fn head(text: &str, at: usize, most: usize) -> &str {
    let mut to = (at + most).min(text.len());
    while !text.is_char_boundary(to) {
        to -= 1;
    }
    &text[at..to]
}

/// Where the mobile number that begins with run `at` starts, and its last run.
fn mobile(text: &str, runs: &[Run], at: usize) -> Option<(usize, usize)> {
    let run = &runs[at];
    let first = |run: &Run| text[run.start..].chars().next().map(digits::ascii);
    if first(run) == Some('0') && run.length <= 10 {
        /// Where the usual spellings have a gap: `08-1234-5678`, `081-234-5678`, `0-8123-45678`.
        const CUTS: [usize; 6] = [1, 2, 3, 5, 6, 7];
        let number = grouped(text, runs, at, 10)?;
        let range = run.start..runs[number.last].end;
        let second = text[range.clone()].chars().filter(|c| digits::is_digit(*c)).nth(1).map(digits::ascii);
        let fits = matches!(second, Some('6' | '8' | '9')) && number.cuts.len() <= 3 && number.cuts.iter().all(|cut| CUTS.contains(cut));
        let alone =
            is_alone(text, &range) && !touches_thousands(text, &range) && !is_in_address(text, &range) && !is_document(text, &range);
        return (fits && alone).then_some((run.start, number.last));
    }
    // +66 81 234 5678; some write the zero that is left out: +66 (0)81 234 5678.
    let plus = text[..run.start].strip_suffix('+')?.len();
    let value: String = text[run.start..run.end].chars().map(digits::ascii).filter(char::is_ascii_digit).collect();
    let rest = value.strip_prefix("66")?;
    let (mut last, mut digits_read) = (at, rest.to_owned());
    while digits_read.trim_start_matches('0').len() < 9 {
        let (before, after) = (&runs[last], runs.get(last + 1)?);
        let between = &text[before.end..after.start];
        let is_zero = matches!(between.trim_matches(is_space), "(" | ")");
        if !is_zero && gap(text, before, after).is_none() {
            return None;
        }
        digits_read.extend(text[after.start..after.end].chars().map(digits::ascii).filter(char::is_ascii_digit));
        last += 1;
        if last > at + 6 {
            return None;
        }
    }
    let number = digits_read.strip_prefix('0').unwrap_or(&digits_read);
    let fits = number.len() == 9 && number.starts_with(['6', '8', '9']);
    (fits && is_alone(text, &(plus..runs[last].end))).then_some((plus, last))
}

/// The last run of the bank account that begins with run `at`: ten digits beside a word that says what they are.
fn account(text: &str, runs: &[Run], at: usize) -> Option<usize> {
    if !matches!(runs[at].length, 3 | 10) {
        return None;
    }
    let number = grouped(text, runs, at, 10)?;
    let range = runs[at].start..runs[number.last].end;
    if !is_alone(text, &range) || touches_thousands(text, &range) || is_in_address(text, &range) {
        return None;
    }
    // Some sixty letters of Thai before it, thirty after it, on the same line, and no other number between.
    let ends = |c: char| matches!(c, '\n' | '\r') || digits::is_digit(c);
    let before = tail(text, range.start, 180).rsplit(ends).next().unwrap_or_default();
    let after = head(text, range.end, 90).split(ends).next().unwrap_or_default();
    let says = |words: &[&str]| words.iter().any(|word| before.contains(word) || after.contains(word));
    // The numbers of a ledger are accounts of another kind.
    if says(&["แยกประเภท", "ผังบัญชี", "รหัสบัญชี"]) {
        return None;
    }
    let fits = match number.cuts.as_slice() {
        // 123-4-56789-0, as bank books have it.
        [3, 4, 9] => says(&["บัญชี", "ธนาคาร", "ธ.", "พร้อมเพย์", "account", "Account", "bank", "Bank"]),
        [] => ["เลขที่บัญชี", "เลขบัญชี", "บัญชีเลขที่", "บัญชีธนาคาร"].iter().any(|word| before.contains(word)),
        _ => false,
    };
    fits.then_some(number.last)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The numbers of a text as they are written.
    fn citizens(text: &str) -> Vec<&str> {
        citizen_numbers(text).into_iter().map(|range| &text[range]).collect()
    }

    fn contacts(text: &str) -> Vec<&str> {
        contact_numbers(text).into_iter().map(|(range, _)| &text[range]).collect()
    }

    /// A stream of numbers from a seed, not that of the detector.
    struct Chance(u64);

    impl Chance {
        fn below(&mut self, n: u64) -> u64 {
            self.0 ^= self.0 << 13;
            self.0 ^= self.0 >> 7;
            self.0 ^= self.0 << 17;
            self.0 % n
        }
    }

    /// Thirteen digits of which the last is right: the one with which the weighted sum, that digit weighing one, leaves 0 of 11, or
    /// what the rule makes of ten and eleven. Found by trying, not by the detector's formula.
    fn valid(chance: &mut Chance) -> String {
        let body: Vec<u64> = (0..12).map(|i| if i == 0 { 1 + chance.below(8) } else { chance.below(10) }).collect();
        let sum: u64 = (0..12).map(|i| body[i] * (13 - i as u64)).sum();
        let missing = (0..11).find(|x| (sum + x).is_multiple_of(11)).unwrap();
        // A remainder of 1 asks for 10 and is written 0; a remainder of 0 asks for 11 and is written 1.
        let last = match missing {
            0 => 1,
            10 => 0,
            x => x,
        };
        body.iter().chain([&last]).map(u64::to_string).collect()
    }

    /// The spellings: none, dashes, spaces, and both in Thai digits.
    fn spellings(number: &str) -> [String; 4] {
        let groups = [&number[..1], &number[1..5], &number[5..10], &number[10..12], &number[12..]];
        let mixed = format!("{}-{} {}-{} {}", groups[0], groups[1], groups[2], groups[3], groups[4]);
        [number.to_owned(), groups.join("-"), digits::to_thai(&groups.join(" ")), digits::to_thai(&mixed)]
    }

    #[test]
    fn a_hundred_citizens_are_found_in_four_spellings() {
        let mut chance = Chance(2568);
        for _ in 0..100 {
            for spelling in spellings(&valid(&mut chance)) {
                for text in [spelling.clone(), format!("เลข{spelling}ของนาย ก"), format!("({spelling}), 25 ปี"), format!("1. {spelling}.")]
                {
                    assert_eq!(citizens(&text), [spelling.as_str()], "{text}");
                }
            }
        }
    }

    #[test]
    fn a_hundred_look_alikes_are_silent_in_four_spellings() {
        let mut chance = Chance(543);
        for i in 0..100 {
            let number = valid(&mut chance);
            let last = number.as_bytes()[12] - b'0';
            let alike = match i % 4 {
                // Another check digit.
                0 | 1 => format!("{}{}", &number[..12], (u64::from(last) + 1 + chance.below(9)) % 10),
                // A first digit that no citizen has; half of them with a check digit that would fit.
                2 => format!("0{}", &number[1..]),
                _ => format!("9{}", &number[1..]),
            };
            for spelling in spellings(&alike) {
                assert!(citizens(&format!("เลข {spelling} ครับ")).is_empty(), "{spelling}");
            }
            // Parts of what is longer, in the spelling without gaps and with dashes.
            for text in [
                format!("1{number}"),
                format!("{number}0"),
                format!("{number}.50"),
                format!("0.{number}"),
                format!("{number}-1"),
                format!("12-{}", spellings(&number)[1]),
                format!("{}-01", spellings(&number)[1]),
                format!("{}\\-01", spellings(&number)[1]),
                format!("a{number}"),
                format!("{number}f"),
                format!("{number} บาท"),
                format!("{}%", number),
            ] {
                assert!(citizens(&text).is_empty(), "{text}");
            }
        }
    }

    #[test]
    fn other_numbers_are_no_citizens() {
        for text in [
            "โทร. 081-234-5678 หรือ 0-4312-3456-7",
            "งบประมาณ 1,234,567,890,121 บาท",
            "1234567890121.00",
            "ที่ ขก 80101/1234 ลงวันที่ 14 มีนาคม 2568",
            "โครงการเลขที่ 67019012345",
            "sha256 9f1234567890121ab",
            "https://example.go.th/wp-content/uploads/1701234567894.jpg",
            "5-5-3: 12345-67890-121",
            "1 2345 67890 121",
            "2 2500 50000 12 3,400",
        ] {
            assert!(citizens(text).is_empty(), "{text}");
        }
        assert!(
            (0..10).any(|last| !citizen_numbers(&format!("170123456789{last}")).is_empty()),
            "the look-alike of an address is one elsewhere"
        );
    }

    #[test]
    fn a_citizen_is_found_where_data_have_one() {
        for text in [
            "1,1234567890121,สมชาย",
            "id: 1234567890121",
            "[ใบสมัคร](files/1234567890121.pdf)",
            "ID1234567890121",
            "1\\-2345\\-67890\\-12\\-1",
            "1 - 2345 - 67890 - 12 - 1",
            "1-2345-67890-12-1 (25 ปี)",
            "12 - 1234567890121 - 25 ปี",
            "12345\u{200b}67890121",
            "๑-๒๓๔๕-67890-๑๒-๑",
            "1-2345-67890-121",
            "1–2345–67890–12–1",
        ] {
            assert_eq!(citizens(text).len(), 1, "{text}");
        }
    }

    #[test]
    fn mobiles_are_told_from_landlines_and_other_numbers() {
        for text in [
            "0812345678",
            "081-234-5678",
            "08-1234-5678",
            "081 234 5678",
            "081-2345678",
            "0-8123-45678",
            "๐๘๑-๒๓๔-๕๖๗๘",
            "+66812345678",
            "+66 81 234 5678",
            "+66 (0)81 234 5678",
            "+66-6-1234-5678",
            "09 1234 5678",
            "tel:0612345678",
        ] {
            assert_eq!(contacts(&format!("ติดต่อ {text} ได้")).len(), 1, "{text}");
        }
        for text in [
            "043-123-456",
            "0-4312-3456",
            "02 123 4567",
            "1567",
            "021234567",
            "08123456789",
            "0812345678.5",
            "081-234-567",
            "+66 43 123 456",
            "+66 2 123 4567",
            "https://example.go.th/?id=0812345678",
            "a0812345678",
            "12-081-234-5678",
            "06 12 2568 12",
        ] {
            assert!(contacts(text).is_empty(), "{text}");
        }
    }

    #[test]
    fn an_account_needs_its_word() {
        for text in [
            "เลขที่บัญชี 123-4-56789-0",
            "โอนเข้าธนาคารกรุงไทย ๑๒๓-๔-๕๖๗๘๙-๐",
            "123-4-56789-0 (บัญชีออมทรัพย์)",
            "เลขบัญชี 1234567890",
            "ธนาคารกรุงไทย 123 4 56789 0",
            "เลขที่บัญชี 081-2-34567-8",
        ] {
            assert_eq!(contacts(text).len(), 1, "{text}");
        }
        for text in
            ["หนังสือเลขที่ 123-4-56789-0", "บัญชีรายการ 1234567890", "บัญชี\n\nเลขที่ 123-4-56789-0", "เลขที่บัญชี 12345678901", "บัญชีงบ 123-45-6789-0"]
        {
            assert!(contacts(text).is_empty(), "{text}");
        }
    }

    #[test]
    fn a_mask_shows_two_digits_and_keeps_every_place() {
        let text = "ก ๑-๒๓๔๕-๖๗๘๙๐-๑๒-๑ ข 0812345678 ค";
        let shown = masked(text);
        assert_eq!(shown, "ก ๑-••••-•••••-••-๑ ข 0xxxxxxxx8 ค");
        assert_eq!(shown.len(), text.len());
    }

    proptest! {
        #[test]
        fn any_text_is_read_without_a_panic(text in "[0-9๐-๙ \\-+.,()a\u{200b}กx\\\\]{0,80}") {
            let mut before = 0;
            for range in citizen_numbers(&text) {
                prop_assert!(range.start >= before && text.get(range.clone()).is_some());
                before = range.end;
            }
            before = 0;
            for (range, _) in contact_numbers(&text) {
                prop_assert!(range.start >= before && text.get(range.clone()).is_some());
                before = range.end;
            }
            let shown = masked(&text);
            prop_assert_eq!(shown.len(), text.len());
            for range in citizen_numbers(&text) {
                prop_assert!(shown[range].chars().filter(|c| digits::is_digit(*c)).count() <= 2);
            }
        }
    }
}
