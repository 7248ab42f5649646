//! The lists of agencies by province. Owns which agencies are of one province (spellings that make one address are one) and the order by
//! district.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::agencies::{self, AgencySummary, crumb, results};
use super::axis::Axis;
use super::page::{Page, name};
use super::spread::Spread;
use super::table::{Cell, Column, Group, Label, Layout, Line, Row, Shows, Table};
use super::view::{View, view};
use crate::base::address::Address;
use crate::base::language::Name;
use crate::base::{place_name, thai};
use crate::source::agency::Agency;

/// The anchor of the index on the front page.
const INDEX: &str = "s-provinces";

/// A province with its agencies, in the order of their names.
pub struct Province<'a> {
    key: String,
    name: Name,
    agencies: Vec<&'a AgencySummary>,
}

impl<'a> Province<'a> {
    /// Is it the capital, which is no province?
    fn is_capital(&self) -> bool {
        place_name::is_capital(&self.name.th)
    }

    /// All provinces in the order of their names; agencies without one are in none.
    pub fn all(sorted: &[&'a AgencySummary]) -> Vec<Self> {
        let mut by_key: BTreeMap<String, Vec<&AgencySummary>> = BTreeMap::new();
        for agency in sorted {
            if let Some(key) = key(agency) {
                by_key.entry(key).or_default().push(agency);
            }
        }
        let one = |(key, agencies): (String, Vec<&'a AgencySummary>)| {
            // Of several spellings the one that most have, of these the first: it must not depend on the order of work.
            let mut names: BTreeMap<&str, usize> = BTreeMap::new();
            for agency in &agencies {
                *names.entry(agency.province.as_ref().map_or("", |name| &name.th)).or_default() += 1;
            }
            let th = names.iter().max_by_key(|(name, count)| (**count, std::cmp::Reverse(**name))).map_or("", |(name, _)| *name).to_owned();
            let en = agencies.iter().filter_map(|agency| agency.province.as_ref()?.en.clone()).min();
            Self { key, name: Name { th, en }, agencies }
        };
        let mut all: Vec<Self> = by_key.into_iter().map(one).collect();
        all.sort_by_cached_key(|province| (thai::sort_key(&province.name.th), province.key.clone()));
        all
    }
}

impl Province<'_> {
    /// Its name, its address and how many agencies it has.
    pub fn link(&self) -> View {
        view!({"name": name(&self.name), "address": address(&self.key).as_str(), "count": self.agencies.len()})
    }
}

/// The part of the address that an agency's province makes.
pub fn key(agency: &AgencySummary) -> Option<String> {
    place_name::slug(&agency.province.as_ref()?.th)
}

/// The address of the page of an agency's province, where the site has several agencies.
pub fn address_of(agency: &Agency) -> Option<Address> {
    let province = agency.province.as_ref().filter(|_| !agency.slug.is_empty())?;
    place_name::slug(&province.th).map(|key| address(&key))
}

/// The address of a province's page.
pub fn address(key: &str) -> Address {
    Address::root().below(&format!("provinces/{key}/"))
}

/// The index on the front page: each province with how many agencies it has and how many of them have a result.
pub fn index(provinces: &[Province<'_>], all: &[&AgencySummary], spread: Option<&Spread<'_>>) -> Layout {
    let mut table = Table::new("provinces", &["name", "agencies", "results", "lowest", "median", "highest"]);
    let mut lines = Vec::new();
    let mut push = |name: Cell, list: &[&AgencySummary], link: Option<Address>| {
        lines.push(Line::Row(Row { index: table.rows.len(), link, ..Row::default() }));
        let own = spread.map(|spread| spread.part(list));
        let median = own.as_ref().and_then(Spread::median);
        let (lowest, highest) = own.as_ref().and_then(Spread::ends).unzip();
        let figure = |text: Option<&str>| text.map_or(Cell::Null, |text| Cell::Figure(text.to_owned()));
        table.rows.push(vec![
            name,
            Cell::number(list.len()),
            Cell::number(results(list)),
            figure(lowest),
            median.map_or(Cell::Null, |median| Cell::Figure(median.fixed(2))),
            figure(highest),
        ]);
    };
    for province in provinces {
        push(Cell::Name(province.name.clone()), &province.agencies, Some(address(&province.key)));
    }
    let others: Vec<&AgencySummary> = all.iter().filter(|agency| key(agency).is_none()).copied().collect();
    if !others.is_empty() {
        push(Cell::Word("province.none"), &others, None);
    }
    Layout {
        table: Arc::new(table),
        shape: "",
        caption: Label::new("table.provinces").number("count", provinces.len()),
        subcaption: None,
        columns: vec![
            Column { label: Label::new("column.province"), shows: Shows::Head(None, "name") },
            Column { label: Label::new("column.agencies"), shows: Shows::Plain("agencies", "p") },
            Column { label: Label::new("column.results"), shows: Shows::Plain("results", "q") },
            Column { label: Label::new("column.marks"), shows: Shows::Range(["lowest", "median", "highest"]) },
            Column { label: Label::new("column.median"), shows: Shows::Main("median") },
        ],
        lines,
        axis: spread.map(|spread| spread.axis.clone()).unwrap_or_default(),
    }
}

/// The page of each province.
pub fn pages(provinces: &[Province<'_>], spread: Option<&Spread<'_>>) -> Vec<Page<'static>> {
    let axis = spread.map(Spread::crowded_axis).unwrap_or_default();
    let neighbour = |province: Option<&Province<'_>>| {
        province.map(|province| view!({"name": name(&province.name), "address": address(&province.key).as_str()}))
    };
    let one = |(i, province): (usize, &Province<'_>)| {
        let own = spread.map(|spread| spread.part(&province.agencies));
        let mut page = Page::new(address(&province.key), "province");
        page.crumbs.push(crumb());
        page.view = view!({
            "name": name(&province.name),
            "total": province.agencies.len(),
            "results": results(&province.agencies),
            "summary": own.as_ref().filter(|own| own.count() > 0).map(|own| own.view(spread)),
            "crowd": spread.map_or(0, Spread::count),
            "districts": province.agencies.iter().any(|agency| agency.district.is_some()),
            "capital": province.is_capital(),
            "index": INDEX,
            "before": neighbour(i.checked_sub(1).and_then(|i| provinces.get(i))),
            "after": neighbour(provinces.get(i + 1)),
        });
        page.table("agencies", by_district(province, axis.clone()));
        page
    };
    provinces.iter().enumerate().map(one).collect()
}

/// The agencies under their districts, those without one at the end.
fn by_district(province: &Province<'_>, axis: Axis) -> Layout {
    let (agencies, is_capital) = (&province.agencies, province.is_capital());
    let mut layout = agencies::layout(agencies, axis);
    layout.shape = "far";
    layout.columns.retain(|column| !matches!(column.shows, Shows::Plain("province", _)));
    let mut districts: BTreeMap<(bool, (String, String)), Vec<usize>> = BTreeMap::new();
    for (index, agency) in agencies.iter().enumerate() {
        let sort = agency.district.as_ref().map(|district| thai::sort_key(&district.th));
        districts.entry((sort.is_none(), sort.unwrap_or_default())).or_default().push(index);
    }
    if districts.keys().all(|(without, _)| *without) {
        return layout;
    }
    layout.lines.clear();
    for list in districts.into_values() {
        let district = list.first().and_then(|index| agencies[*index].district.as_ref());
        let note = match district {
            Some(district) if is_capital => Label::new("group.khet").name("name", district),
            Some(district) => Label::new("group.district").name("name", district),
            None if is_capital => Label::new("group.no_khet"),
            None => Label::new("group.no_district"),
        };
        layout.lines.push(Line::Group(Group { note: Some(("", note.number("count", list.len()))), ..Group::default() }));
        layout.lines.extend(list.into_iter().map(|index| agencies::line(index, agencies[index])));
    }
    layout
}
