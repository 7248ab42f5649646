//! Tables that people have, and what `prongsai import` makes of them: the layout of a report in our own words, spreadsheets of both kinds,
//! pages and texts, with and without a header. The reading of odd and hostile tables is in `import_hostile`, the edits in `import_yaml`.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;

use prongsai::base::digits;
use prongsai::base::language::Language;
use prongsai::framework::{Pack, builtin};
use prongsai::staff::import::{Edition, Import, import};
use prongsai::text::SourceText;

use crate::attachments::zip;
use crate::support::{Site, prongsai, run};

/// An edition with this result, by the pack of 2568.
pub fn edition(assessment: &str) -> Edition {
    let source = |path: &str, text: &str| SourceText { path: path.into(), text: text.to_owned() };
    Edition {
        year: 2568,
        folder: "content/2568/".to_owned(),
        assessment: Some(source("content/2568/assessment.yaml", assessment)),
        ..Edition::default()
    }
}

/// What a table comes to for an edition without a figure.
pub fn read(table: &[u8]) -> Import {
    import(table, &edition("framework: ita-2568\n")).unwrap()
}

/// The figures of an import, as `code` or `code.part` and the digits, and the level.
pub fn figures(import: &Import) -> BTreeMap<String, String> {
    let one = |change: &prongsai::staff::import::Change| {
        let code = change.part.as_ref().map_or_else(|| change.code.clone(), |part| format!("{}.{part}", change.code));
        (code, change.to.clone())
    };
    import.changes.iter().map(one).collect()
}

/// What is told, as place, code and reason.
pub fn told(import: &Import) -> Vec<String> {
    let object: serde_json::Value = serde_json::from_str(&prongsai::staff::import::json::render(import, false, Language::En)).unwrap();
    let list = object["told"].as_array().unwrap().iter();
    list.map(|told| {
        format!("{} {} {}", told["at"]["cell"].as_str().unwrap(), told["code"].as_str().unwrap_or("-"), told["reason"].as_str().unwrap())
    })
    .collect()
}

/// A workbook of sheets: each a name, what stands before `sheetData`, its rows, and what stands behind.
pub fn workbook(sheets: &[(&str, &str, &str, &str)]) -> Vec<u8> {
    let (mut list, mut relations) = (String::new(), String::new());
    let mut parts: Vec<(String, String)> = Vec::new();
    for (number, (name, before, rows, behind)) in (1..).zip(sheets) {
        write!(list, "<sheet name=\"{name}\" sheetId=\"{number}\" r:id=\"r{number}\"/>").unwrap();
        write!(relations, "<Relationship Id=\"r{number}\" Type=\"x/worksheet\" Target=\"worksheets/sheet{number}.xml\"/>").unwrap();
        let sheet = format!("<worksheet>{before}<sheetData>{rows}</sheetData>{behind}</worksheet>");
        parts.push((format!("xl/worksheets/sheet{number}.xml"), sheet));
    }
    parts.push((
        "xl/workbook.xml".to_owned(),
        format!("<workbook><sheets>{}</sheets></workbook>", list.replace("!hidden\"", "\" state=\"hidden\"")),
    ));
    parts.push(("xl/_rels/workbook.xml.rels".to_owned(), format!("<Relationships>{relations}</Relationships>")));
    let styles = "<styleSheet><numFmts><numFmt numFmtId=\"164\" formatCode=\"t0.00\"/><numFmt numFmtId=\"165\" formatCode=\"[$-41E]d mmm yyyy\"/></numFmts>\
        <cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"164\"/><xf numFmtId=\"165\"/><xf numFmtId=\"10\"/></cellXfs></styleSheet>";
    parts.push(("xl/styles.xml".to_owned(), styles.to_owned()));
    let parts: Vec<(&str, &[u8])> = parts.iter().map(|(name, text)| (name.as_str(), text.as_bytes())).collect();
    zip(&parts)
}

/// Rows of texts as those of a sheet.
pub fn rows(table: &[&[&str]]) -> String {
    let mut out = String::new();
    for (number, row) in (1..).zip(table) {
        write!(out, "<row r=\"{number}\">").unwrap();
        for (text, column) in row.iter().zip('A'..) {
            if !text.is_empty() {
                let text = text.replace('&', "&amp;").replace('<', "&lt;");
                write!(out, "<c r=\"{column}{number}\" t=\"inlineStr\"><is><t>{text}</t></is></c>").unwrap();
            }
        }
        out.push_str("</row>");
    }
    out
}

/// A spreadsheet of OpenDocument with this content of its body, after these styles.
pub fn open_sheet(styles: &str, tables: &str) -> Vec<u8> {
    let content = format!(
        "<office:document-content><office:automatic-styles>{styles}</office:automatic-styles><office:body><office:spreadsheet>{tables}\
         </office:spreadsheet></office:body></office:document-content>"
    );
    zip(&[
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", b"<manifest:manifest/>"),
        ("content.xml", content.as_bytes()),
    ])
}

fn pack() -> &'static Pack {
    builtin::get("ita-2568").unwrap()
}

/// A code in one of the spellings of real reports.
fn spelt(code: &str, turn: usize) -> String {
    let (letter, number) = code.split_at(1);
    match turn % 6 {
        0 => code.to_owned(),
        1 => format!("{letter}{}", digits::to_thai(number)),
        2 => format!("{}{}", letter.to_uppercase(), digits::to_thai(number)),
        3 if letter == "o" => format!("๐{}", digits::to_thai(number)),
        4 => format!("{} {number}", letter.to_uppercase()),
        5 => format!("{letter}-{number}"),
        _ => format!("{}{number}", letter.to_uppercase()),
    }
}

/// A whole report as rows of cells, and the figures that are in it.
fn report() -> (Vec<Vec<String>>, BTreeMap<String, String>) {
    let (mut rows, mut expected): (Vec<Vec<String>>, _) = (Vec::new(), BTreeMap::new());
    let row = |cells: &[&str]| cells.iter().map(|cell| (*cell).to_owned()).collect::<Vec<_>>();
    rows.push(row(&["รายงานของหน่วยงานตัวอย่าง ปี พ.ศ. ๒๕๖๘"]));
    rows.push(row(&["หน่วยงานตัวอย่างมีคะแนนโดยรวม ๙๖.๔๐ คะแนน อยู่ในระดับ “ผ่านดีเยี่ยม” (๙๖.๔๐ คะแนน)"]));
    expected.insert("overall".to_owned(), "96.40".to_owned());
    expected.insert("level".to_owned(), "ผ่านดีเยี่ยม".to_owned());
    rows.push(row(&["เครื่องมือ", "คะแนน"]));
    for (name, code, figure) in
        [("IIT", "IIT", "๙๙.๑"), ("EIT ส่วนที่ ๑", "EIT1", "๙๘.๐๐"), ("EIT ส่วนที่ ๒", "EIT2", "๙๗"), ("OIT", "OIT", "95.5")]
    {
        rows.push(row(&[name, figure]));
        expected.insert(code.to_owned(), digits::to_ascii(figure));
    }
    rows.push(row(&["ตัวชี้วัดที่", "รายละเอียด", "คะแนน"]));
    for indicator in &pack().indicators {
        let figure = format!("9{}.{:02}", indicator.number % 10, indicator.number);
        // A report shortens a name here and there; the number says which is meant.
        let name = indicator.name.th.replace("ระบบ", "");
        rows.push(row(&[&indicator.number.to_string(), &name, &figure]));
        expected.insert(indicator.number.to_string(), figure);
    }
    let mut turn = 0;
    for issue in &pack().issues {
        rows.push(row(&[&format!("({}) {}", digits::to_thai(&issue.number.to_string()), issue.name.th)]));
        rows.push(row(&["ข้อคำถาม", "ผลคะแนน"]));
        for member in &issue.members {
            turn += 1;
            let code = member.to_string();
            let cell = format!("{} คำถามข้อหนึ่ง, ของปี พ.ศ. ๒๕๖๗ มากน้อยเพียงใด", spelt(&code, turn));
            if code.starts_with('e') {
                let (ep, es, mean) = (format!("9{}.25", turn % 10), format!("9{}.50", turn % 10), format!("9{}.38", turn % 10));
                rows.push(row(&[&cell, &digits::to_thai(&format!("EP {ep} ES {es} เฉลี่ย {mean}"))]));
                for (part, figure) in [("ep", ep), ("es", es), ("mean", mean)] {
                    expected.insert(format!("{code}.{part}"), figure);
                }
            } else {
                let figure = if turn % 3 == 0 { "100".to_owned() } else { format!("8{}.{turn:02}", turn % 10) };
                rows.push(row(&[&cell, &digits::to_thai(&figure)]));
                expected.insert(code, figure);
            }
        }
        rows.push(Vec::new());
    }
    (rows, expected)
}

fn joined(rows: &[Vec<String>], sign: &str, quote: bool) -> String {
    let one = |cell: &String| if quote { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell.clone() };
    rows.iter().map(|row| row.iter().map(one).collect::<Vec<_>>().join(sign) + "\r\n").collect()
}

/// Windows-874, of which the letters of these tables are those of Thai and ASCII.
fn in_windows_874(text: &str) -> Vec<u8> {
    let byte = |c: char| if c.is_ascii() { c as u8 } else { u8::try_from(u32::from(c) - 0xe00 + 0xa0).unwrap() };
    text.chars().map(byte).collect()
}

#[test]
fn a_report_is_understood_whole_in_every_form() {
    let (table, expected) = report();
    assert_eq!(expected.iter().filter(|(code, _)| !code.contains('.') || code.ends_with(".mean")).count(), 1 + 1 + 4 + 10 + 52);
    let html = |table: &[Vec<String>]| {
        let row = |row: &Vec<String>| match row.as_slice() {
            [one] => format!("</table><p>{one}</p><table>"),
            cells => format!(
                "<tr>{}",
                cells.iter().map(|cell| format!("<td><p>{}</p></td>", cell.replace("EP", "<b>EP</b>&nbsp;"))).collect::<String>()
            ),
        };
        format!("<!doctype html><title>1</title><table>{}</table>", table.iter().map(row).collect::<String>())
    };
    let borrowed: Vec<Vec<&str>> = table.iter().map(|row| row.iter().map(String::as_str).collect()).collect();
    let borrowed: Vec<&[&str]> = borrowed.iter().map(Vec::as_slice).collect();
    let open: String = table
        .iter()
        .map(|row| {
            let cells =
                row.iter().map(|cell| format!("<table:table-cell office:value-type=\"string\"><text:p>{cell}</text:p></table:table-cell>"));
            format!(
                "<table:table-row>{}<table:table-cell table:number-columns-repeated=\"16000\"/></table:table-row>",
                cells.collect::<String>()
            )
        })
        .collect();
    let open = format!("<table:table table:name=\"ผล\">{open}<table:table-row table:number-rows-repeated=\"1040000\"/></table:table>");
    let plain = joined(&table, "\t", false);
    let wide: Vec<u8> = [0xff, 0xfe].into_iter().chain(plain.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let dashes = plain.replace(['“', '”'], "\"");
    for (name, bytes) in [
        ("tabs", plain.clone().into_bytes()),
        ("a mark before it", format!("\u{feff}{plain}").into_bytes()),
        ("UTF-16", wide),
        ("commas", joined(&table, ",", true).into_bytes()),
        ("semicolons", joined(&table, ";", true).into_bytes()),
        ("Windows-874", in_windows_874(&dashes)),
        ("spaces", joined(&table, "   ", false).into_bytes()),
        ("strokes", joined(&table, " | ", false).lines().map(|line| format!("| {line} |\n")).collect::<String>().into_bytes()),
        ("page", html(&table).into_bytes()),
        ("a piece of a page", html(&table).replacen("<!doctype html><title>1</title>", "<p>ตาราง</p>", 1).into_bytes()),
        ("xlsx", workbook(&[("ผล", "", &rows(&borrowed), "")])),
        ("ods", open_sheet("", &open)),
    ] {
        let import = read(&bytes);
        assert_eq!(figures(&import), expected, "{name}");
        assert_eq!(told(&import), Vec::<String>::new(), "{name}");
        assert_eq!(import.missing, Vec::<String>::new(), "{name}");
    }
}

#[test]
fn a_place_is_that_of_the_spreadsheet() {
    let import = read(&workbook(&[("หน้า", "", "", ""), ("คะแนน", "", &rows(&[&[], &["", "i1", "", "99.5"]]), "")]));
    let at = &import.changes[0].at;
    assert_eq!((at.sheet.as_deref(), at.cell().as_str()), (Some("คะแนน"), "D2"));
    let import = read("\n\ni1;\"สอง\nบรรทัด\";99.5\ni2;;98\n".as_bytes());
    assert_eq!(import.changes.iter().map(|change| change.at.line).collect::<Vec<_>>(), [Some(3), Some(5)]);
}

/// What it is, rows of cells, and the figures that they give.
type Layout = (&'static str, &'static [&'static [&'static str]], &'static [(&'static str, &'static str)]);

const LAYOUTS: &[Layout] = &[
    ("a code alone", &[&["i1", "100"], &["O๒", "๙๐"]], &[("i1", "100"), ("o2", "90")]),
    ("three scores in a row", &[&["e1", "98.43", "98.33", "98.38"]], &[("e1.ep", "98.43"), ("e1.es", "98.33"), ("e1.mean", "98.38")]),
    ("the mean alone", &[&["e1", "คำถาม", "98.38"]], &[("e1.mean", "98.38")]),
    (
        "named columns in another order",
        &[&["ลำดับ", "เฉลี่ย", "ES", "EP", "ข้อคำถาม"], &["1", "98.38", "98.33", "98.43", "e1 ถาม"]],
        &[("e1.ep", "98.43"), ("e1.es", "98.33"), ("e1.mean", "98.38")],
    ),
    (
        "a header of two rows",
        &[&["รหัส", "คะแนน", "", ""], &["", "EIT ส่วนที่ 1", "EIT ส่วนที่ 2", "ค่าเฉลี่ย"], &["e1", "98.43", "98.33", "98.38"]],
        &[("e1.ep", "98.43"), ("e1.es", "98.33"), ("e1.mean", "98.38")],
    ),
    (
        "named cells",
        &[&["e1", "EP", "98.43", "ES", "98.33", "เฉลี่ย", "98.38"]],
        &[("e1.ep", "98.43"), ("e1.es", "98.33"), ("e1.mean", "98.38")],
    ),
    (
        "a figure and its name in a cell",
        &[&["e1 ถาม", "EP 98.43", "ES: 98.33", "เฉลี่ย = 98.38"]],
        &[("e1.ep", "98.43"), ("e1.es", "98.33"), ("e1.mean", "98.38")],
    ),
    (
        "all in one cell",
        &[&["e1 ถามปี 2567 EP ๙๘.๔๓ ES ๙๘.๓๓ เฉลี่ย ๙๘.๓๘", ""]],
        &[("e1.ep", "98.43"), ("e1.es", "98.33"), ("e1.mean", "98.38")],
    ),
    ("the score before the code", &[&["คะแนน", "ข้อ"], &["88", "i1"], &["89", "i2"]], &[("i1", "88"), ("i2", "89")]),
    ("a running number", &[&["1", "i1", "88"], &["2", "i2", "89"], &["3", "i3", "90"]], &[("i1", "88"), ("i2", "89"), ("i3", "90")]),
    ("weights, years and remarks", &[&["รหัส", "คะแนนเต็ม", "ปี 2567", "ปี 2568", "ผลต่าง"], &["i1", "100", "80", "90", "10"]], &[("i1", "90")]),
    ("scores by their years", &[&["รายการ", "คะแนน 2567", "คะแนน 2568"], &["i1", "80", "90"]], &[("i1", "90")]),
    (
        "a score, and what it is besides",
        &[&["รหัส", "คะแนน (เต็ม 100)", "คะแนนถ่วงน้ำหนัก", "คะแนนประเมินตนเอง", "SD"], &["i1", "90", "9", "80", "0.5"]],
        &[("i1", "90")],
    ),
    (
        "two tables side by side",
        &[&["i1", "90", "", "o1", "80"], &["i2", "91", "", "o2", "81"]],
        &[("i1", "90"), ("i2", "91"), ("o1", "80"), ("o2", "81")],
    ),
    ("two tables one below the other", &[&["i1", "90"], &[], &["รหัส", "ชื่อ", "คะแนน"], &["o1", "ก", "80"]], &[("i1", "90"), ("o1", "80")]),
    (
        "words around",
        &[&["i1", "98.43%"], &["i2", "ร้อยละ 90"], &["i3", "88 คะแนน"], &["i4", "98,43"]],
        &[("i1", "98.43"), ("i2", "90"), ("i3", "88"), ("i4", "98.43")],
    ),
    ("a code twice", &[&["i1", "90"], &["I๑ คำถาม", "90.00"]], &[("i1", "90")]),
    (
        "indicators by name",
        &[&["การเปิดเผยข้อมูล", "90"], &["ตัวชี้วัดที่ ๑๐", "91"], &["8. การปรับปรุงระบบการทำงาน", "92"]],
        &[("9", "90"), ("10", "91"), ("8", "92")],
    ),
    (
        "instruments by name",
        &[
            &["แบบวัดการรับรู้ของผู้มีส่วนได้ส่วนเสียภายใน (IIT)", "90"],
            &["EIT (Part 1)", "91"],
            &["EIT2", "92"],
            &["Open Data Integrity and Transparency Assessment : OIT", "93"],
            &["คะแนนรวม ITA", "91.5", "ผ่านดี"],
        ],
        &[("IIT", "90"), ("EIT1", "91"), ("EIT2", "92"), ("OIT", "93"), ("overall", "91.5"), ("level", "ผ่านดี")],
    ),
    (
        "a sum among instruments",
        &[&["เครื่องมือ", "น้ำหนัก", "คะแนน"], &["IIT", "30", "90"], &["รวม", "100", "91"]],
        &[("IIT", "90"), ("overall", "91")],
    ),
    (
        "a mean beside the total",
        &[&["ตัวชี้วัด", "คะแนน"], &["1", "90"], &["เฉลี่ย", "90"], &["ภาพรวม", "91"]],
        &[("1", "90"), ("overall", "91")],
    ),
    ("lines in a cell", &[&["e1", "EP 98.43\nES 98.33\nเฉลี่ย 98.38"]], &[("e1.ep", "98.43"), ("e1.es", "98.33"), ("e1.mean", "98.38")]),
    ("a mean among codes", &[&["i1", "90"], &["i2", "92"], &["คะแนนเฉลี่ย", "91"]], &[("i1", "90"), ("i2", "92")]),
    ("a sentence of another year", &[&["i1", "90"], &["ปี 2567 มีคะแนนโดยรวม 80 คะแนน"]], &[("i1", "90")]),
    ("a sentence with two figures", &[&["i1", "90"], &["คะแนนโดยรวม 80 คะแนน จากเดิม 70 คะแนน"]], &[("i1", "90")]),
];

#[test]
fn every_layout_gives_its_figures() {
    for (name, table, expected) in LAYOUTS {
        let import = read(&workbook(&[("ก", "", &rows(table), "")]));
        let expected: BTreeMap<String, String> = expected.iter().map(|(code, figure)| ((*code).to_owned(), (*figure).to_owned())).collect();
        assert_eq!(figures(&import), expected, "{name}: {:?}", told(&import));
        assert_eq!(import.doubts().count(), 0, "{name}: {:?}", told(&import));
    }
}

#[test]
fn merged_cells_speak_for_the_rows_below() {
    let table: &[&[&str]] = &[&["e1 คำถาม", "EP", "98.43"], &["", "ES", "98.33"], &["", "เฉลี่ย", "98.38"], &["i1", "", "90"]];
    let import = read(&workbook(&[("ก", "", &rows(table), "<mergeCells><mergeCell ref=\"A1:A3\"/></mergeCells>")]));
    let page = "<table><tr><td rowspan=3>e1 คำถาม<td>EP<td>98.43<tr><td>ES<td>98.33<tr><td>เฉลี่ย<td>98.38<tr><td colspan=2>i1<td>90</table>";
    let open = "<table:table table:name=\"ก\"><table:table-row><table:table-cell table:number-rows-spanned=\"3\"><text:p>e1 <text:s/>คำถาม</text:p></table:table-cell>\
        <table:table-cell><text:p>EP</text:p></table:table-cell><table:table-cell office:value-type=\"float\" office:value=\"98.42999\"><text:p>98.43</text:p></table:table-cell></table:table-row>\
        <table:table-row><table:covered-table-cell/><table:table-cell><text:p>ES</text:p></table:table-cell><table:table-cell><text:p>98.33</text:p></table:table-cell></table:table-row>\
        <table:table-row><table:covered-table-cell/><table:table-cell><text:p>เฉลี่ย</text:p></table:table-cell><table:table-cell><text:p>98.38</text:p></table:table-cell></table:table-row>\
        <table:table-row><table:table-cell table:number-columns-spanned=\"2\"><text:p>i1</text:p></table:table-cell><table:covered-table-cell/><table:table-cell><text:p>90</text:p></table:table-cell></table:table-row></table:table>";
    let expected = [("e1.ep", "98.43"), ("e1.es", "98.33"), ("e1.mean", "98.38"), ("i1", "90")];
    let expected: BTreeMap<String, String> = expected.iter().map(|(code, figure)| ((*code).to_owned(), (*figure).to_owned())).collect();
    for import in [import, read(page.as_bytes()), read(&open_sheet("", open))] {
        assert_eq!((figures(&import), told(&import)), (expected.clone(), Vec::new()));
    }
}

#[test]
fn a_stored_number_is_what_the_cell_shows() {
    let cells = "<row r=\"1\"><c r=\"A1\" t=\"str\"><v>i1</v></c><c r=\"B1\" s=\"1\"><v>98.42999999999999</v></c></row>\
        <row r=\"2\"><c r=\"A2\" t=\"str\"><v>i2</v></c><c r=\"B2\" s=\"1\"><v>90</v></c></row>\
        <row r=\"3\"><c r=\"A3\" t=\"str\"><v>i3</v></c><c r=\"B3\"><v>98.429999999999993</v></c></row>\
        <row r=\"4\"><c r=\"A4\" t=\"str\"><v>i4</v></c><c r=\"B4\" s=\"3\"><v>0.9843</v></c></row>";
    let import = read(&workbook(&[("ก", "", cells, "")]));
    let expected = [("i1", "98.43"), ("i2", "90.00"), ("i3", "98.43"), ("i4", "98.43")];
    assert_eq!(figures(&import), expected.iter().map(|(code, figure)| ((*code).to_owned(), (*figure).to_owned())).collect());
}

/// A table of measures in our own words, as a text of tabs with tags that were left in it.
const MEASURES: &str = "ประเด็น\tวิธีการนำไปปฏิบัติ\tขั้นตอน\tผู้รับผิดชอบ\tระยะเวลา\tงบประมาณ\n\
(1) กระบวนการปฏิบัติงานที่โปร่งใสและมีประสิทธิภาพ\tปรับปรุงคู่มือ\t1. ทบทวน 2 . แก้ไข: ครั้งที่ 1\tสำนักปลัด, กองคลัง\tตลอดปีงบประมาณ พ. ศ. ๒๕๖๘\t-\n\
<p>ประเด็นที่ ๒</p>\t<p>เพิ่มช่องทาง</p>\t<ol style=\"x\"> 1) เปิดเพจ 2) ตอบคำถาม </ol>\t<p>งานประชาสัมพันธ์</p>\t<p>1 ม.ค. 2568 - 31 มี.ค. 2568</p>\t5,000\n\
5) กระบวนการสร้างความโปร่งใสในการใช้งบประมาณและการจัดซื้อจัดจ้าง\tอบรม #1\tอบรมทุกกอง\tกองคลัง\tทุกไตรมาส\t\n\
5) กระบวนการสร้างความโปร่งใสในการใช้งบประมาณและการจัดซื้อจัดจ้าง\tอบรม # 1\tอบรมทุกกอง\tกองคลัง\tตลอดปี\t\n";

#[test]
fn measures_are_appended_and_none_twice() {
    let present = "# มาตรการ\r\n- issue: 2\r\n  id: m1\r\n  method: เพิ่มช่องทาง   # เดิม\r\n  steps: [ก]\r\n# ท้าย";
    let mut edition = edition("framework: ita-2568\n");
    edition.measures = Some(SourceText { path: "content/2568/measures.yaml".into(), text: present.to_owned() });
    let result = import(MEASURES.as_bytes(), &edition).unwrap();
    assert_eq!((result.same_measures, result.measures.len(), result.changes.len()), (1, 2, 0));
    assert_eq!(told(&result), ["A5 issue-5 measure-twice"]);
    let expected = "# มาตรการ\r\n- issue: 2\r\n  id: m1\r\n  method: เพิ่มช่องทาง   # เดิม\r\n  steps: [ก]\r\n\
\r\n- issue: 1\r\n  id: m2\r\n  method: ปรับปรุงคู่มือ\r\n  steps:\r\n    - ทบทวน\r\n    - \"แก้ไข: ครั้งที่ 1\"\r\n  responsible:\r\n    - สำนักปลัด\r\n    - กองคลัง\r\n  \
period: {from: 2567-10-01, to: 2568-09-30, text: ตลอดปีงบประมาณ พ. ศ. ๒๕๖๘}\r\n  status: planned\r\n\
\r\n- issue: 5\r\n  id: m5\r\n  method: \"อบรม #1\"\r\n  steps:\r\n    - อบรมทุกกอง\r\n  responsible:\r\n    - กองคลัง\r\n  period: {text: ทุกไตรมาส}\r\n  status: planned\r\n# ท้าย";
    assert_eq!(result.texts[0].after, expected);
    edition.measures = Some(SourceText { path: "content/2568/measures.yaml".into(), text: expected.to_owned() });
    let again = import(MEASURES.as_bytes(), &edition).unwrap();
    assert_eq!((again.same_measures, again.texts.len()), (3, 0));
}

#[test]
fn the_command_shows_the_change_and_writes_it_when_asked() {
    let folder = tempfile::tempdir().unwrap();
    Site::sample().write_to(folder.path());
    let path = folder.path().join("content/2568/assessment.yaml");
    let before = fs::read_to_string(&path).unwrap();
    fs::write(folder.path().join("t.csv"), "รหัส;คะแนน\ni11;99.53\ni12;100\n").unwrap();
    let line = "import t.csv --year ๒๕๖๘ --lang th";
    let (status, out, err) = run(folder.path(), line);
    assert_eq!((status, err.as_str()), (0, ""));
    assert!(out.starts_with("content/2568/assessment.yaml: i11: 99.35 → 99.53   (บรรทัด 2, คอลัมน์ B)\n"), "{out}");
    assert!(out.contains("ตรงกับที่มีอยู่แล้ว 1 ค่า") && out.trim_end().ends_with("--write"), "{out}");
    assert_eq!(fs::read_to_string(&path).unwrap(), before);
    let (status, out, _) = run(folder.path(), "import t.csv --year 2568 --write --format json");
    let object: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!((status, &object["written"], &object["changes"][0]["from"]), (0, &true.into(), &"99.35".into()));
    assert_eq!(fs::read_to_string(&path).unwrap(), before.replace("i11: 99.35", "i11: 99.53"));
    let (status, out, _) = run(folder.path(), "import t.csv --year 2568 --write --lang en");
    assert!(status == 0 && out.contains("nothing to write"), "{out}");
    let output = prongsai(folder.path()).args(["import", "-", "--year", "2568"]).write_stdin("i11\t99.35\n").output().unwrap();
    assert!(String::from_utf8(output.stdout).unwrap().contains("i11: 99.53 → 99.35"));
    assert_eq!(
        fs::read_dir(folder.path().join("content/2568"))
            .unwrap()
            .filter(|entry| entry.as_ref().unwrap().file_name().to_str().unwrap().starts_with('.'))
            .count(),
        0
    );
}

#[test]
fn a_result_that_is_not_there_yet_is_made_as_a_draft() {
    let folder = tempfile::tempdir().unwrap();
    Site::sample().without("content/2568/assessment.yaml").write_to(folder.path());
    fs::write(folder.path().join("t.txt"), "i1\t100\ne1\tEP 98 ES 99 เฉลี่ย 98.5\n").unwrap();
    let (status, out, err) = run(folder.path(), "import t.txt --year 2568 --write");
    assert_eq!(status, 0, "{out}{err}");
    let text = fs::read_to_string(folder.path().join("content/2568/assessment.yaml")).unwrap();
    assert!(
        text.contains("\nframework: ita-2568\nquestions:\n  i1: 100\n  e1: {ep: 98, es: 99, mean: 98.5}\n")
            && text.ends_with("\ndraft: true\n"),
        "{text}"
    );
}

#[test]
fn the_agency_and_the_year_have_to_be_there() {
    let folder = tempfile::tempdir().unwrap();
    Site::two().write_to(folder.path());
    fs::write(folder.path().join("t.txt"), "i1\t91\n").unwrap();
    let (status, _, err) = run(folder.path(), "import t.txt --year 2568 --lang en");
    assert!(status == 2 && err.contains("alpha, เบต้า"), "{err}");
    let (status, _, err) = run(folder.path(), "import t.txt --year 2568 --agency gamma --lang en");
    assert!(status == 2 && err.contains("alpha, เบต้า"), "{err}");
    let (status, _, err) = run(folder.path(), "import t.txt --year 2569 --agency เบต้า --lang en");
    assert!(status == 2 && err.contains("prongsai new year 2569"), "{err}");
    let (status, _, err) = run(folder.path(), "import t.txt --year last --agency เบต้า --lang en");
    assert!(status == 2 && err.contains("`last`"), "{err}");
    let (status, _, err) = run(folder.path(), "import none.txt --year 2568 --agency เบต้า --lang en");
    assert!(status == 2 && err.contains("none.txt"), "{err}");
    let (status, out, _) = run(folder.path(), "import t.txt --year 2568 --agency เบต้า --write --lang en");
    assert!(status == 0 && out.contains("content/เบต้า/2568/assessment.yaml: i1: 90 → 91"), "{out}");
    assert!(fs::read_to_string(folder.path().join("content/เบต้า/2568/assessment.yaml")).unwrap().contains("i1: 91\n"));
    assert!(fs::read_to_string(folder.path().join("content/alpha/2568/assessment.yaml")).unwrap().contains("i1: 90\n"));
}

#[test]
fn a_total_without_more_words_is_the_agencys_in_a_table_of_all_and_nobodys_in_a_table_of_one_part() {
    let total = |table: &str| figures(&read(table.as_bytes())).get("overall").cloned();
    assert_eq!(total("รายการ,คะแนน\nคะแนนรวม,97.10\nตัวชี้วัดที่ 1,97.00\n").as_deref(), Some("97.10"));
    assert_eq!(total("ข้อ,คะแนน\ni1,90\ne1,91\no1,92\nคะแนนรวม,91.20\n").as_deref(), Some("91.20"));
    assert_eq!(total("ข้อ,คะแนน\ni1,90\ni2,91\nคะแนนรวม,90.50\n"), None, "that of one instrument");
    assert_eq!(total("ข้อ,คะแนน\ni1,90\no5,91\nคะแนนรวม,90.50\n"), None, "that of one issue");
    assert_eq!(total("ข้อ,คะแนน\ni1,90\nเฉลี่ย,90.50\nIIT,90\nคะแนนรวม,88\n").as_deref(), Some("88"));
}
