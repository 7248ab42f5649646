//! Figures that commentary refers to. Owns finding the figure of `{{ score("i11") }}`; refuses formatting.

use super::model::{EditionModel, Model};
use crate::base::digits;
use crate::base::span::Place;
use crate::finding::{Code, Finding, MOST_OF_A_FILE};
use crate::framework::code::MemberCode;
use crate::framework::{Figure, Pack};
use crate::source::commentary::Commentary;
use crate::source::unknown;
use crate::text::markdown::Reference;

/// A figure that prose shows: the digits, as published or worked out.
pub type Shown = String;

/// Finds the figures of a commentary, in the order of its references; one that can't be found is empty, and a finding.
pub fn resolve(model: &Model, own: Option<&EditionModel>, commentary: &Commentary) -> (Vec<Shown>, Vec<Finding>) {
    let mut findings = Vec::new();
    let mut shown = Vec::new();
    for reference in &commentary.document.references {
        let place = Place::new(&commentary.path, reference.span);
        let seeker = Seeker { model, own, commentary, place };
        let figure = match &reference.reference {
            Reference::Score { code, year } => seeker.score(code, *year, &mut findings),
            Reference::IssueMean { issue } => seeker.issue_mean(*issue, &mut findings),
        };
        shown.push(figure.unwrap_or_default());
    }
    findings.truncate(MOST_OF_A_FILE);
    (shown, findings)
}

struct Seeker<'a> {
    model: &'a Model,
    own: Option<&'a EditionModel>,
    commentary: &'a Commentary,
    place: Place,
}

impl Seeker<'_> {
    fn score(&self, written: &str, year: Option<u16>, findings: &mut Vec<Finding>) -> Option<Shown> {
        let edition = self.edition(year, findings)?;
        let pack = &edition.edition.pack;
        let (figure, plain) = match figure(pack, written) {
            Some(found) => found,
            None => {
                findings.push(self.unknown(pack, written));
                return None;
            }
        };
        let code = pack.code(figure);
        let year = edition.edition.year;
        if !plain {
            let finding = Finding::new(Code::CodeSpelling, self.place.clone()).about(format!("{year}/{code}"));
            findings.push(finding.with("found", written).with("code", code.as_str()));
        }
        let published = edition.published(figure).map(str::to_owned);
        if published.is_none() && !edition.edition.assessment.faulty.contains(&figure) {
            let finding = Finding::new(Code::UnknownCode, self.place.clone()).case("unpublished").about(format!("{year}/{code}"));
            findings.push(finding.with("code", code).with("year", year.to_string()));
        }
        published
    }

    fn issue_mean(&self, number: Option<u32>, findings: &mut Vec<Finding>) -> Option<Shown> {
        let edition = self.edition(None, findings)?;
        let pack = &edition.edition.pack;
        let own = edition.issues.iter().find(|(_, issue)| issue.path == self.commentary.path).map(|(number, _)| *number);
        let Some(number) = number.or(own) else {
            findings.push(Finding::new(Code::UnknownIssue, self.place.clone()).case("here"));
            return None;
        };
        let Some(issue) = pack.issue(number) else {
            findings.push(
                unknown::issue(pack, self.place.clone(), &number.to_string()).about(format!("{}/issue-{number}", edition.edition.year)),
            );
            return None;
        };
        let mean = edition.edition.issue_mean(issue).map(|mean| mean.fixed(2));
        if mean.is_none() {
            let finding = Finding::new(Code::UnknownCode, self.place.clone()).case("unpublished");
            let year = edition.edition.year.to_string();
            findings.push(finding.about(format!("{year}/issue-{number}")).with("code", format!("issue-{number}")).with("year", year));
        }
        mean
    }

    /// The edition of the year that is named; else the one that the file is of; else the latest with a result.
    fn edition(&self, year: Option<u16>, findings: &mut Vec<Finding>) -> Option<&EditionModel> {
        let with_result = || self.model.editions.iter().filter(|edition| edition.edition.has_result());
        match (year, self.own) {
            (Some(year), own) => {
                let found = own.filter(|own| own.edition.year == year).or_else(|| with_result().find(|e| e.edition.year == year));
                if found.is_none() {
                    let known: Vec<String> = with_result().map(|edition| edition.edition.year.to_string()).collect();
                    let finding = Finding::new(Code::UnknownCode, self.place.clone()).case("year");
                    findings.push(finding.with("year", year.to_string()).with("known", known));
                }
                found
            }
            (None, Some(own)) => Some(own),
            (None, None) => {
                let latest = self.model.latest();
                if latest.is_none() {
                    findings.push(Finding::new(Code::MissingField, self.place.clone()).case("edition"));
                }
                latest
            }
        }
    }

    fn unknown(&self, pack: &Pack, written: &str) -> Finding {
        let members = pack.questions.iter().map(|q| q.code).chain(pack.items.iter().map(|i| i.code)).map(|code| code.to_string());
        let known: Vec<String> = members.chain(pack.instruments.iter().map(|i| i.id.clone())).chain(["overall".to_owned()]).collect();
        unknown::code_among(pack, self.place.clone(), (written, &known))
    }
}

/// The figure that a code means in any spelling, and whether it was the plain one.
pub fn figure(pack: &Pack, written: &str) -> Option<(Figure, bool)> {
    let written = written.trim();
    if let Some(figure) = pack.figure(written) {
        return Some((figure, true));
    }
    let ascii = digits::to_ascii(written);
    let upper = ascii.to_uppercase();
    if let Some(figure) = pack.figure(&ascii).or_else(|| pack.figure(&upper)) {
        return Some((figure, false));
    }
    let (code, plain) = MemberCode::read(written, &pack.item_letters())?;
    Some((pack.member(code)?, plain))
}

/// The item that a link like `o12:` means: the code before the colon.
pub fn item_code(pack: &Pack, written: &str) -> Option<usize> {
    match figure(pack, written)? {
        (Figure::Item(item), _) => Some(item),
        _ => None,
    }
}
