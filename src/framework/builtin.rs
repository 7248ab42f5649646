//! The packs that are compiled in. Owns the list; the facts are in the YAML files beside this one. Each is read when it is first asked
//! for: most sites need one of them.

use std::sync::{Arc, OnceLock};

use super::{Pack, Packs, read};
use crate::finding::Finding;
use crate::text::SourceText;

/// A file of the source tree.
struct File {
    id: &'static str,
    path: &'static str,
    text: &'static str,
    read: OnceLock<(Option<Arc<Pack>>, Vec<Finding>)>,
}

macro_rules! files {
    ($($id:literal),*) => {
        [$(File {
            id: $id,
            path: concat!("src/framework/packs/", $id, ".yaml"),
            text: include_str!(concat!("packs/", $id, ".yaml")),
            read: OnceLock::new(),
        }),*]
    };
}

static FILES: [File; 4] = files!("ita-2566", "ita-2567", "ita-2568", "ita-2569");

impl File {
    fn read(&self) -> &(Option<Arc<Pack>>, Vec<Finding>) {
        self.read.get_or_init(|| {
            let source = SourceText { path: self.path.into(), text: self.text.to_owned() };
            let mut packs = Packs::default();
            let findings = read::pack_into(&source, &mut packs);
            (packs.sound.remove(self.id), findings)
        })
    }
}

/// The built-in pack of an id.
pub fn get(id: &str) -> Option<&'static Arc<Pack>> {
    FILES.iter().find(|file| file.id == id)?.read().0.as_ref()
}

/// The text of a built-in pack, as its file has it.
pub fn text(id: &str) -> Option<&'static str> {
    FILES.iter().find(|file| file.id == id).map(|file| file.text)
}

/// The ids of the built-in packs, in order.
pub fn ids() -> impl Iterator<Item = &'static str> {
    FILES.iter().map(|file| file.id)
}

/// What is wrong with the built-in packs. A test holds that nothing is.
pub fn findings() -> impl Iterator<Item = &'static Finding> {
    FILES.iter().flat_map(|file| &file.read().1)
}
