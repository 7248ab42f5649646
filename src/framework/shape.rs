//! The keys of a framework pack.

use super::read::{CERTAINTIES, DATA_YEARS};
use crate::text::shape::{ID, Key, Map, Says, Shape, Value, Words, words};

/// The form of an id that becomes part of an address.
const SLUG: &str = "[a-z0-9](?:[a-z0-9._-]{0,58}[a-z0-9_-])?";

/// The form of a plain code.
const PLAIN: &str = "[a-z][1-9][0-9]{0,2}";

const CERTAINTY: Key = Key::free(
    "certainty",
    Value::Word(Words {
        words: || words(CERTAINTIES),
        says: &[
            Says("พบในแหล่งที่อ้าง", "found in the sources named"),
            Says("สรุปจากสิ่งที่ประกาศ", "follows from what was published"),
            Says("ยังไม่ยืนยัน", "not confirmed"),
        ],
    }),
    Says("แน่ใจเพียงใด", "How sure it is."),
    "confirmed",
);
const SOURCES: Key = Key::free("sources", Value::OneOrMore(&Value::Text), Says("รหัสของแหล่งที่อ้าง", "Ids of its sources."), "[S1]");
const NOTE: Key = Key::free("note", Value::Name, Says("หมายเหตุ", "A remark."), "ตามคู่มือ");
const NAMED: Key = Key::required("name", Value::Name, Says("ชื่อทางการ", "The official name."), "การปฏิบัติหน้าที่");
const IN_PLAIN_WORDS: Key = Key::free("plain", Value::Name, Says("ชื่ออย่างง่าย", "A name in plain words."), "ทำงานตามหน้าที่");
const ABOUT: Key = Key::free("about", Value::Name, Says("คำอธิบายหนึ่งประโยค", "A sentence of explanation."), "ถามคนที่ทำงานในหน่วยงาน");
const TEXT: Key = Key::required("text", Value::Name, Says("ข้อความเต็ม", "The full text."), "ปฏิบัติงานตามขั้นตอน");
const SLUG_ID: Key =
    Key::required("id", Value::FitScalar(SLUG), Says("รหัสถาวร ใช้ในที่อยู่ของหน้า", "The lasting id, part of an address."), "structure");

/// The whole file.
pub const PACK: Shape = Shape {
    keys: &[
        Key::required("id", Value::FitScalar(ID), Says("รหัสของชุดเกณฑ์ (จำเป็น)", "The pack's id (required)."), "ita-2568"),
        Key::required("fiscal_year", Value::Year, Says("ปีงบประมาณ (จำเป็น)", "The fiscal year (required)."), "2568"),
        NAMED,
        Key::free("publisher", Value::Name, Says("ผู้ออกเกณฑ์", "Who issued the scheme."), "สำนักงาน ป.ป.ช."),
        CERTAINTY,
        NOTE,
        Key::free("instruments", Value::List(&Value::Shape(&INSTRUMENT)), Says("เครื่องมือประเมิน", "The instruments."), ""),
        Key::free("indicators", Value::List(&Value::Shape(&INDICATOR)), Says("ตัวชี้วัด", "The indicators."), ""),
        Key::free("questions", Value::Map(&QUESTIONS), Says("ข้อคำถาม ตามรหัส", "The questions by code."), ""),
        Key::free("items", Value::Map(&ITEMS), Says("ข้อ OIT ตามรหัส", "The OIT items by code."), ""),
        Key::free("issues", Value::List(&Value::Shape(&ISSUE)), Says("ประเด็นการวิเคราะห์", "The issues."), ""),
        Key::free("levels", Value::List(&Value::Shape(&LEVEL)), Says("ระดับผล จากดีที่สุดลงไป", "The levels, from the best down."), ""),
        Key::free("national", Value::Shape(&NATIONAL), Says("ผลระดับประเทศ", "The national result."), ""),
        Key::free("sources", Value::List(&Value::Shape(&SOURCE)), Says("แหล่งที่อ้างทั้งหมด", "All sources."), ""),
    ],
};

/// A member of `instruments`.
pub const INSTRUMENT: Shape = Shape {
    keys: &[
        Key::required("id", Value::FitScalar(ID), Says("รหัสเครื่องมือ", "The instrument's id."), "IIT"),
        NAMED,
        Key::free("weight", Value::Percent, Says("น้ำหนัก รวมกันต้องได้ 100", "Its weight; together they are 100."), "30"),
        Key::free("parts", Value::List(&Value::Shape(&PART)), Says("ส่วนของเครื่องมือ", "Its parts."), ""),
        IN_PLAIN_WORDS,
        ABOUT,
        CERTAINTY,
        SOURCES,
        NOTE,
    ],
};

/// A member of `parts`.
pub const PART: Shape = Shape {
    keys: &[
        Key::required("id", Value::FitScalar(ID), Says("รหัสของส่วน", "The part's id."), "EIT1"),
        Key::required("key", Value::FitScalar(ID), Says("คีย์ของคะแนนส่วนนี้ในข้อคำถาม", "The key of its figure in a question."), "ep"),
        NAMED,
        IN_PLAIN_WORDS,
        ABOUT,
        CERTAINTY,
        SOURCES,
        NOTE,
    ],
};

/// A member of `indicators`.
pub const INDICATOR: Shape = Shape {
    keys: &[
        Key::required("number", Value::Whole, Says("เลขตัวชี้วัด", "The indicator's number."), "1"),
        NAMED,
        Key::required("instrument", Value::Text, Says("รหัสเครื่องมือที่วัด", "The id of its instrument."), "IIT"),
        Key::free("groups", Value::List(&Value::Shape(&GROUP)), Says("กลุ่มของข้อ OIT", "Its groups of items."), ""),
        IN_PLAIN_WORDS,
        ABOUT,
        CERTAINTY,
        SOURCES,
        NOTE,
    ],
};

/// A member of `groups`.
pub const GROUP: Shape = Shape {
    keys: &[
        Key::required("id", Value::FitScalar(ID), Says("รหัสกลุ่ม", "The group's id."), "\"9.1\""),
        NAMED,
        IN_PLAIN_WORDS,
        ABOUT,
        CERTAINTY,
        SOURCES,
        NOTE,
    ],
};

const QUESTIONS: Map = Map { of: "pack-questions", key: PLAIN, value: Value::Shape(&QUESTION), may_be_empty: true };

/// A question.
pub const QUESTION: Shape = Shape {
    keys: &[
        TEXT,
        Key::required("indicator", Value::Whole, Says("เลขตัวชี้วัดที่ข้อนี้อยู่", "The number of its indicator."), "1"),
        Key::free(
            "reverse",
            Value::Truth,
            Says("true คือถามถึงสิ่งที่ไม่ดี คะแนนสูงแปลว่าพบน้อย", "true: it asks about a bad thing, and a high score means that it is rare."),
            "false",
        ),
        IN_PLAIN_WORDS,
        ABOUT,
        CERTAINTY,
        SOURCES,
        NOTE,
    ],
};

const ITEMS: Map = Map { of: "pack-items", key: PLAIN, value: Value::Shape(&ITEM), may_be_empty: true };

/// An item.
pub const ITEM: Shape = Shape {
    keys: &[
        SLUG_ID,
        NAMED,
        ABOUT,
        Key::free("group", Value::Text, Says("รหัสกลุ่มที่ข้อนี้อยู่", "The id of its group."), "\"9.1\""),
        Key::free("indicator", Value::Whole, Says("เลขตัวชี้วัด ถ้าไม่มีกลุ่ม", "The number of its indicator, where it has no group."), "9"),
        Key::free(
            "data_year",
            Value::Word(Words {
                words: || words(DATA_YEARS),
                says: &[
                    Says("ปีที่ประเมิน", "the year that is assessed"),
                    Says("ปีก่อนหน้า", "the year before"),
                    Says("ที่ใช้อยู่ ไม่ว่าปีใด", "what is in force, of whatever year"),
                    Says("แผนหลายปี", "a plan over several years"),
                    Says("ไม่ทราบ", "not known"),
                ],
            }),
            Says("เป็นข้อมูลของปีใด", "Which year the information is about."),
            "current",
        ),
        Key::free("elements", Value::List(&Value::Shape(&ELEMENT)), Says("องค์ประกอบที่ต้องมี", "What must be in it."), ""),
        Key::free(
            "merged_into",
            Value::FitScalar(ID),
            Says("รหัสถาวรของข้อที่รวมข้อนี้ไปในปีหลัง", "The lasting id of the item that a later year took this one into."),
            "structure",
        ),
        IN_PLAIN_WORDS,
        CERTAINTY,
        SOURCES,
        NOTE,
    ],
};

/// A member of `elements`.
pub const ELEMENT: Shape = Shape { keys: &[SLUG_ID, TEXT, CERTAINTY, SOURCES, NOTE] };

/// A member of `issues`.
pub const ISSUE: Shape = Shape {
    keys: &[
        Key::required("number", Value::Whole, Says("เลขประเด็น", "The issue's number."), "1"),
        NAMED,
        Key::free(
            "members",
            Value::OneOrMore(&Value::Fit(PLAIN)),
            Says("รหัสข้อคำถามและข้อ OIT ในประเด็น", "Codes of its questions and items."),
            "[i1, o5]",
        ),
        IN_PLAIN_WORDS,
        ABOUT,
        CERTAINTY,
        SOURCES,
        NOTE,
    ],
};

/// A member of `levels`.
pub const LEVEL: Shape = Shape {
    keys: &[
        NAMED,
        Key::free("total", Value::Percent, Says("คะแนนรวมต้องถึง", "What the total must reach."), "95"),
        Key::free("each", Value::Percent, Says("ทุกเครื่องมือต้องถึง", "What every instrument must reach."), "95"),
        Key::free("pass", Value::Truth, Says("ถือว่าผ่านหรือไม่", "Does the scheme call it passed?"), "true"),
        IN_PLAIN_WORDS,
        ABOUT,
        CERTAINTY,
        SOURCES,
        NOTE,
    ],
};

/// `national`.
pub const NATIONAL: Shape = Shape {
    keys: &[
        Key::required("mean", Value::Percent, Says("คะแนนเฉลี่ยทั้งประเทศ", "The mean of all agencies."), "93.82"),
        Key::free("agencies", Value::Whole, Says("จำนวนหน่วยงานที่ประเมิน", "How many were assessed."), "8317"),
        Key::free("source", Value::Text, Says("รหัสของแหล่งที่อ้าง", "The source's id."), "S3"),
        CERTAINTY,
        SOURCES,
        NOTE,
    ],
};

/// A member of `sources`.
pub const SOURCE: Shape = Shape {
    keys: &[
        Key::required("id", Value::FitScalar(ID), Says("รหัสของแหล่ง", "The source's id."), "S1"),
        Key::required("title", Value::Name, Says("ชื่อเอกสาร", "The document's title."), "คู่มือการประเมิน ITA"),
        Key::free("url", Value::WebAddress, Says("ที่อยู่", "Its address."), "https://itas.nacc.go.th/"),
        NOTE,
    ],
};
