//! The packs that are compiled in. Owns the list; the facts are in the YAML files beside this one.

use super::{Packs, read};
use crate::finding::Finding;
use crate::text::SourceText;

/// Path in the source tree and text of each built-in pack.
const FILES: &[(&str, &str)] = &[
    ("src/framework/packs/ita-2566.yaml", include_str!("packs/ita-2566.yaml")),
    ("src/framework/packs/ita-2567.yaml", include_str!("packs/ita-2567.yaml")),
    ("src/framework/packs/ita-2568.yaml", include_str!("packs/ita-2568.yaml")),
    ("src/framework/packs/ita-2569.yaml", include_str!("packs/ita-2569.yaml")),
];

/// The built-in packs, and what is wrong with them. A test holds that nothing is.
pub fn packs() -> (Packs, Vec<Finding>) {
    let mut packs = Packs::default();
    let mut findings = Vec::new();
    for (path, text) in FILES {
        let source = SourceText { path: (*path).into(), text: (*text).to_owned() };
        findings.extend(read::pack_into(&source, &mut packs));
    }
    (packs, findings)
}
