//! String catalogues of themes: a flat map from keys to sentences. Owns reading them; the one module that names `serde_yaml`.
//!
//! A catalogue has no figures and no codes, so it needs neither the letters of a number nor a place for each value: the typed
//! loader is enough here, where authors' data go through `yaml`.

use std::collections::BTreeMap;

/// The sentences by key.
pub type Strings = BTreeMap<String, String>;

/// Why a catalogue can't be read: the line where it failed, from 1, and what the loader says.
#[derive(Debug)]
pub struct Unreadable {
    /// The line, 1 where the loader names none.
    pub line: usize,
    /// Its column, 1 where the loader names none.
    pub column: usize,
    /// The loader's words.
    pub detail: String,
}

/// Reads a catalogue.
///
/// # Errors
/// Where the text is no flat map of texts.
pub fn read(text: &str) -> Result<Strings, Unreadable> {
    serde_yaml::from_str(text.trim_start_matches('\u{feff}')).map_err(|error| {
        let (line, column) = error.location().map_or((1, 1), |at| (at.line(), at.column()));
        Unreadable { line, column, detail: error.to_string() }
    })
}
