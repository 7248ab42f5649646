//! YAML as a tree in which every node knows its bytes. Owns syntax and the limits against hostile files.
//! The one module that names the YAML parser. Scalars keep the letters that were written: `90.00` stays `90.00`.
//!
//! The tree is decoded by `decode`, not by serde: a typed loader stops at its first fault and has no places on success, and two
//! parsers over one file can disagree.

use std::collections::BTreeMap;

use granit_parser::{Event, Parser, ScalarStyle};

use super::SourceText;
use super::yaml_words::in_words;
use crate::base::span::Span;
use crate::finding::{Code, Finding};

/// How deep lists and maps may nest. Our deepest format has six levels.
const DEEPEST: usize = 32;

const TOO_DEEP: (&str, &str) = ("ซ้อนเกิน 32 ชั้น", "more than 32 levels");

/// How large a file may grow, aliases expanded: a value counts one, and one more for each 64 bytes of text. The largest real file has
/// some hundreds.
const LARGEST: usize = 200_000;

/// A node of a YAML file.
#[derive(Clone, Debug)]
pub struct Node {
    /// Its bytes in the file.
    pub span: Span,
    /// What it is.
    pub kind: Kind,
}

/// What a node is.
#[derive(Clone, Debug)]
pub enum Kind {
    /// Nothing, `null` or `~`.
    Null,
    /// A text, number, date, or truth value; `quoted` when it stood in quotation marks or as a block.
    Scalar {
        /// The letters, escapes resolved.
        text: String,
        /// Was it quoted?
        quoted: bool,
    },
    /// A list.
    List(Vec<Node>),
    /// A map, in the order of the file, duplicates included.
    Map(Vec<(Node, Node)>),
}

impl Node {
    /// Is nothing there?
    pub fn is_null(&self) -> bool {
        matches!(self.kind, Kind::Null)
    }

    /// The letters of a scalar.
    pub fn scalar(&self) -> Option<&str> {
        match &self.kind {
            Kind::Scalar { text, .. } => Some(text),
            _ => None,
        }
    }
}

/// Reads the one document of a file. An empty file is null.
///
/// # Errors
/// `yaml-syntax`, at the place where reading stopped.
pub fn parse(source: &SourceText) -> Result<Node, Box<Finding>> {
    parse_part(source, source.mark()..source.text.len())
}

/// Reads the one document that stands in a part of a file, as a front matter does.
///
/// # Errors
/// `yaml-syntax`, at the place in the whole file.
pub fn parse_part(source: &SourceText, part: std::ops::Range<usize>) -> Result<Node, Box<Finding>> {
    let base = part.start;
    let mut builder = Builder { source, base, nodes: 0, anchors: BTreeMap::new() };
    let options = granit_parser::options! { emit_comments: false, disallow_directives: true };
    let mut parser = Parser::new_from_str_with_options(&source.text[part], options);
    let mut root = None;
    loop {
        let (event, span) = builder.next(&mut parser)?;
        match event {
            Event::StreamEnd => break,
            Event::StreamStart | Event::DocumentEnd => {}
            Event::DocumentStart(..) if root.is_some() => {
                return Err(Box::new(Finding::new(Code::YamlSyntax, source.place(span)).case("documents")));
            }
            Event::DocumentStart(..) => {}
            event => root = Some(builder.node(event, span, &mut parser, 0)?),
        }
    }
    Ok(root.unwrap_or(Node { span: Span::new(base, base), kind: Kind::Null }))
}

/// The comments of a file, in order; none where it can't be read.
pub fn comments(source: &SourceText) -> Vec<String> {
    let options = granit_parser::options! { emit_comments: true, disallow_directives: true };
    let mut parser = Parser::new_from_str_with_options(&source.text[source.mark()..], options);
    let mut comments = Vec::new();
    while let Some(Ok((event, _))) = parser.next_event() {
        match event {
            Event::Comment(text, _) => comments.push(text.trim_end().to_owned()),
            Event::StreamEnd => break,
            _ => {}
        }
    }
    comments
}

type StrParser<'a> = Parser<'a, granit_parser::StrInput<'a>>;

struct Builder<'a> {
    source: &'a SourceText,
    base: usize,
    nodes: usize,
    anchors: BTreeMap<usize, Node>,
}

impl Builder<'_> {
    fn next<'a>(&self, parser: &mut StrParser<'a>) -> Result<(Event<'a>, Span), Box<Finding>> {
        match parser.next_event() {
            Some(Ok((event, span))) => {
                let range = span.byte_range().unwrap_or(0..0);
                Ok((event, Span::new(range.start, range.end).moved(self.base)))
            }
            Some(Err(error)) => {
                let at = error.marker().byte_offset().unwrap_or(0) + self.base;
                if error.info().contains("recursion limit") {
                    return Err(self.too_large(Span::new(at, at), TOO_DEEP));
                }
                let place = self.source.place(Span::new(at, at));
                Err(Box::new(Finding::new(Code::YamlSyntax, place).with("detail", in_words(&error.info()))))
            }
            None => Ok((Event::StreamEnd, Span::new(self.base, self.base))),
        }
    }

    fn node<'a>(&mut self, event: Event<'a>, span: Span, parser: &mut StrParser<'a>, depth: usize) -> Result<Node, Box<Finding>> {
        self.count(1, span)?;
        // What holds others is one level more than where it stands.
        let levels = depth + usize::from(matches!(event, Event::SequenceStart(..) | Event::MappingStart(..)));
        if levels > DEEPEST {
            return Err(self.too_large(span, TOO_DEEP));
        }
        let (node, anchor) = match event {
            Event::Scalar(text, style, anchor, tag) => {
                self.untagged(tag.is_some(), span)?;
                if let Some((_, bad)) = super::no_text(&text) {
                    let finding = Finding::new(Code::UnreadableFile, self.source.place(span)).case("control");
                    return Err(Box::new(finding.with("byte", format!("U+{:04X}", u32::from(bad)))));
                }
                let quoted = style != ScalarStyle::Plain;
                let null = !quoted && matches!(text.as_ref(), "" | "~" | "null" | "Null" | "NULL");
                let kind = if null { Kind::Null } else { Kind::Scalar { text: text.into_owned(), quoted } };
                (Node { span, kind }, anchor)
            }
            Event::SequenceStart(_, anchor, tag) => {
                self.untagged(tag.is_some(), span)?;
                let mut list = Vec::new();
                let end = loop {
                    let (event, span) = self.next(parser)?;
                    if matches!(event, Event::SequenceEnd) {
                        break span.end;
                    }
                    list.push(self.node(event, span, parser, depth + 1)?);
                };
                (Node { span: self.block(span, end, list.last().map(|n| n.span)), kind: Kind::List(list) }, anchor)
            }
            Event::MappingStart(_, anchor, tag) => {
                self.untagged(tag.is_some(), span)?;
                let mut map = Vec::new();
                let end = loop {
                    let (event, span) = self.next(parser)?;
                    if matches!(event, Event::MappingEnd) {
                        break span.end;
                    }
                    let key = self.node(event, span, parser, depth + 1)?;
                    let (event, span) = self.next(parser)?;
                    map.push((key, self.node(event, span, parser, depth + 1)?));
                };
                (Node { span: self.block(span, end, map.last().map(|(_, v)| v.span)), kind: Kind::Map(map) }, anchor)
            }
            Event::Alias(id) => {
                let Some(target) = self.anchors.get(&id) else {
                    return Err(self.too_large(span, ("อ้างถึงตัวเอง", "it refers to itself")));
                };
                let size = size(target);
                self.count(size, span)?;
                // A fault in what an alias repeats is shown at the alias: that is the line to look at first.
                let kind = self.anchors.get(&id).map_or(Kind::Null, |target| target.kind.clone());
                (Node { span, kind }, 0)
            }
            _ => (Node { span, kind: Kind::Null }, 0),
        };
        if anchor != 0 {
            self.count(size(&node), span)?;
            self.anchors.insert(anchor, node.clone());
        }
        Ok(node)
    }

    /// A tag says of what kind a value is. What a key takes is said by the format, so a tag can only mislead: `!!binary` would show
    /// its letters undecoded.
    fn untagged(&self, is_tagged: bool, span: Span) -> Result<(), Box<Finding>> {
        if is_tagged {
            return Err(Box::new(Finding::new(Code::YamlSyntax, self.source.place(span)).case("tag")));
        }
        Ok(())
    }

    /// A block collection ends where its last child ends, not at the next token, which may be lines away.
    fn block(&self, start: Span, end: u32, last: Option<Span>) -> Span {
        let closes = matches!(self.source.text.as_bytes().get((end as usize).wrapping_sub(1)), Some(b']' | b'}'));
        Span { start: start.start, end: if closes { end } else { last.map_or(start.end, |last| last.end).max(start.start) } }
    }

    fn count(&mut self, nodes: usize, span: Span) -> Result<(), Box<Finding>> {
        self.nodes = self.nodes.saturating_add(nodes);
        if self.nodes > LARGEST {
            return Err(self.too_large(span, ("เกิน 200,000 ค่า", "more than 200,000 values")));
        }
        Ok(())
    }

    fn too_large(&self, span: Span, why: (&'static str, &'static str)) -> Box<Finding> {
        Box::new(Finding::new(Code::YamlSyntax, self.source.place(span)).case("too-large").with("detail", why))
    }
}

/// How large a tree is, as [`LARGEST`] counts.
fn size(node: &Node) -> usize {
    1 + match &node.kind {
        Kind::Null => 0,
        Kind::Scalar { text, .. } => text.len() / 64,
        Kind::List(list) => list.iter().map(size).sum(),
        Kind::Map(map) => map.iter().map(|(key, value)| size(key) + size(value)).sum(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(text: &str) -> Result<Node, Box<Finding>> {
        parse(&SourceText { path: "content/a.yaml".into(), text: text.to_owned() })
    }

    #[test]
    fn spans_are_the_letters_of_the_value() {
        let text = "ชื่อ: ภูพาน # หมายเหตุ\nx: {a: 90.00, b: \"๙๘.๔๓\"}\n";
        let root = read(text).unwrap();
        let Kind::Map(map) = root.kind else { panic!("a map") };
        assert_eq!(&text[map[0].1.span.range()], "ภูพาน");
        let Kind::Map(inner) = &map[1].1.kind else { panic!("a map") };
        assert_eq!(&text[inner[0].1.span.range()], "90.00");
        assert_eq!(&text[inner[1].1.span.range()], "\"๙๘.๔๓\"");
        assert_eq!(inner[1].1.scalar(), Some("๙๘.๔๓"));
    }

    #[test]
    fn a_byte_order_mark_moves_no_place() {
        let text = "\u{feff}a: 1\n";
        let Kind::Map(map) = read(text).unwrap().kind else { panic!("a map") };
        assert_eq!(&text[map[0].0.span.range()], "a");
    }

    #[test]
    fn hostile_files_end_in_a_finding() {
        let bomb = (1..9).fold("a0: &a0 [x, x, x, x, x, x, x, x, x]\n".to_owned(), |text, n| {
            let m = n - 1;
            format!("{text}a{n}: &a{n} [*a{m}, *a{m}, *a{m}, *a{m}, *a{m}, *a{m}, *a{m}, *a{m}, *a{m}]\n")
        });
        for text in
            [bomb, "[".repeat(20_000), "a: &a [*a]".to_owned(), "a: [1, 2".to_owned(), "a: b: c".to_owned(), "a: 1\n---\nb: 2\n".to_owned()]
        {
            assert_eq!(read(&text).unwrap_err().code, Code::YamlSyntax);
        }
    }

    #[test]
    fn thirty_two_levels_are_read_and_one_more_is_not() {
        let nested = |levels: usize| format!("{}{}", "[".repeat(levels), "]".repeat(levels));
        assert!(read(&nested(DEEPEST)).is_ok());
        assert_eq!(read(&nested(DEEPEST + 1)).unwrap_err().code, Code::YamlSyntax);
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "\\PC{0,60}|[-a:{}\\[\\]\"'&*\\n #|>ก]{0,60}") {
            let source = SourceText { path: "content/a.yaml".into(), text };
            if let Ok(node) = parse(&source) {
                prop_assert!(node.span.end as usize <= source.text.len());
            }
        }
    }
}
