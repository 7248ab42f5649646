//! `nginx.conf`, a piece of nginx's settings for `server { … }`, or for `location /FOLDER/ { … }` where the site lies in a folder. It names
//! no folder of the disk: that is the server's to say. Paths stand between quotation marks; nginx reads a backslash there before a
//! quotation mark, a backslash, `t`, `r` and `n` (`ngx_conf_read_token`), and nothing escapes `$` where it takes variables: what leads
//! on is percent-encoded, names of locations take none.
//!
//! <https://nginx.org/en/docs/http/ngx_http_core_module.html#location>,
//! <https://nginx.org/en/docs/http/ngx_http_rewrite_module.html#return>,
//! <https://nginx.org/en/docs/http/ngx_http_gzip_static_module.html>

use super::{FEED, HEADERS, HostFile, Hosting, configuration, literal};
use crate::base::packing::Packing;

/// nginx takes no longer word of its settings than 4,096 bytes (`NGX_CONF_BUFFER`).
const LONGEST: usize = 4_000;

pub fn snippet(hosting: &Hosting) -> HostFile {
    let base = literal(&hosting.base);
    let (fitting, left): (Vec<_>, Vec<_>) =
        hosting.redirects.iter().partition(|redirect| redirect.from.iter().chain([&redirect.to]).all(|path| path.len() <= LONGEST));
    let mut out: String = hosting.head(left.len()).iter().map(|line| format!("# {line}\n")).collect();
    out.push_str("index index.html;\nautoindex off;\nabsolute_redirect off;\ncharset off;\n");
    if hosting.base.contains('$') {
        out.push_str("# nginx can't be told of an error page at an address with a dollar sign.\n");
    } else {
        out.push_str(&format!("error_page 404 {};\n", quoted(&format!("{}404.html", hosting.base))));
    }
    out.push_str("include mime.types;\ntypes { text/csv csv; application/ld+json jsonld; }\n");
    for (name, value) in HEADERS {
        out.push_str(&format!("add_header {name} \"{value}\" always;\n"));
    }
    if hosting.packings.contains(&Packing::Gzip) {
        out.push_str("gzip_static on;\ngzip_vary on;\n# Attachments have no twins: a packed file beside one is an author's.\n");
        out.push_str(&format!("location ~ \"^{base}(?:[^/]+/)?files/\" {{ gzip_static off; }}\n"));
    }
    if hosting.packings.contains(&Packing::Brotli) {
        out.push_str("# nginx has no module for .br files of its own; with ngx_brotli: brotli_static on;\n");
    }
    let feed = format!("^{base}(?!files/)(?:[^/]+/)?{}$", literal(FEED.0));
    out.push_str(&format!("location ~ \"{feed}\" {{ types {{ }} default_type {}; }}\n", FEED.1));
    out.push_str(&format!("location ~ \"^{base}(?:{})$\" {{ return 404; }}\n", configuration()));
    for redirect in fitting {
        for from in &redirect.from {
            out.push_str(&format!("location = {} {{ return 301 \"{}\"; }}\n", quoted(from), redirect.to));
        }
    }
    HostFile { name: "nginx.conf", text: out, left: left.iter().map(|redirect| redirect.old.clone()).collect() }
}

fn quoted(path: &str) -> String {
    format!("\"{}\"", path.replace('\\', "\\\\").replace('"', "\\\""))
}
