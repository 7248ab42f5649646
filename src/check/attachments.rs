//! What attachments have in them that is of no use or of harm to readers. Owns how the facts about an attachment become findings: at the
//! attachment itself, which is the file that its author has to change. Refuses to look into files.

use std::sync::Arc;

use crate::base::span::Place;
use crate::finding::{Code, Finding};
use crate::source::attachment::{self, At, Number, Trouble};
use crate::source::unit::AgencySource;

/// The findings about all attachments of a unit.
pub fn findings(records: &AgencySource) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (name, facts) in &records.facts {
        let Some(attachment) = records.attachments.get(name) else { continue };
        let at = |code| Finding::new(code, Place::top(Arc::clone(&attachment.from))).about(format!("files/{name}"));
        findings.extend(facts.trouble.map(|trouble| told(trouble, name, at)));
        findings.extend(facts.numbers.iter().map(|number| personal(number, at(Code::PersonalId))));
        if facts.further > 0 {
            let more = at(Code::PersonalId).case("further").with("count", facts.further.to_string()).data("count", facts.further);
            findings.push(more);
        }
    }
    findings
}

fn told(trouble: Trouble, name: &str, at: impl Fn(Code) -> Finding) -> Finding {
    match trouble {
        Trouble::Empty => at(Code::AttachmentEmpty),
        Trouble::Other(found) => at(Code::AttachmentType).with("extension", attachment::extension(name)).with("found", found.words()),
        Trouble::CutOff => at(Code::AttachmentType).case("cut-off"),
        Trouble::Bomb => at(Code::AttachmentType).case("bomb"),
        Trouble::Paths => at(Code::AttachmentType).case("paths"),
        Trouble::Encrypted => at(Code::AttachmentEncrypted),
        Trouble::Scan => at(Code::AttachmentScan),
        Trouble::Active => at(Code::AttachmentActive),
    }
}

fn personal(number: &Number, finding: Finding) -> Finding {
    let finding = finding.with("number", number.masked.as_str()).data("number", number.masked.as_str());
    match &number.at {
        At::Line(line) => finding.case("line").with("line", line.to_string()).data("line", *line),
        At::Cell(cell) => finding.case("cell").with("cell", cell.as_str()).data("cell", cell.as_str()),
        At::Paragraph(count) => finding.case("paragraph").with("count", count.to_string()).data("paragraph", *count),
        At::Beside => finding.case("beside"),
    }
}
