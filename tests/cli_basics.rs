//! The program as people and scripts meet it: help, exit status, what is said where.

use std::fs;
use std::path::Path;

use assert_cmd::Command;

/// The program in an environment of its own: no locale, no colour settings, no clock.
fn prongsai(folder: &Path) -> Command {
    let mut command = Command::cargo_bin("prongsai").unwrap();
    command.current_dir(folder).env_clear().env("HOME", folder.join("home"));
    command
}

fn site() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir_all(folder.path().join("content")).unwrap();
    fs::write(folder.path().join("content/site.yaml"), "title: ทดสอบ\n").unwrap();
    fs::write(folder.path().join("content/agency.yaml"), "name: อบต.ทดสอบ\n").unwrap();
    folder
}

/// Status, standard output and standard error of a line.
fn run(folder: &Path, line: &str) -> (i32, String, String) {
    let output = prongsai(folder).args(line.split_whitespace()).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

#[test]
fn help_and_version_are_the_result() {
    let folder = tempfile::tempdir().unwrap();
    for (line, holds) in [
        ("--help", ["Usage: prongsai", "Exit status:", "--site", "build"]),
        ("--help --lang th", ["วิธีใช้: prongsai", "สถานะเมื่อจบ", "--site", "build"]),
        ("build --help", ["Usage: prongsai build", "--out", "--base-url", "--strict"]),
        ("check -h", ["Usage: prongsai check", "--format", "json", "github"]),
        ("verify --help", ["Usage: prongsai verify", "<DIR>", "--format", "Exit status:"]),
        ("--version", ["prongsai ", env!("CARGO_PKG_VERSION"), "Licence", "MIT"]),
    ] {
        let (status, out, err) = run(folder.path(), line);
        assert_eq!((status, err.as_str()), (0, ""), "{line}");
        for part in holds {
            assert!(out.contains(part), "{line}: {part}\n{out}");
        }
        assert!(out.lines().all(|line| line.chars().count() <= 100), "{out}");
    }
}

#[test]
fn commands_and_flags_that_are_listed_exist() {
    let folder = tempfile::tempdir().unwrap();
    let (_, out, _) = run(folder.path(), "--help");
    assert!(out.contains("merge"), "{out}");
    let (status, out, _) = run(folder.path(), "merge --help");
    assert!(status == 0 && out.contains("Usage: prongsai merge"), "{out}");
    let (_, out, _) = run(folder.path(), "build --help");
    for flag in ["--keep-going", "--shard", "--timings"] {
        assert!(out.contains(flag), "{flag}");
    }
}

#[test]
fn a_misspelt_line_has_status_2_and_a_suggestion() {
    let folder = site();
    for (line, nearest) in
        [("biuld", "build"), ("chek", "check"), ("build --stric", "--strict"), ("check --format jsn", "json"), ("biuld --lang th", "build")]
    {
        let (status, out, err) = run(folder.path(), line);
        assert_eq!((status, out.as_str()), (2, ""), "{line}");
        assert!(err.contains(nearest), "{line}\n{err}");
    }
    let (status, out, err) = run(folder.path(), "");
    assert_eq!((status, out.as_str()), (2, ""));
    assert!(err.contains("Usage: prongsai"));
}

#[test]
fn a_folder_without_content_is_no_site() {
    let folder = tempfile::tempdir().unwrap();
    for line in ["build", "check", "check --site nowhere"] {
        let (status, out, err) = run(folder.path(), line);
        assert_eq!((status, out.as_str()), (2, ""), "{line}");
        assert!(err.contains("no site folder") && err.contains("--site"), "{err}");
    }
    let (_, _, err) = run(folder.path(), "check --lang th");
    assert!(err.contains("ไม่ใช่โฟลเดอร์เว็บไซต์"), "{err}");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn the_locale_chooses_the_language() {
    let folder = tempfile::tempdir().unwrap();
    let said = |set: &[(&str, &str)]| {
        let output = prongsai(folder.path()).arg("check").envs(set.iter().copied()).output().unwrap();
        String::from_utf8(output.stderr).unwrap()
    };
    assert!(said(&[("LANG", "th_TH.UTF-8")]).starts_with("ข้อผิดพลาด"));
    assert!(said(&[("LANG", "th_TH.UTF-8"), ("LC_ALL", "C")]).starts_with("error"));
    assert!(said(&[("LC_MESSAGES", "th"), ("LC_ALL", "")]).starts_with("ข้อผิดพลาด"));
}

#[test]
fn a_bad_base_url_or_clock_has_status_2() {
    let folder = site();
    for url in ["example.go.th", "ftp://example.go.th/", "https://example.go.th/?a"] {
        let (status, _, err) = run(folder.path(), &format!("build --base-url {url}"));
        assert_eq!(status, 2, "{url}");
        assert!(err.contains("--base-url") && err.contains(url), "{err}");
    }
    let output = prongsai(folder.path()).arg("check").env("SOURCE_DATE_EPOCH", "yesterday").output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8(output.stderr).unwrap().contains("SOURCE_DATE_EPOCH"));
    assert!(!folder.path().join("public").exists());
}

#[test]
fn an_output_folder_that_is_not_ours_is_refused_untouched() {
    let folder = site();
    let root = folder.path();
    fs::create_dir_all(root.join("theirs")).unwrap();
    fs::write(root.join("theirs/note.txt"), "note").unwrap();
    fs::create_dir_all(root.join("home/site")).unwrap();
    fs::write(root.join("file"), "").unwrap();
    for out in ["theirs", ".", "content", "content/2568", "..", "/", "home", "file"] {
        let (status, result, err) = run(root, &format!("build --out {out}"));
        assert_eq!((status, result.as_str()), (2, ""), "{out}");
        assert!(err.contains("is not taken as the output folder"), "{out}: {err}");
    }
    assert_eq!(fs::read_to_string(root.join("theirs/note.txt")).unwrap(), "note");
    let mut left: Vec<_> = fs::read_dir(root).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    left.sort();
    assert_eq!(left, ["content", "file", "home", "theirs"]);
}

#[test]
fn the_output_starts_at_the_current_folder_and_its_default_at_the_site() {
    let folder = tempfile::tempdir().unwrap();
    let site = site();
    let line = format!("build --site {}", site.path().display());
    // What the site holds is for other tests; here it is where the output would go.
    let (status, out, err) = run(folder.path(), &line);
    assert!(status != 2, "{err}");
    if status == 0 {
        assert!(out.contains("public") && site.path().join("public/manifest.json").exists(), "{out}");
        let (_, out, _) = run(folder.path(), &format!("{line} --out here/it/is"));
        assert!(out.contains("here/it/is") && folder.path().join("here/it/is/manifest.json").exists(), "{out}");
    }
}

#[test]
fn check_gives_json_and_writes_nothing() {
    let folder = site();
    let (status, out, _) = run(folder.path(), "check --format json");
    assert!(status != 2);
    assert!(out.starts_with('{') && out.contains("\"summary\""), "{out}");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[cfg(unix)]
#[test]
fn a_closed_pipe_is_a_normal_end() {
    use std::process::{Command, Stdio};
    let program = assert_cmd::cargo::cargo_bin("prongsai");
    let mut child = Command::new(program).arg("--help").stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert!(output.stderr.is_empty());
}
