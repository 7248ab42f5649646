//! `disclosures.yaml`: where the information of each item is. Owns the record of an item; whether a link leads anywhere is decided
//! when all addresses are known.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use super::assessment::spelling;
use super::shape::disclosures::{ELEMENT, LINK, RECORD};
use super::unknown;
use crate::base::date::Date;
use crate::base::span::{Located, Place};
use crate::base::thai::nearest;
use crate::finding::{Code, Finding};
use crate::framework::code::MemberCode;
use crate::framework::{Figure, Pack};
use crate::text::decode::{Decoder, Expected};
use crate::text::yaml::{Kind, Node};

/// How far an item is disclosed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// All of it.
    Published,
    /// Some of it.
    Partial,
    /// None of it.
    Missing,
    /// The agency has nothing to disclose.
    NotApplicable,
    /// This site holds no record of it.
    Unrecorded,
}

impl Status {
    pub(super) const WORDS: &'static [(&'static str, Status)] = &[
        ("published", Status::Published),
        ("partial", Status::Partial),
        ("missing", Status::Missing),
        ("not-applicable", Status::NotApplicable),
        ("unrecorded", Status::Unrecorded),
    ];

    /// The word that authors and data files use.
    pub fn word(self) -> &'static str {
        Self::WORDS.iter().find(|(_, status)| *status == self).map_or("unrecorded", |(word, _)| word)
    }
}

/// The record of an item.
#[derive(Clone, Debug)]
pub struct Disclosure {
    /// Where the record is.
    pub place: Place,
    /// The status, as said or as it follows.
    pub status: Status,
    /// A title in place of the pack's name.
    pub title: Option<String>,
    /// When the information was last changed.
    pub updated: Option<Date>,
    /// Who keeps it.
    pub owner: Option<String>,
    /// By when it should be looked at again.
    pub review_by: Option<Located<Date>>,
    /// The fiscal year that it is about.
    pub covers: Option<Located<u16>>,
    /// A remark for readers.
    pub note: Option<String>,
    /// Where it is.
    pub links: Vec<Link>,
    /// What no link tells, by element id.
    pub elements: BTreeMap<String, ElementRecord>,
}

/// A link of an item.
#[derive(Clone, Debug)]
pub struct Link {
    /// What it opens.
    pub title: Option<String>,
    /// Where it leads, as written.
    pub url: Located<String>,
    /// Ids of the elements that it is evidence for.
    pub covers: Vec<String>,
}

/// What is said of one element.
#[derive(Clone, Debug)]
pub struct ElementRecord {
    /// Is it met?
    pub met: bool,
    /// By which commentary, as written.
    pub commentary: Option<Located<String>>,
    /// A remark for readers.
    pub note: Option<String>,
}

/// All records of an edition.
#[derive(Clone, Debug, Default)]
pub struct Disclosures {
    /// By item, as its place in the pack.
    pub records: BTreeMap<usize, Disclosure>,
}

/// Reads the file.
pub fn read(d: &mut Decoder<'_>, root: &Node, year: u16, pack: &Pack) -> Disclosures {
    let mut disclosures = Disclosures::default();
    let mut seen = BTreeMap::new();
    for (key, node) in d.entries(root).unwrap_or_default() {
        let Some(item) = item(d, key, year, pack) else { continue };
        let code = pack.items[item].code.to_string();
        if let Some(first) = seen.insert(item, key.span) {
            let line = d.line(first);
            let finding = Finding::new(Code::DuplicateKey, d.place(key.span))
                .case(if key.scalar().unwrap_or_default() == code { "" } else { "code" })
                .about(format!("{year}/{code}"))
                .with("key", key.scalar().unwrap_or_default())
                .with("code", code)
                .with("first", line);
            d.report(finding);
            continue;
        }
        let before = std::mem::replace(&mut d.subject, format!("{year}/{code}"));
        if let Some(record) = record(d, key, node, &pack.items[item]) {
            disclosures.records.insert(item, record);
        }
        d.subject = before;
    }
    disclosures
}

/// The item that a key or a file's name means, by its place in the pack, with findings for what is no item and for another spelling.
pub fn item(d: &mut Decoder<'_>, key: &Node, year: u16, pack: &Pack) -> Option<usize> {
    let text = key.scalar().unwrap_or_default().trim();
    let read = MemberCode::read(text, &pack.item_letters());
    match read.and_then(|(code, plain)| Some((pack.member(code)?, plain))) {
        Some((Figure::Item(item), plain)) => {
            if !plain {
                spelling(d, key.span, year, text, &pack.items[item].code.to_string());
            }
            Some(item)
        }
        _ if !d.has_room() => None,
        _ => {
            let known: Vec<String> = pack.items.iter().map(|item| item.code.to_string()).collect();
            let finding = unknown::code_among(pack, d.place(key.span), (text, &known));
            d.report(finding.about(format!("{year}/{text}")));
            None
        }
    }
}

fn record(d: &mut Decoder<'_>, key: &Node, node: &Node, item: &crate::framework::Item) -> Option<Disclosure> {
    let place = d.place(key.span);
    // A code with nothing behind it is an item that is missing, as one that is not named at all.
    let empty = Node { span: key.span, kind: Kind::Map(Vec::new()) };
    let mut fields = d.fields(if node.is_null() { &empty } else { node }, &RECORD)?;
    let status = fields.take("status").and_then(|node| d.choice(node, Status::WORDS));
    let text = |d: &mut Decoder<'_>, node: Option<&Node>| node.and_then(|n| d.text(n)).map(|t| t.value).filter(|t| !t.is_empty());
    let title = text(d, fields.take("title"));
    let updated = fields.take("updated").and_then(|node| d.date(node)).map(|date| date.value);
    let owner = text(d, fields.take("owner"));
    let review_by = fields.take("review_by").and_then(|node| d.date(node));
    let covers = fields.take("covers").and_then(|node| d.year(node));
    let note = text(d, fields.take("note"));
    let mut links = Vec::new();
    for node in fields.take("links").map(|node| d.list(node)).unwrap_or_default() {
        links.extend(link(d, node, item));
    }
    let mut elements = BTreeMap::new();
    for (key, node) in fields.take("elements").and_then(|node| d.entries(node)).unwrap_or_default() {
        let Some(id) = element(d, key, item) else { continue };
        match elements.entry(id) {
            Entry::Occupied(taken) => {
                let finding = Finding::new(Code::DuplicateKey, d.place(key.span)).with("key", taken.key().as_str());
                let line = d.line(place.span);
                d.report(finding.with("first", line));
            }
            Entry::Vacant(free) => {
                if let Some(record) = element_record(d, node) {
                    free.insert(record);
                }
            }
        }
    }
    fields.finish(d);
    let status = status.unwrap_or(if links.is_empty() { Status::Missing } else { Status::Published });
    Some(Disclosure { place, status, title, updated, owner, review_by, covers, note, links, elements })
}

fn link(d: &mut Decoder<'_>, node: &Node, item: &crate::framework::Item) -> Option<Link> {
    if node.scalar().is_some() {
        return d.text(node).map(|url| Link { title: None, url, covers: Vec::new() });
    }
    let mut fields = d.fields(node, &LINK)?;
    let title = fields.take("title").and_then(|node| d.text(node)).map(|text| text.value).filter(|text| !text.is_empty());
    let url = fields.required("url", d).and_then(|node| d.text(node));
    let mut covers = Vec::new();
    for node in fields.take("covers").map(|node| d.list(node)).unwrap_or_default() {
        covers.extend(element(d, node, item));
    }
    fields.finish(d);
    Some(Link { title, url: url?, covers })
}

/// An element's id, which the item must have.
fn element(d: &mut Decoder<'_>, node: &Node, item: &crate::framework::Item) -> Option<String> {
    let id = d.text(node)?.value;
    if item.elements.iter().any(|element| element.id == id) {
        return Some(id);
    }
    let known: Vec<&str> = item.elements.iter().map(|element| element.id.as_str()).collect();
    let finding = Finding::new(Code::UnknownField, d.place(node.span)).with("key", id.as_str()).with("item", item.code.to_string());
    d.report(match nearest(&id, &known) {
        Some(nearest) => finding.case("element-near").with("nearest", nearest),
        None => finding.case("element").with("known", known),
    });
    None
}

fn element_record(d: &mut Decoder<'_>, node: &Node) -> Option<ElementRecord> {
    match &node.kind {
        Kind::Scalar { text, quoted: false } if matches!(text.as_str(), "true" | "false") => {
            Some(ElementRecord { met: text == "true", commentary: None, note: None })
        }
        Kind::Scalar { .. } => d.text(node).map(|path| ElementRecord { met: true, commentary: Some(path), note: None }),
        Kind::Map(_) => {
            let mut fields = d.fields(node, &ELEMENT)?;
            let met = fields.take("met").and_then(|node| d.boolean(node)).unwrap_or(true);
            let note = fields.take("note").and_then(|node| d.text(node)).map(|text| text.value);
            fields.finish(d);
            Some(ElementRecord { met, commentary: None, note })
        }
        _ => {
            d.wrong_type(node, Expected("ชื่อไฟล์คำอธิบาย หรือ {met: …}", "the file of a commentary, or {met: …}", "items/o1.md"));
            None
        }
    }
}
