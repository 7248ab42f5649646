//! How far long work is, on a terminal that somebody watches. Owns when that is said and how the line goes away again; what is counted is
//! told by the build. Refuses to say anything where the talk goes into a file.

use std::collections::BTreeSet;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use super::terminal::Terminal;
use crate::base::address::Address;
use crate::base::public_key::PublicKey;
use crate::engine::gone::Gone;
use crate::engine::{Memory, Sink, Source, Unit};
use crate::finding::Param;

/// How often the line is written, and how often nothing is said first: short work needs no line.
const STEP: Duration = Duration::from_millis(250);
const QUIET: usize = 4;

/// Does the work and tells meanwhile how many units of a site are made.
///
/// # Errors
/// Those of the work.
pub fn build<T>(site: &dyn Source, sink: &dyn Sink, terminal: &Terminal, work: impl FnOnce(&dyn Sink) -> io::Result<T>) -> io::Result<T> {
    if !terminal.is_watched() {
        return work(sink);
    }
    let total = site.listing()?.agencies.map_or(1, |agencies| agencies.len());
    let counting = Counting { sink, made: AtomicUsize::new(0) };
    let (done, waits) = mpsc::channel::<()>();
    thread::scope(|scope| {
        scope.spawn(|| {
            let waits = waits;
            let mut steps = 0;
            while waits.recv_timeout(STEP) == Err(RecvTimeoutError::Timeout) {
                steps += 1;
                if steps >= QUIET {
                    let (made, seconds) = (counting.made.load(Ordering::Relaxed).min(total), steps / 4);
                    let th = format!("\r\u{1b}[Kกำลังทำงาน {made}/{total} หน่วยงาน {seconds} วินาที");
                    let en = format!("\r\u{1b}[Kworking: {made} of {total} agencies, {seconds} s");
                    terminal.talk(terminal.choose(&th, &en));
                }
            }
            if steps >= QUIET {
                terminal.talk("\r\u{1b}[K");
            }
        });
        let worked = work(&counting);
        drop(done);
        worked
    })
}

/// A sink that counts what passes.
struct Counting<'a> {
    sink: &'a dyn Sink,
    made: AtomicUsize,
}

impl Sink for Counting<'_> {
    fn take(&self, unit: Unit) -> io::Result<()> {
        self.made.fetch_add(1, Ordering::Relaxed);
        self.sink.take(unit)
    }

    fn leave(&self, slug: &str) -> io::Result<bool> {
        self.made.fetch_add(1, Ordering::Relaxed);
        self.sink.leave(slug)
    }

    fn blames(&self, error: &io::Error) -> Option<(Arc<str>, Param)> {
        self.sink.blames(error)
    }

    fn memory(&self) -> Option<&dyn Memory> {
        self.sink.memory()
    }

    fn gone(&self) -> io::Result<Vec<Gone>> {
        self.sink.gone()
    }

    fn answered(&self, addresses: &BTreeSet<Address>) {
        self.sink.answered(addresses);
    }

    fn name_key(&self, key: &PublicKey) -> io::Result<()> {
        self.sink.name_key(key)
    }
}
