//! What became of the measures of one edition in the next. Owns when two are one measure: by their id, else by issue and method. Refuses to
//! guess of one that is neither carried on nor closed: it is told to be not recorded.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Pair, key};
use crate::site::axis::Axis;
use crate::site::model::EditionModel;
use crate::site::table::{Cell, Column, Group, Label, Layout, Line, Row, Shows, Table};
use crate::site::view::{View, view};
use crate::source::measures::{Measure, MeasureStatus};

/// Fates in the order in which they are told, with the mark and the sentence of each.
const FATES: [(Fate, &str, &str); 5] = [
    (Fate::Carried, "carried", "changes.measures.carried"),
    (Fate::Done, "done", "changes.measures.done"),
    (Fate::Dropped, "dropped", "changes.measures.dropped"),
    (Fate::Untold, "unrecorded", "changes.measures.untold"),
    (Fate::Begun, "begun", "changes.measures.begun"),
];

/// What became of a measure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    /// The later year has it too.
    Carried,
    /// Done in the earlier year, and not carried on.
    Done,
    /// Given up in the earlier year.
    Dropped,
    /// Open in the earlier year, and not in the later one.
    Untold,
    /// In the later year alone.
    Begun,
}

/// A measure of a pair.
struct Followed<'a> {
    fate: Fate,
    /// Its record, of the later year where that has one.
    measure: &'a Measure,
    /// Its record of the earlier year, where it was carried on.
    earlier: Option<&'a Measure>,
}

/// What is said of the measures of a pair, and their table; no table where either year has none.
pub fn compare(pair: Pair<'_>) -> (View, Option<Layout>) {
    let without = pair.years_where(|e| e.edition.measures.is_empty());
    if !without.is_empty() {
        return (view!({"without": without}), None);
    }
    let followed = follow(pair);
    let count = |fate: Fate| followed.iter().filter(|one| one.fate == fate).count();
    let view = view!({
        "without": without,
        "before": pair.before.edition.measures.len(),
        "after": pair.after.edition.measures.len(),
        "carried": count(Fate::Carried), "done": count(Fate::Done), "dropped": count(Fate::Dropped), "untold": count(Fate::Untold),
        "begun": count(Fate::Begun),
    });
    let layout = layout(pair, &followed);
    (view, Some(layout))
}

/// The measures of both years: those of the earlier one in its order, then those that the later one began.
fn follow(pair: Pair<'_>) -> Vec<Followed<'_>> {
    let (before, after) = (&pair.before.edition.measures, &pair.after.edition.measures);
    let matches = matches(pair);
    let mut all = Vec::new();
    for (place, measure) in before.iter().enumerate() {
        let later = matches.get(&place).and_then(|place| after.get(*place));
        let fate = match (later, measure.status) {
            (Some(_), _) => Fate::Carried,
            (None, MeasureStatus::Done) => Fate::Done,
            (None, MeasureStatus::Dropped) => Fate::Dropped,
            (None, MeasureStatus::Planned | MeasureStatus::InProgress) => Fate::Untold,
        };
        all.push(Followed { fate, measure: later.unwrap_or(measure), earlier: later.map(|_| measure) });
    }
    let carried: std::collections::BTreeSet<usize> = matches.into_values().collect();
    let begun = after.iter().enumerate().filter(|(place, _)| !carried.contains(place));
    all.extend(begun.map(|(_, measure)| Followed { fate: Fate::Begun, measure, earlier: None }));
    all
}

/// By the place of a measure in the earlier year: its place in the later one. No measure is taken twice.
fn matches(pair: Pair<'_>) -> BTreeMap<usize, usize> {
    let (before, after) = (&pair.before.edition.measures, &pair.after.edition.measures);
    let mut found = BTreeMap::new();
    let ids: BTreeMap<&str, usize> = after.iter().enumerate().filter_map(|(place, m)| Some((m.id.as_deref()?, place))).collect();
    for (place, measure) in before.iter().enumerate() {
        if let Some(later) = measure.id.as_deref().and_then(|id| ids.get(id)) {
            found.insert(place, *later);
        }
    }
    let taken: std::collections::BTreeSet<usize> = found.values().copied().collect();
    let names = [pair.before, pair.after].iter().all(|edition| !edition.edition.pack.issues.is_empty());
    let mut written: BTreeMap<(String, String), Vec<usize>> = BTreeMap::new();
    for (place, measure) in after.iter().enumerate().rev().filter(|(place, _)| !taken.contains(place)) {
        if let Some(said) = said(pair.after, measure, names) {
            written.entry(said).or_default().push(place);
        }
    }
    for (place, measure) in before.iter().enumerate() {
        // Two that both have an id are two measures where the ids differ.
        let fits = |later: &usize| measure.id.is_none() || after[*later].id.is_none();
        let list =
            if found.contains_key(&place) { None } else { said(pair.before, measure, names).and_then(|said| written.get_mut(&said)) };
        if let Some(later) = list.and_then(|list| list.pop_if(|later| fits(later))) {
            found.insert(place, later);
        }
    }
    found
}

/// The issue and the method of a measure, as they are compared. An issue is its name where both packs name theirs, else its number.
fn said(edition: &EditionModel, measure: &Measure, names: bool) -> Option<(String, String)> {
    let method = key(&measure.method.as_ref()?.value);
    let name = edition.edition.pack.issue(measure.issue).filter(|_| names).map(|issue| key(&issue.name.th));
    (!method.is_empty()).then(|| (name.unwrap_or_else(|| measure.issue.to_string()), method))
}

fn layout(pair: Pair<'_>, followed: &[Followed<'_>]) -> Layout {
    let (from, to) = (pair.before.edition.year, pair.after.edition.year);
    let mut table = Table::new("changes", &["method", "responsible"]);
    let mut lines = Vec::new();
    for (fate, mark, sentence) in FATES {
        let own: Vec<&Followed<'_>> = followed.iter().filter(|one| one.fate == fate).collect();
        if own.is_empty() {
            continue;
        }
        let label = Label::new(sentence).number("count", own.len()).number("from", from).number("to", to);
        lines.push(Line::Group(Group { note: Some((mark, label)), ..Group::default() }));
        for one in own {
            lines.push(Line::Row(Row { index: table.rows.len(), notes: notes(one, (from, to)), ..Row::default() }));
            let method = one.measure.method.as_ref().filter(|method| !method.value.trim().is_empty());
            let people = &one.measure.responsible;
            table.rows.push(vec![
                method.map_or(Cell::Word("changes.no_method"), |method| Cell::Text(method.value.clone())),
                if people.is_empty() { Cell::Null } else { Cell::List(people.clone()) },
            ]);
        }
    }
    Layout {
        table: Arc::new(table),
        shape: "",
        caption: Label::new("table.changes.measures").number("from", from).number("to", to),
        subcaption: None,
        columns: vec![
            Column { label: Label::new("measure.untitled"), shows: Shows::Head(None, "method") },
            Column { label: Label::new("column.responsible"), shows: Shows::Plain("responsible", "p w") },
        ],
        lines,
        axis: Axis::default(),
    }
}

/// What is said under a measure: how its status changed, or when and why it was closed.
fn notes(one: &Followed<'_>, (from, to): (u16, u16)) -> Vec<Label> {
    let word = |status: MeasureStatus| format!("measure.status.{}", status.word());
    let mut notes = Vec::new();
    match (one.fate, one.earlier) {
        (Fate::Carried, Some(earlier)) if earlier.status != one.measure.status => {
            let label = Label::new("changes.status").number("from", from).number("to", to);
            notes.push(label.word("before", word(earlier.status)).word("after", word(one.measure.status)));
        }
        (Fate::Carried, _) => notes.push(Label::new("changes.measure.status").word("status", word(one.measure.status))),
        (Fate::Begun, _) => notes.push(Label::new("issue.number").number("number", one.measure.issue)),
        (Fate::Done | Fate::Dropped, _) => {
            if let Some(closed) = &one.measure.closed {
                notes.extend(closed.date.map(|date| Label::new("changes.measure.closed").day("day", date)));
                notes.extend(closed.reason.as_ref().map(|reason| Label::new("text").text("text", reason.as_str())));
            }
        }
        (Fate::Untold, _) => {}
    }
    notes
}
