//! Nothing of one scheme stands in the code: a pack of another shape gives a whole site.

use crate::html;
use crate::support::{Built, Site};

/// Two instruments (one with parts of other names), five indicators, codes q and d, eleven members, three issues.
const PACK: &str = "id: river-2569
fiscal_year: 2569
name: {th: เกณฑ์แม่น้ำ, en: River}
publisher: กรมสมมติ
instruments:
  - {id: SURVEY, name: แบบสำรวจน้ำ, weight: 35, parts: [{id: UP, key: up, name: ต้นน้ำ}, {id: MID, key: mid, name: กลางน้ำ}]}
  - {id: RECORD, name: ทะเบียนน้ำ, weight: 65}
indicators:
  - {number: 1, name: ความใส, instrument: SURVEY}
  - {number: 2, name: ความลึก, instrument: SURVEY}
  - {number: 3, name: ความเร็ว, instrument: SURVEY}
  - {number: 4, name: เอกสารน้ำ, instrument: RECORD, groups: [{id: \"4.1\", name: ก้อนแรก}, {id: \"4.2\", name: ก้อนสอง}]}
  - {number: 5, name: เอกสารฝั่ง, instrument: RECORD}
questions:
  q1: {text: น้ำใสเพียงใด, indicator: 1}
  q2: {text: น้ำลึกเพียงใด, indicator: 2}
  q3: {text: น้ำขุ่นเพียงใด, indicator: 2, reverse: true}
  q4: {text: น้ำเร็วเพียงใด, indicator: 3}
items:
  d1: {id: map, name: แผนที่น้ำ, group: \"4.1\", elements: [{id: scale, text: มาตราส่วน, certainty: confirmed}]}
  d2: {id: depth-log, name: บันทึกความลึก, group: \"4.1\"}
  d3: {id: gauge, name: มาตรวัด, group: \"4.2\"}
  d10: {id: bank, name: ทะเบียนฝั่ง, indicator: 5}
issues:
  - {number: 1, name: ประเด็นน้ำ, members: [q1, q2, d1]}
  - {number: 2, name: ประเด็นฝั่ง, members: [q3, d2, d10]}
  - {number: 7, name: ประเด็นท้าย, members: [q4, d3]}
levels:
  - {name: ไหลดี, total: 80}
  - {name: ไหล, total: 50}
";

const ASSESSMENT: &str = "framework: river-2569
overall: 70
level: ไหล
instruments: {UP: 64, MID: 66, RECORD: 72.5}
indicators: {1: 61, 2: 68, 3: 66, 4: 75, 5: 70}
questions:
  q1: {up: 60, mid: 62, mean: 61}
  q2: {up: 70, mid: 70, mean: 70}
  q3: {up: 64, mid: 68, mean: 66}
  q4: {up: 65, mid: 67, mean: 66}
items: {d1: 100, d2: 50, d3: 75, d10: 70}
";

fn river() -> Site {
    Site::new("--- content/site.yaml\ntitle: น้ำ\n--- content/agency.yaml\nname: หน่วยงานน้ำ\n")
        .with("content/frameworks/river.yaml", PACK)
        .with("content/2569/assessment.yaml", ASSESSMENT)
        .with("content/2569/disclosures.yaml", "D๑:\n  links: {title: แผนที่, url: https://example.go.th/map.pdf, covers: scale}\n")
        .with("content/2569/measures.yaml", "- {issue: 7, method: ขุดลอก, steps: ขุด, responsible: กองช่าง, period: ตลอดปี}\n")
        .with("content/2569/issues/7.md", "ข้อ q4 ได้ {{ score(\"Q๔\") }} ดู[ฝั่ง](d10:)\n")
        .with("content/2569/items/d10.md", "## ฝั่ง\n\nฝั่งซ้าย\n")
}

fn derived(built: &Built, code: &str) -> Option<String> {
    let rows = built.rows("2569/data/scores.json");
    let row = rows.iter().find(|row| row["code"] == code).unwrap_or_else(|| panic!("no {code}"));
    row["derived"].as_str().map(str::to_owned)
}

#[test]
fn every_page_of_the_contract_is_there() {
    let built = river().built();
    let mut pages: Vec<String> =
        ["", "audit/", "scores/", "issues/", "measures/", "oit/", "report/"].map(|page| format!("2569/{page}")).to_vec();
    pages.extend([1, 2, 7].map(|number| format!("2569/issues/{number}/")));
    pages.extend(["d1", "d2", "d3", "d10"].map(|code| format!("2569/oit/{code}/")));
    pages.extend(["map", "depth-log", "gauge", "bank"].map(|id| format!("items/{id}/")));
    pages.extend(["", "about-data/", "changes/", "glossary/", "search/", "verify/"].map(str::to_owned));
    pages.sort();
    let made: Vec<&str> = built.pages().into_iter().filter(|path| *path != "404.html").collect();
    let mut made: Vec<String> = made.into_iter().map(|path| path.strip_suffix("index.html").unwrap().to_owned()).collect();
    made.sort();
    assert_eq!(made, pages);
    for table in ["scores", "questions", "items", "measures", "disclosures", "audit", "losses"] {
        assert!(built.has(&format!("2569/data/{table}.csv")) && built.has(&format!("2569/data/{table}.json")), "{table}");
    }
}

/// By hand: MID is (62 + (70+68)/2 + 67) / 3 = 66, the total 0.35 × (64+66)/2 + 0.65 × 72.5 = 69.875.
#[test]
fn its_figures_follow_by_its_own_rules() {
    let built = river().built();
    for (code, value) in [
        ("1", "61"),
        ("2", "68"),
        ("3", "66"),
        ("4.1", "75"),
        ("4.2", "75"),
        ("4", "75"),
        ("5", "70"),
        ("UP", "64"),
        ("MID", "66"),
        ("SURVEY", "65"),
        ("RECORD", "72.5"),
        ("overall", "69.875"),
    ] {
        assert_eq!(derived(&built, code).as_deref(), Some(value), "{code}");
    }
    let weights = built.rows("2569/data/scores.json");
    let of = |code: &str| weights.iter().find(|row| row["code"] == code).unwrap()["weight"].clone();
    assert_eq!((of("SURVEY"), of("UP"), of("RECORD")), (35.into(), serde_json::json!(17.5), 65.into()));
}

#[test]
fn nothing_of_the_built_in_scheme_is_on_its_pages() {
    let built = river().built();
    for path in built.pages() {
        let page = html::parse(built.file(path));
        let text = page.text();
        for foreign in ["ITA", "IIT", "EIT", "OIT", "ป.ป.ช.", "ผ่านดี", "52 ", "28 ", "24 ข้อ", "EP", "ES", "ita-2568", "2568"]
        {
            assert!(!text.contains(foreign), "{path} says {foreign}: {text}");
        }
        for code in ["i1", "e1", "o1", "o12"] {
            assert!(page.below().iter().all(|element| element.attribute("id") != Some(code)), "{path} has {code}");
        }
    }
}

#[test]
fn its_own_words_are_on_its_pages() {
    let built = river().built();
    let scores = html::parse(built.page("2569/scores/")).text();
    for word in ["แบบสำรวจน้ำ", "ต้นน้ำ", "กลางน้ำ", "ความเร็ว", "ก้อนสอง", "น้ำขุ่นเพียงใด", "ทะเบียนฝั่ง", "69.875", "72.5"]
    {
        assert!(scores.contains(word), "{word}");
    }
    let report = html::parse(built.page("2569/report/")).text();
    for word in ["ประเด็นน้ำ", "ประเด็นท้าย", "ขุดลอก", "น้ำลึกเพียงใด"]
    {
        assert!(report.contains(word), "{word}");
    }
    assert!(html::parse(built.page("2569/issues/7/")).text().contains("ข้อ q4 ได้ 66"));
    assert!(html::parse(built.page("2569/oit/d1/")).text().contains("มาตราส่วน"));
    assert!(html::parse(built.page("2569/oit/d10/")).text().contains("ฝั่งซ้าย"));
}

#[test]
fn without_weights_no_total_is_derived() {
    let site =
        river().replace("content/frameworks/river.yaml", ", weight: 35", "").replace("content/frameworks/river.yaml", ", weight: 65", "");
    let built = site.built();
    assert_eq!(derived(&built, "overall"), None);
    assert_eq!(derived(&built, "SURVEY").as_deref(), Some("65"));
}

/// The pack without one of its lists.
fn without(list: &str) -> Site {
    let mut lines = Vec::new();
    let mut inside = false;
    for line in PACK.lines() {
        if !line.starts_with(' ') {
            inside = line.starts_with(&format!("{list}:"));
        }
        if !inside {
            lines.push(line);
        }
    }
    river().with("content/frameworks/river.yaml", &(lines.join("\n") + "\n"))
}

#[test]
fn a_pack_without_issues_has_no_pages_of_them() {
    let site = without("issues").without("content/2569/issues/7.md").without("content/2569/measures.yaml");
    let built = site.built();
    assert!(!built.pages().iter().any(|path| path.contains("issues/")));
    assert!(built.has("2569/scores/index.html") && built.has("2569/report/index.html"));
    for path in built.pages() {
        assert!(!built.file(path).contains("issues/"), "{path}");
    }
}

#[test]
fn a_pack_without_levels_needs_none() {
    let built = without("levels").built();
    assert_eq!(built.findings().iter().filter(|finding| finding.1 == "error").count(), 0);
    assert!(html::parse(built.page("2569/")).text().contains("70"));
}

#[test]
fn a_pack_without_items_has_no_index_of_them() {
    let pack = river().text("content/frameworks/river.yaml").to_owned();
    let items = pack.split("items:\n").nth(1).unwrap().split("issues:").next().unwrap().to_owned();
    let pack = pack.replace(&format!("items:\n{items}"), "").replace(", d1]", "]").replace(", d2, d10]", "]").replace(", d3]", "]");
    let site = river()
        .with("content/frameworks/river.yaml", &pack)
        .replace("content/2569/assessment.yaml", "items: {d1: 100, d2: 50, d3: 75, d10: 70}\n", "")
        .without("content/2569/disclosures.yaml")
        .without("content/2569/items/d10.md")
        .without("content/2569/issues/7.md");
    let built = site.built();
    assert!(!built.pages().iter().any(|path| path.contains("oit/") || path.starts_with("items/")));
}

#[test]
fn a_pack_of_names_alone_is_a_pack() {
    let site = Site::new("--- content/site.yaml\ntitle: น้ำ\n--- content/agency.yaml\nname: หน่วยงานน้ำ\n")
        .with("content/frameworks/bare.yaml", "id: bare\nfiscal_year: 2569\nname: เปล่า\n")
        .with("content/2569/assessment.yaml", "framework: bare\noverall: 70\n");
    let built = site.built();
    assert!(built.has("2569/scores/index.html"));
    assert_eq!(built.rows("2569/data/scores.json").len(), 1);
}

#[test]
fn an_own_pack_takes_the_place_of_the_built_in_one() {
    let pack = PACK.replace("id: river-2569", "id: ita-2568");
    let site = river().with("content/frameworks/river.yaml", &pack).replace(
        "content/2569/assessment.yaml",
        "framework: river-2569",
        "framework: ita-2568",
    );
    let built = site.built();
    assert!(built.page("2569/scores/").contains("แบบสำรวจน้ำ"));
}
