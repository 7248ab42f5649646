//! How wide a text is on a terminal, where Thai vowels and tone marks stand above and below their letter and take no room. The one module
//! that names the width crate. Refuses to know where a Thai word ends: a text is cut between clusters.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// How many cells a text takes.
///
/// ```
/// use prongsai::base::width::width;
/// assert_eq!(width("น้ำ"), 2);
/// assert_eq!(width("ที่ปรึกษา"), 6);
/// assert_eq!(width("o12"), 3);
/// ```
pub fn width(text: &str) -> usize {
    text.width()
}

/// The text in just so many cells: filled with spaces, or cut before `…`.
///
/// ```
/// use prongsai::base::width::fitted;
/// assert_eq!(fitted("ที่นี่", 6), "ที่นี่    ");
/// assert_eq!(fitted("ที่ปรึกษา", 4), "ที่ปรึ…");
/// ```
pub fn fitted(text: &str, cells: usize) -> String {
    let own = width(text);
    if own <= cells {
        return format!("{text}{}", " ".repeat(cells - own));
    }
    let mut cut = String::new();
    let mut used = 0;
    for c in text.chars() {
        let more = c.width().unwrap_or(0);
        if used + more + 1 > cells {
            break;
        }
        used += more;
        cut.push(c);
    }
    cut.push('…');
    let own = width(&cut);
    format!("{cut}{}", " ".repeat(cells.saturating_sub(own)))
}

/// The text at the right end of so many cells.
pub fn right(text: &str, cells: usize) -> String {
    format!("{}{text}", " ".repeat(cells.saturating_sub(width(text))))
}

/// Texts joined by a comma and a space, broken into lines of so many cells between them. One that is longer alone is cut.
pub fn listed(texts: &[String], cells: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for (i, text) in texts.iter().enumerate() {
        let end = if i + 1 < texts.len() { "," } else { "" };
        let text = format!("{}{end}", fitted(text, cells.saturating_sub(end.len()).min(width(text))));
        match lines.last_mut().filter(|line| width(line) + 1 + width(&text) <= cells) {
            Some(line) => {
                line.push(' ');
                line.push_str(&text);
            }
            None => lines.push(text),
        }
    }
    lines
}

/// A line broken at its spaces into lines of so many cells; what follows the first is indented by two more. A word that is longer alone
/// stays whole.
///
/// ```
/// use prongsai::base::width::wrapped;
/// assert_eq!(wrapped("  ครบ 3 ยังไม่มี 2", 11), ["  ครบ 3", "    ยังไม่มี 2"]);
/// ```
pub fn wrapped(line: &str, cells: usize) -> Vec<String> {
    if width(line) <= cells {
        return vec![line.to_owned()];
    }
    let indent = line.len() - line.trim_start_matches(' ').len();
    let mut lines: Vec<String> = Vec::new();
    for word in line.split(' ').filter(|word| !word.is_empty()) {
        match lines.last_mut().filter(|line| width(line) + 1 + width(word) <= cells) {
            Some(line) => {
                line.push(' ');
                line.push_str(word);
            }
            None => {
                let indent = if lines.is_empty() { indent } else { indent + 2 };
                lines.push(format!("{}{word}", " ".repeat(indent)));
            }
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_take_no_room_and_stay_with_their_letter() {
        for text in ["สำนักปลัด", "กองช่าง", "ญี่ปุ่น", "น้ำ", "เรื่องนี้", "ผู้ใหญ่"]
        {
            let marks = text.chars().filter(|c| matches!(c, '\u{e31}' | '\u{e34}'..='\u{e3a}' | '\u{e47}'..='\u{e4e}')).count();
            assert_eq!(width(text), text.chars().count() - marks, "{text}");
            for cells in 1..12 {
                let fitted = fitted(text, cells);
                assert_eq!(width(&fitted), cells, "{fitted:?}");
                let after = text.strip_prefix(fitted.trim_end().trim_end_matches('…')).unwrap();
                assert!(!after.starts_with(|c| matches!(c, '\u{e31}' | '\u{e34}'..='\u{e3a}' | '\u{e47}'..='\u{e4e}')), "{fitted}");
            }
        }
    }

    #[test]
    fn a_list_breaks_between_its_texts() {
        let texts = ["ก".repeat(5), "ข".repeat(5), "ค".repeat(30)];
        assert_eq!(listed(&texts, 14), [format!("{}, {},", texts[0], texts[1]), format!("{}…", "ค".repeat(13))]);
        assert_eq!(listed(&[], 14), Vec::<String>::new());
    }
}
