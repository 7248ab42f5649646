//! The three computations that minisign's format is made of: Ed25519, BLAKE2b, and scrypt for keys with a password. The one module that
//! names their crates. Refuses what would take more memory or time than minisign's own keys do: a key file may come from anywhere.

use blake2::digest::consts::U32;
use blake2::{Blake2b, Blake2b512, Digest};
use ed25519_compact::{KeyPair, PublicKey, SecretKey, Seed, Signature};

/// The most memory that scrypt may take: what minisign asks for.
const MOST_MEMORY: u64 = 1 << 30;

/// The most work: what minisign asks for, and as much again.
const MOST_WORK: u64 = 1 << 26;

/// The most lanes of scrypt.
const MOST_LANES: u64 = 1 << 14;

/// The BLAKE2b hash of 64 bytes, which is what gets signed.
pub fn hash(bytes: &[u8]) -> [u8; 64] {
    Blake2b512::digest(bytes).into()
}

/// The BLAKE2b hash of 32 bytes, by which a key file knows that it is whole.
pub fn checksum(parts: &[&[u8]]) -> [u8; 32] {
    let mut state = Blake2b::<U32>::new();
    for part in parts {
        state.update(part);
    }
    state.finalize().into()
}

/// Signs; the same bytes get the same signature.
pub fn sign(message: &[u8], secret: &[u8; 64]) -> [u8; 64] {
    *SecretKey::new(*secret).sign(message, None)
}

/// Is this a signature of the message by the owner of the key?
pub fn is_signed(message: &[u8], point: &[u8; 32], signature: &[u8; 64]) -> bool {
    PublicKey::new(*point).verify(message, &Signature::new(*signature)).is_ok()
}

/// The public half that follows from the first 32 bytes of a secret key; `None` where there is none.
pub fn point_of(seed: &[u8; 32]) -> Option<[u8; 32]> {
    KeyPair::try_from_seed(Seed::new(*seed)).ok().map(|pair| *pair.pk)
}

/// Why a password could not be stretched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotStretched {
    /// It was asked for more memory or work than any key of minisign's takes, or for none.
    Absurd,
    /// This machine has not as much memory.
    NoMemory,
}

/// What a key file asks of scrypt, in minisign's words.
#[derive(Clone, Copy, Debug)]
pub struct Effort {
    /// How much work.
    pub operations: u64,
    /// How many bytes.
    pub memory: u64,
}

/// Makes as many bytes of a password as `out` has.
///
/// # Errors
/// [`NotStretched`], before any work.
pub fn stretch(password: &[u8], salt: &[u8], effort: Effort, out: &mut [u8]) -> Result<(), NotStretched> {
    let params = effort.params().ok_or(NotStretched::Absurd)?;
    // Memory that is not there would end the program. Whether it is there shows by asking for it.
    if Vec::<u8>::new().try_reserve_exact(params.bytes).is_err() {
        return Err(NotStretched::NoMemory);
    }
    scrypt::scrypt(password, salt, &params.scrypt, out).map_err(|_| NotStretched::Absurd)
}

struct Params {
    scrypt: scrypt::Params,
    bytes: usize,
}

impl Effort {
    /// What libsodium, and so minisign, makes of the two numbers; `None` beyond the bounds.
    fn params(self) -> Option<Params> {
        const R: u64 = 8;
        if self.memory > MOST_MEMORY || self.operations > MOST_WORK {
            return None;
        }
        let operations = self.operations.max(32_768);
        let is_short = operations < self.memory / 32;
        let most = if is_short { operations / (R * 4) } else { self.memory / (R * 128) };
        let log = (1..63).find(|log| 1_u64 << log > most / 2)?;
        let p = if is_short { 1 } else { (operations / 4 / (1 << log)) / R };
        // A key of minisign has one lane. A million of them, in hardly any memory, take far longer than as much work in one.
        if p > MOST_LANES {
            return None;
        }
        let bytes = usize::try_from(((1 << log) + p) * R * 128).ok()?;
        let scrypt = scrypt::Params::new(u8::try_from(log).ok()?, R as u32, u32::try_from(p).ok()?).ok()?;
        Some(Params { scrypt, bytes })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hex(bytes: &[u8]) -> String {
        bytes.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    #[test]
    fn the_hashes_are_those_of_the_standard() {
        // RFC 7693, appendix A.
        assert!(hex(&hash(b"abc")).starts_with("ba80a53f981c4d0d6a2797b69f12f6e9"));
        assert!(hex(&checksum(&[b"a", b"", b"bc"])).starts_with("bddd813c634239723171ef3fee98579b"));
    }

    #[test]
    fn signatures_are_those_of_the_standard() {
        // RFC 8032, 7.1, test 1: an empty message.
        let seed: Vec<u8> = (0..32)
            .map(|at| {
                u8::from_str_radix(&"9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"[at * 2..at * 2 + 2], 16).unwrap()
            })
            .collect();
        let seed: [u8; 32] = seed.try_into().unwrap();
        let point = point_of(&seed).unwrap();
        assert_eq!(hex(&point), "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
        let secret: [u8; 64] = [seed, point].concat().try_into().unwrap();
        let signature = sign(b"", &secret);
        assert!(hex(&signature).starts_with("e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"));
        assert!(is_signed(b"", &point, &signature) && !is_signed(b"a", &point, &signature));
    }

    #[test]
    fn effort_is_bounded_before_it_is_spent() {
        let bytes = |operations, memory| Effort { operations, memory }.params().map(|params| params.bytes);
        // What minisign asks for.
        assert_eq!(bytes(1 << 25, 1 << 30), Some((1 << 30) + 1024));
        assert!(bytes(0, 1 << 30).is_some_and(|bytes| bytes < 1 << 21));
        for (operations, memory) in [(MOST_WORK + 1, 0), (0, MOST_MEMORY + 1), (u64::MAX, u64::MAX), (1 << 15, 1 << 20)] {
            let absurd = bytes(operations, memory).is_none_or(|bytes| bytes as u64 <= MOST_MEMORY);
            assert!(absurd, "{operations} {memory}");
        }
        // As much work as minisign asks for, in a million lanes of nothing.
        assert_eq!(bytes(1 << 26, 1024), None);
        assert_eq!(bytes(MOST_WORK, 0), None);
        let absurd = Effort { operations: u64::MAX, memory: u64::MAX };
        assert_eq!(stretch(b"", b"", absurd, &mut [0; 8]), Err(NotStretched::Absurd));
    }
}
