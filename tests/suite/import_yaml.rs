//! Edits of the authored files: a change touches its own letters, and comments, order, quotes and line ends stay.

use prongsai::staff::import::{Refusal, import};
use prongsai::text::SourceText;
use prongsai::text::yaml::{self, Kind, Node};
use prongsai::text::yaml_edit::scalar;
use proptest::prelude::*;

use crate::import::{edition, figures};

/// The result after a table of a text was put into it.
fn written(before: &str, table: &str) -> String {
    let import = import(table.as_bytes(), &edition(before)).unwrap();
    assert_eq!(import.doubts().count(), 0);
    import.texts.first().map_or_else(|| before.to_owned(), |text| text.after.clone())
}

/// What is there, a table, and what is there afterwards.
const EDITS: &[(&str, &str, &str)] = &[
    ("framework: ita-2568\noverall: 90   # เดิม\n", "ภาพรวม\t91\n", "framework: ita-2568\noverall: 91   # เดิม\n"),
    (
        "framework: ita-2568\nitems: {o1: 100, o3: 100}",
        "o2\t90\no4\t91\n",
        "framework: ita-2568\nitems: {o1: 100, o2: 90, o3: 100, o4: 91}",
    ),
    ("framework: ita-2568\nitems: {o2: 100 , }\n", "o1\t90\no3\t91\n", "framework: ita-2568\nitems: {o1: 90, o2: 100, o3: 91 , }\n"),
    (
        "framework: ita-2568\r\nitems:\r\n  o1: 100 # ก\r\n\r\n  # ข\r\n  o3: 100",
        "o2\t90\no4\t91\n",
        "framework: ita-2568\r\nitems:\r\n  o1: 100 # ก\r\n  o2: 90\r\n\r\n  # ข\r\n  o3: 100\r\n  o4: 91",
    ),
    (
        "\u{feff}framework: ita-2568\nquestions:\n    i2: \"90\"\n    I๓: ๙๑.๕๐ # ไทย\n",
        "i1\t89\ni2\t92\ni3\t93.25\n",
        "\u{feff}framework: ita-2568\nquestions:\n    i1: 89\n    i2: \"92\"\n    I๓: ๙๓.๒๕ # ไทย\n",
    ),
    (
        "framework: ita-2568\nquestions:\n  e1: {ep: 90, mean: 91}\n  e2: 92 # รวม\n  e3:\n    es: 93 # ส่วน\n",
        "e1\tES 92\ne2\tEP 90 ES 94\ne3\tEP 90\n",
        "framework: ita-2568\nquestions:\n  e1: {ep: 90, es: 92, mean: 91}\n  e2: {ep: 90, es: 94, mean: 92} # รวม\n  e3:\n    ep: 90\n    es: 93 # ส่วน\n",
    ),
    (
        "framework: ita-2568\nquestions:\n  i1: # ยัง\n  i2: null\n  i3: ~\n",
        "i1\t81\ni2\t82\ni3\t83\n",
        "framework: ita-2568\nquestions:\n  i1: 81 # ยัง\n  i2: 82\n  i3: 83\n",
    ),
    (
        "framework: ita-2568\nquestions: # ถาม\nitems: {}   # รายการ\ndraft: true\n",
        "i1\t81\no1\t82\n",
        "framework: ita-2568\nquestions: # ถาม\n  i1: 81\nitems:   # รายการ\n  o1: 82\ndraft: true\n",
    ),
    (
        "framework: ita-2568\n\nitems:\n  ๐๑: 100\n# ท้าย\n",
        "ภาพรวม\t90\ti\nIIT\t91\ni1\t92\no1\t93\n",
        "framework: ita-2568\noverall: 90\ninstruments:\n  IIT: 91\nquestions:\n  i1: 92\n\nitems:\n  ๐๑: 93\n# ท้าย\n",
    ),
    ("{framework: ita-2568, items: {o1: 1}}\n", "i1\t82\no2\t83\n", "{framework: ita-2568, questions: {i1: 82}, items: {o1: 1, o2: 83}}\n"),
    (
        "# หัว\nframework: ita-2568\nitems: # รายการ\n  # ก่อน\n\n  # ของ o2\n  # สองบรรทัด\n  o2: 1\n  # ของ o4\n  o4: 1\n",
        "o1\t83\no3\t84\n",
        "# หัว\nframework: ita-2568\nitems: # รายการ\n  # ก่อน\n\n  o1: 83\n  # ของ o2\n  # สองบรรทัด\n  o2: 1\n  o3: 84\n  # ของ o4\n  o4: 1\n",
    ),
    (
        "framework: ita-2568\r\nquestions:\r\n  # ของ i2\r\n  i2: 1\r\n",
        "i1\t83\n",
        "framework: ita-2568\r\nquestions:\r\n  i1: 83\r\n  # ของ i2\r\n  i2: 1\r\n",
    ),
    (
        "# หัวไฟล์\nquestions: {i1: 1}\nframework: ita-2568\n",
        "คะแนนรวม ITA\t90\n",
        "# หัวไฟล์\nquestions: {i1: 1}\nframework: ita-2568\noverall: 90\n",
    ),
    (
        "framework: ita-2568\nindicators: {'๙': 90}\nlevel: 'ผ่าน'\n",
        "9. การเปิดเผยข้อมูล\t91\nภาพรวม\t92\tผ่านดี\n",
        "framework: ita-2568\noverall: 92\nindicators: {'๙': 91}\nlevel: ผ่านดี\n",
    ),
];

#[test]
fn an_edit_touches_its_own_letters() {
    for (before, table, after) in EDITS {
        assert_eq!(written(before, table), *after, "{before}");
        // Once it is written there is nothing left to write.
        assert_eq!(written(after, table), *after, "{before}");
    }
}

#[test]
fn a_file_with_faults_of_its_own_is_refused() {
    for text in [
        "framework: ita-2568\nitems: {o1: 1",
        "framework: ita-2568\nitems: {o1: 1, O๑: 2}\n",
        "framework: ita-2568\nitmes: {o1: 1}\n",
        // What is wrong is for its author to see, at the place that is written to as anywhere else.
        "framework: ita-2568\nitems: {o1: abc}\n",
        "framework: ita-2568\nquestions: {i2: 120}\n",
    ] {
        match import(b"o1\t3\n", &edition(text)) {
            Err(Refusal::Faulty(findings)) => {
                assert!(findings.iter().all(|finding| finding.place.file.ends_with("assessment.yaml")), "{findings:?}");
            }
            other => panic!("{text} {other:?}"),
        }
    }
    assert!(matches!(import(b"o1\t3\n", &edition("framework: none\n")), Err(Refusal::NoPack)));
}

#[test]
fn what_other_places_refer_to_is_not_changed() {
    for text in [
        "framework: ita-2568\nitems: {o1: &a 1, o2: *a}\n",
        "framework: ita-2568\nitems:\n  o1: &a 1\n  o2: *a\n",
        "framework: ita-2568\nitems:\n  o1: >\n    1\n",
    ] {
        assert!(matches!(import(b"o1\t3\n", &edition(text)), Err(Refusal::Unfit(_))), "{text}");
    }
}

/// A node without its places.
fn bare(node: &Node) -> String {
    match &node.kind {
        Kind::Null => "~".to_owned(),
        Kind::Scalar { text, .. } => format!("{text:?}"),
        Kind::List(list) => format!("[{}]", list.iter().map(bare).collect::<Vec<_>>().join(",")),
        Kind::Map(map) => {
            format!("{{{}}}", map.iter().map(|(key, value)| format!("{}:{}", bare(key), bare(value))).collect::<Vec<_>>().join(","))
        }
    }
}

/// A result as somebody may have written it: which figures are there, in which order and form, with comments or not.
fn anything() -> impl Strategy<Value = (String, String)> {
    let entry = (1_u32..15, 0_u32..100, 0_usize..5, any::<bool>());
    let entries = prop::collection::vec(entry, 0..10);
    let table = prop::collection::btree_map((any::<bool>(), 1_u32..15), 0_u32..100, 1..12);
    let shape = (0_usize..4, 0_usize..4, any::<bool>(), any::<bool>(), any::<bool>());
    (entries.clone(), entries, table, shape).prop_map(|(items, questions, table, (flow_items, flow_questions, windows, mark, ends))| {
        let mut text = String::from("# หัว\nframework: ita-2568 # กรอบ\nsource: {title: 'ก: ข', url: https://a.example/}\n");
        for (name, letter, entries, form) in [("questions", 'i', questions, flow_questions), ("items", 'o', items, flow_items)] {
            let mut seen = std::collections::BTreeSet::new();
            let list: Vec<_> = entries.into_iter().filter(|entry| seen.insert(entry.0)).collect();
            let value = |figure: u32, form: usize| match form {
                0 => figure.to_string(),
                1 => format!("\"{figure}.50\""),
                2 => format!("{figure}.00"),
                3 => "null".to_owned(),
                _ => format!("'{figure}'"),
            };
            match form {
                0 => text.push_str(&format!(
                    "{name}: {{{}}}\n",
                    list.iter()
                        .map(|(number, figure, form, _)| format!("{letter}{number}: {}", value(*figure, *form)))
                        .collect::<Vec<_>>()
                        .join(", ")
                )),
                1 if list.is_empty() => text.push_str(&format!("{name}:   # ยังไม่มี\n\n")),
                1 | 2 => {
                    let indent = " ".repeat(form * 2);
                    text.push_str(&format!("{name}: # {name}\n"));
                    for (number, figure, form, comment) in &list {
                        let tail = if *comment { format!("   # ข้อ {number}") } else { String::new() };
                        let head = if *form == 4 { format!("{indent}# ก่อน {number}\n\n") } else { String::new() };
                        text.push_str(&format!("{head}{indent}{letter}{number}: {}{tail}\n", value(*figure, *form)));
                    }
                }
                _ => {}
            }
        }
        text.push_str("draft: true # ร่าง\n# ท้าย");
        if ends {
            text.push('\n');
        }
        if windows {
            text = text.replace('\n', "\r\n");
        }
        if mark {
            text.insert(0, '\u{feff}');
        }
        let rows = table.into_iter().map(|((is_item, number), figure)| format!("{}{number}\t{figure}\n", if is_item { 'o' } else { 'i' }));
        (text, rows.collect())
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// All figures of the table are in the file afterwards, every other line is there as it was, and so is every comment.
    #[test]
    fn random_edits_keep_all_else((before, table) in anything()) {
        let result = import(table.as_bytes(), &edition(&before));
        prop_assert!(result.is_ok(), "{before}\n{result:?}");
        let result = result.unwrap();
        let after = result.texts.first().map_or_else(|| before.clone(), |text| text.after.clone());
        let (old, new) = (SourceText { path: "a.yaml".into(), text: before.clone() }, SourceText { path: "a.yaml".into(), text: after.clone() });
        prop_assert_eq!(yaml::comments(&old), yaml::comments(&new));
        prop_assert_eq!(before.ends_with('\n'), after.ends_with('\n'));
        prop_assert_eq!(before.starts_with('\u{feff}'), after.starts_with('\u{feff}'));
        prop_assert_eq!(before.contains('\r'), after.contains('\r') && !after.replace("\r\n", "").contains(['\r', '\n']));
        let again = import(table.as_bytes(), &edition(&after)).unwrap();
        prop_assert!(again.changes.is_empty() && again.texts.is_empty(), "{after}");
        // Lines that hold no code are the same, in order; those of a map that was empty lose its brackets.
        let changed = figures(&result);
        let is_other = |line: &&str| !changed.keys().any(|code| line.contains(&format!("{code}:"))) && !line.contains("s: {") && !line.trim_end().ends_with("items:") && !line.trim_end().ends_with("questions:");
        let kept = |text: &str| text.trim_start_matches('\u{feff}').lines().filter(is_other).map(str::to_owned).collect::<Vec<_>>();
        prop_assert_eq!(kept(&before), kept(&after));
    }

    /// A text that is written reads back as itself, inside of brackets and outside.
    #[test]
    fn a_text_reads_back_as_itself(text in "[ก-ฮ a-z0-9:#,\\[\\]{}'\"\\\\&*!|>%@`?~=<.\n\t-]{0,20}|\\PC{0,20}|null|true|1\\.5|- a") {
        for (is_flow, line) in [(false, format!("a: {}\n", scalar(&text, false))), (true, format!("{{a: {}}}\n", scalar(&text, true)))] {
            let root = yaml::parse(&SourceText { path: "a.yaml".into(), text: line.clone() });
            prop_assert!(root.is_ok(), "{line} {is_flow}");
            prop_assert_eq!(bare(&root.unwrap()), format!("{{\"a\":{text:?}}}"), "{}", line);
        }
    }
}
