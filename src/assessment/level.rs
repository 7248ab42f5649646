//! The level of a result: which one was announced, what it asks, and how the figures stand to that.

use super::edition::Edition;
use crate::base::exact::Exact;
use crate::framework::{Certainty, Figure, Level};

/// The announced level, as the pack knows it.
pub struct Announced<'a> {
    /// Its place in the pack, from the best down.
    pub rank: usize,
    /// The level.
    pub level: &'a Level,
}

/// One condition of a level.
pub struct Condition {
    /// The figure that is tested.
    pub figure: Figure,
    /// Its value: published, or derived and rounded to two decimals; `None` where it is not known.
    pub value: Option<Exact>,
    /// What it must reach.
    pub threshold: Exact,
}

impl Condition {
    /// Is it met? `None` where the figure is not known.
    pub fn met(&self) -> Option<bool> {
        self.value.as_ref().map(|value| *value >= self.threshold)
    }
}

/// The announced level where the pack has one of that name.
pub fn announced(edition: &Edition) -> Option<Announced<'_>> {
    let rank = named(&edition.pack.levels, &edition.assessment.level.as_ref()?.value)?;
    Some(Announced { rank, level: &edition.pack.levels[rank] })
}

/// The level of a name, in either language, by its place.
pub fn named(levels: &[Level], name: &str) -> Option<usize> {
    let name = plain(name);
    levels.iter().position(|level| {
        let names = [Some(level.name.th.as_str()), level.name.en.as_deref()];
        names.into_iter().flatten().any(|own| plain(own) == name)
    })
}

/// The name of a level as names are compared: reports print `ผ่าน ดี` and `ระดับผ่านดี` for `ผ่านดี`, which is no other level.
fn plain(name: &str) -> String {
    let name: String = name.split_whitespace().collect();
    name.strip_prefix("ระดับ").unwrap_or(&name).to_lowercase()
}

/// Which level the conditions give.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fitting {
    /// This one, by its place in the pack.
    Level(usize),
    /// None of them.
    None,
    /// A figure that matters is not known, or the pack is not sure of a level.
    Unknown,
}

/// The first level, from the best down, whose conditions are all met. Source: "Level" in the format's description.
pub fn fitting(edition: &Edition) -> Fitting {
    let levels = &edition.pack.levels;
    if levels.is_empty() {
        return Fitting::Unknown;
    }
    for (rank, level) in levels.iter().enumerate() {
        let met: Vec<Option<bool>> = conditions(edition, level).iter().map(Condition::met).collect();
        // One that is not met settles it, whatever else is not known.
        if met.contains(&Some(false)) {
            continue;
        }
        let is_sure = level.standing.certainty != Some(Certainty::Unconfirmed);
        return if is_sure && !met.contains(&None) { Fitting::Level(rank) } else { Fitting::Unknown };
    }
    Fitting::None
}

/// What a figure is short of a condition.
pub struct Short {
    /// The condition.
    pub condition: Condition,
    /// How many points are missing; `None` where the figure is not known.
    pub by: Option<Exact>,
}

/// What keeps a result from the next better level: that level's place, and each condition of it that is not met. `None` of the best
/// level, and where it is not known which level the result has.
pub fn to_the_next(edition: &Edition) -> Option<(usize, Vec<Short>)> {
    let rank = match fitting(edition) {
        Fitting::Level(rank) => rank,
        Fitting::None => edition.pack.levels.len(),
        Fitting::Unknown => announced(edition)?.rank,
    };
    let next = rank.checked_sub(1)?;
    let short = |condition: Condition| match (condition.met(), &condition.value) {
        (Some(true), _) => None,
        (_, value) => Some(Short { by: value.as_ref().map(|value| &condition.threshold - value), condition }),
    };
    let missing: Vec<Short> = conditions(edition, &edition.pack.levels[next]).into_iter().filter_map(short).collect();
    (!missing.is_empty()).then_some((next, missing))
}

/// The conditions of a level: the total, and each instrument where the level asks for that.
pub fn conditions(edition: &Edition, level: &Level) -> Vec<Condition> {
    let value = |figure| tested(edition, figure);
    let total = level.total.iter().map(|t| Condition { figure: Figure::Overall, value: value(Figure::Overall), threshold: t.clone() });
    let instruments = (0..edition.pack.instruments.len()).map(Figure::Instrument);
    let each = level
        .each
        .iter()
        .flat_map(|threshold| instruments.clone().map(|figure| Condition { figure, value: value(figure), threshold: threshold.clone() }));
    total.chain(each).collect()
}

/// The value that conditions are tested on, in percent: the published one, else the derived one rounded to two decimals.
pub fn tested(edition: &Edition, figure: Figure) -> Option<Exact> {
    let rollup = edition.rollup();
    rollup.published(figure).or_else(|| rollup.known(figure).map(|value| value.rounded(2)))
}

/// What the announced level asks for and the figures do not reach, or the lowest level where the pack has none of that name: the figure,
/// its value, and what it must reach.
pub fn unmet(edition: &Edition) -> Vec<(Figure, Exact, Exact)> {
    let level = announced(edition).map(|announced| announced.level).or(edition.pack.levels.last());
    let conditions = level.map(|level| conditions(edition, level)).unwrap_or_default();
    let missed = conditions.into_iter().filter(|condition| condition.met() == Some(false));
    missed.filter_map(|condition| Some((condition.figure, condition.value?, condition.threshold))).collect()
}

/// The thresholds that charts mark: what the best level asks of the total, and the next lower one. Both are in the pack or absent; one
/// of 0 is reached by every total and marks nothing.
pub fn marks(levels: &[Level]) -> (Option<Exact>, Option<Exact>) {
    let mut totals: Vec<&Exact> =
        levels.iter().filter_map(|level| level.total.as_ref()).filter(|total| **total > Exact::whole(0)).collect();
    totals.dedup();
    (totals.first().map(|t| (*t).clone()), totals.get(1).map(|t| (*t).clone()))
}
