//! The arguments: which commands and flags there are, and what is wrong with a line that does not fit. The one module that names clap.
//! Owns the flags; the longer texts of the help are in `usage`.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{ArgAction, Args, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};

use super::usage;
use crate::base::language::Language;
use crate::source::site::normal_base_url;

/// A line that can be run.
#[derive(Debug, Parser)]
#[command(name = "prongsai", version, disable_help_flag = true, disable_version_flag = true, disable_help_subcommand = true)]
#[command(subcommand_required = true, arg_required_else_help = true, args_override_self = true, max_term_width = 100)]
pub struct Invocation {
    /// The site folder, which holds `content/` (default: the current folder)
    #[arg(long, global = true, display_order = 100, value_name = "DIR", default_value = ".", hide_default_value = true)]
    pub site: PathBuf,

    /// Language of messages: th or en (default: the locale's)
    // Read by `edge::language` before anything else; here it is checked and explained.
    #[arg(long, global = true, display_order = 101, value_name = "LANG", hide_possible_values = true)]
    pub lang: Option<Lang>,

    /// Show help
    #[arg(short = 'h', long, global = true, display_order = 102, action = ArgAction::Help)]
    help: Option<bool>,

    /// Show the version
    #[arg(short = 'V', long, display_order = 103, action = ArgAction::Version)]
    version: Option<bool>,

    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Publish the site into a folder, all or nothing
    Build(BuildOptions),
    /// Report what is wrong with the site, and write nothing
    Check(CheckOptions),
    /// Preview the site on this machine, anew at each change
    Serve(ServeOptions),
    /// Tell how complete the records are, by item and responsible unit
    Status(StatusOptions),
    /// Compare a published folder with its manifest
    Verify(VerifyOptions),
    /// Add files to the site: `new ci github`, `new ci gitlab`
    New(NewOptions),
    /// Show help, as `--help` does
    Help(HelpOptions),
}

/// What `build` takes.
#[derive(Debug, Args)]
pub struct BuildOptions {
    /// The output folder (default: public in the site folder)
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,

    /// Address that the site will have, in place of `base_url` in site.yaml
    #[arg(long, value_name = "URL", value_parser = base_url)]
    pub base_url: Option<String>,

    /// Publish drafts as well
    #[arg(long)]
    pub drafts: bool,

    /// Publish nothing while there are warnings
    #[arg(long)]
    pub strict: bool,

    /// File of minisign's secret key to sign with (default: PRONGSAI_SIGN_KEY, else unsigned)
    #[arg(long, value_name = "FILE")]
    pub sign_key: Option<PathBuf>,
}

/// What `serve` takes.
#[derive(Debug, Args)]
pub struct ServeOptions {
    /// The port; 0 takes one that is free (default: 4000)
    #[arg(long, value_name = "PORT", default_value_t = 4000, hide_default_value = true)]
    pub port: u16,

    /// The address to listen at (default: 127.0.0.1, which this machine alone can reach)
    #[arg(long = "host", value_name = "HOST", default_value = "127.0.0.1", hide_default_value = true)]
    pub address: String,

    /// Show drafts as well
    #[arg(long)]
    pub drafts: bool,

    /// Open the preview in the browser
    #[arg(long)]
    pub open: bool,

    /// Look at the files twice a second, where the file system tells of no changes
    #[arg(long)]
    pub poll: bool,
}

/// What `check` takes.
#[derive(Debug, Args)]
pub struct CheckOptions {
    /// Form of the report: human, json or github (default: human)
    #[arg(long, value_name = "FORM", default_value = "human", hide_default_value = true, hide_possible_values = true)]
    pub format: Format,

    /// Look at drafts as well
    #[arg(long)]
    pub drafts: bool,

    /// End with status 1 while there are warnings
    #[arg(long)]
    pub strict: bool,
}

/// What `status` takes.
#[derive(Debug, Args)]
pub struct StatusOptions {
    /// Form of the result: human, json or csv (default: human)
    #[arg(
        id = "status_form",
        long = "format",
        value_name = "FORM",
        default_value = "human",
        hide_default_value = true,
        hide_possible_values = true
    )]
    pub form: StatusForm,

    /// Look at drafts as well
    #[arg(long)]
    pub drafts: bool,
}

/// What `verify` takes.
#[derive(Debug, Args)]
pub struct VerifyOptions {
    /// The published folder, or an agency's folder in it
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,

    /// Form of the result: human or json (default: human)
    #[arg(long = "format", value_name = "FORM", default_value = "human", hide_default_value = true, hide_possible_values = true)]
    pub form: Form,

    /// Check the signature as well, with this public key: the line of letters, or a .pub file
    #[arg(long, value_name = "KEY|FILE")]
    pub public_key: Option<String>,
}

/// What `new` takes.
#[derive(Debug, Args)]
pub struct NewOptions {
    /// What to add: ci (files for continuous integration)
    #[arg(value_name = "WHAT", hide_possible_values = true)]
    pub what: NewWhat,

    /// The host that it is for: github or gitlab
    #[arg(value_name = "HOST", hide_possible_values = true)]
    pub host: CiHost,
}

/// What `new` can add.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum NewWhat {
    /// Files for continuous integration.
    Ci,
}

/// A host that builds sites.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum CiHost {
    /// GitHub.
    Github,
    /// GitLab.
    Gitlab,
}

/// What `help` takes. A command of ours, so that `--lang` and `--site` stand anywhere in it too.
#[derive(Debug, Args)]
pub struct HelpOptions {
    /// The command to explain
    #[arg(value_name = "COMMAND", value_parser = ["build", "check", "serve", "status", "verify", "new"], hide_possible_values = true)]
    pub topic: Option<String>,
}

/// The form of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people, with excerpts.
    Human,
    /// One JSON object.
    Json,
    /// Annotations for a CI run on GitHub.
    Github,
}

/// The form of a result that is no report about sources.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Form {
    /// For people.
    Human,
    /// One JSON object.
    Json,
}

/// The form of a status.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum StatusForm {
    /// For people.
    Human,
    /// One JSON object.
    Json,
    /// A table for spreadsheets.
    Csv,
}

/// The language of messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Lang {
    /// Thai.
    Th,
    /// English.
    En,
}

/// What is said in place of running: help, the version, or what is wrong with the line.
#[derive(Debug)]
pub struct Answer {
    /// The text, with its line end.
    pub text: String,
    /// Was it asked for? Else the line was wrong.
    pub is_asked_for: bool,
}

/// Reads the arguments.
///
/// # Errors
/// The [`Answer`] where there is nothing to run.
pub fn read(arguments: Vec<OsString>, language: Language) -> Result<Invocation, Answer> {
    let matches = command(language).try_get_matches_from(arguments);
    matches.and_then(|matches| Invocation::from_arg_matches(&matches)).map_err(|error| answer(&error, language))
}

/// The help of the program, or of a command.
pub fn help(topic: Option<&str>, language: Language) -> Answer {
    let mut whole = command(language);
    let text = match topic.and_then(|topic| whole.find_subcommand_mut(topic)) {
        Some(command) => command.render_help(),
        None => whole.render_help(),
    };
    Answer { text: text.to_string(), is_asked_for: true }
}

/// The definition with the texts of a language.
fn command(language: Language) -> clap::Command {
    let mut command = Invocation::command();
    command.build();
    let template = match language {
        Language::En => "{about-with-newline}\nUsage: {usage}\n\n{all-args}{after-help}",
        Language::Th => "{about-with-newline}\nวิธีใช้: {usage}\n\n{all-args}{after-help}",
    };
    let command = if language == Language::Th { in_thai(command) } else { command };
    let more = usage::more(language);
    let command = command.mut_subcommands(|command| {
        let more = usage::more_of(command.get_name(), language);
        command.help_template(template).after_help(more)
    });
    let about = usage::about(language);
    command.help_template(template).about(about).after_help(more).long_version(usage::version())
}

fn in_thai(command: clap::Command) -> clap::Command {
    let about = usage::thai(command.get_name());
    command
        .about(about)
        .subcommand_help_heading("คำสั่ง")
        .mut_args(|argument| {
            let text = usage::thai(argument.get_id().as_str());
            argument.help(text).help_heading("ตัวเลือก")
        })
        .mut_subcommands(in_thai)
}

fn base_url(text: &str) -> Result<String, String> {
    normal_base_url(text).ok_or_else(|| "it has to be absolute, as in https://www.example.go.th/ita/, without `?` and `#`".to_owned())
}

fn answer(error: &clap::Error, language: Language) -> Answer {
    let is_asked_for = matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion);
    let is_help = is_asked_for || error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand;
    let thai = if language == Language::Th && !is_help { explain(error) } else { None };
    Answer { text: thai.unwrap_or_else(|| error.render().to_string()), is_asked_for }
}

/// A wrong line in Thai; `None` for the rare kinds, which keep the parser's own text.
fn explain(error: &clap::Error) -> Option<String> {
    let given = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => Some(text.clone()),
        Some(ContextValue::Strings(texts)) => texts.first().cloned(),
        _ => None,
    };
    let meant = |kind| given(kind).map_or(String::new(), |nearest| format!("\n\n  ใกล้เคียง: `{nearest}`"));
    let choices = || match error.get(ContextKind::ValidValue) {
        Some(ContextValue::Strings(values)) if !values.is_empty() => format!("\n\n  ที่ใช้ได้: {}", values.join(", ")),
        _ => String::new(),
    };
    let flag = || given(ContextKind::InvalidArg);
    let (what, nearest) = match error.kind() {
        ErrorKind::InvalidSubcommand => {
            (format!("ไม่มีคำสั่ง `{}`", given(ContextKind::InvalidSubcommand)?), meant(ContextKind::SuggestedSubcommand))
        }
        ErrorKind::MissingSubcommand => ("ต้องระบุคำสั่ง เช่น `build` หรือ `check`".to_owned(), String::new()),
        ErrorKind::MissingRequiredArgument => (format!("ต้องระบุ `{}`", flag()?), String::new()),
        ErrorKind::UnknownArgument => (format!("ใช้ `{}` ที่นี่ไม่ได้", flag()?), meant(ContextKind::SuggestedArg)),
        ErrorKind::InvalidValue if given(ContextKind::InvalidValue).is_some_and(|value| value.is_empty()) => {
            (format!("`{}` ต้องมีค่าตามหลัง", flag()?), String::new())
        }
        ErrorKind::InvalidValue => {
            (format!("`{}` ไม่รับค่า `{}`", flag()?, given(ContextKind::InvalidValue)?), meant(ContextKind::SuggestedValue) + &choices())
        }
        ErrorKind::ValueValidation => {
            let value = given(ContextKind::InvalidValue)?;
            (format!("`{}` ใช้ค่า `{value}` ไม่ได้ ต้องเป็นที่อยู่เต็ม เช่น https://www.example.go.th/ita/ และไม่มี `?` หรือ `#`", flag()?), String::new())
        }
        _ => return None,
    };
    Some(format!("ข้อผิดพลาด: {what}{nearest}\n\nดูวิธีใช้ด้วย `prongsai --help`\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str, language: Language) -> Result<Invocation, Answer> {
        read(text.split(' ').map(OsString::from).collect(), language)
    }

    fn refused(text: &str, language: Language) -> String {
        let answer = line(text, language).unwrap_err();
        assert!(!answer.is_asked_for, "{text}");
        answer.text
    }

    #[test]
    fn the_definition_holds_in_both_languages() {
        for language in [Language::Th, Language::En] {
            command(language).debug_assert();
        }
    }

    #[test]
    fn site_and_language_stand_anywhere() {
        for text in ["prongsai --site a --lang th build", "prongsai build --site a --lang th", "prongsai --site a build --lang=th"] {
            let invocation = line(text, Language::En).unwrap();
            assert_eq!((invocation.site, invocation.lang), (PathBuf::from("a"), Some(Lang::Th)), "{text}");
        }
    }

    #[test]
    fn a_base_url_gets_its_closing_slash() {
        let Command::Build(options) = line("prongsai build --base-url https://a.go.th/x", Language::En).unwrap().command else {
            panic!("another command")
        };
        assert_eq!(options.base_url.as_deref(), Some("https://a.go.th/x/"));
    }

    #[test]
    fn a_misspelt_word_gets_the_nearest_one() {
        for language in [Language::Th, Language::En] {
            assert!(refused("prongsai biuld", language).contains("build"));
            assert!(refused("prongsai build --stict", language).contains("--strict"));
            assert!(refused("prongsai check --format jsn", language).contains("json"));
        }
        assert!(refused("prongsai build --base-url example.go.th", Language::Th).contains("ต้องเป็นที่อยู่เต็ม"));
        assert!(refused("prongsai build --out", Language::Th).contains("ต้องมีค่า"));
        assert!(refused("prongsai verify", Language::Th).contains("ต้องระบุ `<DIR>`"));
    }

    #[test]
    fn help_is_a_command_too() {
        for text in ["prongsai help build --lang th", "prongsai --lang th help build"] {
            let Command::Help(options) = line(text, Language::Th).unwrap().command else { panic!("another command") };
            let help = help(options.topic.as_deref(), Language::Th);
            assert!(help.is_asked_for && help.text.contains("--base-url"), "{}", help.text);
        }
        assert!(help(None, Language::En).text.contains("Exit status"));
        assert!(refused("prongsai help biuld", Language::En).contains("build"));
    }

    #[test]
    fn every_flag_speaks_thai() {
        let has_thai = |text: String| text.chars().any(|c| ('ก'..='๛').contains(&c));
        for command in command(Language::Th).get_subcommands() {
            assert!(has_thai(command.get_about().unwrap().to_string()), "{}", command.get_name());
            for argument in command.get_arguments() {
                assert!(has_thai(argument.get_help().unwrap().to_string()), "{} {}", command.get_name(), argument.get_id());
            }
        }
    }
}
