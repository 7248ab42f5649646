//! `build --keep-going`: agencies without errors are published, the others keep what was last published of them; faults of what all share
//! publish nothing.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use prongsai::base::date::Date;
use prongsai::disk::scan;
use prongsai::disk::target::Target;
use prongsai::engine::{self, Listing, Manner, Options, Source};
use prongsai::publish::Publisher;
use prongsai::source::attachment::Bytes;
use prongsai::source::files::Files;
use tempfile::TempDir;

use crate::support::{Site, TODAY, run, tree};

const TWELVE: [&str; 12] = ["a1", "a2", "b1", "b2", "c1", "c2", "d1", "d2", "e1", "ก1", "ก2", "ข1"];

/// Those that have faults: two that were published before, and one that never was.
const FAULTY: [&str; 3] = ["b2", "d1", "ข1"];

fn folder(site: &Site) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    site.write_to(folder.path());
    folder
}

fn write(site: &Site, folder: &Path) {
    fs::remove_dir_all(folder.join("content")).unwrap();
    site.write_to(folder);
}

/// Each agency is of a province of its own.
fn provinces(site: Site, slugs: &[&str]) -> Site {
    slugs
        .iter()
        .fold(site, |site, slug| site.replace(&format!("content/{slug}/agency.yaml"), "province: ทดสอบ", &format!("province: จังหวัด{slug}")))
}

fn twelve() -> Site {
    provinces(Site::several(&TWELVE), &TWELVE)
}

fn broken(site: Site, slug: &str) -> Site {
    site.replace(&format!("content/{slug}/2568/assessment.yaml"), "overall: 95.2", "overall: ๙๗.๖๑.๐๐\nlevle: ดี")
}

/// The files of an agency, or of the site itself where the slug is empty.
fn of(tree: &std::collections::BTreeMap<String, Vec<u8>>, slug: &str) -> Vec<(String, Vec<u8>)> {
    let is = |path: &str| match path.split_once('/') {
        Some((first, _)) if TWELVE.contains(&first) => first == slug,
        _ => slug.is_empty(),
    };
    tree.iter().filter(|(path, _)| is(path) && *path != "manifest.json").map(|(path, bytes)| (path.clone(), bytes.clone())).collect()
}

#[test]
fn agencies_with_errors_keep_their_last_pages_and_the_others_are_published() {
    let first: Vec<&str> = TWELVE.into_iter().filter(|slug| *slug != "ข1").collect();
    let folder = folder(&provinces(Site::several(&first), &first));
    let public = folder.path().join("public");
    assert_eq!(run(folder.path(), "build").0, 0);
    let before = tree(&public);

    let edited = twelve()
        .replace("content/a1/about.md", "ติดต่อ", "ช่องทางติดต่อ")
        .with("content/about.md", "ดู[หน่วยงาน](d1/2568/) และ[อีกหน่วยงาน](ข1/2568/)\n");
    let faulty = FAULTY.iter().fold(edited.clone(), |site, slug| broken(site, slug));
    write(&faulty, folder.path());
    // Without the flag nothing is published.
    assert_eq!(run(folder.path(), "build").0, 1);
    assert_eq!(tree(&public), before);

    let (status, out, err) = run(folder.path(), "build --keep-going");
    assert_eq!(status, 1, "{err}");
    assert!(out.starts_with("published "), "{out}");
    let told: Vec<&str> = err.lines().skip_while(|line| !line.starts_with("left out")).collect();
    assert_eq!(
        told,
        [
            "left out, since they have errors: 3 agencies",
            "  b2 Thotsop SAO: 2 errors, keeps its last pages",
            "  d1 Thotsop SAO: 2 errors, keeps its last pages",
            "  ข1 Thotsop SAO: 2 errors, has no pages yet",
        ],
        "{err}"
    );
    assert!(!err.contains("address-gone"), "{err}");
    assert!(err.contains("score-not-a-number") && err.contains("6 errors"), "{err}");
    let now = tree(&public);
    assert_eq!(run(folder.path(), "verify public").0, 0);
    for slug in ["b2", "d1"] {
        assert_eq!(of(&now, slug), of(&before, slug), "{slug}");
    }
    assert_eq!(of(&now, "ข1"), []);
    assert!(String::from_utf8_lossy(&now["a1/about/index.html"]).contains("ช่องทางติดต่อ"));

    // What is the site's own is that of a site without them, but for links to their pages, which are not judged.
    let sound: Vec<&str> = TWELVE.into_iter().filter(|slug| !FAULTY.contains(slug)).collect();
    let without = FAULTY.iter().fold(edited.clone(), |site, slug| site.moved(&format!("content/{slug}/"), "elsewhere/"));
    let other = self::folder(&without.with("content/about.md", "ก\n"));
    assert_eq!(run(other.path(), "build").0, 0);
    let plain = tree(&other.path().join("public"));
    let names = |tree: &std::collections::BTreeMap<String, Vec<u8>>| of(tree, "").into_iter().map(|(path, _)| path).collect::<Vec<_>>();
    assert_eq!(names(&now), names(&plain));
    for path in ["data/agencies-2568.csv", "data/scores-2568.json", "provinces/a1/index.html", "sitemap.xml"] {
        assert_eq!(now[path], plain[path], "{path}");
    }
    for slug in sound {
        assert!(now.contains_key(&format!("{slug}/index.html")), "{slug}");
    }

    // The same again changes nothing.
    let (status, out, _) = run(folder.path(), "build --keep-going");
    assert!(status == 1 && out.starts_with("nothing changed"), "{out}");
    assert_eq!(tree(&public), now);

    // Once they are mended all is as if it always had been.
    write(&edited, folder.path());
    let (status, out, err) = run(folder.path(), "build --keep-going");
    assert_eq!((status, err.as_str()), (0, ""), "{out}");
    let fresh = self::folder(&edited);
    assert_eq!(run(fresh.path(), "build").0, 0);
    assert_eq!(tree(&public), tree(&fresh.path().join("public")));
}

#[test]
fn the_list_is_told_in_thai_too() {
    let folder = folder(&broken(Site::several(&["a", "b"]), "a"));
    let (status, out, err) = run(folder.path(), "build --keep-going --lang th");
    assert_eq!(status, 1);
    assert!(out.starts_with("เผยแพร่ "), "{out}");
    let end = "เว้นไว้ 1 หน่วยงานที่มีข้อผิดพลาด\n  a องค์การบริหารส่วนตำบลทดสอบ: ข้อผิดพลาด 2 ยังไม่มีหน้าในเว็บไซต์\n";
    assert!(err.ends_with(end), "{err}");
}

#[test]
fn faults_of_what_all_share_publish_nothing() {
    let sound = Site::several(&["a", "b"]);
    let folder = folder(&sound);
    let public = folder.path().join("public");
    assert_eq!(run(folder.path(), "build").0, 0);
    let before = tree(&public);
    let own_page = sound.clone().with("content/about.md", "[ไม่มี](nowhere.md)\n");
    let wrong = [
        sound.clone().replace("content/site.yaml", "title", "titel"),
        sound.clone().with("content/frameworks/small.yaml", "id: small\n"),
        own_page,
        // Every agency is faulty: there would be no site.
        broken(broken(sound.clone(), "a"), "b"),
    ];
    for site in wrong {
        write(&site, folder.path());
        let (status, out, err) = run(folder.path(), "build --keep-going");
        assert_eq!((status, out.as_str()), (1, ""), "{err}");
        assert!(err.contains("nothing was published"), "{err}");
        assert_eq!(tree(&public), before);
    }
}

#[test]
fn with_one_agency_there_is_nothing_to_go_on_with() {
    let folder = folder(&Site::small().replace("content/2568/assessment.yaml", "overall: 95.2", "overall: x"));
    let (status, _, err) = run(folder.path(), "build --keep-going");
    assert!(status == 1 && err.contains("nothing was published") && !err.contains("left out"), "{err}");
    assert!(!folder.path().join("public").exists());
}

#[test]
fn warnings_leave_nothing_out() {
    let folder = folder(&Site::several(&["a", "b"]).with("content/a/2568/notes.txt", "จดไว้\n"));
    let (status, out, err) = run(folder.path(), "build --keep-going --strict");
    assert!(status == 1 && out.starts_with("published") && !err.contains("left out"), "{err}");
    assert!(folder.path().join("public/a/index.html").exists());
    assert_eq!(run(folder.path(), "build --keep-going").0, 0);
}

#[test]
fn what_a_sound_agency_lost_is_told_all_the_same() {
    let folder = folder(&Site::several(&["a", "b"]).with("content/a/news.md", "ก\n"));
    assert_eq!(run(folder.path(), "build").0, 0);
    write(&broken(Site::several(&["a", "b"]), "b"), folder.path());
    let (status, _, err) = run(folder.path(), "build --keep-going");
    assert_eq!(status, 1);
    assert!(err.contains("address-gone") && err.contains("a/news/"), "{err}");
    // A folder that somebody deleted can't be kept.
    fs::remove_dir_all(folder.path().join("public/b")).unwrap();
    let (_, _, err) = run(folder.path(), "build --keep-going");
    assert!(err.contains("has no pages yet"), "{err}");
    assert_eq!(run(folder.path(), "verify public").0, 0);
}

/// A folder of which something goes away as soon as an agency was read.
struct Fleeting {
    site: scan::Site,
    slug: &'static str,
    gone: PathBuf,
}

impl Source for Fleeting {
    fn site_files(&self) -> io::Result<Files> {
        self.site.site_files()
    }

    fn agency_files(&self, slug: &str) -> io::Result<Files> {
        let files = self.site.agency_files(slug);
        if slug == self.slug {
            let _ = fs::remove_dir_all(&self.gone);
        }
        files
    }

    fn listing(&self) -> io::Result<Listing> {
        self.site.listing()
    }

    fn open_attachment(&self, path: &str, size: u64) -> io::Result<Box<dyn Bytes>> {
        self.site.open_attachment(path, size)
    }
}

#[test]
fn an_agency_that_goes_away_meanwhile_makes_no_half_site() {
    let folder = folder(&Site::several(&["a", "b", "c"]));
    let target = Target { site: folder.path().to_owned(), out: folder.path().join("public"), home: None };
    let options = Options { drafts: false, base_url: None, today: Date::parse(TODAY).unwrap() };
    assert_eq!(run(folder.path(), "build").0, 0);
    let before = tree(&target.out);
    let manner = |keep_going| Manner { keep_going, ..Manner::default() };
    let going = |slug, gone: &str| Fleeting { site: scan::Site::open(folder.path()).unwrap(), slug, gone: folder.path().join(gone) };

    // Its attachments go away after it was read; one of them is new.
    write(&Site::several(&["a", "b", "c"]).with("content/b/files/new.txt", "ใหม่"), folder.path());
    let publisher = Publisher::begin(&target).unwrap();
    let source = going("b", "content/b/files");
    let done = engine::run(&source, &options, (&publisher, manner(true))).unwrap();
    assert!(done.is_publishable);
    let told: Vec<String> = done.findings.iter().map(|one| format!("{} {}", one.code.name(), one.place.file)).collect();
    assert_eq!(told, ["unreadable-file content/b/files/new.txt"]);
    assert_eq!(done.left.iter().map(|left| (&*left.slug, left.is_kept)).collect::<Vec<_>>(), [("b", true)]);
    publisher.publish().unwrap();
    assert_eq!(
        of_folder(&target.out, "b"),
        before.iter().filter(|(path, _)| path.starts_with("b/")).map(|(path, _)| path.clone()).collect::<Vec<_>>()
    );
    assert_eq!(run(folder.path(), "verify public").0, 0);

    // All of it goes away before it is read.
    Site::several(&["a", "b", "c"]).write_to(folder.path());
    let site = scan::Site::open(folder.path()).unwrap();
    fs::remove_dir_all(folder.path().join("content/b")).unwrap();
    let publisher = Publisher::begin(&target).unwrap();
    let done = engine::run(&site, &options, (&publisher, manner(false))).unwrap();
    assert!(!done.is_publishable);
    let told: Vec<String> = done.findings.iter().map(|one| one.message(prongsai::base::language::Language::En)).collect();
    assert_eq!(told, ["this file can't be read: the agency's files went away during the build"]);
    drop(publisher);

    // Without the flag an attachment that went away ends the build.
    Site::several(&["a", "b", "c"]).with("content/b/files/new.txt", "ใหม่").write_to(folder.path());
    let publisher = Publisher::begin(&target).unwrap();
    assert!(engine::run(&going("b", "content/b/files"), &options, (&publisher, manner(false))).is_err());
    drop(publisher);
    assert_eq!(run(folder.path(), "verify public").0, 0);
}

fn of_folder(public: &Path, slug: &str) -> Vec<String> {
    tree(public).into_keys().filter(|path| path.starts_with(&format!("{slug}/"))).collect()
}

#[test]
fn timings_are_told_and_kept_for_viewers() {
    let folder = folder(&Site::several(&["a", "b"]));
    assert_eq!(run(folder.path(), "build --out plain").0, 0);
    assert!(!folder.path().join(".prongsai/trace.json").exists());
    let (status, out, err) = run(folder.path(), "build --timings");
    assert!(status == 0 && out.starts_with("published "), "{err}");
    for told in ["write pages", "slowest agencies", " pages per second", "open .prongsai/trace.json in https://ui.perfetto.dev"] {
        assert!(err.contains(told), "{told}: {err}");
    }
    let trace: serde_json::Value = serde_json::from_slice(&fs::read(folder.path().join(".prongsai/trace.json")).unwrap()).unwrap();
    let events = trace["traceEvents"].as_array().unwrap();
    let of = |slug: &str| {
        events.iter().filter(|event| event["args"]["agency"] == slug).map(|event| event["name"].as_str().unwrap()).collect::<Vec<_>>()
    };
    for slug in ["a", "b"] {
        for name in ["read files", "judge records", "tables and data", "write pages", "search index", "look at pages", "compare and store"]
        {
            assert!(of(slug).contains(&name), "{slug} {name}");
        }
    }
    assert!(of("").contains(&"the site's own") && of("").contains(&"publish"));
    assert!(events.iter().all(|event| event["ph"] == "X" && event["ts"].is_u64() && event["dur"].is_u64() && event["tid"].is_u64()));
    // They change nothing, and a folder that can't be written is no fault.
    assert_eq!(tree(&folder.path().join("public")), tree(&folder.path().join("plain")));
    fs::remove_dir_all(folder.path().join(".prongsai")).unwrap();
    fs::write(folder.path().join(".prongsai"), "").unwrap();
    let (status, _, err) = run(folder.path(), "build --timings --lang th");
    assert!(status == 0 && err.contains("หน่วยงานที่ใช้เวลามากที่สุด"), "{err}");
    assert!(err.ends_with("หมายเหตุ: เขียน `.prongsai` ไม่สำเร็จ: ไม่ใช่โฟลเดอร์\n"), "{err}");
    let (_, _, err) = run(folder.path(), "build --timings");
    assert!(err.ends_with("note: could not write `.prongsai`: it is no folder\n"), "{err}");
    // Nor is a folder in the place of the trace, which is told and left as it is.
    fs::remove_file(folder.path().join(".prongsai")).unwrap();
    fs::create_dir_all(folder.path().join(".prongsai/trace.json/mine")).unwrap();
    let (status, _, err) = run(folder.path(), "build --timings");
    assert!(status == 0 && err.ends_with("note: could not write `.prongsai/trace.json`: it is a folder, not a file\n"), "{err}");
    let left = fs::read_dir(folder.path().join(".prongsai")).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    assert!(left.into_iter().all(|name| !name.contains("new")), "nothing half written is left");
    assert!(folder.path().join(".prongsai/trace.json/mine").is_dir());
    assert_eq!(run(folder.path(), "build --shard 1/2 --out shard --timings").0, 0);
}

/// Nobody looks at the pages of an agency that is left out, so that they look the same from outside later proves nothing.
#[test]
fn what_was_altered_while_an_agency_was_left_out_is_mended_with_it() {
    let sound = Site::several(&["a1", "a2", "b1"]);
    let folder = folder(&sound);
    assert_eq!(run(folder.path(), "build").0, 0);
    let public = folder.path().join("public");
    let before = tree(&public);
    write(&broken(sound.clone(), "a2"), folder.path());
    assert_eq!(run(folder.path(), "build --keep-going").0, 1);
    let page = public.join("a2/index.html");
    let text = fs::read_to_string(&page).unwrap();
    fs::write(&page, text.replacen("<html", "<hTml", 1)).unwrap();
    assert_eq!(run(folder.path(), "build --keep-going").0, 1);
    write(&sound, folder.path());
    assert_eq!(run(folder.path(), "build").0, 0);
    assert!(tree(&public) == before, "an altered page stayed");
}
