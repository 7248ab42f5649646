//! Rules that are not arithmetic, and findings about what arithmetic says: those over figures and levels, those over an agency's records
//! and texts, what it accepts of what was found, and the self-test of finished output.

pub mod accept;
mod analysis;
pub mod attachments;
pub mod authored;
mod disclosures;
mod drift;
mod evidence;
mod figures;
mod foreign;
pub mod hosts;
mod measures;
pub mod mentions;
pub mod output;
pub mod personal;
pub mod pictures;
pub mod procurement;
pub mod prose;
pub mod records;
mod score_words;
pub mod scores;
pub mod structure;
pub mod tags;
