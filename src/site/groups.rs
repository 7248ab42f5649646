//! Which agencies of a site belong together: by first letter, by province, by kind, by level. Owns who is in which list and where each
//! list lies; whoever tells no province, kind or level is listed too. Each agency is looked at once for each of the four ways.

use std::collections::{BTreeMap, BTreeSet};

use super::agencies::{self, AgencySummary};
use super::lists::List;
use super::page::name;
use super::spread::{Grade, Spread};
use super::table::Label;
use super::view::{View, view};
use super::{kinds, provinces};
use crate::base::address::Address;
use crate::base::language::Name;
use crate::base::{place_name, thai};
use crate::source::agency::AgencyKind;

/// The part of an address for those that tell nothing, which no name makes.
const NONE: &str = "-";

/// That for those that tell something of which there is no list, which no name makes either.
const OTHER: &str = "~";

/// By what agencies are put together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// By the letter that the name begins with.
    Letter,
    /// By province.
    Province,
    /// By kind of body.
    Kind,
    /// By announced level.
    Level,
}

impl Way {
    /// The folder of its lists.
    pub fn folder(self) -> &'static str {
        match self {
            Self::Letter => "names",
            Self::Province => "provinces",
            Self::Kind => "kinds",
            Self::Level => "levels",
        }
    }
}

/// What a group is called.
#[derive(Clone, Debug, PartialEq)]
pub enum Called {
    /// By a letter.
    Letter(String),
    /// By a name: a province, or a level.
    Name(Name),
    /// By the word of a kind.
    Kind(&'static str),
    /// Levels of other names than most agencies have.
    Other,
    /// Those who tell none.
    None,
}

/// Agencies that belong together, in the order of their names.
#[derive(Clone, Debug)]
pub struct Group<'a> {
    /// By what.
    pub way: Way,
    /// What the group is called.
    pub called: Called,
    /// Who is in it.
    pub agencies: Vec<&'a AgencySummary>,
    key: String,
}

impl<'a> Group<'a> {
    fn new(way: Way, (key, called): (String, Called), agencies: Vec<&'a AgencySummary>) -> Self {
        Self { way, called, agencies, key }
    }

    /// The address of its first page.
    pub fn address(&self) -> Address {
        Address::root().below(&format!("{}/{}/", self.way.folder(), self.key))
    }

    /// Its pages.
    pub fn list(&self) -> List {
        List::at(&self.address(), self.agencies.len())
    }

    /// Is it the capital, which is no province?
    pub fn is_capital(&self) -> bool {
        matches!(&self.called, Called::Name(name) if self.way == Way::Province && place_name::is_capital(&name.th))
    }

    /// Is it of those who tell nothing?
    pub fn is_of_none(&self) -> bool {
        self.called == Called::None
    }

    /// Is it of those who tell something of which there is no list?
    pub fn is_of_others(&self) -> bool {
        self.called == Called::Other
    }

    /// The name of a province or a level.
    pub fn name(&self) -> Option<&Name> {
        match &self.called {
            Called::Name(name) => Some(name),
            _ => None,
        }
    }

    /// The word by which templates and data know what is no name: a letter, the word of a kind, `other` or `none`.
    pub fn word(&self) -> &str {
        match &self.called {
            Called::Letter(letter) => letter,
            Called::Kind(word) => word,
            Called::Other => "other",
            Called::Name(_) | Called::None => "none",
        }
    }

    /// What data call it: the Thai name, or the word of a kind.
    pub fn data_name(&self) -> String {
        match &self.called {
            Called::Letter(text) => text.clone(),
            Called::Name(name) => name.th.clone(),
            Called::Kind(word) => (*word).to_owned(),
            Called::Other => OTHER.to_owned(),
            Called::None => NONE.to_owned(),
        }
    }

    /// What it is called in lists of groups, where that is a sentence of the catalogue.
    pub fn label(&self) -> Option<Label> {
        match (&self.called, self.way) {
            (Called::Kind(word), _) => Some(kinds::label(word)),
            (Called::None, Way::Province) => Some(Label::new("province.none")),
            (Called::None, Way::Kind) => Some(Label::new("kind.none")),
            (Called::None, _) => Some(Label::new("level.none")),
            (Called::Other, _) => Some(Label::new("level.other")),
            (Called::Letter(_) | Called::Name(_), _) => None,
        }
    }

    /// What it is called above a further page of its list.
    pub fn crumb(&self) -> Label {
        match (&self.called, self.label()) {
            (_, Some(label)) => label,
            (Called::Name(name), None) if self.way == Way::Level => Label::new("level.is").name("level", name),
            (Called::Name(name), None) => Label::new("text").name("text", name),
            (Called::Letter(letter), None) => Label::new("crumb.letter").text("letter", letter.as_str()),
            (Called::Kind(_) | Called::Other | Called::None, None) => Label::default(),
        }
    }

    /// Its name, its address and how many agencies it has.
    pub fn link(&self) -> View {
        view!({
            "name": self.name().map_or(View::Null, name), "word": self.word(), "address": self.address().as_str(),
            "count": self.agencies.len(),
        })
    }
}

/// All agencies of a site, in the order of the dictionary, and who belongs together.
pub struct Register<'a> {
    /// All of them.
    pub sorted: Vec<&'a AgencySummary>,
    /// How their totals are spread.
    pub spread: Option<Spread<'a>>,
    /// By letter.
    pub letters: Vec<Group<'a>>,
    /// By province; empty where none is told.
    pub provinces: Vec<Group<'a>>,
    /// By kind; empty where none is told.
    pub kinds: Vec<Group<'a>>,
    /// By level, the best first; empty where none is known.
    pub levels: Vec<Group<'a>>,
}

impl<'a> Register<'a> {
    /// Puts the agencies in order.
    pub fn of(agencies: &'a [AgencySummary]) -> Self {
        let sorted = agencies::sorted(agencies);
        let spread = Spread::of(&sorted);
        let levels = spread.as_ref().map(|spread| by_level(&sorted, spread)).unwrap_or_default();
        Self { letters: by_letter(&sorted), provinces: by_province(&sorted), kinds: by_kind(&sorted), levels, spread, sorted }
    }

    /// The list of all, which begins on the front page.
    pub fn list(&self) -> List {
        let root = Address::root();
        List::on(&root, &root.below("names/all/"), self.sorted.len())
    }

    /// All groups.
    pub fn groups(&self) -> impl Iterator<Item = &Group<'a>> {
        self.letters.iter().chain(&self.provinces).chain(&self.kinds).chain(&self.levels)
    }

    /// The addresses of all lists but the front page.
    pub fn addresses(&self) -> BTreeSet<Address> {
        let lists = self.groups().map(Group::list).collect::<Vec<_>>();
        let further: Vec<Address> = self.list().addresses().skip(1).collect();
        lists.iter().flat_map(List::addresses).chain(further).collect()
    }
}

/// The agencies, which are in order, by letter.
fn by_letter<'a>(sorted: &[&'a AgencySummary]) -> Vec<Group<'a>> {
    let mut letters: BTreeMap<String, Vec<&AgencySummary>> = BTreeMap::new();
    for agency in sorted {
        letters.entry(agency.letter()).or_default().push(agency);
    }
    let one = |(letter, list): (String, Vec<&'a AgencySummary>)| Group::new(Way::Letter, (letter.clone(), Called::Letter(letter)), list);
    let mut groups: Vec<Group<'_>> = letters.into_iter().map(one).collect();
    groups.sort_by_cached_key(|group| thai::sort_key(&group.key));
    groups
}

/// The agencies by province, these in the order of their names; those that tell none at the end.
fn by_province<'a>(sorted: &[&'a AgencySummary]) -> Vec<Group<'a>> {
    let mut by_key: BTreeMap<String, Vec<&AgencySummary>> = BTreeMap::new();
    let mut without = Vec::new();
    // Many agencies share a spelling, so each is worked out once.
    let mut known: BTreeMap<&str, Option<String>> = BTreeMap::new();
    for agency in sorted {
        let spelt = agency.province.as_ref().map(|province| province.th.as_str());
        match spelt.and_then(|spelt| known.entry(spelt).or_insert_with(|| provinces::key(spelt)).clone()) {
            Some(key) => by_key.entry(key).or_default().push(agency),
            None => without.push(*agency),
        }
    }
    let one = |(key, list): (String, Vec<&'a AgencySummary>)| {
        // Of several spellings the one that most have, of these the first: it must not depend on the order of work.
        let mut names: BTreeMap<&str, usize> = BTreeMap::new();
        for agency in &list {
            *names.entry(agency.province.as_ref().map_or("", |name| &name.th)).or_default() += 1;
        }
        let th = names.iter().max_by_key(|(name, count)| (**count, std::cmp::Reverse(**name))).map_or("", |(name, _)| *name).to_owned();
        let en = list.iter().filter_map(|agency| agency.province.as_ref()?.en.clone()).min();
        Group::new(Way::Province, (key, Called::Name(Name { th, en })), list)
    };
    let mut groups: Vec<Group<'_>> = by_key.into_iter().map(one).collect();
    groups.sort_by_cached_key(|group| (group.name().map(|name| thai::sort_key(&name.th)), group.key.clone()));
    with_rest(groups, (Way::Province, without))
}

/// The agencies by kind, in the order in which the format names kinds; those that tell none at the end.
fn by_kind<'a>(sorted: &[&'a AgencySummary]) -> Vec<Group<'a>> {
    let mut lists: Vec<Vec<&AgencySummary>> = vec![Vec::new(); AgencyKind::WORDS.len()];
    let mut without = Vec::new();
    for agency in sorted {
        match agency.kind.and_then(|kind| AgencyKind::WORDS.iter().position(|(word, _)| *word == kind)) {
            Some(at) => lists[at].push(*agency),
            None => without.push(*agency),
        }
    }
    let one = |((word, _), list): (&(&'static str, AgencyKind), Vec<&'a AgencySummary>)| {
        Group::new(Way::Kind, ((*word).to_owned(), Called::Kind(word)), list)
    };
    let groups = AgencyKind::WORDS.iter().zip(lists).filter(|(_, list)| !list.is_empty()).map(one).collect();
    with_rest(groups, (Way::Kind, without))
}

/// The agencies by the level of the year that is shown, the best first; those of another name after them, and those without one.
fn by_level<'a>(sorted: &[&'a AgencySummary], spread: &Spread<'a>) -> Vec<Group<'a>> {
    let levels = spread.levels_of_rules();
    let mut lists: Vec<Vec<&AgencySummary>> = vec![Vec::new(); levels.len()];
    let (mut others, mut without) = (Vec::new(), Vec::new());
    for agency in sorted {
        match spread.grade(spread.edition_of(agency)) {
            Grade::Level(rank) => lists[rank].push(*agency),
            Grade::Other => others.push(*agency),
            Grade::Untold | Grade::Without => without.push(*agency),
        }
    }
    let mut taken = BTreeSet::new();
    let mut groups = Vec::new();
    for (rank, (level, list)) in levels.iter().zip(lists).enumerate() {
        // Two names may make one address; the sign stands in none that a name makes.
        let key =
            place_name::slug(&level.name.th).filter(|key| taken.insert(key.clone())).unwrap_or_else(|| format!("{OTHER}{}", rank + 1));
        if !list.is_empty() {
            groups.push(Group::new(Way::Level, (key, Called::Name(level.name.clone())), list));
        }
    }
    if !others.is_empty() {
        groups.push(Group::new(Way::Level, (OTHER.to_owned(), Called::Other), others));
    }
    with_rest(groups, (Way::Level, without))
}

/// Groups with one more of those that tell nothing; no groups at all where nobody tells anything.
fn with_rest<'a>(mut groups: Vec<Group<'a>>, (way, without): (Way, Vec<&'a AgencySummary>)) -> Vec<Group<'a>> {
    if !groups.is_empty() && !without.is_empty() {
        groups.push(Group::new(way, (NONE.to_owned(), Called::None), without));
    }
    groups
}
