//! Documents that are ZIP archives. Owns the bounds on what is opened and unpacked, and what the list of entries tells: encryption, names
//! that lead out, entries that unpack to far too much, which program wrote it. The one module that names the zip crate. Refuses to
//! write anything, and to open an archive in an archive.

use std::cell::Cell;
use std::io::{self, Read, Seek, SeekFrom};
use std::rc::Rc;

use zip::result::ZipError;
use zip::{CompressionMethod, ZipArchive};

use super::Bytes;
use super::kind::{Kind, find};
use crate::base::packing;

/// The largest archive whose list of entries is read.
const LARGEST: u64 = 256 * 1024 * 1024;

/// How many bytes may be read to learn the list of entries: that of twenty thousand and more.
const LONGEST_LIST: u64 = 4 * 1024 * 1024;

/// How many entries a document may have.
const MOST_ENTRIES: usize = 10_000;

/// How many bytes are unpacked of one document in all.
const MOST_UNPACKED: u64 = 256 * 1024 * 1024;

/// From this size on, a part that unpacks to more than [`RATIO`] times its packed size is made to do harm. The densest that programs
/// write, tables of empty cells, unpack to some fifty times theirs.
const SUSPECT: u64 = 16 * 1024 * 1024;

const RATIO: u64 = 200;

/// From this size on that holds for pictures too, of which an empty one packs nearly as well as a bomb.
const SUSPECT_PICTURE: u64 = 1024 * 1024 * 1024;

/// An open archive.
pub struct Archive<'a> {
    zip: ZipArchive<Metered<'a>>,
    /// How large the archive is.
    size: u64,
    /// How much may still be unpacked.
    room: u64,
    is_bomb: bool,
}

/// Why an archive is not opened.
#[derive(Debug, PartialEq, Eq)]
pub enum Unopened {
    /// Its list of entries is not there, or damaged.
    CutOff,
    /// Its first entry needs a password.
    Encrypted,
    /// It is of a kind, or of a size, that is not judged here.
    Unknown,
}

impl<'a> Archive<'a> {
    /// Reads the list of entries.
    ///
    /// # Errors
    /// Where that is not possible, or takes too much.
    pub fn open(bytes: &'a mut dyn Bytes, size: u64) -> Result<Self, Unopened> {
        if size > LARGEST {
            let is_encrypted = has_encrypted_start(bytes).unwrap_or(false);
            return Err(if is_encrypted { Unopened::Encrypted } else { Unopened::Unknown });
        }
        let left = Rc::new(Cell::new(LONGEST_LIST));
        let opened = ZipArchive::new(Metered { bytes, left: Rc::clone(&left) });
        let zip = opened.map_err(|error| match error {
            ZipError::InvalidArchive(_) => Unopened::CutOff,
            ZipError::Io(error) if error.kind() == io::ErrorKind::UnexpectedEof => Unopened::CutOff,
            _ => Unopened::Unknown,
        })?;
        left.set(u64::MAX);
        let mut archive = Self { zip, size, room: MOST_UNPACKED, is_bomb: false };
        archive.is_bomb = archive.zip.len() > MOST_ENTRIES || archive.promises_too_much();
        Ok(archive)
    }

    /// Does an entry need a password?
    pub fn is_encrypted(&self) -> bool {
        (0..self.zip.len()).any(|index| self.zip.by_index_data(index).is_ok_and(|entry| entry.encrypted()))
    }

    /// Does an OpenDocument say that its parts are encrypted?
    pub fn is_encrypted_inside(&mut self) -> bool {
        let mut list = Vec::new();
        self.part("META-INF/manifest.xml", &mut |part| {
            let _ = part.take(1024 * 1024).read_to_end(&mut list);
        });
        find(&list, b"encryption-data").is_some()
    }

    /// Is there a name that leads out of the folder that the archive is unpacked in?
    pub fn leads_out(&self) -> bool {
        let leads_out = |name: &[u8]| {
            let is_rooted =
                name.starts_with(b"/") || name.starts_with(b"\\") || matches!(name, [drive, b':', ..] if drive.is_ascii_alphabetic());
            is_rooted || name.split(|byte| matches!(byte, b'/' | b'\\')).any(|part| part == b"..")
        };
        self.zip.file_names_raw().any(leads_out)
    }

    /// Does it unpack to far more than any document, as far as was seen?
    pub fn is_bomb(&self) -> bool {
        self.is_bomb
    }

    /// What kind of document it is.
    pub fn kind(&mut self) -> Kind {
        let holds = |archive: &Self, folder: &str| {
            let begins = |name: &[u8]| name.get(..folder.len()).is_some_and(|start| start.eq_ignore_ascii_case(folder.as_bytes()));
            archive.zip.file_names_raw().any(begins)
        };
        for (folder, kind) in [("word/", Kind::Word), ("xl/", Kind::Excel), ("ppt/", Kind::PowerPoint)] {
            if holds(self, folder) {
                return kind;
            }
        }
        let mut says = Vec::new();
        self.part("mimetype", &mut |part| {
            let _ = part.take(256).read_to_end(&mut says);
        });
        if find(&says, b"opendocument.text").is_some() {
            Kind::OpenText
        } else if find(&says, b"opendocument.spreadsheet").is_some() {
            Kind::OpenSheet
        } else {
            Kind::Zip
        }
    }

    /// The names of the parts that begin and end so, in their order in the archive.
    pub fn parts(&self, begin: &str, end: &str) -> Vec<String> {
        let names = self.zip.file_names_raw().filter_map(|name| std::str::from_utf8(name).ok());
        names.filter(|name| name.starts_with(begin) && name.ends_with(end)).map(str::to_owned).collect()
    }

    /// Hands over a part, unpacked, until it ends or is seen to be a bomb. False where there is none of that name.
    pub fn part(&mut self, name: &str, read: &mut dyn FnMut(&mut dyn Read)) -> bool {
        let Some(index) = self.zip.index_for_name(name) else { return false };
        // What the list says of the size and the sum may be wrong; what is packed tells.
        let Ok(file) = self.zip.by_index_raw(index) else { return false };
        let method = file.compression();
        let (packed, whole) = (file.compressed_size(), self.size);
        let file: Box<dyn Read + '_> = match method {
            CompressionMethod::Stored => Box::new(file),
            CompressionMethod::Deflated => Box::new(packing::deflated(file)),
            _ => return false,
        };
        let mut part = Part { file, packed, whole, unpacked: 0, room: &mut self.room, is_bomb: &mut self.is_bomb };
        read(&mut part);
        // Whoever reads the part stops where it is damaged; whether it is a bomb is seen at its end.
        let _ = io::copy(&mut part, &mut io::sink());
        true
    }

    /// Is there an entry of a size that none has, by the list?
    fn promises_too_much(&self) -> bool {
        (0..self.zip.len()).filter_map(|index| self.zip.by_index_data(index).ok()).any(|entry| {
            let is_markup = entry.name().is_ok_and(|name| name.ends_with(".xml") || name.ends_with(".rels"));
            let suspect = if is_markup { SUSPECT } else { SUSPECT_PICTURE };
            entry.size() > suspect && entry.size() / RATIO > entry.compressed_size()
        })
    }
}

/// Does the first entry say that it is encrypted?
fn has_encrypted_start(bytes: &mut dyn Bytes) -> io::Result<bool> {
    let mut head = [0_u8; 8];
    bytes.seek(SeekFrom::Start(0))?;
    bytes.read_exact(&mut head)?;
    Ok(head.starts_with(b"PK\x03\x04") && head[6] & 1 == 1)
}

/// A reader that gives up when more was read than the list of entries of any document takes.
struct Metered<'a> {
    bytes: &'a mut dyn Bytes,
    left: Rc<Cell<u64>>,
}

impl Read for Metered<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.bytes.read(into)?;
        self.left.set(self.left.get().checked_sub(read as u64).ok_or(io::ErrorKind::FileTooLarge)?);
        Ok(read)
    }
}

impl Seek for Metered<'_> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.bytes.seek(to)
    }
}

/// A part as it is unpacked.
struct Part<'p> {
    file: Box<dyn Read + 'p>,
    packed: u64,
    whole: u64,
    unpacked: u64,
    room: &'p mut u64,
    is_bomb: &'p mut bool,
}

impl Read for Part<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if *self.is_bomb {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        let read = self.file.read(into)?;
        self.unpacked += read as u64;
        *self.is_bomb = self.unpacked > SUSPECT && self.unpacked / RATIO > self.packed;
        match self.room.checked_sub(read as u64) {
            Some(room) => *self.room = room,
            None => {
                // Entries may share their bytes, so that each is small and all together are not.
                *self.is_bomb |= MOST_UNPACKED / RATIO > self.whole;
                return Err(io::ErrorKind::FileTooLarge.into());
            }
        }
        Ok(read)
    }
}
