//! Texts and days as values of a YAML file that people go on writing. Owns when a text needs quotation marks and how it is written in
//! them, so that any text is read back as it was. Refuses blocks of several lines: a value stands on its line.

use crate::base::date::Date;
use crate::text::yaml_edit::{is_shown, quoted};

/// Words that some reader of YAML takes for something else than a text.
const WORDS: [&str; 10] = ["null", "true", "false", "yes", "no", "on", "off", "y", "n", "nan"];

/// A text as a value: bare where no reader can misread it, also between brackets, else in quotation marks.
///
/// ```
/// use prongsai::staff::scalar::scalar;
/// assert_eq!(scalar("อบต.ภูพาน"), "อบต.ภูพาน");
/// assert_eq!(scalar("a: \"b\" # c"), r#""a: \"b\" # c""#);
/// assert_eq!(scalar("2568"), "\"2568\"");
/// ```
pub fn scalar(text: &str) -> String {
    if is_plain(text) { text.to_owned() } else { quoted(text) }
}

/// A list of texts on one line.
pub fn list<'a>(texts: impl Iterator<Item = &'a str>) -> String {
    format!("[{}]", texts.map(scalar).collect::<Vec<_>>().join(", "))
}

/// A day as staff write it, in the Buddhist era: `2568-08-01`.
pub fn day(date: Date) -> String {
    let common = date.to_string();
    format!("{:04}{}", date.buddhist_year(), common.get(4..).unwrap_or_default())
}

/// A text as the end of a comment: on one line, and nothing in it that a reader of YAML refuses.
pub fn comment(text: &str) -> String {
    text.chars().map(|c| if is_shown(c) { c } else { ' ' }).collect()
}

fn is_thai(c: char) -> bool {
    ('\u{e01}'..='\u{e3a}').contains(&c) || ('\u{e40}'..='\u{e5b}').contains(&c)
}

fn is_plain(text: &str) -> bool {
    let begins = text.chars().next().is_some_and(|c| c.is_ascii_alphabetic() || ('\u{e01}'..='\u{e4f}').contains(&c));
    let fits = |c: char| c.is_ascii_alphanumeric() || is_thai(c) || matches!(c, ' ' | '.' | '(' | ')' | '/' | '-' | '_');
    begins && text.chars().all(fits) && !text.ends_with(' ') && !WORDS.contains(&text.to_ascii_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::SourceText;
    use crate::text::yaml::{self, Kind};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn any_text_is_read_back(text in "[^\\p{C}]{1,30}|[-a:{}\\[\\]\"'&*\\\\ #|>@`%!,?ก้\n\t\u{2028}\u{85}]{1,30}|\\PC{1,20}") {
            // No file may hold these in any way.
            prop_assume!(!text.contains(crate::text::is_no_text));
            let file = format!("# {}\na: {}\nb: {}\n", comment(&text), scalar(&text), list([text.as_str(), "ก"].into_iter()));
            let root = yaml::parse(&SourceText { path: "content/a.yaml".into(), text: file.clone() }).unwrap();
            let Kind::Map(map) = root.kind else { panic!("{file}") };
            prop_assert_eq!(map[0].1.scalar(), Some(text.as_str()), "{}", file);
            let Kind::List(list) = &map[1].1.kind else { panic!("{file}") };
            prop_assert_eq!(list[0].scalar(), Some(text.as_str()));
        }
    }

    #[test]
    fn a_day_is_of_the_buddhist_era() {
        assert_eq!(day(Date::parse("2025-08-01").unwrap()), "2568-08-01");
    }
}
