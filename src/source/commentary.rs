//! Markdown files: front matter and text. Owns the keys of the front matter; what links and references mean is decided when all
//! addresses are known.

use std::sync::Arc;

use super::shape::commentary::FRONT_MATTER;
use crate::base::date::Date;
use crate::finding::{Code, Finding};
use crate::text::decode::Decoder;
use crate::text::markdown::{self, Document};
use crate::text::yaml::{self, Node};
use crate::text::{SourceText, front_matter};

/// A commentary or a free page.
#[derive(Clone, Debug, Hash)]
pub struct Commentary {
    /// The file.
    pub path: Arc<str>,
    /// The title that the front matter gives.
    pub title: Option<String>,
    /// When it was last changed.
    pub updated: Option<Date>,
    /// Is it a draft?
    pub draft: bool,
    /// The text.
    pub document: Document,
}

/// A title, which stands in many places where no text is filled in.
fn title(d: &mut Decoder<'_>, node: &Node) -> Option<String> {
    let text = d.text(node)?;
    if text.value.contains("{{") {
        d.report(Finding::new(Code::WrongType, text.place).case("reference-title").with("found", text.value.as_str()));
    }
    Some(text.value).filter(|title| !title.is_empty())
}

/// Reads a Markdown file; findings are about `subject`.
pub fn read(source: &SourceText, subject: &str) -> (Option<Commentary>, Vec<Finding>) {
    let parts = match front_matter::split(source) {
        Ok(parts) => parts,
        Err(finding) => return (None, vec![finding.about(subject)]),
    };
    let mut d = Decoder::new(source, subject);
    let mut commentary =
        Commentary { path: Arc::clone(&source.path), title: None, updated: None, draft: false, document: Document::default() };
    if let Some(range) = parts.yaml {
        match yaml::parse_part(source, range) {
            Ok(root) => {
                if let Some(mut fields) = d.fields_or_empty(&root, &FRONT_MATTER) {
                    commentary.title = fields.take("title").and_then(|node| title(&mut d, node));
                    commentary.updated = fields.take("updated").and_then(|node| d.date(node)).map(|date| date.value);
                    commentary.draft = fields.take("draft").and_then(|node| d.boolean(node)).unwrap_or(false);
                    fields.finish(&mut d);
                }
            }
            Err(finding) => d.report(*finding),
        }
    }
    let (document, findings) = markdown::parse(source, parts.body);
    commentary.document = document;
    for finding in findings {
        d.report(finding);
    }
    (Some(commentary), d.findings)
}
