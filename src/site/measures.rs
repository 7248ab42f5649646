//! The measures of an edition: what will be done, by whom, by when, and how far it is.

use std::sync::Arc;

use super::links::{Links, Target};
use super::model::{EditionModel, Model};
use super::page::{Page, Section, maybe};
use super::table::{Cell, Column, Label, Layout, Line, Row, Shows, Table};
use super::tables::Tables;
use super::timeline::Timeline;
use super::view::{View, view};
use crate::base::address::Address;
use crate::base::date::Date;
use crate::source::measures::{Measure, Progress};

/// The page of all measures.
pub fn page<'a>(model: &'a Model, edition: &'a EditionModel, tables: &Tables, links: &Links) -> Page<'a> {
    let mut page = Page::of_edition(model, edition, "measures/", "measures");
    page.section = Section::Measures;
    let count = |status: &str| edition.edition.measures.iter().filter(|measure| measure.status.word() == status).count();
    page.view = view!({
        "measures": edition.edition.measures.iter().enumerate().map(|(i, measure)| full(edition, i, measure, links)).collect::<Vec<_>>(),
        "reports": edition.edition.measures.iter().any(|measure| measure.progress.iter().any(|report| report.date.is_some())),
        "counts": view!({"planned": count("planned"), "in_progress": count("in-progress"), "done": count("done"), "dropped": count("dropped")}),
    });
    page.download(edition, "measures");
    if let Some(layout) = plan(edition, &page.address) {
        page.table("plan", layout);
    }
    page.table("measures", layout(edition, tables));
    page
}

/// The measures in short, for overviews.
pub fn list(edition: &EditionModel) -> Vec<View> {
    edition.edition.measures.iter().enumerate().map(|(i, measure)| short(edition, i, measure)).collect()
}

/// The measures of an issue, in full.
pub fn of_issue(edition: &EditionModel, issue: u32, links: &Links) -> Vec<View> {
    let own = edition.edition.measures.iter().enumerate().filter(|(_, measure)| measure.issue == issue);
    own.map(|(i, measure)| full(edition, i, measure, links)).collect()
}

/// The anchor of a measure: its id where it has a plain one that no other has, else its place.
pub(super) fn anchor(edition: &EditionModel, index: usize, measure: &Measure) -> String {
    let plain =
        |id: &&String| id.chars().all(|c| c.is_ascii_alphanumeric() || c == '-') && id.starts_with(|c: char| c.is_ascii_alphabetic());
    let unique = |id: &&String| edition.edition.measures.iter().filter(|other| other.id.as_ref() == Some(id)).count() == 1;
    match measure.id.as_ref().filter(plain).filter(unique) {
        Some(id) => format!("s-measure-{id}"),
        None => format!("s-measure-no-{}", index + 1),
    }
}

/// The last day on which something is told of a measure.
pub(super) fn last_told(measure: &Measure) -> Option<Date> {
    measure.progress.iter().filter_map(|progress| progress.date).chain(measure.closed.iter().filter_map(|closed| closed.date)).max()
}

fn short(edition: &EditionModel, index: usize, measure: &Measure) -> View {
    let period = measure.period.as_ref();
    view!({
        "anchor": anchor(edition, index, measure),
        "issue": measure.issue,
        "issue_name": maybe(edition.edition.pack.issue(measure.issue).map(|issue| &issue.name)),
        "issue_address": edition.edition.pack.issue(measure.issue).map(|issue| edition.issue(issue.number).to_string()),
        "method": measure.method.as_ref().map(|method| method.value.clone()),
        "steps": measure.steps,
        "responsible": measure.responsible,
        "from": period.and_then(|period| period.from).map(|date| date.to_string()),
        "to": period.and_then(|period| period.to).map(|date| date.to_string()),
        "period": period.and_then(|period| period.text.clone()),
        "before_result": edition.edition.assessment.announced.as_ref().filter(|announced| {
            period.and_then(|period| period.from).is_some_and(|from| from < announced.value)
        }).map(|announced| announced.value.to_string()),
        "status": measure.status.word(),
        "progress": measure.progress.len(),
    })
}

fn full(edition: &EditionModel, index: usize, measure: &Measure, links: &Links) -> View {
    let mut view = short(edition, index, measure);
    let one = |progress: &Progress| {
        let target = progress.evidence.as_ref().map(|evidence| links.at(&evidence.place));
        view!({"date": progress.date.map(|date| date.to_string()), "text": progress.text, "evidence": target.map(link)})
    };
    view.set("progress", &measure.progress.iter().map(one).collect::<Vec<_>>());
    let closed = measure
        .closed
        .as_ref()
        .map_or(View::Null, |closed| view!({"date": closed.date.map(|date| date.to_string()), "reason": closed.reason}));
    view.set("closed", &closed);
    view
}

/// A target as templates take it: an address of the site, an outside address, or neither.
pub fn link(target: &Target) -> View {
    match target {
        Target::Page(address, fragment) => view!({"address": address.as_str(), "fragment": fragment}),
        Target::File(address, size) => {
            view!({"address": address.as_str(), "size": size, "type": super::tables::extension(address.as_str())})
        }
        Target::External(url) => view!({"url": url, "type": super::tables::extension(url).filter(|t| is_document(t))}),
        Target::Picture(..) | Target::Here(_) | Target::Nowhere => View::map(Vec::new()),
    }
}

/// Extensions of documents; the end of an address of a page (`.php`, `.html`) says nothing to a reader.
fn is_document(extension: &str) -> bool {
    matches!(
        extension,
        "pdf" | "xlsx" | "xls" | "ods" | "csv" | "docx" | "doc" | "odt" | "pptx" | "ppt" | "zip" | "jpg" | "jpeg" | "png" | "json" | "txt"
    )
}

/// When measures run and how far they are; none where no measure tells a day.
fn plan(edition: &EditionModel, here: &Address) -> Option<Layout> {
    let measures = &edition.edition.measures;
    let timeline = Timeline::of(measures)?;
    let mut table = Table::new("plan", &["issue", "method", "status", "from", "to", "progress"]);
    let mut lines = Vec::new();
    for (index, measure) in measures.iter().enumerate() {
        let (from, to) = measure.period.as_ref().map_or((None, None), |period| (period.from, period.to));
        let words = measure.period.as_ref().and_then(|period| period.text.as_ref());
        let mut notes: Vec<Label> = days(from, to).into_iter().collect();
        if notes.is_empty() && words.is_none() {
            notes.push(Label::new("measure.no_period"));
        }
        notes.extend(words.map(|words| Label::new("text").text("text", words)));
        if !measure.progress.is_empty() {
            notes.push(Label::new("note.progress").number("count", measure.progress.len()));
        }
        let name = measure.method.is_none().then(|| Label::new("measure.untitled"));
        let fragment = Some(anchor(edition, index, measure));
        lines.push(Line::Row(Row { index, name, link: Some(here.clone()), fragment, notes, ..Row::default() }));
        let day = |day: Option<Date>| day.map_or(Cell::Null, Cell::Day);
        table.rows.push(vec![
            Cell::number(measure.issue),
            Cell::maybe(measure.method.as_ref().map(|method| method.value.clone())),
            Cell::Text(measure.status.word().to_owned()),
            day(from),
            day(to),
            Cell::number(measure.progress.len()),
        ]);
    }
    Some(Layout {
        table: Arc::new(table),
        shape: "time",
        caption: Label::new("table.plan"),
        subcaption: None,
        columns: vec![
            Column { label: Label::new("column.measure.name"), shows: Shows::Head(None, "method") },
            Column { label: Label::new("column.time"), shows: Shows::Time(Arc::new(timeline), "status") },
            Column { label: Label::new("column.status"), shows: Shows::Plan("status") },
        ],
        lines,
        axis: super::axis::Axis::default(),
    })
}

/// From when and until when, in words.
fn days(from: Option<Date>, to: Option<Date>) -> Option<Label> {
    match (from, to) {
        (Some(from), Some(to)) => Some(Label::new("period.span").day("from", from).day("to", to)),
        (Some(from), None) => Some(Label::new("period.from").day("from", from)),
        (None, Some(to)) => Some(Label::new("period.to").day("to", to)),
        (None, None) => None,
    }
}

/// The measures as a table, in the columns of the report.
pub fn layout(edition: &EditionModel, tables: &Tables) -> Layout {
    let line = |(index, measure): (usize, &Measure)| {
        let issue = edition.edition.pack.issue(measure.issue).map(|issue| Label::new("text").name("text", &issue.name));
        let period = measure.period.as_ref().filter(|period| period.text.is_none()).and_then(|period| days(period.from, period.to));
        Line::Row(Row { index, notes: issue.into_iter().chain(period).collect(), ..Row::default() })
    };
    let mut columns = vec![
        Column { label: Label::new("column.measure"), shows: Shows::Head(Some("issue"), "method") },
        Column { label: Label::new("column.steps"), shows: Shows::Plain("steps", "full w") },
        Column { label: Label::new("column.responsible"), shows: Shows::Plain("responsible", "p w") },
    ];
    // Days stand below the method, so a column of words that nobody wrote would be empty.
    if edition.edition.measures.iter().any(|measure| measure.period.as_ref().is_some_and(|period| period.text.is_some())) {
        columns.push(Column { label: Label::new("column.period"), shows: Shows::Plain("period", "q w") });
    }
    Layout {
        table: Arc::clone(&tables.measures),
        shape: "hang plan",
        caption: Label::new("table.measures").number("count", edition.edition.measures.len()),
        subcaption: None,
        columns,
        lines: edition.edition.measures.iter().enumerate().map(line).collect(),
        axis: super::axis::Axis::default(),
    }
}
