//! Where most agencies lose points: of each indicator, question and item how many are below 100, and how much that takes. Owns what is
//! kept of an edition for that, four bytes a figure. Figures are those of the rules, whatever these are; agencies of other rules are not
//! put together, and no figure here says which agency it is of.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::agencies::AgencySummary;
use super::axis::Axis;
use super::group_columns::LOWEST;
use super::groups::Register;
use super::joined::{self, EditionSummary};
use super::spread::round_above;
use super::table::{Cell, Column, Label, Layout, Line, Row, Shows, Table};
use crate::assessment::edition::Edition;
use crate::assessment::loss;
use crate::base::exact::Exact;
use crate::framework::{Figure, Pack};

/// How many decimals scores and points have in data. Scores are kept as whole numbers of that unit.
const DECIMALS: u32 = 4;

/// A score of 100.
const WHOLE: i32 = 1_000_000;

/// What stands for a score that is not known.
const UNKNOWN: i32 = -1;

/// How many figures a page names.
const MOST: usize = 10;

/// Scores of one edition, in the order of [`figures`], to four decimals.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scores(Box<[i32]>);

impl Scores {
    /// The scores of an edition; none of one without a result.
    pub fn of(edition: &Edition) -> Self {
        if !edition.has_result() {
            return Self::default();
        }
        let rollup = edition.rollup();
        Self(figures(&edition.pack).map(|figure| rollup.known(figure).and_then(|score| kept(&score)).unwrap_or(UNKNOWN)).collect())
    }

    /// The scores as whole numbers, to be written down.
    pub fn kept(&self) -> &[i32] {
        &self.0
    }

    /// Scores that were written down. What is no score is not known.
    pub fn read(mut kept: Vec<i32>) -> Self {
        kept.iter_mut().filter(|score| !(0..=WHOLE).contains(*score)).for_each(|score| *score = UNKNOWN);
        Self(kept.into_boxed_slice())
    }

    fn get(&self, at: usize) -> Option<i32> {
        self.0.get(at).copied().filter(|score| *score != UNKNOWN)
    }
}

/// A score as it is kept; none of one that is no score of 100.
fn kept(score: &Exact) -> Option<i32> {
    let digits = score.fixed(DECIMALS).replace('.', "");
    digits.parse().ok().filter(|score| (0..=WHOLE).contains(score))
}

/// The figures by which agencies are compared: the layers of which every edition of the same rules has the same.
pub fn figures(pack: &Pack) -> impl Iterator<Item = Figure> {
    let indicators = (0..pack.indicators.len()).map(Figure::Indicator);
    indicators.chain((0..pack.questions.len()).map(Figure::Question)).chain((0..pack.items.len()).map(Figure::Item))
}

/// What agencies of one kind of rules lose at a figure.
struct Lost {
    figure: Figure,
    /// How many have the figure.
    agencies: usize,
    /// How many of them are below 100.
    losing: usize,
    /// The middle of all scores.
    median: Exact,
    /// The middle of the points of the total that are lost, of those below 100, and their mean of all; `None` without weights.
    points: Option<[Exact; 2]>,
}

/// How many points of the total one per cent of each figure is worth.
fn worths(pack: &Pack) -> Vec<(Figure, Option<Exact>)> {
    figures(pack).map(|figure| (figure, loss::worth(pack, figure))).collect()
}

/// What these editions, which all follow the same rules, lose at each figure that any of them has.
fn lost(worths: &[(Figure, Option<Exact>)], editions: &[&EditionSummary]) -> Vec<Lost> {
    let one = |(at, (figure, worth)): (usize, &(Figure, Option<Exact>))| {
        let mut scores: Vec<i32> = editions.iter().filter_map(|edition| edition.scores.get(at)).collect();
        scores.sort_unstable();
        let median = middle(&scores)?;
        let losing = scores.partition_point(|score| *score < WHOLE);
        let points = worth.as_ref().map(|worth| {
            let lost = |score: Exact| &(&Exact::whole(100) - &score) * worth;
            let sum: i64 = scores.iter().map(|score| i64::from(*score)).sum();
            let mean = &Exact::decimal(sum, DECIMALS) / &Exact::whole(scores.len() as i64);
            [middle(&scores[..losing]).map_or_else(|| Exact::whole(0), lost), lost(mean)]
        });
        Some(Lost { figure: *figure, agencies: scores.len(), losing, median, points })
    };
    worths.iter().enumerate().filter_map(one).collect()
}

/// The middle of kept scores in order.
fn middle(scores: &[i32]) -> Option<Exact> {
    let (below, above) = (scores.get(scores.len().checked_sub(1)? / 2)?, scores.get(scores.len() / 2)?);
    Some(&Exact::decimal(i64::from(*below) + i64::from(*above), DECIMALS) / &Exact::whole(2))
}

/// The figures at which these agencies lose most, by the rules that most agencies have, in the year that is shown. None where weights or
/// figures are not known, and of a single result.
pub fn most(register: &Register<'_>, agencies: &[&AgencySummary]) -> Option<Layout> {
    let spread = register.spread.as_ref()?;
    let pack = spread.pack();
    let editions = agencies.iter().filter_map(|agency| spread.edition_of(agency)).filter(|edition| Arc::ptr_eq(edition.pack(), pack));
    let editions: Vec<&EditionSummary> = editions.collect();
    if editions.len() < 2 {
        return None;
    }
    let all = lost(&worths(pack), &editions);
    // An indicator stands for itself only where nothing that it is made of is known.
    let told: BTreeSet<usize> = all.iter().filter_map(|lost| indicator_of(pack, lost.figure)).collect();
    let is_shown = |lost: &&Lost| match lost.figure {
        Figure::Indicator(indicator) => !told.contains(&indicator),
        _ => true,
    };
    let mean = |lost: &Lost| lost.points.as_ref().map(|[_, mean]| mean.rounded(DECIMALS));
    let mut shown: Vec<(&Lost, Exact)> = all.iter().filter(is_shown).filter_map(|lost| Some((lost, mean(lost)?))).collect();
    shown.retain(|(lost, _)| lost.losing > 0);
    shown.sort_by(|a, b| b.1.cmp(&a.1));
    shown.truncate(MOST);
    (!shown.is_empty()).then(|| layout(pack, (editions.len(), spread.year), &shown))
}

/// The indicator that a question or an item is of.
fn indicator_of(pack: &Pack, figure: Figure) -> Option<usize> {
    match figure {
        Figure::Question(question) => Some(pack.questions[question].indicator),
        Figure::Item(item) => pack.items[item].indicator,
        _ => None,
    }
}

fn layout(pack: &Pack, (agencies, year): (usize, u16), shown: &[(&Lost, Exact)]) -> Layout {
    let mut table = Table::new("lowest", &["code", "name", "losing", "median_points", "mean_points"]);
    for (lost, mean) in shown {
        let median = lost.points.as_ref().map_or(Cell::Null, |[median, _]| Cell::Figure(median.fixed(2)));
        table.rows.push(vec![
            Cell::Text(pack.code(lost.figure)),
            pack.name(lost.figure).map_or(Cell::Null, |name| Cell::Name(name.clone())),
            Cell::number(lost.losing),
            median,
            Cell::Figure(mean.fixed(2)),
        ]);
    }
    Layout {
        lines: (0..table.rows.len()).map(|index| Line::Row(Row::plain(index))).collect(),
        table: Arc::new(table),
        shape: "counts",
        caption: Label::new("table.lowest").number("count", agencies).number("year", year),
        subcaption: None,
        columns: vec![
            Column { label: Label::new("column.figure"), shows: Shows::Head(Some("code"), "name") },
            Column { label: Label::new("column.losing"), shows: Shows::Plain("losing", "p") },
            Column { label: Label::new("column.marks"), shows: Shows::Bar("losing", round_above(agencies)) },
            Column { label: Label::new("column.median_points"), shows: Shows::Plain("median_points", "q") },
            Column { label: Label::new("column.mean_points"), shows: Shows::Derived("mean_points") },
        ],
        axis: Axis::default(),
    }
}

/// The data of a year, of the rules that at least two agencies follow.
pub fn table(register: &Register<'_>, year: u16) -> Table {
    let mut table = LOWEST.empty(0);
    let of_year = |agency: &&'_ AgencySummary| agency.editions.iter().position(|edition| edition.year == year && edition.has_result);
    let all = register.sorted.iter().filter_map(|agency| Some(&agency.editions[of_year(agency)?]));
    for (pack, editions) in joined::by_pack(all).into_iter().filter(|(_, editions)| editions.len() > 1) {
        let worths = worths(pack);
        rows(&mut table, (pack, year), ("all", "-"), &lost(&worths, &editions));
        for (scope, groups) in [("province", &register.provinces), ("kind", &register.kinds)] {
            for group in groups {
                let own = group.agencies.iter().filter_map(|agency| Some(&agency.editions[of_year(agency)?]));
                let own: Vec<&EditionSummary> = own.filter(|edition| Arc::ptr_eq(edition.pack(), pack)).collect();
                rows(&mut table, (pack, year), (scope, &group.data_name()), &lost(&worths, &own));
            }
        }
    }
    table
}

fn rows(table: &mut Table, (pack, year): (&Pack, u16), (scope, group): (&str, &str), all: &[Lost]) {
    for lost in all {
        let layer = match lost.figure {
            Figure::Question(_) => "question",
            Figure::Item(_) => "item",
            _ => "indicator",
        };
        let [median_points, mean_points] = match &lost.points {
            Some(points) => points.each_ref().map(|points| Cell::Figure(points.short(DECIMALS))),
            None => [Cell::Null, Cell::Null],
        };
        table.rows.push(vec![
            Cell::number(year),
            Cell::Text(scope.to_owned()),
            Cell::Text(group.to_owned()),
            Cell::Text(pack.id.clone()),
            Cell::Text(layer.to_owned()),
            Cell::Text(pack.code(lost.figure)),
            pack.name(lost.figure).map_or(Cell::Null, |name| Cell::Name(name.clone())),
            Cell::number(lost.agencies),
            Cell::number(lost.losing),
            Cell::Figure(lost.median.short(DECIMALS)),
            median_points,
            mean_points,
        ]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edition(score: Option<&str>) -> EditionSummary {
        let score = score.map_or(UNKNOWN, |score| kept(&Exact::parse(score).unwrap()).unwrap());
        let mut edition = EditionSummary::bare(2568, "90", &Arc::new(Pack::default()));
        edition.scores = Scores(Box::new([score]));
        edition
    }

    fn of(scores: &[Option<&str>], worth: Option<&str>) -> Option<(usize, usize, String, Option<[String; 2]>)> {
        let editions: Vec<EditionSummary> = scores.iter().map(|score| edition(*score)).collect();
        let worths = [(Figure::Item(0), worth.map(|worth| Exact::parse(worth).unwrap()))];
        let lost = lost(&worths, &editions.iter().collect::<Vec<_>>()).pop()?;
        let points = lost.points.map(|points| points.map(|points| points.short(4)));
        Some((lost.agencies, lost.losing, lost.median.short(4), points))
    }

    #[test]
    fn the_middle_is_of_all_and_of_those_that_lose() {
        let points = |median: &str, mean: &str| Some([median.to_owned(), mean.to_owned()]);
        assert_eq!(of(&[None, None], Some("1")), None, "nobody has the figure");
        assert_eq!(of(&[Some("100"), None], Some("1")), Some((1, 0, "100".into(), points("0", "0"))));
        // An odd number: the middle one; an even one: between the two.
        assert_eq!(of(&[Some("100"), Some("0"), Some("90")], Some("0.5")), Some((3, 2, "90".into(), points("27.5", "18.3333"))));
        assert_eq!(of(&[Some("99.99"), Some("80"), Some("90"), Some("70")], Some("1")), Some((4, 4, "85".into(), points("15", "15.0025"))));
        assert_eq!(of(&[Some("50"), Some("100")], None), Some((2, 1, "75".into(), None)), "without weights nothing is said of points");
    }

    #[test]
    fn what_is_no_score_of_a_hundred_is_not_known() {
        let of = |text: &str| kept(&Exact::parse(text).unwrap());
        assert_eq!([of("0"), of("99.99"), of("100"), of("100.01")], [Some(0), Some(999_900), Some(WHOLE), None]);
        assert_eq!(kept(&(&Exact::whole(200) / &Exact::whole(3))), Some(666_667));
    }
}
