//! The published tables and their columns: what each is called, what it holds, and what it means. Owns the promise to whoever builds on the
//! data: a column may be added, none is renamed or changes its meaning. Every table of the plan, the schemas, the package of data, the page
//! `about-data/` and `docs/data.md` take them from here. Refuses values: those are the tables' own.

use super::group_columns::{DISTRIBUTION, LOWEST, SUMMARY};
use super::table::Table;
use crate::base::language::{Language, Name};

/// A text for people, in Thai and in English.
#[derive(Clone, Copy, Debug)]
pub struct Said(pub(super) &'static str, pub(super) &'static str);

impl Said {
    /// It as a name.
    pub fn name(self) -> Name {
        Name { th: self.0.to_owned(), en: Some(self.1.to_owned()) }
    }

    /// It in a language.
    pub fn get(self, language: Language) -> &'static str {
        match language {
            Language::Th => self.0,
            Language::En => self.1,
        }
    }
}

/// What the cells of a column hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    /// A text.
    Text,
    /// A code, which is never a number: `9.10` is another one than `9.1`.
    Code,
    /// A score as it was published: of 100, or of its weight where the edition prints shares.
    Score,
    /// A score that was worked out, to four decimals.
    Derived,
    /// A score of 100 that was worked out, to four decimals, also where the edition prints shares.
    Percent,
    /// Points of the total, to four decimals.
    Points,
    /// A weight in the total, in per cent.
    Weight,
    /// The number of an issue or an indicator.
    Ordinal,
    /// A count.
    Count,
    /// A fiscal year of the Buddhist era.
    Year,
    /// A size in bytes.
    Bytes,
    /// A day, `YYYY-MM-DD` of the common era.
    Day,
    /// Texts, joined by ` | `.
    List,
    /// A truth value.
    Flag,
    /// An address: absolute, or from the root of the site.
    Address,
    /// One of these words.
    Choice(&'static [&'static str]),
}

impl Holds {
    /// The word by which the catalogue and the documents know it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Code => "code",
            Self::Score => "score",
            Self::Derived => "derived",
            Self::Percent => "percent",
            Self::Points => "points",
            Self::Weight => "weight",
            Self::Ordinal => "ordinal",
            Self::Count => "count",
            Self::Year => "year",
            Self::Bytes => "bytes",
            Self::Day => "day",
            Self::List => "list",
            Self::Flag => "flag",
            Self::Address => "address",
            Self::Choice(_) => "choice",
        }
    }

    /// The words that it may be, where these are few.
    pub fn words(self) -> &'static [&'static str] {
        match self {
            Self::Choice(words) => words,
            _ => &[],
        }
    }
}

/// A column.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// Its name, in the header of CSV and as a key of JSON.
    pub name: &'static str,
    /// What its cells hold.
    pub holds: Holds,
    /// Has every row a value?
    pub always: bool,
    /// What it means.
    pub about: Said,
}

/// A published table.
#[derive(Clone, Copy, Debug)]
pub struct DataTable {
    /// Its name, as in the addresses of its files.
    pub name: &'static str,
    /// What a row is.
    pub about: Said,
    /// The columns that tell one row of a file from another; none where rows may be alike.
    pub key: &'static [&'static str],
    /// The columns that it has in common with others: the first three, or none where a row is of no agency.
    pub(super) first: &'static [Column],
    /// Its columns after these.
    pub(super) columns: &'static [Column],
}

impl DataTable {
    /// All its columns.
    pub fn columns(&self) -> impl Iterator<Item = &'static Column> + use<> {
        self.first.iter().chain(self.columns)
    }

    /// Its columns after those that tables of agencies begin with.
    pub fn own_columns(&self) -> &'static [Column] {
        self.columns
    }

    /// It without rows. Of the columns for parts of a question it has as many as the scheme has parts, at least two.
    pub fn empty(&self, parts: usize) -> Table {
        let (all, known): (&[&str], _) = (&PARTS, self::parts(parts));
        let is_there = |name: &&str| !all.contains(name) || known.contains(name);
        let columns: Vec<&'static str> = self.columns().map(|column| column.name).filter(is_there).collect();
        Table::new(self.name, &columns)
    }
}

/// A column of which every row has a value.
pub(super) const fn always(name: &'static str, holds: Holds, th: &'static str, en: &'static str) -> Column {
    Column { name, holds, always: true, about: Said(th, en) }
}

/// A column that may be empty.
pub(super) const fn maybe(name: &'static str, holds: Holds, th: &'static str, en: &'static str) -> Column {
    Column { name, holds, always: false, about: Said(th, en) }
}

const STATES: Holds = Holds::Choice(&["follows", "rounding", "contradicts", "unchecked"]);

const STATE: Column = always(
    "state",
    STATES,
    "คะแนนที่ประกาศเทียบกับส่วนประกอบ: follows ตรงกัน, rounding ต่างเท่าการปัดเศษ, contradicts ยังไม่ตรง, unchecked ตรวจย้อนไม่ได้",
    "how the published score stands to its parts: follows, rounding (no more than roundings explain), contradicts, unchecked (not all parts are known)",
);

const PUBLISHED: Column = maybe(
    "published",
    Holds::Score,
    "คะแนนตามที่ประกาศ ครบทุกหลัก ว่างถ้าไม่ได้ประกาศ",
    "the score as published, with all its digits; empty where none was published",
);

const DERIVED: Column = maybe(
    "derived",
    Holds::Derived,
    "คะแนนที่คำนวณจากส่วนประกอบที่ประกาศ ไม่เกินสี่ตำแหน่ง",
    "the score that follows from its published parts, to four decimals",
);

const ISSUE: Column =
    maybe("issue", Holds::Ordinal, "เลขประเด็นการวิเคราะห์ที่รายการหรือข้อคำถามนี้อยู่", "number of the issue of the analysis that it belongs to");

const INDICATOR: Column =
    always("indicator", Holds::Ordinal, "เลขตัวชี้วัดที่ข้อคำถามนี้อยู่", "number of the indicator that the question belongs to");

const LASTING: Column = always(
    "id",
    Holds::Code,
    "รหัสถาวรของรายการ เหมือนเดิมแม้ปีถัดไปเปลี่ยนเลข ใช้เทียบข้ามปี",
    "lasting id of the item, the same when a later year numbers it anew; compare years by it",
);

const ITEM: Column = always("code", Holds::Code, "รหัสรายการของปีนั้น", "code of the item in that year");

const ITEM_NAME: Column = always("name", Holds::Text, "ชื่อทางการของรายการ", "official name of the item, in Thai");

/// The columns that every table of agencies begins with.
pub const FIRST: [Column; 3] = [
    maybe(
        "agency",
        Holds::Code,
        "ชื่อย่อของหน่วยงานในที่อยู่เว็บ ว่างในเว็บไซต์ที่มีหน่วยงานเดียว",
        "the agency's name in addresses; empty on a site of one agency",
    ),
    always("agency_name", Holds::Text, "ชื่อหน่วยงาน", "name of the agency, in Thai"),
    always("year", Holds::Year, "ปีงบประมาณของผลการประเมิน", "fiscal year of the assessment"),
];

const SCORE_COLUMNS: [Column; 8] = [
    always(
        "layer",
        Holds::Choice(&["overall", "instrument", "part", "indicator", "group"]),
        "ชั้นของคะแนน: overall คะแนนรวม, instrument เครื่องมือ, part ส่วนของเครื่องมือ, indicator ตัวชี้วัด, group หมวดของตัวชี้วัด",
        "layer of the score: overall, instrument, part of an instrument, indicator, group of an indicator",
    ),
    always("code", Holds::Code, "รหัสของคะแนนตามชุดเกณฑ์ของปีนั้น หรือ overall", "code of the score in the scheme of the year, or overall"),
    always("name", Holds::Text, "ชื่อทางการ", "official name, in Thai"),
    PUBLISHED,
    DERIVED,
    STATE,
    maybe("weight", Holds::Weight, "น้ำหนักในคะแนนรวม", "weight in the total"),
    maybe("level", Holds::Text, "ระดับผลการประเมินตามที่ประกาศ มีเฉพาะแถวคะแนนรวม", "level as announced; in the row of the total alone"),
];

/// The columns for the parts of a question. The contract has two; a scheme whose instruments have more gets more.
pub fn parts(most: usize) -> &'static [&'static str] {
    &PARTS[..most.clamp(2, PARTS.len())]
}

/// All of these columns.
pub const PARTS: [&str; 6] = ["part1", "part2", "part3", "part4", "part5", "part6"];

const fn part(at: usize, th: &'static str, en: &'static str) -> Column {
    maybe(PARTS[at], Holds::Score, th, en)
}

const QUESTION_COLUMNS: [Column; 14] = [
    always("code", Holds::Code, "รหัสข้อคำถามของปีนั้น", "code of the question in that year"),
    ISSUE,
    INDICATOR,
    always("text", Holds::Text, "ข้อคำถาม", "the question, in Thai"),
    always("reverse", Holds::Flag, "true คือข้อเชิงลบ: คะแนนสูงแปลว่าพบเรื่องไม่ดีน้อย", "true where a high score means that something bad is rare"),
    part(0, "คะแนนจากผู้ตอบส่วนที่ 1 ว่างถ้าเครื่องมือไม่แบ่งส่วน", "score of the instrument's first part; empty where it has none"),
    part(1, "คะแนนจากผู้ตอบส่วนที่ 2", "score of the second part"),
    part(2, "คะแนนจากผู้ตอบส่วนที่ 3 มีคอลัมน์นี้เฉพาะชุดเกณฑ์ที่มีส่วนที่ 3", "score of the third part; the column is there where the scheme has one"),
    part(3, "คะแนนจากผู้ตอบส่วนที่ 4 เช่นเดียวกัน", "score of the fourth part, likewise"),
    part(4, "คะแนนจากผู้ตอบส่วนที่ 5 เช่นเดียวกัน", "score of the fifth part, likewise"),
    part(5, "คะแนนจากผู้ตอบส่วนที่ 6 เช่นเดียวกัน", "score of the sixth part, likewise"),
    PUBLISHED,
    DERIVED,
    STATE,
];

const ITEM_COLUMNS: [Column; 7] = [
    ITEM,
    LASTING,
    ISSUE,
    maybe("indicator", Holds::Ordinal, "เลขตัวชี้วัดที่รายการนี้อยู่", "number of the indicator that the item belongs to"),
    maybe("group", Holds::Code, "รหัสหมวดของตัวชี้วัด เช่น 9.3", "code of the group within the indicator, such as 9.3"),
    ITEM_NAME,
    PUBLISHED,
];

const MEASURE_COLUMNS: [Column; 9] = [
    always("issue", Holds::Ordinal, "เลขประเด็นที่มาตรการนี้ตอบ", "number of the issue that the measure answers"),
    maybe(
        "id",
        Holds::Code,
        "รหัสมาตรการ ถ้าหน่วยงานตั้งไว้ คงเดิมเมื่อยกไปปีถัดไป",
        "id of the measure where the agency gave one; kept when it is carried to the next year",
    ),
    maybe("method", Holds::Text, "วิธีการนำผลการวิเคราะห์สู่การปฏิบัติ", "how the analysis is put into practice"),
    maybe("steps", Holds::List, "ขั้นตอนวิธีการปฏิบัติ ตามลำดับ", "steps, in order"),
    maybe("responsible", Holds::List, "ผู้รับผิดชอบ", "who is responsible"),
    maybe("from", Holds::Day, "วันเริ่ม", "first day"),
    maybe("to", Holds::Day, "วันสิ้นสุด", "last day"),
    maybe("period", Holds::Text, "ระยะเวลาตามที่หน่วยงานเขียน", "the period as the agency words it"),
    always(
        "status",
        Holds::Choice(&["planned", "in-progress", "done", "dropped"]),
        "สถานะ: planned วางแผนไว้, in-progress กำลังดำเนินการ, done เสร็จแล้ว, dropped ยกเลิก",
        "status: planned, in-progress, done, dropped",
    ),
];

const DISCLOSURE_COLUMNS: [Column; 13] = [
    ITEM,
    LASTING,
    ITEM_NAME,
    always(
        "status",
        Holds::Choice(&["published", "partial", "missing", "not-applicable", "unrecorded"]),
        "สถานะการเปิดเผย: published ครบ, partial บางส่วน, missing ไม่มี, not-applicable ไม่เกี่ยวกับหน่วยงานนี้, unrecorded เว็บไซต์นี้ยังไม่มีบันทึก",
        "how far it is disclosed: published, partial, missing, not-applicable, unrecorded (this site holds no record yet)",
    ),
    maybe("title", Holds::Text, "ชื่อของลิงก์", "title of the link"),
    maybe(
        "url",
        Holds::Address,
        "ที่อยู่ของลิงก์ ที่อยู่ในเว็บไซต์นี้นับจากราก ว่างถ้ารายการไม่มีลิงก์",
        "where the link leads, within this site from its root; empty where the item has no link",
    ),
    maybe(
        "type",
        Holds::Code,
        "ชนิด: นามสกุลไฟล์ เช่น pdf หรือ page ถ้าเป็นหน้าของเว็บไซต์นี้",
        "type: the file's extension, such as pdf, or page for a page of this site",
    ),
    maybe("size", Holds::Bytes, "ขนาดไฟล์ ถ้าไฟล์อยู่ในเว็บไซต์นี้", "size of a file of this site"),
    maybe("covers", Holds::Year, "ปีงบประมาณที่ข้อมูลกล่าวถึง", "fiscal year that the information is about"),
    maybe("elements", Holds::List, "รหัสองค์ประกอบที่ลิงก์นี้เป็นหลักฐาน", "ids of the elements that the link is evidence for"),
    maybe("updated", Holds::Day, "วันที่ข้อมูลเปลี่ยนครั้งล่าสุด", "day on which the information last changed"),
    maybe("owner", Holds::Text, "ผู้ดูแลข้อมูล", "who keeps the information"),
    maybe("review_by", Holds::Day, "กำหนดทบทวน", "day by which it is to be reviewed"),
];

const AUDIT_COLUMNS: [Column; 9] = [
    always(
        "code",
        Holds::Code,
        "รหัสของตัวเลข คำตอบของแต่ละส่วนมีจุดและรหัสส่วนต่อท้าย",
        "code of the figure; an answer of one part has a point and the part's key behind it",
    ),
    always("published", Holds::Score, "คะแนนตามที่ประกาศ", "the score as published"),
    DERIVED,
    maybe("low", Holds::Derived, "ค่าต่ำสุดที่ส่วนประกอบให้ได้ เมื่อคิดการปัดเศษ", "the least that its parts allow, given that they are rounded"),
    maybe("high", Holds::Derived, "ค่าสูงสุดที่ส่วนประกอบให้ได้", "the most that its parts allow"),
    STATE,
    maybe("formula", Holds::Text, "วิธีคำนวณ เขียนด้วยรหัส", "how it is worked out, written in codes"),
    maybe("explanation", Holds::List, "สิ่งที่อาจอธิบายได้เมื่อยังไม่ตรง", "what could explain a contradiction"),
    maybe("accepted", Holds::Text, "เหตุผลที่หน่วยงานยืนยันตัวเลขนี้", "why the agency stands by the figure"),
];

const LOSS_COLUMNS: [Column; 6] = [
    always(
        "layer",
        Holds::Choice(&["overall", "instrument", "part", "indicator", "group", "question", "question-part", "item", "rest"]),
        "ชั้นของตัวเลข rest คือส่วนที่ตารางไม่ได้บอก",
        "layer of the figure; rest is what the tables do not tell",
    ),
    maybe("code", Holds::Code, "รหัสของตัวเลข ว่างในแถว rest", "code of the figure; empty in a row rest"),
    maybe(
        "of",
        Holds::Code,
        "รหัสของตัวเลขชั้นบนที่คะแนนหายไป ว่างในแถวคะแนนรวม",
        "code of the figure above that lost the points; empty in the row of the total",
    ),
    always("name", Holds::Text, "ชื่อทางการ", "official name, in Thai"),
    maybe("value", Holds::Percent, "คะแนนของตัวเลขนั้น", "the score of the figure"),
    always(
        "points",
        Holds::Points,
        "จำนวนคะแนนรวมที่หายไปตรงนั้น ติดลบได้ในแถว rest",
        "points of the total that were lost there; may be negative in a row rest",
    ),
];

const AGENCY_COLUMNS: [Column; 9] = [
    always("name", Holds::Text, "ชื่อหน่วยงาน", "name of the agency, in Thai"),
    maybe(
        "kind",
        Holds::Choice(&["local", "central", "state-enterprise", "university", "school", "other"]),
        "ประเภทหน่วยงาน",
        "kind of agency",
    ),
    maybe("province", Holds::Text, "จังหวัด", "province"),
    maybe("district", Holds::Text, "อำเภอหรือเขต", "district"),
    maybe("website", Holds::Address, "เว็บไซต์ของหน่วยงาน", "the agency's own site"),
    maybe("overall", Holds::Score, "คะแนนรวมตามที่ประกาศ", "the total as published"),
    maybe("level", Holds::Text, "ระดับผลการประเมินตามที่ประกาศ", "level as announced"),
    maybe(
        "items_published",
        Holds::Count,
        "จำนวนรายการ ที่เปิดเผยครบ ว่างถ้ายังไม่มีบันทึก",
        "items that are disclosed whole; empty where nothing is recorded",
    ),
    maybe("items_total", Holds::Count, "จำนวนรายการ ที่นับ", "items that count"),
];

/// Scores of all layers above questions and items.
pub const SCORES: DataTable = DataTable {
    name: "scores",
    about: Said("คะแนนรวม เครื่องมือ ตัวชี้วัด และหมวด แถวละหนึ่งคะแนน", "the total, instruments, indicators and groups; a row is a score"),
    key: &["layer", "code"],
    first: &FIRST,
    columns: &SCORE_COLUMNS,
};

/// Questions.
pub const QUESTIONS: DataTable = DataTable {
    name: "questions",
    about: Said("คะแนนของข้อคำถามในแบบวัด แถวละหนึ่งข้อ", "scores of the surveys' questions; a row is a question"),
    key: &["code"],
    first: &FIRST,
    columns: &QUESTION_COLUMNS,
};

/// Items.
pub const ITEMS: DataTable = DataTable {
    name: "items",
    about: Said("คะแนนของรายการ แถวละหนึ่งรายการ", "scores of the items; a row is an item"),
    key: &["code"],
    first: &FIRST,
    columns: &ITEM_COLUMNS,
};

/// Measures.
pub const MEASURES: DataTable = DataTable {
    name: "measures",
    about: Said("มาตรการที่หน่วยงานกำหนด แถวละหนึ่งมาตรการ", "measures that the agency takes; a row is a measure"),
    key: &[],
    first: &FIRST,
    columns: &MEASURE_COLUMNS,
};

/// Links of items.
pub const DISCLOSURES: DataTable = DataTable {
    name: "disclosures",
    about: Said("ลิงก์ของรายการ แถวละหนึ่งลิงก์ รายการที่ไม่มีลิงก์มีหนึ่งแถว", "links of the items; a row is a link, and an item without links has one"),
    key: &[],
    first: &FIRST,
    columns: &DISCLOSURE_COLUMNS,
};

/// Every published figure against its parts.
pub const AUDIT: DataTable = DataTable {
    name: "audit",
    about: Said("ตัวเลขที่ประกาศเทียบกับส่วนประกอบ แถวละหนึ่งตัวเลข", "published figures against their parts; a row is a figure"),
    key: &["code"],
    first: &FIRST,
    columns: &AUDIT_COLUMNS,
};

/// Where the points went.
pub const LOSSES: DataTable = DataTable {
    name: "losses",
    about: Said(
        "คะแนนที่หายไปจาก 100 แบ่งลงทีละชั้น แถวของ of เดียวกันรวมกันเท่ากับแถวของ of",
        "where the points went, split layer by layer from 100: the rows of one `of` add up to the row of that figure",
    ),
    key: &[],
    first: &FIRST,
    columns: &LOSS_COLUMNS,
};

/// The agencies of a site, with their results.
pub const AGENCIES: DataTable = DataTable {
    name: "agencies",
    about: Said(
        "หน่วยงานกับผลของปีนั้น แถวละหนึ่งหน่วยงาน ที่ยังไม่มีผลก็มีแถว",
        "agencies with their result of the year; a row is an agency, with a result or without",
    ),
    key: &["agency"],
    first: &FIRST,
    columns: &AGENCY_COLUMNS,
};

/// The score tables of all agencies.
pub const JOINED_SCORES: DataTable = DataTable {
    name: "scores",
    about: Said("ตารางคะแนนของทุกหน่วยงานในปีนั้นต่อกัน", "the score tables of all agencies of the year, joined"),
    key: &["agency", "layer", "code"],
    first: &FIRST,
    columns: &SCORE_COLUMNS,
};

/// The tables of an edition, in the order of their files.
pub const TABLES: [&DataTable; 7] = [&SCORES, &QUESTIONS, &ITEMS, &MEASURES, &DISCLOSURES, &AUDIT, &LOSSES];

/// The tables of a site with several agencies, in the order of their files.
pub const JOINED: [&DataTable; 5] = [&AGENCIES, &JOINED_SCORES, &SUMMARY, &DISTRIBUTION, &LOWEST];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_once_and_keys_are_columns() {
        for table in TABLES.iter().chain(&JOINED) {
            let names: Vec<&str> = table.columns().map(|column| column.name).collect();
            let mut once = names.clone();
            once.sort_unstable();
            once.dedup();
            assert_eq!(once.len(), names.len(), "{}", table.name);
            assert!(table.key.iter().all(|key| names.contains(key)), "{}", table.name);
        }
    }
}
