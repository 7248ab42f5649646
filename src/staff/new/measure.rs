//! `new measure`: a measure with empty values at the end of `measures.yaml`. Owns its text and the next free id. Refuses a file to which
//! no lines can be added without touching what is there: the file is read before and after, and nothing else of it may differ.

use super::member::unknown_issue;
use super::{Added, Ground, Plan};
use crate::base::digits;
use crate::base::span::Span;
use crate::finding::Severity;
use crate::framework::Pack;
use crate::source::measures;
use crate::source::unit::EditionSource;
use crate::staff::said::Said;
use crate::staff::scalar::{comment, scalar};
use crate::staff::starter::{self, NewFile};
use crate::text::SourceText;
use crate::text::decode::Decoder;
use crate::text::yaml::{self, Kind, Node};

/// A measure of an issue; without one, of the first issue that has none.
///
/// # Errors
/// Where there is no such issue or year, and where the file can't be added to.
pub fn plan(ground: &Ground, issue: Option<&str>, year: Option<&str>) -> Result<Plan, Said> {
    let edition = ground.edition(year)?;
    let number = number(edition, issue)?;
    let id = next_id(ground);
    let lines = lines((number, &edition.pack), &id);
    let told = Said::new(
        format!("มาตรการ {id} ของประเด็น {number}: เติมวิธีการ ขั้นตอน ผู้รับผิดชอบ และระยะเวลา\n"),
        format!("Measure {id} of issue {number}: fill in method, steps, who is responsible, and the period.\n"),
    );
    let path = format!("{}measures.yaml", edition.folder);
    let Some(source) = ground.texts.get(path.as_str()) else {
        let head = starter::measures(&edition.pack, (&path, edition.year));
        return Ok(Plan::of(NewFile::new(path, format!("{head}\n{lines}")), told));
    };
    let more = addition(source, &lines)?;
    let after = SourceText { path: source.path.clone(), text: format!("{}{more}", source.text) };
    if !only_adds(source, &after, (edition.year, &edition.pack)) {
        return Err(cannot(source, ("รูปแบบของไฟล์ไม่ใช่รายการบรรทัดต่อบรรทัด", "it is not a list of lines to the end")));
    }
    Ok(Plan { files: Vec::new(), added: Some(Added { path, before: source.text.clone(), more }), told })
}

fn number(edition: &EditionSource, asked: Option<&str>) -> Result<u32, Said> {
    let pack = &edition.pack;
    let Some(text) = asked else {
        let has = |number: u32| edition.measures.iter().any(|measure| measure.issue == number);
        return match pack.issues.iter().map(|issue| issue.number).find(|number| !has(*number)) {
            Some(number) => Ok(number),
            None => Err(Said::new(
                "โปรดระบุเลขของประเด็น เช่น `prongsai new measure --issue 1`",
                "name the issue by its number, as in `prongsai new measure --issue 1`",
            )),
        };
    };
    let number = digits::to_ascii(text.trim()).parse().ok().filter(|number| *number > 0);
    number.filter(|number| pack.issues.is_empty() || pack.issue(*number).is_some()).ok_or_else(|| unknown_issue(text, pack))
}

/// By its id a measure is known in other years too, so a new one has an id that no year has.
fn next_id(ground: &Ground) -> String {
    let ids = ground.source.editions.iter().flat_map(|edition| &edition.measures).filter_map(|measure| measure.id.as_deref());
    let numbers = ids.filter_map(|id| digits::to_ascii(id.strip_prefix('m')?).parse::<u32>().ok());
    format!("m{}", numbers.max().unwrap_or(0).saturating_add(1))
}

fn lines((number, pack): (u32, &Pack), id: &str) -> String {
    let name = pack.issue(number).map_or_else(String::new, |issue| format!("  # {}", comment(&issue.name.th)));
    format!(
        "- issue: {number}{name}\n\
         \x20 id: {}\n\
         \x20 method:                                   # วิธีการนำผลการวิเคราะห์ไปสู่การปฏิบัติ\n\
         \x20 steps:                                    # ขั้นตอนหรือวิธีการปฏิบัติ บรรทัดละหนึ่งข้อ\n\
         \x20   -\n\
         \x20 responsible: []                           # ผู้รับผิดชอบ เช่น [สำนักปลัด, กองคลัง]\n\
         \x20 period:                                   # ระยะเวลา เช่น {{from: 2568-10-01, to: 2569-09-30}}\n\
         \x20 status: planned                           # planned, in-progress, done, dropped\n",
        scalar(id)
    )
}

/// The lines as they follow the text: indented and ended as its own are.
fn addition(source: &SourceText, lines: &str) -> Result<String, Said> {
    let text = &source.text;
    let root = yaml::parse(source).map_err(|_| cannot(source, ("ไฟล์มีข้อผิดพลาด", "the file has a fault")))?;
    let indent = match &root.kind {
        Kind::Null => 0,
        Kind::List(_) if text.get(root.span.range()).is_some_and(|list| list.starts_with('[')) => {
            return Err(cannot(source, ("ไฟล์เขียนเป็นรายการในวงเล็บ [ ]", "it is a list between brackets [ ]")));
        }
        Kind::List(_) => indent(text, root.span),
        _ => return Err(cannot(source, ("ไฟล์ไม่ใช่รายการของมาตรการ", "it is no list of measures"))),
    };
    let end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let mut more = String::new();
    if !text.is_empty() && !text.ends_with('\n') {
        more.push_str(end);
    }
    more.push_str(end);
    for line in lines.lines() {
        more.push_str(&" ".repeat(indent));
        more.push_str(line);
        more.push_str(end);
    }
    Ok(more)
}

/// How far the first member of a list stands from the start of its line.
fn indent(text: &str, list: Span) -> usize {
    let before = text.get(..list.start as usize).unwrap_or_default();
    before.rsplit('\n').next().unwrap_or_default().trim_start_matches('\u{feff}').len()
}

/// Does the second text hold what the first does, and one sound measure more?
fn only_adds(before: &SourceText, after: &SourceText, (year, pack): (u16, &Pack)) -> bool {
    let (Ok(old), Ok(new)) = (yaml::parse(before), yaml::parse(after)) else { return false };
    let Kind::List(new_list) = &new.kind else { return false };
    let none = Vec::new();
    let old_list = if let Kind::List(list) = &old.kind { list } else { &none };
    let mut d = Decoder::new(after, "");
    let count = measures::read(&mut d, &new, year, pack).len();
    new_list.len() == old_list.len() + 1
        && count == new_list.len()
        && old_list.iter().zip(new_list).all(|(old, new)| is_same(old, new))
        && d.findings.iter().all(|finding| finding.severity() != Severity::Error)
}

fn is_same(a: &Node, b: &Node) -> bool {
    match (&a.kind, &b.kind) {
        (Kind::Null, Kind::Null) => true,
        (Kind::Scalar { text: a, .. }, Kind::Scalar { text: b, .. }) => a == b,
        (Kind::List(a), Kind::List(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| is_same(a, b)),
        (Kind::Map(a), Kind::Map(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|((key, value), (k, v))| is_same(key, k) && is_same(value, v))
        }
        _ => false,
    }
}

fn cannot(source: &SourceText, (th, en): (&str, &str)) -> Said {
    let path = &source.path;
    Said::new(
        format!("เพิ่มมาตรการท้าย `{path}` ไม่ได้ เพราะ{th} โปรดเพิ่มเองในไฟล์ หรือเขียนแต่ละมาตรการขึ้นต้นด้วย `- issue:`"),
        format!("no measure can be added to `{path}`: {en}. Add it in the file, or let each measure begin with `- issue:`."),
    )
}
