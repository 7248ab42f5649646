//! Findings: what is wrong with a site, as data. Owns the finding, its place, and the list that a run collects.
//! Refuses to print and to decide what happens next; codes are in `catalogue`, the words in `texts`, the forms in `human`, `json` and `github`.

pub mod catalogue;
pub mod github;
pub mod human;
pub mod json;
mod lessons;
pub mod pile;
pub mod texts;

use std::borrow::Cow;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::base::date::Date;
use crate::base::language::Language;
use crate::base::personal;
use crate::base::public_key::without_secrets;
use crate::base::span::{Lines, Place, Position};

pub use catalogue::{Code, Severity};
pub use pile::Count;

/// A value in a message: the author's own text, or a word of ours that exists in both languages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Param {
    /// The author's text, shown as it stands (cut where it is long).
    Text(String),
    /// A word of ours: Thai, English.
    Word(Cow<'static, str>, Cow<'static, str>),
    /// Something to write into a file just so: never cut where people could write it.
    Line(String),
    /// Names to choose from, shown as long as there is room.
    List(Vec<String>),
    /// The same in both languages: Thai, English.
    Lists(Vec<String>, Vec<String>),
    /// A day, shown as people write it.
    Day(Date),
}

impl From<Date> for Param {
    fn from(day: Date) -> Self {
        Self::Day(day)
    }
}

impl From<Vec<&str>> for Param {
    fn from(list: Vec<&str>) -> Self {
        Self::List(list.into_iter().map(str::to_owned).collect())
    }
}

impl From<Vec<String>> for Param {
    fn from(list: Vec<String>) -> Self {
        Self::List(list)
    }
}

impl From<(Vec<String>, Vec<String>)> for Param {
    fn from((th, en): (Vec<String>, Vec<String>)) -> Self {
        Self::Lists(th, en)
    }
}

impl From<String> for Param {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<&str> for Param {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<(&'static str, &'static str)> for Param {
    fn from((th, en): (&'static str, &'static str)) -> Self {
        Self::Word(Cow::Borrowed(th), Cow::Borrowed(en))
    }
}

/// How many characters of an author's text a message repeats.
const LONGEST_QUOTE: usize = 80;

/// How many characters a line to write may take: more than any that fits an address of a file system.
const LONGEST_WRITTEN: usize = 10_000;

/// How many characters a list of names may take.
const LONGEST_LIST: usize = 300;

impl Param {
    /// The value as a message in `language` shows it: on one line, characters that nobody sees made visible, long texts cut, personal
    /// numbers masked.
    pub fn show(&self, language: Language) -> String {
        match self {
            Self::Word(th, en) => if language == Language::Th { th } else { en }.clone().into_owned(),
            Self::Day(day) => day.long(language),
            Self::List(list) => listed(list),
            Self::Lists(th, en) => listed(if language == Language::Th { th } else { en }),
            Self::Line(text) => {
                let near: String = text.chars().take(LONGEST_WRITTEN).collect();
                personal::masked(&near).chars().map(seen).collect()
            }
            Self::Text(text) => {
                // A number is masked before it is cut in two, and what is long after it need not be looked at.
                let near: String = text.chars().take(LONGEST_QUOTE * 2).collect();
                let mut shown: String = masked(&near).chars().take(LONGEST_QUOTE).map(seen).collect();
                if text.chars().nth(LONGEST_QUOTE).is_some() {
                    shown.push('…');
                }
                shown
            }
        }
    }
}

/// Names one after the other, as long as there is room.
fn listed(list: &[String]) -> String {
    let mut shown = String::new();
    for name in list {
        if shown.chars().count() + name.chars().count() > LONGEST_LIST {
            shown.push_str(" …");
            break;
        }
        if !shown.is_empty() {
            shown.push_str(", ");
        }
        shown.extend(masked(name).chars().map(seen));
    }
    shown
}

/// A text without what no message may repeat: personal numbers are masked, and secret keys. Each byte keeps its place.
pub fn masked(text: &str) -> Cow<'_, str> {
    match without_secrets(text) {
        Cow::Borrowed(text) => personal::masked(text),
        Cow::Owned(text) => Cow::Owned(personal::masked(&text).into_owned()),
    }
}

/// A character as a message shows it. Control characters would move a terminal's cursor, those of writing direction would show a
/// name as another, and those without width hide why a word is not known.
pub fn seen(c: char) -> char {
    let hidden =
        matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{61c}' | '\u{feff}' | '\u{ad}');
    if hidden || c.is_control() { '\u{fffd}' } else { c }
}

/// How many findings are told of one file: enough for anyone to mend in a day, and a bound on hostile files.
pub const MOST_OF_A_FILE: usize = 1_000;

/// One finding.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Finding {
    /// What kind it is.
    pub code: Code,
    /// Which of the code's texts speaks, where it has several.
    pub case: Cow<'static, str>,
    /// What it is about: `2568/e6`, `2568/issue-1`, or the address of a page.
    pub subject: String,
    /// The agency's slug; empty with one agency and for the site's own files.
    pub agency: Arc<str>,
    /// The file that the author edits, and where in it.
    pub place: Place,
    /// Values for the message.
    pub params: Vec<(Cow<'static, str>, Param)>,
    /// Values for machines.
    pub data: Vec<(Cow<'static, str>, serde_json::Value)>,
    /// The reason, where the agency stands by it.
    pub accepted: Option<String>,
    /// Line, column and excerpt, once the text of the file was at hand.
    pub seen: Option<Seen>,
}

/// Where a finding stands as people see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    /// The first character.
    pub start: Position,
    /// One past the last character.
    pub end: Position,
    /// The number of the first line of `window`.
    pub first_line: u32,
    /// The lines around the place, personal numbers masked; empty where the file is.
    pub window: String,
    /// The bytes of `window` that are meant.
    pub hit: std::ops::Range<usize>,
}

impl Finding {
    /// A finding of kind `code` at `place`.
    pub fn new(code: Code, place: Place) -> Self {
        Self {
            code,
            case: Cow::Borrowed(""),
            subject: String::new(),
            agency: Arc::from(""),
            place,
            params: Vec::new(),
            data: Vec::new(),
            accepted: None,
            seen: None,
        }
    }

    /// Chooses one of the code's texts.
    #[must_use]
    pub fn case(mut self, case: &'static str) -> Self {
        self.case = Cow::Borrowed(case);
        self
    }

    /// Says what it is about.
    #[must_use]
    pub fn about(mut self, subject: impl Into<String>) -> Self {
        self.subject = subject.into();
        self
    }

    /// Gives the message a value.
    #[must_use]
    pub fn with(mut self, key: &'static str, value: impl Into<Param>) -> Self {
        self.params.push((Cow::Borrowed(key), value.into()));
        self
    }

    /// Gives machines a value.
    #[must_use]
    pub fn data(mut self, key: &'static str, value: impl Into<serde_json::Value>) -> Self {
        self.data.push((Cow::Borrowed(key), value.into()));
        self
    }

    /// How heavy it is.
    pub fn severity(&self) -> Severity {
        self.code.severity()
    }

    /// What was read and why it is wrong.
    pub fn message(&self, language: Language) -> String {
        self.fill(self.code.texts(&self.case).message(language), language)
    }

    /// Why the agency stands by it, as people are shown it.
    pub fn reason(&self) -> Option<String> {
        self.accepted.as_deref().map(|reason| masked(reason).into_owned())
    }

    /// How to mend it.
    pub fn help(&self, language: Language) -> String {
        self.fill(self.code.texts(&self.case).help(language), language)
    }

    /// Puts values in the place of their `{names}`, and what it is about in the place of `{subject}`; braces that hold no name are text.
    fn fill(&self, template: &str, language: Language) -> String {
        let mut out = String::with_capacity(template.len() + 40);
        let mut rest = template;
        while let Some((before, after)) = rest.split_once('{') {
            out.push_str(before);
            let value = after.split_once('}').and_then(|(key, tail)| {
                let own = self.params.iter().find(|(k, _)| *k == key).map(|(_, value)| value.show(language));
                Some((own.or_else(|| (key == "subject").then(|| self.subject.clone()))?, tail))
            });
            match value {
                Some((value, tail)) => {
                    out.push_str(&value);
                    rest = tail;
                }
                None => {
                    out.push('{');
                    rest = after;
                }
            }
        }
        out.push_str(rest);
        out
    }

    /// Can it be shown? One that was read from a file may tell of a hit outside of its window.
    pub fn is_sound(&self) -> bool {
        self.seen.as_ref().is_none_or(|seen| seen.window.get(seen.hit.clone()).is_some())
    }

    /// Works out line, column and excerpt from the text of the file.
    pub fn look(&mut self, text: &str) {
        self.look_in(&Lines::new(text));
    }

    /// As [`Finding::look`], for a file that many findings stand in.
    pub fn look_in(&mut self, lines: &Lines<'_>) {
        let text = lines.text();
        let bound = |offset: usize, back: bool| {
            let mut at = offset.min(text.len());
            while !text.is_char_boundary(at) {
                if back { at -= 1 } else { at += 1 }
            }
            at
        };
        let is_end = ['\n', '\r'];
        let (start, mut end) = (bound(self.place.span.start as usize, true), bound(self.place.span.end as usize, true));
        // A place that runs over many lines is shown by its first one.
        if let Some(line_end) = text[start..end].find(is_end) {
            end = start + line_end;
        }
        // A line of a megabyte is cut around the place, and not even walked.
        let (first, last) = (bound(start.saturating_sub(LONGEST_LINE), false), bound(start + LONGEST_LINE, false));
        let from = text[first..start].rfind(is_end).map_or(first, |at| first + at + 1);
        let to = text[end.min(last)..last].find(is_end).map_or(last, |at| end.min(last) + at);
        let (hit_start, hit_end) = (start.clamp(from, to), end.clamp(from, to));
        let position = lines.position(start);
        // What says that digits are a person's may stand beside the window.
        let (left, right) = (bound(from.saturating_sub(AROUND), false), bound(to + AROUND, true));
        let shown = masked(&text[left..right]);
        self.seen = Some(Seen {
            start: position,
            end: lines.position(self.place.span.end as usize),
            first_line: position.line,
            window: shown[from - left..to - left].to_owned(),
            hit: hit_start - from..hit_end - from,
        });
    }

    /// Line and column of the first character; 1:1 where the file was not at hand.
    pub fn start(&self) -> Position {
        self.seen.as_ref().map_or(Position { line: 1, column: 1 }, |seen| seen.start)
    }

    /// Line and column one past the last character.
    pub fn end(&self) -> Position {
        self.seen.as_ref().map_or(Position { line: 1, column: 1 }, |seen| seen.end)
    }
}

/// How many bytes of a line an excerpt shows at most.
const LONGEST_LINE: usize = 800;

/// How many bytes beside an excerpt are looked at for what belongs to a number in it.
const AROUND: usize = 240;

/// How many findings there are of each kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Errors.
    pub errors: usize,
    /// Warnings that nobody accepted.
    pub warnings: usize,
    /// Hints.
    pub hints: usize,
    /// Findings that the agency accepted.
    pub accepted: usize,
}

impl Summary {
    /// Counts the findings.
    pub fn of(findings: &[Finding]) -> Self {
        let mut summary = Self::default();
        for finding in findings {
            match (finding.accepted.is_some(), finding.severity()) {
                (true, _) => summary.accepted += 1,
                (false, Severity::Error) => summary.errors += 1,
                (false, Severity::Warning) => summary.warnings += 1,
                (false, Severity::Hint) => summary.hints += 1,
            }
        }
        summary
    }
}

/// Sorts by file and place, then by code, so that a run's list does not depend on who found what first.
pub fn sort(findings: &mut [Finding]) {
    findings.sort_by(|a, b| {
        let key = |f: &Finding| (f.place.clone(), f.code.name(), f.subject.clone());
        key(a).cmp(&key(b))
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    const NUMBER: &str = "1-2345-67890-12-1";

    /// All that is told of a finding, in every form.
    fn told(finding: &Finding) -> String {
        let one = std::slice::from_ref(finding);
        let human = |language| human::render(one, human::Style { language, colour: false, width: None });
        let all = [human(Language::Th), human(Language::En), json::render(one, Language::En), github::render(one, Language::Th)];
        all.join("\n")
    }

    #[test]
    fn no_form_repeats_a_personal_number() {
        let text = format!("ก: ๑\nข: เลข {NUMBER} และ [ลิงก์](x {NUMBER})\n");
        let at = text.find("[").unwrap();
        let place = Place::new(&Arc::from("content/a.md"), crate::base::span::Span::new(at, at + 10));
        let mut finding = Finding::new(Code::LinkBroken, place)
            .about(NUMBER)
            .case("near")
            .with("link", format!("{}{NUMBER}", "ก".repeat(75)))
            .with("nearest", vec![NUMBER])
            .data("found", NUMBER)
            .data("list", vec![NUMBER]);
        finding.accepted = Some(format!("ตาม {NUMBER}"));
        finding.look(&text);
        let told = told(&finding);
        assert!(!told.contains(NUMBER) && !told.contains("2345") && told.contains("1-xxxx-xxxxx-xx-1"), "{told}");
    }

    #[test]
    fn an_excerpt_that_is_cut_through_a_number_masks_its_part() {
        for shift in 0..30 {
            let text = format!("{}{NUMBER}{}\n", "x ".repeat(60), " ก".repeat(400 - shift));
            let at = text.trim_end().len() - 3;
            let mut finding = Finding::new(Code::LinkBroken, Place::new(&Arc::from("content/a.md"), crate::base::span::Span::new(at, at)));
            finding.look(&text);
            let window = finding.seen.unwrap().window;
            assert!(!window.chars().any(|c| matches!(c, '2'..='9')), "{window}");
        }
    }
}
