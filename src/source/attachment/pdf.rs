//! PDFs: whether the file is whole, needs a password, and has any text. Owns a walk from object to object that needs no table of them, so
//! that a damaged one does not mislead it. Refuses fonts, letters and pictures: text is what the operators that show text tell.
//!
//! A page of a scan has a picture and no such operator. Where a stream can't be unpacked, or there is more than is unpacked here, nothing
//! is known, and nothing is said.

use std::io::{self, Read, SeekFrom};

use super::ascii85::Ascii85;
use super::kind::find;
use super::{Bytes, Trouble};
use crate::base::packing;

/// How many bytes are unpacked of one file in all.
const MOST_UNPACKED: u64 = 64 * 1024 * 1024;

/// How many bytes of an object that is no stream are held; longer ones are tables, of which only the end matters.
const LONGEST_OBJECT: usize = 64 * 1024;

/// How much of a packed list of objects is held.
const LONGEST_LIST: usize = 4 * 1024 * 1024;

/// How far from the end the mark of the end is looked for first.
const TAIL: u64 = 64 * 1024;

/// What is wrong with a PDF.
///
/// # Errors
/// When the reader fails.
pub fn examine(bytes: &mut dyn Bytes, size: u64) -> io::Result<Option<Trouble>> {
    if is_cut_off(bytes, size)? {
        return Ok(Some(Trouble::CutOff));
    }
    let mut look = Look { room: MOST_UNPACKED, ..Look::default() };
    walk(&mut Walk::new(bytes), &mut look)?;
    Ok(if look.is_encrypted {
        Some(Trouble::Encrypted)
    } else if look.has_page && !look.has_text && !look.is_unsure {
        Some(Trouble::Scan)
    } else {
        None
    })
}

/// Is there no mark of the end, or does the file say that it is longer?
fn is_cut_off(bytes: &mut dyn Bytes, size: u64) -> io::Result<bool> {
    let mut window = Vec::new();
    bytes.seek(SeekFrom::Start(0))?;
    (&mut *bytes).take(1024).read_to_end(&mut window)?;
    // One that is made to be shown while it arrives says its length in the beginning.
    if has_name(&window, b"/Linearized") && number_after(&window, b"/L").is_some_and(|length| length > size) {
        return Ok(true);
    }
    window.clear();
    bytes.seek(SeekFrom::Start(size.saturating_sub(TAIL)))?;
    (&mut *bytes).take(TAIL).read_to_end(&mut window)?;
    if find(&window, b"%%EOF").is_some() || find(&window, b"startxref").is_some() {
        return Ok(false);
    }
    // Others put their own after the end, however much.
    window.clear();
    bytes.seek(SeekFrom::Start(0))?;
    while (&mut *bytes).take(TAIL).read_to_end(&mut window)? > 0 {
        if find(&window, b"%%EOF").is_some() {
            return Ok(false);
        }
        window.drain(..window.len().saturating_sub(8));
    }
    Ok(true)
}

/// What is known so far.
#[derive(Default)]
struct Look {
    has_page: bool,
    has_text: bool,
    is_encrypted: bool,
    /// Was there something that might hold text and could not be read?
    is_unsure: bool,
    /// How much may still be unpacked.
    room: u64,
}

impl Look {
    /// An object that is no stream, or what stands between objects.
    fn object(&mut self, object: &[u8]) {
        self.has_page |= has_pair(object, b"/Type", b"/Page");
        if let Some(at) = find(object, b"trailer") {
            self.is_encrypted |= has_name(&object[at..], b"/Encrypt");
        }
    }
}

/// What a stream is to this look.
enum Stream {
    /// A picture, a font, or anything else that is no content of a page.
    Other,
    /// It may be content of a page.
    Content,
    /// A list of objects.
    Objects,
}

fn walk(walk: &mut Walk<'_>, look: &mut Look) -> io::Result<()> {
    let (mut object, mut is_whole) = (Vec::new(), true);
    while let Some(byte) = walk.next()? {
        object.push(byte);
        match byte {
            b'\n' | b'\r' if ends_as_stream(&object) => {
                let start = walk.after_line_end(byte)?;
                let Some(end) = walk.end_of_stream(start, direct_length(&object))? else {
                    look.is_unsure = true;
                    break;
                };
                look.is_unsure |= !is_whole;
                stream(walk, look, (&object, start, end))?;
                if look.has_text {
                    return Ok(());
                }
                walk.jump(end)?;
                object.clear();
                is_whole = true;
            }
            b'j' if object.ends_with(b"endobj") => {
                look.object(&object);
                object.clear();
                is_whole = true;
            }
            _ if object.len() > LONGEST_OBJECT => {
                look.object(&object);
                object.drain(..LONGEST_OBJECT - 1024);
                is_whole = false;
            }
            _ => {}
        }
    }
    look.object(&object);
    Ok(())
}

/// Looks into a stream: its dictionary, and where its bytes begin and end.
fn stream(walk: &mut Walk<'_>, look: &mut Look, (dictionary, start, end): (&[u8], u64, u64)) -> io::Result<()> {
    look.is_encrypted |= has_pair(dictionary, b"/Type", b"/XRef") && has_name(dictionary, b"/Encrypt");
    let kind = kind(dictionary);
    if matches!(kind, Stream::Other) {
        return Ok(());
    }
    let is_packed = |name: &[u8]| matches!(name, b"FlateDecode" | b"Fl");
    let is_letters = |name: &[u8]| matches!(name, b"ASCII85Decode" | b"A85");
    let filters = filters(dictionary);
    let (in_letters, packed) = match filters.as_deref() {
        Some([]) => (false, false),
        Some([one]) if is_packed(one) => (false, true),
        Some([one]) if is_letters(one) => (true, false),
        Some([one, two]) if is_letters(one) && is_packed(two) => (true, true),
        _ => {
            look.is_unsure = true;
            return Ok(());
        }
    };
    if number_after(dictionary, b"/Predictor").is_some_and(|predictor| predictor > 1) {
        look.is_unsure = true;
        return Ok(());
    }
    walk.bytes.seek(SeekFrom::Start(start))?;
    let bytes = (&mut *walk.bytes).take(end - start);
    let mut bytes: Box<dyn Read + '_> = if in_letters { Box::new(Ascii85::new(bytes)) } else { Box::new(bytes) };
    let (mut operators, mut list) = (Operators::default(), Vec::new());
    let is_list = matches!(kind, Stream::Objects);
    let mut visit = |piece: &[u8]| {
        if is_list {
            list.extend_from_slice(piece);
            list.len() <= LONGEST_LIST
        } else {
            operators.read(piece);
            !operators.show_text
        }
    };
    let done = if packed {
        packing::unpack(&mut bytes, &mut look.room, &mut visit)
    } else {
        packing::pieces(&mut bytes, &mut look.room, &mut visit)
    };
    operators.read(b" ");
    look.is_unsure |= done.is_err() || list.len() > LONGEST_LIST;
    look.has_text |= operators.show_text;
    look.has_page |= has_pair(&list, b"/Type", b"/Page");
    Ok(())
}

fn kind(dictionary: &[u8]) -> Stream {
    let is = |pair: (&[u8], &[u8])| has_pair(dictionary, pair.0, pair.1);
    if is((b"/Type", b"/ObjStm")) {
        return Stream::Objects;
    }
    let others: &[(&[u8], &[u8])] =
        &[(b"/Subtype", b"/Image"), (b"/Type", b"/XRef"), (b"/Type", b"/Metadata"), (b"/Type", b"/EmbeddedFile"), (b"/Subtype", b"/XML")];
    let fonts: &[&[u8]] = &[b"/Length1", b"/Length2", b"/CMapName", b"/FunctionType", b"/ShadingType", b"/Alternate"];
    let faces: &[&[u8]] = &[b"/Type1C", b"/CIDFontType0C", b"/OpenType"];
    let of_pictures: &[&[u8]] = &[b"/DCTDecode", b"/JPXDecode", b"/CCITTFaxDecode", b"/JBIG2Decode"];
    let is_profile = has_name(dictionary, b"/N") && !has_name(dictionary, b"/Type");
    let is_named = fonts.iter().chain(faces).chain(of_pictures).any(|name| has_name(dictionary, name));
    if is_named || is_profile || others.iter().any(|pair| is(*pair)) { Stream::Other } else { Stream::Content }
}

/// Operators of content, as they come in pieces.
#[derive(Default)]
struct Operators {
    /// The word that is being read; of a longer one, its beginning.
    word: Vec<u8>,
    is_in_text: bool,
    show_text: bool,
}

impl Operators {
    /// Words count wherever they stand, in strings and pictures too: that may hide a scan, and accuses none.
    fn read(&mut self, piece: &[u8]) {
        for byte in piece {
            if is_regular(*byte) {
                if self.word.len() < 4 {
                    self.word.push(*byte);
                }
                continue;
            }
            match self.word.as_slice() {
                b"" => continue,
                b"BT" => self.is_in_text = true,
                b"Tj" | b"TJ" => self.show_text = true,
                b"'" | b"\"" => self.show_text |= self.is_in_text,
                _ => {}
            }
            self.word.clear();
        }
    }
}

/// Is this a character of a word, and none that ends one?
fn is_regular(byte: u8) -> bool {
    !matches!(byte, 0 | b'\t' | b'\n' | 0x0c | b'\r' | b' ' | b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%')
}

/// What stands after each place where a name stands.
fn after<'a>(text: &'a [u8], name: &'a [u8]) -> impl Iterator<Item = &'a [u8]> {
    let mut rest = text;
    std::iter::from_fn(move || {
        loop {
            rest = &rest[find(rest, name)? + name.len()..];
            if rest.first().is_none_or(|next| !is_regular(*next)) {
                return Some(rest.trim_ascii_start());
            }
        }
    })
}

fn has_name(text: &[u8], name: &[u8]) -> bool {
    after(text, name).next().is_some()
}

fn has_pair(text: &[u8], name: &[u8], value: &[u8]) -> bool {
    after(text, name).any(|rest| rest.strip_prefix(value).is_some_and(|rest| rest.first().is_none_or(|next| !is_regular(*next))))
}

fn number_after(text: &[u8], name: &[u8]) -> Option<u64> {
    let rest = after(text, name).next()?;
    let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
    std::str::from_utf8(&rest[..digits]).ok()?.parse().ok()
}

/// The length that a dictionary says itself, not by naming another object.
fn direct_length(dictionary: &[u8]) -> Option<u64> {
    let rest = after(dictionary, b"/Length").next()?;
    let mut words = rest.split(|byte| !is_regular(*byte)).filter(|word| !word.is_empty());
    let length = std::str::from_utf8(words.next()?).ok()?.parse().ok()?;
    let is_reference = words.next().is_some_and(|word| word.iter().all(u8::is_ascii_digit)) && words.next() == Some(b"R");
    (!is_reference).then_some(length)
}

/// The filters of a stream. `None` where another object says them.
fn filters(dictionary: &[u8]) -> Option<Vec<Vec<u8>>> {
    let Some(rest) = after(dictionary, b"/Filter").next() else { return Some(Vec::new()) };
    let list = match rest.first()? {
        b'[' => &rest[1..find(rest, b"]")?],
        b'/' => &rest[..1 + rest[1..].iter().position(|byte| !is_regular(*byte)).unwrap_or(rest.len() - 1)],
        _ => return None,
    };
    let names = list.split(|byte| *byte == b'/').map(<[u8]>::trim_ascii);
    Some(names.filter(|name| !name.is_empty()).map(<[u8]>::to_vec).collect())
}

/// Does a dictionary end here, and the word that begins a stream follow it?
fn ends_as_stream(object: &[u8]) -> bool {
    let before = object.trim_ascii_end().strip_suffix(b"stream").map(<[u8]>::trim_ascii_end);
    before.is_some_and(|before| before.ends_with(b">>"))
}

/// The file, byte by byte.
struct Walk<'a> {
    bytes: &'a mut dyn Bytes,
    buffer: Vec<u8>,
    at: usize,
    /// Where the buffer begins in the file.
    start: u64,
}

impl<'a> Walk<'a> {
    fn new(bytes: &'a mut dyn Bytes) -> Self {
        Self { bytes, buffer: Vec::new(), at: 0, start: 0 }
    }

    /// Fills the buffer where all of it was read; false at the end of the file.
    fn fill(&mut self) -> io::Result<bool> {
        if self.at == self.buffer.len() {
            self.start += self.buffer.len() as u64;
            self.buffer.clear();
            self.at = 0;
            self.bytes.seek(SeekFrom::Start(self.start))?;
            (&mut *self.bytes).take(LONGEST_OBJECT as u64).read_to_end(&mut self.buffer)?;
        }
        Ok(!self.buffer.is_empty())
    }

    fn next(&mut self) -> io::Result<Option<u8>> {
        if !self.fill()? {
            return Ok(None);
        }
        self.at += 1;
        Ok(Some(self.buffer[self.at - 1]))
    }

    fn jump(&mut self, to: u64) -> io::Result<()> {
        match to.checked_sub(self.start) {
            Some(at) if at < self.buffer.len() as u64 => self.at = at as usize,
            _ => {
                (self.start, self.at) = (to, 0);
                self.buffer.clear();
            }
        }
        Ok(())
    }

    fn position(&self) -> u64 {
        self.start + self.at as u64
    }

    /// Where a stream begins whose line ends with this byte: a return may have a line feed with it.
    fn after_line_end(&mut self, end: u8) -> io::Result<u64> {
        let is_pair = end == b'\r' && self.fill()? && self.buffer[self.at] == b'\n';
        Ok(self.position() + u64::from(is_pair))
    }

    /// Where the stream that begins here ends: where it says, if the word for that stands there, else at the next such word.
    fn end_of_stream(&mut self, start: u64, length: Option<u64>) -> io::Result<Option<u64>> {
        if let Some(end) = length.and_then(|length| start.checked_add(length)) {
            let mut word = Vec::new();
            self.bytes.seek(SeekFrom::Start(end))?;
            (&mut *self.bytes).take(16).read_to_end(&mut word)?;
            if word.trim_ascii_start().starts_with(b"endstream") {
                return Ok(Some(end));
            }
        }
        self.jump(start)?;
        let word = b"endstream";
        let mut met = 0;
        while let Some(byte) = self.next()? {
            // Where the word breaks off, what was read may be the beginning of the next: `endstrendstream`.
            met = match byte {
                byte if byte == word[met] => met + 1,
                b'n' if met == 7 => 2,
                byte => usize::from(byte == word[0]),
            };
            if met == word.len() {
                return Ok(Some(self.position() - word.len() as u64));
            }
        }
        Ok(None)
    }
}
