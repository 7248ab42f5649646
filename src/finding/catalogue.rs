//! The catalogue of findings: every code with its severity and its meaning in Thai and English. What is said of a single finding is in
//! `texts`.
//! Source of codes and severities: the table "Findings" of the contract with users.

use serde::{Deserialize, Serialize};

use crate::base::language::Language;

/// How heavy a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Severity {
    /// Nothing is published.
    Error,
    /// Somebody should look at it; it can be accepted with a reason.
    Warning,
    /// Good to know.
    Hint,
}

impl Severity {
    /// The word that machines read.
    pub fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Hint => "hint",
        }
    }

    /// The word that people read.
    pub fn word(self, language: Language) -> &'static str {
        match (self, language) {
            (_, Language::En) => self.name(),
            (Self::Error, Language::Th) => "ข้อผิดพลาด",
            (Self::Warning, Language::Th) => "คำเตือน",
            (Self::Hint, Language::Th) => "ข้อสังเกต",
        }
    }
}

macro_rules! codes {
    ($($variant:ident $name:literal $severity:ident $th:literal $en:literal;)*) => {
        /// What kind of finding it is.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum Code { $(#[doc = $en] $variant,)* }

        impl Code {
            /// Every code, in the order of the catalogue.
            pub const ALL: &'static [Code] = &[$(Code::$variant,)*];

            /// The code as users know it: `score-not-a-number`.
            pub fn name(self) -> &'static str {
                match self { $(Code::$variant => $name,)* }
            }

            /// How heavy it is.
            pub fn severity(self) -> Severity {
                match self { $(Code::$variant => Severity::$severity,)* }
            }

            /// When it is told, in a sentence without its full stop.
            pub fn meaning(self, language: Language) -> &'static str {
                match (self, language) { $((Code::$variant, Language::Th) => $th, (Code::$variant, Language::En) => $en,)* }
            }
        }
    };
}

codes! {
    YamlSyntax "yaml-syntax" Error "ไฟล์ที่อ่านเป็น YAML ไม่ได้" "The file is no YAML";
    UnknownField "unknown-field" Error "คีย์ที่รูปแบบไฟล์นี้ไม่มี" "A key that the format does not have";
    DuplicateKey "duplicate-key" Error "คีย์ซ้ำ โดยถือว่ารหัสเดียวกันที่สะกดต่างกันเป็นคีย์เดียว" "A key given twice, codes compared after normalisation";
    WrongType "wrong-type" Error "ค่าที่ไม่ใช่ชนิดที่คีย์นั้นรับ" "A value of another kind than the key takes";
    MissingField "missing-field" Error "คีย์ที่ต้องมี แต่ขาดหรือยังว่าง" "A required key that is not there, or is empty";
    UnreadableFile "unreadable-file" Error "ไฟล์ที่เปิดอ่านไม่ได้ หรือไม่ได้บันทึกเป็น UTF-8" "A source that can't be read, or is no UTF-8";
    UnknownFile "unknown-file" Warning "ไฟล์ใน content/ ที่ไม่อยู่ในที่ที่โปรแกรมรู้จัก" "A file in `content/` that has no place";
    UnknownTheme "unknown-theme" Error "ไม่มีธีมชื่อนั้น" "No theme of that name";
    PackInvalid "pack-invalid" Error "ชุดเกณฑ์ขัดกันเอง" "A framework pack that contradicts itself";
    UnknownCode "unknown-code" Error "รหัสที่ชุดเกณฑ์ไม่มี" "A code that the pack does not have";
    UnknownFramework "unknown-framework" Error "ชุดเกณฑ์ที่ไม่มีอยู่" "A pack that does not exist";
    UnknownIssue "unknown-issue" Error "ประเด็นที่ชุดเกณฑ์ไม่มี" "An issue that the pack does not have";
    CodeSpelling "code-spelling" Hint "รหัสที่เขียนไม่เหมือนรูปมาตรฐาน เช่น O14 แทน o14" "A code in another spelling than the plain one";
    RedirectUnfit "redirect-unfit" Hint "ที่อยู่เก่าที่ไฟล์ของโฮสต์รับไม่ได้ จึงใช้หน้าที่พาไปต่อแทน" "An old address that the file of a host can't hold, so that a page leads on instead";
    ContrastLow "contrast-low" Error "สีที่ใกล้กับสีพื้นของหน้าเว็บจนอ่านไม่ออก" "A colour that can't be read on the ground of a page";
    ScoreNotANumber "score-not-a-number" Error "คะแนนที่ไม่ใช่ตัวเลข" "A figure that is no number";
    ScoreOutOfRange "score-out-of-range" Error "คะแนนนอกช่วงที่เป็นไปได้" "A figure outside its range";
    ScoreMissing "score-missing" Hint "คะแนนที่ชุดเกณฑ์มี แต่ผลการประเมินยังไม่มี" "The pack has the code, the assessment does not";
    ScoreMismatch "score-mismatch" Warning "คะแนนที่ประกาศไม่ตรงกับที่คำนวณจากส่วนประกอบ ไม่ว่าจะปัดเศษอย่างไร" "A published figure that its parts cannot give, at any rounding of theirs";
    ScoreRounding "score-rounding" Hint "คะแนนที่ห่างจากที่คำนวณได้ไม่เกิน 0.02 ซึ่งการปัดเศษระหว่างทางทำให้เกิดได้" "A figure outside what its parts give by no more than 0.02: rounding on the way";
    LevelMismatch "level-mismatch" Warning "ระดับที่ประกาศไม่ตรงกับเกณฑ์ของชุดเกณฑ์" "The announced level is not what the pack's conditions give";
    FigureDrift "figure-drift" Warning "คะแนนในข้อความที่ขัดกับข้อมูล" "A figure in the commentary's text that contradicts the data";
    MissingCommentary "missing-commentary" Warning "ประเด็นที่ไม่มีบทวิเคราะห์" "An issue without analysis";
    MissingMeasure "missing-measure" Warning "ประเด็นที่ไม่มีมาตรการ" "An issue without a measure";
    EmptySection "empty-section" Warning "หัวข้อที่ไม่มีเนื้อหา" "A heading with nothing under it";
    DuplicateMeasure "duplicate-measure" Warning "มาตรการซ้ำ คือประเด็น วิธีการ และขั้นตอนเหมือนกัน แม้ระยะเวลาต่างกัน" "A measure written twice: the same issue, method and steps; the period may differ";
    MeasurePeriod "measure-period" Warning "มาตรการที่ระยะเวลาสิ้นสุดก่อนประกาศผล หรือไม่มีระยะเวลา หรือไม่มีผู้รับผิดชอบ" "A measure whose period is over before the result was announced, or that has no period or nobody responsible";
    ForeignAgency "foreign-agency" Warning "ชื่อหน่วยงานอื่นในที่ที่ควรเป็นชื่อหน่วยงานนี้" "The name of another public body where the agency's own would stand";
    ItemMissing "item-missing" Warning "รายการข้อมูลที่ยังไม่เปิดเผย" "An item that is missing";
    ElementMissing "element-missing" Warning "องค์ประกอบที่รายการต้องมีแน่นอน แต่ยังไม่มีหลักฐาน" "A required element that the pack marks confirmed, without evidence";
    StaleDisclosure "stale-disclosure" Warning "ข้อมูลที่เลยกำหนดทบทวน หรือเป็นของปีอื่น" "Information whose review is overdue, or that is about another year than the item asks for";
    LinkBroken "link-broken" Error "ลิงก์ภายในเว็บไซต์ที่ไม่มีปลายทาง" "A link inside the site that leads nowhere";
    AnchorBroken "anchor-broken" Error "ลิงก์ไปยังหัวข้อที่ไม่มี" "A link to a heading that is not there";
    FileMissing "file-missing" Error "ลิงก์ไปยังไฟล์แนบที่ไม่มี" "A link to an attachment that is not there";
    AddressGone "address-gone" Warning "ที่อยู่ที่เคยเผยแพร่ แต่ครั้งนี้ไม่มีและไม่ได้ส่งต่อ บอกเมื่อ build เท่านั้น" "An address of the last published site that this one has not, and no redirect; told by `build` alone";
    LinkPlaceholder "link-placeholder" Warning "ลิงก์ที่ยังไม่ใช่ที่อยู่จริง ไม่มีข้อความ หรือเรียกสคริปต์" "A link that leads nowhere on purpose, has no text, or runs a script";
    LinkOffHost "link-off-host" Warning "หลักฐานที่อยู่บนบริการฝากไฟล์ ลิงก์ย่อ หรือสื่อสังคมออนไลน์" "Evidence on a file-sharing, short-link or social host";
    AttachmentEmpty "attachment-empty" Warning "ไฟล์แนบที่ว่างเปล่า" "An attachment without content";
    AttachmentType "attachment-type" Warning "ไฟล์แนบที่เนื้อหาไม่ตรงกับนามสกุล หรือไม่สมบูรณ์" "An attachment that is not what its extension says, or not whole";
    AttachmentEncrypted "attachment-encrypted" Warning "ไฟล์แนบที่เข้ารหัสไว้" "An attachment that is encrypted";
    AttachmentScan "attachment-scan" Warning "PDF ที่ไม่มีข้อความ" "A PDF without any text";
    AttachmentActive "attachment-active" Warning "ไฟล์แนบที่เบราว์เซอร์เปิดเป็นหน้าเว็บ ซึ่งสคริปต์ทำงานได้" "An attachment that a browser runs: HTML or SVG";
    ProcurementColumns "procurement-columns" Warning "ตารางจัดซื้อจัดจ้างที่ไม่ครบคอลัมน์ของแบบ" "A table of procurement without all columns of its form";
    ProcurementEmpty "procurement-empty" Warning "เซลล์ว่างในตารางจัดซื้อจัดจ้าง" "Empty cells in a table of procurement";
    ProcurementNumber "procurement-number" Warning "เซลล์ในตารางจัดซื้อจัดจ้างที่ควรเป็นจำนวนเงินหรือปี แต่อ่านไม่ได้" "A cell of a table of procurement that should be an amount or a year and is none";
    ProcurementPrice "procurement-price" Warning "ราคาที่ตกลงซึ่งสูงกว่าวงเงินงบประมาณหรือราคากลาง" "An agreed price above the budget or the reference price";
    ProcurementYear "procurement-year" Warning "แถวในตารางจัดซื้อจัดจ้างที่เป็นของปีงบประมาณอื่น" "Rows of a table of procurement that are of another fiscal year";
    ProcurementDouble "procurement-double" Warning "เลขที่โครงการ e-GP เดียวกันในสองรายการ หรือแถวซ้ำ" "One e-GP project number for two procurements, or a row twice";
    ProcurementUnread "procurement-unread" Warning "ตารางจัดซื้อจัดจ้างที่อ่านได้ไม่ครบ" "A table of procurement that was not read whole";
    ImageAlt "image-alt" Warning "รูปที่ไม่มีคำอธิบาย" "An image without a text";
    PersonalId "personal-id" Error "เลขประจำตัวประชาชนในข้อความหรือข้อมูล" "A citizen's number in text or data";
    PersonalContact "personal-contact" Warning "หมายเลขโทรศัพท์มือถือหรือเลขที่บัญชีธนาคารในบทวิเคราะห์หรือมาตรการ" "A mobile number or a bank account in commentary or measures";
    AcceptUnused "accept-unused" Warning "ข้อใน accept ที่ไม่ตรงกับสิ่งใดในรายงาน" "An accepted finding that does not occur";
    RouteCollision "route-collision" Error "ไฟล์สองไฟล์ใช้ที่อยู่เดียวกัน" "Two sources for one address";
    ProvinceSpelling "province-spelling" Hint "จังหวัดเดียวกันที่หน่วยงานต่าง ๆ เขียนต่างกัน" "Provinces whose names differ in signs alone, and share a page";
    PathEscape "path-escape" Error "ลิงก์หรือลิงก์สัญลักษณ์ที่ชี้ออกนอกเว็บไซต์" "A link or a symlink out of the site";
    RawHtml "raw-html" Warning "HTML ใน Markdown ซึ่งแสดงเป็นข้อความ" "HTML in Markdown, which is shown as text";
    Template "template" Error "ข้อผิดพลาดในธีม" "A fault in a theme";
}
