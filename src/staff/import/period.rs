//! When a measure runs, by the words of a report. Owns two plain ways to say it: a whole fiscal year, and two days or months. Refuses what
//! is only hinted at.

use super::names::gist;
use crate::base::date::{Date, fiscal_days};
use crate::base::language::Language;
use crate::base::{digits, fold};

/// The first and the last day, as they are written: `2567-10-01`.
pub fn days(text: &str) -> Option<[String; 2]> {
    let word = gist(text);
    let years = super::years::years(text);
    let dates = dates(text);
    if let [first, last] = dates.as_slice() {
        let (from, to) = (first.0.clone(), last.1.clone());
        return (Date::parse(&from)? <= Date::parse(&to)?).then_some([from, to]);
    }
    let is_whole = word.contains("ตลอดปีงบประมาณ") || word.starts_with("ปีงบประมาณ");
    match years.as_slice() {
        [year] if is_whole && dates.is_empty() => Some(fiscal_days(*year).map(|day| buddhist(&day))),
        _ => None,
    }
}

/// A day of the common era in the Buddhist one, as authors write it.
fn buddhist(day: &str) -> String {
    let year = day.get(..4).and_then(|year| year.parse::<u32>().ok());
    year.map_or_else(|| day.to_owned(), |year| format!("{}{}", year + 543, &day[4..]))
}

/// The days and months of a text, each as its first and its last day: `1 ตุลาคม 2567` is one, `ตุลาคม 2567` thirty-one.
fn dates(text: &str) -> Vec<(String, String)> {
    let folded = fold::folded(text);
    let ascii = digits::to_ascii(&folded);
    let mut found: Vec<(usize, (String, String))> = Vec::new();
    for month in 1..=12 {
        for name in names(month) {
            for (at, _) in ascii.match_indices(&name) {
                let before = ascii[..at].trim_end();
                let day: String = before.chars().rev().take_while(char::is_ascii_digit).collect::<Vec<_>>().into_iter().rev().collect();
                let after = ascii[at + name.len()..].trim_start();
                let after = ["พ.ศ.", "พศ"].iter().find_map(|era| after.strip_prefix(era)).unwrap_or(after).trim_start();
                let year: String = after.chars().take_while(char::is_ascii_digit).collect();
                if year.len() != 4 || day.len() > 2 {
                    continue;
                }
                let one = |day: &str| format!("{year}-{month:02}-{day:0>2}");
                let last = (28..=31).rev().map(|day| one(&day.to_string())).find(|day| Date::parse(day).is_some());
                let pair = if day.is_empty() { (one("1"), last.unwrap_or_default()) } else { (one(&day), one(&day)) };
                if Date::parse(&pair.0).is_some() && !found.iter().any(|(other, _)| *other == at) {
                    found.push((at, pair));
                }
            }
        }
    }
    found.sort();
    found.into_iter().map(|(_, pair)| pair).collect()
}

/// The names of a month, as they are compared.
fn names(month: u32) -> Vec<String> {
    let Some(day) = Date::parse(&format!("2000-{month:02}-01")) else { return Vec::new() };
    let name = |text: String| text.split(' ').nth(1).map(fold::folded);
    [name(day.long(Language::Th)), name(day.short(Language::Th))].into_iter().flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_words_are_days() {
        let days = |text| days(text).map(|days| days.join(" "));
        assert_eq!(days("ตลอดปีงบประมาณ พ. ศ. ๒๕๖๘").as_deref(), Some("2567-10-01 2568-09-30"));
        assert_eq!(days("ทุกไตรมาส ตลอด ปีงบประมาณ 2569").as_deref(), Some("2568-10-01 2569-09-30"));
        assert_eq!(days("1 ต.ค. 2567 – 30 ก.ย. 2568").as_deref(), Some("2567-10-01 2568-09-30"));
        assert_eq!(days("ตุลาคม ๒๕๖๗ ถึง กุมภาพันธ์ ๒๕๖๘").as_deref(), Some("2567-10-01 2568-02-28"));
        for vague in ["ทุกไตรมาส", "ภายในปี 2568", "ตลอดปี", "ปีงบประมาณ 2568 - 2570", "กันยายน 2568 - ตุลาคม 2567"]
        {
            assert_eq!(days(vague), None, "{vague}");
        }
    }
}
