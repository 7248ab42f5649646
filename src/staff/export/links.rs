//! Every link that leads out of the site, with its place in a file of the author's, for a checker of links. Refuses to follow any.

use serde_json::json;

use super::Table;
use crate::base::language::Name;
use crate::base::span::{Lines, Span};
use crate::engine::sources::Sources;
use crate::site::links::subject;
use crate::site::model::EditionModel;
use crate::text::SourceText;
use crate::text::decode::is_web_address;
use crate::text::yaml::{self, Kind, Node};

/// The columns.
const COLUMNS: &[&str] = &["url", "path", "line", "column", "agency", "where", "text"];

/// A link.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Row {
    path: String,
    line: u32,
    column: u32,
    url: String,
    agency: String,
    subject: String,
    text: String,
}

/// The table of all links, by file and place.
pub fn table(mut rows: Vec<Row>) -> Table {
    rows.sort();
    let cells = |row: Row| {
        vec![json!(row.url), json!(row.path), json!(row.line), json!(row.column), json!(row.agency), json!(row.subject), json!(row.text)]
    };
    Table { columns: COLUMNS, rows: rows.into_iter().map(cells).collect() }
}

/// The links of an agency's files, or of what all agencies share.
pub fn of(sources: &Sources<'_>) -> Vec<Row> {
    let mut found = Found { agency: &sources.model.agency.slug, rows: Vec::new() };
    for (path, source) in sources.texts {
        let file = path.rsplit('/').next().unwrap_or_default();
        let mut page = Page { source, lines: Lines::new(&source.text), found: &mut found };
        if path.ends_with(".md") {
            page.commentary(sources);
        } else if &**path == crate::source::site::PATH {
            page.keys("", &[(&["license", "url"], &["license", "name"])]);
        } else if path.contains("/frameworks/") {
            page.pack();
        } else if file == "agency.yaml" {
            page.keys("", &[(&["website"], &[]), (&["contact", "facebook"], &[])]);
        } else if let Some(edition) = sources.model.editions.iter().find(|edition| path.strip_prefix(edition.folder.as_str()) == Some(file))
        {
            match file {
                "assessment.yaml" => page.keys(&format!("{}/", edition.edition.year), &[(&["source", "url"], &["source", "title"])]),
                "disclosures.yaml" => page.disclosures(edition),
                "measures.yaml" => page.measures(edition),
                _ => {}
            }
        }
    }
    found.rows
}

struct Found<'a> {
    agency: &'a str,
    rows: Vec<Row>,
}

/// A file that is looked through.
struct Page<'a, 'f> {
    source: &'a SourceText,
    lines: Lines<'a>,
    found: &'f mut Found<'a>,
}

impl Page<'_, '_> {
    /// Takes an address, where it is one of the web, as a page of the site would link to it.
    fn put(&mut self, (url, span): (&str, Span), about: &str, text: &str) {
        // An address pasted from a browser may hold the spaces of a file's name.
        let url = url.trim().replace(' ', "%20");
        if !is_web_address(&url) {
            return;
        }
        let at = self.lines.position(span.start as usize);
        self.found.rows.push(Row {
            url,
            path: self.source.path.to_string(),
            line: at.line,
            column: at.column,
            agency: self.found.agency.to_owned(),
            subject: about.to_owned(),
            text: text.to_owned(),
        });
    }

    /// Takes the values of keys, each with the key of its text; without one, its own name stands for it.
    fn keys(&mut self, about: &str, keys: &[(&[&str], &[&str])]) {
        let Ok(root) = yaml::parse(self.source) else { return };
        for (way, of_text) in keys {
            let Some((url, span)) = below(&root, way).and_then(|node| Some((node.scalar()?.to_owned(), node.span))) else { continue };
            let named = if of_text.is_empty() { None } else { below(&root, of_text).and_then(Node::scalar) };
            self.put((&url, span), about, named.or(way.last().copied()).unwrap_or_default());
        }
    }

    /// The sources that a pack names.
    fn pack(&mut self) {
        let Ok(root) = yaml::parse(self.source) else { return };
        let Some(Kind::List(sources)) = below(&root, &["sources"]).map(|node| &node.kind) else { return };
        for source in sources {
            let title = below(source, &["title"]);
            let title = title.and_then(|title| title.scalar().or_else(|| below(title, &["th"]).and_then(Node::scalar)));
            if let Some(url) = below(source, &["url"])
                && let Some(text) = url.scalar()
            {
                self.put((text, url.span), "", title.unwrap_or_default());
            }
        }
    }

    fn disclosures(&mut self, edition: &EditionModel) {
        let pack = &edition.edition.pack;
        for (item, record) in edition.edition.disclosures.iter().flat_map(|disclosures| &disclosures.records) {
            let item = &pack.items[*item];
            let Name { th: name, .. } = &item.name;
            let about = format!("{}/{}", edition.edition.year, item.code);
            for link in &record.links {
                let text = link.title.as_ref().or(record.title.as_ref()).unwrap_or(name);
                self.put((&link.url.value, link.url.place.span), &about, text);
            }
        }
    }

    fn measures(&mut self, edition: &EditionModel) {
        for measure in &edition.edition.measures {
            let about = format!("{}/issue-{}", edition.edition.year, measure.issue);
            for progress in &measure.progress {
                if let Some(evidence) = &progress.evidence {
                    self.put((&evidence.value, evidence.place.span), &about, &progress.text);
                }
            }
        }
    }

    fn commentary(&mut self, sources: &Sources<'_>) {
        let model = sources.model;
        let Some((edition, commentary)) = model.commentaries().find(|(_, commentary)| commentary.path == self.source.path) else { return };
        let about = subject(model, edition, commentary);
        for link in &commentary.document.links {
            self.put((&link.target, link.span), &about, &link.text);
        }
    }
}

/// What stands behind a key of a key.
fn below<'n>(root: &'n Node, way: &[&str]) -> Option<&'n Node> {
    way.iter().try_fold(root, |node, key| match &node.kind {
        Kind::Map(map) => map.iter().find(|(name, _)| name.scalar() == Some(key)).map(|(_, value)| value),
        _ => None,
    })
}
