//! The keys of `assessment.yaml`.

use crate::source::assessment::SCALES;
use crate::text::shape::{CODE, ID, Key, Map, Says, Shape, Value, Words, words};

/// The whole file.
pub const ASSESSMENT: Shape = Shape {
    keys: &[
        Key::required(
            "framework",
            Value::Offered("packs"),
            Says("ชุดเกณฑ์ของปีที่ประเมิน (จำเป็น)", "The pack of the year that was assessed (required)."),
            "ita-2568",
        ),
        Key::free("announced", Value::Day, Says("วันที่ประกาศผล", "The day on which the result was announced."), "2568-08-01"),
        Key::free(
            "source",
            Value::Either(&Value::Text, &Value::Shape(&SOURCE)),
            Says("ประกาศผลอยู่ที่ใด", "Where the result was published."),
            "",
        ),
        Key::free("level", Value::Offered("levels"), Says("ระดับผลตามประกาศ", "The level as announced."), "ผ่านดีเยี่ยม"),
        Key::free(
            "scale",
            Value::Word(Words {
                words: || words(SCALES),
                says: &[
                    Says("คะแนนเต็ม 100 ทุกตัว", "every figure is of 100"),
                    Says("คะแนนเครื่องมือพิมพ์เป็นส่วนของน้ำหนัก เช่น 27.45 จาก 30", "instruments are printed as their share, as 27.45 of 30"),
                ],
            }),
            Says("คะแนนของเครื่องมือพิมพ์แบบใด ถ้าไม่ระบุคือ percent", "How instruments are printed; percent if left out."),
            "percent",
        ),
        Key::free("draft", Value::Truth, Says("true คือยังเป็นฉบับร่าง ไม่เผยแพร่", "true: a draft, which is not published."), "false"),
        Key::free("overall", Value::Figure, Says("คะแนนรวมตามประกาศ", "The total as published."), "97.61"),
        Key::free(
            "instruments",
            Value::Map(&INSTRUMENTS),
            Says("คะแนนรายเครื่องมือ: IIT EIT OIT หรือส่วนของเครื่องมือ", "Figures by instrument, IIT, EIT, OIT, or by part."),
            "{IIT: 99.96, EIT1: 99.08, EIT2: 98.42, OIT: 95}",
        ),
        Key::free("indicators", Value::Map(&INDICATORS), Says("คะแนนรายตัวชี้วัด", "Figures by indicator."), "{1: 100, 4: 99.78}"),
        Key::free(
            "questions",
            Value::Map(&QUESTIONS),
            Says("คะแนนรายข้อคำถาม", "Figures by question."),
            "{i11: 99.35, e1: {ep: 98.43, es: 98.33, mean: 98.38}}",
        ),
        Key::free("items", Value::Map(&ITEMS), Says("คะแนนรายข้อ OIT", "Figures by OIT item."), "{o1: 100, o2: 100}"),
        Key::free(
            "respondents",
            Value::Map(&RESPONDENTS),
            Says("จำนวนผู้ตอบ รายเครื่องมือ", "How many answered, by instrument."),
            "{IIT: 35, EIT1: 120}",
        ),
        Key::free(
            "corrections",
            Value::List(&Value::Shape(&CORRECTION)),
            Says("ตัวเลขที่เคยเผยแพร่ผิดและแก้แล้ว", "What was published wrongly before, and mended."),
            "",
        ),
    ],
};

/// `source` as a map.
pub const SOURCE: Shape = Shape {
    keys: &[
        Key::free("title", Value::Text, Says("ชื่อเอกสาร", "The document's title."), "รายงานผลการประเมิน ITA"),
        Key::free("publisher", Value::Text, Says("ผู้เผยแพร่", "Who published it."), "สำนักงาน ป.ป.ช."),
        Key::free("url", Value::WebAddress, Says("ที่อยู่ของเอกสาร", "Its address."), "https://itas.nacc.go.th/"),
    ],
};

/// A member of `corrections`.
pub const CORRECTION: Shape = Shape {
    keys: &[
        Key::free("date", Value::Day, Says("วันที่แก้", "When it was mended."), "2568-08-20"),
        Key::required("code", Value::Text, Says("รหัสของตัวเลขที่แก้", "The code of the figure."), "e6"),
        Key::free("was", Value::Text, Says("ตัวเลขเดิม", "What it was."), "99.12"),
        Key::free("now", Value::Text, Says("ตัวเลขที่ถูก", "What it is."), "99.17"),
        Key::free("reason", Value::Text, Says("เหตุผล", "Why."), "พิมพ์ผิด"),
    ],
};

const INSTRUMENTS: Map = Map { of: "instruments", key: ID, value: Value::Figure, may_be_empty: true };
const INDICATORS: Map = Map { of: "indicators", key: "[0-9๐-๙]{1,9}", value: Value::Figure, may_be_empty: true };
const QUESTIONS: Map = Map { of: "questions", key: CODE, value: Value::Either(&Value::Figure, &Value::Map(&PARTS)), may_be_empty: true };
const PARTS: Map = Map { of: "parts", key: ID, value: Value::Figure, may_be_empty: true };
const ITEMS: Map = Map { of: "items", key: CODE, value: Value::Figure, may_be_empty: true };
const RESPONDENTS: Map = Map { of: "respondents", key: ID, value: Value::Whole, may_be_empty: true };
