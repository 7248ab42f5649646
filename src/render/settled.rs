//! Sentences of the catalogue put into the built-in templates where these name them without values, once for a site and not once for each
//! page. Owns which places these are. Refuses the templates of a site's own: their faults are told with the lines that the author sees.

use super::voice::{Voice, plain};
use crate::base::thai::still;

/// What names a sentence in a template, up to its key.
const OPEN: &str = "{{ t(\"";

/// What ends such a place, and whether the sentence stands where no HTML may.
const ENDS: [(&str, bool); 2] = [("\") }}", false), ("\")|plain }}", true)];

/// The template with its fixed sentences. What it makes is the same to the last byte.
pub fn template(text: &str, voice: &Voice) -> String {
    let mut out = String::with_capacity(text.len() * 2);
    let mut rest = text;
    while let Some((before, named)) = rest.split_once(OPEN) {
        out.push_str(before);
        let sentence = named.split_once('"').and_then(|(key, end)| Some((fixed(key, voice)?, &named[key.len()..], end)));
        let place = sentence.and_then(|(html, named, _)| {
            let (end, is_plain) = ENDS.into_iter().find(|(end, _)| named.starts_with(end))?;
            Some((html, is_plain, &named[end.len()..]))
        });
        match place {
            Some((html, true, after)) => {
                out.push_str(&on_one_line(&plain(html)));
                rest = after;
            }
            Some((html, false, after)) => {
                out.push_str(html);
                rest = after;
            }
            None => {
                out.push_str(OPEN);
                rest = named;
            }
        }
    }
    out.push_str(rest);
    out
}

/// A sentence without values, where it is no template itself.
fn fixed<'v>(key: &str, voice: &'v Voice) -> Option<&'v str> {
    voice.fixed_sentence(key).filter(|html| !["{{", "{%", "{#"].iter().any(|mark| html.contains(mark)))
}

/// A text on one line, without characters that nobody sees: for attributes and titles.
pub fn on_one_line(text: &str) -> String {
    if is_one_line(text) {
        return text.to_owned();
    }
    still(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Is this surely such a text already? ASCII and Thai (whose letters begin with E0) with single spaces between words, as most are.
fn is_one_line(text: &str) -> bool {
    let bytes = text.as_bytes();
    let is_usual = |byte: u8| matches!(byte, b' '..=b'~' | 0x80..=0xbf | 0xe0);
    let ends = [bytes.first(), bytes.last()];
    // Without a way out early, so that many bytes are looked at at once.
    bytes.iter().fold(true, |all, byte| all & is_usual(*byte))
        && bytes.windows(2).fold(true, |all, pair| all & (pair != b"  "))
        && !ends.contains(&Some(&b' '))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::language::{Digits, Language};
    use crate::render::theme::built_in;
    use crate::text::strings;

    #[test]
    fn fixed_sentences_stand_in_the_template() {
        let strings = [("a", "ตัวชี้วัด"), ("b", "{count} ข้อ"), ("c", "{{ x }}")].map(|(key, text)| (key.to_owned(), text.to_owned()));
        let voice = Voice::new(Language::Th, Digits::Arabic, &strings.into_iter().collect());
        let held = "<span class=\"nb\">ตัวชี้วัด</span>";
        for (text, settled) in [
            ("<p>{{ t(\"a\") }}</p>", format!("<p>{held}</p>")),
            ("{{ t(\"a\")|plain }}{{ t(\"a\") }}", format!("ตัวชี้วัด{held}")),
            ("{{ t(\"b\") }}{{ t(\"b\", count=1) }}", "{{ t(\"b\") }}{{ t(\"b\", count=1) }}".to_owned()),
            ("{{ t(\"a\", x=1) }}{{ t(\"a\" ~ x) }}", "{{ t(\"a\", x=1) }}{{ t(\"a\" ~ x) }}".to_owned()),
            ("{{ t(\"c\") }}{{ t(\"none\") }}{{ t(\"", "{{ t(\"c\") }}{{ t(\"none\") }}{{ t(\"".to_owned()),
        ] {
            assert_eq!(template(text, &voice), settled);
        }
    }

    #[test]
    fn what_is_on_one_line_stays_and_the_rest_is_put_there() {
        for (text, line) in [
            ("", ""),
            ("ปี 2568", "ปี 2568"),
            (" a", "a"),
            ("a ", "a"),
            ("a  b", "a b"),
            ("ก\nข", "ก ข"),
            ("ก\u{a0}ข", "ก ข"),
            ("ก\u{2003}ข", "ก ข"),
            ("ก\u{200f}ข", "กข"),
            ("ก\u{61c}ข", "กข"),
            ("é", "é"),
            (" ", ""),
            ("ก\u{3000}ข", "ก ข"),
            ("a\u{85}b", "a b"),
        ] {
            assert_eq!(on_one_line(text), line, "{text:?}");
            let slowly = still(text).split_whitespace().collect::<Vec<_>>().join(" ");
            assert_eq!(line, slowly);
        }
    }

    /// The sentences of a built-in catalogue.
    fn catalogue(language: Language) -> strings::Strings {
        strings::read(built_in(&format!("strings/{}.yaml", language.code())).unwrap()).unwrap()
    }

    #[test]
    fn both_languages_have_the_same_sentences_with_the_same_values() {
        let (thai, english) = (catalogue(Language::Th), catalogue(Language::En));
        assert_eq!(thai.keys().collect::<Vec<_>>(), english.keys().collect::<Vec<_>>());
        let values = |sentence: &str| {
            let mut names: Vec<String> =
                sentence.split('{').skip(1).filter_map(|rest| Some(rest.split_once('}')?.0.split(':').next()?.to_owned())).collect();
            names.sort();
            names.dedup();
            names
        };
        for (key, sentence) in &thai {
            assert_eq!(values(sentence), values(&english[key]), "{key}");
        }
    }
}
