//! Findings as the JSON object of the contract, for programs. The texts come in the language of the run, keys and codes never change.

use serde_json::{Map, Value, json};

use super::{Finding, Summary, masked};
use crate::base::language::Language;

/// The whole object, indented, with a line end.
pub fn render(findings: &[Finding], language: Language) -> String {
    format!("{:#}\n", object(findings, language))
}

/// The object: the findings, and how many of each kind.
pub fn object(findings: &[Finding], language: Language) -> Value {
    let summary = Summary::of(findings);
    let list: Vec<Value> = findings.iter().map(|finding| one(finding, language)).collect();
    json!({
        "findings": list,
        "summary": {
            "errors": summary.errors,
            "warnings": summary.warnings,
            "hints": summary.hints,
            "accepted": summary.accepted,
        },
    })
}

fn one(finding: &Finding, language: Language) -> Value {
    let (start, end) = (finding.start(), finding.end());
    let data: Map<String, Value> = finding.data.iter().map(|(key, value)| (key.clone().into_owned(), shown(value))).collect();
    json!({
        "code": finding.code.name(),
        "severity": finding.severity().name(),
        "subject": masked(&finding.subject),
        "agency": finding.agency.as_ref(),
        "message": finding.message(language),
        "help": finding.help(language),
        "path": finding.place.file.as_ref(),
        "line": start.line,
        "column": start.column,
        "end_line": end.line,
        "end_column": end.column,
        "accepted": finding.reason(),
        "data": data,
    })
}

/// A value for machines, in which no text repeats a personal number.
fn shown(value: &Value) -> Value {
    match value {
        Value::String(text) => Value::String(masked(text).into_owned()),
        Value::Array(list) => Value::Array(list.iter().map(shown).collect()),
        Value::Object(map) => Value::Object(map.iter().map(|(key, value)| (masked(key).into_owned(), shown(value))).collect()),
        other => other.clone(),
    }
}
