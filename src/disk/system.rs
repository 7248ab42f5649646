//! The few calls that differ between systems: exchanging two folders in one step, bringing a file system's writes onto the disk, links,
//! how files look, how many clients may wait at a listener, how many files may be open, and ending a program with those that it started.
//! The one module that names rustix. Where a system lacks a call it says so, and the caller has another way.

use std::fs::{File, Metadata};
use std::io;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::time::SystemTime;

/// Exchanges two folders of one file system in a single step, so that a reader meets the one or the other.
///
/// # Errors
/// [`can_not_exchange`] tells the errors after which another way may work.
#[cfg(target_os = "linux")]
pub fn exchange(a: &Path, b: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    Ok(renameat_with(CWD, a, CWD, b, RenameFlags::EXCHANGE)?)
}

/// Exchanges two folders: here there is no such call.
///
/// # Errors
/// Always.
#[cfg(not(target_os = "linux"))]
pub fn exchange(_a: &Path, _b: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

/// Does the error say that this system, file system or folder knows no exchange?
pub fn can_not_exchange(error: &io::Error) -> bool {
    use io::ErrorKind::{CrossesDevices, InvalidInput, ResourceBusy, Unsupported};
    matches!(error.kind(), Unsupported | InvalidInput | CrossesDevices | ResourceBusy)
}

/// Does the error say that another program holds what was to be moved, or that it may not be moved?
pub fn is_held(error: &io::Error) -> bool {
    is_open_elsewhere(error) || matches!(error.kind(), io::ErrorKind::PermissionDenied | io::ErrorKind::ResourceBusy)
}

/// Does the error say that another program has the file open? Only Windows keeps such a file from others.
pub fn is_open_elsewhere(error: &io::Error) -> bool {
    const SHARING_VIOLATION: i32 = 32;
    const LOCK_VIOLATION: i32 = 33;
    cfg!(windows) && matches!(error.raw_os_error(), Some(SHARING_VIOLATION | LOCK_VIOLATION))
}

/// Asks whether another file may take this one's place, where that depends on who has it open.
///
/// # Errors
/// As the system tells.
#[cfg(windows)]
pub fn ask_for_place(path: &Path) -> io::Result<()> {
    match File::options().write(true).open(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Asks whether another file may take this one's place: here it may, whoever has it open.
///
/// # Errors
/// None.
#[cfg(not(windows))]
pub fn ask_for_place(_path: &Path) -> io::Result<()> {
    Ok(())
}

/// Waits until all that was written to the file system of `folder` is on the disk.
///
/// # Errors
/// When the system could not write.
#[cfg(target_os = "linux")]
pub fn sync(folder: &Path) -> io::Result<()> {
    Ok(rustix::fs::syncfs(File::open(folder)?)?)
}

/// Asks for what was written to be brought onto the disk, as far as a folder can be asked here.
///
/// # Errors
/// None: systems that can't sync a folder refuse the question, which says nothing about the files.
#[cfg(not(target_os = "linux"))]
pub fn sync(folder: &Path) -> io::Result<()> {
    if let Ok(folder) = File::open(folder) {
        let _ = folder.sync_all();
    }
    Ok(())
}

/// Brings the names in a folder onto the disk, as far as a folder can be asked here.
///
/// # Errors
/// When the system could not write. Systems that can't sync a folder refuse the question, which says nothing about the names.
#[cfg(unix)]
pub fn sync_names(folder: &Path) -> io::Result<()> {
    match File::open(folder)?.sync_all() {
        Err(error) if matches!(error.kind(), io::ErrorKind::InvalidInput | io::ErrorKind::Unsupported) => Ok(()),
        synced => synced,
    }
}

/// Brings the names in a folder onto the disk: here a folder can't be asked.
///
/// # Errors
/// None.
#[cfg(not(unix))]
pub fn sync_names(_folder: &Path) -> io::Result<()> {
    Ok(())
}

/// Is this folder a place where a file system is attached? Such a folder can't be renamed or exchanged.
#[cfg(target_os = "linux")]
pub fn is_mount(folder: &Path) -> bool {
    use rustix::fs::{AtFlags, CWD, StatxAttributes, StatxFlags, statx};
    let Ok(there) = statx(CWD, folder, AtFlags::empty(), StatxFlags::BASIC_STATS) else { return false };
    // Kernels that can't tell leave the mask empty; then only another device tells.
    if there.stx_attributes_mask.contains(StatxAttributes::MOUNT_ROOT) {
        there.stx_attributes.contains(StatxAttributes::MOUNT_ROOT)
    } else {
        is_other_device(folder)
    }
}

/// Is this folder a place where a file system is attached?
#[cfg(all(unix, not(target_os = "linux")))]
pub fn is_mount(folder: &Path) -> bool {
    is_other_device(folder)
}

/// Is this folder a place where a file system is attached? Here that is not asked; the exchange would fail.
#[cfg(not(unix))]
pub fn is_mount(_folder: &Path) -> bool {
    false
}

/// Is the folder's file system laid over others? Its folders may refuse to be moved.
#[cfg(target_os = "linux")]
pub fn is_layered(folder: &Path) -> bool {
    const OVERLAY: rustix::fs::FsWord = 0x794c_7630;
    rustix::fs::statfs(folder).is_ok_and(|there| there.f_type == OVERLAY)
}

/// Is the folder's file system laid over others? Here there are none such.
#[cfg(not(target_os = "linux"))]
pub fn is_layered(_folder: &Path) -> bool {
    false
}

#[cfg(unix)]
fn is_other_device(folder: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let device = |path: &Path| std::fs::metadata(path).map(|there| there.dev()).ok();
    folder.parent().is_some_and(|parent| device(parent) != device(folder))
}

/// Is the file at the path the very one that is open? Always so where a file that is open can't be removed.
#[cfg(unix)]
pub fn is_same_file(open: &Metadata, at_path: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    (open.dev(), open.ino()) == (at_path.dev(), at_path.ino())
}

/// Is the file at the path the very one that is open? Always so where a file that is open can't be removed.
#[cfg(not(unix))]
pub fn is_same_file(_open: &Metadata, _at_path: &Metadata) -> bool {
    true
}

/// Is this folder still in the place and in the state of an earlier look? Any rename of it, or in it, tells.
#[cfg(unix)]
pub fn is_untouched(before: &Metadata, now: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    is_same_file(before, now) && (before.ctime(), before.ctime_nsec()) == (now.ctime(), now.ctime_nsec())
}

/// Is this folder still in the state of an earlier look? Here only the time of its last change can tell.
#[cfg(not(unix))]
pub fn is_untouched(before: &Metadata, now: &Metadata) -> bool {
    before.modified().ok() == now.modified().ok()
}

/// Gives a file the owner of another, where the system lets: an administrator who edits a file of somebody else's does not take it away.
///
/// # Errors
/// When the file can't be looked at.
#[cfg(unix)]
pub fn keep_owner(file: &Path, there: &Metadata) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt, chown};
    let own = std::fs::metadata(file)?;
    if (own.uid(), own.gid()) != (there.uid(), there.gid()) && chown(file, Some(there.uid()), Some(there.gid())).is_err() {
        // Only an administrator gives files away; a group that one belongs to may be given to anybody's own.
        let _ = chown(file, None, Some(there.gid()));
    }
    Ok(())
}

/// Gives a file the owner of another: here a file that takes a place belongs to whoever owns the folder.
///
/// # Errors
/// None.
#[cfg(not(unix))]
pub fn keep_owner(_file: &Path, _there: &Metadata) -> io::Result<()> {
    Ok(())
}

/// What the system calls a file or a folder, whatever its name is.
pub type Identity = (u64, u64);

/// What the system calls this file or folder.
#[cfg(unix)]
pub fn identity(there: &Metadata) -> Option<Identity> {
    use std::os::unix::fs::MetadataExt;
    Some((there.dev(), there.ino()))
}

/// What the system calls this file or folder: here nothing that could be asked for.
#[cfg(not(unix))]
pub fn identity(_there: &Metadata) -> Option<Identity> {
    None
}

/// When anything about the file changed last, which no program can set back.
#[cfg(unix)]
pub fn changed(there: &Metadata) -> Option<SystemTime> {
    use std::os::unix::fs::MetadataExt;
    let (seconds, nanoseconds) = (u64::try_from(there.ctime()).ok()?, u32::try_from(there.ctime_nsec()).ok()?);
    SystemTime::UNIX_EPOCH.checked_add(std::time::Duration::new(seconds, nanoseconds))
}

/// When anything about the file changed last: here that is not known.
#[cfg(not(unix))]
pub fn changed(_there: &Metadata) -> Option<SystemTime> {
    None
}

/// What lies at a path, no link followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sight {
    /// Is it a file?
    pub is_file: bool,
    /// Is it a folder?
    pub is_folder: bool,
    /// Its size.
    pub size: u64,
    /// When its content changed last; `None` before 1970.
    pub modified: Option<SystemTime>,
    /// When anything about it changed last, where the system tells.
    pub changed: Option<SystemTime>,
    /// What the system calls it.
    pub identity: Option<Identity>,
}

impl Sight {
    /// What an earlier look told.
    pub fn of(there: &Metadata) -> Self {
        let (modified, changed, identity) = (there.modified().ok(), changed(there), identity(there));
        Self { is_file: there.is_file(), is_folder: there.is_dir(), size: there.len(), modified, changed, identity }
    }
}

/// A folder that is asked about many files in it by short paths, which takes the system half the time of long ones.
#[derive(Debug)]
pub struct Folder {
    path: PathBuf,
    #[cfg(target_os = "linux")]
    open: Option<std::os::fd::OwnedFd>,
}

impl Folder {
    /// The folder at a path. Where it is none, nothing lies in it.
    pub fn at(path: &Path) -> Self {
        Self {
            path: path.to_owned(),
            #[cfg(target_os = "linux")]
            open: {
                use rustix::fs::{Mode, OFlags};
                rustix::fs::open(path, OFlags::PATH | OFlags::DIRECTORY | OFlags::CLOEXEC, Mode::empty()).ok()
            },
        }
    }

    /// Its path.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What lies at a path from it; `None` where that is nothing.
    #[cfg(target_os = "linux")]
    pub fn look(&self, path: &str) -> Option<Sight> {
        use rustix::fs::{AtFlags, FileType, StatxFlags, makedev, statx};
        use rustix::io::Errno;
        let there = match statx(self.open.as_ref()?, path, AtFlags::SYMLINK_NOFOLLOW, StatxFlags::BASIC_STATS) {
            // A kernel or a fence around the program that does not know the call.
            Err(Errno::NOSYS | Errno::PERM) => return self.look_from_root(path),
            there => there.ok()?,
        };
        let time = |time: rustix::fs::StatxTimestamp| {
            SystemTime::UNIX_EPOCH.checked_add(std::time::Duration::new(u64::try_from(time.tv_sec).ok()?, time.tv_nsec))
        };
        let kind = FileType::from_raw_mode(there.stx_mode.into());
        Some(Sight {
            is_file: kind.is_file(),
            is_folder: kind.is_dir(),
            size: there.stx_size,
            modified: time(there.stx_mtime),
            changed: time(there.stx_ctime),
            identity: Some((makedev(there.stx_dev_major, there.stx_dev_minor), there.stx_ino)),
        })
    }

    /// What lies at a path from it; `None` where that is nothing.
    #[cfg(not(target_os = "linux"))]
    pub fn look(&self, path: &str) -> Option<Sight> {
        self.look_from_root(path)
    }

    fn look_from_root(&self, path: &str) -> Option<Sight> {
        std::fs::symlink_metadata(self.path.join(path)).ok().as_ref().map(Sight::of)
    }
}

/// Now, by the clock that gives the files of a folder their times, and the device that this is true of. `None` where that clock need not
/// be this machine's alone: on a file system that other machines write to, or that is told of changes late, how a file looks proves
/// nothing of what it holds.
#[cfg(target_os = "linux")]
pub fn own_now(folder: &Path) -> Option<(SystemTime, u64)> {
    use rustix::fs::{Mode, OFlags};
    /// Btrfs, bcachefs, ext, F2FS, overlays (whose files may be of another device), tmpfs, XFS, ZFS.
    const OWN: [u32; 8] = [0x9123_683e, 0xca45_1a4e, 0xef53, 0xf2f5_2010, 0x794c_7630, 0x0102_1994, 0x5846_5342, 0x2fc1_2fc1];
    let kind = rustix::fs::statfs(folder).ok()?.f_type;
    if !OWN.contains(&(kind as u32)) {
        return None;
    }
    // A file without a name: it is gone when it is closed, and nobody meets it.
    let flags = OFlags::TMPFILE | OFlags::WRONLY | OFlags::CLOEXEC;
    let there = File::from(rustix::fs::open(folder, flags, Mode::RUSR | Mode::WUSR).ok()?).metadata().ok()?;
    Some((changed(&there)?, identity(&there)?.0))
}

/// Now, by the clock that gives the files of a folder their times: here nobody tells whether that is this machine's alone.
#[cfg(not(target_os = "linux"))]
pub fn own_now(_folder: &Path) -> Option<(SystemTime, u64)> {
    None
}

/// As whom the process may read files: another may be refused what this one was given.
#[cfg(unix)]
pub fn reader() -> String {
    use rustix::process::{getegid, geteuid, getgroups};
    let groups: Vec<u32> = getgroups().unwrap_or_default().into_iter().map(rustix::process::Gid::as_raw).collect();
    format!("{} {} {groups:?}", geteuid().as_raw(), getegid().as_raw())
}

/// As whom the process may read files: here that is not asked.
#[cfg(not(unix))]
pub fn reader() -> String {
    String::new()
}

/// Opens a file for reading, unless it is a link, and without waiting for the other end of a pipe.
///
/// # Errors
/// As the system tells; for a link too.
#[cfg(unix)]
pub fn open_file(path: &Path) -> io::Result<File> {
    use rustix::fs::{Mode, OFlags};
    Ok(File::from(rustix::fs::open(path, OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC, Mode::empty())?))
}

/// Opens a file for reading. Here the caller's look before has to do.
///
/// # Errors
/// As the system tells.
#[cfg(not(unix))]
pub fn open_file(path: &Path) -> io::Result<File> {
    File::open(path)
}

/// Lets so many clients wait at a listener until they are let in. The standard library has 128 of them wait; the system has one more try
/// again after a second, and then after three.
///
/// # Errors
/// As the system tells.
#[cfg(unix)]
pub fn let_wait(listener: &TcpListener, clients: i32) -> io::Result<()> {
    Ok(rustix::net::listen(listener, clients)?)
}

/// Lets so many clients wait at a listener: here that can't be changed.
///
/// # Errors
/// None.
#[cfg(not(unix))]
pub fn let_wait(_listener: &TcpListener, _clients: i32) -> io::Result<()> {
    Ok(())
}

/// How many files, connections among them, this process may have open at once; `None` where nothing bounds them.
#[cfg(unix)]
pub fn most_open() -> Option<u64> {
    rustix::process::getrlimit(rustix::process::Resource::Nofile).current
}

/// How many files this process may have open at once: here nothing bounds them.
#[cfg(not(unix))]
pub fn most_open() -> Option<u64> {
    None
}

/// Does the process run as the administrator of the system?
#[cfg(unix)]
pub fn is_administrator() -> bool {
    rustix::process::geteuid().is_root()
}

/// Does the process run as the administrator of the system? Here that changes nothing.
#[cfg(not(unix))]
pub fn is_administrator() -> bool {
    false
}

/// Starts a program that can be ended with all that it starts.
///
/// # Errors
/// As the system tells.
#[cfg(unix)]
pub fn start_tree(command: &mut Command) -> io::Result<Child> {
    use std::os::unix::process::CommandExt;
    command.process_group(0).spawn()
}

/// Starts a program.
///
/// # Errors
/// As the system tells.
#[cfg(not(unix))]
pub fn start_tree(command: &mut Command) -> io::Result<Child> {
    command.spawn()
}

/// Ends a program of [`start_tree`] with all that it started, and waits for its end.
#[cfg(unix)]
pub fn end_tree(child: &mut Child) {
    use rustix::process::{Pid, Signal, kill_process_group};
    // Nobody has waited for the program yet, so that its number is still its own. What is gone already needs no end.
    let _ = kill_process_group(Pid::from_child(child), Signal::KILL);
    let _ = child.wait();
}

/// Ends a program of [`start_tree`], and waits for its end. Here those that it started have to see for themselves that it is gone.
#[cfg(not(unix))]
pub fn end_tree(child: &mut Child) {
    let _ = child.kill();
    let _ = child.wait();
}

/// Makes a symbolic link.
///
/// # Errors
/// As the system tells; always where there are no such links.
pub fn symlink(target: &Path, link: &Path) -> io::Result<()> {
    #[cfg(unix)]
    return std::os::unix::fs::symlink(target, link);
    #[cfg(not(unix))]
    {
        let _ = (target, link);
        Err(io::ErrorKind::Unsupported.into())
    }
}
