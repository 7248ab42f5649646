//! The page of an item through the years. Owns which entries of which years are one item: those of one lasting id, whatever their codes
//! are; and what became of an id that another took in. Refuses to compare codes: a code is a number of its year alone.

use std::collections::BTreeMap;

use super::item::{data_year, record_links};
use super::known;
use super::links::Links;
use super::model::{EditionModel, Model};
use super::page::{Crumb, Page, Section, front, maybe, name};
use super::table::Label;
use super::view::{View, view};
use crate::base::address::Address;
use crate::framework::{Figure, Item};

/// Where an id occurs: editions, newest first, each with the item's place in its pack.
type Years<'a> = Vec<(&'a EditionModel, usize)>;

/// The page of each lasting id, in the order of ids.
pub fn pages<'a>(model: &'a Model, links: &Links) -> Vec<Page<'a>> {
    let mut by_id: BTreeMap<&str, Years<'_>> = BTreeMap::new();
    for edition in model.editions.iter().rev() {
        for (o, item) in edition.edition.pack.items.iter().enumerate() {
            by_id.entry(&item.id).or_default().push((edition, o));
        }
    }
    let family = Family { model, by_id: &by_id };
    by_id.iter().map(|(id, years)| page(&family, id, years, links)).collect()
}

/// The address of the page of a lasting id.
pub fn address(model: &Model, id: &str) -> Address {
    model.base.below(&format!("items/{id}/"))
}

/// All items of an agency, and which took in which.
struct Family<'a, 'b> {
    model: &'a Model,
    by_id: &'b BTreeMap<&'a str, Years<'a>>,
}

fn page<'a>(family: &Family<'a, '_>, id: &'a str, years: &Years<'a>, links: &Links) -> Page<'a> {
    let model = family.model;
    let latest = item_of(years[0]);
    let mut page = Page::new(address(model, id), "item-years");
    page.section = Section::Items;
    page.edition = model.current_year();
    page.crumbs.push(front(model));
    if let Some(current) = model.current().filter(|current| !current.edition.pack.items.is_empty()) {
        let label = Label::new("crumb.items").number("count", current.edition.pack.items.len());
        page.crumbs.push(Crumb { address: current.base.below("oit/"), label });
    }
    let shown: Vec<View> = years.iter().map(|(edition, o)| year_view(edition, *o, (latest, links))).collect();
    let without: Vec<u16> =
        years.iter().filter(|(e, o)| e.edition.record(*o).is_none_or(|r| r.links.is_empty())).map(|(e, _)| e.edition.year).collect();
    page.view = view!({
        "id": id,
        "name": name(&latest.name),
        "about": maybe(latest.about.as_ref()),
        "years": shown,
        "without_documents": without,
        "merged_into": family.successor(latest).map(|into| family.relative(into)),
        "predecessors": family.predecessors(id).into_iter().map(|from| family.relative(from)).collect::<Vec<_>>(),
        "chain": model.editions.iter().filter(|e| !e.edition.pack.items.is_empty()).map(|e| family.link(e, (id, years))).collect::<Vec<_>>(),
    });
    page
}

impl<'a> Family<'a, '_> {
    /// The id that took an item in, where its last year says so. An item that took in itself is a slip of the pack's author.
    fn successor<'i>(&self, item: &'i Item) -> Option<&'i str> {
        item.merged_into.as_deref().filter(|into| *into != item.id)
    }

    /// The ids that the id took in, in order.
    fn predecessors(&self, id: &str) -> Vec<&'a str> {
        let taken = |years: &Years<'a>| self.successor(item_of(years[0])) == Some(id);
        self.by_id.iter().filter(|(_, years)| taken(years)).map(|(id, _)| *id).collect()
    }

    /// Another id as templates take it: its name and address where the agency has a page of it.
    fn relative(&self, id: &str) -> View {
        let years = self.by_id.get(id);
        view!({
            "id": id,
            "name": years.map(|years| name(&item_of(years[0]).name)),
            "address": years.map(|_| address(self.model, id).to_string()),
            "last": years.map(|years| view!({"year": years[0].0.edition.year, "code": item_of(years[0]).code.to_string()})),
        })
    }

    /// One year of the chain of codes: the item's own code, that of the item that took it in, or none.
    fn link(&self, edition: &'a EditionModel, (id, years): (&str, &Years<'a>)) -> View {
        let code_in = |id: &str| edition.edition.pack.items.iter().find(|item| item.id == id).map(|item| item.code.to_string());
        let within = || {
            // As many steps as there are ids: ids that took in one another in a circle end here.
            let mut at = self.successor(item_of(years[0]))?;
            for _ in 0..self.by_id.len() {
                if let Some(code) = code_in(at) {
                    return Some(code);
                }
                at = self.successor(item_of(self.by_id.get(at)?[0]))?;
            }
            None
        };
        let later = edition.edition.year > years[0].0.edition.year;
        let own = code_in(id);
        let taken = if own.is_none() && later { within() } else { None };
        view!({"year": edition.edition.year, "code": own, "within": taken})
    }
}

fn item_of((edition, o): (&EditionModel, usize)) -> &Item {
    &edition.edition.pack.items[o]
}

fn year_view(edition: &EditionModel, o: usize, (latest, links): (&Item, &Links)) -> View {
    let item = &edition.edition.pack.items[o];
    let record = edition.edition.record(o);
    view!({
        "year": edition.edition.year,
        "code": item.code.to_string(),
        "address": edition.item(o).as_str(),
        "name": (item.name.th != latest.name.th).then(|| name(&item.name)),
        "certainty": known::of_item(edition, item).get("certainty").cloned(),
        "status": edition.edition.status(o).word(),
        "data_year": data_year(edition, item),
        "updated": record.and_then(|record| record.updated).map(|date| date.to_string()),
        "owner": record.and_then(|record| record.owner.clone()),
        "score": edition.published(Figure::Item(o)),
        "links": record.map(|record| record_links(record, links)).unwrap_or_default(),
    })
}
