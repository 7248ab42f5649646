//! What is handed out of the records: the addresses of items for whoever asks for them, and the links that lead out of the site for a
//! checker of links. Owns the two forms of a table. The program itself looks at no address.

pub mod links;
pub mod urls;

use serde_json::{Map, Value};

use crate::base::csv;

/// A table: its columns, and rows of as many cells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// The columns, which are the keys in JSON.
    pub columns: &'static [&'static str],
    /// The rows. What is absent is null.
    pub rows: Vec<Vec<Value>>,
}

impl Table {
    /// As CSV for spreadsheets.
    pub fn csv(&self) -> String {
        let mut out = String::from(csv::BEGIN);
        csv::line(self.columns.iter().map(|column| (*column).to_owned()), &mut out);
        for row in &self.rows {
            csv::line(row.iter().map(cell), &mut out);
        }
        out
    }

    /// As a JSON array of objects.
    pub fn json(&self) -> String {
        let keyed = |row: &Vec<Value>| -> Map<String, Value> {
            self.columns.iter().map(|column| (*column).to_owned()).zip(row.iter().cloned()).collect()
        };
        let objects: Vec<Value> = self.rows.iter().map(|row| Value::Object(keyed(row))).collect();
        format!("{:#}\n", Value::Array(objects))
    }
}

fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => csv::harmless(text).into_owned(),
        other => other.to_string(),
    }
}
