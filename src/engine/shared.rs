//! What all units of a site share: settings, packs, theme, and the site's own pages and files.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

use super::trace::{Phase, Span, Tracer};
use super::{Made, Options};
use crate::base::address::Address;
use crate::base::span::{Lines, Place};
use crate::check;
use crate::check::authored::Authored;
use crate::finding::{Code, Finding};
use crate::framework::{Packs, read as pack_reader};
use crate::render::data_package::Describer;
use crate::render::hosts::Hosting;
use crate::render::page::{Press, Unit, Whole};
use crate::render::theme::Theme;
use crate::render::{brand, maps, voice};
use crate::site::columns;
use crate::site::dataset;
use crate::site::links;
use crate::site::model::Model;
use crate::site::references;
use crate::source::files::{Content, Files};
use crate::source::layout::{Role, role};
use crate::source::site::{self as settings, Site};
use crate::source::unit::{self, AgencySource, Context};
use crate::text::SourceText;

/// Texts of authored files, to work out the lines of findings.
pub type Texts = BTreeMap<Arc<str>, SourceText>;

/// Figures that texts refer to, by file.
pub type Figures = BTreeMap<Arc<str>, Vec<String>>;

/// What all units of a site share.
pub struct Shared {
    /// What the run was asked for.
    pub options: Options,
    /// The settings.
    pub site: Site,
    /// The absolute address of the site's root.
    pub base_url: Option<String>,
    /// How its hosts are to serve it.
    pub hosting: Hosting,
    /// Old addresses that the hosts answer by a rule, and that have no page for that.
    pub answered: BTreeSet<Address>,
    /// The packs of the program and of the site.
    pub packs: Packs,
    /// The theme, where it can be used; read when it is first asked for, where it is ours alone.
    theme: OnceLock<Option<Theme>>,
    /// Has the site several agencies?
    pub many: bool,
    /// The site's own pages and attachments, with several agencies.
    pub own: AgencySource,
    /// The texts of all these files.
    pub texts: Texts,
    /// Who is told what is being done, if anybody.
    pub tracer: Option<Arc<dyn Tracer>>,
}

/// Reads what all units share.
pub fn read(files: Files, options: Options, many: bool) -> (Shared, Vec<Finding>) {
    let mut findings = Vec::new();
    let mut sorted = Sorted { many, ..Sorted::default() };
    for (path, content) in files {
        sorted.sort(path, content, &mut findings);
    }
    let Sorted { mut texts, theme, own, settings_failed, .. } = sorted;
    let (site, found) = match texts.get(settings::PATH) {
        Some(source) => settings::read(source),
        // A file that is there and can't be read was reported already.
        None if settings_failed => (Site::default(), Vec::new()),
        None => settings::absent(),
    };
    findings.extend(found);
    let mut packs = Packs::default();
    for source in texts.iter().filter(|(path, _)| path.starts_with(FRAMEWORKS)).map(|(_, source)| source) {
        findings.extend(pack_reader::pack_into(source, &mut packs));
    }
    let loaded = OnceLock::new();
    // A test holds that nothing is wrong with ours.
    if !theme.is_empty() || site.theme.value != Site::default().theme.value {
        let (theme, found) = Theme::load(&site, &theme);
        findings.extend(found);
        let _ = loaded.set(theme);
    }
    // With several agencies the rest of `content/` is the site's own: free pages and files. Nobody misses an `agency.yaml` there.
    let (own, found, own_texts) = unit::read(own, Context { slug: "", packs: &packs, drafts: options.drafts });
    let agency = "content/agency.yaml";
    findings.extend(found.into_iter().filter(|finding| finding.code != Code::MissingField || &*finding.place.file != agency));
    findings.extend(check::attachments::findings(&own));
    if let Some(logo) = site.logo.as_ref().filter(|_| many) {
        findings.extend(check::pictures::missing(logo, &own.folder, &own.attachments));
    }
    texts.extend(own_texts);
    findings.extend(check::personal::findings(&Authored { model: &Model::new(own.clone()), texts: &texts }));
    look(&mut findings, &[&texts]);
    let base_url = options.base_url.clone().or_else(|| site.base_url.clone());
    let hosting = Hosting::of(&site, base_url.as_deref());
    let answered = hosting.answered();
    (Shared { options, site, base_url, hosting, answered, packs, theme: loaded, many, own, texts, tracer: None }, findings)
}

/// Where packs of the site's own lie.
const FRAMEWORKS: &str = "content/frameworks/";

/// The site's files by what they are.
#[derive(Default)]
struct Sorted {
    texts: Texts,
    theme: Files,
    own: Files,
    /// Has the site several agencies?
    many: bool,
    settings_failed: bool,
}

impl Sorted {
    fn sort(&mut self, path: Arc<str>, content: Content, findings: &mut Vec<Finding>) {
        let is_settings = &*path == settings::PATH;
        if path.starts_with("themes/") {
            self.theme.insert(path, content);
            return;
        }
        let role = path.strip_prefix("content/").map(role);
        // With several agencies, an edition beside them is nobody's.
        let is_lost = match role {
            Some(Role::Edition(..)) => self.many,
            Some(Role::Framework) => false,
            _ => path.starts_with(FRAMEWORKS) && matches!(content, Content::Text(_)),
        };
        if is_lost {
            findings.push(Finding::new(Code::UnknownFile, Place::top(path)));
            return;
        }
        if !is_settings && !path.starts_with(FRAMEWORKS) {
            self.own.insert(path, content);
            return;
        }
        match content {
            Content::Text(bytes) => match SourceText::new(Arc::clone(&path), bytes) {
                Ok(text) => {
                    self.texts.insert(path, text);
                    return;
                }
                Err(finding) => findings.push(*finding),
            },
            Content::Unreadable(detail) => {
                findings.push(Finding::new(Code::UnreadableFile, Place::top(path)).with("detail", detail));
            }
            Content::Escape => findings.push(Finding::new(Code::PathEscape, Place::top(path)).case("symlink")),
            Content::Attachment { .. } | Content::Other => {
                let case = if &*path == "content/frameworks" { "folder" } else { "" };
                findings.push(Finding::new(Code::UnknownFile, Place::top(path)).case(case));
            }
        }
        self.settings_failed |= is_settings;
    }
}

/// Works out lines and excerpts of findings that have none yet.
pub fn look(findings: &mut [Finding], texts: &[&Texts]) {
    let mut lines: BTreeMap<Arc<str>, Lines<'_>> = BTreeMap::new();
    for finding in findings.iter_mut().filter(|finding| finding.seen.is_none()) {
        let file = &finding.place.file;
        if let Some(source) = texts.iter().find_map(|texts| texts.get(file)) {
            let lines = lines.entry(Arc::clone(file)).or_insert_with(|| Lines::new(&source.text));
            finding.look_in(lines);
        }
    }
}

/// What the pages of a unit are written with.
pub fn press<'a>(shared: &'a Shared, theme: &'a Theme, unit: Unit<'a>) -> Press<'a> {
    Press::new(Whole { site: &shared.site, base_url: shared.base_url.as_deref(), many: shared.many }, theme, unit)
}

impl Shared {
    /// The theme, where it can be used.
    pub fn theme(&self) -> Option<&Theme> {
        self.theme.get_or_init(|| Theme::load(&self.site, &Files::new()).0).as_ref()
    }

    /// Tells that work begins, until what is given back is dropped.
    pub fn trace(&self, phase: Phase, slug: &str) -> Span<'_> {
        Span::begin(self.tracer.as_deref(), phase, slug)
    }

    /// Who describes the data of the site.
    pub fn describer<'a>(&'a self, press: &'a Press<'a>) -> Describer<'a> {
        Describer { voice: &press.theme.voice, site: &self.site, base_url: self.base_url.as_deref() }
    }
}

/// The figures that texts refer to, by file.
pub fn figures(model: &Model) -> (Figures, Vec<Finding>) {
    let mut figures = Figures::new();
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

/// The files at the site's root: the style sheet, the page for addresses that do not exist, what robots ask for, and how hosts serve it.
pub fn root_files(shared: &Shared, press: &Press<'_>, made: &mut Made) {
    let root = Address::root();
    for (name, mut bytes) in press.theme.root_files(shared.many) {
        if let Some(accent) = shared.site.accent.filter(|_| name == "style.css") {
            bytes.extend(brand::style(accent).into_bytes());
        }
        super::put(&mut made.output, &root.below(name), bytes);
    }
    let joined = columns::JOINED.iter().filter(|table| shared.many && columns::TABLES.iter().all(|known| known.name != table.name));
    for table in columns::TABLES.iter().chain(joined) {
        super::put(&mut made.output, &dataset::schema(table.name), shared.describer(press).json_schema(table));
    }
    let listed: Vec<Address> = maps::addresses(&root, "sitemap").take_while(|map| made.output.get(&map.file()).is_some()).collect();
    super::put(&mut made.output, &root.below("robots.txt"), maps::robots(shared.base_url.as_deref(), &listed));
    let html = match &shared.base_url {
        Some(base_url) => press.not_found(base_url),
        None => Ok(plain_not_found(shared, press)),
    };
    made.page(&root.below("404.html"), html);
    for file in shared.hosting.files() {
        super::put(&mut made.output, &root.below(file.name), file.text.into_bytes());
    }
}

/// Without a `base_url` nobody knows from where the page will be shown, so it has no style and no links: three lines of text.
fn plain_not_found(shared: &Shared, press: &Press<'_>) -> String {
    let voice = &press.theme.voice;
    let line = |key: &str| voice.sentence(key, &[]).unwrap_or_default();
    let name = press.unit.model.map_or_else(|| voice.text(&shared.site.title), |model| voice.name(&model.agency.name));
    let title = voice::plain(&line("404.title"));
    format!(
        "<!doctype html>\n<html lang=\"{}\">\n<head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <title>{title}</title></head>\n<body>\n<main>\n<h1>{}</h1>\n<p>{}</p>\n<p>{name}</p>\n</main>\n</body>\n</html>\n",
        voice.language.code(),
        line("404.title"),
        line("404.why"),
    )
}

/// Where a fault of a finished page is told: in the author's own template, else where the theme is named.
pub fn theme_place(shared: &Shared, theme: &Theme, template: Option<&str>) -> Place {
    let own = template.and_then(|template| theme.own(template)).or_else(|| theme.own("base"));
    own.map_or_else(|| shared.site.theme.place.clone(), Place::top)
}
