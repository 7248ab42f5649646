//! `new year`: an edition as a draft, with what the year before leaves to it. Owns which rules it goes by, which item is which in both
//! years, and the table of what was renumbered. Refuses to carry a figure: a year's result is its own.

mod commentary;
mod records;

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Ground, Plan, Texts, called};
use crate::base::date::{Date, parse_year};
use crate::base::digits;
use crate::base::width::{fitted, width};
use crate::framework::code::MemberCode;
use crate::framework::{Issue, Pack, Packs};
use crate::source::unit::EditionSource;
use crate::staff::said::Said;
use crate::staff::scalar::comment;
use crate::staff::starter::{self, NewFile};

/// The scheme of the built-in packs, for a site without an edition.
const SCHEME: &str = "ita-";

/// What is carried from one year to another.
struct Carry<'a> {
    from: &'a EditionSource,
    to: &'a Pack,
    year: u16,
    /// Where the new files lie: `content/2569/`.
    folder: &'a str,
    today: Date,
    /// The item of the year before by the new item, as places in both packs: they share their lasting id.
    old_of: BTreeMap<usize, usize>,
    /// Commentary of the year before that goes along: the path in its edition's folder, and the one in the new.
    texts: BTreeMap<String, String>,
}

/// The files of a new edition.
///
/// # Errors
/// Where the year is none or is there, and where the year before can't be read.
pub fn plan(ground: &Ground, asked: &str, today: Date) -> Result<Plan, Said> {
    let shown = comment(asked.trim());
    let Some(year) = parse_year(asked.trim()) else {
        return Err(Said::new(
            format!("`{shown}` ไม่ใช่ปี โปรดพิมพ์ปีงบประมาณ พ.ศ. สี่หลัก เช่น 2569"),
            format!("`{shown}` is no year. Type a fiscal year of four digits, such as 2569."),
        ));
    };
    is_near(ground, (year, &shown), today)?;
    if let Some(folder) = ground.folder_of(year) {
        return Err(Said::new(
            format!("มีปี {year} อยู่แล้วใน `{folder}/` จึงไม่เขียนทับ"),
            format!("the year {year} is there already in `{folder}/`, and nothing is written over"),
        ));
    }
    let before = ground.years().into_iter().filter(|known| *known < year).max();
    let from = before.map(|before| ground.sound(before)).transpose()?;
    let Some(pack) = rules(&ground.packs, year, from.map(|from| &*from.pack)) else {
        return Err(Said::new("ไม่มีชุดเกณฑ์ให้ใช้", "there are no rules to go by"));
    };
    let folder = format!("{}{year}/", ground.folder);
    let mut told = Told::default();
    told.rules(year, &pack);
    let files = match from {
        Some(from) => Carry::of((from, &pack), (year, &folder), today).files(&ground.texts, &mut told),
        None => {
            told.line("ไม่มีปีก่อนหน้าให้ยกมา จึงเริ่มจากไฟล์เปล่า", "there is no year before it to carry from, so the files are empty");
            fresh(&pack, (year, &folder))
        }
    };
    told.line(
        &format!("ปี {year} เป็นฉบับร่าง ดูได้ด้วย `prongsai serve --drafts` พร้อมเผยแพร่แล้วลบ `draft: true` ใน {folder}assessment.yaml"),
        &format!(
            "The year {year} is a draft: see it with `prongsai serve --drafts`, and delete `draft: true` in {folder}assessment.yaml to publish it"
        ),
    );
    Ok(Plan::files(files, told.said()))
}

/// Years before this one had no assessment, and a slip of one digit in a year is mostly a year before it.
const FIRST: u16 = 2540;

/// How many years after this one, or after the newest that the site or the program has, an edition may be begun.
const AHEAD: u16 = 2;

/// Refuses a year in which nobody can have meant to begin an edition.
fn is_near(ground: &Ground, (year, shown): (u16, &str), today: Date) -> Result<(), Said> {
    let packs = ground.packs.ids().into_iter().filter_map(|id| ground.packs.get(id)).map(|pack| pack.fiscal_year);
    let known = packs.chain(ground.years()).chain(u16::try_from(today.fiscal_year()).ok()).max().unwrap_or(FIRST);
    let last = known.saturating_add(AHEAD);
    if (FIRST..=last).contains(&year) {
        return Ok(());
    }
    let read = if digits::to_ascii(shown).parse() == Ok(year) { String::new() } else { format!(" (พ.ศ. {year})") };
    let next = ground.years().last().map_or(known, |newest| newest.saturating_add(1)).clamp(FIRST, last);
    Err(Said::new(
        format!("ปี `{shown}`{read} ไกลจากปีที่มีการประเมิน โปรดตรวจตัวเลข แล้วพิมพ์ปีงบประมาณ พ.ศ. {FIRST} ถึง {last} เช่น `prongsai new year {next}`"),
        format!(
            "the year `{shown}`{read} is far from any assessment. Look at its digits, and type a fiscal year from {FIRST} to {last}, as in `prongsai new year {next}`."
        ),
    ))
}

/// The rules of a year: those of the same scheme as the year before, for that year; else the newest of them that are not of a later one.
fn rules(packs: &Packs, year: u16, before: Option<&Pack>) -> Option<Arc<Pack>> {
    let scheme = before.map_or_else(|| SCHEME.to_owned(), scheme);
    let known = || packs.ids().into_iter().filter_map(|id| packs.get(id)).filter(|pack| self::scheme(pack) == scheme);
    let fitting = known().filter(|pack| pack.fiscal_year <= year).max_by_key(|pack| pack.fiscal_year);
    fitting.or_else(|| known().min_by_key(|pack| pack.fiscal_year)).map(Arc::clone)
}

/// The id of a pack without its year.
fn scheme(pack: &Pack) -> String {
    pack.id.replace(&pack.fiscal_year.to_string(), "")
}

/// The opening of an edition's assessment that says by which rules it goes, where these are of another year.
fn head(pack: &Pack, year: u16) -> String {
    if pack.fiscal_year == year {
        return String::new();
    }
    format!("#\n# ยังไม่มีชุดเกณฑ์ของปี {year} จึงใช้ {} ไปก่อน โปรดเทียบรหัสและชื่อกับประกาศ ก่อนใส่คะแนน\n", comment(&called(pack)))
}

/// The files of an edition that has nothing before it.
fn fresh(pack: &Pack, (year, folder): (u16, &str)) -> Vec<NewFile> {
    let at = |file: &str| format!("{folder}{file}");
    let (assessment, disclosures, measures) = (at("assessment.yaml"), at("disclosures.yaml"), at("measures.yaml"));
    let mut files = vec![
        NewFile::new(&assessment, starter::assessment(pack, (&assessment, year), (&head(pack, year), true))),
        NewFile::new(&disclosures, starter::disclosures(pack, (&disclosures, year))),
        NewFile::new(&measures, starter::measures(pack, (&measures, year))),
    ];
    files.extend(starter::commentary(pack, folder));
    files
}

impl<'a> Carry<'a> {
    fn of((from, to): (&'a EditionSource, &'a Pack), (year, folder): (u16, &'a str), today: Date) -> Self {
        let old = |id: &str| from.pack.items.iter().position(|item| item.id == id);
        let old_of = to.items.iter().enumerate().filter_map(|(place, item)| Some((place, old(&item.id)?))).collect();
        let mut carry = Self { from, to, year, folder, today, old_of, texts: BTreeMap::new() };
        carry.texts = commentary::kept(&carry);
        carry
    }

    fn files(&self, texts: &Texts, told: &mut Told) -> Vec<NewFile> {
        let at = |file: &str| format!("{}{file}", self.folder);
        let (assessment, disclosures, measures) = (at("assessment.yaml"), at("disclosures.yaml"), at("measures.yaml"));
        let mut files = vec![
            NewFile::new(&assessment, starter::assessment(self.to, (&assessment, self.year), (&head(self.to, self.year), true))),
            NewFile::new(&disclosures, records::disclosures(self, &disclosures)),
            NewFile::new(&measures, records::measures(self, &measures, told)),
        ];
        files.extend(commentary::files(self, texts, told));
        told.renumbered(self);
        files
    }

    /// The new item of an item of the year before.
    fn new_of(&self, old: usize) -> Option<usize> {
        self.old_of.iter().find(|(_, known)| **known == old).map(|(new, _)| *new)
    }

    /// The new item that took an item of the year before in.
    fn took_in(&self, old: usize) -> Option<usize> {
        let id = self.from.pack.items[old].merged_into.as_deref()?;
        self.to.items.iter().position(|item| item.id == id)
    }

    /// Is an issue of the year before the same in the new year, by number and name?
    fn same_issue(&self, number: u32) -> Option<&'a Issue> {
        let (old, new) = (self.from.pack.issue(number)?, self.to.issue(number)?);
        (old.name.th == new.name.th).then_some(new)
    }
}

/// What is told, line by line.
#[derive(Default)]
pub(super) struct Told {
    th: String,
    en: String,
}

impl Told {
    fn line(&mut self, th: &str, en: &str) {
        self.th.push_str(&format!("{th}\n"));
        self.en.push_str(&format!("{en}\n"));
    }

    fn said(self) -> Said {
        Said::new(self.th, self.en)
    }

    /// By which rules the year goes, where that is not what somebody would expect.
    fn rules(&mut self, year: u16, pack: &Pack) {
        let called = called(pack);
        if pack.fiscal_year != year {
            self.line(
                &format!("ยังไม่มีชุดเกณฑ์ของปี {year} จึงใช้ {called} ไปก่อน โปรดเทียบรหัสและชื่อกับประกาศ"),
                &format!(
                    "there are no rules of the year {year} yet, so it goes by {called}; compare codes and names with the announcement"
                ),
            );
        }
        let lacking = [(pack.questions.is_empty(), "ข้อคำถาม", "questions"), (pack.issues.is_empty(), "ประเด็น", "issues")];
        let words = |pick: fn(&(bool, &'static str, &'static str)) -> &'static str, and: &str| {
            lacking.iter().filter(|(is_lacking, ..)| *is_lacking).map(pick).collect::<Vec<_>>().join(and)
        };
        let (th, en) = (words(|(_, th, _)| th, "และ"), words(|(.., en)| en, " and "));
        if !th.is_empty() {
            self.line(&format!("ชุดเกณฑ์ {} ยังไม่มี{th}", pack.id), &format!("the rules {} have no {en} yet", pack.id));
        }
    }

    /// The table of codes that are others, or whose items are new or gone.
    fn renumbered(&mut self, carry: &Carry<'_>) {
        let (old, new) = (&carry.from.pack, carry.to);
        if old.items.is_empty() || new.items.is_empty() {
            return;
        }
        let none = || "–".to_owned();
        let mut rows: Vec<(Option<MemberCode>, Option<MemberCode>, Said)> = Vec::new();
        for (place, item) in old.items.iter().enumerate() {
            let name = comment(&item.name.th);
            match (carry.new_of(place).map(|new_place| &new.items[new_place]), carry.took_in(place).map(|place| &new.items[place])) {
                (Some(same), _) if same.code == item.code => {}
                (Some(same), _) => rows.push((Some(item.code), Some(same.code), Said::new(&name, &name))),
                (None, Some(into)) => {
                    let (code, into) = (into.code, comment(&into.name.th));
                    let th = format!("{name} (รวมเข้ากับ {code} {into})");
                    rows.push((Some(item.code), None, Said::new(th, format!("{name} (merged into {code} {into})"))));
                }
                (None, None) => {
                    rows.push((Some(item.code), None, Said::new(format!("{name} (ไม่มีแล้ว)"), format!("{name} (gone)"))));
                }
            }
        }
        for (place, item) in new.items.iter().enumerate().filter(|(place, _)| !carry.old_of.contains_key(place)) {
            let name = comment(&new.items[place].name.th);
            rows.push((None, Some(item.code), Said::new(format!("{name} (ใหม่)"), format!("{name} (new)"))));
        }
        if rows.is_empty() {
            self.line("รหัสของทุกรายการคงเดิม", "all items keep their codes");
            return;
        }
        let same = new.items.len() - rows.iter().filter(|(_, new, _)| new.is_some()).count();
        let heads = [carry.from.year.to_string(), carry.year.to_string()];
        let cells = heads.iter().map(|head| width(head)).max().unwrap_or(4) + 2;
        self.line("\nรหัสที่เปลี่ยน", "\nCodes that changed");
        let head = format!("  {}{}", fitted(&heads[0], cells), fitted(&heads[1], cells));
        self.line(&format!("{head}รายการ"), &format!("{head}item"));
        for (old, new, name) in rows {
            let shown = |code: Option<MemberCode>| fitted(&code.map_or_else(none, |code| code.to_string()), cells);
            let codes = format!("  {}{}", shown(old), shown(new));
            self.line(&format!("{codes}{}", name.th), &format!("{codes}{}", name.en));
        }
        self.line(&format!("อีก {same} รายการรหัสคงเดิม\n"), &format!("{same} more keep their codes\n"));
    }
}
