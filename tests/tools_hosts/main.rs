//! Published sites behind the real nginx and Apache, at the root of a host and in a sub-folder, and read from disk. The settings of the
//! servers are those of `docs/hosting.md`. `scripts/tools-setup` installs the servers.

#![cfg(unix)]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use tempfile::TempDir;

#[expect(dead_code, reason = "shared with the suite, which uses all of it")]
#[path = "../suite/html.rs"]
mod html;
#[expect(dead_code, reason = "shared with the suite, which uses all of it")]
#[path = "../suite/support.rs"]
mod support;

mod crawl;
mod place;
mod server;
mod written;

use crawl::{HOST, Published, crawl};
use place::Place;
use server::{Kind, Server};
use support::{Site, root, run, tree, write};

const ROOT: &str = "/";
const BELOW: &str = "/x/y/";

/// Names that a staff member may give a file, each with what has a meaning in addresses.
const ATTACHMENTS: [&str; 4] = ["แผน ปี 2568 (ฉบับแก้ไข).txt", "ร้อยละ 50% + 1.txt", "a#b?c&d=e;f.txt", "โฟลเดอร์ ย่อย/ก'ข, ค.csv"];

/// The block of the document that sets up a server at a place, with the folder and the address in it.
fn settings(kind: Kind, base: &str, folder: &Path) -> String {
    settings_of(kind, (base, usize::from(base != ROOT)), folder)
}

/// The same where the site has files for its host.
fn settings_written(kind: Kind, base: &str, folder: &Path) -> String {
    settings_of(kind, (base, 2 + usize::from(base != ROOT)), folder)
}

fn settings_of(kind: Kind, (base, index): (&str, usize), folder: &Path) -> String {
    let document = fs::read_to_string(root().join("docs/hosting.md")).unwrap();
    let fence = match kind {
        Kind::Nginx => "```nginx\n",
        Kind::Apache => "```apache\n",
    };
    let blocks: Vec<&str> = document.split(fence).skip(1).map(|rest| rest.split_once("```").unwrap().0).collect();
    assert_eq!(blocks.len(), 4, "{kind:?} at the root and in a sub-folder, by hand and by the files of the site");
    let block = blocks[index];
    let parts: Vec<&str> = block.split("/srv/ita/public").collect();
    assert!(parts.len() > 1, "{block}");
    assert_eq!(parts.iter().any(|part| part.contains("/ita")), base != ROOT, "{block}");
    let parts: Vec<String> = parts.iter().map(|part| part.replace("/ita", base.trim_end_matches('/'))).collect();
    parts.join(folder.to_str().unwrap())
}

/// Attachments with such names, and a page that leads to them.
fn with_attachments(mut site: Site, content: &str) -> Site {
    let mut text = "---\ntitle: เอกสาร\n---\n\n".to_owned();
    for name in ATTACHMENTS {
        // Not UTF-8: an encoding that is declared for all files would be wrong for these.
        site = site.with_bytes(&format!("{content}/files/{name}"), b"\xa1\xa2\xa3\r\n");
        text.push_str(&format!(
            "[{}](<files/{}>)\n\n",
            name.replace('#', ""),
            name.replace('%', "%25").replace('#', "%23").replace('?', "%3F")
        ));
    }
    site.with(&format!("{content}/papers.md"), &text)
}

fn sample(links: &str) -> Site {
    let site = Site::sample();
    let settings = site.text("content/site.yaml").lines().filter(|line| !line.starts_with("links:")).collect::<Vec<_>>().join("\n");
    with_attachments(site.with("content/site.yaml", &format!("{settings}\nlinks: {links}\n")), "content")
}

fn several(links: &str) -> Site {
    let redirects = "redirects: {old/place/: alpha/2568/oit/o1/, เก่า/: about/}";
    let site = Site::two().and("--- content/gamma/agency.yaml\nname: เทศบาลตำบลแกมมา\nkind: local\nprovince: ขอนแก่น\n").replace(
        "content/site.yaml",
        "title:",
        &format!("links: {links}\n{redirects}\ntitle:"),
    );
    with_attachments(site, "content/alpha")
}

/// Builds a site for an address with the real program.
fn published(site: &Site, base: &'static str) -> (TempDir, Published) {
    let folder = tempfile::tempdir().unwrap();
    site.write_to(folder.path());
    let (status, _, err) = run(folder.path(), &format!("build --base-url {HOST}{base}"));
    assert_eq!(status, 0, "{err}");
    open_to_all(folder.path());
    let files = tree(&folder.path().join("public"));
    (folder, Published { files, base })
}

/// The folder of a test is for its owner alone, and the server is somebody else.
fn open_to_all(folder: &Path) {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(folder, fs::Permissions::from_mode(0o755)).unwrap();
}

fn behind(kind: Kind, folder: &Path, published: &Published) -> BTreeSet<String> {
    let server = Server::start(kind, &settings(kind, published.base, &folder.join("public")));
    crawl(&Place::server(server.port), published)
}

fn assert_served(kind: Kind) {
    for site in [sample, several] {
        for links in ["file", "folder"] {
            for base in [ROOT, BELOW] {
                let (folder, published) = published(&site(links), base);
                let faults = behind(kind, folder.path(), &published);
                assert!(faults.is_empty(), "{kind:?}, links: {links}, at {base}: {faults:#?}");
            }
        }
    }
}

#[test]
#[ignore = "needs nginx; scripts/test runs it"]
fn behind_nginx_everything_is_found() {
    assert_served(Kind::Nginx);
}

#[test]
#[ignore = "needs Apache; scripts/test runs it"]
fn behind_apache_everything_is_found() {
    assert_served(Kind::Apache);
}

#[test]
#[ignore = "belongs to those that need nginx and Apache; scripts/test runs it"]
fn from_disk_everything_is_found() {
    for site in [sample, several] {
        let (folder, published) = published(&site("file"), ROOT);
        let faults = crawl(&Place::Disk(folder.path().join("public")), &published);
        assert!(faults.is_empty(), "{faults:#?}");
    }
}

/// A site without an address has a page for missing ones all the same.
#[test]
#[ignore = "needs nginx and Apache; scripts/test runs it"]
fn without_an_address_a_missing_page_is_told() {
    for kind in [Kind::Nginx, Kind::Apache] {
        let folder = tempfile::tempdir().unwrap();
        Site::small().with("content/site.yaml", "title: ก\n").write_to(folder.path());
        assert_eq!(run(folder.path(), "build").0, 0);
        open_to_all(folder.path());
        let public = folder.path().join("public");
        let server = Server::start(kind, &settings(kind, BELOW, &public));
        let answer = Place::server(server.port).get("/x/y/no/such/page/");
        assert_eq!((answer.status, answer.bytes), (404, fs::read(public.join("404.html")).unwrap()), "{kind:?}");
    }
}

/// What the crawler is there for, each fault in a copy of the small site.
#[test]
#[ignore = "needs nginx and Apache; scripts/test runs it"]
fn the_crawler_finds_what_is_wrong() {
    let spoil = |path: &str, from: &str, to: &str| {
        let (folder, mut published) = published(&Site::small(), BELOW);
        let file = folder.path().join("public").join(path);
        let text = fs::read_to_string(&file).unwrap();
        assert!(text.contains(from), "{path} does not hold {from}");
        write(&file, text.replacen(from, to, 1).as_bytes());
        published.files = tree(&folder.path().join("public"));
        (folder, published)
    };
    let front = "index.html";
    for (path, from, to, fault) in [
        (front, "</main>", "<a href=\"none/\">x</a></main>", "index.html: /x/y/none/ answers 404"),
        (front, "</main>", "<a href=\"../a/\">x</a></main>", "index.html: /x/a/ leaves the site"),
        (front, "</main>", "<a href=\"../../../a/\">x</a></main>", "index.html: ../../../a/ leads above the root"),
        (front, "</main>", "<a href=\"about/index.html#none\">x</a></main>", "index.html: about/index.html has no place none"),
        (front, "</main>", "<a href=\"2568\">x</a></main>", "index.html: /x/y/2568 answers 301 to"),
        (front, "</main>", "<img srcset=\"a.png 1x, b.png 2x\" alt=\"\"></main>", "index.html: /x/y/b.png answers 404"),
        (front, "</main>", "<form action=\"ask\"></form></main>", "index.html: /x/y/ask answers 404"),
        (front, "<meta charset=\"utf-8\">", "", "index.html is not told to be UTF-8: text/html"),
        ("style.css", "{", "{background:url(\"none.svg\");", "style.css: /x/y/none.svg answers 404"),
        ("404.html", "href=\"/x/y/", "href=\"/x/", "404.html: /x/"),
        ("robots.txt", "/x/y/", "/x/", "robots.txt or a sitemap: /x/sitemap.xml leaves the site"),
        ("sitemap.xml", "about/</loc>", "none/</loc>", "about/index.html is in no sitemap"),
    ] {
        for kind in [Kind::Nginx, Kind::Apache] {
            let (folder, published) = spoil(path, from, to);
            let faults = behind(kind, folder.path(), &published);
            assert!(faults.iter().any(|line| line.starts_with(fault)), "{kind:?}: {fault} is not told: {faults:#?}");
        }
    }
    for kind in [Kind::Nginx, Kind::Apache] {
        let (folder, published) = published(&Site::small(), BELOW);
        write(&folder.path().join("public/2568/scores/index.html"), b"other");
        write(&folder.path().join("public/alone/index.html"), b"alone");
        let mut spoiled = Published { files: published.files, base: BELOW };
        spoiled.files.insert("alone/index.html".to_owned(), b"alone".to_vec());
        let faults = behind(kind, folder.path(), &spoiled);
        for fault in ["alone/index.html is an orphan", "about/index.html: /x/y/2568/scores/index.html answers with other bytes"] {
            let (_, told) = fault.split_once(": ").unwrap_or(("", fault));
            assert!(faults.iter().any(|line| line.contains(told)), "{kind:?}: {fault} is not told: {faults:#?}");
        }
        // Every line of the settings is there for something.
        let public = folder.path().join("public");
        let all = settings(kind, BELOW, &public);
        let spared: &[&str] = match kind {
            Kind::Nginx => &["location = ", "autoindex off", "error_page", "charset off", "types { text/csv"],
            Kind::Apache => &["Options None", "ErrorDocument", "AddDefaultCharset"],
        };
        for line in spared.iter().map(|word| all.lines().find(|line| line.trim_start().starts_with(word)).unwrap()) {
            let server = Server::start(kind, &all.replace(line, ""));
            let found = crawl(&Place::server(server.port), &spoiled);
            assert!(found.difference(&faults).next().is_some(), "{kind:?} without {line}: nothing more is told");
        }
    }
}
