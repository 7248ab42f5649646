//! Tables that are text: cells separated by commas, semicolons or tabs, by RFC 4180 and what programs make of it. Owns quotes, line ends and
//! lines; letters are read in [`super::plain`].
//!
//! Which sign separates is not written anywhere. So such a text is as many tables as there are signs, and who knows what the table should
//! have in it takes the one that has it.

use std::borrow::Cow;

use super::plain;
use super::rows::{Cell, LONGEST_CELL, Look, MOST_COLUMNS, Row, SIGNS, Take};

/// A table as text.
pub struct Separated<'a>(Cow<'a, [u8]>);

impl<'a> Separated<'a> {
    /// A table of these bytes, of which `head` is the beginning.
    pub fn new(bytes: &'a [u8], head: &[u8]) -> Self {
        Self(plain::narrow(bytes, head))
    }

    /// How many signs may separate its cells.
    pub fn len(&self) -> usize {
        SIGNS.len()
    }

    /// Reads it as cells separated by one of the signs.
    pub fn read(&self, sign: usize, take: Take<'_>) {
        let Some(sign) = SIGNS.get(sign) else { return };
        let mut reader = Reader { rest: &self.0, sign: *sign, line: 1, field: Vec::new(), is_cut: false };
        let mut row = Row { number: 0, ..Row::default() };
        while !reader.rest.is_empty() {
            row.number = row.number.saturating_add(1);
            row.line = Some(reader.line);
            row.cells.clear();
            row.torn = reader.row(&mut row.cells);
            if !take(&row) {
                return;
            }
        }
    }
}

struct Reader<'a> {
    rest: &'a [u8],
    sign: u8,
    line: u32,
    /// The field that is being read.
    field: Vec<u8>,
    is_cut: bool,
}

impl Reader<'_> {
    /// Reads to the end of the row, and past it. Gives the first column whose quotation marks do not part its cells.
    fn row(&mut self, cells: &mut Vec<Cell>) -> Option<u32> {
        let mut column = 0_u32;
        let mut torn = None;
        loop {
            self.field.clear();
            self.is_cut = false;
            if self.rest.first() == Some(&b'"') {
                let line = self.line;
                self.rest = &self.rest[1..];
                let is_closed = self.quoted();
                // Letters behind the closing mark are of no writer's making. Where the marks hold nothing that parts cells, as in
                // `"ก" ข`, they are quotation marks of the text and nothing is lost.
                let holds_more = self.line != line || self.field.contains(&self.sign);
                let is_followed = !self.plain().iter().all(u8::is_ascii_whitespace);
                if !is_closed || (holds_more && is_followed) {
                    torn = torn.or(Some(column));
                }
            } else {
                self.plain();
            }
            if column < MOST_COLUMNS {
                let text = plain::letters(&self.field);
                let text = text.trim();
                if !text.is_empty() {
                    cells.push(Cell { column, text: text.to_owned(), is_cut: self.is_cut, look: Look::Plain, runs: Vec::new() });
                }
            }
            column = column.saturating_add(1);
            match self.rest.first() {
                Some(sign) if *sign == self.sign => self.rest = &self.rest[1..],
                Some(_) => {
                    let end = if self.rest.starts_with(b"\r\n") { 2 } else { 1 };
                    self.rest = &self.rest[end..];
                    self.line = self.line.saturating_add(1);
                    return torn;
                }
                None => return torn,
            }
        }
    }

    /// What stands in quotation marks, to the one that ends it; two of them stand for one. False where none ends it.
    fn quoted(&mut self) -> bool {
        loop {
            let end = self.rest.iter().position(|byte| *byte == b'"');
            let piece = &self.rest[..end.unwrap_or(self.rest.len())];
            self.line = self.line.saturating_add(ends(piece));
            self.keep(piece);
            let Some(end) = end else {
                // Nobody ends it, so it has swallowed what should have been other cells.
                self.is_cut = true;
                self.rest = &[];
                return false;
            };
            self.rest = &self.rest[end + 1..];
            if self.rest.first() != Some(&b'"') {
                return true;
            }
            self.keep(b"\"");
            self.rest = &self.rest[1..];
        }
    }

    /// What stands before the next sign or line end.
    fn plain(&mut self) -> &[u8] {
        let end = self.rest.iter().position(|byte| *byte == self.sign || matches!(byte, b'\r' | b'\n')).unwrap_or(self.rest.len());
        let (piece, rest) = self.rest.split_at(end);
        self.keep(piece);
        self.rest = rest;
        piece
    }

    fn keep(&mut self, piece: &[u8]) {
        let room = LONGEST_CELL.saturating_sub(self.field.len());
        let mut end = room.min(piece.len());
        if end < piece.len() {
            self.is_cut = true;
            // A letter of UTF-8 is not cut in two: its other bytes would make all of the field unreadable.
            while end > 0 && piece[end] & 0xc0 == 0x80 && room - end < 4 {
                end -= 1;
            }
        }
        self.field.extend_from_slice(&piece[..end]);
    }
}

/// How many lines end in a text.
fn ends(text: &[u8]) -> u32 {
    let count =
        text.iter().enumerate().filter(|(at, byte)| **byte == b'\n' || (**byte == b'\r' && text.get(at + 1) != Some(&b'\n'))).count();
    u32::try_from(count).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::csv;
    use proptest::prelude::*;

    /// The rows of a text, each with its line and its cells in their columns.
    fn read(bytes: &[u8], sign: usize) -> Vec<(u32, Vec<(u32, String)>)> {
        let mut rows = Vec::new();
        Separated::new(bytes, &bytes[..bytes.len().min(8192)]).read(sign, &mut |row| {
            rows.push((row.line.unwrap(), row.cells.iter().map(|cell| (cell.column, cell.text.clone())).collect()));
            true
        });
        rows
    }

    fn texts(row: &(u32, Vec<(u32, String)>)) -> Vec<&str> {
        row.1.iter().map(|(_, text)| text.as_str()).collect()
    }

    #[test]
    fn quotes_line_ends_and_signs_inside_of_cells_are_text() {
        let rows = read("ก,\"ข, \"\"ค\"\"\r\nง\",จ\r\n\r\n\"x\"y,=cmd|' /C calc'!A0\rz".as_bytes(), 0);
        assert_eq!(texts(&rows[0]), ["ก", "ข, \"ค\"\r\nง", "จ"]);
        assert_eq!((rows[1].0, texts(&rows[1])), (3, vec![]));
        assert_eq!((rows[2].0, texts(&rows[2])), (4, vec!["xy", "=cmd|' /C calc'!A0"]));
        assert_eq!((rows[3].0, texts(&rows[3])), (5, vec!["z"]));
    }

    #[test]
    fn empty_cells_keep_the_columns_of_the_others() {
        assert_eq!(read(b"a,, b ,\n", 0)[0].1, [(0, "a".to_owned()), (2, "b".to_owned())]);
        assert_eq!(read(b"a;b", 1)[0].1, read(b"a\tb", 2)[0].1);
    }

    #[test]
    fn every_make_of_letters_is_read() {
        let thai = "ที่;ราคา\n";
        let wide: Vec<u8> = thai.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let marked: Vec<u8> = b"\xfe\xff".iter().copied().chain(thai.encode_utf16().flat_map(u16::to_be_bytes)).collect();
        let old = [&[0xb7, 0xd5, 0xe8, b';', 0xc3, 0xd2, 0xa4, 0xd2][..], b"\n"].concat();
        let marked_utf8 = format!("\u{feff}{thai}").into_bytes();
        for bytes in [thai.as_bytes(), &[b"\xff\xfe", &wide[..]].concat(), &marked, &old, &marked_utf8] {
            assert_eq!(texts(&read(bytes, 1)[0]), ["ที่", "ราคา"], "{bytes:?}");
        }
    }

    #[test]
    fn a_long_cell_is_cut_between_letters_and_says_so() {
        for shift in 0..4 {
            let text = format!("{}{}\nx", "a".repeat(shift), "ก".repeat(LONGEST_CELL));
            let mut rows = 0;
            Separated::new(text.as_bytes(), b"a").read(0, &mut |row| {
                rows += 1;
                let cell = &row.cells[0];
                assert_eq!(cell.is_cut, rows == 1);
                assert!(!cell.text.contains('\u{fffd}') && cell.text.len() <= LONGEST_CELL && (rows == 2 || cell.text.ends_with('ก')));
                true
            });
            assert_eq!(rows, 2);
        }
    }

    #[test]
    fn a_row_of_a_million_cells_is_one_row() {
        let text = format!("{}\nx", "a,".repeat(1_000_000));
        let rows = read(text.as_bytes(), 0);
        assert_eq!((rows.len(), rows[0].1.len()), (2, MOST_COLUMNS as usize));
    }

    proptest! {
        /// What our own writer writes is read back, cell by cell.
        #[test]
        fn what_is_written_is_read(table in prop::collection::vec(prop::collection::vec("[a-c ก-ง๑0-9,;\"'=\r\n\t😀]{0,12}", 1..6), 1..8)) {
            let mut out = String::from(csv::BEGIN);
            table.iter().for_each(|row| csv::line(row.iter().cloned(), &mut out));
            let rows = read(out.as_bytes(), 0);
            prop_assert_eq!(rows.len(), table.len());
            for (row, written) in rows.iter().zip(&table) {
                let full = written.iter().enumerate().map(|(i, text)| (i as u32, text.trim().to_owned())).filter(|(_, text)| !text.is_empty());
                prop_assert_eq!(&row.1, &full.collect::<Vec<_>>());
            }
        }

        #[test]
        fn any_bytes_are_read_without_a_panic(bytes in prop::collection::vec(any::<u8>(), 0..300), sign in 0_usize..4) {
            let _ = read(&bytes, sign);
        }
    }
}
