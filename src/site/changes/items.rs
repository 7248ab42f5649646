//! What became of the items of one edition in the next. Owns their fates: carried on under a new code or the old one, taken into another,
//! or in one of the two years alone. Items are followed by their lasting ids. Refuses to say that an item was abolished or introduced:
//! a pack may know less than there is.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::Pair;
use crate::framework::{Item, Pack};
use crate::site::axis::Axis;
use crate::site::item_years;
use crate::site::model::{EditionModel, Model};
use crate::site::table::{Cell, Column, Group, Label, Layout, Line, Row, Shows, Table};
use crate::site::view::{View, view};
use crate::source::disclosures::Status;

/// Fates in the order in which they are told, with the mark and the sentence of each.
const FATES: [(Fate, &str, &str); 5] = [
    (Fate::Merged, "merged", "changes.items.merged"),
    (Fate::Gone, "dropped", "changes.items.gone"),
    (Fate::Added, "begun", "changes.items.added"),
    (Fate::Renumbered, "carried", "changes.items.renumbered"),
    (Fate::Same, "done", "changes.items.same"),
];

/// What became of an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    /// Another took it in.
    Merged,
    /// The later pack does not have it.
    Gone,
    /// The earlier pack does not have it.
    Added,
    /// It has another code.
    Renumbered,
    /// It has the same code.
    Same,
}

/// An item of a pair.
struct Followed<'a> {
    fate: Fate,
    item: &'a Item,
    /// Its code in the earlier year and in the later one; of an item that was taken in, the code of the one that has it now.
    codes: (Option<String>, Option<String>),
    /// Its status in both years, where that changed.
    status: Option<(Status, Status)>,
}

/// What is said of the items of a pair, and their table; no table where either pack has none.
pub fn compare(model: &Model, pair: Pair<'_>) -> (View, Option<Layout>) {
    let (before, after) = (&pair.before.edition.pack, &pair.after.edition.pack);
    let without = pair.years_where(|e| e.edition.pack.items.is_empty());
    if !without.is_empty() {
        return (view!({"without": without}), None);
    }
    let recorded = |edition: &EditionModel| (0..edition.edition.pack.items.len()).any(|o| edition.edition.status(o) != Status::Unrecorded);
    let unrecorded = pair.years_where(|e| !recorded(e));
    let followed = follow(model, pair, unrecorded.is_empty());
    let view = view!({
        "without": without,
        "before": before.items.len(),
        "after": after.items.len(),
        "unrecorded": unrecorded,
        "changed": followed.iter().filter(|one| one.status.is_some()).count(),
    });
    (view, Some(layout(model, pair, &followed)))
}

/// The items of both years: those of the earlier one in its order, then those that it does not have.
fn follow<'a>(model: &Model, pair: Pair<'a>, with_status: bool) -> Vec<Followed<'a>> {
    let places = |pack: &'a Pack| pack.items.iter().enumerate().map(|(o, item)| (item.id.as_str(), o)).collect::<BTreeMap<_, _>>();
    let (before, after) = (&pair.before.edition.pack, &pair.after.edition.pack);
    let (earlier, later) = (places(before), places(after));
    let taken = Taken::of(model);
    let mut all = Vec::new();
    for (o, item) in before.items.iter().enumerate() {
        let code = item.code.to_string();
        let Some(place) = later.get(item.id.as_str()) else {
            let into = taken.home(item, |id| later.contains_key(id)).and_then(|id| later.get(id));
            let into = into.map(|place| after.items[*place].code.to_string());
            let fate = if into.is_some() { Fate::Merged } else { Fate::Gone };
            all.push(Followed { fate, item, codes: (Some(code), into), status: None });
            continue;
        };
        let item = &after.items[*place];
        let fate = if item.code.to_string() == code { Fate::Same } else { Fate::Renumbered };
        let status = (pair.before.edition.status(o), pair.after.edition.status(*place));
        let status = Some(status).filter(|(one, other)| with_status && one != other);
        all.push(Followed { fate, item, codes: (Some(code), Some(item.code.to_string())), status });
    }
    let added = after.items.iter().filter(|item| !earlier.contains_key(item.id.as_str()));
    all.extend(added.map(|item| Followed { fate: Fate::Added, item, codes: (None, Some(item.code.to_string())), status: None }));
    all
}

/// Which id took in which, as the packs of all editions say.
struct Taken<'a>(BTreeMap<&'a str, &'a str>);

impl<'a> Taken<'a> {
    fn of(model: &'a Model) -> Self {
        let items = model.editions.iter().flat_map(|edition| &edition.edition.pack.items);
        // The latest year that says it is right.
        Self(items.filter_map(|item| Some((item.id.as_str(), item.merged_into.as_deref()?))).collect())
    }

    /// The id that an item went into and that `is_there`, over as many steps as it takes.
    fn home(&self, item: &'a Item, is_there: impl Fn(&str) -> bool) -> Option<&'a str> {
        let mut seen = BTreeSet::from([item.id.as_str()]);
        let mut at = item.merged_into.as_deref()?;
        // Ids that took in one another in a circle end here.
        while seen.insert(at) {
            if is_there(at) {
                return Some(at);
            }
            at = self.0.get(at)?;
        }
        None
    }
}

fn layout(model: &Model, pair: Pair<'_>, followed: &[Followed<'_>]) -> Layout {
    let (from, to) = (pair.before.edition.year, pair.after.edition.year);
    let mut table = Table::new("changes", &["name", "before", "after"]);
    let mut lines = Vec::new();
    for (fate, mark, sentence) in FATES {
        let own: Vec<&Followed<'_>> = followed.iter().filter(|one| one.fate == fate).collect();
        if own.is_empty() {
            continue;
        }
        let label = Label::new(sentence).number("count", own.len()).number("from", from).number("to", to);
        lines.push(Line::Group(Group { note: Some((mark, label)), ..Group::default() }));
        for one in own {
            let status = one.status.map(|(before, after)| {
                let label = Label::new("changes.status").number("from", from).number("to", to);
                label.word("before", format!("status.{}", before.word())).word("after", format!("status.{}", after.word()))
            });
            let link = Some(item_years::address(model, &one.item.id));
            lines.push(Line::Row(Row { index: table.rows.len(), link, notes: status.into_iter().collect(), ..Row::default() }));
            let code = |code: &Option<String>| code.clone().map_or(Cell::Word("changes.no_code"), Cell::Text);
            table.rows.push(vec![Cell::Name(one.item.name.clone()), code(&one.codes.0), code(&one.codes.1)]);
        }
    }
    Layout {
        table: Arc::new(table),
        shape: "",
        caption: Label::new("table.changes.items").number("from", from).number("to", to),
        subcaption: None,
        columns: vec![
            Column { label: Label::new("column.item"), shows: Shows::Head(None, "name") },
            Column { label: Label::new("data_year.year").number("year", from), shows: Shows::Plain("before", "p") },
            Column { label: Label::new("data_year.year").number("year", to), shows: Shows::Plain("after", "q") },
        ],
        lines,
        axis: Axis::default(),
    }
}
