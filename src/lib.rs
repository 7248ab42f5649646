//! **prongsai** (โปร่งใส) turns a public agency's assessment data and commentary into a static website that citizens can read,
//! assessors can check and machines can use.

pub mod assessment;
pub mod base;
pub mod check;
pub mod cli;
pub mod disk;
pub mod engine;
pub mod finding;
pub mod framework;
pub mod preview;
pub mod publish;
pub mod render;
pub mod site;
pub mod source;
pub mod staff;
pub mod text;
