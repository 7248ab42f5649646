//! The addresses of an agency's pages and files. Owns which exist; everything that links asks here.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::model::{EditionModel, Model};
use crate::base::address::Address;
use crate::base::alike::alike;
use crate::base::of_windows::is_of_windows;
use crate::base::packing;
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
    "glossary",
    "names",
    "provinces",
    "kinds",
    "levels",
    "about-data",
    "index",
    "404",
    "assets",
    "datapackage",
    "manifest",
    "verify",
    "nginx.conf",
    "web.config",
];

/// Files of the program at the site's root.
const ROOT_FILES: &[&str] =
    &["404.html", "icon.png", "icon.svg", "lists.js", "manifest.json.minisig", "robots.txt", "search.js", "sitemap-site.xml", "style.css"];

/// Files of the program beside an agency's front page.
const AGENCY_FILES: &[&str] = &["catalog.jsonld", "datapackage.json", "feed.xml", "manifest.json", "sitemap.xml"];

/// Who makes a file, where no author does.
const PROGRAM: &str = "";

/// The case of a collision on hosts and disks that do not tell capital letters apart.
const CAPITALS: &str = "case";

/// The same where both look alike, and their letters are stored in two ways.
const FORM: &str = "form";

/// The addresses of one unit, as the files that are served at them.
#[derive(Clone, Debug, Default)]
pub struct Routes {
    /// By path from the site's root: the authored file that makes it, or [`PROGRAM`].
    files: BTreeMap<String, String>,
    /// Those whose path is not its own form of [`alike`], by that form: only names that authors give can be such.
    forms: BTreeMap<String, String>,
    /// Folders in which every name is the program's.
    own: Vec<String>,
    /// Folders of which it is not known what they have.
    open: BTreeSet<String>,
}

impl Routes {
    /// The addresses of an agency, and the collisions among them.
    pub fn of(model: &Model) -> (Self, Vec<Finding>) {
        let mut routes = Self::default();
        let mut findings = Vec::new();
        routes.add(&model.base);
        routes.program(&model.base);
        routes.add(&super::changes::address(model));
        routes.add(&super::glossary::address(&model.base));
        routes.add(&super::about_data::address(&model.base));
        routes.own_folder(&super::search::address(model));
        // With several agencies it is the site's own.
        if model.base.as_str().is_empty() {
            routes.add(&super::verify::address());
        }
        for edition in &model.editions {
            routes.edition(edition);
        }
        for edition in &model.editions {
            for item in &edition.edition.pack.items {
                routes.add(&model.base.below(&format!("items/{}/", item.id)));
            }
        }
        findings.extend(routes.attachments(model));
        findings.extend(routes.pages(&model.base, &model.pages));
        (routes, findings)
    }

    /// The addresses of the site's own pages and files, with several agencies: its lists and data files, free pages and attachments.
    /// Agencies that are `apart` stay as they lie there, if they do, so that only others can be in their way.
    pub fn of_site(own: &Model, (slugs, apart): (&[&str], &[&str]), lists: &BTreeSet<Address>) -> (Self, Vec<Finding>) {
        let mut routes = Self::default();
        let root = Address::root();
        routes.add(&root);
        routes.add(&super::verify::address());
        routes.add(&super::glossary::address(&root));
        routes.add(&super::about_data::address(&root));
        routes.own_folder(&super::search::address(own));
        routes.program(&root);
        let mut findings = Vec::new();
        let apart: BTreeSet<&str> = apart.iter().copied().collect();
        for slug in &apart {
            routes.put(&front(slug), &agency_file(slug));
        }
        for slug in slugs.iter().filter(|slug| !apart.contains(*slug)) {
            let address = front(slug);
            findings.extend(routes.alike(&address).map(|other| clash(slug, other)));
            routes.put(&address, &agency_file(slug));
        }
        for list in lists {
            routes.add(list);
        }
        findings.extend(routes.attachments(own));
        findings.extend(routes.pages(&root, &own.pages));
        (routes, findings)
    }

    /// A page of the program with files of the program below it, however many.
    fn own_folder(&mut self, address: &Address) {
        self.add(address);
        self.own.push(address.as_str().to_owned());
    }

    /// The files of the program that lie beside a front page.
    fn program(&mut self, base: &Address) {
        let root = if base.as_str().is_empty() { ROOT_FILES } else { &[] };
        for name in AGENCY_FILES.iter().chain(root) {
            self.files.insert(base.below(name).file(), PROGRAM.to_owned());
        }
    }

    fn attachments(&mut self, model: &Model) -> Vec<Finding> {
        let mut findings = Vec::new();
        for attachment in model.attachments.values() {
            let address = model.attachment(attachment);
            if let Some(other) = self.alike(&address) {
                findings.push(collision_alike(Place::top(Arc::clone(&attachment.from)), &address, other));
            }
            self.put(&address, &attachment.from);
        }
        findings
    }

    fn pages(&mut self, base: &Address, pages: &BTreeMap<String, Commentary>) -> Vec<Finding> {
        let mut findings = Vec::new();
        for (name, page) in pages {
            let address = base.below(&format!("{name}/"));
            let taken = if may_be_page(name) { self.taken(&address).map(str::to_owned) } else { Some(PROGRAM.to_owned()) };
            match taken {
                Some(other) => findings.push(collision(Place::top(page.path.clone()), &address, &other)),
                None => {
                    if let Some(other) = self.alike(&address) {
                        findings.push(collision_alike(Place::top(page.path.clone()), &address, other));
                    }
                    self.put(&address, &page.path);
                }
            }
        }
        findings
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
        add("datapackage.json");
        for table in super::columns::TABLES {
            add(&format!("data/{}.csv", table.name));
            add(&format!("data/{}.json", table.name));
        }
    }

    /// Is there a page or file at this address?
    pub fn contains(&self, address: &Address) -> bool {
        self.has_file(&address.file())
    }

    /// Is there a page or file that lies at this path?
    pub fn has_file(&self, path: &str) -> bool {
        self.files.contains_key(path) || path.split_once('/').is_some_and(|(first, _)| self.open.contains(first))
    }

    /// Takes any address below these folders for one that is there: whoever makes them can't be asked now.
    pub fn leave_open(&mut self, folders: &[&str]) {
        self.open.extend(folders.iter().map(|folder| (*folder).to_owned()));
    }

    /// Who stands in the way of a new address: the same file, a file where a folder would be, or a folder where the file would be.
    pub fn taken(&self, address: &Address) -> Option<&str> {
        let file = address.file();
        if is_map(&file) || self.own.iter().any(|folder| file.starts_with(folder)) { Some(PROGRAM) } else { in_the_way(&self.files, &file) }
    }

    /// Who stands in its way on disks and hosts that do not tell capital letters apart, nor the ways to store a letter. Two folders that
    /// are one there are in nobody's way.
    pub fn alike(&self, address: &Address) -> Option<&str> {
        let file = address.file();
        let form = alike(&file);
        let plain = if form == file { None } else { in_the_way(&self.files, &form) };
        plain.or_else(|| in_the_way(&self.forms, &form))
    }

    /// Adds an address that an authored file makes.
    pub fn put(&mut self, address: &Address, maker: &str) {
        let file = address.file();
        let form = alike(&file);
        if form != file {
            self.forms.insert(form.into_owned(), maker.to_owned());
        }
        self.files.insert(file, maker.to_owned());
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
    // A packed twin has the name of its file and an end.
    let file = packing::unpacked_name(&lower).unwrap_or(&lower);
    let program = ROOT_FILES.iter().chain(AGENCY_FILES).chain(&["index.html"]).any(|known| *known == file);
    usable && !year && !program && !is_map(file) && !RESERVED.contains(&lower.as_str())
}

/// Is this path one that sitemaps of a front page may have, however many there are, or below one?
fn is_map(path: &str) -> bool {
    let map = |name: &str| name.starts_with("sitemap-") && name.ends_with(".xml");
    let mut parts = path.split('/');
    let (first, second) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    map(first) || (first != "files" && map(second))
}

/// The address of an agency's front page.
fn front(slug: &str) -> Address {
    Address::root().below(&format!("{slug}/"))
}

/// The file that makes a folder an agency's.
fn agency_file(slug: &str) -> String {
    format!("content/{slug}/agency.yaml")
}

/// The slugs that are one with another on some disk, each with the finding that says so.
pub fn clashes(slugs: &[String]) -> BTreeMap<String, Finding> {
    let mut by_form: BTreeMap<Cow<'_, str>, Vec<&str>> = BTreeMap::new();
    for slug in slugs {
        by_form.entry(alike(slug)).or_default().push(slug);
    }
    let one = |all: &[&str], slug: &str| {
        let other = all.iter().find(|other| **other != slug)?;
        Some((slug.to_owned(), clash(slug, &agency_file(other))))
    };
    by_form.values().flat_map(|all| all.iter().filter_map(|slug| one(all, slug))).collect()
}

/// The finding that an agency's pages would lie where those of another file do.
fn clash(slug: &str, other: &str) -> Finding {
    let mut finding = collision_alike(Place::top(agency_file(slug)), &front(slug), other);
    finding.agency = Arc::from(slug);
    finding
}

/// Why a folder's name can't be an agency's slug; `None` where it can.
pub fn bad_slug(slug: &str) -> Option<(&'static str, &'static str)> {
    if slug.starts_with(['_', '.']) {
        return Some(("ขึ้นต้นด้วย _ หรือจุดไม่ได้", "it must not begin with _ or a full stop"));
    }
    if !is_normal(slug) {
        return Some(("ชื่อนี้เก็บตัวอักษรในแบบที่ไม่ใช่แบบปกติ โปรดพิมพ์ชื่อใหม่ทั้งหมด", "its letters are not stored in the usual way; type the name anew"));
    }
    if Address::new(&format!("{slug}/")).is_err() || !slug.split(['.', '_']).all(is_of_letters) {
        return Some((
            "ใช้ตัวอักษร ตัวเลข และขีด ไม่เว้นวรรค จุดหรือ _ คั่นกลางชื่อได้ทีละตัว",
            "use letters, digits and hyphens, without spaces; a single full stop or _ may stand inside",
        ));
    }
    if is_of_windows(slug) {
        return Some((
            "Windows สงวนชื่อนี้ไว้ จึงคัดลอกโฟลเดอร์ไปยัง Windows ไม่ได้",
            "Windows keeps this name for itself, and the folder can't be copied there",
        ));
    }
    (!may_be_page(slug) || slug == "frameworks")
        .then_some(("ชื่อนี้เป็นที่อยู่ของโปรแกรมหรือเป็นปี", "the name is an address of the program's, or a year"))
}

/// Is this of nothing but letters of any script with their marks, digits and hyphens? Every disk and host takes such a name as it is.
fn is_of_letters(part: &str) -> bool {
    !part.is_empty() && part.chars().all(|c| c == '-' || c.is_alphanumeric() || thai::is_combining(c))
}

/// Who makes the file of this path, one above it, or one below it.
fn in_the_way<'a>(files: &'a BTreeMap<String, String>, path: &str) -> Option<&'a str> {
    if files.is_empty() {
        return None;
    }
    let above = path.match_indices('/').map(|(at, _)| &path[..at]);
    let same_or_above = above.chain([path]).find_map(|path| files.get(path));
    let folder = format!("{path}/");
    let below = || files.range(folder.clone()..).next().filter(|(path, _)| path.starts_with(&folder)).map(|(_, maker)| maker);
    same_or_above.or_else(below).map(String::as_str)
}

/// The finding that an address is taken: by another authored file, or by the program.
pub fn collision(place: Place, address: &Address, other: &str) -> Finding {
    let finding = Finding::new(Code::RouteCollision, place).about(address.as_str()).with("address", address.as_str());
    if other == PROGRAM { finding.case("reserved") } else { finding.with("other", other) }
}

/// Are its letters stored in the usual way?
fn is_normal(path: &str) -> bool {
    thai::normal(path) == path
}

/// Are both files one, or one of them a folder that the other lies in, but for the way in which letters are stored?
fn is_stored_otherwise(file: &str, other: &str) -> bool {
    let (file, other) = (thai::normal(file), thai::normal(other));
    let lies_in = |path: &str, folder: &str| path.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    lies_in(&file, &other) || lies_in(&other, &file)
}

/// The finding that an address is taken where neither capital letters nor the ways to store a letter are told apart.
pub fn collision_alike(place: Place, address: &Address, other: &str) -> Finding {
    let is_of_form = is_stored_otherwise(&place.file, other);
    // Both names look the same, so the one to rename is told by which of the two it is.
    let odd = match (is_normal(&place.file), is_normal(other)) {
        (true, _) => ("อีกชื่อหนึ่ง", "the other one"),
        (false, true) => ("ชื่อนี้", "this one"),
        (false, false) => ("ชื่อใดชื่อหนึ่ง", "one of them"),
    };
    let finding = Finding::new(Code::RouteCollision, place).about(address.as_str()).with("address", address.as_str());
    let finding = if is_of_form { finding.case(FORM).with("odd", odd) } else { finding.case(CAPITALS) };
    if other == PROGRAM { finding.with("other", ("โปรแกรม", "the program")) } else { finding.with("other", other) }
}
