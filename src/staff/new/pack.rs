//! `new pack`: rules of the site's own, as a copy of others. Owns which values of the copy become the new one's; what the rules are is
//! for its author to write.

use std::ops::Range;

use super::{Ground, Plan};
use crate::base::date::parse_year;
use crate::base::of_windows::is_of_windows;
use crate::base::{digits, thai};
use crate::framework::{Packs, builtin, read as pack_reader};
use crate::staff::init::refuse;
use crate::staff::said::Said;
use crate::staff::scalar::{comment, scalar};
use crate::staff::starter::{NewFile, schema_line};
use crate::text::SourceText;
use crate::text::yaml::{self, Kind};

/// The copy of a pack, in a folder of packs; without a name, of the newest built-in one that has questions.
///
/// # Errors
/// Where the id is none, is there, or there is nothing to copy.
pub fn plan(ground: &Ground, (id, from): (&str, Option<&str>)) -> Result<Plan, Said> {
    let id = digits::to_ascii(id.trim());
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    if id.is_empty()
        || is_of_windows(&id)
        || id.len() > 100
        || !id.chars().all(fits)
        || !id.starts_with(|c: char| c.is_ascii_alphanumeric())
    {
        let shown = comment(&id);
        return Err(Said::new(
            format!("ใช้ `{shown}` เป็นรหัสไม่ได้ โปรดใช้ตัวอักษรอังกฤษ ตัวเลข และขีด เช่น school-2569"),
            format!("`{shown}` can't be an id. Use letters, digits and hyphens, as in school-2569."),
        ));
    }
    let path = format!("{}frameworks/{id}.yaml", ground.folder);
    let from = from.map_or_else(newest, |from| from.trim().to_owned());
    let original = original(ground, &from)?;
    let text = format!(
        "{}# ชุดเกณฑ์ของหน่วยงานเอง คัดลอกจาก {from}\n\
         #\n\
         # แก้ชื่อ รหัส น้ำหนัก และระดับให้ตรงกับเกณฑ์ของท่าน ลบส่วนที่ไม่มีได้ แล้วตรวจด้วย prongsai check\n\
         # ใช้กับปีใด เขียน framework: {id} ใน assessment.yaml ของปีนั้น\n\
         # id ของแต่ละรายการคงเดิมทุกปี แม้รหัส (o1, o2, …) เปลี่ยน โปรแกรมรู้จักรายการเดิมจาก id\n\
         #\n\
         # ต่อไปนี้เป็นไฟล์เดิม\n\n{}",
        schema_line("framework", &path),
        renamed(&original, &id)
    );
    let source = SourceText { path: path.as_str().into(), text };
    refuse(&pack_reader::pack_into(&source, &mut Packs::default()))?;
    let told = Said::new(
        format!("คัดลอกจาก {from} แก้ให้ตรงกับเกณฑ์ของท่าน แล้วเขียน `framework: {id}` ใน assessment.yaml\n"),
        format!("A copy of {from}: change it to your rules, then write `framework: {id}` in assessment.yaml.\n"),
    );
    Ok(Plan::of(NewFile::new(path, source.text), told))
}

fn newest() -> String {
    let packs = builtin::ids().filter_map(builtin::get).filter(|pack| !pack.questions.is_empty());
    packs.max_by_key(|pack| pack.fiscal_year).map_or_else(String::new, |pack| pack.id.clone())
}

/// The file of a pack: one of the site's or the agency's own, else a built-in one.
fn original(ground: &Ground, id: &str) -> Result<SourceText, Said> {
    let own = ground.texts.values().filter(|text| text.path.contains("/frameworks/"));
    // An agency's own pack goes before the site's.
    let folder = format!("{}frameworks/", ground.folder);
    let id_of =
        |text: &SourceText| value(text, "id").and_then(|range| text.text.get(range)).map(|id| id.trim_matches(['"', '\'']).to_owned());
    if let Some(text) = own.filter(|text| id_of(text).as_deref() == Some(id)).max_by_key(|text| text.path.starts_with(&folder)) {
        return Ok(text.clone());
    }
    if let Some(text) = builtin::text(id) {
        return Ok(SourceText { path: "content/frameworks/original.yaml".into(), text: text.to_owned() });
    }
    let known = ground.packs.ids();
    let near = thai::nearest(id, &known);
    let (th, en) = near.map_or_else(Default::default, |near| (format!(" ใกล้เคียง: `{near}`"), format!(" Did you mean `{near}`?")));
    let (id, list) = (comment(id), known.join(", "));
    Err(Said::new(format!("ไม่มีชุดเกณฑ์ `{id}`{th} ที่มี: {list}"), format!("there are no rules `{id}`.{en} There are: {list}")))
}

/// Where the value of a key at the top of a file stands.
fn value(source: &SourceText, key: &str) -> Option<Range<usize>> {
    entry(source, key).map(|(_, value)| value)
}

fn entry(source: &SourceText, key: &str) -> Option<(usize, Range<usize>)> {
    let Kind::Map(map) = yaml::parse(source).ok()?.kind else { return None };
    let found = map.into_iter().find(|(name, _)| name.scalar() == Some(key))?;
    Some((found.0.span.start as usize, found.1.span.range()))
}

/// The text with the new id; and, where the id names another year, with that year, and without the figures of the country, which are
/// of the old one.
fn renamed(source: &SourceText, id: &str) -> String {
    let text = &source.text;
    let mut edits: Vec<(Range<usize>, String)> = Vec::new();
    edits.extend(value(source, "id").map(|range| (range, scalar(id))));
    let year_of = |text: &str| text.split(|c: char| !c.is_ascii_digit()).find_map(parse_year);
    let old = value(source, "fiscal_year").and_then(|range| parse_year(text.get(range)?.trim_matches(['"', '\''])));
    if let (Some(old), Some(new)) = (old, year_of(id).filter(|new| Some(*new) != old)) {
        edits.extend(value(source, "fiscal_year").map(|range| (range, new.to_string())));
        let named = value(source, "name").and_then(|range| Some((range.clone(), text.get(range)?)));
        let common = |year: u16| year.saturating_sub(543).to_string();
        edits.extend(
            named.map(|(range, name)| (range, name.replace(&old.to_string(), &new.to_string()).replace(&common(old), &common(new)))),
        );
        if let Some((start, value)) = entry(source, "national") {
            let lines = text.get(start..value.end).unwrap_or_default().replace('\n', "\n# ");
            edits.push((start..value.end, format!("# ผลทั้งประเทศของปีเดิม\n# {lines}")));
        }
    }
    edits.sort_by_key(|(range, _)| range.start);
    let (mut out, mut at) = (String::new(), source.mark());
    for (range, new) in edits.into_iter() {
        out.push_str(text.get(at..range.start).unwrap_or_default());
        out.push_str(&new);
        at = range.end;
    }
    out.push_str(text.get(at..).unwrap_or_default());
    out
}
