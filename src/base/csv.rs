//! The form of our CSV files: UTF-8 with a byte order mark, CRLF, quoted where needed. Owns how a line is written, and that no text in it is
//! run as a formula; what stands in it is for others.

use std::borrow::Cow;

/// What a file begins with, so that spreadsheets read it as UTF-8.
pub const BEGIN: &str = "\u{feff}";

/// Writes a line.
pub fn line<T: AsRef<str>>(fields: impl Iterator<Item = T>, out: &mut String) {
    for (i, field) in fields.enumerate() {
        let field = field.as_ref();
        if i > 0 {
            out.push(',');
        }
        if !is_quoted(field.as_bytes()) {
            out.push_str(field);
            continue;
        }
        out.push('"');
        for (i, part) in field.split('"').enumerate() {
            out.push_str(if i > 0 { "\"\"" } else { "" });
            out.push_str(part);
        }
        out.push('"');
    }
    out.push_str("\r\n");
}

/// Does a field stand in quotes?
fn is_quoted(field: &[u8]) -> bool {
    let edges = [field.first(), field.last()];
    // No early end, so that the processor asks many bytes at once.
    field.iter().fold(false, |any, byte| any | matches!(byte, b'"' | b',' | b'\r' | b'\n'))
        || edges.iter().any(|byte| matches!(byte, Some(b' ' | b'\t')))
}

/// What a formula begins with, in the letters of a keyboard and of full width.
const BEGINNINGS: &[char] = &['=', '+', '-', '@', '＝', '＋', '－', '＠'];

/// A text as it may stand in a field: where a spreadsheet would take it for a formula, with an apostrophe before it. A reader who wants it as
/// it was takes one apostrophe away from a text that has, behind its apostrophes and spaces, one of `=+-@`; so a text that has apostrophes
/// of its own there gets one more. The mark is the one that OWASP's page on CSV injection asks for. A lone `-` stands for nothing in many
/// tables, and is no formula.
pub fn harmless(text: &str) -> Cow<'_, str> {
    // Most texts are Thai: their first byte tells that they are no formula.
    if text.as_bytes().first().is_none_or(|first| (0x30..0x3d).contains(first) || (0x41..0xc2).contains(first) || *first == 0xe0) {
        return Cow::Borrowed(text);
    }
    let begin = text.trim_start_matches(|c: char| c == '\'' || c.is_whitespace() || c.is_control() || is_unseen(c));
    if begin.starts_with(BEGINNINGS) && text.chars().nth(1).is_some() { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

/// Has this letter no shape of its own: marks of direction, joiners, fillers, selectors and tags?
fn is_unseen(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}')
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}')
        || matches!(c, '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_formula_gets_an_apostrophe_and_other_texts_stay() {
        for formula in [
            "=1+1",
            "=cmd|' /C calc'!A0",
            "+66 2",
            "-2+3",
            "@SUM(A1)",
            " =1",
            "\t=1",
            "\r=1",
            "\n=1",
            "＝1",
            "'=1",
            "''@x",
            "' =1",
            "\u{200b}=1",
            "\u{a0}=1",
            "\u{ad}=1",
            "\u{202e}=1",
            "\u{2066}'@x",
            "\u{3164}+1",
            "\u{fe0f}-1",
            "- จัดอบรม",
        ] {
            assert_eq!(harmless(formula), format!("'{formula}"));
        }
        for text in ["", "-", "=", "ก=1", "1-2", "'ก'", "๑๒", "a@b", "(=1)", "\u{a0}ก", "–", "e-Service", "Œ"] {
            assert_eq!(harmless(text), text);
        }
    }
}
