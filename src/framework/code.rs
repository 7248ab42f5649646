//! Codes of questions and items: a letter and a number, in every spelling that real reports have. Owns that reading and nothing
//! else: whether a code exists is for the pack.

use std::fmt;

use crate::base::digits;

/// The code of a question or item: i3, e6, o12.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MemberCode {
    letter: u8,
    number: u16,
}

impl MemberCode {
    /// The letter.
    pub fn letter(self) -> char {
        char::from(self.letter)
    }

    /// The number.
    pub fn number(self) -> u16 {
        self.number
    }

    /// Reads a code in any spelling: `o14`, `O14`, `o๑๔`, `o 14`, `o-14`, `o01`; and, where items begin with the letter o, with a
    /// zero of either script in its place: `๐๑๔`, `014`. The second value says whether it was the plain spelling.
    ///
    /// ```
    /// use prongsai::framework::code::MemberCode;
    /// let (code, plain) = MemberCode::read("๐๑๔", &['o']).unwrap();
    /// assert_eq!((code.to_string().as_str(), plain), ("o14", false));
    /// assert_eq!(MemberCode::read("14", &['o']), None);
    /// assert_eq!(MemberCode::read("o0", &['o']), None);
    /// ```
    pub fn read(text: &str, item_letters: &[char]) -> Option<(Self, bool)> {
        // Longer texts are no code; the bound also keeps the work small on hostile keys.
        if text.len() > 120 || text.chars().count() > 40 {
            return None;
        }
        let ascii = digits::to_ascii(text.trim()).to_lowercase();
        let mut chars = ascii.chars();
        let first = chars.next()?;
        let letter = match first {
            'a'..='z' => first,
            '0' if item_letters.contains(&'o') => 'o',
            _ => return None,
        };
        let rest = chars.as_str().trim_start().trim_start_matches(['-', '_', '.', '\u{2013}']).trim_start();
        if rest.is_empty() || rest.len() > 3 || !rest.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let number: u16 = rest.parse().ok().filter(|n| *n > 0)?;
        let code = Self { letter: letter as u8, number };
        Some((code, code.to_string() == text))
    }
}

impl fmt::Display for MemberCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.letter(), self.number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(text: &str) -> Option<(String, bool)> {
        MemberCode::read(text, &['o']).map(|(code, plain)| (code.to_string(), plain))
    }

    #[test]
    fn every_spelling_of_real_reports_is_one_code() {
        for text in ["O14", "o๑๔", "๐๑๔", "014", "o 14", "O-14", "o_14", "o.14", "o014", "O\u{2013}๑๔", " o14"] {
            assert_eq!(read(text), Some(("o14".to_owned(), false)), "{text}");
        }
        assert_eq!(read("o14"), Some(("o14".to_owned(), true)));
        assert_eq!(read("I๔"), Some(("i4".to_owned(), false)));
        assert_eq!(read("๐๕"), Some(("o5".to_owned(), false)));
    }

    #[test]
    fn what_is_no_code_is_none() {
        for text in ["", "o", "14", "oo1", "o1a", "o1.2", "o1234", "o0", "ข้อ 1", "9.1", "o12 x"] {
            assert_eq!(read(text), None, "{text}");
        }
        assert_eq!(MemberCode::read("014", &['d']), None);
    }

    proptest! {
        #[test]
        fn a_plain_code_reads_as_itself(letter in "[a-z]", number in 1_u16..999) {
            let text = format!("{letter}{number}");
            prop_assert_eq!(read(&text), Some((text.clone(), true)));
        }

        #[test]
        fn any_text_is_judged_without_a_panic(text in "\\PC{0,50}") {
            let _ = read(&text);
        }
    }
}
