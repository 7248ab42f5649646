//! What becomes of the folder of an agency that is not as it was published. Owns which of its files are written and which go. Refuses to
//! hold more than their names, and those as one text: a first build of the whole country has a million of them.

use std::collections::BTreeMap;

use super::manifest::Manifest;
use crate::base::hash::Hash;

/// An agency that is not as it was published. Its files are named from its folder.
#[derive(Clone, Debug)]
pub struct Changed {
    /// The SHA-256 of its new manifest.
    pub manifest: Hash,
    /// Those of its files that the present output does not hold as they are to be, though it has others of their names.
    pub renewed: Paths,
    /// Those that it did not have.
    pub fresh: Paths,
    /// Files that it had and has no more.
    pub gone: Paths,
}

impl Changed {
    /// What is to be done for a folder, of the manifests that were and are of it; `is_held` says which files are there already.
    pub fn of(prefix: &str, (old, (new, hash)): (&Manifest, (&Manifest, Hash)), is_held: &dyn Fn(&str) -> bool) -> Self {
        let paths = |manifest: &'_ Manifest| manifest.iter().map(|(path, _)| path.to_owned()).collect::<Vec<String>>();
        let written: Vec<String> = paths(new).into_iter().filter(|path| !is_held(&format!("{prefix}{path}"))).collect();
        let (renewed, fresh): (Vec<String>, Vec<String>) = written.into_iter().partition(|path| old.get(path).is_some());
        let gone = paths(old).into_iter().filter(|path| new.get(path).is_none());
        Self { manifest: hash, renewed: renewed.iter().collect(), fresh: fresh.iter().collect(), gone: gone.collect() }
    }

    /// The files that are written, from the site's root, in order; each with whether one of its name was there.
    pub fn written(&self, slug: &str) -> BTreeMap<String, bool> {
        let named = |paths: &Paths, was_there: bool| paths.below(slug).map(|path| (path, was_there)).collect::<Vec<_>>();
        named(&self.renewed, true).into_iter().chain(named(&self.fresh, false)).collect()
    }
}

/// Paths in order, as one text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Paths(Box<str>);

impl Paths {
    /// The paths. None of them has a line's end: a manifest names no such file.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.lines()
    }

    /// The same, from the folder above.
    pub fn below(&self, folder: &str) -> impl Iterator<Item = String> {
        self.iter().map(move |path| format!("{folder}/{path}"))
    }
}

impl<S: AsRef<str>> FromIterator<S> for Paths {
    fn from_iter<I: IntoIterator<Item = S>>(paths: I) -> Self {
        let mut text = String::new();
        for path in paths {
            text.push_str(path.as_ref());
            text.push('\n');
        }
        Self(text.into_boxed_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::publish::manifest::Record;

    fn manifest(files: &[(&str, &str)]) -> Manifest {
        let mut manifest = Manifest::default();
        for (path, text) in files {
            assert!(manifest.put(*path, Record { size: text.len() as u64, hash: Hash::of(text.as_bytes()) }));
        }
        manifest
    }

    #[test]
    fn each_file_is_written_goes_or_stays() {
        let old = manifest(&[("a", "1"), ("b", "1"), ("c/d", "1")]);
        let new = manifest(&[("a", "1"), ("b", "2"), ("c/e", "1")]);
        let changed = Changed::of("x/", (&old, (&new, Hash::of(b""))), &|path| path == "x/a");
        let written = [("x/b", true), ("x/c/e", false)].map(|(path, was_there)| (path.to_owned(), was_there));
        assert_eq!(changed.written("x"), written.into());
        assert_eq!(changed.gone.below("x").collect::<Vec<_>>(), ["x/c/d"]);
        let none = Changed::of("x/", (&Manifest::default(), (&Manifest::default(), Hash::of(b""))), &|_| false);
        assert_eq!((none.written("x").len(), none.gone.iter().count()), (0, 0));
    }
}
