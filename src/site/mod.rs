//! The plan of the site: which pages, tables and data files exist, where they lie and what each shows. Owns one file per kind of page.
//! Refuses HTML: a page is a view (plain data), layouts of tables, and documents; how that looks is for the next room.

pub mod agencies;
pub mod agency;
pub mod audit;
pub mod axis;
pub mod changes;
pub mod edition;
pub mod feed;
pub mod glossary;
pub mod issue;
pub mod item;
pub mod item_years;
pub mod joined;
pub mod known;
pub mod levels;
pub mod linked;
pub mod links;
pub mod losses;
pub mod measures;
pub mod model;
pub mod oit;
pub mod page;
pub mod provinces;
pub mod references;
pub mod report;
pub mod routes;
pub mod scale;
pub mod scores;
pub mod search;
pub mod spread;
pub mod table;
pub mod tables;
pub mod timeline;
pub mod verify;
pub mod view;
pub mod years;
