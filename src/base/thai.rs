//! Thai text: normal form, dictionary order, and which key was meant. Owns what Unicode's own forms leave open for Thai.
//! The one module that names the normalisation crate.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

const NIKHAHIT: char = '\u{e4d}';
const SARA_AA: char = '\u{e32}';
const SARA_AM: char = '\u{e33}';

/// Is this one of the four tone marks or the mark above them (่ ้ ๊ ๋ ์)?
fn is_upper_mark(c: char) -> bool {
    ('\u{e48}'..='\u{e4c}').contains(&c)
}

/// The text in one normal form: NFC, ำ joined (also around a tone mark), characters without width dropped.
///
/// ```
/// use prongsai::base::thai::normal;
/// assert_eq!(normal("นํ้า"), "น้ำ");
/// assert_eq!(normal("ภู\u{200b}พาน"), "ภูพาน");
/// assert_eq!(normal("e\u{200b}\u{301}"), "é");
/// ```
pub fn normal(text: &str) -> String {
    if is_plain(text) {
        return text.to_owned();
    }
    let mut out: Vec<char> = Vec::with_capacity(text.len() / 2);
    let mut changed = false;
    for c in text.nfc() {
        match c {
            '\u{200b}' | '\u{200c}' | '\u{200d}' | '\u{2060}' | '\u{feff}' | '\u{ad}' => changed = true,
            SARA_AA => {
                // นํา, นํ้า and น้ํา are three ways to store น้ำ and นำ.
                let marks = out.iter().rev().take_while(|c| is_upper_mark(**c)).count();
                let nikhahit = out.len().checked_sub(marks + 1).filter(|i| out[*i] == NIKHAHIT);
                match nikhahit {
                    Some(i) => {
                        out.remove(i);
                        out.push(SARA_AM);
                        changed = true;
                    }
                    None => out.push(SARA_AA),
                }
            }
            _ => out.push(c),
        }
    }
    let out: String = out.into_iter().collect();
    // What a character stood between may combine, or have an order of its own, now that it is gone.
    if changed && !unicode_normalization::is_nfc(&out) { normal(&out) } else { out }
}

/// Is this text of ASCII and Thai letters alone, in normal form already? Most texts are, and a look at each letter tells.
fn is_plain(text: &str) -> bool {
    let mut before = ' ';
    text.chars().all(|c| {
        // Marks below the letter go before tone marks; the two halves of ำ are joined.
        let is_moved = ('\u{e38}'..='\u{e3a}').contains(&c) && is_mark(before);
        before = c;
        c.is_ascii() || (('\u{e01}'..='\u{e5b}').contains(&c) && c != NIKHAHIT && !is_moved)
    })
}

/// Does this stand above or below a letter, with an order among its like?
fn is_mark(c: char) -> bool {
    ('\u{e38}'..='\u{e3a}').contains(&c) || ('\u{e48}'..='\u{e4b}').contains(&c)
}

/// Is it an invisible character that turns the direction of what follows, far beyond the text that it stands in? Thai needs none.
pub fn is_turning(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// The text without what turns its direction.
///
/// ```
/// assert_eq!(prongsai::base::thai::still("ก\u{202e}ข"), "กข");
/// ```
pub fn still(text: &str) -> Cow<'_, str> {
    // They begin with D8 or E2, as no letter of Thai does.
    let may_turn = text.bytes().fold(false, |any, byte| any | matches!(byte, 0xd8 | 0xe2));
    if may_turn && text.contains(is_turning) { text.replace(is_turning, "").into() } else { text.into() }
}

/// Does this stand on the letter before it, in any script? ำ does too, though half of it stands behind.
pub fn is_combining(c: char) -> bool {
    match c {
        '\0'..='\u{2ff}' => false,
        '\u{e00}'..='\u{e7f}' => matches!(c, '\u{e31}' | '\u{e33}'..='\u{e3a}' | '\u{e47}'..='\u{e4e}'),
        _ => c == '\u{eb3}' || unicode_normalization::char::is_combining_mark(c),
    }
}

fn is_leading_vowel(c: char) -> bool {
    ('\u{e40}'..='\u{e44}').contains(&c)
}

fn is_consonant(c: char) -> bool {
    ('\u{e01}'..='\u{e2e}').contains(&c)
}

/// Marks that the dictionary looks at only where all letters are equal: ็ ่ ้ ๊ ๋ ์ ํ.
fn is_late_mark(c: char) -> bool {
    ('\u{e47}'..='\u{e4d}').contains(&c)
}

/// The key by which Thai dictionaries order: a leading vowel after its consonant, tone marks last.
///
/// ```
/// use prongsai::base::thai::sort_key;
/// let mut names = ["แก", "กา", "เก", "ขา", "ก้า"];
/// names.sort_by_key(|n| sort_key(n));
/// assert_eq!(names, ["กา", "ก้า", "เก", "แก", "ขา"]);
/// ```
pub fn sort_key(text: &str) -> (String, String) {
    let chars: Vec<char> = normal(text).to_lowercase().chars().collect();
    let (mut letters, mut marks) = (String::new(), String::new());
    let mut i = 0;
    while i < chars.len() {
        let c = chars[i];
        match chars.get(i + 1) {
            Some(next) if is_leading_vowel(c) && is_consonant(*next) => {
                letters.push(*next);
                letters.push(c);
                i += 2;
            }
            _ => {
                if is_late_mark(c) {
                    // Where the mark stands matters as well as which it is.
                    marks.extend(std::char::from_u32(0x4000 + letters.chars().count() as u32));
                    marks.push(c);
                } else {
                    letters.push(c);
                }
                i += 1;
            }
        }
    }
    (letters, marks)
}

/// The letter under which a name stands in a list: its first consonant, or the first letter or digit of another script.
///
/// ```
/// assert_eq!(prongsai::base::thai::initial("เมืองเก่า"), Some('ม'));
/// ```
pub fn initial(text: &str) -> Option<char> {
    let normal = normal(text);
    let first = normal.chars().find(|c| is_consonant(*c) || c.is_ascii_alphanumeric() || super::digits::is_digit(*c))?;
    Some(super::digits::ascii(first.to_ascii_uppercase()))
}

/// Is this a letter or mark of the Thai script (digits and ฿ are not)?
pub fn is_letter(c: char) -> bool {
    ('\u{e01}'..='\u{e3a}').contains(&c) || ('\u{e40}'..='\u{e4e}').contains(&c)
}

/// The candidate that `word` was probably meant to be: the nearest by edits, if it is near enough to be worth naming.
///
/// ```
/// use prongsai::base::thai::nearest;
/// assert_eq!(nearest("anounced", &["announced", "overall"]), Some("announced"));
/// assert_eq!(nearest("zzz", &["announced", "overall"]), None);
/// ```
pub fn nearest<'a>(word: &str, candidates: &[&'a str]) -> Option<&'a str> {
    // Longer words are not compared: the cost is quadratic, and nobody mistypes sixty letters.
    if word.chars().count() > 60 {
        return None;
    }
    let length = word.chars().count();
    let allowed = |candidate: &str| (candidate.chars().count().max(length) / 3).max(1);
    candidates
        .iter()
        // What differs in length alone by more than is allowed need not be compared.
        .filter(|candidate| candidate.chars().count().abs_diff(length) <= allowed(candidate))
        .map(|candidate| (distance(&word.to_lowercase(), &candidate.to_lowercase()), *candidate))
        .filter(|(distance, candidate)| *distance <= allowed(candidate))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// Edits (insert, drop, change, swap of neighbours) from one word to the other.
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut rows = vec![vec![0; b.len() + 1]; a.len() + 1];
    for (i, row) in rows.iter_mut().enumerate() {
        row[0] = i;
    }
    for (j, cell) in rows[0].iter_mut().enumerate() {
        *cell = j;
    }
    for i in 1..=a.len() {
        for j in 1..=b.len() {
            let change = usize::from(a[i - 1] != b[j - 1]);
            let mut least = (rows[i - 1][j] + 1).min(rows[i][j - 1] + 1).min(rows[i - 1][j - 1] + change);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                least = least.min(rows[i - 2][j - 2] + 1);
            }
            rows[i][j] = least;
        }
    }
    rows[a.len()][b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sara_am_is_joined_however_it_was_typed() {
        for text in ["น\u{e4d}\u{e49}\u{e32}", "น\u{e49}\u{e4d}\u{e32}", "น\u{e49}\u{e33}"] {
            assert_eq!(normal(text), "น\u{e49}\u{e33}", "{text}");
        }
        assert_eq!(normal("ข่าว ขาว ข้าว"), "ข่าว ขาว ข้าว");
    }

    #[test]
    fn initials_skip_the_leading_vowel() {
        assert_eq!(initial("แม่"), Some('ม'));
        assert_eq!(initial("๙ ทัพ"), Some('9'));
        assert_eq!(initial("—"), None);
    }

    proptest::proptest! {
        /// The short way is no other way: what it passes by is in normal form.
        #[test]
        fn a_plain_text_is_in_normal_form(text in "[กนฦาฺุู่้๊๋์ํำแ a1é\u{301}\u{200b}]{0,12}") {
            let whole: String = text.nfc().collect();
            if is_plain(&text) {
                proptest::prop_assert_eq!(&whole, &text);
                proptest::prop_assert!(!text.contains(NIKHAHIT));
            }
            proptest::prop_assert_eq!(normal(&normal(&text)), normal(&text));
        }
    }
}
