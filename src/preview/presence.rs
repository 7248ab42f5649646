//! Whether a client is still there while something is waited for on its behalf. Owns the one look at a socket that takes nothing from it.
//! Refuses to wait.

use std::net::TcpStream;

/// The client of a request. One without a connection is always there.
#[derive(Clone, Copy, Debug, Default)]
pub struct Presence<'a>(Option<&'a TcpStream>);

impl<'a> Presence<'a> {
    /// The client at the other end.
    pub(super) fn of(stream: &'a TcpStream) -> Self {
        Self(Some(stream))
    }

    /// Is it there, as far as can be told? Not once it has closed its side, or was sent away.
    pub fn is_there(&self) -> bool {
        let Some(stream) = self.0 else { return true };
        let mut byte = [0];
        // A socket that can't be asked without waiting, or not be turned back, is of no use any more.
        if stream.set_nonblocking(true).is_err() {
            return false;
        }
        let looked = stream.peek(&mut byte);
        if stream.set_nonblocking(false).is_err() {
            return false;
        }
        match looked {
            Ok(came) => came > 0,
            Err(error) => error.kind() == std::io::ErrorKind::WouldBlock,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;
    use std::net::{Shutdown, TcpListener};

    use super::*;

    /// Both ends of a connection.
    fn pair() -> (TcpStream, TcpStream) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let client = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
        (client, listener.accept().unwrap().0)
    }

    /// The network takes a moment even here.
    fn goes(server: &TcpStream) -> bool {
        (0..1000).any(|_| {
            std::thread::sleep(std::time::Duration::from_millis(1));
            !Presence::of(server).is_there()
        })
    }

    #[test]
    fn a_client_is_there_until_it_goes() {
        let (mut client, server) = pair();
        assert!(Presence::of(&server).is_there());
        client.write_all(b"x").unwrap();
        assert!(Presence::of(&server).is_there());
        let (client, server) = pair();
        drop(client);
        assert!(goes(&server));
        let (_client, server) = pair();
        server.shutdown(Shutdown::Both).unwrap();
        assert!(goes(&server));
        assert!(Presence::default().is_there());
    }
}
