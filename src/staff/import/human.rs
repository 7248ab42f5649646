//! An import for people at a terminal: the changes first, then what has to be mended, what was not taken, and what is missing. Owns the words.

use super::{Change, Import, Told, Why};
use crate::base::language::Language;
use crate::base::width::listed;
use crate::finding::{masked, seen};

/// How wide a line of codes may be, where no terminal says so; none is narrower than the other.
const WIDE: usize = 80;
const NARROW: usize = 30;

/// How an import ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// The change was only shown.
    Shown,
    /// The files were written.
    Written,
}

/// The whole account. `width` is how many cells the terminal has, where there is one.
pub fn render(import: &Import, end: End, language: Language, width: Option<usize>) -> String {
    let mut page = Page { language, wide: width.unwrap_or(WIDE).clamp(NARROW, WIDE), text: String::new() };
    import.changes.iter().for_each(|change| page.change(import, change));
    page.measures(import);
    page.same(import);
    page.list(("ต้องแก้ก่อนเขียน", "to be mended before writing"), import.doubts());
    let is_left = |told: &&Told| !(told.why.is_doubt() || told.why.is_hidden() || told.why.is_remark());
    page.list(("ไม่ได้นำมาใช้", "not taken"), import.told.iter().filter(is_left));
    page.list(("ซ่อนอยู่ จึงไม่ได้ใช้", "hidden, and not taken"), import.told.iter().filter(|told| told.why.is_hidden()));
    page.list(("ข้อสังเกต", "remarks"), import.told.iter().filter(|told| told.why.is_remark()));
    if import.further > 0 {
        let more = import.further;
        page.say(&format!("และอีก {more} แห่ง"), &format!("and {more} more"));
    }
    page.missing(import);
    page.line(&closing(import, end, language));
    page.text
}

/// A text of an author or of a table on one line of a terminal.
fn shown(text: &str) -> String {
    masked(text).chars().map(seen).collect()
}

struct Page {
    language: Language,
    /// How many cells a line of codes has.
    wide: usize,
    text: String,
}

impl Page {
    fn line(&mut self, text: &str) {
        self.text.push_str(text.trim_end());
        self.text.push('\n');
    }

    fn say(&mut self, th: &str, en: &str) {
        let text = if self.language == Language::Th { th } else { en };
        self.line(text);
    }

    fn change(&mut self, import: &Import, change: &Change) {
        let code = change.part.as_ref().map_or_else(|| change.code.clone(), |part| format!("{}.{part}", change.code));
        let new = if self.language == Language::Th { "ใหม่" } else { "new" };
        let from = change.from.as_deref().map_or_else(|| format!("({new})"), |from| format!("{} →", shown(from)));
        let at = shown(&change.at.tell(self.language));
        self.line(&format!("{}: {code}: {from} {}   ({at})", shown(&import.assessment), shown(&change.to)));
    }

    fn measures(&mut self, import: &Import) {
        for measure in &import.measures {
            let (id, issue, method) = (&measure.id, measure.issue, shown(&measure.method));
            let (at, steps) = (shown(&measure.at.tell(self.language)), measure.steps.len());
            let file = shown(&import.measures_file);
            self.say(
                &format!("{file}: {id}: (ใหม่) ประเด็นที่ {issue}: {method} ({steps} ขั้นตอน)   ({at})"),
                &format!("{file}: {id}: (new) issue {issue}: {method} (steps: {steps})   ({at})"),
            );
        }
    }

    fn same(&mut self, import: &Import) {
        let (same, measures) = (import.same, import.same_measures);
        let has_changes = !import.changes.is_empty() || !import.measures.is_empty();
        if has_changes && (same > 0 || measures > 0 || import.passed_over > 0) {
            self.line("");
        }
        if same > 0 {
            self.say(&format!("ตรงกับที่มีอยู่แล้ว {same} ค่า"), &format!("the same as in the file: {same}"));
        }
        if measures > 0 {
            self.say(&format!("มาตรการที่มีอยู่แล้ว {measures} มาตรการ"), &format!("measures that are in the file: {measures}"));
        }
        let words = import.passed_over;
        if words > 0 {
            self.say(
                &format!("หัวตารางและข้อความที่ไม่มีคะแนน {words} แถว ไม่ได้ใช้"),
                &format!("rows of words without a score, not taken: {words}"),
            );
        }
    }

    fn list<'t>(&mut self, (th, en): (&str, &str), list: impl Iterator<Item = &'t Told>) {
        let mut list = list.peekable();
        if list.peek().is_none() {
            return;
        }
        self.line("");
        self.say(&format!("{th}:"), &format!("{en}:"));
        for told in list {
            let code = told.code.as_ref().map_or_else(String::new, |code| format!(" {}", shown(code)));
            let text = if told.text.is_empty() { String::new() } else { format!(" `{}`", shown(&told.text)) };
            let at = shown(&told.at.tell(self.language));
            let reason = shown(&reason(&told.why, self.language));
            self.line(&format!("  {at}:{code}{text}: {reason}"));
        }
    }

    fn missing(&mut self, import: &Import) {
        let count = import.missing.len();
        if count == 0 {
            return;
        }
        self.line("");
        self.say(&format!("ยังไม่มีคะแนน {count} รหัส:"), &format!("codes without a score: {count}"));
        for line in listed(&import.missing, self.wide - 2) {
            self.line(&format!("  {line}"));
        }
    }
}

/// The last line: what was done, and what is to be done.
fn closing(import: &Import, end: End, language: Language) -> String {
    let th = language == Language::Th;
    let doubts = import.doubts().count();
    let files: Vec<&str> = import.texts.iter().map(|text| text.path.as_str()).collect();
    let text = match end {
        End::Written if th => format!("เขียน {} แล้ว", files.join(" และ ")),
        End::Written => format!("wrote {}", files.join(" and ")),
        End::Shown if doubts > 0 && th => format!("มีข้อสงสัย {doubts} แห่ง จึงไม่ได้เขียนไฟล์ใด โปรดแก้ในตาราง แล้วสั่งอีกครั้ง"),
        End::Shown if doubts > 0 => {
            format!("nothing was written, as there are doubts ({doubts}); mend them in the table and run this again")
        }
        End::Shown if import.is_empty() && th => "ไม่พบคะแนนหรือมาตรการในไฟล์นี้ จึงไม่ได้เขียนไฟล์ใด แต่ละแถวต้องมีรหัส เช่น i1 และคะแนน".to_owned(),
        End::Shown if import.is_empty() => {
            "nothing was written: there is no score and no measure in this file; a row needs a code, as i1, and a score".to_owned()
        }
        End::Shown if files.is_empty() && th => "ตรงกันทั้งหมด ไม่ต้องเขียนไฟล์ใด".to_owned(),
        End::Shown if files.is_empty() => "all is the same; there is nothing to write".to_owned(),
        End::Shown if th => "ยังไม่ได้เขียนไฟล์ใด ถ้าถูกต้องแล้ว ให้สั่งอีกครั้งพร้อม --write".to_owned(),
        End::Shown => "nothing was written; if this is right, run it again with --write".to_owned(),
    };
    format!("\n{text}")
}

/// Why something was not taken, and what to do.
pub fn reason(why: &Why, language: Language) -> String {
    let th = language == Language::Th;
    let (thai, english) = match why {
        Why::NotANumber => ("ไม่ใช่คะแนน ให้พิมพ์เป็นตัวเลข เช่น 98.43", "no score; type a number, as 98.43"),
        Why::OutOfRange(highest) => {
            return if th {
                format!("คะแนนต้องอยู่ระหว่าง 0 ถึง {highest}")
            } else {
                format!("a score lies between 0 and {highest}")
            };
        }
        Why::Day => (
            "เป็นวันที่ ไม่ใช่คะแนน ให้ตั้งรูปแบบช่องเป็นตัวเลข แล้วพิมพ์คะแนนใหม่",
            "a day and no score; set the format of the cell to a number and type the score again",
        ),
        Why::NoValue => (
            "เป็นสูตรที่ไม่มีผลลัพธ์เก็บไว้ ให้เปิดในโปรแกรมตารางคำนวณแล้วบันทึก หรือวางเป็นค่า",
            "a formula without a stored result; open and save it in the spreadsheet program, or paste it as a value",
        ),
        Why::Fault => ("สูตรในช่องนี้ผิด ให้แก้สูตรหรือพิมพ์คะแนนแทน", "the formula in this cell is wrong; mend it or type the score"),
        Why::Otherwise(stored) => {
            return if th {
                format!("ช่องนี้เก็บค่า {stored} แต่แสดงเป็นอย่างอื่น ให้ตั้งรูปแบบช่องเป็น 0.00 หรือพิมพ์คะแนนใหม่")
            } else {
                format!("the cell stores {stored} and shows something else; set its format to 0.00, or type the score again")
            };
        }
        Why::Struck => {
            ("ข้อความในช่องนี้ถูกขีดฆ่า ให้พิมพ์ค่าที่ถูกต้อง หรือลบแถวนี้", "all of the cell is struck out; type what holds, or take the row out")
        }
        Why::InnerTable => ("มีตารางซ้อนอยู่ในช่องนี้ ให้พิมพ์ค่าลงในช่องโดยตรง", "a table stands in this cell; type the value into the cell itself"),
        Why::Personal => {
            ("มีเลขประจำตัวประชาชน ซึ่งห้ามเผยแพร่ ให้ลบออกจากช่องนี้", "a citizen's number, which must not be published; take it out of the cell")
        }
        Why::NoMethod => ("มาตรการนี้ไม่มีวิธีการ ให้พิมพ์วิธีการในแถวนี้", "a measure without a method; type its method in this row"),
        Why::DayInWords => (
            "เป็นวันที่ที่ตารางเก็บเป็นตัวเลข ให้ตั้งรูปแบบช่องเป็นข้อความ แล้วพิมพ์ใหม่ เช่น 1 มกราคม 2568",
            "a day that is stored as a number; set the format of the cell to text and type it again, as 1 January 2568",
        ),
        Why::Merged => {
            ("ช่องคะแนนนี้ผสานกับแถวอื่น จึงไม่รู้ว่าเป็นคะแนนของแถวใด ให้ยกเลิกการผสานเซลล์", "this score is merged with other rows; unmerge the cells")
        }
        Why::Several => (
            "มีตัวเลขหลายค่า และไม่รู้ว่าค่าใดเป็นคะแนน ให้ใส่หัวตาราง เช่น คะแนน EP ES เฉลี่ย",
            "several figures, and nothing tells which is the score; name the columns, as score, EP, ES, mean",
        ),
        Why::Cut => (
            "ข้อความยาวเกินไป หรือเครื่องหมายคำพูด \" ไม่ครบคู่ จนรวมแถวถัดไปไว้ในช่องเดียว ให้แก้ในแถวนี้",
            "the text is too long, or a quotation mark is lost, so that the cell holds the rows behind it; mend it in this row",
        ),
        Why::Unreadable => (
            "อ่านตัวอักษรบางตัวไม่ได้ ให้พิมพ์ช่องนี้ใหม่ แล้วบันทึกทั้งไฟล์เป็น UTF-8",
            "some letters can't be read; type this cell anew and save the whole file as UTF-8",
        ),
        Why::InText => (
            "มีตัวเลขอยู่ในช่องเดียวกับข้อความ ให้แยกคะแนนเป็นอีกช่อง (แท็บ หรือเว้นสองช่องขึ้นไป)",
            "a figure in the cell of the text; put the score into a cell of its own (a tab, or two spaces and more)",
        ),
        Why::LikeACode => (
            "คล้ายรหัสและมีตัวเลข แต่ไม่ใช่รหัสของเกณฑ์ ให้แก้รหัส เช่น i2 หรือลบแถวนี้",
            "something like a code beside a figure, and no code of the pack; mend it, as i2, or take the row out",
        ),
        Why::UnknownLevel => (
            "ไม่มีระดับนี้ในเกณฑ์ของปีนี้ ให้พิมพ์ระดับตามเกณฑ์ หรือลบแถวนี้",
            "the pack of this year has no such level; type one that it has, or take the row out",
        ),
        Why::UnknownCode(_) => {
            ("ไม่มีรหัสนี้ในเกณฑ์ของปีนี้ โปรดตรวจรหัสหรือปี", "the pack of this year has no such code; look at the code and the year")
        }
        Why::SeveralCodes => {
            ("มีหลายรหัสในช่องเดียว จึงไม่รู้ว่าเป็นคะแนนของข้อใด ให้แยกเป็นแถวละหนึ่งรหัส", "several codes in one cell; give each a row of its own")
        }
        Why::NoHeading => (
            "มีตัวเลขในช่องที่ไม่มีหัวตาราง ข้างช่องคะแนน ถ้าทศนิยมถูกแยกช่อง (98,5) ให้พิมพ์ 98.5 ถ้าไม่ใช่คะแนน ให้ลบหรือใส่หัวตาราง",
            "a figure in a column without a heading, beside the score: if it is the rest of it (98,5), type 98.5; else take it out or name the column",
        ),
        Why::UnknownHeading(heading) => {
            return if th {
                format!("ไม่รู้ว่าคอลัมน์ “{heading}” เป็นคะแนนหรือไม่ ถ้าใช่ ให้ตั้งหัวตารางว่า คะแนน ถ้าไม่ใช่ ให้ลบคอลัมน์นี้")
            } else {
                format!("is the column “{heading}” the score? if so, head it คะแนน (score); if not, take it out")
            };
        }
        Why::OfAnotherScale(highest) => {
            return if th {
                format!("แถวนี้บอกว่าเต็ม {highest} แต่คะแนนที่เผยแพร่ต้องเต็ม 100 ให้แปลงเป็นคะแนนเต็ม 100 ก่อน")
            } else {
                format!("the row says that this is of {highest} points; what is published is of 100, so turn it into that first")
            };
        }
        Why::SmallFigures => (
            "คะแนนทุกข้อไม่เกิน 10 แต่คะแนนต้องเต็ม 100 ให้แปลงเป็นคะแนนเต็ม 100 ก่อน",
            "no score is above 10, though they are of 100; turn them into points of 100 first",
        ),
        Why::Weighted(weight) => {
            return if th {
                format!(
                    "คะแนนทุกเครื่องมือไม่เกินน้ำหนัก (เครื่องมือนี้ {weight}) ถ้าถ่วงน้ำหนักแล้ว ให้ใส่ `scale: weighted` ใน assessment.yaml ก่อน ถ้าไม่ใช่ ให้ใช้คะแนนเต็ม 100"
                )
            } else {
                format!(
                    "no instrument is above its weight (of this one: {weight}); if they are weighted, put `scale: weighted` into assessment.yaml first, else take points of 100"
                )
            };
        }
        Why::Across => (
            "ตารางนี้มีรหัสอยู่ในหัวคอลัมน์ ให้สลับแถวกับคอลัมน์ (Excel: คัดลอก > วางแบบพิเศษ > สลับเปลี่ยนแถวกับคอลัมน์) แล้วเก็บเฉพาะแถวของหน่วยงาน",
            "the codes stand across the head of this table; swap its rows and columns (Excel: Copy, Paste Special, Transpose) and keep what is of the agency alone",
        ),
        Why::TwoNames => ("หมายเลขและชื่อเป็นของคนละรายการ", "the number and the name are those of two"),
        Why::Contradiction(first, at) => {
            let at = at.tell(language);
            return if th { format!("ไม่ตรงกับ {first} ที่ {at}") } else { format!("contradicts {first} at {at}") };
        }
        Why::NoIssue => {
            ("ไม่รู้ว่าเป็นมาตรการของประเด็นใด ให้ใส่หมายเลขประเด็น เช่น (1)", "the issue of this measure can't be told; put its number, as (1)")
        }
        Why::Unread => ("อ่านไฟล์ได้ไม่ครบ เพราะไฟล์เสียหายหรือใหญ่เกินไป", "the file was not read to its end: it is damaged or too large"),
        Why::NoFigure => ("มีรหัส แต่ไม่มีคะแนน", "a code without a score"),
        Why::NoMeaning => ("มีตัวเลข แต่ไม่รู้ว่าเป็นคะแนนของอะไร", "a figure, and nothing tells what it is about"),
        Why::OtherYear(year) => {
            return if th {
                format!("เป็นของปี {year} ถ้าเป็นหัวข้อ แถวที่อยู่ใต้หัวข้อก็ไม่ได้ใช้")
            } else {
                format!("of the year {year}; under a heading, so are the rows below it")
            };
        }
        Why::OtherBody => ("ไม่ใช่คะแนนของหน่วยงานนี้", "not of this agency"),
        Why::OthersTable => (
            "บอกว่าเป็นของหน่วยงานอื่น ถ้าไม่ใช่ ให้ใส่ชื่อหน่วยงานให้ตรงกันใน agency.yaml หรือลบบรรทัดนี้ ถ้าใช่ ให้ลบคะแนนที่อยู่ใต้บรรทัดนี้",
            "says that what follows is of others; if not, give the same name in agency.yaml or take this line out, and if so, take out the scores below it",
        ),
        Why::PartSum => ("เป็นผลรวมหรือค่าเฉลี่ยของตารางนี้ ไม่ใช่คะแนนรวมของหน่วยงาน", "a sum or mean of this table, not the total"),
        Why::Twice(false) => ("มาตรการซ้ำในตาราง ใช้แถวแรก", "the measure stands in the table twice; the first row was taken"),
        Why::Twice(true) => (
            "มาตรการซ้ำในตาราง แต่ระยะเวลาต่างกัน ใช้แถวแรก",
            "the measure stands in the table twice, with another period; the first row was taken",
        ),
        Why::HiddenRow => ("แถวนี้ซ่อนอยู่", "the row is hidden"),
        Why::HiddenColumn => ("คอลัมน์นี้ซ่อนอยู่", "the column is hidden"),
        Why::HiddenSheet => ("แผ่นงานนี้ซ่อนอยู่", "the sheet is hidden"),
        Why::HiddenCell => ("ช่องนี้ไม่แสดงค่าที่เก็บไว้", "the cell does not show what it stores"),
        Why::Raised(mark) => {
            return if th {
                format!("ไม่ได้ใช้เครื่องหมายเชิงอรรถ {mark}")
            } else {
                format!("the footnote mark {mark} was left out")
            };
        }
        Why::StruckBeside(text) => {
            return if th {
                format!("ไม่ได้ใช้ข้อความที่ขีดฆ่า {text}")
            } else {
                format!("what is struck out was left out: {text}")
            };
        }
        Why::ReadAs(figure) => return if th { format!("อ่านเป็น {figure}") } else { format!("read as {figure}") },
        Why::SecondMeasure(other) => {
            return if th {
                format!("ประเด็นนี้มีมาตรการ {other} อยู่แล้ว")
            } else {
                format!("the issue has the measure {other} already")
            };
        }
    };
    if th { thai.to_owned() } else { english.to_owned() }
}
