//! What is made of the definition of the commands for shells and readers: completions and the manual page. Owns nothing but the calls.

use clap_complete::Shell;

use super::command;
use crate::base::language::Language;

/// The script by which a shell completes commands and flags.
pub fn completions(shell: Shell, language: Language) -> Vec<u8> {
    let mut out = Vec::new();
    clap_complete::generate(shell, &mut command(language), "prongsai", &mut out);
    out
}

/// The manual page of the program and of all its commands, as roff.
///
/// # Errors
/// None that memory can give.
pub fn manual(language: Language) -> std::io::Result<Vec<u8>> {
    let mut out = Vec::new();
    clap_mangen::Man::new(command(language)).render(&mut out)?;
    Ok(out)
}
