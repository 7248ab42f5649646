//! The data files of an edition before anything is filled in: every code of the pack in its order, with its name beside it. Owns their
//! layout. An empty value is a figure that was not published, so such a file has no faults.

use super::{fill, schema_line};
use crate::base::date::fiscal_days;
use crate::framework::{Item, Pack};
use crate::staff::scalar::{comment, scalar};

/// Where comments begin that stand behind a value.
const COLUMN: usize = 46;

/// A line with its comment behind it.
fn line(text: &str, note: &str) -> String {
    let width = crate::base::width::width(text);
    let note = comment(note);
    if note.is_empty() { format!("{text}\n") } else { format!("{text}{} # {note}\n", " ".repeat(COLUMN.saturating_sub(width + 1))) }
}

/// `assessment.yaml` without a figure; `head` is what else its opening says, as lines of comments.
pub fn assessment(pack: &Pack, (path, year): (&str, u16), (head, draft): (&str, bool)) -> String {
    let mut out = schema_line("assessment", path);
    out.push_str(&format!(
        "# ผลการประเมิน ITA ปีงบประมาณ พ.ศ. {year}\n\
         #\n\
         # ใส่ตัวเลขตามประกาศทุกหลัก โปรแกรมไม่แก้ตัวเลข ช่องที่เว้นว่างคือยังไม่ประกาศ\n\
         # นำเข้าจากตารางได้ด้วย prongsai import ตาราง.xlsx --year {year}\n{head}\n"
    ));
    if draft {
        out.push_str(&line("draft: true", "ฉบับร่าง: ยังไม่แสดงบนเว็บไซต์ ลบบรรทัดนี้เมื่อพร้อมเผยแพร่"));
    }
    out.push_str(&line(&format!("framework: {}", scalar(&pack.id)), "ชุดเกณฑ์ ซึ่งบอกรหัสและชื่อของทุกข้อ"));
    out.push_str(&line("announced:", &format!("วันที่ประกาศผล เช่น {year}-08-01")));
    out.push_str(&line("source:", "เอกสารที่ประกาศผล"));
    out.push_str(&line("  title:", ""));
    let publisher = pack.publisher.as_ref().map_or(String::new(), |name| format!(" {}", scalar(&name.th)));
    out.push_str(&line(&format!("  publisher:{publisher}"), ""));
    out.push_str(&line("  url:", ""));
    out.push('\n');
    out.push_str(&line("overall:", "คะแนนรวม"));
    let levels: Vec<&str> = pack.levels.iter().map(|level| level.name.th.as_str()).collect();
    let levels = if levels.is_empty() { String::new() } else { format!(": {}", levels.join(", ")) };
    out.push_str(&line("level:", &format!("ระดับตามประกาศ{levels}")));
    figures(pack, &mut out);
    out.push_str(
        "\n# จำนวนผู้ตอบ ใส่เมื่อทราบ\n# respondents: {IIT: 35, EIT1: 120}\n\n\
         # คะแนนที่เคยประกาศผิดและแก้แล้ว\n# corrections:\n",
    );
    out.push_str(&format!("#   - {{date: {year}-08-20, code: e6, was: 99.12, now: 99.17, reason: เหตุผล}}\n"));
    out
}

/// Every code with an empty figure, layer by layer.
fn figures(pack: &Pack, out: &mut String) {
    if !pack.instruments.is_empty() {
        out.push_str("\n# เครื่องมือการประเมิน\ninstruments:\n");
    }
    for instrument in &pack.instruments {
        if instrument.parts.is_empty() {
            out.push_str(&line(&format!("  {}:", scalar(&instrument.id)), &instrument.name.th));
        }
        for part in &instrument.parts {
            out.push_str(&line(&format!("  {}:", scalar(&part.id)), &part.name.th));
        }
    }
    if !pack.indicators.is_empty() {
        out.push_str("\n# ตัวชี้วัด\nindicators:\n");
    }
    for indicator in &pack.indicators {
        out.push_str(&line(&format!("  {}:", indicator.number), &indicator.name.th));
    }
    if pack.questions.is_empty() {
        out.push_str("\n# ชุดเกณฑ์นี้ยังไม่มีข้อคำถาม จึงยังไม่มีคะแนนรายข้อคำถาม\n");
    } else {
        out.push_str("\n# ข้อคำถาม\nquestions:\n");
    }
    // As reports print them: by indicator, and so by instrument.
    for place in (0..pack.indicators.len()).flat_map(|indicator| pack.questions_of(indicator)) {
        let question = &pack.questions[place];
        out.push_str(&line(&format!("  {}:", question.code), &question.text.th));
        let parts = pack.parts_of(place);
        for part in parts {
            out.push_str(&line(&format!("    {}:", scalar(&part.key)), part.plain.name.as_ref().map_or("", |name| &name.th)));
        }
        if !parts.is_empty() {
            out.push_str(&line("    mean:", "ค่าเฉลี่ยตามประกาศ"));
        }
    }
    if !pack.items.is_empty() {
        out.push_str("\n# ข้อมูลที่ต้องเปิดเผย (OIT)\nitems:\n");
    }
    for item in &pack.items {
        out.push_str(&line(&format!("  {}:", item.code), &item.name.th));
    }
}

/// How `disclosures.yaml` opens.
pub fn disclosures_head((path, year): (&str, u16)) -> String {
    let mut out = schema_line("disclosures", path);
    out.push_str(&format!(
        "# ข้อมูลที่ต้องเปิดเผย (OIT) ปีงบประมาณ พ.ศ. {year}\n\
         #\n\
         # status บอกว่าข้อมูลเปิดเผยแล้วเพียงใด\n\
         #   published       เปิดเผยครบแล้ว\n\
         #   partial         เปิดเผยแล้วบางส่วน\n\
         #   missing         ยังไม่มี\n\
         #   not-applicable  หน่วยงานไม่มีเรื่องนี้\n\
         #   unrecorded      ยังไม่ได้บันทึกไว้ที่นี่ (ไม่นับว่าขาด)\n\
         #\n\
         # เมื่อมีเอกสารแล้ว เปลี่ยนเป็นแบบนี้\n\
         #\n\
         # o1:\n\
         #   status: published\n\
         #   updated: {year}-03-14                       # วันที่ปรับปรุงข้อมูลครั้งล่าสุด\n\
         #   owner: สำนักปลัด                          # ผู้รับผิดชอบ\n\
         #   review_by: {year}-09-30                     # ควรตรวจอีกครั้งภายในวันใด\n\
         #   links:\n\
         #     - title: ชื่อเอกสาร\n\
         #       url: files/o1/เอกสาร.pdf              # ไฟล์ใน content/files/ หรือที่อยู่เต็ม https://…\n\
         #       covers: [chart]                     # เอกสารนี้มีองค์ประกอบใด ตามรหัสที่เขียนไว้เหนือรายการ\n"
    ));
    out
}

/// What stands above an item: its name, and what has to be in it.
pub fn item_head(item: &Item) -> String {
    let mut out = format!("\n# {} {}\n", item.code, comment(&item.name.th));
    for element in &item.elements {
        out.push_str(&format!("#   {}: {}\n", comment(&element.id), comment(&element.text.th)));
    }
    out
}

/// `disclosures.yaml` in which no item is recorded.
pub fn disclosures(pack: &Pack, place: (&str, u16)) -> String {
    let items = pack.items.iter().map(|item| format!("{}{}:\n  status: unrecorded\n", item_head(item), item.code));
    std::iter::once(disclosures_head(place)).chain(items).collect()
}

/// The issues of a pack, as lines of comments.
pub fn issue_list(pack: &Pack) -> String {
    if pack.issues.is_empty() {
        return "# ชุดเกณฑ์นี้ยังไม่มีรายชื่อประเด็น\n".to_owned();
    }
    let lines = pack.issues.iter().map(|issue| format!("#   {} {}\n", issue.number, comment(&issue.name.th)));
    std::iter::once("# ประเด็น\n".to_owned()).chain(lines).collect()
}

/// The first and the last day of the fiscal year after one, as authors write days: what an analysis of a year asks for is done then.
pub fn days_after(year: u16) -> [String; 2] {
    fiscal_days(year.saturating_add(1)).map(|day| crate::base::date::Date::parse(&day).map_or(day, crate::staff::scalar::day))
}

/// `measures.yaml` without a measure.
pub fn measures(pack: &Pack, (path, year): (&str, u16)) -> String {
    let [from, to] = days_after(year);
    let (schema, issues) = (schema_line("measures", path), issue_list(pack));
    let values = [("schema", &schema), ("year", &year.to_string()), ("from", &from), ("to", &to), ("issues", &issues)];
    let text = fill(include_str!("measures.yaml"), &values.map(|(name, value)| (name, value.as_str())));
    format!("{}\n", text.trim_end())
}
