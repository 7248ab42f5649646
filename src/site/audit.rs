//! The audit page: how each published figure follows from its parts, where one does not, and what the agency says to that. Owns what is
//! shown of the ledger. Refuses to correct a figure, to prefer an explanation, and to say whose slip it is.

use std::sync::Arc;

use super::edition::figure_name;
use super::model::{EditionModel, Model};
use super::page::{Page, Section, name};
use super::table::{Cell, Column, Label, Layout, Line, Row, Shows, Table};
use super::tables::{Tables, score_rows};
use super::view::{View, view};
use crate::assessment::explain::{Explanation, Misprint, Pattern, Slip};
use crate::assessment::formula;
use crate::assessment::ledger::{Entry, State};
use crate::assessment::level;
use crate::assessment::loss;
use crate::assessment::rollup::{Reading, Rollup};
use crate::base::exact::Exact;
use crate::base::language::Name;
use crate::finding::{Code, Finding};
use crate::framework::{Figure, Pack};

/// How many parts of a figure are written out beside it.
const MOST_PARTS: usize = 6;

/// The audit page of an edition; `findings` are the agency's, those that it accepts marked.
pub fn page<'a>(model: &'a Model, edition: &'a EditionModel, tables: &Tables, findings: &[Finding]) -> Page<'a> {
    let mut page = Page::of_edition(model, edition, "audit/", "audit");
    page.section = Section::Audit;
    page.download(edition, "audit");
    let ledger = &edition.ledger;
    let count = |state| ledger.of_state(state).count();
    let (follows, rounding, contradicts) = (count(State::Follows), count(State::Rounding), count(State::Contradicts));
    let mut told: Vec<(Exact, View)> =
        ledger.of_state(State::Contradicts).map(|(figure, entry)| told(edition, figure, entry, findings)).collect();
    told.sort_by(|a, b| b.0.cmp(&a.0));
    page.view = view!({
        "follows": follows, "rounding": rounding, "contradicts": contradicts, "checkable": follows + rounding + contradicts,
        "figures": !ledger.entries.is_empty(),
        "told": told.into_iter().map(|(_, view)| view).collect::<Vec<_>>(),
        "near": ledger.of_state(State::Rounding).map(|(figure, entry)| near(edition, figure, entry)).collect::<Vec<_>>(),
        "level": told_level(edition, findings),
        "accepted": accepted(model, edition, findings),
        "leaves": leaves(edition),
        "known": super::known::of_pack(edition),
    });
    if let Some(layout) = total(edition) {
        page.table("total", layout);
    }
    for (name, layout) in tables_of(edition, tables) {
        page.table(name, layout);
    }
    page
}

/// The figures that do not follow from their parts, each with what its parts give, for a page that only names them.
pub fn disagreeing(edition: &EditionModel) -> Vec<View> {
    edition.ledger.of_state(State::Contradicts).map(|(figure, entry)| near(edition, figure, entry)).collect()
}

/// How many figures can be worked out again, and how many of them agree, for other pages; nothing where none can.
pub fn counts(edition: &EditionModel) -> Option<View> {
    let count = |state| edition.ledger.of_state(state).count();
    let contradicts = count(State::Contradicts);
    let checkable = count(State::Follows) + count(State::Rounding) + contradicts;
    let address = edition.base.below("audit/");
    (checkable > 0).then(
        || view!({"checkable": checkable, "follows": checkable - contradicts, "contradicts": contradicts, "address": address.as_str()}),
    )
}

/// The address of a figure's place on the page.
pub fn anchor(code: &str) -> String {
    format!("s-f-{}", code.to_lowercase().replace('.', "-"))
}

/// One contradiction, with how much of the total hangs on it.
fn told(edition: &EditionModel, figure: Figure, entry: &Entry, findings: &[Finding]) -> (Exact, View) {
    let record = &edition.edition;
    let (rollup, pack) = (record.rollup(), &record.pack);
    let code = pack.code(figure);
    let derived = entry.derived.as_ref().map_or_else(|| entry.published.point.clone(), |band| band.point.clone());
    let worth = worth_of(edition, figure);
    let effect = worth.map(|worth| &(&derived - &entry.published.point) * &worth);
    let size = effect
        .as_ref()
        .map_or_else(|| Exact::whole(0), |effect| if effect.is_negative() { &Exact::whole(0) - effect } else { effect.clone() });
    let subject = format!("{}/{code}", record.year);
    let view = view!({
        "anchor": anchor(&code), "code": code, "kind": kind(figure), "name": shown_name(edition, figure),
        "published": edition.published(figure), "derived": derived.short(4),
        "low": entry.derived.as_ref().map(|band| band.low.short(4)), "high": entry.derived.as_ref().map(|band| band.high.short(4)),
        "formula": formula::of(&rollup, figure),
        "parts": parts(edition, &rollup, figure),
        "effect": effect.filter(|_| figure != Figure::Overall).map(|effect| effect.fixed(2)),
        "chain": chain(edition, figure),
        "patterns": entry.explanation.patterns.iter().map(|pattern| pattern_view(pack, pattern)).collect::<Vec<_>>(),
        "misprints": entry.explanation.misprints.iter().map(|misprint| misprint_view(&rollup, misprint)).collect::<Vec<_>>(),
        "accepted": reason(findings, Code::ScoreMismatch, &subject),
    });
    (size, view)
}

/// How many points of the total one unit of a figure, as printed, is worth.
fn worth_of(edition: &EditionModel, figure: Figure) -> Option<Exact> {
    let rollup = edition.edition.rollup();
    match figure {
        Figure::Instrument(_) | Figure::Part(..) if rollup.highest(figure) != Exact::whole(100) => Some(Exact::whole(1)),
        _ => loss::worth(&edition.edition.pack, figure),
    }
}

/// What stands before a code in a sentence.
fn kind(figure: Figure) -> &'static str {
    match figure {
        Figure::Overall => "overall",
        Figure::Indicator(_) => "indicator",
        Figure::Group(..) => "group",
        Figure::Instrument(_) | Figure::Part(..) => "instrument",
        _ => "figure",
    }
}

/// The plain name of an instrument or a part, else the official one; of a question's part the question's text.
fn shown_name(edition: &EditionModel, figure: Figure) -> View {
    let named = match figure {
        Figure::Instrument(_) | Figure::Part(..) => return figure_name(edition, figure).0,
        Figure::QuestionPart(q, _) => Figure::Question(q),
        other => other,
    };
    super::page::maybe(edition.edition.pack.name(named))
}

/// The nearest published figures below: written out where they are few, else how many there are and between what they lie.
fn parts(edition: &EditionModel, rollup: &Rollup<'_>, figure: Figure) -> View {
    let leaves = rollup.leaves(figure, Reading::Nearest).unwrap_or_default();
    let all: Vec<(String, &str, &Exact)> = leaves
        .iter()
        .filter_map(|(leaf, _)| Some((formula::name(rollup, *leaf), edition.published(*leaf)?, &edition.edition.published(*leaf)?.value)))
        .collect();
    let few: Vec<View> = all.iter().take(MOST_PARTS).map(|(code, figure, _)| view!({"code": *code, "figure": *figure})).collect();
    let (lowest, highest) = (all.iter().min_by(|a, b| a.2.cmp(b.2)), all.iter().max_by(|a, b| a.2.cmp(b.2)));
    view!({
        "few": if all.len() <= MOST_PARTS { few } else { Vec::new() },
        "count": all.len(),
        "first": all.first().map(|part| part.0.clone()), "last": all.last().map(|part| part.0.clone()),
        "lowest": lowest.map(|part| part.1), "highest": highest.map(|part| part.1),
        "equal": lowest.map(|part| part.2) == highest.map(|part| part.2),
    })
}

/// From a figure up to the total: what is published there, and how it stands to its own parts.
fn chain(edition: &EditionModel, figure: Figure) -> Vec<View> {
    let pack = &edition.edition.pack;
    let mut above = Vec::new();
    let mut next = Some(figure);
    while let Some(figure) = next {
        if let Some(published) = edition.published(figure) {
            above.push(view!({
                "code": pack.code(figure), "kind": kind(figure), "published": published, "state": edition.ledger.state(figure).word(),
            }));
        }
        next = loss::above(pack, figure);
    }
    above
}

fn pattern_view(pack: &Pack, pattern: &Pattern) -> View {
    let zeros = pattern.zeros.iter().map(|zeros| {
        let items: Vec<View> = zeros.candidates.iter().map(|item| view!(pack.code(*item))).collect();
        view!({"group": pack.code(zeros.group), "count": zeros.count, "items": items})
    });
    zeros.collect()
}

fn misprint_view(rollup: &Rollup<'_>, misprint: &Misprint) -> View {
    let code = formula::name(rollup, misprint.figure);
    match &misprint.slip {
        Slip::Swapped(figure) => view!({"slip": "swapped", "code": code, "figure": *figure}),
        Slip::Dropped(figure) => view!({"slip": "dropped", "code": code, "figure": *figure}),
        Slip::Copied(from) => view!({"slip": "copied", "code": code, "figure": formula::name(rollup, *from)}),
    }
}

/// A figure that rounding on the way explains.
fn near(edition: &EditionModel, figure: Figure, entry: &Entry) -> View {
    let pack = &edition.edition.pack;
    view!({
        "code": pack.code(figure), "kind": kind(figure), "published": edition.published(figure),
        "derived": entry.closer.as_ref().or(entry.derived.as_ref().map(|band| &band.point)).map(|point| point.short(4)),
    })
}

/// The level, where it is not the one that the conditions give.
fn told_level(edition: &EditionModel, findings: &[Finding]) -> Option<View> {
    let subject = format!("{}/overall", edition.edition.year);
    let finding = findings.iter().find(|finding| finding.code == Code::LevelMismatch && finding.subject == subject)?;
    let data = |key: &str| finding.data.iter().find(|(name, _)| *name == key).and_then(|(_, value)| value.as_str());
    let record = &edition.edition;
    let unmet = level::unmet(record).into_iter().map(|(figure, value, threshold)| {
        view!({"code": record.pack.code(figure), "kind": kind(figure), "value": value.short(4), "threshold": threshold.short(4)})
    });
    Some(view!({
        "announced": data("announced"), "derived": data("derived"),
        "unmet": unmet.collect::<Vec<_>>(), "accepted": finding.accepted,
    }))
}

/// The reason that the agency gives for a finding.
fn reason<'f>(findings: &'f [Finding], code: Code, subject: &str) -> Option<&'f str> {
    findings.iter().find(|finding| finding.code == code && finding.subject == subject)?.accepted.as_deref()
}

/// What the agency stands by and no other place of this page shows: of this year, and on the latest year's page of no year.
fn accepted(model: &Model, edition: &EditionModel, findings: &[Finding]) -> Vec<View> {
    let is_latest = model.current().is_some_and(|current| current.edition.year == edition.edition.year);
    let of_year = |finding: &Finding| {
        let year = finding.subject.split('/').next().filter(|part| part.parse::<u16>().is_ok_and(|year| model.edition(year).is_some()));
        year.map_or(is_latest, |year| year == edition.edition.year.to_string())
    };
    let shown_above = |finding: &Finding| matches!(finding.code, Code::ScoreMismatch | Code::LevelMismatch);
    let own = findings.iter().filter(|finding| finding.accepted.is_some() && !shown_above(finding) && of_year(finding));
    own.map(|finding| {
        let message = Name {
            th: finding.message(crate::base::language::Language::Th),
            en: Some(finding.message(crate::base::language::Language::En)),
        };
        // What is about no page is told by the file that the agency edits.
        let place = if finding.subject.is_empty() { finding.place.file.as_ref() } else { finding.subject.as_str() };
        view!({"subject": place, "code": finding.code.name(), "message": name(&message), "reason": finding.accepted})
    })
    .collect()
}

/// Published figures that nothing stands below, in short: the answers of surveys and the scores of items.
fn leaves(edition: &EditionModel) -> Vec<View> {
    let rollup = edition.edition.rollup();
    let one = |kind: &'static str, fits: fn(&Figure) -> bool| {
        let own = edition.ledger.of_state(State::Unchecked).filter(|(figure, _)| fits(figure));
        let own: Vec<View> =
            own.map(|(figure, _)| view!({"code": formula::name(&rollup, figure), "figure": edition.published(figure)})).collect();
        (!own.is_empty()).then(|| view!({"kind": kind, "count": own.len(), "figures": own}))
    };
    let all = [
        one("questions", |figure| matches!(figure, Figure::Question(_))),
        one("parts", |figure| matches!(figure, Figure::QuestionPart(..))),
        one("items", |figure| matches!(figure, Figure::Item(_))),
    ];
    all.into_iter().flatten().collect()
}

/// How the total is made: each instrument's figure times its weight; `None` where one is not known.
fn total(edition: &EditionModel) -> Option<Layout> {
    let rollup = edition.edition.rollup();
    let derived = rollup.derived(Figure::Overall, Reading::Nearest)?;
    let mut table = Table::new("total", &["code", "name", "value", "weight", "points"]);
    let mut lines = Vec::new();
    for (i, instrument) in edition.edition.pack.instruments.iter().enumerate() {
        let (known, weight) = (rollup.known(Figure::Instrument(i))?, instrument.weight.as_ref()?);
        let points = &(&known * weight) / &Exact::whole(100);
        let label = instrument.plain.name.as_ref().unwrap_or(&instrument.name).clone();
        let own = edition.published(Figure::Instrument(i)).is_some();
        let notes = if own { Vec::new() } else { vec![Label::new("note.derived")] };
        lines.push(Line::Row(Row { index: table.rows.len(), notes, ..Row::default() }));
        let cells = [Cell::Text(instrument.id.clone()), Cell::Name(label), Cell::Figure(known.fixed(2))];
        table.rows.push([&cells[..], &[Cell::number(weight.short(4)), Cell::Figure(points.fixed(3))]].concat());
    }
    lines.push(Line::Row(Row { index: table.rows.len(), emphasis: Some("sum"), ..Row::default() }));
    table.rows.push(vec![Cell::Null, Cell::Word("overall"), Cell::Null, Cell::Null, Cell::Figure(derived.point.fixed(3))]);
    Some(Layout {
        table: Arc::new(table),
        shape: "",
        caption: Label::new("table.audit.total").number("total", derived.point.short(4)),
        subcaption: None,
        columns: vec![
            Column { label: Label::new("column.instrument"), shows: Shows::Head(Some("code"), "name") },
            Column { label: Label::new("column.score"), shows: Shows::Plain("value", "p") },
            Column { label: Label::new("column.weight"), shows: Shows::Plain("weight", "q") },
            Column { label: Label::new("column.share"), shows: Shows::Plain("points", "n") },
        ],
        lines,
        axis: edition.axis.clone(),
    })
}

/// The tables of the ledger: the total and instruments, indicators, means of questions.
fn tables_of(edition: &EditionModel, tables: &Tables) -> Vec<(&'static str, Layout)> {
    let rollup = edition.edition.rollup();
    let formula_note = |figure: Figure| {
        let text = formula::of(&rollup, figure);
        let is_short = text.chars().count() <= 60;
        if text.is_empty() || !is_short { Vec::new() } else { vec![Label::new("text").text("text", text)] }
    };
    let layer = |key: &'static str, fits: fn(&Figure) -> bool| {
        let own: Vec<Figure> = score_rows(&edition.edition.pack).into_iter().map(|row| row.figure).filter(fits).collect();
        let own: Vec<Figure> = own.into_iter().filter(|figure| edition.ledger.entries.contains_key(figure)).collect();
        let index = |figure: &Figure| tables.scores.find("code", &edition.edition.pack.code(*figure)).unwrap_or_default();
        let lines = own.iter().map(|figure| Line::Row(Row { notes: formula_note(*figure), ..Row::plain(index(figure)) })).collect();
        layout(edition, (Arc::clone(&tables.scores), "name"), (Label::new(key).number("count", own.len()), lines))
    };
    let questions: Vec<usize> = edition
        .ledger
        .entries
        .iter()
        .filter_map(|(figure, entry)| match figure {
            Figure::Question(q) if entry.derived.is_some() => Some(*q),
            _ => None,
        })
        .collect();
    let caption = Label::new("table.audit.questions").number("count", questions.len());
    let lines = questions.iter().map(|q| Line::Row(Row { notes: formula_note(Figure::Question(*q)), ..Row::plain(*q) })).collect();
    let all = [
        ("instruments", layer("table.audit.instruments", |f| matches!(f, Figure::Overall | Figure::Instrument(_) | Figure::Part(..)))),
        ("indicators", layer("table.audit.indicators", |f| matches!(f, Figure::Indicator(_)))),
        ("questions", layout(edition, (Arc::clone(&tables.questions), "text"), (caption, lines))),
    ];
    all.into_iter().filter(|(_, layout)| !layout.lines.is_empty()).collect()
}

fn layout(edition: &EditionModel, (table, head): (Arc<Table>, &'static str), (caption, lines): (Label, Vec<Line>)) -> Layout {
    Layout {
        table,
        shape: "hang",
        caption,
        subcaption: None,
        columns: vec![
            Column { label: Label::new("column.figure"), shows: Shows::Head(Some("code"), head) },
            Column { label: Label::new("column.published"), shows: Shows::Plain("published", "p") },
            Column { label: Label::new("column.derived"), shows: Shows::Plain("derived", "q") },
            Column { label: Label::new("column.result"), shows: Shows::State("state") },
        ],
        lines,
        axis: edition.axis.clone(),
    }
}

/// The cells of one published figure in the data file.
pub fn cells(edition: &EditionModel, (figure, entry): (Figure, &Entry), findings: &[Finding]) -> Vec<Cell> {
    let record = &edition.edition;
    let rollup = record.rollup();
    let number = |number: &Exact| Cell::Figure(number.short(4));
    let derived = |of: fn(&crate::base::band::Band) -> &Exact| entry.derived.as_ref().map_or(Cell::Null, |band| number(of(band)));
    let formula = formula::of(&rollup, figure);
    let explanation = notation(&rollup, &entry.explanation);
    // An answer of one part shares the code of its question, and nothing is told of a figure that follows or can't be checked.
    let answer = match entry.state {
        State::Contradicts => reason(findings, Code::ScoreMismatch, &format!("{}/{}", record.year, record.pack.code(figure))),
        State::Follows | State::Rounding | State::Unchecked => None,
    };
    vec![
        Cell::Text(formula::name(&rollup, figure)),
        edition.published(figure).map_or(Cell::Null, |text| Cell::Figure(text.to_owned())),
        derived(|band| &band.point),
        derived(|band| &band.low),
        derived(|band| &band.high),
        Cell::Text(entry.state.word().to_owned()),
        if entry.derived.is_some() { Cell::Text(formula) } else { Cell::Null },
        if explanation.is_empty() { Cell::Null } else { Cell::List(explanation) },
        Cell::maybe(answer),
    ]
}

/// What could explain a figure, in a notation that is the same in every language: `9.3: 1 × 0 (o12, o13)` is one of these items at 0,
/// `e6: 99.17 → 99.71` a slip.
fn notation(rollup: &Rollup<'_>, explanation: &Explanation) -> Vec<String> {
    let codes = |items: &[Figure]| items.iter().map(|item| rollup.pack.code(*item)).collect::<Vec<_>>().join(", ");
    let pattern = |pattern: &Pattern| {
        let zeros = pattern
            .zeros
            .iter()
            .map(|zeros| format!("{}: {} × 0 ({})", rollup.pack.code(zeros.group), zeros.count, codes(&zeros.candidates)));
        zeros.collect::<Vec<_>>().join(" + ")
    };
    let misprint = |misprint: &Misprint| {
        let printed = rollup.figures.get(&misprint.figure).map(|own| own.text.as_str()).unwrap_or_default();
        let code = formula::name(rollup, misprint.figure);
        match &misprint.slip {
            Slip::Swapped(figure) | Slip::Dropped(figure) => format!("{code}: {figure} → {printed}"),
            Slip::Copied(from) => format!("{code} = {}", formula::name(rollup, *from)),
        }
    };
    explanation.patterns.iter().map(pattern).chain(explanation.misprints.iter().map(misprint)).collect()
}
