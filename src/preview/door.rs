//! The address at which the preview listens. Owns taking it and why it can't be taken. Refuses to answer: who comes before
//! [`Door::open`] waits.

use std::io::{self, ErrorKind};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener, ToSocketAddrs};
use std::sync::Arc;

use super::Shelf;
use super::guard::Server;
use super::hosts::Hosts;

/// A taken address.
#[derive(Debug)]
pub struct Door {
    listener: TcpListener,
    address: SocketAddr,
    host: String,
}

/// Why an address can't be taken. The words are the command's.
#[derive(Debug)]
pub enum Closed {
    /// Another process listens there; another preview, most likely.
    Busy(u16),
    /// Ports below 1024 are the system's on many machines.
    Forbidden(u16),
    /// The host has no address.
    Unknown(String),
    /// The host is another machine.
    Elsewhere(String),
    /// The system fails.
    Failed(io::Error),
}

impl Door {
    /// Takes the port at a host; port 0 is any that is free.
    ///
    /// # Errors
    /// [`Closed`]
    pub fn take(host: &str, port: u16) -> Result<Self, Closed> {
        let bare = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host);
        // Windows takes no name for the name of this machine, and would listen to the whole network.
        if bare.is_empty() {
            return Err(Closed::Unknown(host.to_owned()));
        }
        let addresses: Vec<SocketAddr> = (bare, port).to_socket_addrs().map_err(|_| Closed::Unknown(host.to_owned()))?.collect();
        if addresses.is_empty() {
            return Err(Closed::Unknown(host.to_owned()));
        }
        let taken = TcpListener::bind(addresses.as_slice()).and_then(|listener| listener.local_addr().map(|address| (listener, address)));
        match taken {
            Ok((listener, address)) => Ok(Self { listener, address, host: bare.to_owned() }),
            Err(error) => Err(match error.kind() {
                ErrorKind::AddrInUse => Closed::Busy(port),
                ErrorKind::PermissionDenied => Closed::Forbidden(port),
                ErrorKind::AddrNotAvailable => Closed::Elsewhere(host.to_owned()),
                _ => Closed::Failed(error),
            }),
        }
    }

    /// The address, with the port that was found.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Can only this machine reach it?
    pub fn is_loopback(&self) -> bool {
        self.address.ip().is_loopback()
    }

    /// The address for a browser on this machine: `http://127.0.0.1:4000/`.
    pub fn url(&self) -> String {
        let port = self.address.port();
        let ip = reachable(self.address).ip();
        match self.host.parse::<IpAddr>() {
            Err(_) => format!("http://{}:{port}/", self.host),
            Ok(_) => format!("http://{}/", SocketAddr::new(ip, port)),
        }
    }

    /// Begins to answer.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub fn open(self, shelf: Arc<dyn Shelf>) -> io::Result<Server> {
        let hosts = Hosts::of(&self.host, self.address.ip());
        Server::start(self.listener, reachable(self.address), hosts, shelf)
    }
}

/// An address at which this machine reaches itself.
fn reachable(address: SocketAddr) -> SocketAddr {
    let ip = match address.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(ip) if ip.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
        ip => ip,
    };
    SocketAddr::new(ip, address.port())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_port_is_found_or_told_to_be_busy() {
        let door = Door::take("127.0.0.1", 0).unwrap();
        let port = door.address().port();
        assert_eq!((door.url(), door.is_loopback()), (format!("http://127.0.0.1:{port}/"), true));
        let Err(busy) = Door::take("127.0.0.1", port) else { panic!("it was taken twice") };
        assert!(matches!(busy, Closed::Busy(busy) if busy == port));
        drop(door);
        assert_eq!(Door::take("localhost", 0).unwrap().url().split(':').nth(1), Some("//localhost"));
    }

    #[test]
    fn hosts_that_are_none_are_told() {
        assert!(matches!(Door::take("192.0.2.1", 0), Err(Closed::Elsewhere(host)) if host == "192.0.2.1"));
        assert!(matches!(Door::take("a b", 0), Err(Closed::Unknown(host)) if host == "a b"));
        assert!(matches!(Door::take("", 0), Err(Closed::Unknown(_))));
    }

    #[test]
    fn everywhere_is_reached_here() {
        let door = Door::take("0.0.0.0", 0).unwrap();
        let port = door.address().port();
        assert_eq!((door.url(), door.is_loopback()), (format!("http://127.0.0.1:{port}/"), false));
    }
}
