//! What is said of a finding: for each code and situation the message and the mend, in Thai and English. Owns the words, by what they are
//! about; which situation a finding is in is told by who found it.

mod addresses;
mod attachments;
mod files;
mod framework;
mod links;
mod procurement;
mod prose;
mod records;
mod scores;

use super::catalogue::Code;
use crate::base::language::Language;

/// The texts of a code in one situation.
#[derive(Debug)]
pub struct Texts {
    /// The code.
    pub code: Code,
    /// The situation.
    pub case: &'static str,
    th: (&'static str, &'static str),
    en: (&'static str, &'static str),
}

impl Texts {
    /// What was read and why it is wrong, with `{names}` of values.
    pub fn message(&self, language: Language) -> &'static str {
        if language == Language::Th { self.th.0 } else { self.en.0 }
    }

    /// How to mend it, with `{names}` of values.
    pub fn help(&self, language: Language) -> &'static str {
        if language == Language::Th { self.th.1 } else { self.en.1 }
    }
}

macro_rules! texts {
    ($list:ident $($code:ident $case:literal { th $thm:literal => $thh:literal; en $enm:literal => $enh:literal; })*) => {
        pub(super) const $list: &[super::Texts] = &[$(super::Texts {
            code: super::Code::$code, case: $case, th: ($thm, $thh), en: ($enm, $enh),
        },)*];
    };
}
use texts;

/// All texts.
const TEXTS: &[&[Texts]] = &[
    addresses::ADDRESSES,
    attachments::ATTACHMENTS,
    files::FILES,
    framework::FRAMEWORK,
    scores::SCORES,
    links::LINKS,
    procurement::PROCUREMENT,
    prose::PROSE,
    records::RECORDS,
];

/// All texts, in the order of their files.
pub fn all() -> impl Iterator<Item = &'static Texts> {
    TEXTS.iter().copied().flatten()
}

impl Code {
    /// The texts of this code for a situation; the general ones where the situation has none of its own.
    pub fn texts(self, case: &str) -> &'static Texts {
        let of = |case: &str| all().find(|texts| texts.code == self && texts.case == case);
        // Every code has a text: the test below holds that, so the last resort is never shown.
        of(case).or_else(|| all().find(|texts| texts.code == self)).unwrap_or(&TEXTS[0][0])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_has_texts_and_every_text_a_mend() {
        for code in Code::ALL {
            assert!(all().any(|texts| texts.code == *code), "{}", code.name());
        }
        for texts in all() {
            for language in [Language::Th, Language::En] {
                assert!(!texts.message(language).is_empty() && !texts.help(language).is_empty(), "{:?}", texts.code);
            }
        }
    }

    #[test]
    fn both_languages_use_the_same_values() {
        let names = |text: &str| {
            let mut names: Vec<String> = text
                .split('{')
                .skip(1)
                .filter_map(|rest| rest.split_once('}').map(|(n, _)| n.to_owned()))
                .filter(|name| name.bytes().all(|b| b.is_ascii_lowercase()))
                .collect();
            names.sort();
            names
        };
        for texts in all() {
            assert_eq!(names(texts.th.0), names(texts.en.0), "{:?} {}", texts.code, texts.case);
        }
    }
}
