//! Exact numbers: scores, weights and what follows from them. Owns reading, arithmetic and rounding.
//! Refuses floats: a figure that is a third of something stays a third until it is shown.

use std::cmp::Ordering;
use std::fmt;
use std::iter::Sum;
use std::ops::{Add, Div, Mul, Sub};

use num_bigint::BigInt;
use num_rational::{BigRational, Ratio};
use num_traits::{CheckedAdd, CheckedDiv, CheckedMul, CheckedSub, ToPrimitive, Zero};

use super::digits;

/// The longest figure that is read, in characters. Real figures have six.
const LONGEST: usize = 24;

/// An exact rational number.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Exact(Number);

/// Published figures and what follows from them fit the short form, whose arithmetic needs no memory of its own. A number that fits it
/// is never in the long form, so that equal numbers are equal values.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Number {
    Short(Ratio<i64>),
    Long(BigRational),
}

impl Number {
    fn of(long: BigRational) -> Self {
        match (long.numer().to_i64(), long.denom().to_i64()) {
            (Some(numerator), Some(denominator)) if numerator > i64::MIN => Self::Short(Ratio::new_raw(numerator, denominator)),
            _ => Self::Long(long),
        }
    }

    /// The result of an operation on short forms, where it is one. The least numerator is left to the long form: it has no counterpart
    /// above zero.
    fn short(result: Option<Ratio<i64>>) -> Option<Self> {
        result.filter(|short| *short.numer() > i64::MIN).map(Self::Short)
    }

    fn long(&self) -> BigRational {
        match self {
            Self::Short(short) => BigRational::new_raw(BigInt::from(*short.numer()), BigInt::from(*short.denom())),
            Self::Long(long) => long.clone(),
        }
    }
}

impl Exact {
    /// A whole number.
    pub fn whole(n: i64) -> Self {
        Self(Number::Short(Ratio::from_integer(n)))
    }

    /// The number `numerator / 10^places`.
    pub fn decimal(numerator: i64, places: u32) -> Self {
        match 10_i64.checked_pow(places) {
            // The least number has no counterpart above zero, which shortening may ask for.
            Some(scale) if numerator > i64::MIN => Self(Number::Short(Ratio::new(numerator, scale))),
            _ => Self(Number::of(BigRational::new(BigInt::from(numerator), BigInt::from(10).pow(places)))),
        }
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
        let body = text.strip_prefix('-').unwrap_or(text);
        let (whole, part) = body.split_once('.').map_or((body, None), |(w, p)| (w, Some(p)));
        let digits_only = |s: &str| !s.is_empty() && s.chars().all(digits::is_digit);
        if !digits_only(whole) || part.is_some_and(|p| !digits_only(p)) {
            return None;
        }
        let places = part.map_or(0, |part| part.chars().count()) as u32;
        let numerator: String = text.chars().filter(|c| *c != '.').map(digits::ascii).collect();
        match numerator.parse() {
            Ok(numerator) => Some(Self::decimal(numerator, places)),
            Err(_) => Some(Self(Number::of(BigRational::new(numerator.parse().ok()?, BigInt::from(10).pow(places))))),
        }
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
        let (negative, digits) = match self.scaled(places) {
            Some(rounded) => (rounded < 0, rounded.unsigned_abs().to_string()),
            None => {
                let scaled = self.0.long() * BigRational::from_integer(BigInt::from(10).pow(places));
                // round() of a rational takes a half away from zero, which for scores is half-up.
                let rounded = scaled.round().to_integer();
                (rounded < BigInt::zero(), rounded.magnitude().to_string())
            }
        };
        let places = places as usize;
        let (whole, part) = digits.split_at(digits.len().saturating_sub(places));
        let mut out = String::with_capacity(digits.len() + places + 3);
        if negative {
            out.push('-');
        }
        out.push_str(if whole.is_empty() { "0" } else { whole });
        if places > 0 {
            out.push('.');
            out.extend(std::iter::repeat_n('0', places - part.len()));
            out.push_str(part);
        }
        out
    }

    /// The number in units of `10^-places`, a half rounded away from zero; `None` where it is too long.
    fn scaled(&self, places: u32) -> Option<i128> {
        let Number::Short(short) = &self.0 else { return None };
        let denominator = i128::from(*short.denom());
        let twice = i128::from(*short.numer()).checked_mul(10_i128.checked_pow(places)?)?.checked_mul(2)?;
        Some((twice + twice.signum() * denominator) / (2 * denominator))
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
        match &self.0 {
            Number::Short(short) => *short.numer() < 0,
            Number::Long(long) => *long < BigRational::zero(),
        }
    }
}

impl fmt::Display for Exact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.short(12))
    }
}

impl PartialOrd for Exact {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Exact {
    fn cmp(&self, other: &Self) -> Ordering {
        match (&self.0, &other.0) {
            (Number::Short(a), Number::Short(b)) => a.cmp(b),
            (a, b) => a.long().cmp(&b.long()),
        }
    }
}

macro_rules! operator {
    ($trait:ident, $method:ident, $checked:ident) => {
        impl $trait<&Exact> for &Exact {
            type Output = Exact;
            fn $method(self, other: &Exact) -> Exact {
                if let (Number::Short(a), Number::Short(b)) = (&self.0, &other.0)
                    && let Some(short) = Number::short(a.$checked(b))
                {
                    return Exact(short);
                }
                Exact(Number::of($trait::$method(self.0.long(), other.0.long())))
            }
        }
    };
}
operator!(Add, add, checked_add);
operator!(Sub, sub, checked_sub);
operator!(Mul, mul, checked_mul);

impl Div<&Exact> for &Exact {
    type Output = Exact;

    /// Division. Dividing by zero gives zero: callers divide by counts and weights that they have checked.
    fn div(self, other: &Exact) -> Exact {
        if *other == Exact::whole(0) {
            return Exact::whole(0);
        }
        if let (Number::Short(a), Number::Short(b)) = (&self.0, &other.0)
            && *b.numer() > 0
            && let Some(short) = Number::short(a.checked_div(b))
        {
            return Exact(short);
        }
        Exact(Number::of(self.0.long() / other.0.long()))
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

        /// The short form and the long one are the same numbers: what overflows the one goes on in the other, and comes back.
        #[test]
        fn both_forms_reckon_alike(a in any::<i64>(), b in any::<i64>(), c in -99_i64..99, places in 0_u32..20) {
            let (x, y, z) = (Exact::decimal(a, places), Exact::decimal(b, places), Exact::decimal(c, 1));
            let long = |x: &Exact| x.0.long();
            for (ours, theirs) in [
                (&x + &y, long(&x) + long(&y)),
                (&x - &y, long(&x) - long(&y)),
                (&x * &y, long(&x) * long(&y)),
                (&z * &z, long(&z) * long(&z)),
            ] {
                prop_assert_eq!(&ours.0.long(), &theirs);
                prop_assert_eq!(&ours.0, &Number::of(theirs));
            }
            if b != 0 {
                prop_assert_eq!(long(&(&x / &y)), long(&x) / long(&y));
                prop_assert_eq!(&(&x / &y) * &y, x.clone());
            }
            prop_assert_eq!(&(&x + &y) - &y, x.clone());
            prop_assert_eq!(x.cmp(&y), long(&x).cmp(&long(&y)));
            let scaled = (long(&x) * BigRational::from_integer(BigInt::from(100))).round().to_integer();
            prop_assert_eq!(x.fixed(2).replace('.', "").parse::<BigInt>().unwrap(), scaled);
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

    #[test]
    fn the_least_short_number_is_a_long_one() {
        let least = exact("-9223372036854775808");
        assert_eq!(least, &exact("-9223372036854775807") - &Exact::whole(1));
        assert_eq!(&least / &Exact::whole(-1), exact("9223372036854775808"));
        assert_eq!(&least * &Exact::whole(-1), exact("9223372036854775808"));
        assert_eq!(least.fixed(1), "-9223372036854775808.0");
    }
}
