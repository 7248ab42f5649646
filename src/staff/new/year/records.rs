//! The data files of a new year with what is carried into them. Owns what of a record holds on in another year: who keeps it and where it
//! lies, to be looked at again; not what it was found to be.

use super::{Carry, Told};
use crate::base::date::{Date, fiscal_days};
use crate::framework::Item;
use crate::source::disclosures::{Disclosure, ElementRecord, Link, Status};
use crate::source::measures::{Measure, MeasureStatus};
use crate::staff::scalar::{comment, day, list, scalar};
use crate::staff::starter;

/// How many days there are to look at what was carried.
const REVIEW: u64 = 30;

/// `disclosures.yaml`: the records of items under their new codes.
pub fn disclosures(carry: &Carry<'_>, path: &str) -> String {
    let Some(records) = &carry.from.disclosures else { return starter::disclosures(carry.to, (path, carry.year)) };
    let mut out = starter::disclosures_head((path, carry.year));
    let old_year = carry.from.year;
    out.push_str(&format!("#\n# ยกมาจากปี {old_year} ทุกรายการต้องตรวจอีกครั้ง: ลิงก์ยังเปิดได้ และเป็นข้อมูลของปีที่กำหนด\n"));
    let old = &carry.from.pack.items;
    for (place, item) in carry.to.items.iter().enumerate() {
        out.push_str(&starter::item_head(item));
        match carry.old_of.get(&place) {
            Some(from) => {
                let record = records.records.get(from);
                let look = if record.is_some_and(|record| !record.links.is_empty()) {
                    " ตรวจลิงก์ก่อนเผยแพร่"
                } else {
                    ""
                };
                out.push_str(&format!("# ยกมาจากปี {old_year} ({}){look}\n", old[*from].code));
                match record {
                    Some(record) => out.push_str(&carried(carry, item, record)),
                    None => out.push_str(&format!("{}:\n  status: missing\n", item.code)),
                }
            }
            None => out.push_str(&format!("# รายการใหม่ของปี {}\n{}:\n  status: unrecorded\n", carry.year, item.code)),
        }
        for (from, merged) in old.iter().enumerate().filter(|(from, _)| carry.took_in(*from) == Some(place)) {
            out.push_str(&format!("  # รวม {} {} ของปี {old_year} เข้ามา\n", merged.code, comment(&merged.name.th)));
            out.push_str(&left_behind(records.records.get(&from), "  "));
        }
    }
    let gone = |place: &usize| carry.new_of(*place).is_none() && carry.took_in(*place).is_none();
    for place in (0..old.len()).filter(gone) {
        out.push_str(&format!("\n# ปี {} ไม่มี {} {} ของปี {old_year} แล้ว\n", carry.year, old[place].code, comment(&old[place].name.th)));
        out.push_str(&left_behind(records.records.get(&place), ""));
    }
    out
}

/// Where the information of an item without a place of its own was, in comments.
fn left_behind(record: Option<&Disclosure>, indent: &str) -> String {
    let Some(record) = record else { return String::new() };
    let owner = record.owner.iter().map(|owner| format!("{indent}#   ผู้รับผิดชอบเดิม: {}\n", comment(owner)));
    let links = record.links.iter().map(|link| format!("{indent}#   ลิงก์เดิม: {}\n", comment(&link.url.value)));
    owner.chain(links).collect()
}

fn carried(carry: &Carry<'_>, item: &Item, record: &Disclosure) -> String {
    let old_year = carry.from.year;
    let mut out = format!("{}:\n", item.code);
    match record.status {
        Status::Published | Status::Partial => {
            out.push_str("  status: partial                             # ตรวจครบแล้วเปลี่ยนเป็น published\n");
        }
        status => out.push_str(&format!("  status: {}\n", status.word())),
    }
    let mut field = |key: &str, value: Option<String>| {
        if let Some(value) = value {
            out.push_str(&format!("  {key}: {value}\n"));
        }
    };
    field("title", record.title.as_deref().map(scalar));
    field("owner", record.owner.as_deref().map(scalar));
    let is_to_review = !record.links.is_empty() || !record.elements.is_empty();
    field("review_by", is_to_review.then(|| day(review_by(carry))));
    if !record.links.is_empty() {
        out.push_str("  links:\n");
    }
    for link in &record.links {
        out.push_str(&self::link(carry, item, link));
    }
    let known = |id: &str| item.elements.iter().any(|element| element.id == id);
    let lines: Vec<String> =
        record.elements.iter().filter(|(id, _)| known(id)).filter_map(|(id, element)| self::element(carry, id, element)).collect();
    if !lines.is_empty() {
        out.push_str("  elements:\n");
        out.push_str(&lines.concat());
    }
    if let Some(updated) = record.updated {
        out.push_str(&format!("  # ปรับปรุงล่าสุดตามปี {old_year}: {}\n", day(updated)));
    }
    if let Some(note) = &record.note {
        out.push_str(&format!("  # หมายเหตุของปี {old_year}: {}\n", comment(note)));
    }
    out
}

/// By when what was carried should be looked at: some weeks from today, and not before the year begins.
fn review_by(carry: &Carry<'_>) -> Date {
    let [first, _] = fiscal_days(carry.year);
    Date::parse(&first).map_or(carry.today, |first| first.max(carry.today)).plus_days(REVIEW)
}

fn link(carry: &Carry<'_>, item: &Item, link: &Link) -> String {
    let mut out = String::new();
    let mut field = |key: &str, value: String| {
        out.push_str(if out.is_empty() { "    - " } else { "      " });
        out.push_str(&format!("{key}: {value}\n"));
    };
    if let Some(title) = &link.title {
        field("title", scalar(title));
    }
    field("url", scalar(&address(carry, &link.url.value)));
    let covers: Vec<&str> =
        link.covers.iter().map(String::as_str).filter(|id| item.elements.iter().any(|element| element.id == *id)).collect();
    if !covers.is_empty() {
        field("covers", list(covers.into_iter()));
    }
    out
}

/// An address in a data file: a page of the year before that each year has is the new year's.
fn address(carry: &Carry<'_>, url: &str) -> String {
    let own = |rest: &str| carry.own_page(rest).map(|page| format!("{}/{page}", carry.year));
    let page = url.strip_prefix(&format!("{}/", carry.from.year)).and_then(own);
    page.unwrap_or_else(|| url.to_owned())
}

/// What is said of an element; `None` where it was met by a commentary that does not go along.
fn element(carry: &Carry<'_>, id: &str, record: &ElementRecord) -> Option<String> {
    let note = record.note.as_deref().map_or_else(String::new, |note| format!(", note: {}", scalar(note)));
    match &record.commentary {
        Some(path) if path.value.starts_with("../") => Some(format!("    {id}: {}\n", scalar(&path.value))),
        Some(path) => carry.texts.get(path.value.trim_start_matches("./")).map(|new| format!("    {id}: {}\n", scalar(new))),
        None => Some(format!("    {id}: {{met: {}{note}}}\n", record.met)),
    }
}

/// `measures.yaml`: what is not done yet.
pub fn measures(carry: &Carry<'_>, path: &str, told: &mut Told) -> String {
    let mut out = starter::measures(carry.to, (path, carry.year));
    let open = |measure: &&Measure| !matches!(measure.status, MeasureStatus::Done | MeasureStatus::Dropped);
    // Rules without issues can't tell whether a number means another one.
    let is_untold = carry.from.pack.issues.is_empty();
    let has_issue = |measure: &&Measure| {
        let there = carry.to.issue(measure.issue).is_some();
        carry.to.issues.is_empty() || (is_untold && there) || carry.same_issue(measure.issue).is_some()
    };
    let (kept, left): (Vec<&Measure>, Vec<&Measure>) = carry.from.measures.iter().filter(open).partition(has_issue);
    let old_year = carry.from.year;
    if !kept.is_empty() {
        out.push_str(&format!("#\n# ยกมาจากปี {old_year} เฉพาะที่ยังไม่เสร็จ ตรวจว่ายังทำต่อ แล้วกำหนดระยะเวลาใหม่\n"));
        told.line(&format!("ยกมาตรการที่ยังไม่เสร็จมา {} ข้อ", kept.len()), &format!("open measures carried: {}", kept.len()));
    }
    for measure in &kept {
        out.push_str(&self::measure(carry, measure));
    }
    for measure in &left {
        let (id, issue) = (measure.id.as_deref().map_or_else(|| "–".to_owned(), comment), measure.issue);
        out.push_str(&format!("\n# ไม่ได้ยกมาตรการ {id} ของปี {old_year} มา เพราะประเด็น {issue} ของปี {} เป็นเรื่องอื่นหรือไม่มี\n", carry.year));
        told.line(
            &format!("ไม่ได้ยกมาตรการ {id} มา เพราะประเด็น {issue} ของปี {} เป็นเรื่องอื่นหรือไม่มี", carry.year),
            &format!("measure {id} was not carried: issue {issue} of {} is another one, or is not there", carry.year),
        );
    }
    out
}

fn measure(carry: &Carry<'_>, measure: &Measure) -> String {
    let old_year = carry.from.year;
    let name = carry.from.pack.issue(measure.issue).map_or_else(String::new, |issue| format!("  # {}", comment(&issue.name.th)));
    let mut out = format!("\n- issue: {}{name}\n", measure.issue);
    let mut field = |key: &str, value: Option<String>| {
        if let Some(value) = value {
            out.push_str(&format!("  {key}: {value}\n"));
        }
    };
    field("id", measure.id.as_deref().map(scalar));
    field("method", measure.method.as_ref().map(|method| scalar(&method.value)));
    if !measure.steps.is_empty() {
        out.push_str("  steps:\n");
        out.extend(measure.steps.iter().map(|step| format!("    - {}\n", scalar(step))));
    }
    out.push_str(&format!("  responsible: {}\n", list(measure.responsible.iter().map(String::as_str))));
    out.push_str(&period(carry, measure));
    out.push_str(&format!("  status: {}\n", measure.status.word()));
    if !measure.progress.is_empty() {
        let count = measure.progress.len();
        out.push_str(&format!("  # ความคืบหน้าเดิม {count} ครั้งอยู่ใน measures.yaml ของปี {old_year}\n"));
    }
    out
}

/// A period that reaches into the new year goes on; one that is over was last year's promise, and a new one is for its author to make.
fn period(carry: &Carry<'_>, measure: &Measure) -> String {
    let Some(period) = &measure.period else { return "  period:\n".to_owned() };
    let [first, _] = fiscal_days(carry.year);
    let text = period.text.as_deref().filter(|text| !text.is_empty());
    let goes_on = period.to.is_some_and(|to| Date::parse(&first).is_some_and(|first| to >= first));
    if goes_on {
        let days = [("from", period.from), ("to", period.to)].into_iter();
        let days = days.filter_map(|(key, date)| Some(format!("{key}: {}", day(date?))));
        let parts: Vec<String> = days.chain(text.map(|text| format!("text: {}", scalar(text)))).collect();
        return format!("  period: {{{}}}\n", parts.join(", "));
    }
    let days = [period.from, period.to].into_iter().flatten().map(day).collect::<Vec<_>>().join(" ถึง ");
    let old = [text.unwrap_or_default(), &days].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
    format!("  period:                                     # กำหนดระยะเวลาใหม่ เดิม: {}\n", comment(&old))
}
