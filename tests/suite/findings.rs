//! Every finding as people and machines meet it: a folder a case, with the site that provokes it and the exact answer.
//!
//! `«…»` in a case's files stands around what a finding has to point at, so that places are not only what was found once.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;
use std::sync::LazyLock;

use prongsai::base::language::Language;
use prongsai::finding::human::{self, Style};
use prongsai::finding::{Code, github, json, texts};

use crate::support::{Built, Mark, Site, root};

/// A folder of `tests/findings/`.
pub struct Case {
    /// Its name.
    pub name: String,
    /// Its `site.txt`, below its `before.txt` if it has one.
    pub text: String,
    /// What its site gives.
    pub built: Built,
    folder: PathBuf,
    marks: BTreeSet<Mark>,
}

/// Every case, built once.
pub static CASES: LazyLock<Vec<Case>> = LazyLock::new(|| {
    let mut cases = Vec::new();
    for entry in fs::read_dir(root().join("tests/findings")).unwrap() {
        let folder = entry.unwrap().path();
        let name = folder.file_name().unwrap().to_str().unwrap().to_owned();
        let text = fs::read_to_string(folder.join("site.txt")).unwrap_or_else(|_| panic!("{name} has a site.txt"));
        // A case whose site has nothing to do with the small one says so in its first line.
        let base = if text.starts_with("# alone") { Site::new("") } else { Site::small() };
        let (site, marks) = base.clone().and(&text).unmarked();
        // What is told of the site that was published last: it differs from the same base.
        let before = fs::read_to_string(folder.join("before.txt")).ok();
        let built = before.as_ref().map_or_else(|| site.build(), |before| site.build_after(&base.and(before)));
        let text = before.map_or(text.clone(), |before| format!("# ที่เผยแพร่ครั้งก่อน · published before\n{before}# ครั้งนี้ · now\n{text}"));
        cases.push(Case { name, text, built, folder, marks: marks.into_iter().collect() });
    }
    cases.sort_by(|a, b| a.name.cmp(&b.name));
    cases
});

/// Where the findings stand.
fn places(built: &Built) -> BTreeSet<Mark> {
    let place = |f: &prongsai::finding::Finding| {
        let (start, end) = (f.start(), f.end());
        (f.place.file.to_string(), start.line, start.column, end.line, end.column)
    };
    built.findings.iter().map(place).collect()
}

#[test]
fn every_case_is_answered_as_written() {
    let update = std::env::var_os("UPDATE").is_some();
    let mut wrong = Vec::new();
    for case in CASES.iter() {
        let findings = &case.built.findings;
        let human = |language| human::render(findings, Style { language, colour: false, width: None });
        let (th, en) = (human(Language::Th), human(Language::En));
        // Machines' forms are in one language each: English for programs, Thai where letters and columns are the harder ones.
        let (json, github) = (json::render(findings, Language::En), github::render(findings, Language::Th));
        let answer = format!("=== th\n{th}=== en\n{en}=== json\n{json}=== github\n{github}");
        let path = case.folder.join("expected.txt");
        if update {
            fs::write(&path, &answer).unwrap();
        } else if fs::read_to_string(&path).unwrap_or_default() != answer {
            wrong.push(format!("{}:\n{answer}", case.name));
        }
    }
    assert!(wrong.is_empty(), "{}\nUPDATE=1 writes what is now; read the difference before you keep it", wrong.join("\n"));
}

#[test]
fn findings_stand_where_the_cases_mark_them() {
    let marked = CASES.iter().filter(|case| !case.marks.is_empty());
    let wrong = marked.filter(|case| !case.marks.is_subset(&places(&case.built)));
    let wrong: Vec<String> = wrong.map(|case| format!("{}: {:?} not {:?}", case.name, places(&case.built), case.marks)).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_case_finds_what_its_name_says() {
    for case in CASES.iter() {
        let codes = case.built.codes();
        let says = |code: &str| case.name == code || case.name.starts_with(&format!("{code}-"));
        let named: Vec<&str> = Code::ALL.iter().map(|code| code.name()).filter(|code| says(code)).collect();
        assert!(case.name.starts_with("several") || named.iter().any(|code| codes.contains(code)), "{}: {codes:?}", case.name);
    }
}

#[test]
fn no_code_and_no_text_of_the_catalogue_is_without_a_case() {
    let mut met = BTreeSet::new();
    for case in CASES.iter() {
        met.extend(case.built.findings.iter().map(|f| (f.code.name(), f.code.texts(&f.case).message(Language::En))));
    }
    let codes: BTreeSet<&str> = met.iter().map(|(code, _)| *code).collect();
    let missing: Vec<&str> = Code::ALL.iter().map(|code| code.name()).filter(|code| !codes.contains(code)).collect();
    assert_eq!(missing, Vec::<&str>::new(), "codes without a case in tests/findings");
    let texts: BTreeSet<String> = texts::all().map(|texts| texts.message(Language::En).to_owned()).collect();
    let met: BTreeSet<String> = met.iter().map(|(_, text)| (*text).to_owned()).collect();
    let missing: Vec<&String> = texts.difference(&met).filter(|text| !UNREACHED.iter().any(|(start, _)| text.starts_with(start))).collect();
    assert!(missing.is_empty(), "texts of the catalogue without a case in tests/findings: {missing:#?}");
}

/// Texts that no case here provokes, and why.
const UNREACHED: &[(&str, &str)] = &[
    ("{count} more addresses", "no site with forty pages lies here; gone::more_than_forty_are_counted makes one"),
    ("this file is larger than 1 MiB", "no file of that size lies here; odd_text::markdown_of_more_than_a_mebibyte_is_refused writes one"),
    (
        "the attachment holds {count} more",
        "no list of more than a hundred numbers lies here; attachments::beyond_a_hundred_numbers_the_rest_is_counted writes one",
    ),
    ("{count} rows of this table", "no table of that length lies here; procurement::what_is_too_much_is_said writes one"),
    ("this file was not looked into", "no table of that size lies here; procurement::what_is_too_much_is_said writes one"),
];

#[test]
fn every_case_gives_the_object_of_the_contract() {
    for case in CASES.iter() {
        let built = &case.built;
        let object: serde_json::Value = serde_json::from_str(&json::render(&built.findings, Language::Th)).unwrap();
        let list = object["findings"].as_array().unwrap();
        for finding in list {
            let keys: Vec<&str> = finding.as_object().unwrap().keys().map(String::as_str).collect();
            let contract = [
                "code",
                "severity",
                "subject",
                "agency",
                "message",
                "help",
                "path",
                "line",
                "column",
                "end_line",
                "end_column",
                "accepted",
                "data",
            ];
            assert_eq!(keys, contract, "{}", case.name);
            let number = |key: &str| finding[key].as_u64().unwrap();
            assert!(number("line") >= 1 && number("column") >= 1, "{}", case.name);
            assert!((number("end_line"), number("end_column")) >= (number("line"), number("column")), "{}", case.name);
            let path = finding["path"].as_str().unwrap();
            assert!(path.starts_with("content/") || path.starts_with("themes/"), "{}: {path} is no file of an author", case.name);
        }
        let count = |severity: &str| list.iter().filter(|f| f["severity"] == severity && f["accepted"].is_null()).count();
        let summary = &object["summary"];
        for (key, severity) in [("errors", "error"), ("warnings", "warning"), ("hints", "hint")] {
            assert_eq!(summary[key], count(severity), "{}", case.name);
        }
        let place = |f: &serde_json::Value| (f["path"].as_str().unwrap().to_owned(), f["line"].as_u64(), f["column"].as_u64());
        assert!(list.windows(2).all(|pair| place(&pair[0]) <= place(&pair[1])), "{} is not sorted", case.name);
        // An agency with an error makes nothing. (Errors of what all share are for the publisher to look at.)
        let own = |f: &serde_json::Value| {
            let path = f["path"].as_str().unwrap();
            f["severity"] == "error"
                && f["accepted"].is_null()
                && f["agency"] == ""
                && path != "content/site.yaml"
                && !path.starts_with("content/frameworks/")
        };
        assert!(!list.iter().any(own) || built.paths().is_empty(), "{}", case.name);
    }
}

#[test]
fn the_small_site_is_without_findings() {
    let built = Site::small().build();
    assert_eq!(built.findings(), []);
    assert!(built.has("index.html"));
}

/// What a site's findings point at has to be what is marked in it.
fn assert_marked(text: &str, code: &str) {
    let (site, marks) = Site::small().and(text).unmarked();
    let built = site.build();
    assert!(built.codes().contains(&code), "{:?}", built.findings());
    assert_eq!(places(&built), marks.into_iter().collect());
}

#[test]
fn a_redirect_to_nowhere_is_told_at_its_line() {
    assert_marked("--- content/site.yaml\ntitle: ก\nredirects: {old/: «2568/oit/o9/»}\n", "link-broken");
}

#[test]
fn a_redirect_from_an_address_in_use_is_told_at_its_line() {
    assert_marked("--- content/site.yaml\ntitle: ก\nredirects: {«about/»: 2568/}\n", "route-collision");
}

#[test]
fn a_page_that_could_not_be_written_is_one_finding() {
    let built = Site::small().with("themes/default/page.html", "{{ 1|nofilter }}").build();
    assert_eq!(built.codes(), ["template"]);
}

#[test]
fn a_figure_with_a_fault_is_one_finding() {
    let built = Site::small().replace("content/2568/assessment.yaml", "overall: 95.2", "overall: ๙๗.๖๑.๐๐").build();
    assert_eq!(built.codes(), ["score-not-a-number"]);
}

#[test]
fn a_pack_with_a_fault_is_not_called_unknown() {
    let built = Site::small().replace("content/frameworks/small.yaml", "name: คนใน, weight: 40", "name: คนใน, weight: 45").build();
    assert!(!built.codes().contains(&"unknown-framework"), "{:?}", built.codes());
}
