//! Whatever is done to the sources, what the preview shows is what a clean build makes: after each of many random edits every byte and
//! every finding is compared. `EDITS=5000` makes more of them, `SEED=7` others.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use prongsai::base::date::Date;
use prongsai::base::output::{Entry, Output};
use prongsai::disk::scan;
use prongsai::engine::{self, Options, Sink, Unit};
use prongsai::finding::{Finding, Severity};
use prongsai::preview::keeper::{Keeper, Wish};
use prongsai::preview::stock::Stock;

use crate::support::{Site, TODAY, files_below, write};

/// How many edits are made where nobody says how many.
const EDITS: usize = 500;

fn options() -> Options {
    Options { drafts: true, base_url: None, today: Date::parse(TODAY).unwrap() }
}

#[derive(Default)]
struct Clean {
    units: Mutex<BTreeMap<Arc<str>, Vec<Output>>>,
}

impl Sink for Clean {
    fn take(&self, unit: Unit) -> std::io::Result<()> {
        self.units.lock().unwrap().entry(unit.slug).or_default().push(unit.output);
        Ok(())
    }
}

type Bytes = BTreeMap<String, Vec<u8>>;

/// The files of each unit of a clean build, and what was found.
fn clean(folder: &Path) -> (BTreeMap<Arc<str>, Bytes>, Vec<Finding>) {
    let site = scan::Site::open(folder).unwrap();
    let sink = Clean::default();
    let findings = engine::build(&site, &options(), &sink).unwrap();
    let bytes = |entry| match entry {
        Entry::Bytes(bytes) => bytes.to_vec(),
        Entry::Copy(attachment) => fs::read(folder.join(&*attachment.from)).unwrap(),
    };
    let units = sink.units.into_inner().unwrap().into_iter();
    let files = |outputs: Vec<Output>| outputs.into_iter().flatten().map(|(path, entry)| (path, bytes(entry))).collect();
    (units.map(|(slug, outputs)| (slug, files(outputs))).collect(), findings)
}

fn shown_bytes(folder: &Path, shown: &Stock) -> Bytes {
    let bytes = |path: &str| match shown.file(path).unwrap() {
        Entry::Bytes(bytes) => bytes.to_vec(),
        // One that is gone is told as an error somewhere else.
        Entry::Copy(attachment) => fs::read(folder.join(&*attachment.from)).unwrap_or_default(),
    };
    shown.paths().into_iter().map(|path| (path.clone(), bytes(&path))).collect()
}

/// A small generator of numbers, so that a run can be repeated.
pub struct Dice(pub u64);

impl Dice {
    /// A number below this one.
    pub fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % most as u64) as usize
    }

    /// One of these.
    pub fn one<'a, T>(&mut self, some: &'a [T]) -> &'a T {
        &some[self.below(some.len())]
    }
}

/// Edits of a site folder, one after the other.
pub struct Edits {
    /// The site folder.
    pub folder: PathBuf,
    /// What the site was at first, to mend by.
    pub whole: Vec<(String, Vec<u8>)>,
    /// What decides.
    pub dice: Dice,
    /// Has the site an error now?
    pub is_faulty: bool,
}

impl Edits {
    fn at(&self, path: &str) -> PathBuf {
        self.folder.join(path)
    }

    fn text_file(&mut self) -> Option<PathBuf> {
        let files: Vec<PathBuf> = files_below(&self.at("content"))
            .into_iter()
            .filter(|path| path.extension().is_some_and(|e| e == "yaml" || e == "md"))
            .collect();
        (!files.is_empty()).then(|| self.dice.one(&files).clone())
    }

    fn agency(&mut self) -> String {
        let agencies: Vec<String> = fs::read_dir(self.at("content"))
            .unwrap()
            .filter_map(|entry| entry.unwrap().file_name().into_string().ok())
            .filter(|name| self.folder.join("content").join(name).join("agency.yaml").exists())
            .collect();
        if agencies.is_empty() { String::new() } else { format!("{}/", self.dice.one(&agencies)) }
    }

    /// Makes one edit; gives what it was and where.
    pub fn make(&mut self, number: usize) -> (String, BTreeSet<PathBuf>) {
        // Half of the faults are mended at once, else few sites would be whole.
        let kind = if self.is_faulty && self.dice.below(2) == 0 { 17 } else { self.dice.below(19) };
        let agency = self.agency();
        let mut paths: Vec<PathBuf> = Vec::new();
        let mut put = |path: PathBuf, text: &str| {
            write(&path, text.as_bytes());
            paths.push(path);
        };
        match kind {
            0 | 1 => put(self.at(&format!("content/{agency}2568/issues/1.md")), &format!("## ข้อค้นพบ\n\nแก้ครั้งที่ {number}\n")),
            2 => put(self.at(&format!("content/{agency}2568/report.md")), &format!("คะแนนรวม {{{{ score(\"overall\") }}}} {number}\n")),
            3 => put(self.at(&format!("content/{agency}page-{}.md", number % 7)), &format!("---\ntitle: หน้า {number}\n---\nเนื้อหา\n")),
            4 => put(self.at("content/site.yaml"), &format!("title: เว็บไซต์ {number}\nbase_url: https://example.go.th/ita/\n")),
            5 => put(self.at("themes/default/footer.html"), &format!("<footer><p>{number}</p></footer>\n")),
            6 => put(self.at(&format!("content/{agency}files/a-{}.txt", number % 3)), &format!("{number:08}")),
            // A leftover of an editor changes nothing.
            7 => put(self.at(&format!("content/{agency}2568/.report.md.swp")), &format!("{number}")),
            // Faults.
            8 => put(self.at(&format!("content/{agency}2568/measures.yaml")), "- issue: [\n"),
            9 => put(self.at(&format!("content/{agency}about.md")), "---\ntitle: เกี่ยวกับเรา\n---\n\n[หาย](no/where.md)\n"),
            10 => put(self.at("content/site.yaml"), "title: [\n"),
            // A score, in place and of the same length.
            11 => {
                let path = self.at(&format!("content/{agency}2568/assessment.yaml"));
                if let Ok(text) = fs::read_to_string(&path) {
                    let score = format!("i2: {}", 90 + number % 10);
                    let at = text.find("i2: ").unwrap();
                    put(path, &format!("{}{score}{}", &text[..at], &text[at + score.len()..]));
                }
            }
            12 => {
                if let Some(path) = self.text_file() {
                    fs::remove_file(&path).unwrap();
                    paths.push(path);
                }
            }
            13 => {
                if let Some(path) = self.text_file() {
                    let to = path.with_file_name(format!("moved-{number}.md"));
                    fs::rename(&path, &to).unwrap();
                    paths.extend([path, to]);
                }
            }
            // A folder is copied, or goes.
            14 => {
                let from = self.at("content/alpha");
                let to = self.at(&format!("content/copy-{}", number % 2));
                if to.exists() {
                    fs::remove_dir_all(&to).unwrap();
                } else if from.exists() {
                    for path in files_below(&from) {
                        write(&to.join(path.strip_prefix(&from).unwrap()), &fs::read(&path).unwrap());
                    }
                }
                paths.push(to);
            }
            15 => {
                let (a, b) = (self.at(&format!("content/{agency}2568")), self.at(&format!("content/{agency}2567")));
                let (from, to) = if a.exists() { (a, b) } else { (b, a) };
                if from.exists() && !to.exists() {
                    fs::rename(&from, &to).unwrap();
                }
                paths.extend([from, to]);
            }
            16 => {
                let _ = fs::remove_dir_all(self.at("themes"));
                paths.push(self.at("themes"));
            }
            // Many at once: all as it was at first.
            _ => {
                for top in ["content", "themes"] {
                    let _ = fs::remove_dir_all(self.folder.join(top));
                }
                for (path, bytes) in &self.whole {
                    let path = self.folder.join(path);
                    write(&path, bytes);
                    paths.push(path);
                }
            }
        }
        (format!("edit {number} of kind {kind} in `{agency}`"), paths.into_iter().collect())
    }
}

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

#[test]
fn after_each_edit_the_preview_shows_what_a_clean_build_makes() {
    for site in [Site::small(), Site::two()] {
        let folder = tempfile::tempdir().unwrap();
        site.write_to(folder.path());
        let whole = files_below(folder.path())
            .into_iter()
            .map(|path| (path.strip_prefix(folder.path()).unwrap().to_str().unwrap().to_owned(), fs::read(&path).unwrap()))
            .collect();
        let mut edits = Edits {
            folder: folder.path().to_owned(),
            whole,
            dice: Dice(number("SEED").unwrap_or(88_172_645_463_325_252)),
            is_faulty: false,
        };
        let shown = Arc::new(Stock::default());
        let wish = Wish { site: folder.path().to_owned(), options: &options, polls: true, tell: &|_| {} };
        let mut keeper = Keeper::new(wish, Arc::clone(&shown));
        keeper.begin().unwrap();
        let (mut good, mut faulty) = (0, 0);
        for edit in 0..number("EDITS").map_or(EDITS / 2, |edits| edits as usize) {
            let before = shown_bytes(folder.path(), &shown);
            let (what, paths) = edits.make(edit);
            // Sometimes an event points at the place, sometimes it is lost.
            let hints = if edits.dice.below(3) == 0 { BTreeSet::new() } else { paths };
            keeper.pass(&hints).unwrap();
            let (units, findings) = clean(folder.path());
            assert_eq!(*shown.findings().all, findings, "{what}");
            let has_errors = findings.iter().any(|finding| finding.severity() == Severity::Error && finding.accepted.is_none());
            assert_eq!(shown.findings().has_errors, has_errors, "{what}");
            edits.is_faulty = has_errors;
            if has_errors {
                faulty += 1;
                let now = shown_bytes(folder.path(), &shown);
                check_faulty((&before, &now, &units), &findings, &what);
            } else {
                good += 1;
                let all: Bytes = units.into_values().flatten().collect();
                let now = shown_bytes(folder.path(), &shown);
                let differ: Vec<&String> = all.keys().chain(now.keys()).filter(|path| all.get(*path) != now.get(*path)).collect();
                assert!(differ.is_empty(), "{what}: {differ:?}");
            }
        }
        assert!(good > 50 && faulty > 50, "{good} good and {faulty} faulty sites tell too little");
    }
}

/// With an error somewhere, each agency without one is new, and what has one is as it last was.
fn check_faulty((before, now, units): (&Bytes, &Bytes, &BTreeMap<Arc<str>, Bytes>), findings: &[Finding], what: &str) {
    let faulty: BTreeSet<&str> = findings
        .iter()
        .filter(|finding| finding.severity() == Severity::Error && finding.accepted.is_none())
        .map(|finding| &*finding.agency)
        .collect();
    if faulty.contains("") {
        // What all share, or the one agency, has it: nothing that was shown changed, but agencies may have come or gone before.
        let changed: Vec<&String> = now.keys().filter(|path| !before.contains_key(*path)).collect();
        assert!(
            changed.is_empty(),
            "{what}: {changed:?} {:?}",
            findings.iter().filter(|f| f.severity() == Severity::Error).map(|f| (&f.code, &f.place.file, &f.agency)).collect::<Vec<_>>()
        );
        return;
    }
    for (_, files) in units.iter().filter(|(slug, _)| !slug.is_empty()) {
        let differ: Vec<&String> = files.keys().filter(|path| now.get(*path) != files.get(*path)).collect();
        assert!(differ.is_empty(), "{what}: {differ:?}");
    }
    for slug in faulty {
        let prefix = format!("{slug}/");
        let changed: Vec<&String> = now.keys().filter(|path| path.starts_with(&prefix) && !before.contains_key(*path)).collect();
        assert!(changed.is_empty(), "{what}: {changed:?}");
    }
}
