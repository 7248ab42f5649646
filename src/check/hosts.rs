//! Hosts that are no place for evidence: file sharing, short links and social networks. Owns the list with the reason of each kind, and
//! how the host of an address is read. Refuses the network: what lies behind an address is never asked.
//!
//! Evidence has to stay where it was submitted and be open to everyone. A shared file moves or closes with the account of a person, a
//! short link hides where it leads and can lead elsewhere tomorrow, and a social network asks readers to log in.

use crate::base::address;

/// Why a host is no place for evidence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Files shared by the account of a person.
    Sharing,
    /// A short link.
    Short,
    /// A social network or a service for messages and films.
    Social,
}

/// The hosts; each stands for all that lies below it.
const HOSTS: &[(Kind, &[&str])] = &[
    (
        Kind::Sharing,
        &[
            "drive.google.com",
            "docs.google.com",
            "drive.usercontent.google.com",
            "photos.google.com",
            "1drv.ms",
            "onedrive.live.com",
            "sharepoint.com",
            "dropbox.com",
            "dropboxusercontent.com",
            "db.tt",
            "box.com",
            "mediafire.com",
            "mega.nz",
            "mega.io",
            "mega.co.nz",
            "4shared.com",
            "wetransfer.com",
            "we.tl",
            "icloud.com",
            "terabox.com",
        ],
    ),
    (
        Kind::Short,
        &[
            "bit.ly",
            "bitly.com",
            "t.ly",
            "t.co",
            "goo.gl",
            "forms.gle",
            "shorturl.at",
            "shorturl.asia",
            "tinyurl.com",
            "me-qr.com",
            "qrco.de",
            "cutt.ly",
            "rb.gy",
            "is.gd",
            "v.gd",
            "ow.ly",
            "s.id",
            "tiny.cc",
            "rebrand.ly",
        ],
    ),
    (
        Kind::Social,
        &[
            "facebook.com",
            "fb.com",
            "fb.me",
            "fb.watch",
            "m.me",
            "messenger.com",
            "line.me",
            "lin.ee",
            "youtube.com",
            "youtube-nocookie.com",
            "youtu.be",
            "tiktok.com",
            "twitter.com",
            "x.com",
            "instagram.com",
            "threads.net",
            "threads.com",
            "t.me",
        ],
    ),
];

/// Why this host is no place for evidence; `None` where it is fine.
///
/// ```
/// use prongsai::check::hosts::{Kind, kind};
/// assert_eq!(kind("www.facebook.com"), Some(Kind::Social));
/// assert_eq!(kind("notfacebook.com"), None);
/// assert_eq!(kind("drive.google.com.example.go.th"), None);
/// ```
pub fn kind(host: &str) -> Option<Kind> {
    HOSTS.iter().find(|(_, hosts)| hosts.iter().any(|known| is_below(host, known))).map(|(kind, _)| *kind)
}

/// Is this the host, or one below it?
pub fn is_below(host: &str, above: &str) -> bool {
    host.strip_suffix(above).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
}

/// The host of a web address as browsers read it: without user and port, in small letters, without a closing full stop.
///
/// ```
/// use prongsai::check::hosts::host;
/// assert_eq!(host("https://me:secret@BIT.ly:443/x?y#z").as_deref(), Some("bit.ly"));
/// assert_eq!(host("https://example.go.th/?to=bit.ly").as_deref(), Some("example.go.th"));
/// ```
pub fn host(address: &str) -> Option<String> {
    address.split_once("://").and_then(|(_, rest)| of_authority(rest))
}

/// The host of what an author may write for one: `drive.example.go.th`, with a port, or a whole address.
pub fn named(text: &str) -> Option<String> {
    host(text).or_else(|| of_authority(text))
}

/// The host at the start of what follows the scheme.
fn of_authority(rest: &str) -> Option<String> {
    let authority = rest.split(['/', '?', '#']).next()?;
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    let decoded = address::decode(host)?;
    let host: String = decoded.trim().chars().map(plain).flat_map(char::to_lowercase).collect();
    let without_port = match host.rsplit_once(':') {
        Some((name, port)) if !host.ends_with(']') && port.bytes().all(|b| b.is_ascii_digit()) => name,
        _ => host.as_str(),
    };
    let name = without_port.trim_end_matches('.');
    (!name.is_empty()).then(|| name.to_owned())
}

/// The characters that browsers take for others in the name of a host: full stops and letters of East Asian width.
fn plain(c: char) -> char {
    match c {
        '\u{3002}' | '\u{ff0e}' | '\u{ff61}' => '.',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(address: &str) -> Option<Kind> {
        host(address).and_then(|host| kind(&host))
    }

    #[test]
    fn a_host_is_known_however_its_address_is_written() {
        for address in [
            "https://drive.google.com/file/d/1",
            "HTTPS://DRIVE.GOOGLE.COM/file",
            "https://drive.google.com:443/",
            "https://drive.google.com./",
            "https://someone@drive.google.com/",
            "https://example.go.th@drive.google.com/",
            "https://a:b@drive.google.com?x",
            "https://drive%2Egoogle.com/",
            "https://drive。google．com/",
            "https://ｄｒｉｖｅ.google.com/",
            "https://x.drive.google.com#y",
        ] {
            assert_eq!(of(address), Some(Kind::Sharing), "{address}");
        }
        for (address, kind) in [
            ("https://tambon-my.sharepoint.com/personal/x", Kind::Sharing),
            ("https://www.dropbox.com/s/1", Kind::Sharing),
            ("https://bit.ly/3x", Kind::Short),
            ("http://tinyurl.com/x", Kind::Short),
            ("https://qr.me-qr.com/x", Kind::Short),
            ("https://m.facebook.com/x", Kind::Social),
            ("https://youtu.be/x", Kind::Social),
            ("https://liff.line.me/x", Kind::Social),
            ("https://x.com/x", Kind::Social),
        ] {
            assert_eq!(of(address), Some(kind), "{address}");
        }
    }

    #[test]
    fn what_only_looks_like_one_is_none() {
        for address in [
            "https://notbit.ly/",
            "https://drive.google.com.example.go.th/",
            "https://drive-google.com/",
            "https://www.google.com/maps",
            "https://sites.google.com/view/tambon",
            "https://facebook.example.go.th/",
            "https://example.go.th/drive.google.com/file",
            "https://example.go.th/?url=https://bit.ly/x",
            "https://example.go.th/#@facebook.com",
            "https://example.go.th:8080/facebook.com",
            "https://netflix.com/",
            "https://line.me.example.go.th/",
            "https://online.me/",
            "https://[::1]/",
            "https://อบต.ไทย/",
            "https://xn--12c1fe0br.xn--o3cw4h/",
        ] {
            assert_eq!(of(address), None, "{address}");
        }
    }

    #[test]
    fn no_host_of_the_list_stands_below_another() {
        let all: Vec<&str> = HOSTS.iter().flat_map(|(_, hosts)| *hosts).copied().collect();
        for host in &all {
            assert_eq!(all.iter().filter(|other| is_below(host, other)).count(), 1, "{host}");
            assert_eq!(named(host).as_deref(), Some(*host));
        }
    }
}
