//! What every page of every site has to be, however little is known: no empty table, heading or section, no word of the machine for
//! nothing, and no link that leads nowhere.

use crate::crawl::crawl;
use crate::html::{self, Element};
use crate::support::Built;

/// Words that a template writes where a value was forgotten.
const NOTHINGS: &[&str] = &["None", "null", "undefined", "NaN", "{{", "}}", "()"];

/// Counts that no heading has: what there is none of has no heading, or one without a count.
const ZEROS: &[&str] = &["0 ข้อ", "0 รายการ", "0 ประเด็น", "0 เครื่องมือ", "0 มาตรการ", "0 หน่วยงาน"];

/// Holds that every page is whole, and that every link leads somewhere.
pub fn assert_whole(built: &Built) {
    for path in built.pages() {
        let page = html::parse(built.file(path));
        let what = faults(&page);
        assert_eq!(what, Vec::<String>::new(), "{path}");
    }
    crawl(built, "", false);
}

fn faults(page: &Element) -> Vec<String> {
    let mut faults = Vec::new();
    for name in ["h1", "h2", "h3", "h4", "caption", "dt", "dd", "li", "p", "a", "title", "figcaption"] {
        // A list of links, a picture or a chart is content without text.
        let empty = page.all(name).into_iter().filter(|e| e.text().is_empty() && e.all("svg").is_empty()).count();
        if empty > 0 {
            faults.push(format!("{empty} empty {name}"));
        }
    }
    for table in page.all("table") {
        let rows: Vec<&Element> = table.first("tbody").map(|body| body.all("tr")).unwrap_or_default();
        let rows: Vec<&Element> = rows.into_iter().filter(|row| !row.has_class("grp")).collect();
        if rows.is_empty() {
            faults.push(format!("a table without rows: {}", table.text()));
        }
        let columns = table.first("thead").map_or(0, |head| head.all("th").len());
        for place in 1..columns {
            let bare = |row: &&Element| row.children().nth(place).is_none_or(|cell| cell.text().is_empty() && cell.all("svg").is_empty());
            if rows.iter().all(bare) {
                faults.push(format!("column {place} of a table is empty: {}", table.text()));
            }
        }
    }
    for section in page.all("section") {
        let whole = section.text();
        let head = section.first("header").map(Element::text).unwrap_or_default();
        if whole == head && section.all("svg").len() == section.first("header").map_or(0, |h| h.all("svg").len()) {
            faults.push(format!("a section with nothing below its heading: {head}"));
        }
    }
    let described = page.all("meta").into_iter().filter_map(|meta| meta.attribute("content")).collect::<Vec<_>>().join("\n");
    let text = format!("{}\n{described}", page.text());
    for nothing in NOTHINGS {
        let word = nothing.chars().all(|c| c.is_ascii_alphabetic());
        let found = if word {
            text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|w| w == nothing).count()
        } else {
            text.matches(nothing).count()
        };
        // A page about data may name the word itself, as code.
        let named = page.all("code").into_iter().filter(|code| code.text() == *nothing).count();
        if found > named {
            faults.push(format!("says `{nothing}`"));
        }
    }
    for heading in ["title", "h1", "h2", "h3", "caption", "nav"].iter().flat_map(|name| page.all(name)) {
        let text = heading.text();
        let counts =
            |zero: &&&str| text.match_indices(**zero).any(|(at, _)| !text[..at].ends_with(|c: char| c.is_ascii_digit() || c == '.'));
        faults.extend(ZEROS.iter().filter(counts).map(|zero| format!("a heading counts {zero}: {text}")));
    }
    faults
}
