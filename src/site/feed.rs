//! What is new: the results, corrections, documents, progress and texts that have a day, newest first. Owns what counts as news and how much
//! of it is told, and what an entry is known by for ever. Refuses days that no author wrote: what has none is no news.
//!
//! The mark of an entry says what happened, never where in a file it stands: it is the same after a rebuild, beside new entries, and when a
//! text is mended. So there is one entry for what happened to one thing on one day, with all that is said of it, and none is counted.

use std::collections::BTreeMap;

use super::agencies::AgencySummary;
use super::measures;
use super::model::{EditionModel, Model};
use super::page;
use super::table::Label;
use crate::base::address::Address;
use crate::base::date::Date;
use crate::base::hash::Hash;
use crate::base::language::Name;
use crate::framework::Figure;
use crate::source::measures::Measure;

/// The most entries of one agency.
const MOST: usize = 50;

/// A feed.
#[derive(Debug)]
pub struct Feed {
    /// Where it lies.
    pub address: Address,
    /// The page that it is news of.
    pub page: Address,
    /// Who speaks; none for the site itself.
    pub name: Option<Name>,
    /// Its news, newest first.
    pub entries: Vec<Entry>,
}

/// Something new.
#[derive(Debug)]
pub struct Entry {
    /// The day; none where an agency of the site's index has no day to tell.
    pub day: Option<Date>,
    /// The page that has it.
    pub page: Address,
    /// The place in that page.
    pub fragment: Option<String>,
    /// What it is known by on that page: letters, digits, `-`, `.` and `_`. No other entry of the page has it, today or later.
    pub mark: String,
    /// What it is.
    pub title: Label,
    /// More of it, as authors wrote it.
    pub texts: Vec<String>,
    /// The feed that tells more.
    pub feed: Option<Address>,
}

/// The address of the feed beside a front page.
pub fn address(front: &Address) -> Address {
    front.below("feed.xml")
}

/// The feed of an agency.
pub fn agency(model: &Model) -> Feed {
    let mut news = News::default();
    for edition in &model.editions {
        news.edition(edition);
    }
    for (slug, text) in &model.pages {
        let title = Label::new("feed.page").text("title", page::title(slug, text));
        news.update(text.updated, &model.base.below(&format!("{slug}/")), title);
    }
    let mut entries = news.entries;
    entries.sort_by(|a, b| b.day.cmp(&a.day).then_with(|| (&a.page, &a.fragment, &a.mark).cmp(&(&b.page, &b.fragment, &b.mark))));
    entries.truncate(MOST);
    Feed { address: address(&model.base), page: model.base.clone(), name: Some(model.agency.name.clone()), entries }
}

/// The index of the agencies' feeds: one entry each, with its latest result. In the order of their slugs, as the sitemap is.
pub fn index(agencies: &[AgencySummary]) -> Feed {
    let entry = |agency: &AgencySummary| {
        let result = agency.result();
        let title = match result.and_then(|edition| Some((edition.year, edition.overall.as_ref()?))) {
            Some((year, overall)) => Label::new("feed.agency").name("name", &agency.name).number("score", overall).number("year", year),
            None => Label::new("feed.agency.none").name("name", &agency.name),
        };
        let feed = Some(address(&agency.address()));
        let day = result.and_then(|edition| edition.announced);
        // Whatever its latest result: the entry is the agency itself.
        Entry { day, page: agency.address(), fragment: None, mark: "agency".to_owned(), title, texts: Vec::new(), feed }
    };
    Feed { address: address(&Address::root()), page: Address::root(), name: None, entries: agencies.iter().map(entry).collect() }
}

#[derive(Default)]
struct News {
    entries: Vec<Entry>,
    /// Where the entry of a page and a mark stands.
    known: BTreeMap<(Address, String), usize>,
}

impl News {
    /// Adds something, where it has a day. What is known by that mark already stays one entry.
    fn add(&mut self, day: Option<Date>, (page, mark): (&Address, String), title: Label) -> Option<&mut Entry> {
        let day = Some(day?);
        let at = *self.known.entry((page.clone(), mark.clone())).or_insert(self.entries.len());
        if at == self.entries.len() {
            self.entries.push(Entry { day, page: page.clone(), fragment: None, mark, title, texts: Vec::new(), feed: None });
        }
        self.entries.get_mut(at)
    }

    /// A page that was brought up to date: news of its own each day.
    fn update(&mut self, day: Option<Date>, page: &Address, title: Label) {
        let mark = day.map(|day| day.to_string()).unwrap_or_default();
        self.add(day, (page, mark), title);
    }

    fn edition(&mut self, edition: &EditionModel) {
        let EditionModel { base, edition: record, .. } = edition;
        let pack = &record.pack;
        let in_year = |key| Label::new(key).number("year", record.year);
        let announced = record.assessment.announced.as_ref().map(|day| day.value);
        let title = match edition.published(Figure::Overall) {
            Some(score) => in_year("feed.result").number("score", score),
            None => in_year("feed.result.none"),
        };
        // A year has one result, also when its day was written wrongly at first.
        self.add(announced, (base, "result".to_owned()), title);
        self.corrections(edition);
        let records = record.disclosures.iter().flat_map(|disclosures| &disclosures.records).map(|(item, record)| (item, record.updated));
        for (item, updated) in records.chain(edition.items.iter().map(|(item, text)| (item, text.updated))) {
            let known = &pack.items[*item];
            let title = in_year("feed.item").text("code", known.code.to_string()).name("name", &known.name);
            self.update(updated, &edition.item(*item), title);
        }
        for (number, text) in &edition.issues {
            let name = pack.issue(*number).map(|issue| issue.name.clone()).unwrap_or_default();
            self.update(text.updated, &edition.issue(*number), in_year("feed.issue").number("number", number).name("name", &name));
        }
        if let Some(report) = &edition.report {
            self.update(report.updated, &base.below("report/"), in_year("feed.report"));
        }
        self.measures(edition);
    }

    /// A correction is known by its day, its figure and what that is now.
    fn corrections(&mut self, edition: &EditionModel) {
        for correction in &edition.edition.assessment.corrections {
            let Some(day) = correction.date else { continue };
            let mut title = Label::new("feed.correction").number("year", edition.edition.year).text("code", correction.code.as_str());
            for (name, figure) in [("was", &correction.was), ("now", &correction.now)] {
                title = title.number(name, figure.as_deref().unwrap_or("\u{2013}"));
            }
            let now = correction.now.as_deref().unwrap_or_default();
            let mark = format!("s-corrections-{day}-{}", known_by(&[&correction.code, now]));
            if let Some(entry) = self.add(correction.date, (&edition.base, mark), title) {
                entry.fragment = Some("s-corrections".to_owned());
                entry.say(correction.reason.as_ref());
            }
        }
    }

    fn measures(&mut self, edition: &EditionModel) {
        let page = edition.base.below("measures/");
        for (index, measure) in edition.edition.measures.iter().enumerate() {
            let method = measure.method.as_ref().map(|method| method.value.as_str()).unwrap_or_default();
            let (place, known) = (measures::anchor(edition, index, measure), mark_of(edition, measure));
            let steps = measure.progress.iter().map(|progress| ("feed.progress", "", progress.date, Some(&progress.text)));
            let end = measure.closed.iter().map(|closed| ("feed.closed", "-closed", closed.date, closed.reason.as_ref()));
            for (key, end, day, text) in steps.chain(end) {
                let Some(day) = day else { continue };
                let mark = format!("{known}-{day}{end}");
                if let Some(entry) = self.add(Some(day), (&page, mark), Label::new(key).text("method", method)) {
                    entry.fragment = Some(place.clone());
                    entry.say(text);
                }
            }
        }
    }
}

impl Entry {
    /// More of it, unless that is said already.
    fn say(&mut self, text: Option<&String>) {
        if let Some(text) = text.filter(|text| !text.is_empty() && !self.texts.contains(text)) {
            self.texts.push(text.clone());
        }
    }
}

/// A measure is known by its id. One without, or with that of another, is known by its issue and its method: its place in the file would
/// be that of another measure as soon as one is written before it.
fn mark_of(edition: &EditionModel, measure: &Measure) -> String {
    let unique = |id: &&String| edition.edition.measures.iter().filter(|other| other.id.as_ref() == Some(id)).count() == 1;
    match measure.id.as_ref().filter(unique) {
        Some(id) => format!("s-measure-{}", known_by(&[id])),
        None => {
            let method = measure.method.as_ref().map(|method| method.value.as_str()).unwrap_or_default();
            format!("s-measures-of-{}", hashed(&[&measure.issue.to_string(), method]))
        }
    }
}

/// Texts as a part of a mark: as they are where an address may hold them, else by their hash.
fn known_by(texts: &[&str]) -> String {
    // A dash stands between two texts, so it may be in one alone.
    let is_plain = |c: char| c.is_ascii_alphanumeric() || c == '.' || c == '_' || (c == '-' && texts.len() == 1);
    let plain = |text: &&str| !text.is_empty() && text.len() <= 40 && text.chars().all(is_plain);
    if texts.iter().all(plain) { texts.join("-") } else { hashed(texts) }
}

/// The beginning of the hash of some texts, long enough for those of one page.
fn hashed(texts: &[&str]) -> String {
    let mut hash = Hash::of(texts.join("\n").as_bytes()).to_string();
    hash.truncate(16);
    hash
}
