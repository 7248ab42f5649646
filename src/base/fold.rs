//! The form in which texts are searched: what a reader takes for the same is the same. Owns that form and its clusters, each a letter with
//! its marks. Refuses to drop a mark: ข่าว, ขาว and ข้าว stay three words.
//!
//! `themes/default/search.js` does the same to what a reader types. `tests/fixtures/fold.json` holds both to it.

use std::borrow::Cow;

use super::{digits, thai};

const SPACE: char = ' ';

/// A text as it is kept and shown in what is found: normal form, marks in the order in which they stack, white space as single spaces.
///
/// ```
/// use prongsai::base::fold::tidy;
/// assert_eq!(tidy("นํ้า \n เเม่"), "น้ำ แม่");
/// assert_eq!(tidy("ท่ี"), "ที่");
/// ```
pub fn tidy(text: &str) -> Cow<'_, str> {
    match look(text) {
        Look::Tidy => Cow::Borrowed(text),
        Look::Spaced => Cow::Owned(spaced(text)),
        // Where marks of other scripts stand among ours, what one pass moves gives the normal form something to move again.
        Look::Other => Cow::Owned(pass(&pass(text))),
    }
}

/// The long way.
fn pass(text: &str) -> String {
    // What else is not seen has no place in the normal form.
    let bare: String = text.chars().filter(|c| !thai::is_turning(*c)).collect();
    let normal = thai::normal(&bare);
    let mut out = String::with_capacity(normal.len());
    let mut marks: Vec<char> = Vec::new();
    let mut gap = false;
    for c in normal.chars() {
        if stack(c).is_some() {
            if gap {
                out.push(SPACE);
                gap = false;
            }
            marks.push(c);
            continue;
        }
        put_marks(&mut marks, &mut out);
        if c.is_whitespace() {
            gap = !out.is_empty();
            continue;
        }
        if gap {
            out.push(SPACE);
            gap = false;
        }
        // Two เ look like แ and are often typed for it.
        if c == 'เ' && out.ends_with('เ') {
            out.pop();
            out.push('แ');
        } else {
            out.push(c);
        }
    }
    put_marks(&mut marks, &mut out);
    out
}

/// Writes the marks of one letter in the order in which they stack, each once.
fn put_marks(marks: &mut Vec<char>, out: &mut String) {
    marks.sort_unstable_by_key(|c| (stack(*c), *c));
    marks.dedup();
    out.extend(marks.drain(..));
}

/// Where a Thai mark stands: next to the letter, above that, or behind all. None for what is no Thai mark.
fn stack(c: char) -> Option<u8> {
    match c {
        '\u{e31}' | '\u{e34}'..='\u{e3a}' => Some(0),
        '\u{e47}'..='\u{e4e}' => Some(1),
        '\u{e33}' => Some(2),
        _ => None,
    }
}

/// What one look at each letter tells of a text.
enum Look {
    /// It is tidy.
    Tidy,
    /// It is but for white space of ASCII.
    Spaced,
    /// Only the long way tells.
    Other,
}

/// What a letter is to the one behind it: white space, any letter, เ, or a mark, by the order in which marks stack.
const GAP: u8 = 0;
const LETTER: u8 = 1;
const SARA_E: u8 = 2;
const FIRST_MARK: u8 = 3;
/// Nothing that the short way knows.
const UNKNOWN: u8 = u8::MAX;

/// That of the letters from U+0E00 to U+0E7F.
static THAI: [u8; 128] = {
    let mut kinds = [UNKNOWN; 128];
    let mut at = 0x01;
    while at <= 0x5b {
        kinds[at] = match at as u8 {
            letter @ 0x34..=0x3a => FIRST_MARK + 1 + letter - 0x34,
            0x31 => FIRST_MARK,
            letter @ 0x47..=0x4e => FIRST_MARK + 8 + letter - 0x47,
            0x33 => FIRST_MARK + 16,
            0x40 => SARA_E,
            _ => LETTER,
        };
        at += 1;
    }
    // It may be half of ำ.
    kinds[0x4d] = UNKNOWN;
    kinds
};

/// Most texts are ASCII and Thai and tidy already, but that a line may end where a space belongs.
fn look(text: &str) -> Look {
    let mut before = GAP;
    let mut is_spaced = false;
    let mut rest = text.as_bytes();
    loop {
        let (kind, after) = match rest {
            [] => break,
            [0xe0, middle @ (0xb8 | 0xb9), last, after @ ..] => (THAI[usize::from(((middle & 1) << 6) | (last & 0x3f))], after),
            [b'!'..=b'~', after @ ..] => (LETTER, after),
            [b' ', after @ ..] => {
                is_spaced |= before == GAP;
                (GAP, after)
            }
            [b'\t' | b'\n' | b'\r', after @ ..] => {
                is_spaced = true;
                (GAP, after)
            }
            // A dot in the middle; dashes, quotes and dots. No form of Unicode's makes anything else of them.
            [0xc2, 0xb7, after @ ..] | [0xe2, 0x80, 0x90..=0xa7, after @ ..] => (LETTER, after),
            _ => return Look::Other,
        };
        // เ may be half of แ, and marks stand in their order, each once.
        if kind == UNKNOWN || (kind == SARA_E && before == kind) || (kind >= FIRST_MARK && before >= kind) {
            return Look::Other;
        }
        (before, rest) = (kind, after);
    }
    if is_spaced || (before == GAP && !text.is_empty()) { Look::Spaced } else { Look::Tidy }
}

/// Words with one space between.
fn spaced(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_ascii_whitespace() {
        if !out.is_empty() {
            out.push(SPACE);
        }
        out.push_str(word);
    }
    out
}

/// Gives a tidy text letter by letter in the form in which it is compared, and of each letter whether a cluster begins with it: small
/// letters, ASCII digits, and no space but one between two Latin letters or digits. Joined they are the folded text.
pub fn letters(tidy: &str, mut take: impl FnMut(char, bool)) {
    let mut last = SPACE;
    // Is a space waiting for what stands behind it?
    let mut gap = false;
    let mut before = None;
    for c in tidy.chars() {
        let is_mark = before.is_some() && thai::is_combining(c);
        let after_space = before.replace(c) == Some(SPACE);
        if c == SPACE {
            gap = true;
            continue;
        }
        let c = folded_char(c);
        // A space that carries a mark is a letter.
        if gap && ((is_mark && after_space) || (last.is_ascii_alphanumeric() && c.is_ascii_alphanumeric())) {
            take(SPACE, true);
        }
        gap = false;
        take(c, !is_mark);
        last = c;
    }
}

/// The whole text in the form in which it is compared.
///
/// ```
/// use prongsai::base::fold::folded;
/// assert_eq!(folded("อบต. ภูพาน ๒๕๖๘"), "อบต.ภูพาน2568");
/// assert_eq!(folded("No Gift\u{a0}Policy"), "no gift policy");
/// ```
pub fn folded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    letters(&tidy(text), |c, _| out.push(c));
    out
}

/// A character in the form in which it is compared.
fn folded_char(c: char) -> char {
    match c {
        '\0'..='\x7f' => c.to_ascii_lowercase(),
        '\u{e01}'..='\u{e5b}' => digits::ascii(c),
        // The wide forms of ASCII.
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c).to_ascii_lowercase(),
        // One letter that ends a word in another shape.
        'ς' => 'σ',
        // İ alone becomes two characters, which would not be in order among other marks.
        _ => {
            let mut lower = c.to_lowercase();
            lower.next().filter(|_| lower.next().is_none()).unwrap_or(c)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use unicode_segmentation::UnicodeSegmentation;

    fn cut(text: &str) -> Vec<String> {
        let mut out: Vec<String> = Vec::new();
        letters(&tidy(text), |c, begins| match out.last_mut().filter(|_| !begins) {
            Some(cluster) => cluster.push(c),
            None => out.push(c.to_string()),
        });
        out
    }

    #[test]
    fn the_script_and_the_program_fold_alike() {
        let fixture: Vec<(String, Vec<String>)> = serde_json::from_str(include_str!("../../tests/fixtures/fold.json")).unwrap();
        assert!(fixture.len() > 30);
        for (text, clusters) in fixture {
            assert_eq!(cut(&text), clusters, "{text:?}");
        }
    }

    #[test]
    fn marks_are_kept() {
        let forms = ["ขาว", "ข่าว", "ข้าว", "เขา", "เข้า", "เข่า"].map(folded);
        assert_eq!(forms.iter().collect::<std::collections::BTreeSet<_>>().len(), 6);
    }

    const TEXT: &str = "[กขนเแ ัิีึืฺุู็่้๊๋์ํำาaZé\u{301}\u{200b}\u{ad}\u{a0} \n0๙.１İΣς]{0,16}";

    proptest! {
        #[test]
        fn what_is_tidy_stays_so(text in TEXT) {
            prop_assert_eq!(tidy(&tidy(&text)).into_owned(), tidy(&text).into_owned());
            prop_assert_eq!(folded(&tidy(&text)), folded(&text));
        }

        #[test]
        fn any_text_is_folded_without_a_panic(text in "\\PC{0,40}") {
            prop_assert_eq!(tidy(&tidy(&text)).into_owned(), tidy(&text).into_owned());
            let _ = folded(&text);
        }

        /// The short way is no other way.
        #[test]
        fn a_tidy_text_is_left_alone(text in TEXT) {
            let whole = tidy(&format!("{text}\u{200b}")).into_owned();
            prop_assert_eq!(tidy(&text).into_owned(), whole);
        }

        /// Wherever Unicode's own rule lets a text be cut, ours does, and never between a letter and its mark.
        #[test]
        fn clusters_end_where_graphemes_end(text in "[กขนเแัิีุู่้์ำาa-cé .0๙漢🙂]{0,16}") {
            let ours = cut(&text);
            let theirs: Vec<&str> = ours.iter().flat_map(|cluster| cluster.graphemes(true)).collect();
            prop_assert_eq!(&ours, &theirs);
        }
    }
}
