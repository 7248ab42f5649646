//! All rules over the running text of a unit that a person has to look at. Owns which rules there are; each is a file of its own.

use super::authored::Authored;
use super::{drift, foreign, structure};
use crate::finding::Finding;

/// The findings of all of them.
pub fn findings(authored: &Authored<'_>) -> Vec<Finding> {
    let mut findings = structure::findings(authored);
    findings.extend(drift::findings(authored));
    findings.extend(foreign::findings(authored));
    findings
}
