//! The index of a search as files: which entries may hold what is asked for, and their texts. Owns how both are written. What the script
//! `search.js` of the theme makes of them, it makes alone; `tests/browser/search.mjs` holds one against the other.
//!
//! Each pair of neighbouring clusters of an entry's text falls into one of 4,096 buckets, and a bucket lists the entries of its pairs. What
//! lies in every bucket of a query may have it, and the entry's own text tells; so pairs that share a bucket cost a look and nothing else.
//! There is no list of pairs, the files keep their names, and an edit changes the text's file and the parts that its pairs are in.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::ops::Range;

use serde_json::json;

use super::voice::Voice;
use crate::base::address::Address;
use crate::base::fold::{folded, letters, tidy};
use crate::base::json;
use crate::base::language::{Language, Name};
use crate::site::search::{Entry, Kind};
use crate::site::table::{Label, Value};
use crate::text::html::seen;

/// How many buckets there are.
const BUCKETS: usize = 4096;

/// The most entries whose index is in few parts; a part is then some kilobytes.
const FEW: usize = 2000;

/// When a file of texts is full: six entries of prose, about 20 KB.
const CHUNK: usize = 48;

/// The letters of numbers: five bits each, those from 32 on say that another follows.
const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// What the files of an index are made of.
pub struct Index<'a> {
    /// The front page of the unit, from which the script finds all others.
    pub base: &'a Address,
    /// What can be found.
    pub entries: &'a [Entry],
    /// Names of one thing, the full form first.
    pub names: &'a [Vec<String>],
    /// How many entries a query looks at before it asks for another word.
    pub most: usize,
    /// How the site speaks.
    pub voice: &'a Voice,
    /// What is shown of each entry, once it was asked for.
    pub texts: Said,
}

/// Of each entry label, title and text, as they are shown and compared.
#[derive(Default)]
pub struct Said(OnceCell<Vec<[String; 3]>>);

impl Index<'_> {
    /// Which entries stand in each file of texts. That follows from their kinds alone, so that an edit moves none into another.
    pub fn chunks(&self) -> Vec<Range<usize>> {
        let mut chunks = Vec::new();
        let (mut start, mut weight) = (0, 0);
        for (number, entry) in self.entries.iter().enumerate() {
            if weight >= CHUNK {
                chunks.push(start..number);
                (start, weight) = (number, 0);
            }
            weight += weight_of(entry.kind);
        }
        if start < self.entries.len() {
            chunks.push(start..self.entries.len());
        }
        chunks
    }

    /// A file of texts.
    pub fn text(&self, number: usize, entries: Range<usize>) -> Vec<u8> {
        let mut out = format!("prongsaiSearch.text({number},[").into_bytes();
        let texts = self.texts();
        for at in entries.clone() {
            let (entry, [label, title, text]) = (&self.entries[at], &texts[at]);
            let fragment = entry.fragment.as_ref().map(|id| format!("#{id}")).unwrap_or_default();
            let below = entry.address.as_str().strip_prefix(self.base.as_str()).unwrap_or_default();
            out.extend_from_slice(if at == entries.start { b"[" } else { b",\n[" });
            json::text(&format!("{below}{fragment}"), &mut out);
            out.push(b',');
            json::text(entry.kind.word(), &mut out);
            let year = entry.year.map_or_else(|| "null".to_owned(), |year| year.to_string());
            out.extend_from_slice(format!(",{year},[").as_bytes());
            for (i, key) in keys(entry).iter().enumerate() {
                out.extend_from_slice(if i > 0 { b"," } else { b"" });
                json::text(key, &mut out);
            }
            out.push(b']');
            for text in [label, title, text] {
                out.push(b',');
                json::text(text, &mut out);
            }
            out.push(b']');
        }
        out.extend_from_slice(b"]);\n");
        out
    }

    /// In how many parts the table of pairs is.
    pub fn parts(&self) -> usize {
        if self.entries.len() <= FEW { 8 } else { 64 }
    }

    /// The table of pairs.
    pub fn table(&self) -> Table {
        let mut table = Table::new(self.entries.len(), self.parts());
        for (number, (entry, texts)) in self.entries.iter().zip(self.texts()).enumerate() {
            for text in texts {
                table.add(number, text);
            }
            for key in keys(entry) {
                table.put(number, bucket(hash(start(2), &key)));
            }
        }
        table
    }

    /// What the script reads first.
    pub fn head(&self) -> Vec<u8> {
        let names: Vec<Vec<String>> = self.names.iter().map(|forms| forms.iter().map(|form| folded(form)).collect()).collect();
        let latest = self.entries.iter().filter_map(|entry| entry.year).max();
        let chunks: Vec<usize> = self.chunks().into_iter().map(|chunk| chunk.start).collect();
        let head = json!({
            "entries": self.entries.len(), "parts": self.parts(), "chunks": chunks, "names": names, "latest": latest, "most": self.most,
        });
        format!("prongsaiSearch.head({head});\n").into_bytes()
    }

    fn texts(&self) -> &[[String; 3]] {
        self.texts.0.get_or_init(|| self.entries.iter().map(|entry| self.texts_of(entry)).collect())
    }

    /// Label, title and text of an entry. What is shown in one language is found in both.
    fn texts_of(&self, entry: &Entry) -> [String; 3] {
        let said = |label: &Label| seen(&self.voice.label(label));
        let mut text = entry.text.clone();
        let mut add = |part: &str| {
            if !part.is_empty() {
                text.push('\n');
                text.push_str(part);
            }
        };
        entry.notes.iter().for_each(|note| add(&said(note)));
        for (_, value) in &entry.title.values {
            if let Value::Name(Name { th, en: Some(en) }) = value {
                add(if self.voice.language == Language::En { th } else { en });
            }
        }
        add(&entry.other);
        [said(&entry.label), said(&entry.title), text].map(|text| if let Cow::Owned(tidy) = tidy(&text) { tidy } else { text })
    }
}

/// How much of a file of texts an entry takes: those with prose much more than others.
fn weight_of(kind: Kind) -> usize {
    match kind {
        Kind::Page | Kind::Issue | Kind::Item | Kind::Report => 8,
        Kind::Measure => 3,
        _ => 1,
    }
}

/// What finds an entry besides its words.
fn keys(entry: &Entry) -> Vec<String> {
    entry.keys.iter().cloned().chain(entry.year.map(|year| format!("y{year}"))).collect()
}

/// Which entries are in which bucket, a bit each.
pub struct Table {
    parts: usize,
    words: usize,
    bits: Vec<u64>,
}

impl Table {
    fn new(entries: usize, parts: usize) -> Self {
        let words = entries.div_ceil(64);
        Self { parts, words, bits: vec![0; words * BUCKETS] }
    }

    fn put(&mut self, entry: usize, bucket: usize) {
        self.bits[bucket * self.words + entry / 64] |= 1 << (entry % 64);
    }

    /// Puts an entry into the buckets of the clusters of a tidy text, and of their pairs.
    fn add(&mut self, entry: usize, text: &str) {
        let mut cluster: Option<Cluster> = None;
        letters(text, |c, begins| {
            let before = cluster.take_if(|_| begins);
            if let Some(before) = &before {
                self.put_cluster(entry, before);
            }
            cluster.get_or_insert_with(|| Cluster::behind(before.as_ref())).push(c);
        });
        if let Some(cluster) = &cluster {
            self.put_cluster(entry, cluster);
        }
    }

    fn put_cluster(&mut self, entry: usize, cluster: &Cluster) {
        let [alone, pair, _] = cluster.hashes;
        self.put(entry, bucket(alone));
        if cluster.is_second {
            self.put(entry, bucket(pair));
        }
    }

    /// The file of a part.
    pub fn part(&self, part: usize) -> Vec<u8> {
        let size = BUCKETS / self.parts;
        let mut out = format!("prongsaiSearch.part({part},\"").into_bytes();
        self.buckets(part * size..(part + 1) * size, &mut out);
        out.extend_from_slice(b"\");\n");
        out
    }

    /// Writes some buckets, in order, with a space between.
    fn buckets(&self, buckets: Range<usize>, out: &mut Vec<u8>) {
        out.reserve(buckets.len() * 16);
        for bucket in buckets.clone() {
            if bucket > buckets.start {
                out.push(b' ');
            }
            let mut next = 0;
            for (word, bits) in self.bits[bucket * self.words..(bucket + 1) * self.words].iter().enumerate() {
                let mut bits = *bits;
                while bits != 0 {
                    let entry = word * 64 + bits.trailing_zeros() as usize;
                    bits &= bits - 1;
                    put_number(entry + 1 - next, out);
                    next = entry + 1;
                }
            }
        }
    }
}

/// A cluster in the making.
struct Cluster {
    /// Alone, behind the cluster before it, and as what the next one is behind: three hashes of the same units.
    hashes: [u32; 3],
    /// Is there a cluster before it?
    is_second: bool,
}

impl Cluster {
    fn behind(before: Option<&Self>) -> Self {
        Self { hashes: [start(1), before.map_or(BASIS, |before| before.hashes[2]), BASIS], is_second: before.is_some() }
    }

    fn push(&mut self, c: char) {
        self.hashes = hashes(self.hashes, std::iter::once(c));
    }
}

/// Where a hash begins: FNV-1a over UTF-16 units, which the script has at hand.
const BASIS: u32 = 2_166_136_261;

/// Where the hash begins of what is no pair: of one cluster (1) or of a key (2).
fn start(kind: u32) -> u32 {
    step(BASIS, kind)
}

/// The hash of a text that follows on what was hashed.
fn hash(before: u32, text: &str) -> u32 {
    hashes([before], text.chars())[0]
}

/// The hashes of a text that follows on several.
fn hashes<const N: usize>(before: [u32; N], text: impl Iterator<Item = char>) -> [u32; N] {
    text.fold(before, |hashes, c| {
        let code = u32::from(c);
        // Nearly every letter is one unit.
        if code < 0x1_0000 {
            return hashes.map(|hash| step(hash, code));
        }
        let mut units = [0; 2];
        c.encode_utf16(&mut units).iter().fold(hashes, |hashes, unit| hashes.map(|hash| step(hash, u32::from(*unit))))
    })
}

fn step(hash: u32, unit: u32) -> u32 {
    (hash ^ unit).wrapping_mul(16_777_619)
}

/// The bucket that a hash falls into.
fn bucket(hash: u32) -> usize {
    (hash ^ (hash >> 15)) as usize % BUCKETS
}

/// Writes a number, the high digits first.
fn put_number(number: usize, out: &mut Vec<u8>) {
    let mut shift = 0;
    while number >> shift >= 32 {
        shift += 5;
    }
    while shift > 0 {
        out.push(DIGITS[32 + ((number >> shift) & 31)]);
        shift -= 5;
    }
    out.push(DIGITS[number & 31]);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_the_script_reads_them() {
        for (number, text) in [(1, "B"), (31, "f"), (32, "hA"), (1023, "_f"), (1024, "hgA"), (8300, "oDM")] {
            let mut out = Vec::new();
            put_number(number, &mut out);
            assert_eq!(out.len(), text.len(), "{number}");
            let read = out.iter().fold(0, |sum, digit| sum * 32 + (DIGITS.iter().position(|d| d == digit).unwrap() & 31));
            assert_eq!(read, number);
        }
    }

    #[test]
    fn a_bucket_lists_its_entries() {
        let mut table = Table::new(200, 8);
        for entry in [0, 5, 63, 64, 199] {
            table.add(entry, "ข่าว");
        }
        table.add(7, "ขาว");
        let bucket = bucket(hash(hash(BASIS, "ข่"), "า"));
        let numbers: Vec<usize> = (0..200).filter(|entry| table.bits[bucket * table.words + entry / 64] >> (entry % 64) & 1 == 1).collect();
        assert_eq!(numbers, [0, 5, 63, 64, 199]);
        let mut out = Vec::new();
        table.buckets(bucket..bucket + 1, &mut out);
        assert_eq!(out.len(), 7, "gaps of 1, 5, 58, 1 and 136: two of them have two digits");
    }
}
