//! The domain: what follows from an agency's records. Owns the edition with its roll-up, ledger, level, losses, issues and completeness.
//! Pure arithmetic over records and packs; refuses addresses, HTML and findings.

pub mod completeness;
pub mod edition;
pub mod explain;
pub mod formula;
pub mod ledger;
pub mod level;
pub mod loss;
pub mod rollup;
