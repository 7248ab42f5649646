//! Which agencies were left out of a site, as people are told at the end. Owns the words; refuses to decide which.

use super::terminal::Terminal;
use crate::base::language::{Language, counted};
use crate::engine::Left;
use crate::finding::Param;

/// A line for each agency that was left out; empty where none was.
pub fn list(left: &[Left], terminal: &Terminal) -> String {
    if left.is_empty() {
        return String::new();
    }
    let th = terminal.language == Language::Th;
    let mut text = if th {
        format!("เว้นไว้ {} หน่วยงานที่มีข้อผิดพลาด\n", left.len())
    } else {
        format!("left out, since they have errors: {}\n", agencies(left.len()))
    };
    for one in left {
        // Names come from the authors' files.
        let (slug, name) = (Param::from(&*one.slug).show(terminal.language), one.name.get(terminal.language));
        let name = if name.is_empty() { String::new() } else { format!(" {}", Param::from(name).show(terminal.language)) };
        let errors = one.errors;
        let kept = match (th, one.is_kept) {
            (true, true) => "คงหน้าที่เผยแพร่ครั้งล่าสุดไว้",
            (true, false) => "ยังไม่มีหน้าในเว็บไซต์",
            (false, true) => "keeps its last pages",
            (false, false) => "has no pages yet",
        };
        text.push_str(&if th {
            format!("  {slug}{name}: ข้อผิดพลาด {errors} {kept}\n")
        } else {
            format!("  {slug}{name}: {}, {kept}\n", counted(errors, "error"))
        });
    }
    text
}

/// A count with its English word.
pub fn agencies(count: usize) -> String {
    if count == 1 { "1 agency".to_owned() } else { format!("{count} agencies") }
}
