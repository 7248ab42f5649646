//! `assessment.yaml`: the published result of a year. Owns reading figures by code and their range; a figure is kept with the digits
//! that were printed, and never altered.

use std::collections::{BTreeMap, BTreeSet};

use super::shape::assessment::{ASSESSMENT, CORRECTION, SOURCE};
use super::unknown;
use crate::base::date::Date;
use crate::base::digits;
use crate::base::exact::Exact;
use crate::base::span::{Located, Place, Span};
use crate::base::thai::nearest;
use crate::finding::{Code, Finding};
use crate::framework::code::MemberCode;
use crate::framework::{Figure, Pack};
use crate::text::decode::{Decoder, FIGURE};
use crate::text::yaml::{Kind, Node};

/// A published figure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Published {
    /// The digits that were printed, in ASCII: `90.00`.
    pub text: String,
    /// The number.
    pub value: Exact,
    /// Where it is written.
    pub place: Place,
}

/// How instruments are printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scale {
    /// Of 100.
    #[default]
    Percent,
    /// As their share of the total: 27.45 of 30.
    Weighted,
}

/// The words of `scale`.
pub(super) const SCALES: &[(&str, Scale)] = &[("percent", Scale::Percent), ("weighted", Scale::Weighted)];

/// The published result of a year.
#[derive(Clone, Debug)]
pub struct Assessment {
    /// The pack's id.
    pub framework: Located<String>,
    /// When the result was announced.
    pub announced: Option<Located<Date>>,
    /// Where it was published.
    pub source: Origin,
    /// The level as announced.
    pub level: Option<Located<String>>,
    /// Every published figure.
    pub figures: BTreeMap<Figure, Published>,
    /// Figures that are written and can't be read: told once, and not called unpublished.
    pub faulty: BTreeSet<Figure>,
    /// How instruments are printed.
    pub scale: Scale,
    /// How many answered, by instrument or part.
    pub respondents: BTreeMap<Figure, u32>,
    /// What was published wrongly before.
    pub corrections: Vec<Correction>,
    /// Is it a draft?
    pub draft: bool,
}

/// Where a result was published.
#[derive(Clone, Debug, Default)]
pub struct Origin {
    /// The document's title.
    pub title: Option<String>,
    /// Who published it.
    pub publisher: Option<String>,
    /// Where it is.
    pub url: Option<String>,
}

/// A figure that was published wrongly and mended.
#[derive(Clone, Debug)]
pub struct Correction {
    /// When it was mended.
    pub date: Option<Date>,
    /// Which figure.
    pub code: String,
    /// What it was, as printed.
    pub was: Option<String>,
    /// What it is now.
    pub now: Option<String>,
    /// Why.
    pub reason: Option<String>,
}

/// What is said first in the file: which pack, and whether it is a draft. Read before the pack is at hand.
pub struct Head {
    /// The pack's id.
    pub framework: Option<Located<String>>,
    /// Is it a draft?
    pub draft: bool,
}

/// Reads the head of the file without a finding: [`read`] reports what is wrong with it.
pub fn head(root: &Node, place: impl Fn(Span) -> Place) -> Head {
    let mut head = Head { framework: None, draft: false };
    if let Kind::Map(map) = &root.kind {
        for (key, value) in map {
            match (key.scalar(), value.scalar()) {
                (Some("framework"), Some(text)) => head.framework = Some(Located::new(text.trim().to_owned(), place(value.span))),
                (Some("draft"), Some("true" | "True" | "TRUE")) => head.draft = true,
                _ => {}
            }
        }
    }
    head
}

/// Reads the file with the pack that it names; without one (it names none that exists), figures are not looked at.
pub fn read(d: &mut Decoder<'_>, root: &Node, year: u16, pack: Option<&Pack>) -> Option<Assessment> {
    if root.is_null() {
        d.report(Finding::new(Code::MissingField, d.place(root.span)).with("key", "framework"));
        return None;
    }
    let mut fields = d.fields(root, &ASSESSMENT)?;
    let framework = fields.required("framework", d).and_then(|node| d.text(node));
    let announced = fields.take("announced").and_then(|node| d.date(node));
    let source = fields.take("source").and_then(|node| origin(d, node)).unwrap_or_default();
    let level = fields.take("level").and_then(|node| d.text(node)).filter(|level| !level.value.is_empty());
    let scale = fields.take("scale").and_then(|node| d.choice(node, SCALES)).unwrap_or_default();
    let draft = fields.take("draft").and_then(|node| d.boolean(node)).unwrap_or(false);
    let mut figures = Figures { year, pack, scale, seen: BTreeMap::new(), found: BTreeMap::new(), faulty: BTreeSet::new() };
    let (overall, instruments, indicators) = (fields.take("overall"), fields.take("instruments"), fields.take("indicators"));
    let (questions, items) = (fields.take("questions"), fields.take("items"));
    let (respondents, corrections) = (fields.take("respondents"), fields.take("corrections"));
    if let Some(node) = overall {
        figures.put(d, Figure::Overall, node);
    }
    figures.layer(d, instruments, Layer::Instruments);
    figures.layer(d, indicators, Layer::Indicators);
    figures.layer(d, questions, Layer::Questions);
    figures.layer(d, items, Layer::Items);
    let respondents = respondents.map(|node| figures.respondents(d, node)).unwrap_or_default();
    let corrections = corrections.map(|node| figures.corrections(d, node)).unwrap_or_default();
    fields.finish(d);
    let (figures, faulty) = (figures.found, figures.faulty);
    Some(Assessment { framework: framework?, announced, source, level, figures, faulty, scale, respondents, corrections, draft })
}

fn origin(d: &mut Decoder<'_>, node: &Node) -> Option<Origin> {
    if node.scalar().is_some() {
        return d.text(node).map(|text| Origin { title: Some(text.value), ..Origin::default() });
    }
    let mut fields = d.fields(node, &SOURCE)?;
    let mut text = |key| fields.take(key).and_then(|node| d.text(node)).map(|text| text.value);
    let (title, publisher) = (text("title"), text("publisher"));
    let url = fields.take("url").and_then(|node| d.url(node)).map(|url| url.value);
    fields.finish(d);
    Some(Origin { title, publisher, url })
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Layer {
    Instruments,
    Indicators,
    Questions,
    Items,
}

struct Figures<'p> {
    year: u16,
    pack: Option<&'p Pack>,
    scale: Scale,
    seen: BTreeMap<Figure, Span>,
    found: BTreeMap<Figure, Published>,
    faulty: BTreeSet<Figure>,
}

impl Figures<'_> {
    /// The subject of findings about a figure.
    fn subject(&self, code: &str) -> String {
        format!("{}/{code}", self.year)
    }

    fn layer(&mut self, d: &mut Decoder<'_>, node: Option<&Node>, layer: Layer) {
        let Some(entries) = node.and_then(|node| d.entries(node)) else { return };
        for (key, value) in entries {
            let Some(figure) = self.resolve(d, key, layer) else { continue };
            if let (Figure::Question(question), Kind::Map(_)) = (figure, &value.kind) {
                self.question(d, question, value);
            } else {
                self.put(d, figure, value);
            }
        }
        self.missing(d, node, layer);
    }

    /// The figure that a key names, with findings for an unknown code, another spelling, and a code given before.
    fn resolve(&mut self, d: &mut Decoder<'_>, key: &Node, layer: Layer) -> Option<Figure> {
        let pack = self.pack?;
        let text = key.scalar()?.trim();
        let (figure, plain) = match layer {
            Layer::Instruments => {
                let figure = pack.figure(text).or_else(|| pack.figure(&text.to_uppercase()));
                (figure.filter(|f| matches!(f, Figure::Instrument(_) | Figure::Part(..))), pack.figure(text).is_some())
            }
            Layer::Indicators => {
                let ascii = digits::to_ascii(text);
                // A Thai number of an indicator is as plain as an ASCII one: it has one reading.
                (pack.figure(&ascii).filter(|f| matches!(f, Figure::Indicator(_))), true)
            }
            Layer::Questions | Layer::Items => {
                let letters = if layer == Layer::Items { pack.item_letters() } else { Vec::new() };
                let read = MemberCode::read(text, &letters);
                let figure = read.and_then(|(code, _)| pack.member(code));
                let fits = |f: &Figure| matches!(f, Figure::Item(_)) == (layer == Layer::Items);
                (figure.filter(fits), read.is_some_and(|(_, plain)| plain))
            }
        };
        let Some(figure) = figure else {
            if !d.has_room() {
                return None;
            }
            let known = self.codes(layer);
            let finding = unknown::code_among(pack, d.place(key.span), (text, &known));
            d.report(finding.about(self.subject(text)));
            return None;
        };
        let code = pack.code(figure);
        if let Some(first) = self.seen.insert(figure, key.span) {
            let line = d.line(first);
            let finding = Finding::new(Code::DuplicateKey, d.place(key.span))
                .case(if text == code { "" } else { "code" })
                .about(self.subject(&code))
                .with("key", text)
                .with("code", code.as_str())
                .with("first", line);
            d.report(finding);
            return None;
        }
        if !plain {
            spelling(d, key.span, self.year, text, &code);
        }
        Some(figure)
    }

    /// A question given as `{ep: …, es: …, mean: …}`.
    fn question(&mut self, d: &mut Decoder<'_>, question: usize, node: &Node) {
        let Some(pack) = self.pack else { return };
        let parts: Vec<(String, Figure)> = pack
            .parts_of(question)
            .iter()
            .enumerate()
            .map(|(p, part)| (part.key.clone(), Figure::QuestionPart(question, p)))
            .chain([("mean".to_owned(), Figure::Question(question))])
            .collect();
        let mut first: BTreeMap<&str, Span> = BTreeMap::new();
        for (key, value) in d.entries(node).unwrap_or_default() {
            let name = key.scalar().unwrap_or("");
            let Some((_, figure)) = parts.iter().find(|(part, _)| part == name) else {
                let known: Vec<&str> = parts.iter().map(|(part, _)| part.as_str()).collect();
                let mut finding =
                    Finding::new(Code::UnknownField, d.place(key.span)).about(self.subject(&pack.code(Figure::Question(question))));
                finding = match nearest(name, &known) {
                    Some(nearest) => finding.case("near").with("nearest", nearest),
                    None => finding.with("known", known),
                };
                d.report(finding.with("key", name));
                continue;
            };
            if let Some(span) = first.insert(name, key.span) {
                let line = d.line(span);
                d.report(Finding::new(Code::DuplicateKey, d.place(key.span)).with("key", name).with("first", line));
                continue;
            }
            self.put(d, *figure, value);
        }
    }

    /// Reads one figure. Null means that it was not published.
    fn put(&mut self, d: &mut Decoder<'_>, figure: Figure, node: &Node) {
        let Some(pack) = self.pack else { return };
        let subject = self.subject(&pack.code(figure));
        let written = match &node.kind {
            Kind::Null => return,
            Kind::Scalar { text, .. } => text.trim(),
            _ => {
                self.faulty.insert(figure);
                let before = std::mem::replace(&mut d.subject, subject);
                d.wrong_type(node, FIGURE);
                d.subject = before;
                return;
            }
        };
        let Some(value) = Exact::parse(written).filter(|_| !is_odd(written)) else {
            self.faulty.insert(figure);
            let finding = Finding::new(Code::ScoreNotANumber, d.place(node.span)).about(subject).with("found", written);
            d.report(finding);
            return;
        };
        // A third of a weight is printed rounded, and may so be above itself.
        let highest = highest(pack, self.scale, figure);
        let highest = highest.rounded(2).max(highest);
        if value.is_negative() || value > highest {
            self.faulty.insert(figure);
            let finding = Finding::new(Code::ScoreOutOfRange, d.place(node.span))
                .about(subject)
                .with("found", written)
                .with("highest", highest.to_string());
            d.report(finding);
            return;
        }
        self.found.insert(figure, Published { text: digits::to_ascii(written), value, place: d.place(node.span) });
    }

    /// Hints at what a layer leaves out; a layer that is not there at all was not published.
    fn missing(&self, d: &mut Decoder<'_>, node: Option<&Node>, layer: Layer) {
        let (Some(node), Some(pack)) = (node, self.pack) else { return };
        let Kind::Map(map) = &node.kind else { return };
        if map.is_empty() {
            return;
        }
        for figure in self.layer_figures(layer) {
            let code = pack.code(figure);
            let given = |f: &Figure| self.seen.contains_key(f);
            let covered = match figure {
                // An instrument stands for its parts and its parts for it: reports print one or the other.
                Figure::Instrument(i) => {
                    let parts = pack.instruments[i].parts.len();
                    given(&figure) || (parts > 0 && (0..parts).any(|p| given(&Figure::Part(i, p))))
                }
                Figure::Part(i, _) => {
                    let parts = pack.instruments[i].parts.len();
                    given(&figure) || !(0..parts).any(|p| given(&Figure::Part(i, p)))
                }
                _ => given(&figure),
            };
            if !covered {
                let finding = Finding::new(Code::ScoreMissing, d.place(Span { start: node.span.start, end: node.span.start }))
                    .case(if matches!(figure, Figure::Indicator(_)) { "indicator" } else { "" })
                    .about(self.subject(&code))
                    .with("code", code.as_str())
                    .with("pack", pack.id.as_str());
                d.report(finding);
            }
        }
    }

    fn layer_figures(&self, layer: Layer) -> Vec<Figure> {
        let Some(pack) = self.pack else { return Vec::new() };
        match layer {
            Layer::Instruments => {
                let parts = |i: usize| (0..pack.instruments[i].parts.len()).map(move |p| Figure::Part(i, p));
                (0..pack.instruments.len()).flat_map(|i| std::iter::once(Figure::Instrument(i)).chain(parts(i))).collect()
            }
            Layer::Indicators => (0..pack.indicators.len()).map(Figure::Indicator).collect(),
            Layer::Questions => (0..pack.questions.len()).map(Figure::Question).collect(),
            Layer::Items => (0..pack.items.len()).map(Figure::Item).collect(),
        }
    }

    fn codes(&self, layer: Layer) -> Vec<String> {
        let Some(pack) = self.pack else { return Vec::new() };
        self.layer_figures(layer).into_iter().map(|figure| pack.code(figure)).collect()
    }

    fn respondents(&self, d: &mut Decoder<'_>, node: &Node) -> BTreeMap<Figure, u32> {
        let mut respondents = BTreeMap::new();
        let Some(pack) = self.pack else { return respondents };
        for (key, value) in d.entries(node).unwrap_or_default() {
            let text = key.scalar().unwrap_or("").trim();
            match pack.figure(text).filter(|f| matches!(f, Figure::Instrument(_) | Figure::Part(..))) {
                Some(figure) if !value.is_null() => {
                    if let Some(count) = d.number(value) {
                        respondents.insert(figure, count.value);
                    }
                }
                Some(_) => {}
                None => {
                    let finding = unknown::code(pack, d.place(key.span), text);
                    d.report(finding.about(self.subject(text)));
                }
            }
        }
        respondents
    }

    fn corrections(&self, d: &mut Decoder<'_>, node: &Node) -> Vec<Correction> {
        let mut corrections = Vec::new();
        for node in d.strict_list(node) {
            let Some(mut fields) = d.fields(node, &CORRECTION) else { continue };
            let date = fields.take("date").and_then(|node| d.date(node)).map(|date| date.value);
            let code = fields.required("code", d).and_then(|node| self.corrected(d, node));
            let was = fields.take("was").and_then(|node| printed(d, node));
            let now = fields.take("now").and_then(|node| printed(d, node));
            let reason = fields.take("reason").and_then(|node| d.text(node)).map(|text| text.value);
            fields.finish(d);
            if let Some(code) = code {
                corrections.push(Correction { date, code, was, now, reason });
            }
        }
        corrections
    }

    /// The plain code of a corrected figure, in any spelling.
    fn corrected(&self, d: &mut Decoder<'_>, node: &Node) -> Option<String> {
        let text = d.text(node)?.value;
        let Some(pack) = self.pack else { return Some(text) };
        let ascii = digits::to_ascii(&text);
        let member = || MemberCode::read(&text, &pack.item_letters()).and_then(|(code, _)| pack.member(code));
        // The level is corrected under the same subject as the total.
        let figure = pack.figure(&ascii).or_else(member);
        if figure.is_none() {
            let finding = unknown::code(pack, d.place(node.span), &text);
            d.report(finding.about(self.subject(&text)));
        }
        figure.map(|figure| pack.code(figure))
    }
}

/// The highest value that a figure can have in its printed unit: 100, or the weight of an instrument that is printed as its share.
pub fn highest(pack: &Pack, scale: Scale, figure: Figure) -> Exact {
    let weight = if scale == Scale::Weighted { pack.weight(figure) } else { None };
    weight.unwrap_or_else(|| Exact::whole(100))
}

/// Is this a number that no report prints: `-0`, `000090`? A negative number is out of range, which says more.
fn is_odd(written: &str) -> bool {
    let ascii = digits::to_ascii(written);
    let whole = ascii.trim_start_matches('-').split('.').next().unwrap_or_default();
    let zero = ascii.starts_with('-') && Exact::parse(&ascii) == Some(Exact::whole(0));
    zero || (whole.len() > 1 && whole.starts_with('0'))
}

/// A figure of a correction: a number as printed, or the name of a level.
fn printed(d: &mut Decoder<'_>, node: &Node) -> Option<String> {
    let text = d.text(node)?.value;
    Some(if Exact::parse(&text).is_some() { digits::to_ascii(&text) } else { text })
}

/// Hints at a code in another spelling than the plain one.
pub fn spelling(d: &mut Decoder<'_>, span: Span, year: u16, found: &str, code: &str) {
    let finding = Finding::new(Code::CodeSpelling, d.place(span)).about(format!("{year}/{code}")).with("found", found).with("code", code);
    d.report(finding);
}
