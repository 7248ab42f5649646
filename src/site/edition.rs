//! The overview of an edition: why this level, instruments, where the points went, indicators, issues, measures.

use std::sync::Arc;

use super::axis::Axis;
use super::model::{EditionModel, Model};
use super::page::{Page, Section, maybe, name};
use super::table::{Cell, Column, Group, Label, Layout, Line, Row, Shows, Table};
use super::tables::Tables;
use super::view::{View, view};
use super::{changes, known, levels, linked, measures};
use crate::assessment::level::{self, Condition, Short};
use crate::assessment::loss;
use crate::base::exact::Exact;
use crate::base::language::Name;
use crate::framework::{Figure, Level};

/// The overview of an edition.
pub fn page<'a>(model: &'a Model, edition: &'a EditionModel, tables: &Tables) -> Page<'a> {
    let mut page = Page::of_edition(model, edition, "", "edition");
    page.section = Section::Edition;
    page.linked.push(linked::edition(model, edition, tables.all().into_iter()));
    let pack = &edition.edition.pack;
    let split = pack.instruments.iter().filter(|one| !one.parts.is_empty());
    let split: Vec<View> = split.map(|one| view!({"code": one.id, "parts": one.parts.len()})).collect();
    page.view = view!({
        "digest": digest(edition),
        "change": changes::against(model, edition),
        "conditions": conditions(edition),
        "next": next(edition),
        "measures": measures::list(edition),
        "instruments": pack.instruments.len(),
        "split": split,
        "indicators": pack.indicators.len(),
        "issues": pack.issues.len(),
        "members": pack.questions.len() + pack.items.len(),
        "corrections": corrections(edition),
        "respondents": respondents(edition),
        "known": known::of_pack(edition),
        "figures": !edition.edition.assessment.figures.is_empty(),
    });
    if !pack.instruments.is_empty() {
        page.table("instruments", instruments(edition, tables, true));
    }
    if let Some(layout) = losses(edition) {
        page.table("losses", layout);
    }
    if let Some(layout) = super::losses::most(edition) {
        page.download(edition, "losses");
        page.table("most", layout);
    }
    if !pack.indicators.is_empty() {
        page.table("indicators", indicators(edition, tables, true));
    }
    if !pack.issues.is_empty() {
        page.table("issues", issues(edition));
    }
    page
}

/// What the front pages say first: score, level, distance to the level's threshold and to the nation.
pub fn digest(edition: &EditionModel) -> View {
    let record = &edition.edition;
    let announced = level::announced(record);
    let overall = record.published(Figure::Overall);
    let difference = |against: Option<&Exact>| overall.zip(against).map(|(own, other)| (&own.value - other).short(4));
    let threshold = announced.as_ref().and_then(|announced| announced.level.total.as_ref());
    let national = record.pack.national.as_ref();
    view!({
        "year": record.year,
        "overall": overall.map(|overall| overall.text.clone()),
        "level": record.assessment.level.as_ref().map(|level| level.value.clone()),
        "level_name": announced.as_ref().map(|announced| name(&announced.level.name)),
        "rank": announced.as_ref().map(|announced| announced.rank),
        "levels": record.pack.levels.len(),
        "threshold": threshold.map(|threshold| threshold.short(4)),
        "each": announced.as_ref().and_then(|announced| announced.level.each.as_ref()).map(|each| each.short(4)),
        "asks": announced.as_ref().and_then(|announced| levels::view(&record.pack.levels, announced.rank)),
        "margin": difference(threshold),
        "national": national.map(|national| view!({
            "mean": national.mean.short(4), "agencies": national.agencies, "difference": difference(Some(&national.mean)),
            "source": national.source.as_ref().and_then(|id| record.pack.source(id)).map(|s| view!({"title": name(&s.title), "url": s.url})),
            "note": maybe(national.standing.note.as_ref()),
        })),
        "announced": record.assessment.announced.as_ref().map(|date| date.value.to_string()),
        "source": view!({
            "title": record.assessment.source.title, "publisher": record.assessment.source.publisher, "url": record.assessment.source.url,
        }),
        "lost": lost(edition),
        "audit": super::audit::counts(edition),
        "pack": view!({"name": name(&record.pack.name), "publisher": maybe(record.pack.publisher.as_ref())}),
        "draft": record.assessment.draft,
    })
}

/// How many points were lost, and where most of them.
fn lost(edition: &EditionModel) -> Option<View> {
    let record = &edition.edition;
    let overall = record.published(Figure::Overall)?;
    let losses = loss::losses(record);
    let most = losses.first()?;
    let total = &Exact::whole(100) - &overall.value;
    let (plain, code) = figure_name(edition, most.figure);
    let nothing = total <= Exact::whole(0);
    Some(view!({"total": total.fixed(2), "most": most.points.fixed(2), "where": plain, "code": code, "nothing": nothing}))
}

/// The plain name of an instrument or part, and its code as people read it.
pub fn figure_name(edition: &EditionModel, figure: Figure) -> (View, String) {
    let pack = &edition.edition.pack;
    let (plain, official) = match figure {
        Figure::Instrument(i) => (&pack.instruments[i].plain, &pack.instruments[i].name),
        Figure::Part(i, p) => (&pack.instruments[i].parts[p].plain, &pack.instruments[i].parts[p].name),
        _ => return (View::Null, pack.code(figure)),
    };
    (name(plain.name.as_ref().unwrap_or(official)), pack.code(figure))
}

/// The conditions of the announced level, each with its figure.
fn conditions(edition: &EditionModel) -> View {
    let Some(announced) = level::announced(&edition.edition) else { return View::List(Arc::default()) };
    let Level { name: level_name, .. } = announced.level;
    let one = |condition: &Condition| {
        let derived = edition.edition.published(condition.figure).is_none();
        view!({
            "code": edition.edition.pack.code(condition.figure),
            "overall": condition.figure == Figure::Overall,
            "value": condition.value.as_ref().map(|value| value.short(4)),
            "derived": derived,
            "threshold": condition.threshold.short(4),
            "met": condition.met(),
            "exactly": condition.value.as_ref() == Some(&condition.threshold),
            "level": name(level_name),
        })
    };
    level::conditions(&edition.edition, announced.level).iter().map(one).collect()
}

/// What keeps the result from the next better level.
fn next(edition: &EditionModel) -> Option<View> {
    let (rank, missing) = level::to_the_next(&edition.edition)?;
    let one = |short: &Short| {
        let condition = &short.condition;
        view!({
            "code": edition.edition.pack.code(condition.figure), "overall": condition.figure == Figure::Overall,
            "value": condition.value.as_ref().map(|value| value.short(4)), "threshold": condition.threshold.short(4),
            "by": short.by.as_ref().map(|by| by.short(4)),
        })
    };
    let level = name(&edition.edition.pack.levels[rank].name);
    Some(view!({"level": level, "short": missing.iter().map(one).collect::<Vec<_>>()}))
}

/// Instruments, parts in place of an instrument that publishes only them, with a mark each.
pub fn instruments(edition: &EditionModel, tables: &Tables, explained: bool) -> Layout {
    let pack = &edition.edition.pack;
    let mut figures = Vec::new();
    for (i, instrument) in pack.instruments.iter().enumerate() {
        let own = edition.edition.published(Figure::Instrument(i)).is_some();
        if own || instrument.parts.is_empty() {
            figures.push(Figure::Instrument(i));
        }
        figures.extend((0..instrument.parts.len()).map(|p| Figure::Part(i, p)));
    }
    let line = |figure: &Figure| {
        let index = tables.scores.find("code", &pack.code(*figure)).unwrap_or_default();
        let plain = match *figure {
            Figure::Instrument(i) => Some(&pack.instruments[i].plain),
            Figure::Part(i, p) => Some(&pack.instruments[i].parts[p].plain),
            _ => None,
        };
        let about = plain.and_then(|plain| plain.about.as_ref()).filter(|_| explained);
        let said = plain.and_then(|plain| plain.name.as_ref());
        let official = match *figure {
            Figure::Instrument(i) => Some(&pack.instruments[i].name),
            Figure::Part(i, p) => Some(&pack.instruments[i].parts[p].name),
            _ => None,
        };
        // The plain name first, its code after it, the official name once as a note. A report has the words of its source first.
        let name = said.or(official).filter(|_| explained).map(|name| plainly(&pack.code(*figure), name));
        let words = if explained { official.filter(|_| said.is_some()) } else { said }.into_iter().chain(about);
        let mut notes: Vec<Label> = words.map(|words| Label::new("text").name("text", words)).collect();
        if let Some(weight) = edition.edition.rollup().weight(*figure) {
            notes.push(Label::new("note.weight").number("weight", weight.short(2)));
        }
        Line::Row(Row { index, name, notes, ..Row::default() })
    };
    Layout {
        table: Arc::clone(&tables.scores),
        shape: "",
        caption: Label::new("table.instruments"),
        subcaption: Some(Label::new("table.instruments.sub")),
        columns: vec![
            Column { label: Label::new("column.instrument"), shows: Shows::Head((!explained).then_some("code"), "name") },
            Column { label: Label::new("column.marks"), shows: Shows::Marks(vec!["published"]) },
            Column { label: Label::new("column.score"), shows: Shows::Main("published") },
        ],
        lines: figures.iter().map(line).collect(),
        axis: edition.axis.clone(),
    }
}

/// What an instrument is called where people read it.
fn plainly(code: &str, name: &Name) -> Label {
    Label::new("instrument.named").name("name", name).text("code", code)
}

/// Indicators by instrument, with a mark each.
pub fn indicators(edition: &EditionModel, tables: &Tables, explained: bool) -> Layout {
    let pack = &edition.edition.pack;
    let mut lines = Vec::new();
    for (i, instrument) in pack.instruments.iter().enumerate() {
        let indicators: Vec<usize> = pack.indicators_of(i).collect();
        if indicators.is_empty() {
            continue;
        }
        let name = instrument.plain.name.as_ref().unwrap_or(&instrument.name);
        lines.push(Line::Group(Group { note: Some(("", plainly(&instrument.id, name))), ..Group::default() }));
        for indicator in indicators {
            let code = pack.indicators[indicator].number.to_string();
            let about = pack.indicators[indicator].plain.about.as_ref().filter(|_| explained);
            let notes = about.map(|about| Label::new("text").name("text", about)).into_iter().collect();
            lines.push(Line::Row(Row { notes, ..Row::plain(tables.scores.find("code", &code).unwrap_or_default()) }));
        }
    }
    Layout {
        table: Arc::clone(&tables.scores),
        shape: "hang strip",
        caption: Label::new("table.indicators").number("count", pack.indicators.len()),
        subcaption: None,
        columns: vec![
            Column { label: Label::new("column.indicator"), shows: Shows::Head(Some("code"), "name") },
            Column { label: Label::new("column.marks"), shows: Shows::Marks(vec!["published"]) },
            Column { label: Label::new("column.score"), shows: Shows::Main("published") },
        ],
        lines,
        axis: edition.axis.clone(),
    }
}

/// Issues with the site's own mean, a mark each.
pub fn issues(edition: &EditionModel) -> Layout {
    let pack = &edition.edition.pack;
    let mut table = Table::new("issues", &["number", "name", "members", "mean"]);
    let mut lines = Vec::new();
    for (index, issue) in pack.issues.iter().enumerate() {
        let mean = edition.edition.issue_mean(issue).map_or(Cell::Null, |mean| Cell::Figure(mean.fixed(2)));
        table.rows.push(vec![Cell::number(issue.number), Cell::Name(issue.name.clone()), Cell::number(issue.members.len()), mean]);
        lines.push(Line::Row(Row { index, link: Some(edition.issue(issue.number)), ..Row::default() }));
    }
    Layout {
        table: Arc::new(table),
        shape: "hang strip",
        caption: Label::new("table.issues"),
        subcaption: Some(Label::new("table.issues.sub")),
        columns: vec![
            Column { label: Label::new("column.issue"), shows: Shows::Head(Some("number"), "name") },
            Column { label: Label::new("column.members"), shows: Shows::Plain("members", "p") },
            Column { label: Label::new("column.marks"), shows: Shows::Marks(vec!["mean"]) },
            Column { label: Label::new("column.mean"), shows: Shows::Main("mean") },
        ],
        lines,
        axis: edition.axis.clone(),
    }
}

/// The waterfall from 100 to the total; `None` where the losses are not known.
pub fn losses(edition: &EditionModel) -> Option<Layout> {
    let record = &edition.edition;
    let overall = record.published(Figure::Overall)?;
    let losses = loss::losses(record);
    if losses.is_empty() {
        return None;
    }
    let mut table = Table::new("losses", &["name", "points"]);
    let mut lines = Vec::new();
    let mut push = |name: Cell, points: String, row: Row| {
        lines.push(Line::Row(Row { index: table.rows.len(), ..row }));
        table.rows.push(vec![name, Cell::Figure(points)]);
    };
    push(Cell::Word("loss.full"), "100.00".to_owned(), Row { emphasis: Some("top"), ..Row::default() });
    for loss in &losses {
        let pack = &record.pack;
        let (plain, official) = match loss.figure {
            Figure::Part(i, p) => (&pack.instruments[i].parts[p].plain.name, &pack.instruments[i].parts[p].name),
            Figure::Instrument(i) => (&pack.instruments[i].plain.name, &pack.instruments[i].name),
            _ => continue,
        };
        let known = record.rollup().known(loss.figure).map_or_else(String::new, |value| value.fixed(2));
        let note = Label::new("note.loss").text("code", pack.code(loss.figure)).number("value", known);
        let points = &Exact::whole(0) - &loss.points;
        push(Cell::Name(plain.clone().unwrap_or_else(|| official.clone())), points.fixed(2), Row { notes: vec![note], ..Row::default() });
    }
    push(Cell::Word("loss.left"), overall.value.fixed(2), Row { emphasis: Some("sum"), ..Row::default() });
    // The axis of a waterfall is its own: from the whole number below the total.
    let low = overall.value.short(0).parse::<i64>().unwrap_or(0);
    let low = if Exact::whole(low) > overall.value { low - 1 } else { low };
    Some(Layout {
        table: Arc::new(table),
        shape: "fall",
        caption: Label::new("table.losses").number("total", &overall.text),
        subcaption: None,
        columns: vec![
            Column { label: Label::new("column.part"), shows: Shows::Head(None, "name") },
            Column { label: Label::new("column.fall"), shows: Shows::Fall("points") },
            Column { label: Label::new("column.points"), shows: Shows::Main("points") },
        ],
        lines,
        axis: Axis { low: low.min(99), ..Axis::default() },
    })
}

fn corrections(edition: &EditionModel) -> View {
    let one = |correction: &crate::source::assessment::Correction| {
        view!({
            "date": correction.date.map(|date| date.to_string()), "code": correction.code, "was": correction.was, "now": correction.now,
            "reason": correction.reason,
        })
    };
    edition.edition.assessment.corrections.iter().map(one).collect()
}

fn respondents(edition: &EditionModel) -> View {
    let one = |(figure, count): (&Figure, &u32)| {
        let (plain, code) = figure_name(edition, *figure);
        view!({"name": plain, "code": code, "count": count})
    };
    edition.edition.assessment.respondents.iter().map(one).collect()
}
