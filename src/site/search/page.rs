//! The search page as it is without a script: an index in the order of the dictionary, and one of codes. With a script the box comes
//! before them.

use std::collections::{BTreeMap, BTreeSet};

use super::{Kind, address};
use crate::base::address::Address;
use crate::base::language::Name;
use crate::base::thai;
use crate::framework::code::MemberCode;
use crate::site::agencies;
use crate::site::groups::{Group, Register};
use crate::site::letters as letters_of_site;
use crate::site::model::{EditionModel, Model};
use crate::site::page::{self, Page, front, maybe, name};
use crate::site::view::{View, view};
use crate::site::{changes, item_years};

/// A line of the index.
struct Line {
    title: Name,
    /// What it is, and its code or year.
    kind: Kind,
    code: String,
    address: Address,
}

/// The search page of an agency.
pub fn of_agency(model: &Model) -> Page<'_> {
    let mut page = Page::new(address(model), "search");
    page.edition = model.current_year();
    page.crumbs.push(front(model));
    let current = model.current();
    let lines = lines(model, current);
    page.view = view!({
        "folder": page.address.as_str(), "base": model.base.as_str(),
        "letters": letters(lines),
        "own": own(model),
        "codes": current.map(codes).unwrap_or_default(),
        "year": current.map(|edition| edition.edition.year),
        "changes": (model.editions.len() > 1).then(|| changes::address(model).to_string()),
    });
    page
}

/// The search page of a site of several agencies.
pub fn of_site(register: &Register<'_>, own: &Model) -> Page<'static> {
    let mut page = Page::new(address(own), "search-agencies");
    page.crumbs.push(agencies::crumb());
    page.view = view!({
        "folder": page.address.as_str(), "base": "",
        "letters": letters_of_site::index(register),
        "provinces": register.provinces.iter().map(Group::link).collect::<Vec<_>>(),
        "pages": page::list(own),
    });
    page
}

/// Pages with a name of the program: each edition's, newest first.
fn own(model: &Model) -> Vec<View> {
    let edition = |edition: &EditionModel| {
        let pack = &edition.edition.pack;
        let mut keys = vec![("edition", ""), ("scores", "scores/")];
        if !pack.issues.is_empty() {
            keys.push(("issues", "issues/"));
        }
        if !pack.items.is_empty() {
            keys.push(("items", "oit/"));
        }
        keys.extend([("measures", "measures/"), ("audit", "audit/"), ("report", "report/")]);
        let pages: Vec<View> =
            keys.into_iter().map(|(key, rest)| view!({"key": key, "address": edition.base.below(rest).as_str()})).collect();
        view!({"year": edition.edition.year, "pages": pages})
    };
    model.editions.iter().rev().map(edition).collect()
}

/// What the index names: of the current edition issues, indicators and items; items of other years; free pages.
fn lines(model: &Model, current: Option<&EditionModel>) -> Vec<Line> {
    let mut lines = Vec::new();
    for (slug, commentary) in &model.pages {
        let (title, address) = (Name::thai(page::title(slug, commentary)), model.base.below(&format!("{slug}/")));
        lines.push(Line { title, kind: Kind::Page, code: String::new(), address });
    }
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    if let Some(edition) = current {
        let pack = &edition.edition.pack;
        for issue in &pack.issues {
            let (code, address) = (issue.number.to_string(), edition.issue(issue.number));
            lines.push(Line { title: issue.name.clone(), kind: Kind::Issue, code, address });
        }
        for indicator in &pack.indicators {
            let (code, address) = (indicator.number.to_string(), edition.base.below("scores/"));
            lines.push(Line { title: indicator.name.clone(), kind: Kind::Indicator, code, address });
        }
        for (o, item) in pack.items.iter().enumerate() {
            seen.insert(&item.id);
            lines.push(Line { title: item.name.clone(), kind: Kind::Item, code: item.code.to_string(), address: edition.item(o) });
        }
    }
    for edition in model.editions.iter().rev() {
        for item in &edition.edition.pack.items {
            if seen.insert(&item.id) {
                let (code, address) = (edition.edition.year.to_string(), item_years::address(model, &item.id));
                lines.push(Line { title: item.name.clone(), kind: Kind::Years, code, address });
            }
        }
    }
    lines
}

/// The lines under their letters, both in the order of the dictionary.
fn letters(lines: Vec<Line>) -> Vec<View> {
    let mut by_letter: BTreeMap<String, (String, Vec<Line>)> = BTreeMap::new();
    for line in lines {
        // Letters and digits of other scripts stand together behind the Thai ones.
        let letter = match thai::initial(&line.title.th) {
            Some(c) if thai::is_letter(c) => c.to_string(),
            Some(c) if c.is_ascii_alphabetic() => "A–Z".to_owned(),
            Some(_) => "0–9".to_owned(),
            None => "–".to_owned(),
        };
        let place = if letter.chars().next().is_some_and(thai::is_letter) { letter.clone() } else { format!("\u{10ffff}{letter}") };
        by_letter.entry(place).or_insert_with(|| (letter, Vec::new())).1.push(line);
    }
    let one = |(index, (letter, mut lines)): (usize, (String, Vec<Line>))| {
        lines.sort_by_cached_key(|line| (thai::sort_key(&line.title.th), line.kind, line.code.clone()));
        let shown = |line: &Line| {
            view!({
                "title": name(&line.title), "kind": line.kind.word(), "code": line.code, "address": line.address.as_str(),
            })
        };
        view!({"letter": letter, "anchor": format!("s-letter-{}", index + 1), "lines": lines.iter().map(shown).collect::<Vec<_>>()})
    };
    by_letter.into_values().enumerate().map(one).collect()
}

/// The codes of an edition: questions by instrument, then items.
fn codes(edition: &EditionModel) -> Vec<View> {
    let pack = &edition.edition.pack;
    let chip = |code: MemberCode, text: &Name, (address, fragment): (Address, Option<String>)| view!({"code": code.to_string(), "text": name(text), "address": address.as_str(), "fragment": fragment});
    let mut groups = Vec::new();
    for (i, instrument) in pack.instruments.iter().enumerate() {
        let questions = pack.questions.iter().enumerate().filter(|(q, _)| pack.instrument_of(*q) == i);
        let chips: Vec<View> = questions
            .map(|(_, question)| chip(question.code, &question.text, (edition.base.below("scores/"), Some(question.code.to_string()))))
            .collect();
        if !chips.is_empty() {
            groups.push(view!({"name": name(instrument.plain.name.as_ref().unwrap_or(&instrument.name)), "chips": chips}));
        }
    }
    if !pack.items.is_empty() {
        let chips: Vec<View> =
            pack.items.iter().enumerate().map(|(o, item)| chip(item.code, &item.name, (edition.item(o), None))).collect();
        groups.push(view!({"name": maybe(None), "chips": chips}));
    }
    groups
}
