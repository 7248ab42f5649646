//! The self-test of finished pages: every link inside the site leads to a file that is there, every fragment to an id. Links of
//! authors were resolved before, so what is found here is a fault of the theme, except for fragments of pages that an author's link
//! asks for, which only the finished page can answer.

use rayon::prelude::*;
use std::borrow::Cow;

use super::tags::{self, Attribute};
use crate::base::address;
use crate::base::lookup::Lookup;
use crate::base::output::{Entry, Output};
use crate::base::span::Place;
use crate::finding::{Code, Finding};
use crate::site::links::Fragment;
use crate::site::routes::Routes;
use crate::text::seek;

/// What a page links to and what it can be linked at.
#[derive(Debug, Default)]
struct Seen<'a> {
    links: Vec<&'a str>,
    /// In order.
    ids: Vec<&'a str>,
    /// Ids that stand there a second time.
    twice: Vec<&'a str>,
}

impl<'a> Seen<'a> {
    fn of(html: &'a [u8]) -> Self {
        let mut seen = Self::default();
        tags::read(html, |attribute| match attribute {
            Attribute::Link(link) => seen.links.push(link),
            Attribute::Id(id) => seen.ids.push(id),
        });
        seen.ids.sort_unstable();
        seen.twice = seen.ids.windows(2).filter(|pair| pair[0] == pair[1]).map(|pair| pair[1]).collect();
        seen
    }

    fn has(&self, id: &str) -> bool {
        self.ids.binary_search(&id).is_ok()
    }
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

/// The files of the unit by their paths; of a page, what it links to.
type Known<'a> = Lookup<&'a str, Option<&'a Seen<'a>>>;

/// Looks at every page of a unit; `theme` is the file that an author would edit to change how a page is made.
pub fn test(finished: &Finished<'_>, theme: impl Fn(&str) -> Place) -> Vec<Finding> {
    let html: Vec<(&str, &[u8])> = finished.output.iter().filter_map(page).collect();
    let pages: Vec<(&str, Seen<'_>)> = html.into_par_iter().map(|(path, html)| (path, Seen::of(html))).collect();
    let files = finished.output.iter().map(|(path, _)| (path, None));
    let known: Known<'_> = files.chain(pages.iter().map(|(path, seen)| (*path, Some(seen)))).collect();
    let mut findings = Vec::new();
    // The folder that the folders of pages lie in, and which links are known to lead somewhere from there.
    let (mut beside, mut sound) = ("", Lookup::default());
    for (path, seen) in &pages {
        for id in &seen.twice {
            let finding = Finding::new(Code::Template, theme(path)).case("id").about(*path);
            findings.push(finding.with("page", *path).with("id", *id));
        }
        let folder = above(path);
        if above(folder) != beside {
            (beside, sound) = (above(folder), Lookup::default());
        }
        for link in &seen.links {
            // Where a link climbs out of the page's folder, it leads to the same place from all pages beside this one.
            let climbs = !folder.is_empty() && link.starts_with("../");
            if climbs && sound.get(link).is_some() {
                continue;
            }
            match follow((path, seen), link, finished, &known) {
                Some(code) => {
                    let finding = Finding::new(code, theme(path)).case("theme").about(*path);
                    findings.push(finding.with("page", *path).with("link", *link));
                }
                None if climbs => sound.put(*link, ()),
                None => {}
            }
        }
    }
    for fragment in finished.fragments {
        let file = fragment.page.file();
        let page = known.get(file.as_str()).copied().flatten();
        let there = page.is_some_and(|seen| seen.has(&fragment.id));
        if !there {
            // Ids of the theme itself begin with `s-`; they are no headings that an author would look for.
            let ids = page.into_iter().flat_map(|seen| &seen.ids).filter(|id| !id.starts_with("s-"));
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

/// A page, where an entry is one.
fn page<'a>((path, entry): (&'a str, &'a Entry)) -> Option<(&'a str, &'a [u8])> {
    match entry {
        Entry::Bytes(bytes) if path.ends_with(".html") => Some((path, bytes)),
        _ => None,
    }
}

/// The code of the fault of a link; none where it leads somewhere, or out of the site.
fn follow((page, seen): (&str, &Seen<'_>), link: &str, finished: &Finished<'_>, known: &Known<'_>) -> Option<Code> {
    // Most links of a page are to its own marks.
    if link.strip_prefix('#').is_some_and(|id| seen.has(id)) {
        return None;
    }
    let has = |mark: u8| seek::byte(mark, link.as_bytes()).is_some();
    // No address inside the site has a colon.
    let outside = has(b':') && (link.contains("://") || ["mailto:", "tel:", "data:"].iter().any(|scheme| link.starts_with(scheme)));
    // The page for addresses that do not exist links from the root of the host, which the folder does not know.
    if outside || page == "404.html" {
        return None;
    }
    let link = if has(b'&') { Cow::Owned(link.replace("&amp;", "&")) } else { Cow::Borrowed(link) };
    let (path, fragment) = match seek::byte(b'#', link.as_bytes()) {
        Some(at) => (&link[..at], Some(&link[at + 1..])),
        None => (&*link, None),
    };
    let file = if path.is_empty() { Cow::Borrowed(page) } else { Cow::Owned(resolve(page, path)?) };
    let there = known.get(&*file).copied();
    if there.is_none() && !finished.others.has_file(&file) {
        return Some(Code::LinkBroken);
    }
    let fragment = fragment.filter(|fragment| !fragment.is_empty()).and_then(address::decode)?;
    let target = there.flatten()?;
    // An author's link to a place of a page is judged with the author's file.
    let asked = || finished.fragments.iter().any(|asked| asked.page.file() == file && asked.id == fragment);
    (!target.has(&fragment) && !asked()).then_some(Code::AnchorBroken)
}

/// The file that a relative link means; a link out of the folder means a file that is not there.
fn resolve(page: &str, link: &str) -> Option<String> {
    let decoded = if seek::byte(b'%', link.as_bytes()).is_some() { Cow::Owned(address::decode(link)?) } else { Cow::Borrowed(link) };
    let mut file = String::with_capacity(page.len() + decoded.len() + "/index.html".len());
    file.push_str(above(page));
    let mut rest = &*decoded;
    // Nearly all links climb first, and then lead straight down.
    while let Some(below) = rest.strip_prefix("../").filter(|_| !file.is_empty()) {
        file.truncate(above(&file).len());
        rest = below;
    }
    if leads_straight(rest.as_bytes()) {
        if !file.is_empty() {
            file.push('/');
        }
        file.push_str(rest);
        if rest.ends_with('/') {
            file.push_str("index.html");
        }
        return Some(file);
    }
    for part in rest.split('/') {
        match part {
            "" | "." => {}
            ".." if file.is_empty() => return Some(String::from("../")),
            ".." => file.truncate(above(&file).len()),
            part => {
                if !file.is_empty() {
                    file.push('/');
                }
                file.push_str(part);
            }
        }
    }
    if file.is_empty() || matches!(rest.rsplit('/').next(), Some("" | "." | "..")) {
        if !file.is_empty() {
            file.push('/');
        }
        file.push_str("index.html");
    }
    Some(file)
}

/// The folder that a file or a folder lies in, without its closing slash.
fn above(path: &str) -> &str {
    &path[..path.bytes().rposition(|byte| byte == b'/').unwrap_or(0)]
}

/// Has a path no empty part before its end, and none that begins with a dot?
fn leads_straight(path: &[u8]) -> bool {
    let begins = path.first().is_some_and(|first| !matches!(first, b'/' | b'.'));
    begins && !path.windows(2).any(|two| two[0] == b'/' && matches!(two[1], b'/' | b'.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_means_the_file_that_a_browser_would_ask_for() {
        for (link, file) in [
            ("../c/", "a/c/index.html"),
            ("../c/index.html", "a/c/index.html"),
            ("../../files/x.pdf", "files/x.pdf"),
            ("../../", "index.html"),
            ("..", "a/index.html"),
            (".", "a/b/index.html"),
            ("./", "a/b/index.html"),
            ("c", "a/b/c"),
            ("c/./d//e", "a/b/c/d/e"),
            ("c/../d/", "a/b/d/index.html"),
            ("../../../", "../"),
            ("../c/../../../d", "../"),
            ("../../.well-known/x", ".well-known/x"),
            ("%E0%B8%81%20x..", "a/b/ก x.."),
        ] {
            assert_eq!(resolve("a/b/index.html", link).as_deref(), Some(file), "{link}");
        }
        assert_eq!(resolve("index.html", "c/").as_deref(), Some("c/index.html"));
    }
}
