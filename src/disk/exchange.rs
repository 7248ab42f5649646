//! Putting a staged output in the place of the present one, in one step where the system can, and cleaning up after a process that
//! died on the way. Owns the order of renames, so that at each moment a whole output is there or can be put back.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::act;
use super::fault::{Doing, Fault};
use super::found::is_staging;
use super::journal::{Place, TREE};
use super::system;
use super::target::{Beside, Names};

/// How two folders change places; [`system::exchange`], or another way in tests.
pub type Swap = fn(&Path, &Path) -> io::Result<()>;

/// How folders move on this system; another way in tests.
#[derive(Clone, Copy, Debug)]
pub struct Moves {
    /// Exchanges two folders.
    pub swap: Swap,
    /// How a folder can be moved.
    pub reach: fn(&Path) -> Reach,
}

/// How a folder can be moved.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reach {
    /// Not at all: it is a mount point, or nothing can be put beside it.
    pub is_fixed: bool,
    /// Perhaps not, and none of those in it: its file system is laid over others, as in a container.
    pub is_layered: bool,
}

/// As this system moves folders.
pub const MOVES: Moves =
    Moves { swap: system::exchange, reach: |folder| Reach { is_fixed: system::is_mount(folder), is_layered: system::is_layered(folder) } };

/// How the output came to its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// In one step: no reader met anything but the old or the new output.
    OneStep,
    /// In two renames, because the file system knows no exchange: for a moment there was no output.
    TwoSteps,
    /// The folder of the one agency that changed in one step, and the site's own files after it.
    Agency,
    /// Piece by piece, because the output can't be moved: for a moment some pieces were new and some old.
    Pieces,
}

/// Puts `staged` in the place of `out`. What was there lies at `staged` or is removed afterwards; on an error it is back in its place.
///
/// # Errors
/// When the system refuses all ways.
pub fn put(staged: &Path, out: &Path, names: &Names, swap: Swap) -> io::Result<Way> {
    let failed = || Fault::at(Doing::Exchanging, out);
    match fs::symlink_metadata(out) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            act::rename(staged, out).map_err(failed())?;
            return Ok(Way::OneStep);
        }
        Err(error) => return Err(failed()(error)),
        Ok(_) => {}
    }
    match act::exchange(swap, staged, out) {
        Ok(()) => return Ok(Way::OneStep),
        Err(error) if system::can_not_exchange(&error) => {}
        Err(error) => return Err(failed()(error)),
    }
    let (aside, gone) = (names.of(Beside::Aside), names.of(Beside::Gone));
    act::rename(out, &aside).map_err(failed())?;
    if let Err(error) = act::rename(staged, out) {
        // Should this fail too, the next build finds it aside and puts it back.
        let _ = act::rename(&aside, out);
        return Err(failed()(error));
    }
    // The new name says that nobody needs this tree any more: a tree aside would be put back if the output were missing.
    let doomed = if act::rename(&aside, &gone).is_ok() { &gone } else { &aside };
    let _ = act::remove_dir_all(doomed);
    Ok(Way::TwoSteps)
}

/// Does the error of [`put`] say that the folder can't be moved as it is, though its files perhaps can? So it is on Windows while another
/// program has a file in it open, or stands in it.
pub fn is_held(error: &io::Error) -> bool {
    system::is_held(match Fault::of(error) {
        Some(Fault::Failed(_, _, cause)) => cause,
        _ => error,
    })
}

/// Completes or takes back what a process that died left beside the output, or in it. Only for the holder of the lock. Gives back folders
/// in which such a process had staged some of a new output; all else is removed.
///
/// # Errors
/// When a publication can't be completed, the folder can't be read, or an output that lies aside can't be put back. What can't be removed
/// stays for the next time.
pub fn recover(place: Place<'_>) -> io::Result<Vec<PathBuf>> {
    place.complete()?;
    let (out, names) = (place.out, place.names);
    let failed = || Fault::at(Doing::Reading, names.parent());
    let mut found = Vec::new();
    for entry in fs::read_dir(names.parent()).map_err(failed())? {
        let entry = entry.map_err(failed())?;
        if let Some(what) = names.read(&entry.file_name()) {
            found.push((entry.path(), what));
        }
    }
    found.sort_by(|(a, _), (b, _)| a.cmp(b));
    for (path, what) in &found {
        if *what == Beside::Aside && names.staging_of(path).is_some_and(|staging| staging.join(TREE).is_dir()) {
            // The new output never came in, so this is the only one: what lies in its place now is somebody else's.
            let _ = act::remove_dir(out);
            if fs::symlink_metadata(out).is_ok() {
                return Err(Fault::InTheWay(out.to_owned()).into());
            }
        }
    }
    let mut staged = Vec::new();
    let mut is_missing = fs::symlink_metadata(out).is_err_and(|error| error.kind() == io::ErrorKind::NotFound);
    for (path, what) in found {
        if is_missing && what == Beside::Aside {
            act::rename(&path, out).map_err(Fault::at(Doing::Exchanging, out))?;
            is_missing = false;
        } else if what == Beside::Staging && path != names.of(Beside::Staging) && is_staging(&path) {
            staged.push(path);
        } else {
            // A link of that name is removed itself; nothing behind it is touched.
            let _ = if path.is_symlink() { act::remove_file(&path) } else { act::remove_dir_all(&path) };
        }
    }
    Ok(staged)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn no_swap(_: &Path, _: &Path) -> io::Result<()> {
        Err(io::ErrorKind::Unsupported.into())
    }

    fn ground() -> (tempfile::TempDir, PathBuf, Names) {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("public");
        let names = Names::beside(&out);
        (folder, out, names)
    }

    fn tree(path: &Path, text: &str) {
        fs::create_dir(path).unwrap();
        fs::write(path.join("index.html"), text).unwrap();
    }

    fn text(path: &Path) -> String {
        fs::read_to_string(path.join("index.html")).unwrap()
    }

    fn left(folder: &Path) -> Vec<String> {
        let mut names: Vec<_> = fs::read_dir(folder).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn the_new_tree_comes_in_each_way() {
        for swap in [system::exchange as Swap, no_swap] {
            let (folder, out, names) = ground();
            let staged = names.of(Beside::Staging);
            tree(&staged, "1");
            assert_eq!(put(&staged, &out, &names, swap).unwrap(), Way::OneStep);
            tree(&staged, "2");
            put(&staged, &out, &names, swap).unwrap();
            assert_eq!(text(&out), "2");
            let _ = fs::remove_dir_all(&staged);
            assert_eq!(left(folder.path()), ["public"]);
        }
    }

    #[test]
    fn a_rename_that_fails_is_taken_back() {
        let (folder, out, names) = ground();
        tree(&out, "1");
        let error = put(&names.of(Beside::Staging), &out, &names, no_swap).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::NotFound);
        assert_eq!(text(&out), "1");
        assert_eq!(left(folder.path()), ["public"]);
    }

    #[test]
    fn an_error_that_is_no_lack_of_the_call_changes_nothing() {
        let (_folder, out, names) = ground();
        tree(&out, "1");
        tree(&names.of(Beside::Staging), "2");
        let denied: Swap = |_, _| Err(io::ErrorKind::PermissionDenied.into());
        assert!(put(&names.of(Beside::Staging), &out, &names, denied).is_err());
        assert_eq!(text(&out), "1");
    }

    #[test]
    fn an_output_that_lies_aside_is_put_back() {
        let (folder, out, names) = ground();
        tree(&folder.path().join(".public.prongsai-old-7"), "1");
        tree(&folder.path().join(".public.prongsai-7"), "half");
        recover(Place { out: &out, names: &names, swap: system::exchange }).unwrap();
        assert_eq!(text(&out), "1");
        assert_eq!(left(folder.path()), ["public"]);
    }

    #[test]
    fn what_dead_processes_left_is_removed_and_nothing_else() {
        let (folder, out, names) = ground();
        tree(&out, "2");
        for name in [".public.prongsai-7", ".public.prongsai-old-8", ".public.prongsai-gone-9", ".other.prongsai-7", "a"] {
            tree(&folder.path().join(name), "1");
        }
        recover(Place { out: &out, names: &names, swap: system::exchange }).unwrap();
        assert_eq!(text(&out), "2");
        assert_eq!(left(folder.path()), [".other.prongsai-7", "a", "public"]);
    }

    #[test]
    fn a_tree_that_was_to_be_removed_never_comes_back() {
        let (folder, out, names) = ground();
        tree(&folder.path().join(".public.prongsai-gone-9"), "half");
        recover(Place { out: &out, names: &names, swap: system::exchange }).unwrap();
        assert!(left(folder.path()).is_empty());
    }
}
