//! The keys of `agency.yaml`.

use crate::source::agency::AgencyKind;
use crate::text::shape::{Key, Says, Shape, Value, Words, words};

/// The whole file.
pub const AGENCY: Shape = Shape {
    keys: &[
        Key::filled(
            "name",
            Value::Name,
            Says("ชื่อเต็มของหน่วยงาน (จำเป็น) หรือ {th: …, en: …}", "The agency's full name (required), or {th: …, en: …}."),
            "องค์การบริหารส่วนตำบลภูพาน",
        ),
        Key::free(
            "sort_name",
            Value::Text,
            Says("คำที่ใช้เรียงลำดับ ถ้าไม่ระบุคือชื่อที่ตัดคำบอกประเภทออก", "What the name is ordered by; if left out, the name without its kind."),
            "ภูพาน",
        ),
        Key::free("short_name", Value::Name, Says("ชื่อย่อ", "The short name."), "อบต.ภูพาน"),
        Key::free(
            "kind",
            Value::Word(Words {
                words: || words(AgencyKind::WORDS),
                says: &[
                    Says("องค์กรปกครองส่วนท้องถิ่น", "a local authority"),
                    Says("ราชการส่วนกลาง", "central government"),
                    Says("รัฐวิสาหกิจ", "a state enterprise"),
                    Says("มหาวิทยาลัย", "a university"),
                    Says("สถานศึกษา", "a school"),
                    Says("อื่น ๆ", "anything else"),
                ],
            }),
            Says("ประเภทของหน่วยงาน", "What kind of body it is."),
            "local",
        ),
        Key::free("district", Value::Name, Says("อำเภอหรือเขต", "The district."), "สีชมพู"),
        Key::free("province", Value::Name, Says("จังหวัด", "The province."), "ขอนแก่น"),
        Key::free(
            "website",
            Value::WebAddress,
            Says("เว็บไซต์ของหน่วยงานเอง ขึ้นต้นด้วย https://", "The agency's own site, beginning with https://."),
            "https://www.example.go.th/",
        ),
        Key::free(
            "image",
            Value::Fit("files/(?:[^\\s]|[^\\s].*[^\\s])?\\.(?:[Pp][Nn][Gg]|[Jj][Pp][Ee]?[Gg]|[Ww][Ee][Bb][Pp]|[Gg][Ii][Ff])"),
            Says("ภาพที่แสดงเมื่อมีคนส่งต่อลิงก์ อยู่ใน files/", "The picture that stands for the agency where somebody shares a link, under files/."),
            "files/office.jpg",
        ),
        Key::free("contact", Value::Shape(&CONTACT), Says("ช่องทางติดต่อ", "How to reach the agency."), ""),
        Key::free(
            "evidence_hosts",
            Value::OneOrMore(&Value::Text),
            Says(
                "โฮสต์อื่นที่เป็นของหน่วยงาน จึงไม่เตือนว่าเป็นที่ฝากไฟล์",
                "Other hosts that are the agency's own, so that link-off-host does not tell them.",
            ),
            "[drive.example.go.th]",
        ),
        Key::free(
            "accept",
            Value::List(&Value::Shape(&ACCEPT)),
            Says("สิ่งที่พบซึ่งตรวจดูแล้วและยืนยันตามเดิม พร้อมเหตุผล", "Findings that staff looked at and stand by, with the reason."),
            "",
        ),
    ],
};

/// `contact`.
pub const CONTACT: Shape = Shape {
    keys: &[
        Key::free("phone", Value::Text, Says("โทรศัพท์ ใส่เครื่องหมายคำพูด", "Telephone, in quotation marks."), "\"0 4300 0000\""),
        Key::free("email", Value::Text, Says("อีเมล", "E-mail."), "saraban@example.go.th"),
        Key::free("facebook", Value::Text, Says("ชื่อหรือที่อยู่ของเพจเฟซบุ๊ก", "The page on Facebook: its address or name."), "phuphansao"),
        Key::free("address", Value::Name, Says("ที่ตั้ง", "Where the agency is."), "หมู่ 1 ตำบลภูพาน"),
    ],
};

/// A member of `accept`.
pub const ACCEPT: Shape = Shape {
    keys: &[
        Key::required("code", Value::Offered("codes"), Says("รหัสของสิ่งที่พบ", "The finding's code."), "score-mismatch"),
        Key::required(
            "where",
            Value::Text,
            Says("เรื่องที่พบ ตามที่โปรแกรมแสดง เช่น 2568/e6", "The finding's subject as the program prints it, as 2568/e6."),
            "2568/e6",
        ),
        REASON,
    ],
};

/// Why something is accepted.
pub const REASON: Key =
    Key::required("reason", Value::Text, Says("เหตุผล แสดงต่อผู้อ่าน", "Why; readers are shown it."), "ตามประกาศของสำนักงาน ป.ป.ช.");
