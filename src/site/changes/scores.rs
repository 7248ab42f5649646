//! The figures of two editions side by side. Owns which are the same figure: instruments of one id and name, indicators of one name,
//! whatever their numbers are. Owns what has to be said before the two are compared. Refuses to derive a figure.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::{Pair, has_figures, is_same, key};
use crate::base::exact::Exact;
use crate::base::language::Name;
use crate::framework::{Figure, Pack};
use crate::site::axis::Axis;
use crate::site::model::{EditionModel, Model};
use crate::site::page::name;
use crate::site::table::{Cell, Column, Label, Layout, Line, Row, Shows, Table};
use crate::site::view::{View, view};
use crate::source::assessment::Scale;

/// The axis of all charts of the page: as long as the longest of the editions, with the lines of the levels where all have the same.
pub fn axis(model: &Model) -> Axis {
    let charted: Vec<&Axis> = model.editions.iter().filter(|edition| has_figures(edition)).map(|edition| &edition.axis).collect();
    let low = charted.iter().map(|axis| axis.low).min().unwrap_or(Axis::default().low);
    match charted.first() {
        Some(first) if charted.iter().all(|axis| (&axis.solid, &axis.dashed) == (&first.solid, &first.dashed)) => {
            Axis { low, ..(*first).clone() }
        }
        _ => Axis { low, ..Axis::default() },
    }
}

/// What is said of the figures of a pair, and their tables.
pub fn compare(pair: Pair<'_>, axis: &Axis) -> (View, Vec<(&'static str, Layout)>) {
    let without: Vec<u16> = [pair.before, pair.after].into_iter().filter(|e| !has_figures(e)).map(|e| e.edition.year).collect();
    if !without.is_empty() {
        return (view!({"without": without}), Vec::new());
    }
    let mut layouts = Vec::new();
    let main = main_rows(pair);
    if !main.is_empty() {
        // Shares of the total have no place on an axis of 0 to 100.
        let charted = [pair.before, pair.after].iter().all(|edition| edition.edition.assessment.scale == Scale::Percent);
        let labels = ("duo", Label::new("table.changes.scores"), Label::new("column.part"));
        layouts.push(("scores", layout(pair, main, (labels, charted.then_some(axis)))));
    }
    let (rows, unpaired) = indicator_rows(pair);
    if !rows.is_empty() {
        let caption = Label::new("table.indicators");
        let labels = ("hang strip duo", caption, Label::new("column.indicator"));
        layouts.push(("indicators", layout(pair, rows, (labels, Some(axis)))));
    }
    let view = view!({
        "without": without,
        "tables": layouts.len(),
        "cautions": cautions(pair),
        "unpaired": unpaired,
    });
    (view, layouts)
}

/// A figure that both years have.
struct Compared<'a> {
    code: String,
    name: Cell,
    plain: Option<&'a Name>,
    figures: (Figure, Figure),
}

/// The total, and the instruments and parts that both packs have; of what neither publishes there is no row.
fn main_rows(pair: Pair<'_>) -> Vec<Compared<'_>> {
    let pack = &pair.after.edition.pack;
    let mut rows = vec![Compared {
        code: pack.code(Figure::Overall),
        name: Cell::Word("overall"),
        plain: None,
        figures: (Figure::Overall, Figure::Overall),
    }];
    if is_one_unit(pair) {
        let older = instruments(&pair.before.edition.pack).into_iter().map(|(figure, code, name, _)| (code, (figure, name)));
        let older: BTreeMap<String, (Figure, &Name)> = older.collect();
        for (figure, code, name, plain) in instruments(pack) {
            if let Some((before, _)) = older.get(&code).filter(|(_, older)| is_same(older, name)) {
                rows.push(Compared { code, name: Cell::Name(name.clone()), plain, figures: (*before, figure) });
            }
        }
    }
    rows.retain(|row| is_told(pair, row));
    rows
}

/// An instrument or part with its id and names.
type Instrument<'a> = (Figure, String, &'a Name, Option<&'a Name>);

fn instruments(pack: &Pack) -> Vec<Instrument<'_>> {
    let mut all = Vec::new();
    for (i, instrument) in pack.instruments.iter().enumerate() {
        all.push((Figure::Instrument(i), instrument.id.clone(), &instrument.name, instrument.plain.name.as_ref()));
        for (p, part) in instrument.parts.iter().enumerate() {
            all.push((Figure::Part(i, p), part.id.clone(), &part.name, part.plain.name.as_ref()));
        }
    }
    all
}

/// An instrument or part that other years may have too.
pub struct Through<'a> {
    /// Its code.
    pub code: String,
    /// Its plain name, where it has one.
    pub shown: &'a Name,
    name: &'a Name,
}

impl Through<'_> {
    /// The figure that is the same in another edition: of one id and name.
    pub fn of(&self, edition: &EditionModel) -> Option<Figure> {
        let all = instruments(&edition.edition.pack);
        all.into_iter().find(|(_, code, name, _)| *code == self.code && is_same(name, self.name)).map(|(figure, ..)| figure)
    }
}

/// The instruments and parts of an edition, to look for in the others.
pub fn through_the_years(newest: &EditionModel) -> Vec<Through<'_>> {
    instruments(&newest.edition.pack)
        .into_iter()
        .map(|(_, code, name, plain)| Through { code, shown: plain.unwrap_or(name), name })
        .collect()
}

/// Are instruments printed in one unit: of 100 each, or as the same share of the total?
fn is_one_unit(pair: Pair<'_>) -> bool {
    let scale = |edition: &EditionModel| edition.edition.assessment.scale;
    scale(pair.before) == scale(pair.after) && (scale(pair.after) == Scale::Percent || weights(pair) == Some(true))
}

fn is_told(pair: Pair<'_>, row: &Compared<'_>) -> bool {
    pair.before.published(row.figures.0).is_some() || pair.after.published(row.figures.1).is_some()
}

/// The indicators that both packs have by name, and those published ones that one pack alone has, as templates take them.
fn indicator_rows(pair: Pair<'_>) -> (Vec<Compared<'_>>, Vec<View>) {
    let (before, after) = (&pair.before.edition.pack.indicators, &pair.after.edition.pack.indicators);
    let mut older: BTreeMap<String, usize> = BTreeMap::new();
    for (i, indicator) in before.iter().enumerate() {
        older.entry(key(&indicator.name.th)).or_insert(i);
    }
    let mut rows = Vec::new();
    let mut alone = Vec::new();
    for (i, indicator) in after.iter().enumerate() {
        match older.remove(&key(&indicator.name.th)) {
            Some(other) => rows.push(Compared {
                code: indicator.number.to_string(),
                name: Cell::Name(indicator.name.clone()),
                plain: None,
                figures: (Figure::Indicator(other), Figure::Indicator(i)),
            }),
            None => alone.push(i),
        }
    }
    rows.retain(|row| is_told(pair, row));
    let mut left: Vec<usize> = older.into_values().collect();
    left.sort_unstable();
    let of_one = |edition: &EditionModel, which: Vec<usize>| {
        let told = which.into_iter().filter(|i| edition.published(Figure::Indicator(*i)).is_some());
        let names: Vec<View> = told.map(|i| name(&edition.edition.pack.indicators[i].name)).collect();
        (!names.is_empty()).then(|| view!({"year": edition.edition.year, "names": names}))
    };
    (rows, [of_one(pair.before, left), of_one(pair.after, alone)].into_iter().flatten().collect())
}

/// The table of a pair, the older year's figure first; without an axis there are no marks.
fn layout(pair: Pair<'_>, rows: Vec<Compared<'_>>, (labels, axis): ((&'static str, Label, Label), Option<&Axis>)) -> Layout {
    let (shape, caption, head) = labels;
    let mut table = Table::new("changes", &["code", "name", "before", "after", "difference"]);
    let mut lines = Vec::new();
    for row in rows {
        let (before, after) = (pair.before.edition.published(row.figures.0), pair.after.edition.published(row.figures.1));
        let difference = before.zip(after).map_or(Cell::Null, |(before, after)| Cell::Figure(signed(&(&after.value - &before.value))));
        let name = row.plain.map(|plain| Label::new("text").name("text", plain));
        lines.push(Line::Row(Row { index: table.rows.len(), name, ..Row::default() }));
        let figure = |text: Option<&str>| text.map_or(Cell::Null, |text| Cell::Figure(text.to_owned()));
        table.rows.push(vec![
            Cell::Text(row.code),
            row.name,
            figure(pair.before.published(row.figures.0)),
            figure(pair.after.published(row.figures.1)),
            difference,
        ]);
    }
    let year = |edition: &EditionModel| Label::new("text").number("year", edition.edition.year);
    let mut columns = vec![
        Column { label: head, shows: Shows::Head(Some("code"), "name") },
        Column { label: year(pair.before), shows: Shows::Before("before") },
        Column { label: year(pair.after), shows: Shows::After("after") },
    ];
    if axis.is_some() {
        columns.push(Column { label: Label::new("column.marks"), shows: Shows::Marks(vec!["after", "before"]) });
    }
    columns.push(Column { label: Label::new("column.difference"), shows: Shows::Main("difference") });
    let caption = caption.number("count", table.rows.len());
    Layout { table: Arc::new(table), shape, caption, subcaption: None, columns, lines, axis: axis.cloned().unwrap_or_default() }
}

/// A difference with its sign; none has none.
fn signed(difference: &Exact) -> String {
    let text = difference.short(4);
    if difference.is_negative() || text == "0" { text } else { format!("+{text}") }
}

/// What has to be said before the figures of a pair are compared.
fn cautions(pair: Pair<'_>) -> Vec<View> {
    let (before, after) = (&pair.before.edition.pack, &pair.after.edition.pack);
    let mut told = Vec::new();
    let mut tell = |key: &'static str, counts: (usize, usize)| told.push(view!({"key": key, "before": counts.0, "after": counts.1}));
    match weights(pair) {
        Some(true) => tell("same_weights", (0, 0)),
        Some(false) => tell("weights", (0, 0)),
        None => tell("weights_unknown", (0, 0)),
    }
    if !is_one_unit(pair) {
        tell("scale", (0, 0));
    }
    let questions = |pack: &Pack| pack.questions.iter().map(|question| key(&question.text.th)).collect::<BTreeSet<_>>();
    let counts = (before.questions.len(), after.questions.len());
    if counts.0 == 0 || counts.1 == 0 {
        tell("questions_unknown", counts);
    } else if questions(before) != questions(after) {
        tell("questions", counts);
    }
    let items = |pack: &Pack| pack.items.iter().map(|item| item.id.clone()).collect::<BTreeSet<_>>();
    let counts = (before.items.len(), after.items.len());
    if counts.0 == 0 || counts.1 == 0 {
        tell("items_unknown", counts);
    } else if items(before) != items(after) {
        tell("items", counts);
    }
    told
}

/// The one thing that has to be said first before two totals are compared; none where nothing has.
pub fn caution(pair: Pair<'_>) -> Option<View> {
    let told = cautions(pair);
    let is = |view: &View, key: &str| view.get("key").and_then(View::as_str) == Some(key);
    let order = ["weights", "items", "questions", "weights_unknown", "items_unknown", "questions_unknown"];
    order.into_iter().find_map(|key| told.iter().find(|view| is(view, key)).cloned())
}

/// Do both years weigh the same instruments in the same way? `None` where a weight is not known.
fn weights(pair: Pair<'_>) -> Option<bool> {
    let all = |pack: &Pack| -> Option<BTreeMap<String, Exact>> {
        let one = |instrument: &crate::framework::Instrument| Some((instrument.id.clone(), instrument.weight.clone()?));
        pack.instruments.iter().map(one).collect::<Option<BTreeMap<_, _>>>().filter(|all| !all.is_empty())
    };
    Some(all(&pair.before.edition.pack)? == all(&pair.after.edition.pack)?)
}
