//! The figures of the real report, transcribed once (`tests/fixtures/source-figures.csv`), are where readers and machines look.

use std::fs;
use std::sync::LazyLock;

use crate::csv;
use crate::html;
use crate::support::{Built, Site, root};

static SAMPLE: LazyLock<Built> = LazyLock::new(|| Site::sample().built());

/// A figure as the report prints it.
struct Printed {
    layer: String,
    code: String,
    part: String,
    figure: String,
}

impl Printed {
    /// The table and the column that hold it.
    fn place(&self) -> (&'static str, &'static str) {
        match (self.layer.as_str(), self.part.as_str()) {
            ("question", "ep") => ("questions", "part1"),
            ("question", "es") => ("questions", "part2"),
            ("question", _) => ("questions", "published"),
            ("item", _) => ("items", "published"),
            _ => ("scores", "published"),
        }
    }

    fn says(&self) -> String {
        format!("{} {} {} {}", self.layer, self.code, self.part, self.figure)
    }
}

fn printed() -> Vec<Printed> {
    let text = fs::read_to_string(root().join("tests/fixtures/source-figures.csv")).unwrap();
    let lines = text.lines().skip(1).map(|line| line.split(',').map(str::to_owned).collect::<Vec<_>>());
    let printed: Vec<Printed> = lines
        .map(|line| match line.as_slice() {
            [layer, code, part, figure] => Printed { layer: layer.clone(), code: code.clone(), part: part.clone(), figure: figure.clone() },
            _ => panic!("{line:?}"),
        })
        .collect();
    assert_eq!(printed.len(), 85);
    printed
}

#[test]
fn every_printed_figure_is_in_the_data_files() {
    for figure in printed() {
        let (table, column) = figure.place();
        assert_eq!(SAMPLE.cell(table, &figure.code, column).as_deref(), Some(figure.figure.as_str()), "{}", figure.says());
        let records = csv::parse(SAMPLE.file(&format!("2568/data/{table}.csv")));
        let at = |name: &str| records[0].iter().position(|column| column == name).unwrap();
        let row = records.iter().find(|row| row[at("code")] == figure.code).unwrap();
        assert_eq!(row[at(column)], figure.figure, "{}", figure.says());
    }
}

/// Every printed figure has to stand in a row with its code: a published one in the cell that counts.
fn assert_shown(page: &str) {
    let page = html::parse(SAMPLE.page(page));
    let rows: Vec<(String, Vec<String>)> = page.rows().into_iter().map(|row| (row.code(), row.values())).collect();
    let mut missing = Vec::new();
    for figure in printed() {
        let shown = rows.iter().any(|(code, values)| {
            let counts = figure.place().1 == "published";
            *code == figure.code && if counts { values.last() == Some(&figure.figure) } else { values.contains(&figure.figure) }
        });
        let in_text = figure.layer == "overall" && page.first("main").unwrap().text().contains(&figure.figure);
        if !shown && !in_text {
            missing.push(figure.says());
        }
    }
    assert_eq!(missing, Vec::<String>::new(), "{rows:#?}");
}

#[test]
fn every_printed_figure_is_on_the_score_page() {
    assert_shown("2568/scores/");
}

#[test]
fn every_printed_figure_is_in_the_report() {
    assert_shown("2568/report/");
}
