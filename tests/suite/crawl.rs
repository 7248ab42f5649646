//! Every page leads somewhere, from disk and at any address, and is a page that a strict policy lets through.

use std::collections::{BTreeMap, BTreeSet};

use crate::html::{self, Element};
use crate::support::{Built, Site, tree};

const BASE: &str = "https://example.go.th/ita/";

/// A reference of a page: the element's name, the kind of relation, and where it leads.
struct Link {
    element: String,
    rel: String,
    to: String,
}

fn links(page: &Element) -> Vec<Link> {
    let mut links = Vec::new();
    for element in page.below() {
        let rel = element.attribute("rel").unwrap_or_default().to_owned();
        for name in ["href", "src", "action", "poster", "data"] {
            if let Some(to) = element.attribute(name) {
                links.push(Link { element: element.name.clone(), rel: rel.clone(), to: to.to_owned() });
            }
        }
        if element.attribute("http-equiv").is_some_and(|kind| kind.eq_ignore_ascii_case("refresh")) {
            let to = element.attribute("content").and_then(|content| content.split_once("url=")).expect("a refresh has an address").1;
            links.push(Link { element: element.name.clone(), rel, to: to.to_owned() });
        }
        assert!(element.attribute("srcset").is_none());
    }
    links
}

fn is_outside(link: &str) -> bool {
    ["https://", "http://", "mailto:", "tel:"].iter().any(|scheme| link.starts_with(scheme))
}

fn decode(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        if *first == b'%' {
            bytes.push(u8::from_str_radix(std::str::from_utf8(&after[..2]).unwrap(), 16).unwrap());
            rest = &after[2..];
        } else {
            bytes.push(*first);
            rest = after;
        }
    }
    String::from_utf8(bytes).unwrap()
}

/// A relative link joined to the folders of what it stands in, as a file system and a browser both do; `None` where it climbs too far.
fn join(from: &str, link: &str) -> Option<String> {
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    let (folders, last) = link.rsplit_once('/').map_or(("", link), |(folders, last)| (folders, last));
    for part in folders.split('/').filter(|part| !part.is_empty()) {
        match part {
            "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    assert!(last != ".." && last != ".", "{link} names no file and no folder");
    parts.push(last);
    Some(parts.join("/"))
}

/// Follows every link of every page below `prefix`: empty on disk, or the folder of a host.
pub fn crawl(built: &Built, prefix: &str, with_folders: bool) {
    let pages: BTreeMap<&str, Element> = built.pages().into_iter().map(|path| (path, html::parse(built.file(path)))).collect();
    let ids: BTreeMap<&str, BTreeSet<String>> = pages
        .iter()
        .map(|(path, page)| {
            let mut ids = BTreeSet::new();
            for id in page.below().iter().filter_map(|element| element.attribute("id")) {
                assert!(ids.insert(id.to_owned()), "{path}: the id {id} is there twice");
            }
            (*path, ids)
        })
        .collect();
    for (path, page) in &pages {
        for Link { element, rel, to } in links(page) {
            if is_outside(&to) {
                let own = ["canonical", "license", "alternate"].contains(&rel.as_str());
                assert!(element == "a" || (element == "link" && own), "{path}: <{element}> asks {to} for something");
                continue;
            }
            if *path == "404.html" {
                let own = to.strip_prefix("/ita/").or_else(|| to.strip_prefix('/'));
                let target =
                    own.map(|rest| if rest.is_empty() || rest.ends_with('/') { format!("{rest}index.html") } else { rest.to_owned() });
                assert!(to.starts_with('#') || target.is_some_and(|target| built.has(&target)), "404.html: {to}");
                continue;
            }
            assert!(!to.starts_with('/') && !to.contains("javascript:") && !to.contains(':'), "{path}: {to}");
            let (link, fragment) = to.split_once('#').map_or((to.as_str(), None), |(link, fragment)| (link, Some(fragment)));
            let target = if link.is_empty() {
                (*path).to_owned()
            } else {
                let joined = join(&format!("{prefix}{path}"), &decode(link)).unwrap_or_else(|| panic!("{path}: {to} leaves the folder"));
                joined.strip_prefix(prefix).unwrap_or_else(|| panic!("{path}: {to} leaves the site")).to_owned()
            };
            let folder = target.is_empty() || target.ends_with('/');
            assert!(!folder || with_folders, "{path}: {to} names a folder, which no disk opens as a page");
            assert!(folder || !with_folders || !target.ends_with("index.html") || link.is_empty(), "{path}: {to} names a file");
            let file = if folder { format!("{target}index.html") } else { target };
            // The manifest is made when the site is published.
            if file == "manifest.json" {
                continue;
            }
            assert!(built.has(&file), "{path}: {to} leads to {file}, which is not there");
            if let Some(fragment) = fragment.map(decode).filter(|fragment| !fragment.is_empty()) {
                assert!(ids[file.as_str()].contains(&fragment), "{path}: {to}: there is no id {fragment}");
            }
        }
    }
}

fn is_redirect(page: &Element) -> bool {
    page.below().iter().any(|element| element.attribute("http-equiv").is_some_and(|kind| kind.eq_ignore_ascii_case("refresh")))
}

/// What every page has, and what none has.
fn assert_pages(built: &Built) {
    let is_front_of_many = built.paths().iter().any(|path| path.starts_with("names/"));
    for path in built.pages() {
        let text = built.file(path);
        assert!(text.starts_with("<!doctype html>\n"), "{path}");
        let page = html::parse(text);
        let all = page.below();
        for element in &all {
            // One script: that of the search on its pages, that of the list on the front of several agencies.
            if element.is_code() && element.attribute("src").is_some() {
                let is_front = path == "index.html" && is_front_of_many;
                assert!(path.ends_with("search/index.html") || is_front, "{path}");
                let name = if is_front { "lists.js" } else { "search.js" };
                assert!(element.attribute("src").is_some_and(|src| src.ends_with(name)) && element.text().is_empty(), "{path}");
                continue;
            }
            let refused = element.is_code() || matches!(element.name.as_str(), "iframe" | "object" | "embed" | "base");
            assert!(!refused, "{path}: <{}>", element.name);
            for (name, value) in &element.attributes {
                let fine = name != "style" && !name.starts_with("on") && !value.to_lowercase().contains("javascript:");
                assert!(fine, "{path}: {name}={value:?}");
            }
        }
        let one = |name: &str| {
            let found = page.all(name);
            assert_eq!(found.len(), 1, "{path}: <{name}>");
            found[0]
        };
        // Charts have titles too, of their own.
        let titles = one("head").all("title");
        assert!(matches!(titles.as_slice(), [title] if !title.text().is_empty()), "{path}: {} titles", titles.len());
        assert!(one("html").attribute("lang").is_some_and(|lang| lang == "th" || lang == "en"), "{path}");
        if is_redirect(&page) {
            continue;
        }
        assert!(!one("h1").text().is_empty(), "{path}");
        let main = one("main");
        if path == "404.html" && page.all("link").is_empty() {
            continue;
        }
        let description = all.iter().find(|element| element.name == "meta" && element.attribute("name") == Some("description"));
        assert!(description.is_some_and(|meta| meta.attribute("content").is_some_and(|text| !text.is_empty())), "{path}");
        let skip = page.first("a").and_then(|link| link.attribute("href"));
        assert_eq!(skip.and_then(|href| href.strip_prefix('#')), main.attribute("id"), "{path}: the first link skips to the content");
    }
    let css = built.file("style.css");
    assert!(!css.contains("@import") && !css.contains("url(http") && !css.contains("url(//") && !css.contains("url(\"http"));
}

/// The addresses of all pages that a sitemap lists.
fn addresses(built: &Built) -> BTreeSet<String> {
    let real = |path: &&str| *path != "404.html" && !is_redirect(&html::parse(built.file(path)));
    built.pages().into_iter().filter(real).map(|path| path.strip_suffix("index.html").unwrap_or(path).to_owned()).collect()
}

fn locations(xml: &str) -> Vec<String> {
    let found: Vec<String> = xml.split("<loc>").skip(1).map(|rest| rest.split_once("</loc>").unwrap().0.to_owned()).collect();
    for location in &found {
        assert!(location.bytes().all(|byte| byte.is_ascii_graphic() && !b"<>\"{}|\\^`".contains(&byte)), "{location} is encoded");
    }
    found
}

fn below(base: &str, location: &str) -> String {
    decode(location.strip_prefix(base).unwrap_or_else(|| panic!("{location} is below {base}")))
}

fn with_redirects(links: &str) -> Site {
    let redirects = "redirects: {old/place/: 2568/oit/o1/, เก่า/: 2568/}";
    Site::small().with("content/site.yaml", &format!("title: ก\nbase_url: {BASE}\nlinks: {links}\n{redirects}\n"))
}

#[test]
fn the_sample_leads_nowhere_wrong() {
    let built = Site::sample().built();
    crawl(&built, "", false);
    crawl(&built, "any/sub/folder/", false);
    assert_pages(&built);
}

#[test]
fn several_agencies_lead_nowhere_wrong() {
    let built = Site::two().built();
    crawl(&built, "", false);
    crawl(&built, "any/sub/folder/", false);
    assert_pages(&built);
    let built = Site::two().replace("content/site.yaml", "title:", "links: folder\ntitle:").built();
    crawl(&built, "any/sub/folder/", true);
}

#[test]
fn links_that_name_folders_and_redirects_lead_nowhere_wrong() {
    for (links, folders) in [("file", false), ("folder", true)] {
        let built = with_redirects(links).built();
        crawl(&built, "", folders);
        crawl(&built, "any/sub/folder/", folders);
        assert_pages(&built);
        for old in ["old/place/index.html", "เก่า/index.html"] {
            assert!(is_redirect(&html::parse(built.file(old))), "{old}");
        }
    }
}

#[test]
fn a_site_in_english_leads_nowhere_wrong() {
    let built = Site::small().with("content/site.yaml", "title: ก\nlanguage: en\n").built();
    crawl(&built, "", false);
    assert_pages(&built);
    let page = html::parse(built.page("2568/scores/"));
    assert_eq!(page.first("html").unwrap().attribute("lang"), Some("en"));
    assert!(page.below().iter().any(|element| element.attribute("lang") == Some("th")), "what stays Thai is marked");
}

#[test]
fn the_written_folder_holds_what_its_pages_link_to() {
    let folder = tempfile::tempdir().unwrap();
    Site::two().write_to(folder.path());
    let (status, _, err) = crate::support::run(folder.path(), "build");
    assert_eq!(status, 0, "{err}");
    let public = folder.path().join("public");
    for path in tree(&public).keys().filter(|path| path.ends_with(".html") && *path != "404.html") {
        let file = public.join(path);
        let page = html::parse(&std::fs::read_to_string(&file).unwrap());
        for link in links(&page).iter().filter(|link| !is_outside(&link.to) && !link.to.starts_with('#')) {
            let to = decode(link.to.split('#').next().unwrap());
            assert!(file.parent().unwrap().join(&to).is_file(), "{path}: {to}");
        }
    }
}

/// The files of the index that its head tells of.
fn index_files(built: &Built, head: &str) -> Vec<String> {
    let text = built.file(head).trim_end().strip_prefix("prongsaiSearch.head(").unwrap().strip_suffix(");").unwrap();
    let told: serde_json::Value = serde_json::from_str(text).unwrap();
    let folder = head.strip_suffix("head.js").unwrap();
    let parts = (0..told["parts"].as_u64().unwrap()).map(|part| format!("{folder}part-{part}.js"));
    let texts = (0..told["chunks"].as_array().unwrap().len()).map(|number| format!("{folder}text-{number}.js"));
    let files: Vec<String> = parts.chain(texts).chain([head.to_owned()]).collect();
    assert!(files.iter().all(|file| built.has(file)), "{files:?}");
    files
}

/// Files that no page leads to: nobody finds them who does not guess their names.
fn orphans(built: &Built) -> Vec<&str> {
    // Programs and hosts know these by name; an old address is for those who come from outside.
    let by_name = |path: &str| ["404.html", "robots.txt"].contains(&path) || path.ends_with(".xml");
    let mut reached = BTreeSet::from(["index.html".to_owned()]);
    let mut open = vec!["index.html".to_owned()];
    while let Some(path) = open.pop() {
        for link in links(&html::parse(built.file(&path))).iter().filter(|link| !is_outside(&link.to) && !link.to.starts_with('#')) {
            let file = join(&path, &decode(link.to.split('#').next().unwrap())).unwrap();
            if reached.insert(file.clone()) && file.ends_with(".html") {
                open.push(file);
            }
        }
        for folder in html::parse(built.file(&path)).below().iter().filter_map(|element| element.attribute("data-search")) {
            reached.extend(index_files(built, &join(&path, &format!("{folder}head.js")).unwrap()));
        }
        for folder in html::parse(built.file(&path)).below().iter().filter_map(|element| element.attribute("data-list")) {
            reached.insert(join(&path, &format!("{folder}list.js")).unwrap());
        }
    }
    let alone = |path: &&str| {
        let is_old = path.ends_with(".html") && is_redirect(&html::parse(built.file(path)));
        !(is_old || reached.contains(*path) || by_name(path))
    };
    built.paths().into_iter().filter(alone).collect()
}

#[test]
fn every_file_is_found_by_following_links() {
    assert_eq!(orphans(&Site::sample().built()), Vec::<&str>::new());
    // One agency has nothing but its name.
    let two = Site::two().and("--- content/gamma/agency.yaml\nname: เทศบาลตำบลแกมมา\nkind: local\n");
    assert_eq!(orphans(&two.built()), Vec::<&str>::new());
}

#[test]
fn the_page_for_missing_addresses_uses_the_base_or_nothing() {
    let built = Site::small().built();
    let page = html::parse(built.file("404.html"));
    let own = links(&page);
    assert!(own.iter().any(|link| link.to.starts_with("/ita/")));
    assert!(own.iter().all(|link| link.to.starts_with("/ita/") || link.to.starts_with('#')), "{}", built.file("404.html"));
    let built = Site::small().with("content/site.yaml", "title: ก\n").built();
    let page = html::parse(built.file("404.html"));
    assert!(links(&page).is_empty() && page.all("style").is_empty());
    assert!(!page.first("main").unwrap().text().is_empty());
}

#[test]
fn the_sitemap_lists_exactly_the_pages() {
    for built in [Site::small().built(), with_redirects("file").built()] {
        let listed = locations(built.file("sitemap.xml"));
        let set: BTreeSet<String> = listed.iter().map(|location| below(BASE, location)).collect();
        assert_eq!(set.len(), listed.len(), "an address is listed twice");
        assert_eq!(set, addresses(&built));
        assert!(built.file("robots.txt").contains(&format!("Sitemap: {BASE}sitemap.xml")));
    }
}

#[test]
fn the_sitemaps_of_several_agencies_list_exactly_the_pages() {
    let built = Site::two().built();
    let maps = locations(built.file("sitemap.xml"));
    assert_eq!(maps.len(), 3);
    assert!(built.has("alpha/sitemap.xml") && built.has("เบต้า/sitemap.xml"));
    let mut listed = BTreeSet::new();
    for map in &maps {
        for location in locations(built.file(&below(BASE, map))) {
            assert!(listed.insert(below(BASE, &location)), "{location} is listed twice");
        }
    }
    assert_eq!(listed, addresses(&built));
}

#[test]
fn without_a_base_there_is_no_sitemap_and_no_absolute_address() {
    let built = Site::small().with("content/site.yaml", "title: ก\n").built();
    assert!(!built.paths().iter().any(|path| path.ends_with(".xml")));
    assert!(!built.file("robots.txt").contains("Sitemap"));
    for path in built.pages() {
        assert!(links(&html::parse(built.file(path))).iter().all(|link| link.rel != "canonical"), "{path}");
    }
}

#[test]
fn a_base_given_on_the_line_is_the_base() {
    let built = Site::small().base_url("https://other.example/").built();
    assert!(locations(built.file("sitemap.xml")).contains(&"https://other.example/2568/".to_owned()));
    let page = html::parse(built.page("2568/scores/"));
    let canonical = links(&page).into_iter().find(|link| link.rel == "canonical").unwrap().to;
    assert_eq!(canonical, "https://other.example/2568/scores/");
}

/// The redirects of a site that are taken although they must not be.
fn taken(site: &Site, redirects: &[&'static str]) -> Vec<&'static str> {
    let with = |line: &str| site.clone().replace("content/site.yaml", "title:", &format!("redirects: {{{line}}}\ntitle:")).build();
    redirects.iter().copied().filter(|line| with(line).errors().is_empty()).collect()
}

#[test]
fn a_redirect_to_nowhere_is_an_error_in_any_site() {
    let nowhere = ["old/: nowhere/", "old/: 2568/oit/o9/", "old/: about.md", "old/: files/none.txt"];
    assert_eq!(taken(&Site::small(), &nowhere), Vec::<&str>::new());
    let nowhere = ["old/: alpha/nowhere/", "old/: nowhere/", "alpha/old/: alpha/nowhere/", "old/: alpha/2568/oit/o9/"];
    assert_eq!(taken(&Site::two(), &nowhere), Vec::<&str>::new());
}

#[test]
fn two_redirects_from_one_address_are_an_error() {
    assert_eq!(taken(&Site::small(), &["old/: 2568/, /old/: about/"]), Vec::<&str>::new());
}

#[test]
fn a_redirect_may_lead_to_a_file() {
    let built = Site::small().with("content/site.yaml", "title: ก\nredirects: {old/: files/o1/structure.txt}\n").built();
    crawl(&built, "", false);
    assert!(built.has("old/index.html"));
}

#[test]
fn a_redirect_never_takes_the_place_of_a_file_of_the_program() {
    let program = [
        "style.css: 2568/",
        "404.html: 2568/",
        "sitemap.xml: 2568/",
        "robots.txt: 2568/",
        "manifest.json: 2568/",
        "index.html: 2568/",
        "about/index.html: 2568/",
        "about: 2568/",
        "2568/data/scores.csv: 2568/",
        "2568/scores/: 2568/",
        "files/o1/structure.txt: 2568/",
    ];
    assert_eq!(taken(&Site::small(), &program), Vec::<&str>::new());
    assert_eq!(taken(&Site::two(), &["alpha/: about/", "alpha/2568/: about/", "style.css: about/", "about/: alpha/"]), Vec::<&str>::new());
}

#[test]
fn a_free_page_never_takes_the_name_of_a_file_of_the_program() {
    let named = |name: &&str| Site::small().with(&format!("content/{name}.md"), "ก\n").build().errors().is_empty();
    let taken: Vec<&str> =
        ["robots.txt", "style.css", "404.html", "sitemap.xml", "manifest.json", "index.html"].into_iter().filter(named).collect();
    assert_eq!(taken, Vec::<&str>::new());
}
