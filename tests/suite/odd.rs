//! The form of an odd site: its name, its files, exactly the findings it must give, and pages it must have. The sites are in
//! `odd_text`, `odd_folders` and `odd_templates`; what is refused for good is listed in `docs/limits.md`, which is held here.

use std::fs;

use crate::support::{Built, Site, files_below, root};

/// A test for each odd site: `NAME: SITE => [FINDINGS] [PAGES];`. A finding is written `CODE PATH:LINE:COLUMN`.
macro_rules! odd_sites {
    ($($name:ident: $site:expr => [$($finding:expr),* $(,)?] [$($page:expr),*];)*) => {
        $(#[test]
        fn $name() {
            crate::odd::meet(&$site, &[$($finding),*], &[$($page),*]);
        })*
    };
}

/// Builds the site and compares.
pub fn meet(site: &Site, findings: &[&str], pages: &[&str]) -> Built {
    let built = site.build();
    let told: Vec<String> =
        built.findings().iter().map(|(code, _, _, path, line, column)| format!("{code} {path}:{line}:{column}")).collect();
    assert_eq!(told, findings, "{:#?}", built.errors());
    for page in pages {
        assert!(built.has(&format!("{page}index.html")), "there is no page {page}: {:?}", built.pages());
    }
    // What all agencies share is judged by the publisher: an error there stops it, though the agency is sound.
    let own = |path: &str| path.starts_with("content/") && path != "content/site.yaml" && !path.starts_with("content/frameworks/");
    let is_own = built.findings.iter().any(|f| f.severity().name() == "error" && own(&f.place.file));
    assert!(!is_own || built.paths().is_empty(), "a site with an error published {:?}", built.paths());
    built
}

/// The small site with another free page.
pub fn page(text: &str) -> Site {
    Site::small().with("content/about.md", text)
}

/// The small site with other lines in its result, and without the page that refers to it.
pub fn result(from: &str, to: &str) -> Site {
    Site::small().without("content/about.md").replace("content/2568/assessment.yaml", from, to)
}

#[test]
fn every_limit_names_a_test_that_there_is() {
    let sources: String = files_below(&root().join("src"))
        .into_iter()
        .chain(files_below(&root().join("tests")))
        .filter(|path| path.extension().is_some_and(|end| end == "rs"))
        .map(|path| fs::read_to_string(path).unwrap())
        .collect();
    let limits = fs::read_to_string(root().join("docs/limits.md")).unwrap();
    let mut named = 0;
    let mut wrong = Vec::new();
    for line in limits.lines().filter(|line| line.starts_with("| ") && !line.starts_with("| ---")).filter(|line| line.contains('`')) {
        let name = line.trim_end_matches(['|', ' ']).rsplit('`').nth(1).unwrap_or_default();
        let is_there = sources.contains(&format!("fn {name}(")) || sources.contains(&format!("\n    {name}: "));
        if name.is_empty() || !is_there {
            wrong.push(line);
        }
        named += 1;
    }
    assert!(wrong.is_empty(), "lines of docs/limits.md without a test: {wrong:#?}");
    assert!(named >= 30, "docs/limits.md has {named} lines with a test");
}
