//! Evidence that lies on a host which is no place for it. Owns which links are evidence and which hosts an agency may use all the same;
//! the hosts themselves are in `hosts`.

use super::hosts::{self, Kind};
use super::records::Records;
use crate::base::span::Located;
use crate::finding::{Code, Finding};
use crate::site::model::EditionModel;
use crate::source::agency::Agency;
use crate::source::disclosures::Status;

/// The findings of an edition: about links of items and about the progress of measures.
pub fn judge(records: &Records<'_>, edition: &EditionModel) -> Vec<Finding> {
    let exempt = exempt(&records.model.agency);
    let year = edition.edition.year;
    let mut findings = Vec::new();
    let mut look = |url: &Located<String>, subject: String| {
        let host = hosts::host(url.value.trim());
        let Some((host, kind)) = host.and_then(|host| hosts::kind(&host).map(|kind| (host, kind))) else { return };
        if exempt.iter().any(|own| hosts::is_below(&host, own)) {
            return;
        }
        let case = match kind {
            Kind::Sharing => "",
            Kind::Short => "short",
            Kind::Social => "social",
        };
        let finding = Finding::new(Code::LinkOffHost, url.place.clone()).case(case).about(subject).with("host", host.as_str());
        findings.push(finding.data("host", host));
    };
    for (item, record) in edition.edition.disclosures.iter().flat_map(|disclosures| &disclosures.records) {
        // Nothing is said of an item that this site holds no record of.
        if record.status == Status::Unrecorded {
            continue;
        }
        for link in &record.links {
            look(&link.url, format!("{year}/{}", edition.edition.pack.items[*item].code));
        }
    }
    for measure in &edition.edition.measures {
        for evidence in measure.progress.iter().filter_map(|progress| progress.evidence.as_ref()) {
            look(evidence, format!("{year}/issue-{}", measure.issue));
        }
    }
    findings
}

/// The hosts that are the agency's own: that of its website, and those that it names. What lies below one is its own too.
fn exempt(agency: &Agency) -> Vec<String> {
    let website = agency.website.as_deref().and_then(hosts::host);
    let website = website.map(|host| host.strip_prefix("www.").map(str::to_owned).unwrap_or(host));
    let named = agency.evidence_hosts.iter().filter_map(|text| hosts::named(text));
    website.into_iter().chain(named).filter(|host| host.contains('.')).collect()
}
