//! What a file is by its first bytes, and what it should be by its extension. Owns both tables. Refuses to judge extensions that are
//! not in them, and to look further than the beginning.

use serde::{Deserialize, Serialize};

/// What a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Kind {
    /// PDF.
    Pdf,
    /// Word, in the form since 2007.
    Word,
    /// Excel, in the form since 2007.
    Excel,
    /// PowerPoint, in the form since 2007.
    PowerPoint,
    /// Word, Excel or PowerPoint in the form before 2007.
    OldOffice,
    /// OpenDocument text.
    OpenText,
    /// OpenDocument spreadsheet.
    OpenSheet,
    /// Any other ZIP.
    Zip,
    /// A PNG picture.
    Png,
    /// A JPEG picture.
    Jpeg,
    /// A GIF picture.
    Gif,
    /// A WebP picture.
    Webp,
    /// RTF.
    Rtf,
    /// A RAR archive.
    Rar,
    /// HTML or SVG.
    Html,
    /// Text without a form that is known here.
    Text,
    /// None of these.
    Unknown,
}

impl Kind {
    /// How people call it: Thai, English.
    pub fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Pdf => ("ไฟล์ PDF", "a PDF"),
            Self::Word => ("เอกสาร Word (.docx)", "a Word document (.docx)"),
            Self::Excel => ("ตาราง Excel (.xlsx)", "an Excel workbook (.xlsx)"),
            Self::PowerPoint => ("งานนำเสนอ PowerPoint (.pptx)", "a PowerPoint presentation (.pptx)"),
            Self::OldOffice => ("เอกสาร Office รุ่นเก่า (.doc, .xls, .ppt)", "an older Office document (.doc, .xls, .ppt)"),
            Self::OpenText => ("เอกสาร OpenDocument (.odt)", "an OpenDocument text (.odt)"),
            Self::OpenSheet => ("ตาราง OpenDocument (.ods)", "an OpenDocument spreadsheet (.ods)"),
            Self::Zip => ("ไฟล์ ZIP", "a ZIP archive"),
            Self::Png => ("รูป PNG", "a PNG picture"),
            Self::Jpeg => ("รูป JPEG", "a JPEG picture"),
            Self::Gif => ("รูป GIF", "a GIF picture"),
            Self::Webp => ("รูป WebP", "a WebP picture"),
            Self::Rtf => ("เอกสาร RTF", "an RTF document"),
            Self::Rar => ("ไฟล์ RAR", "a RAR archive"),
            Self::Html => ("หน้าเว็บหรือรูป SVG", "a web page or an SVG picture"),
            Self::Text => ("ข้อความธรรมดา", "plain text"),
            Self::Unknown => ("ข้อมูลที่ไม่รู้จักรูปแบบ", "of a form that is not known"),
        }
    }
}

/// What a file with this extension should be. `None` for extensions that are not judged.
pub fn of_extension(extension: &str) -> Option<Kind> {
    Some(match extension {
        "pdf" => Kind::Pdf,
        "docx" => Kind::Word,
        "xlsx" => Kind::Excel,
        "pptx" => Kind::PowerPoint,
        "doc" | "xls" | "ppt" => Kind::OldOffice,
        "odt" => Kind::OpenText,
        "ods" => Kind::OpenSheet,
        "zip" => Kind::Zip,
        "png" => Kind::Png,
        "jpg" | "jpeg" => Kind::Jpeg,
        "gif" => Kind::Gif,
        "webp" => Kind::Webp,
        "csv" | "tsv" | "txt" => Kind::Text,
        _ => return None,
    })
}

/// Is it a document of Excel 2 to 4, or of Word before 6? Those were no compound files.
pub fn is_older(extension: &str, head: &[u8]) -> bool {
    match extension {
        "xls" => matches!(head, [0x09, 0x00 | 0x02 | 0x04, ..]),
        "doc" => head.starts_with(b"\xdb\xa5") || head.starts_with(b"\x31\xbe\x00\x00"),
        _ => false,
    }
}

/// Does a browser show files with this extension as a document, with their scripts?
pub fn is_run_by_browsers(extension: &str) -> bool {
    matches!(extension, "html" | "htm" | "xhtml" | "xht" | "shtml" | "svg" | "svgz")
}

/// How files of these kinds begin.
const BEGINNINGS: &[(&[u8], Kind)] = &[
    (b"PK\x03\x04", Kind::Zip),
    (b"PK\x05\x06", Kind::Zip),
    (b"PK\x07\x08PK\x03\x04", Kind::Zip),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Kind::OldOffice),
    (b"\x89PNG\r\n\x1a\n", Kind::Png),
    (b"\xff\xd8\xff", Kind::Jpeg),
    (b"GIF87a", Kind::Gif),
    (b"GIF89a", Kind::Gif),
    (b"{\\rtf", Kind::Rtf),
    (b"Rar!\x1a\x07", Kind::Rar),
];

/// How far from the beginning the head of a PDF may stand: what readers accept.
const PDF_HEAD: usize = 1024;

/// What the file is that begins so.
pub fn of(head: &[u8]) -> Kind {
    if let Some((_, kind)) = BEGINNINGS.iter().find(|(start, _)| head.starts_with(start)) {
        return *kind;
    }
    if head.starts_with(b"RIFF") && head.get(8..12) == Some(b"WEBP") {
        return Kind::Webp;
    }
    if begins_as_html(head) {
        return Kind::Html;
    }
    if find(&head[..head.len().min(PDF_HEAD)], b"%PDF-").is_some() {
        return Kind::Pdf;
    }
    if is_text(head) { Kind::Text } else { Kind::Unknown }
}

/// Where `what` begins in `bytes`.
pub fn find(bytes: &[u8], what: &[u8]) -> Option<usize> {
    let first = *what.first()?;
    let mut from = 0;
    while let Some(at) = bytes.get(from..)?.iter().position(|byte| *byte == first) {
        if bytes[from + at..].starts_with(what) {
            return Some(from + at);
        }
        from += at + 1;
    }
    None
}

/// A text has no zero byte, unless each letter takes two.
fn is_text(head: &[u8]) -> bool {
    let is_marked = head.starts_with(b"\xff\xfe") || head.starts_with(b"\xfe\xff");
    is_marked || !head.contains(&0) || is_utf16(head)
}

/// Is one half of nearly every pair of bytes that of ASCII or of Thai?
pub fn is_utf16(head: &[u8]) -> bool {
    let fits = |half: usize| head.chunks_exact(2).filter(|pair| matches!(pair[half], 0 | 0x0e) && pair[1 - half] != 0).count();
    head.len() >= 4 && fits(0).max(fits(1)) * 5 >= head.len() / 2 * 4
}

/// Elements that a page or a picture for browsers begins with.
const ELEMENTS: &[&str] = &["html", "head", "body", "script", "iframe", "style", "svg", "title", "meta", "table", "div"];

fn begins_as_html(head: &[u8]) -> bool {
    let mut rest = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    // What may stand before the first element: an XML declaration, instructions and comments.
    loop {
        rest = rest.trim_ascii_start();
        let end: &[u8] = if rest.starts_with(b"<!--") {
            b"-->"
        } else if rest.starts_with(b"<?") {
            b"?>"
        } else {
            break;
        };
        let Some(at) = find(rest, end) else { return false };
        rest = &rest[at + end.len()..];
    }
    let Some(tag) = rest.strip_prefix(b"<") else { return false };
    let begins = |word: &str, text: &[u8]| {
        let start = text.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word.as_bytes()));
        start && text.get(word.len()).is_none_or(|next| next.is_ascii_whitespace() || matches!(next, b'>' | b'/'))
    };
    if let Some(doctype) = tag.strip_prefix(b"!") {
        let name = doctype.get(7..).unwrap_or_default().trim_ascii_start();
        return begins("doctype", doctype) && (begins("html", name) || begins("svg", name));
    }
    ELEMENTS.iter().any(|element| begins(element, tag))
}
