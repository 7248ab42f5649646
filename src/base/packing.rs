//! Packing and unpacking: streams of PDFs and entries of archives, and published texts for hosts that send them packed. The one module
//! that names flate2 and brotli. Refuses to hold what it unpacks, and to unpack without end; what it packs is the same bytes each time.

use std::io::{self, Read, Write};

use brotli::enc::BrotliEncoderParams;
use flate2::read::{DeflateDecoder, ZlibDecoder};
use flate2::{Compression, GzBuilder};

/// How a text is packed for those who ask for it packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Packing {
    /// Brotli (RFC 7932).
    Brotli,
    /// gzip (RFC 1952).
    Gzip,
}

/// How hard is tried. Of 10.0 MB of pages and data files of many agencies, on one core of 2026:
///
/// | Brotli | bytes | seconds | gzip | bytes | seconds |
/// |---|---|---|---|---|---|
/// | 4 | 2,001,424 | 0.20 | 1 | 2,906,029 | 0.03 |
/// | 5 | 1,813,179 | 0.25 | 4 | 2,039,281 | 0.07 |
/// | **6** | 1,800,043 | 0.20 | **6** | 1,990,480 | 0.09 |
/// | 9 | 1,784,898 | 3.25 | 8 | 1,978,888 | 0.14 |
/// | 11 | 1,653,353 | 12.29 | 9 | 1,972,252 | 0.17 |
const BROTLI: i32 = 6;
const GZIP: u32 = 6;

impl Packing {
    /// Both, the denser one first.
    pub const ALL: [Self; 2] = [Self::Brotli, Self::Gzip];

    /// What follows the name of a file for its packed twin, with the full stop.
    pub fn end(self) -> &'static str {
        match self {
            Self::Brotli => ".br",
            Self::Gzip => ".gz",
        }
    }

    /// What HTTP calls it (RFC 9110, 8.4.1).
    pub fn name(self) -> &'static str {
        match self {
            Self::Brotli => "br",
            Self::Gzip => "gzip",
        }
    }

    /// Packs a text: no time, name or system of the machine goes into it.
    ///
    /// # Errors
    /// What memory refuses.
    pub fn pack(self, bytes: &[u8]) -> io::Result<Vec<u8>> {
        let mut packed = Vec::with_capacity(bytes.len() / 4);
        match self {
            Self::Brotli => {
                let params = BrotliEncoderParams { quality: BROTLI, size_hint: bytes.len(), ..BrotliEncoderParams::default() };
                brotli::BrotliCompress(&mut &*bytes, &mut packed, &params)?;
            }
            Self::Gzip => {
                let mut encoder = GzBuilder::new().mtime(0).write(&mut packed, Compression::new(GZIP));
                encoder.write_all(bytes)?;
                encoder.finish()?;
            }
        }
        Ok(packed)
    }
}

/// The name without what a twin has behind it; `None` for names of other files.
pub fn unpacked_name(name: &str) -> Option<&str> {
    Packing::ALL.into_iter().find_map(|packing| name.strip_suffix(packing.end()))
}

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_packed_is_the_same_each_time_and_unpacks_to_the_text() {
        let text = "คะแนน 98.43 ของหน่วยงาน\n".repeat(2_000);
        for packing in Packing::ALL {
            let packed = packing.pack(text.as_bytes()).unwrap();
            assert_eq!(packed, packing.pack(text.as_bytes()).unwrap());
            assert!(packed.len() < text.len() / 10, "{packing:?}: {}", packed.len());
            let mut back = String::new();
            match packing {
                Packing::Brotli => brotli::Decompressor::new(&*packed, 4096).read_to_string(&mut back).unwrap(),
                Packing::Gzip => flate2::read::GzDecoder::new(&*packed).read_to_string(&mut back).unwrap(),
            };
            assert_eq!(back, text);
        }
        // No time, no name, no system (RFC 1952, 2.3.1).
        let packed = Packing::Gzip.pack(b"x").unwrap();
        assert_eq!((packed[3], &packed[4..8], packed[9]), (0, &[0_u8; 4][..], 255));
    }

    #[test]
    fn a_twin_is_told_by_its_name() {
        assert_eq!(unpacked_name("index.html.br"), Some("index.html"));
        assert_eq!(unpacked_name("2568/data/scores.csv.gz"), Some("2568/data/scores.csv"));
        assert_eq!(unpacked_name("index.html"), None);
    }
}
