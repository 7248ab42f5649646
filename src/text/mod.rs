//! Reading text that people write: YAML with places, front matter, and Markdown. Owns syntax, not meaning: what a key or a link
//! stands for is decided to the right of this room.

pub mod decode;
pub mod front_matter;
pub mod html;
pub mod markdown;
pub mod strings;
pub mod yaml;

use std::sync::Arc;

use crate::base::span::{Place, Span};
use crate::finding::{Code, Finding};

/// An authored file as text.
#[derive(Clone, Debug)]
pub struct SourceText {
    /// Its path, relative to the site folder.
    pub path: Arc<str>,
    /// Its content; a byte order mark is still there, so that places are those of the file.
    pub text: String,
}

impl SourceText {
    /// Takes the bytes of a file as text.
    ///
    /// # Errors
    /// `unreadable-file` where the bytes are no UTF-8, at the line of the first bad byte; or hold a control character other than
    /// tab and line end, which no text has.
    pub fn new(path: Arc<str>, bytes: Vec<u8>) -> Result<Self, Box<Finding>> {
        let bad = |case, at: usize, byte: u8, text: &str| {
            let place = Place::new(&path, Span::new(at, at));
            let mut finding = Finding::new(Code::UnreadableFile, place).case(case).with("byte", format!("0x{byte:02X}"));
            finding.look(text);
            Box::new(finding)
        };
        let text = match String::from_utf8(bytes) {
            Ok(text) => text,
            Err(error) => {
                let at = error.utf8_error().valid_up_to();
                let byte = error.as_bytes().get(at).copied().unwrap_or(0);
                let readable = String::from_utf8_lossy(&error.as_bytes()[..at]).into_owned();
                return Err(bad("utf-8", at, byte, &readable));
            }
        };
        let control = |b: &u8| (*b < 0x20 && !matches!(b, b'\t' | b'\n' | b'\r')) || *b == 0x7f;
        if let Some(at) = text.as_bytes().iter().position(control) {
            return Err(bad("control", at, text.as_bytes()[at], &text));
        }
        Ok(Self { path, text })
    }

    /// A span of this file as a place.
    pub fn place(&self, span: Span) -> Place {
        Place::new(&self.path, span)
    }

    /// The length of the byte order mark at the start, or 0.
    pub fn mark(&self) -> usize {
        if self.text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 }
    }
}
