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
    let whole = command(language);
    let page = clap_mangen::Man::new(whole.clone());
    page.render_title(&mut out)?;
    page.render_name_section(&mut out)?;
    page.render_synopsis_section(&mut out)?;
    page.render_description_section(&mut out)?;
    page.render_options_section(&mut out)?;
    for command in whole.get_subcommands() {
        one(command, "prongsai", &mut out)?;
    }
    page.render_extra_section(&mut out)?;
    page.render_version_section(&mut out)?;
    Ok(if language == Language::Th { in_thai(&String::from_utf8_lossy(&out)) } else { out })
}

/// The headings that the maker of the page writes in English whatever the language of the commands is.
const HEADINGS: [(&str, &str); 7] = [
    ("NAME", "ชื่อ"),
    ("SYNOPSIS", "วิธีใช้"),
    ("DESCRIPTION", "คำอธิบาย"),
    ("OPTIONS", "ตัวเลือก"),
    ("SUBCOMMANDS", "คำสั่ง"),
    ("EXTRA", "รายละเอียดเพิ่มเติม"),
    ("VERSION", "รุ่น"),
];

fn in_thai(page: &str) -> Vec<u8> {
    let line = |line: &str| {
        let heading = line.strip_prefix(".SH ").or_else(|| line.strip_prefix(".SS "))?;
        let (_, thai) = HEADINGS.iter().find(|(english, _)| *english == heading.trim_end())?;
        Some(format!("{}{thai}\n", line.strip_suffix(heading)?))
    };
    page.split_inclusive('\n').map(|one| line(one).unwrap_or_else(|| one.to_owned())).collect::<String>().into_bytes()
}

/// A command and those within it, each as a section whose parts are sections below it.
fn one(command: &clap::Command, within: &str, out: &mut Vec<u8>) -> std::io::Result<()> {
    let name = format!("{within} {}", command.get_name());
    let mut parts = Vec::new();
    let page = clap_mangen::Man::new(command.clone());
    page.render_description_section(&mut parts)?;
    page.render_synopsis_section(&mut parts)?;
    page.render_options_section(&mut parts)?;
    out.extend(format!(".SH \"{name}\"\n").into_bytes());
    out.extend(
        String::from_utf8_lossy(&parts).replace("\n.SH ", "\n.SS ").replace(".ie \\n(.g .ds Aq \\(aq\n.el .ds Aq '\n", "").into_bytes(),
    );
    for command in command.get_subcommands() {
        one(command, &name, out)?;
    }
    Ok(())
}
