//! How complete the records of each agency are: by item, by responsible unit, by edition, and what is due. Owns that one value, from which
//! the command's three forms and the staff page are made. Refuses to judge: what is wrong with a record is a finding.

pub mod csv;
pub mod human;
pub mod json;

use std::collections::BTreeMap;

use crate::assessment::completeness::{self, Counts, ElementState, Review, Today};
use crate::base::address::Address;
use crate::base::date::Date;
use crate::base::language::{Language, Name};
use crate::base::thai;
use crate::engine::Told;
use crate::finding::Finding;
use crate::framework::Certainty;
use crate::site::model::EditionModel;
use crate::source::disclosures::Status as ItemStatus;

/// The records of all agencies on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Status {
    /// The day that is today.
    pub today: Date,
    /// The agencies, in the order of their slugs.
    pub agencies: Vec<Agency>,
}

/// The records of an agency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Agency {
    /// Its slug; empty with one agency.
    pub slug: String,
    /// Its name; empty where it could not be read.
    pub name: Name,
    /// Its short name, or the full one.
    pub short: Name,
    /// How many errors its sources have: these keep the site from being published.
    pub errors: usize,
    /// The first of these, by file and line.
    pub blocking: Vec<Blocking>,
    /// How many warnings its sources have that nobody accepted.
    pub warnings: usize,
    /// Its editions, the newest first.
    pub editions: Vec<Edition>,
    /// What is left out as a draft, as subjects of findings have it.
    pub left_out: Vec<String>,
}

/// What keeps a site from being published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Blocking {
    /// The finding's code.
    pub code: &'static str,
    /// The file to mend.
    pub path: String,
    /// The line in it, from 1.
    pub line: u32,
    /// What was read and why it is wrong.
    pub message: Name,
}

impl Blocking {
    fn of(finding: &Finding) -> Self {
        Self {
            code: finding.code.name(),
            path: finding.place.file.to_string(),
            line: finding.start().line,
            message: Name { th: finding.message(Language::Th), en: Some(finding.message(Language::En)) },
        }
    }
}

/// The records of an edition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edition {
    /// The fiscal year (พ.ศ.).
    pub year: u16,
    /// The folder that its files lie in: `content/2568/`.
    pub folder: String,
    /// Is it a draft?
    pub is_draft: bool,
    /// Is it the latest with a result; where none has one, the latest?
    pub is_latest: bool,
    /// Is there a file of records? Without one all items are unrecorded, with one an item that it does not name is missing.
    pub has_register: bool,
    /// How far all of it is.
    pub progress: Progress,
    /// By responsible unit: by the dictionary, what has no owner last.
    pub units: Vec<Unit>,
    /// Every item, in the order of the pack.
    pub items: Vec<Item>,
}

/// How far some items are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// How many items there are of each status.
    pub counts: Counts,
    /// How many elements the recorded ones should have.
    pub elements: usize,
    /// How many of these have evidence.
    pub met: usize,
    /// How many have a review that is due.
    pub due: usize,
    /// How many have one that is overdue.
    pub overdue: usize,
}

/// A responsible unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    /// Its name, as the records have it; none for what has no owner.
    pub owner: Option<String>,
    /// How far its items are.
    pub progress: Progress,
}

/// An item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// Its code of the year.
    pub code: String,
    /// Its lasting id.
    pub id: String,
    /// Its name in the pack.
    pub name: Name,
    /// The address of its page.
    pub address: Address,
    /// How far it is disclosed.
    pub status: ItemStatus,
    /// How many elements it should have; none where nothing is recorded or it does not apply.
    pub elements: usize,
    /// Those without evidence.
    pub open: Vec<Open>,
    /// Ids of all elements that the pack knows, for whoever begins to record.
    pub known: Vec<String>,
    /// How many links it has.
    pub links: usize,
    /// Who keeps it.
    pub owner: Option<String>,
    /// When the information was last changed.
    pub updated: Option<Date>,
    /// By when it should be looked at again.
    pub review_by: Option<Date>,
    /// Is that near, or over? Not where a later edition has a record of the same item.
    pub review: Option<Review>,
    /// Is its commentary a draft?
    pub is_draft: bool,
}

/// An element without evidence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Open {
    /// Its lasting id.
    pub id: String,
    /// What is required.
    pub text: Name,
    /// Is it sure that it is required? Else it is a suggestion.
    pub is_sure: bool,
}

impl Status {
    /// The agency of a slug.
    pub fn agency(&self, slug: &str) -> Option<&Agency> {
        self.agencies.iter().find(|agency| agency.slug == slug)
    }
}

impl Agency {
    /// What the sources of an agency tell.
    pub fn of(told: &Told) -> Self {
        let (model, today) = (&told.model, told.today);
        let recorded = model.recorded();
        let latest = model.current().map(|edition| edition.edition.year);
        let edition = |edition: &EditionModel| Edition::of(edition, (&recorded, latest), today);
        Self {
            slug: told.slug.to_string(),
            name: model.agency.name.clone(),
            short: model.agency.short().clone(),
            errors: told.summary.errors,
            blocking: told.blocking.iter().map(Blocking::of).collect(),
            warnings: told.summary.warnings,
            editions: model.editions.iter().rev().map(edition).collect(),
            left_out: model.drafts.iter().cloned().collect(),
        }
    }

    /// Its short name, and where that could not be read its slug or folder.
    pub fn label(&self, language: Language) -> &str {
        match (self.short.get(language), self.slug.as_str()) {
            ("", "") => "content/",
            ("", slug) => slug,
            (name, _) => name,
        }
    }

    /// The latest edition with a result; where none has one, the latest.
    pub fn latest(&self) -> Option<&Edition> {
        self.editions.iter().find(|edition| edition.is_latest)
    }

    /// The editions that are worked at: the latest with a result, and newer ones.
    pub fn current(&self) -> impl Iterator<Item = &Edition> {
        let newer = self.editions.iter().take_while(|edition| !edition.is_latest);
        newer.chain(self.latest())
    }

    /// Items of all editions whose review is due or overdue, with the year of their edition; the earliest day first.
    pub fn due(&self) -> Vec<(u16, &Item)> {
        let all = self.editions.iter().flat_map(|edition| edition.items.iter().map(move |item| (edition.year, item)));
        let mut due: Vec<_> = all.filter(|(_, item)| item.review.is_some()).collect();
        due.sort_by_key(|(_, item)| item.review_by);
        due
    }
}

impl Edition {
    fn of(edition: &EditionModel, (recorded, latest): (&BTreeMap<&str, u16>, Option<u16>), today: Date) -> Self {
        let items: Vec<Item> = (0..edition.edition.pack.items.len()).map(|place| Item::of(edition, place, (recorded, today))).collect();
        let mut progress = Progress::default();
        let mut units: BTreeMap<Option<String>, Progress> = BTreeMap::new();
        for item in &items {
            progress.add(item);
            units.entry(item.owner.clone()).or_default().add(item);
        }
        let mut units: Vec<Unit> = units.into_iter().map(|(owner, progress)| Unit { owner, progress }).collect();
        units.sort_by_cached_key(|unit| (unit.owner.is_none(), unit.owner.as_deref().map(thai::sort_key)));
        Self {
            year: edition.edition.year,
            folder: edition.folder.clone(),
            is_draft: edition.edition.assessment.draft,
            has_register: edition.edition.disclosures.is_some(),
            is_latest: latest == Some(edition.edition.year),
            progress,
            units,
            items,
        }
    }
}

impl Progress {
    fn add(&mut self, item: &Item) {
        self.counts.count(item.status);
        self.elements += item.elements;
        self.met += item.met();
        self.due += usize::from(item.review == Some(Review::Due));
        self.overdue += usize::from(item.review == Some(Review::Overdue));
    }
}

impl std::ops::AddAssign for Progress {
    fn add_assign(&mut self, other: Self) {
        self.counts += other.counts;
        self.elements += other.elements;
        self.met += other.met;
        self.due += other.due;
        self.overdue += other.overdue;
    }
}

impl Item {
    fn of(edition: &EditionModel, place: usize, (recorded, today): (&BTreeMap<&str, u16>, Date)) -> Self {
        let item = &edition.edition.pack.items[place];
        let record = edition.edition.record(place);
        let status = edition.edition.status(place);
        // Of what is not recorded nobody knows what it lacks, and what does not apply lacks nothing.
        let is_counted = !matches!(status, ItemStatus::Unrecorded | ItemStatus::NotApplicable);
        let states = completeness::elements(&edition.edition, place);
        let open = item.elements.iter().zip(states).filter(|(_, state)| is_counted && !matches!(state, ElementState::Met { .. }));
        let is_sure = item.standing.certainty != Some(Certainty::Unconfirmed);
        let open = open.map(|(element, _)| Open {
            id: element.id.clone(),
            text: element.text.clone(),
            is_sure: is_sure && element.certainty == Some(Certainty::Confirmed),
        });
        let is_recorded_after = recorded.get(item.id.as_str()).is_some_and(|latest| *latest > edition.edition.year);
        Self {
            code: item.code.to_string(),
            id: item.id.clone(),
            name: item.name.clone(),
            address: edition.item(place),
            status,
            elements: if is_counted { item.elements.len() } else { 0 },
            open: open.collect(),
            known: item.elements.iter().map(|element| element.id.clone()).collect(),
            links: record.map_or(0, |record| record.links.len()),
            owner: record.and_then(|record| record.owner.clone()).filter(|owner| !owner.trim().is_empty()),
            updated: record.and_then(|record| record.updated),
            review_by: record.and_then(|record| record.review_by.as_ref()).map(|by| by.value),
            review: completeness::review(&edition.edition, place, Today::is(today)).filter(|_| !is_recorded_after),
            is_draft: edition.items.get(&place).is_some_and(|commentary| commentary.draft),
        }
    }

    /// How many of its elements have evidence.
    pub fn met(&self) -> usize {
        self.elements - self.open.len()
    }
}

/// What people call a status, as on the pages of the site.
pub fn word(status: ItemStatus, language: Language) -> &'static str {
    let (th, en) = match status {
        ItemStatus::Published => ("ครบ", "complete"),
        ItemStatus::Partial => ("บางส่วน", "in part"),
        ItemStatus::Missing => ("ยังไม่มี", "missing"),
        ItemStatus::NotApplicable => ("ไม่เกี่ยวข้อง", "not applicable"),
        ItemStatus::Unrecorded => ("ยังไม่ได้บันทึก", "unrecorded"),
    };
    if language == Language::Th { th } else { en }
}

/// The word for a review in data: `due` or `overdue`.
pub fn review_word(review: Review) -> &'static str {
    match review {
        Review::Due => "due",
        Review::Overdue => "overdue",
    }
}
