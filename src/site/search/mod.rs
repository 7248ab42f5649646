//! Search: what can be found, and the index that people read without a script. Owns the entry, in which each source text stands once; never
//! made from finished pages. Refuses to know how an index is stored.

pub mod agency;
pub mod page;
pub mod site;

use super::model::Model;
use super::table::Label;
use crate::base::address::Address;
use crate::base::language::Name;
use crate::base::public_body::ABBREVIATIONS;

/// What kind of thing was found. In the order in which those that fit equally well are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// An agency of a site of several.
    Agency,
    /// A free page.
    Page,
    /// The overview of an edition.
    Edition,
    /// An item in an edition.
    Item,
    /// An issue.
    Issue,
    /// The opening of a report.
    Report,
    /// A measure.
    Measure,
    /// A question.
    Question,
    /// An indicator.
    Indicator,
    /// An instrument.
    Instrument,
    /// A level.
    Level,
    /// A term of the glossary.
    Term,
    /// A page of tables, known by its title.
    Table,
    /// An item through the years.
    Years,
}

impl Kind {
    /// The word that the script knows it by.
    pub fn word(self) -> &'static str {
        match self {
            Self::Agency => "agency",
            Self::Page => "page",
            Self::Edition => "edition",
            Self::Issue => "issue",
            Self::Item => "item",
            Self::Report => "report",
            Self::Measure => "measure",
            Self::Question => "question",
            Self::Indicator => "indicator",
            Self::Instrument => "instrument",
            Self::Level => "level",
            Self::Term => "term",
            Self::Table => "table",
            Self::Years => "years",
        }
    }
}

/// Something that can be found.
#[derive(Clone, Debug, Hash)]
pub struct Entry {
    /// The page.
    pub address: Address,
    /// Where on the page.
    pub fragment: Option<String>,
    /// What it is.
    pub kind: Kind,
    /// The fiscal year that it is of.
    pub year: Option<u16>,
    /// What finds it besides its words: codes, and names that it has exactly.
    pub keys: Vec<String>,
    /// Kind, code and year in words.
    pub label: Label,
    /// What it is called.
    pub title: Label,
    /// Its own text.
    pub text: String,
    /// The same in the other language, which is found and seldom shown.
    pub other: String,
    /// What is said of it besides: figures, and codes of other years.
    pub notes: Vec<Label>,
}

impl Entry {
    /// An entry without keys and text.
    pub fn new((address, fragment): (Address, Option<String>), kind: Kind, label: Label, title: Label) -> Self {
        Self {
            address,
            fragment,
            kind,
            year: None,
            keys: Vec::new(),
            label,
            title,
            text: String::new(),
            other: String::new(),
            notes: Vec::new(),
        }
    }

    /// Adds a text to what it can be found by.
    pub fn say(&mut self, text: &str) {
        add(text, &mut self.text);
    }

    /// Adds a name in both languages.
    pub fn call(&mut self, name: &Name) {
        self.say(&name.th);
        self.call_other(name);
    }

    /// Adds the English form of a name.
    pub fn call_other(&mut self, name: &Name) {
        add(name.en.as_deref().unwrap_or_default(), &mut self.other);
    }

    /// Adds a name in both languages where there is one.
    pub fn call_maybe(&mut self, name: Option<&Name>) {
        if let Some(name) = name {
            self.call(name);
        }
    }
}

fn add(text: &str, to: &mut String) {
    if !text.is_empty() {
        if !to.is_empty() {
            to.push('\n');
        }
        to.push_str(text);
    }
}

/// Names of one thing that everybody abbreviates, the full form first.
pub fn abbreviations() -> Vec<Vec<String>> {
    ABBREVIATIONS.iter().map(|forms| forms.iter().map(|form| (*form).to_owned()).collect()).collect()
}

/// The address of the search page of a unit.
pub fn address(model: &Model) -> Address {
    model.base.below("search/")
}

/// A title that is a text of an author.
fn text(text: &str) -> Label {
    Label::new("text").text("text", text)
}

/// A title that is a name.
fn name(name: &Name) -> Label {
    Label::new("text").name("text", name)
}
