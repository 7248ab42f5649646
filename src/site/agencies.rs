//! The site's own pages where it has several agencies: the list of them, and the lists by first letter. Owns the small summary of an
//! agency from which they are made; an agency's own pages never depend on another agency.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::model::Model;
use super::page::{Crumb, Page};
use super::table::{Cell, Column, Label, Layout, Line, Row, Shows, Table};
use super::view::{View, view};
use crate::base::address::Address;
use crate::base::language::Name;
use crate::base::thai;
use crate::framework::Figure;

/// What remains of an agency for the site's own pages.
#[derive(Clone, Debug)]
pub struct AgencySummary {
    /// Its slug.
    pub slug: String,
    /// Its name.
    pub name: Name,
    /// What it is ordered by.
    pub sort: String,
    /// Its province.
    pub province: Option<Name>,
    /// The year of its latest result.
    pub year: Option<u16>,
    /// The total of that year, as published.
    pub overall: Option<String>,
    /// The level of that year.
    pub level: Option<String>,
}

impl AgencySummary {
    /// The summary of an agency.
    pub fn of(model: &Model) -> Self {
        let latest = model.latest();
        Self {
            slug: model.agency.slug.clone(),
            name: model.agency.name.clone(),
            sort: model.agency.sort_text().to_owned(),
            province: model.agency.province.clone(),
            year: latest.map(|edition| edition.edition.year),
            overall: latest.and_then(|edition| edition.published(Figure::Overall)).map(str::to_owned),
            level: latest.and_then(|edition| edition.edition.assessment.level.as_ref()).map(|level| level.value.clone()),
        }
    }

    /// The letter that it is listed under: ก to ฮ, A to Z, or 0 to 9.
    pub fn letter(&self) -> String {
        thai::initial(&self.sort).map_or_else(|| "-".to_owned(), |c| c.to_string())
    }
}

/// The address of the list of a letter.
pub fn letter_address(letter: &str) -> Address {
    Address::root().below(&format!("names/{letter}/"))
}

/// The list of all agencies, and one by each letter.
pub fn pages(agencies: &[AgencySummary]) -> Vec<Page<'static>> {
    let mut sorted: Vec<&AgencySummary> = agencies.iter().collect();
    sorted.sort_by_cached_key(|agency| (thai::sort_key(&agency.sort), agency.slug.clone()));
    let mut letters: BTreeMap<(String, String), Vec<&AgencySummary>> = BTreeMap::new();
    for agency in &sorted {
        let letter = agency.letter();
        letters.entry(thai::sort_key(&letter)).or_default().push(agency);
    }
    let by_letter: Vec<(String, Vec<&AgencySummary>)> = letters.into_values().map(|list| (list[0].letter(), list)).collect();
    let index: Vec<View> = by_letter
        .iter()
        .map(|(letter, list)| view!({"letter": letter, "count": list.len(), "address": letter_address(letter).as_str()}))
        .collect();
    let results = agencies.iter().filter(|agency| agency.overall.is_some()).count();
    let mut all = Page::new(Address::root(), "agencies");
    all.view = view!({"total": agencies.len(), "results": results, "letters": index});
    all.table("agencies", layout(&sorted));
    let mut pages = vec![all];
    for (letter, list) in &by_letter {
        let mut page = Page::new(letter_address(letter), "names");
        page.crumbs.push(Crumb { address: Address::root(), label: Label::new("crumb.agencies") });
        page.view = view!({"letter": letter, "total": list.len(), "letters": index});
        page.table("agencies", layout(list));
        pages.push(page);
    }
    pages
}

fn layout(agencies: &[&AgencySummary]) -> Layout {
    let mut table = Table::new("agencies", &["name", "level", "province", "year", "overall"]);
    let mut lines = Vec::new();
    for (index, agency) in agencies.iter().enumerate() {
        table.rows.push(vec![
            Cell::Name(agency.name.clone()),
            Cell::maybe(agency.level.clone()),
            agency.province.clone().map_or(Cell::Null, Cell::Name),
            agency.year.map_or(Cell::Null, Cell::number),
            agency.overall.clone().map_or(Cell::Null, Cell::Figure),
        ]);
        let link = Some(Address::root().below(&format!("{}/", agency.slug)));
        let notes = if agency.overall.is_none() { vec![Label::new("agency.no_result")] } else { Vec::new() };
        lines.push(Line::Row(Row { index, link, notes, ..Row::default() }));
    }
    Layout {
        table: Arc::new(table),
        shape: "",
        caption: Label::new("table.agencies").number("count", agencies.len()),
        subcaption: None,
        columns: vec![
            Column { label: Label::new("column.agency"), shows: Shows::Head(None, "name") },
            Column { label: Label::new("column.level"), shows: Shows::Plain("level", "p w") },
            Column { label: Label::new("column.province"), shows: Shows::Plain("province", "q w") },
            Column { label: Label::new("column.year"), shows: Shows::Plain("year", "r2") },
            Column { label: Label::new("column.total"), shows: Shows::Main("overall") },
        ],
        lines,
        axis: super::axis::Axis::default(),
    }
}
