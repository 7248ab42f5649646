//! News as Atom (RFC 4287). Owns the form; what is news is the plan's to say. A feed needs absolute addresses, so there is one only where
//! the site has a `base_url`.

use super::maps::absolute;
use super::voice::{Voice, plain};
use crate::base::date::Date;
use crate::site::feed::{Entry, Feed};
use crate::source::site::Site;
use crate::text::html::escape;

/// Stands where Atom wants a day and nobody wrote one. RFC 4287 asks every feed and every entry for an `updated`, so it can't be left out,
/// and a feed that is left out could not be subscribed to before its first news. The day of the build would be a day that nobody wrote, and
/// another with every build; the beginning of the fiscal year would look true. The first second that computers count is plainly no day of
/// the data, is before all that ever comes, and stays.
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
    for one in &feed.entries {
        entry(one, base_url, voice, &mut out);
    }
    out.push_str("</feed>\n");
    out.into_bytes()
}

/// Writes an entry. Its id is its page with its mark, whatever else changes.
fn entry(entry: &Entry, base_url: &str, voice: &Voice, out: &mut String) {
    let page = escape(&absolute(base_url, &entry.page));
    let link = entry.fragment.as_ref().map_or_else(|| page.clone(), |fragment| format!("{page}#{}", escape(fragment)));
    let id = format!("{page}#{}", escape(&entry.mark));
    out.push_str(&format!(
        "<entry>\n<title>{}</title>\n<id>{id}</id>\n<updated>{}</updated>\n<link rel=\"alternate\" type=\"text/html\" href=\"{link}\"/>\n",
        plain(&voice.label(&entry.title)),
        moment(entry.day),
    ));
    if let Some(feed) = &entry.feed {
        out.push_str(&format!("<link rel=\"related\" type=\"application/atom+xml\" href=\"{}\"/>\n", escape(&absolute(base_url, feed))));
    }
    // Atom wants a summary or a content where a reader may not follow the link; the title says what is new.
    if !entry.texts.is_empty() {
        out.push_str(&format!("<summary>{}</summary>\n", plain(&voice.text(&entry.texts.join(" | ")))));
    }
    out.push_str("</entry>\n");
}

/// The beginning of a day in Thailand.
fn moment(day: Option<Date>) -> String {
    day.map_or_else(|| NO_DAY.to_owned(), |day| format!("{day}T00:00:00+07:00"))
}
