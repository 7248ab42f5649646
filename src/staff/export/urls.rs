//! The address of every item of an edition, as it is handed in with the assessment. Refuses the disk: whether a page was published is asked.

use serde_json::{Value, json};

use super::Table;
use crate::base::address::Address;
use crate::engine::sources::Sources;
use crate::site::model::EditionModel;

/// The columns.
const COLUMNS: &[&str] = &["agency", "agency_name", "year", "code", "id", "name", "status", "url", "address", "published"];

/// An item and its page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    code: String,
    id: String,
    name: String,
    status: &'static str,
    /// Its page in the site.
    pub address: Address,
}

/// The items of an agency's edition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Items {
    /// The agency's slug; empty with one agency.
    pub agency: String,
    /// Its name.
    pub name: String,
    /// The edition's year, where there is an edition to speak of.
    pub year: Option<u16>,
    /// All years that the agency has.
    pub years: Vec<u16>,
    /// The absolute address of the site's root.
    pub base_url: Option<String>,
    /// The items, in the order of the pack.
    pub rows: Vec<Row>,
}

impl Items {
    /// The items of the edition of a year; without one, of the latest that has a result. `None` of what all agencies share.
    pub fn of(sources: &Sources<'_>, year: Option<u16>) -> Option<Self> {
        if sources.is_shared {
            return None;
        }
        let model = sources.model;
        let edition = match year {
            Some(year) => model.edition(year),
            None => model.latest(),
        };
        Some(Self {
            agency: model.agency.slug.clone(),
            name: model.agency.name.th.clone(),
            year: edition.map(|edition| edition.edition.year),
            years: model.editions.iter().map(|edition| edition.edition.year).collect(),
            base_url: sources.base_url.map(str::to_owned),
            rows: edition.map(rows).unwrap_or_default(),
        })
    }
}

fn rows(edition: &EditionModel) -> Vec<Row> {
    let row = |(place, item): (usize, &crate::framework::Item)| Row {
        code: item.code.to_string(),
        id: item.id.clone(),
        name: item.name.th.clone(),
        status: edition.edition.status(place).word(),
        address: edition.item(place),
    };
    edition.edition.pack.items.iter().enumerate().map(row).collect()
}

/// The table of all agencies, and how many of its rows have a page that was not published. `is_published` is asked with the slug.
pub fn table(agencies: &[Items], is_published: &dyn Fn(&str, &Address) -> bool) -> (Table, usize) {
    let mut rows = Vec::new();
    let mut absent = 0;
    for items in agencies {
        for row in &items.rows {
            let published = is_published(&items.agency, &row.address);
            absent += usize::from(!published);
            let url = items.base_url.as_ref().map_or(Value::Null, |base_url| json!(format!("{base_url}{}", row.address.encoded())));
            rows.push(vec![
                json!(items.agency),
                json!(items.name),
                json!(items.year),
                json!(row.code),
                json!(row.id),
                json!(row.name),
                json!(row.status),
                url,
                json!(row.address.as_str()),
                json!(published),
            ]);
        }
    }
    (Table { columns: COLUMNS, rows }, absent)
}
