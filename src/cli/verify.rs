//! `verify`: compares a published folder with its manifest. Owns the words and the status; writes nothing to the disk but what a build left unfinished.

use std::path::Path;

use serde_json::{Value, json};

use super::args::{Form, VerifyOptions};
use super::terminal::Terminal;
use super::{Status, Stop, sentence, signing};
use crate::base::path_text::path_text;
use crate::base::public_key::PublicKey;
use crate::publish::manifest::NotAManifest;
use crate::publish::signature::{self, Seal};
use crate::publish::verify::{self, Told, Unverifiable, Verdict, What};

/// Compares, and tells what differs on standard output. What could not be compared, and why, is talk as well.
pub fn run(options: &VerifyOptions, terminal: &Terminal) -> Result<Status, Stop> {
    let key = options.public_key.as_deref().map(|given| signing::of_verify(given, terminal)).transpose()?;
    let verdict = verify::verify_signed(&options.folder, key.as_ref()).map_err(|why| refusal(why, &options.folder, terminal))?;
    if verdict.completed {
        terminal.talk(terminal.choose(
            "หมายเหตุ: การเผยแพร่ครั้งก่อนค้างอยู่ จึงทำส่วนที่เหลือให้เสร็จก่อนตรวจ\n",
            "note: an earlier publication was left unfinished; it was completed before the folder was compared\n",
        ));
    }
    for told in &verdict.told {
        if let What::Unchecked(error) = &told.what {
            terminal.talk(&unchecked(told, error.as_ref(), terminal));
        }
    }
    if let Some(Err(error)) = &verdict.seal {
        terminal.talk(&unreadable(signature::NAME, error, terminal));
    }
    let text = match options.form {
        Form::Human => human(&verdict, terminal) + &sealed(&verdict, key.as_ref(), terminal),
        Form::Json => as_json(&verdict),
    };
    match terminal.result(&text) {
        // Whoever stopped reading (as `head` does) still learns from the status how the folder is.
        Ok(()) | Err(Stop::ClosedPipe) => Ok(status(&verdict)),
        Err(stop) => Err(stop),
    }
}

/// What differs for certain outweighs what could not be looked at; files that are not ours are no fault.
fn status(verdict: &Verdict) -> Status {
    let has = |is: fn(&What) -> bool| verdict.told.iter().any(|told| is(&told.what));
    let is_unsealed = matches!(&verdict.seal, Some(Ok(seal)) if *seal != Seal::Good);
    if is_unsealed || has(|what| matches!(what, What::Changed | What::Missing)) {
        Status::Faulty
    } else if matches!(verdict.seal, Some(Err(_))) || has(|what| matches!(what, What::Unchecked(_))) {
        Status::CouldNotRun
    } else {
        Status::Fine
    }
}

/// The words for what is told, in Thai and English; the English one is the key in JSON too.
fn word(what: &What) -> (&'static str, &'static str) {
    match what {
        What::Changed => ("ไม่ตรงกับที่เผยแพร่", "changed"),
        What::Missing => ("ไม่พบ", "missing"),
        What::Foreign => ("ไม่อยู่ในรายการ", "foreign"),
        What::Unchecked(_) => ("ตรวจไม่ได้", "unchecked"),
    }
}

/// A line for each path, and one that counts.
fn human(verdict: &Verdict, terminal: &Terminal) -> String {
    let mut text = String::new();
    for told in &verdict.told {
        let (th, en) = word(&told.what);
        text.push_str(&format!("{}: {}\n", terminal.choose(th, en), path_text(&told.path)));
    }
    let count = |kind: &str| verdict.told.iter().filter(|told| word(&told.what).1 == kind).count();
    let (changed, missing, foreign, unchecked) = (count("changed"), count("missing"), count("foreign"), count("unchecked"));
    let files = verdict.files;
    let plural = if files == 1 { "file" } else { "files" };
    let (mut th, mut en) = if changed + missing + unchecked == 0 {
        (format!("ทั้ง {files} ไฟล์ตรงกับรายการใน manifest.json"), format!("{files} {plural} as the manifest says"))
    } else {
        (
            format!("ในรายการมี {files} ไฟล์: ไม่ตรง {changed} ไม่พบ {missing}"),
            format!("{files} {plural} in the manifest: {changed} changed, {missing} missing"),
        )
    };
    if unchecked > 0 {
        th.push_str(&format!(" ตรวจไม่ได้ {unchecked}"));
        en.push_str(&format!(", {unchecked} unchecked"));
    }
    if foreign > 0 {
        th.push_str(&format!(" นอกรายการ {foreign}"));
        en.push_str(&format!(", {foreign} foreign"));
    }
    text.push_str(terminal.choose(&th, &en));
    text.push('\n');
    text
}

/// The line about the signature; empty where none was asked for.
fn sealed(verdict: &Verdict, key: Option<&PublicKey>, terminal: &Terminal) -> String {
    let (Some(seal), Some(key)) = (&verdict.seal, key.map(PublicKey::name)) else { return String::new() };
    let (th, en) = match seal {
        Ok(Seal::Good) => (format!("ลายมือชื่อถูกต้อง ลงด้วยกุญแจ {key}"), format!("the signature is right, made with the key {key}")),
        Ok(Seal::Missing) => (
            "ไม่มีลายมือชื่อ: ไม่พบ manifest.json.minisig ซึ่งอยู่ที่โฟลเดอร์รากของเว็บไซต์".to_owned(),
            "there is no signature: manifest.json.minisig, which lies in the root folder of a site, is missing".to_owned(),
        ),
        Ok(Seal::Malformed) => (
            "อ่านลายมือชื่อไม่ได้: manifest.json.minisig ไม่ใช่ลายมือชื่อของ minisign".to_owned(),
            "the signature can't be read: manifest.json.minisig is no signature of minisign".to_owned(),
        ),
        Ok(Seal::OtherKey) => (format!("ลายมือชื่อลงด้วยกุญแจอื่น ไม่ใช่ {key}"), format!("the signature was made with another key than {key}")),
        Ok(Seal::Wrong) => (
            format!("ลายมือชื่อไม่ถูกต้อง: manifest.json ไม่ใช่ไฟล์ที่ลงลายมือชื่อด้วยกุญแจ {key}"),
            format!("the signature is wrong: manifest.json is not what was signed with the key {key}"),
        ),
        Err(_) => ("ตรวจลายมือชื่อไม่ได้".to_owned(), "the signature could not be checked".to_owned()),
    };
    format!("{}\n", terminal.choose(&th, &en))
}

/// The word for a signature in JSON.
fn seal_word(seal: &std::io::Result<Seal>) -> &'static str {
    match seal {
        Ok(Seal::Good) => "good",
        Ok(Seal::Missing) => "missing",
        Ok(Seal::Malformed) => "malformed",
        Ok(Seal::OtherKey) => "other-key",
        Ok(Seal::Wrong) => "wrong",
        Err(_) => "unchecked",
    }
}

/// One object: how many files the manifests name, and the paths of each kind.
fn as_json(verdict: &Verdict) -> String {
    let paths = |kind: &str| -> Vec<Value> {
        verdict.told.iter().filter(|told| word(&told.what).1 == kind).map(|told| path_text(&told.path).into()).collect()
    };
    let mut object = json!({
        "files": verdict.files,
        "changed": paths("changed"),
        "missing": paths("missing"),
        "foreign": paths("foreign"),
        "unchecked": paths("unchecked"),
    });
    if let Some(seal) = &verdict.seal {
        object["signature"] = seal_word(seal).into();
    }
    format!("{object:#}\n")
}

fn unchecked(told: &Told, error: Option<&std::io::Error>, terminal: &Terminal) -> String {
    let path = path_text(&told.path);
    match error {
        Some(error) => unreadable(&path, error, terminal),
        None => note(
            &format!("ตรวจไฟล์อื่นใน `{path}` ไม่ได้ เพราะ `{path}manifest.json` ไม่ใช่ไฟล์ที่เผยแพร่"),
            &format!("could not compare other files in `{path}`, because `{path}manifest.json` is not the published one"),
            terminal,
        ),
    }
}

fn unreadable(path: &str, error: &std::io::Error, terminal: &Terminal) -> String {
    let why = sentence(error, terminal.language);
    note(&format!("ตรวจ `{path}` ไม่ได้: {why}"), &format!("could not compare `{path}`: {why}"), terminal)
}

fn note(th: &str, en: &str, terminal: &Terminal) -> String {
    format!("{}: {}\n", terminal.choose("หมายเหตุ", "note"), terminal.choose(th, en))
}

/// Why there is nothing to compare, and what to do.
fn refusal(why: Unverifiable, folder: &Path, terminal: &Terminal) -> Stop {
    let folder = path_text(folder.as_os_str());
    let (th, en) = match why {
        Unverifiable::Machine(error) => {
            let why = sentence(&error, terminal.language);
            (format!("อ่าน `{folder}` ไม่สำเร็จ: {why}"), format!("could not read `{folder}`: {why}"))
        }
        Unverifiable::NoFolder => {
            (format!("ไม่มีโฟลเดอร์ `{folder}` โปรดระบุโฟลเดอร์ที่เผยแพร่"), format!("there is no folder `{folder}`. Name a published one."))
        }
        Unverifiable::LeftAside(aside) => {
            let aside = path_text(aside.as_os_str());
            (
                format!(
                    "ไม่มีโฟลเดอร์ `{folder}` เพราะการเผยแพร่ถูกขัดจังหวะหรือกำลังทำอยู่ เว็บไซต์เดิมอยู่ที่ `{aside}` การสั่ง `prongsai build` ครั้งถัดไปจะย้ายกลับให้"
                ),
                format!(
                    "there is no folder `{folder}`: publishing was interrupted, or is at work. The earlier site lies in `{aside}`; the next `prongsai build` puts it back."
                ),
            )
        }
        Unverifiable::NoManifest => (
            format!("ไม่มีไฟล์ `manifest.json` ใน `{folder}` จึงไม่มีอะไรให้เทียบ โปรดระบุโฟลเดอร์ที่เผยแพร่"),
            format!("there is no file `manifest.json` in `{folder}` to compare with. Name a published folder."),
        ),
        Unverifiable::Manifest(why) => {
            let (th, en) = no_manifest(&why);
            (
                format!("ใช้ `manifest.json` ใน `{folder}` ไม่ได้ เพราะ{th} โปรดขอไฟล์นี้จากผู้เผยแพร่ หรือเผยแพร่ใหม่ลงโฟลเดอร์อื่น"),
                format!(
                    "`manifest.json` in `{folder}` can't be used: {en}. Get it from whoever published the site, or publish again into another folder."
                ),
            )
        }
        Unverifiable::Republished => (
            format!("`{folder}` ถูกเผยแพร่ใหม่ระหว่างการตรวจ โปรดสั่งอีกครั้ง"),
            format!("`{folder}` was published anew while it was being compared. Try again."),
        ),
    };
    Stop::Said(terminal.choose(&th, &en).to_owned())
}

/// What is wrong with a manifest. What it holds may be anything, so it is shown as a path is.
fn no_manifest(why: &NotAManifest) -> (String, String) {
    match why {
        NotAManifest::Shape(error) => {
            let error = path_text(error.as_ref());
            (format!("ไม่ใช่ JSON ตามรูปแบบของรายการไฟล์ ({error})"), format!("it is not the JSON of a manifest ({error})"))
        }
        NotAManifest::Generator(name) => {
            let name = path_text(name.as_ref());
            (format!("สร้างโดย `{name}`"), format!("it was made by `{name}`"))
        }
        NotAManifest::Format(format) => {
            (format!("เป็นรูปแบบ {format} ซึ่งใหม่กว่าโปรแกรมนี้"), format!("its format {format} is newer than this program"))
        }
        NotAManifest::File(path) => {
            let path = path_text(path.as_ref());
            (
                format!("`{path}` ในรายการไม่ใช่ไฟล์ของเว็บไซต์ที่เผยแพร่ ค่าแฮชผิดรูป หรือชื่อซ้ำ"),
                format!("its entry `{path}` is no file of a published folder, has no hash, or stands twice"),
            )
        }
    }
}
