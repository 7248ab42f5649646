//! What is added to a site that is there: a year, a page, commentary, a measure, rules, a file of the theme. Owns reading what the new
//! file is about, and one module for each kind. Refuses to write, and to go by a file that can't be read: nothing is carried over in doubt.

pub mod measure;
pub mod member;
pub mod pack;
pub mod page;
pub mod theme;
pub mod year;

use std::collections::BTreeMap;
use std::sync::Arc;

use super::said::Said;
use super::scalar::comment;
use super::starter::{self, NewFile};
use crate::base::date::parse_year;
use crate::base::thai;
use crate::finding::{Finding, Severity};
use crate::framework::{Pack, Packs, read as pack_reader};
use crate::source::files::{Content, Files};
use crate::source::layout::{EditionFile, Role, role};
use crate::source::site;
use crate::source::unit::{self, AgencySource, Context, EditionSource};
use crate::text::SourceText;

/// What is to be done: files to write, and what is told besides their names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// The new files.
    pub files: Vec<NewFile>,
    /// What is added to the end of a file that is there.
    pub added: Option<Added>,
    /// What is told on standard output below them; empty where the names say all.
    pub told: Said,
}

/// Lines for the end of a file that is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Added {
    /// Its path below the site folder.
    pub path: String,
    /// Its text, as it was read.
    pub before: String,
    /// The lines.
    pub more: String,
}

impl Plan {
    /// New files, and what is told of them.
    fn files(files: Vec<NewFile>, told: Said) -> Self {
        Self { files, added: None, told }
    }

    /// The same for a site without schemas: files name none.
    #[must_use]
    pub fn without_schemas(mut self) -> Self {
        for file in &mut self.files {
            if let Some((_, rest)) = file.text.split_once('\n').filter(|(first, _)| first.starts_with(starter::SCHEMA)) {
                file.text = rest.to_owned();
            }
        }
        self
    }

    /// One file, and what its author does next.
    fn of(file: NewFile, told: Said) -> Self {
        Self::files(vec![file], told)
    }
}

/// Texts of authored files by path.
type Texts = BTreeMap<Arc<str>, SourceText>;

/// An agency's sources, as far as new files go by them. Drafts count: somebody works on them.
#[derive(Debug)]
pub struct Ground {
    /// Where its files lie: `content/` or `content/SLUG/`.
    pub folder: String,
    /// The name of the site's theme.
    pub theme: String,
    /// The records.
    pub source: AgencySource,
    /// The packs of the program, the site and the agency.
    pub packs: Packs,
    /// The texts by path.
    pub texts: Texts,
    findings: Vec<Finding>,
    paths: Vec<Arc<str>>,
}

/// How many agencies are named to whoever has to choose one.
const MOST_NAMED: usize = 20;

/// Picks the agency that a command is for: the one, or the one of that slug.
///
/// # Errors
/// Where there are several and none is named, and where there is none of that slug.
pub fn agency(slugs: Option<&[String]>, asked: Option<&str>) -> Result<String, Said> {
    let (slugs, asked) = match (slugs, asked) {
        (None, None) => return Ok(String::new()),
        (None, Some(_)) => {
            return Err(Said::new("เว็บไซต์นี้มีหน่วยงานเดียว ไม่ต้องใส่ `--agency`", "this site has one agency; leave out `--agency`"));
        }
        (Some(slugs), asked) => (slugs, asked),
    };
    let known: Vec<&str> = slugs.iter().map(String::as_str).collect();
    let list = known.iter().take(MOST_NAMED).copied().collect::<Vec<_>>().join(", ");
    let (th, en) = match known.len().saturating_sub(MOST_NAMED) {
        0 => (list.clone(), list),
        more => (format!("{list} และอีก {more}"), format!("{list} and {more} more")),
    };
    let Some(asked) = asked else {
        return Err(Said::new(
            format!("เว็บไซต์นี้มีหลายหน่วยงาน โปรดระบุด้วย --agency: {th}"),
            format!("this site has several agencies; name one by --agency: {en}"),
        ));
    };
    if known.contains(&asked) {
        return Ok(asked.to_owned());
    }
    let asked = &comment(asked);
    let (th, en) = match thai::nearest(asked, &known) {
        Some(near) => (format!("ใกล้เคียง: `{near}`"), format!("Did you mean `{near}`?")),
        None => (format!("ที่มี: {th}"), format!("There are: {en}")),
    };
    Err(Said::new(format!("ไม่มีหน่วยงาน `{asked}` ใน `content/` {th}"), format!("there is no agency `{asked}` in `content/`. {en}")))
}

impl Ground {
    /// Reads the sources of an agency: the packs of the site, and its own files.
    pub fn read(slug: &str, shared: Files, own: Files) -> Self {
        let folder = if slug.is_empty() { "content/".to_owned() } else { format!("content/{slug}/") };
        let mut packs = Packs::default();
        let (mut findings, mut shared_texts, mut theme) = (Vec::new(), Vec::new(), site::Site::default().theme.value);
        for (path, content) in shared {
            let Content::Text(bytes) = content else { continue };
            let Ok(text) = SourceText::new(path, bytes) else { continue };
            if *text.path == *site::PATH {
                theme = site::read(&text).0.theme.value;
            } else if text.path.ends_with(".yaml") {
                findings.extend(pack_reader::pack_into(&text, &mut packs));
                shared_texts.push(text);
            }
        }
        let paths: Vec<Arc<str>> = own.keys().cloned().collect();
        let (source, found, mut texts) = unit::read(own, Context { slug, packs: &packs, drafts: true });
        findings.extend(found);
        for text in texts.values().filter(|text| text.path.starts_with(&format!("{folder}frameworks/"))) {
            // Its findings are there already.
            let _ = pack_reader::pack_into(text, &mut packs);
        }
        texts.extend(shared_texts.into_iter().map(|text| (Arc::clone(&text.path), text)));
        Self { folder, theme, source, packs, texts, findings, paths }
    }

    /// The path of a file from the agency's folder.
    fn below<'p>(&self, path: &'p str) -> &'p str {
        path.strip_prefix(self.folder.as_str()).unwrap_or(path)
    }

    /// What each file of an edition is: the year, its part, the path.
    fn edition_files(&self) -> impl Iterator<Item = (u16, EditionFile, &Arc<str>)> {
        self.paths.iter().filter_map(|path| match role(self.below(path)) {
            Role::Edition(year, file) => Some((year, file, path)),
            _ => None,
        })
    }

    /// The years that have an assessment, oldest first.
    pub fn years(&self) -> Vec<u16> {
        let mut years: Vec<u16> =
            self.edition_files().filter(|(_, file, _)| *file == EditionFile::Assessment).map(|(year, ..)| year).collect();
        years.sort_unstable();
        years.dedup();
        years
    }

    /// The folder of a year in which anything lies, as it is spelt, without its closing slash.
    pub fn folder_of(&self, year: u16) -> Option<&str> {
        let first = |path: &'_ Arc<str>| self.below(path).split_once('/').map(|(first, _)| first.len() + self.folder.len());
        let mut folders = self.paths.iter().filter_map(|path| path.get(..first(path)?));
        folders.find(|folder| parse_year(self.below(folder)) == Some(year))
    }

    /// The edition of the year that is asked for, or of the newest year.
    ///
    /// # Errors
    /// Where there is none, or it can't be read.
    pub fn edition(&self, asked: Option<&str>) -> Result<&EditionSource, Said> {
        let years = self.years();
        let list = years.iter().map(u16::to_string).collect::<Vec<_>>().join(", ");
        let Some(newest) = years.last() else {
            return Err(Said::new(
                format!("ยังไม่มีปีใดใน `{}` เพิ่มด้วย `prongsai new year`", self.folder),
                format!("there is no year in `{}` yet; add one with `prongsai new year`", self.folder),
            ));
        };
        let year = match asked {
            None => *newest,
            Some(text) => parse_year(text.trim()).filter(|year| years.contains(year)).ok_or_else(|| {
                let text = comment(text);
                Said::new(
                    format!("ไม่มีปี `{text}` ใน `{}` ที่มี: {list}", self.folder),
                    format!("there is no year `{text}` in `{}`; there are: {list}", self.folder),
                )
            })?,
        };
        self.sound(year)
    }

    /// The edition of a year, of which every file could be read.
    fn sound(&self, year: u16) -> Result<&EditionSource, Said> {
        let folder = format!("{}/", self.folder_of(year).unwrap_or_default());
        let error = self.findings.iter().find(|found| found.severity() == Severity::Error && found.place.file.starts_with(&folder));
        match (error, self.source.editions.iter().find(|edition| edition.year == year)) {
            (None, Some(edition)) => Ok(edition),
            (error, _) => {
                use crate::base::language::Language;
                let file = error.map_or_else(|| folder.clone(), |error| error.place.file.to_string());
                let why = |language| error.map_or_else(String::new, |error| format!(" ({})", error.message(language)));
                Err(Said::new(
                    format!("อ่าน `{file}` ไม่ได้{} โปรดแก้ตามที่ `prongsai check` บอก แล้วสั่งอีกครั้ง", why(Language::Th)),
                    format!("`{file}` can't be read{}. Mend what `prongsai check` tells, then try again.", why(Language::En)),
                ))
            }
        }
    }
}

/// What a pack is called to people: its id and, where it is for another year, which.
fn called(pack: &Pack) -> String {
    format!("{} (พ.ศ. {})", pack.id, pack.fiscal_year)
}
