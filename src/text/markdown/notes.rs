//! Footnotes. Owns their numbers, their marks in the text and the list at the end.

use std::collections::BTreeMap;
use std::mem;

use super::Piece;
use super::buffer::Buffer;

/// The notes of a document while it is read.
#[derive(Debug, Default)]
pub(super) struct Notes {
    /// Places in `notes` by label.
    places: BTreeMap<String, usize>,
    /// The notes in the order of their numbers: that in which the text mentions them.
    notes: Vec<Note>,
    /// What notes say, as it comes; which of them have a number is known at the end.
    defined: Vec<(String, Buffer)>,
}

#[derive(Debug, Default)]
struct Note {
    /// How often the text mentions it.
    mentions: usize,
    content: Buffer,
}

impl Notes {
    /// Writes the mark of a note.
    pub(super) fn mark(&mut self, label: &str, out: &mut Buffer) {
        let place = *self.places.entry(key(label)).or_insert_with(|| {
            self.notes.push(Note::default());
            self.notes.len() - 1
        });
        let note = &mut self.notes[place];
        note.mentions += 1;
        let (number, mention) = (place + 1, note.mentions);
        out.html("<sup class=\"ref\"><a href=\"#");
        out.pieces.push(Piece::Prefix);
        out.html(&format!("fn-{number}\" id=\""));
        out.pieces.push(Piece::Prefix);
        out.html(&format!("fn-{number}-r{mention}\">{number}</a></sup>"));
    }

    /// Keeps what a note says until the end.
    pub(super) fn define(&mut self, label: &str, content: Buffer) {
        self.defined.push((key(label), content));
    }

    /// Writes all notes in the order of their numbers. One that the text never mentions comes after the others: an agency's words
    /// do not vanish.
    pub(super) fn write(&mut self, out: &mut Buffer) {
        for (key, content) in mem::take(&mut self.defined) {
            let place = *self.places.entry(key).or_insert_with(|| {
                self.notes.push(Note::default());
                self.notes.len() - 1
            });
            self.notes[place].content.append(content);
        }
        if self.notes.is_empty() {
            return;
        }
        out.end_line();
        out.html("<ol class=\"notes\">\n");
        for (place, note) in mem::take(&mut self.notes).into_iter().enumerate() {
            let number = place + 1;
            out.html("<li id=\"");
            out.pieces.push(Piece::Prefix);
            out.html(&format!("fn-{number}\">"));
            out.append(note.with_ways_back(number));
            out.html("</li>\n");
        }
        out.html("</ol>\n");
    }
}

impl Note {
    /// What the note says, and a link to each place that mentions it: at the end of its last paragraph, where it ends in one.
    fn with_ways_back(self, number: usize) -> Buffer {
        let mut content = self.content;
        let paragraph_end = "</p>\n";
        let last = content.last_html();
        let in_paragraph = last.ends_with(paragraph_end);
        if in_paragraph {
            last.truncate(last.len() - paragraph_end.len());
        }
        for mention in 1..=self.mentions {
            let label = if mention == 1 { number.to_string() } else { format!("{number}-{mention}") };
            content.html(" <a href=\"#");
            content.pieces.push(Piece::Prefix);
            content.html(&format!("fn-{number}-r{mention}\" aria-label=\"↩ {label}\">↩</a>"));
        }
        if in_paragraph {
            content.html(paragraph_end);
        }
        content.end_line();
        content
    }
}

/// The label of a note without its case, as the parser compares labels.
fn key(label: &str) -> String {
    label.to_uppercase().to_lowercase()
}
