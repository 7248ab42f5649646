//! Every reader of text that others write, as a function over bytes that says what must hold of any input. Used twice: by the fuzz
//! targets beside this file, and by the test suite, which replays the kept inputs and new ones.

use std::collections::BTreeMap;
use std::io::Cursor;
use std::sync::{Arc, Mutex, OnceLock};

use prongsai::base::base64;
use prongsai::base::date::{self, Date};
use prongsai::base::digits;
use prongsai::base::exact::Exact;
use prongsai::base::hash::Hash;
use prongsai::base::language::Language;
use prongsai::base::personal;
use prongsai::base::public_body;
use prongsai::base::public_key::{self, PublicKey};
use prongsai::base::thai;
use prongsai::check::authored::Authored;
use prongsai::check::tags::{self, Attribute};
use prongsai::check::{personal as numbers_of_persons, prose};
use prongsai::finding::Finding;
use prongsai::finding::human::{self, Style};
use prongsai::framework::code::MemberCode;
use prongsai::framework::{Packs, read as pack_reader};
use prongsai::preview::answer::{Answer, Request, answer};
use prongsai::preview::hosts::Hosts;
use prongsai::preview::{Asked, Body, Shelf, Shown, head, target};
use prongsai::publish::secret_key::SecretKey;
use prongsai::publish::signature::{self, Seal};
use prongsai::site::model::Model;
use prongsai::source::attachment::{self, At, MOST_NUMBERS};
use prongsai::source::files::{Content, Files};
use prongsai::source::procurement::{Column, Table};
use prongsai::source::unit::{self, Context};
use prongsai::source::{commentary, site};
use prongsai::text::markdown::Fill;
use prongsai::text::yaml::{self, Kind, Node};
use prongsai::text::{SourceText, strings};

/// A reader by its name.
pub type Reader = (&'static str, fn(&[u8]));

/// All of them.
pub const READERS: &[Reader] = &[
    ("yaml", read_yaml),
    ("commentary", read_commentary),
    ("records", read_records),
    ("pack", read_pack),
    ("code", read_code),
    ("digits", read_digits),
    ("date", read_date),
    ("tags", read_tags),
    ("prose", read_prose),
    ("numbers", read_numbers),
    ("attachment", read_attachment),
    ("procurement", read_procurement),
    ("keys", read_keys),
    ("request", read_request),
];

/// The bytes as an authored file; what is no text is a finding, and that finding has to be whole.
fn text(path: &str, bytes: &[u8]) -> Option<SourceText> {
    match SourceText::new(Arc::from(path), bytes.to_vec()) {
        Ok(source) => Some(source),
        Err(finding) => {
            whole(&[*finding], &String::from_utf8_lossy(bytes), false);
            None
        }
    }
}

/// Findings say something in both languages, and stand where the author's file has something.
fn whole(findings: &[Finding], text: &str, placed: bool) {
    for finding in findings {
        let mut finding = finding.clone();
        if placed {
            let range = finding.place.span.range();
            assert!(text.get(range.clone()).is_some(), "{} stands at {range:?}, which is no range of characters", finding.code.name());
            finding.look(text);
        }
        assert!(finding.start() <= finding.end(), "{} ends before it begins", finding.code.name());
        for language in [Language::Th, Language::En] {
            assert!(!finding.message(language).is_empty() && !finding.help(language).is_empty(), "{} says nothing", finding.code.name());
        }
        if findings.len() <= 3 {
            assert!(!human::render(&[finding], Style { language: Language::Th, colour: false, width: None }).is_empty());
        }
    }
}

/// YAML: each node lies in the text and in its parent, and nothing nests deeper than the bound.
pub fn read_yaml(bytes: &[u8]) {
    let Some(source) = text("content/2568/x.yaml", bytes) else { return };
    match yaml::parse(&source) {
        Ok(root) => node(&root, &source.text, 0),
        Err(finding) => whole(&[*finding], &source.text, true),
    }
    // The catalogues of themes have a loader of their own.
    if let Err(error) = strings::read(&source.text) {
        assert!(error.line >= 1 && !error.detail.is_empty());
    }
}

fn node(node: &Node, text: &str, depth: usize) {
    assert!(depth <= 64, "nested {depth} deep");
    assert!(text.get(node.span.range()).is_some(), "a node at {:?}", node.span);
    match &node.kind {
        Kind::Null | Kind::Scalar { .. } => {}
        Kind::List(nodes) => nodes.iter().for_each(|inner| self::node(inner, text, depth + 1)),
        Kind::Map(pairs) => pairs.iter().for_each(|(key, value)| {
            self::node(key, text, depth + 1);
            self::node(value, text, depth + 1);
        }),
    }
}

/// Every link leads somewhere and every figure is known.
struct Filled;

impl Fill for Filled {
    fn href(&self, index: usize) -> Option<String> {
        (!index.is_multiple_of(3)).then(|| format!("x/{index}?a=\"b\"&c"))
    }

    fn figure(&self, index: usize) -> String {
        format!("<data value=\"{index}\">{index}</data>")
    }
}

/// Markdown with front matter and references: whatever it is, the HTML has only tags of ours, balanced, and ids that differ.
pub fn read_commentary(bytes: &[u8]) {
    let Some(source) = text("content/about.md", bytes) else { return };
    let (read, findings) = commentary::read(&source, "about/");
    whole(&findings, &source.text, true);
    let Some(read) = read else { return };
    for link in &read.document.links {
        assert!(source.text.get(link.span.range()).is_some(), "a link at {:?}", link.span);
    }
    let html = read.document.html(2, "", &Filled);
    balanced(&html);
    let mut ids = Vec::new();
    tags::read(html.as_bytes(), |attribute| {
        if let Attribute::Id(id) = attribute {
            ids.push(id);
        }
    });
    let count = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), count, "an id stands twice");
    assert_eq!(html, read.document.html(2, "", &Filled));
}

/// What the program writes from Markdown.
const WRITTEN: &[&str] = &[
    "a",
    "blockquote",
    "br",
    "code",
    "data",
    "dd",
    "del",
    "div",
    "dl",
    "dt",
    "em",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "img",
    "input",
    "li",
    "ol",
    "p",
    "pre",
    "section",
    "span",
    "strong",
    "sub",
    "sup",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "tr",
    "ul",
];

fn balanced(html: &str) {
    let mut open: Vec<&str> = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        let end = rest.find('>').expect("a tag ends");
        let (tag, behind) = rest.split_at(end);
        rest = &behind[1..];
        let name = tag.trim_start_matches('/').split([' ', '/']).next().unwrap_or_default();
        assert!(WRITTEN.contains(&name), "a tag of somebody else's: <{tag}>");
        if tag.starts_with('/') {
            assert_eq!(open.pop(), Some(name), "</{name}> closes something else");
        } else if !matches!(name, "br" | "hr" | "img" | "input") {
            open.push(name);
        }
    }
    assert!(open.is_empty(), "{open:?} stay open");
}

/// The files of a small agency, of which the first byte of the input chooses one to replace.
const FILES: &[&str] = &[
    "content/agency.yaml",
    "content/2568/assessment.yaml",
    "content/2568/disclosures.yaml",
    "content/2568/measures.yaml",
    "content/site.yaml",
];

const SMALL: &str = include_str!("../tests/suite/small.txt");

/// The small agency: its pack, read, and its other data files.
struct Small {
    packs: Packs,
    files: BTreeMap<&'static str, String>,
}

fn small() -> &'static Small {
    static SMALL_SITE: OnceLock<Small> = OnceLock::new();
    SMALL_SITE.get_or_init(|| {
        let mut files: BTreeMap<&str, String> = BTreeMap::new();
        let mut path = "";
        for line in SMALL.split_inclusive('\n') {
            match line.strip_prefix("--- ") {
                Some(head) => path = head.trim_end(),
                None => files.entry(path).or_default().push_str(line),
            }
        }
        let mut packs = Packs::default();
        for (name, body) in files.iter().filter(|(name, _)| name.starts_with("content/frameworks/")) {
            let source = SourceText::new(Arc::from(*name), body.clone().into_bytes()).expect("the small site is text");
            assert!(pack_reader::pack_into(&source, &mut packs).is_empty());
        }
        files.retain(|name, _| name.ends_with(".yaml") && !name.starts_with("content/frameworks/") && *name != "content/site.yaml");
        Small { packs, files }
    })
}

/// The records: any YAML in the place of one of an agency's files gives records or findings that are whole.
pub fn read_records(bytes: &[u8]) {
    let Some((first, rest)) = bytes.split_first() else { return };
    let path = FILES[*first as usize % FILES.len()];
    if path == "content/site.yaml" {
        if let Some(source) = text(path, rest) {
            whole(&site::read(&source).1, &source.text, true);
        }
        return;
    }
    let Small { packs, files } = small();
    let content = |(name, body): (&&'static str, &String)| {
        (Arc::from(*name), Content::Text(if *name == path { rest.to_vec() } else { body.clone().into_bytes() }))
    };
    let files: Files = files.iter().map(content).collect();
    let (records, findings, texts) = unit::read(files, Context { slug: "", packs, drafts: true });
    for finding in &findings {
        match texts.get(&finding.place.file) {
            Some(source) => whole(std::slice::from_ref(finding), &source.text, true),
            None => whole(std::slice::from_ref(finding), "", false),
        }
    }
    for edition in &records.editions {
        for number in edition.assessment.figures.values() {
            assert!(Exact::parse(&number.text).is_some(), "a figure that is no number: {}", number.text);
        }
    }
}

/// The texts of the small agency, of which the first byte of the input chooses one to replace.
const TEXTS: &[&str] = &[
    "content/2568/issues/1.md",
    "content/2568/report.md",
    "content/2568/measures.yaml",
    "content/2568/disclosures.yaml",
    "content/about.md",
];

/// Running text: each line lies in the text, each part of it has its place in the file, and what the rules say of it is whole and no form
/// of it repeats a citizen's number.
pub fn read_prose(bytes: &[u8]) {
    let Some((first, rest)) = bytes.split_first() else { return };
    let path = TEXTS[*first as usize % TEXTS.len()];
    let Small { packs, files } = small();
    let mut all: Files = files.iter().map(|(name, body)| (Arc::from(*name), Content::Text(body.clone().into_bytes()))).collect();
    all.insert(Arc::from(path), Content::Text(rest.to_vec()));
    let (records, _, texts) = unit::read(all, Context { slug: "", packs, drafts: true });
    let model = Model::new(records);
    for (_, commentary) in model.commentaries() {
        let (prose, source) = (&commentary.document.prose, &texts[&commentary.path].text);
        for line in prose.lines() {
            let words = prose.line(line);
            assert!(!words.contains('\n'), "a line of more than one");
            for (at, c) in words.char_indices() {
                let (start, end) = (line.range.start + at, line.range.start + at + c.len_utf8());
                let span = prose.span(start..end).range();
                assert!(source.get(span.clone()).is_some(), "{c:?} at {span:?}");
            }
        }
    }
    let authored = Authored { model: &model, texts: &texts };
    let findings = prose::findings(&authored).into_iter().chain(numbers_of_persons::findings(&authored));
    for finding in findings {
        let text = &texts[&finding.place.file].text;
        let mut seen = finding.clone();
        seen.look(text);
        let told = human::render(&[seen], Style { language: Language::En, colour: false, width: None });
        // The same digits inside a longer run are no number of a person's, here as in the text.
        let numbers: Vec<&str> = personal::citizen_numbers(text).into_iter().map(|number| &text[number]).collect();
        let repeated = personal::citizen_numbers(&told).into_iter().find(|number| numbers.contains(&&told[number.clone()]));
        assert!(repeated.is_none(), "a number is repeated: {told}");
        whole(&[finding], text, true);
    }
}

/// Numbers of persons and names of bodies: ranges of characters, one after the other; what is masked keeps its places and is no number
/// any more.
pub fn read_numbers(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let ordered = |ranges: Vec<std::ops::Range<usize>>| {
        let mut before = 0;
        for range in ranges {
            assert!(range.start >= before && text.get(range.clone()).is_some_and(|found| !found.is_empty()), "{range:?} in {text:?}");
            before = range.end;
        }
    };
    ordered(personal::citizen_numbers(text));
    ordered(personal::contact_numbers(text).into_iter().map(|(range, _)| range).collect());
    let shown = personal::masked(text);
    assert_eq!((shown.len(), shown.chars().count()), (text.len(), text.chars().count()));
    for range in personal::citizen_numbers(text) {
        let visible = shown[range].chars().filter(|c| digits::is_digit(*c)).count();
        assert!(visible <= 2, "{visible} digits of a number in {shown:?}");
    }
    ordered(public_body::mentions(text).iter().map(|mention| mention.word.clone()).collect());
    for mention in public_body::mentions(text) {
        if let Some(end) = mention.end(text) {
            assert!(text.get(mention.name..end).is_some_and(|name| !name.is_empty()));
        }
        let _ = mention.is_followed_by(text, "บ้านตัวอย่าง");
    }
}

/// Packs: a pack is taken or has a finding.
pub fn read_pack(bytes: &[u8]) {
    let Some(source) = text("content/frameworks/x.yaml", bytes) else { return };
    let mut packs = Packs::default();
    let findings = pack_reader::pack_into(&source, &mut packs);
    whole(&findings, &source.text, true);
    if findings.is_empty() {
        let root = yaml::parse(&source).expect("it was read");
        let Kind::Map(pairs) = &root.kind else { panic!("a pack that is no map") };
        let id = pairs.iter().find(|(key, _)| key.scalar() == Some("id")).and_then(|(_, value)| value.scalar());
        assert!(id.is_some_and(|id| packs.get(id).is_some()), "neither a pack nor a finding");
    }
}

/// Codes: what is read is printed plainly, and reads as itself.
pub fn read_code(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    if let Some((code, plain)) = MemberCode::read(text, &['o']) {
        assert_eq!(plain, code.to_string() == text);
        assert_eq!(MemberCode::read(&code.to_string(), &[]), Some((code, true)));
        assert_eq!(MemberCode::read(&digits::to_thai(text), &['o']).map(|(code, _)| code), Some(code));
    }
}

/// Digits and figures: both scripts mean the same number, and what is printed is what was read.
pub fn read_digits(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let ascii = digits::to_ascii(text);
    assert_eq!(digits::to_ascii(&digits::to_thai(text)), ascii);
    let number = Exact::parse(text);
    assert_eq!(Exact::parse(&ascii), number);
    if let Some(number) = number {
        let places = ascii.split_once('.').map_or(0, |(_, part)| part.len() as u32);
        assert_eq!(Exact::parse(&number.fixed(places)).as_ref(), Some(&number));
        assert_eq!(&(&number + &number) - &number, number);
    }
    let normal = thai::normal(text);
    assert_eq!(thai::normal(&normal), normal, "the normal form is no normal form");
    let _ = (thai::sort_key(text), thai::initial(text));
}

/// Dates and years: a day is printed as it is read, in either era.
pub fn read_date(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    if let Some(day) = Date::parse(text) {
        assert_eq!(Date::parse(&day.to_string()), Some(day));
        assert_eq!(Date::parse(&digits::to_thai(text)), Some(day));
        for language in [Language::Th, Language::En] {
            assert!(!day.long(language).is_empty() && !day.short(language).is_empty());
        }
    }
    if let Some(year) = date::parse_year(text) {
        assert_eq!(date::parse_year(&digits::to_thai(text)), Some(year));
        let written: u16 = digits::to_ascii(text).parse().expect("a year is four digits");
        assert!(year == written || year == written + 543);
    }
}

/// The tags of finished pages: each value is a part of the page.
pub fn read_tags(bytes: &[u8]) {
    let page = bytes.as_ptr_range();
    tags::read(bytes, |attribute| {
        let (Attribute::Link(value) | Attribute::Id(value)) = attribute;
        assert!(value.is_empty() || page.contains(&value.as_ptr()), "a value from elsewhere");
    });
}

/// A signature that minisign made of `{}`, and the key that it was made with.
const SIGNATURE: &str = include_str!("kept/keys/signature");
const KEY: &str = include_str!("kept/keys/test.pub");

/// Headings of a table of procurement.
const HEADINGS: &str = "ที่,ปีงบประมาณ,ชื่อรายการ,วงเงินงบประมาณ,สถานะ,วิธี,ราคากลาง,ราคาที่ตกลง,รายชื่อผู้ประกอบการ,เลขที่โครงการ\n";

/// Tables of procurement as they are and below a header: no more rows than were asked for, each at its place, its amounts readable again.
pub fn read_procurement(bytes: &[u8]) {
    let below = [HEADINGS.as_bytes(), bytes].concat();
    assert!(Table::read(&below, 20).is_some() || below.contains(&0), "a header is found");
    for bytes in [bytes, &below] {
        let Some(table) = Table::read(bytes, 20) else { continue };
        assert!(table.rows.len() <= 20);
        for row in &table.rows {
            assert!(row.number > 0 && !table.cell(row, Column::Name).is_empty());
            for amount in [&row.budget, &row.reference, &row.agreed].into_iter().filter_map(|amount| amount.value()) {
                let again = prongsai::source::procurement::Amount::read(&amount.to_string());
                assert_eq!(again.value().map(|value| value.plain()), Some(amount.plain()));
            }
            assert!(row.project_number().is_none_or(|number| number.bytes().all(|byte| byte.is_ascii_digit())));
        }
    }
}

/// Keys and signatures: a key prints as it reads, a secret one is hidden, and no other file than the one that was made is a good signature.
/// No password is given: what a key asks of scrypt is bounded, and still takes a second.
pub fn read_keys(bytes: &[u8]) {
    let key = PublicKey::parse(KEY).expect("minisign made it");
    if signature::check(b"{}", bytes, &key) == Seal::Good {
        let signed = |file: &str| file.lines().skip(1).take(3).map(|line| line.trim_end().to_owned()).collect::<Vec<_>>();
        let text = std::str::from_utf8(bytes).expect("a signature is text");
        assert_eq!(signed(text), signed(SIGNATURE));
    }
    let secret = SecretKey::read(bytes, None);
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    if let Some(decoded) = base64::decode(text) {
        assert_eq!(base64::encode(&decoded), text);
    }
    if let Ok(key) = PublicKey::parse(text) {
        assert_eq!(PublicKey::parse(&key.to_string()), Ok(key));
        assert!(secret.is_err(), "one file is both");
    }
    let hidden = public_key::without_secrets(text);
    assert_eq!(hidden.len(), text.len());
    assert_eq!(public_key::without_secrets(&hidden), hidden);
    if secret.is_ok() {
        let line = public_key::key_line(text).expect("it was read");
        assert!(!hidden.contains(line), "a secret key is shown");
    }
}

/// The extensions of attachments, of which the first byte of the input chooses one.
const EXTENSIONS: &[&str] = &["pdf", "docx", "xlsx", "csv", "odt", "zip", "doc", "xml", "pptx", "txt", "none", "html", "png"];

/// Attachments: whatever the bytes are there are facts, always the same, short, and without a number that is whole.
pub fn read_attachment(bytes: &[u8]) {
    let Some((first, rest)) = bytes.split_first() else { return };
    let name = format!("files/a.{}", EXTENSIONS[*first as usize % EXTENSIONS.len()]);
    let look = || attachment::examine(&mut Cursor::new(rest), &name).expect("memory can be read");
    let facts = look();
    assert_eq!(look(), facts);
    assert!(facts.is_sound() && facts.numbers.len() <= MOST_NUMBERS);
    for number in &facts.numbers {
        let place = match &number.at {
            At::Cell(place) => place.as_str(),
            At::Line(count) | At::Paragraph(count) => {
                assert!(*count > 0, "places count from 1");
                ""
            }
            At::Beside => "",
        };
        assert!(
            personal::citizen_numbers(&number.masked).is_empty() && personal::citizen_numbers(place).is_empty(),
            "a whole number is told"
        );
    }
    assert!(rest.is_empty() == (facts.trouble == Some(attachment::Trouble::Empty)));
}

/// A shelf of a few files that remembers what it was asked for.
#[derive(Default)]
struct Remembers(Mutex<Vec<String>>);

impl Shelf for Remembers {
    fn file(&self, path: &str) -> Option<Shown> {
        self.0.lock().unwrap().push(path.to_owned());
        let there = ["index.html", "2568/index.html", "เบต้า/index.html", "files/a.pdf", "404.html"].contains(&path);
        there.then(|| Shown { body: Body::Bytes(Arc::new(path.into())), hash: Hash::of(path.as_bytes()) })
    }

    fn own(&self, asked: &Asked<'_>) -> Option<Answer> {
        self.0.lock().unwrap().push(asked.path.to_owned());
        None
    }

    fn base(&self) -> String {
        "ita/".to_owned()
    }
}

/// A request to the preview, the bytes once as its whole head and once as its target: the shelf is asked for clean paths of the site
/// only, nobody is sent to another host, and what is sent lies in the file.
pub fn read_request(bytes: &[u8]) {
    let hosts = Hosts::of("127.0.0.1", [127, 0, 0, 1].into());
    let judge = |request: &Request<'_>| {
        let shelf = Remembers::default();
        let answer = answer(request, &hosts, &shelf);
        assert!([200, 206, 301, 304, 400, 404, 405, 413, 416, 421].contains(&answer.status), "{}", answer.status);
        assert!(answer.part.start <= answer.part.end && answer.part.end <= answer.body.size(), "{:?}", answer.part);
        for path in shelf.0.into_inner().unwrap() {
            let parts = path.strip_suffix('/').unwrap_or(&path).split('/');
            let is_clean = |part: &str| !matches!(part, "" | "." | "..");
            assert!(
                !path.contains('\\') && !path.chars().any(char::is_control) && parts.into_iter().all(is_clean),
                "{path:?} was asked for"
            );
        }
        if let Some(location) = answer.header("Location") {
            assert!(location.starts_with('/') && !location.starts_with("//"), "{location}");
            assert!(location.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\'), "{location}");
        }
    };
    judge(&Request { method: "GET", target: bytes, host: Some("localhost"), ..Request::default() });
    if let Ok(read) = target::read(bytes) {
        let again = target::read(target::address(&read.path).as_bytes()).map(|again| again.path);
        assert_eq!(again.as_ref(), Ok(&read.path), "an address reads back");
    }
    // The end of a head is the same in whatever pieces it comes.
    let end = head::end(bytes, 0);
    for cut in [1, bytes.len() / 2, bytes.len().saturating_sub(1)] {
        let cut = cut.min(bytes.len());
        assert_eq!(head::end(&bytes[..cut], 0).or_else(|| head::end(bytes, cut)), end);
    }
    let _ = head::look(bytes);
    if let Ok(head) = head::read(&bytes[..end.unwrap_or(bytes.len())]) {
        judge(&head.request);
    }
}
