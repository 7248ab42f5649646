//! The staff page of the preview: what to mend, what is due, how complete the records are, and what the last build did. Owns its HTML and
//! words, in both languages. Refuses to count: the figures are those of the status, the stock and the findings.

use std::fmt::Write as _;

use super::editor;
use super::stock::{Done, Findings, Sizes};
use super::target::address;
use crate::assessment::completeness::Review;
use crate::base::date::Date;
use crate::base::language::{Language, Name};
use crate::base::thai;
use crate::finding::{Code, Finding, Severity, json, seen};
use crate::render::theme;
use crate::staff::status::{self, Agency, Edition, Item, Progress, Status};
use crate::text::html::escape;

/// How many findings, and how many items that are due, are shown of a kind; the rest are counted.
const MOST: usize = 100;

/// What the page is made of.
pub struct Board<'a> {
    /// How complete the records are; `None` before they were read.
    pub status: Option<Status>,
    /// What was found.
    pub findings: Findings,
    /// What the last build did.
    pub done: Done,
    /// How large the site is.
    pub sizes: Sizes,
    /// The absolute path of the site folder, for editors; empty where the reader may sit at another machine.
    pub site: &'a str,
    /// The language of the run.
    pub language: Language,
}

/// The style of the page: that of the built-in theme, which is there whatever the site's own is like, and a little more.
pub fn style() -> String {
    format!("{}{}", theme::built_in("style.css").unwrap_or_default(), include_str!("status.css"))
}

impl Board<'_> {
    /// The page of the whole site; with one agency, of it.
    pub fn page(&self) -> String {
        let agencies = self.status.as_ref().map_or(&[][..], |status| &status.agencies);
        match agencies {
            [one] => self.of_agency(one),
            many => self.of_site(many),
        }
    }

    /// The page of one of several agencies.
    pub fn agency_page(&self, slug: &str) -> Option<String> {
        self.status.as_ref()?.agency(slug).map(|agency| self.of_agency(agency))
    }

    /// All of it for programs: the object of `prongsai status`, the findings as `check` tells them, and what belongs to the preview.
    pub fn json(&self) -> String {
        let mut object = self.status.as_ref().map_or_else(|| serde_json::json!({}), status::json::object);
        let largest: Vec<_> = self.sizes.largest.iter().map(|(path, bytes)| serde_json::json!({"path": path, "bytes": bytes})).collect();
        let more = serde_json::json!({
            "trouble": self.trouble(),
            "build": {"units": self.units_done(), "milliseconds": u64::try_from(self.done.took.as_millis()).unwrap_or(u64::MAX)},
            "sizes": {"files": self.sizes.files, "bytes": self.sizes.bytes, "pages": self.sizes.pages, "largest_pages": largest},
        });
        let found = json::object(&self.findings.all, self.language);
        if let (Some(object), Some(more), Some(found)) = (object.as_object_mut(), more.as_object(), found.as_object()) {
            object.extend(found.clone());
            object.extend(more.clone());
        }
        format!("{object:#}\n")
    }

    pub(super) fn say(&self, th: &'static str, en: &'static str) -> &'static str {
        if self.language == Language::Th { th } else { en }
    }

    fn trouble(&self) -> Option<&str> {
        self.findings.trouble.as_ref().map(|(th, en)| if self.language == Language::Th { th.as_str() } else { en.as_str() })
    }

    /// A text of an author as HTML; what is Thai on an English page says so.
    pub(super) fn text(&self, text: &str) -> String {
        let shown = escape(&text.chars().map(seen).collect::<String>());
        if self.language == Language::En && text.chars().any(thai::is_letter) { format!("<span lang=\"th\">{shown}</span>") } else { shown }
    }

    pub(super) fn name(&self, name: &Name) -> String {
        self.text(name.get(self.language))
    }

    pub(super) fn day(&self, day: Date) -> String {
        format!("<time datetime=\"{day}\">{}</time>", day.short(self.language))
    }

    fn of_agency(&self, agency: &Agency) -> String {
        let is_own = |finding: &&Finding| agency.slug.is_empty() || *finding.agency == *agency.slug;
        let findings: Vec<&Finding> = self.findings.all.iter().filter(is_own).collect();
        let progress = agency.latest().map(|edition| edition.progress).unwrap_or_default();
        let mut main = self.head(&findings, agency.left_out.as_slice());
        let due = agency.due();
        main.push_str(&self.stats(&findings, &progress, due.len()));
        main.push_str(&self.errors(&findings));
        main.push_str(&self.due(&due.into_iter().map(|(year, item)| (None, year, item)).collect::<Vec<_>>()));
        main.push_str(&self.warnings(&findings));
        for edition in agency.current() {
            main.push_str(&self.units(edition));
            main.push_str(&self.items(edition));
        }
        main.push_str(&self.editions(agency));
        main.push_str(&self.begin(agency));
        main.push_str(&self.build());
        let up = if agency.slug.is_empty() { "" } else { "<a href=\"/_status\">" };
        let label = self.text(agency.label(self.language));
        self.frame(&label, up, &main)
    }

    fn of_site(&self, agencies: &[Agency]) -> String {
        let findings: Vec<&Finding> = self.findings.all.iter().collect();
        let mut progress = Progress::default();
        for edition in agencies.iter().filter_map(Agency::latest) {
            progress += edition.progress;
        }
        let mut due: Vec<_> =
            agencies.iter().flat_map(|agency| agency.due().into_iter().map(move |(year, item)| (Some(agency), year, item))).collect();
        due.sort_by_key(|(_, _, item)| item.review_by);
        let mut main = self.head(&findings, &[]);
        main.push_str(&self.stats(&findings, &progress, due.len()));
        main.push_str(&self.errors(&findings));
        main.push_str(&self.agencies(agencies));
        main.push_str(&self.due(&due));
        main.push_str(&self.warnings(&findings));
        main.push_str(&self.build());
        self.frame(self.say("ทั้งเว็บไซต์", "The whole site"), "", &main)
    }

    /// The page around it.
    fn frame(&self, label: &str, up: &str, main: &str) -> String {
        let (lang, title) = (self.language.code(), self.say("สถานะงาน", "Status"));
        let about = self.say("ตัวอย่างก่อนเผยแพร่", "preview, not published");
        let (skip, look) = (self.say("ข้ามไปที่เนื้อหา", "Skip to the content"), self.say("ดูเว็บไซต์", "See the site"));
        let entries: String = [
            ("#errors", self.say("สิ่งที่พบ", "Findings")),
            ("#build", self.say("การสร้างครั้งล่าสุด", "Last build")),
            ("/", look),
            ("/_status.json", "JSON"),
        ]
        .iter()
        .map(|(to, text)| format!("<li><a href=\"{to}\">{text}</a></li>"))
        .collect();
        let up = if up.is_empty() {
            String::new()
        } else {
            format!("<li>{up}{}</a></li>", self.say("ทุกหน่วยงาน", "All agencies"))
        };
        format!(
            "<!doctype html>\n<html lang=\"{lang}\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light dark\">\n\
             <title>{title}</title>\n<link rel=\"icon\" href=\"data:,\">\n<link rel=\"stylesheet\" href=\"/_status.css\">\n</head>\n<body>\n\
             <a class=\"skip\" href=\"#main\">{skip}</a>\n<header class=\"mast\">\n<svg class=\"sprite\" aria-hidden=\"true\">{}{SIGNS}</svg>\n\
             <p><b>{label}</b> <span>{about}</span></p>\n<nav aria-label=\"{title}\"><ul>{up}{entries}</ul></nav>\n</header>\n\
             <main id=\"main\">\n{main}</main>\n</body>\n</html>\n",
            theme::built_in("symbols.html").unwrap_or_default(),
        )
    }

    fn head(&self, findings: &[&Finding], left_out: &[String]) -> String {
        let errors = of(findings, Severity::Error).len();
        let title = match (self.findings.trouble.is_some(), errors, self.findings.has_errors, self.language) {
            (true, ..) => self.say("อ่านไฟล์ของเว็บไซต์ไม่ได้", "The files of the site can't be read").to_owned(),
            (_, 0, false, _) => self.say("เผยแพร่ได้", "It can be published").to_owned(),
            (_, 0, true, _) => self.say("หน่วยงานอื่นมีจุดที่ต้องแก้ก่อนเผยแพร่", "Another agency has errors to mend first").to_owned(),
            (_, _, _, Language::Th) => format!("แก้ {errors} จุดแล้วจึงเผยแพร่ได้"),
            (_, 1, _, Language::En) => "Mend 1 error, then it can be published".to_owned(),
            (_, _, _, Language::En) => format!("Mend {errors} errors, then it can be published"),
        };
        let mut out = format!("<div class=\"head\">\n<h1>{title}</h1>\n");
        if let Some(trouble) = self.trouble() {
            let _ = writeln!(out, "<p class=\"lead\">{}</p>", self.text(trouble));
        } else if self.findings.has_errors {
            let about = self.say(
                "เว็บไซต์ที่เผยแพร่อยู่ยังเป็นฉบับเดิม ตัวอย่างนี้แสดงแต่ละหน้าตามที่สร้างได้ครั้งล่าสุด",
                "What is published stays as it is. The preview shows each page as it was last built.",
            );
            let _ = writeln!(out, "<p class=\"lead\">{about}</p>");
        }
        if !left_out.is_empty() {
            let names: Vec<String> = left_out.iter().map(|name| format!("<code>{}</code>", self.text(name))).collect();
            let label = self.say(
                "ฉบับร่างที่ไม่ได้แสดง เปิดตัวอย่างด้วย --drafts เพื่อดู:",
                "Drafts that are not shown; start the preview with --drafts to see them:",
            );
            let _ = writeln!(out, "<p class=\"sample\">{label} {}</p>", names.join(" "));
        }
        out.push_str("</div>\n");
        out
    }

    fn stats(&self, findings: &[&Finding], progress: &Progress, due: usize) -> String {
        let (total, elements) = (progress.counts.total(), progress.elements);
        let stats = [
            (self.say("ต้องแก้ก่อนเผยแพร่", "to mend before publishing").to_owned(), of(findings, Severity::Error).len()),
            (self.say("ควรดู", "to look at").to_owned(), of(findings, Severity::Warning).len()),
            (self.say("ถึงหรือเลยกำหนดทบทวน", "reviews due or overdue").to_owned(), due),
            (
                if self.language == Language::Th {
                    format!("รายการที่ครบ จาก {total}")
                } else {
                    format!("items complete, of {total}")
                },
                progress.counts.published,
            ),
            (
                if self.language == Language::Th {
                    format!("หลักฐาน จาก {elements} ข้อที่ควรมี")
                } else {
                    format!("pieces of evidence, of {elements}")
                },
                progress.met,
            ),
        ];
        let stats: String = stats.iter().map(|(label, count)| format!("<div><dt>{label}</dt><dd>{count}</dd></div>\n")).collect();
        let title = self.say("โดยสรุป", "In short");
        format!(
            "<section class=\"sec one\" aria-labelledby=\"h-short\">\n<h2 class=\"vh\" id=\"h-short\">{title}</h2>\n<dl class=\"stats\">\n{stats}</dl>\n</section>\n"
        )
    }

    fn errors(&self, findings: &[&Finding]) -> String {
        let errors = of(findings, Severity::Error);
        let title = self.say("ต้องแก้ก่อนเผยแพร่", "To mend before publishing");
        let body = if errors.is_empty() {
            format!("<p>{}</p>\n", self.say("ไม่มีข้อผิดพลาด", "There are no errors."))
        } else {
            format!("<div>\n{}</div>\n", self.findings_of(&errors, "e"))
        };
        format!(
            "<section class=\"sec one\" id=\"errors\" aria-labelledby=\"h-errors\">\n<header><h2 id=\"h-errors\">{title}</h2></header>\n{body}</section>\n"
        )
    }

    fn warnings(&self, findings: &[&Finding]) -> String {
        let (warnings, hints) = (of(findings, Severity::Warning), of(findings, Severity::Hint));
        let accepted = findings.iter().filter(|finding| finding.accepted.is_some()).count();
        if warnings.is_empty() && hints.is_empty() && accepted == 0 {
            return String::new();
        }
        let title = self.say("ควรดู", "To look at");
        let about = self.say(
            "เผยแพร่ได้ ถ้าดูแล้วเห็นว่าถูก ให้บันทึกเหตุผลใน <code>accept</code> ของ <code>agency.yaml</code>",
            "It can be published all the same. Where you stand by it, give the reason in <code>accept</code> of <code>agency.yaml</code>.",
        );
        // What an item lacks stands in the table of items too, so a line of it is enough.
        let of_items = [Code::ItemMissing, Code::ElementMissing, Code::StaleDisclosure];
        let (brief, full): (Vec<&Finding>, Vec<&Finding>) = warnings.iter().partition(|finding| of_items.contains(&finding.code));
        let mut body = self.findings_of(&full, "w");
        body.push_str(&self.brief(&brief));
        let counts = match self.language {
            Language::Th => format!("ข้อสังเกต {} ยอมรับแล้ว {accepted} ดูทั้งหมดด้วย <code>prongsai check</code>", hints.len()),
            Language::En => format!("{} hints, {accepted} accepted; <code>prongsai check</code> tells all of them", hints.len()),
        };
        let _ = writeln!(body, "<p class=\"more\">{counts}</p>");
        format!(
            "<section class=\"sec one\" id=\"warnings\" aria-labelledby=\"h-warnings\">\n\
             <header><h2 id=\"h-warnings\">{title}</h2><p>{about}</p></header>\n<div class=\"plain\">\n{body}</div>\n</section>\n"
        )
    }

    fn findings_of(&self, findings: &[&Finding], kind: &str) -> String {
        let mut out = String::new();
        for (i, finding) in findings.iter().take(MOST).enumerate() {
            let (code, place) = (finding.code.name(), self.place(finding));
            let sign = if finding.severity() == Severity::Error { "stop" } else { "look" };
            let (severity, how) = (finding.severity().word(self.language), self.say("แก้อย่างไร", "What to do"));
            let (message, help) = (self.text(&finding.message(self.language)), self.text(&finding.help(self.language)));
            let _ = writeln!(
                out,
                "<article class=\"finding fix\" aria-labelledby=\"{kind}{i}\">\n<header><h3 id=\"{kind}{i}\">{message}</h3>\
                 <p class=\"small\"><span class=\"st\"><svg class=\"i\" aria-hidden=\"true\"><use href=\"#{sign}\"/></svg>{severity}</span> <code lang=\"en\">{code}</code></p></header>\n\
                 <p class=\"where\">{place}</p>\n<p><b>{how}</b> {help}</p>\n</article>"
            );
        }
        out.push_str(&self.rest(findings.len()));
        out
    }

    /// Findings of a line each.
    fn brief(&self, findings: &[&Finding]) -> String {
        if findings.is_empty() {
            return String::new();
        }
        let lines: String = findings
            .iter()
            .take(MOST)
            .map(|finding| {
                let (message, code) = (self.text(&finding.message(self.language)), finding.code.name());
                format!("<li><b>{message}</b><span class=\"small\"><code lang=\"en\">{code}</code> {}</span></li>\n", self.place(finding))
            })
            .collect();
        format!("<ul class=\"list\">\n{lines}</ul>\n{}", self.rest(findings.len()))
    }

    /// The place of a finding, to be copied, and to be opened.
    fn place(&self, finding: &Finding) -> String {
        let start = finding.start();
        let path = self.text(&format!("{}:{}:{}", finding.place.file, start.line, start.column));
        // A long path breaks after its slashes first.
        let broken = path.replace('/', "/<wbr>").replace("</<wbr>", "</");
        // A reader at another machine has no such file.
        if self.site.is_empty() {
            return format!("<code class=\"path\">{broken}</code>");
        }
        let link = escape(&editor::link(self.site, &finding.place.file, start));
        let open = self.say("เปิดในโปรแกรมแก้ไข", "Open in the editor");
        format!("<code class=\"path\">{broken}</code> <a href=\"{link}\">{open}<span class=\"vh\"> {path}</span></a>")
    }

    fn rest(&self, count: usize) -> String {
        let Some(more) = count.checked_sub(MOST).filter(|more| *more > 0) else { return String::new() };
        match self.language {
            Language::Th => format!("<p class=\"more\">และอีก {more} รายการ</p>\n"),
            Language::En => format!("<p class=\"more\">and {more} more</p>\n"),
        }
    }

    fn due(&self, due: &[(Option<&Agency>, u16, &Item)]) -> String {
        if due.is_empty() {
            return String::new();
        }
        let mut list = String::new();
        for (agency, year, item) in due.iter().take(MOST) {
            let agency = agency.map_or(String::new(), |agency| format!("{} · ", self.text(agency.label(self.language))));
            let owner = item.owner.as_deref().map_or(String::new(), |owner| format!("{} · ", self.text(owner)));
            let when = match (item.review, item.review_by) {
                (Some(review), Some(by)) => self.review(review, by),
                _ => String::new(),
            };
            let year = if self.language == Language::Th { format!("ปี {year}") } else { format!("fiscal year {year}") };
            let _ = writeln!(list, "<li><b>{}</b><span class=\"small\">{agency}{owner}{year} · {when}</span></li>", self.linked(item));
        }
        let (title, about) = (
            self.say("ถึงกำหนด", "Due"),
            self.say("ทบทวนภายใน 30 วัน และที่เลยกำหนดแล้ว", "Reviews within 30 days, and those that are overdue"),
        );
        format!(
            "<section class=\"sec\" id=\"due\" aria-labelledby=\"h-due\">\n<header><h2 id=\"h-due\">{title}</h2><p>{about}</p></header>\n\
             <div class=\"bare\"><ul class=\"list two\">\n{list}</ul>\n{}</div>\n</section>\n",
            self.rest(due.len())
        )
    }

    pub(super) fn review(&self, review: Review, by: Date) -> String {
        let day = self.day(by);
        match (review, self.language) {
            (Review::Due, Language::Th) => format!("ทบทวนภายใน {day}"),
            (Review::Overdue, Language::Th) => format!("เลยกำหนดทบทวน {day}"),
            (Review::Due, Language::En) => format!("review by {day}"),
            (Review::Overdue, Language::En) => format!("review overdue since {day}"),
        }
    }

    fn linked(&self, item: &Item) -> String {
        let to = escape(&address(item.address.as_str()));
        format!("<a href=\"{to}\">{} {}</a>", escape(&item.code), self.name(&item.name))
    }

    /// The heading of a section about an edition.
    pub(super) fn year(&self, edition: &Edition) -> String {
        let draft = if edition.is_draft { self.say(" (ฉบับร่าง)", " (draft)") } else { "" };
        match self.language {
            Language::Th => format!("ปี {}{draft}", edition.year),
            Language::En => format!("fiscal year {}{draft}", edition.year),
        }
    }

    /// What the last build made anew, in order: it is done by many at a time.
    fn units_done(&self) -> Vec<&str> {
        let mut units: Vec<&str> = self.done.units.iter().map(String::as_str).collect();
        units.sort_unstable();
        units
    }

    /// What the last build did, and how large the site is.
    fn build(&self) -> String {
        let (title, took) = (self.say("การสร้างครั้งล่าสุด", "Last build"), self.done.took.as_millis());
        let units: Vec<String> =
            self.units_done().into_iter().take(10).filter(|unit| !unit.is_empty()).map(|unit| self.text(unit)).collect();
        let count = self.done.units.len();
        let names =
            if units.is_empty() { String::new() } else { format!(" ({}{})", units.join(", "), if count > 10 { " …" } else { "" }) };
        let made = match (self.language, count) {
            (Language::Th, _) => format!("{count} หน่วยงาน{names}"),
            (Language::En, 1) => format!("1 agency{names}"),
            (Language::En, _) => format!("{count} agencies{names}"),
        };
        let Sizes { files, bytes, pages, .. } = &self.sizes;
        let (files, pages) = match self.language {
            Language::Th => (format!("{files} ไฟล์ {}", size(*bytes)), format!("{pages} หน้า")),
            Language::En => (format!("{files} files, {}", size(*bytes)), format!("{pages} pages")),
        };
        let facts = [
            (self.say("ใช้เวลา", "It took"), format!("{took} ms")),
            (self.say("สร้างใหม่", "Made anew"), made),
            (self.say("ทั้งเว็บไซต์", "The site"), files),
            (self.say("หน้าเว็บ", "Pages"), pages),
        ];
        let facts: String = facts.iter().map(|(label, text)| format!("<div><dt>{label}</dt><dd>{text}</dd></div>\n")).collect();
        let rows: String = self
            .sizes
            .largest
            .iter()
            .map(|(path, bytes)| {
                let path = path.strip_suffix("index.html").unwrap_or(path);
                format!(
                    "<tr><th scope=\"row\"><a href=\"{}\">/{}</a></th><td class=\"n\">{}</td></tr>\n",
                    escape(&address(path)),
                    self.text(path),
                    size(*bytes)
                )
            })
            .collect();
        let (caption, page, large) = (self.say("หน้าที่ใหญ่ที่สุด", "The largest pages"), self.say("หน้า", "Page"), self.say("ขนาด", "Size"));
        let table = if rows.is_empty() {
            String::new()
        } else {
            format!(
                "<table class=\"rows sizes\">\n<caption>{caption}</caption>\n<thead><tr><th scope=\"col\">{page}</th><th class=\"n\" scope=\"col\">{large}</th></tr></thead>\n<tbody>\n{rows}</tbody>\n</table>\n"
            )
        };
        format!(
            "<section class=\"sec\" id=\"build\" aria-labelledby=\"h-build\">\n<header><h2 id=\"h-build\">{title}</h2></header>\n\
             <div><dl class=\"facts wide\">\n{facts}</dl>\n<div class=\"t\">{table}</div></div>\n</section>\n"
        )
    }
}

/// The signs of findings.
const SIGNS: &str = "<symbol id=\"stop\" viewBox=\"0 0 16 16\"><path class=\"sy-i\" d=\"M2 2h12v12H2zM5.5 5.5l5 5M10.5 5.5l-5 5\"/></symbol>\
    <symbol id=\"look\" viewBox=\"0 0 16 16\"><path class=\"sy-i\" d=\"M2 2h12v12H2zM8 4.5v4.5M8 10.5v1.5\"/></symbol>";

/// The findings of a severity that nobody stands by.
fn of<'a>(findings: &[&'a Finding], severity: Severity) -> Vec<&'a Finding> {
    findings.iter().copied().filter(|finding| finding.severity() == severity && finding.accepted.is_none()).collect()
}

/// A count of bytes as people read it.
fn size(bytes: u64) -> String {
    match bytes {
        0..1_000 => format!("{bytes} B"),
        1_000..1_000_000 => format!("{}.{} kB", bytes / 1_000, bytes / 100 % 10),
        _ => format!("{}.{} MB", bytes / 1_000_000, bytes / 100_000 % 10),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn what_was_made_anew_is_told_in_order() {
        let done = Done { units: ["b", "c", "a"].map(str::to_owned).into(), took: Duration::from_millis(5) };
        let board = Board { status: None, findings: Findings::default(), done, sizes: Sizes::default(), site: "", language: Language::En };
        assert!(board.page().contains("3 agencies (a, b, c)"));
        let object: serde_json::Value = serde_json::from_str(&board.json()).unwrap();
        assert_eq!(object["build"]["units"], serde_json::json!(["a", "b", "c"]));
    }
}
