//! The status as one CSV table, for spreadsheets: a row for each item, then one for each responsible unit, edition by edition. Counts
//! stand in the same columns, so that `layer` chooses what is added up.

use super::{Agency, Edition, Item, Progress, Status, Unit};
use crate::base::csv;

const COLUMNS: [&str; 24] = [
    "agency",
    "agency_name",
    "year",
    "draft",
    "layer",
    "owner",
    "code",
    "id",
    "name",
    "status",
    "total",
    "published",
    "partial",
    "missing",
    "unrecorded",
    "not_applicable",
    "elements",
    "elements_met",
    "elements_missing",
    "links",
    "updated",
    "review_by",
    "due",
    "overdue",
];

/// The table. One without rows has its header.
pub fn render(status: &Status) -> String {
    let mut out = String::from(csv::BEGIN);
    csv::line(COLUMNS.iter().map(|column| (*column).to_owned()), &mut out);
    for agency in &status.agencies {
        for edition in &agency.editions {
            for item in &edition.items {
                row(agency, edition, &Cells::of_item(item), &mut out);
            }
            for unit in &edition.units {
                row(agency, edition, &Cells::of_unit(unit, edition), &mut out);
            }
        }
    }
    out
}

/// What stands in a row after the edition.
struct Cells<'a> {
    layer: &'static str,
    owner: &'a str,
    item: Option<&'a Item>,
    progress: Progress,
    links: usize,
}

impl<'a> Cells<'a> {
    fn of_item(item: &'a Item) -> Self {
        let mut progress = Progress::default();
        progress.add(item);
        Self { layer: "item", owner: item.owner.as_deref().unwrap_or(""), item: Some(item), progress, links: item.links }
    }

    fn of_unit(unit: &'a Unit, edition: &Edition) -> Self {
        let links = edition.items.iter().filter(|item| item.owner == unit.owner).map(|item| item.links).sum();
        Self { layer: "unit", owner: unit.owner.as_deref().unwrap_or(""), item: None, progress: unit.progress, links }
    }
}

fn row(agency: &Agency, edition: &Edition, cells: &Cells<'_>, out: &mut String) {
    let Cells { layer, owner, item, progress, links } = cells;
    let counts = progress.counts;
    let of_item = |text: fn(&Item) -> String| item.map(text).unwrap_or_default();
    let fields = [
        agency.slug.clone(),
        agency.name.th.clone(),
        edition.year.to_string(),
        (edition.is_draft || item.is_some_and(|item| item.is_draft)).to_string(),
        (*layer).to_owned(),
        (*owner).to_owned(),
        of_item(|item| item.code.clone()),
        of_item(|item| item.id.clone()),
        of_item(|item| item.name.th.clone()),
        of_item(|item| item.status.word().to_owned()),
        counts.total().to_string(),
        counts.published.to_string(),
        counts.partial.to_string(),
        counts.missing.to_string(),
        counts.unrecorded.to_string(),
        counts.not_applicable.to_string(),
        progress.elements.to_string(),
        progress.met.to_string(),
        of_item(|item| item.open.iter().map(|open| open.id.as_str()).collect::<Vec<_>>().join(" | ")),
        links.to_string(),
        of_item(|item| item.updated.map(|day| day.to_string()).unwrap_or_default()),
        of_item(|item| item.review_by.map(|day| day.to_string()).unwrap_or_default()),
        progress.due.to_string(),
        progress.overdue.to_string(),
    ];
    csv::line(fields.into_iter().map(|field| csv::harmless(&field).into_owned()), out);
}
