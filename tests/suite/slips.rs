//! The faults of a real report, F01 to F53, in a site of their own (`tests/fixtures/faulty-site/`): each that a machine can find is found
//! at its line by its code, nothing else is, and each other has a reason. The table is in the site's README, so that it can be read there.

use std::collections::BTreeSet;
use std::fs;

use prongsai::finding::Code;

use crate::support::{Site, files_below, root};

/// A line of a file of the site.
type Line = (String, u32);

/// A row of the table.
struct Fault {
    id: String,
    /// Where the fault stands.
    lines: BTreeSet<Line>,
    /// What is told of it, each with its code.
    told: BTreeSet<(String, Line)>,
    /// Why the rest is not.
    reason: String,
}

fn folder() -> std::path::PathBuf {
    root().join("tests/fixtures/faulty-site")
}

fn site() -> Site {
    let mut site = Site::new("");
    for path in files_below(&folder().join("content")) {
        let name = path.strip_prefix(folder()).unwrap().to_str().unwrap().to_owned();
        site = site.with_bytes(&name, &fs::read(&path).unwrap());
    }
    site
}

/// The places of a cell: `` `code` `file` 1, 3–5; `file` 7 ``. A word in backticks with a dot is a file, another is a code.
fn places(cell: &str) -> Vec<(String, Line)> {
    let (mut code, mut file, mut places) = (String::new(), String::new(), Vec::new());
    for (i, part) in cell.split('`').enumerate() {
        if i % 2 == 1 {
            let word = if part.contains('.') { &mut file } else { &mut code };
            part.clone_into(word);
            continue;
        }
        let numbers = part.split([',', ';', ' ', '(', ')']).filter(|text| text.starts_with(|c: char| c.is_ascii_digit()));
        for text in numbers {
            let (first, last) = text.split_once('–').unwrap_or((text, text));
            let (first, last): (u32, u32) = (first.parse().unwrap(), last.parse().unwrap());
            places.extend((first..=last).map(|line| (code.clone(), (format!("content/{file}"), line))));
        }
    }
    places
}

fn faults() -> Vec<Fault> {
    let text = fs::read_to_string(folder().join("README.md")).unwrap();
    let rows = text.lines().filter(|line| line.starts_with("| F"));
    let read = |row: &str| {
        let cells: Vec<&str> = row.trim_matches('|').split('|').map(str::trim).collect();
        let [id, _, lines, told, reason] = cells[..] else { panic!("{row}") };
        let lines = places(lines).into_iter().map(|(_, line)| line).collect();
        Fault { id: id.to_owned(), lines, told: places(told).into_iter().collect(), reason: reason.to_owned() }
    };
    rows.map(read).collect()
}

fn is_known(code: &str) -> bool {
    Code::ALL.iter().any(|known| known.name() == code)
}

#[test]
fn the_table_has_every_fault_with_its_lines_and_a_reason_for_what_is_not_told() {
    let faults = faults();
    let ids: Vec<String> = faults.iter().map(|fault| fault.id.clone()).collect();
    assert_eq!(ids, (1..=53).map(|n| format!("F{n:02}")).collect::<Vec<_>>());
    for fault in &faults {
        assert!(!fault.lines.is_empty(), "{} stands somewhere", fault.id);
        for (path, line) in &fault.lines {
            let text = fs::read_to_string(folder().join(path)).unwrap_or_else(|_| panic!("{}: {path}", fault.id));
            let text = text.lines().nth(*line as usize - 1).unwrap_or_else(|| panic!("{}: {path}:{line}", fault.id));
            assert!(!text.trim().is_empty() || fault.id == "F13", "{}: {path}:{line} is empty", fault.id);
        }
        let told: BTreeSet<Line> = fault.told.iter().map(|(_, line)| line.clone()).collect();
        assert!(told.is_subset(&fault.lines), "{}: told where it does not stand", fault.id);
        let has_reason = fault.reason.chars().count() > 10;
        assert_eq!(has_reason, told != fault.lines, "{}: a reason for what is not told, and for nothing else", fault.id);
    }
}

/// What must stand on each line of a fault, where it is a matter of letters.
const LETTERS: &[(&str, &str)] = &[
    ("F01", "พ. ศ. "),
    ("F03", "ป. ป. ช."),
    ("F09", "๙๗.๖๑.๐๐"),
    ("F10", "๙๙.๑๒"),
    ("F11", "9: 90.00"),
    ("F14", "การปรับปรุงการทำงาน"),
    ("F17", "เฉลี่ย"),
    ("F19", "อย่างน้อยเพียงใด"),
    ("F20", "มีโอกาสให้"),
    ("F25", "<"),
    ("F26", "เทศบาลตำบลตัวอย่าง"),
    ("F27", "to: 2568-09-30"),
    ("F30", "จำทำ"),
    ("F31", "จัดแจง"),
    ("F32", "ให้รับบริการ"),
    ("F33", "ต่อนหน้าที่"),
    ("F34", "ให้ใช้บริการ"),
    ("F39", "/ "),
    ("F41", "การประเมิน(Integrity"),
    ("F51", "๓.การวิเคราะห์"),
];

#[test]
fn the_faults_of_letters_stand_on_their_lines() {
    let faults = faults();
    for (id, letters) in LETTERS {
        let fault = faults.iter().find(|fault| fault.id == *id).unwrap();
        for (path, line) in &fault.lines {
            let text = fs::read_to_string(folder().join(path)).unwrap();
            let text = text.lines().nth(*line as usize - 1).unwrap();
            assert!(text.contains(letters), "{id}: {path}:{line} has no {letters}: {text}");
        }
    }
}

#[test]
fn what_a_machine_can_find_is_found_at_its_line_and_nothing_else_is() {
    let faults = faults();
    let expected = faults.iter().flat_map(|fault| fault.told.clone()).filter(|(code, _)| is_known(code));
    let expected: BTreeSet<(String, Line)> = expected.collect();
    let built = site().build();
    let found = built.findings.iter().map(|f| (f.code.name().to_owned(), (f.place.file.to_string(), f.start().line)));
    let found: BTreeSet<(String, Line)> = found.collect();
    let missed: Vec<_> = expected.difference(&found).collect();
    assert!(missed.is_empty(), "not told: {missed:#?}");
    let more: Vec<_> = found.difference(&expected).collect();
    assert!(more.is_empty(), "told of no fault of the table: {more:#?}");
    assert!(built.errors().is_empty() && built.has("2568/report/index.html"), "{:?}", built.errors());
}
