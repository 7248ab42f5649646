//! A build that goes on: what was built stays, and only what has other files than before is built again. Owns the memo, by unit and keyed
//! by the hash of all that goes into it, and what of the site follows from what. Files are handed on as they come; of each unit the pages
//! are remembered too, so that those that are the same are not written again.
//!
//! An agency's pages follow from its own files and from what all units share; the site's own pages follow from what remains of each agency
//! and from the same. So an edit in one agency builds that agency, and the site's own unit only where what remains of it is another.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::sync::{Arc, Mutex, PoisonError};

use rayon::prelude::*;

use super::lost::{self, Divided};
use super::memo::{Memo, Pages};
use super::shared::{self, Shared};
use super::{Options, Remains, Sizes, Source, Told, agency, has_errors, key, site};
use crate::base::hash::Hash;
use crate::base::output::Output;
use crate::finding::{self, Code, Finding};
use crate::site::agencies::AgencySummary;
use crate::site::groups::Register;
use crate::source::files::{Content, Files};

/// A unit that was built again.
#[derive(Debug)]
pub struct Fresh {
    /// The agency's slug; empty for the one agency, and for the site's own unit beside several.
    pub slug: Arc<str>,
    /// Its files; `None` where it has an error, so that the last good ones stay.
    pub output: Option<Output>,
    /// What its sources tell, with errors or without; `None` for the site's own unit.
    pub told: Option<Told>,
}

/// Takes units as they are built, from several threads and in any order.
pub type Take<'a> = &'a (dyn Fn(Fresh) + Sync);

/// What was built, as far as later builds need it.
#[derive(Default)]
pub struct Workshop {
    common: Option<Common>,
    agencies: BTreeMap<Arc<str>, Kept>,
    own: Own,
}

/// What all units share.
struct Common {
    key: Hash,
    /// Its files that have something in them.
    full: Full,
    shared: Shared,
    findings: Vec<Finding>,
    /// The slugs of all agencies, in order; the empty one stands for the one agency.
    slugs: Vec<String>,
}

/// An agency.
struct Kept {
    key: Hash,
    /// Its files that have something in them.
    full: Full,
    /// Could one of its files not be read? That may pass without a change of the file.
    is_unread: bool,
    remains: Remains,
    pages: Pages,
}

/// The site's own unit.
#[derive(Default)]
struct Own {
    findings: Vec<Finding>,
    /// Do its findings follow from what is there now?
    is_judged: bool,
    /// Was its output handed on since then?
    is_handed_on: bool,
    pages: Pages,
}

impl Own {
    /// Its findings and files are to be made anew.
    fn outdate(&mut self) {
        *self = Self { pages: std::mem::take(&mut self.pages), ..Self::default() };
    }
}

impl Workshop {
    /// Reads what all units share. Where that changed, nothing that was built before holds any more. Gives back false, and changes
    /// nothing, where a file or an agency is gone, or a file is empty, that was there before: it may come back at once, so that is believed
    /// only of files that are quiet.
    ///
    /// # Errors
    /// When the machine fails.
    pub fn read_common(&mut self, source: &dyn Source, options: &Options, is_quiet: bool) -> io::Result<bool> {
        let listing = source.listing()?;
        let files = source.site_files()?;
        let is_many = listing.agencies.is_some();
        let slugs = listing.agencies.clone().unwrap_or_else(|| vec![String::new()]);
        let key = Hash::of(format!("{} {is_many} {options:?}", key::of_files(&files)).as_bytes());
        let full = full(&files);
        let Divided { files, lost, .. } = lost::divide(files, listing);
        let has_fewer = |old: &Common| old.slugs != slugs && old.slugs.iter().any(|slug| !slugs.contains(slug));
        let is_lost = |old: &Common| !old.full.is_subset(&full) || has_fewer(old);
        if !is_quiet && self.common.as_ref().is_some_and(is_lost) {
            return Ok(false);
        }
        match &mut self.common {
            Some(common) if common.key == key => {
                if common.slugs != slugs {
                    self.agencies.retain(|slug, _| slugs.iter().any(|known| **known == **slug));
                    common.slugs = slugs;
                    self.own.outdate();
                }
            }
            _ => {
                let (shared, mut findings) = shared::read(files, options.clone(), is_many);
                findings.extend(lost.into_values());
                self.common = Some(Common { key, full, shared, findings, slugs });
                self.agencies.clear();
                self.own = Own::default();
            }
        }
        Ok(true)
    }

    /// The slugs of all agencies, in order.
    pub fn slugs(&self) -> &[String] {
        self.common.as_ref().map_or(&[], |common| &common.slugs)
    }

    /// The slugs of those that were never built with what is shared now.
    pub fn unbuilt(&self) -> Vec<String> {
        self.slugs().iter().filter(|slug| !self.agencies.contains_key(slug.as_str())).cloned().collect()
    }

    /// The slugs of those that have a file that could not be read.
    pub fn unread(&self) -> Vec<String> {
        self.agencies.iter().filter(|(_, kept)| kept.is_unread).map(|(slug, _)| slug.to_string()).collect()
    }

    /// Reads these agencies, and builds those whose files are others than before. Gives back those that were left as they are since a file
    /// is gone or empty that was there before, which is believed only of files that are quiet.
    ///
    /// # Errors
    /// When the machine fails.
    pub fn build_agencies(&mut self, (source, slugs): (&dyn Source, &[String]), is_quiet: bool, take: Take<'_>) -> io::Result<Vec<String>> {
        let Some(Common { shared, findings, slugs: known, .. }) = &self.common else { return Ok(Vec::new()) };
        let has_ground = !has_errors(findings);
        let built: Mutex<Vec<(Arc<str>, Kept)>> = Mutex::default();
        let held: Mutex<Vec<String>> = Mutex::default();
        slugs.par_iter().filter(|slug| known.contains(slug)).try_for_each(|slug| {
            let files = source.agency_files(slug)?;
            let key = key::of_files(&files);
            let last = self.agencies.get(slug.as_str());
            if last.is_some_and(|kept| kept.key == key) {
                return Ok(());
            }
            let full = full(&files);
            if !is_quiet && last.is_some_and(|kept| !kept.full.is_subset(&full)) {
                held.lock().unwrap_or_else(PoisonError::into_inner).push(slug.clone());
                return Ok(());
            }
            let is_unread = files.values().any(|content| matches!(content, Content::Unreadable(_)));
            let memo = Memo::after(last.map(|kept| kept.pages.clone()).unwrap_or_default());
            let (unit, remains, told) = agency::build(shared, source, (slug, files), &memo);
            // An attachment that changed between two looks is told so, and is the same again in the next.
            let is_unread = is_unread || unit.findings.iter().any(|finding| finding.code == Code::UnreadableFile);
            let output = (has_ground && !has_errors(&unit.findings)).then_some(unit.output);
            take(Fresh { slug: Arc::clone(&unit.slug), output, told: Some(told) });
            built
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .push((unit.slug, Kept { key, full, is_unread, remains, pages: memo.into_pages() }));
            io::Result::Ok(())
        })?;
        for (slug, kept) in built.into_inner().unwrap_or_else(PoisonError::into_inner) {
            let old = self.agencies.get(&slug);
            if !old.is_some_and(|old| old.remains.is_alike(&kept.remains)) {
                self.own.outdate();
            }
            self.agencies.insert(slug, kept);
        }
        Ok(held.into_inner().unwrap_or_else(PoisonError::into_inner))
    }

    /// Builds the site's own unit where it is not what it was, once all agencies are built.
    pub fn build_own(&mut self, take: Take<'_>) {
        let Some(Common { shared, findings, slugs, .. }) = &self.common else { return };
        let is_sound = !has_errors(findings) && self.agencies.values().all(|kept| !has_errors(&kept.remains.findings));
        if self.own.is_judged && (self.own.is_handed_on || !is_sound) {
            return;
        }
        let remains: Vec<&Remains> = self.agencies.values().map(|kept| &kept.remains).collect();
        let summaries: Vec<AgencySummary> = remains.iter().filter_map(|remains| remains.summary.clone()).collect();
        let register = Register::of(&summaries);
        let summaries = site::Summaries { all: &summaries, register: &register };
        let memo = Memo::after(std::mem::take(&mut self.own.pages));
        let mut files = Output::default();
        for (path, entry) in site::data(summaries).filter(|_| is_sound).flat_map(|data| data.output) {
            let _ = files.put(path, entry);
        }
        let sizes: Sizes = files.hashed().into_iter().map(|(path, entry, hash)| (path.to_owned(), (entry.size(), hash))).collect();
        let unit = site::build(shared, (slugs, &[]), (&remains, summaries, &sizes), &memo);
        let is_sound = is_sound && !has_errors(&unit.findings);
        // With one agency all files are the agency's.
        if shared.many && is_sound {
            let mut output = unit.output;
            for (path, entry) in files {
                let _ = output.put(path, entry);
            }
            take(Fresh { slug: unit.slug, output: Some(output), told: None });
        }
        self.own = Own { findings: unit.findings, is_judged: true, is_handed_on: is_sound, pages: memo.into_pages() };
    }

    /// What was found in all units, sorted as a build sorts it.
    pub fn findings(&self) -> Vec<Finding> {
        let common = self.common.iter().flat_map(|common| &common.findings);
        let agencies = self.agencies.values().flat_map(|kept| &kept.remains.findings);
        let mut findings: Vec<Finding> = common.chain(agencies).chain(&self.own.findings).cloned().collect();
        finding::sort(&mut findings);
        findings.dedup();
        findings
    }

    /// Does an error keep the site from being published?
    pub fn has_errors(&self) -> bool {
        let common = self.common.iter().any(|common| has_errors(&common.findings));
        common || has_errors(&self.own.findings) || self.agencies.values().any(|kept| has_errors(&kept.remains.findings))
    }
}

/// The names of files that have something in them.
type Full = BTreeSet<Arc<str>>;

fn full(files: &Files) -> Full {
    let has_something = |content: &Content| match content {
        Content::Text(bytes) => !bytes.is_empty(),
        Content::Attachment { size, .. } => *size > 0,
        Content::Other | Content::Unreadable(_) | Content::Escape => false,
    };
    files.iter().filter(|(_, content)| has_something(content)).map(|(path, _)| Arc::clone(path)).collect()
}
