//! Where links lead. Owns turning what authors write (paths of source files, codes, files, addresses) into targets that exist, with a
//! finding for each that does not. Refuses `href`s: how a target is reached from a page is known when that page is written.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use super::model::{EditionModel, Model};
use super::references;
use super::routes::Routes;
use crate::base::address::{self, Address};
use crate::base::span::Place;
use crate::base::thai;
use crate::finding::{Code, Finding, MOST_OF_A_FILE, seen};
use crate::source::commentary::Commentary;
use crate::text::decode::is_web_address;
use crate::text::markdown::slug;

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Target {
    /// A page of the site, and a place in it.
    Page(Address, Option<String>),
    /// An attachment: where it lies and how large it is.
    File(Address, u64),
    /// A picture among the attachments: where it lies, and how wide and high it is, where that could be read.
    Picture(Address, Option<(u32, u32)>),
    /// Another site, a mail address, a telephone.
    External(String),
    /// A heading of the same text.
    Here(String),
    /// Nowhere: shown as text.
    Nowhere,
}

/// A fragment of a page that can only be looked for in the finished page.
#[derive(Clone, Debug)]
pub struct Fragment {
    /// The page.
    pub page: Address,
    /// The id.
    pub id: String,
    /// Who asks for it.
    pub place: Place,
    /// What the finding is about.
    pub subject: String,
}

/// The targets of all links of an agency.
#[derive(Clone, Debug, Default)]
pub struct Links {
    commentary: BTreeMap<Arc<str>, Vec<Target>>,
    data: BTreeMap<Place, Target>,
    /// Fragments to look for when the pages are there.
    pub fragments: Vec<Fragment>,
}

impl Links {
    /// The targets of the links of a Markdown file, in order.
    pub fn of(&self, commentary: &Commentary) -> &[Target] {
        self.commentary.get(&commentary.path).map_or(&[], Vec::as_slice)
    }

    /// The target of a link in a data file.
    pub fn at(&self, place: &Place) -> &Target {
        self.data.get(place).unwrap_or(&Target::Nowhere)
    }
}

/// Free pages of the site itself, by name; empty with one agency.
pub type SitePages = BTreeMap<String, Commentary>;

/// Resolves every link of an agency. Its content links inside the agency or to the site's own pages.
pub fn resolve(model: &Model, routes: &Routes, site: &SitePages) -> (Links, Vec<Finding>) {
    let mut resolver =
        Resolver { model, routes, site, sources: sources(model), links: Links::default(), findings: Vec::new(), told: 0, suggested: 0 };
    for (edition, commentary) in model.commentaries() {
        resolver.told = 0;
        let subject = subject(model, edition, commentary);
        let mut targets = Vec::with_capacity(commentary.document.links.len());
        for link in &commentary.document.links {
            let asked = Asked {
                text: &link.target,
                place: Place::new(&commentary.path, link.span),
                subject: &subject,
                edition,
                from: From::Text(commentary),
            };
            targets.push(if link.image { resolver.picture(&asked) } else { resolver.link(&asked, &link.text) });
        }
        resolver.links.commentary.insert(Arc::clone(&commentary.path), targets);
    }
    for edition in &model.editions {
        resolver.told = 0;
        resolver.records(edition);
    }
    (resolver.links, resolver.findings)
}

/// What findings about a commentary are about.
pub fn subject(model: &Model, edition: Option<&EditionModel>, commentary: &Commentary) -> String {
    let Some(edition) = edition else {
        let name = commentary.path.strip_prefix(model.folder.as_str()).and_then(|below| below.strip_suffix(".md"));
        return format!("{}/", thai::normal(name.unwrap_or_default()));
    };
    let year = edition.edition.year;
    let issue = edition.issues.iter().find(|(_, c)| c.path == commentary.path).map(|(number, _)| format!("{year}/issue-{number}"));
    let item = || {
        let found = edition.items.iter().find(|(_, c)| c.path == commentary.path);
        found.map(|(item, _)| format!("{year}/{}", edition.edition.pack.items[*item].code))
    };
    issue.or_else(item).unwrap_or_else(|| format!("{year}/report/"))
}

/// A link as an author wrote it.
struct Asked<'a> {
    text: &'a str,
    place: Place,
    subject: &'a str,
    edition: Option<&'a EditionModel>,
    from: From<'a>,
}

/// What relative paths start at.
#[derive(Clone, Copy)]
enum From<'a> {
    /// The Markdown file that they stand in.
    Text(&'a Commentary),
    /// The agency, as in data files.
    Agency,
    /// The edition's folder, as the commentary of an element does.
    Edition,
}

/// Where a relative path leads.
enum Whose {
    /// Into the agency's folder.
    Agency(String),
    /// Into `content/` beside it, where the site's own pages lie.
    Site(String),
}

struct Resolver<'a> {
    model: &'a Model,
    routes: &'a Routes,
    site: &'a SitePages,
    sources: Sources<'a>,
    links: Links,
    findings: Vec<Finding>,
    /// How many findings the file has that is being looked at.
    told: usize,
    /// How many findings asked for the nearest name, which is looked for among all there are.
    suggested: usize,
}

/// The pages that Markdown files become, by their paths in normal form.
type Sources<'a> = BTreeMap<String, (Address, &'a Commentary)>;

/// How many findings of a unit name what was probably meant.
const MOST_SUGGESTED: usize = 200;

fn sources(model: &Model) -> Sources<'_> {
    let mut sources = Sources::new();
    for edition in &model.editions {
        sources.extend(edition.report.iter().map(|report| (thai::normal(&report.path), (edition.base.below("report/"), report))));
        sources.extend(edition.issues.iter().map(|(number, issue)| (thai::normal(&issue.path), (edition.issue(*number), issue))));
        sources.extend(edition.items.iter().map(|(item, text)| (thai::normal(&text.path), (edition.item(*item), text))));
    }
    let pages = model.pages.iter();
    sources.extend(pages.map(|(name, page)| (thai::normal(&page.path), (model.base.below(&format!("{name}/")), page))));
    sources
}

impl<'a> Resolver<'a> {
    fn records(&mut self, edition: &EditionModel) {
        let pack = &edition.edition.pack;
        let year = edition.edition.year;
        for (item, record) in edition.edition.disclosures.iter().flat_map(|d| &d.records) {
            let subject = format!("{year}/{}", pack.items[*item].code);
            for link in &record.links {
                self.record(&link.url.value, &link.url.place, &subject, edition, From::Agency);
            }
            for element in record.elements.values() {
                if let Some(path) = &element.commentary {
                    self.record(&path.value, &path.place, &subject, edition, From::Edition);
                }
            }
        }
        for measure in &edition.edition.measures {
            for evidence in measure.progress.iter().filter_map(|progress| progress.evidence.as_ref()) {
                let subject = format!("{year}/issue-{}", measure.issue);
                self.record(&evidence.value, &evidence.place, &subject, edition, From::Agency);
            }
        }
    }

    fn record(&mut self, text: &str, place: &Place, subject: &str, edition: &EditionModel, from: From<'_>) {
        let asked = Asked { text, place: place.clone(), subject, edition: Some(edition), from };
        let target = self.target(&asked);
        self.links.data.insert(place.clone(), target);
    }

    /// A link in running text, which needs a text of its own.
    fn link(&mut self, asked: &Asked<'_>, text: &str) -> Target {
        let told = self.told;
        let target = self.target(asked);
        if self.told == told && text.chars().all(|c| c.is_whitespace() || seen(c) == '\u{fffd}') {
            self.fail(asked, Code::LinkPlaceholder, "text");
        }
        target
    }

    fn target(&mut self, asked: &Asked<'_>) -> Target {
        let text = asked.text.trim();
        // An address pasted from a browser may hold the spaces of a file's name.
        let address = text.replace(' ', "%20");
        if is_web_address(&address) {
            if is_example(text) {
                self.fail(asked, Code::LinkPlaceholder, "example");
            }
            return Target::External(address);
        }
        if text.starts_with("http:") || text.starts_with("https:") {
            return self.fail(asked, Code::LinkBroken, "");
        }
        if let Some((scheme, rest)) = scheme(text) {
            return self.with_scheme(asked, scheme, rest);
        }
        let (path, fragment) = text.split_once('#').map_or((text, None), |(path, fragment)| (path, Some(fragment)));
        let (Some(path), fragment) = (address::decode(path), fragment.map(|f| address::decode(f).unwrap_or_else(|| f.to_owned()))) else {
            return self.fail(asked, Code::LinkBroken, "");
        };
        let fragment = fragment.map(|fragment| thai::normal(&fragment)).filter(|fragment| !fragment.is_empty());
        if path.is_empty() {
            return self.here(asked, fragment);
        }
        if path.starts_with('/') || path.contains('\\') {
            return self.fail(asked, Code::PathEscape, "");
        }
        match self.full_path(asked, &path) {
            Some(Whose::Agency(full)) => self.inside(asked, &path, &full, fragment),
            Some(Whose::Site(full)) => self.site_page(asked, &full, fragment),
            None => self.fail(asked, Code::PathEscape, ""),
        }
    }

    /// A page loads nothing from elsewhere, and a page of the site is no picture.
    fn picture(&mut self, asked: &Asked<'_>) -> Target {
        let before = self.findings.len();
        let target = self.target(asked);
        // Pages are no advice for a picture.
        let own = self.findings.iter_mut().skip(before).filter(|finding| finding.code == Code::LinkBroken);
        own.for_each(|finding| finding.case = Cow::Borrowed("picture"));
        match target {
            Target::External(_) => self.fail(asked, Code::PathEscape, "image"),
            Target::Page(..) | Target::Here(_) => self.fail(asked, Code::LinkBroken, "image"),
            Target::File(address, _) => {
                let size = self.model.pictures.get(&address).copied();
                Target::Picture(address, size)
            }
            target => target,
        }
    }

    fn report(&mut self, finding: Finding) {
        if self.told < MOST_OF_A_FILE {
            self.findings.push(finding);
        }
        self.told += 1;
    }

    /// Is the nearest name worth looking for?
    fn suggests(&mut self) -> bool {
        self.suggested += 1;
        self.suggested <= MOST_SUGGESTED && self.told < MOST_OF_A_FILE
    }

    /// A page of the site's own, from an agency's content.
    fn site_page(&mut self, asked: &Asked<'_>, full: &str, fragment: Option<String>) -> Target {
        if full.is_empty() {
            return Target::Page(Address::root(), None);
        }
        let site: &'a SitePages = self.site;
        let Some((name, page)) = full.strip_suffix(".md").and_then(|name| site.get_key_value(name)) else {
            return self.fail(asked, Code::PathEscape, "");
        };
        let address = Address::root().below(&format!("{name}/"));
        match fragment {
            None => Target::Page(address, None),
            Some(id) => match heading(page, &id) {
                Some(id) => Target::Page(address, Some(id)),
                None => self.no_heading(asked, page, &id),
            },
        }
    }

    /// `o12:` is the page of an item; mail and telephone go out; anything else is no link.
    fn with_scheme(&mut self, asked: &Asked<'_>, scheme: &str, rest: &str) -> Target {
        if matches!(scheme.to_ascii_lowercase().as_str(), "mailto" | "tel") {
            let usable = !rest.is_empty() && !rest.contains(|c: char| c.is_whitespace() || c.is_control());
            return if usable { Target::External(asked.text.trim().to_owned()) } else { self.fail(asked, Code::LinkBroken, "") };
        }
        let edition = asked.edition.or_else(|| self.model.latest());
        let item = edition.and_then(|edition| Some((edition, references::item_code(&edition.edition.pack, scheme)?)));
        if let Some((edition, item)) = item {
            let fragment = rest.strip_prefix('#').map(thai::normal).filter(|fragment| !fragment.is_empty());
            if rest.is_empty() || fragment.is_some() {
                return self.page(asked, edition.item(item), fragment, edition.items.get(&item));
            }
        }
        if looks_like_code(scheme) && rest.is_empty() {
            return self.fail(asked, Code::LinkBroken, "");
        }
        self.fail(asked, Code::LinkPlaceholder, "")
    }

    fn here(&mut self, asked: &Asked<'_>, fragment: Option<String>) -> Target {
        match (fragment, asked.from) {
            (Some(id), From::Text(commentary)) => match heading(commentary, &id) {
                Some(id) => Target::Here(id),
                None => self.no_heading(asked, commentary, &id),
            },
            _ => self.fail(asked, Code::LinkPlaceholder, ""),
        }
    }

    /// Where a relative path leads, with `..` worked out; `None` where it climbs out of `content/`.
    fn full_path(&self, asked: &Asked<'_>, path: &str) -> Option<Whose> {
        let slug = self.model.agency.slug.as_str();
        let below = |file: &str| file.strip_prefix(self.model.folder.as_str()).unwrap_or("").to_owned();
        let folder = match asked.from {
            From::Text(_) if path.starts_with("files/") => String::new(),
            From::Text(commentary) => below(&commentary.path).rsplit_once('/').map_or_else(String::new, |(folder, _)| folder.to_owned()),
            From::Agency => String::new(),
            From::Edition => asked.edition.map_or_else(String::new, |edition| below(&edition.folder)),
        };
        let start = std::iter::once(slug).chain(folder.split('/')).filter(|part| !part.is_empty());
        let mut parts: Vec<&str> = start.collect();
        for part in path.split('/') {
            match part {
                "" | "." => {}
                ".." => {
                    parts.pop()?;
                }
                part => parts.push(part),
            }
        }
        let inside = slug.is_empty() || parts.first() == Some(&slug);
        let mut full = parts[usize::from(inside && !slug.is_empty())..].join("/");
        if path.ends_with('/') && !full.is_empty() {
            full.push('/');
        }
        let full = thai::normal(&full);
        Some(if inside { Whose::Agency(full) } else { Whose::Site(full) })
    }

    fn inside(&mut self, asked: &Asked<'_>, path: &str, full: &str, fragment: Option<String>) -> Target {
        if let Some(name) = full.strip_prefix("files/") {
            return self.file(asked, name);
        }
        if full.ends_with(".md") {
            return match self.source_page(full) {
                Some((address, commentary)) => self.page(asked, address, fragment, commentary),
                None => self.fail_near(asked, full),
            };
        }
        if path.ends_with('/') {
            // Folders of editions may be spelt in Thai digits; addresses are in ASCII.
            let (first, rest) = full.split_once('/').unwrap_or((full, ""));
            let first = crate::source::layout::parse_edition(first).map_or_else(|| first.to_owned(), |year| year.to_string());
            let at = |text: &str| Address::new(text).ok().filter(|address| self.routes.contains(address));
            let from_here = at(&format!("{}{first}/{rest}", self.model.base));
            let found = from_here.or_else(|| at(&format!("{}{}", self.model.base, path.trim_start_matches("./"))));
            return match found {
                Some(address) => self.page(asked, address, fragment, None),
                None => self.fail(asked, Code::LinkBroken, ""),
            };
        }
        if matches!(asked.from, From::Agency) {
            return self.file(asked, full);
        }
        self.fail_near(asked, full)
    }

    fn file(&mut self, asked: &Asked<'_>, name: &str) -> Target {
        if let Some(attachment) = self.model.attachments.get(name) {
            return Target::File(self.model.attachment(attachment), attachment.size);
        }
        if is_example(name) {
            return self.fail(asked, Code::LinkPlaceholder, "example");
        }
        let target = format!("{}files/{name}", self.model.folder);
        let known: Vec<&str> = if self.suggests() { self.model.attachments.keys().map(String::as_str).collect() } else { Vec::new() };
        let mut finding = Finding::new(Code::FileMissing, asked.place.clone()).about(asked.subject).with("target", target);
        if let Some(nearest) = thai::nearest(name, &known) {
            finding = finding.case("near").with("nearest", format!("files/{nearest}"));
        }
        self.report(finding);
        Target::Nowhere
    }

    /// The page that a Markdown file becomes.
    fn source_page(&self, full: &str) -> Option<(Address, Option<&'a Commentary>)> {
        let path = thai::normal(&format!("{}{full}", self.model.folder));
        self.sources.get(&path).map(|(address, commentary)| (address.clone(), Some(*commentary)))
    }

    fn page(&mut self, asked: &Asked<'_>, page: Address, fragment: Option<String>, commentary: Option<&Commentary>) -> Target {
        let Some(id) = fragment else { return Target::Page(page, None) };
        if let Some(commentary) = commentary {
            if let Some(id) = heading(commentary, &id) {
                return Target::Page(page, Some(id));
            }
            if !slug::is_reserved(&id) {
                return self.no_heading(asked, commentary, &id);
            }
        }
        // A place that the theme makes can only be looked for in the finished page.
        let (place, subject) = (asked.place.clone(), asked.subject.to_owned());
        self.links.fragments.push(Fragment { page: page.clone(), id: id.clone(), place, subject });
        Target::Page(page, Some(id))
    }

    fn no_heading(&mut self, asked: &Asked<'_>, commentary: &Commentary, id: &str) -> Target {
        // A message has room for a few names.
        let known: Vec<String> = commentary.document.headings.iter().take(100).map(|heading| format!("#{}", heading.id)).collect();
        let finding = Finding::new(Code::AnchorBroken, asked.place.clone())
            .about(asked.subject)
            .with("anchor", id)
            .with("target", commentary.path.to_string())
            .with("known", known);
        self.report(finding);
        Target::Nowhere
    }

    fn fail(&mut self, asked: &Asked<'_>, code: Code, case: &'static str) -> Target {
        let finding = Finding::new(code, asked.place.clone()).case(case).about(asked.subject).with("link", asked.text);
        self.report(finding);
        Target::Nowhere
    }

    /// A link to a file that is no page, with the nearest that is.
    fn fail_near(&mut self, asked: &Asked<'_>, path: &str) -> Target {
        if is_example(path) {
            return self.fail(asked, Code::LinkPlaceholder, "example");
        }
        let below = |path: &str| path.strip_prefix(self.model.folder.as_str()).unwrap_or(path).to_owned();
        let suggests = self.suggests();
        let known: Vec<String> = self.model.commentaries().filter(|_| suggests).map(|(_, commentary)| below(&commentary.path)).collect();
        let known: Vec<&str> = known.iter().map(String::as_str).collect();
        let mut finding = Finding::new(Code::LinkBroken, asked.place.clone()).about(asked.subject).with("link", asked.text);
        if let Some(nearest) = thai::nearest(path, &known) {
            finding = finding.case("near").with("nearest", nearest);
        }
        self.report(finding);
        Target::Nowhere
    }
}

/// Does an address end in a file name that stands for a document still to come? A file that is there is never asked.
fn is_example(address: &str) -> bool {
    let name = address.split(['?', '#']).next().unwrap_or_default().rsplit('/').next().unwrap_or_default();
    let name = address::decode(name).unwrap_or_default();
    let Some((stem, extension)) = name.rsplit_once('.') else { return false };
    let stem = thai::normal(stem).to_lowercase();
    let is_document =
        matches!(extension.to_ascii_lowercase().as_str(), "pdf" | "doc" | "docx" | "xls" | "xlsx" | "csv" | "jpg" | "png" | "zip");
    is_document && matches!(stem.trim(), "example" | "sample" | "ตัวอย่าง")
}

/// The id that a heading really has, where a fragment means one of the text's.
fn heading(commentary: &Commentary, fragment: &str) -> Option<String> {
    commentary.document.heading(fragment).map(|heading| heading.id.clone())
}

/// The scheme of a link and what follows it: letters, digits, `+`, `-`, `.`, and Thai digits, since codes may have them.
fn scheme(text: &str) -> Option<(&str, &str)> {
    let (scheme, rest) = text.split_once(':')?;
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.') || crate::base::digits::is_digit(c);
    (!scheme.is_empty() && scheme.chars().all(fits)).then_some((scheme, rest))
}

/// Would a person have meant a code: a letter and digits?
fn looks_like_code(scheme: &str) -> bool {
    let mut chars = scheme.chars();
    chars.next().is_some_and(|c| c.is_ascii_alphabetic() || crate::base::digits::is_digit(c))
        && chars.clone().next().is_some()
        && chars.all(crate::base::digits::is_digit)
}
