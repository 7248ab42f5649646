//! `import`: shows what a table changes in an edition, and with `--write` changes the files. The bytes come from a file or from standard
//! input; what they mean is for `staff::import`.

use std::io::{self, IsTerminal, Read};
use std::path::Path;

use super::args::{Form, ImportOptions, Invocation};
use super::terminal::Terminal;
use super::{Status, Stop, agency_of};
use crate::base::date::parse_year;
use crate::base::path_text::path_text;
use crate::disk::authored::{self, Change, LARGEST_GIVEN};
use crate::disk::scan::Site;
use crate::finding::human as findings;
use crate::source::attachment::Kind;
use crate::source::attachment::rows::Shut;
use crate::source::layout::parse_edition;
use crate::staff::import::human::{self, End};
use crate::staff::import::{self, Edition, Import, Refusal, json};
use crate::text::SourceText;

/// Shows the change, and makes it where that was asked for and nothing is in doubt.
pub fn run(invocation: &Invocation, options: &ImportOptions, terminal: &Terminal) -> Result<Status, Stop> {
    let site = &invocation.site;
    let year = parse_year(options.year.trim()).ok_or_else(|| {
        let year = &options.year;
        said(
            terminal,
            (&format!("`{year}` ไม่ใช่ปี ให้ใช้ปี พ.ศ. สี่หลัก เช่น --year 2568"), &format!("`{year}` is no year; give four digits, as --year 2568")),
        )
    })?;
    let slug = agency(site, options, terminal)?;
    let edition = edition(site, (&slug, year), terminal)?;
    let table = table(&options.file, terminal)?;
    let import =
        match import::import(&table, &edition) {
            Ok(import) => import,
            Err(Refusal::Faulty(found)) => {
                terminal.talk(&findings::list(&found, terminal.talk_style()));
                terminal.talk(terminal.choose(
                    "ต้องแก้ไฟล์ของเว็บไซต์ก่อน จึงไม่ได้เขียนไฟล์ใด\n",
                    "nothing was written; the site's own files have to be mended first\n",
                ));
                return Ok(Status::Faulty);
            }
            Err(refusal) => return Err(refused(&refusal, (&options.file, &edition), terminal)),
        };
    let is_clear = import.doubts().next().is_none() && !import.is_empty();
    let is_written = options.write && is_clear && !import.texts.is_empty();
    if is_written {
        write(site, &import)?;
    }
    let end = if is_written { End::Written } else { End::Shown };
    let text = match options.form {
        Form::Human => human::render(&import, end, terminal.language, terminal.result_style().width),
        Form::Json => json::render(&import, is_written, terminal.language),
    };
    match terminal.result(&text) {
        // What was written stays written, whoever reads of it.
        Ok(()) | Err(Stop::ClosedPipe) => Ok(if is_clear { Status::Fine } else { Status::Faulty }),
        Err(stop) => Err(stop),
    }
}

fn said(terminal: &Terminal, (th, en): (&str, &str)) -> Stop {
    Stop::Said(terminal.choose(th, en).to_owned())
}

/// The agency's slug; empty where the site has one agency.
fn agency(site: &Path, options: &ImportOptions, terminal: &Terminal) -> Result<String, Stop> {
    agency_of(&Site::open(site)?, options.agency.as_deref().filter(|slug| !slug.is_empty()), terminal)
}

/// The files of an edition that an import needs.
fn edition(site: &Path, (slug, year): (&str, u16), terminal: &Terminal) -> Result<Edition, Stop> {
    let top = if slug.is_empty() { "content".to_owned() } else { format!("content/{slug}") };
    let names = authored::names(site, &top)?;
    let Some(name) = names.iter().find(|name| parse_edition(name) == Some(year)) else {
        let th = format!("ยังไม่มีโฟลเดอร์ `{top}/{year}` ให้สร้างก่อนด้วย `prongsai new year {year}`");
        return Err(said(terminal, (&th, &format!("there is no folder `{top}/{year}`; make it first with `prongsai new year {year}`"))));
    };
    let folder = format!("{top}/{name}/");
    let mut packs = Vec::new();
    let mut folders = vec!["content/frameworks".to_owned()];
    if !slug.is_empty() {
        folders.push(format!("{top}/frameworks"));
    }
    for folder in folders {
        for name in authored::names(site, &folder)?.iter().filter(|name| name.ends_with(".yaml") && !name.starts_with('.')) {
            // A pack that is no text is told of by `check`; here it is one that is not there.
            packs.extend(text(site, &format!("{folder}/{name}"), terminal).unwrap_or_default());
        }
    }
    Ok(Edition {
        year,
        agency: slug.to_owned(),
        assessment: text(site, &format!("{folder}assessment.yaml"), terminal)?,
        measures: text(site, &format!("{folder}measures.yaml"), terminal)?,
        folder,
        packs,
        agency_file: text(site, &format!("{top}/agency.yaml"), terminal).unwrap_or_default(),
    })
}

/// An authored file as text; none where it is not there.
fn text(site: &Path, path: &str, terminal: &Terminal) -> Result<Option<SourceText>, Stop> {
    let Some(bytes) = authored::read(site, path)? else { return Ok(None) };
    match SourceText::new(path.into(), bytes) {
        Ok(source) => Ok(Some(source)),
        Err(finding) => Err(Stop::Said(format!("{path}: {}", finding.message(terminal.language)))),
    }
}

/// The bytes of the table.
fn table(file: &Path, terminal: &Terminal) -> Result<Vec<u8>, Stop> {
    if file != Path::new("-") {
        return Ok(authored::given(file)?);
    }
    if io::stdin().is_terminal() {
        terminal.talk(terminal.choose(
            "วางข้อความ แล้วกด Ctrl-D (Windows: Ctrl-Z แล้ว Enter)\n",
            "paste the text, then press Ctrl-D (Windows: Ctrl-Z and Enter)\n",
        ));
    }
    let mut bytes = Vec::new();
    io::stdin().lock().take(LARGEST_GIVEN + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > LARGEST_GIVEN {
        return Err(Stop::Machine(io::ErrorKind::FileTooLarge.into()));
    }
    Ok(bytes)
}

fn write(site: &Path, import: &Import) -> Result<(), Stop> {
    let change =
        |text: &'_ import::NewText| (text.path.clone(), text.before.clone().map(String::into_bytes), text.after.clone().into_bytes());
    let texts: Vec<_> = import.texts.iter().map(change).collect();
    let changes: Vec<Change<'_>> = texts.iter().map(|(path, before, after)| Change { path, before: before.as_deref(), after }).collect();
    Ok(authored::exchange(site, &changes)?)
}

/// Why there is nothing to show, and what to do.
fn refused(refusal: &Refusal, (file, edition): (&Path, &Edition), terminal: &Terminal) -> Stop {
    let name = path_text(file.as_os_str());
    let year = edition.year;
    let (th, en) = match refusal {
        Refusal::Shut(why) => {
            let (th, en) = shut(*why);
            (format!("อ่าน `{name}` ไม่ได้: {th}"), format!("can't read `{name}`: {en}"))
        }
        Refusal::NoPack => (
            format!("ไม่มีเกณฑ์ที่ใช้กับปี {year} ให้ระบุ `framework` ใน {}assessment.yaml", edition.folder),
            format!("there is no pack for {year}; name one by `framework` in {}assessment.yaml", edition.folder),
        ),
        Refusal::Unfit(path) => (
            format!("แก้ {path} ให้ถูกต้องโดยอัตโนมัติไม่ได้ เพราะเขียนในรูปแบบที่ซับซ้อน จึงไม่ได้เขียนไฟล์ใด โปรดแก้ค่าที่ต้องการด้วยตนเอง"),
            format!("{path} is written in a way that can't be edited in place, so nothing was written; change the values by hand"),
        ),
        Refusal::Faulty(_) => (String::new(), String::new()),
    };
    said(terminal, (&th, &en))
}

fn shut(why: Shut) -> (String, String) {
    let owned = |(th, en): (&str, &str)| (th.to_owned(), en.to_owned());
    match why {
        Shut::Empty => owned(("ไฟล์ว่าง", "the file is empty")),
        Shut::Encrypted => owned((
            "ไฟล์มีรหัสผ่าน ให้เปิดในโปรแกรมตารางคำนวณ เลือก ไฟล์ > ข้อมูล > ป้องกันสมุดงาน > เข้ารหัสด้วยรหัสผ่าน ลบรหัสผ่านออก แล้วบันทึก",
            "it is protected by a password; open it in the spreadsheet program, choose File > Info > Protect Workbook > Encrypt with Password, clear the password, and save",
        )),
        Shut::Bomb => owned((
            "เมื่อขยายแล้วไฟล์ใหญ่ผิดปกติ จึงไม่เปิด ให้คัดลอกเฉพาะตารางไปไว้ในไฟล์ใหม่",
            "it unpacks to far more than any table; copy the table alone into a new file",
        )),
        Shut::Damaged => owned((
            "ไฟล์เสียหายหรือไม่ครบ ให้บันทึกใหม่จากโปรแกรมตารางคำนวณ",
            "the file is damaged or not whole; save it anew from the spreadsheet program",
        )),
        Shut::Other(Kind::OldOffice) => {
            owned(("เป็นไฟล์รุ่นเก่า (.xls) ให้บันทึกเป็น .xlsx ก่อน", "it is of the older form (.xls); save it as .xlsx first"))
        }
        Shut::Other(kind) => {
            let (th, en) = kind.words();
            (
                format!("เป็น{th} ให้คัดลอกตารางไปไว้ในไฟล์ .xlsx หรือวางข้อความในไฟล์ .txt แล้วสั่งอีกครั้ง"),
                format!("it is {en}; copy the table into a .xlsx file, or paste its text into a .txt file, and run this again"),
            )
        }
    }
}
