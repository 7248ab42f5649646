//! How far long work is. Owns when that is said: on a terminal that somebody watches as one line that goes away again, elsewhere, as in the
//! log of a machine, as a plain line now and then; and the count of what passed. Refuses to say anything of short work.

use std::collections::BTreeSet;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use super::edge::Stopwatch;
use super::terminal::Terminal;
use super::timings::Amount;
use crate::base::address::Address;
use crate::base::hash::Hash;
use crate::base::language::Language;
use crate::base::public_key::PublicKey;
use crate::engine::gone::Gone;
use crate::engine::{Memory, Sink, Unit};
use crate::finding::Param;

/// How often the line is written on a terminal, and for how many seconds nothing is said first: short work needs no line.
const STEP: Duration = Duration::from_millis(250);
const QUIET: u64 = 1;

/// After how many seconds a plain line follows another, and the first one comes.
const PLAIN: u64 = 10;

/// Does the work, and tells meanwhile how many of `total` agencies are made. What came to the sink is given back.
///
/// # Errors
/// Those of the work.
pub fn build<T>(
    total: usize,
    sink: &dyn Sink,
    terminal: &Terminal,
    work: impl FnOnce(&dyn Sink) -> io::Result<T>,
) -> io::Result<(T, Amount)> {
    let counting =
        Counting { sink, made: AtomicUsize::new(0), files: AtomicUsize::new(0), pages: AtomicUsize::new(0), bytes: AtomicU64::new(0) };
    let (done, waits) = mpsc::channel::<()>();
    let worked = thread::scope(|scope| {
        let counting = &counting;
        scope.spawn(move || watch(counting, total, &waits, terminal));
        let worked = work(counting);
        drop(done);
        worked
    })?;
    Ok((worked, counting.amount()))
}

/// Writes lines until the work is done.
fn watch(counting: &Counting<'_>, total: usize, waits: &mpsc::Receiver<()>, terminal: &Terminal) {
    let watch = Stopwatch::begin();
    let is_watched = terminal.is_watched();
    let mut told: u64 = 0;
    while waits.recv_timeout(STEP) == Err(RecvTimeoutError::Timeout) {
        let millis = watch.micros() / 1_000;
        let seconds = millis / 1_000;
        let line = || line((counting.made.load(Ordering::Relaxed), total), millis, terminal.language);
        if is_watched && seconds >= QUIET {
            terminal.talk(&format!("\r\u{1b}[K{}", line()));
            told = seconds;
        } else if !is_watched && total > 1 && seconds >= told + PLAIN {
            terminal.talk(&format!("{}\n", line()));
            told = seconds;
        }
    }
    if is_watched && told > 0 {
        terminal.talk("\r\u{1b}[K");
    }
}

/// How many are made, how fast, and how long the rest takes if it goes on so.
fn line((made, total): (usize, usize), millis: u64, language: Language) -> String {
    let th = language == Language::Th;
    let seconds = millis / 1_000;
    let made = made.min(total);
    let (done, rest) = (made as u64, (total - made) as u64);
    let mut text = match th {
        true => format!("กำลังทำงาน {made}/{total} หน่วยงาน {}", clock(seconds, language)),
        false => format!("working: {made} of {total} agencies, {}", clock(seconds, language)),
    };
    // A rate of few is chance.
    if total > 1 && done >= 3 && seconds > 0 {
        let tenths = done * 10_000 / millis;
        let rate = format!("{}.{}", tenths / 10, tenths % 10);
        let left = clock((rest * millis).div_ceil(done * 1_000), language);
        text.push_str(&match (th, rest) {
            (true, 0) => format!(" ({rate} หน่วยงานต่อวินาที) กำลังทำหน้ารวม"),
            (false, 0) => format!(" ({rate} a second), now the site's own pages"),
            (true, _) => format!(" ({rate} หน่วยงานต่อวินาที) เหลือประมาณ {left}"),
            (false, _) => format!(" ({rate} a second), about {left} left"),
        });
    }
    text
}

/// A time as people say it.
fn clock(seconds: u64, language: Language) -> String {
    let (minutes, rest) = (seconds / 60, seconds % 60);
    match (language, minutes) {
        (Language::Th, 0) => format!("{seconds} วินาที"),
        (Language::Th, _) => format!("{minutes} นาที {rest} วินาที"),
        (Language::En, 0) => format!("{seconds} s"),
        (Language::En, _) => format!("{minutes} min {rest} s"),
    }
}

/// A sink that counts what passes.
struct Counting<'a> {
    sink: &'a dyn Sink,
    made: AtomicUsize,
    files: AtomicUsize,
    pages: AtomicUsize,
    bytes: AtomicU64,
}

impl Counting<'_> {
    fn amount(&self) -> Amount {
        let of = |count: &AtomicUsize| count.load(Ordering::Relaxed);
        Amount { files: of(&self.files), pages: of(&self.pages), bytes: self.bytes.load(Ordering::Relaxed) }
    }
}

impl Sink for Counting<'_> {
    fn take(&self, unit: Unit) -> io::Result<()> {
        self.made.fetch_add(1, Ordering::Relaxed);
        self.files.fetch_add(unit.output.len(), Ordering::Relaxed);
        let pages = unit.output.iter().filter(|(path, _)| path.ends_with(".html")).count();
        self.pages.fetch_add(pages, Ordering::Relaxed);
        self.bytes.fetch_add(unit.output.iter().map(|(_, entry)| entry.size()).sum(), Ordering::Relaxed);
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
        self.sink.memory().map(|_| self as &dyn Memory)
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

/// What is as it was counts as made.
impl Memory for Counting<'_> {
    fn recall(&self, unit: &str) -> Option<Vec<u8>> {
        self.sink.memory()?.recall(unit)
    }

    fn recall_beside(&self, unit: &str) -> Option<Vec<u8>> {
        self.sink.memory()?.recall_beside(unit)
    }

    fn write_down(&self, unit: &str, record: (&[u8], &[u8])) {
        if let Some(memory) = self.sink.memory() {
            memory.write_down(unit, record);
        }
    }

    fn forget_others(&self, slugs: &BTreeSet<&str>) {
        if let Some(memory) = self.sink.memory() {
            memory.forget_others(slugs);
        }
    }

    fn receipt(&self, unit: &str) -> Option<Hash> {
        self.sink.memory()?.receipt(unit)
    }

    fn take_as_it_is(&self, unit: &str, receipt: Hash) -> io::Result<bool> {
        let is_taken = self.sink.memory().map_or(Ok(false), |memory| memory.take_as_it_is(unit, receipt))?;
        self.made.fetch_add(usize::from(is_taken), Ordering::Relaxed);
        Ok(is_taken)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_has_count_rate_and_time_left() {
        let en = |made, total, seconds: u64| line((made, total), seconds * 1_000, Language::En);
        assert_eq!(en(0, 225, 1), "working: 0 of 225 agencies, 1 s");
        assert_eq!(en(45, 225, 10), "working: 45 of 225 agencies, 10 s (4.5 a second), about 40 s left");
        assert_eq!(en(1000, 8300, 100), "working: 1000 of 8300 agencies, 1 min 40 s (10.0 a second), about 12 min 10 s left");
        // The site's own unit is counted too.
        assert_eq!(en(230, 225, 50), "working: 225 of 225 agencies, 50 s (4.5 a second), now the site's own pages");
        let th = line((45, 225), 10_000, Language::Th);
        assert_eq!(th, "กำลังทำงาน 45/225 หน่วยงาน 10 วินาที (4.5 หน่วยงานต่อวินาที) เหลือประมาณ 40 วินาที");
    }
}
