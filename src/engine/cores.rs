//! Many units on several cores. Owns how the cores are shared out. Where there are many units, each is made by one core from its sources to
//! its files: what belongs together stays near that core, and no more units are in memory than there are cores. Where there are few, the
//! pages of each are made by all cores.

use std::io;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread::{self, Builder};

use rayon::ThreadPoolBuilder;
use rayon::prelude::*;

/// How many units for each core are many: at the end a core may wait for another to finish one of them.
const MANY: usize = 8;

/// Does the work for each unit. After an error no other unit is begun.
///
/// # Errors
/// The first of the work.
pub fn each<T: Sync>(units: &[T], work: impl Fn(&T) -> io::Result<()> + Sync) -> io::Result<()> {
    let cores = rayon::current_num_threads();
    if units.len() < cores * MANY {
        return units.par_iter().try_for_each(&work);
    }
    let next = AtomicUsize::new(0);
    let failed: Mutex<Option<io::Error>> = Mutex::new(None);
    let walk = || {
        while let Some(unit) = units.get(next.fetch_add(1, Ordering::Relaxed)) {
            if let Err(error) = work(unit) {
                next.store(units.len(), Ordering::Relaxed);
                failed.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(error);
            }
        }
    };
    thread::scope(|scope| {
        for _ in 0..cores {
            // What the work would do on all cores is done on the one of its pool.
            let Ok(pool) = ThreadPoolBuilder::new().num_threads(1).build() else { continue };
            let _ = Builder::new().spawn_scoped(scope, move || pool.install(walk));
        }
    });
    // Where the machine gave no thread, this one does the work.
    walk();
    failed.into_inner().unwrap_or_else(PoisonError::into_inner).map_or(Ok(()), Err)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn each_unit_is_worked_on_once() {
        for count in [0, 1, 7, 1_000] {
            let units: Vec<usize> = (0..count).collect();
            let done = Mutex::new(Vec::new());
            each(&units, |unit| {
                let inner: usize = (0..*unit).into_par_iter().map(|_| 1).sum();
                done.lock().unwrap().push(inner);
                Ok(())
            })
            .unwrap();
            let done = done.into_inner().unwrap();
            assert_eq!((done.len(), done.into_iter().collect::<BTreeSet<_>>().len()), (count, count));
        }
    }

    #[test]
    fn after_an_error_nothing_is_begun() {
        let units: Vec<usize> = (0..100_000).collect();
        let begun = AtomicUsize::new(0);
        let error = each(&units, |unit| {
            begun.fetch_add(1, Ordering::Relaxed);
            if *unit == 5 { Err(io::Error::other("five")) } else { Ok(()) }
        });
        assert_eq!(error.unwrap_err().to_string(), "five");
        assert!(begun.into_inner() < units.len());
    }
}
