//! What the preview says over a page, as HTML: the sheet with what keeps the site from being built, the corner with what to look at on this
//! page, and the page where there is none yet. Owns the words and the form. Refuses to decide which findings are shown where; and to let a
//! text of an author be anything but text.

use std::fmt::Write as _;

use super::editor;
use super::reload::mark;
use crate::base::language::Language;
use crate::finding::{self, Finding, Seen};
use crate::text::html::{escape, escape_into};

/// The style of it.
pub const STYLE: &str = include_str!("panel.css");

/// How many findings a sheet or a corner shows; the rest are counted.
pub const MOST: usize = 30;

/// In which words findings are told, and how a file is opened.
#[derive(Clone, Debug)]
pub struct Pen {
    /// The language.
    pub language: Language,
    /// The site folder as editors are told it: absolute, with slashes. `None` where the reader may sit at another machine.
    pub folder: Option<String>,
}

impl Pen {
    /// The text in its language.
    pub fn choose<'t>(&self, thai: &'t str, english: &'t str) -> &'t str {
        if self.language == Language::Th { thai } else { english }
    }

    /// The element that all of it stands in; empty where there is nothing to say.
    pub fn panel(&self, sheet: &str, corner: &str) -> String {
        if sheet.is_empty() && corner.is_empty() {
            return String::new();
        }
        let (lang, label) = (self.language.code(), self.choose("ตัวอย่างก่อนเผยแพร่", "Preview"));
        format!("<aside class=\"pv\" lang=\"{lang}\" aria-label=\"{label}\">\n{corner}{sheet}</aside>\n")
    }

    /// The sheet: the errors, and what the machine says where the sources can't be read. Empty where there is neither. `is_own`: does one of
    /// them keep this page from being built, and not only other agencies'?
    pub fn sheet(&self, errors: &[&Finding], is_own: bool, trouble: Option<&str>) -> String {
        if errors.is_empty() && trouble.is_none() {
            return String::new();
        }
        let count = errors.len();
        let title = match (trouble, self.language, count) {
            (Some(_), ..) => self.choose("อ่านไฟล์ของเว็บไซต์ไม่ได้", "The files of the site can't be read").to_owned(),
            (None, Language::Th, _) if is_own => format!("แก้ {count} จุด หน้านี้จึงจะเป็นปัจจุบัน"),
            (None, Language::En, 1) if is_own => "1 error keeps this page from being up to date".to_owned(),
            (None, Language::En, _) if is_own => format!("{count} errors keep this page from being up to date"),
            (None, Language::Th, _) => format!("แก้ {count} จุดแล้วจึงเผยแพร่ได้"),
            (None, Language::En, 1) => "1 error keeps the site from being published".to_owned(),
            (None, Language::En, _) => format!("{count} errors keep the site from being published"),
        };
        let mut keys: Vec<String> = errors.iter().take(MOST).map(|finding| self.key(finding)).collect();
        let mut inner = String::new();
        if let Some(trouble) = trouble {
            keys.push(mark(trouble.as_bytes()));
            let _ = writeln!(inner, "<article class=\"pv-finding\"><h2>{}</h2></article>", shown(trouble));
        }
        for finding in errors.iter().take(MOST) {
            self.full(finding, &mut inner);
        }
        self.rest(count, &mut inner);
        let about = if is_own || trouble.is_some() {
            self.choose(
                "ระหว่างนี้แสดงฉบับที่สร้างได้ล่าสุด (ถ้ามี) แก้แล้วบันทึก หน้านี้จะโหลดใหม่เอง",
                "Until then it is as it was last built, if it was. Mend the files and save, and it loads by itself.",
            )
        } else {
            self.choose(
                "หน้าของหน่วยงานที่มีข้อผิดพลาด และหน้ารวม ยังเป็นฉบับที่สร้างได้ล่าสุด แก้แล้วบันทึก หน้าเหล่านั้นจะโหลดใหม่เอง",
                "Pages of the agency with the error, and those of the whole site, are as they were last built. Mend the files and save, and they load by themselves.",
            )
        };
        let all = self.choose("ดูทั้งหมดในหน้าสถานะงาน", "See everything on the status page");
        let (label, keys) = (self.choose("จุดที่ต้องแก้", "Errors"), keys.join(" "));
        format!(
            "<details class=\"pv-sheet\" data-keys=\"{keys}\" open><summary><span class=\"pv-sign\" aria-hidden=\"true\">×</span>{title}</summary>\
             <section class=\"pv-in\" tabindex=\"0\" aria-label=\"{label}\">\n\
             <p class=\"pv-note\">{about} <a href=\"/_status\">{all}</a></p>\n{inner}</section></details>\n"
        )
    }

    /// The corner: what to look at on this page, closed until it is asked for. Empty where there is nothing.
    pub fn corner(&self, warnings: &[&Finding]) -> String {
        let count = warnings.len();
        if count == 0 {
            return String::new();
        }
        let title = match (self.language, count) {
            (Language::Th, _) => format!("ควรดู {count} จุดในหน้านี้"),
            (Language::En, 1) => "1 warning on this page".to_owned(),
            (Language::En, _) => format!("{count} warnings on this page"),
        };
        let mut inner = String::new();
        for finding in warnings.iter().take(MOST) {
            self.brief(finding, &mut inner);
        }
        self.rest(count, &mut inner);
        format!(
            "<details class=\"pv-corner\"><summary><span class=\"pv-sign\" aria-hidden=\"true\">!</span>{title}</summary>\
             <section class=\"pv-in\" tabindex=\"0\" aria-label=\"{title}\">\n{inner}</section></details>\n"
        )
    }

    /// The page at an address that was never built.
    pub fn nothing_yet(&self) -> String {
        let lang = self.language.code();
        let title = self.choose("ยังสร้างหน้านี้ไม่ได้", "This page can't be built yet");
        let about = self.choose(
            "เว็บไซต์มีจุดที่ต้องแก้ก่อน แก้แล้วบันทึก หน้านี้จะโหลดใหม่เอง",
            "The site has errors that come first. Mend the files and save, and the page loads by itself.",
        );
        format!(
            "<!doctype html>\n<html lang=\"{lang}\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light dark\">\n\
             <title>{title}</title>\n<link rel=\"icon\" href=\"data:,\">\n</head>\n<body>\n<main class=\"pv-page\">\n<h1>{title}</h1>\n<p>{about}</p>\n</main>\n</body>\n</html>\n"
        )
    }

    /// A finding with its excerpt and how to mend it.
    fn full(&self, finding: &Finding, out: &mut String) {
        out.push_str("<article class=\"pv-finding\">\n<div class=\"pv-head\">");
        self.head(finding, out);
        out.push_str("</div>\n");
        if let Some(seen) = finding.seen.as_ref().filter(|seen| !seen.window.is_empty()) {
            excerpt(seen, out);
        }
        self.help(finding, out);
        out.push_str("</article>\n");
    }

    /// A finding in few lines.
    fn brief(&self, finding: &Finding, out: &mut String) {
        out.push_str("<article class=\"pv-finding\">\n");
        self.head(finding, out);
        self.help(finding, out);
        out.push_str("</article>\n");
    }

    fn head(&self, finding: &Finding, out: &mut String) {
        let severity = finding.severity().word(self.language);
        let (message, code) = (shown(&finding.message(self.language)), finding.code.name());
        let (file, start) = (shown(&finding.place.file), finding.start());
        let place = format!("{file}:{}:{}", start.line, start.column);
        let _ = writeln!(out, "<h2>{message}</h2>\n<p class=\"pv-kind\">{severity} <code lang=\"en\">{code}</code></p>");
        let _ = write!(out, "<p class=\"pv-at\"><code class=\"pv-path\">{place}</code>");
        if let Some(folder) = &self.folder {
            let href = escape(&editor::link(folder, &finding.place.file, finding.start()));
            let open = self.choose("เปิดในโปรแกรมแก้ไข", "Open in the editor");
            let _ = write!(out, " <a href=\"{href}\">{open}<span class=\"pv-vh\"> {place}</span></a>");
        }
        out.push_str("</p>\n");
    }

    fn help(&self, finding: &Finding, out: &mut String) {
        let (word, help) = (self.choose("วิธีแก้", "Help"), shown(&finding.help(self.language)));
        let _ = writeln!(out, "<p><b>{word}</b> {help}</p>");
    }

    fn rest(&self, count: usize, out: &mut String) {
        let Some(more) = count.checked_sub(MOST).filter(|more| *more > 0) else { return };
        let _ = match self.language {
            Language::Th => writeln!(out, "<p class=\"pv-note\">… และอีก {more} จุด <a href=\"/_status\">ดูในหน้าสถานะงาน</a></p>"),
            Language::En => writeln!(out, "<p class=\"pv-note\">… and {more} more <a href=\"/_status\">on the status page</a></p>"),
        };
    }

    /// By what a reader who folded the sheet away knows an error again, though it moved in its file.
    fn key(&self, finding: &Finding) -> String {
        let known = [finding.code.name(), &finding.subject, &finding.place.file, &finding.message(self.language)].join("\n");
        let mut key = mark(known.as_bytes());
        key.truncate(8);
        key
    }
}

/// A text of an author, as text.
fn shown(text: &str) -> String {
    let seen: String = text.chars().map(finding::seen).collect();
    escape(&seen)
}

/// The lines with what is meant marked in them. A letter is never torn from its vowels and tone marks.
fn excerpt(seen: &Seen, out: &mut String) {
    let text = seen.window.as_str();
    let is_joined = |at: usize| text.get(at..).and_then(|rest| rest.chars().next()).is_some_and(joins);
    let clamp = |at: usize, back: bool| {
        let mut at = at.min(text.len());
        while at > 0 && at < text.len() && (!text.is_char_boundary(at) || is_joined(at)) {
            if back { at -= 1 } else { at += 1 }
        }
        at
    };
    let (start, end) = (clamp(seen.hit.start, true), clamp(seen.hit.end, false));
    let end = end.max(start);
    out.push_str("<pre class=\"pv-ex\"><code>");
    let (mut at, mut line) = (0, seen.first_line);
    for piece in text.split('\n') {
        let range = at..at + piece.len();
        let within = |offset: usize| offset.clamp(range.start, range.end) - range.start;
        let (from, to) = (within(start), within(end));
        let is_hit = start <= range.end && end >= range.start;
        let _ = write!(out, "<span class=\"pv-line\" data-n=\"{line}\">");
        put(piece.get(..from).unwrap_or_default(), out);
        if is_hit {
            out.push_str("<b class=\"pv-hit\">");
            put(piece.get(from..to).unwrap_or_default(), out);
            out.push_str("</b>");
        }
        put(piece.get(to..).unwrap_or_default(), out);
        out.push_str("</span>");
        at = range.end + 1;
        line += 1;
    }
    out.push_str("</code></pre>\n");
}

fn put(text: &str, out: &mut String) {
    let text: String = text.chars().map(|c| if c == '\t' { c } else { finding::seen(c) }).collect();
    escape_into(&text, out);
}

/// Does this stand on the letter before it?
fn joins(c: char) -> bool {
    matches!(c, '\u{e31}' | '\u{e33}'..='\u{e3a}' | '\u{e47}'..='\u{e4e}' | '\u{300}'..='\u{36f}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}')
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::base::span::{Place, Span};
    use crate::finding::Code;

    fn pen(folder: Option<&str>) -> Pen {
        Pen { language: Language::En, folder: folder.map(str::to_owned) }
    }

    /// An error in a file of this name, at these bytes of its text.
    fn error(file: &str, text: &str, bytes: std::ops::Range<usize>) -> Finding {
        let place = Place::new(&Arc::from(file), Span::new(bytes.start, bytes.end));
        let mut finding = Finding::new(Code::UnknownField, place).about("2568/").with("found", text).with("key", text);
        finding.look(text);
        finding
    }

    fn line(text: &str, bytes: std::ops::Range<usize>) -> String {
        let mut out = String::new();
        excerpt(error("a", text, bytes).seen.as_ref().unwrap(), &mut out);
        out.split("\">").skip(2).collect::<Vec<_>>().join("\">").replace("</span></code></pre>\n", "")
    }

    #[test]
    fn whatever_authors_write_is_text() {
        let evil = "\"><script>alert(1)</script>'&\u{202e}";
        let findings = [error(&format!("content/{evil}.md"), evil, 0..evil.len())];
        let findings: Vec<&Finding> = findings.iter().collect();
        let pen = pen(Some("/home/<img src=x>/\"ก"));
        for html in [pen.sheet(&findings, true, Some(evil)), pen.corner(&findings)] {
            assert!(
                !html.contains("<script") && !html.contains("<img") && !html.contains('\u{202e}') && !html.contains("alert(1)</script"),
                "{html}"
            );
            assert!(html.contains("content/&quot;&gt;&lt;script&gt;") && html.contains("unknown-field"), "{html}");
            // Every quotation mark is one of ours: tags have an even number of them.
            for tag in html.split('<').skip(1).map(|tag| tag.split('>').next().unwrap()) {
                assert_eq!(tag.matches('"').count() % 2, 0, "{tag}");
            }
        }
    }

    #[test]
    fn a_finding_says_all_that_is_to_know() {
        let finding = error("content/2568/disclosures.yaml", "o1:\n  ulr: x\n", 6..9);
        let html = pen(Some("/home/me")).sheet(&[&finding], true, None);
        for part in [
            "1 error keeps",
            "content/2568/disclosures.yaml:2:3",
            "href=\"vscode://file/home/me/content/2568/disclosures.yaml:2:3\"",
            "data-n=\"2\">  <b class=\"pv-hit\">ulr</b>: x</span>",
            &escape(&finding.message(Language::En)),
            &escape(&finding.help(Language::En)),
            "href=\"/_status\"",
        ] {
            assert!(html.contains(part), "{part} in {html}");
        }
        assert!(!pen(None).sheet(&[&finding], true, None).contains("vscode:"));
    }

    #[test]
    fn editors_are_told_paths_of_any_system() {
        let finding = error("content/ก b/100%.md", "x", 0..1);
        let link = |folder: &str| editor::link(folder, &finding.place.file, finding.start());
        assert_eq!(link("/home/me"), "vscode://file/home/me/content/%E0%B8%81%20b/100%25.md:1:1");
        assert_eq!(link("C:/Users/a:b"), "vscode://file/C:/Users/a%3Ab/content/%E0%B8%81%20b/100%25.md:1:1");
    }

    #[test]
    fn no_letter_is_torn_from_its_marks() {
        // ที่ has three characters: the mark may be asked for alone.
        assert_eq!(line("ที่นี่", 3..6), "<b class=\"pv-hit\">ที่</b>นี่");
        assert_eq!(line("ที่นี่", 0..3), "<b class=\"pv-hit\">ที่</b>นี่");
        assert_eq!(line("ab", 2..2), "ab<b class=\"pv-hit\"></b>");
        assert_eq!(line("", 0..0), "<b class=\"pv-hit\"></b>");
        assert_eq!(line("a\u{e35}", 9..9), "a\u{e35}<b class=\"pv-hit\"></b>");
    }

    #[test]
    fn an_error_that_moves_is_the_same_and_another_is_not() {
        let key = |finding: &Finding| pen(None).key(finding);
        let first = error("a.yaml", "ulr", 0..3);
        let moved = Finding { place: Place::new(&Arc::from("a.yaml"), Span::new(9, 12)), ..first.clone() };
        assert_eq!(key(&first), key(&moved));
        assert_ne!(key(&first), key(&error("b.yaml", "ulr", 0..3)));
        assert_ne!(key(&first), key(&error("a.yaml", "url", 0..3)));
    }

    #[test]
    fn what_is_too_much_is_counted() {
        let findings: Vec<Finding> = (0..MOST + 5).map(|at| error(&format!("{at}"), "x", 0..1)).collect();
        let findings: Vec<&Finding> = findings.iter().collect();
        let html = pen(None).sheet(&findings, true, None);
        assert_eq!(html.matches("<article").count(), MOST);
        assert!(html.contains("and 5 more") && html.contains("35 errors keep"));
        assert_eq!(
            (pen(None).sheet(&[], true, None), pen(None).corner(&[]), pen(None).panel("", "")),
            (String::new(), String::new(), String::new())
        );
    }
}
