//! Rules that are not arithmetic. Now: the self-test of finished output.

pub mod output;
pub mod tags;
