//! Files for hosts, and packed twins: which there are, that each is of the grammar of its host whatever an author wrote, what does not fit,
//! and what publishing makes of them. `tests/tools_hosts` asks the real nginx and Apache.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Read;
use std::sync::{Arc, Mutex};

use prongsai::base::address::{Address, encoded_but};
use prongsai::base::span::{Located, Place};
use prongsai::engine::Options;
use prongsai::engine::workshop::Workshop;
use prongsai::render::hosts::{CONFIGURATION, HEADERS, HostFile, Hosting, POLICY};
use prongsai::source::hosting::HOSTS;
use prongsai::source::site::{self, Redirect, Site as Settings};
use proptest::prelude::*;

use crate::support::{Built, Site, TODAY, root, run, write};

/// What each host gets, as `docs/hosting.md` has it.
const FILES: [(&str, &[&str]); 7] = [
    ("github-pages", &[".nojekyll"]),
    ("gitlab-pages", &["_redirects"]),
    ("netlify", &["_headers", "_redirects"]),
    ("cloudflare-pages", &["_headers", "_redirects"]),
    ("apache", &[".htaccess"]),
    ("nginx", &["nginx.conf"]),
    ("iis", &["web.config"]),
];

fn with(site: &Site, lines: &str) -> Site {
    let text = site.text("content/site.yaml");
    site.clone().with("content/site.yaml", &format!("{text}\n{lines}\n"))
}

fn fresh(before: &Built, after: &Built) -> Vec<String> {
    after.files.keys().filter(|path| !before.has(path)).cloned().collect()
}

#[test]
fn each_host_gets_its_files_at_the_root_and_nothing_else_changes() {
    for site in [Site::small(), Site::two()] {
        let plain = site.built();
        assert!(!CONFIGURATION.iter().any(|name| plain.has(name)));
        for (host, files) in FILES {
            let built = with(&site, &format!("host: {host}")).built();
            assert_eq!(fresh(&plain, &built), files, "{host}");
            assert!(plain.files.iter().all(|(path, bytes)| built.files[path] == *bytes), "{host}");
        }
        let all: Vec<&str> = FILES.iter().map(|(host, _)| *host).collect();
        let built = with(&site, &format!("host: [{}]", all.join(", "))).built();
        assert_eq!(fresh(&plain, &built), CONFIGURATION);
    }
    assert_eq!(HOSTS.iter().map(|(name, _)| *name).collect::<Vec<_>>(), FILES.map(|(name, _)| name));
}

#[test]
fn the_policy_is_that_of_the_document() {
    let document = fs::read_to_string(root().join("docs/hosting.md")).unwrap();
    assert!(document.contains(&format!("add_header Content-Security-Policy \"{POLICY}\" always;")));
    assert!(document.contains(&format!("Header always set Content-Security-Policy \"{POLICY}\"")));
}

/// Settings with these redirects, by program.
fn settings(hosts: &[&str], redirects: &[(Address, Address)]) -> Settings {
    let place = || Place::top("content/site.yaml");
    let one =
        |(from, to): &(Address, Address)| Redirect { from: Located::new(from.clone(), place()), to: Located::new(to.clone(), place()) };
    let known = |name: &str| HOSTS.iter().find(|(known, _)| *known == name).unwrap().1;
    Settings {
        hosts: hosts.iter().map(|name| known(name)).collect(),
        redirects: redirects.iter().map(one).collect(),
        ..Settings::default()
    }
}

fn address(text: &str) -> Address {
    Address::new(text).unwrap()
}

fn file(hosting: &Hosting, name: &str) -> HostFile {
    hosting.files().into_iter().find(|file| file.name == name).unwrap()
}

/// The rules of `_redirects` by the reader of Cloudflare's that is published (`workers-shared/utils/configuration/parseRedirects.ts`).
fn cloudflare(text: &str) -> Vec<(String, String)> {
    let (mut rules, mut seen, mut count) = (Vec::new(), BTreeSet::new(), 0);
    for line in text.split('\n').map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
        assert!(line.chars().count() <= 1_000, "{line}");
        let words: Vec<&str> = line.split_whitespace().collect();
        assert_eq!((words.len(), words[2]), (3, "301"), "{line}");
        assert!(words[..2].iter().all(|word| word.starts_with('/')) && !words[0].contains(['*', ':']), "{line}");
        count += 1;
        // A path is taken as a URL's: what browsers encode is encoded.
        let from = browser(words[0]);
        if seen.insert(from.clone()) {
            rules.push((from, words[1].to_owned()));
        }
    }
    assert!(count <= 2_000, "{count} rules");
    rules
}

/// A path as browsers ask for it (URL Standard, path percent-encode set).
fn browser(path: &str) -> String {
    let encodes = |byte: u8| byte <= b' ' || byte >= 0x7f || b"\"#<>?^`{}".contains(&byte);
    path.bytes().map(|byte| if encodes(byte) { format!("%{byte:02X}") } else { char::from(byte).to_string() }).collect()
}

/// The rules by GitLab's reader (`github.com/tj/go-redirects` and `internal/redirects` of GitLab Pages).
fn gitlab(text: &str) -> Vec<(String, String)> {
    assert!(text.len() <= 64 * 1024);
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')).collect();
    assert!(lines.len() <= 1_000, "{} rules", lines.len());
    let rule = |line: &&str| {
        let words: Vec<&str> = line.split_whitespace().collect();
        assert_eq!((words.len(), words[2]), (3, "301"), "{line}");
        assert!(words[..2].iter().all(|word| word.starts_with('/') && !word.contains(['*', ':'])), "{line}");
        (format!("{}/", words[0].trim_end_matches('/')), words[1].to_owned())
    };
    lines.iter().map(rule).collect()
}

#[test]
fn a_rule_stands_as_its_host_compares_it() {
    let old = [("old/address/", "2568/"), ("ข่าว/ก.html", "ข่าว ใหม่/"), ("a b/", ""), ("it's (1)/", "files/แผน.pdf")];
    let redirects = old.map(|(from, to)| (address(from), address(to)));
    let of = |hosts: &[&str]| file(&Hosting::of(&settings(hosts, &redirects), Some("https://x.go.th/ita/")), "_redirects");
    let text = of(&["cloudflare-pages"]).text;
    let expected = [
        "/ita/old/address/ /ita/2568/ 301",
        "/ita/old/address /ita/2568/ 301",
        "/ita/old/address/index.html /ita/2568/ 301",
        "/ita/%E0%B8%82%E0%B9%88%E0%B8%B2%E0%B8%A7/%E0%B8%81.html /ita/%E0%B8%82%E0%B9%88%E0%B8%B2%E0%B8%A7%20%E0%B9%83%E0%B8%AB%E0%B8%A1%E0%B9%88/ 301",
        "/ita/a%20b/ /ita/ 301",
        "/ita/a%20b /ita/ 301",
        "/ita/a%20b/index.html /ita/ 301",
        "/ita/it's%20(1)/ /ita/files/%E0%B9%81%E0%B8%9C%E0%B8%99.pdf 301",
        "/ita/it's%20(1) /ita/files/%E0%B9%81%E0%B8%9C%E0%B8%99.pdf 301",
        "/ita/it's%20(1)/index.html /ita/files/%E0%B9%81%E0%B8%9C%E0%B8%99.pdf 301",
    ];
    assert_eq!(text.lines().skip(1).collect::<Vec<_>>(), expected);
    // Netlify serves a file before a rule, unless it is forced. No other host knows of force.
    let forced: Vec<String> = of(&["netlify", "apache"]).text.lines().skip(1).map(|line| line.replace(" 301!", " 301")).collect();
    assert_eq!(forced, expected);
    assert!(of(&["netlify", "apache"]).text.lines().skip(1).all(|line| line.ends_with(" 301!")));
    assert_eq!(of(&["netlify", "cloudflare-pages"]).text, text);
    // GitLab compares what it has decoded, and splits at spaces.
    let of_gitlab = of(&["gitlab-pages"]);
    let lines: Vec<&str> = of_gitlab.text.lines().skip(2).collect();
    assert_eq!(
        lines,
        [
            "/ita/old/address/ /ita/2568/ 301",
            "/ita/old/address/index.html /ita/2568/ 301",
            "/ita/ข่าว/ก.html /ita/%E0%B8%82%E0%B9%88%E0%B8%B2%E0%B8%A7%20%E0%B9%83%E0%B8%AB%E0%B8%A1%E0%B9%88/ 301"
        ]
    );
    assert_eq!(of_gitlab.left, [address("a b/"), address("it's (1)/")]);
    assert!(of_gitlab.text.lines().nth(1).unwrap().ends_with(": 2"), "{}", of_gitlab.text);
    // Together a rule has both spellings.
    let both = of(&["gitlab-pages", "cloudflare-pages"]).text;
    gitlab(&both);
    let read = cloudflare(&both);
    assert_eq!(read.len(), 4, "{both}");
    assert!(both.contains("/ita/ข่าว/ก.html ") && both.contains("/ita/%E0%B8%82"));
}

#[test]
fn a_page_that_would_hide_its_rule_is_left_out_and_its_address_is_not_gone() {
    let lines = "redirects: {old/: 2568/, a b/: about/, x.html: about/}";
    let plain = with(&Site::small(), lines);
    let pages = ["a b/index.html", "old/index.html", "x.html"];
    let there = |site: &Site| {
        let built = site.build();
        assert_eq!(built.errors(), Vec::<String>::new());
        pages.into_iter().filter(|page| built.has(page)).collect::<Vec<_>>()
    };
    assert_eq!(there(&plain), pages);
    for hosts in
        ["netlify", "cloudflare-pages", "apache", "nginx", "iis", "github-pages", "[gitlab-pages, github-pages]", "[gitlab-pages, nginx]"]
    {
        assert_eq!(there(&with(&plain, &format!("host: {hosts}"))), pages, "{hosts}");
    }
    let by_gitlab = with(&plain, "host: gitlab-pages");
    // What is no rule there keeps its page.
    assert_eq!(there(&by_gitlab), ["a b/index.html"]);
    assert_eq!(there(&with(&plain, "host: [netlify, cloudflare-pages]")), [""; 0]);
    let gone = |before: &Site, now: &Site| now.build_after(before).codes().into_iter().filter(|code| *code == "address-gone").count();
    assert_eq!(gone(&plain, &by_gitlab), 0);
    assert_eq!(gone(&by_gitlab, &plain), 0);
    assert_eq!(gone(&plain, &with(&Site::small(), "host: gitlab-pages")), 3);
    // The same with a page in an agency's folder.
    let many = with(&Site::two(), "redirects: {alpha/old/: about/, old/: about/}");
    let by_gitlab = with(&many, "host: gitlab-pages");
    assert!(
        many.built().has("alpha/old/index.html")
            && !by_gitlab.built().has("alpha/old/index.html")
            && !by_gitlab.built().has("old/index.html")
    );
    assert_eq!((gone(&many, &by_gitlab), gone(&by_gitlab, &many)), (0, 0));
}

#[test]
fn what_does_not_fit_is_told_and_keeps_its_page() {
    let many: String = (0..900).map(|i| format!("  old/{i:04}/: about/\n")).collect();
    let site = |host: &str| with(&Site::small(), &format!("host: {host}\nredirects:\n{many}"));
    for (host, rules) in [("cloudflare-pages", 1_998), ("gitlab-pages", 1_000), ("netlify", 2_700)] {
        let built = site(host).build();
        assert_eq!(built.errors(), Vec::<String>::new());
        let text = built.file("_redirects");
        let lines: Vec<&str> = text.lines().filter(|line| !line.starts_with('#')).collect();
        assert_eq!(lines.len(), rules, "{host}");
        match host {
            "cloudflare-pages" => drop(cloudflare(text)),
            "gitlab-pages" => drop(gitlab(text)),
            _ => {}
        }
        for i in 0..900 {
            let path = format!("old/{i:04}/");
            assert!(text.contains(&format!("/ita/{path} ")) || built.has(&format!("{path}index.html")), "{host} has no way from {path}");
        }
        let told: Vec<_> = built.findings.iter().filter(|finding| finding.code.name() == "redirect-unfit").collect();
        let per = if host == "gitlab-pages" { 2 } else { 3 };
        match 900 - rules / per {
            0 => assert!(told.is_empty(), "{host}"),
            count => {
                assert_eq!(told.len(), 1, "{host}");
                let message = told[0].message(prongsai::base::language::Language::En);
                assert!(message.starts_with(&format!("{count} old addresses do not fit into _redirects")), "{message}");
                assert!(text.lines().nth(1).unwrap().ends_with(&format!(": {count}")));
            }
        }
    }
    // IIS reads 250 KB.
    let redirects: Vec<_> = (0..1_500).map(|i| (address(&format!("old/{i:04}/")), address("about/"))).collect();
    let written = file(&Hosting::of(&settings(&["iis"], &redirects), Some("https://x.go.th/ita/")), "web.config");
    assert!(written.text.len() < 250_000 && !written.left.is_empty());
    assert_eq!(wildcards(&written.text).len(), 3 * (1_500 - written.left.len()));
    // nginx reads no longer word; one of 900 Thai letters is that long when it is encoded.
    let long: Vec<String> = (0..8).map(|_| "ก".repeat(80)).collect();
    let redirects =
        [(address(&format!("{}/", long.join("/"))), address("2568/")), (address("old/"), address(&format!("{}/", long.join("/"))))];
    let written = file(&Hosting::of(&settings(&["nginx"], &redirects), None), "nginx.conf");
    assert_eq!(written.left, [address("old/")]);
    assert_eq!(locations(&written.text).len(), 3);
    // Apache encodes by itself, and splits at what means something in an address.
    let redirects = ["files/a?b.txt", "files/a#b.txt", "files/${HOME}.txt", "files/50% $1 & \"x\".txt"].map(address);
    let redirects: Vec<_> = redirects.into_iter().enumerate().map(|(i, to)| (address(&format!("{i}/")), to)).collect();
    let written = file(&Hosting::of(&settings(&["apache"], &redirects), None), ".htaccess");
    assert_eq!(written.left, ["0/", "1/", "2/"].map(address));
    assert!(written.text.contains(r#"RedirectMatch 301 "^/3(?:/|/index\.html)?$" "/files/50% \$1 & \"x\".txt""#), "{}", written.text);
}

/// The header rules, by the published readers of both hosts.
#[test]
fn headers_are_rules_of_netlify_and_cloudflare() {
    let text = file(&Hosting::of(&settings(&["netlify"], &[]), None), "_headers").text;
    let mut rules: Vec<(String, BTreeMap<String, String>)> = Vec::new();
    for line in text.lines() {
        assert!(line.chars().count() <= 2_000);
        let line = line.trim();
        if line.starts_with('#') {
            continue;
        }
        if line.starts_with('/') {
            assert!(line.matches('*').count() <= 1 && line.matches(':').count() <= 1, "{line}");
            rules.push((line.to_owned(), BTreeMap::new()));
        } else {
            let (name, value) = line.split_once(':').unwrap();
            assert!(!name.contains(' ') && !value.trim().is_empty(), "{line}");
            assert!(rules.last_mut().unwrap().1.insert(name.to_lowercase(), value.trim().to_owned()).is_none(), "{line}");
        }
    }
    assert!(rules.len() <= 100);
    let all = &rules.iter().find(|(path, _)| path == "/*").unwrap().1;
    assert_eq!(all.len(), HEADERS.len());
    assert!(HEADERS.iter().all(|(name, value)| all[&name.to_lowercase()] == *value));
    // A value that two rules give is sent twice: no two rules for one address have a header in common.
    let kinds: Vec<&str> = rules.iter().filter(|(_, values)| values.contains_key("content-type")).map(|(path, _)| path.as_str()).collect();
    assert_eq!(kinds, ["/*.jsonld", "/*.csv", "/*.txt", "/feed.xml", "/:agency/feed.xml"]);
}

/// A statement of nginx: its words, and what stands in its braces.
type Statement = (Vec<String>, Vec<Vec<String>>);

/// Reads settings as nginx does (`ngx_conf_read_token`).
fn statements(text: &str) -> Vec<Statement> {
    let (mut all, mut words, mut depth) = (Vec::<Statement>::new(), Vec::<String>::new(), 0_usize);
    let mut inner: Option<Vec<Vec<String>>> = None;
    let mut outer: Vec<String> = Vec::new();
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '#' => while chars.next_if(|c| *c != '\n').is_some() {},
            c if c.is_ascii_whitespace() => {}
            ';' => {
                let words = std::mem::take(&mut words);
                assert!(!words.is_empty());
                match &mut inner {
                    Some(inner) => inner.push(words),
                    None => all.push((words, Vec::new())),
                }
            }
            '{' => {
                depth += 1;
                if depth == 1 {
                    outer = std::mem::take(&mut words);
                    inner = Some(Vec::new());
                } else {
                    assert_eq!((depth, words.join(" ").as_str()), (2, "types"));
                    words.clear();
                }
            }
            '}' => {
                assert!(words.is_empty(), "{words:?} without an end");
                depth = depth.checked_sub(1).unwrap();
                if depth == 0 {
                    all.push((std::mem::take(&mut outer), inner.take().unwrap()));
                }
            }
            '"' => {
                let mut word = String::new();
                loop {
                    match chars.next().expect("an open quotation mark") {
                        '"' => break,
                        '\\' => match chars.peek() {
                            Some('"' | '\'' | '\\') => word.push(chars.next().unwrap()),
                            Some('t' | 'r' | 'n') => panic!("a control character in {word}"),
                            _ => word.push('\\'),
                        },
                        c => word.push(c),
                    }
                }
                assert!(chars.peek().is_some_and(|c| c.is_ascii_whitespace() || *c == ';'), "{word} goes on after its quotation mark");
                assert!(word.len() < 4_096);
                words.push(word);
            }
            c => {
                let mut word = String::from(c);
                while let Some(c) = chars.next_if(|c| !c.is_ascii_whitespace() && !matches!(c, ';' | '{' | '"' | '\'')) {
                    word.push(c);
                }
                words.push(word);
            }
        }
    }
    assert!(words.is_empty() && depth == 0);
    all
}

/// The exact locations and where they lead; everything else is a statement that is known.
fn locations(text: &str) -> BTreeMap<String, String> {
    let known = [
        "index",
        "autoindex",
        "absolute_redirect",
        "charset",
        "error_page",
        "include",
        "types",
        "add_header",
        "gzip_static",
        "gzip_vary",
        "location",
    ];
    let mut found = BTreeMap::new();
    for (words, inner) in statements(text) {
        assert!(known.contains(&words[0].as_str()), "{words:?}");
        if words[0] == "location" && words[1] == "=" {
            assert_eq!((words.len(), inner.len(), inner[0].len(), inner[0][0].as_str(), inner[0][1].as_str()), (3, 1, 3, "return", "301"));
            assert!(!inner[0][2].contains('$'), "{inner:?} has a variable");
            assert!(found.insert(words[2].clone(), inner[0][2].clone()).is_none(), "{words:?} twice");
        } else if matches!(words[0].as_str(), "error_page" | "add_header") {
            assert!(!words.iter().any(|word| word.contains('$')), "{words:?} has a variable");
        }
    }
    found
}

/// The words of a line as Apache reads them (`ap_getword_conf`).
fn apache_words(line: &str) -> Vec<String> {
    let (mut words, mut rest) = (Vec::new(), line.trim());
    while let Some(first) = rest.chars().next() {
        let mut word = String::new();
        if first == '"' || first == '\'' {
            let mut chars = rest.char_indices().skip(1).peekable();
            let end = loop {
                let (at, c) = chars.next().expect("an open quotation mark");
                match c {
                    c if c == first => break at + 1,
                    '\\' if chars.peek().is_some_and(|(_, next)| *next == '\\' || *next == first) => word.push(chars.next().unwrap().1),
                    c => word.push(c),
                }
            };
            rest = &rest[end..];
            assert!(rest.is_empty() || rest.starts_with(' ') || rest.starts_with('>'), "{line}");
        } else {
            let end = rest.find(' ').unwrap_or(rest.len());
            word.push_str(&rest[..end]);
            rest = &rest[end..];
        }
        words.push(word);
        rest = rest.trim_start();
    }
    words
}

/// What `.htaccess` leads on: the pattern without its escapes, and the target. Everything else is a line that is known.
fn matches(text: &str) -> BTreeMap<String, String> {
    let known = [
        "Options",
        "DirectoryIndex",
        "AddDefaultCharset",
        "ErrorDocument",
        "Header",
        "AddType",
        "ForceType",
        "RedirectMatch",
        "RewriteEngine",
        "RewriteCond",
        "RewriteRule",
        "RemoveEncoding",
        "RemoveLanguage",
    ];
    assert!(!text.contains("${"), "Apache replaces what stands so");
    let mut found = BTreeMap::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
        if line.starts_with('<') {
            assert!(["<IfModule ", "</IfModule>", "<FilesMatch ", "</FilesMatch>"].iter().any(|begin| line.starts_with(begin)), "{line}");
            continue;
        }
        let words = apache_words(line);
        assert!(known.contains(&words[0].as_str()), "{line}");
        if words[0] == "RedirectMatch" && words[1] == "301" {
            assert_eq!(words.len(), 4, "{line}");
            let pattern = words[2].strip_prefix('^').and_then(|rest| rest.strip_suffix('$')).unwrap();
            let whole = pattern.strip_suffix("(?:/|/index\\.html)?").map_or_else(|| pattern.to_owned(), |bare| format!("{bare}/"));
            assert!(found.insert(unescaped(&whole), words[3].replace("\\$", "$")).is_none(), "{line}");
        }
    }
    found
}

/// A regular expression that is a plain text: every mark of it is escaped.
fn unescaped(pattern: &str) -> String {
    let (mut out, mut chars) = (String::new(), pattern.chars());
    while let Some(c) = chars.next() {
        match c {
            '\\' => out.push(chars.next().filter(char::is_ascii_punctuation).expect("an escaped mark")),
            c => {
                assert!(!c.is_ascii_punctuation() || "/-_\"'".contains(c), "{c} of {pattern} has a meaning");
                out.push(c);
            }
        }
    }
    out
}

/// The wildcards of `web.config` and their destinations; every element is one that each IIS knows, none stands twice where it may not.
fn wildcards(text: &str) -> BTreeMap<String, String> {
    use quick_xml::events::Event;
    let sections = ["directoryBrowse", "defaultDocument", "httpErrors", "httpProtocol", "staticContent", "httpRedirect"];
    let mut reader = quick_xml::Reader::from_str(text);
    let (mut path, mut found, mut keys): (Vec<String>, BTreeMap<String, String>, BTreeSet<String>) =
        (vec![], BTreeMap::new(), BTreeSet::new());
    loop {
        let event = reader.read_event().unwrap();
        let is_empty = matches!(event, Event::Empty(_));
        match event {
            Event::Start(element) | Event::Empty(element) => {
                let name = element.name().as_ref().to_owned();
                if path.last().is_some_and(|above| above == "system.webServer") {
                    assert!(sections.contains(&name.as_str()), "IIS may not know {name}");
                }
                let values: BTreeMap<String, String> = element
                    .attributes()
                    .map(|attribute| {
                        let attribute = attribute.unwrap();
                        let value = quick_xml::escape::unescape(&attribute.value).unwrap().into_owned();
                        (attribute.key.as_ref().to_owned(), value)
                    })
                    .collect();
                let key = ["wildcard", "fileExtension", "name"].iter().find_map(|key| values.get(*key));
                if let Some(key) = key.filter(|_| name != "remove") {
                    assert!(keys.insert(format!("{}/{}", path.join("/"), key.to_lowercase())), "{key} twice");
                }
                if let Some(wildcard) = values.get("wildcard") {
                    assert!(!wildcard.contains(['*', '?']) && !values["destination"].contains('$'));
                    found.insert(wildcard.clone(), values["destination"].clone());
                }
                if !is_empty {
                    path.push(name);
                }
            }
            Event::End(element) => assert_eq!(path.pop().unwrap(), element.name().as_ref()),
            Event::Eof => break,
            Event::Text(space) => assert!(space.trim().is_empty()),
            Event::Decl(_) | Event::Comment(_) => {}
            other => panic!("{other:?}"),
        }
    }
    assert!(path.is_empty());
    found
}

/// What an author may write in an address, and more.
fn nasty() -> impl Strategy<Value = String> {
    let marks = "\"'`;{}[]()<>#$&|\\^*?!+=,@~%: \t\n./-_aZ0กำ\u{e33}é\u{a0}\u{2028}\u{3000}\u{fffe}\u{feff}\u{202e}";
    let words =
        ["${HOME}", "$1", "\\", "return 301", "-->", "]]>", "&quot;", "#", "//", "index.html", "%41", "\\\"", "\r\nHost: x", "{{", "*/"];
    let mark = proptest::sample::select(marks.chars().collect::<Vec<_>>()).prop_map(|c| c.to_string());
    let word = proptest::sample::select(words.to_vec()).prop_map(str::to_owned);
    proptest::collection::vec(prop_oneof![4 => mark, 1 => word], 1..12).prop_map(|parts| parts.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_500, failure_persistence: None, ..ProptestConfig::default() })]

    /// Nothing that an author writes gets out of its place: each file read back has these redirects, and nothing more.
    #[test]
    fn whatever_is_written_stays_in_its_place(old in proptest::collection::vec((nasty(), nasty(), any::<bool>()), 1..4), below in nasty()) {
        let base_url = site::normal_base_url(&format!("https://www.example.go.th/{below}/")).unwrap_or_else(|| "https://x.go.th/".to_owned());
        let base = &base_url[base_url.find(".go.th").unwrap() + 6..];
        let mut redirects = Vec::new();
        for (i, (from, to, is_page)) in old.iter().enumerate() {
            let from = Address::new(&format!("{i}{}{}", from.trim(), if *is_page { "/" } else { ".html" }));
            let to = Address::new(&format!("{}/", to.trim()));
            if let (Ok(from), Ok(to)) = (from, to) && site::may_lead_on(&from) {
                redirects.push((from, to));
            }
        }
        let spellings = |from: &Address| {
            let whole = format!("{base}{from}");
            let bare = whole.strip_suffix('/').map(str::to_owned);
            match bare {
                Some(bare) => vec![whole.clone(), bare, format!("{whole}index.html")],
                None => vec![whole],
            }
        };
        let to_of = |to: &Address| format!("{}{}", encoded_but(base, ""), to.encoded());
        let all = settings(&["apache", "nginx", "iis", "cloudflare-pages"], &redirects);
        let hosting = Hosting::of(&all, Some(&base_url));
        for name in [".htaccess", "nginx.conf", "web.config", "_redirects"] {
            let HostFile { text, left, .. } = file(&hosting, name);
            let fitting = || redirects.iter().filter(|(from, _)| !left.contains(from));
            let each: BTreeMap<String, String> =
                fitting().flat_map(|(from, to)| spellings(from).into_iter().map(move |from| (from, to_of(to)))).collect();
            match name {
                ".htaccess" => {
                    let expected: BTreeMap<String, String> =
                        fitting().map(|(from, to)| (format!("{base}{from}"), format!("{base}{to}"))).collect();
                    prop_assert_eq!(matches(&text), expected);
                }
                "nginx.conf" => prop_assert_eq!(locations(&text), each),
                "web.config" => prop_assert_eq!(wildcards(&text), each),
                _ => {
                    let read: BTreeMap<String, String> = cloudflare(&text).into_iter().collect();
                    let expected: BTreeMap<String, String> = each.iter().map(|(from, to)| (browser(&encoded_but(from, "!$&'()+,;=@[]|")), to.clone())).collect();
                    prop_assert_eq!(read, expected);
                }
            }
        }
        let hosting = Hosting::of(&settings(&["gitlab-pages"], &redirects), Some(&base_url));
        let HostFile { text, left, .. } = file(&hosting, "_redirects");
        prop_assert_eq!(gitlab(&text).len(), redirects.iter().filter(|(from, _)| !left.contains(from)).map(|(from, _)| if from.is_page() { 2 } else { 1 }).sum::<usize>());
    }
}

#[test]
fn texts_have_twins_that_unpack_to_them_and_attachments_have_none() {
    let site = Site::two().with("content/alpha/files/long.csv", &"a,b\n".repeat(900));
    let plain = site.built();
    for (lines, ends) in [("compress: gzip", &[".gz"][..]), ("compress: br", &[".br"]), ("compress: [br, gzip]", &[".br", ".gz"])] {
        let built = with(&site, lines).built();
        let own = fresh(&plain, &built);
        assert!(own.len() > 20 && own.iter().all(|path| ends.iter().any(|end| path.ends_with(end))), "{lines}: {own:?}");
        assert!(!own.iter().any(|path| path.contains("files/")), "{own:?}");
        for end in ends {
            for path in
                ["index.html", "alpha/2568/scores/index.html", "alpha/2568/data/questions.csv", "style.css", "data/scores-2568.json"]
            {
                let twin = built.files.get(&format!("{path}{end}"));
                let is_worth_it = plain.files[path].len() >= 1_024;
                assert_eq!(twin.is_some(), is_worth_it, "{path}{end} of {} bytes", plain.files[path].len());
            }
        }
        for path in &own {
            let (name, end) = path.rsplit_once('.').unwrap();
            let mut text = Vec::new();
            match end {
                "gz" => flate2::read::GzDecoder::new(&*built.files[path]).read_to_end(&mut text).unwrap(),
                _ => brotli::Decompressor::new(&*built.files[path], 4096).read_to_end(&mut text).unwrap(),
            };
            assert!(text == plain.files[name] && built.files[path].len() < text.len(), "{path}");
        }
        // No page, feed or sitemap knows of them: nothing else changed.
        assert!(plain.files.iter().all(|(path, bytes)| built.files[path] == *bytes), "{lines}");
    }
    let is_twin = |built: &Built| with(&site, "compress: [br, gzip]").built().files == built.files;
    assert!(is_twin(&with(&site, "compress: [gzip, br, gzip]").built()), "the same bytes in any order");
}

#[test]
fn a_name_that_a_twin_has_is_no_page_of_an_author() {
    for name in ["style.css.gz", "404.html.br", "nginx.conf", "Web.Config", "sitemap.xml.gz"] {
        let built = Site::small().with(&format!("content/{name}.md"), "ก\n").build();
        assert!(built.codes().contains(&"route-collision"), "{name}");
    }
    // A page whose name is like the twin of another page's file lies elsewhere.
    let built = with(&Site::small(), "compress: gzip").with("content/about.gz.md", "ก\n").built();
    assert!(built.has("about.gz/index.html") && built.has("about/index.html"));
    // An old address below the name of a twin keeps its page, and the file its name.
    let built =
        with(&Site::small(), "compress: gzip\nredirects: {2568/data/questions.csv.gz/: about/, 2568/scores/index.html.gz/x.html: about/}")
            .built();
    assert!(built.has("2568/scores/index.html.gz/x.html") && !built.has("2568/scores/index.html.gz"));
}

#[test]
fn a_site_lies_at_no_address_that_servers_read_as_another() {
    for odd in ["https://a.example//ita/", "https://a.example/ita//b", "https:///ita/", "https://a.example/../ita/"] {
        assert_eq!(site::normal_base_url(odd), None);
    }
    for fine in ["https://a.example", "https://a.example//", "https://a.example:8443/ita", "https://ไทย.example/ก/"] {
        assert_eq!(site::normal_base_url(fine), Some(format!("{}/", fine.trim_end_matches('/'))));
    }
}

#[test]
fn a_file_for_a_host_is_no_old_address() {
    for host in ["", "host: [nginx, iis, github-pages]"] {
        for old in ["nginx.conf/", "web.config/index.html", "Web.Config/", ".nojekyll/", "_headers/a/"] {
            let built = with(&Site::small(), &format!("{host}\nredirects: {{{old}: about/}}")).build();
            let codes: Vec<&str> = built.findings.iter().map(|finding| finding.code.name()).collect();
            assert_eq!(codes, ["route-collision"], "{host} {old}");
        }
        // Below another folder it is a name as any other.
        assert_eq!(with(&Site::small(), &format!("{host}\nredirects: {{old/web.config/: about/}}")).built().wrong(), []);
    }
}

#[test]
fn the_preview_packs_nothing() {
    let site = with(&Site::small(), "compress: [gzip, br]");
    let mut workshop = Workshop::default();
    let options = Options { drafts: false, base_url: None, today: prongsai::base::date::Date::parse(TODAY).unwrap() };
    assert!(workshop.read_common(&site, &options, true).unwrap());
    let names: Mutex<Vec<String>> = Mutex::default();
    let take = |fresh: prongsai::engine::workshop::Fresh| {
        names.lock().unwrap().extend(fresh.output.iter().flat_map(|output| output.iter()).map(|(path, _)| path.to_owned()));
    };
    workshop.build_agencies((&site, &[String::new()]), true, &take).unwrap();
    workshop.build_own(&take);
    let names = names.into_inner().unwrap();
    assert!(names.len() > 20 && !names.iter().any(|name| name.ends_with(".gz") || name.ends_with(".br")));
}

#[test]
fn published_they_are_ours_and_go_without_a_word() {
    for site in [Site::small(), Site::two()] {
        let folder = tempfile::tempdir().unwrap();
        let at = folder.path();
        let full = with(&site, "host: [apache, nginx, iis, netlify, github-pages]\ncompress: [gzip, br]");
        full.write_to(at);
        let (status, _, err) = run(at, "build --strict");
        assert_eq!((status, err.as_str()), (0, ""));
        let public = at.join("public");
        let manifest = fs::read_to_string(public.join("manifest.json")).unwrap();
        for name in CONFIGURATION.iter().chain(&["style.css.br", "404.html.gz"]) {
            assert!(public.join(name).is_file() && manifest.contains(&format!("\"path\":\"{name}\"")), "{name}");
        }
        assert_eq!(run(at, "verify public").0, 0);
        // One that was altered or is missing is told as any file.
        fs::write(public.join(".htaccess"), "Deny from all\n").unwrap();
        fs::remove_file(public.join("style.css.gz")).unwrap();
        let (status, out, _) = run(at, "verify public");
        assert!(status == 1 && out.contains(".htaccess") && out.contains("style.css.gz"), "{out}");
        assert_eq!(run(at, "build --strict").0, 0);
        assert_eq!(run(at, "verify public").0, 0);
        let time = |name: &str| fs::metadata(public.join(name)).unwrap().modified().unwrap();
        let before = ["style.css.br", "_headers", "robots.txt"].map(time);
        write(&at.join("content/about.md"), "# อื่น\n\nข้อความใหม่\n".as_bytes());
        assert_eq!(run(at, "build").0, 0);
        assert_eq!(["style.css.br", "_headers", "robots.txt"].map(time), before, "what did not change keeps its time");
        // Taken back they go, and a file that is not ours stays.
        write(&public.join("own.txt"), b"x");
        write(&public.join(".own"), b"x");
        site.write_to(at);
        let (status, _, err) = run(at, "build --strict");
        assert_eq!((status, err.as_str()), (0, ""));
        let left = crate::support::tree(&public);
        assert!(
            !left.keys().any(|name| name.ends_with(".gz") || name.ends_with(".br") || CONFIGURATION.contains(&name.as_str())),
            "{left:?}"
        );
        assert!(left.contains_key("own.txt") && left.contains_key(".own"));
    }
}

#[test]
fn a_file_of_somebody_elses_is_not_replaced() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    with(&Site::small(), "host: apache").write_to(at);
    // A folder of dot-names is taken, and what lies in it stays.
    write(&at.join("public/.htaccess"), b"# by hand\n");
    write(&at.join("public/.gitignore"), b"*\n");
    let (status, _, err) = run(at, "build");
    assert!(status == 2 && err.contains(".htaccess"), "{err}");
    assert_eq!(fs::read(at.join("public/.htaccess")).unwrap(), b"# by hand\n");
    fs::remove_file(at.join("public/.htaccess")).unwrap();
    assert_eq!(run(at, "build").0, 0);
    assert!(fs::read_to_string(at.join("public/.htaccess")).unwrap().contains("RedirectMatch"));
    assert_eq!(fs::read(at.join("public/.gitignore")).unwrap(), b"*\n");
    // Without `host` it is a file like any other.
    Site::small().write_to(at);
    assert_eq!(run(at, "build").0, 0);
    write(&at.join("public/.htaccess"), b"# by hand\n");
    assert_eq!(run(at, "build").0, 0);
    assert_eq!(fs::read(at.join("public/.htaccess")).unwrap(), b"# by hand\n");
}

#[test]
fn a_text_stands_for_a_list_and_words_are_known() {
    let hosting = |text: &str| {
        let source = prongsai::text::SourceText::new(Arc::from("content/site.yaml"), format!("title: ก\n{text}\n").into_bytes()).unwrap();
        let (site, findings) = site::read(&source);
        (site.hosts.len(), site.packings.len(), findings.iter().map(|finding| finding.code.name()).collect::<Vec<_>>())
    };
    assert_eq!(hosting("host: nginx\ncompress: br"), (1, 1, vec![]));
    assert_eq!(hosting("host: [nginx, iis, nginx]\ncompress: [br, gzip]"), (2, 2, vec![]));
    assert_eq!(hosting("host:\ncompress: []"), (0, 0, vec![]));
    assert_eq!(hosting("host: [nginx, vercel]\ncompress: zip"), (1, 0, vec!["wrong-type", "wrong-type"]));
    assert_eq!(hosting("host: {nginx: true}"), (0, 0, vec!["wrong-type"]));
}
