//! Odd and hostile folders: names, links, things that are no file, and outputs that can't be written.

use std::fs;

use tempfile::TempDir;

use crate::odd::page;
use crate::support::{Site, found, prongsai, run, tree, write};

fn folder(site: &Site) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    site.write_to(folder.path());
    folder
}

fn named(name: &str) -> Site {
    Site::small().with(&format!("content/{name}.md"), "ก\n")
}

fn redirects(pairs: &str) -> Site {
    Site::small().with("content/site.yaml", &format!("title: ก\nredirects: {{{pairs}}}\n"))
}

/// Two agencies, and another file in `content/`.
fn several(path: &str, text: &str) -> Site {
    let site = Site::new("--- content/site.yaml\ntitle: ก\n--- content/a/agency.yaml\nname: ก\n--- content/b/agency.yaml\nname: ข\n");
    site.with(&format!("content/{path}"), text)
}

odd_sites! {
    a_page_named_index_belongs_to_the_program: named("index") => ["route-collision content/index.md:1:1"] [];
    a_page_named_as_a_year_belongs_to_the_program: named("2570") => ["route-collision content/2570.md:1:1"] [];
    a_page_named_as_a_year_in_thai_digits_belongs_to_the_program: named("๒๕๗๐") => ["route-collision content/๒๕๗๐.md:1:1"] [];
    a_page_at_an_address_of_the_program_is_refused: named("search").with("content/_x.md", "ก\n").with("content/robots.txt.md", "ก\n")
        => ["route-collision content/_x.md:1:1", "route-collision content/robots.txt.md:1:1", "route-collision content/search.md:1:1"] [];
    names_with_spaces_are_pages: named("ก ข") => [] ["ก ข/"];
    a_name_in_the_other_form_is_the_same_page: Site::small().moved("content/about.md", "content/น\u{e4d}า.md") => [] ["นำ/"];
    both_forms_of_a_thai_name_are_one_address: named("นำ").with("content/น\u{e4d}า.md", "ข\n")
        => ["route-collision content/น\u{e4d}า.md:1:1"] [];
    marks_in_another_order_are_one_address: named("น\u{e49}ำ").with("content/น\u{e4d}\u{e49}า.md", "ข\n")
        => ["route-collision content/น\u{e4d}\u{e49}า.md:1:1"] [];
    letters_taken_apart_are_one_address: named("caf\u{e9}").with("content/cafe\u{301}.md", "ข\n")
        => ["route-collision content/caf\u{e9}.md:1:1"] [];
    one_year_in_two_scripts_is_one_address: Site::small().with("content/๒๕๖๘/issues/1.md", "ก\n")
        => ["route-collision content/๒๕๖๘/issues/1.md:1:1"] [];
    a_name_of_255_bytes_is_served: named(&"ก".repeat(84)).with(&format!("content/files/{}.txt", "ข".repeat(83)), "x") => [] ["", "about/"];
    a_name_with_control_characters_is_not_published: named("a\u{1b}[31mb").with("content/files/a\nb.pdf", "x")
        => ["unknown-file content/a\u{1b}[31mb.md:1:1", "unknown-file content/files/a\nb.pdf:1:1"] ["about/"];
    a_name_that_is_written_backwards_is_not_published: named("a\u{202e}fdp").with("content/files/a\u{202e}fdp.exe", "x")
        => ["unknown-file content/a\u{202e}fdp.md:1:1", "unknown-file content/files/a\u{202e}fdp.exe:1:1"] ["about/"];
    names_that_windows_keeps_for_itself_are_pages: named("con").with("content/files/nul.txt", "x") => [] ["con/"];
    what_systems_leave_behind_is_passed_over: Site::small()
        .with("content/.DS_Store", "x").with("content/files/._x.pdf", "x").with("content/files/Thumbs.db", "x")
        .with("content/2568/desktop.ini", "x").with("content/files/~$x.docx", "x").with("content/__MACOSX/x.md", "x")
        => [] ["about/"];
    a_file_in_the_place_of_a_folder_is_told: Site::small().with("content/2569", "x").without("content/2568/items/o1.md")
        .with("content/2568/items", "x").with("content/2568/issues/2.md", "ก\n")
        => ["unknown-file content/2568/items:1:1", "unknown-file content/2569:1:1"] ["2568/"];
    a_redirect_out_of_the_site_is_refused: Site::small().with("content/site.yaml", "title: ก\nredirects: {../x/: about/, a/: https://b.example/}\n")
        => ["path-escape content/site.yaml:2:13", "path-escape content/site.yaml:2:32"] [];
    redirects_do_not_lead_to_each_other: Site::small().with("content/site.yaml", "title: ก\nredirects: {a/: b/, b/: a/}\n")
        => ["link-broken content/site.yaml:2:17", "link-broken content/site.yaml:2:25"] [];
    an_old_address_that_no_page_can_have_is_refused: redirects("files/old.pdf: about/, \"a?b/\": about/, \"x/#y\": about/, favicon.ico: about/")
        => ["wrong-type content/site.yaml:2:13", "wrong-type content/site.yaml:2:36", "wrong-type content/site.yaml:2:52", "wrong-type content/site.yaml:2:68"] [];
    an_old_address_may_be_a_file: redirects("old.html: about/, x/old.HTM: about/") => [] [];
    an_old_address_is_read_as_browsers_show_it: redirects("\"%E0%B8%81/\": \"%61bout/\"") => [] ["ก/"];
    an_old_address_hides_no_climbing: redirects("\"%2e%2e/x/\": about/") => ["path-escape content/site.yaml:2:13"] [];
    two_pages_that_differ_in_capital_letters_are_one_on_many_hosts: named("Old").with("content/old.md", "ข\n")
        => ["route-collision content/old.md:1:1"] [];
    packs_lie_in_their_folder_itself: Site::small().with("content/frameworks/README.md", "# ก\n").with("content/frameworks/old/a.yaml", "id: a\n")
        => ["unknown-file content/frameworks/README.md:1:1", "unknown-file content/frameworks/old/a.yaml:1:1"] ["2568/"];
    an_edition_beside_several_agencies_is_nobodys: several("2568/assessment.yaml", "framework: x\n")
        => ["unknown-file content/2568/assessment.yaml:1:1"] ["", "a/"];
    links_climb_no_higher_than_the_site: page("[ก](../../x.md) [ข](files/../../../y.pdf)\n")
        => ["path-escape content/about.md:1:1", "path-escape content/about.md:1:17"] [];
}

/// Collisions as path and the one that is in the way.
fn collisions(site: &Site) -> Vec<String> {
    let built = site.build();
    let one = |f: &prongsai::finding::Finding| format!("{}: {}", f.place.file, f.message(Default::default()));
    built.findings.iter().filter(|finding| finding.code.name() == "route-collision").map(one).collect()
}

#[test]
fn names_that_some_disks_take_for_one_are_told_with_both_sources() {
    let files = |a: &str, b: &str| Site::small().with(&format!("content/files/{a}"), "x").with(&format!("content/files/{b}"), "x");
    let redirect = |pairs: &str| redirects(pairs).with("content/files/Own.html", "x");
    let many =
        |path: &str, pairs: &str| several(path, "x").replace("content/site.yaml", "title", &format!("redirects: {{{pairs}}}\ntitle"));
    for (site, path, other) in [
        (files("a.pdf", "A.PDF"), "content/files/a.pdf", "content/files/A.PDF"),
        (files("a/b/c.pdf", "A/b/C.pdf"), "content/files/a/b/c.pdf", "content/files/A/b/C.pdf"),
        (files("stra\u{df}e.pdf", "STRASSE.pdf"), "content/files/stra\u{df}e.pdf", "content/files/STRASSE.pdf"),
        (files("\u{c9}.pdf", "e\u{301}.pdf"), "content/files/e\u{301}.pdf", "content/files/\u{c9}.pdf"),
        // A file against a folder.
        (files("A", "a/b.pdf"), "content/files/a/b.pdf", "content/files/A"),
        (files("a", "A/b.pdf"), "content/files/a", "content/files/A/b.pdf"),
        (redirect("About/: 2568/"), "content/site.yaml", "content/about.md"),
        // What is taken on every disk has its source told too.
        (redirect("about/: 2568/"), "content/site.yaml", "content/about.md"),
        (redirect("files/Own.html: 2568/"), "content/site.yaml", "content/files/Own.html"),
        (redirect("2568/oit/o1/: 2568/"), "content/site.yaml", "โปรแกรม"),
        (redirect("2568/OIT/o1/: 2568/"), "content/site.yaml", "โปรแกรม"),
        (redirect("files/own.html: 2568/"), "content/site.yaml", "content/files/Own.html"),
        (redirect("files/own.HTML/: 2568/"), "content/site.yaml", "content/files/Own.html"),
        (redirect("old/: 2568/, Old/: 2568/"), "content/site.yaml", "content/site.yaml"),
        // With several agencies: slugs, the site's own pages and files, and what lies in an agency.
        (many("A/agency.yaml", ""), "content/a/agency.yaml", "content/A/agency.yaml"),
        (many("B.md", ""), "content/B.md", "content/b/agency.yaml"),
        (many("x.md", "A/: b/"), "content/site.yaml", "content/a/agency.yaml"),
        (many("a/news.md", "a/news/: b/"), "content/site.yaml", "content/a/news.md"),
        (many("a/News.md", "a/news/: b/"), "content/site.yaml", "content/a/News.md"),
        (many("files/X.txt", "").with("content/files/x.txt", "x"), "content/files/x.txt", "content/files/X.txt"),
        (many("files/X.html", "files/x.html: a/"), "content/site.yaml", "content/files/X.html"),
    ] {
        let found = collisions(&site);
        assert_eq!(found.len(), 1, "{path} {other}: {found:?}");
        assert!(found[0].starts_with(&format!("{path}: ")) && found[0].contains(other), "{path} {other}: {found:?}");
    }
}

#[test]
fn names_that_are_two_on_every_disk_are_fine() {
    let files = |names: &[&str]| names.iter().fold(Site::small(), |site, name| site.with(&format!("content/files/{name}"), "x"));
    for site in [
        // Two folders that are one there hold files of their own.
        files(&["A/b.pdf", "a/c.pdf", "PLAN.pdf", "plan2.pdf", "plan.PDF.txt"]),
        files(&["กา.pdf", "ก่า.pdf", "ก้า.pdf", "๑.pdf", "1.pdf"]),
        files(&["a", "a.b", "A-b/c.pdf", "con.pdf", "aux"]),
        redirects("OLD/x/: 2568/, old/y/: 2568/"),
        redirects("2567/: 2568/, 2567/OIT/: 2568/"),
        Site::small().with("content/Plan.md", "ก\n").with("content/files/plan/x.pdf", "x"),
        several("a/files/X.txt", "x").with("content/b/files/x.txt", "x").with("content/files/x.txt", "x"),
    ] {
        assert_eq!(collisions(&site), Vec::<String>::new());
    }
}

#[test]
fn agencies_that_differ_in_capital_letters_are_one_on_many_hosts() {
    let built = several("A/agency.yaml", "name: ข\n").build();
    let told: Vec<_> = built.findings().into_iter().map(|(code, _, _, path, ..)| (code, path)).collect();
    assert_eq!(told, [("route-collision", "content/a/agency.yaml")]);
}

#[test]
fn of_two_names_that_look_the_same_the_one_to_rename_is_told() {
    let help = |slugs: [&str; 2]| {
        let clashes = prongsai::site::routes::clashes(&slugs.map(str::to_owned));
        slugs.map(|slug| clashes[slug].help(prongsai::base::language::Language::En))
    };
    let [usual, odd] = help(["caf\u{e9}", "cafe\u{301}"]);
    assert!(usual.starts_with("rename the other one, ") && odd.starts_with("rename this one, "), "{usual} {odd}");
    for told in help(["caf\u{200b}\u{e9}", "cafe\u{301}"]) {
        assert!(told.starts_with("rename one of them, "), "{told}");
    }
}

#[test]
fn folders_of_agencies_that_other_systems_cannot_hold_are_refused() {
    let told = |name: &str| {
        let built = several(&format!("{name}/agency.yaml"), "name: ค\n").build();
        let all = built.findings.iter().map(|finding| (finding.code.name(), finding.help(Default::default())));
        all.collect::<Vec<_>>()
    };
    let marked = "\u{628}\u{64e}"; // An Arabic letter with its vowel.
    for name in ["ก้ำกึ่ง", "ปู่ย่า-๒", "caf\u{e9}", marked, "हिन्दी", "กข.2", "b_1", "-x-", "a--b", "con1", "com", "com10", "x.con", "lpt"]
    {
        assert_eq!(told(name), [], "{name}");
    }
    for name in ["a*b", "a?b", "%41", "x.", "x_", "a..b", "a__b", "a._b", "a b", "a+b", "a,b", "(x)", "฿", "a\u{202e}b", "☃"] {
        let told = told(name);
        assert!(told.len() == 1 && told[0].0 == "wrong-type" && told[0].1.contains("จุดหรือ _ คั่นกลาง"), "{name}: {told:?}");
    }
    for name in ["CON", "Prn", "aux", "nul", "COM1", "lpt9", "con.x", "com\u{b3}"] {
        let told = told(name);
        assert!(told.len() == 1 && told[0].0 == "wrong-type" && told[0].1.contains("Windows สงวนชื่อนี้ไว้"), "{name}: {told:?}");
    }
}

const AUTHORED: &[&str] = &[
    "content/site.yaml",
    "content/agency.yaml",
    "content/about.md",
    "content/frameworks/small.yaml",
    "content/2568/assessment.yaml",
    "content/2568/disclosures.yaml",
    "content/2568/measures.yaml",
    "content/2568/report.md",
    "content/2568/issues/1.md",
    "content/2568/items/o1.md",
    "themes/default/page.html",
];

#[test]
fn a_folder_in_the_place_of_a_file_is_told() {
    for path in AUTHORED {
        let folder = folder(&Site::small());
        let _ = fs::remove_file(folder.path().join(path));
        write(&folder.path().join(path).join("x.txt"), b"x");
        let found = found(folder.path());
        assert!(found.contains(&format!("unreadable-file {path}")), "{path}: {found:?}");
        assert!(!found.iter().any(|line| line.ends_with("x.txt")), "{path}: {found:?}");
        assert_eq!(run(folder.path(), "build").0, 1, "{path}");
    }
}

#[test]
fn a_file_in_the_place_of_the_attachments_is_told() {
    let folder = folder(&Site::small().without("content/2568/disclosures.yaml").with("content/2568/issues/2.md", "ก\n"));
    fs::remove_dir_all(folder.path().join("content/files")).unwrap();
    fs::write(folder.path().join("content/files"), "x").unwrap();
    write(&folder.path().join("themes/default"), b"x");
    assert_eq!(found(folder.path()), ["unknown-file content/files", "unknown-file themes/default"]);
}

#[test]
fn a_text_of_sixty_megabytes_is_not_read() {
    for path in ["content/2568/measures.yaml", "content/about.md", "themes/default/page.html"] {
        let folder = folder(&Site::small());
        write(&folder.path().join(path), b"");
        fs::File::options().write(true).open(folder.path().join(path)).unwrap().set_len(60 * 1024 * 1024).unwrap();
        assert_eq!(found(folder.path()), [format!("unreadable-file {path}")]);
    }
}

#[test]
fn texts_of_more_than_64_mebibytes_together_are_not_read() {
    let folder = folder(&Site::small());
    let text = "#".repeat(8 * 1024 * 1024);
    for n in 0..9 {
        write(&folder.path().join(format!("content/25{n}0/measures.yaml")), text.as_bytes());
    }
    let found = found(folder.path());
    let unread = found.iter().filter(|line| line.starts_with("unreadable-file")).count();
    assert!((1..=3).contains(&unread), "{found:?}");
}

#[test]
fn reasons_are_told_in_thai_too() {
    let folder = folder(&Site::small());
    fs::create_dir(folder.path().join("content/new.md")).unwrap();
    let (_, out, _) = run(folder.path(), "--lang th check");
    assert!(out.contains("ตรงนี้ต้องเป็นไฟล์ แต่พบโฟลเดอร์"), "{out}");
}

#[test]
fn a_name_sends_no_commands_to_the_terminal() {
    let folder = folder(&named("a\u{1b}[31mb\u{202e}c"));
    for line in ["check", "check --format github", "build"] {
        let (_, out, err) = run(folder.path(), line);
        assert!(!out.contains(['\u{1b}', '\u{202e}']) && !err.contains(['\u{1b}', '\u{202e}']), "{line}: {out:?} {err:?}");
    }
}

#[cfg(unix)]
mod unix {
    use super::*;
    use std::os::unix::fs::{PermissionsExt, symlink};
    use std::process::Command;

    #[test]
    fn links_out_of_the_site_and_links_in_a_ring_are_told() {
        let outside = tempfile::tempdir().unwrap();
        fs::write(outside.path().join("secret.md"), "secret").unwrap();
        let folder = folder(&Site::small());
        let content = folder.path().join("content");
        symlink(outside.path().join("secret.md"), content.join("secret.md")).unwrap();
        symlink(outside.path(), content.join("files/outside")).unwrap();
        symlink("..", content.join("files/up")).unwrap();
        symlink("ring.md", content.join("ring.md")).unwrap();
        let expected = [
            "path-escape content/files/outside",
            "unreadable-file content/files/up",
            "unreadable-file content/ring.md",
            "path-escape content/secret.md",
        ];
        assert_eq!(found(folder.path()), expected);
        assert_eq!(run(folder.path(), "build").0, 1);
        assert!(!folder.path().join("public/index.html").exists());
    }

    /// Every build would publish what the one before it published.
    #[test]
    fn a_link_to_what_is_published_is_refused() {
        let folder = folder(&Site::small());
        fs::create_dir(folder.path().join("sub")).unwrap();
        assert_eq!(run(folder.path(), "build").0, 0);
        assert_eq!(run(folder.path(), "build --out sub/out").0, 0);
        let before = tree(&folder.path().join("public"));
        for (to, line) in [("../../public", "build"), ("../../public/2568", "build"), ("../../sub", "build --out sub/out")] {
            symlink(to, folder.path().join("content/files/own")).unwrap();
            let (status, _, err) = run(folder.path(), line);
            assert_eq!(status, 1, "{to}: {err}");
            assert!(err.contains("leads to the published site"), "{to}: {err}");
            fs::remove_file(folder.path().join("content/files/own")).unwrap();
        }
        assert!(tree(&folder.path().join("public")) == before);
    }

    #[test]
    fn an_output_that_may_not_be_written_is_trouble_of_the_machine() {
        let folder = folder(&Site::small());
        let out = folder.path().join("closed");
        fs::create_dir(&out).unwrap();
        fs::set_permissions(&out, fs::Permissions::from_mode(0o555)).unwrap();
        // Rights do not bind the superuser.
        if fs::write(out.join("probe"), "").is_ok() {
            eprintln!("skipped: this user may write everywhere");
            return;
        }
        let (status, _, err) = run(folder.path(), "build --out closed/public");
        assert_eq!(status, 2, "{err}");
        assert!(err.contains("permission denied"), "{err}");
    }

    /// The largest file that the program may write stands for the end of the disk: what is published stays as it was.
    #[test]
    fn a_disk_that_fills_up_leaves_the_earlier_site() {
        let folder = folder(&Site::small());
        assert_eq!(run(folder.path(), "build").0, 0);
        let before = tree(&folder.path().join("public"));
        write(&folder.path().join("content/files/large.pdf"), &vec![b'x'; 4 * 1024 * 1024]);
        let program = assert_cmd::cargo::cargo_bin("prongsai");
        let line = format!("trap '' XFSZ; ulimit -f 2048; exec '{}' build", program.display());
        let output = Command::new("sh").args(["-c", &line]).current_dir(folder.path()).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{}", String::from_utf8_lossy(&output.stderr));
        assert!(tree(&folder.path().join("public")) == before, "the published site changed");
        let left: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        assert!(!left.iter().any(|name| name.to_string_lossy().contains("prongsai-1")), "{left:?}");
    }

    /// A real file system of one megabyte, where this user may make one.
    #[test]
    fn a_real_full_disk_is_told_and_nothing_is_published() {
        let folder = folder(&Site::small().with_bytes("content/files/large.pdf", &vec![b'x'; 2 * 1024 * 1024]));
        let disk = folder.path().join("disk");
        fs::create_dir(&disk).unwrap();
        let made = Command::new("mount").args(["-t", "tmpfs", "-o", "size=1m", "tmpfs"]).arg(&disk).output();
        if !made.is_ok_and(|output| output.status.success()) {
            eprintln!("skipped: this user may not mount a file system");
            return;
        }
        let output = prongsai(folder.path()).args(["build", "--out", "disk/public"]).output().unwrap();
        let left = fs::read_dir(&disk).unwrap().count();
        let freed = Command::new("umount").arg(&disk).status().unwrap();
        let err = String::from_utf8_lossy(&output.stderr);
        assert!(freed.success());
        assert_eq!(output.status.code(), Some(2), "{err}");
        assert!(err.contains("the disk is full"), "{err}");
        assert!(left <= 1, "{left} things are left beside the lock");
    }

    /// Sparse, so that the test needs no disk; what the program may hold is bounded far below.
    #[cfg(target_os = "linux")]
    #[test]
    fn an_attachment_of_two_gigabytes_takes_no_memory() {
        let folder = folder(&Site::small());
        let path = folder.path().join("content/files/large.zip");
        fs::File::create(&path).unwrap().set_len(2 * 1024 * 1024 * 1024).unwrap();
        crate::support::run_within(folder.path(), "ulimit -v 262144", "check");
    }

    #[test]
    fn a_folder_that_is_not_ours_is_not_taken() {
        let folder = folder(&Site::small());
        write(&folder.path().join("public/theirs.txt"), b"x");
        let (status, _, err) = run(folder.path(), "build");
        assert_eq!(status, 2);
        assert!(err.contains("--out"), "{err}");
        assert_eq!(tree(&folder.path().join("public")).len(), 1);
    }
}
