//! The index of disclosure items of an edition: counts, what needs following up, and all rows by group.

use std::sync::Arc;

use super::item::data_year;
use super::model::{EditionModel, Model, group_anchor};
use super::page::{Page, Section, name};
use super::table::{Cell, Column, Group, Label, Layout, Line, Row, Shows, Table};
use super::view::{View, view};
use crate::assessment::completeness::{Counts, ElementState, Today, elements, is_due};
use crate::base::exact::Exact;
use crate::base::language::Name;
use crate::framework::Figure;
use crate::source::disclosures::Status;

/// The index of an edition's items.
pub fn page<'a>(model: &'a Model, edition: &'a EditionModel, today: Today) -> Page<'a> {
    let mut page = Page::of_edition(model, edition, "oit/", "oit");
    page.section = Section::Items;
    let counts = Counts::of(&edition.edition);
    page.view = view!({
        "total": edition.edition.pack.items.len(),
        "counts": count_view(counts),
        "all_unrecorded": counts.unrecorded == edition.edition.pack.items.len(),
        "follow": follow(edition, today),
        "scores": scores(edition),
        "known": super::known::of_pack(edition),
        "elements": edition.edition.pack.items.iter().any(|item| !item.elements.is_empty()),
    });
    page.download(edition, "disclosures");
    if let Some(layout) = completeness(edition, counts) {
        page.table("completeness", layout);
    }
    page.table("items", layout(edition, counts));
    page
}

/// Counts as templates take them.
pub fn count_view(counts: Counts) -> View {
    view!({
        "published": counts.published, "partial": counts.partial, "missing": counts.missing, "not_applicable": counts.not_applicable,
        "unrecorded": counts.unrecorded, "total": counts.total(), "recorded": counts.total() - counts.unrecorded,
        "bar": (counts.total() > counts.unrecorded).then(|| segments(counts)),
    })
}

/// A segment of the bar is labelled inside the chart from this length on, in per cent.
const LABELLED: i64 = 8;

/// The bar of all items that are counted, by state.
fn segments(counts: Counts) -> Vec<View> {
    let states =
        [("published", counts.published), ("partial", counts.partial), ("missing", counts.missing), ("unrecorded", counts.unrecorded)];
    let share = |count: usize| &Exact::whole(count as i64 * 100) / &Exact::whole(counts.total().max(1) as i64);
    let mut before = 0;
    let mut segments = Vec::new();
    for (status, count) in states.into_iter().filter(|(_, count)| *count > 0) {
        let (x, width) = (share(before), share(count));
        let middle = &x + &(&width / &Exact::whole(2));
        segments.push(view!({
            "status": status, "count": count, "x": x.short(1), "width": width.short(1), "middle": middle.short(1),
            "labelled": width >= Exact::whole(LABELLED),
        }));
        before += count;
    }
    segments
}

/// How complete each group is; none where there is one group, or where nothing is recorded.
fn completeness(edition: &EditionModel, counts: Counts) -> Option<Layout> {
    let groups = sections(edition);
    if groups.len() < 2 || counts.unrecorded == edition.edition.pack.items.len() {
        return None;
    }
    let mut table = Table::new("completeness", &["code", "name", "published", "partial", "missing", "unrecorded", "not_applicable"]);
    let mut lines = Vec::new();
    for (id, name, items) in groups {
        let mut counts = Counts::default();
        for item in items {
            counts.count(edition.edition.status(item));
        }
        let count = |count: usize| if count == 0 { Cell::Null } else { Cell::number(count) };
        let link = (!id.is_empty()).then(|| edition.base.below("oit/"));
        let fragment = link.as_ref().map(|_| group_anchor(&id));
        lines.push(Line::Row(Row { link, fragment, ..Row::plain(table.rows.len()) }));
        table.rows.push(vec![
            Cell::Text(id),
            Cell::Name(name),
            count(counts.published),
            count(counts.partial),
            count(counts.missing),
            count(counts.unrecorded),
            count(counts.not_applicable),
        ]);
    }
    let plain = |label: &'static str, key, place| Column { label: Label::new(label), shows: Shows::Plain(key, place) };
    Some(Layout {
        table: Arc::new(table),
        shape: "hang counts",
        caption: Label::new("table.completeness"),
        subcaption: None,
        columns: vec![
            Column { label: Label::new("column.group"), shows: Shows::Head(Some("code"), "name") },
            Column { label: Label::new("column.marks"), shows: Shows::Stack(["published", "partial", "missing", "unrecorded"]) },
            plain("status.published", "published", "p"),
            plain("status.partial", "partial", "q"),
            plain("status.missing", "missing", "p"),
            plain("status.unrecorded", "unrecorded", "q"),
            plain("status.not-applicable", "not_applicable", "p"),
        ],
        lines,
        axis: super::axis::Axis::default(),
    })
}

/// The one score that all items have in print, if they have one.
fn scores(edition: &EditionModel) -> Option<String> {
    let mut texts = (0..edition.edition.pack.items.len()).map(|o| edition.published(Figure::Item(o)));
    let first = texts.next()??;
    texts.all(|text| text == Some(first)).then(|| first.to_owned())
}

/// Items that are not whole, or whose review is due.
pub fn follow(edition: &EditionModel, today: Today) -> Vec<View> {
    let items = &edition.edition.pack.items;
    let needs = |o: &usize| matches!(edition.edition.status(*o), Status::Missing | Status::Partial) || is_due(&edition.edition, *o, today);
    let one = |o: usize| {
        let record = edition.edition.record(o);
        view!({
            "code": items[o].code.to_string(), "name": name(&items[o].name), "address": edition.item(o).as_str(),
            "status": edition.edition.status(o).word(), "due": is_due(&edition.edition, o, today),
            "review_by": record.and_then(|record| record.review_by.as_ref()).map(|by| by.value.to_string()),
            "owner": record.and_then(|record| record.owner.clone()), "note": record.and_then(|record| record.note.clone()),
        })
    };
    (0..items.len()).filter(needs).map(one).collect()
}

/// The items by group, with codes and states, for the chips of the front page.
pub fn groups(edition: &EditionModel) -> Vec<View> {
    sections(edition)
        .into_iter()
        .map(|(_, group_name, items)| {
            let chip = |o: &usize| {
                let item = &edition.edition.pack.items[*o];
                view!({"code": item.code.to_string(), "name": name(&item.name), "address": edition.item(*o).as_str(), "status": edition.edition.status(*o).word()})
            };
            view!({"name": name(&group_name), "items": items.iter().map(chip).collect::<Vec<_>>()})
        })
        .collect()
}

/// Items by group; those of an indicator without groups stand under the indicator, others at the end.
fn sections(edition: &EditionModel) -> Vec<(String, Name, Vec<usize>)> {
    let pack = &edition.edition.pack;
    let mut sections = Vec::new();
    for (i, indicator) in pack.indicators.iter().enumerate() {
        for (g, group) in indicator.groups.iter().enumerate() {
            sections.push((group.id.clone(), group.name.clone(), pack.items_in(i, g).collect::<Vec<_>>()));
        }
        let ungrouped: Vec<usize> = pack.items_of(i).filter(|o| pack.items[*o].group.is_none()).collect();
        sections.push((indicator.number.to_string(), indicator.name.clone(), ungrouped));
    }
    let homeless = (0..pack.items.len()).filter(|o| pack.items[*o].indicator.is_none()).collect();
    sections.retain(|(_, _, items): &(_, _, Vec<usize>)| !items.is_empty());
    let (th, en) = if sections.is_empty() {
        ("รายการทั้งหมด", "All items")
    } else {
        ("รายการอื่น", "Other items")
    };
    sections.push((String::new(), Name { th: th.to_owned(), en: Some(en.to_owned()) }, homeless));
    sections.retain(|(_, _, items)| !items.is_empty());
    sections
}

fn layout(edition: &EditionModel, counts: Counts) -> Layout {
    let pack = &edition.edition.pack;
    let recorded = counts.unrecorded < pack.items.len();
    let columns = ["code", "name", "status", "data_year", "elements", "updated", "owner", "published"];
    let mut table = Table::new("disclosures", &columns);
    for (o, item) in pack.items.iter().enumerate() {
        let states = elements(&edition.edition, o);
        let met = states.iter().filter(|state| matches!(state, ElementState::Met { .. })).count();
        let unrecorded = edition.edition.status(o) == Status::Unrecorded;
        let evidence = match (states.len(), unrecorded) {
            (0, _) => Cell::Null,
            // How many elements a document should have says nothing of evidence, so it stands only where nothing is recorded yet.
            (_, true) if recorded => Cell::Null,
            (count, true) => Cell::number(count),
            (count, false) => Cell::Text(format!("{met}/{count}")),
        };
        let record = edition.edition.record(o);
        table.rows.push(vec![
            Cell::Text(item.code.to_string()),
            Cell::Name(item.name.clone()),
            Cell::Text(edition.edition.status(o).word().to_owned()),
            Cell::Text(year_key(&data_year(edition, item))),
            evidence,
            record.and_then(|record| record.updated).map_or(Cell::Null, Cell::Day),
            Cell::maybe(record.and_then(|record| record.owner.clone())),
            edition.published(Figure::Item(o)).map_or(Cell::Null, |text| Cell::Figure(text.to_owned())),
        ]);
    }
    let mut lines = Vec::new();
    for (id, group_name, items) in sections(edition) {
        let all_unrecorded = items.iter().all(|o| edition.edition.status(*o) == Status::Unrecorded);
        // A state that a whole group shares stands once, in the group's row.
        let note = (all_unrecorded && !recorded).then(|| ("unrecorded", Label::new("group.unrecorded").number("count", items.len())));
        let anchor = (!id.is_empty()).then(|| group_anchor(&id));
        lines.push(Line::Group(Group { code: id, name: group_name, note, anchor, ..Group::default() }));
        for o in items {
            let anchor = Some(pack.items[o].code.to_string());
            lines.push(Line::Row(Row { index: o, link: Some(edition.item(o)), anchor, ..Row::default() }));
        }
    }
    let plain = |label: &'static str, key, place| Column { label: Label::new(label), shows: Shows::Plain(key, place) };
    let head = Column { label: Label::new("column.item"), shows: Shows::Head(Some("code"), "name") };
    let score = Column { label: Label::new("column.score"), shows: Shows::Main("published") };
    let columns = if recorded {
        let status = Column { label: Label::new("column.status"), shows: Shows::Status("status") };
        vec![
            head,
            status,
            plain("column.evidence", "elements", "q"),
            plain("column.updated", "updated", "r2"),
            plain("column.owner", "owner", "s2"),
            score,
        ]
    } else {
        vec![head, plain("column.data_year", "data_year", "p w"), plain("column.elements", "elements", "q"), score]
    };
    let (first, last) = (pack.items.first(), pack.items.last());
    let code = |item: Option<&crate::framework::Item>| item.map(|item| item.code.to_string()).unwrap_or_default();
    Layout {
        table: Arc::new(table),
        shape: if recorded { "hang" } else { "hang tail" },
        caption: Label::new("table.oit").text("first", code(first)).text("last", code(last)),
        subcaption: None,
        columns,
        lines,
        axis: super::axis::Axis::default(),
    }
}

/// A data year as a cell that the string catalogue names: `2568`, or `in_force`.
fn year_key(view: &View) -> String {
    match view.get("year") {
        Some(View::Number(year)) => year.to_string(),
        _ => view.get("kind").and_then(View::as_str).unwrap_or("unknown").to_owned(),
    }
}
