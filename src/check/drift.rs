//! Figures in running text that contradict the data. Owns which number belongs to which name, and when a number may say something else:
//! a count, a threshold, a difference, another year. Where that is not sure, nothing is told: an author is not accused of what another
//! reading allows.

use std::cell::LazyCell;
use std::ops::Range;

use super::authored::{Authored, Text};
use super::figures::Figures;
use super::foreign::Own;
use super::mentions::{Named, Number, Token, TokenKind};
use super::score_words::{
    AGO, BLOCKS, CONNECTORS, LEADS, NEAR_LEADS, allows_after, examination, first, first_of, is_list, is_mark, is_value, lead, points_after,
    years,
};
use crate::base::digits;
use crate::base::exact::Exact;
use crate::base::span::Place;
use crate::finding::{Code, Finding, MOST_OF_A_FILE};
use crate::framework::Figure;
use crate::text::markdown::prose::{CELL, Line, LineKind};

/// All findings about figures in the commentary of editions. Free pages speak of any year, and are not asked.
pub fn findings(authored: &Authored<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut figures: Option<Figures<'_>> = None;
    let agency = Own::of(&authored.model.agency);
    for text in authored.commentaries() {
        let Some(edition) = text.edition.filter(|edition| !edition.edition.assessment.figures.is_empty()) else { continue };
        let prose = &text.commentary.document.prose;
        if !prose.text().contains(digits::is_digit) {
            continue;
        }
        if figures.as_ref().is_none_or(|figures| figures.edition.year != edition.edition.year) {
            figures = Some(Figures::of(&edition.edition));
        }
        let Some(figures) = &figures else { continue };
        let own = edition.issues.iter().find(|(_, issue)| issue.path == text.commentary.path).map(|(number, _)| *number);
        let told = findings.len();
        let agency = agency.as_ref();
        let mut reader =
            Reader { text: &text, figures, agency, own, scores: Vec::new(), is_of_another: false, before: "", was_of_another: false };
        for line in prose.lines() {
            if findings.len() < told + MOST_OF_A_FILE {
                reader.line(line, &mut findings);
            }
        }
        findings.truncate(told + MOST_OF_A_FILE);
    }
    findings
}

struct Reader<'a> {
    text: &'a Text<'a>,
    figures: &'a Figures<'a>,
    /// What the agency is called.
    agency: Option<&'a Own<'a>>,
    /// The issue that the text is about.
    own: Option<u32>,
    /// Which columns of the table that is being read say that they hold scores.
    scores: Vec<bool>,
    /// Does the heading speak of another year?
    is_of_another: bool,
    /// The last paragraph under this heading.
    before: &'a str,
    /// Does the paragraph before the table speak of another year?
    was_of_another: bool,
}

/// Names that stand one after the other with no number between: `ตัวชี้วัดที่ 9 การเปิดเผยข้อมูล (OIT)`.
#[derive(Default)]
struct Group {
    named: Vec<Named>,
    is_exact: bool,
    /// Are they a list, so that what follows is of all of them?
    is_list: bool,
    /// Do words between them compare one with the other?
    is_blocked: bool,
    /// Where the first begins and the last ends.
    start: usize,
    end: usize,
    /// Has a number of it been read, and where that ends?
    number: Option<usize>,
    /// Was that of a part of it?
    has_parts: bool,
}

impl<'a> Reader<'a> {
    fn line(&mut self, line: &Line, findings: &mut Vec<Finding>) {
        let text: &'a Text<'a> = self.text;
        let words = text.commentary.document.prose.line(line);
        match line.kind {
            LineKind::Heading => {
                self.is_of_another = self.names_another_year(words);
                (self.before, self.was_of_another) = ("", false);
            }
            LineKind::Head => {
                let holds_scores = |cell: &str| cell.contains("คะแนน") && self.is_tight(cell);
                // Risks and opinions are counted in points of their own.
                let is_other = ["เสี่ยง", "พึงพอใจ"].iter().any(|word| words.contains(word));
                self.scores = words.split(CELL).map(|cell| !is_other && holds_scores(cell)).collect();
                // Asked once, however many tables follow.
                if !self.before.is_empty() {
                    let before = std::mem::take(&mut self.before);
                    self.was_of_another = self.names_another_year(before);
                }
            }
            LineKind::Text => (self.before, self.was_of_another) = (words, false),
            LineKind::Row => {}
        }
        if self.is_of_another || !words.contains(digits::is_digit) || words.contains("ตามลำดับ") {
            return;
        }
        match line.kind {
            LineKind::Heading | LineKind::Head => {}
            LineKind::Text => self.sentence(line, words, findings),
            LineKind::Row if !self.was_of_another => self.row(line, words, findings),
            LineKind::Row => {}
        }
    }

    /// A paragraph: each number belongs to the names that stand before it, if the words between allow it.
    fn sentence(&self, line: &Line, words: &str, findings: &mut Vec<Finding>) {
        let tokens = self.figures.names.tokens(words, self.own);
        // Most numbers of a text belong to no name, and nothing of this is asked.
        let elsewhere = LazyCell::new(|| self.elsewhere(words));
        let examination = LazyCell::new(|| examination(words));
        let mut group: Option<Group> = None;
        let mut key: Option<(usize, usize)> = None;
        let mut last = 0;
        for (i, token) in tokens.iter().enumerate() {
            match &token.kind {
                TokenKind::Mention { named, is_exact } => {
                    key = None;
                    match group.as_mut().filter(|group| group.number.is_none()) {
                        Some(group) => {
                            let between = &words[group.end..token.range.start];
                            let is_known = group.named.contains(named);
                            group.is_list |= !is_known && is_list(between);
                            group.is_blocked |= !is_known && self.is_blocked(between, BLOCKS);
                            group.is_exact = *is_exact || (is_known && group.is_exact);
                            // A list of many names is none that a number could be told of.
                            group.is_list |= group.named.len() >= MOST_NAMED;
                            if group.named.len() < MOST_NAMED {
                                group.named.push(*named);
                            }
                            group.end = token.range.end;
                        }
                        None => {
                            let range = token.range.clone();
                            let named = vec![*named];
                            group = Some(Group { named, is_exact: *is_exact, start: range.start, end: range.end, ..Group::default() });
                        }
                    }
                }
                TokenKind::Key(part) => key = Some((*part, token.range.start)),
                TokenKind::Other => group = None,
                TokenKind::Number(number) if group.is_none() && number.value.is_some() => key = None,
                TokenKind::Number(number) => {
                    let is_examined = |group: &Group| !group.is_exact && examination.is_some_and(|at| at < group.start);
                    if elsewhere.is_some_and(|at| at < token.range.start) || group.as_ref().is_some_and(is_examined) {
                        group = None;
                    } else if let Some(group) = &mut group {
                        let found = Found { words, token, number, key, before: last, next: tokens.get(i + 1) };
                        findings.extend(self.judge(line, group, &found));
                        group.number = Some(token.range.end);
                        group.has_parts |= key.is_some();
                    } else if number.value.is_none() && is_score(words, &token.range) {
                        findings.push(self.malformed(line, &token.range, words, None));
                    }
                    key = None;
                }
            }
            if !matches!(token.kind, TokenKind::Mention { .. } | TokenKind::Key(_)) {
                last = token.range.end;
            }
        }
    }

    /// A row of a table: one name, and numbers in columns that say that they hold scores.
    fn row(&self, line: &Line, words: &str, findings: &mut Vec<Finding>) {
        if self.names_another(words) {
            return;
        }
        let tokens = self.figures.names.tokens(words, self.own);
        let mut named = tokens.iter().filter_map(|token| match token.kind {
            TokenKind::Mention { named, .. } => Some(named),
            _ => None,
        });
        let Some(one) = named.next().filter(|one| named.all(|other| other == *one)) else { return };
        let mut start = 0;
        let mut rest = tokens.as_slice();
        for (cell, holds_scores) in words.split(CELL).zip(&self.scores) {
            let end = start + cell.len();
            let (inside, after) = rest.split_at(rest.iter().take_while(|token| token.range.start < end).count());
            if *holds_scores && is_figures_alone(cell, start, inside) {
                let mut key = None;
                for token in inside {
                    match &token.kind {
                        TokenKind::Key(part) => key = Some(*part),
                        TokenKind::Number(number) => findings.extend(self.compare(line, token, words, (&[one], number, key.take()))),
                        _ => {}
                    }
                }
            }
            (start, rest) = (end + CELL.len_utf8(), after);
        }
    }

    /// Does a number belong to the names before it, and does it contradict them?
    fn judge(&self, line: &Line, group: &Group, found: &Found<'_>) -> Option<Finding> {
        let Found { words, token, number, key, before, next } = found;
        let range = &token.range;
        if group.is_list || group.is_blocked {
            return None;
        }
        if let Some(end) = group.number {
            // EP 98.43 ES 98.33 เฉลี่ย 98.38 are all of the same name.
            let between = words[end..key.map_or(range.start, |(_, start)| start)].trim_matches(is_mark);
            let goes_on = if key.is_some() {
                matches!(between, "" | "คะแนน" | "และ" | "คะแนน และ")
            } else {
                // Otherwise it may be the mean of all that came before.
                group.has_parts && matches!(between, "เฉลี่ย" | "ค่าเฉลี่ย" | "คะแนนเฉลี่ย")
            };
            return if goes_on { self.compare(line, token, words, (&group.named, number, key.map(|(part, _)| part))) } else { None };
        }
        let end = key.map_or(range.start, |(_, start)| start);
        let between = &words[group.end..end];
        let lead = |phrases: usize| lead(&words[*before..group.start], phrases);
        let is_blocked = self.is_blocked(lead(2), LEADS) || self.is_blocked(lead(1), NEAR_LEADS) || self.is_blocked(between, BLOCKS);
        // Forty of a total of a hundred points.
        let is_hundred = is_total(group) && number.value == Some(Exact::whole(100));
        let is_whole_of = is_hundred && ["ของ", "จาก"].iter().any(|word| words[..group.start].trim_end().ends_with(word));
        if is_blocked
            || is_whole_of
            || self.names_another(lead(2))
            || self.is_of_others(between)
            || self.names_another_year(first(&words[range.end..], AFTER))
        {
            return None;
        }
        let is_scored = key.is_some() || is_value(&words[group.start..range.start]);
        let is_tight = self.is_tight(between);
        let says_points = points_after(words, range.end).is_some();
        let fits = match &number.value {
            None => is_scored || says_points,
            Some(_) if !allows_after(words, range.end, number.decimals) => false,
            Some(_) if is_tight => {
                let directly = number.decimals > 0 && between.trim_matches(is_mark).is_empty();
                let is_sure = group.is_exact || says_points || between.contains("คะแนน") || between.contains("เฉลี่ย") || is_total(group);
                is_sure && (is_scored || directly || says_points)
            }
            // With other words between, the number may be of what these say.
            Some(_) => {
                let is_near = between.len() <= FAR && group.is_exact && number.decimals > 0 && is_scored;
                is_near && (key.is_some() || !self.figures.has(number))
            }
        };
        let is_of_next = || match next.map(|next| &next.kind) {
            Some(TokenKind::Mention { named, .. }) => self.figures.allows(*named, number),
            _ => false,
        };
        if !fits || is_of_next() {
            return None;
        }
        self.compare(line, token, words, (&group.named, number, key.map(|(part, _)| part)))
    }

    /// The finding where a number is none of what the data say of any of the names.
    fn compare(&self, line: &Line, token: &Token, words: &str, what: (&[Named], &Number, Option<usize>)) -> Option<Finding> {
        let (named, number, part) = what;
        let nearest = *named.last()?;
        if number.value.is_none() {
            return Some(self.malformed(line, &token.range, words, Some(nearest)));
        }
        // Of an indicator no part is published, so there is nothing to compare.
        let has_parts = matches!(nearest, Named::Figure(Figure::Question(_) | Figure::Instrument(_)));
        // Opinions are asked for on a scale of five.
        let is_small = number.decimals > 0 && number.value.as_ref().is_some_and(|value| *value <= Exact::whole(5));
        if is_small || (part.is_some() && !has_parts) {
            return None;
        }
        // More than a hundred points is a sum, but of a single question or item it is a slip.
        let is_single =
            matches!(nearest, Named::Figure(Figure::Question(_) | Figure::Item(_))) && points_after(words, token.range.end).is_some();
        let is_possible = is_single || number.value.as_ref().is_some_and(|value| *value <= Exact::whole(100));
        if !is_possible || named.iter().any(|named| self.figures.allows(*named, number)) {
            return None;
        }
        let (code, published) = self.figures.published(nearest, part)?;
        let found = &words[token.range.clone()];
        Some(told(self.finding(line, &token.range, &code), found, code, published))
    }

    fn malformed(&self, line: &Line, range: &Range<usize>, words: &str, named: Option<Named>) -> Finding {
        let found = &words[range.clone()];
        // In the commentary of an issue a number without a name is of that issue.
        let known = named.or(self.own.map(Named::Issue)).and_then(|named| self.figures.published(named, None));
        let Some((code, published)) = known else {
            let finding = self.finding(line, range, "").about(self.text.subject.as_str()).case("malformed");
            return finding
                .with("found", found)
                .data("code", serde_json::Value::Null)
                .data("found", found)
                .data("published", serde_json::Value::Null);
        };
        told(self.finding(line, range, &code).case("malformed-of"), found, code, published)
    }

    fn finding(&self, line: &Line, range: &Range<usize>, code: &str) -> Finding {
        let start = line.range.start;
        let span = self.text.commentary.document.prose.span(start + range.start..start + range.end);
        let place = Place::new(&self.text.commentary.path, span);
        Finding::new(Code::FigureDrift, place).about(format!("{}/{code}", self.figures.edition.year))
    }

    fn names_another(&self, words: &str) -> bool {
        self.agency.is_some_and(|agency| agency.names_another(words))
    }

    /// Do the words after a name say whose figure it is, and is that not the agency?
    fn is_of_others(&self, between: &str) -> bool {
        let Some(whose) = between.trim_start_matches(is_mark).strip_prefix("ของ") else { return false };
        !OWN.iter().any(|own| whose.starts_with(own)) && !self.agency.is_some_and(|agency| agency.begins(whose))
    }

    fn names_another_year(&self, words: &str) -> bool {
        self.elsewhere(words).is_some()
    }

    /// Where a text first speaks of another year: what follows may be of that one.
    fn elsewhere(&self, words: &str) -> Option<usize> {
        let other = years(words).find(|(_, year)| *year != u32::from(self.figures.edition.year)).map(|(at, _)| at);
        first_of(words, AGO).into_iter().chain(other).min()
    }

    fn is_blocked(&self, words: &str, blocks: &[&str]) -> bool {
        // A budget is no "about".
        let plain = words.replace("งบประมาณ", "");
        blocks.iter().any(|block| plain.contains(block)) || self.names_another_year(words)
    }

    /// Do the words say nothing but that a score follows?
    fn is_tight(&self, words: &str) -> bool {
        let year = self.figures.edition.year.to_string();
        let thai_year = digits::to_thai(&year);
        let mut rest = words.trim_matches(is_mark);
        while !rest.is_empty() {
            let word = CONNECTORS.iter().copied().chain([year.as_str(), thai_year.as_str()]).find(|word| rest.starts_with(word));
            let Some(word) = word else { return false };
            rest = rest[word.len()..].trim_start_matches(is_mark);
        }
        true
    }
}

/// A number where it was found.
struct Found<'a> {
    words: &'a str,
    token: &'a Token,
    number: &'a Number,
    /// The key of a part right before it, and where that begins.
    key: Option<(usize, usize)>,
    /// Where the last number before the names ends.
    before: usize,
    next: Option<&'a Token>,
}

/// Whose a figure of the agency may be, in words.
const OWN: [&str; 10] = ["ประเด็น", "หน่วยงาน", "ข้อ", "ตัวชี้วัด", "เครื่องมือ", "แบบ", "ปี", "เรา", "อบต", "เทศบาล"];

/// How many names may stand before a number that is of one of them.
const MOST_NAMED: usize = 4;

/// How many bytes after a number are looked at for what it is: some fifty letters.
const AFTER: usize = 150;

/// How many bytes of other words may stand between a name and its number.
const FAR: usize = 300;

/// Is it the total, in words that mean nothing else?
fn is_total(group: &Group) -> bool {
    group.named.last() == Some(&Named::Figure(Figure::Overall))
}

/// Does a number without a name say that it is a score? Dates and numbers of sections have points too.
fn is_score(words: &str, range: &Range<usize>) -> bool {
    let whole = digits::to_ascii(words[range.clone()].split('.').next().unwrap_or_default()).parse().unwrap_or(0_u32);
    whole > 31 && whole <= 100 && (points_after(words, range.end).is_some() || is_value(&words[..range.start]))
}

/// Is a cell, which begins at `start`, figures and the words for them, and nothing else?
fn is_figures_alone(cell: &str, start: usize, tokens: &[Token]) -> bool {
    let mut rest = String::with_capacity(cell.len());
    let mut at = 0;
    for token in tokens {
        if !matches!(token.kind, TokenKind::Number(_) | TokenKind::Key(_)) {
            return false;
        }
        rest.push_str(&cell[at..token.range.start - start]);
        at = token.range.end - start;
    }
    rest.push_str(&cell[at..]);
    ["คะแนนเฉลี่ย", "คะแนน", "ค่าเฉลี่ย", "เฉลี่ย"].iter().fold(rest, |rest, word| rest.replace(word, "")).trim_matches(is_mark).is_empty()
}

/// Gives a finding what was read and what the data say.
fn told(finding: Finding, found: &str, code: String, published: String) -> Finding {
    let finding = finding.with("name", code.as_str()).with("found", found).with("published", published.as_str());
    finding.with("reference", reference(&code)).data("code", code).data("found", found).data("published", published)
}

/// How the figure is written so that it can't drift.
fn reference(code: &str) -> String {
    match code.strip_prefix("issue-") {
        Some(number) => format!("{{{{ issue_mean({number}) }}}}"),
        None => format!("{{{{ score(\"{code}\") }}}}"),
    }
}
