//! Every touch of the file system: reading a site folder, staging an output beside the present one, and exchanging the two.
//! Refuses to know what the files mean: which of an output's files are the program's own is told by `publish/`.

#![expect(clippy::disallowed_methods, reason = "the one room that touches the disk")]

pub mod act;
pub mod attachment;
pub mod authored;
pub mod compare;
pub mod copy;
pub mod exchange;
pub mod fault;
pub mod found;
pub mod fresh;
pub mod hold;
pub mod journal;
pub mod key_file;
pub mod lock;
pub mod looks;
pub mod memo;
pub mod noted;
pub mod published;
pub mod records;
pub mod renew;
pub mod scan;
pub mod scratch;
pub mod stage;
pub mod stamps;
pub mod survey;
pub mod system;
pub mod target;
pub mod trace_file;
