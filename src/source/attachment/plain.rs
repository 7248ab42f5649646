//! Attachments that are text: CSV and the like, in UTF-8, in Windows-874 or with two bytes a letter, line by line and field by field;
//! and XML that a browser would run. Owns the reading of letters of unknown make. Refuses to tell which make it was.

use std::borrow::Cow;
use std::io::{self, BufRead, BufReader, Read, SeekFrom};

use super::kind::{find, is_utf16};
use super::{At, Bytes, Facts, Text, may_hold_number};

/// The longest line that is looked at as one; a longer one is looked at in pieces.
const LONGEST: usize = 64 * 1024;

/// How much of an XML file is searched for scripts.
const MOST_XML: u64 = 16 * 1024 * 1024;

/// The citizens' numbers of a table or a text.
///
/// # Errors
/// When the reader fails.
pub fn examine(bytes: &mut dyn Bytes, head: &[u8]) -> io::Result<Facts> {
    bytes.seek(SeekFrom::Start(0))?;
    let mut text = Text::default();
    match width(head) {
        Width::Wide { is_little } => lines(&mut BufReader::new(Wide::new(bytes, is_little)), &mut text)?,
        Width::Narrow => lines(&mut BufReader::with_capacity(LONGEST, bytes), &mut text)?,
    }
    Ok(text.facts)
}

/// How many bytes a letter takes at least.
enum Width {
    Narrow,
    /// Two; the low one first or the high one.
    Wide {
        is_little: bool,
    },
}

fn width(head: &[u8]) -> Width {
    let is_little = head.starts_with(b"\xff\xfe");
    let is_wide = is_little || head.starts_with(b"\xfe\xff") || (head.contains(&0) && is_utf16(head));
    if !is_wide {
        return Width::Narrow;
    }
    // Without a mark, the half that is zero for ASCII tells the order.
    let zeros = |half: usize| head.chunks_exact(2).filter(|pair| pair[half] == 0).count();
    Width::Wide { is_little: is_little || (!head.starts_with(b"\xfe\xff") && zeros(1) >= zeros(0)) }
}

/// A text that begins so, without its mark and with one byte for each letter of ASCII.
pub(super) fn narrow<'a>(bytes: &'a [u8], head: &[u8]) -> Cow<'a, [u8]> {
    let bytes = match width(head) {
        Width::Narrow => Cow::Borrowed(bytes),
        Width::Wide { is_little } => {
            let mut text = Vec::with_capacity(bytes.len());
            // Reading what is in memory does not fail.
            let _ = Wide::new(bytes, is_little).read_to_end(&mut text);
            Cow::Owned(text)
        }
    };
    match (bytes.strip_prefix(b"\xef\xbb\xbf").map(<[u8]>::len), bytes) {
        (None, bytes) => bytes,
        (Some(rest), Cow::Borrowed(bytes)) => Cow::Borrowed(&bytes[bytes.len() - rest..]),
        (Some(rest), Cow::Owned(mut bytes)) => {
            bytes.drain(..bytes.len() - rest);
            Cow::Owned(bytes)
        }
    }
}

/// The letters of a piece: those of UTF-8 where it is that, else those of Windows-874.
pub(super) fn letters(piece: &[u8]) -> Cow<'_, str> {
    match std::str::from_utf8(piece) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => piece.iter().map(|byte| letter(*byte)).collect(),
    }
}

fn lines(reader: &mut dyn BufRead, text: &mut Text) -> io::Result<()> {
    let (mut line, mut number) = (Vec::new(), 1_u32);
    loop {
        let read = reader.take((LONGEST - line.len()) as u64).read_until(b'\n', &mut line)?;
        let ends = line.ends_with(b"\n");
        if ends || line.len() < LONGEST {
            fields(&line, number, text);
            line.clear();
            number = number.saturating_add(u32::from(ends));
            if read == 0 {
                return Ok(());
            }
        } else {
            // Cut where no number can stand; where there is no such place, nothing that people write is cut.
            let cut = line.iter().rposition(|byte| is_end_of_field(*byte)).map_or(line.len(), |at| at + 1);
            fields(&line[..cut], number, text);
            line.drain(..cut);
        }
    }
}

fn is_end_of_field(byte: u8) -> bool {
    matches!(byte, b',' | b';' | b'\t' | b'|' | b'"' | b'\r' | b'\n')
}

fn fields(line: &[u8], number: u32, text: &mut Text) {
    if !may_hold_number(line) {
        return;
    }
    for field in line.split(|byte| is_end_of_field(*byte)).filter(|field| may_hold_number(field)) {
        text.take(&letters(field), || At::Line(number));
    }
}

/// The letter of a byte in Windows-874.
fn letter(byte: u8) -> char {
    match byte {
        0..=0x7f => char::from(byte),
        0x80 => '\u{20ac}',
        0x85 => '\u{2026}',
        0x91 => '\u{2018}',
        0x92 => '\u{2019}',
        0x93 => '\u{201c}',
        0x94 => '\u{201d}',
        0x95 => '\u{2022}',
        0x96 => '\u{2013}',
        0x97 => '\u{2014}',
        0xa0 => '\u{a0}',
        0xa1..=0xda | 0xdf..=0xfb => char::from_u32(0x0e00 + u32::from(byte) - 0xa0).unwrap_or(char::REPLACEMENT_CHARACTER),
        _ => char::REPLACEMENT_CHARACTER,
    }
}

/// A text with two bytes a letter as one in UTF-8.
struct Wide<R> {
    inner: R,
    is_little: bool,
    narrow: Vec<u8>,
    at: usize,
}

impl<R: Read> Wide<BufReader<R>> {
    fn new(inner: R, is_little: bool) -> Self {
        Self { inner: BufReader::with_capacity(LONGEST, inner), is_little, narrow: Vec::new(), at: 0 }
    }
}

impl<R: Read> Read for Wide<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if self.at == self.narrow.len() {
            let mut pairs = Vec::new();
            (&mut self.inner).take(16 * 1024).read_to_end(&mut pairs)?;
            let unit =
                |pair: &[u8]| if self.is_little { u16::from_le_bytes([pair[0], pair[1]]) } else { u16::from_be_bytes([pair[0], pair[1]]) };
            let units = pairs.chunks_exact(2).map(unit);
            let text: String = char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect();
            (self.narrow, self.at) = (text.into_bytes(), 0);
        }
        let count = into.len().min(self.narrow.len() - self.at);
        into[..count].copy_from_slice(&self.narrow[self.at..self.at + count]);
        self.at += count;
        Ok(count)
    }
}

/// Names that a browser draws an XML file by, and what makes it run something.
const DRAWN: &[&[u8]] = &[b"http://www.w3.org/1999/xhtml", b"http://www.w3.org/2000/svg"];
const RUN: &[&[u8]] =
    &[b"<script", b":script", b"javascript:", b"onload=", b"onclick=", b"onerror=", b"onmouseover=", b"onfocus=", b"onbegin="];

/// Does a browser run something in this XML?
///
/// # Errors
/// When the reader fails.
pub fn has_script(bytes: &mut dyn Bytes) -> io::Result<bool> {
    bytes.seek(SeekFrom::Start(0))?;
    let (mut window, mut is_drawn, mut is_run) = (Vec::new(), false, false);
    let mut rest = bytes.take(MOST_XML);
    loop {
        let before = window.len();
        (&mut rest).take(LONGEST as u64).read_to_end(&mut window)?;
        is_drawn |= DRAWN.iter().any(|name| find(&window, name).is_some());
        is_run |= RUN.iter().any(|name| find(&window, name).is_some());
        if window.len() == before || (is_drawn && is_run) {
            return Ok(is_drawn && is_run);
        }
        // What was cut at the end may be one of them.
        window.drain(..window.len().saturating_sub(32));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_signs_of_windows_874_are_letters() {
        let signs: String = [0x80, 0x85, 0x91, 0x92, 0x93, 0x94, 0x95, 0x96, 0x97].map(letter).iter().collect();
        assert_eq!(signs, "€…‘’“”•–—");
        assert_eq!(letters(b"\xa1\x93\xa2\x94"), "ก“ข”");
        assert!((0x80..=0xff).filter(|byte| letter(*byte) == char::REPLACEMENT_CHARACTER).eq([
            0x81, 0x82, 0x83, 0x84, 0x86, 0x87, 0x88, 0x89, 0x8a, 0x8b, 0x8c, 0x8d, 0x8e, 0x8f, 0x90, 0x98, 0x99, 0x9a, 0x9b, 0x9c, 0x9d,
            0x9e, 0x9f, 0xdb, 0xdc, 0xdd, 0xde, 0xfc, 0xfd, 0xfe, 0xff
        ]));
    }
}
