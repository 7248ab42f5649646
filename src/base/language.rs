//! Languages of the interface, the script of digits, and names that may exist in both languages.

use serde::{Deserialize, Serialize};

/// The language of the interface or of a message.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// Thai, the default.
    #[default]
    Th,
    /// English.
    En,
}

impl Language {
    /// The code that `lang=""` and `language:` take: `th` or `en`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Th => "th",
            Self::En => "en",
        }
    }
}

/// A count with its English word, which takes an `s` unless it is one.
pub fn counted(count: usize, word: &str) -> String {
    format!("{count} {word}{}", if count == 1 { "" } else { "s" })
}

/// The script in which numbers are shown to people.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Digits {
    /// 0 to 9, the default.
    #[default]
    Arabic,
    /// ๐ to ๙.
    Thai,
}

/// A name in Thai, and in English where somebody gave one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Name {
    /// The Thai name; always there.
    pub th: String,
    /// The English name.
    pub en: Option<String>,
}

impl Name {
    /// A name that exists in Thai alone.
    pub fn thai(text: impl Into<String>) -> Self {
        Self { th: text.into(), en: None }
    }

    /// The name in `language`, or the Thai one where there is none.
    pub fn get(&self, language: Language) -> &str {
        match (language, &self.en) {
            (Language::En, Some(name)) => name,
            _ => &self.th,
        }
    }

    /// Is the name that [`Name::get`] gives in another language than the one asked for?
    pub fn is_foreign(&self, language: Language) -> bool {
        language == Language::En && self.en.is_none()
    }
}
