//! A build that is killed at any moment: after each kill the output is one whole site, the old or the new, and the next build is clean.
//!
//! `KILLS=1000 cargo test --test suite killed` kills a thousand; the test command kills a hundred. The moments are spread evenly over a
//! build and a half, so that none of its steps is passed over, and the writing of the output is met most often.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::support::{EPOCH, Site, tree, write};

type Tree = BTreeMap<String, Vec<u8>>;

/// How many builds are killed where nobody says how many.
const KILLS: u32 = 100;

/// A site of one agency.
fn one(version: u32) -> Site {
    with_pages(Site::small(), "content", version)
}

/// A site of two agencies, one of which changes from version to version.
fn two(version: u32) -> Site {
    with_pages(Site::two(), "content/alpha", version)
}

fn with_pages(mut site: Site, folder: &str, version: u32) -> Site {
    let text = format!("คะแนนรวม {{{{ score(\"overall\") }}}} ฉบับที่ {version}\n");
    site = site.with(&format!("{folder}/2568/report.md"), &text);
    for page in 0..40 {
        site = site.with(&format!("{folder}/page-{page}.md"), &format!("---\ntitle: หน้า {page}\n---\n{}", text.repeat(20)));
    }
    site
}

fn run(folder: &Path, line: &[&str]) -> Child {
    let mut command = Command::new(env!("CARGO_BIN_EXE_prongsai"));
    command.args(line).current_dir(folder).env_clear().env("HOME", folder.join("home")).env("SOURCE_DATE_EPOCH", EPOCH);
    command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
}

/// Names beside the output that a build may have left.
fn beside(folder: &Path) -> Vec<String> {
    let names = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names.filter(|name| name.starts_with(".public")).collect()
}

#[test]
fn after_each_kill_the_output_is_one_whole_site() {
    kill(one, false);
}

/// The folder of the agency that changed and the site's own files come one after the other: whoever verifies completes what was begun.
#[test]
fn after_each_kill_of_a_build_that_changes_one_agency_verify_completes_it() {
    kill(two, true);
}

fn kill(site: fn(u32) -> Site, verifies: bool) {
    let kills = std::env::var("KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(KILLS);
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let out = folder.join("public");
    // What each version is as a whole, and how long a build takes here.
    let mut whole: Vec<Tree> = Vec::new();
    let mut longest = Duration::ZERO;
    for version in [1, 2] {
        site(version).write_to(folder);
        let begun = Instant::now();
        assert!(run(folder, &["build"]).wait().unwrap().success());
        longest = longest.max(begun.elapsed());
        whole.push(tree(&out));
    }
    assert_ne!(whole[0], whole[1]);
    // A file that is not ours has to outlive them all.
    write(&out.join("notes/กันเอง.txt"), b"not ours");
    for tree in &mut whole {
        tree.insert("notes/กันเอง.txt".to_owned(), b"not ours".to_vec());
    }
    let mut met = [0, 0];
    for kill in 0..kills {
        let version = kill % 2;
        site(version + 1).write_to(folder);
        let mut child = run(folder, &["build"]);
        std::thread::sleep(longest * (kill * 7 % kills) * 3 / (kills * 2));
        let _ = child.kill();
        let _ = child.wait();
        if verifies {
            assert!(run(folder, &["verify", "public"]).wait().unwrap().success(), "kill {kill}: `verify` disagrees");
        }
        let now = tree(&out);
        let which = whole.iter().position(|whole| *whole == now);
        let Some(which) = which else {
            let missing: Vec<&String> = whole[0].keys().filter(|path| !now.contains_key(*path)).collect();
            panic!("kill {kill}: the output is neither the old site nor the new one; it lacks {missing:?}");
        };
        met[which] += 1;
    }
    // The next build is clean, whatever the last kill left.
    site(1).write_to(folder);
    assert!(run(folder, &["build"]).wait().unwrap().success());
    assert_eq!(tree(&out), whole[0]);
    assert_eq!(beside(folder), Vec::<String>::new(), "left beside the output");
    assert!(kills < 20 || met.iter().all(|met| *met > 0), "the kills came too early or too late to tell anything: {met:?}");
}
