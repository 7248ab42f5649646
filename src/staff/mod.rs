//! Tools for the people who run a site: the files of a new site and what is added to one, files for continuous integration, what a code
//! means, and how complete their records are. Refuses to touch what is there already.

pub mod ci;
pub mod explain;
pub mod import;
pub mod init;
pub mod new;
pub mod report;
pub mod said;
pub mod scalar;
pub mod starter;
pub mod status;
