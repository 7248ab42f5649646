//! A new output beside the present one. Owns the staging folder, what is written into it, and what is taken over from the present
//! output: files whose bytes stay are linked, so that they keep their time, and files that the program did not make are carried over.
//! Refuses to know which files those are (a rule comes from the caller) and never touches the present output before the exchange.
//!
//! Staging lies beside the output. Where that can't be (the output is a mount point, or the folder above may not be written) it lies in
//! the output, under a name with a dot.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::fs::{self, File, Permissions};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use super::act::{self, NewFile};
use super::compare::{has_bytes, has_same_bytes};
use super::copy::{Tee, link};
use super::exchange::{self, Moves, Reach, Swap, Way};
use super::fault::{Doing, Fault};
use super::found::Found;
use super::hold::Hold;
use super::journal::{Piece, Place, TREE};
use super::lock::Lock;
use super::stamps::Moment;
use super::system;
use super::target::{self, Beside, Mark, Names, Parents, Target, present_mark, read_most};
use crate::base::address::Address;
use crate::base::hash::Hash;
use crate::base::output::{Attachment, Entry};
use crate::base::public_key::is_secret;

/// An output that is being staged. Dropped without [`Stage::exchange`], it leaves nothing behind.
#[derive(Debug)]
pub struct Stage {
    site: PathBuf,
    out: PathBuf,
    names: Names,
    reach: Reach,
    swap: Swap,
    /// The bytes of the present output's mark.
    mark: Option<Vec<u8>>,
    has_old: bool,
    /// What a fresh folder may; folders with other rights in the present output keep them.
    fresh: Permissions,
    /// Where the new output is staged, in the staging folder.
    tree: PathBuf,
    /// What builds that were killed had staged.
    found: Found,
    // Dropped in this order: staging, then the lock beside it, then the folders above both.
    staging: Staging,
    _lock: Lock,
    _parents: Parents,
}

/// The staging folder: whatever lies there in the end is removed, unless a journal still needs it.
#[derive(Debug)]
struct Staging {
    folder: PathBuf,
    journal: PathBuf,
}

impl Drop for Staging {
    fn drop(&mut self) {
        if fs::symlink_metadata(&self.journal).is_err() {
            let _ = act::remove_dir_all(&self.folder);
        }
    }
}

impl Stage {
    /// Takes the output folder: judges it, locks it, cleans up what a dead process left, and makes an empty staging folder.
    ///
    /// # Errors
    /// [`Fault::Refused`] for a folder that is not taken, [`Fault::Busy`] while another build is at work, else what the system tells.
    pub fn begin(target: &Target, mark: Mark, moves: Moves) -> io::Result<Self> {
        let out = target.settle()?;
        target::refuse_part(&out, mark)?;
        let parents = Parents::make(&out)?;
        let Hold { names, lock, reach } = Hold::take(target, &out, (mark, moves))?;
        let recover = |names: &Names| {
            let is_there = names.parent().is_dir();
            let staged = is_there.then(|| exchange::recover(Place { out: &out, names, swap: moves.swap })).transpose()?;
            io::Result::Ok(Found::new(staged.unwrap_or_default()))
        };
        let found = recover(&names)?;
        if !reach.is_fixed {
            // Whatever lies in the output would come over with it.
            drop(recover(&Names::inside(&out))?);
        }
        let mark = present_mark(&out, mark)?;
        let staging = names.of(Beside::Staging);
        act::create_dir(&staging).map_err(Fault::at(Doing::Writing, &staging))?;
        let staging = Staging { folder: staging, journal: names.journal() };
        let tree = staging.folder.join(TREE);
        act::create_dir(&tree).map_err(Fault::at(Doing::Writing, &tree))?;
        let fresh = fs::metadata(&tree).map_err(Fault::at(Doing::Writing, &tree))?.permissions();
        let has_old = out.is_dir();
        let site = target.site.clone();
        Ok(Self { site, out, names, reach, swap: moves.swap, mark, has_old, fresh, tree, found, staging, _lock: lock, _parents: parents })
    }

    /// The output folder's real path.
    pub fn out(&self) -> &Path {
        &self.out
    }

    /// The site folder.
    pub fn site(&self) -> &Path {
        &self.site
    }

    /// The bytes of the present output's mark; `None` where there is no output of ours.
    pub fn mark(&self) -> Option<&[u8]> {
        self.mark.as_deref()
    }

    /// Begins the work on some of the files, such as those of a unit.
    pub fn batch(&self) -> Batch<'_> {
        Batch { stage: self, made: BTreeSet::new(), real: BTreeMap::new() }
    }

    /// Where builds that were killed had staged this part of the output.
    pub fn found(&self, part: &str) -> Vec<PathBuf> {
        self.found.of(part)
    }

    /// Takes a part of the output over that was found.
    ///
    /// # Errors
    /// When the system fails.
    pub fn adopt(&self, found: &Path, part: &str) -> io::Result<()> {
        act::rename(found, &self.tree.join(part)).map_err(Fault::at(Doing::Writing, &self.out.join(part)))
    }

    /// Removes a part of the output that was found, and is staged anew.
    pub fn forget(&self, part: &str) {
        self.found.forget(part);
    }

    /// Puts the file of the present output in the place of the one that is staged.
    ///
    /// # Errors
    /// When the system fails.
    pub fn keep_again(&self, batch: &mut Batch<'_>, path: &str) -> io::Result<()> {
        let staged = self.tree.join(path);
        act::remove_file(&staged).map_err(Fault::at(Doing::Writing, &self.out.join(path)))?;
        batch.keep(path)
    }

    /// The bytes of a small file that is staged.
    pub fn staged(&self, path: &str) -> Option<Vec<u8>> {
        read_most(&self.tree.join(path)).ok().flatten()
    }

    /// Takes back what was staged in a folder, if anything was.
    ///
    /// # Errors
    /// When the system fails.
    pub fn discard(&self, folder: &str) -> io::Result<()> {
        let staged = self.tree.join(folder);
        match act::remove_dir_all(&staged) {
            Err(error) if error.kind() != ErrorKind::NotFound => Err(Fault::at(Doing::Writing, &self.out.join(folder))(error)),
            _ => Ok(()),
        }
    }

    /// The path of an authored file from the site folder, with `/`; `None` where it lies elsewhere.
    pub fn authored(&self, path: &Path) -> Option<String> {
        let path = path.strip_prefix(&self.site).ok()?.to_str()?;
        Some(path.replace(std::path::MAIN_SEPARATOR, "/"))
    }

    /// How the output can be moved. Where it can't, staging lies in it.
    pub fn reach(&self) -> Reach {
        self.reach
    }

    /// Brings the staged tree onto the disk and puts it in the output's place.
    ///
    /// # Errors
    /// When the system fails; the present output is then as it was.
    pub fn exchange(&self) -> io::Result<Way> {
        act::sync(&self.tree).map_err(Fault::at(Doing::Syncing, &self.out))?;
        exchange::put(&self.tree, &self.out, &self.names, self.swap)
    }

    /// Brings the staged pieces onto the disk and puts each in its place, in this order.
    ///
    /// # Errors
    /// When the system fails, or another program keeps a file from being replaced; the present output is then as it was, or
    /// ([`Fault::Unfinished`]) the next build completes it.
    pub fn publish_pieces(&self, pieces: Vec<Piece>) -> io::Result<Way> {
        for piece in &pieces {
            if let Piece::File(path) | Piece::Gone(path) = piece {
                let path = self.out.join(path);
                system::ask_for_place(&path).map_err(Fault::at(Doing::Exchanging, &path))?;
            }
        }
        Place { out: &self.out, names: &self.names, swap: self.swap }.publish(&self.staging.folder, pieces)?;
        Ok(if self.reach == Reach::default() { Way::Agency } else { Way::Pieces })
    }
}

/// An output after its publication, still locked, with nothing of the work left beside it.
#[derive(Debug)]
pub struct Settled {
    /// The output folder's real path.
    pub out: PathBuf,
    /// After all that was done to it, by the clock of its file system; `None` where that can't be asked.
    pub now: Option<Moment>,
    _staging: Staging,
    _lock: Lock,
    _parents: Parents,
}

impl Stage {
    /// Ends the work on the output: what is left of staging is removed, which is a change of each file that is linked there.
    pub fn settle(self) -> Settled {
        let Self { out, found, staging, _lock, _parents, .. } = self;
        drop(found);
        let _ = fs::remove_dir_all(&staging.folder);
        let now = fs::create_dir(&staging.folder).ok().and_then(|()| Moment::now(&staging.folder));
        Settled { out, now, _staging: staging, _lock, _parents }
    }
}

/// What lies at a path of the present output, no link followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lies {
    /// Nothing, and nothing but folders above.
    Nothing,
    /// A file of the output's own.
    File,
    /// A folder.
    Folder,
    /// Anything else, or something that is no folder above.
    Other,
}

/// Work on some files of a stage. It remembers which folders it made and which of the present output's are no links, by their letters, so
/// that each is asked about once; it belongs to one thread and is dropped with its unit.
pub struct Batch<'a> {
    stage: &'a Stage,
    /// Folders that are there in staging, without closing slash.
    made: BTreeSet<OsString>,
    /// Is this a folder of the present output, reached without a link?
    real: BTreeMap<OsString, bool>,
}

impl Batch<'_> {
    /// The output folder's real path.
    pub fn out(&self) -> &Path {
        &self.stage.out
    }

    /// Does the present output hold this entry at this path already, byte for byte, as a file of its own? A file that can't be read
    /// is not held: it is written anew.
    pub fn holds(&mut self, path: &str, entry: &Entry) -> bool {
        if !self.stage.has_old || !self.is_real(Path::new(path).parent().unwrap_or(Path::new(""))) {
            return false;
        }
        let old = self.stage.out.join(path);
        if !fs::symlink_metadata(&old).is_ok_and(|there| there.is_file() && there.len() == entry.size()) {
            return false;
        }
        match entry {
            Entry::Bytes(bytes) => has_bytes(&old, bytes).unwrap_or(false),
            Entry::Copy(attachment) => File::open(&old)
                .and_then(|mut file| Hash::of_reader(&mut file))
                .is_ok_and(|(hash, size)| hash == attachment.hash && size == attachment.size),
        }
    }

    /// The bytes of a small file of the present output; `None` where there is none that can be read.
    pub fn present(&mut self, path: &str) -> Option<Vec<u8>> {
        let is_real = self.stage.has_old && self.is_real(Path::new(path).parent().unwrap_or(Path::new("")));
        let old = self.stage.out.join(path);
        let is_file = is_real && fs::symlink_metadata(&old).is_ok_and(|there| there.is_file());
        is_file.then(|| read_most(&old).ok().flatten()).flatten()
    }

    /// What lies at a path of the present output.
    pub fn lies(&mut self, path: &str) -> Lies {
        let mut above = Path::new(path).ancestors().skip(1).filter(|above| !above.as_os_str().is_empty());
        if !self.stage.has_old {
            return Lies::Nothing;
        }
        if !self.is_real(Path::new(path).parent().unwrap_or(Path::new(""))) {
            // Below what is neither there nor a folder lies nothing; but it may be something that is in the way.
            let is_clear = above.all(|above| !fs::symlink_metadata(self.stage.out.join(above)).is_ok_and(|there| !there.is_dir()));
            return if is_clear { Lies::Nothing } else { Lies::Other };
        }
        match fs::symlink_metadata(self.stage.out.join(path)) {
            Ok(there) if there.is_file() => Lies::File,
            Ok(there) if there.is_dir() => Lies::Folder,
            Err(error) if error.kind() == ErrorKind::NotFound => Lies::Nothing,
            _ => Lies::Other,
        }
    }

    /// Has the present output the bytes at this path that are staged?
    pub fn is_present_as_staged(&self, path: &str) -> bool {
        has_same_bytes(&self.stage.out.join(path), &self.stage.tree.join(path))
    }

    /// Takes a file over from the present output.
    ///
    /// # Errors
    /// When it is staged already, or the system fails.
    pub fn keep(&mut self, path: &str) -> io::Result<()> {
        let new = self.place(path)?;
        link(&self.stage.out.join(path), &new).map_err(Fault::at(Doing::Keeping, &self.stage.out.join(path)))
    }

    /// Writes an entry into staging: bytes as they are, an attachment as a stream from the site folder, never as a link.
    ///
    /// # Errors
    /// [`Fault::ChangedMeanwhile`] for an attachment that is no longer what was promised; when the path is staged already or is no
    /// path inside the site; when the system fails.
    pub fn write(&mut self, path: &str, entry: &Entry) -> io::Result<()> {
        let new = self.place(path)?;
        // The reader of a message knows the output, not the staging folder.
        let shown = self.stage.out.join(path);
        let mut file = act::create_file(&new).map_err(Fault::at(Doing::Writing, &shown))?;
        match entry {
            Entry::Bytes(bytes) => file.write_all(bytes).map_err(Fault::at(Doing::Writing, &shown)),
            Entry::Copy(attachment) => self.copy(attachment, &mut file, &shown),
        }
    }

    fn copy(&self, attachment: &Attachment, file: &mut NewFile, shown: &Path) -> io::Result<()> {
        let from = self.stage.site.join(&*attachment.from);
        let source = File::open(&from).map_err(Fault::at(Doing::Reading, &from))?;
        let mut both = Tee { source, copy: file, shown };
        let (hash, size) = Hash::of_reader(&mut both).map_err(Fault::at(Doing::Reading, &from))?;
        let is_authored = Path::new(&*attachment.from).is_relative();
        if hash != attachment.hash || size != attachment.size {
            return Err(if is_authored { Fault::ChangedMeanwhile(from) } else { Fault::Unlike(from) }.into());
        }
        // What comes from elsewhere than the sources was published before.
        if is_authored && size <= LARGEST_KEY && fs::read(&from).is_ok_and(|bytes| holds_secret(&bytes)) {
            return Err(Fault::Secret(from).into());
        }
        Ok(())
    }

    /// Carries over what lies in a folder of the present output (the empty path: in all of it), but for what `leave` names: a file, or
    /// a folder with a closing slash, which is then not entered. Links stay links; empty folders and the rights of folders are kept.
    ///
    /// # Errors
    /// [`Fault::InTheWay`] where something else is staged at the path of a file that is carried over; when the system fails.
    pub fn carry(&mut self, folder: &str, leave: &dyn Fn(&str) -> bool) -> io::Result<()> {
        let folder = Path::new(folder.trim_end_matches('/'));
        if self.stage.has_old && self.is_real(folder) { self.carry_folder(folder, leave) } else { Ok(()) }
    }

    fn carry_folder(&mut self, folder: &Path, leave: &dyn Fn(&str) -> bool) -> io::Result<()> {
        let old = self.stage.out.join(folder);
        let failed = || Fault::at(Doing::Reading, &old);
        let mut is_empty = true;
        for entry in fs::read_dir(&old).map_err(failed())? {
            let entry = entry.map_err(failed())?;
            is_empty = false;
            let path = folder.join(entry.file_name());
            let kind = entry.file_type().map_err(failed())?;
            // A name that is no text was never ours, so the rule has nothing to say about it.
            let text = path.to_str().map(|text| text.replace(std::path::MAIN_SEPARATOR, "/"));
            let is_left = |end: &str| text.as_ref().is_some_and(|text| leave(&format!("{text}{end}")));
            if kind.is_dir() {
                if !is_left("/") {
                    self.carry_folder(&path, leave)?;
                }
            } else if !is_left("") {
                self.carry_file(&path, kind.is_symlink())?;
            }
        }
        let new = self.stage.tree.join(folder);
        if is_empty {
            self.make_folder(folder).map_err(|error| self.in_the_way(folder, error))?;
            if !new.is_dir() {
                return Err(Fault::InTheWay(old).into());
            }
        }
        let rights = fs::symlink_metadata(&old).map_err(failed())?.permissions();
        if rights != self.stage.fresh && fs::symlink_metadata(&new).is_ok_and(|there| there.is_dir()) {
            act::set_permissions(&new, rights).map_err(Fault::at(Doing::Keeping, &old))?;
        }
        Ok(())
    }

    fn carry_file(&mut self, path: &Path, is_link: bool) -> io::Result<()> {
        let old = self.stage.out.join(path);
        let new = self.stage.tree.join(path);
        self.make_folder(path.parent().unwrap_or(Path::new(""))).map_err(|error| self.in_the_way(path, error))?;
        let carried = if is_link { fs::read_link(&old).and_then(|to| act::symlink(&to, &new)) } else { link(&old, &new) };
        match carried {
            // The same bytes under the same path are no loss, and let a folder mend whose manifest was lost.
            Err(error) if error.kind() == ErrorKind::AlreadyExists && !is_link && has_same_bytes(&old, &new) => Ok(()),
            Err(error) => Err(self.in_the_way(path, error)),
            Ok(()) => Ok(()),
        }
    }

    /// Turns the errors that tell of something staged at a path into the sentence that people need.
    fn in_the_way(&self, path: &Path, error: io::Error) -> io::Error {
        let old = self.stage.out.join(path);
        // Windows calls a path through a file, and a file at a folder's place, by other names.
        let is_file = |above: &Path| fs::symlink_metadata(self.stage.tree.join(above)).is_ok_and(|there| !there.is_dir());
        let is_taken = || fs::symlink_metadata(self.stage.tree.join(path)).is_ok() || path.ancestors().skip(1).any(is_file);
        match error.kind() {
            ErrorKind::AlreadyExists | ErrorKind::NotADirectory => Fault::InTheWay(old).into(),
            ErrorKind::NotFound | ErrorKind::PermissionDenied if is_taken() => Fault::InTheWay(old).into(),
            _ => Fault::at(Doing::Keeping, &old)(error),
        }
    }

    /// The staged file for a path, its folders made.
    fn place(&mut self, path: &str) -> io::Result<PathBuf> {
        // The engine's paths never leave the site; this holds for each caller to come.
        if !Address::new(path).is_ok_and(|address| !address.is_page()) {
            let error = io::Error::new(ErrorKind::InvalidFilename, "no path inside the site");
            return Err(Fault::at(Doing::Writing, Path::new(path))(error));
        }
        let folder = Path::new(path).parent().unwrap_or(Path::new(""));
        self.make_folder(folder).map_err(Fault::at(Doing::Writing, &self.stage.out.join(folder)))?;
        Ok(self.stage.tree.join(path))
    }

    fn make_folder(&mut self, folder: &Path) -> io::Result<()> {
        if folder.as_os_str().is_empty() || self.made.contains(folder.as_os_str()) {
            return Ok(());
        }
        let path = self.stage.tree.join(folder);
        match act::create_dir(&path) {
            Err(error) if error.kind() == ErrorKind::NotFound => {
                self.make_folder(folder.parent().unwrap_or(Path::new("")))?;
                made_or_there(act::create_dir(&path))?;
            }
            made => made_or_there(made)?,
        }
        self.made.insert(folder.into());
        Ok(())
    }

    /// A folder that a link leads to may be anything, `content/files/` even: nothing is ever linked from there.
    fn is_real(&mut self, folder: &Path) -> bool {
        if let Some(known) = self.real.get(folder.as_os_str()) {
            return *known;
        }
        let is_real = folder.parent().is_none_or(|parent| self.is_real(parent))
            && fs::symlink_metadata(self.stage.out.join(folder)).is_ok_and(|there| there.is_dir());
        self.real.insert(folder.into(), is_real);
        is_real
    }
}

fn made_or_there(made: io::Result<()>) -> io::Result<()> {
    match made {
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(()),
        made => made,
    }
}

/// A file of a secret key has some 350 bytes.
const LARGEST_KEY: u64 = 16 * 1024;

/// Is a line of it a secret key for signing?
fn holds_secret(bytes: &[u8]) -> bool {
    std::str::from_utf8(bytes).is_ok_and(|text| text.lines().any(|line| is_secret(line.trim())))
}

#[cfg(test)]
mod tests {
    use std::fs::FileTimes;

    use super::*;
    use crate::disk::copy::copy_with_time;
    use crate::disk::exchange::MOVES;
    use crate::disk::fault::Refusal;

    const MARK: Mark = Mark { name: "mark", is_ours: |bytes| bytes == b"ours", names: |_, _| false };

    struct Ground {
        folder: tempfile::TempDir,
        target: Target,
    }

    impl Ground {
        /// A site with a present output of `index.html`, `2568/index.html` and the mark.
        fn new() -> Self {
            let folder = tempfile::tempdir().unwrap();
            let site = folder.path().join("site");
            fs::create_dir_all(site.join("content/files")).unwrap();
            let out = site.join("public");
            fs::create_dir_all(out.join("2568")).unwrap();
            for (path, text) in [("mark", "ours"), ("index.html", "home"), ("2568/index.html", "year")] {
                fs::write(out.join(path), text).unwrap();
            }
            Self { target: Target { site, out, home: None }, folder }
        }

        fn out(&self, path: &str) -> PathBuf {
            self.target.out.join(path)
        }

        fn begin(&self) -> Stage {
            Stage::begin(&self.target, MARK, MOVES).unwrap()
        }

        /// Nothing but the output and the sources is left.
        fn is_clean(&self) -> bool {
            fs::read_dir(&self.target.site).unwrap().all(|e| ["content", "public"].contains(&e.unwrap().file_name().to_str().unwrap()))
        }
    }

    fn bytes(text: &str) -> Entry {
        Entry::of(text.as_bytes().to_vec())
    }

    fn fault(error: io::Error) -> Fault {
        *error.into_inner().unwrap().downcast().unwrap()
    }

    const OURS: fn(&str) -> bool = |path| ["mark", "index.html", "2568/index.html"].contains(&path);

    #[test]
    fn a_kept_file_stays_the_same_file() {
        let ground = Ground::new();
        let before = fs::metadata(ground.out("2568/index.html")).unwrap();
        let stage = ground.begin();
        let mut batch = stage.batch();
        assert!(batch.holds("2568/index.html", &bytes("year")) && !batch.holds("index.html", &bytes("hone")));
        assert!(!batch.holds("index.html", &bytes("home!")) && !batch.holds("none/index.html", &bytes("")));
        batch.keep("2568/index.html").unwrap();
        batch.write("index.html", &bytes("new home")).unwrap();
        batch.carry("", &OURS).unwrap();
        let way = if cfg!(target_os = "linux") { Way::OneStep } else { Way::TwoSteps };
        assert_eq!(stage.exchange().unwrap(), way);
        drop(stage);
        assert_eq!(fs::read_to_string(ground.out("index.html")).unwrap(), "new home");
        assert!(system::is_same_file(&before, &fs::metadata(ground.out("2568/index.html")).unwrap()));
        assert!(!ground.out("mark").exists() && ground.is_clean());
    }

    #[test]
    fn a_copy_has_the_time_of_its_original() {
        let folder = tempfile::tempdir().unwrap();
        let (old, new) = (folder.path().join("old"), folder.path().join("new"));
        fs::write(&old, "text").unwrap();
        let time = std::time::SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(1_000_000_000);
        File::options().write(true).open(&old).unwrap().set_times(FileTimes::new().set_modified(time)).unwrap();
        copy_with_time(&old, &new).unwrap();
        assert_eq!(fs::metadata(&new).unwrap().modified().unwrap(), time);
        assert_eq!(fs::read_to_string(&new).unwrap(), "text");
    }

    #[test]
    fn a_dropped_stage_changes_nothing() {
        let ground = Ground::new();
        let stage = ground.begin();
        stage.batch().write("index.html", &bytes("new")).unwrap();
        drop(stage);
        assert_eq!(fs::read_to_string(ground.out("index.html")).unwrap(), "home");
        assert!(ground.is_clean());
        let elsewhere = Target { out: ground.target.site.join("a/b/public"), ..ground.target.clone() };
        drop(Stage::begin(&elsewhere, MARK, MOVES).unwrap());
        assert!(ground.is_clean());
    }

    #[test]
    fn a_second_build_is_sent_away() {
        let ground = Ground::new();
        let stage = ground.begin();
        assert!(matches!(fault(Stage::begin(&ground.target, MARK, MOVES).unwrap_err()), Fault::Busy(_)));
        drop(stage);
        ground.begin();
    }

    #[test]
    fn a_folder_of_somebody_else_is_refused_and_stays() {
        let ground = Ground::new();
        fs::write(ground.out("mark"), "theirs").unwrap();
        let refused = fault(Stage::begin(&ground.target, MARK, MOVES).unwrap_err());
        assert!(matches!(refused, Fault::Refused(_, Refusal::Damaged)));
        assert!(ground.is_clean() && ground.out("index.html").exists());
    }

    #[cfg(unix)]
    #[test]
    fn what_is_not_ours_is_carried_over() {
        use std::os::unix::fs::PermissionsExt;
        let ground = Ground::new();
        fs::create_dir_all(ground.out("theirs/empty")).unwrap();
        fs::write(ground.out("theirs/note.txt"), "note").unwrap();
        fs::write(ground.out("2568/extra.txt"), "extra").unwrap();
        fs::write(ground.out(".gitignore"), "*").unwrap();
        std::os::unix::fs::symlink("../elsewhere", ground.out("theirs/link")).unwrap();
        fs::set_permissions(ground.out("theirs"), Permissions::from_mode(0o700)).unwrap();
        fs::set_permissions(&ground.target.out, Permissions::from_mode(0o750)).unwrap();
        let stage = ground.begin();
        let mut batch = stage.batch();
        batch.write("new.html", &bytes("new")).unwrap();
        batch.carry("", &OURS).unwrap();
        stage.exchange().unwrap();
        drop(stage);
        for there in ["theirs/empty", "theirs/note.txt", "2568/extra.txt", ".gitignore", "new.html"] {
            assert!(ground.out(there).exists(), "{there}");
        }
        assert_eq!(fs::read_link(ground.out("theirs/link")).unwrap(), Path::new("../elsewhere"));
        assert!(!ground.out("2568/index.html").exists());
        assert_eq!(fs::metadata(ground.out("theirs")).unwrap().permissions().mode() & 0o777, 0o700);
        assert_eq!(fs::metadata(&ground.target.out).unwrap().permissions().mode() & 0o777, 0o750);
    }

    #[test]
    fn what_is_not_ours_is_never_replaced() {
        // Their path, what lies there (nothing: an empty folder), and the path that the site wants.
        for (theirs, text, wanted) in [
            ("page", Some("theirs"), "page"),
            ("page", Some("theirs"), "page/index.html"),
            ("page/index.html", Some("theirs"), "page"),
            ("page", None, "page"),
        ] {
            let ground = Ground::new();
            fs::create_dir_all(ground.out(theirs).parent().unwrap()).unwrap();
            match text {
                Some(text) => fs::write(ground.out(theirs), text).unwrap(),
                None => fs::create_dir(ground.out(theirs)).unwrap(),
            }
            let stage = ground.begin();
            let mut batch = stage.batch();
            batch.write(wanted, &bytes("ours")).unwrap();
            let error = fault(batch.carry("", &OURS).unwrap_err());
            assert!(matches!(&error, Fault::InTheWay(path) if path.ends_with(theirs)), "{theirs} {wanted}: {error}");
        }
    }

    #[test]
    fn the_same_bytes_are_not_in_the_way() {
        let ground = Ground::new();
        fs::write(ground.out("page"), "same").unwrap();
        let stage = ground.begin();
        let mut batch = stage.batch();
        batch.write("page", &bytes("same")).unwrap();
        batch.carry("", &OURS).unwrap();
    }

    #[test]
    fn an_attachment_is_copied_and_checked() {
        let ground = Ground::new();
        let from = ground.target.site.join("content/files/a.pdf");
        fs::write(&from, "pdf").unwrap();
        let promised = Entry::Copy(Attachment { from: "content/files/a.pdf".into(), size: 3, hash: Hash::of(b"pdf") });
        let stage = ground.begin();
        let mut batch = stage.batch();
        batch.write("files/a.pdf", &promised).unwrap();
        fs::write(&from, "new").unwrap();
        assert!(matches!(fault(batch.write("files/b.pdf", &promised).unwrap_err()), Fault::ChangedMeanwhile(_)));
        batch.keep("mark").unwrap();
        stage.exchange().unwrap();
        drop(stage);
        assert_eq!(fs::read_to_string(ground.out("files/a.pdf")).unwrap(), "pdf", "a change of the source must not show through");
        let stage = ground.begin();
        assert!(stage.batch().holds("files/a.pdf", &promised));
    }

    #[cfg(unix)]
    #[test]
    fn nothing_is_taken_over_through_a_link() {
        let ground = Ground::new();
        fs::write(ground.target.site.join("content/files/a.pdf"), "pdf").unwrap();
        std::os::unix::fs::symlink("../content/files", ground.out("files")).unwrap();
        std::os::unix::fs::symlink("../content/files/a.pdf", ground.out("a.pdf")).unwrap();
        let stage = ground.begin();
        assert!(!stage.batch().holds("files/a.pdf", &bytes("pdf")) && !stage.batch().holds("a.pdf", &bytes("pdf")));
        assert_eq!(stage.batch().present("files/a.pdf"), None);
    }

    #[test]
    fn no_path_leaves_the_output() {
        let ground = Ground::new();
        let stage = ground.begin();
        for path in ["../x", "/x", "a/../../x", "", "a/"] {
            assert!(stage.batch().write(path, &bytes("x")).is_err(), "{path}");
        }
        stage.batch().write("a", &bytes("1")).unwrap();
        assert!(stage.batch().write("a", &bytes("2")).is_err(), "a path is written once");
        drop(stage);
        assert_eq!(fs::read_dir(ground.folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn what_a_dead_build_left_is_cleaned_up() {
        let ground = Ground::new();
        fs::create_dir_all(ground.target.site.join(".public.prongsai-99999999/2568")).unwrap();
        fs::write(ground.target.site.join(".public.prongsai-lock"), "").unwrap();
        drop(ground.begin());
        assert!(ground.is_clean());
    }
}
