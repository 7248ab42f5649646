//! Findings for people at a terminal: message, excerpt with the caret under the letters, and how to mend it.
//! The one module that names the excerpt crate, which knows the width of Thai clusters.

use std::ops::Range;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use super::{Code, Count, Finding, Severity, Summary};
use crate::base::language::{Language, counted};
use crate::base::width::width;

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

/// The cells that the number of a line and the bar beside it take.
const GUTTER: usize = 8;

/// The cells of a line where nothing tells.
const WIDTH: usize = 140;

/// The findings in the order of files, then a line that counts them, and one that says where more is told.
pub fn render(findings: &[Finding], style: Style) -> String {
    render_first(findings, &Count::of(findings), style)
}

/// As [`render`], of the first findings of each kind, where there are as many as `count` says.
pub fn render_first(findings: &[Finding], all: &Count, style: Style) -> String {
    format!("{}{}\n{}", list_first(findings, all.total(), style), count(all, style.language), more(findings, style.language))
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
    list_first(findings, findings.len(), style)
}

fn list_first(findings: &[Finding], total: usize, style: Style) -> String {
    let mut out = String::new();
    for finding in shown(findings) {
        out.push_str(&one(finding, style));
        out.push_str("\n\n");
    }
    if let Some(more) = total.checked_sub(MOST).filter(|n| *n > 0) {
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
    let width = style.width.map_or(WIDTH, |width| width.max(NARROWEST));
    let seen = finding.seen.as_ref().map(|seen| (seen, around(&seen.window, &seen.hit, width - GUTTER)));
    let window = seen.as_ref().map_or("", |(_, (window, _))| window.as_str());
    let title = level.clone().with_name(word).primary_title(message).id(finding.code.name());
    let mut group = Group::with_title(title);
    if let Some((seen, (_, hit))) = &seen {
        // An empty file has no letters to point at; the path alone then says where.
        let snippet = Snippet::source(window).line_start(seen.first_line as usize).path(path);
        group = group.element(snippet.annotation(AnnotationKind::Primary.span(hit.clone())));
    } else {
        group = group.element(annotate_snippets::Origin::path(path).line(1).char_column(1));
    }
    if let Some(reason) = finding.reason() {
        let accepted = if style.language == Language::Th { "ยอมรับแล้ว" } else { "accepted" };
        group = group.element(Level::NOTE.with_name(accepted).message(reason));
    }
    group = group.element(Level::HELP.with_name(help_word).message(help));
    let renderer = if style.colour { Renderer::styled() } else { Renderer::plain() };
    // Excerpts are cut here, between letters and never between a letter and its marks.
    renderer.decor_style(DecorStyle::Ascii).term_width(usize::from(u16::MAX)).render(&[group])
}

/// As much of a line as fits, around the place, and where the place is in it.
fn around(line: &str, hit: &Range<usize>, room: usize) -> (String, Range<usize>) {
    if width(line) <= room {
        return (line.to_owned(), hit.clone());
    }
    // Where letters begin, each with the cells before it. Marks, and the vowel that is half one, go with the letter before.
    let mut cells = 0;
    let mut letters = Vec::new();
    for (at, c) in line.char_indices() {
        let own = width(c.encode_utf8(&mut [0; 4]));
        if own > 0 && c != '\u{0e33}' || at == 0 {
            letters.push((at, cells));
        }
        cells += own;
    }
    letters.push((line.len(), cells));
    let cells_at = |byte: usize| letters.iter().take_while(|(at, _)| *at <= byte).last().map_or(0, |(_, cells)| *cells);
    let (begin, end) = (cells_at(hit.start), cells_at(hit.end));
    // An ellipsis on each side takes a cell.
    let kept = room.saturating_sub(2);
    let left = begin.saturating_sub(kept.saturating_sub(end - begin) / 2).min(cells.saturating_sub(kept));
    let from = letters.iter().find(|(_, before)| *before >= left).map_or(0, |(at, _)| *at).min(hit.start);
    let to = letters.iter().rev().find(|(at, before)| *before <= left + kept && *at > from).map_or(line.len(), |(at, _)| *at);
    let before = if from > 0 { "…" } else { "" };
    let after = if to < line.len() { "…" } else { "" };
    let shift = |byte: usize| byte.clamp(from, to) - from + before.len();
    (format!("{before}{}{after}", line.get(from..to).unwrap_or_default()), shift(hit.start)..shift(hit.end))
}

/// One line: how many of each kind, in how many files.
fn count(all: &Count, language: Language) -> String {
    let Count { summary: Summary { errors, warnings, hints, accepted }, files } = *all;
    match language {
        Language::Th if all.total() == 0 => "ไม่พบข้อผิดพลาด".to_owned(),
        Language::Th => {
            format!("ข้อผิดพลาด {errors} คำเตือน {warnings} ข้อสังเกต {hints} ยอมรับแล้ว {accepted} ใน {files} ไฟล์")
        }
        Language::En if all.total() == 0 => "no findings".to_owned(),
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_long_line_is_cut_around_the_place() {
        let line = format!("{}ที่นี่{}", "ก่อน ".repeat(40), " หลัง".repeat(40));
        let start = line.find("ที่นี่").unwrap();
        let (shown, hit) = around(&line, &(start..start + "ที่นี่".len()), 40);
        assert_eq!(&shown[hit], "ที่นี่");
        assert!(width(&shown) <= 40 && shown.starts_with('…') && shown.ends_with('…'), "{shown}");
    }

    proptest! {
        #[test]
        fn no_letter_loses_its_marks(line in "[กขี่้ำัa €]{0,120}", from in 0_usize..120, length in 0_usize..40, room in 20_usize..60) {
            let at = |count: usize| line.char_indices().nth(count).map_or(line.len(), |(at, _)| at);
            let hit = at(from)..at(from + length);
            let (shown, place) = around(&line, &hit, room);
            prop_assert!(place.end <= shown.len() && shown.is_char_boundary(place.start) && shown.is_char_boundary(place.end));
            let inner = shown.trim_matches('…');
            let cut = line.find(inner).unwrap_or(0);
            let is_mark = |c: char| width(c.encode_utf8(&mut [0; 4])) == 0 || c == '\u{0e33}';
            if shown.starts_with('…') && !inner.is_empty() && hit.start != cut {
                prop_assert!(!inner.starts_with(is_mark), "{shown}");
            }
        }
    }
}
