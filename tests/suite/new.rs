//! `new`: what is added to a site is sound and leaves all else as it was; a new year carries what the year before leaves to it.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use prongsai::base::date::Date;
use prongsai::disk::scan;
use prongsai::source::disclosures::Status;
use prongsai::source::files::{Content, Files};
use prongsai::source::measures::MeasureStatus;
use prongsai::source::unit::EditionSource;
use prongsai::staff::new::{Ground, measure, page};
use proptest::prelude::*;

use crate::support::{Site, found, run, tree};

fn folder(site: &Site) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    site.write_to(folder.path());
    folder
}

/// Runs a line that has to end well; what it told on standard output.
fn fine(folder: &Path, line: &str) -> String {
    let (status, out, err) = run(folder, line);
    assert_eq!(status, 0, "{line}: {err}");
    out
}

/// Runs a line that is refused; what it said. Nothing may have changed.
fn refused(folder: &Path, line: &str) -> String {
    let before = tree(folder);
    let (status, out, err) = run(folder, line);
    assert_eq!((status, out.as_str()), (2, ""), "{line}: {err}");
    assert!(tree(folder) == before, "{line}");
    err
}

/// The edition of a year, read as the program reads it.
fn edition(folder: &Path, year: u16) -> EditionSource {
    let (shared, own) = scan::Site::open(folder).unwrap().texts_of(Some(""));
    let ground = Ground::read("", shared, own);
    ground.source.editions.into_iter().find(|edition| edition.year == year).unwrap()
}

fn no_errors(folder: &Path) {
    assert_eq!(run(folder, "build").0, 0);
    let (status, _, err) = run(folder, "build --drafts --out all");
    assert_eq!(status, 0, "{err}");
    fs::remove_dir_all(folder.join("all")).unwrap();
}

/// The site in `tests/suite/small.txt` with more to carry, and rules of the year after in which everything moved.
fn rich() -> Site {
    Site::small().and(
        r#"--- content/2568/disclosures.yaml
o1:
  title: "โครงสร้าง: ใหม่"
  updated: 2568-03-14
  owner: สำนักปลัด
  note: ตรวจแล้ว
  covers: 2568
  links:
    - {title: แผนภูมิ, url: files/o1/structure.txt, covers: [chart, units]}
    - https://thotsop.example/structure
  elements:
    units: items/o1.md
o2:
  status: partial
  owner: กองคลัง
  links: [{title: "มาตรการ #1", url: 2568/measures/}]
  elements: {paper: {met: false, note: รอข้อมูล}}
o3: {status: not-applicable, note: ไม่มี}
o4: {links: [https://thotsop.example/gone], owner: กองช่าง}
o5: {links: [https://thotsop.example/merged]}
--- content/2568/measures.yaml
- {issue: 1, id: m1, method: "ก: ข", steps: [สำรวจ, "แก้ไข #2"], responsible: [สำนักปลัด, กองคลัง], period: {from: 2567-10-01, to: 2568-09-30, text: ตลอดปี}}
- {issue: 1, id: m2, method: ทำต่อ, responsible: กองช่าง, status: in-progress, period: {from: 2568-01-01, to: 2569-12-31}, progress: [{date: 2568-02-01, text: เริ่ม}]}
- {issue: 1, id: m3, method: เสร็จ, responsible: กองช่าง, status: done, period: ปี 2568}
- {issue: 1, id: m4, method: เลิก, responsible: กองช่าง, status: dropped, period: ปี 2568}
- {issue: 2, id: m5, method: อื่น, responsible: กองช่าง, period: ปี 2568}
--- content/2568/issues/1.md
---
title: "ภายใน: หนึ่ง"
updated: 2568-08-20
---
## ดีอยู่แล้ว

ข้อ i2 ได้ {{ score("i2") }} รายการ {{ score("o1") }} หายไป {{ score("o4") }} เฉลี่ย {{ issue_mean() }} ปีก่อน {{ score("i1", 2568) }}
ดู[รายการ](o1:) [O๑](o1:) [ข้อ o4](o4:) i2 [ในข้อความ](o1:#ขอบเขต) [ที่หาย](o4:) [ข้อ 2](2.md) [รายงาน](../report.md) [คำอธิบาย](../items/o1.md#ขอบเขต)
[เกี่ยวกับ](../../about.md) [ไฟล์](files/o1/structure.txt) [นอก](https://example.org/a) [ตาราง](../scores/) [หน้า](../oit/o1/) [ประเด็น](../issues/2/) [ภายใน](../issues/1/)
`{{ score("i2") }}`
--- content/frameworks/small.yaml (edit)
< id: small
> id: small-2568
<   o2: {id: service-guide, name: คู่มือบริการ, group: "3.1"}
>   o2: {id: service-guide, name: คู่มือบริการ, group: "3.1", elements: [{id: paper, text: กระดาษ}]}\n  o3: {id: gifts, name: ของขวัญ, group: "3.1"}\n  o4: {id: old, name: เลิกแล้ว, group: "3.1"}\n  o5: {id: merged, name: รวมแล้ว, group: "3.1", merged_into: service-guide}
--- content/2568/assessment.yaml (edit)
< framework: small
> framework: small-2568
< items: {o1: 100, o2: 100}
> items: {o1: 100, o2: 100, o3: 100, o4: 100, o5: 100}
--- content/frameworks/next.yaml
id: small-2569
fiscal_year: 2569
name: ชุดเกณฑ์ใหม่
instruments: [{id: IIT, name: คนใน}, {id: OIT, name: ข้อมูล}]
indicators: [{number: 1, name: การใช้ทรัพย์สิน, instrument: IIT}, {number: 3, name: การเปิดเผย, instrument: OIT}]
questions:
  i2: {text: เรียกรับสินบน, indicator: 1}
items:
  o1: {id: new, name: รายการใหม่}
  o2: {id: structure, name: โครงสร้าง, elements: [{id: chart, text: แผนภูมิ}]}
  o3: {id: gifts, name: ของขวัญ}
  o4: {id: service-guide, name: คู่มือบริการ, elements: [{id: paper, text: กระดาษ}]}
issues:
  - {number: 1, name: ภายใน, members: [i2, o2]}
  - {number: 2, name: เรื่องอื่น, members: [o4]}
"#,
    )
}

#[test]
fn a_new_year_is_a_draft_that_changes_no_page() {
    let folder = folder(&Site::sample());
    fine(folder.path(), "build");
    let public = tree(&folder.path().join("public"));
    let before = tree(&folder.path().join("content"));
    let out = fine(folder.path(), "new year 2569");
    let after = tree(&folder.path().join("content"));
    for (path, bytes) in &before {
        assert_eq!(after.get(path), Some(bytes), "{path}");
    }
    for path in after.keys().filter(|path| !before.contains_key(*path)) {
        assert!(out.contains(&format!("wrote content/{path}\n")), "{path}\n{out}");
    }
    no_errors(folder.path());
    let data = |tree: &BTreeMap<String, Vec<u8>>| tree.iter().filter(|(path, _)| path.starts_with("2568/")).count();
    assert_eq!(data(&tree(&folder.path().join("public"))), data(&public));
    assert!(!folder.path().join("public/2569").exists());
    assert!(fs::read_to_string(folder.path().join("content/2569/assessment.yaml")).unwrap().contains("\ndraft: true"));
}

#[test]
fn the_sample_s_next_year_has_its_measures_and_shows_what_was_renumbered() {
    let folder = folder(&Site::sample());
    let out = fine(folder.path(), "new year ๒๕๖๙ --lang th");
    let (old, new) = (edition(folder.path(), 2568), edition(folder.path(), 2569));
    assert_eq!(new.pack.id, "ita-2569");
    assert!(new.assessment.draft && new.assessment.figures.is_empty());
    assert_eq!(old.measures.len(), new.measures.len());
    for (old, new) in old.measures.iter().zip(&new.measures) {
        assert_eq!((old.issue, &old.id, &old.steps, &old.responsible), (new.issue, &new.id, &new.steps, &new.responsible));
        assert_eq!(old.method.as_ref().map(|m| &m.value), new.method.as_ref().map(|m| &m.value));
    }
    assert_eq!(new.items.len(), 1, "the commentary of o27 stands under its new code");
    assert_eq!(new.pack.items[*new.items.keys().next().unwrap()].id, "integrity-measures");
    let kept = fs::read_to_string(folder.path().join("content/2569/measures.yaml")).unwrap();
    assert!(refused(folder.path(), "new measure --issue 99 --method x").contains("`99`"), "rules without issues know none");
    assert_eq!(fs::read_to_string(folder.path().join("content/2569/measures.yaml")).unwrap(), kept);
    fine(folder.path(), &format!("new measure --issue {}", new.measures[0].issue));
    let more = fs::read_to_string(folder.path().join("content/2569/measures.yaml")).unwrap();
    assert!(more.strip_prefix(&kept).is_some_and(|more| more.contains("{from: 2569-10-01, to: 2570-09-30}")), "{more}");
    for row in [
        "  o27   o25   มาตรการส่งเสริม",
        "  –     o11   สรุปผลการจัดซื้อจัดจ้าง",
        "  o11   –     ข้อมูลสถิติการให้บริการ (รวมเข้ากับ o10",
        "ยังไม่มีข้อคำถามและประเด็น",
    ] {
        assert!(out.contains(row), "{row}\n{out}");
    }
}

#[test]
fn records_are_carried_by_their_lasting_id_to_be_looked_at_again() {
    let folder = folder(&rich());
    assert_eq!(run(folder.path(), "check").0, 0, "{:?}", found(folder.path()));
    let out = fine(folder.path(), "new year 2569");
    no_errors(folder.path());
    let new = edition(folder.path(), 2569);
    assert_eq!(new.pack.id, "small-2569");
    let records = &new.disclosures.as_ref().unwrap().records;
    let record = |code: &str| &records[&new.pack.items.iter().position(|item| item.code.to_string() == code).unwrap()];
    // The structure is o2 now.
    let structure = record("o2");
    assert_eq!((structure.status, structure.updated, structure.note.as_deref()), (Status::Partial, None, None));
    assert_eq!((structure.title.as_deref(), structure.owner.as_deref()), (Some("โครงสร้าง: ใหม่"), Some("สำนักปลัด")));
    assert!(structure.covers.is_none(), "which year it is about is for its author to say");
    assert_eq!(structure.review_by.as_ref().unwrap().value, Date::parse("2568-10-31").unwrap());
    let links: Vec<(Option<&str>, &str, &[String])> =
        structure.links.iter().map(|link| (link.title.as_deref(), link.url.value.as_str(), link.covers.as_slice())).collect();
    let chart = ["chart".to_owned()];
    assert_eq!(links, [(Some("แผนภูมิ"), "files/o1/structure.txt", &chart[..]), (None, "https://thotsop.example/structure", &[])]);
    assert!(structure.elements.is_empty(), "the new year asks for no such element");
    let guide = record("o4");
    assert_eq!((guide.status, guide.owner.as_deref()), (Status::Partial, Some("กองคลัง")));
    assert_eq!(guide.links[0].url.value, "2569/measures/");
    assert_eq!((guide.elements["paper"].met, guide.elements["paper"].note.as_deref()), (false, Some("รอข้อมูล")));
    assert_eq!(record("o3").status, Status::NotApplicable);
    assert_eq!(record("o1").status, Status::Unrecorded);
    let text = fs::read_to_string(folder.path().join("content/2569/disclosures.yaml")).unwrap();
    for line in [
        "# ยกมาจากปี 2568 (o1) ตรวจลิงก์ก่อนเผยแพร่\no2:",
        "รวม o5 รวมแล้ว",
        "ลิงก์เดิม: https://thotsop.example/merged",
        "ไม่มี o4 เลิกแล้ว",
        "ลิงก์เดิม: https://thotsop.example/gone",
        "หมายเหตุของปี 2568: ตรวจแล้ว",
        "# รายการใหม่ของปี 2569\no1:",
    ] {
        assert!(text.contains(line), "{line}\n{text}");
    }
    for row in [
        "  o1    o2    โครงสร้าง\n",
        "  o2    o4    ",
        "  o4    –     เลิกแล้ว (gone)",
        "  o5    –     รวมแล้ว (merged into o4",
        "  –     o1    รายการใหม่ (new)",
        "1 more keep their codes",
    ] {
        assert!(out.contains(row), "{row}\n{out}");
    }
}

#[test]
fn open_measures_are_carried_and_what_is_over_is_asked_for_anew() {
    let folder = folder(&rich());
    let out = fine(folder.path(), "new year 2569");
    let new = edition(folder.path(), 2569);
    let ids: Vec<&str> = new.measures.iter().map(|measure| measure.id.as_deref().unwrap()).collect();
    assert_eq!(ids, ["m1", "m2"], "what is done or dropped stays, and m5 belongs to an issue that is another one now");
    assert!(out.contains("measure m5 was not carried"), "{out}");
    let (first, second) = (&new.measures[0], &new.measures[1]);
    assert_eq!(first.method.as_ref().unwrap().value, "ก: ข");
    assert_eq!((first.steps.len(), first.steps[1].as_str()), (2, "แก้ไข #2"));
    assert_eq!(first.responsible, ["สำนักปลัด", "กองคลัง"]);
    assert!(first.period.is_none(), "last year's period is over");
    assert_eq!((second.status, second.progress.len()), (MeasureStatus::InProgress, 0));
    assert_eq!(second.period.as_ref().unwrap().to, Date::parse("2569-12-31"), "a period that reaches into the year goes on");
    let text = fs::read_to_string(folder.path().join("content/2569/measures.yaml")).unwrap();
    assert!(text.contains("เดิม: ตลอดปี 2567-10-01 ถึง 2568-09-30") && text.contains("ความคืบหน้าเดิม 1 ครั้ง"), "{text}");
}

#[test]
fn commentary_is_carried_as_a_draft_that_means_the_new_year() {
    let folder = folder(&rich());
    let out = fine(folder.path(), "new year 2569");
    assert!(out.contains("left in content/2568/") && out.contains("issues/2.md"), "{out}");
    // Links are changed; words are their author's, who is told which.
    assert!(out.contains("  content/2569/issues/1.md: o1 is o2 now, o4 is gone\n"), "{out}");
    let text = fs::read_to_string(folder.path().join("content/2569/issues/1.md")).unwrap();
    assert!(text.contains("\ndraft: true\ntitle: \"ภายใน: หนึ่ง\"\n---\n\n## ดีอยู่แล้ว\n"), "{text}");
    assert!(!text.contains("updated:"));
    for part in [
        "i2 ได้ `{{ score(\"i2\") }}` รายการ `{{ score(\"o2\") }}` หายไป {{ score(\"o4\", 2568) }} เฉลี่ย `{{ issue_mean() }}` ปีก่อน {{ score(\"i1\", 2568) }}",
        "[รายการ](o2:)",
        "[ในข้อความ](o2:#ขอบเขต)",
        "[ที่หาย](../../2568/oit/o4/)",
        "[ข้อ 2](../../2568/issues/2.md)",
        "[รายงาน](../report.md)",
        "[คำอธิบาย](../items/o2.md#ขอบเขต)",
        "[เกี่ยวกับ](../../about.md)",
        "[ไฟล์](files/o1/structure.txt)",
        "[นอก](https://example.org/a)",
        "[ตาราง](../scores/)",
        "[หน้า](../oit/o2/)",
        "[ประเด็น](../../2568/issues/2/)",
        "[ภายใน](../issues/1/)",
        "\n`{{ score(\"i2\") }}`\n",
    ] {
        assert!(text.contains(part), "{part}\n{text}");
    }
    let item = fs::read_to_string(folder.path().join("content/2569/items/o2.md")).unwrap();
    assert!(item.contains("draft: true") && item.contains("## ขอบเขต"));
    let empty = fs::read_to_string(folder.path().join("content/2569/issues/2.md")).unwrap();
    assert!(empty.contains("เรื่องอื่น") && empty.contains("draft: true"));
}

#[test]
fn a_year_without_rules_goes_by_the_newest_of_the_same_scheme() {
    let folder = folder(&Site::small());
    let out = fine(folder.path(), "new year 2570 --lang th");
    assert!(out.contains("ยังไม่มีชุดเกณฑ์ของปี 2570 จึงใช้ small"), "{out}");
    assert_eq!(edition(folder.path(), 2570).pack.id, "small");
    assert!(out.contains("รหัสของทุกรายการคงเดิม"), "{out}");
    assert_eq!(edition(folder.path(), 2570).issues.len(), 2);
    no_errors(folder.path());
    // The year before has none before it.
    let out = fine(folder.path(), "new year 2567");
    assert!(out.contains("no year before it"), "{out}");
    no_errors(folder.path());
}

#[test]
fn a_year_that_is_there_or_can_not_be_read_is_refused() {
    let folder = folder(&Site::small());
    assert!(refused(folder.path(), "new year 2568").contains("content/2568/"));
    assert!(refused(folder.path(), "new year 2025").contains("2568"));
    for wrong in ["68", "x", "25680"] {
        assert!(refused(folder.path(), &format!("new year {wrong}")).contains("four digits"), "{wrong}");
    }
    // A slip of a digit, in either era and either script.
    for (far, read) in
        [("2468", "`2468` is far"), ("๒๔๖๙", "`๒๔๖๙` is far"), ("1926", "`1926` (พ.ศ. 2469) is far"), ("2939", "`2939` is far")]
    {
        let told = refused(folder.path(), &format!("new year {far}"));
        assert!(told.contains(read) && told.contains("from 2540 to 2571") && told.contains("`prongsai new year 2569`"), "{far}: {told}");
    }
    fs::rename(folder.path().join("content/2568"), folder.path().join("content/๒๕๖๘")).unwrap();
    assert!(refused(folder.path(), "new year 2568").contains("content/๒๕๖๘/"));
    fs::write(folder.path().join("content/๒๕๖๘/measures.yaml"), "- issue: 9\n").unwrap();
    let told = refused(folder.path(), "new year 2569");
    assert!(told.contains("content/๒๕๖๘/measures.yaml") && told.contains("prongsai check"), "{told}");
}

#[test]
fn a_new_year_of_a_new_site_is_as_sound() {
    let folder = tempfile::tempdir().unwrap();
    fine(folder.path(), "init . --year 2566");
    for year in ["2567", "2568", "2569", "2570"] {
        fine(folder.path(), &format!("new year {year}"));
        assert_eq!(run(folder.path(), "check --drafts").0, 0, "{year}");
    }
    no_errors(folder.path());
    let text = fs::read_to_string(folder.path().join("content/2569/measures.yaml")).unwrap();
    assert!(text.starts_with("# yaml-language-server: $schema=../../schemas/measures.schema.json\n"), "{text}");
    fs::remove_dir_all(folder.path().join("schemas")).unwrap();
    fine(folder.path(), "new year 2571");
    let text = fs::read_to_string(folder.path().join("content/2571/measures.yaml")).unwrap();
    assert!(!text.starts_with("# yaml-language-server"), "a site without schemas has no line that leads to them");
}

#[test]
fn pages_items_and_issues_are_drafts_under_their_names() {
    let folder = folder(&Site::small().without("content/2568/issues/2.md"));
    let before = tree(&folder.path().join("content"));
    for (line, path) in [
        ("new page contact", "content/contact.md"),
        ("new page ติดต่อเรา.md", "content/ติดต่อเรา.md"),
        ("new item O๒", "content/2568/items/o2.md"),
        ("new issue ๒ --year 2025", "content/2568/issues/2.md"),
    ] {
        let out = fine(folder.path(), line);
        assert!(out.starts_with(&format!("wrote {path}\n")), "{out}");
        assert!(fs::read_to_string(folder.path().join(path)).unwrap().contains("\ndraft: true\n"));
        assert!(refused(folder.path(), line).contains("is there already"), "{line}");
    }
    no_errors(folder.path());
    assert!(run(folder.path(), "check --drafts").1.starts_with("no findings"));
    let after = tree(&folder.path().join("content"));
    assert!(before.iter().all(|(path, bytes)| after.get(path) == Some(bytes)) && after.len() == before.len() + 4);
    // Spelt in another way it is the same.
    fs::rename(folder.path().join("content/2568/items/o2.md"), folder.path().join("content/2568/items/๐๒.md")).unwrap();
    fs::rename(folder.path().join("content/contact.md"), folder.path().join("content/Contact.md")).unwrap();
    for line in ["new item o2", "new item 2", "new page contact"] {
        assert!(refused(folder.path(), line).contains("is there already"), "{line}");
    }
}

#[test]
fn what_is_unknown_is_refused_with_what_there_is() {
    let folder = folder(&Site::small());
    for (line, told) in [
        ("new item o9", "o1–o2"),
        ("new item x", "o1–o2"),
        ("new issue 9", "1, 2"),
        ("new issue x", "1, 2"),
        ("new issue 1 --year 2567", "there are: 2568"),
        ("new measure --issue 3", "1, 2"),
        ("new measure", "--issue"),
        ("new pack p --from smal", "Did you mean `small`?"),
        ("new pack ../p", "letters, digits and hyphens"),
        ("new pack small", "small.yaml"),
        ("new theme bsae.html", "Did you mean `base.html`?"),
        ("new theme ../site.yaml", "base.html"),
        ("new page search", "can't be the name"),
        ("new page 2569", "can't be the name"),
        ("new page CON", "can't be the name"),
        ("new page {{x}}", "{{x}}"),
        ("new page a/b", "can't hold"),
        ("new page ../a", "can't hold"),
        ("new page about", "is there already"),
        ("new page x --agency alpha", "one agency"),
        ("new nothing", "nothing"),
        ("new", "year"),
    ] {
        let said = refused(folder.path(), line);
        assert!(said.contains(told), "{line}: {said}");
    }
    let empty = tempfile::tempdir().unwrap();
    for line in ["new year 2569", "new page x", "new ci github", "new theme base.html"] {
        assert!(refused(empty.path(), line).contains("--site"), "{line}");
    }
}

#[test]
fn a_measure_is_added_to_the_end_and_nothing_else_changes() {
    const ONE: &str = "- issue: 1\n  id: m7\n  steps:\n    - |\n      ก\n\n";
    for (text, line) in [
        (None, "new measure"),
        (Some(String::new()), "new measure"),
        (Some("# หมายเหตุ\n".to_owned()), "new measure --issue ๑"),
        (Some(ONE.to_owned()), "new measure"),
        (Some(ONE.trim_end().to_owned()), "new measure --issue 1"),
        (Some(ONE.replace('\n', "\r\n")), "new measure"),
        (Some("\u{feff}  - issue: 1\n    id: m7\n  # ท้าย\n".to_owned()), "new measure --issue 2"),
    ] {
        let folder = folder(&Site::small().without("content/2568/measures.yaml"));
        let path = folder.path().join("content/2568/measures.yaml");
        if let Some(text) = &text {
            fs::write(&path, text).unwrap();
        }
        let old = edition(folder.path(), 2568).measures.len();
        let out = fine(folder.path(), line);
        let after = fs::read_to_string(&path).unwrap();
        assert!(after.starts_with(text.as_deref().unwrap_or_default()), "{after}");
        assert!(out.contains("content/2568/measures.yaml"), "{out}");
        assert!(!after.contains("\r\n") || !after.replace("\r\n", "").contains('\n'), "{after:?}");
        assert_eq!(edition(folder.path(), 2568).measures.len(), old, "nothing is published before it is filled in: {after}");
        let id = if text.as_ref().is_some_and(|text| text.contains("m7")) { "m8" } else { "m1" };
        assert!(out.contains(&format!("Measure {id} ")), "{out}");
        assert_eq!(run(folder.path(), "check").0, 0);
        // The comments are a measure as soon as they are none.
        let filled = uncommented(after.strip_prefix(text.as_deref().unwrap_or_default()).unwrap());
        fs::write(&path, format!("{}{filled}", text.as_deref().unwrap_or_default())).unwrap();
        let new = edition(folder.path(), 2568).measures;
        assert_eq!((new.len(), new.last().unwrap().id.as_deref()), (old + 1, Some(id)), "{filled}");
        assert_eq!(run(folder.path(), "check").0, 0);
        // And once more, with what it is about.
        let out = fine(folder.path(), "new measure --issue 1 --method จัดทำคู่มือ:#1");
        assert!(out.contains("fill in its steps"), "{out}");
        let new = edition(folder.path(), 2568).measures;
        assert_eq!((new.len(), new.last().unwrap().method.as_ref().unwrap().value.as_str()), (old + 2, "จัดทำคู่มือ:#1"));
    }
}

/// A file in which the lines of new measures are no comments any more: those below the word for them, up to an empty line.
fn uncommented(text: &str) -> String {
    let mut is_new = false;
    let mut line = |line: &str| {
        let is_head = line.contains("# มาตรการใหม่");
        is_new = is_head || (is_new && !line.trim().is_empty());
        match line.split_once("# ").filter(|(before, _)| is_new && !is_head && before.trim().is_empty()) {
            Some((before, rest)) => format!("{before}{rest}"),
            None => line.to_owned(),
        }
    };
    text.split_inclusive('\n').map(&mut line).collect()
}

#[test]
fn a_measure_that_is_only_begun_is_told_or_not_published() {
    let folder = folder(&Site::small().without("content/2568/measures.yaml"));
    let path = folder.path().join("content/2568/measures.yaml");
    // Two that wait in comments have an issue and an id each.
    for id in ["m1", "m2"] {
        assert!(fine(folder.path(), "new measure").contains(&format!("Measure {id} of issue {}", &id[1..])));
    }
    assert!(refused(folder.path(), "new measure").contains("--issue"), "each issue has one that waits");
    assert_eq!(run(folder.path(), "build").0, 0);
    let data = fs::read_to_string(folder.path().join("public/2568/data/measures.csv")).unwrap();
    assert_eq!(data.lines().count(), 1, "{data}");
    // Without its comments and not filled in it is published, and told.
    fs::write(&path, uncommented(&fs::read_to_string(&path).unwrap())).unwrap();
    assert_eq!(edition(folder.path(), 2568).measures.len(), 2);
    let told = found(folder.path());
    assert!(told.iter().filter(|found| found.starts_with("measure-period")).count() >= 2, "{told:?}");
    for wrong in ["...", "ก\u{202e}ข", &"ก".repeat(3_000)] {
        assert!(refused(folder.path(), &format!("new measure --issue 1 --method {wrong}")).contains("one line of text"), "{wrong}");
    }
}

#[test]
fn a_file_of_measures_that_can_not_be_added_to_is_left() {
    let folder = folder(&Site::small());
    let path = folder.path().join("content/2568/measures.yaml");
    for (text, told) in [
        ("[]\n", "between brackets"),
        ("[{issue: 1, method: ก}]\n", "between brackets"),
        ("- issue: 1\n  method: ก\n...\n", "`- issue:`"),
        ("- issue: 1\n  method: >\n    ก\n---\n", "prongsai check"),
        ("issue: 1\n", "prongsai check"),
        ("- issue: [\n", "prongsai check"),
    ] {
        fs::write(&path, text).unwrap();
        let said = refused(folder.path(), "new measure --issue 1");
        assert!(said.contains(told), "{text}: {said}");
    }
}

#[test]
fn the_site_of_several_agencies_is_asked_for_which() {
    let folder = folder(&Site::two());
    assert!(refused(folder.path(), "new year 2569").contains("alpha, เบต้า"));
    assert!(refused(folder.path(), "new year 2569 --agency alpa").contains("Did you mean `alpha`?"));
    assert!(refused(folder.path(), "new page x --agency ../alpha").contains("no agency"));
    let out = fine(folder.path(), "new year 2569 --agency เบต้า");
    assert!(out.starts_with("wrote content/เบต้า/2569/assessment.yaml\n"), "{out}");
    assert!(!folder.path().join("content/alpha/2569").exists());
    fine(folder.path(), "new --agency alpha measure --issue 1");
    fine(folder.path(), "new page contact --agency alpha");
    fine(folder.path(), "new pack small-2570");
    fine(folder.path(), "new pack own --agency alpha");
    fine(folder.path(), "new theme base.html");
    for path in
        ["content/alpha/contact.md", "content/frameworks/small-2570.yaml", "content/alpha/frameworks/own.yaml", "themes/default/base.html"]
    {
        assert!(folder.path().join(path).is_file(), "{path}");
    }
    no_errors(folder.path());
}

#[test]
fn a_copy_of_the_theme_changes_no_byte() {
    let folder = folder(&Site::small());
    fine(folder.path(), "build");
    let before = tree(&folder.path().join("public"));
    for file in ["base.html", "style.css", "search.js", "lists.js", "lists.css", "icon.svg", "strings/th.yaml", "strings/en.yaml"] {
        fine(folder.path(), &format!("new theme {file}"));
        assert!(folder.path().join("themes/default").join(file).is_file());
    }
    fine(folder.path(), "build");
    assert!(tree(&folder.path().join("public")) == before);
    assert!(refused(folder.path(), "new theme base.html").contains("is there already"));
}

#[test]
fn rules_are_copied_under_their_own_id_and_year() {
    let folder = folder(&Site::small());
    for line in ["new pack school-2570", "new pack mine --from ita-2567", "new pack other --from small"] {
        fine(folder.path(), line);
    }
    assert_eq!(run(folder.path(), "check --strict").0, 0, "{:?}", found(folder.path()));
    let text = fs::read_to_string(folder.path().join("content/frameworks/school-2570.yaml")).unwrap();
    assert!(text.contains("\nid: school-2570\nfiscal_year: 2570\n") && !text.contains("\nnational:"), "{text}");
    let text = fs::read_to_string(folder.path().join("content/frameworks/mine.yaml")).unwrap();
    assert!(text.contains("\nid: mine\nfiscal_year: 2567\n"), "{text}");
}

/// The measures of the only edition.
fn measures(ground: &Ground) -> Vec<(u32, Option<String>, Vec<String>)> {
    ground.source.editions[0].measures.iter().map(|m| (m.issue, m.id.clone(), m.steps.clone())).collect()
}

/// The small site with these measures, as `new` reads it.
fn ground(measures: &str) -> Ground {
    let site = Site::small().with("content/2568/measures.yaml", measures);
    let (mut shared, mut own) = (Files::new(), Files::new());
    for path in site.paths() {
        let files = if path.starts_with("content/frameworks/") { &mut shared } else { &mut own };
        if path.ends_with(".yaml") && path != "content/site.yaml" {
            files.insert(path.as_str().into(), Content::Text(site.text(&path).as_bytes().to_vec()));
        }
    }
    Ground::read("", shared, own)
}

proptest! {
    #[test]
    fn a_measure_is_added_to_any_text_or_the_text_is_refused(
        text in "((- issue: 1|- issue: 2|  id: m[0-9]|  method: ก|  steps: \\||    ข|\\[\\]|# ค|\\.\\.\\.|---|  - a| |\t|\"|\u{feff})(\n|\r\n|\r)){0,8}",
    ) {
        let before = ground(&text);
        let asked = measure::Asked { issue: Some("1"), method: Some("ก: ข"), year: None };
        let waits = measure::plan(&before, measure::Asked { method: None, ..asked });
        let Ok(plan) = measure::plan(&before, asked) else {
            prop_assert!(waits.is_err());
            return Ok(());
        };
        let waiting = waits.unwrap().added.unwrap().more;
        prop_assert_eq!(measures(&ground(&format!("{text}{waiting}"))), measures(&before));
        let added = plan.added.unwrap();
        prop_assert_eq!(&added.before, &text);
        let after = ground(&format!("{text}{}", added.more));
        let (old, new) = (measures(&before), measures(&after));
        prop_assert_eq!(&new[..new.len() - 1], &old[..]);
        prop_assert!(measure::plan(&after, asked).is_ok());
    }
}

proptest! {
    // Each case is a build.
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn any_title_is_a_page_or_refused(title in "\\PC{0,30}|[a-zA-Z.:/\\\\ ก-ฮ]{1,12}") {
        let Ok(plan) = page::plan(&ground(""), &title) else { return Ok(()) };
        let path = &plan.files[0].path;
        let name = path.strip_prefix("content/").unwrap().strip_suffix(".md").unwrap();
        prop_assert!(!name.is_empty() && !name.contains(['/', '\\', ':', '\n']) && !name.starts_with('.'));
        let site = Site::small().with(path, &plan.files[0].text.replace("draft: true", "draft: false"));
        prop_assert_eq!(site.build().errors(), Vec::<String>::new());
    }
}
