//! What is new: the results, corrections, documents, progress and texts that have a day, newest first. Owns what counts as news and how much
//! of it is told. Refuses days that no author wrote: what has none is no news.

use super::agencies::AgencySummary;
use super::measures;
use super::model::{EditionModel, Model};
use super::page;
use super::table::Label;
use crate::base::address::Address;
use crate::base::date::Date;
use crate::base::language::Name;
use crate::framework::Figure;

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
    /// What it is.
    pub title: Label,
    /// More of it.
    pub summary: Option<Label>,
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
        news.add(text.updated, &model.base.below(&format!("{slug}/")), title);
    }
    let mut entries = news.0;
    entries.sort_by(|a, b| b.day.cmp(&a.day).then_with(|| (&a.page, &a.fragment).cmp(&(&b.page, &b.fragment))));
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
        Entry { day: result.and_then(|edition| edition.announced), page: agency.address(), fragment: None, title, summary: None, feed }
    };
    Feed { address: address(&Address::root()), page: Address::root(), name: None, entries: agencies.iter().map(entry).collect() }
}

#[derive(Default)]
struct News(Vec<Entry>);

impl News {
    /// Adds something, where it has a day.
    fn add(&mut self, day: Option<Date>, page: &Address, title: Label) -> Option<&mut Entry> {
        let day = Some(day?);
        self.0.push(Entry { day, page: page.clone(), fragment: None, title, summary: None, feed: None });
        self.0.last_mut()
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
        self.add(announced, base, title);
        for correction in &record.assessment.corrections {
            let mut title = in_year("feed.correction").text("code", correction.code.as_str());
            for (name, figure) in [("was", &correction.was), ("now", &correction.now)] {
                title = title.number(name, figure.as_deref().unwrap_or("\u{2013}"));
            }
            if let Some(entry) = self.add(correction.date, base, title) {
                entry.fragment = Some("s-corrections".to_owned());
                entry.summary = correction.reason.as_ref().map(|reason| Label::new("text").text("text", reason.as_str()));
            }
        }
        let records = record.disclosures.iter().flat_map(|disclosures| &disclosures.records).map(|(item, record)| (item, record.updated));
        for (item, updated) in records.chain(edition.items.iter().map(|(item, text)| (item, text.updated))) {
            let known = &pack.items[*item];
            let title = in_year("feed.item").text("code", known.code.to_string()).name("name", &known.name);
            self.add(updated, &edition.item(*item), title);
        }
        for (number, text) in &edition.issues {
            let name = pack.issue(*number).map(|issue| issue.name.clone()).unwrap_or_default();
            self.add(text.updated, &edition.issue(*number), in_year("feed.issue").number("number", number).name("name", &name));
        }
        if let Some(report) = &edition.report {
            self.add(report.updated, &base.below("report/"), in_year("feed.report"));
        }
        self.measures(edition);
    }

    fn measures(&mut self, edition: &EditionModel) {
        let page = edition.base.below("measures/");
        for (index, measure) in edition.edition.measures.iter().enumerate() {
            let method = measure.method.as_ref().map(|method| method.value.as_str()).unwrap_or_default();
            let steps = measure.progress.iter().map(|progress| ("feed.progress", progress.date, Some(&progress.text)));
            let end = measure.closed.iter().map(|closed| ("feed.closed", closed.date, closed.reason.as_ref()));
            for (key, day, text) in steps.chain(end) {
                if let Some(entry) = self.add(day, &page, Label::new(key).text("method", method)) {
                    entry.fragment = Some(measures::anchor(edition, index, measure));
                    entry.summary = text.map(|text| Label::new("text").text("text", text.as_str()));
                }
            }
        }
    }
}
