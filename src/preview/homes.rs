//! On which pages of the preview a warning is shown. Owns the way from what a finding is about, and from the file it stands in, to
//! addresses. Refuses to ask whether there is such a page: an address without one is simply never asked for.

use std::collections::BTreeSet;

use crate::base::digits;
use crate::finding::Finding;

/// The addresses of the pages that a finding belongs to, from the site's root: `2568/oit/o1/`. What belongs to no page stands on the front
/// page of its agency, so that nothing is lost.
pub fn homes(finding: &Finding) -> BTreeSet<String> {
    let base = if finding.agency.is_empty() { String::new() } else { format!("{}/", finding.agency) };
    let file = below(&finding.place.file, &base);
    let subject = finding.subject.strip_prefix(&base).unwrap_or(&finding.subject);
    let mut homes = of_subject(subject, &file);
    homes.extend(of_text(&file));
    if homes.is_empty() {
        homes = of_record(&file);
    }
    homes.into_iter().map(|home| format!("{base}{home}")).collect()
}

/// A file's path in the folder of its agency, part by part.
fn below(file: &str, base: &str) -> Vec<String> {
    let rest = file.strip_prefix("content/").unwrap_or(file);
    let rest = rest.strip_prefix(base).unwrap_or(rest);
    rest.split('/').map(digits::to_ascii).collect()
}

fn of_subject(subject: &str, file: &[String]) -> BTreeSet<String> {
    let Some((year, about)) = subject.split_once('/').filter(|(year, _)| is_year(year)) else {
        return subject.ends_with('/').then(|| subject.to_owned()).into_iter().collect();
    };
    let stands_in = |name: &str| file.len() == 2 && file[1] == name;
    let figure = || ["", "audit/", "scores/"].map(|page| format!("{year}/{page}"));
    let mut homes = BTreeSet::new();
    if let Some(number) = about.strip_prefix("issue-").filter(|number| is_number(number)) {
        homes.extend([format!("{year}/issues/"), format!("{year}/issues/{number}/")]);
        if stands_in("measures.yaml") {
            homes.insert(format!("{year}/measures/"));
        }
    } else if about.strip_prefix('o').is_some_and(is_number) {
        homes.extend([format!("{year}/oit/"), format!("{year}/oit/{about}/")]);
        // What was printed of an item is a figure too.
        if stands_in("assessment.yaml") {
            homes.extend(figure());
        }
    } else if about.ends_with('/') {
        homes.insert(subject.to_owned());
    } else if !about.is_empty() {
        homes.extend(figure());
    }
    homes
}

/// The page that a text makes, whatever the finding in it is about.
fn of_text(file: &[String]) -> Option<String> {
    let parts: Vec<&str> = file.iter().map(String::as_str).collect();
    let name = |file: &str| file.strip_suffix(".md").filter(|name| !name.is_empty()).map(str::to_owned);
    match parts[..] {
        [year, "issues", text] if is_year(year) => name(text).map(|name| format!("{year}/issues/{name}/")),
        [year, "items", text] if is_year(year) => name(text).map(|name| format!("{year}/oit/{name}/")),
        [year, "report.md"] if is_year(year) => Some(format!("{year}/report/")),
        [text] => name(text).map(|name| format!("{name}/")),
        _ => None,
    }
}

/// The pages that a file of records is shown on, where nothing says which record is meant.
fn of_record(file: &[String]) -> BTreeSet<String> {
    let Some(year) = file.first().filter(|year| file.len() > 1 && is_year(year)) else { return BTreeSet::from([String::new()]) };
    let page = match file[1].as_str() {
        "assessment.yaml" => Some("scores/"),
        "disclosures.yaml" => Some("oit/"),
        "measures.yaml" => Some("measures/"),
        _ => None,
    };
    [""].into_iter().chain(page).map(|page| format!("{year}/{page}")).collect()
}

fn is_year(text: &str) -> bool {
    text.len() == 4 && is_number(text)
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::base::span::Place;
    use crate::finding::Code;

    fn of(agency: &str, subject: &str, file: &str) -> String {
        let mut finding = Finding::new(Code::ScoreMismatch, Place::top(file)).about(subject);
        finding.agency = Arc::from(agency);
        homes(&finding).into_iter().collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn a_finding_is_shown_where_its_subject_is() {
        for (subject, file, expected) in [
            ("2568/e6", "assessment.yaml", "2568/ 2568/audit/ 2568/scores/"),
            ("2568/overall", "assessment.yaml", "2568/ 2568/audit/ 2568/scores/"),
            ("2568/EIT1", "assessment.yaml", "2568/ 2568/audit/ 2568/scores/"),
            ("2568/9", "assessment.yaml", "2568/ 2568/audit/ 2568/scores/"),
            ("2568/o1", "disclosures.yaml", "2568/oit/ 2568/oit/o1/"),
            ("2568/o1", "assessment.yaml", "2568/ 2568/audit/ 2568/oit/ 2568/oit/o1/ 2568/scores/"),
            ("2568/issue-1", "issues/1.md", "2568/issues/ 2568/issues/1/"),
            ("2568/issue-1", "measures.yaml", "2568/issues/ 2568/issues/1/ 2568/measures/"),
            ("2568/report/", "report.md", "2568/report/"),
            // The letters of a figure's name decide, not its first one.
            ("2568/overall-1", "assessment.yaml", "2568/ 2568/audit/ 2568/scores/"),
            ("2568/issue-x", "assessment.yaml", "2568/ 2568/audit/ 2568/scores/"),
        ] {
            assert_eq!(of("", subject, &format!("content/2568/{file}")), expected, "{subject} in {file}");
        }
        assert_eq!(of("", "about/", "content/about.md"), "about/");
    }

    #[test]
    fn a_figure_in_a_text_is_shown_beside_the_text_too() {
        assert_eq!(of("", "2568/e6", "content/2568/issues/3.md"), "2568/ 2568/audit/ 2568/issues/3/ 2568/scores/");
        assert_eq!(of("", "2568/e6", "content/๒๕๖๘/issues/๓.md"), "2568/ 2568/audit/ 2568/issues/3/ 2568/scores/");
        assert_eq!(of("", "2568/e6", "content/about.md"), "2568/ 2568/audit/ 2568/scores/ about/");
        assert_eq!(of("", "2568/e6", "content/2568/items/o2.md"), "2568/ 2568/audit/ 2568/oit/o2/ 2568/scores/");
    }

    #[test]
    fn where_the_subject_says_nothing_the_file_does() {
        for (subject, file, expected) in [
            ("", "content/2568/assessment.yaml", "2568/ 2568/scores/"),
            ("2568/", "content/2568/disclosures.yaml", "2568/ 2568/oit/"),
            ("2568/", "content/2568/measures.yaml", "2568/ 2568/measures/"),
            ("", "content/2568/notes.txt", "2568/"),
            ("", "content/2568/report.md", "2568/report/"),
            ("", "content/agency.yaml", ""),
            ("", "content/site.yaml", ""),
            ("files/a.pdf", "content/files/a.pdf", ""),
            ("", "content/notes.txt", ""),
            ("", "content/.md", ""),
            ("", "", ""),
        ] {
            assert_eq!(of("", subject, file), expected, "{subject} in {file}");
        }
    }

    #[test]
    fn an_agency_among_several_has_its_pages_below_its_own() {
        assert_eq!(of("alpha", "2568/o1", "content/alpha/2568/disclosures.yaml"), "alpha/2568/oit/ alpha/2568/oit/o1/");
        assert_eq!(of("alpha", "about/", "content/alpha/about.md"), "alpha/about/");
        assert_eq!(of("alpha", "alpha/about/", "content/alpha/about.md"), "alpha/about/");
        assert_eq!(of("alpha", "", "content/alpha/agency.yaml"), "alpha/");
        assert_eq!(of("", "about/", "content/about.md"), "about/");
    }

    /// What no finding has today ends nothing either.
    #[test]
    fn odd_subjects_are_shown_somewhere() {
        for subject in ["/", "//", "2568//", "2568/issue-", "2568/o", "๒๕๖๘/o1", "2568", "2568/o1/x", "a/b", "<script>/"] {
            assert!(!of("a", subject, "x").is_empty(), "{subject}");
        }
    }
}
