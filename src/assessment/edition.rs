//! An edition: one fiscal year of one agency, with all that follows from its records.

use std::sync::Arc;

use super::rollup::{Reading, Rollup};
use crate::base::exact::Exact;
use crate::framework::{Figure, Issue, Pack};
use crate::source::assessment::{Assessment, Published};
use crate::source::disclosures::{Disclosure, Disclosures, Status};
use crate::source::measures::Measure;

/// One fiscal year of one agency.
#[derive(Clone, Debug)]
pub struct Edition {
    /// The fiscal year (พ.ศ.).
    pub year: u16,
    /// The rules.
    pub pack: Arc<Pack>,
    /// The published result.
    pub assessment: Assessment,
    /// The records of items; `None` where there is no file.
    pub disclosures: Option<Disclosures>,
    /// The measures, in the order of the file.
    pub measures: Vec<Measure>,
}

impl Edition {
    /// The roll-up over this edition's figures.
    pub fn rollup(&self) -> Rollup<'_> {
        Rollup { pack: &self.pack, figures: &self.assessment.figures, scale: self.assessment.scale }
    }

    /// The published figure.
    pub fn published(&self, figure: Figure) -> Option<&Published> {
        self.assessment.figures.get(&figure)
    }

    /// What the nearest published figures give, in the printed unit.
    pub fn derived(&self, figure: Figure) -> Option<Exact> {
        self.rollup().derived(figure, Reading::Nearest).map(|band| band.point)
    }

    /// Does it have a result: is it no draft, and publishes at least one figure?
    pub fn has_result(&self) -> bool {
        !self.assessment.draft && !self.assessment.figures.is_empty()
    }

    /// The mean of the published figures of all members of an issue. It is the site's own: the assessor publishes none.
    pub fn issue_mean(&self, issue: &Issue) -> Option<Exact> {
        self.mean_of(issue.members.iter().filter_map(|code| self.pack.member(*code)))
    }

    /// The mean of those of the figures that are published.
    pub fn mean_of(&self, figures: impl Iterator<Item = Figure>) -> Option<Exact> {
        let values: Vec<Exact> = figures.filter_map(|figure| self.published(figure)).map(|published| published.value.clone()).collect();
        Exact::mean(&values)
    }

    /// The status of an item: unrecorded in an edition without records, missing where a file of records does not name it.
    pub fn status(&self, item: usize) -> Status {
        match &self.disclosures {
            None => Status::Unrecorded,
            Some(disclosures) => disclosures.records.get(&item).map_or(Status::Missing, |record| record.status),
        }
    }

    /// The record of an item.
    pub fn record(&self, item: usize) -> Option<&Disclosure> {
        self.disclosures.as_ref().and_then(|disclosures| disclosures.records.get(&item))
    }

    /// The measures of an issue.
    pub fn measures_of(&self, issue: u32) -> impl Iterator<Item = &Measure> {
        self.measures.iter().filter(move |measure| measure.issue == issue)
    }
}
