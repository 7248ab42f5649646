//! Keeps what is shown as the sources are. Owns when what is looked at, read and built. Refuses to trust an event, a time or a size for
//! longer than it can be trusted: the content decides what is built.
//!
//! A pass first looks where an event pointed, so that the page that is being written is there at once, and then at everything.

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

/// Only a fault waits until the files were quiet for so long: a save that is half done is no fault.
const QUIET: Duration = Duration::from_millis(50);
/// Everything is looked at once more so long after the last change: in a folder that is new the first events may be missed.
const SETTLED: Duration = Duration::from_millis(300);
/// What changed too lately to be sure of is looked at again after this.
const UNSETTLED: Duration = Duration::from_millis(50);
/// A new day, and sources that are gone, are noticed after this at the latest.
const IDLE: Duration = Duration::from_secs(60);
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
    /// Errors that are not shown yet, because the files were not quiet for long enough.
    waits: Option<Instant>,
}

impl<'a> Keeper<'a> {
    /// A keeper that has not built anything.
    pub fn new(wish: Wish<'a>, stock: Arc<Stock>) -> Self {
        let watch = Watch::new(wish.polls);
        Self { wish, stock, workshop: Workshop::default(), site: None, looks: BTreeMap::new(), watch, waits: None }
    }

    /// What ends [`Keeper::run`].
    pub fn stopper(&self) -> super::watch::Stop {
        self.watch.stopper()
    }

    /// Builds all of it for the first time.
    ///
    /// # Errors
    /// When the sources can't be read.
    pub fn begin(&mut self) -> io::Result<()> {
        self.watch_all();
        let begun = now();
        self.look_at_all(begun)?;
        self.tell(true);
        Ok(())
    }

    /// Looks once where `hints` point and then at everything, and shows what was found at once; what [`Keeper::run`] does after each event.
    ///
    /// # Errors
    /// When the sources can't be read.
    pub fn pass(&mut self, hints: &BTreeSet<PathBuf>) -> io::Result<()> {
        let begun = now();
        self.look_first(hints, begun)?;
        self.look_at_all(begun)?;
        self.tell(true);
        Ok(())
    }

    /// Keeps it up to date until it is stopped.
    pub fn run(&mut self) {
        let mut again = Some(now() + SETTLED);
        let mut is_troubled = false;
        loop {
            let idle = now() + if is_troubled { TROUBLED } else { IDLE };
            let until = [again, self.waits, Some(idle)].into_iter().flatten().min();
            let begun;
            let hints = match self.watch.wait(until) {
                Woken::Stop => return,
                Woken::Paths(paths) => {
                    begun = now();
                    self.waits = self.waits.map(|_| begun + QUIET);
                    again = Some(begun + SETTLED);
                    paths
                }
                Woken::Time => {
                    begun = now();
                    BTreeSet::new()
                }
            };
            let passed = self.look_first(&hints, begun).and_then(|()| self.look_at_all(begun));
            let is_over = again.is_some_and(|again| again <= begun);
            let is_unsettled = self.looks.values().any(|look| look.is_unsettled);
            if is_unsettled {
                again = Some(now() + UNSETTLED);
            } else if is_over {
                again = None;
            }
            match passed {
                Ok(()) => {
                    if std::mem::take(&mut is_troubled) {
                        self.watch.forget();
                    }
                    self.watch_all();
                    self.tell(hints.is_empty() && self.waits.is_none_or(|waits| waits <= begun));
                }
                Err(error) => {
                    is_troubled = true;
                    self.looks.clear();
                    self.site = None;
                    self.tell_trouble(&error);
                }
            }
        }
    }

    /// Shows what was found. Errors wait until the files are quiet, so that what is half written never flashes up.
    fn tell(&mut self, is_quiet: bool) {
        let has_errors = self.workshop.has_errors();
        if has_errors && !is_quiet {
            self.waits = self.waits.or(Some(now() + QUIET));
            return;
        }
        self.waits = None;
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

    /// Looks at the agencies that events pointed at.
    fn look_first(&mut self, hints: &BTreeSet<PathBuf>, begun: Instant) -> io::Result<()> {
        let Some(site) = &self.site else { return Ok(()) };
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
                _ => return Ok(()),
            }
        }
        // A folder that lost its `agency.yaml` is no agency any more: that is for the look at everything.
        slugs.retain(|slug| content.join(slug).join("agency.yaml").is_file());
        let slugs: Vec<String> = slugs.into_iter().collect();
        build(&mut self.workshop, site, &slugs, &self.stock, begun)
    }

    /// Looks at everything, and builds what is not as it was.
    fn look_at_all(&mut self, begun: Instant) -> io::Result<()> {
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
        let Some(site) = &self.site else { return Ok(()) };
        self.workshop.read_common(site, &options)?;
        let mut slugs: BTreeSet<String> = self.workshop.unbuilt().into_iter().collect();
        slugs.extend(changed.into_iter().filter_map(|part| match part {
            Part::Agency(slug) => Some(slug),
            Part::Common => None,
        }));
        // What somebody looks at comes first, and alone, since all cores are busy with the rest.
        for slug in self.stock.asked() {
            if let Some(slug) = slugs.take(&*slug) {
                build(&mut self.workshop, site, &[slug], &self.stock, begun)?;
            }
        }
        let slugs: Vec<String> = slugs.into_iter().collect();
        build(&mut self.workshop, site, &slugs, &self.stock, begun)?;
        self.workshop.build_own(&|fresh| self.stock.take(fresh));
        let slugs: BTreeSet<&str> = self.workshop.slugs().iter().map(String::as_str).collect();
        self.stock.keep(&|slug| slug.is_empty() || slugs.contains(slug));
        site.remember();
        Ok(())
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
                        survey::look(&[content.join("site.yaml"), content.join("frameworks"), themes.clone()], &|_| false)
                    }
                    Part::Common => survey::look(&[content.clone(), themes.clone()], &is_agency),
                    Part::Agency(slug) => survey::look(&[content.join(slug)], &|_| false),
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
        let mut folders: BTreeSet<PathBuf> = [self.content(), self.wish.site.join("themes")]
            .iter()
            .map(|folder| survey::real(folder))
            .filter(|folder| folder.is_dir())
            .collect();
        let targets = self.looks.values().flat_map(|look| &look.links);
        let targets: Vec<PathBuf> =
            targets.map(|target| if target.is_dir() { target.clone() } else { target.parent().unwrap_or(target).to_owned() }).collect();
        for target in targets {
            if !folders.iter().any(|folder| target.starts_with(folder)) {
                folders.insert(target);
            }
        }
        self.watch.follow(&folders);
    }
}

/// Builds the agencies of these slugs whose files changed, and shows each as soon as it is there.
fn build(workshop: &mut Workshop, site: &Site, slugs: &[String], stock: &Stock, begun: Instant) -> io::Result<()> {
    if slugs.is_empty() {
        return Ok(());
    }
    let built = std::sync::Mutex::new(Vec::new());
    workshop.build_agencies(site, slugs, &|fresh: Fresh| {
        if let Ok(mut built) = built.lock() {
            built.push(fresh.slug.to_string());
        }
        stock.take(fresh);
    })?;
    let units = built.into_inner().unwrap_or_default();
    if !units.is_empty() {
        stock.note(Done { units, took: begun.elapsed() });
    }
    Ok(())
}
