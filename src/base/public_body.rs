//! Names of public bodies in running text: the words that say what a body is, and where the name behind them ends. Owns those words and
//! the names of the provinces; refuses to know which body is whose.

use std::ops::Range;

use super::thai;

/// What a body is. Those of one family may be taken for each other: a tambon's administration may become a municipality.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    /// อบต. and เทศบาล.
    Local,
    /// อบจ.
    Provincial,
    /// สถานีตำรวจ.
    Police,
    /// โรงเรียน.
    School,
    /// จังหวัด, as a place.
    Province,
    /// อำเภอ, as a place.
    District,
}

/// The words for bodies: full forms and abbreviations. Where one begins with another, the longer comes first.
const WORDS: &[(&str, Family)] = &[
    ("องค์การบริหารส่วนตำบล", Family::Local),
    ("องค์การบริหารส่วนจังหวัด", Family::Provincial),
    ("อบต", Family::Local),
    ("อบจ", Family::Provincial),
    ("เทศบาลตำบล", Family::Local),
    ("เทศบาลเมือง", Family::Local),
    ("เทศบาลนคร", Family::Local),
    ("ทต.", Family::Local),
    ("ทม.", Family::Local),
    ("ทน.", Family::Local),
    ("สถานีตำรวจภูธร", Family::Police),
    ("สถานีตำรวจนครบาล", Family::Police),
    ("สภ.", Family::Police),
    ("โรงเรียน", Family::School),
    ("รร.", Family::School),
    ("จังหวัด", Family::Province),
    ("จ.", Family::Province),
    ("อำเภอ", Family::District),
    ("อ.", Family::District),
];

/// Names of bodies, places and acts with their abbreviations, as people write them: the full form first, then shorter and shorter.
pub const ABBREVIATIONS: &[&[&str]] = &[
    &["องค์การบริหารส่วนตำบล", "อบต.", "อบต"],
    &["องค์การบริหารส่วนจังหวัด", "อบจ.", "อบจ"],
    &["เทศบาลตำบล", "ทต.", "ทต"],
    &["เทศบาลเมือง", "ทม.", "ทม"],
    &["เทศบาลนคร", "ทน.", "ทน"],
    &["กรุงเทพมหานคร", "กทม.", "กทม"],
    &["สถานีตำรวจภูธร", "สภ."],
    &["สถานีตำรวจนครบาล", "สน."],
    &["โรงเรียน", "รร."],
    &["จังหวัด", "จ."],
    &["อำเภอ", "อ."],
    &["ตำบล", "ต."],
    &["ผู้อำนวยการ", "ผอ.", "ผอ"],
    &["คณะกรรมการป้องกันและปราบปรามการทุจริตแห่งชาติ", "ป.ป.ช.", "ปปช.", "ปปช"],
    &["คณะกรรมการป้องกันและปราบปรามการทุจริตในภาครัฐ", "ป.ป.ท.", "ปปท.", "ปปท"],
    &["สำนักงานการตรวจเงินแผ่นดิน", "สตง.", "สตง"],
    &["คณะรัฐมนตรี", "ครม.", "ครม"],
    &["พระราชบัญญัติ", "พ.ร.บ.", "พรบ.", "พรบ"],
    &["พุทธศักราช", "พ.ศ.", "พศ."],
];

/// A word for a body in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// What it says that the body is.
    pub family: Family,
    /// Its bytes, with the point of an abbreviation.
    pub word: Range<usize>,
    /// Where what follows it begins, past spaces; a line end may stand there.
    pub name: usize,
}

/// Every word for a body in a text, in order.
pub fn mentions(text: &str) -> Vec<Mention> {
    let mut found = Vec::new();
    let (mut before, mut first) = (' ', (0, ' '));
    let mut next = 0;
    for (at, c) in text.char_indices() {
        if first.0 >= next && begins(first.1, c) {
            let (start, rest) = (first.0, &text[first.0..]);
            let word = WORDS.iter().find(|(word, _)| rest.starts_with(word));
            // Two letters and a point may be the end of another abbreviation: กทม. is none of ours, and ก.อบต. is a commission.
            if let Some((word, family)) =
                word.filter(|(word, _)| word.chars().count() > 3 || (word.starts_with("อบ") && before != '.') || !joins(before))
            {
                let point = usize::from(!word.ends_with('.') && rest[word.len()..].starts_with('.'));
                let end = start + word.len() + point;
                let gap = text[end..].len() - text[end..].trim_start_matches(is_gap).len();
                found.push(Mention { family: *family, word: start..end, name: end + gap });
                next = end;
            }
        }
        (before, first) = (first.1, (at, c));
    }
    found
}

/// Does one of the words begin with these two letters? Nearly no two do, so that most of a text is passed by.
fn begins(first: char, second: char) -> bool {
    matches!(
        (first, second),
        ('อ', 'ง' | 'บ' | 'ำ' | '.') | ('เ', 'ท') | ('ท', 'ต' | 'ม' | 'น') | ('ส', 'ถ' | 'ภ') | ('โ' | 'ร', 'ร') | ('จ', '\u{e31}' | '.')
    )
}

/// What may stand between the word and the name.
fn is_gap(c: char) -> bool {
    matches!(c, ' ' | '\u{a0}' | '\n' | '\r' | '\u{200b}')
}

/// May a letter be of one word with the abbreviation after it?
fn joins(c: char) -> bool {
    ('\u{e01}'..='\u{e2e}').contains(&c) || c == '.'
}

/// Words that never begin a name, but go on about a body that is named elsewhere, or about all of them.
#[rustfmt::skip]
const NO_NAME: &[&str] = &[
    "ทุก", "อื่น", "ใน", "ของ", "ที่", "และ", "หรือ", "เป็น", "ต้อง", "จะ", "ได้", "มี", "ควร", "ให้", "กับ", "แห่ง", "ต่าง",
    "ทั้ง", "ดังกล่าว", "นี้", "นั้น", "ข้างเคียง", "ใกล้เคียง", "ซึ่ง", "โดย", "เพื่อ", "จึง", "ไม่", "กว่า", "จำนวน",
    "ด้วย", "ขอ", "ร่วม", "ดำเนินการ", "ดำเนินงาน", "จัด", "ทำ", "ออก", "ลง", "รับ", "ส่ง", "แจ้ง", "เปิด", "ปิด", "ปรับ",
    "พัฒนา", "ประกาศ", "ประชุม", "ประชา", "ประเมิน", "ประสาน", "ประจำ", "ประกอบ", "เผย", "แก้", "ป้อง", "กำหนด", "กำกับ",
    "กำลัง", "ติดตาม", "ตรวจ", "มอบ", "แต่ง", "ตั้ง", "เสนอ", "สร้างความ", "สร้างการ", "สร้างจิต", "สนับ", "สำรวจ", "สำนัก",
    "สำคัญ", "สรุป", "รวบ", "รวม", "ราย", "วาง", "วิเคราะห์", "วิธี", "เพิ่ม", "ลด", "ใช้", "ยัง", "เคย", "เริ่ม", "พบ",
    "เห็น", "ชี้", "เชิญ", "เข้า", "อยู่", "ถือ", "ยึด", "นำ", "บริการ", "บริหาร", "อบรม", "ควบ", "คัด", "เลือก", "ซื้อ",
    "จ้าง", "เบิก", "จ่าย", "โอน", "ยก", "อาจ", "คงไว้", "ก็", "เอง", "แล้ว", "ต่อ", "ผ่าน", "จาก", "ถึง", "ทราบ", "สามารถ",
    "กล่าว", "คือ", "ไป", "มาตร", "มายัง", "มาใช้", "เมื่อ", "แต่", "หาก", "ถ้า", "เพราะ", "อย่าง", "ภาย", "ระดับ", "ขนาด",
    "ตาม", "รอบ", "หลาย", "บางแห่ง", "บางส่วน", "บางราย", "แบบ", "ปี", "พ.ศ", "ว่า", "ไว้", "อัน", "โปร่งใส", "ปฏิบัติ",
    "หนึ่ง", "สองแห่ง", "เหล่านี้", "เหล่านั้น", "ผู้", "คน", "ชุมชน", "พื้นที่", "เขต", "ครู", "นัก", "เด็ก", "เดียว",
    "เดิม", "ใหม่", "ใด", "ท้องถิ่น", "สังกัด", "เป้าหมาย", "ๆ", "มุ่ง", "ห่วง", "ใส่", "คำนึง", "ขับเคลื่อน", "เร่ง",
    "หารือ", "กรณี", "ช่วย", "ดูแล", "ตระหนัก", "เน้น", "ยืน", "บันทึก", "เก็บ", "เรียก", "คิด", "อนุมัติ", "พิจารณา",
    "ทบทวน", "ถ่ายทอด", "ฝ่าย", "กองคลัง", "กองช่าง", "กองการ", "สภา", "ส่วน", "ณ", "เดิน", "หัวหน้า", "ท่าน", "นายก", "นาย",
    "นาง", "นาที", "นาน", "ลำดับ", "แม่บ้าน", "ภูมิ", "ศูนย์", "งาน", "โครงการ", "กิจกรรม", "หน่วย", "ข้าราชการ", "พนักงาน",
    "เจ้าหน้าที่", "บุคลากร", "สมาชิก", "รอง", "ปลัด", "คณะ", "กรรมการ", "ชาว", "ข้อ", "หมวด", "แผน", "มอง", "เล็ง", "หวัง",
    "ยิน", "ขาด", "พร้อม", "น่า", "คอย", "กัน", "ย่อม", "เกิด", "ค้น", "ค่อย", "รัก", "สู่", "ถูก", "ปลอด", "ปลูก", "บำรุง",
    "ซ่อม", "สอบ", "สอน", "ศึกษา", "สืบ", "ฟัง", "ฟื้น", "แสดง", "แบ่ง", "แนะนำ", "แถลง", "เยี่ยม", "เฝ้า", "เตรียม",
    "เตือน", "เชื่อม", "เพียง", "เฉพาะ", "ไทย", "คำสั่ง", "คำร้อง", "น้ำท่วม", "ตลาดนัด", "จังหวัด", "อำเภอ", "คุณธรรม", "สีขาว", "เคลื่อน",
    "หมู่ที่", "หลังใหม่", "ชั้น", "เรื่อง", "หน้าแรก", "เมนู", "หัวข้อ", "ห้าปี", "ระยะ", "ร้อยละ", "สายงาน", "ขยายโอกาส",
    "เอกชน", "ประถม", "มัธยม", "คัพ", "อัจฉริยะ",
];

/// Words that begin the rest of a sentence behind a name.
#[rustfmt::skip]
const BEHIND: &[&str] = &[
    "เพื่อ", "และ", "หรือ", "ได้", "ให้", "โดย", "ซึ่ง", "จึง", "จะ", "เข้าร่วม", "ร่วม", "ประจำ", "อำเภอ", "จังหวัด",
    "ตำบล", "มีการ", "มีผล", "มีคะแนน", "เป็นหน่วย", "เป็นไป", "ในการ", "ที่ได้", "ดำเนิน", "จัดทำ", "จัดให้", "ประกาศ",
    "เผยแพร่", "ต้อง", "ควร", "กับ", "ว่า", "ทราบ", "เป็นปัจจุบัน", "อย่างต่อ", "อย่างมี", "ตาม", "ต่อ", "ผ่าน",
];

/// Does the rest of a sentence stand there, and not the rest of a name?
pub fn goes_on(rest: &str) -> bool {
    NO_NAME.iter().chain(BEHIND).any(|word| begins_with(rest, word))
}

/// Does a text begin with a word? The third byte, in which Thai letters differ, is asked first.
fn begins_with(text: &str, word: &str) -> bool {
    text.as_bytes().get(2) == word.as_bytes().get(2) && text.starts_with(word)
}

/// The longest name, in letters.
const LONGEST: usize = 40;

impl Mention {
    /// Is it a body, and no place?
    pub fn is_body(&self) -> bool {
        !matches!(self.family, Family::Province | Family::District)
    }

    /// Where the name that stands behind the word ends: at a space, a sign, or a word of the sentence. `None` where none stands there.
    pub fn end(&self, text: &str) -> Option<usize> {
        let rest = text.get(self.name..)?;
        // ขอนแก่น and น่าน begin as words do that are no names.
        if province(rest).is_none() && NO_NAME.iter().any(|word| begins_with(rest, word)) {
            return None;
        }
        let mut length = 0;
        for (count, (at, c)) in rest.char_indices().enumerate() {
            let is_over = count >= LONGEST || !(thai::is_letter(c) || matches!(c, '\u{200b}'));
            // A word of two letters or more, and not in the middle of one, as in สว่าง.
            if is_over || (count >= 2 && BEHIND.iter().any(|word| begins_with(&rest[at..], word)) && !rest[at..].starts_with("ว่าง"))
            {
                break;
            }
            length = at + c.len_utf8();
        }
        (rest[..length].chars().count() >= 2).then_some(self.name + length)
    }

    /// Does this name stand behind the word? Spaces and characters without width are passed over.
    pub fn is_followed_by(&self, text: &str, name: &str) -> bool {
        let letters = |text: &str| thai::normal(text).chars().filter(|c| !c.is_whitespace()).collect::<String>();
        let name = letters(name);
        let mut to = (self.name + name.len() * 2 + 16).min(text.len());
        while !text.is_char_boundary(to) {
            to -= 1;
        }
        !name.is_empty() && letters(&text[self.name..to]).starts_with(&name)
    }
}

/// The provinces. Source: ISO 3166-2:TH, with Bangkok as it names itself in short.
#[rustfmt::skip]
const PROVINCES: &[&str] = &[
    "กระบี่", "กรุงเทพ", "กาญจนบุรี", "กาฬสินธุ์", "กำแพงเพชร", "ขอนแก่น", "จันทบุรี", "ฉะเชิงเทรา", "ชลบุรี", "ชัยนาท",
    "ชัยภูมิ", "ชุมพร", "เชียงราย", "เชียงใหม่", "ตรัง", "ตราด", "ตาก", "นครนายก", "นครปฐม", "นครพนม", "นครราชสีมา",
    "นครศรีธรรมราช", "นครสวรรค์", "นนทบุรี", "นราธิวาส", "น่าน", "บึงกาฬ", "บุรีรัมย์", "ปทุมธานี", "ประจวบคีรีขันธ์",
    "ปราจีนบุรี", "ปัตตานี", "พระนครศรีอยุธยา", "พะเยา", "พังงา", "พัทลุง", "พิจิตร", "พิษณุโลก", "เพชรบุรี", "เพชรบูรณ์",
    "แพร่", "ภูเก็ต", "มหาสารคาม", "มุกดาหาร", "แม่ฮ่องสอน", "ยโสธร", "ยะลา", "ร้อยเอ็ด", "ระนอง", "ระยอง", "ราชบุรี",
    "ลพบุรี", "ลำปาง", "ลำพูน", "เลย", "ศรีสะเกษ", "สกลนคร", "สงขลา", "สตูล", "สมุทรปราการ", "สมุทรสงคราม", "สมุทรสาคร",
    "สระแก้ว", "สระบุรี", "สิงห์บุรี", "สุโขทัย", "สุพรรณบุรี", "สุราษฎร์ธานี", "สุรินทร์", "หนองคาย", "หนองบัวลำภู",
    "อ่างทอง", "อำนาจเจริญ", "อุดรธานี", "อุตรดิตถ์", "อุทัยธานี", "อุบลราชธานี",
];

/// The province whose name a text begins with.
pub fn province(text: &str) -> Option<&'static str> {
    PROVINCES.iter().copied().find(|name| begins_with(text, name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_met_by_its_first_two_letters() {
        for (word, family) in WORDS {
            let text = format!("ที่ {word}ภูพาน");
            let found: Vec<Family> = mentions(&text).into_iter().map(|mention| mention.family).collect();
            assert_eq!(found, [*family], "{text}");
        }
    }

    #[test]
    fn a_name_ends_where_the_sentence_goes_on() {
        for (text, name) in [
            ("เทศบาลตำบลชนวนเพื่อเผยแพร่", Some("ชนวน")),
            ("อบต. ภูพาน อำเภอสีชมพู", Some("ภูพาน")),
            ("โรงเรียนบ้านโนน(เดิม)", Some("บ้านโนน")),
            ("เทศบาลตำบลทุกแห่ง", None),
            ("อบต. ลงพื้นที่", None),
            ("อบต.", None),
            ("สภ. 12", None),
        ] {
            let mention = &mentions(text)[0];
            assert_eq!(mention.end(text).map(|end| &text[mention.name..end]), name, "{text}");
        }
    }

    #[test]
    fn the_end_of_another_abbreviation_is_no_word() {
        for text in ["กทม. มี", "ผอ.กอง", "น.ส.อ. ก"] {
            assert_eq!(mentions(text), [], "{text}");
        }
    }

    #[test]
    fn there_are_77_provinces() {
        assert_eq!(PROVINCES.len(), 77);
        assert_eq!(province("เลย อำเภอ"), Some("เลย"));
    }
}
