//! The way of an office from an empty folder to a checked site, and the same a year later, in Thai: through the commands and the tables that
//! were handed to it, without a file touched by hand.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use prongsai::framework::{Pack, builtin};

use crate::import::workbook;
use crate::support::{prongsai, run};

const OFFICE: &str = "องค์การบริหารส่วนตำบลทดสอบ";

/// Runs a line that has to end well, in Thai, and gives what it says as the result.
fn well(folder: &Path, line: &str) -> String {
    let (status, out, err) = said(folder, line);
    assert_eq!(status, 0, "{line}\n{out}{err}");
    out
}

fn said(folder: &Path, line: &str) -> (i32, String, String) {
    let mut command = prongsai(folder);
    command.args(line.split_whitespace()).args(["--lang", "th"]);
    let output = command.output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

/// The workbook of an announcement: every question and item with the same score, so that all means are that score.
fn scores(pack: &Pack, score: &str) -> Vec<u8> {
    let mut rows = String::from(
        "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>ข้อ</t></is></c><c r=\"B1\" t=\"inlineStr\"><is><t>คะแนน</t></is></c></row>",
    );
    let mut row = 1;
    let mut put = |name: &str, score: &str| {
        row += 1;
        let cell = |column: char, text: &str| format!("<c r=\"{column}{row}\" t=\"inlineStr\"><is><t>{text}</t></is></c>");
        write!(rows, "<row r=\"{row}\">{}{}</row>", cell('A', name), cell('B', score)).unwrap();
    };
    put("คะแนนรวม", score);
    for instrument in pack.instruments.iter().filter(|instrument| instrument.parts.is_empty()) {
        put(&instrument.id, score);
    }
    for part in pack.instruments.iter().flat_map(|instrument| &instrument.parts) {
        put(&part.id, score);
    }
    for indicator in &pack.indicators {
        put(&format!("ตัวชี้วัดที่ {} {}", indicator.number, indicator.name.th), score);
    }
    for (place, question) in pack.questions.iter().enumerate() {
        let all = format!("EP {score} ES {score} เฉลี่ย {score}");
        let has_parts = !pack.parts_of(place).is_empty();
        put(&format!("{} {}", question.code.to_string().to_uppercase(), question.text.th), if has_parts { &all } else { score });
    }
    for item in &pack.items {
        put(&item.code.to_string(), score);
    }
    workbook(&[("ผลคะแนน", "", &rows, "")])
}

/// The table of measures of a report, as it is pasted from a document.
fn measures(pack: &Pack) -> String {
    let mut text = String::from("ประเด็น\tวิธีการ\tขั้นตอน\tผู้รับผิดชอบ\tระยะเวลา\n");
    for issue in &pack.issues {
        let (number, name) = (issue.number, &issue.name.th);
        writeln!(text, "({number}) {name}\tปรับปรุงเรื่องที่ {number}\t๑) วางแผน ๒) ลงมือทำ\tสำนักปลัด\t๑ ตุลาคม ๒๕๖๘ ถึง ๓๐ กันยายน ๒๕๖๙").unwrap();
    }
    text
}

#[test]
fn from_an_empty_folder_to_a_checked_site_and_on_to_the_next_year() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    let pack = builtin::get("ita-2568").unwrap();

    let made = well(root, &format!("init office --agency {OFFICE} --year ๒๕๖๘ --base-url https://ita.example.go.th/ --yes"));
    assert!(made.contains("content/site.yaml") && made.contains("schemas/"), "{made}");
    let site = root.join("office");
    assert_eq!(said(&site, "check --strict").0, 0, "a new site has nothing to mend");

    // The announcement arrives: shown first, then written.
    fs::write(site.join("scores.xlsx"), scores(pack, "๙๖.๐๐")).unwrap();
    fs::write(site.join("measures.txt"), measures(pack)).unwrap();
    let before = fs::read_to_string(site.join("content/2568/assessment.yaml")).unwrap();
    let shown = well(&site, "import scores.xlsx --year 2568");
    assert!(shown.contains("--write") && shown.contains("B2"), "{shown}");
    assert_eq!(fs::read_to_string(site.join("content/2568/assessment.yaml")).unwrap(), before);
    well(&site, "import scores.xlsx --year 2568 --write");
    well(&site, "import measures.txt --year ๒๕๖๘ --write");
    let after = fs::read_to_string(site.join("content/2568/assessment.yaml")).unwrap();
    let comments = |text: &str| text.lines().filter(|line| line.trim_start().starts_with('#')).map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(comments(&after), comments(&before), "the comments of the new file stay");
    let (_, again, _) = said(&site, "import scores.xlsx --year 2568 --format json");
    assert!(again.contains("\"changes\": []"), "what was written is there: {again}");

    // Nothing is wrong; what is not written yet is a draft, and said so.
    let (status, report, _) = said(&site, "check --format json");
    let report: serde_json::Value = serde_json::from_str(&report).unwrap();
    assert_eq!((status, report["summary"]["errors"].as_u64()), (0, Some(0)), "{report:#}");
    let mismatches = report["findings"].as_array().unwrap().iter().filter(|finding| finding["code"] == "score-mismatch").count();
    assert_eq!(mismatches, 0, "{report:#}");
    assert!(well(&site, "status").contains("ปี 2568"));

    // Published, checked, and the addresses handed in.
    well(&site, "build");
    well(&site, "verify public");
    let urls: serde_json::Value = serde_json::from_str(&well(&site, "export urls --format json")).unwrap();
    let urls = urls.as_array().unwrap();
    assert_eq!(urls.len(), pack.items.len());
    for row in urls {
        let address = row["address"].as_str().unwrap();
        assert_eq!((row["published"].as_bool(), row["url"].as_str()), (Some(true), Some(&*format!("https://ita.example.go.th/{address}"))));
        assert!(site.join("public").join(address).join("index.html").is_file(), "{address}");
    }

    // A year later.
    let carried = well(&site, "new year ๒๕๖๙");
    assert!(carried.contains("content/2569/") && carried.contains("o12"), "{carried}");
    well(&site, "build");
    assert!(!site.join("public/2569").exists(), "a draft is not published");
    assert_eq!(said(&site, "check --drafts").0, 0);
    fs::write(site.join("next.csv"), "รายการ,คะแนน\r\nคะแนนรวม,97.10\r\nตัวชี้วัดที่ 1,97.00\r\n").unwrap();
    well(&site, "import next.csv --year 2569 --write");
    well(&site, "build --drafts");
    well(&site, "verify public");
    let table = fs::read_to_string(site.join("public/2569/data/scores.csv")).unwrap();
    assert!(table.contains(",97.10,"), "the figure that was imported is published: {table}");
    assert_eq!(run(&site, "init . --yes").0, 2, "a site is not begun twice");
}
