//! The pure build: from the files of a unit to its output and findings, and from all units to a site. Owns the order of work and what
//! runs at the same time. Refuses disk, clock and terminal: files come from a [`Source`], what is made goes to a [`Sink`].
//!
//! The agency is the unit of work. Everything of an agency's pages follows from its own files, the site's settings, the packs and the
//! theme; the site's own pages follow from a small summary of each agency. So the build is a map over agencies and one reduce.

mod agency;
mod cores;
mod course;
mod frozen;
pub mod gone;
mod index;
mod key;
mod lost;
mod memo;
pub mod originals;
pub mod part;
mod procurement;
mod recall;
mod redirects;
mod shared;
mod site;
pub mod sources;
pub mod trace;
mod twins;
pub mod workshop;

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::sync::Arc;

use rayon::prelude::*;

use crate::base::address::Address;
use crate::base::date::Date;
use crate::base::hash::Hash;
use crate::base::output::{Entry, Output};
use crate::base::public_key::PublicKey;
use crate::finding::{Finding, Severity, Summary};
use crate::render::page::Press;
use crate::site::agencies::AgencySummary;
use crate::site::columns::DataTable;
use crate::site::dataset::{DataFile, Form};
use crate::site::model::Model;
use crate::site::page::Page;
use crate::source::agency::Accept;
use crate::source::attachment::Bytes;
use crate::source::files::{Files, Reason};
use course::Course;
pub use course::{Done, Left, Manner};
use gone::Gone;
use lost::Divided;
use memo::Memo;
pub use recall::Memory;
use redirects::Answers;

/// What a run was asked for.
#[derive(Clone, Debug)]
pub struct Options {
    /// Are drafts included?
    pub drafts: bool,
    /// In place of the site's `base_url`: absolute, with a closing slash.
    pub base_url: Option<String>,
    /// The day that is today in Thailand.
    pub today: Date,
}

/// Which units a site has.
#[derive(Clone, Debug, Default)]
pub struct Listing {
    /// The slugs of the agencies, in order; `None` where the one agency lies directly in `content/`.
    pub agencies: Option<Vec<String>>,
}

/// Where the files come from.
pub trait Source: Sync {
    /// The site's own files: `content/site.yaml`, `content/frameworks/`, `themes/`, and with several agencies the rest of `content/`
    /// that is no agency's.
    ///
    /// # Errors
    /// When the machine fails (not when a single file can't be read: that is [`crate::source::files::Content::Unreadable`]).
    fn site_files(&self) -> io::Result<Files>;

    /// The files of an agency; with one agency (an empty slug) all of `content/` but what [`Source::site_files`] gives.
    ///
    /// # Errors
    /// As [`Source::site_files`].
    fn agency_files(&self, slug: &str) -> io::Result<Files>;

    /// The files of an agency, and how they look, by which [`Source::is_as_noted`] knows them again; `None` where looks prove nothing.
    ///
    /// # Errors
    /// As [`Source::site_files`].
    fn agency_files_noted(&self, slug: &str) -> io::Result<(Files, Option<Vec<u8>>)> {
        Ok((self.agency_files(slug)?, None))
    }

    /// Are the files of an agency sure to be those that were given together with this note, in this run or an earlier one?
    fn is_as_noted(&self, _slug: &str, _note: &[u8]) -> bool {
        false
    }

    /// Which agencies there are.
    ///
    /// # Errors
    /// As [`Source::site_files`].
    fn listing(&self) -> io::Result<Listing>;

    /// Opens an attachment by its path from the site folder, where it still is as large as it was when its unit's files were asked for.
    /// Few are: those that are tables of a form that is known. Whether it is the same is for whoever reads it to see by its hash.
    ///
    /// # Errors
    /// When it is gone or has another size, and when the machine fails.
    fn open_attachment(&self, path: &str, size: u64) -> io::Result<Box<dyn Bytes>>;
}

/// One built unit: an agency, or the site's own pages.
#[derive(Clone, Debug)]
pub struct Unit {
    /// The agency's slug; empty for the one agency and for the site's own pages.
    pub slug: Arc<str>,
    /// Its files, by path from the site's root. Empty where an error was found.
    pub output: Output,
    /// What was found in it.
    pub findings: Vec<Finding>,
}

/// Takes units as they finish.
pub trait Sink: Sync {
    /// Takes one unit. Units come from several threads, in any order; the files of an agency with a slug all lie under `SLUG/`.
    ///
    /// # Errors
    /// When the machine fails; the build stops.
    fn take(&self, unit: Unit) -> io::Result<()>;

    /// Which addresses of the last published site the units taken do not have. Asked once, after the last unit of a site without errors;
    /// a sink that publishes nothing knows of none.
    ///
    /// # Errors
    /// When the machine fails; the build stops.
    fn gone(&self) -> io::Result<Vec<Gone>> {
        Ok(Vec::new())
    }

    /// Leaves an agency out of the site, which has errors, and forgets what it took of it. Gives back whether what was last published of it
    /// stays there.
    ///
    /// # Errors
    /// When the machine fails; the build stops.
    fn leave(&self, _slug: &str) -> io::Result<bool> {
        Ok(false)
    }

    /// Which authored file an error of [`Sink::take`] is about, and what is wrong with it; `None` where the machine failed.
    fn blames(&self, _error: &io::Error) -> Option<(Arc<str>, Reason)> {
        None
    }

    /// Learns before any unit which old addresses their host answers by a rule, so that they have no pages and are not gone.
    fn answered(&self, _addresses: &BTreeSet<Address>) {}

    /// What the sink keeps of units from one run to the next, where it does.
    fn memory(&self) -> Option<&dyn Memory> {
        None
    }

    /// Learns the public key that the site names, before any unit.
    ///
    /// # Errors
    /// When the sink can't publish a site of this key; the build stops.
    fn name_key(&self, _key: &PublicKey) -> io::Result<()> {
        Ok(())
    }
}

/// How large the joined data files are and what is in them, by path.
type Sizes = BTreeMap<String, (u64, Hash)>;

/// What remains of an agency when its unit is handed on.
#[derive(Clone, Debug, PartialEq)]
struct Remains {
    findings: Vec<Finding>,
    summary: Option<AgencySummary>,
    /// Its sitemaps, where the site has an address.
    maps: Vec<Address>,
    /// What it answers to the site's redirects.
    answers: Answers,
    /// Its pages, where the site's own pages may link to them.
    pages: BTreeSet<Address>,
    /// Its slug, and what it stands by.
    accepts: (Arc<str>, Vec<Accept>),
    /// The files of its own packs, where an edition of it goes by one: path and text.
    frameworks: Vec<(Arc<str>, String)>,
}

impl Remains {
    /// What remains of an agency of which nothing could be read.
    fn of_lost(slug: &str, why: Finding) -> Self {
        Self {
            findings: vec![why],
            summary: None,
            maps: Vec::new(),
            answers: Answers::default(),
            pages: BTreeSet::new(),
            accepts: (Arc::from(slug), Vec::new()),
            frameworks: Vec::new(),
        }
    }

    /// Does the same follow from both for the site's own unit? Findings say nothing there.
    fn is_alike(&self, other: &Self) -> bool {
        (&self.summary, &self.maps, &self.answers, &self.pages, &self.accepts.0)
            == (&other.summary, &other.maps, &other.answers, &other.pages, &other.accepts.0)
    }
}

/// Builds the site: every unit is handed to the sink; the findings of all come back, sorted.
///
/// # Errors
/// When the machine fails.
pub fn build(source: &dyn Source, options: &Options, sink: &dyn Sink) -> io::Result<Vec<Finding>> {
    Ok(run(source, options, (sink, Manner::default()))?.findings)
}

/// Builds the site in a manner: every unit without errors is handed to the sink.
///
/// # Errors
/// When the machine fails.
pub fn run(source: &dyn Source, options: &Options, (sink, manner): (&dyn Sink, Manner)) -> io::Result<Done> {
    let course = Course::open(lost::divide(source.site_files()?, source.listing()?), options, (sink, manner))?;
    course.build(source, &course.slugs)?;
    course.finish(source)
}

/// What the sources of an agency tell before any page is written.
#[derive(Clone, Debug)]
pub struct Told {
    /// The agency's slug; empty with one agency.
    pub slug: Arc<str>,
    /// The day on which they were judged.
    pub today: Date,
    /// Its records; of sources with errors what could be read.
    pub model: Model,
    /// How much was found in its sources.
    pub summary: Summary,
    /// The first errors among it, which keep the site from being published.
    pub blocking: Vec<Finding>,
}

/// How many errors are named to whoever only asks how a site is.
const MOST_BLOCKING: usize = 20;

/// The first errors that nobody stands by.
fn blocking(findings: &[Finding]) -> Vec<Finding> {
    let errors = findings.iter().filter(|finding| finding.severity() == Severity::Error && finding.accepted.is_none());
    errors.take(MOST_BLOCKING).cloned().collect()
}

/// Reads every agency, and builds nothing: what `look` makes of each, in the order of slugs, and how much was found in what they share.
///
/// # Errors
/// When the machine fails.
pub fn inspect<T: Send>(source: &dyn Source, options: &Options, look: &(dyn Fn(&Told) -> T + Sync)) -> io::Result<(Vec<T>, Summary)> {
    let listing = source.listing()?;
    let mut slugs = listing.agencies.clone().unwrap_or_else(|| vec![String::new()]);
    let Divided { files, agencies, lost } = lost::divide(source.site_files()?, listing);
    let (shared, mut findings) = shared::read(files, options.clone(), agencies.is_some());
    findings.extend(lost.into_values());
    slugs.sort();
    let one = |slug: &String| Ok(look(&agency::read(&shared, source, (slug, source.agency_files(slug)?)).told(options.today)));
    let looked: io::Result<Vec<T>> = slugs.par_iter().map(one).collect();
    Ok((looked?, Summary::of(&findings)))
}

/// Is there an error among the findings that nobody stands by?
fn has_errors(findings: &[Finding]) -> bool {
    findings.iter().any(|finding| finding.severity() == Severity::Error && finding.accepted.is_none())
}

/// Writes pages, on all cores, but for those that are remembered, and puts them into the output. A page that could not be written is a
/// finding.
fn write(press: &Press<'_>, pages: &[Page<'_>], memo: &Memo, made: &mut Made) {
    let write = |page: &Page<'_>| memo.page(|| press.key(page), || Ok(press.write(page)?.into_bytes()));
    let written: Vec<Result<Arc<Vec<u8>>, Box<Finding>>> = pages.par_iter().map(write).collect();
    for (page, html) in pages.iter().zip(written) {
        made.templates.insert(page.address.file(), page.template);
        made.shared_page(&page.address, html);
    }
}

/// Tells pages how large the data files are that they lead to. These are made before.
fn size(pages: &mut [Page<'_>], of: impl Fn(&str) -> Option<u64>) {
    for download in pages.iter_mut().flat_map(|page| &mut page.downloads) {
        download.size = of(&download.address.file());
    }
}

/// What a unit has made so far.
#[derive(Default)]
struct Made {
    output: Output,
    /// Faults of the theme.
    findings: Vec<Finding>,
    /// The template of each page, to name the file that an author would edit.
    templates: BTreeMap<String, &'static str>,
}

impl Made {
    /// A data file that was put there, for catalogues.
    fn data_file(&self, table: &'static DataTable, (form, address): (Form, Address), columns: &[&'static str]) -> Option<DataFile> {
        let content = self.output.content(address.as_str())?;
        Some(DataFile { table, columns: columns.to_vec(), form, address, content })
    }

    /// Puts a page at its address, or keeps why it could not be written.
    fn page(&mut self, address: &Address, html: Result<String, Box<Finding>>) {
        self.shared_page(address, html.map(|html| Arc::new(html.into_bytes())));
    }

    /// Adds what was made apart, at other addresses.
    fn add(&mut self, other: Self) {
        for (path, entry) in other.output {
            let vacant = self.output.put(path, entry);
            debug_assert!(vacant, "made twice");
        }
        self.findings.extend(other.findings);
        self.templates.extend(other.templates);
    }

    /// The same for a page or a data file whose bytes are shared.
    fn shared_page(&mut self, address: &Address, html: Result<Arc<Vec<u8>>, Box<Finding>>) {
        match html {
            Ok(html) => put(&mut self.output, address, html),
            Err(finding) => self.findings.push(*finding),
        }
    }
}

/// Puts bytes at an address. Addresses are checked for collisions before anything is written, so nothing is there yet.
fn put(output: &mut Output, address: &Address, bytes: impl Into<Arc<Vec<u8>>>) {
    let vacant = output.put(address.file(), Entry::Bytes(bytes.into()));
    debug_assert!(vacant, "{address} is taken");
}
