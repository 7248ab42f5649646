//! The files of a site folder, as `engine` asks for them. Owns which files belong to which unit and how each is handed over: texts as
//! bytes, attachments as size and hash, the rest by name. Refuses to read formats, to leave the site folder by a link, and to stop at a
//! file that can't be read. The one module that names walkdir.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;
use walkdir::{DirEntry, WalkDir};

use super::fault::{Doing, Fault};
use super::memo::Memo;
use super::noted::Clock;
use crate::base::hash::Hash;
use crate::engine::{Listing, Source};
use crate::source::attachment::{self, Facts};
use crate::source::files::{Content, Files, Reason};
use crate::source::layout::is_junk;

/// The largest text that is read; no authored text comes near it.
const LARGEST_TEXT: u64 = 8 * 1024 * 1024;

/// How much text one walk reads in all: what is read is held until the unit is done.
const MOST_TEXT: usize = 64 * 1024 * 1024;

/// Folders of `content/` that are no agency, whatever lies in them.
const RESERVED: [&str; 2] = ["files", "frameworks"];

/// A site folder. Which agencies there are is looked up once; files are read when they are asked for, and never kept.
#[derive(Debug)]
pub struct Site {
    /// The real path, which every link is measured by.
    root: PathBuf,
    /// `None` where the one agency lies directly in `content/`, or there is none.
    agencies: Option<Vec<String>>,
    /// Real paths of the folders that are published into.
    outputs: Vec<PathBuf>,
    /// What earlier runs found out about attachments.
    memo: Memo,
    /// When files were first read.
    clock: Clock,
}

/// How the content of a file is handed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Text,
    Attachment,
    Other,
}

/// What the walk does with a path.
enum Step {
    /// A file of this walk; a folder is entered.
    Take(Kind),
    /// It belongs to another unit.
    Skip,
}

impl Site {
    /// Opens a site folder and looks up its agencies.
    ///
    /// # Errors
    /// [`Fault::NoSite`] (kind `NotFound`) where there is no folder `content/`; else what the system tells.
    pub fn open(folder: &Path) -> io::Result<Self> {
        let missing = |error: io::Error| match error.kind() {
            io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => Fault::NoSite(folder.to_owned()).into(),
            _ => Fault::at(Doing::Reading, folder)(error),
        };
        let root = fs::canonicalize(folder).map_err(missing)?;
        if !fs::metadata(root.join("content")).map_err(missing)?.is_dir() {
            return Err(Fault::NoSite(folder.to_owned()).into());
        }
        let outputs = fs::canonicalize(root.join("public")).into_iter().collect();
        let memo = Memo::of(&root);
        let mut site = Self { root, agencies: None, outputs, memo, clock: Clock::default() };
        site.agencies = site.find_agencies()?;
        Ok(site)
    }

    /// Names another folder that is published into: a link from the sources to it would publish what was published, again and again.
    #[must_use]
    pub fn published_into(mut self, out: &Path) -> Self {
        self.outputs.extend(fs::canonicalize(out));
        self
    }

    /// Takes these for the agencies, in order, which lie elsewhere: here is what belongs to none of them.
    #[must_use]
    pub fn of_agencies(self, slugs: &[String]) -> Self {
        Self { agencies: Some(slugs.to_vec()), ..self }
    }

    /// The authored texts that a new file of an agency may be about: the settings and packs of the site, and the agency's own texts.
    /// Attachments, which may be many and large, are not looked at. Without a slug, what belongs to no agency alone.
    pub fn texts_of(&self, slug: Option<&str>) -> (Files, Files) {
        let (mut shared, mut own) = (Files::new(), Files::new());
        self.collect("content/site.yaml", &|_| Step::Take(Kind::Text), &mut shared);
        self.collect("content/frameworks", &|_| Step::Take(Kind::Text), &mut shared);
        let Some(slug) = slug else { return (shared, own) };
        let top = if slug.is_empty() { "content".to_owned() } else { format!("content/{slug}") };
        let step = |path: &str| match path.strip_prefix(&top).and_then(|rest| rest.strip_prefix('/')).unwrap_or("") {
            "files" => Step::Skip,
            "site.yaml" | "frameworks" if slug.is_empty() => Step::Skip,
            rest => Step::Take(kind(rest)),
        };
        self.collect(&top, &step, &mut own);
        (shared, own)
    }

    /// Writes down what was found out about attachments, so that the next run need not.
    pub fn remember(&self) {
        self.memo.save();
    }

    fn find_agencies(&self) -> io::Result<Option<Vec<String>>> {
        let content = self.root.join("content");
        if fs::symlink_metadata(content.join("agency.yaml")).is_ok() || !self.is_inside(&content) {
            return Ok(None);
        }
        let failed = || Fault::at(Doing::Reading, &content);
        let mut slugs = Vec::new();
        for entry in fs::read_dir(&content).map_err(failed())? {
            let entry = entry.map_err(failed())?;
            // A name that is no text can't be a slug; the walk reports it.
            let Ok(slug) = entry.file_name().into_string() else { continue };
            if is_junk(&slug) || RESERVED.contains(&slug.as_str()) || entry.file_type().is_ok_and(|kind| kind.is_file()) {
                continue;
            }
            // Only a link can lead elsewhere from a folder that is inside.
            let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
            if fs::symlink_metadata(entry.path().join("agency.yaml")).is_ok() && (is_folder || self.is_inside(&entry.path())) {
                slugs.push(slug);
            }
        }
        slugs.sort_unstable();
        Ok((!slugs.is_empty()).then_some(slugs))
    }

    fn is_inside(&self, path: &Path) -> bool {
        fs::canonicalize(path).is_ok_and(|real| real.starts_with(&self.root))
    }

    fn has_agency(&self, slug: &str) -> bool {
        self.agencies.as_ref().is_some_and(|slugs| slugs.binary_search_by(|known| known.as_str().cmp(slug)).is_ok())
    }

    /// Reads all below `top` that `step` takes; paths are relative to the site folder.
    fn collect(&self, top: &str, step: &dyn Fn(&str) -> Step, files: &mut Files) {
        let start = self.root.join(top);
        if !self.is_inside(&start) {
            if fs::symlink_metadata(&start).is_ok() {
                files.insert(Arc::from(top), self.stray_link(&start));
            }
            return;
        }
        let mut room = MOST_TEXT;
        let mut attachments: Vec<(String, PathBuf)> = Vec::new();
        let mut walk = WalkDir::new(&start).follow_links(true).into_iter();
        while let Some(entry) = walk.next() {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => {
                    let path = error.path().unwrap_or(&start).to_owned();
                    let name = path.file_name().unwrap_or_default().to_string_lossy();
                    let relative = self.relative(&path).unwrap_or_else(|lossy| lossy);
                    if (path != start && is_junk(&name)) || matches!(step(&relative), Step::Skip) {
                        continue;
                    }
                    let content = match error.loop_ancestor() {
                        Some(_) => Content::Unreadable(LOOP.into()),
                        None if path.is_symlink() => self.stray_link(&path),
                        None => Content::Unreadable(why(&error.into_io_error().unwrap_or_else(|| io::ErrorKind::Other.into()))),
                    };
                    files.insert(Arc::from(relative), content);
                    continue;
                }
            };
            let is_folder = entry.file_type().is_dir();
            let keeps_out = match self.look(&entry, step) {
                Look::Enter => false,
                Look::Pass => true,
                Look::Attachment(path) => {
                    attachments.push((path, entry.into_path()));
                    true
                }
                Look::Found(path, Content::Text(bytes)) if bytes.len() > room => {
                    files.insert(Arc::from(path), Content::Unreadable(TOO_MUCH.into()));
                    true
                }
                Look::Found(path, content) => {
                    if let Content::Text(bytes) = &content {
                        room -= bytes.len();
                    }
                    files.insert(Arc::from(path), content);
                    true
                }
            };
            if keeps_out && is_folder {
                walk.skip_current_dir();
            }
        }
        // Most of the time goes into the bytes of attachments, so they are read on all cores.
        let read = attachments.into_par_iter().map(|(path, real)| (Arc::from(path.as_str()), self.attachment(&path, &real)));
        files.extend(read.collect::<Vec<(Arc<str>, Content)>>());
    }

    /// Size and hash of an attachment, and what its bytes tell, unless an earlier run found that out for the same bytes.
    fn attachment(&self, path: &str, real: &Path) -> Content {
        let look = || {
            let mut file = File::open(real)?;
            let before = file.metadata()?;
            let (hash, size) = Hash::of_reader(&mut file)?;
            let (is_long_work, extension) = (attachment::is_long_work(path, size), attachment::extension(path));
            let known = if is_long_work { self.memo.recall(hash, &extension) } else { None };
            let facts = known.unwrap_or_else(|| {
                // Once it was read it can be read again; where it can't, nothing is said about it.
                let facts = attachment::examine(&mut file, path);
                // A file that changed meanwhile has facts of other bytes than the hash.
                let same = file.metadata().is_ok_and(|now| now.len() == before.len() && now.modified().ok() == before.modified().ok());
                match facts {
                    Ok(facts) => {
                        if is_long_work && same {
                            self.memo.keep(hash, &extension, &facts);
                        }
                        facts
                    }
                    Err(_) => Facts::default(),
                }
            });
            Ok(Content::Attachment { size, hash, facts })
        };
        look().unwrap_or_else(|error: io::Error| Content::Unreadable(why(&error)))
    }

    fn look(&self, entry: &DirEntry, step: &dyn Fn(&str) -> Step) -> Look {
        if entry.depth() > 0 && is_junk(&entry.file_name().to_string_lossy()) {
            return Look::Pass;
        }
        let path = match self.relative(entry.path()) {
            Ok(path) => path,
            Err(lossy) => return Look::Found(lossy, Content::Unreadable(NO_NAME.into())),
        };
        let Step::Take(kind) = step(&path) else { return Look::Pass };
        if entry.path_is_symlink() {
            match fs::canonicalize(entry.path()) {
                Ok(real) if !real.starts_with(&self.root) => return Look::Found(path, Content::Escape),
                // A link to a folder that it lies in leads to itself again, in steps that the walk would take one by one.
                Ok(real) if self.lies_below(entry.path(), &real) => return Look::Found(path, Content::Unreadable(LOOP.into())),
                Ok(real) if self.outputs.iter().any(|out| real.starts_with(out) || out.starts_with(&real)) => {
                    return Look::Found(path, Content::Unreadable(TO_OUTPUT.into()));
                }
                Ok(_) => {}
                Err(error) => return Look::Found(path, Content::Unreadable(why(&error))),
            }
        }
        if entry.file_type().is_dir() {
            let is_file = kind == Kind::Text && AUTHORED.iter().any(|end| path.ends_with(end)) && entry.depth() > 0 || is_one_file(&path);
            return if is_file { Look::Found(path, Content::Unreadable(A_FOLDER.into())) } else { Look::Enter };
        }
        let content = match kind {
            // Opening a pipe would wait for ever.
            _ if !entry.file_type().is_file() => Content::Unreadable(NO_FILE.into()),
            Kind::Text => read_text(entry.path()),
            Kind::Attachment => return Look::Attachment(path),
            Kind::Other => Content::Other,
        };
        Look::Found(path, content)
    }

    fn lies_below(&self, link: &Path, folder: &Path) -> bool {
        link.parent().and_then(|parent| fs::canonicalize(parent).ok()).is_some_and(|parent| parent.starts_with(folder))
    }

    /// What a link is that the walk could not follow.
    fn stray_link(&self, link: &Path) -> Content {
        match fs::canonicalize(link) {
            Ok(real) if !real.starts_with(&self.root) => Content::Escape,
            Ok(_) => Content::Unreadable(CLOSED.into()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Content::Unreadable(TO_NOTHING.into()),
            Err(error) => Content::Unreadable(why(&error)),
        }
    }

    /// The path from the site folder with `/`; an approximation as the error where it is no UTF-8.
    fn relative(&self, path: &Path) -> Result<String, String> {
        let path = path.strip_prefix(&self.root).unwrap_or(path);
        let with_slashes = |text: &str| text.replace(std::path::MAIN_SEPARATOR, "/");
        path.to_str().map(with_slashes).ok_or_else(|| with_slashes(&path.to_string_lossy()))
    }
}

/// What was found out about an entry of the walk.
enum Look {
    /// A folder of this walk.
    Enter,
    /// Nothing of this walk.
    Pass,
    /// An attachment.
    Attachment(String),
    /// A file, or a folder that can't be entered.
    Found(String, Content),
}

impl Source for Site {
    fn site_files(&self) -> io::Result<Files> {
        let mut files = Files::new();
        if self.agencies.is_some() {
            let step = |path: &str| match path.strip_prefix("content/") {
                Some(rest) if self.has_agency(rest) => Step::Skip,
                rest => Step::Take(kind(rest.unwrap_or(path))),
            };
            self.collect("content", &step, &mut files);
        } else {
            // Two walks, so that the one agency's folders are not even listed.
            let step = |path: &str| Step::Take(kind(path.strip_prefix("content/").unwrap_or(path)));
            self.collect("content/site.yaml", &step, &mut files);
            self.collect("content/frameworks", &step, &mut files);
        }
        self.collect("themes", &|_| Step::Take(Kind::Text), &mut files);
        Ok(files)
    }

    fn agency_files(&self, slug: &str) -> io::Result<Files> {
        let mut files = Files::new();
        if slug.is_empty() {
            let step = |path: &str| match path.strip_prefix("content/") {
                Some("site.yaml" | "frameworks") => Step::Skip,
                rest => Step::Take(kind(rest.unwrap_or(path))),
            };
            self.collect("content", &step, &mut files);
        } else if self.has_agency(slug) {
            let top = format!("content/{slug}");
            let step = |path: &str| Step::Take(kind(path.strip_prefix(&top).and_then(|rest| rest.strip_prefix('/')).unwrap_or("")));
            self.collect(&top, &step, &mut files);
            // It was there when the agencies were looked up.
            if files.is_empty() {
                files.insert(Arc::from(format!("{top}/agency.yaml")), Content::Unreadable(WENT_AWAY.into()));
            }
        }
        Ok(files)
    }

    fn agency_files_noted(&self, slug: &str) -> io::Result<(Files, Option<Vec<u8>>)> {
        self.clock.begin(&self.root.join("content"));
        let files = self.agency_files(slug)?;
        let note = if slug.is_empty() { None } else { self.clock.note(&self.root, &format!("content/{slug}"), &files) };
        Ok((files, note))
    }

    fn is_as_noted(&self, slug: &str, note: &[u8]) -> bool {
        !note.is_empty() && self.clock.is_as_noted(&self.root, &format!("content/{slug}/"), note)
    }

    fn listing(&self) -> io::Result<Listing> {
        Ok(Listing { agencies: self.agencies.clone() })
    }

    fn open_attachment(&self, path: &str, size: u64) -> io::Result<Box<dyn attachment::Bytes>> {
        Ok(Box::new(super::attachment::open(&self.root, path, size)?))
    }
}

type Words = (&'static str, &'static str);

const LOOP: Words = ("ลิงก์สัญลักษณ์นี้ย้อนกลับไปหาโฟลเดอร์ที่ลิงก์เองอยู่", "the symbolic link leads back to a folder that it lies in");
const NO_NAME: Words = ("ชื่อไฟล์ไม่ใช่ UTF-8 โปรดเปลี่ยนชื่อ", "the name is not UTF-8; rename it");
const WENT_AWAY: Words = ("ไฟล์ของหน่วยงานหายไประหว่างการสร้างเว็บไซต์", "the agency's files went away during the build");
const NO_FILE: Words = ("ไม่ใช่ไฟล์ธรรมดา", "it is no regular file");
const A_FOLDER: Words = ("ตรงนี้ต้องเป็นไฟล์ แต่พบโฟลเดอร์", "a file belongs here, but this is a folder");
const TO_OUTPUT: Words = ("ลิงก์สัญลักษณ์นี้ชี้ไปที่เว็บไซต์ที่เผยแพร่แล้ว", "the symbolic link leads to the published site");
const CLOSED: Words = ("เปิดไม่ได้", "it can't be opened");
const TO_NOTHING: Words = ("ลิงก์สัญลักษณ์นี้ชี้ไปที่ที่ไม่มีอะไร", "the symbolic link leads to nothing");
const TOO_LARGE: Words = ("ใหญ่กว่า 8 MiB ซึ่งใหญ่ที่สุดที่โปรแกรมอ่านสำหรับไฟล์ข้อความ", "it is larger than 8 MiB, the most that a text may have");
const TOO_MUCH: Words = (
    "ไฟล์ข้อความของหน่วยงานนี้รวมกันเกิน 64 MiB ซึ่งมากที่สุดที่โปรแกรมอ่าน",
    "the texts of this agency are larger than 64 MiB together, the most that is read",
);

/// How names of authored files end: no folder is called so but by mistake.
const AUTHORED: [&str; 4] = [".yaml", ".md", ".html", ".css"];

/// The one authored file that a walk may begin at.
fn is_one_file(path: &str) -> bool {
    path == "content/site.yaml"
}

/// How a file is handed over, by its path below the folder of its agency (or below `content/`).
fn kind(path: &str) -> Kind {
    if path == "files" || path.starts_with("files/") {
        Kind::Attachment
    } else if path.ends_with(".yaml") || path.ends_with(".md") {
        Kind::Text
    } else {
        Kind::Other
    }
}

/// Reads a text, and never more than the largest there may be: the size that a file system tells may be wrong.
fn read_text(path: &Path) -> Content {
    let mut bytes = Vec::new();
    let read = File::open(path).and_then(|file| {
        bytes.reserve(file.metadata()?.len().min(LARGEST_TEXT) as usize + 1);
        file.take(LARGEST_TEXT + 1).read_to_end(&mut bytes)
    });
    match read {
        Ok(_) if bytes.len() as u64 > LARGEST_TEXT => Content::Unreadable(TOO_LARGE.into()),
        Ok(_) => Content::Text(bytes),
        Err(error) => Content::Unreadable(why(&error)),
    }
}

fn why(error: &io::Error) -> Reason {
    super::fault::known_reason(error).map_or_else(|| Reason::from(error.to_string()), Reason::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site(files: &[&str]) -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("site");
        fs::create_dir_all(root.join("content")).unwrap();
        for path in files {
            write(&root.join(path), path.as_bytes());
        }
        (folder, root)
    }

    fn write(path: &Path, bytes: &[u8]) {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    /// Each path with a letter for what it is.
    fn shown(files: &Files) -> Vec<String> {
        let letter = |content: &Content| match content {
            Content::Text(_) => 'T',
            Content::Attachment { .. } => 'A',
            Content::Other => 'O',
            Content::Unreadable(_) => 'U',
            Content::Escape => 'E',
        };
        files.iter().map(|(path, content)| format!("{} {path}", letter(content))).collect()
    }

    #[test]
    fn one_agency_lies_in_content_itself() {
        let (_folder, root) = site(&[
            "content/site.yaml",
            "content/agency.yaml",
            "content/about.md",
            "content/frameworks/own.yaml",
            "content/2568/items/o1.md",
            "content/2568/draft.docx",
            "content/files/o1/plan.pdf",
            "content/files/notes.md",
            "content/other/agency.yaml",
            "themes/default/style.css",
            "public/index.html",
            "README.md",
        ]);
        let site = Site::open(&root).unwrap();
        assert_eq!(site.listing().unwrap().agencies, None);
        assert_eq!(
            shown(&site.site_files().unwrap()),
            ["T content/frameworks/own.yaml", "T content/site.yaml", "T themes/default/style.css"]
        );
        let agency = site.agency_files("").unwrap();
        assert_eq!(
            shown(&agency),
            [
                "O content/2568/draft.docx",
                "T content/2568/items/o1.md",
                "T content/about.md",
                "T content/agency.yaml",
                "A content/files/notes.md",
                "A content/files/o1/plan.pdf",
                "T content/other/agency.yaml"
            ]
        );
        let Content::Attachment { size, hash, .. } = &agency["content/files/o1/plan.pdf"] else { panic!("no attachment") };
        assert_eq!((*size, *hash), (25, Hash::of(b"content/files/o1/plan.pdf")));
        assert!(matches!(&agency["content/about.md"], Content::Text(bytes) if bytes == b"content/about.md"));
    }

    #[test]
    fn several_agencies_are_folders_with_an_agency_file() {
        let (_folder, root) = site(&[
            "content/site.yaml",
            "content/b/agency.yaml",
            "content/b/files/x.md",
            "content/ก/agency.yaml",
            "content/ก/2568/assessment.yaml",
            "content/about.md",
            "content/files/agency.yaml",
            "content/frameworks/own.yaml",
            "content/none/notes.txt",
        ]);
        let site = Site::open(&root).unwrap();
        assert_eq!(site.listing().unwrap().agencies.unwrap(), ["b", "ก"]);
        assert_eq!(
            shown(&site.site_files().unwrap()),
            [
                "T content/about.md",
                "A content/files/agency.yaml",
                "T content/frameworks/own.yaml",
                "O content/none/notes.txt",
                "T content/site.yaml"
            ]
        );
        assert_eq!(shown(&site.agency_files("b").unwrap()), ["T content/b/agency.yaml", "A content/b/files/x.md"]);
        assert_eq!(shown(&site.agency_files("ก").unwrap()), ["T content/ก/2568/assessment.yaml", "T content/ก/agency.yaml"]);
        assert!(site.agency_files("../../x").unwrap().is_empty());
    }

    #[test]
    fn what_an_earlier_run_found_out_is_taken_for_the_same_bytes_alone() {
        use crate::source::attachment::Trouble;
        let (_folder, root) = site(&["content/agency.yaml"]);
        let bytes = vec![b'a'; 20_000];
        write(&root.join("content/files/a.csv"), &bytes);
        write(&root.join("content/files/b.csv"), &[b'b'; 20_000]);
        let remembered = Facts { trouble: Some(Trouble::Bomb), ..Facts::default() };
        let memo = Memo::of(&root);
        memo.keep(Hash::of(&bytes), "csv", &remembered);
        memo.save();
        let site = Site::open(&root).unwrap();
        let files = site.agency_files("").unwrap();
        let trouble = |name: &str| match &files[name] {
            Content::Attachment { facts, .. } => facts.trouble,
            other => panic!("{other:?}"),
        };
        assert_eq!((trouble("content/files/a.csv"), trouble("content/files/b.csv")), (Some(Trouble::Bomb), None));
        site.remember();
        assert_eq!(Memo::of(&root).recall(Hash::of(&[b'b'; 20_000]), "csv"), Some(Facts::default()));
    }

    #[test]
    fn a_folder_without_content_is_no_site() {
        let folder = tempfile::tempdir().unwrap();
        for path in [folder.path().to_owned(), folder.path().join("absent")] {
            let error = Site::open(&path).unwrap_err();
            assert_eq!(error.kind(), io::ErrorKind::NotFound);
            assert!(error.to_string().contains("--site"), "{error}");
        }
        fs::create_dir(folder.path().join("content")).unwrap();
        assert_eq!(Site::open(folder.path()).unwrap().listing().unwrap().agencies, None);
    }

    #[test]
    fn what_editors_and_systems_leave_is_passed_over() {
        let (_folder, root) = site(&[
            "content/agency.yaml",
            "content/.git/config.md",
            "content/files/.DS_Store",
            "content/files/Thumbs.db",
            "content/2568/~$plan.md",
            "content/2568/.report.md.swp",
            "themes/default/.gitkeep",
        ]);
        let site = Site::open(&root).unwrap();
        assert_eq!(shown(&site.agency_files("").unwrap()), ["T content/agency.yaml"]);
        assert!(site.site_files().unwrap().is_empty());
    }

    #[test]
    fn a_text_that_is_too_large_is_not_read() {
        let (_folder, root) = site(&["content/agency.yaml"]);
        File::create(root.join("content/big.md")).unwrap().set_len(LARGEST_TEXT + 1).unwrap();
        File::create(root.join("content/fits.md")).unwrap().set_len(LARGEST_TEXT).unwrap();
        let files = Site::open(&root).unwrap().agency_files("").unwrap();
        assert!(matches!(&files["content/big.md"], Content::Unreadable(reason) if *reason == TOO_LARGE.into()));
        assert!(matches!(&files["content/fits.md"], Content::Text(bytes) if bytes.len() as u64 == LARGEST_TEXT));
    }

    #[cfg(unix)]
    mod links {
        use super::*;
        use std::os::unix::fs::symlink;

        #[test]
        fn links_inside_are_followed_and_links_out_are_not() {
            let (folder, root) = site(&["content/agency.yaml", "shared/plan.pdf", "shared/more/a.pdf", "public/page.html"]);
            write(&folder.path().join("outside/secret.md"), b"secret");
            fs::create_dir(root.join("content/files")).unwrap();
            symlink("../../shared/plan.pdf", root.join("content/files/plan.pdf")).unwrap();
            symlink("../../shared/more", root.join("content/files/more")).unwrap();
            symlink("../../outside/secret.md", root.join("content/secret.md")).unwrap();
            symlink(folder.path().join("outside"), root.join("content/files/outside")).unwrap();
            symlink("nowhere.md", root.join("content/gone.md")).unwrap();
            symlink(folder.path().join("outside"), root.join("themes")).unwrap();
            let site = Site::open(&root).unwrap();
            assert_eq!(
                shown(&site.agency_files("").unwrap()),
                [
                    "T content/agency.yaml",
                    "A content/files/more/a.pdf",
                    "E content/files/outside",
                    "A content/files/plan.pdf",
                    "U content/gone.md",
                    "E content/secret.md"
                ]
            );
            assert_eq!(shown(&site.site_files().unwrap()), ["E themes"]);
        }

        #[test]
        fn a_loop_of_links_ends() {
            let (_folder, root) = site(&["content/agency.yaml", "content/a/x.md", "content/b/y.md"]);
            symlink("..", root.join("content/a/up")).unwrap();
            symlink("../../..", root.join("content/a/out")).unwrap();
            symlink(&root, root.join("content/a/site")).unwrap();
            symlink("../b", root.join("content/a/b")).unwrap();
            symlink("../a", root.join("content/b/a")).unwrap();
            symlink("self.md", root.join("content/self.md")).unwrap();
            let files = Site::open(&root).unwrap().agency_files("").unwrap();
            assert_eq!(
                shown(&files),
                [
                    "U content/a/b/a",
                    "T content/a/b/y.md",
                    "E content/a/out",
                    "U content/a/site",
                    "U content/a/up",
                    "T content/a/x.md",
                    "T content/agency.yaml",
                    "U content/b/a/b",
                    "E content/b/a/out",
                    "U content/b/a/site",
                    "U content/b/a/up",
                    "T content/b/a/x.md",
                    "T content/b/y.md",
                    "U content/self.md"
                ]
            );
        }

        #[test]
        fn an_agency_behind_a_link_out_of_the_site_is_none() {
            let (folder, root) = site(&["content/a/agency.yaml"]);
            write(&folder.path().join("outside/agency.yaml"), b"");
            symlink("../../outside", root.join("content/b")).unwrap();
            symlink("a", root.join("content/c")).unwrap();
            let site = Site::open(&root).unwrap();
            assert_eq!(site.listing().unwrap().agencies.unwrap(), ["a", "c"]);
            assert_eq!(shown(&site.site_files().unwrap()), ["E content/b"]);
        }

        #[test]
        fn what_is_no_file_or_has_no_text_for_a_name_is_unreadable() {
            use std::os::unix::ffi::OsStrExt;
            let (_folder, root) = site(&["content/agency.yaml"]);
            let socket = std::os::unix::net::UnixListener::bind(root.join("content/pipe.md")).unwrap();
            fs::write(root.join("content").join(std::ffi::OsStr::from_bytes(b"a\xff.md")), "").unwrap();
            let files = Site::open(&root).unwrap().agency_files("").unwrap();
            assert_eq!(shown(&files), ["T content/agency.yaml", "U content/a\u{fffd}.md", "U content/pipe.md"]);
            drop(socket);
        }

        #[test]
        fn what_may_not_be_read_is_told_and_the_rest_is_read() {
            use std::os::unix::fs::PermissionsExt;
            let (_folder, root) = site(&["content/agency.yaml", "content/a.md", "content/2568/report.md", "content/files/b.pdf"]);
            let closed = ["content/a.md", "content/2568", "content/files/b.pdf"];
            let set = |mode: u32| closed.iter().for_each(|p| fs::set_permissions(root.join(p), fs::Permissions::from_mode(mode)).unwrap());
            set(0o000);
            // Rights do not bind the superuser, so there is nothing to see then.
            let binds = File::open(root.join("content/a.md")).is_err();
            let files = Site::open(&root).unwrap().agency_files("").unwrap();
            set(0o755);
            if binds {
                let told = ["U content/2568", "U content/a.md", "T content/agency.yaml", "U content/files/b.pdf"];
                assert_eq!(shown(&files), told);
            }
        }
    }
}
