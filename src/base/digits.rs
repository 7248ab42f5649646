//! Thai and ASCII digits. Owns the two mappings and nothing else: what a number means is for others.

use std::ops::Range;

/// The text with Thai digits turned into ASCII digits; everything else stays.
///
/// ```
/// assert_eq!(prongsai::base::digits::to_ascii("พ.ศ. ๒๕๖๘"), "พ.ศ. 2568");
/// ```
pub fn to_ascii(text: &str) -> String {
    text.chars().map(ascii).collect()
}

/// The text with ASCII digits turned into Thai digits.
///
/// ```
/// assert_eq!(prongsai::base::digits::to_thai("97.61"), "๙๗.๖๑");
/// ```
pub fn to_thai(text: &str) -> String {
    text.chars().map(thai).collect()
}

/// One character: a Thai digit becomes its ASCII digit.
pub fn ascii(c: char) -> char {
    match c {
        '๐'..='๙' => char::from(b'0' + (c as u32 - '๐' as u32) as u8),
        _ => c,
    }
}

/// One character: an ASCII digit becomes its Thai digit.
pub fn thai(c: char) -> char {
    match c {
        '0'..='9' => char::from_u32('๐' as u32 + (c as u32 - '0' as u32)).unwrap_or(c),
        _ => c,
    }
}

/// Is this a digit in either script?
pub fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || ('๐'..='๙').contains(&c)
}

/// Each stretch of digits in either script.
///
/// ```
/// let runs: Vec<_> = prongsai::base::digits::runs("ปี ๒๕6 7").collect();
/// assert_eq!(runs, [7..14, 15..16]);
/// ```
pub fn runs(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut at = 0;
    std::iter::from_fn(move || {
        let bytes = text.as_bytes();
        let mut start = None;
        while let Some(first) = bytes.get(at) {
            match length_at(bytes, at) {
                Some(length) => {
                    start.get_or_insert(at);
                    at += length;
                }
                None if start.is_some() => break,
                // A letter of three bytes, as all Thai ones are, is passed by at once.
                None => at += if first & 0xf0 == 0xe0 { 3 } else { 1 },
            }
        }
        start.map(|start| start..at)
    })
}

/// The length in bytes of the digit that begins at `at`.
pub(super) fn length_at(text: &[u8], at: usize) -> Option<usize> {
    match text.get(at)? {
        b'0'..=b'9' => Some(1),
        // ๐ to ๙.
        0xe0 if text.get(at + 1) == Some(&0xb9) && matches!(text.get(at + 2), Some(0x90..=0x99)) => Some(3),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// There and back is the same text, and nothing but digits is touched.
        #[test]
        fn digits_go_there_and_back(text in "\\PC{0,40}") {
            let plain = to_ascii(&text);
            prop_assert_eq!(to_ascii(&to_thai(&plain)), plain.clone());
            prop_assert_eq!(plain.chars().count(), text.chars().count());
            for (before, after) in text.chars().zip(plain.chars()) {
                prop_assert!(before == after || is_digit(before));
            }
        }
    }
}
