//! The course of a build: what all units share, then agencies, then the site's own unit. Owns when a site may be published, which
//! agencies are left out of it, and what is kept of what was found. Refuses to make a page itself.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rayon::prelude::*;

use super::lost::Divided;
use super::memo::Memo;
use super::recall::{Folded, Known, Read, Recall};
use super::shared::{self, Shared};
use super::trace::{Phase, Tracer};
use super::{Options, Remains, Sink, Sizes, Source, Unit, agency, cores, frozen, gone, has_errors, site, twins};
use crate::base::hash::Hash;
use crate::base::language::Name;
use crate::base::span::Place;
use crate::finding::pile::{MOST_OF_A_KIND, Pile};
use crate::finding::{self, Code, Count, Finding, Summary};
use crate::site::agencies::{self, AgencySummary};
use crate::site::groups::Register;
use crate::site::routes;

/// In which manner a build goes on.
#[derive(Clone, Debug, Default)]
pub struct Manner {
    /// Is the site published without the agencies that have errors, where it has others?
    pub keep_going: bool,
    /// Are findings that nobody would be shown let go, so that memory does not grow with them? They are counted all the same.
    pub keep_few: bool,
    /// Who is told what is being done, if anybody.
    pub tracer: Option<Arc<dyn Tracer>>,
}

/// What a build came to.
#[derive(Debug)]
pub struct Done {
    /// What was found, sorted; of many agencies the first of each kind, where that was asked for.
    pub findings: Vec<Finding>,
    /// How much was found in all.
    pub count: Count,
    /// The agencies with errors, in the order of slugs, where a site without them is made.
    pub left: Vec<Left>,
    /// Does no error keep from being published what was handed to the sink?
    pub is_publishable: bool,
}

/// An agency that was left out of a site, since it has errors.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Left {
    /// Its slug.
    pub slug: Arc<str>,
    /// Its name, where that could be read.
    pub name: Name,
    /// How many errors it has.
    pub errors: usize,
    /// Does the site keep what was last published of it?
    pub is_kept: bool,
}

/// A build on its way.
pub(super) struct Course<'a> {
    pub(super) shared: Shared,
    /// What was found in what all share.
    pub(super) findings: Vec<Finding>,
    /// All agencies in order; one empty slug where the site has one agency.
    pub(super) slugs: Vec<String>,
    /// Why an agency can't be read at all, by slug.
    lost: BTreeMap<String, Finding>,
    /// Why an agency can't be published beside another, by slug, where the build goes on without both.
    clashes: BTreeMap<String, Finding>,
    sink: &'a dyn Sink,
    manner: Manner,
    /// What earlier runs made of the same.
    recall: Recall<'a>,
    gathered: Mutex<Gathered>,
}

/// What remains of an agency, but for its findings.
pub(super) struct Held {
    pub(super) slug: Arc<str>,
    body: Body,
    /// What stands for what the site's own unit follows from, where that is known.
    core: Option<Hash>,
}

enum Body {
    Here(Box<Remains>),
    /// As an earlier run wrote it down.
    Folded(Vec<u8>),
}

impl Held {
    /// What remains of the agency, once it was unfolded.
    pub(super) fn remains(&self) -> Option<&Remains> {
        match &self.body {
            Body::Here(remains) => Some(remains),
            Body::Folded(_) => None,
        }
    }

    /// Its summary, which is needed once.
    fn take_summary(&mut self) -> Option<AgencySummary> {
        match &mut self.body {
            Body::Here(remains) => remains.summary.take(),
            Body::Folded(_) => None,
        }
    }

    /// What stands for what the site's own unit follows from.
    pub(super) fn core(&self) -> Option<Hash> {
        self.core.or_else(|| Some(Hash::of(&frozen::core(self.remains()?)?)))
    }
}

/// What units came to so far, in the order in which they finished.
pub(super) struct Gathered {
    pub(super) remains: Vec<Held>,
    pub(super) left: Vec<Left>,
    pub(super) pile: Pile,
}

impl<'a> Course<'a> {
    /// Reads what all units share.
    ///
    /// # Errors
    /// When the machine fails, and when the sink can't publish a site of this key.
    pub(super) fn open(divided: Divided, options: &Options, (sink, manner): (&'a dyn Sink, Manner)) -> io::Result<Self> {
        let Divided { files, agencies, lost } = divided;
        let is_many = agencies.is_some();
        let recall = Recall::of(sink.memory(), &files, (options, is_many));
        let (mut shared, findings) = shared::read(files, options.clone(), is_many);
        shared.tracer.clone_from(&manner.tracer);
        if let Some(key) = &shared.site.public_key {
            sink.name_key(key)?;
        }
        if !shared.answered.is_empty() {
            sink.answered(&shared.answered);
        }
        let clashes = agencies.iter().filter(|_| manner.keep_going).flat_map(|slugs| routes::clashes(slugs)).collect();
        let slugs = agencies.unwrap_or_else(|| vec![String::new()]);
        let pile = Pile::new(manner.keep_few.then_some(MOST_OF_A_KIND));
        let gathered = Mutex::new(Gathered { remains: Vec::new(), left: Vec::new(), pile });
        Ok(Self { shared, findings, slugs, lost, clashes, sink, manner, recall, gathered })
    }

    /// Builds these agencies and hands on those without errors.
    ///
    /// # Errors
    /// When the machine fails.
    pub(super) fn build(&self, source: &dyn Source, slugs: &[String]) -> io::Result<()> {
        // Where few of many agencies changed, one core would make each of them while the other has nothing to do.
        let room = Some(rayon::current_num_threads()).filter(|cores| self.recall.is_on() && *cores > 1).unwrap_or(0);
        let waiting: Mutex<Vec<(String, Read)>> = Mutex::default();
        cores::each(slugs, |slug| {
            let Some(read) = self.recalled(source, slug)? else { return Ok(()) };
            let mut waiting = waiting.lock().unwrap_or_else(PoisonError::into_inner);
            if waiting.len() < room {
                waiting.push((slug.clone(), read));
                return Ok(());
            }
            drop(waiting);
            self.agency(source, (slug, read))
        })?;
        let waiting = waiting.into_inner().unwrap_or_else(PoisonError::into_inner);
        waiting.into_par_iter().try_for_each(|(slug, read)| self.agency(source, (&slug, read)))
    }

    /// Takes an agency that is as it was; gives back the sources of one that is to be built.
    fn recalled(&self, source: &dyn Source, slug: &str) -> io::Result<Option<Read>> {
        if let Some(why) = self.lost.get(slug) {
            self.take(Remains::of_lost(slug, why.clone()), None)?;
            return Ok(None);
        }
        // Whether two slugs are one on some disk follows from no file of either.
        let is_remembered = !self.clashes.contains_key(slug);
        match self.recall.agency(&self.shared, source, (slug, is_remembered))? {
            Known::Nothing(read) => Ok(Some(read)),
            Known::AsItWas(Folded { found, core, remains }) => {
                let slug: Arc<str> = Arc::from(slug);
                let mut gathered = self.gathered();
                gathered.pile.folded(&slug, found);
                gathered.remains.push(Held { slug, body: Body::Folded(remains), core: Some(core) });
                Ok(None)
            }
        }
    }

    /// Builds an agency and hands it on, where it has no errors.
    fn agency(&self, source: &dyn Source, (slug, read): (&str, Read)) -> io::Result<()> {
        let (files, known) = read.split();
        let (unit, mut remains, told) = agency::build(&self.shared, source, (slug, files), &Memo::none());
        let mut core = None;
        // A unit with an error has no files.
        if let Some(clash) = self.clashes.get(slug) {
            remains.findings.push(clash.clone());
        } else if !has_errors(&unit.findings) {
            match self.offer(unit)? {
                None => core = self.recall.keep_agency(&known, &mut remains, &told),
                // What was not handed on is nothing to remember.
                Some(blamed) => remains.findings.push(blamed),
            }
        }
        self.take(remains, core)
    }

    /// Hands an agency on. Where its sources are why that fails, and the build goes on without it, that is a finding.
    fn offer(&self, unit: Unit) -> io::Result<Option<Finding>> {
        let slug = Arc::clone(&unit.slug);
        match self.hand_on(unit) {
            Ok(()) => Ok(None),
            Err(error) => match self.sink.blames(&error).filter(|_| self.goes_on()) {
                Some((file, why)) => {
                    let mut finding = Finding::new(Code::UnreadableFile, Place::top(file)).with("detail", why);
                    finding.agency = slug;
                    Ok(Some(finding))
                }
                None => Err(error),
            },
        }
    }

    /// Takes what remains of an agency that was handed on, or has errors.
    pub(super) fn take(&self, mut remains: Remains, core: Option<Hash>) -> io::Result<()> {
        let findings = std::mem::take(&mut remains.findings);
        let (slug, errors) = (Arc::clone(&remains.accepts.0), Summary::of(&findings).errors);
        if errors > 0 && self.goes_on() {
            let name = remains.summary.take().map(|summary| summary.name).unwrap_or_default();
            self.leave(Left { slug: Arc::clone(&slug), name, errors, is_kept: false })?;
        } else {
            self.gathered().remains.push(Held { slug: Arc::clone(&slug), body: Body::Here(Box::new(remains)), core });
        }
        self.gathered().pile.agency(&slug, findings);
        Ok(())
    }

    /// Leaves an agency out.
    pub(super) fn leave(&self, left: Left) -> io::Result<()> {
        let is_kept = self.sink.leave(&left.slug)?;
        self.gathered().left.push(Left { is_kept, ..left });
        Ok(())
    }

    /// With one agency there is nothing to go on with.
    fn goes_on(&self) -> bool {
        self.manner.keep_going && self.shared.many
    }

    fn gathered(&self) -> MutexGuard<'_, Gathered> {
        self.gathered.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Packed twins come last, of all that a unit has.
    fn hand_on(&self, mut unit: Unit) -> io::Result<()> {
        let _store = self.shared.trace(Phase::Store, &unit.slug);
        twins::put(&self.shared.site, &mut unit.output);
        unit.output.hash_on_all_cores();
        self.sink.take(unit)
    }

    /// What the agencies came to, in the order of their slugs: units finish in any order, and what is made of them all must not depend on it.
    fn settle(&self) -> Gathered {
        let empty = Gathered { remains: Vec::new(), left: Vec::new(), pile: Pile::new(None) };
        let mut gathered = std::mem::replace(&mut *self.gathered(), empty);
        gathered.remains.sort_by(|a, b| a.slug.cmp(&b.slug));
        gathered.left.sort_by(|a, b| a.slug.cmp(&b.slug));
        gathered
    }

    /// Ends without a unit of the site's own, for whoever has other agencies beside these: what they came to, and what was found.
    pub(super) fn break_off(mut self, source: &dyn Source) -> io::Result<(Gathered, Done)> {
        let mut gathered = self.settle();
        self.unfold(source, &mut gathered.remains)?;
        let findings = std::mem::take(&mut self.findings);
        let is_publishable = !has_errors(&findings) && (self.goes_on() || gathered.pile.count().summary.errors == 0);
        let mut pile = std::mem::replace(&mut gathered.pile, Pile::new(None));
        pile.site(findings);
        let (count, left) = (pile.count(), std::mem::take(&mut gathered.left));
        let findings = pile.into_findings(&|slug| self.found(source, slug));
        Ok((gathered, Done { findings, count, left, is_publishable }))
    }

    /// What was found in an agency that is as it was.
    fn found(&self, source: &dyn Source, slug: &str) -> Option<Vec<Finding>> {
        self.recall.findings(slug).or_else(|| Some(self.again(source, slug).ok()?.findings))
    }

    /// What remains of an agency, where what is remembered of it turns out to be of no use.
    fn again(&self, source: &dyn Source, slug: &str) -> io::Result<Remains> {
        let (_, remains, _) = agency::build(&self.shared, source, (slug, source.agency_files(slug)?), &Memo::none());
        Ok(remains)
    }

    /// Has what remains of all agencies at hand.
    fn unfold(&self, source: &dyn Source, gathered: &mut [Held]) -> io::Result<()> {
        gathered.par_iter_mut().try_for_each(|held| {
            if let Body::Folded(bytes) = &held.body {
                let thawed = frozen::thaw(bytes, &held.slug, &self.shared.packs);
                held.body = Body::Here(Box::new(thawed.map_or_else(|| self.again(source, &held.slug), Ok)?));
            }
            Ok(())
        })
    }

    /// Builds the site's own unit from what remains of the agencies, and says what all came to.
    ///
    /// # Errors
    /// When the machine fails.
    pub(super) fn finish(mut self, source: &dyn Source) -> io::Result<Done> {
        let Gathered { remains: mut gathered, left, mut pile } = self.settle();
        let mut findings = std::mem::take(&mut self.findings);
        let has_agencies = !gathered.is_empty() || self.slugs.is_empty();
        let mut is_sound = !has_errors(&findings) && has_agencies && (self.goes_on() || pile.count().summary.errors == 0);
        let apart: BTreeSet<&str> = left.iter().map(|left| &*left.slug).chain(self.lost.keys().map(String::as_str)).collect();
        let apart: Vec<&str> = apart.into_iter().collect();
        let key = if is_sound { self.recall.own_key(&gathered, &apart) } else { None };
        if let Some(found) = self.recall.own(key)? {
            findings.extend(found);
        } else {
            self.unfold(source, &mut gathered)?;
            let unit = self.own(&mut gathered, &apart, is_sound)?;
            is_sound &= !has_errors(&unit.findings);
            findings.extend(unit.findings.iter().cloned());
            if is_sound {
                let found = unit.findings.clone();
                self.hand_on(unit)?;
                self.recall.keep_own(key, &found);
            }
        }
        self.recall.forget_others(&self.slugs);
        if is_sound {
            findings.extend(self.gone(source, &mut gathered, !left.is_empty())?);
        }
        pile.site(findings);
        let count = pile.count();
        let findings = pile.into_findings(&|slug| self.found(source, slug));
        Ok(Done { findings, count, left, is_publishable: is_sound })
    }

    /// Builds the site's own unit from what remains of the agencies, and hands on the data that it leads to.
    fn own(&self, gathered: &mut [Held], apart: &[&str], is_sound: bool) -> io::Result<Unit> {
        let summaries: Vec<AgencySummary> = gathered.iter_mut().filter_map(Held::take_summary).collect();
        // One after the other, so that only one of them is held at a time; before the pages, which say how large they are. A site with an
        // error is not published, so what was handed on till then is nobody's.
        let mut sizes = Sizes::new();
        let register = Register::of(&summaries);
        let summaries = site::Summaries { all: &summaries, register: &register };
        site::data(summaries).filter(|_| is_sound).try_for_each(|unit| {
            sizes.extend(unit.output.hashed().into_iter().map(|(path, entry, hash)| (path.to_owned(), (entry.size(), hash))));
            self.hand_on(unit)
        })?;
        let below = (&gathered.iter().filter_map(Held::remains).collect::<Vec<_>>()[..], summaries, &sizes);
        let _made = self.shared.trace(Phase::Site, "");
        Ok(site::build(&self.shared, (&self.slugs, apart), below, &Memo::none()))
    }

    /// What is told of addresses that are gone. Lists and data that are short of some agencies for now say nothing.
    fn gone(&self, source: &dyn Source, gathered: &mut [Held], is_short: bool) -> io::Result<Vec<Finding>> {
        let mut gone = self.sink.gone()?;
        gone.retain(|gone| !(is_short && gone.agency.is_empty() && agencies::is_list(&gone.address)));
        if gone.is_empty() {
            return Ok(Vec::new());
        }
        self.unfold(source, gathered)?;
        let accepts = gathered.iter().filter_map(Held::remains).map(|remains| (&*remains.accepts.0, remains.accepts.1.as_slice()));
        let mut gone = gone::judge(&self.shared.site, &accepts.collect(), gone);
        shared::look(&mut gone, &[&self.shared.texts]);
        finding::sort(&mut gone);
        Ok(gone)
    }
}
