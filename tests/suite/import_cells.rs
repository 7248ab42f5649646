//! What a person sees in a cell is what is read out of it: number formats, footnote marks, what is struck out or hidden, faults, tables in
//! cells, full-width letters. What is seen otherwise than it is stored is a doubt. Numbers of persons are neither shown nor written.

use std::fmt::Write as _;
use std::fs;

use prongsai::base::language::Language;
use prongsai::staff::import::human::{self, End};
use prongsai::staff::import::{Import, import, json};
use prongsai::text::SourceText;

use crate::attachments::zip;
use crate::import::{edition, figures, open_sheet, read, rows, told, workbook};
use crate::support::{Site, prongsai, run};

/// A workbook of one sheet, whose styles are these number formats from style 1 on, and one more that is struck through.
fn formatted(formats: &[&str], rows: &str, shared: &str) -> Vec<u8> {
    let (mut list, mut styles) = (String::new(), "<xf numFmtId=\"0\" fontId=\"0\"/>".to_owned());
    for (id, code) in (200..).zip(formats) {
        let code = code.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;").replace('>', "&gt;");
        write!(list, "<numFmt numFmtId=\"{id}\" formatCode=\"{code}\"/>").unwrap();
        write!(styles, "<xf numFmtId=\"{id}\" fontId=\"0\"/>").unwrap();
    }
    styles.push_str("<xf numFmtId=\"0\" fontId=\"1\"/>");
    let styles = format!(
        "<styleSheet><numFmts>{list}</numFmts><fonts><font><strike val=\"0\"/></font><font><strike/></font></fonts><cellXfs>{styles}</cellXfs></styleSheet>"
    );
    let sheet = format!("<worksheet><sheetData>{rows}</sheetData></worksheet>");
    let shared = format!("<sst>{shared}</sst>");
    zip(&[
        ("xl/workbook.xml", b"<workbook><sheets><sheet name=\"s\" r:id=\"r1\"/></sheets></workbook>"),
        (
            "xl/_rels/workbook.xml.rels",
            b"<Relationships><Relationship Id=\"r1\" Type=\"x/worksheet\" Target=\"worksheets/s.xml\"/></Relationships>",
        ),
        ("xl/styles.xml", styles.as_bytes()),
        ("xl/sharedStrings.xml", shared.as_bytes()),
        ("xl/worksheets/s.xml", sheet.as_bytes()),
    ])
}

/// Numbers by their formats, each behind a code: `i1`, `i2` and so on.
fn shown(list: &[(&str, &str)]) -> Vec<u8> {
    let formats: Vec<&str> = list.iter().map(|(_, format)| *format).collect();
    let mut rows = String::new();
    for (number, (stored, _)) in (1..).zip(list) {
        write!(
            rows,
            "<row r=\"{number}\"><c r=\"A{number}\" t=\"str\"><v>i{number}</v></c><c r=\"B{number}\" s=\"{number}\"><v>{stored}</v></c></row>"
        )
        .unwrap();
    }
    formatted(&formats, &rows, "")
}

fn list(import: &Import) -> Vec<String> {
    figures(import).into_iter().map(|(code, figure)| format!("{code} {figure}")).collect()
}

#[test]
fn a_number_is_read_as_its_format_shows_it() {
    let import = read(&shown(&[
        ("97.25", "0.00"),
        ("0.9725", "0.00%"),
        ("97.25", "0.00\" คะแนน\""),
        ("97.25", "[>=90][Red]0.00;0"),
        ("97.256", "#,##0.00_);(#,##0.00)"),
        ("97", "0"),
        ("97.5", "0.0"),
    ]));
    assert_eq!(list(&import), ["i1 97.25", "i2 97.25", "i3 97.25", "i4 97.25", "i5 97.26", "i6 97", "i7 97.5"]);
    assert_eq!(import.doubts().count(), 0, "{:?}", told(&import));
}

#[test]
fn a_number_that_shows_another_figure_is_a_doubt() {
    let list = [
        ("97.25", "0"),
        ("97.25", "0.0"),
        ("0.9725", "0%"),
        ("97.25", "\"x\"0"),
        ("97250", "0.00,"),
        ("-97.25", "0.00;0.00"),
        ("97.25", "0.0E+0"),
        ("97.25", "# ?/?"),
        ("9725", "0\\.00"),
    ];
    let import = read(&shown(&list));
    let expected: Vec<String> = (1..=list.len()).map(|number| format!("B{number} i{number} shown-otherwise")).collect();
    assert_eq!((told(&import), figures(&import).len()), (expected, 0));
    let text = human::render(&import, End::Shown, Language::Th, None);
    assert!(text.contains("i1 `97`: ช่องนี้เก็บค่า 97.25 แต่แสดงเป็นอย่างอื่น"), "{text}");
    // What shows nothing is hidden.
    let import = read(&shown(&[("97.25", ";;;"), ("96", "0.00")]));
    assert_eq!(told(&import), ["A1 i1 no-figure", "B1 - hidden-cell"]);
    // In OpenDocument the program says what it shows.
    let cell = |value: &str, shown: &str| {
        format!("<table:table-cell office:value-type=\"float\" office:value=\"{value}\"><text:p>{shown}</text:p></table:table-cell>")
    };
    let row = |code: &str, cell: &str| {
        format!(
            "<table:table-row><table:table-cell office:value-type=\"string\"><text:p>{code}</text:p></table:table-cell>{cell}</table:table-row>"
        )
    };
    let percent = "<table:table-cell office:value-type=\"percentage\" office:value=\"0.9725\"><text:p>97%</text:p></table:table-cell>";
    let table = [
        row("i1", &cell("97.25", "97")),
        row("i2", percent),
        row("i3", &cell("97.25", "")),
        row("i4", &cell("97.25", "๙๗.๒๕")),
        row("i5", &cell("97.256", "97.26 คะแนน")),
        row("i6", &cell("97.25", "9.73E+01")),
    ]
    .concat();
    let import = read(&open_sheet("", &format!("<table:table table:name=\"ก\">{table}</table:table>")));
    assert_eq!(self::list(&import), ["i4 97.25", "i5 97.26"]);
    assert_eq!(
        told(&import),
        ["B1 i1 shown-otherwise", "B2 i2 shown-otherwise", "A3 i3 no-figure", "B3 - hidden-cell", "B6 i6 shown-otherwise"]
    );
}

#[test]
fn a_footnote_mark_is_left_out_and_what_is_struck_out_is_no_figure() {
    let shared = "<si><r><t>98.4</t></r><r><rPr><vertAlign val=\"superscript\"/></rPr><t>1</t></r></si>\
        <si><r><rPr><strike/></rPr><t>95.00 </t></r><r><rPr><sz val=\"11\"/></rPr><t>97.25</t></r></si>\
        <si><r><t>95</t></r><r><rPr><b/></rPr><t> 96</t></r></si><si><t>97</t></si>";
    let mut cells = String::new();
    for (number, (shared, style)) in (1..).zip([(0, 0), (1, 1), (2, 1), (3, 1)]) {
        write!(cells, "<row r=\"{number}\"><c r=\"A{number}\" t=\"str\"><v>i{number}</v></c><c r=\"B{number}\" t=\"s\" s=\"{style}\"><v>{shared}</v></c></row>").unwrap();
    }
    cells.push_str("<row r=\"5\"><c r=\"A5\" t=\"str\"><v>i5</v></c><c r=\"B5\" s=\"1\"><v>94</v></c></row>");
    cells.push_str("<row r=\"6\"><c r=\"A6\" t=\"str\"><v>i6</v></c><c r=\"B6\" t=\"inlineStr\"><is><r><t>90</t></r><r><rPr><vertAlign val=\"superscript\"/></rPr><t>*</t></r></is></c></row>");
    let import = read(&formatted(&[], &cells, shared));
    assert_eq!(list(&import), ["i1 98.4", "i2 97.25", "i3 96", "i6 90"]);
    let expected = [
        "B1 - footnote-mark",
        "B2 - struck-out-beside",
        "B3 - struck-out-beside",
        "B4 i4 struck-out",
        "B5 i5 struck-out",
        "B6 - footnote-mark",
    ];
    assert_eq!(told(&import), expected);
    assert_eq!(import.doubts().count(), 2);
    let page = "<style>.x{text-decoration:line-through}</style><table><tr><td>i1<td>98.4<sup>1</sup><tr><td>i2<td><s>95</s> 97.25<tr><td>i3<td class=x>90<tr><td>i4\
        <td><span style='vertical-align: super'>1</span>91<tr><td>i5<td><del>90</del><tr><td><s>i6</s><td>90</table>";
    let import = read(page.as_bytes());
    assert_eq!(list(&import), ["i1 98.4", "i2 97.25", "i4 91"]);
    let doubts: Vec<String> = told(&import).into_iter().filter(|told| told.ends_with(" struck-out")).collect();
    assert_eq!(doubts, ["table 1 B3 i3 struck-out", "table 1 B5 i5 struck-out", "table 1 A6 i6 struck-out"]);
    let styles = "<style:style style:name=\"up\" style:family=\"text\"><style:text-properties style:text-position=\"33% 58%\"/></style:style>\
        <style:style style:name=\"no\" style:family=\"text\"><style:text-properties style:text-line-through-style=\"solid\"/></style:style>\
        <style:style style:name=\"cell\" style:family=\"table-cell\"><style:text-properties style:text-line-through-type=\"single\"/></style:style>";
    let row = |code: &str, style: &str, text: &str| {
        format!(
            "<table:table-row><table:table-cell><text:p>{code}</text:p></table:table-cell><table:table-cell {style}><text:p>{text}</text:p></table:table-cell></table:table-row>"
        )
    };
    let table = [
        row("i1", "", "98.4<text:span text:style-name=\"up\">1</text:span>"),
        row("i2", "", "<text:span text:style-name=\"no\">95</text:span> 97.25"),
        row("i3", "table:style-name=\"cell\"", "90"),
    ]
    .concat();
    let import = read(&open_sheet(styles, &format!("<table:table table:name=\"ก\">{table}</table:table>")));
    assert_eq!(list(&import), ["i1 98.4", "i2 97.25"]);
    assert_eq!(told(&import), ["B1 - footnote-mark", "B2 - struck-out-beside", "B3 i3 struck-out"]);
    assert_eq!(list(&read("i1\t98.4¹\ni2\t97<sup>2</sup>\n".as_bytes())), ["i1 98.4", "i2 97"]);
}

#[test]
fn a_fault_of_the_spreadsheet_is_no_figure() {
    let fault = |kind: &str, shown: &str| {
        format!(
            "<table:table-row><table:table-cell><text:p>i1</text:p></table:table-cell><table:table-cell table:formula=\"of:=1/0\" {kind} calcext:value-type=\"error\"><text:p>{shown}</text:p></table:table-cell></table:table-row>"
        )
    };
    for (kind, shown) in [
        ("office:value-type=\"string\" office:string-value=\"\"", "Err:502"),
        ("office:value-type=\"float\" office:value=\"0\"", "#DIV/0!"),
        ("office:value-type=\"float\" office:value=\"0\"", "#N/A"),
        ("office:value-type=\"float\" office:value=\"0\"", "ข้อผิดพลาด:502"),
    ] {
        let import = read(&open_sheet("", &format!("<table:table table:name=\"ก\">{}</table:table>", fault(kind, shown))));
        assert_eq!((told(&import), figures(&import).len()), (vec!["B1 i1 formula-error".to_owned()], 0), "{shown}");
    }
    let cells = "<row r=\"1\"><c r=\"A1\" t=\"str\"><v>i1</v></c><c r=\"B1\" t=\"e\"><v>#SPILL!</v></c></row>";
    assert_eq!(told(&read(&workbook(&[("ก", "", cells, "")]))), ["B1 i1 formula-error"]);
}

#[test]
fn a_table_in_a_cell_is_read_on_its_own() {
    let layout = "<table><tr><td>เมนู<td><table><tr><td>i1<td>98<tr><td>i2<td>97</table><p>ท้าย</table>";
    let import = read(layout.as_bytes());
    assert_eq!((list(&import), import.doubts().count()), (vec!["i1 98".to_owned(), "i2 97".to_owned()], 0));
    assert_eq!(import.changes[0].at.cell(), "table 2 B1");
    // A figure in a table of its own beside its code can't be told from another's.
    let import = read("<table><tr><td>i1<td><table><tr><td>98</table><tr><td>i2<td>97</table>".as_bytes());
    assert_eq!((told(&import), list(&import)), (vec!["table 1 B1 i1 table-in-cell".to_owned()], vec!["i2 97".to_owned()]));
    let import = read("<table><tr><td>i1<table><tr><td>98</table></table>".as_bytes());
    assert_eq!(told(&import), ["table 1 A1 i1 table-in-cell"]);
    let deep = "<table><tr><td>".repeat(100);
    assert!(told(&read(format!("i1 {deep}i1<td>98").as_bytes())).iter().any(|told| told.ends_with("not-read-to-the-end")));
    let hidden = "<table><tr><td>i1<td>98</table><div style='display: none'><table><tr><td>i2<td>97</table></div>";
    assert_eq!(list(&read(hidden.as_bytes())), ["i1 98"]);
}

#[test]
fn full_width_letters_and_the_signs_of_windows_874_are_read() {
    assert_eq!(list(&read("ｉ１\t９８．３８\nｏ２\t９０\n".as_bytes())), ["i1 98.38", "o2 90"]);
    assert_eq!(list(&read(b"i1 \x93\xa1\xd2\xc3\x94 \x85\t90\n")), ["i1 90"]);
    // A byte that is no letter is a doubt of its cell alone.
    assert_eq!(told(&read(b"i1 \xa1\x81\t90\ni2 \xa1\xd2\t91\n")), ["A1 i1 unreadable-letters"]);
}

const CITIZEN: &str = "1101700230708";

#[test]
fn a_citizens_number_is_neither_shown_nor_written() {
    let head = "ประเด็น\tวิธีการ\tขั้นตอน\tผู้รับผิดชอบ\tระยะเวลา\n";
    for (name, row) in [
        ("method", format!("1\tอบรม {CITIZEN}\tก\tข\tค\n")),
        ("responsible", "1\tอบรม\tก\tนาย ก 1-1017-00230-70-8\tค\n".to_owned()),
        ("period", "1\tอบรม\tก\tข\t๑๑๐๑๗๐๐๒๓๐๗๐๘\n".to_owned()),
        ("long", format!("1\tอบรม\tก\t{} {CITIZEN}\tค\n", "ก".repeat(70))),
        ("formatted", "1\tอบรม\tก\t1,101,700,230,708\tค\n".to_owned()),
    ] {
        let import = read(format!("{head}{row}").as_bytes());
        assert!(told(&import).iter().any(|told| told.ends_with("personal-id")) && import.texts.is_empty(), "{name} {:?}", told(&import));
        covered(&import, name);
    }
    let import = read(&shown(&[(CITIZEN, "0.00"), (CITIZEN, "#,##0"), ("1.101700230708E+12", "0.00E+00"), (CITIZEN, "0-0000-00000-00-0")]));
    assert_eq!(told(&import), ["B1 i1 personal-id", "B2 i2 personal-id", "B3 i3 personal-id", "B4 i4 personal-id"]);
    covered(&import, "workbook");
}

/// No form of the account has the number, nor most of it.
fn covered(import: &Import, name: &str) {
    for text in [
        json::render(import, false, Language::Th),
        human::render(import, End::Shown, Language::Th, None),
        human::render(import, End::Shown, Language::En, None),
    ] {
        let digits: String = prongsai::base::digits::to_ascii(&text).chars().filter(|c| !matches!(c, ',' | '-' | ' ')).collect();
        assert!(!digits.contains("1101700") && !digits.contains("230708"), "{name}: {text}");
    }
}

/// Rows of measures under their header.
fn table<'t>(rows: &[&'t [&'t str]]) -> Vec<&'t [&'t str]> {
    let head: &[&str] = &["ประเด็น", "วิธีการ", "ขั้นตอน", "ผู้รับผิดชอบ", "ระยะเวลา"];
    [&[head], rows].concat()
}

#[test]
fn a_measure_that_lacks_something_is_a_doubt() {
    for (row, expected) in [
        (&["1", "", "1. ก", "กองคลัง", "ตลอดปี"][..], "A2 issue-1 no-method"),
        (&["1", "-", "1. ก", "กองคลัง", "ตลอดปี"], "A2 issue-1 no-method"),
        (&["ประเด็น 1 และ 2", "อบรม", "1. ก", "กองคลัง", "ตลอดปี"], "A2 - no-issue"),
        (&["(๑) ก\n(๒) ข", "อบรม", "1. ก", "กองคลัง", "ตลอดปี"], "A2 - no-issue"),
        (&["1", "อบรม", "1. ก", "กองคลัง", "45658"], "E2 - date-in-words"),
        (&["1", "อบรม", "#REF!", "กองคลัง", "ตลอดปี"], "C2 - formula-error"),
    ] {
        let import = read(&workbook(&[("ก", "", &rows(&table(&[row])), "")]));
        assert_eq!((told(&import), import.texts.len()), (vec![expected.to_owned()], 0), "{row:?}");
    }
    let dated = rows(&table(&[&["1", "อบรม", "1. ก", "กองคลัง"]]))
        .replace("กองคลัง</t></is></c></row>", "กองคลัง</t></is></c><c r=\"E2\" s=\"2\"><v>45658</v></c></row>");
    assert_eq!(told(&read(&workbook(&[("ก", "", &dated, "")]))), ["E2 - date-in-words"]);
    // The numbers of steps go on where the other cells are merged.
    let steps = rows(&table(&[&["1", "อบรม", "1) ก", "กองคลัง", "ตลอดปี"], &["", "", "2) ข 3) ค"], &["", "", "4) ง"]]));
    let merged = "<mergeCells><mergeCell ref=\"A2:A4\"/><mergeCell ref=\"B2:B4\"/></mergeCells>";
    let import = read(&workbook(&[("ก", "", &steps, merged)]));
    assert_eq!(import.measures[0].steps, ["ก", "ข", "ค", "ง"]);
}

#[test]
fn a_file_with_an_error_is_left_alone_and_the_error_is_told() {
    let folder = tempfile::tempdir().unwrap();
    Site::sample().write_to(folder.path());
    let path = folder.path().join("content/2568/assessment.yaml");
    let text = fs::read_to_string(&path).unwrap();
    let line = text.lines().find(|line| line.trim_start().starts_with("i2:")).unwrap();
    let faulty = text.replace(line, &format!("{}i2: abc", &line[..line.len() - line.trim_start().len()]));
    fs::write(&path, &faulty).unwrap();
    for table in ["i2\t90\n", "o1\t90\n"] {
        fs::write(folder.path().join("t.txt"), table).unwrap();
        let (status, out, err) = run(folder.path(), "import t.txt --year 2568 --write --lang en");
        assert!(status == 1 && out.is_empty() && err.contains("abc") && err.contains("nothing was written"), "{status} {out}{err}");
        assert_eq!(fs::read_to_string(&path).unwrap(), faulty);
    }
}

#[test]
fn of_two_imports_at_once_the_file_is_that_of_one() {
    let folder = tempfile::tempdir().unwrap();
    Site::sample().write_to(folder.path());
    let path = folder.path().join("content/2568/assessment.yaml");
    let before = fs::read_to_string(&path).unwrap();
    let figure = before.lines().find_map(|line| line.trim_start().strip_prefix("i11: ")).unwrap().to_owned();
    for (name, figure) in [("a.txt", "91.01"), ("b.txt", "92.02")] {
        fs::write(folder.path().join(name), format!("i11\t{figure}\n")).unwrap();
    }
    let start = |name: &str| {
        let args = ["import", name, "--year", "2568", "--write", "--lang", "en"].map(str::to_owned);
        let folder = folder.path().to_owned();
        std::thread::spawn(move || prongsai(&folder).args(args).output().unwrap())
    };
    let runs = [start("a.txt"), start("b.txt")].map(|run| run.join().unwrap());
    let there = fs::read_to_string(&path).unwrap();
    let fine: Vec<String> =
        ["91.01", "92.02"].iter().map(|new| before.replace(&format!("i11: {figure}"), &format!("i11: {new}"))).collect();
    assert!(fine.contains(&there), "{there}");
    assert!(runs.iter().any(|run| run.status.success()));
    for run in runs.iter().filter(|run| !run.status.success()) {
        let said = String::from_utf8_lossy(&run.stderr);
        assert!(run.status.code() == Some(2) && said.contains("changed while the program was at work"), "{said}");
    }
    let left = fs::read_dir(folder.path().join("content")).unwrap().chain(fs::read_dir(folder.path().join("content/2568")).unwrap());
    assert_eq!(left.filter(|entry| entry.as_ref().unwrap().file_name().to_string_lossy().starts_with('.')).count(), 0);
}

#[cfg(unix)]
#[test]
fn what_is_no_file_is_refused_with_the_way_to_go_on() {
    let folder = tempfile::tempdir().unwrap();
    Site::sample().write_to(folder.path());
    let pipe = folder.path().join("pipe");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    for (file, th, en) in [
        ("pipe", "ใช้ `-`", "read with `-`"),
        ("/dev/null", "ไม่ใช่ไฟล์ธรรมดา", "is no plain file"),
        ("content", "เป็นโฟลเดอร์", "Name a file in it"),
    ] {
        for (language, word) in [("th", th), ("en", en)] {
            let (status, out, err) = run(folder.path(), &format!("import {file} --year 2568 --lang {language}"));
            assert!(status == 2 && out.is_empty() && err.contains(word), "{err}");
        }
    }
}

/// A measures file with an error hinders measures, and no scores.
#[test]
fn an_error_in_the_measures_hinders_measures() {
    let mut edition = edition("framework: ita-2568\n");
    edition.measures = Some(SourceText { path: "content/2568/measures.yaml".into(), text: "- issue: 1\n  idd: x\n".to_owned() });
    assert!(import("ประเด็น,วิธีการ,ขั้นตอน\n1,ก,ข\n".as_bytes(), &edition).is_err());
    assert_eq!(list(&import(b"i1\t90\n", &edition).unwrap()), ["i1 90"]);
}
