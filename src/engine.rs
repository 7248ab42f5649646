//! The pure build: from the files of a unit to its output and findings, and from all units to a site. Owns the order of work and what
//! runs at the same time. Refuses disk, clock and terminal: files come from a [`Source`], what is made goes to a [`Sink`].
//!
//! The agency is the unit of work. Everything of an agency's pages follows from its own files, the site's settings, the packs and the
//! theme; the site's own pages follow from a small summary of each agency. So the build is a map over agencies and one reduce.

use std::collections::BTreeMap;
use std::io;
use std::sync::{Arc, Mutex};

use rayon::prelude::*;

use crate::base::address::Address;
use crate::base::date::Date;
use crate::base::output::{Entry, Output};
use crate::base::span::Place;
use crate::check;
use crate::finding::{self, Code, Finding, Severity};
use crate::framework::{Packs, builtin, read as pack_reader};
use crate::render::maps;
use crate::render::page::Press;
use crate::render::theme::Theme;
use crate::render::{data, voice};
use crate::site::agencies::{self, AgencySummary};
use crate::site::links::{self, Links};
use crate::site::model::{EditionModel, Model};
use crate::site::page::Page;
use crate::site::routes::{self, Routes};
use crate::site::tables::Tables;
use crate::site::{agency, edition, issue, item, measures, oit, page, references, report, scores};
use crate::source::files::{Content, Files};
use crate::source::site::{self as settings, Redirect, Site};
use crate::source::unit::{self, AgencySource, Context};
use crate::text::SourceText;

/// What a run was asked for.
#[derive(Clone, Debug)]
pub struct Options {
    /// Are drafts included?
    pub drafts: bool,
    /// In place of the site's `base_url`: absolute, with a closing slash.
    pub base_url: Option<String>,
    /// The day that is today in Thailand.
    pub today: Date,
}

/// Which units a site has.
#[derive(Clone, Debug, Default)]
pub struct Listing {
    /// The slugs of the agencies, in order; `None` where the one agency lies directly in `content/`.
    pub agencies: Option<Vec<String>>,
}

/// Where the files come from.
pub trait Source: Sync {
    /// The site's own files: `content/site.yaml`, `content/frameworks/`, `themes/`, and with several agencies the rest of `content/`
    /// that is no agency's.
    ///
    /// # Errors
    /// When the machine fails (not when a single file can't be read: that is [`Content::Unreadable`]).
    fn site_files(&self) -> io::Result<Files>;

    /// The files of an agency; with one agency (an empty slug) all of `content/` but what [`Source::site_files`] gives.
    ///
    /// # Errors
    /// As [`Source::site_files`].
    fn agency_files(&self, slug: &str) -> io::Result<Files>;

    /// Which agencies there are.
    ///
    /// # Errors
    /// As [`Source::site_files`].
    fn listing(&self) -> io::Result<Listing>;
}

/// One built unit: an agency, or the site's own pages.
#[derive(Clone, Debug)]
pub struct Unit {
    /// The agency's slug; empty for the one agency and for the site's own pages.
    pub slug: Arc<str>,
    /// Its files, by path from the site's root. Empty where an error was found.
    pub output: Output,
    /// What was found in it.
    pub findings: Vec<Finding>,
}

/// Takes units as they finish.
pub trait Sink: Sync {
    /// Takes one unit. Units come from several threads, in any order; the files of an agency with a slug all lie under `SLUG/`.
    ///
    /// # Errors
    /// When the machine fails; the build stops.
    fn take(&self, unit: Unit) -> io::Result<()>;
}

/// What all units of a site share.
struct Shared<'a> {
    options: &'a Options,
    site: Site,
    base_url: Option<String>,
    packs: Packs,
    theme: Option<Theme>,
    many: bool,
    /// The site's own free pages, with several agencies.
    pages: links::SitePages,
    /// Attachments of the site's own.
    files: AgencySource,
}

/// Builds the site: every unit is handed to the sink; the findings of all come back, sorted.
///
/// # Errors
/// When the machine fails.
pub fn build(source: &dyn Source, options: &Options, sink: &dyn Sink) -> io::Result<Vec<Finding>> {
    let listing = source.listing()?;
    let (shared, mut findings) = shared(source.site_files()?, options, listing.agencies.is_some());
    let slugs = listing.agencies.clone().unwrap_or_else(|| vec![String::new()]);
    let gathered: Mutex<Vec<(Vec<Finding>, Option<AgencySummary>)>> = Mutex::new(Vec::new());
    slugs.par_iter().try_for_each(|slug| {
        let files = source.agency_files(slug)?;
        let (unit, summary) = agency_unit(&shared, slug, files);
        let found = unit.findings.clone();
        sink.take(unit)?;
        if let Ok(mut gathered) = gathered.lock() {
            gathered.push((found, summary));
        }
        io::Result::Ok(())
    })?;
    let mut summaries = Vec::new();
    for (found, summary) in gathered.into_inner().unwrap_or_default() {
        findings.extend(found);
        summaries.extend(summary);
    }
    summaries.sort_by(|a, b| a.slug.cmp(&b.slug));
    let unit = site_unit(&shared, &summaries);
    findings.extend(unit.findings.clone());
    sink.take(unit)?;
    finding::sort(&mut findings);
    findings.dedup();
    Ok(findings)
}

/// Reads what all units share.
fn shared(files: Files, options: &Options, many: bool) -> (Shared<'_>, Vec<Finding>) {
    let mut texts: BTreeMap<Arc<str>, SourceText> = BTreeMap::new();
    let mut findings = Vec::new();
    let mut own: Files = Files::new();
    let mut theme_files: Files = Files::new();
    for (path, content) in files {
        match content {
            Content::Text(bytes) if &*path == settings::PATH || path.starts_with("content/frameworks/") => {
                match SourceText::new(Arc::clone(&path), bytes) {
                    Ok(text) => {
                        texts.insert(path, text);
                    }
                    Err(finding) => findings.push(*finding),
                }
            }
            content if path.starts_with("themes/") => {
                theme_files.insert(path, content);
            }
            content => {
                own.insert(path, content);
            }
        }
    }
    let (site, found) = match texts.get(settings::PATH) {
        Some(source) => settings::read(source),
        // A file that is there and can't be read was reported already.
        None if findings.iter().any(|f: &Finding| &*f.place.file == settings::PATH) || own.contains_key(settings::PATH) => {
            (Site::default(), Vec::new())
        }
        None => settings::absent(),
    };
    findings.extend(found);
    let (mut packs, found) = builtin::packs();
    findings.extend(found);
    for source in texts.iter().filter(|(path, _)| path.starts_with("content/frameworks/")).map(|(_, source)| source) {
        let (pack, found) = pack_reader::pack(source);
        findings.extend(found);
        if let Some(pack) = pack {
            packs.add(pack);
        }
    }
    let (theme, found) = Theme::load(&site, &theme_files);
    findings.extend(found);
    // With several agencies the rest of `content/` is the site's own: free pages and files.
    let context = Context { slug: "", packs: &packs, drafts: options.drafts };
    let (files, found, own_texts) = unit::read(own, context);
    findings
        .extend(found.into_iter().filter(|finding| finding.code != Code::MissingField || &*finding.place.file != "content/agency.yaml"));
    texts.extend(own_texts);
    look(&mut findings, &texts);
    let base_url = options.base_url.clone().or_else(|| site.base_url.clone());
    let pages = files.pages.clone();
    (Shared { options, site, base_url, packs, theme, many, pages, files }, findings)
}

/// Works out lines and excerpts, and what each finding is about.
fn look(findings: &mut [Finding], texts: &BTreeMap<Arc<str>, SourceText>) {
    for finding in findings.iter_mut().filter(|finding| finding.seen.is_none()) {
        if let Some(source) = texts.get(&finding.place.file) {
            finding.look(&source.text);
        }
    }
}

fn has_errors(findings: &[Finding]) -> bool {
    findings.iter().any(|finding| finding.severity() == Severity::Error && finding.accepted.is_none())
}

/// Builds the unit of an agency.
fn agency_unit(shared: &Shared<'_>, slug: &str, files: Files) -> (Unit, Option<AgencySummary>) {
    let context = Context { slug, packs: &shared.packs, drafts: shared.options.drafts };
    let (records, mut findings, texts) = unit::read(files, context);
    if let Some(reason) = routes::bad_slug(slug).filter(|_| shared.many) {
        let place = Place::top(format!("content/{slug}/agency.yaml"));
        findings.push(Finding::new(Code::WrongType, place).case("slug").with("found", slug).with("reason", reason));
    }
    let model = Model::new(records);
    let (mut routes, found) = Routes::of(&model);
    findings.extend(found);
    let (mut links, found) = links::resolve(&model, &routes, &shared.pages);
    findings.extend(found);
    let (figures, found) = figures(&model);
    findings.extend(found);
    let redirects = own_redirects(shared, slug);
    findings.extend(check_redirects(&redirects, &mut routes, &model.base));
    accept(&model, &mut findings);
    let mut output = Output::default();
    if let Some(theme) = shared.theme.as_ref().filter(|_| !has_errors(&findings)) {
        let press = press(shared, theme, (Some(&model), &links, &figures));
        let (made, found) = agency_output(shared, &press, &model, &links);
        output = made;
        findings.extend(found);
        findings.extend(put_redirects(&press, &redirects, &mut output));
        if !shared.many {
            findings.extend(root_files(shared, &press, &mut output));
        }
        let mut others = Routes::default();
        for page in shared.pages.keys() {
            others.add(Address::root().below(&format!("{page}/")));
        }
        if shared.many {
            others.add(Address::root());
            for (name, _) in theme.root_files() {
                others.add(Address::root().below(name));
            }
        }
        let fragments = std::mem::take(&mut links.fragments);
        let finished = check::output::Finished { output: &output, others: &others, fragments: &fragments };
        findings.extend(check::output::test(&finished, |path| Place::top(theme.path(template_of(path)))));
    }
    let slug: Arc<str> = Arc::from(slug);
    for finding in &mut findings {
        finding.agency = Arc::clone(&slug);
    }
    look(&mut findings, &texts);
    let failed = has_errors(&findings);
    if failed {
        output = Output::default();
    }
    let summary = (!failed).then(|| AgencySummary::of(&model));
    (Unit { slug, output, findings }, summary.filter(|_| shared.many))
}

/// The figures that texts refer to, by file.
fn figures(model: &Model) -> (BTreeMap<Arc<str>, Vec<String>>, Vec<Finding>) {
    let mut figures = BTreeMap::new();
    let mut findings = Vec::new();
    for (edition, commentary) in model.commentaries() {
        let (shown, found) = references::resolve(model, edition, commentary);
        let subject = links::subject(model, edition, commentary);
        findings
            .extend(found.into_iter().map(|finding| if finding.subject.is_empty() { finding.about(subject.as_str()) } else { finding }));
        figures.insert(Arc::clone(&commentary.path), shown);
    }
    (figures, findings)
}

/// Marks the warnings that the agency stands by. Errors and hints are never accepted.
fn accept(model: &Model, findings: &mut [Finding]) {
    for finding in findings.iter_mut().filter(|finding| finding.severity() == Severity::Warning) {
        let fits = |accept: &&crate::source::agency::Accept| {
            accept.code.value == finding.code.name() && accept.subject.value.trim_end_matches('/') == finding.subject.trim_end_matches('/')
        };
        finding.accepted = model.agency.accept.iter().find(fits).map(|accept| accept.reason.clone());
    }
}

fn press<'a>(shared: &'a Shared<'_>, theme: &'a Theme, (model, links, figures): Parts<'a>) -> Press<'a> {
    Press { site: &shared.site, base_url: shared.base_url.as_deref(), theme, model, links, figures, many: shared.many }
}

/// What differs between the units that a press writes.
type Parts<'a> = (Option<&'a Model>, &'a Links, &'a BTreeMap<Arc<str>, Vec<String>>);

/// All files of an agency but those of the root.
fn agency_output(shared: &Shared<'_>, press: &Press<'_>, model: &Model, links: &Links) -> (Output, Vec<Finding>) {
    let today = shared.options.today;
    let mut output = Output::default();
    let mut pages = vec![agency::page(model, today)];
    for edition in &model.editions {
        let tables = Tables::of(model, edition, links);
        pages.extend(edition_pages(model, edition, (&tables, links, today)));
        for table in tables.all() {
            put(&mut output, &edition.base.below(&format!("data/{}.csv", table.name)), data::csv(table));
            put(&mut output, &edition.base.below(&format!("data/{}.json", table.name)), data::json(table));
        }
    }
    pages.extend(item::through_years(model, links));
    pages.extend(page::pages(model));
    let findings = write(press, &pages, &mut output);
    for attachment in model.attachments.values() {
        let below = attachment.from.strip_prefix(model.folder.as_str()).unwrap_or(&attachment.from);
        let _ = output.put(model.base.below(below).file(), Entry::Copy(attachment.clone()));
    }
    if let Some(base_url) = &shared.base_url {
        let map = maps::sitemap(base_url, pages.iter().map(|page| (&page.address, page.updated)));
        put(&mut output, &model.base.below("sitemap.xml"), map);
    }
    (output, findings)
}

fn edition_pages<'a>(model: &'a Model, edition: &'a EditionModel, (tables, links, today): (&Tables, &Links, Date)) -> Vec<Page<'a>> {
    let mut pages = vec![
        edition::page(model, edition, tables),
        scores::page(model, edition, tables),
        measures::page(model, edition, tables, links),
        report::page(model, edition, tables),
    ];
    if !edition.edition.pack.issues.is_empty() {
        pages.push(issue::index(model, edition));
        pages.extend(issue::pages(model, edition, tables, links));
    }
    if !edition.edition.pack.items.is_empty() {
        pages.push(oit::page(model, edition, today));
        pages.extend(item::pages(model, edition, links, today));
    }
    pages
}

/// Writes pages, on all cores, and puts them into the output.
fn write(press: &Press<'_>, pages: &[Page<'_>], output: &mut Output) -> Vec<Finding> {
    let written: Vec<Result<String, Box<Finding>>> = pages.par_iter().map(|page| press.write(page)).collect();
    let mut findings = Vec::new();
    for (page, html) in pages.iter().zip(written) {
        match html {
            Ok(html) => put(output, &page.address, html.into_bytes()),
            Err(finding) => findings.push(*finding),
        }
    }
    findings
}

/// Puts bytes at an address. Addresses were checked for collisions, so there is nothing there yet.
fn put(output: &mut Output, address: &Address, bytes: Vec<u8>) {
    let _ = output.put(address.file(), Entry::Bytes(bytes));
}

/// The files at the site's root: the style sheet, the page for addresses that do not exist, and what robots ask for.
fn root_files(shared: &Shared<'_>, press: &Press<'_>, output: &mut Output) -> Vec<Finding> {
    let root = Address::root();
    for (name, bytes) in press.theme.root_files() {
        put(output, &root.below(name), bytes);
    }
    put(output, &root.below("robots.txt"), maps::robots(shared.base_url.as_deref()));
    let html = match &shared.base_url {
        Some(base_url) => press.not_found(base_url),
        None => Ok(plain_not_found(shared, press)),
    };
    match html {
        Ok(html) => {
            put(output, &root.below("404.html"), html.into_bytes());
            Vec::new()
        }
        Err(finding) => vec![*finding],
    }
}

/// Without a `base_url` nobody knows from where the page will be shown, so it has no style and no links: three lines of text.
fn plain_not_found(shared: &Shared<'_>, press: &Press<'_>) -> String {
    let voice = &press.theme.voice;
    let line = |key: &str| voice.sentence(key, &[]).unwrap_or_default();
    let name = press.model.map_or_else(|| voice.text(&shared.site.title), |model| voice.name(&model.agency.name));
    let title = voice::plain(&line("404.title"));
    format!(
        "<!doctype html>\n<html lang=\"{}\">\n<head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <title>{title}</title></head>\n<body>\n<main>\n<h1>{}</h1>\n<p>{}</p>\n<p>{name}</p>\n</main>\n</body>\n</html>\n",
        voice.language.code(),
        line("404.title"),
        line("404.why"),
    )
}

/// The template that a path was made from, to name the file that an author would edit.
fn template_of(path: &str) -> &'static str {
    let parts: Vec<&str> = path.split('/').collect();
    let at = |n: usize| parts.get(parts.len().wrapping_sub(n)).copied().unwrap_or("");
    match (at(2), at(3)) {
        ("scores", _) => "scores",
        ("issues", _) => "issues",
        (_, "issues") => "issue",
        ("measures", _) => "measures",
        ("oit", _) => "oit",
        (_, "oit") => "item",
        (_, "items") => "item-years",
        ("report", _) => "report",
        (_, "names") => "names",
        _ => "base",
    }
}

/// The redirects that a unit has to make: those whose old address begins with the agency's slug, or all with one agency.
fn own_redirects<'a>(shared: &'a Shared<'_>, slug: &str) -> Vec<&'a Redirect> {
    let own = |redirect: &&Redirect| !shared.many || redirect.from.value.as_str().split('/').next() == Some(slug);
    shared.site.redirects.iter().filter(own).collect()
}

/// Old addresses must be free, and new ones there.
fn check_redirects(redirects: &[&Redirect], routes: &mut Routes, base: &Address) -> Vec<Finding> {
    let mut findings = Vec::new();
    for redirect in redirects {
        let (from, to) = (&redirect.from, &redirect.to);
        let inside = to.value.as_str().starts_with(base.as_str());
        if inside && !routes.contains(&to.value) && !routes.contains(&Address::new(&format!("{}/", to.value)).unwrap_or_default()) {
            findings.push(Finding::new(Code::LinkBroken, to.place.clone()).about(to.value.as_str()).with("link", to.value.as_str()));
        }
        if routes.contains(&from.value) {
            let finding = Finding::new(Code::RouteCollision, from.place.clone()).case("reserved");
            findings.push(finding.about(from.value.as_str()).with("address", from.value.as_str()));
        }
    }
    findings
}

fn put_redirects(press: &Press<'_>, redirects: &[&Redirect], output: &mut Output) -> Vec<Finding> {
    let mut findings = Vec::new();
    for redirect in redirects {
        match press.redirect(&redirect.from.value, &redirect.to.value) {
            Ok(html) => put(output, &redirect.from.value, html.into_bytes()),
            Err(finding) => findings.push(*finding),
        }
    }
    findings
}

/// Builds the site's own unit: with several agencies their lists, the site's free pages and files; with one there is nothing left.
fn site_unit(shared: &Shared<'_>, summaries: &[AgencySummary]) -> Unit {
    let slug: Arc<str> = Arc::from("");
    let mut unit = Unit { slug, output: Output::default(), findings: Vec::new() };
    let (true, Some(theme)) = (shared.many, &shared.theme) else { return unit };
    let model = Model::new(shared.files.clone());
    let (routes, found) = Routes::of_pages(shared.pages.iter());
    unit.findings.extend(found);
    let (links, found) = links::resolve(&model, &routes, &links::SitePages::new());
    unit.findings.extend(found);
    let (figures, found) = figures(&model);
    unit.findings.extend(found);
    if has_errors(&unit.findings) {
        return unit;
    }
    let press = press(shared, theme, (None, &links, &figures));
    let mut pages = agencies::pages(summaries);
    let root = page::Crumb { address: Address::root(), label: crate::site::table::Label::new("crumb.agencies") };
    for mut own in page::pages(&model) {
        own.crumbs = vec![root.clone()];
        pages.push(own);
    }
    let found = write(&press, &pages, &mut unit.output);
    unit.findings.extend(found);
    let found = root_files(shared, &press, &mut unit.output);
    unit.findings.extend(found);
    for attachment in model.attachments.values() {
        let below = attachment.from.strip_prefix(model.folder.as_str()).unwrap_or(&attachment.from);
        let _ = unit.output.put(below, Entry::Copy(attachment.clone()));
    }
    if let Some(base_url) = &shared.base_url {
        let own = Address::root().below("sitemap-site.xml");
        put(&mut unit.output, &own, maps::sitemap(base_url, pages.iter().map(|page| (&page.address, page.updated))));
        let maps: Vec<Address> = summaries.iter().map(|agency| Address::root().below(&format!("{}/sitemap.xml", agency.slug))).collect();
        put(&mut unit.output, &Address::root().below("sitemap.xml"), maps::index(base_url, maps.iter().chain([&own])));
    }
    let slugs: Vec<&str> = summaries.iter().map(|agency| agency.slug.as_str()).collect();
    let redirects: Vec<&Redirect> =
        shared.site.redirects.iter().filter(|r| !slugs.contains(&r.from.value.as_str().split('/').next().unwrap_or_default())).collect();
    let found = put_redirects(&press, &redirects, &mut unit.output);
    unit.findings.extend(found);
    let mut others = Routes::default();
    for slug in slugs {
        others.add(Address::root().below(&format!("{slug}/")));
    }
    for redirect in &redirects {
        others.add(redirect.to.value.clone());
    }
    let finished = check::output::Finished { output: &unit.output, others: &others, fragments: &links.fragments };
    let found = check::output::test(&finished, |path| Place::top(theme.path(template_of(path))));
    unit.findings.extend(found);
    unit
}
