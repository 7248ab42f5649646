//! Rules that are not arithmetic, and findings about what arithmetic says. Now: the self-test of finished output, figures and levels.

pub mod output;
pub mod scores;
pub mod tags;
