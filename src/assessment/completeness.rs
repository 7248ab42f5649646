//! How complete the disclosures are: the state of each element of each item, and counts.

use super::edition::Edition;
use crate::base::date::Date;
use crate::source::disclosures::Status;

/// The state of a required element.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ElementState {
    /// There is evidence: these links of the item, by place, or its commentary.
    Met {
        /// The links that cover it.
        links: Vec<usize>,
        /// Is the item's commentary evidence?
        commentary: bool,
    },
    /// The record says that it is not met.
    Unmet,
    /// The record says nothing of it.
    Untold,
}

/// The state of each element of an item, in the pack's order.
pub fn elements(edition: &Edition, item: usize) -> Vec<ElementState> {
    let elements = &edition.pack.items[item].elements;
    let Some(record) = edition.record(item) else { return vec![ElementState::Untold; elements.len()] };
    elements
        .iter()
        .map(|element| {
            let covering = record.links.iter().enumerate().filter(|(_, link)| link.covers.contains(&element.id));
            let links: Vec<usize> = covering.map(|(i, _)| i).collect();
            match record.elements.get(&element.id) {
                Some(said) if !said.met => ElementState::Unmet,
                Some(said) => ElementState::Met { links, commentary: said.commentary.is_some() },
                None if links.is_empty() => ElementState::Untold,
                None => ElementState::Met { links, commentary: false },
            }
        })
        .collect()
}

/// How many items there are of each status. Items that are not applicable are not counted in the total.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Published whole.
    pub published: usize,
    /// Published in part.
    pub partial: usize,
    /// Missing.
    pub missing: usize,
    /// Not applicable.
    pub not_applicable: usize,
    /// Without a record.
    pub unrecorded: usize,
}

impl Counts {
    /// Counts the items of an edition.
    pub fn of(edition: &Edition) -> Self {
        let mut counts = Self::default();
        for item in 0..edition.pack.items.len() {
            counts.count(edition.status(item));
        }
        counts
    }

    /// Counts one more item.
    pub fn count(&mut self, status: Status) {
        match status {
            Status::Published => self.published += 1,
            Status::Partial => self.partial += 1,
            Status::Missing => self.missing += 1,
            Status::NotApplicable => self.not_applicable += 1,
            Status::Unrecorded => self.unrecorded += 1,
        }
    }

    /// The items that are counted.
    pub fn total(&self) -> usize {
        self.published + self.partial + self.missing + self.unrecorded
    }
}

impl std::ops::AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.published += other.published;
        self.partial += other.partial;
        self.missing += other.missing;
        self.not_applicable += other.not_applicable;
        self.unrecorded += other.unrecorded;
    }
}

/// How many days ahead a review is due. Source: "Due means within 30 days" in the contract.
const DUE_DAYS: u64 = 30;

/// How near the review of an item is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Review {
    /// Its day is today, or one of the days ahead that count as near.
    Due,
    /// Its day has passed.
    Overdue,
}

/// The day that is today. What is said of a day can be asked here alone, so that [`steady`] knows all days on which a site may change
/// though none of its files does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Today(Date);

impl Today {
    /// This day.
    pub fn is(day: Date) -> Self {
        Self(day)
    }
}

/// Days on which the same is told, the first and the last.
pub type Days = (Date, Date);

/// The days around today on which [`review`] tells of each item of these editions what it tells today.
pub fn steady<'a>(editions: impl Iterator<Item = &'a Edition>, Today(today): Today) -> Days {
    let mut days = (Date::FIRST, Date::LAST);
    for edition in editions {
        let reviews = (0..edition.pack.items.len()).filter_map(|item| Some(edition.record(item)?.review_by.as_ref()?.value));
        // The first day on which it is due, and the first on which it is overdue.
        for turn in reviews.flat_map(|by| [by.minus_days(DUE_DAYS), by.plus_days(1)]) {
            if turn <= today {
                days.0 = days.0.max(turn);
            } else {
                days.1 = days.1.min(turn.minus_days(1));
            }
        }
    }
    days
}

/// Is the review of an item due or overdue on the day that is today? None of an item that does not apply or is not recorded.
pub fn review(edition: &Edition, item: usize, Today(today): Today) -> Option<Review> {
    let by = edition.record(item)?.review_by.as_ref()?.value;
    match edition.status(item) {
        Status::NotApplicable | Status::Unrecorded => None,
        _ if by < today => Some(Review::Overdue),
        _ => (by <= today.plus_days(DUE_DAYS)).then_some(Review::Due),
    }
}

/// Is the review of an item due or overdue on the day that is today?
pub fn is_due(edition: &Edition, item: usize, today: Today) -> bool {
    review(edition, item, today).is_some()
}
