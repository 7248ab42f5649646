//! The agency's front page: the answer first (score, level, compared to what, where the points went, what will be done, where the
//! documents are), then the evidence, what is due, and the editions.

use super::edition::{self, digest};
use super::model::{EditionModel, Model};
use super::page::{Page, maybe, name};
use super::view::{View, view};
use super::{known, linked, measures, oit, provinces, scores};
use crate::assessment::completeness::Counts;
use crate::assessment::level;
use crate::base::date::Date;
use crate::base::exact::Exact;
use crate::framework::Figure;
use crate::site::axis::Axis;

/// What the label of the national mean takes of the ruler, in per cent, where there is room for words.
const NATION_LABEL: i64 = 22;

/// The same on a phone.
const NATION_LABEL_PHONE: i64 = 43;

/// A zone of the ruler is named inside it from this length on, in per cent.
const NAMED_ZONE: i64 = 15;

/// The front page of an agency.
pub fn page(model: &Model, today: Date) -> Page<'_> {
    let mut page = Page::new(model.base.clone(), "agency");
    page.edition = model.current_year();
    page.linked.push(linked::agency(model));
    let result = model.latest();
    page.view = view!({
        "result": result.map(result_view),
        "documents": model.current().map(|edition| documents(edition, today)),
        "changes": super::changes::address(model).as_str(),
        "editions": model.editions.iter().rev().map(row).collect::<Vec<_>>(),
        "contact": view!({
            "address": maybe(model.agency.contact.address.as_ref()), "phone": model.agency.contact.phone, "email": model.agency.contact.email,
            "facebook": model.agency.contact.facebook,
        }),
        "province_address": provinces::address_of(&model.agency).map(|address| address.to_string()),
        "pages": super::page::list(model),
    });
    if let Some(edition) = result {
        page.download(edition, "scores");
    }
    if let Some(layout) = result.and_then(edition::losses) {
        page.table("losses", layout);
    }
    page
}

fn result_view(edition: &EditionModel) -> View {
    view!({
        "digest": digest(edition),
        "measures": measures::list(edition),
        "known": known::of_pack(edition),
        "derives": scores::derives(edition),
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
    let announced = level::announced(&edition.edition);
    view!({
        "level_name": announced.map(|announced| name(&announced.level.name)),
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
            let names = if &to - &from < Exact::whole(NAMED_ZONE) { Vec::new() } else { names };
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
            let own = place(&axis, &overall.value);
            // On the phone the label is taken only where it has room on the same side.
            let wide = side(&x, &own, NATION_LABEL);
            let phone = side(&x, &own, NATION_LABEL_PHONE).filter(|side| Some(*side) == wide);
            view!({"x": x.short(1), "value": national.mean.short(4), "side": wide, "phone": phone.is_some()})
        }),
        "threshold": thresholds.last().map(|t| t.short(2)),
    }))
}

/// The side of its mark on which the label of the national mean stands, neither over the agency's own mark nor beyond the ruler; none
/// where there is no room. The caption says the same.
fn side(x: &Exact, own: &Exact, label: i64) -> Option<&'static str> {
    let label = Exact::whole(label);
    let (end, begin) = (x + &label, x - &label);
    let left = begin >= Exact::whole(0) && (own > x || *own < begin);
    let right = end <= Exact::whole(100) && (own < x || *own > end);
    left.then_some("left").or(right.then_some("right"))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_label_of_the_nation_keeps_off_the_own_mark_and_the_ends() {
        let at = |x: i64, own: i64| side(&Exact::whole(x), &Exact::whole(own), NATION_LABEL);
        assert_eq!(at(69, 88), Some("left"));
        assert_eq!(at(69, 25), Some("left"));
        assert_eq!(at(69, 60), Some("right"));
        assert_eq!(at(10, 90), Some("right"));
        assert_eq!(at(10, 20), None);
        assert_eq!(at(90, 85), None);
        assert_eq!(at(50, 50), None);
    }
}
