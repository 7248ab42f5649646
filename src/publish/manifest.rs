//! The manifest: path, size and SHA-256 of each published file, for whoever wants to check a site, and for the next build, which tells
//! its own files from foreign ones by it. Owns the format. Refuses dates and versions: the same files give the same bytes.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Bound;

use serde::{Deserialize, Serialize};

use crate::base::address::Address;
use crate::base::hash::Hash;

/// The name of a manifest in the folder that it speaks of. It does not name itself.
pub const NAME: &str = "manifest.json";

/// Who makes manifests; a file that says otherwise is not ours.
const GENERATOR: &str = "prongsai";

/// Raised when a reader of today would misunderstand the file.
const FORMAT: u32 = 1;

/// What a manifest says of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Record {
    /// Size in bytes.
    pub size: u64,
    /// SHA-256 of the content.
    pub hash: Hash,
}

/// The files of a folder, by path from that folder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Manifest {
    files: BTreeMap<String, Record>,
}

/// Why some bytes are no manifest of ours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotAManifest {
    /// They are not JSON of the right shape.
    Shape(String),
    /// Another program made it.
    Generator(String),
    /// A later version of this program made it.
    Format(u32),
    /// A path leads out of the folder or stands twice, or a hash is none.
    File(String),
}

#[derive(Serialize, Deserialize)]
struct RawFile<'a> {
    #[serde(borrow)]
    path: std::borrow::Cow<'a, str>,
    size: u64,
    sha256: String,
}

#[derive(Deserialize)]
struct Raw<'a> {
    generator: String,
    format: u32,
    #[serde(borrow)]
    files: Vec<RawFile<'a>>,
}

impl Manifest {
    /// Names a file; gives back false, and changes nothing, where the path is named already.
    #[must_use]
    pub fn put(&mut self, path: impl Into<String>, record: Record) -> bool {
        match self.files.entry(path.into()) {
            std::collections::btree_map::Entry::Vacant(vacant) => {
                vacant.insert(record);
                true
            }
            std::collections::btree_map::Entry::Occupied(_) => false,
        }
    }

    /// What is said of the file at `path`.
    pub fn get(&self, path: &str) -> Option<Record> {
        self.files.get(path).copied()
    }

    /// All files, in the order of their paths.
    pub fn iter(&self) -> impl Iterator<Item = (&str, Record)> {
        self.files.iter().map(|(path, record)| (path.as_str(), *record))
    }

    /// The paths below a folder, in order. It has a closing slash; the empty one is the manifest's own.
    pub fn below<'a>(&'a self, folder: &'a str) -> impl Iterator<Item = &'a str> {
        let from = self.files.range::<str, _>((Bound::Included(folder), Bound::Unbounded)).map(|(path, _)| path.as_str());
        from.take_while(move |path| path.starts_with(folder))
    }

    /// Is a file below this folder named?
    pub fn has_below(&self, folder: &str) -> bool {
        self.below(folder).next().is_some()
    }

    /// How many files are named.
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Is no file named?
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// The slugs whose own manifests this one names, as the root's does with several agencies. Whether such a file really is a manifest
    /// shows when it is read: an author may publish a file of that name.
    pub fn agencies(&self) -> impl Iterator<Item = (&str, Record)> {
        self.iter().filter_map(|(path, record)| {
            let slug = path.strip_suffix(NAME)?.strip_suffix('/')?;
            // Attachments lie under `files/`, which is never an agency.
            (!slug.contains('/') && slug != "files").then_some((slug, record))
        })
    }

    /// The file's bytes: JSON, a line for each file.
    #[expect(clippy::expect_used, reason = "a struct of texts and a number always becomes JSON, and memory takes all bytes")]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = format!("{{\"generator\":\"{GENERATOR}\",\"format\":{FORMAT},\"files\":[").into_bytes();
        for (i, (path, record)) in self.iter().enumerate() {
            out.extend_from_slice(if i == 0 { b"\n" } else { b",\n" });
            let file = RawFile { path: path.into(), size: record.size, sha256: record.hash.to_string() };
            serde_json::to_writer(&mut out, &file).expect("texts and numbers become JSON, and memory takes all bytes");
        }
        out.extend_from_slice(b"\n]}\n");
        out
    }

    /// Reads a manifest.
    ///
    /// # Errors
    /// [`NotAManifest`] for anything that this program would not have written; keys added by a later version are passed over.
    ///
    /// ```
    /// use prongsai::publish::manifest::Manifest;
    /// assert!(Manifest::parse(b"{}").is_err());
    /// assert_eq!(Manifest::parse(&Manifest::default().to_bytes()), Ok(Manifest::default()));
    /// ```
    pub fn parse(bytes: &[u8]) -> Result<Self, NotAManifest> {
        let raw: Raw<'_> = serde_json::from_slice(bytes).map_err(|error| NotAManifest::Shape(error.to_string()))?;
        if raw.generator != GENERATOR {
            return Err(NotAManifest::Generator(raw.generator));
        }
        if raw.format != FORMAT {
            return Err(NotAManifest::Format(raw.format));
        }
        let mut manifest = Self::default();
        for RawFile { path, size, sha256 } in raw.files {
            let is_inside = Address::new(&path).is_ok_and(|address| !address.is_page());
            match Hash::parse(&sha256) {
                Some(hash) if is_inside && manifest.put(path.as_ref(), Record { size, hash }) => {}
                _ => return Err(NotAManifest::File(path.into_owned())),
            }
        }
        Ok(manifest)
    }
}

impl fmt::Display for NotAManifest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Shape(error) => write!(f, "not the JSON of a manifest: {error}"),
            Self::Generator(name) => write!(f, "made by `{name}`"),
            Self::Format(format) => write!(f, "in format {format}, which is newer than this program"),
            Self::File(path) => write!(f, "the entry `{path}` is no file of a published folder, or stands twice"),
        }
    }
}

impl std::error::Error for NotAManifest {}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(text: &str) -> Record {
        Record { size: text.len() as u64, hash: Hash::of(text.as_bytes()) }
    }

    #[test]
    fn a_manifest_is_sorted_and_reads_back() {
        let mut manifest = Manifest::default();
        for path in ["index.html", "ก/manifest.json", "a \"b\".txt", "files/manifest.json", "a/b/manifest.json"] {
            assert!(manifest.put(path, record(path)));
        }
        assert!(!manifest.put("index.html", record("twice")));
        let bytes = manifest.to_bytes();
        let text = std::str::from_utf8(&bytes).unwrap();
        assert!(
            text.starts_with(
                "{\"generator\":\"prongsai\",\"format\":1,\"files\":[\n{\"path\":\"a \\\"b\\\".txt\",\"size\":9,\"sha256\":\""
            )
        );
        assert_eq!(Manifest::parse(&bytes).unwrap(), manifest);
        assert_eq!(manifest.agencies().map(|(slug, _)| slug).collect::<Vec<_>>(), ["ก"]);
        assert_eq!(manifest.get("index.html"), Some(record("index.html")));
        for (folder, has) in [("", true), ("a/", true), ("a/b/", true), ("ก/", true), ("a/c/", false), ("index/", false), ("z/", false)] {
            assert_eq!(manifest.has_below(folder), has, "{folder}");
        }
    }

    #[test]
    fn what_this_program_would_not_write_is_refused() {
        let whole = |generator: &str, format: u32, files: &str| {
            format!("{{\"generator\":\"{generator}\",\"format\":{format},\"files\":[{files}]}}")
        };
        let file = |path: &str| format!("{{\"path\":\"{path}\",\"size\":0,\"sha256\":\"{}\"}}", Hash::of(b""));
        let parse = |text: String| Manifest::parse(text.as_bytes());
        assert!(parse(whole("prongsai", 1, &file("a"))).is_ok());
        assert!(matches!(parse(whole("other", 1, "")), Err(NotAManifest::Generator(_))));
        assert_eq!(parse(whole("prongsai", 2, "")), Err(NotAManifest::Format(2)));
        for path in ["../a", "/a", "", "a/", "a//b"] {
            assert!(matches!(parse(whole("prongsai", 1, &file(path))), Err(NotAManifest::File(_))), "{path}");
        }
        assert!(parse(whole("prongsai", 1, &format!("{0},{0}", file("a")))).is_err());
        assert!(parse(whole("prongsai", 1, &file("a").replace("e3b0", "zzzz"))).is_err());
        for text in ["", "[]", "{\"generator\":\"prongsai\"}", "\u{feff}{}", "{\"name\": \"a web app\", \"icons\": []}"] {
            assert!(matches!(Manifest::parse(text.as_bytes()), Err(NotAManifest::Shape(_))), "{text}");
        }
    }
}
