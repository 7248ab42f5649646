//! `export`: hands out addresses, links and the report.

use super::args::{ExportOptions, Invocation};
use super::terminal::Terminal;
use super::{Status, Stop, not_yet};

/// Hands out addresses, links and the report.
pub fn run(_invocation: &Invocation, _options: &ExportOptions, terminal: &Terminal) -> Result<Status, Stop> {
    Err(not_yet("export", terminal))
}
