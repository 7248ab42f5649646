//! Measures that are missing, written twice, or without what a measure needs. Owns what makes two measures one, and when a period
//! can't be right.

use std::collections::BTreeMap;

use super::records::{Records, is_sure};
use crate::base::span::{Lines, Place};
use crate::base::{digits, thai};
use crate::finding::{Code, Finding};
use crate::site::model::EditionModel;
use crate::source::measures::{Measure, Period};

/// The findings of an edition.
pub fn judge(records: &Records<'_>, edition: &EditionModel) -> Vec<Finding> {
    let file = format!("{}measures.yaml", edition.folder);
    if !records.is_sound(&file) {
        return Vec::new();
    }
    let mut findings = missing(edition, &file);
    findings.extend(twice(records, edition));
    for measure in &edition.edition.measures {
        findings.extend(period(edition, measure));
    }
    findings
}

/// Issues without a measure. As with analysis, nothing is asked before there are figures.
fn missing(edition: &EditionModel, file: &str) -> Vec<Finding> {
    if edition.edition.assessment.figures.is_empty() {
        return Vec::new();
    }
    let issues = edition.edition.pack.issues.iter().filter(|issue| is_sure(&issue.standing));
    let without = issues.filter(|issue| edition.edition.measures_of(issue.number).next().is_none());
    let one = |number: u32, name: &str| {
        Finding::new(Code::MissingMeasure, Place::top(file))
            .about(format!("{}/issue-{number}", edition.edition.year))
            .with("number", number.to_string())
            .with("name", name)
            .with("file", file)
    };
    without.map(|issue| one(issue.number, &issue.name.th)).collect()
}

/// Measures of one issue with the same method and steps. The later one is told, with the line of the first.
fn twice(records: &Records<'_>, edition: &EditionModel) -> Vec<Finding> {
    let mut first: BTreeMap<(u32, String), &Measure> = BTreeMap::new();
    let mut findings = Vec::new();
    let mut lines: Option<Lines<'_>> = None;
    // Most issues have one measure, whose texts need not be read for this.
    let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
    for measure in &edition.edition.measures {
        *counts.entry(measure.issue).or_default() += 1;
    }
    for measure in edition.edition.measures.iter().filter(|measure| counts.get(&measure.issue).is_some_and(|count| *count > 1)) {
        let method = measure.method.as_ref().map_or("", |method| method.value.as_str());
        let text = gist(std::iter::once(method).chain(measure.steps.iter().map(String::as_str)));
        // Of two measures that say nothing nobody can say that they are one.
        if text.is_empty() {
            continue;
        }
        let Some(earlier) = first.get(&(measure.issue, text.clone())) else {
            first.insert((measure.issue, text), measure);
            continue;
        };
        let Some(source) = records.texts.get(&measure.place.file) else { continue };
        let lines = lines.get_or_insert_with(|| Lines::new(&source.text));
        let line = lines.position(earlier.place.span.start as usize).line;
        let case = if same_period(earlier.period.as_ref(), measure.period.as_ref()) { "" } else { "period" };
        let finding = Finding::new(Code::DuplicateMeasure, measure.place.clone())
            .case(case)
            .about(format!("{}/issue-{}", edition.edition.year, measure.issue))
            .with("number", measure.issue.to_string())
            .with("first", line.to_string())
            .data("first_line", line);
        findings.push(finding);
    }
    findings
}

/// The letters and digits of some texts, by which copies are known: spaces, signs, capitals and the script of digits do not count.
fn gist<'a>(texts: impl Iterator<Item = &'a str>) -> String {
    let mut gist = String::new();
    for text in texts {
        let kept = text.chars().filter(|c| c.is_alphanumeric() || thai::is_letter(*c)).map(digits::ascii);
        gist.extend(kept.flat_map(char::to_lowercase));
    }
    gist
}

fn same_period(one: Option<&Period>, other: Option<&Period>) -> bool {
    let key = |period: Option<&Period>| period.map(|p| (p.from, p.to, gist(p.text.as_deref().into_iter())));
    key(one) == key(other)
}

/// What is wrong with when a measure runs and with who is to carry it out.
fn period(edition: &EditionModel, measure: &Measure) -> Vec<Finding> {
    let number = measure.issue.to_string();
    let finding = |place: &Place, case| {
        let finding = Finding::new(Code::MeasurePeriod, place.clone()).case(case);
        finding.about(format!("{}/issue-{number}", edition.edition.year)).with("number", number.as_str())
    };
    let mut findings = Vec::new();
    let said = |period: &&Period| period.from.is_some() || period.to.is_some() || period.text.as_ref().is_some_and(|t| !t.is_empty());
    match measure.period.as_ref().filter(said) {
        None => {
            // What answers a result is done in the year after it.
            let year = edition.edition.year;
            let (from, to) = (format!("{year}-10-01"), format!("{}-09-30", year.saturating_add(1)));
            findings.push(finding(&measure.place, "none").with("from", from).with("to", to));
        }
        Some(period) => {
            let announced = edition.edition.assessment.announced.as_ref().map(|announced| announced.value);
            if let (Some(from), Some(to)) = (period.from, period.to)
                && to < from
            {
                findings.push(finding(&period.place, "reversed").with("from", from).with("to", to));
            } else if let (Some(to), Some(announced)) = (period.to, announced)
                && to < announced
            {
                let finding = finding(&period.place, "").with("to", to).with("announced", announced);
                findings.push(finding.data("to", to.to_string()).data("announced", announced.to_string()));
            }
        }
    }
    if measure.responsible.iter().all(String::is_empty) {
        findings.push(finding(&measure.place, "nobody"));
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::gist;

    #[test]
    fn copies_are_known_by_their_letters_and_digits() {
        let of = |text: &str| gist(std::iter::once(text));
        assert_eq!(of("แผนการใช้จ่าย งบประมาณ ปี ๒๕๖๘"), of("แผนการใช้จ่ายงบประมาณปี 2568."));
        assert_eq!(of("E - Service"), of("e-service"));
        assert_eq!(gist(["ก", "ข"].into_iter()), of("ก ข"));
    }

    #[test]
    fn what_differs_in_a_letter_a_mark_or_a_digit_is_no_copy() {
        let of = |text: &str| gist(std::iter::once(text));
        assert_ne!(of("ข้าว"), of("ข่าว"));
        assert_ne!(of("ปีที่ 1"), of("ปีที่ 2"));
        assert_ne!(of("จัดทำคู่มือ"), of("จัดทำคู่มือใหม่"));
        assert_eq!(of(" - … "), "");
    }
}
