//! The published tables about many agencies at once, and their columns: how results are spread, and where most lose points. Owns what is
//! promised of them, as [`super::columns`] does of the others. A row is of a group of agencies, never of one.

use super::columns::{Column, DataTable, Holds, Said, always, maybe};

/// Who a row is about.
const SCOPE: Column = always(
    "scope",
    Holds::Choice(&["all", "province", "kind"]),
    "แถวนี้เป็นของใคร: all ทุกหน่วยงาน, province หนึ่งจังหวัด, kind หนึ่งประเภท",
    "whom the row is about: all agencies, one province, one kind",
);

const GROUP: Column = always(
    "group",
    Holds::Text,
    "ชื่อจังหวัด หรือคำของประเภทตามคอลัมน์ kind ของตาราง agencies เป็น - สำหรับทุกหน่วยงาน และสำหรับหน่วยงานที่ไม่ได้ระบุ",
    "name of the province, or the word of the kind as in the table agencies; - for all agencies, and for those that tell none",
);

const YEAR: Column = always("year", Holds::Year, "ปีงบประมาณของผลการประเมิน", "fiscal year of the assessment");

const SUMMARY_COLUMNS: [Column; 10] = [
    YEAR,
    SCOPE,
    GROUP,
    always("agencies", Holds::Count, "จำนวนหน่วยงาน ที่ยังไม่มีผลนับด้วย", "how many agencies, also those without a result"),
    always("totals", Holds::Count, "จำนวนหน่วยงานที่ประกาศคะแนนรวมของปีนั้น", "how many of them have a total of the year"),
    maybe("lowest", Holds::Score, "คะแนนรวมต่ำสุดตามที่ประกาศ", "the lowest total as published"),
    maybe(
        "quarter",
        Holds::Percent,
        "หนึ่งในสี่ของคะแนนรวมต่ำกว่านี้ (ค่ากลางของครึ่งล่าง) ว่างเมื่อมีไม่ถึงสองคะแนน",
        "a quarter of the totals is below (the median of the lower half); empty of fewer than two totals",
    ),
    maybe("median", Holds::Percent, "ค่ากลางของคะแนนรวม", "the median of the totals"),
    maybe(
        "three_quarters",
        Holds::Percent,
        "หนึ่งในสี่ของคะแนนรวมสูงกว่านี้ (ค่ากลางของครึ่งบน)",
        "a quarter of the totals is above (the median of the upper half)",
    ),
    maybe("highest", Holds::Score, "คะแนนรวมสูงสุดตามที่ประกาศ", "the highest total as published"),
];

const DISTRIBUTION_COLUMNS: [Column; 8] = [
    YEAR,
    SCOPE,
    GROUP,
    always(
        "part",
        Holds::Choice(&["level", "other-level", "no-level", "no-result", "range"]),
        "สิ่งที่นับ: level ระดับหนึ่งของเกณฑ์, other-level ระดับชื่ออื่น, no-level มีคะแนนแต่ไม่ได้ประกาศระดับ, no-result ยังไม่มีผลของปีนั้น, range ช่วงของคะแนนรวม",
        "what is counted: level (of the rules), other-level (of another name), no-level (a result without one), no-result (none of the year), range (of totals)",
    ),
    maybe("level", Holds::Text, "ชื่อระดับ มีเฉพาะแถว level", "name of the level; in rows level alone"),
    maybe("from", Holds::Percent, "คะแนนต่ำสุดของช่วง มีเฉพาะแถว range", "where the range begins; in rows range alone"),
    maybe("to", Holds::Percent, "คะแนนที่ช่วงไม่ถึง ยกเว้นช่วงที่จบที่ 100 ซึ่งรวม 100", "what the range ends below; that up to 100 holds 100 too"),
    always("agencies", Holds::Count, "จำนวนหน่วยงาน", "how many agencies"),
];

const LOWEST_COLUMNS: [Column; 12] = [
    YEAR,
    SCOPE,
    GROUP,
    always("framework", Holds::Code, "รหัสชุดเกณฑ์ที่หน่วยงานเหล่านี้ใช้", "id of the rules that these agencies follow"),
    always(
        "layer",
        Holds::Choice(&["indicator", "question", "item"]),
        "ชั้นของตัวเลข: indicator ตัวชี้วัด, question ข้อคำถาม, item รายการ",
        "layer of the figure: indicator, question, item",
    ),
    always("code", Holds::Code, "รหัสของตัวเลขตามชุดเกณฑ์", "code of the figure in the rules"),
    always("name", Holds::Text, "ชื่อทางการ หรือข้อคำถาม", "official name, or the question, in Thai"),
    always("agencies", Holds::Count, "จำนวนหน่วยงานที่มีตัวเลขนี้", "how many agencies have the figure"),
    always("losing", Holds::Count, "จำนวนหน่วยงานที่ได้ไม่ถึง 100", "how many of them are below 100"),
    always(
        "median",
        Holds::Percent,
        "ค่ากลางของคะแนน 0–100 ของทุกหน่วยงานที่มีตัวเลขนี้",
        "median of the score, of 100, of all that have the figure",
    ),
    maybe(
        "median_points",
        Holds::Points,
        "ค่ากลางของคะแนนรวมที่หายไปตรงนั้น เฉพาะหน่วยงานที่ได้ไม่ถึง 100 ว่างถ้าไม่รู้น้ำหนัก",
        "median of the points of the total that were lost there, of those below 100; empty where weights are not known",
    ),
    maybe(
        "mean_points",
        Holds::Points,
        "คะแนนรวมที่หายไปตรงนั้น เฉลี่ยต่อหน่วยงานที่มีตัวเลขนี้",
        "points of the total that were lost there, as a mean of all that have the figure",
    ),
];

/// How many agencies there are, and how their totals are spread.
pub const SUMMARY: DataTable = DataTable {
    name: "summary",
    about: Said(
        "จำนวนหน่วยงานและการกระจายของคะแนนรวม ทั้งหมด รายจังหวัด และรายประเภท แถวละหนึ่งกลุ่ม",
        "agencies and how their totals are spread: of all, of each province, of each kind; a row is a group",
    ),
    key: &["scope", "group"],
    first: &[],
    columns: &SUMMARY_COLUMNS,
};

/// How many agencies have each level, and a total in each range.
pub const DISTRIBUTION: DataTable = DataTable {
    name: "distribution",
    about: Said(
        "จำนวนหน่วยงานของแต่ละระดับและแต่ละช่วงคะแนน ทั้งหมด รายจังหวัด และรายประเภท",
        "how many agencies have each level, and a total in each range: of all, of each province, of each kind",
    ),
    key: &[],
    first: &[],
    columns: &DISTRIBUTION_COLUMNS,
};

/// Where most agencies lose points.
pub const LOWEST: DataTable = DataTable {
    name: "lowest",
    about: Said(
        "หน่วยงานเสียคะแนนที่ตัวชี้วัด ข้อคำถาม และรายการใด กี่แห่ง และเท่าไร ทั้งหมด รายจังหวัด และรายประเภท",
        "at which indicators, questions and items agencies lose points, how many do, and how much: of all, of each province, of each kind",
    ),
    key: &[],
    first: &[],
    columns: &LOWEST_COLUMNS,
};
