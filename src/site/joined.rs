//! The data files of a site with several agencies: one row an agency, and the score tables of all of them. Owns what is kept of an edition
//! to make them: its figures in one text and the pack, which agencies share, so that eight thousand of them fit in memory.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::agencies::AgencySummary;
use super::columns::{self, DataTable};
use super::dataset::Form;
use super::lowest::Scores;
use super::model::EditionModel;
use super::table::{Cell, Table};
use super::tables::{self, ScoreRow};
use super::view::{View, view};
use crate::assessment::completeness::Counts;
use crate::assessment::level;
use crate::base::address::Address;
use crate::base::date::Date;
use crate::base::language::Name;
use crate::framework::{Figure, Pack, Packs};

/// What remains of an edition.
#[derive(Clone, Debug)]
pub struct EditionSummary {
    /// The fiscal year (พ.ศ.).
    pub year: u16,
    /// The total, as published.
    pub overall: Option<String>,
    /// The level, as announced.
    pub level: Option<String>,
    /// When the result was announced.
    pub announced: Option<Date>,
    /// Has it any figure, and is no draft?
    pub has_result: bool,
    /// Its score of each figure that agencies are compared by, in the order of [`super::lowest::figures`].
    pub scores: Scores,
    /// How many items are published whole; `None` where nothing is recorded.
    published: Option<usize>,
    /// How many items count; `None` where the pack has none.
    items: Option<usize>,
    pack: Arc<Pack>,
    /// The figures of the score table, row by row: what was published, what is derived and the state, each ended by a new line.
    figures: Box<str>,
}

impl PartialEq for EditionSummary {
    /// Packs are the same where they are one: comparing all that is in them would cost more than it tells.
    fn eq(&self, other: &Self) -> bool {
        (self.year, &self.overall, &self.level, self.announced, self.has_result, self.published, self.items, &self.figures, &self.scores)
            == (
                other.year,
                &other.overall,
                &other.level,
                other.announced,
                other.has_result,
                other.published,
                other.items,
                &other.figures,
                &other.scores,
            )
            && Arc::ptr_eq(&self.pack, &other.pack)
    }
}

impl EditionSummary {
    /// The summary of an edition.
    pub fn of(edition: &EditionModel) -> Self {
        let counts = Counts::of(&edition.edition);
        let has_items = !edition.edition.pack.items.is_empty();
        let recorded = has_items && counts.unrecorded < counts.total();
        let mut figures = String::new();
        for row in tables::score_rows(&edition.edition.pack) {
            let cells = tables::score_figures(edition, row.figure);
            for cell in cells {
                figures.push_str(&cell.text());
                figures.push('\n');
            }
        }
        Self {
            year: edition.edition.year,
            overall: edition.published(Figure::Overall).map(str::to_owned),
            level: edition.edition.assessment.level.as_ref().map(|level| level.value.clone()),
            announced: edition.edition.assessment.announced.as_ref().map(|day| day.value),
            has_result: edition.edition.has_result(),
            scores: Scores::of(&edition.edition),
            published: recorded.then_some(counts.published),
            items: has_items.then_some(counts.total()),
            pack: Arc::clone(&edition.edition.pack),
            figures: figures.into_boxed_str(),
        }
    }
}

impl EditionSummary {
    /// An edition of nothing but its total.
    #[cfg(test)]
    pub fn bare(year: u16, overall: &str, pack: &Arc<Pack>) -> Self {
        let overall = Some(overall.to_owned());
        Self {
            year,
            overall,
            level: None,
            announced: None,
            has_result: true,
            scores: Scores::default(),
            published: None,
            items: None,
            pack: Arc::clone(pack),
            figures: Box::default(),
        }
    }

    /// What the level is called: as the rules name it, which may be in both languages, and else as it was announced.
    pub fn level_name(&self) -> Option<Name> {
        let announced = self.level.as_ref()?;
        let known = level::named(&self.pack.levels, announced).and_then(|rank| self.pack.levels.get(rank));
        Some(known.map_or_else(|| Name { th: announced.clone(), en: None }, |level| level.name.clone()))
    }

    /// The same to be written down: the pack goes by its id.
    pub fn written(&self) -> WrittenEdition<'_> {
        WrittenEdition {
            year: self.year,
            overall: self.overall.as_deref().map(Cow::Borrowed),
            level: self.level.as_deref().map(Cow::Borrowed),
            announced: self.announced,
            published: self.published,
            items: self.items,
            pack: Cow::Borrowed(&self.pack.id),
            figures: Cow::Borrowed(&self.figures),
            has_result: self.has_result,
            scores: Cow::Borrowed(self.scores.kept()),
        }
    }

    /// The summary of what was written down; `None` where its pack is not among these.
    pub fn read(written: WrittenEdition<'_>, packs: &Packs) -> Option<Self> {
        let pack = Arc::clone(packs.get(&written.pack)?);
        Some(Self {
            year: written.year,
            overall: written.overall.map(Cow::into_owned),
            level: written.level.map(Cow::into_owned),
            announced: written.announced,
            published: written.published,
            items: written.items,
            pack,
            figures: written.figures.into_owned().into_boxed_str(),
            has_result: written.has_result,
            scores: Scores::read(written.scores.into_owned()),
        })
    }

    /// The rules of its year.
    pub fn pack(&self) -> &Arc<Pack> {
        &self.pack
    }
}

/// An [`EditionSummary`] as it is written down.
#[derive(Serialize, Deserialize)]
pub struct WrittenEdition<'a> {
    year: u16,
    overall: Option<Cow<'a, str>>,
    level: Option<Cow<'a, str>>,
    announced: Option<Date>,
    published: Option<usize>,
    items: Option<usize>,
    pack: Cow<'a, str>,
    figures: Cow<'a, str>,
    has_result: bool,
    scores: Cow<'a, [i32]>,
}

/// Editions by the rules that they follow, these in the order in which they are met.
pub fn by_pack<'a>(editions: impl IntoIterator<Item = &'a EditionSummary>) -> Vec<(&'a Arc<Pack>, Vec<&'a EditionSummary>)> {
    let mut groups: Vec<(&Arc<Pack>, Vec<&EditionSummary>)> = Vec::new();
    let mut places: BTreeMap<*const Pack, usize> = BTreeMap::new();
    for edition in editions {
        let at = *places.entry(Arc::as_ptr(&edition.pack)).or_insert_with(|| {
            groups.push((&edition.pack, Vec::new()));
            groups.len() - 1
        });
        groups[at].1.push(edition);
    }
    groups
}

/// The years that any agency has an edition of.
pub fn years<'a>(agencies: impl IntoIterator<Item = &'a AgencySummary>) -> BTreeSet<u16> {
    agencies.into_iter().flat_map(|agency| &agency.editions).map(|edition| edition.year).collect()
}

/// The address of a data file.
pub fn address(table: &str, year: u16, extension: &str) -> Address {
    Address::root().below(&format!("data/{table}-{year}.{extension}"))
}

/// The data files of a year: each table in each form.
pub fn files() -> impl Iterator<Item = (&'static DataTable, Form)> {
    columns::JOINED.into_iter().flat_map(|table| Form::ALL.map(|form| (table, form)))
}

/// The addresses of the data files of a year.
pub fn addresses(year: u16) -> impl Iterator<Item = Address> {
    files().map(move |(table, form)| address(table.name, year, form.extension()))
}

/// The years with their files as templates take them, newest first.
pub fn view(years: &BTreeSet<u16>) -> View {
    let one = |year: u16| {
        let of = |table: &DataTable| {
            let [csv, json] = Form::ALL.map(|form| address(table.name, year, form.extension()).to_string());
            view!({"name": table.name, "csv": csv, "json": json})
        };
        view!({"year": year, "tables": columns::JOINED.into_iter().map(of).collect::<Vec<_>>()})
    };
    years.iter().copied().rev().map(one).collect()
}

/// The table of agencies of a year: one row each, also of those without an edition of that year.
pub fn agencies(all: &[AgencySummary], year: u16) -> Table {
    let mut table = columns::AGENCIES.empty(0);
    for agency in all {
        let edition = agency.editions.iter().find(|edition| edition.year == year);
        let place = |name: &Option<Name>| name.clone().map_or(Cell::Null, Cell::Name);
        let count = |count: Option<usize>| count.map_or(Cell::Null, Cell::number);
        let mut row = first(agency, year);
        row.extend([
            Cell::Name(agency.name.clone()),
            Cell::maybe(agency.kind),
            place(&agency.province),
            place(&agency.district),
            Cell::maybe(agency.website.clone()),
            edition.and_then(|edition| edition.overall.clone()).map_or(Cell::Null, Cell::Figure),
            Cell::maybe(edition.and_then(|edition| edition.level.clone())),
            count(edition.and_then(|edition| edition.published)),
            count(edition.and_then(|edition| edition.items)),
        ]);
        table.rows.push(row);
    }
    table
}

/// The score tables of a year, one of each agency that has an edition of it: the same rows as the agency's own file has.
pub fn scores(all: &[AgencySummary], year: u16) -> impl Iterator<Item = Table> + '_ {
    let edition_of = move |agency: &'_ AgencySummary| agency.editions.iter().position(|edition| edition.year == year);
    all.iter().filter_map(move |agency| Some(score_table(agency, &agency.editions[edition_of(agency)?])))
}

/// The score table without rows.
pub fn score_header() -> Table {
    columns::JOINED_SCORES.empty(0)
}

fn score_table(agency: &AgencySummary, edition: &EditionSummary) -> Table {
    let mut table = score_header();
    let mut figures = edition.figures.lines();
    for row in tables::score_rows(&edition.pack) {
        let mut next = || figures.next().filter(|text| !text.is_empty()).map(str::to_owned);
        let (published, derived, state) = (next(), next(), next());
        let figure = |text: Option<String>| text.map_or(Cell::Null, Cell::Figure);
        let ScoreRow { layer, code, name, weight, .. } = row;
        let level = if layer == "overall" { Cell::maybe(edition.level.clone()) } else { Cell::Null };
        let mut cells = first(agency, edition.year);
        cells.extend([Cell::Text(layer.to_owned()), Cell::Text(code), Cell::Name(name), figure(published), figure(derived)]);
        cells.extend([Cell::maybe(state), weight, level]);
        table.rows.push(cells);
    }
    table
}

/// The cells that every table begins with.
fn first(agency: &AgencySummary, year: u16) -> Vec<Cell> {
    vec![Cell::Text(agency.slug.clone()), Cell::Name(agency.name.clone()), Cell::number(year)]
}
