//! The whole analysis report on one page, in the order of the report that agencies file: contents, 1 introduction, 2.1 to 2.5 results,
//! 3 analysis, 4 measures. What that report has no place for is an appendix: the figures that do not follow from their parts.

use super::model::{EditionModel, Model};
use super::page::{Page, Section, Text, maybe, name};
use super::table::{Label, Layout, Line, Shows};
use super::tables::Tables;
use super::view::view;
use super::{audit, edition, measures, scores};
use crate::framework::{Figure, Issue};

/// The report of an edition.
pub fn page<'a>(model: &'a Model, edition: &'a EditionModel, tables: &Tables) -> Page<'a> {
    let pack = &edition.edition.pack;
    let mut page = Page::of_edition(model, edition, "report/", "report");
    page.section = Section::Report;
    let issue = |issue: &Issue| {
        view!({
            "number": issue.number, "name": name(&issue.name), "plain": maybe(issue.plain.name.as_ref()),
            "mean": edition.edition.issue_mean(issue).map(|mean| mean.fixed(2)), "members": issue.members.len(),
            "analysed": edition.issues.get(&issue.number).is_some_and(|commentary| !commentary.document.is_empty()),
            "tables": issue_tables(issue, pack.instruments.iter().map(|i| i.id.as_str())),
        })
    };
    page.view = view!({
        "digest": edition::digest(edition),
        "issues": pack.issues.iter().map(issue).collect::<Vec<_>>(),
        "indicators": pack.indicators.len(),
        "weights": pack.instruments.iter().all(|instrument| instrument.weight.is_some()),
        "members": pack.questions.len() + pack.items.len(),
        "measures": edition.edition.measures.len(),
        "has_report": edition.report.as_ref().is_some_and(|report| !report.document.is_empty()),
        "disagreeing": audit::disagreeing(edition),
        "report_title": edition.report.as_ref().and_then(|report| report.title.clone()),
    });
    if !pack.instruments.is_empty() {
        page.table("instruments", edition::instruments(edition, tables, false));
    }
    if !pack.indicators.is_empty() {
        page.table("indicators", edition::indicators(edition, tables, false));
    }
    for issue in &pack.issues {
        for (name, layout) in issue_layouts(edition, tables, issue) {
            page.table(format!("issue-{}-{name}", issue.number), layout);
        }
    }
    if !edition.edition.measures.is_empty() {
        page.table("measures", measures::layout(edition, tables));
    }
    if let Some(commentary) = &edition.report {
        page.updated = commentary.updated;
        page.text("report", Text { commentary, top: 3, issue: Some(0) });
    }
    for (number, commentary) in &edition.issues {
        page.updated = page.updated.max(commentary.updated);
        page.text(format!("issue-{number}"), Text { commentary, top: 4, issue: Some(*number) });
    }
    page
}

/// The names that the tables of an issue may have, in order; a template shows those that are there.
fn issue_tables<'a>(issue: &Issue, instruments: impl Iterator<Item = &'a str>) -> Vec<String> {
    let questions = instruments.map(|id| format!("issue-{}-questions-{id}", issue.number));
    questions.chain([format!("issue-{}-items", issue.number)]).collect()
}

/// The tables of an issue as paper wants them: without charts and without anchors, which other tables of the page have.
fn issue_layouts(edition: &EditionModel, tables: &Tables, issue: &Issue) -> Vec<(String, Layout)> {
    let pack = &edition.edition.pack;
    let mut layouts = Vec::new();
    let members: Vec<Figure> = issue.members.iter().filter_map(|code| pack.member(*code)).collect();
    for (i, instrument) in pack.instruments.iter().enumerate() {
        let questions = members.iter().filter_map(|figure| match figure {
            Figure::Question(q) if pack.instrument_of(*q) == i => Some(*q),
            _ => None,
        });
        let lines: Vec<Line> = questions.map(|q| scores::question_line(edition, q, false)).collect();
        if lines.is_empty() {
            continue;
        }
        let asked = instrument.plain.name.as_ref().unwrap_or(&instrument.name);
        let caption = Label::new("table.issue.questions").name("instrument", asked).number("count", lines.len());
        let mut layout = scores::questions(edition, tables, (i, caption, lines));
        layout.columns.retain(|column| !matches!(column.shows, Shows::Marks(_) | Shows::Derived(_)));
        layout.shape = "hang paper";
        layouts.push((format!("questions-{}", instrument.id), layout));
    }
    let items = members.iter().filter_map(|figure| if let Figure::Item(o) = figure { Some(*o) } else { None });
    let lines: Vec<Line> = items.map(|o| scores::item_line(edition, o, false)).collect();
    if !lines.is_empty() {
        let caption = Label::new("table.issue.items").number("count", lines.len());
        layouts.push(("items".to_owned(), scores::items(edition, tables, (caption, lines))));
    }
    layouts
}
