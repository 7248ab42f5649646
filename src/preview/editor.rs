//! The address by which an editor opens a file at a place. Owns its form; which editor answers is the machine's.

use std::fmt::Write as _;

use crate::base::span::Position;

/// Opens `file`, a path below the site folder, at a place. `site` is the absolute path of that folder.
///
/// ```
/// use prongsai::base::span::Position;
/// use prongsai::preview::editor::link;
/// let place = Position { line: 5, column: 10 };
/// assert_eq!(link("/home/a b", "content/ก.md", place), "vscode://file/home/a%20b/content/%E0%B8%81.md:5:10");
/// assert_eq!(link("C:/a:b", "content/a.md", place), "vscode://file/C:/a%3Ab/content/a.md:5:10");
/// assert_eq!(link(r"\\?\C:\ita", "content/a.md", place), "vscode://file/C:/ita/content/a.md:5:10");
/// ```
pub fn link(site: &str, file: &str, place: Position) -> String {
    // What Windows calls the real path of a folder begins with a mark that editors do not know.
    let site = site.strip_prefix(r"\\?\").unwrap_or(site).replace('\\', "/");
    let path = format!("/{}/{file}", site.trim_matches('/'));
    let mut link = String::from("vscode://file");
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => link.push(char::from(byte)),
            // A drive.
            b':' if link.len() == "vscode://file/C".len() => link.push(':'),
            _ => _ = write!(link, "%{byte:02X}"),
        }
    }
    let _ = write!(link, ":{}:{}", place.line, place.column);
    link
}
