//! What is odd in a table of procurement: columns and cells that are not there, what is no number, prices and years that do not fit, one
//! number for two projects. Owns the rules and how many cases of each are told one by one. Refuses to read files, and to say that a price is
//! wrong: it says which figures stand beside each other.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::records::is_sure;
use crate::base::span::Place;
use crate::base::thai;
use crate::finding::{Code, Finding};
use crate::framework::DataYear;
use crate::site::model::EditionModel;
use crate::source::procurement::{Amount, Attached, Column, MOST_ROWS, Row, Table, Year};

/// How many cases of a kind are told one by one of a table.
const MOST: usize = 10;

/// How many cells are named where many have the same fault.
const NAMED: usize = 5;

/// The element of the item that says that the form has all its columns, and no cell without a text.
const WHOLE: &str = "columns";

/// The findings about the tables of an item of an edition.
pub fn judge(edition: &EditionModel, item: usize, tables: &[Attached]) -> Vec<Finding> {
    let known = &edition.edition.pack.items[item];
    let asks_for_all = is_sure(&known.standing) && known.elements.iter().any(|element| element.id == WHOLE);
    let about = format!("{}/{}", edition.edition.year, known.code);
    let years = years(edition, item);
    let mut findings = Vec::new();
    for attached in tables {
        let judged = Judged { attached, table: &attached.table, about: &about };
        findings.extend(judged.unread());
        if asks_for_all {
            findings.extend(judged.columns());
            findings.extend(judged.empty());
        }
        findings.extend(judged.numbers());
        findings.extend(judged.prices());
        findings.extend(judged.years(&years));
        findings.extend(judged.doubles());
    }
    findings
}

/// The fiscal years that rows may be of: the one that the record says it covers, and those that the edition is about. Empty where any is fine.
fn years(edition: &EditionModel, item: usize) -> Vec<u16> {
    let year = edition.edition.year;
    let covers = edition.edition.record(item).and_then(|record| record.covers.as_ref()).map(|covers| covers.value);
    match edition.edition.pack.items[item].data_year {
        DataYear::Current => covers.into_iter().chain([year]).collect(),
        DataYear::Previous => covers.into_iter().chain([year, year.saturating_sub(1)]).collect(),
        DataYear::InForce | DataYear::MultiYear | DataYear::Unknown => Vec::new(),
    }
}

/// A table that is being judged.
struct Judged<'a> {
    attached: &'a Attached,
    table: &'a Table,
    about: &'a str,
}

/// Takes cases of one kind, tells some and counts the rest.
struct Cases<'a> {
    judged: &'a Judged<'a>,
    code: Code,
    told: Vec<Finding>,
    further: usize,
}

impl Cases<'_> {
    fn tell(&mut self, finding: impl FnOnce() -> Finding) {
        if self.told.len() < MOST {
            self.told.push(finding());
        } else {
            self.further += 1;
        }
    }

    fn all(mut self) -> Vec<Finding> {
        if self.further > 0 {
            let finding = self.judged.finding(self.code).case("further");
            self.told.push(finding.with("count", self.further.to_string()).data("count", self.further));
        }
        self.told
    }
}

impl<'a> Judged<'a> {
    fn finding(&self, code: Code) -> Finding {
        Finding::new(code, Place::top(Arc::clone(&self.attached.file))).about(self.about)
    }

    /// A finding about a cell.
    fn at(&self, code: Code, (row, column): (&Row, Column)) -> Finding {
        let cell = self.table.cell(row, column);
        let finding = self.finding(code).with("cell", cell.as_str()).with("column", column.words().0).data("cell", cell);
        row.line.into_iter().fold(finding, |finding, line| finding.data("line", line))
    }

    fn cases(&'a self, code: Code) -> Cases<'a> {
        Cases { judged: self, code, told: Vec::new(), further: 0 }
    }

    /// The first cells of some rows in a column, as names.
    fn named<'r>(&self, rows: impl Iterator<Item = &'r Row>, column: Column) -> (usize, Vec<String>) {
        let (mut count, mut cells) = (0, Vec::new());
        for row in rows {
            count += 1;
            if cells.len() < NAMED {
                cells.push(self.table.cell(row, column));
            }
        }
        (count, cells)
    }

    /// Not all of it was read.
    fn unread(&self) -> Vec<Finding> {
        let mut findings = Vec::new();
        if self.table.is_cut {
            let finding = self.finding(Code::ProcurementUnread).with("count", self.table.rows.len().to_string());
            findings.push(finding.with("most", MOST_ROWS.to_string()).data("count", self.table.rows.len()));
        }
        let (count, cells) = self.named(self.table.rows.iter().filter(|row| row.is_cut), Column::Name);
        if count > 0 {
            let finding = self.finding(Code::ProcurementUnread).case("cell").with("count", count.to_string()).with("cells", cells.clone());
            findings.push(finding.data("count", count).data("cells", cells));
        }
        findings
    }

    fn columns(&self) -> Option<Finding> {
        let missing: Vec<&str> = self.table.missing().map(|column| column.words().0).collect();
        let finding = || self.finding(Code::ProcurementColumns).with("columns", missing.clone()).data("columns", missing.clone());
        (!missing.is_empty()).then(finding)
    }

    fn empty(&self) -> Vec<Finding> {
        let one = |column: Column| {
            let (count, cells) = self.named(self.table.rows.iter().filter(|row| row.is_empty(column)), column);
            let finding = self.finding(Code::ProcurementEmpty).with("column", column.words().0).with("count", count.to_string());
            let finding = finding.with("cells", cells.clone()).data("column", column.words().0).data("count", count).data("cells", cells);
            (count > 0).then_some(finding)
        };
        Column::all().filter_map(one).collect()
    }

    fn numbers(&self) -> Vec<Finding> {
        let mut cases = self.cases(Code::ProcurementNumber);
        for row in &self.table.rows {
            if let Year::Odd(found) = &row.year {
                cases.tell(|| self.at(Code::ProcurementNumber, (row, Column::Year)).case("year").with("found", &**found));
            }
            for (column, amount) in [(Column::Budget, &row.budget), (Column::Reference, &row.reference), (Column::Agreed, &row.agreed)] {
                if let Amount::Odd(found) = amount {
                    cases.tell(|| self.at(Code::ProcurementNumber, (row, column)).with("found", &**found));
                }
            }
        }
        cases.all()
    }

    /// The price agreed is above the budget or the reference price of its row.
    fn prices(&self) -> Vec<Finding> {
        let mut cases = self.cases(Code::ProcurementPrice);
        for row in &self.table.rows {
            for (case, other) in [("budget", &row.budget), ("reference", &row.reference)] {
                // Nought is what some write where there is no such amount.
                let pair = row.agreed.value().zip(other.value()).filter(|(agreed, other)| agreed > other && !other.is_zero());
                let Some((agreed, other)) = pair else { continue };
                cases.tell(|| {
                    let finding = self.at(Code::ProcurementPrice, (row, Column::Agreed)).case(case);
                    let finding = finding.with("agreed", agreed.to_string()).with("other", other.to_string());
                    finding.data("agreed", agreed.plain()).data(case, other.plain())
                });
            }
        }
        cases.all()
    }

    fn years(&self, asked: &[u16]) -> Vec<Finding> {
        let mut others: BTreeMap<u16, Vec<&Row>> = BTreeMap::new();
        for row in self.table.rows.iter().filter(|_| !asked.is_empty()) {
            if let Year::Of(year) = row.year
                && !asked.contains(&year)
            {
                others.entry(year).or_default().push(row);
            }
        }
        let one = |(year, rows): (u16, Vec<&Row>)| {
            let (count, cells) = self.named(rows.into_iter(), Column::Year);
            let finding = self.finding(Code::ProcurementYear).with("year", year.to_string()).with("count", count.to_string());
            let finding = finding.with("asked", asked.first().copied().unwrap_or_default().to_string()).with("cells", cells.clone());
            finding.data("year", year).data("count", count).data("cells", cells)
        };
        others.into_iter().take(MOST).map(one).collect()
    }

    /// One number of the state's system for two projects, or one row twice. A project may have several suppliers, each in a row of its own;
    /// that is no fault.
    fn doubles(&self) -> Vec<Finding> {
        let mut cases = self.cases(Code::ProcurementDouble);
        let mut first: BTreeMap<String, Vec<&Row>> = BTreeMap::new();
        for row in &self.table.rows {
            let Some(number) = row.project_number() else { continue };
            let rows = first.entry(number).or_default();
            let name = thai::normal(&row.name);
            // A few rows are kept of a number: a hostile table has a hundred thousand of one.
            let same =
                rows.iter().find(|other| other.agreed == row.agreed && other.vendors == row.vendors && thai::normal(&other.name) == name);
            let other = rows.iter().find(|other| thai::normal(&other.name) != name);
            if let Some((case, other)) = same.map(|other| ("row", other)).or_else(|| other.map(|other| ("", other))) {
                cases.tell(|| {
                    let there = self.table.cell(other, Column::Project);
                    let finding = self.at(Code::ProcurementDouble, (row, Column::Project)).case(case);
                    finding.with("number", &*row.project).with("other", there.as_str()).data("other", there)
                });
            } else if rows.len() < NAMED {
                rows.push(row);
            }
        }
        cases.all()
    }
}
