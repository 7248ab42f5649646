//! The words of tables of procurement: headings, states and methods. Owns which spellings mean the same; what no list names means nothing.
//!
//! Sources: the headings of the form as an agency printed them, and as exports of the state's procurement system have them; states as
//! those exports have them; methods as the Public Procurement and Supplies Administration Act B.E. 2560, section 55, names them.

use crate::base::thai;

/// A column of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Column {
    /// The number of the row.
    Number,
    /// The fiscal year.
    Year,
    /// The agency.
    Agency,
    /// Its district.
    District,
    /// Its province.
    Province,
    /// Its ministry.
    Ministry,
    /// Its kind.
    Kind,
    /// What is bought.
    Name,
    /// The money set aside for it.
    Budget,
    /// Where that comes from.
    Source,
    /// How far it is.
    Status,
    /// By which method.
    Method,
    /// The reference price.
    Reference,
    /// The price agreed.
    Agreed,
    /// Who was selected.
    Vendors,
    /// The number in the state's procurement system.
    Project,
}

use Column::{
    Agency, Agreed, Budget, District, Kind, Method, Ministry, Name, Number, Project, Province, Reference, Source, Status, Vendors, Year,
};

/// Every column: as people call it in Thai and in English, and the headings that mean it, in the form of [`letters`].
const COLUMNS: &[(Column, (&str, &str), &[&str])] = &[
    (Number, ("ที่", "row number"), &["ที่", "ลำดับ", "ลำดับที่", "rownumber", "no"]),
    (Year, ("ปีงบประมาณ", "fiscal year"), &["ปีงบประมาณ", "ปีงบประมาณพศ", "ปีงบฯ", "fiscalyear"]),
    (Agency, ("ชื่อหน่วยงาน", "agency"), &["ชื่อหน่วยงาน", "หน่วยงาน", "agency"]),
    (District, ("อำเภอ", "district"), &["อำเภอ", "อำเภอเขต", "อเภอ", "district"]),
    (Province, ("จังหวัด", "province"), &["จังหวัด", "province"]),
    (Ministry, ("กระทรวง", "ministry"), &["กระทรวง", "สังกัดกระทรวง", "กระทรวงที่สังกัด", "ministry"]),
    (Kind, ("ประเภทหน่วยงาน", "kind of agency"), &["ประเภทหน่วยงาน", "agencytype"]),
    (
        Name,
        ("ชื่อรายการ", "what is bought"),
        &[
            "ชื่อรายการ",
            "ชื่อรายการของงานที่ซื้อหรือจ้าง",
            "ชื่อรายการของงานที่จัดซื้อหรือจัดจ้าง",
            "ชื่อรายการงานที่ซื้อหรือจ้าง",
            "งานที่ซื้อหรือจ้าง",
            "งานที่จัดซื้อหรือจัดจ้าง",
            "งานที่จัดซื้อจัดจ้าง",
            "รายการ",
            "ชื่อโครงการ",
            "ชื่อโครงการหรือรายการ",
            "รายการจัดซื้อจัดจ้าง",
            "ชื่อรายการจัดซื้อจัดจ้าง",
            "procurementname",
        ],
    ),
    (
        Budget,
        ("วงเงินงบประมาณที่ได้รับจัดสรร", "budget"),
        &[
            "วงเงินงบประมาณที่ได้รับจัดสรร",
            "วงเงินงบประมาณ",
            "งบประมาณที่ได้รับจัดสรร",
            "วงเงินที่ได้รับจัดสรร",
            "วงเงินงบประมาณบาท",
            "วงเงินงบประมาณที่ได้รับจัดสรรบาท",
            "budgetallocated",
        ],
    ),
    (
        Source,
        ("แหล่งที่มาของงบประมาณ", "source of the budget"),
        &["แหล่งที่มาของงบประมาณ", "แหล่งงบประมาณ", "แหล่งที่มางบประมาณ", "แหล่งเงิน", "budgetsource"],
    ),
    (
        Status,
        ("สถานะ", "state"),
        &[
            "สถานะ",
            "สถานะการจัดซื้อจัดจ้าง",
            "สถานะการจัดซื้อหรือจัดจ้าง",
            "สถานะการดำเนินการ",
            "สถานะการจัดหาพัสดุ",
            "สถานะการจัดซื้อจัดจ้างหรือการจัดหาพัสดุ",
            "status",
        ],
    ),
    (
        Method,
        ("วิธี", "method"),
        &["วิธี", "วิธีการจัดซื้อจัดจ้าง", "วิธีจัดซื้อจัดจ้าง", "วิธีการจัดซื้อหรือจัดจ้าง", "วิธีซื้อหรือจ้าง", "วิธีการจัดหา", "วิธีการซื้อหรือจ้าง", "method"],
    ),
    (Reference, ("ราคากลาง", "reference price"), &["ราคากลาง", "ราคากลางบาท", "referenceprice"]),
    (
        Agreed,
        ("ราคาที่ตกลง", "agreed price"),
        &[
            "ราคาที่ตกลง",
            "ราคาที่ตกลงซื้อหรือจ้าง",
            "ราคาที่ตกลงซื้อหรือจ้างบาท",
            "ราคาที่ตกลงซื้อจ้าง",
            "ราคาตกลงซื้อหรือจ้าง",
            "ราคาที่ตกลงบาท",
            "วงเงินที่ตกลงซื้อหรือจ้าง",
            "agreedprice",
        ],
    ),
    (
        Vendors,
        ("รายชื่อผู้ประกอบการที่ได้รับการคัดเลือก", "selected suppliers"),
        &[
            "รายชื่อผู้ประกอบการที่ได้รับการคัดเลือก",
            "ชื่อผู้ประกอบการที่ได้รับการคัดเลือก",
            "ผู้ประกอบการที่ได้รับการคัดเลือก",
            "ผู้ที่ได้รับการคัดเลือก",
            "รายชื่อผู้ที่ได้รับการคัดเลือก",
            "ผู้ได้รับการคัดเลือก",
            "รายชื่อผู้ประกอบการ",
            "ชื่อผู้ประกอบการ",
            "selectedvendor",
        ],
    ),
    (
        Project,
        ("เลขที่โครงการ e-GP", "e-GP project number"),
        &[
            "เลขที่โครงการegp",
            "เลขที่โครงการ",
            "เลขที่โครงการในระบบegp",
            "เลขที่โครงการในระบบ",
            "เลขโครงการegp",
            "เลขที่โครงการจากระบบegp",
            "egpprojectno",
        ],
    ),
];

/// Columns that tables of other things have too: who the agency is, and a number.
const COMMON: [Column; 7] = [Number, Year, Agency, District, Province, Ministry, Kind];

impl Column {
    /// How many there are.
    pub const COUNT: usize = 16;

    /// All of them, in the order of the form.
    pub fn all() -> impl Iterator<Item = Column> {
        COLUMNS.iter().map(|(column, _, _)| *column)
    }

    /// Its place in the form, from 0.
    pub fn place(self) -> usize {
        self as usize
    }

    /// How people call it: Thai, English.
    pub fn words(self) -> (&'static str, &'static str) {
        COLUMNS.get(self.place()).map_or(("", ""), |(_, words, _)| *words)
    }

    /// Do tables of other things have it too?
    pub fn is_common(self) -> bool {
        COMMON.contains(&self)
    }

    /// The column that a heading means.
    pub fn of(heading: &str) -> Option<Self> {
        // A heading is a few words; a longer text in a row of titles is none.
        if heading.len() > 400 {
            return None;
        }
        let letters = letters(heading);
        COLUMNS.iter().find(|(_, _, headings)| headings.contains(&letters.as_str())).map(|(column, _, _)| *column)
    }
}

/// The letters of a text: without white space, digits, signs and what stands in brackets, in small letters.
fn letters(text: &str) -> String {
    let mut depth = 0_usize;
    let mut out = String::new();
    for c in thai::normal(text).chars() {
        match c {
            '(' | '[' | '\u{ff08}' => depth += 1,
            ')' | ']' | '\u{ff09}' => depth = depth.saturating_sub(1),
            // ฯ shortens a word, and is a part of its spelling.
            _ if depth == 0 && (c.is_alphabetic() || thai::is_combining(c) || c == 'ฯ') => out.extend(c.to_lowercase()),
            _ => {}
        }
    }
    out
}

/// How far a procurement is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum State {
    /// There is no contract yet.
    Unsigned,
    /// The contract runs.
    Running,
    /// The contract is over.
    Ended,
    /// It was given up.
    Cancelled,
}

const STATES: &[(State, &[&str])] = &[
    (State::Unsigned, &["ยังไม่ลงนามในสัญญา", "ยังไม่ลงนามสัญญา", "ยังไม่ได้ลงนามในสัญญา", "ยังไม่ได้ลงนามสัญญา", "อยู่ระหว่างการจัดซื้อจัดจ้าง"]),
    (State::Running, &["อยู่ระหว่างระยะสัญญา", "อยู่ระหว่างสัญญา", "อยู่ในระยะสัญญา", "อยู่ระหว่างระยะเวลาสัญญา", "ลงนามในสัญญาแล้ว", "ลงนามสัญญาแล้ว"]),
    (State::Ended, &["สิ้นสุดสัญญา", "สิ้นสุดระยะสัญญา", "สิ้นสุดสัญญาแล้ว", "สิ้นสุดระยะเวลาสัญญา", "สิ้นสุดระยะสัญญาแล้ว"]),
    (State::Cancelled, &["ยกเลิกการดำเนินการ", "ยกเลิก", "ยกเลิกโครงการ", "ยกเลิกการจัดซื้อจัดจ้าง"]),
];

impl State {
    /// The state that a word means, where it means one.
    pub fn of(text: &str) -> Option<Self> {
        meaning(STATES, text)
    }
}

/// Who may bid, as far as the method says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Competition {
    /// Everybody.
    Open,
    /// One, whom the agency chose.
    Direct,
}

/// The method of selection (วิธีคัดเลือก) is not here: at least three are invited, which the words of the standard can be read in two ways for.
const METHODS: &[(Competition, &[&str])] = &[
    (
        Competition::Open,
        &[
            "ประกาศเชิญชวนทั่วไป",
            "ประกวดราคาอิเล็กทรอนิกส์",
            "ตลาดอิเล็กทรอนิกส์",
            "สอบราคา",
            "ebidding",
            "emarket",
            "ประกาศเชิญชวน",
            "ประกวดราคาอิเล็กทรอนิกส์ebidding",
            "ตลาดอิเล็กทรอนิกส์emarket",
        ],
    ),
    (Competition::Direct, &["เฉพาะเจาะจง"]),
];

impl Competition {
    /// What a method means, where that is certain.
    pub fn of(text: &str) -> Option<Self> {
        meaning(METHODS, text)
    }
}

fn meaning<T: Copy>(list: &[(T, &[&str])], text: &str) -> Option<T> {
    if text.len() > 400 {
        return None;
    }
    let letters = letters(text);
    let bare = ["โดย", "วิธี"].iter().fold(letters.as_str(), |text, begin| text.strip_prefix(begin).unwrap_or(text));
    list.iter().find(|(_, words)| words.contains(&bare)).map(|(meaning, _)| *meaning)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_are_in_the_order_of_the_form_and_in_their_own_form() {
        assert_eq!(COLUMNS.len(), Column::COUNT);
        for (place, (column, (th, _), headings)) in COLUMNS.iter().enumerate() {
            assert_eq!((column.place(), Column::of(th)), (place, Some(*column)));
            for heading in *headings {
                assert_eq!((letters(heading).as_str(), Column::of(heading)), (*heading, Some(*column)));
            }
        }
        for words in STATES.iter().map(|(_, words)| *words).chain(METHODS.iter().map(|(_, words)| *words)).flatten() {
            assert_eq!(letters(words), **words);
        }
    }

    #[test]
    fn headings_are_known_in_the_spellings_of_tables() {
        for (heading, column) in [
            ("วงเงินงบประมาณ\nที่ได้รับจัดสรร (บาท)", Budget),
            (" ราคากลาง(บาท) ", Reference),
            ("ราคาที่ตกลงซื้อหรือจ้าง [บาท]", Agreed),
            ("เลขที่โครงการ (e-GP)", Project),
            ("เลขที่โครงการในระบบ e–GP", Project),
            ("๑. ที่", Number),
            ("16) เลขที่โครงการ e-GP", Project),
            ("อําเภอ", District),
            ("EGP_Project_No", Project),
            ("procurement_name", Name),
        ] {
            assert_eq!(Column::of(heading), Some(column), "{heading}");
        }
        for none in ["", "ราคากลางอ้างอิงจาก", "(บาท)", "เลขประจำตัวผู้เสียภาษี", "วันที่ลงนาม", "ชื่อ"]
        {
            assert_eq!(Column::of(none), None, "{none}");
        }
    }

    #[test]
    fn states_and_methods_mean_something_only_where_that_is_certain() {
        assert_eq!(State::of("สิ้นสุดระยะสัญญา "), Some(State::Ended));
        assert_eq!(State::of("อยู่ระหว่างลงนาม"), None);
        assert_eq!(Competition::of("วิธีประกวดราคาอิเล็กทรอนิกส์ (e-bidding)"), Some(Competition::Open));
        assert_eq!(Competition::of("โดยวิธีเฉพาะเจาะจง"), Some(Competition::Direct));
        assert_eq!(Competition::of("วิธีคัดเลือก"), None);
    }
}
