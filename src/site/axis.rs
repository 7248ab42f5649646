//! The axis of score charts: one for all charts of an edition. Owns where a value stands on it, in per cent of its length.
//!
//! The axis begins at 80; a figure below that moves it to 60, then to 0, for the whole edition, so that charts can be compared.

use crate::assessment::edition::Edition;
use crate::assessment::level;
use crate::base::exact::Exact;
use crate::framework::Figure;

/// An axis from `low` to 100.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Axis {
    /// Where it begins.
    pub low: i64,
    /// What the best level asks: a solid line.
    pub solid: Option<Exact>,
    /// What the next lower threshold is: a dashed line.
    pub dashed: Option<Exact>,
    /// How many figures stand in each point of it, in per cent of the most: a histogram behind the marks. Empty for none.
    pub crowd: Vec<u8>,
}

impl Default for Axis {
    fn default() -> Self {
        Self { low: 80, solid: None, dashed: None, crowd: Vec::new() }
    }
}

impl Axis {
    /// The axis of an edition. Items count 100 or 0 and have no chart, so they do not move it.
    pub fn of(edition: &Edition) -> Self {
        let charted = edition.assessment.figures.iter().filter(|(figure, _)| !matches!(figure, Figure::Item(_)));
        let rollup = edition.rollup();
        let lowest = charted.filter_map(|(figure, _)| rollup.published(*figure)).min();
        let (solid, dashed) = level::marks(&edition.pack.levels);
        Self { low: low(lowest.as_ref()), solid, dashed, crowd: Vec::new() }
    }

    /// Where a value stands, in per cent of the axis with one decimal; values outside stand at the end.
    pub fn place(&self, value: &Exact) -> String {
        let low = Exact::whole(self.low);
        let length = &Exact::whole(100) - &low;
        let place = &(&(value - &low) * &Exact::whole(100)) / &length;
        place.clamp(Exact::whole(0), Exact::whole(100)).short(1)
    }
}

/// Where an axis begins that must hold `lowest`.
fn low(lowest: Option<&Exact>) -> i64 {
    let fits = |low: &i64| lowest.is_none_or(|lowest| *lowest >= Exact::whole(*low));
    [80, 60].into_iter().find(fits).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_low_figure_moves_the_axis() {
        assert_eq!(low(Exact::parse("80").as_ref()), 80);
        assert_eq!(low(Exact::parse("79.99").as_ref()), 60);
        assert_eq!(low(Exact::parse("59").as_ref()), 0);
        assert_eq!(low(None), 80);
    }

    #[test]
    fn values_stand_in_per_cent_of_the_axis() {
        let axis = Axis::default();
        assert_eq!(axis.place(&Exact::parse("99.96").unwrap()), "99.8");
        assert_eq!(axis.place(&Exact::whole(80)), "0");
        assert_eq!(axis.place(&Exact::whole(10)), "0");
    }
}
