//! The site's own lists where it has several agencies: all of them on the front page, and those of a letter. Owns the small summary of an
//! agency from which these pages and [`super::provinces`] and [`super::joined`] are made; an agency's own pages never depend on another.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::axis::Axis;
use super::joined::{EditionSummary, WrittenEdition};
use super::model::Model;
use super::page::{Crumb, Download, Page};
use super::provinces::{self, Province};
use super::spread::Spread;
use super::table::{Cell, Column, Label, Layout, Line, Row, Shows, Table};
use super::view::{View, view};
use crate::base::address::Address;
use crate::base::language::Name;
use crate::base::thai;
use crate::framework::{Pack, Packs};
use crate::source::agency::AgencyKind;

/// The most agencies that one page lists. Where there are more, the front page leads to the letters and provinces alone: a page of a
/// thousand rows is of no use on a telephone.
const LONGEST: usize = 400;

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

/// The address of the list of a letter.
pub fn letter_address(letter: &str) -> Address {
    Address::root().below(&format!("names/{letter}/"))
}

/// The addresses of all lists, and of the data files.
pub fn addresses(agencies: &[AgencySummary]) -> BTreeSet<Address> {
    let letters = agencies.iter().map(|agency| letter_address(&agency.letter()));
    let provinces = agencies.iter().filter_map(provinces::key).map(|key| provinces::address(&key));
    let data = super::joined::years(agencies).into_iter().flat_map(super::joined::addresses);
    letters.chain(provinces).chain(data).collect()
}

/// The folders of lists of agencies and of joined data of them.
pub const LISTS: [&str; 3] = ["data", "names", "provinces"];

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

/// The list of all agencies, which are in order; it leads to the site's free pages too. One list by each letter and province.
pub fn pages(sorted: &[&AgencySummary], own: &Model) -> Vec<Page<'static>> {
    let by_letter = by_letter(sorted);
    let index = index(&by_letter);
    let by_province = Province::all(sorted);
    let spread = Spread::of(sorted);
    let axis = spread.as_ref().map(|spread| spread.axis.clone()).unwrap_or_default();
    let years = super::joined::years(sorted.iter().copied());
    let mut all = Page::new(Address::root(), "agencies");
    all.view = view!({
        "total": sorted.len(), "results": results(sorted), "letters": index,
        "spread": spread.as_ref().map(|spread| spread.view(None)),
        "listed": sorted.len() <= LONGEST, "years": super::joined::view(&years),
        "pages": super::page::list(own), "folder": super::search::address(own).as_str(), "base": "",
    });
    let files = years.into_iter().flat_map(super::joined::addresses);
    all.downloads = files.map(|address| Download { address, size: None }).collect();
    if let Some(spread) = &spread {
        for (name, layout) in [("levels", spread.levels()), ("ranges", spread.ranges())] {
            if let Some(layout) = layout {
                all.table(name, layout);
            }
        }
    }
    if sorted.len() <= LONGEST {
        all.table("agencies", layout(sorted, axis.clone()));
    }
    if !by_province.is_empty() {
        all.table("provinces", provinces::index(&by_province, sorted, spread.as_ref()));
    }
    let mut pages = vec![all];
    for (letter, list) in &by_letter {
        let mut page = Page::new(letter_address(letter), "names");
        page.crumbs.push(crumb());
        page.view = view!({"letter": letter, "total": list.len(), "letters": index});
        page.table("agencies", layout(list, axis.clone()));
        pages.push(page);
    }
    pages.extend(provinces::pages(&by_province, spread.as_ref()));
    pages
}

/// The agencies, which are in order, by letter.
fn by_letter<'a>(sorted: &[&'a AgencySummary]) -> Vec<(String, Vec<&'a AgencySummary>)> {
    let mut letters: BTreeMap<(String, String), Vec<&AgencySummary>> = BTreeMap::new();
    for agency in sorted {
        let letter = agency.letter();
        letters.entry(thai::sort_key(&letter)).or_default().push(agency);
    }
    letters.into_values().map(|list| (list[0].letter(), list)).collect()
}

/// The letters of agencies, which are in order, with the address of each list.
pub fn letters(sorted: &[&AgencySummary]) -> Vec<View> {
    index(&by_letter(sorted))
}

fn index(by_letter: &[(String, Vec<&AgencySummary>)]) -> Vec<View> {
    let one = |(letter, list): &(String, Vec<&AgencySummary>)| view!({"letter": letter, "count": list.len(), "address": letter_address(letter).as_str()});
    by_letter.iter().map(one).collect()
}

/// The front page as a crumb.
pub fn crumb() -> Crumb {
    Crumb { address: Address::root(), label: Label::new("crumb.agencies") }
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

/// A table of agencies; what they have in common is left out with its column.
pub fn layout(agencies: &[&AgencySummary], axis: Axis) -> Layout {
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
        Cell::maybe(result.and_then(|edition| edition.level.clone())),
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
