//! The words of running text around scores: those that say that one follows, and those with which a number is something else. Owns the
//! lists and the questions to them; which number belongs to which name is for `drift`.

use crate::base::digits;

/// Signs between words that say nothing.
pub(super) fn is_mark(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, '(' | ')' | '[' | ']' | '"' | '\'' | '“' | '”' | '‘' | '’' | ':' | '=' | '*' | ',' | '|' | '\u{200b}')
        || matches!(c, '-' | '\u{2013}' | '\u{2014}')
}

/// Words that say that a score follows. Where one is the beginning of another, the longer comes first.
#[rustfmt::skip]
pub(super) const CONNECTORS: &[&str] = &[
    "ได้รับ", "ได้", "คะแนนเฉลี่ย", "คะแนน", "ค่าเฉลี่ย", "ค่า", "เฉลี่ย", "เท่ากับ", "อยู่ที่", "อยู่", "ที่", "คือ",
    "เป็น", "มี", "ผลการประเมิน", "ผล", "ของประเด็นนี้", "ของประเด็น", "ของหน่วยงาน", "หน่วยงาน", "ประจำปีงบประมาณ",
    "ปีงบประมาณ", "ประจำปี", "ในปี", "ปี", "พ.ศ.", "พ. ศ.", "พ . ศ .", "พบว่า", "ว่า", "จึง", "นั้น", "นี้", "ไว้", "ประกาศ",
    "พิมพ์", "แสดง", "ตามรายงาน", "รายงาน", "โดยรวม", "ในภาพรวม", "ภาพรวม", "รวม", "เพียง", "สรุป", "ซึ่ง", "โดย", "ITA",
    "ข้อ",
    "รายข้อ", "รายตัวชี้วัด", "รายประเด็น", "รายเครื่องมือ", "การประเมิน",
];

/// Words after which a number is a score.
pub(super) const VALUES: &[&str] = &["ได้", "ได้รับ", "คะแนน", "เท่ากับ", "อยู่ที่", "คือ", "เป็น", "เฉลี่ย", "ไว้", "คะแนนรวม", "โดยรวม", "ภาพรวม"];

/// Words between a name and a number with which the number is something else.
#[rustfmt::skip]
pub(super) const BLOCKS: &[&str] = &[
    "เกณฑ์", "เต็ม", "กว่า", "เกิน", "ไม่ต่ำ", "ไม่น้อย", "ไม่ถึง", "อย่างน้อย", "ขั้นต่ำ", "เพิ่ม", "ลด", "ต่าง", "ห่าง",
    "ขาด", "เกือบ", "ประมาณ", "ราว", "จาก", "ถึง", "เป้า", "คาด", "ควร", "ต้อง", "หาก", "ถ้า", "น้ำหนัก", "ร้อยละ",
    "สัดส่วน", "ประเทศ", "จังหวัด", "อำเภอ", "ระหว่าง", "ช่วง", "ทุก", "ทั้ง", "แต่ละ", "บาง", "อื่น", "จำนวน", "ผู้ตอบ",
    "บาท", "วันที่", "เดือน", "ครั้งที่", "ตารางที่", "ภาพที่", "อันดับ", "ลำดับ", "เทียบ", "รองลงมา", " ส่วน", "ขณะที่",
    "แต่", "%", "<", ">",
    "เสี่ยง", "พึงพอใจ", "ประเมินตนเอง", "เบื้องต้น", "อุทธรณ์", "ก่อนประเมิน", "ก่อนปรับ",
];

/// Words for another examination, which has names in words and a total of its own.
#[rustfmt::skip]
const EXAMINATIONS: &[&str] = &[
    "LPA", "PMQA", "O-NET", "EdPEx", "ทดสอบ", "ผู้สอบ", "สอบคัดเลือก", "การคัดเลือก", "แข่งขัน", "อบรม", "หลักสูตร", "เวที",
    "ประสิทธิภาพขององค์กร", "มาตรฐานโรงเรียน", "มาตรฐานการศึกษา", "ศูนย์พัฒนาเด็ก", "ประกันคุณภาพ", "ความเสี่ยง", "ผู้ที่ได้",
];

/// Where a text first speaks of another examination.
pub(super) fn examination(words: &str) -> Option<usize> {
    first_of(words, EXAMINATIONS)
}

/// Where the first of some words stands. One walk along the text: the third byte, in which Thai letters differ, tells of most places that
/// no word begins there.
pub(super) fn first_of(text: &str, words: &[&str]) -> Option<usize> {
    let mut thirds = [false; 256];
    words.iter().filter_map(|word| word.as_bytes().get(2)).for_each(|third| thirds[usize::from(*third)] = true);
    let begins = |three: &[u8]| thirds[usize::from(three[2])];
    let mut places = text.as_bytes().windows(3).enumerate().filter(|(_, three)| begins(three)).map(|(at, _)| at);
    places.find(|at| words.iter().any(|word| text.as_bytes()[*at..].starts_with(word.as_bytes())))
}

/// Words in the two phrases before a name with which the number after it is something else.
#[rustfmt::skip]
pub(super) const LEADS: &[&str] = &[
    "กว่า", "เกณฑ์", "ขั้นต่ำ", "ผลต่าง", "ส่วนต่าง", "เป้า", "คาด", "น้ำหนัก", "ร้อยละ", "สัดส่วน", "ประเทศ", "จังหวัด",
    "อำเภอ", "หน่วยงานอื่น", "จำนวน", "ผู้ตอบ", "หาก", "ถ้า", "ควรให้", "ควรทำ", "ต้องให้", "ต้องทำ", "เพื่อให้", "ไม่ใช่",
    "เช่น", "เสี่ยง", "พึงพอใจ", "เทียบ", "กำหนด", "ประเมินตนเอง",
];

/// Words in the phrase of a name itself with which the number after it is something else.
pub(super) const NEAR_LEADS: &[&str] = &["เต็ม", "ต่าง", "สูงสุด", "ต่ำสุด"];

/// Words for another time than the edition's.
#[rustfmt::skip]
pub(super) const AGO: &[&str] = &[
    "ปีก่อน", "ปีที่แล้ว", "ปีที่ผ่านมา", "ปีกลาย", "ปีหน้า", "ครั้งก่อน", "เดิม",
    "ย้อนหลัง", "ปีงบประมาณก่อน", "ปีงบประมาณที่แล้ว", "ปีงบประมาณที่ผ่านมา", "รอบก่อน", "รอบที่แล้ว", "ครั้งที่แล้ว", "ครั้งที่ผ่านมา",
];

/// What a number with decimals counts where it is no score.
#[rustfmt::skip]
pub(super) const UNITS: &[&str] = &[
    "บาท", "ล้าน", "พัน", "หมื่น", "แสน", "%", "เปอร์เซ็นต์", "คน", "ราย", "ข้อ", "ประเด็น", "ครั้ง", "เรื่อง", "โครงการ",
    "กิจกรรม", "วัน", "เดือน", "ปี", "ชั่วโมง", "นาที", "แห่ง", "หน่วยงาน", "ตัว", "ฉบับ", "ชุด", "หน้า", "เล่ม", "ขั้น",
    "ช่อง", "ระดับ", "ด้าน", "หมู่", "ครัวเรือน", "กิโล", "เมตร", "ตาราง", "ไร่", "เท่า", "อันดับ", "ขึ้นไป", "ถึง", "จุด",
    "น.", "/", "–", "-", "ต่อ", "×", "÷", "+", "x ", "X ", "*",
];

/// What follows a score that is not the agency's own.
const OF_MANY: &[&str] =
    &["จากการ", "ของอำเภอ", "ของจังหวัด", "ของประเทศ", "ของกลุ่ม", "ในอำเภอ", "ในจังหวัด", "ระดับประเทศ", "ระดับจังหวัด", "ระดับอำเภอ"];

/// What may follow a score without decimals.
pub(super) const ENDS: &[&str] = &["และ", "ซึ่ง", "แต่", "อยู่", "โดย", "จึง", "ต่ำ", "สูง", ")", "]", ",", ";", "”", "\"", "|", "."];

/// Is what stands between two names what stands in a list? A name in brackets explains the one before it.
pub(super) fn is_list(between: &str) -> bool {
    let is_sign = |c: char| matches!(c, ',' | '-' | '\u{2013}' | '\u{2014}' | '/');
    let rest = between.trim_matches(|c: char| c.is_whitespace() || c == '\u{200b}' || is_sign(c));
    matches!(rest, "และ" | "และข้อ" | "และตัวชี้วัด" | "ถึง" | "ถึงข้อ" | "กับ" | "กับข้อ" | "หรือ")
        || (matches!(rest, "" | "ข้อ") && between.contains(is_sign))
}

/// The last phrases before a name, which end at spaces.
pub(super) fn lead(before: &str, phrases: usize) -> &str {
    let start = before.trim_end().rmatch_indices(' ').map(|(at, _)| at).nth(phrases - 1);
    &before[start.unwrap_or(0)..]
}

/// Do the words end with one after which a score stands?
pub(super) fn is_value(words: &str) -> bool {
    let words = words.trim_end_matches(is_mark);
    VALUES.iter().any(|value| words.ends_with(value))
}

/// What follows the word for points right after a number; `None` where that word does not stand there.
pub(super) fn points_after(words: &str, at: usize) -> Option<&str> {
    words[at..].trim_start_matches(is_mark).strip_prefix("คะแนน")
}

/// May a score stand before these words?
pub(super) fn allows_after(words: &str, at: usize, decimals: u32) -> bool {
    if is_of_another_scale(points_after(words, at).unwrap_or(&words[at..])) {
        return false;
    }
    if let Some(rest) = points_after(words, at) {
        let near = first(rest, 60);
        return !["ขึ้นไป", "ถึง", "เต็ม", "ทุก", "ทั้ง"].iter().chain(OF_MANY).any(|word| near.trim_start_matches(is_mark).starts_with(word))
            && !near.contains("ทุกข้อ");
    }
    let rest = words[at..].trim_start_matches([' ', '\u{200b}', '\u{a0}']);
    if first(rest, 60).contains("ทุก") {
        return false;
    }
    if decimals > 0 {
        return !UNITS.iter().any(|unit| rest.starts_with(unit));
    }
    rest.is_empty() || ENDS.iter().any(|end| rest.starts_with(end))
}

/// Do the words say of how many points, and are these not a hundred?
fn is_of_another_scale(rest: &str) -> bool {
    let Some(of) = rest.trim_start_matches(is_mark).strip_prefix("จาก") else { return false };
    let of = ["คะแนน", "เต็ม"]
        .iter()
        .fold(of.trim_start_matches(is_mark), |of, word| of.strip_prefix(word).unwrap_or(of).trim_start_matches(is_mark));
    let number: String = of.chars().take_while(|c| digits::is_digit(*c)).take(4).map(digits::ascii).collect();
    !number.is_empty() && number != "100"
}

/// The first bytes of a text, of whole characters.
pub(super) fn first(text: &str, most: usize) -> &str {
    let mut to = most.min(text.len());
    while !text.is_char_boundary(to) {
        to -= 1;
    }
    &text[..to]
}

/// The years of the Buddhist era that a text names, and where.
pub(super) fn years(words: &str) -> impl Iterator<Item = (usize, u32)> + '_ {
    digits::runs(words).filter_map(|range| {
        let run = &words[range.clone()];
        // Four digits of three bytes are the longest year.
        let year: u32 =
            Some(run).filter(|run| run.len() <= 12 && run.chars().count() == 4).and_then(|run| digits::to_ascii(run).parse().ok())?;
        (2400..2700).contains(&year).then_some((range.start, year))
    })
}
