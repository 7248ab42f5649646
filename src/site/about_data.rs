//! The page about the data: which files there are, what every column means, and what is promised of them. Owns what the page tells; the
//! meanings are those of [`super::columns`].

use std::collections::BTreeSet;

use super::agencies;
use super::columns::{self, Column, DataTable};
use super::dataset::{self, DataSet, Form};
use super::joined;
use super::model::Model;
use super::page::{Page, front, name};
use super::view::{View, view};
use crate::base::address::Address;

/// The address of the page beside a front page.
pub fn address(front: &Address) -> Address {
    front.below("about-data/")
}

/// The page of an agency, whose files of other forms are in these sets.
pub fn page<'a>(model: &'a Model, sets: &[DataSet], base_url: Option<&str>) -> Page<'a> {
    let mut page = Page::new(address(&model.base), "about-data");
    page.edition = model.current_year();
    page.crumbs.push(front(model));
    let years = model.editions.iter().rev().map(|edition| {
        let tables = files(&columns::TABLES, |table, form| edition.data(table, form));
        let year = edition.edition.year;
        let others = sets.iter().filter(|set| set.year == year).flat_map(|set| &set.others);
        let others = others.map(|file| view!({"name": file.name, "about": file.about, "address": file.address.as_str()}));
        view!({
            "year": year, "others": others.collect::<Vec<_>>(), "package": dataset::package(&edition.base).to_string(), "tables": tables,
        })
    });
    let example = model.current().map(|edition| example(&edition.data("scores", "csv"), base_url));
    page.view = view!({
        "years": years.collect::<Vec<_>>(), "tables": columns::TABLES.iter().map(|table| shown(table)).collect::<Vec<_>>(),
        "first": described(&columns::FIRST), "catalog": dataset::catalog(&model.base).to_string(), "example": example,
    });
    page
}

/// The page of a site of several agencies, with the years that any of them has.
pub fn of_site(years: &BTreeSet<u16>, base_url: Option<&str>) -> Page<'static> {
    let root = Address::root();
    let mut page = Page::new(address(&root), "about-data");
    page.crumbs.push(agencies::crumb());
    let newest = years.last().map(|year| example(&joined::address("scores", *year, "csv"), base_url));
    let all = years
        .iter()
        .rev()
        .map(|year| view!({"year": *year, "tables": files(&columns::JOINED, |table, form| joined::address(table, *year, form))}));
    // What stands in the tables of each agency is told here too: the joined scores have the same columns.
    let own = columns::JOINED.into_iter().filter(|table| columns::TABLES.iter().all(|known| known.name != table.name));
    let tables = own.chain(columns::TABLES).map(shown);
    page.view = view!({
        "years": all.collect::<Vec<_>>(), "tables": tables.collect::<Vec<_>>(), "first": described(&columns::FIRST),
        "package": (!years.is_empty()).then(|| dataset::package(&root).to_string()), "catalog": dataset::catalog(&root).to_string(),
        "example": newest,
    });
    page
}

/// Tables with where their files lie.
fn files(tables: &[&DataTable], at: impl Fn(&str, &str) -> Address) -> Vec<View> {
    let file = |table: &DataTable, form: Form| at(table.name, form.extension()).to_string();
    tables.iter().map(|table| view!({"name": table.name, "csv": file(table, Form::Csv), "json": file(table, Form::Json)})).collect()
}

/// How an example names a file: by its address where that is known, else by its name alone, as it lies in the reader's folder.
fn example(file: &Address, base_url: Option<&str>) -> String {
    let name = || file.as_str().rsplit('/').next().unwrap_or_default().to_owned();
    base_url.map_or_else(name, |base| format!("{base}{}", file.encoded()))
}

/// A table with its columns after the first three.
fn shown(table: &DataTable) -> View {
    view!({
        "name": table.name, "about": name(&table.about.name()), "key": table.key.join(", "),
        "schema": dataset::schema(table.name).to_string(), "columns": described(table.own_columns()),
    })
}

fn described(columns: &[Column]) -> Vec<View> {
    let one = |column: &Column| {
        view!({
            "name": column.name, "about": name(&column.about.name()), "holds": column.holds.word(),
            "words": column.holds.words().join(" · "), "always": column.always,
        })
    };
    columns.iter().map(one).collect()
}
