//! From a YAML tree to values: typed getters that report every fault at its place and go on. Owns the words for what was expected
//! and what was found. Refuses to know any format: which keys a file has is said by the shape of that file, beside its reader.

use std::collections::BTreeMap;

use crate::base::date::{self, Date};
use crate::base::language::Name;
use crate::base::span::{Located, Place, Span, position};
use crate::base::{digits, thai};
use crate::finding::{Code, Finding, MOST_OF_A_FILE, Param};

use super::SourceText;
use super::shape::{NAME, Need, Shape};
use super::yaml::{Kind, Node};

/// How many members a list, and how many codes a map may have. The largest of a real site has some fifty.
pub const LONGEST_LIST: usize = 1_000;

/// How many characters a text of a YAML file may have: some seven pages.
pub const LONGEST_TEXT: usize = 20_000;

/// What a key takes, in words: Thai, English, an example.
#[derive(Clone, Copy, Debug)]
pub struct Expected(pub &'static str, pub &'static str, pub &'static str);

/// A text.
pub const TEXT: Expected = Expected("ข้อความ", "a text", "กองคลัง");
/// A list.
pub const LIST: Expected = Expected("รายการ", "a list", "[กองคลัง, สำนักปลัด]");
/// A map.
pub const MAP: Expected = Expected("กลุ่มของคีย์", "a map of keys", "{คีย์: ค่า}");
/// A whole number.
pub const NUMBER: Expected = Expected("จำนวนเต็ม", "a whole number", "120");
/// A truth value.
pub const BOOL: Expected = Expected(" true หรือ false", "true or false", "true");
/// A figure.
pub const FIGURE: Expected = Expected("ตัวเลขคะแนน", "a score", "98.43");

/// Reads one file: collects the findings, each about `subject` unless said otherwise.
pub struct Decoder<'a> {
    /// The file.
    pub source: &'a SourceText,
    /// What findings are about: the address of a page, or `YEAR` and a code.
    pub subject: String,
    /// What was found so far.
    pub findings: Vec<Finding>,
}

impl<'a> Decoder<'a> {
    /// Begins to read `source`.
    pub fn new(source: &'a SourceText, subject: impl Into<String>) -> Self {
        Self { source, subject: subject.into(), findings: Vec::new() }
    }

    /// The place of a span of this file.
    pub fn place(&self, span: Span) -> Place {
        self.source.place(span)
    }

    /// Adds a finding; it is about the subject of this file unless it says something else.
    pub fn report(&mut self, mut finding: Finding) {
        if !self.has_room() {
            return;
        }
        if finding.subject.is_empty() {
            finding.subject.clone_from(&self.subject);
        }
        self.findings.push(finding);
    }

    /// Is one more finding told? What is costly to say need not be worked out then.
    pub fn has_room(&self) -> bool {
        self.findings.len() < MOST_OF_A_FILE
    }

    /// The line of a span, for a finding that is told: working it out walks through the file.
    pub fn line(&self, span: Span) -> String {
        let line = |span: Span| position(&self.source.text, span.start as usize).line.to_string();
        if self.has_room() { line(span) } else { String::new() }
    }

    /// Reports a value of the wrong kind.
    pub fn wrong_type(&mut self, node: &Node, expected: Expected) {
        let Expected(th, en, example) = expected;
        let finding = Finding::new(Code::WrongType, self.place(node.span))
            .with("expected", (th, en))
            .with("found", found(node))
            .with("example", example);
        self.report(finding);
    }

    /// The fields of a map of a shape; `None`, with a finding, for anything that is no map.
    pub fn fields<'n>(&mut self, node: &'n Node, shape: &'static Shape) -> Option<Fields<'n>> {
        let entries = self.entries(node)?;
        let mut fields = Fields::new(node.span, shape);
        fields.entries.reserve(entries.len());
        let mut names: BTreeMap<&str, Span> = BTreeMap::new();
        for (key, value) in entries {
            let name = key.scalar().unwrap_or("");
            match names.get(name) {
                Some(first) => {
                    let line = self.line(*first);
                    let finding = Finding::new(Code::DuplicateKey, self.place(key.span)).with("key", name).with("first", line);
                    self.report(finding);
                }
                None => {
                    names.insert(name, key.span);
                    fields.entries.push(Field { name, key, value, used: false });
                }
            }
        }
        Some(fields)
    }

    /// The fields of a map, or of nothing at all, as an empty front matter is.
    pub fn fields_or_empty<'n>(&mut self, node: &'n Node, shape: &'static Shape) -> Option<Fields<'n>> {
        if node.is_null() {
            return Some(Fields::new(node.span, shape));
        }
        self.fields(node, shape)
    }

    /// The entries of a map whose keys are data (codes, numbers); `None`, with a finding, for anything else. Keys are scalars.
    pub fn entries<'n>(&mut self, node: &'n Node) -> Option<Vec<(&'n Node, &'n Node)>> {
        match &node.kind {
            Kind::Map(map) => {
                let mut entries = Vec::with_capacity(map.len());
                for (key, value) in map {
                    if matches!(&key.kind, Kind::Scalar { text, quoted: false } if text == "<<") {
                        let finding = Finding::new(Code::UnknownField, self.place(key.span)).case("merge").with("key", "<<");
                        self.report(finding);
                    } else if key.scalar().is_some() {
                        entries.push((key, value));
                    } else {
                        self.wrong_type(key, TEXT);
                    }
                }
                Some(entries)
            }
            Kind::Null => None,
            _ => {
                self.wrong_type(node, MAP);
                None
            }
        }
    }

    /// The members of a list; anything that is not a list stands for a list of one. One that is too long is cut, with a finding.
    pub fn list<'n>(&mut self, node: &'n Node) -> Vec<&'n Node> {
        match &node.kind {
            Kind::List(list) => {
                if let Some(node) = list.get(LONGEST_LIST) {
                    let finding = Finding::new(Code::WrongType, self.place(node.span)).case("too-many");
                    self.report(finding.with("count", list.len().to_string()));
                }
                list.iter().take(LONGEST_LIST).filter(|node| !node.is_null()).collect()
            }
            Kind::Null => Vec::new(),
            _ => vec![node],
        }
    }

    /// The members of what must be a list.
    pub fn strict_list<'n>(&mut self, node: &'n Node) -> Vec<&'n Node> {
        if !matches!(node.kind, Kind::List(_) | Kind::Null) {
            self.wrong_type(node, LIST);
            return Vec::new();
        }
        self.list(node)
    }

    /// A text, in normal form and without space around it.
    pub fn text(&mut self, node: &Node) -> Option<Located<String>> {
        match &node.kind {
            Kind::Scalar { text, .. } => {
                if text.len() > LONGEST_TEXT && text.chars().nth(LONGEST_TEXT).is_some() {
                    let (place, count) = (self.place(node.span), text.chars().count().to_string());
                    self.report(Finding::new(Code::WrongType, place).case("too-long").with("count", count));
                    return None;
                }
                Some(Located::new(thai::normal(text.trim()), self.place(node.span)))
            }
            _ => {
                self.wrong_type(node, TEXT);
                None
            }
        }
    }

    /// A list of texts, or one text.
    pub fn texts(&mut self, node: &Node) -> Vec<Located<String>> {
        self.list(node).into_iter().filter_map(|node| self.text(node)).collect()
    }

    /// A name: a text, which is Thai, or `{th: …, en: …}`.
    pub fn name(&mut self, node: &Node) -> Option<Name> {
        if !matches!(node.kind, Kind::Map(_)) {
            return self.text(node).map(|text| Name::thai(text.value));
        }
        let mut fields = self.fields(node, &NAME)?;
        let th = fields.required_text("th", self);
        let en = fields.take("en").and_then(|node| self.text(node));
        fields.finish(self);
        Some(Name { th: th?.value, en: en.map(|text| text.value).filter(|text| !text.is_empty()) })
    }

    /// A whole number in either script.
    pub fn number(&mut self, node: &Node) -> Option<Located<u32>> {
        let number = node.scalar().and_then(|text| digits::to_ascii(text.trim()).parse().ok());
        if number.is_none() {
            self.wrong_type(node, NUMBER);
        }
        number.map(|number| Located::new(number, self.place(node.span)))
    }

    /// `true` or `false`.
    pub fn boolean(&mut self, node: &Node) -> Option<bool> {
        match &node.kind {
            Kind::Scalar { text, quoted: false } if matches!(text.as_str(), "true" | "True" | "TRUE") => Some(true),
            Kind::Scalar { text, quoted: false } if matches!(text.as_str(), "false" | "False" | "FALSE") => Some(false),
            _ => {
                self.wrong_type(node, BOOL);
                None
            }
        }
    }

    /// A day in either script and era.
    pub fn date(&mut self, node: &Node) -> Option<Located<Date>> {
        let Some(text) = node.scalar() else {
            self.wrong_type(node, Expected("วันที่", "a date", "2568-08-01"));
            return None;
        };
        let date = Date::parse(text.trim());
        if date.is_none() {
            self.misfit(node, "date", text);
        }
        date.map(|date| Located::new(date, self.place(node.span)))
    }

    /// A year in either script and era, as a year of the Buddhist era.
    pub fn year(&mut self, node: &Node) -> Option<Located<u16>> {
        let Some(text) = node.scalar() else {
            self.wrong_type(node, Expected("ปี", "a year", "2568"));
            return None;
        };
        let year = date::parse_year(text.trim());
        if year.is_none() {
            self.misfit(node, "year", text);
        }
        year.map(|year| Located::new(year, self.place(node.span)))
    }

    /// An absolute web address.
    pub fn url(&mut self, node: &Node) -> Option<Located<String>> {
        let text = self.text(node)?;
        if is_web_address(&text.value) {
            return Some(text);
        }
        self.misfit(node, "url", &text.value);
        None
    }

    /// One of some words.
    pub fn choice<T: Copy>(&mut self, node: &Node, choices: &[(&'static str, T)]) -> Option<T> {
        let text = self.text(node)?;
        let choice = choices.iter().find(|(word, _)| *word == text.value).map(|(_, value)| *value);
        if choice.is_none() {
            let known: Vec<&str> = choices.iter().map(|(word, _)| *word).collect();
            let finding =
                Finding::new(Code::WrongType, self.place(node.span)).case("choice").with("found", text.value.as_str()).with("known", known);
            self.report(finding);
        }
        choice
    }

    /// Reports a scalar that is not what it should be.
    pub fn misfit(&mut self, node: &Node, case: &'static str, found: &str) {
        let finding = Finding::new(Code::WrongType, self.place(node.span)).case(case).with("found", found);
        self.report(finding);
    }
}

/// Is this an absolute address of the web, with a host and without white space?
pub fn is_web_address(text: &str) -> bool {
    let scheme = text.split_once("://").filter(|(scheme, _)| scheme.eq_ignore_ascii_case("https") || scheme.eq_ignore_ascii_case("http"));
    scheme.map(|(_, rest)| rest).is_some_and(|rest| {
        let host = rest.split(['/', '?', '#']).next().unwrap_or("");
        !host.is_empty()
            && !host.contains('%')
            && !rest.contains(|c: char| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | '"' | '\\'))
    })
}

/// What a node is, in words.
fn found(node: &Node) -> Param {
    match &node.kind {
        Kind::Null => Param::from(("ค่าว่าง", "empty")),
        Kind::Scalar { text, .. } => Param::Text(format!("`{text}`")),
        Kind::List(_) => Param::from(("รายการ", "a list")),
        Kind::Map(_) => Param::from(("กลุ่มของคีย์", "a map of keys")),
    }
}

/// The keys of a map, taken one by one; what is left at the end is unknown. Where assertions are on, as in tests, taking a key that the
/// shape does not have, or not as it is needed, ends the program, and so does leaving one out till the end.
pub struct Fields<'n> {
    span: Span,
    entries: Vec<Field<'n>>,
    shape: &'static Shape,
    #[cfg(debug_assertions)]
    asked: Vec<&'static str>,
}

struct Field<'n> {
    name: &'n str,
    key: &'n Node,
    value: &'n Node,
    used: bool,
}

impl<'n> Fields<'n> {
    fn new(span: Span, shape: &'static Shape) -> Self {
        Self {
            span,
            entries: Vec::new(),
            shape,
            #[cfg(debug_assertions)]
            asked: Vec::new(),
        }
    }

    /// The value of `key`; `None` where it is absent or null.
    pub fn take(&mut self, key: &'static str) -> Option<&'n Node> {
        self.ask(key, Need::Free)
    }

    fn ask(&mut self, key: &'static str, need: Need) -> Option<&'n Node> {
        debug_assert_eq!(self.shape.key(key).map(|key| key.need), Some(need), "{key} stands otherwise in its shape");
        #[cfg(debug_assertions)]
        self.asked.push(key);
        let field = self.entries.iter_mut().find(|field| field.name == key)?;
        field.used = true;
        (!field.value.is_null()).then_some(field.value)
    }

    /// Where the key itself is written, if it is.
    pub fn key(&self, key: &str) -> Option<Span> {
        self.entries.iter().find(|field| field.name == key).map(|field| field.key.span)
    }

    /// The value of `key`, with a finding where it is absent or null.
    pub fn required(&mut self, key: &'static str, decoder: &mut Decoder<'_>) -> Option<&'n Node> {
        self.demand(key, Need::Required, decoder)
    }

    fn demand(&mut self, key: &'static str, need: Need, decoder: &mut Decoder<'_>) -> Option<&'n Node> {
        let value = self.ask(key, need);
        if value.is_none() {
            let span = match self.entries.iter().find(|field| field.name == key) {
                Some(field) => field.key.span,
                None => self.span,
            };
            let finding = Finding::new(Code::MissingField, decoder.place(span)).with("key", key);
            decoder.report(finding);
        }
        value
    }

    /// The text of `key`, with a finding where it is absent or shows nothing.
    pub fn required_text(&mut self, key: &'static str, decoder: &mut Decoder<'_>) -> Option<Located<String>> {
        let text = self.demand(key, Need::Filled, decoder).and_then(|node| decoder.text(node))?;
        if text.value.is_empty() {
            decoder.report(Finding::new(Code::MissingField, text.place).with("key", key));
            return None;
        }
        Some(text)
    }

    /// The name of `key`, with a finding where it is absent or shows nothing.
    pub fn required_name(&mut self, key: &'static str, decoder: &mut Decoder<'_>) -> Option<Name> {
        let node = self.demand(key, Need::Filled, decoder)?;
        let name = decoder.name(node)?;
        if name.th.is_empty() {
            decoder.report(Finding::new(Code::MissingField, decoder.place(node.span)).with("key", key));
            return None;
        }
        Some(name)
    }

    /// The bytes of the whole map.
    pub fn span(&self) -> Span {
        self.span
    }

    /// Reports every key that the shape does not have.
    pub fn finish(self, decoder: &mut Decoder<'_>) {
        #[cfg(debug_assertions)]
        debug_assert_eq!(self.asked, self.shape.names(), "all keys of a shape are asked for, in its order");
        if self.entries.iter().all(|field| field.used) {
            return;
        }
        let known = self.shape.names();
        for field in self.entries.iter().filter(|field| !field.used) {
            if !decoder.has_room() {
                return;
            }
            let mut finding = Finding::new(Code::UnknownField, decoder.place(field.key.span)).with("key", field.name);
            finding = match thai::nearest(field.name, &known) {
                Some(nearest) => finding.case("near").with("nearest", nearest),
                None => finding.with("known", known.clone()),
            };
            decoder.report(finding);
        }
    }
}
