//! Findings that an agency stands by. Owns which may be accepted, marking them, and telling of an acceptance that accepts nothing.
//!
//! What is left out as a draft is not there to be found, so an acceptance of it is not judged; and while there is an error, what is
//! found is not all that there is.

use std::collections::{BTreeMap, BTreeSet};

use crate::base::{digits, thai};
use crate::finding::{Code, Finding, Severity};
use crate::site::model::Model;
use crate::source::agency::Accept;

/// Codes that another command than the one that runs may tell: whether they occur is not known here.
const TOLD_ELSEWHERE: &[&str] = &["address-gone"];

/// Marks what the agency accepts, and adds a finding for each acceptance that accepts nothing.
pub fn apply(model: &Model, findings: &mut Vec<Finding>) {
    let accepts = &model.agency.accept;
    let (of_unused, plain): (Vec<&Accept>, Vec<&Accept>) = accepts.iter().partition(|a| a.code.value == Code::AcceptUnused.name());
    let met = mark(&plain, findings);
    let has_error = findings.iter().any(|finding| finding.severity() == Severity::Error && finding.accepted.is_none());
    let judge = |accepts: &[&Accept], met: &Met<'_>, findings: &[Finding]| {
        let known = occurring(accepts, findings);
        accepts.iter().filter_map(|accept| one(model, (accept, met), (&known, has_error))).collect::<Vec<_>>()
    };
    let mut unused = judge(&plain, &met, findings);
    // An unused acceptance is a warning, and may be accepted like any other.
    let met = mark(&of_unused, &mut unused);
    let more = judge(&of_unused, &met, &unused);
    findings.append(&mut unused);
    findings.extend(more);
}

/// Which addresses somebody stands by that are gone. One that names a folder means all that lay below it, so that it holds however many
/// of them are told at once.
#[derive(Debug, Default)]
pub struct Addresses<'a>(BTreeMap<String, &'a str>);

impl<'a> Addresses<'a> {
    /// Takes what is accepted; what is about another code is passed over.
    pub fn of(accepts: &'a [Accept]) -> Self {
        let own = accepts.iter().filter(|accept| accept.code.value == Code::AddressGone.name());
        Self(own.map(|accept| (subject(accept.subject.value.trim_start_matches('/')), accept.reason.as_str())).collect())
    }

    /// Why somebody stands by it that this address is gone.
    pub fn reason(&self, address: &str) -> Option<&'a str> {
        if self.0.is_empty() {
            return None;
        }
        let whole = subject(&thai::normal(address));
        let folders = whole.match_indices('/').map(|(at, _)| &whole[..at]);
        std::iter::once(whole.as_str()).chain(folders).filter(|part| !part.is_empty()).find_map(|part| self.0.get(part).copied())
    }
}

/// Errors that may be accepted, as warnings may.
const ERRORS: &[&str] = &["personal-id"];

/// May a finding of this code be accepted?
pub fn may_be_accepted(code: Code) -> bool {
    code.severity() == Severity::Warning || ERRORS.contains(&code.name())
}

/// The subject as acceptances are compared: in either script of digits, with or without a closing slash.
fn subject(text: &str) -> String {
    digits::to_ascii(text.trim_end_matches('/'))
}

/// A code and a subject.
type Key<'a> = (&'a str, String);

/// What is accepted and occurs.
type Met<'a> = BTreeSet<Key<'a>>;

/// What occurs and is accepted by nobody, where an acceptance might have meant it.
type Occurring<'a> = BTreeMap<Code, BTreeSet<&'a str>>;

/// Marks what is accepted; gives what of it occurs.
fn mark<'a>(accepts: &[&'a Accept], findings: &mut [Finding]) -> Met<'a> {
    let mut by_key: BTreeMap<Key<'a>, &Accept> = BTreeMap::new();
    for accept in accepts {
        by_key.entry((accept.code.value.as_str(), subject(&accept.subject.value))).or_insert(accept);
    }
    let mut met = BTreeSet::new();
    if by_key.is_empty() {
        return met;
    }
    for finding in findings.iter_mut().filter(|finding| may_be_accepted(finding.code)) {
        if let Some((key, accept)) = by_key.get_key_value(&(finding.code.name(), subject(&finding.subject))) {
            finding.accepted = Some(accept.reason.clone());
            met.insert(key.clone());
        }
    }
    met
}

fn occurring<'a>(accepts: &[&Accept], findings: &'a [Finding]) -> Occurring<'a> {
    let codes: BTreeSet<&str> = accepts.iter().map(|accept| accept.code.value.as_str()).collect();
    let mut occurring = Occurring::new();
    for finding in findings.iter().filter(|finding| finding.accepted.is_none() && codes.contains(finding.code.name())) {
        occurring.entry(finding.code).or_default().insert(&finding.subject);
    }
    occurring
}

/// The finding that an acceptance accepts nothing, if that is so.
fn one(model: &Model, (accept, met): (&Accept, &Met<'_>), (occurring, has_error): (&Occurring<'_>, bool)) -> Option<Finding> {
    let written = accept.code.value.as_str();
    if TOLD_ELSEWHERE.contains(&written) {
        return None;
    }
    let finding = Finding::new(Code::AcceptUnused, accept.code.place.clone()).about(accept.subject.value.as_str()).with("code", written);
    let Some(code) = Code::ALL.iter().find(|code| code.name() == written) else {
        let known: Vec<&str> = Code::ALL.iter().filter(|code| may_be_accepted(**code)).map(|code| code.name()).collect();
        return Some(match thai::nearest(written, &known) {
            Some(nearest) => finding.case("near").with("nearest", nearest),
            None => finding.case("unknown"),
        });
    };
    if !may_be_accepted(*code) {
        return Some(finding.case(if code.severity() == Severity::Hint { "hint" } else { "error" }));
    }
    let own = subject(&accept.subject.value);
    if has_error || is_left_out(model, &accept.subject.value) || met.contains(&(written, own)) {
        return None;
    }
    let finding = finding.with("where", accept.subject.value.as_str());
    Some(match occurring.get(code) {
        None => finding,
        Some(subjects) => finding.case("elsewhere").with("known", subjects.iter().map(|s| (*s).to_owned()).collect::<Vec<_>>()),
    })
}

/// Is this about something that is left out as a draft?
fn is_left_out(model: &Model, about: &str) -> bool {
    let about = subject(about);
    model.drafts.iter().any(|draft| about == subject(draft) || (draft.ends_with('/') && about.starts_with(draft.as_str())))
}
