//! Tools for the people who run a site. Now: files for continuous integration. Refuses to touch what is there already.

pub mod ci;
