//! A part of a site as it lies on a disk: a published folder with the agencies of the part, and beside them, in [`FOLDER`], what the whole
//! is made from. Owns the form of that folder. Refuses to judge whether several belong together: `set` does.

pub mod set;

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::base::hash::Hash;
use crate::base::language::Name;
use crate::base::output::{Entry, Output};
use crate::engine::part::{Given, Part, Share};
use crate::engine::{Left, Options};

/// The folder beside the agencies. No slug begins so.
pub const FOLDER: &str = "_shard";

/// The file that says which part it is, in [`FOLDER`].
pub const NAME: &str = "_shard/shard.json";

/// Where the site's own sources lie: a site folder of its own.
pub const SITE: &str = "_shard/site";

/// The program that made it; another may make other bytes of the same.
const PROGRAM: &str = concat!(env!("CARGO_PKG_VERSION"), " ", env!("PRONGSAI_MARK"));

/// The form that this program writes and reads.
const FORMAT: u32 = 1;

/// What a part says of itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shard {
    /// The form.
    pub format: u32,
    /// The program's version, and the mark of what it is made of.
    pub program: String,
    /// Its number, from 1.
    pub shard: usize,
    /// How many parts there are.
    pub of: usize,
    /// Were drafts included?
    pub drafts: bool,
    /// The address that was given in place of the site's own.
    pub base_url: Option<String>,
    /// The day that was today.
    pub today: String,
    /// The hash of the site's own files and all options.
    pub inputs: String,
    /// The agencies of the part that have errors.
    pub left: Vec<Faulty>,
    /// The slugs of all agencies of the site.
    pub agencies: Vec<String>,
}

/// An agency with errors, of which the part has no pages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Faulty {
    /// Its slug.
    pub slug: String,
    /// Its Thai name; empty where it could not be read.
    pub name: String,
    /// Its English name.
    pub name_en: Option<String>,
    /// How many errors it has.
    pub errors: usize,
}

impl Faulty {
    fn of(left: &Left) -> Self {
        Self { slug: left.slug.to_string(), name: left.name.th.clone(), name_en: left.name.en.clone(), errors: left.errors }
    }

    /// As the engine tells it.
    pub fn left(&self) -> Left {
        let name = Name { th: self.name.clone(), en: self.name_en.clone() };
        Left { slug: Arc::from(self.slug.as_str()), name, errors: self.errors, is_kept: false }
    }
}

impl Shard {
    /// What the part `share` says of itself.
    pub fn of(part: &Part, options: &Options, share: Share) -> Self {
        Self {
            format: FORMAT,
            program: PROGRAM.to_owned(),
            shard: share.number,
            of: share.of,
            drafts: options.drafts,
            base_url: options.base_url.clone(),
            today: options.today.to_string(),
            inputs: part.given.inputs.to_string(),
            left: part.done.left.iter().map(Faulty::of).collect(),
            agencies: part.given.agencies.clone(),
        }
    }

    /// The part that it is.
    pub fn share(&self) -> Option<Share> {
        Share::new(self.shard, self.of)
    }

    /// What it was given.
    pub fn given(&self) -> Option<Given> {
        Some(Given { agencies: self.agencies.clone(), inputs: Hash::parse(&self.inputs)? })
    }

    fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = serde_json::to_vec_pretty(self).unwrap_or_default();
        bytes.push(b'\n');
        bytes
    }
}

/// How large a file of what remains of agencies becomes before the next one begins: far less than what is read whole.
const PIECE: usize = 4 * 1024 * 1024;

/// The path of such a file, from 1.
fn remains_path(number: usize) -> String {
    format!("{FOLDER}/remains-{number}.jsonl")
}

/// The files of [`FOLDER`], for the sink that took the part's agencies.
pub fn files(part: Part, options: &Options, share: Share) -> Output {
    let mut output = Output::default();
    let mut put = |path: String, entry| {
        let _ = output.put(path, entry);
    };
    put(NAME.to_owned(), Entry::of(Shard::of(&part, options, share).to_bytes()));
    let mut pieces: Vec<Vec<u8>> = Vec::new();
    for mut line in part.remains {
        line.push(b'\n');
        match pieces.last_mut() {
            Some(piece) if piece.len() + line.len() <= PIECE => piece.append(&mut line),
            _ => pieces.push(line),
        }
    }
    for (number, piece) in (1..).zip(pieces) {
        put(remains_path(number), Entry::of(piece));
    }
    for (path, entry) in part.sources {
        put(format!("{SITE}/{path}"), entry);
    }
    output
}
