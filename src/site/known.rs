//! What is known of the rules of an edition. Owns when a page has to say that its pack is partial: because the pack says so, or because
//! a layer is absent from it. Refuses to know any pack: everything follows from the pack's own data.

use super::model::EditionModel;
use super::page::{maybe, name};
use super::view::{View, view};
use crate::framework::{Certainty, Item, Pack, Standing};

/// The anchor of the section that tells it in full, on the overview.
pub const ANCHOR: &str = "s-known";

/// What pages say of an edition's pack; null where the pack is whole and says nothing against itself.
pub fn of_pack(edition: &EditionModel) -> View {
    let pack = &edition.edition.pack;
    let missing = missing(pack);
    let doubt = doubt(&pack.standing);
    if doubt.is_none() && missing.is_empty() {
        return View::Null;
    }
    view!({
        "certainty": doubt,
        "note": maybe(pack.standing.note.as_ref()),
        "missing": missing,
        "sources": pack.sources.iter().map(|source| view!({"title": name(&source.title), "url": source.url})).collect::<Vec<_>>(),
        "address": edition.base.as_str(),
        "anchor": ANCHOR,
    })
}

/// What the page of an item says of the item's number and name; null where the pack is sure of them, and of itself.
pub fn of_item(edition: &EditionModel, item: &Item) -> View {
    let pack = &edition.edition.pack;
    let doubt_of_pack = doubt(&pack.standing);
    let own = doubt(&item.standing);
    if own.is_none() && doubt_of_pack.is_none() {
        return View::Null;
    }
    view!({
        // In a doubtful pack an item that says nothing is no surer than the pack.
        "certainty": own.or_else(|| if item.standing.certainty.is_none() { doubt_of_pack } else { certainty(item.standing.certainty) }),
        "note": maybe(item.standing.note.as_ref()),
        "sources": cited(pack, &item.standing),
        "pack": doubt_of_pack.map(|_| view!({"address": edition.base.as_str(), "anchor": ANCHOR})),
    })
}

/// How sure a fact is, as templates know it.
pub fn certainty(certainty: Option<Certainty>) -> Option<&'static str> {
    certainty.map(|certainty| match certainty {
        Certainty::Confirmed => "confirmed",
        Certainty::Derived => "derived",
        Certainty::Unconfirmed => "unconfirmed",
    })
}

/// The certainty, where it is less than confirmed.
fn doubt(standing: &Standing) -> Option<&'static str> {
    certainty(standing.certainty.filter(|given| *given != Certainty::Confirmed))
}

/// The sources that an entry names.
pub fn cited(pack: &Pack, standing: &Standing) -> Vec<View> {
    let found = standing.sources.iter().filter_map(|id| pack.source(id));
    found.map(|source| view!({"title": name(&source.title), "url": source.url})).collect()
}

/// The layers that a pack does not have, by the words of the string catalogue.
fn missing(pack: &Pack) -> Vec<&'static str> {
    let weightless = pack.instruments.iter().any(|instrument| instrument.weight.is_none());
    [
        ("instruments", pack.instruments.is_empty()),
        ("weights", weightless),
        ("indicators", pack.indicators.is_empty()),
        ("questions", pack.questions.is_empty()),
        ("items", pack.items.is_empty()),
        ("issues", pack.issues.is_empty()),
        ("levels", pack.levels.is_empty()),
    ]
    .into_iter()
    .filter_map(|(layer, absent)| absent.then_some(layer))
    .collect()
}
