//! The order of rooms: what a module may use, and which crate is named where. The table is the design.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::support::{files_below, root};

/// The rooms; each may use itself and those above it in this list.
const ROOMS: &[&str] = &[
    "base",
    "finding",
    "text",
    "framework",
    "source",
    "assessment",
    "site",
    "check",
    "render",
    "engine",
    "disk",
    "publish",
    "staff",
    "preview",
    "cli",
];

/// Rooms that may use only some of what stands above them: the room, the room above, and what of it. An empty list is nothing.
const NARROW: &[(&str, &str, &[&str])] = &[
    // Rules and the self-test know an agency and where links lead, and nothing of how a page is made.
    ("check", "site", &["links", "model", "routes"]),
    ("render", "check", &[]),
    ("render", "assessment", &[]),
    ("disk", "render", &[]),
    ("disk", "site", &[]),
    ("publish", "render", &[]),
    ("publish", "site", &[]),
    ("publish", "source", &[]),
    ("staff", "render", &[]),
    ("cli", "render", &[]),
    ("cli", "site", &[]),
];

/// The one module that names a crate, or the folder of a module. serde_json, serde and rayon may stand anywhere.
const CRATES: &[(&str, &str)] = &[
    ("annotate_snippets", "finding/human.rs"),
    ("anstyle_query", "cli/terminal.rs"),
    ("blake2", "publish/primitives.rs"),
    ("brotli", "base/packing.rs"),
    ("chrono", "base/date.rs"),
    ("clap", "cli/args/"),
    ("clap_complete", "cli/args/"),
    ("clap_mangen", "cli/args/paper.rs"),
    ("ctrlc", "cli/interrupt.rs"),
    ("ed25519_compact", "publish/primitives.rs"),
    ("flate2", "base/packing.rs"),
    ("granit_parser", "text/yaml.rs"),
    ("memchr", "text/seek.rs"),
    ("mimalloc", "main.rs"),
    ("minijinja", "render/theme.rs"),
    ("notify", "preview/watch.rs"),
    ("num_bigint", "base/exact.rs"),
    ("num_rational", "base/exact.rs"),
    ("num_traits", "base/exact.rs"),
    ("pulldown_cmark", "text/markdown/read.rs"),
    ("quick_xml", "source/attachment/markup.rs"),
    ("rustix", "disk/system.rs"),
    ("scrypt", "publish/primitives.rs"),
    ("serde_yaml", "text/strings.rs"),
    ("sha2", "base/hash.rs"),
    ("sys_locale", "cli/edge.rs"),
    ("tape_sha256", "base/hash.rs"),
    ("tempfile", "disk/scratch.rs"),
    ("terminal_size", "cli/terminal.rs"),
    ("tiny_http", "preview/http.rs"),
    ("unicode_normalization", "base/thai.rs"),
    ("unicode_width", "base/width.rs"),
    ("walkdir", "disk/scan.rs"),
    ("zip", "source/attachment/archive.rs"),
];

const FREE: [&str; 3] = ["rayon", "serde", "serde_json"];

const LONGEST: usize = 700;

/// A source file: its path below `src/`, and its text.
fn sources() -> Vec<(String, String)> {
    let src = root().join("src");
    let name = |path: &Path| path.strip_prefix(&src).unwrap().to_str().unwrap().to_owned();
    let files = files_below(&src).into_iter().filter(|path| path.extension().is_some_and(|extension| extension == "rs"));
    files.map(|path| (name(&path), fs::read_to_string(&path).unwrap())).collect()
}

/// The text without comments and without the tests of the module, which may use what they like.
fn code(text: &str) -> String {
    let lines = text.split("#[cfg(test)]").next().unwrap().lines();
    lines.filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

fn room(path: &str) -> &str {
    path.split('/').next().unwrap().trim_end_matches(".rs")
}

/// What follows each `crate::`: the room and what of it. `crate::{a, b}` counts as each of them.
fn used(code: &str) -> Vec<(String, String)> {
    let word = |text: &str| text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
    let mut used = Vec::new();
    for rest in code.split("crate::").skip(1) {
        let (room, after) = match rest.strip_prefix('{') {
            Some(_) => panic!("`use crate::{{…}}` hides what is used: write one line for each room"),
            None => (word(rest), &rest[word(rest).len()..]),
        };
        match after.strip_prefix("::") {
            Some(list) if list.starts_with('{') => {
                let list = list[1..].split('}').next().unwrap();
                used.extend(list.split(',').map(|part| (room.clone(), word(part.trim()))));
            }
            Some(one) => used.push((room, word(one))),
            None => used.push((room, String::new())),
        }
    }
    used
}

#[test]
fn a_room_uses_only_what_stands_before_it() {
    let mut wrong = Vec::new();
    for (path, text) in sources() {
        let own = room(&path).to_owned();
        if matches!(own.as_str(), "lib" | "main") {
            continue;
        }
        let place = ROOMS.iter().position(|room| *room == own).unwrap_or_else(|| panic!("{path} is in no room of the table"));
        for (other, what) in used(&code(&text)) {
            let Some(there) = ROOMS.iter().position(|room| *room == other) else {
                wrong.push(format!("{path} uses {other}, which is no room"));
                continue;
            };
            let narrow = NARROW.iter().find(|(from, to, _)| *from == own && *to == other);
            if there > place || narrow.is_some_and(|(_, _, fine)| !fine.contains(&what.as_str())) {
                wrong.push(format!("{path} uses {other}::{what}"));
            }
        }
        // A path upwards must not leave the room: one step for each folder below it.
        let deepest = path.matches('/').count();
        assert!(!code(&text).contains(&"super::".repeat(deepest + 1)), "{path} leaves its room by `super`");
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_room_of_the_table_is_there() {
    let there: BTreeSet<String> = sources().iter().map(|(path, _)| room(path).to_owned()).collect();
    let table: BTreeSet<String> = ROOMS.iter().chain(&["lib", "main"]).map(|room| (*room).to_owned()).collect();
    assert_eq!(there, table);
}

#[test]
fn a_crate_is_named_in_one_module() {
    for (name, home) in CRATES {
        let names = |text: &str| code(text).split(&format!("{name}::")).collect::<Vec<_>>().windows(2).any(|pair| !pair[0].ends_with('_'));
        let is_program = |path: &str| !path.ends_with("trials.rs") && !path.ends_with("tests.rs");
        let named = sources().into_iter().filter(|(path, text)| is_program(path) && names(text));
        let named: Vec<String> = named.map(|(path, _)| path).collect();
        let is_home = |path: &String| if home.ends_with('/') { path.starts_with(home) } else { path == home };
        assert!(!named.is_empty() && named.iter().all(is_home), "{name}: {named:?}");
    }
}

#[test]
fn every_dependency_is_named_somewhere() {
    let manifest = fs::read_to_string(root().join("Cargo.toml")).unwrap();
    let list = manifest.split("[dependencies]").nth(1).unwrap().split("\n[").next().unwrap();
    for name in list.lines().filter_map(|line| line.split(" = ").next()).filter(|name| !name.trim().is_empty()) {
        let name = name.replace('-', "_");
        let known = CRATES.iter().any(|(known, _)| *known == name) || FREE.contains(&name.as_str());
        assert!(known, "{name} is in Cargo.toml and not in the table");
        assert!(sources().iter().any(|(_, text)| code(text).contains(&format!("{name}::"))), "{name} is not used");
    }
}

#[test]
fn every_file_says_what_it_owns_and_is_short() {
    for (path, text) in sources() {
        assert!(text.starts_with("//! "), "{path} opens with what it owns");
        assert!(text.lines().count() <= LONGEST, "{path} has {} lines", text.lines().count());
    }
}
