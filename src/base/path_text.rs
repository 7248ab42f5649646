//! Paths as a text of one line. A name on a disk may hold any bytes: what is no text, ends a line or turns the direction of writing is
//! written out, so that each path has one text, no two have the same, and none can pass for another. Refuses to read such a text back.

use std::ffi::OsStr;
use std::fmt::Write;

/// The text of a path. A backslash stands twice; other characters that are written out begin with one. On Windows, where it stands between
/// folders and is in no name, it stands once, and the long form of a path is shortened to the one that people know.
///
/// ```
/// use prongsai::base::path_text::path_text;
/// assert_eq!(path_text("files/แผน 1.pdf".as_ref()), "files/แผน 1.pdf");
/// assert_eq!(path_text("a\nb".as_ref()), "a\\u{a}b");
/// ```
pub fn path_text(path: &OsStr) -> String {
    let mut text = String::with_capacity(path.len());
    let bytes = path.as_encoded_bytes();
    let bytes = if cfg!(windows) { short(bytes, &mut text) } else { bytes };
    for chunk in bytes.utf8_chunks() {
        for c in chunk.valid().chars() {
            let written = match c {
                '\\' if !cfg!(windows) => text.write_str("\\\\"),
                c if is_unseen(c) => write!(text, "\\u{{{:x}}}", u32::from(c)),
                c => text.write_char(c),
            };
            debug_assert!(written.is_ok(), "a text takes every character");
        }
        for byte in chunk.invalid() {
            let written = write!(text, "\\x{byte:02x}");
            debug_assert!(written.is_ok(), "a text takes every character");
        }
    }
    text
}

/// A path of Windows without the mark of its long form: `\\?\C:\site` is `C:\site`, `\\?\UNC\office\site` is `\\office\site`.
fn short<'p>(path: &'p [u8], text: &mut String) -> &'p [u8] {
    const LONG: &[u8] = br"\\?\";
    const SHARED: &[u8] = br"\\?\UNC\";
    if let Some(rest) = path.strip_prefix(SHARED) {
        text.push_str(r"\\");
        return rest;
    }
    path.strip_prefix(LONG).unwrap_or(path)
}

/// Does the character end a line, steer a terminal, have no width, or change how its neighbours are read?
fn is_unseen(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_of_a_path_is_one_line_that_shows_everything() {
        for (path, text) in [
            ("2568/oit/o1/index.html", "2568/oit/o1/index.html"),
            ("ปี ๒๕๖๘/น้ำ.pdf", "ปี ๒๕๖๘/น้ำ.pdf"),
            ("a\r\n\u{1b}[31m", "a\\u{d}\\u{a}\\u{1b}[31m"),
            ("a\\n", if cfg!(windows) { "a\\n" } else { "a\\\\n" }),
            ("\u{202e}fdp.exe", "\\u{202e}fdp.exe"),
            ("a\u{200b}", "a\\u{200b}"),
        ] {
            assert_eq!(path_text(path.as_ref()), text);
        }
    }

    #[test]
    fn the_long_form_of_windows_is_shortened() {
        for (path, told) in [(r"\\?\C:\ita\public", r"C:\ita\public"), (r"\\?\UNC\office\ita", r"\\office\ita"), (r"C:\ita", r"C:\ita")] {
            let mut text = String::new();
            let rest = short(path.as_bytes(), &mut text);
            text.push_str(std::str::from_utf8(rest).unwrap());
            assert_eq!(text, told);
        }
    }

    #[cfg(unix)]
    #[test]
    fn bytes_that_are_no_text_are_written_out() {
        use std::os::unix::ffi::OsStrExt;
        assert_eq!(path_text(OsStr::from_bytes(b"\xffa\xe0\xb8")), "\\xffa\\xe0\\xb8");
    }
}
