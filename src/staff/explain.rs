//! What a code of a finding means, for people at a terminal: why it is told, what the report says and how each is mended, and an example.
//! Owns the order of these; the words are the catalogue's and those of the page of findings, which is made of real runs.

use crate::base::language::Language;
use crate::base::thai::nearest;
use crate::base::width::{width as cells_of, wrapped};
use crate::check::accept::may_be_accepted;
use crate::finding::{Code, Severity};

/// The page of all findings. It is written by a test from what the program tells.
const PAGE: &str = include_str!("../../docs/findings.md");

/// The most lines of an example; a longer one helps nobody at a terminal.
const LONGEST: usize = 8;

/// The fewest cells that prose is broken to; a narrower window breaks lines itself.
const NARROWEST: usize = 20;

/// All codes with their meaning, the heaviest first. Lines are broken where a terminal is so many cells wide.
pub fn list(language: Language, width: Option<usize>) -> String {
    let mut out = String::new();
    let widest = Code::ALL.iter().map(|code| code.name().len()).max().unwrap_or(0);
    for severity in [Severity::Error, Severity::Warning, Severity::Hint] {
        out.push_str(severity.word(language));
        out.push('\n');
        for code in Code::ALL.iter().filter(|code| code.severity() == severity) {
            let line = format!("  {:widest$}  {}", code.name(), code.meaning(language));
            if width.is_some_and(|cells| cells_of(&line) > cells) {
                out.push_str(&format!("  {}\n", code.name()));
                out.push_str(&prose(code.meaning(language), "    ", width));
            } else {
                out.push_str(&line);
                out.push('\n');
            }
        }
        out.push('\n');
    }
    out.push_str(say(language, "อ่านรายละเอียด: `prongsai explain รหัส`\n", "to read more: `prongsai explain CODE`\n"));
    out
}

/// The code of a name, in any spelling that a person may copy: with brackets or capital letters.
///
/// # Errors
/// The nearest name, where there is one, for a name that is none.
pub fn find(name: &str) -> Result<Code, Option<&'static str>> {
    let name = name.trim_matches(|c: char| c == '[' || c == ']' || c == '`' || c.is_whitespace()).to_ascii_lowercase();
    let names: Vec<&'static str> = Code::ALL.iter().map(|code| code.name()).collect();
    Code::ALL.iter().copied().find(|code| code.name() == name).ok_or_else(|| nearest(&name, &names))
}

/// All that is told of a code. Prose is broken where a terminal is so many cells wide; what is to be copied is not.
pub fn one(code: Code, language: Language, width: Option<usize>) -> String {
    let name = code.name();
    let mut out = format!("{name} ({})\n", code.severity().word(language));
    out.push_str(&prose(code.meaning(language), "", width));
    out.push('\n');
    out.push_str(&prose(code.lesson(language), "", width));
    out.push('\n');
    let section = section(code);
    out.push_str(say(language, "สิ่งที่รายงานบอก และวิธีแก้\n", "What the report says, and the mend\n"));
    for (message, help) in told(section, language) {
        // Where the lines are broken, marks stay before the first of each.
        for (mark, text) in [("  - ", &message), ("    → ", &help)] {
            let around = " ".repeat(cells_of(mark));
            let lines = prose(text, &around, width);
            out.push_str(mark);
            out.push_str(lines.strip_prefix(&around).unwrap_or(&lines));
        }
    }
    if let Some(lines) = example(section) {
        out.push_str(say(language, "\nตัวอย่าง เครื่องหมาย ^ ชี้จุดที่ต้องแก้\n", "\nAn example; ^ points to what has to be mended\n"));
        for line in lines {
            out.push_str(format!("  {line}").trim_end());
            out.push('\n');
        }
    }
    if may_be_accepted(code) {
        let accept = format!("accept:\n    - {{code: {name}, where: …, reason: …}}");
        let words = say(
            language,
            "ถ้าตรวจแล้วและยืนยันตามเดิม ให้เพิ่มใน agency.yaml พร้อมเหตุผล (where คือ subject จาก `prongsai check --format json`)",
            "Where you looked at it and stand by it, add to agency.yaml, with the reason (where is the subject of `prongsai check --format json`)",
        );
        out.push_str(&format!("\n{}  {accept}\n", prose(words, "", width)));
    }
    out
}

/// Prose as lines, each after `around`, of no more than so many cells where a space lets it be broken.
fn prose(text: &str, around: &str, width: Option<usize>) -> String {
    let lines = match width {
        Some(cells) => wrapped(text, cells.saturating_sub(around.len()).max(NARROWEST)),
        None => vec![text.to_owned()],
    };
    lines.iter().map(|line| format!("{around}{}\n", line.trim_start())).collect()
}

fn say<'t>(language: Language, th: &'t str, en: &'t str) -> &'t str {
    if language == Language::Th { th } else { en }
}

/// What the page says of a code: all up to the next one. An example may hold headings of its own.
fn section(code: Code) -> &'static str {
    let head = |code: Code| format!("\n## {}\n", code.name());
    let rest = PAGE.split_once(&head(code)).map_or("", |(_, rest)| rest);
    let next = Code::ALL.iter().skip_while(|other| **other != code).nth(1);
    next.and_then(|next| rest.split_once(&head(*next))).map_or(rest, |(section, _)| section)
}

/// Each message with its mend, from the table of a section.
fn told(section: &'static str, language: Language) -> Vec<(String, String)> {
    // An example may hold a table of its own.
    let table = section.rsplit_once("\n````\n").map_or("", |(_, table)| table);
    let rows = table.lines().skip_while(|line| !line.starts_with("|---")).skip(1).filter(|line| line.starts_with("| "));
    let cells = rows.filter_map(|row| row.strip_prefix("| ")?.strip_suffix(" |")?.split_once(" | "));
    let own = cells.map(|(th, en)| say(language, th, en).replace("\\|", "|").replace("!\\[", "!["));
    own.filter_map(|cell| cell.split_once(" → ").map(|(message, help)| (message.to_owned(), help.to_owned()))).collect()
}

/// The lines to which a report points, from the second block of a section: short, masked, and the same in both languages. None where the
/// fault is a whole file's, of which no line shows anything.
fn example(section: &'static str) -> Option<Vec<&'static str>> {
    let (_, rest) = section.split_once("\n````\n\n````text\n")?;
    let (report, _) = rest.split_once("\n````")?;
    let lines = report.lines().skip_while(|line| !line.trim_start().starts_with("--> "));
    let lines: Vec<&str> = lines.take_while(|line| !line.trim_start().starts_with("= ")).filter(|line| line.trim() != "|").collect();
    (lines.iter().any(|line| line.contains('^')) && lines.len() <= LONGEST).then_some(lines)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_is_explained_whole_in_both_languages() {
        for code in Code::ALL {
            for language in [Language::Th, Language::En] {
                let text = one(*code, language, None);
                let section = section(*code);
                assert!(!told(section, language).is_empty(), "{}", code.name());
                assert!(!text.contains("(hex)") && !text.contains("(edit)"), "{text}");
                assert!(text.contains(code.lesson(language)) && list(language, None).contains(code.name()), "{text}");
            }
        }
    }

    #[test]
    fn an_example_is_the_line_of_a_report_or_left_out() {
        let shown = |code: Code| one(code, Language::En, None);
        assert!(shown(Code::ScoreMismatch).contains("^^^") && shown(Code::PersonalId).contains("content/"));
        let scan = shown(Code::AttachmentScan);
        assert!(!scan.contains("example") && !scan.contains("%PDF"), "{scan}");
        assert!(Code::ALL.iter().filter(|code| example(section(**code)).is_some()).count() > 20);
    }

    #[test]
    fn prose_fits_a_narrow_window_and_says_the_same() {
        let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        for code in Code::ALL {
            let (wide, narrow) = (one(*code, Language::En, None), one(*code, Language::En, Some(40)));
            assert_eq!(words(&wide), words(&narrow));
            let lesson = code.lesson(Language::En).split(' ').next().unwrap();
            let lines = narrow.lines().skip_while(|line| !line.starts_with(lesson)).take_while(|line| !line.is_empty());
            let too_wide: Vec<&str> = lines.filter(|line| cells_of(line) > 40).collect();
            assert_eq!(too_wide, Vec::<&str>::new());
        }
        assert_eq!(words(&list(Language::Th, None)), words(&list(Language::Th, Some(40))));
        assert!(list(Language::En, Some(40)).lines().all(|line| cells_of(line) <= 40));
    }

    #[test]
    fn a_code_is_found_as_it_was_copied_and_a_slip_gets_the_nearest() {
        assert_eq!(find("[score-mismatch]"), Ok(Code::ScoreMismatch));
        assert_eq!(find("Personal-ID"), Ok(Code::PersonalId));
        assert_eq!(find("score-mismach"), Err(Some("score-mismatch")));
        assert_eq!(find("อะไร"), Err(None));
    }
}
