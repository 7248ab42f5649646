//! The page of an item in an edition. Its page through the years is in [`super::item_years`].

use super::known;
use super::links::{Links, Target};
use super::measures::link;
use super::model::{EditionModel, Model, group_anchor};
use super::page::{Crumb, Page, Section, Text, maybe, name};
use super::table::Label;
use super::view::{View, view};
use crate::assessment::completeness::{self, ElementState, Today};
use crate::framework::{Certainty, DataYear, Figure, Item};
use crate::source::disclosures::Disclosure;

/// The page of each item of an edition.
pub fn pages<'a>(model: &'a Model, edition: &'a EditionModel, links: &Links, today: Today) -> Vec<Page<'a>> {
    let items = &edition.edition.pack.items;
    let neighbour = |o: usize| {
        items.get(o).map(|item| view!({"code": item.code.to_string(), "name": name(&item.name), "address": edition.item(o).as_str()}))
    };
    let mut pages = Vec::with_capacity(items.len());
    for o in 0..items.len() {
        let mut page = Page::of_edition(model, edition, &format!("oit/{}/", items[o].code), "item");
        page.section = Section::Items;
        page.crumbs.push(Crumb { address: edition.base.below("oit/"), label: Label::new("crumb.items").number("count", items.len()) });
        page.view = view(model, edition, o, links);
        page.view.set("due", &completeness::is_due(&edition.edition, o, today));
        page.view.set("before", &o.checked_sub(1).and_then(neighbour));
        page.view.set("after", &neighbour(o + 1));
        page.updated = edition.edition.record(o).and_then(|record| record.updated);
        if let Some(commentary) = edition.items.get(&o) {
            page.updated = page.updated.max(commentary.updated);
            page.text("text", Text { commentary, top: 3, issue: None });
        }
        pages.push(page);
    }
    pages
}

fn view(model: &Model, edition: &EditionModel, o: usize, links: &Links) -> View {
    let pack = &edition.edition.pack;
    let item = &pack.items[o];
    let record = edition.edition.record(o);
    let states = completeness::elements(&edition.edition, o);
    let met = states.iter().filter(|state| matches!(state, ElementState::Met { .. })).count();
    let indicator = item.indicator.map(|i| &pack.indicators[i]);
    let group = indicator.zip(item.group).map(|(indicator, g)| &indicator.groups[g]);
    let issue = pack.issue_of(item.code);
    view!({
        "code": item.code.to_string(),
        "id": item.id,
        "name": name(&item.name),
        "title": record.and_then(|record| record.title.clone()),
        "about": maybe(item.about.as_ref()),
        "status": edition.edition.status(o).word(),
        "score": edition.published(Figure::Item(o)),
        "data_year": data_year(edition, item),
        "updated": record.and_then(|record| record.updated).map(|date| date.to_string()),
        "owner": record.and_then(|record| record.owner.clone()),
        "review_by": record.and_then(|record| record.review_by.as_ref()).map(|by| by.value.to_string()),
        "covers": record.and_then(|record| record.covers.as_ref()).map(|covers| covers.value),
        "note": record.and_then(|record| record.note.clone()),
        "links": record.map(|record| record_links(record, links)).unwrap_or_default(),
        "elements": elements(item, record, &states),
        "elements_met": met,
        "elements_certain": item.elements.iter().all(|element| element.certainty == Some(Certainty::Confirmed)),
        "indicator": indicator.map(|indicator| view!({
            "number": indicator.number, "name": name(&indicator.name),
            "score": edition.published(Figure::Indicator(item.indicator.unwrap_or_default())),
        })),
        "group": group.map(|group| view!({"id": group.id, "name": name(&group.name), "anchor": group_anchor(&group.id)})),
        "issue": issue.map(|issue| view!({
            "number": issue.number, "name": name(issue.plain.name.as_ref().unwrap_or(&issue.name)), "address": edition.issue(issue.number).as_str(),
        })),
        "known": known::of_item(edition, item),
        "lasting": super::item_years::address(model, &item.id).as_str(),
    })
}

/// The links of an item with what each opens.
pub fn record_links(record: &Disclosure, links: &Links) -> Vec<View> {
    record
        .links
        .iter()
        .map(|given| {
            let target = links.at(&given.url.place);
            let mut view = link(target);
            let file_name = |address: &str| address.rsplit('/').find(|part| !part.is_empty()).unwrap_or(address).to_owned();
            let title = given.title.clone().unwrap_or_else(|| match target {
                Target::File(address, _) => file_name(address.as_str()),
                Target::External(url) => url.clone(),
                _ => given.url.value.clone(),
            });
            view.set("title", &title);
            let host = match target {
                Target::External(url) => view!(host(url)),
                _ => View::Null,
            };
            view.set("host", &host);
            view
        })
        .collect()
}

/// The host of a web address.
pub fn host(url: &str) -> Option<&str> {
    url.split_once("://").map(|(_, rest)| rest.split(['/', '?', '#']).next().unwrap_or(rest))
}

fn elements(item: &Item, record: Option<&Disclosure>, states: &[ElementState]) -> Vec<View> {
    item.elements
        .iter()
        .zip(states)
        .map(|(element, state)| {
            let (word, links, commentary) = match state {
                ElementState::Met { links, commentary } => ("met", links.iter().map(|i| i + 1).collect(), *commentary),
                ElementState::Unmet => ("unmet", Vec::new(), false),
                ElementState::Untold => ("untold", Vec::new(), false),
            };
            let note = record.and_then(|record| record.elements.get(&element.id)).and_then(|said| said.note.clone());
            view!({
                "id": element.id, "text": name(&element.text), "certainty": known::certainty(element.certainty), "state": word, "links": links,
                "commentary": commentary, "note": note,
            })
        })
        .collect()
}

/// Which year an item's information is about: a kind, and the year where there is one.
pub fn data_year(edition: &EditionModel, item: &Item) -> View {
    let year = edition.edition.year;
    match item.data_year {
        DataYear::Current => view!({"kind": "year", "year": year}),
        DataYear::Previous => view!({"kind": "year", "year": year.saturating_sub(1)}),
        DataYear::InForce => view!({"kind": "in_force"}),
        DataYear::MultiYear => view!({"kind": "multi_year"}),
        DataYear::Unknown => view!({"kind": "unknown"}),
    }
}
