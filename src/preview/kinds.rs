//! Which type a file is sent as. Owns the table from extension to type, with the encoding where the type is text. Refuses to look into
//! files: the address alone decides, as on the hosts that the site is published on.

/// Bytes of which nothing is known.
const UNKNOWN: &str = "application/octet-stream";

/// Extensions in lower case, and their types. In the order of the extensions.
const KINDS: &[(&str, &str)] = &[
    ("avif", "image/avif"),
    ("bmp", "image/bmp"),
    ("css", "text/css; charset=utf-8"),
    ("csv", "text/csv; charset=utf-8"),
    ("doc", "application/msword"),
    ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ("gif", "image/gif"),
    ("gz", "application/gzip"),
    ("htm", "text/html; charset=utf-8"),
    ("html", "text/html; charset=utf-8"),
    ("ico", "image/x-icon"),
    ("jpeg", "image/jpeg"),
    ("jpg", "image/jpeg"),
    ("js", "text/javascript; charset=utf-8"),
    ("json", "application/json; charset=utf-8"),
    ("jsonld", "application/ld+json; charset=utf-8"),
    ("m4a", "audio/mp4"),
    ("md", "text/markdown; charset=utf-8"),
    ("minisig", "text/plain; charset=utf-8"),
    ("mjs", "text/javascript; charset=utf-8"),
    ("mp3", "audio/mpeg"),
    ("mp4", "video/mp4"),
    ("odp", "application/vnd.oasis.opendocument.presentation"),
    ("ods", "application/vnd.oasis.opendocument.spreadsheet"),
    ("odt", "application/vnd.oasis.opendocument.text"),
    ("pdf", "application/pdf"),
    ("png", "image/png"),
    ("ppt", "application/vnd.ms-powerpoint"),
    ("pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
    ("rar", "application/vnd.rar"),
    ("rtf", "application/rtf"),
    ("svg", "image/svg+xml; charset=utf-8"),
    ("tif", "image/tiff"),
    ("tiff", "image/tiff"),
    ("txt", "text/plain; charset=utf-8"),
    ("webm", "video/webm"),
    ("webp", "image/webp"),
    ("woff", "font/woff"),
    ("woff2", "font/woff2"),
    ("xls", "application/vnd.ms-excel"),
    ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ("xml", "application/xml; charset=utf-8"),
    ("zip", "application/zip"),
];

/// The type of the file at a path.
///
/// ```
/// use prongsai::preview::kinds::kind;
/// assert_eq!(kind("2568/index.html"), "text/html; charset=utf-8");
/// assert_eq!(kind("files/แผน.PDF"), "application/pdf");
/// assert_eq!(kind("files/แผน"), "application/octet-stream");
/// ```
pub fn kind(path: &str) -> &'static str {
    let name = path.rsplit('/').next().unwrap_or(path);
    let Some((_, extension)) = name.rsplit_once('.') else { return UNKNOWN };
    let extension = extension.to_ascii_lowercase();
    let found = KINDS.binary_search_by(|(known, _)| known.cmp(&extension.as_str()));
    found.ok().and_then(|at| KINDS.get(at)).map_or(UNKNOWN, |(_, kind)| kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_extension_is_found() {
        assert!(KINDS.is_sorted_by(|a, b| a.0 < b.0), "the search needs the order");
        for (extension, expected) in KINDS {
            assert_eq!(kind(&format!("a.b/c.{extension}")), *expected);
        }
        for path in ["", "html", "a.html/b", "a.", "a.exe", "a.html~", ".gitignore"] {
            assert_eq!(kind(path), UNKNOWN, "{path}");
        }
    }

    #[test]
    fn what_is_read_as_text_names_its_encoding() {
        for (extension, kind) in KINDS {
            let is_text = kind.starts_with("text/") || ["json", "jsonld", "svg", "xml"].contains(extension);
            assert_eq!(kind.ends_with("; charset=utf-8"), is_text, "{extension}");
        }
    }
}
