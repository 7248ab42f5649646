//! What can go wrong with the machine, as a value that speaks both languages. Owns the sentences: what failed, where, why, what to do.
//! Refuses faults of a site's content: those are findings. A fault travels inside an [`io::Error`], as the traits of `engine` ask.

use std::error::Error;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use super::system;
use crate::base::language::Language;
use crate::base::path_text::path_text;

/// Why a run could not go on.
#[derive(Debug)]
pub enum Fault {
    /// The folder holds no `content/`.
    NoSite(PathBuf),
    /// The output folder is not taken.
    Refused(PathBuf, Refusal),
    /// A file that the program did not make lies where one of its own has to be.
    InTheWay(PathBuf),
    /// The manifest of an agency's folder is not the published one, and something in the folder is in the way.
    Unknown(PathBuf),
    /// What is to be written would take the place of something else.
    NotReplaced(PathBuf),
    /// An authored file changed between reading and writing it.
    Altered(PathBuf),
    /// An authored file, or its folder, is a link out of the site folder.
    LeadsOut(PathBuf),
    /// What was handed over to be read is no file: a folder, or else a pipe or a device.
    NoPlainFile(PathBuf, bool),
    /// An attachment changed between reading and publishing.
    ChangedMeanwhile(PathBuf),
    /// A part of a site is not as it was built: a file of it, or all.
    Unlike(PathBuf),
    /// The name of a folder is no text, where one is needed.
    NoText(PathBuf),
    /// An attachment is a secret key, which nobody means to publish.
    Secret(PathBuf),
    /// Another build is at work on this output.
    Busy(PathBuf),
    /// A publication that began piece by piece could not be brought to its end.
    Unfinished(PathBuf, io::Error),
    /// An operation on a path failed.
    Failed(Doing, PathBuf, io::Error),
}

/// Why a folder is not taken for the output.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It is the root of a file system.
    Root,
    /// It is the home folder, or holds it.
    Home,
    /// It is the site folder, or holds it.
    Site,
    /// It is `content/` or `themes/`, or lies in them.
    Content,
    /// There is something that is no folder.
    NoFolder,
    /// The path has no name of its own at its end, or climbs out of a folder that is not there.
    NoName,
    /// It is the folder of an agency in a site that was published.
    Part,
    /// A site was published there, and a part of one is to be.
    Whole,
    /// A part of a site is there, and a site is to be published.
    Shard,
    /// It holds files, and no manifest.
    NotOurs,
    /// It holds files, and a manifest that can't be read or is another program's.
    Damaged,
}

/// What was being done to a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doing {
    /// Reading a file or a folder.
    Reading,
    /// Writing a file, or making a folder.
    Writing,
    /// Taking over a file of the present output.
    Keeping,
    /// Bringing what was written onto the disk.
    Syncing,
    /// Putting the new output in the old one's place.
    Exchanging,
    /// Locking the output against a second build.
    Locking,
}

impl Fault {
    /// The error that carries `error`, with what was being done and where; for `map_err`. A fault that is already one stays.
    pub fn at(doing: Doing, path: &Path) -> impl FnOnce(io::Error) -> io::Error {
        move |error| match Self::of(&error) {
            Some(_) => error,
            None => Self::Failed(doing, path.to_owned(), error).into(),
        }
    }

    /// The fault that an error carries, if any.
    ///
    /// ```
    /// use prongsai::disk::fault::Fault;
    /// let error = std::io::Error::from(Fault::Busy("public".into()));
    /// assert!(matches!(Fault::of(&error), Some(Fault::Busy(_))));
    /// ```
    pub fn of(error: &io::Error) -> Option<&Self> {
        error.get_ref()?.downcast_ref()
    }

    /// One or two sentences: what, which path, why, and what to do.
    pub fn tell(&self, language: Language) -> String {
        let th = language == Language::Th;
        // Names on a disk may hold anything, what steers a terminal too.
        let path = path_text(self.path().as_os_str());
        match self {
            Self::NoSite(_) if th => {
                format!("`{path}` ไม่ใช่โฟลเดอร์เว็บไซต์ เพราะไม่มีโฟลเดอร์ `content/` โปรดย้ายไปที่โฟลเดอร์เว็บไซต์ หรือระบุด้วย `--site DIR`")
            }
            Self::NoSite(_) => format!(
                "`{path}` is no site folder: there is no folder `content/` in it. Go to the site folder, or name it with `--site DIR`."
            ),
            Self::Refused(_, why) if th => {
                format!("ไม่ใช้ `{path}` เป็นโฟลเดอร์ผลลัพธ์ เพราะ{} {}", why.reason(language), why.way_out(language))
            }
            Self::Refused(_, why) => {
                format!("`{path}` is not taken as the output folder: {}. {}", why.reason(language), why.way_out(language))
            }
            Self::NotReplaced(_) if th => format!("มี `{path}` อยู่แล้วและเป็นสิ่งอื่น จึงไม่เขียนทับ โปรดเลือกชื่ออื่น"),
            Self::NotReplaced(_) => format!("`{path}` is there already and is something else, so it is not replaced. Choose another name."),
            Self::NoPlainFile(_, true) if th => format!("`{path}` เป็นโฟลเดอร์ ไม่ใช่ไฟล์ โปรดระบุชื่อไฟล์ในโฟลเดอร์นี้"),
            Self::NoPlainFile(_, true) => format!("`{path}` is a folder, not a file. Name a file in it."),
            Self::NoPlainFile(..) if th => {
                format!("`{path}` ไม่ใช่ไฟล์ธรรมดา จึงไม่เปิดอ่าน โปรดระบุชื่อไฟล์ ถ้าข้อความมาจากคำสั่งอื่น ให้ใช้ `-` แทนชื่อไฟล์")
            }
            Self::NoPlainFile(..) => {
                format!("`{path}` is no plain file, so it is not opened. Name a file; what another command hands over is read with `-`.")
            }
            Self::Altered(_) if th => format!("`{path}` เปลี่ยนไประหว่างที่โปรแกรมทำงาน จึงไม่ได้เขียนไฟล์ใด โปรดสั่งอีกครั้ง"),
            Self::Altered(_) => format!("`{path}` changed while the program was at work, so nothing was written. Run it again."),
            Self::LeadsOut(_) if th => {
                format!("`{path}` เป็นลิงก์ออกนอกโฟลเดอร์เว็บไซต์ จึงไม่อ่านและไม่เขียน โปรดวางไฟล์หรือโฟลเดอร์จริงไว้แทน")
            }
            Self::LeadsOut(_) => {
                format!("`{path}` is a link out of the site folder, so it is not read or written. Put the file or folder itself there.")
            }
            Self::InTheWay(_) if th => {
                format!("`{path}` ไม่ได้สร้างโดยโปรแกรมนี้ แต่อยู่ตรงตำแหน่งที่เว็บไซต์ต้องใช้ โปรดย้ายหรือเปลี่ยนชื่อ แล้วสั่งอีกครั้ง")
            }
            Self::InTheWay(_) => {
                format!(
                    "`{path}` was not made by this program and lies where the site needs to publish. Move or rename it, then build again."
                )
            }
            Self::Unknown(_) if th => format!(
                "`manifest.json` ใน `{path}` ไม่ใช่ไฟล์ที่เผยแพร่ จึงไม่รู้ว่าไฟล์ใดในนั้นเป็นของโปรแกรม โปรดย้าย `{path}` ไปไว้ที่อื่น แล้วสั่งอีกครั้ง ไฟล์ของท่านเองในนั้นนำกลับมาวางได้"
            ),
            Self::Unknown(_) => format!(
                "`manifest.json` in `{path}` is not the one that was published, so nobody can tell which files there are the program's. Move `{path}` away, then build again; files of your own you may put back."
            ),
            Self::Secret(_) if th => {
                format!("`{path}` เป็นกุญแจลับสำหรับลงลายมือชื่อ จึงไม่เผยแพร่ โปรดย้ายออกจาก `content/` ถ้าเคยเผยแพร่หรือส่งต่อไปแล้ว ให้สร้างกุญแจใหม่")
            }
            Self::Secret(_) => format!(
                "`{path}` is a secret key for signing, so nothing was published. Move it out of `content/`; if it was published or handed on before, make a new key."
            ),
            Self::ChangedMeanwhile(_) if th => {
                format!("`{path}` ถูกแก้ไขระหว่างการสร้างเว็บไซต์ จึงยังไม่ได้เผยแพร่ โปรดสั่งอีกครั้ง")
            }
            Self::ChangedMeanwhile(_) => format!("`{path}` changed during the build, so nothing was published. Build again."),
            Self::Unlike(_) if th => format!(
                "`{path}` ไม่ตรงกับตอนที่สร้างส่วนนี้ จึงยังไม่ได้เผยแพร่ โปรดสร้างส่วนนี้ใหม่ด้วย `prongsai build --shard` (`prongsai verify` บอกว่าไฟล์ใดเปลี่ยน)"
            ),
            Self::Unlike(_) => format!(
                "`{path}` is not as it was when its shard was built, so nothing was published. Build the shard again with `prongsai build --shard` (`prongsai verify` tells which file changed)."
            ),
            Self::NoText(_) if th => format!("ชื่อโฟลเดอร์ `{path}` ไม่ใช่ UTF-8 โปรดเปลี่ยนชื่อ"),
            Self::NoText(_) => format!("the name of the folder `{path}` is not UTF-8. Rename it."),
            Self::Busy(_) if th => format!("มีการสร้างเว็บไซต์ลงใน `{path}` อยู่แล้ว โปรดรอให้เสร็จ แล้วสั่งอีกครั้ง"),
            Self::Busy(_) => format!("another build is at work on `{path}`. Wait until it is done, then build again."),
            Self::Unfinished(_, error) => {
                let why = Self::of(error).map_or_else(|| reason(error, language), |fault| fault.tell(language));
                let why = why.trim_end_matches('.');
                if th {
                    format!("เริ่มเผยแพร่ลง `{path}` แล้วแต่ยังไม่เสร็จ: {why} เมื่อแก้ไขแล้ว คำสั่ง `build` หรือ `verify` ครั้งต่อไปจะทำส่วนที่เหลือให้เสร็จ")
                } else {
                    format!(
                        "publishing into `{path}` began and is not finished: {why}. Once that is mended, the next `build` or `verify` completes it."
                    )
                }
            }
            Self::Failed(doing, _, error) if th => {
                format!("{} `{path}` ไม่สำเร็จ: {}", doing.words(language), reason(error, language))
            }
            Self::Failed(doing, _, error) => format!("could not {} `{path}`: {}", doing.words(language), reason(error, language)),
        }
    }

    /// What is wrong with an authored file that could not be published, in Thai and English; `None` for all other faults.
    pub fn of_source(&self) -> Option<(&'static str, &'static str)> {
        match self {
            Self::ChangedMeanwhile(_) => Some(("ถูกแก้ไขระหว่างการสร้างเว็บไซต์", "it changed during the build")),
            Self::Secret(_) => Some(("เป็นกุญแจลับสำหรับลงลายมือชื่อ จึงไม่เผยแพร่", "it is a secret key for signing, which is not published")),
            Self::Failed(Doing::Reading, _, error) => {
                Some(known_reason(error).unwrap_or(("อ่านระหว่างการสร้างเว็บไซต์ไม่สำเร็จ", "it could not be read during the build")))
            }
            _ => None,
        }
    }

    /// What the fault is about.
    pub fn path(&self) -> &Path {
        match self {
            Self::NoSite(path)
            | Self::Refused(path, _)
            | Self::InTheWay(path)
            | Self::NotReplaced(path)
            | Self::Altered(path)
            | Self::LeadsOut(path)
            | Self::NoPlainFile(path, _)
            | Self::Unknown(path)
            | Self::Unlike(path)
            | Self::NoText(path)
            | Self::ChangedMeanwhile(path)
            | Self::Secret(path)
            | Self::Busy(path)
            | Self::Unfinished(path, _)
            | Self::Failed(_, path, _) => path,
        }
    }
}

impl Refusal {
    fn reason(self, language: Language) -> &'static str {
        let (th, en) = match self {
            Self::Root => ("เป็นรากของระบบไฟล์", "it is the root of the file system"),
            Self::Home => ("เป็นโฟลเดอร์หลักของผู้ใช้ หรือครอบโฟลเดอร์นั้นอยู่", "it is the home folder, or holds it"),
            Self::Site => ("เป็นโฟลเดอร์เว็บไซต์เอง หรือครอบโฟลเดอร์นั้นอยู่", "it is the site folder itself, or holds it"),
            Self::Content => {
                ("อยู่ใน `content/` หรือ `themes/` ซึ่งเป็นไฟล์ต้นฉบับ", "it is `content/` or `themes/`, or lies in them, where the sources are")
            }
            Self::NoFolder => ("ที่นั่นมีสิ่งที่ไม่ใช่โฟลเดอร์อยู่แล้ว", "there is something that is no folder"),
            Self::NoName => ("ที่อยู่นี้ไม่ลงท้ายด้วยชื่อโฟลเดอร์", "the path does not end in the name of a folder"),
            Self::NotOurs => {
                ("มีไฟล์อยู่แล้ว และไม่มี `manifest.json` ของโปรแกรมนี้", "it holds files already, and no `manifest.json` of this program")
            }
            Self::Part => ("เป็นโฟลเดอร์ของหน่วยงานหนึ่งในเว็บไซต์ที่เผยแพร่แล้ว", "it is an agency's folder in a site that was published"),
            Self::Whole => (
                "มีเว็บไซต์ที่เผยแพร่อยู่ ส่วนหนึ่งของเว็บไซต์ต้องอยู่ในโฟลเดอร์ของตัวเอง",
                "a site was published there, and a shard belongs in a folder of its own",
            ),
            Self::Shard => {
                ("เป็นโฟลเดอร์ของส่วนที่สร้างด้วย `--shard` ไม่ใช่ที่ของเว็บไซต์", "it holds a shard, made with `--shard`, and is no place for a site")
            }
            Self::Damaged => (
                "มีไฟล์อยู่แล้ว และ `manifest.json` ในนั้นถูกแก้ เสียหาย หรือไม่ได้มาจากโปรแกรมรุ่นนี้",
                "it holds files already, and its `manifest.json` was altered, is damaged, or is not of this version of the program",
            ),
        };
        if language == Language::Th { th } else { en }
    }

    fn way_out(self, language: Language) -> &'static str {
        let (th, en) = match self {
            Self::NotOurs => ("โปรดระบุโฟลเดอร์ว่างหรือโฟลเดอร์ใหม่ด้วย `--out DIR`", "Name an empty or a new folder with `--out DIR`."),
            Self::Damaged => (
                "โปรดนำ `manifest.json` ที่เผยแพร่กลับมาวาง หรือย้ายโฟลเดอร์นี้ไปไว้ที่อื่นแล้วสั่งอีกครั้ง หรือระบุโฟลเดอร์ใหม่ด้วย `--out DIR`",
                "Put back the `manifest.json` that was published, or move this folder away and build again, or name a new one with `--out DIR`.",
            ),
            _ => ("โปรดระบุโฟลเดอร์อื่นด้วย `--out DIR`", "Name another folder with `--out DIR`."),
        };
        if language == Language::Th { th } else { en }
    }
}

impl Doing {
    fn words(self, language: Language) -> &'static str {
        let (th, en) = match self {
            Self::Reading => ("อ่าน", "read"),
            Self::Writing => ("เขียน", "write"),
            Self::Keeping => ("คงไฟล์เดิม", "take over"),
            Self::Syncing => ("บันทึกลงดิสก์", "bring onto the disk"),
            Self::Exchanging => ("สลับผลลัพธ์ใหม่เข้าแทนที่", "put the new output in the place of"),
            Self::Locking => ("ล็อก", "lock"),
        };
        if language == Language::Th { th } else { en }
    }
}

/// Why an operation of the system failed, with a next step where there is a usual one.
pub fn reason(error: &io::Error, language: Language) -> String {
    match known_reason(error) {
        Some((th, _)) if language == Language::Th => th.to_owned(),
        Some((_, en)) => en.to_owned(),
        None => error.to_string(),
    }
}

/// The usual reasons in both languages.
pub fn known_reason(error: &io::Error) -> Option<(&'static str, &'static str)> {
    use io::ErrorKind as Kind;
    if system::is_open_elsewhere(error) {
        return Some(("โปรแกรมอื่นเปิดไฟล์นี้อยู่ โปรดปิดโปรแกรมนั้น", "another program has it open; close that program"));
    }
    match error.kind() {
        Kind::NotFound => Some(("ไม่พบไฟล์หรือโฟลเดอร์", "it is not there")),
        // Windows says the same of a file without rights and of one that a program holds.
        Kind::PermissionDenied if cfg!(windows) => Some((
            "ไม่มีสิทธิ์ หรือโปรแกรมอื่นเปิดไฟล์นี้อยู่ โปรดปิดโปรแกรมนั้น หรือตรวจสิทธิ์ของไฟล์และโฟลเดอร์",
            "permission denied, or another program has it open; close that program, or look at the rights of the file and its folder",
        )),
        Kind::PermissionDenied => {
            Some(("ไม่มีสิทธิ์ โปรดตรวจสิทธิ์ของไฟล์และโฟลเดอร์", "permission denied; look at the rights of the file and its folder"))
        }
        Kind::StorageFull | Kind::QuotaExceeded => Some(("พื้นที่ดิสก์เต็ม โปรดเพิ่มพื้นที่ว่าง", "the disk is full; make room")),
        Kind::ReadOnlyFilesystem => Some(("ระบบไฟล์นี้อ่านได้อย่างเดียว", "the file system is read-only")),
        Kind::NotADirectory => Some(("ไม่ใช่โฟลเดอร์", "it is no folder")),
        Kind::IsADirectory => Some(("เป็นโฟลเดอร์ ไม่ใช่ไฟล์", "it is a folder, not a file")),
        Kind::ResourceBusy => Some(("กำลังถูกใช้งาน หรือเป็นจุดเชื่อมต่อดิสก์", "it is in use, or a mount point")),
        Kind::FileTooLarge => Some(("ไฟล์ใหญ่เกินกว่าที่อ่านหรือเขียนได้", "the file is larger than may be read or written")),
        Kind::DirectoryNotEmpty => Some(("โฟลเดอร์ไม่ว่าง", "the folder is not empty")),
        Kind::InvalidFilename => {
            Some(("ชื่อไฟล์ยาวเกินไปหรือใช้ไม่ได้ในระบบไฟล์นี้", "the name is too long for this file system, or not allowed in it"))
        }
        _ => None,
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.tell(Language::En))
    }
}

impl Error for Fault {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Failed(_, _, error) | Self::Unfinished(_, error) => Some(error),
            _ => None,
        }
    }
}

impl From<Fault> for io::Error {
    fn from(fault: Fault) -> Self {
        let kind = match &fault {
            Fault::NoSite(_) => io::ErrorKind::NotFound,
            Fault::Refused(..) | Fault::NoPlainFile(..) | Fault::NoText(_) => io::ErrorKind::InvalidInput,
            Fault::InTheWay(_) | Fault::Unknown(_) | Fault::NotReplaced(_) => io::ErrorKind::AlreadyExists,
            Fault::LeadsOut(_) => io::ErrorKind::PermissionDenied,
            Fault::ChangedMeanwhile(_) | Fault::Altered(_) | Fault::Secret(_) | Fault::Unlike(_) => io::ErrorKind::InvalidData,
            Fault::Busy(_) => io::ErrorKind::ResourceBusy,
            Fault::Failed(_, _, error) | Fault::Unfinished(_, error) => error.kind(),
        };
        Self::new(kind, fault)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_steers_no_terminal() {
        let path = || PathBuf::from("a\u{1b}[2J\u{202e}b");
        let error = || io::Error::from(io::ErrorKind::NotFound);
        for fault in [Fault::InTheWay(path()), Fault::Failed(Doing::Keeping, path(), error()), Fault::Unfinished(path(), error())] {
            for language in [Language::Th, Language::En] {
                let told = fault.tell(language);
                assert!(told.contains(r"`a\u{1b}[2J\u{202e}b`") && !told.contains('\u{1b}'), "{told:?}");
            }
        }
    }

    #[test]
    fn a_sentence_in_a_sentence_ends_once() {
        let told = Fault::Unfinished("public".into(), Fault::InTheWay("public/a".into()).into()).tell(Language::En);
        assert!(told.contains("then build again. Once") && !told.contains(".."), "{told}");
    }
}
