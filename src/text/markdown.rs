//! Markdown as a list of pieces: HTML that never changes, and holes for links, figures and headings. (Stub.)
use super::SourceText;
use crate::base::span::Span;
use crate::finding::Finding;
use std::ops::Range;

/// A document.
#[derive(Clone, Debug, Default)]
pub struct Document {
    /// Headings.
    pub headings: Vec<Heading>,
    /// Links.
    pub links: Vec<LinkUse>,
    /// References.
    pub references: Vec<ReferenceUse>,
}
/// A heading.
#[derive(Clone, Debug)]
pub struct Heading {
    /// level as written
    pub level: u8,
    /// id without prefix
    pub id: String,
    /// text
    pub text: String,
    /// place
    pub span: Span,
}
/// A link or an image.
#[derive(Clone, Debug)]
pub struct LinkUse {
    /// as written
    pub target: String,
    /// image?
    pub image: bool,
    /// the text
    pub text: String,
    /// place
    pub span: Span,
}
/// A reference.
#[derive(Clone, Debug)]
pub struct ReferenceUse {
    /// what
    pub reference: Reference,
    /// place
    pub span: Span,
}
/// What a reference refers to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reference {
    /// score("i11", 2567)
    Score {
        /// the code as written
        code: String,
        /// the year
        year: Option<u16>,
    },
    /// issue_mean(2)
    IssueMean {
        /// the issue
        issue: Option<u32>,
    },
}
/// Fills the holes of a document when it is written into a page.
pub trait Fill {
    /// The href of link `index`; `None`: it is shown as text.
    fn href(&self, index: usize) -> Option<String>;
    /// The HTML of reference `index`.
    fn figure(&self, index: usize) -> String;
}
/// Parses.
pub fn parse(_source: &SourceText, _body: Range<usize>) -> (Document, Vec<Finding>) {
    (Document::default(), Vec::new())
}
impl Document {
    /// Is there nothing to show?
    pub fn is_empty(&self) -> bool {
        true
    }
    /// HTML.
    pub fn html(&self, _top: u8, _prefix: &str, _fill: &dyn Fill) -> String {
        String::new()
    }
}
