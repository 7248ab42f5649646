//! `new measure`: a measure at the end of `measures.yaml`. Owns its text and the next free id. One without a method would be published
//! empty, so its lines are comments until somebody has filled them in. Refuses a file to which no lines can be added without touching what
//! is there: the file is read before and after, and nothing else of it may differ.

use std::collections::BTreeMap;

use super::member::unknown_issue;
use super::{Added, Ground, Plan};
use crate::base::span::Span;
use crate::base::{digits, thai};
use crate::finding::Severity;
use crate::framework::Pack;
use crate::source::measures;
use crate::source::unit::EditionSource;
use crate::staff::said::Said;
use crate::staff::scalar::{comment, scalar};
use crate::staff::starter::{self, NewFile};
use crate::text::decode::Decoder;
use crate::text::yaml::{self, Kind, Node};
use crate::text::{SourceText, is_no_text};

/// The longest method that is taken from a command line, in characters. More belongs into the file.
const LONGEST: usize = 2_000;

/// What is asked for, as it was typed.
#[derive(Clone, Copy, Debug, Default)]
pub struct Asked<'a> {
    /// The number of the issue; without one the first that has no measure.
    pub issue: Option<&'a str>,
    /// The method; without one nothing of the measure is published yet.
    pub method: Option<&'a str>,
    /// The fiscal year; without one the newest.
    pub year: Option<&'a str>,
}

/// A measure of an issue.
///
/// # Errors
/// Where there is no such issue or year, where the method is none, and where the file can't be added to.
pub fn plan(ground: &Ground, asked: Asked<'_>) -> Result<Plan, Said> {
    let edition = ground.edition(asked.year)?;
    let path = format!("{}measures.yaml", edition.folder);
    let source = ground.texts.get(path.as_str());
    let method = asked.method.map(method).transpose()?;
    let begun = begun(ground);
    let number = number(edition, asked.issue, begun.get(path.as_str()).map_or(&[], Vec::as_slice))?;
    let id = next_id(ground, &begun);
    let live = lines((number, &edition.pack), (&id, edition.year), method.as_deref());
    let lines = if method.is_some() { live.clone() } else { commented(&live) };
    let told = told((number, &id), method.is_some());
    let Some(source) = source else {
        let head = starter::measures(&edition.pack, (&path, edition.year));
        return Ok(Plan::of(NewFile::new(path, format!("{head}\n{lines}")), told));
    };
    let with = |lines: &str| -> Result<(String, SourceText), Said> {
        let more = addition(source, lines)?;
        let after = SourceText { path: source.path.clone(), text: format!("{}{more}", source.text) };
        Ok((more, after))
    };
    let (more, after) = with(&lines)?;
    if !only_adds(source, &with(&live)?.1, (edition.year, &edition.pack)) || (method.is_none() && !says_the_same(source, &after)) {
        return Err(cannot(source, ("รูปแบบของไฟล์ไม่ใช่รายการบรรทัดต่อบรรทัด", "it is not a list of lines to the end")));
    }
    Ok(Plan { files: Vec::new(), added: Some(Added { path, before: source.text.clone(), more }), told })
}

fn told((number, id): (u32, &str), is_live: bool) -> Said {
    if is_live {
        return Said::new(
            format!("มาตรการ {id} ของประเด็น {number}: เติมขั้นตอน ผู้รับผิดชอบ และระยะเวลาในไฟล์\n"),
            format!("Measure {id} of issue {number}: fill in its steps, who is responsible, and the period.\n"),
        );
    }
    Said::new(
        format!(
            "มาตรการ {id} ของประเด็น {number} ยังไม่แสดงบนเว็บไซต์: เติมวิธีการ ขั้นตอน ผู้รับผิดชอบ และระยะเวลา \
             แล้วลบ # หน้าทุกบรรทัดของมาตรการนี้\n"
        ),
        format!(
            "Measure {id} of issue {number} is not on the site yet: fill in method, steps, who is responsible, and the period, \
             then delete the # before each of its lines.\n"
        ),
    )
}

/// A method as it was typed.
fn method(text: &str) -> Result<String, Said> {
    let text = thai::normal(text.trim());
    let hides = |c: char| c.is_control() || is_no_text(c) || thai::is_turning(c) || matches!(c, '\u{2028}' | '\u{2029}');
    let is_text = text.chars().any(char::is_alphanumeric) && !text.chars().any(hides) && text.chars().count() <= LONGEST;
    is_text.then_some(text).ok_or_else(|| {
        Said::new(
            "`--method` ต้องเป็นข้อความหนึ่งบรรทัด เช่น `--method \"จัดทำคู่มือการยืมทรัพย์สิน\"`",
            "`--method` takes one line of text, as in `--method \"จัดทำคู่มือการยืมทรัพย์สิน\"`",
        )
    })
}

/// Measures that lie in a file as comments, as this command leaves them: the number of the issue and of the id.
fn begun(ground: &Ground) -> BTreeMap<&str, Vec<(u32, u32)>> {
    let number = |line: &str, key: &str| line.trim().strip_prefix(key)?.split("  #").next()?.parse::<u32>().ok();
    let of = |text: &str| {
        let lines: Vec<&str> = text.lines().collect();
        lines.windows(2).filter_map(|pair| Some((number(pair[0], "# - issue: ")?, number(pair[1], "#   id: m")?))).collect::<Vec<_>>()
    };
    let files = ground.texts.values().filter(|text| text.path.ends_with("/measures.yaml"));
    files.map(|text| (&*text.path, of(&text.text))).collect()
}

fn number(edition: &EditionSource, asked: Option<&str>, begun: &[(u32, u32)]) -> Result<u32, Said> {
    let pack = &edition.pack;
    let Some(text) = asked else {
        let has =
            |number: u32| edition.measures.iter().any(|measure| measure.issue == number) || begun.iter().any(|(issue, _)| *issue == number);
        return match pack.issues.iter().map(|issue| issue.number).find(|number| !has(*number)) {
            Some(number) => Ok(number),
            None => Err(Said::new(
                "โปรดระบุเลขของประเด็น เช่น `prongsai new measure --issue 1`",
                "name the issue by its number, as in `prongsai new measure --issue 1`",
            )),
        };
    };
    let number = digits::to_ascii(text.trim()).parse().ok().filter(|number| *number > 0);
    // Rules without a list of issues can't tell which there are; measures that were carried over can.
    let is_known = |number: &u32| {
        let stands = || edition.measures.iter().map(|measure| measure.issue).chain(begun.iter().map(|(issue, _)| *issue));
        if pack.issues.is_empty() { stands().any(|issue| issue == *number) } else { pack.issue(*number).is_some() }
    };
    number.filter(is_known).ok_or_else(|| unknown_issue(text, pack))
}

/// By its id a measure is known in other years too, so a new one has an id that no year has.
fn next_id(ground: &Ground, begun: &BTreeMap<&str, Vec<(u32, u32)>>) -> String {
    let ids = ground.source.editions.iter().flat_map(|edition| &edition.measures).filter_map(|measure| measure.id.as_deref());
    let numbers = ids.filter_map(|id| digits::to_ascii(id.strip_prefix('m')?).parse::<u32>().ok());
    let numbers = numbers.chain(begun.values().flatten().map(|(_, id)| *id));
    format!("m{}", numbers.max().unwrap_or(0).saturating_add(1))
}

fn lines((number, pack): (u32, &Pack), (id, year): (&str, u16), method: Option<&str>) -> String {
    let [from, to] = starter::days_after(year);
    let name = pack.issue(number).map_or_else(String::new, |issue| format!("  # {}", comment(&issue.name.th)));
    let method = method.map_or_else(|| "                                  # วิธีการนำผลการวิเคราะห์ไปสู่การปฏิบัติ".to_owned(), scalar);
    format!(
        "- issue: {number}{name}\n\
         \x20 id: {}\n\
         \x20 method: {method}\n\
         \x20 steps: []                                 # ขั้นตอนหรือวิธีการปฏิบัติ เช่น [สำรวจ, จัดทำคู่มือ, อบรม]\n\
         \x20 responsible: []                           # ผู้รับผิดชอบ เช่น [สำนักปลัด, กองคลัง]\n\
         \x20 period:                                   # ระยะเวลา เช่น {{from: {from}, to: {to}}}\n\
         \x20 status: planned                           # planned, in-progress, done, dropped\n",
        scalar(id)
    )
}

/// The lines as comments. What has to be done with them stands above.
fn commented(lines: &str) -> String {
    let lines = lines.lines().map(|line| format!("# {line}\n"));
    format!("# มาตรการใหม่ ยังไม่แสดงบนเว็บไซต์ เติมข้อความ แล้วลบ # กับเว้นวรรคหลัง # ของทุกบรรทัดข้างล่างนี้\n{}", lines.collect::<String>())
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

/// Do two texts hold the same list?
fn says_the_same(before: &SourceText, after: &SourceText) -> bool {
    matches!((yaml::parse(before), yaml::parse(after)), (Ok(old), Ok(new)) if is_same(&old, &new))
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
