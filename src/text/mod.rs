//! Reading text that people write: YAML with places, front matter, and Markdown. Owns syntax, not meaning: what a key or a link
//! stands for is decided to the right of this room.

pub mod decode;
pub mod foreign;
pub mod front_matter;
pub mod html;
pub mod markdown;
pub mod seek;
pub mod shape;
pub mod strings;
pub mod yaml;
pub mod yaml_edit;
mod yaml_words;

use std::sync::Arc;

use crate::base::span::{Place, Span};
use crate::finding::{Code, Finding};
use foreign::Foreign;

/// The largest Markdown file that is read, in bytes: some two hundred pages of Thai. The parser needs up to two hundred times the size
/// of a hostile file, so this is the bound on memory.
pub const LARGEST_MARKDOWN: usize = 1024 * 1024;

/// Is this a character that no text has: a control character other than tab and line end, or no character at all? HTML and XML can't
/// hold them.
pub fn is_no_text(c: char) -> bool {
    let noncharacter = (u32::from(c) & 0xfffe) == 0xfffe || ('\u{fdd0}'..='\u{fdef}').contains(&c);
    (c.is_control() && !matches!(c, '\t' | '\n' | '\r')) || noncharacter
}

/// The first character that no text has, and where it stands.
pub fn no_text(text: &str) -> Option<(usize, char)> {
    // In UTF-8 they are bytes below the space, DEL, or begin with C2, EF or one behind that: few texts have any.
    let may_be = |byte: &u8| matches!(byte, 0..=8 | 0xb | 0xc | 0xe..=0x1f | 0x7f | 0xc2 | 0xef..);
    if text.as_bytes().iter().fold(false, |any, byte| any | may_be(byte)) {
        text.char_indices().find(|(_, c)| is_no_text(*c))
    } else {
        None
    }
}

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
    /// `unreadable-file` where the bytes are no UTF-8, at the first bad byte and with a guess at what they are; where they hold a
    /// control character other than tab and line end, which no text has; and for Markdown of more than [`LARGEST_MARKDOWN`].
    pub fn new(path: Arc<str>, bytes: Vec<u8>) -> Result<Self, Box<Finding>> {
        let bad = |case, span: Span, byte: String, text: &str| {
            let mut finding = Finding::new(Code::UnreadableFile, Place::new(&path, span)).case(case).with("byte", byte);
            finding.look(text);
            Box::new(finding)
        };
        if bytes.len() > LARGEST_MARKDOWN && path.ends_with(".md") {
            return Err(bad("markdown", Span::default(), String::new(), ""));
        }
        if let Some(foreign) = Foreign::by_form(&bytes) {
            return Err(bad(foreign.case(), Span::default(), String::new(), ""));
        }
        let text = match String::from_utf8(bytes) {
            Ok(text) => text,
            Err(error) => {
                let at = error.utf8_error().valid_up_to();
                let byte = error.as_bytes().get(at).copied().unwrap_or(0);
                let readable = String::from_utf8_lossy(&error.as_bytes()[..at]).into_owned();
                let case = Foreign::of(error.as_bytes()).map_or("utf-8", Foreign::case);
                return Err(bad(case, Span::new(at, at), format!("0x{byte:02X}"), &readable));
            }
        };
        if let Some((at, c)) = no_text(&text) {
            return Err(bad("control", Span::new(at, at + c.len_utf8()), format!("U+{:04X}", u32::from(c)), &text));
        }
        Ok(Self { path, text })
    }

    /// A span of this file as a place.
    pub fn place(&self, span: Span) -> Place {
        Place::new(&self.path, span)
    }

    /// The length of the byte order mark at the start, or 0. Programs that put files together leave several.
    pub fn mark(&self) -> usize {
        self.text.len() - self.text.trim_start_matches('\u{feff}').len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_look_at_bytes_passes_over_no_character() {
        let mut buffer = [0; 4];
        for c in '\0'..=char::MAX {
            let text = &*c.encode_utf8(&mut buffer);
            assert_eq!(no_text(text), is_no_text(c).then_some((0, c)), "{c:?}");
        }
    }
}
