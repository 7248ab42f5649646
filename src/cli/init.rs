//! `init`: makes a new site.

use super::args::InitOptions;
use super::terminal::Terminal;
use super::{Status, Stop, not_yet};

/// Makes a new site.
pub fn run(_options: &InitOptions, terminal: &Terminal) -> Result<Status, Stop> {
    Err(not_yet("init", terminal))
}
