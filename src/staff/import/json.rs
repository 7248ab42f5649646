//! An import as one JSON object for other programs. Keys and words are the same in both languages, and messages follow the language.

use std::borrow::Cow;

use serde_json::{Value, json};

use super::{At, Import, Told, Why, human};
use crate::base::language::Language;
use crate::finding::masked;

/// The object, with its line end. The messages are in this language.
pub fn render(import: &Import, is_written: bool, language: Language) -> String {
    let changes = import.changes.iter().map(|change| {
        json!({
            "path": import.assessment, "code": change.code, "part": change.part, "from": change.from, "to": change.to, "at": at(&change.at),
        })
    });
    let measures = import.measures.iter().map(|measure| {
        json!({
            "path": import.measures_file, "id": measure.id, "issue": measure.issue, "method": measure.method,
            "steps": measure.steps, "responsible": measure.responsible, "period": measure.period, "at": at(&measure.at),
        })
    });
    let mut object = json!({
        "year": import.year,
        "agency": import.agency,
        "framework": import.framework,
        "written": is_written,
        "files": import.texts.iter().map(|text| text.path.as_str()).collect::<Vec<_>>(),
        "changes": changes.collect::<Vec<_>>(),
        "same": import.same,
        "measures": measures.collect::<Vec<_>>(),
        "same_measures": import.same_measures,
        "doubts": import.doubts().count(),
        "told": import.told.iter().map(|one| told(one, language)).collect::<Vec<_>>(),
        "told_further": import.further,
        "passed_over": import.passed_over,
        "missing": import.missing,
    });
    cover(&mut object);
    let mut text = serde_json::to_string_pretty(&object).unwrap_or_default();
    text.push('\n');
    text
}

/// Masks the numbers of persons in all texts: any of them may come from a cell or a file.
fn cover(value: &mut Value) {
    match value {
        Value::String(text) => {
            if let Cow::Owned(covered) = masked(text) {
                *text = covered;
            }
        }
        Value::Array(list) => list.iter_mut().for_each(cover),
        Value::Object(map) => map.values_mut().for_each(cover),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn at(at: &At) -> Value {
    json!({ "sheet": at.sheet.as_deref(), "cell": at.cell(), "line": at.line })
}

fn told(told: &Told, language: Language) -> Value {
    json!({
        "reason": word(&told.why),
        "doubt": told.why.is_doubt(),
        "code": told.code,
        "text": told.text,
        "message": human::reason(&told.why, language),
        "at": at(&told.at),
    })
}

/// The word for a reason.
fn word(why: &Why) -> &'static str {
    match why {
        Why::NotANumber => "not-a-number",
        Why::OutOfRange(_) => "out-of-range",
        Why::Day => "date",
        Why::NoValue => "formula-without-value",
        Why::Fault => "formula-error",
        Why::Otherwise(_) => "shown-otherwise",
        Why::Struck => "struck-out",
        Why::InnerTable => "table-in-cell",
        Why::Personal => "personal-id",
        Why::NoMethod => "no-method",
        Why::DayInWords => "date-in-words",
        Why::Merged => "merged",
        Why::Several => "several-figures",
        Why::Cut => "cut-off",
        Why::Unreadable => "unreadable-letters",
        Why::InText => "figure-in-text",
        Why::LikeACode => "like-a-code",
        Why::UnknownLevel => "unknown-level",
        Why::UnknownCode(_) => "unknown-code",
        Why::SeveralCodes => "several-codes",
        Why::NoHeading => "no-heading",
        Why::UnknownHeading(_) => "unknown-heading",
        Why::OfAnotherScale(_) => "another-scale",
        Why::SmallFigures => "small-figures",
        Why::Weighted(_) => "weighted",
        Why::OtherYear(_) => "other-year",
        Why::OtherBody => "other-agency",
        Why::OthersTable => "table-of-another-agency",
        Why::Across => "codes-across",
        Why::TwoNames => "two-names",
        Why::Contradiction(..) => "contradiction",
        Why::NoIssue => "no-issue",
        Why::Unread => "not-read-to-the-end",
        Why::NoFigure => "no-figure",
        Why::NoMeaning => "no-meaning",
        Why::PartSum => "sum-of-a-part",
        Why::Twice(_) => "measure-twice",
        Why::HiddenRow => "hidden-row",
        Why::HiddenColumn => "hidden-column",
        Why::HiddenSheet => "hidden-sheet",
        Why::HiddenCell => "hidden-cell",
        Why::Raised(_) => "footnote-mark",
        Why::StruckBeside(_) => "struck-out-beside",
        Why::ReadAs(_) => "read-as",
        Why::SecondMeasure(_) => "second-measure",
    }
}
