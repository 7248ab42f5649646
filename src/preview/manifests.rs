//! The manifests of what is shown, as publishing it would write them. Owns which unit's files each names. Refuses to keep them: they are
//! asked for so seldom that each is made anew.

use std::sync::Arc;

use rayon::prelude::*;

use super::stock::Stock;
use crate::base::output::{Entry, Output};
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
    let manifest = |(slug, files): &(_, &Arc<Output>)| {
        let entry = Entry::of(of(files, &format!("{slug}/")).to_bytes());
        (format!("{slug}/{NAME}"), Record { size: entry.size(), hash: entry.hash() })
    };
    let named: Vec<(String, Record)> = agencies.par_iter().map(manifest).collect();
    for (path, record) in named {
        // Where a file of the site has this name already, publishing it tells.
        let _ = root.put(path, record);
    }
    Some(root.to_bytes())
}

/// The manifest of a unit whose files lie in this folder.
fn of(files: &Output, folder: &str) -> Manifest {
    let mut manifest = Manifest::default();
    for (path, entry, hash) in files.hashed() {
        let _ = manifest.put(path.strip_prefix(folder).unwrap_or(path), Record { size: entry.size(), hash });
    }
    manifest
}
