//! The published data as sets: whose they are, of which year, and which files they lie in. Owns what a catalogue of data needs to know of
//! them; the forms that tell it (Data Package, DCAT) are for the next room.

use super::columns::DataTable;
use super::model::{EditionModel, Model};
use crate::base::address::Address;
use crate::base::date::Date;
use crate::base::hash::Hash;
use crate::base::language::Name;
use crate::source::assessment::{Origin, Scale};

/// The forms that each table is published in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Form {
    /// CSV.
    Csv,
    /// JSON.
    Json,
}

impl Form {
    /// Both, in the order of the files.
    pub const ALL: [Form; 2] = [Form::Csv, Form::Json];

    /// The extension of its files.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Json => "json",
        }
    }

    /// Its media type.
    pub fn media(self) -> &'static str {
        match self {
            Self::Csv => "text/csv",
            Self::Json => "application/json",
        }
    }
}

/// A published file of a table.
#[derive(Clone, Debug)]
pub struct DataFile {
    /// The table.
    pub table: &'static DataTable,
    /// Its columns, which of those that a table may have are there.
    pub columns: Vec<&'static str>,
    /// The form.
    pub form: Form,
    /// Where it lies.
    pub address: Address,
    /// How many bytes it has, and their SHA-256.
    pub content: (u64, Hash),
}

/// A published file of data that is no table of ours, in a form of its own.
#[derive(Clone, Debug)]
pub struct OtherFile {
    /// What its kind is called in lists of data, as tables are by their names.
    pub name: &'static str,
    /// What it holds, as a key of the string catalogue.
    pub about: &'static str,
    /// The standard that it follows.
    pub form: &'static str,
    /// Where it lies.
    pub address: Address,
    /// How many bytes it has, and their SHA-256.
    pub content: (u64, Hash),
}

/// The tables of one year, of an agency or of all agencies.
#[derive(Clone, Debug)]
pub struct DataSet {
    /// Who publishes it: the agency, or the site.
    pub owner: Name,
    /// The front page of who publishes it.
    pub front: Address,
    /// Their own site.
    pub website: Option<String>,
    /// The page that shows the data.
    pub page: Address,
    /// What the assessment is called; none where agencies follow several.
    pub scheme: Option<Name>,
    /// The fiscal year (พ.ศ.).
    pub year: u16,
    /// When the result was announced.
    pub announced: Option<Date>,
    /// Where the result was published.
    pub source: Origin,
    /// Are instruments printed as their share of the total?
    pub is_weighted: bool,
    /// Its files.
    pub files: Vec<DataFile>,
    /// Its files of other forms.
    pub others: Vec<OtherFile>,
}

impl DataSet {
    /// The data of an edition, so far without files.
    pub fn of_edition(model: &Model, edition: &EditionModel) -> Self {
        let assessment = &edition.edition.assessment;
        Self {
            owner: model.agency.name.clone(),
            front: model.base.clone(),
            website: model.agency.website.clone(),
            page: edition.base.clone(),
            scheme: Some(edition.edition.pack.name.clone()),
            year: edition.edition.year,
            announced: assessment.announced.as_ref().map(|day| day.value),
            source: assessment.source.clone(),
            is_weighted: assessment.scale == Scale::Weighted,
            files: Vec::new(),
            others: Vec::new(),
        }
    }

    /// The joined data of a year of a site with several agencies, so far without files.
    pub fn joined(title: &str, year: u16) -> Self {
        Self {
            owner: Name { th: title.to_owned(), en: None },
            front: Address::root(),
            website: None,
            page: Address::root(),
            scheme: None,
            year,
            announced: None,
            source: Origin::default(),
            is_weighted: false,
            files: Vec::new(),
            others: Vec::new(),
        }
    }
}

/// Where the catalogue of all data of a front page lies.
pub fn catalog(front: &Address) -> Address {
    front.below("catalog.jsonld")
}

/// Where the package of data in a folder is described.
pub fn package(folder: &Address) -> Address {
    folder.below("datapackage.json")
}

/// Where the JSON Schema of a table lies: once for the whole site.
pub fn schema(table: &str) -> Address {
    Address::root().below(&format!("about-data/{table}.schema.json"))
}
