//! The status as one JSON object, for programs. Keys and words never change with the language.

use serde_json::{Value, json};

use super::{Agency, Blocking, Edition, Item, Progress, Status, Unit, review_word};

/// The object.
pub fn object(status: &Status) -> Value {
    json!({
        "today": status.today.to_string(),
        "agencies": status.agencies.iter().map(agency).collect::<Vec<_>>(),
    })
}

/// The object as text, indented, with a line end.
pub fn render(status: &Status) -> String {
    format!("{:#}\n", object(status))
}

fn agency(agency: &Agency) -> Value {
    json!({
        "agency": agency.slug,
        "agency_name": agency.name.th,
        "errors": agency.errors,
        "blocking": agency.blocking.iter().map(blocking).collect::<Vec<_>>(),
        "warnings": agency.warnings,
        "drafts_left_out": agency.left_out,
        "editions": agency.editions.iter().map(edition).collect::<Vec<_>>(),
    })
}

fn blocking(blocking: &Blocking) -> Value {
    json!({"code": blocking.code, "path": blocking.path, "line": blocking.line})
}

fn edition(edition: &Edition) -> Value {
    json!({
        "year": edition.year,
        "draft": edition.is_draft,
        "latest": edition.is_latest,
        "summary": progress(&edition.progress),
        "units": edition.units.iter().map(unit).collect::<Vec<_>>(),
        "items": edition.items.iter().map(item).collect::<Vec<_>>(),
    })
}

fn progress(progress: &Progress) -> Value {
    let counts = progress.counts;
    json!({
        "total": counts.total(),
        "published": counts.published,
        "partial": counts.partial,
        "missing": counts.missing,
        "unrecorded": counts.unrecorded,
        "not_applicable": counts.not_applicable,
        "elements": progress.elements,
        "elements_met": progress.met,
        "due": progress.due,
        "overdue": progress.overdue,
    })
}

fn unit(unit: &Unit) -> Value {
    let mut object = json!({ "owner": unit.owner });
    if let (Some(object), Value::Object(more)) = (object.as_object_mut(), progress(&unit.progress)) {
        object.extend(more);
    }
    object
}

fn item(item: &Item) -> Value {
    json!({
        "code": item.code,
        "id": item.id,
        "name": item.name.th,
        "status": item.status.word(),
        "elements": item.elements,
        "elements_met": item.met(),
        "elements_missing": item.open.iter().map(|open| open.id.as_str()).collect::<Vec<_>>(),
        "links": item.links,
        "owner": item.owner,
        "updated": item.updated.map(|day| day.to_string()),
        "review_by": item.review_by.map(|day| day.to_string()),
        "review": item.review.map(review_word),
        "draft": item.is_draft,
    })
}
