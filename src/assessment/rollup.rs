//! The roll-up: how each figure follows from the ones below it. Owns the tree of means; refuses rounding, which is for showing.
//!
//! Source of the formulas: "Roll-up" in the format's description. A question of an instrument with parts is the mean of its parts; an
//! indicator the mean of its questions, or of its groups, each the mean of its items; a part of an instrument the mean, over its
//! indicators, of the mean of that part's questions; an instrument the mean of its parts where they are known, else of its
//! indicators; the total the weighted mean. A figure is derived only if all that it needs is published or derivable, and if the pack
//! is sure of what it needs: where a group's members are unconfirmed, a figure that follows from them would be a guess.

use std::collections::BTreeMap;

use crate::base::exact::Exact;
use crate::framework::{Certainty, Figure, Pack};
use crate::source::assessment::{Published, Scale};

/// Which figures a derivation starts from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    /// The nearest published figures below.
    Nearest,
    /// The deepest published figures below.
    Deepest,
}

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
    /// What the parts of `figure` give, in its printed unit; `None` where something that it needs is not known.
    pub fn derived(&self, figure: Figure, reading: Reading) -> Option<Exact> {
        self.of_parts_below(figure, reading).map(|percent| self.printed(figure, &percent))
    }

    /// The published value of `figure` in percent.
    pub fn published(&self, figure: Figure) -> Option<Exact> {
        self.figures.get(&figure).map(|published| self.percent(figure, &published.value))
    }

    /// The published value in percent, or else what the nearest parts give.
    pub fn known(&self, figure: Figure) -> Option<Exact> {
        self.published(figure).or_else(|| self.of_parts_below(figure, Reading::Nearest))
    }

    /// The weight of an instrument, or of a part, in the total.
    pub fn weight(&self, figure: Figure) -> Option<Exact> {
        self.pack.weight(figure)
    }

    fn value(&self, figure: Figure, reading: Reading) -> Option<Exact> {
        match reading {
            Reading::Nearest => self.published(figure).or_else(|| self.of_parts_below(figure, reading)),
            Reading::Deepest => self.of_parts_below(figure, reading).or_else(|| self.published(figure)),
        }
    }

    fn of_parts_below(&self, figure: Figure, reading: Reading) -> Option<Exact> {
        let pack = self.pack;
        if self.is_unconfirmed(figure) {
            return None;
        }
        match figure {
            Figure::Item(_) | Figure::QuestionPart(..) => None,
            Figure::Question(q) => self.mean((0..pack.parts_of(q).len()).map(|p| Figure::QuestionPart(q, p)), reading),
            Figure::Group(i, g) => self.mean(pack.items_in(i, g).map(Figure::Item), reading),
            Figure::Indicator(i) => {
                let groups = pack.indicators[i].groups.len();
                if groups > 0 {
                    return self.mean((0..groups).map(|g| Figure::Group(i, g)), reading);
                }
                self.mean(pack.questions_of(i).map(Figure::Question).chain(pack.items_of(i).map(Figure::Item)), reading)
            }
            Figure::Part(i, p) => {
                let mut means = Vec::new();
                for indicator in pack.indicators_of(i) {
                    means.push(self.mean(pack.questions_of(indicator).map(|q| Figure::QuestionPart(q, p)), reading)?);
                }
                Exact::mean(&means)
            }
            Figure::Instrument(i) => {
                let parts = pack.instruments[i].parts.len();
                let of_parts = self.mean((0..parts).map(|p| Figure::Part(i, p)), reading);
                of_parts.or_else(|| self.mean(pack.indicators_of(i).map(Figure::Indicator), reading))
            }
            Figure::Overall => {
                let mut total = Exact::whole(0);
                for (i, instrument) in pack.instruments.iter().enumerate() {
                    if self.is_unconfirmed(Figure::Instrument(i)) {
                        return None;
                    }
                    let value = self.value(Figure::Instrument(i), reading)?;
                    total = &total + &(&value * instrument.weight.as_ref()?);
                }
                (!pack.instruments.is_empty()).then(|| &total / &Exact::whole(100))
            }
        }
    }

    /// The mean of figures that must all be known.
    fn mean(&self, figures: impl Iterator<Item = Figure>, reading: Reading) -> Option<Exact> {
        let sure = |figure| if self.is_unconfirmed(figure) { None } else { self.value(figure, reading) };
        let values: Option<Vec<Exact>> = figures.map(sure).collect();
        Exact::mean(&values?)
    }

    /// Does the pack say that this entry is general knowledge only?
    fn is_unconfirmed(&self, figure: Figure) -> bool {
        self.pack.standing(figure).is_some_and(|standing| standing.certainty == Some(Certainty::Unconfirmed))
    }

    /// From the printed unit to percent. Only instruments and their parts are ever printed as a share.
    fn percent(&self, figure: Figure, value: &Exact) -> Exact {
        match self.share(figure) {
            Some(weight) => &(value * &Exact::whole(100)) / &weight,
            None => value.clone(),
        }
    }

    /// From percent to the printed unit.
    fn printed(&self, figure: Figure, percent: &Exact) -> Exact {
        match self.share(figure) {
            Some(weight) => &(percent * &weight) / &Exact::whole(100),
            None => percent.clone(),
        }
    }

    /// The weight that stands for 100 where a figure is printed as its share.
    fn share(&self, figure: Figure) -> Option<Exact> {
        if self.scale == Scale::Percent {
            return None;
        }
        self.weight(figure).filter(|weight| *weight > Exact::whole(0))
    }
}
