//! Is a published folder what its manifest says? Owns the comparison: which file changed, which is missing, which is foreign, and which
//! can't be told. Refuses to judge a folder without a manifest, to mend anything but what a build left unfinished, and to take an agency's manifest at its word where the
//! root's names another one.

use std::collections::BTreeSet;
use std::ffi::{OsStr, OsString};
use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::manifest::{self, Manifest, NotAManifest, Record};
use super::signature::{self, Seal};
use crate::base::hash::Hash;
use crate::base::public_key::PublicKey;
use crate::disk::published::{self, Met, Published, There};
use crate::disk::target::LARGEST;

/// How many agencies are compared at once. Only their manifests are held.
const AT_ONCE: usize = 16;

/// How often a folder is compared anew that was published meanwhile.
const TRIES: usize = 3;

/// What is to be told of a path.
#[derive(Debug)]
pub enum What {
    /// The file is not the published one: other bytes, or something that is no file lies there.
    Changed,
    /// The file is not there.
    Missing,
    /// It is there and no manifest names it. A folder, told with a closing slash, is one that can't be read.
    Foreign,
    /// It could not be compared: the system refused to read it, or (without an error) the manifest of that folder is not the published one.
    Unchecked(Option<io::Error>),
}

/// A path from the published folder, and what is to be told of it.
#[derive(Debug)]
pub struct Told {
    /// The path, with `/`; names on a disk need not be text.
    pub path: OsString,
    /// What is to be told.
    pub what: What,
}

/// What the comparison came to.
#[derive(Debug, Default)]
pub struct Verdict {
    /// How many files the manifests name, the manifests among them.
    pub files: usize,
    /// What is not as published, in the order of paths.
    pub told: Vec<Told>,
    /// What the signature finds out, or why it can't be read; nothing where no key was given.
    pub seal: Option<io::Result<Seal>>,
    /// Was a publication completed first that a build had left unfinished?
    pub completed: bool,
}

impl Verdict {
    /// Is there nothing to tell?
    fn is_as_published(&self) -> bool {
        self.told.is_empty() && self.seal.as_ref().is_none_or(|seal| matches!(seal, Ok(Seal::Good)))
    }
}

/// Why nothing could be compared.
#[derive(Debug)]
pub enum Unverifiable {
    /// There is no such folder.
    NoFolder,
    /// There is none, because a build was interrupted while it exchanged folders; the output lies here.
    LeftAside(PathBuf),
    /// The folder has no manifest.
    NoManifest,
    /// Its manifest is none of ours.
    Manifest(NotAManifest),
    /// The folder was published anew each time that it was being compared.
    Republished,
    /// The system failed.
    Machine(io::Error),
}

/// Compares a published folder with its manifest, and with those of the agencies that it names.
///
/// # Errors
/// [`Unverifiable`] where there is nothing to compare with.
pub fn verify(folder: &Path) -> Result<Verdict, Unverifiable> {
    verify_signed(folder, None)
}

/// As [`verify`], and the manifest with its signature where a key is given.
///
/// # Errors
/// As [`verify`].
pub fn verify_signed(folder: &Path, key: Option<&PublicKey>) -> Result<Verdict, Unverifiable> {
    let mut completed = false;
    for _ in 0..TRIES {
        completed |= published::complete(folder).map_err(Unverifiable::Machine)?;
        let published = open(folder)?;
        let bytes = root_manifest(&published)?;
        let root = Manifest::parse(&bytes).map_err(Unverifiable::Manifest)?;
        let mut verdict = Verdict { completed, ..compare(&published, &root) };
        verdict.seal = key.map(|key| seal(&published, &bytes, key));
        // What differs may differ because the folder, or what is in it, was replaced under our eyes.
        let is_at_rest = || published.is_in_place() && !published::is_unfinished(folder);
        let is_sealed_so =
            || key.map(|key| seal(&published, &bytes, key).ok()) == verdict.seal.as_ref().map(|seal| seal.as_ref().ok().copied());
        let is_steady = || is_at_rest() && is_sealed_so() && root_manifest(&published).is_ok_and(|now| now == bytes);
        if verdict.is_as_published() || is_steady() {
            return Ok(verdict);
        }
    }
    Err(Unverifiable::Republished)
}

fn open(folder: &Path) -> Result<Published, Unverifiable> {
    Published::open(folder).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => published::left_aside(folder).map_or(Unverifiable::NoFolder, Unverifiable::LeftAside),
        io::ErrorKind::NotADirectory => Unverifiable::NoFolder,
        _ => Unverifiable::Machine(error),
    })
}

fn root_manifest(published: &Published) -> Result<Vec<u8>, Unverifiable> {
    published.bytes(manifest::NAME, LARGEST).map_err(Unverifiable::Machine)?.ok_or(Unverifiable::NoManifest)
}

/// What the signature beside a manifest finds out about it.
fn seal(published: &Published, manifest: &[u8], key: &PublicKey) -> io::Result<Seal> {
    match published.bytes(signature::NAME, signature::LARGEST) {
        Ok(Some(file)) => Ok(signature::check(manifest, &file, key)),
        Ok(None) => Ok(Seal::Missing),
        Err(error) if error.kind() == io::ErrorKind::FileTooLarge => Ok(Seal::Malformed),
        Err(error) => Err(error),
    }
}

/// What the root's manifest means by the manifest of a folder.
enum Named {
    /// An agency.
    Agency(Manifest),
    /// What was published there can't be known: the file is not the one that was published.
    Unknown(Option<io::Error>),
    /// A file of that name, such as an author may publish.
    File,
}

fn compare(published: &Published, root: &Manifest) -> Verdict {
    let mut verdict = Verdict { files: root.len() + 1, ..Verdict::default() };
    // Folders that the root's own files do not lie in.
    let mut apart: BTreeSet<&str> = BTreeSet::new();
    let agencies: Vec<(&str, Record)> = root.agencies().collect();
    for some in agencies.chunks(AT_ONCE) {
        let named: Vec<Named> = some.par_iter().map(|(slug, record)| read(published, slug, *record)).collect();
        let mut parts = Vec::new();
        for ((slug, _), named) in some.iter().zip(named) {
            match named {
                Named::Agency(manifest) => {
                    verdict.files += manifest.len();
                    parts.push((format!("{slug}/"), manifest));
                    apart.insert(slug);
                }
                Named::Unknown(error) => {
                    verdict.told.push(Told { path: format!("{slug}/").into(), what: What::Unchecked(error) });
                    apart.insert(slug);
                }
                Named::File => {}
            }
        }
        verdict
            .told
            .par_extend(parts.par_iter().flat_map_iter(|(folder, manifest)| foreign(published, folder, manifest, &BTreeSet::new())));
        verdict.told.par_extend(parts.par_iter().flat_map(|(folder, manifest)| differing(published, folder, manifest)));
    }
    verdict.told.extend(foreign(published, "", root, &apart));
    verdict.told.par_extend(differing(published, "", root));
    verdict.told.sort_by(|a, b| a.path.cmp(&b.path));
    verdict
}

fn read(published: &Published, slug: &str, record: Record) -> Named {
    match published.bytes(&format!("{slug}/{}", manifest::NAME), LARGEST) {
        Ok(Some(bytes)) if bytes.len() as u64 == record.size && Hash::of(&bytes) == record.hash => {
            Manifest::parse(&bytes).map_or(Named::File, Named::Agency)
        }
        Ok(_) => Named::Unknown(None),
        Err(error) => Named::Unknown(Some(error)),
    }
}

/// The files of a manifest that are not there as it says.
fn differing<'a>(published: &'a Published, folder: &'a str, manifest: &'a Manifest) -> impl ParallelIterator<Item = Told> + 'a {
    let named: Vec<(&str, Record)> = manifest.iter().collect();
    named.into_par_iter().filter_map(move |(path, record)| {
        let path = format!("{folder}{path}");
        let what = match published.look(&path, record.size) {
            Ok(There::File(hash)) if hash == record.hash => return None,
            Ok(There::File(_) | There::OtherSize | There::NoFile) => What::Changed,
            Ok(There::Nothing) => What::Missing,
            Err(error) => What::Unchecked(Some(error)),
        };
        Some(Told { path: path.into(), what })
    })
}

/// What lies in the folder of a manifest and is not named there. The folders `apart` are passed over.
fn foreign(published: &Published, folder: &str, manifest: &Manifest, apart: &BTreeSet<&str>) -> Vec<Told> {
    let below = |path: &OsStr| path.to_str().and_then(|path| path.strip_prefix(folder)).map(str::to_owned);
    // A manifest is named by the one above it, and the root's by nobody, as its signature.
    let own = |path: &str| path == manifest::NAME || (folder.is_empty() && path == signature::NAME);
    let is_named = |path: &str| own(path) || manifest.get(path).is_some();
    let mut told = Vec::new();
    let enters = |path: &OsStr| path.to_str().is_none_or(|path| !apart.contains(path));
    published.walk(folder, &enters, &mut |met| match met {
        Met::File(path) | Met::Closed(path, _) if folder.is_empty() && published::is_left_inside(&path) => {}
        Met::File(path) if below(&path).is_some_and(|path| is_named(&path)) => {}
        Met::File(path) => told.push(Told { path, what: What::Foreign }),
        Met::Closed(path, error) => {
            // A folder of the system's, as at the root of a disk, keeps nothing of ours.
            let has_own = below(&path).is_some_and(|path| manifest.has_below(&path));
            let what = if has_own { What::Unchecked(Some(error)) } else { What::Foreign };
            let path = if path.is_empty() { OsString::from("./") } else { path };
            told.push(Told { path, what });
        }
    });
    told
}
