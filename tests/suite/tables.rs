//! A table exists once: CSV, JSON and HTML hold the same cells, with the columns of the contract.

use serde_json::Value;

use crate::csv;
use crate::html::{self, Row};
use crate::support::{Built, Site};

const FIRST: [&str; 3] = ["agency", "agency_name", "year"];

/// The columns after the first three, in order.
const COLUMNS: [(&str, &[&str]); 7] = [
    ("scores", &["layer", "code", "name", "published", "derived", "state", "weight", "level"]),
    ("questions", &["code", "issue", "indicator", "text", "reverse", "part1", "part2", "published", "derived", "state"]),
    ("items", &["code", "id", "issue", "indicator", "group", "name", "published"]),
    ("measures", &["issue", "id", "method", "steps", "responsible", "from", "to", "period", "status"]),
    (
        "disclosures",
        &["code", "id", "name", "status", "title", "url", "type", "size", "covers", "elements", "updated", "owner", "review_by"],
    ),
    ("audit", &["code", "published", "derived", "low", "high", "state", "formula", "explanation", "accepted"]),
    ("losses", &["layer", "code", "of", "name", "value", "points"]),
];

/// Columns whose JSON cells are numbers; `covers` is a year.
const NUMBERS: [&str; 6] = ["year", "issue", "indicator", "weight", "size", "covers"];

/// A site of odd texts and missing figures.
fn odd() -> Site {
    Site::bare().and(
        r#"--- content/2568/assessment.yaml
framework: small
overall: null
level: null
scale: weighted
instruments: {IIT: 37, EIT: null, EIT1: 9.0, EIT2: 9.2, OIT: ๔๐.๐๐}
indicators: {1: null, 2: 91, 3: 100}
questions:
  i1: 0
  i2: null
  i3: 100.00
  i4: "๙๕.๐"
  e1: {ep: 90}
items: {o1: null, o2: 0.5}
--- content/2568/measures.yaml
- issue: 1
  id: "a,b"
  method: "เขียน \"อ้าง\", แล้ว\nขึ้นบรรทัด"
  steps: ["หนึ่ง, สอง", "\"สาม\"", "สี่\nห้า"]
  responsible: []
- issue: 2
  method: "=1+1"
  period: {to: 2568-09-30}
  status: done
--- content/2568/disclosures.yaml
o1:
  title: "ชื่อ, \"ยาว\"\nสองบรรทัด"
  status: partial
  covers: ๒๕๖๗
  review_by: 2025-12-31
  links:
    - {title: "ก,ข", url: files/o1/structure.txt, covers: [chart, units]}
    - https://example.go.th/a,b?c="d".pdf
o2: {status: unrecorded}
"#
        .replace("\"d\".pdf", "d.pdf")
        .as_str(),
    )
}

fn assert_same(built: &Built, folder: &str) {
    for (table, columns) in COLUMNS {
        let header: Vec<&str> = FIRST.iter().chain(columns).copied().collect();
        let records = csv::parse(built.file(&format!("{folder}data/{table}.csv")));
        assert_eq!(records[0], header, "{table}");
        let rows = built.rows(&format!("{folder}data/{table}.json"));
        assert_eq!(records.len() - 1, rows.len(), "{table}");
        for (record, row) in records[1..].iter().zip(&rows) {
            assert_eq!(row.keys().collect::<Vec<_>>(), header, "{table}");
            assert_eq!(record.len(), header.len(), "{table}: {record:?}");
            for ((column, field), value) in header.iter().zip(record).zip(row.values()) {
                let text = match value {
                    Value::Null => String::new(),
                    Value::Number(number) if NUMBERS.contains(column) => number.to_string(),
                    Value::Bool(flag) if *column == "reverse" => flag.to_string(),
                    Value::String(text) if !NUMBERS.contains(column) && *column != "reverse" => {
                        assert!(!text.is_empty() || *column == "agency", "{table}.{column}: an empty text is null");
                        text.clone()
                    }
                    other => panic!("{table}.{column} is {other}"),
                };
                // What a spreadsheet would run has an apostrophe before it in CSV alone.
                let text = if text == "=1+1" { "'=1+1".to_owned() } else { text };
                assert_eq!(*field, text, "{table}.{column}");
            }
            assert_eq!(row["year"], 2568);
        }
    }
}

#[test]
fn csv_and_json_of_the_sample_hold_the_same_cells() {
    let built = Site::sample().built();
    assert_same(&built, "2568/");
    let count = |table: &str| built.rows(&format!("2568/data/{table}.json")).len();
    assert_eq!((count("questions"), count("items"), count("measures"), count("disclosures")), (24, 28, 7, 29));
    let layers: Vec<Value> = built.rows("2568/data/scores.json").iter().map(|row| row["layer"].clone()).collect();
    let of = |layer: &str| layers.iter().filter(|known| **known == layer).count();
    assert_eq!((of("overall"), of("instrument"), of("part"), of("indicator")), (1, 3, 2, 10));
}

#[test]
fn csv_and_json_of_odd_texts_hold_the_same_cells() {
    let built = odd().built();
    assert_same(&built, "2568/");
    let measures = built.rows("2568/data/measures.json");
    assert_eq!(measures[0]["method"], "เขียน \"อ้าง\", แล้ว\nขึ้นบรรทัด");
    assert_eq!(measures[0]["steps"], "หนึ่ง, สอง | \"สาม\" | สี่\nห้า");
    assert_eq!((&measures[0]["responsible"], &measures[0]["status"]), (&Value::Null, &Value::from("planned")));
    assert_eq!((&measures[1]["from"], &measures[1]["to"]), (&Value::Null, &Value::from("2025-09-30")));
    let questions = built.rows("2568/data/questions.json");
    assert_eq!((&questions[0]["code"], &questions[0]["part1"], &questions[0]["part2"]), (&"e1".into(), &"90".into(), &Value::Null));
    let disclosures = built.rows("2568/data/disclosures.json");
    let of = |row: usize, column: &str| disclosures[row][column].clone();
    assert_eq!(disclosures.len(), 3);
    assert_eq!((of(0, "type"), of(0, "size"), of(0, "covers")), ("txt".into(), 26.into(), 2567.into()));
    assert_eq!((of(0, "elements"), of(0, "url")), ("chart | units".into(), "files/o1/structure.txt".into()));
    assert_eq!((of(1, "title"), of(1, "size"), of(1, "url")), (Value::Null, Value::Null, "https://example.go.th/a,b?c=d.pdf".into()));
    assert_eq!((of(2, "code"), of(2, "status"), of(2, "url")), ("o2".into(), "unrecorded".into(), Value::Null));
}

#[test]
fn published_digits_are_kept_and_thai_ones_are_ascii_in_data() {
    let built = odd().built();
    for (table, code, published) in [
        ("scores", "OIT", Some("40.00")),
        ("scores", "EIT1", Some("9.0")),
        ("scores", "EIT", None),
        ("scores", "overall", None),
        ("questions", "i3", Some("100.00")),
        ("questions", "i4", Some("95.0")),
        ("questions", "i2", None),
        ("items", "o2", Some("0.5")),
        ("items", "o1", None),
    ] {
        assert_eq!(built.cell(table, code, "published").as_deref(), published, "{code}");
    }
}

#[test]
fn a_table_without_rows_has_its_header() {
    let built = Site::small().without("content/2568/measures.yaml").replace("content/2568/disclosures.yaml", "2568/measures/", "2568/");
    let built = built.built();
    assert_same(&built, "2568/");
    assert_eq!(csv::parse(built.file("2568/data/measures.csv")).len(), 1);
    assert!(built.rows("2568/data/measures.json").is_empty());
}

#[test]
fn an_edition_without_records_has_a_row_for_each_item() {
    let built = Site::small().without("content/2568/disclosures.yaml").built();
    assert_same(&built, "2568/");
    let rows = built.rows("2568/data/disclosures.json");
    assert_eq!(rows.iter().map(|row| row["status"].as_str().unwrap()).collect::<Vec<_>>(), ["unrecorded", "unrecorded"]);
}

fn text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

fn run_together(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The rows of a page that show a code. The total may go by its name alone.
fn rows_of<'a>(page: &'a html::Element, code: &str, name: &str) -> Vec<Row<'a>> {
    let of_total = |row: &Row<'_>| code == "overall" && row.head().attribute("scope") == Some("row") && row.head().text() == name;
    page.rows().into_iter().filter(|row| row.code() == code || of_total(row)).collect()
}

/// Numbers in the cells of a score table have to be cells of the data's row, and the one that counts the published figure.
fn assert_score_page(built: &Built) {
    let page = html::parse(built.page("2568/scores/"));
    for table in ["scores", "questions", "items"] {
        for row in built.rows(&format!("2568/data/{table}.json")) {
            let code = text(&row["code"]);
            let known: Vec<String> =
                ["published", "derived", "weight", "part1", "part2"].iter().filter_map(|column| row.get(*column)).map(text).collect();
            let name = row.get("name").or_else(|| row.get("text")).map(text).unwrap();
            let shown = rows_of(&page, &code, &name);
            assert!(shown.iter().any(|row| row.main() == known[0]), "{code}: {:?} is not shown", known[0]);
            assert!(shown.iter().any(|row| row.head().text().contains(&run_together(&name))), "{code} {name}");
            for row in shown {
                for value in row.values().iter().map(|value| value.trim_end_matches('%')).filter(|value| !value.is_empty()) {
                    assert!(known.iter().any(|known| known == value), "{code} shows {value}, which is not in {known:?}");
                }
            }
        }
    }
}

#[test]
fn the_score_page_shows_the_cells_of_the_data() {
    assert_score_page(&Site::sample().built());
    assert_score_page(&Site::small().built());
    assert_score_page(&odd().built());
}

#[test]
fn the_score_page_in_thai_digits_keeps_the_machine_values() {
    let thai = Site::small().with("content/site.yaml", "title: ก\ndigits: thai\n").built();
    assert_score_page(&thai);
    assert!(thai.page("2568/scores/").contains("๙๕.๒๐"));
}

#[test]
fn the_measures_page_shows_the_cells_of_the_data() {
    for site in [Site::sample(), odd()] {
        let built = site.built();
        let page = html::parse(built.page("2568/measures/"));
        let all = page.first("main").unwrap().text();
        for row in built.rows("2568/data/measures.json") {
            for column in ["method", "period"] {
                let cell = run_together(&text(&row[column]));
                assert!(all.contains(&cell), "{column}: {cell}");
            }
            for column in ["steps", "responsible"] {
                for part in text(&row[column]).split(" | ") {
                    assert!(all.contains(&run_together(part)), "{column}: {part}");
                }
            }
        }
        // When measures run stands first, where days are known.
        if let Some(table) = page.all("table").last() {
            let heads: Vec<String> = table.rows().iter().skip(1).map(|row| row.code()).collect();
            let issues: Vec<String> = built.rows("2568/data/measures.json").iter().map(|row| text(&row["issue"])).collect();
            assert_eq!(heads, issues);
        }
    }
}

#[test]
fn the_oit_page_shows_the_cells_of_the_data() {
    for site in [Site::sample(), Site::small()] {
        let built = site.built();
        let page = html::parse(built.page("2568/oit/"));
        let disclosures = built.rows("2568/data/disclosures.json");
        for item in built.rows("2568/data/items.json") {
            let code = text(&item["code"]);
            let rows = rows_of(&page, &code, "");
            assert_eq!(rows.len(), 1, "{code}");
            assert_eq!(rows[0].main(), text(&item["published"]), "{code}");
            let record = disclosures.iter().find(|row| row["code"] == code.as_str()).unwrap();
            for column in ["name", "owner"] {
                assert!(rows[0].0.text().contains(&run_together(&text(&record[column]))), "{code}: {}", record[column]);
            }
            let address = format!("{code}/index.html");
            assert!(rows[0].0.all("a").iter().any(|link| link.attribute("href").is_some_and(|href| href.starts_with(&address))), "{code}");
        }
    }
}
