//! Issues without analysis. Owns the question whether an issue of the pack has a commentary; what it says is for others.
//!
//! An edition that publishes no figure yet has nothing to analyse. One that publishes figures and has no commentary at all is told of
//! each issue: scores alone are what the rule is about.

use std::collections::BTreeSet;

use super::records::{Records, is_sure};
use crate::base::digits;
use crate::base::span::Place;
use crate::finding::{Code, Finding};
use crate::site::model::EditionModel;

/// The findings of an edition.
pub fn judge(records: &Records<'_>, edition: &EditionModel) -> Vec<Finding> {
    if edition.edition.assessment.figures.is_empty() {
        return Vec::new();
    }
    let year = edition.edition.year;
    let issues = edition.edition.pack.issues.iter().filter(|issue| is_sure(&issue.standing));
    // In whichever script its name is written, a file that could not be read may be the analysis.
    let folder = format!("{}issues/", edition.folder);
    let faulty: BTreeSet<String> = records.faulty_in(&folder).filter_map(|name| name.strip_suffix(".md")).map(digits::to_ascii).collect();
    let one = |number: u32, name: &str| {
        let subject = format!("{year}/issue-{number}");
        let (file, case) = match edition.issues.get(&number) {
            Some(commentary) if !commentary.document.is_empty() => return None,
            Some(commentary) => (commentary.path.to_string(), "empty"),
            None => (format!("{folder}{number}.md"), ""),
        };
        if records.is_draft(&subject) || faulty.contains(&number.to_string()) {
            return None;
        }
        let finding = Finding::new(Code::MissingCommentary, Place::top(file.as_str())).case(case).about(subject);
        Some(finding.with("number", number.to_string()).with("name", name).with("file", file))
    };
    issues.filter_map(|issue| one(issue.number, &issue.name.th)).collect()
}
