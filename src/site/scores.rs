//! The score page: every layer from the total down to questions and items. Owns the layouts of score tables, which other pages share.

use std::sync::Arc;

use super::model::{EditionModel, Model};
use super::page::{Page, Section, name};
use super::table::{Column, Group, Label, Layout, Line, Row, Shows};
use super::tables::{Tables, score_rows};
use super::view::{View, view};
use crate::assessment::ledger::State;
use crate::base::exact::Exact;
use crate::framework::{Figure, Instrument, Pack};

/// The score page of an edition.
pub fn page<'a>(model: &'a Model, edition: &'a EditionModel, tables: &Tables) -> Page<'a> {
    let pack = &edition.edition.pack;
    let mut page = Page::of_edition(model, edition, "scores/", "scores");
    page.section = Section::Scores;
    for table in ["scores", "questions", "items"] {
        page.download(edition, table);
    }
    page.table("layers", layers(edition, tables));
    let mut instruments = Vec::new();
    for (i, instrument) in pack.instruments.iter().enumerate() {
        let anchor = anchor(instrument);
        let questions = questions_of(edition, tables, i);
        let items = items_of(edition, tables, i);
        let counts = (questions.as_ref().map_or(0, rows), items.as_ref().map_or(0, rows));
        let reversed = pack.questions.iter().enumerate().any(|(q, question)| question.reverse && pack.instrument_of(q) == i);
        if counts != (0, 0) {
            let figures: Vec<View> = shown_figures(edition, i);
            instruments.push(view!({
                "id": instrument.id, "anchor": anchor, "name": name(&instrument.name), "plain": super::page::maybe(instrument.plain.name.as_ref()),
                "about": super::page::maybe(instrument.plain.about.as_ref()), "figures": figures, "parts": parts(instrument),
                "questions": counts.0, "items": counts.1, "reversed": reversed && counts.0 > 0,
                "certainty": super::known::certainty(instrument.standing.certainty), "note": super::page::maybe(instrument.standing.note.as_ref()),
            }));
        }
        if let Some(layout) = questions {
            page.table(format!("questions-{}", instrument.id), layout);
        }
        if let Some(layout) = items {
            page.table(format!("items-{}", instrument.id), layout);
        }
    }
    // Items that the pack gives no indicator, whose instrument is therefore not known.
    let others = items_elsewhere(edition, tables);
    if let Some(layout) = others.clone() {
        page.table("items", layout);
    }
    let lowest = lowest(edition);
    page.view = view!({
        "overall": edition.published(Figure::Overall),
        "formula": formula(pack),
        "instruments": instruments,
        "indicators": pack.indicators.len(),
        "questions": pack.questions.len(),
        "items": pack.items.len(),
        "lowest": lowest,
        "known": super::known::of_pack(edition),
        "others": others.is_some(),
        "derives": derives(edition),
        "audit": super::audit::counts(edition),
        "weighted": edition.edition.assessment.scale == crate::source::assessment::Scale::Weighted,
    });
    page
}

/// Whether anything on the score page is derived: where nothing is, no page promises that.
pub fn derives(edition: &EditionModel) -> bool {
    let layers = score_rows(&edition.edition.pack).into_iter().map(|row| row.figure);
    let questions = (0..edition.edition.pack.questions.len()).map(Figure::Question);
    layers.chain(questions).any(|figure| edition.edition.derived(figure).is_some())
}

/// The anchor of an instrument on the score page.
pub fn anchor(instrument: &Instrument) -> String {
    format!("s-{}", instrument.id.to_lowercase())
}

fn rows(layout: &Layout) -> usize {
    layout.lines.iter().filter(|line| matches!(line, Line::Row(_))).count()
}

/// The parts of an instrument as templates take them.
pub fn parts(instrument: &Instrument) -> Vec<View> {
    instrument
        .parts
        .iter()
        .map(|part| view!({"id": part.id, "key": part.key.to_uppercase(), "name": name(&part.name), "plain": super::page::maybe(part.plain.name.as_ref())}))
        .collect()
}

/// The published figure of an instrument, or of its parts where only they are published.
fn shown_figures(edition: &EditionModel, instrument: usize) -> Vec<View> {
    let own = edition.published(Figure::Instrument(instrument));
    let parts = (0..edition.edition.pack.instruments[instrument].parts.len()).map(|p| Figure::Part(instrument, p));
    match own {
        Some(text) => vec![view!(text)],
        None => parts.filter_map(|part| edition.published(part)).map(|text| view!(text)).collect(),
    }
}

/// The formula of the total: weights as a share of 1, by instrument; empty where a weight is not known.
fn formula(pack: &Pack) -> Vec<View> {
    let term = |instrument: &Instrument| {
        let weight = instrument.weight.as_ref()?;
        Some(view!({"weight": (weight / &Exact::whole(100)).short(4), "id": instrument.id}))
    };
    pack.instruments.iter().map(term).collect::<Option<Vec<_>>>().unwrap_or_default()
}

/// The question with the lowest published figure, where not all are equal.
fn lowest(edition: &EditionModel) -> Option<View> {
    let pack = &edition.edition.pack;
    let figures = (0..pack.questions.len()).filter_map(|q| Some((edition.edition.published(Figure::Question(q))?, q)));
    let mut figures: Vec<_> = figures.collect();
    figures.sort_by(|a, b| a.0.value.cmp(&b.0.value).then(a.1.cmp(&b.1)));
    let ((lowest, q), (highest, _)) = (figures.first()?, figures.last()?);
    let question = &pack.questions[*q];
    (lowest.value < highest.value).then(|| view!({"code": question.code.to_string(), "text": name(&question.text), "value": lowest.text}))
}

/// All layers above questions and items, in one table.
pub fn layers(edition: &EditionModel, tables: &Tables) -> Layout {
    let pack = &edition.edition.pack;
    let table = &tables.scores;
    let mut lines = Vec::new();
    let line = |figure: Figure, mut notes: Vec<Label>| {
        notes.extend(contradiction(edition, figure));
        let index = table.find("code", &pack.code(figure)).unwrap_or_default();
        Line::Row(Row { index, notes, ..Row::default() })
    };
    let group = |label: &'static str| Line::Group(Group { note: Some(("", Label::new(label))), ..Group::default() });
    lines.push(line(Figure::Overall, Vec::new()));
    if !pack.instruments.is_empty() {
        lines.push(group("layer.instruments"));
    }
    for (i, instrument) in pack.instruments.iter().enumerate() {
        lines.push(line(Figure::Instrument(i), plain_note(instrument.plain.name.as_ref())));
        for (p, part) in instrument.parts.iter().enumerate() {
            lines.push(line(Figure::Part(i, p), plain_note(part.plain.name.as_ref())));
        }
    }
    if !pack.indicators.is_empty() {
        lines.push(group("layer.indicators"));
    }
    for (i, indicator) in pack.indicators.iter().enumerate() {
        lines.push(line(Figure::Indicator(i), Vec::new()));
        for g in 0..indicator.groups.len() {
            lines.push(line(Figure::Group(i, g), Vec::new()));
        }
    }
    Layout {
        table: table.clone(),
        shape: "hang layers",
        caption: Label::new("table.layers"),
        subcaption: Some(Label::new("table.layers.sub")),
        columns: vec![
            Column { label: Label::new("column.layer"), shows: Shows::Head(Some("code"), "name") },
            Column { label: Label::new("column.weight"), shows: Shows::Plain("weight", "p") },
            Column { label: Label::new("column.derived"), shows: Shows::Derived("derived") },
            Column { label: Label::new("column.published"), shows: Shows::Main("published") },
        ],
        lines,
        axis: edition.axis.clone(),
    }
}

/// What is said under a figure that its parts can't give; the audit page says more.
fn contradiction(edition: &EditionModel, figure: Figure) -> Option<Label> {
    (edition.ledger.state(figure) == State::Contradicts).then(|| Label::new("note.contradicts"))
}

fn plain_note(plain: Option<&crate::base::language::Name>) -> Vec<Label> {
    plain.map(|plain| Label::new("text").name("text", plain)).into_iter().collect()
}

/// The questions of an instrument, by indicator; `None` where it has none.
pub fn questions_of(edition: &EditionModel, tables: &Tables, instrument: usize) -> Option<Layout> {
    let pack = &edition.edition.pack;
    let lines =
        by_indicator(edition, instrument, |indicator| pack.questions_of(indicator).map(|q| question_line(edition, q, true)).collect());
    let caption = span_label("table.questions", pack, (instrument, &lines))?;
    Some(questions(edition, tables, (instrument, caption, lines)))
}

/// The lines of an instrument's members, each indicator's under its own row; indicators without any are left out.
fn by_indicator(edition: &EditionModel, instrument: usize, lines_of: impl Fn(usize) -> Vec<Line>) -> Vec<Line> {
    let mut lines = Vec::new();
    for indicator in edition.edition.pack.indicators_of(instrument) {
        let own = lines_of(indicator);
        if !own.is_empty() {
            lines.push(Line::Group(indicator_group(edition, indicator)));
            lines.extend(own);
        }
    }
    lines
}

/// A caption that names an instrument, and the first and last code of the lines; `None` where there are none.
fn span_label(key: &'static str, pack: &Pack, (instrument, lines): (usize, &[Line])) -> Option<Label> {
    let mut codes = lines.iter().filter_map(|line| if let Line::Row(row) = line { row.anchor.clone() } else { None });
    let first = codes.next()?;
    let last = codes.next_back().unwrap_or_else(|| first.clone());
    Some(Label::new(key).text("instrument", pack.instruments[instrument].id.as_str()).text("first", first).text("last", last))
}

/// A table of questions of one instrument.
pub fn questions(edition: &EditionModel, tables: &Tables, (instrument, caption, lines): (usize, Label, Vec<Line>)) -> Layout {
    let parts = &edition.edition.pack.instruments[instrument].parts;
    let mut columns = vec![Column { label: Label::new("column.question"), shows: Shows::Head(Some("code"), "text") }];
    let keys = super::tables::parts(&edition.edition.pack);
    for (p, (part, key)) in parts.iter().zip(keys).enumerate() {
        let label = Label::new("text").text("text", part.key.to_uppercase());
        columns.push(Column { label, shows: Shows::Part(key, p) });
    }
    let with_parts = !parts.is_empty();
    let marks = if with_parts { keys[..parts.len().min(keys.len())].to_vec() } else { vec!["published"] };
    columns.push(Column { label: Label::new("column.marks"), shows: Shows::Marks(marks) });
    if with_parts {
        columns.push(Column { label: Label::new("column.derived"), shows: Shows::Derived("derived") });
    }
    let main = if with_parts { "column.mean" } else { "column.score" };
    columns.push(Column { label: Label::new(main), shows: Shows::Main("published") });
    Layout {
        table: Arc::clone(&tables.questions),
        shape: if with_parts { "hang strip duo" } else { "hang strip" },
        caption,
        subcaption: None,
        columns,
        lines,
        axis: edition.axis.clone(),
    }
}

/// The line of a question. A reversed one says what a high score means.
pub fn question_line(edition: &EditionModel, question: usize, anchored: bool) -> Line {
    let record = &edition.edition.pack.questions[question];
    let mut notes = if record.reverse { vec![Label::new("question.reverse")] } else { Vec::new() };
    notes.extend(contradiction(edition, Figure::Question(question)));
    let anchor = anchored.then(|| record.code.to_string());
    Line::Row(Row { index: question, notes, anchor, ..Row::default() })
}

/// The items of an instrument, by indicator; `None` where it has none.
pub fn items_of(edition: &EditionModel, tables: &Tables, instrument: usize) -> Option<Layout> {
    let pack = &edition.edition.pack;
    let lines = by_indicator(edition, instrument, |indicator| pack.items_of(indicator).map(|o| item_line(edition, o, true)).collect());
    let caption = span_label("table.items", pack, (instrument, &lines))?;
    Some(items(edition, tables, (caption, lines)))
}

/// The items without an indicator; `None` where there are none.
fn items_elsewhere(edition: &EditionModel, tables: &Tables) -> Option<Layout> {
    let pack = &edition.edition.pack;
    let others: Vec<usize> = (0..pack.items.len()).filter(|o| pack.items[*o].indicator.is_none()).collect();
    let (first, last) = (others.first()?, others.last()?);
    let code = |o: &usize| pack.items[*o].code.to_string();
    let caption = Label::new("table.oit").text("first", code(first)).text("last", code(last));
    Some(items(edition, tables, (caption, others.into_iter().map(|o| item_line(edition, o, true)).collect())))
}

/// A table of items with their scores. Items are 100 or 0, so there is no chart.
pub fn items(edition: &EditionModel, tables: &Tables, (caption, lines): (Label, Vec<Line>)) -> Layout {
    Layout {
        table: Arc::clone(&tables.items),
        shape: "hang",
        caption,
        subcaption: None,
        columns: vec![
            Column { label: Label::new("column.item"), shows: Shows::Head(Some("code"), "name") },
            Column { label: Label::new("column.score"), shows: Shows::Main("published") },
        ],
        lines,
        axis: edition.axis.clone(),
    }
}

/// The line of an item, which leads to its page.
pub fn item_line(edition: &EditionModel, item: usize, anchored: bool) -> Line {
    let anchor = anchored.then(|| edition.edition.pack.items[item].code.to_string());
    Line::Row(Row { index: item, link: Some(edition.item(item)), anchor, ..Row::default() })
}

fn indicator_group(edition: &EditionModel, indicator: usize) -> Group {
    let record = &edition.edition.pack.indicators[indicator];
    Group {
        code: record.number.to_string(),
        name: record.name.clone(),
        figure: edition.published(Figure::Indicator(indicator)).map(str::to_owned),
        ..Group::default()
    }
}
