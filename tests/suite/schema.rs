//! The schemas for editors: what they accept and refuse is what the readers do, at every place of every file.

use std::collections::BTreeSet;
use std::fs;
use std::sync::LazyLock;

use prongsai::base::language::Language;
use prongsai::base::span::Place;
use prongsai::finding::{Code, Finding, Param, Severity};
use prongsai::framework::{Pack, Packs, builtin, read as pack_reader};
use prongsai::source::{agency, assessment, disclosures, measures, site};
use prongsai::staff::schema::{ALL, Authored};
use prongsai::text::SourceText;
use prongsai::text::decode::Decoder;
use prongsai::text::shape::{Key, NAME, Need, Shape, Value};
use prongsai::text::yaml::{self, Kind, Node};
use rayon::prelude::*;
use serde_json::{Map, Value as Json, json};

use crate::json_schema::{fits, judge, parts};
use crate::support::{File, Site, files_below, root, run, write};

/// A file of each kind in which every key stands. The packs of the program and the reader's own rules find nothing wrong with them.
const FULL: &[(&str, &str)] = &[
    (
        "site",
        r##"
title: เว็บไซต์
base_url: https://example.go.th/ita/
language: th
digits: thai
theme: default
links: file
accent: "#29398f"
accent_dark: "#aab4f0"
logo: files/logo.svg
license: {name: CC BY 4.0, url: https://example.go.th/license}
ocds_prefix: ocds-ab12cd
public_key: RWTaXnjwCJFy1+qfQfpa+6UbJOK/YkKINlf2yVHyHlaYtC5AmN+Em1m8
redirects: {old/address/: 2568/oit/o1/}
accept: [{code: address-gone, where: old/, reason: เลิกใช้}]
host: [nginx]
compress: [gzip]
"##,
    ),
    (
        "agency",
        r#"
name: {th: ภูพาน, en: Phu Phan}
sort_name: ภูพาน
short_name: {th: อบต.ภูพาน, en: SAO}
kind: local
district: {th: สีชมพู, en: Si Chomphu}
province: {th: ขอนแก่น, en: Khon Kaen}
website: https://example.go.th/
image: files/office.jpg
contact: {phone: "0 4300 0000", email: a@example.go.th, facebook: phuphan, address: {th: หมู่ 1, en: Moo 1}}
evidence_hosts: [drive.example.go.th]
accept: [{code: score-mismatch, where: 2568/e6, reason: ตามประกาศ}]
"#,
    ),
    (
        "assessment",
        r#"
framework: ita-2568
announced: "2568-08-01"
source: {title: รายงาน, publisher: สำนักงาน ป.ป.ช., url: https://example.go.th/report}
level: ผ่านดี
scale: percent
draft: false
overall: 97.61
instruments: {IIT: 29.96}
indicators: {"1": 100}
questions: {i1: 99.35, e1: {ep: 98.43, es: 98.33, mean: 98.38}}
items: {o1: 100}
respondents: {IIT: 35}
corrections: [{date: "2568-08-20", code: e6, was: 99.12, now: 99.17, reason: พิมพ์ผิด}]
"#,
    ),
    (
        "disclosures",
        r#"
o1:
  status: published
  title: โครงสร้าง
  updated: "2568-03-14"
  owner: สำนักปลัด
  review_by: "2568-09-30"
  covers: 2567
  note: ปรับปรุงอยู่
  links: [{title: แผนภูมิ, url: files/o1.pdf, covers: [chart]}]
  elements: {units: {met: false, note: รอข้อมูล}}
"#,
    ),
    (
        "measures",
        r#"
- issue: 1
  id: m1
  method: คู่มือ
  steps: [สำรวจ]
  responsible: [สำนักปลัด]
  period: {from: "2567-10-01", to: "2568-09-30", text: ตลอดปี}
  status: planned
  progress: [{date: "2568-11-20", text: อบรม, evidence: files/m1.pdf}]
  closed: {date: "2569-03-01", reason: ครบ}
"#,
    ),
    (
        "framework",
        r#"
id: own
fiscal_year: 2568
name: {th: เกณฑ์, en: Scheme}
publisher: {th: ผู้ออก, en: Issuer}
certainty: derived
note: {th: หมายเหตุ, en: Note}
instruments:
  - {id: IIT, name: {th: ก, en: a}, weight: 40, plain: {th: ก, en: a}, about: {th: ก, en: a}, certainty: confirmed, sources: [S1], note: {th: ก, en: a}}
  - id: EIT
    name: ข
    weight: 60
    parts: [{id: EIT1, key: ep, name: {th: ก, en: a}, plain: {th: ก, en: a}, about: {th: ก, en: a}, certainty: confirmed, sources: [S1], note: {th: ก, en: a}}]
indicators:
  - number: 1
    name: {th: ก, en: a}
    instrument: IIT
    groups: [{id: "1.1", name: {th: ก, en: a}, plain: {th: ก, en: a}, about: {th: ก, en: a}, certainty: confirmed, sources: [S1], note: {th: ก, en: a}}]
    plain: {th: ก, en: a}
    about: {th: ก, en: a}
    certainty: confirmed
    sources: [S1]
    note: {th: ก, en: a}
questions:
  i1: {text: {th: ก, en: a}, indicator: 1, reverse: true, plain: {th: ก, en: a}, about: {th: ก, en: a}, certainty: confirmed, sources: [S1], note: {th: ก, en: a}}
items:
  o1:
    id: structure
    name: {th: ก, en: a}
    about: {th: ก, en: a}
    group: "1.1"
    indicator: 1
    data_year: current
    elements: [{id: chart, text: {th: ก, en: a}, certainty: confirmed, sources: [S1], note: {th: ก, en: a}}]
    merged_into: other
    plain: {th: ก, en: a}
    certainty: confirmed
    sources: [S1]
    note: {th: ก, en: a}
issues: [{number: 1, name: {th: ก, en: a}, members: [i1, o1], plain: {th: ก, en: a}, about: {th: ก, en: a}, certainty: confirmed, sources: [S1], note: {th: ก, en: a}}]
levels: [{name: {th: ก, en: a}, total: 95, each: 95, pass: true, plain: {th: ก, en: a}, about: {th: ก, en: a}, certainty: confirmed, sources: [S1], note: {th: ก, en: a}}]
national: {mean: 93.82, agencies: 8317, source: S1, certainty: confirmed, sources: [S1], note: {th: ก, en: a}}
sources: [{id: S1, title: {th: ก, en: a}, url: https://example.go.th/, note: {th: ก, en: a}}]
"#,
    ),
];

static SCHEMAS: LazyLock<Vec<(Authored, Json)>> = LazyLock::new(|| ALL.iter().map(|one| (*one, one.schema(Language::Th))).collect());

fn schema(name: &str) -> &'static Json {
    SCHEMAS.iter().find(|(one, _)| one.name == name).map(|(_, schema)| schema).unwrap()
}

fn source(text: &str) -> SourceText {
    SourceText { path: "content/x.yaml".into(), text: text.to_owned() }
}

/// A tree as editors see it, by the core schema of YAML 1.2.
fn as_json(node: &Node) -> Json {
    match &node.kind {
        Kind::Null => Json::Null,
        Kind::Scalar { text, quoted: false } => plain(text),
        Kind::Scalar { text, .. } => json!(text),
        Kind::List(list) => list.iter().map(as_json).collect(),
        Kind::Map(map) => map.iter().map(|(key, value)| (key.scalar().unwrap().to_owned(), as_json(value))).collect::<Map<_, _>>().into(),
    }
}

fn plain(text: &str) -> Json {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    let (whole, part) = unsigned.split_once('.').unwrap_or((unsigned, ""));
    match text {
        "true" | "True" | "TRUE" => json!(true),
        "false" | "False" | "FALSE" => json!(false),
        _ if digits(unsigned) => text.parse::<i64>().map_or_else(|_| json!(text.parse::<f64>().unwrap()), |number| json!(number)),
        _ if (digits(whole) || whole.is_empty()) && (digits(part) || part.is_empty()) && unsigned.len() > 1 => {
            json!(text.parse::<f64>().unwrap())
        }
        _ => json!(text),
    }
}

fn of_yaml(text: &str) -> Json {
    as_json(&yaml::parse(&source(text)).unwrap())
}

fn full(name: &str) -> Json {
    of_yaml(FULL.iter().find(|(one, _)| *one == name).unwrap().1)
}

/// What the reader of a file finds.
fn findings(name: &str, text: &str, pack: Option<&Pack>) -> Vec<Finding> {
    let source = source(text);
    let with = |read: &dyn Fn(&mut Decoder<'_>, &Node)| match yaml::parse(&source) {
        Ok(root) => {
            let mut d = Decoder::new(&source, "");
            read(&mut d, &root);
            d.findings
        }
        Err(finding) => vec![*finding],
    };
    match name {
        "site" => site::read(&source).1,
        "agency" => agency::read(&source, "").1,
        "assessment" => with(&|d, root| drop(assessment::read(d, root, 2568, pack))),
        "disclosures" => with(&|d, root| drop(disclosures::read(d, root, 2568, pack.unwrap()))),
        "measures" => with(&|d, root| drop(measures::read(d, root, 2568, pack.unwrap()))),
        "framework" => pack_reader::pack_into(&source, &mut Packs::default()),
        _ => unreachable!(),
    }
}

/// What a reader says of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verdict {
    Fine,
    Refused,
    /// Refused for what no schema can know: what a pack has, sums, what an address means. `docs/schema.md` names them.
    Beyond,
}

fn is_beyond(finding: &Finding) -> bool {
    match finding.code {
        Code::UnknownCode | Code::UnknownIssue | Code::UnknownFramework | Code::ContrastLow | Code::PathEscape | Code::LinkBroken => true,
        Code::PackInvalid => finding.case != "id",
        Code::WrongType => {
            matches!(&*finding.case, "place" | "color-comment" | "public-key" | "secret-key" | "old-address" | "old-address-long")
        }
        _ => false,
    }
}

/// The verdict of the reader of `name`; ids of elements may be the pack's matter.
fn verdict((name, is_packs): (&str, bool), text: &str, pack: Option<&Pack>) -> Verdict {
    let errors: Vec<Finding> = findings(name, text, pack).into_iter().filter(|f| f.severity() == Severity::Error).collect();
    match errors.iter().all(|f| is_beyond(f) || (is_packs && f.code == Code::UnknownField)) {
        _ if errors.is_empty() => Verdict::Fine,
        true => Verdict::Beyond,
        false => Verdict::Refused,
    }
}

/// Do reader and schema say the same of a document?
fn differ((name, is_packs): (&str, bool), document: &Json, what: &str) -> Option<String> {
    let text = document.to_string();
    let pack = Some(pack());
    let told = verdict((name, is_packs), &text, pack);
    let faults = judge(schema(name), document);
    let is_alike = match told {
        Verdict::Fine => faults.is_empty(),
        Verdict::Refused => !faults.is_empty(),
        Verdict::Beyond => true,
    };
    let said = || findings(name, &text, pack).iter().map(|f| format!("{} {}", f.code.name(), f.case)).collect::<Vec<_>>();
    (!is_alike).then(|| format!("{name} {what}: reader {told:?} {:?}, schema {faults:?}", said()))
}

/// A place in a full document: the way to it, what it takes, whether it is a key's.
struct Spot {
    way: Vec<String>,
    value: Value,
    key: Option<&'static Key>,
}

impl Spot {
    fn name(&self) -> String {
        self.way.join("/")
    }
}

fn at<'d>(document: &'d mut Json, way: &[String]) -> &'d mut Json {
    way.iter().fold(document, |json, step| match json {
        Json::Array(list) => &mut list[step.parse::<usize>().unwrap()],
        other => other.get_mut(step).unwrap(),
    })
}

fn with(document: &Json, way: &[String], value: Json) -> Json {
    let mut document = document.clone();
    *at(&mut document, way) = value;
    document
}

/// All places of a document, as its shape says what stands there.
fn spots(value: Value, json: &Json, way: &[String], found: &mut Vec<Spot>) {
    let deeper = |step: &str| way.iter().cloned().chain([step.to_owned()]).collect::<Vec<_>>();
    match (value, json) {
        (Value::Either(one, other), _) => {
            let is_map = |value: &Value| matches!(value, Value::Map(_)) || shape_of(*value).is_some();
            let fitting = if json.is_object() == is_map(other) { other } else { one };
            spots(*fitting, json, way, found);
        }
        (Value::Name, Json::Object(_)) => spots(Value::Shape(&NAME), json, way, found),
        (Value::Shape(shape), Json::Object(object)) => {
            for key in shape.keys.iter().filter(|key| object.contains_key(key.name)) {
                let way = deeper(key.name);
                found.push(Spot { way: way.clone(), value: key.value, key: Some(key) });
                spots(key.value, &object[key.name], &way, found);
            }
        }
        (Value::Map(map), Json::Object(object)) => {
            for (key, json) in object {
                let way = deeper(key);
                found.push(Spot { way: way.clone(), value: map.value, key: None });
                spots(map.value, json, &way, found);
            }
        }
        (Value::List(member) | Value::OneOrMore(member), Json::Array(list)) => {
            for (i, json) in list.iter().enumerate() {
                let way = deeper(&i.to_string());
                found.push(Spot { way: way.clone(), value: *member, key: None });
                spots(*member, json, &way, found);
            }
        }
        _ => {}
    }
}

/// Values of every kind, good at some place and bad at others.
fn probes() -> Vec<Json> {
    let texts = [
        "",
        " ",
        "ข้อความ",
        "x y",
        "๙๘.๔๓",
        " 98.43 ",
        "99,5",
        "๙๗.๖๑.๐๐",
        "007",
        "-0",
        "100",
        "๑๐๐.๐๐",
        "100.01",
        "101",
        "-1",
        "true",
        "2568-08-01",
        "๒๕๖๘-๘-๑",
        "2025-08-01",
        "2568-13-01",
        "2568-02-30",
        "2568-04-31",
        "2568-00-10",
        "2568-1-0",
        "1 ส.ค. 2568",
        "2942-12-31",
        "2943-01-01",
        "0999-1-1",
        "๒๕๖๘",
        "25",
        "25680",
        "๑๒",
        "+5",
        "5000000000",
        "00000000001",
        "1.0",
        "https://a.go.th/x",
        "HTTPS://a.go.th",
        "http://",
        "https:///x",
        "https://a b",
        "https://a%41.th/",
        "https://a.th/%41",
        "https://a.th//x",
        "https://a.th/?q",
        "https://a.th///",
        "ftp://x",
        "a.go.th",
        "https://ก.ไทย/ก",
        "#29398f",
        "#29398",
        "#FFF",
        "29398f",
        "files/a.png",
        "files/a.PDF",
        "files/a.SVG",
        "files/.png",
        "a.png",
        "ocds-ab12cd",
        "ocds-AB12CD",
        "ocds-ab12c",
        "IIT",
        "i1",
        "o1",
        "O1",
        "i0",
        "i1234",
        "x-1",
        "-x",
        "Own",
        "own.",
        "คำ",
        "address-gone",
        "score-mismatch",
        "chart",
        "files/o1.pdf",
    ];
    let mut probes: Vec<Json> = texts.iter().map(|text| json!(text)).collect();
    let numbers = "0 1 5 25 98.43 99.999 100 100.5 101 -1 2568 999 10000 4294967295 4294967296 99999999999 112233";
    probes.extend(numbers.split(' ').map(|number| serde_json::from_str(number).unwrap()));
    probes.extend([json!(null), json!(true), json!(false), json!([]), json!(["x"]), json!([null]), json!([[]]), json!(["th", "en"])]);
    probes.extend([
        json!({}),
        json!({"th": "ก"}),
        json!({"th": "ก", "en": "a"}),
        json!({"en": "a"}),
        json!({"th": null}),
        json!({"zz": 1}),
    ]);
    probes.extend([
        json!([{}]),
        json!([{"th": "ก"}]),
        json!({"th": ["ก"]}),
        json!(["nginx", "nope"]),
        json!([1, 2]),
        json!(["2568-08-01"]),
    ]);
    probes
}

/// The way without what is data: numbers of lists, keys of maps.
fn ways(value: Value, way: &str, found: &mut BTreeSet<String>) {
    match value {
        Value::Either(one, other) => {
            ways(*one, way, found);
            ways(*other, way, found);
        }
        Value::Name => ways(Value::Shape(&NAME), way, found),
        Value::Shape(shape) => {
            for key in shape.keys {
                let way = format!("{way}/{}", key.name);
                ways(key.value, &way, found);
                found.insert(way);
            }
        }
        Value::Map(map) => ways(map.value, &format!("{way}/*"), found),
        Value::List(member) | Value::OneOrMore(member) => ways(*member, &format!("{way}/*"), found),
        _ => {}
    }
}

fn all_spots(one: &Authored) -> (Json, Vec<Spot>) {
    let document = full(one.name);
    let mut found = vec![Spot { way: Vec::new(), value: one.value, key: None }];
    spots(one.value, &document, &[], &mut found);
    (document, found)
}

fn pack() -> &'static Pack {
    builtin::get("ita-2568").unwrap()
}

#[test]
fn the_full_documents_have_every_key_and_are_accepted_by_both() {
    for (one, schema) in SCHEMAS.iter() {
        let (document, found) = all_spots(one);
        assert_eq!(judge(schema, &document), Vec::<String>::new(), "{}", one.name);
        let told = findings(one.name, &document.to_string(), Some(pack()));
        let errors: Vec<_> =
            told.iter().filter(|f| f.severity() == Severity::Error).map(|f| (f.code.name(), f.message(Language::En))).collect();
        assert_eq!(errors, [], "{}", one.name);
        let mut all = BTreeSet::new();
        ways(one.value, "", &mut all);
        let general = |spot: &Spot| {
            let mut document = document.clone();
            let mut general = String::new();
            for (i, step) in spot.way.iter().enumerate() {
                let is_key = found.iter().any(|other| other.way == spot.way[..=i] && other.key.is_some());
                let is_map = at(&mut document, &spot.way[..i]).is_object() && is_key;
                general.push('/');
                general.push_str(if is_map { step } else { "*" });
            }
            general
        };
        let met: BTreeSet<String> = found.iter().filter(|spot| spot.key.is_some()).map(general).collect();
        assert_eq!(all.difference(&met).collect::<Vec<_>>(), Vec::<&String>::new(), "{}", one.name);
    }
}

/// Is this left unsaid? What looks like a number is one for editors, so that its digits are not judged; and `true` for a text, which the
/// reader takes, would be proposed everywhere.
fn is_unsaid(value: Value, probe: &Json) -> bool {
    match value {
        Value::FitScalar(_) => probe.is_number() || probe.is_boolean(),
        Value::Text | Value::Offered(_) | Value::Name => probe.is_boolean(),
        Value::OneOrMore(member) => is_unsaid(*member, probe),
        Value::Either(one, other) => is_unsaid(*one, probe) || is_unsaid(*other, probe),
        _ => false,
    }
}

/// Of the probes every so many are some of each kind.
const SOME: usize = 5;

#[test]
fn every_value_is_judged_alike_at_every_place() {
    let probes = probes();
    let mut wrong: Vec<String> = Vec::new();
    for (one, _) in SCHEMAS.iter() {
        let (document, found) = all_spots(one);
        // A name is one shape wherever it stands.
        let mut names = BTreeSet::new();
        let is_of_name = |spot: &Spot| spot.key.is_some_and(|key| NAME.keys.iter().any(|of_name| of_name.example == key.example));
        let found: Vec<&Spot> = found.iter().filter(|spot| !is_of_name(spot) || names.insert(spot.way.last())).collect();
        // What an entry of a pack may carry is one key wherever it stands: after the first place some probes of each kind will do.
        let mut keys = BTreeSet::new();
        let found: Vec<(&Spot, bool)> =
            found.into_iter().map(|spot| (spot, spot.key.is_none_or(|key| keys.insert((key.name, key.says.1))))).collect();
        wrong.par_extend(found.par_iter().flat_map_iter(|(spot, is_first)| {
            let step = if *is_first { 1 } else { SOME };
            let is_packs =
                |step: &String| matches!((one.name, step.as_str()), ("disclosures", "covers" | "elements") | ("assessment", "questions"));
            let is_packs = spot.way.iter().any(is_packs);
            let words: Vec<Json> = match spot.value {
                Value::Word(words) | Value::OneOrMore(&Value::Word(words)) => (words.words)().into_iter().map(|word| json!(word)).collect(),
                _ => Vec::new(),
            };
            let mut wrong = Vec::new();
            for probe in probes.iter().step_by(step).chain(&words).filter(|probe| !is_unsaid(spot.value, probe)) {
                let document = with(&document, &spot.way, probe.clone());
                wrong.extend(differ((one.name, is_packs), &document, &format!("{} = {probe}", spot.name())));
            }
            wrong
        }));
    }
    assert!(wrong.is_empty(), "{} differ\n{}", wrong.len(), wrong.iter().take(60).cloned().collect::<Vec<_>>().join("\n"));
}

#[test]
fn texts_and_lists_are_as_long_as_the_reader_takes_them() {
    let text = |letters: usize| json!({ "title": "ก".repeat(letters), "theme": "x" });
    let list = |members: usize| json!({ "name": "ก", "evidence_hosts": vec!["x"; members] });
    for (name, document, is_fine) in
        [("site", text(20_000), true), ("site", text(20_001), false), ("agency", list(1_000), true), ("agency", list(1_001), false)]
    {
        assert_eq!(judge(schema(name), &document).is_empty(), is_fine, "{name}");
        assert_eq!(verdict((name, false), &document.to_string(), None) == Verdict::Fine, is_fine, "{name}");
    }
}

#[test]
fn every_example_is_accepted_by_both_where_it_stands() {
    for (one, schema) in SCHEMAS.iter() {
        let (document, found) = all_spots(one);
        for (spot, key) in found.iter().filter_map(|spot| Some((spot, spot.key?))).filter(|(_, key)| !key.example.is_empty()) {
            let document = with(&document, &spot.way, of_yaml(key.example));
            assert_eq!(judge(schema, &document), Vec::<String>::new(), "{} {}", one.name, spot.name());
            assert_ne!(verdict((one.name, false), &document.to_string(), Some(pack())), Verdict::Refused, "{} {}", one.name, spot.name());
        }
    }
}

/// The schemas that hold for a place.
fn below<'s>(schema: &'s Json, way: &[String]) -> Vec<&'s Json> {
    way.iter().fold(vec![schema], |schemas, step| {
        let deeper = |schema: &&'s Json| {
            let formed = schema["patternProperties"].as_object().into_iter().flatten();
            let formed = formed.filter(|(form, _)| fits(form, step)).map(|(_, schema)| schema);
            let named = schema["properties"].get(step.as_str());
            let member = schema.get("items").filter(|_| step.parse::<usize>().is_ok());
            named.into_iter().chain(formed).chain(member).collect::<Vec<_>>()
        };
        schemas.iter().flat_map(|one| parts(schema, one)).collect::<Vec<_>>().iter().flat_map(deeper).collect()
    })
}

fn shape_of(value: Value) -> Option<&'static Shape> {
    match value {
        Value::Shape(shape) => Some(shape),
        Value::Name => Some(&NAME),
        Value::Either(one, other) => shape_of(*one).or_else(|| shape_of(*other)),
        _ => None,
    }
}

#[test]
fn unknown_and_missing_keys_are_refused_by_both_and_the_known_ones_are_the_same() {
    for (one, schema) in SCHEMAS.iter() {
        let (document, found) = all_spots(one);
        let mut looked = 0;
        for spot in &found {
            let mut here = document.clone();
            let Some(object) = at(&mut here, &spot.way).as_object_mut() else { continue };
            let Some(shape) = shape_of(spot.value) else { continue };
            looked += 1;
            object.insert("zzzzzzzzzzzz".to_owned(), json!(1));
            assert_ne!(judge(schema, &here), Vec::<String>::new(), "{} {}", one.name, spot.name());
            let told = findings(one.name, &here.to_string(), Some(pack()));
            let unknown = told.iter().find(|f| f.code == Code::UnknownField).unwrap_or_else(|| panic!("{} {}", one.name, spot.name()));
            let known = unknown.params.iter().find(|(name, _)| *name == "known").map(|(_, known)| known.clone());
            let held: Vec<&Json> = below(schema, &spot.way)
                .into_iter()
                .flat_map(|one| parts(schema, one))
                .filter(|schema| schema["additionalProperties"] == false)
                .collect();
            // The same by its name and by its form.
            let held: Vec<&Json> = held.iter().enumerate().filter(|(i, one)| !held[..*i].contains(one)).map(|(_, one)| *one).collect();
            let [held] = held[..] else { panic!("{} {}: {} schemas", one.name, spot.name(), held.len()) };
            let properties: Vec<String> = held["properties"].as_object().unwrap().keys().cloned().collect();
            assert_eq!(known, Some(Param::List(properties)), "{} {}", one.name, spot.name());
            for key in shape.keys {
                let mut here = document.clone();
                at(&mut here, &spot.way).as_object_mut().unwrap().shift_remove(key.name);
                let (told, faults) = (verdict((one.name, false), &here.to_string(), Some(pack())), judge(schema, &here));
                let is_needed = key.need != Need::Free;
                let place = format!("{} {}/{}: {told:?} {faults:?}", one.name, spot.name(), key.name);
                assert_eq!(told == Verdict::Refused, is_needed, "{place}");
                assert_eq!(!faults.is_empty(), is_needed, "{place}");
            }
        }
        assert!(looked > 0, "{}", one.name);
    }
}

/// Keys as people write them.
type Spellings = &'static [&'static str];

#[test]
fn codes_are_keys_in_every_spelling_and_nothing_else_is() {
    let cases: &[(&str, &str, &str, Spellings, Spellings)] = &[
        (
            "assessment",
            "questions",
            "i1",
            &["I1", "i๑", "i 1", "i-01", "i\u{2013}๑", " i1 "],
            &["", "i", "i0", "i1a", "i1234", "1", "คำ", "i1.2", "i\u{2014}1"],
        ),
        ("assessment", "items", "o1", &["O1", "o๑", "๐๑", "001", "o.1"], &["", "o", "1", "hello", "๐๐๐", "0"]),
        ("assessment", "indicators", "1", &["๑", " 1"], &["", "x", "1.1", "-1", "ตัวชี้วัด 1"]),
        ("assessment", "instruments", "IIT", &["iit", "Iit"], &["", "คนใน", "I IT"]),
        ("disclosures", "", "o1", &["O1", "o๑", "๐๑", "o 01"], &["", "o", "1", "hello", "ข้อ 1"]),
        ("framework", "items", "o1", &[], &["O1", "o01", "o๑", "o", "1", "o1000"]),
        ("framework", "questions", "i1", &[], &["I1", "i01", "i"]),
    ];
    for (name, way, key, good, bad) in cases {
        let way: Vec<String> = way.split('/').filter(|step| !step.is_empty()).map(str::to_owned).collect();
        let renamed = |spelling: &str| {
            let mut document = full(name);
            let object = at(&mut document, &way).as_object_mut().unwrap();
            let value = object.shift_remove(*key).unwrap();
            object.insert(spelling.to_owned(), value);
            document
        };
        for spelling in *good {
            let document = renamed(spelling);
            assert_eq!(judge(schema(name), &document), Vec::<String>::new(), "{name} {spelling}");
            assert_eq!(verdict((name, false), &document.to_string(), Some(pack())), Verdict::Fine, "{name} {spelling}");
        }
        for spelling in *bad {
            let document = renamed(spelling);
            assert_ne!(judge(schema(name), &document), Vec::<String>::new(), "{name} {spelling}");
            assert_ne!(verdict((name, false), &document.to_string(), Some(pack())), Verdict::Fine, "{name} {spelling}");
        }
    }
}

/// The kind of an authored file, by its path.
fn kind(path: &str) -> Option<&'static str> {
    let name = path.strip_prefix("content/")?;
    let file = name.rsplit('/').next()?;
    match file {
        _ if name.contains("files/") => None,
        "site.yaml" | "agency.yaml" | "assessment.yaml" | "disclosures.yaml" | "measures.yaml" => {
            Some(SCHEMAS.iter().find(|(one, _)| file == format!("{}.yaml", one.name))?.0.name)
        }
        _ if name.contains("frameworks/") && file.ends_with(".yaml") => Some("framework"),
        _ => None,
    }
}

/// Are all authored files of a site judged alike? Gives how many there are, and which are not.
fn of_site(site: &Site, name: &str, wrong: &mut Vec<String>) -> usize {
    let text = |path: &String| match site.file(path) {
        Some(File::Bytes(bytes)) => String::from_utf8(bytes.clone()).ok().map(|text| text.trim_start_matches('\u{feff}').to_owned()),
        _ => None,
    };
    let files: Vec<(String, &str, String)> =
        site.paths().iter().filter_map(|path| Some((path.clone(), kind(path)?, text(path)?))).collect();
    let mut own = Packs::default();
    for (_, _, text) in files.iter().filter(|(_, kind, _)| *kind == "framework") {
        pack_reader::pack_into(&source(text), &mut own);
    }
    let mut looked = 0;
    for (path, kind, text) in &files {
        let Ok(root) = yaml::parse(&source(text)) else { continue };
        let folder = path.rsplit_once('/').unwrap().0;
        let id = |text: &str| assessment::head(&yaml::parse(&source(text)).ok()?, |_| Place::top("x")).framework.map(|id| id.value);
        let id = files.iter().find(|(other, kind, _)| *kind == "assessment" && other.starts_with(folder)).and_then(|(_, _, text)| id(text));
        let pack = id.as_deref().and_then(|id| own.get(id)).map(|pack| &**pack);
        if matches!(*kind, "disclosures" | "measures") && pack.is_none() {
            continue;
        }
        looked += 1;
        let faults = judge(schema(kind), &as_json(&root));
        let told = verdict((kind, true), text, pack);
        // A figure above the weight of its instrument, a key that stands twice and one that merges are nothing that a schema can say.
        let is_unsaid = text.contains("scale: weighted")
            || findings(kind, text, pack).iter().any(|f| f.code == Code::DuplicateKey || f.case == "merge");
        if !(match told {
            Verdict::Fine => faults.is_empty(),
            Verdict::Refused => !faults.is_empty() || is_unsaid,
            Verdict::Beyond => true,
        }) {
            wrong.push(format!("{name} {path}: reader {told:?}, schema {faults:?}\n{text}"));
        }
    }
    looked
}

#[test]
fn the_files_of_all_our_sites_are_judged_alike() {
    let mut wrong = Vec::new();
    for (site, name) in [(Site::sample(), "sample"), (Site::small(), "small"), (Site::two(), "two")] {
        assert!(of_site(&site, name, &mut wrong) > 4, "{name}");
    }
    let mut looked = 0;
    for entry in fs::read_dir(root().join("tests/findings")).unwrap() {
        let folder = entry.unwrap().path();
        let text = fs::read_to_string(folder.join("site.txt")).unwrap();
        let base = if text.starts_with("# alone") { Site::new("") } else { Site::small() };
        looked += of_site(&base.and(&text).unmarked().0, folder.file_name().unwrap().to_str().unwrap(), &mut wrong);
    }
    assert!(looked > 900, "{looked}");
    for path in files_below(&root().join("src/framework/packs")) {
        let text = fs::read_to_string(&path).unwrap();
        assert_eq!(judge(schema("framework"), &of_yaml(&text)), Vec::<String>::new(), "{}", path.display());
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Every description of a schema.
fn descriptions(schema: &Json, found: &mut Vec<String>) {
    match schema {
        Json::Object(object) => {
            for (key, value) in object {
                match value.as_str() {
                    Some(text) if key == "description" => found.push(text.to_owned()),
                    _ => descriptions(value, found),
                }
            }
        }
        Json::Array(list) => list.iter().for_each(|one| descriptions(one, found)),
        _ => {}
    }
}

#[test]
fn every_key_is_explained_in_both_languages() {
    let is_thai = |text: &str| text.chars().any(|c| ('ก'..='๛').contains(&c));
    for one in ALL {
        for language in [Language::Th, Language::En] {
            let mut found = Vec::new();
            descriptions(&one.schema(language), &mut found);
            assert!(found.iter().all(|text| !text.trim().is_empty()), "{}", one.name);
            if language == Language::Th {
                let foreign: Vec<_> = found.iter().filter(|text| !is_thai(text)).collect();
                assert_eq!(foreign, Vec::<&String>::new(), "{}", one.name);
            }
        }
        let (_, found) = all_spots(&one);
        for key in found.iter().filter_map(|spot| spot.key) {
            assert!(is_thai(key.says.0) && !is_thai(key.says.1), "{}", key.name);
            if let Value::Word(words) = key.value {
                assert_eq!((words.words)().len(), words.says.len(), "{}", key.name);
            }
        }
    }
}

#[test]
fn editors_are_offered_the_codes_of_our_packs_with_what_they_mean() {
    let assessment = schema("assessment");
    assert!(assessment["properties"]["questions"]["properties"]["i1"]["description"].as_str().unwrap().contains("2568"));
    assert!(assessment["properties"]["instruments"]["properties"]["EIT1"].is_object());
    assert_eq!(assessment["properties"]["framework"]["examples"][0], "ita-2569");
    let o1 = &schema("disclosures")["properties"]["o1"]["properties"];
    assert!(o1["elements"]["properties"]["chart"]["description"].as_str().unwrap().contains("โครงสร้าง"));
    assert!(o1["links"]["items"]["properties"]["covers"]["examples"].as_array().unwrap().contains(&json!("chart")));
    for pack in builtin::ids().map(|id| builtin::get(id).unwrap()) {
        for item in &pack.items {
            assert!(schema("disclosures")["properties"][item.code.to_string()].is_object(), "{} {}", pack.id, item.code);
        }
    }
}

#[test]
fn the_command_prints_one_schema_or_all_of_them() {
    let folder = tempfile::tempdir().unwrap();
    for one in ALL {
        let (status, out, err) = run(folder.path(), &format!("schema {}", one.name));
        assert_eq!((status, out, err), (0, one.text(Language::Th), String::new()), "{}", one.name);
        let (_, english, _) = run(folder.path(), &format!("schema {} --lang en", one.name));
        assert_eq!(english, one.text(Language::En));
    }
    let (status, out, _) = run(folder.path(), "schema");
    let all: Map<String, Json> = serde_json::from_str(&out).unwrap();
    let names: Vec<&str> = all.keys().map(String::as_str).collect();
    assert_eq!((status, names), (0, vec!["site", "agency", "assessment", "disclosures", "measures", "framework"]));
    assert_eq!(all["site"], *schema("site"));
    let (status, out, err) = run(folder.path(), "schema mesures --lang th");
    assert_eq!((status, out.as_str()), (2, ""));
    assert!(err.contains("`measures`"), "{err}");
    assert!(fs::read_dir(folder.path()).unwrap().next().is_none());
}

#[test]
fn schemas_are_written_into_the_site_and_over_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let (status, out, _) = run(folder.path(), "schema --write --lang th");
    assert_eq!((status, out.lines().count()), (0, 6), "{out}");
    assert!(out.contains("schemas/site.schema.json"));
    let file = folder.path().join("schemas/site.schema.json");
    assert_eq!(fs::read_to_string(&file).unwrap(), Authored::of("site").unwrap().text(Language::Th));
    // What was altered there is ours all the same.
    let altered = fs::read_to_string(&file).unwrap().replace("\"title\"", "\"titel\"");
    write(&file, altered.as_bytes());
    let (status, out, _) = run(folder.path(), "schema --write --lang en");
    assert_eq!((status, out.lines().filter(|line| line.starts_with("wrote anew")).count()), (0, 6), "{out}");
    // Somebody else's file stays, and so do the others.
    let other = folder.path().join("schemas/agency.schema.json");
    write(&other, b"{\"title\": \"mine\"}");
    let before = crate::support::tree(folder.path());
    let (status, out, err) = run(folder.path(), "schema --write");
    assert_eq!((status, out.as_str()), (2, ""));
    assert!(err.contains("schemas/agency.schema.json"), "{err}");
    assert_eq!(crate::support::tree(folder.path()), before);
    let (status, out, _) = run(folder.path(), "schema site --write --lang en");
    assert_eq!((status, out.as_str()), (0, "unchanged schemas/site.schema.json\n"));
}
