//! For which hosts the preview answers. Owns the reading of a host with its port and the rule against foreign ones: a page of any site can
//! have its own name lead to this machine and then read what the preview shows, drafts too, unless the name is refused. Refuses to look
//! names up.

use std::net::IpAddr;

/// The hosts that a preview answers for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hosts {
    /// The host that was asked for, in lower case, without brackets.
    named: String,
    /// Does the server listen at every address of the machine? Then any number may be one of them; a name may not.
    is_anywhere: bool,
}

/// What a request's host is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    /// One of the preview's.
    Own,
    /// Another.
    Foreign,
    /// None at all: it can't be read.
    Nobodys,
}

impl Hosts {
    /// The hosts of a server that was asked to listen at `host` and listens at `address`.
    pub fn of(host: &str, address: IpAddr) -> Self {
        Self { named: bare(host).to_ascii_lowercase(), is_anywhere: address.is_unspecified() }
    }

    /// Judges a host with or without a port: `localhost:4000`, `[::1]`.
    ///
    /// ```
    /// use prongsai::preview::hosts::{Hosts, Whose};
    /// let hosts = Hosts::of("127.0.0.1", "127.0.0.1".parse().unwrap());
    /// assert_eq!(hosts.judge("LocalHost:4000"), Whose::Own);
    /// assert_eq!(hosts.judge("evil.example:4000"), Whose::Foreign);
    /// assert_eq!(hosts.judge("a b"), Whose::Nobodys);
    /// ```
    pub fn judge(&self, authority: &str) -> Whose {
        let Some(host) = host(authority) else { return Whose::Nobodys };
        let host = host.to_ascii_lowercase();
        let is_own = ["localhost", "127.0.0.1", "::1", &self.named].contains(&host.as_str());
        if is_own || (self.is_anywhere && host.parse::<IpAddr>().is_ok()) { Whose::Own } else { Whose::Foreign }
    }
}

fn bare(host: &str) -> &str {
    host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host)
}

/// The host without its port and brackets; `None` where there is none.
fn host(authority: &str) -> Option<&str> {
    let (host, port) = match authority.strip_prefix('[') {
        Some(rest) => {
            let (host, port) = rest.split_once(']')?;
            (host.parse::<std::net::Ipv6Addr>().is_ok().then_some(host)?, port)
        }
        None => {
            let end = authority.find(':').unwrap_or(authority.len());
            let is_host = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_');
            (Some(&authority[..end]).filter(|host| !host.is_empty() && host.bytes().all(is_host))?, &authority[end..])
        }
    };
    let digits = if port.is_empty() { "" } else { port.strip_prefix(':')? };
    (digits.len() <= 5 && digits.bytes().all(|byte| byte.is_ascii_digit())).then_some(host)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hosts(host: &str, address: &str) -> Hosts {
        Hosts::of(host, address.parse().unwrap())
    }

    #[test]
    fn this_machine_is_known_by_its_three_names() {
        let own = hosts("127.0.0.1", "127.0.0.1");
        for host in ["localhost", "LOCALHOST:1", "127.0.0.1", "127.0.0.1:65535", "[::1]", "[::1]:4000", "localhost:"] {
            assert_eq!(own.judge(host), Whose::Own, "{host}");
        }
        let foreign = [
            "evil.example",
            "evil.example:4000",
            "localhost.evil.example",
            "127.0.0.1.evil.example",
            "evil-localhost",
            "192.168.1.1",
            "127.0.0.2",
            "0.0.0.0",
            "[::]",
            "[::ffff:127.0.0.1]",
            "localhost.",
            "2130706433",
            "0x7f.1",
        ];
        for host in foreign {
            assert_eq!(own.judge(host), Whose::Foreign, "{host}");
        }
        for host in [
            "",
            ":80",
            "a b",
            "a@localhost",
            "localhost:x",
            "localhost:123456",
            "localhost:80:80",
            "[::1",
            "[::1]x",
            "[localhost]",
            "::1",
            "[]",
            "ก",
            "a/b",
            "a,b",
        ] {
            assert_ne!(own.judge(host), Whose::Own, "{host}");
        }
    }

    #[test]
    fn the_host_that_was_asked_for_is_known() {
        assert_eq!(hosts("192.168.1.5", "192.168.1.5").judge("192.168.1.5:4000"), Whose::Own);
        assert_eq!(hosts("192.168.1.5", "192.168.1.5").judge("192.168.1.6:4000"), Whose::Foreign);
        assert_eq!(hosts("Office-PC", "192.168.1.5").judge("office-pc"), Whose::Own);
        assert_eq!(hosts("[fe80::1]", "fe80::1").judge("[FE80::1]:1"), Whose::Own);
    }

    #[test]
    fn at_every_address_a_number_is_fine_and_a_name_is_not() {
        for anywhere in [hosts("0.0.0.0", "0.0.0.0"), hosts("::", "::")] {
            for host in ["0.0.0.0:4000", "192.168.1.5", "[2001:db8::1]:80", "localhost"] {
                assert_eq!(anywhere.judge(host), Whose::Own, "{host}");
            }
            assert_eq!(anywhere.judge("evil.example"), Whose::Foreign);
        }
    }
}
