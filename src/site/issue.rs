//! The issues of an edition: the list of them, and a page each with scores, analysis and measures.

use super::links::Links;
use super::model::{EditionModel, Model};
use super::page::{Crumb, Page, Section, Text, maybe, name};
use super::table::{Label, Layout, Line};
use super::tables::Tables;
use super::view::{View, view};
use super::{edition, measures, scores};
use crate::framework::{Figure, Issue};

/// The list of issues.
pub fn index<'a>(model: &'a Model, edition: &'a EditionModel) -> Page<'a> {
    let mut page = Page::of_edition(model, edition, "issues/", "issues");
    page.section = Section::Issues;
    let one = |issue: &Issue| {
        view!({
            "number": issue.number, "name": name(&issue.name), "plain": maybe(issue.plain.name.as_ref()), "about": maybe(issue.plain.about.as_ref()),
            "address": edition.issue(issue.number).as_str(), "members": issue.members.len(),
            "measures": edition.edition.measures_of(issue.number).count(), "analysed": edition.issues.contains_key(&issue.number),
        })
    };
    page.view = view!({"issues": edition.edition.pack.issues.iter().map(one).collect::<Vec<_>>()});
    page.table("issues", edition::issues(edition));
    page
}

/// The page of each issue.
pub fn pages<'a>(model: &'a Model, edition: &'a EditionModel, tables: &Tables, links: &Links) -> Vec<Page<'a>> {
    let issues = &edition.edition.pack.issues;
    let neighbour = |issue: Option<&Issue>| {
        issue.map(|issue| view!({"number": issue.number, "name": name(issue.plain.name.as_ref().unwrap_or(&issue.name)), "address": edition.issue(issue.number).as_str()}))
    };
    let mut pages = Vec::with_capacity(issues.len());
    for (i, issue) in issues.iter().enumerate() {
        let mut page = Page::of_edition(model, edition, &format!("issues/{}/", issue.number), "issue");
        page.section = Section::Issues;
        page.crumbs.push(Crumb { address: edition.base.below("issues/"), label: Label::new("crumb.issues").number("count", issues.len()) });
        let members = || issue.members.iter().filter_map(|code| edition.edition.pack.member(*code));
        let questions = members().filter(|figure| matches!(figure, Figure::Question(_)));
        let question_count = questions.clone().count();
        let names: Vec<String> = layouts(edition, tables, issue)
            .into_iter()
            .map(|(name, layout)| {
                page.table(name.clone(), layout);
                name
            })
            .collect();
        page.view = view!({
            "number": issue.number, "name": name(&issue.name), "plain": maybe(issue.plain.name.as_ref()), "about": maybe(issue.plain.about.as_ref()),
            "members": issue.members.len(), "questions": question_count,
            "mean": edition.edition.issue_mean(issue).map(|mean| mean.fixed(2)),
            "questions_mean": edition.edition.mean_of(questions).map(|mean| mean.fixed(2)),
            "parts": asked_parts(edition, &names),
            "tables": names,
            "measures": measures::of_issue(edition, issue.number, links),
            "before": neighbour(i.checked_sub(1).and_then(|i| issues.get(i))),
            "after": neighbour(issues.get(i + 1)),
        });
        page.updated = edition.edition.measures_of(issue.number).filter_map(measures::last_told).max();
        if let Some(commentary) = edition.issues.get(&issue.number) {
            page.updated = page.updated.max(commentary.updated);
            page.text("text", Text { commentary, top: 3, issue: None });
        }
        pages.push(page);
    }
    pages
}

/// The parts whose marks the tables of an issue show.
fn asked_parts(edition: &EditionModel, tables: &[String]) -> Vec<View> {
    let shown = |id: &str| tables.contains(&format!("questions-{id}"));
    edition.edition.pack.instruments.iter().filter(|instrument| shown(&instrument.id)).flat_map(scores::parts).collect()
}

/// The tables of an issue: its questions by instrument, then its items.
pub fn layouts(edition: &EditionModel, tables: &Tables, issue: &Issue) -> Vec<(String, Layout)> {
    let pack = &edition.edition.pack;
    let mut layouts = Vec::new();
    let members: Vec<Figure> = issue.members.iter().filter_map(|code| pack.member(*code)).collect();
    for (i, instrument) in pack.instruments.iter().enumerate() {
        let of_instrument = |figure: &Figure| matches!(figure, Figure::Question(q) if pack.instrument_of(*q) == i);
        let questions: Vec<usize> =
            members.iter().filter(|f| of_instrument(f)).filter_map(|f| if let Figure::Question(q) = f { Some(*q) } else { None }).collect();
        if questions.is_empty() {
            continue;
        }
        let asked = instrument.plain.name.as_ref().unwrap_or(&instrument.name);
        let caption = Label::new("table.issue.questions").name("instrument", asked).number("count", questions.len());
        let lines: Vec<Line> = questions.iter().map(|q| scores::question_line(edition, *q, true)).collect();
        layouts.push((format!("questions-{}", instrument.id), scores::questions(edition, tables, (i, caption, lines))));
    }
    let items: Vec<usize> = members.iter().filter_map(|f| if let Figure::Item(o) = f { Some(*o) } else { None }).collect();
    if !items.is_empty() {
        let caption = Label::new("table.issue.items").number("count", items.len());
        let lines = items.iter().map(|o| scores::item_line(edition, *o, true)).collect();
        layouts.push(("items".to_owned(), scores::items(edition, tables, (caption, lines))));
    }
    layouts
}
