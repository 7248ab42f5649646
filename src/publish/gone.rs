//! Which addresses of the last published site the new one does not have. Owns what of a manifest is an address that people link to, when
//! a folder is told as a whole, and where a reader who comes to it most likely wants to go. Refuses to read a disk: old manifests and
//! files are handed in, one unit's at a time, and only what is missing is kept.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use super::manifest::{self, Manifest, Record};
use crate::base::address::Address;
use crate::base::alike::alike;
use crate::base::output::{Entry, Output};
use crate::base::packing;
use crate::base::personal;
use crate::engine::gone::{Below, Gone};

/// A folder of which nothing is left is told address by address up to this many.
const TOLD_SINGLY: usize = 10;

/// Reads a file of the present output, where it still is what its manifest says.
pub type Read<'a> = &'a mut dyn FnMut(&str) -> Option<Vec<u8>>;

/// What is missing so far.
#[derive(Debug, Default)]
pub struct Gathered {
    found: Vec<Gone>,
    /// The agencies of the new output.
    slugs: BTreeSet<String>,
    /// Those that the old one has not.
    came: Came,
    /// Old addresses that the host answers by a rule.
    answered: BTreeSet<String>,
    /// New addresses of items that the root's unit has under another code.
    renumbered: BTreeMap<String, String>,
}

/// The agencies that the old output has not.
#[derive(Debug, Default)]
enum Came {
    #[default]
    None,
    /// One, with its pages: what an agency had that left may be there now.
    One(String, BTreeSet<String>),
    Several,
}

/// A manifest and the folder that it speaks of: the empty one, or one with a closing slash.
#[derive(Clone, Copy)]
struct Folder<'a> {
    name: &'a str,
    manifest: &'a Manifest,
}

impl Folder<'_> {
    fn has(&self, path: &str) -> bool {
        path.strip_prefix(self.name).is_some_and(|rest| self.manifest.get(rest).is_some())
    }

    fn has_below(&self, folder: &str) -> bool {
        folder.strip_prefix(self.name).is_some_and(|rest| self.manifest.has_below(rest))
    }

    /// Is there a page at this address? The front pages of the site and of an agency always are.
    fn has_page(&self, address: &str) -> bool {
        address == self.name || address.is_empty() || self.has(&format!("{address}index.html"))
    }
}

/// An agency of the new output, beside what the old one said of it.
#[derive(Clone, Copy)]
pub struct Agency<'a> {
    /// Its slug.
    pub slug: &'a str,
    /// Its manifest in the old output; `None` where there was none that can be believed.
    pub old: Option<&'a Manifest>,
    /// Its new manifest.
    pub new: &'a Manifest,
    /// Its new files.
    pub output: &'a Output,
}

impl Gathered {
    /// Takes the old addresses that the host answers by a rule, before any unit.
    pub fn answered(&mut self, addresses: &BTreeSet<Address>) {
        self.answered = addresses.iter().map(|address| address.as_str().to_owned()).collect();
    }

    /// Takes an agency that the new output keeps as it was, or will have once it is mended: nothing of it is gone.
    pub fn left_out(&mut self, slug: &str) {
        self.slugs.insert(slug.to_owned());
    }

    /// Takes an agency that was built; `root` is the old output's manifest.
    pub fn agency(&mut self, agency: Agency<'_>, root: &Manifest, read: Read<'_>) {
        let Agency { slug, old, new, output } = agency;
        self.slugs.insert(slug.to_owned());
        if root.is_empty() {
            return;
        }
        let name = format!("{slug}/");
        if root.get(&format!("{name}{}", manifest::NAME)).is_none() {
            self.came = match self.came {
                Came::None => Came::One(slug.to_owned(), new.iter().filter_map(|(path, _)| page(&format!("{name}{path}"))).collect()),
                _ => Came::Several,
            };
        }
        if old == Some(new) {
            return;
        }
        let there = Folder { name: &name, manifest: new };
        let of_agency = old.into_iter().flat_map(Manifest::iter).filter_map(|(path, _)| linked(&name, path));
        // Where the folder lies now, the site itself may have had a page.
        let own = format!("{name}{}", manifest::NAME);
        let of_root = root.below(&name).filter(|path| *path != own).filter_map(|path| linked("", path));
        let lost = Lost::of(slug, self.unanswered(of_agency.chain(of_root)), there);
        if lost.addresses.is_empty() {
            return;
        }
        let renumbered = renumbered(lost.addresses.iter().map(String::as_str), output, read);
        let editions = old.and_then(|old| one_edition(Folder { name: &name, manifest: old }, there));
        let is_page = |address: &str| there.has_page(address);
        let likely = |address: &str| renumbered.get(address).cloned().or_else(|| moved(address, editions.as_ref(), &is_page));
        self.found.extend(lost.told(&likely));
    }

    /// Takes an agency whose published files stay as they are.
    pub fn kept(&mut self, slug: &str) {
        self.slugs.insert(slug.to_owned());
    }

    fn unanswered(&self, addresses: impl Iterator<Item = String>) -> impl Iterator<Item = String> {
        addresses.filter(|address| !self.answered.contains(address))
    }

    /// Takes a part of the root's unit, only to see where items went.
    pub fn root(&mut self, output: &Output, root: &Manifest, read: Read<'_>) {
        if !output.is_empty() {
            let lost = root.iter().map(|(path, _)| path).filter(|path| path.contains("/oit/") && output.get(path).is_none());
            let lost: Vec<String> = lost.filter_map(page).collect();
            self.renumbered.extend(renumbered(lost.iter().map(String::as_str), output, read));
        }
    }

    /// All that is missing once the last unit was taken: `old` and `new` are the manifests of the root, `read` gives an old agency's.
    pub fn all(self, (old, new): (&Manifest, &Manifest), read: &mut dyn FnMut(&str, Record) -> Option<Manifest>) -> Vec<Gone> {
        let mut found = self.found;
        let there = Folder { name: "", manifest: new };
        let left: Vec<(&str, Record)> = old.agencies().filter(|(slug, _)| !self.slugs.contains(*slug)).collect();
        let was_one = !old.is_empty() && old.agencies().next().is_none();
        // Where one agency left and one came, it moved.
        let from = match left.as_slice() {
            [] if was_one && !self.slugs.is_empty() => Some(String::new()),
            [(slug, _)] if !was_one => Some(format!("{slug}/")),
            _ => None,
        };
        let to = match &self.came {
            Came::One(slug, pages) => Some((format!("{slug}/"), Some(pages))),
            Came::None if self.slugs.is_empty() && !was_one => Some((String::new(), None)),
            _ => None,
        };
        let moves = from.zip(to.as_ref().map(|(to, _)| to.clone()));
        let pages = to.as_ref().and_then(|(_, pages)| *pages);
        let is_page = |address: &str| pages.is_some_and(|pages| pages.contains(address)) || there.has_page(address);

        let is_agencys = |path: &str| path.split_once('/').is_some_and(|(first, _)| self.slugs.contains(first));
        let own = old.iter().map(|(path, _)| path).filter(|path| !is_agencys(path)).filter_map(|path| linked("", path));
        let editions = one_edition(Folder { name: "", manifest: old }, there);
        let likely = |address: &str| {
            let by_item = self.renumbered.get(address).cloned();
            by_item.or_else(|| moved(address, moves.as_ref(), &is_page)).or_else(|| moved(address, editions.as_ref(), &is_page))
        };
        let is_unanswered = |address: &String| !self.answered.contains(address);
        found.extend(Lost::of("", own.filter(is_unanswered), there).told(&likely));
        let slugs: BTreeMap<_, _> =
            if left.is_empty() { BTreeMap::new() } else { self.slugs.iter().map(|slug| (alike(slug), slug)).collect() };
        for (slug, record) in left {
            let Some(manifest) = read(slug, record) else { continue };
            let name = format!("{slug}/");
            let renamed = slugs.get(&*alike(slug)).map(|known| format!("{known}/"));
            let own = manifest.iter().filter_map(|(path, _)| linked(&name, path));
            found.extend(Lost::of(slug, own.filter(is_unanswered), there).told(&|address| {
                let front = if address == name { renamed.clone() } else { None };
                front.or_else(|| moved(address, moves.as_ref(), &is_page))
            }));
        }
        found
    }
}

/// The address of a published file, from the site's root, if people link to it: pages, attachments and data. What the program and the
/// theme put beside them is asked for by machines, which look anew each time; and that a citizen's number is gone is how it should be.
fn linked(folder: &str, path: &str) -> Option<String> {
    let name = path.rsplit('/').next().unwrap_or_default();
    let lower = name.to_ascii_lowercase();
    let is_attachment = path.starts_with("files/");
    // A packed twin is sent in the place of its file, and nobody links to it.
    if !is_attachment && packing::unpacked_name(path).is_some() {
        return None;
    }
    let is_page = lower.ends_with(".html") || lower.ends_with(".htm");
    let is_data = path.split('/').rev().skip(1).any(|part| part == "data") || name == "datapackage.json";
    if !(is_attachment || is_page || is_data) || path == "404.html" {
        return None;
    }
    let whole = format!("{folder}{path}");
    let address = if is_attachment { whole } else { page(&whole).unwrap_or(whole) };
    (personal::masked(&address) == address).then_some(address)
}

/// The address of a page's file; `None` for a file of another name.
fn page(path: &str) -> Option<String> {
    path.strip_suffix("index.html").filter(|folder| folder.is_empty() || folder.ends_with('/')).map(str::to_owned)
}

/// The file that is served at an address.
fn file(address: &str) -> String {
    if address.is_empty() || address.ends_with('/') { format!("{address}index.html") } else { address.to_owned() }
}

/// What one unit is missing.
struct Lost<'a> {
    slug: &'a str,
    addresses: BTreeSet<String>,
    /// The manifest that would have them.
    there: Folder<'a>,
}

impl<'a> Lost<'a> {
    /// Those of the old addresses that are not there.
    fn of(slug: &'a str, old: impl Iterator<Item = String>, there: Folder<'a>) -> Self {
        Self { slug, addresses: old.filter(|address| !there.has(&file(address))).collect(), there }
    }

    /// What is told of them: a folder of which nothing is left stands for many addresses below it. `likely` says where one may be now.
    fn told(&self, likely: &dyn Fn(&str) -> Option<String>) -> Vec<Gone> {
        let mut groups: Vec<(Option<&str>, Vec<&str>)> = Vec::new();
        for address in &self.addresses {
            let folder = address.match_indices('/').map(|(at, _)| &address[..=at]).find(|folder| !self.there.has_below(folder));
            match groups.last_mut() {
                Some((known, group)) if folder.is_some() && *known == folder => group.push(address),
                _ => groups.push((folder, vec![address])),
            }
        }
        let forms = self.forms();
        let one = |address: &str, below| {
            let renamed = || forms.get(&*alike(&file(address))).map(|path| page(path).unwrap_or_else(|| path.clone()));
            let to = renamed().or_else(|| likely(address)).unwrap_or_else(|| self.above(address).to_owned());
            let (address, to) = (Address::new(address).ok()?, Address::new(&to).ok()?);
            Some(Gone { address, agency: self.slug.to_owned(), below, to })
        };
        let told = groups.into_iter().flat_map(|(folder, group)| match folder {
            Some(folder) if group.len() > TOLD_SINGLY => {
                let has_page = group.iter().any(|address| file(address).ends_with(".html"));
                vec![one(folder, Some(Below { count: group.len(), has_page }))]
            }
            _ => group.into_iter().map(|address| one(address, None)).collect(),
        });
        told.flatten().collect()
    }

    /// What is there, by the form in which names that differ in capital letters alone are equal.
    fn forms(&self) -> BTreeMap<String, String> {
        if self.addresses.is_empty() {
            return BTreeMap::new();
        }
        let whole = self.there.manifest.iter().map(|(path, _)| format!("{}{path}", self.there.name));
        whole.map(|path| (alike(&path).into_owned(), path)).collect()
    }

    /// The nearest page above an address.
    fn above<'t>(&self, address: &'t str) -> &'t str {
        let mut above = address;
        while let Some(at) = above.trim_end_matches('/').rfind('/') {
            above = &above[..=at];
            if self.there.has_page(above) {
                return above;
            }
        }
        ""
    }
}

/// A folder that was, and the one that most likely took its place.
type Move = (String, String);

/// Where the page at an address is after a move.
fn moved(address: &str, by: Option<&Move>, is_page: &dyn Fn(&str) -> bool) -> Option<String> {
    let (from, to) = by?;
    let there = format!("{to}{}", address.strip_prefix(from.as_str())?);
    is_page(&there).then_some(there)
}

/// The move of an edition: one left, and one came.
fn one_edition(old: Folder<'_>, new: Folder<'_>) -> Option<Move> {
    let years = |folder: Folder<'_>| -> BTreeSet<String> {
        let year = |path: &str| Some(path.strip_suffix("/index.html")?.to_owned());
        let years = folder.manifest.iter().filter_map(|(path, _)| year(path));
        years.filter(|year| year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit())).collect()
    };
    let (before, after) = (years(old), years(new));
    match (before.difference(&after).collect::<Vec<_>>().as_slice(), after.difference(&before).collect::<Vec<_>>().as_slice()) {
        ([from], [to]) => Some((format!("{}{from}/", old.name), format!("{}{to}/", new.name))),
        _ => None,
    }
}

/// Where the pages of items are now: under the code that the item of the same lasting id has in that edition, else where the item is
/// shown through the years. What code it had, the old table of items tells.
fn renumbered<'a>(lost: impl Iterator<Item = &'a str>, output: &Output, read: Read<'_>) -> BTreeMap<String, String> {
    let mut editions: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for address in lost {
        if let Some((edition, code)) = address.split_once("/oit/").and_then(|(edition, code)| Some((edition, code.strip_suffix('/')?))) {
            editions.entry(edition).or_default().push(code);
        }
    }
    let mut found = BTreeMap::new();
    for (edition, codes) in editions {
        let table = format!("{edition}/data/items.json");
        let Some(old) = read(&table).map(|bytes| items(&bytes)) else { continue };
        let new = match output.get(&table) {
            Some(Entry::Bytes(bytes)) => items(bytes),
            _ => Vec::new(),
        };
        let now: BTreeMap<&str, &str> = new.iter().map(|item| (item.id.as_str(), item.code.as_str())).collect();
        let before: BTreeMap<&str, &str> = old.iter().map(|item| (item.code.as_str(), item.id.as_str())).collect();
        let base = edition.rsplit_once('/').map_or(String::new(), |(base, _)| format!("{base}/"));
        for code in codes {
            let Some(id) = before.get(code) else { continue };
            let here = now.get(id).map(|code| format!("{edition}/oit/{code}/"));
            let through = format!("{base}items/{id}/");
            let to = here.into_iter().chain([through]).find(|address| output.get(&file(address)).is_some());
            found.extend(to.map(|to| (format!("{edition}/oit/{code}/"), to)));
        }
    }
    found
}

/// A row of the table of items.
#[derive(Deserialize)]
struct Item {
    code: String,
    id: String,
}

fn items(bytes: &[u8]) -> Vec<Item> {
    serde_json::from_slice(bytes).unwrap_or_default()
}
