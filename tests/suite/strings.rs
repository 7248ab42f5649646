//! The catalogue of sentences: what templates and the plan ask for is there in both languages, and nothing is there that nobody asks for.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use crate::support::{files_below, root};

/// Texts of files below a folder, by extension.
fn texts(folder: &str, extension: &str) -> Vec<(String, String)> {
    let folder = root().join(folder);
    let files = files_below(&folder).into_iter().filter(|path| path.extension().is_some_and(|found| found == extension));
    files.map(|path| (path.strip_prefix(&folder).unwrap().display().to_string(), fs::read_to_string(&path).unwrap())).collect()
}

/// The keys of a catalogue, which has one on each line that is no comment.
fn catalogue(language: &str) -> BTreeSet<String> {
    let text = fs::read_to_string(root().join(format!("themes/default/strings/{language}.yaml"))).unwrap();
    let lines = text.lines().filter(|line| !line.starts_with(['#', ' ']));
    lines.filter_map(|line| Some(line.split_once(':')?.0.trim_matches('"').to_owned())).collect()
}

/// What stands between quotes directly behind each `before`, with what follows the quotes.
fn quoted<'a>(text: &'a str, before: &str) -> Vec<(&'a str, &'a str)> {
    text.split(before).skip(1).filter_map(|rest| rest.strip_prefix('"')?.split_once('"')).collect()
}

/// The keys that templates and the plan ask for by their whole name, with who asks first, and the beginnings of those that are put together.
fn asked() -> (BTreeMap<String, String>, BTreeSet<String>) {
    let (mut whole, mut begun) = (BTreeMap::new(), BTreeSet::new());
    for (file, text) in texts("themes/default", "html") {
        for (key, rest) in quoted(&text, "t(") {
            if rest.trim_start().starts_with('~') {
                begun.insert(key.to_owned());
            } else {
                whole.entry(key.to_owned()).or_insert_with(|| file.clone());
            }
        }
    }
    for (file, text) in texts("src", "rs") {
        let code = text.split("#[cfg(test)]").next().unwrap();
        for before in ["Label::new(", "sentence(", "Value::Word(", "Cell::Word("] {
            for (key, _) in quoted(code, before) {
                whole.entry(key.to_owned()).or_insert_with(|| file.clone());
            }
        }
        for (key, _) in quoted(code, "format!(") {
            begun.extend(key.split_once('{').map(|(begin, _)| begin.to_owned()).filter(|begin| begin.ends_with('.')));
        }
    }
    // What a label says as it is given.
    whole.remove("text");
    (whole, begun)
}

#[test]
fn every_sentence_that_is_asked_for_is_there_in_both_languages() {
    let (whole, begun) = asked();
    assert!(whole.len() > 300 && begun.len() > 5, "the patterns find what is asked for: {} {}", whole.len(), begun.len());
    for language in ["th", "en"] {
        let keys = catalogue(language);
        let missing: Vec<_> = whole.iter().filter(|(key, _)| !keys.contains(*key)).collect();
        assert!(missing.is_empty(), "{language}: {missing:?}");
        let empty: Vec<_> = begun.iter().filter(|begin| begin.contains('.') && !keys.iter().any(|key| key.starts_with(*begin))).collect();
        assert!(
            empty.iter().all(|begin| !texts("themes/default", "html").iter().any(|(_, text)| text.contains(&format!("t(\"{begin}\"")))),
            "{empty:?}"
        );
    }
}

#[test]
fn every_term_of_the_glossary_has_a_name_in_both_languages_and_a_meaning() {
    for language in ["th", "en"] {
        let keys = catalogue(language);
        let below = |begin: &str| -> BTreeSet<String> { keys.iter().filter_map(|key| Some(key.strip_prefix(begin)?.to_owned())).collect() };
        let names = below("glossary.name.");
        assert!(names.len() > 30 && names == below("glossary.other."), "{language}");
        let without: Vec<&String> = names.iter().filter(|id| !keys.contains(&format!("glossary.{id}"))).collect();
        assert!(without.is_empty(), "{language}: {without:?}");
    }
    // The names of one language are the other names of the other.
    let texts = |language: &str, begin: &str| -> Vec<String> {
        let text = fs::read_to_string(root().join(format!("themes/default/strings/{language}.yaml"))).unwrap();
        text.lines().filter(|line| line.starts_with(begin)).map(|line| line.split_once(": ").unwrap().1.to_owned()).collect()
    };
    assert_eq!(texts("th", "glossary.name."), texts("en", "glossary.other."));
    assert_eq!(texts("en", "glossary.name."), texts("th", "glossary.other."));
}

#[test]
fn no_sentence_is_there_that_nobody_asks_for() {
    let (_, begun) = asked();
    let sources: Vec<String> = texts("themes/default", "html").into_iter().chain(texts("src", "rs")).map(|(_, text)| text).collect();
    let used = |key: &str| {
        let literal = format!("\"{key}\"");
        sources.iter().any(|text| text.contains(&literal)) || begun.iter().any(|begin| !begin.is_empty() && key.starts_with(begin.as_str()))
    };
    let unused: Vec<String> = catalogue("th").into_iter().filter(|key| !used(key)).collect();
    assert!(unused.is_empty(), "{unused:?}");
}

/// Where names stand in code: in data files, which no theme may change, and beside the names that packs give to groups of items.
const OF_DATA: [&str; 3] = ["site/tables.rs", "site/losses.rs", "site/oit.rs"];

#[test]
fn no_page_says_what_stands_in_code_alone() {
    for (file, text) in texts("src", "rs") {
        let code = text.split("#[cfg(test)]").next().unwrap();
        let in_pages = file.starts_with("site/") || file.starts_with("render/");
        assert!(!in_pages || OF_DATA.contains(&file.as_str()) || !code.contains("en: Some(\""), "{file}");
    }
}
