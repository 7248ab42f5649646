//! Lists of many agencies: each agency stands in exactly the right ones, whatever it does not tell, and no page is long. What is said of a
//! group is counted by hand here.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use crate::csv;
use crate::html::{self, Element};
use crate::support::{Built, Site, root};
use crate::whole::assert_whole;

const SITE: &str = "--- content/site.yaml\ntitle: รวมหน่วยงาน\nbase_url: https://example.go.th/ita/\n";

/// The longest list that a page has.
const LONGEST: usize = 200;

/// Two questions and an item, and three levels.
const PACK: &str = "id: own
fiscal_year: 2568
name: เกณฑ์
instruments: [{id: Q, name: แบบวัด, weight: 60}, {id: D, name: เปิดเผย, weight: 40}]
indicators: [{number: 1, name: บริการ, instrument: Q}, {number: 2, name: เอกสาร, instrument: D}]
questions: {i1: {indicator: 1, text: บริการดี}, i2: {indicator: 1, text: บริการเร็ว}}
items: {o1: {id: report, name: รายงาน, indicator: 2}}
levels: [{name: ดีมาก, total: 90, pass: true}, {name: ดี, total: 70, pass: true}, {name: ปรับปรุง, total: 0}]
";

/// An agency: slug, lines of `agency.yaml` after the name, lines of the assessment of 2568 after `framework`.
fn agency(slug: &str, name: &str, more: &str, result: Option<&str>) -> String {
    let mut text = format!("--- content/{slug}/agency.yaml\nname: {name}\n{more}");
    if let Some(result) = result {
        text.push_str(&format!("--- content/{slug}/2568/assessment.yaml\nframework: own\n{result}"));
    }
    text
}

fn with_pack() -> Site {
    Site::new(SITE).with("content/frameworks/own.yaml", PACK)
}

/// Agencies that tell all, some or nothing.
fn mixed() -> Site {
    [
        agency("a", "อบต.กา", "kind: local\nprovince: เลย\n", Some("overall: 95\nlevel: ดีมาก\n")),
        agency("b", "อบต.ขา", "kind: local\nprovince: จ.เลย\n", Some("overall: 80\nlevel: ดี\n")),
        agency("c", "โรงเรียนค", "kind: school\n", Some("overall: 85\n")),
        agency("d", "กรมงา", "province: น่าน\n", Some("overall: 60\nlevel: ชื่ออื่น\n")),
        agency("e", "จังหวัดนิ่ง", "", None),
        agency("f", "\"2 พี่น้อง\"", "kind: local\nprovince: น่าน\n", None),
    ]
    .iter()
    .fold(with_pack(), |site, text| site.and(text))
}

fn many(count: usize, more: impl Fn(usize) -> String) -> Site {
    (0..count)
        .fold(Site::new(SITE), |site, at| site.with(&format!("content/n{at:04}/agency.yaml"), &format!("name: อบต.ก{at:04}\n{}", more(at))))
}

fn page(built: &Built, address: &str) -> Element {
    html::parse(built.page(address))
}

/// The slugs to which the list of a page leads, in order.
fn listed(built: &Built, address: &str) -> Vec<String> {
    let page = page(built, address);
    let tables = page.all("table");
    let heads = tables.last().unwrap().all("tbody")[0].all("th");
    let links = heads.iter().flat_map(|head| head.all("a")).filter_map(|link| link.attribute("href"));
    links.map(|href| href.trim_end_matches("/index.html").rsplit('/').next().unwrap().to_owned()).collect()
}

/// All lists of a way: address of the first page, and who stands on its pages.
fn lists(built: &Built, folder: &str) -> BTreeMap<String, Vec<String>> {
    let mut lists: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut pages: Vec<(String, usize, String)> = Vec::new();
    for path in built.pages().into_iter().filter(|path| path.starts_with(&format!("{folder}/"))) {
        let parts: Vec<&str> = path.trim_end_matches("/index.html").split('/').collect();
        if parts[1] == "all" {
            continue;
        }
        let number = parts.get(2).map_or(1, |number| number.parse().unwrap());
        pages.push((parts[1].to_owned(), number, path.trim_end_matches("index.html").to_owned()));
    }
    pages.sort();
    for (key, number, address) in pages {
        let list = lists.entry(key).or_default();
        assert_eq!(list.len(), (number - 1) * LONGEST, "{address}: the pages before are full");
        let here = listed(built, &address);
        assert!(!here.is_empty() && here.len() <= LONGEST, "{address}: {}", here.len());
        list.extend(here);
    }
    lists
}

#[test]
fn each_agency_stands_in_exactly_the_right_lists() {
    let built = mixed().built();
    assert_whole(&built);
    let of = |folder: &str| -> Vec<String> {
        let lists = lists(&built, folder);
        let all: Vec<&String> = lists.values().flatten().collect();
        assert_eq!((all.len(), all.iter().collect::<BTreeSet<_>>().len()), (6, 6), "{folder}: each once");
        lists.into_iter().map(|(key, slugs)| format!("{key} {}", slugs.join(" "))).collect()
    };
    assert_eq!(of("names"), ["2 f", "ก a", "ข b", "ค c", "ง d", "จ e"]);
    assert_eq!(of("provinces"), ["- c e", "น่าน f d", "เลย a b"]);
    assert_eq!(of("kinds"), ["- d e", "local f a b", "school c"]);
    // A level of another name has a list of its own; without one stand those without a result too.
    assert_eq!(of("levels"), ["- f c e", "~ d", "ดี b", "ดีมาก a"]);
    let front = built.page("");
    for address in ["provinces/-/", "kinds/-/", "kinds/local/", "levels/-/", "levels/~/", "levels/ดีมาก/", "names/2/"] {
        assert!(front.contains(&format!("href=\"{address}index.html\"")), "the front page leads to {address}");
    }
    assert_eq!(page(&built, "provinces/-/").first("h1").unwrap().text(), "ไม่ได้ระบุจังหวัด 2 หน่วยงาน");
    assert!(page(&built, "kinds/-/").first("h1").unwrap().text().starts_with("ไม่ได้ระบุประเภท"));
    assert_eq!(page(&built, "levels/-/").first("h1").unwrap().text(), "ไม่มีระดับ ปี 2568 จำนวน 3 หน่วยงาน");
}

#[test]
fn where_nothing_is_told_there_is_no_such_list() {
    let built = with_pack().and(&agency("a", "อบต.หนึ่ง", "", None)).and(&agency("b", "อบต.สอง", "", None)).built();
    assert_whole(&built);
    let lists = built.pages().into_iter().filter(|path| ["provinces/", "kinds/", "levels/"].iter().any(|way| path.starts_with(way)));
    assert_eq!(lists.count(), 0);
    assert!(!built.page("").contains("<select"), "nothing can be chosen");
}

#[test]
fn a_few_agencies_have_no_pages_of_lists() {
    let built = mixed().built();
    for path in built.pages() {
        assert!(html::parse(built.file(path)).all("nav").iter().all(|nav| !nav.has_class("pages")), "{path}");
    }
    // Levels and ranges of a province of two would say less than their names.
    assert!(!built.page("provinces/เลย/").contains("s-levels-h"));
}

#[test]
fn a_long_list_is_cut_into_pages() {
    let count = 2 * LONGEST + 1;
    let built = many(count, |at| format!("kind: local\nprovince: เลย\ndistrict: {}\n", if at < 250 { "เมืองเลย" } else { "ภูเรือ" })).built();
    assert_whole(&built);
    assert_eq!(listed(&built, "").len(), LONGEST, "the front page begins the list of all");
    let all: Vec<String> = ["", "names/all/2/", "names/all/3/"].iter().flat_map(|address| listed(&built, address)).collect();
    let expected: Vec<String> = (0..count).map(|at| format!("n{at:04}")).collect();
    assert_eq!(all, expected);
    for (folder, key) in [("names", "ก"), ("kinds", "local"), ("provinces", "เลย")] {
        let lists = lists(&built, folder);
        assert_eq!(lists[key].iter().collect::<BTreeSet<_>>().len(), count, "{folder}: each once");
        assert_eq!(built.pages().iter().filter(|path| path.starts_with(&format!("{folder}/{key}/"))).count(), 3);
    }
    let second = page(&built, "names/ก/2/");
    assert_eq!(second.first("h1").unwrap().text(), "หน่วยงานที่ขึ้นต้นด้วย ก จำนวน 401 หน้า 2 จาก 3");
    assert!(second.first("title").unwrap().text().ends_with("หน้า 2 จาก 3"), "titles differ");
    assert_eq!(second.first("caption").unwrap().text(), "ลำดับ 201–400 จาก 401 หน่วยงาน");
    let nav = second.all("nav").into_iter().find(|nav| nav.has_class("pages")).unwrap();
    assert_eq!(nav.attribute("aria-label"), Some("หน้าของรายการ"));
    let links: Vec<(String, &str)> = nav.all("a").iter().map(|link| (link.text(), link.attribute("href").unwrap())).collect();
    let expected = [
        ("ก่อนหน้า", "../index.html"),
        ("หน้า 1", "../index.html"),
        ("หน้า 2", "index.html"),
        ("หน้า 3", "../3/index.html"),
        ("ถัดไป", "../3/index.html"),
    ];
    let expected: Vec<(String, &str)> = expected.map(|(text, href)| (text.to_owned(), href)).to_vec();
    assert_eq!(links, expected);
    let present: Vec<&str> = nav.all("a").iter().filter_map(|link| link.attribute("aria-current")).collect();
    assert_eq!(present, ["page"]);
    // A heading that a page begins under stands there again, with the count of the whole district.
    let groups = |address: &str| -> Vec<String> {
        let page = page(&built, address);
        page.all("tr").into_iter().filter(|row| row.has_class("grp")).map(Element::text).collect()
    };
    assert_eq!(groups("provinces/เลย/"), ["อำเภอภูเรือ 151 หน่วยงาน", "อำเภอเมืองเลย 250 หน่วยงาน"]);
    assert_eq!(groups("provinces/เลย/3/"), ["อำเภอเมืองเลย 250 หน่วยงาน"]);
    // The map and the self-test know the pages; a redirect may lead to one and not from it.
    assert!(built.file("sitemap-site.xml").contains("/kinds/local/3/"));
}

#[test]
fn the_addresses_of_lists_are_the_program_s() {
    let small = || mixed().replace("content/site.yaml", "base_url", "redirects: {FROM: TO}\nbase_url");
    // One agency has a level of a name that the rules do not know, which is told and no error.
    let codes =
        |built: &Built| -> Vec<String> { built.codes().into_iter().filter(|code| *code != "level-mismatch").map(str::to_owned).collect() };
    let with = |from: &str, to: &str| small().replace("content/site.yaml", "FROM: TO", &format!("{from}: {to}")).build();
    assert_eq!(codes(&with("old/", "kinds/local/")), Vec::<String>::new());
    for from in ["kinds/local/", "levels/ดี/", "provinces/-/"] {
        assert_eq!(codes(&with(from, "a/")), ["route-collision"], "{from}");
    }
    for taken in ["kinds", "levels"] {
        let folder = mixed().and(&agency(taken, "อบต.ซ้ำ", "", None)).build();
        assert_eq!(codes(&folder), ["wrong-type"], "{taken}");
        let written = mixed().with(&format!("content/{taken}.md"), "# หน้า\n\nข้อความ\n").build();
        assert_eq!(codes(&written), ["route-collision"], "{taken}");
    }
    let script = mixed().with("content/lists.js.md", "# หน้า\n\nข้อความ\n").build();
    assert_eq!(codes(&script), ["route-collision"]);
}

/// Ten agencies of one province and two kinds: totals 70 to 79, and one of another year.
fn ten() -> Site {
    (0..10).fold(with_pack(), |site, at| {
        let kind = if at < 5 { "local" } else { "school" };
        // Questions 100 but for the third of them; the item of every second is not there.
        let items = if at % 2 == 0 { 0 } else { 100 };
        let result = format!(
            "overall: 7{at}\nlevel: ดี\nquestions: {{i1: {}, i2: 100}}\nitems: {{o1: {items}}}\n",
            if at % 3 == 0 { 80 + at } else { 100 }
        );
        site.and(&agency(&format!("t{at}"), &format!("อบต.ก{at}"), &format!("kind: {kind}\nprovince: เลย\n"), Some(&result)))
    })
}

#[test]
fn each_agency_has_its_part_and_no_rank() {
    let built = ten().built();
    let parts = |address: &str| -> Vec<[String; 2]> {
        let page = page(&built, address);
        let rows = page.all("table").last().unwrap().first("tbody").unwrap().all("tr");
        let cell = |row: &Element, class: &str| row.all("td").into_iter().find(|cell| cell.has_class(class)).unwrap().text();
        let word = |text: String| text.rsplit(' ').next().unwrap_or_default().to_owned();
        rows.into_iter().map(|row| [word(cell(row, "r2")), word(cell(row, "s2"))]).collect()
    };
    // Of ten: quarters end at 72 and 77. Of the five of a kind only the middle is told: 72 and 77.
    let (top, above, below, bottom, middle) = ("กลุ่มบน", "เหนือค่ากลาง", "ใต้ค่ากลาง", "กลุ่มล่าง", "ตรงค่ากลาง");
    let province = [bottom, bottom, below, below, below, above, above, above, top, top];
    let kind = [below, below, middle, above, above, below, below, middle, above, above];
    let expected: Vec<[String; 2]> = province.into_iter().zip(kind).map(|(a, b)| [a.to_owned(), b.to_owned()]).collect();
    assert_eq!(parts("provinces/เลย/"), expected, "in the order of names");
    assert_eq!(parts("kinds/local/"), expected[..5]);
    assert_eq!(parts("kinds/school/"), expected[5..]);
    // The agency's own pages say nothing of it.
    assert!(built.pages().iter().filter(|path| path.starts_with("t0/")).all(|path| !built.file(path).contains(bottom)));
}

#[test]
fn where_most_lose_points_is_counted_from_their_figures() {
    let built = ten().built();
    assert_whole(&built);
    let table = csv::parse(built.file("data/lowest-2568.csv"));
    let row = |scope: &str, group: &str, code: &str| -> String {
        let found = table.iter().find(|row| row[1] == scope && row[2] == group && row[5] == code);
        found.map(|row| row[7..].join(" ")).unwrap_or_default()
    };
    // i1 is half of an indicator that is all of 60: one per cent is 0.3 points. 80, 83, 86 and 89 lose 20, 17, 14 and 11.
    assert_eq!(row("all", "-", "i1"), "10 4 100 4.65 1.86");
    assert_eq!(row("all", "-", "i2"), "10 0 100 0 0");
    // o1 is all of 40; half have nothing.
    assert_eq!(row("all", "-", "o1"), "10 5 50 40 20");
    // Of the first five three have nothing: the middle of an odd number.
    assert_eq!(row("kind", "local", "o1"), "5 3 0 40 24");
    assert_eq!(row("kind", "school", "i1"), "5 2 100 3.75 1.5");
    assert_eq!(row("province", "เลย", "o1"), row("all", "-", "o1"));
    let front = page(&built, "");
    let section = front.all("section").into_iter().find(|section| section.attribute("id") == Some("s-lowest")).unwrap();
    let rows: Vec<String> = section.first("tbody").unwrap().all("tr").into_iter().map(Element::text).collect();
    assert_eq!(rows.len(), 2, "where nobody loses is not named: {rows:?}");
    assert!(rows[0].contains("o1") && rows[0].contains("20.00") && rows[1].contains("i1") && rows[1].contains("1.86"), "{rows:?}");
    assert!(built.page("provinces/เลย/").contains("s-lowest-h"), "a province of ten says it too");
}

#[test]
fn the_summaries_count_every_agency_once() {
    let built = mixed().built();
    let summary = csv::parse(built.file("data/summary-2568.csv"));
    let lines: Vec<String> = summary[1..].iter().map(|row| row[1..].join(",")).collect();
    let expected = [
        "all,-,6,4,60,70,82.5,90,95",
        "province,น่าน,2,1,60,,60,,60",
        "province,เลย,2,2,80,80,87.5,95,95",
        "province,-,2,1,85,,85,,85",
        "kind,local,3,2,80,80,87.5,95,95",
        "kind,school,1,1,85,,85,,85",
        "kind,-,2,1,60,,60,,60",
    ];
    assert_eq!(lines, expected);
    let distribution = built.rows("data/distribution-2568.json");
    for row in built.rows("data/summary-2568.json") {
        let of = |part: &dyn Fn(&str) -> bool| -> u64 {
            let own = distribution.iter().filter(|other| other["scope"] == row["scope"] && other["group"] == row["group"]);
            own.filter(|other| part(other["part"].as_str().unwrap())).map(|other| other["agencies"].as_u64().unwrap()).sum()
        };
        assert_eq!(of(&|part| part != "range"), row["agencies"].as_u64().unwrap(), "levels: {row:?}");
        assert_eq!(of(&|part| part == "range"), row["totals"].as_u64().unwrap(), "ranges: {row:?}");
    }
    let count = |part: &str, level: &str| -> u64 {
        let all = distribution.iter().filter(|row| row["scope"] == "all" && row["part"] == part);
        let of = |row: &&serde_json::Map<String, serde_json::Value>| level.is_empty() || row["level"] == level;
        all.filter(of).map(|row| row["agencies"].as_u64().unwrap()).sum()
    };
    assert_eq!([count("level", "ดีมาก"), count("level", "ดี"), count("level", "ปรับปรุง")], [1, 1, 0]);
    assert_eq!([count("other-level", ""), count("no-level", ""), count("no-result", "")], [1, 1, 2]);
    // The page about the data leads to all of it.
    for table in ["summary", "distribution", "lowest"] {
        assert!(built.page("about-data/").contains(&format!("data/{table}-2568.csv")), "{table}");
        assert!(built.has(&format!("about-data/{table}.schema.json")), "{table}");
        assert!(built.file("datapackage.json").contains(&format!("data/{table}-2568.json")), "{table}");
    }
}

#[test]
fn the_form_has_a_list_of_all_agencies() {
    let built = mixed()
        .with("content/a/agency.yaml", "name: {th: อบต.กา, en: Ka}\nshort_name: กา อบต.\nkind: local\nprovince: เลย\ndistrict: เมือง\n")
        .built();
    let text = built.file("search/list.js");
    let json = text.strip_prefix("prongsaiList(").unwrap().strip_suffix(");\n").unwrap();
    let list: serde_json::Value = serde_json::from_str(json).unwrap();
    let rows = list["rows"].as_array().unwrap();
    let slugs: Vec<&str> = rows.iter().map(|row| row[1].as_str().unwrap()).collect();
    assert_eq!(slugs, ["f", "a", "b", "c", "d", "e"]);
    let name = |row: &serde_json::Value| {
        let begin = list["begins"][row[2].as_u64().unwrap() as usize].as_str().unwrap();
        format!("{begin}{}", row[0].as_str().unwrap())
    };
    let names: Vec<String> = rows.iter().map(name).collect();
    assert_eq!(names, ["2 พี่น้อง", "อบต.กา", "อบต.ขา", "โรงเรียนค", "กรมงา", "จังหวัดนิ่ง"]);
    // Province, kind and level by their place in the form, then the district, the total, and other names.
    assert_eq!(rows[1].as_array().unwrap()[3..], *serde_json::json!([1, 0, 0, 0, "95", "Ka\nกา อบต."]).as_array().unwrap());
    // Beside the group of levels of other names, the name that the lists show.
    assert_eq!(rows[4].as_array().unwrap()[3..], *serde_json::json!([0, 2, 2, null, "60", null, "ชื่ออื่น"]).as_array().unwrap());
    assert_eq!(rows[5].as_array().unwrap()[3..], *serde_json::json!([2, 2, 3]).as_array().unwrap());
    assert_eq!(list["provinces"], serde_json::json!(["น่าน", "เลย", ""]));
    let front = page(&built, "");
    let options = |name: &str| -> Vec<String> {
        let select = front.all("select").into_iter().find(|select| select.attribute("name") == Some(name)).unwrap();
        select.all("option").into_iter().map(|option| format!("{}{}", option.attribute("value").unwrap(), option.text())).collect()
    };
    assert_eq!(options("province"), ["ทั้งหมด", "0น่าน", "1เลย", "2ไม่ได้ระบุจังหวัด"]);
    assert_eq!(options("level"), ["ทั้งหมด", "0ดีมาก", "1ดี", "2ระดับชื่ออื่น", "3ไม่มีระดับ"]);
    assert_eq!(options("kind"), ["ทั้งหมด", "0องค์กรปกครองส่วนท้องถิ่น", "1โรงเรียน", "2ไม่ได้ระบุประเภท"]);
    let status = front.below().into_iter().find(|element| element.attribute("role") == Some("status")).unwrap();
    assert_eq!(status.attribute("aria-live"), Some("polite"));
}

#[test]
fn levels_have_their_english_names_and_what_stays_thai_is_marked() {
    let site = mixed().replace("content/site.yaml", "base_url", "language: en\nbase_url").replace(
        "content/frameworks/own.yaml",
        "{name: ดีมาก,",
        "{name: {th: ดีมาก, en: Very good},",
    );
    let built = site.built();
    assert_whole(&built);
    let cells = |address: &str| -> Vec<(String, bool)> {
        let page = page(&built, address);
        let rows = page.all("table").last().unwrap().first("tbody").unwrap().all("tr");
        let level = |row: &Element| {
            row.all("td").into_iter().find(|cell| cell.has_class("p")).map(|cell| {
                let is_marked = cell.all("span").into_iter().any(|span| span.attribute("lang") == Some("th"));
                (cell.text(), is_marked)
            })
        };
        rows.into_iter().filter_map(level).filter(|(text, _)| !text.is_empty()).collect()
    };
    let level = |name: &str, is_marked: bool| (format!("Level {name}"), is_marked);
    assert_eq!(cells(""), [level("Very good", false), level("ดี", true), level("ชื่ออื่น", true)]);
    let front = page(&built, "");
    let select = front.all("select").into_iter().find(|select| select.attribute("name") == Some("level")).unwrap();
    let options: Vec<(String, Option<&str>)> =
        select.all("option").into_iter().map(|option| (option.text(), option.attribute("lang"))).collect();
    let plain = |text: &str| (text.to_owned(), None);
    let expected = [plain("All"), plain("Very good"), ("ดี".to_owned(), Some("th")), plain("A level of another name"), plain("No level")];
    assert_eq!(options, expected);
    let provinces = front.all("select").into_iter().find(|select| select.attribute("name") == Some("province")).unwrap();
    assert_eq!(provinces.all("option")[1].attribute("lang"), Some("th"));
}

#[test]
fn a_site_of_one_agency_has_nothing_of_lists() {
    let built = Site::small().built();
    assert!(!built.has("lists.js") && !built.has("search/list.js"));
    assert_eq!(built.file("style.css"), fs::read_to_string(root().join("themes/default/style.css")).unwrap());
}

/// The function of a name, with its lines.
fn function<'a>(script: &'a str, name: &str) -> &'a str {
    let (_, rest) = script.split_once(&format!("  function {name}(")).unwrap_or_else(|| panic!("there is no {name}"));
    rest.split_once("\n  }\n").unwrap().0
}

#[test]
fn the_script_is_small_and_compares_as_the_search_does() {
    let read = |name: &str| fs::read_to_string(root().join("themes/default").join(name)).unwrap();
    let (list, search) = (read("lists.js"), read("search.js"));
    assert!(list.len() <= 10_000, "{} bytes", list.len());
    for name in ["stack", "inOrder", "tidy", "pass", "foldOne", "find", "otherNames"] {
        assert_eq!(function(&list, name), function(&search, name), "{name}");
    }
    // The same but for the places of letters, which a list does not mark.
    let without_places = function(&search, "fold")
        .replace(", map) {", ") {")
        .replace(", place = 0;", ";")
        .lines()
        .filter(|line| !line.contains("map") && !line.contains("place +="))
        .collect::<Vec<_>>()
        .join("\n");
    assert_eq!(function(&list, "fold"), without_places);
    for name in ["MARK", "CLUSTER", "IS_MARK", "INVISIBLE", "STACKED", "LATIN"] {
        let line = |script: &str| script.lines().find(|line| line.trim().starts_with(&format!("var {name} ="))).map(str::to_owned);
        assert_eq!(line(&list), line(&search), "{name}");
    }
}
