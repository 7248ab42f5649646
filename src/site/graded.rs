//! The lists of agencies by announced level, of the year that the front page shows.

use super::agencies;
use super::groups::{Group, Register};
use super::levels;
use super::page::{Page, name};
use super::spread::Grade;
use super::view::{View, view};
use crate::base::address::Address;

/// The list of those that are counted under a grade.
pub fn address(register: &Register<'_>, grade: Grade) -> Option<Address> {
    let rules = register.spread.as_ref()?.levels_of_rules();
    let is_of = |group: &&Group<'_>| match grade {
        Grade::Level(rank) => group.name() == rules.get(rank).map(|level| &level.name),
        Grade::Other => group.is_of_others(),
        Grade::Untold | Grade::Without => group.is_of_none(),
    };
    register.levels.iter().find(is_of).map(Group::address)
}

/// The pages of each level.
pub fn pages(register: &Register<'_>) -> Vec<Page<'static>> {
    let Some(spread) = &register.spread else { return Vec::new() };
    let one = |group: &Group<'_>| {
        let list = group.list();
        let rules = spread.levels_of_rules();
        let rank = rules.iter().position(|level| group.name() == Some(&level.name));
        (1..=list.pages())
            .map(|number| {
                let mut page = Page::new(list.address(number), "level");
                page.crumbs.extend(agencies::crumbs(group, number));
                page.view = view!({
                    "name": group.name().map_or(View::Null, name), "word": group.word(), "year": spread.year,
                    "total": group.agencies.len(), "asks": rank.and_then(|rank| levels::view(rules, rank)), "list": list.view(number),
                    "others": others(register, group),
                });
                page.table("agencies", agencies::listed(&group.agencies, (&list, number), spread.axis.clone()));
                page
            })
            .collect::<Vec<_>>()
    };
    register.levels.iter().flat_map(one).collect()
}

/// All levels, for the way from one to another.
fn others(register: &Register<'_>, own: &Group<'_>) -> Vec<View> {
    let one = |group: &Group<'_>| {
        let mut link = group.link();
        link.set("own", &std::ptr::eq(group, own));
        link
    };
    register.levels.iter().map(one).collect()
}
