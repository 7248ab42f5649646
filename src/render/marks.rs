//! The drawn marks of a page: a page carries those that it shows, and not the whole set. Owns what counts as shown. Marks of a theme's own
//! stay, since its script may show them: the built-in ones have ids that begin with `s-`.

use crate::text::seek;

/// What opens the set of marks, and a mark in it.
const SET: &str = "<svg class=\"sprite\"";
const IDS: &str = "id=\"s-";

/// How a reference to a built-in one begins.
const REFERENCE: &str = "#s-";

/// The page without the built-in marks that it does not show.
pub fn shown(page: String) -> String {
    let Some(set) = set(page.as_bytes()) else { return page };
    let mut marks = Vec::new();
    let mut at = set.start;
    while let Some(mark) = next(&page[at..set.end]) {
        marks.push((at, at + mark));
        at += mark;
    }
    // What stands behind something that is no mark is not looked at and stays.
    let used = used(&page, &set);
    let is_shown = |mark: &str| id(mark).is_none_or(|id| used.contains(&id));
    if marks.iter().all(|(from, to)| is_shown(&page[*from..*to])) {
        return page;
    }
    let mut out = String::with_capacity(page.len());
    out.push_str(&page[..set.start]);
    for (from, to) in marks.iter().filter(|(from, to)| is_shown(&page[*from..*to])) {
        out.push_str(&page[*from..*to]);
    }
    out.push_str(&page[at..]);
    out
}

/// Where the marks of the first set stand: behind its start tag, before its end tag.
fn set(page: &[u8]) -> Option<std::ops::Range<usize>> {
    let open = seek::text(SET, page)?;
    let start = open + seek::byte(b'>', &page[open..])? + 1;
    let end = start + seek::text("</svg>", &page[start..])?;
    Some(start..end)
}

/// How long the mark at the start of a text is.
fn next(text: &str) -> Option<usize> {
    let end = if text.starts_with("<symbol ") {
        "</symbol>"
    } else if text.starts_with("<pattern ") {
        "</pattern>"
    } else {
        return None;
    };
    Some(seek::text(end, text.as_bytes())? + end.len())
}

/// The id of a mark, where it is a built-in one.
fn id(mark: &str) -> Option<&str> {
    let tag = mark.split('>').next()?;
    let start = tag.find(IDS)? + "id=\"".len();
    tag[start..].split('"').next()
}

/// The built-in ids that the page refers to outside of the set.
fn used<'a>(page: &'a str, set: &std::ops::Range<usize>) -> Vec<&'a str> {
    let mut used: Vec<&str> = Vec::new();
    for rest in [&page[set.end..], &page[..set.start]] {
        for at in seek::each(REFERENCE, rest.as_bytes()) {
            let name = &rest[at + 1..];
            let end = name.bytes().position(|byte| !is_word(byte)).unwrap_or(name.len());
            if !used.contains(&&name[..end]) {
                used.push(&name[..end]);
            }
        }
    }
    used
}

/// Does the byte go on with a name?
fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(marks: &str, rest: &str) -> String {
        format!("<body><svg class=\"sprite\" aria-hidden=\"true\">{marks}</svg>{rest}</body>")
    }

    #[test]
    fn a_page_carries_the_marks_that_it_shows() {
        let (a, b, own) = (
            "<symbol id=\"s-m-no\"><path/></symbol>",
            "<pattern id=\"s-p-hatch\" x=\"1\"><path/></pattern>",
            "<symbol viewBox=\"0\" id=\"mine\"></symbol>",
        );
        let all = format!("{a}{own}{b}");
        for (rest, left) in [
            ("<use href=\"#s-m-no\"/>", format!("{a}{own}")),
            ("<rect fill=\"url(#s-p-hatch)\"/>", format!("{own}{b}")),
            ("<use href=\"#s-m-no\"/><rect fill=\"url(#s-p-hatch)\"/>", all.clone()),
            ("<use href=\"#s-m-none\"/> s-m-no", own.to_owned()),
        ] {
            assert_eq!(shown(page(&all, rest)), page(&left, rest), "{rest}");
        }
    }

    #[test]
    fn what_is_no_set_of_marks_stays() {
        for text in ["", "<svg class=\"sprite\"", "<svg class=\"sprite\"><symbol id=\"s-m-no\">", "<p><svg class=\"m\"></svg>"] {
            assert_eq!(shown(text.to_owned()), text);
        }
        let odd = page("<symbol id=\"s-m-no\"></symbol><g id=\"s-g\"></g><symbol id=\"s-m-a\"></symbol>", "");
        assert_eq!(shown(odd), page("<g id=\"s-g\"></g><symbol id=\"s-m-a\"></symbol>", ""));
    }
}
