//! What could explain a figure that its parts can't give. Owns the arithmetic of two kinds of answer: items that the assessor may have
//! scored 0, and slips of whoever typed the table. Refuses to prefer one: it names all that fit, or none where there are too many.
//!
//! It accuses nobody. That one item of two at 0 gives the printed figure is arithmetic; whether it was so is in the assessor's records.

use std::collections::BTreeMap;

use super::rollup::{Reading, Rollup, Share};
use crate::base::band::Band;
use crate::base::exact::Exact;
use crate::framework::Figure;

/// How many answers of a kind are told. Source: `explained_by` in the contract.
const MOST: usize = 6;

/// How many kinds of items are paired with each other: a pack has seven, and pairs grow with the square.
const MOST_CLASSES: usize = 64;

/// How many parts of a figure are looked through for slips.
const MOST_PARTS: usize = 64;

/// What would give the published figure.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Explanation {
    /// Items at 0; empty where none fit, or more than six ways do.
    pub patterns: Vec<Pattern>,
    /// Slips; empty where none fit, or more than six do.
    pub misprints: Vec<Misprint>,
}

/// At most two items at 0, as counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern {
    /// How many, of which.
    pub zeros: Vec<Zeros>,
}

/// So many items of one group at 0.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Zeros {
    /// The group, or the indicator of items without one.
    pub group: Figure,
    /// How many of them.
    pub count: usize,
    /// The items that it may be, in the order of the pack. Any of them gives the same figure.
    pub candidates: Vec<Figure>,
}

/// A slip of the pen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misprint {
    /// The figure that may be misprinted: the one that is not consistent, or one of its parts.
    pub figure: Figure,
    /// What happened.
    pub slip: Slip,
}

/// What may have happened to a printed figure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Slip {
    /// Two neighbouring digits changed places; this is the figure with them back in place.
    Swapped(String),
    /// A digit was left out; this is the figure with it.
    Dropped(String),
    /// It is the figure of the row above.
    Copied(Figure),
}

/// What could explain a figure that was published as the one band, where its nearest parts allow the other.
pub fn explain(rollup: &Rollup<'_>, figure: Figure, (published, derived): (&Band, &Band)) -> Explanation {
    let leaves = rollup.leaves(figure, Reading::Nearest).unwrap_or_default();
    let seeker = Seeker { rollup, figure, published, derived, leaves };
    Explanation { patterns: told(seeker.patterns()), misprints: told(seeker.misprints()) }
}

/// All of them where they are few enough to help.
fn told<T>(all: Vec<T>) -> Vec<T> {
    if all.len() > MOST { Vec::new() } else { all }
}

struct Seeker<'a> {
    rollup: &'a Rollup<'a>,
    figure: Figure,
    published: &'a Band,
    derived: &'a Band,
    leaves: Vec<Share>,
}

/// Items that can stand for each other: of one group, with the same figure.
struct Class {
    group: Figure,
    items: Vec<Figure>,
    /// What one of them at 0 takes away.
    change: Band,
}

impl Seeker<'_> {
    fn patterns(&self) -> Vec<Pattern> {
        let classes = self.classes();
        if classes.len() > MOST_CLASSES {
            return Vec::new();
        }
        let mut patterns = Vec::new();
        for (at, class) in classes.iter().enumerate() {
            if self.fits(&[&class.change]) {
                patterns.push(Pattern { zeros: vec![class.zeros(1)] });
            }
            if class.items.len() > 1 && self.fits(&[&class.change, &class.change]) {
                patterns.push(Pattern { zeros: vec![class.zeros(2)] });
            }
            let fitting = classes[at + 1..].iter().filter(|other| self.fits(&[&class.change, &other.change]));
            patterns.extend(fitting.map(|other| Pattern { zeros: vec![class.zeros(1), other.zeros(1)] }));
        }
        // The simplest first.
        patterns.sort_by_key(|pattern| pattern.zeros.iter().map(|zeros| zeros.count).sum::<usize>());
        patterns
    }

    /// The items below the figure that are not at 0 already.
    fn classes(&self) -> Vec<Class> {
        let zero = Exact::whole(0);
        let mut classes: BTreeMap<(Figure, Exact, Exact), Class> = BTreeMap::new();
        for (leaf, share) in &self.leaves {
            let (Figure::Item(item), Some(own)) = (*leaf, self.rollup.figures.get(leaf)) else { continue };
            let item = &self.rollup.pack.items[item];
            let Some(indicator) = item.indicator.filter(|_| own.value > zero) else { continue };
            let group = item.group.map_or(Figure::Indicator(indicator), |group| Figure::Group(indicator, group));
            let class = classes.entry((group, share.clone(), own.value.clone())).or_insert_with(|| {
                let (is, would) = (self.rollup.band(*leaf, &own.value), self.rollup.band(*leaf, &zero));
                Class { group, items: Vec::new(), change: scaled(share, &is, &would) }
            });
            class.items.push(*leaf);
        }
        classes.into_values().collect()
    }

    /// Would the figure be consistent with these changes of what its parts give?
    fn fits(&self, changes: &[&Band]) -> bool {
        changes.iter().fold(self.derived.clone(), |sum, change| sum.plus(&Exact::whole(1), change)).touches(self.published)
    }

    fn misprints(&self) -> Vec<Misprint> {
        let mut misprints = Vec::new();
        if let Some(above) = self.row_above() {
            misprints.push(Misprint { figure: self.figure, slip: Slip::Copied(above) });
        }
        for slip in self.slips(self.figure) {
            let fits = slip.value().is_some_and(|value| self.rollup.band(self.figure, &value).touches(self.derived));
            if fits {
                misprints.push(Misprint { figure: self.figure, slip });
            }
        }
        let is_item = |leaf: &Figure| matches!(leaf, Figure::Item(_));
        for (leaf, share) in self.leaves.iter().filter(|(leaf, _)| !is_item(leaf)).take(MOST_PARTS) {
            let Some(own) = self.rollup.printed(*leaf) else { continue };
            for slip in self.slips(*leaf) {
                let would = slip.value().map(|value| self.rollup.band(*leaf, &value));
                if would.is_some_and(|would| self.fits(&[&scaled(share, &own, &would)])) {
                    misprints.push(Misprint { figure: *leaf, slip });
                }
            }
        }
        misprints
    }

    /// The figure one row above in the tables of reports, where it has the same digits.
    fn row_above(&self) -> Option<Figure> {
        let above = match self.figure {
            Figure::Instrument(i) => Figure::Instrument(i.checked_sub(1)?),
            Figure::Part(i, p) => Figure::Part(i, p.checked_sub(1)?),
            Figure::Indicator(i) => Figure::Indicator(i.checked_sub(1)?),
            Figure::Question(q) => Figure::Question(q.checked_sub(1)?),
            _ => return None,
        };
        let (own, other) = (self.rollup.figures.get(&self.figure)?, self.rollup.figures.get(&above)?);
        (own.value == other.value).then_some(above)
    }

    /// The figures that one slip makes into the printed one, and that could have been printed.
    fn slips(&self, figure: Figure) -> Vec<Slip> {
        let Some(own) = self.rollup.figures.get(&figure) else { return Vec::new() };
        let highest = self.rollup.highest(figure);
        let mut slips: Vec<Slip> = Vec::new();
        let mut add = |slip: Slip| {
            let value = slip.value().filter(|value| *value <= highest && *value != own.value);
            if value.is_some_and(|value| slips.iter().all(|other| other.value().as_ref() != Some(&value))) {
                slips.push(slip);
            }
        };
        let digits: Vec<char> = own.text.chars().collect();
        for at in 1..digits.len() {
            // The point keeps its place: 99.12 and 99.21, and 91.92 across it.
            let Some(other) = (0..at).rev().find(|i| digits[*i] != '.').filter(|_| digits[at] != '.') else { continue };
            let mut swapped = digits.clone();
            swapped.swap(at, other);
            add(Slip::Swapped(swapped.into_iter().collect()));
        }
        for at in 0..=digits.len() {
            for digit in '0'..='9' {
                let mut longer = digits.clone();
                longer.insert(at, digit);
                add(Slip::Dropped(longer.into_iter().collect()));
            }
        }
        slips
    }
}

/// What a part gives less, or more, when its band is another: how much is added to what is derived.
fn scaled(share: &Exact, is: &Band, would: &Band) -> Band {
    let change = |is: &Exact, would: &Exact| &(would - is) * share;
    Band { low: change(&is.low, &would.low), point: change(&is.point, &would.point), high: change(&is.high, &would.high) }
}

impl Class {
    fn zeros(&self, count: usize) -> Zeros {
        Zeros { group: self.group, count, candidates: self.items.clone() }
    }
}

impl Slip {
    /// The figure that may have been meant, where it is one as reports print them: two decimals at most, no zero in front.
    fn value(&self) -> Option<Exact> {
        let (Self::Swapped(text) | Self::Dropped(text)) = self else { return None };
        let (whole, part) = text.split_once('.').unwrap_or((text, ""));
        let is_plain = part.len() <= 2 && (whole == "0" || !whole.starts_with('0'));
        if is_plain { Exact::parse(text) } else { None }
    }
}
