//! Whose figures a table has: of which year, and of which body. Owns when a heading or a row speaks of others than the edition's own.
//! Refuses to guess from sentences: a report may name any year and any body.

use super::names::gist;
use super::years::{is_of_year, years, years_of_title};
use crate::base::public_body::{Mention, goes_on, mentions};
use crate::base::{digits, thai};

/// Whom a figure belongs to, where it is not the edition's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Other {
    /// Another year.
    Year(u16),
    /// Another body, or many together.
    Body,
}

/// What a text above figures says of whose they are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Heading {
    /// Of another year; nothing where it names none.
    pub year: Claim<u16>,
    /// Of another body, or of many.
    pub body: Claim<()>,
    /// Does it speak of measures alone?
    pub is_of_measures: bool,
}

/// What a heading claims of one thing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Claim<T> {
    /// Nothing.
    #[default]
    Silent,
    /// That what follows is the edition's own.
    Own,
    /// That it is of others.
    Of(T),
}

/// The edition that an import is for.
#[derive(Clone, Debug)]
pub struct Edition {
    year: u16,
    /// The agency's names as they are given.
    names: Vec<String>,
    /// What stands in them behind the word for what it is, without district and province.
    cores: Vec<String>,
}

/// The longest title, the longest line that is about a body, and the longest cell that says whose its row is, in letters.
const LONGEST_TITLE: usize = 320;
const LONGEST_HEADING: usize = 120;
const LONGEST_LABEL: usize = 60;

/// Words with which a title over figures begins; a sentence, or the heading of something else, begins otherwise.
#[rustfmt::skip]
const TITLES: &[&str] = &[
    "ผล", "คะแนน", "รายงาน", "สรุป", "ข้อมูล", "ชุดข้อมูล", "ตาราง", "การประเมิน", "การวิเคราะห์", "แบบวัด", "ประจำปี", "ปี",
    "ita", "iit", "eit", "oit", "fy", "มาตรการ", "แผนปฏิบัติ", "แผนป้องกัน",
    "คุณธรรมและความโปร่งใส", "ภาคผนวก", "รอบ", "ค่าเฉลี่ย", "ภาพรวม", "ประกาศ", "แนบท้าย", "เอกสารแนบ", "เรื่อง",
];

/// Words of a heading that speaks of results.
const OF_RESULTS: &[&str] = &["ผลการประเมิน", "ผลคะแนน", "คะแนน", "ita", "iit", "eit", "oit"];

/// Words of a heading over measures.
const OF_MEASURES: &[&str] = &["มาตรการ", "แผนปฏิบัติ", "แผนการป้องกัน", "แผนป้องกัน"];

/// Words that may stand before the name of the body that a text is about.
const BEFORE_BODY: &[&str] = &["ชื่อหน่วยงาน", "หน่วยงาน", "ของ", "(", ":", "-"];

/// Bodies that are known by their first word alone, where the own name begins with it too.
const KINDS: &[&str] = &["กรม", "มหาวิทยาลัย", "โรงพยาบาล", "เทศบาล", "สำนักงาน", "องค์การ", "กระทรวง", "จังหวัด"];

/// Parts of a body, which a form may name as the one that filled it in.
const UNITS: &[&str] = &["สำนักปลัด", "กอง", "ฝ่าย", "งาน", "ศูนย์", "แผนก", "ส่วน", "กลุ่ม"];

/// How a heading says that its figures are of many bodies together.
#[rustfmt::skip]
const OF_ALL: &[&str] = &[
    "เฉลี่ยประเทศ", "ระดับประเทศ", "ทั้งประเทศ", "ภาพรวมประเทศ", "เฉลี่ยจังหวัด", "เฉลี่ยของจังหวัด", "ระดับจังหวัด", "เฉลี่ยกลุ่ม",
    "เฉลี่ยอปท",
];

/// Words for many bodies together, in the cells of a row or over a column.
#[rustfmt::skip]
const OF_MANY: &[&str] = &[
    "ประเทศ", "เฉลี่ยจังหวัด", "เฉลี่ยของจังหวัด", "เฉลี่ยอำเภอ", "เฉลี่ยของอำเภอ", "ระดับจังหวัด", "ระดับอำเภอ", "ภาพรวมจังหวัด",
    "ภาพรวมของจังหวัด", "ทั้งจังหวัด", "ทั้งอำเภอ", "สูงสุด", "ต่ำสุด", "หน่วยงานอื่น", "nationwide", "nationalaverage",
    "provincialaverage",
];

/// Words for a year that stands before the edition's.
const BEFORE: &[&str] = &["ปีก่อน", "ปีที่แล้ว", "ปีที่ผ่านมา", "lastyear", "previousyear"];

/// Words by which own figures are compared with those of others: what names these beside them is not theirs.
#[rustfmt::skip]
const COMPARES: &[&str] = &[
    "กว่า", "เทียบ", "เพิ่ม", "ลดลง", "จากปี", "กับปี", "จากเดิม", "เท่ากับ", "ไม่ต่ำ", "higher", "lower",
];

impl Edition {
    /// The edition of a year, of an agency with these names; without one, no body is another.
    pub fn new(year: u16, names: &[String]) -> Self {
        let names: Vec<String> = names.iter().map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()).collect();
        let core = |name: &String| {
            let of_body = mentions(name).into_iter().find(Mention::is_body)?;
            Some(letters(&name[of_body.name..of_body.end(name)?]))
        };
        let cores = names.iter().filter_map(core).collect();
        Self { year, names, cores }
    }

    /// The edition's year.
    pub fn year(&self) -> u16 {
        self.year
    }

    /// The agency's names by their letters.
    pub fn gists(&self) -> impl Iterator<Item = String> {
        self.names.iter().map(|name| gist(name)).filter(|name| !name.is_empty())
    }

    /// What a text that stands above figures says of whose they are. A sentence says only whom it is about, by its first words.
    pub fn heading(&self, text: &str) -> Heading {
        let mut heading = Heading { body: self.subject(text), ..Heading::default() };
        let is_title = text.len() <= LONGEST_TITLE * 4 && text.chars().count() <= LONGEST_TITLE;
        let word = if is_title { gist(text) } else { String::new() };
        let has = |words: &[&str]| words.iter().any(|part| word.contains(part));
        heading.is_of_measures = has(OF_MEASURES);
        let is_about = has(OF_RESULTS) || heading.is_of_measures;
        let is_own_line = heading.body == Claim::Own && text.chars().count() <= LONGEST_HEADING;
        let bare = if is_title { gist(unnumbered(text)) } else { String::new() };
        // `ข้อมูลปี 2567`, but not `รายงานผลการจัดซื้อจัดจ้าง ปี 2567`
        let is_notice = bare.starts_with("ประกาศ") || bare.starts_with("แนบท้าย") || bare.starts_with("เอกสารแนบ");
        let says = |rest: &str| is_about || is_notice || is_of_year(rest) || has(OF_ALL);
        let heads = |title: &&str| bare.strip_prefix(*title).is_some_and(says);
        let is_heading = is_of_year(&bare) || TITLES.iter().any(heads) || (is_own_line && is_title);
        if !is_heading {
            return heading;
        }
        if has(COMPARES) || states_points(text) {
            return heading;
        }
        let years = years_of_title(text);
        heading.year = match years.first() {
            Some(_) if years.contains(&self.year) => Claim::Own,
            Some(year) => Claim::Of(*year),
            None if has(BEFORE) => Claim::Of(self.year.saturating_sub(1)),
            None => Claim::Silent,
        };
        if heading.body == Claim::Silent && !self.names.is_empty() {
            // `ผลการประเมินของเทศบาลตำบลชนวน`
            let is_of_measures = heading.is_of_measures;
            // Measures are done together with others; those of others say so.
            let fits = |mention: &Mention| !is_of_measures || text[..mention.word.start].ends_with("ของ");
            let is_of_another = || mentions(text).iter().any(|mention| fits(mention) && self.is_another(mention, text));
            let is_of_all = has(OF_ALL) && !is_of_measures && text.chars().count() <= LONGEST_LABEL;
            heading.body = match () {
                () if self.names_own(text) => Claim::Own,
                () if is_of_all || is_of_another() => Claim::Of(()),
                () => Claim::Silent,
            };
        }
        heading
    }

    /// Whom a text is about, by its first words.
    fn subject(&self, text: &str) -> Claim<()> {
        if self.names.is_empty() {
            return Claim::Silent;
        }
        let mut start = unnumbered(text);
        let mut is_labelled = false;
        while let Some((word, rest)) = BEFORE_BODY.iter().find_map(|word| Some((*word, start.strip_prefix(word)?))) {
            start = rest.trim_start();
            is_labelled |= word == "ชื่อหน่วยงาน" || word == ":";
        }
        // No name is longer, and a text may be.
        let head = &start[..start.char_indices().nth(LONGEST_HEADING).map_or(start.len(), |(at, _)| at)];
        if self.names.iter().any(|name| head.starts_with(name.as_str()) && is_whole_name(head, name)) {
            return Claim::Own;
        }
        match mentions(head).first().filter(|mention| mention.word.start == 0 && mention.is_body()) {
            Some(mention) if self.is_own(mention, head) => Claim::Own,
            Some(mention) if mention.end(head).is_some() => Claim::Of(()),
            Some(_) => Claim::Silent,
            None if head.chars().count() > LONGEST_LABEL || self.names_own(head) => Claim::Silent,
            None if UNITS.iter().any(|unit| head.starts_with(unit)) => Claim::Silent,
            // `หน่วยงาน : กรมที่ดิน`, and on a department's own site `กรมที่ดิน` alone.
            None if is_labelled && text.contains("หน่วยงาน") && head.chars().count() > 2 => Claim::Of(()),
            None => {
                let kind = |text: &str| KINDS.iter().find(|kind| text.starts_with(**kind)).copied();
                let own = self.names.first().and_then(|name| kind(name)).filter(|_| self.cores.is_empty());
                // กรมที่ดิน is a name.
                let is_name = |kind: &str| !head.contains(' ') && !goes_on(head[kind.len()..].trim_start_matches("ที่"));
                if own.is_some_and(|own| kind(head) == Some(own) && is_name(own)) { Claim::Of(()) } else { Claim::Silent }
            }
        }
    }

    /// Is this the agency, with nothing behind its name that belongs to another name?
    fn is_own(&self, mention: &Mention, text: &str) -> bool {
        let Some(end) = mention.end(text) else { return self.cores.iter().any(|core| mention.is_followed_by(text, core)) };
        let found = letters(&text[mention.name..end]);
        self.cores.iter().any(|core| found.strip_prefix(core.as_str()).is_some_and(|rest| rest.is_empty() || goes_on(rest)))
    }

    fn is_another(&self, mention: &Mention, text: &str) -> bool {
        mention.is_body() && mention.end(text).is_some() && !self.is_own(mention, text)
    }

    /// Does a text name the agency?
    pub fn names_own(&self, text: &str) -> bool {
        self.names.iter().any(|name| is_whole_name(text, name))
            || mentions(text).iter().any(|mention| mention.is_body() && self.is_own(mention, text))
    }

    /// Whose the row of a cell is, where a short cell says that it is of others.
    pub fn label(&self, text: &str) -> Option<Other> {
        if text.len() > LONGEST_LABEL * 4 || text.chars().count() > LONGEST_LABEL {
            return None;
        }
        self.other(text)
    }

    /// Whose the row of a code is, where the words behind the code, or a cell beside it, say nothing but that. A question may name any year
    /// and any body.
    pub fn row(&self, text: &str) -> Option<Other> {
        if text.len() > LONGEST_LABEL * 4 {
            return None;
        }
        let word = gist(text);
        let bare = ["ผลการประเมิน", "ผลคะแนน", "คะแนน", "ผล", "รอบ"].iter().find_map(|before| word.strip_prefix(before)).unwrap_or(&word);
        let has = |words: &[&str]| words.iter().any(|part| word.contains(part));
        let is_short = word.chars().count() <= LONGEST_LABEL / 2;
        let says = is_of_year(bare) || begins_with_body(text) || (is_short && (has(BEFORE) || has(OF_MANY)));
        if says { self.label(text) } else { None }
    }

    /// Does a text speak of others, or name another year beside the own one?
    pub fn speaks_of_others(&self, text: &str) -> bool {
        self.other(text).is_some() || self.names_another_year(text)
    }

    /// Does a text name another year, whatever else it names?
    pub fn names_another_year(&self, text: &str) -> bool {
        years(text).iter().any(|other| *other != self.year)
    }

    /// Of which other year or body a text speaks, where it does not name the own one too, and compares nothing with it.
    pub fn other(&self, text: &str) -> Option<Other> {
        let word = gist(text);
        let has = |words: &[&str]| words.iter().any(|part| word.contains(part));
        if has(COMPARES) {
            return None;
        }
        let years = years(text);
        if let Some(year) = years.first().filter(|_| !years.contains(&self.year)) {
            return Some(Other::Year(*year));
        }
        if has(BEFORE) {
            return Some(Other::Year(self.year.saturating_sub(1)));
        }
        if self.names.is_empty() || self.names_own(text) {
            return None;
        }
        (has(OF_MANY) || mentions(text).iter().any(|mention| self.is_another(mention, text))).then_some(Other::Body)
    }
}

/// Stands this name in a text, with nothing around it that makes it another?
fn is_whole_name(text: &str, name: &str) -> bool {
    text.match_indices(name).any(|(at, _)| {
        let (before, rest) = (&text[..at], &text[at + name.len()..]);
        let ends = !rest.starts_with(|c: char| thai::is_letter(c)) || goes_on(rest);
        ends && (!before.ends_with(|c: char| thai::is_letter(c))
            || ["ของ", "หน่วยงาน", "ประเมิน", "คะแนน"].iter().any(|word| before.ends_with(word)))
    })
}

/// The letters of a name in one form, without spaces.
fn letters(name: &str) -> String {
    thai::normal(name).chars().filter(|c| !c.is_whitespace() && *c != '\u{200b}').collect()
}

/// Does a text begin with a word for a body?
fn begins_with_body(text: &str) -> bool {
    let start = text.len() - text.trim_start_matches(|c: char| c.is_whitespace() || c == '(').len();
    mentions(text).first().is_some_and(|mention| mention.word.start == start && mention.is_body())
}

/// A text without the number or the letter of a list before it.
fn unnumbered(text: &str) -> &str {
    let text = text.trim_start();
    let rest = text.trim_start_matches(|c: char| digits::is_digit(c) || matches!(c, '.' | ')' | '(' | ' '));
    // A year alone is no number of a list.
    if rest.len() < text.len() && !rest.is_empty() && text[..text.len() - rest.len()].chars().filter(|c| digits::is_digit(*c)).count() < 3 {
        return rest;
    }
    let mut letters = text.chars();
    match (letters.next(), letters.next()) {
        (Some(letter), Some('.' | ')')) if thai::is_letter(letter) && !letters.as_str().starts_with(|c: char| !c.is_whitespace()) => {
            letters.as_str().trim_start()
        }
        _ => text,
    }
}

/// Does a text state points, as `80 คะแนน` and `93.05`?
fn states_points(text: &str) -> bool {
    // `3.2` is the number of a section.
    let is_decimal = |run: &str| run.split_once('.').is_some_and(|(whole, part)| !whole.is_empty() && part.chars().count() == 2);
    if text.split(|c: char| !(digits::is_digit(c) || c == '.')).any(is_decimal) {
        return true;
    }
    text.match_indices("คะแนน").any(|(at, _)| {
        let before = text[..at].trim_end();
        let number = before.chars().rev().take_while(|c| digits::is_digit(*c) || *c == '.').count();
        // Those that begin the text are the number of a section, and four of them are a year.
        if number == before.chars().count() {
            return false;
        }
        (number > 0 && number != 4) || before.trim_end_matches(digits::is_digit).ends_with('.')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heading_tells_whose_the_figures_are() {
        let names = ["องค์การบริหารส่วนตำบลภูพาน อำเภอสีชมพู จังหวัดเลย".to_owned(), "อบต.ภูพาน".to_owned()];
        let edition = Edition::new(2568, &names);
        for text in [
            "2567",
            "ปีงบประมาณ พ.ศ. ๒๕๖๗",
            "ผลการประเมิน ITA ปี 2567",
            "IIT (2567)",
            "ITA ปี ๖๗",
            "คะแนนปีที่แล้ว",
            "ITA ค.ศ. 2024",
            "ITA67",
            "3.2 ผลการประเมิน ปี 2567",
            "๒.๒ คะแนนรายตัวชี้วัด ปี ๒๕๖๗",
            "ภาคผนวก ผลการประเมินปี 2567",
            "ก. ผลคะแนนปี 2567",
            "อบต.ภูพาน ปี 2567",
            "องค์การบริหารส่วนตำบลภูพาน ผลคะแนน ITA ปี 2567",
            "FY67",
            "ประจำปี พ.ศ. 2567",
            "รายงานประจำปี 2567",
            "ข้อมูลปี 2567",
            "ปีงบฯ 2567",
            "ผลการประเมิน ปี 2567 ประกาศเมื่อ 1 ส.ค. 2568",
            "รายงานผลการประเมินคุณธรรมและความโปร่งใสในการดำเนินงานของหน่วยงานภาครัฐ (Integrity and Transparency Assessment : ITA) ประจำปีงบประมาณ พ.ศ. 2567 องค์การบริหารส่วนตำบลภูพาน อำเภอสีชมพู",
        ] {
            assert_eq!(edition.heading(text).year, Claim::Of(2567), "{text}");
        }
        for text in [
            "อบต.สีชมพู",
            "ผลการประเมินของเทศบาลตำบลชนวน",
            "คะแนนเฉลี่ยของจังหวัดเลย",
            "ผลคะแนน ITA ระดับประเทศ",
            "ชื่อหน่วยงาน เทศบาลตำบลชนวน",
            "หน่วยงาน : กรมที่ดิน",
            "เทศบาลตำบลชนวน อำเภอภูพาน จังหวัดเลย",
            "อบต.ภูพานน้อย",
            "ผลการประเมิน ITA เทศบาลตำบลชนวน",
            "ค่าเฉลี่ยจังหวัดขอนแก่น",
            "ภาพรวมระดับประเทศ",
            "1. เทศบาลตำบลสีชมพู",
            "อบจ.ขอนแก่น",
            "มาตรการของเทศบาลตำบลชนวน",
            "แนบท้ายประกาศองค์การบริหารส่วนตำบลสีชมพู",
        ] {
            assert_eq!(edition.heading(text).body, Claim::Of(()), "{text}");
        }
        for text in ["องค์การบริหารส่วนตำบล ภูพาน", "คะแนนของ อบต. ภูพาน จังหวัดเลย", "อบต.ภูพานมีผลคะแนนดีกว่าเทศบาลตำบลชนวน"]
        {
            assert_eq!(edition.heading(text).body, Claim::Own, "{text}");
        }
        for text in ["ผลการประเมิน ปี 2567 และ 2568", "ปี 2568"] {
            assert_eq!(edition.heading(text).year, Claim::Own, "{text}");
        }
        for text in [
            "แผนพัฒนา พ.ศ. 2566",
            "รายงานผลการจัดซื้อจัดจ้าง ปี 2567",
            "ข้อมูล ณ 01/08/2567",
            "อำเภอสีชมพู จังหวัดเลย",
            "ตัวชี้วัดที่ 1",
            "IIT",
            "ประชุมกับ อบต.สีชมพู",
            "อบต. ได้รับผลการประเมิน",
            "ปี 2567 ได้คะแนนโดยรวม 80.25 คะแนน",
            "เพื่อให้เกิดผลประโยชน์สูงสุดต่อประชาชน ตามผลการประเมิน",
            "ตัวชี้วัดที่ได้คะแนนสูงสุด คือ การปฏิบัติหน้าที่",
            "ผลคะแนนสูงกว่าค่าเฉลี่ยระดับประเทศ",
            "ตารางเปรียบเทียบผลการประเมินกับปีที่ผ่านมา",
            "แผนปฏิบัติการป้องกันการทุจริต พ.ศ. 2566 - 2570 (ประเมิน ITA)",
            "IIT เก็บข้อมูลตั้งแต่ 1 พฤศจิกายน 2567",
            "คะแนนเฉลี่ยระดับประเทศ 93.05",
            "หน่วยงาน : กองคลัง",
            "ประกาศ ณ วันที่ 1 สิงหาคม พ.ศ. 2567",
            "ผลการประเมินหน่วยงานภาครัฐทั่วประเทศ",
            "หน่วยงานภาครัฐทั่วประเทศนำผลการประเมินไปใช้ปรับปรุงการบริหารงานให้เป็นไปตามหลักธรรมาภิบาล",
        ] {
            assert_eq!((edition.heading(text).year, edition.heading(text).body), (Claim::Silent, Claim::Silent), "{text}");
        }
        let department = Edition::new(2568, &["กรมป่าไม้".to_owned()]);
        assert_eq!(department.heading("กรมที่ดิน").body, Claim::Of(()));
        assert_eq!(department.heading("กรมป่าไม้").body, Claim::Own);
        assert_eq!(department.heading("กรมการปกครองร่วมกับหน่วยงาน ดังนี้").body, Claim::Silent);
        assert_eq!(Edition::new(2568, &[]).heading("อบต.สีชมพู").body, Claim::Silent);
    }
}
