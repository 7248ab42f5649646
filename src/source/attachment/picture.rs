//! How large a picture is, by its first bytes, so that a page keeps room for it. Owns reading that of PNG, JPEG, GIF, WebP and SVG, as a
//! browser would show it: a photograph that says it lies on its side is turned. Refuses to decode, and to read on where the head is odd:
//! then nothing is told.

use std::io::{self, Read, SeekFrom};

use super::Bytes;
use super::kind::{self, Kind};

/// Width and height in pixels.
pub type Size = (u32, u32);

/// What no screen shows; browsers refuse to decode far less.
const LARGEST: u32 = 100_000;

/// How many segments of a JPEG are stepped over. Cameras write a dozen, editors a few hundred.
const MOST_SEGMENTS: usize = 1_000;

/// The size of the picture that begins with `head`.
///
/// # Errors
/// When the reader fails.
pub fn size(bytes: &mut dyn Bytes, head: &[u8], extension: &str) -> io::Result<Option<Size>> {
    let found = match kind::of(head) {
        Kind::Png => png(head),
        Kind::Gif => Some((little(head, 6, 2), little(head, 8, 2))),
        Kind::Webp => webp(head),
        Kind::Jpeg => jpeg(bytes)?,
        Kind::Html if extension == "svg" => svg(head),
        _ => None,
    };
    Ok(found.filter(|(width, height)| (1..=LARGEST).contains(width) && (1..=LARGEST).contains(height)))
}

fn png(head: &[u8]) -> Option<Size> {
    (head.get(12..16)? == b"IHDR").then(|| (big(head, 16, 4), big(head, 20, 4)))
}

fn webp(head: &[u8]) -> Option<Size> {
    match head.get(12..16)? {
        b"VP8X" => Some((little(head, 24, 3) + 1, little(head, 27, 3) + 1)),
        b"VP8L" if head.get(20) == Some(&0x2f) => {
            let bits = little(head, 21, 4);
            Some(((bits & 0x3fff) + 1, ((bits >> 14) & 0x3fff) + 1))
        }
        b"VP8 " if head.get(23..26) == Some(b"\x9d\x01\x2a") => Some((little(head, 26, 2) & 0x3fff, little(head, 28, 2) & 0x3fff)),
        _ => None,
    }
}

/// Steps from segment to segment until the one that begins a picture.
fn jpeg(bytes: &mut dyn Bytes) -> io::Result<Option<Size>> {
    let mut at = 2;
    let mut is_turned = false;
    for _ in 0..MOST_SEGMENTS {
        let mut segment = Vec::new();
        bytes.seek(SeekFrom::Start(at))?;
        (&mut *bytes).take(4).read_to_end(&mut segment)?;
        let [0xff, marker, _, _] = segment[..] else { return Ok(None) };
        if marker == 0xff {
            // A byte that fills a gap.
            at += 1;
            continue;
        }
        let length = big(&segment, 2, 2);
        if length < 2 {
            return Ok(None);
        }
        match marker {
            // The start of a frame; the codes between are tables.
            0xc0..=0xcf if !matches!(marker, 0xc4 | 0xc8 | 0xcc) => {
                (&mut *bytes).take(5).read_to_end(&mut segment)?;
                let (height, width) = (big(&segment, 5, 2), big(&segment, 7, 2));
                return Ok(Some(if is_turned { (height, width) } else { (width, height) }));
            }
            0xe1 => {
                let mut exif = Vec::new();
                (&mut *bytes).take(u64::from(length) - 2).read_to_end(&mut exif)?;
                is_turned |= lies_on_its_side(&exif).unwrap_or(false);
            }
            // The picture's data begins, or ends, without a frame.
            0xd8..=0xda => return Ok(None),
            _ => {}
        }
        at += 2 + u64::from(length);
    }
    Ok(None)
}

/// Does a photograph's Exif say that it is turned by a quarter?
fn lies_on_its_side(segment: &[u8]) -> Option<bool> {
    let tiff = segment.strip_prefix(b"Exif\0\0")?;
    let read: fn(&[u8], usize, usize) -> u32 = match tiff.get(..4)? {
        b"II\x2a\0" => little,
        b"MM\0\x2a" => big,
        _ => return None,
    };
    let start = usize::try_from(read(tiff, 4, 4)).ok()?;
    let count = usize::try_from(read(tiff, start, 2)).ok()?;
    let entries = tiff.get(start.checked_add(2)?..)?.chunks_exact(12).take(count);
    let orientation = entries.map(|entry| (read(entry, 0, 2), read(entry, 8, 2))).find(|(tag, _)| *tag == 0x0112)?;
    Some((5..=8).contains(&orientation.1))
}

/// The width and height that the outermost element names, or those of its view box.
fn svg(head: &[u8]) -> Option<Size> {
    let text = String::from_utf8_lossy(head);
    let tag = behind_comments(&text)?;
    // Attributes may stand on lines of their own.
    let tag = tag[..tag.find('>')?].replace(['\n', '\r', '\t'], " ");
    let attribute = |name: &str| {
        let mut parts = tag.split(name).skip(1);
        parts.find_map(|rest| {
            let value = rest.trim_start().strip_prefix('=')?.trim_start();
            let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
            value[1..].split(quote).next()
        })
    };
    let length = |name: &str| attribute(name).and_then(|value| pixels(value.trim().strip_suffix("px").unwrap_or(value.trim())));
    if let (Some(width), Some(height)) = (length(" width"), length(" height")) {
        return Some((width, height));
    }
    let mut sides = attribute(" viewBox")?.split([' ', ',']).filter(|part| !part.is_empty()).skip(2);
    Some((pixels(sides.next()?)?, pixels(sides.next()?)?))
}

/// The outermost element and what follows it; one in a comment is none.
fn behind_comments(mut text: &str) -> Option<&str> {
    loop {
        let at = text.find("<svg")?;
        let Some(comment) = text[..at].find("<!--") else { return Some(&text[at..]) };
        text = &text[comment..];
        text = &text[text.find("-->")? + 3..];
    }
}

/// A length without a unit, in whole pixels.
fn pixels(text: &str) -> Option<u32> {
    let (whole, rest) = text.split_once('.').unwrap_or((text, "0"));
    let is_number = !whole.is_empty() && rest.bytes().all(|byte| byte.is_ascii_digit());
    whole.parse().ok().filter(|_| is_number)
}

/// The number in these bytes, the largest first; nothing where they are not there.
fn big(bytes: &[u8], at: usize, count: usize) -> u32 {
    slice(bytes, at, count).iter().fold(0, |number, byte| number << 8 | u32::from(*byte))
}

/// The number in these bytes, the smallest first.
fn little(bytes: &[u8], at: usize, count: usize) -> u32 {
    slice(bytes, at, count).iter().rev().fold(0, |number, byte| number << 8 | u32::from(*byte))
}

fn slice(bytes: &[u8], at: usize, count: usize) -> &[u8] {
    at.checked_add(count).and_then(|end| bytes.get(at..end)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;

    fn of(bytes: &[u8]) -> Option<Size> {
        size(&mut Cursor::new(bytes), bytes, "svg").unwrap()
    }

    fn frame(start: &[u8]) -> Vec<u8> {
        [b"\xff\xd8", start, b"\xff\xc4\x00\x04\x00\x00", b"\xff\xc2\x00\x11\x08\x01\x02\x03\x04\x03"].concat()
    }

    fn exif(orientation: u8) -> Vec<u8> {
        let entry = [&b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x01"[..], b"\x01\x12\0\x03\0\0\0\x01\0", &[orientation], b"\0\0"].concat();
        [&b"\xff\xe1"[..], &u16::try_from(entry.len() + 2).unwrap().to_be_bytes(), &entry].concat()
    }

    #[test]
    fn each_form_tells_its_size() {
        assert_eq!(of(b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\x03\xe8\0\0\0\x07"), Some((1000, 7)));
        assert_eq!(of(b"GIF89a\x02\x01\x07\x00"), Some((258, 7)));
        assert_eq!(of(b"RIFF....WEBPVP8X\x0a\0\0\0\0\0\0\0\xe7\x03\0\x06\0\0"), Some((1000, 7)));
        assert_eq!(of(b"RIFF....WEBPVP8 \x0a\0\0\0\0\0\0\x9d\x01\x2a\xe8\x03\x07\x00"), Some((1000, 7)));
        assert_eq!(of(b"RIFF....WEBPVP8L\x0a\0\0\0\x2f\xe7\x83\x01\x00"), Some((1000, 7)));
        assert_eq!(of(&frame(b"")), Some((0x304, 0x102)));
        assert_eq!(of(&frame(b"\xff\xff\xe0\x00\x04..")), Some((0x304, 0x102)), "filled and with a head of JFIF");
        assert_eq!(of(b"<?xml version=\"1.0\"?><svg width='20px' height='10.5'>"), Some((20, 10)));
        assert_eq!(of(b"<svg viewBox=\"0,0 30 40\" width=\"100%\" height=\"auto\">"), Some((30, 40)));
        assert_eq!(
            of(b"<!-- <svg width='1' height='1'> --><svg\n\twidth='5'\r\n\theight='6'>"),
            Some((5, 6)),
            "behind a comment, line by line"
        );
        assert_eq!(of(b"<svg viewBox='0 0\n30\t40'>"), Some((30, 40)));
    }

    #[test]
    fn a_photograph_on_its_side_is_turned() {
        assert_eq!(of(&frame(&exif(1))), Some((0x304, 0x102)));
        assert_eq!(of(&frame(&exif(6))), Some((0x102, 0x304)));
    }

    #[test]
    fn an_odd_head_tells_nothing() {
        assert_eq!(of(b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\0\0\0\0\0\x07"), None, "no width");
        assert_eq!(of(b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\xff\xff\xff\xff\0\0\0\x07"), None, "wider than anything");
        assert_eq!(of(b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR"), None, "cut off");
        assert_eq!(of(b"GIF89a\x02"), None);
        assert_eq!(of(b"\xff\xd8\xff\xe0\x00\x00"), None, "a segment without a length");
        assert_eq!(of(b"\xff\xd8\xff\xe0\xff\xff"), None, "a segment beyond the end");
        assert_eq!(of(&[b"\xff\xd8".to_vec(), vec![0xff; 100_000]].concat()), None, "nothing but filling");
        assert_eq!(of(&[b"\xff\xd8".to_vec(), b"\xff\xe0\x00\x02".repeat(100_000)].concat()), None, "segments without end");
        assert_eq!(of(&frame(b"\xff\xe1\x00\x10Exif\0\0MM\0\x2a\xff\xff\xff\xff")), Some((0x304, 0x102)), "tags beyond the end");
        assert_eq!(of(b"<svg width=\"1e9\" height=\"-3\">"), None);
        assert_eq!(of(b"<svg viewBox=\"0 0 999999999999 1\">"), None);
        assert_eq!(of("<svg width=\"๑๐\" height=“10”".as_bytes()), None);
    }
}
