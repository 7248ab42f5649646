//! What can be found on a site of several agencies: the agencies, from their summaries alone, and the site's free pages. What an agency's
//! own pages say is found in the agency.

use super::agency::{Spoken, pages};
use super::{Entry, Kind, name};
use crate::base::fold::folded;
use crate::base::place_name::is_capital;
use crate::site::agencies::AgencySummary;
use crate::site::model::Model;
use crate::site::table::Label;

/// All that can be found, in the order in which it is stored: free pages, then the agencies, which are in order.
pub fn entries(sorted: &[&AgencySummary], own: &Model, spoken: Spoken<'_>) -> Vec<Entry> {
    let mut all = pages(own, spoken);
    all.extend(sorted.iter().map(|summary| agency(summary)));
    all
}

fn agency(agency: &AgencySummary) -> Entry {
    let label = match (&agency.district, &agency.province) {
        (Some(district), Some(province)) if is_capital(&province.th) => {
            Label::new("search.agency.capital").name("district", district).name("province", province)
        }
        (Some(district), Some(province)) => Label::new("search.agency.both").name("district", district).name("province", province),
        (_, Some(province)) if is_capital(&province.th) => Label::new("place.capital").name("name", province),
        (_, Some(province)) => Label::new("place.province").name("name", province),
        (Some(district), None) => Label::new("place.district").name("name", district),
        (None, None) => Label::new("search.kind.agency"),
    };
    let mut entry = Entry::new((agency.address(), None), Kind::Agency, label, name(&agency.name));
    entry.call_maybe(agency.short.as_ref());
    if !agency.name.th.contains(&agency.sort) {
        entry.say(&agency.sort);
    }
    if let Some(kind) = agency.kind {
        entry.keys.push(format!("kind-{kind}"));
    }
    for place in [&agency.district, &agency.province].into_iter().flatten() {
        entry.call_other(place);
    }
    // Who has exactly this name is shown even among thousands that have it in theirs.
    let exact = [
        Some(agency.name.th.as_str()),
        agency.name.en.as_deref(),
        agency.short.as_ref().map(|short| short.th.as_str()),
        Some(&agency.sort),
    ];
    let mut exact: Vec<String> = exact.into_iter().flatten().map(|name| format!("={}", folded(name))).collect();
    exact.sort();
    exact.dedup();
    entry.keys.extend(exact);
    entry
}
