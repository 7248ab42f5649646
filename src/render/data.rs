//! Tables as data files. CSV is UTF-8 with a byte order mark and CRLF, quoted where needed; JSON is an array of objects with the same
//! keys. Figures keep their published digits and are strings in JSON; numbers and truth values are what they are; what is absent is
//! empty in CSV and null in JSON. A text that a spreadsheet would run as a formula has an apostrophe before it in CSV, and is as it is in
//! JSON.

use std::borrow::{Borrow, Cow};

use serde_json::{Number, Value};

use crate::base::{csv, json};
use crate::site::dataset::Form;
use crate::site::table::{Cell, Table};

/// The table as a file of this form.
pub fn file(form: Form, table: &Table) -> Vec<u8> {
    match form {
        Form::Csv => csv(table),
        Form::Json => json(table),
    }
}

/// The table as CSV. A table without rows has its header.
pub fn csv(table: &Table) -> Vec<u8> {
    csv_of(table, std::iter::once(table))
}

/// Tables of the columns of `header` as one CSV. They are taken one by one, so that they need not all be there at once.
pub fn csv_of<T: Borrow<Table>>(header: &Table, tables: impl Iterator<Item = T>) -> Vec<u8> {
    let mut out = String::from(csv::BEGIN);
    csv::line(header.columns.iter(), &mut out);
    for table in tables {
        for row in &table.borrow().rows {
            csv::line(row.iter().map(field), &mut out);
        }
    }
    out.into_bytes()
}

/// A cell in CSV. What people wrote is never a formula there; a figure may be negative.
fn field(cell: &Cell) -> Cow<'_, str> {
    let text = cell.written();
    if matches!(cell, Cell::Text(_) | Cell::Name(_) | Cell::List(_))
        && let Cow::Owned(harmless) = csv::harmless(&text)
    {
        return Cow::Owned(harmless);
    }
    text
}

/// The table as JSON: one object a line.
pub fn json(table: &Table) -> Vec<u8> {
    json_of(std::iter::once(table))
}

/// Tables as one JSON array; they are taken as those of [`csv_of`].
pub fn json_of<T: Borrow<Table>>(tables: impl Iterator<Item = T>) -> Vec<u8> {
    let mut out = b"[".to_vec();
    let mut between = "\n";
    for table in tables {
        let table = table.borrow();
        let keys: Vec<String> = table.columns.iter().map(|column| Value::from(*column).to_string()).collect();
        for row in &table.rows {
            out.extend_from_slice(between.as_bytes());
            between = ",\n";
            let mut before = b'{';
            for (key, cell) in keys.iter().zip(row) {
                out.push(before);
                before = b',';
                out.extend_from_slice(key.as_bytes());
                out.push(b':');
                value_into(cell, &mut out);
            }
            out.extend_from_slice(if before == b'{' { b"{}" } else { b"}" });
        }
    }
    out.extend_from_slice(b"\n]\n");
    out
}

/// Writes a cell as a value. Written cell by cell, since a tree of values for each row takes five times as long.
fn value_into(cell: &Cell, out: &mut Vec<u8>) {
    match cell {
        Cell::Null => out.extend_from_slice(b"null"),
        Cell::Flag(flag) => out.extend_from_slice(if *flag { b"true" } else { b"false" }),
        // A number of ours is short: a year, a count, a weight of at most four decimals, a size.
        Cell::Number(text) if is_whole(text.as_bytes()) => out.extend_from_slice(text.as_bytes()),
        Cell::Number(text) => match text.parse::<Number>() {
            Ok(number) => out.extend_from_slice(number.to_string().as_bytes()),
            Err(_) => json::text(text, out),
        },
        other => json::text(&other.written(), out),
    }
}

/// Is it a whole number as JSON writes it?
fn is_whole(text: &[u8]) -> bool {
    text.len() < 16 && text.iter().all(u8::is_ascii_digit) && matches!(text, [b'0'] | [b'1'..=b'9', ..])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> Table {
        let mut table = Table::new("t", &["code", "figure", "weight", "flag", "none"]);
        let text = Cell::Text("ก \"ข\", ค".to_owned());
        table.rows.push(vec![text, Cell::Figure("90.00".to_owned()), Cell::number("15"), Cell::Flag(true), Cell::Null]);
        table
    }

    #[test]
    fn csv_is_what_spreadsheets_read() {
        let text = String::from_utf8(csv(&table())).unwrap();
        assert_eq!(text, "\u{feff}code,figure,weight,flag,none\r\n\"ก \"\"ข\"\", ค\",90.00,15,true,\r\n");
    }

    #[test]
    fn texts_are_no_formulas_and_figures_may_be_negative() {
        let mut table = Table::new("t", &["text", "list", "points"]);
        let list = Cell::List(vec!["=a".to_owned(), "b".to_owned()]);
        table.rows.push(vec![Cell::Text("=cmd|' /C calc'!A0".to_owned()), list, Cell::Figure("-0.0002".to_owned())]);
        assert_eq!(String::from_utf8(csv(&table)).unwrap(), "\u{feff}text,list,points\r\n'=cmd|' /C calc'!A0,'=a | b,-0.0002\r\n");
        let rows: Value = serde_json::from_slice(&json(&table)).unwrap();
        assert_eq!(rows[0]["text"], "=cmd|' /C calc'!A0");
    }

    #[test]
    fn numbers_are_written_as_json_has_them() {
        for (text, written) in [("0", "0"), ("2568", "2568"), ("12.5", "12.5"), ("-3", "-3"), ("007", "\"007\""), ("", "\"\"")] {
            let mut out = Vec::new();
            value_into(&Cell::number(text), &mut out);
            assert_eq!(String::from_utf8(out).unwrap(), written);
        }
    }

    #[test]
    fn json_keeps_published_digits_as_text() {
        let rows: Value = serde_json::from_slice(&json(&table())).unwrap();
        assert_eq!(rows[0]["figure"], "90.00");
        assert_eq!(rows[0]["weight"], 15);
        assert_eq!(rows[0]["flag"], true);
        assert_eq!(rows[0]["none"], Value::Null);
        assert_eq!(serde_json::from_slice::<Value>(&json(&Table::new("t", &["a"]))).unwrap(), serde_json::json!([]));
    }
}
