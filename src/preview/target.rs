//! What a request asks for, as it came over the network, read as a path of the site. Owns percent-decoding and the rule that no spelling of
//! an address leaves the site: a path that comes out of here is relative, has no part that is empty, `.` or `..`, no backslash and no
//! control character. Refuses to know which paths there are.

use std::fmt::Write as _;

/// A request's target.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// The path from the site's root, decoded. Empty, or with a closing slash, for a folder.
    pub path: String,
    /// What stands after the question mark, as it came; empty where that is no text.
    pub query: String,
    /// The host and port, where the target names them.
    pub authority: Option<String>,
}

/// Why a target leads nowhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Astray {
    /// It is no target.
    Malformed,
    /// It is one, and nothing can be there.
    Nowhere,
}

/// Reads a target: `/2568/?a=b`, or `http://localhost:4000/2568/`.
///
/// # Errors
/// [`Astray`]
///
/// ```
/// use prongsai::preview::target::{Astray, read};
/// assert_eq!(read("/files/%E0%B9%81%E0%B8%9C%E0%B8%99.pdf".as_bytes()).unwrap().path, "files/แผน.pdf");
/// assert_eq!(read(b"/files/%2e%2e/secret"), Err(Astray::Nowhere));
/// assert_eq!(read(b"/files/%zz"), Err(Astray::Malformed));
/// ```
pub fn read(raw: &[u8]) -> Result<Target, Astray> {
    let raw = raw.split(|byte| *byte == b'#').next().unwrap_or(raw);
    let (authority, rest) = authority(raw)?;
    let (path, query) = match rest.iter().position(|byte| *byte == b'?') {
        Some(at) => (&rest[..at], &rest[at + 1..]),
        None => (rest, &[][..]),
    };
    // After a host, no path is the root.
    let path = if path.is_empty() && authority.is_some() { b"/" } else { path };
    let path = clean(path.strip_prefix(b"/").ok_or(Astray::Malformed)?)?;
    Ok(Target { path, query: String::from_utf8(query.to_vec()).unwrap_or_default(), authority })
}

/// A path of the site as an absolute address, percent-encoded throughout. Never one of another host: no part of a clean path is empty.
pub fn address(path: &str) -> String {
    let mut out = String::with_capacity(path.len() + 1);
    out.push('/');
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => out.push(char::from(byte)),
            _ => drop(write!(out, "%{byte:02X}")),
        }
    }
    out
}

/// Splits the host off a target that names one.
fn authority(raw: &[u8]) -> Result<(Option<String>, &[u8]), Astray> {
    const SCHEME: &[u8] = b"http://";
    let Some(rest) = raw.get(..SCHEME.len()).filter(|scheme| scheme.eq_ignore_ascii_case(SCHEME)).map(|_| &raw[SCHEME.len()..]) else {
        return Ok((None, raw));
    };
    let end = rest.iter().position(|byte| matches!(byte, b'/' | b'?')).unwrap_or(rest.len());
    let authority = String::from_utf8(rest[..end].to_vec()).map_err(|_| Astray::Malformed)?;
    Ok((Some(authority), &rest[end..]))
}

/// Decodes a path part by part, so that an encoded slash divides nothing.
fn clean(raw: &[u8]) -> Result<String, Astray> {
    let mut path = Vec::with_capacity(raw.len());
    let mut is_clean = true;
    let mut parts = raw.split(|byte| *byte == b'/').peekable();
    while let Some(part) = parts.next() {
        let begin = path.len();
        decode(part, &mut path)?;
        let is_last = parts.peek().is_none();
        let decoded = &path[begin..];
        is_clean &= !matches!(decoded, b"." | b"..") && (is_last || !decoded.is_empty());
        is_clean &= !decoded.iter().any(|byte| matches!(byte, b'/' | b'\\'));
        if !is_last {
            path.push(b'/');
        }
    }
    let path = String::from_utf8(path).map_err(|_| Astray::Nowhere)?;
    if is_clean && !path.chars().any(char::is_control) { Ok(path) } else { Err(Astray::Nowhere) }
}

fn decode(part: &[u8], out: &mut Vec<u8>) -> Result<(), Astray> {
    let mut bytes = part.iter();
    while let Some(byte) = bytes.next() {
        if *byte != b'%' {
            out.push(*byte);
            continue;
        }
        let mut digit = || bytes.next().and_then(|digit| char::from(*digit).to_digit(16)).and_then(|digit| u8::try_from(digit).ok());
        match (digit(), digit()) {
            (Some(high), Some(low)) => out.push(high * 16 + low),
            _ => return Err(Astray::Malformed),
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn path(raw: &str) -> String {
        read(raw.as_bytes()).unwrap().path
    }

    #[test]
    fn paths_are_decoded() {
        for (raw, expected) in [
            ("/", ""),
            ("/2568/", "2568/"),
            ("/2568/index.html?x=../..#y", "2568/index.html"),
            ("/#/../x", ""),
            ("/files/แผน%201.pdf", "files/แผน 1.pdf"),
            ("/%E0%B9%80%E0%B8%9A%e0%b8%95%e0%b9%89%e0%b8%b2/", "เบต้า/"),
            ("/a%2Bb+c%25", "a+b+c%"),
            ("/%252e%252e/x", "%2e%2e/x"),
            ("/.../x", ".../x"),
            ("/..x/.y", "..x/.y"),
            ("/a:b", "a:b"),
            ("http://127.0.0.1:4000", ""),
            ("HTTP://localhost?x", ""),
            ("http://localhost:4000/2568/", "2568/"),
        ] {
            assert_eq!(path(raw), expected, "{raw}");
        }
        let target = read("http://localhost:1/_live?since=ก/../%zz".as_bytes()).unwrap();
        assert_eq!((target.authority.as_deref(), target.query.as_str()), (Some("localhost:1"), "since=ก/../%zz"));
        assert_eq!(read(b"/x?\xff").unwrap().query, "");
    }

    #[test]
    fn no_spelling_leaves_the_site() {
        let spellings: &[&[u8]] = &[
            b"/..",
            b"/../x",
            b"/x/..",
            b"/x/../y",
            b"/.",
            b"/./x",
            b"/x/.",
            b"/%2e%2e/x",
            b"/%2E%2E/x",
            b"/.%2e/x",
            b"/%2e./x",
            b"/%2e/x",
            b"//",
            b"//x",
            b"///x",
            b"//evil.example/x",
            b"/x//y",
            b"/x//",
            b"/..%2fx",
            b"/%2e%2e%2fx",
            b"/x%2fy",
            b"/%2f",
            b"/%2Fx",
            b"/\\x",
            b"/..\\x",
            b"/x\\..\\y",
            b"/%5cx",
            b"/..%5Cx",
            b"/%00",
            b"/x%00.html",
            b"/x\0",
            b"/%01",
            b"/%7f",
            b"/%0d%0aX:",
            b"/x%c2%80",
            b"/%c0%ae%c0%ae/x",
            b"/%c0%af",
            b"/%ff",
            b"/\xff",
            b"/%e0%80%ae",
            b"http://localhost//x",
            b"http://localhost/../x",
        ];
        for raw in spellings {
            assert_eq!(read(raw), Err(Astray::Nowhere), "{}", String::from_utf8_lossy(raw));
        }
    }

    #[test]
    fn what_is_no_target_is_told() {
        let wrong: &[&[u8]] = &[
            b"",
            b"*",
            b"x",
            b"../x",
            b"?",
            b"#",
            b"/%",
            b"/%2",
            b"/%zz",
            b"/%2/x",
            b"/%+1",
            b"/%E0%B",
            b"https://localhost/",
            b"file:///etc/passwd",
            b"localhost:80",
            b"http:/x",
        ];
        for raw in wrong {
            assert_eq!(read(raw), Err(Astray::Malformed), "{}", String::from_utf8_lossy(raw));
        }
    }

    proptest! {
        #[test]
        fn an_address_reads_back(path in "[a-zก-ฮ0-9 %?#+&.]{0,8}(/[a-zก-ฮ %]{1,5}){0,3}/?") {
            prop_assume!(read(address(&path).as_bytes()).is_ok());
            prop_assert_eq!(read(address(&path).as_bytes()).unwrap().path, path);
        }
    }
}
