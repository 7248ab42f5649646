//! Old addresses that lead to new ones. Owns when such a pair is right: the old address is free in every unit, the new one is there in
//! one of them. So agencies answer, and the site's own unit judges.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::Made;
use super::shared::Shared;
use crate::base::address::Address;
use crate::base::span::Located;
use crate::finding::{Code, Finding};
use crate::render::hosts::{CONFIGURATION, HostFile};
use crate::render::page::Press;
use crate::site::routes::{self, Routes};
use crate::source::site::Redirect;

/// What one unit knows of the redirects' addresses.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answers {
    /// Old addresses that something stands in the way of, and what.
    taken: BTreeMap<Address, String>,
    /// Old addresses that something stands in the way of on some hosts and disks, and what.
    alike: BTreeMap<Address, String>,
    /// New addresses that are there.
    there: BTreeSet<Address>,
}

impl Answers {
    /// What the unit with these addresses knows.
    pub fn of(routes: &Routes, redirects: &[Redirect]) -> Self {
        let mut answers = Self::default();
        for Redirect { from, to } in redirects {
            if let Some(other) = routes.taken(&from.value) {
                answers.taken.insert(from.value.clone(), other.to_owned());
            } else if let Some(other) = routes.alike(&from.value) {
                answers.alike.insert(from.value.clone(), other.to_owned());
            }
            if routes.contains(&to.value) {
                answers.there.insert(to.value.clone());
            }
        }
        answers
    }
}

/// Judges all redirects by the answers of all units.
pub fn judge(redirects: &[Redirect], answers: &[&Answers]) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut seen = Routes::default();
    for Redirect { from, to } in redirects {
        // A file for a host lies at the root, or will once the host is named.
        let is_file_of_host = CONFIGURATION.iter().any(|name| name.eq_ignore_ascii_case(first_part(from)));
        let reserved = is_file_of_host || from.value.as_str().split('/').any(|part| part.starts_with(['_', '.']));
        // Of one that a file has by itself the program's name for it tells nobody what to rename.
        let taken = answers.iter().filter_map(|answer| answer.taken.get(&from.value)).map(String::as_str).max();
        let taken = taken.or_else(|| seen.taken(&from.value));
        // The site's own unit comes last, and knows whose folder it is that an agency only calls its own.
        let other = || answers.iter().rev().find_map(|answer| answer.alike.get(&from.value).map(String::as_str));
        let alike = || other().or_else(|| seen.alike(&from.value));
        if taken.is_some() || reserved || from.value.as_str().is_empty() {
            findings.push(routes::collision(from.place.clone(), &from.value, taken.unwrap_or_default()));
        } else if let Some(other) = alike() {
            findings.push(routes::collision_alike(from.place.clone(), &from.value, other));
        }
        seen.put(&from.value, &from.place.file);
        if !answers.iter().any(|answer| answer.there.contains(&to.value)) {
            let link = to.value.as_str();
            findings.push(Finding::new(Code::LinkBroken, to.place.clone()).about(link).with("link", link));
        }
    }
    findings
}

/// What is told of old addresses that the file of a host can't hold, whose pages lead on instead: once for each file.
pub fn unfit(shared: &Shared) -> Vec<Finding> {
    let told = |file: HostFile| {
        let first = file.left.first()?;
        let place = shared.site.redirects.iter().find(|redirect| redirect.from.value == *first).map(|redirect| redirect.from.place.clone());
        let finding = Finding::new(Code::RedirectUnfit, place.unwrap_or_else(|| shared.site.redirects_place.clone()));
        let finding = finding.about(first.as_str()).with("address", first.as_str()).with("file", file.name);
        let count = file.left.len();
        let finding = if count > 1 { finding.case("more").with("count", count.to_string()) } else { finding };
        Some(finding.data("addresses", count))
    };
    shared.hosting.files().into_iter().filter_map(told).collect()
}

/// The redirects whose page lies in the unit of a slug: with several agencies by the first part of the old address.
pub fn of_unit<'a>(shared: &'a Shared, slug: &'a str) -> impl Iterator<Item = &'a Redirect> {
    let own =
        move |redirect: &&Redirect| (!shared.many || first_part(&redirect.from) == slug) && !shared.answered.contains(&redirect.from.value);
    shared.site.redirects.iter().filter(own)
}

/// The first part of an old address.
pub fn first_part(old: &Located<Address>) -> &str {
    old.value.as_str().split('/').next().unwrap_or_default()
}

/// Writes the pages of redirects.
pub fn put_all<'a>(press: &Press<'_>, redirects: impl Iterator<Item = &'a Redirect>, made: &mut Made) {
    for redirect in redirects {
        // Two of them from one address: one is enough to see the other told.
        if made.output.get(&redirect.from.value.file()).is_none() {
            made.page(&redirect.from.value, press.redirect(&redirect.from.value, &redirect.to.value));
        }
    }
}
