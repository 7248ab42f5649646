//! The promises of the program, one module each. `tests/README.md` says how to write a test.

#[macro_use]
mod odd;
mod csv;
mod html;
mod killed;
mod ledger;
mod slips;
mod support;
mod whole;

mod arithmetic;
mod attachments;
mod attachments_hostile;
mod audit;
mod changes;
mod ci;
mod commands;
mod crawl;
mod determinism;
mod figures;
mod findings;
mod findings_page;
mod fuzz;
mod gone;
mod long_names;
mod machines;
mod many;
mod odd_folders;
mod odd_templates;
mod odd_text;
mod pack;
mod places;
mod preview_edits;
mod preview_saves;
mod property;
mod prose;
mod reading;
mod records;
mod rooms;
mod signature;
mod status;
mod strings;
mod tables;
mod verify;
mod web;
mod years;
