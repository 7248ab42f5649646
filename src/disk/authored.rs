//! Authored files one by one: reading those that a command needs, and putting new texts in their place. Owns that several change together
//! or not at all, that nothing is written which changed meanwhile, and that nothing outside the site folder is touched, through links either.

use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

use super::act;
use super::fault::{Doing, Fault};
use super::lock::Lock;
use super::system;

/// The largest authored file that is read.
const LARGEST: u64 = 8 * 1024 * 1024;

/// The largest file that is handed to a command to be read.
pub const LARGEST_GIVEN: u64 = 256 * 1024 * 1024;

/// A text that takes the place of another.
#[derive(Clone, Copy, Debug)]
pub struct Change<'a> {
    /// Its path from the site folder.
    pub path: &'a str,
    /// What is there; none where nothing is.
    pub before: Option<&'a [u8]>,
    /// What is to be there.
    pub after: &'a [u8],
}

/// Reads an authored file by its path from the site folder; none where nothing is there.
///
/// # Errors
/// When it lies outside of the site, is no plain file, is too large, or the system refuses.
pub fn read(site: &Path, path: &str) -> io::Result<Option<Vec<u8>>> {
    let file = site.join(path);
    match inside(site, &file) {
        Ok(real) => plain(&real, LARGEST).map(Some).map_err(Fault::at(Doing::Reading, &file)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Fault::at(Doing::Reading, &file)(error)),
    }
}

/// Reads a file that was handed to a command, wherever it lies.
///
/// # Errors
/// When it is no plain file, is too large, or the system refuses.
pub fn given(file: &Path) -> io::Result<Vec<u8>> {
    let is_other = |there: &fs::Metadata| !there.is_file();
    if let Some(there) = fs::metadata(file).ok().filter(is_other) {
        return Err(Fault::NoPlainFile(file.to_owned(), there.is_dir()).into());
    }
    plain(file, LARGEST_GIVEN).map_err(Fault::at(Doing::Reading, file))
}

fn plain(file: &Path, largest: u64) -> io::Result<Vec<u8>> {
    let there = fs::metadata(file)?;
    if there.is_dir() {
        return Err(ErrorKind::IsADirectory.into());
    }
    // Opening a pipe would wait for ever.
    if !there.is_file() {
        return Err(ErrorKind::InvalidInput.into());
    }
    let mut bytes = Vec::new();
    File::open(file)?.take(largest + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > largest { Err(ErrorKind::FileTooLarge.into()) } else { Ok(bytes) }
}

/// The names of what lies in a folder of the site, in order; none where there is no such folder.
///
/// # Errors
/// When it leads out of the site, or the system refuses.
pub fn names(site: &Path, folder: &str) -> io::Result<Vec<String>> {
    let path = site.join(folder);
    let list = inside(site, &path).and_then(fs::read_dir);
    let mut names = match list {
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => Vec::new(),
        Err(error) => return Err(Fault::at(Doing::Reading, &path)(error)),
        Ok(list) => list.filter_map(Result::ok).filter_map(|entry| entry.file_name().into_string().ok()).collect::<Vec<_>>(),
    };
    names.sort_unstable();
    Ok(names)
}

/// The real path of what lies in the site.
fn inside(site: &Path, path: &Path) -> io::Result<PathBuf> {
    let root = fs::canonicalize(site)?;
    let real = fs::canonicalize(path)?;
    if real.starts_with(&root) { Ok(real) } else { Err(Fault::LeadsOut(path.to_owned()).into()) }
}

/// The lock that two runs which write into one site would both need.
const LOCK: &str = "content/.prongsai-write-lock";

/// Puts all the new texts in place, or none of them. Of two that do so at once one is refused.
///
/// # Errors
/// When a file is not as it was read any more, and when the system refuses; what was in place before is then there again.
pub fn exchange(site: &Path, changes: &[Change<'_>]) -> io::Result<()> {
    let Some(first) = changes.first() else { return Ok(()) };
    let _lock = Lock::take(&site.join(LOCK))?.ok_or_else(|| Fault::Altered(site.join(first.path)))?;
    let mut made: Vec<(PathBuf, PathBuf)> = Vec::new();
    let written = changes.iter().try_for_each(|change| {
        let pair = prepare(site, change)?;
        made.push(pair);
        Ok(())
    });
    let mut done = 0;
    let put = written.and_then(|()| {
        made.iter().zip(changes).try_for_each(|((new, file), change)| {
            if read(site, change.path)?.as_deref() != change.before {
                return Err(Fault::Altered(file.clone()).into());
            }
            act::rename(new, file).map_err(Fault::at(Doing::Writing, file))?;
            done += 1;
            Ok(())
        })
    });
    if put.is_err() {
        for ((new, file), change) in made.iter().zip(changes).take(done) {
            // The best that can be done; the error that led here is told.
            let _ = match change.before {
                Some(before) => fs::write(new, before).and_then(|()| dress(new, file)).and_then(|()| fs::rename(new, file)),
                None => fs::remove_file(file),
            };
        }
        made.iter().for_each(|(new, _)| {
            let _ = fs::remove_file(new);
        });
    }
    put
}

/// Writes a new text beside the file that it will be, and gives back both paths.
fn prepare(site: &Path, change: &Change<'_>) -> io::Result<(PathBuf, PathBuf)> {
    let at = site.join(change.path);
    let file = match change.before {
        Some(_) => {
            let file = inside(site, &at).map_err(Fault::at(Doing::Writing, &at))?;
            // Whoever closed a file to writing meant it, although the folder would let it be replaced.
            if fs::metadata(&file).is_ok_and(|there| there.permissions().readonly()) {
                return Err(Fault::at(Doing::Writing, &at)(ErrorKind::PermissionDenied.into()));
            }
            file
        }
        None => {
            let folder = at.parent().unwrap_or(site);
            let real = inside(site, folder).map_err(Fault::at(Doing::Writing, folder))?;
            let file = real.join(at.file_name().unwrap_or_default());
            // A link that leads nowhere is there all the same.
            if fs::symlink_metadata(&file).is_ok() {
                return Err(Fault::at(Doing::Writing, &at)(ErrorKind::AlreadyExists.into()));
            }
            file
        }
    };
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let new = file.with_file_name(format!(".{name}.prongsai-new"));
    // Left by a run that was killed.
    let _ = fs::remove_file(&new);
    let write = || {
        let mut out = act::create_file(&new)?;
        out.write_all(change.after)?;
        drop(out);
        // Some systems bring onto the disk only what is open for writing.
        OpenOptions::new().write(true).open(&new)?.sync_all()?;
        dress(&new, &file)
    };
    write().map_err(|error| {
        let _ = fs::remove_file(&new);
        Fault::at(Doing::Writing, &file)(error)
    })?;
    Ok((new, file))
}

/// Gives a new file the owner, as far as the system lets, and the rights of the one whose place it takes.
fn dress(new: &Path, file: &Path) -> io::Result<()> {
    let Ok(there) = fs::metadata(file) else { return Ok(()) };
    system::keep_owner(new, &there)?;
    fs::set_permissions(new, there.permissions())
}

#[cfg(test)]
mod tests {
    use super::*;
    use act::trial::{self, Failing};

    fn site() -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("content")).unwrap();
        fs::write(folder.path().join("content/a.yaml"), "a: 1\n").unwrap();
        folder
    }

    const CHANGES: [Change<'static>; 2] = [
        Change { path: "content/a.yaml", before: Some(b"a: 1\n"), after: b"a: 2\n" },
        Change { path: "content/b.yaml", before: None, after: b"b: 1\n" },
    ];

    #[test]
    fn both_files_change_or_none() {
        let folder = site();
        let (done, steps) = trial::run(Failing::No, || exchange(folder.path(), &CHANGES));
        done.unwrap();
        assert!(steps >= 4, "{steps}");
        assert_eq!(names(folder.path(), "content").unwrap(), ["a.yaml", "b.yaml"]);
        for step in 0..steps {
            let folder = site();
            let (done, _) = trial::run(Failing::Once(step), || exchange(folder.path(), &CHANGES));
            if done.is_ok() {
                // Only the lock could not be removed, and it is none any more.
                assert_eq!(names(folder.path(), "content").unwrap(), [".prongsai-write-lock", "a.yaml", "b.yaml"], "{step}");
                assert!(Lock::take(&folder.path().join(LOCK)).unwrap().is_some());
                continue;
            }
            assert_eq!(names(folder.path(), "content").unwrap(), ["a.yaml"], "{step}");
            assert_eq!(read(folder.path(), "content/a.yaml").unwrap().unwrap(), b"a: 1\n", "{step}");
        }
    }

    #[test]
    fn what_changed_meanwhile_is_not_written_over() {
        let folder = site();
        fs::write(folder.path().join("content/a.yaml"), "a: 3\n").unwrap();
        assert!(exchange(folder.path(), &CHANGES).is_err());
        assert_eq!(read(folder.path(), "content/a.yaml").unwrap().unwrap(), b"a: 3\n");
        assert_eq!(names(folder.path(), "content").unwrap(), ["a.yaml"]);
    }

    #[test]
    fn of_two_that_write_at_once_one_is_refused() {
        for _ in 0..20 {
            let folder = site();
            let start = std::sync::Barrier::new(2);
            let write = |after: &'static [u8]| {
                start.wait();
                exchange(folder.path(), &[Change { path: "content/a.yaml", before: Some(b"a: 1\n"), after }])
            };
            let (one, two) = std::thread::scope(|scope| {
                let other = scope.spawn(|| write(b"a: 2\n"));
                let one = write(b"a: 3\n");
                (one, other.join().unwrap())
            });
            let expected: &[u8] = if one.is_ok() { b"a: 3\n" } else { b"a: 2\n" };
            assert_eq!(read(folder.path(), "content/a.yaml").unwrap().unwrap(), expected);
            let refused = [one, two].into_iter().filter_map(Result::err).collect::<Vec<_>>();
            assert!(matches!(refused.as_slice(), [error] if matches!(Fault::of(error), Some(Fault::Altered(_)))), "{refused:?}");
            assert_eq!(names(folder.path(), "content").unwrap(), ["a.yaml"]);
        }
    }

    #[cfg(unix)]
    #[test]
    fn owner_and_rights_of_a_file_stay() {
        use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
        let folder = site();
        let file = folder.path().join("content/a.yaml");
        fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
        let owner = if system::is_administrator() { 12_345 } else { fs::metadata(&file).unwrap().uid() };
        chown(&file, Some(owner), None).unwrap();
        exchange(folder.path(), &CHANGES[..1]).unwrap();
        let there = fs::metadata(&file).unwrap();
        assert_eq!((there.uid(), there.mode() & 0o777), (owner, 0o640));
        assert_eq!(fs::read(&file).unwrap(), b"a: 2\n");
    }

    #[cfg(unix)]
    #[test]
    fn what_is_no_plain_file_is_refused_at_once() {
        let folder = site();
        let pipe = folder.path().join("pipe");
        assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
        for (path, is_folder) in [(pipe.as_path(), false), (Path::new("/dev/null"), false), (folder.path(), true)] {
            let error = given(path).unwrap_err();
            assert!(matches!(Fault::of(&error), Some(Fault::NoPlainFile(_, folder)) if *folder == is_folder), "{error:?}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn nothing_out_of_the_site_is_touched() {
        use std::os::unix::fs::symlink;
        let (folder, other) = (site(), tempfile::tempdir().unwrap());
        fs::write(other.path().join("x.yaml"), "a: 1\n").unwrap();
        fs::remove_file(folder.path().join("content/a.yaml")).unwrap();
        symlink(other.path().join("x.yaml"), folder.path().join("content/a.yaml")).unwrap();
        let errors = [read(folder.path(), "content/a.yaml").unwrap_err(), exchange(folder.path(), &CHANGES).unwrap_err()];
        assert!(
            errors.iter().all(|error| matches!(Fault::of(error), Some(Fault::LeadsOut(path)) if path.ends_with("a.yaml"))),
            "{errors:?}"
        );
        assert_eq!(fs::read(other.path().join("x.yaml")).unwrap(), b"a: 1\n");
    }
}
