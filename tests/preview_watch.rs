//! `serve` as its author meets it: a real process, real files, real sockets. Whatever an editor does to a file, the page is there soon; a
//! save that is half done is no fault; what is deleted and comes back is found again.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

const SITE: &str = include_str!("suite/small.txt");

/// The longest that anything may take here: a bound for a busy machine, and no measure of speed.
const PATIENCE: Duration = Duration::from_secs(20);

struct Preview {
    folder: tempfile::TempDir,
    child: Child,
    port: u16,
}

impl Drop for Preview {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn put(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

/// Writes the small site of the suite.
fn site(folder: &Path) {
    let mut path: Option<PathBuf> = None;
    let mut text = String::new();
    for line in SITE.lines().chain(["--- end"]) {
        if let Some(name) = line.strip_prefix("--- ") {
            if let Some(path) = path.take() {
                put(&path, &text);
            }
            text.clear();
            path = Some(folder.join(name));
        } else {
            text.push_str(line);
            text.push('\n');
        }
    }
}

impl Preview {
    fn of(prepare: impl FnOnce(&Path), flags: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        site(folder.path());
        prepare(folder.path());
        let mut command = Command::new(env!("CARGO_BIN_EXE_prongsai"));
        command.args(["serve", "--port", "0", "--lang", "en"]).args(flags).stderr(Stdio::null());
        Self::run(folder, command)
    }

    /// Runs `serve` by this command in a site folder, and waits for its address.
    fn run(folder: tempfile::TempDir, mut command: Command) -> Self {
        command.current_dir(folder.path()).env("HOME", folder.path()).stdout(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let port =
            line.trim().strip_prefix("http://127.0.0.1:").and_then(|rest| rest.strip_suffix('/')).unwrap_or_else(|| panic!("{line}"));
        Self { folder, child, port: port.parse().unwrap() }
    }

    fn at(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    /// Status and body at an address.
    fn get(&self, address: &str) -> (u16, String) {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        let request = format!("GET {address} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nConnection: close\r\n\r\n", self.port);
        stream.write_all(request.as_bytes()).unwrap();
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).unwrap();
        let text = String::from_utf8_lossy(&bytes);
        let (head, body) = text.split_once("\r\n\r\n").unwrap();
        (head.split(' ').nth(1).unwrap().parse().unwrap(), body.to_owned())
    }

    /// Waits until the page at an address is as it is asked for.
    fn until(&self, address: &str, what: &str, is_there: impl Fn(u16, &str) -> bool) {
        let begun = Instant::now();
        loop {
            let (status, body) = self.get(address);
            if is_there(status, &body) {
                return;
            }
            assert!(begun.elapsed() < PATIENCE, "{what}: {address} is still {status} {body}");
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    fn until_has(&self, address: &str, text: &str) {
        self.until(address, text, |status, body| status == 200 && body.contains(text));
    }
}

fn page(text: &str) -> String {
    format!("---\ntitle: หน้าใหม่\n---\n\n{text}\n")
}

/// Every way in which a file or a folder comes to be another one.
fn edits(preview: &Preview) {
    let about = preview.at("content/about.md");
    put(&about, &page("บันทึกตรง"));
    preview.until_has("/about/", "บันทึกตรง");
    // As many editors save: a new file takes the old one's name.
    put(&preview.at("content/about.md.tmp"), &page("แทนที่ทั้งไฟล์"));
    fs::rename(preview.at("content/about.md.tmp"), &about).unwrap();
    preview.until_has("/about/", "แทนที่ทั้งไฟล์");
    // As vim does: the old one is moved away first.
    fs::rename(&about, preview.at("content/about.md~")).unwrap();
    put(&about, &page("แบบ vim"));
    fs::remove_file(preview.at("content/about.md~")).unwrap();
    preview.until_has("/about/", "แบบ vim");
    // Another text of the same length, at once.
    put(&about, &page("แบบ emx"));
    put(&about, &page("แบบ emy"));
    preview.until_has("/about/", "แบบ emy");
    // A file is renamed, and goes.
    fs::rename(&about, preview.at("content/us.md")).unwrap();
    preview.until_has("/us/", "แบบ emy");
    preview.until("/about/", "gone", |status, _| status == 404);
    fs::remove_file(preview.at("content/us.md")).unwrap();
    preview.until("/us/", "gone", |status, _| status == 404);
    // A folder in a new folder.
    put(&preview.at("content/files/ใหม่/ลึก/a.txt"), "ลึก");
    preview.until_has("/files/%E0%B9%83%E0%B8%AB%E0%B8%A1%E0%B9%88/%E0%B8%A5%E0%B8%B6%E0%B8%81/a.txt", "ลึก");
    fs::rename(preview.at("content/files/ใหม่"), preview.at("content/files/moved")).unwrap();
    preview.until_has("/files/moved/%E0%B8%A5%E0%B8%B6%E0%B8%81/a.txt", "ลึก");
    // Many at once.
    for number in 0..300 {
        put(&preview.at(&format!("content/many-{number}.md")), &page("มากมาย"));
    }
    preview.until_has("/many-299/", "มากมาย");
    preview.until_has("/many-0/", "มากมาย");
    // A file of the theme comes and goes.
    let footer = preview.at("themes/default/page.html");
    put(&footer, "{% extends \"base.html\" %}{% block main %}<p>ธีมของเรา</p>{% endblock %}\n");
    preview.until_has("/many-0/", "ธีมของเรา");
    fs::remove_dir_all(preview.at("themes")).unwrap();
    preview.until("/many-0/", "the built-in theme", |_, body| !body.contains("ธีมของเรา"));
}

#[test]
fn every_way_of_saving_is_seen() {
    edits(&Preview::of(|_| {}, &[]));
}

#[test]
fn every_way_of_saving_is_seen_without_events_too() {
    edits(&Preview::of(|_| {}, &["--poll"]));
}

#[cfg(unix)]
#[test]
fn a_content_folder_behind_a_link_is_watched() {
    let preview = Preview::of(
        |folder| {
            fs::rename(folder.join("content"), folder.join("elsewhere")).unwrap();
            std::os::unix::fs::symlink("elsewhere", folder.join("content")).unwrap();
        },
        &[],
    );
    put(&preview.at("elsewhere/about.md"), &page("หลังลิงก์"));
    preview.until_has("/about/", "หลังลิงก์");
}

#[test]
fn leftovers_of_editors_wake_nothing() {
    let preview = Preview::of(|_| {}, &[]);
    let (_, before) = preview.get("/_next?now");
    for name in [".about.md.swp", "4913", "about.md~", "x.tmp", "#about.md#", "~$about.docx", "about.md___jb_old___"] {
        put(&preview.at(&format!("content/{name}")), "half");
    }
    std::thread::sleep(Duration::from_millis(700));
    put(&preview.at("content/about.md"), &page("จริง"));
    preview.until_has("/about/", "จริง");
    // A change of a page is one revision, and perhaps one of what was found.
    let (_, after) = preview.get("/_next?now");
    let number = |text: &str| text.split('-').next().unwrap().parse::<u64>().unwrap();
    assert!(number(&after) - number(&before) <= 2, "{before} to {after}");
}

#[test]
fn an_error_keeps_the_last_good_page_until_it_is_mended() {
    let preview = Preview::of(|_| {}, &[]);
    put(&preview.at("content/about.md"), &page("ดีแล้ว"));
    preview.until_has("/about/", "ดีแล้ว");
    put(&preview.at("content/2568/measures.yaml"), "- issue: [\n");
    put(&preview.at("content/about.md"), &page("ใหม่กว่า"));
    std::thread::sleep(Duration::from_millis(500));
    let (status, body) = preview.get("/about/");
    assert!(status == 200 && body.contains("ดีแล้ว"), "{body}");
    // With what is wrong, so that it is told without a script too.
    assert!(body.contains("yaml-syntax") && body.contains("content/2568/measures.yaml"), "{body}");
    fs::remove_file(preview.at("content/2568/measures.yaml")).unwrap();
    preview.until_has("/about/", "ใหม่กว่า");
}

#[test]
fn the_first_theme_of_a_site_is_seen() {
    let preview = Preview::of(|_| {}, &[]);
    assert!(!preview.at("themes").exists());
    put(&preview.at("themes/default/style.css"), "/* ธีมแรก */");
    preview.until_has("/style.css", "ธีมแรก");
    fs::remove_dir_all(preview.at("themes")).unwrap();
    preview.until("/style.css", "the built-in style", |_, body| !body.contains("ธีมแรก"));
}

/// Two agencies out of the one of the small site.
fn two(folder: &Path) {
    let content = folder.join("content");
    for (slug, part) in [("alpha", "2568"), ("alpha", "files"), ("beta", "agency.yaml")] {
        fs::create_dir_all(content.join(slug)).unwrap();
        fs::rename(content.join(part), content.join(slug).join(part)).unwrap();
    }
    fs::copy(content.join("beta/agency.yaml"), content.join("alpha/agency.yaml")).unwrap();
    // The page speaks of a score, and the site itself has none.
    fs::remove_file(content.join("about.md")).unwrap();
}

#[test]
fn manifests_are_those_that_a_build_writes() {
    for (prepare, manifests) in
        [((|_: &Path| {}) as fn(&Path), &["manifest.json"][..]), (two, &["manifest.json", "alpha/manifest.json", "beta/manifest.json"])]
    {
        let preview = Preview::of(prepare, &[]);
        let build = Command::new(env!("CARGO_BIN_EXE_prongsai")).arg("build").current_dir(preview.folder.path()).output().unwrap();
        assert!(build.status.success(), "{}", String::from_utf8_lossy(&build.stderr));
        for path in manifests {
            let published = fs::read_to_string(preview.at("public").join(path)).unwrap();
            let (status, shown) = preview.get(&format!("/{path}"));
            assert_eq!((status, shown.as_str()), (200, published.as_str()), "{path}");
        }
        assert_eq!(preview.get("/2568/manifest.json").0, 404);
    }
}

#[test]
fn a_content_folder_that_goes_and_comes_back_is_found_again() {
    let preview = Preview::of(|_| {}, &[]);
    fs::rename(preview.at("content"), preview.at("away")).unwrap();
    std::thread::sleep(Duration::from_millis(800));
    assert_eq!(preview.get("/2568/").0, 200, "the last good page stays");
    fs::rename(preview.at("away"), preview.at("content")).unwrap();
    put(&preview.at("content/about.md"), &page("กลับมา"));
    preview.until_has("/about/", "กลับมา");
    put(&preview.at("content/about.md"), &page("อีกครั้ง"));
    preview.until_has("/about/", "อีกครั้ง");
}

/// The time of processors that a process has used, in hundredths of a second.
#[cfg(target_os = "linux")]
fn used(child: &Child) -> u64 {
    let stat = fs::read_to_string(format!("/proc/{}/stat", child.id())).unwrap();
    let fields: Vec<&str> = stat.rsplit_once(')').unwrap().1.split_whitespace().collect();
    fields[11].parse::<u64>().unwrap() + fields[12].parse::<u64>().unwrap()
}

#[cfg(target_os = "linux")]
#[test]
fn sources_that_go_piece_by_piece_keep_nobody_busy() {
    let preview = Preview::of(|_| {}, &[]);
    // An error, which waits for quiet, and then nothing is there that it could wait for.
    fs::remove_file(preview.at("content/agency.yaml")).unwrap();
    fs::remove_dir_all(preview.at("content")).unwrap();
    preview.until("/", "that the folder is gone", |_, body| body.contains("content"));
    std::thread::sleep(Duration::from_millis(500));
    let before = used(&preview.child);
    std::thread::sleep(Duration::from_secs(2));
    let after = used(&preview.child);
    assert!(after - before < 40, "{} hundredths of a second in two seconds of nothing", after - before);
}

#[test]
fn a_port_that_is_taken_is_told_with_the_flag() {
    let preview = Preview::of(|_| {}, &[]);
    let output = Command::new(env!("CARGO_BIN_EXE_prongsai"))
        .args(["serve", "--port", &preview.port.to_string(), "--lang", "en"])
        .current_dir(preview.folder.path())
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(told.contains("in use") && told.contains("--port 0"), "{told}");
}

#[cfg(unix)]
#[test]
fn an_interrupt_ends_it_within_a_second_and_leaves_nothing() {
    let mut preview = Preview::of(|_| {}, &[]);
    let names = |folder: &Path| {
        let mut names: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        names.sort();
        names
    };
    let before = names(preview.folder.path());
    let waits = TcpStream::connect(("127.0.0.1", preview.port)).unwrap();
    let begun = Instant::now();
    let pid = preview.child.id().to_string();
    assert!(Command::new("kill").args(["-INT", &pid]).status().unwrap().success());
    preview.child.wait().unwrap();
    assert!(begun.elapsed() < PATIENCE);
    drop(waits);
    assert_eq!(names(preview.folder.path()), before);
    assert!(TcpStream::connect(("127.0.0.1", preview.port)).is_err());
}

#[cfg(unix)]
#[path = "preview_watch/faults.rs"]
mod faults;
