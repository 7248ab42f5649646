//! The YAML between `---` lines at the top of a Markdown file. Owns where it begins and ends, not what its keys mean.

use std::ops::Range;

use super::SourceText;
use crate::base::span::Span;
use crate::finding::{Code, Finding};

/// The two parts of a Markdown file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parts {
    /// The bytes of the YAML, without the `---` lines; `None` where the file begins with its text.
    pub yaml: Option<Range<usize>>,
    /// The bytes of the Markdown.
    pub body: Range<usize>,
}

/// Takes a Markdown file apart. Empty lines before the front matter, and space around its `---`, are as good as none: shown as text,
/// it would be nonsense on the page.
///
/// # Errors
/// `yaml-syntax` where a front matter is begun and never closed.
pub fn split(source: &SourceText) -> Result<Parts, Box<Finding>> {
    let text = &source.text;
    let start = source.mark();
    let is_fence = |line: &str| line.trim() == "---";
    let mut at = start;
    let mut open = None;
    for line in lines(&text[start..]) {
        let end = at + line.len();
        match open {
            None if line.trim().is_empty() => {}
            None if is_fence(line) => open = Some((at, end)),
            None => break,
            Some((_, yaml_start)) if is_fence(line) => return Ok(Parts { yaml: Some(yaml_start..at), body: end..text.len() }),
            Some(_) => {}
        }
        at = end;
    }
    match open {
        None => Ok(Parts { yaml: None, body: start..text.len() }),
        Some((fence, yaml_start)) => {
            let blank = text[fence..yaml_start].len() - text[fence..yaml_start].trim_start().len();
            let place = source.place(Span::new(fence + blank, fence + blank + 3));
            Err(Box::new(Finding::new(Code::YamlSyntax, place).case("front-matter")))
        }
    }
}

/// The lines of a text with their ends, which may be a line feed, a carriage return, or both.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let end = rest.find(['\n', '\r']).map_or(rest.len(), |at| at + if rest[at..].starts_with("\r\n") { 2 } else { 1 });
        let (line, after) = rest.split_at(end);
        rest = after;
        (!line.is_empty()).then_some(line)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> Result<Parts, Box<Finding>> {
        split(&SourceText { path: "content/a.md".into(), text: text.to_owned() })
    }

    #[test]
    fn a_front_matter_is_found_after_a_mark_and_with_windows_line_ends() {
        let text = "\u{feff}---\r\ntitle: ก\r\n---\r\nข";
        let parts = parts(text).unwrap();
        assert_eq!(&text[parts.yaml.unwrap()], "title: ก\r\n");
        assert_eq!(&text[parts.body], "ข");
    }

    #[test]
    fn a_front_matter_of_an_old_mac_or_after_empty_lines_is_none_the_less_one() {
        for text in
            ["---\rtitle: ก\r---\rข", "\n \n---\ntitle: ก\n---\nข", " ---\ntitle: ก\n --- \nข", "\u{feff}\u{feff}---\ntitle: ก\n---\nข"]
        {
            let parts = parts(text).unwrap();
            assert_eq!(text[parts.yaml.unwrap()].trim(), "title: ก", "{text:?}");
            assert_eq!(&text[parts.body], "ข", "{text:?}");
        }
    }

    #[test]
    fn a_rule_is_no_front_matter_and_an_open_one_is_a_fault() {
        assert_eq!(parts("ก\n---\nข").unwrap().yaml, None);
        assert!(parts("---\ntitle: ก\n").is_err());
    }
}
