//! The same input gives the same bytes, wherever and however it is built.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::support::{Site, prongsai, tree};

/// Builds the site in a folder with some variables set; gives the output.
fn build(folder: &Path, site: &Site, variables: &[(&str, &str)]) -> BTreeMap<String, Vec<u8>> {
    site.write_to(folder);
    let output = prongsai(folder).arg("build").envs(variables.iter().copied()).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    tree(&folder.join("public"))
}

fn assert_equal(one: &BTreeMap<String, Vec<u8>>, other: &BTreeMap<String, Vec<u8>>) {
    assert_eq!(one.keys().collect::<Vec<_>>(), other.keys().collect::<Vec<_>>());
    let differ: Vec<&String> = one.keys().filter(|path| one[*path] != other[*path]).collect();
    assert!(differ.is_empty(), "{differ:?}");
}

fn assert_repeatable(site: &Site) {
    let (first, second) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let plain = build(first.path(), site, &[]);
    let elsewhere = second.path().join("อีก ที่/ลึก/กว่า");
    fs::create_dir_all(&elsewhere).unwrap();
    let variables = [("TZ", "Pacific/Kiritimati"), ("LANG", "th_TH.UTF-8"), ("LC_ALL", "th_TH.UTF-8"), ("RAYON_NUM_THREADS", "1")];
    assert_equal(&plain, &build(&elsewhere, site, &variables));
    // What the binary publishes is what the build makes in memory, and the manifest.
    let memory = site.built().files;
    let manifests = |path: &String| path.ends_with("manifest.json");
    let published: BTreeMap<String, Vec<u8>> = plain.into_iter().filter(|(path, _)| !manifests(path)).collect();
    assert_equal(&memory, &published);
}

#[test]
fn the_sample_is_the_same_elsewhere() {
    assert_repeatable(&Site::sample());
}

#[test]
fn several_agencies_are_the_same_elsewhere() {
    assert_repeatable(&Site::two());
}

#[test]
fn the_order_of_agencies_changes_nothing() {
    let mut site = Site::two().with("content/gamma/agency.yaml", "name: เทศบาลตำบลแกมมา\nkind: x\n");
    let plain = site.build();
    site.shuffled = true;
    let shuffled = site.build();
    assert_eq!(plain.findings(), shuffled.findings());
    assert_equal(&plain.files, &shuffled.files);
}

#[test]
fn the_hour_of_the_day_changes_nothing() {
    let (first, second) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    // The first and the last second of 1 September 2025 in Thailand.
    let early = build(first.path(), &Site::small(), &[("SOURCE_DATE_EPOCH", "1756659600")]);
    let late = build(second.path(), &Site::small(), &[("SOURCE_DATE_EPOCH", "1756745999")]);
    assert_equal(&early, &late);
}

#[cfg(unix)]
#[test]
fn a_second_build_leaves_every_file_as_it_is() {
    use std::os::unix::fs::MetadataExt;
    let folder = tempfile::tempdir().unwrap();
    let first = build(folder.path(), &Site::small(), &[]);
    let facts = |path: &String| {
        let facts = fs::metadata(folder.path().join("public").join(path)).unwrap();
        (facts.ino(), facts.mtime(), facts.mtime_nsec())
    };
    let before: Vec<_> = first.keys().map(facts).collect();
    let second = build(folder.path(), &Site::small(), &[]);
    assert_equal(&first, &second);
    assert_eq!(before, second.keys().map(facts).collect::<Vec<_>>());
}

#[cfg(unix)]
#[test]
fn an_edit_leaves_the_other_files_as_they_are() {
    use std::os::unix::fs::MetadataExt;
    let folder = tempfile::tempdir().unwrap();
    let first = build(folder.path(), &Site::sample(), &[]);
    let time = |path: &str| {
        let facts = fs::metadata(folder.path().join("public").join(path)).unwrap();
        (facts.mtime(), facts.mtime_nsec())
    };
    let before: BTreeMap<String, _> = first.keys().map(|path| (path.clone(), time(path))).collect();
    let edited = Site::sample().replace("content/2568/issues/4.md", "## ดีอยู่แล้ว", "## ดีอยู่แล้วจริง");
    let second = build(folder.path(), &edited, &[]);
    let changed: Vec<&String> = second.keys().filter(|path| first.get(*path) != second.get(*path)).collect();
    let pages = changed.iter().filter(|path| path.ends_with(".html")).count();
    assert!((1..=12).contains(&pages), "an edit to one issue changes at most 12 pages: {changed:?}");
    for path in second.keys().filter(|path| !changed.contains(path)) {
        assert_eq!(before[path], time(path), "{path}");
    }
}
