//! For whom a site is published: the hosts that want files of their own, and the packed twins of texts. Owns the two keys of `site.yaml`.
//! Refuses to know what any host wants.

use std::collections::BTreeSet;

use crate::base::packing::Packing;
use crate::text::decode::Decoder;
use crate::text::yaml::Node;

/// A host or server that is told by files in the published folder how to serve it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Host {
    /// GitHub Pages.
    GithubPages,
    /// GitLab Pages.
    GitlabPages,
    /// Netlify.
    Netlify,
    /// Cloudflare Pages.
    CloudflarePages,
    /// Apache 2.4.
    Apache,
    /// nginx.
    Nginx,
    /// IIS from 7.5 on.
    Iis,
}

/// The hosts by the words of authors.
pub const HOSTS: &[(&str, Host)] = &[
    ("github-pages", Host::GithubPages),
    ("gitlab-pages", Host::GitlabPages),
    ("netlify", Host::Netlify),
    ("cloudflare-pages", Host::CloudflarePages),
    ("apache", Host::Apache),
    ("nginx", Host::Nginx),
    ("iis", Host::Iis),
];

/// The packings by the words of authors.
pub(super) const PACKINGS: &[(&str, Packing)] = &[("gzip", Packing::Gzip), ("br", Packing::Brotli)];

impl Host {
    /// The word of authors.
    pub fn name(self) -> &'static str {
        HOSTS.iter().find(|(_, host)| *host == self).map_or("", |(name, _)| name)
    }
}

/// `host`: one or several.
pub fn hosts(d: &mut Decoder<'_>, node: &Node) -> BTreeSet<Host> {
    d.list(node).into_iter().filter_map(|node| d.choice(node, HOSTS)).collect()
}

/// `compress`: one or several.
pub fn packings(d: &mut Decoder<'_>, node: &Node) -> BTreeSet<Packing> {
    d.list(node).into_iter().filter_map(|node| d.choice(node, PACKINGS)).collect()
}
