//! Items that are missing, incomplete or out of date. Owns when the record of an item says so; what a page shows of it is for others.
//!
//! Unrecorded items are passed over, and so is an edition without records: nobody has said anything of them.

use super::records::{Records, is_sure};
use crate::assessment::completeness::{self, ElementState, Review};
use crate::base::span::Place;
use crate::finding::{Code, Finding};
use crate::framework::{Certainty, DataYear, Item};
use crate::site::model::EditionModel;
use crate::source::disclosures::{Disclosure, Status};

/// The findings of an edition.
pub fn judge(records: &Records<'_>, edition: &EditionModel) -> Vec<Finding> {
    let file = format!("{}disclosures.yaml", edition.folder);
    if edition.edition.disclosures.is_none() || !records.is_sound(&file) {
        return Vec::new();
    }
    let mut findings = Vec::new();
    for (place, item) in edition.edition.pack.items.iter().enumerate() {
        let record = edition.edition.record(place);
        let judged = Judged { records, edition, item, place, file: &file };
        match edition.edition.status(place) {
            Status::Missing => findings.extend(judged.missing(record)),
            Status::Published | Status::Partial => {
                let Some(record) = record else { continue };
                findings.extend(judged.elements(record));
                findings.extend(judged.other_year(record));
            }
            Status::NotApplicable | Status::Unrecorded => continue,
        }
        findings.extend(record.and_then(|record| judged.overdue(record)));
    }
    findings
}

/// An item that is being judged.
struct Judged<'a> {
    records: &'a Records<'a>,
    edition: &'a EditionModel,
    item: &'a Item,
    /// Its place in the pack.
    place: usize,
    /// The file of records.
    file: &'a str,
}

impl Judged<'_> {
    fn finding(&self, code: Code, place: Place) -> Finding {
        let code_of_item = self.item.code.to_string();
        let subject = format!("{}/{code_of_item}", self.edition.edition.year);
        Finding::new(code, place).about(subject).with("code", code_of_item).with("name", self.item.name.th.as_str())
    }

    fn missing(&self, record: Option<&Disclosure>) -> Option<Finding> {
        match record {
            Some(record) => Some(self.finding(Code::ItemMissing, record.place.clone())),
            // That an unnamed item is missing follows from the pack alone.
            None if is_sure(&self.item.standing) => {
                Some(self.finding(Code::ItemMissing, Place::top(self.file)).case("unnamed").with("file", self.file))
            }
            None => None,
        }
    }

    fn elements(&self, record: &Disclosure) -> Vec<Finding> {
        if !is_sure(&self.item.standing) {
            return Vec::new();
        }
        let states = completeness::elements(&self.edition.edition, self.place);
        let pairs = self.item.elements.iter().zip(states).filter(|(element, _)| element.certainty == Some(Certainty::Confirmed));
        let open = pairs.filter(|(_, state)| !matches!(state, ElementState::Met { .. }));
        let one = |(element, state): (&crate::framework::Element, ElementState)| {
            let case = if state == ElementState::Unmet { "unmet" } else { "" };
            let finding = self.finding(Code::ElementMissing, record.place.clone()).case(case);
            let finding = finding.with("element", element.id.as_str()).with("text", element.text.th.as_str());
            finding.data("element", element.id.as_str())
        };
        open.map(one).collect()
    }

    /// The information is about another year than the item asks for.
    fn other_year(&self, record: &Disclosure) -> Option<Finding> {
        let year = self.edition.edition.year;
        let asked = match self.item.data_year {
            DataYear::Current => year,
            DataYear::Previous => year.checked_sub(1)?,
            DataYear::InForce | DataYear::MultiYear | DataYear::Unknown => return None,
        };
        let covers = record.covers.as_ref().filter(|covers| covers.value != asked && is_sure(&self.item.standing))?;
        let finding = self.finding(Code::StaleDisclosure, covers.place.clone()).case("year");
        let finding = finding.with("covers", covers.value.to_string()).with("asked", asked.to_string());
        Some(finding.data("covers", covers.value).data("asked", asked))
    }

    /// The day by which it should have been looked at again is over, and no later edition has a record of the same item.
    fn overdue(&self, record: &Disclosure) -> Option<Finding> {
        let review = record.review_by.as_ref()?;
        let is_overdue = completeness::review(&self.edition.edition, self.place, self.records.today) == Some(Review::Overdue);
        if !is_overdue || self.records.is_recorded_after(self.edition.edition.year, &self.item.id) {
            return None;
        }
        let finding = self.finding(Code::StaleDisclosure, review.place.clone()).with("review", review.value);
        Some(finding.data("review_by", review.value.to_string()))
    }
}
