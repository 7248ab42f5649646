//! The words between `{{` and `}}`. Owns their grammar; whether a code exists is for the pack.

use super::Reference;
use crate::base::{date, digits};

/// Reads what stands between the braces; `None` where it is no reference.
pub(super) fn read(text: &str) -> Option<Reference> {
    let (name, rest) = trim(text).split_once('(')?;
    let arguments = trim(rest.strip_suffix(')')?);
    match trim(name) {
        "score" => score(arguments),
        "issue_mean" if arguments.is_empty() => Some(Reference::IssueMean { issue: None }),
        "issue_mean" => {
            // `parse` takes a plus sign, a reference does not.
            let plain = arguments.chars().all(digits::is_digit);
            let issue = digits::to_ascii(arguments).parse().ok().filter(|_| plain)?;
            Some(Reference::IssueMean { issue: Some(issue) })
        }
        _ => None,
    }
}

/// Would a person have begun a reference so?
pub(super) fn begins(text: &str) -> bool {
    ["score", "issue_mean"].iter().any(|name| trim(text).starts_with(name))
}

/// Reads `"i11"` or `"i11", 2567`.
fn score(arguments: &str) -> Option<Reference> {
    let (code, rest) = arguments.strip_prefix(is_quote)?.split_once(is_quote)?;
    let year = match trim(rest) {
        "" => None,
        rest => Some(date::parse_year(trim(rest.strip_prefix(',')?))?),
    };
    (!trim(code).is_empty()).then(|| Reference::Score { code: code.to_owned(), year })
}

/// Straight quotes, and the curly ones that a Thai keyboard or a word processor makes of them.
fn is_quote(c: char) -> bool {
    matches!(c, '"' | '\'' | '“' | '”' | '‘' | '’' | '„')
}

/// White space of any kind, also the kind without width that Thai text is full of.
fn trim(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '\u{200b}' | '\u{2060}' | '\u{feff}'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn score(code: &str, year: Option<u16>) -> Option<Reference> {
        Some(Reference::Score { code: code.to_owned(), year })
    }

    #[test]
    fn spaces_quotes_and_digits_are_free() {
        assert_eq!(read("score(\"i11\")"), score("i11", None));
        assert_eq!(read("  score ( 'i11' ,2567 ) "), score("i11", Some(2567)));
        assert_eq!(read("score(“ไอ๑๑”, ๒๕๖๗)"), score("ไอ๑๑", Some(2567)));
        assert_eq!(read("score(\"o12\", 2024)"), score("o12", Some(2567)));
        assert_eq!(read("issue_mean( )"), Some(Reference::IssueMean { issue: None }));
        assert_eq!(read("issue_mean(๒)"), Some(Reference::IssueMean { issue: Some(2) }));
    }

    #[test]
    fn anything_else_is_no_reference() {
        for text in [
            "",
            "score",
            "score()",
            "score(i11)",
            "score(\"\")",
            "score(\"i11\"",
            "score(\"i11\" 2567)",
            "score(\"i11\", 67)",
            "score(\"i11\",)",
            "issue_mean(+2)",
            "issue_mean(สอง)",
            "issue_mean(99999999999)",
            "mean()",
            "Score(\"i11\")",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
