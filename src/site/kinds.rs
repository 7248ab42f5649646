//! The lists of agencies by kind of body, and what each kind is called.

use super::agencies::{self, results};
use super::groups::{Group, Register};
use super::lowest;
use super::page::Page;
use super::provinces;
use super::spread::Spread;
use super::standing::Standing;
use super::table::{Label, Shows};
use super::view::view;

/// What a kind is called.
pub fn label(word: &str) -> Label {
    Label::new(match word {
        "local" => "kind.local",
        "central" => "kind.central",
        "state-enterprise" => "kind.state-enterprise",
        "university" => "kind.university",
        "school" => "kind.school",
        _ => "kind.other",
    })
}

/// The pages of each kind.
pub fn pages(register: &Register<'_>, standing: &Standing<'_>) -> Vec<Page<'static>> {
    let spread = register.spread.as_ref();
    let axis = spread.map(Spread::crowded_axis).unwrap_or_default();
    let one = |group: &Group<'_>| {
        let list = group.list();
        let own = spread.map(|spread| spread.part(&group.agencies));
        (1..=list.pages())
            .map(|number| {
                let mut page = Page::new(list.address(number), "kind");
                page.crumbs.extend(agencies::crumbs(group, number));
                let summary = own.as_ref().filter(|own| own.count() > 0 && number == 1).map(|own| own.view(spread));
                page.view = view!({
                    "word": group.word(), "total": group.agencies.len(), "results": results(&group.agencies), "summary": summary,
                    "crowd": spread.map_or(0, Spread::count), "list": list.view(number),
                });
                if let Some(own) = own.as_ref().filter(|_| number == 1) {
                    provinces::tables(&mut page, own, lowest::most(register, &group.agencies));
                }
                let mut layout = agencies::listed(&group.agencies, (&list, number), axis.clone());
                standing.show(&mut layout, &group.agencies[list.range(number)], spread);
                layout.columns.retain(|column| !matches!(column.shows, Shows::Plain("level", _)));
                page.table("agencies", layout);
                page
            })
            .collect::<Vec<_>>()
    };
    register.kinds.iter().flat_map(one).collect()
}
