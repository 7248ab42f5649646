//! `web.config` of IIS from 7.5 on. It uses no section that a server may not know: an unknown one (`<rewrite>` without the module URL
//! Rewrite) ends every answer of the site with an error 500.19. So redirects are those of the role service HTTP Redirection, which is
//! ignored where it is not installed, and the page at the old address leads on. Packed twins can't be served without that module; IIS
//! packs by itself. `.htaccess`, `_headers` and the like have no type that IIS knows, and it serves none without (404.3); `web.config`
//! it never serves.
//!
//! <https://learn.microsoft.com/en-us/iis/configuration/system.webserver/httpredirect/>, `…/httperrors/`, `…/staticcontent/`,
//! `…/httpprotocol/customheaders/`. Values of attributes are XML; `*` and `?` in a wildcard and `$` in a destination have a meaning, and
//! no path of ours has them there.

use std::collections::BTreeSet;

use super::{FEED, HEADERS, HostFile, Hosting, TEXTS};
use crate::base::alike::alike;
use crate::text::html::escape;

/// Kinds besides texts that some version of IIS refuses to serve.
const OTHERS: [(&str, &str); 3] = [("webp", "image/webp"), ("woff2", "font/woff2"), ("minisig", "application/octet-stream")];

/// What XML can't hold beside control characters, which no path has.
const NO_XML: [char; 2] = ['\u{fffe}', '\u{ffff}'];

/// IIS reads no larger file of this name than 250 KB (`MaxWebConfigFileSizeInKB`). What is no redirect needs less than the rest.
const MOST: usize = 200_000;

pub fn web_config(hosting: &Hosting) -> HostFile {
    let (redirects, left) = redirects(hosting);
    let head: String = hosting.head(left.len()).iter().map(|line| format!("<!-- {line} -->\n")).collect();
    let mut out = format!("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n{head}<configuration>\n  <system.webServer>\n");
    out.push_str("    <directoryBrowse enabled=\"false\" />\n    <defaultDocument enabled=\"true\">\n      <files>\n        <clear />\n        <add value=\"index.html\" />\n      </files>\n    </defaultDocument>\n");
    // A file, since it keeps the status; its path starts at the root of the IIS site.
    let page = format!("{}404.html", hosting.base.trim_start_matches('/')).replace('/', "\\").replace(NO_XML, "");
    out.push_str(&format!(
        "    <httpErrors errorMode=\"Custom\">\n      <remove statusCode=\"404\" subStatusCode=\"-1\" />\n      \
         <error statusCode=\"404\" subStatusCode=\"-1\" prefixLanguageFilePath=\"\" path=\"{}\" responseMode=\"File\" />\n    </httpErrors>\n",
        escape(&page)
    ));
    out.push_str("    <httpProtocol>\n      <customHeaders>\n");
    // A header that a site above has too would be a double entry, which is an error.
    for (name, value) in HEADERS.iter().filter(|(name, _)| *name != "Cache-Control") {
        out.push_str(&format!("        <remove name=\"{name}\" />\n        <add name=\"{name}\" value=\"{}\" />\n", escape(value)));
    }
    // `DisableCache` is `Cache-Control: no-cache`.
    out.push_str(
        "      </customHeaders>\n    </httpProtocol>\n    <staticContent>\n      <clientCache cacheControlMode=\"DisableCache\" />\n",
    );
    for (end, kind) in TEXTS.iter().chain(&OTHERS).filter(|(end, _)| *end != "html") {
        out.push_str(&mime(end, kind, 6));
    }
    out.push_str("    </staticContent>\n");
    out.push_str(&redirects);
    out.push_str("  </system.webServer>\n");
    out.push_str(&format!(
        "  <location path=\"{}\">\n    <system.webServer>\n      <staticContent>\n{}      </staticContent>\n    </system.webServer>\n  \
         </location>\n</configuration>\n",
        FEED.0,
        mime("xml", FEED.1, 8)
    ));
    HostFile { name: "web.config", text: out, left }
}

fn mime(end: &str, kind: &str, indent: usize) -> String {
    let space = " ".repeat(indent);
    format!("{space}<remove fileExtension=\".{end}\" />\n{space}<mimeMap fileExtension=\".{end}\" mimeType=\"{kind}\" />\n")
}

/// The redirects, and what does not fit. No two wildcards may be equal where capital letters make no difference.
fn redirects(hosting: &Hosting) -> (String, Vec<crate::base::address::Address>) {
    let (mut out, mut left, mut seen) = (String::new(), Vec::new(), BTreeSet::new());
    for redirect in &hosting.redirects {
        let is_plain = !redirect.from.iter().any(|from| from.contains(['*', '?']) || from.contains(NO_XML));
        let own: String = redirect
            .from
            .iter()
            .filter(|from| is_plain && !seen.contains(&*alike(from)))
            .map(|from| format!("      <add wildcard=\"{}\" destination=\"{}\" />\n", escape(from), escape(&redirect.to)))
            .collect();
        if own.is_empty() || out.len() + own.len() > MOST {
            left.push(redirect.old.clone());
        } else {
            seen.extend(redirect.from.iter().map(|from| alike(from).into_owned()));
            out.push_str(&own);
        }
    }
    if out.is_empty() {
        return (out, left);
    }
    (
        format!(
            "    <httpRedirect enabled=\"true\" exactDestination=\"true\" httpResponseStatus=\"Permanent\">\n{out}    </httpRedirect>\n"
        ),
        left,
    )
}
