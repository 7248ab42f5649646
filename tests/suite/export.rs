//! What is handed out: the address of every item, and every link that leads out of the site. The real binary says it.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use crate::support::{Site, run};

fn rows(folder: &Path, line: &str) -> (i32, Vec<Value>, String) {
    let (status, out, err) = run(folder, &format!("{line} --format json"));
    let rows: Vec<Value> = serde_json::from_str(&out).unwrap_or_else(|_| panic!("{line}: {out}\n{err}"));
    (status, rows, err)
}

fn written(site: &Site) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    site.write_to(folder.path());
    folder
}

fn build(folder: &Path) {
    let (status, _, err) = run(folder, "build");
    assert_eq!(status, 0, "{err}");
}

#[test]
fn every_item_of_the_latest_edition_has_its_address() {
    let folder = written(&Site::small());
    build(folder.path());
    let (status, rows, err) = rows(folder.path(), "export urls");
    assert_eq!((status, err.as_str()), (0, ""));
    let first = json!({
        "agency": "", "agency_name": "องค์การบริหารส่วนตำบลทดสอบ", "year": 2568, "code": "o1", "id": "structure", "name": "โครงสร้าง",
        "status": "published", "url": "https://example.go.th/ita/2568/oit/o1/", "address": "2568/oit/o1/", "published": true,
    });
    assert_eq!(rows[0], first);
    let codes: Vec<&Value> = rows.iter().map(|row| &row["code"]).collect();
    assert_eq!(codes, ["o1", "o2"]);
    for row in &rows {
        assert!(folder.path().join("public").join(row["address"].as_str().unwrap()).join("index.html").is_file());
    }
    // The same as CSV: with a byte order mark, and lines that end as spreadsheets want them.
    let (status, out, _) = run(folder.path(), "export urls");
    let lines: Vec<&str> = out.strip_prefix('\u{feff}').unwrap().split_terminator("\r\n").collect();
    assert_eq!((status, lines.len()), (0, 3));
    assert_eq!(lines[0], "agency,agency_name,year,code,id,name,status,url,address,published");
    assert_eq!(
        lines[1],
        ",องค์การบริหารส่วนตำบลทดสอบ,2568,o1,structure,โครงสร้าง,published,https://example.go.th/ita/2568/oit/o1/,2568/oit/o1/,true"
    );
}

#[test]
fn an_item_that_does_not_apply_is_listed_with_its_status() {
    let site = Site::small().replace("content/2568/disclosures.yaml", "o2:\n", "o2:\n  status: not-applicable\n");
    let folder = written(&site);
    build(folder.path());
    let (status, rows, _) = rows(folder.path(), "export urls");
    assert_eq!((status, &rows[1]["status"], &rows[1]["published"]), (0, &json!("not-applicable"), &json!(true)));
}

#[test]
fn what_was_not_built_is_said_and_its_rows_are_printed_all_the_same() {
    let folder = written(&Site::small());
    let (status, before, err) = rows(folder.path(), "export urls --lang th");
    assert_eq!((status, before.len()), (1, 2));
    assert!(err.contains("2 จาก 2 ข้อ") && err.contains("`prongsai build`") && err.contains("public"), "{err}");
    assert!(before.iter().all(|row| row["published"] == false && row["url"].is_string()));
    build(folder.path());
    assert_eq!(rows(folder.path(), "export urls").0, 0);
    // A page that somebody deleted, and one that the manifest does not name.
    fs::remove_file(folder.path().join("public/2568/oit/o2/index.html")).unwrap();
    let (status, rows_now, err) = rows(folder.path(), "export urls");
    assert_eq!((status, &rows_now[0]["published"], &rows_now[1]["published"]), (1, &json!(true), &json!(false)));
    assert!(err.contains("1 of 2 items"), "{err}");
    // Another folder.
    let (status, rows_now, _) = rows(folder.path(), "export urls --out elsewhere");
    assert_eq!((status, &rows_now[0]["published"]), (1, &json!(false)));
    let (_, _, err) = run(folder.path(), "build --out elsewhere");
    assert_eq!(rows(folder.path(), "export urls --out elsewhere").0, 0, "{err}");
}

#[test]
fn without_an_address_of_the_site_the_column_is_empty_and_a_note_says_why() {
    let folder = written(&Site::small().replace("content/site.yaml", "base_url: https://example.go.th/ita/\n", ""));
    build(folder.path());
    let (status, rows_now, err) = rows(folder.path(), "export urls --lang th");
    assert_eq!((status, &rows_now[0]["url"]), (0, &Value::Null));
    assert!(err.contains("base_url") && err.contains("content/site.yaml"), "{err}");
    let (status, rows_now, err) = rows(folder.path(), "export urls --base-url https://a.go.th");
    assert_eq!((status, &rows_now[0]["url"], err.as_str()), (0, &json!("https://a.go.th/2568/oit/o1/"), ""));
}

#[test]
fn an_edition_is_named_in_either_script_and_one_that_is_not_there_is_told_with_those_that_are() {
    let folder = written(&Site::small());
    build(folder.path());
    for year in ["2568", "๒๕๖๘", "2025"] {
        let (status, rows_now, _) = rows(folder.path(), &format!("export urls --year {year}"));
        assert_eq!((status, rows_now.len()), (0, 2), "{year}");
    }
    let (status, out, err) = run(folder.path(), "export urls --year 2570 --lang en");
    assert_eq!((status, out.as_str()), (2, ""));
    assert!(err.contains("2570") && err.contains("2568"), "{err}");
    let (status, _, err) = run(folder.path(), "export urls --year ปีนี้ --lang th");
    assert!(status == 2 && err.contains("ปีนี้"), "{err}");
}

#[test]
fn a_newer_edition_without_a_result_is_passed_over_with_a_note() {
    let folder = written(&Site::small());
    let (_, _, err) = run(folder.path(), "export urls --lang en");
    assert!(!err.contains("--year"), "{err}");
    let (status, _, err) = run(folder.path(), "new year 2569");
    assert_eq!(status, 0, "{err}");
    let (_, _, err) = run(folder.path(), "export urls --lang en");
    assert!(!err.contains("--year"), "a draft is not published: {err}");
    let path = folder.path().join("content/2569/assessment.yaml");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, text.replacen("\ndraft: true", "", 1)).unwrap();
    build(folder.path());
    for (language, told) in [("th", "เป็นของปี 2568"), ("en", "the table of 2568")] {
        let (status, rows_now, err) = rows(folder.path(), &format!("export urls --lang {language}"));
        assert_eq!((status, rows_now.len()), (0, 2), "{err}");
        assert!(err.contains(told) && err.contains("`--year 2569`"), "{err}");
    }
    for year in ["2568", "2569"] {
        let (status, rows_now, err) = rows(folder.path(), &format!("export urls --year {year}"));
        assert!(status == 0 && !rows_now.is_empty() && err.is_empty(), "{year}: {err}");
    }
}

#[test]
fn a_draft_is_no_edition_with_a_result_until_it_is_asked_for() {
    let site = Site::small().replace("content/2568/assessment.yaml", "framework: small\n", "framework: small\ndraft: true\n");
    let folder = written(&site.with("content/about.md", "เกี่ยวกับเรา\n"));
    let (status, rows_now, err) = rows(folder.path(), "export urls --lang en");
    assert_eq!((status, rows_now), (1, Vec::new()));
    assert!(err.contains("no edition has a result yet"), "{err}");
    let (_, _, err) = run(folder.path(), "build --drafts");
    let (status, rows_now, _) = rows(folder.path(), "export urls --year 2568 --drafts");
    assert_eq!((status, rows_now.len()), (0, 2), "{err}");
}

#[test]
fn several_agencies_are_listed_one_after_the_other() {
    let folder = written(&Site::two());
    build(folder.path());
    let (status, rows_now, err) = rows(folder.path(), "export urls");
    let agencies: Vec<&str> = rows_now.iter().map(|row| row["agency"].as_str().unwrap()).collect();
    assert_eq!(status, 0, "{err}");
    assert!(agencies.is_sorted() && agencies.first() != agencies.last(), "{agencies:?}");
    for row in &rows_now {
        let slug = row["agency"].as_str().unwrap();
        assert!(row["address"].as_str().unwrap().starts_with(&format!("{slug}/")), "{row}");
        assert_eq!(row["published"], true, "{row}");
    }
}

/// A site in which each kind of file has a link that leads out, between `«` and `»`.
const LINKED: &str = "\
--- content/site.yaml
title: เว็บไซต์ทดสอบ
base_url: https://example.go.th/ita/
license: {name: CC BY, url: «https://creativecommons.org/licenses/by/4.0/»}
--- content/agency.yaml
name: องค์การบริหารส่วนตำบลทดสอบ
website: «https://thotsop.go.th/»
contact: {facebook: «https://www.facebook.com/thotsop», email: a@thotsop.go.th}
--- content/about.md
ดู«[เว็บไซต์](https://thotsop.go.th/about)»และ«<https://thotsop.go.th/auto>» หรือ[ประเด็น 1](2568/issues/1.md) หรือ<a@thotsop.go.th>

`https://thotsop.go.th/code` ไม่ใช่ลิงก์
--- content/2568/assessment.yaml (edit)
< source: {title: รายงานผล, publisher: ผู้ประเมิน}
> source: {title: รายงานผล, publisher: ผู้ประเมิน, url: «https://nacc.go.th/report»}
--- content/2568/disclosures.yaml
o1:
  links:
    - {title: หน้าเว็บ, url: «https://thotsop.go.th/structure»}
    - «https://thotsop.go.th/file name.pdf»
    - files/o1/structure.txt
--- content/2568/measures.yaml (edit)
<   status: in-progress
>   status: in-progress\\n  progress:\\n    - {text: อบรม, evidence: «https://thotsop.go.th/training»}
--- content/frameworks/small.yaml (edit)
< publisher: ผู้ประเมิน
> publisher: ผู้ประเมิน\\nsources:\\n  - {id: S1, title: {th: คู่มือ}, url: «https://nacc.go.th/manual»}
";

#[test]
fn every_link_that_leads_out_stands_at_its_place() {
    let (site, marks) = Site::small().and(LINKED).unmarked();
    let folder = written(&site);
    let (status, rows_now, err) = rows(folder.path(), "export links");
    assert_eq!((status, err.as_str()), (0, ""));
    let at = |row: &Value| (row["path"].as_str().unwrap().to_owned(), row["line"].as_u64().unwrap(), row["column"].as_u64().unwrap());
    let mut places: Vec<_> = marks.iter().map(|(path, line, column, ..)| (path.clone(), u64::from(*line), u64::from(*column))).collect();
    places.sort();
    assert_eq!(rows_now.iter().map(at).collect::<Vec<_>>(), places);
    let told: Vec<[&str; 4]> =
        rows_now.iter().map(|row| ["url", "where", "text", "agency"].map(|key| row[key].as_str().unwrap())).collect();
    let expected = [
        ["https://nacc.go.th/report", "2568/", "รายงานผล", ""],
        ["https://thotsop.go.th/structure", "2568/o1", "หน้าเว็บ", ""],
        ["https://thotsop.go.th/file%20name.pdf", "2568/o1", "โครงสร้าง", ""],
        ["https://thotsop.go.th/training", "2568/issue-2", "อบรม", ""],
        ["https://thotsop.go.th/about", "about/", "เว็บไซต์", ""],
        ["https://thotsop.go.th/auto", "about/", "https://thotsop.go.th/auto", ""],
        ["https://thotsop.go.th/", "", "website", ""],
        ["https://www.facebook.com/thotsop", "", "facebook", ""],
        ["https://nacc.go.th/manual", "", "คู่มือ", ""],
        ["https://creativecommons.org/licenses/by/4.0/", "", "CC BY", ""],
    ];
    assert_eq!(told, expected);
    let (_, out, _) = run(folder.path(), "export links");
    let lines: Vec<&str> = out.strip_prefix('\u{feff}').unwrap().split_terminator("\r\n").collect();
    assert_eq!((lines[0], lines.len()), ("url,path,line,column,agency,where,text", 11));
}

#[test]
fn links_of_several_agencies_name_whose_they_are_and_the_site_s_own_pages_are_nobody_s() {
    let site = Site::two().and("--- content/help.md\nดู[คู่มือ](https://example.go.th/help)\n");
    let folder = written(&site);
    let (status, rows_now, err) = rows(folder.path(), "export links");
    assert_eq!(status, 0, "{err}");
    assert!(rows_now.iter().any(|row| row["path"] == "content/help.md" && row["agency"] == "" && row["where"] == "help/"), "{rows_now:#?}");
    let of_agencies: Vec<&Value> = rows_now.iter().filter(|row| row["agency"] != "").collect();
    assert!(!of_agencies.is_empty());
    for row in of_agencies {
        assert!(row["path"].as_str().unwrap().starts_with(&format!("content/{}/", row["agency"].as_str().unwrap())), "{row}");
    }
}

#[test]
fn a_site_without_links_and_one_with_errors_have_a_table() {
    let folder = written(&Site::new("--- content/site.yaml\ntitle: ก\n--- content/agency.yaml\nname: ก\n"));
    assert_eq!(rows(folder.path(), "export links"), (0, Vec::new(), String::new()));
    let folder = written(&Site::small().replace("content/agency.yaml", "kind: local", "kind: lokal"));
    let (status, rows_now, err) = rows(folder.path(), "export links --lang en");
    assert!(status == 1 && !rows_now.is_empty() && err.contains("the site's files have errors (1)"), "{err}");
}
