//! The sites whose data others read: the sample, several agencies, six years, texts that nobody expects, and an agency with nothing yet.
//! Owns their sources and building them with the real program.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use tempfile::TempDir;

use crate::support::{Site, run};

/// The address of all sites here but the sample.
pub const BASE: &str = "https://example.go.th/ita/";

/// A published site.
pub struct Published {
    folder: TempDir,
    /// Its address.
    pub base: &'static str,
}

impl Published {
    /// Builds a site.
    pub fn of(site: &Site, base: &'static str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        site.write_to(folder.path());
        let address = if base.is_empty() { String::new() } else { format!(" --base-url {base}") };
        let (status, _, err) = run(folder.path(), &format!("build{address}"));
        assert_eq!(status, 0, "{err}");
        Self { folder, base }
    }

    /// The folder that was published.
    pub fn public(&self) -> PathBuf {
        self.folder.path().join("public")
    }

    /// The rows of a table.
    pub fn rows(&self, path: &str) -> Vec<serde_json::Map<String, Value>> {
        serde_json::from_slice(&fs::read(self.public().join(path)).unwrap()).unwrap()
    }
}

/// The repository's own site.
pub fn sample() -> Published {
    Published::of(&Site::sample(), "https://ita.phuphan.example/")
}

/// Three agencies, one of them with a Thai address and one without a result.
pub fn several() -> Published {
    let gamma = "--- content/gamma/agency.yaml\nname: เทศบาลตำบล \"แกมมา\", ที่ 3 & <เพื่อน> 🙂\nkind: local\nprovince: ขอนแก่น\n";
    Published::of(&Site::two().and(gamma), BASE)
}

/// Six years of one agency, each by a pack of its own.
pub fn years() -> Published {
    let small = Site::small();
    let mut site = small.clone();
    for year in 2563..2568 {
        let of_year = |text: &str| text.replace("2568", &year.to_string()).replace("2567", &(year - 1).to_string());
        for path in small.paths().into_iter().filter(|path| path.starts_with("content/2568/")) {
            let text = of_year(small.text(&path)).replace("framework: small", &format!("framework: small-{year}"));
            site = site.with(&of_year(&path), &text);
        }
        let pack = of_year(small.text("content/frameworks/small.yaml")).replace("id: small\n", &format!("id: small-{year}\n"));
        site = site.with(&format!("content/frameworks/small-{year}.yaml"), &pack);
    }
    Published::of(&site, BASE)
}

/// An agency that has nothing but its name.
pub fn nothing() -> Published {
    Published::of(&Site::new("--- content/site.yaml\ntitle: ก\n--- content/agency.yaml\nname: ก & ข\n"), BASE)
}

/// The small site without an address.
pub fn unaddressed() -> Published {
    Published::of(&Site::small().replace("content/site.yaml", &format!("base_url: {BASE}\n"), ""), "")
}

/// Texts that a spreadsheet would run, a reader of CSV would cut, or a feed would break on; codes that look like numbers; missing figures.
pub const ODD: &str = r#"--- content/agency.yaml
name: "=cmd|' /C calc'!A0, \"อบต.\" & <b>เรา</b> 🙂"
short_name: "+1 ก"
kind: local
province: ทดสอบ
--- content/2568/assessment.yaml
framework: small
announced: 2568-08-01
overall: null
level: null
instruments: {IIT: 37, EIT: null, EIT1: 9.0, EIT2: 9.2, OIT: ๔๐.๐๐}
scale: weighted
indicators: {1: null, 2: 91, 3: 100}
questions:
  i1: 0
  i2: null
  i3: 100.00
  i4: "๙๕.๐"
  e1: {ep: 90}
items: {o1: null, o2: 0.5}
corrections:
  - {date: 2568-08-20, code: i1, was: "1", now: "0", reason: "=1+1 & <b> \"ก\" 👩‍🏫"}
--- content/2568/measures.yaml
- issue: 1
  id: "a,b"
  method: "เขียน \"อ้าง\", แล้ว\nขึ้นบรรทัด 👩‍🏫"
  steps: ["หนึ่ง, สอง", "\"สาม\"", "สี่\nห้า"]
  responsible: ["NA", "null"]
  progress: [{date: 2568-08-30, text: "-1 & <i>"}, {date: 2568-08-30, text: "@SUM(A1)"}]
- issue: 2
  method: "=1+1"
  steps: ["@SUM(A1)", "  มีช่องว่าง  "]
  responsible: ["NA"]
  period: {to: 2568-09-30}
  status: done
- issue: 2
  method: "+2"
  steps: ["-3"]
  responsible: ["'=1+1"]
  period: {from: 2568-01-01, text: "1/2"}
- issue: 2
  method: "\t=1+1"
  steps: ["TRUE"]
  responsible: ["1e5"]
  period: "00123"
--- content/2568/disclosures.yaml
o1:
  title: "ชื่อ, \"ยาว\"\nสองบรรทัด \\ ทับ"
  status: partial
  updated: 2568-03-14
  covers: ๒๕๖๗
  review_by: 2568-12-31
  owner: "-กอง"
  links:
    - {title: "=HYPERLINK(\"https://a.example\")", url: files/o1/structure.txt, covers: [chart, units]}
    - https://example.go.th/a,b?c=d.pdf
o2: {status: unrecorded}
"#;

/// The site of such texts, with a group `3.10` beside `3.1`.
pub fn odd() -> Published {
    let pack = "content/frameworks/small.yaml";
    let site = Site::bare()
        .and(ODD)
        .replace(pack, "[{id: \"3.1\", name: ข้อมูลพื้นฐาน}]", "[{id: \"3.1\", name: ข้อมูลพื้นฐาน}, {id: \"3.10\", name: \"=1+1, \\\"ท้าย\\\"\"}]")
        .replace(pack, "name: คู่มือบริการ, group: \"3.1\"", "name: \"-คู่มือ, \\\"บริการ\\\"\", group: \"3.10\"");
    Published::of(&site, BASE)
}

/// A copy of a published site, to be spoiled.
pub fn copy(published: &Published) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let public = folder.path().join("public");
    copy_folder(&published.public(), &public);
    (folder, public)
}

fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy_folder(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}
