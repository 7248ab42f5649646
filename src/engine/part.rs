//! Parts of a site that are built apart, on other machines it may be, and joined into one. Owns which agencies a part has, what of it the
//! whole is made from, and what all parts must have been given alike. Refuses to know where parts lie and what they look like there.

use std::collections::BTreeSet;
use std::io;
use std::sync::Arc;

use super::course::{Course, Done, Gathered, Left, Manner};
use super::lost;
use super::{Options, Sink, Source, Unit, cores, frozen, key};
use crate::base::hash::Hash;
use crate::base::output::{Attachment, Entry, Output};
use crate::source::files::{Content, Files};

/// Which part of a site.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Share {
    /// Its number, from 1.
    pub number: usize,
    /// How many parts there are.
    pub of: usize,
}

/// The most parts that a site has: more than machines that anybody starts.
pub const MOST: usize = 10_000;

impl Share {
    /// The part of this number; `None` where there is none.
    pub fn new(number: usize, of: usize) -> Option<Self> {
        ((1..=of).contains(&number) && of <= MOST).then_some(Self { number, of })
    }

    /// The agencies of the part: every one after so many, in the order of slugs. Neighbours in that order are often alike, since slugs tell
    /// the province or the kind; so parts take equally long, and one agency more moves the same number of others as with ranges.
    pub fn slugs<'a>(&self, all: &'a [String]) -> impl Iterator<Item = &'a String> + use<'a> {
        all.iter().skip(self.number - 1).step_by(self.of)
    }
}

/// A part that was built, beside the files of its agencies.
#[derive(Debug)]
pub struct Part {
    /// What all parts of a site were given alike.
    pub given: Given,
    /// The site's own sources, by path from the site folder.
    pub sources: Output,
    /// What remains of each agency of the part that was handed on, in order.
    pub remains: Vec<Vec<u8>>,
    /// What was found in it. Nobody judged what needs all agencies.
    pub done: Done,
}

/// What all parts of a site are given alike, else they are of different sites.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    /// The slugs of all agencies, in order.
    pub agencies: Vec<String>,
    /// The site's own files and all options, in one hash.
    pub inputs: Hash,
}

impl Given {
    /// What is given alike. Files that nothing is made of tell nothing.
    fn of(files: &Files, options: &Options, agencies: &[String]) -> Self {
        let Options { drafts, base_url, today } = options;
        let files: Files =
            files.iter().filter(|(_, content)| !matches!(content, Content::Other)).map(|(p, c)| (Arc::clone(p), c.clone())).collect();
        let text = format!("{}\n{drafts} {base_url:?} {today}\n{agencies:?}", key::of_files(&files));
        Self { agencies: agencies.to_vec(), inputs: Hash::of(text.as_bytes()) }
    }
}

/// Builds the agencies of a part: each without errors is handed to the sink.
///
/// # Errors
/// When the machine fails.
pub fn build(source: &dyn Source, options: &Options, (sink, manner): (&dyn Sink, Manner), share: Share) -> io::Result<Part> {
    let divided = lost::divide(source.site_files()?, source.listing()?);
    let files = divided.files.clone();
    let course = Course::open(divided, options, (sink, manner))?;
    let own: Vec<String> = share.slugs(&course.slugs).cloned().collect();
    course.build(source, &own)?;
    let given = Given::of(&files, options, &course.slugs);
    let (Gathered { remains, .. }, done) = course.break_off(source)?;
    let remains = remains.iter().map(|held| held.remains().and_then(frozen::freeze).ok_or_else(|| too_large(&held.slug)));
    Ok(Part { given, sources: sources(files), remains: remains.collect::<io::Result<_>>()?, done })
}

/// The site's own sources as they are handed over. Of what nothing is made, the part itself tells what is wrong with it.
fn sources(files: Files) -> Output {
    let mut output = Output::default();
    for (path, content) in files {
        let entry = match content {
            Content::Text(bytes) => Entry::of(bytes),
            Content::Attachment { size, hash, .. } => Entry::Copy(Attachment { from: Arc::clone(&path), size, hash }),
            Content::Other | Content::Unreadable(_) | Content::Escape => continue,
        };
        let _ = output.put(&*path, entry);
    }
    output
}

fn too_large(slug: &str) -> io::Error {
    io::Error::other(format!("what remains of the agency `{slug}` is too large to be written down"))
}

/// Parts of a site that were built.
pub trait Parts: Sync {
    /// What remains of an agency that was handed on, as its part has it.
    ///
    /// # Errors
    /// When it is not as the part had it, and when the machine fails.
    fn remains(&self, slug: &str) -> io::Result<Vec<u8>>;

    /// The files of an agency that was handed on.
    ///
    /// # Errors
    /// As [`Parts::remains`].
    fn output(&self, slug: &str) -> io::Result<Output>;

    /// The error that says that a part is not as it was built; the slug is empty for what all parts have.
    fn is_damaged(&self, slug: &str) -> io::Error;
}

/// What is joined.
pub struct Joined<'a> {
    /// The parts.
    pub parts: &'a dyn Parts,
    /// What all of them were given alike.
    pub given: &'a Given,
    /// The agencies that were left out of their parts.
    pub left: Vec<Left>,
}

/// Joins the parts of a site: every unit is handed to the sink, as [`super::run`] does it. `source` has the site's own sources.
///
/// # Errors
/// When a part is not as it was built, and when the machine fails.
pub fn join(source: &dyn Source, options: &Options, sink: &dyn Sink, joined: Joined<'_>) -> io::Result<Done> {
    let Joined { parts, given, left } = joined;
    let divided = lost::divide(source.site_files()?, source.listing()?);
    let manner = Manner { keep_going: !left.is_empty(), keep_few: true, tracer: None };
    if Given::of(&divided.files, options, divided.agencies.as_deref().unwrap_or_default()) != *given {
        return Err(parts.is_damaged(""));
    }
    let course = Course::open(divided, options, (sink, manner))?;
    let apart: BTreeSet<Arc<str>> = left.iter().map(|left| Arc::clone(&left.slug)).collect();
    for left in left {
        course.leave(left)?;
    }
    let sound: Vec<&String> = course.slugs.iter().filter(|slug| !apart.contains(slug.as_str())).collect();
    cores::each(&sound, |slug| {
        let remains = frozen::thaw(&parts.remains(slug)?, slug, &course.shared.packs).ok_or_else(|| parts.is_damaged(slug))?;
        sink.take(Unit { slug: Arc::from(slug.as_str()), output: parts.output(slug)?, findings: Vec::new() })?;
        course.take(remains, None)
    })?;
    course.finish(source)
}
