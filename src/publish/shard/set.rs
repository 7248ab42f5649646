//! Parts of a site that are to be joined. Owns whether folders are parts, and the parts of one site, each once and none missing: all that
//! is wrong is told at once. Owns what of them is believed: what the manifest of a part names, with its size and its hash. Refuses to
//! write anything.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{NAME, SITE, Shard, remains_path};
use crate::base::date::Date;
use crate::base::hash::Hash;
use crate::base::language::{Language, counted};
use crate::base::output::{Attachment, Entry, Output};
use crate::base::path_text::path_text;
use crate::disk::fault::Fault;
use crate::disk::published::{Published, There};
use crate::disk::target::LARGEST;
use crate::engine::part::{Given, Parts};
use crate::engine::{Left, Options};
use crate::publish::manifest::{self, Manifest, Record};

/// A folder with a part in it.
#[derive(Debug)]
pub struct Opened {
    folder: PathBuf,
    published: Published,
    root: Manifest,
    shard: Shard,
}

/// What keeps folders from being joined.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Discord {
    /// There is no such folder.
    NoFolder(PathBuf),
    /// There is no part in it.
    NoShard(PathBuf),
    /// What is in it is not as it was built.
    Damaged(PathBuf),
    /// It was made by another version of the program.
    Program(PathBuf, String),
    /// It is one of another count of parts than the first folder.
    Count(PathBuf, usize, usize),
    /// It was built with other options than the first folder.
    Options(PathBuf, &'static str),
    /// It was built when the site had other agencies; the first slug that only one of them knows.
    Agencies(PathBuf, String),
    /// It was built of other files of the site's own; the first that differs, where that can be told.
    Sources(PathBuf, Option<String>),
    /// Both are the same part.
    Twice(PathBuf, PathBuf, usize),
    /// These parts are missing.
    Missing(Vec<usize>, usize),
}

/// The parts of one site.
#[derive(Debug)]
pub struct Set {
    opened: Vec<Opened>,
    /// Where an agency is: the part, and what its manifest is known to be.
    agencies: BTreeMap<String, (usize, Record)>,
    given: Given,
}

impl Opened {
    /// Opens a folder.
    ///
    /// # Errors
    /// When the system fails; the inner one where there is no part that can be used.
    fn open(folder: &Path) -> io::Result<Result<Self, Discord>> {
        let published = match Published::open(folder) {
            Ok(published) => published,
            Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
                return Ok(Err(Discord::NoFolder(folder.to_owned())));
            }
            Err(error) => return Err(error),
        };
        let root = bounded(published.bytes(manifest::NAME, LARGEST))?.and_then(|bytes| Manifest::parse(&bytes).ok());
        let Some((root, record)) = root.and_then(|root| root.get(NAME).map(|record| (root, record))) else {
            // One whose manifest was altered may still look like one.
            let is_like_one = published.bytes(NAME, LARGEST).is_ok_and(|bytes| bytes.is_some());
            return Ok(Err(if is_like_one { Discord::Damaged(folder.to_owned()) } else { Discord::NoShard(folder.to_owned()) }));
        };
        let damaged = || Ok(Err(Discord::Damaged(folder.to_owned())));
        let Some(bytes) = named(&published, NAME, record)? else { return damaged() };
        // Of another form, it may say who made it all the same.
        #[derive(serde::Deserialize)]
        struct Maker {
            format: u32,
            program: String,
        }
        match serde_json::from_slice::<Maker>(&bytes) {
            Ok(Maker { format, program }) if format != super::FORMAT || program != super::PROGRAM => {
                return Ok(Err(Discord::Program(folder.to_owned(), program)));
            }
            _ => {}
        }
        let shard = serde_json::from_slice::<Shard>(&bytes).ok();
        let in_order = |slugs: &[String]| slugs.windows(2).all(|pair| pair[0] < pair[1]);
        let is_sound = |shard: &Shard| shard.given().is_some() && in_order(&shard.agencies) && has_left_its_own(shard);
        let Some(shard) = shard.filter(is_sound) else { return damaged() };
        Ok(Ok(Self { folder: folder.to_owned(), published, root, shard }))
    }

    /// Are the site's own sources in it those that its manifest names, and the same as in another part?
    ///
    /// # Errors
    /// When the system fails.
    fn has_sources_of(&self, first: &Self) -> io::Result<bool> {
        let of = |root: &Manifest| -> Vec<(String, Record)> {
            let paths = root.below(SOURCES).filter_map(|path| Some((path.to_owned(), root.get(path)?)));
            paths.collect()
        };
        let own = of(&self.root);
        if own != of(&first.root) {
            return Ok(false);
        }
        for (path, Record { size, hash }) in own {
            if self.published.look(&path, size)? != There::File(hash) {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// All that differs from another part that a part of the same site has alike.
    fn differs(&self, first: &Self) -> Vec<Discord> {
        let folder = || self.folder.clone();
        let (own, other) = (&self.shard, &first.shard);
        let mut all = Vec::new();
        if own.of != other.of {
            all.push(Discord::Count(folder(), own.of, other.of));
        }
        let options =
            [(own.today != other.today, "today"), (own.drafts != other.drafts, "drafts"), (own.base_url != other.base_url, "base_url")];
        all.extend(options.into_iter().filter(|(differs, _)| *differs).map(|(_, which)| Discord::Options(folder(), which)));
        if own.agencies != other.agencies {
            let lone = |a: &[String], b: &[String]| a.iter().find(|slug| b.binary_search(slug).is_err()).cloned();
            let slug = lone(&own.agencies, &other.agencies).or_else(|| lone(&other.agencies, &own.agencies));
            all.push(Discord::Agencies(folder(), slug.unwrap_or_default()));
        }
        // The hash of what went in differs with the options too: beside another reason, a file that differs has to be there.
        if own.inputs != other.inputs {
            let file = self.other_source(first);
            if file.is_some() || all.is_empty() {
                all.push(Discord::Sources(folder(), file));
            }
        }
        all
    }

    /// The first of the site's own sources that is not the same in both.
    fn other_source(&self, first: &Self) -> Option<String> {
        let differs = |a: &Manifest, b: &Manifest| a.below(SOURCES).find(|path| a.get(path) != b.get(path)).map(str::to_owned);
        let path = differs(&self.root, &first.root).or_else(|| differs(&first.root, &self.root))?;
        path.strip_prefix(SOURCES).map(str::to_owned)
    }

    /// The agencies that the part has to have: those of its share that have no errors.
    fn expected(&self) -> impl Iterator<Item = &String> {
        let left: Vec<&str> = self.shard.left.iter().map(|faulty| faulty.slug.as_str()).collect();
        let all = self.shard.share().into_iter().flat_map(|share| share.slugs(&self.shard.agencies));
        all.filter(move |slug| !left.contains(&slug.as_str()))
    }
}

/// What the sources of the site's own lie below.
const SOURCES: &str = "_shard/site/";

/// Does it name as left out none but agencies of its share, each once?
fn has_left_its_own(shard: &Shard) -> bool {
    let Some(share) = shard.share() else { return false };
    let mut own: BTreeSet<&str> = share.slugs(&shard.agencies).map(String::as_str).collect();
    shard.left.iter().all(|faulty| own.remove(faulty.slug.as_str()))
}

/// The bytes of a file that a manifest names; `None` where it is not as that says.
fn named(published: &Published, path: &str, record: Record) -> io::Result<Option<Vec<u8>>> {
    let bytes = bounded(published.bytes(path, LARGEST))?;
    Ok(bytes.filter(|bytes| bytes.len() as u64 == record.size && Hash::of(bytes) == record.hash))
}

/// A file that is larger than any of ours is none of ours.
fn bounded(read: io::Result<Option<Vec<u8>>>) -> io::Result<Option<Vec<u8>>> {
    match read {
        Err(error) if error.kind() == io::ErrorKind::FileTooLarge => Ok(None),
        read => read,
    }
}

impl Set {
    /// Opens folders and looks whether they are the parts of one site.
    ///
    /// # Errors
    /// When the system fails; the inner one, with all that is wrong, where they are not.
    pub fn open(folders: &[PathBuf]) -> io::Result<Result<Self, Vec<Discord>>> {
        let mut wrong = Vec::new();
        let mut opened: Vec<Opened> = Vec::new();
        for folder in folders {
            match Opened::open(folder)? {
                Ok(one) => opened.push(one),
                Err(discord) => wrong.push(discord),
            }
        }
        // Whatever is wrong with these, they are there.
        let unread = wrong.iter().filter(|discord| matches!(discord, Discord::Damaged(_) | Discord::Program(..))).count();
        // Of a folder that differs nothing is said of its files: what is wrong with them may follow from it.
        let mut told: BTreeSet<usize> = BTreeSet::new();
        if let Some((first, others)) = opened.split_first() {
            for (at, other) in (1..).zip(others) {
                let mut differs = other.differs(first);
                if differs.is_empty() && !other.has_sources_of(first)? {
                    differs.push(Discord::Damaged(other.folder.clone()));
                }
                if !differs.is_empty() {
                    told.insert(at);
                }
                wrong.extend(differs);
            }
            // The second of five is no second of seven, nor in its place.
            let of = first.shard.of;
            let mut seen: BTreeMap<usize, &Path> = BTreeMap::new();
            for one in opened.iter().filter(|one| one.shard.of == of) {
                if let Some(known) = seen.insert(one.shard.shard, &one.folder) {
                    wrong.push(Discord::Twice(known.to_owned(), one.folder.clone(), one.shard.shard));
                }
            }
            let missing: Vec<usize> = (1..=of).filter(|number| !seen.contains_key(number)).collect();
            if missing.len() > unread {
                wrong.push(Discord::Missing(missing, of));
            }
        }
        let mut agencies = BTreeMap::new();
        for (at, one) in opened.iter().enumerate() {
            let known: BTreeMap<&str, Record> = one.root.agencies().collect();
            let mut is_whole = known.len() == one.expected().count();
            for slug in one.expected() {
                match known.get(slug.as_str()) {
                    Some(record) => {
                        agencies.insert(slug.clone(), (at, *record));
                    }
                    None => is_whole = false,
                }
            }
            if !is_whole && told.insert(at) {
                wrong.push(Discord::Damaged(one.folder.clone()));
            }
        }
        let given = opened.first().and_then(|first| first.shard.given());
        Ok(match given {
            Some(given) if wrong.is_empty() => Ok(Self { opened, agencies, given }),
            _ => Err(wrong),
        })
    }

    /// The options that all parts were built with; `None` where the day is none.
    pub fn options(&self) -> Option<Options> {
        let shard = &self.opened.first()?.shard;
        Some(Options { drafts: shard.drafts, base_url: shard.base_url.clone(), today: Date::parse(&shard.today)? })
    }

    /// What all parts were given.
    pub fn given(&self) -> &Given {
        &self.given
    }

    /// The folder with the site's own sources.
    pub fn site(&self) -> PathBuf {
        self.opened.first().map_or_else(PathBuf::new, |one| one.folder.join(SITE))
    }

    /// The agencies that were left out of their parts.
    pub fn left(&self) -> Vec<Left> {
        self.opened.iter().flat_map(|one| &one.shard.left).map(super::Faulty::left).collect()
    }

    /// What remains of all agencies, as the parts wrote it: it is asked for soon, and is small.
    ///
    /// # Errors
    /// When a part is not as it was built, and when the system fails.
    pub fn read(self) -> io::Result<Read> {
        let mut remains = BTreeMap::new();
        for one in &self.opened {
            let mut lines: Vec<Vec<u8>> = Vec::new();
            for number in 1.. {
                let path = remains_path(number);
                let Some(record) = one.root.get(&path) else { break };
                let bytes = named(&one.published, &path, record)?.ok_or_else(|| damaged(&one.folder))?;
                lines.extend(bytes.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()).map(<[u8]>::to_vec));
            }
            let slugs: Vec<&String> = one.expected().collect();
            if slugs.len() != lines.len() {
                return Err(damaged(&one.folder));
            }
            remains.extend(slugs.into_iter().cloned().zip(lines));
        }
        Ok(Read { set: self, remains })
    }
}

fn damaged(folder: &Path) -> io::Error {
    Fault::Unlike(folder.to_owned()).into()
}

/// The parts of one site, with what remains of their agencies.
#[derive(Debug)]
pub struct Read {
    /// The parts.
    pub set: Set,
    remains: BTreeMap<String, Vec<u8>>,
}

impl Read {
    fn place(&self, slug: &str) -> io::Result<(&Opened, Record)> {
        let place = self.set.agencies.get(slug).and_then(|(at, record)| Some((self.set.opened.get(*at)?, *record)));
        place.ok_or_else(|| self.is_damaged(slug))
    }
}

impl Parts for Read {
    fn remains(&self, slug: &str) -> io::Result<Vec<u8>> {
        self.remains.get(slug).cloned().ok_or_else(|| self.is_damaged(slug))
    }

    fn output(&self, slug: &str) -> io::Result<Output> {
        let (one, record) = self.place(slug)?;
        let own = format!("{slug}/{}", manifest::NAME);
        let bytes = named(&one.published, &own, record)?.ok_or_else(|| self.is_damaged(slug))?;
        let manifest = Manifest::parse(&bytes).map_err(|_| self.is_damaged(slug))?;
        // Where it was asked for may change while the program runs; this folder does not.
        let folder = std::path::absolute(&one.folder)?;
        let mut output = Output::default();
        for (path, Record { size, hash }) in manifest.iter() {
            let path = format!("{slug}/{path}");
            let from = folder.join(&path);
            // Its bytes are compared while they are copied.
            if !one.published.has(&path, size)? {
                return Err(Fault::Unlike(from).into());
            }
            let from = from.to_str().ok_or_else(|| Fault::NoText(folder.clone()))?;
            let _ = output.put(path, Entry::Copy(Attachment { from: Arc::from(from), size, hash }));
        }
        Ok(output)
    }

    fn is_damaged(&self, slug: &str) -> io::Error {
        let of_agency = self.set.agencies.get(slug).and_then(|(at, _)| self.set.opened.get(*at)).map(|one| one.folder.join(slug));
        damaged(&of_agency.unwrap_or_else(|| self.set.site()))
    }
}

impl Discord {
    /// What is wrong, and what to do, in one or two sentences.
    pub fn tell(&self, language: Language) -> String {
        let th = language == Language::Th;
        let shown = |path: &Path| path_text(path.as_os_str());
        match self {
            Self::NoFolder(path) if th => format!("ไม่มีโฟลเดอร์ `{}`", shown(path)),
            Self::NoFolder(path) => format!("there is no folder `{}`", shown(path)),
            Self::NoShard(path) if th => {
                format!("`{}` ไม่ใช่โฟลเดอร์ของส่วน เพราะไม่มี `{NAME}` โปรดใช้โฟลเดอร์ที่ `prongsai build --shard` สร้าง", shown(path))
            }
            Self::NoShard(path) => {
                format!("`{}` is no shard: it has no `{NAME}`. Name folders that `prongsai build --shard` made.", shown(path))
            }
            Self::Damaged(path) if th => {
                format!("`{}` ไม่ตรงกับตอนที่สร้าง โปรดสร้างส่วนนี้ใหม่ (`prongsai verify` บอกว่าไฟล์ใดเปลี่ยน)", shown(path))
            }
            Self::Damaged(path) => {
                format!("`{}` is not as it was built. Build this shard again (`prongsai verify` tells which file changed).", shown(path))
            }
            Self::Program(path, program) => {
                let program = path_text(program.as_ref());
                let (path, own) = (shown(path), super::PROGRAM);
                if th {
                    format!("`{path}` สร้างด้วยโปรแกรมรุ่นอื่น ({program}) ไม่ใช่ {own} โปรดใช้โปรแกรมรุ่นเดียวกันทุกส่วน")
                } else {
                    format!(
                        "`{path}` was made by another version of the program ({program}), not by {own}. Use one version for all shards."
                    )
                }
            }
            Self::Count(path, own, other) if th => format!("`{}` เป็นส่วนของชุดที่มี {own} ส่วน แต่โฟลเดอร์แรกเป็นของชุดที่มี {other} ส่วน", shown(path)),
            Self::Count(path, own, other) => {
                format!("`{}` is one of {}, and the first folder is one of {other}", shown(path), counted(*own, "shard"))
            }
            Self::Options(path, which) => {
                let path = shown(path);
                let (thai, english) = match *which {
                    "today" => (
                        "สร้างในวันอื่น โปรดตั้ง SOURCE_DATE_EPOCH ให้เท่ากันทุกส่วน",
                        "was built on another day. Give all shards the same SOURCE_DATE_EPOCH.",
                    ),
                    "drafts" => ("ต่างกันที่ `--drafts` โปรดใช้เหมือนกันทุกส่วน", "differs in `--drafts`. Give all shards the same flags."),
                    _ => ("ต่างกันที่ `--base-url` โปรดใช้ค่าเดียวกันทุกส่วน", "differs in `--base-url`. Give all shards the same flags."),
                };
                if th { format!("`{path}` {thai}") } else { format!("`{path}` {english}") }
            }
            Self::Agencies(path, slug) => {
                let (path, slug) = (shown(path), path_text(slug.as_ref()));
                if th {
                    format!("`{path}` สร้างจากเว็บไซต์ที่มีหน่วยงานไม่เหมือนกัน (เช่น `{slug}`) โปรดสร้างทุกส่วนจากไฟล์ชุดเดียวกัน")
                } else {
                    format!("`{path}` was built of a site with other agencies (such as `{slug}`). Build all shards of the same files.")
                }
            }
            Self::Sources(path, file) => {
                let path = shown(path);
                let file = file.as_ref().map_or(String::new(), |file| format!(" (`{}`)", path_text(file.as_ref())));
                if th {
                    format!("`{path}` สร้างจากไฟล์ของเว็บไซต์ที่ไม่เหมือนกัน{file} โปรดสร้างทุกส่วนจากไฟล์ชุดเดียวกัน")
                } else {
                    format!("`{path}` was built of other files of the site's own{file}. Build all shards of the same files.")
                }
            }
            Self::Twice(a, b, number) if th => format!("`{}` และ `{}` เป็นส่วนที่ {number} เหมือนกัน โปรดระบุเพียงโฟลเดอร์เดียว", shown(a), shown(b)),
            Self::Twice(a, b, number) => format!("`{}` and `{}` are both shard {number}. Name one of them.", shown(a), shown(b)),
            Self::Missing(numbers, of) => {
                let list = ranges(numbers);
                if th {
                    format!("ขาดส่วนที่ {list} จากทั้งหมด {of} ส่วน")
                } else {
                    format!("of {} missing: {list}", counted(*of, "shard"))
                }
            }
        }
    }
}

/// Numbers in order as people write them: `1-3, 5`.
fn ranges(numbers: &[usize]) -> String {
    let mut ranges: Vec<(usize, usize)> = Vec::new();
    for number in numbers {
        match ranges.last_mut() {
            Some((_, last)) if *last + 1 == *number => *last = *number,
            _ => ranges.push((*number, *number)),
        }
    }
    let one = |(first, last): &(usize, usize)| if first == last { first.to_string() } else { format!("{first}-{last}") };
    ranges.iter().map(one).collect::<Vec<_>>().join(", ")
}
