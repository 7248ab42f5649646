//! Ids of headings. Owns how a text becomes an id, and which ids are the pages' own.

use std::collections::BTreeMap;

use crate::base::thai;

/// The ids that a document has given so far.
#[derive(Debug, Default)]
pub(super) struct Ids {
    /// Each id with the number that its next namesake tries first, so that ten thousand equal headings stay cheap.
    given: BTreeMap<String, u32>,
}

impl Ids {
    /// An id for a heading, from the words that ask for it; namesakes get `-2`, `-3` and so on.
    pub(super) fn give(&mut self, wish: &str) -> String {
        let base = unreserved(normal(wish));
        let mut id = base.clone();
        let mut number = self.given.get(&base).copied().unwrap_or(1);
        while self.given.contains_key(&id) {
            number += 1;
            id = unreserved(format!("{base}-{number}"));
        }
        self.given.insert(id.clone(), 1);
        self.given.insert(base, number);
        id
    }
}

/// The text as an id: in normal form and lower case; letters, digits and Thai marks stay, with `-` and `_`; white space becomes
/// one `-`; everything else goes. Nothing left becomes `section`.
pub(super) fn normal(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in thai::normal(text).chars() {
        if c.is_whitespace() || c == '-' {
            if !out.is_empty() && !out.ends_with('-') {
                out.push('-');
            }
        } else if thai::is_letter(c) || c == '_' {
            out.push(c);
        } else if c.is_alphanumeric() {
            out.extend(c.to_lowercase());
        }
    }
    out.truncate(out.trim_end_matches('-').len());
    if out.is_empty() { "section".to_owned() } else { out }
}

/// Could this be an id that the pages use themselves: `main`, `s-…`, a code as `o12`, `g9-1`, or `fn-…`, which notes use?
pub fn is_reserved(id: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let code = id.starts_with(|c: char| c.is_ascii_lowercase()) && digits(&id[1..]);
    let group = id.strip_prefix('g').is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_digit() || b == b'-'));
    id == "main" || id.starts_with("s-") || id.starts_with("fn-") || code || group
}

/// The id, with `-text` after it where the pages could use it themselves.
pub(super) fn unreserved(mut id: String) -> String {
    if is_reserved(&id) {
        id.push_str("-text");
    }
    id
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thai_marks_and_letters_of_any_script_stay() {
        assert_eq!(normal("การปฏิบัติหน้าที่ (IIT) ความโปร่งใส"), "การปฏิบัติหน้าที่-iit-ความโปร่งใส");
        assert_eq!(normal("  ข้อ ๑.๒ — Été 2025 "), "ข้อ-๑๒-été-2025");
        assert_eq!(normal("E-Service"), "e-service");
        assert_eq!(normal("นํ้า"), "น้ำ");
        assert_eq!(normal("😀 ฿"), "section");
    }

    #[test]
    fn namesakes_are_numbered_and_a_number_taken_is_skipped() {
        let mut ids = Ids::default();
        let given: Vec<String> = ["ก", "ก-2", "ก", "ก", "ก-2"].iter().map(|text| ids.give(text)).collect();
        assert_eq!(given, ["ก", "ก-2", "ก-3", "ก-4", "ก-2-2"]);
    }

    #[test]
    fn ids_of_the_pages_themselves_are_left_to_them() {
        let mut ids = Ids::default();
        for (text, id) in [
            ("main", "main-text"),
            ("S-list", "s-list-text"),
            ("O12", "o12-text"),
            ("g9-1", "g9-1-text"),
            ("fn-1", "fn-1-text"),
            ("g", "g"),
            ("G", "g-2-text"),
            ("o12x", "o12x"),
            ("ข้อ 12", "ข้อ-12"),
        ] {
            assert_eq!(ids.give(text), id);
        }
    }
}
