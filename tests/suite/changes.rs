//! What changed between editions: figures that mean the same, items by their lasting ids, measures by what became of them, corrections. And
//! what may not be said: a change where a year has no record, or where two things share a name or a number alone.

use crate::html::{self, Element};
use crate::support::{Built, Site};
use crate::whole::assert_whole;
use crate::years;

const EARLIER: &str = "content/2567/assessment.yaml";

fn main(built: &Built) -> Element {
    html::parse(built.page("changes/"))
}

fn text(built: &Built) -> String {
    main(built).text()
}

/// The text of a section, empty where there is none.
fn section(built: &Built, id: &str) -> String {
    let page = main(built);
    page.all("section").into_iter().find(|section| section.attribute("id") == Some(id)).map(Element::text).unwrap_or_default()
}

/// The rows of a section as texts, those that head others begin with `#`.
fn rows(built: &Built, id: &str) -> Vec<String> {
    let page = main(built);
    let Some(section) = page.all("section").into_iter().find(|section| section.attribute("id") == Some(id)) else { return Vec::new() };
    let rows = section.all("tbody").into_iter().flat_map(|body| body.all("tr"));
    let cells = |row: &Element| row.children().map(Element::text).filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" ");
    rows.map(|row| if row.has_class("grp") { format!("# {}", row.text()) } else { cells(row) }).collect()
}

/// The small site with a year before: 2567, by the same pack.
fn two() -> Site {
    Site::small().with(
        EARLIER,
        "framework: small\nannounced: 2567-08-01\noverall: 91.75\nlevel: ผ่าน\ninstruments: {IIT: 90.00, EIT1: 92.5, OIT: 100}\nindicators: {1: 90, 3: 100}\n",
    )
}

/// A built site without an error, whole on every page.
fn whole(site: &Site) -> Built {
    let built = site.build();
    assert_eq!(built.errors(), Vec::<String>::new());
    assert_whole(&built);
    built
}

#[test]
fn one_year_says_that_there_is_none_to_compare() {
    let built = Site::small().built();
    assert!(text(&built).contains("เว็บไซต์นี้มีปีเดียว คือปี 2568 จึงยังไม่มีปีอื่นให้เทียบ"), "{}", text(&built));
    assert!(text(&built).contains("ตัวเลขของปี 2568 ยังไม่เคยแก้"));
    assert!(main(&built).all("table").is_empty());
    let english = Site::small().replace("content/site.yaml", "title: เว็บไซต์ทดสอบ\n", "title: ทดสอบ\nlanguage: en\n").built();
    assert!(text(&english).contains("This site has one year, 2568, so there is none to compare it with yet."));
}

#[test]
fn no_year_says_so_and_has_no_corrections() {
    let built = whole(&Site::new("--- content/site.yaml\ntitle: ก\n--- content/agency.yaml\nname: องค์การบริหารส่วนตำบลทดสอบ\n"));
    assert!(text(&built).contains("ยังไม่มีข้อมูลของปีใด"), "{}", text(&built));
    assert!(main(&built).all("section").is_empty());
}

#[test]
fn the_front_page_leads_there() {
    assert!(Site::small().built().page("").contains("href=\"changes/index.html\""));
    let many = Site::new("--- content/site.yaml\ntitle: รวม\n--- content/a/agency.yaml\nname: ก\n--- content/b/agency.yaml\nname: ข\n")
        .with("content/a/2568/assessment.yaml", "framework: ita-2568\noverall: 90\n");
    let built = whole(&many);
    assert!(built.page("a/").contains("href=\"changes/index.html\"") && built.has("b/changes/index.html"));
}

#[test]
fn the_heading_says_the_result() {
    let h1 = |site: Site| html::parse(whole(&site).page("changes/")).first("h1").unwrap().text();
    assert_eq!(h1(two()), "ปี 2567 ถึง 2568: คะแนนรวมเพิ่ม 3.45 และระดับเปลี่ยน");
    assert_eq!(h1(two().replace(EARLIER, "91.75", "95.20")), "ปี 2567 ถึง 2568: คะแนนรวมเท่าเดิม และระดับเปลี่ยน");
    assert_eq!(h1(two().replace(EARLIER, "91.75\nlevel: ผ่าน", "100\nlevel: ผ่านดี")), "ปี 2567 ถึง 2568: คะแนนรวมลด 4.8 ระดับเดิม");
    assert_eq!(h1(two().replace(EARLIER, "overall: 91.75\nlevel: ผ่าน\n", "")), "ปี 2567 ถึง 2568: อะไรเปลี่ยนระหว่างปี");
}

#[test]
fn figures_stand_side_by_side_with_their_difference() {
    let built = whole(&two());
    let rows = rows(&built, "s-scores-2568");
    let row = |begin: &str| rows.iter().find(|row| row.starts_with(begin)).cloned().unwrap_or_else(|| panic!("{begin}: {rows:#?}"));
    for (begin, end) in
        [("คะแนนรวม", "2567 91.75 2568 95.20 +3.45"), ("IIT", "2567 90.00 2568 92.50 +2.50"), ("EIT1", "2567 92.50 2568 90.00 −2.50")]
    {
        assert!(row(begin).ends_with(end), "{}", row(begin));
    }
    assert!(row("OIT").ends_with("2567 100.00 2568 100.00 0.00"), "no difference has no sign: {}", row("OIT"));
    // What one year alone published has no difference; what neither did has no row.
    assert!(row("EIT2").contains("ไม่ได้ประกาศ 2568 92.00"), "{}", row("EIT2"));
    assert!(!rows.iter().any(|row| row.starts_with("EIT ")), "{rows:#?}");
    assert!(row("1 ").ends_with("2567 90.00 2568 92.50 +2.50"), "{}", row("1 "));
    let section = section(&built, "s-scores-2568");
    assert!(section.contains("เครื่องมือและน้ำหนักเหมือนกันทั้งสองปี") && !section.contains("คร่าว"), "{section}");
}

/// The small pack under another id, for another year, with some of its text replaced.
fn other(changes: &[(&str, &str)]) -> Site {
    let mut pack = Site::small().text("content/frameworks/small.yaml").replace("id: small", "id: old");
    for (from, to) in changes {
        assert!(pack.contains(from), "{from}");
        pack = pack.replace(from, to);
    }
    two().with("content/frameworks/old.yaml", &pack).replace(EARLIER, "framework: small", "framework: old")
}

/// A number is no meaning: an indicator is compared with the one of its name.
#[test]
fn indicators_are_compared_by_name() {
    let built = whole(&other(&[("name: การใช้ทรัพย์สิน", "name: เรื่องอื่น")]));
    let section = section(&built, "s-scores-2568");
    assert!(section.contains("ตัวชี้วัดที่มีชื่อนี้เฉพาะปี 2567 จึงไม่เทียบ: เรื่องอื่น"), "{section}");
    assert!(section.contains("ตัวชี้วัดที่มีชื่อนี้เฉพาะปี 2568 จึงไม่เทียบ: การใช้ทรัพย์สิน"), "{section}");
    assert!(!rows(&built, "s-scores-2568").iter().any(|row| row.starts_with("1 ")), "{section}");
}

#[test]
fn what_may_not_be_compared_is_said() {
    let said = |site: Site| section(&whole(&site), "s-scores-2568");
    let weights = said(other(&[("weight: 40", "weight: 30"), ("weight: 20", "weight: 40")]));
    assert!(weights.contains("น้ำหนักของสองปีไม่เหมือนกัน คะแนนรวมจึงเทียบได้เพียงคร่าว ๆ"), "{weights}");
    let unknown = said(other(&[(", weight: 40", ""), (", weight: 20", "")]));
    assert!(unknown.contains("ไม่มีน้ำหนักของเครื่องมือครบทั้งสองปี"), "{unknown}");
    let items = said(other(&[("id: structure", "id: another")]));
    assert!(items.contains("รายการข้อมูลของสองปีเป็นคนละชุด (ปี 2567 มี 2 รายการ ปี 2568 มี 2 รายการ)"), "{items}");
    let scale =
        said(two().replace(EARLIER, "instruments: {IIT: 90.00, EIT1: 92.5, OIT: 100}", "scale: weighted\ninstruments: {IIT: 36.00}"));
    assert!(scale.contains("พิมพ์คนละหน่วย จึงไม่เทียบกัน") && !scale.contains("IIT"), "{scale}");
}

/// One axis serves all charts of the page, so it has lines only where every year has the same.
#[test]
fn lines_of_levels_are_drawn_where_all_years_have_them() {
    let same = whole(&two());
    assert!(text(&same).contains("เส้นทึบ 90") && !text(&same).contains("เกณฑ์ของระดับในสองปีนี้"));
    let differ = whole(&other(&[("total: 90, each: 90", "total: 95, each: 95")]));
    assert!(!text(&differ).contains("เส้นทึบ") && text(&differ).contains("เกณฑ์ของระดับในสองปีนี้ไม่เหมือนกัน"));
    let lines =
        |built: &Built| main(built).all("symbol").into_iter().find(|s| s.attribute("id") == Some("s-m-ax")).unwrap().all("line").len();
    assert_eq!((lines(&same), lines(&differ)), (3, 1));
}

/// The earlier year is a ring and the later one a dot, also where one of them is alone.
#[test]
fn a_figure_alone_keeps_its_mark() {
    let built = whole(&two().replace("content/2568/assessment.yaml", ", OIT: 100}", "}"));
    let page = main(&built);
    let marks = |code: &str| {
        let row = page.all("tr").into_iter().find(|row| row.text().starts_with(code)).unwrap();
        row.all("circle").into_iter().filter_map(|circle| circle.attribute("class").map(str::to_owned)).collect::<Vec<_>>()
    };
    assert_eq!((marks("OIT"), marks("EIT2"), marks("IIT")), (vec!["ring".into()], vec!["dot".into()], vec!["ring".into(), "dot".into()]));
}

#[test]
fn a_year_without_figures_is_compared_in_all_else() {
    let site = Site::small()
        .with("content/2569/assessment.yaml", "framework: small\n")
        .with("content/2569/measures.yaml", "- {issue: 1, id: m1, method: อื่น, steps: ก, responsible: ข, period: ตลอดปี}\n");
    let built = whole(&site);
    assert!(section(&built, "s-scores-2569").contains("ยังไม่มีคะแนนที่ประกาศของปี 2569 จึงไม่เทียบคะแนน"));
    assert!(rows(&built, "s-scores-2569").is_empty());
    assert!(rows(&built, "s-measures-2569").iter().any(|row| row.contains("ทำต่อในปี 2569 1 มาตรการ")));
    assert!(rows(&built, "s-items-2569").contains(&"# เลขเดิม 2 รายการ".to_owned()));
    assert!(text(&built).contains("ตัวเลขของปี 2568 ยังไม่เคยแก้"), "2569 has no figure that could be corrected");
}

#[test]
fn a_draft_is_compared_only_where_drafts_are_asked_for() {
    let site = Site::small().with("content/2569/assessment.yaml", "framework: small\ndraft: true\noverall: 90\n");
    assert!(text(&site.built()).contains("เว็บไซต์นี้มีปีเดียว คือปี 2568"));
    let drafts = site.drafts().build();
    assert_whole(&drafts);
    assert!(section(&drafts, "s-scores-2569").contains("ปี 2569 (ฉบับร่าง)"), "{}", section(&drafts, "s-scores-2569"));
}

#[test]
fn every_pair_of_years_is_there_newest_first() {
    let built = whole(&years::six());
    let page = main(&built);
    let ids: Vec<&str> = page.all("section").iter().filter_map(|s| s.attribute("id")).filter(|id| id.starts_with("s-scores-")).collect();
    assert_eq!(ids, ["s-scores-2569", "s-scores-2568", "s-scores-2567", "s-scores-2566", "s-scores-2565"]);
    assert!(section(&built, "s-corrections").contains("ตัวเลขของปี 2569, 2568, 2567, 2566, 2565, 2564 ยังไม่เคยแก้"));
}

/// o12 of 2567 is another thing than o12 of 2568; what was taken in names its new home.
#[test]
fn items_are_followed_by_their_lasting_ids() {
    let built = whole(&years::six());
    let rows = rows(&built, "s-items-2568");
    let fate = |row: &str| {
        let at = rows.iter().position(|one| one.contains(row)).unwrap_or_else(|| panic!("{row}: {rows:#?}"));
        rows[..at].iter().rev().find(|one| one.starts_with("# ")).unwrap().clone()
    };
    assert_eq!(fate("อำนาจหน้าที่ ปี 2567 o3 ปี 2568 o1"), "# รวมเข้ากับรายการอื่น 5 รายการ");
    assert_eq!(fate("ข่าวประชาสัมพันธ์ ปี 2567 o5 ปี 2568 o4"), "# เลขเปลี่ยน 26 รายการ");
    assert_eq!(fate("รายงานผลตามนโยบาย No Gift Policy ปี 2567 o28 ปี 2568 ไม่มี"), "# ไม่มีในเกณฑ์ของปี 2568 ที่เว็บไซต์นี้มี 2 รายการ");
    assert_eq!(fate("ข้อมูลผู้บริหาร ปี 2567 o2 ปี 2568 o2"), "# เลขเดิม 2 รายการ");
    let page = built.page("changes/");
    assert!(page.contains("href=\"../items/duties-and-powers/index.html\"") && page.contains("href=\"../items/news/index.html\""));
    // Taken in over a gap of years, in which no pack has it.
    let later = self::rows(&built, "s-items-2566");
    assert!(later.iter().any(|row| row.contains("รายการเก่า ปี 2565 o33 ปี 2566 o")), "{later:#?}");
}

#[test]
fn items_that_took_in_one_another_end_somewhere() {
    let own = "id: own\nfiscal_year: 2566\nname: ก\nitems:\n  o1: {id: a, name: เอ, merged_into: b}\n  o2: {id: b, name: บี, merged_into: a}\n  o3: {id: c, name: ซี, merged_into: c}\n";
    let site = two().with("content/frameworks/own.yaml", own).with(EARLIER, "framework: own\noverall: 90\n");
    let built = whole(&site);
    assert!(rows(&built, "s-items-2568").iter().any(|row| row.starts_with("# ไม่มีในเกณฑ์ของปี 2568") && row.contains("3 รายการ")));
}

#[test]
fn a_changed_status_is_told_and_one_without_record_is_not() {
    let site = two();
    let unrecorded = whole(&site);
    assert!(section(&unrecorded, "s-items-2568").contains("ยังไม่ได้บันทึกเอกสารของปี 2567 จึงไม่เทียบสถานะ"));
    assert!(!section(&unrecorded, "s-items-2568").contains("สถานะปี 2567:"));
    let built = whole(&site.with(
        "content/2567/disclosures.yaml",
        "o1: {status: partial, links: \"https://thotsop.example/a\"}\no2: {links: \"https://thotsop.example/b\"}\n",
    ));
    let section = section(&built, "s-items-2568");
    assert!(section.contains("สถานะปี 2567: บางส่วน ปี 2568: ครบ") && section.contains("ต่างกัน 1 รายการ"), "{section}");
    assert_eq!(section.matches("สถานะปี").count(), 1);
}

const MEASURES: &str = "\
- {issue: 1, id: m1, method: ชื่อเดิม, steps: ก, responsible: สำนักปลัด, period: ตลอดปี, status: in-progress}
- {issue: 2, method: เปิด ช่องทางใหม่, steps: ก, responsible: กองคลัง, period: ตลอดปี, status: done}
- {issue: 1, method: เปิดช่องทางใหม่, steps: ก, responsible: กองช่าง, period: ตลอดปี}
- {issue: 2, method: จบแล้ว, steps: ก, responsible: กองคลัง, period: ตลอดปี, status: done, closed: {date: 2567-09-01, reason: ครบทุกข้อ}}
- {issue: 2, method: เลิกทำ, steps: ก, responsible: กองคลัง, period: ตลอดปี, status: dropped, closed: {reason: งบประมาณไม่พอ}}
";

#[test]
fn measures_are_told_by_what_became_of_them() {
    let site = two()
        .with("content/2567/measures.yaml", MEASURES)
        .and("--- content/2568/measures.yaml (edit)\n< - issue: 2\n> - {issue: 2, id: m9, method: เริ่มใหม่, steps: ก, responsible: กองช่าง, period: ตลอดปี}\\n- issue: 2\n");
    let built = whole(&site);
    let rows = rows(&built, "s-measures-2568");
    let expected = [
        "# ทำต่อในปี 2568 2 มาตรการ",
        // By its id, whatever it is called now; by issue and method, whatever the spaces are.
        "ปรับปรุงการทำงาน สถานะปี 2567: กำลังทำ ปี 2568: วางแผนแล้ว ผู้รับผิดชอบ สำนักปลัด",
        "เปิดช่องทางใหม่ สถานะปี 2567: เสร็จแล้ว ปี 2568: กำลังทำ ผู้รับผิดชอบ กองคลัง",
        "# เสร็จแล้วในปี 2567 1 มาตรการ",
        "จบแล้ว ปิดเมื่อ 1 ก.ย. 2567 ครบทุกข้อ ผู้รับผิดชอบ กองคลัง",
        "# ยกเลิกในปี 2567 1 มาตรการ",
        "เลิกทำ งบประมาณไม่พอ ผู้รับผิดชอบ กองคลัง",
        // The same method in another issue is another measure.
        "# ยังไม่มีบันทึกในปี 2568 ว่าทำต่อหรือปิดแล้ว 1 มาตรการ",
        "เปิดช่องทางใหม่ ผู้รับผิดชอบ กองช่าง",
        "# เริ่มในปี 2568 1 มาตรการ",
        "เริ่มใหม่ ประเด็น 2 ผู้รับผิดชอบ กองช่าง",
    ];
    assert_eq!(rows, expected);
    let section = section(&built, "s-measures-2568");
    assert!(section.contains("ปี 2567 มี 5 มาตรการ ทำต่อ 2 เสร็จแล้ว 1 ยกเลิก 1 ยังไม่มีบันทึกต่อ 1 ปี 2568 เริ่มใหม่ 1"), "{section}");
}

/// A year without a record of measures has not dropped them, and not begun those of the next.
#[test]
fn measures_without_a_record_of_both_years_are_not_compared() {
    let built = whole(&two());
    assert!(section(&built, "s-measures-2568").contains("ไม่มีมาตรการที่บันทึกไว้ของปี 2567 จึงไม่เทียบมาตรการ"));
    assert!(rows(&built, "s-measures-2568").is_empty());
}

/// Two measures with ids of their own are two, even where they say the same.
#[test]
fn another_id_is_another_measure() {
    let measure = |id: &str| format!("- {{issue: 1, id: {id}, method: อบรม, steps: ก, responsible: ข, period: ตลอดปี}}\n");
    let site = two().with("content/2567/measures.yaml", &measure("a")).with("content/2568/measures.yaml", &measure("b"));
    let built = site.build();
    let rows = rows(&built, "s-measures-2568");
    assert!(rows[0].starts_with("# ยังไม่มีบันทึก") && rows[2].starts_with("# เริ่มในปี 2568"), "{rows:#?}");
}

#[test]
fn corrections_say_was_now_why_and_when() {
    let site = two().and("--- content/2567/assessment.yaml (edit)\n< overall: 91.75\n> corrections:\\n  - {date: 2567-08-20, code: \"1\", was: 89.00, now: 90, reason: พิมพ์สลับหลัก}\\n  - {code: overall, was: ผ่านดี, now: ผ่าน}\\noverall: 91.75\n");
    let built = whole(&site);
    let section = section(&built, "s-corrections");
    assert!(section.contains("ตัวเลข 1 ของปี 2567เดิม 89.00 แก้เป็น 90พิมพ์สลับหลักแก้เมื่อ 20 สิงหาคม 2567"), "{section}");
    assert!(section.contains("คะแนนรวมหรือระดับของปี 2567เดิม ผ่านดี แก้เป็น ผ่าน"), "{section}");
    assert!(section.contains("ตัวเลขของปี 2568 ยังไม่เคยแก้"), "{section}");
}

#[test]
fn the_page_speaks_english_and_counts_in_thai_digits() {
    let english = two().with("content/2567/measures.yaml", MEASURES).replace(
        "content/site.yaml",
        "title: เว็บไซต์ทดสอบ\n",
        "title: ทดสอบ\nlanguage: en\ndigits: thai\n",
    );
    let built = whole(&english);
    assert_eq!(main(&built).first("h1").unwrap().text(), "๒๕๖๗ to ๒๕๖๘: total up ๓.๔๕ and another level");
    let told = text(&built);
    assert!(told.contains("Carried on in ๒๕๖๘: ๒") && told.contains("Status in ๒๕๖๗: in progress; in ๒๕๖๘: planned"), "{told}");
}

/// A name in a template may hide one of the page's own: then every such page would call itself a draft.
#[test]
fn no_page_of_a_site_without_drafts_is_called_one() {
    for site in [Site::sample(), Site::small(), Site::two(), two()] {
        let built = site.built();
        let called: Vec<&str> = built.pages().into_iter().filter(|path| built.file(path).contains("ฉบับร่าง")).collect();
        assert!(called.is_empty(), "{called:?}");
    }
}
