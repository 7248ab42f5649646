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

/// Takes a Markdown file apart.
///
/// # Errors
/// `yaml-syntax` where a front matter is begun and never closed.
pub fn split(source: &SourceText) -> Result<Parts, Box<Finding>> {
    let text = &source.text;
    let start = source.mark();
    let is_fence = |line: &str| line.trim_end() == "---";
    let mut lines = text[start..].split_inclusive('\n');
    let Some(first) = lines.next().filter(|line| is_fence(line)) else {
        return Ok(Parts { yaml: None, body: start..text.len() });
    };
    let yaml_start = start + first.len();
    let mut at = yaml_start;
    for line in lines {
        if is_fence(line) {
            return Ok(Parts { yaml: Some(yaml_start..at), body: at + line.len()..text.len() });
        }
        at += line.len();
    }
    Err(Box::new(Finding::new(Code::YamlSyntax, source.place(Span::new(start, start + 3))).case("front-matter")))
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
    fn a_rule_is_no_front_matter_and_an_open_one_is_a_fault() {
        assert_eq!(parts("ก\n---\nข").unwrap().yaml, None);
        assert!(parts("---\ntitle: ก\n").is_err());
    }
}
