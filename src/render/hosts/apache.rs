//! `.htaccess` of Apache 2.4, for a host that grants `AllowOverride All`. Everything that needs a module which may be absent stands
//! in `<IfModule>`. Paths stand between quotation marks, where Apache reads a backslash only before another one or a quotation mark
//! (`ap_getword_conf`), as regular expressions in which every mark is escaped, or percent-encoded. `${…}`, which it would replace, can't
//! come about in either. What a redirect leads to is the one exception: mod_alias percent-encodes it itself, and splits it at `?` and `#`.
//!
//! <https://httpd.apache.org/docs/2.4/mod/mod_alias.html#redirectmatch>, <https://httpd.apache.org/docs/2.4/mod/core.html#errordocument>,
//! <https://httpd.apache.org/docs/2.4/mod/mod_deflate.html#precompressed>, <https://httpd.apache.org/docs/2.4/rewrite/flags.html>

use super::{FEED, HEADERS, HostFile, Hosting, Redirect, TEXTS, configuration, encoded, literal};
use crate::base::packing::Packing;

/// Where the packing stands that a request was led to, between the two passes of its rules.
const TWIN: &str = "PRONGSAI_TWIN";

pub fn htaccess(hosting: &Hosting) -> HostFile {
    let fits = |redirect: &&Redirect| !redirect.plain_to.contains(['?', '#']) && !redirect.plain_to.contains("${");
    let (fitting, left): (Vec<_>, Vec<_>) = hosting.redirects.iter().partition(fits);
    let mut out: String = hosting.head(left.len()).iter().map(|line| format!("# {line}\n")).collect();
    out.push_str(&format!(
        "Options -Indexes\nDirectoryIndex index.html\nAddDefaultCharset Off\nErrorDocument 404 {}404.html\n\n<IfModule mod_headers.c>\n",
        encoded(&hosting.base)
    ));
    for (name, value) in HEADERS {
        out.push_str(&format!("    Header always set {name} \"{value}\"\n"));
    }
    out.push_str("</IfModule>\n\n<IfModule mod_mime.c>\n");
    for (end, kind) in TEXTS.iter().filter(|(end, _)| !matches!(*end, "html" | "txt")) {
        out.push_str(&format!("    AddType {kind} .{end}\n"));
    }
    out.push_str(&format!("</IfModule>\n<FilesMatch \"^{}$\">\n    ForceType {}\n</FilesMatch>\n", literal(FEED.0), FEED.1));
    out.push_str("\n<IfModule mod_alias.c>\n");
    out.push_str(&format!("    RedirectMatch 404 \"^(?!.*/files/).*/(?:{})$\"\n", configuration()));
    for redirect in fitting {
        let pattern = match redirect.from.as_slice() {
            [_, bare, _] => format!("{}(?:/|/index\\.html)?", literal(bare)),
            from => from.first().map(|from| literal(from)).unwrap_or_default(),
        };
        out.push_str(&format!("    RedirectMatch 301 \"^{}$\" \"{}\"\n", quoted(&pattern), quoted(&redirect.plain_to.replace('$', "\\$"))));
    }
    out.push_str("</IfModule>\n");
    if !hosting.packings.is_empty() {
        twins(hosting, &mut out);
    }
    HostFile { name: ".htaccess", text: out, left: left.iter().map(|redirect| redirect.old.clone()).collect() }
}

/// Between quotation marks. Backslashes of ours stand before other marks alone.
fn quoted(pattern: &str) -> String {
    pattern.replace('"', "\\\"")
}

/// Twins are led to by mod_rewrite, which goes through its rules a second time for the twin: there the twin gets its type. Whoever asks
/// for a twin by its own name gets it as a packed file. Attachments have no twins, and a packed file of an author's is none.
fn twins(hosting: &Hosting, out: &mut String) {
    let ends = TEXTS.map(|(end, _)| end).join("|");
    out.push_str(&format!(
        "\n<IfModule mod_rewrite.c>\n<IfModule mod_headers.c>\n    # mod_rewrite asks for one of the two options that follow links.\n    \
         Options +SymLinksIfOwnerMatch\n    RewriteEngine On\n    <IfModule mod_mime.c>\n        RemoveEncoding .gz .br\n        \
         RemoveLanguage .br\n    </IfModule>\n    <FilesMatch \"\\.(?:{ends})(?:\\.br|\\.gz)?$\">\n        \
         Header merge Vary Accept-Encoding\n    </FilesMatch>\n"
    ));
    for packing in Packing::ALL.into_iter().filter(|packing| hosting.packings.contains(packing)) {
        let (end, name) = (literal(packing.end()), packing.name());
        let is_led = format!("    RewriteCond %{{ENV:REDIRECT_{TWIN}}} ={name}\n");
        let flags = format!("E={TWIN}_SENT:{name},E=no-gzip:1,E=no-brotli:1,L");
        out.push_str(&format!("{is_led}    RewriteRule \"(?:^|/){}{end}$\" \"-\" [T={},{flags}]\n", literal(FEED.0), FEED.1));
        for (text, kind) in TEXTS {
            out.push_str(&format!("{is_led}    RewriteRule \"\\.{text}{end}$\" \"-\" [T={kind},{flags}]\n"));
        }
        out.push_str(&format!("    Header set Content-Encoding {name} \"expr=reqenv('{TWIN}_SENT') == '{name}'\"\n"));
    }
    for packing in Packing::ALL.into_iter().filter(|packing| hosting.packings.contains(packing)) {
        let (end, name) = (packing.end(), packing.name());
        // A weight of zero refuses (RFC 9110, 12.5.3). A percent sign in a name would be read twice.
        let accepts = format!("(?:^|,)\\s*{name}\\s*(?:;\\s*q\\s*=\\s*(?!0(?:\\.0*)?\\s*(?:,|$))[0-9.]+\\s*)?(?:,|$)");
        out.push_str(&format!(
            "    RewriteCond %{{HTTP:Accept-Encoding}} \"{accepts}\" [NC]\n    RewriteCond %{{REQUEST_URI}} !%\n    \
             RewriteCond %{{REQUEST_FILENAME}}{end} -f\n    \
             RewriteRule \"^(?!(?:.*/)?files/).+\\.(?:{ends})$\" \"%{{REQUEST_URI}}{end}\" [E={TWIN}:{name},L]\n"
        ));
    }
    out.push_str("</IfModule>\n</IfModule>\n");
}
