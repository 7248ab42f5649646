//! Where an agency stands in its province and among those of its kind: in which part of their totals its own lies. Owns what the parts are.
//! Refuses ranks: no place is counted, and lists stay in the order of names.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::agencies::AgencySummary;
use super::groups::{Group, Register};
use super::spread::Spread;
use super::table::{Cell, Column, Label, Layout, Shows};
use crate::base::exact::Exact;

/// From so many totals on quarters are told; of fewer, and at least two, only on which side of the middle a total lies.
pub const QUARTERED: usize = 8;

/// A part of the totals of a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Above where the highest quarter begins.
    Top,
    /// Above the middle.
    Above,
    /// At the middle.
    Middle,
    /// Below the middle.
    Below,
    /// Below where the lowest quarter ends.
    Bottom,
}

impl Part {
    fn cell(self) -> Cell {
        Cell::Word(match self {
            Self::Top => "standing.top",
            Self::Above => "standing.above",
            Self::Middle => "standing.middle",
            Self::Below => "standing.below",
            Self::Bottom => "standing.bottom",
        })
    }
}

/// The part in which a total lies.
fn part_between(total: &Exact, [low, middle, high]: [&Exact; 3], is_quartered: bool) -> Part {
    match () {
        () if is_quartered && total > high => Part::Top,
        () if total > middle => Part::Above,
        () if total == middle => Part::Middle,
        () if is_quartered && total < low => Part::Bottom,
        () => Part::Below,
    }
}

/// Where each agency stands, by slug: in its province, and among those of its kind.
#[derive(Default)]
pub struct Standing<'a> {
    parts: BTreeMap<&'a str, [Option<Part>; 2]>,
}

impl<'a> Standing<'a> {
    /// Where each agency stands in the year that is shown. Who tells no province or kind stands in none.
    pub fn of(register: &Register<'a>) -> Self {
        let mut standing = Self::default();
        if let Some(spread) = &register.spread {
            for (place, groups) in [&register.provinces, &register.kinds].into_iter().enumerate() {
                groups.iter().for_each(|group| standing.add(place, group, spread));
            }
        }
        standing
    }

    fn add(&mut self, place: usize, group: &Group<'a>, all: &Spread<'a>) {
        let own = all.part(&group.agencies);
        let Some([low, middle, high]) = own.quarters().filter(|_| !group.is_of_none()) else { return };
        for agency in &group.agencies {
            let total = all.edition_of(agency).and_then(|edition| Exact::parse(edition.overall.as_deref()?));
            let part = total.map(|total| part_between(&total, [&low, &middle, &high], own.count() >= QUARTERED));
            self.parts.entry(&agency.slug).or_default()[place] = part;
        }
    }

    /// The parts of an agency.
    pub fn parts(&self, slug: &str) -> [Option<Part>; 2] {
        self.parts.get(slug).copied().unwrap_or_default()
    }

    /// Shows in a table of these agencies where each stands. The year goes where all have a result of the one that is shown.
    pub fn show(&self, layout: &mut Layout, agencies: &[&AgencySummary], spread: Option<&Spread<'_>>) {
        let Some(spread) = spread else { return };
        let table = Arc::make_mut(&mut layout.table);
        table.columns.extend(["in_province", "in_kind"]);
        for (row, agency) in table.rows.iter_mut().zip(agencies) {
            row.extend(self.parts(&agency.slug).map(|part| part.map_or(Cell::Null, Part::cell)));
        }
        layout.shape = "far stood";
        let at = layout.columns.iter().position(|column| matches!(column.shows, Shows::Marks(_))).unwrap_or(layout.columns.len());
        let columns = [("column.in_province", "in_province", "r2"), ("column.in_kind", "in_kind", "s2")];
        let columns = columns.map(|(label, key, place)| Column { label: Label::new(label), shows: Shows::Plain(key, place) });
        layout.columns.splice(at..at, columns);
        if agencies.iter().all(|agency| agency.result().is_none_or(|edition| edition.year == spread.year)) {
            layout.columns.retain(|column| !matches!(column.shows, Shows::Plain("year", _)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_total_lies_in_exactly_one_part() {
        let [low, middle, high] = [80, 85, 90].map(Exact::whole);
        let part = |total: &str, is_quartered: bool| part_between(&Exact::parse(total).unwrap(), [&low, &middle, &high], is_quartered);
        let all = ["79.99", "80", "84.99", "85", "85.01", "90", "90.01"];
        let quartered: Vec<Part> = all.iter().map(|total| part(total, true)).collect();
        assert_eq!(quartered, [Part::Bottom, Part::Below, Part::Below, Part::Middle, Part::Above, Part::Above, Part::Top]);
        let halved: Vec<Part> = all.iter().map(|total| part(total, false)).collect();
        assert_eq!(halved, [Part::Below, Part::Below, Part::Below, Part::Middle, Part::Above, Part::Above, Part::Above]);
    }
}
