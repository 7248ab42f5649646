//! What authors write, as typed records that remember their place. Owns the authored formats and where each file lies.
//! Refuses arithmetic and pages: a record says what was written, checked for shape, codes and range, and nothing more.

pub mod agency;
pub mod assessment;
pub mod attachment;
pub mod commentary;
pub mod disclosures;
pub mod files;
pub mod hosting;
pub mod layout;
pub mod look;
pub mod measures;
pub mod procurement;
pub mod shape;
pub mod site;
pub mod unit;
pub mod unknown;
