//! An agency among others: the small summary of it from which the site's own pages and data are made, and its row in a list. Owns the order
//! of agencies; an agency's own pages never depend on another.

use std::borrow::Cow;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::axis::Axis;
use super::groups::Group;
use super::joined::{EditionSummary, WrittenEdition};
use super::lists::List;
use super::model::Model;
use super::page::Crumb;
use super::table::{Cell, Column, Label, Layout, Line, Row, Shows, Table};
use crate::base::address::Address;
use crate::base::language::Name;
use crate::base::thai;
use crate::framework::{Pack, Packs};
use crate::source::agency::AgencyKind;

/// What remains of an agency for the site's own pages and data: about half a kilobyte, and less than one for each edition.
#[derive(Clone, Debug, PartialEq)]
pub struct AgencySummary {
    /// Its slug.
    pub slug: String,
    /// Its name.
    pub name: Name,
    /// Its short name, where it has one.
    pub short: Option<Name>,
    /// What it is ordered by.
    pub sort: String,
    /// What kind of body it is, as data files say it.
    pub kind: Option<&'static str>,
    /// Its province.
    pub province: Option<Name>,
    /// Its district.
    pub district: Option<Name>,
    /// Its own site.
    pub website: Option<String>,
    /// Its editions, oldest first.
    pub editions: Vec<EditionSummary>,
    /// Which of them is the latest with a result.
    pub latest: Option<usize>,
}

impl AgencySummary {
    /// The summary of an agency.
    pub fn of(model: &Model) -> Self {
        let agency = &model.agency;
        Self {
            slug: agency.slug.clone(),
            name: agency.name.clone(),
            short: agency.short_name.clone(),
            sort: agency.sort_text().to_owned(),
            kind: agency.kind.map(AgencyKind::word),
            province: agency.province.clone(),
            district: agency.district.clone(),
            website: agency.website.clone(),
            editions: model.editions.iter().map(EditionSummary::of).collect(),
            latest: model.editions.iter().rposition(|edition| edition.edition.has_result()),
        }
    }

    /// The same to be written down.
    pub fn written(&self) -> WrittenAgency<'_> {
        WrittenAgency {
            slug: Cow::Borrowed(&self.slug),
            name: Cow::Borrowed(&self.name),
            short: self.short.as_ref().map(Cow::Borrowed),
            sort: Cow::Borrowed(&self.sort),
            kind: self.kind.map(Cow::Borrowed),
            province: self.province.as_ref().map(Cow::Borrowed),
            district: self.district.as_ref().map(Cow::Borrowed),
            website: self.website.as_deref().map(Cow::Borrowed),
            editions: self.editions.iter().map(EditionSummary::written).collect(),
            latest: self.latest,
        }
    }

    /// The summary of what was written down; `None` where a word or a pack of it is not known here.
    pub fn read(written: WrittenAgency<'_>, packs: &Packs) -> Option<Self> {
        let known = |word: Cow<'_, str>| AgencyKind::WORDS.iter().find(|(known, _)| *known == word).map(|(known, _)| *known);
        let kind = match written.kind {
            Some(word) => Some(known(word)?),
            None => None,
        };
        let editions: Option<Vec<EditionSummary>> =
            written.editions.into_iter().map(|edition| EditionSummary::read(edition, packs)).collect();
        Some(Self {
            slug: written.slug.into_owned(),
            name: written.name.into_owned(),
            short: written.short.map(Cow::into_owned),
            sort: written.sort.into_owned(),
            kind,
            province: written.province.map(Cow::into_owned),
            district: written.district.map(Cow::into_owned),
            website: written.website.map(Cow::into_owned),
            latest: written.latest.filter(|latest| *latest < editions.as_ref().map_or(0, Vec::len)),
            editions: editions?,
        })
    }

    /// The letter that it is listed under: ก to ฮ, A to Z, or 0 to 9.
    pub fn letter(&self) -> String {
        thai::initial(&self.sort).map_or_else(|| "-".to_owned(), |c| c.to_string())
    }

    /// Its latest edition with a result.
    pub fn result(&self) -> Option<&EditionSummary> {
        self.editions.get(self.latest?)
    }

    /// The address of its front page.
    pub fn address(&self) -> Address {
        Address::root().below(&format!("{}/", self.slug))
    }
}

/// An [`AgencySummary`] as it is written down.
#[derive(Serialize, Deserialize)]
pub struct WrittenAgency<'a> {
    slug: Cow<'a, str>,
    name: Cow<'a, Name>,
    short: Option<Cow<'a, Name>>,
    sort: Cow<'a, str>,
    kind: Option<Cow<'a, str>>,
    province: Option<Cow<'a, Name>>,
    district: Option<Cow<'a, Name>>,
    website: Option<Cow<'a, str>>,
    editions: Vec<WrittenEdition<'a>>,
    latest: Option<usize>,
}

/// The folders of lists of agencies and of joined data of them.
pub const LISTS: [&str; 5] = ["data", "kinds", "levels", "names", "provinces"];

/// Does a list of agencies, or joined data of them, lie at this address of the site's?
pub fn is_list(address: &Address) -> bool {
    address.as_str().split_once('/').is_some_and(|(first, _)| LISTS.contains(&first))
}

/// Agencies in the order of the dictionary.
pub fn sorted(agencies: &[AgencySummary]) -> Vec<&AgencySummary> {
    let mut sorted: Vec<&AgencySummary> = agencies.iter().collect();
    sorted.sort_by_cached_key(|agency| (thai::sort_key(&agency.sort), agency.slug.clone()));
    sorted
}

/// The front page as a crumb.
pub fn crumb() -> Crumb {
    Crumb { address: Address::root(), label: Label::new("crumb.agencies") }
}

/// What stands above a page of a list: the front page, and the first page of the list.
pub fn crumbs(group: &Group<'_>, number: usize) -> Vec<Crumb> {
    let first = Crumb { address: group.address(), label: group.crumb() };
    std::iter::once(crumb()).chain((number > 1).then_some(first)).collect()
}

/// The rules that the newest results follow, for the words of the site's own pages.
pub fn common_pack(agencies: &[AgencySummary]) -> Option<&Arc<Pack>> {
    let newest =
        agencies.iter().filter_map(AgencySummary::result).max_by_key(|edition| (edition.year, std::cmp::Reverse(&edition.pack().id)))?;
    Some(newest.pack())
}

/// How many agencies have a result.
pub fn results(agencies: &[&AgencySummary]) -> usize {
    agencies.iter().filter(|agency| agency.latest.is_some()).count()
}

/// A page of a list of agencies.
pub fn listed(agencies: &[&AgencySummary], (list, number): (&List, usize), axis: Axis) -> Layout {
    let range = list.range(number);
    let (from, to) = (range.start + 1, range.end);
    let mut layout = layout(&agencies[range], axis);
    if list.pages() > 1 {
        layout.caption = Label::new("table.agencies.part").number("from", from).number("to", to).number("count", agencies.len());
    }
    layout
}

/// A table of agencies; what they have in common is left out with its column.
fn layout(agencies: &[&AgencySummary], axis: Axis) -> Layout {
    let mut table = Table::new("agencies", &["name", "level", "province", "year", "overall"]);
    let mut lines = Vec::new();
    for (index, agency) in agencies.iter().enumerate() {
        table.rows.push(cells(agency));
        lines.push(line(index, agency));
    }
    Layout {
        table: Arc::new(table),
        shape: "whose",
        caption: Label::new("table.agencies").number("count", agencies.len()),
        subcaption: None,
        columns: vec![
            Column { label: Label::new("column.agency"), shows: Shows::Head(None, "name") },
            Column { label: Label::new("column.level"), shows: Shows::Plain("level", "p w") },
            Column { label: Label::new("column.province"), shows: Shows::Plain("province", "q w") },
            Column { label: Label::new("column.year"), shows: Shows::Plain("year", "r2") },
            Column { label: Label::new("column.marks"), shows: Shows::Marks(vec!["overall"]) },
            Column { label: Label::new("column.total"), shows: Shows::Main("overall") },
        ],
        lines,
        axis,
    }
}

/// The cells of an agency's row.
fn cells(agency: &AgencySummary) -> Vec<Cell> {
    let result = agency.result();
    vec![
        Cell::Name(agency.name.clone()),
        result.and_then(EditionSummary::level_name).map_or(Cell::Null, Cell::Name),
        agency.province.clone().map_or(Cell::Null, Cell::Name),
        result.map_or(Cell::Null, |edition| Cell::number(edition.year)),
        result.and_then(|edition| edition.overall.clone()).map_or(Cell::Null, Cell::Figure),
    ]
}

/// The line of an agency, which leads to its front page.
pub fn line(index: usize, agency: &AgencySummary) -> Line {
    let notes = if agency.latest.is_none() { vec![Label::new("agency.no_result")] } else { Vec::new() };
    Line::Row(Row { index, link: Some(agency.address()), notes, ..Row::default() })
}
