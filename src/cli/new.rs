//! `new`: adds files to a site. Owns which site and agency they are for, and telling what was written; what the files say is `staff`'s.

use std::io;
use std::path::Path;

use super::args::{CiHost, Invocation, NewOptions, NewWhat};
use super::terminal::Terminal;
use super::{Status, Stop, agency_of, edge};
use crate::base::path_text::path_text;
use crate::disk::fresh::{self, Hindrance};
use crate::disk::scan::Site;
use crate::engine::Source;
use crate::staff::ci;
use crate::staff::new::{self, Ground, Plan};
use crate::staff::said::Said;
use crate::staff::starter::NewFile;

/// Writes the new files and names them on standard output.
pub fn run(invocation: &Invocation, options: &NewOptions, terminal: &Terminal) -> Result<Status, Stop> {
    match &options.what {
        NewWhat::Ci(options) => {
            Site::open(&invocation.site)?;
            let file = ci::file(match options.host {
                CiHost::Github => ci::Host::Github,
                CiHost::Gitlab => ci::Host::Gitlab,
            });
            write(&invocation.site, &[NewFile::new(file.path, file.text)], terminal)?;
            terminal.talk(terminal.choose("ก่อนใช้ โปรดตั้งค่าตามที่เขียนไว้ต้นไฟล์\n", "Before you use it, set what the head of the file says.\n"));
        }
        what => {
            let plan = plan(invocation, (options.agency.as_deref(), what), terminal)?;
            carry_out(&invocation.site, &plan, terminal)?;
        }
    }
    Ok(Status::Fine)
}

/// What is to be done, from the sources of the agency that it is for.
fn plan(invocation: &Invocation, (asked, what): (Option<&str>, &NewWhat), terminal: &Terminal) -> Result<Plan, Stop> {
    let said = |why: Said| Stop::Said(why.get(terminal.language).to_owned());
    let site = Site::open(&invocation.site)?;
    let slugs = site.listing()?.agencies;
    // Rules and themes may be the whole site's.
    let is_shared = matches!(what, NewWhat::Pack(_) | NewWhat::Theme(_)) && asked.is_none();
    let slug = if is_shared { String::new() } else { agency_of(&site, asked, terminal)? };
    let (shared, own) = site.texts_of((!is_shared || slugs.is_none()).then_some(slug.as_str()));
    let ground = Ground::read(&slug, shared, own);
    let plan = match what {
        NewWhat::Year(options) => new::year::plan(&ground, &options.year, edge::today(terminal)?),
        NewWhat::Page(options) => new::page::plan(&ground, &options.name),
        NewWhat::Item(options) => new::member::item(&ground, &options.code, options.year.as_deref()),
        NewWhat::Issue(options) => new::member::issue(&ground, &options.code, options.year.as_deref()),
        NewWhat::Measure(options) => {
            let (issue, method, year) = (options.issue.as_deref(), options.method.as_deref(), options.year.as_deref());
            new::measure::plan(&ground, new::measure::Asked { issue, method, year })
        }
        NewWhat::Pack(options) => new::pack::plan(&ground, (&options.id, options.from.as_deref())),
        NewWhat::Theme(options) => new::theme::plan(&ground.theme, &options.file),
        NewWhat::Ci(_) => Ok(Plan::default()),
    };
    let plan = plan.map_err(said)?;
    // An editor complains of a schema that is not there.
    Ok(if fresh::is_there(&invocation.site.join("schemas"))? { plan } else { plan.without_schemas() })
}

fn carry_out(site: &Path, plan: &Plan, terminal: &Terminal) -> Result<(), Stop> {
    if let Some(added) = &plan.added {
        fresh::append(site, &added.path, (&added.before, &added.more)).map_err(|error| match error.kind() {
            io::ErrorKind::InvalidData => {
                let path = path_text(added.path.as_ref());
                let th = format!("`{path}` ถูกแก้ไขระหว่างนี้ หรืออยู่นอกโฟลเดอร์เว็บไซต์ จึงไม่ได้เขียน โปรดสั่งอีกครั้ง");
                let en = format!("`{path}` changed meanwhile or lies outside of the site; nothing was written. Try again.");
                Stop::Said(terminal.choose(&th, &en).to_owned())
            }
            _ => error.into(),
        })?;
        let word = terminal.choose("เพิ่มท้าย", "added to");
        terminal.result(&format!("{word} {}\n", path_text(added.path.as_ref())))?;
    }
    write(site, &plan.files, terminal)?;
    terminal.result(plan.told.get(terminal.language))
}

/// Refuses where something stands in the way of new files, and names all of it.
pub fn refuse(site: &Path, files: &[NewFile], terminal: &Terminal) -> Result<(), Stop> {
    let paths: Vec<&str> = files.iter().map(|file| file.path.as_str()).collect();
    let hindrances = fresh::hindrances(site, &paths)?;
    if hindrances.is_empty() {
        return Ok(());
    }
    let lines = hindrances.iter().map(|hindrance| {
        let (th, en) = match hindrance {
            Hindrance::There(_) => ("มีอยู่แล้ว", "is there already"),
            Hindrance::NoFolder(_) => ("ต้องเป็นโฟลเดอร์", "has to be a folder"),
            Hindrance::LeadsOut(_) => ("เป็นลิงก์ออกนอกโฟลเดอร์เว็บไซต์", "is a link out of the site folder"),
        };
        format!("\n  {} {}", path_text(hindrance.path().as_ref()), terminal.choose(th, en))
    });
    let text = terminal.choose(
        "ไม่ได้เขียนไฟล์ใด เพราะโปรแกรมไม่เขียนทับ โปรดย้ายหรือเปลี่ยนชื่อก่อน",
        "nothing was written, as nothing is written over. Move or rename this first:",
    );
    Err(Stop::Said(format!("{text}{}", lines.collect::<String>())))
}

/// Writes new files, all or none, and names them.
pub fn write(site: &Path, files: &[NewFile], terminal: &Terminal) -> Result<(), Stop> {
    refuse(site, files, terminal)?;
    let pairs: Vec<(&str, &str)> = files.iter().map(|file| (file.path.as_str(), file.text.as_str())).collect();
    fresh::put_all(site, &pairs).map_err(|error| match error.kind() {
        // Somebody wrote it in this moment.
        io::ErrorKind::AlreadyExists => refuse(site, files, terminal).err().unwrap_or(Stop::Machine(error)),
        _ => Stop::Machine(error),
    })?;
    let word = terminal.choose("เขียน", "wrote");
    terminal.result(&files.iter().map(|file| format!("{word} {}\n", path_text(file.path.as_ref()))).collect::<String>())
}
