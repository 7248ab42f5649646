//! The keys of `measures.yaml`.

use crate::source::measures::MeasureStatus;
use crate::text::shape::{Key, Says, Shape, Value, Words, words};

/// The whole file.
pub const MEASURES: Value = Value::List(&Value::Shape(&MEASURE));

/// A measure.
pub const MEASURE: Shape = Shape {
    keys: &[
        Key::required("issue", Value::Whole, Says("เลขประเด็น (จำเป็น)", "The issue's number (required)."), "1"),
        Key::free("id", Value::Text, Says("รหัสที่คงไว้เมื่อยกมาตรการไปปีถัดไป", "Kept when the measure is carried to the next year."), "m1"),
        Key::free(
            "method",
            Value::Text,
            Says("วิธีการนำผลการวิเคราะห์สู่การปฏิบัติ", "How the analysis is put into practice."),
            "จัดทำคู่มือการให้บริการ",
        ),
        Key::free("steps", Value::OneOrMore(&Value::Text), Says("ขั้นตอนวิธีการปฏิบัติ", "The steps."), "[สำรวจปัญหา, ปรับปรุงคู่มือ]"),
        Key::free("responsible", Value::OneOrMore(&Value::Text), Says("ผู้รับผิดชอบ", "Who is responsible."), "[สำนักปลัด]"),
        Key::free(
            "period",
            Value::Either(&Value::Text, &Value::Shape(&PERIOD)),
            Says("ระยะเวลา เป็นข้อความ หรือ {from: …, to: …}", "When: a text, or {from: …, to: …}."),
            "",
        ),
        Key::free(
            "status",
            Value::Word(Words {
                words: || words(MeasureStatus::WORDS),
                says: &[Says("ยังไม่เริ่ม", "not begun"), Says("กำลังทำ", "begun"), Says("เสร็จแล้ว", "done"), Says("ยกเลิก", "given up")],
            }),
            Says("ทำถึงขั้นใด ถ้าไม่ระบุคือ planned", "How far it is; planned if left out."),
            "planned",
        ),
        Key::free("progress", Value::List(&Value::Shape(&PROGRESS)), Says("ความคืบหน้าที่รายงานแล้ว", "What was done so far."), ""),
        Key::free("closed", Value::Shape(&CLOSED), Says("เสร็จหรือยกเลิกเมื่อใด เพราะอะไร", "When and why it was closed."), ""),
    ],
};

/// `period` as a map.
pub const PERIOD: Shape = Shape {
    keys: &[
        Key::free("from", Value::Day, Says("วันแรก", "The first day."), "2567-10-01"),
        Key::free("to", Value::Day, Says("วันสุดท้าย", "The last day."), "2568-09-30"),
        Key::free("text", Value::Text, Says("ถ้อยคำในรายงาน", "The words of the report."), "ตลอดปีงบประมาณ พ.ศ. ๒๕๖๘"),
    ],
};

/// A member of `progress`.
pub const PROGRESS: Shape = Shape {
    keys: &[
        Key::free("date", Value::Day, Says("วันที่", "The day."), "2568-11-20"),
        Key::required("text", Value::Text, Says("ทำอะไรไปแล้ว (จำเป็น)", "What was done (required)."), "จัดอบรมแล้ว 1 ครั้ง"),
        Key::free("evidence", Value::Text, Says("หลักฐาน: ไฟล์ใน files/ หรือที่อยู่เว็บ", "Where it can be seen."), "files/m1.pdf"),
    ],
};

/// `closed`.
pub const CLOSED: Shape = Shape {
    keys: &[
        Key::free("date", Value::Day, Says("วันที่", "The day."), "2569-03-01"),
        Key::free("reason", Value::Text, Says("เหตุผล", "Why."), "ดำเนินการครบแล้ว"),
    ],
};
