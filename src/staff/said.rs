//! A sentence for people in both languages. Owns the pair; who shows it chooses.

use crate::base::language::Language;

/// A sentence, or several, in Thai and English.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Said {
    /// In Thai.
    pub th: String,
    /// In English.
    pub en: String,
}

impl Said {
    /// Both texts.
    pub fn new(th: impl Into<String>, en: impl Into<String>) -> Self {
        Self { th: th.into(), en: en.into() }
    }

    /// The text in a language.
    pub fn get(&self, language: Language) -> &str {
        if language == Language::Th { &self.th } else { &self.en }
    }
}
