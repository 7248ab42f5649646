//! What a build remembers of earlier ones changes how much it does and never a byte: only what follows from an edit is built again, and
//! whatever lies in `.prongsai/` or was done to the output, the result is that of a clean build.

use std::collections::BTreeSet;
use std::fs::{self, FileTimes, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use prongsai::base::address::Address;
use prongsai::base::date::Date;
use prongsai::base::public_key::PublicKey;
use prongsai::disk::scan;
use prongsai::disk::target::Target;
use prongsai::engine::gone::Gone;
use prongsai::engine::{self, Listing, Memory, Options, Sink, Source, Unit};
use prongsai::finding::{Code, Finding, Severity};
use prongsai::publish::{Outcome, Publisher};
use prongsai::source::attachment::Bytes;
use prongsai::source::files::Files;
use tempfile::TempDir;

use crate::preview_edits::{Dice, Edits};
use crate::support::{Site, TODAY, files_below, run, tree};

/// A publisher that writes down what is built.
struct Probe {
    publisher: Publisher,
    built: Mutex<BTreeSet<Arc<str>>>,
}

impl Sink for Probe {
    fn take(&self, unit: Unit) -> io::Result<()> {
        self.built.lock().unwrap().insert(Arc::clone(&unit.slug));
        self.publisher.take(unit)
    }

    fn memory(&self) -> Option<&dyn Memory> {
        self.publisher.memory()
    }

    fn gone(&self) -> io::Result<Vec<Gone>> {
        self.publisher.gone()
    }

    fn answered(&self, addresses: &BTreeSet<Address>) {
        self.publisher.answered(addresses);
    }

    fn name_key(&self, key: &PublicKey) -> io::Result<()> {
        self.publisher.name_key(key)
    }
}

/// What a build did.
struct Run {
    /// The units that it built.
    built: Vec<String>,
    /// What it found, but for what is told of the site that was published before.
    findings: Vec<Finding>,
    /// Did it publish anything new? `None` where an error kept it from that.
    outcome: Option<Outcome>,
}

fn options(today: &str) -> Options {
    Options { drafts: false, base_url: None, today: Date::parse(today).unwrap() }
}

fn build_with(folder: &Path, out: &Path, (options, remembers): (&Options, bool)) -> Run {
    let site = scan::Site::open(folder).unwrap().published_into(out);
    let publisher = Publisher::begin(&Target { site: folder.to_owned(), out: out.to_owned(), home: None }).unwrap();
    let publisher = if remembers { publisher.remembering() } else { publisher };
    let probe = Probe { publisher, built: Mutex::default() };
    let mut findings = engine::build(&site, options, &probe).unwrap();
    let has_errors = findings.iter().any(|finding| finding.severity() == Severity::Error && finding.accepted.is_none());
    findings.retain(|finding| finding.code != Code::AddressGone);
    let outcome = (!has_errors).then(|| probe.publisher.publish().unwrap().outcome);
    let built = probe.built.into_inner().unwrap().iter().map(|slug| slug.to_string()).collect();
    Run { built, findings, outcome }
}

fn build(folder: &Path) -> Run {
    build_with(folder, &folder.join("public"), (&options(TODAY), true))
}

/// What the output has to be.
fn clean(folder: &Path, options: &Options) -> (std::collections::BTreeMap<String, Vec<u8>>, Vec<Finding>) {
    let out = tempfile::tempdir().unwrap();
    let run = build_with(folder, &out.path().join("public"), (options, false));
    let files = if run.outcome.is_some() { tree(&out.path().join("public")) } else { Default::default() };
    (files, run.findings)
}

/// Three agencies, `a` with a review that is due on a day to come.
fn three() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let site = Site::several(&["a", "b", "ค"]).replace(
        "content/a/2568/disclosures.yaml",
        "owner: สำนักปลัด",
        "owner: สำนักปลัด\n  review_by: 2568-11-20",
    );
    site.write_to(folder.path());
    folder
}

/// The same, built until nothing is read again.
fn built() -> TempDir {
    let folder = three();
    assert_eq!(build(folder.path()).built, ["", "a", "b", "ค"]);
    settle();
    assert_is_at_rest(folder.path());
    folder
}

/// Longer than the clock of a file system is coarse.
fn settle() {
    std::thread::sleep(Duration::from_millis(30));
}

/// Nothing is built or written, and what lies there is right.
fn assert_is_at_rest(folder: &Path) {
    let run = build(folder);
    assert_eq!((run.built, run.outcome), (Vec::new(), Some(Outcome::Unchanged)));
    assert_is_right(folder);
}

fn assert_is_right(folder: &Path) {
    assert_same(&tree(&folder.join("public")), &clean(folder, &options(TODAY)).0, "");
}

fn assert_same(now: &std::collections::BTreeMap<String, Vec<u8>>, right: &std::collections::BTreeMap<String, Vec<u8>>, what: &str) {
    let differ: Vec<&String> = now.keys().chain(right.keys()).filter(|path| now.get(*path) != right.get(*path)).collect();
    assert!(differ.is_empty() && !right.is_empty(), "{what}: {differ:?}");
}

fn edit(path: &Path, from: &str, to: &str) {
    let text = fs::read_to_string(path).unwrap();
    assert!(text.contains(from));
    fs::write(path, text.replace(from, to)).unwrap();
}

/// Other bytes in place, of the same length and with the times that the file had, as far as they can be set.
fn forge(path: &Path) {
    let (mut bytes, there) = (fs::read(path).unwrap(), fs::metadata(path).unwrap());
    let at = bytes.len() / 2;
    bytes[at] = if bytes[at] == b'x' { b'y' } else { b'x' };
    let mut file = OpenOptions::new().write(true).open(path).unwrap();
    file.write_all(&bytes).unwrap();
    file.set_times(FileTimes::new().set_modified(there.modified().unwrap())).unwrap();
}

#[test]
fn what_did_not_change_is_not_built_again() {
    let folder = built();
    let time = |path: &str| fs::metadata(folder.path().join("public").join(path)).unwrap().modified().unwrap();
    let before = time("b/index.html");
    edit(&folder.path().join("content/a/about.md"), "ที่สำนักปลัด", "ที่กองช่าง");
    assert_eq!(build(folder.path()).built, ["a"], "a text is nobody else's");
    assert_is_right(folder.path());
    edit(&folder.path().join("content/a/2568/assessment.yaml"), "overall: 95.2", "overall: 95.1");
    assert_eq!(build(folder.path()).built, ["", "a"], "a total is in the site's own lists");
    assert_is_right(folder.path());
    assert_eq!(time("b/index.html"), before);
    fs::remove_dir_all(folder.path().join("content/b")).unwrap();
    assert_eq!(build(folder.path()).built, [""]);
    assert_is_right(folder.path());
    for drawer in ["units", "stamps"] {
        let names: Vec<String> = tree(&folder.path().join(".prongsai").join(drawer)).into_keys().collect();
        assert_eq!(names, [".site", "a", "ค"], "{drawer}: an agency that is gone is forgotten");
    }
    edit(&folder.path().join("content/site.yaml"), "เว็บไซต์ทดสอบ", "เว็บไซต์ใหม่");
    assert_eq!(build(folder.path()).built, ["", "a", "ค"], "what all share");
    assert_is_right(folder.path());
    settle();
    assert_is_at_rest(folder.path());
}

#[test]
fn a_source_of_the_same_size_and_time_is_read_all_the_same() {
    let folder = built();
    let path = folder.path().join("content/b/about.md");
    let there = fs::metadata(&path).unwrap();
    edit(&path, "ที่สำนักปลัด", "ที่สำนักปลัก");
    let file = OpenOptions::new().write(true).open(&path).unwrap();
    file.set_times(FileTimes::new().set_modified(there.modified().unwrap())).unwrap();
    assert_eq!(fs::metadata(&path).unwrap().len(), there.len());
    assert_eq!(build(folder.path()).built, ["b"]);
    assert_is_right(folder.path());
}

/// A site that writes down whose files are read.
struct Reading {
    site: scan::Site,
    read: Mutex<BTreeSet<String>>,
}

impl Source for Reading {
    fn site_files(&self) -> io::Result<Files> {
        self.site.site_files()
    }

    fn agency_files(&self, slug: &str) -> io::Result<Files> {
        self.read.lock().unwrap().insert(slug.to_owned());
        self.site.agency_files(slug)
    }

    fn agency_files_noted(&self, slug: &str) -> io::Result<(Files, Option<Vec<u8>>)> {
        self.read.lock().unwrap().insert(slug.to_owned());
        self.site.agency_files_noted(slug)
    }

    fn is_as_noted(&self, slug: &str, note: &[u8]) -> bool {
        self.site.is_as_noted(slug, note)
    }

    fn listing(&self) -> io::Result<Listing> {
        self.site.listing()
    }

    fn open_attachment(&self, path: &str, size: u64) -> io::Result<Box<dyn Bytes>> {
        self.site.open_attachment(path, size)
    }
}

/// Builds, and gives back whose files were read.
fn read(folder: &Path) -> Vec<String> {
    let site = Reading { site: scan::Site::open(folder).unwrap(), read: Mutex::default() };
    let target = Target { site: folder.to_owned(), out: folder.join("public"), home: None };
    let publisher = Publisher::begin(&target).unwrap().remembering();
    engine::build(&site, &options(TODAY), &publisher).unwrap();
    publisher.publish().unwrap();
    assert_is_right(folder);
    site.read.into_inner().unwrap().into_iter().collect()
}

#[cfg(target_os = "linux")]
#[test]
fn sources_that_look_as_they_did_are_not_read_and_all_others_are() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let folder = built();
    if prongsai::disk::system::own_now(folder.path()).is_none() {
        return;
    }
    let nothing: [&str; 0] = [];
    assert_eq!(read(folder.path()), nothing);
    let at = |path: &str| folder.path().join("content").join(path);
    let about = fs::read(at("b/about.md")).unwrap();
    let quietly = || {
        let there = fs::metadata(at("b/about.md")).unwrap();
        edit(&at("b/about.md"), "ที่กองช่าง", "ที่กองชาง่");
        let file = OpenOptions::new().write(true).open(at("b/about.md")).unwrap();
        file.set_times(FileTimes::new().set_modified(there.modified().unwrap())).unwrap();
        assert_eq!(fs::metadata(at("b/about.md")).unwrap().len(), there.len());
    };
    let deeds: [(&str, &dyn Fn()); 13] = [
        ("edited", &|| edit(&at("b/about.md"), "ที่สำนักปลัด", "ที่กองช่าง")),
        ("of the same size and time", &quietly),
        ("written with the same bytes", &|| fs::write(at("b/about.md"), fs::read(at("b/about.md")).unwrap()).unwrap()),
        ("its rights", &|| fs::set_permissions(at("b/about.md"), fs::Permissions::from_mode(0o600)).unwrap()),
        ("a new file", &|| fs::write(at("b/new.md"), "---\ntitle: ใหม่\n---\nใหม่\n").unwrap()),
        ("a file that is gone", &|| fs::remove_file(at("b/new.md")).unwrap()),
        ("a new folder", &|| fs::create_dir_all(at("b/files/more")).unwrap()),
        ("a file in a folder below", &|| fs::write(at("b/files/more/a.pdf"), "%PDF-1.4").unwrap()),
        ("an attachment of the same size and time", &|| forge(&at("b/files/more/a.pdf"))),
        ("a file moved in from elsewhere", &|| {
            fs::write(folder.path().join("aside"), &about).unwrap();
            fs::rename(folder.path().join("aside"), at("b/about.md")).unwrap();
        }),
        ("a folder of another name", &|| fs::rename(at("b/files/more"), at("b/files/less")).unwrap()),
        ("a folder that was put back from elsewhere", &|| {
            fs::rename(at("b/files"), folder.path().join("aside")).unwrap();
            fs::rename(folder.path().join("aside"), at("b/files")).unwrap();
        }),
        ("an agency that came", &|| {
            for path in files_below(&at("a")) {
                crate::support::write(&at("c").join(path.strip_prefix(at("a")).unwrap()), &fs::read(&path).unwrap());
            }
        }),
    ];
    for (what, deed) in deeds {
        // Files that are younger than the clock of the file system is coarse are read once more.
        settle();
        read(folder.path());
        assert_eq!(read(folder.path()), nothing, "before: {what}");
        deed();
        assert_eq!(read(folder.path()), [if what.starts_with("an agency") { "c" } else { "b" }], "{what}");
    }
    // Where a link stands in the way, looks prove nothing.
    settle();
    read(folder.path());
    symlink("../../a/about.md", at("b/2568/linked.md")).unwrap();
    for _ in 0..3 {
        settle();
        assert_eq!(read(folder.path()), ["b"]);
    }
    fs::remove_file(at("b/2568/linked.md")).unwrap();
    fs::rename(at("b"), folder.path().join("aside")).unwrap();
    symlink("../aside", at("b")).unwrap();
    assert_eq!(read(folder.path()), ["b"]);
    settle();
    assert_eq!(read(folder.path()), ["b"]);
}

#[test]
fn what_is_beside_a_record_is_found_out_again_where_it_is_spoilt() {
    let folder = built();
    let record = folder.path().join(".prongsai/units/b");
    edit(&folder.path().join("content/b/2568/assessment.yaml"), "overall: 95.2", "overall: 91.2");
    let before = build(folder.path());
    assert!(!before.findings.is_empty());
    let mut bytes = fs::read(&record).unwrap();
    let end = bytes.len() - 40;
    bytes[end] ^= 1;
    fs::write(&record, bytes).unwrap();
    let after = build(folder.path());
    assert!(after.built.is_empty() && after.findings == before.findings);
}

#[test]
fn a_day_on_which_something_else_is_told_builds_what_tells_it() {
    let folder = built();
    let on = |day: &str| {
        let options = options(day);
        let run = build_with(folder.path(), &folder.path().join("public"), (&options, true));
        let (files, findings) = clean(folder.path(), &options);
        assert_same(&tree(&folder.path().join("public")), &files, day);
        assert_eq!(run.findings, findings, "{day}");
        run.built
    };
    let nothing: [&str; 0] = [];
    assert_eq!(on("2568-09-02"), nothing);
    assert_eq!(on("2568-10-20"), nothing, "thirty-one days before");
    assert_eq!(on("2568-10-21"), ["a"], "thirty days before it is due");
    assert_eq!(on("2568-11-20"), nothing);
    assert_eq!(on("2568-11-21"), ["a"], "and overdue on the day after");
    assert_eq!(on("2570-01-01"), nothing);
    assert_eq!(on("2568-09-01"), ["a"], "a clock that was wrong");
}

#[test]
fn other_options_and_outputs_get_their_own_result() {
    let folder = built();
    let draft = "---\ntitle: ร่าง\ndraft: true\n---\nร่าง\n";
    fs::write(folder.path().join("content/a/draft.md"), draft).unwrap();
    let plain = options(TODAY);
    let drafts = Options { drafts: true, ..plain.clone() };
    let moved = Options { base_url: Some("https://other.example/".to_owned()), ..plain.clone() };
    for options in [&plain, &drafts, &plain, &moved, &plain] {
        for out in ["public", "elsewhere", "public"] {
            let out = folder.path().join(out);
            build_with(folder.path(), &out, (options, true));
            assert_same(&tree(&out), &clean(folder.path(), options).0, &format!("{options:?} {out:?}"));
        }
    }
}

#[test]
fn whatever_was_done_to_the_output_is_mended() {
    let folder = built();
    let out = folder.path().join("public");
    let at = |path: &str| out.join(path);
    let deeds: [(&str, &dyn Fn()); 8] = [
        ("altered in place with its old time", &|| forge(&at("b/2568/index.html"))),
        ("altered", &|| fs::write(at("b/index.html"), "other").unwrap()),
        ("removed", &|| fs::remove_file(at("b/2568/scores/index.html")).unwrap()),
        ("the site's own altered with its old time", &|| forge(&at("index.html"))),
        ("a manifest", &|| forge(&at("b/manifest.json"))),
        ("a folder removed", &|| fs::remove_dir_all(at("b/2568/oit")).unwrap()),
        ("an agency removed", &|| fs::remove_dir_all(at("b")).unwrap()),
        ("replaced by another file", &|| {
            fs::write(at("b/.new"), fs::read(at("a/index.html")).unwrap()).unwrap();
            fs::rename(at("b/.new"), at("b/index.html")).unwrap();
        }),
    ];
    for (what, deed) in deeds {
        deed();
        build(folder.path());
        assert_same(&tree(&out), &clean(folder.path(), &options(TODAY)).0, what);
    }
    settle();
    assert_is_at_rest(folder.path());
}

#[test]
fn a_file_that_was_only_touched_stays_and_is_believed_again() {
    let folder = built();
    let path = folder.path().join("public/b/index.html");
    OpenOptions::new().append(true).open(&path).unwrap().set_times(FileTimes::new().set_modified(std::time::SystemTime::now())).unwrap();
    let time = fs::metadata(&path).unwrap().modified().unwrap();
    let stamps = || fs::read(folder.path().join(".prongsai/stamps/b")).unwrap();
    let before = stamps();
    assert_is_at_rest(folder.path());
    assert_eq!(fs::metadata(&path).unwrap().modified().unwrap(), time);
    assert_ne!(stamps(), before, "its new look is kept");
}

#[cfg(unix)]
#[test]
fn an_alteration_right_after_the_build_is_seen() {
    for _ in 0..5 {
        let folder = three();
        build(folder.path());
        forge(&folder.path().join("public/b/index.html"));
        forge(&folder.path().join("public/index.html"));
        build(folder.path());
        assert_is_right(folder.path());
    }
}

#[cfg(unix)]
#[test]
fn a_folder_that_became_a_link_is_not_taken_for_what_it_was() {
    let folder = built();
    let year = folder.path().join("public/b/2568");
    let elsewhere = folder.path().join("elsewhere");
    fs::rename(&year, &elsewhere).unwrap();
    std::os::unix::fs::symlink(&elsewhere, &year).unwrap();
    // As without a memory, it is in the way of what is ours.
    let (status, _, said) = run(folder.path(), "build --lang en");
    assert_eq!(status, 2, "{said}");
    assert!(fs::symlink_metadata(&year).unwrap().is_symlink());
    fs::remove_file(&year).unwrap();
    build(folder.path());
    assert_is_right(folder.path());
}

#[test]
fn a_memory_of_any_state_changes_nothing() {
    let folder = built();
    let memory = folder.path().join(".prongsai");
    let units: Vec<PathBuf> = files_below(&memory).into_iter().filter(|path| !path.ends_with(".gitignore")).collect();
    assert_eq!(units.len(), 8);
    let spoil = |how: &dyn Fn(&Path)| {
        units.iter().for_each(|path| how(path));
        let run = build(folder.path());
        assert_eq!(run.outcome, Some(Outcome::Unchanged));
        assert_is_right(folder.path());
        for path in &units {
            let _ = fs::remove_dir_all(path);
        }
        build(folder.path());
        settle();
        assert_is_at_rest(folder.path());
    };
    spoil(&|path| fs::write(path, "").unwrap());
    spoil(&|path| fs::write(path, vec![b'{'; 100_000]).unwrap());
    spoil(&|path| fs::write(path, &fs::read(path).unwrap()[..200]).unwrap());
    spoil(&|path| {
        let mut bytes = fs::read(path).unwrap();
        let at = bytes.len() / 2;
        bytes[at] ^= 4;
        fs::write(path, bytes).unwrap();
    });
    spoil(&|path| {
        fs::remove_file(path).unwrap();
        fs::create_dir(path).unwrap();
    });
    // What is whole and another agency's.
    spoil(&|path| {
        let _ = fs::copy(path.with_file_name("a"), path);
    });
    fs::remove_dir_all(&memory).unwrap();
    assert_eq!(build(folder.path()).built, ["", "a", "b", "ค"]);
    assert_is_right(folder.path());
    fs::remove_dir_all(&memory).unwrap();
    fs::write(&memory, "mine").unwrap();
    assert_eq!(build(folder.path()).built, ["", "a", "b", "ค"]);
    assert_is_right(folder.path());
    assert_eq!(fs::read_to_string(&memory).unwrap(), "mine");
}

#[test]
fn a_memory_of_another_version_of_the_site_is_of_no_use_and_no_harm() {
    let folder = built();
    let (memory, aside) = (folder.path().join(".prongsai"), folder.path().join("aside"));
    let keep = |from: &Path, to: &Path| {
        for path in files_below(from) {
            crate::support::write(&to.join(path.strip_prefix(from).unwrap()), &fs::read(&path).unwrap());
        }
    };
    keep(&memory, &aside);
    edit(&folder.path().join("content/a/2568/assessment.yaml"), "overall: 95.2", "overall: 95.1");
    build(folder.path());
    // The sources are new, the output is new, and the memory is old; then the other way round.
    fs::remove_dir_all(&memory).unwrap();
    keep(&aside, &memory);
    build(folder.path());
    assert_is_right(folder.path());
    edit(&folder.path().join("content/a/2568/assessment.yaml"), "overall: 95.1", "overall: 95.2");
    fs::remove_dir_all(&memory).unwrap();
    keep(&aside, &memory);
    build(folder.path());
    assert_is_right(folder.path());
}

#[test]
fn after_any_edits_a_build_that_remembers_makes_what_a_clean_one_makes() {
    let folder = tempfile::tempdir().unwrap();
    Site::two().write_to(folder.path());
    let name = |path: &Path| path.strip_prefix(folder.path()).unwrap().to_str().unwrap().to_owned();
    let whole = files_below(folder.path()).into_iter().map(|path| (name(&path), fs::read(&path).unwrap())).collect();
    let seed = std::env::var("SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(0x2545_f491_4f6c_dd1d);
    let many = std::env::var("EDITS").ok().and_then(|edits| edits.parse().ok()).unwrap_or(120);
    let mut edits = Edits { folder: folder.path().to_owned(), whole, dice: Dice(seed), is_faulty: false };
    let out = folder.path().join("public");
    let mut last = Default::default();
    let (mut good, mut recalled) = (0, 0);
    for number in 0..many {
        let mut what = String::new();
        // Sometimes nothing is edited, sometimes several files are between two builds.
        for _ in 0..edits.dice.below(3) {
            what.push_str(&format!("{}; ", edits.make(number).0));
        }
        if out.exists() && edits.dice.below(3) == 0 {
            let files = files_below(&out);
            let path = edits.dice.one(&files).clone();
            if !path.ends_with("manifest.json") {
                what.push_str(&format!("and {path:?}"));
                if edits.dice.below(2) == 0 {
                    forge(&path);
                } else {
                    fs::remove_file(&path).unwrap();
                }
                last = tree(&out);
            }
        }
        if edits.dice.below(8) == 0 {
            let memory = folder.path().join(".prongsai");
            let files = if memory.exists() { files_below(&memory) } else { Vec::new() };
            if !files.is_empty() {
                fs::write(edits.dice.one(&files), "spoilt").unwrap();
            }
        }
        let run = build(folder.path());
        let (files, findings) = clean(folder.path(), &options(TODAY));
        assert_eq!(run.findings, findings, "{what}");
        edits.is_faulty = run.outcome.is_none();
        if run.outcome.is_some() {
            good += 1;
            recalled += usize::from(run.built.len() < 2);
            assert_same(&tree(&out), &files, &what);
            last = files;
        } else if !last.is_empty() {
            assert_same(&tree(&out), &last, &format!("{what}: nothing is published"));
        }
    }
    assert!(good > many / 4 && recalled > many / 20, "{good} good sites, {recalled} of them remembered, tell too little");
}

/// Builds until so many agencies were staged, ends there, and leaves what a killed process leaves.
fn build_in_part(folder: &Path, agencies: usize) {
    struct Stopping<'a>(Probe, &'a Path, usize);

    impl Sink for Stopping<'_> {
        fn take(&self, unit: Unit) -> io::Result<()> {
            // Only what is remembered is of use to the next build, and that is written after this one.
            if self.0.built.lock().unwrap().len() == self.2 {
                let staging = self.1.join(format!(".public.prongsai-{}", std::process::id()));
                for path in files_below(&staging) {
                    let to = self.1.join(".public.prongsai-1").join(path.strip_prefix(&staging).unwrap());
                    crate::support::write(&to, &fs::read(&path).unwrap());
                }
                return Err(io::ErrorKind::Interrupted.into());
            }
            self.0.take(unit)
        }

        fn memory(&self) -> Option<&dyn Memory> {
            self.0.memory()
        }
    }

    let site = scan::Site::open(folder).unwrap();
    let target = Target { site: folder.to_owned(), out: folder.join("public"), home: None };
    let probe = Probe { publisher: Publisher::begin(&target).unwrap().remembering(), built: Mutex::default() };
    // One after the other, so that the first ones are known.
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
    let stopping = Stopping(probe, folder, agencies);
    assert!(pool.install(|| engine::build(&site, &options(TODAY), &stopping)).is_err());
}

/// Nothing of a build is left beside the output but its lock.
fn assert_is_clear(folder: &Path) {
    let names = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let left: Vec<String> = names.filter(|name| name.starts_with(".public.") && !name.ends_with("lock")).collect();
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn what_a_killed_build_had_staged_is_taken_over_where_it_is_whole() {
    let staged = |folder: &Path| folder.join(".public.prongsai-1/tree");
    type Deed<'a> = (&'a str, &'a [&'a str], &'a dyn Fn(&Path));
    let deeds: [Deed<'_>; 6] = [
        ("nothing", &["", "ค"], &|_| {}),
        ("a file altered", &["", "b", "ค"], &|tree| forge(&tree.join("b/2568/index.html"))),
        ("a file removed", &["", "b", "ค"], &|tree| fs::remove_file(tree.join("b/index.html")).unwrap()),
        ("a foreign file", &["", "b", "ค"], &|tree| fs::write(tree.join("b/foreign.html"), "").unwrap()),
        ("an empty folder", &["", "b", "ค"], &|tree| fs::create_dir(tree.join("b/empty")).unwrap()),
        ("files of the site's own", &["", "ค"], &|tree| fs::write(tree.join("index.html"), "old").unwrap()),
    ];
    for (what, expected, deed) in deeds {
        let folder = three();
        build_in_part(folder.path(), 2);
        deed(&staged(folder.path()));
        assert_eq!(build(folder.path()).built, expected, "{what}");
        assert_is_right(folder.path());
        assert_is_clear(folder.path());
    }
    // What was edited meanwhile is built, and what was published before stays where it is the same.
    let folder = built();
    let time = || fs::metadata(folder.path().join("public/a/2568/scores/index.html")).unwrap().modified().unwrap();
    let before = time();
    let settings = folder.path().join("content/site.yaml");
    edit(&settings, "เว็บไซต์ทดสอบ", "เว็บไซต์ใหม่");
    build_in_part(folder.path(), 2);
    edit(&folder.path().join("content/b/about.md"), "ที่สำนักปลัด", "ที่กองช่าง");
    assert_eq!(build(folder.path()).built, ["", "b", "ค"]);
    assert_is_right(folder.path());
    assert_is_clear(folder.path());
    assert_ne!(time(), before);
    let data = || fs::metadata(folder.path().join("public/a/2568/data/scores.csv")).unwrap().modified().unwrap();
    let before = data();
    edit(&settings, "เว็บไซต์ใหม่", "เว็บไซต์ใหม่กว่า");
    build_in_part(folder.path(), 2);
    build(folder.path());
    assert_is_right(folder.path());
    assert_eq!(data(), before, "a file whose bytes did not change keeps its time");
}

#[test]
fn however_often_it_is_killed_a_build_comes_to_its_end() {
    let folder = tempfile::tempdir().unwrap();
    Site::several(&["a", "b", "c", "d", "e", "ค"]).write_to(folder.path());
    for round in 0..24 {
        let program = assert_cmd::cargo::cargo_bin("prongsai");
        let mut command = std::process::Command::new(program);
        command.arg("build").current_dir(folder.path()).env("SOURCE_DATE_EPOCH", crate::support::EPOCH);
        let mut child = command.stdout(std::process::Stdio::null()).stderr(std::process::Stdio::null()).spawn().unwrap();
        std::thread::sleep(Duration::from_millis(20 + 15 * round));
        let _ = child.kill();
        child.wait().unwrap();
        if round % 5 == 4 {
            let text = format!("---\ntitle: หน้า\n---\nครั้งที่ {round}\n");
            crate::support::write(&folder.path().join("content/c/about.md"), text.as_bytes());
        }
    }
    let (status, _, said) = run(folder.path(), "build --lang en");
    assert_eq!(status, 0, "{said}");
    assert_is_right(folder.path());
    assert_is_clear(folder.path());
}
