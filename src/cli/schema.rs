//! `schema`: prints JSON Schemas.

use super::args::{Invocation, SchemaOptions};
use super::terminal::Terminal;
use super::{Status, Stop, not_yet};

/// Prints JSON Schemas.
pub fn run(_invocation: &Invocation, _options: &SchemaOptions, terminal: &Terminal) -> Result<Status, Stop> {
    Err(not_yet("schema", terminal))
}
