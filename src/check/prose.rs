//! All rules over the running text of a unit that a person has to look at. Owns which rules there are; each is a file of its own.

use super::authored::Authored;
use super::structure;
use crate::finding::Finding;

/// The findings of all of them.
pub fn findings(authored: &Authored<'_>) -> Vec<Finding> {
    structure::findings(authored)
}
