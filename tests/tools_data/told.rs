//! What a program read of a table, beside the table's JSON: columns, kinds, rows and cells. Owns the kind of every column.

use serde_json::{Map, Value};

/// Columns that are whole numbers.
const WHOLE: [&str; 7] = ["year", "issue", "indicator", "size", "covers", "items_published", "items_total"];
/// Columns of figures.
const FIGURES: [&str; 14] =
    ["overall", "published", "derived", "low", "high", "part1", "part2", "part3", "part4", "part5", "part6", "weight", "value", "points"];
/// Columns of days.
const DAYS: [&str; 4] = ["from", "to", "updated", "review_by"];

/// The kind of a column.
pub fn kind(column: &str) -> &'static str {
    match column {
        column if WHOLE.contains(&column) => "whole",
        column if FIGURES.contains(&column) => "number",
        column if DAYS.contains(&column) => "day",
        "reverse" => "flag",
        _ => "text",
    }
}

/// How strict a program is about kinds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kinds {
    /// It knows each of them.
    All,
    /// A whole number may be a number.
    Numbers,
    /// It knows cells and no columns: an empty column has no kind, and all numbers are of one.
    Cells,
}

/// A table as a program told it.
#[derive(Debug)]
pub struct Told {
    columns: Vec<String>,
    kinds: Vec<String>,
    rows: Vec<Vec<Option<String>>>,
}

impl Told {
    /// Reads the form of `told.py`.
    pub fn parse(text: &str) -> Self {
        let line = |line: &str| line.split('\t').map(cell).collect::<Vec<_>>();
        let mut lines = text.lines().map(line);
        let mut head = || lines.next().unwrap().into_iter().map(Option::unwrap).collect();
        Self { columns: head(), kinds: head(), rows: lines.collect() }
    }

    /// What is not as in the JSON of the table.
    pub fn faults(&self, header: &[String], rows: &[Map<String, Value>], known: Kinds) -> Vec<String> {
        let mut faults = Vec::new();
        if self.columns != header {
            return vec![format!("the columns are {:?}", self.columns)];
        }
        for (column, found) in self.columns.iter().zip(&self.kinds) {
            let wanted = kind(column);
            let is_right = match (wanted, known) {
                (_, Kinds::Cells) if found == "empty" => true,
                ("whole", Kinds::Numbers | Kinds::Cells) if found == "number" => true,
                _ => wanted == found,
            };
            if !is_right {
                faults.push(format!("{column} is {found}"));
            }
        }
        if self.rows.len() != rows.len() {
            faults.push(format!("{} rows of {}", self.rows.len(), rows.len()));
        }
        for (number, (told, row)) in self.rows.iter().zip(rows).enumerate() {
            for (column, cell) in header.iter().zip(told) {
                let wanted = text(column, &row[column]);
                if !is_same(kind(column), cell.as_deref(), wanted.as_deref()) {
                    faults.push(format!("row {}, {column}: {cell:?} and not {wanted:?}", number + 1));
                }
            }
        }
        faults
    }
}

fn cell(text: &str) -> Option<String> {
    if text == "\\N" {
        return None;
    }
    let mut out = String::new();
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        out.push(match c {
            '\\' => match chars.next() {
                Some('n') => '\n',
                Some('r') => '\r',
                Some('t') => '\t',
                other => other.unwrap(),
            },
            c => c,
        });
    }
    Some(out)
}

/// A cell of the JSON as the CSV has it.
fn text(column: &str, value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) if text.is_empty() => None,
        Value::String(text) if kind(column) == "text" && is_formula(text) => Some(format!("'{text}")),
        Value::String(text) => Some(text.clone()),
        other => Some(other.to_string()),
    }
}

fn is_same(kind: &str, told: Option<&str>, wanted: Option<&str>) -> bool {
    let (Some(told), Some(wanted)) = (told, wanted) else { return told == wanted };
    match kind {
        "number" | "whole" => told.parse::<f64>().ok().zip(wanted.parse::<f64>().ok()).is_some_and(|(a, b)| a == b),
        _ => told == wanted,
    }
}

/// Would a spreadsheet run it? `docs/data.md` says which texts are published behind an apostrophe.
fn is_formula(text: &str) -> bool {
    let begin = text.trim_start_matches(|c: char| c == '\'' || c.is_whitespace());
    begin.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']) && text.chars().count() > 1
}
