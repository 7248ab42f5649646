//! Values that every other room builds on. Nothing here knows of agencies, files on a disk or pages.

pub mod address;
pub mod alike;
pub mod band;
pub mod base64;
pub mod color;
pub mod csv;
pub mod date;
mod digit_runs;
pub mod digits;
pub mod exact;
pub mod fold;
pub mod hash;
pub mod json;
pub mod language;
pub mod lookup;
pub mod of_windows;
pub mod output;
pub mod packing;
pub mod path_text;
pub mod personal;
pub mod place_name;
pub mod public_body;
pub mod public_key;
pub mod span;
pub mod thai;
pub mod width;
