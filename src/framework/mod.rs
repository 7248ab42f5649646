//! Framework packs: the rules of one year of one assessment scheme, as data. Owns the types, reading and checking a pack, the
//! packs compiled in, and codes. Refuses to know any year, name, count or weight in code, and any agency.

pub mod builtin;
pub mod code;
pub mod read;
pub mod shape;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::base::exact::Exact;
use crate::base::language::Name;
use code::MemberCode;

/// A framework pack.
#[derive(Clone, Debug, Default)]
pub struct Pack {
    /// Its id: `ita-2568`.
    pub id: String,
    /// The fiscal year (พ.ศ.) that it is for.
    pub fiscal_year: u16,
    /// Its name.
    pub name: Name,
    /// Who publishes the scheme.
    pub publisher: Option<Name>,
    /// The instruments, in the order of the scheme.
    pub instruments: Vec<Instrument>,
    /// The indicators.
    pub indicators: Vec<Indicator>,
    /// The questions of the surveys.
    pub questions: Vec<Question>,
    /// The disclosure items.
    pub items: Vec<Item>,
    /// The issues that the analysis goes by.
    pub issues: Vec<Issue>,
    /// The levels, from the best down.
    pub levels: Vec<Level>,
    /// The national result, to compare with.
    pub national: Option<National>,
    /// Where the facts come from.
    pub sources: Vec<Reference>,
    /// How sure the pack is as a whole, and what is to be said of that. Its `sources` stay empty: they are [`Pack::sources`].
    pub standing: Standing,
    members: BTreeMap<MemberCode, Figure>,
}

/// How sure a fact is, and where it comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// How sure it is, where the pack says so.
    pub certainty: Option<Certainty>,
    /// Ids of sources.
    pub sources: Vec<String>,
    /// A remark.
    pub note: Option<Name>,
}

/// How sure a fact of a pack is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Certainty {
    /// Seen at the source named.
    Confirmed,
    /// Follows from published figures or official names.
    Derived,
    /// General knowledge only.
    Unconfirmed,
}

/// A name in plain words and a sentence of explanation, which entries may carry.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plain {
    /// The plain name.
    pub name: Option<Name>,
    /// The explanation.
    pub about: Option<Name>,
}

/// An instrument, as the survey inside.
#[derive(Clone, Debug, Default)]
pub struct Instrument {
    /// Its id: `IIT`.
    pub id: String,
    /// Its official name.
    pub name: Name,
    /// Plain words.
    pub plain: Plain,
    /// Its weight in the total, of 100.
    pub weight: Option<Exact>,
    /// Its parts, where it has any: each is an answer of its own to every question.
    pub parts: Vec<Part>,
    /// How sure it is.
    pub standing: Standing,
}

/// A part of an instrument.
#[derive(Clone, Debug, Default)]
pub struct Part {
    /// Its id: `EIT1`.
    pub id: String,
    /// The key of its figure in a question: `ep`.
    pub key: String,
    /// Its official name.
    pub name: Name,
    /// Plain words.
    pub plain: Plain,
    /// How sure it is.
    pub standing: Standing,
}

/// An indicator.
#[derive(Clone, Debug, Default)]
pub struct Indicator {
    /// Its number: 9.
    pub number: u32,
    /// Its name.
    pub name: Name,
    /// Plain words.
    pub plain: Plain,
    /// Its instrument, by place in [`Pack::instruments`].
    pub instrument: usize,
    /// Its groups of items, where it has any.
    pub groups: Vec<Group>,
    /// How sure it is.
    pub standing: Standing,
}

/// A group of items inside an indicator.
#[derive(Clone, Debug, Default)]
pub struct Group {
    /// Its id: `9.1`.
    pub id: String,
    /// Its name.
    pub name: Name,
    /// How sure it is.
    pub standing: Standing,
}

/// A question of a survey.
#[derive(Clone, Debug)]
pub struct Question {
    /// Its code: i3.
    pub code: MemberCode,
    /// What is asked.
    pub text: Name,
    /// Its indicator, by place in [`Pack::indicators`].
    pub indicator: usize,
    /// Does a high score mean that the bad thing is rare?
    pub reverse: bool,
    /// How sure it is.
    pub standing: Standing,
}

/// A disclosure item.
#[derive(Clone, Debug)]
pub struct Item {
    /// Its code of the year: o12.
    pub code: MemberCode,
    /// Its lasting id: `procurement-list`.
    pub id: String,
    /// Its official name.
    pub name: Name,
    /// A sentence of explanation.
    pub about: Option<Name>,
    /// Its indicator, by place in [`Pack::indicators`].
    pub indicator: Option<usize>,
    /// Its group, by place in [`Indicator::groups`].
    pub group: Option<usize>,
    /// Which year the information is about.
    pub data_year: DataYear,
    /// What must be in it.
    pub elements: Vec<Element>,
    /// The lasting id of the item that took this one in, later.
    pub merged_into: Option<String>,
    /// How sure it is.
    pub standing: Standing,
}

/// Which year an item's information is about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DataYear {
    /// The fiscal year that is assessed.
    Current,
    /// The year before.
    Previous,
    /// What is in force, of whatever year.
    InForce,
    /// A plan over several years.
    MultiYear,
    /// Not known.
    #[default]
    Unknown,
}

/// A required element of an item.
#[derive(Clone, Debug, Default)]
pub struct Element {
    /// Its lasting id: `chart`.
    pub id: String,
    /// What is required.
    pub text: Name,
    /// How sure it is.
    pub certainty: Option<Certainty>,
}

/// An issue.
#[derive(Clone, Debug, Default)]
pub struct Issue {
    /// Its number.
    pub number: u32,
    /// Its official name.
    pub name: Name,
    /// Plain words.
    pub plain: Plain,
    /// Its questions and items, in the order of the pack.
    pub members: Vec<MemberCode>,
    /// How sure it is.
    pub standing: Standing,
}

/// A level of the result.
#[derive(Clone, Debug, Default)]
pub struct Level {
    /// Its name: ผ่านดีเยี่ยม.
    pub name: Name,
    /// What the total must reach.
    pub total: Option<Exact>,
    /// What every instrument must reach.
    pub each: Option<Exact>,
    /// Does the scheme call it passed?
    pub passes: bool,
    /// Plain words.
    pub plain: Plain,
    /// How sure it is.
    pub standing: Standing,
}

/// The national result of the year.
#[derive(Clone, Debug)]
pub struct National {
    /// The mean total, as published.
    pub mean: Exact,
    /// How many agencies were assessed.
    pub agencies: Option<u32>,
    /// The source's id.
    pub source: Option<String>,
    /// How sure it is.
    pub standing: Standing,
}

/// A source of facts.
#[derive(Clone, Debug, Default)]
pub struct Reference {
    /// Its id: `S3`.
    pub id: String,
    /// Its title.
    pub title: Name,
    /// Its address.
    pub url: Option<String>,
}

/// A figure that an assessment may publish, by its place in the pack.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Figure {
    /// The total.
    Overall,
    /// An instrument.
    Instrument(usize),
    /// A part of an instrument.
    Part(usize, usize),
    /// An indicator.
    Indicator(usize),
    /// A group of an indicator. Never published, always derived.
    Group(usize, usize),
    /// A question (of an instrument with parts: their mean).
    Question(usize),
    /// The figure of one part for a question.
    QuestionPart(usize, usize),
    /// An item.
    Item(usize),
}

impl Figure {
    /// What a sentence says before the code of the figure, Thai and English; of the total, instead of it.
    pub fn title(self) -> (&'static str, &'static str) {
        match self {
            Self::Overall => ("คะแนนรวม", "the total"),
            Self::Indicator(_) => ("ตัวชี้วัดที่ ", "indicator "),
            _ => ("", ""),
        }
    }
}

impl Pack {
    /// Builds the index of codes; done once, after reading.
    fn indexed(mut self) -> Self {
        let questions = self.questions.iter().enumerate().map(|(i, q)| (q.code, Figure::Question(i)));
        let items = self.items.iter().enumerate().map(|(i, item)| (item.code, Figure::Item(i)));
        self.members = questions.chain(items).collect();
        self
    }

    /// The question or item of a code.
    pub fn member(&self, code: MemberCode) -> Option<Figure> {
        self.members.get(&code).copied()
    }

    /// The letters that codes of this pack begin with, each once.
    pub fn letters(&self) -> Vec<char> {
        let mut letters: Vec<char> = self.members.keys().map(|code| code.letter()).collect();
        letters.dedup();
        letters
    }

    /// The letters that codes of items begin with, each once.
    pub fn item_letters(&self) -> Vec<char> {
        let mut letters: Vec<char> = self.items.iter().map(|item| item.code.letter()).collect();
        letters.sort_unstable();
        letters.dedup();
        letters
    }

    /// The figure that a plain code names: `overall`, `IIT`, `EIT1`, `9`, `9.1`, `i3` or `o12`.
    pub fn figure(&self, code: &str) -> Option<Figure> {
        if code == "overall" {
            return Some(Figure::Overall);
        }
        for (i, instrument) in self.instruments.iter().enumerate() {
            if instrument.id == code {
                return Some(Figure::Instrument(i));
            }
            if let Some(p) = instrument.parts.iter().position(|part| part.id == code) {
                return Some(Figure::Part(i, p));
            }
        }
        for (i, indicator) in self.indicators.iter().enumerate() {
            if indicator.number.to_string() == code {
                return Some(Figure::Indicator(i));
            }
            if let Some(g) = indicator.groups.iter().position(|group| group.id == code) {
                return Some(Figure::Group(i, g));
            }
        }
        let (member, plain) = MemberCode::read(code, &self.item_letters())?;
        if plain { self.member(member) } else { None }
    }

    /// The code of a figure, as subjects and tables have it; that of a question's part is the question's.
    pub fn code(&self, figure: Figure) -> String {
        match figure {
            Figure::Overall => "overall".to_owned(),
            Figure::Instrument(i) => self.instruments[i].id.clone(),
            Figure::Part(i, p) => self.instruments[i].parts[p].id.clone(),
            Figure::Indicator(i) => self.indicators[i].number.to_string(),
            Figure::Group(i, g) => self.indicators[i].groups[g].id.clone(),
            Figure::Question(q) | Figure::QuestionPart(q, _) => self.questions[q].code.to_string(),
            Figure::Item(o) => self.items[o].code.to_string(),
        }
    }

    /// The weight of an instrument, or of a part, in the total: parts share their instrument's weight equally.
    pub fn weight(&self, figure: Figure) -> Option<Exact> {
        match figure {
            Figure::Instrument(i) => self.instruments[i].weight.clone(),
            Figure::Part(i, _) => {
                let instrument = &self.instruments[i];
                instrument.weight.as_ref().map(|weight| weight / &Exact::whole(instrument.parts.len() as i64))
            }
            _ => None,
        }
    }

    /// The official name of a figure; that of a question's part is the part's. The total has none.
    pub fn name(&self, figure: Figure) -> Option<&Name> {
        Some(match figure {
            Figure::Overall => return None,
            Figure::Instrument(i) => &self.instruments[i].name,
            Figure::Part(i, p) => &self.instruments[i].parts[p].name,
            Figure::Indicator(i) => &self.indicators[i].name,
            Figure::Group(i, g) => &self.indicators[i].groups[g].name,
            Figure::Question(q) => &self.questions[q].text,
            Figure::QuestionPart(q, p) => &self.parts_of(q)[p].name,
            Figure::Item(o) => &self.items[o].name,
        })
    }

    /// How sure the entry of a figure is; the total has none.
    pub fn standing(&self, figure: Figure) -> Option<&Standing> {
        Some(match figure {
            Figure::Overall => return None,
            Figure::Instrument(i) => &self.instruments[i].standing,
            Figure::Part(i, p) => &self.instruments[i].parts[p].standing,
            Figure::Indicator(i) => &self.indicators[i].standing,
            Figure::Group(i, g) => &self.indicators[i].groups[g].standing,
            Figure::Question(q) | Figure::QuestionPart(q, _) => &self.questions[q].standing,
            Figure::Item(o) => &self.items[o].standing,
        })
    }

    /// The instrument that a question belongs to, by place.
    pub fn instrument_of(&self, question: usize) -> usize {
        self.indicators[self.questions[question].indicator].instrument
    }

    /// The parts that a question is answered by; empty where its instrument has none.
    pub fn parts_of(&self, question: usize) -> &[Part] {
        &self.instruments[self.instrument_of(question)].parts
    }

    /// The questions of an indicator, by place.
    pub fn questions_of(&self, indicator: usize) -> impl Iterator<Item = usize> + '_ {
        self.questions.iter().enumerate().filter(move |(_, q)| q.indicator == indicator).map(|(i, _)| i)
    }

    /// The items of an indicator, by place.
    pub fn items_of(&self, indicator: usize) -> impl Iterator<Item = usize> + '_ {
        self.items.iter().enumerate().filter(move |(_, item)| item.indicator == Some(indicator)).map(|(i, _)| i)
    }

    /// The items of a group, by place.
    pub fn items_in(&self, indicator: usize, group: usize) -> impl Iterator<Item = usize> + '_ {
        self.items_of(indicator).filter(move |i| self.items[*i].group == Some(group))
    }

    /// The indicators of an instrument, by place.
    pub fn indicators_of(&self, instrument: usize) -> impl Iterator<Item = usize> + '_ {
        self.indicators.iter().enumerate().filter(move |(_, i)| i.instrument == instrument).map(|(i, _)| i)
    }

    /// The issue that a code is a member of.
    pub fn issue_of(&self, code: MemberCode) -> Option<&Issue> {
        self.issues.iter().find(|issue| issue.members.contains(&code))
    }

    /// The issue of a number.
    pub fn issue(&self, number: u32) -> Option<&Issue> {
        self.issues.iter().find(|issue| issue.number == number)
    }

    /// The source of an id.
    pub fn source(&self, id: &str) -> Option<&Reference> {
        self.sources.iter().find(|source| source.id == id)
    }
}

/// The packs that an agency's editions may name: those of the site and of the agency, before the built-in ones.
#[derive(Clone, Debug, Default)]
pub struct Packs {
    sound: BTreeMap<String, Arc<Pack>>,
    faulty: BTreeSet<String>,
    /// The file that each pack of the site's or the agency's own was read from.
    files: BTreeMap<String, Arc<str>>,
}

impl Packs {
    /// The pack of an id: one of the site's or the agency's own, else the built-in one.
    pub fn get(&self, id: &str) -> Option<&Arc<Pack>> {
        let built_in = || if self.is_faulty(id) { None } else { builtin::get(id) };
        self.sound.get(id).or_else(built_in)
    }

    /// Names the file of a pack. Where another file of the same folder has the id, that one comes back: an agency's pack may stand in the
    /// place of the site's, but of two in one folder nobody knows which is meant.
    pub fn read_from(&mut self, id: &str, file: &Arc<str>) -> Option<Arc<str>> {
        let folder = |path: &str| path.rsplit_once('/').map(|(folder, _)| folder.to_owned());
        let other = self.files.insert(id.to_owned(), Arc::clone(file));
        other.filter(|other| folder(other) == folder(file))
    }

    /// Adds a pack, in place of one of the same id.
    pub fn add(&mut self, pack: Pack) {
        self.sound.insert(pack.id.clone(), Arc::new(pack));
    }

    /// Notes a pack that is there and can't be used; one of the same id is used no more either.
    pub fn add_faulty(&mut self, id: String) {
        self.sound.remove(&id);
        self.faulty.insert(id);
    }

    /// Is there a pack of this id that can't be used?
    pub fn is_faulty(&self, id: &str) -> bool {
        self.faulty.contains(id)
    }

    /// The ids, in order.
    pub fn ids(&self) -> Vec<&str> {
        let mut ids: Vec<&str> = self.sound.keys().map(String::as_str).collect();
        for id in builtin::ids() {
            if !self.is_faulty(id) {
                ids.push(id);
            }
        }
        ids.sort_unstable();
        ids.dedup();
        ids
    }
}
