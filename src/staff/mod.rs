//! Tools for the people who run a site: the files of a new site and what is added to one, files for continuous integration, what a code
//! means, how complete their records are, what is read from tables and handed out, and schemas for editors. Refuses to touch what nobody
//! asked to have changed.

pub mod ci;
pub mod explain;
pub mod export;
pub mod import;
pub mod init;
pub mod new;
pub mod report;
pub mod said;
pub mod scalar;
pub mod schema;
pub mod starter;
pub mod status;
