//! How long publishing takes after rendering, and what of a build is hashing: `cargo bench --bench publish -- SITE OUT`.
//!
//! SITE is a site of several agencies, OUT a folder to publish into (removed first). One page of the first agency is changed for the
//! time of a run and put back. Prints the median, the least and the most of several runs; the processor's time is Linux's.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use prongsai::base::date::Date;
use prongsai::disk::scan::Site;
use prongsai::disk::target::Target;
use prongsai::engine::{self, Options, Sink, Source, Unit};
use prongsai::publish::{Outcome, Publisher};

const RUNS: usize = 9;

/// Hashes what comes, and nothing else.
#[derive(Default)]
struct Hashing {
    nanoseconds: AtomicU64,
    bytes: AtomicU64,
}

impl Sink for Hashing {
    fn take(&self, unit: Unit) -> io::Result<()> {
        let begun = thread_time();
        let bytes: u64 = unit.output.iter().map(|(_, entry)| (std::hint::black_box(entry.hash()), entry.size()).1).sum();
        self.nanoseconds.fetch_add(thread_time() - begun, Ordering::Relaxed);
        self.bytes.fetch_add(bytes, Ordering::Relaxed);
        Ok(())
    }
}

/// Publishes, and adds up the time that comparing and staging take in all threads.
struct Timed {
    publisher: Publisher,
    nanoseconds: AtomicU64,
}

impl Sink for Timed {
    fn take(&self, unit: Unit) -> io::Result<()> {
        let begun = Instant::now();
        self.publisher.take(unit)?;
        self.nanoseconds.fetch_add(u64::try_from(begun.elapsed().as_nanos()).unwrap(), Ordering::Relaxed);
        Ok(())
    }
}

/// Takes what comes and does nothing with it.
struct Nothing;

impl Sink for Nothing {
    fn take(&self, _: Unit) -> io::Result<()> {
        Ok(())
    }
}

struct Bench {
    site: PathBuf,
    out: PathBuf,
}

impl Bench {
    fn build(&self, sink: &dyn Sink) {
        let site = Site::open(&self.site).unwrap();
        let options = Options { drafts: false, base_url: None, today: Date::parse("2025-11-25").unwrap() };
        engine::build(&site, &options, sink).unwrap();
    }

    fn publish(&self) -> Published {
        let target = Target { site: self.site.clone(), out: self.out.clone(), home: None };
        let timed = Timed { publisher: Publisher::begin(&target).unwrap(), nanoseconds: AtomicU64::default() };
        self.build(&timed);
        let begun = Instant::now();
        let outcome = timed.publisher.publish().unwrap().outcome;
        Published { outcome, after: begun.elapsed(), taking: Duration::from_nanos(timed.nanoseconds.into_inner()) }
    }

    fn runs(&self, what: &str, prepare: &dyn Fn(usize)) {
        let runs: Vec<Published> = (0..RUNS)
            .map(|run| {
                prepare(run);
                self.publish()
            })
            .collect();
        assert!(runs.iter().all(|run| run.outcome == runs[0].outcome), "{what}: not one way");
        println!("{what}: {:?}", runs[0].outcome);
        print("after the last unit", runs.iter().map(|run| run.after).collect());
        print("comparing and staging, all threads", runs.iter().map(|run| run.taking).collect());
    }
}

/// One run: what was done, how long it took from the last unit on, and what taking the units took in all threads together.
struct Published {
    outcome: Outcome,
    after: Duration,
    taking: Duration,
}

fn print(what: &str, mut times: Vec<Duration>) {
    times.sort();
    println!("  {what:36} {:9.1?} ({:.1?} to {:.1?}; {} runs)", times[times.len() / 2], times[0], times[times.len() - 1], times.len());
}

/// The processor's time of this thread so far, in nanoseconds: what else runs on the machine is not in it.
fn thread_time() -> u64 {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    u64::try_from(time.tv_sec * 1_000_000_000 + time.tv_nsec).unwrap()
}

/// The processor's time of this process so far, in hundredths of a second.
fn processor() -> u64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap();
    let fields: Vec<&str> = stat.rsplit_once(')').unwrap().1.split_whitespace().collect();
    fields[11].parse::<u64>().unwrap() + fields[12].parse::<u64>().unwrap()
}

fn main() {
    let mut arguments = std::env::args().skip(1).filter(|argument| !argument.starts_with("--"));
    let (Some(site), Some(out)) = (arguments.next(), arguments.next()) else {
        eprintln!("usage: cargo bench --bench publish -- SITE OUT");
        return;
    };
    let bench = Bench { site: PathBuf::from(site), out: PathBuf::from(out) };
    let _ = std::fs::remove_dir_all(&bench.out);
    let slugs = Site::open(&bench.site).unwrap().listing().unwrap().agencies.unwrap_or_default();
    println!("{} agencies", slugs.len());

    bench.publish();
    bench.runs("nothing changed", &|_| {});
    let page = bench.site.join("content").join(slugs.first().map_or("", String::as_str)).join("bench-publish.md");
    bench.runs("one agency changed", &|run| write(&page, run));
    std::fs::remove_file(&page).unwrap();
    bench.publish();

    let before = processor();
    bench.build(&Nothing);
    let whole = processor() - before;
    let hashing = Hashing::default();
    bench.build(&hashing);
    let (hashed, bytes) = (hashing.nanoseconds.into_inner() / 10_000_000, hashing.bytes.into_inner());
    println!("hashing {bytes} bytes: {hashed} of {whole} hundredths of a second of processor time before writing");
}

fn write(page: &Path, run: usize) {
    std::fs::write(page, format!("---\ntitle: หน้าที่ {run}\n---\n\nเนื้อหา {run}\n")).unwrap();
}
