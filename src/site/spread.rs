//! How the totals of many agencies are spread: the rug of one tick an agency, the counts by level and by range, the middle. Owns which
//! year is shown and which axis it has. Refuses ranks: no figure here says which agency it is of, and totals of different years are not
//! put together.

use std::sync::Arc;

use super::agencies::AgencySummary;
use super::axis::Axis;
use super::joined::EditionSummary;
use super::page::name;
use super::table::{Cell, Column, Label, Layout, Line, Row, Shows, Table};
use super::view::{View, view};
use super::{joined, levels, scale};
use crate::assessment::level;
use crate::base::address::Address;
use crate::base::exact::Exact;
use crate::framework::{Level, Pack};

/// Up to so many agencies have a tick each; more of them are counted in bars of one point.
const TICKS: usize = 300;

/// How long the ranges of the table of totals are, in points: ten rows are enough, so a lower total than this doubles them.
const RANGE: i64 = 5;
const FAR_BELOW: i64 = 50;

/// Where the axis of many totals begins, unless one lies below.
const LOW: i64 = 60;

/// How high the highest bar of the ruler is, in ems, and where bars stand, in tenths of one.
const BAR_SPACE: i64 = 6;
const BAR_FOOT: i64 = 81;

/// The totals of a year.
pub struct Spread<'a> {
    /// The fiscal year (พ.ศ.).
    pub year: u16,
    /// The axis of all totals of the site.
    pub axis: Axis,
    /// The totals with the digits that were published, from the lowest.
    totals: Vec<(Exact, &'a str)>,
    /// The rules that most agencies of the year have.
    pack: &'a Arc<Pack>,
    /// What every agency of the list is counted under.
    grades: Vec<Grade>,
}

/// What an agency is counted under.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grade {
    /// A level of the rules that most agencies of the year have, by its place.
    Level(usize),
    /// A level of another name.
    Other,
    /// A result without a level.
    Untold,
    /// No result of the year.
    Without,
}

impl<'a> Spread<'a> {
    /// The spread of the newest year that any agency has a total of; none where there is no total at all.
    pub fn of(agencies: &[&'a AgencySummary]) -> Option<Self> {
        let years =
            agencies.iter().flat_map(|agency| agency.editions.iter().filter(|edition| has_total(edition)).map(|edition| edition.year));
        Self::of_year(agencies, years.max()?)
    }

    /// The spread of a year; none where no agency has a total of it.
    pub fn of_year(agencies: &[&'a AgencySummary], year: u16) -> Option<Self> {
        let with_total = agencies.iter().filter_map(|agency| of_year(agency, year)).filter(|edition| has_total(edition));
        let counted = joined::by_pack(with_total);
        let counted: Vec<(&Arc<Pack>, usize)> = counted.into_iter().map(|(pack, editions)| (pack, editions.len())).collect();
        let pack = counted.iter().max_by_key(|(pack, count)| (*count, std::cmp::Reverse(&pack.id))).map(|(pack, _)| *pack)?;
        // Thresholds are drawn only where they are those of all.
        let agreed = counted.iter().all(|(other, _)| asks(&other.levels) == asks(&pack.levels));
        let (solid, dashed) = if agreed { level::marks(&pack.levels) } else { (None, None) };
        let mut spread = Self::within(agencies, (year, pack, Axis { solid, dashed, ..Axis::default() }));
        let lowest = spread.totals.first().map(|(total, _)| total.clone())?;
        spread.axis.low = if lowest < Exact::whole(LOW) { 0 } else { LOW };
        Some(spread)
    }

    /// The spread of some of the agencies, on the same axis.
    pub fn part(&self, agencies: &[&'a AgencySummary]) -> Self {
        Self::within(agencies, (self.year, self.pack, self.axis.clone()))
    }

    fn within(agencies: &[&'a AgencySummary], (year, pack, axis): (u16, &'a Arc<Pack>, Axis)) -> Self {
        let editions: Vec<Option<&EditionSummary>> = agencies.iter().map(|agency| of_year(agency, year)).collect();
        let total = |edition: &&'a EditionSummary| edition.overall.as_deref().and_then(|text| Some((Exact::parse(text)?, text)));
        let mut totals: Vec<(Exact, &str)> = editions.iter().flatten().filter_map(total).collect();
        totals.sort();
        let grades = editions.iter().map(|edition| grade(pack, *edition)).collect();
        Self { year, axis, totals, pack, grades }
    }

    /// How many totals there are.
    pub fn count(&self) -> usize {
        self.totals.len()
    }

    /// The middle: half of the totals are not below it.
    pub fn median(&self) -> Option<Exact> {
        middle(&self.totals)
    }

    /// Where the lowest quarter of the totals ends, the middle, and where the highest begins: the outer two are the middles of the totals
    /// below and above the middle one. None of fewer than two.
    pub fn quarters(&self) -> Option<[Exact; 3]> {
        let half = self.totals.len() / 2;
        Some([middle(&self.totals[..half])?, self.median()?, middle(&self.totals[self.totals.len() - half..])?])
    }

    /// The edition of the year that an agency has a result of.
    pub fn edition_of(&self, agency: &'a AgencySummary) -> Option<&'a EditionSummary> {
        of_year(agency, self.year)
    }

    /// The rules that most agencies of the year have.
    pub fn pack(&self) -> &'a Arc<Pack> {
        self.pack
    }

    /// The levels of these rules, the best first.
    pub fn levels_of_rules(&self) -> &'a [Level] {
        &self.pack.levels
    }

    /// What an edition of the year is counted under.
    pub fn grade(&self, edition: Option<&EditionSummary>) -> Grade {
        grade(self.pack, edition)
    }

    /// The lowest and the highest total, as published.
    pub fn ends(&self) -> Option<(&'a str, &'a str)> {
        Some((self.totals.first()?.1, self.totals.last()?.1))
    }

    /// How many agencies of the year have each level of the pack, how many another, how many none that is told, and how many no result.
    pub fn by_level(&self) -> (Vec<usize>, [usize; 3]) {
        let mut counts = vec![0; self.pack.levels.len()];
        let mut rest = [0; 3];
        for grade in &self.grades {
            match grade {
                Grade::Level(rank) => counts[*rank] += 1,
                Grade::Other => rest[0] += 1,
                Grade::Untold => rest[1] += 1,
                Grade::Without => rest[2] += 1,
            }
        }
        (counts, rest)
    }

    /// How many of how many announced levels are passed; none where the rules do not say which are.
    pub fn passed(&self) -> Option<(usize, usize)> {
        let (counts, ..) = self.by_level();
        let passes = |rank: &usize| self.pack.levels[*rank].passes;
        let passed = (0..counts.len()).filter(passes).map(|rank| counts[rank]).sum();
        let announced = counts.iter().sum::<usize>();
        (announced > 0 && self.pack.levels.iter().any(|level| level.passes)).then_some((passed, announced))
    }

    /// What pages say of it in words and on a ruler; `all` are the totals behind it, where these are some of them.
    pub fn view(&self, all: Option<&Spread<'_>>) -> View {
        let ground = all.map_or(&self.totals, |all| &all.totals);
        let (counts, ..) = self.by_level();
        let best = self.pack.levels.first().filter(|_| !counts.is_empty() && counts.iter().sum::<usize>() > 0);
        let median = self.median();
        let (lowest, highest) = self.ends().unwrap_or_default();
        let passed = self.passed();
        view!({
            "year": self.year, "count": self.count(), "low": self.axis.low,
            "passed": passed.map(|(passed, _)| passed), "announced": passed.map(|(_, announced)| announced),
            "best": best.map(|level| view!({"name": name(&level.name), "count": counts[0]})),
            "median": median.as_ref().map(|median| median.fixed(2)), "lowest": lowest, "highest": highest,
            "against": all.and_then(|all| against(median.as_ref()?, &all.median()?)),
            "ruler": (ground.len() > 1).then(|| self.ruler(ground)),
            "part": all.is_some(),
        })
    }

    /// The ruler: its ground, a tick or bars for what stands on it, and the ticks above it of the part that this is.
    fn ruler(&self, ground: &[(Exact, &str)]) -> View {
        let figures = scale::figures(&self.axis);
        let step = if self.axis.low == 0 { 5 } else { 1 };
        let places = |totals: &[(Exact, &str)]| totals.iter().map(|(total, _)| self.axis.place(total)).collect::<Vec<_>>();
        let is_part = ground.len() != self.totals.len();
        let crowded = ground.len() > TICKS;
        let counts = by_point(&self.axis, ground);
        let most = counts.iter().copied().max().unwrap_or(0);
        let bar = |(at, count): (usize, &usize)| {
            let from = Exact::whole(self.axis.low + at as i64);
            let width = &Exact::whole(100) / &Exact::whole(counts.len().max(1) as i64);
            let height = &Exact::whole(*count as i64 * BAR_SPACE) / &Exact::whole(most.max(1) as i64);
            let y = &Exact::decimal(BAR_FOOT, 1) - &height;
            view!({"x": self.axis.place(&from), "width": width.short(1), "y": y.short(2), "height": height.short(2)})
        };
        let bars: Vec<View> =
            if crowded { counts.iter().enumerate().filter(|(_, count)| **count > 0).map(bar).collect() } else { Vec::new() };
        let fullest = counts.iter().position(|count| *count == most).unwrap_or(0) as i64 + self.axis.low;
        let median = self.median();
        view!({
            "zones": scale::zones(&self.axis, if self.axis.solid.is_some() { &self.pack.levels } else { &[] }),
            "scale": scale::ticks(&self.axis, step, &figures), "labels": scale::labels(&self.axis, &figures),
            "ticks": if crowded { Vec::new() } else { places(ground) },
            "bars": bars, "most": most, "most_from": fullest, "most_to": fullest + 1,
            "own": if is_part { places(&self.totals) } else { Vec::new() },
            "of": ground.len(),
            "median": median.filter(|_| !is_part).map(|median| view!({
                "x": self.axis.place(&median), "value": median.fixed(2), "anchor": anchor(&scale::place(&self.axis, &median)),
            })),
            "dashed": self.axis.dashed.as_ref().map(|value| value.short(2)), "solid": self.axis.solid.as_ref().map(|value| value.short(2)),
        })
    }

    /// The axis with all totals as a histogram behind the marks.
    pub fn crowded_axis(&self) -> Axis {
        let counts = by_point(&self.axis, &self.totals);
        let most = counts.iter().copied().max().unwrap_or(0).max(1);
        // One agency among thousands is still seen.
        let height = |count: &usize| if *count == 0 { 0 } else { u8::try_from((count * 90 / most).max(3)).unwrap_or(90) };
        Axis { crowd: counts.iter().map(height).collect(), ..self.axis.clone() }
    }

    /// How many agencies have each level, with bars from 0; `list` is where those are listed that are counted under one.
    pub fn levels(&self, list: impl Fn(Grade) -> Option<Address>) -> Option<Layout> {
        let (counts, [others, untold, without]) = self.by_level();
        if self.pack.levels.is_empty() || counts.iter().sum::<usize>() == 0 {
            return None;
        }
        let mut table = Table::new("levels", &["name", "agencies"]);
        let mut lines = Vec::new();
        let mut push = |cell: Cell, (count, grade): (usize, Grade), (name, note): (Option<Label>, Option<Label>)| {
            let (notes, link) = (note.into_iter().collect(), if count > 0 { list(grade) } else { None });
            lines.push(Line::Row(Row { index: table.rows.len(), name, notes, link, ..Row::default() }));
            table.rows.push(vec![cell, Cell::number(count)]);
        };
        for (rank, level) in self.pack.levels.iter().enumerate() {
            push(Cell::Name(level.name.clone()), (counts[rank], Grade::Level(rank)), (None, levels::label(&self.pack.levels, rank)));
        }
        for (count, name, note) in [
            ((others, Grade::Other), Label::new("level.other"), Label::new("note.level.other")),
            ((untold, Grade::Untold), Label::new("level.untold"), Label::new("note.level.untold")),
            ((without, Grade::Without), Label::new("level.without"), Label::new("note.level.without")),
        ] {
            if count.0 > 0 {
                push(Cell::Null, count, (Some(name), Some(note.number("year", self.year))));
            }
        }
        let label = Label::new("column.level");
        Some(counted(table, lines, (Label::new("table.levels").number("count", self.grades.len()), label), self.longest()))
    }

    /// How many agencies have a total in each range of five points, with bars from 0; none of a single total.
    pub fn ranges(&self) -> Option<Layout> {
        if self.totals.len() < 2 {
            return None;
        }
        let mut table = Table::new("ranges", &["range", "agencies"]);
        let mut lines = Vec::new();
        let length = self.range_length();
        for (from, count) in self.by_range().into_iter().rev() {
            let is_top = from + length == 100;
            let (low, high) = if is_top {
                (from.to_string(), "100".to_owned())
            } else {
                (format!("{from}.00"), (&Exact::whole(from + length) - &Exact::decimal(1, 2)).fixed(2))
            };
            let name = Label::new("range").number("from", &low).number("to", &high);
            lines.push(Line::Row(Row { index: table.rows.len(), name: Some(name), ..Row::default() }));
            table.rows.push(vec![Cell::Text(format!("{low}–{high}")), Cell::number(count)]);
        }
        let caption = Label::new("table.ranges").number("count", self.totals.len());
        let mut layout = counted(table, lines, (caption, Label::new("column.total")), self.longest());
        layout.shape = "fall thin";
        Some(layout)
    }

    /// Counts by range, from the one that holds the lowest total to the one that ends at 100.
    pub fn by_range(&self) -> Vec<(i64, usize)> {
        let length = self.range_length();
        let last = 100 / length - 1;
        let range = |total: &Exact| (whole_below(&(total / &Exact::whole(length)))).clamp(0, last);
        let first = self.totals.first().map_or(last, |(total, _)| range(total));
        let mut counts: Vec<(i64, usize)> = (first..=last).map(|at| (at * length, 0)).collect();
        for (total, _) in &self.totals {
            counts[(range(total) - first) as usize].1 += 1;
        }
        counts
    }

    /// How long each range is.
    pub fn range_length(&self) -> i64 {
        let is_far = self.totals.first().is_some_and(|(total, _)| *total < Exact::whole(FAR_BELOW));
        if is_far { 2 * RANGE } else { RANGE }
    }

    /// The length of the axis of both tables of counts, so that their bars can be compared.
    fn longest(&self) -> usize {
        let (counts, rest) = self.by_level();
        let ranges = self.by_range().into_iter().map(|(_, count)| count);
        let most = counts.into_iter().chain(rest).chain(ranges).max().unwrap_or(0);
        round_above(most)
    }
}

/// The edition of a year, where the agency has a result of it.
fn of_year(agency: &AgencySummary, year: u16) -> Option<&EditionSummary> {
    agency.editions.iter().find(|edition| edition.year == year && edition.has_result)
}

fn grade(pack: &Pack, edition: Option<&EditionSummary>) -> Grade {
    match edition.map(|edition| edition.level.as_deref().map(|level| level::named(&pack.levels, level))) {
        Some(Some(Some(rank))) => Grade::Level(rank),
        Some(Some(None)) => Grade::Other,
        Some(None) => Grade::Untold,
        None => Grade::Without,
    }
}

fn has_total(edition: &EditionSummary) -> bool {
    edition.has_result && edition.overall.as_deref().is_some_and(|text| Exact::parse(text).is_some())
}

/// The middle of totals in order.
fn middle(totals: &[(Exact, &str)]) -> Option<Exact> {
    let at = |at: usize| totals.get(at).map(|(total, _)| total);
    let (below, above) = (at(totals.len().checked_sub(1)? / 2)?, at(totals.len() / 2)?);
    Some(&(below + above) / &Exact::whole(2))
}

/// What levels ask, to compare the rules of agencies.
fn asks(levels: &[Level]) -> Vec<(&str, Option<&Exact>, Option<&Exact>)> {
    levels.iter().map(|level| (level.name.th.as_str(), level.total.as_ref(), level.each.as_ref())).collect()
}

/// How a middle stands to that of all: which way, and by how much.
fn against(own: &Exact, all: &Exact) -> Option<View> {
    let difference = &own.rounded(2) - &all.rounded(2);
    let way = if difference == Exact::whole(0) {
        "same"
    } else if difference.is_negative() {
        "below"
    } else {
        "above"
    };
    Some(view!({"way": way, "points": difference.fixed(2).trim_start_matches('-')}))
}

/// How many totals lie in each point of the axis; 100 counts to the last.
fn by_point(axis: &Axis, totals: &[(Exact, &str)]) -> Vec<usize> {
    let length = 100 - axis.low;
    let mut counts = vec![0; length as usize];
    for (total, _) in totals {
        counts[(whole_below(total) - axis.low).clamp(0, length - 1) as usize] += 1;
    }
    counts
}

/// The whole number at or below a value from 0 to 100.
fn whole_below(value: &Exact) -> i64 {
    let near = value.fixed(0).parse::<i64>().unwrap_or(0);
    if Exact::whole(near) > *value { near - 1 } else { near }
}

/// The next round number that a bar's axis may end at.
pub fn round_above(count: usize) -> usize {
    let mut unit = 1;
    loop {
        if let Some(round) = [2, 3, 4, 5, 6, 8, 10].into_iter().map(|step| step * unit).find(|round| *round >= count) {
            return round;
        }
        unit *= 10;
    }
}

/// On which side of its mark the label of the middle stands.
fn anchor(x: &Exact) -> &'static str {
    match () {
        () if *x < Exact::whole(33) => "start",
        () if *x > Exact::whole(67) => "end",
        () => "middle",
    }
}

/// A table of counts with bars.
fn counted(table: Table, lines: Vec<Line>, (caption, head): (Label, Label), longest: usize) -> Layout {
    let key = table.columns.first().copied().unwrap_or_default();
    Layout {
        table: Arc::new(table),
        shape: "fall",
        caption,
        subcaption: None,
        columns: vec![
            Column { label: head, shows: Shows::Head(None, key) },
            Column { label: Label::new("column.marks"), shows: Shows::Bar("agencies", longest) },
            Column { label: Label::new("column.agencies"), shows: Shows::Main("agencies") },
        ],
        lines,
        axis: Axis::default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::language::Name;

    fn agency(number: usize, overall: Option<&str>) -> AgencySummary {
        let pack = Arc::new(Pack::default());
        let edition = overall.map(|overall| EditionSummary::bare(2568, overall, &pack));
        AgencySummary {
            slug: format!("a{number}"),
            short: None,
            name: Name::thai("ก"),
            sort: "ก".to_owned(),
            kind: None,
            province: None,
            district: None,
            website: None,
            latest: edition.as_ref().map(|_| 0),
            editions: edition.into_iter().collect(),
        }
    }

    fn of(totals: &[Option<&str>]) -> Vec<AgencySummary> {
        totals.iter().enumerate().map(|(number, total)| agency(number, *total)).collect()
    }

    fn with<T>(totals: &[Option<&str>], look: impl FnOnce(Option<Spread<'_>>) -> T) -> T {
        let agencies = of(totals);
        look(Spread::of(&agencies.iter().collect::<Vec<_>>()))
    }

    /// How many marks of a kind the ruler has.
    fn marks(totals: &[Option<&str>], kind: &str) -> usize {
        with(totals, |spread| match spread.unwrap().view(None).get("ruler").unwrap().get(kind) {
            Some(View::List(list)) => list.0.len(),
            _ => 0,
        })
    }

    #[test]
    fn without_totals_there_is_no_spread() {
        with(&[None, None], |spread| assert!(spread.is_none()));
        with(&[Some("90"), None], |spread| {
            let view = spread.unwrap().view(None);
            assert_eq!(view.get("ruler"), Some(&View::Null), "one agency is no spread");
            assert_eq!(view.get("count"), Some(&View::Number(1)));
        });
    }

    #[test]
    fn half_of_the_agencies_are_not_below_the_middle() {
        let median = |totals: &[Option<&str>]| with(totals, |spread| spread.unwrap().median().unwrap().fixed(2));
        assert_eq!(median(&[Some("90")]), "90.00");
        assert_eq!(median(&[Some("95.5"), Some("90")]), "92.75");
        assert_eq!(median(&[Some("95"), Some("70.1"), Some("80"), None]), "80.00");
        assert_eq!(median(&[Some("80"), Some("80"), Some("80"), Some("99")]), "80.00");
    }

    #[test]
    fn a_quarter_is_the_middle_of_a_half() {
        let quarters = |totals: &[Option<&str>]| with(totals, |spread| spread.unwrap().quarters().map(|all| all.map(|one| one.fixed(2))));
        assert_eq!(quarters(&[Some("90")]), None);
        assert_eq!(quarters(&[Some("90"), Some("80")]), Some(["80.00", "85.00", "90.00"].map(str::to_owned)));
        // Of an odd number the middle one is in neither half.
        let five = [Some("70"), Some("80"), Some("85"), Some("90"), Some("99.5")];
        assert_eq!(quarters(&five), Some(["75.00", "85.00", "94.75"].map(str::to_owned)));
        let eight: Vec<String> = (1..=8).map(|at| (at * 10).to_string()).collect();
        let eight: Vec<Option<&str>> = eight.iter().map(|text| Some(text.as_str())).collect();
        assert_eq!(quarters(&eight), Some(["25.00", "45.00", "65.00"].map(str::to_owned)));
    }

    #[test]
    fn a_total_under_sixty_moves_the_axis() {
        let low = |totals: &[Option<&str>]| with(totals, |spread| spread.unwrap().axis.low);
        assert_eq!(low(&[Some("60"), Some("99")]), 60);
        assert_eq!(low(&[Some("59.99"), Some("99")]), 0);
        assert_eq!(low(&[Some("0"), Some("100")]), 0);
    }

    #[test]
    fn each_agency_has_a_tick_up_to_three_hundred() {
        let equal = vec![Some("90"); 300];
        assert_eq!((marks(&equal, "ticks"), marks(&equal, "bars")), (300, 0), "also where they are equal");
        let mut more = vec![Some("90"); 300];
        more.push(Some("100"));
        assert_eq!((marks(&more, "ticks"), marks(&more, "bars")), (0, 2), "90 to 91, and 99 to 100");
    }

    #[test]
    fn ranges_begin_at_the_lowest_total_and_hold_every_total() {
        let ranges = |totals: &[Option<&str>]| with(totals, |spread| spread.unwrap().by_range());
        assert_eq!(ranges(&[Some("100"), Some("95"), Some("94.99"), Some("85")]), [(85, 1), (90, 1), (95, 2)]);
        assert_eq!(ranges(&[Some("50"), Some("100")]).len(), 10);
        assert_eq!(
            ranges(&[Some("49.99"), Some("50"), Some("100")]),
            [(40, 1), (50, 1), (60, 0), (70, 0), (80, 0), (90, 1)],
            "few rows, however low"
        );
        assert_eq!(ranges(&[Some("0"), Some("100")]).len(), 10);
        with(&[Some("90")], |spread| assert!(spread.unwrap().ranges().is_none()));
    }

    #[test]
    fn axes_of_counts_end_at_a_round_number() {
        assert_eq!([0, 1, 2, 3, 9, 11, 101, 202, 225, 8317].map(round_above), [2, 2, 2, 3, 10, 20, 200, 300, 300, 10_000]);
    }

    #[test]
    fn a_part_has_the_axis_of_all() {
        let agencies = of(&[Some("50"), Some("90"), Some("95")]);
        let all: Vec<&AgencySummary> = agencies.iter().collect();
        let spread = Spread::of(&all).unwrap();
        let part = spread.part(&all[1..]);
        assert_eq!((part.axis.low, part.count()), (0, 2));
        let view = part.view(Some(&spread));
        assert_eq!(view.get("against").unwrap().get("way").and_then(View::as_str), Some("above"));
        assert!(matches!(view.get("ruler").unwrap().get("own"), Some(View::List(own)) if own.0.len() == 2));
        assert_eq!(spread.part(&[]).view(Some(&spread)).get("median"), Some(&View::Null));
    }
}
