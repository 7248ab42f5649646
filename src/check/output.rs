//! The self-test of finished pages: every link inside the site leads to a file that is there, every fragment to an id. Owns reading
//! HTML back; the one module that names the HTML parser. Links of authors were resolved before, so what is found here is a fault of
//! the theme, except for fragments of pages that an author's link asks for, which only the finished page can answer.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use lol_html::{RewriteStrSettings, element, rewrite_str};

use crate::base::address::{self, Address};
use crate::base::output::{Entry, Output};
use crate::base::span::Place;
use crate::finding::{Code, Finding};
use crate::site::links::Fragment;
use crate::site::routes::Routes;

/// What a page links to and what it can be linked at.
#[derive(Debug, Default)]
struct Seen {
    links: Vec<String>,
    ids: BTreeSet<String>,
    /// Ids that stand there a second time.
    twice: Vec<String>,
}

/// What the self-test looks at.
pub struct Finished<'a> {
    /// The files of the unit.
    pub output: &'a Output,
    /// Addresses outside the unit that links may lead to.
    pub others: &'a Routes,
    /// Fragments that authors' links ask for.
    pub fragments: &'a [Fragment],
}

/// Looks at every page of a unit; `theme` is the file that an author would edit to change how a page is made.
pub fn test(finished: &Finished<'_>, theme: impl Fn(&str) -> Place) -> Vec<Finding> {
    let mut pages: BTreeMap<&str, Seen> = BTreeMap::new();
    let mut findings = Vec::new();
    for (path, entry) in finished.output.iter() {
        let (true, Entry::Bytes(bytes)) = (path.ends_with(".html"), entry) else { continue };
        match std::str::from_utf8(bytes).map_err(|error| error.to_string()).and_then(read) {
            Ok(seen) => {
                pages.insert(path, seen);
            }
            Err(detail) => findings.push(Finding::new(Code::Template, theme(path)).about(path).with("detail", detail)),
        }
    }
    for (path, seen) in &pages {
        for id in &seen.twice {
            let finding = Finding::new(Code::Template, theme(path)).case("id").about(*path);
            findings.push(finding.with("page", *path).with("id", id.as_str()));
        }
        for link in &seen.links {
            findings
                .extend(follow(path, link, finished, &pages).map(|code| {
                    Finding::new(code, theme(path)).case("theme").about(*path).with("page", *path).with("link", link.as_str())
                }));
        }
    }
    for fragment in finished.fragments {
        let file = fragment.page.file();
        let there = pages.get(file.as_str()).is_some_and(|seen| seen.ids.contains(&fragment.id));
        if !there {
            // Ids of the theme itself begin with `s-`; they are no headings that an author would look for.
            let ids = pages.get(file.as_str()).into_iter().flat_map(|seen| &seen.ids).filter(|id| !id.starts_with("s-"));
            let known: Vec<String> = ids.map(|id| format!("#{id}")).collect();
            let finding = Finding::new(Code::AnchorBroken, fragment.place.clone())
                .about(fragment.subject.as_str())
                .with("anchor", fragment.id.as_str())
                .with("target", fragment.page.as_str())
                .with("known", known);
            findings.push(finding);
        }
    }
    findings
}

fn read(html: &str) -> Result<Seen, String> {
    let seen = RefCell::new(Seen::default());
    let settings = RewriteStrSettings::new().append_element_content_handler(element!("[href], [src], [id]", |el| {
        let mut seen = seen.borrow_mut();
        let seen = &mut *seen;
        seen.links.extend(el.get_attribute("href"));
        seen.links.extend(el.get_attribute("src"));
        if let Some(id) = el.get_attribute("id").filter(|id| !seen.ids.insert(id.clone())) {
            seen.twice.push(id);
        }
        Ok(())
    }));
    rewrite_str(html, settings).map_err(|error| error.to_string())?;
    Ok(seen.into_inner())
}

/// The code of the fault of a link; none where it leads somewhere, or out of the site.
fn follow(page: &str, link: &str, finished: &Finished<'_>, pages: &BTreeMap<&str, Seen>) -> Option<Code> {
    // Most links of a page are to its own marks.
    if link.strip_prefix('#').is_some_and(|id| pages.get(page).is_some_and(|seen| seen.ids.contains(id))) {
        return None;
    }
    let link = link.replace("&amp;", "&");
    let outside = link.contains("://") || link.starts_with("mailto:") || link.starts_with("tel:") || link.starts_with("data:");
    // The page for addresses that do not exist links from the root of the host, which the folder does not know.
    if outside || page == "404.html" {
        return None;
    }
    let (path, fragment) = link.split_once('#').map_or((link.as_str(), None), |(path, fragment)| (path, Some(fragment)));
    let file = if path.is_empty() { page.to_owned() } else { resolve(page, path)? };
    let there = finished.output.get(&file).is_some();
    let address = file.strip_suffix("index.html").unwrap_or(&file);
    let elsewhere = || Address::new(address).is_ok_and(|address| finished.others.contains(&address));
    if !there && !elsewhere() {
        return Some(Code::LinkBroken);
    }
    let fragment = fragment.filter(|fragment| !fragment.is_empty()).and_then(address::decode)?;
    let known = pages.get(file.as_str())?;
    // An author's link to a place of a page is judged with the author's file.
    let asked = finished.fragments.iter().any(|asked| asked.page.file() == file && asked.id == fragment);
    (!known.ids.contains(&fragment) && !asked).then_some(Code::AnchorBroken)
}

/// The file that a relative link means; a link out of the folder means a file that is not there.
fn resolve(page: &str, link: &str) -> Option<String> {
    let decoded = address::decode(link)?;
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    for part in decoded.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                if parts.pop().is_none() {
                    return Some(String::from("../"));
                }
            }
            part => parts.push(part),
        }
    }
    let file = parts.join("/");
    Some(if decoded.ends_with('/') || decoded.ends_with("..") || decoded == "." || file.is_empty() {
        if file.is_empty() { "index.html".to_owned() } else { format!("{file}/index.html") }
    } else {
        file
    })
}
