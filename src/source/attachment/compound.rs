//! The directory of a compound file (OLE): how Office wrote documents before 2007, and how it keeps encrypted ones. Owns the question
//! which streams there are. Refuses to read them.

use std::io::{self, SeekFrom};

use super::Bytes;

/// How many sectors of the directory are read; one of Office's own has a handful.
const MOST_SECTORS: usize = 1024;

/// How many sectors that hold the table of sectors the header itself names; larger files have more, which are not followed.
const TABLE_SECTORS: usize = 109;

/// The value that ends a chain of sectors; larger ones are none either.
const LAST: u32 = 0xffff_fffa;

/// Is there a stream of this name? No, where the file is too damaged to tell.
///
/// # Errors
/// When the reader fails.
pub fn holds(bytes: &mut dyn Bytes, name: &str) -> io::Result<bool> {
    let mut header = [0_u8; 512];
    if !read_at(bytes, 0, &mut header)? {
        return Ok(false);
    }
    let size: usize = match (header[30], header[31]) {
        (9, 0) => 512,
        (12, 0) => 4096,
        _ => return Ok(false),
    };
    let name: Vec<u8> = name.encode_utf16().chain([0]).flat_map(u16::to_le_bytes).collect();
    let mut sector = number(&header, 48);
    let mut content = vec![0_u8; size];
    for _ in 0..MOST_SECTORS {
        if sector >= LAST || !read_at(bytes, place(sector, size), &mut content)? {
            return Ok(false);
        }
        // An entry has 128 bytes: the name first, and how many of its bytes count.
        let is_named = |entry: &[u8]| entry.starts_with(&name) && usize::from(entry[64]) == name.len() && entry[65] == 0;
        if content.chunks_exact(128).any(is_named) {
            return Ok(true);
        }
        // The table says which sector follows; its own sectors are named by the header.
        let entries = size / 4;
        let (table, entry) = (sector as usize / entries, sector as usize % entries);
        if table >= TABLE_SECTORS {
            return Ok(false);
        }
        let table = number(&header, 76 + 4 * table);
        let mut next = [0_u8; 4];
        if table >= LAST || !read_at(bytes, place(table, size) + 4 * entry as u64, &mut next)? {
            return Ok(false);
        }
        sector = u32::from_le_bytes(next);
    }
    Ok(false)
}

fn number(bytes: &[u8], at: usize) -> u32 {
    bytes.get(at..at + 4).and_then(|four| four.try_into().ok()).map_or(LAST, u32::from_le_bytes)
}

/// Where a sector begins; the header takes the place of one.
fn place(sector: u32, size: usize) -> u64 {
    (u64::from(sector) + 1) * size as u64
}

/// Fills `into` from a place; false where the file ends before.
fn read_at(bytes: &mut dyn Bytes, at: u64, into: &mut [u8]) -> io::Result<bool> {
    bytes.seek(SeekFrom::Start(at))?;
    match bytes.read_exact(into) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Ok(false),
        Err(error) => Err(error),
    }
}
