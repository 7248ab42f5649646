//! The front page of a site with several agencies, and all of its own lists: how results are spread, where most lose points, and every way to
//! an agency. Owns what stands on the front page; it leads to the site's free pages too.

use super::agencies::{self, results};
use super::groups::{Group, Register};
use super::joined;
use super::model::Model;
use super::page::{Download, Page};
use super::spread::Spread;
use super::standing::Standing;
use super::table::Label;
use super::view::{View, view};
use super::{graded, kinds, letters, lowest, provinces};
use crate::base::address::Address;

/// All lists of agencies, the front page first.
pub fn pages(register: &Register<'_>, own: &Model) -> Vec<Page<'static>> {
    let standing = Standing::of(register);
    let mut pages = vec![front(register, own)];
    pages.extend(letters::pages(register));
    pages.extend(provinces::pages(register, &standing));
    pages.extend(kinds::pages(register, &standing));
    pages.extend(graded::pages(register));
    pages
}

fn front(register: &Register<'_>, own: &Model) -> Page<'static> {
    let Register { sorted, spread, .. } = register;
    let spread = spread.as_ref();
    let years = joined::years(sorted.iter().copied());
    let list = register.list();
    let mut page = Page::new(Address::root(), "agencies");
    page.view = view!({
        "total": sorted.len(), "results": results(sorted), "letters": letters::index(register),
        "spread": spread.map(|spread| spread.view(None)), "list": list.view(1), "years": joined::view(&years),
        "filter": filter(register), "pages": super::page::list(own), "folder": super::search::address(own).as_str(), "base": "",
    });
    let files = years.into_iter().flat_map(joined::addresses);
    page.downloads = files.map(|address| Download { address, size: None }).collect();
    if let Some(spread) = spread {
        for (name, layout) in [("levels", spread.levels(|grade| graded::address(register, grade))), ("ranges", spread.ranges())] {
            if let Some(layout) = layout {
                page.table(name, layout);
            }
        }
    }
    if let Some(layout) = lowest::most(register, sorted) {
        page.table("lowest", layout);
    }
    if !register.provinces.is_empty() {
        page.table("provinces", provinces::index(&register.provinces, spread, ("table.provinces", Label::new("column.province"))));
    }
    if !register.kinds.is_empty() {
        page.table("kinds", provinces::index(&register.kinds, spread, ("table.kinds", Label::new("column.kind"))));
    }
    let axis = spread.map(|spread: &Spread<'_>| spread.axis.clone()).unwrap_or_default();
    page.table("agencies", agencies::listed(sorted, (&list, 1), axis));
    page
}

/// What the form over all agencies can be narrowed to: each way of which there is more than one group.
fn filter(register: &Register<'_>) -> View {
    let ways = [("province", &register.provinces), ("kind", &register.kinds), ("level", &register.levels)];
    let ways = ways.into_iter().map(|(key, groups)| {
        let shown = groups.iter().map(Group::link).collect::<Vec<_>>();
        view!({"key": key, "groups": if groups.len() > 1 { shown } else { Vec::new() }})
    });
    ways.collect()
}
