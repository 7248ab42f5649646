//! Tools for the people who run a site: files for continuous integration, and how complete their records are. Refuses to touch what is
//! there already.

pub mod ci;
pub mod explain;
pub mod report;
pub mod status;
