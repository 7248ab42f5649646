//! Files for robots: the sitemap of a unit, the index of sitemaps, and `robots.txt`. A sitemap needs absolute addresses, so there is one
//! only where the site has a `base_url`.

use crate::base::address::Address;
use crate::base::date::Date;
use crate::text::html::escape;

/// The sitemap of some pages, each with the day of its content where an author gave one.
pub fn sitemap<'a>(base_url: &str, pages: impl Iterator<Item = (&'a Address, Option<Date>)>) -> Vec<u8> {
    let mut out =
        String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n");
    for (page, updated) in pages {
        let day = updated.map(|day| format!("<lastmod>{day}</lastmod>")).unwrap_or_default();
        out.push_str(&format!("<url><loc>{}</loc>{day}</url>\n", escape(&absolute(base_url, page))));
    }
    out.push_str("</urlset>\n");
    out.into_bytes()
}

/// The index of the sitemaps of all agencies, with that of the site's own pages.
pub fn index<'a>(base_url: &str, sitemaps: impl Iterator<Item = &'a Address>) -> Vec<u8> {
    let mut out =
        String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n");
    for map in sitemaps {
        out.push_str(&format!("<sitemap><loc>{}</loc></sitemap>\n", escape(&absolute(base_url, map))));
    }
    out.push_str("</sitemapindex>\n");
    out.into_bytes()
}

/// `robots.txt`: everything may be read.
pub fn robots(base_url: Option<&str>) -> Vec<u8> {
    let mut out = String::from("User-agent: *\nAllow: /\n");
    if let Some(base_url) = base_url {
        out.push_str(&format!("\nSitemap: {}\n", absolute(base_url, &Address::root().below("sitemap.xml"))));
    }
    out.into_bytes()
}

/// The absolute address of a page or file.
pub fn absolute(base_url: &str, address: &Address) -> String {
    format!("{base_url}{}", address.encoded())
}
