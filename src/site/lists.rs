//! Long lists in pages: how a list is cut, where each page of it lies, and what leads from one to the next. Owns how long a page may be.
//! Knows nothing of what is listed.

use std::ops::Range;

use super::view::{View, view};
use crate::base::address::Address;

/// The most agencies that one page lists: a page of a thousand rows is of no use on a telephone.
pub const LONGEST: usize = 200;

/// Up to so many pages are each named in the row of pages. Of more the first, the last and those near the present one are.
const ALL_NAMED: usize = 12;

/// How far from the present page a page is near.
const NEAR: usize = 2;

/// A list in pages.
#[derive(Clone, Debug)]
pub struct List {
    /// The address of the first page.
    first: Address,
    /// What the others lie below, by number.
    others: Address,
    /// How many are listed.
    len: usize,
}

impl List {
    /// A list whose further pages lie below the first.
    pub fn at(first: &Address, len: usize) -> Self {
        Self { first: first.clone(), others: first.clone(), len }
    }

    /// A list on a page of its own kind, whose further pages lie elsewhere.
    pub fn on(first: &Address, others: &Address, len: usize) -> Self {
        Self { first: first.clone(), others: others.clone(), len }
    }

    /// How many pages it has: one also where nothing is listed.
    pub fn pages(&self) -> usize {
        self.len.div_ceil(LONGEST).max(1)
    }

    /// The address of a page, from 1.
    pub fn address(&self, number: usize) -> Address {
        if number <= 1 { self.first.clone() } else { self.others.below(&format!("{number}/")) }
    }

    /// The addresses of all pages.
    pub fn addresses(&self) -> impl Iterator<Item = Address> + '_ {
        (1..=self.pages()).map(|number| self.address(number))
    }

    /// What stands on a page, by place in the list.
    pub fn range(&self, number: usize) -> Range<usize> {
        let from = (number.max(1) - 1) * LONGEST;
        from.min(self.len)..(from + LONGEST).min(self.len)
    }

    /// What a template needs to lead through the pages; none where there is one.
    pub fn view(&self, number: usize) -> Option<View> {
        let pages = self.pages();
        let range = self.range(number);
        let other = |number: usize| (1..=pages).contains(&number).then(|| self.address(number).to_string());
        (pages > 1).then(|| {
            view!({
                "number": number, "count": pages, "total": self.len, "from": range.start + 1, "to": range.end,
                "before": other(number - 1), "after": other(number + 1), "pages": self.named(number),
            })
        })
    }

    /// The pages that are named, with whether some are left out before each.
    fn named(&self, present: usize) -> Vec<View> {
        let pages = self.pages();
        let is_named = |number: &usize| pages <= ALL_NAMED || *number == 1 || *number == pages || number.abs_diff(present) <= NEAR;
        let mut last = 0;
        let one = |number: usize| {
            let gap = number > last + 1;
            last = number;
            view!({"number": number, "address": self.address(number).as_str(), "gap": gap})
        };
        (1..=pages).filter(is_named).map(one).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(len: usize) -> List {
        List::at(&Address::root().below("names/ก/"), len)
    }

    #[test]
    fn every_place_stands_on_exactly_one_page() {
        for len in [0, 1, LONGEST - 1, LONGEST, LONGEST + 1, 2 * LONGEST, 2 * LONGEST + 1, 8317] {
            let list = list(len);
            let places: Vec<usize> = (1..=list.pages()).flat_map(|number| list.range(number)).collect();
            assert_eq!(places, (0..len).collect::<Vec<_>>(), "{len}");
            assert!((1..=list.pages()).all(|number| list.range(number).len() <= LONGEST));
            assert!(len == 0 || (1..=list.pages()).all(|number| !list.range(number).is_empty()), "{len}: no page is empty");
        }
        assert_eq!(list(1).range(9), 1..1, "beyond the end is nothing");
    }

    #[test]
    fn one_page_leads_nowhere_and_several_lead_on() {
        assert_eq!((list(0).pages(), list(LONGEST).pages(), list(LONGEST + 1).pages()), (1, 1, 2));
        assert!(list(LONGEST).view(1).is_none());
        let list = list(2 * LONGEST + 1);
        let addresses: Vec<String> = list.addresses().map(|address| address.to_string()).collect();
        assert_eq!(addresses, ["names/ก/", "names/ก/2/", "names/ก/3/"]);
        let (first, last) = (list.view(1).unwrap(), list.view(3).unwrap());
        assert_eq!((first.get("before"), first.get("after").and_then(View::as_str)), (Some(&View::Null), Some("names/ก/2/")));
        assert_eq!((last.get("before").and_then(View::as_str), last.get("after")), (Some("names/ก/2/"), Some(&View::Null)));
        assert_eq!((last.get("from"), last.get("to")), (Some(&View::Number(401)), Some(&View::Number(401))));
    }

    #[test]
    fn of_many_pages_those_near_are_named() {
        let named = |len: usize, present: usize| -> Vec<String> {
            let number = |view: &View| match (view.get("number"), view.get("gap")) {
                (Some(View::Number(number)), Some(View::Flag(gap))) => format!("{}{number}", if *gap { "…" } else { "" }),
                _ => String::new(),
            };
            list(len).named(present).iter().map(number).collect()
        };
        assert_eq!(named(12 * LONGEST, 6).len(), 12);
        assert_eq!(named(42 * LONGEST, 1), ["1", "2", "3", "…42"]);
        assert_eq!(named(42 * LONGEST, 20), ["1", "…18", "19", "20", "21", "22", "…42"]);
        assert_eq!(named(42 * LONGEST, 41), ["1", "…39", "40", "41", "42"]);
    }
}
