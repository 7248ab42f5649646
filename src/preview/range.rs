//! Which part of a file a request asks for. Owns the reading of `Range`. Refuses several parts at once: the whole file is an answer to
//! those too, and to whatever can't be read.

use std::ops::Range;

/// What is asked for of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// All of it.
    Whole,
    /// These bytes: at least one, all of them in the file.
    Some(Range<u64>),
    /// Something that the file doesn't have.
    Beyond,
}

/// Reads the value of `Range` for a file of a size.
///
/// ```
/// use prongsai::preview::range::{Part, part};
/// assert_eq!(part("bytes=2-4", 10), Part::Some(2..5));
/// assert_eq!(part("bytes=-4", 10), Part::Some(6..10));
/// assert_eq!(part("bytes=10-", 10), Part::Beyond);
/// assert_eq!(part("bytes=0-1,4-5", 10), Part::Whole);
/// ```
pub fn part(value: &str, size: u64) -> Part {
    // Of a file without bytes there is no part.
    if size == 0 {
        return Part::Whole;
    }
    let Some((unit, range)) = value.trim().split_once('=') else { return Part::Whole };
    let Some((first, last)) = range.trim().split_once('-') else { return Part::Whole };
    if !unit.trim().eq_ignore_ascii_case("bytes") {
        return Part::Whole;
    }
    match (number(first), number(last)) {
        (Some(first), Some(last)) if first > last => Part::Whole,
        (Some(first), _) if first >= size && (last.is_empty() || number(last).is_some()) => Part::Beyond,
        (Some(first), None) if last.is_empty() => Part::Some(first..size),
        (Some(first), Some(last)) => Part::Some(first..last.saturating_add(1).min(size)),
        (None, Some(0)) if first.is_empty() => Part::Beyond,
        (None, Some(suffix)) if first.is_empty() => Part::Some(size.saturating_sub(suffix)..size),
        _ => Part::Whole,
    }
}

/// A number of digits alone. One that is too large for any file is the largest.
fn number(text: &str) -> Option<u64> {
    let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| text.parse().unwrap_or(u64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn one_part_is_read() {
        for (value, expected) in [
            ("bytes=0-0", 0..1),
            ("bytes=0-", 0..10),
            ("bytes=9-", 9..10),
            ("bytes=5-9", 5..10),
            ("bytes=5-10", 5..10),
            ("bytes=5-99999999999999999999999", 5..10),
            ("bytes=-1", 9..10),
            ("bytes=-10", 0..10),
            ("bytes=-99999999999999999999999", 0..10),
            ("Bytes = 1-2 ", 1..3),
        ] {
            assert_eq!(part(value, 10), Part::Some(expected), "{value}");
        }
    }

    #[test]
    fn what_lies_beyond_is_told() {
        for value in ["bytes=10-", "bytes=10-12", "bytes=99999999999999999999999-", "bytes=-0"] {
            assert_eq!(part(value, 10), Part::Beyond, "{value}");
        }
    }

    #[test]
    fn whatever_else_is_the_whole() {
        let values = [
            "",
            "bytes",
            "bytes=",
            "bytes=-",
            "bytes=a-b",
            "bytes=1",
            "bytes=5-4",
            "bytes=12-11",
            "bytes=1-2,4-5",
            "bytes=0-0,-1",
            "bytes=1--2",
            "bytes=+1-2",
            "bytes=1-+2",
            "bytes=0x1-2",
            "lines=1-2",
            "bytes 1-2",
            "bytes=๑-๒",
            "bytes=20-x",
        ];
        for value in values {
            assert_eq!(part(value, 10), Part::Whole, "{value}");
        }
        for value in ["bytes=0-", "bytes=-1", "bytes=0-0"] {
            assert_eq!(part(value, 0), Part::Whole, "{value}");
        }
    }

    proptest! {
        #[test]
        fn a_part_lies_in_the_file(value in "(bytes=)?[0-9 ,=-]{0,12}|\\PC*", size: u64) {
            if let Part::Some(range) = part(&value, size) {
                prop_assert!(range.start < range.end && range.end <= size);
            }
        }
    }
}
