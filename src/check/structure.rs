//! How a text is built: headings with nothing under them, and images that say nothing to whoever can't see them.

use super::authored::Authored;
use crate::base::span::Place;
use crate::finding::{Code, Finding, MOST_OF_A_FILE};

/// All findings about how texts are built.
pub fn findings(authored: &Authored<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for text in authored.commentaries() {
        let document = &text.commentary.document;
        let place = |span| Place::new(&text.commentary.path, span);
        let empty = document.headings.iter().filter(|heading| heading.is_empty);
        let empty = empty.map(|heading| Finding::new(Code::EmptySection, place(heading.span)).with("heading", heading.text.as_str()));
        let mute = document.links.iter().filter(|link| link.image && says_nothing(&link.text));
        let mute = mute.map(|link| Finding::new(Code::ImageAlt, place(link.span)).with("image", link.target.as_str()));
        findings.extend(empty.chain(mute).take(MOST_OF_A_FILE).map(|finding| finding.about(text.subject.as_str())));
    }
    findings
}

/// Is there nothing in a text but white space and characters without width?
fn says_nothing(text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() || crate::finding::seen(c) == '\u{fffd}')
}
