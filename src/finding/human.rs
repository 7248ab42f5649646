//! Findings for people at a terminal: message, excerpt with the caret under the letters, and how to mend it.
//! The one module that names the excerpt crate, which knows the width of Thai clusters.

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use super::{Code, Finding, Severity, Summary};
use crate::base::language::{Language, counted};

/// How many findings are shown with their excerpt; the rest are counted.
const MOST: usize = 50;

/// How the text may look.
#[derive(Clone, Copy, Debug)]
pub struct Style {
    /// The language of the texts.
    pub language: Language,
    /// May there be colour?
    pub colour: bool,
    /// How many cells a line has, where that is known; an excerpt of a longer line shows what stands around the place.
    pub width: Option<usize>,
}

/// The fewest cells that an excerpt is made for.
const NARROWEST: usize = 40;

/// The cells of a line where nothing tells.
const WIDTH: usize = 140;

/// The findings in the order of files, then a line that counts them, and one that says where more is told.
pub fn render(findings: &[Finding], style: Style) -> String {
    format!("{}{}\n{}", list(findings, style), count(findings, style.language), more(findings, style.language))
}

/// Where more is told of the heaviest finding.
fn more(findings: &[Finding], language: Language) -> String {
    let heaviest = findings.iter().filter(|finding| finding.accepted.is_none()).min_by_key(|finding| finding.severity());
    let Some(code) = heaviest.map(|finding| finding.code.name()) else { return String::new() };
    match language {
        Language::Th => format!("คำอธิบายของแต่ละรหัสในวงเล็บเหลี่ยม: `prongsai explain {code}`\n"),
        Language::En => format!("what a code in brackets means and how to mend it: `prongsai explain {code}`\n"),
    }
}

/// The findings in the order of files. Where there are too many to show, hints are left out before warnings and warnings before errors.
pub fn list(findings: &[Finding], style: Style) -> String {
    let mut out = String::new();
    for finding in shown(findings) {
        out.push_str(&one(finding, style));
        out.push_str("\n\n");
    }
    if let Some(more) = findings.len().checked_sub(MOST).filter(|n| *n > 0) {
        out.push_str(&match style.language {
            Language::Th => format!("… และอีก {more} รายการ ดูทั้งหมดได้ด้วย `prongsai check --format json`\n\n"),
            Language::En => format!("… and {more} more; `prongsai check --format json` gives all of them\n\n"),
        });
    }
    out
}

/// The heaviest findings, at most [`MOST`], in the order in which they came. Among equals those go first that no `check` gives afterwards.
fn shown(findings: &[Finding]) -> Vec<&Finding> {
    let mut heaviest: Vec<usize> = (0..findings.len()).collect();
    let is_told_here_alone = |finding: &Finding| finding.code == Code::AddressGone && finding.accepted.is_none();
    heaviest.sort_by_key(|i| (findings[*i].severity(), !is_told_here_alone(&findings[*i]), *i));
    heaviest.truncate(MOST);
    heaviest.sort_unstable();
    heaviest.into_iter().map(|i| &findings[i]).collect()
}

fn one(finding: &Finding, style: Style) -> String {
    let level = match finding.severity() {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Hint => Level::NOTE,
    };
    let word = finding.severity().word(style.language);
    let message = finding.message(style.language);
    let help = finding.help(style.language);
    let help_word = if style.language == Language::Th { "วิธีแก้" } else { "help" };
    let path: String = finding.place.file.chars().map(super::seen).collect();
    let path = path.as_str();
    let window = finding.seen.as_ref().map_or("", |seen| seen.window.as_str());
    let title = level.clone().with_name(word).primary_title(message).id(finding.code.name());
    let mut group = Group::with_title(title);
    if let Some(seen) = &finding.seen {
        // An empty file has no letters to point at; the path alone then says where.
        let snippet = Snippet::source(window).line_start(seen.first_line as usize).path(path);
        group = group.element(snippet.annotation(AnnotationKind::Primary.span(seen.hit.clone())));
    } else {
        group = group.element(annotate_snippets::Origin::path(path).line(1).char_column(1));
    }
    if let Some(reason) = finding.reason() {
        let accepted = if style.language == Language::Th { "ยอมรับแล้ว" } else { "accepted" };
        group = group.element(Level::NOTE.with_name(accepted).message(reason));
    }
    group = group.element(Level::HELP.with_name(help_word).message(help));
    let renderer = if style.colour { Renderer::styled() } else { Renderer::plain() };
    let width = style.width.map_or(WIDTH, |width| width.max(NARROWEST));
    renderer.decor_style(DecorStyle::Ascii).term_width(width).render(&[group])
}

/// One line: how many of each kind, in how many files.
pub fn count(findings: &[Finding], language: Language) -> String {
    let Summary { errors, warnings, hints, accepted } = Summary::of(findings);
    let mut files: Vec<&str> = findings.iter().map(|finding| finding.place.file.as_ref()).collect();
    files.sort_unstable();
    files.dedup();
    let files = files.len();
    match language {
        Language::Th if findings.is_empty() => "ไม่พบข้อผิดพลาด".to_owned(),
        Language::Th => {
            format!("ข้อผิดพลาด {errors} คำเตือน {warnings} ข้อสังเกต {hints} ยอมรับแล้ว {accepted} ใน {files} ไฟล์")
        }
        Language::En if findings.is_empty() => "no findings".to_owned(),
        Language::En => {
            format!(
                "{}, {}, {}, {accepted} accepted in {}",
                counted(errors, "error"),
                counted(warnings, "warning"),
                counted(hints, "hint"),
                counted(files, "file")
            )
        }
    }
}
