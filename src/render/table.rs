//! A layout of a table as HTML: one `<table>` that is stacked on a phone and has columns where there is room. Owns the markup of rows
//! and cells; each cell's figure has exactly one label in either shape.

use super::voice::Voice;
use super::{bars, chart};
use crate::base::address::{Address, LinkStyle};
use crate::base::exact::Exact;
use crate::site::audit;
use crate::site::table::{Cell, Column, Group, Layout, Line, Row, Shows};
use crate::site::timeline::TickName;
use crate::text::html::escape;

/// What a table is written with.
pub struct Pen<'a> {
    /// How the site speaks.
    pub voice: &'a Voice,
    /// The page that it stands on.
    pub here: &'a Address,
    /// How links name a page.
    pub links: LinkStyle,
}

/// The whole table.
pub fn render(layout: &Layout, pen: &Pen<'_>) -> String {
    let mut out = String::with_capacity(layout.lines.len() * 320 + 512);
    let labels: Vec<String> = layout.columns.iter().map(|column| pen.voice.label(&column.label)).collect();
    let columns: Vec<(&Column, &str)> = layout.columns.iter().zip(&labels).map(|(column, label)| (column, label.as_str())).collect();
    let space = if layout.shape.is_empty() { "" } else { " " };
    out.push_str(&format!("<table class=\"rows{space}{}\">\n<caption>{}", layout.shape, pen.voice.label(&layout.caption)));
    if let Some(sub) = &layout.subcaption {
        out.push_str(&format!(" <small>{}</small>", pen.voice.label(sub)));
    }
    out.push_str("</caption>\n<thead><tr>");
    for column in &columns {
        header(*column, layout, pen, &mut out);
    }
    out.push_str("</tr></thead>\n<tbody>\n");
    // A waterfall's bar begins where the row above ended.
    let mut level = Exact::whole(100);
    for line in &layout.lines {
        match line {
            Line::Group(group) => group_row(group, layout, pen, &mut out),
            Line::Row(row) => table_row(row, (layout, &columns), pen, (&mut level, &mut out)),
        }
    }
    out.push_str("</tbody>\n</table>");
    out
}

fn header((column, label): (&Column, &str), layout: &Layout, pen: &Pen<'_>, out: &mut String) {
    let number = |text: &str| super::voice::plain(&pen.voice.number(text));
    match &column.shows {
        Shows::Head(..) | Shows::Status(_) | Shows::Plan(_) => out.push_str(&format!("<th scope=\"col\">{label}</th>")),
        Shows::Part(_, part) => out.push_str(&format!("<th class=\"r\" scope=\"col\">{}{label}</th>", part_icon(*part))),
        Shows::Before(_) => out.push_str(&format!("<th class=\"r\" scope=\"col\">{RING}{label}</th>")),
        Shows::After(_) => out.push_str(&format!("<th class=\"r\" scope=\"col\">{DOT}{label}</th>")),
        Shows::Fall(_) => {
            let sentence =
                pen.voice.sentence("chart.axis", &[("low", number(&layout.axis.low.to_string()))]).unwrap_or_else(|| label.to_owned());
            let axis = chart::fall_header(&layout.axis, number);
            out.push_str(&format!("<th class=\"g\" scope=\"col\"><span class=\"vh\">{sentence}</span>{axis}</th>"));
        }
        Shows::Marks(_) | Shows::Range(_) => {
            let sentence =
                pen.voice.sentence("chart.axis", &[("low", number(&layout.axis.low.to_string()))]).unwrap_or_else(|| label.to_owned());
            let axis = chart::header(&layout.axis, number);
            out.push_str(&format!("<th class=\"g\" scope=\"col\"><span class=\"vh\">{sentence}</span>{axis}</th>"));
        }
        Shows::Stack(_) => out.push_str(&format!("<th class=\"g\" scope=\"col\"><span class=\"vh\">{label}</span></th>")),
        Shows::Time(timeline, _) => {
            let last = timeline.end.minus_days(1);
            let values = [("from", pen.voice.day(timeline.begin, true)), ("to", pen.voice.day(last, true))];
            let sentence = pen.voice.sentence("chart.time", &values).unwrap_or_else(|| label.to_owned());
            let axis = bars::time_header(timeline, |name| tick_name(name, pen));
            out.push_str(&format!("<th class=\"g\" scope=\"col\"><span class=\"vh\">{sentence}</span>{axis}</th>"));
        }
        Shows::Bar(_, longest) => {
            let values = [("high", super::voice::plain(&pen.voice.count(&longest.to_string())))];
            let sentence = pen.voice.sentence("chart.counts", &values).unwrap_or_else(|| label.to_owned());
            let axis = chart::bar_header(*longest, |text| super::voice::plain(&pen.voice.count(text)));
            out.push_str(&format!("<th class=\"g\" scope=\"col\"><span class=\"vh\">{sentence}</span>{axis}</th>"));
        }
        Shows::Main(_) | Shows::State(_) => out.push_str(&format!("<th class=\"n\" scope=\"col\">{label}</th>")),
        Shows::Derived(_) => out.push_str(&format!("<th class=\"r\" scope=\"col\">{label}</th>")),
        Shows::Plain(_, place) => {
            let class = if matches!(*place, "p" | "q") { " class=\"r\"" } else { "" };
            out.push_str(&format!("<th{class} scope=\"col\">{label}</th>"));
        }
    }
}

/// The mark of a part: a dot for the first, a ring for the others.
fn part_icon(part: usize) -> &'static str {
    if part == 0 { DOT } else { RING }
}

const DOT: &str = "<svg class=\"i\" aria-hidden=\"true\"><use href=\"#s-m-ep\"/></svg>";
const RING: &str = "<svg class=\"i\" aria-hidden=\"true\"><use href=\"#s-m-es\"/></svg>";

fn group_row(group: &Group, layout: &Layout, pen: &Pen<'_>, out: &mut String) {
    out.push_str("<tr class=\"grp\"");
    anchor(group.anchor.as_deref(), out);
    let with_figure = group.figure.is_some();
    let span = layout.columns.len() - usize::from(with_figure);
    let whole = if with_figure { "" } else { " class=\"full\"" };
    let colspan = if span > 1 { format!(" colspan=\"{span}\"") } else { String::new() };
    out.push_str(&format!("><th scope=\"rowgroup\"{colspan}{whole}>"));
    let mut parts = Vec::new();
    if !group.code.is_empty() {
        parts.push(escape(&group.code));
    }
    if !group.name.th.is_empty() {
        parts.push(pen.voice.name(&group.name));
    }
    out.push_str(&parts.join(" "));
    if let Some((icon, label)) = &group.note {
        let text = pen.voice.label(label);
        if icon.is_empty() {
            out.push_str(&text);
        } else if parts.is_empty() {
            out.push_str(&format!("{}{text}", status_icon(icon)));
        } else {
            out.push_str(&format!(" <span class=\"note st\">{}{text}</span>", status_icon(icon)));
        }
    }
    out.push_str("</th>");
    if let Some(figure) = &group.figure {
        out.push_str(&format!("<td class=\"n\">{}</td>", pen.voice.figure(figure)));
    }
    out.push_str("</tr>\n");
}

/// What a tick of an axis of time is called.
fn tick_name(name: &TickName, pen: &Pen<'_>) -> String {
    match name {
        TickName::Month(day) => escape(&pen.voice.digits_of(&day.month(pen.voice.language))),
        TickName::Year(year) => {
            let year = [("year", pen.voice.year(&year.to_string()))];
            super::voice::plain(&pen.voice.sentence("chart.fiscal_year", &year).unwrap_or_default())
        }
    }
}

fn anchor(id: Option<&str>, out: &mut String) {
    if let Some(id) = id {
        out.push_str(&format!(" id=\"{}\"", escape(id)));
    }
}

fn table_row(row: &Row, (layout, columns): (&Layout, &[(&Column, &str)]), pen: &Pen<'_>, (level, out): (&mut Exact, &mut String)) {
    out.push_str("<tr");
    if let Some(emphasis) = row.emphasis {
        out.push_str(&format!(" class=\"{emphasis}\""));
    }
    anchor(row.anchor.as_deref(), out);
    out.push('>');
    for (column, label) in columns {
        let cell = |key: &str| layout.table.cell(row.index, key);
        match &column.shows {
            Shows::Head(code, text) => head(row, code.map(cell), cell(text), pen, out),
            Shows::Part(key, part) => marked(label, cell(key), (if *part == 0 { "p" } else { "q" }, part_icon(*part)), (pen, out)),
            Shows::Before(key) => marked(label, cell(key), ("p", RING), (pen, out)),
            Shows::After(key) => marked(label, cell(key), ("q", DOT), (pen, out)),
            Shows::Marks(keys) => {
                let values: Vec<Option<Exact>> = keys.iter().map(|key| Exact::parse(&cell(key).text())).collect();
                let mark = match values.as_slice() {
                    [Some(value)] => chart::dot(&layout.axis, value),
                    values if values.iter().all(Option::is_none) => chart::empty().to_owned(),
                    values => chart::dots(&layout.axis, values),
                };
                out.push_str(&format!("<td class=\"g\">{mark}</td>"));
            }
            Shows::Bar(key, longest) => {
                let count = cell(key).text().parse().unwrap_or(0);
                out.push_str(&format!("<td class=\"g\">{}</td>", chart::bar(count, *longest)));
            }
            Shows::Stack(keys) => {
                let counts = keys.map(|key| cell(key).text().parse().unwrap_or(0));
                out.push_str(&format!("<td class=\"g\">{}</td>", bars::stack(counts)));
            }
            Shows::Time(timeline, key) => {
                let mark = timeline.rows.get(row.index).map_or_else(String::new, |drawn| bars::time(timeline, drawn, &cell(key).text()));
                out.push_str(&format!("<td class=\"g\">{mark}</td>"));
            }
            Shows::Plan(key) => {
                let word = cell(key).text();
                let label = pen.voice.sentence(&format!("measure.status.{word}"), &[]).unwrap_or_else(|| escape(&word));
                out.push_str(&format!("<td class=\"p w\"><span class=\"st\">{}{label}</span></td>", bars::swatch(&word)));
            }
            Shows::Range(keys) => {
                let values = keys.map(|key| Exact::parse(&cell(key).text()));
                let mark = match &values {
                    [Some(low), Some(middle), Some(high)] => chart::range(&layout.axis, [low, middle, high]),
                    _ => chart::empty().to_owned(),
                };
                out.push_str(&format!("<td class=\"g\">{mark}</td>"));
            }
            Shows::Fall(key) => {
                let points = Exact::parse(&cell(key).text()).unwrap_or_else(|| Exact::whole(0));
                let from = level.clone();
                if row.emphasis.is_some() {
                    *level = points;
                } else {
                    *level = &from + &points;
                }
                let start = if row.emphasis.is_some() { level.clone() } else { from };
                out.push_str(&format!("<td class=\"g\">{}</td>", chart::fall(&layout.axis, &start, level)));
            }
            Shows::Main(key) => out.push_str(&format!("<td class=\"n\">{}</td>", main_figure(layout, cell(key), pen))),
            Shows::Derived(key) => {
                let value = match cell(key) {
                    Cell::Null => String::new(),
                    value => format!("<span class=\"k\">{label} </span>{}", figure(value, pen)),
                };
                out.push_str(&format!("<td class=\"d\">{value}</td>"));
            }
            Shows::Plain(key, place) => {
                let value = plain_cell(key, cell(key), pen);
                let labelled = if value.is_empty() { String::new() } else { format!("<span class=\"k\">{label} </span>{value}") };
                out.push_str(&format!("<td class=\"{place}\">{labelled}</td>"));
            }
            Shows::State(key) => {
                let word = cell(key).text();
                let label = pen.voice.sentence(&format!("state.{word}"), &[]).unwrap_or_else(|| escape(&word));
                let shown = format!("{}{label}", state_icon(&word));
                let told = word == "contradicts";
                let (open, close) = match told {
                    true => (format!("<a class=\"st\" href=\"#{}\">", audit::anchor(&cell("code").text())), "</a>"),
                    false => ("<span class=\"st\">".to_owned(), "</span>"),
                };
                out.push_str(&format!("<td class=\"n\">{open}{shown}{close}</td>"));
            }
            Shows::Status(key) => {
                let word = cell(key).text();
                let label = pen.voice.sentence(&format!("status.{word}"), &[]).unwrap_or_else(|| escape(&word));
                out.push_str(&format!("<td class=\"p w\"><span class=\"st\">{}{label}</span></td>", status_icon(&word)));
            }
        }
    }
    out.push_str("</tr>\n");
}

/// A figure with its label and the mark that it has in the chart.
fn marked(label: &str, cell: &Cell, (place, icon): (&str, &str), (pen, out): (&Pen<'_>, &mut String)) {
    out.push_str(&format!("<td class=\"{place}\">{icon}<span class=\"k\">{label} </span>{}</td>", figure(cell, pen)));
}

fn head(row: &Row, code: Option<&Cell>, text: &Cell, pen: &Pen<'_>, out: &mut String) {
    out.push_str("<th scope=\"row\">");
    // The total has a code for machines alone.
    if let Some(code) = code.filter(|code| code.text() != "overall") {
        out.push_str(&format!("<span class=\"code\">{} </span>", escape(&code.text())));
    }
    let shown = match (&row.name, text) {
        (Some(name), _) => pen.voice.label(name),
        (None, Cell::Name(name)) => pen.voice.name(name),
        (None, Cell::Word(key)) => pen.voice.word(key),
        (None, Cell::Null) => dash(pen),
        (None, other) => pen.voice.text(&other.text()),
    };
    match &row.link {
        Some(address) => {
            let fragment = row.fragment.as_ref().map_or_else(String::new, |fragment| format!("#{fragment}"));
            out.push_str(&format!("<a href=\"{}\">{shown}</a>", escape(&format!("{}{fragment}", address.from(pen.here, pen.links)))));
        }
        None => out.push_str(&shown),
    }
    for note in &row.notes {
        out.push_str(&format!(" <span class=\"note\">{}</span>", pen.voice.label(note)));
    }
    out.push_str("</th>");
}

/// The figure that counts: scores in columns have two decimals, items are plain 100 or 0.
fn main_figure(layout: &Layout, cell: &Cell, pen: &Pen<'_>) -> String {
    let whole = matches!(layout.table.name, "items" | "disclosures");
    match cell {
        Cell::Null => dash(pen),
        cell if whole => pen.voice.number(&cell.text()),
        Cell::Number(count) => pen.voice.count(count),
        cell => figure(cell, pen),
    }
}

fn figure(cell: &Cell, pen: &Pen<'_>) -> String {
    match cell {
        Cell::Null => dash(pen),
        cell => pen.voice.figure(&cell.text()),
    }
}

/// A figure that was not published: a dash, and the words for those who do not see it.
fn dash(pen: &Pen<'_>) -> String {
    let words = pen.voice.sentence("figure.none", &[]).unwrap_or_default();
    format!("<span aria-hidden=\"true\">\u{2013}</span><span class=\"vh\">{words}</span>")
}

fn plain_cell(key: &str, cell: &Cell, pen: &Pen<'_>) -> String {
    match cell {
        Cell::Null => String::new(),
        Cell::Name(name) => pen.voice.name(name),
        Cell::Word(key) => pen.voice.word(key),
        Cell::Number(number) if key == "weight" => format!("{}%", pen.voice.number(number)),
        Cell::Number(number) | Cell::Figure(number) => pen.voice.number(number),
        Cell::Day(day) => pen.voice.day(*day, true),
        Cell::List(list) if key == "steps" => {
            let items: String = list.iter().map(|step| format!("<li>{}</li>", pen.voice.text(step))).collect();
            format!("<ul class=\"steps\">{items}</ul>")
        }
        Cell::List(list) => list.iter().map(|text| pen.voice.text(text)).collect::<Vec<_>>().join(", "),
        Cell::Flag(flag) => flag.to_string(),
        Cell::Text(text) if key == "data_year" => match crate::base::date::parse_year(text) {
            Some(_) => pen.voice.sentence("data_year.year", &[("year", pen.voice.year(text))]).unwrap_or_else(|| escape(text)),
            None => pen.voice.sentence(&format!("data_year.{text}"), &[]).unwrap_or_else(|| escape(text)),
        },
        Cell::Text(text) if key == "elements" => super::voice::plain(&pen.voice.number(text)),
        Cell::Text(text) => pen.voice.text(text),
    }
}

/// The mark of a state; the word beside it says the same.
fn state_icon(state: &str) -> &'static str {
    match state {
        "follows" | "rounding" => "<svg class=\"i\" aria-hidden=\"true\"><use href=\"#s-m-yes\"/></svg>",
        "contradicts" => "<svg class=\"i\" aria-hidden=\"true\"><use href=\"#s-m-neq\"/></svg>",
        _ => "<svg class=\"i\" aria-hidden=\"true\"><use href=\"#s-m-off\"/></svg>",
    }
}

/// The mark of a status or of what became of something; the word beside it says the same.
pub fn status_icon(status: &str) -> &'static str {
    match status {
        "published" => "<svg class=\"i\" aria-hidden=\"true\"><use href=\"#s-m-full\"/></svg>",
        "partial" => "<svg class=\"i\" aria-hidden=\"true\"><use href=\"#s-m-part\"/></svg>",
        "missing" => "<svg class=\"i\" aria-hidden=\"true\"><use href=\"#s-m-none\"/></svg>",
        "not-applicable" => "<svg class=\"i\" aria-hidden=\"true\"><use href=\"#s-m-off\"/></svg>",
        "carried" => "<svg class=\"i\" aria-hidden=\"true\"><use href=\"#s-m-carry\"/></svg>",
        "merged" => "<svg class=\"i\" aria-hidden=\"true\"><use href=\"#s-m-merge\"/></svg>",
        "begun" => "<svg class=\"i\" aria-hidden=\"true\"><use href=\"#s-m-new\"/></svg>",
        "done" => "<svg class=\"i\" aria-hidden=\"true\"><use href=\"#s-m-yes\"/></svg>",
        "dropped" => "<svg class=\"i\" aria-hidden=\"true\"><use href=\"#s-m-off\"/></svg>",
        "due" => "<svg class=\"i\" aria-hidden=\"true\"><use href=\"#s-m-due\"/></svg>",
        _ => "<svg class=\"i\" aria-hidden=\"true\"><use href=\"#s-m-unrec\"/></svg>",
    }
}
