//! The lists of agencies by letter, and the further pages of the list of all.

use super::agencies;
use super::groups::{Group, Register};
use super::page::Page;
use super::spread::Spread;
use super::view::{View, view};

/// The letters with the address of each list.
pub fn index(register: &Register<'_>) -> Vec<View> {
    let one = |group: &Group<'_>| view!({"letter": group.word(), "count": group.agencies.len(), "address": group.address().as_str()});
    register.letters.iter().map(one).collect()
}

/// The pages of each letter, then those of all agencies from the second on.
pub fn pages(register: &Register<'_>) -> Vec<Page<'static>> {
    let axis = register.spread.as_ref().map(|spread: &Spread<'_>| spread.axis.clone()).unwrap_or_default();
    let index = index(register);
    let mut pages = Vec::new();
    for group in &register.letters {
        let list = group.list();
        for number in 1..=list.pages() {
            let mut page = Page::new(list.address(number), "names");
            page.crumbs.extend(agencies::crumbs(group, number));
            page.view = view!({"letter": group.word(), "total": group.agencies.len(), "letters": index, "list": list.view(number)});
            page.table("agencies", agencies::listed(&group.agencies, (&list, number), axis.clone()));
            pages.push(page);
        }
    }
    let all = register.list();
    for number in 2..=all.pages() {
        let mut page = Page::new(all.address(number), "names");
        page.crumbs.push(agencies::crumb());
        page.view = view!({"letter": None::<String>, "total": register.sorted.len(), "letters": index, "list": all.view(number)});
        page.table("agencies", agencies::listed(&register.sorted, (&all, number), axis.clone()));
        pages.push(page);
    }
    pages
}
