//! The rules over an agency's records: what is there, what is missing, what is out of date. Owns what every such rule may look at, and
//! the order in which they are asked; each rule has a file of its own. Refuses arithmetic, and the texts of commentary.
//!
//! A file with an error is not judged further: what it seems to lack may stand in it and not have been read.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::{analysis, disclosures, evidence, measures};
use crate::assessment::completeness::Today;
use crate::finding::{Finding, Severity};
use crate::framework::{Certainty, Standing};
use crate::site::model::Model;
use crate::text::SourceText;

/// What the rules look at.
pub struct Records<'a> {
    /// The agency.
    pub model: &'a Model,
    /// The texts of its files, to name lines.
    pub texts: &'a BTreeMap<Arc<str>, SourceText>,
    /// The day that is today.
    pub today: Today,
    /// Files with an error.
    faulty: BTreeSet<Arc<str>>,
    /// The latest year that has a record of an item, by the item's lasting id.
    latest: BTreeMap<&'a str, u16>,
}

impl<'a> Records<'a> {
    /// The records of an agency, of which `told` was found so far.
    pub fn new(model: &'a Model, texts: &'a BTreeMap<Arc<str>, SourceText>, (told, today): (&[Finding], Today)) -> Self {
        let errors = told.iter().filter(|finding| finding.severity() == Severity::Error);
        let faulty = errors.map(|finding| Arc::clone(&finding.place.file)).collect();
        Self { model, texts, today, faulty, latest: model.recorded() }
    }

    /// Was this file read whole, or is it not there at all?
    pub fn is_sound(&self, file: &str) -> bool {
        !self.faulty.contains(file)
    }

    /// The files of a folder (with its closing slash) that have an error, by their names in it.
    pub fn faulty_in<'f>(&'f self, folder: &'f str) -> impl Iterator<Item = &'f str> {
        let from = self.faulty.range(Arc::from(folder)..);
        from.map_while(move |file| file.strip_prefix(folder))
    }

    /// Has a later edition a record of the item of this lasting id?
    pub fn is_recorded_after(&self, year: u16, id: &str) -> bool {
        self.latest.get(id).is_some_and(|latest| *latest > year)
    }

    /// Does the finding of this subject stand in a text that is left out as a draft?
    pub fn is_draft(&self, subject: &str) -> bool {
        self.model.drafts.contains(subject)
    }
}

/// Asks all rules.
pub fn judge(records: &Records<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for edition in &records.model.editions {
        findings.extend(analysis::judge(records, edition));
        findings.extend(measures::judge(records, edition));
        findings.extend(disclosures::judge(records, edition));
        findings.extend(evidence::judge(records, edition));
    }
    findings
}

/// Is the pack sure enough of an entry to ask something of an agency? Nothing follows from one marked unconfirmed.
pub fn is_sure(standing: &Standing) -> bool {
    standing.certainty != Some(Certainty::Unconfirmed)
}
