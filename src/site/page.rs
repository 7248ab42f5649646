//! A page before it is written: its address, its template, and all that stands on it. Also free pages, which are little more.

use super::linked::Linked;
use super::model::{EditionModel, Model};
use super::table::Layout;
use super::view::{View, view};
use crate::base::address::Address;
use crate::base::date::Date;
use crate::base::language::Name;
use crate::source::commentary::Commentary;

/// A page before it is written.
#[derive(Debug, Hash)]
pub struct Page<'a> {
    /// Its address.
    pub address: Address,
    /// Its template, without `.html`.
    pub template: &'static str,
    /// Which entry of the menu it stands under.
    pub section: Section,
    /// The fiscal year (พ.ศ.) of the edition that its menu shows.
    pub edition: Option<u16>,
    /// The pages above it, the agency's front page first.
    pub crumbs: Vec<Crumb>,
    /// Plain data for the template.
    pub view: View,
    /// Tables, by name.
    pub layouts: Vec<(String, Layout)>,
    /// Texts of authors, by name.
    pub documents: Vec<(String, Text<'a>)>,
    /// The data files that it leads to.
    pub downloads: Vec<Download>,
    /// What it says of itself to search engines.
    pub linked: Vec<Linked>,
    /// When its content was last changed, where an author says so.
    pub updated: Option<Date>,
}

/// Entries of an edition's menu.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Section {
    /// None of them.
    None,
    /// The overview.
    Edition,
    /// Scores.
    Scores,
    /// Issues.
    Issues,
    /// Items.
    Items,
    /// Measures.
    Measures,
    /// Where the figures come from.
    Audit,
    /// The report.
    Report,
}

impl Section {
    /// The word that templates know.
    pub fn word(self) -> &'static str {
        match self {
            Self::None => "",
            Self::Edition => "edition",
            Self::Scores => "scores",
            Self::Issues => "issues",
            Self::Items => "items",
            Self::Measures => "measures",
            Self::Audit => "audit",
            Self::Report => "report",
        }
    }
}

/// A data file that a page leads to.
#[derive(Clone, Debug, Hash)]
pub struct Download {
    /// Where it lies.
    pub address: Address,
    /// Its size in bytes, once it is made.
    pub size: Option<u64>,
}

/// A page above another.
#[derive(Clone, Debug, Hash)]
pub struct Crumb {
    /// Its address.
    pub address: Address,
    /// What it is called.
    pub label: super::table::Label,
}

/// An author's text on a page.
#[derive(Clone, Copy, Debug, Hash)]
pub struct Text<'a> {
    /// The text.
    pub commentary: &'a Commentary,
    /// The level of its highest heading.
    pub top: u8,
    /// Put before its ids, where several texts share a page: empty, or the number of an issue.
    pub issue: Option<u32>,
}

impl<'a> Page<'a> {
    /// A page without anything on it.
    pub fn new(address: Address, template: &'static str) -> Self {
        Self {
            address,
            template,
            section: Section::None,
            edition: None,
            crumbs: Vec::new(),
            view: View::Null,
            layouts: Vec::new(),
            documents: Vec::new(),
            downloads: Vec::new(),
            linked: Vec::new(),
            updated: None,
        }
    }

    /// A page of an edition, under the agency's front page and the edition's overview.
    pub fn of_edition(model: &Model, edition: &EditionModel, rest: &str, template: &'static str) -> Self {
        let mut page = Self::new(edition.base.below(rest), template);
        page.edition = Some(edition.edition.year);
        page.crumbs.push(front(model));
        if !rest.is_empty() {
            let label = super::table::Label::new("crumb.year").number("year", edition.edition.year);
            page.crumbs.push(Crumb { address: edition.base.clone(), label });
        }
        page
    }

    /// Adds a table, without columns that are empty.
    pub fn table(&mut self, name: impl Into<String>, layout: Layout) {
        self.layouts.push((name.into(), layout.pruned()));
    }

    /// Leads to a table of an edition, in both of its forms.
    pub fn download(&mut self, edition: &EditionModel, table: &str) {
        for extension in ["csv", "json"] {
            self.downloads.push(Download { address: edition.data(table, extension), size: None });
        }
    }

    /// Adds an author's text.
    pub fn text(&mut self, name: impl Into<String>, text: Text<'a>) {
        self.documents.push((name.into(), text));
    }
}

/// The agency's front page as a crumb.
pub fn front(model: &Model) -> Crumb {
    Crumb { address: model.base.clone(), label: super::table::Label::new("crumb.agency").name("name", model.agency.short()) }
}

/// A name as templates take it.
pub fn name(name: &Name) -> View {
    view!(*name)
}

/// A name that may be absent.
pub fn maybe(value: Option<&Name>) -> View {
    value.map_or(View::Null, name)
}

/// The free pages of an agency.
pub fn pages(model: &Model) -> Vec<Page<'_>> {
    model
        .pages
        .iter()
        .map(|(slug, commentary)| {
            let mut page = Page::new(model.base.below(&format!("{slug}/")), "page");
            page.edition = model.current_year();
            page.crumbs.push(front(model));
            page.view = view(slug, commentary);
            page.updated = commentary.updated;
            page.text("text", Text { commentary, top: 2, issue: None });
            page
        })
        .collect()
}

/// The free pages as their front page lists them.
pub fn list(model: &Model) -> Vec<View> {
    let one = |(slug, page): (&String, &Commentary)| view!({"title": title(slug, page), "address": model.base.below(&format!("{slug}/")).as_str()});
    model.pages.iter().map(one).collect()
}

/// What a free page is called: by its front matter, else its first heading, else its file's name.
pub fn title(slug: &str, commentary: &Commentary) -> String {
    let heading = commentary.document.headings.first().map(|heading| heading.text.clone()).filter(|text| !text.is_empty());
    commentary.title.clone().or(heading).unwrap_or_else(|| slug.to_owned())
}

/// The view of a free page.
fn view(slug: &str, commentary: &Commentary) -> View {
    view!({"title": title(slug, commentary), "updated": commentary.updated.map(|date| date.to_string())})
}
