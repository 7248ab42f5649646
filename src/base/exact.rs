//! Exact numbers: scores, weights and what follows from them. Owns reading, arithmetic and rounding.
//! Refuses floats: a figure that is a third of something stays a third until it is shown.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, Div, Mul, Sub};

use num_bigint::BigInt;
use num_rational::BigRational;

use super::digits;

/// The longest figure that is read, in characters. Real figures have six.
const LONGEST: usize = 24;

/// An exact rational number.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Exact(BigRational);

impl Exact {
    /// A whole number.
    pub fn whole(n: i64) -> Self {
        Self(BigRational::from_integer(BigInt::from(n)))
    }

    /// The number `numerator / 10^places`.
    pub fn decimal(numerator: i64, places: u32) -> Self {
        Self(BigRational::new(BigInt::from(numerator), BigInt::from(10).pow(places)))
    }

    /// Reads a plain decimal in either script: an optional minus, digits, and at most one point with digits on both sides.
    /// `None` for anything else, and for more than 24 characters.
    ///
    /// ```
    /// use prongsai::base::exact::Exact;
    /// assert_eq!(Exact::parse("๙๘.๔๓"), Exact::parse("98.43"));
    /// assert_eq!(Exact::parse("๙๗.๖๑.๐๐"), None);
    /// assert_eq!(Exact::parse("99,5"), None);
    /// ```
    pub fn parse(text: &str) -> Option<Self> {
        if text.chars().count() > LONGEST {
            return None;
        }
        let text = digits::to_ascii(text);
        let (negative, body) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text.as_str()),
        };
        let (whole, part) = body.split_once('.').map_or((body, None), |(w, p)| (w, Some(p)));
        let digits_only = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
        if !digits_only(whole) || part.is_some_and(|p| !digits_only(p)) {
            return None;
        }
        let part = part.unwrap_or("");
        let numerator: BigInt = format!("{whole}{part}").parse().ok()?;
        let value = BigRational::new(numerator, BigInt::from(10).pow(part.len() as u32));
        Some(Self(if negative { -value } else { value }))
    }

    /// The mean of the numbers, or `None` of none.
    pub fn mean<'a>(numbers: impl IntoIterator<Item = &'a Exact>) -> Option<Exact> {
        let mut count = 0;
        let mut sum = Exact::whole(0);
        for number in numbers {
            count += 1;
            sum = &sum + number;
        }
        (count > 0).then(|| &sum / &Exact::whole(count))
    }

    /// The number rounded half-up (a half goes away from zero) to `places` decimals, all of them printed: `98.58`.
    ///
    /// ```
    /// use prongsai::base::exact::Exact;
    /// assert_eq!(Exact::parse("98.575").unwrap().fixed(2), "98.58");
    /// assert_eq!(Exact::parse("100").unwrap().fixed(2), "100.00");
    /// ```
    pub fn fixed(&self, places: u32) -> String {
        let scale = BigInt::from(10).pow(places);
        let scaled = &self.0 * BigRational::from_integer(scale);
        // round() of a rational takes a half away from zero, which for scores is half-up.
        let rounded = scaled.round().to_integer();
        let negative = rounded < BigInt::from(0);
        let digits = rounded.magnitude().to_string();
        let places = places as usize;
        let padded = format!("{digits:0>width$}", width = places + 1);
        let (whole, part) = padded.split_at(padded.len() - places);
        let sign = if negative { "-" } else { "" };
        if places == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{part}") }
    }

    /// Like [`Exact::fixed`], with trailing zeros cut: `99.165`, `100`.
    pub fn short(&self, places: u32) -> String {
        let fixed = self.fixed(places);
        if fixed.contains('.') { fixed.trim_end_matches('0').trim_end_matches('.').to_owned() } else { fixed }
    }

    /// The number rounded half-up to `places` decimals, still exact.
    pub fn rounded(&self, places: u32) -> Exact {
        Exact::parse(&self.fixed(places)).unwrap_or_else(|| self.clone())
    }

    /// Is the number below zero?
    pub fn is_negative(&self) -> bool {
        self.0 < BigRational::from_integer(BigInt::from(0))
    }
}

impl fmt::Display for Exact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.short(12))
    }
}

macro_rules! operator {
    ($trait:ident, $method:ident) => {
        impl $trait<&Exact> for &Exact {
            type Output = Exact;
            fn $method(self, other: &Exact) -> Exact {
                Exact($trait::$method(&self.0, &other.0))
            }
        }
    };
}
operator!(Add, add);
operator!(Sub, sub);
operator!(Mul, mul);

impl Div<&Exact> for &Exact {
    type Output = Exact;

    /// Division. Dividing by zero gives zero: callers divide by counts and weights that they have checked.
    fn div(self, other: &Exact) -> Exact {
        if other.0 == BigRational::from_integer(BigInt::from(0)) { Exact::whole(0) } else { Exact(&self.0 / &other.0) }
    }
}

impl Sum for Exact {
    fn sum<I: Iterator<Item = Exact>>(numbers: I) -> Exact {
        numbers.fold(Exact::whole(0), |sum, n| &sum + &n)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn exact(text: &str) -> Exact {
        Exact::parse(text).unwrap()
    }

    #[test]
    fn a_third_three_times_is_whole() {
        let third = &Exact::whole(100) / &Exact::whole(3);
        assert_eq!(&(&third + &third) + &third, Exact::whole(100));
    }

    #[test]
    fn halves_go_up_as_the_report_rounds() {
        assert_eq!(exact("98.995").fixed(2), "99.00");
        assert_eq!(exact("98.985").fixed(2), "98.99");
        assert_eq!(exact("-1.005").fixed(2), "-1.01");
        assert_eq!(exact("0.004").fixed(2), "0.00");
    }

    proptest! {
        /// Printing with all its decimals and reading back is the same number; rounding moves it by at most half a unit.
        #[test]
        fn decimals_read_back_and_round_by_half_a_unit(numerator in -1_000_000_i64..1_000_000, places in 0_u32..6, keep in 0_u32..6) {
            let number = Exact::decimal(numerator, places);
            prop_assert_eq!(Exact::parse(&number.fixed(places)), Some(number.clone()));
            prop_assert_eq!(Exact::parse(&number.short(places)), Some(number.clone()));
            let moved = &number.rounded(keep) - &number;
            let unit = Exact::decimal(1, keep);
            let twice = &moved + &moved;
            prop_assert!(twice <= unit && &Exact::whole(0) - &twice <= unit);
        }

        #[test]
        fn thai_and_ascii_digits_are_one_number(text in "[0-9]{1,6}(\\.[0-9]{1,4})?") {
            prop_assert_eq!(Exact::parse(&digits::to_thai(&text)), Exact::parse(&text));
            prop_assert!(Exact::parse(&text).is_some());
        }

        #[test]
        fn the_mean_lies_between_its_numbers(numbers in proptest::collection::vec(0_i64..10_000, 1..40)) {
            let numbers: Vec<Exact> = numbers.into_iter().map(|n| Exact::decimal(n, 2)).collect();
            let mean = Exact::mean(&numbers).unwrap();
            prop_assert!(numbers.iter().min().unwrap() <= &mean && &mean <= numbers.iter().max().unwrap());
        }
    }

    #[test]
    fn what_is_no_plain_decimal_is_refused() {
        for text in ["", ".", "1.", ".5", "1e3", "+1", "1_0", "99.5%", "99,5", "N/A", "-", "๙๗.๖๑.๐๐", " 1", "1 ", "inf"] {
            assert_eq!(Exact::parse(text), None, "{text}");
        }
        assert_eq!(Exact::parse(&"9".repeat(1000)), None);
    }
}
