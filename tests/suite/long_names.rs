//! Names of 255 bytes and paths near the system's limit, through building, verifying and building again; and sources in which a file
//! stands where a folder must. All or nothing holds here too.
#![cfg(unix)]

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use crate::support::{Site, found, run, tree, write};

/// A name of exactly this many bytes with this end, of Thai letters as far as they fit.
fn name(bytes: usize, end: &str) -> String {
    let room = bytes - end.len();
    format!("{}{}{end}", "ก".repeat(room / 3), "x".repeat(room % 3))
}

fn written(site: &Site) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    site.write_to(folder.path());
    folder
}

/// Builds, verifies and builds again without a change.
fn assert_publishes(folder: &Path, out: &str) {
    let (status, _, err) = run(folder, &format!("build --strict --out {out}"));
    assert_eq!((status, err.as_str()), (0, ""));
    let first = tree(&folder.join(out));
    let (status, told, err) = run(folder, &format!("verify {out}"));
    assert_eq!(status, 0, "{told}{err}");
    let (status, told, err) = run(folder, &format!("build --out {out}"));
    assert!(status == 0 && told.starts_with("nothing changed"), "{told}{err}");
    assert_eq!(tree(&folder.join(out)), first);
}

#[test]
fn names_of_255_bytes_are_published_verified_and_published_again() {
    let file = name(255, ".txt");
    let page = name(255, ".md");
    let site = Site::small()
        .with(&format!("content/files/{file}"), "x")
        .with(&format!("content/files/{}/{file}", name(255, "")), "x")
        .with(&format!("content/{page}"), "ก\n");
    // An old address has a folder of its own, in which its page lies.
    let redirects = format!("redirects:\n  {}/: 2568/\n  {}: about/\ntitle:", name(255, ""), name(255, ".html"));
    let folder = written(&site.replace("content/site.yaml", "title:", &redirects));
    assert_publishes(folder.path(), "public");
    let out = folder.path().join("public");
    for path in
        [format!("files/{file}"), format!("{}/index.html", name(255, "")), name(255, ".html"), format!("{}/index.html", &page[..252])]
    {
        assert!(out.join(&path).is_file(), "{path}");
    }
    // They go as they came, and what is not ours stays.
    let foreign = [name(255, ".pdf"), format!("{}/{}", name(255, ".d"), name(255, ".pdf")), format!("files/{}", name(255, ".doc"))];
    for path in &foreign {
        write(&out.join(path), b"foreign");
    }
    fs::remove_file(folder.path().join("content").join(&page)).unwrap();
    fs::remove_file(folder.path().join("content/files").join(&file)).unwrap();
    let (status, _, err) = run(folder.path(), "build");
    assert!(status == 0 && err.matches("warning[address-gone]").count() == 2, "{err}");
    assert!(!out.join(&page[..252]).exists() && !out.join("files").join(&file).exists());
    for path in &foreign {
        assert_eq!(fs::read(out.join(path)).unwrap(), b"foreign");
    }
    let (status, told, _) = run(folder.path(), "verify public");
    assert!(status == 0 && foreign.iter().all(|path| told.contains(path.as_str())), "{told}");
}

#[test]
fn agencies_of_255_bytes_are_published_verified_and_published_again() {
    let (a, b) = (name(255, "a"), name(255, "b"));
    let text = format!("--- content/site.yaml\ntitle: ก\n--- content/{a}/agency.yaml\nname: ก\n--- content/{b}/agency.yaml\nname: ข\n");
    let folder = written(&Site::new(&text).with(&format!("content/{a}/files/{}", name(255, ".txt")), "x"));
    assert_publishes(folder.path(), "public");
    write(&folder.path().join("content").join(&a).join("about.md"), "ก\n".as_bytes());
    let (status, _, err) = run(folder.path(), "build");
    assert_eq!((status, err.as_str()), (0, ""));
    assert!(folder.path().join("public").join(&a).join("about/index.html").is_file());
    assert_eq!(run(folder.path(), "verify public").0, 0);
}

#[test]
fn an_output_folder_of_255_bytes_is_taken() {
    let folder = written(&Site::small());
    let out = name(255, "");
    assert_publishes(folder.path(), &out);
    fs::remove_file(folder.path().join("content/about.md")).unwrap();
    assert_eq!(run(folder.path(), &format!("build --out {out}")).0, 0);
    assert_eq!(run(folder.path(), &format!("verify {out}")).0, 0);
    // Beside it nothing is left but its lock.
    let left = |entry: fs::DirEntry| entry.file_name().into_string().unwrap();
    let beside: Vec<String> = fs::read_dir(folder.path()).unwrap().map(|entry| left(entry.unwrap())).collect();
    let beside: Vec<&String> =
        beside.iter().filter(|name| name.starts_with('.') && !name.ends_with("lock") && *name != ".prongsai").collect();
    assert!(beside.is_empty(), "{beside:?}");
}

#[test]
fn an_output_folder_whose_name_is_too_long_is_told() {
    let folder = written(&Site::small());
    let (status, out, err) = run(folder.path(), &format!("build --out {}", name(256, "")));
    assert!(status == 2 && out.is_empty() && err.contains("too long"), "{err}");
    let (status, out, err) = run(folder.path(), &format!("verify {}", name(256, "")));
    assert!(status == 2 && out.is_empty() && !err.is_empty(), "{err}");
}

/// Folders of 255 bytes below one another.
#[cfg(target_os = "linux")]
fn deep(levels: usize) -> String {
    vec![name(255, ""); levels].join("/")
}

#[cfg(target_os = "linux")]
#[test]
fn an_old_address_that_no_system_can_hold_is_told_and_nothing_is_published() {
    let folder = written(&Site::small());
    let at = folder.path();
    assert_eq!(run(at, "build").0, 0);
    let before = tree(&at.join("public"));
    // YAML takes keys of 1,024 characters; longer ones have a form of their own.
    for (levels, form) in [(11, "D/: 2568/"), (12, "D/: 2568/"), (20, "? D/\n  : 2568/"), (200, "? D/\n  : 2568/")] {
        let redirects = format!("redirects:\n  {}\ntitle:", form.replace('D', &deep(levels)));
        fs::write(at.join("content/site.yaml"), Site::small().text("content/site.yaml").replace("title:", &redirects)).unwrap();
        let (status, out, err) = run(at, "build");
        if levels == 11 {
            assert_eq!((status, err.as_str()), (0, ""));
            assert!(at.join("public").join(deep(levels)).join("index.html").is_file());
        } else {
            assert!(out.is_empty() && err.contains("content/site.yaml:2:"), "{levels}: {status} {err}");
            assert_eq!(status, 1);
        }
        assert_eq!(run(at, "verify public").0, 0);
        assert!(before.keys().all(|path| at.join("public").join(path).exists()));
    }
}

#[cfg(target_os = "linux")]
#[test]
fn an_attachment_too_deep_to_publish_is_told_and_nothing_is_published() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    Site::small().write_to(at);
    assert_eq!(run(at, "build").0, 0);
    let before = tree(&at.join("public"));
    // The longest path that can be written here: what is published lies a little deeper, in the folder beside the output.
    let room = 4095 - at.canonicalize().unwrap().join("content/files/").as_os_str().len();
    let parts: Vec<String> = (0..room / 200).map(|_| name(199, "")).collect();
    let last = "x".repeat(room - parts.len() * 200 - 1);
    let file = at.canonicalize().unwrap().join("content/files").join(parts.join("/")).join(if last.is_empty() { "x" } else { &last });
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(&file, "x").unwrap();
    for out in ["public-with-a-longer-name", "public"] {
        let (status, told, err) = run(at, &format!("build --out {out}"));
        assert!(status == 2 && told.is_empty() && err.contains("too long"), "{out}: {status} {err}");
    }
    assert_eq!(tree(&at.join("public")), before);
    assert!(!at.join("public-with-a-longer-name").exists());
}

#[test]
fn a_name_that_a_pack_makes_too_long_is_told() {
    let long = "x".repeat(256);
    let site = Site::small().replace("content/frameworks/small.yaml", "id: service-guide", &format!("id: {long}"));
    let built = site.build();
    assert!(built.codes().contains(&"pack-invalid"), "{:?}", built.codes());
}

#[test]
fn a_province_makes_no_name_too_long() {
    let site = |province: &str| {
        let text = "--- content/site.yaml\ntitle: ก\n--- content/a/agency.yaml\nname: ก\nprovince: P\n--- content/b/agency.yaml\nname: ข\n";
        Site::new(&text.replace('P', province)).build()
    };
    assert_eq!(site(&name(200, "")).errors(), Vec::<String>::new());
    assert_eq!(site(&name(256, "")).codes(), ["wrong-type"]);
}

#[test]
fn a_file_where_a_folder_must_be_is_told_wherever_it_stands() {
    for (path, told) in [
        ("content/2569", "unknown-file content/2569"),
        ("content/๒๕๖๙", "unknown-file content/๒๕๖๙"),
        ("content/2568/issues", "unknown-file content/2568/issues"),
        ("content/2568/items", "unknown-file content/2568/items"),
        ("content/files", "unknown-file content/files"),
        ("content/frameworks", "unknown-file content/frameworks"),
        ("themes/default", "unknown-file themes/default"),
        ("themes", "unknown-file themes"),
    ] {
        let folder = written(&Site::small());
        let at = folder.path().join(path);
        let _ = fs::remove_dir_all(&at);
        write(&at, b"x");
        let found = found(folder.path());
        assert!(found.contains(&told.to_owned()), "{path}: {found:?}");
    }
    // Several agencies: the same below each, and a file where an agency would be.
    for (path, told) in [("content/a/files", "unknown-file content/a/files"), ("content/c", "unknown-file content/c")] {
        let text = "--- content/site.yaml\ntitle: ก\n--- content/a/agency.yaml\nname: ก\n--- content/b/agency.yaml\nname: ข\n";
        let folder = written(&Site::new(text));
        write(&folder.path().join(path), b"x");
        let found = found(folder.path());
        assert!(found.contains(&told.to_owned()), "{path}: {found:?}");
    }
}

#[test]
fn content_that_is_a_file_is_no_site() {
    let folder = tempfile::tempdir().unwrap();
    write(&folder.path().join("content"), b"x");
    for command in ["check", "build"] {
        let (status, out, err) = run(folder.path(), command);
        assert!(status == 2 && out.is_empty() && err.contains("content/"), "{err}");
    }
    assert!(!folder.path().join("public").exists());
}

#[test]
fn an_agencys_own_file_that_is_a_folder_is_told() {
    let text = "--- content/site.yaml\ntitle: ก\n--- content/a/agency.yaml\nname: ก\n--- content/b/agency.yaml/x.txt\nx\n";
    let folder = written(&Site::new(text));
    let found = found(folder.path());
    assert!(found.contains(&"unreadable-file content/b/agency.yaml".to_owned()), "{found:?}");
    assert_eq!(run(folder.path(), "build").0, 1);
}
