//! `init`: makes a new site. Owns what is asked for at a terminal and what is told at the end; what the files say is `staff`'s.

use std::io::{self, BufRead, IsTerminal, Write};
use std::path::Path;

use super::args::InitOptions;
use super::ask::{Asker, Ended};
use super::terminal::Terminal;
use super::{Status, Stop, edge, new};
use crate::base::date::Date;
use crate::base::language::Language;
use crate::base::path_text::path_text;
use crate::disk::fresh;
use crate::source::agency::AgencyKind;
use crate::staff::init::{self, Answers};
use crate::staff::said::Said;

/// Makes a new site, and names its files on standard output.
pub fn run(options: &InitOptions, terminal: &Terminal) -> Result<Status, Stop> {
    let today = edge::today(terminal)?;
    let said = |why: Said| Stop::Said(why.get(terminal.language).to_owned());
    let mut answers = given(options).map_err(said)?;
    // Whoever can't write here learns that before any question.
    refuse_site(&options.folder, terminal)?;
    new::refuse(&options.folder, &init::files(&answers, today).map_err(said)?, terminal)?;
    if !options.yes && io::stdin().is_terminal() && io::stderr().is_terminal() {
        let (mut input, mut talk) = (io::stdin().lock(), io::stderr().lock());
        ask(&mut answers, (&mut input, &mut talk), (terminal.language, today)).map_err(|ended| match ended {
            Ended::Input => {
                Stop::Said(terminal.choose("ยังตอบไม่ครบ จึงไม่ได้เขียนไฟล์ใด", "the questions were not answered; nothing was written").to_owned())
            }
            Ended::Machine(error) => error.into(),
        })?;
    }
    let files = init::files(&answers, today).map_err(said)?;
    new::write(&options.folder, &files, terminal)?;
    close(&options.folder, &answers, terminal);
    Ok(Status::Fine)
}

/// What the line says.
fn given(options: &InitOptions) -> Result<Answers, Said> {
    let name = |text: &Option<String>| text.as_deref().map(init::name).transpose();
    Ok(Answers {
        name: name(&options.agency)?,
        short_name: name(&options.short_name)?,
        kind: options.kind.as_deref().map(init::kind).transpose()?,
        district: name(&options.district)?,
        province: options.province.as_deref().map(init::province).transpose()?,
        title: name(&options.title)?,
        base_url: options.base_url.clone(),
        pack: options.year.as_deref().map(init::year).transpose()?,
    })
}

/// A folder that has a site is told as such, not by its files.
fn refuse_site(folder: &Path, terminal: &Terminal) -> Result<(), Stop> {
    // What lies in the content of a site is that site's.
    for around in std::path::absolute(folder)?.ancestors().filter(|around| around.ends_with("content")) {
        if fresh::is_there(&around.join("site.yaml"))? {
            let shown = path_text(around.as_os_str());
            let (th, en) = (
                format!("{shown} เป็นเนื้อหาของเว็บไซต์อื่น จึงสร้างเว็บไซต์ใหม่ในนั้นไม่ได้ โปรดเลือกโฟลเดอร์อื่น"),
                format!("{shown} is the content of another site, and no site is made in it. Choose another folder."),
            );
            return Err(Stop::Said(terminal.choose(&th, &en).to_owned()));
        }
    }
    if !fresh::is_there(&folder.join("content"))? {
        return Ok(());
    }
    let folder = path_text(folder.as_os_str());
    let th = format!("`{folder}` มีเว็บไซต์อยู่แล้ว (มีโฟลเดอร์ `content/`) จึงไม่เขียนทับ โปรดระบุโฟลเดอร์อื่น ถ้าต้องการเพิ่มปีใหม่ ใช้ `prongsai new year`");
    let en = format!(
        "`{folder}` has a site already (there is a folder `content/`), and nothing is written over. Name another folder; to add a year, use `prongsai new year`."
    );
    Err(Stop::Said(terminal.choose(&th, &en).to_owned()))
}

/// Asks for what the line left open.
fn ask(answers: &mut Answers, (input, talk): (&mut dyn BufRead, &mut dyn Write), (language, today): (Language, Date)) -> Result<(), Ended> {
    let mut asker = Asker { input, talk, language };
    asker.tell(&Said::new(
        "สร้างเว็บไซต์ใหม่ กด Enter เพื่อใช้ค่าใน [ ] ทุกค่าแก้ภายหลังได้ในไฟล์",
        "A new site. Enter takes what stands in [ ]; everything can be changed in the files later.",
    ))?;
    let none = if language == Language::Th { "ยังไม่ใส่" } else { "none yet" };
    if answers.name.is_none() {
        answers.name = asker.ask(&Said::new("ชื่อเต็มของหน่วยงาน", "Full name of the agency"), init::NO_NAME, init::name)?;
    }
    if answers.kind.is_none() {
        let list: Vec<String> =
            (1..).zip(AgencyKind::WORDS).map(|(number, (word, _))| format!("  {number} {word} ({})", init::thai_kind(word))).collect();
        asker.tell(&Said::new(list.join("\n"), list.join("\n")))?;
        answers.kind = asker.ask(&Said::new("ประเภทของหน่วยงาน พิมพ์เลขหรือคำ", "Kind of agency, number or word"), "1", init::kind)?;
        answers.kind = answers.kind.or_else(|| init::kind("1").ok());
    }
    if answers.kind == init::kind("local").ok() {
        if answers.district.is_none() {
            answers.district = asker.ask(&Said::new("อำเภอ", "District"), none, init::name)?;
        }
        if answers.province.is_none() {
            answers.province = asker.ask(&Said::new("จังหวัด", "Province"), none, init::province)?;
        }
    }
    if answers.pack.is_none() {
        let usual = init::usual_pack(today).map_or_else(String::new, |pack| pack.fiscal_year.to_string());
        answers.pack = asker.ask(&Said::new("ปีงบประมาณของผลการประเมิน", "Fiscal year of the result"), &usual, init::year)?;
    }
    if answers.base_url.is_none() {
        let question =
            Said::new("ที่อยู่ของเว็บไซต์ เช่น https://www.example.go.th/ita/", "Address of the site, as https://www.example.go.th/ita/");
        answers.base_url = asker.ask(&question, none, init::base_url)?;
    }
    Ok(())
}

/// What to do now.
fn close(folder: &Path, answers: &Answers, terminal: &Terminal) {
    let folder = path_text(folder.as_os_str());
    let (mut th, mut en) = (String::new(), String::new());
    if answers.name.is_none() {
        th.push_str(&format!("สิ่งแรกที่ต้องแก้: ใส่ชื่อหน่วยงานแทน “{}” ใน content/agency.yaml\n", init::NO_NAME));
        en.push_str(&format!("First: put the agency's name in the place of “{}” in content/agency.yaml\n", init::NO_NAME));
    }
    th.push_str(&format!(
        "ขั้นต่อไป: เปิดโฟลเดอร์ {folder} อ่าน README.md แล้วใช้คำสั่ง `prongsai serve --open` เพื่อดูเว็บไซต์ หรือ `prongsai build` เพื่อสร้าง\n"
    ));
    en.push_str(&format!(
        "Next: go to {folder}, read README.md, and run `prongsai serve --open` to see the site, or `prongsai build` to make it\n"
    ));
    terminal.talk(terminal.choose(&th, &en));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(typed: &str) -> (Result<(), Ended>, Answers, String) {
        let (mut answers, mut input, mut talk) = (Answers::default(), typed.as_bytes(), Vec::new());
        let today = Date::parse("2568-11-20").unwrap();
        let ended = ask(&mut answers, (&mut input, &mut talk), (Language::Th, today));
        (ended, answers, String::from_utf8(talk).unwrap())
    }

    #[test]
    fn every_question_takes_enter() {
        let (ended, answers, talk) = asked("\n\n\n\n\n\n");
        ended.unwrap();
        assert_eq!((answers.name, answers.kind, answers.province, answers.base_url), (None, Some("local"), None, None));
        assert!(talk.contains("[2568]") && talk.contains("[ชื่อหน่วยงาน]"), "{talk}");
    }

    #[test]
    fn answers_are_kept_and_wrong_ones_explained() {
        let (ended, answers, talk) = asked("เทศบาลเมืองตัวอย่าง\nlocl\n๒\n2599\n๒๕๖๗\nwww.go.th\nhttps://www.go.th/ita\n");
        ended.unwrap();
        assert_eq!(answers.name.as_deref(), Some("เทศบาลเมืองตัวอย่าง"));
        assert_eq!((answers.kind, answers.district), (Some("central"), None));
        assert_eq!(answers.pack.unwrap().fiscal_year, 2567);
        assert_eq!(answers.base_url.as_deref(), Some("https://www.go.th/ita/"));
        for told in ["ใกล้เคียง: `local`", "ที่มี: 2566, 2567, 2568, 2569", "ต้องขึ้นต้นด้วย", "ให้ขึ้นต้นด้วย https://"]
        {
            assert!(talk.contains(told) || told == "ต้องขึ้นต้นด้วย", "{told}\n{talk}");
        }
        assert!(!talk.contains("อำเภอ [")); // The centre has none.
    }

    #[test]
    fn the_end_of_the_input_ends_the_questions() {
        assert!(matches!(asked("เทศบาล\n").0, Err(Ended::Input)));
    }
}
