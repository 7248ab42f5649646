//! `build --shard` and `merge`: the shards of a site joined are one build of it, byte for byte; what does not belong together is refused
//! with the reason, and nothing is written.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use tempfile::TempDir;

use crate::support::{Site, prongsai, root, run, tree};

const NINE: [&str; 9] = ["a1", "a2", "b1", "b2", "c1", "d1", "e1", "ก1", "ข1"];

fn folder(site: &Site) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    site.write_to(folder.path());
    folder
}

/// Nine agencies with all that the site itself may have.
fn nine() -> Site {
    let site = Site::several(&NINE)
        .with(
            "content/site.yaml",
            "title: รวม\nbase_url: https://example.go.th/ita/\ncompress: [gzip]\nhost: [apache, netlify]\nlogo: files/logo.png\nredirects: {a1/old/: a1/2568/, old/: about/, b1/gone/: ข1/}\n",
        )
        .with("content/about.md", "ดู[หน่วยงาน](c1/2568/) และ[เอกสาร](files/all.txt)\n")
        .with("content/files/all.txt", "รวม")
        .with_bytes("content/files/logo.png", &fs::read(root().join("themes/default/icon.png")).unwrap())
        .with("content/e1/files/own.txt", "ของ e1")
        .with("content/notes.bin", "ไม่มีที่")
        .with("themes/default/foot.css", "p{}")
        .with("themes/default/style.css", "p{color:#111}");
    let earlier = Site::small().text("content/2568/assessment.yaml").replace("2568", "2567");
    site.with("content/a2/2567/assessment.yaml", &earlier).with("content/ข1/2567/assessment.yaml", &earlier)
}

/// Builds all shards; the folders.
fn build(folder: &Path, of: usize, flags: &str) -> Vec<String> {
    let one = |number: usize| {
        let out = format!("shards-{of}/{number}");
        let (status, told, err) = run(folder, &format!("build --shard {number}/{of} --out {out} {flags}"));
        assert_eq!(status, 0, "{err}");
        assert!(told.starts_with(&format!("shard {number} of {of}: ")), "{told}");
        assert_eq!(run(folder, &format!("verify {out}")).0, 0);
        out
    };
    (1..=of).map(one).collect()
}

/// Status and both streams of joining these folders.
fn merge(folder: &Path, shards: &[String], out: &str) -> (i32, String, String) {
    run(folder, &format!("merge {} --out {out}", shards.join(" ")))
}

fn assert_same(a: &BTreeMap<String, Vec<u8>>, b: &BTreeMap<String, Vec<u8>>) {
    assert_eq!(a.keys().collect::<Vec<_>>(), b.keys().collect::<Vec<_>>());
    for (path, bytes) in a {
        assert!(bytes == &b[path], "{path}");
    }
}

#[test]
fn joined_shards_are_one_build() {
    let folder = folder(&nine());
    let (status, _, err) = run(folder.path(), "build");
    assert_eq!(status, 0, "{err}");
    let whole = tree(&folder.path().join("public"));
    assert!(whole.contains_key("a2/2567/index.html") && whole.contains_key("_redirects") && whole.contains_key("index.html.gz"));
    for of in [7, 3, 1, 12] {
        let mut shards = build(folder.path(), of, "");
        shards.reverse();
        let out = format!("joined-{of}");
        let (status, told, err) = merge(folder.path(), &shards, &out);
        assert_eq!(status, 0, "{err}");
        assert!(told.starts_with("published "), "{told}");
        assert_same(&tree(&folder.path().join(&out)), &whole);
        let (status, told, _) = merge(folder.path(), &shards, &out);
        assert!(status == 0 && told.starts_with("nothing changed"), "{told}");
    }
    // Into what one build published, and the other way round.
    let (status, told, _) = merge(folder.path(), &build(folder.path(), 3, ""), "public");
    assert!(status == 0 && told.starts_with("nothing changed"), "{told}");
    assert!(run(folder.path(), "build --out joined-7").1.starts_with("nothing changed"));
}

#[test]
fn merge_needs_nothing_but_the_shards_and_takes_their_options() {
    let folder = folder(&nine().with("content/c1/draft.md", "---\ndraft: true\n---\nร่าง\n"));
    let flags = "--drafts --base-url https://other.go.th/";
    assert_eq!(run(folder.path(), &format!("build {flags}")).0, 0);
    let whole = tree(&folder.path().join("public"));
    assert!(whole.contains_key("c1/draft/index.html"));
    let shards = build(folder.path(), 2, flags);
    fs::remove_dir_all(folder.path().join("content")).unwrap();
    fs::remove_dir_all(folder.path().join("themes")).unwrap();
    // Another day than that of the shards changes nothing.
    let mut command = prongsai(folder.path());
    let output =
        command.env("SOURCE_DATE_EPOCH", "1800000000").args(["merge", &shards[0], &shards[1], "--out", "joined"]).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    assert_same(&tree(&folder.path().join("joined")), &whole);
}

#[test]
fn merge_signs_as_build_does() {
    let folder = folder(&Site::several(&["a", "b"]));
    let key = fs::read(root().join("tests/fixtures/signing/test.key")).unwrap();
    fs::write(folder.path().join("test.key"), key).unwrap();
    assert_eq!(run(folder.path(), "build --sign-key test.key").0, 0);
    let shards = build(folder.path(), 2, "");
    let (status, _, err) = merge(folder.path(), &shards, "joined --sign-key test.key");
    assert_eq!(status, 0, "{err}");
    assert!(folder.path().join("joined/manifest.json.minisig").exists());
    assert_same(&tree(&folder.path().join("joined")), &tree(&folder.path().join("public")));
    assert_eq!(run(folder.path(), "build --shard 1/2 --out x --sign-key test.key").0, 2);
}

#[test]
fn what_does_not_belong_together_is_told_all_at_once() {
    let folder = folder(&Site::several(&["a", "b", "c", "d"]));
    let shards = build(folder.path(), 4, "");
    let one = &shards[0];
    assert_eq!(run(folder.path(), "build --shard 2/4 --out other/drafts --drafts").0, 0);
    assert_eq!(run(folder.path(), "build --shard 2/4 --out other/url --base-url https://x.go.th/").0, 0);
    assert_eq!(run(folder.path(), "build --shard 2/3 --out other/count").0, 0);
    let late =
        prongsai(folder.path()).env("SOURCE_DATE_EPOCH", "1800000000").args(["build", "--shard", "2/4", "--out", "other/day"]).output();
    assert_eq!(late.unwrap().status.code(), Some(0));
    Site::several(&["a", "b", "c", "d", "e"]).write_to(folder.path());
    assert_eq!(run(folder.path(), "build --shard 2/4 --out other/agencies").0, 0);
    fs::remove_dir_all(folder.path().join("content/e")).unwrap();
    Site::several(&["a"]).replace("content/site.yaml", "เว็บไซต์ทดสอบ", "อีกเว็บไซต์").write_to(folder.path());
    assert_eq!(run(folder.path(), "build --shard 2/4 --out other/sources").0, 0);
    fs::create_dir_all(folder.path().join("empty")).unwrap();
    assert_eq!(run(folder.path(), "build --out whole").0, 0);

    for (others, told, thai) in [
        ("other/drafts", "differs in `--drafts`", "ต่างกันที่ `--drafts`"),
        ("other/url", "differs in `--base-url`", "ต่างกันที่ `--base-url`"),
        ("other/count", "is one of 3 shards, and the first folder is one of 4", "3 ส่วน"),
        ("other/day", "was built on another day", "วันอื่น"),
        ("other/agencies", "of a site with other agencies (such as `e`)", "เช่น `e`"),
        ("other/sources", "of other files of the site's own (`content/site.yaml`)", "`content/site.yaml`"),
        ("empty", "`empty` is no shard", "ไม่ใช่โฟลเดอร์ของส่วน"),
        ("whole", "`whole` is no shard", "ไม่ใช่โฟลเดอร์ของส่วน"),
        ("nowhere", "there is no folder `nowhere`", "ไม่มีโฟลเดอร์ `nowhere`"),
    ] {
        let (status, out, err) = merge(folder.path(), &[one.clone(), others.to_owned()], "joined");
        assert_eq!((status, out.as_str()), (2, ""), "{err}");
        assert!(err.contains(told) && err.contains("of 4 shards missing: "), "{err}");
        let (_, _, err) = merge(folder.path(), &[one.clone(), others.to_owned()], "joined --lang th");
        assert!(err.contains(thai) && err.contains("ขาดส่วนที่ "), "{err}");
        assert!(!folder.path().join("joined").exists());
    }
    let (status, _, err) = merge(folder.path(), &[one.clone(), one.clone(), shards[3].clone(), "empty".to_owned()], "joined");
    assert_eq!(status, 2);
    let lines: Vec<&str> = err.lines().collect();
    assert_eq!(lines.len(), 4, "{err}");
    assert!(err.contains("are both shard 1") && err.contains("of 4 shards missing: 2-3"), "{err}");
    // A folder that differs in several ways is told with all of them, and stands for no shard of another count.
    let flags = "--drafts --base-url https://x.go.th/";
    assert_eq!(run(folder.path(), &format!("build --shard 2/4 --out other/all {flags}")).0, 0);
    let (_, _, err) = merge(folder.path(), &[one.clone(), "other/all".to_owned(), shards[2].clone(), shards[3].clone()], "joined");
    let lines: Vec<&str> = err.lines().skip(1).collect();
    assert_eq!(lines.len(), 3, "{err}");
    for (line, told) in lines.iter().zip(["differs in `--drafts`", "differs in `--base-url`", "(`content/site.yaml`)"]) {
        assert!(line.starts_with("  `other/all` ") && line.contains(told), "{err}");
    }
    let (_, _, err) = merge(folder.path(), &[one.clone(), "other/count".to_owned(), shards[2].clone(), shards[3].clone()], "joined");
    let lines: Vec<&str> = err.lines().skip(1).collect();
    assert_eq!(lines, ["  `other/count` is one of 3 shards, and the first folder is one of 4", "  of 4 shards missing: 2"]);
}

#[test]
fn a_shard_of_another_program_is_refused() {
    let folder = folder(&Site::several(&["a", "b"]));
    let shards = build(folder.path(), 2, "");
    let (own, root) = (folder.path().join(&shards[1]).join("_shard/shard.json"), folder.path().join(&shards[1]).join("manifest.json"));
    let mut shard: serde_json::Value = serde_json::from_slice(&fs::read(&own).unwrap()).unwrap();
    shard["program"] = "0.0.9".into();
    let bytes = shard.to_string();
    fs::write(&own, &bytes).unwrap();
    let mut manifest: serde_json::Value = serde_json::from_slice(&fs::read(&root).unwrap()).unwrap();
    let files = manifest["files"].as_array_mut().unwrap();
    let file = files.iter_mut().find(|file| file["path"] == "_shard/shard.json").unwrap();
    file["size"] = bytes.len().into();
    file["sha256"] = prongsai::base::hash::Hash::of(bytes.as_bytes()).to_string().into();
    fs::write(&root, manifest.to_string()).unwrap();
    let (status, _, err) = merge(folder.path(), &shards, "joined");
    assert!(status == 2 && err.contains("another version of the program (0.0.9)"), "{err}");
    assert!(!folder.path().join("joined").exists());
}

#[test]
fn a_shard_that_was_altered_is_refused() {
    let folder = folder(&Site::several(&["a", "b", "c"]));
    let shards = build(folder.path(), 2, "");
    let alter = |path: &str, how: &dyn Fn(&Path)| {
        let file = folder.path().join(&shards[0]).join(path);
        let before = fs::read(&file).unwrap();
        how(&file);
        let (status, out, err) = merge(folder.path(), &shards, "joined");
        assert_eq!((status, out.as_str()), (2, ""), "{path}: {err}");
        assert!(err.contains("is not as it was") && err.contains("prongsai verify"), "{path}: {err}");
        let (_, _, thai) = merge(folder.path(), &shards, "joined --lang th");
        assert!(thai.contains("ไม่ตรงกับตอนที่สร้าง"), "{path}: {thai}");
        assert!(!folder.path().join("joined").exists(), "{path}");
        fs::write(&file, before).unwrap();
    };
    let grow = |file: &Path| fs::write(file, [fs::read(file).unwrap(), b" ".to_vec()].concat()).unwrap();
    let turn = |file: &Path| {
        let mut bytes = fs::read(file).unwrap();
        let at = bytes.len() / 2;
        bytes[at] ^= 1;
        fs::write(file, bytes).unwrap();
    };
    let remove = |file: &Path| fs::remove_file(file).unwrap();
    let paths = [
        "a/index.html",
        "a/manifest.json",
        "c/2568/data/scores.csv",
        "_shard/shard.json",
        "_shard/remains-1.jsonl",
        "_shard/site/content/site.yaml",
    ];
    for path in paths {
        alter(path, &grow);
        alter(path, &turn);
        alter(path, &remove);
    }
    assert_eq!(merge(folder.path(), &shards, "joined").0, 0);
    // An agency that was taken out, with its entry in the manifest.
    let root = folder.path().join(&shards[1]).join("manifest.json");
    let mut manifest: serde_json::Value = serde_json::from_slice(&fs::read(&root).unwrap()).unwrap();
    manifest["files"].as_array_mut().unwrap().retain(|file| file["path"] != "b/manifest.json");
    fs::write(&root, manifest.to_string()).unwrap();
    fs::remove_dir_all(folder.path().join(&shards[1]).join("b")).unwrap();
    let (status, _, err) = merge(folder.path(), &shards, "joined");
    assert!(status == 2 && err.contains("is not as it was built"), "{err}");
    // The published site is as it was.
    assert_eq!(run(folder.path(), "verify joined").0, 0);
}

#[cfg(unix)]
#[test]
fn links_and_pipes_in_a_shard_are_not_followed() {
    let folder = folder(&Site::several(&["a", "b"]));
    let shards = build(folder.path(), 1, "");
    let file = folder.path().join(&shards[0]).join("a/index.html");
    let bytes = fs::read(&file).unwrap();
    fs::remove_file(&file).unwrap();
    fs::write(folder.path().join("same.html"), bytes).unwrap();
    std::os::unix::fs::symlink(folder.path().join("same.html"), &file).unwrap();
    assert_eq!(merge(folder.path(), &shards, "joined").0, 2);
    fs::remove_file(&file).unwrap();
    assert!(std::process::Command::new("mkfifo").arg(&file).status().unwrap().success());
    assert_eq!(merge(folder.path(), &shards, "joined").0, 2);
}

#[test]
fn the_output_is_none_of_the_shards() {
    let folder = folder(&Site::several(&["a", "b"]));
    let shards = build(folder.path(), 2, "");
    for out in ["shards-2/1", "shards-2", "shards-2/1/a", "shards-2/2/new", "."] {
        let before = tree(&folder.path().join("shards-2"));
        let (status, _, err) = merge(folder.path(), &shards, out);
        assert!(status == 2 && err.contains("Name another folder"), "{out}: {err}");
        assert_same(&tree(&folder.path().join("shards-2")), &before);
    }
    // Another shard's folder is no place for a site, nor a site's folder for a shard.
    assert_eq!(run(folder.path(), "build --shard 1/2 --out other").0, 0);
    let (status, _, err) = merge(folder.path(), &shards, "other");
    assert!(status == 2 && err.contains("holds a shard"), "{err}");
    let (status, _, err) = run(folder.path(), "build --out other");
    assert!(status == 2 && err.contains("holds a shard"), "{err}");
    assert_eq!(run(folder.path(), "build").0, 0);
    let (status, _, err) = run(folder.path(), "build --shard 1/2");
    assert!(status == 2 && err.contains("a site was published there"), "{err}");
    let (_, _, err) = run(folder.path(), "build --shard 1/2 --lang th");
    assert!(err.contains("มีเว็บไซต์ที่เผยแพร่อยู่"), "{err}");
}

#[test]
fn a_site_of_one_agency_has_no_parts() {
    let folder = folder(&Site::small());
    let (status, out, err) = run(folder.path(), "build --shard 1/2 --out shard");
    assert!(status == 2 && out.is_empty() && err.contains("one agency"), "{err}");
    assert!(run(folder.path(), "build --shard 1/2 --lang th").2.contains("หน่วยงานเดียว"));
    assert!(!folder.path().join("shard").exists());
}

fn broken(site: Site, slug: &str) -> Site {
    site.replace(&format!("content/{slug}/2568/assessment.yaml"), "overall: 95.2", "overall: x")
}

#[test]
fn a_shard_with_errors_is_not_written_unless_it_keeps_going() {
    let sound = Site::several(&["a", "b", "c", "d"]);
    let folder = folder(&sound);
    assert_eq!(run(folder.path(), "build").0, 0);
    let before = tree(&folder.path().join("public"));
    let edited = sound.clone().replace("content/d/about.md", "ติดต่อ", "ช่องทางติดต่อ").with_agency("e");
    let faulty = broken(broken(edited.clone(), "a"), "e");
    faulty.write_to(folder.path());
    let (status, out, err) = run(folder.path(), "build --shard 1/2 --out shards/1");
    assert_eq!((status, out.as_str()), (1, ""), "{err}");
    assert!(!folder.path().join("shards").exists());
    assert_eq!(run(folder.path(), "build --shard 2/2 --out shards/2 --keep-going").0, 0);
    let (status, _, err) = run(folder.path(), "build --shard 1/2 --out shards/1 --keep-going");
    assert!(status == 1 && err.contains("left out, since they have errors: 2 agencies"), "{err}");
    assert!(!folder.path().join("shards/1/a").exists() && folder.path().join("shards/1/c/index.html").exists());
    let shards = ["shards/1".to_owned(), "shards/2".to_owned()];
    let (status, out, err) = merge(folder.path(), &shards, "public");
    assert!(status == 1 && out.starts_with("published"), "{err}");
    assert!(err.ends_with("  a Thotsop SAO: 1 error, keeps its last pages\n  e Thotsop SAO: 1 error, has no pages yet\n"), "{err}");
    assert_eq!(run(folder.path(), "verify public").0, 0);
    let now = tree(&folder.path().join("public"));
    let of_a = |tree: &BTreeMap<String, Vec<u8>>| {
        tree.iter().filter(|(path, _)| path.starts_with("a/")).map(|(p, b)| (p.clone(), b.clone())).collect::<Vec<_>>()
    };
    assert_eq!(of_a(&now), of_a(&before));
    // The same as one build that keeps going.
    sound.write_to(folder.path());
    fs::remove_dir_all(folder.path().join("content/e")).unwrap();
    assert_eq!(run(folder.path(), "build --out other").0, 0);
    faulty.write_to(folder.path());
    assert_eq!(run(folder.path(), "build --out other --keep-going").0, 1);
    assert_same(&now, &tree(&folder.path().join("other")));
    // A shard in which all have errors has none; a whole site of such publishes nothing.
    ["a", "b", "c", "d", "e"]
        .iter()
        .filter(|slug| !["a", "e"].contains(slug))
        .fold(faulty, |site, slug| broken(site, slug))
        .write_to(folder.path());
    for number in [1, 2] {
        assert_eq!(run(folder.path(), &format!("build --shard {number}/2 --out shards/{number} --keep-going")).0, 1);
    }
    let (status, out, err) = merge(folder.path(), &shards, "public");
    assert!(status == 1 && out.is_empty() && err.contains("nothing was published"), "{err}");
    assert_same(&now, &tree(&folder.path().join("public")));
    // Mended, a shard has them again.
    edited.write_to(folder.path());
    for number in [1, 2] {
        assert_eq!(run(folder.path(), &format!("build --shard {number}/2 --out shards/{number} --keep-going")).0, 0);
    }
    assert_eq!(merge(folder.path(), &shards, "public").0, 0);
    assert_eq!(run(folder.path(), "build --out fresh").0, 0);
    assert_same(&tree(&folder.path().join("public")), &tree(&folder.path().join("fresh")));
}

#[test]
fn what_only_the_whole_shows_is_told_by_merge() {
    let site = Site::several(&["a", "b"]);
    let folder = folder(&site.clone().with("content/a/news.md", "ก\n"));
    assert_eq!(run(folder.path(), "build").0, 0);
    fs::remove_file(folder.path().join("content/a/news.md")).unwrap();
    let shards = build(folder.path(), 2, "");
    let (status, _, err) = merge(folder.path(), &shards, "public --strict");
    assert!(status == 1 && err.contains("address-gone") && err.contains("nothing was published"), "{err}");
    let (status, _, err) = merge(folder.path(), &shards, "public");
    assert!(status == 0 && err.contains("address-gone"), "{err}");
    // A redirect to an address that no agency has, and two folders that are one where capital letters are not told apart.
    site.clone().replace("content/site.yaml", "title:", "redirects: {x/: a/nowhere/}\ntitle:").with_agency("A").write_to(folder.path());
    let shards = build(folder.path(), 2, "");
    let (status, _, err) = merge(folder.path(), &shards, "public");
    assert!(status == 1 && err.contains("link-broken") && err.contains("route-collision"), "{err}");
}

/// The blocks of a kind in the document.
fn blocks(kind: &str) -> Vec<String> {
    let text = fs::read_to_string(root().join("docs/shards.md")).unwrap();
    let fence = format!("```{kind}\n");
    let after = text.split(fence.as_str()).skip(1);
    after.map(|rest| rest.split("```").next().unwrap().to_owned()).collect()
}

#[cfg(unix)]
#[test]
fn the_loop_of_the_document_gives_one_build() {
    let folder = folder(&nine());
    assert_eq!(run(folder.path(), "build --out whole").0, 0);
    let program = assert_cmd::cargo::cargo_bin("prongsai");
    let path = format!("{}:/usr/bin:/bin", program.parent().unwrap().display());
    let shell = |script: &str| {
        let mut command = std::process::Command::new("sh");
        command
            .arg("-c")
            .arg(script)
            .current_dir(folder.path())
            .env_clear()
            .env("PATH", &path)
            .env("SOURCE_DATE_EPOCH", crate::support::EPOCH);
        command.output().unwrap()
    };
    let output = shell(&blocks("sh")[0]);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    assert_same(&tree(&folder.path().join("public")), &tree(&folder.path().join("whole")));
    // A shard with errors ends it before anything is joined.
    broken(nine(), "c1").write_to(folder.path());
    assert_eq!(shell(&blocks("sh")[0]).status.code(), Some(1));
    assert_same(&tree(&folder.path().join("public")), &tree(&folder.path().join("whole")));
}

#[test]
fn the_files_of_the_document_are_yaml() {
    use prongsai::text::{SourceText, yaml};
    let blocks = blocks("yaml");
    assert_eq!(blocks.len(), 2);
    for block in blocks {
        let source = SourceText::new(std::sync::Arc::from("ci.yml"), block.into_bytes()).unwrap();
        assert!(yaml::parse(&source).is_ok());
    }
}
