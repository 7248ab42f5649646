//! Tools for the people who run a site: files for continuous integration, how complete their records are, what is handed out of them, and
//! schemas for editors. Refuses to touch what is there already.

pub mod ci;
pub mod explain;
pub mod export;
pub mod report;
pub mod schema;
pub mod status;
