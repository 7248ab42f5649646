//! `export`: hands out addresses, links and the report.

use super::args::{ExportOptions, ExportWhat, Invocation};
use super::terminal::Terminal;
use super::{Status, Stop, not_yet, report};

/// Hands out what was asked for.
pub fn run(invocation: &Invocation, options: &ExportOptions, terminal: &Terminal) -> Result<Status, Stop> {
    match &options.what {
        ExportWhat::Report(options) => report::run(invocation, options, terminal),
        ExportWhat::Urls(_) | ExportWhat::Links(_) => Err(not_yet("export", terminal)),
    }
}
