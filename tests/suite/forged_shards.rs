//! Shards that were altered so that they still look whole: what a shard says of itself is held against its share, its manifest and the
//! other shards. Each fault is told once, with the folder that it is in, and nothing is written.

use std::fs;
use std::path::Path;

use prongsai::base::hash::Hash;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::support::{Site, run};

const LEFT: &str = r#"{"slug": "SLUG", "name": "ก", "name_en": null, "errors": 1}"#;

/// Two shards of four agencies: `a` and `c` in the first, `b` and `d` in the second.
fn shards() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    Site::several(&["a", "b", "c", "d"]).with("content/files/all.txt", "รวม").write_to(folder.path());
    for number in [1, 2] {
        assert_eq!(run(folder.path(), &format!("build --shard {number}/2 --out shard{number}")).0, 0);
    }
    folder
}

fn read(path: &Path) -> Value {
    serde_json::from_slice(&fs::read(path).unwrap()).unwrap()
}

/// Writes a file of a shard, and names it in the manifest as it is now.
fn forge(shard: &Path, path: &str, bytes: &[u8]) {
    fs::write(shard.join(path), bytes).unwrap();
    let mut manifest = read(&shard.join("manifest.json"));
    let file = manifest["files"].as_array_mut().unwrap().iter_mut().find(|file| file["path"] == path).unwrap();
    file["size"] = bytes.len().into();
    file["sha256"] = Hash::of(bytes).to_string().into();
    fs::write(shard.join("manifest.json"), manifest.to_string()).unwrap();
}

fn forge_shard(shard: &Path, edit: impl Fn(&mut Value)) {
    let mut own = read(&shard.join("_shard/shard.json"));
    edit(&mut own);
    forge(shard, "_shard/shard.json", own.to_string().as_bytes());
}

/// Joining is refused in either order, with one line below the head, about this folder.
fn assert_refused(folder: &Path, about: &str, what: &str) {
    for line in ["merge shard1 shard2 --out joined", "merge shard2 shard1 --out joined"] {
        let (status, out, err) = run(folder, line);
        assert_eq!((status, out.as_str()), (2, ""), "{what}: {err}");
        assert_eq!(err.lines().count(), 2, "{what}: {err}");
        assert!(err.contains(&format!("`{about}` is not as it was built")), "{what}: {err}");
        assert!(!folder.join("joined").exists(), "{what}");
    }
}

#[test]
fn what_is_left_out_is_of_the_shard_s_share() {
    for slugs in [&["b"][..], &["nobody"], &["a", "a"], &["a"]] {
        let folder = shards();
        let left: Vec<Value> = slugs.iter().map(|slug| serde_json::from_str(&LEFT.replace("SLUG", slug)).unwrap()).collect();
        forge_shard(&folder.path().join("shard1"), |shard| shard["left"] = json!(left));
        assert_refused(folder.path(), "shard1", &format!("{slugs:?}"));
    }
}

#[test]
fn a_damaged_shard_is_told_once_and_is_not_missing_too() {
    type Spoil<'a> = (&'a str, &'a dyn Fn(&Path));
    let spoils: [Spoil<'_>; 5] = [
        ("cut", &|shard| fs::write(shard.join("_shard/shard.json"), "{").unwrap()),
        ("no form", &|shard| forge(shard, "_shard/shard.json", b"{}")),
        ("no share", &|shard| forge_shard(shard, |own| own["shard"] = 3.into())),
        ("other agencies", &|shard| forge_shard(shard, |own| own["agencies"] = json!(["b", "a", "c", "d"]))),
        ("gone", &|shard| fs::remove_file(shard.join("_shard/shard.json")).unwrap()),
    ];
    for (what, spoil) in spoils {
        let folder = shards();
        spoil(&folder.path().join("shard1"));
        assert_refused(folder.path(), "shard1", what);
    }
    // Another one that really is not there is told beside it.
    let folder = shards();
    fs::write(folder.path().join("shard1/_shard/shard.json"), "{").unwrap();
    let (_, _, err) = run(folder.path(), "merge shard1 nowhere --out joined");
    assert!(err.contains("`shard1` is not as it was built") && err.contains("there is no folder `nowhere`"), "{err}");
    // One that does not fit the first is not told to be damaged as well.
    let folder = shards();
    forge_shard(&folder.path().join("shard2"), |own| own["agencies"] = json!(["a", "b"]));
    let (status, _, err) = run(folder.path(), "merge shard1 shard2 --out joined");
    assert!(status == 2 && err.lines().count() == 2 && err.contains("other agencies"), "{err}");
}

#[test]
fn a_manifest_beyond_all_bounds_is_told_with_its_shard() {
    let folder = shards();
    let manifest = folder.path().join("shard2/manifest.json");
    fs::File::create(&manifest).unwrap().set_len(8 * 1024 * 1024 * 1024).unwrap();
    assert_refused(folder.path(), "shard2", "manifest");
}

#[test]
fn every_shard_has_the_site_s_own_sources_as_they_were() {
    let folder = shards();
    let spoils: [&dyn Fn(&Path); 4] = [
        &|file| fs::write(file, [fs::read(file).unwrap(), b" ".to_vec()].concat()).unwrap(),
        &|file| fs::write(file, fs::read(file).unwrap().iter().map(|byte| byte ^ 1).collect::<Vec<u8>>()).unwrap(),
        &|file| fs::remove_file(file).unwrap(),
        &|file| {
            fs::remove_file(file).unwrap();
            fs::create_dir(file).unwrap();
        },
    ];
    for (shard, path) in [("shard1", "content/site.yaml"), ("shard2", "content/site.yaml"), ("shard2", "content/files/all.txt")] {
        let file = folder.path().join(shard).join("_shard/site").join(path);
        let before = fs::read(&file).unwrap();
        for spoil in spoils {
            spoil(&file);
            for line in ["merge shard1 shard2 --out joined", "merge shard2 shard1 --out joined"] {
                let (status, out, err) = run(folder.path(), line);
                assert_eq!((status, out.as_str()), (2, ""), "{shard} {path}: {err}");
                assert!(err.contains(&format!("`{shard}")) && err.contains("is not as it was"), "{shard} {path}: {err}");
                assert!(!folder.path().join("joined").exists());
            }
            let _ = fs::remove_dir(&file);
            fs::write(&file, &before).unwrap();
        }
    }
    // One that its manifest names as it is now differs from the others.
    forge(&folder.path().join("shard2"), "_shard/site/content/files/all.txt", "อื่น".as_bytes());
    let (status, _, err) = run(folder.path(), "merge shard1 shard2 --out joined");
    assert!(status == 2 && err.contains("`shard2` is not as it was built"), "{err}");
}

#[test]
fn a_site_folder_that_is_none_is_told() {
    let folder = shards();
    let (status, _, err) = run(folder.path(), "merge shard1 shard2 --out joined --site nowhere");
    assert!(status == 2 && err.contains("`nowhere` is no site folder"), "{err}");
    assert!(!folder.path().join("joined").exists());
    assert_eq!(run(folder.path(), "merge shard1 shard2 --out joined --site ../x/..").0, 2);
    let own = folder.path().display();
    assert_eq!(run(folder.path(), &format!("merge shard1 shard2 --out joined --site {own}")).0, 0);
}
