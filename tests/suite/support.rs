//! Sites written inline, built in memory or by the real binary. Owns the notation of inline files; see `tests/README.md`.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use assert_cmd::Command;
use prongsai::base::date::Date;
use prongsai::base::hash::Hash;
use prongsai::base::output::{Entry, Output};
use prongsai::disk::target::Target;
use prongsai::engine::{self, Listing, Options, Sink, Source, Unit};
use prongsai::finding::Finding;
use prongsai::publish::Publisher;
use prongsai::source::attachment;
use prongsai::source::files::{Content, Files};

/// The day on which every test happens.
pub const TODAY: &str = "2025-09-01";

/// The same day for the binary.
pub const EPOCH: &str = "1756684800";

/// The smallest complete site of one agency, with a pack of its own.
const SMALL: &str = include_str!("small.txt");

/// A file of a test's site.
#[derive(Clone, Debug)]
pub enum File {
    /// Its bytes.
    Bytes(Vec<u8>),
    /// A symbolic link out of the site.
    Escape,
    /// There, and not to be read.
    Unreadable(String),
}

/// A site folder in memory.
#[derive(Clone, Debug)]
pub struct Site {
    files: BTreeMap<String, File>,
    drafts: bool,
    base_url: Option<String>,
    /// Which agency is asked for its files last; changes nothing but the order of work.
    pub shuffled: bool,
}

/// A place as authors see it: path, line, column.
pub type Mark = (String, u32, u32, u32, u32);

impl Site {
    /// A site of these inline files and nothing else.
    pub fn new(text: &str) -> Self {
        let empty = Self { files: BTreeMap::new(), drafts: false, base_url: None, shuffled: false };
        empty.and(text)
    }

    /// One agency, complete and short, with its own pack.
    pub fn small() -> Self {
        Self::new(SMALL)
    }

    /// The small site without its Markdown, for figures that no text refers to.
    pub fn bare() -> Self {
        let mut site = Self::small();
        site.files.retain(|path, _| !path.ends_with(".md"));
        site
    }

    /// Two agencies (`alpha` and `เบต้า`) with the small site's content, and the site's own page and file.
    pub fn two() -> Self {
        let small = Self::small();
        let mut two = Self::new("--- content/about.md\n# เว็บไซต์รวม\n\nดู[เอกสาร](files/all.txt)\n--- content/files/all.txt\nรวม\n");
        for (path, file) in small.files {
            match path.strip_prefix("content/") {
                Some(rest) if rest != "site.yaml" && !rest.starts_with("frameworks/") => {
                    two.files.insert(format!("content/alpha/{rest}"), file.clone());
                    two.files.insert(format!("content/เบต้า/{rest}"), file);
                }
                _ => {
                    two.files.insert(path, file);
                }
            }
        }
        two.replace("content/เบต้า/agency.yaml", "ตำบลทดสอบ", "ตำบลเบต้า")
    }

    /// Several agencies with the small site's content.
    pub fn several(slugs: &[&str]) -> Self {
        let small = Self::small();
        let shared = ["content/site.yaml", "content/frameworks/small.yaml"];
        let site = shared.iter().fold(Self::new(""), |site, path| site.with(path, small.text(path)));
        slugs.iter().fold(site, |site, slug| site.with_agency(slug))
    }

    /// With the small site's content as one more agency.
    pub fn with_agency(self, slug: &str) -> Self {
        let small = Self::small();
        let own = |path: &String| path.starts_with("content/") && path != "content/site.yaml" && !path.starts_with("content/frameworks/");
        let put = |site: Self, path: &String| site.with(&path.replace("content/", &format!("content/{slug}/")), small.text(path));
        small.paths().iter().filter(|path| own(path)).fold(self, put)
    }

    /// The repository's own site.
    pub fn sample() -> Self {
        let mut site = Self::new("");
        for top in ["content", "themes"] {
            for path in files_below(&root().join(top)) {
                let name = path.strip_prefix(root()).unwrap().to_str().unwrap().to_owned();
                site.files.insert(name, File::Bytes(fs::read(&path).unwrap()));
            }
        }
        site
    }

    /// Applies more inline files: each replaces, edits or removes one.
    pub fn and(mut self, text: &str) -> Self {
        for (head, body) in sections(text) {
            let (path, how) = match head.split_once(" (") {
                Some((path, how)) => (path, how.strip_suffix(')').unwrap()),
                None => (head, ""),
            };
            let file = match how.split_once(": ").unwrap_or((how, "")) {
                ("", _) => File::Bytes(body.into_bytes()),
                ("edit", _) => File::Bytes(edit(self.text(path), &body).into_bytes()),
                ("hex", _) => File::Bytes(hex(&body)),
                ("escape", _) => File::Escape,
                ("unreadable", why) => File::Unreadable(why.to_owned()),
                ("absent", _) => {
                    assert!(self.files.remove(path).is_some(), "{path} is absent already");
                    continue;
                }
                _ => panic!("unknown kind of file: {head}"),
            };
            self.files.insert(path.to_owned(), file);
        }
        self
    }

    /// With this file.
    pub fn with(self, path: &str, text: &str) -> Self {
        self.with_bytes(path, text.as_bytes())
    }

    /// With this file of any bytes.
    pub fn with_bytes(mut self, path: &str, bytes: &[u8]) -> Self {
        self.files.insert(path.to_owned(), File::Bytes(bytes.to_vec()));
        self
    }

    /// Without this file.
    pub fn without(mut self, path: &str) -> Self {
        assert!(self.files.remove(path).is_some(), "there is no {path}");
        self
    }

    /// With `from`, which is there, as `to` in a file.
    pub fn replace(self, path: &str, from: &str, to: &str) -> Self {
        let text = self.text(path);
        assert!(text.contains(from), "{path} does not hold {from}");
        let text = text.replace(from, to);
        self.with(path, &text)
    }

    /// With a file under another path.
    pub fn moved(mut self, from: &str, to: &str) -> Self {
        let moved: Vec<String> = self.files.keys().filter(|path| path.starts_with(from)).cloned().collect();
        assert!(!moved.is_empty(), "there is no {from}");
        for path in moved {
            let file = self.files.remove(&path).unwrap();
            self.files.insert(format!("{to}{}", &path[from.len()..]), file);
        }
        self
    }

    /// With drafts asked for.
    pub fn drafts(mut self) -> Self {
        self.drafts = true;
        self
    }

    /// With `--base-url`.
    pub fn base_url(mut self, url: &str) -> Self {
        self.base_url = Some(url.to_owned());
        self
    }

    /// The text of a file.
    pub fn text(&self, path: &str) -> &str {
        match self.files.get(path) {
            Some(File::Bytes(bytes)) => std::str::from_utf8(bytes).unwrap(),
            _ => panic!("there is no text {path}"),
        }
    }

    /// A file.
    pub fn file(&self, path: &str) -> Option<&File> {
        self.files.get(path)
    }

    /// The paths of all files.
    pub fn paths(&self) -> Vec<String> {
        self.files.keys().cloned().collect()
    }

    /// Takes `«…»` out of the site's own files; gives the places that stood between them.
    pub fn unmarked(mut self) -> (Self, Vec<Mark>) {
        let mut marks = Vec::new();
        for (path, file) in &mut self.files {
            let File::Bytes(bytes) = file else { continue };
            let Ok(text) = std::str::from_utf8(bytes) else { continue };
            let (mut line, mut column, mut start) = (1, 1, None);
            let mut plain = String::new();
            for c in text.chars() {
                match c {
                    '«' => start = Some((line, column)),
                    '»' => {
                        let (first, from) = start.take().unwrap();
                        marks.push((path.clone(), first, from, line, column));
                    }
                    '\n' => {
                        (line, column) = (line + 1, 1);
                        plain.push(c);
                    }
                    c => {
                        // A byte order mark is no character of the first line.
                        column += u32::from(c != '\u{feff}');
                        plain.push(c);
                    }
                }
            }
            *bytes = plain.into_bytes();
        }
        (self, marks)
    }

    /// Builds the site in memory.
    pub fn build(&self) -> Built {
        let options = Options { drafts: self.drafts, base_url: self.base_url.clone(), today: Date::parse(TODAY).unwrap() };
        let units = Units::default();
        let findings = engine::build(self, &options, &units).unwrap();
        let mut files = BTreeMap::new();
        for output in units.0.into_inner().unwrap() {
            for (path, entry) in output {
                let bytes = match entry {
                    Entry::Bytes(bytes) => bytes.to_vec(),
                    Entry::Copy(attachment) => match self.files.get(&*attachment.from) {
                        Some(File::Bytes(bytes)) => bytes.clone(),
                        _ => panic!("{} is copied and not there", attachment.from),
                    },
                };
                assert!(files.insert(path.clone(), bytes).is_none(), "two units make {path}");
            }
        }
        Built { findings, files }
    }

    /// Builds the site where `before` was published.
    pub fn build_after(&self, before: &Site) -> Built {
        let folder = tempfile::tempdir().unwrap();
        let target = Target { site: folder.path().to_owned(), out: folder.path().join("public"), home: None };
        let options = |site: &Site| Options { drafts: site.drafts, base_url: site.base_url.clone(), today: Date::parse(TODAY).unwrap() };
        before.write_to(folder.path());
        let publisher = Publisher::begin(&target).unwrap();
        engine::build(before, &options(before), &publisher).unwrap();
        publisher.publish().unwrap();
        fs::remove_dir_all(folder.path().join("content")).unwrap();
        self.write_to(folder.path());
        let findings = engine::build(self, &options(self), &Publisher::begin(&target).unwrap()).unwrap();
        Built { findings, ..self.build() }
    }

    /// Builds a site in which nothing may be wrong.
    pub fn built(&self) -> Built {
        let built = self.build();
        assert_eq!(built.errors(), Vec::<String>::new());
        built
    }

    /// Writes the site's files below `folder`.
    pub fn write_to(&self, folder: &Path) {
        for (path, file) in &self.files {
            if let File::Bytes(bytes) = file {
                write(&folder.join(path), bytes);
            }
        }
    }

    fn slug_of<'a>(&self, slugs: &'a BTreeSet<String>, path: &str) -> Option<&'a str> {
        let first = path.strip_prefix("content/")?.split('/').next()?;
        slugs.get(first).map(String::as_str)
    }

    fn slugs(&self) -> Option<BTreeSet<String>> {
        if self.files.contains_key("content/agency.yaml") {
            return None;
        }
        let slug = |path: &String| Some(path.strip_prefix("content/")?.strip_suffix("/agency.yaml")?.to_owned());
        let slugs: BTreeSet<String> = self.files.keys().filter_map(slug).filter(|slug| !slug.contains('/')).collect();
        (!slugs.is_empty()).then_some(slugs)
    }

    fn content(&self, path: &str, below: &str) -> Content {
        match &self.files[path] {
            File::Escape => Content::Escape,
            File::Unreadable(why) => Content::Unreadable(why.as_str().into()),
            File::Bytes(bytes) if below.starts_with("files/") => {
                let facts = attachment::examine(&mut io::Cursor::new(bytes), below).unwrap();
                Content::Attachment { size: bytes.len() as u64, hash: Hash::of(bytes), facts }
            }
            File::Bytes(bytes) if path.starts_with("themes/") || path.ends_with(".yaml") || path.ends_with(".md") => {
                Content::Text(bytes.clone())
            }
            File::Bytes(_) => Content::Other,
        }
    }
}

impl Source for Site {
    fn site_files(&self) -> io::Result<Files> {
        let slugs = self.slugs();
        let own = |path: &str| match &slugs {
            _ if path.starts_with("themes/") => true,
            Some(slugs) => self.slug_of(slugs, path).is_none(),
            None => path == "content/site.yaml" || path.starts_with("content/frameworks/"),
        };
        let below = |path: &str| path.strip_prefix("content/").unwrap_or("").to_owned();
        Ok(self.files.keys().filter(|path| own(path)).map(|path| (Arc::from(path.as_str()), self.content(path, &below(path)))).collect())
    }

    fn agency_files(&self, slug: &str) -> io::Result<Files> {
        let slugs = self.slugs();
        let folder = if slug.is_empty() { "content/".to_owned() } else { format!("content/{slug}/") };
        let own = |path: &str| match &slugs {
            Some(slugs) => self.slug_of(slugs, path) == Some(slug),
            None => path.starts_with("content/") && path != "content/site.yaml" && !path.starts_with("content/frameworks/"),
        };
        let one = |path: &String| (Arc::from(path.as_str()), self.content(path, &path[folder.len()..]));
        Ok(self.files.keys().filter(|path| own(path)).map(one).collect())
    }

    fn open_attachment(&self, path: &str, size: u64) -> io::Result<Box<dyn attachment::Bytes>> {
        match self.files.get(path) {
            Some(File::Bytes(bytes)) if bytes.len() as u64 == size => Ok(Box::new(io::Cursor::new(bytes.clone()))),
            _ => Err(io::ErrorKind::NotFound.into()),
        }
    }

    fn listing(&self) -> io::Result<Listing> {
        let mut agencies = self.slugs().map(|slugs| slugs.into_iter().collect::<Vec<_>>());
        if let Some(agencies) = agencies.as_mut().filter(|_| self.shuffled) {
            agencies.reverse();
        }
        Ok(Listing { agencies })
    }
}

/// Keeps what units made.
#[derive(Default)]
struct Units(Mutex<Vec<Output>>);

impl Sink for Units {
    fn take(&self, unit: Unit) -> io::Result<()> {
        self.0.lock().unwrap().push(unit.output);
        Ok(())
    }
}

/// Codes which only say that something is not there yet.
pub const ABSENT: [&str; 5] = ["score-missing", "missing-commentary", "missing-measure", "item-missing", "element-missing"];

/// What a build gave.
#[derive(Debug)]
pub struct Built {
    /// What was found.
    pub findings: Vec<Finding>,
    /// All output files by path.
    pub files: BTreeMap<String, Vec<u8>>,
}

impl Built {
    /// The HTML of the page at an address.
    pub fn page(&self, address: &str) -> &str {
        self.file(&format!("{address}index.html"))
    }

    /// The text of an output file.
    pub fn file(&self, path: &str) -> &str {
        let bytes = self.files.get(path).unwrap_or_else(|| panic!("there is no {path} in {:#?}\n{:?}", self.paths(), self.errors()));
        std::str::from_utf8(bytes).unwrap()
    }

    /// Is there an output file?
    pub fn has(&self, path: &str) -> bool {
        self.files.contains_key(path)
    }

    /// The paths of all output files.
    pub fn paths(&self) -> Vec<&str> {
        self.files.keys().map(String::as_str).collect()
    }

    /// The paths of all pages.
    pub fn pages(&self) -> Vec<&str> {
        self.paths().into_iter().filter(|path| path.ends_with(".html")).collect()
    }

    /// Findings as code, severity, subject, path, line and column.
    pub fn findings(&self) -> Vec<(&str, &str, &str, &str, u32, u32)> {
        let one = |f: &'_ Finding| (f.start().line, f.start().column);
        let all = self.findings.iter().map(|f| (f, one(f)));
        all.map(|(f, (line, column))| (f.code.name(), f.severity().name(), f.subject.as_str(), f.place.file.as_ref(), line, column))
            .collect()
    }

    /// Findings but those which only say that something is not there yet, for sites that leave layers out on purpose.
    pub fn wrong(&self) -> Vec<(&str, &str, &str, &str, u32, u32)> {
        self.findings().into_iter().filter(|finding| !ABSENT.contains(&finding.0)).collect()
    }

    /// Errors as one line each.
    pub fn errors(&self) -> Vec<String> {
        let errors = self.findings.iter().filter(|f| f.severity().name() == "error" && f.accepted.is_none());
        errors.map(|f| format!("{} {}:{}: {}", f.code.name(), f.place.file, f.start().line, f.message(Default::default()))).collect()
    }

    /// The codes of all findings, in order.
    pub fn codes(&self) -> Vec<&str> {
        self.findings.iter().map(|f| f.code.name()).collect()
    }

    /// A data file as rows of the JSON form.
    pub fn rows(&self, path: &str) -> Vec<serde_json::Map<String, serde_json::Value>> {
        serde_json::from_str(self.file(path)).unwrap()
    }

    /// The cell of the row whose `code` is this, in a JSON data file; empty for null.
    pub fn cell(&self, table: &str, code: &str, column: &str) -> Option<String> {
        let rows = self.rows(&format!("2568/data/{table}.json"));
        let row = rows.iter().find(|row| row["code"] == code).unwrap_or_else(|| panic!("no {code} in {table}"));
        match &row[column] {
            serde_json::Value::Null => None,
            serde_json::Value::String(text) => Some(text.clone()),
            other => Some(other.to_string()),
        }
    }
}

/// The repository's folder.
pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// All files below a folder, in order.
pub fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let entry = entry.unwrap();
            if entry.file_type().unwrap().is_dir() {
                folders.push(entry.path());
            } else {
                files.push(entry.path());
            }
        }
    }
    files.sort();
    files
}

/// All files below a folder with their bytes, by relative path.
pub fn tree(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let name = |path: &Path| path.strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
    files_below(folder).into_iter().map(|path| (name(&path), fs::read(&path).unwrap())).collect()
}

/// Writes a file and its folders.
pub fn write(path: &Path, bytes: &[u8]) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, bytes).unwrap();
}

/// The binary on one thread under limits of the shell, as `ulimit -v 92160`; it has to end well.
#[cfg(target_os = "linux")]
pub fn run_within(folder: &Path, limits: &str, line: &str) -> std::process::Output {
    let program = assert_cmd::cargo::cargo_bin("prongsai");
    let output = std::process::Command::new("sh")
        .args(["-c", &format!("{limits} && exec '{}' {line}", program.display())])
        .current_dir(folder)
        .envs([("RAYON_NUM_THREADS", "1"), ("MALLOC_ARENA_MAX", "1")])
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    output
}

/// The binary in an environment of its own, on the day of the tests.
pub fn prongsai(folder: &Path) -> Command {
    let mut command = Command::cargo_bin("prongsai").unwrap();
    command.current_dir(folder).env_clear().env("HOME", folder.join("home")).env("SOURCE_DATE_EPOCH", EPOCH);
    command
}

/// Status, standard output and standard error of a line.
pub fn run(folder: &Path, line: &str) -> (i32, String, String) {
    let output = prongsai(folder).args(line.split_whitespace()).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

/// Codes and paths of what `check` finds in a real folder.
pub fn found(folder: &Path) -> Vec<String> {
    let (status, out, err) = run(folder, "check --format json");
    assert!(status < 2, "{err}");
    let object: serde_json::Value = serde_json::from_str(&out).unwrap();
    let one = |f: &serde_json::Value| format!("{} {}", f["code"].as_str().unwrap(), f["path"].as_str().unwrap());
    object["findings"].as_array().unwrap().iter().map(one).collect()
}

/// The inline files of a text: what stands after `--- ` in the head, and the lines below it.
fn sections(text: &str) -> Vec<(&str, String)> {
    let mut sections: Vec<(&str, String)> = Vec::new();
    for line in text.split_inclusive('\n') {
        match (line.strip_prefix("--- "), sections.last_mut()) {
            (Some(head), _) => sections.push((head.trim_end(), String::new())),
            (None, Some((_, body))) => body.push_str(line),
            (None, None) => assert!(line.trim().is_empty() || line.starts_with('#'), "a line before the first file: {line}"),
        }
    }
    sections
}

/// Pairs of lines: `< old` and `> new`.
fn edit(text: &str, body: &str) -> String {
    let mut text = text.to_owned();
    let mut old = None;
    for line in body.lines().filter(|line| !line.is_empty()) {
        if let Some(from) = line.strip_prefix("< ") {
            old = Some(from);
        } else {
            let (from, to) = (old.take().unwrap(), line.strip_prefix("> ").unwrap());
            assert_eq!(text.matches(from).count(), 1, "{from} has to stand once in\n{text}");
            text = text.replacen(from, &to.replace("\\n", "\n"), 1);
        }
    }
    text
}

/// Bytes as pairs of hexadecimal digits; `"…"` stands for its own bytes.
fn hex(body: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    for (i, part) in body.split('"').enumerate() {
        if i % 2 == 1 {
            bytes.extend(part.bytes());
        } else {
            bytes.extend(part.split_whitespace().map(|pair| u8::from_str_radix(pair, 16).unwrap()));
        }
    }
    bytes
}
