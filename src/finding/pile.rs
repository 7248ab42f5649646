//! What a run found, of however many agencies: the first findings of each kind, and how many there are of all. Owns which are kept, so
//! that what is told does not depend on who finished first, and that eight thousand agencies fit into the memory of a small machine.
//! Refuses to say how many of the kept are shown.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{Code, Finding, Severity, Summary, sort};
use crate::base::span::Place;

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

/// What a pile has to know of all that was found in an agency to do without the findings, unless some of them are among the first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Digest {
    /// Of each kind that there is: how many, and where the first one stands.
    kinds: Vec<(Kind, usize, Place)>,
    /// How many files they are told of that lie in the agency's folder.
    apart: usize,
    /// The other files.
    shared: Vec<Arc<str>>,
}

impl Digest {
    /// Of all that was found in an agency (`None`: in what belongs to none), in order and each told once.
    fn of(slug: Option<&str>, findings: &[Finding]) -> Self {
        let folder = slug.filter(|slug| !slug.is_empty()).map(|slug| format!("content/{slug}/"));
        let mut kinds: BTreeMap<Kind, (usize, &Place)> = BTreeMap::new();
        let (mut apart, mut shared) = (0, Vec::new());
        let mut last: Option<&Arc<str>> = None;
        for finding in findings {
            kinds.entry(kind(finding)).or_insert((0, &finding.place)).0 += 1;
            // They are in the order of files.
            let file = &finding.place.file;
            if last == Some(file) {
                continue;
            }
            if folder.as_ref().is_some_and(|folder| file.starts_with(folder.as_str())) {
                apart += 1;
            } else {
                shared.push(Arc::clone(file));
            }
            last = Some(file);
        }
        Self { kinds: kinds.into_iter().map(|(kind, (count, first))| (kind, count, first.clone())).collect(), apart, shared }
    }

    /// Puts what was found in an agency in order, each told once, and tells what a pile has to know of it.
    pub fn of_agency(slug: &str, findings: &mut Vec<Finding>) -> Self {
        settle(findings);
        Self::of(Some(slug), findings)
    }

    /// How many there are.
    fn summary(&self) -> Summary {
        let mut summary = Summary::default();
        for ((severity, is_accepted, _), count, _) in &self.kinds {
            *match (is_accepted, severity) {
                (true, _) => &mut summary.accepted,
                (false, Severity::Error) => &mut summary.errors,
                (false, Severity::Warning) => &mut summary.warnings,
                (false, Severity::Hint) => &mut summary.hints,
            } += count;
        }
        summary
    }
}

fn kind(finding: &Finding) -> Kind {
    let is_told_here_alone = finding.code == Code::AddressGone && finding.accepted.is_none();
    (finding.severity(), finding.accepted.is_some(), is_told_here_alone)
}

fn settle(findings: &mut Vec<Finding>) {
    sort(findings);
    findings.dedup();
}

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
    /// Agencies of which the findings are not here.
    folded: BTreeMap<Arc<str>, Digest>,
    summary: Summary,
    /// Files that lie in one agency's folder, which no other unit tells of.
    apart: usize,
    /// The other files.
    shared: BTreeSet<Arc<str>>,
}

impl Pile {
    /// An empty pile that keeps at most so many of each kind.
    pub fn new(most: Option<usize>) -> Self {
        Self { most, kept: BTreeMap::new(), folded: BTreeMap::new(), summary: Summary::default(), apart: 0, shared: BTreeSet::new() }
    }

    /// Takes all that was found in an agency: what is told twice counts once.
    pub fn agency(&mut self, slug: &Arc<str>, findings: Vec<Finding>) {
        self.take(Some(slug), findings);
    }

    /// Takes what there is to know of an agency's findings, which are asked for where they are needed.
    pub fn folded(&mut self, slug: &Arc<str>, digest: Digest) {
        self.count_in(&digest);
        self.folded.insert(Arc::clone(slug), digest);
    }

    /// Takes all that was found in what belongs to no agency. Comes once.
    pub fn site(&mut self, findings: Vec<Finding>) {
        self.take(None, findings);
    }

    fn take(&mut self, slug: Option<&Arc<str>>, mut findings: Vec<Finding>) {
        settle(&mut findings);
        self.count_in(&Digest::of(slug.map(|slug| &**slug), &findings));
        self.keep(slug, findings);
    }

    fn count_in(&mut self, digest: &Digest) {
        let Summary { errors, warnings, hints, accepted } = digest.summary();
        self.summary.errors += errors;
        self.summary.warnings += warnings;
        self.summary.hints += hints;
        self.summary.accepted += accepted;
        self.apart += digest.apart;
        self.shared.extend(digest.shared.iter().cloned());
    }

    /// Keeps findings that are counted, and are in order.
    fn keep(&mut self, slug: Option<&Arc<str>>, findings: Vec<Finding>) {
        let (of_site, unit) = (slug.is_none(), slug.cloned().unwrap_or_default());
        for (at, finding) in findings.into_iter().enumerate() {
            let kept = self.kept.entry(kind(&finding)).or_default();
            kept.push(Kept { of_site, unit: Arc::clone(&unit), at, finding });
            if let Some(most) = self.most.filter(|most| kept.len() > most.saturating_mul(2)) {
                kept.sort_by(Kept::order);
                kept.truncate(most);
            }
        }
    }

    /// Keeps the findings of those folded agencies of which some are among the first. `unfold` gives those of an agency; where it has none,
    /// they stay untold.
    fn unfold(&mut self, unfold: &dyn Fn(&str) -> Option<Vec<Finding>>) {
        let kinds: BTreeSet<Kind> = self.folded.values().flat_map(|digest| digest.kinds.iter().map(|(kind, ..)| *kind)).collect();
        for kind in kinds {
            let first = |(slug, digest): (&Arc<str>, &Digest)| {
                let (.., first) = digest.kinds.iter().find(|(known, ..)| *known == kind)?;
                Some((first.clone(), Arc::clone(slug)))
            };
            let mut waiting: Vec<(Place, Arc<str>)> = self.folded.iter().filter_map(first).collect();
            waiting.sort();
            for (first, slug) in waiting {
                if self.is_full_before(kind, &first) {
                    break;
                }
                self.folded.remove(&slug);
                let mut findings = unfold(&slug).unwrap_or_default();
                settle(&mut findings);
                self.keep(Some(&slug), findings);
            }
        }
    }

    /// Are as many of a kind kept as are to be, that all stand before a place?
    fn is_full_before(&mut self, kind: Kind, place: &Place) -> bool {
        let (Some(most), Some(kept)) = (self.most, self.kept.get_mut(&kind)) else { return self.most == Some(0) };
        kept.sort_by(Kept::order);
        most.checked_sub(1).is_none_or(|last| kept.get(last).is_some_and(|kept| kept.finding.place < *place))
    }

    /// How many there are so far.
    pub fn count(&self) -> Count {
        Count { summary: self.summary, files: self.apart + self.shared.len() }
    }

    /// The kept findings, sorted. `unfold` gives those of an agency that was folded.
    pub fn into_findings(mut self, unfold: &dyn Fn(&str) -> Option<Vec<Finding>>) -> Vec<Finding> {
        self.unfold(unfold);
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
            folded: [bool; 6],
        ) {
            let unit = |number: usize| -> Vec<Finding> { units[number].iter().map(|one| finding(&format!("a{number}"), *one)).collect() };
            let mut all: Vec<Finding> = (0..units.len()).flat_map(unit).collect();
            sort(&mut all);
            all.dedup();
            let pile = |most, turn: usize, folded: &[bool]| {
                let mut pile = Pile::new(most);
                for step in 0..units.len() {
                    let number = (step + turn) % units.len();
                    let slug: Arc<str> = Arc::from(format!("a{number}"));
                    if folded[number] {
                        pile.folded(&slug, Digest::of_agency(&slug, &mut unit(number)));
                    } else {
                        pile.agency(&slug, unit(number));
                    }
                }
                pile
            };
            let unfold = |slug: &str| Some(unit(slug[1..].parse().unwrap()));
            let whole = pile(None, turn, &folded);
            prop_assert_eq!(whole.count(), Count::of(&all));
            prop_assert_eq!(&whole.into_findings(&unfold), &all);
            let some = pile(Some(most), turn, &folded);
            prop_assert_eq!(some.count(), Count::of(&all));
            let kept = some.into_findings(&unfold);
            prop_assert_eq!(&kept, &pile(Some(most), 0, &[false; 6]).into_findings(&|_| None));
            for severity in [Severity::Error, Severity::Warning, Severity::Hint] {
                let of = |list: &[Finding]| -> Vec<Finding> { list.iter().filter(|one| one.severity() == severity).take(most).cloned().collect() };
                prop_assert_eq!(of(&kept), of(&all));
            }
        }
    }
}
