//! Marks of charts as SVG inside a table's cells. Without a `viewBox`, places in per cent: the mark stretches like text, dots stay round,
//! and no `style` attribute is needed. Each mark stands beside its figure, so it is hidden from screen readers.

use crate::base::exact::Exact;
use crate::site::axis::Axis;

/// The mark of one figure: a dot on the axis.
pub fn dot(axis: &Axis, value: &Exact) -> String {
    let x = axis.place(value);
    format!("<svg class=\"m\" aria-hidden=\"true\"><use href=\"#s-m-ax\"/><circle class=\"dot\" cx=\"{x}%\" cy=\"50%\" r=\"6\"/></svg>")
}

/// The marks of the figures of several sources: the first a dot, the others rings, with a tie between the outer ones. What is not known
/// has none, and the others keep theirs.
pub fn dots(axis: &Axis, values: &[Option<Exact>]) -> String {
    let mut out = String::from("<svg class=\"m\" aria-hidden=\"true\"><use href=\"#s-m-ax\"/>");
    if let (Some(low), Some(high)) = (values.iter().flatten().min(), values.iter().flatten().max()) {
        out.push_str(&format!("<line class=\"tie\" x1=\"{}%\" x2=\"{}%\" y1=\"50%\" y2=\"50%\"/>", axis.place(low), axis.place(high)));
    }
    for value in values.iter().skip(1).flatten() {
        out.push_str(&format!("<circle class=\"ring\" cx=\"{}%\" cy=\"50%\" r=\"6\"/>", axis.place(value)));
    }
    if let Some(Some(first)) = values.first() {
        out.push_str(&format!("<circle class=\"dot\" cx=\"{}%\" cy=\"50%\" r=\"4.5\"/>", axis.place(first)));
    }
    out.push_str("</svg>");
    out
}

/// The axis without a figure.
pub fn empty() -> &'static str {
    "<svg class=\"m\" aria-hidden=\"true\"><use href=\"#s-m-ax\"/></svg>"
}

/// A step of a waterfall: a bar between two values, or an end mark where they are one.
pub fn fall(axis: &Axis, from: &Exact, to: &Exact) -> String {
    let line = "<svg class=\"m\" aria-hidden=\"true\"><line class=\"ax\" x1=\"0\" x2=\"100%\" y1=\"50%\" y2=\"50%\"/>";
    let (a, b) = (axis.place(from.min(to)), axis.place(from.max(to)));
    if from == to {
        return format!("{line}<line class=\"end\" x1=\"{a}%\" x2=\"{a}%\" y1=\"15%\" y2=\"85%\"/></svg>");
    }
    let (start, end) = (Exact::parse(&a).unwrap_or_else(|| Exact::whole(0)), Exact::parse(&b).unwrap_or_else(|| Exact::whole(0)));
    // A loss too small to see is still drawn, a hairline wide.
    let width = (&end - &start).max(Exact::decimal(3, 1)).short(1);
    format!("{line}<rect class=\"bar\" x=\"{a}%\" width=\"{width}%\" y=\"18%\" height=\"64%\"/></svg>")
}

/// A count as a bar from 0 to the end of its axis.
pub fn bar(count: usize, longest: usize) -> String {
    let length = &(&Exact::whole(count as i64) * &Exact::whole(100)) / &Exact::whole(longest.max(1) as i64);
    let length = length.short(1);
    let ground = "<line class=\"ax\" x1=\"0\" x2=\"0\" y1=\"0\" y2=\"100%\"/>";
    let bar =
        if count == 0 { String::new() } else { format!("<rect class=\"bar\" x=\"0\" width=\"{length}%\" y=\"18%\" height=\"64%\"/>") };
    format!("<svg class=\"m\" aria-hidden=\"true\">{ground}{bar}</svg>")
}

/// The figures of an axis of counts: its ends and, where it is a whole number, the middle.
pub fn bar_header(longest: usize, number: impl Fn(&str) -> String) -> String {
    let middle = if longest.is_multiple_of(2) && longest > 2 {
        format!("<text x=\"50%\" y=\"1.1em\" text-anchor=\"middle\">{}</text>", number(&(longest / 2).to_string()))
    } else {
        String::new()
    };
    let end = number(&longest.to_string());
    format!(
        "<svg class=\"m axis\" aria-hidden=\"true\"><text y=\"1.1em\">{}</text>{middle}<text x=\"100%\" y=\"1.1em\" text-anchor=\"end\">{end}</text></svg>",
        number("0")
    )
}

/// A line from the lowest to the highest, with a ring at the middle.
pub fn range(axis: &Axis, [low, middle, high]: [&Exact; 3]) -> String {
    let (a, b, x) = (axis.place(low), axis.place(high), axis.place(middle));
    format!(
        "<svg class=\"m\" aria-hidden=\"true\"><use href=\"#s-m-ax\"/><line class=\"tie\" x1=\"{a}%\" x2=\"{b}%\" y1=\"50%\" y2=\"50%\"/><circle class=\"ring\" cx=\"{x}%\" cy=\"50%\" r=\"5\"/></svg>"
    )
}

/// The figures of the axis in a header: its ends, and those thresholds that have room. The key names the others.
pub fn header(axis: &Axis, number: impl Fn(&str) -> String) -> String {
    let mut out = String::from("<svg class=\"m axis\" aria-hidden=\"true\">");
    out.push_str(&format!("<text y=\"1.1em\">{}</text>", number(&axis.low.to_string())));
    // On a phone with large text a figure takes nearly a fifth of the axis.
    let room = &Exact::whole(100 - axis.low) / &Exact::whole(5);
    let mut last = Exact::whole(axis.low);
    for threshold in [&axis.dashed, &axis.solid].into_iter().flatten() {
        if &last + &room > *threshold || threshold + &room > Exact::whole(100) {
            continue;
        }
        out.push_str(&format!(
            "<text x=\"{}%\" y=\"1.1em\" text-anchor=\"middle\">{}</text>",
            axis.place(threshold),
            number(&threshold.short(2))
        ));
        last = threshold.clone();
    }
    out.push_str(&format!("<text x=\"100%\" y=\"1.1em\" text-anchor=\"end\">{}</text></svg>", number("100")));
    out
}

/// The figures of a waterfall's axis: whole numbers, at most five.
pub fn fall_header(axis: &Axis, number: impl Fn(&str) -> String) -> String {
    let mut out = String::from("<svg class=\"m axis\" aria-hidden=\"true\">");
    let length = 100 - axis.low;
    let step = [1, 2, 5, 10, 20, 25, 50].into_iter().find(|step| length / step <= 4).unwrap_or(100);
    let mut at = axis.low;
    while at < 100 {
        let anchor = if at == axis.low { "" } else { " text-anchor=\"middle\"" };
        // A figure close before the end would run into the 100.
        if (100 - at) * 5 >= length {
            out.push_str(&format!("<text x=\"{}%\" y=\"1.1em\"{anchor}>{}</text>", axis.place(&Exact::whole(at)), number(&at.to_string())));
        }
        at += step;
    }
    out.push_str(&format!("<text x=\"100%\" y=\"1.1em\" text-anchor=\"end\">{}</text></svg>", number("100")));
    out
}

/// The symbol of the axis that marks of a page share.
pub fn symbol(axis: &Axis) -> String {
    let mut out = String::from("<symbol id=\"s-m-ax\">");
    let width = &Exact::whole(100) / &Exact::whole(axis.crowd.len().max(1) as i64);
    for (at, height) in axis.crowd.iter().enumerate().filter(|(_, height)| **height > 0) {
        let x = (&width * &Exact::whole(at as i64)).short(1);
        let (width, y) = (width.short(1), 100 - height);
        out.push_str(&format!(
            "<rect class=\"bg\" vector-effect=\"non-scaling-stroke\" x=\"{x}%\" width=\"{width}%\" y=\"{y}%\" height=\"{height}%\"/>"
        ));
    }
    // Before a histogram the axis is its ground.
    let (ground, foot) = if axis.crowd.is_empty() { ("50%", "90%") } else { ("100%", "100%") };
    out.push_str(&format!("<line class=\"ax\" x1=\"0\" x2=\"100%\" y1=\"{ground}\" y2=\"{ground}\"/>"));
    for (class, threshold) in [("dash", &axis.dashed), ("ax-2", &axis.solid)] {
        if let Some(value) = threshold.as_ref().filter(|value| **value >= Exact::whole(axis.low)) {
            let x = axis.place(value);
            out.push_str(&format!("<line class=\"{class}\" x1=\"{x}%\" x2=\"{x}%\" y1=\"10%\" y2=\"{foot}\"/>"));
        }
    }
    out.push_str("</symbol>");
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_of_an_axis_keep_apart() {
        let figures = |low: i64| {
            let axis = Axis { low, dashed: Some(Exact::whole(85)), solid: Some(Exact::whole(95)), ..Axis::default() };
            let html = header(&axis, str::to_owned);
            html.split('>').filter_map(|part| part.strip_suffix("</text")).map(str::to_owned).collect::<Vec<_>>()
        };
        assert_eq!(figures(80), ["80", "85", "95", "100"]);
        assert_eq!(figures(60), ["60", "85", "100"]);
        assert_eq!(figures(0), ["0", "100"]);
    }
}
