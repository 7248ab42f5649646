//! Gives the program a mark of all that it is made of. What it remembers of earlier runs holds for the very same program only, and
//! its version stays the same from one commit to the next.

#![expect(clippy::disallowed_methods, reason = "it reads the source of the program, and runs before there is any")]

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io;
use std::path::{Path, PathBuf};

/// What the program is made of: its source, the theme in it, and the versions of what it stands on.
const PARTS: [&str; 4] = ["src", "themes", "Cargo.toml", "Cargo.lock"];

fn main() -> io::Result<()> {
    let mut marks = [1_u64, 2].map(|seed| {
        let mut mark = DefaultHasher::new();
        seed.hash(&mut mark);
        mark
    });
    for part in PARTS {
        println!("cargo::rerun-if-changed={part}");
        for file in files_below(Path::new(part))? {
            let bytes = fs::read(&file)?;
            for mark in &mut marks {
                (file.to_string_lossy().replace('\\', "/"), &bytes).hash(mark);
            }
        }
    }
    println!("cargo::rustc-env=PRONGSAI_MARK={:016x}{:016x}", marks[0].finish(), marks[1].finish());
    Ok(())
}

/// All files below a path, in order; none where it is not there.
fn files_below(path: &Path) -> io::Result<Vec<PathBuf>> {
    if path.is_file() {
        return Ok(vec![path.to_owned()]);
    }
    if !path.is_dir() {
        return Ok(Vec::new());
    }
    let mut paths = fs::read_dir(path)?.map(|entry| Ok(entry?.path())).collect::<io::Result<Vec<PathBuf>>>()?;
    paths.sort();
    let mut files = Vec::new();
    for path in paths {
        files.extend(files_below(&path)?);
    }
    Ok(files)
}
