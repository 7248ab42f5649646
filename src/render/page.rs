//! A page of the plan as HTML: its frame (menu, crumbs, footer), its tables, its authors' texts, and the template that joins them.
//!
//! A page is written from its leaf, which holds all that it is made of beside what the whole site shares. So whoever has the hash of a leaf
//! and the page that was written from it knows the page of every leaf of that hash.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use super::chart;
use super::linked;
use super::maps::absolute;
use super::marks;
use super::table::{self, Pen};
use super::theme::{Context, Shown, Theme};
use super::voice::Voice;
use crate::base::address::{Address, LinkStyle};
use crate::base::hash::Hash;
use crate::base::language::Digits;
use crate::base::place_name::is_capital;
use crate::finding::Finding;
use crate::site::axis::Axis;
use crate::site::feed;
use crate::site::links::{Links, Target};
use crate::site::model::{EditionModel, Model};
use crate::site::page::{Page, Section, Text, maybe, name};
use crate::site::table::{Layout, Shows};
use crate::site::view::{View, view};
use crate::source::attachment;
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
    agency: View,
    printer: Printer<'a>,
}

/// Writes pages from their leaves. Knows nothing else of the unit, so that nothing else can reach a page.
struct Printer<'a> {
    theme: &'a Theme,
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
    facts: Facts,
    /// The same, ready for templates.
    edition: Shown,
    symbols: Shown,
}

/// What a frame is made of.
#[derive(Default, Hash)]
struct Facts {
    /// 0 for none.
    year: u16,
    base: Address,
    edition: View,
    axis: Axis,
    issues: usize,
    items: usize,
}

/// All that a page is made of beside what the whole site shares. The hash of a leaf stands for the page, so what is not in it, a page can't show.
#[derive(Hash)]
struct Leaf<'a> {
    page: &'a Page<'a>,
    facts: &'a Facts,
    agency: &'a View,
    /// For each of the page's texts, where its links lead and the figures that it refers to.
    words: Vec<(&'a [Target], &'a [String])>,
    canonical: Option<String>,
    /// The absolute address of the site's root.
    base_url: Option<&'a str>,
    /// The path of the site's root, where links are absolute.
    root: Option<&'a str>,
}

impl<'a> Press<'a> {
    /// The press of a unit.
    pub fn new(whole: Whole<'a>, theme: &'a Theme, unit: Unit<'a>) -> Self {
        let Whole { site, base_url, many } = whole;
        let shown_site = Shown::new(&view!({
            "title": site.title, "language": site.language.code(), "many": many,
            "digits": if site.digits == Digits::Thai { "thai" } else { "arabic" },
            "logo": site.logo.as_ref().map(|logo| logo.value.to_string()),
            "license": site.license.as_ref().map(|license| view!({"name": license.name, "url": license.url})),
        }));
        let frame = |edition: &EditionModel| (edition.edition.year, Frame::new(theme, Facts::of(edition)));
        let agency = unit.model.map_or(View::Null, agency);
        let printer = Printer {
            theme,
            site,
            shown_site,
            shown_agency: Shown::new(&agency),
            editions: unit.model.into_iter().flat_map(|model| &model.editions).map(frame).collect(),
            bare: Frame::new(theme, Facts::default()),
            pieces: Mutex::default(),
        };
        Self { unit, base_url, theme, agency, printer }
    }

    /// Writes a page.
    ///
    /// # Errors
    /// `template`, where the theme has a fault.
    pub fn write(&self, page: &Page<'_>) -> Result<String, Box<Finding>> {
        self.printer.print(&self.leaf(page, None))
    }

    /// What stands for the page: two pages of the same hash are the same to the last byte, where the theme and all that the site shares are.
    pub fn key(&self, page: &Page<'_>) -> Hash {
        Hash::of_value(&self.leaf(page, None))
    }

    /// The page for addresses that do not exist: with the absolute path of the site's root, since it is shown at any depth.
    ///
    /// # Errors
    /// `template`, where the theme has a fault.
    pub fn not_found(&self, base_url: &str) -> Result<String, Box<Finding>> {
        let rest = base_url.split_once("://").map_or(base_url, |(_, rest)| rest);
        let root = rest.find('/').map_or("/", |slash| &rest[slash..]);
        let mut page = Page::new(Address::root().below("404.html"), "404");
        page.edition = self.unit.model.and_then(Model::current_year);
        let canonical = Some(absolute(base_url, &page.address));
        self.printer.print(&Leaf { canonical, ..self.leaf(&page, Some(root)) })
    }

    /// The page at an old address.
    ///
    /// # Errors
    /// `template`, where the theme has a fault.
    pub fn redirect(&self, from: &Address, to: &Address) -> Result<String, Box<Finding>> {
        let mut page = Page::new(from.clone(), "redirect");
        page.view = view!({"to": to.as_str()});
        let canonical = self.base_url.map(|base| absolute(base, to));
        self.printer.print(&Leaf { canonical, ..self.leaf(&page, None) })
    }

    /// The leaf of a page. Nothing of the unit reaches a page but by way of it.
    fn leaf<'p>(&'p self, page: &'p Page<'p>, root: Option<&'p str>) -> Leaf<'p> {
        let Unit { links, figures, .. } = self.unit;
        let words = |text: &Text<'p>| {
            let figures = figures.get(&text.commentary.path).map_or(&[][..], Vec::as_slice);
            (links.of(text.commentary), figures)
        };
        Leaf {
            page,
            facts: &self.printer.frame(page).facts,
            agency: &self.agency,
            words: page.documents.iter().map(|(_, text)| words(text)).collect(),
            canonical: self.base_url.map(|base| absolute(base, &page.address)),
            base_url: self.base_url,
            root,
        }
    }
}

impl Printer<'_> {
    fn frame(&self, page: &Page<'_>) -> &Frame {
        page.edition.and_then(|year| self.editions.get(&year)).unwrap_or(&self.bare)
    }

    /// Writes the page of a leaf.
    fn print(&self, leaf: &Leaf<'_>) -> Result<String, Box<Finding>> {
        let Leaf { page, .. } = leaf;
        let frame = self.frame(page);
        let pen = Pen { voice: &self.theme.voice, here: &page.address, links: self.site.links };
        let tables = page.layouts.iter().map(|(name, layout)| (name.clone(), table::render(layout, &pen)));
        let texts =
            page.documents.iter().zip(&leaf.words).map(|((name, text), words)| (name.clone(), self.text(&page.address, text, *words)));
        // A page's own tables may have an axis of their own, as a list of agencies has.
        let has_marks = |layout: &Layout| layout.columns.iter().any(|column| matches!(column.shows, Shows::Marks(_) | Shows::Range(_)));
        let charted = page.layouts.iter().map(|(_, layout)| layout).filter(|layout| layout.axis.solid.is_some() || has_marks(layout));
        let own_axis = charted.map(|layout| &layout.axis).find(|axis| **axis != leaf.facts.axis);
        let writer = linked::Writer { voice: &self.theme.voice, site: self.site, base_url: leaf.base_url, here: &page.address };
        let above: Vec<(&Address, String)> =
            page.crumbs.iter().map(|crumb| (&crumb.address, self.theme.voice.label(&crumb.label))).collect();
        let crumbs: Vec<View> = above.iter().map(|(address, label)| view!({"address": address.as_str(), "label": label})).collect();
        let feed = leaf.base_url.map(|_| {
            let front = leaf.agency.get("address").and_then(View::as_str).and_then(|front| Address::new(front).ok());
            feed::address(&front.unwrap_or_default()).to_string()
        });
        // Those who show a link to a page fetch its picture, so its address has to be absolute.
        let image = leaf.agency.get("image").and_then(View::as_str).and_then(|image| Address::new(image).ok());
        let image = image.zip(leaf.base_url).map(|(image, base)| absolute(base, &image));
        let context = Context::new([
            ("here", Shown::new(page.address.as_str())),
            ("site", self.shown_site.clone()),
            ("agency", self.shown_agency.clone()),
            ("edition", frame.edition.clone()),
            ("mast", self.mast(leaf, frame)?),
            ("origin", self.origin(leaf, frame)?),
            ("crumbs", Shown::new(&crumbs)),
            ("canonical", Shown::new(&leaf.canonical)),
            ("sizes", Shown::sizes(&page.downloads)),
            ("feed", Shown::new(&feed)),
            ("image", Shown::new(&image)),
            ("trail", Shown::fragment(writer.trail(&above))),
            ("linked", Shown::fragment(writer.objects(&page.linked))),
            ("draft", Shown::new(&page.documents.iter().any(|(_, text)| text.commentary.draft))),
            ("updated", Shown::new(&page.updated.map(|day| day.to_string()))),
            ("page", Shown::new(&page.view)),
            ("root", Shown::new(&leaf.root)),
            ("tables", Shown::html(tables)),
            ("texts", Shown::html(texts)),
            ("symbols", own_axis.map_or_else(|| frame.symbols.clone(), |axis| symbols(self.theme, axis))),
        ]);
        self.theme.render(page.template, &context, page.address.as_str()).map(marks::shown)
    }

    /// The head of a page: who and where. Its links are the same on all pages of a folder that it does not lead to.
    fn mast(&self, leaf: &Leaf<'_>, frame: &Frame) -> Result<Shown, Box<Finding>> {
        let Leaf { page, facts, root, .. } = leaf;
        let menu = facts.menu(page.section);
        let home = leaf.agency.get("address").and_then(View::as_str).unwrap_or_default();
        let address = page.address.as_str();
        let leads_here =
            address.is_empty() || address == home || menu.iter().any(|entry| entry.get("address").and_then(View::as_str) == Some(address));
        let folder = address.trim_end_matches('/').rsplit_once('/').map_or("", |(folder, _)| folder);
        // No page's address has a part that begins with `_`. An old address may be a file, which lies in the folder itself.
        let (before, end) = (if folder.is_empty() { "" } else { "/" }, if page.address.is_page() { "/" } else { "" });
        let here = if leads_here { address.to_owned() } else { format!("{folder}{before}_{end}") };
        let key = format!("{} {} {} {here}", facts.year, page.section.word(), root.unwrap_or_default());
        self.piece(key, || {
            let context = Context::new([
                ("here", Shown::new(&here)),
                ("site", self.shown_site.clone()),
                ("agency", self.shown_agency.clone()),
                ("edition", frame.edition.clone()),
                ("menu", Shown::new(&menu)),
                ("root", Shown::new(root)),
            ]);
            self.theme.render("mast", &context, address)
        })
    }

    /// Where the figures of an edition come from, at the foot of its pages.
    fn origin(&self, leaf: &Leaf<'_>, frame: &Frame) -> Result<Shown, Box<Finding>> {
        self.piece(format!("origin {}", leaf.facts.year), || {
            let context = Context::new([
                ("site", self.shown_site.clone()),
                ("agency", self.shown_agency.clone()),
                ("edition", frame.edition.clone()),
            ]);
            self.theme.render("origin", &context, leaf.page.address.as_str())
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

    fn text(&self, here: &Address, text: &Text<'_>, (targets, figures): (&[Target], &[String])) -> String {
        let prefix = text.issue.map(|issue| if issue == 0 { "report-".to_owned() } else { format!("issue-{issue}-") }).unwrap_or_default();
        let filler = Filler { targets, figures, voice: &self.theme.voice, here, style: (self.site.links, &prefix) };
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
        "capital": agency.province.as_ref().is_some_and(|province| is_capital(&province.th)),
        "kind": agency.kind.map(crate::source::agency::AgencyKind::word),
        "image": agency.image.as_ref().map(|image| model.base.below(image.value.as_str()).to_string()),
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

impl Frame {
    fn new(theme: &Theme, facts: Facts) -> Self {
        Self { edition: Shown::new(&facts.edition), symbols: symbols(theme, &facts.axis), facts }
    }
}

impl Facts {
    fn of(model: &EditionModel) -> Self {
        let EditionModel { base, edition, axis, .. } = model;
        let (issues, items) = (edition.pack.issues.len(), edition.pack.items.len());
        Self { year: edition.year, base: base.clone(), edition: self::edition(model), axis: axis.clone(), issues, items }
    }

    /// The menu of the edition: what exists, and which entry the page stands under.
    fn menu(&self, current: Section) -> Vec<View> {
        if self.year == 0 {
            return Vec::new();
        }
        let entries = [
            (Section::Edition, "", 0, true),
            (Section::Scores, "scores/", 0, true),
            (Section::Issues, "issues/", self.issues, self.issues > 0),
            (Section::Items, "oit/", self.items, self.items > 0),
            (Section::Measures, "measures/", 0, true),
            (Section::Audit, "audit/", 0, true),
            (Section::Report, "report/", 0, true),
        ];
        entries
            .into_iter()
            .filter(|(_, _, _, there)| *there)
            .map(|(section, rest, count, _)| {
                let address = self.base.below(rest);
                view!({"key": section.word(), "address": address.as_str(), "count": count, "current": section == current})
            })
            .collect()
    }
}

/// Fills the links and figures of an author's text.
struct Filler<'a> {
    targets: &'a [Target],
    figures: &'a [String],
    voice: &'a Voice,
    here: &'a Address,
    style: (LinkStyle, &'a str),
}

impl Fill for Filler<'_> {
    fn href(&self, index: usize) -> Option<String> {
        href(self.targets.get(index)?, self.here, self.style)
    }

    fn behind(&self, index: usize) -> String {
        let Some(Target::File(address, size)) = self.targets.get(index) else { return String::new() };
        let mut kind = attachment::extension(address.as_str());
        // What no extension is: a name in Thai after a full stop.
        if kind.len() > 5 || !kind.bytes().all(|b| b.is_ascii_alphanumeric()) {
            kind.clear();
        }
        format!(" <span class=\"nb small\">{}</span>", format!("{} {}", kind.to_ascii_uppercase(), self.voice.size(*size)).trim())
    }

    fn size(&self, index: usize) -> Option<(u32, u32)> {
        if let Target::Picture(_, size) = self.targets.get(index)? { *size } else { None }
    }

    fn figure(&self, index: usize) -> String {
        self.figures.get(index).map(|figure| self.voice.number(figure)).unwrap_or_default()
    }
}

/// How a page reaches a target.
pub fn href(target: &Target, here: &Address, (style, prefix): (LinkStyle, &str)) -> Option<String> {
    match target {
        Target::Page(address, fragment) => {
            let link = address.from(here, style);
            Some(fragment.as_ref().map_or_else(|| link.clone(), |id| format!("{link}#{id}")))
        }
        Target::File(address, _) | Target::Picture(address, _) => Some(address.from(here, style)),
        Target::External(url) => Some(url.clone()),
        Target::Here(id) => Some(format!("#{prefix}{id}")),
        Target::Nowhere => None,
    }
}
