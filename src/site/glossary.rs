//! The words of the site: what each technical term means. Owns which terms there are, their order and their anchors. The terms of a
//! scheme (its instruments, parts and levels) come from the pack; what a term means is the catalogue's or the pack's.

use std::collections::BTreeMap;

use super::agencies;
use super::levels;
use super::model::Model;
use super::page::{Page, front, maybe, name};
use super::view::{View, view};
use crate::base::address::Address;
use crate::base::language::{Language, Name};
use crate::base::thai;
use crate::framework::Pack;

/// The terms that every scheme has, by the id that anchors and the catalogue know.
const TERMS: &[&str] = &[
    "accepted",
    "contradicts",
    "correction",
    "derived",
    "due",
    "edition",
    "element",
    "evidence",
    "fiscal-year",
    "follows",
    "group",
    "indicator",
    "instrument",
    "issue",
    "item",
    "lasting-id",
    "level",
    "lost",
    "mean",
    "measure",
    "median",
    "missing",
    "national",
    "not-applicable",
    "overall",
    "part",
    "partial",
    "published",
    "published-figure",
    "question",
    "respondents",
    "reverse",
    "rounding",
    "threshold",
    "unchecked",
    "unrecorded",
    "weight",
];

/// What the catalogue calls the terms that every scheme has.
#[derive(Clone, Debug, Default)]
pub struct Words {
    /// The language of the interface, whose order the terms have.
    language: Language,
    names: BTreeMap<&'static str, Name>,
}

impl Words {
    /// The names of a catalogue: each term is called in its language, and in the other one. A term without a name is none.
    pub fn new(language: Language, text: impl Fn(&str) -> Option<String>) -> Self {
        let name = |id: &'static str| {
            let (own, other) = (text(&format!("glossary.name.{id}"))?, text(&format!("glossary.other.{id}"))?);
            let (th, en) = if language == Language::Th { (own, other) } else { (other, own) };
            Some((id, Name { th, en: Some(en) }))
        };
        Self { language, names: TERMS.iter().filter_map(|id| name(id)).collect() }
    }

    /// A term, for links: its name, and its anchor.
    pub fn term(&self, id: &str) -> Option<(&Name, String)> {
        Some((self.names.get(id)?, anchor(id)))
    }

    /// All terms: the id, the name, the anchor.
    pub fn all(&self) -> impl Iterator<Item = (&'static str, &Name, String)> {
        self.names.iter().map(|(id, name)| (*id, name, anchor(id)))
    }
}

/// The address of the page beside a front page.
pub fn address(base: &Address) -> Address {
    base.below("glossary/")
}

/// The page of an agency, with the terms of the scheme of its current edition.
pub fn page<'a>(model: &'a Model, words: &Words) -> Page<'a> {
    let mut page = Page::new(address(&model.base), "glossary");
    page.edition = model.current_year();
    page.crumbs.push(front(model));
    page.view = terms(model.current().map(|edition| &*edition.edition.pack), words);
    page
}

/// The page of a site of several agencies.
pub fn of_site(pack: Option<&Pack>, words: &Words) -> Page<'static> {
    let mut page = Page::new(address(&Address::root()), "glossary");
    page.crumbs.push(agencies::crumb());
    page.view = terms(pack, words);
    page
}

fn anchor(id: &str) -> String {
    format!("s-{id}")
}

/// A term before it is ordered.
struct Term {
    anchor: String,
    code: Option<String>,
    name: Name,
    /// What it means: a key of the catalogue, or words of the pack.
    view: View,
}

fn terms(pack: Option<&Pack>, words: &Words) -> View {
    let language = words.language;
    let word = |(id, name, anchor): (&str, &Name, String)| Term {
        anchor,
        code: None,
        name: name.clone(),
        view: view!({"kind": "word", "id": id}),
    };
    let mut all: Vec<Term> = words.all().map(word).collect();
    if let Some(pack) = pack {
        all.extend(of_pack(pack));
    }
    all.sort_by_cached_key(|term| {
        let text = term.name.get(language);
        (thai::sort_key(text), term.anchor.clone())
    });
    let one = |term: &Term| {
        let mut view = term.view.clone();
        view.set("anchor", &term.anchor);
        view.set("name", &name(&term.name));
        view.set(
            "other",
            &if language == Language::Th { term.name.en.clone() } else { term.name.en.as_ref().map(|_| term.name.th.clone()) },
        );
        view.set("code", &term.code);
        view
    };
    view!({"terms": all.iter().map(one).collect::<Vec<_>>(), "pack": pack.map(|pack| name(&pack.name))})
}

/// The terms of a scheme.
fn of_pack(pack: &Pack) -> Vec<Term> {
    let scheme = view!({"kind": "scheme", "publisher": maybe(pack.publisher.as_ref())});
    let mut all = vec![Term { anchor: anchor("scheme"), code: None, name: pack.name.clone(), view: scheme }];
    for (i, instrument) in pack.instruments.iter().enumerate() {
        let weight = instrument.weight.as_ref().map(|weight| weight.short(2));
        let told = view!({
            "kind": "instrument", "plain": maybe(instrument.plain.name.as_ref()), "about": maybe(instrument.plain.about.as_ref()), "weight": weight,
        });
        for (p, part) in instrument.parts.iter().enumerate() {
            let told = view!({
                "kind": "part", "plain": maybe(part.plain.name.as_ref()), "about": maybe(part.plain.about.as_ref()), "of": instrument.id,
            });
            let anchor = format!("s-part-{}-{}", i + 1, p + 1);
            all.push(Term { anchor, code: Some(part.id.clone()), name: part.name.clone(), view: told });
        }
        let anchor = format!("s-instrument-{}", i + 1);
        all.push(Term { anchor, code: Some(instrument.id.clone()), name: instrument.name.clone(), view: told });
    }
    for (rank, level) in pack.levels.iter().enumerate() {
        let told = view!({
            "kind": "level", "asks": levels::view(&pack.levels, rank), "about": maybe(level.plain.about.as_ref()),
            "rank": rank + 1, "count": pack.levels.len(),
        });
        all.push(Term { anchor: format!("s-level-{}", rank + 1), code: None, name: level.name.clone(), view: told });
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(language: Language) -> Vec<String> {
        let text = std::fs::read_to_string(format!("themes/default/strings/{}.yaml", language.code())).unwrap();
        let strings = crate::text::strings::read(&text).unwrap();
        let Some(View::List(list)) = terms(None, &Words::new(language, |key| strings.get(key).cloned())).get("terms").cloned() else {
            panic!()
        };
        let name = |view: &View| match view.get("name") {
            Some(View::Name(name)) => name.get(language).to_owned(),
            _ => String::new(),
        };
        list.0.iter().map(name).collect()
    }

    #[test]
    fn terms_are_in_the_order_of_the_dictionary() {
        let thai = names(Language::Th);
        let place = |name: &str| thai.iter().position(|other| other == name).unwrap();
        assert!(place("ครบ") < place("คะแนนรวม") && place("คะแนนรวม") < place("ค่ากลาง") && place("เครื่องมือ") < place("ตรงกัน"), "{thai:?}");
        let english = names(Language::En);
        let mut sorted = english.clone();
        sorted.sort_by_key(|name| name.to_lowercase());
        assert_eq!(english, sorted);
    }

    #[test]
    fn ids_are_in_order_and_once() {
        assert!(TERMS.windows(2).all(|pair| pair[0] < pair[1]));
    }
}
