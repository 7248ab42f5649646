//! Whose figures a table has: of which year, and of which body. Owns when a heading or a row speaks of others than the edition's own.
//! Refuses to guess from long texts: a question may name any year, and a report may name any body.

use super::header::years;
use super::names::gist;
use crate::base::digits;
use crate::base::public_body::{Family, Mention, mentions};

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
    /// Of another year; nothing where it names the own one, or none.
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
    /// The agency's names, and what stands in them behind the word for what it is.
    names: Vec<String>,
}

/// The longest heading, and the longest cell that says whose its row is, in letters.
const LONGEST_HEADING: usize = 120;
const LONGEST_LABEL: usize = 60;

/// Words that a heading over figures has; without one it is a sentence, or the heading of something else.
const OF_RESULTS: &[&str] = &["ผลการประเมิน", "ผลคะแนน", "คะแนน", "ita", "iit", "eit", "oit"];

/// Words of a heading over measures.
const OF_MEASURES: &[&str] = &["มาตรการ", "แผนการ", "แนวทาง"];

/// Words that may stand before the name of the body that a text is about.
const BEFORE_BODY: &[&str] = &["ชื่อหน่วยงาน", "หน่วยงาน", "ของ", "(", ":", "-"];

/// How a heading says that its figures are of many bodies together.
const OF_ALL: &[&str] =
    &["เฉลี่ยประเทศ", "ระดับประเทศ", "ทั้งประเทศ", "ทั่วประเทศ", "ภาพรวมประเทศ", "ภาพรวมระดับประเทศ", "เฉลี่ยจังหวัด", "เฉลี่ยของจังหวัด", "ระดับจังหวัด"];

/// Words for many bodies together, where a figure is a mean of theirs.
const OF_MANY: &[&str] = &[
    "ประเทศ",
    "เฉลี่ยจังหวัด",
    "เฉลี่ยของจังหวัด",
    "เฉลี่ยอำเภอ",
    "เฉลี่ยของอำเภอ",
    "ระดับจังหวัด",
    "ระดับอำเภอ",
    "ภาพรวมจังหวัด",
    "ภาพรวมของจังหวัด",
    "ทั้งจังหวัด",
    "ทั้งอำเภอ",
    "สูงสุด",
    "ต่ำสุด",
    "หน่วยงานอื่น",
    "nationwide",
    "nationalaverage",
    "provincialaverage",
];

/// Words for a year that stands before the edition's.
const BEFORE: &[&str] = &["ปีก่อน", "ปีที่แล้ว", "ปีที่ผ่านมา", "lastyear", "previousyear"];

impl Edition {
    /// The edition of a year, of an agency with these names; without one, no body is another.
    pub fn new(year: u16, names: &[String]) -> Self {
        let mut own: Vec<String> = names.iter().map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()).collect();
        // Without the word for what it is, and without its district and province.
        let core = |name: &String| {
            let of_body = mentions(name).into_iter().find(is_body)?;
            Some(name[of_body.name..of_body.end(name)?].to_owned())
        };
        own.extend(names.iter().filter_map(core).collect::<Vec<_>>());
        Self { year, names: own }
    }

    /// The edition's year.
    pub fn year(&self) -> u16 {
        self.year
    }

    /// The agency's names by their letters.
    pub fn gists(&self) -> impl Iterator<Item = String> {
        self.names.iter().map(|name| gist(name)).filter(|name| !name.is_empty())
    }

    /// What a text that stands above figures says of whose they are. A long text says only whom it is about, by its first words.
    pub fn heading(&self, text: &str) -> Heading {
        let is_short = text.len() <= LONGEST_HEADING * 4 && text.chars().count() <= LONGEST_HEADING;
        let mut heading = Heading { body: self.subject(text), ..Heading::default() };
        if !is_short {
            return heading;
        }
        let word = gist(text);
        let has = |words: &[&str]| words.iter().any(|part| word.contains(part));
        heading.is_of_measures = has(OF_MEASURES);
        let is_of_figures = has(OF_RESULTS);
        if !(is_of_figures || heading.is_of_measures || is_of_year(&word)) {
            return heading;
        }
        let years = years(text);
        heading.year = match years.first() {
            Some(_) if years.contains(&self.year) => Claim::Own,
            // `ปี 2567 ได้ 80 คะแนน` speaks for itself and not for what follows.
            Some(_) if states_points(text) => Claim::Silent,
            Some(year) => Claim::Of(*year),
            None if BEFORE.iter().any(|part| word.contains(part)) && !states_points(text) => Claim::Of(self.year.saturating_sub(1)),
            None => Claim::Silent,
        };
        if is_of_figures && heading.body == Claim::Silent && !self.names.is_empty() {
            let is_of_all = text.chars().count() <= LONGEST_LABEL && has(OF_ALL) && !states_points(text);
            // `ผลการประเมินของเทศบาลตำบลชนวน`
            let is_of = mentions(text).into_iter().find(|mention| is_body(mention) && text[..mention.word.start].ends_with("ของ"));
            heading.body = match is_of {
                _ if self.names_own(text) => Claim::Own,
                Some(mention) if mention.end(text).is_some() => Claim::Of(()),
                _ if is_of_all => Claim::Of(()),
                _ => Claim::Silent,
            };
        }
        heading
    }

    /// Whom a text is about, by its first words.
    fn subject(&self, text: &str) -> Claim<()> {
        let mut start = text.trim_start();
        while let Some(rest) = BEFORE_BODY.iter().find_map(|word| start.strip_prefix(word)) {
            start = rest.trim_start();
        }
        if self.names.is_empty() {
            return Claim::Silent;
        }
        if self.names.iter().any(|name| start.starts_with(name.as_str())) {
            return Claim::Own;
        }
        // No name is longer, and a text may be.
        let head = start.get(..start.char_indices().nth(LONGEST_HEADING).map_or(start.len(), |(at, _)| at)).unwrap_or_default();
        match mentions(head).first().filter(|mention| mention.word.start == 0 && is_body(mention)) {
            Some(mention) if self.names.iter().any(|name| mention.is_followed_by(head, name)) => Claim::Own,
            Some(mention) if mention.end(head).is_some() => Claim::Of(()),
            _ => Claim::Silent,
        }
    }

    /// Whose the row of a cell is, where a short cell says that it is of others.
    pub fn label(&self, text: &str) -> Option<Other> {
        if text.len() > LONGEST_LABEL * 4 || text.chars().count() > LONGEST_LABEL {
            return None;
        }
        self.other(text)
    }

    /// Of which other year or body a text speaks, where it does not name the own one too.
    pub fn other(&self, text: &str) -> Option<Other> {
        let years = years(text);
        if let Some(year) = years.first().filter(|_| !years.contains(&self.year)) {
            return Some(Other::Year(*year));
        }
        if text.is_ascii() && !text.contains(char::is_alphabetic) {
            return None;
        }
        let word = gist(text);
        if BEFORE.iter().any(|part| word.contains(part)) {
            return Some(Other::Year(self.year.saturating_sub(1)));
        }
        if self.names.is_empty() || self.names_own(text) {
            return None;
        }
        let is_other = |mention: &Mention| is_body(mention) && mention.end(text).is_some();
        (OF_MANY.iter().any(|part| word.contains(part)) || mentions(text).iter().any(is_other)).then_some(Other::Body)
    }

    fn names_own(&self, text: &str) -> bool {
        let is_own = |mention: &Mention| self.names.iter().any(|name| mention.is_followed_by(text, name));
        mentions(text).iter().any(is_own) || self.names.iter().any(|name| text.contains(name.as_str()))
    }
}

/// Is a mention that of a body, and not of a place?
fn is_body(mention: &Mention) -> bool {
    !matches!(mention.family, Family::Province | Family::District)
}

/// Does a text state points, as `80 คะแนน`?
fn states_points(text: &str) -> bool {
    text.match_indices("คะแนน").any(|(at, _)| {
        let before = text[..at].trim_end();
        let number = before.chars().rev().take_while(|c| digits::is_digit(*c) || *c == '.').count();
        // Four of them are a year.
        number > 0 && number != 4 || before.trim_end_matches(digits::is_digit).ends_with('.')
    })
}

/// Does a text begin with a word for a body?
pub fn begins_with_body(text: &str) -> bool {
    let start = text.len() - text.trim_start_matches(|c: char| c.is_whitespace() || c == '(').len();
    mentions(text).first().is_some_and(|mention| mention.word.start == start && is_body(mention))
}

/// Does a text name a year and nothing else? Given by its letters.
pub fn is_of_year(word: &str) -> bool {
    let bare: String = word.chars().filter(|c| !c.is_ascii_digit()).collect();
    bare.len() < word.len() && YEAR_WORDS.contains(&bare.as_str())
}

/// What may stand around a year that stands alone.
pub const YEAR_WORDS: &[&str] = &[
    "",
    "ปี",
    "พศ",
    "ปีพศ",
    "ปีงบประมาณ",
    "ปีงบประมาณพศ",
    "ประจำปีงบประมาณพศ",
    "ประจำปี",
    "ประจำปีงบประมาณ",
    "งบประมาณ",
    "fy",
    "fiscalyear",
    "year",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heading_tells_whose_the_figures_are() {
        let names = ["องค์การบริหารส่วนตำบลภูพาน อำเภอสีชมพู จังหวัดเลย".to_owned(), "อบต.ภูพาน".to_owned()];
        let edition = Edition::new(2568, &names);
        for text in ["2567", "ปีงบประมาณ พ.ศ. ๒๕๖๗", "ผลการประเมิน ITA ปี 2567", "IIT (2567)", "ITA ปี ๖๗", "คะแนนปีที่แล้ว", "ITA ค.ศ. 2024"]
        {
            assert_eq!(edition.heading(text).year, Claim::Of(2567), "{text}");
        }
        for text in
            ["อบต.สีชมพู", "ผลการประเมินของเทศบาลตำบลชนวน", "คะแนนเฉลี่ยของจังหวัดเลย", "ผลคะแนน ITA ระดับประเทศ", "ชื่อหน่วยงาน เทศบาลตำบลชนวน"]
        {
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
            "อำเภอสีชมพู จังหวัดเลย",
            "ตัวชี้วัดที่ 1",
            "IIT",
            "ประชุมกับ อบต.สีชมพู",
            "อบต. ได้รับผลการประเมิน",
            "ปี 2567 ได้คะแนนโดยรวม 80.25 คะแนน",
            "เพื่อให้เกิดผลประโยชน์สูงสุดต่อประชาชน ตามผลการประเมิน",
            "ตัวชี้วัดที่ได้คะแนนสูงสุด คือ การปฏิบัติหน้าที่",
            "หน่วยงานภาครัฐทั่วประเทศนำผลการประเมินไปใช้ปรับปรุงการบริหารงานให้เป็นไปตามหลักธรรมาภิบาล",
        ] {
            assert_eq!((edition.heading(text).year, edition.heading(text).body), (Claim::Silent, Claim::Silent), "{text}");
        }
        assert_eq!(Edition::new(2568, &[]).heading("อบต.สีชมพู").body, Claim::Silent);
    }
}
