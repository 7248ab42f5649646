//! Addresses that were published and are gone, as findings. Owns which mend works for which of them, what somebody stands by, and how
//! many are told. Refuses to know what was published: a sink that publishes does.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::base::address::Address;
use crate::base::alike::alike;
use crate::base::span::Place;
use crate::base::thai;
use crate::check::accept::Addresses;
use crate::finding::{Code, Finding, Param};
use crate::source::agency::Accept;
use crate::source::site::{self, Site};

/// How many are told, so that all of them are shown at a terminal. The rest is counted.
const MOST: usize = 40;

/// An address that was published and is gone, or a folder of which nothing is left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gone {
    /// The address of the page or file, or of the folder, from the site's root.
    pub address: Address,
    /// The agency whose it was: its slug; empty with one agency and for the site's own.
    pub agency: String,
    /// For a folder: what it had.
    pub below: Option<Below>,
    /// Where a redirect from it would lead most likely.
    pub to: Address,
}

/// What lay below a folder of which nothing is left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Below {
    /// How many addresses.
    pub count: usize,
    /// Were some of them pages?
    pub has_page: bool,
}

/// The findings about what is gone, in the order of the addresses; `accepts` are the agencies' by slug.
pub fn judge(site: &Site, accepts: &BTreeMap<&str, &[Accept]>, mut gone: Vec<Gone>) -> Vec<Finding> {
    gone.sort_by(|a, b| a.address.cmp(&b.address));
    let own = Addresses::of(&site.accept);
    let agencies: BTreeMap<&str, Addresses<'_>> = accepts.iter().map(|(slug, accepts)| (*slug, Addresses::of(accepts))).collect();
    let reason = |gone: &Gone| {
        let address = gone.address.as_str();
        // An agency names its pages as it links to them, or as they are seen from the site's root.
        let below = address.strip_prefix(gone.agency.as_str()).map_or(address, |rest| rest.trim_start_matches('/'));
        let by_agency = agencies.get(gone.agency.as_str());
        own.reason(address).or_else(|| by_agency.and_then(|known| known.reason(address).or_else(|| known.reason(below))))
    };
    let mut findings = Vec::new();
    let mut rest: Vec<&Gone> = Vec::new();
    let mut told = 0;
    for gone in &gone {
        let accepted = reason(gone).map(str::to_owned);
        if accepted.is_none() && told == MOST {
            rest.push(gone);
            continue;
        }
        told += usize::from(accepted.is_none());
        let file = match gone.agency.as_str() {
            "" if agencies.contains_key("") => "content/agency.yaml".to_owned(),
            slug if agencies.contains_key(slug) => format!("content/{slug}/agency.yaml"),
            _ => site::PATH.to_owned(),
        };
        let mut finding = one(site, gone, file);
        finding.accepted = accepted;
        findings.push(finding);
    }
    if let Some(first) = rest.first() {
        let count: usize = rest.iter().map(|gone| gone.below.map_or(1, |below| below.count)).sum();
        let finding = about(first, site.redirects_place.clone()).case("more");
        findings.push(finding.with("count", count.to_string()).data("addresses", count));
    }
    findings
}

/// The finding about one of them; `file` is where it may be accepted.
fn one(site: &Site, gone: &Gone, file: String) -> Finding {
    let address = gone.address.as_str();
    let at_redirects = || about(gone, site.redirects_place.clone());
    let to = if gone.to.as_str().is_empty() { "/" } else { gone.to.as_str() };
    let line = || Param::Line(format!("{}: {}", written(address), written(to)));
    let accept = || Param::Line(format!("- {{code: address-gone, where: {}, reason: …}}", written(address)));
    if alike(address) == alike(gone.to.as_str()) {
        // A redirect would get in the way of the address that it leads to.
        let finding = at_redirects().case("case").with("to", gone.to.as_str()).data("to", gone.to.as_str());
        return finding.with("file", file).with("accept", accept());
    }
    if let Some(Below { count, has_page }) = gone.below {
        let finding = at_redirects().with("count", count.to_string()).with("file", file).with("accept", accept()).data("addresses", count);
        return if has_page { finding.case("folder").with("line", line()).data("to", gone.to.as_str()) } else { finding.case("files") };
    }
    if leads_on(&gone.address) {
        return at_redirects().with("line", line()).data("to", gone.to.as_str());
    }
    let (folder, below) = match address.strip_prefix(gone.agency.as_str()).and_then(|rest| rest.strip_prefix('/')) {
        Some(rest) if !gone.agency.is_empty() => (format!("content/{}/", gone.agency), rest),
        _ => ("content/".to_owned(), address),
    };
    let finding = if below.starts_with("files/") {
        let target = format!("{folder}{below}");
        about(gone, Place::top(target.as_str())).case("file").with("target", target)
    } else {
        at_redirects().case("other")
    };
    finding.with("file", file).with("accept", accept())
}

fn about(gone: &Gone, place: Place) -> Finding {
    let address = gone.address.as_str();
    let mut finding = Finding::new(Code::AddressGone, place).about(address).with("address", address);
    finding.agency = Arc::from(gone.agency.as_str());
    finding
}

/// YAML takes no longer key on a line of its own.
const LONGEST_KEY: usize = 1_000;

/// Would a redirect from this address be taken? What is read of it must be the same address, and no page of ours begins so.
fn leads_on(address: &Address) -> bool {
    let text = address.as_str();
    let is_own = text.split('/').any(|part| part.starts_with(['_', '.']));
    site::may_lead_on(address) && text.chars().count() <= LONGEST_KEY && !is_own && text.trim() == text && thai::normal(text) == text
}

/// A text as a key or value of YAML, in quotation marks where it would mean something else without.
fn written(text: &str) -> String {
    let is_plain = |c: char| !c.is_ascii() && !c.is_whitespace() || c.is_ascii_alphanumeric() || matches!(c, '/' | '.' | '-' | '_');
    let is_number = |c: char| c.is_ascii_digit() || matches!(c, '.' | '-' | '_');
    if text.chars().all(is_plain) && !text.starts_with('-') && !text.chars().all(is_number) {
        return text.to_owned();
    }
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_to_be_written_is_read_back() {
        for (text, line) in
            [("2568/oit/o1/", "2568/oit/o1/"), ("เก่า/", "เก่า/"), ("a b/", "\"a b/\""), ("- x/", "\"- x/\""), ("a\"b", "\"a\\\"b\"")]
        {
            assert_eq!(written(text), line);
        }
    }
}
