//! The ground of a ruler of totals: zones between the thresholds of the levels, ticks, and the figures under them. Owns which figures
//! have room. Refuses the marks on it, which are another's.

use super::axis::Axis;
use super::page::name;
use super::view::{View, view};
use crate::base::exact::Exact;
use crate::base::language::Name;
use crate::framework::Level;

/// A zone is named inside it from this length on, in per cent.
const NAMED_ZONE: i64 = 15;

/// What a figure under the ruler takes of a phone's width, in per cent.
const FIGURE: i64 = 11;

/// The zones of an axis, named by the levels whose total begins there.
pub fn zones(axis: &Axis, levels: &[Level]) -> Vec<View> {
    let low = Exact::whole(axis.low);
    let thresholds = thresholds(axis);
    let edges: Vec<Exact> = std::iter::once(low.clone()).chain(thresholds.clone()).chain([Exact::whole(100)]).collect();
    let zone = |pair: &[Exact]| {
        let (from, to) = (place(axis, &pair[0]), place(axis, &pair[1]));
        let is_named = (axis.low == 0 || pair[0] > low) && &to - &from >= Exact::whole(NAMED_ZONE);
        let names: Vec<View> = if is_named { beginning_at(levels, &pair[0]).iter().map(name).collect() } else { Vec::new() };
        let middle = &(&from + &to) / &Exact::whole(2);
        view!({
            "x": from.short(1), "width": (&to - &from).short(1), "middle": middle.short(1), "levels": names,
            "top": Some(&pair[0]) == thresholds.last(),
        })
    };
    edges.windows(2).map(zone).collect()
}

/// The thresholds that an axis shows, from the lowest.
pub fn thresholds(axis: &Axis) -> Vec<Exact> {
    let low = Exact::whole(axis.low);
    [&axis.dashed, &axis.solid].into_iter().flatten().filter(|threshold| **threshold > low).cloned().collect()
}

/// The levels that a total from here upward may have. Two levels may begin at one total; which of them it is then depends on the
/// instruments. The lower one is named first.
fn beginning_at(levels: &[Level], total: &Exact) -> Vec<Name> {
    levels.iter().rev().filter(|level| level.total.as_ref() == Some(total)).map(|level| level.name.clone()).collect()
}

/// A tick at each `step`; those of a figure are longer.
pub fn ticks(axis: &Axis, step: usize, figures: &[Exact]) -> Vec<View> {
    let one = |at: i64| {
        let at = Exact::whole(at);
        view!({"x": axis.place(&at), "long": figures.contains(&at)})
    };
    (axis.low..=100).step_by(step).map(one).collect()
}

/// The figures that have room under the ruler: its ends, its thresholds, and round ones between them.
pub fn figures(axis: &Axis) -> Vec<Exact> {
    let ends = [Exact::whole(axis.low), Exact::whole(100)];
    let round = [70, 80, 90, 20, 40, 60, 50].into_iter().filter(|at| *at > axis.low).map(Exact::whole);
    let mut shown: Vec<(Exact, Exact)> = ends.into_iter().map(|end| (place(axis, &end), end)).collect();
    for figure in thresholds(axis).into_iter().rev().chain(round) {
        let at = place(axis, &figure);
        let room = |(other, _): &(Exact, Exact)| &at - other >= Exact::whole(FIGURE) || other - &at >= Exact::whole(FIGURE);
        if shown.iter().all(room) {
            shown.push((at, figure));
        }
    }
    shown.sort();
    shown.into_iter().map(|(_, figure)| figure).collect()
}

/// The figures as templates take them, each held so that it stays on the ruler and off the 100.
pub fn labels(axis: &Axis, figures: &[Exact]) -> Vec<View> {
    let one = |figure: &Exact| {
        let at = place(axis, figure);
        let is_end = *figure == Exact::whole(100) || *figure == Exact::whole(axis.low);
        let anchor = if at == Exact::whole(0) {
            "start"
        } else if at > Exact::whole(82) {
            "end"
        } else {
            "middle"
        };
        view!({"x": at.short(1), "value": figure.short(2), "anchor": anchor, "end": is_end})
    };
    figures.iter().map(one).collect()
}

/// Where a value stands, as a number.
pub fn place(axis: &Axis, value: &Exact) -> Exact {
    Exact::parse(&axis.place(value)).unwrap_or_else(|| Exact::whole(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn axis(low: i64, dashed: &str, solid: &str) -> Axis {
        Axis { low, dashed: Exact::parse(dashed), solid: Exact::parse(solid), ..Axis::default() }
    }

    fn shown(axis: &Axis) -> Vec<String> {
        figures(axis).iter().map(|figure| figure.short(2)).collect()
    }

    #[test]
    fn figures_keep_apart_on_a_phone() {
        assert_eq!(shown(&axis(60, "85", "95")), ["60", "70", "80", "85", "90", "95", "100"]);
        for axis in [axis(60, "85", "95"), axis(0, "85", "95"), axis(60, "99", "99.5"), axis(0, "0.5", "50")] {
            let shown = figures(&axis);
            assert_eq!((shown.first(), shown.last()), (Some(&Exact::whole(axis.low)), Some(&Exact::whole(100))));
            for pair in shown.windows(2) {
                assert!(&place(&axis, &pair[1]) - &place(&axis, &pair[0]) >= Exact::whole(FIGURE), "{pair:?}");
            }
        }
    }

    #[test]
    fn zones_fill_the_axis_without_a_gap() {
        let widths = |axis: &Axis| -> Exact {
            let width = |zone: &View| Exact::parse(zone.get("width").and_then(View::as_str).unwrap()).unwrap();
            zones(axis, &[]).iter().map(width).sum()
        };
        for axis in [axis(60, "85", "95"), axis(80, "70", "95"), Axis::default()] {
            assert_eq!(widths(&axis), Exact::whole(100));
        }
        assert_eq!(zones(&axis(80, "70", "95"), &[]).len(), 2, "a threshold below the axis makes no zone");
    }
}
