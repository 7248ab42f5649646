//! `docs/findings.md`: every code, what it means, an example and how to mend it. The page is made of the catalogue and of the folders in
//! `tests/findings/`, so that it can't say what the program does not.

use std::collections::BTreeSet;
use std::fs;

use prongsai::base::language::Language;
use prongsai::finding::human::{self, Style};
use prongsai::finding::{Code, Finding, Severity};

use crate::findings::{CASES, Case};
use crate::support::root;

const HEAD: &str = "# สิ่งที่พบ · Findings

<!-- หน้านี้ทำจากรายการรหัสและจาก tests/findings/ แก้ที่นั่น แล้วรัน UPDATE=1 cargo test --test suite findings
     This page is made of the catalogue and of tests/findings/: mend those, and run UPDATE=1 cargo test --test suite findings -->

`prongsai check` บอกสิ่งที่พบ ว่าอยู่ที่ไฟล์ใด บรรทัดใด และแก้อย่างไร · `prongsai check` tells what it finds, where it stands and how to mend it.

| ระดับ · severity | ไทย | English |
|---|---|---|
| ข้อผิดพลาด · error | ยังเผยแพร่ไม่ได้จนกว่าจะแก้ | nothing is published until it is mended |
| คำเตือน · warning | เผยแพร่ได้ แต่ควรดู แก้ หรือยอมรับพร้อมเหตุผลใน `accept` ของ `agency.yaml` เมื่อใช้ `--strict` นับเป็นข้อผิดพลาด | published all the same; mend it, or accept it with a reason under `accept` in `agency.yaml`. With `--strict` it counts as an error |
| ข้อสังเกต · hint | ควรรู้ ไม่ต้องทำอะไร | good to know; nothing has to be done |

คำเตือนยอมรับได้แบบนี้ (ข้อผิดพลาดยอมรับได้เฉพาะ `personal-id`) `where` คือ `subject` ในรายงาน `prongsai check --format json` · A warning is accepted like this (of the errors only `personal-id`); `where` is the `subject` of `prongsai check --format json`:

```yaml
accept:
  - {code: missing-measure, where: 2568/issue-3, reason: ใช้มาตรการเดิมของปีก่อน}
```

ตัวอย่างเริ่มจากเว็บไซต์เล็กที่ครบถ้วน แล้วเปลี่ยนเท่าที่แสดง `---` คือชื่อไฟล์ `(edit)` คือเปลี่ยนบรรทัด `<` เป็น `>` และ `(absent)` คือไม่มีไฟล์นั้น · Each example is a small whole site with what is shown changed: `---` names a file, `(edit)` turns the line `<` into `>`, and `(absent)` takes the file away.

";

/// How many lines of an example are shown.
const LONGEST: usize = 30;

/// The case that shows a code: the one of its name, else the first that begins with it, else the first that has it.
fn example(code: Code) -> (&'static Case, &'static Finding) {
    let starts = |case: &&Case| case.name.starts_with(&format!("{}-", code.name()));
    let own = CASES.iter().find(|case| case.name == code.name()).or_else(|| CASES.iter().find(starts));
    let find = |case: &'static Case| case.built.findings.iter().find(|finding| finding.code == code).map(|finding| (case, finding));
    own.and_then(find).or_else(|| CASES.iter().find_map(find)).unwrap_or_else(|| panic!("{} has no case", code.name()))
}

/// A cell of a table, in which a picture of an example is text.
fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace("![", "!\\[")
}

/// What is told of a code, with real values: a row for each of its texts.
fn rows(code: Code) -> Vec<[String; 2]> {
    let mut seen = BTreeSet::new();
    let own = |case: &&Case| case.name == code.name() || case.name.starts_with(&format!("{}-", code.name()));
    let (first, others): (Vec<&Case>, Vec<&Case>) = CASES.iter().partition(own);
    let findings = first.into_iter().chain(others).flat_map(|case| &case.built.findings).filter(|finding| finding.code == code);
    let texts = |finding: &Finding| (code.texts(&finding.case).message(Language::En), code.texts(&finding.case).help(Language::En));
    let fresh = findings.filter(|finding| seen.insert(texts(finding)));
    let row = |finding: &Finding, language| format!("{} → {}", cell(&finding.message(language)), cell(&finding.help(language)));
    fresh.map(|finding| [row(finding, Language::Th), row(finding, Language::En)]).collect()
}

fn section(code: Code) -> String {
    let (case, finding) = example(code);
    // What an edit writes as one line is shown as the lines that it makes.
    let text = case.text.replace(['«', '»'], "").replace("\\n", "\n> ");
    let mut lines: Vec<&str> = text.trim_end().lines().filter(|line| !line.starts_with("# alone")).collect();
    if lines.len() > LONGEST {
        lines.truncate(LONGEST);
        lines.push("…");
    }
    let told = human::render(std::slice::from_ref(finding), Style { language: Language::Th, colour: false, width: None });
    // The last line counts findings, and this is one.
    let told = told.trim_end().rsplit_once("\n\n").map_or("", |(told, _)| told);
    let mut out = format!(
        "## {}\n\n{} · {}\n\n{}\n\n{}\n\n{}\n\n{}\n\n````text\n{}\n````\n\n````text\n{told}\n````\n\n| ไทย | English |\n|---|---|\n",
        code.name(),
        code.severity().word(Language::Th),
        code.severity().word(Language::En),
        code.meaning(Language::Th),
        code.lesson(Language::Th),
        code.meaning(Language::En),
        code.lesson(Language::En),
        lines.join("\n"),
    );
    for [th, en] in rows(code) {
        out.push_str(&format!("| {th} | {en} |\n"));
    }
    out
}

fn page() -> String {
    let mut page = HEAD.to_owned();
    for severity in [Severity::Error, Severity::Warning, Severity::Hint] {
        page.push_str(&format!("| {} · {} | ไทย | English |\n|---|---|---|\n", severity.word(Language::Th), severity.word(Language::En)));
        for code in Code::ALL.iter().filter(|code| code.severity() == severity) {
            let name = code.name();
            page.push_str(&format!(
                "| [`{name}`](#{name}) | {} | {} |\n",
                cell(code.meaning(Language::Th)),
                cell(code.meaning(Language::En))
            ));
        }
        page.push('\n');
    }
    let sections: Vec<String> = Code::ALL.iter().map(|code| section(*code)).collect();
    page + &sections.join("\n")
}

#[test]
fn the_page_of_findings_is_what_the_program_tells() {
    let path = root().join("docs/findings.md");
    let page = page();
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, &page).unwrap();
    }
    let written = fs::read_to_string(&path).unwrap_or_default();
    let differs = written.lines().zip(page.lines()).position(|(written, now)| written != now);
    let line = differs.unwrap_or_else(|| written.lines().count().min(page.lines().count())) + 1;
    assert!(written == page, "docs/findings.md differs from line {line}; UPDATE=1 writes what is now");
}

#[test]
fn every_code_has_its_place_on_the_page() {
    let page = page();
    for code in Code::ALL {
        assert_eq!(page.matches(&format!("\n## {}\n", code.name())).count(), 1, "{}", code.name());
        for language in [Language::Th, Language::En] {
            assert!(page.contains(code.meaning(language)) && !code.meaning(language).is_empty(), "{}", code.name());
        }
        for row in rows(*code).iter().flatten() {
            let names = row.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name);
            let left: Vec<&str> = names.filter(|name| !name.is_empty() && name.bytes().all(|b| b.is_ascii_lowercase())).collect();
            assert!(left.is_empty(), "{}: nobody gave a value for {left:?} in {row}", code.name());
        }
    }
}
