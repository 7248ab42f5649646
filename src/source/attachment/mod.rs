//! What the bytes of an attachment tell: is it what its extension says, can it be opened and read, does it run in a browser, and are
//! citizens' numbers in its text. Owns that look as a pure function over a reader, and the facts that remain of it: a few words and
//! numbers that are masked, never the text. Refuses disk and findings, and never fails: what can't be judged is not accused.

mod archive;
mod ascii85;
mod compound;
mod document;
mod kind;
mod looks;
mod markup;
pub mod number_format;
mod open_sheet;
mod page_style;
mod pdf;
mod picture;
mod plain;
pub mod rows;
pub mod runs;
mod separated;
mod sheet;
mod shown_number;
mod web_tables;
mod workbook;

use std::io::{self, Read, Seek, SeekFrom};

use serde::{Deserialize, Serialize};

use crate::base::personal::{citizen_numbers, mask};
use archive::{Archive, Unopened};
pub use kind::Kind;

/// Counts up when the same bytes may give other facts, so that facts remembered from an earlier program are not taken.
pub const RULES: u32 = 3;

/// What is known of an attachment.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facts {
    /// What is wrong with it; the first thing where there are several.
    pub trouble: Option<Trouble>,
    /// Citizens' numbers in its text, in the order of the text; the first [`MOST_NUMBERS`] of them.
    pub numbers: Vec<Number>,
    /// How many there are besides.
    pub further: u32,
    /// Width and height of a picture, in pixels.
    pub picture: Option<picture::Size>,
}

impl Facts {
    /// Can these facts come from this program? What was remembered may have been altered since.
    pub fn is_sound(&self) -> bool {
        let is_short = |text: &str| text.len() <= 400 && citizen_numbers(text).is_empty();
        let is_fine = |number: &Number| is_short(&number.masked) && !matches!(&number.at, At::Cell(place) if !is_short(place));
        self.numbers.len() <= MOST_NUMBERS && self.numbers.iter().all(is_fine)
    }
}

/// Why an attachment is of no use to its readers, or of harm.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Trouble {
    /// It has no bytes.
    Empty,
    /// It is not what its extension says, but this.
    Other(Kind),
    /// It begins as its extension says, and ends too early.
    CutOff,
    /// It unpacks to far more than any document.
    Bomb,
    /// A ZIP with names that lead out of the folder that it is unpacked in.
    Paths,
    /// It opens with a password alone.
    Encrypted,
    /// A PDF with pages and no text on them.
    Scan,
    /// A browser may run it.
    Active,
}

/// A citizen's number in the text of an attachment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Number {
    /// Masked, as messages show it.
    pub masked: String,
    /// Where it stands.
    pub at: At,
}

/// Where something stands in an attachment, as its author finds it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum At {
    /// In a line, counted from 1.
    Line(u32),
    /// In a cell: `Sheet1!B2`.
    Cell(String),
    /// In a paragraph of the text, counted from 1.
    Paragraph(u32),
    /// Beside the text: in a header, a footer, a note or a comment.
    Beside,
}

/// How many numbers are told one by one.
pub const MOST_NUMBERS: usize = 100;

/// Something that can be read from any place.
pub trait Bytes: Read + Seek {}

impl<T: Read + Seek> Bytes for T {}

/// How many bytes of the beginning are looked at.
const HEAD: u64 = 8 * 1024;

/// The extension of a file's name in small letters; empty where it has none.
pub fn extension(name: &str) -> String {
    let file = name.rsplit('/').next().unwrap_or(name);
    file.rsplit_once('.').filter(|(stem, _)| !stem.is_empty()).map(|(_, end)| end.to_ascii_lowercase()).unwrap_or_default()
}

/// Does it take long to find the facts? Of most kinds the first bytes tell all.
pub fn is_long_work(name: &str, size: u64) -> bool {
    let extension = extension(name);
    let is_read = !matches!(kind::of_extension(&extension), None | Some(Kind::Png | Kind::Jpeg | Kind::Gif | Kind::Webp | Kind::Zip));
    size >= 16 * 1024 && (is_read || extension == "xml")
}

/// Looks at an attachment; of its name only the extension matters.
///
/// # Errors
/// When the reader fails.
pub fn examine(bytes: &mut dyn Bytes, name: &str) -> io::Result<Facts> {
    let extension = extension(name);
    let head = head(bytes)?;
    let picture = picture::size(bytes, &head, &extension)?;
    Ok(Facts { picture, ..look(bytes, &head, &extension)? })
}

fn head(bytes: &mut dyn Bytes) -> io::Result<Vec<u8>> {
    let mut head = Vec::new();
    bytes.seek(SeekFrom::Start(0))?;
    (&mut *bytes).take(HEAD).read_to_end(&mut head)?;
    Ok(head)
}

/// All but the size of a picture.
fn look(bytes: &mut dyn Bytes, head: &[u8], extension: &str) -> io::Result<Facts> {
    let size = bytes.seek(SeekFrom::End(0))?;
    if size == 0 {
        return Ok(Trouble::Empty.into());
    }
    let found = kind::of(head);
    let Some(expected) = kind::of_extension(extension) else {
        // The name tells a browser what to do with it, or it looks for itself.
        let is_xml = extension == "xml";
        let is_active = kind::is_run_by_browsers(extension) || found == Kind::Html || (is_xml && plain::has_script(bytes)?);
        return Ok(is_active.then_some(Trouble::Active).into());
    };
    // Text is searched wherever it is: a table under the name of an old workbook is common.
    let facts: Facts = match found {
        Kind::Zip => return archive(bytes, size, expected),
        Kind::Pdf if expected == Kind::Pdf => return pdf::examine(bytes, size).map(Facts::from),
        Kind::Text | Kind::Html => plain::examine(bytes, head)?,
        Kind::OldOffice if matches!(expected, Kind::Word | Kind::Excel | Kind::PowerPoint) => {
            return Ok(if compound::holds(bytes, "EncryptedPackage")? { Trouble::Encrypted } else { Trouble::Other(found) }.into());
        }
        _ => Facts::default(),
    };
    let trouble = match (expected, found) {
        (Kind::Text, Kind::Html) => Some(Trouble::Active),
        _ if found == expected || kind::is_older(extension, head) => None,
        _ => Some(Trouble::Other(found)),
    };
    Ok(Facts { trouble, ..facts })
}

/// A ZIP, and what is kept in the form of one.
fn archive(bytes: &mut dyn Bytes, size: u64, expected: Kind) -> io::Result<Facts> {
    let is_kept_so = matches!(expected, Kind::Zip | Kind::Word | Kind::Excel | Kind::PowerPoint | Kind::OpenText | Kind::OpenSheet);
    let mut archive = match Archive::open(bytes, size) {
        Ok(archive) => archive,
        Err(_) if !is_kept_so => return Ok(Trouble::Other(Kind::Zip).into()),
        Err(Unopened::CutOff) => return Ok(Trouble::CutOff.into()),
        Err(Unopened::Encrypted) => return Ok(Trouble::Encrypted.into()),
        Err(Unopened::Unknown) => return Ok(Facts::default()),
    };
    if archive.is_encrypted() {
        return Ok(Trouble::Encrypted.into());
    }
    if expected == Kind::Zip {
        return Ok(Facts::default());
    }
    let found = archive.kind();
    let mut text = Text::default();
    let mut is_encrypted = false;
    match found {
        Kind::Excel => sheet::read(&mut archive, &mut text),
        Kind::Word => document::read(&mut archive, &mut text),
        Kind::OpenText | Kind::OpenSheet => is_encrypted = archive.is_encrypted_inside(),
        _ => {}
    }
    let trouble = if archive.leads_out() {
        Some(Trouble::Paths)
    } else if archive.is_bomb() {
        Some(Trouble::Bomb)
    } else if found != expected {
        Some(Trouble::Other(found))
    } else {
        is_encrypted.then_some(Trouble::Encrypted)
    };
    Ok(Facts { trouble, ..text.facts })
}

/// Takes the text of an attachment, piece by piece, and keeps the numbers in it.
#[derive(Default)]
struct Text {
    facts: Facts,
}

impl Text {
    /// Looks for numbers in a piece that is whole: a cell, a paragraph, a field of a line.
    fn take(&mut self, text: &str, at: impl Fn() -> At) {
        if may_hold_number(text.as_bytes()) {
            for masked in masked(text) {
                self.keep(masked, at());
            }
        }
    }

    fn keep(&mut self, masked: String, at: At) {
        if self.facts.numbers.len() < MOST_NUMBERS {
            self.facts.numbers.push(Number { masked, at });
        } else {
            self.facts.further = self.facts.further.saturating_add(1);
        }
    }
}

/// The citizens' numbers of a text, masked.
fn masked(text: &str) -> impl Iterator<Item = String> + '_ {
    citizen_numbers(text).into_iter().map(|range| mask(&text[range]))
}

/// Are there thirteen digits of either script? A quick look, for most texts have none.
fn may_hold_number(text: &[u8]) -> bool {
    // Digits of Thai end in these bytes in UTF-8 and are these bytes in Windows-874.
    let is_digit = |byte: &&u8| matches!(byte, b'0'..=b'9' | 0x90..=0x99 | 0xf0..=0xf9);
    text.len() >= 13 && text.iter().filter(is_digit).nth(12).is_some()
}

impl From<Trouble> for Facts {
    fn from(trouble: Trouble) -> Self {
        Self::from(Some(trouble))
    }
}

impl From<Option<Trouble>> for Facts {
    fn from(trouble: Option<Trouble>) -> Self {
        Self { trouble, ..Self::default() }
    }
}
