//! The total in a sentence of a report. Owns when a sentence says it beyond doubt: it speaks of the whole, of no part and no other year, and
//! has one figure of points.

use super::figure::{self, Reading};
use super::names::gist;
use super::whose::Edition;
use crate::base::exact::Exact;
use crate::base::{digits, fold};
use crate::framework::Pack;

/// Words that name the level.
pub const LEVEL: &[&str] = &["ระดับ", "ระดับผลการประเมิน", "ระดับคะแนน", "ผลระดับ", "ระดับผลการประเมินita", "ระดับที่ได้", "ผลการประเมินระดับ", "level"];

/// Words of a sentence that is about the whole.
const WHOLE: &[&str] = &["โดยรวม", "ภาพรวม", "คะแนนรวม", "คะแนนita", "ผลการประเมินita"];

/// Words of a sentence that is about a part or about others, or that announces nothing: a rule, a hope, a condition.
const PART: &[&str] = &[
    "ประเด็น",
    "ตัวชี้วัด",
    "เครื่องมือ",
    "ข้อคำถาม",
    "ส่วนที่",
    "ระดับประเทศ",
    "ทั่วประเทศ",
    "เป้าหมาย",
    "เพิ่มขึ้น",
    "ลดลง",
    "ไม่น้อยกว่า",
    "ไม่ต่ำกว่า",
    "มากกว่า",
    "น้อยกว่า",
    "เกณฑ์ผ่าน",
    "เกณฑ์การ",
    "เกณฑ์คะแนน",
    "เกณฑ์ขั้น",
    "เกณฑ์ที่",
    "ขั้นต่ำ",
    "อย่างน้อย",
    "คะแนนเต็ม",
    "หาก",
    "ถ้า",
    "เมื่อได้",
    "ร่าง",
    "คาด",
    "ประมาณการ",
    "ตัวอย่างเช่น",
    "สมมติ",
    "ควร",
    "ต้อง",
    "อาจ",
    "จะได้",
    "จะมี",
    "ไม่ได้",
    "ไม่ใช่",
    "ยังไม่",
    "ประเมินตนเอง",
    "ความพึงพอใจ",
    "แบบวัด",
    "แบบตรวจ",
    "iit",
    "eit",
    "oit",
    "ด้านการ",
    "เดิมได้",
    "ครั้งที่แล้ว",
    "ครั้งก่อน",
    "ดีขึ้น",
    "ค่ากำหนด",
    "ห่างจาก",
    "ต่างจาก",
    "อันดับหนึ่ง",
    "lpa",
    "pmqa",
];

/// Words for others than one agency, whose total it may be.
const OF_MANY: &[&str] = &["ของจังหวัด", "ของกระทรวง", "ของอปท", "ของประเทศ", "ของอำเภอ", "ของกรม", "ของท้องถิ่น", "ของทุกหน่วยงาน"];

/// Words by which a sentence announces.
const ANNOUNCED: &[&str] = &["ได้", "มี", "เท่ากับ", "คือ", "อยู่ที่", "เป็น", "สรุป", "คิดเป็น"];

/// The total that a sentence states.
pub fn total(text: &str, edition: &Edition) -> Option<(String, Exact)> {
    let word = gist(text);
    let has = |words: &[&str]| words.iter().any(|part| word.contains(part));
    let announces = has(ANNOUNCED) || WHOLE.iter().any(|part| word.starts_with(part));
    if !has(WHOLE) || has(PART) || !announces || word.starts_with("เกณฑ์") {
        return None;
    }
    let begins = ["จังหวัด", "อปท", "อำเภอ", "กระทรวง", "ประเทศ"].iter().any(|area| word.starts_with(area));
    let is_of_many = (begins || has(OF_MANY)) && !edition.names_own(text);
    if is_of_many || edition.speaks_of_others(text) {
        return None;
    }
    let mut points: Option<(String, Exact)> = None;
    for (at, _) in text.match_indices("คะแนน") {
        let before = text[..at].trim_end();
        let start = before
            .rfind(|c: char| !(digits::is_digit(c) || matches!(c, '.' | ',')))
            .map_or(0, |at| at + before[at..].chars().next().map_or(1, char::len_utf8));
        let written = &before[start..];
        if !written.contains(digits::is_digit) {
            continue;
        }
        match (figure::read(written), &points) {
            // `97.61 จาก 100 คะแนน` has its score elsewhere.
            (Reading::Figure(_, value, _), _) if value == Exact::whole(100) => return None,
            (Reading::Figure(text, value, _), None) => points = Some((text, value)),
            (Reading::Figure(_, value, _), Some((_, first))) if *first == value => {}
            _ => return None,
        }
    }
    let (text_of, value) = points?;
    // Another figure of points may be the score, whatever stands behind it.
    let is_other = |run: &str| {
        let has_decimals = run.trim_matches('.').contains('.');
        has_decimals && !matches!(figure::read(run), Reading::Figure(_, other, _) if other == value)
    };
    let mut runs = text.split(|c: char| !(digits::is_digit(c) || c == '.')).map(|run| run.trim_matches('.'));
    (!runs.any(is_other)).then_some((text_of, value))
}

/// The level that a text states: the longest name of one that it has, where no two others stand in it.
pub fn level(text: &str, pack: &Pack) -> Option<String> {
    let folded = fold::folded(text).replace(' ', "");
    let mut names: Vec<(&str, String)> =
        pack.levels.iter().map(|level| (level.name.th.as_str(), fold::folded(&level.name.th).replace(' ', ""))).collect();
    names.sort_by_key(|(_, name)| std::cmp::Reverse(name.len()));
    let mut rest = folded;
    let mut found = None;
    for (name, folded) in names.iter().filter(|(_, folded)| !folded.is_empty()) {
        if rest.contains(folded.as_str()) {
            if found.is_some() {
                return None;
            }
            found = Some((*name).to_owned());
            rest = rest.replace(folded.as_str(), " ");
        }
    }
    found
}
