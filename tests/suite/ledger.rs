//! The score ledger: what contradicts is found at its figure, and what is honest is never called anything else.
//!
//! The tests have a roll-up of their own, over fractions, from the true figures upwards; the program only ever sees what was printed.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::Arc;

use num_bigint::BigInt;
use num_rational::BigRational;
use prongsai::base::language::Language;
use prongsai::check::scores;
use prongsai::finding::Finding;
use prongsai::framework::Packs;
use prongsai::site::model::Model;
use prongsai::source::files::{Content, Files};
use prongsai::source::unit::{self, Context};
use serde_json::json;

use crate::fuzz::{Chance, seed};
use crate::support::{ABSENT, Site};

type Number = BigRational;

fn number(numerator: i64, denominator: i64) -> Number {
    Number::new(BigInt::from(numerator), BigInt::from(denominator))
}

fn mean(numbers: &[Number]) -> Number {
    numbers.iter().sum::<Number>() / number(numbers.len() as i64, 1)
}

/// Half-up to two decimals, as reports print; zeros at the end are sometimes left out.
fn printed(value: &Number, chance: &mut Chance) -> String {
    let hundredths = (value * number(100, 1) + number(1, 2)).floor().to_integer();
    let hundredths: i64 = hundredths.to_string().parse().unwrap();
    let text = format!("{}.{:02}", hundredths / 100, hundredths % 100);
    if chance.below(2) == 0 { text } else { text.trim_end_matches('0').trim_end_matches('.').to_owned() }
}

/// Ids of instruments end in a letter: a letter and a number is a question.
const INSTRUMENTS: [&str; 3] = ["A", "B", "C"];

/// A random pack with random true figures.
struct World {
    pack: String,
    weighted: bool,
    /// The figure of each code; a part of a question is `e1.ep`.
    truth: BTreeMap<String, Number>,
    /// The codes below each figure that has any; two ways where an instrument has parts.
    below: BTreeMap<String, Vec<Vec<String>>>,
    /// The most that a figure printed as a share can be, in hundredths.
    highest: BTreeMap<String, i64>,
}

impl World {
    fn new(chance: &mut Chance) -> Self {
        let mut world = Self {
            pack: String::new(),
            weighted: chance.below(4) == 0,
            truth: BTreeMap::new(),
            below: BTreeMap::new(),
            highest: BTreeMap::new(),
        };
        world.make(chance);
        world
    }

    fn make(&mut self, chance: &mut Chance) {
        let instruments = 1 + chance.below(3);
        let mut weights: Vec<i64> = (1..instruments).map(|_| 10 + chance.below(25) as i64).collect();
        weights.push(100 - weights.iter().sum::<i64>());
        let (mut instrument_lines, mut indicator_lines) = (String::new(), String::new());
        let (mut question_lines, mut item_lines) = (String::new(), String::new());
        let (mut indicator, mut question, mut item) = (0, 0, 0);
        let mut total = number(0, 1);
        for (i, weight) in weights.iter().enumerate() {
            let has_items = chance.below(3) == 0;
            let parts: &[&str] = if has_items { &[] } else { [&[][..], &["ep", "es"], &["a", "b", "c"]][chance.below(3)] };
            let id = format!("T{}", INSTRUMENTS[i]);
            let listed: Vec<String> = parts.iter().map(|key| format!("{{id: {id}{key}, key: {key}, name: ก}}")).collect();
            writeln!(instrument_lines, "  - {{id: {id}, name: ก, weight: {weight}, parts: [{}]}}", listed.join(", ")).unwrap();
            let mut indicators = Vec::new();
            // For each part the means of its questions by indicator, and the codes of all of them.
            let mut of_parts: Vec<(Vec<Number>, Vec<String>)> = vec![(Vec::new(), Vec::new()); parts.len()];
            for _ in 0..1 + chance.below(3) {
                indicator += 1;
                let code = indicator.to_string();
                let mut means = Vec::new();
                let mut members = Vec::new();
                if has_items {
                    let groups = chance.below(4);
                    let listed: Vec<String> = (1..=groups).map(|g| format!("{{id: \"{code}.{g}\", name: ก}}")).collect();
                    writeln!(indicator_lines, "  - {{number: {code}, name: ก, instrument: {id}, groups: [{}]}}", listed.join(", "))
                        .unwrap();
                    for group in 1..=groups.max(1) {
                        let mut values = Vec::new();
                        let mut codes = Vec::new();
                        for _ in 0..1 + chance.below(4) {
                            item += 1;
                            let own = format!("o{item}");
                            let place = if groups > 0 { format!("group: \"{code}.{group}\"") } else { format!("indicator: {code}") };
                            writeln!(item_lines, "  {own}: {{id: item-{item}, name: ก, {place}}}").unwrap();
                            values.push(self.leaf(&own, if chance.below(3) == 0 { number(0, 1) } else { number(100, 1) }));
                            codes.push(own);
                        }
                        if groups > 0 {
                            let group = format!("{code}.{group}");
                            members.push(group.clone());
                            means.push(self.node(&group, mean(&values), vec![codes]));
                        } else {
                            members = codes;
                            means = values;
                        }
                    }
                } else {
                    writeln!(indicator_lines, "  - {{number: {code}, name: ก, instrument: {id}}}").unwrap();
                    let mut columns: Vec<Vec<Number>> = vec![Vec::new(); parts.len()];
                    for _ in 0..1 + chance.below(4) {
                        question += 1;
                        let own = format!("e{question}");
                        writeln!(question_lines, "  {own}: {{text: ก, indicator: {code}}}").unwrap();
                        let mut score = || match chance.below(4) {
                            0 => number(100, 1),
                            1 => number(0, 1),
                            _ => number(chance.below(100_001) as i64 * 97 % 100_001, 1_000) * number(100, 1) / number(101, 1),
                        };
                        let values: Vec<Number> = parts.iter().map(|_| score()).collect();
                        let value = if parts.is_empty() { score() } else { mean(&values) };
                        for (p, (key, value)) in parts.iter().zip(&values).enumerate() {
                            let part = format!("{own}.{key}");
                            columns[p].push(self.leaf(&part, value.clone()));
                            of_parts[p].1.push(part);
                        }
                        let codes: Vec<String> = parts.iter().map(|key| format!("{own}.{key}")).collect();
                        means.push(self.node(&own, value, if codes.is_empty() { Vec::new() } else { vec![codes] }));
                        members.push(own);
                    }
                    for (p, column) in columns.iter().enumerate() {
                        of_parts[p].0.push(mean(column));
                    }
                }
                indicators.push((code.clone(), self.node(&code, mean(&means), vec![members])));
            }
            let value = mean(&indicators.iter().map(|(_, value)| value.clone()).collect::<Vec<_>>());
            total += &value * number(*weight, 100);
            let mut ways = vec![indicators.into_iter().map(|(code, _)| code).collect::<Vec<_>>()];
            let unit = if self.weighted { number(*weight, 100) } else { number(1, 1) };
            let mut part_codes = Vec::new();
            for (key, (means, codes)) in parts.iter().zip(of_parts) {
                let part = format!("{id}{key}");
                let unit = if self.weighted { &unit / number(parts.len() as i64, 1) } else { unit.clone() };
                self.node(&part, mean(&means) * &unit, vec![codes]);
                self.highest.insert(part.clone(), *weight * 100 / parts.len() as i64);
                part_codes.push(part);
            }
            // The parts, where they are known, come before the indicators.
            if !part_codes.is_empty() {
                ways.insert(0, part_codes);
            }
            self.node(&id, value * unit, ways);
            self.highest.insert(id, *weight * 100);
        }
        self.node("overall", total, vec![(0..instruments).map(|i| format!("T{}", INSTRUMENTS[i])).collect()]);
        let lists = format!("instruments:\n{instrument_lines}indicators:\n{indicator_lines}");
        let maps = [("questions", question_lines), ("items", item_lines)];
        let maps = maps.iter().filter(|(_, lines)| !lines.is_empty()).map(|(key, lines)| format!("{key}:\n{lines}"));
        self.pack = format!("id: world\nfiscal_year: 2568\nname: ก\n{lists}{}", maps.collect::<String>());
    }

    fn leaf(&mut self, code: &str, value: Number) -> Number {
        self.node(code, value, Vec::new())
    }

    fn node(&mut self, code: &str, value: Number, below: Vec<Vec<String>>) -> Number {
        self.truth.insert(code.to_owned(), value.clone());
        self.below.insert(code.to_owned(), below);
        value
    }

    /// What is printed, with layers and single figures left out.
    fn assessment(&self, chance: &mut Chance) -> BTreeMap<String, String> {
        let left_out: Vec<u8> = (0..5).filter(|_| chance.below(4) == 0).collect();
        let some_missing = chance.below(3) == 0;
        let mut printed_figures = BTreeMap::new();
        for (code, value) in &self.truth {
            let is_group = code.contains('.') && !code.starts_with('e');
            if is_group || left_out.contains(&layer(code)) || (some_missing && chance.below(8) == 0) {
                continue;
            }
            printed_figures.insert(code.clone(), printed(value, chance));
        }
        printed_figures
    }

    /// Is all there that a figure needs?
    fn is_known(&self, code: &str, figures: &BTreeMap<String, String>) -> bool {
        figures.contains_key(code) || self.follows(code, figures)
    }

    fn follows(&self, code: &str, figures: &BTreeMap<String, String>) -> bool {
        self.below[code].iter().any(|way| !way.is_empty() && way.iter().all(|code| self.is_known(code, figures)))
    }

    fn findings(&self, figures: &BTreeMap<String, String>) -> Vec<Finding> {
        let mut files = Files::new();
        let mut put = |path: &str, text: String| files.insert(Arc::from(path), Content::Text(text.into_bytes()));
        put("content/agency.yaml", "name: ก\n".to_owned());
        put("content/frameworks/world.yaml", self.pack.clone());
        put("content/2568/assessment.yaml", self.yaml(figures));
        let (source, findings, texts) = unit::read(files, Context { slug: "", packs: &Packs::default(), drafts: false });
        let wrong: Vec<&Finding> = findings.iter().filter(|finding| finding.code.name() != "score-missing").collect();
        assert!(wrong.is_empty(), "{wrong:?}\n{}\n{texts:?}", self.pack);
        let model = Model::new(source);
        scores::findings(&model.editions[0].edition, &model.editions[0].ledger)
    }

    fn yaml(&self, figures: &BTreeMap<String, String>) -> String {
        let mut text = String::from("framework: world\n");
        if self.weighted {
            text.push_str("scale: weighted\n");
        }
        if let Some(overall) = figures.get("overall") {
            writeln!(text, "overall: {overall}").unwrap();
        }
        for (key, wanted) in [("instruments", 1), ("indicators", 2), ("items", 4)] {
            let lines: Vec<_> = figures.iter().filter(|(code, _)| layer(code) == wanted && *code != "overall").collect();
            if !lines.is_empty() {
                writeln!(text, "{key}:").unwrap();
            }
            for (code, figure) in lines {
                writeln!(text, "  {code}: {figure}").unwrap();
            }
        }
        let questions: Vec<&String> = self.truth.keys().filter(|code| layer(code) == 3 && !code.contains('.')).collect();
        let mut lines = String::new();
        for code in questions {
            let parts = figures.iter().filter_map(|(part, figure)| Some((part.strip_prefix(&format!("{code}."))?, figure)));
            let mut inside: Vec<String> = parts.map(|(key, figure)| format!("{key}: {figure}")).collect();
            inside.extend(figures.get(code).map(|figure| format!("mean: {figure}")));
            match (&self.below[code][..], figures.get(code)) {
                ([], Some(figure)) => writeln!(lines, "  {code}: {figure}").unwrap(),
                ([], None) => {}
                _ if inside.is_empty() => {}
                _ => writeln!(lines, "  {code}: {{{}}}", inside.join(", ")).unwrap(),
            }
        }
        if !lines.is_empty() {
            write!(text, "questions:\n{lines}").unwrap();
        }
        text
    }
}

/// Which layer of a report a code stands in.
fn layer(code: &str) -> u8 {
    match code.as_bytes()[0] {
        b'T' => 1,
        b'0'..=b'9' => 2,
        b'e' => 3,
        _ if code == "overall" => 0,
        _ => 4,
    }
}

fn subjects(findings: &[Finding]) -> Vec<String> {
    findings.iter().map(|finding| format!("{} {}", finding.code.name(), finding.subject)).collect()
}

/// How many random assessments are asked about.
const HONEST: u64 = 10_000;
const CHANGED: u64 = 2_500;

#[test]
fn honest_figures_are_never_called_anything() {
    let seed = seed();
    for run in 0..HONEST {
        let mut chance = Chance(seed ^ run.wrapping_mul(0x9e37_79b9));
        let world = World::new(&mut chance);
        let figures = world.assessment(&mut chance);
        let findings = world.findings(&figures);
        assert!(findings.is_empty(), "FUZZ_SEED={seed} run {run}: {findings:#?}\n{}{}", world.pack, world.yaml(&figures));
    }
}

#[test]
fn a_changed_figure_is_found_there_and_nowhere_else() {
    let seed = seed();
    let mut changed = 0_u64;
    let mut run = 0_u64;
    while changed < CHANGED {
        run += 1;
        let mut chance = Chance(seed.rotate_left(7) ^ run.wrapping_mul(0x9e37_79b9));
        let world = World::new(&mut chance);
        let mut figures = world.assessment(&mut chance);
        let checkable: Vec<String> = figures.keys().filter(|code| world.follows(code, &figures)).cloned().collect();
        if checkable.is_empty() {
            continue;
        }
        let code = &checkable[chance.below(checkable.len())];
        let (whole, part) = figures[code].split_once('.').unwrap_or((&figures[code], "0"));
        let hundredths = whole.parse::<i64>().unwrap() * 100 + format!("{part:0<2}").parse::<i64>().unwrap();
        let highest = if world.weighted { world.highest.get(code).copied().unwrap_or(10_000) } else { 10_000 };
        // A sum of shares has the rounding of each of them: nine parts may be 0.09 off, and what is in that range contradicts nothing.
        let sum_of_shares = world.weighted && matches!(layer(code), 0 | 1);
        let by = if sum_of_shares { 20 } else { 5 } + if chance.below(2) == 0 { 0 } else { chance.below(3_000) as i64 };
        let other = if chance.below(2) == 0 { hundredths - by } else { hundredths + by };
        if other < 0 || other > highest {
            continue;
        }
        changed += 1;
        figures.insert(code.clone(), format!("{}.{:02}", other / 100, other % 100));
        let findings = world.findings(&figures);
        let found: Vec<&str> = findings.iter().map(|finding| finding.subject.as_str()).collect();
        let shown = || format!("FUZZ_SEED={seed} run {run}, {code}: {findings:#?}\n{}{}", world.pack, world.yaml(&figures));
        assert_eq!(found, [format!("2568/{code}")], "{}", shown());
    }
}

/// The sample's findings about figures.
fn sample() -> Vec<(String, serde_json::Map<String, serde_json::Value>)> {
    let built = Site::sample().built();
    let about = built.findings.iter().filter(|finding| finding.code.name().starts_with("score-"));
    about
        .map(|finding| (finding.subject.clone(), finding.data.iter().map(|(k, v)| (k.clone().into_owned(), v.clone())).collect()))
        .collect()
}

#[test]
fn the_report_has_two_figures_that_cannot_follow() {
    let found = sample();
    let [(nine, of_nine), (e6, of_e6)] = &found[..] else { panic!("{found:?}") };
    assert_eq!((nine.as_str(), e6.as_str()), ("2568/9", "2568/e6"));
    assert_eq!((&of_nine["published"], &of_nine["derived"]), (&json!("90.00"), &json!("100")));
    assert_eq!((&of_e6["published"], &of_e6["derived"]), (&json!("99.12"), &json!("99.165")));
    assert_eq!((&of_e6["low"], &of_e6["high"], &of_e6["formula"]), (&json!("99.16"), &json!("99.1675"), &json!("(ep + es) / 2")));
    assert_eq!(of_e6["parts"], json!([{"code": "e6.ep", "published": "100"}, {"code": "e6.es", "published": "98.33"}]));
    assert_eq!(of_e6["explained_by"], json!({"patterns": [], "misprints": []}));
}

#[test]
fn indicator_9_has_four_ways_to_its_figure() {
    let (_, data) = &sample()[0];
    let patterns = data["explained_by"]["patterns"].as_array().unwrap();
    let zeros: Vec<&serde_json::Value> = patterns.iter().map(|pattern| &pattern["zeros"]).collect();
    assert_eq!(zeros, [&json!({"9.3": 1}), &json!({"9.1": 2}), &json!({"9.1": 1, "9.5": 1}), &json!({"9.5": 2})]);
    assert_eq!(patterns[0]["candidates"], json!({"9.3": ["o12", "o13"]}));
}

#[test]
fn a_share_that_is_rounded_up_is_in_its_range() {
    let pack = Site::small()
        .text("content/frameworks/small.yaml")
        .replace("{id: EIT2, key: es, name: ส่วนที่ 2}", "{id: EIT2, key: es, name: ก}, {id: EIT3, key: em, name: ก}");
    let full = "framework: small\nscale: weighted\ninstruments: {EIT1: 6.67, EIT2: 6.67, EIT3: 6.67, EIT: 20}\n";
    let built = Site::bare().with("content/frameworks/small.yaml", &pack).with("content/2568/assessment.yaml", full).build();
    assert!(built.errors().is_empty(), "{:?}", built.errors());
    assert!(!built.codes().iter().any(|code| code.starts_with("score-m") && *code != "score-missing"), "{:?}", built.codes());
}

/// The small site with another assessment.
fn assessed(lines: &str) -> Vec<Finding> {
    let site = Site::bare().with("content/2568/assessment.yaml", &format!("framework: small\n{lines}"));
    site.built().findings.into_iter().filter(|finding| !ABSENT.contains(&finding.code.name())).collect()
}

/// The slips that are told of the one contradiction.
fn slips(lines: &str) -> serde_json::Value {
    let findings = assessed(lines);
    assert_eq!(findings.len(), 1, "{findings:#?}");
    findings[0].data.iter().find(|(key, _)| *key == "explained_by").unwrap().1["misprints"].clone()
}

#[test]
fn slips_of_the_pen_are_named() {
    let one = |code: &str, slip: &str, figure: &str| json!({"code": code, "slip": slip, "figure": figure});
    assert_eq!(slips("questions: {e1: {ep: 91.25, es: 91.15, mean: 91.02}}"), json!([one("e1", "swapped", "91.20")]));
    assert_eq!(slips("questions: {e1: {ep: 91.25, es: 91.45, mean: 1.35}}"), json!([one("e1", "dropped", "91.35")]));
    assert_eq!(
        slips("indicators: {1: 93.45, 2: 93.45}\nquestions: {e1: {ep: 88, es: 88.4}}"),
        json!([{"code": "2", "slip": "copied", "from": "1"}])
    );
    // The slip may be in a part: 89.33 for 98.33.
    assert_eq!(slips("questions: {e1: {ep: 89.33, es: 100, mean: 99.17}}"), json!([one("e1.ep", "swapped", "98.33")]));
}

#[test]
fn many_explanations_are_none() {
    // Any of seven items is a way to 85.71; of six, each is told.
    for (groups, printed, told) in [(7, "85.71", 0), (6, "83.33", 6)] {
        let list = |one: &dyn Fn(i32) -> String| (1..=groups).map(one).collect::<Vec<_>>().join(", ");
        let pack = format!(
            "id: small\nfiscal_year: 2568\nname: ก\ninstruments: [{{id: OIT, name: ก}}]\nindicators: [{{number: 1, name: ก, instrument: OIT, groups: [{}]}}]\n\
             items: {{{}}}\n",
            list(&|g| format!("{{id: \"1.{g}\", name: ก}}")),
            list(&|g| format!("o{g}: {{id: item-{g}, name: ก, group: \"1.{g}\"}}")),
        );
        let text = format!("framework: small\nindicators: {{1: {printed}}}\nitems: {{{}}}\n", list(&|g| format!("o{g}: 100")));
        let built = Site::bare()
            .with("content/frameworks/small.yaml", &pack)
            .with("content/2568/assessment.yaml", &text)
            .without("content/2568/disclosures.yaml")
            .built();
        let finding = built.findings.iter().find(|finding| finding.code.name() == "score-mismatch").unwrap();
        let explained = &finding.data.iter().find(|(key, _)| *key == "explained_by").unwrap().1;
        assert_eq!(explained["patterns"].as_array().unwrap().len(), told, "{groups}: {explained}");
    }
}

#[test]
fn a_gap_of_two_hundredths_is_rounding_and_more_is_not() {
    // The parts allow 91.995 to 92.005; what is printed stands for 0.005 on each side.
    for (mean, code) in
        [("92.01", None), ("92.02", Some("score-rounding")), ("92.03", Some("score-rounding")), ("92.031", Some("score-mismatch"))]
    {
        let found = assessed(&format!("questions: {{e1: {{ep: 90, es: 94, mean: {mean}}}}}"));
        assert_eq!(found.first().map(|finding| finding.code.name()), code, "{mean}");
    }
}

#[test]
fn rounding_is_told_of_the_reading_that_comes_nearest() {
    // The questions give 92.5, which is 0.02 off; the indicator that stands between says 95 and is the one that contradicts.
    let found = assessed("instruments: {IIT: 92.52}\nindicators: {1: 95}\nquestions: {i1: 90, i2: 95, i3: 90, i4: 95}");
    assert_eq!(subjects(&found), ["score-rounding 2568/IIT", "score-mismatch 2568/1"]);
    assert!(found[0].message(Language::En).contains("give 92.5:"), "{}", found[0].message(Language::En));
}

#[test]
fn the_deepest_reading_may_save_what_the_nearest_does_not() {
    // The indicator is misprinted; the instrument follows from its questions.
    let found = assessed("overall: 91\ninstruments: {IIT: 92.5}\nindicators: {1: 95}\nquestions: {i1: 90, i2: 95, i3: 90, i4: 95}");
    assert_eq!(subjects(&found), ["score-mismatch 2568/1"]);
}

#[test]
fn an_instrument_without_weight_divides_nothing() {
    let pack = Site::small().text("content/frameworks/small.yaml").replace("name: คนใน, weight: 40", "name: คนใน, weight: 0");
    let pack = pack.replace("name: คนนอก, weight: 20", "name: คนนอก, weight: 60").replace("members: [i1, i2, i3, i4, o1]", "members: [o1]");
    let text = "framework: small\nscale: weighted\noverall: 94.6\ninstruments: {IIT: 0, EIT: 54.6, OIT: 40}\nquestions: {i1: 90, i2: 95, i3: 90, i4: 95}\n";
    let built = Site::bare().with("content/frameworks/small.yaml", &pack).with("content/2568/assessment.yaml", text).built();
    assert_eq!(built.wrong(), []);
    assert_eq!(built.cell("scores", "IIT", "derived").as_deref(), Some("0"));
}
