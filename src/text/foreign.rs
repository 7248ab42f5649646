//! What a file is that should be a text in UTF-8 and is none. Owns the guess by its bytes, so that the message can say how the file
//! came to be so and how to save it again. Refuses to convert: a wrong guess would publish wrong letters.

/// What stands in a file in the place of UTF-8.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Foreign {
    /// Two bytes for each letter; Windows calls it Unicode.
    Utf16,
    /// One byte for each letter: Windows-874, which is TIS-620 with a few more.
    Thai,
    /// A file of Word, Excel or a PDF under the name of a text.
    Document,
}

/// How many bytes are looked at.
const LOOKED_AT: usize = 64 * 1024;

/// How files of office programs begin: the new ones (a ZIP), the old ones, PDF and RTF.
const DOCUMENTS: [&[u8]; 4] = [b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"%PDF-", b"{\\rtf"];

impl Foreign {
    /// What these bytes probably are; `None` where they may be a text in UTF-8, or nothing that is known.
    pub fn of(bytes: &[u8]) -> Option<Self> {
        Self::by_form(bytes).or_else(|| is_thai(&bytes[..bytes.len().min(LOOKED_AT)]).then_some(Self::Thai))
    }

    /// The same for what is no text of letters of one byte or of UTF-8, whatever the letters.
    pub fn by_form(bytes: &[u8]) -> Option<Self> {
        let bytes = &bytes[..bytes.len().min(LOOKED_AT)];
        if DOCUMENTS.iter().any(|start| bytes.starts_with(start)) {
            Some(Self::Document)
        } else if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") || is_utf16(bytes) {
            Some(Self::Utf16)
        } else {
            None
        }
    }

    /// The situation in the catalogue of findings.
    pub fn case(self) -> &'static str {
        match self {
            Self::Utf16 => "utf-16",
            Self::Thai => "windows-874",
            Self::Document => "document",
        }
    }
}

/// Are these pairs of bytes of which one half is nearly always that of ASCII or of Thai? A text in UTF-8 has no zero at all.
fn is_utf16(bytes: &[u8]) -> bool {
    if bytes.len() < 4 || !bytes.contains(&0) {
        return false;
    }
    let fits = |half: usize| bytes.chunks_exact(2).filter(|pair| matches!(pair[half], 0 | 0x0e)).count();
    let pairs = bytes.len() / 2;
    fits(0).max(fits(1)) * 5 >= pairs * 4
}

/// Are all bytes beyond ASCII letters of Windows-874? One that has Thai of UTF-8 before the first bad byte is a damaged UTF-8; a letter
/// of any other script is two Thai ones that happen to be one of UTF-8, as the first two of `อบต.` are.
fn is_thai(bytes: &[u8]) -> bool {
    let Err(error) = std::str::from_utf8(bytes) else { return false };
    // Where the bytes were cut, the last letter may be cut too.
    if error.error_len().is_none() && bytes.len() == LOOKED_AT {
        return false;
    }
    let is_letter = |byte: &u8| matches!(byte, 0x80 | 0x85 | 0x91..=0x97 | 0xa0..=0xda | 0xdf..=0xfb);
    let begin = std::str::from_utf8(&bytes[..error.valid_up_to()]).unwrap_or_default();
    !begin.contains(crate::base::thai::is_letter) && bytes.iter().filter(|byte| !byte.is_ascii()).all(is_letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_windows_writes_is_told_apart() {
        let utf16 = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
        let big = |text: &str| text.encode_utf16().flat_map(u16::to_be_bytes).collect::<Vec<u8>>();
        for bytes in [utf16("\u{feff}ก"), big("\u{feff}ก"), utf16("title: เว็บไซต์\r\n"), big("title: เว็บไซต์\r\n"), utf16("ab")]
        {
            assert_eq!(Foreign::of(&bytes), Some(Foreign::Utf16), "{bytes:?}");
        }
        assert_eq!(Foreign::of(b"name: \xe0\xb7\xc8\xba\xd2\xc5\n"), Some(Foreign::Thai));
        // Its first two letters are one of UTF-8.
        assert_eq!(Foreign::of(b"name: \xcd\xba\xb5.\xb7\xb4\xca\xcd\xba\n"), Some(Foreign::Thai));
        assert_eq!(Foreign::of(b"PK\x03\x04\x14\x00"), Some(Foreign::Document));
    }

    #[test]
    fn what_may_be_utf8_is_not_guessed() {
        for bytes in
            [&b""[..], b"a", "ก".as_bytes(), b"a\0b", b"\0\0\0", b"caf\xe9\xff", "ก่อน \u{fffd}".as_bytes(), b"\xe0\xb8\x81 \xa1\xd2"]
        {
            assert_eq!(Foreign::of(bytes), None, "{bytes:?}");
        }
    }
}
