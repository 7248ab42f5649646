//! Taking hold of an output against a second build. Owns where the lock and all other names of a build lie: beside the output, or in it
//! where it can't be moved. Refuses to write into a folder that is not taken.

use std::io::{self, ErrorKind};
use std::path::Path;

use super::exchange::{Moves, Reach};
use super::fault::Fault;
use super::lock::Lock;
use super::target::{Mark, Names, Target, present_mark};

/// The lock on an output, and where its names are.
pub struct Hold {
    /// The names of what is left while a build is at work.
    pub names: Names,
    /// The lock.
    pub lock: Lock,
    /// How the output can be moved.
    pub reach: Reach,
}

impl Hold {
    /// Beside the output; in it, where it can't be moved or nothing may be written beside it.
    ///
    /// # Errors
    /// [`Fault::Busy`] while another build is at work; a folder that is not taken; when the system fails.
    pub fn take(target: &Target, out: &Path, (mark, moves): (Mark, Moves)) -> io::Result<Self> {
        let busy = || Fault::Busy(target.out.clone());
        let (beside, inside) = (Names::beside(out), Names::inside(out));
        let is_there = out.is_dir();
        let reach = if is_there { (moves.reach)(out) } else { Reach::default() };
        if !reach.is_fixed {
            match Lock::take(&beside.lock()) {
                Err(error) if is_there && matches!(error.kind(), ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem) => {}
                taken => {
                    let lock = taken?.ok_or_else(busy)?;
                    // Somebody with other rights may be at work inside.
                    if inside.lock().exists() && Lock::take(&inside.lock())?.is_none() {
                        return Err(busy().into());
                    }
                    return Ok(Self { names: beside, lock, reach });
                }
            }
        }
        // Nothing is written into a folder that is somebody else's.
        present_mark(out, mark)?;
        let lock = Lock::take(&inside.lock())?.ok_or_else(busy)?;
        Ok(Self { names: inside, lock, reach: Reach { is_fixed: true, ..reach } })
    }
}
