//! Years and layers: what is not known of a year is left out and said, whatever it is; and an item is one through all years.

use prongsai::framework::{Packs, builtin};

use crate::html;
use crate::support::{Built, Site};
use crate::whole::assert_whole;

const PACK: &str = "content/frameworks/small.yaml";

/// One agency with built-in packs.
fn agency() -> Site {
    Site::new("--- content/site.yaml\ntitle: ทดสอบ\n--- content/agency.yaml\nname: องค์การบริหารส่วนตำบลทดสอบ\n")
}

fn text(built: &Built, address: &str) -> String {
    html::parse(built.page(address)).text()
}

/// A layer, what differs in the small site without it, the pages that are then not there, and the sentence that says so.
type Layer = (&'static str, fn(Site) -> Site, &'static [&'static str], &'static str);

/// The small site's pack without a part of its text.
fn cut(site: Site, from: &str, to: &str) -> Site {
    let pack = site.text(PACK);
    let start = pack.find(from).unwrap_or_else(|| panic!("no {from}"));
    let end = if to.is_empty() { pack.len() } else { start + pack[start..].find(to).unwrap() };
    let pack = format!("{}{}", &pack[..start], &pack[end..]);
    site.with(PACK, &pack)
}

const ASSESSMENT: &str = "content/2568/assessment.yaml";

fn assessment(site: Site, rest: &str) -> Site {
    site.with(ASSESSMENT, &format!("framework: small\n{rest}"))
}

/// Nothing that names a member or an issue.
fn plain(site: Site) -> Site {
    ["2568/issues/1.md", "2568/issues/2.md", "2568/report.md", "about.md"]
        .iter()
        .fold(site, |site, path| site.without(&format!("content/{path}")))
}

fn without_items(site: Site) -> Site {
    let site = plain(site).without("content/2568/items/o1.md").without("content/2568/disclosures.yaml");
    cut(site, "items:\n", "issues:").replace(PACK, ", o1]", "]").replace(PACK, ", o2]", "]")
}

fn without_questions(site: Site) -> Site {
    cut(plain(site), "questions:\n", "items:").replace(PACK, "i1, i2, i3, i4, ", "").replace(PACK, "e1, ", "")
}

fn bare_pack(site: Site) -> Site {
    let site = plain(site).without("content/2568/items/o1.md").without("content/2568/disclosures.yaml");
    assessment(site.with(PACK, "id: small\nfiscal_year: 2568\nname: เปล่า\n"), "overall: 80\n")
}

const LAYERS: &[Layer] = &[
    (
        "instruments",
        |site| {
            let site = plain(site).with(PACK, "id: small\nfiscal_year: 2568\nname: ย่อ\nitems:\n  o1: {id: structure, name: โครงสร้าง}\n  o2: {id: service-guide, name: คู่มือ}\nissues:\n  - {number: 1, name: ภายใน, members: [o1]}\n  - {number: 2, name: ภายนอก, members: [o2]}\n");
            assessment(site, "overall: 95.2\nitems: {o1: 100}\n").replace("content/2568/disclosures.yaml", ", covers: [chart]", "")
        },
        &[],
        "ไม่มีรายชื่อเครื่องมือ",
    ),
    (
        "indicators",
        |site| {
            let site = without_questions(cut(site, "indicators:\n", "questions:"));
            let site = site.replace(PACK, ", group: \"3.1\"", "");
            assessment(site, "overall: 95.2\ninstruments: {IIT: 92.5, EIT1: 90, EIT2: 92, OIT: 100}\nitems: {o1: 100}\n")
        },
        &[],
        "ไม่มีรายชื่อตัวชี้วัด",
    ),
    (
        "groups",
        |site| site.replace(PACK, ", groups: [{id: \"3.1\", name: ข้อมูลพื้นฐาน}]", "").replace(PACK, "group: \"3.1\"", "indicator: 3"),
        &[],
        "",
    ),
    (
        "questions",
        |site| {
            assessment(
                without_questions(site),
                "overall: 95.2\ninstruments: {IIT: 92.5, EIT1: 90, EIT2: 92, OIT: 100}\nindicators: {1: 92.50, 2: 91, 3: 100}\nitems: {o1: 100, o2: 100}\n",
            )
        },
        &[],
        "ไม่มีข้อคำถาม",
    ),
    (
        "items",
        |site| {
            assessment(
                without_items(site),
                "overall: 95.2\ninstruments: {IIT: 92.5, OIT: 100}\nindicators: {1: 92.50}\nquestions: {i1: 90}\n",
            )
        },
        &["2568/oit/", "items/"],
        "ไม่มีรายการข้อมูลสาธารณะ",
    ),
    ("issues", |site| cut(plain(site), "issues:\n", "levels:"), &["2568/issues/"], "ไม่มีรายชื่อประเด็น"),
    ("levels", |site| cut(site, "levels:\n", ""), &[], "ไม่มีเกณฑ์ของระดับ"),
    (
        "weights",
        |site| site.replace(PACK, ", weight: 40", "").replace(PACK, ", weight: 20", ""),
        &[],
        "ไม่มีน้ำหนักของเครื่องมือ จึงไม่คำนวณคะแนนรวม",
    ),
    ("measures", |site| site.without("content/2568/measures.yaml"), &[], ""),
    ("disclosures", |site| site.without("content/2568/disclosures.yaml"), &[], ""),
    ("figures", |site| assessment(plain(site), "announced: 2568-08-01\n"), &[], "ปีนี้ยังไม่มีคะแนนที่ประกาศ"),
    ("all but a name", bare_pack, &["2568/oit/", "2568/issues/", "items/"], "ไม่มีรายชื่อเครื่องมือ"),
];

#[test]
fn each_layer_may_be_missing() {
    let whole = Site::small().built();
    for (name, change, gone, sentence) in LAYERS {
        let built = change(Site::small()).build();
        assert_eq!(built.wrong(), [], "{name}");
        assert_whole(&built);
        for page in whole.pages() {
            let address = page.strip_suffix("index.html").unwrap_or(page);
            let may_miss = address == "about/" || gone.iter().any(|gone| address.starts_with(gone) && (gone.ends_with('/')));
            assert!(built.has(page) || may_miss, "{name}: {page} is not there");
        }
        for address in *gone {
            assert!(!built.has(&format!("{address}index.html")), "{name}: {address} is there");
        }
        assert!(text(&built, "2568/").contains(sentence), "{name}: {}", text(&built, "2568/"));
    }
}

#[test]
fn a_whole_pack_has_nothing_to_say_of_itself() {
    for address in ["2568/", "2568/scores/", "2568/oit/", "2568/oit/o1/"] {
        assert!(!text(&Site::small().built(), address).contains("เกณฑ์ของปีนี้"), "{address}");
    }
    for address in ["2568/", "2568/scores/", "2568/oit/", "2568/oit/o1/"] {
        assert!(!text(&Site::sample().built(), address).contains("ยังไม่ยืนยันและอาจไม่ครบ"), "{address}");
    }
}

fn packs() -> Packs {
    let findings: Vec<_> = builtin::findings().collect();
    assert!(findings.is_empty(), "{findings:?}");
    Packs::default()
}

/// Addresses are made of these ids and records name these elements: renaming one breaks links and files of authors.
#[test]
fn lasting_ids_stay() {
    let mut lines = Vec::new();
    for id in packs().ids() {
        for item in &packs().get(id).unwrap().items {
            let elements: String = item.elements.iter().map(|element| format!(" {}", element.id)).collect();
            lines.push(format!("{id} {} {}{elements}", item.code, item.id));
        }
    }
    let recorded: Vec<&str> = include_str!("../fixtures/lasting-ids.txt").lines().collect();
    let lost: Vec<&&str> = recorded.iter().filter(|line| !lines.iter().any(|now| now == *line)).collect();
    assert!(lost.is_empty(), "renamed or gone: {lost:#?}");
    assert_eq!(lines.len(), recorded.len(), "record new items in tests/fixtures/lasting-ids.txt");
}

/// What a pack cites is among its sources, and what took an item in is an item of some year.
#[test]
fn references_inside_packs_lead_somewhere() {
    let packs = packs();
    let all: Vec<_> = packs.ids().into_iter().map(|id| packs.get(id).unwrap()).collect();
    for pack in &all {
        let standings = pack.instruments.iter().map(|i| &i.standing);
        let standings = standings.chain(pack.indicators.iter().map(|i| &i.standing)).chain(pack.items.iter().map(|i| &i.standing));
        let standings = standings.chain(pack.indicators.iter().flat_map(|i| &i.groups).map(|g| &g.standing));
        for standing in standings.chain(pack.levels.iter().map(|l| &l.standing)) {
            assert!(standing.certainty.is_some(), "{}: an entry without certainty", pack.id);
            for source in &standing.sources {
                assert!(pack.source(source).is_some(), "{} cites {source}", pack.id);
            }
        }
        for item in &pack.items {
            let Some(into) = &item.merged_into else { continue };
            let taken = |other: &&&std::sync::Arc<prongsai::framework::Pack>| {
                other.fiscal_year > pack.fiscal_year && other.items.iter().any(|one| one.id == *into)
            };
            assert!(all.iter().find(taken).is_some(), "{}: {into}", pack.id);
        }
    }
}

fn year(site: Site, year: u16, assessment: &str) -> Site {
    site.with(&format!("content/{year}/assessment.yaml"), assessment)
}

fn assert_nothing_wrong(built: &Built) {
    assert_eq!(built.wrong(), []);
}

const PARTIAL: &[(u16, &str, &str, &str)] = &[
    (2566, "o1", "สรุปจากหลายแหล่ง", "drawn from several sources"),
    (2567, "o5", "ยังไม่ยืนยันและอาจไม่ครบ", "unconfirmed and may be incomplete"),
    (2569, "o2", "ยังไม่ยืนยันและอาจไม่ครบ", "unconfirmed and may be incomplete"),
];

#[test]
fn a_partial_pack_says_so_on_its_pages_in_both_languages() {
    for (y, item, thai, english) in PARTIAL {
        let site = year(agency(), *y, &format!("framework: ita-{y}\noverall: 90\nitems: {{{item}: 100}}\n"));
        for (site, sentence) in
            [(site.clone(), thai), (site.clone().replace("content/site.yaml", "ทดสอบ\n", "ทดสอบ\nlanguage: en\n"), english)]
        {
            let built = site.build();
            assert_nothing_wrong(&built);
            assert_whole(&built);
            for page in ["", "scores/", "oit/"] {
                let address = format!("{y}/{page}");
                assert!(text(&built, &address).contains(sentence), "{address}: {}", text(&built, &address));
                assert!(built.page(&address).contains("#s-known\""), "{address} leads to what is known");
            }
        }
        let built = site.build();
        let overview = html::parse(built.page(&format!("{y}/")));
        assert!(overview.all("section").iter().any(|s| s.attribute("id") == Some("s-known") && s.text().contains("ที่มา:")), "{y}");
        let shown = text(&built, &format!("{y}/oit/{item}/"));
        let known = ["ยังไม่ยืนยัน", "ยังไม่ได้เทียบกับคู่มือ", "แต่เกณฑ์ของปีนี้ยังรู้ไม่ครบ"];
        assert!(known.iter().any(|sentence| shown.contains(sentence)), "{y}/{item}: {shown}");
    }
}

/// The front page and the scores promise nothing that the pack does not have.
#[test]
fn a_partial_pack_is_not_praised_on_the_front_page() {
    let built = year(agency(), 2569, "framework: ita-2569\noverall: 90\n").built();
    let front = text(&built, "");
    assert!(front.contains("ไม่มีน้ำหนักของเครื่องมือ จึงไม่คำนวณคะแนนรวม"), "{front}");
    assert!(!front.contains("หมวด"), "the pack has no groups: {front}");
    let scores = text(&built, "2569/scores/");
    for (sentence, page) in [("คู่กับตัวเลขที่คำนวณได้", &front), ("แต่ละชั้นเฉลี่ยมาจากชั้นถัดไป", &scores), ("คำนวณได้ คือ", &scores)]
    {
        assert!(!page.contains(sentence), "nothing is derived: {page}");
    }
    let whole = year(agency(), 2568, "framework: ita-2568\noverall: 90\ninstruments: {IIT: 90, EIT: 90, OIT: 90}\n").build();
    let (front, scores) = (text(&whole, ""), text(&whole, "2568/scores/"));
    assert!(front.contains("คู่กับตัวเลขที่คำนวณได้") && front.contains("แยกตามเรื่องเป็น 7 หมวด"), "{front}");
    assert!(scores.contains("แต่ละชั้นเฉลี่ยมาจากชั้นถัดไป") && scores.contains("คำนวณได้ คือ"), "{scores}");
}

/// Two comparisons on one line are one sentence.
#[test]
fn the_line_of_the_level_and_the_mean_of_the_nation_are_joined() {
    let thai = year(agency(), 2568, "framework: ita-2568\noverall: 90\nlevel: ผ่านดี\n");
    let english = thai.clone().replace("content/site.yaml", "ทดสอบ\n", "ทดสอบ\nlanguage: en\n");
    assert!(text(&thai.build(), "").contains("(85) อยู่ 5 คะแนน และต่ำกว่าค่าเฉลี่ย"), "{}", text(&thai.build(), ""));
    assert!(text(&english.build(), "").contains("(85) and 3.82 below the mean of 8,317 agencies"), "{}", text(&english.build(), ""));
}

#[test]
fn an_item_says_how_sure_its_own_number_is() {
    let built = year(agency(), 2567, "framework: ita-2567\noverall: 90\n").built();
    assert!(text(&built, "2567/oit/o5/").contains("เลขและชื่อของรายการนี้ในปี 2567 ยังไม่ยืนยัน"));
    assert!(text(&built, "2567/oit/o10/").contains("สรุปจากแหล่งอื่น"));
    let sure = text(&built, "2567/oit/o25/");
    assert!(sure.contains("พบในแหล่งที่อ้าง") && sure.contains("ที่มา: spm-sk.go.th"), "{sure}");
}

/// Nothing is derived from what a pack marks unconfirmed: a wrong border of a group would accuse a right figure.
#[test]
fn what_is_unconfirmed_gives_no_figure() {
    let derived = |built: &Built, year: u16, code: &str| {
        let rows = built.rows(&format!("{year}/data/scores.json"));
        rows.iter().find(|row| row["code"] == code).unwrap()["derived"].clone()
    };
    let items = |count: u16| (1..=count).map(|o| format!("o{o}: 100")).collect::<Vec<_>>().join(", ");
    let instruments = "instruments: {IIT: 90, EIT: 90, EIT1: 90, EIT2: 90, OIT: 90}\nindicators: {9: 90, 10: 90}";
    let site = agency();
    let site = year(site, 2566, &format!("framework: ita-2566\noverall: 90\n{instruments}\nitems: {{{}}}\n", items(43)));
    let site = year(site, 2567, &format!("framework: ita-2567\noverall: 90\n{instruments}\nitems: {{{}}}\n", items(35)));
    let site = year(site, 2569, &format!("framework: ita-2569\noverall: 90\n{instruments}\nitems: {{{}}}\n", items(26)));
    let built = site.build();
    // Where the pack is sure of its groups, 90 can't be the mean of items at 100; where it is not, nobody is told so.
    let told: Vec<_> = built.findings().into_iter().filter(|finding| finding.0 != "score-missing").map(|finding| finding.2).collect();
    assert_eq!(told, ["2566/9", "2566/10"]);
    assert_eq!((derived(&built, 2566, "9"), derived(&built, 2566, "9.5")), ("100".into(), "100".into()));
    assert_eq!((derived(&built, 2567, "9"), derived(&built, 2567, "9.5")), (serde_json::Value::Null, serde_json::Value::Null));
    assert_eq!((derived(&built, 2567, "OIT"), derived(&built, 2567, "overall")), ("90".into(), "90".into()));
    for code in ["overall", "OIT", "EIT", "9"] {
        assert_eq!(derived(&built, 2569, code), serde_json::Value::Null, "{code}");
    }
    assert!(text(&built, "2569/scores/").contains("ไม่มีน้ำหนักของเครื่องมือ จึงไม่คำนวณคะแนนรวม"));
    assert!(text(&built, "2569/report/").contains("ไม่มีน้ำหนักของเครื่องมือ") && !text(&built, "2569/report/").contains("ชื่อและน้ำหนัก"));
    assert!(text(&built, "2569/scores/").contains("o26"), "items without an indicator are among the scores");
}

#[test]
fn one_year_with_one_figure_is_a_site() {
    let figures = ["overall: 85", "items: {o1: 0}", "indicators: {9: 90}", "instruments: {EIT1: 12.5}"];
    for (pack, figure) in ["ita-2569", "ita-2568", "ita-2567", "ita-2566"].into_iter().zip(figures) {
        // The pack may be of another year than the edition.
        let built = year(agency(), 2568, &format!("framework: {pack}\n{figure}\n")).build();
        assert_nothing_wrong(&built);
        assert_whole(&built);
    }
}

/// Six years: two with packs of the agency's own, one with the pack of another year.
pub fn six() -> Site {
    let own = |year: u16| {
        format!(
            "id: own-{year}\nfiscal_year: {year}\nname: เกณฑ์ของหน่วยงาน\nitems:\n  o9: {{id: organisation-structure, name: โครงสร้าง}}\n  o33: {{id: old-list, name: รายการเก่า, merged_into: news}}\n"
        )
    };
    let mut site = agency()
        .with("content/frameworks/a.yaml", &own(2564))
        .with("content/2565/disclosures.yaml", "o33: {links: {title: บัญชีเก่า, url: \"https://example.go.th/a\"}}\n");
    site = site.with("content/frameworks/b.yaml", &own(2565));
    for (y, pack) in
        [(2564, "own-2564"), (2565, "own-2565"), (2566, "ita-2566"), (2567, "ita-2567"), (2568, "ita-2568"), (2569, "ita-2569")]
    {
        site = year(site, y, &format!("framework: {pack}\noverall: {}\n", y - 2480));
    }
    site
}

#[test]
fn six_years_are_one_site() {
    let built = six().build();
    assert_nothing_wrong(&built);
    assert_whole(&built);
    let front = text(&built, "");
    for year in 2564..=2569 {
        assert!(front.contains(&format!("ปีงบประมาณ {year}")), "{front}");
    }
}

/// o12 is the list of procurement in one year and the report on it in the next.
#[test]
fn renumbered_codes_are_one_item() {
    let built = six().build();
    let report = built.page("items/procurement-annual-report/");
    for address in ["../../2566/oit/o22/", "../../2567/oit/o17/", "../../2568/oit/o13/", "../../2569/oit/o12/"] {
        assert!(report.contains(&format!("href=\"{address}index.html\"")), "{address}");
    }
    assert!(!report.contains("2568/oit/o12/"));
    let page = html::parse(report);
    let chain = page.all("ol").into_iter().find(|list| list.has_class("chain")).unwrap();
    let steps: Vec<String> = chain.children().map(html::Element::text).collect();
    assert_eq!(steps.len(), 6);
    assert!(steps[0].contains("2564") && steps[0].contains("ไม่มีรายการนี้"), "{steps:?}");
    assert!(steps[3].contains("2567") && steps[3].contains("o17") && steps[5].contains("o12"), "{steps:?}");
}

#[test]
fn a_merged_item_says_into_which_and_that_one_lists_it() {
    let built = six().build();
    let merged = html::parse(built.page("items/duties-and-powers/"));
    let links: Vec<&str> = merged.all("a").iter().filter_map(|link| link.attribute("href")).collect();
    assert!(links.contains(&"../organisation-structure/index.html"), "{links:?}");
    assert!(merged.text().contains("ต่อมารวมกับ o1"), "{}", merged.text());
    let successor = html::parse(built.page("items/organisation-structure/"));
    let section = successor.all("section").into_iter().find(|s| s.text().contains("รายการที่รวมเข้ามา")).unwrap();
    assert!(section.text().contains("อำนาจหน้าที่") && section.text().contains("o3 ของปี 2567"), "{}", section.text());
    // Of the agency's own scheme as well, over a gap of years.
    assert!(built.page("items/old-list/").contains("../news/index.html"));
    assert!(text(&built, "items/news/").contains("รายการเก่า"));
    // An item without years of its own that the agency has is named by its id, without a link.
    let alone = year(agency(), 2566, "framework: own\noverall: 90\n")
        .with("content/frameworks/own.yaml", "id: own\nfiscal_year: 2566\nname: ก\nitems:\n  o1: {id: a, name: เอ, merged_into: gone}\n  o2: {id: b, name: บี, merged_into: c}\n  o3: {id: c, name: ซี, merged_into: b}\n  o4: {id: d, name: ดี, merged_into: d}\n")
        .built();
    assert_whole(&alone);
    assert!(text(&alone, "items/a/").contains("รวมอยู่ใน: gone"), "{}", text(&alone, "items/a/"));
    assert!(alone.page("items/b/").contains("../c/index.html") && alone.page("items/c/").contains("../b/index.html"));
    assert!(!text(&alone, "items/d/").contains("รวมอยู่ใน"));
}

#[test]
fn the_latest_edition_may_have_no_items() {
    let site = year(agency(), 2568, "framework: ita-2568\noverall: 90\n")
        .with("content/frameworks/own.yaml", "id: own\nfiscal_year: 2569\nname: เปล่า\n")
        .with("content/2569/assessment.yaml", "framework: own\noverall: 91\n");
    assert_whole(&site.built());
}

/// An agency's own pack lies beside the site's settings, or with several agencies in its own folder, and may replace a built-in one.
#[test]
fn a_pack_of_the_agency_s_own_is_used() {
    let own = "id: ita-2568\nfiscal_year: 2568\nname: เกณฑ์ตำรวจ\nitems:\n  o2: {id: manpower, name: อัตรากำลัง}\n";
    let result = "framework: ita-2568\noverall: 90\n";
    let one = year(agency(), 2568, result).with("content/frameworks/police.yaml", own).built();
    assert!(one.has("items/manpower/index.html") && !one.has("items/executives/index.html"));
    let many = Site::new("--- content/site.yaml\ntitle: รวม\n--- content/a/agency.yaml\nname: ก\n--- content/b/agency.yaml\nname: ข\n")
        .with("content/a/2568/assessment.yaml", result)
        .with("content/b/2568/assessment.yaml", result);
    let built = many.clone().with("content/a/frameworks/police.yaml", own).build();
    assert_eq!(built.wrong(), []);
    assert!(
        built.has("a/items/manpower/index.html") && !built.has("b/items/manpower/index.html") && built.has("b/items/executives/index.html")
    );
    assert_whole(&built);
    let shared = many.with("content/frameworks/police.yaml", own).built();
    assert!(shared.has("a/items/manpower/index.html") && shared.has("b/items/manpower/index.html"));
}

/// Every total reaches 0, so a level from there on has no line to pass.
#[test]
fn a_level_from_0_upward_has_no_line_on_charts() {
    let own = "id: two\nfiscal_year: 2568\nname: สองระดับ\ninstruments: [{id: A, name: ก, weight: 100}]\nlevels: [{name: ดี, total: 80}, {name: พอใช้, total: 0}]\n";
    let built = year(agency(), 2568, "framework: two\noverall: 75\nlevel: พอใช้\ninstruments: {A: 75}\n")
        .with("content/frameworks/two.yaml", own)
        .built();
    let shown = text(&built, "2568/");
    assert!(shown.contains("เส้นทึบ 80") && !shown.contains("เส้นประ"), "{shown}");
}

#[test]
fn measures_of_a_pack_without_issues_keep_their_number() {
    let site = year(agency(), 2569, "framework: ita-2569\noverall: 90\n")
        .with("content/2569/measures.yaml", "- {issue: 3, method: จัดประชุม, steps: นัด, responsible: กองคลัง, period: ตลอดปี}\n");
    let built = site.build();
    assert_eq!(built.findings(), []);
    assert_whole(&built);
    assert!(text(&built, "2569/measures/").contains("ประเด็น 3") && text(&built, "2569/measures/").contains("จัดประชุม"));
}
