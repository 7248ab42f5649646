//! What the work of the engine follows from, in one hash. Owns which parts of files count. Refuses times and names of the machine.

use super::Options;
use crate::base::hash::Hash;
use crate::source::files::{Content, Files};

/// What files are: names, and bytes or what stands for them.
pub fn of_files(files: &Files) -> Hash {
    let texts: Vec<&[u8]> = files.values().filter_map(text).collect();
    let mut hashes = Hash::of_many(&texts).into_iter();
    let mut text = Vec::new();
    for (path, content) in files {
        let content = match content {
            Content::Text(_) => format!("text {:?}", hashes.next()),
            Content::Attachment { size, hash, facts } => format!("attachment {size} {hash} {facts:?}"),
            Content::Other => "other".to_owned(),
            Content::Unreadable(reason) => format!("unreadable {reason:?}"),
            Content::Escape => "escape".to_owned(),
        };
        text.extend_from_slice(format!("{} {path} {content}\n", path.len()).as_bytes());
    }
    Hash::of(&text)
}

fn text(content: &Content) -> Option<&[u8]> {
    match content {
        Content::Text(bytes) => Some(bytes),
        _ => None,
    }
}

/// Which program this is: other code may make something else of the same files.
const PROGRAM: &str = concat!(env!("CARGO_PKG_VERSION"), " ", env!("PRONGSAI_MARK"));

/// What all units follow from, but for the day: the program, the files that all share, and what was asked for.
pub fn of_common(files: &Files, Options { drafts, base_url, today: _ }: &Options) -> Hash {
    Hash::of(format!("{PROGRAM} {} {drafts} {base_url:?}", of_files(files)).as_bytes())
}

/// What follows from several things, of which each has a hash.
pub fn of_all<'a>(parts: impl Iterator<Item = (&'a str, Hash)>) -> Hash {
    let mut text = String::new();
    for (name, hash) in parts {
        text.push_str(&format!("{} {name} {hash}\n", name.len()));
    }
    Hash::of(text.as_bytes())
}
