//! What remains of an agency, as bytes and back: for a later process, or for the one that joins the parts of a site. Owns the form.
//! Refuses to trust what it reads: bytes that are not whole, that speak of a pack that is not there, or that tell something no build can,
//! give nothing. Whether they belong to the sources at hand is for whoever keeps them to know.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::Remains;
use super::redirects::Answers;
use crate::base::address::Address;
use crate::finding::Finding;
use crate::framework::{Packs, read as pack_reader};
use crate::site::agencies::{AgencySummary, WrittenAgency};
use crate::source::agency::Accept;
use crate::text::SourceText;

/// What remains of an agency as it is written down.
#[derive(Serialize, Deserialize)]
struct Written<'a> {
    slug: Cow<'a, str>,
    findings: Cow<'a, [Finding]>,
    summary: Option<WrittenAgency<'a>>,
    maps: Cow<'a, [Address]>,
    answers: Cow<'a, Answers>,
    pages: Cow<'a, BTreeSet<Address>>,
    accepts: Cow<'a, [Accept]>,
    frameworks: Cow<'a, [(Arc<str>, String)]>,
}

/// The largest that is read: a thousand findings of a file are some hundred kilobytes.
pub const LARGEST: usize = 64 * 1024 * 1024;

/// What remains of an agency, as bytes without a new line. `None` where that can't be read again.
pub fn freeze(remains: &Remains) -> Option<Vec<u8>> {
    let written = Written {
        slug: Cow::Borrowed(&remains.accepts.0),
        findings: Cow::Borrowed(&remains.findings),
        summary: remains.summary.as_ref().map(AgencySummary::written),
        maps: Cow::Borrowed(&remains.maps),
        answers: Cow::Borrowed(&remains.answers),
        pages: Cow::Borrowed(&remains.pages),
        accepts: Cow::Borrowed(&remains.accepts.1),
        frameworks: Cow::Borrowed(&remains.frameworks),
    };
    serde_json::to_vec(&written).ok().filter(|bytes| bytes.len() <= LARGEST)
}

/// What remains of the agency of this slug, of bytes that [`freeze`] made; `packs` are those of the site. `None` for all other bytes.
pub fn thaw(bytes: &[u8], slug: &str, packs: &Packs) -> Option<Remains> {
    if bytes.len() > LARGEST {
        return None;
    }
    let written: Written<'_> = serde_json::from_slice(bytes).ok()?;
    if written.slug != slug || !written.findings.iter().all(Finding::is_sound) {
        return None;
    }
    let own = if written.frameworks.is_empty() { None } else { Some(own_packs(&written.frameworks, packs)?) };
    let summary = match written.summary {
        Some(summary) => Some(AgencySummary::read(summary, own.as_ref().unwrap_or(packs)).filter(|summary| summary.slug == slug)?),
        None => None,
    };
    let slug: Arc<str> = Arc::from(slug);
    let mut findings = written.findings.into_owned();
    share(&mut findings, &slug);
    Some(Remains {
        findings,
        summary,
        maps: written.maps.into_owned(),
        answers: written.answers.into_owned(),
        pages: written.pages.into_owned(),
        accepts: (slug, written.accepts.into_owned()),
        frameworks: written.frameworks.into_owned(),
    })
}

/// The part of what remains of an agency that the site's own unit follows from, as bytes: all but what was found in it.
pub fn core(remains: &Remains) -> Option<Vec<u8>> {
    let summary = remains.summary.as_ref().map(AgencySummary::written);
    serde_json::to_vec(&(summary, &remains.maps, &remains.answers, &remains.pages, &remains.frameworks)).ok()
}

/// What was found in a unit of which nothing else remains, as bytes.
pub fn freeze_findings(findings: &[Finding]) -> Option<Vec<u8>> {
    serde_json::to_vec(findings).ok().filter(|bytes| bytes.len() <= LARGEST)
}

/// What was found, of bytes that [`freeze_findings`] made.
pub fn thaw_findings(bytes: &[u8]) -> Option<Vec<Finding>> {
    let bytes = Some(bytes).filter(|bytes| bytes.len() <= LARGEST)?;
    let findings: Vec<Finding> = serde_json::from_slice(bytes).ok()?;
    findings.iter().all(Finding::is_sound).then_some(findings)
}

/// The packs of the site and those of these files, as the agency's records were read by.
fn own_packs(files: &[(Arc<str>, String)], packs: &Packs) -> Option<Packs> {
    let mut packs = packs.clone();
    for (path, text) in files {
        let source = SourceText::new(Arc::clone(path), text.clone().into_bytes()).ok()?;
        // What was found in them is among the findings.
        let _ = pack_reader::pack_into(&source, &mut packs);
    }
    Some(packs)
}

/// Findings of a file follow each other, and share its path as they did.
pub fn share(findings: &mut [Finding], slug: &Arc<str>) {
    let mut last: Option<Arc<str>> = None;
    for finding in findings {
        if finding.agency == *slug {
            finding.agency = Arc::clone(slug);
        }
        match &last {
            Some(path) if *path == finding.place.file => finding.place.file = Arc::clone(path),
            _ => last = Some(Arc::clone(&finding.place.file)),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io;

    use proptest::prelude::*;

    use super::super::memo::Memo;
    use super::super::shared::Shared;
    use super::super::{Listing, Options, Source, agency, shared};
    use super::*;
    use crate::base::date::Date;
    use crate::finding::Param;
    use crate::source::attachment;
    use crate::source::files::{Content, Files};

    const SMALL: &str = include_str!("../../tests/suite/small.txt");

    /// Two agencies of the small site; the second has a pack of its own, of the same id as the site's, and faults of several kinds.
    struct Two;

    impl Two {
        fn files(&self) -> Vec<(String, String)> {
            let mut files = Vec::new();
            for section in SMALL.split("--- ").skip(1) {
                let (path, text) = section.split_once('\n').unwrap();
                let Some(below) = path.strip_prefix("content/").filter(|below| *below != "site.yaml") else {
                    files.push((
                        path.to_owned(),
                        format!("{text}redirects:\n  old/: a/2568/\n  a/was/: b/2568/scores/\n  a/2568/: a/about/\n"),
                    ));
                    continue;
                };
                if below.starts_with("frameworks/") {
                    files.push((format!("content/{below}"), text.to_owned()));
                    files.push((format!("content/b/{below}"), text.replace("ผ่านดี", "ผ่านดีมาก")));
                    continue;
                }
                files.push((format!("content/a/{below}"), text.to_owned()));
                let faulty = match below {
                    "agency.yaml" => format!("{text}accept:\n  - {{code: item-missing, where: 2568/o1, reason: ทราบแล้ว}}\nnobody: 1\n"),
                    "2568/assessment.yaml" => text.replace("95.2", "๙๑.๒").replace("i1: 90", "i1: 120"),
                    _ => text.to_owned(),
                };
                files.push((format!("content/b/{below}"), faulty));
            }
            files.push(("content/about.md".to_owned(), "# รวม\n".to_owned()));
            files
        }

        fn of(&self, is_own: impl Fn(&str) -> bool) -> Files {
            let files = self.files().into_iter().filter(|(path, _)| is_own(path));
            files.map(|(path, text)| (Arc::from(path), Content::Text(text.into_bytes()))).collect()
        }
    }

    impl Source for Two {
        fn site_files(&self) -> io::Result<Files> {
            Ok(self.of(|path| !path.starts_with("content/a/") && !path.starts_with("content/b/")))
        }

        fn agency_files(&self, slug: &str) -> io::Result<Files> {
            Ok(self.of(|path| path.starts_with(&format!("content/{slug}/"))))
        }

        fn listing(&self) -> io::Result<Listing> {
            Ok(Listing { agencies: Some(vec!["a".to_owned(), "b".to_owned()]) })
        }

        fn open_attachment(&self, _path: &str, _size: u64) -> io::Result<Box<dyn attachment::Bytes>> {
            Err(io::ErrorKind::NotFound.into())
        }
    }

    fn built(slug: &str) -> (Shared, Remains) {
        let options = Options { drafts: false, base_url: None, today: Date::parse("2025-09-01").unwrap() };
        let (shared, _) = shared::read(Two.site_files().unwrap(), options, true);
        let (_, remains, _) = agency::build(&shared, &Two, (slug, Two.agency_files(slug).unwrap()), &Memo::none());
        (shared, remains)
    }

    #[test]
    fn what_is_frozen_is_thawed_as_it_was() {
        for slug in ["a", "b"] {
            let (shared, mut remains) = built(slug);
            assert_eq!(remains.frameworks.len(), usize::from(slug == "b"), "a pack of its own");
            assert!(!remains.findings.is_empty() && remains.summary.is_some(), "{slug}");
            // Kinds that the site happens not to meet.
            let params = [Param::from(("คำ", "word")), vec!["ก", "b"].into(), (vec!["ก".to_owned()], Vec::new()).into()];
            let others = [Param::Line("\"\u{1f}\\".to_owned()), Param::Day(Date::parse("2569-02-28").unwrap())];
            remains.findings[0].params.extend(params.into_iter().chain(others).map(|param| ("x".into(), param)));
            remains.findings[0].data.push(("y".into(), serde_json::json!({"b": [1, -2, null, true], "a": u64::MAX})));
            let bytes = freeze(&remains).unwrap();
            let thawed = thaw(&bytes, slug, &shared.packs).unwrap();
            assert_eq!(freeze(&thawed).unwrap(), bytes);
            if slug == "a" {
                assert_eq!(thawed, remains, "packs of the site are the very same");
            } else {
                let pack = |remains: &Remains| format!("{:?}", remains.summary.as_ref().unwrap().editions[0].pack());
                assert_eq!(pack(&thawed), pack(&remains), "and those of the agency are read again");
                assert_ne!(pack(&thawed), format!("{:?}", shared.packs.get("small").unwrap()));
            }
        }
    }

    #[test]
    fn what_belongs_to_another_site_or_agency_is_nothing() {
        let (shared, remains) = built("a");
        let bytes = freeze(&remains).unwrap();
        assert!(thaw(&bytes, "b", &shared.packs).is_none());
        assert!(thaw(&bytes, "a", &Packs::default()).is_none(), "its pack is not there");
    }

    #[test]
    fn bytes_that_are_cut_are_nothing() {
        let (shared, remains) = built("b");
        let bytes = freeze(&remains).unwrap();
        for cut in (0..bytes.len()).step_by(7).chain([bytes.len() - 1]) {
            assert!(thaw(&bytes[..cut], "b", &shared.packs).is_none(), "{cut}");
        }
    }

    #[test]
    fn what_no_build_tells_is_nothing() {
        let (shared, remains) = built("b");
        let text = String::from_utf8(freeze(&remains).unwrap()).unwrap();
        for (from, to) in [
            ("\"hit\":{\"start\":", "\"hit\":{\"start\":9"),
            ("\"span\":[", "\"span\":[9"),
            ("\"b/2568/scores/\"", "\"../\""),
            ("\"local\"", "\"none\""),
        ] {
            assert!(text.contains(from), "{from}");
            assert!(thaw(text.replace(from, to).as_bytes(), "b", &shared.packs).is_none(), "{to}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(200))]

        /// Whatever stands in the bytes is nothing, or remains that can be shown.
        #[test]
        fn altered_bytes_are_read_without_a_panic(changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4)) {
            let (shared, remains) = built("b");
            let mut bytes = freeze(&remains).unwrap();
            for (at, byte) in changes {
                let at = at.index(bytes.len());
                bytes[at] = byte;
            }
            if let Some(remains) = thaw(&bytes, "b", &shared.packs) {
                let style = crate::finding::human::Style { language: Default::default(), colour: false, width: None };
                let _ = crate::finding::human::render(&remains.findings, style);
                prop_assert_eq!(&*remains.accepts.0, "b");
            }
        }
    }
}
