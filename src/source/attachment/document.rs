//! The text of Word documents, paragraph by paragraph: a number may be split over the runs of one, never over two. Owns which parts hold
//! text, and how the pieces of a paragraph are joined; tables and notes of other documents are joined so too.

use std::io::Read;

use super::archive::Archive;
use super::markup::{self, Token};
use super::{At, Text};

/// How much text of one paragraph is kept; a longer one is no paragraph that people write.
const LONGEST: usize = 128 * 1024;

/// How deep paragraphs stand in paragraphs: text boxes in text boxes.
const DEEPEST: usize = 16;

/// How many parts are read.
const MOST_PARTS: usize = 500;

/// Reads the text of a document and what stands beside it: headers, footers, notes and comments.
pub fn read(archive: &mut Archive<'_>, text: &mut Text) {
    for name in archive.parts("word/document", ".xml").into_iter().take(MOST_PARTS) {
        let mut count = 0;
        archive.part(&name, &mut |part| {
            joined(part, &["p"], &mut |paragraph| {
                count += 1;
                text.take(paragraph, || At::Paragraph(count));
            });
        });
    }
    let beside = ["header", "footer", "footnotes", "endnotes", "comments"];
    let names: Vec<String> = beside.iter().flat_map(|begin| archive.parts(&format!("word/{begin}"), ".xml")).collect();
    for name in names.into_iter().take(MOST_PARTS) {
        archive.part(&name, &mut |part| joined(part, &["p"], &mut |paragraph| text.take(paragraph, || At::Beside)));
    }
}

/// Hands over the text of each element of these names, joined from the pieces in it, in the order in which they end. What is read aloud
/// beside a text (`rPh`), and what stands for old programs (`Fallback`) are passed over: the same text stands before them.
pub fn joined(part: &mut dyn Read, units: &[&str], take: &mut dyn FnMut(&str)) {
    let mut open: Vec<String> = Vec::new();
    let (mut passed_over, mut is_text) = (0_usize, false);
    markup::read(part, &mut |token| {
        match token {
            Token::Open(element) => match element.name() {
                "rPh" | "Fallback" => passed_over += 1,
                _ if passed_over > 0 => {}
                "t" | "delText" => is_text = true,
                "tab" | "br" | "cr" => open.last_mut().into_iter().for_each(|text| text.push('\n')),
                "noBreakHyphen" => open.last_mut().into_iter().for_each(|text| text.push('-')),
                name if units.contains(&name) => {
                    if open.len() == DEEPEST {
                        return false;
                    }
                    open.push(String::new());
                }
                _ => {}
            },
            Token::Text(piece) if is_text && passed_over == 0 => {
                if let Some(text) = open.last_mut().filter(|text| text.len() + piece.len() <= LONGEST) {
                    text.push_str(piece);
                }
            }
            Token::Text(_) => {}
            Token::Close("rPh" | "Fallback") => passed_over = passed_over.saturating_sub(1),
            Token::Close("t" | "delText") => is_text = false,
            Token::Close(name) if passed_over == 0 && units.contains(&name) => {
                if let Some(text) = open.pop() {
                    take(&text);
                }
            }
            Token::Close(_) => {}
        }
        true
    });
}
