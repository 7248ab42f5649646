//! A new site: what has to be known of it, and the files that it begins with. Owns the rules of each answer and the list of files. Refuses
//! an answer that could not be read back from its file, with the reason; asks nobody and writes nothing.

use std::sync::Arc;

use super::said::Said;
use super::scalar::{comment, scalar};
use super::schema;
use super::starter::{self, NewFile, fill, schema_line};
use crate::base::date::{Date, parse_year};
use crate::base::language::Language;
use crate::base::{digits, thai};
use crate::finding::{Finding, Severity};
use crate::framework::{Pack, builtin};
use crate::source::agency::{self, AgencyKind};
use crate::source::site::{self, normal_base_url};
use crate::text::{SourceText, is_no_text};

/// What stands for the name of an agency until somebody gives it.
pub const NO_NAME: &str = "ชื่อหน่วยงาน";

/// How many characters a name may have. The longest of a public body has some hundred.
const LONGEST_NAME: usize = 300;

/// What is known of the new site.
#[derive(Clone, Debug, Default)]
pub struct Answers {
    /// The agency's name.
    pub name: Option<String>,
    /// Its short name.
    pub short_name: Option<String>,
    /// What kind of body it is: a word of the format.
    pub kind: Option<&'static str>,
    /// Its district.
    pub district: Option<String>,
    /// Its province.
    pub province: Option<String>,
    /// The title of the site.
    pub title: Option<String>,
    /// The address that it will have.
    pub base_url: Option<String>,
    /// The rules of its first year.
    pub pack: Option<Arc<Pack>>,
}

/// Checks a name: one line that shows something.
///
/// # Errors
/// What is wrong with it.
pub fn name(text: &str) -> Result<String, Said> {
    let text = thai::normal(text.trim());
    if text.chars().any(|c| c.is_control() || is_no_text(c) || thai::is_turning(c) || matches!(c, '\u{2028}' | '\u{2029}')) {
        return Err(Said::new(
            "ชื่อต้องอยู่ในบรรทัดเดียว และไม่มีอักขระที่มองไม่เห็น โปรดพิมพ์ใหม่",
            "a name is one line, without characters that can't be seen. Type it again.",
        ));
    }
    let count = text.chars().count();
    if count > LONGEST_NAME {
        return Err(Said::new(
            format!("ชื่อยาว {count} ตัวอักษร ยาวได้ไม่เกิน {LONGEST_NAME} โปรดใช้ชื่อตามประกาศ"),
            format!("the name has {count} characters, and may have {LONGEST_NAME}. Use the official one."),
        ));
    }
    if !text.chars().any(char::is_alphanumeric) {
        return Err(Said::new("ชื่อต้องมีตัวอักษร โปรดพิมพ์ชื่อ", "a name has letters. Type the name."));
    }
    Ok(text)
}

/// Checks the name of a province.
///
/// # Errors
/// What is wrong with it.
pub fn province(text: &str) -> Result<String, Said> {
    let name = name(text)?;
    if crate::base::place_name::slug(&crate::base::place_name::province(&name)).is_some() {
        return Ok(name);
    }
    Err(Said::new(
        format!("ใช้ `{name}` เป็นชื่อจังหวัดไม่ได้ โปรดพิมพ์ชื่อ เช่น ขอนแก่น"),
        format!("`{name}` is no name of a province. Type the name, such as ขอนแก่น."),
    ))
}

/// What a kind of agency is called.
pub fn thai_kind(word: &str) -> &'static str {
    match word {
        "local" => "องค์กรปกครองส่วนท้องถิ่น",
        "central" => "ราชการส่วนกลาง",
        "state-enterprise" => "รัฐวิสาหกิจ",
        "university" => "มหาวิทยาลัย",
        "school" => "โรงเรียน",
        _ => "อื่น ๆ",
    }
}

/// Reads the kind of an agency: its word, what it is called in Thai, or its number in the list of [`AgencyKind::WORDS`].
///
/// # Errors
/// Which there are.
pub fn kind(text: &str) -> Result<&'static str, Said> {
    let word = digits::to_ascii(text.trim()).to_lowercase();
    let words: Vec<&'static str> = AgencyKind::WORDS.iter().map(|(word, _)| *word).collect();
    let by_number = word.parse::<usize>().ok().and_then(|number| words.get(number.checked_sub(1)?));
    let plain = |text: &str| thai::normal(text).chars().filter(|c| !c.is_whitespace() && !matches!(c, '(' | ')')).collect::<String>();
    let is_called = |known: &&&'static str| **known == word || plain(thai_kind(known)) == plain(&word);
    if let Some(known) = by_number.or_else(|| words.iter().find(is_called)) {
        return Ok(known);
    }
    let (mut th, mut en) = (String::new(), String::new());
    if let Some(nearest) = thai::nearest(&word, &words) {
        (th, en) = (format!(" ใกล้เคียง: `{nearest}`"), format!(" Did you mean `{nearest}`?"));
    }
    let (text, list) = (comment(text.trim()), words.join(", "));
    Err(Said::new(format!("ไม่มีประเภท `{text}`{th} ที่ใช้ได้: {list}"), format!("there is no kind `{text}`.{en} There are: {list}")))
}

/// Reads the address that the site will have.
///
/// # Errors
/// What is wrong with it.
pub fn base_url(text: &str) -> Result<String, Said> {
    normal_base_url(text.trim()).ok_or_else(|| {
        let text = comment(text.trim());
        Said::new(
            format!("`{text}` ไม่ใช่ที่อยู่เต็ม โปรดพิมพ์ให้ขึ้นต้นด้วย https:// เช่น https://www.example.go.th/ita/ และไม่มี ? หรือ #"),
            format!("`{text}` is no absolute address. It begins with https://, as https://www.example.go.th/ita/, and has no ? or #."),
        )
    })
}

/// The built-in rules of a year, in either script and era.
///
/// # Errors
/// Which years there are.
pub fn year(text: &str) -> Result<Arc<Pack>, Said> {
    let packs = || builtin::ids().filter_map(builtin::get);
    let asked = parse_year(text.trim());
    if let Some(pack) = packs().find(|pack| Some(pack.fiscal_year) == asked) {
        return Ok(Arc::clone(pack));
    }
    let (text, known) = (comment(text.trim()), packs().map(|pack| pack.fiscal_year.to_string()).collect::<Vec<_>>().join(", "));
    let Some(asked) = asked else {
        return Err(Said::new(
            format!("`{text}` ไม่ใช่ปี โปรดพิมพ์ปีงบประมาณ พ.ศ. สี่หลัก ที่มี: {known}"),
            format!("`{text}` is no year. Type a fiscal year of four digits; there are: {known}"),
        ));
    };
    Err(Said::new(
        format!("โปรแกรมยังไม่มีชุดเกณฑ์ของปี {asked} ที่มี: {known} เริ่มจากปีหนึ่งในนี้ก่อน แล้วเพิ่มปีด้วย `prongsai new year {asked}`"),
        format!(
            "the program has no rules of the year {asked}; there are: {known}. Begin with one of these, then add the year: `prongsai new year {asked}`"
        ),
    ))
}

/// The rules of the year whose result was announced last: the newest built-in ones with questions that are not of a year to come. A
/// fiscal year's result is announced in its last months, so what is not built in was not known when the program was made.
pub fn usual_pack(today: Date) -> Option<Arc<Pack>> {
    let with_questions = || builtin::ids().filter_map(builtin::get).filter(|pack| !pack.questions.is_empty());
    let begun = with_questions().filter(|pack| i32::from(pack.fiscal_year) <= today.fiscal_year());
    begun.max_by_key(|pack| pack.fiscal_year).or_else(|| with_questions().min_by_key(|pack| pack.fiscal_year)).cloned()
}

/// The files of the new site, in the order in which people read them.
///
/// # Errors
/// Where an answer could not be read back from its file.
pub fn files(answers: &Answers, today: Date) -> Result<Vec<NewFile>, Said> {
    let Some(pack) = answers.pack.clone().or_else(|| usual_pack(today)) else { return Ok(Vec::new()) };
    let year = pack.fiscal_year;
    let name = answers.name.clone().unwrap_or_else(|| NO_NAME.to_owned());
    let title = answers.title.clone().unwrap_or_else(|| {
        let short = answers.short_name.as_deref().or(answers.name.as_deref());
        short.map_or_else(|| "การเปิดเผยข้อมูลสาธารณะ".to_owned(), |short| format!("การเปิดเผยข้อมูลสาธารณะ {short}"))
    });
    let folder = format!("content/{year}/");
    let at = |file: &str| format!("{folder}{file}");
    let (assessment, disclosures, measures) = (at("assessment.yaml"), at("disclosures.yaml"), at("measures.yaml"));
    let readme = [
        ("title", starter::markdown(&comment(&title))),
        ("name", starter::markdown(&comment(&name))),
        ("year", year.to_string()),
        ("next", year.saturating_add(1).to_string()),
    ];
    let mut files = vec![
        NewFile::new("README.md", fill(starter::README, &readme.each_ref().map(|(name, value)| (*name, value.as_str())))),
        NewFile::new(site::PATH, site_file(&title, answers.base_url.as_deref())),
        NewFile::new("content/agency.yaml", agency_file("content/agency.yaml", &name, answers)),
        NewFile::new("content/about.md", starter::ABOUT),
        NewFile::new(&assessment, starter::assessment(&pack, (&assessment, year), ("", false))),
        NewFile::new(&disclosures, starter::disclosures(&pack, (&disclosures, year))),
        NewFile::new(&measures, starter::measures(&pack, (&measures, year))),
    ];
    files.extend(starter::commentary(&pack, &folder));
    files.push(NewFile::new("content/files/.gitkeep", ""));
    files.push(NewFile::new(".gitignore", starter::GITIGNORE));
    files.extend(schemas());
    read_back(&files)?;
    Ok(files)
}

/// The schemas, which lie in the site so that editors find them without a network.
fn schemas() -> Vec<NewFile> {
    let file = |authored: schema::Authored| NewFile::new(authored.path(), authored.text(Language::Th));
    schema::ALL.into_iter().map(file).collect()
}

fn site_file(title: &str, base_url: Option<&str>) -> String {
    let base_url = match base_url {
        Some(url) => format!("base_url: {}", scalar(url)),
        None => "# base_url: https://www.example.go.th/ita/".to_owned(),
    };
    let values = [("schema", schema_line("site", site::PATH)), ("title", scalar(title)), ("base_url", base_url)];
    fill(starter::SITE, &values.each_ref().map(|(name, value)| (*name, value.as_str())))
}

/// `agency.yaml`; what is not known stands in a comment.
pub fn agency_file(path: &str, name: &str, answers: &Answers) -> String {
    let field = |key: &str, value: Option<&str>, example: &str| match value {
        Some(value) => format!("{key}: {}", scalar(value)),
        None => format!("# {key}: {example}"),
    };
    let values = [
        ("schema", schema_line("agency", path)),
        ("name", scalar(name)),
        ("short_name", field("short_name", answers.short_name.as_deref(), "อบต.ตัวอย่าง")),
        ("kind", field("kind", answers.kind, "local")),
        ("district", field("district", answers.district.as_deref(), "ชื่ออำเภอ")),
        ("province", field("province", answers.province.as_deref(), "ชื่อจังหวัด")),
    ];
    fill(starter::AGENCY, &values.each_ref().map(|(name, value)| (*name, value.as_str())))
}

/// Reads what people gave back from the files, as the program will: what it would call a fault is refused before it is written.
fn read_back(files: &[NewFile]) -> Result<(), Said> {
    let source = |path: &str| {
        let file = files.iter().find(|file| file.path == path);
        SourceText { path: path.into(), text: file.map_or_else(String::new, |file| file.text.clone()) }
    };
    let mut findings = site::read(&source(site::PATH)).1;
    findings.extend(agency::read(&source("content/agency.yaml"), "").1);
    refuse(&findings)
}

/// The first error among findings, as a refusal.
///
/// # Errors
/// That one.
pub fn refuse(findings: &[Finding]) -> Result<(), Said> {
    use crate::base::language::Language;
    let error = findings.iter().find(|finding| finding.severity() == Severity::Error);
    error.map_or(Ok(()), |error| Err(Said::new(error.message(Language::Th), error.message(Language::En))))
}
