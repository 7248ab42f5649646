//! `new item` and `new issue`: the commentary of an item or an issue as a draft. Owns finding which is meant, in any spelling.

use super::page::draft;
use super::{Ground, Plan};
use crate::base::digits;
use crate::base::thai;
use crate::framework::Figure;
use crate::framework::code::MemberCode;
use crate::source::layout::EditionFile;
use crate::staff::said::Said;
use crate::staff::scalar::comment;
use crate::staff::starter::{self, NewFile};

/// The commentary of an item; a number alone means the item of that number.
///
/// # Errors
/// Where there is no such item or year, and where it has a commentary.
pub fn item(ground: &Ground, written: &str, year: Option<&str>) -> Result<Plan, Said> {
    let edition = ground.edition(year)?;
    let pack = &edition.pack;
    let letters = pack.item_letters();
    let read = |text: &str| match MemberCode::read(text, &letters).and_then(|(code, _)| pack.member(code)) {
        Some(Figure::Item(item)) => Some(item),
        _ => None,
    };
    let numbered = || letters.iter().find_map(|letter| read(&format!("{letter}{}", digits::to_ascii(written.trim()))));
    let Some(item) = read(written).or_else(numbered) else {
        let known: Vec<String> = pack.items.iter().map(|item| item.code.to_string()).collect();
        return Err(unknown(written, &known, &pack.id));
    };
    let item = &pack.items[item];
    let is_this = |name: &str| MemberCode::read(name, &letters).is_some_and(|(code, _)| code == item.code);
    let there =
        ground.edition_files().find(|(of, file, _)| *of == edition.year && matches!(file, EditionFile::Item(name) if is_this(name)));
    if let Some((.., path)) = there {
        return Err(taken(path));
    }
    Ok(Plan::of(NewFile::new(format!("{}items/{}.md", edition.folder, item.code), starter::item(item)), draft()))
}

/// The commentary of an issue.
///
/// # Errors
/// Where there is no such issue or year, and where it has a commentary.
pub fn issue(ground: &Ground, written: &str, year: Option<&str>) -> Result<Plan, Said> {
    let edition = ground.edition(year)?;
    let pack = &edition.pack;
    let number = |text: &str| digits::to_ascii(text.trim()).parse::<u32>().ok();
    let Some(issue) = number(written).and_then(|number| pack.issue(number)) else {
        return Err(unknown_issue(written, pack));
    };
    let is_this = |name: &str| number(name) == Some(issue.number);
    let there =
        ground.edition_files().find(|(of, file, _)| *of == edition.year && matches!(file, EditionFile::Issue(name) if is_this(name)));
    if let Some((.., path)) = there {
        return Err(taken(path));
    }
    Ok(Plan::of(NewFile::new(format!("{}issues/{}.md", edition.folder, issue.number), starter::issue(issue)), draft()))
}

/// There is no such issue.
pub(super) fn unknown_issue(written: &str, pack: &crate::framework::Pack) -> Said {
    let (written, id) = (comment(written), &pack.id);
    if pack.issues.is_empty() {
        return Said::new(
            format!("ชุดเกณฑ์ {id} ยังไม่มีรายชื่อประเด็น จึงไม่รู้จักประเด็น `{written}` ถ้าหมายถึงปีอื่น ระบุด้วย `--year`"),
            format!(
                "the rules {id} have no issues yet, so there is no issue `{written}`. If you mean another year, name it with `--year`."
            ),
        );
    }
    let list: Vec<String> = pack.issues.iter().map(|issue| issue.number.to_string()).collect();
    let list = list.join(", ");
    Said::new(
        format!("ชุดเกณฑ์ {id} ไม่มีประเด็น `{written}` ที่มี: {list}"),
        format!("the rules {id} have no issue `{written}`; there are: {list}"),
    )
}

fn unknown(written: &str, known: &[String], id: &str) -> Said {
    let written = comment(written);
    let known: Vec<&str> = known.iter().map(String::as_str).collect();
    let near = thai::nearest(&written.to_lowercase(), &known);
    let (th, en) = near.map_or_else(Default::default, |near| (format!(" ใกล้เคียง: `{near}`"), format!(" Did you mean `{near}`?")));
    let range = known.first().zip(known.last()).map_or_else(String::new, |(first, last)| format!("{first}–{last}"));
    Said::new(
        format!("ชุดเกณฑ์ {id} ไม่มีรายการ `{written}`{th} ที่มี: {range}"),
        format!("the rules {id} have no item `{written}`.{en} There are: {range}"),
    )
}

fn taken(path: &str) -> Said {
    Said::new(format!("มี `{path}` อยู่แล้ว จึงไม่เขียนทับ"), format!("`{path}` is there already and is not written over"))
}
