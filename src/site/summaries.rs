//! The data about groups of agencies: how many there are, how their totals are spread, how many have each level. Owns what a row holds;
//! what is counted is [`super::spread`]'s.

use super::group_columns::{DISTRIBUTION, SUMMARY};
use super::groups::Register;
use super::spread::Spread;
use super::table::{Cell, Table};
use crate::base::exact::Exact;

/// How many decimals figures have that were worked out.
const DECIMALS: u32 = 4;

/// The tables of a year: a row for all, for each province, for each kind; and what each is split into.
pub fn tables(register: &Register<'_>, year: u16) -> [Table; 2] {
    let (mut summary, mut distribution) = (SUMMARY.empty(0), DISTRIBUTION.empty(0));
    let all = Spread::of_year(&register.sorted, year);
    let mut add = |(scope, group): (&str, String), (agencies, own): (usize, Option<&Spread<'_>>)| {
        let first = || vec![Cell::number(year), Cell::Text(scope.to_owned()), Cell::Text(group.clone())];
        let mut row = first();
        row.extend(totals(agencies, own));
        summary.rows.push(row);
        for cells in own.map(parts).unwrap_or_default() {
            let mut row = first();
            row.extend(cells);
            distribution.rows.push(row);
        }
    };
    add(("all", "-".to_owned()), (register.sorted.len(), all.as_ref()));
    for (scope, groups) in [("province", &register.provinces), ("kind", &register.kinds)] {
        for group in groups {
            let own = all.as_ref().map(|all| all.part(&group.agencies));
            add((scope, group.data_name()), (group.agencies.len(), own.as_ref()));
        }
    }
    [summary, distribution]
}

/// The cells of a summary.
fn totals(agencies: usize, own: Option<&Spread<'_>>) -> Vec<Cell> {
    let (lowest, highest) = own.and_then(Spread::ends).unzip();
    let published = |text: Option<&str>| text.map_or(Cell::Null, |text| Cell::Figure(text.to_owned()));
    let derived = |figure: Option<Exact>| figure.map_or(Cell::Null, |figure| Cell::Figure(figure.short(DECIMALS)));
    let [quarter, _, three_quarters] = own.and_then(Spread::quarters).map_or([None, None, None], |quarters| quarters.map(Some));
    vec![
        Cell::number(agencies),
        Cell::number(own.map_or(0, Spread::count)),
        published(lowest),
        derived(quarter),
        derived(own.and_then(Spread::median)),
        derived(three_quarters),
        published(highest),
    ]
}

/// The cells of each part that agencies are counted in: every level of the rules, and every range from that of the lowest total on.
fn parts(own: &Spread<'_>) -> Vec<Vec<Cell>> {
    let (levels, rest) = own.by_level();
    let row = |part: &str, level: Cell, ends: Option<(i64, i64)>, agencies: usize| {
        let [from, to] = ends.map_or([Cell::Null, Cell::Null], |(from, to)| [from, to].map(|end| Cell::Figure(end.to_string())));
        vec![Cell::Text(part.to_owned()), level, from, to, Cell::number(agencies)]
    };
    let named = own.levels_of_rules().iter().zip(levels);
    let mut rows: Vec<Vec<Cell>> = named.map(|(level, count)| row("level", Cell::Name(level.name.clone()), None, count)).collect();
    let rest = ["other-level", "no-level", "no-result"].into_iter().zip(rest).filter(|(_, count)| *count > 0);
    rows.extend(rest.map(|(part, count)| row(part, Cell::Null, None, count)));
    if own.count() > 0 {
        let length = own.range_length();
        rows.extend(own.by_range().into_iter().map(|(from, count)| row("range", Cell::Null, Some((from, from + length)), count)));
    }
    rows
}
