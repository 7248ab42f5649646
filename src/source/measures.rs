//! `measures.yaml`: what the agency will do about each issue, and how far it is.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use super::shape::measures::{CLOSED, MEASURE, PERIOD, PROGRESS};
use super::unknown;
use crate::base::date::Date;
use crate::base::span::{Located, Place, Span};
use crate::finding::{Code, Finding};
use crate::framework::Pack;
use crate::text::decode::Decoder;
use crate::text::yaml::Node;

/// A measure.
#[derive(Clone, Debug)]
pub struct Measure {
    /// Where it is written.
    pub place: Place,
    /// The issue's number.
    pub issue: u32,
    /// Its id, where it has one.
    pub id: Option<String>,
    /// How the analysis is put into practice.
    pub method: Option<Located<String>>,
    /// The steps.
    pub steps: Vec<String>,
    /// Who is responsible.
    pub responsible: Vec<String>,
    /// When.
    pub period: Option<Period>,
    /// How far it is.
    pub status: MeasureStatus,
    /// What was done so far, in the order of the file.
    pub progress: Vec<Progress>,
    /// When and why it was closed.
    pub closed: Option<Closed>,
}

/// When a measure runs.
#[derive(Clone, Debug)]
pub struct Period {
    /// Where it is written.
    pub place: Place,
    /// The first day.
    pub from: Option<Date>,
    /// The last day.
    pub to: Option<Date>,
    /// The words of the report.
    pub text: Option<String>,
}

/// How far a measure is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum MeasureStatus {
    /// Not begun.
    #[default]
    Planned,
    /// Begun.
    InProgress,
    /// Done.
    Done,
    /// Given up.
    Dropped,
}

impl MeasureStatus {
    pub(super) const WORDS: &'static [(&'static str, MeasureStatus)] = &[
        ("planned", MeasureStatus::Planned),
        ("in-progress", MeasureStatus::InProgress),
        ("done", MeasureStatus::Done),
        ("dropped", MeasureStatus::Dropped),
    ];

    /// The word that authors and data files use.
    pub fn word(self) -> &'static str {
        Self::WORDS.iter().find(|(_, status)| *status == self).map_or("planned", |(word, _)| word)
    }
}

/// A report of progress.
#[derive(Clone, Debug)]
pub struct Progress {
    /// The day.
    pub date: Option<Date>,
    /// What was done.
    pub text: String,
    /// Where it can be seen, as written.
    pub evidence: Option<Located<String>>,
}

/// When and why a measure was closed.
#[derive(Clone, Debug)]
pub struct Closed {
    /// The day.
    pub date: Option<Date>,
    /// Why.
    pub reason: Option<String>,
}

/// Reads the file.
pub fn read(d: &mut Decoder<'_>, root: &Node, year: u16, pack: &Pack) -> Vec<Measure> {
    let mut measures = Vec::new();
    let mut ids = BTreeMap::new();
    for node in d.strict_list(root) {
        measures.extend(measure(d, node, (year, pack), &mut ids));
    }
    measures
}

/// Reads a measure. `ids` are those of the measures before it: by its id a measure is known in the next year, so two can't share one.
fn measure(d: &mut Decoder<'_>, node: &Node, (year, pack): (u16, &Pack), ids: &mut BTreeMap<String, Span>) -> Option<Measure> {
    let mut fields = d.fields(node, &MEASURE)?;
    let issue = fields.required("issue", d).and_then(|node| issue(d, node, year, pack));
    let before = match issue {
        Some(number) => std::mem::replace(&mut d.subject, format!("{year}/issue-{number}")),
        None => d.subject.clone(),
    };
    let id = fields.take("id").and_then(|node| d.text(node)).filter(|id| !id.value.is_empty());
    let id = id.and_then(|id| match ids.entry(id.value) {
        Entry::Occupied(taken) => {
            let first = d.line(*taken.get());
            let finding = Finding::new(Code::DuplicateKey, id.place).case("measure").with("id", taken.key().as_str());
            d.report(finding.with("first", first));
            None
        }
        Entry::Vacant(free) => {
            let value = free.key().clone();
            free.insert(id.place.span);
            Some(value)
        }
    });
    let method = fields.take("method").and_then(|node| d.text(node));
    let texts = |d: &mut Decoder<'_>, node: Option<&Node>| {
        node.map(|node| d.texts(node)).unwrap_or_default().into_iter().map(|text| text.value).collect::<Vec<_>>()
    };
    let steps = texts(d, fields.take("steps"));
    let responsible = texts(d, fields.take("responsible"));
    let period = fields.take("period").and_then(|node| period(d, node));
    let status = fields.take("status").and_then(|node| d.choice(node, MeasureStatus::WORDS)).unwrap_or_default();
    let mut progress = Vec::new();
    for node in fields.take("progress").map(|node| d.strict_list(node)).unwrap_or_default() {
        progress.extend(report(d, node));
    }
    let closed = fields.take("closed").and_then(|node| closed(d, node));
    let place = d.place(fields.span());
    fields.finish(d);
    d.subject = before;
    Some(Measure { place, issue: issue?, id, method, steps, responsible, period, status, progress, closed })
}

/// The number of an issue that the pack has.
fn issue(d: &mut Decoder<'_>, node: &Node, year: u16, pack: &Pack) -> Option<u32> {
    let number = d.number(node)?.value;
    // A pack without issues can't tell which there are.
    if pack.issues.is_empty() || pack.issue(number).is_some() {
        return Some(number);
    }
    let finding = unknown::issue(pack, d.place(node.span), &number.to_string()).about(format!("{year}/issue-{number}"));
    d.report(finding);
    None
}

fn period(d: &mut Decoder<'_>, node: &Node) -> Option<Period> {
    if node.scalar().is_some() {
        return d.text(node).map(|text| Period { place: text.place, from: None, to: None, text: Some(text.value) });
    }
    let place = d.place(node.span);
    let mut fields = d.fields(node, &PERIOD)?;
    let from = fields.take("from").and_then(|node| d.date(node)).map(|date| date.value);
    let to = fields.take("to").and_then(|node| d.date(node)).map(|date| date.value);
    let text = fields.take("text").and_then(|node| d.text(node)).map(|text| text.value);
    fields.finish(d);
    Some(Period { place, from, to, text })
}

fn report(d: &mut Decoder<'_>, node: &Node) -> Option<Progress> {
    let mut fields = d.fields(node, &PROGRESS)?;
    let date = fields.take("date").and_then(|node| d.date(node)).map(|date| date.value);
    let text = fields.required("text", d).and_then(|node| d.text(node)).map(|text| text.value);
    let evidence = fields.take("evidence").and_then(|node| d.text(node));
    fields.finish(d);
    Some(Progress { date, text: text?, evidence })
}

fn closed(d: &mut Decoder<'_>, node: &Node) -> Option<Closed> {
    let mut fields = d.fields(node, &CLOSED)?;
    let date = fields.take("date").and_then(|node| d.date(node)).map(|date| date.value);
    let reason = fields.take("reason").and_then(|node| d.text(node)).map(|text| text.value);
    fields.finish(d);
    Some(Closed { date, reason })
}
