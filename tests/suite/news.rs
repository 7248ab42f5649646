//! Feeds and sitemaps through the years of a site: an id means one thing for ever, a day is one that an author wrote, and the last change
//! of a page is the last that it shows. That the files are of the right form, `tests/tools_data` asks of others.

use std::collections::BTreeMap;

use prongsai::finding::Code;

use crate::html::{self, Element};
use crate::support::{Built, Site};

const SITE: &str = "content/site.yaml";
const ASSESSMENT: &str = "content/2568/assessment.yaml";
const MEASURES: &str = "content/2568/measures.yaml";
const BASE: &str = "https://example.go.th/ita/";

/// The entries of a feed by id: title, day and summary.
fn news(built: &Built) -> BTreeMap<String, (String, String, String)> {
    let feed = html::parse(built.file("feed.xml").split_once("?>\n").unwrap().1);
    let one = |entry: &Element| {
        let text = |name: &str| entry.first(name).map(|element| element.text()).unwrap_or_default();
        (text("id").strip_prefix(BASE).unwrap().to_owned(), (text("title"), text("updated")[..10].to_owned(), text("summary")))
    };
    let entries = feed.all("entry");
    let by_id: BTreeMap<_, _> = entries.iter().map(|entry| one(entry)).collect();
    assert_eq!(by_id.len(), entries.len(), "no two entries have one id");
    by_id
}

fn corrected(list: &str) -> Site {
    Site::small().replace(ASSESSMENT, "overall: 95.2", &format!("overall: 95.2\ncorrections: [{list}]"))
}

/// The small site with these keys in its first measure.
fn measured(keys: &str) -> Site {
    Site::small().replace(MEASURES, "  status: planned", &format!("  status: planned\n{keys}"))
}

const I1: &str = "{date: 2568-08-20, code: i1, was: 9, now: 90, reason: พิมพ์ผิด}";
const E1: &str = "{date: 2568-08-20, code: e1, was: 90.12, now: 91.00}";

#[test]
fn a_feed_tells_results_corrections_items_measures_and_texts() {
    let ids = |site: Site| news(&site.built()).into_keys().collect::<Vec<_>>();
    let updated = "---\nupdated: 2568-09-01\n---\n\nข้อความ\n";
    let site = corrected(I1)
        .replace(
            MEASURES,
            "  status: planned",
            "  progress: [{date: 2568-08-30, text: ก}]\n  closed: {date: 2568-09-01, reason: ข}\n  status: done",
        )
        .with("content/2568/report.md", updated)
        .with("content/2568/issues/1.md", updated)
        .with("content/2568/items/o2.md", updated)
        .with("content/about.md", updated);
    assert_eq!(
        ids(site),
        [
            "2568/#result",
            "2568/#s-corrections-2025-08-20-i1-90",
            "2568/issues/1/#2025-09-01",
            "2568/measures/#s-measure-m1-2025-08-30",
            "2568/measures/#s-measure-m1-2025-09-01-closed",
            "2568/oit/o1/#2025-03-14",
            "2568/oit/o2/#2025-09-01",
            "2568/report/#2025-09-01",
            "about/#2025-09-01",
        ]
    );
}

#[test]
fn what_is_written_before_an_entry_leaves_its_id() {
    let before = news(&corrected(E1).built());
    let after = news(&corrected(&format!("{I1}, {E1}")).built());
    assert_eq!(after.len(), before.len() + 1);
    assert!(before.iter().all(|(id, entry)| after.get(id) == Some(entry)), "{before:#?} {after:#?}");

    let old = "{date: 2568-08-30, text: ประชุม}";
    let before = news(&measured(&format!("  progress: [{old}]")).built());
    let after = news(&measured(&format!("  progress: [{{date: 2568-08-30, text: เริ่มแล้ว}}, {old}]")).built());
    assert_eq!(before.keys().collect::<Vec<_>>(), after.keys().collect::<Vec<_>>());
    assert_eq!(after["2568/measures/#s-measure-m1-2025-08-30"].2, "เริ่มแล้ว | ประชุม");

    // Two measures that have no id, and a third before them.
    let plain = |more: &str| {
        let text = "  progress: [{date: 2568-08-30, text: ก}]\n";
        let measure = |issue: u32, method: &str| format!("- issue: {issue}\n  method: {method}\n{text}");
        Site::small().with(MEASURES, &format!("{more}{}{}", measure(1, "หนึ่ง"), measure(2, "สอง")))
    };
    let before = news(&plain("").build());
    let after = news(&plain("- issue: 1\n  method: ศูนย์\n  progress: [{date: 2568-08-30, text: ข}]\n").build());
    assert_eq!((before.len(), after.len()), (4, 5));
    assert!(before.iter().all(|(id, entry)| after.get(id) == Some(entry)), "{before:#?} {after:#?}");
}

#[test]
fn a_mended_text_leaves_ids() {
    let keys = |site: Site| news(&site.build()).into_keys().collect::<Vec<_>>();
    let with = |reason: &str, progress: &str| {
        let correction = format!("{{date: 2568-08-20, code: i1, was: 9, now: 90, reason: {reason}}}");
        measured(&format!("  progress: [{{date: 2568-08-30, text: {progress}}}]")).replace(
            ASSESSMENT,
            "overall: 95.2",
            &format!("overall: 95.2\ncorrections: [{correction}]"),
        )
    };
    let first = with("พิมพ์ผิด", "เริ่ม");
    let mended = with("พิมพ์สลับ", "เริ่มแล้ว")
        .replace(MEASURES, "ปรับปรุงการทำงาน", "ปรับปรุงวิธีทำงาน")
        .replace(ASSESSMENT, "announced: 2568-08-01", "announced: 2568-08-02")
        .replace("content/agency.yaml", "ตำบลทดสอบ", "ตำบลใหม่");
    assert_eq!(keys(first.clone()), keys(mended));
    assert_eq!(news(&first.build()), news(&first.build()));
}

#[test]
fn what_happens_anew_is_another_entry() {
    let of = |day: &str| {
        news(&Site::small().replace("content/2568/disclosures.yaml", "updated: 2568-03-14", &format!("updated: {day}")).built())
    };
    assert!(of("2568-03-14").contains_key("2568/oit/o1/#2025-03-14") && of("2568-08-14").contains_key("2568/oit/o1/#2025-08-14"));
    // A figure that is corrected twice on one day.
    let twice = news(&corrected("{date: 2568-08-20, code: i1, was: 9, now: 99}, {date: 2568-08-20, code: i1, was: 99, now: 90}").built());
    assert_eq!(twice.keys().filter(|id| id.contains("s-corrections")).count(), 2, "{twice:#?}");
    // One day of an item's record and of its text is one day of one page.
    let same = Site::small().with("content/2568/items/o1.md", "---\nupdated: 2568-03-14\n---\n\n## ขอบเขต\n\nทุกส่วน\n");
    assert_eq!(news(&same.built()).len(), 2);
}

#[test]
fn no_mark_of_an_author_breaks_an_id() {
    let odd = "{date: 2568-08-20, code: i1, was: 9, now: 90}";
    let site =
        corrected(odd).replace(MEASURES, "  id: m1\n", "  id: \"ก <&> \\\"ข\\\" #\"\n  progress: [{date: 2568-08-30, text: \"<b>&\"}]\n");
    let entries = news(&site.build());
    assert_eq!(entries.len(), 4);
    for id in entries.keys() {
        assert!(id.chars().all(|c| c.is_ascii_alphanumeric() || "#/.-_".contains(c)), "{id}");
    }
    assert!(entries.values().any(|(.., summary)| summary == "<b>&"));
}

/// A day that nobody wrote is in no feed but as the mark of what has none.
#[test]
fn every_day_is_one_that_an_author_wrote() {
    let undated = "{code: i1, was: 9, now: 90}";
    let site =
        corrected(undated).replace(MEASURES, "  status: planned", "  status: planned\n  progress: [{text: ก}]\n  closed: {reason: ข}");
    let entries = news(&site.build());
    assert_eq!(entries.values().map(|(_, day, _)| day.as_str()).collect::<Vec<_>>(), ["2025-08-01", "2025-03-14"]);
    assert!(site.built().file("feed.xml").contains("<updated>2025-08-01T00:00:00+07:00</updated>"));
    let several = Site::two().replace("content/alpha/2568/assessment.yaml", "announced: 2568-08-01\n", "").built();
    let index = news(&several);
    assert_eq!(index.keys().collect::<Vec<_>>(), ["%E0%B9%80%E0%B8%9A%E0%B8%95%E0%B9%89%E0%B8%B2/#agency", "alpha/#agency"]);
    assert_eq!(index.values().map(|(_, day, _)| day.as_str()).collect::<Vec<_>>(), ["2025-08-01", "1970-01-01"]);
}

/// The day of a page in the sitemap.
fn last_change(built: &Built, page: &str) -> Option<String> {
    let map = built.file("sitemap.xml");
    let line = map.lines().find(|line| line.contains(&format!("<loc>{BASE}{page}</loc>"))).unwrap();
    line.split_once("<lastmod>").map(|(_, rest)| rest.split_once('<').unwrap().0.to_owned())
}

#[test]
fn the_last_change_of_a_page_is_the_last_that_it_shows() {
    let text = |day: &str| format!("---\nupdated: {day}\n---\n\nข้อความ\n");
    let site = measured("  progress: [{date: 2568-08-30, text: ก}]")
        .with("content/2568/issues/1.md", &text("2568-06-01"))
        .with("content/2568/issues/2.md", &text("2568-07-01"))
        .with("content/2568/report.md", &text("2568-05-01"));
    let built = site.build();
    let of = |page: &str| last_change(&built, page);
    assert_eq!(of("2568/issues/1/").as_deref(), Some("2025-08-30"), "the progress of its measure");
    assert_eq!(of("2568/issues/2/").as_deref(), Some("2025-07-01"));
    assert_eq!(of("2568/report/").as_deref(), Some("2025-07-01"), "the text of an issue");
    assert_eq!(of("2568/oit/o1/").as_deref(), Some("2025-03-14"));
    assert_eq!(of("2568/scores/"), None, "nobody wrote a day");
}

#[test]
fn names_of_sitemaps_are_the_programs() {
    for name in ["sitemap-2.xml", "sitemap-site.xml"] {
        let told = Site::small().with(&format!("content/{name}.md"), "ก\n").build();
        assert!(told.findings.iter().any(|finding| finding.code == Code::RouteCollision), "{name}");
    }
    assert!(Site::small().with("content/sitemap-of-us.md", "ก\n").build().findings.is_empty());
    let led = Site::small().replace(SITE, "title:", "redirects: {sitemap-3.xml/: about/}\ntitle:").build();
    assert!(led.findings.iter().any(|finding| finding.code == Code::RouteCollision), "{:?}", led.findings);
}
