//! Derived figures, against exact arithmetic of the tests' own: fractions of whole numbers.

use std::sync::LazyLock;

use serde_json::{Map, Value};

use crate::support::{Built, Site};

static SAMPLE: LazyLock<Built> = LazyLock::new(|| Site::sample().built());

/// A fraction.
#[derive(Clone, Copy)]
struct Fraction(i128, i128);

impl Fraction {
    fn of(figure: &str) -> Self {
        let (whole, part) = figure.split_once('.').unwrap_or((figure, ""));
        Self(format!("{whole}{part}").parse().unwrap(), 10_i128.pow(part.len() as u32))
    }

    fn plus(self, other: Self) -> Self {
        Self(self.0 * other.1 + other.0 * self.1, self.1 * other.1).short()
    }

    fn over(self, number: i128) -> Self {
        Self(self.0, self.1 * number).short()
    }

    fn times(self, number: i128) -> Self {
        Self(self.0 * number, self.1).short()
    }

    fn short(self) -> Self {
        let (mut a, mut b) = (self.0, self.1);
        while b != 0 {
            (a, b) = (b, a % b);
        }
        Self(self.0 / a.max(1), self.1 / a.max(1))
    }

    /// Half-up to four decimals, trailing zeros cut.
    fn show(self) -> String {
        let rounded = (self.0 * 20_000 + self.1) / (2 * self.1);
        let text = format!("{}.{:04}", rounded / 10_000, rounded % 10_000);
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    }
}

fn mean(figures: &[Fraction]) -> Fraction {
    figures.iter().copied().fold(Fraction(0, 1), Fraction::plus).over(figures.len() as i128)
}

fn figure(row: &Map<String, Value>, column: &str) -> Fraction {
    Fraction::of(row[column].as_str().unwrap_or_else(|| panic!("{} has a {column}", row["code"])))
}

fn derived(table: &str, code: &str) -> Option<String> {
    SAMPLE.cell(table, code, "derived")
}

#[test]
fn the_report_s_figures_follow_as_worked_out_by_hand() {
    for (table, code, value) in [
        ("questions", "e1", "98.38"),
        ("questions", "e2", "98.575"),
        ("questions", "e6", "99.165"),
        ("scores", "4", "99.7833"),
        ("scores", "6", "98.9867"),
        ("scores", "7", "98.76"),
        ("scores", "8", "98.5067"),
        ("scores", "9", "100"),
        ("scores", "IIT", "99.956"),
        ("scores", "EIT1", "99.0833"),
        ("scores", "EIT2", "98.4244"),
        ("scores", "OIT", "95"),
        ("scores", "overall", "97.613"),
    ] {
        assert_eq!(derived(table, code).as_deref(), Some(value), "{code}");
    }
}

#[test]
fn what_nothing_stands_below_is_not_derived() {
    for question in (1..=15).map(|number| format!("i{number}")) {
        assert_eq!(derived("questions", &question), None, "{question}");
    }
    assert!(SAMPLE.rows("2568/data/items.json").iter().all(|row| !row.contains_key("derived")));
}

#[test]
fn every_derived_figure_of_the_sample_is_the_mean_of_what_is_published_below() {
    let questions = SAMPLE.rows("2568/data/questions.json");
    let items = SAMPLE.rows("2568/data/items.json");
    for row in questions.iter().filter(|row| !row["part1"].is_null()) {
        let parts = [figure(row, "part1"), figure(row, "part2")];
        assert_eq!(row["derived"], mean(&parts).show(), "{}", row["code"]);
    }
    let of = |rows: &[Map<String, Value>], number: u64, column: &str| -> Vec<Fraction> {
        rows.iter().filter(|row| row["indicator"] == number).map(|row| figure(row, column)).collect()
    };
    for number in 1..=8 {
        assert_eq!(derived("scores", &number.to_string()), Some(mean(&of(&questions, number, "published")).show()), "{number}");
    }
    for number in 9..=10 {
        let mut groups: Vec<&str> = items.iter().filter(|row| row["indicator"] == number).filter_map(|row| row["group"].as_str()).collect();
        groups.dedup();
        let group = |id: &&str| {
            let members: Vec<Fraction> = items.iter().filter(|row| row["group"] == *id).map(|row| figure(row, "published")).collect();
            let value = mean(&members);
            assert_eq!(derived("scores", id), Some(value.show()), "{id}");
            value
        };
        let groups: Vec<Fraction> = groups.iter().map(group).collect();
        assert_eq!(derived("scores", &number.to_string()), Some(mean(&groups).show()), "{number}");
    }
    let published = |code: &str| Fraction::of(&SAMPLE.cell("scores", code, "published").unwrap());
    let indicators = |numbers: std::ops::RangeInclusive<u64>| mean(&numbers.map(|n| published(&n.to_string())).collect::<Vec<_>>());
    assert_eq!(derived("scores", "IIT"), Some(indicators(1..=5).show()));
    assert_eq!(derived("scores", "OIT"), Some(indicators(9..=10).show()));
    for (part, column) in [("EIT1", "part1"), ("EIT2", "part2")] {
        let means: Vec<Fraction> = (6..=8).map(|number| mean(&of(&questions, number, column))).collect();
        assert_eq!(derived("scores", part), Some(mean(&means).show()), "{part}");
    }
    assert_eq!(derived("scores", "EIT"), Some(mean(&[published("EIT1"), published("EIT2")]).show()));
    let weighted = |code: &str, weight: i128| published(code).times(weight).over(100);
    let total = [weighted("IIT", 30), weighted("EIT1", 15), weighted("EIT2", 15), weighted("OIT", 40)];
    assert_eq!(derived("scores", "overall"), Some(total.into_iter().fold(Fraction(0, 1), Fraction::plus).show()));
}

/// The small site with another assessment.
fn assessed(lines: &str) -> Built {
    Site::bare().with("content/2568/assessment.yaml", &format!("framework: small\n{lines}")).built()
}

#[test]
fn weighted_instruments_are_derived_in_their_printed_unit() {
    let built = assessed(
        "scale: weighted\noverall: 95.2\ninstruments: {IIT: 37, EIT1: 9, EIT2: 9.2, OIT: 40}\nindicators: {1: 92.5, 2: 91, 3: 100}\n\
         questions: {e1: {ep: 90, es: 92, mean: 91}, i1: 90, i2: 95, i3: 90, i4: 95}\nitems: {o1: 100, o2: 100}\n",
    );
    for (code, value) in
        [("IIT", "37"), ("EIT", "18.2"), ("EIT1", "9"), ("EIT2", "9.2"), ("OIT", "40"), ("overall", "95.2"), ("1", "92.5"), ("2", "91")]
    {
        assert_eq!(built.cell("scores", code, "derived").as_deref(), Some(value), "{code}");
    }
    for (code, weight) in [("IIT", Some("40")), ("EIT1", Some("10")), ("EIT", Some("20")), ("overall", None), ("1", None)] {
        assert_eq!(built.cell("scores", code, "weight").as_deref(), weight, "{code}");
    }
    // Where the points went is told of 100 all the same, as the column says.
    assert_eq!(built.cell("losses", "IIT", "value").as_deref(), Some("92.5"));
    let page = built.page("about-data/");
    assert!(page.contains("<code>value</code> <small>คะแนนที่คำนวณ 0–100</small>") && page.contains("weighted"), "{page}");
}

#[test]
fn missing_figures_give_null_and_not_a_guess() {
    let built = assessed("questions: {i1: 90, i2: null, i3: 90, i4: 95, e1: {ep: 90}}\nitems: {o1: 100}\n");
    for code in ["overall", "IIT", "EIT", "EIT2", "OIT", "1", "2", "3", "3.1"] {
        assert_eq!(built.cell("scores", code, "derived"), None, "{code}");
    }
    assert_eq!(built.cell("scores", "EIT1", "derived").as_deref(), Some("90"));
    assert_eq!(built.cell("questions", "e1", "derived"), None);
}

#[test]
fn a_missing_layer_is_bridged_by_the_one_below() {
    let built = assessed("questions: {i1: 90, i2: 95, i3: 90, i4: 95, e1: {ep: 90, es: 92}}\nitems: {o1: 100, o2: 50}\n");
    for (code, value) in [
        ("1", "92.5"),
        ("IIT", "92.5"),
        ("EIT1", "90"),
        ("EIT2", "92"),
        ("EIT", "91"),
        ("2", "91"),
        ("3.1", "75"),
        ("3", "75"),
        ("OIT", "75"),
        ("overall", "85.2"),
    ] {
        assert_eq!(built.cell("scores", code, "derived").as_deref(), Some(value), "{code}");
        assert_eq!(built.cell("scores", code, "published"), None, "{code}");
    }
}

#[test]
fn the_nearest_published_figure_counts() {
    let built = assessed("instruments: {IIT: 50}\nindicators: {1: 80, 2: 70}\nquestions: {i1: 10, i2: 10, i3: 10, i4: 10, e1: 20}\n");
    for (code, value) in [("1", Some("10")), ("IIT", Some("80")), ("2", Some("20")), ("EIT", Some("70")), ("overall", None)] {
        assert_eq!(built.cell("scores", code, "derived").as_deref(), value, "{code}");
    }
}

#[test]
fn halves_are_rounded_up_at_the_very_end() {
    let built = assessed("questions: {i1: 90, i2: 90, i3: 90, i4: 90.0002, e1: {ep: 90, es: 90.0001}}\n");
    assert_eq!(built.cell("questions", "e1", "derived").as_deref(), Some("90.0001"));
    assert_eq!(built.cell("scores", "1", "derived").as_deref(), Some("90.0001"));
}

#[test]
fn the_mean_of_an_issue_is_rounded_up_to_two_decimals() {
    let site = Site::bare()
        .replace("content/2568/assessment.yaml", "mean: 91.00", "mean: 90.01")
        .replace("content/2568/assessment.yaml", "o2: 100", "o2: 90")
        .with("content/2568/issues/2.md", "เฉลี่ย={{ issue_mean() }}\n")
        .with("content/about.md", "เฉลี่ย={{ issue_mean(2) }}\n");
    let built = site.built();
    for page in ["2568/issues/2/", "about/"] {
        let text = crate::html::parse(built.page(page)).first("main").unwrap().text();
        assert!(text.contains("เฉลี่ย=90.01"), "{text}");
    }
}

#[test]
fn a_zero_is_a_figure() {
    let built = assessed("questions: {i1: 0, i2: 0, i3: 0, i4: 0}\n");
    assert_eq!(built.cell("scores", "1", "derived").as_deref(), Some("0"));
    assert_eq!(built.cell("questions", "i1", "published").as_deref(), Some("0"));
}
