//! The keys that a line or the environment names: the secret one of `build`, the public one of `verify`. Owns where they come from.
//! Refuses to repeat what was given: it may be a secret key in the wrong place.

use std::path::Path;

use super::terminal::Terminal;
use super::{Stop, edge, sentence};
use crate::base::path_text::path_text;
use crate::base::public_key::{self, NoPublicKey, PublicKey};
use crate::disk::key_file;
use crate::publish::secret_key::{LARGEST, SecretKey};
use crate::publish::signature::{Signed, Signing};

/// The keys of a build: none, the file that the line names, or the text in the environment.
pub fn of_build(sign_key: Option<&Path>, (site, out): (&Path, &Path), terminal: &Terminal) -> Result<Signing, Stop> {
    let (bytes, from) = match sign_key {
        Some(path) => (secret_file(path, (site, out), terminal)?, format!("`{}`", path_text(path.as_os_str()))),
        None => match edge::sign_key() {
            Some(bytes) => (bytes, "PRONGSAI_SIGN_KEY".to_owned()),
            None => return Ok(Signing::default()),
        },
    };
    let key = SecretKey::read(&bytes, edge::sign_password().as_deref());
    key.map(Signing::with).map_err(|fault| Stop::Said(format!("{from}: {}", fault.tell(terminal.language))))
}

fn secret_file(path: &Path, (site, out): (&Path, &Path), terminal: &Terminal) -> Result<Vec<u8>, Stop> {
    if path.to_str().is_some_and(public_key::is_secret) {
        return Err(said(
            terminal,
            "`--sign-key` รับชื่อไฟล์ ไม่ใช่ตัวกุญแจ เพราะคำสั่งอยู่ในประวัติและผู้ใช้อื่นของเครื่องเห็นได้ โปรดสร้างกุญแจคู่ใหม่ แล้วใช้ไฟล์หรือตัวแปร PRONGSAI_SIGN_KEY",
            "`--sign-key` takes the name of a file, not the key: a line stays in the history, and others on this machine see it. Make a new pair, and use a file or PRONGSAI_SIGN_KEY.",
        ));
    }
    if key_file::lies_in(path, &[&site.join("content"), &site.join("themes"), out]) {
        let path = path_text(path.as_os_str());
        return Err(said(
            terminal,
            &format!("กุญแจลับ `{path}` อยู่ในโฟลเดอร์ที่เผยแพร่หรือโฟลเดอร์ต้นฉบับ โปรดย้ายไปไว้ที่อื่น ถ้าเคยเผยแพร่แล้วให้สร้างกุญแจคู่ใหม่"),
            &format!(
                "the secret key `{path}` lies in a folder that is published, or in the sources. Move it elsewhere; if it was published, make a new pair."
            ),
        ));
    }
    Ok(key_file::read(path, LARGEST)?)
}

/// The public key that `verify` is given: the line of letters, or a `.pub` file.
pub fn of_verify(given: &str, terminal: &Terminal) -> Result<PublicKey, Stop> {
    let why = match PublicKey::parse(given) {
        Ok(key) => return Ok(key),
        Err(NoPublicKey::Secret) => NoPublicKey::Secret,
        Err(NoPublicKey::Other) => match key_file::read(Path::new(given), LARGEST) {
            Ok(bytes) => {
                let key = std::str::from_utf8(&bytes).map_err(|_| NoPublicKey::Other).and_then(PublicKey::parse);
                match key {
                    Ok(key) => return Ok(key),
                    Err(why) => why,
                }
            }
            // A key of which a letter is missing is no path that anyone meant.
            Err(_) if given.starts_with("RW") && !given.contains('.') => NoPublicKey::Other,
            Err(error) => return Err(Stop::Said(sentence(&error, terminal.language))),
        },
    };
    Err(match why {
        NoPublicKey::Secret => said(
            terminal,
            "`--public-key` ได้กุญแจลับ โปรดใช้กุญแจสาธารณะ คือไฟล์ .pub หรือบรรทัดสุดท้ายของไฟล์นั้น และอย่าให้กุญแจลับแก่ผู้อื่น",
            "`--public-key` was given a secret key. Use the public one, the .pub file or its last line, and hand the secret one to nobody.",
        ),
        NoPublicKey::Other => said(
            terminal,
            "สิ่งที่ให้ `--public-key` ไม่ใช่กุญแจสาธารณะของ minisign โปรดใช้ไฟล์ .pub หรือบรรทัดสุดท้ายของไฟล์นั้น ซึ่งมี 56 ตัวอักษรและขึ้นต้นด้วย RW",
            "what `--public-key` was given is no public key of minisign. Use the .pub file or its last line, which has 56 letters and begins with RW.",
        ),
    })
}

/// What a build says of the signature, where there is something to do.
pub fn note(signed: Signed, terminal: &Terminal) -> String {
    match signed {
        Signed::Yes | Signed::No => String::new(),
        Signed::Missing => terminal
            .choose(
                "หมายเหตุ: content/site.yaml มี `public_key` แต่ไม่ได้ให้กุญแจลับ เว็บไซต์จึงไม่มีลายมือชื่อ โปรดใช้ `--sign-key` หรือตัวแปร PRONGSAI_SIGN_KEY\n",
                "note: content/site.yaml has a `public_key` and no secret key was given, so the site is not signed. Use `--sign-key` or PRONGSAI_SIGN_KEY.\n",
            )
            .to_owned(),
        Signed::Removed => terminal
            .choose(
                "หมายเหตุ: ลายมือชื่อเดิมไม่ถูกต้องแล้ว และไม่ได้ให้กุญแจลับ จึงเอา manifest.json.minisig ออก เว็บไซต์ไม่มีลายมือชื่อ โปรดใช้ `--sign-key` หรือตัวแปร PRONGSAI_SIGN_KEY\n",
                "note: the earlier signature is right no more and no secret key was given, so manifest.json.minisig was removed and the site is not signed. Use `--sign-key` or PRONGSAI_SIGN_KEY.\n",
            )
            .to_owned(),
        Signed::Unnamed(key) => {
            let line = format!("public_key: {key}");
            terminal
                .choose(
                    &format!("หมายเหตุ: ลงลายมือชื่อแล้ว แต่หน้าเว็บยังไม่บอกกุญแจสาธารณะ โปรดเพิ่มบรรทัดนี้ใน content/site.yaml\n{line}\n"),
                    &format!("note: the site is signed, and its pages don't name the public key yet. Add this line to content/site.yaml:\n{line}\n"),
                )
                .to_owned()
        }
    }
}

fn said(terminal: &Terminal, th: &str, en: &str) -> Stop {
    Stop::Said(terminal.choose(th, en).to_owned())
}
