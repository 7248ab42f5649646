//! `explain`: explains a code.

use super::args::ExplainOptions;
use super::terminal::Terminal;
use super::{Status, Stop, not_yet};

/// Explains a code.
pub fn run(_options: &ExplainOptions, terminal: &Terminal) -> Result<Status, Stop> {
    Err(not_yet("explain", terminal))
}
