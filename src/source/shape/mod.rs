//! What each authored file may hold, for its reader beside this folder and for the schemas of editors. Owns the keys and the words about
//! them. Refuses to read: what a value means is for the reader.

pub mod agency;
pub mod assessment;
pub mod commentary;
pub mod disclosures;
pub mod measures;
pub mod site;
