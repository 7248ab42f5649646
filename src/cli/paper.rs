//! `completions` and `man`: what shells and readers of manuals want, on standard output.

use super::args::{self, CompletionsOptions};
use super::terminal::Terminal;
use super::{Status, Stop};

/// Prints what a shell needs to complete commands and flags.
pub fn completions(options: &CompletionsOptions, terminal: &Terminal) -> Result<Status, Stop> {
    print(&args::completions(options.shell, terminal.language), terminal)
}

/// Prints the manual page.
pub fn manual(terminal: &Terminal) -> Result<Status, Stop> {
    print(&args::manual(terminal.language)?, terminal)
}

fn print(made: &[u8], terminal: &Terminal) -> Result<Status, Stop> {
    terminal.result(&String::from_utf8_lossy(made))?;
    Ok(Status::Fine)
}
