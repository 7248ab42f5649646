//! What the columns of a table hold, by the row above them. Owns the words that such rows have.

use std::collections::BTreeMap;

use super::figure::{self, Reading};
use super::grid::Line;
use super::label::{self, Which};
use super::names::gist;
use crate::base::date;
use crate::base::digits;
use crate::framework::Part;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Codes, names, questions.
    Name,
    /// Numbers of indicators.
    Indicator,
    /// A running number.
    Count,
    /// Scores; which of a question, where that is said.
    Score(Option<Which>),
    /// Something else: weights, other years, remarks.
    Other,
    /// A measure's issue, method, steps, who is responsible, when.
    Measure(Field),
}

/// A column of a table of measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// ประเด็น
    Issue,
    /// วิธีการ
    Method,
    /// ขั้นตอน
    Steps,
    /// ผู้รับผิดชอบ
    Responsible,
    /// ระยะเวลา
    Period,
}

/// The columns of a table.
#[derive(Clone, Debug, Default)]
pub struct Header {
    /// What each holds.
    pub roles: BTreeMap<u32, Role>,
    /// Does it list measures?
    pub has_measures: bool,
    /// Does it list indicators or instruments? A sum in it is that of all.
    pub is_of_wholes: bool,
}

impl Header {
    /// What a column holds, where that is said.
    pub fn role(&self, column: u32) -> Option<Role> {
        self.roles.get(&column).copied()
    }

    /// Does it say where scores stand?
    pub fn has_scores(&self) -> bool {
        self.roles.values().any(|role| matches!(role, Role::Score(_)))
    }

    /// The columns that a row names; nothing where it is no header.
    pub fn of(line: &Line, parts: &[Part], year: u16) -> Option<Self> {
        if line.pieces.len() < 2 {
            return None;
        }
        if let Some(measures) = Self::of_measures(line) {
            return Some(measures);
        }
        // Most rows have a figure; what they name is looked at where there is none.
        let may_head = |text: &str| {
            let of_year = date::parse_year(text.trim()).filter(|year| (2500..2700).contains(year));
            text.chars().count() <= 60 && (of_year.is_some() || figure::read(text) == Reading::Words)
        };
        if !line.pieces.iter().all(|piece| may_head(&piece.text)) {
            return None;
        }
        let mut header = Self::default();
        for piece in &line.pieces {
            if let Some(role) = role(&piece.text, parts, year) {
                let word = gist(&piece.text);
                header.is_of_wholes |= word.contains("ตัวชี้วัด") || word.contains("เครื่องมือ") || word == "indicator" || word == "instrument";
                header.roles.insert(piece.column, role);
            }
        }
        let is_header = header.has_scores() || header.roles.len() * 2 > line.pieces.len();
        is_header.then_some(header)
    }

    fn of_measures(line: &Line) -> Option<Self> {
        let mut roles = BTreeMap::new();
        let mut seen = Vec::new();
        for piece in line.pieces.iter().filter(|piece| piece.text.chars().count() <= 80) {
            let word = gist(&piece.text);
            let part = if word.contains("ผู้รับผิดชอบ") || word.contains("หน่วยงานรับผิดชอบ") || word.contains("หน่วยงานที่รับผิดชอบ")
            {
                Field::Responsible
            } else if word.contains("ระยะเวลา") || word.contains("กำหนดการ") || word.contains("ห้วงเวลา")
            {
                Field::Period
            } else if word.contains("ขั้นตอน") {
                Field::Steps
            } else if word.starts_with("วิธีการ") || word.starts_with("มาตรการ") || word.starts_with("แนวทาง")
            {
                Field::Method
            } else if word.starts_with("ประเด็น") {
                Field::Issue
            } else {
                roles.insert(piece.column, Role::Other);
                continue;
            };
            if !seen.contains(&part) {
                seen.push(part);
                roles.insert(piece.column, Role::Measure(part));
            }
        }
        let is_one = seen.contains(&Field::Issue) && seen.contains(&Field::Method) && seen.len() >= 3;
        is_one.then_some(Self { roles, has_measures: true, is_of_wholes: false })
    }

    /// Adds a second row of the same header, which says more.
    pub fn join(&mut self, below: Self) {
        for (column, role) in below.roles {
            self.roles.insert(column, role);
        }
        // `คะแนน` over columns that are named below it says nothing more of the first of these.
        self.is_of_wholes |= below.is_of_wholes;
    }
}

fn role(text: &str, parts: &[Part], year: u16) -> Option<Role> {
    let word = gist(text);
    let holds = |words: &[&str]| words.iter().any(|part| word.contains(part));
    let years = years(text);
    // `ปี 2568` over a column of scores; a year in a longer text says nothing of the column.
    let bare: String = word.chars().filter(|c| !c.is_ascii_digit()).collect();
    let is_year = !years.is_empty() && matches!(bare.as_str(), "" | "ปี" | "พศ" | "ปีพศ" | "ปีงบประมาณ" | "ปีงบประมาณพศ" | "fy" | "fiscalyear");
    if holds(&[
        "น้ำหนัก",
        "เต็ม",
        "จำนวน",
        "ผู้ตอบ",
        "ผลต่าง",
        "เพิ่มขึ้น",
        "ลดลง",
        "เปลี่ยนแปลง",
        "เป้าหมาย",
        "หมายเหตุ",
        "อันดับ",
        "weight",
        "rank",
        "respondents",
        "maximum",
    ]) || ((is_year || holds(&["คะแนน", "score"])) && years.iter().any(|other| *other != year))
    {
        return Some(Role::Other);
    }
    if let Some(which) = label::which(text, parts) {
        return Some(Role::Score(Some(which)));
    }
    if word.starts_with("ตัวชี้วัด") || word == "indicator" || word == "indicatorno" {
        return Some(Role::Indicator);
    }
    if holds(&["คะแนน", "score"]) || matches!(word.as_str(), "ผล" | "ผลการประเมิน" | "ค่าที่ได้" | "result") || is_year
    {
        // The words around may say of which part it is.
        let which = parts.iter().enumerate().find(|(place, part)| {
            let (key, id) = (gist(&part.key), gist(&part.id));
            let words: Vec<String> = text.split(|c: char| !c.is_alphanumeric()).map(gist).collect();
            words.iter().any(|word| *word == key || *word == id) || word.contains(&format!("ส่วนที่{}", place + 1))
        });
        let which = which.map(|(place, _)| Which::Part(place)).or_else(|| word.contains("เฉลี่ย").then_some(Which::Mean));
        return Some(Role::Score(which));
    }
    if matches!(word.as_str(), "ลำดับ" | "ลำดับที่" | "ที่" | "no" | "เลขที่") {
        return Some(Role::Count);
    }
    if holds(&["ข้อคำถาม", "รหัส", "รายการ", "รายละเอียด", "ประเด็น", "เครื่องมือ", "ชื่อ", "code", "item", "question", "instrument", "name"])
        || matches!(word.as_str(), "ข้อ" | "ข้อที่")
    {
        return Some(Role::Name);
    }
    holds(&["ระดับ", "level"]).then_some(Role::Other)
}

/// The years that a text names.
pub fn years(text: &str) -> Vec<u16> {
    let ascii = digits::to_ascii(text);
    let numbers = ascii.split(|c: char| !c.is_ascii_digit()).filter(|number| number.len() == 4);
    numbers.filter_map(date::parse_year).filter(|year| (2540..2640).contains(year)).collect()
}
