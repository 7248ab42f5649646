//! The agency's front page: the answer first (score, level, compared to what, where the points went, what will be done, where the
//! documents are), then the evidence, what is due, and the editions.

use super::edition::{self, digest};
use super::model::{EditionModel, Model};
use super::page::{Page, maybe, name};
use super::scale::{self, place};
use super::view::{View, view};
use super::{changes, known, linked, measures, oit, provinces, scores, years};
use crate::assessment::completeness::{Counts, Today};
use crate::assessment::level;
use crate::base::exact::Exact;
use crate::framework::Figure;
use crate::site::axis::Axis;

/// What the label of the national mean takes of the ruler, in per cent, where there is room for words.
const NATION_LABEL: i64 = 22;

/// The same on a phone.
const NATION_LABEL_PHONE: i64 = 43;

/// The front page of an agency.
pub fn page(model: &Model, today: Today) -> Page<'_> {
    let mut page = Page::new(model.base.clone(), "agency");
    page.edition = model.current_year();
    page.linked.push(linked::agency(model));
    let result = model.latest();
    page.view = view!({
        "result": result.map(|result| result_view(model, result)),
        "documents": model.current().map(|edition| documents(edition, today)),
        "years": years::charts(model),
        "changes": changes::address(model).as_str(),
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

fn result_view(model: &Model, edition: &EditionModel) -> View {
    view!({
        "change": changes::against(model, edition),
        "digest": digest(edition),
        "measures": measures::list(edition),
        "known": known::of_pack(edition),
        "derives": scores::derives(edition),
        "ruler": ruler(edition),
        "address": edition.base.as_str(),
    })
}

fn documents(edition: &EditionModel, today: Today) -> View {
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
    let (solid, dashed) = level::marks(&record.pack.levels);
    let axis = Axis { low, solid, dashed, ..Axis::default() };
    let zones = scale::zones(&axis, &record.pack.levels);
    let thresholds = scale::thresholds(&axis);
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
