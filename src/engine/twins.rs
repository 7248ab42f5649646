//! Packed twins of published texts, for hosts that send them to those who ask for them. Owns which files get twins: texts of the program
//! and the theme that are large enough, where the twin is smaller and nothing else lies at its name. Refuses attachments, which are never
//! held in memory, and manifests, which name the twins.

use std::collections::BTreeSet;

use rayon::prelude::*;

use crate::base::output::{Entry, Output};
use crate::base::packing::Packing;
use crate::render::hosts::TEXTS;
use crate::source::site::Site;

/// A smaller file fits into the first packet of an answer as it is.
const SMALLEST: u64 = 1_024;

/// Puts twins beside the files of a unit, made on all cores.
pub fn put(site: &Site, output: &mut Output) {
    if site.packings.is_empty() || output.is_empty() {
        return;
    }
    // An old address may lie below the name of a twin, also where its page is another unit's.
    let old: BTreeSet<&str> = site.redirects.iter().map(|redirect| redirect.from.value.as_str()).collect();
    let wanted: Vec<(&str, &[u8], Packing)> =
        output.iter().filter_map(text).flat_map(|(path, bytes)| site.packings.iter().map(move |packing| (path, bytes, *packing))).collect();
    let twin = |(path, bytes, packing): (&str, &[u8], Packing)| {
        let name = format!("{path}{}", packing.end());
        let folder = format!("{name}/");
        let is_taken = output.has_below(&folder) || old.range(folder.as_str()..).next().is_some_and(|old| old.starts_with(&folder));
        let packed = packing.pack(bytes).ok().filter(|packed| !is_taken && packed.len() < bytes.len())?;
        Some((name, packed))
    };
    let twins: Vec<(String, Vec<u8>)> = wanted.into_par_iter().filter_map(twin).collect();
    for (name, packed) in twins {
        // Where an author's file has this name, it stays.
        let _ = output.put(name, Entry::of(packed));
    }
}

/// A text that is worth a twin.
fn text<'a>((path, entry): (&'a str, &'a Entry)) -> Option<(&'a str, &'a [u8])> {
    let Entry::Bytes(bytes) = entry else { return None };
    let end = path.rsplit('/').next()?.rsplit_once('.')?.1;
    (entry.size() >= SMALLEST && TEXTS.iter().any(|(known, _)| *known == end)).then_some((path, bytes.as_slice()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn twins(files: &[(&str, &[u8])]) -> Vec<String> {
        let site = Site { packings: Packing::ALL.into(), ..Site::default() };
        let mut output = Output::default();
        for (path, bytes) in files {
            assert!(output.put(*path, Entry::of(bytes.to_vec())));
        }
        put(&site, &mut output);
        let own = |path: &&str| !files.iter().any(|(file, _)| file == path);
        output.iter().map(|(path, _)| path).filter(own).map(str::to_owned).collect()
    }

    #[test]
    fn texts_that_are_worth_it_have_twins() {
        let text = "คะแนน ".repeat(200).into_bytes();
        let long = text.as_slice();
        assert_eq!(twins(&[("a/index.html", long)]), ["a/index.html.br", "a/index.html.gz"]);
        assert_eq!(twins(&[("a.csv", &long[..1_023]), ("icon.png", long), ("html", long), (".htaccess", long)]), [""; 0]);
        // What gains nothing has none.
        let noise: Vec<u8> = (0_u32..3_000).map(|i| (i.wrapping_mul(2_654_435_761) >> 24) as u8 ^ (i.pow(2) >> 3) as u8).collect();
        assert!(Packing::Gzip.pack(&noise).unwrap().len() >= noise.len());
        assert!(!twins(&[("noise.txt", &noise)]).contains(&"noise.txt.gz".to_owned()));
    }

    #[test]
    fn whoever_has_the_name_of_a_twin_keeps_it() {
        let text = "คะแนน ".repeat(200).into_bytes();
        let long = text.as_slice();
        assert_eq!(twins(&[("a.csv", long), ("a.csv.gz", b"x"), ("a.csv.br/index.html", b"x")]), [""; 0]);
    }
}
