//! Files by which a host is told how to serve the site. Owns the one value that all of them are made of: the redirects, headers and types,
//! and which host gets which file. How each host spells them is a module's: `apache`, `nginx`, `iis`, and `rules` for `_redirects` and
//! `_headers`. Refuses to promise what a host can't do: a redirect that does not fit into a file is told, and keeps its page.

mod apache;
mod iis;
mod nginx;
mod rules;

use std::collections::BTreeSet;

use crate::base::address::{Address, encoded_but};
use crate::base::packing::Packing;
use crate::source::hosting::Host;
use crate::source::site::Site;

/// What a browser may load for a page; `docs/hosting.md` says why.
pub const POLICY: &str = "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'; object-src 'none'";

/// What all answers carry. Nothing has a name that changes with its bytes, so everything is asked for anew; what did not change is
/// answered in one line (304).
pub const HEADERS: [(&str, &str); 4] = [
    ("Content-Security-Policy", POLICY),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "strict-origin-when-cross-origin"),
    ("Cache-Control", "no-cache"),
];

/// Texts by the end of their names, with their types (RFC 9239 of scripts, RFC 7111 of CSV, RFC 7303 of XML). They are what twins are
/// made of. None says an encoding: `docs/hosting.md` has the reason.
pub const TEXTS: [(&str, &str); 9] = [
    ("html", "text/html"),
    ("css", "text/css"),
    ("js", "text/javascript"),
    ("json", "application/json"),
    ("jsonld", "application/ld+json"),
    ("xml", "application/xml"),
    ("csv", "text/csv"),
    ("svg", "image/svg+xml"),
    ("txt", "text/plain"),
];

/// The type of a feed (RFC 4287, 7), whose name ends as other XML does.
const FEED: (&str, &str) = ("feed.xml", "application/atom+xml");

/// Files of ours that say how to serve and are not served themselves.
pub const CONFIGURATION: [&str; 6] = [".htaccess", ".nojekyll", "_headers", "_redirects", "nginx.conf", "web.config"];

/// The first lines of each file, one to a line, without the mark of a comment.
const WRITTEN: &str = "prongsai เขียนไฟล์นี้ตาม host ใน content/site.yaml · Written by prongsai for `host` in content/site.yaml.";
const ASSUMED: &str = "ไม่มี base_url จึงถือว่าเว็บไซต์อยู่ที่รากของโฮสต์ · There is no base_url, so the site is taken to lie at the root of its host.";

/// How a site is to be served.
#[derive(Clone, Debug, Default)]
pub struct Hosting {
    hosts: BTreeSet<Host>,
    packings: BTreeSet<Packing>,
    /// The path of the site at its host, from slash to slash, not percent-encoded.
    base: String,
    /// Does nobody say where the site lies?
    is_assumed: bool,
    redirects: Vec<Redirect>,
}

/// An old address that leads on for good.
#[derive(Clone, Debug)]
struct Redirect {
    old: Address,
    /// The paths that mean it at the host, not percent-encoded: of a page its folder first, then that without its slash, then its file.
    from: Vec<String>,
    /// The path of the new address at the host, percent-encoded.
    to: String,
    /// The same, not percent-encoded.
    plain_to: String,
}

/// A file for a host.
#[derive(Clone, Debug)]
pub struct HostFile {
    /// Its name at the site's root.
    pub name: &'static str,
    /// Its text.
    pub text: String,
    /// The old addresses that did not fit into it.
    pub left: Vec<Address>,
}

impl Hosting {
    /// How the site of these settings is served at its address.
    pub fn of(site: &Site, base_url: Option<&str>) -> Self {
        let base = path(base_url);
        let new = |to: &Address| format!("{}{}", encoded(&base), to.encoded());
        let one = |redirect: &crate::source::site::Redirect| Redirect {
            old: redirect.from.value.clone(),
            from: spellings(&base, &redirect.from.value),
            to: new(&redirect.to.value),
            plain_to: format!("{base}{}", redirect.to.value),
        };
        let redirects = if site.hosts.is_empty() { Vec::new() } else { site.redirects.iter().map(one).collect() };
        Self { hosts: site.hosts.clone(), packings: site.packings.clone(), base, is_assumed: base_url.is_none(), redirects }
    }

    /// The files for its hosts, in the order of their names; none where no host is named.
    pub fn files(&self) -> Vec<HostFile> {
        let has = |host| self.hosts.contains(&host);
        let mut files = Vec::new();
        if has(Host::Apache) {
            files.push(apache::htaccess(self));
        }
        if has(Host::GithubPages) {
            // Without it Jekyll takes names that begin with `_` or a full stop out of the site:
            // https://docs.github.com/en/pages/getting-started-with-github-pages/what-is-github-pages (static site generators).
            files.push(HostFile { name: ".nojekyll", text: String::new(), left: Vec::new() });
        }
        if has(Host::Netlify) || has(Host::CloudflarePages) {
            files.push(rules::headers());
        }
        if has(Host::Netlify) || has(Host::CloudflarePages) || has(Host::GitlabPages) {
            files.push(rules::redirects(self));
        }
        if has(Host::Nginx) {
            files.push(nginx::snippet(self));
        }
        if has(Host::Iis) {
            files.push(iis::web_config(self));
        }
        files
    }

    /// The old addresses whose pages would stand in the way of their rules: a host that serves a file before it looks for a rule would
    /// answer with the page. Their pages are left out, but only where each host has the rule.
    pub fn answered(&self) -> BTreeSet<Address> {
        let rule_hosts = [Host::GitlabPages, Host::Netlify, Host::CloudflarePages];
        let is_by_rule = self.hosts.iter().all(|host| rule_hosts.contains(host));
        if !is_by_rule || !rules::files_come_first(&self.hosts) {
            return BTreeSet::new();
        }
        let left: BTreeSet<Address> = rules::redirects(self).left.into_iter().collect();
        self.redirects.iter().map(|redirect| redirect.old.clone()).filter(|old| !left.contains(old)).collect()
    }

    /// The lines that each file begins with.
    fn head(&self, left: usize) -> Vec<String> {
        let mut lines = vec![WRITTEN.to_owned()];
        if self.is_assumed {
            lines.push(ASSUMED.to_owned());
        }
        if left > 0 {
            let text = "ที่อยู่เก่าที่ใส่ในไฟล์นี้ไม่ได้ และใช้หน้าที่พาไปต่อแทน · Old addresses that do not fit here and keep the page that leads on:";
            lines.push(format!("{text} {left}"));
        }
        lines
    }
}

/// The path of an address at its host, from slash to slash, not percent-encoded.
fn path(base_url: Option<&str>) -> String {
    let rest = base_url.and_then(|url| url.split_once("://")).map_or("", |(_, rest)| rest);
    rest.find('/').map_or_else(|| "/".to_owned(), |slash| rest[slash..].to_owned())
}

fn encoded(path: &str) -> String {
    encoded_but(path, "")
}

/// The paths at which an old address was asked for.
fn spellings(base: &str, old: &Address) -> Vec<String> {
    let whole = format!("{base}{old}");
    match whole.strip_suffix('/') {
        Some(bare) => vec![whole.clone(), bare.to_owned(), format!("{whole}index.html")],
        None => vec![whole],
    }
}

/// A text that a regular expression matches as it stands, in PCRE.
fn literal(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii_punctuation() && !matches!(c, '/' | '-' | '_' | '"' | '\'') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// The names of [`CONFIGURATION`], for a regular expression.
fn configuration() -> String {
    CONFIGURATION.map(literal).join("|")
}
