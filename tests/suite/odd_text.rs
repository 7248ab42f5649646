//! Odd and hostile texts: encodings, line ends, YAML and Markdown that were made to hurt.

use crate::odd::{meet, page, result};
use crate::support::Site;

const RESULT: &str = "content/2568/assessment.yaml";
const MEASURES: &str = "content/2568/measures.yaml";

fn every_text(change: impl Fn(&str) -> String) -> Site {
    let small = Site::small();
    small
        .paths()
        .into_iter()
        .filter(|path| !path.contains("/files/"))
        .fold(small.clone(), |site, path| site.with(&path, &change(small.text(&path))))
}

fn utf16(text: &str, little: bool) -> Vec<u8> {
    text.encode_utf16().flat_map(|unit| if little { unit.to_le_bytes() } else { unit.to_be_bytes() }).collect()
}

/// Letters of Thai and ASCII as Windows-874 has them.
fn windows_874(text: &str) -> Vec<u8> {
    text.chars().map(|c| if c.is_ascii() { c as u8 } else { (c as u32 - 0xe00 + 0xa0) as u8 }).collect()
}

fn bomb() -> String {
    (1..9).fold("a0: &a0 [x, x, x, x, x, x, x, x, x]\n".to_owned(), |text, n| {
        let list = vec![format!("*a{}", n - 1); 9].join(", ");
        format!("{text}a{n}: &a{n} [{list}]\n")
    })
}

odd_sites! {
    a_byte_order_mark_in_every_text_changes_nothing: every_text(|text| format!("\u{feff}{text}")) => [] ["", "about/", "2568/"];
    two_byte_order_marks_are_as_good_as_one: every_text(|text| format!("\u{feff}\u{feff}{text}")) => [] ["about/"];
    windows_line_ends_change_nothing: every_text(|text| text.replace('\n', "\r\n")) => [] ["about/"];
    line_ends_of_old_macs_change_nothing: every_text(|text| text.replace('\n', "\r")) => [] ["about/"];
    a_nul_is_told_where_it_stands: page("ก\nข\0ค\n") => ["unreadable-file content/about.md:2:2"] [];
    utf16_with_a_mark_is_called_so: Site::small().with_bytes("content/about.md", &utf16("\u{feff}# ก\r\n", true))
        => ["unreadable-file content/about.md:1:1"] [];
    utf16_of_the_other_order_is_called_so: Site::small().with_bytes("content/about.md", &utf16("\u{feff}# ก\r\n", false))
        => ["unreadable-file content/about.md:1:1"] [];
    utf16_without_a_mark_is_called_so: Site::small().with_bytes("content/about.md", &utf16("ข้อมูล about us\r\n", true))
        => ["unreadable-file content/about.md:1:1"] [];
    windows_874_is_called_so: Site::small().with_bytes("content/about.md", &windows_874("# about\nข้อมูล\n"))
        => ["unreadable-file content/about.md:2:1"] [];
    a_word_file_under_the_name_of_a_text_is_called_so: Site::small().with_bytes("content/about.md", b"PK\x03\x04\x14\0\x06\0")
        => ["unreadable-file content/about.md:1:1"] [];
    empty_texts_are_pages_without_words: page("").with("content/2568/report.md", "").with("content/2568/measures.yaml", "")
        => ["missing-measure content/2568/measures.yaml:1:1", "missing-measure content/2568/measures.yaml:1:1"] ["about/", "2568/report/", "2568/measures/"];
    empty_settings_lack_their_title: Site::small().with("content/site.yaml", "") => ["missing-field content/site.yaml:1:1"] [];
    an_empty_agency_lacks_its_name: Site::small().with("content/agency.yaml", "") => ["missing-field content/agency.yaml:1:1"] [];
    an_empty_result_lacks_its_framework: Site::small().without("content/about.md").with(RESULT, "# ยังไม่มี\n")
        => ["missing-field content/2568/assessment.yaml:1:1"] [];
    a_list_in_the_place_of_the_settings_is_told: Site::small().with("content/site.yaml", "- ก\n") => ["wrong-type content/site.yaml:1:1"] [];
    a_list_in_the_place_of_a_result_is_told: Site::small().without("content/about.md").with(RESULT, "- ก\n")
        => ["wrong-type content/2568/assessment.yaml:1:1"] [];
    a_list_in_the_place_of_records_is_told: Site::small().with("content/2568/disclosures.yaml", "- o1\n")
        => ["wrong-type content/2568/disclosures.yaml:1:1"] [];
    a_map_in_the_place_of_measures_is_told: Site::small().with(MEASURES, "issue: 1\n") => ["wrong-type content/2568/measures.yaml:1:1"] [];
    an_alias_bomb_is_refused: Site::small().with(MEASURES, &bomb()) => ["yaml-syntax content/2568/measures.yaml:6:10"] [];
    an_alias_bomb_in_a_front_matter_is_refused: page(&format!("---\n{}---\n", bomb())) => ["yaml-syntax content/about.md:7:10"] [];
    an_alias_to_itself_is_refused: Site::small().with(MEASURES, "&a [*a]\n") => ["yaml-syntax content/2568/measures.yaml:1:5"] [];
    twenty_thousand_brackets_are_refused: Site::small().with(MEASURES, &"[".repeat(20_000)) => ["yaml-syntax content/2568/measures.yaml:1:256"] [];
    twenty_thousand_braces_are_refused: Site::small().with(MEASURES, &"{a: ".repeat(20_000)) => ["yaml-syntax content/2568/measures.yaml:1:1021"] [];
    twenty_thousand_dashes_are_refused: Site::small().with(MEASURES, &"- ".repeat(20_000)) => ["yaml-syntax content/2568/measures.yaml:1:65"] [];
    brackets_in_a_front_matter_are_refused: page(&format!("---\ntitle: {}\n---\n", "[".repeat(20_000)))
        => ["yaml-syntax content/about.md:2:263"] [];
    a_tag_is_refused: result("overall: 95.2", "overall: !!float 95.2") => ["yaml-syntax content/2568/assessment.yaml:4:18"] [];
    a_tag_of_an_own_kind_is_refused: result("level: ผ่านดี", "level: !x ผ่านดี") => ["yaml-syntax content/2568/assessment.yaml:5:11"] [];
    a_merge_key_is_told: result("  i1: 90", "  <<: {i1: 90}\n  i1: 90") => ["unknown-field content/2568/assessment.yaml:9:3"] [];
    one_code_in_two_spellings_is_given_twice: result("  i4: 95", "  i4: 95\n  I๔: 95") => ["duplicate-key content/2568/assessment.yaml:13:3"] [];
    a_letter_that_only_looks_right_is_no_code: result("items: {o1", "items: {\u{43e}1")
        => ["score-missing content/2568/assessment.yaml:14:8", "unknown-code content/2568/assessment.yaml:14:9"] [];
    a_number_without_end_is_no_score: result("overall: 95.2", "overall: 1e999999999") => ["score-not-a-number content/2568/assessment.yaml:4:10"] [];
    a_million_digits_are_no_score: result("overall: 95.2", &format!("overall: {}", "9".repeat(1_000_000)))
        => ["score-not-a-number content/2568/assessment.yaml:4:10"] [];
    a_key_of_two_thousand_letters_is_refused: result("level:", &format!("{}: 1\nlevel:", "k".repeat(2_000)))
        => ["yaml-syntax content/2568/assessment.yaml:5:1"] [];
    a_text_of_twenty_thousand_letters_is_read: Site::small().replace("content/site.yaml", "เว็บไซต์ทดสอบ", &"ก".repeat(20_000)) => [] [""];
    a_longer_text_is_refused: Site::small().replace("content/site.yaml", "เว็บไซต์ทดสอบ", &"ก".repeat(20_001))
        => ["wrong-type content/site.yaml:1:8"] [];
    a_list_of_more_than_a_thousand_is_refused: Site::small().with(MEASURES, &"- {issue: 1, method: ก}\n".repeat(1_001))
        => ["wrong-type content/2568/measures.yaml:1001:3"] [];
    a_front_matter_without_end_is_told: page(&format!("---\n{}", "title: ก\n".repeat(10_000))) => ["yaml-syntax content/about.md:1:1"] [];
    a_front_matter_after_an_empty_line_is_read: page("\n---\ntitle: ก\n---\nข\n") => [] ["about/"];
    markdown_of_more_than_a_mebibyte_is_refused: page(&"ก".repeat(350_000)) => ["unreadable-file content/about.md:1:1"] [];
    brackets_in_markdown_are_text: page(&"[".repeat(20_000)) => [] ["about/"];
    nested_quotes_have_no_depth_that_hurts: page(&">".repeat(20_000)) => [] ["about/"];
    nested_lists_have_no_depth_that_hurts: page(&"1. ".repeat(20_000)) => [] ["about/"];
    stars_are_text_or_emphasis: page(&"*a_".repeat(20_000)) => [] ["about/"];
    a_table_of_ten_thousand_columns_is_a_table: page(&format!("{}|\n{}|\n", "|a".repeat(10_000), "|-".repeat(10_000))) => [] ["about/"];
    notes_that_refer_to_each_other_end: page("[^a]\n\n[^a]: ก[^b]\n\n[^b]: ข[^a]\n") => [] ["about/"];
    a_reference_that_is_not_closed_is_told: page("ก {{ score(\"i1\")\n\n| a |\n|---|\n| {{ score( |\n\n`{{` \\{{ ค\n")
        => ["wrong-type content/about.md:1:3", "wrong-type content/about.md:5:3"] [];
    a_reference_in_the_title_of_a_link_is_told: page("ก [ข](2568/ '{{ score(\"i1\") }}')\n") => ["wrong-type content/about.md:1:3"] [];
    a_reference_in_a_title_is_told: page("---\ntitle: ได้ {{ score(\"i1\") }}\n---\n") => ["wrong-type content/about.md:2:8"] [];
    a_picture_of_another_site_is_refused: page("![ก](https://b.example/a.png)\n\n![ข](o1:)\n")
        => ["path-escape content/about.md:1:1", "link-broken content/about.md:3:1"] [];
    two_packs_of_one_id_are_told: Site::small().without("content/about.md").with("content/frameworks/z.yaml", "id: small\nfiscal_year: 2568\nname: ก\n")
        => ["pack-invalid content/frameworks/z.yaml:1:5"] [];
    an_instrument_is_not_called_as_another_figure: Site::small()
        .with("content/frameworks/z.yaml", "id: z\nfiscal_year: 2568\nname: ก\ninstruments: [{id: o1, name: ก}, {id: \"9\", name: ข}, {id: overall, name: ค}]\n")
        => ["pack-invalid content/frameworks/z.yaml:4:20", "pack-invalid content/frameworks/z.yaml:4:39", "pack-invalid content/frameworks/z.yaml:4:59"] [];
    an_address_with_a_password_is_refused: Site::small().with("content/site.yaml", "title: ก\nbase_url: https://a:b@c.example/\n")
        => ["wrong-type content/site.yaml:2:11"] [];
    brackets_that_would_be_links_are_bounded: page(&"[a](".repeat(10_000)) => [] ["about/"];
}

#[test]
fn a_file_of_any_faults_tells_a_thousand() {
    let links = page(&"[ก](x.md)\n".repeat(3_000)).build();
    assert_eq!(links.findings.len(), 1_000);
    let keys: String = (0..3_000).map(|n| format!("k{n}: 1\n")).collect();
    assert_eq!(Site::small().and(&format!("--- content/site.yaml\ntitle: ก\n{keys}")).build().findings.len(), 1_000);
    let codes = result("  i1: 90", &format!("  i1: 90\n{}", "  i1: 90\n".repeat(3_000))).build();
    assert_eq!(codes.findings.len(), 1_000);
    let figures = page(&"{{ score(\"i77\") }}\n".repeat(3_000)).build();
    assert_eq!(figures.findings.len(), 1_000);
}

#[test]
fn what_is_no_utf8_is_told_how_to_be_saved() {
    let site = Site::small().with_bytes("content/about.md", &windows_874("ข้อมูล"));
    let built = meet(&site, &["unreadable-file content/about.md:1:1"], &[]);
    let told = &built.findings[0];
    assert!(told.message(prongsai::base::language::Language::Th).contains("Windows-874"));
    let help = told.help(prongsai::base::language::Language::Th);
    assert!(help.contains("Notepad") && help.contains("Excel") && help.contains("UTF-8"), "{help}");
}

#[test]
fn characters_that_nobody_sees_are_made_visible_in_messages() {
    let built = result("overall: 95.2", "over\u{200b}all: 95.2\u{202e}").without("content/2568/report.md").build();
    let message = built.findings[0].message(prongsai::base::language::Language::En);
    assert!(message.starts_with("there is no key `over\u{fffd}all` here"), "{message}");
}

#[test]
fn a_web_address_with_spaces_is_one() {
    let site = Site::small().with("content/about.md", "[แผน](<https://thotsop.example/แผนพัฒนา 2566.pdf>)\n");
    let site = site.replace("content/2568/disclosures.yaml", "https://thotsop.example/structure", "https://thotsop.example/ผัง ใหม่.pdf");
    let built = site.built();
    assert!(built.page("about/").contains("href=\"https://thotsop.example/แผนพัฒนา%202566.pdf\""), "{}", built.page("about/"));
    assert!(built.page("2568/oit/o1/").contains("https://thotsop.example/ผัง%20ใหม่.pdf"));
    let host = Site::small().with("content/about.md", "[แผน](<https://tho tsop.example/>)\n").build();
    assert_eq!(host.codes(), ["link-broken"]);
}

/// What turns the direction of a text would turn the words beside it too: no page shows it, also where a text stands in an attribute, in
/// JSON-LD or beside its like in the other language.
#[test]
fn nothing_turns_the_direction_of_a_page() {
    let site = Site::two()
        .with(
            "content/alpha/agency.yaml",
            "name: {th: \"ก\\u202eข\", en: \"A\\u202eb\"}\nprovince: \"ทด\\u202eสอบ\"\ndistrict: \"ค\\u200f\"\ncontact: {phone: \"1\\u202e\"}\n",
        )
        .with("content/alpha/about.md", "![ก\u{202e}ข](files/a.png \"ค\u{202e}ง\") [ก](2568/ \"จ\u{2067}ฉ\") `ช\u{202e}ซ`\n")
        .with("content/alpha/files/a.png", "x")
        .replace("content/frameworks/small.yaml", "en: Small pack", "en: \"Small\\u202e pack\"");
    let built = site.build();
    let pages = built.pages();
    assert!(pages.len() > 30, "{:#?}", built.findings);
    for page in pages {
        assert!(!built.file(page).contains(['\u{202e}', '\u{200f}', '\u{2067}']), "{page}");
    }
    assert!(!built.has("provinces/ทด\u{202e}สอบ/index.html") && built.has("provinces/ทดสอบ/index.html"));
}

/// Bangkok is no province, and is mostly called by a shorter name; its districts are often written with their word.
#[test]
fn bangkok_is_said_once_and_right() {
    let front = |agency: &str, site: &str| {
        let settings = format!("title: ก\n{site}");
        Site::small().with("content/site.yaml", &settings).with("content/agency.yaml", agency).built().page("").to_owned()
    };
    for province in ["กรุงเทพมหานคร", "กรุงเทพฯ", "กทม.", "จังหวัดกรุงเทพมหานคร"]
    {
        for district in ["บางรัก", "เขตบางรัก", "อำเภอบางรัก"] {
            let page = front(&format!("name: ก\nprovince: {province}\ndistrict: {district}\n"), "");
            assert!(page.contains(">เขตบางรัก</span>") && page.contains(">กรุงเทพมหานคร</span>"), "{province} {district}");
            assert!(!page.contains("จังหวัด"), "{province} {district}");
        }
    }
    let agency = "name: ก\nprovince: {th: ขอนแก่น, en: Khon Kaen Province}\ndistrict: {th: สีชมพู, en: Si Chomphu District}\n";
    let page = front(agency, "language: en\n");
    assert!(page.contains("Si Chomphu District") && page.contains("Khon Kaen Province"));
    assert!(!page.contains("District District") && !page.contains("Province Province"));
    let place = "province: กทม.\ndistrict: เขตบางรัก\n";
    let two = Site::two().with("content/alpha/agency.yaml", &format!("name: ก\n{place}"));
    let two = two.with("content/เบต้า/agency.yaml", "name: ข\nprovince: กรุงเทพมหานคร\n").built();
    let page = two.page("provinces/กรุงเทพมหานคร/");
    assert!(page.contains(">เขตบางรัก") && page.contains("ไม่ได้ระบุเขต") && page.contains("แยกตามเขต"), "{page}");
    assert!(page.contains("ค่ากลางของกรุงเทพมหานคร") && !page.contains("อำเภอ"), "{page}");
}
