//! What a page says of itself to search engines and catalogues, beside its text: who the agency is, and which data an edition has. Owns
//! which facts are told. Refuses their form, and tells nothing that no reader of the page can see.

use super::model::{EditionModel, Model};
use super::table::Table;
use crate::base::address::Address;
use crate::base::date::Date;
use crate::base::language::Name;

/// One thing that a page is about.
#[derive(Clone, Debug, Hash)]
pub enum Linked {
    /// An agency.
    Agency(Organisation),
    /// The tables of an edition.
    Edition(Dataset),
}

/// An agency.
#[derive(Clone, Debug, Hash)]
pub struct Organisation {
    /// Its front page.
    pub front: Address,
    /// Its full name.
    pub name: Name,
    /// Its short name.
    pub short: Option<Name>,
    /// Its own site.
    pub website: Option<String>,
    /// Its postal address.
    pub street: Option<Name>,
    /// Its district.
    pub district: Option<Name>,
    /// Its province.
    pub province: Option<Name>,
    /// Its telephone.
    pub phone: Option<String>,
    /// Its mail address.
    pub email: Option<String>,
}

/// The tables of an edition.
#[derive(Clone, Debug, Hash)]
pub struct Dataset {
    /// The overview of the edition.
    pub page: Address,
    /// The front page of the agency whose data they are.
    pub agency: Address,
    /// Its name.
    pub name: Name,
    /// What the assessment of the year is called.
    pub scheme: Name,
    /// The fiscal year (พ.ศ.).
    pub year: u16,
    /// When the result was announced.
    pub announced: Option<Date>,
    /// The names of the tables and of the media types that each is there as, with where it lies.
    pub files: Vec<(&'static str, &'static str, Address)>,
}

/// Who the agency is.
pub fn agency(model: &Model) -> Linked {
    let agency = &model.agency;
    Linked::Agency(Organisation {
        front: model.base.clone(),
        name: agency.name.clone(),
        short: agency.short_name.clone(),
        website: agency.website.clone(),
        street: agency.contact.address.clone(),
        district: agency.district.clone(),
        province: agency.province.clone(),
        phone: agency.contact.phone.clone(),
        email: agency.contact.email.clone(),
    })
}

/// The tables of an edition.
pub fn edition<'a>(model: &Model, edition: &EditionModel, tables: impl Iterator<Item = &'a Table>) -> Linked {
    let files = tables.flat_map(|table| {
        let at = |extension: &str| edition.data(table.name, extension);
        [(table.name, "text/csv", at("csv")), (table.name, "application/json", at("json"))]
    });
    Linked::Edition(Dataset {
        page: edition.base.clone(),
        agency: model.base.clone(),
        name: model.agency.name.clone(),
        scheme: edition.edition.pack.name.clone(),
        year: edition.edition.year,
        announced: edition.edition.assessment.announced.as_ref().map(|date| date.value),
        files: files.collect(),
    })
}
