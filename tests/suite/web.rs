//! What pages say to browsers, search engines and feed readers: the head of a page, JSON-LD, the feed, sizes of files, and a site's own
//! colour and pictures.

use std::collections::BTreeSet;

use prongsai::base::color::Color;
use prongsai::source::look::{DARK, LIGHT};
use serde_json::Value;

use crate::html::{self, Element};
use crate::support::{Built, Site, root};

const SITE: &str = "content/site.yaml";
const AGENCY: &str = "content/agency.yaml";
const BASE: &str = "https://example.go.th/ita/";

/// The contents of the `meta` of a name or a property.
fn metas<'a>(page: &'a Element, name: &str) -> Vec<&'a str> {
    let named = |meta: &&Element| [meta.attribute("name"), meta.attribute("property"), meta.attribute("http-equiv")].contains(&Some(name));
    page.all("meta").into_iter().filter(named).filter_map(|meta| meta.attribute("content")).collect()
}

/// The objects that a page describes itself with; where it has any, in one element of valid JSON.
fn linked(built: &Built, path: &str) -> Vec<Value> {
    let text = built.file(path);
    let parts: Vec<&str> = text.split("<script type=\"application/ld+json\">").collect();
    assert!(parts.len() <= 2, "{path}");
    let Some(data) = parts.get(1) else { return Vec::new() };
    let data: Value = serde_json::from_str(data.split("</script>").next().unwrap()).unwrap_or_else(|error| panic!("{path}: {error}"));
    assert_eq!(data["@context"], "https://schema.org", "{path}");
    data["@graph"].as_array().unwrap().clone()
}

fn of_type<'a>(graph: &'a [Value], kind: &str) -> &'a Value {
    graph.iter().find(|object| object["@type"] == kind).unwrap_or_else(|| panic!("no {kind} in {graph:?}"))
}

#[test]
fn every_page_has_one_title_and_one_description_of_its_own() {
    for site in [Site::small(), Site::two(), Site::sample(), Site::small().replace(SITE, "title: ", "language: en\ntitle: ")] {
        let built = site.built();
        let (mut titles, mut descriptions) = (BTreeSet::new(), BTreeSet::new());
        for path in built.pages() {
            let page = html::parse(built.file(path));
            let [title] = page.all("title").into_iter().filter(|title| title.name == "title").take(1).collect::<Vec<_>>()[..] else {
                panic!("{path}")
            };
            assert!(titles.insert(title.text()) || built.has("alpha/index.html"), "{path}: the title of another page: {}", title.text());
            assert_eq!(metas(&page, "description").len(), 1, "{path}");
            let description = metas(&page, "description")[0].to_owned();
            assert!(!descriptions.contains(&description) || built.has("alpha/index.html"), "{path}: that of another page: {description}");
            descriptions.insert(description);
            assert!(metas(&page, "description")[0].chars().count() > 20, "{path}: {:?}", metas(&page, "description"));
            if path != "404.html" {
                assert_eq!(metas(&page, "og:title"), [title.text()], "{path}");
                assert_eq!(metas(&page, "og:description"), metas(&page, "description"), "{path}");
                let canonical = page.all("link").into_iter().find(|link| link.attribute("rel") == Some("canonical")).unwrap();
                assert_eq!(metas(&page, "og:url"), [canonical.attribute("href").unwrap()], "{path}");
            }
        }
    }
}

#[test]
fn a_picture_for_those_who_share_a_link_is_there_only_where_the_agency_gives_one() {
    let built = Site::small().built();
    assert!(built.pages().iter().all(|path| metas(&html::parse(built.file(path)), "og:image").is_empty()));
    let site = Site::small().with_bytes("content/files/front.png", b"\x89PNG\r\n\x1a\n").replace(
        AGENCY,
        "kind: local",
        "kind: local\nimage: files/front.png",
    );
    let built = site.build();
    for path in ["index.html", "2568/oit/o1/index.html"] {
        assert_eq!(metas(&html::parse(built.file(path)), "og:image"), [format!("{BASE}files/front.png")], "{path}");
    }
}

#[test]
fn pages_tell_where_they_stand_who_speaks_and_what_data_there_is() {
    let built = Site::small().built();
    let front = linked(&built, "index.html");
    let agency = of_type(&front, "GovernmentOrganization");
    assert_eq!(agency["name"], "องค์การบริหารส่วนตำบลทดสอบ");
    assert_eq!(agency["url"], "https://thotsop.example/");
    assert_eq!(agency["address"]["addressRegion"], "ทดสอบ");
    let edition = linked(&built, "2568/index.html");
    let data = of_type(&edition, "Dataset");
    assert_eq!(data["creator"]["@id"], agency["@id"]);
    assert_eq!(data["temporalCoverage"], "2024-10-01/2025-09-30");
    assert_eq!(data["datePublished"], "2025-08-01");
    // Google takes descriptions of 50 to 5,000 letters.
    assert!((50..5_000).contains(&data["description"].as_str().unwrap().chars().count()), "{data}");
    let files: Vec<&str> = data["distribution"].as_array().unwrap().iter().map(|file| file["contentUrl"].as_str().unwrap()).collect();
    assert!(files.len() >= 12 && files.iter().all(|file| built.has(file.strip_prefix(BASE).unwrap())), "{files:?}");
    let item = linked(&built, "2568/oit/o1/index.html");
    let trail = of_type(&item, "BreadcrumbList")["itemListElement"].as_array().unwrap().clone();
    let page = html::parse(built.file("2568/oit/o1/index.html"));
    assert_eq!(trail.last().unwrap()["name"], page.first("title").unwrap().text());
    assert_eq!(trail[0]["item"], BASE);
    let places: Vec<u64> = trail.iter().map(|step| step["position"].as_u64().unwrap()).collect();
    assert_eq!(places, (1..=trail.len() as u64).collect::<Vec<_>>());
    for path in built.pages() {
        linked(&built, path);
    }
}

#[test]
fn without_a_base_url_what_pages_tell_is_relative_and_there_is_no_feed() {
    let built = Site::small().replace(SITE, &format!("base_url: {BASE}"), "").built();
    let edition = linked(&built, "2568/index.html");
    assert_eq!(of_type(&edition, "Dataset")["distribution"][0]["contentUrl"], "data/scores.csv");
    assert_eq!(of_type(&edition, "BreadcrumbList")["itemListElement"][0]["item"], "../index.html");
    assert!(!built.has("feed.xml") && !built.file("index.html").contains("atom+xml"));
}

#[test]
fn names_that_hold_markup_stay_text_in_what_pages_tell() {
    let name = "อบต. </script><script>alert(1)</script> & \\\"ก\\\"";
    let built = Site::small().replace(AGENCY, "short_name: อบต.ทดสอบ", &format!("short_name: \"{name}\"")).built();
    let item = linked(&built, "2568/oit/o1/index.html");
    assert_eq!(of_type(&item, "BreadcrumbList")["itemListElement"][0]["name"], name.replace("\\\"", "\""));
    assert!(
        built.pages().iter().all(|path| html::parse(built.file(path))
            .below()
            .iter()
            .all(|element| !element.is_code() || element.attribute("src").is_some()))
    );
}

/// The entries of a feed, each as id, day, link and title.
fn entries(feed: &str) -> Vec<[String; 4]> {
    let feed = html::parse(feed.strip_prefix("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n").unwrap());
    let one = |entry: &Element| {
        let text = |name: &str| entry.first(name).unwrap().text();
        let link = entry.first("link").unwrap().attribute("href").unwrap().to_owned();
        [text("id"), text("updated"), link, text("title")]
    };
    feed.all("entry").into_iter().map(one).collect()
}

#[test]
fn the_feed_tells_what_has_a_day_newest_first() {
    let corrected = "overall: 95.2\ncorrections: [{date: 2568-08-20, code: e1, was: 90.12, now: 91.00, reason: พิมพ์สลับ}]";
    let progress = "  status: planned\n  progress: [{date: 2568-09-01, text: เริ่มแล้ว}, {date: 2568-09-01, text: ประชุม}, {text: ไม่มีวัน}]";
    let built = Site::small()
        .replace("content/2568/assessment.yaml", "overall: 95.2", corrected)
        .replace("content/2568/measures.yaml", "  status: planned", progress)
        .built();
    let news = entries(built.file("feed.xml"));
    let days: Vec<&str> = news.iter().map(|[_, day, ..]| &day[..10]).collect();
    assert_eq!(days, ["2025-09-01", "2025-08-20", "2025-08-01", "2025-03-14"]);
    let links: Vec<&str> = news.iter().map(|[_, _, link, _]| link.strip_prefix(BASE).unwrap()).collect();
    assert_eq!(links[1..], ["2568/#s-corrections", "2568/", "2568/oit/o1/"]);
    assert!(news[2][3].contains("95.2") && news[1][3].contains("90.12") && news[1][3].contains("91.00"), "{news:?}");
    // Each leads to a place that is there, and no two are one.
    let ids: BTreeSet<&String> = news.iter().map(|[id, ..]| id).collect();
    assert_eq!(ids.len(), news.len());
    for link in links {
        let (page, id) = link.split_once('#').unwrap_or((link, ""));
        assert!(id.is_empty() || built.page(page).contains(&format!(" id=\"{id}\"")), "{link}");
    }
    assert!(built.file("2568/index.html").contains("<link rel=\"alternate\" type=\"application/atom+xml\" href=\"../feed.xml\""));
}

#[test]
fn the_feed_counts_in_the_digits_of_the_site() {
    let built = Site::small().replace(SITE, "title: ", "digits: thai\ntitle: ").built();
    let news = entries(built.file("feed.xml"));
    assert!(news.iter().any(|[.., title]| title.contains("๒๕๖๘") && title.contains("๙๕.๒")), "{news:?}");
    assert!(news.iter().all(|[.., title]| !title.contains("2568")), "{news:?}");
}

#[test]
fn an_agency_without_any_day_has_a_feed_that_is_empty() {
    let built = Site::new("").with(SITE, "title: ก\nbase_url: https://a.example/\n").with(AGENCY, "name: ก\n").build();
    let feed = built.file("feed.xml");
    assert!(entries(feed).is_empty() && feed.contains("<updated>1970-01-01T00:00:00Z</updated>"), "{feed}");
}

#[test]
fn the_feed_of_several_agencies_leads_to_theirs() {
    let built = Site::two().built();
    let feed = html::parse(built.file("feed.xml").split_once("?>").unwrap().1);
    let related: Vec<String> = feed
        .all("link")
        .into_iter()
        .filter(|link| link.attribute("rel") == Some("related"))
        .map(|link| link.attribute("href").unwrap().to_owned())
        .collect();
    assert_eq!(related.len(), 2);
    let there = |feed: &String| built.has(&prongsai::base::address::decode(feed.strip_prefix(BASE).unwrap()).unwrap());
    assert!(related.iter().all(there), "{related:?}");
}

#[test]
fn links_to_files_say_their_type_and_size() {
    let built = Site::small().with("content/about.md", "ดู[แผนภูมิ](files/o1/structure.txt) และ[ติดต่อ](#ติดต่อ)\n\n## ติดต่อ\n\nก\n").built();
    let size = built.files["files/o1/structure.txt"].len();
    assert!(built.page("about/").contains(&format!("แผนภูมิ</a> <span class=\"nb small\">TXT {size} B</span>")), "{}", built.page("about/"));
    for (path, file) in
        [("2568/scores/", "questions.csv"), ("2568/oit/", "disclosures.json"), ("2568/measures/", "measures.csv"), ("", "scores.json")]
    {
        let page = html::parse(built.page(path));
        let at = page.all("a").into_iter().position(|a| a.attribute("href").is_some_and(|href| href.ends_with(file)));
        assert!(at.is_some(), "{path} {file}");
        let size = built.files[&format!("2568/data/{file}")].len();
        let shown = if size < 1_000 { format!("{size} B") } else { format!("{} KB", size.div_ceil(1_000)) };
        assert!(page.text().contains(&shown), "{path} {file} {shown}");
    }
    let two = Site::two().built();
    let size = two.files["data/agencies-2568.csv"].len();
    assert!(html::parse(two.page("")).text().contains(&format!("CSV {size} B")), "{size}");
}

#[test]
fn a_sites_own_colour_and_logo_are_three_lines() {
    let own = "title: เว็บไซต์ทดสอบ\naccent: \"#14532d\"\naccent_dark: \"#a7e3bd\"\nlogo: files/logo.png";
    let site = Site::small().with_bytes("content/files/logo.png", b"\x89PNG\r\n\x1a\n").replace(SITE, "title: เว็บไซต์ทดสอบ", own);
    let built = site.build();
    let style = built.file("style.css");
    let plain = Site::small().built();
    let added = style.strip_prefix(plain.file("style.css")).expect("the theme's style comes first");
    assert!(added.contains("--accent: #14532d;") && added.contains("--accent: #a7e3bd;"), "{added}");
    assert!(built.page("2568/").contains("<img class=\"logo\" src=\"../files/logo.png\" alt=\"\""));
    assert!(!plain.page("2568/").contains("class=\"logo\""));
}

#[test]
fn colours_are_judged_against_the_grounds_of_the_style_sheet() {
    let style = std::fs::read_to_string(root().join("themes/default/style.css")).unwrap();
    // The first of a token is the light scheme's, the second the dark one's.
    let token = |name: &str, nth: usize| {
        let value = style.split(&format!("--{name}: ")).nth(nth + 1).unwrap();
        Color::parse(value.split(';').next().unwrap()).unwrap()
    };
    for (nth, ground) in [LIGHT, DARK].into_iter().enumerate() {
        assert_eq!([token("paper", nth), token("wash", nth), token("ink", nth)], [ground.paper, ground.wash, ground.ink]);
    }
}
