//! What a figure may really have been before it was printed: a closed interval around the printed number. Owns the arithmetic of such
//! intervals. Refuses to know what the figure is and whether two bands should agree.

use std::cmp::Ordering;

use super::exact::Exact;

/// A printed number, and the lowest and the highest number that may stand behind it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Band {
    /// The lowest.
    pub low: Exact,
    /// The number as printed, or as it follows from printed ones.
    pub point: Exact,
    /// The highest.
    pub high: Exact,
}

impl Band {
    /// The band of a published figure, cut to its range. Source: "Consistent or not" in the format's description: ±0.005 in the printed
    /// unit, however many digits are printed.
    pub fn printed(value: &Exact, highest: &Exact) -> Self {
        let half = Exact::decimal(5, 3);
        let (low, high) = (value - &half, value + &half);
        Self {
            low: if low.is_negative() { Exact::whole(0) } else { low },
            point: value.clone(),
            high: if high > *highest { highest.clone() } else { high },
        }
    }

    /// The band of nothing, to which others are added.
    pub fn zero() -> Self {
        Self { low: Exact::whole(0), point: Exact::whole(0), high: Exact::whole(0) }
    }

    /// Adds `factor` times another band; `factor` is not below zero, so that the low end stays the low one.
    #[must_use]
    pub fn plus(&self, factor: &Exact, other: &Band) -> Self {
        let sum = |own: &Exact, other: &Exact| own + &(other * factor);
        Self { low: sum(&self.low, &other.low), point: sum(&self.point, &other.point), high: sum(&self.high, &other.high) }
    }

    /// How far two bands are from each other; zero where they touch.
    pub fn gap(&self, other: &Band) -> Exact {
        match (self.high.cmp(&other.low), other.high.cmp(&self.low)) {
            (Ordering::Less, _) => &other.low - &self.high,
            (_, Ordering::Less) => &self.low - &other.high,
            _ => Exact::whole(0),
        }
    }

    /// Do two bands have a number in common?
    pub fn touches(&self, other: &Band) -> bool {
        self.high >= other.low && other.high >= self.low
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn band(text: &str) -> Band {
        Band::printed(&Exact::parse(text).unwrap(), &Exact::whole(100))
    }

    #[test]
    fn a_band_is_cut_to_the_range() {
        assert_eq!((band("100").low, band("100").high), (Exact::decimal(99_995, 3), Exact::whole(100)));
        assert_eq!((band("0").low, band("0").high), (Exact::whole(0), Exact::decimal(5, 3)));
    }

    #[test]
    fn ends_that_meet_touch() {
        assert!(band("98.57").touches(&band("98.58")));
        assert!(!band("98.57").touches(&band("98.5801")));
        assert_eq!(band("98.60").gap(&band("98.57")), Exact::decimal(2, 2));
    }

    proptest! {
        /// A band and another touch exactly where there is no gap, whichever is asked.
        #[test]
        fn touching_is_having_no_gap(a in 0_i64..10_000, b in 0_i64..10_000) {
            let (a, b) = (Exact::decimal(a, 2), Exact::decimal(b, 2));
            let (a, b) = (Band::printed(&a, &Exact::whole(100)), Band::printed(&b, &Exact::whole(100)));
            prop_assert_eq!(a.touches(&b), a.gap(&b) == Exact::whole(0));
            prop_assert_eq!(a.gap(&b), b.gap(&a));
        }
    }
}
