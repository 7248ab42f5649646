//! The lists of agencies by province. Owns where a province's list lies (spellings that make one address are one, which is told where they
//! differ in signs) and the order by district.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::agencies::{self, AgencySummary, results};
use super::axis::Axis;
use super::groups::{Group, Register};
use super::lists::List;
use super::lowest;
use super::page::{Page, name};
use super::spread::Spread;
use super::standing::{QUARTERED, Standing};
use super::table::{Cell, Column, Label, Layout, Line, Row, Shows, Table};
use super::view::{View, view};
use crate::base::address::Address;
use crate::base::span::Place;
use crate::base::{place_name, thai};
use crate::finding::{Code, Finding};
use crate::source::agency::Agency;

/// The anchor of the index on the front page.
const INDEX: &str = "s-provinces";

/// The part of the address that the name of a province makes.
pub fn key(province: &str) -> Option<String> {
    place_name::slug(province)
}

/// The address of the page of an agency's province, where the site has several agencies.
pub fn address_of(agency: &Agency) -> Option<Address> {
    let province = agency.province.as_ref().filter(|_| !agency.slug.is_empty())?;
    key(&province.th).map(|key| Address::root().below(&format!("provinces/{key}/")))
}

/// The agencies that write the name of their province with other signs than the page that they share with others.
pub fn spellings(register: &Register<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for province in &register.provinces {
        let Some(shown) = province.name() else { continue };
        let plain = place_name::without_case(&shown.th);
        for agency in &province.agencies {
            let Some(own) = agency.province.as_ref().filter(|own| own.th != shown.th && place_name::without_case(&own.th) != plain) else {
                continue;
            };
            let place = Place::top(format!("content/{}/agency.yaml", agency.slug));
            let finding = Finding::new(Code::ProvinceSpelling, place).about(province.address().as_str());
            let mut finding = finding.with("written", own.th.as_str()).with("shown", shown.th.as_str());
            finding.agency = Arc::from(agency.slug.as_str());
            findings.push(finding);
        }
    }
    findings
}

/// The index of groups on the front page: each with how many agencies it has and how many of them have a result. Those who tell none are
/// a row, and no group of the caption.
pub fn index(groups: &[Group<'_>], spread: Option<&Spread<'_>>, (caption, head): (&'static str, Label)) -> Layout {
    let mut table = Table::new("groups", &["name", "agencies", "results", "lowest", "median", "highest"]);
    let mut lines = Vec::new();
    for group in groups {
        lines.push(Line::Row(Row { index: table.rows.len(), name: group.label(), link: Some(group.address()), ..Row::default() }));
        let own = spread.map(|spread| spread.part(&group.agencies));
        let median = own.as_ref().and_then(Spread::median);
        let (lowest, highest) = own.as_ref().and_then(Spread::ends).unzip();
        let figure = |text: Option<&str>| text.map_or(Cell::Null, |text| Cell::Figure(text.to_owned()));
        table.rows.push(vec![
            group.name().map_or(Cell::Null, |name| Cell::Name(name.clone())),
            Cell::number(group.agencies.len()),
            Cell::number(results(&group.agencies)),
            figure(lowest),
            median.map_or(Cell::Null, |median| Cell::Figure(median.fixed(2))),
            figure(highest),
        ]);
    }
    Layout {
        table: Arc::new(table),
        shape: "",
        caption: Label::new(caption).number("count", groups.iter().filter(|group| !group.is_of_none()).count()),
        subcaption: None,
        columns: vec![
            Column { label: head, shows: Shows::Head(None, "name") },
            Column { label: Label::new("column.agencies"), shows: Shows::Plain("agencies", "p") },
            Column { label: Label::new("column.results"), shows: Shows::Plain("results", "q") },
            Column { label: Label::new("column.marks"), shows: Shows::Range(["lowest", "median", "highest"]) },
            Column { label: Label::new("column.median"), shows: Shows::Derived("median") },
        ],
        lines,
        axis: spread.map(|spread| spread.axis.clone()).unwrap_or_default(),
    }
}

/// The pages of each province; those of agencies that tell none come last.
pub fn pages(register: &Register<'_>, standing: &Standing<'_>) -> Vec<Page<'static>> {
    let spread = register.spread.as_ref();
    let axis = spread.map(Spread::crowded_axis).unwrap_or_default();
    let neighbour = |province: Option<&Group<'_>>| {
        let province = province.filter(|province| !province.is_of_none())?;
        Some(view!({"name": province.name().map_or(View::Null, name), "address": province.address().as_str()}))
    };
    let one = |(i, province): (usize, &Group<'_>)| {
        let own = spread.map(|spread| spread.part(&province.agencies));
        let (list, ordered) = (province.list(), Districts::of(province));
        let page = |number: usize| {
            let mut page = Page::new(list.address(number), "province");
            page.crumbs.extend(agencies::crumbs(province, number));
            page.view = view!({
                "name": province.name().map_or(View::Null, name),
                "total": province.agencies.len(),
                "results": results(&province.agencies),
                "summary": own.as_ref().filter(|own| own.count() > 0 && number == 1).map(|own| own.view(spread)),
                "crowd": spread.map_or(0, Spread::count),
                "districts": !ordered.counts.is_empty(),
                "capital": province.is_capital(),
                "index": INDEX,
                "list": list.view(number),
                "before": neighbour(i.checked_sub(1).and_then(|i| register.provinces.get(i))),
                "after": neighbour(register.provinces.get(i + 1)),
            });
            if let Some(own) = own.as_ref().filter(|_| number == 1) {
                tables(&mut page, own, lowest::most(register, &province.agencies));
            }
            let mut layout = ordered.layout((&list, number), axis.clone());
            standing.show(&mut layout, &ordered.agencies[list.range(number)], spread);
            page.table("agencies", layout);
            page
        };
        (1..=list.pages()).map(page).collect::<Vec<_>>()
    };
    register.provinces.iter().enumerate().flat_map(one).collect()
}

/// How the totals of a group are spread and where most of it lose points, where it has enough totals to speak of that.
pub fn tables(page: &mut Page<'_>, own: &Spread<'_>, lowest: Option<Layout>) {
    if own.count() >= QUARTERED {
        for (name, layout) in [("levels", own.levels(|_| None)), ("ranges", own.ranges()), ("lowest", lowest)] {
            if let Some(layout) = layout {
                page.table(name, layout);
            }
        }
    }
}

/// The agencies of a province under their districts, those without one at the end.
struct Districts<'a> {
    is_capital: bool,
    agencies: Vec<&'a AgencySummary>,
    /// How many agencies stand under each heading, by place of the first; empty where no district is told.
    counts: BTreeMap<usize, usize>,
}

impl<'a> Districts<'a> {
    fn of(province: &Group<'a>) -> Self {
        let mut districts: BTreeMap<(bool, (String, String)), Vec<&AgencySummary>> = BTreeMap::new();
        for agency in &province.agencies {
            let sort = agency.district.as_ref().map(|district| thai::sort_key(&district.th));
            districts.entry((sort.is_none(), sort.unwrap_or_default())).or_default().push(agency);
        }
        let is_told = districts.keys().any(|(without, _)| !without);
        let (mut agencies, mut counts) = (Vec::new(), BTreeMap::new());
        for list in districts.into_values() {
            counts.insert(agencies.len(), list.len());
            agencies.extend(list);
        }
        Self { is_capital: province.is_capital(), agencies, counts: if is_told { counts } else { BTreeMap::new() } }
    }

    /// The table of some of them. A heading that they begin under stands there again.
    fn layout(&self, (list, number): (&List, usize), axis: Axis) -> Layout {
        let mut layout = agencies::listed(&self.agencies, (list, number), axis);
        layout.shape = "far";
        layout.columns.retain(|column| !matches!(column.shows, Shows::Plain("province", _)));
        if self.counts.is_empty() {
            return layout;
        }
        layout.lines.clear();
        let range = list.range(number);
        for place in range.clone() {
            let is_first = place == range.start;
            let heading = self.counts.range(..=place).next_back().filter(|(at, _)| is_first || **at == place);
            if let Some((_, count)) = heading {
                let note = self.heading(self.agencies[place]).number("count", *count);
                layout.lines.push(Line::Group(super::table::Group { note: Some(("", note)), ..Default::default() }));
            }
            layout.lines.push(agencies::line(place - range.start, self.agencies[place]));
        }
        layout
    }

    fn heading(&self, agency: &AgencySummary) -> Label {
        match &agency.district {
            Some(district) if self.is_capital => Label::new("group.khet").name("name", district),
            Some(district) => Label::new("group.district").name("name", district),
            None if self.is_capital => Label::new("group.no_khet"),
            None => Label::new("group.no_district"),
        }
    }
}
