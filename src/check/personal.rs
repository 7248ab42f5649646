//! Numbers of persons where they must not stand: a citizen's number anywhere in what is published, a mobile number or a bank account in
//! commentary and measures. Owns where which number may stand; finding one is for `base/personal`. No finding repeats a number whole.

use std::collections::BTreeSet;
use std::ops::Range;

use super::authored::{Authored, Text};
use crate::base::personal::{Contact, Numbers, contact_numbers, dialled, mask};
use crate::base::span::Span;
use crate::finding::{Code, Finding, MOST_OF_A_FILE};
use crate::source::layout::EditionFile;
use crate::text::SourceText;

/// All findings about numbers of persons in a unit's own texts.
pub fn findings(authored: &Authored<'_>) -> Vec<Finding> {
    let public = public(authored);
    let mut findings = Vec::new();
    for text in authored.commentaries() {
        let told = findings.len();
        let numbers = Numbers::of(&text.source.text);
        findings.extend(numbers.citizens().into_iter().map(|range| citizen(text.source, range).about(text.subject.as_str())));
        if text.edition.is_some() && !may_name_persons(&text) {
            findings.extend(contacts(text.source, &numbers, &public).map(|(_, finding)| finding.about(text.subject.as_str())));
        }
        findings.truncate(told + MOST_OF_A_FILE);
    }
    for data in authored.data() {
        let told = findings.len();
        let numbers = Numbers::of(&data.source.text);
        for (range, _) in data.in_values(numbers.citizens()) {
            let subject = data.subject(range.start);
            findings.push(citizen(data.source, range).about(subject));
        }
        if matches!(data.edition, Some((_, EditionFile::Measures))) {
            let found: Vec<(Range<usize>, Finding)> = contacts(data.source, &numbers, &public).collect();
            let values = data.in_values(found.iter().map(|(range, _)| range.clone()).collect());
            let values: BTreeSet<usize> = values.into_iter().map(|(range, _)| range.start).collect();
            let in_values = found.into_iter().filter(|(range, _)| values.contains(&range.start));
            findings.extend(in_values.map(|(range, finding)| finding.about(data.subject(range.start))));
        }
        findings.truncate(told + MOST_OF_A_FILE);
    }
    findings
}

/// Items whose information is how to reach persons. Source: the contract with users names o2; the lasting ids are those of the items about
/// executives and about contact, whichever code they have in a year.
const PERSONS: [&str; 3] = ["o2", "executives", "contact"];

fn may_name_persons(text: &Text<'_>) -> bool {
    let Some(edition) = text.edition else { return false };
    let item = edition.items.iter().find(|(_, commentary)| commentary.path == text.commentary.path);
    item.map(|(item, _)| &edition.edition.pack.items[*item])
        .is_some_and(|item| PERSONS.contains(&item.id.as_str()) || PERSONS.contains(&item.code.to_string().as_str()))
}

/// The numbers that the agency gives as its own.
fn public(authored: &Authored<'_>) -> BTreeSet<String> {
    let phone = authored.model.agency.contact.phone.as_deref().unwrap_or_default();
    let found = contact_numbers(phone).into_iter().map(|(range, _)| dialled(&phone[range]));
    found.chain([dialled(phone)]).filter(|number| !number.is_empty()).collect()
}

fn citizen(source: &SourceText, range: Range<usize>) -> Finding {
    let shown = mask(&source.text[range.clone()]);
    let finding = Finding::new(Code::PersonalId, source.place(Span::new(range.start, range.end)));
    finding.with("found", shown.as_str()).data("found", shown)
}

fn contacts<'a>(
    source: &'a SourceText,
    numbers: &Numbers<'_>,
    public: &'a BTreeSet<String>,
) -> impl Iterator<Item = (Range<usize>, Finding)> + use<'a> {
    let found = numbers.contacts().into_iter();
    found.filter(|(range, _)| !public.contains(&dialled(&source.text[range.clone()]))).map(|(range, contact)| {
        let shown = mask(&source.text[range.clone()]);
        let case = if contact == Contact::Account { "account" } else { "" };
        let finding = Finding::new(Code::PersonalContact, source.place(Span::new(range.start, range.end))).case(case);
        (range, finding.with("found", shown.as_str()).data("found", shown))
    })
}
