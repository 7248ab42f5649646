//! Commentary of the year before as drafts of the new one. Owns what a text means in another year: a figure is the new year's once that is
//! published, and stands as its reference till then; what the new year does not have is told of the old one by its year; links lead to
//! what went along, else to the old page. Refuses a text in which a link can't be changed.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::super::Texts;
use super::{Carry, Told};
use crate::base::thai;
use crate::framework::code::MemberCode;
use crate::framework::{Figure, Pack};
use crate::site::references;
use crate::source::commentary::Commentary;
use crate::staff::said::Said;
use crate::staff::scalar::{comment, scalar};
use crate::staff::starter::{self, NewFile};
use crate::text::markdown::{LinkUse, Reference};

/// Pages that every edition has, whatever its pack.
const OF_EVERY_YEAR: [&str; 3] = ["measures/", "report/", "scores/"];

/// Which texts go along: the path in the old edition's folder, and the one in the new.
pub fn kept(carry: &Carry<'_>) -> BTreeMap<String, String> {
    all(carry).into_iter().filter_map(|(old, new, _)| Some((old, new?))).collect()
}

/// All commentary of the year before, in the order of the report: where it lies, and where it goes.
fn all<'a>(carry: &Carry<'a>) -> Vec<(String, Option<String>, &'a Commentary)> {
    let from = carry.from;
    let below = |text: &Commentary| text.path.strip_prefix(from.folder.as_str()).unwrap_or(&text.path).to_owned();
    let report = from.report.iter().map(|text| (below(text), Some("report.md".to_owned()), text));
    let issue = |number: u32| carry.same_issue(number).map(|issue| format!("issues/{}.md", issue.number));
    let issues = from.issues.iter().map(|(number, text)| (below(text), issue(*number), text));
    let item = |old: usize| carry.new_of(old).map(|new| format!("items/{}.md", carry.to.items[new].code));
    let items = from.items.iter().map(|(old, text)| (below(text), item(*old), text));
    report.chain(issues).chain(items).collect()
}

/// The files: what goes along as drafts, and an empty draft for each issue of the new year that has none.
pub fn files(carry: &Carry<'_>, texts: &Texts, told: &mut Told) -> Vec<NewFile> {
    let mut files: Vec<NewFile> = Vec::new();
    let (mut count, mut without_place, mut as_it_was, mut stale) = (0_usize, Vec::new(), Vec::new(), Vec::<Said>::new());
    for (old, new, text) in all(carry) {
        let carried = new.as_ref().and_then(|new| Some((new, texts.get(&text.path)?))).and_then(|(new, source)| {
            let body = rewritten(carry, &old, text, &source.text)?;
            Some(NewFile::new(
                format!("{}{new}", carry.folder),
                format!("{}\n{}", front_matter(carry, text), body.trim_start_matches('\n')),
            ))
        });
        match carried {
            Some(file) => {
                count += 1;
                stale.extend(
                    old_codes(carry, text)
                        .map(|codes| Said::new(format!("{}: {}", file.path, codes.th), format!("{}: {}", file.path, codes.en))),
                );
                files.push(file);
            }
            None if new.is_none() => without_place.push(old),
            None => as_it_was.push(old),
        }
    }
    if count > 0 {
        told.line(&format!("ยกบทวิเคราะห์และคำอธิบายมาเป็นฉบับร่าง {count} ไฟล์"), &format!("commentary carried as drafts: {count}"));
    }
    let folder = &carry.from.folder;
    if !without_place.is_empty() {
        let list = without_place.join(", ");
        told.line(
            &format!("คงไว้ใน {folder} ไม่ได้ยกมา เพราะชุดเกณฑ์ {} ไม่มีประเด็นหรือรายการเดียวกัน: {list}", carry.to.id),
            &format!("left in {folder}, as the rules {} have not the same issue or item: {list}", carry.to.id),
        );
    }
    if !as_it_was.is_empty() {
        let list = as_it_was.join(", ");
        told.line(
            &format!("คงไว้ใน {folder} ไม่ได้ยกมา เพราะมีลิงก์ที่โปรแกรมแก้ให้ไม่ได้ โปรดคัดลอกเอง: {list}"),
            &format!("left in {folder}, as a link in it can't be changed; copy it yourself: {list}"),
        );
    }
    if !stale.is_empty() {
        let year = carry.from.year;
        told.line(
            &format!("ข้อความที่ยกมายังเขียนรหัสของปี {year} ลิงก์แก้ให้แล้ว แต่ตัวข้อความต้องแก้เอง:"),
            &format!("carried texts still name items by their codes of {year}; the links are changed, the words are yours to change:"),
        );
        for line in stale {
            told.line(&format!("  {}", line.th), &format!("  {}", line.en));
        }
    }
    for file in starter::commentary(carry.to, carry.folder) {
        if !files.iter().any(|there| there.path == file.path) {
            files.push(file);
        }
    }
    files
}

/// The codes that a text says in words and that mean another item in the new year, or none: each with the one that it has there.
fn old_codes(carry: &Carry<'_>, text: &Commentary) -> Option<Said> {
    let (old, new) = (&carry.from.pack.items, &carry.to.items);
    let words = text.document.prose.text().split(|c: char| !c.is_alphanumeric() || thai::is_letter(c));
    let codes: BTreeSet<MemberCode> = words.filter_map(|word| MemberCode::read(word, &[])).map(|(code, _)| code).collect();
    let (mut th, mut en) = (Vec::new(), Vec::new());
    for (place, item) in old.iter().enumerate().filter(|(_, item)| codes.contains(&item.code)) {
        match carry.new_of(place).map(|place| new[place].code) {
            Some(code) if code == item.code => {}
            Some(code) => {
                th.push(format!("{} ตอนนี้คือ {code}", item.code));
                en.push(format!("{} is {code} now", item.code));
            }
            None => {
                th.push(format!("{} ไม่มีแล้ว", item.code));
                en.push(format!("{} is gone", item.code));
            }
        }
    }
    (!th.is_empty()).then(|| Said::new(th.join(", "), en.join(", ")))
}

fn front_matter(carry: &Carry<'_>, text: &Commentary) -> String {
    let old = carry.from.year;
    let title = text.title.as_deref().map_or_else(String::new, |title| format!("title: {}\n", scalar(title)));
    format!(
        "---\n\
         # ยกมาจากปี {old} ({}) อ่านและแก้ทุกประโยคให้เป็นของปี {}\n\
         # คะแนนที่เขียนว่า `{{{{ score(…) }}}}` ลบเครื่องหมาย ` ที่หัวและท้ายออก เมื่อใส่คะแนนของปีนี้แล้ว\n\
         # ฉบับร่าง: ยังไม่แสดงบนเว็บไซต์ แก้เสร็จแล้วลบบรรทัด draft: true\n\
         draft: true\n{title}---\n",
        comment(&text.path),
        carry.year
    )
}

/// The text below the front matter as the new year has it; `None` where something in it can't be changed.
fn rewritten(carry: &Carry<'_>, path: &str, text: &Commentary, source: &str) -> Option<String> {
    let mut edits: Vec<(Range<usize>, String)> = Vec::new();
    for used in &text.document.references {
        let range = used.span.range();
        if let Some(new) = reference(carry, &used.reference, source.get(range.clone())?) {
            edits.push((range, new));
        }
    }
    for link in &text.document.links {
        if let Some(new) = retargeted(carry, path, &link.target) {
            edits.push((target(link, source)?, new));
        }
    }
    edits.sort_by_key(|(range, _)| range.start);
    let body = body(text, source)?;
    let (mut out, mut at) = (String::with_capacity(source.len()), body.start);
    for (range, new) in edits {
        out.push_str(source.get(at..range.start)?);
        out.push_str(&new);
        at = range.end;
    }
    out.push_str(source.get(at..body.end)?);
    Some(out.replace("\r\n", "\n").replace('\r', "\n"))
}

/// The bytes below the front matter.
fn body(text: &Commentary, source: &str) -> Option<Range<usize>> {
    let source = crate::text::SourceText { path: text.path.clone(), text: source.to_owned() };
    crate::text::front_matter::split(&source).ok().map(|parts| parts.body)
}

/// A reference as the new year has it; `None` where it stays. One to a figure of the new year stands as code, for it is not published yet.
fn reference(carry: &Carry<'_>, reference: &Reference, written: &str) -> Option<String> {
    let Reference::Score { code, year } = reference else { return Some(format!("`{written}`")) };
    if year.is_some() {
        return None;
    }
    let old = &carry.from.pack;
    let Some((figure, _)) = references::figure(old, code) else { return Some(format!("`{written}`")) };
    let plain = old.code(figure);
    let is_published = carry.from.assessment.figures.contains_key(&figure);
    Some(match same_figure(carry, figure) {
        Some(code) => format!("`{{{{ score(\"{code}\") }}}}`"),
        None if is_published => format!("{{{{ score(\"{plain}\", {}) }}}}", carry.from.year),
        None => format!("`{written}`"),
    })
}

/// The code of what a figure of the year before is in the new one, where that is the same thing.
fn same_figure(carry: &Carry<'_>, figure: Figure) -> Option<String> {
    let (old, new): (&Pack, &Pack) = (&carry.from.pack, carry.to);
    match figure {
        Figure::Item(item) => carry.new_of(item).map(|item| new.items[item].code.to_string()),
        _ => {
            let code = old.code(figure);
            let there = new.figure(&code)?;
            (old.name(figure).map(|name| &name.th) == new.name(there).map(|name| &name.th)).then_some(code)
        }
    }
}

/// Where the target of an inline link stands in the text.
fn target(link: &LinkUse, source: &str) -> Option<Range<usize>> {
    let span = link.span.range();
    let text = source.get(span.clone())?;
    let after = text.rfind("](")? + 2;
    let rest = text.get(after..)?;
    let start = after + (rest.len() - rest.trim_start_matches(['<', ' ']).len());
    text.get(start..)?.starts_with(&link.target).then(|| span.start + start..span.start + start + link.target.len())
}

/// Where a link leads in the new year; `None` where it stays as it is.
fn retargeted(carry: &Carry<'_>, path: &str, target: &str) -> Option<String> {
    let target = target.trim();
    let up = "../".repeat(path.matches('/').count() + 1);
    let old_page = |rest: &str| format!("{up}{}/{rest}", carry.from.year);
    if let Some((code, rest)) = target.split_once(':') {
        let item = references::item_code(&carry.from.pack, code)?;
        let text = format!("items/{}.md", carry.from.pack.items[item].code);
        return Some(match carry.new_of(item) {
            // A place in a page is there where its text goes along.
            Some(new) if carry.texts.contains_key(&text) => format!("{}:{rest}", carry.to.items[new].code),
            Some(new) => format!("{}:", carry.to.items[new].code),
            None => old_page(&format!("oit/{}/", carry.from.pack.items[item].code)),
        });
    }
    let (file, fragment) = target.find('#').map_or((target, ""), |at| target.split_at(at));
    if file.is_empty() || file.starts_with("files/") {
        return None;
    }
    let full = joined(path, file)?;
    if file.ends_with('/') {
        // An address that begins with a year is from the agency's front page, in any year.
        let first = file.split('/').next().unwrap_or_default();
        if crate::base::date::parse_year(first).is_some() {
            return None;
        }
        return match carry.own_page(&full) {
            Some(page) => Some(format!("{}{page}{fragment}", "../".repeat(path.matches('/').count()))),
            None => Some(format!("{}{fragment}", old_page(&full))),
        };
    }
    match carry.texts.get(&full) {
        Some(new) => Some(format!("{}{new}{fragment}", "../".repeat(path.matches('/').count()))),
        None if full.ends_with(".md") => {
            let folder = carry.from.folder.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
            Some(format!("{up}{folder}/{full}{fragment}"))
        }
        None => None,
    }
}

/// A relative path from the edition's folder; `None` where it leads out of it, to what both years share.
fn joined(path: &str, relative: &str) -> Option<String> {
    let mut parts: Vec<&str> = path.split('/').collect();
    parts.pop();
    for part in relative.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    let end = if relative.ends_with('/') && !parts.is_empty() { "/" } else { "" };
    Some(format!("{}{end}", parts.join("/")))
}

impl Carry<'_> {
    /// The page of the new year that is what a page of the year before was, both below their year.
    pub(super) fn own_page(&self, rest: &str) -> Option<String> {
        if OF_EVERY_YEAR.contains(&rest) {
            return Some(rest.to_owned());
        }
        match rest {
            "oit/" => return (!self.to.items.is_empty()).then(|| rest.to_owned()),
            "issues/" => return (!self.to.issues.is_empty()).then(|| rest.to_owned()),
            _ => {}
        }
        if let Some(number) = rest.strip_prefix("issues/") {
            let number = number.strip_suffix('/')?.parse().ok()?;
            return self.same_issue(number).map(|issue| format!("issues/{}/", issue.number));
        }
        let code = rest.strip_prefix("oit/")?.strip_suffix('/')?;
        let item = references::item_code(&self.from.pack, code)?;
        self.new_of(item).map(|new| format!("oit/{}/", self.to.items[new].code))
    }
}
