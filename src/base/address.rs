//! Addresses inside the published site and the files behind them. Owns the rule that no address leaves the site, and how one
//! page links to another. Refuses absolute addresses of a host: `base_url` is put before an address by whoever needs it.

use std::fmt;

use serde::{Deserialize, Serialize};

/// How links name a page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LinkStyle {
    /// `…/index.html`, so that the folder reads from disk.
    #[default]
    File,
    /// The folder alone.
    Folder,
}

/// Why a text is no address inside the site.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BadAddress {
    /// It climbs out of the site, or names a root or a drive.
    Escapes,
    /// It holds a character or a part that no host serves reliably.
    Unusable,
}

/// The address of a page (empty, or with a closing slash) or of a file, from the site's root, not percent-encoded.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String")]
pub struct Address(String);

impl TryFrom<String> for Address {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        check(&text).map(|()| Self(text)).map_err(|_| "no address inside the site")
    }
}

impl Address {
    /// The site's root.
    pub fn root() -> Self {
        Self::default()
    }

    /// Checks a text and takes it as an address.
    ///
    /// # Errors
    /// [`BadAddress::Escapes`] for `..`, a leading slash, a backslash or a drive; [`BadAddress::Unusable`] for empty parts, `.`,
    /// control characters and parts of more than 255 bytes.
    ///
    /// ```
    /// use prongsai::base::address::Address;
    /// assert_eq!(Address::new("2568/oit/o1/").unwrap().file(), "2568/oit/o1/index.html");
    /// assert!(Address::new("../secret").is_err());
    /// ```
    pub fn new(text: &str) -> Result<Self, BadAddress> {
        check(text)?;
        Ok(Self(text.to_owned()))
    }

    /// The page or file `rest` below this page. `rest` is the program's own text (codes, numbers, known names), so it is not checked.
    pub fn below(&self, rest: &str) -> Self {
        debug_assert!(self.is_page(), "only pages have something below them");
        Self(format!("{}{rest}", self.0))
    }

    /// Is this a page (and not a file)?
    pub fn is_page(&self) -> bool {
        self.0.is_empty() || self.0.ends_with('/')
    }

    /// The text: `2568/oit/o1/`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The file that is served at this address: `2568/oit/o1/index.html`.
    pub fn file(&self) -> String {
        if self.is_page() { format!("{}index.html", self.0) } else { self.0.clone() }
    }

    /// The link from the page or file `from` to this address, percent-encoded where HTML needs it.
    ///
    /// ```
    /// use prongsai::base::address::{Address, LinkStyle};
    /// let here = Address::new("2568/oit/o1/").unwrap();
    /// let there = Address::new("2568/scores/").unwrap();
    /// assert_eq!(there.from(&here, LinkStyle::File), "../../scores/index.html");
    /// assert_eq!(there.from(&here, LinkStyle::Folder), "../../scores/");
    /// assert_eq!(here.from(&here, LinkStyle::Folder), "./");
    /// ```
    pub fn from(&self, from: &Address, style: LinkStyle) -> String {
        relative(&from.0, &self.0, style)
    }

    /// The address as it follows a `base_url`, percent-encoded throughout.
    pub fn encoded(&self) -> String {
        encoded_but(&self.0, "")
    }
}

/// A path with all percent-encoded but what no standard ever gave a meaning (RFC 3986, 2.3), slashes, and the ASCII marks of `plain`.
pub fn encoded_but(path: &str, plain: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => out.push(char::from(byte)),
            _ if plain.as_bytes().contains(&byte) => out.push(char::from(byte)),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The link from a page, whose address was made here, to an address that is a text still: [`Address::from`] of both.
///
/// # Errors
/// Where `to` is no address inside the site.
pub fn link(from: &str, to: &str, style: LinkStyle) -> Result<String, BadAddress> {
    check(to)?;
    Ok(relative(from, to, style))
}

fn check(text: &str) -> Result<(), BadAddress> {
    if text.starts_with('/') || text.bytes().any(|byte| byte == b'\\' || byte == b':') {
        return Err(BadAddress::Escapes);
    }
    if text.is_empty() {
        return Ok(());
    }
    for part in text.strip_suffix('/').unwrap_or(text).as_bytes().split(|byte| *byte == b'/') {
        if part == b".." {
            return Err(BadAddress::Escapes);
        }
        if part.is_empty() || part == b"." || part.len() > 255 || part.iter().any(u8::is_ascii_control) {
            return Err(BadAddress::Unusable);
        }
    }
    // Only beyond ASCII are there control characters of more than one byte.
    if text.is_ascii() || !text.chars().any(char::is_control) { Ok(()) } else { Err(BadAddress::Unusable) }
}

fn relative(from: &str, to: &str, style: LinkStyle) -> String {
    // The folders that both lie in: as far as the texts are one, to a slash.
    let alike = from.bytes().zip(to.bytes()).take_while(|(a, b)| a == b).count();
    let shared = from.as_bytes()[..alike].iter().rposition(|byte| *byte == b'/').map_or(0, |slash| slash + 1);
    let up = from.as_bytes()[shared..].iter().filter(|byte| **byte == b'/').count();
    let down = &to[shared..];
    let mut link = String::with_capacity(up * 3 + down.len() + "index.html".len());
    for _ in 0..up {
        link.push_str("../");
    }
    encode_into(down, &mut link);
    if to.is_empty() || to.ends_with('/') {
        match style {
            LinkStyle::File => link.push_str("index.html"),
            LinkStyle::Folder if link.is_empty() => link.push_str("./"),
            LinkStyle::Folder => {}
        }
    }
    link
}

/// Writes a path as a link may hold it: letters of any script stay, what has a meaning in a link is percent-encoded.
fn encode_into(path: &str, out: &mut String) {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'-' | b'.' | b'_');
    if path.bytes().all(is_plain) {
        out.push_str(path);
        return;
    }
    for c in path.chars() {
        let plain = !c.is_ascii()
            || c.is_ascii_alphanumeric()
            || matches!(c, '/' | '-' | '.' | '_' | '~' | '!' | '(' | ')' | ',' | '@' | '+' | '=');
        if plain && !c.is_whitespace() && !c.is_control() {
            out.push(c);
        } else {
            let mut buffer = [0; 4];
            for byte in c.encode_utf8(&mut buffer).bytes() {
                out.push_str(&format!("%{byte:02X}"));
            }
        }
    }
}

/// Undoes percent-encoding. `None` where the result is no UTF-8.
pub fn decode(text: &str) -> Option<String> {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut i = 0;
    while i < bytes.len() {
        let hex = (bytes[i] == b'%').then(|| bytes.get(i + 1..i + 3)).flatten();
        let byte = hex.filter(|h| h.iter().all(u8::is_ascii_hexdigit));
        match byte.and_then(|h| std::str::from_utf8(h).ok()).and_then(|h| u8::from_str_radix(h, 16).ok()) {
            Some(byte) => {
                out.push(byte);
                i += 3;
            }
            None => {
                out.push(bytes[i]);
                i += 1;
            }
        }
    }
    String::from_utf8(out).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn address(text: &str) -> Address {
        Address::new(text).unwrap()
    }

    /// The folders that an address lies in: those of `2568/oit/o1/` are three, those of `files/a.pdf` one.
    fn folder_parts(address: &str) -> Vec<&str> {
        let mut parts: Vec<&str> = address.split('/').collect();
        parts.pop();
        parts
    }

    #[test]
    fn links_climb_and_descend() {
        let root = Address::root();
        assert_eq!(root.from(&root, LinkStyle::File), "index.html");
        assert_eq!(address("a/b/").from(&root, LinkStyle::File), "a/b/index.html");
        assert_eq!(root.from(&address("a/b/"), LinkStyle::Folder), "../../");
        assert_eq!(address("files/แผน 1.pdf").from(&address("2568/oit/o1/"), LinkStyle::File), "../../../files/แผน%201.pdf");
    }

    #[test]
    fn nothing_leaves_the_site() {
        for text in ["..", "../a", "a/../../b", "/etc/passwd", "C:/x", "a\\b", "a/.."] {
            assert_eq!(Address::new(text), Err(BadAddress::Escapes), "{text}");
        }
        for text in ["a//b", "./a", "a/\0", "a/./b"] {
            assert_eq!(Address::new(text), Err(BadAddress::Unusable), "{text}");
        }
    }

    proptest! {
        /// Whatever is taken as an address stays inside, and a link to it from anywhere leads back to it.
        #[test]
        fn links_lead_where_they_say(from in "([a-zก-ฮ0-9]{1,3}/){0,4}", to in "([a-zก-ฮ0-9 %]{1,3}/){0,4}([a-z ก]{1,4})?") {
            let (from, to) = (address(&from), address(&to));
            let link = decode(&to.from(&from, LinkStyle::File)).unwrap();
            let mut parts = folder_parts(from.as_str());
            for part in link.split('/') {
                if part == ".." { prop_assert!(parts.pop().is_some()); } else { parts.push(part); }
            }
            prop_assert_eq!(parts.join("/"), to.file());
        }

        #[test]
        fn any_text_is_judged_without_a_panic(text in "\\PC*") {
            if let Ok(address) = Address::new(&text) {
                prop_assert!(!address.file().split('/').any(|part| part == ".." || part.is_empty()));
            }
        }
    }
}
