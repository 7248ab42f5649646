//! What the data say of what a text names. Owns which numbers a name may stand with: what is published, what follows from it, and any
//! rounding of both. Each name is worked out once, however often a text asks.

use std::cell::RefCell;
use std::collections::BTreeMap;

use super::mentions::{Named, Names, Number};
use crate::assessment::edition::Edition;
use crate::assessment::rollup::Reading;
use crate::base::exact::Exact;
use crate::framework::Figure;

/// The figures of an edition and the names that they have.
pub struct Figures<'a> {
    /// The edition.
    pub edition: &'a Edition,
    /// The names of its pack.
    pub names: Names<'a>,
    known: RefCell<BTreeMap<Named, Vec<Exact>>>,
}

impl<'a> Figures<'a> {
    /// The figures of an edition.
    pub fn of(edition: &'a Edition) -> Self {
        Self { edition, names: Names::of(&edition.pack), known: RefCell::default() }
    }

    /// The code of what is named, and the figure that the data have for it: for a part of it, where one is meant.
    pub fn published(&self, named: Named, part: Option<usize>) -> Option<(String, String)> {
        let edition = self.edition;
        match named {
            Named::Issue(number) => {
                let mean = edition.issue_mean(edition.pack.issue(number)?)?;
                Some((format!("issue-{number}"), mean.fixed(2)))
            }
            Named::Figure(figure) => {
                let of_part = part.and_then(|part| match figure {
                    Figure::Question(question) => edition.published(Figure::QuestionPart(question, part)),
                    Figure::Instrument(instrument) => edition.published(Figure::Part(instrument, part)),
                    _ => None,
                });
                let published = of_part.or_else(|| edition.published(figure))?;
                Some((edition.pack.code(figure), published.text.clone()))
            }
        }
    }

    /// May a number stand for what is named?
    pub fn allows(&self, named: Named, number: &Number) -> bool {
        let mut known = self.known.borrow_mut();
        known.entry(named).or_insert_with(|| self.values(named)).iter().any(|value| stands_for(number, value))
    }

    /// Is it any of the published figures?
    pub fn has(&self, number: &Number) -> bool {
        self.edition.assessment.figures.values().any(|published| stands_for(number, &published.value))
    }

    /// Every value that a text may give for a name.
    fn values(&self, named: Named) -> Vec<Exact> {
        let edition = self.edition;
        let rollup = edition.rollup();
        let published = |figure: Figure| edition.published(figure).map(|published| published.value.clone());
        match named {
            Named::Issue(of) => {
                let Some(issue) = edition.pack.issue(of) else { return Vec::new() };
                let members = || issue.members.iter().filter_map(|code| edition.pack.member(*code));
                let is_item = |figure: &Figure| matches!(figure, Figure::Item(_));
                let items = edition.mean_of(members().filter(is_item));
                let questions = edition.mean_of(members().filter(|figure| !is_item(figure)));
                // A text about an issue may go on with a figure of one of its members.
                [edition.issue_mean(issue), items, questions].into_iter().flatten().chain(members().filter_map(published)).collect()
            }
            Named::Figure(figure) => {
                let parts: Vec<Figure> = match figure {
                    Figure::Question(of) => (0..edition.pack.parts_of(of).len()).map(|part| Figure::QuestionPart(of, part)).collect(),
                    Figure::Instrument(of) => (0..edition.pack.instruments[of].parts.len()).map(|part| Figure::Part(of, part)).collect(),
                    _ => Vec::new(),
                };
                let derived = [Reading::Nearest, Reading::Deepest].into_iter().filter_map(|reading| rollup.derived(figure, reading));
                let derived: Vec<Exact> = derived.map(|band| band.point).collect();
                let printed = parts.into_iter().chain([figure]).filter_map(published);
                // What is printed as a share of the total may be told in percent, and the other way round.
                let percent = rollup.published(figure);
                let share =
                    percent.as_ref().zip(edition.pack.weight(figure)).map(|(value, weight)| &(value * &weight) / &Exact::whole(100));
                printed.chain(percent).chain(share).chain(derived).collect()
            }
        }
    }
}

/// May the digits that are written stand for a value: it, its rounding, or the value cut after them?
fn stands_for(number: &Number, value: &Exact) -> bool {
    let Some(written) = &number.value else { return false };
    let unit = Exact::decimal(1, number.decimals.min(18));
    let gap = value - written;
    let half = &unit / &Exact::whole(2);
    &gap + &half >= Exact::whole(0) && gap < unit
}
