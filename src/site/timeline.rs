//! When measures run, on one axis of fiscal years. Owns where each bar begins and ends, where reports of progress stand, and which ticks
//! are named. A period in words has no bar, nor has one that ends before it begins: their words stand beside the chart.

use crate::base::date::Date;
use crate::base::exact::Exact;
use crate::source::measures::Measure;

/// About so many years have a tick each.
const MOST: i32 = 12;

/// Where the name of a tick has room between those of the ends, in per cent.
const ROOM: (i64, i64) = (33, 54);

/// The axis and what stands on it.
#[derive(Clone, Debug, PartialEq, Hash)]
pub struct Timeline {
    /// The first day of the axis.
    pub begin: Date,
    /// The day after its last.
    pub end: Date,
    /// Its ticks.
    pub ticks: Vec<Tick>,
    /// What is drawn for each measure, in the order of the file.
    pub rows: Vec<Drawn>,
}

/// A tick.
#[derive(Clone, Debug, PartialEq, Hash)]
pub struct Tick {
    /// Where it stands, in per cent.
    pub x: String,
    /// What it is called, where it has a name.
    pub name: Option<TickName>,
}

/// What a tick is called.
#[derive(Clone, Debug, PartialEq, Hash)]
pub enum TickName {
    /// The month of a day.
    Month(Date),
    /// A fiscal year (พ.ศ.).
    Year(i32),
}

/// What is drawn for a measure.
#[derive(Clone, Debug, Default, PartialEq, Hash)]
pub struct Drawn {
    /// Its bar.
    pub bar: Option<Bar>,
    /// Where reports of progress stand, in per cent.
    pub dots: Vec<String>,
}

/// A bar, in per cent.
#[derive(Clone, Debug, PartialEq, Hash)]
pub struct Bar {
    /// Where it begins.
    pub x: String,
    /// How long it is.
    pub width: String,
    /// Where it ends.
    pub end: String,
    /// Is its begin not told?
    pub open_start: bool,
    /// Is its end not told?
    pub open_end: bool,
}

impl Timeline {
    /// The chart of measures; `None` where nothing can be drawn.
    pub fn of(measures: &[Measure]) -> Option<Self> {
        let spans: Vec<Span> = measures.iter().map(Span::of).collect();
        let days = || spans.iter().flat_map(Span::days);
        let (first, last) = (days().min()?, days().max()?);
        let (from, to) = (first.fiscal_year(), last.fiscal_year());
        let (begin, end) = (october(from)?, october(to + 1)?);
        let axis = Days { begin, end };
        let rows = spans.iter().map(|span| span.drawn(&axis)).collect();
        Some(Self { begin, end, ticks: ticks(&axis, from, to), rows })
    }
}

/// The days of an axis, the last one not included.
struct Days {
    begin: Date,
    end: Date,
}

impl Days {
    /// Where a day begins, in per cent of the axis.
    fn place(&self, day: Date) -> Exact {
        let whole = self.begin.days_to(self.end).max(1);
        let at = &Exact::whole(self.begin.days_to(day) * 100) / &Exact::whole(whole);
        at.clamp(Exact::whole(0), Exact::whole(100)).rounded(1)
    }
}

/// The days that a measure tells.
struct Span {
    from: Option<Date>,
    to: Option<Date>,
    dots: Vec<Date>,
}

impl Span {
    fn of(measure: &Measure) -> Self {
        let (from, to) = measure.period.as_ref().map_or((None, None), |period| (period.from, period.to));
        // Nobody can say which of the two days of a reversed period is wrong.
        let is_reversed = from.zip(to).is_some_and(|(from, to)| to < from);
        let (from, to) = if is_reversed { (None, None) } else { (from, to) };
        Self { from, to, dots: measure.progress.iter().filter_map(|report| report.date).collect() }
    }

    fn days(&self) -> impl Iterator<Item = Date> + '_ {
        self.from.into_iter().chain(self.to).chain(self.dots.iter().copied())
    }

    fn drawn(&self, axis: &Days) -> Drawn {
        let bar = (self.from.is_some() || self.to.is_some()).then(|| {
            let start = self.from.map_or(Exact::whole(0), |from| axis.place(from));
            // A period includes its last day.
            let stop = self.to.map_or(Exact::whole(100), |to| axis.place(to.plus_days(1)));
            let width = (&stop - &start).max(Exact::decimal(5, 1));
            // The last day of a long axis would stand behind its end.
            let start = start.min(&Exact::whole(100) - &width);
            Bar {
                x: start.short(1),
                end: (&start + &width).short(1),
                width: width.short(1),
                open_start: self.from.is_none(),
                open_end: self.to.is_none(),
            }
        });
        Drawn { bar, dots: self.dots.iter().map(|day| axis.place(*day).short(1)).collect() }
    }
}

/// The first day of a fiscal year.
fn october(fiscal_year: i32) -> Option<Date> {
    first_of(fiscal_year - 1, "10")
}

/// The first day of a month of a year (พ.ศ.).
fn first_of(year: i32, month: &str) -> Option<Date> {
    // Years of the common era are read as such below 2400, and no day is later than that.
    Date::parse(&format!("{:04}-{month}-01", year - 543)).filter(|day| day.buddhist_year() == year)
}

/// Quarters of a single year; of several, each year, or some where there are many. The first is named, and one near the middle, where a
/// wide page has room for it between the names of the ends.
fn ticks(axis: &Days, from: i32, to: i32) -> Vec<Tick> {
    let days: Vec<(Date, TickName)> = if from == to {
        let months = ["10", "01", "04", "07"].into_iter().zip([from - 1, from, from, from]);
        months.filter_map(|(month, year)| first_of(year, month)).map(|day| (day, TickName::Month(day))).collect()
    } else {
        let step = usize::try_from((to - from) / MOST + 1).unwrap_or(1);
        (from..=to).step_by(step).filter_map(|year| Some((october(year)?, TickName::Year(year)))).collect()
    };
    let middle = days.iter().map(|(day, _)| axis.place(*day)).position(|x| (Exact::whole(ROOM.0)..=Exact::whole(ROOM.1)).contains(&x));
    let tick = |(at, (day, name)): (usize, (Date, TickName))| {
        let name = match at {
            0 => Some(TickName::Month(axis.begin)),
            at if Some(at) == middle => Some(name),
            _ => None,
        };
        Tick { x: axis.place(day).short(1), name }
    };
    days.into_iter().enumerate().map(tick).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::span::{Place, Span as Bytes};
    use crate::source::measures::{MeasureStatus, Period, Progress};
    use std::sync::Arc;

    fn measure(from: &str, to: &str, dots: &[&str]) -> Measure {
        let place = Place::new(&Arc::from("x"), Bytes::default());
        let period = Period { place: place.clone(), from: Date::parse(from), to: Date::parse(to), text: None };
        let report = |day: &&str| Progress { date: Date::parse(day), text: String::new(), evidence: None };
        Measure {
            place,
            issue: 1,
            id: None,
            method: None,
            steps: Vec::new(),
            responsible: Vec::new(),
            period: Some(period),
            status: MeasureStatus::Planned,
            progress: dots.iter().map(report).collect(),
            closed: None,
        }
    }

    fn bars(measures: &[Measure]) -> Vec<Option<(String, String)>> {
        let timeline = Timeline::of(measures).unwrap();
        timeline.rows.into_iter().map(|row| row.bar.map(|bar| (bar.x, bar.width))).collect()
    }

    fn bar(x: &str, width: &str) -> Option<(String, String)> {
        Some((x.to_owned(), width.to_owned()))
    }

    #[test]
    fn a_year_is_as_long_as_its_axis() {
        assert_eq!(bars(&[measure("2567-10-01", "2568-09-30", &[])]), [bar("0", "100")]);
        let two = [measure("2567-10-01", "2568-03-31", &[]), measure("2568-04-01", "2568-04-01", &[])];
        assert_eq!(bars(&two), [bar("0", "49.9"), bar("49.9", "0.5")], "a single day is still seen");
        let long = [measure("2500-10-01", "2580-09-30", &[]), measure("2580-09-30", "2580-09-30", &[])];
        assert_eq!(bars(&long), [bar("0", "100"), bar("99.5", "0.5")], "also the last one of eighty years");
    }

    #[test]
    fn a_period_that_ends_before_it_begins_has_no_bar() {
        let reversed = measure("2568-09-30", "2567-10-01", &[]);
        assert_eq!(Timeline::of(std::slice::from_ref(&reversed)), None);
        assert_eq!(bars(&[reversed, measure("2567-10-01", "2568-09-30", &[])]), [None, bar("0", "100")]);
    }

    #[test]
    fn a_period_of_one_side_runs_to_the_end_and_says_so() {
        let timeline = Timeline::of(&[measure("2568-04-01", "", &[]), measure("", "2568-03-31", &[])]).unwrap();
        let [from, to] = [0, 1].map(|at| timeline.rows[at].bar.clone().unwrap());
        assert_eq!((from.x.as_str(), from.width.as_str(), from.open_start, from.open_end), ("49.9", "50.1", false, true));
        assert_eq!((to.x.as_str(), to.width.as_str(), to.open_start, to.open_end), ("0", "49.9", true, false));
    }

    #[test]
    fn reports_stand_where_their_day_is_also_outside_of_the_period() {
        let timeline = Timeline::of(&[measure("2567-10-01", "2568-09-30", &["2569-10-01"])]).unwrap();
        assert_eq!(timeline.rows[0].bar.as_ref().unwrap().width, "33.3");
        assert_eq!(timeline.rows[0].dots, ["66.7"]);
        let only = Timeline::of(&[measure("", "", &["2568-04-01"])]).unwrap();
        assert_eq!((only.rows[0].bar.clone(), only.rows[0].dots.len()), (None, 1));
    }

    #[test]
    fn the_first_tick_is_named_and_one_near_the_middle() {
        let ticks = |from: &str, to: &str| -> Vec<(String, Option<TickName>)> {
            Timeline::of(&[measure(from, to, &[])]).unwrap().ticks.into_iter().map(|tick| (tick.x, tick.name)).collect()
        };
        let month = |day: &str| Some(TickName::Month(Date::parse(day).unwrap()));
        let quarters = ticks("2567-12-01", "2568-02-01");
        let names: Vec<Option<TickName>> = quarters.iter().map(|(_, name)| name.clone()).collect();
        assert_eq!(names, [month("2567-10-01"), None, month("2568-04-01"), None]);
        let two = ticks("2567-12-01", "2568-12-01");
        assert_eq!(two, [("0".to_owned(), month("2567-10-01")), ("50".to_owned(), Some(TickName::Year(2569)))]);
        let ten = ticks("2567-10-01", "2577-09-30");
        assert_eq!((ten.len(), ten.iter().filter(|(_, name)| name.is_some()).count()), (10, 2));
        assert!(ticks("0600-01-01", "2900-01-01").len() <= 13, "a slip of the pen makes no thousand ticks");
    }
}
