//! Publishing as a reader of the output folder meets it: all or nothing, unchanged files keep their time, foreign files stay.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, SystemTime};

use prongsai::base::hash::Hash;
use prongsai::base::output::{Attachment, Entry, Output};
use prongsai::disk::exchange::{MOVES, Moves, Way};
use prongsai::disk::fault::{Fault, Refusal};
use prongsai::disk::lock::Lock;
use prongsai::disk::target::Target;
use prongsai::engine::{Sink, Unit};
use prongsai::publish::manifest::Manifest;
use prongsai::publish::verify::verify;
use prongsai::publish::{Outcome, Publisher, Report};

struct Ground {
    _folder: tempfile::TempDir,
    target: Target,
}

/// Slug, and the files of a unit.
type Made<'a> = (&'a str, &'a [(&'a str, &'a str)]);

impl Ground {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let site = folder.path().join("site");
        fs::create_dir_all(site.join("content/files")).unwrap();
        Self { target: Target { out: site.join("public"), home: None, site }, _folder: folder }
    }

    fn at(&self, path: &str) -> PathBuf {
        self.target.out.join(path)
    }

    fn begin(&self) -> Publisher {
        Publisher::begin(&self.target).unwrap()
    }

    fn publish(&self, units: &[Made<'_>]) -> io::Result<Report> {
        let publisher = self.begin();
        for unit in units {
            publisher.take(made(unit))?;
        }
        publisher.publish()
    }

    fn write(&self, path: &str, text: &str) {
        fs::create_dir_all(self.at(path).parent().unwrap()).unwrap();
        fs::write(self.at(path), text).unwrap();
    }

    /// Sets the time of every published file far back, and gives the time.
    fn age(&self) -> SystemTime {
        let time = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000);
        for path in self.files().keys() {
            fs::File::options().write(true).open(self.at(path)).unwrap().set_modified(time).unwrap();
        }
        time
    }

    fn time(&self, path: &str) -> SystemTime {
        fs::metadata(self.at(path)).unwrap().modified().unwrap()
    }

    /// All files of the output with their texts.
    fn files(&self) -> BTreeMap<String, String> {
        let mut files = BTreeMap::new();
        read(&self.target.out, "", &mut files);
        files
    }

    /// As [`Ground::assert_clean`], and these empty folders in it are somebody else's.
    fn assert_clean_but(&self, folders: &[&str]) {
        for folder in folders {
            fs::remove_dir(self.at(folder)).unwrap();
        }
        self.assert_clean();
    }

    /// Nothing lies beside the output but the sources.
    fn assert_clean(&self) {
        let mut names: Vec<_> = fs::read_dir(&self.target.site).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        assert!(names == ["content", "public"] || names == ["content"], "{names:?}");
    }

    /// Each manifest names exactly the files that are there, with their bytes.
    fn assert_manifests_hold(&self, foreign: &[&str]) {
        let files = self.files();
        let mut named = vec!["manifest.json".to_owned()];
        let root = Manifest::parse(files["manifest.json"].as_bytes()).unwrap();
        let mut all: Vec<(String, Manifest)> = vec![(String::new(), root.clone())];
        for (slug, _) in root.agencies() {
            let text = &files[&format!("{slug}/manifest.json")];
            all.push((format!("{slug}/"), Manifest::parse(text.as_bytes()).unwrap()));
        }
        for (prefix, manifest) in all {
            for (path, record) in manifest.iter() {
                let path = format!("{prefix}{path}");
                assert_eq!((record.size, record.hash), (files[&path].len() as u64, Hash::of(files[&path].as_bytes())), "{path}");
                named.push(path);
            }
        }
        named.extend(foreign.iter().map(|path| (*path).to_owned()));
        named.sort();
        assert_eq!(named, files.into_keys().collect::<Vec<_>>());
    }
}

fn read(folder: &Path, prefix: &str, files: &mut BTreeMap<String, String>) {
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let entry = entry.unwrap();
        let path = format!("{prefix}{}", entry.file_name().into_string().unwrap());
        if entry.file_type().unwrap().is_dir() {
            read(&entry.path(), &format!("{path}/"), files);
        } else {
            files.insert(path, fs::read_to_string(entry.path()).unwrap());
        }
    }
}

fn made((slug, files): &Made<'_>) -> Unit {
    let mut output = Output::default();
    for (path, text) in *files {
        assert!(output.put(*path, Entry::of(text.as_bytes().to_vec())));
    }
    Unit { slug: (*slug).into(), output, findings: Vec::new() }
}

const ONE: &[Made<'_>] =
    &[("", &[("404.html", "no page"), ("robots.txt", "all")]), ("", &[("index.html", "home"), ("2568/index.html", "year")])];

const SEVERAL: &[Made<'_>] = &[
    ("", &[("index.html", "list"), ("names/ก/index.html", "ก")]),
    ("a", &[("a/index.html", "a"), ("a/2568/index.html", "a 2568")]),
    ("ก", &[("ก/index.html", "ก"), ("ก/2568/index.html", "ก 2568")]),
];

#[test]
fn one_agency_has_one_manifest_and_several_have_their_own() {
    for (units, files, pages) in [(ONE, 5, 3), (SEVERAL, 9, 6)] {
        let ground = Ground::new();
        let report = ground.publish(units).unwrap();
        assert_eq!((report.outcome, report.files, report.pages), (Outcome::Published(Way::OneStep), files, pages));
        assert_eq!(ground.files().len(), files);
        ground.assert_manifests_hold(&[]);
        ground.assert_clean();
    }
}

#[test]
fn a_build_without_change_touches_nothing() {
    for units in [ONE, SEVERAL] {
        let ground = Ground::new();
        ground.publish(units).unwrap();
        ground.write("note.txt", "theirs");
        let folder = fs::metadata(&ground.target.out).unwrap().modified().unwrap();
        let time = ground.age();
        assert_eq!(ground.publish(units).unwrap().outcome, Outcome::Unchanged);
        assert!(ground.files().keys().all(|path| ground.time(path) == time));
        assert_eq!(fs::metadata(&ground.target.out).unwrap().modified().unwrap(), folder);
        ground.assert_clean();
    }
}

#[test]
fn what_did_not_change_keeps_its_time_and_what_is_gone_goes() {
    let ground = Ground::new();
    ground.publish(SEVERAL).unwrap();
    ground.write("note.txt", "theirs");
    ground.write("a/note.txt", "theirs");
    fs::create_dir_all(ground.at("ก/empty")).unwrap();
    let time = ground.age();
    let report = ground.publish(&[SEVERAL[0], ("a", &[("a/index.html", "new"), ("a/data.csv", "x")]), SEVERAL[2]]).unwrap();
    assert_eq!(report.outcome, Outcome::Published(Way::Agency));
    let changed = ["a/index.html", "a/data.csv", "a/manifest.json", "manifest.json"];
    for path in ground.files().keys() {
        assert_eq!(ground.time(path) != time, changed.contains(&path.as_str()), "{path}");
    }
    assert!(!ground.at("a/2568").exists() && ground.at("ก/empty").is_dir());
    ground.assert_manifests_hold(&["note.txt", "a/note.txt"]);
    ground.assert_clean();
}

#[test]
fn an_agency_that_left_leaves_what_is_not_ours() {
    let ground = Ground::new();
    ground.publish(SEVERAL).unwrap();
    ground.write("a/note.txt", "theirs");
    ground.publish(&[SEVERAL[0], SEVERAL[2]]).unwrap();
    ground.assert_manifests_hold(&["a/note.txt"]);
    assert!(!ground.at("a/2568").exists());
    ground.publish(ONE).unwrap();
    ground.assert_manifests_hold(&["a/note.txt"]);
    ground.publish(SEVERAL).unwrap();
    ground.assert_manifests_hold(&["a/note.txt"]);
}

#[test]
fn a_file_altered_or_removed_by_hand_is_mended() {
    for (units, paths) in
        [(ONE, &["index.html", "robots.txt"][..]), (SEVERAL, &["index.html", "a/index.html", "ก/2568/index.html", "a/manifest.json"][..])]
    {
        let ground = Ground::new();
        ground.publish(units).unwrap();
        let whole = ground.files();
        for path in paths {
            for altered in [Some("HOME"), Some("longer than it was before"), None] {
                match altered {
                    Some(text) => ground.write(path, text),
                    None => fs::remove_file(ground.at(path)).unwrap(),
                }
                assert!(matches!(ground.publish(units).unwrap().outcome, Outcome::Published(_)), "{path}");
                assert_eq!(ground.files(), whole, "{path}");
            }
        }
        ground.assert_clean();
    }
}

#[test]
fn a_tampered_manifest_claims_no_foreign_file() {
    let ground = Ground::new();
    ground.publish(SEVERAL).unwrap();
    ground.write("a/note.txt", "theirs");
    let note = format!("\"files\":[\n{{\"path\":\"note.txt\",\"size\":6,\"sha256\":\"{}\"}},", Hash::of(b"theirs"));
    let tampered = ground.files()["a/manifest.json"].replacen("\"files\":[", &note, 1);
    Manifest::parse(tampered.as_bytes()).unwrap();
    ground.write("a/manifest.json", &tampered);
    ground.publish(SEVERAL).unwrap();
    ground.assert_manifests_hold(&["a/note.txt"]);
}

#[test]
fn an_authors_manifest_is_a_file_like_others() {
    let ground = Ground::new();
    let with = |text| ground.publish(&[("", &[("index.html", "home"), ("files/manifest.json", text), ("x/manifest.json", text)])]);
    with("{\"name\": \"an app\"}").unwrap();
    with("{\"name\": \"another app\"}").unwrap();
    assert_eq!(ground.files()["x/manifest.json"], "{\"name\": \"another app\"}");
}

#[test]
fn a_foreign_file_in_the_way_is_named_and_nothing_changes() {
    let ground = Ground::new();
    ground.publish(ONE).unwrap();
    ground.write("about/index.html", "theirs");
    let before = ground.files();
    let error = ground.publish(&[ONE[0], ONE[1], ("", &[("about/index.html", "ours")])]).unwrap_err();
    assert!(matches!(Fault::of(&error), Some(Fault::InTheWay(path)) if path.ends_with("about/index.html")), "{error}");
    assert_eq!(ground.files(), before);
    ground.assert_clean();
}

#[test]
fn a_build_that_is_dropped_changes_nothing() {
    let ground = Ground::new();
    let publisher = ground.begin();
    publisher.take(made(&ONE[1])).unwrap();
    drop(publisher);
    assert!(!ground.target.out.exists());
    ground.publish(ONE).unwrap();
    let before = ground.files();
    let publisher = ground.begin();
    publisher.take(made(&SEVERAL[1])).unwrap();
    drop(publisher);
    assert_eq!(ground.files(), before);
    ground.assert_clean();
}

#[test]
fn a_fresh_clones_output_is_taken_and_its_dot_names_stay() {
    let ground = Ground::new();
    ground.write(".gitignore", "*\n!.gitignore\n");
    ground.publish(ONE).unwrap();
    ground.assert_manifests_hold(&[".gitignore"]);
}

#[test]
fn where_folders_can_not_be_exchanged_two_renames_do_it() {
    let ground = Ground::new();
    ground.publish(ONE).unwrap();
    ground.write("note.txt", "theirs");
    let publisher = Publisher::with_moves(&ground.target, Moves { swap: |_, _| Err(io::ErrorKind::Unsupported.into()), ..MOVES }).unwrap();
    for unit in SEVERAL {
        publisher.take(made(unit)).unwrap();
    }
    assert_eq!(publisher.publish().unwrap().outcome, Outcome::Published(Way::TwoSteps));
    ground.assert_manifests_hold(&["note.txt"]);
    ground.assert_clean();
}

#[test]
fn an_exchange_that_fails_changes_nothing() {
    let ground = Ground::new();
    ground.publish(ONE).unwrap();
    let before = ground.files();
    let publisher = Publisher::with_moves(&ground.target, Moves { swap: |_, _| Err(io::ErrorKind::StorageFull.into()), ..MOVES }).unwrap();
    publisher.take(made(&SEVERAL[0])).unwrap();
    assert!(publisher.publish().is_err());
    assert_eq!(ground.files(), before);
    ground.assert_clean();
}

#[test]
fn attachments_are_copies_and_unchanged_ones_stay_the_same_file() {
    let ground = Ground::new();
    let source = ground.target.site.join("content/files/plan.pdf");
    fs::write(&source, "plan").unwrap();
    let unit = |page: &str| {
        let mut unit = made(&("", &[]));
        let attachment = Attachment { from: "content/files/plan.pdf".into(), size: 4, hash: Hash::of(b"plan") };
        assert!(unit.output.put("files/plan.pdf", Entry::Copy(attachment)));
        assert!(unit.output.put("index.html", Entry::of(page.into())));
        unit
    };
    for page in ["1", "2"] {
        let publisher = ground.begin();
        publisher.take(unit(page)).unwrap();
        publisher.publish().unwrap();
        if page == "1" {
            ground.age();
        }
    }
    assert_eq!(ground.time("files/plan.pdf"), SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000));
    fs::write(&source, "PLAN").unwrap();
    assert_eq!(ground.files()["files/plan.pdf"], "plan");
    fs::remove_file(ground.at("files/plan.pdf")).unwrap();
    let error = ground.begin().take(unit("2")).unwrap_err();
    assert!(matches!(Fault::of(&error), Some(Fault::ChangedMeanwhile(_))), "{error}");
}

#[test]
fn units_of_many_threads_come_in_any_order() {
    let orders: [[usize; 3]; 3] = [[0, 1, 2], [2, 1, 0], [1, 0, 2]];
    let outputs: Vec<_> = orders
        .iter()
        .map(|order| {
            let ground = Ground::new();
            let publisher = ground.begin();
            std::thread::scope(|scope| {
                for unit in order {
                    scope.spawn(|| publisher.take(made(&SEVERAL[*unit])).unwrap());
                }
            });
            publisher.publish().unwrap();
            ground.files()
        })
        .collect();
    assert!(outputs.windows(2).all(|pair| pair[0] == pair[1]));
}

#[test]
fn a_path_outside_its_unit_or_made_twice_is_refused() {
    let ground = Ground::new();
    let takes = |units: &[Made<'_>]| {
        let publisher = ground.begin();
        units.iter().try_for_each(|unit| publisher.take(made(unit)))
    };
    assert!(takes(&[("a", &[("b/index.html", "")])]).is_err());
    assert!(takes(&[("", &[("manifest.json", "")])]).is_err());
    assert!(takes(&[("a", &[("a/manifest.json", "")])]).is_err());
    assert!(takes(&[("", &[("x", "1")]), ("", &[("x", "1")])]).is_err());
    ground.assert_clean();
}

/// Reads a page of the output over and over while `publish` runs, and gives the texts that it met. A page that is not there is a text too.
fn read_meanwhile(ground: &Ground, paths: &[&str], publish: impl FnOnce()) -> Vec<BTreeMap<String, usize>> {
    let is_done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let readers: Vec<_> = paths
            .iter()
            .map(|path| {
                let (path, is_done) = (ground.at(path), &is_done);
                scope.spawn(move || {
                    let mut met = BTreeMap::new();
                    while !is_done.load(Ordering::Relaxed) {
                        let text = fs::read_to_string(&path).unwrap_or_else(|error| error.to_string());
                        *met.entry(text).or_insert(0) += 1;
                    }
                    met
                })
            })
            .collect();
        publish();
        is_done.store(true, Ordering::Relaxed);
        readers.into_iter().map(|reader| reader.join().unwrap()).collect()
    })
}

#[test]
fn a_reader_meets_the_old_page_or_the_new_one_through_a_hundred_publications() {
    // Long enough that a page which is written in its place would be met half done.
    let text = |version: usize| format!("{version} ").repeat(20_000);
    let (old, new) = (text(1), text(2));
    for has_agencies in [false, true] {
        let ground = Ground::new();
        let publish = |text: &str| {
            if has_agencies {
                let units: &[Made<'_>] = &[("", &[("index.html", text)]), ("a", &[("a/index.html", text)]), SEVERAL[2]];
                ground.publish(units).unwrap().outcome
            } else {
                ground.publish(&[("", &[("index.html", text), ("a/index.html", text)])]).unwrap().outcome
            }
        };
        publish(&old);
        let met = read_meanwhile(&ground, &["index.html", "a/index.html", "manifest.json"], || {
            for version in 0..100 {
                let outcome = publish(if version % 2 == 0 { &new } else { &old });
                assert_eq!(outcome, Outcome::Published(if has_agencies { Way::Agency } else { Way::OneStep }));
            }
        });
        for pages in &met[..2] {
            assert!(pages.keys().all(|page| *page == old || *page == new), "a page was missing, or mixed: {:?}", pages.values());
            assert_eq!(pages.len(), 2, "the reader was too slow to tell anything");
        }
        assert!(met[2].keys().all(|manifest| Manifest::parse(manifest.as_bytes()).is_ok()));
    }
}

/// What lies beside an output where a process died in the midst of its pieces.
fn journal(ground: &Ground, plan: &str, files: &[(&str, &str)]) -> PathBuf {
    let journal = ground.target.site.join(".public.prongsai-journal");
    fs::write(&journal, plan).unwrap();
    let tree = ground.target.site.join(".public.prongsai-7/tree");
    fs::create_dir_all(&tree).unwrap();
    for (path, text) in files {
        let path = tree.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    journal
}

#[test]
fn a_journal_is_completed_by_who_comes_next() {
    for by_verify in [true, false] {
        let ground = Ground::new();
        ground.publish(SEVERAL).unwrap();
        let before = ground.files();
        let plan = r#"{"format": 1, "staging": ".public.prongsai-7", "pieces": [{"file": "note/new.txt"}, {"gone": "names/ก/index.html"}, {"file": "index.html"}]}"#;
        let journal = journal(&ground, plan, &[("note/new.txt", "new"), ("index.html", "new list")]);
        if by_verify {
            let verdict = verify(&ground.target.out).unwrap();
            assert!(verdict.completed && verdict.told.len() == 3, "{verdict:?}");
            assert!(!verify(&ground.target.out).unwrap().completed);
        } else {
            drop(ground.begin());
        }
        let files = ground.files();
        assert_eq!((files["note/new.txt"].as_str(), files["index.html"].as_str()), ("new", "new list"));
        assert!(!ground.at("names").exists(), "folders that became empty stay");
        assert!(!journal.exists());
        // The build knows its own by the manifest, and mends what somebody else's journal did.
        ground.publish(SEVERAL).unwrap();
        fs::remove_file(ground.at("note/new.txt")).unwrap();
        assert_eq!(ground.files(), before);
        ground.assert_clean_but(&["note"]);
    }
}

#[test]
fn a_journal_that_is_none_of_ours_touches_nothing() {
    for plan in [
        "",
        "{}",
        r#"{"format": 1, "staging": "content", "pieces": [{"file": "x"}]}"#,
        r#"{"format": 1, "staging": "../site/.public.prongsai-7", "pieces": [{"file": "index.html"}]}"#,
        r#"{"format": 2, "staging": ".public.prongsai-7", "pieces": [{"file": "index.html"}]}"#,
        r#"{"format": 1, "staging": ".public.prongsai-7", "pieces": [{"file": "../content/x"}]}"#,
        r#"{"format": 1, "staging": ".public.prongsai-7", "pieces": [{"file": "/etc/x"}]}"#,
        r#"{"format": 1, "staging": ".public.prongsai-7", "pieces": [{"gone": "../content/x"}]}"#,
        r#"{"format": 1, "staging": ".public.prongsai-7", "pieces": [{"folder": {"path": "..", "proof": "manifest.json", "sha256": ""}}]}"#,
    ] {
        let ground = Ground::new();
        ground.publish(SEVERAL).unwrap();
        let before = ground.files();
        fs::write(ground.target.site.join("content/x"), "theirs").unwrap();
        let journal = journal(&ground, plan, &[("index.html", "forged")]);
        assert!(verify(&ground.target.out).unwrap().told.is_empty(), "{plan}");
        assert_eq!(ground.files(), before, "{plan}");
        assert!(!journal.exists(), "{plan}");
        assert_eq!(fs::read_to_string(ground.target.site.join("content/x")).unwrap(), "theirs");
    }
}

#[cfg(unix)]
#[test]
fn no_piece_goes_through_a_link() {
    let ground = Ground::new();
    ground.publish(ONE).unwrap();
    let elsewhere = ground.target.site.join("content/files");
    fs::write(elsewhere.join("x.txt"), "theirs").unwrap();
    std::os::unix::fs::symlink(&elsewhere, ground.at("files")).unwrap();
    let plan = r#"{"format": 1, "staging": ".public.prongsai-7", "pieces": [{"gone": "files/x.txt"}, {"file": "files/x.txt"}]}"#;
    let journal = journal(&ground, plan, &[("files/x.txt", "ours")]);
    let error = Publisher::begin(&ground.target).unwrap_err();
    assert!(matches!(Fault::of(&error), Some(Fault::Unfinished(..))), "{error}");
    assert!(error.to_string().contains("files"), "{error}");
    assert_eq!(fs::read_to_string(elsewhere.join("x.txt")).unwrap(), "theirs");
    // Once it is out of the way, the next one completes it.
    fs::remove_file(ground.at("files")).unwrap();
    drop(ground.begin());
    assert_eq!(ground.files()["files/x.txt"], "ours");
    assert!(!journal.exists());
}

#[cfg(unix)]
#[test]
fn a_link_in_the_place_of_a_journal_is_removed_itself() {
    let ground = Ground::new();
    ground.publish(SEVERAL).unwrap();
    let journal = ground.target.site.join(".public.prongsai-journal");
    std::os::unix::fs::symlink("content", &journal).unwrap();
    assert_eq!(
        ground.publish(&[SEVERAL[0], ("a", &[("a/index.html", "new")]), SEVERAL[2]]).unwrap().outcome,
        Outcome::Published(Way::Agency)
    );
    assert!(ground.target.site.join("content/files").is_dir());
    ground.assert_clean();
}

#[test]
fn verify_waits_for_the_build_that_is_at_it() {
    let ground = Ground::new();
    ground.publish(SEVERAL).unwrap();
    let plan = r#"{"format": 1, "staging": ".public.prongsai-7", "pieces": [{"file": "index.html"}]}"#;
    let journal = journal(&ground, plan, &[("index.html", "new list")]);
    let lock = Lock::take(&ground.target.site.join(".public.prongsai-lock")).unwrap().unwrap();
    let out = ground.target.out.clone();
    let verifying = std::thread::spawn(move || verify(&out).unwrap());
    std::thread::sleep(Duration::from_millis(100));
    assert!(journal.exists() && !verifying.is_finished(), "it has to wait");
    fs::remove_file(&journal).unwrap();
    drop(lock);
    assert!(verifying.join().unwrap().told.is_empty());
}

#[cfg(unix)]
#[test]
fn an_output_whose_name_is_no_text_is_published_agency_by_agency() {
    use std::os::unix::ffi::OsStrExt;
    let mut ground = Ground::new();
    ground.target.out = ground.target.site.join(std::ffi::OsStr::from_bytes(b"\xffout"));
    ground.publish(&[("", &[("index.html", "list")]), ("a", &[("a/index.html", "1")]), ("b", &[("b/index.html", "b")])]).unwrap();
    let report =
        ground.publish(&[("", &[("index.html", "list")]), ("a", &[("a/index.html", "2")]), ("b", &[("b/index.html", "b")])]).unwrap();
    assert_eq!(report.outcome, Outcome::Published(Way::Agency));
    assert_eq!(fs::read_to_string(ground.at("a/index.html")).unwrap(), "2");
}

const AGENCIES: [Made<'_>; 3] = [("", &[("index.html", "list")]), ("a", &[("a/index.html", "1")]), ("b", &[("b/index.html", "b")])];

#[test]
fn the_folder_of_an_agency_is_no_output() {
    let ground = Ground::new();
    ground.publish(&AGENCIES).unwrap();
    let error = Publisher::begin(&Target { out: ground.at("a"), ..ground.target.clone() }).unwrap_err();
    assert!(matches!(Fault::of(&error), Some(Fault::Refused(_, Refusal::Part))), "{error}");
    // A folder that the site knows nothing of may be one.
    Publisher::begin(&Target { out: ground.at("other"), ..ground.target.clone() }).unwrap();
}

#[test]
fn an_agency_whose_manifest_was_altered_is_told_as_a_whole() {
    for mine in ["a/mine.txt", "b/mine.txt"] {
        let ground = Ground::new();
        ground.publish(&AGENCIES).unwrap();
        ground.write("a/manifest.json", "altered");
        ground.write(mine, "mine");
        let next = [("", AGENCIES[0].1), ("a", &[("a/index.html", "2")][..]), AGENCIES[2]];
        let error = ground.publish(&next).unwrap_err();
        assert!(matches!(Fault::of(&error), Some(Fault::Unknown(path)) if path.ends_with("public/a")), "{mine}: {error}");
        fs::rename(ground.at("a"), ground.target.site.join("moved")).unwrap();
        ground.publish(&next).unwrap();
        assert_eq!(fs::read_to_string(ground.at("a/index.html")).unwrap(), "2");
    }
}

#[test]
fn a_manifest_without_end_is_not_read() {
    let ground = Ground::new();
    ground.publish(&AGENCIES).unwrap();
    let swell = |path: &str| fs::File::options().write(true).open(ground.at(path)).unwrap().set_len(1 << 40).unwrap();
    swell("a/manifest.json");
    ground.publish(&AGENCIES).unwrap();
    swell("manifest.json");
    let error = Publisher::begin(&ground.target).unwrap_err();
    assert!(matches!(Fault::of(&error), Some(Fault::Refused(_, Refusal::Damaged))), "{error}");
}
