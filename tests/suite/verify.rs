//! `verify` as a stranger meets it: what changed, is missing or foreign, what can't be compared, and what must not be said.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use prongsai::base::hash::Hash;
use serde_json::Value;
use tempfile::TempDir;

use crate::support::{Site, run, tree, write};

/// A published site: the folder that holds `content/` and `public/`.
fn published(site: &Site) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    site.write_to(folder.path());
    let (status, _, err) = run(folder.path(), "build");
    assert_eq!(status, 0, "{err}");
    folder
}

/// Status, and the paths that are told, as `KIND PATH`.
fn verdict(folder: &Path) -> (i32, Vec<String>) {
    let (status, out, _) = run(folder, "verify public --format json");
    let object: Value = serde_json::from_str(&out).unwrap();
    let mut told = Vec::new();
    for kind in ["changed", "missing", "foreign", "unchecked"] {
        let paths = object[kind].as_array().unwrap();
        assert!(paths.is_sorted_by_key(|path| path.as_str()), "{paths:?}");
        told.extend(paths.iter().map(|path| format!("{kind} {}", path.as_str().unwrap())));
    }
    (status, told)
}

fn told(status: i32, lines: &[&str]) -> (i32, Vec<String>) {
    (status, lines.iter().map(|line| (*line).to_owned()).collect())
}

fn replace(path: PathBuf, from: &str, to: &str) {
    let text = fs::read_to_string(&path).unwrap();
    assert!(text.contains(from), "{} does not hold {from}", path.display());
    fs::write(path, text.replacen(from, to, 1)).unwrap();
}

#[test]
fn what_was_just_published_is_as_published() {
    for site in [Site::small(), Site::two()] {
        let folder = published(&site);
        let (_, built, _) = run(folder.path(), "build");
        let (status, out, err) = run(folder.path(), "verify public");
        assert_eq!((status, err.as_str()), (0, ""));
        let files = tree(&folder.path().join("public")).len();
        assert_eq!(out, format!("{files} files as the manifest says\n"));
        assert!(built.contains(&format!(" {files} files")), "{built}");
        let (status, out, err) = run(folder.path(), "verify --lang th public/");
        assert_eq!((status, out, err.as_str()), (0, format!("ทั้ง {files} ไฟล์ตรงกับรายการใน manifest.json\n"), ""));
        assert_eq!(verdict(folder.path()), told(0, &[]));
    }
}

#[test]
fn a_changed_a_missing_and_a_foreign_file_are_named() {
    let folder = published(&Site::small());
    let public = folder.path().join("public");
    // The same size, so that only the hash tells.
    replace(public.join("2568/scores/index.html"), "<", "(");
    write(&public.join("robots.txt"), b"longer than it was, or shorter; in any case other bytes than were published here");
    fs::remove_file(public.join("404.html")).unwrap();
    write(&public.join("2568/note.txt"), b"theirs");
    let before = tree(&public);
    let (status, out, err) = run(folder.path(), "verify public");
    // One went, one came.
    let files = before.len();
    let lines = "foreign: 2568/note.txt\nchanged: 2568/scores/index.html\nmissing: 404.html\nchanged: robots.txt\n";
    assert_eq!((status, err.as_str()), (1, ""));
    assert_eq!(out, format!("{lines}{files} files in the manifest: 2 changed, 1 missing, 1 foreign\n"));
    let (status, out, _) = run(folder.path(), "verify public --lang th");
    assert_eq!(status, 1);
    for line in ["ไม่พบ: 404.html", "ไม่อยู่ในรายการ: 2568/note.txt", "ไม่ตรงกับที่เผยแพร่: robots.txt", "ไม่ตรง 2 ไม่พบ 1 นอกรายการ 1"]
    {
        assert!(out.contains(line), "{line}\n{out}");
    }
    assert!(tree(&public) == before, "verify changed something");
    // The next build mends all but what is not its own.
    assert_eq!(run(folder.path(), "build").0, 0);
    assert_eq!(verdict(folder.path()), told(0, &["foreign 2568/note.txt"]));
}

#[test]
fn several_agencies_are_compared_with_their_own_manifests() {
    let folder = published(&Site::two());
    let public = folder.path().join("public");
    replace(public.join("เบต้า/2568/scores/index.html"), "<", "(");
    replace(public.join("about/index.html"), "<", "(");
    fs::remove_dir_all(public.join("alpha/2568/measures")).unwrap();
    for path in ["note.txt", "alpha/note.txt", "gamma/index.html"] {
        write(&public.join(path), b"theirs");
    }
    let expected = [
        "changed about/index.html",
        "changed เบต้า/2568/scores/index.html",
        "missing alpha/2568/measures/index.html",
        "foreign alpha/note.txt",
        "foreign gamma/index.html",
        "foreign note.txt",
    ];
    assert_eq!(verdict(folder.path()), told(1, &expected));
    // An agency's folder alone can be handed on and compared.
    let (status, out, _) = run(folder.path(), "verify public/เบต้า");
    assert_eq!((status, out.lines().next()), (1, Some("changed: 2568/scores/index.html")));
}

#[test]
fn an_agencys_manifest_is_not_believed_once_it_changed() {
    let folder = published(&Site::two());
    let public = folder.path().join("public");
    let manifest = public.join("alpha/manifest.json");
    let (whole, page) = (fs::read(&manifest).unwrap(), public.join("alpha/index.html"));
    let expected = told(1, &["changed alpha/manifest.json", "unchecked alpha/"]);
    // A page that was altered together with what the manifest says of it.
    let before = fs::read(&page).unwrap();
    replace(page.clone(), "<", "(");
    replace(manifest.clone(), &Hash::of(&before).to_string(), &Hash::of(&fs::read(&page).unwrap()).to_string());
    assert_eq!(verdict(folder.path()), expected);
    let (_, _, err) = run(folder.path(), "verify public");
    assert!(err.contains("`alpha/manifest.json` is not the published one"), "{err}");
    let (_, _, err) = run(folder.path(), "verify public --lang th");
    assert!(err.contains("`alpha/manifest.json` ไม่ใช่ไฟล์ที่เผยแพร่"), "{err}");
    for tampered in [&b"{}"[..], b"", b"\xff"] {
        fs::write(&manifest, tampered).unwrap();
        assert_eq!(verdict(folder.path()), expected);
    }
    fs::remove_file(&manifest).unwrap();
    assert_eq!(verdict(folder.path()), told(1, &["missing alpha/manifest.json", "unchecked alpha/"]));
    fs::write(&manifest, whole).unwrap();
    assert_eq!(verdict(folder.path()), told(1, &["changed alpha/index.html"]));
}

#[test]
fn a_manifest_that_was_tampered_with_is_told_or_refused() {
    let folder = published(&Site::small());
    let manifest = folder.path().join("public/manifest.json");
    let whole = fs::read_to_string(&manifest).unwrap();
    let zeros = "0".repeat(64);
    let entry = |path: &str| format!("\"files\":[\n{{\"path\":\"{path}\",\"size\":1,\"sha256\":\"{zeros}\"}},");
    for (added, expected) in [
        (entry("none.html"), "missing none.html"),
        (entry("2568"), "changed 2568"),
        (entry("manifest.json"), "changed manifest.json"),
        (entry("index.html/none"), "missing index.html/none"),
        (entry(&"ยาว".repeat(28)), &format!("missing {}", "ยาว".repeat(28))),
        (entry(&["a"; 3000].join("/")), &format!("missing {}", ["a"; 3000].join("/"))),
        (entry("x/manifest.json"), "missing x/manifest.json"),
    ] {
        fs::write(&manifest, whole.replacen("\"files\":[", &added, 1)).unwrap();
        let (status, told) = verdict(folder.path());
        assert_eq!((status, told.first().map(String::as_str)), (1, Some(expected)));
    }
    let refused = [
        whole.replacen("\"files\":[", &entry("../content/site.yaml"), 1),
        whole.replacen("\"files\":[", &entry("/etc/passwd"), 1),
        whole.replacen("\"files\":[", &entry("index.html"), 1),
        whole.replacen("\"format\":1", "\"format\":2", 1),
        whole.replacen("\"prongsai\"", "\"\\u001b[31mother\"", 1),
        whole[..whole.len() / 2].to_owned(),
        "[".repeat(100_000),
        String::new(),
    ];
    for text in refused {
        assert_ne!(text, whole);
        fs::write(&manifest, &text).unwrap();
        for (line, words) in [("verify public", "can't be used"), ("verify public --lang th", "ไม่ได้ เพราะ")] {
            let (status, out, err) = run(folder.path(), line);
            assert_eq!((status, out.as_str()), (2, ""), "{err}");
            assert!(err.contains(words) && !err.trim_end().chars().any(char::is_control), "{err:?}");
        }
    }
}

#[test]
fn a_folder_that_can_not_be_compared_has_status_2() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    write(&root.join("file"), b"");
    write(&root.join("theirs/index.html"), b"");
    fs::create_dir_all(root.join("odd/manifest.json")).unwrap();
    for (dir, words) in
        [("none", "no folder `none`"), ("file", "no folder"), ("theirs", "no file `manifest.json`"), ("odd", "no file"), (".", "no file")]
    {
        let (status, out, err) = run(root, &format!("verify {dir}"));
        assert_eq!((status, out.as_str()), (2, ""), "{err}");
        assert!(err.contains(words), "{err}");
    }
    for line in ["verify", "verify a b", "verify public --format github", "verify public --out x"] {
        assert_eq!(run(root, line).0, 2, "{line}");
    }
}

#[test]
fn an_output_that_lies_aside_is_pointed_out_and_left_there() {
    let folder = published(&Site::small());
    let aside = folder.path().join(".public.prongsai-old-7");
    fs::rename(folder.path().join("public"), &aside).unwrap();
    let before = tree(folder.path());
    for (line, words) in [("verify public", "the next `prongsai build` puts it back"), ("verify public --lang th", "จะย้ายกลับให้")]
    {
        let (status, _, err) = run(folder.path(), line);
        assert_eq!(status, 2);
        assert!(err.contains(".public.prongsai-old-7") && err.contains(words), "{err}");
    }
    assert!(tree(folder.path()) == before, "verify changed something");
    assert_eq!(run(folder.path(), "build").0, 0);
    // What a build leaves beside the output is none of the folder.
    write(&folder.path().join(".public.prongsai-7/index.html"), b"half");
    write(&folder.path().join(".public.prongsai-lock"), b"");
    assert_eq!(verdict(folder.path()), told(0, &[]));
}

#[cfg(unix)]
#[test]
fn no_link_is_followed() {
    use std::os::unix::fs::symlink;
    let folder = published(&Site::small());
    let public = folder.path().join("public");
    let outside = folder.path().join("outside");
    // The very bytes that were published, but not in the folder.
    fs::create_dir(&outside).unwrap();
    fs::rename(public.join("2568/scores"), outside.join("scores")).unwrap();
    symlink(outside.join("scores"), public.join("2568/scores")).unwrap();
    fs::rename(public.join("404.html"), outside.join("404.html")).unwrap();
    symlink(outside.join("404.html"), public.join("404.html")).unwrap();
    write(&outside.join("scores/secret.txt"), b"secret");
    symlink("/", public.join("root")).unwrap();
    symlink("nowhere", public.join("dangling")).unwrap();
    symlink(".", public.join("self")).unwrap();
    let expected =
        ["changed 404.html", "missing 2568/scores/index.html", "foreign 2568/scores", "foreign dangling", "foreign root", "foreign self"];
    assert_eq!(verdict(folder.path()), told(1, &expected));
    // The folder itself may be named by a link.
    symlink(&public, folder.path().join("now")).unwrap();
    assert_eq!(run(folder.path(), "verify now").1, run(folder.path(), "verify public").1);
}

#[cfg(unix)]
#[test]
fn names_of_any_bytes_are_one_line_each() {
    use std::os::unix::ffi::OsStrExt;
    let folder = published(&Site::small());
    let public = folder.path().join("public");
    for name in [&b"a\nchanged: index.html"[..], b"\xff\xfe", b"\x1b[2J", "แผน 1.pdf".as_bytes(), b".htaccess"] {
        write(&public.join(std::ffi::OsStr::from_bytes(name)), b"theirs");
    }
    let (status, out, _) = run(folder.path(), "verify public");
    let files = tree_count(&public) - 5;
    let lines = [
        "foreign: \\u{1b}[2J",
        "foreign: .htaccess",
        "foreign: a\\u{a}changed: index.html",
        "foreign: แผน 1.pdf",
        "foreign: \\xff\\xfe",
        &format!("{files} files as the manifest says, 5 foreign"),
    ];
    assert_eq!((status, out.lines().collect::<Vec<_>>()), (0, lines.to_vec()));
}

#[cfg(unix)]
fn tree_count(folder: &Path) -> usize {
    crate::support::files_below(folder).len()
}

#[cfg(unix)]
#[test]
fn a_pipe_in_the_place_of_a_file_keeps_nobody_waiting() {
    let folder = published(&Site::small());
    let public = folder.path().join("public");
    fs::remove_file(public.join("index.html")).unwrap();
    for name in ["index.html", "pipe"] {
        let made = std::process::Command::new("mkfifo").arg(public.join(name)).status();
        assert!(made.unwrap().success());
    }
    assert_eq!(verdict(folder.path()), told(1, &["changed index.html", "foreign pipe"]));
    fs::remove_file(public.join("manifest.json")).unwrap();
    fs::rename(public.join("pipe"), public.join("manifest.json")).unwrap();
    assert_eq!(run(folder.path(), "verify public").0, 2);
}

/// Runs the program without the rights of root, which opens every file.
#[cfg(unix)]
fn run_without_rights(folder: &Path, arguments: &[&str]) -> (i32, String, String) {
    use std::os::unix::fs::{MetadataExt, PermissionsExt};
    use std::os::unix::process::CommandExt;
    let program = folder.join("prongsai");
    fs::copy(assert_cmd::cargo::cargo_bin("prongsai"), &program).unwrap();
    fs::set_permissions(folder, fs::Permissions::from_mode(0o755)).unwrap();
    let mut command = std::process::Command::new(&program);
    command.args(arguments).current_dir(folder).env_clear();
    if fs::metadata(folder).unwrap().uid() == 0 {
        command.uid(65534).gid(65534);
    }
    let output = command.output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

#[cfg(unix)]
#[test]
fn what_can_not_be_read_is_not_accused() {
    use std::os::unix::fs::PermissionsExt;
    let folder = published(&Site::small());
    let public = folder.path().join("public");
    let rights = |path: &str, mode| fs::set_permissions(public.join(path), fs::Permissions::from_mode(mode)).unwrap();
    fs::create_dir(public.join("lost+found")).unwrap();
    rights("lost+found", 0o000);
    let (status, out, _) = run_without_rights(folder.path(), &["verify", "public"]);
    assert_eq!((status, out.lines().next()), (0, Some("foreign: lost+found/")));
    rights("robots.txt", 0o000);
    // It can be entered and not be listed: the files that are named are compared all the same.
    rights("2568/measures", 0o311);
    let (status, out, err) = run_without_rights(folder.path(), &["verify", "public"]);
    let unchecked: Vec<&str> = out.lines().filter(|line| line.starts_with("unchecked") || line.starts_with("changed")).collect();
    assert_eq!((status, unchecked), (2, vec!["unchecked: 2568/measures/", "unchecked: robots.txt"]));
    assert!(err.contains("could not compare `robots.txt`: permission denied"), "{err}");
    fs::remove_file(public.join("404.html")).unwrap();
    assert_eq!(run_without_rights(folder.path(), &["verify", "public"]).0, 1);
    for path in ["lost+found", "2568/measures"] {
        rights(path, 0o755);
    }
}

/// A reader who compares while the site is published anew must not take the mixture for a change.
#[cfg(target_os = "linux")]
#[test]
fn a_folder_that_is_exchanged_meanwhile_is_not_accused() {
    use std::sync::atomic::{AtomicBool, Ordering};
    let (folder, other) = (published(&Site::two()), published(&Site::two().replace("content/site.yaml", "title:", "title: ใหม่ #")));
    let (public, next) = (folder.path().join("public"), folder.path().join("next"));
    fs::rename(other.path().join("public"), &next).unwrap();
    let done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            while !done.load(Ordering::Relaxed) {
                prongsai::disk::system::exchange(&next, &public).unwrap();
                std::thread::sleep(std::time::Duration::from_millis(20));
            }
        });
        let seen: Vec<_> = (0..30).map(|_| run(folder.path(), "verify public")).collect();
        done.store(true, Ordering::Relaxed);
        for (status, out, err) in &seen {
            assert!(*status == 0 || (*status == 2 && err.contains("published anew")), "{status}\n{out}{err}");
        }
    });
    assert_eq!(verdict(folder.path()), told(0, &[]));
}

/// The lines that the README gives to readers without the program, run as they stand there.
#[test]
fn the_usual_tools_agree() {
    let readme = fs::read_to_string(crate::support::root().join("README.md")).unwrap();
    let recipes: Vec<&str> = readme.lines().filter(|line| line.contains("| sha256sum -c")).collect();
    assert_eq!(recipes.len(), 4, "two recipes in each language");
    let has = |tool: &str| std::process::Command::new("sh").args(["-c", &format!("{tool} </dev/null >/dev/null 2>&1")]).status();
    let is_there = |tool: &str| has(tool).is_ok_and(|status| status.success());
    if !is_there("sha256sum --version") {
        return;
    }
    let odd = Site::small().with("content/files/ก \"ข\" 'ค' $HOME *.txt", "odd\n");
    for (site, manifests) in [(odd, vec![""]), (Site::two(), vec!["", "alpha", "เบต้า"])] {
        let folder = published(&site);
        assert_eq!(listed(&folder.path().join("public"), &manifests), tree(&folder.path().join("public")).into_keys().collect());
        for manifest in manifests {
            assert_tools_agree(&folder.path().join("public").join(manifest), &recipes, &is_there);
        }
    }
}

/// What the manifests of these folders list between them, with the root's own, which nobody lists.
fn listed(public: &Path, folders: &[&str]) -> BTreeSet<String> {
    let mut all = BTreeSet::from(["manifest.json".to_owned()]);
    for folder in folders {
        let text = fs::read(public.join(folder).join("manifest.json")).unwrap();
        let manifest: Value = serde_json::from_slice(&text).unwrap();
        let below = if folder.is_empty() { String::new() } else { format!("{folder}/") };
        let paths = manifest["files"].as_array().unwrap().iter().map(|file| format!("{below}{}", file["path"].as_str().unwrap()));
        all.extend(paths);
    }
    all
}

/// Each recipe finds every file as it was published, and one that was altered.
fn assert_tools_agree(public: &Path, recipes: &[&str], is_there: &dyn Fn(&str) -> bool) {
    for recipe in recipes {
        let tool = if recipe.contains("jq ") { "jq --version" } else { "python3 --version" };
        if !is_there(tool) {
            continue;
        }
        let check = || {
            let output = std::process::Command::new("sh").args(["-c", recipe]).current_dir(public).output().unwrap();
            (output.status.success(), String::from_utf8(output.stdout).unwrap())
        };
        assert_eq!(check(), (true, String::new()), "{recipe}");
        let page = fs::read(public.join("index.html")).unwrap();
        fs::write(public.join("index.html"), "altered").unwrap();
        let (is_fine, out) = check();
        assert!(!is_fine && out.contains("index.html: FAILED"), "{recipe}\n{out}");
        fs::write(public.join("index.html"), page).unwrap();
    }
}
