//! Digits that stand together in a text, in either script, and numbers that are written in groups of them. Owns which signs may stand
//! between two groups; refuses to know what a number is.

use super::digits::length_at;

/// Digits that stand together.
pub(super) struct Run {
    pub(super) start: usize,
    pub(super) end: usize,
    /// How many digits; characters without width are none.
    pub(super) length: usize,
}

/// What stands between two runs of one number.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Gap {
    Dash,
    Space,
}

/// All runs of digits. Characters without width inside one are passed over: nobody sees them.
pub(super) fn runs(text: &str) -> Vec<Run> {
    let bytes = text.as_bytes();
    let mut runs: Vec<Run> = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let Some(first) = length_at(bytes, at) else {
            // A letter of three bytes, as all Thai ones are, is passed by at once.
            at += if bytes[at] & 0xf0 == 0xe0 { 3 } else { 1 };
            continue;
        };
        let mut run = Run { start: at, end: at + first, length: 1 };
        loop {
            if let Some(next) = length_at(bytes, run.end) {
                run.end += next;
                run.length += 1;
                continue;
            }
            let rest = &text[run.end..];
            let shown = rest.trim_start_matches(is_unseen);
            let hidden = rest.len() - shown.len();
            match length_at(bytes, run.end + hidden) {
                Some(next) if hidden > 0 => {
                    run.end += hidden + next;
                    run.length += 1;
                }
                _ => {
                    at = run.end + hidden;
                    break;
                }
            }
        }
        runs.push(run);
    }
    runs
}

/// Marks of emphasis in Markdown are not seen on the page either.
fn is_unseen(c: char) -> bool {
    has_no_width(c) || matches!(c, '*' | '~' | '`')
}

pub(super) fn has_no_width(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}')
}

pub(super) fn is_dash(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}')
}

pub(super) fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}')
}

/// What stands between two runs, if it is what stands between two groups of one number.
pub(super) fn gap(text: &str, before: &Run, after: &Run) -> Option<Gap> {
    let between = &text[before.end..after.start];
    // Three characters of at most three bytes, an escape of Markdown, and what has no width.
    if between.len() > 16 {
        return None;
    }
    let (mut dashes, mut spaces) = (0, 0);
    for c in between.chars() {
        match c {
            '\\' => {}
            c if is_dash(c) => dashes += 1,
            c if is_space(c) => spaces += 1,
            c if is_unseen(c) => {}
            _ => return None,
        }
    }
    match (dashes, spaces) {
        (1, 0..=2) => Some(Gap::Dash),
        (0, 1..=2) => Some(Gap::Space),
        _ => None,
    }
}

/// A number in groups: its last run, where its groups end, and whether any space or dash is in it.
pub(super) struct Grouped {
    pub(super) last: usize,
    /// After how many digits there is a gap.
    pub(super) cuts: Vec<usize>,
    pub(super) has_space: bool,
}

/// The number of `length` digits that begins with run `at`, where whole runs make it.
pub(super) fn grouped(text: &str, runs: &[Run], at: usize, length: usize) -> Option<Grouped> {
    let mut grouped = Grouped { last: at, cuts: Vec::new(), has_space: false };
    let mut sum = runs[at].length;
    while sum < length {
        let (before, after) = (&runs[grouped.last], runs.get(grouped.last + 1)?);
        grouped.has_space |= gap(text, before, after)? == Gap::Space;
        grouped.cuts.push(sum);
        sum += after.length;
        grouped.last += 1;
    }
    (sum == length).then_some(grouped)
}
