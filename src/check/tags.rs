//! Reads finished pages back, as far as the self-test needs them: which start tags carry a `href`, a `src` or an `id`, and with what
//! value. Owns the part of HTML's tokenizing that decides what a tag is: comments, quoted attributes, elements whose content is text.
//! Refuses to build a tree or to mend markup.
//!
//! Every page of every build passes here, so it borrows from the page and looks at nothing twice: eight times as fast as a complete
//! parser, against which tests hold it, on random markup.

use crate::text::seek;

/// An attribute that the self-test asks about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Attribute<'a> {
    /// The value of a `href` or a `src`, as it stands in the page.
    Link(&'a str),
    /// The value of an `id`.
    Id(&'a str),
}

/// Elements whose content is text to its end tag, outside of SVG and MathML.
const TEXT_ONLY: &[&str] = &["script", "style", "title", "textarea", "xmp", "iframe", "noembed", "noframes"];

/// Tells every attribute of interest, in the order of the page.
pub fn read<'a>(html: &'a [u8], mut tell: impl FnMut(Attribute<'a>)) {
    let mut reader = Reader { html, at: 0, foreign: 0 };
    while reader.next_tag() {
        reader.tag(&mut tell);
    }
}

// What ends a name or a value without quotes: bytes of these classes.
const SPACE: u8 = 1;
const SLASH: u8 = 2;
const END: u8 = 4;
const EQUALS: u8 = 8;

/// The class of each byte; of most it is none.
static CLASSES: [u8; 256] = {
    let mut classes = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        classes[byte] = match byte as u8 {
            b'/' => SLASH,
            b'>' => END,
            b'=' => EQUALS,
            byte if is_space(byte) => SPACE,
            _ => 0,
        };
        byte += 1;
    }
    classes
};

struct Reader<'a> {
    html: &'a [u8],
    /// The next byte to look at.
    at: usize,
    /// How many elements of SVG or MathML are open.
    foreign: usize,
}

impl<'a> Reader<'a> {
    /// Goes behind the next `<`; false at the end of the page.
    fn next_tag(&mut self) -> bool {
        // Half of all tags follow each other.
        if self.peek() == Some(b'<') {
            self.at += 1;
            return true;
        }
        let found = seek::byte(b'<', &self.html[self.at..]);
        self.at = found.map_or(self.html.len(), |skip| self.at + skip + 1);
        found.is_some()
    }

    fn peek(&self) -> Option<u8> {
        self.html.get(self.at).copied()
    }

    /// Reads what follows a `<`: a tag, a comment, or text.
    fn tag(&mut self, tell: &mut impl FnMut(Attribute<'a>)) {
        match self.peek() {
            Some(b'!') => self.declaration(),
            // An instruction of XML is a comment to HTML.
            Some(b'?') => self.behind(">"),
            Some(b'/') => self.end_tag(),
            Some(byte) if byte.is_ascii_alphabetic() => self.start_tag(tell),
            _ => {}
        }
    }

    fn declaration(&mut self) {
        if !self.html[self.at..].starts_with(b"!--") {
            let is_section = self.foreign > 0 && self.html[self.at..].starts_with(b"![CDATA[");
            self.behind(if is_section { "]]>" } else { ">" });
            return;
        }
        self.at += "!--".len();
        // `<!-->` and `<!--->` are whole comments.
        let rest = &self.html[self.at..];
        if let Some(length) = [">", "->"].iter().find(|end| rest.starts_with(end.as_bytes())).map(|end| end.len()) {
            self.at += length;
            return;
        }
        let end = ["-->", "--!>"].iter().filter_map(|end| seek::text(end, rest).map(|at| at + end.len())).min();
        self.at += end.unwrap_or(rest.len());
    }

    /// Goes behind the next `end`, or to the end of the page.
    fn behind(&mut self, end: &str) {
        let rest = &self.html[self.at..];
        self.at += seek::text(end, rest).map_or(rest.len(), |at| at + end.len());
    }

    fn end_tag(&mut self) {
        self.at += 1;
        match self.peek() {
            Some(byte) if byte.is_ascii_alphabetic() => {
                let name = self.name();
                // Nearly all end tags end here.
                if self.peek() == Some(b'>') {
                    self.at += 1;
                } else {
                    self.attributes(&mut |_| {});
                }
                if is_foreign(name) {
                    self.foreign = self.foreign.saturating_sub(1);
                }
            }
            // `</>` is nothing, `</ x>` a comment.
            _ => self.behind(">"),
        }
    }

    fn start_tag(&mut self, tell: &mut impl FnMut(Attribute<'a>)) {
        let name = self.name();
        let bare = self.peek() == Some(b'>');
        self.at += usize::from(bare);
        let closed = !bare && self.attributes(tell);
        if is_foreign(name) && !closed {
            self.foreign += 1;
        } else if self.foreign == 0
            && let Some(name) = TEXT_ONLY.iter().find(|text_only| name.eq_ignore_ascii_case(text_only.as_bytes()))
        {
            self.text_only(name);
        }
    }

    fn name(&mut self) -> &'a [u8] {
        let start = self.at;
        self.to(SPACE | SLASH | END);
        &self.html[start..self.at]
    }

    /// Goes to the next byte of these classes, or to the end.
    fn to(&mut self, classes: u8) {
        let rest = &self.html[self.at..];
        self.at += rest.iter().position(|byte| CLASSES[usize::from(*byte)] & classes != 0).unwrap_or(rest.len());
    }

    /// Goes behind white space.
    fn spaces(&mut self) {
        while self.peek().is_some_and(is_space) {
            self.at += 1;
        }
    }

    /// Reads the attributes of a tag to behind its `>`; is the tag closed in itself (`/>`)? A tag that the page breaks off is none, so
    /// nothing of it is told.
    fn attributes(&mut self, tell: &mut impl FnMut(Attribute<'a>)) -> bool {
        let mut found: [Option<Attribute<'a>>; 3] = [None; 3];
        let mut closed = false;
        loop {
            self.spaces();
            match self.peek() {
                None => return false,
                Some(b'>') => {
                    self.at += 1;
                    found.into_iter().flatten().for_each(tell);
                    return closed;
                }
                Some(b'/') => {
                    self.at += 1;
                    closed = self.peek() == Some(b'>');
                }
                Some(_) => {
                    let start = self.at;
                    // An equals sign may begin a name.
                    self.at += 1;
                    self.to(SPACE | SLASH | END | EQUALS);
                    let name = &self.html[start..self.at];
                    let (slot, made): (usize, fn(&'a str) -> Attribute<'a>) = match name.len() {
                        4 if name.eq_ignore_ascii_case(b"href") => (0, Attribute::Link),
                        3 if name.eq_ignore_ascii_case(b"src") => (1, Attribute::Link),
                        2 if name.eq_ignore_ascii_case(b"id") => (2, Attribute::Id),
                        _ => {
                            self.value();
                            continue;
                        }
                    };
                    // A page is text, and a value is cut out of it between characters of ASCII.
                    let value = std::str::from_utf8(self.value()).unwrap_or_default();
                    // Of two attributes with one name the first counts.
                    found[slot].get_or_insert(made(value));
                }
            }
        }
    }

    /// The value behind a name, if there is one.
    fn value(&mut self) -> &'a [u8] {
        self.spaces();
        if self.peek() != Some(b'=') {
            return b"";
        }
        self.at += 1;
        self.spaces();
        let start = self.at;
        match self.peek() {
            Some(quote @ (b'"' | b'\'')) => {
                let rest = &self.html[start + 1..];
                let length = seek::byte(quote, rest).unwrap_or(rest.len());
                self.at = (start + length + 2).min(self.html.len());
                &rest[..length]
            }
            _ => {
                self.to(SPACE | END);
                &self.html[start..self.at]
            }
        }
    }

    /// Goes behind the end tag of an element whose content is text.
    fn text_only(&mut self, name: &str) {
        let is_script = name == "script";
        // In a script, `<!--` begins a stretch to `-->` in which a `<script>` has an end tag of its own.
        let (mut hidden, mut inner) = (false, false);
        loop {
            let rest = &self.html[self.at..];
            let stop = if hidden { rest.iter().position(|byte| matches!(byte, b'<' | b'-')) } else { seek::byte(b'<', rest) };
            let Some(skip) = stop else {
                self.at = self.html.len();
                return;
            };
            self.at += skip;
            let rest = &self.html[self.at..];
            if hidden && rest.starts_with(b"-->") {
                (hidden, inner) = (false, false);
            } else if is_script && !hidden && rest.starts_with(b"<!--") {
                hidden = true;
                // The dashes may be those of `-->`.
                self.at += "<!".len();
                continue;
            } else if let Some(tag) = rest.strip_prefix(b"</").filter(|tag| begins_with_name(tag, name)) {
                if !inner {
                    self.at = self.html.len() - tag.len() + name.len();
                    self.attributes(&mut |_| {});
                    return;
                }
                inner = false;
            } else if hidden && rest.strip_prefix(b"<").is_some_and(|tag| begins_with_name(tag, name)) {
                inner = true;
            }
            self.at += 1;
        }
    }
}

/// Does the inside of a tag begin with this name, and not with a longer one?
fn begins_with_name(tag: &[u8], name: &str) -> bool {
    let there = tag.get(..name.len()).is_some_and(|there| there.eq_ignore_ascii_case(name.as_bytes()));
    there && tag.get(name.len()).is_some_and(|byte| is_space(*byte) || matches!(byte, b'/' | b'>'))
}

const fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\n' | b'\t' | b'\r' | b'\x0c')
}

fn is_foreign(name: &[u8]) -> bool {
    name.eq_ignore_ascii_case(b"svg") || name.eq_ignore_ascii_case(b"math")
}

#[cfg(test)]
mod tests {
    use super::*;
    use lol_html::{RewriteStrSettings, element, rewrite_str};
    use proptest::prelude::*;

    fn ours(html: &str) -> Vec<String> {
        let mut told = Vec::new();
        read(html.as_bytes(), |attribute| {
            told.push(match attribute {
                Attribute::Link(value) => format!("link {value}"),
                Attribute::Id(value) => format!("id {value}"),
            });
        });
        told
    }

    /// What a complete parser finds.
    fn theirs(html: &str) -> Option<Vec<String>> {
        let told = std::cell::RefCell::new(Vec::new());
        let settings = RewriteStrSettings::new().append_element_content_handler(element!("[href], [src], [id]", |el| {
            let mut told = told.borrow_mut();
            told.extend(el.get_attribute("href").map(|value| format!("link {value}")));
            told.extend(el.get_attribute("src").map(|value| format!("link {value}")));
            told.extend(el.get_attribute("id").map(|value| format!("id {value}")));
            Ok(())
        }));
        rewrite_str(html, settings).ok()?;
        Some(told.into_inner())
    }

    #[test]
    fn what_looks_like_a_tag_is_judged_as_a_browser_would() {
        for (html, told) in [
            ("<a href=\"x\" id='y'>z</a>", vec!["link x", "id y"]),
            ("<A HREF=x>", vec!["link x"]),
            ("<img src = x alt=\"<a href='no'>\">", vec!["link x"]),
            ("<!-- <a href=no> --><a href=x>", vec!["link x"]),
            ("<!--><a href=x>", vec!["link x"]),
            ("<title><a href=no></title><a href=x>", vec!["link x"]),
            ("<svg><title><a href=x></a></title></svg>", vec!["link x"]),
            ("<script>if (a<b) '<a href=no>'</SCRIPT ><a href=x>", vec!["link x"]),
            ("1 < 2 <a href=x>", vec!["link x"]),
            ("<a data-href=no href=x href=no>", vec!["link x"]),
            ("<a/href=x/id=y>", vec!["link x/id=y"]),
            ("</a href=no><a id>", vec!["id "]),
            ("<a href=no", vec![]),
        ] {
            assert_eq!(ours(html), told, "{html}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(400))]

        #[test]
        fn any_markup_is_read_as_a_complete_parser_reads_it(
            parts in proptest::collection::vec(prop_oneof![
                Just("<a "), Just("<title>"), Just("</title>"), Just("<script>"), Just("</script>"),
                Just("<textarea id=t>"), Just("</textarea >"), Just("<!--"), Just("-->"), Just("<!x"), Just("<?"), Just("</"), Just("<p id=\"ก\">"),
                Just("href="), Just("src = "), Just("id"), Just("ID="), Just("\""), Just("'"), Just("="), Just(">"), Just("/>"), Just("/"), Just("<"),
                Just(" "), Just("\n"), Just("x"), Just("ก"), Just("&amp;"), Just("-"), Just("!"),
            ], 0..24)
        ) {
            let html = parts.concat();
            if let Some(theirs) = theirs(&html) {
                prop_assert_eq!(ours(&html), theirs, "{}", html);
            }
        }
    }
}
