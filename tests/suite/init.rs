//! `init`: a new site builds at once, says what it is made of, and lies where nothing was. Any name is read back as it was given, or is
//! refused.

use std::fs;
use std::path::Path;

use prongsai::base::date::Date;
use prongsai::base::thai::normal;
use prongsai::framework::builtin;
use prongsai::source::{agency, site};
use prongsai::staff::init::{self, Answers};
use prongsai::text::SourceText;
use proptest::prelude::*;

use crate::support::{TODAY, prongsai, run, tree, write};

/// Runs `init` with these arguments in an empty folder.
fn started(arguments: &[&str]) -> (tempfile::TempDir, i32, String, String) {
    let folder = tempfile::tempdir().unwrap();
    let (status, out, err) = init_in(folder.path(), arguments);
    (folder, status, out, err)
}

fn init_in(folder: &Path, arguments: &[&str]) -> (i32, String, String) {
    let output = prongsai(folder).arg("init").args(arguments).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

#[test]
fn a_new_site_has_no_findings_and_builds_and_is_as_published() {
    let (folder, status, out, err) = started(&["ita", "--agency", "องค์การบริหารส่วนตำบลตัวอย่าง"]);
    assert_eq!(status, 0, "{err}");
    let site = folder.path().join("ita");
    let told: Vec<&str> = out.lines().map(|line| line.strip_prefix("wrote ").unwrap()).collect();
    let mut sorted = told.clone();
    sorted.sort_unstable();
    assert_eq!(sorted, tree(&site).keys().map(String::as_str).collect::<Vec<_>>(), "every file is named");
    for line in ["check", "check --drafts", "check --strict"] {
        assert_eq!(run(&site, line), (0, "no findings\n".to_owned(), String::new()), "{line}");
    }
    assert_eq!(run(&site, "build").0, 0);
    assert_eq!(run(&site, "verify public").0, 0);
    assert_eq!(run(&site, "build --drafts --out ../all").0, 0);
    assert!(fs::read_to_string(site.join("public/index.html")).unwrap().contains("องค์การบริหารส่วนตำบลตัวอย่าง"));
}

#[test]
fn every_file_is_commented_in_thai_and_names_its_schema() {
    let (folder, ..) = started(&["."]);
    let has_thai = |text: &str| text.chars().any(|c| ('ก'..='๛').contains(&c));
    for (path, bytes) in tree(folder.path()) {
        let text = String::from_utf8(bytes).unwrap();
        assert!(!text.contains('\r') && !text.contains('«'), "{path}");
        if let Some(name) = path.strip_suffix(".yaml").filter(|_| path.starts_with("content/")) {
            let name = name.rsplit('/').next().unwrap();
            let up = "../".repeat(path.matches('/').count());
            let first = text.lines().next().unwrap();
            assert_eq!(first, format!("# yaml-language-server: $schema={up}schemas/{name}.schema.json"));
            assert!(text.lines().skip(1).any(|line| line.contains('#') && has_thai(line)), "{path}");
        } else if path.ends_with(".md") {
            assert!(has_thai(&text), "{path}");
        }
    }
    let assessment = fs::read_to_string(folder.path().join("content/2568/assessment.yaml")).unwrap();
    let pack = builtin::get("ita-2568").unwrap();
    let codes = pack.questions.iter().map(|question| question.code).chain(pack.items.iter().map(|item| item.code));
    for code in codes {
        assert_eq!(assessment.matches(&format!("\n  {code}: ")).count(), 1, "{code}");
    }
}

#[test]
fn without_a_name_a_placeholder_stands_and_is_told_as_the_first_thing_to_change() {
    let (folder, status, _, err) = started(&[".", "--lang", "th"]);
    assert_eq!(status, 0);
    assert!(err.starts_with("สิ่งแรกที่ต้องแก้") && err.contains(init::NO_NAME) && err.contains("content/agency.yaml"), "{err}");
    assert!(fs::read_to_string(folder.path().join("content/agency.yaml")).unwrap().contains(init::NO_NAME));
    let (_, _, _, err) = started(&[".", "--agency", "กรมตัวอย่าง"]);
    assert!(!err.contains(init::NO_NAME), "{err}");
}

#[test]
fn what_the_line_says_stands_in_the_files() {
    let line = [
        ".",
        "--agency",
        "เทศบาลตำบล: \"ตัวอย่าง\" #1",
        "--short-name",
        "ทต.ตัวอย่าง",
        "--kind",
        "local",
        "--district",
        "สีชมพู",
        "--province",
        "ขอนแก่น",
        "--title",
        "@ชื่อ - เว็บ",
        "--base-url",
        "https://www.example.go.th/ita",
        "--year",
        "๒๕๖๗",
    ];
    let (folder, status, _, err) = started(&line);
    assert_eq!(status, 0, "{err}");
    let read = |path: &str| SourceText { path: path.into(), text: fs::read_to_string(folder.path().join(path)).unwrap() };
    let (agency, found) = agency::read(&read("content/agency.yaml"), "");
    assert!(found.is_empty());
    assert_eq!((agency.name.th.as_str(), agency.short().th.as_str()), ("เทศบาลตำบล: \"ตัวอย่าง\" #1", "ทต.ตัวอย่าง"));
    assert_eq!(agency.kind.map(|kind| kind.word()), Some("local"));
    assert_eq!((agency.district.unwrap().th.as_str(), agency.province.unwrap().th.as_str()), ("สีชมพู", "ขอนแก่น"));
    let (site, found) = site::read(&read("content/site.yaml"));
    assert!(found.is_empty());
    assert_eq!((site.title.as_str(), site.base_url.as_deref()), ("@ชื่อ - เว็บ", Some("https://www.example.go.th/ita/")));
    assert!(folder.path().join("content/2567/assessment.yaml").is_file());
    assert_eq!(run(folder.path(), "check --drafts").1, "no findings\n");
}

#[test]
fn every_year_whose_rules_are_built_in_begins_a_site() {
    for pack in builtin::ids().filter_map(builtin::get) {
        for year in [pack.fiscal_year, pack.fiscal_year - 543] {
            let (folder, status, _, err) = started(&[".", "--year", &year.to_string()]);
            assert_eq!(status, 0, "{err}");
            assert!(folder.path().join(format!("content/{}/assessment.yaml", pack.fiscal_year)).is_file());
            // The year of the other era gives the same files.
            if year == pack.fiscal_year {
                assert_eq!(run(folder.path(), "check --drafts").1, "no findings\n", "{year}");
            }
        }
    }
}

#[test]
fn the_usual_year_is_the_last_with_questions_that_has_begun() {
    let of = |day: &str| init::usual_pack(Date::parse(day).unwrap()).unwrap().fiscal_year;
    assert_eq!((of("2569-11-26"), of("2568-08-01"), of("2500-01-01")), (2568, 2568, 2568));
}

#[test]
fn a_folder_that_has_a_site_is_refused_and_nothing_is_written() {
    let (folder, ..) = started(&["."]);
    let before = tree(folder.path());
    for line in [vec!["."], vec![".", "--yes", "--year", "2567"]] {
        let (status, out, err) = init_in(folder.path(), &line);
        assert_eq!((status, out.as_str()), (2, ""));
        assert!(err.contains("has a site already") && err.contains("new year"), "{err}");
    }
    assert!(tree(folder.path()) == before);
}

#[test]
fn files_in_the_way_are_all_named_and_others_stay() {
    let folder = tempfile::tempdir().unwrap();
    write(&folder.path().join("README.md"), b"mine");
    write(&folder.path().join(".gitignore"), b"mine");
    write(&folder.path().join("plan.pdf"), b"%PDF");
    let before = tree(folder.path());
    let (status, out, err) = init_in(folder.path(), &["."]);
    assert_eq!((status, out.as_str()), (2, ""));
    assert!(err.contains("README.md is there already") && err.contains(".gitignore is there already"), "{err}");
    assert!(tree(folder.path()) == before);
    fs::remove_file(folder.path().join("README.md")).unwrap();
    fs::remove_file(folder.path().join(".gitignore")).unwrap();
    assert_eq!(init_in(folder.path(), &["."]).0, 0);
    assert_eq!(fs::read(folder.path().join("plan.pdf")).unwrap(), b"%PDF");
}

#[test]
fn what_is_no_folder_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    write(&folder.path().join("file"), b"mine");
    for name in ["file", "file/site"] {
        let (status, out, err) = init_in(folder.path(), &[name]);
        assert_eq!((status, out.as_str()), (2, ""), "{name}");
        assert!(err.contains("file"), "{err}");
    }
    assert_eq!(tree(folder.path()).len(), 1);
    let (status, _, err) = init_in(folder.path(), &[]);
    assert!(status == 2 && !err.is_empty());
}

#[cfg(unix)]
#[test]
fn a_folder_that_may_not_be_written_stays_empty() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let closed = folder.path().join("closed");
    fs::create_dir(&closed).unwrap();
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o555)).unwrap();
    // Rights do not bind the superuser, so there is nothing to see then.
    let binds = fs::write(closed.join("probe"), "").is_err();
    let (status, _, err) = init_in(folder.path(), &["closed"]);
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o755)).unwrap();
    if binds {
        assert_eq!(status, 2);
        assert!(err.contains("permission denied"), "{err}");
        assert!(tree(&closed).is_empty());
    }
}

#[test]
fn a_kind_is_named_as_the_list_shows_it() {
    for (given, word) in [("โรงเรียน", "school"), ("(มหาวิทยาลัย)", "university"), ("อื่นๆ", "other"), ("อื่น ๆ", "other"), ("๑", "local")]
    {
        let (folder, status, _, err) = started(&["site", "--kind", given]);
        assert_eq!(status, 0, "{err}");
        let text = fs::read_to_string(folder.path().join("site/content/agency.yaml")).unwrap();
        assert!(text.contains(&format!("\nkind: {word}\n")) || text.contains(&format!("\nkind: {word} ")), "{given}: {text}");
    }
}

#[test]
fn what_can_not_be_is_refused_with_what_can() {
    let long = "ก".repeat(10_000);
    for (flag, value, told) in [
        ("--agency", "", "a name has letters"),
        ("--agency", "...", "a name has letters"),
        ("--agency", "ก\nข", "one line"),
        ("--agency", "ก\u{202e}ข", "one line"),
        ("--agency", long.as_str(), "10000 characters"),
        ("--title", "ก\u{7}", "one line"),
        ("--kind", "locall", "Did you mean `local`?"),
        ("--kind", "9", "There are: local, central"),
        ("--year", "2599", "there are: 2566, 2567, 2568, 2569"),
        ("--year", "68", "four digits"),
        ("--base-url", "www.example.go.th", "absolute"),
    ] {
        let (folder, status, out, err) = started(&["site", flag, value]);
        assert_eq!((status, out.as_str()), (2, ""), "{flag} {value}");
        assert!(err.contains(told), "{flag} {value}: {err}");
        assert!(!folder.path().join("site").exists(), "{flag} {value}");
    }
}

#[test]
fn there_are_no_questions_without_a_terminal() {
    let folder = tempfile::tempdir().unwrap();
    let output = prongsai(folder.path()).args(["init", "."]).write_stdin("กรมตัวอย่าง\n").output().unwrap();
    assert!(output.status.success());
    assert!(!fs::read_to_string(folder.path().join("content/agency.yaml")).unwrap().contains("กรมตัวอย่าง"));
}

/// What a person sees and gets who types these lines at a terminal; nothing where the system has no `script`.
#[cfg(target_os = "linux")]
fn typed(lines: &str) -> Option<(tempfile::TempDir, String)> {
    use std::io::Write;
    use std::process::{Command, Stdio};
    let folder = tempfile::tempdir().unwrap();
    let program = assert_cmd::cargo::cargo_bin("prongsai");
    let mut child = Command::new("script")
        .args(["-qec", &format!("'{}' init ita --lang th", program.display()), "/dev/null"])
        .current_dir(folder.path())
        .env("SOURCE_DATE_EPOCH", crate::support::EPOCH)
        .env("SHELL", "/bin/sh")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .ok()?;
    child.stdin.take().unwrap().write_all(lines.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    Some((folder, String::from_utf8_lossy(&output.stdout).into_owned()))
}

#[cfg(target_os = "linux")]
#[test]
fn questions_are_asked_at_a_terminal() {
    let Some((folder, seen)) = typed("เทศบาลตำบลตัวอย่าง\n1\n\nขอนแก่น\n2567\n\n") else {
        return;
    };
    assert!(seen.contains("ชื่อเต็มของหน่วยงาน") && seen.contains("ปีงบประมาณ"), "{seen}");
    let agency = fs::read_to_string(folder.path().join("ita/content/agency.yaml")).unwrap_or_else(|_| panic!("{seen}"));
    assert!(agency.contains("name: เทศบาลตำบลตัวอย่าง") && agency.contains("province: ขอนแก่น"), "{agency}");
    assert!(folder.path().join("ita/content/2567").is_dir());
}

#[cfg(target_os = "linux")]
#[test]
fn whoever_leaves_the_questions_leaves_nothing() {
    // The end of a terminal's input is Ctrl-D on an empty line.
    let Some((folder, seen)) = typed("เทศบาลตำบลตัวอย่าง\n\u{4}") else { return };
    assert!(seen.contains("ไม่ได้เขียนไฟล์ใด"), "{seen}");
    assert!(!folder.path().join("ita").exists());
}

proptest! {
    // Each case writes a whole site with its schemas.
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_name_is_read_back_or_refused(
        name in "\\PC{1,40}|[-a:{}\\[\\]\"'&*\\\\ #|>@`%!,?«»กน้ำ\n\t]{1,40}|[ก-๛]{200,320}",
        title in "\\PC{1,40}|[-a:{}\"'&*#@ ]{1,20}",
    ) {
        let (Ok(name), Ok(title)) = (init::name(&name), init::name(&title)) else { return Ok(()) };
        let answers = Answers { name: Some(name.clone()), short_name: Some(name.clone()), title: Some(title.clone()), ..Answers::default() };
        let Ok(files) = init::files(&answers, Date::parse(TODAY).unwrap()) else { return Ok(()) };
        let read = |path: &str| {
            let file = files.iter().find(|file| file.path == path).unwrap();
            SourceText::new(path.into(), file.text.clone().into_bytes()).unwrap()
        };
        let (agency, found) = agency::read(&read("content/agency.yaml"), "");
        prop_assert!(found.is_empty());
        prop_assert_eq!(&agency.name.th, &normal(name.trim()));
        prop_assert_eq!(&agency.short().th, &agency.name.th);
        let (site, found) = site::read(&read("content/site.yaml"));
        prop_assert!(found.is_empty());
        prop_assert_eq!(site.title, normal(title.trim()));
    }
}
