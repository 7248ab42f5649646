//! Findings as annotations of a CI run on GitHub: one workflow command a line.

use super::{Finding, Severity};
use crate::base::language::Language;

/// One line for each finding.
pub fn render(findings: &[Finding], language: Language) -> String {
    findings.iter().map(|finding| one(finding, language)).collect()
}

fn one(finding: &Finding, language: Language) -> String {
    let kind = match (finding.accepted.is_some(), finding.severity()) {
        (false, Severity::Error) => "error",
        (false, Severity::Warning) => "warning",
        _ => "notice",
    };
    let (start, end) = (finding.start(), finding.end());
    // What is accepted needs no remedy; the reason is what a reader wants.
    let rest = match (finding.reason(), language) {
        (Some(reason), Language::Th) => format!("ยอมรับแล้ว: {reason}"),
        (Some(reason), Language::En) => format!("accepted: {reason}"),
        (None, _) => finding.help(language),
    };
    format!(
        "::{kind} file={},line={},endLine={},col={},endColumn={},title={}::{}\n",
        property(&finding.place.file.chars().map(super::seen).collect::<String>()),
        start.line,
        end.line,
        start.column,
        end.column,
        finding.code.name(),
        text(&format!("{} ({rest})", finding.message(language))),
    )
}

/// Escapes what ends a command or its text.
fn text(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Escapes what ends a property as well.
fn property(value: &str) -> String {
    text(value).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::span::{Place, Span};
    use crate::finding::Code;

    fn finding(file: &str, found: &str) -> Finding {
        Finding::new(Code::ScoreNotANumber, Place::new(&file.into(), Span::new(0, 0))).with("found", found)
    }

    #[test]
    fn nothing_that_an_author_writes_ends_a_command_or_begins_another() {
        let line = one(&finding("content/a%2C,b:c\n::error::.md", "5%\r\n::error file=x::เท็จ"), Language::En);
        assert_eq!(line.matches('\n').count(), 1, "{line:?}");
        let (head, text) = line.strip_prefix("::error file=").unwrap().split_once("::").unwrap();
        assert_eq!(head.split(',').next(), Some("content/a%252C%2Cb%3Ac\u{fffd}%3A%3Aerror%3A%3A.md"));
        assert!(text.starts_with("`5%25\u{fffd}\u{fffd}::error file=x::เท็จ` is no score (write a number"), "{text}");
    }

    #[test]
    fn columns_count_thai_letters_and_marks_and_the_language_is_that_of_the_run() {
        let text = "ที่: ๙๗.๖๑.๐๐\n";
        let start = text.find('๙').unwrap();
        let mut finding = finding("content/2568/assessment.yaml", "๙๗.๖๑.๐๐");
        finding.place.span = Span::new(start, text.trim_end().len());
        finding.look(text);
        let line = one(&finding, Language::Th);
        assert!(line.contains(",line=1,endLine=1,col=6,endColumn=14,title=score-not-a-number::`๙๗.๖๑.๐๐` ไม่ใช่ตัวเลขคะแนน ("), "{line}");
    }

    #[test]
    fn what_is_accepted_is_a_notice() {
        let mut finding = Finding::new(Code::RawHtml, Place::top("content/about.md")).with("found", "<br>");
        assert!(one(&finding, Language::En).starts_with("::warning "));
        finding.accepted = Some("100%\n::error::ตั้งใจ".to_owned());
        let line = one(&finding, Language::En);
        assert!(line.starts_with("::notice ") && line.ends_with("(accepted: 100%25%0A::error::ตั้งใจ)\n"), "{line}");
        let hint = Finding::new(Code::ScoreMissing, Place::top("content/2568/assessment.yaml"));
        assert!(one(&hint, Language::En).starts_with("::notice "));
    }
}
