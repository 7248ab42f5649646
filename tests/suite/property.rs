//! Random sites: whatever stands in a file, the program answers and does not fall over.

use proptest::prelude::*;

use crate::csv;
use crate::html;
use crate::support::Site;

const ASSESSMENT: &str = "content/2568/assessment.yaml";

/// Every kind of file that is read.
const KINDS: &[&str] = &[
    "content/site.yaml",
    "content/agency.yaml",
    "content/about.md",
    ASSESSMENT,
    "content/2568/disclosures.yaml",
    "content/2568/measures.yaml",
    "content/2568/report.md",
    "content/2568/issues/1.md",
    "content/2568/items/o1.md",
    "content/frameworks/small.yaml",
    "themes/default/page.html",
    "themes/default/strings/th.yaml",
];

fn figure() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => (0..=100_u32, 0..1000_u32, 0..=3_usize).prop_map(|(whole, part, digits)| match (whole, digits) {
            (100, _) | (_, 0) => whole.to_string(),
            _ => format!("{whole}.{}", &format!("{part:03}")[..digits]),
        }),
        1 => Just("null".to_owned()),
        1 => Just("๙๙.๕".to_owned()),
    ]
}

/// Some of the lines `code: figure`.
fn layer(codes: &'static [&'static str]) -> impl Strategy<Value = String> {
    proptest::collection::vec(proptest::option::of(figure()), codes.len()).prop_map(|figures| {
        let given = codes.iter().zip(figures).filter_map(|(code, figure)| Some(format!("{code}: {}", figure?)));
        given.collect::<Vec<_>>().join(", ")
    })
}

fn assessment() -> impl Strategy<Value = String> {
    let layers = (
        proptest::option::of(figure()),
        proptest::option::of(layer(&["IIT", "EIT", "EIT1", "EIT2", "OIT"])),
        proptest::option::of(layer(&["1", "2", "3"])),
        proptest::option::of(layer(&["i1", "i2", "i3", "i4"])),
        proptest::option::of(layer(&["ep", "es", "mean"])),
        proptest::option::of(layer(&["o1", "o2"])),
    );
    layers.prop_map(|(overall, instruments, indicators, questions, e1, items)| {
        let mut text = "framework: small\n".to_owned();
        let mut add = |key: &str, value: Option<String>| {
            if let Some(value) = value {
                text.push_str(&format!("{key}: {value}\n"));
            }
        };
        add("overall", overall);
        add("instruments", instruments.map(|map| format!("{{{map}}}")));
        add("indicators", indicators.map(|map| format!("{{{map}}}")));
        let e1 = e1.map(|map| format!("e1: {{{map}}}"));
        add(
            "questions",
            questions.map(|map| format!("{{{}}}", [map].into_iter().chain(e1).filter(|p| !p.is_empty()).collect::<Vec<_>>().join(", "))),
        );
        add("items", items.map(|map| format!("{{{map}}}")));
        text
    })
}

/// Any bytes, or the file of the small site with a piece cut out or put in.
fn bytes(valid: String) -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        proptest::collection::vec(any::<u8>(), 0..40),
        "[\\[\\]{}:,\"'|>&*!%@` \n\t#-]{1,8}".prop_map(String::into_bytes),
        "[ก-๛0-9a-z{}()\"\\[\\]:]{1,12}".prop_map(String::into_bytes),
    ];
    let whole = proptest::collection::vec(any::<u8>(), 0..300);
    let length = valid.len();
    let mended = (piece, 0..=length, 0..20_usize).prop_map(move |(piece, at, cut)| {
        let bytes = valid.as_bytes();
        [&bytes[..at], &piece, &bytes[(at + cut).min(bytes.len())..]].concat()
    });
    prop_oneof![1 => whole, 4 => mended]
}

fn file() -> impl Strategy<Value = (&'static str, Vec<u8>)> {
    proptest::sample::select(KINDS).prop_flat_map(|path| {
        let small = Site::small();
        let valid = if small.paths().iter().any(|known| known == path) { small.text(path).to_owned() } else { "a: {{ b }}\n".to_owned() };
        (Just(path), bytes(valid))
    })
}

fn cases(cases: u32) -> ProptestConfig {
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(cases(200))]

    #[test]
    fn any_figures_and_any_missing_layers_give_a_site(text in assessment()) {
        let built = Site::bare().with(ASSESSMENT, &text).build();
        prop_assert_eq!(built.errors(), Vec::<String>::new(), "{}", text);
        for path in built.pages() {
            html::parse(built.file(path));
        }
        for table in ["scores", "questions", "items"] {
            let records = csv::parse(built.file(&format!("2568/data/{table}.csv")));
            prop_assert_eq!(records.len(), built.rows(&format!("2568/data/{table}.json")).len() + 1);
        }
    }
}

proptest! {
    #![proptest_config(cases(500))]

    #[test]
    fn any_bytes_in_any_file_get_an_answer((path, bytes) in file()) {
        let built = Site::small().with_bytes(path, &bytes).build();
        let shared = |file: &str| file == "content/site.yaml" || file.starts_with("content/frameworks/") || file.starts_with("themes/");
        let failed = built.findings().iter().any(|finding| finding.1 == "error" && !shared(finding.3));
        prop_assert!(!failed || built.files.is_empty());
    }
}
