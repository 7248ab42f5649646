//! `schema`: prints the JSON Schemas of authored files, or writes them into the site for editors.

use std::io;

use super::args::{Invocation, Lang, SchemaOptions};
use super::terminal::Terminal;
use super::{Status, Stop};
use crate::base::language::Language;
use crate::base::thai::nearest;
use crate::disk::renew::{self, Done};
use crate::staff::schema::{self, Authored};

/// Prints one schema, or all as one object; or writes files and names them.
pub fn run(invocation: &Invocation, options: &SchemaOptions, terminal: &Terminal) -> Result<Status, Stop> {
    // What stands in a file of the site must not change with the locale of whoever writes it.
    let language = if invocation.lang == Some(Lang::En) { Language::En } else { Language::Th };
    let plain = |name: &str| name.trim_end_matches(".yaml").trim_end_matches(".schema.json").to_owned();
    let asked = options.name.as_deref().map(plain);
    let asked = asked.as_deref().map(|name| Authored::of(name).ok_or_else(|| unknown(name, terminal))).transpose()?;
    if options.write {
        let all = asked.map_or_else(|| schema::ALL.to_vec(), |one| vec![one]);
        return write(invocation, &all, (language, terminal));
    }
    let text = asked.map_or_else(|| schema::all(language), |one| one.text(language));
    match terminal.result(&text) {
        Ok(()) | Err(Stop::ClosedPipe) => Ok(Status::Fine),
        Err(stop) => Err(stop),
    }
}

fn unknown(name: &str, terminal: &Terminal) -> Stop {
    let names: Vec<&str> = schema::ALL.iter().map(|authored| authored.name).collect();
    let near = nearest(name, &names);
    let th = match near {
        Some(near) => format!("ไม่มีไฟล์ชื่อ `{name}` หมายถึง `{near}` หรือไม่"),
        None => format!("ไม่มีไฟล์ชื่อ `{name}` ที่ใช้ได้คือ {}", names.join(", ")),
    };
    let en = match near {
        Some(near) => format!("there is no file `{name}`; did you mean `{near}`?"),
        None => format!("there is no file `{name}`; it is one of {}", names.join(", ")),
    };
    Stop::Said(terminal.choose(&th, &en).to_owned())
}

fn write(invocation: &Invocation, asked: &[Authored], (language, terminal): (Language, &Terminal)) -> Result<Status, Stop> {
    let files: Vec<(String, String)> = asked.iter().map(|one| (one.path(), one.text(language))).collect();
    let wanted: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let done = renew::put_all(&invocation.site, &wanted, &schema::is_ours).map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => {
            let th = format!("{error} ไม่ใช่ไฟล์ที่โปรแกรมนี้เขียน จึงไม่เขียนทับและไม่ได้เขียนไฟล์ใด ย้ายหรือเปลี่ยนชื่อไฟล์นั้นก่อน");
            let en = format!("{error} is not a file that this program wrote, so nothing was written; move or rename it first");
            Stop::Said(terminal.choose(&th, &en).to_owned())
        }
        _ => error.into(),
    })?;
    let mut text = String::new();
    for ((path, _), done) in files.iter().zip(done) {
        let word = match done {
            Done::Written => terminal.choose("เขียนแล้ว", "wrote"),
            Done::Renewed => terminal.choose("เขียนใหม่แล้ว", "wrote anew"),
            Done::Same => terminal.choose("เหมือนเดิม", "unchanged"),
        };
        text.push_str(&format!("{word} {path}\n"));
    }
    match terminal.result(&text) {
        Ok(()) | Err(Stop::ClosedPipe) => Ok(Status::Fine),
        Err(stop) => Err(stop),
    }
}
