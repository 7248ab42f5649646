//! The audit page and its data: every published figure with its state, what the agency answers, where the points went, and what keeps a
//! result from the next level.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use prongsai::assessment::edition::Edition;
use prongsai::assessment::loss::{self, Row};
use prongsai::base::exact::Exact;
use prongsai::framework::Figure;
use prongsai::site::model::Model;
use prongsai::source::files::{Content, Files};
use prongsai::source::unit::{self, Context};
use serde_json::{Map, Value};

use crate::html;
use crate::support::{Built, Site};
use crate::whole::assert_whole;

const ASSESSMENT: &str = "content/2568/assessment.yaml";

static SAMPLE: LazyLock<Built> = LazyLock::new(|| Site::sample().built());

fn main_text(built: &Built, address: &str) -> String {
    html::parse(built.page(address)).first("main").unwrap().text()
}

fn rows(built: &Built, table: &str) -> Vec<Map<String, Value>> {
    built.rows(&format!("2568/data/{table}.json"))
}

fn of(built: &Built, code: &str) -> Map<String, Value> {
    rows(built, "audit").into_iter().find(|row| row["code"] == code).unwrap_or_else(|| panic!("no {code}"))
}

#[test]
fn every_published_figure_of_the_report_is_in_the_ledger() {
    let codes: Vec<Value> = rows(&SAMPLE, "audit").into_iter().map(|row| row["code"].clone()).collect();
    // The total, four instruments and parts, ten indicators, 24 questions with the 18 answers of two parts, 28 items.
    assert_eq!(codes.len(), 1 + 4 + 10 + 24 + 18 + 28);
    let states = rows(&SAMPLE, "audit").into_iter().fold(BTreeMap::new(), |mut states: BTreeMap<String, usize>, row| {
        *states.entry(row["state"].as_str().unwrap().to_owned()).or_default() += 1;
        states
    });
    let counted: Vec<(&str, usize)> = states.iter().map(|(state, count)| (state.as_str(), *count)).collect();
    assert_eq!(counted, [("contradicts", 2), ("follows", 22), ("unchecked", 61)]);
    assert_eq!(of(&SAMPLE, "9")["explanation"].as_str().unwrap().split(" | ").next().unwrap(), "9.3: 1 × 0 (o12, o13)");
    assert_eq!((&of(&SAMPLE, "e6")["low"], &of(&SAMPLE, "e6")["formula"]), (&Value::from("99.16"), &Value::from("(ep + es) / 2")));
    assert_eq!(of(&SAMPLE, "e6.ep")["published"], "100");
}

#[test]
fn the_page_shows_each_figure_of_the_ledger_and_blames_nobody() {
    let text = main_text(&SAMPLE, "2568/audit/");
    assert!(text.contains("ตัวเลขในเอกสาร 24 ตัวคำนวณย้อนได้") && text.contains("ตรงกัน 22 ตัว"), "{text}");
    for row in rows(&SAMPLE, "audit") {
        let (code, published) = (row["code"].as_str().unwrap(), row["published"].as_str().unwrap());
        assert!((code == "overall" || text.contains(code)) && text.contains(published), "{code} {published}");
    }
    for word in ["ผิด", "ปลอม", "บิดเบือน", "โกง"] {
        assert!(!text.contains(word), "{word}");
    }
    let page = html::parse(SAMPLE.page("2568/audit/"));
    let articles = page.all("article");
    let titles: Vec<String> = articles.iter().map(|article| article.first("h3").unwrap().text()).collect();
    assert_eq!(titles, ["ตัวชี้วัดที่ 9 ตามเอกสารคือ 90.00 คำนวณจากส่วนประกอบได้ 100", "ข้อ e6 ตามเอกสารคือ 99.12 คำนวณจากส่วนประกอบได้ 99.165"]);
    assert!(articles[0].text().contains("2.00") && articles[0].text().contains("มี 1 รายการได้ 0 (o12, o13)"), "{}", articles[0].text());
}

#[test]
fn what_the_agency_answers_stands_there_with_the_finding() {
    let accept = "accept:\n  - {code: score-mismatch, where: 2568/e1, reason: ตามประกาศที่ได้รับ}\n  - {code: raw-html, where: about/, reason: ข้อความตัวอย่าง}\n";
    let agency = format!("{}{accept}", Site::small().text("content/agency.yaml"));
    let site = Site::small().with("content/agency.yaml", &agency).replace(ASSESSMENT, "mean: 91.00", "mean: 91.50");
    let site = site.replace("content/about.md", "ที่สำนักปลัด", "ที่<b>สำนักปลัด</b>");
    let built = site.built();
    let text = main_text(&built, "2568/audit/");
    assert!(text.contains("ตามประกาศที่ได้รับ") && text.contains("ข้อความตัวอย่าง"), "{text}");
    assert_eq!(of(&built, "e1")["accepted"], "ตามประกาศที่ได้รับ");
    assert!(rows(&built, "audit").iter().all(|row| row["code"] == "e1" || row["accepted"].is_null()), "not at the answers of its parts");
    assert!(built.findings.iter().all(|finding| finding.accepted.is_some()), "{:?}", built.codes());
    assert_whole(&built);
}

#[test]
fn a_year_without_figures_has_a_page_that_says_so() {
    let built = Site::bare().with(ASSESSMENT, "framework: small\n").built();
    assert!(rows(&built, "audit").is_empty());
    assert!(main_text(&built, "2568/audit/").contains("ยังไม่"), "{}", main_text(&built, "2568/audit/"));
    assert_whole(&built);
}

#[test]
fn what_rounding_explains_is_told_as_that() {
    let built = Site::small().replace(ASSESSMENT, "mean: 91.00", "mean: 91.02").built();
    assert_eq!((built.codes(), &of(&built, "e1")["state"]), (vec!["score-rounding"], &Value::from("rounding")));
    assert!(main_text(&built, "2568/audit/").contains("ต่างเท่าการปัดเศษ"));
    assert_whole(&built);
}

#[test]
fn what_is_accepted_of_a_file_without_a_page_names_the_file() {
    let accept = "accept:\n  - {code: unknown-file, where: \"\", reason: เก็บไว้อ้างอิง}\n";
    let agency = format!("{}{accept}", Site::small().text("content/agency.yaml"));
    let built = Site::small().with("content/agency.yaml", &agency).with("content/notes.docx", "x").built();
    let text = main_text(&built, "2568/audit/");
    assert!(text.contains("เก็บไว้อ้างอิง") && text.contains("content/notes.docx"), "{text}");
}

#[test]
fn one_way_to_a_figure_is_not_called_several() {
    let built = Site::small().replace(ASSESSMENT, "mean: 91.00", "mean: 19.00").built();
    let text = main_text(&built, "2568/audit/");
    assert!(text.contains("มีแบบหนึ่งที่ให้ตัวเลขในเอกสาร") && !text.contains("มีหลายแบบ"), "{text}");
    assert!(main_text(&SAMPLE, "2568/audit/").contains("มีหลายแบบที่ให้ตัวเลขในเอกสาร"));
}

#[test]
fn in_english_the_count_of_figures_reads_as_a_sentence() {
    let english = |site: Site| main_text(&site.replace("content/site.yaml", "title:", "language: en\ntitle:").built(), "2568/audit/");
    let all = english(Site::small());
    assert!(all.contains("can be worked out again: all of them agree"), "{all}");
    let some = english(Site::small().replace(ASSESSMENT, "mean: 91.00", "mean: 19.00"));
    assert!(some.contains(" agree, 1 can't be joined to their parts yet"), "{some}");
}

/// The points of each row, by what it is a piece of.
fn pieces(built: &Built) -> BTreeMap<String, Vec<Exact>> {
    let mut pieces: BTreeMap<String, Vec<Exact>> = BTreeMap::new();
    for row in rows(built, "losses") {
        let points = Exact::parse(row["points"].as_str().unwrap()).unwrap();
        pieces.entry(row["of"].as_str().unwrap_or_default().to_owned()).or_default().push(points);
    }
    pieces
}

#[test]
fn the_pieces_of_each_loss_add_up_as_printed() {
    for built in [Site::sample().built(), Site::small().built(), crate::years::six().built()] {
        for (of, points) in pieces(&built) {
            if of.is_empty() {
                continue;
            }
            let above = rows(&built, "losses").into_iter().find(|row| row["code"] == of.as_str()).unwrap();
            let above = Exact::parse(above["points"].as_str().unwrap()).unwrap();
            assert_eq!(points.iter().cloned().sum::<Exact>(), above, "{of}");
        }
    }
    let of_nine = rows(&SAMPLE, "losses").into_iter().find(|row| row["of"] == "9" && row["layer"] == "rest").unwrap();
    assert_eq!(of_nine["points"], "2");
}

/// The edition of a site with this assessment.
fn edition(assessment: &str) -> Edition {
    let site = Site::bare().with(ASSESSMENT, assessment);
    let mut files = Files::new();
    for path in ["content/agency.yaml", "content/frameworks/small.yaml", ASSESSMENT] {
        files.insert(path.into(), Content::Text(site.text(path).as_bytes().to_vec()));
    }
    let (source, _, _) = unit::read(files, Context { slug: "", packs: &prongsai::framework::Packs::default(), drafts: false });
    Model::new(source).editions.remove(0).edition
}

#[test]
fn the_account_adds_up_to_the_loss_exactly() {
    // Thirds and contradictions: nothing is lost on the way, and nothing is spread where nobody knows.
    for figures in [
        "overall: 95.2\ninstruments: {IIT: 92.5, EIT1: 90, EIT2: 92, OIT: 100}\nquestions: {i1: 90, i2: 95, i3: 90.01, i4: 95}\nitems: {o1: 0, o2: 100}",
        "overall: 33.33\nindicators: {1: 11.11, 3: 100}\nquestions: {e1: {ep: 1, es: 2}}",
        "overall: 50\ninstruments: {IIT: 0}",
        "overall: 100",
        "questions: {i1: 1, i2: 2, i3: 3, i4: 5, e1: {ep: 7, es: 11}}\nitems: {o1: 100, o2: 0}",
    ] {
        let edition = edition(&format!("framework: small\n{figures}\n"));
        let (total, rows) = loss::account(&edition).unwrap();
        let is_leaf = |row: &&Row| row.figure.is_none() || !row.split;
        let sum: Exact = rows.iter().filter(is_leaf).map(|row| row.points.clone()).sum();
        assert_eq!(if rows.is_empty() { total.clone() } else { sum }, total, "{figures}");
        for row in rows.iter().filter(|row| row.split) {
            let own: Exact = rows.iter().filter(|other| Some(other.of) == row.figure).map(|other| other.points.clone()).sum();
            assert_eq!(own, row.points, "{figures} {:?}", row.figure);
        }
    }
    assert!(loss::account(&edition("framework: small\ninstruments: {IIT: 90}\n")).is_none());
}

#[test]
fn a_point_of_each_figure_is_worth_its_share_of_the_total() {
    let pack = edition("framework: small\noverall: 1\n").pack;
    let worth = |figure| loss::worth(&pack, figure).unwrap().short(6);
    let of = |code: &str| pack.figure(code).unwrap();
    assert_eq!((worth(of("IIT")), worth(of("1")), worth(of("i1"))), ("0.4".into(), "0.4".into(), "0.1".into()));
    let Figure::Question(e1) = of("e1") else { panic!() };
    assert_eq!((worth(of("e1")), worth(Figure::QuestionPart(e1, 1)), worth(of("EIT2"))), ("0.2".into(), "0.1".into(), "0.1".into()));
    assert_eq!(worth(Figure::Item(0)), "0.2");
}

/// The sample with other figures of its instruments, and nothing below them.
fn of_level(overall: &str, instruments: &str, level: &str) -> Built {
    let text = format!("framework: ita-2568\nannounced: 2568-08-01\noverall: {overall}\nlevel: {level}\ninstruments: {{{instruments}}}\n");
    Site::bare().with(ASSESSMENT, &text).without("content/2568/disclosures.yaml").built()
}

#[test]
fn a_floor_per_instrument_keeps_a_level_from_the_next() {
    // 0.3 × 98 + 0.3 × 84 + 0.4 × 100 = 94.6; without the floor it would be the second level.
    let text = |built: &Built| main_text(built, "2568/");
    let floor = of_level("94.64", "IIT: 98.13, EIT: 84, OIT: 100", "ผ่าน");
    assert!(!floor.codes().contains(&"level-mismatch"), "{:?}", floor.codes());
    assert!(text(&floor).contains("อะไรทำให้ยังไม่ถึงระดับผ่านดี"), "{}", text(&floor));
    assert!(text(&floor).contains("ต้องได้ 85 ยังขาด 1"), "{}", text(&floor));
    let wrong = of_level("94.64", "IIT: 98.13, EIT: 84, OIT: 100", "ผ่านดี");
    assert!(wrong.codes().contains(&"level-mismatch"));
    assert!(main_text(&wrong, "2568/audit/").contains("คะแนนที่ประกาศเข้าเกณฑ์ระดับ ผ่าน"), "{}", main_text(&wrong, "2568/audit/"));
    let best = of_level("97", "IIT: 98, EIT: 95, OIT: 97.75", "ผ่านดีเยี่ยม");
    assert!(!best.codes().contains(&"level-mismatch") && !text(&best).contains("อะไรทำให้ยังไม่ถึง"), "{:?}", best.codes());
}

#[test]
fn what_the_announced_level_asks_is_told_in_words() {
    let text = main_text(&of_level("80", "IIT: 80, EIT: 84, OIT: 77", "ผ่านดี"), "2568/audit/");
    assert!(text.contains("คะแนนรวม ได้ 80 เกณฑ์คือ 85") && text.contains("EIT ได้ 84 เกณฑ์คือ 85"), "{text}");
    assert!(!text.contains("overall") && !text.contains('<'), "{text}");
}

#[test]
fn a_level_in_another_spelling_is_the_same_level() {
    for level in ["ผ่าน ดี", "ระดับผ่านดี", "ระดับ ผ่านดี"] {
        let built = of_level("94.64", "IIT: 98.13, EIT: 86, OIT: 98.5", level);
        assert!(!built.codes().contains(&"level-mismatch"), "{level} {:?}", built.codes());
        assert!(of_level("94.64", "IIT: 98.13, EIT: 84, OIT: 100", level).codes().contains(&"level-mismatch"), "{level}");
        // The pages name it as the pack does, so that nothing is said twice.
        for address in ["", "2568/"] {
            let page = built.page(address);
            assert!(page.contains("ระดับผ่านดี") && !page.contains("ระดับระดับ") && !page.contains("ระดับ ผ่าน"), "{level} /{address}");
        }
    }
}

#[test]
fn a_level_is_judged_by_what_is_known() {
    // One instrument is not known, so whether the floor is met is not known either.
    assert!(!of_level("94.64", "IIT: 98.13, OIT: 100", "ผ่านดี").codes().contains(&"level-mismatch"));
    // The total alone rules the best level out, and the rest is met.
    assert!(of_level("94", "IIT: 94, EIT: 94, OIT: 94", "ผ่านดีเยี่ยม").codes().contains(&"level-mismatch"));
    // A level that is derived from parts: EIT is the mean of 85 and 85.01.
    assert!(!of_level("90", "IIT: 90, EIT1: 85, EIT2: 85.01, OIT: 93.75", "ผ่านดี").codes().contains(&"level-mismatch"));
}
