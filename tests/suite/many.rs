//! Several agencies: lists by letter and province, and the data files of all of them. An agency without a result keeps its row and
//! counts; an agency's own pages never depend on another.

use std::collections::BTreeMap;

use crate::csv;
use crate::html::{self, Element};
use crate::support::{Built, Site};
use crate::whole::assert_whole;

const SITE: &str = "--- content/site.yaml\ntitle: รวมหน่วยงาน\nbase_url: https://example.go.th/ita/\n";

/// A site of agencies: slug, name, more lines of `agency.yaml`, and the total of 2568 where there is a result.
fn site(agencies: &[(&str, &str, &str, Option<&str>)]) -> Site {
    agencies.iter().fold(Site::new(SITE), |site, (slug, name, more, overall)| {
        let site = site.with(&format!("content/{slug}/agency.yaml"), &format!("name: {name}\n{more}"));
        match overall {
            Some(overall) => site
                .with(&format!("content/{slug}/2568/assessment.yaml"), &format!("framework: ita-2568\noverall: {overall}\nlevel: ผ่านดี\n")),
            None => site,
        }
    })
}

fn five() -> Site {
    site(&[
        (
            "a",
            "องค์การบริหารส่วนตำบลแก้ว",
            "short_name: อบต.แก้ว\nkind: local\nprovince: ขอนแก่น\ndistrict: สีชมพู\nwebsite: https://a.example/\n",
            Some("90"),
        ),
        ("b", "องค์การบริหารส่วนตำบลกลาง", "kind: local\nprovince: จังหวัดขอนแก่น\ndistrict: อำเภอชุมแพ\n", Some("95.5")),
        ("c", "เทศบาลตำบลเก่า", "province: {th: จ. ขอนแก่น, en: Khon Kaen}\n", None),
        ("d", "กรมตัวอย่าง", "kind: central\n", Some("80")),
        ("e", "โรงเรียนไกล", "kind: school\nprovince: เลย\n", None),
    ])
}

fn page(built: &Built, address: &str) -> Element {
    html::parse(built.page(address))
}

/// The rows of the table of agencies: name and what is said of it.
fn rows(page: &Element) -> Vec<String> {
    let body = page.all("tbody");
    body[body.len() - 1].all("tr").into_iter().map(Element::text).collect()
}

#[test]
fn a_province_lists_its_agencies_by_district() {
    let built = five().built();
    let khon_kaen = page(&built, "provinces/ขอนแก่น/");
    assert_eq!(khon_kaen.first("h1").unwrap().text(), "ขอนแก่น ผ่านเกณฑ์ 2 จาก 2 หน่วยงานที่ทราบระดับผล");
    assert!(khon_kaen.text().contains("มีผลประเมินแล้ว 2 จาก 3 หน่วยงาน"), "{}", khon_kaen.text());
    let rows = rows(&khon_kaen);
    let order = ["อำเภอชุมแพ 1 หน่วยงาน", "กลาง", "อำเภอสีชมพู 1 หน่วยงาน", "แก้ว", "ไม่ได้ระบุอำเภอ 1 หน่วยงาน", "เก่า"];
    assert_eq!(rows.len(), order.len(), "{rows:?}");
    for (row, expected) in rows.iter().zip(order) {
        assert!(row.contains(expected), "{row}: {expected}");
    }
    assert!(rows[5].contains("ยังไม่มีผล"), "{rows:?}");
    let stats = khon_kaen.first("dl").unwrap().text();
    assert!(stats.contains("92.75") && stats.contains("90") && stats.contains("95.5"), "{stats}");
}

#[test]
fn the_front_page_counts_provinces_and_those_without_one() {
    let built = five().built();
    let front = page(&built, "");
    let section = front.all("section").into_iter().find(|section| section.attribute("id") == Some("s-provinces")).unwrap();
    let rows: Vec<(String, Vec<String>)> =
        section.first("tbody").unwrap().rows().iter().map(|row| (row.head().text(), row.values())).collect();
    // The mark has no text of its own: the figure is beside it.
    let expected = [("ขอนแก่น", ["3", "2", "", "92.75"]), ("เลย", ["1", "0", "", ""]), ("ไม่ได้ระบุจังหวัด", ["1", "1", "", "80.00"])];
    let expected: Vec<(String, Vec<String>)> =
        expected.iter().map(|(name, counts)| ((*name).to_owned(), counts.map(str::to_owned).to_vec())).collect();
    assert_eq!(rows, expected);
    assert!(built.page("").contains("href=\"provinces/ขอนแก่น/index.html\""));
    assert!(built.page("a/").contains("href=\"../provinces/ขอนแก่น/index.html\""), "an agency leads to its province");
    assert_eq!(self::rows(&front).len(), 5, "all agencies, with a result or without");
}

#[test]
fn the_front_page_shows_the_spread_without_a_rank() {
    let built = five().built();
    let front = page(&built, "");
    assert_eq!(front.first("h1").unwrap().text(), "ปี 2568 ผ่านเกณฑ์ 3 จาก 3 หน่วยงานที่ทราบระดับผล");
    let lead = front.all("p").into_iter().find(|p| p.has_class("lead")).unwrap().text();
    assert!(lead.contains("มีผลประเมินแล้ว 3 จาก 5 หน่วยงาน"), "{lead}");
    assert!(lead.contains("ครึ่งหนึ่งของ 3 หน่วยงานที่ประกาศคะแนนรวมได้ตั้งแต่ 90.00 คะแนนขึ้นไป"), "{lead}");
    let rug = front.all("svg").into_iter().find(|svg| svg.attribute("role") == Some("img")).unwrap();
    let described = rug.first("desc").unwrap().text();
    assert_eq!(described, "3 หน่วยงาน ต่ำสุด 80 ค่ากลาง 90.00 สูงสุด 95.5 แกนเริ่มที่ 60 ถึง 100");
    let ticks = rug.all("line").into_iter().filter(|line| line.has_class("rug")).filter_map(|line| line.attribute("x1"));
    assert_eq!(ticks.collect::<Vec<_>>(), ["50%", "75%", "88.8%"]);
    let section = front.all("section").into_iter().find(|section| section.attribute("id") == Some("s-spread")).unwrap();
    let tables = section.all("tbody");
    let levels: Vec<(String, Vec<String>)> = tables[0].rows().iter().map(|row| (row.head().text(), row.values())).collect();
    assert_eq!(levels.len(), 6, "the five levels of the pack, and those without a result: {levels:?}");
    assert_eq!(levels[1], ("ผ่านดี ได้ 85 ขึ้นไปทั้งคะแนนรวมและทุกเครื่องมือ".to_owned(), vec![String::new(), "3".to_owned()]));
    assert_eq!(levels[5].1[1], "2", "{levels:?}");
    let ranges: Vec<String> = tables[1].rows().iter().map(|row| format!("{} {}", row.head().text(), row.values()[1])).collect();
    assert_eq!(ranges, ["95–100 1", "90.00–94.99 1", "85.00–89.99 0", "80.00–84.99 1"]);
    // Each agency has its mark beside its figure, and one without a result an axis and a dash.
    let rows = front.all("tbody").last().unwrap().all("tr");
    let dots: Vec<usize> = rows.iter().map(|row| row.all("circle").len()).collect();
    assert_eq!(dots.iter().sum::<usize>(), 3, "{dots:?}");
    assert!(rows.iter().all(|row| row.all("use").len() == 1), "the axis is there without a dot too");
}

#[test]
fn one_agency_with_a_result_is_no_spread() {
    let built = site(&[("a", "อบต.หนึ่ง", "province: เลย\n", Some("55.5")), ("b", "อบต.สอง", "province: เลย\n", None)]).built();
    assert_whole(&built);
    for address in ["", "provinces/เลย/"] {
        let page = page(&built, address);
        assert!(page.all("svg").iter().all(|svg| svg.attribute("role").is_none()), "{address}: no rug of one tick");
        assert!(!page.text().contains("ครึ่งหนึ่งของ"), "{address}");
    }
}

#[test]
fn a_scheme_that_does_not_say_what_is_passed_counts_nobody_as_passed() {
    let pack = "id: own\nfiscal_year: 2568\nname: เกณฑ์\nlevels:\n  - {name: ดีมาก, total: 90}\n  - {name: ดี, total: 0}\n";
    let own = |slug: &str, overall: &str| {
        format!(
            "--- content/{slug}/agency.yaml\nname: อบต.{slug}\n--- content/{slug}/2568/assessment.yaml\nframework: own\noverall: {overall}\nlevel: ดี\n"
        )
    };
    let built = Site::new(SITE).with("content/frameworks/own.yaml", pack).and(&own("a", "80")).and(&own("b", "85")).built();
    let front = page(&built, "");
    assert_eq!(front.first("h1").unwrap().text(), "2 หน่วยงาน");
    assert!(front.text().contains("คะแนนรวมไม่ถึง 90"), "{}", front.text());
    assert_whole(&built);
}

#[test]
fn the_lists_and_files_are_whole_and_in_the_map() {
    let built = five().built();
    assert_whole(&built);
    let map = built.file("sitemap-site.xml");
    for address in ["provinces/%E0%B9%80%E0%B8%A5%E0%B8%A2/", "names/%E0%B8%81/"] {
        assert!(map.contains(&format!("<loc>https://example.go.th/ita/{address}</loc>")), "{map}");
    }
    // Sites of one agency have none of it.
    assert!(!Site::small().built().pages().iter().any(|path| path.starts_with("provinces/") || path.starts_with("names/")));
}

#[test]
fn spellings_of_a_province_that_make_one_address_are_one() {
    for (odd, plain, address) in [
        ("\"ขอนแก่น \"", "ขอนแก่น", "ขอนแก่น"),
        ("ขอนแก\u{200b}่น", "ขอนแก่น", "ขอนแก่น"),
        ("จ.ขอนแก่น", "ขอนแก่น", "ขอนแก่น"),
        ("{th: ขอนแก่น, en: Khon Kaen}", "ขอนแก่น", "ขอนแก่น"),
        ("Khon  Kaen", "khon kaen", "khon-kaen"),
        ("KHON KAEN", "Khon Kaen", "khon-kaen"),
        ("Khon/Kaen", "Khon Kaen", "khon-kaen"),
        ("khon-kaen", "Khon Kaen", "khon-kaen"),
        ("'..\\khon:kaen?'", "Khon Kaen", "khon-kaen"),
        ("_index", "index", "index"),
        ("ขอนแก่น.", "ขอนแก่น", "ขอนแก่น"),
        ("50", "50", "50"),
    ] {
        let agency = |slug: &'static str, province: &str| (slug, format!("province: {province}\n"));
        let agencies = [agency("a", odd), agency("b", plain), agency("c", plain)];
        let built = site(&agencies.each_ref().map(|(slug, more)| (*slug, "อบต.หนึ่ง", more.as_str(), None))).build();
        // Signs are told, where they stand; a page is shared all the same.
        let differs = odd.contains(['/', '-', '?', '_', '.']) && !odd.starts_with("จ.");
        let told: Vec<String> = built.findings.iter().map(|f| format!("{} {} {}", f.code.name(), f.agency, f.place.file)).collect();
        let expected: &[&str] = if differs { &["province-spelling a content/a/agency.yaml"] } else { &[] };
        assert_eq!(told, expected, "{odd}");
        let provinces: Vec<&str> = built.pages().into_iter().filter(|path| path.starts_with("provinces/")).collect();
        assert_eq!(provinces, [format!("provinces/{address}/index.html")], "{odd}");
        assert_whole(&built);
    }
}

#[test]
fn a_province_of_signs_is_told_where_it_stands() {
    let long = "ก".repeat(80);
    for odd in ["\"-\"", "\"/\"", "\"..\"", long.as_str()] {
        let built = site(&[("a", "อบต.หนึ่ง", &format!("province: {odd}\n"), None)]).build();
        let findings = built.findings();
        assert_eq!(findings.len(), 1, "{odd}: {findings:?}");
        assert_eq!((findings[0].0, findings[0].3, findings[0].4), ("wrong-type", "content/a/agency.yaml", 2), "{odd}");
    }
}

#[test]
fn redirects_and_pages_know_the_lists() {
    let small = || site(&[("a", "อบต.แก้ว", "province: ขอนแก่น\n", None), ("b", "อบต.กลาง", "province: เลย\n", None)]);
    let small = || small().with("content/b/2568/assessment.yaml", "framework: own\noverall: 90\n");
    let small = || small().with("content/b/frameworks/own.yaml", "id: own\nfiscal_year: 2568\nname: ย่อ\n");
    let with = |redirect: &str| small().replace("content/site.yaml", "base_url", &format!("redirects: {{{redirect}}}\nbase_url")).build();
    let built = with("old/: provinces/ขอนแก่น/, b66/: data/scores-2568.csv");
    assert_eq!(built.errors(), Vec::<String>::new());
    assert!(built.page("old/").contains("../provinces/ขอนแก่น/index.html"), "{}", built.page("old/"));
    for from in ["provinces/ขอนแก่น/", "names/ก/", "data/agencies-2568.csv/"] {
        assert_eq!(with(&format!("{from}: a/")).codes(), ["route-collision"], "{from}");
    }
    assert_eq!(with("old/: provinces/ไม่มี/").codes(), ["link-broken"]);
    // An error of its agency does not make a province unknown.
    let broken = small().replace("content/site.yaml", "base_url", "redirects: {old/: provinces/ขอนแก่น/}\nbase_url");
    let broken = broken.with("content/a/2568/assessment.yaml", "framework: ไม่มี\n");
    assert_eq!(broken.build().codes(), ["unknown-framework"]);
}

/// The columns of the contract, in order.
const AGENCIES: &[&str] = &[
    "agency",
    "agency_name",
    "year",
    "name",
    "kind",
    "province",
    "district",
    "website",
    "overall",
    "level",
    "items_published",
    "items_total",
];

#[test]
fn the_table_of_agencies_has_a_row_each() {
    let disclosures = "o1: {links: https://a.example/1}\no2: {status: partial}\no3: {status: not-applicable}\n";
    let site = five().with("content/a/2568/disclosures.yaml", disclosures);
    let built = site.with("content/e/2567/assessment.yaml", "framework: ita-2567\noverall: 70\n").built();
    let table = csv::parse(built.file("data/agencies-2568.csv"));
    assert_eq!(table[0], AGENCIES);
    let row = |slug: &str| table.iter().find(|row| row[0] == slug).unwrap().join(",");
    assert_eq!(table.len(), 6);
    assert_eq!(row("a"), "a,องค์การบริหารส่วนตำบลแก้ว,2568,องค์การบริหารส่วนตำบลแก้ว,local,ขอนแก่น,สีชมพู,https://a.example/,90,ผ่านดี,1,27");
    // Nothing is recorded of its items: how many are published is not known.
    assert_eq!(row("b"), "b,องค์การบริหารส่วนตำบลกลาง,2568,องค์การบริหารส่วนตำบลกลาง,local,ขอนแก่น,ชุมแพ,,95.5,ผ่านดี,,28");
    assert_eq!(row("c"), "c,เทศบาลตำบลเก่า,2568,เทศบาลตำบลเก่า,,ขอนแก่น,,,,,,");
    let json = built.rows("data/agencies-2568.json");
    let a = json.iter().find(|row| row["agency"] == "a").unwrap();
    assert_eq!((&a["year"], &a["overall"], &a["items_total"]), (&2568.into(), &"90".into(), &27.into()));
    assert_eq!(json.iter().find(|row| row["agency"] == "c").unwrap()["overall"], serde_json::Value::Null);
    // Every year that an agency has an edition of, and the lists lead there.
    assert_eq!(csv::parse(built.file("data/agencies-2567.csv")).len(), 6);
    for file in ["agencies-2567.csv", "agencies-2568.json", "scores-2567.json", "scores-2568.csv"] {
        assert!(built.page("").contains(&format!("href=\"data/{file}\"")), "{file}");
    }
    assert!(!built.has("data/agencies-2566.csv"));
}

/// The joined score table is the agencies' own tables, one after the other, in the order of their slugs.
#[test]
fn the_score_tables_are_joined() {
    let figures = "instruments: {IIT: 99.96, EIT1: 99.08, EIT2: 98.42, OIT: 95}\nindicators: {1: 100, 9: 90.00}\nquestions: {i1: 100}\nitems: {o1: 100}\n";
    let mut site = five().with("content/a/2568/assessment.yaml", &format!("framework: ita-2568\noverall: 97.61\n{figures}"));
    site = site
        .with("content/b/2567/assessment.yaml", "framework: ita-2567\noverall: 70\n")
        .with("content/d/2568/assessment.yaml", "framework: own\ninstruments: {ONE: 5.50}\n");
    let own = "id: own\nfiscal_year: 2568\nname: เกณฑ์ \"พิเศษ\", ใหม่\ninstruments: [{id: ONE, name: \"หนึ่ง, \\\"สอง\\\"\", weight: 100}]\n";
    let built = site.with("content/d/frameworks/own.yaml", own).built();
    for (year, slugs) in [(2568, vec!["a", "b", "d"]), (2567, vec!["b"])] {
        let joined = csv::parse(built.file(&format!("data/scores-{year}.csv")));
        let mut expected = Vec::new();
        let mut json = Vec::new();
        for slug in slugs {
            let own = csv::parse(built.file(&format!("{slug}/{year}/data/scores.csv")));
            expected.extend(own.into_iter().skip(usize::from(!expected.is_empty())));
            json.extend(built.rows(&format!("{slug}/{year}/data/scores.json")));
        }
        assert_eq!(joined, expected, "{year}");
        assert_eq!(built.rows(&format!("data/scores-{year}.json")), json, "{year}");
    }
}

#[test]
fn a_site_without_any_result_has_its_lists() {
    let built = site(&[("a", "อบต.หนึ่ง", "", None), ("b", "อบต.สอง", "", None)]).built();
    assert_whole(&built);
    assert!(page(&built, "").text().contains("มีผลประเมินแล้ว 0 จาก 2 หน่วยงาน"));
    assert!(built.paths().iter().all(|path| !path.starts_with("data/") && !path.starts_with("provinces/")));
    // A draft that is not asked for is no edition.
    let draft =
        site(&[("a", "อบต.หนึ่ง", "", None)]).with("content/a/2568/assessment.yaml", "framework: ita-2568\noverall: 90\ndraft: true\n");
    assert!(!draft.clone().built().has("data/agencies-2568.csv") && draft.drafts().built().has("data/agencies-2568.csv"));
}

#[test]
fn one_agency_s_pages_do_not_depend_on_another() {
    let alone = site(&[("a", "อบต.หนึ่ง", "province: เลย\n", Some("90"))]).built();
    let among = site(&[("a", "อบต.หนึ่ง", "province: เลย\n", Some("90")), ("b", "อบต.สอง", "province: เลย\n", Some("50"))]).built();
    let own = |built: &Built| -> BTreeMap<String, Vec<u8>> {
        built.files.clone().into_iter().filter(|(path, _)| path.starts_with("a/")).collect()
    };
    assert!(own(&alone) == own(&among));
}

#[test]
fn the_logo_of_the_site_is_on_pages_of_agencies() {
    let logo = std::fs::read(crate::support::root().join("themes/default/icon.png")).unwrap();
    let site = five().replace("content/site.yaml", "title:", "logo: files/logo.png\ntitle:").with_bytes("content/files/logo.png", &logo);
    let built = site.built();
    assert!(built.page("a/2568/").contains("../../files/logo.png"));
    let missing = site.without("content/files/logo.png").build();
    assert!(missing.errors().iter().any(|error| error.starts_with("file-missing content/site.yaml")), "{:?}", missing.errors());
}

#[test]
fn the_site_s_name_has_its_own_line_behind_a_long_name_alone() {
    let long = "สำนักงานคณะกรรมการส่งเสริมการปฏิบัติหน้าที่อย่างซื่อสัตย์ของเจ้าหน้าที่";
    let built = site(&[("a", long, "", None), ("b", "กรมตัวอย่าง", "", None)]).built();
    let own_line = |address: &str| page(&built, address).first("header").and_then(|mast| mast.first("p")).unwrap().has_class("long");
    assert!(own_line("a/"));
    assert!(!own_line("b/"));
}
