//! The catalogue of findings: every code with its severity and its texts in Thai and English. Owns the words.
//! Source of codes and severities: the table "Findings" of the contract with users.

use crate::base::language::Language;

/// How heavy a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
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

/// The texts of a code in one situation.
#[derive(Debug)]
pub struct Texts {
    code: Code,
    case: &'static str,
    th: (&'static str, &'static str),
    en: (&'static str, &'static str),
}

impl Texts {
    /// What was read and why it is wrong, with `{names}` of values.
    pub fn message(&self, language: Language) -> &'static str {
        if language == Language::Th { self.th.0 } else { self.en.0 }
    }

    /// How to mend it, with `{names}` of values.
    pub fn help(&self, language: Language) -> &'static str {
        if language == Language::Th { self.th.1 } else { self.en.1 }
    }
}

macro_rules! codes {
    ($($variant:ident $name:literal $severity:ident $doc:literal;)*) => {
        /// What kind of finding it is.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code { $(#[doc = $doc] $variant,)* }

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
        }
    };
}

codes! {
    YamlSyntax "yaml-syntax" Error "The file is no YAML.";
    UnknownField "unknown-field" Error "A key that the format does not have.";
    DuplicateKey "duplicate-key" Error "A key given twice, codes compared after normalisation.";
    WrongType "wrong-type" Error "A value of another kind than the key takes.";
    MissingField "missing-field" Error "A required key that is not there.";
    UnreadableFile "unreadable-file" Error "A source that can't be read, or is no UTF-8.";
    UnknownFile "unknown-file" Warning "A file in `content/` that has no place.";
    UnknownTheme "unknown-theme" Error "No theme of that name.";
    PackInvalid "pack-invalid" Error "A framework pack that contradicts itself.";
    UnknownCode "unknown-code" Error "A code that the pack does not have.";
    UnknownFramework "unknown-framework" Error "A pack that does not exist.";
    UnknownIssue "unknown-issue" Error "An issue that the pack does not have.";
    CodeSpelling "code-spelling" Hint "A code in another spelling than the plain one.";
    ScoreNotANumber "score-not-a-number" Error "A figure that is no number.";
    ScoreOutOfRange "score-out-of-range" Error "A figure outside its range.";
    ScoreMissing "score-missing" Hint "The pack has the code, the assessment does not.";
    LinkBroken "link-broken" Error "A link inside the site that leads nowhere.";
    AnchorBroken "anchor-broken" Error "A link to a heading that is not there.";
    FileMissing "file-missing" Error "A link to an attachment that is not there.";
    LinkPlaceholder "link-placeholder" Warning "A link that leads nowhere on purpose, or to a script.";
    RouteCollision "route-collision" Error "Two sources for one address.";
    PathEscape "path-escape" Error "A link or a symlink out of the site.";
    RawHtml "raw-html" Warning "HTML in Markdown, which is shown as text.";
    Template "template" Error "A fault in a theme.";
}

impl Code {
    /// The texts of this code for a situation; the general ones where the situation has none of its own.
    pub fn texts(self, case: &str) -> &'static Texts {
        let of = |case: &str| TEXTS.iter().find(|texts| texts.code == self && texts.case == case);
        // Every code has a text: the test below holds that, so the last resort is never shown.
        of(case).or_else(|| TEXTS.iter().find(|texts| texts.code == self)).unwrap_or(&TEXTS[0])
    }
}

macro_rules! texts {
    ($($code:ident $case:literal { th $thm:literal => $thh:literal; en $enm:literal => $enh:literal; })*) => {
        const TEXTS: &[Texts] = &[$(Texts { code: Code::$code, case: $case, th: ($thm, $thh), en: ($enm, $enh) },)*];
    };
}

texts! {
    YamlSyntax "" {
        th "อ่านไฟล์นี้เป็น YAML ไม่ได้: {detail}" => "ดูเครื่องหมายจุดคู่ ย่อหน้า และเครื่องหมายคำพูดของบรรทัดนี้กับบรรทัดก่อนหน้า";
        en "this file can't be read as YAML: {detail}" => "look at the colon, the indentation and the quotation marks of this line and the one before";
    }
    YamlSyntax "documents" {
        th "ไฟล์นี้มีเอกสาร YAML มากกว่าหนึ่งชุด" => "ลบบรรทัด `---` และส่วนที่อยู่หลังบรรทัดนั้น";
        en "this file holds more than one YAML document" => "delete the line `---` and what follows it";
    }
    YamlSyntax "too-large" {
        th "ไฟล์นี้ซ้อนลึกหรือขยายใหญ่เกินกว่าที่โปรแกรมยอมอ่าน: {detail}" => "แยกข้อมูลออก และไม่ใช้เครื่องหมาย `&` กับ `*` อ้างข้อมูลซ้ำ";
        en "this file nests deeper or grows larger than the program is willing to read: {detail}" => "take it apart, and do not repeat data with `&` and `*`";
    }
    YamlSyntax "tag" {
        th "ค่านี้มีป้ายบอกชนิดที่ขึ้นต้นด้วย `!` ซึ่งไม่ใช้ในไฟล์เหล่านี้" => "ลบป้ายนั้น ถ้าเป็นข้อความให้ใส่เครื่องหมายคำพูด";
        en "this value carries a tag (a word that begins with `!`), which these files do not use" => "delete the tag; put a text that begins so into quotation marks";
    }
    YamlSyntax "front-matter" {
        th "ส่วนหัวที่เริ่มด้วย `---` ไม่มีบรรทัด `---` ปิด" => "เพิ่มบรรทัด `---` หลังบรรทัดสุดท้ายของส่วนหัว";
        en "the front matter that begins with `---` is never closed" => "add a line `---` after its last line";
    }
    UnknownField "" {
        th "ไม่รู้จักคีย์ `{key}`" => "คีย์ที่ใช้ได้ตรงนี้: {known}";
        en "unknown key `{key}`" => "keys that fit here: {known}";
    }
    UnknownField "near" {
        th "ไม่รู้จักคีย์ `{key}`" => "หมายถึง `{nearest}` หรือไม่";
        en "unknown key `{key}`" => "did you mean `{nearest}`?";
    }
    UnknownField "merge" {
        th "ไฟล์เหล่านี้ไม่ใช้เครื่องหมายรวมกลุ่ม `{key}`" => "เขียนคีย์และค่าที่ต้องการไว้ตรงนี้";
        en "the merge key `{key}` is not used in these files" => "write the keys and values out here";
    }
    DuplicateKey "" {
        th "คีย์ `{key}` ซ้ำ พบครั้งแรกที่บรรทัด {first}" => "เก็บไว้บรรทัดเดียว";
        en "the key `{key}` is given twice, first on line {first}" => "keep one of them";
    }
    DuplicateKey "code" {
        th "รหัส `{key}` คือ {code} ซึ่งให้ไว้แล้วที่บรรทัด {first}" => "เก็บไว้บรรทัดเดียว และสะกดว่า `{code}`";
        en "`{key}` is {code}, which is given already on line {first}" => "keep one of them, spelt `{code}`";
    }
    WrongType "" {
        th "ตรงนี้ต้องเป็น{expected} แต่พบ{found}" => "เขียนเป็น{expected} เช่น {example}";
        en "this should be {expected}, but is {found}" => "write {expected}, for example {example}";
    }
    WrongType "choice" {
        th "`{found}` ไม่ใช่ค่าที่ใช้ได้ตรงนี้" => "ค่าที่ใช้ได้: {known}";
        en "`{found}` is no value that fits here" => "values that fit: {known}";
    }
    WrongType "too-many" {
        th "รายการนี้มี {count} รายการ มากกว่า 1,000 ที่โปรแกรมรับ" => "ลบรายการที่เกิน หรือแยกเป็นหลายปีหรือหลายไฟล์";
        en "this list has {count} members, more than the 1,000 that are read" => "delete what is too much, or spread it over several years or files";
    }
    WrongType "too-long" {
        th "ข้อความนี้ยาว {count} ตัวอักษร มากกว่า 20,000 ที่โปรแกรมรับ" => "ย่อข้อความ หรือย้ายไปไว้ในไฟล์ .md";
        en "this text has {count} characters, more than the 20,000 that are read" => "shorten it, or move it into a Markdown file";
    }
    WrongType "date" {
        th "`{found}` ไม่ใช่วันที่ที่มีจริงหรือเขียนผิดรูป" => "เขียนปี-เดือน-วัน เช่น 2568-08-01 หรือ 2025-08-01";
        en "`{found}` is no day of the calendar, or not written as one" => "write year-month-day, for example 2568-08-01 or 2025-08-01";
    }
    WrongType "year" {
        th "`{found}` ไม่ใช่ปี" => "เขียนปีสี่หลัก เช่น 2568";
        en "`{found}` is no year" => "write four digits, for example 2568";
    }
    WrongType "url" {
        th "`{found}` ไม่ใช่ที่อยู่เว็บ" => "เขียนที่อยู่เต็มที่ขึ้นต้นด้วย https://";
        en "`{found}` is no web address" => "write the whole address, beginning with https://";
    }
    WrongType "place" {
        th "`{found}` ใช้เป็นชื่อจังหวัดไม่ได้" => "เขียนชื่อจังหวัดเป็นตัวอักษร หรือเอาคีย์ออก";
        en "`{found}` can't be the name of a province" => "write its name in letters, or leave the key out";
    }
    WrongType "slug" {
        th "ชื่อโฟลเดอร์ `{found}` ใช้เป็นที่อยู่ของหน่วยงานไม่ได้" => "เปลี่ยนชื่อโฟลเดอร์: {reason}";
        en "the folder name `{found}` can't be an agency's address" => "rename the folder: {reason}";
    }
    WrongType "reference" {
        th "อ่านการอ้างตัวเลข `{found}` ไม่ได้" => "เขียน {{ score(\"i11\") }}, {{ score(\"o12\", 2567) }} หรือ {{ issue_mean() }}";
        en "the reference `{found}` can't be read" => "write {{ score(\"i11\") }}, {{ score(\"o12\", 2567) }} or {{ issue_mean() }}";
    }
    WrongType "reference-title" {
        th "`title` แสดงตัวเลขจากการอ้างไม่ได้: `{found}`" => "ลบ {{ … }} ออกจาก `title` หรือย้ายไปไว้ในเนื้อหา";
        en "a `title` can't show a figure by reference: `{found}`" => "take {{ … }} out of the `title`, or put it into the text";
    }
    WrongType "old-address" {
        th "`{found}` ใช้เป็นที่อยู่เดิมของหน้าไม่ได้" => "เขียนที่อยู่ที่ลงท้ายด้วย / หรือ .html โดยไม่มีเครื่องหมาย ? # % * และอักขระที่มองไม่เห็น";
        en "`{found}` can't be the old address of a page" => "write one that ends in / or .html, without ? # % * and invisible characters";
    }
    MissingField "" {
        th "ขาดคีย์ `{key}` ซึ่งต้องมี" => "เพิ่มบรรทัด `{key}: …`";
        en "the key `{key}` is required and missing" => "add a line `{key}: …`";
    }
    MissingField "file" {
        th "ไม่มีไฟล์ {file} จึงขาดคีย์ `{key}` ซึ่งต้องมี" => "สร้างไฟล์นี้ และเขียนบรรทัด `{key}: …`";
        en "there is no file {file}, so the key `{key}`, which is required, is missing" => "create the file, with a line `{key}: …`";
    }
    MissingField "edition" {
        th "การอ้างนี้ต้องมีปีที่มีผลประเมิน แต่เว็บไซต์นี้ยังไม่มีสักปี" => "ระบุปีที่มีผล หรือเอาการอ้างออก";
        en "this reference needs a year with a result, and the site has none" => "name a year that has one, or take the reference out";
    }
    UnreadableFile "" {
        th "อ่านไฟล์นี้ไม่ได้: {detail}" => "ตรวจว่าไฟล์มีอยู่และเปิดอ่านได้";
        en "this file can't be read: {detail}" => "see that it is there and may be opened";
    }
    UnreadableFile "utf-8" {
        th "ไฟล์นี้ไม่ได้บันทึกเป็น UTF-8 (พบไบต์ {byte} ที่อ่านไม่ได้)" => "เปิดไฟล์แล้วบันทึกใหม่ โดยเลือกการเข้ารหัสเป็น UTF-8";
        en "this file is not UTF-8 (the byte {byte} can't be read)" => "open it and save it again with the encoding UTF-8";
    }
    UnreadableFile "utf-16" {
        th "ไฟล์นี้บันทึกเป็น UTF-16 (Windows เรียกว่า Unicode) ไม่ใช่ UTF-8" => "เปิดด้วย Notepad เลือก ไฟล์ > บันทึกเป็น แล้วเลือกการเข้ารหัส UTF-8 หากมาจาก Excel ให้บันทึกเป็นชนิด CSV UTF-8";
        en "this file was saved as UTF-16 (which Windows calls Unicode), not as UTF-8" => "open it in Notepad, choose File > Save as and the encoding UTF-8; from Excel, save as the type CSV UTF-8";
    }
    UnreadableFile "windows-874" {
        th "ไฟล์นี้บันทึกเป็น Windows-874 (TIS-620, ANSI ภาษาไทย) ไม่ใช่ UTF-8" => "เปิดด้วย Notepad เลือก ไฟล์ > บันทึกเป็น แล้วเลือกการเข้ารหัส UTF-8 หากมาจาก Excel ให้บันทึกเป็นชนิด CSV UTF-8";
        en "this file was saved as Windows-874 (TIS-620, Thai ANSI), not as UTF-8" => "open it in Notepad, choose File > Save as and the encoding UTF-8; from Excel, save as the type CSV UTF-8";
    }
    UnreadableFile "document" {
        th "ไฟล์นี้เป็นเอกสาร (เช่น Word, Excel หรือ PDF) ไม่ใช่ไฟล์ข้อความ" => "คัดลอกข้อความไปวางในไฟล์ใหม่ด้วย Notepad แล้วบันทึกเป็น UTF-8 ส่วนตัวเอกสารให้วางไว้ใต้ files/";
        en "this file is a document (as of Word, Excel or PDF) and no text" => "copy its text into a new file with Notepad and save that as UTF-8; the document itself belongs under files/";
    }
    UnreadableFile "markdown" {
        th "ไฟล์นี้ใหญ่กว่า 1 MiB ซึ่งใหญ่ที่สุดที่โปรแกรมอ่านสำหรับไฟล์ .md" => "แยกเป็นหลายหน้า และวางรูปหรือเอกสารเป็นไฟล์ไว้ใต้ files/";
        en "this file is larger than 1 MiB, the most that a Markdown file may have" => "take it apart into several pages, and put pictures and documents as files under files/";
    }
    UnreadableFile "control" {
        th "ไฟล์นี้มีอักขระควบคุม {byte} ซึ่งไม่ใช่ข้อความ" => "ลบอักขระนั้น หรือบันทึกไฟล์ใหม่เป็นข้อความ UTF-8";
        en "this file holds the control character {byte}, which is no text" => "delete it, or save the file again as UTF-8 text";
    }
    UnknownFile "" {
        th "ไฟล์นี้ไม่อยู่ในที่ที่โปรแกรมรู้จัก จึงไม่ถูกใช้" => "ย้ายไปไว้ใต้ files/ หากเป็นเอกสารแนบ หรือแก้ชื่อไฟล์";
        en "this file has no place here and is not used" => "move it under files/ if it is an attachment, or mend its name";
    }
    UnknownFile "folder" {
        th "ตรงนี้ต้องเป็นโฟลเดอร์ แต่พบไฟล์ จึงไม่ถูกใช้" => "ลบหรือเปลี่ยนชื่อไฟล์นี้ แล้วสร้างโฟลเดอร์ชื่อเดิม";
        en "a folder belongs here, but this is a file, and is not used" => "delete or rename it, and make a folder of that name";
    }
    UnknownTheme "" {
        th "ไม่มีธีมชื่อ `{name}`" => "สร้างโฟลเดอร์ themes/{name}/ หรือเขียน `theme: default`";
        en "there is no theme `{name}`" => "create the folder themes/{name}/, or write `theme: default`";
    }
    PackInvalid "weights" {
        th "น้ำหนักของเครื่องมือรวมกันได้ {sum} ไม่ใช่ 100" => "แก้ `weight` ของเครื่องมือให้รวมกันได้ 100 หรือไม่ใส่เลย";
        en "the weights of the instruments sum to {sum}, not to 100" => "mend the `weight` of the instruments so that they sum to 100, or leave all of them out";
    }
    PackInvalid "unknown" {
        th "`{name}` ไม่มีอยู่ในชุดเกณฑ์นี้" => "สะกดให้ตรงกับที่ประกาศไว้ในชุดเกณฑ์ หรือเพิ่มเข้าไป";
        en "there is no `{name}` in this pack" => "spell it as the pack declares it, or declare it";
    }
    PackInvalid "twice" {
        th "`{name}` อยู่สองที่ในชุดเกณฑ์นี้" => "เก็บไว้ที่เดียว";
        en "`{name}` stands in two places of this pack" => "keep one of them";
    }
    PackInvalid "taken" {
        th "`{name}` เป็นรหัสของคะแนนอื่นอยู่แล้ว" => "ตั้ง `id` อื่น";
        en "`{name}` is the code of another figure" => "choose another `id`";
    }
    PackInvalid "same-id" {
        th "ชุดเกณฑ์ `{name}` มีอยู่แล้วใน {other}" => "เก็บไว้ไฟล์เดียว หรือเปลี่ยน `id`";
        en "the pack `{name}` is in {other} already" => "keep one of the files, or change the `id`";
    }
    PackInvalid "levels" {
        th "ระดับ `{name}` มีเกณฑ์สูงกว่าระดับก่อนหน้า" => "เรียงระดับจากสูงลงต่ำ";
        en "the level `{name}` asks for more than the one before it" => "order the levels from the best down";
    }
    PackInvalid "id" {
        th "`{name}` ใช้เป็นรหัสไม่ได้" => "ใช้ตัวอักษรอังกฤษ ตัวเลข จุด และขีดเท่านั้น";
        en "`{name}` can't be an id" => "use letters of English, digits, full stops and hyphens only";
    }
    UnknownCode "" {
        th "ไม่มีรหัส `{code}` ในชุดเกณฑ์ {pack}" => "ตรวจรหัสกับชุดเกณฑ์";
        en "the pack {pack} has no code `{code}`" => "compare the code with the pack";
    }
    UnknownCode "none" {
        th "ชุดเกณฑ์ {pack} ไม่มีรหัส `{code}` และไม่มีรหัสชนิดนี้เลย" => "เว้นรหัสชนิดนี้ไว้ หรือเขียนชุดเกณฑ์ที่มีรหัสเหล่านี้ไว้ใน content/frameworks/";
        en "the pack {pack} has no code `{code}`, nor any of its kind" => "leave codes of this kind out, or write a pack that has them in content/frameworks/";
    }
    UnknownCode "near" {
        th "ไม่มีรหัส `{code}` ในชุดเกณฑ์ {pack}" => "หมายถึง `{nearest}` หรือไม่";
        en "the pack {pack} has no code `{code}`" => "did you mean `{nearest}`?";
    }
    UnknownCode "unpublished" {
        th "ไม่มีคะแนนของ `{code}` ในผลประเมินปี {year} จึงอ้างถึงไม่ได้" => "ใส่คะแนนใน assessment.yaml หรือเอาการอ้างออก";
        en "the assessment of {year} publishes no figure for `{code}`, so it can't be referred to" => "enter it in assessment.yaml, or take the reference out";
    }
    UnknownCode "year" {
        th "เว็บไซต์นี้ไม่มีผลประเมินปี {year}" => "ระบุปีที่มีผลประเมิน: {known}";
        en "this site has no result for {year}" => "name a year that has one: {known}";
    }
    UnknownFramework "" {
        th "ไม่มีชุดเกณฑ์ `{name}`" => "ชุดเกณฑ์ที่มี: {known}";
        en "there is no framework pack `{name}`" => "packs that exist: {known}";
    }
    UnknownIssue "" {
        th "ไม่มีประเด็นที่ {number} ในชุดเกณฑ์ {pack}" => "ประเด็นที่มี: {known}";
        en "the pack {pack} has no issue {number}" => "issues that exist: {known}";
    }
    UnknownIssue "none" {
        th "ชุดเกณฑ์ {pack} ไม่มีประเด็น จึงไม่มีประเด็นที่ {number}" => "นำส่วนนี้ออก หรือเขียนชุดเกณฑ์ที่มีประเด็นไว้ใน content/frameworks/";
        en "the pack {pack} has no issues, so none is number {number}" => "take this out, or write a pack that has issues in content/frameworks/";
    }
    UnknownIssue "here" {
        th "หน้านี้ไม่ได้เป็นของประเด็นใด จึงต้องระบุเลขประเด็น" => "เขียนเช่น {{ issue_mean(2) }}";
        en "this page belongs to no issue, so the issue must be named" => "write for example {{ issue_mean(2) }}";
    }
    CodeSpelling "" {
        th "อ่าน `{found}` เป็น {code}" => "สะกดว่า `{code}`";
        en "`{found}` is read as {code}" => "spell it `{code}`";
    }
    ScoreNotANumber "" {
        th "`{found}` ไม่ใช่ตัวเลขคะแนน" => "เขียนตัวเลขที่มีจุดทศนิยมได้หนึ่งจุด เช่น 98.43 หรือ ๙๘.๔๓ ถ้าไม่ได้ประกาศให้เขียน null";
        en "`{found}` is no score" => "write a number with at most one decimal point, for example 98.43 or ๙๘.๔๓; write null where none was published";
    }
    ScoreOutOfRange "" {
        th "คะแนน {found} อยู่นอกช่วง 0 ถึง {highest}" => "ตรวจกับประกาศผล";
        en "the score {found} is outside 0 to {highest}" => "compare it with the announced result";
    }
    ScoreOutOfRange "percent" {
        th "จำนวน {found} อยู่นอกช่วง 0 ถึง {highest}" => "แก้ตัวเลขนี้";
        en "the number {found} is outside 0 to {highest}" => "mend this number";
    }
    ScoreMissing "" {
        th "ไม่มีคะแนนของ {code} ทั้งที่ชุดเกณฑ์ {pack} มี" => "เพิ่ม `{code}: …` หรือเขียน null ถ้าไม่ได้ประกาศ";
        en "there is no score for {code}, which the pack {pack} has" => "add `{code}: …`, or write null if it was not published";
    }
    LinkBroken "" {
        th "ลิงก์ `{link}` ไม่ได้นำไปที่ใดในเว็บไซต์นี้" => "แก้ที่อยู่ของลิงก์";
        en "the link `{link}` leads nowhere in this site" => "mend the link";
    }
    LinkBroken "near" {
        th "ลิงก์ `{link}` ไม่ได้นำไปที่ใดในเว็บไซต์นี้" => "หมายถึง `{nearest}` หรือไม่";
        en "the link `{link}` leads nowhere in this site" => "did you mean `{nearest}`?";
    }
    LinkBroken "theme" {
        th "หน้า {page} ของธีมมีลิงก์ `{link}` ที่ไม่ได้นำไปที่ใด" => "แก้แม่แบบ ใช้ href(\"…\") เพื่อให้โปรแกรมตรวจที่อยู่";
        en "the theme's page {page} holds the link `{link}`, which leads nowhere" => "mend the template; href(\"…\") lets the program check addresses";
    }
    AnchorBroken "" {
        th "ไม่มีหัวข้อ `#{anchor}` ใน {target}" => "หัวข้อที่มี: {known}";
        en "there is no heading `#{anchor}` in {target}" => "headings that exist: {known}";
    }
    AnchorBroken "theme" {
        th "หน้า {page} ของธีมลิงก์ไปที่ `{link}` ซึ่งไม่มีจุดนั้น" => "แก้แม่แบบ หรือเพิ่ม id ที่ขาด";
        en "the theme's page {page} links to `{link}`, and there is no such place" => "mend the template, or add the missing id";
    }
    FileMissing "" {
        th "ไม่มีไฟล์ {target}" => "วางไฟล์ไว้ที่ {target} หรือแก้ลิงก์";
        en "there is no file {target}" => "put the file at {target}, or mend the link";
    }
    FileMissing "near" {
        th "ไม่มีไฟล์ {target}" => "หมายถึง `{nearest}` หรือไม่";
        en "there is no file {target}" => "did you mean `{nearest}`?";
    }
    LinkPlaceholder "" {
        th "ลิงก์ `{link}` ใช้ไม่ได้ จึงแสดงเป็นข้อความ" => "ใส่ที่อยู่จริงที่ขึ้นต้นด้วย https://, mailto: หรือ tel:";
        en "the link `{link}` can't be used and is shown as text" => "put in a real address that begins with https://, mailto: or tel:";
    }
    LinkBroken "image" {
        th "`{link}` เป็นหน้าเว็บ ไม่ใช่รูป" => "ลบเครื่องหมาย ! เพื่อให้เป็นลิงก์ หรือระบุไฟล์รูปใต้ files/";
        en "`{link}` is a page, and no picture" => "take the ! away to make it a link, or name a picture under files/";
    }
    RouteCollision "case" {
        th "ที่อยู่ /{address} ต่างจากที่อยู่อื่นเพียงตัวพิมพ์ใหญ่เล็ก ซึ่งเครื่องแม่ข่ายหลายชนิดไม่แยก" => "เปลี่ยนชื่อให้ต่างกันมากกว่านั้น";
        en "the address /{address} differs from another in capital letters alone, which many hosts do not tell apart" => "give it a name of its own";
    }
    RouteCollision "" {
        th "ที่อยู่ /{address} มีต้นทางสองแห่ง: {other} และไฟล์นี้" => "เปลี่ยนชื่อไฟล์ใดไฟล์หนึ่ง";
        en "the address /{address} has two sources: {other} and this file" => "rename one of them";
    }
    RouteCollision "reserved" {
        th "ที่อยู่ /{address} เป็นของโปรแกรม" => "เปลี่ยนชื่อไฟล์หรือที่อยู่นี้";
        en "the address /{address} belongs to the program" => "rename the file or the address";
    }
    PathEscape "" {
        th "`{link}` ชี้ออกไปนอกเว็บไซต์" => "ใช้ที่อยู่ภายในเว็บไซต์ ไม่ขึ้นต้นด้วย / และไม่ปีนเกินโฟลเดอร์ของหน่วยงาน";
        en "`{link}` leads out of the site" => "use an address inside the site that begins with no / and does not climb out of the agency's folder";
    }
    PathEscape "image" {
        th "รูป `{link}` อยู่บนเว็บไซต์อื่น แต่หน้าเว็บไม่โหลดสิ่งใดจากที่อื่น" => "วางไฟล์รูปไว้ใต้ files/ แล้วเขียน ![คำอธิบายรูป](files/ชื่อไฟล์)";
        en "the picture `{link}` lies on another site, and a page loads nothing from elsewhere" => "put the picture under files/, and write ![what it shows](files/name)";
    }
    PathEscape "symlink" {
        th "ลิงก์สัญลักษณ์นี้ชี้ออกไปนอกโฟลเดอร์เนื้อหา" => "วางไฟล์จริงไว้แทน";
        en "this symbolic link leads out of the content folder" => "put the file itself there";
    }
    RawHtml "" {
        th "พบ HTML `{found}` ใน Markdown จึงแสดงเป็นข้อความ" => "ลบออก หรือเขียนเป็น Markdown";
        en "there is HTML `{found}` in the Markdown; it is shown as text" => "delete it, or write Markdown";
    }
    Template "id" {
        th "หน้า {page} มี id `{id}` ซ้ำ" => "แก้แม่แบบให้แต่ละ id มีที่เดียวในหน้า";
        en "the page {page} has the id `{id}` twice" => "mend the template so that each id stands once in a page";
    }
    Template "work" {
        th "หน้า /{page} ใช้การทำงานมากเกินกว่าที่หน้าหนึ่งใช้ได้" => "ลดเนื้อหาของหน้านี้ หากมีแม่แบบของเว็บไซต์เอง ให้ดูว่าวนซ้ำไม่รู้จบหรือไม่";
        en "the page /{page} takes more work than one page may" => "shorten what it shows; if the site has templates of its own, see whether one of them loops without end";
    }
    UnknownFile "name" {
        th "ชื่อไฟล์นี้ใช้เป็นที่อยู่บนเว็บไม่ได้ จึงไม่ถูกเผยแพร่" => "เปลี่ยนชื่อไฟล์ ไม่ใช้ : \\ และอักขระที่มองไม่เห็น";
        en "the name of this file can't be an address, so it is not published" => "rename it without : \\ and invisible characters";
    }
    Template "" {
        th "แม่แบบมีข้อผิดพลาด: {detail}" => "แก้แม่แบบตรงนี้ หรือลบไฟล์เพื่อใช้แม่แบบในโปรแกรม";
        en "the template has a fault: {detail}" => "mend it here, or delete the file to use the built-in one";
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_has_texts_and_every_text_a_mend() {
        for code in Code::ALL {
            assert!(TEXTS.iter().any(|texts| texts.code == *code), "{}", code.name());
        }
        for texts in TEXTS {
            for language in [Language::Th, Language::En] {
                assert!(!texts.message(language).is_empty() && !texts.help(language).is_empty(), "{:?}", texts.code);
            }
        }
    }

    #[test]
    fn both_languages_use_the_same_values() {
        let names = |text: &str| {
            let mut names: Vec<String> = text
                .split('{')
                .skip(1)
                .filter_map(|rest| rest.split_once('}').map(|(n, _)| n.to_owned()))
                .filter(|name| name.bytes().all(|b| b.is_ascii_lowercase()))
                .collect();
            names.sort();
            names
        };
        for texts in TEXTS {
            assert_eq!(names(texts.th.0), names(texts.en.0), "{:?} {}", texts.code, texts.case);
        }
    }
}
