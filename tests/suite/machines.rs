//! Two machines' worth of difference: folder, user, rights, surroundings, clock, order, age and mode of the files. None of it may change
//! a byte of what the program publishes, manifests included.

#![cfg(unix)]

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown, symlink};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, SystemTime};

use tempfile::TempDir;

use crate::support::{EPOCH, File, Site, files_below, tree};

type Tree = BTreeMap<String, Vec<u8>>;

/// A file system in memory on Linux.
const MEMORY: &str = "/dev/shm";

/// Two agencies with attachments of odd names, a record that is due on the day of the tests, and drafts.
fn site() -> Site {
    Site::two()
        .replace("content/alpha/2568/disclosures.yaml", "owner: สำนักปลัด", "owner: สำนักปลัด\n  review_by: 2568-09-30")
        .with("content/alpha/files/แผน ปี 2568.txt", "แผน\n")
        .with("content/alpha/files/Zebra.txt", "z\n")
        .with("content/alpha/files/éclair.txt", "e\n")
        .with("content/alpha/2569/assessment.yaml", "framework: small\ndraft: true\n")
}

/// The program, in surroundings of its own, on the day of the tests.
fn program() -> Command {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin("prongsai"));
    command.env_clear().env("SOURCE_DATE_EPOCH", EPOCH);
    command
}

fn run(command: &mut Command) {
    let output = command.output().unwrap();
    assert!(output.status.success(), "{command:?}\n{}", String::from_utf8_lossy(&output.stderr));
}

/// A folder in memory, where there is one: forty builds need not wait for a disk forty times.
fn quick() -> TempDir {
    tempfile::tempdir_in(MEMORY).or_else(|_| tempfile::tempdir()).unwrap()
}

/// What is published where nothing is special.
fn plain(site: &Site) -> Tree {
    let folder = tempfile::tempdir().unwrap();
    built_in(folder.path(), site)
}

fn built_in(folder: &Path, site: &Site) -> Tree {
    site.write_to(folder);
    run(program().arg("build").current_dir(folder).env("HOME", folder));
    tree(&folder.join("public"))
}

fn assert_same(plain: &Tree, other: &Tree, what: &str) {
    let of = |tree: &Tree| tree.keys().cloned().collect::<Vec<_>>();
    assert_eq!(of(plain), of(other), "{what}");
    let differ: Vec<&String> = plain.keys().filter(|path| plain[*path] != other[*path]).collect();
    assert!(differ.is_empty(), "{what}: {differ:?}");
}

#[test]
fn the_folder_changes_nothing() {
    let (site, ground) = (site(), quick());
    let ground = ground.path();
    let plain = plain(&site);
    for name in ["a", "ลึก/กว่า/นั้น/อีก", "มี เว้นวรรค 'และ' \"อื่น\" $HOME %2F", "content", "public", ".hidden", "public.prongsai"]
    {
        let folder = ground.join(name);
        fs::create_dir_all(&folder).unwrap();
        assert_same(&plain, &built_in(&folder, &site), name);
    }
    // The same folder by other ways to say it, each with an output of its own.
    let (real, link, far) = (ground.join("a"), ground.join("ทาง ลัด"), ground.join("far/away"));
    symlink(&real, &link).unwrap();
    fs::create_dir_all(&far).unwrap();
    let ways: [(&Path, PathBuf); 6] = [
        (&link, PathBuf::from(".")),
        (&far, PathBuf::from("../../a")),
        (&far, PathBuf::from("../../a/")),
        (&far, PathBuf::from("./../away/../../ทาง ลัด")),
        (&far, link.clone()),
        (Path::new("/"), real),
    ];
    for (index, (from, way)) in ways.iter().enumerate() {
        let out = ground.join(format!("out-{index}"));
        run(program().arg("build").arg("--site").arg(way).arg("--out").arg(&out).current_dir(from));
        assert_same(&plain, &tree(&out), &way.display().to_string());
    }
}

#[test]
fn the_surroundings_change_nothing() {
    let site = site();
    let plain = plain(&site);
    let folder = quick();
    let folder = folder.path();
    site.write_to(folder);
    let mut sets: Vec<Vec<(&str, &str)>> = vec![vec![]];
    for locale in ["th_TH.UTF-8", "C", "POSIX", "tr_TR.UTF-8", "ar_SA", "th_TH.TIS-620", "xx_YY.garbage", "\u{fffd}"] {
        sets.push(vec![("LANG", locale), ("LC_ALL", locale), ("LANGUAGE", locale)]);
    }
    for zone in ["Asia/Bangkok", "Pacific/Kiritimati", "America/Los_Angeles", "UTC+12", ":", "no/such/zone", "/etc/passwd", "\t"] {
        sets.push(vec![("TZ", zone)]);
    }
    for threads in ["1", "2", "7", "0", "many"] {
        sets.push(vec![("RAYON_NUM_THREADS", threads)]);
    }
    for home in ["", "/", "/no/such/home", "relative"] {
        sets.push(vec![("HOME", home)]);
    }
    sets.push(vec![("TERM", "xterm-256color"), ("COLORTERM", "truecolor"), ("CLICOLOR_FORCE", "1"), ("COLUMNS", "40")]);
    sets.push(vec![("TERM", "dumb"), ("NO_COLOR", "1")]);
    sets.push(vec![("CI", "true"), ("GITHUB_ACTIONS", "true"), ("GITHUB_REF", "refs/heads/main"), ("GIT_DIR", "/none"), ("USER", "ก")]);
    sets.push(vec![("TMPDIR", "/no/such/folder"), ("XDG_CACHE_HOME", "/no/such/cache"), ("PATH", ""), ("PWD", "/lies")]);
    sets.push(vec![("RUST_BACKTRACE", "full"), ("RUST_LOG", "trace"), ("RUST_MIN_STACK", "8388608"), ("MIMALLOC_SHOW_STATS", "0")]);
    for (index, set) in sets.iter().enumerate() {
        let out = folder.join(format!("out-{index}"));
        run(program().arg("build").arg("--out").arg(&out).current_dir(folder).envs(set.iter().copied()));
        assert_same(&plain, &tree(&out), &format!("{set:?}"));
    }
    // Nobody to talk to. A file that the program opens must not take the number of a stream that was closed.
    for (index, closed) in ["<&-", ">&-", "2>&-", "<&- >&-", "<&- >&- 2>&-", "</dev/null >/dev/null 2>/dev/null"].iter().enumerate() {
        let out = folder.join(format!("closed-{index}"));
        let mut shell = Command::new("sh");
        shell.args(["-c", &format!("exec \"$0\" build --out \"$1\" {closed}")]).arg(program().get_program()).arg(&out);
        let status = shell.current_dir(folder).env_clear().env("SOURCE_DATE_EPOCH", EPOCH).status().unwrap();
        assert!(status.success(), "{closed}: {status}");
        assert_same(&plain, &tree(&out), closed);
    }
}

/// The files of a site, written one after the other in this order.
fn write_in_order(site: &Site, folder: &Path, order: impl Fn(usize, usize) -> usize) {
    let paths = site.paths();
    let mut written = std::collections::BTreeSet::new();
    for index in 0..paths.len() {
        let path = &paths[order(index, paths.len())];
        let Some(File::Bytes(bytes)) = site.file(path) else { continue };
        crate::support::write(&folder.join(path), bytes);
        written.insert(path);
    }
    assert_eq!(written.len(), paths.len(), "each file is written once");
}

#[test]
fn the_order_in_which_files_came_changes_nothing() {
    let site = site();
    let plain = plain(&site);
    // A system in memory lists files by age, others by hash or name.
    let grounds: Vec<PathBuf> = [std::env::temp_dir(), PathBuf::from(MEMORY)].into_iter().filter(|path| path.is_dir()).collect();
    for ground in grounds {
        for (what, order) in [
            ("as they are named", (|index, _| index) as fn(usize, usize) -> usize),
            ("backwards", |index, count| count - 1 - index),
            // 7919 is a prime larger than any site of a test, so that each file comes once.
            ("in no order", |index, count| (index * 7919 + 3) % count),
        ] {
            let folder = tempfile::tempdir_in(&ground).unwrap();
            write_in_order(&site, folder.path(), order);
            run(program().arg("build").current_dir(folder.path()));
            assert_same(&plain, &tree(&folder.path().join("public")), &format!("{what} in {}", ground.display()));
        }
    }
}

#[test]
fn age_and_mode_of_the_sources_change_nothing() {
    let site = site();
    let plain = plain(&site);
    for (seconds, mode) in [(0, 0o600), (4_102_444_800, 0o755), (1_756_684_800, 0o444), (951_782_400, 0o777)] {
        let folder = quick();
        site.write_to(folder.path());
        for path in files_below(folder.path()) {
            let file = fs::File::options().write(true).open(&path).unwrap();
            file.set_modified(SystemTime::UNIX_EPOCH + Duration::from_secs(seconds)).unwrap();
            fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
        }
        run(shell("umask 022", folder.path()).env("SOURCE_DATE_EPOCH", EPOCH));
        let public = folder.path().join("public");
        assert_same(&plain, &tree(&public), &format!("{seconds} {mode:o}"));
        // What is published is for readers: the mode of a source is its author's affair.
        let modes: Vec<u32> = files_below(&public).iter().map(|path| fs::metadata(path).unwrap().mode() & 0o7777).collect();
        assert!(modes.iter().all(|mode| *mode == 0o644), "{mode:o}");
    }
}

/// A build after a line of the shell.
fn shell(first: &str, folder: &Path) -> Command {
    let mut shell = Command::new("sh");
    shell.args(["-c", &format!("{first}; exec \"$0\" build")]).arg(program().get_program()).current_dir(folder).env_clear();
    shell
}

/// Every file and folder of the output with its mode, its number and its time.
fn facts(public: &Path) -> BTreeMap<PathBuf, (u32, u64, i64, i64)> {
    let mut facts = BTreeMap::new();
    let mut open = vec![public.to_owned()];
    while let Some(path) = open.pop() {
        let of = fs::symlink_metadata(&path).unwrap();
        if of.is_dir() {
            open.extend(fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
        }
        facts.insert(path, (of.mode() & 0o7777, of.ino(), of.mtime(), of.mtime_nsec()));
    }
    facts
}

#[test]
fn the_umask_changes_modes_and_nothing_else() {
    let site = site();
    let plain = plain(&site);
    for (umask, file, folder_mode) in [("022", 0o644, 0o755), ("077", 0o600, 0o700), ("002", 0o664, 0o775), ("027", 0o640, 0o750)] {
        let folder = quick();
        site.write_to(folder.path());
        run(shell(&format!("umask {umask}"), folder.path()).env("SOURCE_DATE_EPOCH", EPOCH));
        let public = folder.path().join("public");
        assert_same(&plain, &tree(&public), umask);
        for (path, (mode, ..)) in facts(&public) {
            assert_eq!(mode, if path.is_dir() { folder_mode } else { file }, "{umask}: {}", path.display());
        }
    }
}

#[test]
fn another_user_builds_the_same() {
    const NOBODY: u32 = 65534;
    let folder = tempfile::tempdir().unwrap();
    if fs::metadata(folder.path()).unwrap().uid() != 0 {
        eprintln!("not tried: only root may become another user");
        return;
    }
    let site = site();
    site.write_to(folder.path());
    // The program may lie where only root looks.
    let copy = folder.path().join("prongsai");
    fs::copy(program().get_program(), &copy).unwrap();
    for path in files_below(folder.path()) {
        path.ancestors()
            .take_while(|path| path.starts_with(folder.path()))
            .for_each(|path| chown(path, Some(NOBODY), Some(NOBODY)).unwrap());
    }
    let mut command = Command::new(&copy);
    command.arg("build").current_dir(folder.path()).env_clear().env("SOURCE_DATE_EPOCH", EPOCH).uid(NOBODY).gid(NOBODY);
    run(&mut command);
    let public = folder.path().join("public");
    assert_same(&plain(&site), &tree(&public), "another user");
    assert!(files_below(&public).iter().all(|path| fs::metadata(path).unwrap().uid() == NOBODY));
    // Root builds the same folder anew: nothing is to be done, so nothing becomes root's.
    let before = facts(&public);
    run(program().arg("build").current_dir(folder.path()));
    assert_eq!(before, facts(&public));
    assert!(files_below(&public).iter().all(|path| fs::metadata(path).unwrap().uid() == NOBODY));
}

#[test]
fn a_rebuild_elsewhere_in_time_and_place_touches_nothing() {
    let site = site();
    let folder = tempfile::tempdir().unwrap();
    let plain = built_in(folder.path(), &site);
    let public = folder.path().join("public");
    let before = facts(&public);
    let again = [("TZ", "Pacific/Kiritimati"), ("LC_ALL", "tr_TR.UTF-8"), ("RAYON_NUM_THREADS", "7"), ("SOURCE_DATE_EPOCH", "1756745999")];
    run(shell("umask 077", folder.path()).envs(again));
    assert_eq!(before, facts(&public), "another umask");
    // The sources were written anew, as by a fresh clone, and what was found out about them is gone.
    write_in_order(&site, folder.path(), |index, count| count - 1 - index);
    let _ = fs::remove_dir_all(folder.path().join(".prongsai"));
    run(shell("umask 022", folder.path()).envs(again));
    assert_eq!(before, facts(&public), "a fresh clone");
    // The folder was moved as a whole.
    let moved = tempfile::tempdir().unwrap();
    let there = moved.path().join("ที่ใหม่");
    fs::rename(folder.path(), &there).unwrap();
    fs::create_dir(folder.path()).unwrap();
    let names = |facts: BTreeMap<PathBuf, _>| facts.into_values().collect::<Vec<_>>();
    run(program().arg("build").current_dir(&there));
    assert_eq!(names(before), names(facts(&there.join("public"))), "another place");
    assert_same(&plain, &tree(&there.join("public")), "another place");
}

/// What the pages say of the item that is to be reviewed by 30 September 2568, at a time.
fn at_time(epoch: &str) -> (Tree, Vec<String>) {
    let folder = quick();
    site().write_to(folder.path());
    let mut command = program();
    command.current_dir(folder.path()).env("SOURCE_DATE_EPOCH", epoch);
    run(command.arg("build"));
    let mut command = program();
    let checked = command.args(["check", "--format", "json"]).current_dir(folder.path()).env("SOURCE_DATE_EPOCH", epoch).output().unwrap();
    let report: serde_json::Value = serde_json::from_slice(&checked.stdout).unwrap();
    let stale = report["findings"].as_array().unwrap().iter().filter(|finding| finding["code"] == "stale-disclosure");
    let stale = stale.map(|finding| format!("{} {}", finding["subject"], finding["data"]["review_by"])).collect();
    (tree(&folder.path().join("public")), stale)
}

#[test]
fn a_clock_that_is_far_off_tells_no_untruth() {
    const DUE: &str = "ถึงรอบทบทวน</span>";
    const DAY: &str = "30 ก.ย. 2568";
    let item = |tree: &Tree| String::from_utf8(tree["alpha/2568/oit/o1/index.html"].clone()).unwrap();
    let told = vec!["\"2568/o1\" \"2025-09-30\"".to_owned()];
    // Long before the day, 30 days before it, the day itself, the day after, long after, the last day that can be written.
    for (epoch, is_due, stale) in [
        ("0", false, false),
        ("1756573199", false, false),
        ("1756573200", true, false),
        ("1759251599", true, false),
        ("1759251600", true, true),
        ("4102444800", true, true),
        ("253402275599", true, true),
    ] {
        let (tree, found) = at_time(epoch);
        let page = item(&tree);
        assert_eq!(page.contains(DUE), is_due, "{epoch}");
        assert_eq!(found, if stale { told.clone() } else { Vec::new() }, "{epoch}");
        // The day of the review is the record's; a day of the clock stands nowhere.
        assert!(page.contains(DAY) || page.contains("30 กันยายน 2568"), "{epoch}: {page}");
        for (path, bytes) in tree.iter().filter(|(path, _)| path.ends_with(".html")) {
            let text = String::from_utf8_lossy(bytes);
            for year in ["1970", "2513", "2100", "2643", "9999", "12542"] {
                assert!(!text.contains(year), "{epoch}: {path} tells {year}");
            }
        }
    }
}

#[test]
fn a_time_that_is_none_is_refused_in_words() {
    let folder = quick();
    site().write_to(folder.path());
    let last = "253402275600";
    for wrong in ["", " ", "-1", "+1", "1.5", "1e9", "0x10", "today", "๑", "1 ", "99999999999999999999", "9223372036854775807", last] {
        for (language, words) in [("en", "SOURCE_DATE_EPOCH has to be"), ("th", "SOURCE_DATE_EPOCH ต้องเป็น")] {
            let output = program().args(["build", "--lang", language]).current_dir(folder.path()).env("SOURCE_DATE_EPOCH", wrong).output();
            let output = output.unwrap();
            let err = String::from_utf8(output.stderr).unwrap();
            assert_eq!(output.status.code(), Some(2), "{wrong:?}: {err}");
            assert!(err.contains(words) && err.contains(&format!("`{}`", wrong.trim())) | wrong.contains(' '), "{wrong:?}: {err}");
            assert!(!folder.path().join("public").exists(), "{wrong:?}");
        }
    }
}
