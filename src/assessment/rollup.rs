//! The roll-up: how each figure follows from the ones below it. Owns the tree of sums; refuses rounding, which is for showing.
//!
//! Source of the formulas: "Roll-up" in the format's description. A question of an instrument with parts is the mean of its parts; an
//! indicator the mean of its questions, or of its groups, each the mean of its items; a part of an instrument the mean, over its
//! indicators, of the mean of that part's questions; an instrument the mean of its parts where they are known, else of its
//! indicators; the total the weighted mean. A figure is derived only if all that it needs is published or derivable, and if the pack
//! is sure of what it needs: where a group's members are unconfirmed, a figure that follows from them would be a guess.
//!
//! Everything is reckoned in the unit that a figure is printed in, so that an instrument printed as its share of the total is only ever
//! multiplied, and a weight of zero divides nothing.

use std::collections::BTreeMap;

use crate::base::band::Band;
use crate::base::exact::Exact;
use crate::framework::{Certainty, Figure, Pack};
use crate::source::assessment::{Published, Scale, highest};

/// Which figures a derivation starts from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    /// The nearest published figures below.
    Nearest,
    /// The deepest published figures below.
    Deepest,
}

/// A figure below another, and what one unit of it gives to the one above, both as printed.
pub type Share = (Figure, Exact);

/// The figures of an edition and the rules that connect them.
#[derive(Clone, Copy, Debug)]
pub struct Rollup<'a> {
    /// The rules.
    pub pack: &'a Pack,
    /// What was published.
    pub figures: &'a BTreeMap<Figure, Published>,
    /// How instruments are printed.
    pub scale: Scale,
}

impl Rollup<'_> {
    /// What the parts of `figure` allow, in its printed unit; `None` where something that it needs is not known.
    pub fn derived(&self, figure: Figure, reading: Reading) -> Option<Band> {
        self.of_parts(figure, &mut |child| self.value(child, reading))
    }

    /// The published figures that a derivation of `figure` starts from, each once, with what a unit of it gives; `None` where nothing
    /// is derived.
    pub fn leaves(&self, figure: Figure, reading: Reading) -> Option<Vec<Share>> {
        let mut leaves = BTreeMap::new();
        self.gather(figure, (reading, &Exact::whole(1)), &mut leaves)?;
        Some(leaves.into_iter().collect())
    }

    /// The figures directly below `figure` that it is reckoned from: of several ways the one whose figures are all known, else the first.
    pub fn below(&self, figure: Figure) -> Vec<Share> {
        let mut ways = self.ways(figure).into_iter();
        let is_known = |way: &Vec<Share>| way.iter().all(|(child, _)| self.value(*child, Reading::Nearest).is_some());
        let first = ways.next().unwrap_or_default();
        if is_known(&first) { first } else { ways.find(is_known).unwrap_or(first) }
    }

    /// The published value of `figure` in percent; `None` of one that is printed as its share of nothing.
    pub fn published(&self, figure: Figure) -> Option<Exact> {
        self.figures.get(&figure).and_then(|published| self.percent(figure, &published.value))
    }

    /// The published value in percent, or else what the nearest parts give.
    pub fn known(&self, figure: Figure) -> Option<Exact> {
        self.published(figure).or_else(|| self.percent(figure, &self.derived(figure, Reading::Nearest)?.point))
    }

    /// The weight of an instrument, or of a part, in the total.
    pub fn weight(&self, figure: Figure) -> Option<Exact> {
        self.pack.weight(figure)
    }

    /// The band of a published figure in its printed unit.
    pub fn printed(&self, figure: Figure) -> Option<Band> {
        self.figures.get(&figure).map(|published| self.band(figure, &published.value))
    }

    /// The band of a number, if it were printed for `figure`.
    pub fn band(&self, figure: Figure, value: &Exact) -> Band {
        Band::printed(value, &self.highest(figure))
    }

    /// The highest value that `figure` can have in its printed unit.
    pub fn highest(&self, figure: Figure) -> Exact {
        highest(self.pack, self.scale, figure)
    }

    fn value(&self, figure: Figure, reading: Reading) -> Option<Band> {
        if self.is_unconfirmed(figure) {
            return None;
        }
        match reading {
            Reading::Nearest => self.printed(figure).or_else(|| self.derived(figure, reading)),
            Reading::Deepest => self.derived(figure, reading).or_else(|| self.printed(figure)),
        }
    }

    /// The sum over the first way whose figures are all known.
    fn of_parts(&self, figure: Figure, value: &mut dyn FnMut(Figure) -> Option<Band>) -> Option<Band> {
        if self.is_unconfirmed(figure) {
            return None;
        }
        self.ways(figure).into_iter().find_map(|way| {
            let mut sum = Band::zero();
            for (child, share) in way {
                sum = sum.plus(&share, &value(child)?);
            }
            Some(sum)
        })
    }

    fn gather(&self, figure: Figure, (reading, share): (Reading, &Exact), leaves: &mut BTreeMap<Figure, Exact>) -> Option<()> {
        if self.is_unconfirmed(figure) {
            return None;
        }
        let way = self.ways(figure).into_iter().find(|way| way.iter().all(|(child, _)| self.value(*child, reading).is_some()))?;
        for (child, part) in way {
            let share = share * &part;
            let is_leaf = match reading {
                Reading::Nearest => self.figures.contains_key(&child),
                Reading::Deepest => self.derived(child, reading).is_none(),
            };
            if is_leaf {
                let sum = leaves.get(&child).map_or_else(|| share.clone(), |before| before + &share);
                leaves.insert(child, sum);
            } else {
                self.gather(child, (reading, &share), leaves)?;
            }
        }
        Some(())
    }

    /// The ways to reckon a figure from the ones below it, the preferred one first. A way without any figure is none.
    fn ways(&self, figure: Figure) -> Vec<Vec<Share>> {
        let pack = self.pack;
        let mut ways = match figure {
            Figure::Item(_) | Figure::QuestionPart(..) => Vec::new(),
            Figure::Question(q) => vec![self.mean(figure, (0..pack.parts_of(q).len()).map(|p| Figure::QuestionPart(q, p)).collect())],
            Figure::Group(i, g) => vec![self.mean(figure, pack.items_in(i, g).map(Figure::Item).collect())],
            Figure::Indicator(i) => {
                let groups = pack.indicators[i].groups.len();
                vec![if groups > 0 {
                    self.mean(figure, (0..groups).map(|g| Figure::Group(i, g)).collect())
                } else {
                    self.mean(figure, pack.questions_of(i).map(Figure::Question).chain(pack.items_of(i).map(Figure::Item)).collect())
                }]
            }
            Figure::Part(i, p) => vec![self.part(i, p)],
            Figure::Instrument(i) => {
                let parts: Vec<Figure> = (0..pack.instruments[i].parts.len()).map(|p| Figure::Part(i, p)).collect();
                let of_parts = match self.scale {
                    Scale::Percent => self.mean(figure, parts),
                    Scale::Weighted => parts.into_iter().map(|part| (part, Exact::whole(1))).collect(),
                };
                vec![of_parts, self.mean(figure, pack.indicators_of(i).map(Figure::Indicator).collect())]
            }
            Figure::Overall => vec![self.total()],
        };
        ways.retain(|way| !way.is_empty());
        ways
    }

    /// The mean of figures in percent, in the unit of the one above. Source of the shares: an instrument's weight stands for 100.
    fn mean(&self, figure: Figure, children: Vec<Figure>) -> Vec<Share> {
        let share = self.unit(figure, &(&Exact::whole(1) / &Exact::whole(children.len() as i64)));
        children.into_iter().map(|child| (child, share.clone())).collect()
    }

    /// The mean, over the instrument's indicators, of the mean of a part's questions; empty where an indicator has no questions.
    fn part(&self, instrument: usize, part: usize) -> Vec<Share> {
        let pack = self.pack;
        let mut shares = Vec::new();
        let indicators: Vec<usize> = pack.indicators_of(instrument).collect();
        for indicator in &indicators {
            let questions: Vec<usize> = pack.questions_of(*indicator).collect();
            if questions.is_empty() {
                return Vec::new();
            }
            let share = &Exact::whole(1) / &Exact::whole((indicators.len() * questions.len()) as i64);
            let share = self.unit(Figure::Part(instrument, part), &share);
            shares.extend(questions.into_iter().map(|q| (Figure::QuestionPart(q, part), share.clone())));
        }
        shares
    }

    /// The weighted mean of the instruments; empty where a weight is missing. An instrument without weight is not needed.
    fn total(&self) -> Vec<Share> {
        let mut shares = Vec::new();
        for (i, instrument) in self.pack.instruments.iter().enumerate() {
            let Some(weight) = &instrument.weight else { return Vec::new() };
            let share = match self.scale {
                Scale::Percent => weight / &Exact::whole(100),
                Scale::Weighted => Exact::whole(1),
            };
            if *weight > Exact::whole(0) {
                shares.push((Figure::Instrument(i), share));
            }
        }
        shares
    }

    /// A share of a percentage in the unit of the figure above it.
    fn unit(&self, figure: Figure, share: &Exact) -> Exact {
        match self.weighted(figure) {
            Some(weight) => &(share * &weight) / &Exact::whole(100),
            None => share.clone(),
        }
    }

    /// Does the pack say that this entry is general knowledge only?
    fn is_unconfirmed(&self, figure: Figure) -> bool {
        self.pack.standing(figure).is_some_and(|standing| standing.certainty == Some(Certainty::Unconfirmed))
    }

    /// From the printed unit to percent. Only instruments and their parts are ever printed as a share.
    fn percent(&self, figure: Figure, value: &Exact) -> Option<Exact> {
        match self.weighted(figure) {
            Some(weight) if weight > Exact::whole(0) => Some(&(value * &Exact::whole(100)) / &weight),
            Some(_) => None,
            None => Some(value.clone()),
        }
    }

    /// The weight that stands for 100 where a figure is printed as its share.
    fn weighted(&self, figure: Figure) -> Option<Exact> {
        if self.scale == Scale::Percent { None } else { self.weight(figure) }
    }
}
