//! A page of the plan as HTML: its frame (menu, crumbs, footer), its tables, its authors' texts, and the template that joins them.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::chart;
use super::maps::absolute;
use super::table::{self, Pen};
use super::theme::{Context, Theme};
use crate::base::address::{Address, LinkStyle};
use crate::base::language::Digits;
use crate::finding::Finding;
use crate::site::axis::Axis;
use crate::site::links::{Links, Target};
use crate::site::model::{EditionModel, Model};
use crate::site::page::{Page, Section, Text, maybe, name};
use crate::source::commentary::Commentary;
use crate::source::site::Site;
use crate::text::markdown::Fill;

/// What pages of a unit are written with.
pub struct Press<'a> {
    /// The site's settings.
    pub site: &'a Site,
    /// The absolute address of the site's root.
    pub base_url: Option<&'a str>,
    /// The theme.
    pub theme: &'a Theme,
    /// The agency; none for the site's own pages.
    pub model: Option<&'a Model>,
    /// Where links lead.
    pub links: &'a Links,
    /// The figures that texts refer to, by file.
    pub figures: &'a BTreeMap<std::sync::Arc<str>, Vec<String>>,
    /// Has the site several agencies?
    pub many: bool,
}

impl Press<'_> {
    /// Writes a page.
    ///
    /// # Errors
    /// `template`, where the theme has a fault.
    pub fn write(&self, page: &Page<'_>) -> Result<String, Box<Finding>> {
        let pen = Pen { voice: &self.theme.voice, here: &page.address, links: self.site.links };
        let tables = page.layouts.iter().map(|(name, layout)| (name.clone(), table::render(layout, &pen))).collect();
        let texts = page.documents.iter().map(|(name, text)| (name.clone(), self.text(&page.address, text))).collect();
        let context = Context::new(&self.frame(page), &[("tables", tables), ("texts", texts), ("symbols", self.symbols(page))]);
        self.theme.render(page.template, &context, page.address.as_str())
    }

    /// The page for addresses that do not exist: with the absolute path of the site's root, since it is shown at any depth.
    ///
    /// # Errors
    /// `template`, where the theme has a fault.
    pub fn not_found(&self, base_url: &str) -> Result<String, Box<Finding>> {
        let rest = base_url.split_once("://").map_or(base_url, |(_, rest)| rest);
        let root = rest.find('/').map_or("/", |slash| &rest[slash..]);
        let mut page = Page::new(Address::root().below("404.html"), "404");
        page.edition = self.model.and_then(Model::current);
        let mut frame = self.frame(&page);
        frame["root"] = json!(root);
        let context = Context::new(&frame, &[("tables", BTreeMap::new()), ("texts", BTreeMap::new()), ("symbols", self.symbols(&page))]);
        self.theme.render(page.template, &context, "404.html")
    }

    /// The page at an old address.
    ///
    /// # Errors
    /// `template`, where the theme has a fault.
    pub fn redirect(&self, from: &Address, to: &Address) -> Result<String, Box<Finding>> {
        let mut page = Page::new(from.clone(), "redirect");
        page.view = json!({"to": to.as_str()});
        let mut frame = self.frame(&page);
        frame["canonical"] = json!(self.base_url.map(|base| absolute(base, to)));
        let context = Context::new(&frame, &[("tables", BTreeMap::new()), ("texts", BTreeMap::new()), ("symbols", self.symbols(&page))]);
        self.theme.render(page.template, &context, from.as_str())
    }

    /// All that the frame of a page shows, and the page's own view.
    fn frame(&self, page: &Page<'_>) -> Value {
        let own = |address: &Address| address.as_str().to_owned();
        let crumbs: Vec<Value> = page
            .crumbs
            .iter()
            .map(|crumb| json!({"address": own(&crumb.address), "label": self.theme.voice.label(&crumb.label)}))
            .collect();
        json!({
            "here": own(&page.address),
            "site": {
                "title": self.site.title, "language": self.site.language.code(), "many": self.many,
                "digits": if self.site.digits == Digits::Thai { "thai" } else { "arabic" },
                "license": self.site.license.as_ref().map(|license| json!({"name": license.name, "url": license.url})),
            },
            "agency": self.model.map(agency),
            "edition": page.edition.map(edition),
            "menu": page.edition.map(|edition| menu(edition, page)).unwrap_or_default(),
            "crumbs": crumbs,
            "canonical": self.base_url.map(|base| absolute(base, &page.address)),
            "updated": page.updated.map(|day| day.to_string()),
            "page": page.view,
            "root": null,
        })
    }

    fn symbols(&self, page: &Page<'_>) -> BTreeMap<String, String> {
        let axis = page.edition.map_or_else(Axis::default, |edition| edition.axis.clone());
        // A page's own tables may have an axis of their own, as a list of agencies has.
        let axis = page.layouts.iter().map(|(_, layout)| &layout.axis).find(|axis| axis.solid.is_some()).unwrap_or(&axis).clone();
        let thresholds = [("solid", &axis.solid), ("dashed", &axis.dashed)];
        let number = |text: &str| super::voice::plain(&self.theme.voice.number(text));
        let mut symbols: BTreeMap<String, String> =
            thresholds.into_iter().filter_map(|(key, value)| Some((key.to_owned(), number(&value.as_ref()?.short(2))))).collect();
        symbols.insert("ax".to_owned(), chart::symbol(&axis));
        symbols.insert("low".to_owned(), number(&axis.low.to_string()));
        symbols
    }

    fn text(&self, here: &Address, text: &Text<'_>) -> String {
        let prefix = text.issue.map(|issue| if issue == 0 { "report-".to_owned() } else { format!("issue-{issue}-") }).unwrap_or_default();
        let filler = Filler { press: self, here, commentary: text.commentary, prefix: &prefix };
        let html = text.commentary.document.html(text.top, &prefix, &filler);
        if self.theme.voice.is_foreign(&text.commentary.document.plain()) { format!("<div lang=\"th\">{html}</div>") } else { html }
    }
}

fn agency(model: &Model) -> Value {
    let agency = &model.agency;
    let contact = &agency.contact;
    json!({
        "slug": agency.slug, "name": name(&agency.name), "short": name(agency.short()), "district": maybe(agency.district.as_ref()),
        "province": maybe(agency.province.as_ref()), "website": agency.website, "address": model.base.as_str(),
        "reachable": contact.address.is_some() || contact.phone.is_some() || contact.email.is_some() || contact.facebook.is_some(),
        "kind": agency.kind.map(crate::source::agency::AgencyKind::word),
    })
}

fn edition(edition: &EditionModel) -> Value {
    let record = &edition.edition.assessment;
    json!({
        "year": edition.edition.year, "address": edition.base.as_str(), "draft": record.draft,
        "announced": record.announced.as_ref().map(|date| date.value.to_string()),
        "source": {"title": record.source.title, "publisher": record.source.publisher, "url": record.source.url},
        "pack": name(&edition.edition.pack.name),
        "pack_publisher": maybe(edition.edition.pack.publisher.as_ref()),
        "issues": edition.edition.pack.issues.len(), "items": edition.edition.pack.items.len(),
    })
}

/// The menu of an edition: what exists, and which entry the page stands under.
fn menu(edition: &EditionModel, page: &Page<'_>) -> Vec<Value> {
    let pack = &edition.edition.pack;
    let entries = [
        (Section::Edition, "", 0, true),
        (Section::Scores, "scores/", 0, true),
        (Section::Issues, "issues/", pack.issues.len(), !pack.issues.is_empty()),
        (Section::Items, "oit/", pack.items.len(), !pack.items.is_empty()),
        (Section::Measures, "measures/", 0, true),
        (Section::Report, "report/", 0, true),
    ];
    entries
        .into_iter()
        .filter(|(_, _, _, there)| *there)
        .map(|(section, rest, count, _)| {
            let address = edition.base.below(rest);
            json!({"key": section.word(), "address": address.as_str(), "count": count, "current": section == page.section, "here": address == page.address})
        })
        .collect()
}

/// Fills the links and figures of an author's text.
struct Filler<'a> {
    press: &'a Press<'a>,
    here: &'a Address,
    commentary: &'a Commentary,
    prefix: &'a str,
}

impl Fill for Filler<'_> {
    fn href(&self, index: usize) -> Option<String> {
        href(self.press.links.of(self.commentary).get(index)?, self.here, (self.press.site.links, self.prefix))
    }

    fn figure(&self, index: usize) -> String {
        let figure = self.press.figures.get(&self.commentary.path).and_then(|figures| figures.get(index));
        figure.map(|figure| self.press.theme.voice.number(figure)).unwrap_or_default()
    }
}

/// How a page reaches a target.
pub fn href(target: &Target, here: &Address, (style, prefix): (LinkStyle, &str)) -> Option<String> {
    match target {
        Target::Page(address, fragment) => {
            let link = address.from(here, style);
            Some(fragment.as_ref().map_or_else(|| link.clone(), |id| format!("{link}#{id}")))
        }
        Target::File(address, _) => Some(address.from(here, style)),
        Target::External(url) => Some(url.clone()),
        Target::Here(id) => Some(format!("#{prefix}{id}")),
        Target::Nowhere => None,
    }
}
