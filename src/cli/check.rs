//! `check`: tells what was found and writes nothing.

use std::io;

use super::args::{CheckOptions, Format, Invocation};
use super::terminal::Terminal;
use super::{Status, Stop, edge, progress};
use crate::disk::scan::Site;
use crate::engine::{self, Done, Manner, Sink, Source, Unit};
use crate::finding::{github, human, json};

/// Looks at units and lets them go.
struct Nowhere;

impl Sink for Nowhere {
    fn take(&self, _unit: Unit) -> io::Result<()> {
        Ok(())
    }
}

/// Builds into nothing and writes the findings to standard output.
pub fn run(invocation: &Invocation, options: &CheckOptions, terminal: &Terminal) -> Result<Status, Stop> {
    let build = engine::Options { base_url: None, drafts: options.drafts, today: edge::today(terminal)? };
    let site = Site::open(&invocation.site)?;
    // People are shown the first of many; programs get all of them.
    let manner = Manner { keep_few: options.format == Format::Human, ..Manner::default() };
    let total = site.listing()?.agencies.map_or(1, |agencies| agencies.len());
    let (Done { findings, count, .. }, _) = progress::build(total, &Nowhere, terminal, |sink| engine::run(&site, &build, (sink, manner)))?;
    site.remember();
    let status = Status::of(count.summary, options.strict);
    let text = match options.format {
        Format::Human => human::render_first(&findings, &count, terminal.result_style()),
        Format::Json => json::render(&findings, terminal.language),
        Format::Github => github::render(&findings, terminal.language),
    };
    match terminal.result(&text) {
        // Whoever stopped reading (as `head` does) still learns from the status how the site is.
        Ok(()) | Err(Stop::ClosedPipe) => Ok(status),
        Err(stop) => Err(stop),
    }
}
