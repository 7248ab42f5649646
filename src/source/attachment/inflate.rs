//! Unpacking streams of PDFs and entries of archives. The one module that names flate2. Refuses to hold what it unpacks, and to unpack without end.

use std::io::{self, Read};

use flate2::read::{DeflateDecoder, ZlibDecoder};

/// Unpacks and hands over piece by piece, until `visit` has seen enough.
///
/// # Errors
/// When the stream is damaged, or unpacks to more than `room`, which counts down.
pub fn unpack(packed: impl Read, room: &mut u64, visit: &mut dyn FnMut(&[u8]) -> bool) -> io::Result<()> {
    pieces(&mut ZlibDecoder::new(packed), room, visit)
}

/// The reader of what is packed in a ZIP.
pub fn deflated<'a>(packed: impl Read + 'a) -> impl Read + 'a {
    DeflateDecoder::new(packed)
}

/// As [`unpack`], for what is not packed.
///
/// # Errors
/// As [`unpack`].
pub fn pieces(reader: &mut dyn Read, room: &mut u64, visit: &mut dyn FnMut(&[u8]) -> bool) -> io::Result<()> {
    let mut piece = [0_u8; 16 * 1024];
    loop {
        let read = match reader.read(&mut piece) {
            Ok(0) => return Ok(()),
            Ok(read) => read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        *room = room.checked_sub(read as u64).ok_or(io::ErrorKind::FileTooLarge)?;
        if !visit(&piece[..read]) {
            return Ok(());
        }
    }
}
