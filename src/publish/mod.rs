//! Publishing: which of an output's files are the program's own, what changed, and when the new output takes the old one's place; and
//! whether a published folder is still what its manifest says. Owns the manifest, its signature, what of the last site is gone, and the
//! sink that stages units. Refuses to touch a disk itself: `disk/` does, by the rules given here.

mod changed;
mod gone;
mod kept;
pub mod manifest;
mod pieces;
pub mod present;
mod primitives;
mod publisher;
pub mod secret_key;
pub mod shard;
pub mod signature;
#[cfg(test)]
mod trials;
pub mod verify;

pub use publisher::{Outcome, Publisher, Report};
