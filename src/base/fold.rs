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
    if is_tidy(text) {
        return if text.contains('\n') { Cow::Owned(text.replace('\n', " ")) } else { Cow::Borrowed(text) };
    }
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
    Cow::Owned(out)
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

/// Most texts are ASCII and Thai and tidy already, but that a line may end where a space belongs; one look at each letter tells.
fn is_tidy(text: &str) -> bool {
    let mut before = SPACE;
    let is_fine = text.chars().all(|c| {
        let c = if c == '\n' { SPACE } else { c };
        let fine = match c {
            SPACE => before != SPACE,
            '\u{e4d}' => false,
            'เ' => before != 'เ',
            '\u{e01}'..='\u{e5b}' => match (stack(before), stack(c)) {
                (Some(below), Some(above)) => (below, before) < (above, c),
                _ => true,
            },
            // Dashes, quotes and dots, which no form of Unicode's makes anything else of.
            '\u{b7}' | '\u{2010}'..='\u{2027}' => true,
            _ => c.is_ascii_graphic(),
        };
        before = c;
        fine
    });
    is_fine && before != SPACE || text.is_empty()
}

/// Gives the clusters of a tidy text in the form in which they are compared, in order: small letters, ASCII digits, and no space but one
/// between two Latin letters or digits. Joined they are the folded text.
pub fn clusters(tidy: &str, mut take: impl FnMut(&str)) {
    let mut folded = String::with_capacity(16);
    let mut last = SPACE;
    let mut gap = false;
    let mut rest = tidy.char_indices().peekable();
    while let Some((_, c)) = rest.next() {
        folded.clear();
        put_folded(c, &mut folded);
        let first = folded.chars().next().unwrap_or(c);
        let mut is_bare = true;
        while let Some((_, mark)) = rest.next_if(|(_, c)| thai::is_combining(*c)) {
            put_folded(mark, &mut folded);
            is_bare = false;
        }
        if c == SPACE && is_bare {
            gap = true;
            continue;
        }
        if gap && last.is_ascii_alphanumeric() && first.is_ascii_alphanumeric() {
            take(" ");
        }
        gap = false;
        take(&folded);
        last = folded.chars().next_back().unwrap_or(c);
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
    clusters(&tidy(text), |cluster| out.push_str(cluster));
    out
}

/// A character in the form in which it is compared.
fn put_folded(c: char, out: &mut String) {
    match c {
        '\0'..='\x7f' => out.push(c.to_ascii_lowercase()),
        '\u{e01}'..='\u{e5b}' => out.push(digits::ascii(c)),
        // The wide forms of ASCII.
        '\u{ff01}'..='\u{ff5e}' => {
            let plain = char::from_u32(c as u32 - 0xfee0).unwrap_or(c);
            out.push(plain.to_ascii_lowercase());
        }
        // One letter that ends a word in another shape.
        'ς' => out.push('σ'),
        // İ alone becomes two characters, which would not be in order among other marks.
        _ => {
            let mut lower = c.to_lowercase();
            out.push(lower.next().filter(|_| lower.next().is_none()).unwrap_or(c));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use unicode_segmentation::UnicodeSegmentation;

    fn cut(text: &str) -> Vec<String> {
        let mut out = Vec::new();
        clusters(&tidy(text), |cluster| out.push(cluster.to_owned()));
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
        fn folding_twice_is_folding_once(text in TEXT) {
            prop_assert_eq!(tidy(&tidy(&text)).into_owned(), tidy(&text).into_owned());
            prop_assert_eq!(folded(&folded(&text)), folded(&text));
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
