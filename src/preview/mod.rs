//! The preview: what is shown is what would be published, built anew when the sources change. Refuses to write anything.

#![expect(clippy::disallowed_methods, reason = "it looks at the sources, and at the clock")]

pub mod keeper;
pub mod stock;
pub mod watch;
