//! `_redirects` and `_headers`, which Netlify, Cloudflare Pages and GitLab Pages read alike in form and not in meaning. Owns what suits all
//! of them that are asked for at once, and their limits. A line is words between spaces, so no word of ours has one.
//!
//! - Netlify: special characters are percent-encoded; a file comes before a rule unless its status ends in `!`; a closing slash makes no
//!   difference. <https://docs.netlify.com/manage/routing/redirects/overview/>, and the parser in `netlify/build`.
//! - Cloudflare Pages: a rule comes before a file; a path is compared as browsers spell it, letter by letter; 2,000 rules without `*` and
//!   `:name`, 1,000 characters each; `!` is unknown. <https://developers.cloudflare.com/pages/configuration/redirects/>, and the parser in
//!   `cloudflare/workers-sdk` (`workers-shared/utils/configuration`).
//! - GitLab Pages: a file comes before a rule; `!` makes a rule invalid; a path is compared decoded, so it stands as it is read; a closing
//!   slash makes no difference; 1,000 rules in 64 KB, unless the instance says otherwise. <https://docs.gitlab.com/user/project/pages/redirects/>,
//!   and `internal/redirects` of `gitlab-org/gitlab-pages`.
//! - `_headers` of Netlify and Cloudflare Pages: 100 rules, lines of 2,000 characters. <https://docs.netlify.com/manage/routing/headers/>,
//!   <https://developers.cloudflare.com/pages/configuration/headers/>

use std::collections::BTreeSet;

use super::{FEED, HEADERS, HostFile, Hosting, Redirect, TEXTS};
use crate::base::address::encoded_but;
use crate::source::hosting::Host;

/// Marks that browsers leave as they are in a path (URL Standard, path percent-encode set), but for those that mean something in a rule.
const BROWSERS: &str = "!$&'()+,;=@[]|";

/// How much a file may hold.
#[derive(Clone, Copy)]
struct Limits {
    rules: usize,
    bytes: usize,
    line: usize,
}

/// Is a file served before a rule for its address is looked for, at one of these hosts?
pub fn files_come_first(hosts: &BTreeSet<Host>) -> bool {
    let is_netlify_alone = !hosts.contains(&Host::CloudflarePages) && !hosts.contains(&Host::GitlabPages);
    hosts.contains(&Host::GitlabPages) || hosts.contains(&Host::Netlify) && !is_netlify_alone
}

pub fn redirects(hosting: &Hosting) -> HostFile {
    let limits = limits(&hosting.hosts);
    let (mut lines, mut bytes, mut left) = (Vec::new(), 0, Vec::new());
    for redirect in &hosting.redirects {
        let own = rules(redirect, &hosting.hosts);
        let size: usize = own.iter().map(|line| line.len() + 1).sum();
        let is_short = own.iter().all(|line| line.chars().count() <= limits.line);
        let fits = is_short && lines.len() + own.len() <= limits.rules && bytes + size <= limits.bytes;
        if fits && !own.is_empty() {
            bytes += size;
            lines.extend(own);
        } else {
            left.push(redirect.old.clone());
        }
    }
    let head = hosting.head(left.len()).into_iter().map(|line| format!("# {line}"));
    HostFile { name: "_redirects", text: head.chain(lines).map(|line| line + "\n").collect(), left }
}

/// The least of what these hosts take. What the head of a file needs is left free.
fn limits(hosts: &BTreeSet<Host>) -> Limits {
    let mut limits = Limits { rules: 10_000, bytes: 1_000_000, line: 2_000 };
    if hosts.contains(&Host::CloudflarePages) {
        limits = Limits { rules: 2_000, line: 1_000, ..limits };
    }
    if hosts.contains(&Host::GitlabPages) {
        limits = Limits { rules: 1_000, bytes: 63_000, ..limits };
    }
    limits
}

/// The lines of one redirect; none where a host can't be told of it.
fn rules(redirect: &Redirect, hosts: &BTreeSet<Host>) -> Vec<String> {
    let is_encoded = hosts.contains(&Host::Netlify) || hosts.contains(&Host::CloudflarePages);
    let is_netlify_alone = !hosts.contains(&Host::CloudflarePages) && !hosts.contains(&Host::GitlabPages);
    let status = if is_netlify_alone { "301!" } else { "301" };
    let mut paths: Vec<String> = Vec::new();
    if is_encoded {
        paths.extend(redirect.from.iter().map(|from| encoded_but(from, BROWSERS)));
    }
    if hosts.contains(&Host::GitlabPages) {
        // Its words end at any white space, and `*` and `:` have a meaning that nothing takes from them.
        if redirect.from.iter().any(|from| from.contains(|c: char| c.is_whitespace() || matches!(c, '*' | ':'))) {
            return Vec::new();
        }
        // The second of them is the first without its closing slash.
        for (_, from) in redirect.from.iter().enumerate().filter(|(i, _)| *i != 1) {
            if !paths.contains(from) {
                paths.push(from.clone());
            }
        }
    }
    paths.iter().map(|from| format!("{from} {} {status}", redirect.to)).collect()
}

pub fn headers() -> HostFile {
    let mut out = format!("# {}\n/*\n", super::WRITTEN);
    for (name, value) in HEADERS {
        out.push_str(&format!("  {name}: {value}\n"));
    }
    // Both hosts would say UTF-8 of any text, which attachments may not be.
    for (end, kind) in TEXTS.iter().filter(|(end, _)| matches!(*end, "csv" | "txt" | "jsonld")) {
        out.push_str(&format!("/*.{end}\n  Content-Type: {kind}\n"));
    }
    // Two patterns that never meet: where a header is given twice, both values are sent.
    for folder in ["", ":agency/"] {
        out.push_str(&format!("/{folder}{}\n  Content-Type: {}\n", FEED.0, FEED.1));
    }
    HostFile { name: "_headers", text: out, left: Vec::new() }
}
