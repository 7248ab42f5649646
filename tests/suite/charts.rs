//! Charts that stand on the pages of an agency, each beside its figures: what is drawn where, what is said of it to those who do not see
//! it, and when nothing is drawn. The spread of many agencies is in `many`. Also what explains the figures: levels, the year before, terms.

use crate::html::{self, Element};
use crate::support::{Built, Site};
use crate::whole::assert_whole;

fn page(built: &Built, address: &str) -> Element {
    html::parse(built.page(address))
}

fn section(page: &Element, id: &str) -> Option<Element> {
    page.all("section").into_iter().find(|section| section.attribute("id") == Some(id)).cloned()
}

/// What a chart that stands alone says: its title, its description.
fn told(within: &Element) -> Vec<(String, String)> {
    let charts = within.all("svg").into_iter().filter(|svg| svg.attribute("role") == Some("img"));
    charts.map(|svg| (svg.first("title").unwrap().text(), svg.first("desc").unwrap().text())).collect()
}

fn whole(site: &Site) -> Built {
    let built = site.build();
    assert_eq!(built.errors(), Vec::<String>::new());
    assert_whole(&built);
    built
}

/// The small site with a year before, of another total and level.
fn two() -> Site {
    let earlier = "framework: small\nannounced: 2567-08-01\noverall: 91.75\nlevel: ผ่าน\ninstruments: {IIT: 90.00, EIT1: 92.5, OIT: 100}\n";
    Site::small().with("content/2567/assessment.yaml", earlier)
}

#[test]
fn states_of_items_are_one_bar_with_their_counts() {
    let built = Site::small().built();
    for address in ["", "2568/oit/"] {
        let page = page(&built, address);
        assert_eq!(told(&page), [("สถานะของข้อมูลสาธารณะ 2 รายการ".to_owned(), "ครบ 2".to_owned())], "{address}");
    }
    let missing = Site::small().replace(
        "content/2568/disclosures.yaml",
        "o2:\n  links:\n    - {title: มาตรการ, url: 2568/measures/}\n",
        "o2: {status: missing}\n",
    );
    let built = missing.build();
    assert_eq!(told(&page(&built, "2568/oit/"))[0].1, "ครบ 1, ยังไม่มี 1");
    let segments = page(&built, "2568/oit/").all("figure")[0].first("svg").unwrap().all("rect").len();
    assert_eq!(segments, 2);
}

#[test]
fn what_is_not_recorded_is_no_bar_and_what_does_not_apply_is_not_in_it() {
    let built = whole(&Site::small().without("content/2568/disclosures.yaml").without("content/2568/items/o1.md").replace(
        "content/2568/issues/2.md",
        "ดู[คำอธิบาย](../items/o1.md#ขอบเขต)และ",
        "ดู",
    ));
    assert!(told(&page(&built, "2568/oit/")).is_empty(), "nothing is said to be complete or not");
    let built = Site::small().with("content/2568/disclosures.yaml", "o1: {status: not-applicable}\no2: {status: partial}\n").build();
    let oit = page(&built, "2568/oit/");
    assert_eq!(told(&oit), [("สถานะของข้อมูลสาธารณะ 1 รายการ".to_owned(), "บางส่วน 1".to_owned())]);
    assert!(oit.text().contains("ไม่เกี่ยวข้อง 1 ไม่นับในแท่ง"), "{}", oit.text());
}

#[test]
fn groups_have_a_bar_each_where_there_are_several() {
    assert!(page(&Site::small().built(), "2568/oit/").all("table").len() == 1, "one group is the whole");
    let built = Site::sample().build();
    let oit = page(&built, "2568/oit/");
    let section = section(&oit, "s-complete");
    let unrecorded = built.rows("2568/data/disclosures.json").iter().all(|row| row["status"] == "unrecorded");
    assert_eq!(section.is_some(), !unrecorded);
    if let Some(section) = section {
        let table = section.first("table").unwrap();
        let counted: usize =
            table.first("tbody").unwrap().rows().iter().flat_map(|row| row.values()).filter_map(|cell| cell.parse::<usize>().ok()).sum();
        assert_eq!(counted, 28, "every item is counted in one column");
    }
}

#[test]
fn measures_with_days_have_bars_and_those_in_words_have_their_words() {
    let built = whole(&Site::small());
    let plan = section(&page(&built, "2568/measures/"), "s-plan").unwrap();
    let rows = plan.first("tbody").unwrap().all("tr");
    assert_eq!(rows.len(), 2);
    let bars: Vec<usize> = rows.iter().map(|row| row.all("td")[0].all("rect").len()).collect();
    assert_eq!(bars, [1, 0]);
    assert!(rows[0].text().contains("1 ต.ค. 2567 – 30 ก.ย. 2568 ตลอดปีงบประมาณ"), "{}", rows[0].text());
    assert!(rows[1].text().contains("ตลอดปี") && rows[1].text().contains("กำลังทำ"), "{}", rows[1].text());
    assert!(
        built.page("2568/measures/").contains("href=\"#s-measure-m1\"")
            || built.page("2568/measures/").contains("index.html#s-measure-m1\"")
    );
    // Words alone are no chart.
    let words =
        Site::small().replace("content/2568/measures.yaml", "{from: 2567-10-01, to: 2568-09-30, text: ตลอดปีงบประมาณ}", "ตลอดปีงบประมาณ");
    assert!(section(&page(&whole(&words), "2568/measures/"), "s-plan").is_none());
}

#[test]
fn progress_stands_on_its_day_and_a_reversed_period_has_no_bar() {
    let measures = "- issue: 1\n  method: ก\n  steps: [ข]\n  responsible: [ค]\n  period: {from: 2568-09-30, to: 2567-10-01}\n  progress: [{date: 2568-04-01, text: ทำแล้ว}]\n- issue: 2\n  method: ข\n  steps: [ข]\n  responsible: [ค]\n  period: {from: 2567-10-01}\n  status: done\n";
    let built = Site::small().with("content/2568/measures.yaml", measures).build();
    assert_eq!(built.errors(), Vec::<String>::new());
    let plan = section(&page(&built, "2568/measures/"), "s-plan").unwrap();
    let rows = plan.first("tbody").unwrap().all("tr");
    let marks = |row: usize, name: &str| rows[row].all("td")[0].all(name).len();
    assert_eq!((marks(0, "rect"), marks(0, "circle")), (0, 1));
    assert_eq!((marks(1, "rect"), marks(1, "circle")), (1, 0));
    assert!(rows[0].text().contains("30 ก.ย. 2568 – 1 ต.ค. 2567"), "its words stay as they are: {}", rows[0].text());
    assert!(rows[1].text().contains("ตั้งแต่ 1 ต.ค. 2567"), "{}", rows[1].text());
}

#[test]
fn figures_through_the_years_stand_on_one_axis() {
    let built = whole(&two());
    let charts = told(&page(&built, ""));
    let charts: Vec<&(String, String)> = charts.iter().filter(|(title, _)| title.contains("ปี 2567 ถึง 2568")).collect();
    let said: Vec<(&str, &str)> = charts.iter().map(|(title, desc)| (title.split(' ').next().unwrap(), desc.as_str())).collect();
    assert_eq!(
        said,
        [
            ("คะแนนรวม", "2567 91.75, 2568 95.2"),
            ("IIT", "2567 90.00, 2568 92.5"),
            ("EIT1", "2567 92.5, 2568 90"),
            ("OIT", "2567 100, 2568 100")
        ],
        "an instrument with one figure has no chart"
    );
    assert!(told(&page(&Site::small().built(), "")).iter().all(|(title, _)| !title.contains("ถึง")), "one year is no series");
}

#[test]
fn an_instrument_of_another_name_is_another_instrument() {
    let site = two();
    let pack = site.text("content/frameworks/small.yaml").replace("id: small\n", "id: other\n").replace("name: คนใน,", "name: อื่น,");
    let built = whole(&site.with("content/frameworks/other.yaml", &pack).replace(
        "content/2567/assessment.yaml",
        "framework: small",
        "framework: other",
    ));
    assert!(told(&page(&built, "")).iter().all(|(title, _)| !title.starts_with("IIT")));
}

#[test]
fn the_answer_tells_the_year_before_and_what_may_not_be_compared() {
    let built = whole(&two());
    for address in ["", "2568/"] {
        let text = page(&built, address).text();
        assert!(text.contains("คะแนนรวมเพิ่ม 3.45 จาก 91.75 ในปี 2567 และระดับเปลี่ยน"), "{address}: {text}");
        assert!(!text.contains("เทียบได้เพียงคร่าว ๆ"), "{address}: one pack, nothing to warn of");
    }
    let first = page(&built, "2567/").text();
    assert!(!first.contains("ในปี 2566") && !first.contains("คะแนนรวมเพิ่ม"), "nothing lies before the first year");
    // Another set of items is said to be one.
    let site = two();
    let pack = site.text("content/frameworks/small.yaml").replace("id: small\n", "id: other\n").replace("id: service-guide", "id: manual");
    let built = whole(&site.with("content/frameworks/other.yaml", &pack).replace(
        "content/2567/assessment.yaml",
        "framework: small",
        "framework: other",
    ));
    let text = page(&built, "").text();
    assert!(text.contains("แต่รายการข้อมูลของสองปีเป็นคนละชุด (2 กับ 2 รายการ) จึงเทียบได้เพียงคร่าว ๆ"), "{text}");
    // Without an earlier total there is no comparison.
    let built = whole(&two().replace("content/2567/assessment.yaml", "overall: 91.75\n", ""));
    assert!(!page(&built, "").text().contains("ในปี 2567 "));
}

#[test]
fn a_level_says_what_it_asks() {
    let built = Site::small().built();
    for address in ["", "2568/", "glossary/"] {
        assert!(page(&built, address).text().contains("ได้ 90 ขึ้นไปทั้งคะแนนรวมและทุกเครื่องมือ"), "{address}");
    }
    let english = Site::small().replace("content/site.yaml", "title: เว็บไซต์ทดสอบ\n", "title: ทดสอบ\nlanguage: en\ndigits: thai\n").built();
    assert!(page(&english, "").text().contains("๙๐ or more in the total and in every instrument"));
}

#[test]
fn an_edition_answers_first_what_will_be_done_and_where_the_documents_are() {
    let answer = |built: &Built| page(built, "2568/").all("p").iter().map(|one| one.text()).collect::<Vec<_>>().join("\n");
    // A day is said of all measures together, so each has to have one.
    let site = Site::small();
    let text = answer(&site.built());
    assert!(text.contains("จากผลนี้ หน่วยงานกำหนด 2 มาตรการ\nดูเอกสารที่ ข้อมูลสาธารณะ 2 รายการ\n"), "{text}");
    let text = answer(&site.clone().replace("content/2568/measures.yaml", "period: ตลอดปี\n", "period: {to: 2569-03-31}\n").built());
    assert!(text.contains("2 มาตรการ ภายใน 31 มีนาคม 2569\nดูเอกสารที่"), "{text}");
    let text = answer(&site.without("content/2568/measures.yaml").build());
    assert!(text.contains("ยังไม่มีมาตรการที่บันทึกไว้"), "{text}");
}

#[test]
fn the_front_page_explains_its_words_where_they_stand() {
    let built = Site::sample().build();
    let front = built.page("");
    for term in ["instrument", "threshold", "national", "lost", "weight", "measure", "item", "unrecorded"] {
        assert!(front.contains(&format!("glossary/index.html#s-{term}\"")), "{term}");
    }
}

#[test]
fn the_glossary_explains_the_terms_that_pages_lead_to() {
    let built = Site::small().built();
    let glossary = page(&built, "glossary/");
    let terms: Vec<String> = glossary.all("dt").iter().map(|term| term.text()).collect();
    for term in ["คนใน (IIT)", "ส่วนที่ 1 (EIT1)", "ผ่านดี", "ยังไม่ได้บันทึก Not recorded", "ค่าเฉลี่ย Mean"]
    {
        assert!(terms.iter().any(|own| own == term), "{term}: {terms:?}");
    }
    let ids: Vec<&str> = glossary.below().into_iter().filter_map(|element| element.attribute("id")).collect();
    for path in built.pages() {
        for link in html::parse(built.file(path)).all("a") {
            let target = link.attribute("href").unwrap_or_default();
            if let Some((_, anchor)) = target.split_once("glossary/index.html#") {
                assert!(ids.contains(&anchor), "{path}: {target}");
            }
        }
    }
    assert!(built.page("2568/").contains("../glossary/index.html#s-instrument\""));
    assert!(built.file("sitemap.xml").contains("/glossary/</loc>"));
}

#[test]
fn the_glossary_has_its_address_for_itself() {
    let built = Site::small().with("content/glossary.md", "คำ\n").build();
    assert!(built.findings().iter().any(|(code, ..)| *code == "route-collision"), "{:?}", built.findings());
}

#[test]
fn several_agencies_have_a_glossary_each_and_one_of_the_site() {
    let agency = |slug: &str| {
        format!(
            "--- content/{slug}/agency.yaml\nname: อบต.{slug}\n--- content/{slug}/2568/assessment.yaml\nframework: ita-2568\noverall: 90\n"
        )
    };
    let built = whole(&Site::new("--- content/site.yaml\ntitle: รวม\n").and(&agency("a")).and(&agency("b")));
    for address in ["glossary/", "a/glossary/"] {
        assert!(page(&built, address).text().contains("ผ่านดีเยี่ยม"), "{address}");
    }
    assert!(built.page("").contains("href=\"glossary/index.html\""));
    assert!(built.page("a/2568/").contains("href=\"../glossary/index.html"));
}

#[test]
fn the_text_of_a_drawing_holds_no_element() {
    let earlier = "framework: ita-2568\nannounced: 2567-08-01\noverall: 91.75\nlevel: ผ่านดี\n";
    let sample = || Site::sample().with("content/2567/assessment.yaml", earlier);
    let english = sample().replace("content/site.yaml", "language: th", "language: en");
    for site in [english, sample(), Site::two()] {
        let built = site.built();
        for path in built.pages() {
            for text in built.file(path).split("<text").skip(1).map(|rest| rest.split("</text>").next().unwrap()) {
                assert_eq!(text.matches('<').count(), 0, "{path}: {text}");
            }
        }
    }
}
