//! `site.yaml`: the site's settings.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::agency::{self, Accept};
use super::hosting::{self, Host};
use super::look::{self, Accent};
use super::shape::site::{ACCEPT, LICENSE, SITE};
use super::unit::is_servable;
use crate::base::address::{self, Address, BadAddress, LinkStyle};
use crate::base::language::{Digits, Language};
use crate::base::packing::Packing;
use crate::base::public_key::{NoPublicKey, PublicKey};
use crate::base::span::{Located, Place};
use crate::finding::{Code, Finding};
use crate::text::SourceText;
use crate::text::decode::Decoder;
use crate::text::yaml::{self, Node};

/// Where the file lies.
pub const PATH: &str = "content/site.yaml";

/// The words of `language`.
pub(super) const LANGUAGES: &[(&str, Language)] = &[("th", Language::Th), ("en", Language::En)];

/// The words of `digits`.
pub(super) const DIGITS: &[(&str, Digits)] = &[("thai", Digits::Thai), ("arabic", Digits::Arabic)];

/// The words of `links`.
pub(super) const LINKS: &[(&str, LinkStyle)] = &[("file", LinkStyle::File), ("folder", LinkStyle::Folder)];

/// The site's settings.
#[derive(Clone, Debug)]
pub struct Site {
    /// Its title.
    pub title: String,
    /// The absolute address of its root, with a closing slash.
    pub base_url: Option<String>,
    /// The language of the interface.
    pub language: Language,
    /// The script of digits for people.
    pub digits: Digits,
    /// The theme's name, and where it is named.
    pub theme: Located<String>,
    /// How links name a page.
    pub links: LinkStyle,
    /// Its own colour of links and marks.
    pub accent: Option<Accent>,
    /// Its logo, under `files/`.
    pub logo: Option<Located<Address>>,
    /// What identifiers of contracting processes begin with, as registered for the agency: `ocds-` and six letters or digits.
    pub ocds_prefix: Option<String>,
    /// The licence of the data.
    pub license: Option<License>,
    /// With which strangers check the signature of the site.
    pub public_key: Option<PublicKey>,
    /// Old addresses and where they lead now.
    pub redirects: Vec<Redirect>,
    /// Where they are written: their key, else the top of the file.
    pub redirects_place: Place,
    /// Addresses that went on purpose, whosever they were.
    pub accept: Vec<Accept>,
    /// For which hosts files are written.
    pub hosts: BTreeSet<Host>,
    /// Which packed twins are made of texts.
    pub packings: BTreeSet<Packing>,
}

/// A licence.
#[derive(Clone, Debug)]
pub struct License {
    /// Its name.
    pub name: String,
    /// Its text.
    pub url: Option<String>,
}

/// An old address that leads to a new one.
#[derive(Clone, Debug)]
pub struct Redirect {
    /// The old address.
    pub from: Located<Address>,
    /// The new one.
    pub to: Located<Address>,
}

impl Default for Site {
    /// What holds where the file says nothing, or can't be read.
    fn default() -> Self {
        Self {
            title: String::new(),
            base_url: None,
            language: Language::Th,
            digits: Digits::Arabic,
            theme: Located::new("default".to_owned(), Place::top(PATH)),
            links: LinkStyle::File,
            accent: None,
            logo: None,
            ocds_prefix: None,
            license: None,
            public_key: None,
            redirects: Vec::new(),
            redirects_place: Place::top(PATH),
            accept: Vec::new(),
            hosts: BTreeSet::new(),
            packings: BTreeSet::new(),
        }
    }
}

/// The settings where there is no file: its required key is missing.
pub fn absent() -> (Site, Vec<Finding>) {
    let place = Place::top(Arc::from(PATH));
    let finding = Finding::new(Code::MissingField, place).case("file").with("file", PATH).with("key", "title");
    (Site::default(), vec![finding])
}

/// Reads the settings. Where something is wrong, the default stands in its place.
pub fn read(source: &SourceText) -> (Site, Vec<Finding>) {
    let mut site = Site::default();
    let mut d = Decoder::new(source, "");
    let root = match yaml::parse(source) {
        Ok(root) => root,
        Err(finding) => return (site, vec![*finding]),
    };
    if root.is_null() {
        d.report(Finding::new(Code::MissingField, source.place(root.span)).with("key", "title"));
        return (site, d.findings);
    }
    let Some(mut fields) = d.fields(&root, &SITE) else { return (site, d.findings) };
    if let Some(title) = fields.required_text("title", &mut d) {
        site.title = title.value;
    }
    site.base_url = fields.take("base_url").and_then(|node| base_url(&mut d, node));
    if let Some(language) = fields.take("language").and_then(|n| d.choice(n, LANGUAGES)) {
        site.language = language;
    }
    if let Some(digits) = fields.take("digits").and_then(|n| d.choice(n, DIGITS)) {
        site.digits = digits;
    }
    if let Some(theme) = fields.take("theme").and_then(|node| d.text(node)) {
        site.theme = theme;
    }
    if let Some(links) = fields.take("links").and_then(|n| d.choice(n, LINKS)) {
        site.links = links;
    }
    site.accent = look::accent(&mut fields, &mut d);
    site.logo = fields.take("logo").and_then(|node| look::logo(&mut d, node));
    site.license = fields.take("license").and_then(|node| license(&mut d, node));
    site.ocds_prefix = fields.take("ocds_prefix").and_then(|node| ocds_prefix(&mut d, node));
    site.public_key = fields.take("public_key").and_then(|node| public_key(&mut d, node));
    // Addresses of pages may be written without their closing slash.
    for (from, to) in fields.take("redirects").and_then(|node| d.entries(node)).unwrap_or_default() {
        if let (Some(from), Some(to)) = (old_address(&mut d, from), address(&mut d, to)) {
            site.redirects.push(Redirect { from, to });
        }
    }
    if let Some(span) = fields.key("redirects") {
        site.redirects_place = d.place(span);
    }
    site.accept = fields.take("accept").map(|node| accept(&mut d, node)).unwrap_or_default();
    site.hosts = fields.take("host").map(|node| hosting::hosts(&mut d, node)).unwrap_or_default();
    site.packings = fields.take("compress").map(|node| hosting::packings(&mut d, node)).unwrap_or_default();
    fields.finish(&mut d);
    (site, d.findings)
}

/// Checks a `base_url` given as a text, as the command line does: absolute, without query, with a closing slash.
pub fn normal_base_url(text: &str) -> Option<String> {
    // Servers take two slashes for one, so the redirects that are written for an address with an empty part never match.
    let place = text.split_once("://").map_or(text, |(_, rest)| rest).trim_end_matches('/');
    let path_is_plain = !place.split('/').any(|part| matches!(part, "" | "." | ".."));
    // A name and a password would stand on every page; no path of ours has an `@`.
    let fits = crate::text::decode::is_web_address(text) && !text.contains(['?', '#', '%', '@', '{', '}', '|', '^', '`']) && path_is_plain;
    fits.then(|| format!("{}/", text.trim_end_matches('/')))
}

fn base_url(d: &mut Decoder<'_>, node: &Node) -> Option<String> {
    let text = d.text(node)?;
    let url = normal_base_url(&text.value);
    if url.is_none() {
        d.misfit(node, "url", &text.value);
    }
    url
}

fn license(d: &mut Decoder<'_>, node: &Node) -> Option<License> {
    if let Some(name) = node.scalar() {
        // Like a key without a value, an empty text is no licence.
        return Some(License { name: name.trim().to_owned(), url: None }).filter(|license| !license.name.is_empty());
    }
    let mut fields = d.fields(node, &LICENSE)?;
    let name = fields.required_text("name", d);
    let url = fields.take("url").and_then(|node| d.url(node));
    fields.finish(d);
    Some(License { name: name?.value, url: url.map(|url| url.value) })
}

/// A prefix of the register: `ocds-` and six small letters or digits.
fn ocds_prefix(d: &mut Decoder<'_>, node: &Node) -> Option<String> {
    let text = d.text(node)?;
    let own = text.value.strip_prefix("ocds-").unwrap_or_default();
    if own.len() == 6 && own.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit()) {
        return Some(text.value);
    }
    d.report(Finding::new(Code::WrongType, text.place).case("ocds-prefix").with("found", text.value));
    None
}

/// The one code that may be accepted for the whole site: an address that is gone may have been nobody's who is still there. All else is
/// an agency's.
pub(super) const ACCEPTED: &str = "address-gone";

fn accept(d: &mut Decoder<'_>, node: &Node) -> Vec<Accept> {
    let (fine, odd): (Vec<Accept>, Vec<Accept>) =
        agency::accepts(d, node, &ACCEPT).into_iter().partition(|accept| accept.code.value == ACCEPTED);
    for Accept { code, .. } in odd {
        let finding = Finding::new(Code::WrongType, code.place).case("choice");
        d.report(finding.with("found", code.value).with("known", vec![ACCEPTED]));
    }
    fine
}

/// A public key. What was written is not repeated: it may be the wrong file's, which is secret.
fn public_key(d: &mut Decoder<'_>, node: &Node) -> Option<PublicKey> {
    let text = d.text(node)?;
    match PublicKey::parse(&text.value) {
        Ok(key) => Some(key),
        Err(why) => {
            let case = if why == NoPublicKey::Secret { "secret-key" } else { "public-key" };
            d.report(Finding::new(Code::WrongType, text.place).case(case));
            None
        }
    }
}

/// What no old address may hold: a host never hands it to a file, or no file may be called so everywhere.
const NO_ADDRESS: &[char] = &['?', '#', '%', '*', '"', '<', '>', '|', '\u{200b}', '\u{2060}', '\u{feff}', '\u{ad}'];

/// How many bytes an old address may have: systems take paths of 4,096 with the output's own and `index.html`.
const LONGEST_OLD: usize = 3_000;

/// The address that a page had. What lies there now is a page too, so a name that hosts serve as something else is none.
fn old_address(d: &mut Decoder<'_>, node: &Node) -> Option<Located<Address>> {
    let old = address(d, node)?;
    if may_lead_on(&old.value) {
        return Some(old);
    }
    let case = if old.value.as_str().len() > LONGEST_OLD { "old-address-long" } else { "old-address" };
    d.report(Finding::new(Code::WrongType, old.place).case(case).with("found", old.value.as_str()));
    None
}

/// Can a page lie at this address that leads to another one?
pub fn may_lead_on(address: &Address) -> bool {
    let text = address.as_str();
    let lower = text.to_ascii_lowercase();
    let is_page = address.is_page() || lower.ends_with(".html") || lower.ends_with(".htm");
    is_page && text.len() <= LONGEST_OLD && is_servable(text) && !text.contains(NO_ADDRESS)
}

/// An address inside the site; a leading slash means the site's root. It may be percent-encoded, as browsers show it.
fn address(d: &mut Decoder<'_>, node: &Node) -> Option<Located<Address>> {
    let text = d.text(node)?;
    let decoded = address::decode(&text.value).unwrap_or_else(|| text.value.clone());
    let plain = decoded.strip_prefix('/').unwrap_or(&decoded);
    let whole = plain.ends_with('/') || plain.is_empty() || plain.rsplit('/').next().is_some_and(|name| name.contains('.'));
    let plain = if whole { plain.to_owned() } else { format!("{plain}/") };
    match Address::new(&plain) {
        Ok(address) => Some(Located::new(address, text.place)),
        Err(BadAddress::Escapes) => {
            d.report(Finding::new(Code::PathEscape, text.place).with("link", text.value));
            None
        }
        Err(BadAddress::Unusable) => {
            d.report(Finding::new(Code::LinkBroken, text.place).with("link", text.value));
            None
        }
    }
}
