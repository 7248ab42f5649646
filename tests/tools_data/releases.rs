//! Release packages of procurement before libcoveocds: what the program publishes, and an example of ours with faults that must be told.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use crate::sites::{BASE, Published};
use crate::support::{Site, root};
use crate::{outcome, python, script};

const TABLE: &str = "ที่,ปีงบประมาณ,ชื่อหน่วยงาน,อำเภอ,จังหวัด,กระทรวง,ประเภทหน่วยงาน,ชื่อรายการของงานที่ซื้อหรือจ้าง,\
วงเงินงบประมาณที่ได้รับจัดสรร (บาท),แหล่งที่มาของงบประมาณ,สถานะการจัดซื้อจัดจ้าง,วิธีการจัดซื้อจัดจ้าง,ราคากลาง (บาท),\
ราคาที่ตกลงซื้อหรือจ้าง (บาท),รายชื่อผู้ประกอบการที่ได้รับการคัดเลือก,เลขที่โครงการในระบบ e-GP\r\n\
1,2568,อบต.ทดสอบ,เมือง,ทดสอบ,มหาดไทย,อปท.,ซื้อกระดาษ A4,\"10,000\",พ.ร.บ. งบประมาณรายจ่าย,สิ้นสุดสัญญา,วิธีเฉพาะเจาะจง,\"9,500.00\",\"9,000.50\",ร้านก้าวหน้า,67109000001\r\n\
2,2568,อบต.ทดสอบ,เมือง,ทดสอบ,มหาดไทย,อปท.,จ้างทำป้าย,5000,พ.ร.บ. งบประมาณรายจ่าย,ยังไม่ลงนามในสัญญา,วิธีคัดเลือก,-,-,-,-\r\n";

/// A package of two releases, as small as it can be.
const EXAMPLE: &str = r#"{
  "uri": "https://example.go.th/ita/2568/data/ocds-1.json",
  "version": "1.1",
  "publishedDate": "2025-08-01T00:00:00+07:00",
  "publisher": {"name": "อบต.ทดสอบ"},
  "license": "https://creativecommons.org/licenses/by/4.0/",
  "releases": [
    {"ocid": "ocds-213czf-1", "id": "1", "date": "2025-08-01T00:00:00+07:00", "tag": ["tender"], "initiationType": "tender",
     "buyer": {"id": "a", "name": "อบต.ทดสอบ"}, "parties": [{"id": "a", "name": "อบต.ทดสอบ", "roles": ["buyer"]}],
     "tender": {"id": "1", "title": "ซื้อกระดาษ", "status": "complete", "value": {"amount": 9000.5, "currency": "THB"}}},
    {"ocid": "ocds-213czf-2", "id": "2", "date": "2025-08-01T00:00:00+07:00", "tag": ["tender"], "initiationType": "tender",
     "buyer": {"id": "a", "name": "อบต.ทดสอบ"}, "parties": [{"id": "a", "name": "อบต.ทดสอบ", "roles": ["buyer"]}],
     "tender": {"id": "2", "title": "จ้างทำป้าย"}}
  ]
}"#;

/// The standard as libcoveocds takes it: an archive of its repository's folder of schemas.
fn standard(folder: &Path) -> PathBuf {
    let schema = folder.join("standard/schema");
    fs::create_dir_all(&schema).unwrap();
    let copy = |from: PathBuf| fs::copy(&from, schema.join(from.file_name().unwrap())).expect("run scripts/data-setup");
    for name in ["release-schema.json", "versioned-release-validation-schema.json"] {
        copy(root().join("target/data-venv/ocds").join(name));
    }
    copy(script("schemas/release-package-schema.json"));
    let text = fs::read_to_string(schema.join("release-schema.json")).unwrap();
    let mut lists = BTreeMap::new();
    closed(&serde_json::from_str(&text).unwrap(), &mut lists);
    assert!(lists.len() > 5, "{lists:?}");
    fs::create_dir_all(schema.join("codelists")).unwrap();
    for (name, codes) in lists {
        fs::write(schema.join("codelists").join(name), format!("Code\n{}\n", codes.join("\n"))).unwrap();
    }
    let archive = folder.join("standard.zip");
    let mut command = Command::new(root().join("target/data-venv/bin/python"));
    command.args(["-m", "zipfile", "-c"]).arg(&archive).arg("standard/");
    assert!(outcome(command, folder).0);
    archive
}

/// The closed lists of codes, as the schema itself has them; the open ones are no promise.
fn closed(schema: &Value, lists: &mut BTreeMap<String, Vec<String>>) {
    if let (Some(Value::String(name)), Some(Value::Bool(false))) = (schema.get("codelist"), schema.get("openCodelist")) {
        let codes = schema.get("enum").or_else(|| schema.get("items")?.get("enum")).and_then(Value::as_array).unwrap();
        lists.insert(name.clone(), codes.iter().filter_map(Value::as_str).map(str::to_owned).collect());
    }
    match schema {
        Value::Object(members) => members.values().for_each(|member| closed(member, lists)),
        Value::Array(members) => members.iter().for_each(|member| closed(member, lists)),
        _ => {}
    }
}

fn look(folder: &Path, package: &Path) -> (bool, String) {
    let archive = standard(folder);
    python("ocds.py", &["--standard", archive.to_str().unwrap(), package.to_str().unwrap()], folder)
}

#[test]
#[ignore = "needs libcoveocds; scripts/test runs it"]
fn libcoveocds_tells_what_is_wrong_with_a_package() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("package.json");
    fs::write(&file, EXAMPLE).unwrap();
    let (is_well, told) = look(folder.path(), &file);
    assert!(is_well, "{told}");
    for (from, to, fault) in [
        ("\"version\": \"1.1\",", "", "version"),
        ("\"publisher\": {\"name\": \"อบต.ทดสอบ\"},", "", "'publisher' is missing but required"),
        ("\"tag\": [\"tender\"],", "", "'tag' is missing but required"),
        ("[\"tender\"]", "[\"tenders\"]", "tag"),
        ("\"amount\": 9000.5", "\"amount\": \"9,000.50\"", "amount"),
        ("2025-08-01T00:00:00+07:00\", \"tag\"", "1 ส.ค. 2568\", \"tag\"", "date"),
        ("\"status\": \"complete\"", "\"status\": \"done\"", "status"),
        ("\"title\": \"ซื้อกระดาษ\"", "\"title\": \"\"", "empty"),
        ("\"title\": \"ซื้อกระดาษ\"", "\"subject\": \"ซื้อกระดาษ\"", "additional field"),
        ("ocds-213czf-1", "213czf-1", "ocid"),
    ] {
        assert!(EXAMPLE.contains(from), "{from}");
        fs::write(&file, EXAMPLE.replacen(from, to, 1)).unwrap();
        let (is_well, told) = look(folder.path(), &file);
        assert!(!is_well && told.contains(fault), "{to}: {fault} is not told: {told}");
    }
}

#[test]
#[ignore = "needs libcoveocds; scripts/test runs it"]
fn published_packages_are_what_the_standard_asks_for() {
    let item = "{id: procurement-list, name: รายการจัดซื้อจัดจ้าง, group: \"3.1\"}";
    let link = "    - {title: ตารางจัดซื้อจัดจ้าง, url: files/o12.csv}\n  updated: 2568-04-30";
    let site = Site::small()
        .replace("content/frameworks/small.yaml", "{id: service-guide, name: คู่มือบริการ, group: \"3.1\"}", item)
        .replace("content/2568/disclosures.yaml", "    - {title: มาตรการ, url: 2568/measures/}", link)
        .with("content/files/o12.csv", TABLE);
    let published = Published::of(&site, BASE);
    let package = published.public().join("2568/data/ocds-1.json");
    let folder = tempfile::tempdir().unwrap();
    let (is_well, told) = look(folder.path(), &package);
    assert!(is_well, "{told}");
}
