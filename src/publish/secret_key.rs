//! Secret keys of minisign, which sign. Owns reading a key file and what is wrong with one. Refuses to show a byte of a key, in any
//! message and in any form; and to know where the file came from: `disk/` and `cli/` hand in its bytes.

use std::fmt;
use std::io;

use super::primitives::{self, Effort, NotStretched};
use crate::base::base64;
use crate::base::language::Language;
use crate::base::public_key::{self, ALGORITHM, PublicKey};

/// The most bytes that a key file may have. One of minisign's has some 300.
pub const LARGEST: usize = 4096;

/// What follows the head of a key: salt, work, memory, and what the password hides.
const LENGTH: usize = 6 + 32 + 8 + 8 + HIDDEN;

/// The id, the two halves of the key, the checksum.
const HIDDEN: usize = 8 + 64 + 32;

/// A secret key, ready to sign.
pub struct SecretKey {
    pair: [u8; 64],
    public: PublicKey,
}

impl fmt::Debug for SecretKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SecretKey({})", self.public.name())
    }
}

/// Why there is no signature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeyFault {
    /// The bytes are no secret key.
    NoKey,
    /// They are a public one.
    Public,
    /// The key asks for more memory or work than minisign's own do.
    Absurd,
    /// This machine has not the memory that the key asks for.
    NoMemory,
    /// The key has a password, and none was given.
    NeedsPassword,
    /// The password is another one, or the file is damaged: the two can't be told apart.
    WrongPassword,
    /// The halves of the key do not belong together.
    Damaged,
    /// The site names the public key of another pair.
    OtherPair {
        /// The one that the site names.
        named: PublicKey,
        /// The one that belongs to the secret key.
        own: PublicKey,
    },
}

impl SecretKey {
    /// Reads a key: all of minisign's file, or its last line alone.
    ///
    /// # Errors
    /// [`KeyFault`] for anything that can't sign.
    pub fn read(bytes: &[u8], password: Option<&[u8]>) -> Result<Self, KeyFault> {
        let text = std::str::from_utf8(bytes).ok().filter(|text| text.len() <= LARGEST).ok_or(KeyFault::NoKey)?;
        let line = public_key::key_line(text).ok_or(KeyFault::NoKey)?;
        if PublicKey::parse(line).is_ok() {
            return Err(KeyFault::Public);
        }
        let raw = base64::decode(line).filter(|raw| raw.len() == LENGTH && public_key::is_secret(line)).ok_or(KeyFault::NoKey)?;
        let (head, hidden) = raw.split_at(LENGTH - HIDDEN);
        let mut hidden = hidden.to_vec();
        let has_password = head[2..4] == *b"Sc";
        if has_password {
            let password = password.ok_or(KeyFault::NeedsPassword)?;
            unhide(&mut hidden, head, password)?;
        }
        let mut public = PublicKey { id: [0; 8], point: [0; 32] };
        let mut pair = [0; 64];
        public.id.copy_from_slice(&hidden[..8]);
        pair.copy_from_slice(&hidden[8..72]);
        public.point.copy_from_slice(&pair[32..]);
        let is_whole = primitives::checksum(&[&ALGORITHM, &public.id, &pair])[..] == hidden[72..];
        // Without a password some versions of minisign leave the checksum out.
        let is_left_out = !has_password && hidden[72..].iter().all(|byte| *byte == 0);
        if !is_whole && !is_left_out {
            return Err(match password {
                Some([]) if has_password => KeyFault::NeedsPassword,
                _ if has_password => KeyFault::WrongPassword,
                _ => KeyFault::Damaged,
            });
        }
        let mut seed = [0; 32];
        seed.copy_from_slice(&pair[..32]);
        // A signature by halves that do not belong together would give the key away.
        if primitives::point_of(&seed) != Some(public.point) {
            return Err(KeyFault::Damaged);
        }
        Ok(Self { pair, public })
    }

    /// The key with which strangers check.
    pub fn public(&self) -> PublicKey {
        self.public
    }

    /// Signs; the same bytes get the same signature.
    pub(super) fn sign(&self, message: &[u8]) -> [u8; 64] {
        primitives::sign(message, &self.pair)
    }
}

/// Takes away what the password put over the key.
fn unhide(hidden: &mut [u8], head: &[u8], password: &[u8]) -> Result<(), KeyFault> {
    let number = |at: usize| head[at..at + 8].iter().rev().fold(0_u64, |number, byte| number << 8 | u64::from(*byte));
    let effort = Effort { operations: number(38), memory: number(46) };
    let mut stream = [0; HIDDEN];
    primitives::stretch(password, &head[6..38], effort, &mut stream).map_err(|why| match why {
        NotStretched::Absurd => KeyFault::Absurd,
        NotStretched::NoMemory => KeyFault::NoMemory,
    })?;
    for (byte, over) in hidden.iter_mut().zip(stream) {
        *byte ^= over;
    }
    Ok(())
}

impl KeyFault {
    /// What is wrong and what to do, without a byte of the secret key.
    pub fn tell(&self, language: Language) -> String {
        let (th, en) = match self {
            Self::NoKey => (
                "สิ่งที่ให้มาไม่ใช่กุญแจลับของ minisign โปรดใช้ไฟล์ที่ `minisign -G` สร้าง หรือบรรทัดสุดท้ายของไฟล์นั้น",
                "what was given is no secret key of minisign. Use the file that `minisign -G` made, or its last line.",
            ),
            Self::Public => (
                "สิ่งที่ให้มาเป็นกุญแจสาธารณะ การลงลายมือชื่อต้องใช้กุญแจลับ โปรดใช้ไฟล์ .key แทนไฟล์ .pub",
                "what was given is a public key; signing takes the secret one. Use the .key file in place of the .pub file.",
            ),
            Self::Absurd => (
                "กุญแจลับนี้กำหนดให้ใช้หน่วยความจำหรือเวลามากกว่าที่กุญแจของ minisign ใช้ จึงไม่อ่าน โปรดใช้ไฟล์ที่ `minisign -G` สร้าง",
                "this secret key asks for more memory or time than any key of minisign takes, or for none, so it is not read. Use the file that `minisign -G` made.",
            ),
            Self::NoMemory => (
                "หน่วยความจำไม่พอสำหรับรหัสผ่านของกุญแจลับ (กุญแจของ minisign ใช้ 1 GiB) โปรดใช้เครื่องอื่น หรือกุญแจที่ไม่มีรหัสผ่าน (`minisign -G -W`)",
                "there is not enough memory for the password of the secret key (a key of minisign takes 1 GiB). Use another machine, or a key without a password (`minisign -G -W`).",
            ),
            Self::NeedsPassword => {
                ("กุญแจลับนี้มีรหัสผ่าน โปรดตั้งตัวแปร PRONGSAI_SIGN_PASSWORD", "this secret key has a password. Set PRONGSAI_SIGN_PASSWORD.")
            }
            Self::WrongPassword => (
                "เปิดกุญแจลับไม่ได้ รหัสผ่านใน PRONGSAI_SIGN_PASSWORD ไม่ถูกต้อง หรือไฟล์เสียหาย",
                "the secret key can't be opened: the password in PRONGSAI_SIGN_PASSWORD is a wrong one, or the file is damaged.",
            ),
            Self::Damaged => (
                "กุญแจลับเสียหาย จึงลงลายมือชื่อไม่ได้ โปรดใช้สำเนาที่สมบูรณ์ หรือสร้างกุญแจคู่ใหม่",
                "the secret key is damaged, so it can't sign. Use a whole copy, or make a new pair.",
            ),
            Self::OtherPair { named, own } => {
                let (named, own) = (named.name(), own.name());
                return match language {
                    Language::Th => format!(
                        "กุญแจลับเป็นของคู่ {own} แต่ `public_key` ใน content/site.yaml เป็นของคู่ {named} จึงไม่ได้เผยแพร่ โปรดใช้กุญแจลับของคู่นั้น หรือแก้ `public_key`"
                    ),
                    Language::En => format!(
                        "the secret key belongs to the pair {own}, and `public_key` in content/site.yaml to {named}, so nothing was published. Use the secret key of that pair, or mend `public_key`."
                    ),
                };
            }
        };
        if language == Language::Th { th } else { en }.to_owned()
    }

    /// The fault that an error carries, if any.
    pub fn of(error: &io::Error) -> Option<&Self> {
        error.get_ref()?.downcast_ref()
    }
}

impl fmt::Display for KeyFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.tell(Language::En))
    }
}

impl std::error::Error for KeyFault {}

impl From<KeyFault> for io::Error {
    fn from(fault: KeyFault) -> Self {
        Self::new(io::ErrorKind::InvalidInput, fault)
    }
}
