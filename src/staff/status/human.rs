//! The status for people at a terminal, in lines of at most eighty cells, or as many as a narrower terminal has: there a row of a table
//! stands on lines of its own. Owns the words and the columns.

use super::{Agency, Blocking, Edition, Item, Progress, Status, Unit, word};
use crate::assessment::completeness::Review;
use crate::base::language::Language;
use crate::base::width::{fitted, listed, right, width, wrapped};
use crate::finding::{masked, seen};
use crate::source::disclosures::Status as ItemStatus;

/// How wide a line may be.
const WIDE: usize = 80;

/// No line is narrower than this, however narrow the terminal.
const NARROW: usize = 30;

/// Every agency with its editions; several agencies stand in a table below, where a terminal ends. `width` is how many cells the terminal
/// has, where there is one.
pub fn render(status: &Status, language: Language, width: Option<usize>) -> String {
    let wide = width.unwrap_or(WIDE).clamp(NARROW, WIDE);
    let mut page = Page { language, wide, lines: Vec::new() };
    for agency in &status.agencies {
        page.agency(agency);
    }
    if status.agencies.len() != 1 {
        page.agencies(status);
    }
    let mut text = String::new();
    for line in page.lines.iter().flat_map(|line| wrapped(line.trim_end(), wide)) {
        text.push_str(&line);
        text.push('\n');
    }
    text
}

struct Page {
    language: Language,
    /// How many cells a line has.
    wide: usize,
    lines: Vec<String>,
}

/// A text of an author on one line of a terminal.
fn shown(text: &str) -> String {
    masked(text).chars().map(seen).collect()
}

impl Page {
    fn say(&self, th: &'static str, en: &'static str) -> &'static str {
        if self.language == Language::Th { th } else { en }
    }

    fn line(&mut self, text: impl Into<String>) {
        self.lines.push(text.into());
    }

    /// A line of cells with two spaces between them: each a text and its width, to the right where that is negative.
    fn cells(&mut self, cells: &[(&str, isize)]) {
        let one = |(text, room): &(&str, isize)| {
            let cells = room.unsigned_abs();
            if *room < 0 { right(text, cells) } else { fitted(text, cells) }
        };
        self.line(cells.iter().map(one).collect::<Vec<_>>().join("  "));
    }

    fn agency(&mut self, agency: &Agency) {
        let name = shown(agency.label(self.language));
        let is_headed = agency.errors > 0 || agency.editions.is_empty();
        if is_headed {
            self.line(fitted(&name, self.wide));
        }
        if agency.errors > 0 {
            let errors = agency.errors;
            self.line(match self.language {
                Language::Th => format!("มีข้อผิดพลาด {errors} จุด ต้องแก้ก่อนเผยแพร่ ดูด้วย `prongsai check`"),
                Language::En if errors == 1 => "1 error to mend before it can be published; see `prongsai check`".to_owned(),
                Language::En => format!("{errors} errors to mend before it can be published; see `prongsai check`"),
            });
            for Blocking { path, line, code, message } in &agency.blocking {
                self.line(fitted(&format!("  {}:{line} [{code}]", shown(path)), self.wide));
                self.line(fitted(&format!("    {}", shown(message.get(self.language))), self.wide));
            }
            self.line("");
        }
        for edition in agency.current() {
            self.edition(if is_headed { "" } else { &name }, edition);
        }
        let others: Vec<&Edition> = agency.editions.iter().skip(agency.current().count()).collect();
        for edition in &others {
            let head = self.head("", edition);
            self.line(format!("{}: {}", head, self.sums(&edition.progress)));
        }
        if !others.is_empty() {
            self.line("");
        }
        if agency.editions.is_empty() {
            self.line(self.say("ยังไม่มีปีใดให้แสดง", "there is no edition to show"));
            self.line("");
        }
        if !agency.left_out.is_empty() {
            let names: Vec<String> = agency.left_out.iter().map(|name| shown(name)).collect();
            self.line(self.say("ฉบับร่างที่ไม่ได้นับ (ใช้ --drafts เพื่อรวม):", "drafts left out (--drafts includes them):"));
            for line in listed(&names, self.wide - 2) {
                self.line(format!("  {line}"));
            }
            self.line("");
        }
    }

    fn head(&self, name: &str, edition: &Edition) -> String {
        let year = match self.language {
            Language::Th => format!("ปี {}", edition.year),
            Language::En => format!("fiscal year {}", edition.year),
        };
        let draft = if edition.is_draft { self.say(" (ฉบับร่าง)", " (draft)") } else { "" };
        let room = self.wide - width(&year) - width(draft) - 1;
        let name = fitted(name, room);
        format!("{} {year}{draft}", name.trim_end()).trim_start().to_owned()
    }

    /// How far some items are, in one line.
    fn sums(&self, progress: &Progress) -> String {
        let Progress { counts, elements, met, due, overdue } = progress;
        let (whole, total) = (counts.published, counts.total());
        match self.language {
            Language::Th => format!("ครบ {whole}/{total} รายการ หลักฐาน {met}/{elements} ถึงกำหนด {due} เลยกำหนด {overdue}"),
            Language::En => format!("{whole}/{total} items complete, evidence {met}/{elements}, {due} due, {overdue} overdue"),
        }
    }

    fn edition(&mut self, name: &str, edition: &Edition) {
        let head = self.head(name, edition);
        self.line(head);
        self.line(self.sums(&edition.progress));
        self.line("");
        self.items(edition);
        self.units(edition);
    }

    fn items(&mut self, edition: &Edition) {
        if edition.items.is_empty() {
            return;
        }
        let texts = match self.language {
            Language::Th => ["", "รายการ", "สถานะ", "หลักฐาน", "ลิงก์", "ผู้รับผิดชอบ"],
            Language::En => ["", "item", "status", "evid.", "links", "owner"],
        };
        // On a narrow terminal each row says what it counts.
        if self.wide >= WIDE {
            self.row(texts);
        }
        for item in &edition.items {
            self.item(item);
        }
        self.line("");
    }

    /// A row of the table of items.
    fn row(&mut self, [code, name, status, evidence, links, owner]: [&str; 6]) {
        if self.wide < WIDE {
            self.line(format!("{}  {}", fitted(code, 4), fitted(name, self.wide - 6)));
            let [said, on] = [self.say("หลักฐาน", "evidence"), self.say("ลิงก์", "links")];
            self.line(format!("      {status} {said} {evidence} {on} {links} {owner}"));
            return;
        }
        // The words for a status are longer in English.
        let (words, owners) = if self.language == Language::Th { (10, 16) } else { (14, 12) };
        self.cells(&[(code, 4), (name, 28), (status, words), (evidence, -7), (links, -5), (owner, owners)]);
    }

    fn item(&mut self, item: &Item) {
        let name = shown(item.name.get(self.language));
        let owner = shown(item.owner.as_deref().unwrap_or(""));
        let evidence = if item.elements > 0 { format!("{}/{}", item.met(), item.elements) } else { "–".to_owned() };
        let links = if item.links > 0 { item.links.to_string() } else { "–".to_owned() };
        let status = word(item.status, self.language);
        self.row([&item.code, &name, status, &evidence, &links, &owner]);
        if item.status != ItemStatus::Missing && !item.open.is_empty() {
            self.line(self.say("      ยังไม่มีหลักฐาน:", "      no evidence yet:"));
            for open in &item.open {
                let what = format!("        {}  {}", shown(&open.id), shown(open.text.get(self.language)));
                self.line(fitted(&what, self.wide));
            }
        }
        if let Some((review, by)) = item.review.zip(item.review_by) {
            let by = by.long(self.language);
            self.line(match (review, self.language) {
                (Review::Due, Language::Th) => format!("      ถึงกำหนดทบทวนภายใน {by}"),
                (Review::Overdue, Language::Th) => format!("      เลยกำหนดทบทวน {by}"),
                (Review::Due, Language::En) => format!("      review due by {by}"),
                (Review::Overdue, Language::En) => format!("      review overdue since {by}"),
            });
        }
        if item.is_draft {
            self.line(self.say("      คำอธิบายเป็นฉบับร่าง", "      its commentary is a draft"));
        }
    }

    fn units(&mut self, edition: &Edition) {
        if edition.units.is_empty() {
            return;
        }
        let first = self.say("หน่วยงานผู้รับผิดชอบ", "responsible unit");
        self.counted(first, None);
        for Unit { owner, progress } in &edition.units {
            let owner = owner.as_deref().map(shown);
            let none = self.say("(ไม่ได้ระบุ)", "(none named)");
            self.counted(owner.as_deref().unwrap_or(none), Some(progress));
        }
        self.line("");
    }

    fn agencies(&mut self, status: &Status) {
        let first = self.say("หน่วยงาน", "agency");
        self.counted(first, None);
        for agency in &status.agencies {
            let Some(edition) = agency.latest() else { continue };
            let name = shown(agency.label(self.language));
            self.counted(&name, Some(&edition.progress));
        }
        let count = status.agencies.len();
        self.line(match self.language {
            Language::Th => format!("{count} หน่วยงาน"),
            Language::En => format!("{count} agencies"),
        });
    }

    /// The counts of a row; without any the words for them.
    fn counts_of(&self, progress: Option<&Progress>) -> [String; 6] {
        match progress {
            Some(Progress { counts, elements, met, due, overdue }) => [
                format!("{}/{}", counts.published, counts.total()),
                counts.partial.to_string(),
                counts.missing.to_string(),
                counts.unrecorded.to_string(),
                if *elements > 0 { format!("{met}/{elements}") } else { "–".to_owned() },
                format!("{due}/{overdue}"),
            ],
            None => match self.language {
                Language::Th => ["ครบ", "บางส่วน", "ยังไม่มี", "ไม่ได้บันทึก", "หลักฐาน", "ถึง/เลยกำหนด"],
                Language::En => ["whole", "part", "none", "unrec.", "evid.", "due/overdue"],
            }
            .map(str::to_owned),
        }
    }

    /// A row of counts; without any the head of the table.
    fn counted(&mut self, first: &str, progress: Option<&Progress>) {
        let texts = self.counts_of(progress);
        if self.wide < WIDE {
            self.line(fitted(first, self.wide).trim_end());
            if progress.is_some() {
                let heads = self.counts_of(None);
                let line = heads.iter().zip(&texts).map(|(head, count)| format!("{head} {count}")).collect::<Vec<_>>().join(" ");
                self.line(format!("  {line}"));
            }
            return;
        }
        let mut cells = vec![(first, 25)];
        cells.extend(texts.iter().map(String::as_str).zip([-6, -6, -5, -8, -7, -11]));
        self.cells(&cells);
    }
}
