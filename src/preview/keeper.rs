//! Keeps what is shown as the sources are. Owns when what is looked at, read and built. Refuses to trust an event, a time or a size for
//! longer than it can be trusted: the content decides what is built.
//!
//! Where events point into agencies alone, these are looked at, so that the page that is being written is there at once, and everything is
//! looked at a little later.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use rayon::prelude::*;

use super::clock::now;
use super::stock::{Done, Findings, Stock};
use super::watch::{Watch, Woken, first_below};
use crate::base::language::Language;
use crate::disk::fault::{Fault, reason};
use crate::disk::scan::Site;
use crate::disk::survey::{self, Look};
use crate::engine::workshop::{Fresh, Workshop};
use crate::engine::{Options, Source};

/// A fault, and a file that is gone or empty, wait until the files were quiet for so long: it may be a save that is half done.
const QUIET: Duration = Duration::from_millis(50);
/// Where files are never quiet, nothing waits longer than this.
const PATIENCE: Duration = Duration::from_secs(2);
/// Everything is looked at once more so long after the last change: in a folder that is new the first events may be missed.
const SETTLED: Duration = Duration::from_millis(300);
/// What changed too lately to be sure of is looked at again after this.
const UNSETTLED: Duration = Duration::from_millis(50);
/// A new day, and sources that are gone, are noticed after this at the latest.
const IDLE: Duration = Duration::from_secs(60);
/// What could not be read is tried again after this, since nothing tells when it can be.
const TROUBLED: Duration = Duration::from_millis(500);

/// What of `content/` all units share.
const COMMON: [&str; 2] = ["site.yaml", "frameworks"];

/// The part of the site that a look is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    /// What all units share.
    Common,
    /// An agency; with one agency all of `content/`.
    Agency(String),
}

/// What a preview is asked for.
pub struct Wish<'a> {
    /// The site folder.
    pub site: PathBuf,
    /// The options of a build, on this day.
    pub options: &'a dyn Fn() -> Options,
    /// Are there no events to be had?
    pub polls: bool,
    /// Hears of each change of what is shown.
    pub tell: &'a dyn Fn(&Stock),
}

/// Keeps what is shown as the sources are.
pub struct Keeper<'a> {
    wish: Wish<'a>,
    stock: Arc<Stock>,
    workshop: Workshop,
    site: Option<Site>,
    looks: BTreeMap<Part, Look>,
    watch: Watch,
    /// What waits until the files were quiet for long enough, if anything does.
    waits: Option<Wait>,
    /// The parts that wait.
    held: BTreeSet<Part>,
}

/// A wait until the files are quiet.
#[derive(Clone, Copy, Debug)]
struct Wait {
    since: Instant,
    until: Instant,
}

impl Wait {
    /// A wait that begins at this time.
    fn from(since: Instant) -> Self {
        Self { since, until: since + QUIET }
    }

    /// The same wait after a change at this time.
    fn again(self, at: Instant) -> Self {
        Self { until: (at + QUIET).min(self.since + PATIENCE), ..self }
    }
}

/// A look at the sources.
#[derive(Clone, Copy, Debug)]
struct Round {
    begun: Instant,
    /// Were the files quiet for long enough that nothing needs to wait?
    is_quiet: bool,
}

/// What a look was at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Looked {
    /// The agencies that events pointed at.
    AtSome,
    /// Everything.
    AtAll,
}

impl Round {
    /// A look that lets nothing wait.
    fn quiet() -> Self {
        Self { begun: now(), is_quiet: true }
    }
}

impl<'a> Keeper<'a> {
    /// A keeper that has not built anything.
    pub fn new(mut wish: Wish<'a>, stock: Arc<Stock>) -> Self {
        let watch = Watch::new(wish.polls);
        // Once, since it is asked for at every look.
        wish.site = survey::real(&wish.site);
        let (workshop, looks, held) = Default::default();
        Self { wish, stock, workshop, site: None, looks, watch, waits: None, held }
    }

    /// Builds all of it for the first time.
    ///
    /// # Errors
    /// When the sources can't be read.
    pub fn begin(&mut self) -> io::Result<()> {
        self.watch_all();
        self.look_at_all(Round::quiet())?;
        self.tell(true);
        Ok(())
    }

    /// Looks once, and shows what was found at once; what [`Keeper::run`] does after each event, and with no hints from time to time.
    ///
    /// # Errors
    /// When the sources can't be read.
    pub fn pass(&mut self, hints: &BTreeSet<PathBuf>) -> io::Result<()> {
        self.look(hints, Round::quiet())?;
        self.tell(true);
        Ok(())
    }

    /// Keeps it up to date as long as the process lives.
    pub fn run(&mut self) -> ! {
        let mut again = Some(now() + SETTLED);
        let mut is_troubled = false;
        loop {
            let idle = now() + if is_troubled || !self.workshop.unread().is_empty() { TROUBLED } else { IDLE };
            let until = [again, self.waits.map(|wait| wait.until), Some(idle)].into_iter().flatten().min();
            let woken = self.watch.wait(until);
            let begun = now();
            let hints = match woken {
                Woken::Paths(paths) => {
                    self.waits = self.waits.map(|wait| wait.again(begun));
                    again = again.or(Some(begun + SETTLED));
                    paths
                }
                Woken::Time => BTreeSet::new(),
            };
            // What is found in a round may be half of a save, whatever woke it, so it is never quiet by itself.
            let round = Round { begun, is_quiet: self.waits.is_some_and(|wait| wait.until <= begun) };
            let is_due = again.is_some_and(|again| again <= begun);
            let is_change = !hints.is_empty();
            let passed = match self.look(&hints, round) {
                Ok(Looked::AtSome) if is_due => self.look_at_all(round),
                passed => passed,
            };
            if matches!(passed, Ok(Looked::AtAll)) {
                if self.looks.values().any(|look| look.is_unsettled) {
                    again = Some(now() + UNSETTLED);
                } else if is_due {
                    again = is_change.then(|| begun + SETTLED);
                }
            }
            match passed {
                Ok(_) => {
                    if std::mem::take(&mut is_troubled) {
                        self.watch.forget();
                    }
                    self.watch_all();
                    self.tell(round.is_quiet);
                }
                Err(error) => {
                    (is_troubled, again) = (true, None);
                    self.looks.clear();
                    self.site = None;
                    if round.is_quiet {
                        self.waits = None;
                        self.tell_trouble(&error);
                    } else {
                        self.waits.get_or_insert_with(|| Wait::from(now()));
                    }
                }
            }
        }
    }

    /// Shows what was found. Errors wait until the files are quiet, so that what is half written never flashes up.
    fn tell(&mut self, is_quiet: bool) {
        let has_errors = self.workshop.has_errors();
        let waits = !self.held.is_empty() || has_errors;
        self.waits = if waits && !is_quiet { self.waits.or(Some(Wait::from(now()))) } else { None };
        if has_errors && !is_quiet {
            return;
        }
        self.stock.find(Findings { all: Arc::new(self.workshop.findings()), has_errors, trouble: None });
        (self.wish.tell)(&self.stock);
    }

    fn tell_trouble(&self, error: &io::Error) {
        let tell = |language| Fault::of(error).map_or_else(|| reason(error, language), |fault| fault.tell(language));
        let trouble = Some((tell(Language::Th), tell(Language::En)));
        self.stock.find(Findings { trouble, has_errors: true, ..self.stock.findings() });
        (self.wish.tell)(&self.stock);
    }

    fn content(&self) -> PathBuf {
        self.wish.site.join("content")
    }

    /// Looks where events pointed, where that is in agencies alone, and else at everything.
    fn look(&mut self, hints: &BTreeSet<PathBuf>, round: Round) -> io::Result<Looked> {
        let pointed_at = self.pointed_at(hints);
        let Some(site) = self.site.as_ref().filter(|_| !pointed_at.is_empty()) else { return self.look_at_all(round) };
        let held = build(&mut self.workshop, (site, &pointed_at), &self.stock, round)?;
        self.held.extend(held.into_iter().map(Part::Agency));
        if self.workshop.slugs() == [""] {
            // All that is an agency's, when there is only one, may as well be what all share.
            return self.look_at_all(round);
        }
        self.workshop.build_own(&|fresh| self.stock.take(fresh));
        Ok(Looked::AtSome)
    }

    /// The agencies that events pointed at; none where they pointed at anything else too.
    fn pointed_at(&self, hints: &BTreeSet<PathBuf>) -> Vec<String> {
        let content = self.content();
        let real = survey::real(&content);
        let known = self.workshop.slugs();
        let mut slugs: BTreeSet<String> = BTreeSet::new();
        for path in hints {
            let first = first_below(path, &content).or_else(|| first_below(path, &real));
            match first.filter(|first| !COMMON.contains(&first.as_str())) {
                Some(_) if known == [""] => _ = slugs.insert(String::new()),
                Some(first) if known.contains(&first) => _ = slugs.insert(first),
                // What all units share comes before any of them.
                _ => return Vec::new(),
            }
        }
        // A folder that lost its `agency.yaml` is no agency any more: that is for the look at everything.
        if !slugs.iter().all(|slug| content.join(slug).join("agency.yaml").is_file()) {
            return Vec::new();
        }
        slugs.into_iter().collect()
    }

    /// Looks at everything, and builds what is not as it was.
    fn look_at_all(&mut self, round: Round) -> io::Result<Looked> {
        let options = (self.wish.options)();
        if self.site.is_none() {
            self.site = Some(Site::open(&self.wish.site)?);
        }
        let changed = self.changed()?;
        let is_new = self.workshop.slugs().is_empty();
        if !changed.is_empty() || is_new {
            // Which agencies there are may have changed with it.
            self.site = Some(Site::open(&self.wish.site)?);
        }
        let Some(site) = &self.site else { return Ok(Looked::AtAll) };
        let mut parts = std::mem::take(&mut self.held);
        parts.extend(changed);
        if !self.workshop.read_common(site, &options, round.is_quiet)? {
            // Agencies wait with what all share, as they follow from it.
            parts.insert(Part::Common);
            self.held = parts;
            return Ok(Looked::AtAll);
        }
        let agency = |part| match part {
            Part::Agency(slug) => Some(slug),
            Part::Common => None,
        };
        let mut slugs: BTreeSet<String> = parts.into_iter().filter_map(agency).collect();
        slugs.extend(self.workshop.unbuilt());
        slugs.extend(self.workshop.unread());
        // What somebody looks at comes first, and alone, since all cores are busy with the rest.
        for slug in self.stock.asked() {
            if let Some(slug) = slugs.take(&*slug) {
                let held = build(&mut self.workshop, (site, &[slug]), &self.stock, round)?;
                self.held.extend(held.into_iter().map(Part::Agency));
            }
        }
        let slugs: Vec<String> = slugs.into_iter().collect();
        let held = build(&mut self.workshop, (site, &slugs), &self.stock, round)?;
        self.held.extend(held.into_iter().map(Part::Agency));
        self.workshop.build_own(&|fresh| self.stock.take(fresh));
        let slugs: BTreeSet<&str> = self.workshop.slugs().iter().map(String::as_str).collect();
        self.stock.keep(&|slug| slug.is_empty() || slugs.contains(slug));
        site.remember();
        Ok(Looked::AtAll)
    }

    /// The parts that do not look as before, or too lately changed to be sure.
    fn changed(&mut self) -> io::Result<BTreeSet<Part>> {
        let content = self.content();
        // Says why, where there is none.
        if !content.is_dir() {
            Site::open(&self.wish.site)?;
        }
        let slugs: BTreeSet<String> = self
            .site
            .as_ref()
            .map(|site| site.listing())
            .transpose()?
            .and_then(|listing| listing.agencies)
            .unwrap_or_default()
            .into_iter()
            .collect();
        let mut parts: Vec<Part> = vec![Part::Common];
        if slugs.is_empty() {
            parts.push(Part::Agency(String::new()));
        }
        parts.extend(slugs.iter().cloned().map(Part::Agency));
        let themes = self.wish.site.join("themes");
        let is_agency = |path: &Path| {
            path.parent() == Some(content.as_path())
                && path.file_name().and_then(|name| name.to_str()).is_some_and(|name| slugs.contains(name))
        };
        let looks: Vec<(Part, Look)> = parts
            .into_par_iter()
            .map(|part| {
                let look = match &part {
                    Part::Common if slugs.is_empty() => {
                        survey::look(&self.wish.site, &[content.join("site.yaml"), content.join("frameworks"), themes.clone()], &|_| false)
                    }
                    Part::Common => survey::look(&self.wish.site, &[content.clone(), themes.clone()], &is_agency),
                    Part::Agency(slug) => survey::look(&self.wish.site, &[content.join(slug)], &|_| false),
                };
                (part, look)
            })
            .collect();
        let is_other = |(part, look): &&(Part, Look)| self.looks.get(part).is_none_or(|old| old.hash != look.hash || old.is_unsettled);
        let changed = looks.iter().filter(is_other).map(|(part, _)| part.clone()).collect();
        self.looks = looks.into_iter().collect();
        Ok(changed)
    }

    /// Watches the sources, and what links among them lead to.
    fn watch_all(&mut self) {
        let site = &self.wish.site;
        let mut folders: BTreeSet<PathBuf> = [self.content(), self.wish.site.join("themes")]
            .iter()
            .map(|folder| survey::real(folder))
            .filter(|folder| folder.is_dir() && folder.starts_with(site))
            .collect();
        let targets = self.looks.values().flat_map(|look| &look.links);
        let targets: Vec<PathBuf> =
            targets.map(|target| if target.is_dir() { target.clone() } else { target.parent().unwrap_or(target).to_owned() }).collect();
        for target in targets {
            if !folders.iter().any(|folder| target.starts_with(folder)) {
                folders.insert(target);
            }
        }
        self.watch.follow(site, &folders);
    }
}

/// Builds the agencies of these slugs whose files changed, and shows each as soon as it is there. Gives back those that wait.
fn build(workshop: &mut Workshop, (site, slugs): (&Site, &[String]), stock: &Stock, round: Round) -> io::Result<Vec<String>> {
    if slugs.is_empty() {
        return Ok(Vec::new());
    }
    let built = std::sync::Mutex::new(Vec::new());
    let held = workshop.build_agencies((site, slugs), round.is_quiet, &|fresh: Fresh| {
        if let Ok(mut built) = built.lock() {
            built.push(fresh.slug.to_string());
        }
        stock.take(fresh);
    })?;
    let units = built.into_inner().unwrap_or_default();
    if !units.is_empty() {
        stock.note(Done { units, took: round.begun.elapsed() });
    }
    Ok(held)
}
