//! What the columns of a table hold, by the row above them. Owns the words that such rows have.

use std::collections::{BTreeMap, BTreeSet};

use super::figure::{self, Reading};
use super::grid::{Grid, Line};
use super::label::{self, Which};
use super::names::{code_at, gist};
use super::whose::Edition;
use super::years::{YEAR_WORDS, is_near, is_of_year, years};
use crate::base::date;
use crate::base::digits;
use crate::framework::{Pack, Part};

/// Over how many columns a merged heading is followed.
const WIDEST: u32 = 64;

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
    /// The year that a row is of.
    Year,
    /// The most points that there are, or a weight: where it is not a hundred, a score that is not above it may be of another scale.
    Highest,
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
    /// The headings that are not known, by column.
    pub strange: BTreeMap<u32, String>,
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
    pub fn of(line: &Line, (parts, edition): (&[Part], &Edition)) -> Option<Self> {
        if line.pieces.len() < 2 {
            return None;
        }
        if let Some(measures) = Self::of_measures(line) {
            return Some(measures);
        }
        // Most rows have a figure; what they name is looked at where there is none.
        if !may_head(line) || is_one_year(line) {
            return None;
        }
        let mut header = Self::default();
        for piece in &line.pieces {
            let last = line.spans.iter().find(|(first, _)| *first == piece.column).map_or(piece.column, |(_, last)| *last);
            let columns = piece.column..=last.min(piece.column.saturating_add(WIDEST));
            if let Some(role) = role(&piece.text, (parts, edition)) {
                let word = gist(&piece.text);
                header.is_of_wholes |= word.contains("ตัวชี้วัด") || word.contains("เครื่องมือ") || word == "indicator" || word == "instrument";
                // `คะแนน` over several columns says nothing of what each holds, and `ปี 2567` says all of them.
                let is_of_all = matches!(role, Role::Other | Role::Highest | Role::Year);
                header.roles.extend(columns.filter(|column| is_of_all || *column == piece.column).map(|column| (column, role)));
            } else {
                header.strange.extend(columns.map(|column| (column, piece.text.clone())));
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
        is_one.then_some(Self { roles, has_measures: true, ..Self::default() })
    }

    /// Adds a second row of the same header, which says more.
    pub fn join(&mut self, below: Self) {
        for (column, role) in below.roles {
            // `ปี 2567` over `คะแนน`, and `รอบแรก` over it, are no plain scores.
            let is_of_others = matches!(self.roles.get(&column), Some(Role::Other | Role::Highest | Role::Count | Role::Year));
            let is_strange = self.strange.contains_key(&column) && role == Role::Score(None);
            if is_of_others || is_strange {
                continue;
            }
            self.roles.insert(column, role);
            self.strange.remove(&column);
        }
        for (column, text) in below.strange {
            if self.roles.get(&column) == Some(&Role::Other) {
                continue;
            }
            // `ปี 2568` over `S.D.`
            self.roles.remove(&column);
            self.strange.insert(column, text);
        }
        // `คะแนน` over columns that are named below it says nothing more of the first of these.
        self.is_of_wholes |= below.is_of_wholes;
    }
}

/// Does a row name one year and nothing else, as `ปีงบประมาณ` beside `2567`?
fn is_one_year(line: &Line) -> bool {
    let words: String = line.pieces.iter().map(|piece| gist(&piece.text)).collect();
    is_of_year(&words) && line.pieces.iter().filter(|piece| !years(&piece.text).is_empty()).count() == 1
}

/// Are the cells of a row words, as those of a header are?
pub fn may_head(line: &Line) -> bool {
    line.pieces.iter().all(|piece| {
        // `2567` and `คะแนน 2567` look like figures.
        let is_of_year = match figure::read(&piece.text) {
            Reading::Figure(digits, ..) => date::parse_year(&digits).is_some_and(|year| (2500..2700).contains(&year)),
            // `คะแนน (50)`
            Reading::Odd => piece.text.contains(char::is_alphabetic),
            reading => reading == Reading::Words,
        };
        is_of_year && piece.text.chars().count() <= 60
    })
}

fn role(text: &str, (parts, edition): (&[Part], &Edition)) -> Option<Role> {
    let word = gist(text);
    let holds = |words: &[&str]| words.iter().any(|part| word.contains(part));
    let years = years(text);
    let is_of_others = edition.speaks_of_others(text) || is_of_short_year(&word, edition.year());
    // `คะแนน (เต็ม 100)` says of which scale the scores are.
    let is_highest = word.contains("คะแนนเต็ม") && !text.contains("(เต็ม");
    if holds(OF_OTHERS) || is_of_others {
        return Some(Role::Other);
    }
    if is_highest || word == "เต็ม" || holds(&["น้ำหนัก", "weight", "maximum"]) {
        return Some(if holds(&["ถ่วง", "weighted"]) { Role::Other } else { Role::Highest });
    }
    if let Some(which) = label::which(text, parts) {
        return Some(Role::Score(Some(which)));
    }
    if word.starts_with("ตัวชี้วัด") || word == "indicator" || word == "indicatorno" {
        return Some(Role::Indicator);
    }
    if is_of_scores(&word, (parts, edition)) || matches!(word.as_str(), "ได้" | "ที่ได้") {
        // The words around may say of which part it is.
        let which = parts.iter().enumerate().find(|(place, part)| {
            let (key, id) = (gist(&part.key), gist(&part.id));
            let words: Vec<String> = text.split(|c: char| !c.is_alphanumeric()).map(gist).collect();
            words.iter().any(|word| *word == key || *word == id) || word.contains(&format!("ส่วนที่{}", place + 1))
        });
        let which = which.map(|(place, _)| Which::Part(place)).or_else(|| word.contains("เฉลี่ย").then_some(Which::Mean));
        return Some(Role::Score(which));
    }
    // A score of some kind that is not the plain one.
    if speaks_of_scores(text) {
        return None;
    }
    let is_year = YEAR_WORDS[1..].contains(&word.as_str()) || word.starts_with("ปี") || word == "รอบ" || word == "รอบปี";
    if years.is_empty() && is_year {
        return Some(Role::Year);
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

/// Does an unknown heading stand over what a row is of: bodies, years?
pub fn tells_whose(heading: &str) -> bool {
    let word = gist(heading);
    ["หน่วยงาน", "ชื่อ", "อปท", "agency", "รอบ", "ปี"].iter().any(|part| word.contains(part)) && !word.contains("รับผิดชอบ")
}

/// Does a heading of scores end in two digits of another year, as `คะแนน 67` and `FY67`?
fn is_of_short_year(word: &str, year: u16) -> bool {
    let bare = word.trim_end_matches(|c: char| c.is_ascii_digit());
    let short = word[bare.len()..].parse::<u16>().ok().filter(|_| word.len() - bare.len() == 2).map(|short| 2500 + short);
    let is_another = short.is_some_and(|short| short != year && is_near(short, year));
    is_another && (bare == "fy" || bare.ends_with("คะแนน") || bare.ends_with("ita") || bare.ends_with("score"))
}

/// Does a heading speak of scores?
pub fn speaks_of_scores(text: &str) -> bool {
    let word = gist(text);
    word.contains("คะแนน") || word.contains("score")
}

/// Words of columns that are known to hold something else.
const OF_OTHERS: &[&str] = &[
    "จำนวน",
    "ผู้ตอบ",
    "ผลต่าง",
    "เพิ่มขึ้น",
    "ลดลง",
    "เปลี่ยนแปลง",
    "เป้าหมาย",
    "หมายเหตุ",
    "อันดับ",
    "ตนเอง",
    "คาดการณ์",
    "เดิม",
    "rank",
    "respondents",
];

/// Words of which the heading of a column of scores may be made. One that says more, as `คะแนนประเมินตนเอง`, is of another kind of score.
const OF_SCORE: &[&str] = &["คะแนน", "ผล", "เฉลี่ย", "ร้อยละ", "ค่าที่ได้", "score", "result", "mean", "average", "percent"];

/// Words that may stand beside these.
const BESIDE_SCORE: &[&str] = &[
    "ประจำปีงบประมาณ",
    "ปีงบประมาณ",
    "การประเมิน",
    "ประเมิน",
    "ของหน่วยงาน",
    "หน่วยงาน",
    "ตัวชี้วัด",
    "ข้อคำถาม",
    "เครื่องมือ",
    "แบบวัด",
    "ประเด็น",
    "ที่ได้รับ",
    "ที่ได้",
    "คิดเป็น",
    "ประจำ",
    "จาก",
    "ราย",
    "ข้อ",
    "ค่า",
    "ปัจจุบัน",
    "นี้",
    "รวม",
    "ตาม",
    "ของ",
    "ได้",
    "ปี",
    "พศ",
    "fiscalyear",
    "points",
    "of",
    "fy",
    "ita",
];

/// Is the heading of a column one of scores, in all of its words?
fn is_of_scores(word: &str, (parts, edition): (&[Part], &Edition)) -> bool {
    // `2025` is 2568.
    let mut rest = word.replace(&edition.year().saturating_sub(543).to_string(), &edition.year().to_string());
    let mut is_one = rest.contains(&edition.year().to_string()) || rest == format!("fy{}", edition.year() % 100);
    for name in edition.gists().filter(|name| rest.contains(name.as_str())).collect::<Vec<_>>() {
        (rest, is_one) = (rest.replace(&name, ""), true);
    }
    for part in parts.iter().enumerate().flat_map(|(place, part)| [format!("ส่วนที่{}", place + 1), gist(&part.id), gist(&part.key)])
    {
        rest = rest.replace(&part, "");
    }
    for instrument in ["iit", "eit", "oit"] {
        rest = rest.replace(instrument, "");
    }
    for score in OF_SCORE.iter().filter(|score| word.contains(**score)) {
        (rest, is_one) = (rest.replace(score, ""), true);
    }
    for word in BESIDE_SCORE {
        rest = rest.replace(word, "");
    }
    let year = edition.year();
    let ends = [String::new(), year.to_string(), (year % 100).to_string(), "100".to_owned(), "เต็ม100".to_owned()];
    is_one && ends.contains(&rest)
}

/// Columns that count the rows with a code: 1, 2, 3.
pub fn counts(grid: &Grid, pack: &Pack) -> BTreeSet<u32> {
    let mut columns: BTreeMap<u32, (u32, u32, bool)> = BTreeMap::new();
    for line in grid.lines.iter().filter(|line| line.pieces.iter().any(|piece| code_at(&piece.text, pack).is_some())) {
        for piece in &line.pieces {
            let number = digits::to_ascii(piece.text.trim_end_matches(['.', ')'])).parse::<u32>().ok();
            let (last, length, counts) = columns.entry(piece.column).or_insert((0, 0, true));
            match number {
                Some(number) if number == *last + 1 || number == 1 => (*last, *length) = (number, *length + 1),
                _ => *counts = false,
            }
        }
    }
    columns.into_iter().filter(|(_, (last, length, counts))| *counts && *length >= 3 && *last >= 3).map(|(column, _)| column).collect()
}
