//! `--timings`: how long a build took, for what and for whom. Owns the table for people and the trace for viewers, in the Trace Event
//! Format that Perfetto and `chrome://tracing` open. Refuses to know what the phases are for: the build tells when each begins and ends.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::ThreadId;

use serde_json::json;

use super::edge::Stopwatch;
use super::sentence;
use super::terminal::Terminal;
use crate::base::language::Language;
use crate::base::path_text::path_text;
use crate::base::width::width;
use crate::disk::trace_file;
use crate::engine::trace::{Phase, Tracer};
use crate::finding::Param;

/// How many agencies the table names.
const SLOWEST: usize = 10;

/// Writes down when work begins and ends.
#[derive(Debug)]
pub struct Timings {
    watch: Stopwatch,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    /// Threads in the order in which they were first heard of, and the work that is under way on each.
    threads: Vec<(ThreadId, Vec<Open>)>,
    done: Vec<Done>,
}

/// Work under way.
#[derive(Debug)]
struct Open {
    phase: Phase,
    slug: Arc<str>,
    since: u64,
    /// How much of it went into other work, such as of another agency that the thread took up while it waited.
    other: u64,
}

/// Work that is done. Times are in microseconds.
#[derive(Debug)]
struct Done {
    phase: Phase,
    slug: Arc<str>,
    since: u64,
    took: u64,
    own: u64,
    thread: usize,
}

/// What was made anew, for the last line of the table: neither what was kept as it was, nor the manifests, which come at the end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Amount {
    /// Files.
    pub files: usize,
    /// How many of them are pages.
    pub pages: usize,
    /// Their bytes.
    pub bytes: u64,
}

impl Tracer for Timings {
    fn enter(&self, phase: Phase, slug: &str) {
        let (id, since) = (std::thread::current().id(), self.watch.micros());
        let mut state = self.state();
        let open = Open { phase, slug: Arc::from(slug), since, other: 0 };
        match state.threads.iter_mut().find(|(known, _)| *known == id) {
            Some((_, stack)) => stack.push(open),
            None => state.threads.push((id, vec![open])),
        }
    }

    fn leave(&self) {
        let (id, now) = (std::thread::current().id(), self.watch.micros());
        let mut state = self.state();
        let Some(thread) = state.threads.iter().position(|(known, _)| *known == id) else { return };
        let stack = &mut state.threads[thread].1;
        let Some(Open { phase, slug, since, other }) = stack.pop() else { return };
        let took = now.saturating_sub(since);
        if let Some(outer) = stack.last_mut() {
            outer.other += took;
        }
        state.done.push(Done { phase, slug, since, took, own: took.saturating_sub(other), thread });
    }
}

impl Timings {
    /// Begins to measure.
    pub fn begin() -> Self {
        Self { watch: Stopwatch::begin(), state: Mutex::default() }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Writes the trace beside the sources, and says what took how long.
    pub fn tell(&self, site: &Path, amount: Amount, terminal: &Terminal) {
        let took = self.watch.micros();
        let done = std::mem::take(&mut self.state().done);
        terminal.talk(&table(&done, (took, amount), terminal.language));
        let told = match trace_file::write(site, &trace(&done, terminal.language)) {
            Ok(path) => {
                let path = path_text(path.as_os_str());
                let th = format!("ดูทีละขั้นตอนได้โดยเปิด {path} ใน https://ui.perfetto.dev หรือ chrome://tracing\n");
                let en = format!("the steps one by one: open {path} in https://ui.perfetto.dev or chrome://tracing\n");
                terminal.choose(&th, &en).to_owned()
            }
            Err(error) => {
                let why = sentence(&error, terminal.language);
                terminal.choose(&format!("หมายเหตุ: {why}\n"), &format!("note: {why}\n")).to_owned()
            }
        };
        terminal.talk(&told);
    }
}

fn word(phase: Phase, language: Language) -> &'static str {
    let (th, en) = match phase {
        Phase::Scan => ("อ่านไฟล์", "read files"),
        Phase::Rules => ("ตรวจข้อมูล", "judge records"),
        Phase::Data => ("ทำตารางและไฟล์ข้อมูล", "tables and data"),
        Phase::Pages => ("เขียนหน้า", "write pages"),
        Phase::Search => ("ทำดัชนีค้นหา", "search index"),
        Phase::SelfTest => ("ตรวจหน้าที่เสร็จแล้ว", "look at pages"),
        Phase::Store => ("เทียบและเขียนลงดิสก์", "compare and store"),
        Phase::Site => ("หน้ารวมของเว็บไซต์", "the site's own"),
        Phase::Publish => ("เผยแพร่", "publish"),
    };
    if language == Language::Th { th } else { en }
}

/// A time in seconds with two digits.
fn seconds(micros: u64) -> String {
    let hundredths = (micros + 5_000) / 10_000;
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}

/// The phases by the time that they took on all threads, the slowest agencies, and what there is.
fn table(done: &[Done], (took, amount): (u64, Amount), language: Language) -> String {
    let th = language == Language::Th;
    let unit = if th { "วินาที" } else { "s" };
    let mut phases: BTreeMap<Phase, u64> = BTreeMap::new();
    let mut agencies: BTreeMap<&str, u64> = BTreeMap::new();
    for one in done {
        *phases.entry(one.phase).or_default() += one.own;
        if !one.slug.is_empty() {
            *agencies.entry(&one.slug).or_default() += one.own;
        }
    }
    let all: u64 = phases.values().sum();
    let mut lines: Vec<(String, String)> = Vec::new();
    for (phase, own) in &phases {
        let share = (own * 100 + all / 2).checked_div(all).unwrap_or_default();
        lines.push((word(*phase, language).to_owned(), format!("{} {unit} {share:>3} %", seconds(*own))));
    }
    let mut slowest: Vec<(&str, u64)> = agencies.into_iter().collect();
    slowest.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    let head = if th { "เวลาของทุกเธรดรวมกัน\n" } else { "time on all threads together\n" };
    let mut text = format!("{head}{}", columns(&lines));
    if !slowest.is_empty() {
        text.push_str(if th {
            "หน่วยงานที่ใช้เวลามากที่สุด\n"
        } else {
            "slowest agencies\n"
        });
        let shown: Vec<(String, String)> = slowest
            .iter()
            .take(SLOWEST)
            .map(|(slug, own)| (Param::from(*slug).show(language), format!("{} {unit}", seconds(*own))))
            .collect();
        text.push_str(&columns(&shown));
    }
    let Amount { files, pages, bytes } = amount;
    let rate = (pages as u64).saturating_mul(1_000_000).checked_div(took).unwrap_or_default();
    let mib = bytes.div_ceil(1024 * 1024);
    text.push_str(&if th {
        format!("ทั้งหมด {} {unit}: สร้าง {files} ไฟล์ (ไม่นับ manifest.json) {pages} หน้า {mib} MiB, {rate} หน้าต่อวินาที\n", seconds(took))
    } else {
        format!(
            "{} {unit} in all: made {files} files (without manifest.json), {pages} pages, {mib} MiB, {rate} pages per second\n",
            seconds(took)
        )
    });
    text
}

/// Names, and figures below each other at the right.
fn columns(lines: &[(String, String)]) -> String {
    let widest = |of: &dyn Fn(&(String, String)) -> usize| lines.iter().map(of).max().unwrap_or_default();
    let (names, figures) = (widest(&|line| width(&line.0)), widest(&|line| width(&line.1)));
    let one = |(name, figure): &(String, String)| {
        let gap = names - width(name) + 2 + figures - width(figure);
        format!("  {name}{}{figure}\n", " ".repeat(gap))
    };
    lines.iter().map(one).collect()
}

/// One event for each piece of work.
fn trace(done: &[Done], language: Language) -> Vec<u8> {
    let mut text = String::from("{\"displayTimeUnit\":\"ms\",\"traceEvents\":[");
    for (number, one) in done.iter().enumerate() {
        let event = json!({
            "name": word(one.phase, language), "cat": "build", "ph": "X", "ts": one.since, "dur": one.took, "pid": 1, "tid": one.thread + 1,
            "args": {"agency": one.slug.as_ref()},
        });
        text.push_str(if number == 0 { "\n" } else { ",\n" });
        text.push_str(&event.to_string());
    }
    text.push_str("\n]}\n");
    text.into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn done(phase: Phase, slug: &str, own: u64) -> Done {
        Done { phase, slug: Arc::from(slug), since: 0, took: own, own, thread: 0 }
    }

    #[test]
    fn a_table_has_phases_the_slowest_and_what_there_is() {
        let list = [
            done(Phase::Pages, "a", 1_500_000),
            done(Phase::Scan, "a", 250_000),
            done(Phase::Pages, "ก", 250_000),
            done(Phase::Site, "", 0),
        ];
        let amount = Amount { files: 20, pages: 10, bytes: 1024 * 1024 + 1 };
        let told = table(&list, (2_000_000, amount), Language::En);
        let expected = "time on all threads together\n  read files      0.25 s  13 %\n  write pages     1.75 s  88 %\n  the site's own  0.00 s   0 %\n\
                        slowest agencies\n  a  1.75 s\n  ก  0.25 s\n2.00 s in all: made 20 files (without manifest.json), 10 pages, 2 MiB, 5 pages per second\n";
        assert_eq!(told, expected);
        assert!(table(&[], (0, Amount::default()), Language::Th).contains("0 หน้าต่อวินาที"));
        let told = table(&list, (2_000_000, amount), Language::Th);
        assert!(told.contains("  a  1.75 วินาที\n") && !told.contains(" s"), "{told}");
    }

    #[test]
    fn work_within_work_counts_once() {
        let timings = Timings::begin();
        timings.enter(Phase::Pages, "a");
        timings.enter(Phase::Rules, "b");
        timings.leave();
        timings.leave();
        // Nothing began that could end.
        timings.leave();
        let state = timings.state();
        let (inner, outer) = (&state.done[0], &state.done[1]);
        assert_eq!((inner.phase, &*outer.slug, state.done.len()), (Phase::Rules, "a", 2));
        assert_eq!(outer.own, outer.took - inner.took);
        assert!(inner.since >= outer.since);
        let trace: serde_json::Value = serde_json::from_slice(&trace(&state.done, Language::En)).unwrap();
        assert_eq!(trace["traceEvents"][1]["name"], "write pages");
        assert_eq!(trace["traceEvents"][0]["args"]["agency"], "b");
    }
}
