//! News as Atom (RFC 4287). Owns the form; what is news is the plan's to say. A feed needs absolute addresses, so there is one only where
//! the site has a `base_url`.

use std::collections::BTreeMap;

use super::maps::absolute;
use super::voice::{Voice, plain};
use crate::base::date::Date;
use crate::site::feed::{Entry, Feed};
use crate::source::site::Site;
use crate::text::html::escape;

/// Stands where Atom wants a day and nobody wrote one: plainly no day of the data.
const NO_DAY: &str = "1970-01-01T00:00:00Z";

/// The feed as a file.
pub fn atom(feed: &Feed, base_url: &str, (voice, site): (&Voice, &Site)) -> Vec<u8> {
    let page = escape(&absolute(base_url, &feed.page));
    let name = feed.name.as_ref().map_or_else(|| escape(&site.title), |name| plain(&voice.name(name)));
    let title = voice.sentence("feed.title", &[("name", name.clone())]).unwrap_or_default();
    let newest = feed.entries.iter().filter_map(|entry| entry.day).max();
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{}\">\n<title>{}</title>\n\
         <id>{page}</id>\n<updated>{}</updated>\n<link rel=\"self\" type=\"application/atom+xml\" href=\"{}\"/>\n\
         <link rel=\"alternate\" type=\"text/html\" href=\"{page}\"/>\n<author><name>{name}</name></author>\n",
        voice.language.code(),
        plain(&title),
        moment(newest),
        escape(&absolute(base_url, &feed.address)),
    );
    let mut seen = BTreeMap::new();
    for one in &feed.entries {
        entry(one, base_url, (voice, &mut seen), &mut out);
    }
    out.push_str("</feed>\n");
    out.into_bytes()
}

/// Writes an entry. Its id stays as long as its page and day do; two of one place and day are counted.
fn entry(entry: &Entry, base_url: &str, (voice, seen): (&Voice, &mut BTreeMap<String, usize>), out: &mut String) {
    let page = escape(&absolute(base_url, &entry.page));
    let link = entry.fragment.as_ref().map_or_else(|| page.clone(), |fragment| format!("{page}#{}", escape(fragment)));
    // An entry of an index is the agency itself, whatever its latest result.
    let day = entry.day.filter(|_| entry.feed.is_none());
    let day = day.map(|day| format!("{}{day}", if entry.fragment.is_some() { "-" } else { "#" })).unwrap_or_default();
    let mut id = format!("{link}{day}");
    let count = seen.entry(id.clone()).or_insert(0);
    *count += 1;
    if *count > 1 {
        id.push_str(&format!("-{count}"));
    }
    out.push_str(&format!(
        "<entry>\n<title>{}</title>\n<id>{id}</id>\n<updated>{}</updated>\n<link rel=\"alternate\" type=\"text/html\" href=\"{link}\"/>\n",
        plain(&voice.label(&entry.title)),
        moment(entry.day),
    ));
    if let Some(feed) = &entry.feed {
        out.push_str(&format!("<link rel=\"related\" type=\"application/atom+xml\" href=\"{}\"/>\n", escape(&absolute(base_url, feed))));
    }
    let summary = entry.summary.as_ref().map(|summary| plain(&voice.label(summary))).filter(|summary| !summary.is_empty());
    // Atom wants a summary or a content where a reader may not follow the link; the title says what is new.
    if let Some(summary) = summary {
        out.push_str(&format!("<summary>{summary}</summary>\n"));
    }
    out.push_str("</entry>\n");
}

/// The beginning of a day in Thailand.
fn moment(day: Option<Date>) -> String {
    day.map_or_else(|| NO_DAY.to_owned(), |day| format!("{day}T00:00:00+07:00"))
}
