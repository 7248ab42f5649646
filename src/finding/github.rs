//! Findings as annotations of a CI run on GitHub: one workflow command a line.

use super::{Finding, Severity};
use crate::base::language::Language;

/// One line for each finding.
pub fn render(findings: &[Finding], language: Language) -> String {
    findings.iter().map(|finding| one(finding, language)).collect()
}

fn one(finding: &Finding, language: Language) -> String {
    let kind = match (finding.accepted.is_some(), finding.severity()) {
        (false, Severity::Error) => "error",
        (false, Severity::Warning) => "warning",
        _ => "notice",
    };
    let (start, end) = (finding.start(), finding.end());
    format!(
        "::{kind} file={},line={},endLine={},col={},endColumn={},title={}::{}\n",
        property(&finding.place.file.chars().map(super::seen).collect::<String>()),
        start.line,
        end.line,
        start.column,
        end.column,
        finding.code.name(),
        text(&format!("{} ({})", finding.message(language), finding.help(language))),
    )
}

/// Escapes what ends a command or its text.
fn text(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Escapes what ends a property as well.
fn property(value: &str) -> String {
    text(value).replace(':', "%3A").replace(',', "%2C")
}
