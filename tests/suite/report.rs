//! `export report`: one document that holds all that it needs, and a PDF of it that says what the data say; what is left of a run that is
//! ended while a browser prints. The PDF needs a browser and
//! `pdftotext`; where they are absent those tests say so and pass, and `scripts/test` installs both.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command as Other;

use assert_cmd::Command;

use crate::support::{EPOCH, Site, root};

fn prongsai(site: &Path, line: &str) -> (i32, Vec<u8>, String) {
    let mut command = Command::cargo_bin("prongsai").unwrap();
    command.args(line.split_whitespace()).arg("--site").arg(site).env("SOURCE_DATE_EPOCH", EPOCH);
    let output = command.output().unwrap();
    (output.status.code().unwrap(), output.stdout, String::from_utf8(output.stderr).unwrap())
}

#[test]
fn the_document_needs_no_other_file() {
    let site = tempfile::tempdir().unwrap();
    let picture = "--- content/2568/report.md\nเปิดเรื่อง ![ตรา](files/seal.png) และ[เอกสาร](files/a.txt) กับ[หน้าอื่น](../about.md)\n\
        --- content/files/a.txt\nก\n--- content/about.md\nเกี่ยวกับ\n\
        --- content/site.yaml\ntitle: ก\n";
    let png = fs::read(root().join("themes/default/icon.png")).unwrap();
    let files = Site::small().and(picture).with_bytes("content/files/seal.png", &png);
    files.write_to(site.path());
    let (status, out, err) = prongsai(site.path(), "export report --lang en");
    assert_eq!((status, err.as_str()), (0, ""));
    let html = String::from_utf8(out).unwrap();
    assert!(html.contains("<style>") && !html.contains("rel=\"stylesheet\"") && html.contains("src=\"data:image/png;base64,"), "{html}");
    // The site has no address, so that a link to another page would lead nowhere.
    assert!(!html.contains("about/") && !html.contains("href=\"../"), "{html}");
    fs::write(site.path().join("content/site.yaml"), "title: ก\nbase_url: https://a.example/x/\n").unwrap();
    let (_, out, _) = prongsai(site.path(), "export report --year ๒๕๖๘");
    let html = String::from_utf8(out).unwrap();
    for link in ["https://a.example/x/about/\"", "https://a.example/x/files/a.txt\"", "https://a.example/x/2568/report/\""] {
        assert!(html.contains(link), "{link}");
    }
}

#[test]
fn what_can_not_be_handed_out_is_said() {
    let site = tempfile::tempdir().unwrap();
    Site::two().write_to(site.path());
    let (status, _, err) = prongsai(site.path(), "export report --lang en");
    assert!(status == 2 && err.contains("--agency: alpha, เบต้า"), "{err}");
    let (status, out, _) = prongsai(site.path(), "export report --agency เบต้า");
    assert!(status == 0 && String::from_utf8(out).unwrap().contains("ตำบลเบต้า"));
    let (status, _, err) = prongsai(site.path(), "export report --agency alpha --year 2560 --lang en");
    assert!(status == 2 && err.contains("no report of 2560"), "{err}");
    let (status, _, err) = prongsai(site.path(), "export report --agency alpha --pdf a.pdf --browser ./no-browser --lang th");
    assert!(status == 2 && err.contains("พิมพ์เอง"), "{err}");
    fs::write(site.path().join("content/alpha/2568/assessment.yaml"), "framework: small\noverall: x\n").unwrap();
    let (status, out, err) = prongsai(site.path(), "export report --agency alpha");
    assert!(status == 1 && out.is_empty() && err.contains("score-not-a-number"), "{err}");
}

/// A browser of this machine, where there is one, and a reader of PDFs.
fn has_tools() -> bool {
    let names = ["chromium", "chromium-browser", "google-chrome"];
    let on_path = |name: &str| std::env::split_paths(&std::env::var_os("PATH").unwrap()).any(|folder| folder.join(name).is_file());
    let has = names.iter().any(|name| on_path(name)) && on_path("pdftotext");
    if !has {
        // Where all tests are run, both have been installed.
        assert!(std::env::var_os("CI").is_none(), "no browser or no pdftotext");
        println!("not tried: no browser or no pdftotext");
    }
    has
}

fn text(pdf: &Path, flags: &[&str]) -> String {
    let output = Other::new("pdftotext").args(flags).arg(pdf).arg("-").output().unwrap();
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn the_pdf_says_what_the_data_say_on_the_sheets_that_its_contents_name() {
    if !has_tools() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let pdf: PathBuf = folder.path().join("รายงาน 2568.pdf");
    let mut command = Command::cargo_bin("prongsai").unwrap();
    command.args(["export", "report", "--lang", "en", "--site"]).arg(root()).arg("--pdf").arg(&pdf).env("SOURCE_DATE_EPOCH", EPOCH);
    let output = command.output().unwrap();
    assert!(output.status.success() && output.stderr.is_empty(), "{output:?}");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    let bytes = fs::read(&pdf).unwrap();
    let holds = |part: &[u8]| bytes.windows(part.len()).any(|window| window == part);
    assert!(holds(b"/StructTreeRoot") && holds(b"/Lang (th)") && holds(b"/Outlines"), "not tagged");
    // Letters of a PDF come in pieces: compared without the white space between them.
    let squeeze = |text: &str| text.split_whitespace().collect::<String>();
    let whole = squeeze(&text(&pdf, &[]));
    let csv = root().join("content/2568/assessment.yaml");
    let figures = fs::read_to_string(csv).unwrap();
    let mut compared = 0;
    for line in figures.lines().map(|line| line.split('#').next().unwrap().trim()) {
        let Some((code, value)) = line.split_once(": ") else { continue };
        let is_code = code.starts_with(['i', 'e', 'o']) && code[1..].bytes().all(|byte| byte.is_ascii_digit());
        if is_code {
            let values = value.trim_matches(['{', '}']).split(", ").map(|part| part.rsplit(' ').next().unwrap());
            for figure in values {
                assert!(whole.contains(figure), "{code} {figure}");
            }
            assert!(whole.contains(code), "{code}");
            compared += 1;
        }
    }
    assert_eq!(compared, 52);
    let sheets: Vec<String> = text(&pdf, &[]).split('\u{c}').map(squeeze).collect();
    let contents: Vec<String> = text(&pdf, &["-layout", "-l", "1"]).lines().map(str::trim).map(str::to_owned).collect();
    for heading in ["2 ผลการประเมิน", "3 การวิเคราะห์ผลการประเมิน", "4 มาตรการส่งเสริม"]
    {
        let line = contents.iter().find(|line| line.starts_with(heading) && line.ends_with(|c: char| c.is_ascii_digit()));
        let line = line.unwrap_or_else(|| panic!("{heading} is not in the contents: {contents:?}"));
        let sheet: usize = line.rsplit(' ').next().unwrap().parse().unwrap();
        assert!(sheet > 1 && sheets[sheet - 1].contains(&squeeze(heading)), "{heading} is not on sheet {sheet}");
    }
}

/// Runs that wait for `tests/fixtures/browser-hangs`.
#[cfg(unix)]
mod hanging {
    use std::process::{Child, Stdio};
    use std::thread;
    use std::time::Duration;

    use super::*;

    /// A folder, a run in it that waits for its browser, and the numbers of that browser and of what it started.
    fn begun() -> (tempfile::TempDir, Child, Vec<String>) {
        let folder = tempfile::tempdir().unwrap();
        let mut command = Other::new(assert_cmd::cargo::cargo_bin("prongsai"));
        command.args(["export", "report", "--lang", "en", "--site"]).arg(root()).arg("--pdf").arg(folder.path().join("a.pdf"));
        command.arg("--browser").arg(root().join("tests/fixtures/browser-hangs")).env("SOURCE_DATE_EPOCH", EPOCH);
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
        loop {
            let told =
                fs::read_dir(folder.path()).unwrap().find_map(|entry| fs::read_to_string(entry.unwrap().path().join("profile.pids")).ok());
            if let Some(told) = told {
                return (folder, child, told.split_whitespace().map(str::to_owned).collect());
            }
            assert!(child.try_wait().unwrap().is_none(), "it did not wait for the browser");
            thread::sleep(Duration::from_millis(20));
        }
    }

    fn kill(signal: &str, pid: &str) -> bool {
        Other::new("kill").args([signal, pid]).stderr(Stdio::null()).status().unwrap().success()
    }

    /// Does such a process work still? One that ended and that nobody has asked for does not.
    fn works(pid: &str) -> bool {
        fs::read_to_string(format!("/proc/{pid}/stat")).is_ok_and(|stat| !stat.rsplit(')').next().unwrap().trim_start().starts_with('Z'))
    }

    fn is_empty(folder: &Path) -> bool {
        fs::read_dir(folder).unwrap().next().is_none()
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_run_that_is_asked_to_stop_ends_its_browser_and_leaves_nothing() {
        for signal in ["-INT", "-TERM", "-HUP"] {
            let (folder, child, browser) = begun();
            assert!(browser.len() == 2 && browser.iter().all(|pid| works(pid)), "{browser:?}");
            assert!(kill(signal, &child.id().to_string()));
            let output = child.wait_with_output().unwrap();
            assert_eq!(output.status.code(), Some(2), "{signal}");
            assert_eq!(String::from_utf8(output.stderr).unwrap(), "error: stopped as asked; no PDF was written\n");
            assert!(is_empty(folder.path()), "{signal} left something");
            // What belonged to the browser is the system's to take away, which it does when it comes to it.
            while browser.iter().any(|pid| works(pid)) {
                thread::sleep(Duration::from_millis(20));
            }
        }
    }

    #[test]
    fn what_a_killed_run_left_is_taken_away_by_the_next() {
        let (folder, mut child, browser) = begun();
        assert!(kill("-KILL", &child.id().to_string()));
        child.wait().unwrap();
        assert!(!is_empty(folder.path()));
        browser.iter().for_each(|pid| assert!(kill("-KILL", pid)));
        let mut command = Command::cargo_bin("prongsai").unwrap();
        command.args(["export", "report", "--lang", "en", "--browser", "/bin/true", "--site"]).arg(root());
        let output = command.arg("--pdf").arg(folder.path().join("a.pdf")).env("SOURCE_DATE_EPOCH", EPOCH).output().unwrap();
        assert!(output.status.code() == Some(2) && output.stderr.starts_with(b"error: the browser did not print it"), "{output:?}");
        assert!(is_empty(folder.path()));
    }

    #[test]
    fn what_a_run_at_work_has_stays() {
        let (folder, child, _) = begun();
        let mut command = Command::cargo_bin("prongsai").unwrap();
        command.args(["export", "report", "--lang", "en", "--browser", "/bin/true", "--site"]).arg(root());
        command.arg("--pdf").arg(folder.path().join("b.pdf")).env("SOURCE_DATE_EPOCH", EPOCH).output().unwrap();
        assert!(!is_empty(folder.path()));
        assert!(kill("-TERM", &child.id().to_string()));
        assert_eq!(child.wait_with_output().unwrap().status.code(), Some(2));
        assert!(is_empty(folder.path()));
    }
}
