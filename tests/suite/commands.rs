//! The commands as the contract has them: status, what is published and what is not, and the forms of the report.

use std::fs;
use std::path::Path;

use prongsai::base::language::Language;
use prongsai::finding::json;
use serde_json::Value;
use tempfile::TempDir;

use crate::support::{Site, run, tree, write};

const ASSESSMENT: &str = "content/2568/assessment.yaml";

fn folder(site: &Site) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    site.write_to(folder.path());
    folder
}

fn with_warning() -> Site {
    Site::small().with("content/2568/notes.txt", "จดไว้\n")
}

fn with_error() -> Site {
    Site::small().replace(ASSESSMENT, "overall: 95.2", "overall: ๙๗.๖๑.๐๐")
}

/// Names in a folder that are neither ours to write nor hidden.
fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.retain(|name| !name.starts_with('.'));
    names.sort();
    names
}

#[test]
fn a_fine_site_is_published_with_status_0() {
    let folder = folder(&Site::small());
    let (status, out, err) = run(folder.path(), "build");
    assert_eq!((status, err.as_str()), (0, ""));
    assert!(out.contains("public"), "{out}");
    assert_eq!(names(folder.path()), ["content", "public"]);
    assert!(folder.path().join("public/2568/scores/index.html").is_file());
    let (status, out, err) = run(folder.path(), "check");
    assert_eq!((status, err.as_str()), (0, ""));
    assert_eq!(out, "no findings\n");
}

#[test]
fn an_error_publishes_nothing_and_leaves_the_old_site() {
    let folder = folder(&Site::small());
    assert_eq!(run(folder.path(), "build").0, 0);
    let public = folder.path().join("public");
    let before = tree(&public);
    for broken in
        [with_error(), Site::small().with("content/site.yaml", "titel: ก\n"), Site::small().with("themes/default/page.html", "{{")]
    {
        broken.write_to(folder.path());
        let (status, out, err) = run(folder.path(), "build");
        assert_eq!((status, out.as_str()), (1, ""), "{err}");
        assert!(err.contains("nothing was published"), "{err}");
        assert!(tree(&public) == before, "the published site changed");
        let _ = fs::remove_dir_all(folder.path().join("themes"));
        Site::small().write_to(folder.path());
    }
    assert_eq!(run(folder.path(), "build").0, 0);
    assert!(tree(&public) == before);
}

#[test]
fn an_error_in_one_of_several_agencies_publishes_none() {
    let folder = folder(&Site::two());
    assert_eq!(run(folder.path(), "build").0, 0);
    let before = tree(&folder.path().join("public"));
    let broken = Site::two().replace("content/alpha/agency.yaml", "kind: local", "kind: x").with("content/เบต้า/new.md", "ใหม่\n");
    broken.write_to(folder.path());
    assert_eq!(run(folder.path(), "build").0, 1);
    assert!(tree(&folder.path().join("public")) == before);
}

#[test]
fn a_first_build_with_an_error_leaves_no_output() {
    let folder = folder(&with_error());
    assert_eq!(run(folder.path(), "build").0, 1);
    let public = folder.path().join("public");
    assert!(!public.exists() || names(&public).is_empty());
    assert_eq!(run(folder.path(), "check").0, 1);
}

#[test]
fn warnings_count_with_strict_alone_and_hints_never() {
    let folder = folder(&with_warning());
    assert_eq!(run(folder.path(), "check").0, 0);
    assert_eq!(run(folder.path(), "check --strict").0, 1);
    assert_eq!(run(folder.path(), "build --strict").0, 1);
    assert!(!folder.path().join("public/index.html").exists());
    assert_eq!(run(folder.path(), "build").0, 0);
    let hint = self::folder(&Site::small().replace(ASSESSMENT, "  i4: 95", "  I๔: 95"));
    assert_eq!(run(hint.path(), "check --strict").0, 0);
    assert_eq!(run(hint.path(), "build --strict").0, 0);
}

#[test]
fn an_accepted_warning_does_not_count() {
    let accept = "kind: local\naccept: [{code: raw-html, where: about/, reason: ตั้งใจ}]";
    let site = Site::small().with("content/about.md", "ก<br>ข\n").replace("content/agency.yaml", "kind: local", accept);
    let folder = folder(&site);
    assert_eq!(run(folder.path(), "build --strict").0, 0);
    let (status, out, _) = run(folder.path(), "check --strict --format json");
    assert_eq!(status, 0);
    let object: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(object["findings"][0]["accepted"], "ตั้งใจ");
    assert_eq!(object["summary"], serde_json::json!({"errors": 0, "warnings": 0, "hints": 0, "accepted": 1}));
}

#[test]
fn an_error_is_not_accepted() {
    let accept = "kind: local\naccept: [{code: score-not-a-number, where: 2568/overall, reason: ตั้งใจ}]";
    let folder = folder(&with_error().replace("content/agency.yaml", "kind: local", accept));
    assert_eq!(run(folder.path(), "build").0, 1);
}

#[test]
fn trouble_of_the_machine_and_of_the_line_is_status_2() {
    let folder = folder(&Site::small());
    fs::write(folder.path().join("file"), "").unwrap();
    for line in ["biuld", "build --nothing", "build --out file", "build --out content", "check --format xml", "check --site nowhere", ""] {
        let (status, out, err) = run(folder.path(), line);
        assert_eq!((status, out.as_str()), (2, ""), "{line}");
        assert!(!err.is_empty(), "{line}");
    }
    let (_, _, err) = run(folder.path(), "chekc");
    assert!(err.contains("check"), "{err}");
    assert_eq!(names(folder.path()), ["content", "file"]);
}

#[test]
fn drafts_are_published_when_asked_for() {
    let folder = folder(&Site::small().with("content/next.md", "---\ndraft: true\n---\nร่าง\n"));
    assert_eq!(run(folder.path(), "build").0, 0);
    let next = folder.path().join("public/next/index.html");
    assert!(!next.exists());
    assert_eq!(run(folder.path(), "build --drafts").0, 0);
    assert!(fs::read_to_string(&next).unwrap().contains("ข้อความที่เป็นฉบับร่าง"));
    assert!(!fs::read_to_string(folder.path().join("public/about/index.html")).unwrap().contains("ฉบับร่าง"));
    assert_eq!(run(folder.path(), "build").0, 0);
    assert!(!next.exists());
}

#[test]
fn a_base_url_of_the_line_goes_before_that_of_the_site() {
    let folder = folder(&Site::small());
    assert_eq!(run(folder.path(), "build --base-url https://other.example/x").0, 0);
    let map = fs::read_to_string(folder.path().join("public/sitemap.xml")).unwrap();
    assert!(map.contains("<loc>https://other.example/x/2568/</loc>") && !map.contains("example.go.th"));
}

#[test]
fn the_json_report_is_that_of_the_findings() {
    for site in [with_error(), with_warning(), Site::small()] {
        let folder = folder(&site);
        let (_, out, err) = run(folder.path(), "check --format json");
        assert_eq!(err, "");
        assert_eq!(out, json::render(&site.build().findings, Language::En));
        let (_, thai, _) = run(folder.path(), "check --format json --lang th");
        let keys = |text: &str| {
            let object: Value = serde_json::from_str(text).unwrap();
            let list = object["findings"].as_array().unwrap().clone();
            list.iter().map(|f| (f["code"].clone(), f["line"].clone(), f["subject"].clone())).collect::<Vec<_>>()
        };
        assert_eq!(keys(&out), keys(&thai), "codes and places do not depend on the language");
        assert!(names(folder.path()) == ["content"], "check writes nothing");
    }
}

#[test]
fn the_github_report_has_a_line_for_each_finding() {
    let site = with_error().with("content/a,b:c.txt", "x");
    let folder = folder(&site);
    let (status, out, _) = run(folder.path(), "check --format github");
    assert_eq!(status, 1);
    assert_eq!(out.lines().count(), site.build().findings.len());
    assert!(
        out.contains("::error file=content/2568/assessment.yaml,line=4,endLine=4,col=10,endColumn=18,title=score-not-a-number::"),
        "{out}"
    );
    assert!(out.contains("::warning file=content/a%2Cb%3Ac.txt,"), "{out}");
    let (status, thai, _) = run(folder.path(), "check --format github --lang th");
    assert_eq!(status, 1);
    let head = |text: &str| text.lines().map(|line| line[2..].split("::").next().unwrap().to_owned()).collect::<Vec<_>>();
    assert_eq!(head(&thai), head(&out), "codes and places do not depend on the language");
    assert!(thai.contains("`๙๗.๖๑.๐๐` ไม่ใช่ตัวเลขคะแนน"), "{thai}");
}

#[test]
fn every_form_ends_with_the_same_status() {
    for format in ["human", "json", "github"] {
        for (site, plain, strict) in [(with_error(), 1, 1), (with_warning(), 0, 1), (Site::small(), 0, 0)] {
            let folder = folder(&site);
            assert_eq!(run(folder.path(), &format!("check --format {format}")).0, plain, "{format}");
            assert_eq!(run(folder.path(), &format!("check --strict --format {format}")).0, strict, "{format}");
        }
    }
}

#[test]
fn the_report_for_people_is_in_their_language() {
    let folder = folder(&with_error());
    let (_, english, _) = run(folder.path(), "check");
    assert!(english.contains("`๙๗.๖๑.๐๐` is no score") && english.contains("content/2568/assessment.yaml:4:10"), "{english}");
    let (_, thai, _) = run(folder.path(), "--lang th check");
    assert!(thai.contains("`๙๗.๖๑.๐๐` ไม่ใช่ตัวเลขคะแนน"), "{thai}");
    assert!(!english.contains('\u{1b}') && !thai.contains('\u{1b}'), "colour is for terminals");
    let (_, out, err) = run(folder.path(), "build");
    assert!(out.is_empty() && err.contains("is no score"), "what is wrong is talk, the result is empty");
}

#[test]
fn attachments_are_published_unchanged() {
    let bytes: Vec<u8> = (0..=255_u8).cycle().take(70_000).collect();
    let site = Site::small().with_bytes("content/files/o1/แผน ปี.bin", &bytes).with_bytes("content/files/empty.pdf", b"");
    let folder = folder(&site);
    let (status, _, err) = run(folder.path(), "build");
    assert_eq!(status, 0, "{err}");
    assert!(fs::read(folder.path().join("public/files/o1/แผน ปี.bin")).unwrap() == bytes);
    assert!(fs::read(folder.path().join("public/files/empty.pdf")).unwrap().is_empty());
}

/// A limit on the address space, far below the size of the attachment, so that reading it whole would end the program.
#[cfg(target_os = "linux")]
#[test]
fn a_large_attachment_takes_no_memory() {
    const SIZE: u64 = 100 * 1024 * 1024;
    let folder = folder(&Site::small());
    let path = folder.path().join("content/files/large.zip");
    fs::File::create(&path).unwrap().set_len(SIZE).unwrap();
    crate::support::run_within(folder.path(), "ulimit -v 92160", "build");
    assert_eq!(fs::metadata(folder.path().join("public/files/large.zip")).unwrap().len(), SIZE);
}

#[test]
fn files_that_the_program_did_not_make_are_carried_over() {
    let folder = folder(&Site::small());
    let public = folder.path().join("public");
    assert_eq!(run(folder.path(), "build").0, 0);
    write(&public.join("theirs/note.txt"), b"note");
    write(&public.join(".nojekyll"), b"");
    Site::small().with("content/new.md", "ใหม่\n").write_to(folder.path());
    assert_eq!(run(folder.path(), "build").0, 0);
    assert_eq!(fs::read(public.join("theirs/note.txt")).unwrap(), b"note");
    assert!(public.join(".nojekyll").exists() && public.join("new/index.html").exists());
}

#[test]
fn a_published_file_altered_by_hand_is_mended_and_one_of_the_past_removed() {
    let folder = folder(&Site::small().with("content/old.md", "เก่า\n"));
    let public = folder.path().join("public");
    assert_eq!(run(folder.path(), "build").0, 0);
    fs::write(public.join("style.css"), "altered").unwrap();
    fs::write(public.join("2568/data/items.csv"), "").unwrap();
    fs::remove_file(folder.path().join("content/old.md")).unwrap();
    assert_eq!(run(folder.path(), "build").0, 0);
    for (path, bytes) in Site::small().built().files {
        assert!(fs::read(public.join(&path)).unwrap() == bytes, "{path}");
    }
    assert!(!public.join("old").exists());
}

#[test]
fn the_manifest_names_every_file_with_its_size_and_hash() {
    use prongsai::base::hash::Hash;
    let folder = folder(&Site::small());
    assert_eq!(run(folder.path(), "build").0, 0);
    let files = tree(&folder.path().join("public"));
    let manifest = String::from_utf8(files["manifest.json"].clone()).unwrap();
    let manifest: Value = serde_json::from_str(&manifest).unwrap();
    for (path, bytes) in files.iter().filter(|(path, _)| *path != "manifest.json" && !path.starts_with('.')) {
        let text = manifest.to_string();
        assert!(text.contains(&format!("\"{path}\"")), "{path}");
        assert!(text.contains(&Hash::of(bytes).to_string()), "{path}");
        assert!(text.contains(&format!(":{}", bytes.len())), "{path}");
    }
}

#[test]
fn the_output_folder_of_a_fresh_clone_is_taken() {
    let folder = folder(&Site::small());
    write(&folder.path().join("public/.gitignore"), b"*\n!.gitignore\n");
    assert_eq!(run(folder.path(), "build").0, 0);
    assert!(folder.path().join("public/.gitignore").exists() && folder.path().join("public/index.html").exists());
}

#[cfg(unix)]
#[test]
fn a_link_out_of_the_site_is_an_error_and_one_inside_is_followed() {
    let outside = tempfile::tempdir().unwrap();
    fs::write(outside.path().join("secret.txt"), "secret").unwrap();
    let folder = folder(&Site::small());
    let link = folder.path().join("content/files/link.txt");
    std::os::unix::fs::symlink(folder.path().join("content/files/o1/structure.txt"), &link).unwrap();
    assert_eq!(run(folder.path(), "build").0, 0);
    assert_eq!(fs::read_to_string(folder.path().join("public/files/link.txt")).unwrap(), "นายก\nปลัด\n");
    fs::remove_file(&link).unwrap();
    std::os::unix::fs::symlink(outside.path().join("secret.txt"), &link).unwrap();
    let (status, _, err) = run(folder.path(), "build");
    assert_eq!(status, 1);
    assert!(err.contains("path-escape") && err.contains("content/files/link.txt"), "{err}");
}

#[test]
fn the_site_of_slips_is_built_with_warnings_alone() {
    let (status, out, _) = run(&crate::support::root().join("tests/fixtures/faulty-site"), "check --format json");
    assert_eq!(status, 0);
    let object: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(object["summary"]["errors"], 0);
    assert!(object["summary"]["warnings"].as_u64() > Some(0) && object["summary"]["hints"].as_u64() > Some(0));
}
