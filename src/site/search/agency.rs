//! What can be found of an agency. Entries of one kind stand together, and of those the same thing of several years, newest first: what is
//! the same in each year is then stored side by side, and an edit moves nothing else.

use std::collections::BTreeMap;

use super::{Entry, Kind, abbreviations, name, text};
use crate::framework::{Figure, Item};
use crate::site::glossary::Words;
use crate::site::item_years;
use crate::site::model::{EditionModel, Model};
use crate::site::page;
use crate::site::table::Label;
use crate::site::{changes, glossary, measures, verify};
use crate::source::commentary::Commentary;
use crate::source::disclosures::Disclosure;
use crate::source::measures::Measure;

/// The text of a commentary as a reader meets it, with its figures.
pub type Spoken<'a> = &'a dyn Fn(&Commentary) -> String;

/// Names of one thing: the full form first. Of each instrument its name and its id, and abbreviations that everybody uses.
pub fn names(model: &Model) -> Vec<Vec<String>> {
    let mut all: Vec<Vec<String>> = Vec::new();
    for edition in model.editions.iter().rev() {
        for instrument in &edition.edition.pack.instruments {
            let whole = vec![instrument.name.th.clone(), instrument.id.clone()];
            let parts = instrument.parts.iter().map(|part| vec![part.name.th.clone(), part.id.clone()]);
            all.extend(std::iter::once(whole).chain(parts));
        }
    }
    all.sort();
    all.dedup();
    all.retain(|forms| forms.iter().all(|form| !form.is_empty()));
    all.extend(abbreviations());
    all
}

/// All that can be found of an agency, in the order in which it is stored.
pub fn entries(model: &Model, spoken: Spoken<'_>, words: &Words) -> Vec<Entry> {
    let mut all = vec![front(model)];
    all.extend(pages(model, spoken));
    for edition in model.editions.iter().rev() {
        editions(model, edition, spoken, &mut all);
    }
    lasting(model, &mut all);
    all.extend(words.all().map(|(id, title, anchor)| {
        let at = (glossary::address(&model.base), Some(anchor));
        let mut entry = Entry::new(at, Kind::Term, Label::new("search.kind.term"), name(title));
        entry.notes.push(Label::new("text").word("text", format!("glossary.{id}")));
        entry
    }));
    if model.base.as_str().is_empty() {
        all.push(Entry::new((verify::address(), None), Kind::Table, page_label(), Label::new("foot.verify")));
    }
    let title = Label::new("search.changes");
    all.push(Entry::new((changes::address(model), None), Kind::Table, page_label(), title));
    // Stable, so that years stay newest first.
    all.sort_by_cached_key(|entry| (entry.kind, rank(entry)));
    all
}

/// The front page: who the agency is and how it is reached.
fn front(model: &Model) -> Entry {
    let agency = &model.agency;
    let mut entry = Entry::new((model.base.clone(), None), Kind::Page, page_label(), name(&agency.name));
    entry.call_maybe(agency.short_name.as_ref());
    entry.call_maybe(agency.district.as_ref());
    entry.call_maybe(agency.province.as_ref());
    let contact = &agency.contact;
    entry.call_maybe(contact.address.as_ref());
    for text in [&contact.phone, &contact.email, &contact.facebook, &agency.website] {
        entry.say(text.as_deref().unwrap_or_default());
    }
    entry
}

/// The free pages of a unit.
pub fn pages(model: &Model, spoken: Spoken<'_>) -> Vec<Entry> {
    let one = |(slug, commentary): (&String, &Commentary)| {
        let title = text(&page::title(slug, commentary));
        let mut entry = Entry::new((model.base.below(&format!("{slug}/")), None), Kind::Page, page_label(), title);
        entry.say(&spoken(commentary));
        entry
    };
    model.pages.iter().map(one).collect()
}

fn page_label() -> Label {
    Label::new("search.kind.page")
}

/// Where an entry stands among those of its kind: by its code as a number.
fn rank(entry: &Entry) -> (String, u32) {
    let key = entry.keys.first().map(String::as_str).unwrap_or_default();
    let letters = key.trim_end_matches(|c: char| c.is_ascii_digit());
    (letters.to_owned(), key[letters.len()..].parse().unwrap_or_default())
}

/// Makes entries of one edition.
struct Maker<'a> {
    edition: &'a EditionModel,
}

impl Maker<'_> {
    fn entry(&self, (rest, fragment): (&str, Option<String>), kind: Kind, label: Label, title: Label) -> Entry {
        let year = self.edition.edition.year;
        let mut entry = Entry::new((self.edition.base.below(rest), fragment), kind, label.number("year", year), title);
        entry.year = Some(year);
        entry
    }

    /// The published figure, where there is one.
    fn score(&self, figure: Figure, entry: &mut Entry) {
        entry.notes.extend(self.edition.published(figure).map(|score| Label::new("search.score").number("score", score)));
    }
}

fn editions(model: &Model, edition: &EditionModel, spoken: Spoken<'_>, all: &mut Vec<Entry>) {
    let maker = Maker { edition };
    let year = edition.edition.year;
    let pack = &edition.edition.pack;
    let score = edition.published(Figure::Overall);
    let title = Label::new(if score.is_some() { "edition.heading" } else { "edition.heading.none" }).number("year", year);
    let title = title.number("score", score.unwrap_or_default());
    let mut overview = maker.entry(("", None), Kind::Edition, Label::new("search.kind.edition"), title);
    overview.call(&model.agency.name);
    overview.call(&pack.name);
    overview.say(edition.edition.assessment.source.title.as_deref().unwrap_or_default());
    overview.say(edition.edition.assessment.level.as_ref().map_or("", |level| &level.value));
    all.push(overview);
    let mut tables = vec![("scores/", "search.scores"), ("audit/", "search.audit"), ("measures/", "search.measures")];
    if !pack.issues.is_empty() {
        tables.push(("issues/", "search.issues"));
    }
    if !pack.items.is_empty() {
        tables.push(("oit/", "search.items"));
    }
    for (rest, title) in tables {
        all.push(maker.entry((rest, None), Kind::Table, Label::new("search.kind.table"), Label::new(title)));
    }
    let mut report = maker.entry(("report/", None), Kind::Report, Label::new("search.kind.report"), Label::new("search.report"));
    if let Some(commentary) = &edition.report {
        report.say(commentary.title.as_deref().unwrap_or_default());
        report.say(&spoken(commentary));
    }
    all.push(report);
    issues(&maker, spoken, all);
    for (o, item) in pack.items.iter().enumerate() {
        all.push(self::item(&maker, (o, item), spoken));
    }
    for (index, measure) in edition.edition.measures.iter().enumerate() {
        all.push(self::measure(&maker, index, measure));
    }
    questions(&maker, all);
    layers(&maker, all);
}

fn issues(maker: &Maker<'_>, spoken: Spoken<'_>, all: &mut Vec<Entry>) {
    for issue in &maker.edition.edition.pack.issues {
        let label = Label::new("search.kind.issue").text("code", issue.number.to_string());
        let rest = format!("issues/{}/", issue.number);
        let mut entry = maker.entry((&rest, None), Kind::Issue, label, name(&issue.name));
        entry.keys.push(format!("issue{}", issue.number));
        entry.call_maybe(issue.plain.name.as_ref());
        entry.call_maybe(issue.plain.about.as_ref());
        if let Some(commentary) = maker.edition.issues.get(&issue.number) {
            entry.say(&spoken(commentary));
        }
        all.push(entry);
    }
}

fn item(maker: &Maker<'_>, (o, item): (usize, &Item), spoken: Spoken<'_>) -> Entry {
    let code = item.code.to_string();
    let record = maker.edition.edition.record(o);
    let label = Label::new("search.kind.item").text("code", code.as_str());
    let title = record.and_then(|record| record.title.as_deref()).map_or_else(|| name(&item.name), text);
    let mut entry = maker.entry((&format!("oit/{code}/"), None), Kind::Item, label, title);
    entry.keys.extend([code, format!("item{}", item.code.number())]);
    if record.is_some_and(|record| record.title.is_some()) {
        entry.call(&item.name);
    }
    if let Some(record) = record {
        disclosure(record, &mut entry);
    }
    if let Some(commentary) = maker.edition.items.get(&o) {
        entry.say(&spoken(commentary));
    }
    entry.call_maybe(item.about.as_ref());
    for element in &item.elements {
        entry.call(&element.text);
        entry.say(record.and_then(|record| record.elements.get(&element.id)?.note.as_deref()).unwrap_or_default());
    }
    maker.score(Figure::Item(o), &mut entry);
    entry
}

fn disclosure(record: &Disclosure, entry: &mut Entry) {
    entry.say(record.note.as_deref().unwrap_or_default());
    for link in &record.links {
        entry.say(link.title.as_deref().unwrap_or_default());
        // A page of the site is found by itself; of a file or another site the name is what people look for.
        let target = link.url.value.as_str();
        if !target.ends_with('/') || target.contains("://") {
            entry.say(target.strip_prefix("files/").unwrap_or(target));
        }
    }
    entry.say(record.owner.as_deref().unwrap_or_default());
}

fn measure(maker: &Maker<'_>, index: usize, measure: &Measure) -> Entry {
    let label = Label::new("search.kind.measure").text("code", measure.issue.to_string());
    let title = measure.method.as_ref().map_or_else(|| Label::new("measure.untitled"), |method| text(&method.value));
    let anchor = measures::anchor(maker.edition, index, measure);
    let mut entry = maker.entry(("measures/", Some(anchor)), Kind::Measure, label, title);
    let progress = measure.progress.iter().map(|progress| progress.text.as_str());
    let period = measure.period.as_ref().and_then(|period| period.text.as_deref());
    let closed = measure.closed.as_ref().and_then(|closed| closed.reason.as_deref());
    let texts = measure.steps.iter().chain(&measure.responsible).map(String::as_str);
    texts.chain(period).chain(progress).chain(closed).for_each(|text| entry.say(text));
    entry
}

fn questions(maker: &Maker<'_>, all: &mut Vec<Entry>) {
    let pack = &maker.edition.edition.pack;
    for (q, question) in pack.questions.iter().enumerate() {
        let code = question.code.to_string();
        let label = Label::new("search.kind.question").text("code", code.as_str());
        let mut entry = maker.entry(("scores/", Some(code.clone())), Kind::Question, label, name(&question.text));
        entry.keys.extend([code, format!("question{}", question.code.number())]);
        entry.call(&pack.indicators[question.indicator].name);
        maker.score(Figure::Question(q), &mut entry);
        let parts = pack.instruments[pack.instrument_of(q)].parts.len();
        (0..parts).for_each(|part| maker.score(Figure::QuestionPart(q, part), &mut entry));
        all.push(entry);
    }
}

/// Indicators, instruments with their parts, and levels.
fn layers(maker: &Maker<'_>, all: &mut Vec<Entry>) {
    let pack = &maker.edition.edition.pack;
    for (i, indicator) in pack.indicators.iter().enumerate() {
        let label = Label::new("search.kind.indicator").text("code", indicator.number.to_string());
        let mut entry = maker.entry(("scores/", None), Kind::Indicator, label, name(&indicator.name));
        entry.keys.push(format!("indicator{}", indicator.number));
        entry.call_maybe(indicator.plain.name.as_ref());
        entry.call_maybe(indicator.plain.about.as_ref());
        for group in &indicator.groups {
            entry.say(&group.id);
            entry.call(&group.name);
        }
        maker.score(Figure::Indicator(i), &mut entry);
        all.push(entry);
    }
    for (i, instrument) in pack.instruments.iter().enumerate() {
        let label = Label::new("search.kind.instrument").text("code", instrument.id.as_str());
        let mut entry = maker.entry(("scores/", None), Kind::Instrument, label, name(&instrument.name));
        entry.keys.push(instrument.id.to_lowercase());
        entry.call_maybe(instrument.plain.name.as_ref());
        entry.call_maybe(instrument.plain.about.as_ref());
        maker.score(Figure::Instrument(i), &mut entry);
        for (p, part) in instrument.parts.iter().enumerate() {
            entry.say(&part.id);
            entry.call(&part.name);
            entry.call_maybe(part.plain.name.as_ref());
            maker.score(Figure::Part(i, p), &mut entry);
        }
        all.push(entry);
    }
    for level in &pack.levels {
        let mut entry = maker.entry(("", None), Kind::Level, Label::new("search.kind.level"), name(&level.name));
        entry.call_maybe(level.plain.name.as_ref());
        entry.call_maybe(level.plain.about.as_ref());
        all.push(entry);
    }
}

/// Items through the years, each with its codes.
fn lasting(model: &Model, all: &mut Vec<Entry>) {
    let mut by_id: BTreeMap<&str, Entry> = BTreeMap::new();
    for edition in model.editions.iter().rev() {
        for item in &edition.edition.pack.items {
            let entry = by_id.entry(&item.id).or_insert_with(|| {
                let mut entry = Entry::new(
                    (item_years::address(model, &item.id), None),
                    Kind::Years,
                    Label::new("search.kind.years"),
                    name(&item.name),
                );
                entry.notes.push(Label::new("text").text("text", item.id.as_str()));
                entry
            });
            let code = Label::new("search.years.one").number("year", edition.edition.year).text("code", item.code.to_string());
            entry.notes.insert(entry.notes.len() - 1, code);
        }
    }
    all.extend(by_id.into_values());
}
