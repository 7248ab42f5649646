//! Public keys of minisign, with which strangers check a signature: the line of letters, and minisign's `.pub` file, whose last line it
//! is. Owns telling a public key from a secret one, and hiding a secret one wherever a text is shown. Refuses to compute: whether
//! a signature is right is told in `publish/`.

use std::borrow::Cow;
use std::fmt;

use super::base64;

/// What both kinds of keys begin with: the algorithm, Ed25519.
pub const ALGORITHM: [u8; 2] = *b"Ed";

/// How many bytes a public key has: the algorithm, the id, the point.
const LENGTH: usize = 2 + 8 + 32;

/// How many letters a run has that may be a secret key. A public one has 56, a secret one 212; part of one is as bad as all of it.
const LONG_RUN: usize = 100;

/// A public key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PublicKey {
    /// By which a signature names its key.
    pub id: [u8; 8],
    /// The point on the curve.
    pub point: [u8; 32],
}

/// Why a text is no public key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoPublicKey {
    /// It is a secret one.
    Secret,
    /// It is something else.
    Other,
}

impl PublicKey {
    /// Reads the line of a key, or all of a `.pub` file.
    ///
    /// # Errors
    /// [`NoPublicKey`] for anything else.
    ///
    /// ```
    /// use prongsai::base::public_key::PublicKey;
    /// let line = "RWTaXnjwCJFy1+qfQfpa+6UbJOK/YkKINlf2yVHyHlaYtC5AmN+Em1m8";
    /// let file = format!("untrusted comment: minisign public key D7729108F0785EDA\n{line}\n");
    /// let key = PublicKey::parse(&file).unwrap();
    /// assert_eq!((key.to_string().as_str(), key.name().as_str()), (line, "D7729108F0785EDA"));
    /// assert_eq!(PublicKey::parse(line), Ok(key));
    /// assert!(PublicKey::parse("RWTa").is_err());
    /// ```
    pub fn parse(text: &str) -> Result<Self, NoPublicKey> {
        let line = key_line(text).ok_or(NoPublicKey::Other)?;
        if is_secret(line) {
            return Err(NoPublicKey::Secret);
        }
        let bytes = base64::decode(line).filter(|bytes| bytes.len() == LENGTH).ok_or(NoPublicKey::Other)?;
        let mut key = Self { id: [0; 8], point: [0; 32] };
        if bytes[..2] != ALGORITHM {
            return Err(NoPublicKey::Other);
        }
        key.id.copy_from_slice(&bytes[2..10]);
        key.point.copy_from_slice(&bytes[10..]);
        Ok(key)
    }

    /// The id as minisign writes it.
    pub fn name(&self) -> String {
        format!("{:016X}", u64::from_le_bytes(self.id))
    }
}

impl fmt::Display for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&base64::encode(&[&ALGORITHM[..], &self.id, &self.point].concat()))
    }
}

/// The line of a key in a text: the only one, or the one below minisign's comment.
pub fn key_line(text: &str) -> Option<&str> {
    let mut lines = text.trim_start_matches('\u{feff}').lines().map(str::trim).filter(|line| !line.is_empty());
    let first = lines.next()?;
    let line = if first.starts_with("untrusted comment:") { lines.next()? } else { first };
    lines.next().is_none().then_some(line)
}

/// Is this line, or what begins so, a secret key, encrypted or not?
pub fn is_secret(line: &str) -> bool {
    let head = line.get(..8).and_then(base64::decode);
    head.is_some_and(|head| head[..2] == ALGORITHM && matches!(&head[2..4], b"Sc" | b"\0\0") && &head[4..] == b"B2")
}

/// A text in which the letters of what may be a secret key are crosses. Each letter keeps its place.
///
/// ```
/// use prongsai::base::public_key::without_secrets;
/// let secret = format!("RWRTY0Iy{}", "k".repeat(204));
/// assert_eq!(without_secrets(&format!("key: {secret}\n")), format!("key: {}\n", "x".repeat(212)));
/// assert_eq!(without_secrets("key: RWTa"), "key: RWTa");
/// ```
pub fn without_secrets(text: &str) -> Cow<'_, str> {
    let is_letter = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '/' | '=');
    let mut shown = String::new();
    let mut told = 0;
    let mut at = 0;
    while let Some(start) = text[at..].find("RW").map(|found| at + found) {
        let length = text[start..].find(|c| !is_letter(c)).unwrap_or(text.len() - start);
        at = start + length.max(2);
        // `R`, `W` and one of four letters are what `Ed` becomes, and no word is that long.
        if length >= LONG_RUN && matches!(text.as_bytes()[start + 2], b'Q'..=b'T') {
            shown.push_str(&text[told..start]);
            shown.extend(std::iter::repeat_n('x', length));
            told = start + length;
        }
    }
    if told == 0 {
        return Cow::Borrowed(text);
    }
    shown.push_str(&text[told..]);
    Cow::Owned(shown)
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINE: &str = "RWTaXnjwCJFy1+qfQfpa+6UbJOK/YkKINlf2yVHyHlaYtC5AmN+Em1m8";

    #[test]
    fn a_key_is_a_line_or_a_file_and_nothing_more() {
        let key = PublicKey::parse(LINE).unwrap();
        for text in
            [format!(" {LINE}\r\n"), format!("\u{feff}untrusted comment: any\r\n{LINE}\r\n\r\n"), format!("untrusted comment:\n\n{LINE}")]
        {
            assert_eq!(PublicKey::parse(&text), Ok(key), "{text:?}");
        }
        let cut = &LINE[..52];
        let other = base64::encode(&[b"XX", &[7; 40][..]].concat());
        for text in [
            "",
            "\n",
            "untrusted comment: x\n",
            cut,
            &other,
            "ก",
            "RWTaXnjw",
            &format!("{LINE}{LINE}"),
            &format!("{LINE}\nmore"),
            &format!("a\n{LINE}"),
        ] {
            assert_eq!(PublicKey::parse(text), Err(NoPublicKey::Other), "{text:?}");
        }
    }

    #[test]
    fn a_secret_key_is_known_by_its_head_and_hidden() {
        for head in [&b"EdScB2"[..], b"Ed\0\0B2"] {
            let secret = base64::encode(&[head, &[9; 152][..]].concat());
            assert_eq!(secret.len(), 212);
            assert!(is_secret(&secret));
            assert_eq!(PublicKey::parse(&secret), Err(NoPublicKey::Secret));
            for text in [secret.clone(), format!("ก {secret}"), format!("\"{secret}\" # x"), secret[..120].to_owned()] {
                let shown = without_secrets(&text);
                assert!(!shown.contains(&secret[..20]) && shown.len() == text.len(), "{shown}");
            }
        }
        assert!(!is_secret(LINE) && !is_secret("") && !is_secret("ก่อนหน้า"));
        for text in [LINE, "RW", "RWQ", "", &format!("RWX{}", "a".repeat(300)), &format!("{LINE} {LINE}")] {
            assert_eq!(without_secrets(text), text);
        }
    }
}
