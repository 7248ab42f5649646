//! What `import` tells where a table can't be read as it stands: a quotation mark that is lost, codes across the head, a page that stores other
//! figures than it shows. And how it tells: in the language asked for, with reasons that are documented.

use std::fs;

use prongsai::base::language::Language;
use prongsai::staff::import::human::{self, End};
use prongsai::staff::import::{Edition, import};
use prongsai::text::SourceText;

use crate::import::{edition, figures, read, rows, told, workbook};
use crate::support::{Site, run};

/// Texts in which a quotation mark is lost, what is told of them, and the codes that are read all the same.
const TORN: &[(&str, &[&str], &[&str])] = &[
    ("ข้อ,ถาม,คะแนน\ni1,a,98\ni2,\"b,97\ni3,c,96\ni4,\"d,95\ni5,e,94\n", &["B3 i2 cut-off"], &["i1", "i5"]),
    ("i1,98\n\"i2,97\ni3,96\n", &["A2 i2 cut-off"], &["i1"]),
    ("i1,98\ni2,\"97\n", &["B2 i2 cut-off"], &["i1"]),
    ("i1,98\nหมายเหตุ,\"ก\n", &["B2 - cut-off"], &["i1"]),
    ("ข้อ;ถาม;คะแนน\ni1;a;98\ni2;\"b;97\ni3;c\";96\ni4;d;95\n", &["B3 i2 cut-off"], &["i1", "i4"]),
    ("ชื่อ,คะแนน\nIIT,98\n\"EIT,97\nOIT\",96\ni1,95\n", &["A3 - cut-off"], &["IIT", "i1"]),
    ("ชื่อ,ถาม,คะแนน\nIIT,a,98\nEIT,\"b,97\nการใช้อำนาจ,c,95\nOIT,d\",96\n", &["B3 - cut-off"], &["IIT"]),
    ("ข้อ,ถาม,คะแนน\ni1,a,98\ni2,\"b,97\ni3\",c,96\ni4,d,95\n", &["B3 i2 cut-off"], &["i1", "i4"]),
    ("i1\t98\ni2\t\"ก\t97\"ข\n", &["B2 i2 cut-off"], &["i1"]),
];

#[test]
fn a_lost_quotation_mark_is_a_doubt_where_it_stands() {
    for (text, expected, codes) in TORN {
        let import = read(text.as_bytes());
        assert_eq!(told(&import), *expected, "{text}");
        assert_eq!(import.doubts().count(), expected.len(), "{text}");
        let mut found: Vec<String> = figures(&import).into_keys().collect();
        found.sort();
        assert_eq!(found, *codes, "{text}");
    }
}

#[test]
fn line_ends_and_quotation_marks_of_a_cell_are_text() {
    for text in [
        "ข้อ,ถาม,คะแนน\ni1,\"ก; \"\"ข\"\"\n\nค\",98\ni2,\"ก, ข\r\nค, ง\" ,97\n",
        "ข้อ\tถาม\tคะแนน\ni1\t\"โปร่งใส\" คือ\t98\ni2\t\"ดูข้อ\ni3 และ i4\"\t97\n",
        "\"คำนำ, ทั้งหมด\" ของรายงาน\ni1\t98\ni2\t97\n",
        "ข้อ,ถาม,คะแนน\ni1,\"ดู o1 โครงสร้าง, อำนาจ\no2 บุคลากร, หน้าที่\",98\ni2,\"ปี 2567\nหน้า 2, 3\",97\n",
    ] {
        let import = read(text.as_bytes());
        assert_eq!(told(&import), Vec::<String>::new(), "{text}");
        assert_eq!(figures(&import), [("i1".to_owned(), "98".to_owned()), ("i2".to_owned(), "97".to_owned())].into(), "{text}");
    }
}

#[test]
fn a_page_that_stores_another_figure_than_it_shows_is_a_doubt() {
    for cell in ["x:num=\"97.25\">97", "x:num=97.25>97", "align=right sdval=\"97.25\" sdnum=\"1054;\">97.3", "x:num=\"0.9725\">97%"] {
        let import = read(format!("<table><tr><td>i1<td {cell}</td></table>").as_bytes());
        assert_eq!((told(&import), import.changes.len()), (vec!["table 1 B1 i1 shown-otherwise".to_owned()], 0), "{cell}");
    }
    for cell in ["x:num=\"97.25\">97.25", "x:num>97.25", "sdval=\"97.254\">97.25", "x:num=\"0.9725\">97.25%", "x:num=\"97.25\">97,25"] {
        let import = read(format!("<table><tr><td>i1<td {cell}</td></table>").as_bytes());
        assert_eq!((figures(&import)["i1"].as_str(), import.doubts().count()), ("97.25", 0), "{cell}");
    }
}

/// Tables with codes across their head, and the place where that is told.
const ACROSS: &[(&[&[&str]], &str)] = &[
    (
        &[
            &["ลำดับ", "หน่วยงาน", "IIT", "EIT", "OIT", "คะแนน ITA", "ระดับ"],
            &["1", "อบต.สีชมพู", "90", "91", "92", "91.1", "ผ่านดี"],
            &["2", "อบต.ภูพาน", "93", "94", "95", "94.1", "ผ่านดี"],
        ],
        "C1",
    ),
    (&[&["หน่วยงาน", "i1", "i2", "o1"], &["อบต.ภูพาน", "90", "91", "92"], &["อบต.สีชมพู", "80", "81", "82"]], "B1"),
    (&[&["", "i1", "i2"], &["คะแนน", "90", "91"]], "B1"),
    (&[&["ผลการประเมิน"], &["หน่วยงาน", "คะแนน IIT (30)", "คะแนน EIT (30)"], &["", "ร้อยละ", "ร้อยละ"], &["อบต.ภูพาน", "90", "91"]], "B2"),
    (&[&["ปี", "IIT", "EIT"], &["2567", "80", "81"], &["2568", "90", "91"]], "B1"),
];

#[test]
fn codes_across_the_head_of_a_table_are_told_once() {
    for (table, place) in ACROSS {
        let import = read(&workbook(&[("ก", "", &rows(table), "")]));
        assert_eq!(told(&import), [format!("{place} - codes-across")], "{table:?}");
        assert_eq!((import.changes.len(), import.doubts().count()), (0, 1), "{table:?}");
    }
    let text = human::render(&read(b"x\ti1\ti2\ny\t90\t91\n"), End::Shown, Language::Th, None);
    assert!(text.contains("สลับแถวกับคอลัมน์") && text.contains("บรรทัด 1, คอลัมน์ B"), "{text}");
}

#[test]
fn parts_and_instruments_over_rows_with_codes_are_no_codes_across() {
    for (text, expected) in [
        ("รหัส\tEIT1\tEIT2\tเฉลี่ย\ne1\t90\t92\t91\n", "e1.mean 91"),
        ("ตัวชี้วัด\tIIT\tEIT\tคะแนน\nการปฏิบัติหน้าที่\t90\t-\t90\n", "1 90"),
        // Where the file has the figures elsewhere, a second table leaves no doubt; nor does one of another year.
        ("IIT\t90\nEIT\t91\n\nหน่วยงาน\tIIT\tEIT\nก\t90\t91\n", "IIT 90"),
        ("i1\t90\nผลคะแนน ITA ปี 2567\nหน่วยงาน\tIIT\tEIT\nก\t80\t81\n", "i1 90"),
    ] {
        let import = read(text.as_bytes());
        assert_eq!(import.doubts().count(), 0, "{text}: {:?}", told(&import));
        let list: Vec<String> = figures(&import).into_iter().map(|(code, figure)| format!("{code} {figure}")).collect();
        assert!(list.contains(&expected.to_owned()), "{text}: {list:?}");
    }
}

#[test]
fn messages_follow_the_language_and_reasons_do_not() {
    let folder = tempfile::tempdir().unwrap();
    Site::sample().write_to(folder.path());
    fs::write(folder.path().join("t.csv"), "i1;รอผล\ni2;120\n").unwrap();
    let told = |language: &str| {
        let (_, out, _) = run(folder.path(), &format!("import t.csv --year 2568 --format json --lang {language}"));
        let object: serde_json::Value = serde_json::from_str(&out).unwrap();
        let last = object["told"].as_array().unwrap().last().unwrap().clone();
        (last["reason"].as_str().unwrap().to_owned(), last["message"].as_str().unwrap().to_owned())
    };
    assert_eq!(told("th"), ("out-of-range".to_owned(), "คะแนนต้องอยู่ระหว่าง 0 ถึง 100".to_owned()));
    assert_eq!(told("en"), ("out-of-range".to_owned(), "a score lies between 0 and 100".to_owned()));
}

#[test]
fn every_reason_is_documented() {
    let source = include_str!("../../src/staff/import/json.rs");
    let document = include_str!("../../docs/import.md");
    let words: Vec<&str> =
        source.lines().filter(|line| line.trim_start().starts_with("Why::")).filter_map(|line| line.split('"').nth(1)).collect();
    assert!(words.len() > 40, "{words:?}");
    let (_, reasons) = document.split_once("### JSON").unwrap();
    for word in words {
        assert!(reasons.contains(&format!("`{word}`")), "{word}");
    }
}

#[test]
fn an_account_has_single_blank_lines_and_fits_the_terminal() {
    let import = read(b"i1\t90\n");
    for width in [None, Some(40), Some(200)] {
        let text = human::render(&import, End::Shown, Language::En, width);
        assert!(!text.contains("\n\n\n"), "{text}");
        let widest = text.lines().filter(|line| line.starts_with("  ")).map(|line| line.chars().count()).max().unwrap();
        let most = width.unwrap_or(80).min(80);
        assert!((most - 8..=most).contains(&widest), "{widest}: {text}");
    }
}

#[test]
fn an_instrument_is_not_missing_beside_its_parts() {
    let import = read(b"EIT1\t90\nEIT2\t91\n");
    assert!(!import.missing.iter().any(|code| code.starts_with("EIT")) && import.missing.contains(&"IIT".to_owned()));
    assert!(read(b"IIT\t90\n").missing.contains(&"EIT".to_owned()));
    let mut present: Edition = edition("");
    let text = "framework: ita-2568\ninstruments:\n  EIT1: 90\n  EIT2: 91\n".to_owned();
    present.assessment = Some(SourceText { path: "content/2568/assessment.yaml".into(), text });
    let missing = import_missing(&present);
    assert!(!missing.iter().any(|code| code.starts_with("EIT")), "{missing:?}");
}

fn import_missing(present: &Edition) -> Vec<String> {
    import(b"IIT\t90\n", present).unwrap().missing
}
