//! What authors may write, and that it means the same however it is spelt.

use crate::html;
use crate::support::{Built, Site};

const SITE: &str = "content/site.yaml";
const AGENCY: &str = "content/agency.yaml";
const ASSESSMENT: &str = "content/2568/assessment.yaml";
const DISCLOSURES: &str = "content/2568/disclosures.yaml";
const MEASURES: &str = "content/2568/measures.yaml";

fn main_text(built: &Built, page: &str) -> String {
    html::parse(built.page(page)).first("main").unwrap().text()
}

/// Two sites that mean the same give the same bytes.
fn assert_same(one: &Site, other: &Site) {
    let (one, other) = (one.built(), other.built());
    assert_eq!(one.paths(), other.paths());
    for (path, bytes) in &one.files {
        let show = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        assert!(*bytes == other.files[path], "{path} differs:\n{}\n----\n{}", show(bytes), show(&other.files[path]));
    }
}

fn to_thai(text: &str) -> String {
    text.chars().map(|c| c.to_digit(10).map_or(c, |digit| char::from_u32('๐' as u32 + digit).unwrap())).collect()
}

/// The small site with everything in Thai digits that may be.
fn thai() -> Site {
    let site = Site::small();
    let values = |text: &str, keep: &[&str]| -> String {
        let mut text = to_thai(text);
        for kept in keep {
            text = text.replace(&to_thai(kept), kept);
        }
        text
    };
    let assessment = values(site.text(ASSESSMENT), &["EIT1", "EIT2"]);
    let disclosures = values(site.text(DISCLOSURES), &["o1/structure"]);
    let measures = values(site.text(MEASURES), &["id: m1"]);
    site.with(ASSESSMENT, &assessment)
        .with(DISCLOSURES, &disclosures)
        .with(MEASURES, &measures)
        .replace("content/about.md", "2568/issues/1.md", "๒๕๖๘/issues/๑.md")
        .replace("content/2568/issues/2.md", "items/o1.md", "items/o๑.md")
        .replace("content/2568/issues/1.md", "\"i2\"", "\"i๒\"")
        .replace("content/2568/issues/1.md", "o1:", "o๑:")
        .moved("content/2568/issues/1.md", "content/2568/issues/๑.md")
        .moved("content/2568/items/o1.md", "content/2568/items/o๑.md")
        .moved("content/2568/", "content/๒๕๖๘/")
}

#[test]
fn thai_digits_mean_the_same_everywhere() {
    assert!(thai().text("content/๒๕๖๘/assessment.yaml").contains("e๑: {ep: ๙๐, es: ๙๒, mean: ๙๑.๐๐}"));
    assert_same(&Site::small(), &thai());
}

#[test]
fn thai_digits_are_no_fault_but_codes_have_a_plainer_spelling() {
    let built = thai().build();
    assert!(built.findings().iter().all(|finding| finding.0 == "code-spelling"), "{:#?}", built.findings());
}

#[test]
fn both_eras_are_the_same_day() {
    let site = Site::small()
        .replace(ASSESSMENT, "2568-08-01", "2025-08-01")
        .replace(DISCLOSURES, "2568-03-14", "2025-03-14")
        .replace(MEASURES, "2567-10-01", "2024-10-01")
        .replace(MEASURES, "2568-09-30", "2025-9-30");
    assert_same(&Site::small(), &site);
    let covers = |year: &str| Site::small().replace(DISCLOSURES, "  owner:", &format!("  covers: {year}\n  owner:"));
    assert_same(&covers("2567"), &covers("2024"));
    assert_same(&covers("2567"), &covers("๒๕๖๗"));
}

#[test]
fn a_mark_and_windows_line_ends_change_nothing() {
    let plain = Site::small().with("themes/default/strings/th.yaml", "\"404.title\": ไม่มีหน้านี้\n");
    let mut windows = plain.clone();
    for path in plain.paths().iter().filter(|path| !path.contains("/files/")) {
        let text = format!("\u{feff}{}", plain.text(path).replace('\n', "\r\n"));
        windows = windows.with(path, &text);
    }
    assert_same(&plain, &windows);
}

#[test]
fn a_template_with_a_mark_and_windows_line_ends_is_the_same() {
    let template = "{% extends \"default/page.html\" %}\n{% block nothing %}{% endblock %}\n";
    let with = |text: &str| Site::small().with("themes/default/page.html", text);
    let (one, other) = (with(template).built(), with(&format!("\u{feff}{}", template.replace('\n', "\r\n"))).built());
    assert_eq!(one.page("about/").replace("\r\n", "\n"), other.page("about/").replace("\r\n", "\n").trim_start_matches('\u{feff}'));
    assert!(other.page("about/").starts_with("<!doctype html>"), "a mark before the page's first line is no text of the page");
}

#[test]
fn null_empty_and_absent_figures_were_not_published() {
    for null in ["null", "~", "", "Null"] {
        let built = Site::bare().replace(ASSESSMENT, "  i2: 95", &format!("  i2: {null}")).built();
        assert_eq!(built.cell("questions", "i2", "published"), None, "{null}");
        assert!(!built.codes().contains(&"score-missing") && built.wrong().is_empty(), "{:?}", built.findings());
    }
    let built = Site::bare().replace(ASSESSMENT, "  i2: 95\n", "").built();
    assert_eq!(built.cell("questions", "i2", "published"), None);
    assert!(built.codes().contains(&"score-missing") && built.wrong().is_empty(), "{:?}", built.findings());
}

#[test]
fn a_layer_that_is_not_there_is_no_finding() {
    let built = Site::bare().with(ASSESSMENT, "framework: small\noverall: 95\n").built();
    assert!(!built.codes().contains(&"score-missing") && built.wrong().is_empty(), "{:?}", built.findings());
}

#[test]
fn a_draft_edition_is_left_out_unless_asked_for() {
    let site = Site::bare().replace(ASSESSMENT, "framework: small\n", "framework: small\ndraft: true\n");
    let built = site.built();
    assert!(built.has("index.html") && !built.paths().iter().any(|path| path.starts_with("2568/")), "{:?}", built.paths());
    assert!(!built.page("").contains("2568/"));
    let built = site.drafts().built();
    assert!(built.has("2568/scores/index.html") && built.page("").contains("2568/"));
}

#[test]
fn a_draft_page_is_left_out_unless_asked_for() {
    let site = Site::small().with("content/next.md", "---\ntitle: หน้าหน้า\ndraft: true\n---\nยังไม่เสร็จ\n");
    let built = site.built();
    assert!(!built.has("next/index.html") && !built.file("sitemap.xml").contains("next"));
    assert!(built.pages().iter().all(|path| !built.file(path).contains("หน้าหน้า")));
    assert!(site.drafts().built().page("next/").contains("ยังไม่เสร็จ"));
}

#[test]
fn a_draft_is_not_the_latest_result() {
    let next = "framework: small\ndraft: true\noverall: 11\n";
    let site = Site::small().with("content/2569/assessment.yaml", next).with("content/about.md", "คะแนน={{ score(\"overall\") }}\n");
    assert!(main_text(&site.built(), "about/").contains("คะแนน=95.2"));
    assert!(main_text(&site.drafts().built(), "about/").contains("คะแนน=95.2"));
}

#[test]
fn an_edition_without_a_figure_is_not_the_latest_result() {
    let site = Site::small().with("content/2569/assessment.yaml", "framework: small\n");
    let site = site.with("content/about.md", "คะแนน={{ score(\"overall\") }}\n");
    assert!(main_text(&site.built(), "about/").contains("คะแนน=95.2"));
}

#[test]
fn a_text_stands_for_a_list_of_one() {
    let lists = Site::small().replace(MEASURES, "steps: เปิดช่องทาง\n", "steps: [เปิดช่องทาง]\n").replace(
        MEASURES,
        "responsible: กองคลัง\n",
        "responsible: [กองคลัง]\n",
    );
    assert_same(&lists, &Site::small());
    let text = Site::small().replace(DISCLOSURES, "covers: [chart]", "covers: chart");
    assert_same(&text, &Site::small());
    let hosts = |value: &str| Site::small().replace(AGENCY, "kind: local", &format!("kind: local\nevidence_hosts: {value}"));
    assert_same(&hosts("[drive.example]"), &hosts("drive.example"));
    let member = |value: &str| Site::small().replace("content/frameworks/small.yaml", "members: [e1, o2]", &format!("members: {value}"));
    assert_same(&member("[e1]"), &member("e1"));
}

#[test]
fn a_link_may_be_its_address_alone() {
    let short = "o1: {links: [https://thotsop.example/a]}\no2: {links: https://thotsop.example/b}\n";
    let long = "o1: {links: [{url: https://thotsop.example/a}]}\no2: {links: {url: https://thotsop.example/b}}\n";
    assert_same(&Site::small().with(DISCLOSURES, short), &Site::small().with(DISCLOSURES, long));
}

#[test]
fn names_may_be_given_in_two_languages() {
    let built = Site::small().with(SITE, "title: ก\nlanguage: en\n").built();
    let page = built.page("");
    assert!(page.contains("lang=\"en\"") && main_text(&built, "").contains("Thotsop SAO"));
    let thai = Site::small().with(SITE, "title: ก\n").built();
    assert!(!thai.page("").contains("Thotsop SAO"));
    let text = Site::small().replace(AGENCY, "{th: องค์การบริหารส่วนตำบลทดสอบ, en: Thotsop SAO}", "องค์การบริหารส่วนตำบลทดสอบ");
    assert!(text.built().page("").contains("องค์การบริหารส่วนตำบลทดสอบ"));
    let built = text.with(SITE, "title: ก\nlanguage: en\n").built();
    let page = html::parse(built.page(""));
    let marked = page.below().into_iter().filter(|element| element.attribute("lang") == Some("th"));
    assert!(marked.map(html::Element::text).any(|text| text.contains("องค์การบริหารส่วนตำบลทดสอบ")));
}

#[test]
fn thai_on_an_english_page_is_marked_as_thai() {
    let english = |site: Site| site.replace(SITE, "title: ", "language: en\ntitle: ");
    for site in [english(Site::small()), english(Site::two()), Site::sample().replace(SITE, "language: th", "language: en")] {
        let built = site.built();
        for path in built.pages() {
            let page = html::parse(built.file(path));
            let unmarked: Vec<&str> = page.all("body").into_iter().flat_map(html::Element::thai_unmarked).collect();
            assert!(unmarked.is_empty(), "{path}: {unmarked:?}");
        }
    }
}

#[test]
fn data_files_keep_the_thai_names_in_either_language() {
    let of = |language: &str| Site::small().with(SITE, &format!("title: ก\nlanguage: {language}\n")).built();
    let (thai, english) = (of("th"), of("en"));
    for path in thai.paths().into_iter().filter(|path| path.contains("/data/")) {
        assert_eq!(thai.file(path), english.file(path), "{path}");
    }
}

#[test]
fn respondents_are_read_in_either_script_and_shown() {
    let with = |lines: &str| Site::small().replace(ASSESSMENT, "level: ผ่านดี\n", &format!("level: ผ่านดี\n{lines}"));
    let site = with("respondents: {IIT: 357, EIT1: 1204}\n");
    assert_same(&site, &with("respondents: {IIT: ๓๕๗, EIT1: ๑๒๐๔}\n"));
    let built = site.built();
    let shown = |number: &str| built.pages().iter().any(|path| html::parse(built.file(path)).text().contains(number));
    assert!(shown("357") && (shown("1204") || shown("1,204")));
    assert_eq!(with("respondents: {XIT: 3}\n").build().codes(), ["unknown-code"]);
    assert_eq!(with("respondents: {IIT: หลายคน}\n").build().codes(), ["wrong-type"]);
}

#[test]
fn corrections_are_read_with_codes_in_any_spelling() {
    let with = |lines: &str| Site::small().replace(ASSESSMENT, "level: ผ่านดี\n", &format!("level: ผ่านดี\n{lines}"));
    let entry = |code: &str| format!("corrections:\n  - {{date: 2568-08-20, code: {code}, was: ๙๑, now: 95, reason: พิมพ์ผิด}}\n");
    assert_same(&with(&entry("i2")), &with(&entry("I๒")));
    assert_eq!(with(&entry("i77")).build().codes(), ["unknown-code"]);
    assert_eq!(with("corrections: [{date: 2568-02-30, code: i2}]\n").build().codes(), ["wrong-type"]);
    assert_eq!(with("corrections: [{was: 3}]\n").build().codes(), ["missing-field"]);
}

#[test]
fn every_spelling_of_a_code_is_the_same_item() {
    for spelling in ["O1", "o๑", "๐๑", "01", "o 1", "o-1", "O01"] {
        let items = format!("items: {{\"{spelling}\": 100.0, o2: 100}}");
        let built = Site::bare().replace(ASSESSMENT, "items: {o1: 100, o2: 100}", &items).built();
        assert_eq!(built.cell("items", "o1", "published").as_deref(), Some("100.0"), "{spelling}");
        assert_eq!(built.wrong().iter().map(|f| (f.0, f.2)).collect::<Vec<_>>(), [("code-spelling", "2568/o1")], "{spelling}");
    }
}

#[test]
fn the_agency_at_the_root_has_its_pages_at_the_root() {
    let built = Site::small().built();
    for path in ["index.html", "about/index.html", "2568/index.html", "items/structure/index.html", "files/o1/structure.txt"] {
        assert!(built.has(path), "{path}");
    }
    assert_eq!(built.rows("2568/data/scores.json")[0]["agency"], "");
}

#[test]
fn several_agencies_lie_under_their_slugs() {
    let built = Site::two().built();
    for slug in ["alpha", "เบต้า"] {
        for path in ["index.html", "about/index.html", "2568/oit/o1/index.html", "items/structure/index.html", "files/o1/structure.txt"] {
            assert!(built.has(&format!("{slug}/{path}")), "{slug}/{path}");
        }
        assert_eq!(built.rows(&format!("{slug}/2568/data/items.json"))[0]["agency"], slug);
    }
    for path in ["index.html", "about/index.html", "files/all.txt", "404.html", "style.css", "robots.txt"] {
        assert!(built.has(path), "{path}");
    }
    assert!(!built.paths().iter().any(|path| path.starts_with("2568/")));
    let names: Vec<&str> = built.paths().into_iter().filter(|path| path.starts_with("names/")).collect();
    assert_eq!(names, ["names/ท/index.html", "names/บ/index.html"], "by the name without its kind");
    let list = main_text(&built, "");
    assert!(list.contains("95.2") && list.contains("ทดสอบ") && list.contains("เบต้า"), "{list}");
}

#[test]
fn an_agency_without_a_result_keeps_its_row() {
    let built = Site::two().with("content/gamma/agency.yaml", "name: เทศบาลตำบลแกมมา\n").built();
    assert!(main_text(&built, "").contains("แกมมา"));
    assert!(built.has("gamma/index.html"));
}

#[test]
fn a_link_of_an_agency_stays_inside_it() {
    let site = Site::two().with("content/alpha/about.md", "ดู[เพื่อน](../เบต้า/about.md)\n");
    assert_eq!(site.build().codes(), ["path-escape"]);
}

/// The small site with a second year, in which the items changed places.
fn two_years() -> Site {
    let small = Site::small();
    let pack = small
        .text("content/frameworks/small.yaml")
        .replace("id: small\nfiscal_year: 2568", "id: small-2569\nfiscal_year: 2569")
        .replace("o1: {id: structure, name: โครงสร้าง,", "o9: {id: structure, name: โครงสร้างใหม่,")
        .replace("members: [i1, i2, i3, i4, o1]", "members: [i1, i2, i3, i4, o9]");
    small
        .with("content/frameworks/small-2569.yaml", &pack)
        .with(
            "content/2569/assessment.yaml",
            "framework: small-2569\noverall: 81.5\nitems: {o9: 40, o2: 100}\nquestions: {i1: 1, i2: 2, i3: 3, i4: 4, e1: null}\n",
        )
        .with("content/2569/disclosures.yaml", "o9:\n  links: {title: ผังใหม่, url: files/o1/structure.txt}\n")
}

#[test]
fn an_item_is_followed_through_the_years_by_its_lasting_id() {
    let built = two_years().built();
    let page = html::parse(built.page("items/structure/"));
    let links: Vec<&str> = page.all("a").iter().filter_map(|link| link.attribute("href")).collect();
    for address in ["../../2568/oit/o1/index.html", "../../2569/oit/o9/index.html"] {
        assert!(links.contains(&address), "{links:?}");
    }
    assert!(!built.has("2568/oit/o9/index.html") && !built.has("2569/oit/o1/index.html"));
}

#[test]
fn a_score_outside_an_edition_is_the_latest_and_a_year_can_be_named() {
    let text = "ล่าสุด={{ score(\"overall\") }} ก่อน={{ score(\"overall\", 2567+1) }}";
    let errors = two_years().with("content/about.md", text).build().errors();
    assert!(errors.len() == 1 && errors[0].starts_with("wrong-type content/about.md:1"), "{errors:?}");
    let text = "ล่าสุด={{ score(\"overall\") }} ก่อน={{ score(\"overall\", 2568) }} ไทย={{ score(\"i๑\", ๒๕๖๙) }} [ผัง](o9:)\n";
    let built = two_years().with("content/about.md", text).built();
    let shown = main_text(&built, "about/");
    assert!(shown.contains("ล่าสุด=81.5") && shown.contains("ก่อน=95.2") && shown.contains("ไทย=1"), "{shown}");
    assert!(built.page("about/").contains("href=\"../2569/oit/o9/index.html\""));
}

#[test]
fn a_code_in_an_edition_s_text_is_that_edition_s() {
    let built = two_years().built();
    assert!(main_text(&built, "2568/issues/1/").contains("ข้อ i2 ได้ 95"));
    assert!(built.page("2568/issues/1/").contains("href=\"../../oit/o1/index.html\""));
}

#[test]
fn references_in_code_stay_text() {
    let built = Site::small().with("content/about.md", "`{{ score(\"i1\") }}`\n\n    {{ score(\"i99\") }}\n").built();
    let shown = main_text(&built, "about/");
    assert!(shown.contains("{{ score(\"i1\") }}") && shown.contains("{{ score(\"i99\") }}"), "{shown}");
}

#[test]
fn raw_html_is_shown_as_text_everywhere() {
    let site = Site::small()
        .with("content/about.md", "ก <img src=x onerror=alert(1)> ข\n\n<script>alert(2)</script>\n")
        .replace(MEASURES, "method: ปรับปรุงการทำงาน", "method: \"<b onclick=x>หนา</b> & \\\"\"")
        .replace(AGENCY, "short_name: อบต.ทดสอบ", "short_name: \"<i>อบต.</i>\"");
    let built = site.built();
    for path in built.pages() {
        let page = html::parse(built.file(path));
        let is_own = |e: &html::Element| e.attribute("src").is_some_and(|src| src.ends_with("search.js"));
        assert!(page.below().iter().all(|e| (!e.is_code() || is_own(e)) && e.name != "img"), "{path}");
        assert!(page.below().iter().all(|e| e.attribute("onclick").is_none()), "{path}");
        assert!(!built.file(path).contains("<i>อบต."), "{path}");
    }
    assert!(main_text(&built, "about/").contains("<img src=x onerror=alert(1)>"));
    assert!(main_text(&built, "2568/measures/").contains("<b onclick=x>หนา</b> & \""));
}

#[test]
fn headings_move_below_the_page_s_own_and_keep_thai_ids() {
    let built = Site::small().with("content/about.md", "# หัวข้อที่ ๑\n\nก\n\n## ย่อย\n\nข [ไป](#หัวข้อที่-๑)\n").built();
    let page = html::parse(built.page("about/"));
    assert_eq!(page.all("h1").len(), 1);
    let ids: Vec<&str> = page.all("h2").iter().filter_map(|heading| heading.attribute("id")).collect();
    assert!(ids.contains(&"หัวข้อที่-๑"), "{ids:?}");
}

#[test]
fn leftovers_of_editors_are_passed_over() {
    let mut site = Site::small();
    for path in [".DS_Store", "Thumbs.db", "desktop.ini", "2568/~$plan.docx", "2568/.assessment.yaml.swp", "about.md~", "files/.DS_Store"] {
        site = site.with(&format!("content/{path}"), "x");
    }
    assert_same(&Site::small(), &site);
    assert!(site.build().findings().is_empty());
}

#[test]
fn a_theme_file_of_the_site_replaces_the_built_in_one() {
    let built = Site::small()
        .with("themes/default/page.html", "<!doctype html>\n<html lang=\"th\"><body><main><h1>เอง</h1></main></body></html>")
        .built();
    assert!(built.page("about/").contains("<h1>เอง</h1>"));
    assert!(!built.page("2568/scores/").contains("เอง"));
    let named = Site::small().with(SITE, "title: ก\ntheme: own\n").with("themes/own/style.css", "body{}\n").built();
    assert_eq!(named.file("style.css"), "body{}\n");
}

#[test]
fn a_published_page_of_the_agency_is_evidence() {
    let built = Site::small().built();
    let rows = built.rows("2568/data/disclosures.json");
    let row = rows.iter().find(|row| row["code"] == "o2").unwrap();
    assert_eq!((&row["url"], &row["type"]), (&"2568/measures/".into(), &"page".into()));
}

#[test]
fn an_item_that_is_not_named_is_missing_and_one_with_links_published() {
    let built = Site::small().with(DISCLOSURES, "o1: {links: https://thotsop.example/a}\n").built();
    assert_eq!(built.cell("disclosures", "o1", "status").as_deref(), Some("published"));
    assert_eq!(built.cell("disclosures", "o2", "status").as_deref(), Some("missing"));
}

#[test]
fn attachments_of_one_name_in_two_forms_are_two_sources_for_one_address() {
    let site = Site::small().with("content/files/e\u{301}.txt", "ก").with("content/files/\u{e9}.txt", "ข");
    assert_eq!(site.build().codes(), ["route-collision"]);
}

#[test]
fn odd_names_of_attachments_are_linked_to() {
    let mut site = Site::small();
    let mut links = String::from("o1:\n  links:\n");
    for (i, name) in ["ก ข.txt", "50% (ใหม่).txt", "a#b?c.txt", "a&b.txt", "it's.txt", "+plus.txt"].iter().enumerate() {
        site = site.with(&format!("content/files/{name}"), &i.to_string());
        let url = name.replace('%', "%25").replace('#', "%23").replace('?', "%3F");
        links.push_str(&format!("    - {{title: เอกสาร, url: \"files/{url}\"}}\n"));
    }
    let built = site.with(DISCLOSURES, &links).built();
    let page = html::parse(built.page("2568/oit/o1/"));
    let links: Vec<String> = page.all("a").iter().filter_map(|link| link.attribute("href")).map(str::to_owned).collect();
    assert_eq!(links.iter().filter(|link| link.contains("/files/")).count(), 6, "{links:?}");
    assert!(links.iter().any(|link| link.ends_with("/files/a%23b%3Fc.txt")), "{links:?}");
}

#[test]
fn an_agency_may_link_to_the_site_s_own_page() {
    let built = Site::two().with("content/alpha/intro.md", "ดู[เว็บไซต์รวม](../about.md)\n").built();
    assert!(built.page("alpha/intro/").contains("href=\"../../about/index.html\""), "{}", built.page("alpha/intro/"));
}

#[test]
fn a_page_s_title_is_the_front_matter_s_or_its_first_heading() {
    let title = |text: &str| {
        let built = Site::small().with("content/about.md", text).built();
        html::parse(built.page("about/")).first("h1").unwrap().text()
    };
    assert_eq!(title("---\ntitle: ชื่อเรื่อง\n---\nก\n"), "ชื่อเรื่อง");
    assert!(!title("ก\n").is_empty());
}
