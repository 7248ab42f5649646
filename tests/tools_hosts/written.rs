//! Sites that were built with `host` and `compress`, behind the real nginx and Apache with the files that were written for them: every page
//! as without, old addresses that lead on, headers, packed twins, and no file that says how to serve is itself served.

use std::collections::BTreeSet;
use std::fs;
use std::io::Read;
use std::path::Path;

use crate::crawl::{CONFIGURATION, Published, crawl, is_attachment};
use crate::place::{Answer, Place, decode, encode};
use crate::server::{Kind, Server};
use crate::support::{Site, run, tree};
use crate::{BELOW, ROOT, open_to_all, published, sample, settings_written, several};

/// Old addresses as staff write them, each with where it leads and the addresses that readers may come from.
const OLD: [(&str, &[&str]); 9] = [
    ("old/address/", &["old/address/", "old/address", "old/address/index.html"]),
    ("ข่าว/ปี ๒๕๖๘/", &["ข่าว/ปี ๒๕๖๘/", "ข่าว/ปี ๒๕๖๘", "ข่าว/ปี ๒๕๖๘/index.html"]),
    ("%E0%B8%81/ita.htm", &["ก/ita.htm"]),
    ("News.HTML", &["News.HTML"]),
    ("a b (c)+{d}$1;'e'.html", &["a b (c)+{d}$1;'e'.html"]),
    ("x.y/", &["x.y/", "x.y", "x.y/index.html"]),
    ("${HOME}/[a-z]&^!,=@~/", &["${HOME}/[a-z]&^!,=@~/", "${HOME}/[a-z]&^!,=@~", "${HOME}/[a-z]&^!,=@~/index.html"]),
    ("2560/oit/o1/", &["2560/oit/o1/", "2560/oit/o1", "2560/oit/o1/index.html"]),
    ("no-slash", &["no-slash", "no-slash/", "no-slash/index.html"]),
];

/// A site with files for both servers, twins, old addresses, and an attachment beside what looks like its twin and is none.
fn with_hosts(site: &Site, (content, to): (&str, &str)) -> Site {
    let lines: String = OLD.iter().map(|(old, _)| format!("  \"{old}\": {to}\n")).collect();
    let text = site.text("content/site.yaml");
    let plain: Vec<&str> = text.lines().filter(|line| !line.starts_with("redirects:")).collect();
    let text = format!("{}\nhost: [nginx, apache]\ncompress: [gzip, br]\nredirects:\n{lines}", plain.join("\n"));
    let table = "a,b\r\n".repeat(600);
    let page = "---\ntitle: คู่\n---\n\n[ก](files/pair.csv) [ข](files/pair.csv.gz)\n";
    site.clone()
        .with("content/site.yaml", &text)
        .with(&format!("{content}/files/pair.csv"), &table)
        .with_bytes(&format!("{content}/files/pair.csv.gz"), b"\x1f\x8b no table")
        .with(&format!("{content}/pair.md"), page)
}

fn sites() -> [(Site, &'static str, &'static str); 2] {
    [
        (with_hosts(&sample("folder"), ("content", "2568/oit/o1/")), "2568/oit/o1/", "files/"),
        (with_hosts(&several("folder"), ("content/alpha", "alpha/2568/oit/o1/")), "alpha/2568/oit/o1/", "alpha/files/"),
    ]
}

fn served(kind: Kind, folder: &Path, base: &str) -> (Server, Place) {
    let server = Server::start(kind, &settings_written(kind, base, &folder.join("public")));
    let place = Place::server(server.port);
    (server, place)
}

/// Asks a place; the last are the address that the old ones lead to, and the folder of attachments.
type Check<'a> = &'a dyn Fn(Kind, &Place, &Published, (&str, &str));

fn each(check: Check<'_>) {
    for (site, to, files) in sites() {
        for base in [ROOT, BELOW] {
            let (folder, mut published) = published(&site, base);
            // The pages at old addresses are there for hosts that have no rules; here the rules answer.
            let pages: Vec<&str> =
                OLD.iter().filter_map(|(_, from)| from.iter().copied().find(|from| published.files.contains_key(*from))).collect();
            assert_eq!(pages.len(), OLD.len());
            for page in pages {
                published.files.retain(|path, _| path.strip_prefix(page).is_none_or(|end| !["", ".br", ".gz"].contains(&end)));
            }
            for kind in [Kind::Nginx, Kind::Apache] {
                let (_server, place) = served(kind, folder.path(), base);
                check(kind, &place, &published, (to, files));
            }
        }
    }
}

#[test]
#[ignore = "needs nginx and Apache; scripts/test runs it"]
fn behind_what_was_written_everything_is_found() {
    each(&|kind, place, published, (_, files)| {
        let mut faults = crawl(place, published);
        // The attachment that is packed has no type that the crawler knows, and no page of a browser.
        faults.retain(|fault| !fault.contains("pair.csv.gz"));
        assert!(faults.is_empty(), "{kind:?} at {}: {faults:#?}", published.base);
        let gz = place.get(&format!("{}{files}pair.csv.gz", published.base));
        assert_eq!((gz.status, gz.bytes.as_slice()), (200, &b"\x1f\x8b no table"[..]), "{kind:?}");
        assert_eq!(gz.headers.get("content-encoding"), None, "{kind:?}");
    });
}

fn assert_headers(what: &str, answer: &Answer) {
    let is = |name: &str, value: &str| assert_eq!(answer.headers.get(name).map(String::as_str), Some(value), "{what}: {name}");
    is("content-security-policy", prongsai::render::hosts::POLICY);
    is("x-content-type-options", "nosniff");
    is("referrer-policy", "strict-origin-when-cross-origin");
    is("cache-control", "no-cache");
}

#[test]
#[ignore = "needs nginx and Apache; scripts/test runs it"]
fn old_addresses_lead_on_for_good() {
    each(&|kind, place, published, (to, _)| {
        let new = format!("{}{to}", published.base);
        for from in OLD.iter().flat_map(|(_, from)| *from) {
            let address = format!("{}{}", published.base, encode(from));
            let what = format!("{kind:?} {address}");
            // Some programs send it in small letters, or as it is.
            for asked in [address.clone(), address.replace("%E0%B8", "%e0%b8"), format!("{address}?a=b")] {
                let answer = place.get(&asked);
                let location = answer.location.clone().unwrap_or_default();
                let path = location.split_once("://").map_or(location.as_str(), |(_, rest)| &rest[rest.find('/').unwrap()..]);
                assert_eq!((answer.status, path.split('?').next().unwrap()), (301, new.as_str()), "{what}");
                assert_headers(&what, &answer);
            }
        }
        assert_eq!(place.get(&new).status, 200);
        // What only begins or ends so is no old address.
        for other in ["old/address/more", "xold/address/", "OLD/address/", "old/addressX", "xXy/"] {
            assert_eq!(place.get(&format!("{}{other}", published.base)).status, 404, "{kind:?} {other}");
        }
    });
}

#[test]
#[ignore = "needs nginx and Apache; scripts/test runs it"]
fn a_redirect_names_thai_addresses_as_browsers_do() {
    let text = "title: ก\nhost: [nginx, apache]\nredirects: {old/: ข่าว ใหม่/, page.html: \"files/แผน 50% $1.txt\"}\n";
    let site = Site::small().with("content/site.yaml", text).with("content/ข่าว ใหม่.md", "ก\n").with("content/files/แผน 50% $1.txt", "x");
    for base in [ROOT, BELOW] {
        let (folder, published) = published(&site, base);
        for kind in [Kind::Nginx, Kind::Apache] {
            let (_server, place) = served(kind, folder.path(), base);
            for (from, to) in [("old/", "ข่าว ใหม่/"), ("page.html", "files/แผน 50% $1.txt")] {
                let answer = place.get(&format!("{base}{from}"));
                let new = format!("{base}{}", encode(to));
                let location = answer.location.unwrap_or_default();
                // Which marks are percent-encoded is the server's to say; no letter of another script is left as it is.
                assert!(location.is_ascii() && decode(&location).ends_with(&format!("{base}{to}")), "{kind:?}: {location}");
                let file = if to.ends_with('/') { format!("{to}index.html") } else { to.to_owned() };
                assert_eq!(place.get(&new).bytes, published.files[&file], "{kind:?} {to}");
            }
        }
    }
}

#[test]
#[ignore = "needs nginx and Apache; scripts/test runs it"]
fn all_answers_have_the_headers_and_files_their_types() {
    each(&|kind, place, published, (to, _)| {
        let agency = to.split("2568").next().unwrap();
        for (path, status, kind_of_file) in [
            ("", 200, "text/html"),
            ("style.css", 200, "text/css"),
            ("no/such/page/", 404, "text/html"),
            (&format!("{agency}2568/data/scores.csv"), 200, "text/csv"),
            (&format!("{agency}2568/data/scores.json"), 200, "application/json"),
            (&format!("{agency}feed.xml"), 200, "application/atom+xml"),
            ("feed.xml", 200, "application/atom+xml"),
        ] {
            for accept in ["", "gzip", "br, gzip"] {
                let answer = place.get_packed(&format!("{}{path}", published.base), accept);
                let what = format!("{kind:?} {path} {accept}");
                assert_eq!((answer.status, answer.kind.as_deref()), (status, Some(kind_of_file)), "{what}");
                assert_headers(&what, &answer);
            }
        }
        for name in CONFIGURATION {
            let answer = place.get(&format!("{}{name}", published.base));
            assert!(matches!(answer.status, 403 | 404), "{kind:?} serves {name}: {}", answer.status);
        }
    });
}

fn unpacked(name: &str, bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    match name {
        "gzip" => flate2::read::GzDecoder::new(bytes).read_to_end(&mut out).unwrap(),
        "br" => brotli::Decompressor::new(bytes, 4096).read_to_end(&mut out).unwrap(),
        _ => panic!("{name}"),
    };
    out
}

#[test]
#[ignore = "needs nginx and Apache; scripts/test runs it"]
fn twins_are_sent_to_those_who_ask_for_them() {
    each(&|kind, place, published, (_, files)| {
        let mut count = 0;
        for (file, bytes) in &published.files {
            let Some(plain) = published.plain(file) else { continue };
            let (name, end) = if file.ends_with(".br") { ("br", ".br") } else { ("gzip", ".gz") };
            assert_eq!(unpacked(name, bytes), published.files[plain], "{file}");
            if name == "br" && kind == Kind::Nginx {
                continue;
            }
            let folder = plain.strip_suffix("index.html").filter(|_| plain.ends_with("/index.html") || plain == "index.html");
            for path in folder.into_iter().chain([plain]) {
                let address = format!("{}{}", published.base, encode(path));
                let what = format!("{kind:?} {address} {name}");
                let unasked = place.get(&address);
                let vary = |answer: &Answer| answer.headers.get("vary").is_some_and(|vary| vary.to_lowercase().contains("accept-encoding"));
                assert_eq!((unasked.status, unasked.headers.get("content-encoding")), (200, None), "{what}");
                assert!(vary(&unasked), "{what}: {:?}", unasked.headers);
                for accept in [name.to_owned(), format!("deflate, {name};q=0.5, *;q=0"), format!("identity,{name} ; q=1.0")] {
                    let asked = place.get_packed(&address, &accept);
                    assert_eq!(asked.headers.get("content-encoding").map(String::as_str), Some(name), "{what}");
                    assert_eq!(asked.bytes, published.files[&format!("{plain}{end}")], "{what}");
                    assert_eq!((asked.status, &asked.kind), (200, &unasked.kind), "{what}");
                    assert!(vary(&asked), "{what}");
                }
                let refused = place.get_packed(&address, &format!("{name};q=0"));
                assert_eq!((refused.headers.get("content-encoding"), &refused.bytes), (None, &unasked.bytes), "{what}");
            }
            count += 1;
        }
        assert!(count > 20, "{count} twins");
        if kind == Kind::Apache {
            assert_eq!(place.get_packed(published.base, "gzip, deflate, br").headers["content-encoding"], "br");
        }
        // The page for what is not there keeps its status.
        let missing = place.get_packed(&format!("{}no/such/", published.base), "gzip");
        let body = if missing.headers.contains_key("content-encoding") { unpacked("gzip", &missing.bytes) } else { missing.bytes };
        assert_eq!((missing.status, &body), (404, &published.files["404.html"]), "{kind:?}");
        // What an author packed is not the table beside it.
        let pair = place.get_packed(&format!("{}{files}pair.csv", published.base), "gzip");
        let body = if pair.headers.contains_key("content-encoding") { unpacked("gzip", &pair.bytes) } else { pair.bytes };
        assert_eq!(body, published.files[&format!("{files}pair.csv")], "{kind:?}");
        assert!(is_attachment(&format!("{files}pair.csv")));
    });
}

#[test]
#[ignore = "needs nginx and Apache; scripts/test runs it"]
fn without_an_address_the_files_are_those_of_a_root() {
    for kind in [Kind::Nginx, Kind::Apache] {
        let folder = tempfile::tempdir().unwrap();
        let text = "title: ก\nhost: [nginx, apache]\nredirects: {old/: about/}\n";
        Site::small().with("content/site.yaml", text).write_to(folder.path());
        assert_eq!(run(folder.path(), "build").0, 0);
        open_to_all(folder.path());
        let files = tree(&folder.path().join("public"));
        let (_server, place) = served(kind, folder.path(), ROOT);
        let answer = place.get("/no/such/page/");
        assert_eq!((answer.status, &answer.bytes), (404, &files["404.html"]), "{kind:?}");
        let answer = place.get("/old");
        assert!(answer.status == 301 && answer.location.is_some_and(|to| to.ends_with("/about/")), "{kind:?}");
        assert!(fs::read_to_string(folder.path().join("public/nginx.conf")).unwrap().contains("There is no base_url"));
    }
}

/// What visitors can see of a server: status, type, encodings, headers and bytes of some answers.
fn seen(place: &Place, base: &str) -> BTreeSet<String> {
    let paths = [
        "",
        "2568/data/scores.csv",
        "catalog.jsonld",
        "robots.txt",
        "a%2541/",
        "feed.xml",
        "style.css",
        "no/such/",
        "old/",
        "old",
        "files/",
        "files/pair.csv",
        "2568",
        "files/pair.csv.gz",
        "index.html.br",
        "nginx.conf",
        ".htaccess",
    ];
    let mut seen = BTreeSet::new();
    for path in paths {
        for accept in ["", "gzip", "br", "br;q=0"] {
            let mut answer = place.get_packed(&format!("{base}{path}"), accept);
            for name in ["date", "etag", "last-modified", "content-length", "transfer-encoding"] {
                answer.headers.remove(name);
            }
            // The server's own pages name its port.
            let own = if matches!(answer.status, 200 | 404) { answer.bytes.as_slice() } else { b"" };
            let bytes = prongsai::base::hash::Hash::of(own);
            seen.insert(format!("{path} {accept}: {} {:?} {bytes}", answer.status, answer.headers));
        }
    }
    seen
}

/// Every line that was written does something: without it some answer is another.
#[test]
#[ignore = "needs nginx and Apache; scripts/test runs it"]
fn each_line_is_there_for_something() {
    let text = "title: ก\nhost: [nginx, apache]\ncompress: [gzip, br]\nredirects: {old/: about/}\n";
    let site = Site::small()
        .with("content/site.yaml", text)
        .with("content/a%41.md", "ก\n")
        .with("content/files/pair.csv", &"a,b\r\n".repeat(600))
        .with_bytes("content/files/pair.csv.gz", b"\x1f\x8b no table");
    let (folder, _) = published(&site, BELOW);
    // Lines that this machine's servers do not need, since they have the same by themselves, and what is asked of other files.
    let spared: [(Kind, &str, &[&str]); 2] = [
        (Kind::Nginx, "nginx.conf", &["index index.html", "location = ", "include mime.types"]),
        (
            Kind::Apache,
            ".htaccess",
            &["DirectoryIndex", "AddType", "RewriteEngine", "RemoveLanguage", "T=", "REDIRECT_PRONGSAI_TWIN", "<", "Options +SymLinks"],
        ),
    ];
    for (kind, name, spared) in spared {
        let path = folder.path().join("public").join(name);
        let whole = fs::read_to_string(&path).unwrap();
        let ask = |text: &str| {
            fs::write(&path, text).unwrap();
            // A host that packs by itself says `Vary` by itself.
            let plain = "\n<Location />\nSetEnv no-gzip 1\nSetEnv no-brotli 1\n</Location>";
            let settings = settings_written(kind, BELOW, &folder.path().join("public"));
            let server = Server::start(kind, &format!("{settings}{}", if kind == Kind::Apache { plain } else { "" }));
            let place = Place::server(server.port);
            let port = server.port.to_string();
            seen(&place, BELOW).into_iter().map(|line| line.replace(&port, "PORT")).collect::<BTreeSet<_>>()
        };
        let all = ask(&whole);
        assert!(all == ask(&whole), "{name} twice: another answer");
        let asked = whole.lines().filter(|line| !line.trim().is_empty() && !line.trim().starts_with('#'));
        let asked = asked.filter(|line| !spared.iter().any(|word| line.contains(word)));
        let idle: Vec<&str> = asked.filter(|line| ask(&whole.replacen(&format!("{line}\n"), "", 1)) == all).collect();
        assert!(idle.is_empty(), "{name}: {idle:#?}");
    }
}
