//! Markdown as a list of pieces: HTML that never changes, and holes for headings, links, images and figures. Owns CommonMark with
//! tables, footnotes, strikethrough and heading ids, and every tag that a commentary can put on a page: raw HTML is shown as text,
//! no attribute comes from the author but an escaped address or text. Refuses to know addresses and figures: whoever writes a
//! document into a page fills the holes, so that one parsed commentary stands on several pages by joining strings.
//!
//! This room is the only one that names the Markdown crate.

mod buffer;
mod labels;
mod notes;
pub mod prose;
mod read;
mod reference;
mod run;
pub mod slug;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::ops::Range;

use super::html::{escape_into, running_into, seen};
use super::{SourceText, seek};
use crate::base::span::Span;
use crate::base::thai;
use crate::finding::Finding;

/// A commentary, parsed once.
#[derive(Clone, Debug, Default, Hash)]
pub struct Document {
    /// Its headings, in order. One without any content is left out, here and on the page.
    pub headings: Vec<Heading>,
    /// Its links and images, in order; links inside the text of a link or an image are left out, as nobody can follow them.
    pub links: Vec<LinkUse>,
    /// Its references to figures, in order.
    pub references: Vec<ReferenceUse>,
    /// Its running text.
    pub prose: prose::Prose,
    /// The place of each heading by its id.
    by_id: BTreeMap<String, usize>,
    pieces: Vec<Piece>,
    plain: String,
    visible: bool,
}

/// A heading.
#[derive(Clone, Debug, Hash)]
pub struct Heading {
    /// The level as written, 1 to 6.
    pub level: u8,
    /// The id without prefix; no two headings of a document share one.
    pub id: String,
    /// The text without markup; figures are left out.
    pub text: String,
    /// Where it stands.
    pub span: Span,
    /// Does nothing follow before the next heading of its level or above? A deeper heading is something.
    pub is_empty: bool,
}

/// A link or an image.
#[derive(Clone, Debug, Hash)]
pub struct LinkUse {
    /// The target as written; of an e-mail autolink, with `mailto:`.
    pub target: String,
    /// Is it an image?
    pub image: bool,
    /// The text without markup; a reference to a figure stands in it as written.
    pub text: String,
    /// The title, as in `[text](target "title")`; empty where there is none.
    pub title: String,
    /// Where the whole link stands.
    pub span: Span,
}

/// A reference to a figure.
#[derive(Clone, Debug, Hash)]
pub struct ReferenceUse {
    /// What it refers to.
    pub reference: Reference,
    /// Does it stand in the text of a link? Then its HTML may hold no link of its own.
    pub in_link: bool,
    /// Where it stands, braces included.
    pub span: Span,
}

/// What a reference refers to.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Reference {
    /// `score("i11")` or `score("i11", 2567)`.
    Score {
        /// The code as written.
        code: String,
        /// The year of the Buddhist era, where one is named.
        year: Option<u16>,
    },
    /// `issue_mean()` or `issue_mean(2)`.
    IssueMean {
        /// The issue, where one is named.
        issue: Option<u32>,
    },
}

/// Fills the holes of a document when it is written into a page.
pub trait Fill {
    /// The address of link or image `index`, not escaped; `None`: a link's text stands alone, an image becomes its text.
    fn href(&self, index: usize) -> Option<String>;

    /// What stands behind link `index`, as HTML: what a reader should know before following it.
    fn behind(&self, _index: usize) -> String {
        String::new()
    }

    /// Width and height of image `index`, where they are known: a browser keeps room for it.
    fn size(&self, _: usize) -> Option<(u32, u32)> {
        None
    }

    /// The HTML of reference `index`: well-formed, and fit to stand in a paragraph.
    fn figure(&self, index: usize) -> String;

    /// The plain text of reference `index`, not escaped, for the text of an image; where it is not given, the HTML without tags.
    fn figure_text(&self, index: usize) -> String {
        seen(&self.figure(index))
    }
}

/// A part of a document.
#[derive(Clone, Debug, Hash)]
enum Piece {
    /// HTML that is the same on every page.
    Html(String),
    /// The prefix of ids.
    Prefix,
    /// The opening tag of heading `0`.
    HeadingOpen(usize),
    /// The closing tag of heading `0`.
    HeadingClose(usize),
    /// The opening tag of link `0`.
    LinkOpen(usize),
    /// The closing tag of link `0`.
    LinkClose,
    /// Image `0` with its text.
    Image(usize, Vec<Alt>),
    /// Reference `0`.
    Figure(usize),
}

/// A part of the text of an image.
#[derive(Clone, Debug, Hash)]
enum Alt {
    Text(String),
    Figure(usize),
}

/// Parses the bytes `body` of a file. Never fails: what can't be read is shown as text, with a finding. Spans count from the start
/// of the file.
///
/// # Panics
/// Where `body` is no range of the file's characters.
pub fn parse(source: &SourceText, body: Range<usize>) -> (Document, Vec<Finding>) {
    read::document(source, body)
}

impl Document {
    /// Is there nothing that a reader would see? A rule alone is nothing.
    pub fn is_empty(&self) -> bool {
        !self.visible
    }

    /// The text without markup, a line for each block, notes last. Figures, images and the marks of notes are left out.
    pub fn plain(&self) -> String {
        self.plain.trim().to_owned()
    }

    /// The text as a reader meets it, with figures and the texts of images in their places.
    pub fn spoken(&self, fill: &dyn Fill) -> String {
        let mut html = String::with_capacity(self.plain.len() * 3 / 2);
        for piece in &self.pieces {
            match piece {
                Piece::Html(part) => html.push_str(part),
                Piece::Image(_, alt) => {
                    html.push(' ');
                    alt_html(alt, fill, &mut html);
                    html.push(' ');
                }
                Piece::Figure(index) => html.push_str(&fill.figure(*index)),
                Piece::HeadingOpen(_) | Piece::HeadingClose(_) => html.push('\n'),
                Piece::Prefix | Piece::LinkOpen(_) | Piece::LinkClose => {}
            }
        }
        // Blocks end with their line; of what stands in one line only cells are apart.
        let mut apart = String::with_capacity(html.len());
        let mut at = 0;
        for end in seek::each("</t", html.as_bytes()).filter(|end| html[*end..].starts_with("</td>") || html[*end..].starts_with("</th>")) {
            apart.push_str(&html[at..end]);
            apart.push(' ');
            at = end + "</td>".len();
        }
        apart.push_str(&html[at..]);
        seen(&apart)
    }

    /// The heading that `fragment` (decoded, without `#`) means: its id, in whatever case and form of ำ it was written. A reserved
    /// id finds the heading that asked for it.
    pub fn heading(&self, fragment: &str) -> Option<&Heading> {
        let find = |id: &str| self.by_id.get(id).map(|index| &self.headings[*index]);
        let id = slug::normal(fragment);
        find(fragment).or_else(|| find(&id)).or_else(|| find(&slug::unreserved(id)))
    }

    /// The document as HTML. The highest level of its headings becomes `top` (2 to 6), the others keep their distance down to 6;
    /// `prefix` stands before every id, so that two documents on one page do not collide.
    pub fn html(&self, top: u8, prefix: &str, fill: &dyn Fill) -> String {
        let highest = self.headings.iter().map(|heading| heading.level).min().unwrap_or(1);
        let level = |index: usize| (self.headings[index].level - highest + top.clamp(2, 6)).min(6);
        let mut out = String::with_capacity(self.plain.len() * 3 / 2 + 256);
        // The link that is open, where it was given an address. Links do not nest.
        let mut shown = None;
        for piece in &self.pieces {
            match piece {
                Piece::Html(html) => out.push_str(html),
                Piece::Prefix => escape_into(prefix, &mut out),
                Piece::HeadingOpen(index) => {
                    out.push_str(&format!("<h{} id=\"", level(*index)));
                    escape_into(prefix, &mut out);
                    escape_into(&self.headings[*index].id, &mut out);
                    out.push_str("\">");
                }
                Piece::HeadingClose(index) => out.push_str(&format!("</h{}>\n", level(*index))),
                Piece::LinkOpen(index) => {
                    let href = fill.href(*index);
                    shown = href.is_some().then_some(*index);
                    if let Some(href) = href {
                        out.push_str("<a");
                        attribute("href", &href, &mut out);
                        title(&self.links[*index].title, &mut out);
                        out.push('>');
                    }
                }
                Piece::LinkClose => {
                    if let Some(index) = shown {
                        out.push_str("</a>");
                        out.push_str(&fill.behind(index));
                    }
                }
                Piece::Image(index, alt) => match fill.href(*index) {
                    Some(src) => {
                        out.push_str("<img");
                        attribute("src", &src, &mut out);
                        attribute("alt", &thai::still(&alt_text(alt, fill)), &mut out);
                        title(&self.links[*index].title, &mut out);
                        if let Some((width, height)) = fill.size(*index) {
                            out.push_str(&format!(" width=\"{width}\" height=\"{height}\""));
                        }
                        out.push_str(" loading=\"lazy\">");
                    }
                    None => alt_html(alt, fill, &mut out),
                },
                Piece::Figure(index) => out.push_str(&fill.figure(*index)),
            }
        }
        out
    }
}

fn attribute(name: &str, value: &str, out: &mut String) {
    out.push(' ');
    out.push_str(name);
    out.push_str("=\"");
    escape_into(value, out);
    out.push('"');
}

fn title(text: &str, out: &mut String) {
    let text = thai::still(text);
    if !text.is_empty() {
        attribute("title", &text, out);
    }
}

/// The text of an image for its attribute.
fn alt_text(alt: &[Alt], fill: &dyn Fill) -> String {
    let part = |alt: &Alt| match alt {
        Alt::Text(text) => text.clone(),
        Alt::Figure(index) => fill.figure_text(*index),
    };
    alt.iter().map(part).collect()
}

/// The text of an image where it stands for the image.
fn alt_html(alt: &[Alt], fill: &dyn Fill, out: &mut String) {
    for alt in alt {
        match alt {
            Alt::Text(text) => running_into(text, out),
            Alt::Figure(index) => out.push_str(&fill.figure(*index)),
        }
    }
}
