//! Days in both eras. Owns reading a day, the fiscal year, and months by name. The one module that names chrono.
//! Refuses to know what day it is: the edge reads the clock once and hands the day in.

use std::fmt;

use chrono::{Datelike, Days, NaiveDate};
use serde::{Deserialize, Serialize};

use super::digits;
use super::language::Language;

/// From this year on, a year is of the Buddhist era.
pub const FIRST_BUDDHIST_YEAR: i32 = 2400;

/// What lies between the eras.
const ERA: i32 = 543;

const MONTHS_TH: [&str; 12] =
    ["มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน", "กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม"];
const MONTHS_TH_SHORT: [&str; 12] = ["ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค."];
const MONTHS_EN: [&str; 12] =
    ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

/// A day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "i32", try_from = "i32")]
pub struct Date(NaiveDate);

impl From<Date> for i32 {
    /// The count of days since the first of the year 1.
    fn from(day: Date) -> Self {
        day.0.num_days_from_ce()
    }
}

impl TryFrom<i32> for Date {
    type Error = &'static str;

    fn try_from(days: i32) -> Result<Self, Self::Error> {
        let day = NaiveDate::from_num_days_from_ce_opt(days).filter(|day| (1..=9999).contains(&day.year()));
        day.map(Self).ok_or("no day of a year of four digits")
    }
}

impl Date {
    /// The first day that there is.
    pub const FIRST: Self = Self(NaiveDate::MIN);

    /// The last day that there is.
    pub const LAST: Self = Self(NaiveDate::MAX);

    /// Reads `YYYY-MM-DD` in either script and either era; month and day may have one digit. `None` where there is no such day, and
    /// for years after พ.ศ. 2942 (ค.ศ. 2399), whose two eras could not be told apart.
    ///
    /// ```
    /// use prongsai::base::date::Date;
    /// assert_eq!(Date::parse("๒๕๖๘-๐๘-๐๑"), Date::parse("2025-08-01"));
    /// assert_eq!(Date::parse("2569-02-29"), None);
    /// ```
    pub fn parse(text: &str) -> Option<Self> {
        let text = digits::to_ascii(text);
        let mut parts = text.split('-');
        let mut number = |shortest: usize, longest: usize| {
            let part = parts.next()?;
            let fits = (shortest..=longest).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
            if fits { part.parse::<i32>().ok() } else { None }
        };
        let (year, month, day) = (number(4, 4)?, number(1, 2)?, number(1, 2)?);
        if parts.next().is_some() {
            return None;
        }
        let year = if year >= FIRST_BUDDHIST_YEAR { year - ERA } else { year };
        // Written in the common era, a later year would be read back as one of the Buddhist era.
        if year >= FIRST_BUDDHIST_YEAR {
            return None;
        }
        NaiveDate::from_ymd_opt(year, month as u32, day as u32).map(Self)
    }

    /// The day in Thailand (UTC+7) that a count of seconds since 1970 falls on; its year has to be one of four digits.
    pub fn in_thailand(seconds: i64) -> Option<Self> {
        let moved = seconds.checked_add(7 * 3600)?;
        chrono::DateTime::from_timestamp(moved, 0).map(|time| Self(time.date_naive())).filter(|date| (1..=9999).contains(&date.0.year()))
    }

    /// The year of the Buddhist era.
    pub fn buddhist_year(self) -> i32 {
        self.0.year() + ERA
    }

    /// The Thai fiscal year (พ.ศ.) that the day lies in: it begins on 1 October of the year before.
    pub fn fiscal_year(self) -> i32 {
        self.buddhist_year() + i32::from(self.0.month() >= 10)
    }

    /// The day so many days later.
    pub fn plus_days(self, days: u64) -> Self {
        Self(self.0.checked_add_days(Days::new(days)).unwrap_or(self.0))
    }

    /// The day so many days before.
    pub fn minus_days(self, days: u64) -> Self {
        Self(self.0.checked_sub_days(Days::new(days)).unwrap_or(self.0))
    }

    /// How many days it is until another; below zero where that lies before.
    pub fn days_to(self, other: Self) -> i64 {
        other.0.signed_duration_since(self.0).num_days()
    }

    /// The month in little room: `ส.ค. 2568` or `Aug 2025`.
    pub fn month(self, language: Language) -> String {
        let short = self.short(language);
        short.split_once(' ').map_or_else(String::new, |(_, month)| month.to_owned())
    }

    /// The day as people read it: `1 สิงหาคม 2568` or `1 August 2025`.
    pub fn long(self, language: Language) -> String {
        let month = self.0.month0() as usize;
        match language {
            Language::Th => format!("{} {} {}", self.0.day(), MONTHS_TH[month], self.buddhist_year()),
            Language::En => format!("{} {} {}", self.0.day(), MONTHS_EN[month], self.0.year()),
        }
    }

    /// The day in little room: `1 ส.ค. 2568` or `1 Aug 2025`.
    pub fn short(self, language: Language) -> String {
        let month = self.0.month0() as usize;
        match language {
            Language::Th => format!("{} {} {}", self.0.day(), MONTHS_TH_SHORT[month], self.buddhist_year()),
            Language::En => format!("{} {} {}", self.0.day(), &MONTHS_EN[month][..3], self.0.year()),
        }
    }
}

/// The day for machines: `2025-08-01`.
impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.0.year(), self.0.month(), self.0.day())
    }
}

/// The first and the last day of a fiscal year (พ.ศ.), as standards write days: it begins on 1 October of the year before.
///
/// ```
/// assert_eq!(prongsai::base::date::fiscal_days(2568), ["2024-10-01", "2025-09-30"]);
/// ```
pub fn fiscal_days(year: u16) -> [String; 2] {
    let end = i32::from(year) - 543;
    [format!("{:04}-10-01", end - 1), format!("{end:04}-09-30")]
}

/// Reads a year in either script and either era as a year of the Buddhist era; `None` where it is none (four digits).
///
/// ```
/// assert_eq!(prongsai::base::date::parse_year("๒๕๖๘"), Some(2568));
/// assert_eq!(prongsai::base::date::parse_year("2025"), Some(2568));
/// ```
pub fn parse_year(text: &str) -> Option<u16> {
    let text = digits::to_ascii(text);
    if text.len() != 4 || !text.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let year: i32 = text.parse().ok()?;
    let year = if year >= FIRST_BUDDHIST_YEAR { year } else { year + ERA };
    u16::try_from(year).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn both_eras_are_one_day() {
        let day = Date::parse("2568-08-01").unwrap();
        assert_eq!(day.to_string(), "2025-08-01");
        assert_eq!(day.long(Language::Th), "1 สิงหาคม 2568");
        assert_eq!(day.short(Language::En), "1 Aug 2025");
    }

    #[test]
    fn the_fiscal_year_turns_in_october() {
        assert_eq!(Date::parse("2567-09-30").unwrap().fiscal_year(), 2567);
        assert_eq!(Date::parse("2567-10-01").unwrap().fiscal_year(), 2568);
    }

    proptest! {
        /// A day is the same in either era and script, and prints as it is read.
        #[test]
        fn a_day_is_one_in_either_era_and_script(year in 1858_i32..2399, month in 1_u32..13, day in 1_u32..32) {
            let common = format!("{year:04}-{month:02}-{day:02}");
            let buddhist = format!("{}-{month}-{day}", year + ERA);
            let read = Date::parse(&common);
            prop_assert_eq!(Date::parse(&buddhist), read);
            prop_assert_eq!(Date::parse(&digits::to_thai(&buddhist)), read);
            if let Some(date) = read {
                prop_assert_eq!(date.to_string(), common);
                prop_assert_eq!(date.buddhist_year(), year + ERA);
            }
        }

        #[test]
        fn any_text_is_a_day_or_none(text in "\\PC{0,20}") {
            let _ = (Date::parse(&text), parse_year(&text));
        }
    }

    #[test]
    fn leap_days_are_those_of_the_common_era() {
        assert!(Date::parse("2571-02-29").is_some());
        assert_eq!(Date::parse("2569-02-29"), None);
        for text in ["", "2568", "2568-08", "2568-8-1-1", "68-08-01", "2568/08/01", "2568-13-01", "x568-01-01"] {
            assert_eq!(Date::parse(text), None, "{text}");
        }
    }

    #[test]
    fn the_day_is_counted_in_thailand() {
        assert_eq!(Date::in_thailand(0).unwrap().to_string(), "1970-01-01");
        assert_eq!(Date::in_thailand(17 * 3600).unwrap().to_string(), "1970-01-02");
        assert_eq!(Date::in_thailand(i64::MAX), None);
    }
}
