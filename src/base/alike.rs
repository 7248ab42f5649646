//! Paths that are one on some disks and hosts: those of Windows and macOS do not tell capital letters apart, and macOS not the ways to
//! store a letter either. Owns the form in which such paths are equal. Refuses to judge: whoever compares knows what it means.

use std::borrow::Cow;

use super::thai;

/// The form of a path in which it equals all that are one with it on some disk.
///
/// ```
/// use prongsai::base::alike::alike;
/// assert_eq!(alike("files/Plan.PDF"), "files/plan.pdf");
/// assert_eq!(alike("CAFE\u{301}/"), alike("caf\u{e9}/"));
/// assert_eq!(alike("STRASSE"), alike("stra\u{df}e"));
/// ```
pub fn alike(path: &str) -> Cow<'_, str> {
    // Most paths are of ASCII and Thai letters without capitals, and are their own form.
    let has_forms = |c: char| c.is_ascii_uppercase() || !(c.is_ascii() || ('\u{e01}'..='\u{e5b}').contains(&c));
    if !path.contains(has_forms) {
        let normal = thai::normal(path);
        return if normal == path { Cow::Borrowed(path) } else { Cow::Owned(normal) };
    }
    // By way of capitals: ς and σ, ß and ss are told apart by small letters alone.
    let fold = |text: &str| thai::normal(&text.chars().flat_map(char::to_uppercase).flat_map(char::to_lowercase).collect::<String>());
    Cow::Owned(fold(&fold(path)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn paths_that_some_disk_takes_for_one_are_alike() {
        for (a, b) in [
            ("A/b.PDF", "a/B.pdf"),
            ("\u{c9}", "e\u{301}"),
            ("ก\u{e48}\u{e38}", "ก\u{e38}\u{e48}"),
            ("ΟΔΟΣ", "οδος"),
            ("οδοσ", "οδος"),
            ("\u{212a}", "k"),
            ("น\u{e4d}า", "นำ"),
        ] {
            assert_eq!(alike(a), alike(b), "{a} {b}");
        }
        for (a, b) in [("a.pdf", "a.pd"), ("๑", "1"), ("กา", "ก่า"), ("a b", "a-b"), ("a", "á")] {
            assert_ne!(alike(a), alike(b), "{a} {b}");
        }
        assert!(matches!(alike("2568/oit/o1/index.html"), Cow::Borrowed(_)) && matches!(alike("files/แผน.pdf"), Cow::Borrowed(_)));
    }

    proptest! {
        #[test]
        fn the_form_of_a_form_is_itself(text in "\\PC{0,12}") {
            let form = alike(&text).into_owned();
            prop_assert_eq!(alike(&form), form.as_str());
        }
    }
}
