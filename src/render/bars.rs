//! Bars inside a table's cells: counts of one whole, and measures on an axis of time. Owns the patterns, which say the same as colour
//! does; each bar stands beside its words and figures, so it is hidden from screen readers.

use crate::base::exact::Exact;
use crate::site::timeline::{Bar, Drawn, TickName, Timeline};

/// How a part of a bar is painted: whole, in part, missing, without a record.
const STATES: [&str; 4] = [SOLID, HATCHED, EMPTY, DOTTED];

const SOLID: &str = "class=\"seg solid\"";
const HATCHED: &str = "class=\"seg\" fill=\"url(#s-p-hatch)\"";
const EMPTY: &str = "class=\"seg\"";
const DOTTED: &str = "class=\"seg gaps\"";

/// Counts end to end, in the order of [`STATES`].
pub fn stack(counts: [usize; 4]) -> String {
    let total = counts.iter().sum::<usize>();
    let mut out = String::from("<svg class=\"m\" aria-hidden=\"true\">");
    let mut before = 0;
    for (count, paint) in counts.into_iter().zip(STATES).filter(|(count, _)| *count > 0) {
        let (x, width) = (share(before, total), share(count, total));
        out.push_str(&format!("<rect {paint} x=\"{x}%\" width=\"{width}%\" y=\"18%\" height=\"64%\"/>"));
        before += count;
    }
    out.push_str("</svg>");
    out
}

fn share(count: usize, total: usize) -> String {
    (&Exact::whole(count as i64 * 100) / &Exact::whole(total.max(1) as i64)).short(1)
}

/// How the bar of a measure is painted.
fn paint(status: &str) -> &'static str {
    match status {
        "done" => SOLID,
        "in-progress" => HATCHED,
        "dropped" => DOTTED,
        _ => EMPTY,
    }
}

/// A small piece of a measure's bar, to stand before the word.
pub fn swatch(status: &str) -> String {
    format!("<svg class=\"i\" aria-hidden=\"true\"><rect {} x=\"5%\" width=\"90%\" y=\"20%\" height=\"60%\"/></svg>", paint(status))
}

/// The bar of a measure with its reports of progress; an end that is not told has no border.
pub fn time(timeline: &Timeline, drawn: &Drawn, status: &str) -> String {
    let mut out = String::from("<svg class=\"m\" aria-hidden=\"true\">");
    for tick in &timeline.ticks {
        out.push_str(&format!("<line class=\"dash\" x1=\"{x}%\" x2=\"{x}%\" y1=\"0\" y2=\"100%\"/>", x = tick.x));
    }
    if let Some(bar) = &drawn.bar {
        out.push_str(&if bar.open_start || bar.open_end { without_ends(bar, paint(status)) } else { whole(bar, paint(status)) });
    }
    for x in &drawn.dots {
        out.push_str(&format!("<circle class=\"ring-2\" cx=\"{x}%\" cy=\"50%\" r=\"4\"/>"));
    }
    out.push_str("</svg>");
    out
}

fn whole(bar: &Bar, paint: &str) -> String {
    format!("<rect {paint} x=\"{}%\" width=\"{}%\" y=\"22%\" height=\"56%\"/>", bar.x, bar.width)
}

/// A bar whose filling and border are drawn apart, since an end that is not told has no border.
fn without_ends(bar: &Bar, paint: &str) -> String {
    let is_filled = [SOLID, HATCHED].contains(&paint);
    let filling = is_filled.then(|| whole(bar, &paint.replacen("seg", "seg bare", 1)));
    let edge = if paint == DOTTED { DOTTED } else { EMPTY };
    let sides = ["22%", "78%"].map(|y| format!("<line {edge} x1=\"{}%\" x2=\"{}%\" y1=\"{y}\" y2=\"{y}\"/>", bar.x, bar.end));
    let told = [(bar.open_start, &bar.x), (bar.open_end, &bar.end)].into_iter().filter(|(open, _)| !open);
    let ends = told.map(|(_, x)| format!("<line {edge} x1=\"{x}%\" x2=\"{x}%\" y1=\"22%\" y2=\"78%\"/>"));
    filling.into_iter().chain(sides).chain(ends).collect()
}

/// The names of an axis of time: its ends, and where a wide page has room one between them.
pub fn time_header(timeline: &Timeline, name: impl Fn(&TickName) -> String) -> String {
    let mut out = String::from("<svg class=\"m axis\" aria-hidden=\"true\">");
    for (at, tick) in timeline.ticks.iter().enumerate() {
        let Some(named) = &tick.name else { continue };
        let class = if at == 0 { "" } else { " class=\"roomy\"" };
        out.push_str(&format!("<text{class} x=\"{}%\" y=\"1.1em\">{}</text>", tick.x, name(named)));
    }
    let last = name(&TickName::Month(timeline.end.minus_days(1)));
    out.push_str(&format!("<text class=\"ample\" x=\"100%\" y=\"1.1em\" text-anchor=\"end\">{last}</text></svg>"));
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_stand_end_to_end_and_none_is_drawn_for_zero() {
        let parts = |counts| {
            let html = stack(counts);
            html.split("<rect ").skip(1).map(|part| part.split(" y=").next().unwrap().to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(
            parts([2, 1, 0, 1]),
            [
                "class=\"seg solid\" x=\"0%\" width=\"50%\"",
                "class=\"seg\" fill=\"url(#s-p-hatch)\" x=\"50%\" width=\"25%\"",
                "class=\"seg gaps\" x=\"75%\" width=\"25%\""
            ]
        );
        assert!(parts([0; 4]).is_empty());
    }

    #[test]
    fn an_end_that_is_not_told_has_no_border() {
        let bar = Bar { x: "20".into(), width: "80".into(), end: "100".into(), open_start: false, open_end: true };
        let drawn = without_ends(&bar, SOLID);
        assert_eq!(drawn.matches("<line ").count(), 3);
        assert!(drawn.contains("x1=\"20%\" x2=\"20%\"") && !drawn.contains("x1=\"100%\""), "{drawn}");
        assert!(drawn.starts_with("<rect class=\"seg bare solid\""), "{drawn}");
        assert!(!without_ends(&bar, EMPTY).contains("<rect"));
    }

    #[test]
    fn each_status_has_a_pattern_of_its_own() {
        let all: std::collections::BTreeSet<&str> = ["planned", "in-progress", "done", "dropped"].map(paint).into();
        assert_eq!(all.len(), 4);
    }
}
