//! Findings over records: what must be told beyond the golden folders, and above all what must stay silent.

use crate::support::{Built, Site};

const AGENCY: &str = "content/agency.yaml";
const ASSESSMENT: &str = "content/2568/assessment.yaml";
const DISCLOSURES: &str = "content/2568/disclosures.yaml";
const MEASURES: &str = "content/2568/measures.yaml";
const PACK: &str = "content/frameworks/small.yaml";

/// Code and subject of each finding.
fn told(built: &Built) -> Vec<(&str, &str)> {
    built.findings.iter().map(|finding| (finding.code.name(), finding.subject.as_str())).collect()
}

#[track_caller]
fn assert_told(site: &Site, expected: &[(&str, &str)]) {
    let built = site.build();
    assert_eq!(told(&built), expected, "{:?}", built.findings());
}

/// The small site with records of its items in the place of its own.
fn disclosures(text: &str) -> Site {
    Site::small().with(DISCLOSURES, text)
}

/// The small site with measures of issue 1 in the place of its own, beside one of issue 2.
fn measures(text: &str) -> Site {
    let second = "- {issue: 2, method: เปิดช่องทาง, steps: เปิด, responsible: กองคลัง, period: ตลอดปี}\n";
    Site::small().with(MEASURES, &format!("{text}{second}"))
}

/// The small site whose agency says more of itself.
fn agency(lines: &str) -> Site {
    Site::small().replace(AGENCY, "kind: local", &format!("kind: local\n{lines}"))
}

/// Records of which o2 has this link.
fn linked(url: &str) -> String {
    format!("o1:\n  links: {{url: files/o1/structure.txt, covers: [chart]}}\no2:\n  links: {{title: คู่มือ, url: \"{url}\"}}\n")
}

#[test]
fn an_edition_without_records_of_items_says_nothing_of_them() {
    assert_told(&Site::small().without(DISCLOSURES), &[]);
    assert_told(&disclosures("o1: {status: unrecorded}\no2: {status: not-applicable}\n"), &[]);
    assert_told(
        &disclosures("o1: {status: unrecorded, review_by: 2560-01-01, links: [https://bit.ly/x]}\no2: {status: not-applicable}\n"),
        &[],
    );
}

#[test]
fn an_item_whose_year_no_source_tells_is_never_of_the_wrong_year() {
    // News, and an analysis of one year with measures for the next: nobody was found to say which year the item asks for.
    let built = Site::sample().with(DISCLOSURES, "o4: {covers: 2567, links: [https://phuphan.example/news]}\no27: {covers: 2567, links: [2568/measures/]}\no7: {covers: 2568, links: [https://phuphan.example/report]}\n").build();
    let stale: Vec<_> = told(&built).into_iter().filter(|(code, _)| *code == "stale-disclosure").collect();
    assert_eq!(stale, [("stale-disclosure", "2568/o7")]);
}

#[test]
fn an_empty_file_of_records_is_one_in_which_every_item_is_missing() {
    assert_told(&disclosures(""), &[("item-missing", "2568/o1"), ("item-missing", "2568/o2")]);
}

#[test]
fn scores_alone_lack_analysis_and_measures_and_nothing_of_items() {
    let site = Site::bare().without(DISCLOSURES).without(MEASURES);
    let expected = [
        ("missing-commentary", "2568/issue-1"),
        ("missing-commentary", "2568/issue-2"),
        ("missing-measure", "2568/issue-1"),
        ("missing-measure", "2568/issue-2"),
    ];
    assert_told(&site, &expected);
    assert_eq!(site.build().findings()[0].3, "content/2568/issues/1.md");
    assert_told(&site.with(ASSESSMENT, "framework: small\nannounced: 2568-08-01\n"), &[]);
}

#[test]
fn a_draft_is_no_missing_analysis() {
    let draft = Site::small().with("content/2568/issues/2.md", "---\ndraft: true\n---\nร่าง\n");
    assert_told(&draft, &[]);
    assert_told(&Site::small().with("content/2569/assessment.yaml", "framework: small\noverall: 90\ndraft: true\n"), &[]);
}

#[test]
fn a_file_with_an_error_is_not_said_to_lack_what_could_not_be_read() {
    assert_eq!(measures("- {issue: 7, method: ก}\n").build().codes(), ["unknown-issue"]);
    assert_eq!(Site::small().with(MEASURES, "- issue: 1\n  method: {ก: ข}\n").build().codes(), ["wrong-type"]);
    assert_eq!(disclosures("o1: {status: published, owner: [ก]}\n").build().codes(), ["wrong-type"]);
    let bytes = b"\xff\xfe\x01";
    for name in ["2", "๒"] {
        let site = Site::small().without("content/2568/issues/2.md").with_bytes(&format!("content/2568/issues/{name}.md"), bytes);
        assert_eq!(site.build().codes(), ["unreadable-file"], "{name}");
    }
}

#[test]
fn nothing_is_asked_by_an_unconfirmed_entry_of_a_pack() {
    let unsure = |from: &str, to: &str| Site::small().replace(PACK, from, to);
    let site = unsure("number: 2, name: ภายนอก,", "number: 2, name: ภายนอก, certainty: unconfirmed,");
    let first = "- {issue: 1, method: ก, steps: ข, responsible: ค, period: ง}\n";
    assert_told(&site.without("content/2568/issues/2.md").with(MEASURES, first), &[]);
    let item = |certainty: &str| unsure("name: โครงสร้าง,", &format!("name: โครงสร้าง, certainty: {certainty},"));
    let records = "o1:\n  links: files/o1/structure.txt\no2: {status: not-applicable}\n";
    assert_told(&item("unconfirmed").with(DISCLOSURES, records), &[]);
    assert_told(&item("derived").with(DISCLOSURES, records), &[("element-missing", "2568/o1")]);
    assert_told(&item("unconfirmed").with(DISCLOSURES, "o2: {status: not-applicable}\n"), &[]);
    // What an author says outright follows from no pack.
    let said = item("unconfirmed").with(DISCLOSURES, "o1: {status: missing}\no2: {status: not-applicable}\n");
    assert_told(&said, &[("item-missing", "2568/o1")]);
    for certainty in ["derived", "unconfirmed"] {
        let site = unsure("text: แผนภูมิ, certainty: confirmed", &format!("text: แผนภูมิ, certainty: {certainty}"));
        assert_told(&site.with(DISCLOSURES, records), &[]);
    }
}

#[test]
fn what_covers_an_element_is_evidence_of_it() {
    for record in ["elements: {chart: items/o1.md}", "elements: {chart: true}", "elements: {chart: {met: true, note: ก}}"] {
        let text = format!("o1:\n  links: files/o1/structure.txt\n  {record}\no2: {{status: not-applicable}}\n");
        assert_told(&disclosures(&text), &[]);
    }
}

#[test]
fn a_measure_is_no_copy_of_one_that_differs() {
    let one = |issue: u32, method: &str, steps: &str| {
        format!("- {{issue: {issue}, method: {method}, steps: {steps}, responsible: สำนักปลัด, period: ตลอดปี}}\n")
    };
    let first = one(1, "ปรับปรุง", "[สำรวจ, แก้ไข]");
    let duplicate = [("duplicate-measure", "2568/issue-1")];
    for copy in [one(1, "ปรับปรุง", "[สำรวจ, แก้ไข]"), one(1, "\"ปรับ ปรุง.\"", "[\"(สำรวจ)\", แก้ ไข]"), one(1, "ปรับปรุง", "สำรวจแก้ไข")]
    {
        assert_told(&measures(&format!("{first}{copy}")), &duplicate);
    }
    for other in [one(2, "ปรับปรุง", "[สำรวจ, แก้ไข]"), one(1, "ปรับปรุง", "[สำรวจ]"), one(1, "ปรับปรุงใหม่", "[สำรวจ, แก้ไข]")]
    {
        assert_told(&measures(&format!("{first}{other}")), &[]);
    }
    // Each copy is told, with the line of the first.
    let built = measures(&first.repeat(3)).build();
    let lines: Vec<(u32, String)> = built.findings.iter().map(|f| (f.start().line, f.data[0].1.to_string())).collect();
    assert_eq!(lines, [(2, "1".to_owned()), (3, "1".to_owned())]);
    // Measures that say nothing are no copies.
    assert_told(&measures(&"- {issue: 1, responsible: ก, period: ข}\n".repeat(2)), &[]);
}

#[test]
fn a_period_that_can_be_right_is_not_told() {
    let with = |period: &str| measures(&format!("- {{issue: 1, method: ก, steps: ข, responsible: ค, period: {period}}}\n"));
    // The result was announced on 1 August 2568.
    for fine in [
        "ตลอดปีงบประมาณ พ.ศ. ๒๕๖๗",
        "{from: 2567-10-01, to: 2568-09-30}",
        "{from: 2567-10-01, to: 2568-08-01}",
        "{from: 2569-01-01}",
        "{to: 2568-08-01}",
        "{from: 2568-10-01, to: 2568-10-01}",
        "{text: ทุกไตรมาส}",
    ] {
        assert_told(&with(fine), &[]);
    }
    for wrong in [
        "{from: 2566-10-01, to: 2568-07-31}",
        "{to: 2025-07-31}",
        "{from: 2568-10-02, to: 2568-10-01}",
        "\"\"",
        "{}",
        "null",
        "{text: \" \"}",
    ] {
        assert_told(&with(wrong), &[("measure-period", "2568/issue-1")]);
    }
    let unannounced = with("{to: 2560-01-01}").replace(ASSESSMENT, "announced: 2568-08-01\n", "");
    assert_told(&unannounced, &[]);
    for nobody in ["", "responsible: [], ", "responsible: \"\", "] {
        assert_told(&measures(&format!("- {{issue: 1, method: ก, steps: ข, {nobody}period: ค}}\n")), &[("measure-period", "2568/issue-1")]);
    }
}

#[test]
fn a_review_is_overdue_from_the_day_after() {
    let records = |day: &str| format!("{}  review_by: {day}\n", linked("https://thotsop.example/guide"));
    // Today is 1 September 2568.
    assert_told(&disclosures(&records("2568-09-01")), &[]);
    assert_told(&disclosures(&records("๒๕๖๘-๐๘-๓๑")), &[("stale-disclosure", "2568/o2")]);
    // The same item is recorded again in a later year.
    let later = |text: &str| {
        let site = disclosures(&records("2568-08-31")).with("content/2569/assessment.yaml", "framework: small\n");
        site.with("content/2569/disclosures.yaml", text)
    };
    assert_told(&later("o1: {status: unrecorded}\no2:\n  links: https://thotsop.example/guide\n"), &[]);
    assert_told(&later("o1: {status: unrecorded}\no2: {status: unrecorded}\n"), &[("stale-disclosure", "2568/o2")]);
}

#[test]
fn the_year_that_is_asked_for_depends_on_the_item() {
    let with = |data_year: &str, covers: &str| {
        Site::small()
            .replace(PACK, "name: คู่มือบริการ,", &format!("name: คู่มือบริการ, data_year: {data_year},"))
            .with(DISCLOSURES, &format!("{}  covers: {covers}\n", linked("https://thotsop.example/guide")))
    };
    let stale = [("stale-disclosure", "2568/o2")];
    for (data_year, fine) in [("current", "2568"), ("current", "2025"), ("previous", "๒๕๖๗")] {
        assert_told(&with(data_year, fine), &[]);
    }
    for (data_year, wrong) in [("current", "2567"), ("current", "2569"), ("previous", "2568"), ("previous", "2566")] {
        assert_told(&with(data_year, wrong), &stale);
    }
    for data_year in ["in-force", "multi-year", "unknown"] {
        assert_told(&with(data_year, "2560"), &[]);
    }
}

#[test]
fn evidence_may_lie_on_hosts_of_the_agency() {
    let off = [("link-off-host", "2568/o2")];
    let with = |lines: &str, url: &str| agency(lines).with(DISCLOSURES, &linked(url));
    assert_told(&with("", "https://Drive.Google.com:443/file"), &off);
    for own in ["drive.google.com", "[docs.google.com, DRIVE.google.com]", "\"https://drive.google.com/drive/folders/1\"", "google.com"] {
        assert_told(&with(&format!("evidence_hosts: {own}"), "https://drive.google.com/file"), &[]);
    }
    for other in ["docs.google.com", "\"\"", "com", "ive.google.com"] {
        assert_told(&with(&format!("evidence_hosts: {other}"), "https://drive.google.com/file"), &off);
    }
    let website = |url: &str| Site::small().replace(AGENCY, "https://thotsop.example/", url);
    let page = linked("https://m.facebook.com/thotsop/posts/1");
    assert_told(&website("https://www.facebook.com/thotsop").with(DISCLOSURES, &page), &[]);
    assert_told(&website("https://facebook.com.thotsop.example/").with(DISCLOSURES, &page), &off);
    // A page of contact is no evidence.
    assert_told(&agency("contact: {facebook: https://www.facebook.com/thotsop}"), &[]);
}

const ACCEPT: &str = "accept:\n  - {code: item-missing, where: 2568/o2, reason: ยังไม่มี}";

#[test]
fn an_acceptance_that_accepts_something_is_not_told() {
    let missing = "o1:\n  links: {url: files/o1/structure.txt, covers: [chart]}\n";
    for subject in ["2568/o2", "๒๕๖๘/o๒"] {
        let built = agency(&ACCEPT.replace("2568/o2", subject)).with(DISCLOSURES, missing).build();
        assert_eq!(told(&built), [("item-missing", "2568/o2")]);
        assert_eq!(built.findings[0].accepted.as_deref(), Some("ยังไม่มี"));
    }
    // The same entry twice is one too many, and yet none that does not occur.
    let twice = format!("{ACCEPT}\n  - {{code: item-missing, where: 2568/o2, reason: ซ้ำ}}");
    assert_told(&agency(&twice).with(DISCLOSURES, missing), &[("item-missing", "2568/o2")]);
}

#[test]
fn an_acceptance_that_can_t_be_judged_is_not_told() {
    // Told by another command.
    assert_told(&agency("accept: [{code: address-gone, where: about/, reason: ก}]"), &[]);
    // Left out as drafts: an edition, a commentary, a page.
    let draft = "content/2569/assessment.yaml";
    let edition = |year: u16| {
        agency(&format!("accept: [{{code: item-missing, where: {year}/o1, reason: ก}}]")).with(draft, "framework: small\ndraft: true\n")
    };
    assert_told(&edition(2569), &[]);
    assert_told(&edition(2570), &[("accept-unused", "2570/o1")]);
    let html = |subject: &str| agency(&format!("accept: [{{code: raw-html, where: {subject}, reason: ก}}]"));
    let text = "---\ndraft: true\n---\nก<br>ข\n";
    assert_told(&html("2568/issue-2").with("content/2568/issues/2.md", text), &[]);
    assert_told(&html("next/").with("content/next.md", text), &[]);
    assert_told(&html("2568/issue-1").with("content/2568/issues/2.md", text), &[("accept-unused", "2568/issue-1")]);
    // Where there is an error, what is found is not all that there is.
    assert_eq!(agency(ACCEPT).with(MEASURES, "- {}\n").build().codes(), ["missing-field"]);
}

#[test]
fn an_acceptance_of_an_unused_acceptance_is_one_like_any_other() {
    let also = format!("{ACCEPT}\n  - {{code: accept-unused, where: 2568/o2, reason: ปีหน้าจะใช้}}");
    let built = agency(&also).build();
    assert_eq!(told(&built), [("accept-unused", "2568/o2")]);
    assert_eq!(built.findings[0].accepted.as_deref(), Some("ปีหน้าจะใช้"));
    assert_told(&agency("accept: [{code: accept-unused, where: 2568/o9, reason: ก}]"), &[("accept-unused", "2568/o9")]);
}

#[test]
fn each_of_several_agencies_accepts_for_itself() {
    let missing = "o1:\n  links: {url: files/o1/structure.txt, covers: [chart]}\n";
    let site = Site::two().with("content/alpha/2568/disclosures.yaml", missing).with("content/เบต้า/2568/disclosures.yaml", missing);
    let built = site.replace("content/alpha/agency.yaml", "kind: local", &format!("kind: local\n{ACCEPT}")).build();
    let accepted: Vec<(&str, bool)> = built.findings.iter().map(|f| (&*f.agency, f.accepted.is_some())).collect();
    assert_eq!(accepted, [("alpha", true), ("เบต้า", false)]);
    // What another agency has is not found in this one.
    let other = Site::two().with("content/เบต้า/2568/disclosures.yaml", missing);
    let built = other.replace("content/alpha/agency.yaml", "kind: local", &format!("kind: local\n{ACCEPT}")).build();
    assert_eq!(told(&built), [("accept-unused", "2568/o2"), ("item-missing", "2568/o2")]);
}

#[test]
fn attachments_that_differ_in_more_than_capitals_are_two() {
    let site =
        Site::small().with("content/files/a/Plan.pdf", "ก").with("content/files/b/plan.pdf", "ข").with("content/files/a/plan.xlsx", "ค");
    assert!(!site.build().codes().contains(&"route-collision"));
    let built = Site::two().with("content/alpha/files/o1/STRUCTURE.txt", "ก").build();
    assert_eq!(told(&built), [("route-collision", "alpha/files/o1/structure.txt")]);
}
