//! Content hashes: SHA-256, written as 64 hexadecimal digits. The one module that names the crates of hashes:
//! `sha2` for what comes piece by piece, `tape-sha256` for many contents at once, which wide registers hash side by side. Tests hold the
//! one against the other.

use std::fmt;
use std::hash::Hasher;
use std::io::{self, Read};

use sha2::{Digest, Sha256};

/// The SHA-256 of some bytes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hash([u8; 32]);

impl Hash {
    /// The hash of `bytes`.
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }

    /// The hash of each content, in order: on processors without instructions for SHA-256 some eight times as fast as one after the other.
    pub fn of_many(contents: &[&[u8]]) -> Vec<Self> {
        let mut hashes = vec![[0; 32]; contents.len()];
        tape_sha256::hash_many(contents, &mut hashes);
        hashes.into_iter().map(Self).collect()
    }

    /// The hash of all that a value tells of itself. Good inside one process of one version of the program, and nowhere else.
    pub fn of_value(value: &(impl std::hash::Hash + ?Sized)) -> Self {
        let mut told = Told(Sha256::new());
        value.hash(&mut told);
        Self(told.0.finalize().into())
    }

    /// The hash and the size of all that `reader` gives, read in pieces so that large files take no memory.
    pub fn of_reader(reader: &mut dyn Read) -> io::Result<(Self, u64)> {
        let mut hasher = Sha256::new();
        let mut piece = vec![0_u8; 64 * 1024];
        let mut size = 0;
        loop {
            let read = match reader.read(&mut piece) {
                Ok(0) => break,
                Ok(read) => read,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            hasher.update(&piece[..read]);
            size += read as u64;
        }
        Ok((Self(hasher.finalize().into()), size))
    }

    /// Its bytes.
    pub fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// Reads 64 hexadecimal digits.
    pub fn parse(text: &str) -> Option<Self> {
        let digit = |digit: u8| char::from(digit).to_digit(16).map(|digit| digit as u8);
        let mut bytes = [0; 32];
        if text.len() != bytes.len() * 2 {
            return None;
        }
        for (byte, pair) in bytes.iter_mut().zip(text.as_bytes().chunks_exact(2)) {
            *byte = (digit(pair[0])? << 4) | digit(pair[1])?;
        }
        Some(Self(bytes))
    }
}

/// What a value tells of itself.
struct Told(Sha256);

impl Hasher for Told {
    fn write(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    /// Nobody asks for so short a hash.
    fn finish(&self) -> u64 {
        0
    }
}

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const DIGITS: &[u8; 16] = b"0123456789abcdef";
        let mut text = [0; 64];
        for (pair, byte) in text.chunks_exact_mut(2).zip(self.0) {
            pair.copy_from_slice(&[DIGITS[usize::from(byte >> 4)], DIGITS[usize::from(byte & 15)]]);
        }
        f.write_str(std::str::from_utf8(&text).unwrap_or_default())
    }
}

impl fmt::Debug for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_hash_reads_back() {
        let hash = Hash::of("โปร่งใส".as_bytes());
        assert_eq!(Hash::parse(&hash.to_string()), Some(hash));
        assert_eq!(Hash::of_reader(&mut "โปร่งใส".as_bytes()).unwrap(), (hash, 21));
        assert_eq!(Hash::parse("00"), None);
        assert_eq!(Hash::parse(&hash.to_string().replacen(|_| true, "+", 1)), None);
    }

    #[test]
    fn hashes_of_many_are_those_of_each() {
        // All lengths around the borders of blocks, each among others that are shorter and longer.
        let contents: Vec<Vec<u8>> = (0..400_usize).map(|at| (0..at * 7 % 331).map(|byte| (byte * at) as u8).collect()).collect();
        for count in [0, 1, 2, 3, 4, 7, 8, 9, 15, 16, 17, 33, 400] {
            let some: Vec<&[u8]> = contents[400 - count..].iter().map(Vec::as_slice).collect();
            assert_eq!(Hash::of_many(&some), some.iter().map(|content| Hash::of(content)).collect::<Vec<_>>(), "{count}");
        }
    }

    proptest! {
        #[test]
        fn hashes_of_any_contents_are_those_of_each(
            contents in proptest::collection::vec(proptest::collection::vec(any::<u8>(), 0..300), 0..40), long in 0..40_usize
        ) {
            let mut contents = contents;
            if let Some(content) = contents.get_mut(long) {
                content.resize(100_000, 7);
            }
            let all: Vec<&[u8]> = contents.iter().map(Vec::as_slice).collect();
            prop_assert_eq!(Hash::of_many(&all), all.iter().map(|content| Hash::of(content)).collect::<Vec<_>>());
        }
    }

    #[test]
    fn values_that_differ_have_other_hashes() {
        let of = |value: &[&str]| Hash::of_value(value);
        assert_eq!(of(&["ก", "ข"]), of(&["ก", "ข"]));
        for other in [&["กข", ""][..], &["ก", "ข", ""], &["", "กข"], &["ก"], &["กข"], &[]] {
            assert_ne!(of(&["ก", "ข"]), of(other), "{other:?}");
        }
        assert_ne!(Hash::of_value(&Some("")), Hash::of_value(&None::<&str>));
    }
}
