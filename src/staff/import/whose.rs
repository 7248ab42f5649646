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

/// What a heading says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Heading {
    /// Nothing of this.
    Silent,
    /// That what follows is the edition's own.
    Own,
    /// That it is of others.
    Of(Other),
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
const OF_RESULTS: &[&str] = &["ผล", "คะแนน", "ประเมิน", "ita", "iit", "eit", "oit", "มาตรการ", "ตาราง"];

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
        let behind = |name: &String| mentions(name).into_iter().map(|mention| name[mention.name..].to_owned()).collect::<Vec<_>>();
        own.extend(names.iter().flat_map(behind));
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

    /// What a text that stands above figures says of whose they are.
    pub fn heading(&self, text: &str) -> Heading {
        if text.chars().count() > LONGEST_HEADING {
            return Heading::Silent;
        }
        let word = gist(text);
        let is_bare = is_of_year(&word);
        if !is_bare && !begins_with_body(text) && !OF_RESULTS.iter().any(|part| word.contains(part)) {
            return Heading::Silent;
        }
        match self.other(text) {
            // `ปี 2567 ได้ 80 คะแนน` speaks for itself and not for what follows.
            Some(Other::Year(_)) if states_points(text) => Heading::Silent,
            Some(other) => Heading::Of(other),
            None if years(text).contains(&self.year) || self.names_own(text) => Heading::Own,
            None => Heading::Silent,
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
        let names = ["องค์การบริหารส่วนตำบลภูพาน".to_owned(), "อบต.ภูพาน".to_owned()];
        let edition = Edition::new(2568, &names);
        for text in ["2567", "ปีงบประมาณ พ.ศ. ๒๕๖๗", "ผลการประเมิน ITA ปี 2567", "IIT (2567)", "ITA ปี ๖๗", "คะแนนปีที่แล้ว", "ITA ค.ศ. 2024"]
        {
            assert_eq!(edition.heading(text), Heading::Of(Other::Year(2567)), "{text}");
        }
        for text in ["อบต.สีชมพู", "ผลการประเมินของเทศบาลตำบลชนวน", "คะแนนเฉลี่ยของจังหวัดเลย", "ผลคะแนน ITA ระดับประเทศ"]
        {
            assert_eq!(edition.heading(text), Heading::Of(Other::Body), "{text}");
        }
        for text in ["ผลการประเมิน ปี 2567 และ 2568", "องค์การบริหารส่วนตำบล ภูพาน", "คะแนนของ อบต. ภูพาน จังหวัดเลย", "ปี 2568"]
        {
            assert_eq!(edition.heading(text), Heading::Own, "{text}");
        }
        for text in [
            "แผนพัฒนา พ.ศ. 2566",
            "อำเภอสีชมพู จังหวัดเลย",
            "ตัวชี้วัดที่ 1",
            "IIT",
            "ประชุมกับ อบต.สีชมพู",
            "อบต. ได้รับผลการประเมิน",
            "ปี 2567 ได้คะแนนโดยรวม 80.25 คะแนน",
        ] {
            assert_eq!(edition.heading(text), Heading::Silent, "{text}");
        }
        assert_eq!(Edition::new(2568, &[]).heading("อบต.สีชมพู"), Heading::Silent);
    }
}
