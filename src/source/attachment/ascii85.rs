//! Streams of PDFs that are written in letters (ASCII85), as some programs do with all of theirs. Owns the way back to bytes, a piece at
//! a time. Refuses letters that do not belong.

use std::io::{self, BufRead, BufReader, Read};

/// The bytes of a stream in letters.
pub struct Ascii85<R> {
    letters: BufReader<R>,
    /// Bytes that are decoded and not yet handed over.
    ready: Vec<u8>,
    is_done: bool,
}

impl<R: Read> Ascii85<R> {
    /// A reader of what these letters stand for.
    pub fn new(letters: R) -> Self {
        Self { letters: BufReader::new(letters), ready: Vec::new(), is_done: false }
    }

    /// Decodes some more, up to the mark of the end.
    fn decode(&mut self) -> io::Result<()> {
        let (mut group, mut count) = (0_u64, 0);
        while !self.is_done && (count > 0 || self.ready.len() < 4096) {
            let letter = self.letters.fill_buf()?.first().copied();
            self.letters.consume(usize::from(letter.is_some()));
            match letter {
                Some(letter @ b'!'..=b'u') => {
                    group = group * 85 + u64::from(letter - b'!');
                    count += 1;
                }
                Some(b'z') if count == 0 => self.ready.extend([0; 4]),
                Some(space) if space.is_ascii_whitespace() || space == 0 => {}
                // Four letters and fewer stand for one byte less than they are; the missing ones count as the last.
                Some(b'~') | None => {
                    self.is_done = true;
                    if count > 0 {
                        let whole = (count..5).fold(group, |group, _| group * 85 + 84);
                        self.push(whole, count - 1)?;
                    }
                }
                Some(_) => return Err(io::ErrorKind::InvalidData.into()),
            }
            if count == 5 {
                self.push(group, 4)?;
                (group, count) = (0, 0);
            }
        }
        Ok(())
    }

    fn push(&mut self, group: u64, count: usize) -> io::Result<()> {
        let bytes = u32::try_from(group).map_err(|_| io::ErrorKind::InvalidData)?.to_be_bytes();
        self.ready.extend(&bytes[..count]);
        Ok(())
    }
}

impl<R: Read> Read for Ascii85<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if self.ready.is_empty() {
            self.decode()?;
        }
        let count = into.len().min(self.ready.len());
        into[..count].copy_from_slice(&self.ready[..count]);
        self.ready.drain(..count);
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(letters: &str) -> Option<Vec<u8>> {
        let mut bytes = Vec::new();
        Ascii85::new(letters.as_bytes()).read_to_end(&mut bytes).ok().map(|_| bytes)
    }

    #[test]
    fn letters_are_read_back() {
        assert_eq!(decoded("87cUR\nD]i,\"Ebo80~>").as_deref(), Some(&b"Hello World!"[..]));
        assert_eq!(decoded("87cURD]i,\"Ebo7~>after").as_deref(), Some(&b"Hello World"[..]));
        assert_eq!(decoded("z!!~>").as_deref(), Some(&[0, 0, 0, 0, 0][..]));
        assert_eq!(decoded("~>").as_deref(), Some(&b""[..]));
        for bad in ["87cUv", "uuuuu", "8z"] {
            assert_eq!(decoded(bad), None, "{bad}");
        }
    }
}
