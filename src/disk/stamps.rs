//! How a file of the output looked when it was known to be right: its size, its times, and what the system calls it. Owns when that is
//! believed later, so that a file need not be read again. Refuses to believe a file that changed so shortly before the look that a later
//! change might look the same, as git does with its index.

use std::fs::File;
use std::path::Path;
use std::time::{Duration, SystemTime};

use super::system::Sight;

/// The steps in which a system counts times are no longer than this.
const FINE: u64 = 20_000_000;
/// The same on a file system whose times are whole seconds, or two.
const COARSE: u64 = 2_500_000_000;

/// How a file looks from outside. Times are nanoseconds since 1970.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp(u64, u64, u64, u64, u64);

impl Stamp {
    /// How this file or folder looks; `None` for one whose times are out of reach.
    pub fn of(there: &Sight) -> Option<Self> {
        let modified = nanoseconds(there.modified?)?;
        let changed = match there.changed {
            Some(changed) => nanoseconds(changed)?,
            None => modified,
        };
        let (device, number) = there.identity.unwrap_or_default();
        Some(Self(there.size, modified, changed, device, number))
    }

    /// What it is made of.
    pub fn parts(self) -> [u64; 5] {
        let Self(size, modified, changed, device, number) = self;
        [size, modified, changed, device, number]
    }

    /// What was taken apart.
    pub fn of_parts([size, modified, changed, device, number]: [u64; 5]) -> Self {
        Self(size, modified, changed, device, number)
    }

    /// What the system calls the device that it lies on.
    pub fn device(self) -> u64 {
        self.3
    }

    /// Its size.
    pub fn size(self) -> u64 {
        self.0
    }

    /// Is a file that looked so at this moment, and looks so now, sure to be the same?
    pub fn is_believed(self, Moment(at): Moment) -> bool {
        let Self(_, modified, changed, ..) = self;
        // Even a fine clock may strike a whole second; then it is looked at again.
        let is_coarse = changed % 1_000_000_000 == 0;
        modified.max(changed).saturating_add(if is_coarse { COARSE } else { FINE }) <= at
    }
}

fn nanoseconds(time: SystemTime) -> Option<u64> {
    let since: Duration = time.duration_since(SystemTime::UNIX_EPOCH).ok()?;
    u64::try_from(since.as_nanos()).ok()
}

/// A moment by the clock of a file system, which need not be that of this machine: nanoseconds since 1970.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment(pub u64);

impl Moment {
    /// Now, by the file system of a folder: the time of a file that is made there, and stays.
    pub fn now(folder: &Path) -> Option<Self> {
        let file = File::create_new(folder.join("now")).ok()?;
        Self::of(file.metadata().ok()?.modified().ok()?)
    }

    /// The moment of a time that a file system gave.
    pub fn of(time: SystemTime) -> Option<Self> {
        nanoseconds(time).map(Self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn only_what_was_quiet_for_long_enough_is_believed() {
        let stamp = |changed| Stamp(1, changed, changed, 0, 0);
        let second = 1_000_000_000;
        assert!(stamp(5 * second + 1).is_believed(Moment(5 * second + 1 + FINE)));
        assert!(!stamp(5 * second + 1).is_believed(Moment(5 * second + FINE)));
        assert!(!stamp(5 * second + 1).is_believed(Moment(second)), "a time to come");
        assert!(!stamp(5 * second).is_believed(Moment(5 * second + FINE)), "whole seconds");
        assert!(stamp(5 * second).is_believed(Moment(5 * second + COARSE)));
        assert!(!Stamp(1, u64::MAX, 1, 0, 0).is_believed(Moment(u64::MAX - 1)));
    }

    #[test]
    fn a_change_in_place_shows() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        fs::write(&path, "one").unwrap();
        let look = || Stamp::of(&Sight::of(&fs::symlink_metadata(&path).unwrap())).unwrap();
        let before = look();
        assert_eq!((before, before.size()), (look(), 3));
        let there = fs::metadata(&path).unwrap();
        std::thread::sleep(Duration::from_millis(30));
        let mut file = fs::OpenOptions::new().write(true).open(&path).unwrap();
        std::io::Write::write_all(&mut file, b"two").unwrap();
        assert_ne!(before, look());
        // Whoever sets the time back can't set back when that was.
        file.set_modified(there.modified().unwrap()).unwrap();
        assert_eq!(before == look(), cfg!(not(unix)));
        assert!(Moment::now(folder.path()).is_some_and(|now| !look().is_believed(now) || cfg!(not(unix))));
    }
}
