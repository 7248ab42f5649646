//! The score ledger: every published figure beside what its parts allow. Owns whether a figure is consistent and by how much it is not.
//! What could explain one that is not is worked out by `explain`. Refuses to say how it is told.
//!
//! Source of the rule: "Consistent or not" in the format's description. A printed figure stands for a band of ±0.005, what its parts
//! allow is a band too, read from the nearest published figures and from the deepest; where either touches, the figure follows. All of
//! it is exact: a figure is never called inconsistent by the rounding of this program.

use std::collections::BTreeMap;

use super::edition::Edition;
use super::explain::{Explanation, explain};
use super::rollup::{Reading, Rollup};
use crate::base::band::Band;
use crate::base::exact::Exact;
use crate::framework::Figure;

/// How a published figure stands to its parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// Its parts can give it.
    Follows,
    /// They miss it by no more than rounding on the way may do.
    Rounding,
    /// They can't give it, at any rounding of theirs.
    Contradicts,
    /// Not all that it needs is published: nothing can be said.
    Unchecked,
}

impl State {
    /// The word that data files use.
    pub fn word(self) -> &'static str {
        match self {
            Self::Follows => "follows",
            Self::Rounding => "rounding",
            Self::Contradicts => "contradicts",
            Self::Unchecked => "unchecked",
        }
    }
}

/// A published figure in the ledger.
#[derive(Clone, Debug)]
pub struct Entry {
    /// What it may stand for.
    pub published: Band,
    /// What the nearest published figures below allow; `None` where it is not checkable.
    pub derived: Option<Band>,
    /// How it stands to that.
    pub state: State,
    /// What the reading gives that comes nearest to it, where that is not the one of the nearest figures: rounding is told of this.
    pub closer: Option<Exact>,
    /// What could explain it; empty but of a figure that contradicts.
    pub explanation: Explanation,
}

/// All published figures of an edition.
#[derive(Clone, Debug, Default)]
pub struct Ledger {
    /// By figure, in the order of the pack: the total, instruments, parts, indicators, questions, parts of questions, items.
    pub entries: BTreeMap<Figure, Entry>,
}

/// The largest gap that rounding on the way from the parts to the figure may leave. Source: the format's description.
fn rounding() -> Exact {
    Exact::decimal(2, 2)
}

impl Ledger {
    /// Compares every published figure of an edition with its parts.
    pub fn of(edition: &Edition) -> Self {
        let rollup = edition.rollup();
        let entry = |figure: &Figure| Some((*figure, entry(&rollup, *figure)?));
        Self { entries: edition.assessment.figures.keys().filter_map(entry).collect() }
    }

    /// The state of a figure; one that is not published has nothing to check.
    pub fn state(&self, figure: Figure) -> State {
        self.entries.get(&figure).map_or(State::Unchecked, |entry| entry.state)
    }

    /// The figures of a state.
    pub fn of_state(&self, state: State) -> impl Iterator<Item = (Figure, &Entry)> {
        self.entries.iter().filter(move |(_, entry)| entry.state == state).map(|(figure, entry)| (*figure, entry))
    }
}

fn entry(rollup: &Rollup<'_>, figure: Figure) -> Option<Entry> {
    let published = rollup.printed(figure)?;
    let Some(nearest) = rollup.derived(figure, Reading::Nearest) else {
        return Some(Entry { published, derived: None, state: State::Unchecked, closer: None, explanation: Explanation::default() });
    };
    if published.touches(&nearest) {
        return Some(Entry { published, derived: Some(nearest), state: State::Follows, closer: None, explanation: Explanation::default() });
    }
    let gap = published.gap(&nearest);
    let deepest = rollup.derived(figure, Reading::Deepest).filter(|deepest| published.gap(deepest) < gap);
    let gap = deepest.as_ref().map_or(gap, |deepest| published.gap(deepest));
    let state = match gap {
        gap if gap == Exact::whole(0) => State::Follows,
        gap if gap <= rounding() => State::Rounding,
        _ => State::Contradicts,
    };
    // Looked for once: the finding, the page and the data tell of the same.
    let explanation = if state == State::Contradicts { explain(rollup, figure, (&published, &nearest)) } else { Explanation::default() };
    Some(Entry { published, derived: Some(nearest), state, closer: deepest.map(|deepest| deepest.point), explanation })
}
