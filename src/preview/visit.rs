//! One connection, from its first byte to its last. Owns how long a client is waited for, the order of requests that come one behind the
//! other, and how an answer gets onto the network in bounded memory. Refuses to decide what is answered, and who may come.

use std::fs::File;
use std::io::{self, ErrorKind, IoSlice, Read, Seek, SeekFrom, Write};
use std::net::{Shutdown, TcpStream};
use std::sync::Arc;
use std::time::Duration;

use super::answer::{Answer, Request, answer};
use super::clock::Clock;
use super::guard::Guest;
use super::hosts::Hosts;
use super::presence::Presence;
use super::refusal::Refusal;
use super::{Body, Shelf, head, http};
use crate::disk::attachment;

/// How long a connection may be without a request.
const IDLE: Duration = Duration::from_secs(60);

/// How long a request may take from its first byte to its last.
const COMING: Duration = Duration::from_secs(5);

/// How long the client may take for one piece of an answer.
const GOING: Duration = Duration::from_secs(15);

/// How long a client may still send after its last answer, so that it gets to read that.
const LINGER: Duration = Duration::from_millis(500);

/// How much of that is taken.
const LINGER_BYTES: usize = 1024 * 1024;

/// The pieces in which an answer goes.
const PIECE: usize = 64 * 1024;

/// What all connections are answered from.
pub(super) struct House {
    pub shelf: Arc<dyn Shelf>,
    pub hosts: Hosts,
}

/// Answers the requests of a connection until it ends.
pub(super) fn receive(guest: &Guest, house: &House) {
    // Answers are whole pieces; nothing is gained by waiting for more.
    let _ = guest.stream.set_nodelay(true);
    let mut letterbox = Letterbox { guest, bytes: Vec::new(), known: 0 };
    loop {
        let Ok(end) = letterbox.next() else { return };
        // Not one that waits for its client from here on.
        guest.is_served();
        let judged = end.and_then(|end| Ok((end, head::read(letterbox.bytes.get(..end).unwrap_or_default())?)));
        let (used, stays, reply) = match judged {
            Ok((end, head)) => {
                let request = Request { client: Presence::of(&guest.stream), ..head.request };
                (end, head.stays && !request.has_body, answer(&request, &house.hosts, &*house.shelf))
            }
            Err(why) => (0, false, Answer::refusal(why)),
        };
        guest.moves();
        if send(guest, reply, stays).is_err() {
            return;
        }
        if !stays {
            linger(&guest.stream);
            return;
        }
        letterbox.bytes.drain(..used);
        letterbox.known = 0;
    }
}

/// What has come and is not answered yet.
struct Letterbox<'a> {
    guest: &'a Guest,
    bytes: Vec<u8>,
    /// In so many of the bytes there is no end of a head.
    known: usize,
}

impl Letterbox<'_> {
    /// Waits for a whole head and tells where it ends, or why there will be none. An error is the end of the connection.
    fn next(&mut self) -> io::Result<Result<usize, Refusal>> {
        let mut coming = (!self.bytes.is_empty()).then(Clock::start);
        loop {
            if let Some(end) = head::end(&self.bytes, self.known) {
                // The bound is of the head, not of what came behind it.
                return Ok(if end > head::LONGEST { Err(Refusal::LongHead) } else { Ok(end) });
            }
            self.known = self.bytes.len();
            if let Err(why) = head::look(&self.bytes) {
                return Ok(Err(why));
            }
            let patience = match coming {
                None => Some(IDLE),
                Some(clock) => clock.left_of(COMING),
            };
            let Some(patience) = patience else { return Ok(Err(Refusal::Slow)) };
            self.guest.stream.set_read_timeout(Some(patience))?;
            match self.read() {
                // Cut within a request. Whoever only stopped sending may read that.
                Ok(0) if coming.is_some() => return Ok(Err(Refusal::Malformed)),
                Ok(0) => return Err(ErrorKind::UnexpectedEof.into()),
                Ok(_) => coming = coming.or_else(|| Some(Clock::start())),
                Err(error) if is_pause(&error) && coming.is_some() => return Ok(Err(Refusal::Slow)),
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
    }

    fn read(&mut self) -> io::Result<usize> {
        let mut piece = [0; 4096];
        let read = (&self.guest.stream).read(&mut piece)?;
        self.bytes.extend_from_slice(piece.get(..read).unwrap_or_default());
        Ok(read)
    }
}

/// Sends an answer.
fn send(guest: &Guest, mut reply: Answer, stays: bool) -> io::Result<()> {
    guest.stream.set_write_timeout(Some(GOING))?;
    let file = match open(&reply) {
        Ok(file) => file,
        Err(_) => {
            reply = Answer { is_sent: reply.is_sent, ..Answer::refusal(Refusal::Changed) };
            None
        }
    };
    let head = http::head(&reply, stays);
    if !reply.is_sent || reply.length() == 0 {
        return put(guest, &head, &[]);
    }
    match (&reply.body, file) {
        (Body::Bytes(bytes), _) => {
            let at = |at: u64| usize::try_from(at).unwrap_or(usize::MAX);
            let mut pieces = bytes.get(at(reply.part.start)..at(reply.part.end)).unwrap_or_default().chunks(PIECE);
            put(guest, &head, pieces.next().unwrap_or_default())?;
            pieces.try_for_each(|piece| put(guest, &[], piece))
        }
        (Body::File { .. }, Some(mut file)) => {
            put(guest, &head, &[])?;
            pour(guest, &mut file, reply.length())
        }
        (Body::File { .. }, None) => Err(ErrorKind::NotFound.into()),
    }
}

/// The file of an answer, at the first byte that is sent.
fn open(reply: &Answer) -> io::Result<Option<File>> {
    let Body::File { site, from, size } = &reply.body else { return Ok(None) };
    let mut file = attachment::open(site, from, *size)?;
    file.seek(SeekFrom::Start(reply.part.start))?;
    Ok(Some(file))
}

/// Sends so many bytes of a file. One that has become shorter ends the connection, so that nobody takes it for whole.
fn pour(guest: &Guest, file: &mut File, length: u64) -> io::Result<()> {
    let mut piece = vec![0; PIECE];
    let mut left = length;
    while left > 0 {
        let most = usize::try_from(left).unwrap_or(PIECE).min(PIECE);
        let read = match file.read(piece.get_mut(..most).unwrap_or_default()) {
            Ok(0) => return Err(ErrorKind::UnexpectedEof.into()),
            Ok(read) => read,
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        put(guest, &[], piece.get(..read).unwrap_or_default())?;
        left -= read as u64;
    }
    Ok(())
}

/// Writes a piece, with what stands before it. The client has moved once it has all of it.
fn put(guest: &Guest, before: &[u8], piece: &[u8]) -> io::Result<()> {
    let clock = Clock::start();
    let (mut before, mut piece) = (before, piece);
    while !before.is_empty() || !piece.is_empty() {
        if clock.left_of(GOING).is_none() {
            return Err(ErrorKind::TimedOut.into());
        }
        let written = match (&guest.stream).write_vectored(&[IoSlice::new(before), IoSlice::new(piece)]) {
            Ok(0) => return Err(ErrorKind::WriteZero.into()),
            Ok(written) => written,
            Err(error) if error.kind() == ErrorKind::Interrupted => 0,
            Err(error) => return Err(error),
        };
        let of_before = written.min(before.len());
        before = before.get(of_before..).unwrap_or_default();
        piece = piece.get(written - of_before..).unwrap_or_default();
    }
    guest.moves();
    Ok(())
}

/// Takes what a client still sends after its last answer. A connection that is closed over unread bytes is reset, and the answer may be lost with it.
fn linger(stream: &TcpStream) {
    let clock = Clock::start();
    let mut taken = 0;
    let mut piece = [0; 4096];
    let _ = stream.shutdown(Shutdown::Write);
    while let Some(left) = clock.left_of(LINGER).filter(|_| taken < LINGER_BYTES) {
        let mut stream = stream;
        match stream.set_read_timeout(Some(left)).and_then(|()| stream.read(&mut piece)) {
            Ok(0) | Err(_) => return,
            Ok(read) => taken += read,
        }
    }
}

/// Did nothing come for as long as it was waited?
fn is_pause(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut)
}
