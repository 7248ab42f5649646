//! The pure build: from the files of a unit to its output and findings, and from all units to a site. Owns the order of work and what
//! runs at the same time. Refuses disk, clock and terminal: files come from a [`Source`], what is made goes to a [`Sink`].

use std::io;
use std::sync::Arc;

use crate::base::date::Date;
use crate::base::output::Output;
use crate::finding::Finding;
use crate::source::files::Files;

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

    /// Which agencies there are.
    ///
    /// # Errors
    /// As [`Source::site_files`].
    fn listing(&self) -> io::Result<Listing>;
}

/// One built unit: an agency, or the site's own pages.
#[derive(Clone, Debug)]
pub struct Unit {
    /// The agency's slug; empty for the one agency and for the site's own pages.
    pub slug: Arc<str>,
    /// Its files, by path from the site's root.
    pub output: Output,
    /// What was found in it.
    pub findings: Vec<Finding>,
}

/// Takes units as they finish.
pub trait Sink: Sync {
    /// Takes the files of one unit. Units come from several threads, in any order.
    ///
    /// # Errors
    /// When the machine fails; the build stops.
    fn take(&self, unit: Unit) -> io::Result<()>;
}

/// Builds the site: every unit is handed to the sink; the findings of all come back, sorted.
///
/// # Errors
/// When the machine fails.
pub fn build(_source: &dyn Source, _options: &Options, _sink: &dyn Sink) -> io::Result<Vec<Finding>> {
    Ok(Vec::new())
}
