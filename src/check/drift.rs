//! Figures in running text that contradict the data. Owns which number belongs to which name, and when a number may say something else:
//! a count, a threshold, a difference, another year. Where that is not sure, nothing is told: an author is not accused of what another
//! reading allows.

use std::ops::Range;

use super::authored::{Authored, Text};
use super::mentions::{Named, Names, Number, Token, TokenKind};
use crate::assessment::rollup::Reading;
use crate::base::digits;
use crate::base::exact::Exact;
use crate::base::span::Place;
use crate::finding::{Code, Finding, MOST_OF_A_FILE};
use crate::framework::Figure;
use crate::site::model::EditionModel;
use crate::text::markdown::prose::{CELL, Line, LineKind};

/// All findings about figures in the commentary of editions. Free pages speak of any year, and are not asked.
pub fn findings(authored: &Authored<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut names: Option<(u16, Names<'_>)> = None;
    for text in authored.commentaries() {
        let Some(edition) = text.edition.filter(|edition| !edition.edition.assessment.figures.is_empty()) else { continue };
        let prose = &text.commentary.document.prose;
        if !prose.text().contains(digits::is_digit) {
            continue;
        }
        let year = edition.edition.year;
        if names.as_ref().is_none_or(|(of, _)| *of != year) {
            names = Some((year, Names::of(&edition.edition.pack)));
        }
        let Some((_, names)) = &names else { continue };
        let own = edition.issues.iter().find(|(_, issue)| issue.path == text.commentary.path).map(|(number, _)| *number);
        let told = findings.len();
        let mut reader = Reader { text: &text, edition, names, own, head: Vec::new(), is_of_another: false, was_of_another: false };
        for line in prose.lines() {
            reader.line(line, &mut findings);
        }
        findings.truncate(told + MOST_OF_A_FILE);
    }
    findings
}

struct Reader<'a> {
    text: &'a Text<'a>,
    edition: &'a EditionModel,
    names: &'a Names<'a>,
    own: Option<u32>,
    /// The names of the columns of the table that is being read.
    head: Vec<String>,
    /// Does the heading speak of another year?
    is_of_another: bool,
    /// Does the line before the table?
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
}

impl Reader<'_> {
    fn line(&mut self, line: &Line, findings: &mut Vec<Finding>) {
        let words = self.text.commentary.document.prose.line(line);
        match line.kind {
            LineKind::Heading => {
                self.is_of_another = self.names_another_year(words);
                self.was_of_another = false;
            }
            LineKind::Head => self.head = words.split(CELL).map(str::to_owned).collect(),
            LineKind::Text => self.was_of_another = self.names_another_year(words),
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
        let tokens = self.names.tokens(words, self.own);
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
                            group.named.push(*named);
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
                TokenKind::Number(number) => {
                    if let Some(group) = &mut group {
                        let found = Found { words, token, number, key, before: last, next: tokens.get(i + 1) };
                        findings.extend(self.judge(line, group, &found));
                        group.number = Some(token.range.end);
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
        let tokens = self.names.tokens(words, self.own);
        let mut named: Vec<Named> = Vec::new();
        for token in &tokens {
            if let TokenKind::Mention { named: one, .. } = &token.kind
                && !named.contains(one)
            {
                named.push(*one);
            }
        }
        let [one] = named.as_slice() else { return };
        let mut start = 0;
        for (column, cell) in words.split(CELL).enumerate() {
            let range = start..start + cell.len();
            start = range.end + CELL.len_utf8();
            let holds_scores = self.head.get(column).is_some_and(|head| head.contains("คะแนน") && !self.is_blocked(head, BLOCKS));
            if !holds_scores || !is_figures_alone(cell, &tokens, &range) {
                continue;
            }
            let mut key = None;
            for token in tokens.iter().filter(|token| range.contains(&token.range.start)) {
                match &token.kind {
                    TokenKind::Key(part) => key = Some(*part),
                    TokenKind::Number(number) => {
                        findings.extend(self.compare(line, token, words, (&[*one], number, key.take())));
                    }
                    _ => {}
                }
            }
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
                matches!(between, "เฉลี่ย" | "ค่าเฉลี่ย" | "คะแนนเฉลี่ย")
            };
            return if goes_on { self.compare(line, token, words, (&group.named, number, key.map(|(part, _)| part))) } else { None };
        }
        let end = key.map_or(range.start, |(_, start)| start);
        let between = &words[group.end..end];
        let lead = |phrases: usize| lead(&words[*before..group.start], phrases);
        if self.is_blocked(lead(2), LEADS)
            || self.is_blocked(lead(1), NEAR_LEADS)
            || self.is_blocked(between, BLOCKS)
            || self.is_elsewhere(words, range)
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
                is_near && (key.is_some() || !self.is_any_figure(number))
            }
        };
        let is_of_next = || match next.map(|next| &next.kind) {
            Some(TokenKind::Mention { named, .. }) => self.allows(*named, number),
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
        // More than a hundred points is a sum, but of a single question or item it is a slip.
        let is_single =
            matches!(nearest, Named::Figure(Figure::Question(_) | Figure::Item(_))) && points_after(words, token.range.end).is_some();
        let is_possible = is_single || number.value.as_ref().is_some_and(|value| *value <= Exact::whole(100));
        if !is_possible || named.iter().any(|named| self.allows(*named, number)) {
            return None;
        }
        let (code, published) = self.published(nearest, part)?;
        let found = &words[token.range.clone()];
        Some(self.finding(line, &token.range, &code).with("name", code.as_str()).with("found", found).with("published", published.as_str()))
            .map(|finding| finding.with("reference", reference(&code)).data("code", code).data("found", found).data("published", published))
    }

    fn malformed(&self, line: &Line, range: &Range<usize>, words: &str, named: Option<Named>) -> Finding {
        let found = &words[range.clone()];
        // In the commentary of an issue a number without a name is of that issue.
        let known = named.or(self.own.map(Named::Issue)).and_then(|named| self.published(named, None));
        let Some((code, published)) = known else {
            let finding = self.finding(line, range, "").about(self.text.subject.as_str()).case("malformed");
            return finding
                .with("found", found)
                .data("code", serde_json::Value::Null)
                .data("found", found)
                .data("published", serde_json::Value::Null);
        };
        let finding = self.finding(line, range, &code).case("malformed-of");
        let finding = finding.with("found", found).with("name", code.as_str()).with("published", published.as_str());
        finding.with("reference", reference(&code)).data("code", code).data("found", found).data("published", published)
    }

    fn finding(&self, line: &Line, range: &Range<usize>, code: &str) -> Finding {
        let start = line.range.start;
        let span = self.text.commentary.document.prose.span(start + range.start..start + range.end);
        let place = Place::new(&self.text.commentary.path, span);
        Finding::new(Code::FigureDrift, place).about(format!("{}/{code}", self.edition.edition.year))
    }

    /// The code of what is named, and the figure that the data have for it.
    fn published(&self, named: Named, part: Option<usize>) -> Option<(String, String)> {
        let edition = &self.edition.edition;
        match named {
            Named::Issue(number) => {
                let mean = edition.issue_mean(edition.pack.issue(number)?)?;
                Some((format!("issue-{number}"), mean.fixed(2)))
            }
            Named::Figure(figure) => {
                let of_part = part.and_then(|part| match figure {
                    Figure::Question(question) => edition.published(Figure::QuestionPart(question, part)),
                    Figure::Instrument(instrument) => edition.published(Figure::Part(instrument, part)),
                    _ => None,
                });
                let published = of_part.or_else(|| edition.published(figure))?;
                Some((edition.pack.code(figure), published.text.clone()))
            }
        }
    }

    /// May a number stand for what is named? Any rounding of what is published or follows from it is fine, and so is the figure of a part.
    fn allows(&self, named: Named, number: &Number) -> bool {
        let edition = &self.edition.edition;
        let rollup = edition.rollup();
        let fits = |value: &Exact| stands_for(number, value);
        match named {
            Named::Issue(of) => edition.pack.issue(of).is_none_or(|issue| {
                let members = || issue.members.iter().filter_map(|code| edition.pack.member(*code));
                let is_item = |figure: &Figure| matches!(figure, Figure::Item(_));
                let means = [
                    edition.issue_mean(issue),
                    edition.mean_of(members().filter(is_item)),
                    edition.mean_of(members().filter(|figure| !is_item(figure))),
                ];
                means.iter().flatten().any(fits) || members().any(|figure| edition.published(figure).is_some_and(|one| fits(&one.value)))
            }),
            Named::Figure(figure) => {
                let parts = match figure {
                    Figure::Question(question) => {
                        (0..edition.pack.parts_of(question).len()).map(|part| Figure::QuestionPart(question, part)).collect()
                    }
                    Figure::Instrument(instrument) => {
                        (0..edition.pack.instruments[instrument].parts.len()).map(|part| Figure::Part(instrument, part)).collect()
                    }
                    _ => Vec::new(),
                };
                let printed = parts.into_iter().chain([figure]).filter_map(|figure| edition.published(figure)).any(|one| fits(&one.value));
                let derived = [Reading::Nearest, Reading::Deepest].into_iter().filter_map(|reading| rollup.derived(figure, reading));
                printed || rollup.published(figure).is_some_and(|value| fits(&value)) || derived.into_iter().any(|band| fits(&band.point))
            }
        }
    }

    /// Is it any of the published figures?
    fn is_any_figure(&self, number: &Number) -> bool {
        self.edition.edition.assessment.figures.values().any(|published| stands_for(number, &published.value))
    }

    fn names_another_year(&self, words: &str) -> bool {
        AGO.iter().any(|word| words.contains(word)) || years(words).any(|year| year != u32::from(self.edition.edition.year))
    }

    /// Is a number of another year: one that the text before it names, or the words right after?
    fn is_elsewhere(&self, words: &str, range: &Range<usize>) -> bool {
        self.names_another_year(&words[..range.start]) || self.names_another_year(first(&words[range.end..], AFTER))
    }

    fn is_blocked(&self, words: &str, blocks: &[&str]) -> bool {
        // A budget is no "about".
        let plain = words.replace("งบประมาณ", "");
        blocks.iter().any(|block| plain.contains(block)) || self.names_another_year(words)
    }

    /// Do the words say nothing but that a score follows?
    fn is_tight(&self, words: &str) -> bool {
        let year = self.edition.edition.year.to_string();
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

/// How many bytes after a number are looked at for what it is: some fifty letters.
const AFTER: usize = 150;

/// How many bytes of other words may stand between a name and its number.
const FAR: usize = 300;

/// Signs between words that say nothing.
fn is_mark(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, '(' | ')' | '[' | ']' | '"' | '\'' | '“' | '”' | '‘' | '’' | ':' | '=' | '*' | ',' | '|' | '\u{200b}')
        || matches!(c, '-' | '\u{2013}' | '\u{2014}')
}

/// Words that say that a score follows. Where one is the beginning of another, the longer comes first.
const CONNECTORS: &[&str] = &[
    "ได้รับ",
    "ได้",
    "คะแนนเฉลี่ย",
    "คะแนน",
    "ค่าเฉลี่ย",
    "ค่า",
    "เฉลี่ย",
    "เท่ากับ",
    "อยู่ที่",
    "อยู่",
    "ที่",
    "คือ",
    "เป็น",
    "มี",
    "ผลการประเมิน",
    "ผล",
    "ของประเด็นนี้",
    "ของประเด็น",
    "ของหน่วยงาน",
    "หน่วยงาน",
    "ประจำปีงบประมาณ",
    "ปีงบประมาณ",
    "ประจำปี",
    "ในปี",
    "ปี",
    "พ.ศ.",
    "พ. ศ.",
    "พ . ศ .",
    "พบว่า",
    "ว่า",
    "จึง",
    "นั้น",
    "นี้",
    "ไว้",
    "ประกาศ",
    "พิมพ์",
    "แสดง",
    "ตามรายงาน",
    "รายงาน",
    "โดยรวม",
    "ในภาพรวม",
    "ภาพรวม",
    "รวม",
    "เพียง",
    "สรุป",
    "ซึ่ง",
    "โดย",
    "ITA",
    "ข้อ",
];

/// Words after which a number is a score.
const VALUES: &[&str] = &["ได้", "ได้รับ", "คะแนน", "เท่ากับ", "อยู่ที่", "คือ", "เป็น", "เฉลี่ย", "ไว้", "คะแนนรวม", "โดยรวม", "ภาพรวม"];

/// Words between a name and a number with which the number is something else.
const BLOCKS: &[&str] = &[
    "เกณฑ์",
    "เต็ม",
    "กว่า",
    "เกิน",
    "ไม่ต่ำ",
    "ไม่น้อย",
    "ไม่ถึง",
    "อย่างน้อย",
    "ขั้นต่ำ",
    "เพิ่ม",
    "ลด",
    "ต่าง",
    "ห่าง",
    "ขาด",
    "เกือบ",
    "ประมาณ",
    "ราว",
    "จาก",
    "ถึง",
    "เป้า",
    "คาด",
    "ควร",
    "ต้อง",
    "หาก",
    "ถ้า",
    "น้ำหนัก",
    "ร้อยละ",
    "สัดส่วน",
    "ประเทศ",
    "จังหวัด",
    "อำเภอ",
    "ระหว่าง",
    "ช่วง",
    "ทุก",
    "ทั้ง",
    "แต่ละ",
    "บาง",
    "อื่น",
    "จำนวน",
    "ผู้ตอบ",
    "บาท",
    "วันที่",
    "เดือน",
    "ครั้งที่",
    "ตารางที่",
    "ภาพที่",
    "อันดับ",
    "ลำดับ",
    "เทียบ",
    "รองลงมา",
    " ส่วน",
    "ขณะที่",
    "แต่",
    "%",
    "<",
    ">",
];

/// Words in the two phrases before a name with which the number after it is something else.
const LEADS: &[&str] = &[
    "กว่า",
    "เกณฑ์",
    "ขั้นต่ำ",
    "ผลต่าง",
    "ส่วนต่าง",
    "เป้า",
    "คาด",
    "น้ำหนัก",
    "ร้อยละ",
    "สัดส่วน",
    "ประเทศ",
    "จังหวัด",
    "อำเภอ",
    "หน่วยงานอื่น",
    "จำนวน",
    "ผู้ตอบ",
    "หาก",
    "ถ้า",
    "ควรให้",
    "ควรทำ",
    "ต้องให้",
    "ต้องทำ",
    "เพื่อให้",
    "ไม่ใช่",
];

/// Words in the phrase of a name itself with which the number after it is something else.
const NEAR_LEADS: &[&str] = &["เต็ม", "ต่าง", "สูงสุด", "ต่ำสุด"];

/// Words for another time than the edition's.
const AGO: &[&str] = &["ปีก่อน", "ปีที่แล้ว", "ปีที่ผ่านมา", "ปีกลาย", "ปีหน้า", "ครั้งก่อน", "เดิม"];

/// What a number with decimals counts where it is no score.
const UNITS: &[&str] = &[
    "บาท",
    "ล้าน",
    "พัน",
    "หมื่น",
    "แสน",
    "%",
    "เปอร์เซ็นต์",
    "คน",
    "ราย",
    "ข้อ",
    "ประเด็น",
    "ครั้ง",
    "เรื่อง",
    "โครงการ",
    "กิจกรรม",
    "วัน",
    "เดือน",
    "ปี",
    "ชั่วโมง",
    "นาที",
    "แห่ง",
    "หน่วยงาน",
    "ตัว",
    "ฉบับ",
    "ชุด",
    "หน้า",
    "เล่ม",
    "ขั้น",
    "ช่อง",
    "ระดับ",
    "ด้าน",
    "หมู่",
    "ครัวเรือน",
    "กิโล",
    "เมตร",
    "ตาราง",
    "ไร่",
    "เท่า",
    "อันดับ",
    "ขึ้นไป",
    "ถึง",
    "จุด",
    "น.",
    "/",
    "–",
    "-",
    "ต่อ",
];

/// What may follow a score without decimals.
const ENDS: &[&str] = &["และ", "ซึ่ง", "แต่", "อยู่", "โดย", "จึง", "ต่ำ", "สูง", ")", "]", ",", ";", "”", "\"", "|", "."];

/// Is what stands between two names what stands in a list? A name in brackets explains the one before it.
fn is_list(between: &str) -> bool {
    let is_sign = |c: char| matches!(c, ',' | '-' | '\u{2013}' | '\u{2014}' | '/');
    let rest = between.trim_matches(|c: char| c.is_whitespace() || c == '\u{200b}' || is_sign(c));
    matches!(rest, "และ" | "และข้อ" | "และตัวชี้วัด" | "ถึง" | "ถึงข้อ" | "กับ" | "กับข้อ" | "หรือ")
        || (matches!(rest, "" | "ข้อ") && between.contains(is_sign))
}

/// The last phrases before a name, which end at spaces.
fn lead(before: &str, phrases: usize) -> &str {
    let start = before.trim_end().rmatch_indices(' ').map(|(at, _)| at).nth(phrases - 1);
    &before[start.unwrap_or(0)..]
}

/// Do the words end with one after which a score stands?
fn is_value(words: &str) -> bool {
    let words = words.trim_end_matches(is_mark);
    VALUES.iter().any(|value| words.ends_with(value))
}

/// Is it the total, in words that mean nothing else?
fn is_total(group: &Group) -> bool {
    group.named.last() == Some(&Named::Figure(Figure::Overall))
}

/// What follows the word for points right after a number; `None` where that word does not stand there.
fn points_after(words: &str, at: usize) -> Option<&str> {
    words[at..].trim_start_matches(is_mark).strip_prefix("คะแนน")
}

/// May a score stand before these words?
fn allows_after(words: &str, at: usize, decimals: u32) -> bool {
    if let Some(rest) = points_after(words, at) {
        let near = first(rest, 60);
        return !["ขึ้นไป", "ถึง", "เต็ม", "ทุก", "ทั้ง"].iter().any(|word| near.trim_start_matches(is_mark).starts_with(word))
            && !near.contains("ทุกข้อ");
    }
    let rest = words[at..].trim_start_matches([' ', '\u{200b}', '\u{a0}', '*']);
    if first(rest, 60).contains("ทุก") {
        return false;
    }
    if decimals > 0 {
        return !UNITS.iter().any(|unit| rest.starts_with(unit));
    }
    rest.is_empty() || ENDS.iter().any(|end| rest.starts_with(end))
}

/// The first bytes of a text, of whole characters.
fn first(text: &str, most: usize) -> &str {
    let mut to = most.min(text.len());
    while !text.is_char_boundary(to) {
        to -= 1;
    }
    &text[..to]
}

/// Does a number without a name say that it is a score? Dates and numbers of sections have points too.
fn is_score(words: &str, range: &Range<usize>) -> bool {
    let whole = digits::to_ascii(words[range.clone()].split('.').next().unwrap_or_default()).parse().unwrap_or(0_u32);
    whole > 31 && whole <= 100 && (points_after(words, range.end).is_some() || is_value(&words[..range.start]))
}

/// Is a cell figures and the words for them, and nothing else?
fn is_figures_alone(cell: &str, tokens: &[Token], range: &Range<usize>) -> bool {
    let mut rest = String::with_capacity(cell.len());
    let mut at = 0;
    for token in tokens.iter().filter(|token| range.contains(&token.range.start)) {
        if !matches!(token.kind, TokenKind::Number(_) | TokenKind::Key(_)) {
            return false;
        }
        let (start, end) = (token.range.start - range.start, (token.range.end - range.start).min(cell.len()));
        rest.push_str(&cell[at..start]);
        at = end;
    }
    rest.push_str(&cell[at..]);
    ["คะแนนเฉลี่ย", "คะแนน", "ค่าเฉลี่ย", "เฉลี่ย"].iter().fold(rest, |rest, word| rest.replace(word, "")).trim_matches(is_mark).is_empty()
}

/// May the digits that are written stand for a value: it, its rounding, or the value cut after them?
fn stands_for(number: &Number, value: &Exact) -> bool {
    let Some(written) = &number.value else { return false };
    let unit = Exact::decimal(1, number.decimals.min(18));
    let gap = value - written;
    let half = &unit / &Exact::whole(2);
    &gap + &half >= Exact::whole(0) && gap < unit
}

/// The years of the Buddhist era that a text names.
fn years(words: &str) -> impl Iterator<Item = u32> + '_ {
    words.split(|c: char| !digits::is_digit(c)).filter(|run| run.chars().count() == 4).filter_map(|run| {
        let year: u32 = digits::to_ascii(run).parse().ok()?;
        (2400..2700).contains(&year).then_some(year)
    })
}

/// How the figure is written so that it can't drift.
fn reference(code: &str) -> String {
    match code.strip_prefix("issue-") {
        Some(number) => format!("{{{{ issue_mean({number}) }}}}"),
        None => format!("{{{{ score(\"{code}\") }}}}"),
    }
}
