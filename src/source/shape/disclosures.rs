//! The keys of `disclosures.yaml`.

use crate::source::disclosures::Status;
use crate::text::shape::{CODE, ID, Key, Map, Says, Shape, Value, Words, words};

/// The whole file: a record for each item.
pub const DISCLOSURES: Map = Map { of: "records", key: CODE, value: Value::Shape(&RECORD), may_be_empty: true };

/// The record of an item.
pub const RECORD: Shape = Shape {
    keys: &[
        Key::free(
            "status",
            Value::Word(Words {
                words: || words(Status::WORDS),
                says: &[
                    Says("เปิดเผยครบ", "all of it is disclosed"),
                    Says("เปิดเผยบางส่วน", "some of it is disclosed"),
                    Says("ยังไม่มี", "none of it is disclosed"),
                    Says("หน่วยงานไม่มีเรื่องนี้", "the agency has nothing to disclose"),
                    Says("ยังไม่ได้บันทึกไว้ที่นี่", "this site holds no record of it"),
                ],
            }),
            Says(
                "เปิดเผยเพียงใด ถ้าไม่ระบุ มีลิงก์คือ published ไม่มีลิงก์คือ missing",
                "How far it is disclosed; if left out, published where there are links, else missing.",
            ),
            "published",
        ),
        Key::free("title", Value::Text, Says("ชื่อที่ใช้แทนชื่อในเกณฑ์", "A title in place of the pack's name."), "โครงสร้างหน่วยงาน"),
        Key::free("updated", Value::Day, Says("วันที่แก้ไขข้อมูลล่าสุด", "When the information was last changed."), "2568-03-14"),
        Key::free("owner", Value::Text, Says("ส่วนงานที่รับผิดชอบ", "The responsible unit."), "สำนักปลัด"),
        Key::free("review_by", Value::Day, Says("ควรทบทวนภายในวันที่", "By when it should be looked at again."), "2568-09-30"),
        Key::free("covers", Value::Year, Says("เป็นข้อมูลของปีงบประมาณใด", "The fiscal year that it is about."), "2567"),
        Key::free("note", Value::Text, Says("หมายเหตุ แสดงบนหน้าของข้อ", "A remark, shown on the item's page."), "อยู่ระหว่างปรับปรุง"),
        Key::free(
            "links",
            Value::OneOrMore(&Value::Either(&Value::Text, &Value::Shape(&LINK))),
            Says("ข้อมูลอยู่ที่ใด หนึ่งลิงก์หรือหลายลิงก์", "Where it is: one link or several."),
            "",
        ),
        Key::free("elements", Value::Map(&ELEMENTS), Says("องค์ประกอบที่ไม่มีลิงก์บอก ตามรหัสองค์ประกอบ", "What no link tells, by element id."), ""),
    ],
};

/// A link as a map.
pub const LINK: Shape = Shape {
    keys: &[
        Key::free("title", Value::Text, Says("ชื่อลิงก์", "What the link opens."), "แผนภูมิโครงสร้าง"),
        Key::required(
            "url",
            Value::Text,
            Says(
                "ไฟล์ใน files/ หน้าของเว็บไซต์ (ลงท้ายด้วย /) หรือที่อยู่เว็บ",
                "A file under files/, a page of the agency's with a closing slash, or a web address.",
            ),
            "files/o1/structure.pdf",
        ),
        Key::free(
            "covers",
            Value::OneOrMore(&Value::Text),
            Says("รหัสองค์ประกอบที่ลิงก์นี้เป็นหลักฐาน", "Ids of the elements that it is evidence for."),
            "[chart]",
        ),
    ],
};

const ELEMENTS: Map = Map {
    of: "elements",
    key: ID,
    value: Value::Either(&Value::Truth, &Value::Either(&Value::Text, &Value::Shape(&ELEMENT))),
    may_be_empty: false,
};

/// What is said of an element, as a map.
pub const ELEMENT: Shape = Shape {
    keys: &[
        Key::free("met", Value::Truth, Says("มีแล้วหรือไม่ ถ้าไม่ระบุคือ true", "Is it met? true if left out."), "false"),
        Key::free("note", Value::Text, Says("หมายเหตุ", "A remark."), "รอข้อมูล"),
    ],
};
