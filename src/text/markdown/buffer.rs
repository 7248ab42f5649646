//! A place where pieces are made. Owns joining HTML, so that a page is few long strings, and the lines of plain text.

use super::Piece;

/// Pieces in the making.
#[derive(Debug, Default)]
pub(super) struct Buffer {
    pub(super) pieces: Vec<Piece>,
    pub(super) plain: String,
}

impl Buffer {
    /// Adds HTML to the piece before it, where that is HTML too.
    pub(super) fn html(&mut self, html: &str) {
        self.last_html().push_str(html);
    }

    /// The HTML at the end, begun where there is none.
    pub(super) fn last_html(&mut self) -> &mut String {
        if !matches!(self.pieces.last(), Some(Piece::Html(_))) {
            self.pieces.push(Piece::Html(String::new()));
        }
        match self.pieces.last_mut() {
            Some(Piece::Html(html)) => html,
            _ => unreachable!("the line above made it HTML"),
        }
    }

    /// Adds what was made elsewhere.
    pub(super) fn append(&mut self, other: Self) {
        let mut pieces = other.pieces.into_iter();
        match pieces.next() {
            Some(Piece::Html(html)) => self.html(&html),
            Some(piece) => self.pieces.push(piece),
            None => {}
        }
        self.pieces.extend(pieces);
        self.plain.push_str(&other.plain);
    }

    /// Ends a line of the plain text.
    pub(super) fn end_line(&mut self) {
        self.plain.truncate(self.plain.trim_end_matches(' ').len());
        if !self.plain.is_empty() && !self.plain.ends_with('\n') {
            self.plain.push('\n');
        }
    }
}

/// The text with control characters, which an entity can still bring, made visible: HTML allows none.
pub(super) fn shown(text: &str) -> std::borrow::Cow<'_, str> {
    let bad = |c: char| c.is_control() && !matches!(c, '\n' | '\t');
    // In UTF-8 they are bytes below the space, DEL, or begin with C2.
    let may_be = |byte: u8| (byte < b' ' && !matches!(byte, b'\n' | b'\t')) || byte == 0x7f || byte == 0xc2;
    let may_be = text.bytes().fold(false, |any, byte| any | may_be(byte));
    if may_be && text.contains(bad) { text.replace(bad, "\u{fffd}").into() } else { text.into() }
}

/// Adds text to a line of plain text: a line end is a space, and where a figure was left out there are not two.
pub(super) fn join(line: &mut String, text: &str) {
    let at_space = line.is_empty() || line.ends_with([' ', '\n']);
    let text = if at_space { text.trim_start_matches([' ', '\n']) } else { text };
    let mut between = "";
    for part in text.split('\n') {
        line.push_str(between);
        line.push_str(part);
        between = " ";
    }
}
