//! What changed between editions: each against the one before it, newest first, and what was corrected within one. Owns which editions
//! are compared, and what the page says first. Refuses to compare what has another meaning in each year, and says that it does.
//!
//! All editions that the site shows are compared: a draft only where drafts are asked for, and then it is called one. An edition without a
//! result takes part with its items and measures; of its figures the page says that there are none.

mod items;
mod measures;
mod scores;

use super::model::{EditionModel, Model};
use super::page::{Page, front, name};
use super::view::{View, view};
use crate::assessment::level;
use crate::base::address::Address;
use crate::base::exact::Exact;
use crate::base::language::Name;
use crate::base::thai;
use crate::framework::{Figure, Level};
use crate::source::assessment::Correction;

/// The page of an agency.
pub fn page(model: &Model) -> Page<'_> {
    let mut page = Page::new(address(model), "changes");
    page.edition = model.current_year();
    page.crumbs.push(front(model));
    let axis = scores::axis(model);
    let mut pairs = Vec::new();
    for editions in model.editions.windows(2).rev() {
        let [before, after] = editions else { continue };
        let pair = Pair { before, after };
        let (scores, layouts) = scores::compare(pair, &axis);
        let mut view = pair.view();
        view.set("scores", &scores);
        let (items, listed) = items::compare(model, pair);
        view.set("items", &items);
        let (measures, told) = measures::compare(pair);
        view.set("measures", &measures);
        for (kind, layout) in
            layouts.into_iter().chain(listed.map(|layout| ("items", layout))).chain(told.map(|layout| ("measures", layout)))
        {
            page.table(format!("{kind}-{}", after.edition.year), layout);
        }
        pairs.push(view);
    }
    page.view = view!({
        "years": model.editions.iter().map(|edition| edition.edition.year).collect::<Vec<_>>(),
        "pairs": pairs,
        "corrections": model.editions.iter().rev().filter_map(corrections).collect::<Vec<_>>(),
        "uncorrected": model.editions.iter().rev().filter(|e| is_uncorrected(e)).map(|e| e.edition.year).collect::<Vec<_>>(),
    });
    page
}

/// The total of an edition beside that of the newest one before it that has a result and a total: what front pages say of it. None where
/// there is no such edition.
pub fn against(model: &Model, after: &EditionModel) -> Option<View> {
    let has_total = |edition: &&EditionModel| edition.edition.has_result() && edition.edition.published(Figure::Overall).is_some();
    let before = model.editions.iter().rev().filter(|edition| edition.edition.year < after.edition.year).find(has_total)?;
    after.edition.published(Figure::Overall)?;
    let pair = Pair { before, after };
    let mut view = pair.view();
    view.set("caution", &scores::caution(pair));
    view.set("address", address(model).as_str());
    Some(view)
}

pub use scores::{Through, through_the_years};

/// The address of the page.
pub fn address(model: &Model) -> Address {
    model.base.below("changes/")
}

/// An edition and the one before it.
#[derive(Clone, Copy)]
struct Pair<'a> {
    before: &'a EditionModel,
    after: &'a EditionModel,
}

impl Pair<'_> {
    /// Which of the two years something is true of.
    fn years_where(self, is: impl Fn(&EditionModel) -> bool) -> Vec<u16> {
        [self.before, self.after].into_iter().filter(|edition| is(edition)).map(|edition| edition.edition.year).collect()
    }

    /// What is said of the two before any table.
    fn view(self) -> View {
        let edition = |edition: &EditionModel| {
            view!({
                "year": edition.edition.year, "address": edition.base.as_str(), "draft": edition.edition.assessment.draft,
                "figures": has_figures(edition), "doubt": super::known::of_pack(edition).get("certainty").is_some_and(|c| *c != View::Null),
                "level": level_of(edition).as_ref().map(name), "total": edition.published(Figure::Overall),
            })
        };
        let totals = self.before.edition.published(Figure::Overall).zip(self.after.edition.published(Figure::Overall));
        let gain = totals.map(|(before, after)| &after.value - &before.value);
        let levels = level_of(self.before).zip(level_of(self.after));
        view!({
            "from": edition(self.before),
            "to": edition(self.after),
            "way": gain.as_ref().map(|gain| if gain.is_negative() { "fall" } else if *gain == Exact::whole(0) { "same" } else { "rise" }),
            "points": gain.map(|gain| gain.short(4).trim_start_matches('-').to_owned()),
            "level_changed": levels.map(|(before, after)| !is_same(&before, &after)),
            "other_levels": levels_differ(self),
        })
    }
}

/// Does it publish any figure?
fn has_figures(edition: &EditionModel) -> bool {
    !edition.edition.assessment.figures.is_empty()
}

/// The announced level: as its pack names it, else as it is written.
fn level_of(edition: &EditionModel) -> Option<Name> {
    let written = edition.edition.assessment.level.as_ref()?;
    let known = level::announced(&edition.edition).map(|announced| announced.level.name.clone());
    Some(known.unwrap_or_else(|| Name::thai(written.value.clone())))
}

/// Do both packs tell what their levels ask, and not the same?
fn levels_differ(pair: Pair<'_>) -> bool {
    let (before, after) = (&pair.before.edition.pack.levels, &pair.after.edition.pack.levels);
    let asks = |level: &Level| (key(&level.name.th), level.total.clone(), level.each.clone());
    !before.is_empty() && !after.is_empty() && !before.iter().map(asks).eq(after.iter().map(asks))
}

/// Do two names mean the same?
fn is_same(one: &Name, other: &Name) -> bool {
    key(&one.th) == key(&other.th)
}

/// A text in the form in which two that say the same are one: a space or its absence says nothing in Thai.
fn key(text: &str) -> String {
    thai::normal(text).split_whitespace().collect()
}

/// The corrections of an edition; `None` where there are none.
fn corrections(edition: &EditionModel) -> Option<View> {
    // A level is corrected under the code of the total, so what is no number is a name.
    let value = |text: &Option<String>| text.as_ref().map(|text| view!({"text": text, "number": Exact::parse(text).is_some()}));
    let one = |correction: &Correction| {
        view!({
            "code": correction.code, "overall": correction.code == "overall", "was": value(&correction.was), "now": value(&correction.now),
            "reason": correction.reason, "date": correction.date.map(|date| date.to_string()),
        })
    };
    let all = &edition.edition.assessment.corrections;
    (!all.is_empty()).then(|| view!({"year": edition.edition.year, "list": all.iter().map(one).collect::<Vec<_>>()}))
}

/// Are there figures, and no correction of any?
fn is_uncorrected(edition: &EditionModel) -> bool {
    has_figures(edition) && edition.edition.assessment.corrections.is_empty()
}
