//! Agencies that are kept out of a site by more than what stands in their files: a folder that can't be read, an `agency.yaml` that went,
//! and a name that other disks take for another's. One build refuses the site; one that keeps going leaves them out and publishes the rest.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use tempfile::TempDir;

use crate::support::{Site, found, run, tree};

/// A folder in which a site was built.
fn published(site: &Site) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    site.write_to(folder.path());
    assert_eq!(run(folder.path(), "build").0, 0);
    folder
}

fn three() -> Site {
    Site::several(&["a", "b", "c"])
}

fn of(tree: &BTreeMap<String, Vec<u8>>, slug: &str) -> BTreeMap<String, Vec<u8>> {
    tree.iter().filter(|(path, _)| path.starts_with(&format!("{slug}/"))).map(|(path, bytes)| (path.clone(), bytes.clone())).collect()
}

/// What is told of those that are left out.
fn left_out(err: &str) -> Vec<&str> {
    err.lines().skip_while(|line| !line.starts_with("left out")).skip(1).collect()
}

/// One build refuses the site as it is now; one that keeps going publishes all but `left`. So do shards.
fn assert_goes_on(folder: &Path, (shards, code): (usize, &str), left: &[&str]) {
    let public = folder.join("public");
    let before = tree(&public);
    let (status, out, err) = run(folder, "build");
    assert_eq!((status, out.as_str()), (1, ""), "{err}");
    assert!(err.contains(code) && tree(&public) == before, "{err}");
    assert_eq!(run(folder, "check").0, 1);
    let (status, out, err) = run(folder, "build --keep-going");
    assert!(status == 1 && out.starts_with("published "), "{out}{err}");
    assert!(err.contains(code) && !err.contains("address-gone"), "{err}");
    assert_eq!(left_out(&err), left, "{err}");
    assert_eq!(run(folder, "verify public").0, 0);
    let now = tree(&public);
    let (status, out, _) = run(folder, "build --keep-going");
    assert!(status == 1 && out.starts_with("nothing changed"), "{out}");
    let mut line = "merge --out public".to_owned();
    for number in 1..=shards {
        let (status, _, err) = run(folder, &format!("build --shard {number}/{shards} --out shards/{number} --keep-going"));
        assert!(status < 2, "{err}");
        line.push_str(&format!(" shards/{number}"));
    }
    let (status, out, err) = run(folder, &line);
    assert!(status == 1 && out.starts_with("nothing changed"), "{out}{err}");
    assert_eq!(left_out(&err), left, "{err}");
    assert!(tree(&public) == now);
    fs::remove_dir_all(folder.join("shards")).unwrap();
}

#[cfg(unix)]
mod unix {
    use super::*;
    use std::os::unix::fs::{PermissionsExt, symlink};
    use std::process::Command;

    /// Puts something in the place of an agency's folder, or of its `agency.yaml`. Gives back false where this user can't.
    type Spoil = fn(&Path) -> bool;

    fn away(path: &Path) {
        if path.is_dir() { fs::remove_dir_all(path).unwrap() } else { fs::remove_file(path).unwrap() }
    }

    fn pipe(path: &Path) -> bool {
        away(path);
        Command::new("mkfifo").arg(path).status().unwrap().success()
    }

    fn link(to: &str, path: &Path) -> bool {
        away(path);
        symlink(to, path).is_ok()
    }

    fn closed(path: &Path) -> bool {
        fs::set_permissions(path, fs::Permissions::from_mode(0o000)).unwrap();
        // Rights do not bind the superuser.
        fs::read_dir(path).is_err()
    }

    const SPOILT: &[(&str, &str, Spoil)] = &[
        ("unreadable-file", "a ring of links", |folder| link("b", folder)),
        ("unreadable-file", "a link to nothing", |folder| link("nowhere", folder)),
        ("unreadable-file", "a link to where it lies", |folder| link(".", folder)),
        ("path-escape", "a link out of the site", |folder| link("/etc", folder)),
        ("unreadable-file", "a pipe", pipe),
        ("unreadable-file", "a folder without rights", closed),
        ("unreadable-file", "a pipe for a file", |folder| pipe(&folder.join("agency.yaml"))),
        ("unreadable-file", "a ring of links for a file", |folder| link("agency.yaml", &folder.join("agency.yaml"))),
        ("unreadable-file", "a folder for a file", |folder| {
            away(&folder.join("agency.yaml"));
            fs::create_dir(folder.join("agency.yaml")).is_ok()
        }),
    ];

    #[test]
    fn a_folder_that_can_t_be_read_keeps_out_its_agency_alone() {
        for (code, what, spoil) in SPOILT {
            let folder = published(&three());
            let before = tree(&folder.path().join("public"));
            three().replace("content/a/about.md", "ติดต่อ", "ช่องทางติดต่อ").write_to(folder.path());
            let own = folder.path().join("content/b");
            if spoil(&own) {
                assert_goes_on(folder.path(), (2, code), &["  b: 1 error, keeps its last pages"]);
                let now = tree(&folder.path().join("public"));
                assert!(of(&now, "b") == of(&before, "b") && of(&now, "a") != of(&before, "a"), "{what}");
            }
            if own.is_dir() && !own.is_symlink() {
                fs::set_permissions(&own, fs::Permissions::from_mode(0o755)).unwrap();
            }
        }
    }

    #[test]
    fn what_is_no_agency_s_folder_is_the_site_s_own() {
        for (name, code) in [("about.md", "unreadable-file"), ("_b", "unreadable-file"), ("plan.pdf", "unreadable-file")] {
            let folder = published(&three());
            symlink("nowhere", folder.path().join("content").join(name)).unwrap();
            assert_eq!(found(folder.path()), [format!("{code} content/{name}")]);
            let (status, out, err) = run(folder.path(), "build --keep-going");
            assert!(status == 1 && out.is_empty() && err.contains("nothing was published"), "{name}: {err}");
        }
    }
}

/// These can't both lie on the disks of Windows and macOS.
#[cfg(target_os = "linux")]
#[test]
fn two_names_that_other_disks_take_for_one_are_left_out() {
    for (first, second, words, thai) in [
        ("Khon", "khon", "do not tell capital letters apart", "ไม่แยกตัวพิมพ์ใหญ่เล็ก"),
        ("caf\u{e9}", "cafe\u{301}", "read the same", "อ่านเหมือนกันทุกตัว"),
    ] {
        let folder = published(&Site::several(&["a", "z", first]));
        let before = tree(&folder.path().join("public"));
        Site::several(&["a", "z", first, second]).replace("content/z/about.md", "ติดต่อ", "ช่องทางติดต่อ").write_to(folder.path());
        let (_, out, _) = run(folder.path(), "check");
        assert!(out.contains(words), "{out}");
        assert!(run(folder.path(), "check --lang th").1.contains(thai));
        // A name that is not in the usual form is told for that too.
        let errors = if second.is_ascii() { "1 error" } else { "2 errors" };
        let mut left = [
            format!("  {first} Thotsop SAO: 1 error, keeps its last pages"),
            format!("  {second} Thotsop SAO: {errors}, has no pages yet"),
        ];
        left.sort();
        assert_goes_on(folder.path(), (3, "route-collision"), &left.each_ref().map(String::as_str));
        let now = tree(&folder.path().join("public"));
        assert!(of(&now, first) == of(&before, first) && of(&now, second).is_empty() && of(&now, "z") != of(&before, "z"));
        // Once one of them has another name, all is as if it always had been so.
        fs::rename(folder.path().join("content").join(second), folder.path().join("content/other")).unwrap();
        assert_eq!(run(folder.path(), "build --keep-going").0, 0);
        assert_eq!(run(folder.path(), "build --out fresh").0, 0);
        assert!(tree(&folder.path().join("public")) == tree(&folder.path().join("fresh")));
    }
}

#[cfg(target_os = "linux")]
#[test]
fn shards_of_which_some_went_on_do_not_publish_one_of_two_such_names() {
    let folder = published(&Site::several(&["a", "z", "Khon"]));
    let before = tree(&folder.path().join("public"));
    Site::several(&["a", "z", "Khon", "khon"]).write_to(folder.path());
    for flags in [["", ""], ["--keep-going", ""], ["", "--keep-going"]] {
        // In the order of slugs: Khon, a, khon, z.
        for (number, flags) in [(1, flags[0]), (2, ""), (3, flags[1]), (4, "")] {
            assert!(run(folder.path(), &format!("build --shard {number}/4 --out shards/{number} {flags}")).0 < 2);
        }
        let (status, out, err) = run(folder.path(), "merge shards/1 shards/2 shards/3 shards/4 --out public");
        assert_eq!((status, out.as_str()), (1, ""), "{err}");
        assert!(err.contains("route-collision") && tree(&folder.path().join("public")) == before, "{err}");
    }
}

#[test]
fn editions_without_an_agency_file_are_an_error_that_names_it() {
    let site = three()
        .with("content/b/files/o1/plan.txt", "แผน")
        .with("content/site.yaml", "title: ก\nredirects: {b/old/: b/2568/, x/: b/about/}\n");
    let folder = published(&site);
    let before = tree(&folder.path().join("public"));
    site.clone().replace("content/a/about.md", "ติดต่อ", "ช่องทางติดต่อ").write_to(folder.path());
    fs::remove_file(folder.path().join("content/b/agency.yaml")).unwrap();
    assert_eq!(found(folder.path()), ["missing-field content/b/agency.yaml"]);
    let json: serde_json::Value = serde_json::from_str(&run(folder.path(), "check --format json").1).unwrap();
    let finding = &json["findings"][0];
    assert_eq!((&finding["severity"], &finding["agency"], &finding["line"]), (&"error".into(), &"b".into(), &1.into()));
    let (_, out, _) = run(folder.path(), "check --lang th");
    assert!(out.contains("นำไฟล์นี้กลับมา") && out.contains("content/b/agency.yaml"), "{out}");
    assert_goes_on(folder.path(), (2, "missing-field"), &["  b: 1 error, keeps its last pages"]);
    let now = tree(&folder.path().join("public"));
    assert!(of(&now, "b") == of(&before, "b") && of(&now, "a") != of(&before, "a"));
    site.write_to(folder.path());
    assert_eq!(run(folder.path(), "build").0, 0);
    assert!(tree(&folder.path().join("public")) == before);
}

#[test]
fn folders_that_are_no_agency_s_are_told_as_before() {
    for path in ["notes/x.md", "archive/2568/scan.pdf", "archive/x/2568/assessment.yaml", "_old/2568/assessment.yaml", "2567/report.md"] {
        let folder = published(&three());
        Site::new("").with(&format!("content/{path}"), "ก\n").write_to(folder.path());
        assert_eq!(found(folder.path()), [format!("unknown-file content/{path}")]);
        assert_eq!(run(folder.path(), "build").0, 0);
    }
    // Beside one agency, no folder is another's.
    let folder = published(&Site::small());
    Site::new("").with("content/b/2568/assessment.yaml", "framework: small\n").write_to(folder.path());
    assert_eq!(found(folder.path()), ["unknown-file content/b/2568/assessment.yaml"]);
}
