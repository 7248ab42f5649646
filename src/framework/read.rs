//! Reading and checking a framework pack. Owns what a pack's file may hold and when a pack contradicts itself; what is absent stays
//! absent, and what needs it is left out later.

use std::collections::BTreeMap;

use super::code::MemberCode;
use super::shape::{ELEMENT, GROUP, INDICATOR, INSTRUMENT, ISSUE, ITEM, LEVEL, NATIONAL, PACK, PART, QUESTION, SOURCE};
use super::{
    Certainty, DataYear, Element, Group, Indicator, Instrument, Issue, Item, Level, National, Pack, Packs, Part, Plain, Question,
    Reference, Standing,
};
use crate::base::exact::Exact;
use crate::base::language::Name;
use crate::base::span::Span;
use crate::finding::{Code, Finding};
use crate::text::SourceText;
use crate::text::decode::{Decoder, FIGURE, Fields};
use crate::text::yaml::{self, Node};

/// The words of `certainty`.
pub(super) const CERTAINTIES: &[(&str, Certainty)] =
    &[("confirmed", Certainty::Confirmed), ("derived", Certainty::Derived), ("unconfirmed", Certainty::Unconfirmed)];

/// The words of `data_year`.
pub(super) const DATA_YEARS: &[(&str, DataYear)] = &[
    ("current", DataYear::Current),
    ("previous", DataYear::Previous),
    ("in-force", DataYear::InForce),
    ("multi-year", DataYear::MultiYear),
    ("unknown", DataYear::Unknown),
];

/// Reads a pack and adds it to the others, in place of one of the same id. One with a fault is not used, but its id is known, so that
/// nobody is told that it does not exist.
pub fn pack_into(source: &SourceText, packs: &mut Packs) -> Vec<Finding> {
    let root = match yaml::parse(source) {
        Ok(root) => root,
        Err(finding) => return vec![*finding],
    };
    let mut reader = Reader { d: Decoder::new(source, ""), pack: Pack::default(), id_span: Span::default() };
    let complete = reader.pack(&root);
    let Reader { mut d, pack, id_span } = reader;
    if let Some(other) = (!pack.id.is_empty()).then(|| packs.read_from(&pack.id, &source.path)).flatten() {
        let finding = Finding::new(Code::PackInvalid, d.place(id_span)).case("same-id").with("name", pack.id.as_str());
        d.report(finding.with("other", other.to_string()));
    }
    if complete && d.findings.is_empty() {
        packs.add(pack.indexed());
    } else if !pack.id.is_empty() {
        packs.add_faulty(pack.id);
    }
    d.findings
}

struct Reader<'a> {
    d: Decoder<'a>,
    pack: Pack,
    /// Where the pack's id stands.
    id_span: Span,
}

impl Reader<'_> {
    fn pack(&mut self, root: &Node) -> bool {
        if root.is_null() {
            let finding = Finding::new(Code::MissingField, self.d.place(root.span)).with("key", "id");
            self.d.report(finding);
            return false;
        }
        let Some(mut fields) = self.d.fields(root, &PACK) else { return false };
        let id = fields.required("id", &mut self.d).and_then(|node| {
            self.id_span = node.span;
            self.id(node)
        });
        let year = fields.required("fiscal_year", &mut self.d).and_then(|node| self.d.year(node));
        let name = fields.required("name", &mut self.d).and_then(|node| self.d.name(node));
        self.pack.publisher = self.name(&mut fields, "publisher");
        // How sure the pack is as a whole; its `sources` are the list of all of them.
        self.pack.standing.certainty = fields.take("certainty").and_then(|node| self.d.choice(node, CERTAINTIES));
        self.pack.standing.note = self.name(&mut fields, "note");
        if let Some(node) = fields.take("instruments") {
            self.instruments(node);
        }
        if let Some(node) = fields.take("indicators") {
            self.indicators(node);
        }
        if let Some(node) = fields.take("questions") {
            self.questions(node);
        }
        if let Some(node) = fields.take("items") {
            self.items(node);
        }
        if let Some(node) = fields.take("issues") {
            self.issues(node);
        }
        if let Some(node) = fields.take("levels") {
            self.levels(node);
        }
        if let Some(node) = fields.take("national") {
            self.national(node);
        }
        if let Some(node) = fields.take("sources") {
            self.sources(node);
        }
        fields.finish(&mut self.d);
        self.pack.id = id.unwrap_or_default();
        let (Some(year), Some(name)) = (year, name) else { return false };
        (self.pack.fiscal_year, self.pack.name) = (year.value, name);
        !self.pack.id.is_empty()
    }

    fn instruments(&mut self, node: &Node) {
        let mut seen = Names::default();
        for node in self.d.strict_list(node) {
            let Some(mut fields) = self.d.fields(node, &INSTRUMENT) else { continue };
            let id = fields.required("id", &mut self.d).and_then(|node| self.instrument_id(node, &mut seen));
            let name = fields.required("name", &mut self.d).and_then(|node| self.d.name(node));
            let weight = fields.take("weight").and_then(|node| self.figure(node));
            let mut parts = Vec::new();
            if let Some(node) = fields.take("parts") {
                parts = self.parts(node, &mut seen);
            }
            let (plain, standing) = (self.plain(&mut fields), self.standing(&mut fields));
            fields.finish(&mut self.d);
            if let (Some(id), Some(name)) = (id, name) {
                self.pack.instruments.push(Instrument { id, name, plain, weight, parts, standing });
            }
        }
        let weights: Vec<&Exact> = self.pack.instruments.iter().filter_map(|i| i.weight.as_ref()).collect();
        let sum: Exact = weights.iter().map(|w| (*w).clone()).sum();
        if !weights.is_empty() && (sum != Exact::whole(100) || weights.len() != self.pack.instruments.len()) {
            self.invalid(node.span, "weights", ("sum", sum.to_string()));
        }
    }

    fn parts(&mut self, node: &Node, seen: &mut Names) -> Vec<Part> {
        let mut parts: Vec<Part> = Vec::new();
        for node in self.d.strict_list(node) {
            let Some(mut fields) = self.d.fields(node, &PART) else { continue };
            let id = fields.required("id", &mut self.d).and_then(|node| self.instrument_id(node, seen));
            let key = fields.required("key", &mut self.d).and_then(|node| Some((self.id(node)?, node.span)));
            let name = fields.required("name", &mut self.d).and_then(|node| self.d.name(node));
            let (plain, standing) = (self.plain(&mut fields), self.standing(&mut fields));
            fields.finish(&mut self.d);
            if let (Some(id), Some((key, span)), Some(name)) = (id, key, name) {
                // `mean` is the question's own key in an assessment.
                if key == "mean" || parts.iter().any(|part| part.key == key) {
                    self.invalid(span, "twice", ("name", key));
                } else {
                    parts.push(Part { id, key, name, plain, standing });
                }
            }
        }
        parts
    }

    fn indicators(&mut self, node: &Node) {
        let mut seen = Names::default();
        for node in self.d.strict_list(node) {
            let Some(mut fields) = self.d.fields(node, &INDICATOR) else { continue };
            let number = fields.required("number", &mut self.d).and_then(|node| self.unique_number(node, &mut seen));
            let name = fields.required("name", &mut self.d).and_then(|node| self.d.name(node));
            let instrument = fields.required("instrument", &mut self.d).and_then(|node| {
                let id = self.d.text(node)?.value;
                let found = self.pack.instruments.iter().position(|instrument| instrument.id == id);
                if found.is_none() {
                    self.invalid(node.span, "unknown", ("name", id));
                }
                found
            });
            let mut groups = Vec::new();
            for node in fields.take("groups").map(|node| self.d.strict_list(node)).unwrap_or_default() {
                let Some(mut fields) = self.d.fields(node, &GROUP) else { continue };
                let id = fields.required("id", &mut self.d).and_then(|node| self.unique_id(node, &mut seen));
                let name = fields.required("name", &mut self.d).and_then(|node| self.d.name(node));
                self.plain(&mut fields);
                let standing = self.standing(&mut fields);
                fields.finish(&mut self.d);
                if let (Some(id), Some(name)) = (id, name) {
                    groups.push(Group { id, name, standing });
                }
            }
            let (plain, standing) = (self.plain(&mut fields), self.standing(&mut fields));
            fields.finish(&mut self.d);
            if let (Some(number), Some(name), Some(instrument)) = (number, name, instrument) {
                self.pack.indicators.push(Indicator { number, name, plain, instrument, groups, standing });
            }
        }
    }

    fn questions(&mut self, node: &Node) {
        let mut seen = Names::default();
        for (key, node) in self.d.entries(node).unwrap_or_default() {
            let code = self.member(key, &mut seen);
            let Some(mut fields) = self.d.fields(node, &QUESTION) else { continue };
            let text = fields.required("text", &mut self.d).and_then(|node| self.d.name(node));
            let indicator = fields.required("indicator", &mut self.d).and_then(|node| self.indicator(node));
            let reverse = fields.take("reverse").and_then(|node| self.d.boolean(node)).unwrap_or(false);
            self.plain(&mut fields);
            let standing = self.standing(&mut fields);
            fields.finish(&mut self.d);
            if let (Some(code), Some(text), Some(indicator)) = (code, text, indicator) {
                self.pack.questions.push(Question { code, text, indicator, reverse, standing });
            }
        }
        self.pack.questions.sort_by_key(|question| question.code);
    }

    fn items(&mut self, node: &Node) {
        let (mut seen, mut ids) = (Names::default(), Names::default());
        let questions: Vec<MemberCode> = self.pack.questions.iter().map(|q| q.code).collect();
        for (key, node) in self.d.entries(node).unwrap_or_default() {
            let code = self.member(key, &mut seen);
            if code.is_some_and(|code| questions.contains(&code)) {
                self.invalid(key.span, "twice", ("name", key.scalar().unwrap_or_default().to_owned()));
            }
            let Some(mut fields) = self.d.fields(node, &ITEM) else { continue };
            let id = fields.required("id", &mut self.d).and_then(|node| self.unique_slug(node, &mut ids));
            let name = fields.required("name", &mut self.d).and_then(|node| self.d.name(node));
            let about = self.name(&mut fields, "about");
            let group = fields.take("group").and_then(|node| {
                let id = self.d.text(node)?.value;
                let place = |(i, indicator): (usize, &Indicator)| Some((i, indicator.groups.iter().position(|g| g.id == id)?));
                let found = self.pack.indicators.iter().enumerate().find_map(place);
                if found.is_none() {
                    self.invalid(node.span, "unknown", ("name", id));
                }
                found
            });
            let own = fields.take("indicator").and_then(|node| self.indicator(node));
            let data_year = fields.take("data_year").and_then(|node| self.d.choice(node, DATA_YEARS)).unwrap_or_default();
            let elements = fields.take("elements").map(|node| self.elements(node)).unwrap_or_default();
            let merged_into = fields.take("merged_into").and_then(|node| self.id(node));
            fields.take("plain").and_then(|node| self.d.name(node));
            let standing = self.standing(&mut fields);
            fields.finish(&mut self.d);
            if let (Some(code), Some(id), Some(name)) = (code, id, name) {
                let indicator = group.map(|(indicator, _)| indicator).or(own);
                let group = group.map(|(_, group)| group);
                self.pack.items.push(Item { code, id, name, about, indicator, group, data_year, elements, merged_into, standing });
            }
        }
        self.pack.items.sort_by_key(|item| item.code);
    }

    fn elements(&mut self, node: &Node) -> Vec<Element> {
        let mut seen = Names::default();
        let mut elements = Vec::new();
        for node in self.d.strict_list(node) {
            let Some(mut fields) = self.d.fields(node, &ELEMENT) else { continue };
            let id = fields.required("id", &mut self.d).and_then(|node| self.unique_slug(node, &mut seen));
            let text = fields.required("text", &mut self.d).and_then(|node| self.d.name(node));
            let standing = self.standing(&mut fields);
            fields.finish(&mut self.d);
            if let (Some(id), Some(text)) = (id, text) {
                elements.push(Element { id, text, certainty: standing.certainty });
            }
        }
        elements
    }

    fn issues(&mut self, node: &Node) {
        let (mut numbers, mut members_seen) = (Names::default(), Names::default());
        let known: Vec<MemberCode> = self.pack.questions.iter().map(|q| q.code).chain(self.pack.items.iter().map(|i| i.code)).collect();
        for node in self.d.strict_list(node) {
            let Some(mut fields) = self.d.fields(node, &ISSUE) else { continue };
            let number = fields.required("number", &mut self.d).and_then(|node| self.unique_number(node, &mut numbers));
            let name = fields.required("name", &mut self.d).and_then(|node| self.d.name(node));
            let mut members = Vec::new();
            for node in fields.take("members").map(|node| self.d.list(node)).unwrap_or_default() {
                let Some(code) = self.member(node, &mut members_seen) else { continue };
                if known.contains(&code) {
                    members.push(code);
                } else {
                    self.invalid(node.span, "unknown", ("name", code.to_string()));
                }
            }
            let (plain, standing) = (self.plain(&mut fields), self.standing(&mut fields));
            fields.finish(&mut self.d);
            if let (Some(number), Some(name)) = (number, name) {
                self.pack.issues.push(Issue { number, name, plain, members, standing });
            }
        }
    }

    fn levels(&mut self, node: &Node) {
        for node in self.d.strict_list(node) {
            let Some(mut fields) = self.d.fields(node, &LEVEL) else { continue };
            let name = fields.required("name", &mut self.d).and_then(|node| self.d.name(node));
            let total = fields.take("total").and_then(|node| self.figure(node));
            let each = fields.take("each").and_then(|node| self.figure(node));
            let passes = fields.take("pass").and_then(|node| self.d.boolean(node)).unwrap_or(false);
            let (plain, standing) = (self.plain(&mut fields), self.standing(&mut fields));
            fields.finish(&mut self.d);
            let Some(name) = name else { continue };
            let level = Level { name, total, each, passes, plain, standing };
            if let Some(above) = self.pack.levels.last() {
                let demand = |level: &Level| (level.total.clone(), level.each.clone());
                // None is less than any number: a level without a condition asks for nothing.
                if demand(&level) >= demand(above) {
                    self.invalid(node.span, "levels", ("name", level.name.th.clone()));
                }
            }
            self.pack.levels.push(level);
        }
    }

    fn national(&mut self, node: &Node) {
        let Some(mut fields) = self.d.fields(node, &NATIONAL) else { return };
        let mean = fields.required("mean", &mut self.d).and_then(|node| self.figure(node));
        let agencies = fields.take("agencies").and_then(|node| self.d.number(node)).map(|n| n.value);
        let source = fields.take("source").and_then(|node| self.d.text(node)).map(|text| text.value);
        let standing = self.standing(&mut fields);
        fields.finish(&mut self.d);
        self.pack.national = mean.map(|mean| National { mean, agencies, source, standing });
    }

    fn sources(&mut self, node: &Node) {
        let mut seen = Names::default();
        for node in self.d.strict_list(node) {
            let Some(mut fields) = self.d.fields(node, &SOURCE) else { continue };
            let id = fields.required("id", &mut self.d).and_then(|node| self.unique_id(node, &mut seen));
            let title = fields.required("title", &mut self.d).and_then(|node| self.d.name(node));
            let url = fields.take("url").and_then(|node| self.d.url(node)).map(|url| url.value);
            fields.take("note").and_then(|node| self.d.name(node));
            fields.finish(&mut self.d);
            if let (Some(id), Some(title)) = (id, title) {
                self.pack.sources.push(Reference { id, title, url });
            }
        }
    }

    fn plain(&mut self, fields: &mut Fields<'_>) -> Plain {
        Plain { name: self.name(fields, "plain"), about: self.name(fields, "about") }
    }

    fn standing(&mut self, fields: &mut Fields<'_>) -> Standing {
        Standing {
            certainty: fields.take("certainty").and_then(|node| self.d.choice(node, CERTAINTIES)),
            sources: fields.take("sources").map(|node| self.d.texts(node)).unwrap_or_default().into_iter().map(|t| t.value).collect(),
            note: self.name(fields, "note"),
        }
    }

    fn name(&mut self, fields: &mut Fields<'_>, key: &'static str) -> Option<Name> {
        fields.take(key).and_then(|node| self.d.name(node))
    }

    /// A weight, a threshold or a mean: 0 to 100.
    fn figure(&mut self, node: &Node) -> Option<Exact> {
        let figure = node.scalar().and_then(|text| Exact::parse(text.trim()));
        match figure {
            None => self.d.wrong_type(node, FIGURE),
            Some(ref number) if number.is_negative() || *number > Exact::whole(100) => {
                let finding = Finding::new(Code::ScoreOutOfRange, self.d.place(node.span))
                    .case("percent")
                    .with("found", node.scalar().unwrap_or_default())
                    .with("highest", "100");
                self.d.report(finding);
            }
            Some(_) => {}
        }
        figure
    }

    /// An id: letters of English, digits, full stops and hyphens, beginning with a letter or digit.
    fn id(&mut self, node: &Node) -> Option<String> {
        let text = self.d.text(node)?.value;
        let fits = text.len() <= 60
            && text.starts_with(|c: char| c.is_ascii_alphanumeric())
            && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_'));
        if !fits {
            self.invalid(node.span, "id", ("name", text));
            return None;
        }
        Some(text)
    }

    fn unique_id(&mut self, node: &Node, seen: &mut Names) -> Option<String> {
        let id = self.id(node)?;
        self.once(&id, node, seen).then_some(id)
    }

    /// The id of an instrument or of a part, which an assessment and a reference name: no other figure is called so.
    fn instrument_id(&mut self, node: &Node, seen: &mut Names) -> Option<String> {
        let id = self.unique_id(node, seen)?;
        let means_another = id == "overall" || MemberCode::read(&id, &[]).is_some() || id.bytes().all(|byte| byte.is_ascii_digit());
        if means_another {
            self.invalid(node.span, "taken", ("name", id));
            return None;
        }
        Some(id)
    }

    /// An id that becomes part of an address.
    fn unique_slug(&mut self, node: &Node, seen: &mut Names) -> Option<String> {
        let id = self.unique_id(node, seen)?;
        if id.ends_with('.') || id.chars().any(|c| c.is_ascii_uppercase()) {
            self.invalid(node.span, "id", ("name", id));
            return None;
        }
        Some(id)
    }

    fn unique_number(&mut self, node: &Node, seen: &mut Names) -> Option<u32> {
        let number = self.d.number(node)?.value;
        self.once(&number.to_string(), node, seen).then_some(number)
    }

    /// A code in its plain spelling, given for the first time.
    fn member(&mut self, node: &Node, seen: &mut Names) -> Option<MemberCode> {
        let text = node.scalar().unwrap_or_default();
        let code = MemberCode::read(text, &[]).filter(|(_, plain)| *plain).map(|(code, _)| code);
        if code.is_none() {
            self.invalid(node.span, "id", ("name", text.to_owned()));
        }
        code.filter(|code| self.once(&code.to_string(), node, seen))
    }

    fn indicator(&mut self, node: &Node) -> Option<usize> {
        let number = self.d.number(node)?.value;
        let found = self.pack.indicators.iter().position(|indicator| indicator.number == number);
        if found.is_none() {
            self.invalid(node.span, "unknown", ("name", number.to_string()));
        }
        found
    }

    fn once(&mut self, name: &str, node: &Node, seen: &mut Names) -> bool {
        let first = seen.0.insert(name.to_owned(), node.span).is_none();
        if !first {
            self.invalid(node.span, "twice", ("name", name.to_owned()));
        }
        first
    }

    fn invalid(&mut self, span: Span, case: &'static str, (key, value): (&'static str, String)) {
        let finding = Finding::new(Code::PackInvalid, self.d.place(span)).case(case).with(key, value);
        self.d.report(finding);
    }
}

/// Names that were given already, and where.
#[derive(Default)]
struct Names(BTreeMap<String, Span>);
