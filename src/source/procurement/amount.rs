//! Amounts of money as people write them into tables. Owns which spellings are an amount, which say that there is none, and which are
//! neither. Exact to the satang, half-up.

use std::fmt;

use crate::base::digits;

/// An amount in hundredths of a baht.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Satang(u64);

/// What a cell for an amount says.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Amount {
    /// Nothing, or that there is none: `-`, `ยังไม่ลงนาม`.
    None,
    /// An amount.
    Of(Satang),
    /// Neither: what stands there.
    Odd(Box<str>),
}

/// How many digits an amount has at most: ten trillion baht and their satang.
const MOST_DIGITS: usize = 15;

/// How a text begins that says why there is no amount.
const NONE: [&str; 5] = ["ไม่มี", "ยังไม่", "อยู่ระหว่าง", "รอ", "n/a"];

impl Amount {
    /// Reads a cell.
    ///
    /// ```
    /// use prongsai::source::procurement::Amount;
    /// let same = ["1,200,000.50 บาท", "๑,๒๐๐,๐๐๐.๕๐", "1200000.5", "1.2000005E+6"].map(Amount::read);
    /// assert!(same.iter().all(|amount| *amount == same[0]));
    /// assert_eq!(Amount::read("-"), Amount::None);
    /// assert!(matches!(Amount::read("หนึ่งล้าน"), Amount::Odd(_)));
    /// ```
    pub fn read(text: &str) -> Self {
        let plain: String = text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '\u{200b}' | '\'')).map(digits::ascii).collect();
        let plain = plain.to_lowercase();
        if plain.chars().all(|c| matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}')) || NONE.iter().any(|none| plain.starts_with(none))
        {
            return Self::None;
        }
        let mut rest = plain.trim_start_matches(['฿', '=']);
        for end in ["ถ้วน", "บาท", "thb", "baht", ".-", ".\u{2013}", "/-"] {
            rest = rest.strip_suffix(end).unwrap_or(rest);
        }
        satang(rest).map_or_else(|| Self::Odd(text.into()), |satang| Self::Of(Satang(satang)))
    }

    /// The amount, where there is one.
    pub fn value(&self) -> Option<Satang> {
        match self {
            Self::Of(satang) => Some(*satang),
            Self::None | Self::Odd(_) => None,
        }
    }
}

/// Digits, in groups of three or none, and at most one point; an exponent where a program wrote it.
fn satang(text: &str) -> Option<u64> {
    if !text.is_ascii() {
        return None;
    }
    let (number, exponent) = match text.split_once('e') {
        Some((number, exponent)) => (number, exponent.parse::<usize>().ok().filter(|exponent| *exponent <= MOST_DIGITS)?),
        None => (text, 0),
    };
    let (whole, part) = number.split_once('.').unwrap_or((number, ""));
    let mut groups = whole.split(',');
    let first = groups.next()?;
    let mut digits = first.to_owned();
    let mut is_grouped = false;
    for group in groups {
        if group.len() != 3 || first.len() > 3 {
            return None;
        }
        is_grouped = true;
        digits.push_str(group);
    }
    if first.is_empty() || (is_grouped && exponent > 0) {
        return None;
    }
    // The point moves behind the satang; what is behind it then is rounded.
    let moved = exponent + 2;
    let (satang, rest) = part.split_at_checked(moved).unwrap_or((part, ""));
    digits.push_str(satang);
    digits.push_str(&"0".repeat(moved - satang.len()));
    let is_number = digits.bytes().chain(rest.bytes()).all(|byte| byte.is_ascii_digit());
    if !is_number || digits.trim_start_matches('0').len() > MOST_DIGITS {
        return None;
    }
    let up = rest.bytes().next().is_some_and(|digit| digit >= b'5');
    Some(digits.parse::<u64>().ok()? + u64::from(up))
}

impl Satang {
    /// Is it nothing?
    pub fn is_zero(self) -> bool {
        self.0 == 0
    }

    /// The amount in baht as programs read it: `1200000.5`.
    pub fn plain(self) -> String {
        match (self.0 / 100, self.0 % 100) {
            (baht, 0) => baht.to_string(),
            (baht, rest) => format!("{baht}.{rest:02}").trim_end_matches('0').to_owned(),
        }
    }
}

impl fmt::Display for Satang {
    /// The amount in baht as people read it: `1,200,000.50`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let baht = (self.0 / 100).to_string();
        for (at, digit) in baht.char_indices() {
            if at > 0 && (baht.len() - at).is_multiple_of(3) {
                f.write_str(",")?;
            }
            write!(f, "{digit}")?;
        }
        write!(f, ".{:02}", self.0 % 100)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(text: &str) -> Option<String> {
        Amount::read(text).value().map(Satang::plain)
    }

    #[test]
    fn amounts_are_read_in_the_spellings_of_tables() {
        for (text, expected) in [
            ("0", "0"),
            ("5,000.-", "5000"),
            ("๕,๐๐๐.-บาท", "5000"),
            ("\u{a0}1 200 000", "1200000"),
            ("฿99.9", "99.9"),
            ("'100", "100"),
            ("7,500 บาทถ้วน", "7500"),
            ("1.2E+6", "1200000"),
            ("1234.565", "1234.57"),
            ("1234.5649", "1234.56"),
            ("9999999999999.99", "9999999999999.99"),
            ("0.05", "0.05"),
            ("100.", "100"),
        ] {
            assert_eq!(read(text).as_deref(), Some(expected), "{text}");
        }
        for none in ["", "-", " – ", "--", "ไม่มีราคากลาง", "ยังไม่ได้ลงนาม", "อยู่ระหว่างดำเนินการ", "N/A"]
        {
            assert_eq!(Amount::read(none), Amount::None, "{none}");
        }
        for odd in ["ก", "1,20", "1,2000", "12,34,567", "1.2.3", "10000000000000", "100 และ 200", "1e99", "-5", "#REF!", ".5", "1,000e3"]
        {
            assert_eq!(Amount::read(odd), Amount::Odd(odd.into()), "{odd}");
        }
    }

    proptest! {
        #[test]
        fn an_amount_reads_back_in_every_form(satang in 0_u64..1_000_000_000_000_000) {
            let amount = Satang(satang);
            let thai = digits::to_thai(&amount.to_string());
            for text in [amount.plain(), amount.to_string(), format!("{amount} บาท"), thai] {
                prop_assert_eq!(Amount::read(&text), Amount::Of(amount));
            }
        }

        #[test]
        fn any_text_is_read_without_a_panic(text in "[0-9๐-๙.,eE+\\- บาทก]{0,40}") {
            let _ = Amount::read(&text);
        }
    }
}
