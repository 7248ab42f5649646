//! A crawler: from the front page it follows all that a page, a style, a sitemap and `robots.txt` name, and tells each thing that is not
//! as published. Owns what a visitor may expect of an answer; where the answers come from is a `Place`.

use std::collections::{BTreeMap, BTreeSet};

use crate::html::{self, Element};
use crate::place::{Answer, Place, decode, encode, resolve};

/// A published folder and the address that it was made for.
pub struct Published {
    /// All files of the folder by path.
    pub files: BTreeMap<String, Vec<u8>>,
    /// The path of the site at its host, from slash to slash.
    pub base: &'static str,
}

impl Published {
    /// The file whose packed twin this is.
    pub fn plain<'a>(&self, file: &'a str) -> Option<&'a str> {
        let plain = [".br", ".gz"].iter().find_map(|end| file.strip_suffix(end))?;
        (!is_attachment(file) && self.files.contains_key(plain)).then_some(plain)
    }
}

/// Is this an author's file?
pub fn is_attachment(file: &str) -> bool {
    file.starts_with("files/") || file.contains("/files/")
}

/// The host that the sites of these tests are made for.
pub const HOST: &str = "https://www.example.go.th";

/// Files that no page has to lead to: programs ask for them by their names, or hosts for theirs.
const BY_NAME: [&str; 5] = ["404.html", "robots.txt", "sitemap.xml", "sitemap-site.xml", "manifest.json"];

/// Files that say how the site is to be served, and are not served.
pub const CONFIGURATION: [&str; 6] = [".htaccess", ".nojekyll", "_headers", "_redirects", "nginx.conf", "web.config"];

/// The type of a file by the end of its name, as visitors need it: pages show, tables load, pictures appear.
const TYPES: [(&str, &[&str]); 11] = [
    ("css", &["text/css"]),
    ("csv", &["text/csv"]),
    ("html", &["text/html"]),
    ("js", &["text/javascript", "application/javascript"]),
    ("json", &["application/json"]),
    ("jsonld", &["application/ld+json"]),
    ("pdf", &["application/pdf"]),
    ("png", &["image/png"]),
    ("svg", &["image/svg+xml"]),
    ("txt", &["text/plain"]),
    ("xml", &["application/xml", "text/xml", "application/atom+xml"]),
];

/// Walks through a site; gives what is wrong, one line each.
pub fn crawl(place: &Place, published: &Published) -> BTreeSet<String> {
    let mut walk = Walk { place, published, faults: BTreeSet::new(), reached: BTreeSet::new(), anchors: Vec::new(), ids: BTreeMap::new() };
    walk.follow_pages();
    walk.assert_anchors();
    walk.name_orphans();
    walk.ask_for_every_file();
    walk.follow_sitemaps();
    walk.ask_for_nothing();
    walk.faults
}

struct Walk<'a> {
    place: &'a Place,
    published: &'a Published,
    faults: BTreeSet<String>,
    /// The files that following links has reached.
    reached: BTreeSet<String>,
    /// A page, and the file and fragment that it leads to.
    anchors: Vec<(String, String, String)>,
    /// The ids of each page.
    ids: BTreeMap<String, BTreeSet<String>>,
}

impl Walk<'_> {
    fn fault(&mut self, text: String) {
        self.faults.insert(text);
    }

    /// The address of a path of the site.
    fn address(&self, path: &str) -> String {
        format!("{}{}", self.published.base, encode(path))
    }

    /// The file that an address means; `None` outside the site.
    fn file_of(&self, address: &str) -> Option<String> {
        let path = decode(address.strip_prefix(self.published.base)?);
        Some(if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path })
    }

    /// Asks for an address, and compares the answer with the file that it means.
    fn ask(&mut self, address: &str, from: &str) -> Option<String> {
        let Some(file) = self.file_of(address) else {
            self.fault(format!("{from}: {address} leaves the site"));
            return None;
        };
        let answer = self.place.get(address);
        if answer.status != 200 {
            let to = answer.location.map(|to| format!(" to {to}")).unwrap_or_default();
            self.fault(format!("{from}: {address} answers {}{to}", answer.status));
            return None;
        }
        if self.published.files.get(&file) != Some(&answer.bytes) {
            self.fault(format!("{from}: {address} answers with other bytes than {file}"));
        }
        if self.place.is_server() {
            self.compare_kind(&file, &answer);
            if !answer.policy.as_ref().is_some_and(|policy| policy.starts_with("default-src 'self';")) {
                self.fault(format!("{file} comes without the policy: {:?}", answer.policy));
            }
        }
        Some(file)
    }

    fn compare_kind(&mut self, file: &str, answer: &Answer) {
        let kind = answer.kind.as_deref().unwrap_or("no type");
        let (name, charset) = match kind.split_once(';') {
            Some((name, rest)) => (name.trim(), rest.trim().strip_prefix("charset=").map(str::to_lowercase)),
            None => (kind, None),
        };
        let end = file.rsplit_once('.').map_or("", |(_, end)| end);
        let known = TYPES.iter().find(|(known, _)| *known == end);
        if known.is_none_or(|(_, names)| !names.contains(&name)) {
            self.fault(format!("{file} has the type {kind}"));
        }
        // An attachment may have any encoding, so that nobody may declare one for it.
        let is_attachment = is_attachment(file);
        let is_told = match charset.as_deref() {
            None => is_attachment || tells_utf8(end, &answer.bytes),
            Some("utf-8") => !is_attachment,
            Some(_) => false,
        };
        if !is_told {
            self.fault(format!("{file} is not told to be UTF-8: {kind}"));
        }
    }

    /// From the front page on, everything that pages and styles name.
    fn follow_pages(&mut self) {
        // A server is asked for the folder, a disk opens the file.
        let front = if self.place.is_server() { String::new() } else { "index.html".to_owned() };
        let mut open = vec![(self.address(&front), "the front page".to_owned())];
        let mut asked: BTreeSet<String> = open.iter().map(|(address, _)| address.clone()).collect();
        while let Some((address, from)) = open.pop() {
            let Some(file) = self.ask(&address, &from) else { continue };
            self.reached.insert(file.clone());
            let mut named = Vec::new();
            let text = String::from_utf8_lossy(&self.published.files.get(&file).cloned().unwrap_or_default()).into_owned();
            let is_attachment = is_attachment(&file);
            if file.ends_with(".html") && !is_attachment {
                let page = html::parse(&text);
                let ids = page.below().iter().filter_map(|element| element.attribute("id").map(str::to_owned)).collect();
                self.ids.insert(file.clone(), ids);
                named = references(&page);
            } else if file.ends_with(".css") {
                named = text.split("url(").skip(1).filter_map(|rest| rest.split_once(')')).map(|(to, _)| unquoted(to)).collect();
            }
            for to in named {
                let Some(target) = self.target(&address, &to, &file) else { continue };
                if let Some((_, fragment)) = to.split_once('#').filter(|(_, fragment)| !fragment.is_empty())
                    && let Some(named) = self.file_of(&target)
                {
                    self.anchors.push((file.clone(), named, decode(fragment)));
                }
                if asked.insert(target.clone()) {
                    open.push((target, file.clone()));
                }
            }
        }
    }

    /// Where a reference leads on this host; `None` for other hosts, mail and telephones.
    fn target(&mut self, at: &str, to: &str, from: &str) -> Option<String> {
        if let Some(own) = to.strip_prefix(HOST) {
            // A disk has no folders to answer with: what the site says of its address is asked of servers.
            return self.place.is_server().then(|| own.split('#').next().unwrap_or_default().to_owned());
        }
        if ["https:", "http:", "mailto:", "tel:", "data:"].iter().any(|scheme| to.starts_with(scheme)) {
            return None;
        }
        let target = resolve(at, to);
        if target.is_none() {
            self.fault(format!("{from}: {to} leads above the root"));
        }
        target
    }

    fn assert_anchors(&mut self) {
        for (from, to, fragment) in std::mem::take(&mut self.anchors) {
            if self.ids.get(&to).is_some_and(|ids| !ids.contains(&fragment)) {
                self.fault(format!("{from}: {to} has no place {fragment}"));
            }
        }
    }

    /// Files that no link reached. The page at an old address is for those who come from outside.
    fn name_orphans(&mut self) {
        for (file, bytes) in &self.published.files {
            let name = file.rsplit('/').next().unwrap_or(file);
            // The script of a search page asks for the parts of its index.
            let is_index = file.contains("search/") && name.ends_with(".js");
            let is_for_hosts = CONFIGURATION.contains(&file.as_str()) || self.published.plain(file).is_some();
            if !is_for_hosts && !self.reached.contains(file) && !is_index && !BY_NAME.contains(&name) && !is_redirect(file, bytes) {
                self.faults.insert(format!("{file} is an orphan"));
            }
        }
    }

    /// Each file by its own address, and each page by its folder's too.
    fn ask_for_every_file(&mut self) {
        let is_served = |file: &&String| !CONFIGURATION.contains(&file.as_str()) && self.published.plain(file).is_none();
        let served: Vec<&String> = self.published.files.keys().filter(is_served).collect();
        for file in served {
            self.ask(&self.address(file), file);
            if let Some(folder) = file.strip_suffix("index.html").filter(|_| self.place.is_server()) {
                self.ask(&self.address(folder), file);
            }
        }
    }

    /// From `robots.txt` on, all sitemaps: they name each page and nothing else.
    fn follow_sitemaps(&mut self) {
        let text = |file: &str| String::from_utf8_lossy(self.published.files.get(file).map_or(&[][..], Vec::as_slice)).into_owned();
        let mut open: Vec<String> =
            text("robots.txt").lines().filter_map(|line| line.strip_prefix("Sitemap: ").map(str::to_owned)).collect();
        let mut listed = BTreeSet::new();
        while let Some(map) = open.pop() {
            let Some(path) = map.strip_prefix(HOST).map(str::to_owned) else {
                self.fault(format!("robots.txt or a sitemap names {map}"));
                continue;
            };
            let found = if self.place.is_server() { self.ask(&path, "robots.txt or a sitemap") } else { self.file_of(&path) };
            if let Some(file) = found {
                if file.ends_with(".xml") {
                    let xml = text(&file);
                    open.extend(xml.split("<loc>").skip(1).filter_map(|rest| Some(rest.split_once("</loc>")?.0.to_owned())));
                } else {
                    listed.insert(file);
                }
            }
        }
        for (file, bytes) in &self.published.files {
            let is_page = file.ends_with(".html") && file != "404.html" && !is_redirect(file, bytes);
            let is_attachment = is_attachment(file);
            if is_page && !is_attachment && !listed.remove(file) {
                self.faults.insert(format!("{file} is in no sitemap"));
            }
        }
        self.faults.extend(listed.iter().map(|file| format!("a sitemap lists {file}")));
    }

    /// Addresses without a page: the site's own page says so, with the status that says so to programs, and its links lead back.
    fn ask_for_nothing(&mut self) {
        if !self.place.is_server() {
            return;
        }
        for path in ["no-such-page/", "no/such/folder/index.html", "no-such-file.csv", "ไม่มี/หน้านี้/", "index.html/more"]
        {
            let address = self.address(path);
            let answer = self.place.get(&address);
            let is_page = answer.kind.as_deref().is_some_and(|kind| kind.starts_with("text/html"));
            if answer.status != 404 || !is_page || self.published.files.get("404.html") != Some(&answer.bytes) {
                self.fault(format!("{path} is not there, and the answer is {} with {:?}", answer.status, answer.kind));
            }
            for to in references(&html::parse(&String::from_utf8_lossy(&answer.bytes))) {
                if let Some(target) = self.target(&address, &to, "404.html").filter(|target| *target != address) {
                    self.ask(&target, "404.html");
                }
            }
        }
        // A folder that is no page shows nothing, least of all a list that the host made.
        let mut folders: BTreeSet<&str> = self.published.files.keys().filter_map(|file| Some(file.rsplit_once('/')?.0)).collect();
        folders.retain(|folder| !self.published.files.contains_key(&format!("{folder}/index.html")));
        for folder in folders {
            let address = self.address(&format!("{folder}/"));
            let status = self.place.get(&address).status;
            if !matches!(status, 403 | 404) {
                self.faults.insert(format!("{folder}/ is no page and answers {status}"));
            }
        }
        // Who leaves out the slash is led to the site.
        if let Some(bare) = self.published.base.strip_suffix('/').filter(|bare| !bare.is_empty()) {
            let answer = self.place.get(bare);
            if answer.status != 301 || !answer.location.as_deref().is_some_and(|to| to.ends_with(self.published.base)) {
                self.fault(format!("{bare} answers {} to {:?}", answer.status, answer.location));
            }
        }
    }
}

/// All that a page names: links, pictures, styles, scripts, forms, other forms of itself, where a redirect leads.
fn references(page: &Element) -> Vec<String> {
    let mut named = Vec::new();
    for element in page.below() {
        for name in ["href", "src", "action", "formaction", "poster", "data", "cite"] {
            named.extend(element.attribute(name).map(str::to_owned));
        }
        let sets = ["srcset", "imagesrcset"].into_iter().filter_map(|name| element.attribute(name));
        named.extend(sets.flat_map(|set| set.split(',')).filter_map(|one| one.split_whitespace().next().map(str::to_owned)));
        if element.attribute("http-equiv").is_some_and(|kind| kind.eq_ignore_ascii_case("refresh")) {
            named.extend(element.attribute("content").and_then(|content| content.split_once("url=")).map(|(_, to)| to.to_owned()));
        }
    }
    named
}

fn unquoted(text: &str) -> String {
    text.trim().trim_matches(['"', '\'']).to_owned()
}

fn is_redirect(file: &str, bytes: &[u8]) -> bool {
    file.ends_with(".html") && String::from_utf8_lossy(bytes).contains("http-equiv=\"refresh\"")
}

/// Does a file that the program wrote say by itself, or by the standard of its kind, that it is UTF-8?
fn tells_utf8(end: &str, bytes: &[u8]) -> bool {
    let begin = String::from_utf8_lossy(&bytes[..bytes.len().min(1024)]).to_lowercase();
    match end {
        // Browsers look for it in the first 1,024 bytes.
        "html" => begin.contains("<meta charset=\"utf-8\">"),
        "csv" => bytes.starts_with("\u{feff}".as_bytes()),
        // A style or a script has the encoding of the page that asks for it.
        "css" | "js" => std::str::from_utf8(bytes).is_ok(),
        "json" | "jsonld" => serde_json::from_slice::<serde_json::Value>(bytes).is_ok(),
        // A picture has none.
        "png" => true,
        "xml" | "svg" => std::str::from_utf8(bytes).is_ok() && (!begin.contains("encoding=") || begin.contains("encoding=\"utf-8\"")),
        _ => bytes.is_ascii(),
    }
}
