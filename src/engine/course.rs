//! The course of a build: what all units share, then agencies, then the site's own unit. Owns when a site may be published, which
//! agencies are left out of it, and what is kept of what was found. Refuses to make a page itself.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::lost::Divided;
use super::memo::Memo;
use super::recall::Recall;
use super::shared::{self, Shared};
use super::trace::{Phase, Tracer};
use super::{Options, Remains, Sink, Sizes, Source, Unit, agency, cores, gone, has_errors, site, twins};
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

/// What units came to so far, in the order in which they finished.
pub(super) struct Gathered {
    pub(super) remains: Vec<Remains>,
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
        cores::each(slugs, |slug| self.agency(source, slug))
    }

    /// Builds an agency and hands it on, where it has no errors and is not as it was.
    fn agency(&self, source: &dyn Source, slug: &str) -> io::Result<()> {
        if let Some(why) = self.lost.get(slug) {
            return self.take(Remains::of_lost(slug, why.clone()));
        }
        let files = {
            let _scan = self.shared.trace(Phase::Scan, slug);
            source.agency_files(slug)?
        };
        // Whether two slugs are one on some disk follows from no file of either.
        let clash = self.clashes.get(slug);
        let key = if clash.is_none() { self.recall.key(&files) } else { None };
        if let Some(remains) = self.recall.agency(&self.shared, (slug, key))? {
            return self.take(remains);
        }
        let (unit, mut remains, told) = agency::build(&self.shared, source, (slug, files), &Memo::none());
        // A unit with an error has no files.
        if let Some(clash) = clash {
            remains.findings.push(clash.clone());
        } else if !has_errors(&unit.findings) {
            match self.offer(unit)? {
                None => self.recall.keep_agency((slug, key), &remains, &told),
                // What was not handed on is nothing to remember.
                Some(blamed) => remains.findings.push(blamed),
            }
        }
        self.take(remains)
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
    pub(super) fn take(&self, mut remains: Remains) -> io::Result<()> {
        let findings = std::mem::take(&mut remains.findings);
        let (slug, errors) = (Arc::clone(&remains.accepts.0), Summary::of(&findings).errors);
        if errors > 0 && self.goes_on() {
            let name = remains.summary.take().map(|summary| summary.name).unwrap_or_default();
            self.leave(Left { slug: Arc::clone(&slug), name, errors, is_kept: false })?;
        } else {
            self.gathered().remains.push(remains);
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
        self.sink.take(unit)
    }

    /// What the agencies came to, in the order of their slugs: units finish in any order, and what is made of them all must not depend on it.
    fn settle(&self) -> Gathered {
        let empty = Gathered { remains: Vec::new(), left: Vec::new(), pile: Pile::new(None) };
        let mut gathered = std::mem::replace(&mut *self.gathered(), empty);
        gathered.remains.sort_by(|a, b| a.accepts.0.cmp(&b.accepts.0));
        gathered.left.sort_by(|a, b| a.slug.cmp(&b.slug));
        gathered
    }

    /// Ends without a unit of the site's own, for whoever has other agencies beside these: what they came to, and what was found.
    pub(super) fn break_off(mut self) -> (Gathered, Done) {
        let mut gathered = self.settle();
        let findings = std::mem::take(&mut self.findings);
        let is_publishable = !has_errors(&findings) && (self.goes_on() || gathered.pile.count().summary.errors == 0);
        let mut pile = std::mem::replace(&mut gathered.pile, Pile::new(None));
        pile.site(findings);
        let (count, left) = (pile.count(), std::mem::take(&mut gathered.left));
        (gathered, Done { findings: pile.into_findings(), count, left, is_publishable })
    }

    /// Builds the site's own unit from what remains of the agencies, and says what all came to.
    ///
    /// # Errors
    /// When the machine fails.
    pub(super) fn finish(mut self) -> io::Result<Done> {
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
            findings.extend(self.gone(&gathered, !left.is_empty())?);
        }
        pile.site(findings);
        let count = pile.count();
        Ok(Done { findings: pile.into_findings(), count, left, is_publishable: is_sound })
    }

    /// Builds the site's own unit from what remains of the agencies, and hands on the data that it leads to.
    fn own(&self, gathered: &mut [Remains], apart: &[&str], is_sound: bool) -> io::Result<Unit> {
        let summaries: Vec<AgencySummary> = gathered.iter_mut().filter_map(|remains| remains.summary.take()).collect();
        // One after the other, so that only one of them is held at a time; before the pages, which say how large they are. A site with an
        // error is not published, so what was handed on till then is nobody's.
        let mut sizes = Sizes::new();
        let register = Register::of(&summaries);
        let summaries = site::Summaries { all: &summaries, register: &register };
        site::data(summaries).filter(|_| is_sound).try_for_each(|unit| {
            sizes.extend(unit.output.hashed().into_iter().map(|(path, entry, hash)| (path.to_owned(), (entry.size(), hash))));
            self.hand_on(unit)
        })?;
        let below = (&gathered.iter().collect::<Vec<_>>()[..], summaries, &sizes);
        let _made = self.shared.trace(Phase::Site, "");
        Ok(site::build(&self.shared, (&self.slugs, apart), below, &Memo::none()))
    }

    /// What is told of addresses that are gone. Lists and data that are short of some agencies for now say nothing.
    fn gone(&self, gathered: &[Remains], is_short: bool) -> io::Result<Vec<Finding>> {
        let accepts = gathered.iter().map(|remains| (&*remains.accepts.0, remains.accepts.1.as_slice()));
        let mut gone = self.sink.gone()?;
        gone.retain(|gone| !(is_short && gone.agency.is_empty() && agencies::is_list(&gone.address)));
        let mut gone = gone::judge(&self.shared.site, &accepts.collect(), gone);
        shared::look(&mut gone, &[&self.shared.texts]);
        finding::sort(&mut gone);
        Ok(gone)
    }
}
