//! The XML inside of documents, as a stream of what stands in it. The one module that names quick-xml. Owns the bounds: the longest piece,
//! the deepest nesting. Refuses to know declarations of entities, so that none grows, and to mend: what is damaged ends there.

use std::borrow::Cow;
use std::io::{self, BufRead, BufReader, Read};

use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;

/// The longest tag or text that is read; a cell holds 32,767 characters at most.
const LONGEST: usize = 1024 * 1024;

/// The deepest nesting that is followed.
const DEEPEST: usize = 256;

/// What stands in XML. Names are without their prefix.
pub enum Token<'a> {
    /// An element begins.
    Open(Element<'a>),
    /// An element ends.
    Close(&'a str),
    /// Characters; a text may come in several.
    Text(&'a str),
}

/// The beginning of an element.
pub struct Element<'a>(&'a BytesStart<'a>);

impl Element<'_> {
    /// Its name.
    pub fn name(&self) -> &str {
        local(self.0.name().into_inner())
    }

    /// The value of an attribute.
    pub fn attribute(&self, name: &str) -> Option<Cow<'_, str>> {
        let mut all = self.0.attributes();
        let found = all.with_checks(false).filter_map(Result::ok).find(|attribute| local(attribute.key.into_inner()) == name);
        found.and_then(|attribute| attribute.normalized_value(XmlVersion::Implicit1_0).ok())
    }

    /// Hands over all attributes as they are written, references and all: for plain words, of which there are millions.
    pub fn each_plain(&self, take: &mut dyn FnMut(&str, &str)) {
        for attribute in self.0.attributes().with_checks(false).filter_map(Result::ok) {
            take(local(attribute.key.into_inner()), &attribute.value);
        }
    }
}

/// A name without its prefix.
fn local(name: &str) -> &str {
    match name.as_bytes().iter().rposition(|byte| *byte == b':') {
        Some(at) => &name[at + 1..],
        None => name,
    }
}

/// Reads XML to its end, as far as it is whole, or until `visit` has seen enough.
pub fn read(part: &mut dyn Read, visit: &mut dyn FnMut(Token<'_>) -> bool) {
    let mut reader = Reader::from_reader(Bounded { inner: BufReader::with_capacity(32 * 1024, part), left: LONGEST });
    let config = reader.config_mut();
    config.allow_dangling_amp = true;
    // What ends where is the affair of whoever reads; names that differ do no harm here, and comparing them takes time.
    config.check_end_names = false;
    let (mut buffer, mut depth) = (Vec::new(), 0_usize);
    loop {
        buffer.clear();
        reader.get_mut().left = LONGEST;
        let goes_on = match reader.read_event_into(&mut buffer) {
            Ok(Event::Start(start)) => {
                depth += 1;
                depth <= DEEPEST && visit(Token::Open(Element(&start)))
            }
            Ok(Event::Empty(start)) => visit(Token::Open(Element(&start))) && visit(Token::Close(Element(&start).name())),
            Ok(Event::End(end)) => {
                depth = depth.saturating_sub(1);
                visit(Token::Close(local(end.name().into_inner())))
            }
            Ok(Event::Text(text)) => visit(Token::Text(&text)),
            Ok(Event::CData(text)) => visit(Token::Text(&text)),
            Ok(Event::GeneralRef(reference)) => {
                let own = |c: char| visit(Token::Text(c.encode_utf8(&mut [0; 4])));
                character(&reference).is_none_or(own)
            }
            Ok(Event::Eof) | Err(_) => false,
            Ok(_) => true,
        };
        if !goes_on {
            return;
        }
    }
}

/// The character that a reference stands for; those that a document declares itself stand for nothing here.
fn character(reference: &quick_xml::events::BytesRef<'_>) -> Option<char> {
    if let Ok(Some(c)) = reference.resolve_char_ref() {
        return Some(c);
    }
    Some(match &**reference {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        _ => return None,
    })
}

/// A reader that gives up where one piece takes more than [`LONGEST`].
struct Bounded<R> {
    inner: BufReader<R>,
    left: usize,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        self.inner.read(into)
    }
}

impl<R: Read> BufRead for Bounded<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.left == 0 { Err(io::ErrorKind::FileTooLarge.into()) } else { self.inner.fill_buf() }
    }

    fn consume(&mut self, count: usize) {
        self.left = self.left.saturating_sub(count);
        self.inner.consume(count);
    }
}
