//! The signature of a published site, in minisign's format: what is signed, the file that it lies in, when it is made, kept and removed,
//! and whether it is right. Refuses a time in it: the same bytes get the same signature; and signatures of the old kind, which minisign
//! makes no longer unless it is asked to.
//!
//! What is signed is the root's manifest. It names every file, or each agency's manifest with its hash, so one signature is for each byte.
//! The manifest can't name its signature; the file is the program's own all the same.

use std::io;
use std::sync::OnceLock;

use super::manifest;
use super::primitives;
use super::secret_key::{KeyFault, SecretKey};
use crate::base::base64;
use crate::base::public_key::PublicKey;

/// Where the signature lies: beside the manifest, under the name that minisign looks for.
pub const NAME: &str = "manifest.json.minisig";

/// The largest signature file that is read. One of minisign's has some 300 bytes, its comments at most eight thousand each.
pub const LARGEST: u64 = 32 * 1024;

/// The algorithm of a signature: Ed25519 over a hash of what is signed.
const ALGORITHM: [u8; 2] = *b"ED";

const UNTRUSTED: &str = "untrusted comment: ";
const TRUSTED: &str = "trusted comment: ";

/// What a signature finds out about a manifest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seal {
    /// The owner of the key signed these bytes.
    Good,
    /// There is no signature.
    Missing,
    /// The file is no signature of minisign's.
    Malformed,
    /// The signature was made with another key.
    OtherKey,
    /// The key fits, and these are not the bytes or the comment that were signed.
    Wrong,
}

/// A signature as it is read from its file.
struct Read<'a> {
    id: [u8; 8],
    signature: [u8; 64],
    comment: &'a str,
    /// Over the signature and the comment.
    global: [u8; 64],
}

impl<'a> Read<'a> {
    fn parse(file: &'a [u8]) -> Option<Self> {
        let text = std::str::from_utf8(file).ok()?;
        let mut lines = text.lines();
        let (untrusted, signature, comment, global) = (lines.next()?, lines.next()?, lines.next()?, lines.next()?);
        if !untrusted.starts_with(UNTRUSTED) || lines.any(|line| !line.trim().is_empty()) {
            return None;
        }
        let signature = base64::decode(signature.trim_end()).filter(|bytes| bytes.len() == 74 && bytes[..2] == ALGORITHM)?;
        Some(Self {
            id: signature[2..10].try_into().ok()?,
            signature: signature[10..].try_into().ok()?,
            comment: comment.strip_prefix(TRUSTED)?,
            global: base64::decode(global.trim_end())?.try_into().ok()?,
        })
    }
}

/// Is `file` a signature of the manifest by the owner of the key?
pub fn check(manifest: &[u8], file: &[u8], key: &PublicKey) -> Seal {
    let Some(read) = Read::parse(file) else { return Seal::Malformed };
    if read.id != key.id {
        return Seal::OtherKey;
    }
    let is_signed = primitives::is_signed(&primitives::hash(manifest), &key.point, &read.signature)
        && primitives::is_signed(&with_comment(&read.signature, read.comment), &key.point, &read.global);
    if is_signed { Seal::Good } else { Seal::Wrong }
}

/// The file that signs a manifest.
fn sign(manifest: &[u8], secret: &SecretKey) -> Vec<u8> {
    // Whoever verifies is shown this comment, and can rely on it. A time in it would make other bytes of the same site.
    let comment = format!("prongsai {}", manifest::NAME);
    let signature = secret.sign(&primitives::hash(manifest));
    let global = secret.sign(&with_comment(&signature, &comment));
    let line = base64::encode(&[&ALGORITHM[..], &secret.public().id, &signature].concat());
    format!("{UNTRUSTED}signature from prongsai\n{line}\n{TRUSTED}{comment}\n{}\n", base64::encode(&global)).into_bytes()
}

/// What the second signature is over.
fn with_comment(signature: &[u8; 64], comment: &str) -> Vec<u8> {
    [&signature[..], comment.as_bytes()].concat()
}

/// The keys of a build: the secret one, where there is one, and the public one that the site names.
#[derive(Debug, Default)]
pub struct Signing {
    secret: Option<SecretKey>,
    named: OnceLock<PublicKey>,
}

/// What a build did about the signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signed {
    /// The site is signed with the key that it names, by this build or an earlier one.
    Yes,
    /// It is signed, and names no key: strangers don't learn this one from it.
    Unnamed(PublicKey),
    /// It names a key and is not signed.
    Missing,
    /// It names no key, and was signed: what lay there is right no more, and no secret key was given.
    Removed,
    /// It names no key, and none was given.
    No,
}

impl Signing {
    /// A build that signs with this key.
    pub fn with(secret: SecretKey) -> Self {
        Self { secret: Some(secret), named: OnceLock::new() }
    }

    /// Learns the key that the site names.
    ///
    /// # Errors
    /// [`KeyFault::OtherPair`], where the secret key does not belong to it.
    pub fn name(&self, key: &PublicKey) -> io::Result<()> {
        if let Some(own) = self.secret.as_ref().map(SecretKey::public).filter(|own| own != key) {
            return Err(KeyFault::OtherPair { named: *key, own }.into());
        }
        let _ = self.named.set(*key);
        Ok(())
    }

    /// The file that has to lie beside the manifest, where one has to. A signature that lies there is kept as long as it may be right.
    pub(super) fn over(&self, manifest: &[u8], present: Present<'_>) -> (Option<Vec<u8>>, Signed) {
        let named = self.named.get();
        if let Some(secret) = &self.secret {
            let signed = if named.is_some() { Signed::Yes } else { Signed::Unnamed(secret.public()) };
            return (Some(sign(manifest, secret)), signed);
        }
        let stays = present.signature.filter(|file| match named {
            Some(key) => check(manifest, file, key) == Seal::Good,
            // Nobody can tell whether it is right; of other bytes it is not.
            None => present.manifest == Some(manifest) && Read::parse(file).is_some(),
        });
        let signed = match (named, stays) {
            (Some(_), Some(_)) => Signed::Yes,
            (Some(_), None) => Signed::Missing,
            (None, None) if present.signature.is_some() => Signed::Removed,
            (None, _) => Signed::No,
        };
        (stays.map(<[u8]>::to_vec), signed)
    }
}

/// What lies in the output before a build.
#[derive(Clone, Copy, Debug)]
pub(super) struct Present<'a> {
    /// The root's manifest.
    pub manifest: Option<&'a [u8]>,
    /// Its signature.
    pub signature: Option<&'a [u8]>,
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Made by minisign 0.11 with `-G -W` for these tests, and used for nothing else.
    const SECRET: &[u8] = include_bytes!("../../tests/fixtures/signing/test.key");
    const PUBLIC: &str = include_str!("../../tests/fixtures/signing/test.pub");

    fn secret() -> SecretKey {
        SecretKey::read(SECRET, None).unwrap()
    }

    fn public() -> PublicKey {
        PublicKey::parse(PUBLIC).unwrap()
    }

    #[test]
    fn what_was_signed_is_good_and_nothing_else_is() {
        let (manifest, file) = (b"{}", sign(b"{}", &secret()));
        assert_eq!(secret().public(), public());
        assert_eq!(sign(manifest, &secret()), file);
        assert_eq!(check(manifest, &file, &public()), Seal::Good);
        assert_eq!(check(b"{} ", &file, &public()), Seal::Wrong);
        let text = String::from_utf8(file.clone()).unwrap();
        assert_eq!(check(manifest, text.replace('\n', "\r\n").as_bytes(), &public()), Seal::Good);
        assert_eq!(check(manifest, text.replace("prongsai manifest", "prongsai Manifest").as_bytes(), &public()), Seal::Wrong);
        let other = PublicKey { id: [7; 8], ..public() };
        assert_eq!(check(manifest, &file, &other), Seal::OtherKey);
        assert_eq!(check(manifest, &file, &PublicKey { point: [0; 32], ..public() }), Seal::Wrong);
        let no_curve = PublicKey { point: [0xff; 32], ..public() };
        assert_eq!(check(manifest, &file, &no_curve), Seal::Wrong);
    }

    #[test]
    fn each_altered_letter_of_a_signature_shows() {
        let file = sign(b"{}", &secret());
        let untrusted = file.iter().position(|byte| *byte == b'\n').unwrap();
        for at in untrusted + 1..file.len() - 1 {
            let mut altered = file.clone();
            altered[at] ^= 1;
            assert_ne!(check(b"{}", &altered, &public()), Seal::Good, "byte {at}");
            assert_ne!(check(b"{}", &file[..at], &public()), Seal::Good, "cut at {at}");
        }
    }

    #[test]
    fn a_signature_stays_only_where_it_may_be_right() {
        let file = sign(b"new", &secret());
        let present = |manifest, signature| Present { manifest: Some(manifest), signature: Some(signature) };
        let unnamed = Signing::default();
        assert_eq!(unnamed.over(b"new", present(b"new", &file)), (Some(file.clone()), Signed::No));
        assert_eq!(unnamed.over(b"new", present(b"old", &file)), (None, Signed::Removed));
        assert_eq!(unnamed.over(b"new", present(b"new", b"no signature")), (None, Signed::Removed));
        assert_eq!(unnamed.over(b"new", Present { manifest: None, signature: None }), (None, Signed::No));
        let named = Signing::default();
        named.name(&public()).unwrap();
        assert_eq!(named.over(b"new", present(b"new", &file)), (Some(file.clone()), Signed::Yes));
        assert_eq!(named.over(b"newer", present(b"newer", &file)), (None, Signed::Missing));
        assert_eq!(named.over(b"new", Present { manifest: None, signature: None }), (None, Signed::Missing));
        let signing = Signing::with(secret());
        assert_eq!(signing.over(b"new", present(b"old", b"x")), (Some(file.clone()), Signed::Unnamed(public())));
        signing.name(&public()).unwrap();
        assert_eq!(signing.over(b"new", present(b"old", b"x")), (Some(file), Signed::Yes));
    }
}
