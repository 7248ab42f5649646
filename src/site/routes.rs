//! The addresses of an agency's pages and files. Owns which exist; everything that links asks here.

use std::collections::BTreeMap;

use super::model::{EditionModel, Model};
use crate::base::address::Address;
use crate::base::span::Place;
use crate::base::thai;
use crate::finding::{Code, Finding};

/// First parts of addresses that belong to the program, in every site.
const RESERVED: &[&str] = &[
    "items",
    "changes",
    "search",
    "files",
    "data",
    "names",
    "provinces",
    "about-data",
    "index",
    "404",
    "assets",
    "datapackage",
    "manifest",
];

/// Names of data tables of an edition.
pub const TABLES: &[&str] = &["scores", "questions", "items", "measures", "disclosures"];

/// The addresses of one unit.
#[derive(Clone, Debug, Default)]
pub struct Routes {
    pages: BTreeMap<Address, String>,
}

impl Routes {
    /// The addresses of an agency, and the collisions among them.
    pub fn of(model: &Model) -> (Self, Vec<Finding>) {
        let mut routes = Self::default();
        let mut findings = Vec::new();
        routes.pages.insert(model.base.clone(), String::new());
        for edition in &model.editions {
            routes.edition(edition);
        }
        for edition in &model.editions {
            for item in &edition.edition.pack.items {
                routes.pages.insert(model.base.below(&format!("items/{}/", item.id)), String::new());
            }
        }
        for attachment in model.attachments.values() {
            let below = attachment.from.strip_prefix(model.folder.as_str()).unwrap_or(&attachment.from);
            routes.pages.insert(model.base.below(below), attachment.from.to_string());
        }
        for (name, page) in &model.pages {
            let place = Place::top(page.path.clone());
            match free_page(&model.base, name) {
                Ok(address) => match routes.pages.get(&address) {
                    Some(other) => findings.push(collision(place, &address, other)),
                    None => {
                        routes.pages.insert(address, page.path.to_string());
                    }
                },
                Err(address) => findings.push(collision(place, &address, "")),
            }
        }
        (routes, findings)
    }

    /// The addresses of the site's own free pages, with several agencies.
    pub fn of_pages<'a>(pages: impl Iterator<Item = (&'a String, &'a crate::source::commentary::Commentary)>) -> (Self, Vec<Finding>) {
        let mut routes = Self::default();
        let mut findings = Vec::new();
        routes.pages.insert(Address::root(), String::new());
        for (name, page) in pages {
            match free_page(&Address::root(), name) {
                Ok(address) => {
                    routes.pages.insert(address, page.path.to_string());
                }
                Err(address) => findings.push(collision(Place::top(page.path.clone()), &address, "")),
            }
        }
        (routes, findings)
    }

    fn edition(&mut self, edition: &EditionModel) {
        let pack = &edition.edition.pack;
        let mut add = |rest: &str| {
            self.pages.insert(edition.base.below(rest), String::new());
        };
        for page in ["", "scores/", "measures/", "report/"] {
            add(page);
        }
        if !pack.issues.is_empty() {
            add("issues/");
            for issue in &pack.issues {
                add(&format!("issues/{}/", issue.number));
            }
        }
        if !pack.items.is_empty() {
            add("oit/");
            for item in &pack.items {
                add(&format!("oit/{}/", item.code));
            }
        }
        for table in TABLES {
            add(&format!("data/{table}.csv"));
            add(&format!("data/{table}.json"));
        }
    }

    /// Is there a page or file at this address?
    pub fn contains(&self, address: &Address) -> bool {
        self.pages.contains_key(address)
    }

    /// Adds an address of another unit, which links may lead to.
    pub fn add(&mut self, address: Address) {
        self.pages.entry(address).or_default();
    }

    /// All addresses, in order.
    pub fn iter(&self) -> impl Iterator<Item = &Address> {
        self.pages.keys()
    }
}

/// The address of a free page, or the one that it would wrongly take.
fn free_page(base: &Address, name: &str) -> Result<Address, Address> {
    let address = base.below(&format!("{name}/"));
    let lower = name.to_lowercase();
    let year = crate::base::date::parse_year(name).is_some();
    let usable = Address::new(address.as_str()).is_ok() && !name.starts_with(['_', '.']) && !name.contains('/');
    if usable && !year && !RESERVED.contains(&lower.as_str()) { Ok(address) } else { Err(address) }
}

/// Why a folder's name can't be an agency's slug; `None` where it can.
pub fn bad_slug(slug: &str) -> Option<(&'static str, &'static str)> {
    if slug.starts_with(['_', '.']) {
        return Some(("ขึ้นต้นด้วย _ หรือจุดไม่ได้", "it must not begin with _ or a full stop"));
    }
    if RESERVED.contains(&slug.to_lowercase().as_str()) || matches!(slug, "frameworks") || crate::base::date::parse_year(slug).is_some() {
        return Some(("ชื่อนี้เป็นที่อยู่ของโปรแกรมหรือเป็นปี", "the name is an address of the program's, or a year"));
    }
    let usable = Address::new(&format!("{slug}/")).is_ok() && !slug.chars().any(char::is_whitespace) && thai::normal(slug) == slug;
    (!usable).then_some(("ใช้ตัวอักษร ตัวเลข และขีด ไม่เว้นวรรค", "use letters, digits and hyphens, without spaces"))
}

fn collision(place: Place, address: &Address, other: &str) -> Finding {
    let finding = Finding::new(Code::RouteCollision, place).about(address.as_str()).with("address", address.as_str());
    if other.is_empty() { finding.case("reserved") } else { finding.with("other", other) }
}
