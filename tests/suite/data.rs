//! The published data describe themselves, and stay: every column is told of and none that was ever published goes away. The packages and
//! catalogues name the files that are there; what the standards themselves ask is for `tests/tools_data`.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use serde_json::Value;

use prongsai::base::address::{Address, LinkStyle, decode};
use prongsai::base::hash::Hash;
use prongsai::site::columns::{Column, DataTable, FIRST, JOINED, TABLES};

use crate::csv;
use crate::html;
use crate::support::{Built, Site, root};

const RECORD: &str = "tests/fixtures/data-columns.txt";
const DOCUMENT: &str = "docs/data.md";
const BEGIN: &str = "<!-- columns -->\n";
const END: &str = "<!-- /columns -->\n";

/// The tables with the names of their files without the year.
fn all() -> impl Iterator<Item = (String, &'static DataTable)> {
    let joined = JOINED.into_iter().map(|table| (format!("data/{}-YEAR", table.name), table));
    TABLES.into_iter().map(|table| (format!("YEAR/data/{}", table.name), table)).chain(joined)
}

fn is_update() -> bool {
    std::env::var_os("UPDATE").is_some()
}

/// What was ever published: `file: column column …`.
fn recorded() -> Vec<(String, Vec<String>)> {
    let text = fs::read_to_string(root().join(RECORD)).unwrap();
    let line = |line: &str| {
        let (file, columns) = line.split_once(": ").unwrap();
        (file.to_owned(), columns.split(' ').map(str::to_owned).collect())
    };
    text.lines().filter(|line| !line.starts_with('#')).map(line).collect()
}

#[test]
fn no_column_that_was_ever_published_goes_away() {
    let there: BTreeMap<String, Vec<&str>> =
        all().map(|(file, table)| (file, table.columns().map(|column| column.name).collect())).collect();
    let mut lines =
        vec!["# The columns of each table, as they were first published. A new one is added here; none is ever taken away.".to_owned()];
    for (file, columns) in recorded() {
        let now = there.get(&file).unwrap_or_else(|| panic!("{file} is gone, which was published"));
        let kept: Vec<&str> = now.iter().copied().filter(|name| columns.iter().any(|column| column == name)).collect();
        assert_eq!(kept, columns, "{file}: a column is gone, has another name or another place");
    }
    for (file, _) in all() {
        lines.push(format!("{file}: {}", there[&file].join(" ")));
    }
    let text = lines.join("\n") + "\n";
    if is_update() {
        fs::write(root().join(RECORD), &text).unwrap();
    }
    assert_eq!(fs::read_to_string(root().join(RECORD)).unwrap(), text, "{RECORD} lacks a new column: run this test with UPDATE=1");
}

/// The part of the document that follows from the tables.
fn described() -> String {
    let row = |column: &Column| {
        let name = column.about.name();
        let mut holds = column.holds.word().to_owned();
        if !column.holds.words().is_empty() {
            holds = column.holds.words().iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ");
        }
        let always = if column.always { "✓" } else { "" };
        format!("| `{}` | {holds} | {always} | {} | {} |\n", column.name, name.th, name.en.unwrap())
    };
    let head = "| คอลัมน์ · column | ชนิด · holds | ทุกแถว · always | ความหมาย | meaning |\n|---|---|---|---|---|\n";
    let first: String = FIRST.iter().map(row).collect();
    let mut text = format!("### สามคอลัมน์แรก · The first three columns\n\n{head}{first}\n");
    for (file, table) in all() {
        let about = table.about.name();
        let key = if table.key.is_empty() { String::new() } else { format!(" (`{}`)", table.key.join("`, `")) };
        text.push_str(&format!("### `{file}.csv`, `.json`\n\n{}{key} · {}\n\n", about.th, about.en.unwrap()));
        if file == "data/scores-YEAR" {
            text.push_str("คอลัมน์เดียวกับ `YEAR/data/scores` · The columns of `YEAR/data/scores`.\n\n");
        } else {
            let own: String = table.own_columns().iter().map(row).collect();
            text.push_str(&format!("{head}{own}\n"));
        }
    }
    text
}

#[test]
fn the_document_tells_every_column() {
    let path = root().join(DOCUMENT);
    let document = fs::read_to_string(&path).unwrap();
    let (before, rest) = document.split_once(BEGIN).unwrap();
    let (_, after) = rest.split_once(END).unwrap();
    let expected = format!("{before}{BEGIN}\n{}{END}{after}", described());
    if is_update() {
        fs::write(&path, &expected).unwrap();
    }
    assert_eq!(fs::read_to_string(&path).unwrap(), expected, "run this test with UPDATE=1");
    // And every word for what a column holds.
    for (_, table) in all() {
        for column in table.columns().filter(|column| column.holds.words().is_empty()) {
            assert!(document.contains(&format!("| `{}` |", column.holds.word())), "{}", column.holds.word());
        }
    }
}

#[test]
fn the_page_tells_every_column_and_leads_to_every_file() {
    for (site, folder, tables) in [
        (Site::sample(), "", TABLES.to_vec()),
        (Site::two(), "alpha/", TABLES.to_vec()),
        (Site::two(), "", TABLES.into_iter().chain([JOINED[0]]).collect()),
        (Site::sample().replace("content/site.yaml", "language: th", "language: en"), "", TABLES.to_vec()),
    ] {
        let built = site.built();
        let page = html::parse(built.page(&format!("{folder}about-data/")));
        for table in tables {
            let section = page
                .below()
                .into_iter()
                .find(|one| one.attribute("id") == Some(&format!("s-t-{}", table.name)))
                .unwrap_or_else(|| panic!("{folder}{}", table.name));
            for column in table.own_columns() {
                assert!(section.all("dt").iter().any(|term| term.text().starts_with(column.name)), "{}.{}", table.name, column.name);
            }
        }
        let links: BTreeSet<String> = page.all("a").iter().filter_map(|link| link.attribute("href").map(str::to_owned)).collect();
        let here = format!("{folder}about-data/");
        let data = built
            .paths()
            .into_iter()
            .filter(|path| path.contains("data/") || path.ends_with("datapackage.json") || path.ends_with("catalog.jsonld"));
        let own = data.filter(|path| {
            if folder.is_empty() { !path.starts_with("alpha/") && !path.starts_with("เบต้า/") } else { path.starts_with(folder) }
        });
        for path in own.filter(|path| !path.ends_with(".html")) {
            let link = Address::new(path).unwrap().from(&Address::new(&here).unwrap(), LinkStyle::File);
            assert!(links.contains(&link), "{here} does not lead to {path} by {link}: {links:?}");
        }
    }
}

/// What files hold is in digits of ASCII, whatever a site's pages show; and a sentence with a mark inside it stays one line of its list.
#[test]
fn the_page_shows_the_form_of_files_as_it_is() {
    let site = Site::sample().replace("content/site.yaml", "digits: arabic", "digits: thai");
    let built = site.built();
    let page = html::parse(built.page("about-data/"));
    let told = page.text();
    for kept in ["UTF-8", "RFC 4180", "2025-03-14", "9.10"] {
        assert!(told.contains(kept), "{kept}: {told}");
    }
    assert!(!told.contains("UTF-๘") && !told.contains("๒๐๒๕-๐๓"), "{told}");
    let form = page.below().into_iter().find(|one| one.attribute("aria-labelledby") == Some("s-form-h")).unwrap();
    for line in form.all("li") {
        assert_eq!(line.children().map(html::Element::text).collect::<Vec<_>>(), [line.text()]);
    }
}

fn json(built: &Built, path: &str) -> Value {
    serde_json::from_str(built.file(path)).unwrap_or_else(|fault| panic!("{path}: {fault}"))
}

/// The resources of a package, with the columns that each CSV file has by its schema.
fn assert_package(built: &Built, path: &str) {
    let folder = path.strip_suffix("datapackage.json").unwrap();
    let package = json(built, path);
    assert!(
        package["name"]
            .as_str()
            .is_some_and(|name| !name.is_empty() && name.chars().all(|c| matches!(c, 'a'..='z' | '0'..='9' | '-' | '.' | '_')))
    );
    let mut named = BTreeSet::new();
    for resource in package["resources"].as_array().unwrap() {
        let file = format!("{folder}{}", resource["path"].as_str().unwrap());
        let bytes = built.file(&file).as_bytes();
        assert_eq!(resource["bytes"], bytes.len(), "{file}");
        assert_eq!(resource["hash"], format!("sha256:{}", Hash::of(bytes)), "{file}");
        if file.ends_with(".csv") {
            let fields = resource["schema"]["fields"].as_array().unwrap().iter().map(|field| field["name"].as_str().unwrap());
            assert_eq!(fields.collect::<Vec<_>>(), csv::parse(built.file(&file))[0], "{file}");
        }
        assert!(named.insert(file), "a file stands twice");
    }
    let below = format!("{folder}data/");
    let there = built
        .paths()
        .into_iter()
        .filter(|path| path.starts_with(&below) && !path.contains("/schemas/") && (path.ends_with(".csv") || path.ends_with(".json")));
    let tables: BTreeSet<String> = there.map(str::to_owned).collect();
    assert_eq!(named, tables, "{path}");
}

#[test]
fn packages_list_the_files_that_are_there() {
    let sample = Site::sample().built();
    assert_package(&sample, "2568/datapackage.json");
    let package = json(&sample, "2568/datapackage.json");
    assert_eq!(package["licenses"][0]["name"], "CC-BY-4.0");
    assert_eq!(package["scale"], "percent");
    let two = Site::two().built();
    for path in ["datapackage.json", "alpha/2568/datapackage.json", "เบต้า/2568/datapackage.json"] {
        assert_package(&two, path);
    }
}

#[test]
fn a_schema_has_an_identifier_only_where_the_base_is_an_address_of_ascii() {
    let id = |base: &str| {
        let site = Site::small().replace("content/site.yaml", "https://example.go.th/ita/", base);
        json(&site.built(), "about-data/scores.schema.json").get("$id").cloned()
    };
    assert_eq!(id("https://a.example/b/"), Some("https://a.example/b/about-data/scores.schema.json".into()));
    assert_eq!(id("https://ไทย.example/ก/"), None);
}

#[test]
fn odd_licences_and_addresses_make_no_invalid_file() {
    for none in ["\"\"", "\"  \"", "null"] {
        let site = Site::small().replace("content/site.yaml", "title:", &format!("license: {none}\ntitle:"));
        assert!(json(&site.built(), "2568/datapackage.json").get("licenses").is_none(), "{none}");
    }
    let nameless = Site::small().replace("content/site.yaml", "title:", "license: {name: \"\", url: https://l.example/}\ntitle:").build();
    assert_eq!(nameless.findings.iter().map(|finding| finding.code.name()).collect::<Vec<_>>(), ["missing-field"]);
    let built = Site::small()
        .replace("content/site.yaml", "title:", "license: {name: a, url: \"HTTPS://l.example/{x}|y\"}\ntitle:")
        .replace("content/agency.yaml", "https://thotsop.example/", "https://thotsop.example/^`")
        .built();
    assert_eq!(json(&built, "2568/datapackage.json")["licenses"][0]["path"], "https://l.example/%7Bx%7D%7Cy");
    let catalog = json(&built, "catalog.jsonld");
    assert_eq!(catalog["dct:license"]["@id"], "https://l.example/%7Bx%7D%7Cy");
    assert_eq!(catalog["dct:publisher"]["foaf:homepage"]["@id"], "https://thotsop.example/%5E%60");
}

/// The files that a catalogue leads to, each with its size and hash.
fn distributions(catalog: &Value) -> Vec<(String, String, String)> {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let one = |file: &Value| {
        (
            text(&file["dcat:downloadURL"]["@id"]),
            text(&file["dcat:byteSize"]["@value"]),
            text(&file["spdx:checksum"]["spdx:checksumValue"]["@value"]),
        )
    };
    let datasets = catalog["dcat:dataset"].as_array().unwrap();
    datasets.iter().flat_map(|set| set["dcat:distribution"].as_array().unwrap()).map(one).collect()
}

#[test]
fn catalogues_lead_to_the_files_that_are_there() {
    let base = "https://data.example.go.th/x/";
    let site = Site::two();
    let with_base = site.base_url(base).built();
    let without = Site::two().with("content/site.yaml", "title: ก\n").built();
    for path in ["catalog.jsonld", "alpha/catalog.jsonld", "เบต้า/catalog.jsonld"] {
        let folder = path.strip_suffix("catalog.jsonld").unwrap();
        for (built, begin) in [(&with_base, base.to_owned()), (&without, String::new())] {
            let catalog = json(built, path);
            let files = distributions(&catalog);
            assert_eq!(files.len(), if folder.is_empty() { 2 * JOINED.len() } else { 2 * TABLES.len() }, "{path}");
            for (url, size, hash) in files {
                let file = if begin.is_empty() {
                    format!("{folder}{}", decode(&url).unwrap())
                } else {
                    decode(url.strip_prefix(&begin).unwrap()).unwrap()
                };
                let bytes = built.file(&file).as_bytes();
                assert_eq!((size, hash), (bytes.len().to_string(), Hash::of(bytes).to_string()), "{file}");
            }
        }
    }
    let below = json(&with_base, "catalog.jsonld");
    let below: Vec<&str> = below["dcat:catalog"].as_array().unwrap().iter().map(|catalog| catalog["@id"].as_str().unwrap()).collect();
    let expected = ["alpha", "เบต้า"].map(|slug| format!("{base}{}", Address::new(&format!("{slug}/catalog.jsonld")).unwrap().encoded()));
    assert_eq!(below, expected);
}

#[test]
fn schemas_know_every_table_and_year_without_any_score() {
    let site = Site::two()
        .and("--- content/gamma/agency.yaml\nname: เทศบาลตำบลแกมมา\n--- content/gamma/2569/assessment.yaml\nframework: ita-2569\n");
    let built = site.built();
    for (file, table) in all() {
        let schema = json(&built, &format!("about-data/{}.schema.json", table.name));
        let properties = schema["items"]["properties"].as_object().unwrap();
        assert!(table.columns().all(|column| properties.contains_key(column.name)), "{file}");
        for folder in ["alpha/", "เบต้า/", "gamma/", ""] {
            let path = format!("{folder}{}.json", file.replace("YEAR", if folder == "gamma/" { "2569" } else { "2568" }));
            if built.paths().into_iter().any(|known| known == path) {
                for row in built.rows(&path) {
                    for (key, value) in &row {
                        let of = &properties[key];
                        let kinds: Vec<&str> = match &of["type"] {
                            Value::String(kind) => vec![kind],
                            kinds => kinds.as_array().unwrap().iter().map(|kind| kind.as_str().unwrap()).collect(),
                        };
                        let fits = match value {
                            Value::Null => kinds.contains(&"null"),
                            Value::Bool(_) => kinds.contains(&"boolean"),
                            Value::Number(number) => kinds.contains(&"number") || (kinds.contains(&"integer") && number.is_i64()),
                            Value::String(_) => kinds.contains(&"string"),
                            other => panic!("{other}"),
                        };
                        assert!(fits, "{path}: {key} is {value}, which is none of {kinds:?}");
                        let words = of["enum"].as_array();
                        assert!(words.is_none_or(|words| words.contains(value)), "{path}: {key} is {value}, which is none of {words:?}");
                    }
                    let required = schema["items"]["required"].as_array().unwrap();
                    assert!(required.iter().all(|key| row.contains_key(key.as_str().unwrap())), "{path}");
                }
            }
        }
    }
}
