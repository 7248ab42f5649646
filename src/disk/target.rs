//! Which folder a build may publish into, and what lies beside it. Owns the rules of refusal and the names of what a build leaves
//! beside the output while it works. Refuses to write anything but missing parent folders.

use std::ffi::{OsStr, OsString};
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::act;
use super::fault::{Doing, Fault, Refusal};
use super::system;
use crate::base::hash::Hash;

/// Where to publish.
#[derive(Clone, Debug)]
pub struct Target {
    /// The site folder.
    pub site: PathBuf,
    /// The output folder; there or not.
    pub out: PathBuf,
    /// The home folder of whoever runs the program, which is never taken.
    pub home: Option<PathBuf>,
}

/// The file that marks a folder as made by this program.
#[derive(Clone, Copy)]
pub struct Mark {
    /// Its name.
    pub name: &'static str,
    /// Are these bytes a mark of ours?
    pub is_ours: fn(&[u8]) -> bool,
    /// Is this path from its folder named in a mark of ours?
    pub names: fn(&[u8], &str) -> bool,
}

impl Target {
    /// The output's real path, once the place itself is found acceptable; what lies in the folder is for [`present_mark`].
    ///
    /// # Errors
    /// [`Fault::Refused`] for a place that is never taken, else what the system tells.
    pub fn settle(&self) -> io::Result<PathBuf> {
        let refuse = |why| Err(Fault::Refused(self.out.clone(), why).into());
        let out = match real_path(&self.out)? {
            Ok(out) => out,
            Err(why) => return refuse(why),
        };
        if out.parent().is_none() {
            return refuse(Refusal::Root);
        }
        let real = |path: &Path| fs::canonicalize(path).ok();
        if self.home.as_deref().and_then(real).is_some_and(|home| home.starts_with(&out)) {
            return refuse(Refusal::Home);
        }
        if real(&self.site).is_some_and(|site| site.starts_with(&out)) {
            return refuse(Refusal::Site);
        }
        // The folders of sources and of the cache are never an output, whether they are there yet or not.
        for own in ["content", "themes", ".prongsai"] {
            let there = real(&self.site.join(own));
            let planned = real(&self.site).map(|site| site.join(own));
            if there.into_iter().chain(planned).any(|own| out.starts_with(own)) {
                return refuse(Refusal::Content);
            }
        }
        match fs::metadata(&out) {
            Ok(there) if !there.is_dir() => refuse(Refusal::NoFolder),
            _ => Ok(out),
        }
    }
}

impl Target {
    /// Is an output one with a folder that is there, in it, or around it?
    ///
    /// # Errors
    /// When the system fails.
    pub fn overlaps(out: &Path, folder: &Path) -> io::Result<bool> {
        let folder = fs::canonicalize(folder).map_err(Fault::at(Doing::Reading, folder))?;
        Ok(real_path(out)?.is_ok_and(|out| out.starts_with(&folder) || folder.starts_with(&out)))
    }
}

/// The path without links and `..`; the parts that do not exist yet stay as they are.
fn real_path(path: &Path) -> io::Result<Result<PathBuf, Refusal>> {
    let absolute = std::path::absolute(path).map_err(Fault::at(Doing::Reading, path))?;
    let mut missing: Vec<&OsStr> = Vec::new();
    let mut head = absolute.as_path();
    loop {
        match fs::canonicalize(head) {
            // What lies below a file is told in other words on Windows, where it is simply not there.
            Ok(real) if !missing.is_empty() && !real.is_dir() => return Ok(Err(Refusal::NoFolder)),
            Ok(real) => return Ok(Ok(missing.iter().rev().fold(real, |path, name| path.join(name)))),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                // A link that leads nowhere is there, and is no folder.
                if fs::symlink_metadata(head).is_ok() {
                    return Ok(Err(Refusal::NoFolder));
                }
                // A drive that is not there.
                if head.parent().is_none() {
                    return Err(Fault::at(Doing::Reading, head)(error));
                }
                let (Some(name), Some(parent)) = (head.file_name(), head.parent()) else {
                    return Ok(Err(Refusal::NoName));
                };
                missing.push(name);
                head = parent;
            }
            Err(error) if error.kind() == io::ErrorKind::NotADirectory => return Ok(Err(Refusal::NoFolder)),
            Err(error) => return Err(Fault::at(Doing::Reading, head)(error)),
        }
    }
}

/// What a file system has at its root from the day it is made, in a folder that can be an output all the same.
const OF_THE_SYSTEM: &str = "lost+found";

/// What marks the folder as ours: its bytes, or `None` for a folder that is absent, empty, or holds nothing but dot-names (and what a file
/// system has at its root).
///
/// # Errors
/// [`Fault::Refused`] where it holds anything else without our mark, else what the system tells.
pub fn present_mark(out: &Path, mark: Mark) -> io::Result<Option<Vec<u8>>> {
    let failed = || Fault::at(Doing::Reading, out);
    let entries = match fs::read_dir(out) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(failed()(error)),
    };
    let mut has_names = false;
    for entry in entries {
        let name = entry.map_err(failed())?.file_name();
        has_names |= !name.as_encoded_bytes().starts_with(b".") && name != OF_THE_SYSTEM;
    }
    let path = out.join(mark.name);
    let mut why = Refusal::NotOurs;
    if has_names && fs::symlink_metadata(&path).is_ok_and(|there| there.is_file()) {
        let bytes = read_most(&path).map_err(Fault::at(Doing::Reading, &path))?;
        if let Some(bytes) = bytes.filter(|bytes| (mark.is_ours)(bytes)) {
            return Ok(Some(bytes));
        }
        why = Refusal::Damaged;
    }
    if has_names { Err(Fault::Refused(out.to_owned(), why).into()) } else { Ok(None) }
}

/// Looks whether the folder is a part of another output: to publish a site there would end both.
///
/// # Errors
/// [`Fault::Refused`] where it is.
pub fn refuse_part(out: &Path, mark: Mark) -> io::Result<()> {
    let above = out.parent().map(|parent| parent.join(mark.name));
    let is_file = |path: &PathBuf| fs::symlink_metadata(path).is_ok_and(|there| there.is_file());
    let bytes = above.filter(is_file).and_then(|path| read_most(&path).ok().flatten()).unwrap_or_default();
    let own = out.file_name().and_then(OsStr::to_str).map(|name| format!("{name}/{}", mark.name));
    if own.is_some_and(|own| (mark.names)(&bytes, &own)) { Err(Fault::Refused(out.to_owned(), Refusal::Part).into()) } else { Ok(()) }
}

/// The largest file of ours that is read whole: a manifest of some 200,000 files.
pub const LARGEST: u64 = 32 * 1024 * 1024;

/// The bytes of a file; `None` where it is larger than any of ours that is read whole.
///
/// # Errors
/// When the system fails.
pub fn read_most(path: &Path) -> io::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    system::open_file(path)?.take(LARGEST + 1).read_to_end(&mut bytes)?;
    Ok((bytes.len() as u64 <= LARGEST).then_some(bytes))
}

/// Parent folders that were made for the output. Dropped, it removes those that stayed empty, so that a failed build leaves nothing.
#[derive(Debug, Default)]
pub struct Parents(Vec<PathBuf>);

impl Parents {
    /// Makes the missing ones.
    ///
    /// # Errors
    /// When the system refuses.
    pub fn make(out: &Path) -> io::Result<Self> {
        let missing: Vec<&Path> = out.ancestors().skip(1).take_while(|folder| !folder.exists()).collect();
        let mut made = Self::default();
        for folder in missing.into_iter().rev() {
            match act::create_dir(folder) {
                Ok(()) => made.0.push(folder.to_owned()),
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(Fault::at(Doing::Writing, folder)(error)),
            }
        }
        Ok(made)
    }
}

impl Drop for Parents {
    fn drop(&mut self) {
        for folder in self.0.iter().rev() {
            let _ = act::remove_dir(folder);
        }
    }
}

/// The names of what a build leaves beside the output while it works; all begin with a dot.
#[derive(Clone, Debug)]
pub struct Names {
    parent: PathBuf,
    /// `.public.prongsai-`
    stem: OsString,
}

/// What something beside the output is, by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Beside {
    /// A tree that is being staged, or that was exchanged and is to be removed.
    Staging,
    /// The old output, on its way out while the new one is on its way in.
    Aside,
    /// The old output, after the new one came in: to be removed.
    Gone,
}

/// A name longer than this is stood for by its hash, so that the names beside it fit into 255 bytes; so is one that is no text.
const LONGEST_NAME: usize = 200;

/// How the names begin that lie in the output itself.
const INSIDE: &str = ".prongsai-";

impl Names {
    /// The names beside `out`.
    pub fn beside(out: &Path) -> Self {
        let name = out.file_name().unwrap_or_default();
        let mut stem = OsString::from(".");
        // A journal is JSON, which holds no name that is no text.
        if name.len() > LONGEST_NAME || name.to_str().is_none() {
            stem.push(&Hash::of(name.as_encoded_bytes()).to_string()[..32]);
        } else {
            stem.push(name);
        }
        stem.push(".prongsai-");
        Self { parent: out.parent().unwrap_or(Path::new("")).to_owned(), stem }
    }

    /// The names in the output itself, where nothing can be put beside it.
    pub fn inside(out: &Path) -> Self {
        Self { parent: out.to_owned(), stem: OsString::from(INSIDE) }
    }

    /// The folder that the names are in.
    pub fn parent(&self) -> &Path {
        &self.parent
    }

    /// The lock file.
    pub fn lock(&self) -> PathBuf {
        self.named("lock")
    }

    /// The journal of a publication that goes on piece by piece; of any process, since only the holder of the lock has one.
    pub fn journal(&self) -> PathBuf {
        self.named("journal")
    }

    /// Does a build leave something of this name?
    pub fn is_own(&self, name: &OsStr) -> bool {
        let is = |path: PathBuf| path.file_name() == Some(name);
        is(self.lock()) || is(self.journal()) || self.read(name).is_some()
    }

    /// The folder for `what`, of this process.
    pub fn of(&self, what: Beside) -> PathBuf {
        let pid = std::process::id();
        match what {
            Beside::Staging => self.named(&pid.to_string()),
            Beside::Aside => self.named(&format!("old-{pid}")),
            Beside::Gone => self.named(&format!("gone-{pid}")),
        }
    }

    /// What a name beside the output stands for, of any process; `None` for everything that is not a build's.
    pub fn read(&self, name: &OsStr) -> Option<Beside> {
        let rest = name.as_encoded_bytes().strip_prefix(self.stem.as_encoded_bytes())?;
        let (what, pid) = match (rest.strip_prefix(b"old-"), rest.strip_prefix(b"gone-")) {
            (Some(pid), _) => (Beside::Aside, pid),
            (_, Some(pid)) => (Beside::Gone, pid),
            _ => (Beside::Staging, rest),
        };
        (!pid.is_empty() && pid.iter().all(u8::is_ascii_digit)).then_some(what)
    }

    /// The staging folder of the process that put an output aside.
    pub fn staging_of(&self, aside: &Path) -> Option<PathBuf> {
        let name = aside.file_name()?.to_str()?;
        let (_, pid) = name.rsplit_once("old-")?;
        Some(self.named(pid))
    }

    fn named(&self, end: &str) -> PathBuf {
        let mut name = self.stem.clone();
        name.push(end);
        self.parent.join(name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MARK: Mark = Mark { name: "manifest.json", is_ours: |bytes| bytes == b"ours", names: |_, _| false };

    fn refusal(target: &Target) -> Option<Refusal> {
        match Fault::of(&target.settle().err()?) {
            Some(Fault::Refused(_, why)) => Some(*why),
            _ => None,
        }
    }

    fn site() -> (tempfile::TempDir, Target) {
        let folder = tempfile::tempdir().unwrap();
        let site = folder.path().join("home/site");
        fs::create_dir_all(site.join("content/2568")).unwrap();
        let target = Target { out: site.join("public"), home: Some(folder.path().join("home")), site };
        (folder, target)
    }

    #[test]
    fn sources_home_and_root_are_never_taken() {
        let (_folder, target) = site();
        let at = |out: PathBuf| refusal(&Target { out, ..target.clone() });
        let site = &target.site;
        assert_eq!(at(PathBuf::from("/")), Some(Refusal::Root));
        assert_eq!(at(site.join("..")), Some(Refusal::Home));
        assert_eq!(at(site.join("../..")), Some(Refusal::Home));
        assert_eq!(at(site.clone()), Some(Refusal::Site));
        assert_eq!(at(site.join("content/..")), Some(Refusal::Site));
        assert_eq!(at(site.join("content")), Some(Refusal::Content));
        assert_eq!(at(site.join("content/2568/new")), Some(Refusal::Content));
        // Windows takes a name and the `..` after it away before it looks.
        assert_eq!(at(site.join("new/../other")), (!cfg!(windows)).then_some(Refusal::NoName));
        fs::write(site.join("file"), "").unwrap();
        assert_eq!(at(site.join("file")), Some(Refusal::NoFolder));
        assert_eq!(at(site.join("file/below")), Some(Refusal::NoFolder));
        assert_eq!(at(site.join("public")), None);
        assert_eq!(at(site.join("a/b/c")), None);
    }

    #[cfg(unix)]
    #[test]
    fn a_link_is_judged_by_where_it_leads() {
        let (_folder, target) = site();
        std::os::unix::fs::symlink("content", target.site.join("public")).unwrap();
        assert_eq!(refusal(&target), Some(Refusal::Content));
        std::os::unix::fs::symlink("nowhere", target.site.join("out")).unwrap();
        assert_eq!(refusal(&Target { out: target.site.join("out"), ..target }), Some(Refusal::NoFolder));
    }

    #[test]
    fn a_folder_is_taken_when_it_is_empty_ours_or_holds_dot_names() {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path();
        assert_eq!(present_mark(&out.join("absent"), MARK).unwrap(), None);
        assert_eq!(present_mark(out, MARK).unwrap(), None);
        fs::write(out.join(".gitignore"), "*").unwrap();
        assert_eq!(present_mark(out, MARK).unwrap(), None);
        fs::create_dir(out.join("lost+found")).unwrap();
        assert_eq!(present_mark(out, MARK).unwrap(), None);
        fs::write(out.join("notes.txt"), "").unwrap();
        assert!(present_mark(out, MARK).is_err());
        let refused = || match Fault::of(&present_mark(out, MARK).unwrap_err()) {
            Some(Fault::Refused(_, why)) => Some(*why),
            _ => None,
        };
        fs::write(out.join("manifest.json"), "theirs").unwrap();
        assert_eq!(refused(), Some(Refusal::Damaged));
        fs::File::create(out.join("manifest.json")).unwrap().set_len(LARGEST + 1).unwrap();
        assert_eq!(refused(), Some(Refusal::Damaged));
        fs::write(out.join("manifest.json"), "ours").unwrap();
        assert_eq!(present_mark(out, MARK).unwrap().as_deref(), Some(&b"ours"[..]));
    }

    #[test]
    fn names_beside_the_output_read_back_and_fit() {
        let long = "ก".repeat(85);
        for name in ["public", "a b", &long] {
            let names = Names::beside(&Path::new("/srv").join(name));
            for what in [Beside::Staging, Beside::Aside, Beside::Gone] {
                let path = names.of(what);
                assert_eq!(names.read(path.file_name().unwrap()), Some(what));
                assert!(path.file_name().unwrap().len() <= 255);
            }
            assert_eq!(names.read(names.lock().file_name().unwrap()), None);
        }
        let names = Names::beside(Path::new("/srv/a"));
        for other in [".a.prongsai-", ".a.prongsai-x", ".a.prongsai-old-", "a.prongsai-1", ".ab.prongsai-1", "a"] {
            assert_eq!(names.read(OsStr::new(other)), None, "{other}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn what_lies_beside_an_output_whose_name_is_no_text_is_text() {
        use std::os::unix::ffi::OsStrExt;
        let names = Names::beside(&Path::new("/srv").join(OsStr::from_bytes(b"\xffout")));
        let staging = names.of(Beside::Staging);
        assert_eq!(names.read(staging.file_name().unwrap().to_str().unwrap().as_ref()), Some(Beside::Staging));
        let other = Names::beside(&Path::new("/srv").join(OsStr::from_bytes(b"\xfeout")));
        assert_ne!(names.lock(), other.lock());
    }

    #[test]
    fn parents_that_stay_empty_are_removed() {
        let folder = tempfile::tempdir().unwrap();
        drop(Parents::make(&folder.path().join("a/b/public")).unwrap());
        assert!(!folder.path().join("a").exists());
        let made = Parents::make(&folder.path().join("a/b/public")).unwrap();
        fs::write(folder.path().join("a/kept"), "").unwrap();
        drop(made);
        assert!(folder.path().join("a/kept").exists() && !folder.path().join("a/b").exists());
    }
}
