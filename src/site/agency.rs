//! The agency's front page: the answer first (score, level, compared to what, where the points went, what will be done, where the
//! documents are), then the evidence, what is due, and the editions.

use super::edition::{self, digest};
use super::model::{EditionModel, Model};
use super::page::{Page, maybe, name};
use super::{measures, oit, provinces};
use super::view::{View, view};
use crate::assessment::completeness::Counts;
use crate::assessment::level;
use crate::base::date::Date;
use crate::base::exact::Exact;
use crate::framework::Figure;
use crate::site::axis::Axis;

/// The front page of an agency.
pub fn page(model: &Model, today: Date) -> Page<'_> {
    let mut page = Page::new(model.base.clone(), "agency");
    page.edition = model.current();
    let result = model.latest();
    page.view = view!({
        "result": result.map(result_view),
        "documents": model.current().map(|edition| documents(edition, today)),
        "editions": model.editions.iter().rev().map(row).collect::<Vec<_>>(),
        "contact": view!({
            "address": maybe(model.agency.contact.address.as_ref()), "phone": model.agency.contact.phone, "email": model.agency.contact.email,
            "facebook": model.agency.contact.facebook,
        }),
        "province_address": provinces::address_of(&model.agency).map(|address| address.to_string()),
        "pages": model.pages.iter().map(|(slug, page)| {
            let title = super::page::view(slug, page).get("title").cloned();
            view!({"title": title, "address": model.base.below(&format!("{slug}/")).as_str()})
        }).collect::<Vec<_>>(),
    });
    if let Some(layout) = result.and_then(edition::losses) {
        page.table("losses", layout);
    }
    page
}

fn result_view(edition: &EditionModel) -> View {
    view!({
        "digest": digest(edition),
        "measures": measures::list(edition),
        "ruler": ruler(edition),
        "address": edition.base.as_str(),
    })
}

fn documents(edition: &EditionModel, today: Date) -> View {
    let counts = Counts::of(&edition.edition);
    view!({
        "total": edition.edition.pack.items.len(),
        "counts": oit::count_view(counts),
        "groups": oit::groups(edition),
        "follow": oit::follow(edition, today),
    })
}

/// One edition in the list of them.
fn row(edition: &EditionModel) -> View {
    view!({
        "year": edition.edition.year, "address": edition.base.as_str(), "overall": edition.published(Figure::Overall),
        "level": edition.edition.assessment.level.as_ref().map(|level| level.value.clone()), "draft": edition.edition.assessment.draft,
    })
}

/// The ruler of the total: zones between the thresholds of the levels, the agency's mark and the nation's.
fn ruler(edition: &EditionModel) -> Option<View> {
    let record = &edition.edition;
    let overall = record.published(Figure::Overall)?;
    let national = record.pack.national.as_ref();
    let lowest = national.map_or(&overall.value, |national| (&overall.value).min(&national.mean));
    let low = [80, 60, 0].into_iter().find(|low| *lowest >= Exact::whole(*low)).unwrap_or(0);
    let axis = Axis { low, ..Axis::default() };
    let (top, next) = level::marks(record);
    let thresholds: Vec<Exact> = [next, top].into_iter().flatten().filter(|t| *t > Exact::whole(low)).collect();
    let edges: Vec<Exact> = std::iter::once(Exact::whole(low)).chain(thresholds.clone()).chain([Exact::whole(100)]).collect();
    let zones: Vec<View> = edges
        .windows(2)
        .map(|pair| {
            let names: Vec<View> = zone_levels(edition, &pair[0], low == 0 || pair[0] > Exact::whole(low)).iter().map(name).collect();
            let (from, to) = (place(&axis, &pair[0]), place(&axis, &pair[1]));
            let middle = &(&from + &to) / &Exact::whole(2);
            view!({
                "x": from.short(1), "width": (&to - &from).short(1), "middle": middle.short(1), "levels": names, "top": Some(&pair[0]) == thresholds.last(),
            })
        })
        .collect();
    let step = if low == 80 { 1 } else { 5 };
    let ticks: Vec<View> = (low..=100)
        .step_by(step)
        .map(|at| view!({"x": axis.place(&Exact::whole(at)), "label": (at % 5 == 0 && (low == 80 || at % 20 == 0)).then_some(at), "value": at}))
        .collect();
    Some(view!({
        "low": low, "zones": zones, "ticks": ticks,
        "own": view!({"x": axis.place(&overall.value), "value": overall.text}),
        "national": national.map(|national| {
            let x = place(&axis, &national.mean);
            // The label stands on the side with more room, a little off the mark.
            let left = x > Exact::whole(45);
            let label = if left { &x - &Exact::whole(2) } else { &x + &Exact::whole(2) };
            view!({"x": x.short(1), "value": national.mean.short(4), "label": label.short(1), "left": left})
        }),
        "threshold": thresholds.last().map(|t| t.short(2)),
    }))
}

/// The levels that a total in the zone from `from` upward may have; none for the part of the ruler below all thresholds that it shows.
fn zone_levels(edition: &EditionModel, from: &Exact, named: bool) -> Vec<crate::base::language::Name> {
    if !named {
        return Vec::new();
    }
    let levels = edition.edition.pack.levels.iter().filter(|level| level.total.as_ref() == Some(from));
    // Two levels may begin at one total; which of them it is then depends on the instruments. The lower one is named first.
    let mut names: Vec<_> = levels.map(|level| level.name.clone()).collect();
    names.reverse();
    names
}

fn place(axis: &Axis, value: &Exact) -> Exact {
    Exact::parse(&axis.place(value)).unwrap_or_else(|| Exact::whole(0))
}
