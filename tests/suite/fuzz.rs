//! Readers of text against inputs that nobody wrote: those that fuzzing found worth keeping (`fuzz/kept/`), and new ones made from
//! them, others each day, so that a run can be repeated. A failure names the seed and the run, which `FUZZ_SEED` repeats on any day.

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{SystemTime, UNIX_EPOCH};

use crate::support::{files_below, root};

#[path = "../../fuzz/readers.rs"]
mod readers;

/// How many new inputs each reader gets.
const NEW: u64 = 20_000;

/// No new input is longer.
const LONGEST: usize = 4096;

/// What a reader may take for a sign.
const TOKENS: &[&str] = &[
    "---\n",
    "\n",
    "\r\n",
    "  ",
    "\t",
    "- ",
    ": ",
    "? ",
    "&a ",
    "*a",
    "<<: ",
    "!!str ",
    "[",
    "]",
    "{",
    "}",
    "\"",
    "'",
    "#",
    "|\n",
    ">-\n",
    "%YAML",
    "\u{feff}",
    "\u{0}",
    "\u{200b}",
    "\u{e33}",
    "\u{e4d}\u{e32}",
    "\u{e48}",
    "ก",
    "๒๕๖๘",
    "๙๙.๕",
    "0",
    "9",
    "1e9",
    "-",
    ".",
    "/",
    "2568",
    "2568-02-29",
    "null",
    "~",
    "true",
    "o1",
    "I๔",
    "๐๑",
    "e1: {ep: 1, es: 2}",
    "framework: small\n",
    "items:\n",
    "- {id: a, name: b}\n",
    "**",
    "__",
    "~~",
    "[^1]",
    "[^1]: ก\n",
    "{{ score(\"i1\") }}",
    "{{",
    "}}",
    "{#x}",
    "](",
    "![",
    "<b>",
    "<!--",
    "-->",
    "&amp;",
    "&#0;",
    "| a | b |\n|---|---|\n",
    "> ",
    "# ",
    "1. ",
    "```\n",
    "\\",
    "href=",
    " id=",
    "</",
    "<script>",
    "</script>",
    "\u{fffe}",
    "\u{202e}",
    "x\n===\n",
    "1-2345-67890-12-1",
    "๑ ๒๓๔๕ ๖๗๘๙๐ ๑๒ ๑",
    "โทร. 081-234-5678 ",
    "เลขที่บัญชี 123-4-56789-0 ",
    "ข้อ i1 ได้ 95.25 คะแนน ",
    "ประเด็นที่ ๑ เฉลี่ย ๙๗.๖๑.๐๐ คะแนน ",
    "| ข้อ | คะแนน |\n|---|---|\n| i1 | EP 9 ES 8 |\n",
    "เว็บไซต์เทศบาลตำบลชนวนเพื่อ",
    "อบต. ",
    "จังหวัดเลย ",
    "%2e%2e/",
    "%2F",
    "%E0%B8%81",
    "http://localhost/",
    "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n",
    "Range: bytes=1-2\r\n",
];

/// A stream of numbers from a seed (splitmix64).
pub struct Chance(pub u64);

impl Chance {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub fn below(&mut self, n: usize) -> usize {
        (self.next() % n.max(1) as u64) as usize
    }
}

/// A new input from the kept ones.
fn mutant(kept: &[Vec<u8>], chance: &mut Chance) -> Vec<u8> {
    let mut bytes = kept.get(chance.below(kept.len())).cloned().unwrap_or_default();
    for _ in 0..=chance.below(8) {
        let at = chance.below(bytes.len() + 1);
        let length = chance.below(32).min(bytes.len() - at);
        match chance.below(7) {
            0 if at < bytes.len() => bytes[at] ^= 1 << chance.below(8),
            1 => drop(bytes.drain(at..at + length)),
            2 => {
                let copied = bytes[at..at + length].repeat(1 + chance.below(4));
                bytes.splice(at..at, copied);
            }
            3 => bytes.truncate(at),
            4 => {
                let token = TOKENS[chance.below(TOKENS.len())].repeat(1 + chance.below(3) * chance.below(40));
                bytes.splice(at..at, token.into_bytes());
            }
            5 => {
                let other = &kept[chance.below(kept.len())];
                let from = chance.below(other.len());
                bytes.splice(at.., other[from.min(other.len())..].iter().copied());
            }
            _ => bytes.splice(at..at, TOKENS[chance.below(TOKENS.len())].bytes()).for_each(drop),
        }
        bytes.truncate(LONGEST);
    }
    bytes
}

/// The number of the day since 1970.
fn today() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs() / (24 * 60 * 60)
}

/// The seed of this run: the day, or what `FUZZ_SEED` names.
pub fn seed() -> u64 {
    std::env::var("FUZZ_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or_else(today)
}

/// Replays what is kept for a reader, then new inputs.
fn put_to_the_test(name: &str) {
    let (_, read) = readers::READERS.iter().find(|(reader, _)| *reader == name).unwrap();
    let kept: Vec<Vec<u8>> = files_below(&root().join("fuzz/kept").join(name)).iter().map(|path| fs::read(path).unwrap()).collect();
    assert!(!kept.is_empty(), "nothing is kept for {name}");
    for input in &kept {
        read(input);
    }
    let seed = seed();
    let mut chance = Chance(seed);
    for run in 0..NEW {
        let input = mutant(&kept, &mut chance);
        let survived = catch_unwind(AssertUnwindSafe(|| read(&input))).is_ok();
        assert!(survived, "{name}, FUZZ_SEED={seed}, input {run}: {:?}", String::from_utf8_lossy(&input));
    }
}

macro_rules! readers {
    ($($name:ident),*) => {
        $(#[test]
        fn $name() {
            put_to_the_test(stringify!($name));
        })*

        #[test]
        fn every_reader_is_put_to_the_test() {
            let names: Vec<&str> = readers::READERS.iter().map(|(name, _)| *name).collect();
            assert_eq!(names, [$(stringify!($name)),*]);
        }
    };
}
readers!(yaml, commentary, records, pack, code, digits, date, tags, prose, numbers, attachment, procurement, keys, request);
