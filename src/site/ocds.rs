//! Procurements as the Open Contracting Data Standard 1.1 has them: which rows become releases, what of a row becomes which field, which
//! identifiers they get. Owns the mapping, the files that it makes, and the account of what was left out. Refuses to guess: what a row does
//! not say for certain is in no release. How a package is written is for `render`.

use std::collections::{BTreeMap, BTreeSet};

use super::model::{EditionModel, Model};
use super::ocds_text::{cleaned, suppliers};
use super::view::{View, view};
use crate::base::address::Address;
use crate::base::date::Date;
use crate::base::hash::Hash;
use crate::base::{personal, thai};
use crate::source::procurement::{Amount, Attached, Competition, Row, Satang, State, Year};
use crate::source::site::Site;

/// How many releases a package has at most.
const MOST_RELEASES: usize = 1_000;

/// The prefix that the standard's own examples use. The standard asks for a registered one, and has no other to use until then.
const EXAMPLE_PREFIX: &str = "ocds-213czf";

/// Who publishes.
#[derive(Clone, Copy)]
pub struct Publisher<'a> {
    /// The site's settings.
    pub site: &'a Site,
    /// The absolute address of its root.
    pub base_url: Option<&'a str>,
    /// The agency.
    pub model: &'a Model,
}

/// A release package before it is written.
#[derive(Debug, Hash)]
pub struct Package<'a> {
    /// Where it lies.
    pub address: Address,
    /// Its identifier.
    pub uri: String,
    /// The day of its content.
    pub day: Date,
    /// The agency's name.
    pub publisher: &'a str,
    /// The agency's website.
    pub website: Option<&'a str>,
    /// The licence of the data.
    pub license: Option<&'a str>,
    /// The buyer of all its releases.
    pub buyer: Buyer<'a>,
    /// The releases, at least one.
    pub releases: Vec<Release<'a>>,
}

/// The agency as a party.
#[derive(Clone, Debug, Hash)]
pub struct Buyer<'a> {
    /// Its identifier in the packages of this site.
    pub id: String,
    /// Its name.
    pub name: &'a str,
    /// Its district.
    pub district: Option<&'a str>,
    /// Its province.
    pub province: Option<&'a str>,
}

/// A release: what is known of one contracting process.
#[derive(Debug, Hash)]
pub struct Release<'a> {
    /// The identifier of the process.
    pub ocid: String,
    /// The identifier within the process.
    pub id: String,
    /// What it has in it.
    pub tags: Vec<&'static str>,
    /// The identifier of the process in the agency's own records.
    pub tender: &'a str,
    /// What is bought.
    pub title: String,
    /// How far the choice of a supplier is.
    pub status: Option<&'static str>,
    /// Who may bid.
    pub method: Option<&'static str>,
    /// The method as written.
    pub method_details: Option<String>,
    /// The reference price.
    pub value: Option<Satang>,
    /// The money set aside.
    pub budget: Option<Satang>,
    /// Where that comes from.
    pub budget_source: Option<String>,
    /// Who was chosen.
    pub awards: Vec<Award>,
}

impl Release<'_> {
    /// All that it says, in one text that is the same on every machine.
    fn told(&self) -> String {
        let amount = |amount: Option<Satang>| amount.map(Satang::plain).unwrap_or_default();
        let text = |text: Option<&str>| text.unwrap_or_default().to_owned();
        let mut told =
            vec![self.ocid.clone(), self.title.clone(), text(self.status), text(self.method), text(self.method_details.as_deref())];
        told.extend([amount(self.value), amount(self.budget), text(self.budget_source.as_deref())]);
        for award in &self.awards {
            told.extend([text(award.status), amount(award.value), text(award.contract)]);
            told.extend(award.suppliers.iter().map(|(_, name)| name.clone()));
        }
        told.join("\n")
    }
}

/// An award, and the contract that follows.
#[derive(Debug, Hash)]
pub struct Award {
    /// Its number in the release, from 1.
    pub number: usize,
    /// How far it is.
    pub status: Option<&'static str>,
    /// The price agreed.
    pub value: Option<Satang>,
    /// The suppliers: identifier and name.
    pub suppliers: Vec<(String, String)>,
    /// How far the contract is; nothing where it is not known that there is one.
    pub contract: Option<&'static str>,
}

/// Why a row, or a part of one, is in no release.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Reason {
    /// It does not say what is bought.
    Nameless,
    /// A cell is longer than is read.
    Cut,
    /// It says the same as another row.
    Repeated,
    /// Its project number stands beside another name too.
    Shared,
    /// An amount that is no number.
    Amount,
    /// A state whose meaning is not known.
    State,
    /// A method whose meaning is not certain.
    Method,
    /// What rows of one process say of it in different ways.
    Differs,
}

impl Reason {
    /// The key of its sentence in the string catalogue.
    fn key(self) -> &'static str {
        match self {
            Self::Nameless => "nameless",
            Self::Cut => "cut",
            Self::Repeated => "repeated",
            Self::Shared => "shared",
            Self::Amount => "amount",
            Self::State => "state",
            Self::Method => "method",
            Self::Differs => "differs",
        }
    }
}

/// A contracting process: its number in the agency's records, and its rows.
struct Process<'a> {
    number: String,
    rows: Vec<&'a Row>,
    /// The table that it was first met in.
    table: usize,
    is_shared: bool,
}

/// What is published of the tables of an item.
pub struct Plan<'a> {
    publisher: Publisher<'a>,
    edition: &'a EditionModel,
    /// The day of all releases; without one nothing is published.
    day: Option<Date>,
    processes: Vec<Process<'a>>,
    rows: usize,
    left: BTreeMap<Reason, usize>,
}

impl<'a> Plan<'a> {
    /// Plans what is published of the tables of an item.
    pub fn of(publisher: Publisher<'a>, (edition, item): (&'a EditionModel, usize), tables: &'a [Attached]) -> Self {
        let record = edition.edition.record(item);
        let day = record.and_then(|record| record.updated).or(edition.edition.assessment.announced.as_ref().map(|day| day.value));
        let mut plan = Self { publisher, edition, day, processes: Vec::new(), rows: 0, left: BTreeMap::new() };
        let mut by_number: BTreeMap<String, usize> = BTreeMap::new();
        for (at, attached) in tables.iter().enumerate() {
            // A row without a project number is known by what it says; the second of two that say the same in one table is another one.
            let mut alike: BTreeMap<Hash, usize> = BTreeMap::new();
            for row in &attached.table.rows {
                plan.rows += 1;
                plan.take(row, at, (&mut by_number, &mut alike));
            }
        }
        let shared = plan.processes.iter().filter(|process| process.is_shared).map(|process| process.rows.len()).sum();
        plan.leave(Reason::Shared, shared);
        plan.processes.retain(|process| !process.is_shared);
        plan.account();
        plan
    }

    fn leave(&mut self, reason: Reason, count: usize) {
        if count > 0 {
            *self.left.entry(reason).or_default() += count;
        }
    }

    fn take(&mut self, row: &'a Row, table: usize, (by_number, alike): (&mut BTreeMap<String, usize>, &mut BTreeMap<Hash, usize>)) {
        if row.is_cut || cleaned(&row.name).is_empty() {
            self.leave(if row.is_cut { Reason::Cut } else { Reason::Nameless }, 1);
            return;
        }
        let project = row.project_number().filter(|number| personal::masked(number) == *number);
        let number = project.unwrap_or_else(|| self.own_number(row, alike));
        let Some(known) = by_number.get(&number).and_then(|at| self.processes.get_mut(*at)) else {
            by_number.insert(number.clone(), self.processes.len());
            self.processes.push(Process { number, rows: vec![row], table, is_shared: false });
            return;
        };
        // All rows of a process that is not shared have the name of the first one, so of a hundred thousand each is compared with one.
        let is_alike = |other: &&Row| other.name == row.name || thai::normal(&other.name) == thai::normal(&row.name);
        if known.is_shared || !known.rows.first().is_some_and(is_alike) {
            known.is_shared = true;
            known.rows.push(row);
        } else if known.table != table || known.rows.iter().any(|other| other.vendors == row.vendors && other.agreed == row.agreed) {
            self.leave(Reason::Repeated, 1);
        } else if known.rows.len() < MOST_RELEASES {
            known.rows.push(row);
        } else {
            self.leave(Reason::Repeated, 1);
        }
    }

    /// A number for a process that has none: the same for as long as what is bought and the money set aside stay the same.
    fn own_number(&self, row: &Row, alike: &mut BTreeMap<Hash, usize>) -> String {
        let year = if let Year::Of(year) = row.year { year } else { self.edition.edition.year };
        let agency = self.agency();
        let content =
            Hash::of(format!("{agency}\n{year}\n{}\n{}\n{:?}", cleaned(&row.name), cleaned(&row.source), row.budget.value()).as_bytes());
        let count = alike.entry(content).or_insert(0);
        *count += 1;
        let end = if *count > 1 { format!("-{count}") } else { String::new() };
        format!("{year}-{}{end}", short(content))
    }

    /// Counts what of the rows that are published is not.
    fn account(&mut self) {
        let rows = || self.processes.iter().flat_map(|process| &process.rows);
        let odd = |amount: &&Amount| matches!(amount, Amount::Odd(_));
        let amounts = rows().map(|row| [&row.budget, &row.reference, &row.agreed].into_iter().filter(odd).count()).sum();
        let states = rows().filter(|row| !cleaned(&row.status).is_empty() && State::of(&row.status).is_none()).count();
        let methods = rows().filter(|row| !cleaned(&row.method).is_empty() && Competition::of(&row.method).is_none()).count();
        self.leave(Reason::Amount, amounts);
        self.leave(Reason::State, states);
        self.leave(Reason::Method, methods);
        let differing = self.processes.iter().filter(|process| Common::of(&process.rows).differs).count();
        self.leave(Reason::Differs, differing);
    }

    /// Where the packages lie, each with how many releases it has. The one list of the files that are made.
    pub fn files(&self) -> Vec<(Address, usize)> {
        let file =
            |(at, processes): (usize, &[Process<'_>])| (self.edition.base.below(&format!("data/ocds-{}.json", at + 1)), processes.len());
        self.chunks().enumerate().map(file).collect()
    }

    fn chunks(&self) -> impl Iterator<Item = &[Process<'a>]> {
        self.processes.chunks(MOST_RELEASES).filter(|_| self.day.is_some())
    }

    /// The packages, one after the other, so that they need not all be there at once.
    pub fn packages(&self) -> impl Iterator<Item = Package<'_>> {
        self.day.into_iter().flat_map(move |day| {
            self.files().into_iter().zip(self.chunks()).map(move |((address, _), chunk)| self.package(day, address, chunk))
        })
    }

    fn package<'p>(&'p self, day: Date, address: Address, processes: &'p [Process<'a>]) -> Package<'p> {
        let agency = &self.publisher.model.agency;
        let buyer = Buyer {
            id: format!("buyer-{}", short(Hash::of(self.agency().as_bytes()))),
            name: &agency.name.th,
            district: agency.district.as_ref().map(|name| name.th.as_str()),
            province: agency.province.as_ref().map(|name| name.th.as_str()),
        };
        // A program reads an address of ASCII alone as one.
        let website = agency.website.as_deref().filter(|url| url.is_ascii());
        let license = self.publisher.site.license.as_ref().and_then(|license| license.url.as_deref()).filter(|url| url.is_ascii());
        let uri = self.uri(&address);
        let releases = processes.iter().map(|process| self.release(day, process)).collect();
        Package { uri, address, day, publisher: &agency.name.th, website, license, buyer, releases }
    }

    /// The package's address, where the site has one; else an identifier that says no more than that it is this one (RFC 9562, version 8).
    fn uri(&self, address: &Address) -> String {
        if let Some(base) = self.publisher.base_url.filter(|base| base.is_ascii()) {
            return format!("{base}{}", address.encoded());
        }
        let hash = Hash::of(format!("{}\n{address}", self.publisher.model.agency.name.th).as_bytes()).to_string();
        format!("urn:uuid:{}-{}-8{}-a{}-{}", &hash[..8], &hash[8..12], &hash[13..16], &hash[17..20], &hash[20..32])
    }

    /// Who the agency is among those of the site: two may have one name, in different provinces.
    fn agency(&self) -> String {
        let agency = &self.publisher.model.agency;
        if agency.slug.is_empty() { agency.name.th.clone() } else { format!("{}\n{}", agency.name.th, agency.slug) }
    }

    fn prefix(&self) -> &str {
        self.publisher.site.ocds_prefix.as_deref().unwrap_or(EXAMPLE_PREFIX)
    }

    fn release<'p>(&'p self, day: Date, process: &'p Process<'a>) -> Release<'p> {
        let common = Common::of(&process.rows);
        let states: Vec<Option<State>> = process.rows.iter().map(|row| State::of(&row.status)).collect();
        let is_all = |state: State| states.iter().all(|other| *other == Some(state));
        let status = if is_all(State::Cancelled) {
            Some("cancelled")
        } else {
            states.iter().any(|state| matches!(state, Some(State::Running | State::Ended))).then_some("complete")
        };
        let awards: Vec<Award> =
            process.rows.iter().zip(&states).enumerate().filter_map(|(at, (row, state))| award(at + 1, row, *state)).collect();
        let mut tags = Vec::new();
        if common.budget.is_some() || common.source.is_some() {
            tags.push("planning");
        }
        tags.push("tender");
        if !awards.is_empty() {
            tags.push("award");
        }
        if awards.iter().any(|award| award.contract.is_some()) {
            tags.push("contract");
        }
        let mut release = Release {
            ocid: format!("{}-{}", self.prefix(), process.number),
            id: String::new(),
            tags,
            tender: &process.number,
            title: process.rows.first().map(|row| cleaned(&row.name)).unwrap_or_default(),
            status,
            method: common.method.as_deref().and_then(Competition::of).map(|competition| match competition {
                Competition::Open => "open",
                Competition::Direct => "direct",
            }),
            method_details: common.method,
            value: common.reference,
            budget: common.budget,
            budget_source: common.source,
            awards,
        };
        // What a release says never changes: a row that says something else makes another one.
        release.id = format!("{day}-{}", short(Hash::of(release.told().as_bytes())));
        release
    }

    /// What the page of the item says; nothing where the tables have no rows.
    pub fn view(&self) -> View {
        if self.rows == 0 {
            return View::Null;
        }
        let mut from = 0;
        let file = |(address, releases): (Address, usize)| {
            from += releases;
            view!({"address": address.as_str(), "from": from + 1 - releases, "to": from})
        };
        let files: Vec<View> = self.files().into_iter().map(file).collect();
        let is_row = |reason: &Reason| matches!(reason, Reason::Nameless | Reason::Cut | Reason::Repeated | Reason::Shared);
        let left = |rows: bool| -> Vec<View> {
            let some = self.left.iter().filter(|(reason, _)| is_row(reason) == rows);
            some.map(|(reason, count)| view!({"reason": reason.key(), "count": *count})).collect()
        };
        let taken: usize = self.processes.iter().map(|process| process.rows.len()).sum();
        view!({
            "rows": self.rows,
            "taken": taken,
            "releases": self.processes.len(),
            "files": files,
            "left_rows": left(true),
            "left_parts": left(false),
            "dated": self.day.is_some(),
            "registered": self.publisher.site.ocds_prefix.is_some(),
            "prefix": self.prefix(),
        })
    }
}

/// What the rows of a process say of all of it: each may leave it to another one, none may say otherwise.
struct Common {
    budget: Option<Satang>,
    source: Option<String>,
    reference: Option<Satang>,
    method: Option<String>,
    /// Do some say otherwise?
    differs: bool,
}

impl Common {
    fn of(rows: &[&Row]) -> Self {
        let mut differs = false;
        let text = |text: &str| Some(cleaned(text)).filter(|text| !text.is_empty());
        Self {
            budget: common(rows.iter().filter_map(|row| row.budget.value()), &mut differs),
            source: common(rows.iter().filter_map(|row| text(&row.source)), &mut differs),
            reference: common(rows.iter().filter_map(|row| row.reference.value()), &mut differs),
            method: common(rows.iter().filter_map(|row| text(&row.method)), &mut differs),
            differs,
        }
    }
}

fn common<T: PartialEq>(mut said: impl Iterator<Item = T>, differs: &mut bool) -> Option<T> {
    let first = said.next()?;
    if said.all(|other| other == first) {
        return Some(first);
    }
    *differs = true;
    None
}

/// What a row says of a choice that was made.
fn award(number: usize, row: &Row, state: Option<State>) -> Option<Award> {
    let mut seen = BTreeSet::new();
    let named = suppliers(&row.vendors).into_iter().map(|name| (format!("supplier-{}", short(Hash::of(name.as_bytes()))), name));
    let suppliers: Vec<(String, String)> = named.filter(|(id, _)| seen.insert(id.clone())).collect();
    // A price alone may be one that was offered.
    if suppliers.is_empty() {
        return None;
    }
    let (status, contract) = match state {
        Some(State::Unsigned) => (None, Some("pending")),
        Some(State::Running) => (Some("active"), Some("active")),
        Some(State::Ended) => (Some("active"), Some("terminated")),
        Some(State::Cancelled) => (Some("cancelled"), None),
        None => (None, None),
    };
    Some(Award { number, status, value: row.agreed.value(), suppliers, contract })
}

/// The beginning of a hash: enough for names in one table, and short enough to read.
fn short(hash: Hash) -> String {
    hash.to_string()[..16].to_owned()
}
