//! Files for robots: the sitemap of a unit, the index of sitemaps, and `robots.txt`. A sitemap needs absolute addresses, so there is one
//! only where the site has a `base_url`. Refuses a file that is larger than the protocol lets it be: what does not fit follows in another.

use crate::base::address::Address;
use crate::base::date::Date;
use crate::text::html::escape;

/// How much one file may hold.
#[derive(Clone, Copy, Debug)]
struct Most {
    entries: usize,
    bytes: usize,
}

/// What sitemaps.org lets a file hold, be it a sitemap or an index.
const MOST: Most = Most { entries: 50_000, bytes: 52_428_800 };

/// The sitemap of some pages, each with the day of its content where an author gave one; several where one would be too large.
pub fn sitemaps<'a>(base_url: &str, pages: impl Iterator<Item = (&'a Address, Option<Date>)>) -> Vec<Vec<u8>> {
    let entries = pages.map(|(page, updated)| {
        let day = updated.map(|day| format!("<lastmod>{day}</lastmod>")).unwrap_or_default();
        format!("<url><loc>{}</loc>{day}</url>\n", escape(&absolute(base_url, page)))
    });
    files("urlset", entries, MOST)
}

/// The index of the sitemaps of all agencies, with those of the site's own pages; several where one would be too large. A sitemap has the
/// day of no author, so none is told.
pub fn indexes<'a>(base_url: &str, sitemaps: impl Iterator<Item = &'a Address>) -> Vec<Vec<u8>> {
    let entries = sitemaps.map(|map| format!("<sitemap><loc>{}</loc></sitemap>\n", escape(&absolute(base_url, map))));
    files("sitemapindex", entries, MOST)
}

/// The addresses below `base` of the files that [`sitemaps`] or [`indexes`] gave, the first of which is `NAME.xml`.
pub fn addresses<'a>(base: &'a Address, name: &'a str) -> impl Iterator<Item = Address> + 'a {
    let rest = (2_u32..).map(move |number| format!("{name}-{number}.xml"));
    std::iter::once(format!("{name}.xml")).chain(rest).map(|file| base.below(&file))
}

/// `robots.txt`: everything may be read.
pub fn robots(base_url: Option<&str>, maps: &[Address]) -> Vec<u8> {
    let mut out = String::from("User-agent: *\nAllow: /\n");
    if let Some(base_url) = base_url {
        out.push('\n');
        for map in maps {
            out.push_str(&format!("Sitemap: {}\n", absolute(base_url, map)));
        }
    }
    out.into_bytes()
}

/// The absolute address of a page or file.
pub fn absolute(base_url: &str, address: &Address) -> String {
    format!("{base_url}{}", address.encoded())
}

/// An address of the web as standards for data take one: its scheme in small letters, and what browsers take and no address may have
/// (RFC 3987, 2.2) percent-encoded.
///
/// ```
/// use prongsai::render::maps::web_address;
/// assert_eq!(web_address("HTTPS://ก.example/{id}?a|b"), "https://ก.example/%7Bid%7D?a%7Cb");
/// ```
pub fn web_address(url: &str) -> String {
    let (scheme, rest) = url.split_once("://").unwrap_or(("https", url));
    let mut out = format!("{}://", scheme.to_ascii_lowercase());
    for c in rest.chars() {
        match c {
            '{' | '}' | '|' | '^' | '`' => out.push_str(&format!("%{:02X}", u32::from(c))),
            _ => out.push(c),
        }
    }
    out
}

/// Entries as files of an element, each as large as it may be at most. There is one file at least.
fn files(element: &str, entries: impl Iterator<Item = String>, most: Most) -> Vec<Vec<u8>> {
    let begin = format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<{element} xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n");
    let end = format!("</{element}>\n");
    let mut files = Vec::new();
    let (mut out, mut count) = (begin.clone(), 0);
    for entry in entries {
        if count > 0 && (count == most.entries || out.len() + entry.len() + end.len() > most.bytes) {
            out.push_str(&end);
            files.push(std::mem::replace(&mut out, begin.clone()).into_bytes());
            count = 0;
        }
        out.push_str(&entry);
        count += 1;
    }
    out.push_str(&end);
    files.push(out.into_bytes());
    files
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entries(count: usize) -> impl Iterator<Item = String> {
        (0..count).map(|number| format!("<url>{number:06}</url>\n"))
    }

    #[test]
    fn what_does_not_fit_follows_in_another_file() {
        let counts = |count, most| -> Vec<usize> {
            let files = files("urlset", entries(count), most);
            assert!(files.iter().all(|file| file.len() <= most.bytes && file.ends_with(b"</urlset>\n") && file.starts_with(b"<?xml ")));
            files.iter().map(|file| String::from_utf8_lossy(file).matches("<url>").count()).collect()
        };
        let few = Most { entries: 3, bytes: MOST.bytes };
        assert_eq!((counts(0, few), counts(3, few), counts(4, few), counts(7, few)), (vec![0], vec![3], vec![3, 1], vec![3, 3, 1]));
        let room = files("urlset", entries(2), MOST)[0].len();
        let small = Most { entries: MOST.entries, bytes: room };
        assert_eq!((counts(2, small), counts(5, small)), (vec![2], vec![2, 2, 1]));
        assert_eq!(counts(50_001, MOST), [50_000, 1]);
    }

    #[test]
    fn each_file_has_its_address_and_robots_are_told_all() {
        let maps: Vec<Address> = addresses(&Address::root(), "sitemap").take(2).collect();
        assert_eq!(maps.iter().map(Address::as_str).collect::<Vec<_>>(), ["sitemap.xml", "sitemap-2.xml"]);
        let told = String::from_utf8(robots(Some("https://a.example/"), &maps)).unwrap();
        assert!(told.ends_with("\nSitemap: https://a.example/sitemap.xml\nSitemap: https://a.example/sitemap-2.xml\n"), "{told}");
        assert!(!String::from_utf8(robots(None, &maps)).unwrap().contains("Sitemap"));
    }
}
