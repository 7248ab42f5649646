//! What a run found, of however many agencies: the first findings of each kind, and how many there are of all. Owns which are kept, so
//! that what is told does not depend on who finished first, and that eight thousand agencies fit into the memory of a small machine.
//! Refuses to say how many of the kept are shown.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::{Code, Finding, Severity, Summary, sort};

/// How many of each kind are kept for people, who are shown fewer.
pub const MOST_OF_A_KIND: usize = 200;

/// How many findings there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// Of each kind.
    pub summary: Summary,
    /// In how many files.
    pub files: usize,
}

impl Count {
    /// Counts the findings of a list.
    pub fn of(findings: &[Finding]) -> Self {
        let files: BTreeSet<&str> = findings.iter().map(|finding| &*finding.place.file).collect();
        Self { summary: Summary::of(findings), files: files.len() }
    }

    /// How many there are in all.
    pub fn total(&self) -> usize {
        let Summary { errors, warnings, hints, accepted } = self.summary;
        errors + warnings + hints + accepted
    }
}

/// What decides where a reader looks for it: its weight, whether somebody stands by it, whether no other command tells of it.
type Kind = (Severity, bool, bool);

/// A kept finding, and what it came from: agencies in order, then the site.
#[derive(Debug)]
struct Kept {
    of_site: bool,
    unit: Arc<str>,
    at: usize,
    finding: Finding,
}

impl Kept {
    /// In the order of [`sort`]; among equals as a list of all units would have them.
    fn order(&self, other: &Self) -> Ordering {
        let key = |kept: &Self| (kept.of_site, kept.at);
        let place = self.finding.place.cmp(&other.finding.place);
        let name = || self.finding.code.name().cmp(other.finding.code.name());
        let subject = || self.finding.subject.cmp(&other.finding.subject);
        let unit = || (self.of_site, &self.unit).cmp(&(other.of_site, &other.unit));
        place.then_with(name).then_with(subject).then_with(unit).then_with(|| key(self).cmp(&key(other)))
    }
}

/// Findings as units hand them in.
#[derive(Debug)]
pub struct Pile {
    /// How many of each kind are kept; `None` where all are.
    most: Option<usize>,
    kept: BTreeMap<Kind, Vec<Kept>>,
    summary: Summary,
    /// Files that lie in one agency's folder, which no other unit tells of.
    apart: usize,
    /// The other files.
    shared: BTreeSet<Arc<str>>,
}

impl Pile {
    /// An empty pile that keeps at most so many of each kind.
    pub fn new(most: Option<usize>) -> Self {
        Self { most, kept: BTreeMap::new(), summary: Summary::default(), apart: 0, shared: BTreeSet::new() }
    }

    /// Takes all that was found in an agency: what is told twice counts once.
    pub fn agency(&mut self, slug: &Arc<str>, findings: Vec<Finding>) {
        self.take(Some(slug), findings);
    }

    /// Takes all that was found in what belongs to no agency. Comes once.
    pub fn site(&mut self, findings: Vec<Finding>) {
        self.take(None, findings);
    }

    fn take(&mut self, slug: Option<&Arc<str>>, mut findings: Vec<Finding>) {
        sort(&mut findings);
        findings.dedup();
        let Summary { errors, warnings, hints, accepted } = Summary::of(&findings);
        self.summary.errors += errors;
        self.summary.warnings += warnings;
        self.summary.hints += hints;
        self.summary.accepted += accepted;
        let folder = slug.filter(|slug| !slug.is_empty()).map(|slug| format!("content/{slug}/"));
        let mut last: Option<Arc<str>> = None;
        for finding in &findings {
            // They are in the order of files.
            if last.as_ref() == Some(&finding.place.file) {
                continue;
            }
            if folder.as_ref().is_some_and(|folder| finding.place.file.starts_with(folder.as_str())) {
                self.apart += 1;
            } else {
                self.shared.insert(Arc::clone(&finding.place.file));
            }
            last = Some(Arc::clone(&finding.place.file));
        }
        let (of_site, unit) = (slug.is_none(), slug.cloned().unwrap_or_default());
        for (at, finding) in findings.into_iter().enumerate() {
            let is_told_here_alone = finding.code == Code::AddressGone && finding.accepted.is_none();
            let kind = (finding.severity(), finding.accepted.is_some(), is_told_here_alone);
            let kept = self.kept.entry(kind).or_default();
            kept.push(Kept { of_site, unit: Arc::clone(&unit), at, finding });
            if let Some(most) = self.most.filter(|most| kept.len() > most.saturating_mul(2)) {
                kept.sort_by(Kept::order);
                kept.truncate(most);
            }
        }
    }

    /// How many there are so far.
    pub fn count(&self) -> Count {
        Count { summary: self.summary, files: self.apart + self.shared.len() }
    }

    /// The kept findings, sorted.
    pub fn into_findings(self) -> Vec<Finding> {
        let mut all = Vec::new();
        for mut kept in self.kept.into_values() {
            kept.sort_by(Kept::order);
            kept.truncate(self.most.unwrap_or(usize::MAX));
            all.append(&mut kept);
        }
        all.sort_by(Kept::order);
        all.into_iter().map(|kept| kept.finding).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::span::{Place, Span};
    use proptest::prelude::*;

    const CODES: [Code; 4] = [Code::RawHtml, Code::YamlSyntax, Code::ScoreMissing, Code::AddressGone];

    /// A finding of an agency: in a file of its own, or in one that all share.
    fn finding(slug: &str, (file, at, code, is_accepted): (u8, usize, usize, bool)) -> Finding {
        let file = if file == 0 { "themes/base.html".to_owned() } else { format!("content/{slug}/{file}.md") };
        let mut finding = Finding::new(CODES[code], Place::new(&Arc::from(file), Span::new(at, at + 1)));
        finding.agency = Arc::from(slug);
        finding.accepted = is_accepted.then(|| "เหตุผล".to_owned());
        finding
    }

    proptest! {
        #[test]
        fn the_first_of_each_kind_are_kept_whoever_comes_first(
            units in prop::collection::vec(prop::collection::vec((0_u8..3, 0_usize..4, 0_usize..4, any::<bool>()), 0..9), 0..6),
            most in 1_usize..6,
            turn in 0_usize..6,
        ) {
            let unit = |number: usize| -> Vec<Finding> { units[number].iter().map(|one| finding(&format!("a{number}"), *one)).collect() };
            let mut all: Vec<Finding> = (0..units.len()).flat_map(unit).collect();
            sort(&mut all);
            all.dedup();
            let pile = |most, turn: usize| {
                let mut pile = Pile::new(most);
                for step in 0..units.len() {
                    let number = (step + turn) % units.len();
                    pile.agency(&Arc::from(format!("a{number}")), unit(number));
                }
                pile
            };
            let whole = pile(None, turn);
            prop_assert_eq!(whole.count(), Count::of(&all));
            prop_assert_eq!(&whole.into_findings(), &all);
            let some = pile(Some(most), turn);
            prop_assert_eq!(some.count(), Count::of(&all));
            let kept = some.into_findings();
            prop_assert_eq!(&kept, &pile(Some(most), 0).into_findings());
            for severity in [Severity::Error, Severity::Warning, Severity::Hint] {
                let of = |list: &[Finding]| -> Vec<Finding> { list.iter().filter(|one| one.severity() == severity).take(most).cloned().collect() };
                prop_assert_eq!(of(&kept), of(&all));
            }
        }
    }
}
