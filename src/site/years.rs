//! The figures of an agency through the years: the total and each instrument as one small chart, all on one axis. Owns which figures are
//! the same in each year; what may not be compared is told on the page of changes.

use super::changes;
use super::model::{EditionModel, Model};
use super::page::name;
use super::view::{View, view};
use crate::base::exact::Exact;
use crate::framework::Figure;
use crate::source::assessment::Scale;

/// The most years that a chart shows; it says so where there are more.
const MOST: usize = 8;

/// Up to so many figures have room on a phone; where there are more, only the first and the last are printed there.
const ON_A_PHONE: usize = 5;

/// Where a chart's years begin, in per cent: before them stand the ends of the axis.
const LEFT: i64 = 14;

/// Where the top of the axis lies, and how high it is, in hundredths of an em.
const TOP: i64 = 170;
const HEIGHT: i64 = 300;

/// The charts; none with fewer than two years that have a total or an instrument.
pub fn charts(model: &Model) -> Option<View> {
    let told: Vec<&EditionModel> = model.editions.iter().filter(|edition| !edition.edition.assessment.figures.is_empty()).collect();
    let shown = &told[told.len().saturating_sub(MOST)..];
    let newest = shown.last().filter(|_| shown.len() > 1)?;
    let low = shown.iter().map(|edition| edition.axis.low).min()?;
    let mut charts = vec![chart(shown, low, (None, &|edition| edition.published(Figure::Overall).map(str::to_owned)))];
    for same in changes::through_the_years(newest) {
        let figure = |edition: &EditionModel| {
            let is_of_100 = edition.edition.assessment.scale == Scale::Percent;
            let figure = same.of(edition).filter(|_| is_of_100)?;
            edition.published(figure).map(str::to_owned)
        };
        charts.push(chart(shown, low, (Some(view!({"code": same.code, "name": name(same.shown)})), &figure)));
    }
    let charts: Vec<View> = charts.into_iter().flatten().collect();
    (!charts.is_empty()).then(|| {
        view!({
            "charts": charts, "low": low, "first": shown.first().map(|edition| edition.edition.year), "last": newest.edition.year,
            "left_out": told.len() - shown.len(), "top": TOP_LINE, "foot": FOOT_LINE,
        })
    })
}

/// The lines of the axis, in ems.
const TOP_LINE: &str = "1.7";
const FOOT_LINE: &str = "4.7";

/// What a chart is of, and its figure in a year.
type Told<'a> = (Option<View>, &'a dyn Fn(&EditionModel) -> Option<String>);

/// One chart; none with fewer than two figures.
fn chart(editions: &[&EditionModel], low: i64, (of, figure): Told<'_>) -> Option<View> {
    let values: Vec<Option<String>> = editions.iter().map(|edition| figure(edition)).collect();
    let known: Vec<usize> = (0..values.len()).filter(|at| values[*at].is_some()).collect();
    let (first, last) = (*known.first()?, *known.last()?);
    if known.len() < 2 {
        return None;
    }
    let crowded = editions.len() > ON_A_PHONE;
    let mut before: Option<(String, String)> = None;
    let mut points = Vec::new();
    for (at, (edition, value)) in editions.iter().zip(&values).enumerate() {
        let x = across(at, editions.len()).short(1);
        let y = value.as_ref().and_then(|text| Exact::parse(text)).map(|value| height(&value, low).short(2));
        let is_end = at == first || at == last;
        // No line leads over a year without a figure.
        let line = y.as_ref().and(before.take()).map(|(x, y)| view!({"x": x, "y": y}));
        let label = y.as_ref().and_then(|y| Some((&Exact::parse(y)? - &Exact::decimal(7, 1)).short(2)));
        points.push(view!({
            "year": edition.edition.year, "x": x, "y": y, "label": label, "value": value, "line": line,
            "keep": is_end, "phone": is_end || !crowded,
        }));
        before = y.map(|y| (x, y));
    }
    Some(view!({"of": of, "points": points}))
}

/// Where a year stands, in per cent.
fn across(at: usize, count: usize) -> Exact {
    let share = &Exact::whole((100 - LEFT) * (2 * at as i64 + 1)) / &Exact::whole(2 * count.max(1) as i64);
    &Exact::whole(LEFT) + &share
}

/// How far below the top a value stands, in ems.
fn height(value: &Exact, low: i64) -> Exact {
    let length = Exact::whole((100 - low).max(1));
    let below = &(&Exact::whole(100) - value).clamp(Exact::whole(0), length.clone()) / &length;
    &(&below * &Exact::decimal(HEIGHT, 2)) + &Exact::decimal(TOP, 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_stand_apart_and_inside() {
        let places = |count: usize| (0..count).map(|at| across(at, count)).collect::<Vec<_>>();
        assert_eq!(places(2).iter().map(|x| x.short(1)).collect::<Vec<_>>(), ["35.5", "78.5"]);
        for count in 2..=MOST {
            let places = places(count);
            assert!(places.first() > Some(&Exact::whole(LEFT)) && places.last() < Some(&Exact::whole(100)));
        }
    }

    #[test]
    fn the_ends_of_the_axis_are_its_lines() {
        assert_eq!(height(&Exact::whole(100), 80).short(2), TOP_LINE);
        assert_eq!(height(&Exact::whole(80), 80).short(2), FOOT_LINE);
        assert_eq!(height(&Exact::whole(50), 0).short(2), "3.2");
        assert_eq!(height(&Exact::whole(10), 80).short(2), FOOT_LINE, "what lies below stands at the end");
    }
}
