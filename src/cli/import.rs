//! `import`: reads scores and measures from tables.

use super::args::{ImportOptions, Invocation};
use super::terminal::Terminal;
use super::{Status, Stop, not_yet};

/// Reads scores and measures from tables.
pub fn run(_invocation: &Invocation, _options: &ImportOptions, terminal: &Terminal) -> Result<Status, Stop> {
    Err(not_yet("import", terminal))
}
