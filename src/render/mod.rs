//! From the plan of the site to bytes: templates, tables as HTML, CSV and JSON, charts, the maps for robots. Owns how things look and
//! are spelt; refuses to decide what exists or where it lies.

pub mod agency_list;
mod bars;
pub mod brand;
pub mod catalog;
pub mod chart;
pub mod data;
pub mod data_package;
mod deep;
pub mod feed;
pub mod hosts;
mod linked;
pub mod maps;
mod marks;
pub mod ocds;
pub mod page;
pub mod search;
mod settled;
pub mod table;
pub mod theme;
pub mod voice;
