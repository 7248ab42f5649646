//! The manifests of what is shown, as publishing it would write them. Owns which unit's files each names. Refuses to keep them: they are
//! asked for so seldom that each is made anew.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::stock::{File, Files, Stock};
use crate::base::hash::Hash;
use crate::publish::manifest::{Manifest, NAME, Record};

/// The manifest at a path, where one would lie there.
pub fn at(path: &str, stock: &Stock) -> Option<Vec<u8>> {
    let folder = path.strip_suffix(NAME)?;
    let units = stock.units();
    if !folder.is_empty() {
        let slug = folder.strip_suffix('/')?;
        return Some(of(units.get(slug)?, folder).to_bytes());
    }
    let mut root = of(units.get("")?, "");
    let agencies: Vec<_> = units.iter().filter(|(slug, _)| !slug.is_empty()).collect();
    let manifest = |(slug, files): &(_, &Files)| {
        let bytes = of(files, &format!("{slug}/")).to_bytes();
        (format!("{slug}/{NAME}"), Record { size: bytes.len() as u64, hash: Hash::of(&bytes) })
    };
    let named: BTreeMap<String, Record> = agencies.par_iter().map(manifest).collect();
    for (path, record) in named {
        // Where a file of the site has this name already, publishing it tells.
        let _ = root.put(path, record);
    }
    Some(root.to_bytes())
}

/// The manifest of a unit whose files lie in this folder.
fn of(files: &Files, folder: &str) -> Manifest {
    let mut manifest = Manifest::default();
    for (path, file) in files.iter() {
        let record = match file {
            File::Bytes(bytes) => Record { size: bytes.len() as u64, hash: Hash::of(bytes) },
            File::Attachment(attachment) => Record { size: attachment.size, hash: attachment.hash },
        };
        let _ = manifest.put(path.strip_prefix(folder).unwrap_or(path), record);
    }
    manifest
}
