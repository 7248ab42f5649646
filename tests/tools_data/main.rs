//! The published data in other people's programs: tables in pandas, DuckDB, R and LibreOffice, by the lines of `docs/data.md`; feeds and
//! sitemaps before their schemas. Each check is itself tested: what is spoiled must be told. `scripts/data-setup` installs the programs.

#![cfg(unix)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

#[expect(dead_code, reason = "shared with the suite, which uses all of it")]
#[path = "../suite/support.rs"]
mod support;

mod forms;
mod programs;
mod releases;
mod sites;
mod told;

use support::root;

/// A script of this folder.
fn script(name: &str) -> PathBuf {
    root().join("tests/tools_data").join(name)
}

/// Runs a script in the virtual environment of `scripts/data-setup`; gives what it told, and whether it found no fault.
fn python(name: &str, arguments: &[&str], folder: &Path) -> (bool, String) {
    let mut command = Command::new(root().join("target/data-venv/bin/python"));
    command.arg("-B").arg(script(name)).args(arguments);
    outcome(command, folder)
}

/// Runs a program in a folder. A status other than 0 and 1 is no answer.
fn outcome(mut command: Command, folder: &Path) -> (bool, String) {
    let output = command.current_dir(folder).env("LC_ALL", "C.UTF-8").env("PYTHONUTF8", "1").output();
    let output = output.unwrap_or_else(|error| panic!("{command:?}: {error}; run scripts/data-setup"));
    let told = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(matches!(output.status.code(), Some(0 | 1)) && !told.contains("Traceback"), "{command:?}: {told}");
    (output.status.success(), told)
}

/// The code of a language in `docs/data.md`, as the test's own file.
fn snippet(language: &str, folder: &Path) -> PathBuf {
    let document = fs::read_to_string(root().join("docs/data.md")).unwrap();
    let blocks: Vec<&str> = document.split(&format!("```{language}\n")).skip(1).map(|rest| rest.split_once("```").unwrap().0).collect();
    assert_eq!(blocks.len(), 1, "docs/data.md has one block of {language}");
    let path = folder.join(format!("snippet.{language}"));
    fs::write(&path, blocks[0]).unwrap();
    path
}
