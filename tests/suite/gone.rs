//! Addresses that were published and are gone: which are told, with which mend, and what stays silent. Builds are real ones, one after
//! the other into the same output.

use std::fs;
use std::path::Path;

use prongsai::finding::Finding;
use tempfile::TempDir;

use crate::support::{Built, Site, run, tree, write};

/// What is told of gone addresses where `before` was published and `now` is built: subject, and the address that a redirect would lead to.
fn gone(before: &Site, now: &Site) -> Vec<String> {
    told(&now.build_after(before))
}

fn told(built: &Built) -> Vec<String> {
    let own = built.findings.iter().filter(|finding| finding.code.name() == "address-gone");
    own.map(|finding| format!("{} > {}", finding.subject, to(finding))).collect()
}

fn to(finding: &Finding) -> String {
    let to = finding.data.iter().find(|(key, _)| *key == "to").map(|(_, to)| to.as_str().unwrap().to_owned());
    to.map_or_else(|| finding.place.file.to_string(), |to| format!("/{to}"))
}

fn page(name: &str) -> Site {
    Site::small().with(&format!("content/{name}.md"), "ก\n")
}

fn redirects(site: Site, pairs: &str) -> Site {
    site.replace("content/site.yaml", "title:", &format!("redirects: {{{pairs}}}\ntitle:"))
}

/// The small pack with its items under other codes.
fn renumbered() -> Site {
    let site = Site::small().replace("content/frameworks/small.yaml", "o2: {id: service-guide", "o3: {id: service-guide");
    let site = site.replace("content/frameworks/small.yaml", "[e1, o2]", "[e1, o3]");
    let site = site.replace("content/2568/assessment.yaml", "o2: 100", "o3: 100");
    site.replace("content/2568/disclosures.yaml", "o2:", "o3:")
}

#[test]
fn a_page_that_was_deleted_is_told_with_the_nearest_address_above() {
    assert_eq!(gone(&page("news"), &Site::small()), ["news/ > /"]);
    let fewer = Site::small().replace("content/frameworks/small.yaml", "  - {number: 2, name: ภายนอก, members: [e1, o2]}\n", "");
    let fewer = fewer.without("content/2568/issues/2.md").replace("content/2568/measures.yaml", "issue: 2", "issue: 1");
    assert_eq!(gone(&Site::small(), &fewer), ["2568/issues/2/ > /2568/issues/"]);
}

#[test]
fn an_item_with_a_new_code_is_found_by_its_lasting_id() {
    assert_eq!(gone(&Site::small(), &renumbered()), ["2568/oit/o2/ > /2568/oit/o3/"]);
    let two =
        |site: Site| Site::new("").with_agency("b").paths().iter().fold(site.clone().moved("content/2568", "content/a/2568"), |s, _| s);
    let several = |one: Site| {
        let one = two(one).moved("content/agency.yaml", "content/a/agency.yaml").moved("content/about.md", "content/a/about.md");
        one.moved("content/files", "content/a/files")
    };
    assert_eq!(gone(&several(Site::small()), &several(renumbered())), ["a/2568/oit/o2/ > /a/2568/oit/o3/"]);
}

#[test]
fn an_item_that_the_year_has_no_more_leads_to_its_years() {
    let both = Site::small().with("content/2567/assessment.yaml", "framework: small\n");
    let own = Site::small().text("content/frameworks/small.yaml").replace("id: small", "id: fewer");
    let own = own.replace("  o2: {id: service-guide, name: คู่มือบริการ, group: \"3.1\"}\n", "").replace("[e1, o2]", "[e1]");
    let now = both.clone().with("content/frameworks/fewer.yaml", &own).with("content/2567/assessment.yaml", "framework: fewer\n");
    assert_eq!(gone(&both, &now), ["2567/oit/o2/ > /items/service-guide/"]);
}

#[test]
fn an_attachment_is_told_at_the_file_to_put_back() {
    let before = Site::small().with("content/files/plan.pdf", "%PDF").with("content/files/a.html", "<p>ก");
    assert_eq!(gone(&before, &Site::small()), ["files/plan.pdf > content/files/plan.pdf", "files/a.html > /"]);
    let before = Site::several(&["a", "b"]).with("content/files/own.txt", "x").with("content/b/files/own.txt", "x");
    assert_eq!(
        gone(&before, &Site::several(&["a", "b"])),
        ["b/files/own.txt > content/b/files/own.txt", "files/own.txt > content/files/own.txt"]
    );
}

#[test]
fn a_year_that_was_withdrawn_is_one_finding() {
    let both = Site::small().with("content/2567/assessment.yaml", "framework: small\n");
    assert_eq!(gone(&both, &Site::small()), ["2567/ > /"]);
    // In the place of a year that was written wrongly.
    let other = Site::small().with("content/2566/assessment.yaml", "framework: small\n");
    assert_eq!(gone(&both, &other), ["2567/ > /2566/"]);
    // A redirect for one of its pages mends that one.
    let now = gone(&both, &redirects(Site::small(), "2567/: 2568/"));
    assert!(now.contains(&"2567/scores/ > /2567/".to_owned()) && !now.contains(&"2567/ > /".to_owned()), "{now:?}");
}

#[test]
fn drafts_that_were_published_were_published() {
    let draft = Site::small().with("content/2567/assessment.yaml", "framework: small\ndraft: true\n");
    assert_eq!(gone(&draft.clone().drafts(), &draft), ["2567/ > /"]);
    assert_eq!(gone(&draft, &draft.clone().drafts()), [""; 0]);
}

#[test]
fn an_agency_that_moved_is_found_and_one_that_left_is_one_finding() {
    let (two, other) = (Site::several(&["a", "b"]), Site::several(&["a", "c"]));
    assert_eq!(gone(&two, &other), ["b/ > /c/"]);
    assert_eq!(gone(&two, &Site::several(&["a"])), ["b/ > /"]);
    assert_eq!(gone(&Site::several(&["a"]), &two), [""; 0]);
    let finding = &Site::several(&["a"]).build_after(&two).findings;
    let finding = finding.iter().find(|finding| finding.code.name() == "address-gone").unwrap();
    assert_eq!((&*finding.agency, &*finding.place.file), ("b", "content/site.yaml"));
}

#[test]
fn from_one_agency_to_several_and_back() {
    let found = gone(&Site::small(), &Site::several(&["a"]));
    assert_eq!(
        found,
        [
            "files/o1/structure.txt > content/files/o1/structure.txt",
            "2568/ > /a/2568/",
            "about/ > /a/about/",
            "changes/ > /a/changes/",
            "items/service-guide/ > /a/items/service-guide/",
            "items/structure/ > /a/items/structure/"
        ]
    );
    let found = gone(&Site::small(), &Site::several(&["a", "b"]));
    assert!(found.contains(&"2568/ > /".to_owned()) && found.contains(&"about/ > /".to_owned()), "{found:?}");
    // An agency that is called as a page was has the page's address.
    assert!(!gone(&Site::small(), &Site::several(&["about"])).iter().any(|told| told.starts_with("about/")));
    let found = gone(&Site::several(&["a"]), &Site::small());
    assert_eq!(found.iter().filter(|told| told.starts_with("a/")).collect::<Vec<_>>(), ["a/ > /"]);
}

#[test]
fn what_still_leads_somewhere_is_silent() {
    assert_eq!(gone(&page("news"), &redirects(Site::small(), "news/: about/")), [""; 0]);
    assert_eq!(gone(&Site::small(), &Site::small()), [""; 0]);
    let moved = Site::small().replace("content/site.yaml", "https://example.go.th/ita/", "https://other.go.th/");
    let folder = |site: &Site| site.clone().replace("content/site.yaml", "title:", "links: folder\ntitle:");
    let nowhere = Site::small().replace("content/site.yaml", "base_url: https://example.go.th/ita/\n", "");
    let shown = Site::small().replace("content/site.yaml", "title:", "language: en\ndigits: thai\ntitle:");
    for now in [&moved, &folder(&moved), &nowhere, &shown] {
        assert_eq!(gone(&Site::small(), now), [""; 0]);
        assert_eq!(gone(now, &Site::small()), [""; 0]);
    }
    // Several agencies have a map of maps.
    let nowhere = Site::several(&["a", "b"]).replace("content/site.yaml", "base_url: https://example.go.th/ita/\n", "");
    assert_eq!(gone(&Site::several(&["a", "b"]), &nowhere), [""; 0]);
    // The program's own pages come back under another name of the theme, and files of a theme are nobody's address.
    assert_eq!(gone(&Site::small().with("themes/default/style.css", "p {}"), &Site::small()), [""; 0]);
}

#[test]
fn a_name_in_other_capital_letters_is_another_address_and_has_no_redirect() {
    let cases = |before: &Site, now: &Site| {
        let built = now.build_after(before);
        let own = built.findings.into_iter().filter(|finding| finding.code.name() == "address-gone");
        own.map(|finding| format!("{} {} > {}", finding.case, finding.subject, to(&finding))).collect::<Vec<_>>()
    };
    assert_eq!(cases(&page("News"), &page("news")), ["case News/ > /news/"]);
    let with = |name: &str| Site::small().with(&format!("content/files/{name}"), "%PDF");
    assert_eq!(cases(&with("Plan.pdf"), &with("plan.pdf")), ["case files/Plan.pdf > /files/plan.pdf"]);
    assert_eq!(
        cases(&Site::several(&["Alpha", "b", "c"]), &Site::several(&["alpha", "b", "d"])),
        ["case Alpha/ > /alpha/", "folder c/ > /"]
    );
}

#[test]
fn a_folder_of_files_has_no_redirect() {
    let before = (0..11).fold(Site::small(), |site, i| site.with(&format!("content/files/x/{i}.pdf"), "%PDF"));
    let told = Site::small().build_after(&before).findings;
    let told: Vec<_> =
        told.iter().filter(|finding| finding.code.name() == "address-gone").map(|f| (&*f.case, f.subject.as_str())).collect();
    assert_eq!(told, [("files", "files/x/")]);
}

#[test]
fn a_redirect_that_is_taken_back_is_an_address_that_is_gone() {
    let before = redirects(Site::small(), "old/: 2568/, x/y.html: about/");
    assert_eq!(gone(&before, &Site::small()), ["old/ > /", "x/y.html > /"]);
}

#[test]
fn each_line_that_is_shown_mends_its_address() {
    let names = ["news", "ข่าว ปี 2568", "- ก", "1.5", "true", "~", "a, b", "don't", "[x]", "&a", "{{x}}", "@b", "=x", "a=b", "น้ำ"];
    let before = names.iter().fold(Site::small(), |site, name| site.with(&format!("content/{name}.md"), "ก\n"));
    let findings = Site::small().build_after(&before).findings;
    let line = |finding: &Finding| {
        let help = finding.help(prongsai::base::language::Language::En);
        help.split("content/site.yaml: `").nth(1).unwrap().trim_end_matches('`').to_owned()
    };
    let lines: Vec<String> = findings.iter().filter(|finding| finding.code.name() == "address-gone").map(line).collect();
    assert_eq!(lines.len(), names.len());
    let text = format!("title: ก\nredirects:\n  {}\n", lines.join("\n  "));
    let mended = Site::small().with("content/site.yaml", &text);
    assert_eq!(mended.build().errors(), Vec::<String>::new(), "{text}");
    assert_eq!(gone(&before, &mended), [""; 0], "{text}");
}

#[test]
fn a_citizens_number_may_go() {
    let number = "1-2345-67890-12-1";
    let before = Site::small().with(&format!("content/files/{number}.txt"), "x").with(&format!("content/files/{number}/a.txt"), "x");
    assert_eq!(gone(&before, &Site::small()), [""; 0]);
}

#[test]
fn more_than_forty_are_counted() {
    let before = (0..150).fold(Site::small(), |site, i| site.with(&format!("content/p{i:03}.md"), "ก\n"));
    let built = Site::small().build_after(&before);
    let found = told(&built);
    assert_eq!((found.len(), found[39].as_str()), (41, "p039/ > /"));
    let last = built.findings.iter().rfind(|finding| finding.code.name() == "address-gone").unwrap();
    assert_eq!(last.message(prongsai::base::language::Language::En), "110 more addresses that were published are gone, from /p040/ on");
}

#[test]
fn what_somebody_stands_by_is_accepted() {
    let accept = |site: Site, path: &str, wheres: &[&str]| {
        let entry = |at: &&str| format!("  - {{code: address-gone, where: {at}, reason: ตั้งใจ}}\n");
        let text = format!("{}\naccept:\n{}", site.text(path), wheres.iter().map(entry).collect::<String>());
        site.with(path, &text)
    };
    let left = |before: &Site, now: &Site| {
        let built = now.build_after(before);
        assert_eq!(built.errors(), Vec::<String>::new());
        let own = built.findings.into_iter().filter(|finding| finding.code.name() == "address-gone");
        own.filter(|finding| finding.accepted.is_none()).map(|finding| finding.subject).collect::<Vec<_>>()
    };
    let before = Site::small().with("content/2567/assessment.yaml", "framework: small\n").with("content/files/x/a.txt", "x");
    let before = before.with("content/files/y.txt", "x");
    let now = accept(Site::small(), "content/agency.yaml", &["๒๕๖๗/", "files/x"]);
    assert_eq!(left(&before, &now), ["files/y.txt"]);
    // One for the folder holds when there is a redirect for one page of it.
    assert_eq!(left(&before, &redirects(now, "2567/: 2568/")), ["files/y.txt"]);
    // Nobody is called to account for an acceptance that this run does not need, on any command.
    assert_eq!(accept(Site::small(), "content/agency.yaml", &["2567/"]).build().codes(), Vec::<&str>::new());
    let two = Site::several(&["a", "b"]).with("content/b/news.md", "ก\n").with("content/a/news.md", "ก\n");
    let now = accept(Site::several(&["a", "b"]), "content/b/agency.yaml", &["news/", "a/news/"]);
    assert_eq!(left(&two, &now), ["a/news/"]);
    let now = accept(Site::several(&["a", "b"]), "content/b/agency.yaml", &["b/news/"]);
    assert_eq!(left(&two, &now), ["a/news/"]);
    // Of an agency that left the site's settings speak.
    let now = accept(Site::several(&["a"]), "content/site.yaml", &["b/", "a/news/"]);
    assert_eq!(left(&two, &now), [""; 0]);
    let other =
        Site::several(&["a"]).replace("content/site.yaml", "title:", "accept: [{code: raw-html, where: about/, reason: ก}]\ntitle:");
    assert!(other.build().codes().contains(&"wrong-type"));
}

fn site(text: &Site) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    text.write_to(folder.path());
    folder
}

fn public(folder: &Path) -> std::collections::BTreeMap<String, Vec<u8>> {
    tree(&folder.join("public"))
}

#[test]
fn build_tells_it_once_and_strict_publishes_nothing() {
    let folder = site(&page("news"));
    let at = folder.path();
    assert_eq!(run(at, "build --strict").0, 0);
    let before = public(at);
    fs::remove_file(at.join("content/news.md")).unwrap();
    let (status, out, err) = run(at, "build --strict");
    assert_eq!((status, out.as_str()), (1, ""));
    assert!(err.contains("address-gone") && err.contains("`news/: /`") && err.contains("content/site.yaml:1:1"), "{err}");
    assert_eq!(public(at), before);
    // `check` publishes nothing and knows of nothing published.
    let (status, out, _) = run(at, "check --strict");
    assert!(status == 0 && !out.contains("address-gone"), "{out}");
    let (status, _, err) = run(at, "build");
    assert!(status == 0 && err.contains("address-gone"), "{err}");
    assert!(!at.join("public/news").exists());
    assert!(!public(at).values().any(|bytes| String::from_utf8_lossy(bytes).contains("address-gone")));
    let (status, _, err) = run(at, "build --strict");
    assert!(status == 0 && !err.contains("address-gone"), "{err}");
}

#[test]
fn other_warnings_do_not_hide_it() {
    let many = (0..60).fold(page("news"), |site, i| site.with(&format!("content/a{i:02}.md"), "<b>ก</b>\n"));
    let folder = site(&many);
    let at = folder.path();
    assert_eq!(run(at, "build").0, 0);
    fs::remove_file(at.join("content/news.md")).unwrap();
    let (status, _, err) = run(at, "build");
    assert!(status == 0 && err.contains("warning[address-gone]") && err.contains("and 71 more"), "{err}");
}

#[test]
fn a_site_with_errors_is_not_told_what_it_would_lack() {
    let folder = site(&page("news"));
    let at = folder.path();
    assert_eq!(run(at, "build").0, 0);
    fs::remove_file(at.join("content/news.md")).unwrap();
    write(&at.join("content/2568/report.md"), b"[x](y.md)");
    let (status, _, err) = run(at, "build");
    assert!(status == 1 && err.contains("link-broken") && !err.contains("address-gone"), "{err}");
}

#[test]
fn an_agencys_manifest_that_was_tampered_with_is_not_believed() {
    let folder = site(&Site::several(&["a", "b"]));
    let at = folder.path();
    assert_eq!(run(at, "build").0, 0);
    for slug in ["a", "b"] {
        let path = at.join(format!("public/{slug}/manifest.json"));
        let text = fs::read_to_string(&path).unwrap().replace("\"about/index.html\"", "\"never/index.html\"");
        fs::write(&path, text).unwrap();
    }
    fs::remove_dir_all(at.join("content/b")).unwrap();
    let (status, _, err) = run(at, "build");
    assert!(status == 0 && !err.contains("address-gone"), "{err}");
}

#[test]
fn an_output_that_is_absent_or_elsewhere_had_no_addresses() {
    let folder = site(&page("news"));
    let at = folder.path();
    assert_eq!(run(at, "build").0, 0);
    fs::remove_file(at.join("content/news.md")).unwrap();
    let (status, _, err) = run(at, "build --strict --out elsewhere");
    assert_eq!((status, err.as_str()), (0, ""));
    fs::remove_dir_all(at.join("public")).unwrap();
    let (status, _, err) = run(at, "build --strict");
    assert_eq!((status, err.as_str()), (0, ""));
}

#[test]
fn the_manifests_of_the_last_site_are_enough() {
    for (before, now) in
        [(page("news"), Site::small()), (Site::several(&["a", "b"]).with("content/b/news.md", "ก\n"), Site::several(&["a", "b"]))]
    {
        let folder = site(&before);
        let at = folder.path();
        assert_eq!(run(at, "build").0, 0);
        for (path, _) in public(at).into_iter().filter(|(path, _)| !path.ends_with("manifest.json")) {
            fs::remove_file(at.join("public").join(path)).unwrap();
        }
        fs::remove_dir_all(at.join("content")).unwrap();
        now.write_to(at);
        let (status, _, err) = run(at, "build");
        assert!(status == 0 && err.matches("warning[address-gone]").count() == 1 && err.contains("news/"), "{err}");
        assert_eq!(run(at, "verify public").0, 0);
    }
}

#[test]
fn an_output_of_another_site_stays_readable() {
    let folder = site(&Site::several(&["x", "y", "z"]));
    let at = folder.path();
    assert_eq!(run(at, "build").0, 0);
    fs::remove_dir_all(at.join("content")).unwrap();
    Site::small().write_to(at);
    let (status, _, err) = run(at, "build");
    assert_eq!(status, 0, "{err}");
    // Each agency is told as a whole, beside the site's own pages and lists.
    for slug in ["x", "y", "z"] {
        assert!(err.contains(&format!("addresses below /{slug}/ were published and all are gone")), "{err}");
    }
    assert_eq!(err.matches("warning[address-gone]").count(), 18, "{err}");
}
