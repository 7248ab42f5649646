//! The addresses of an agency's pages and files. Owns which exist; everything that links asks here.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::model::{EditionModel, Model};
use crate::base::address::Address;
use crate::base::span::Place;
use crate::base::thai;
use crate::finding::{Code, Finding};
use crate::source::commentary::Commentary;

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

/// Files of the program at the site's root.
const ROOT_FILES: &[&str] = &["404.html", "icon.svg", "robots.txt", "sitemap-site.xml", "style.css"];

/// Files of the program beside an agency's front page.
const AGENCY_FILES: &[&str] = &["datapackage.json", "feed.xml", "manifest.json", "sitemap.xml"];

/// Names of data tables of an edition.
pub const TABLES: &[&str] = &["scores", "questions", "items", "measures", "disclosures"];

/// Who makes a file, where no author does.
const PROGRAM: &str = "";

/// The case of a collision on hosts and disks that do not tell capital letters apart.
const CAPITALS: &str = "case";

/// The addresses of one unit, as the files that are served at them.
#[derive(Clone, Debug, Default)]
pub struct Routes {
    /// By path from the site's root: the authored file that makes it, or [`PROGRAM`].
    files: BTreeMap<String, String>,
}

impl Routes {
    /// The addresses of an agency, and the collisions among them.
    pub fn of(model: &Model) -> (Self, Vec<Finding>) {
        let mut routes = Self::default();
        let mut findings = Vec::new();
        routes.add(&model.base);
        routes.program(&model.base);
        routes.add(&super::changes::address(model));
        for edition in &model.editions {
            routes.edition(edition);
        }
        for edition in &model.editions {
            for item in &edition.edition.pack.items {
                routes.add(&model.base.below(&format!("items/{}/", item.id)));
            }
        }
        let mut folded: BTreeMap<String, &str> = BTreeMap::new();
        for attachment in model.attachments.values() {
            let address = model.attachment(attachment);
            if let Some(other) = folded.insert(address.as_str().to_lowercase(), &attachment.from) {
                findings.push(collision(Place::top(Arc::clone(&attachment.from)), &address, other).case(CAPITALS));
            }
            routes.files.insert(address.file(), attachment.from.to_string());
        }
        findings.extend(routes.pages(&model.base, &model.pages));
        (routes, findings)
    }

    /// The addresses of the site's own pages, with several agencies: its lists and data files, and its free pages.
    pub fn of_site(pages: &BTreeMap<String, Commentary>, (slugs, lists): (&[&str], BTreeSet<Address>)) -> (Self, Vec<Finding>) {
        let mut routes = Self::default();
        let root = Address::root();
        routes.add(&root);
        routes.program(&root);
        let mut findings = Vec::new();
        let mut folded: BTreeMap<String, &str> = BTreeMap::new();
        for slug in slugs {
            let address = root.below(&format!("{slug}/"));
            let file = |slug: &str| format!("content/{slug}/agency.yaml");
            if let Some(other) = folded.insert(slug.to_lowercase(), slug) {
                findings.push(collision(Place::top(file(slug)), &address, &file(other)).case(CAPITALS));
            }
            routes.add(&address);
        }
        for list in &lists {
            routes.add(list);
        }
        findings.extend(routes.pages(&root, pages));
        (routes, findings)
    }

    /// The files of the program that lie beside a front page.
    fn program(&mut self, base: &Address) {
        let root = if base.as_str().is_empty() { ROOT_FILES } else { &[] };
        for name in AGENCY_FILES.iter().chain(root) {
            self.files.insert(base.below(name).file(), PROGRAM.to_owned());
        }
    }

    fn pages(&mut self, base: &Address, pages: &BTreeMap<String, Commentary>) -> Vec<Finding> {
        let mut findings = Vec::new();
        let mut folded = self.folded(base);
        for (name, page) in pages {
            let address = base.below(&format!("{name}/"));
            let taken = if may_be_page(name) { self.taken(&address).map(str::to_owned) } else { Some(PROGRAM.to_owned()) };
            match taken {
                Some(other) => findings.push(collision(Place::top(page.path.clone()), &address, &other)),
                None => {
                    if let Some(other) = folded.insert(name.to_lowercase(), page.path.to_string()) {
                        findings.push(collision(Place::top(page.path.clone()), &address, &other).case(CAPITALS));
                    }
                    self.files.insert(address.file(), page.path.to_string());
                }
            }
        }
        findings
    }

    /// The names below a page without their capital letters, and who makes them.
    fn folded(&self, base: &Address) -> BTreeMap<String, String> {
        let below = self.files.range(base.as_str().to_owned()..).take_while(|(path, _)| path.starts_with(base.as_str()));
        let name = |path: &str| path[base.as_str().len()..].split('/').next().unwrap_or_default().to_lowercase();
        below.map(|(path, maker)| (name(path), maker.clone())).collect()
    }

    fn edition(&mut self, edition: &EditionModel) {
        let pack = &edition.edition.pack;
        let mut add = |rest: &str| {
            self.files.insert(edition.base.below(rest).file(), PROGRAM.to_owned());
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
        self.files.contains_key(&address.file())
    }

    /// Is there a page or file that lies at this path?
    pub fn has_file(&self, path: &str) -> bool {
        self.files.contains_key(path)
    }

    /// Who stands in the way of a new address: the same file, a file where a folder would be, or a folder where the file would be.
    pub fn taken(&self, address: &Address) -> Option<&str> {
        let file = address.file();
        let above = file.match_indices('/').map(|(at, _)| &file[..at]);
        let same_or_above = above.chain([file.as_str()]).find_map(|path| self.files.get(path));
        let folder = format!("{file}/");
        let below = || self.files.range(folder.clone()..).next().filter(|(path, _)| path.starts_with(&folder)).map(|(_, maker)| maker);
        same_or_above.or_else(below).map(String::as_str)
    }

    /// Adds an address of the program, or of another unit, which links may lead to.
    pub fn add(&mut self, address: &Address) {
        self.files.entry(address.file()).or_default();
    }

    /// The pages among the addresses, in order.
    pub fn pages_below<'a>(&'a self, base: &'a Address) -> impl Iterator<Item = Address> + 'a {
        let page = |file: &String| Address::new(file.strip_suffix("index.html")?).ok();
        self.files.keys().filter(|file| file.starts_with(base.as_str())).filter_map(page)
    }
}

/// May a free page, or the first part of an old address, be named so?
pub fn may_be_page(name: &str) -> bool {
    let lower = name.to_lowercase();
    let usable = Address::new(&format!("{name}/")).is_ok() && !name.starts_with(['_', '.']) && !name.contains('/');
    let year = crate::base::date::parse_year(name).is_some();
    let program = ROOT_FILES.iter().chain(AGENCY_FILES).chain(&["index.html"]).any(|file| *file == lower);
    usable && !year && !program && !RESERVED.contains(&lower.as_str())
}

/// Why a folder's name can't be an agency's slug; `None` where it can.
pub fn bad_slug(slug: &str) -> Option<(&'static str, &'static str)> {
    if slug.starts_with(['_', '.']) {
        return Some(("ขึ้นต้นด้วย _ หรือจุดไม่ได้", "it must not begin with _ or a full stop"));
    }
    let usable = Address::new(&format!("{slug}/")).is_ok() && !slug.chars().any(char::is_whitespace) && thai::normal(slug) == slug;
    if !usable {
        return Some(("ใช้ตัวอักษร ตัวเลข และขีด ไม่เว้นวรรค", "use letters, digits and hyphens, without spaces"));
    }
    (!may_be_page(slug) || slug == "frameworks")
        .then_some(("ชื่อนี้เป็นที่อยู่ของโปรแกรมหรือเป็นปี", "the name is an address of the program's, or a year"))
}

/// The finding that an address is taken: by another authored file, or by the program.
pub fn collision(place: Place, address: &Address, other: &str) -> Finding {
    let finding = Finding::new(Code::RouteCollision, place).about(address.as_str()).with("address", address.as_str());
    if other == PROGRAM { finding.case("reserved") } else { finding.with("other", other) }
}
