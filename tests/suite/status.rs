//! How complete the records are, as `prongsai status` and the staff page of the preview tell it: the counts of small sites by hand, in all
//! forms, and that all forms say the same.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use prongsai::base::date::Date;
use prongsai::base::language::Language;
use prongsai::base::width::width;
use prongsai::disk::scan;
use prongsai::engine::{self, Options};
use prongsai::preview::desk::Desk;
use prongsai::preview::keeper::{Keeper, Wish};
use prongsai::preview::overlay::Pen;
use prongsai::preview::presence::Presence;
use prongsai::preview::stock::Stock;
use prongsai::preview::{Asked, Body, Shelf};
use prongsai::staff::status::{Agency, Status, csv, human, json};
use serde_json::{Value, json};

use crate::support::{Site, TODAY, run};

/// The records of an agency with an item of every status, and reviews around the borders of what is due. Today is 1 September 2025.
const RECORDS: &str = "\
--- content/2568/disclosures.yaml
o1:
  updated: 2568-03-14
  owner: สำนักปลัด
  review_by: 2568-08-31
  links:
    - {title: แผนภูมิ, url: files/o1/structure.txt, covers: [chart]}
    - {title: หน้าเว็บ, url: https://thotsop.example/structure}
o2: {status: partial, owner: กองคลัง, review_by: 2568-09-01, links: [{title: มาตรการ, url: 2568/measures/}]}
o3: {status: missing, owner: กองคลัง, review_by: 2568-10-01}
o4: {status: not-applicable, owner: กองช่าง, review_by: 2568-08-01}
o5: {status: unrecorded, owner: กองคลัง, review_by: 2568-08-01}
o6: {owner: กองคลัง, review_by: 2568-10-02, links: [{title: มาตรการ, url: 2568/measures/}], elements: {map: {met: false}}}
--- content/frameworks/small.yaml (edit)
<   o2: {id: service-guide, name: คู่มือบริการ, group: \"3.1\"}
>   o2: {id: service-guide, name: คู่มือบริการ, group: \"3.1\", elements: [{id: guide, text: คู่มือ}]}\\n  o3: {id: news, name: ข่าว, elements: [{id: a, text: ก, certainty: confirmed}, {id: b, text: ข}]}\\n  o4: {id: lab, name: ห้อง, elements: [{id: c, text: ค}]}\\n  o5: {id: plan, name: แผน, elements: [{id: d, text: ง}]}\\n  o6: {id: contact, name: ติดต่อ, elements: [{id: map, text: แผนที่}]}\\n  o7: {id: report, name: รายงาน}
";

fn options(drafts: bool) -> Options {
    Options { drafts, base_url: None, today: Date::parse(TODAY).unwrap() }
}

fn status_of(site: &Site, drafts: bool) -> Status {
    let (agencies, _) = engine::inspect(site, &options(drafts), &Agency::of).unwrap();
    Status { today: Date::parse(TODAY).unwrap(), agencies }
}

fn rich() -> Site {
    Site::small().and(RECORDS)
}

#[test]
fn counts_and_borders_are_those_that_a_hand_counts() {
    let object = json::object(&status_of(&rich(), false));
    assert_eq!(object["today"], "2025-09-01");
    let edition = &object["agencies"][0]["editions"][0];
    // o7 is not named in the file, so it is missing; o4 is not counted; of o1, o2, o3 and o6 elements are counted: 2 + 1 + 2 + 1.
    let summary = json!({
        "total": 6, "published": 2, "partial": 1, "missing": 2, "unrecorded": 1, "not_applicable": 1,
        "elements": 6, "elements_met": 1, "due": 2, "overdue": 1,
    });
    assert_eq!(edition["summary"], summary);
    let reviews: Vec<(&str, &Value)> =
        edition["items"].as_array().unwrap().iter().map(|item| (item["code"].as_str().unwrap(), &item["review"])).collect();
    let (due, overdue, none) = (json!("due"), json!("overdue"), Value::Null);
    // Yesterday, today, in 30 days; what does not apply, what is not recorded, in 31 days, no day.
    assert_eq!(reviews, [("o1", &overdue), ("o2", &due), ("o3", &due), ("o4", &none), ("o5", &none), ("o6", &none), ("o7", &none)]);
}

#[test]
fn an_item_is_told_whole() {
    let object = json::object(&status_of(&rich(), false));
    let items = &object["agencies"][0]["editions"][0]["items"];
    let first = json!({
        "code": "o1", "id": "structure", "name": "โครงสร้าง", "status": "published", "elements": 2, "elements_met": 1,
        "elements_missing": ["units"], "links": 2, "owner": "สำนักปลัด", "updated": "2025-03-14", "review_by": "2025-08-31",
        "review": "overdue", "draft": false,
    });
    assert_eq!(items[0], first);
    assert_eq!(items[5]["elements_missing"], json!(["map"]));
    assert_eq!(items[3]["elements"], 0);
    assert_eq!(items[4]["elements_missing"], json!([]));
}

#[test]
fn each_unit_has_its_own_counts_and_what_has_none_comes_last() {
    let object = json::object(&status_of(&rich(), false));
    let units = object["agencies"][0]["editions"][0]["units"].as_array().unwrap();
    let owners: Vec<&Value> = units.iter().map(|unit| &unit["owner"]).collect();
    assert_eq!(owners, [&json!("กองคลัง"), &json!("กองช่าง"), &json!("สำนักปลัด"), &Value::Null]);
    let first = json!({
        "owner": "กองคลัง", "total": 4, "published": 1, "partial": 1, "missing": 1, "unrecorded": 1, "not_applicable": 0,
        "elements": 4, "elements_met": 0, "due": 2, "overdue": 0,
    });
    assert_eq!(units[0], first);
    assert_eq!((&units[1]["total"], &units[1]["not_applicable"]), (&json!(0), &json!(1)));
    assert_eq!((&units[3]["total"], &units[3]["missing"]), (&json!(1), &json!(1)));
}

#[test]
fn the_table_holds_the_same_counts() {
    let status = status_of(&rich(), false);
    let text = csv::render(&status);
    assert!(text.starts_with('\u{feff}') && text.ends_with("\r\n") && !text.replace("\r\n", "").contains(['\r', '\n']));
    let mut lines = text.trim_start_matches('\u{feff}').lines();
    let head: Vec<&str> = lines.next().unwrap().split(',').collect();
    let rows: Vec<Vec<&str>> = lines.map(|line| line.split(',').collect()).collect();
    let place = |name: &str| head.iter().position(|column| *column == name).unwrap();
    let items = rows.iter().filter(|row| row[place("layer")] == "item");
    assert_eq!((items.count(), rows.len()), (7, 7 + 4));
    for (column, key) in
        ["total", "published", "partial", "missing", "unrecorded", "not_applicable", "elements", "elements_met", "due", "overdue"]
            .map(|name| (place(name), name))
    {
        let summary = &json::object(&status)["agencies"][0]["editions"][0]["summary"][key];
        for layer in ["item", "unit"] {
            let of_layer = rows.iter().filter(|row| row[place("layer")] == layer);
            let sum: u64 = of_layer.map(|row| row[column].parse::<u64>().unwrap()).sum();
            assert_eq!(Some(sum), summary.as_u64(), "{key} of {layer}");
        }
    }
    assert_eq!(rows[2][place("elements_missing")], "a | b");
    assert_eq!(csv::render(&Status { agencies: Vec::new(), ..status }).lines().count(), 1);
}

#[test]
fn people_read_it_in_eighty_cells() {
    let owner = "กองการศึกษา ศาสนา และวัฒนธรรมขององค์การบริหารส่วนตำบล";
    let long = rich().replace("content/2568/disclosures.yaml", "owner: สำนักปลัด", &format!("owner: {owner}"));
    for site in [rich(), long, Site::sample(), Site::two(), Site::small().without("content/agency.yaml")] {
        for language in [Language::Th, Language::En] {
            let text = human::render(&status_of(&site, false), language, None);
            for line in text.lines() {
                assert!(width(line) <= 80 && line == line.trim_end(), "{} {line}", width(line));
            }
        }
    }
    let text = human::render(&status_of(&rich(), false), Language::Th, None);
    for line in [
        "อบต.ทดสอบ ปี 2568",
        "ครบ 2/6 รายการ หลักฐาน 1/6 ถึงกำหนด 2 เลยกำหนด 1",
        "      ยังไม่มีหลักฐาน:",
        "        units  ส่วนราชการ",
        "      เลยกำหนดทบทวน 31 สิงหาคม 2568",
        "      ถึงกำหนดทบทวนภายใน 1 กันยายน 2568",
    ] {
        assert!(text.lines().any(|found| found == line), "{line}\n{text}");
    }
    let row = text.lines().find(|line| line.starts_with("กองคลัง ")).unwrap();
    assert_eq!(row.split_whitespace().collect::<Vec<_>>(), ["กองคลัง", "1/4", "1", "1", "1", "0/4", "2/0"]);
}

#[test]
fn on_a_narrow_terminal_a_row_stands_on_lines_of_its_own() {
    for site in [rich(), Site::sample(), Site::two(), Site::small().without("content/agency.yaml")] {
        for (language, cells) in [(Language::Th, 40), (Language::En, 40), (Language::Th, 60), (Language::En, 79)] {
            let text = human::render(&status_of(&site, false), language, Some(cells));
            for line in text.lines() {
                assert!(width(line) <= cells && line == line.trim_end(), "{} {line}", width(line));
            }
        }
    }
    let text = human::render(&status_of(&rich(), false), Language::Th, Some(40));
    let row = text.split("\nกองคลัง\n").nth(1).unwrap().split_whitespace().take(14).collect::<Vec<_>>().join(" ");
    assert!(row.starts_with("ครบ 1/4 บางส่วน 1 ยังไม่มี 1 ไม่ได้บันทึก 1 หลักฐาน 0/4 ถึง/เลยกำหนด 2/0"), "{text}");
    assert!(text.contains("หลักฐาน") && text.contains("ลิงก์ 1"), "{text}");
    let wide = |cells| human::render(&status_of(&rich(), false), Language::Th, cells);
    assert_eq!(wide(Some(200)), wide(None));
}

#[test]
fn what_blocks_publishing_is_named_with_its_file_and_line() {
    let site = Site::small().and("--- content/2568/measures.yaml\n- issue: 1\n  method: ก\n  stutus: done\n");
    let status = status_of(&site, false);
    let blocking = &json::object(&status)["agencies"][0]["blocking"];
    assert_eq!(*blocking, json!([{"code": "unknown-field", "path": "content/2568/measures.yaml", "line": 3}]));
    let text = human::render(&status, Language::Th, None);
    assert!(text.contains("  content/2568/measures.yaml:3 [unknown-field]\n") && text.contains("`stutus`"), "{text}");
}

#[test]
fn the_sample_says_what_its_register_says() {
    let object = json::object(&status_of(&Site::sample(), false));
    let edition = &object["agencies"][0]["editions"][0];
    // All items but o27 are unrecorded in the register, and o27 has evidence for both of its elements.
    let summary = json!({
        "total": 28, "published": 1, "partial": 0, "missing": 0, "unrecorded": 27, "not_applicable": 0,
        "elements": 2, "elements_met": 2, "due": 0, "overdue": 0,
    });
    assert_eq!((&edition["summary"], &edition["latest"]), (&summary, &json!(true)));
}

#[test]
fn a_draft_is_left_out_and_named_or_counted_and_marked() {
    let draft = "--- content/2569/assessment.yaml\nframework: small\ndraft: true\n--- content/2568/items/o2.md\n---\ndraft: true\n---\n\nยังเขียนไม่เสร็จ\n";
    let site = rich().and(draft);
    let object = json::object(&status_of(&site, false));
    let agency = &object["agencies"][0];
    assert_eq!((&agency["drafts_left_out"], agency["editions"].as_array().unwrap().len()), (&json!(["2568/o2", "2569/"]), 1));
    let object = json::object(&status_of(&site, true));
    let editions = &object["agencies"][0]["editions"];
    assert_eq!((&editions[0]["year"], &editions[0]["draft"], &editions[0]["latest"]), (&json!(2569), &json!(true), &json!(false)));
    assert_eq!((&editions[1]["draft"], &editions[1]["latest"]), (&json!(false), &json!(true)));
    assert_eq!((&editions[1]["items"][1]["draft"], &editions[1]["items"][0]["draft"]), (&json!(true), &json!(false)));
    assert!(human::render(&status_of(&site, false), Language::Th, None).contains("2569/"));
    assert!(human::render(&status_of(&site, true), Language::Th, None).contains("ปี 2569 (ฉบับร่าง)"));
}

#[test]
fn a_review_is_no_longer_due_where_a_later_edition_records_the_item() {
    let later = "--- content/2569/assessment.yaml\nframework: small\noverall: 96\n--- content/2569/disclosures.yaml\no1: {links: [{title: แผนภูมิ, url: files/o1/structure.txt}]}\no2: {status: unrecorded}\n";
    let object = json::object(&status_of(&rich().and(later), false));
    let old = &object["agencies"][0]["editions"][1];
    assert_eq!((&old["year"], &old["items"][0]["review"], &old["items"][1]["review"]), (&json!(2568), &Value::Null, &json!("due")));
    assert_eq!((&old["summary"]["due"], &old["summary"]["overdue"]), (&json!(2), &json!(0)));
}

#[test]
fn a_site_with_errors_tells_what_can_be_read() {
    let folder = tempfile::tempdir().unwrap();
    rich().replace("content/2568/disclosures.yaml", "owner: กองช่าง", "ownr: กองช่าง").write_to(folder.path());
    let (code, out, err) = run(folder.path(), "status --format json");
    let object: Value = serde_json::from_str(&out).unwrap();
    assert_eq!((code, err.as_str(), &object["agencies"][0]["errors"]), (0, "", &json!(1)));
    assert_eq!(object["agencies"][0]["editions"][0]["summary"]["published"], 2);
    fs::write(folder.path().join("content/2568/assessment.yaml"), "framework: [\n").unwrap();
    fs::write(folder.path().join("content/site.yaml"), "titel: x\n").unwrap();
    let (code, out, err) = run(folder.path(), "status");
    assert_eq!(code, 0);
    assert!(out.contains("there is no edition to show") && out.contains("error"), "{out}");
    assert!(err.contains("prongsai check"), "{err}");
}

#[test]
fn several_agencies_stand_in_one_table_in_the_order_of_slugs() {
    let mut site = Site::two().replace("content/เบต้า/2568/disclosures.yaml", "owner: สำนักปลัด", "owner: กองช่าง");
    site.shuffled = true;
    let status = status_of(&site, false);
    let object = json::object(&status);
    let slugs: Vec<&Value> = object["agencies"].as_array().unwrap().iter().map(|agency| &agency["agency"]).collect();
    assert_eq!(slugs, [&json!("alpha"), &json!("เบต้า")]);
    assert_eq!(object["agencies"][1]["editions"][0]["units"][0]["owner"], "กองช่าง");
    let text = human::render(&status, Language::En, None);
    assert!(text.ends_with("2 agencies\n"), "{text}");
    assert_eq!(csv::render(&status).lines().count(), 1 + 2 * (2 + 2));
}

#[test]
fn the_command_speaks_all_forms_and_no_other() {
    let folder = tempfile::tempdir().unwrap();
    rich().write_to(folder.path());
    let at = folder.path();
    let on_disk = scan::Site::open(at).unwrap();
    let (agencies, _) = engine::inspect(&on_disk, &options(false), &Agency::of).unwrap();
    let status = Status { today: Date::parse(TODAY).unwrap(), agencies };
    assert_eq!(run(at, "status --lang th"), (0, human::render(&status, Language::Th, None), String::new()));
    assert_eq!(run(at, "status --format json"), (0, json::render(&status), String::new()));
    assert_eq!(run(at, "status --format csv"), (0, csv::render(&status), String::new()));
    assert_eq!(run(at, "status --format github").0, 2);
    assert!(run(at, "help status --lang th").1.contains("csv"));
}

/// The answer of a preview of a folder at an address of its own.
fn asked(folder: &Path, path: &str) -> Option<(String, String)> {
    let stock = Arc::new(Stock::default());
    let wish = Wish { site: folder.to_owned(), options: &|| options(false), polls: true, tell: &|_| {} };
    Keeper::new(wish, Arc::clone(&stock)).begin().unwrap();
    let desk = Desk::new(stock, folder, Pen { language: Language::En, folder: folder.to_str().map(str::to_owned) });
    let answer = desk.own(&Asked { path, query: "", none_match: None, languages: None, client: Presence::default() })?;
    let Body::Bytes(bytes) = &answer.body else { panic!("a file") };
    Some((answer.header("content-type").unwrap().to_owned(), String::from_utf8(bytes.to_vec()).unwrap()))
}

#[test]
fn the_preview_tells_what_the_command_tells_and_what_it_found_itself() {
    let folder = tempfile::tempdir().unwrap();
    for site in [rich(), rich().replace("content/2568/disclosures.yaml", "owner: กองช่าง", "ownr: กองช่าง")] {
        site.write_to(folder.path());
        let (kind, text) = asked(folder.path(), "_status.json").unwrap();
        let mut told: Value = serde_json::from_str(&text).unwrap();
        let (_, out, _) = run(folder.path(), "status --format json");
        let command: Value = serde_json::from_str(&out).unwrap();
        let own = ["findings", "summary", "trouble", "build", "sizes"].map(|key| told.as_object_mut().unwrap().remove(key).unwrap());
        assert_eq!((kind.as_str(), told), ("application/json; charset=utf-8", command));
        let (_, out, _) = run(folder.path(), "check --format json --lang en");
        let check: Value = serde_json::from_str(&out).unwrap();
        assert_eq!((&own[0], &own[1]), (&check["findings"], &check["summary"]));
        assert_eq!(own[3]["units"], json!([""]));
        let is_sound = check["summary"]["errors"] == 0;
        assert_eq!(own[4]["files"].as_u64().unwrap() > 0, is_sound);
        if is_sound {
            let (files, bytes) = published(folder.path());
            assert_eq!((&own[4]["files"], &own[4]["bytes"]), (&json!(files), &json!(bytes)));
        }
    }
}

/// How many files a build publishes, and their bytes, but for the manifest.
fn published(folder: &Path) -> (usize, u64) {
    assert_eq!(run(folder, "build").0, 0);
    let files = crate::support::tree(&folder.join("public"));
    let files: Vec<_> = files.iter().filter(|(path, _)| *path != "manifest.json").collect();
    (files.len(), files.iter().map(|(_, bytes)| bytes.len() as u64).sum())
}

#[test]
fn the_page_of_the_preview_escapes_what_authors_write() {
    let folder = tempfile::tempdir().unwrap();
    let evil = "<script>alert(1)</script>\\\"'&";
    rich()
        .replace("content/2568/disclosures.yaml", "owner: สำนักปลัด", &format!("owner: \"{evil}\""))
        .replace("content/agency.yaml", "short_name: อบต.ทดสอบ", &format!("short_name: \"{evil}\"\n\"<i>\": x"))
        .write_to(folder.path());
    let (kind, page) = asked(folder.path(), "_status").unwrap();
    assert_eq!(kind, "text/html; charset=utf-8");
    assert!(!page.contains("<script>") && !page.contains("<i>"), "{page}");
    assert!(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;&quot;'&amp;") && page.contains("&lt;i&gt;"));
    assert!(page.contains("<script src=\"/_live.js\""));
}

#[test]
fn the_page_names_what_to_mend_where_and_what_is_due() {
    let folder = tempfile::tempdir().unwrap();
    rich().replace("content/2568/disclosures.yaml", "owner: กองช่าง", "ownr: กองช่าง").write_to(folder.path());
    let page = asked(folder.path(), "_status").unwrap().1;
    assert!(page.contains("Mend 1 error, then it can be published"));
    assert!(page.contains("content/<wbr>2568/<wbr>disclosures.yaml:10:30") && page.contains("unknown-field"), "{page}");
    let site = folder.path().to_str().unwrap();
    assert!(page.contains(&format!("href=\"vscode://file{site}/content/2568/disclosures.yaml:10:30\"")));
    let overdue = page.find("review overdue since").unwrap();
    assert!(overdue < page.find("review by").unwrap(), "the earliest day comes first");
    assert!(
        page.contains("in place of the item's") && page.contains("files/o5/") && page.contains("covers: [d]"),
        "how to record the first item that is not"
    );
}

#[test]
fn whoever_begins_a_register_is_told_what_becomes_of_items_that_it_does_not_name() {
    let folder = tempfile::tempdir().unwrap();
    Site::small().without("content/2568/disclosures.yaml").write_to(folder.path());
    let page = asked(folder.path(), "_status").unwrap().1;
    assert!(page.contains("counts as missing") && page.contains("covers: [chart, units]"), "{page}");
}

#[test]
fn several_agencies_have_a_list_and_a_page_each() {
    let folder = tempfile::tempdir().unwrap();
    Site::two().write_to(folder.path());
    let page = asked(folder.path(), "_status").unwrap().1;
    assert!(page.contains("href=\"/_status/alpha\"") && page.contains("href=\"/_status/%E0%B9%80%E0%B8%9A%E0%B8%95%E0%B9%89%E0%B8%B2\""));
    assert!(!page.contains("id=\"items-2568\""));
    let one = asked(folder.path(), "_status/เบต้า").unwrap().1;
    assert!(one.contains("id=\"items-2568\"") && one.contains("href=\"/_status\""));
    assert!(asked(folder.path(), "_status/gamma").is_none() && asked(folder.path(), "_statusx").is_none());
}
