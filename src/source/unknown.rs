//! What a pack does not have. Owns the findings about codes and issues that a record or a text names and its pack does not, with the
//! nearest one where there is one. Refuses to look anything up: the caller knows where a code may come from.

use crate::base::span::{Located, Place};
use crate::base::thai::nearest;
use crate::finding::{Code, Finding};
use crate::framework::{Pack, Packs};

/// The finding that a code does not exist.
pub fn code(pack: &Pack, place: Place, written: &str) -> Finding {
    Finding::new(Code::UnknownCode, place).with("code", written).with("pack", pack.id.as_str())
}

/// The same where `known` are the codes that could stand there. Without any no spelling helps, so the remedy is another.
pub fn code_among(pack: &Pack, place: Place, (written, known): (&str, &[String])) -> Finding {
    let finding = code(pack, place, written);
    if known.is_empty() {
        return finding.case("none");
    }
    let known: Vec<&str> = known.iter().map(String::as_str).collect();
    match nearest(written, &known) {
        Some(nearest) => finding.case("near").with("nearest", nearest),
        None => finding,
    }
}

/// The finding that a pack does not exist.
pub fn framework(packs: &Packs, id: &Located<String>) -> Finding {
    let known = packs.ids();
    let finding = Finding::new(Code::UnknownFramework, id.place.clone()).with("name", id.value.as_str());
    match nearest(&id.value, &known) {
        Some(nearest) => finding.case("near").with("nearest", nearest),
        None => finding.with("known", known),
    }
}

/// The finding that an issue does not exist.
pub fn issue(pack: &Pack, place: Place, number: &str) -> Finding {
    let finding = Finding::new(Code::UnknownIssue, place).with("number", number).with("pack", pack.id.as_str());
    if pack.issues.is_empty() {
        return finding.case("none");
    }
    finding.with("known", pack.issues.iter().map(|issue| issue.number.to_string()).collect::<Vec<_>>())
}
