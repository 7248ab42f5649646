//! All the records of one agency. Owns the walk over its files: each is read by the format of its place, and what has no place is
//! reported. Refuses addresses: where links lead is decided in the next room.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::agency::{self, Agency};
use super::assessment::{self, Assessment};
use super::attachment::Facts;
use super::commentary::{self, Commentary};
use super::disclosures::{self, Disclosures};
use super::files::{Content, Files};
use super::layout::{EditionFile, Role, is_folder_of_ours, role};
use super::measures::{self, Measure};
use super::unknown;
use crate::base::address::Address;
use crate::base::output::Attachment;
use crate::base::span::{Place, Span};
use crate::base::{digits, thai};
use crate::finding::{Code, Finding};
use crate::framework::{Pack, Packs, read as pack_reader};
use crate::text::decode::Decoder;
use crate::text::yaml::{self, Kind, Node};
use crate::text::{SourceText, is_no_text};

/// The records of one agency.
#[derive(Clone, Debug, Default)]
pub struct AgencySource {
    /// Who it is.
    pub agency: Agency,
    /// The folder that its files lie in: `content/` or `content/SLUG/`.
    pub folder: String,
    /// Its editions, oldest first. One whose assessment can't be read is not here: its findings are errors.
    pub editions: Vec<EditionSource>,
    /// Its free pages, by name.
    pub pages: BTreeMap<String, Commentary>,
    /// Its attachments, by their path below `files/`, in normal form.
    pub attachments: BTreeMap<String, Attachment>,
    /// What the bytes of attachments tell, by the same path, where that is anything to speak of.
    pub facts: BTreeMap<String, Facts>,
    /// What is left out as a draft, as subjects of findings have it: `2569/`, `2568/issue-3`, `next/`.
    pub drafts: BTreeSet<String>,
}

/// The records of an edition.
#[derive(Clone, Debug)]
pub struct EditionSource {
    /// The fiscal year (พ.ศ.).
    pub year: u16,
    /// The edition's folder, as it is spelt: `content/2568/`.
    pub folder: String,
    /// The rules.
    pub pack: Arc<Pack>,
    /// The published result.
    pub assessment: Assessment,
    /// The records of items, where there is a file.
    pub disclosures: Option<Disclosures>,
    /// The measures.
    pub measures: Vec<Measure>,
    /// The opening of the report.
    pub report: Option<Commentary>,
    /// Commentary by issue.
    pub issues: BTreeMap<u32, Commentary>,
    /// Commentary by item, as its place in the pack.
    pub items: BTreeMap<usize, Commentary>,
}

/// What reading an agency needs besides its files.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// The agency's slug; empty with one agency.
    pub slug: &'a str,
    /// The packs of the program and of the site.
    pub packs: &'a Packs,
    /// Are drafts included?
    pub drafts: bool,
}

/// Reads all files of an agency. Findings have their place but no line yet; the texts are given back to look them up.
pub fn read(mut files: Files, context: Context<'_>) -> (AgencySource, Vec<Finding>, BTreeMap<Arc<str>, SourceText>) {
    let folder = if context.slug.is_empty() { "content/".to_owned() } else { format!("content/{}/", context.slug) };
    let mut reader = Reader {
        context,
        findings: Vec::new(),
        texts: BTreeMap::new(),
        attachments: BTreeMap::new(),
        facts: BTreeMap::new(),
        drafts: BTreeSet::new(),
    };
    let mut sorted = Sorted::default();
    for (path, content) in std::mem::take(&mut files) {
        reader.sort(path, content, &folder, &mut sorted);
    }
    let mut source = AgencySource { folder: folder.clone(), ..AgencySource::default() };
    source.agency = reader.agency(&format!("{folder}agency.yaml"), &sorted);
    let packs = reader.own_packs(&sorted);
    source.pages = reader.pages(sorted.pages);
    for (year, files) in sorted.editions {
        source.editions.extend(reader.edition(year, files, &packs));
    }
    source.attachments = reader.attachments;
    source.facts = reader.facts;
    source.drafts = reader.drafts;
    (source, reader.findings, reader.texts)
}

/// The files of an agency by what they are.
#[derive(Default)]
struct Sorted {
    agency: Option<Arc<str>>,
    frameworks: Vec<Arc<str>>,
    pages: BTreeMap<String, Arc<str>>,
    editions: BTreeMap<u16, EditionFiles>,
}

/// The files of an edition.
#[derive(Default)]
struct EditionFiles {
    folder: String,
    assessment: Option<Arc<str>>,
    disclosures: Option<Arc<str>>,
    measures: Option<Arc<str>>,
    report: Option<Arc<str>>,
    issues: Vec<(String, Arc<str>)>,
    items: Vec<(String, Arc<str>)>,
}

struct Reader<'a> {
    context: Context<'a>,
    findings: Vec<Finding>,
    texts: BTreeMap<Arc<str>, SourceText>,
    attachments: BTreeMap<String, Attachment>,
    facts: BTreeMap<String, Facts>,
    drafts: BTreeSet<String>,
}

impl Reader<'_> {
    /// Puts a file where it belongs, and keeps its text.
    fn sort(&mut self, path: Arc<str>, content: Content, folder: &str, sorted: &mut Sorted) {
        let below = path.strip_prefix(folder).unwrap_or(&path).to_owned();
        let role = role(&below);
        if role == Role::Junk {
            return;
        }
        match content {
            Content::Escape => {
                self.findings.push(Finding::new(Code::PathEscape, Place::top(path)).case("symlink"));
                return;
            }
            Content::Unreadable(detail) => {
                self.findings.push(Finding::new(Code::UnreadableFile, Place::top(path)).with("detail", detail));
                return;
            }
            Content::Attachment { size, hash, facts } => {
                match role {
                    Role::Attachment(name) => self.attach(&name, Attachment { from: path, size, hash }, facts),
                    _ => self.unknown(path, &below),
                }
                return;
            }
            Content::Other => {
                self.unknown(path, &below);
                return;
            }
            Content::Text(bytes) => {
                let known = !matches!(role, Role::Unknown | Role::Site | Role::Attachment(_));
                if !known {
                    self.unknown(path, &below);
                    return;
                }
                match SourceText::new(Arc::clone(&path), bytes) {
                    Ok(text) => {
                        self.texts.insert(Arc::clone(&path), text);
                    }
                    Err(finding) => {
                        self.findings.push(*finding);
                    }
                }
            }
        }
        self.place(role, path, &below, folder, sorted);
    }

    fn unknown(&mut self, path: Arc<str>, below: &str) {
        let case = if is_folder_of_ours(below) { "folder" } else { "" };
        self.findings.push(Finding::new(Code::UnknownFile, Place::top(path)).case(case));
    }

    fn place(&mut self, role: Role, path: Arc<str>, below: &str, folder: &str, sorted: &mut Sorted) {
        match role {
            Role::Agency => sorted.agency = Some(path),
            Role::Framework => sorted.frameworks.push(path),
            Role::Page(name) if !is_servable(&name) => {
                self.findings.push(Finding::new(Code::UnknownFile, Place::top(path)).case("name"));
            }
            Role::Page(name) => {
                let name = thai::normal(&name);
                match sorted.pages.get(&name) {
                    Some(other) => {
                        let finding = collision(&path, &format!("{name}/"), other);
                        self.findings.push(finding);
                    }
                    None => {
                        sorted.pages.insert(name, path);
                    }
                }
            }
            Role::Edition(year, file) => {
                let own = format!("{folder}{}/", below.split('/').next().unwrap_or_default());
                let files = sorted.editions.entry(year).or_default();
                if files.folder.is_empty() {
                    files.folder.clone_from(&own);
                } else if files.folder != own {
                    // Two spellings of one year (2568 and ๒๕๖๘) are two sources for one address.
                    self.findings.push(collision(&path, &format!("{year}/"), &files.folder));
                    return;
                }
                match file {
                    EditionFile::Assessment => files.assessment = Some(path),
                    EditionFile::Disclosures => files.disclosures = Some(path),
                    EditionFile::Measures => files.measures = Some(path),
                    EditionFile::Report => files.report = Some(path),
                    EditionFile::Issue(name) => files.issues.push((name, path)),
                    EditionFile::Item(name) => files.items.push((name, path)),
                }
            }
            Role::Site | Role::Attachment(_) | Role::Junk | Role::Unknown => {}
        }
    }

    fn attach(&mut self, name: &str, attachment: Attachment, facts: Facts) {
        let normal = thai::normal(name);
        if !is_servable(name) {
            self.findings.push(Finding::new(Code::UnknownFile, Place::top(attachment.from)).case("name"));
            return;
        }
        match self.attachments.get(&normal) {
            Some(other) => self.findings.push(collision(&attachment.from, &format!("files/{normal}"), &other.from)),
            None => {
                if facts != Facts::default() {
                    self.facts.insert(normal.clone(), facts);
                }
                self.attachments.insert(normal, attachment);
            }
        }
    }

    fn agency(&mut self, path: &str, sorted: &Sorted) -> Agency {
        let slug = self.context.slug;
        match sorted.agency.as_ref().and_then(|path| self.texts.get(path)) {
            Some(source) => {
                let (agency, findings) = agency::read(source, slug);
                self.findings.extend(findings);
                agency
            }
            None => {
                if sorted.agency.is_none() && !self.findings.iter().any(|finding| *finding.place.file == *path) {
                    self.findings.push(agency::absent(path));
                }
                Agency { slug: slug.to_owned(), ..Agency::default() }
            }
        }
    }

    fn own_packs(&mut self, sorted: &Sorted) -> Packs {
        let mut packs = self.context.packs.clone();
        for source in sorted.frameworks.iter().filter_map(|path| self.texts.get(path)) {
            self.findings.extend(pack_reader::pack_into(source, &mut packs));
        }
        packs
    }

    fn pages(&mut self, pages: BTreeMap<String, Arc<str>>) -> BTreeMap<String, Commentary> {
        let mut read = BTreeMap::new();
        for (name, path) in pages {
            if let Some(page) = self.commentary(&path, &format!("{name}/")) {
                read.insert(name, page);
            }
        }
        read
    }

    /// Reads a Markdown file; a draft is left out, with its findings, unless drafts are asked for.
    fn commentary(&mut self, path: &Arc<str>, subject: &str) -> Option<Commentary> {
        let source = self.texts.get(path)?;
        let (commentary, findings) = commentary::read(source, subject);
        if commentary.as_ref().is_some_and(|c| c.draft) && !self.context.drafts {
            self.drafts.insert(subject.to_owned());
            return None;
        }
        self.findings.extend(findings);
        commentary
    }

    fn edition(&mut self, year: u16, files: EditionFiles, packs: &Packs) -> Option<EditionSource> {
        let Some(path) = &files.assessment else {
            let missing = format!("{}assessment.yaml", files.folder);
            if !self.findings.iter().any(|finding| *finding.place.file == *missing) {
                let finding = Finding::new(Code::MissingField, Place::top(missing.as_str())).case("file").about(format!("{year}/"));
                self.findings.push(finding.with("file", missing).with("key", "framework"));
            }
            return None;
        };
        let source = self.texts.get(path)?.clone();
        let root = match yaml::parse(&source) {
            Ok(root) => root,
            Err(finding) => {
                self.findings.push(finding.about(format!("{year}/")));
                return None;
            }
        };
        let head = assessment::head(&root, |span| source.place(span));
        if head.draft && !self.context.drafts {
            self.drafts.insert(format!("{year}/"));
            return None;
        }
        let pack = head.framework.as_ref().and_then(|id| packs.get(&id.value)).cloned();
        let mut d = Decoder::new(&source, format!("{year}/"));
        if let (Some(id), None) = (head.framework.as_ref().filter(|id| !packs.is_faulty(&id.value)), &pack) {
            d.report(unknown::framework(packs, id));
        }
        let assessment = assessment::read(&mut d, &root, year, pack.as_deref());
        self.findings.append(&mut d.findings);
        let pack = pack?;
        let disclosures =
            files.disclosures.as_ref().and_then(|path| self.yaml(path, year, |d, root| disclosures::read(d, root, year, &pack)));
        let measures = files.measures.as_ref().and_then(|path| self.yaml(path, year, |d, root| measures::read(d, root, year, &pack)));
        let report = files.report.as_ref().and_then(|path| self.commentary(path, &format!("{year}/report/")));
        let issues = self.issues(year, files.issues, &pack);
        let items = self.items(year, files.items, &pack);
        let measures = measures.unwrap_or_default();
        Some(EditionSource { year, folder: files.folder, pack, assessment: assessment?, disclosures, measures, report, issues, items })
    }

    /// Reads a YAML file of an edition.
    fn yaml<T>(&mut self, path: &Arc<str>, year: u16, read: impl FnOnce(&mut Decoder<'_>, &Node) -> T) -> Option<T> {
        let source = self.texts.get(path)?;
        match yaml::parse(source) {
            Ok(root) => {
                let mut d = Decoder::new(source, format!("{year}/"));
                let value = read(&mut d, &root);
                self.findings.append(&mut d.findings);
                Some(value)
            }
            Err(finding) => {
                self.findings.push(finding.about(format!("{year}/")));
                None
            }
        }
    }

    fn issues(&mut self, year: u16, files: Vec<(String, Arc<str>)>, pack: &Pack) -> BTreeMap<u32, Commentary> {
        let mut read: BTreeMap<u32, Commentary> = BTreeMap::new();
        for (name, path) in files {
            let number = digits::to_ascii(&name).parse().ok().filter(|number| pack.issue(*number).is_some());
            let Some(number) = number else {
                let finding = unknown::issue(pack, Place::top(Arc::clone(&path)), &name).about(format!("{year}/issue-{name}"));
                self.findings.push(finding);
                continue;
            };
            if let Some(first) = read.get(&number) {
                self.findings.push(collision(&path, &format!("{year}/issues/{number}/"), &first.path));
            } else if let Some(commentary) = self.commentary(&path, &format!("{year}/issue-{number}")) {
                read.insert(number, commentary);
            }
        }
        read
    }

    fn items(&mut self, year: u16, files: Vec<(String, Arc<str>)>, pack: &Pack) -> BTreeMap<usize, Commentary> {
        let mut read: BTreeMap<usize, Commentary> = BTreeMap::new();
        for (name, path) in files {
            let Some(source) = self.texts.get(&path) else { continue };
            let mut d = Decoder::new(source, "");
            let key = Node { span: Span::default(), kind: Kind::Scalar { text: name, quoted: false } };
            let item = disclosures::item(&mut d, &key, year, pack);
            self.findings.append(&mut d.findings);
            let Some(item) = item else { continue };
            let code = pack.items[item].code;
            if let Some(first) = read.get(&item) {
                self.findings.push(collision(&path, &format!("{year}/oit/{code}/"), &first.path));
            } else if let Some(commentary) = self.commentary(&path, &format!("{year}/{code}")) {
                read.insert(item, commentary);
            }
        }
        read
    }
}

/// Can a file of this name be served, and its name be read? One with marks of writing direction shows as another.
pub fn is_servable(name: &str) -> bool {
    let is_hidden = |c: char| matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{61c}');
    Address::new(&format!("files/{name}")).is_ok() && !name.chars().any(|c| is_no_text(c) || c.is_control() || is_hidden(c))
}

/// The finding that two files make one address.
pub fn collision(path: &Arc<str>, address: &str, other: &str) -> Finding {
    Finding::new(Code::RouteCollision, Place::top(Arc::clone(path))).about(address).with("address", address).with("other", other)
}
