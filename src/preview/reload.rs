//! What a page of the preview carries so that it follows its sources: the script, and by which mark the page and the styles are known.
//! Owns where in the page that stands, and the mark. Refuses to know of findings: what else is put into the page is handed in.
//!
//! The mark in the page is a hash of the page without the mark, so that a page can see, by fetching itself, whether it is still the same;
//! after a restart of the server too, since nothing is counted. The mark of the styles stands beside it: they change without the page.

use crate::base::hash::Hash;

const SOURCE: &str = include_str!("live.js");

/// How many letters of a hash make a mark.
pub const MARK: usize = 16;

/// What is put into a page besides the script.
#[derive(Clone, Copy, Debug, Default)]
pub struct Extra<'a> {
    /// What stands at the end of its head.
    pub head: &'a str,
    /// What stands at the end of its body.
    pub body: &'a str,
}

/// The script of the preview, without indents and lines that are comments. It is a page's script, and the worker that all pages of a browser
/// share.
pub fn script() -> String {
    SOURCE.lines().map(str::trim_start).filter(|line| !line.starts_with("//")).fold(String::new(), |script, line| script + line + "\n")
}

/// The mark of these bytes.
pub fn mark(bytes: &[u8]) -> String {
    let mut mark = Hash::of(bytes).to_string();
    mark.truncate(MARK);
    mark
}

/// The page with the script and what else there is. `styles` is the mark of the site's styles.
pub fn alive(page: &[u8], styles: &str, extra: Extra<'_>) -> Vec<u8> {
    const BEFORE: &str = "<script src=\"/_live.js\" data-is=\"";
    // The page is hashed with nothing in the place of both marks: the styles are no part of what it is.
    let script = format!("{BEFORE}{}\" defer></script>", "0".repeat(MARK + 1 + styles.len()));
    // Without an end of the head, what is put before the page would change how browsers read it.
    let ends = end_of(page, b"</body>", true).unwrap_or(page.len());
    let head = end_of(page, b"</head>", false).filter(|head| *head < ends).unwrap_or(ends);
    let mut alive = Vec::with_capacity(page.len() + script.len() + extra.head.len() + extra.body.len());
    alive.extend_from_slice(&page[..head]);
    alive.extend_from_slice(extra.head.as_bytes());
    let at = alive.len() + BEFORE.len();
    alive.extend_from_slice(script.as_bytes());
    alive.extend_from_slice(&page[head..ends]);
    alive.extend_from_slice(extra.body.as_bytes());
    alive.extend_from_slice(&page[ends..]);
    let marks = format!("{} {styles}", mark(&alive));
    alive[at..at + marks.len()].copy_from_slice(marks.as_bytes());
    alive
}

/// Where the first or last tag of this kind begins, in either case of letters.
fn end_of(page: &[u8], tag: &[u8], is_last: bool) -> Option<usize> {
    let mut windows = page.windows(tag.len());
    let is_tag = |window: &[u8]| window.eq_ignore_ascii_case(tag);
    if is_last { windows.rposition(is_tag) } else { windows.position(is_tag) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &[u8] = b"<!doctype html><head><title>x</title></head><body>y</body></html>";

    fn text(page: &[u8], styles: &str, extra: Extra<'_>) -> String {
        String::from_utf8(alive(page, styles, extra)).unwrap()
    }

    #[test]
    fn the_script_is_small() {
        let script = script();
        assert!(script.len() < 2048, "{}", script.len());
        // A line of text that looks like a comment would be lost.
        assert!(!SOURCE.contains('`') || SOURCE.lines().all(|line| line.matches('`').count() % 2 == 0));
    }

    #[test]
    fn what_is_put_into_a_page_stands_at_the_ends() {
        let page = text(PAGE, "s", Extra { head: "<link>", body: "<aside>" });
        let mark = page.split("data-is=\"").nth(1).unwrap().split(' ').next().unwrap();
        let script = format!("<script src=\"/_live.js\" data-is=\"{mark} s\" defer></script>");
        assert_eq!(page, format!("<!doctype html><head><title>x</title><link>{script}</head><body>y<aside></body></html>"));
        assert_eq!((mark.len(), mark.bytes().all(|byte| byte.is_ascii_hexdigit())), (MARK, true));
    }

    #[test]
    fn pages_of_any_theme_stay_pages() {
        for (page, expected) in [
            ("", "HSB"),
            ("<!doctype html>x", "<!doctype html>xHSB"),
            ("<head></head>x", "<head>HS</head>xB"),
            ("</HEAD><BODY></BODY>", "HS</HEAD><BODY>B</BODY>"),
            ("<p></body></head>", "<p>HSB</body></head>"),
            ("</body></body>", "</body>HSB</body>"),
        ] {
            let alive = text(page.as_bytes(), "s", Extra { head: "H", body: "B" });
            let (before, rest) = alive.split_once("<script").unwrap();
            let (_, after) = rest.split_once("</script>").unwrap();
            assert_eq!(format!("{before}S{after}"), expected);
        }
    }

    #[test]
    fn the_mark_is_of_the_page_and_not_of_the_styles() {
        let mark = |page: &[u8], styles, extra| text(page, styles, extra).split("data-is=\"").nth(1).unwrap()[..MARK].to_owned();
        let first = mark(PAGE, "1234", Extra::default());
        assert_eq!(first, mark(PAGE, "5678", Extra::default()));
        assert_ne!(first, mark(b"<!doctype html><head></head>", "1234", Extra::default()));
        assert_ne!(first, mark(PAGE, "1234", Extra { head: "", body: "x" }));
    }
}
