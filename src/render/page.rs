//! A page of the plan as HTML: its frame (menu, crumbs, footer), its tables, its authors' texts, and the template that joins them.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use super::chart;
use super::maps::absolute;
use super::table::{self, Pen};
use super::theme::{Context, Shown, Theme};
use crate::base::address::{Address, LinkStyle};
use crate::base::language::Digits;
use crate::finding::Finding;
use crate::site::axis::Axis;
use crate::site::links::{Links, Target};
use crate::site::model::{EditionModel, Model};
use crate::site::page::{Crumb, Page, Section, Text, maybe, name};
use crate::site::table::{Layout, Shows};
use crate::site::view::{View, view};
use crate::source::commentary::Commentary;
use crate::source::site::Site;
use crate::text::markdown::Fill;

/// What pages of a unit are written with.
pub struct Press<'a> {
    /// Where links lead, and the figures that texts refer to.
    pub unit: Unit<'a>,
    /// The absolute address of the site's root.
    pub base_url: Option<&'a str>,
    /// The theme.
    pub theme: &'a Theme,
    site: &'a Site,
    /// What every page of the unit shows.
    shown_site: Shown,
    shown_agency: Shown,
    /// By year.
    editions: BTreeMap<u16, Frame>,
    /// For pages that stand under no edition.
    bare: Frame,
    /// Pieces that several pages share, by what they depend on.
    pieces: Mutex<BTreeMap<String, Shown>>,
}

/// The unit whose pages are written.
#[derive(Clone, Copy)]
pub struct Unit<'a> {
    /// The agency; none for the site's own pages.
    pub model: Option<&'a Model>,
    /// Where links lead.
    pub links: &'a Links,
    /// The figures that texts refer to, by file.
    pub figures: &'a BTreeMap<std::sync::Arc<str>, Vec<String>>,
}

/// The site, as every page shows it.
#[derive(Clone, Copy)]
pub struct Whole<'a> {
    /// Its settings.
    pub site: &'a Site,
    /// The absolute address of its root.
    pub base_url: Option<&'a str>,
    /// Has it several agencies?
    pub many: bool,
}

/// What all pages of an edition have around them.
struct Frame {
    edition: Shown,
    symbols: Shown,
    axis: Axis,
}

impl<'a> Press<'a> {
    /// The press of a unit.
    pub fn new(whole: Whole<'a>, theme: &'a Theme, unit: Unit<'a>) -> Self {
        let Whole { site, base_url, many } = whole;
        let shown_site = Shown::new(&view!({
            "title": site.title, "language": site.language.code(), "many": many,
            "digits": if site.digits == Digits::Thai { "thai" } else { "arabic" },
            "license": site.license.as_ref().map(|license| view!({"name": license.name, "url": license.url})),
        }));
        let frame = |edition: &EditionModel| {
            let frame =
                Frame { edition: Shown::new(&self::edition(edition)), symbols: symbols(theme, &edition.axis), axis: edition.axis.clone() };
            (edition.edition.year, frame)
        };
        let none = Axis::default();
        Self {
            unit,
            base_url,
            theme,
            site,
            shown_site,
            shown_agency: Shown::new(&unit.model.map_or(View::Null, agency)),
            editions: unit.model.into_iter().flat_map(|model| &model.editions).map(frame).collect(),
            bare: Frame { edition: Shown::new(&View::Null), symbols: symbols(theme, &none), axis: none },
            pieces: Mutex::default(),
        }
    }

    /// Writes a page.
    ///
    /// # Errors
    /// `template`, where the theme has a fault.
    pub fn write(&self, page: &Page<'_>) -> Result<String, Box<Finding>> {
        let canonical = self.base_url.map(|base| absolute(base, &page.address));
        self.print(page, (canonical, None))
    }

    /// The page for addresses that do not exist: with the absolute path of the site's root, since it is shown at any depth.
    ///
    /// # Errors
    /// `template`, where the theme has a fault.
    pub fn not_found(&self, base_url: &str) -> Result<String, Box<Finding>> {
        let rest = base_url.split_once("://").map_or(base_url, |(_, rest)| rest);
        let root = rest.find('/').map_or("/", |slash| &rest[slash..]);
        let mut page = Page::new(Address::root().below("404.html"), "404");
        page.edition = self.unit.model.and_then(Model::current);
        let canonical = absolute(base_url, &page.address);
        self.print(&page, (Some(canonical), Some(root)))
    }

    /// The page at an old address.
    ///
    /// # Errors
    /// `template`, where the theme has a fault.
    pub fn redirect(&self, from: &Address, to: &Address) -> Result<String, Box<Finding>> {
        let mut page = Page::new(from.clone(), "redirect");
        page.view = view!({"to": to.as_str()});
        self.print(&page, (self.base_url.map(|base| absolute(base, to)), None))
    }

    /// Writes a page with this canonical address, and with this path of the site's root where its links are absolute.
    fn print(&self, page: &Page<'_>, (canonical, root): (Option<String>, Option<&str>)) -> Result<String, Box<Finding>> {
        let frame = page.edition.and_then(|edition| self.editions.get(&edition.edition.year)).unwrap_or(&self.bare);
        let pen = Pen { voice: &self.theme.voice, here: &page.address, links: self.site.links };
        let tables = page.layouts.iter().map(|(name, layout)| (name.clone(), table::render(layout, &pen)));
        let texts = page.documents.iter().map(|(name, text)| (name.clone(), self.text(&page.address, text)));
        // A page's own tables may have an axis of their own, as a list of agencies has.
        let has_marks = |layout: &Layout| layout.columns.iter().any(|column| matches!(column.shows, Shows::Marks(_)));
        let charted = page.layouts.iter().map(|(_, layout)| layout).filter(|layout| layout.axis.solid.is_some() || has_marks(layout));
        let own_axis = charted.map(|layout| &layout.axis).find(|axis| **axis != frame.axis);
        let label = |crumb: &Crumb| view!({"address": crumb.address.as_str(), "label": self.theme.voice.label(&crumb.label)});
        let crumbs: Vec<View> = page.crumbs.iter().map(label).collect();
        let context = Context::new([
            ("here", Shown::new(page.address.as_str())),
            ("site", self.shown_site.clone()),
            ("agency", self.shown_agency.clone()),
            ("edition", frame.edition.clone()),
            ("mast", self.mast(page, frame, root)?),
            ("origin", self.origin(page, frame)?),
            ("crumbs", Shown::new(&crumbs)),
            ("canonical", Shown::new(&canonical)),
            ("draft", Shown::new(&page.documents.iter().any(|(_, text)| text.commentary.draft))),
            ("updated", Shown::new(&page.updated.map(|day| day.to_string()))),
            ("page", Shown::new(&page.view)),
            ("root", Shown::new(&root)),
            ("tables", Shown::html(tables)),
            ("texts", Shown::html(texts)),
            ("symbols", own_axis.map_or_else(|| frame.symbols.clone(), |axis| symbols(self.theme, axis))),
        ]);
        self.theme.render(page.template, &context, page.address.as_str())
    }

    /// The head of a page: who and where. Its links are the same on all pages of a folder that it does not lead to.
    fn mast(&self, page: &Page<'_>, frame: &Frame, root: Option<&str>) -> Result<Shown, Box<Finding>> {
        let menu = page.edition.map(|edition| menu(edition, page.section)).unwrap_or_default();
        let home = self.unit.model.map_or("", |model| model.base.as_str());
        let address = page.address.as_str();
        let leads_here =
            address.is_empty() || address == home || menu.iter().any(|entry| entry.get("address").and_then(View::as_str) == Some(address));
        let folder = address.trim_end_matches('/').rsplit_once('/').map_or("", |(folder, _)| folder);
        // No page's address has a part that begins with `_`. An old address may be a file, which lies in the folder itself.
        let (before, end) = (if folder.is_empty() { "" } else { "/" }, if page.address.is_page() { "/" } else { "" });
        let here = if leads_here { address.to_owned() } else { format!("{folder}{before}_{end}") };
        let year = page.edition.map_or(0, |edition| edition.edition.year);
        let key = format!("{year} {} {} {here}", page.section.word(), root.unwrap_or_default());
        self.piece(key, || {
            let context = Context::new([
                ("here", Shown::new(&here)),
                ("site", self.shown_site.clone()),
                ("agency", self.shown_agency.clone()),
                ("edition", frame.edition.clone()),
                ("menu", Shown::new(&menu)),
                ("root", Shown::new(&root)),
            ]);
            self.theme.render("mast", &context, address)
        })
    }

    /// Where the figures of an edition come from, at the foot of its pages.
    fn origin(&self, page: &Page<'_>, frame: &Frame) -> Result<Shown, Box<Finding>> {
        let year = page.edition.map_or(0, |edition| edition.edition.year);
        self.piece(format!("origin {year}"), || {
            let context = Context::new([
                ("site", self.shown_site.clone()),
                ("agency", self.shown_agency.clone()),
                ("edition", frame.edition.clone()),
            ]);
            self.theme.render("origin", &context, page.address.as_str())
        })
    }

    /// A piece that was written before, or is written now.
    fn piece(&self, key: String, write: impl FnOnce() -> Result<String, Box<Finding>>) -> Result<Shown, Box<Finding>> {
        if let Some(piece) = self.pieces.lock().unwrap_or_else(PoisonError::into_inner).get(&key) {
            return Ok(piece.clone());
        }
        let piece = Shown::fragment(write()?);
        self.pieces.lock().unwrap_or_else(PoisonError::into_inner).insert(key, piece.clone());
        Ok(piece)
    }

    fn text(&self, here: &Address, text: &Text<'_>) -> String {
        let prefix = text.issue.map(|issue| if issue == 0 { "report-".to_owned() } else { format!("issue-{issue}-") }).unwrap_or_default();
        let filler = Filler { press: self, here, commentary: text.commentary, prefix: &prefix };
        let html = text.commentary.document.html(text.top, &prefix, &filler);
        if self.theme.voice.is_foreign(&text.commentary.document.plain()) { format!("<div lang=\"th\">{html}</div>") } else { html }
    }
}

/// The marks of an axis: its symbol, and its figures for the key beside charts.
fn symbols(theme: &Theme, axis: &Axis) -> Shown {
    let thresholds = [("solid", &axis.solid), ("dashed", &axis.dashed)];
    let number = |text: &str| super::voice::plain(&theme.voice.number(text));
    let mut symbols: BTreeMap<String, String> =
        thresholds.into_iter().filter_map(|(key, value)| Some((key.to_owned(), number(&value.as_ref()?.short(2))))).collect();
    symbols.insert("ax".to_owned(), chart::symbol(axis));
    symbols.insert("low".to_owned(), number(&axis.low.to_string()));
    Shown::html(symbols)
}

fn agency(model: &Model) -> View {
    let agency = &model.agency;
    let contact = &agency.contact;
    view!({
        "slug": agency.slug, "name": name(&agency.name), "short": name(agency.short()), "district": maybe(agency.district.as_ref()),
        "province": maybe(agency.province.as_ref()), "website": agency.website, "address": model.base.as_str(),
        "reachable": contact.address.is_some() || contact.phone.is_some() || contact.email.is_some() || contact.facebook.is_some(),
        "kind": agency.kind.map(crate::source::agency::AgencyKind::word),
    })
}

fn edition(edition: &EditionModel) -> View {
    let record = &edition.edition.assessment;
    view!({
        "year": edition.edition.year, "address": edition.base.as_str(), "draft": record.draft,
        "announced": record.announced.as_ref().map(|date| date.value.to_string()),
        "source": view!({"title": record.source.title, "publisher": record.source.publisher, "url": record.source.url}),
        "pack": name(&edition.edition.pack.name),
        "pack_publisher": maybe(edition.edition.pack.publisher.as_ref()),
        "issues": edition.edition.pack.issues.len(), "items": edition.edition.pack.items.len(),
    })
}

/// The menu of an edition: what exists, and which entry the page stands under.
fn menu(edition: &EditionModel, current: Section) -> Vec<View> {
    let pack = &edition.edition.pack;
    let entries = [
        (Section::Edition, "", 0, true),
        (Section::Scores, "scores/", 0, true),
        (Section::Issues, "issues/", pack.issues.len(), !pack.issues.is_empty()),
        (Section::Items, "oit/", pack.items.len(), !pack.items.is_empty()),
        (Section::Measures, "measures/", 0, true),
        (Section::Audit, "audit/", 0, true),
        (Section::Report, "report/", 0, true),
    ];
    entries
        .into_iter()
        .filter(|(_, _, _, there)| *there)
        .map(|(section, rest, count, _)| {
            let address = edition.base.below(rest);
            view!({"key": section.word(), "address": address.as_str(), "count": count, "current": section == current})
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
        href(self.press.unit.links.of(self.commentary).get(index)?, self.here, (self.press.site.links, self.prefix))
    }

    fn figure(&self, index: usize) -> String {
        let figure = self.press.unit.figures.get(&self.commentary.path).and_then(|figures| figures.get(index));
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
