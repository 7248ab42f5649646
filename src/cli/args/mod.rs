//! The arguments: what is wrong with a line that does not fit, and help. This folder alone names clap and what is made of its definition.
//! Which commands and flags there are is said in [`options`], the longer texts of the help in [`super::usage`].

mod options;
mod paper;

use std::ffi::OsString;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{CommandFactory, FromArgMatches};

use super::usage;
use crate::base::language::Language;
use crate::base::thai::nearest;
pub use options::*;
pub use paper::{completions, manual};

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
pub fn read(arguments: &[OsString], language: Language) -> Result<Invocation, Answer> {
    let matches = command(language).try_get_matches_from(arguments);
    let invocation = matches.and_then(|matches| Invocation::from_arg_matches(&matches));
    invocation.map_err(|error| answer(&error, arguments, language))
}

/// The help of the program, or of a command: `["new", "year"]`. What is wrong with the name where there is no such command.
pub fn help(topic: &[String], language: Language) -> Answer {
    help_of(&mut command(language), topic, language)
}

fn help_of(command: &mut clap::Command, topic: &[String], language: Language) -> Answer {
    match topic.split_first() {
        None => Answer { text: command.render_help().to_string(), is_asked_for: true },
        Some((name, _)) if command.find_subcommand(name).is_none() => unknown_topic(command, name, language),
        Some((name, rest)) => match command.find_subcommand_mut(name) {
            Some(within) => help_of(within, rest, language),
            None => help_of(command, &[], language),
        },
    }
}

/// Says that there is no such command, by the parser's own words for that.
fn unknown_topic(asked: &clap::Command, name: &str, language: Language) -> Answer {
    let parent = asked.clone().args_override_self(true).subcommand_required(true);
    match parent.try_get_matches_from([asked.get_name(), name]) {
        Err(error) => answer(&error, &[asked.get_name().into(), name.into()], language),
        Ok(_) => Answer { text: String::new(), is_asked_for: false },
    }
}

/// The definition with the texts of a language.
fn command(language: Language) -> clap::Command {
    let mut command = Invocation::command();
    command.build();
    let command = if language == Language::Th { in_thai(command, "") } else { command };
    let more = usage::more(language);
    let about = usage::about(language);
    let command = command.mut_subcommands(|command| with_more(command, "", language));
    command.help_template(template(language)).about(about).after_help(more).long_version(usage::version())
}

fn template(language: Language) -> &'static str {
    match language {
        Language::En => "{about-with-newline}\nUsage: {usage}\n\n{all-args}{after-help}",
        Language::Th => "{about-with-newline}\nวิธีใช้: {usage}\n\n{all-args}{after-help}",
    }
}

/// A command, and those within it, with what stands below their help.
fn with_more(command: clap::Command, within: &str, language: Language) -> clap::Command {
    let path = path(&command, within);
    let more = usage::more_of(&path, language);
    command.help_template(template(language)).after_help(more).mut_subcommands(|command| with_more(command, &path, language))
}

fn in_thai(command: clap::Command, within: &str) -> clap::Command {
    let path = path(&command, within);
    let about = usage::thai_command(&path);
    command
        .about(about)
        .subcommand_help_heading("คำสั่ง")
        .mut_args(|argument| {
            let text = usage::thai_flag(argument.get_id().as_str());
            let heading = if argument.is_positional() { "สิ่งที่ระบุ" } else { "ตัวเลือก" };
            argument.help(text).help_heading(heading)
        })
        .mut_subcommands(|command| in_thai(command, &path))
}

/// The words of a command below the program's own: `new year`.
fn path(command: &clap::Command, within: &str) -> String {
    match (within, command.get_name()) {
        (_, "prongsai") => String::new(),
        ("", name) => name.to_owned(),
        (within, name) => format!("{within} {name}"),
    }
}

fn answer(error: &clap::Error, arguments: &[OsString], language: Language) -> Answer {
    let is_asked_for = matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion);
    let is_help = is_asked_for || error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand;
    if is_help {
        return Answer { text: error.render().to_string(), is_asked_for };
    }
    let mut whole = command(language);
    let (asked, path) = within(&mut whole, arguments);
    let nearest = nearest_to(error, asked);
    let thai = if language == Language::Th { explain(error, nearest.as_deref(), &path) } else { None };
    Answer { text: thai.unwrap_or_else(|| in_english(error, nearest.as_deref())), is_asked_for }
}

/// The command that a line begins with, and its words: `new year`.
fn within<'c>(command: &'c mut clap::Command, arguments: &[OsString]) -> (&'c clap::Command, String) {
    let (mut asked, mut path): (&clap::Command, String) = (command, String::new());
    for word in arguments.iter().skip(1).filter_map(|word| word.to_str()) {
        if let Some(found) = asked.find_subcommand(word) {
            asked = found;
            path = if path.is_empty() { word.to_owned() } else { format!("{path} {word}") };
        }
    }
    (asked, path)
}

/// The command or flag that is most like what was written, where that is like any.
fn nearest_to(error: &clap::Error, asked: &clap::Command) -> Option<String> {
    let given = |kind| error.get(kind).and_then(|value| if let ContextValue::String(text) = value { Some(text.clone()) } else { None });
    match error.kind() {
        ErrorKind::InvalidSubcommand => {
            let names: Vec<&str> = asked.get_subcommands().map(clap::Command::get_name).collect();
            nearest(&given(ContextKind::InvalidSubcommand)?, &names).map(str::to_owned)
        }
        ErrorKind::UnknownArgument => {
            let written = given(ContextKind::InvalidArg)?;
            let name = written.strip_prefix("--")?.split('=').next().unwrap_or_default().to_owned();
            let flags: Vec<&str> = asked.get_arguments().filter_map(clap::Arg::get_long).collect();
            nearest(&name, &flags).map(|flag| format!("--{flag}"))
        }
        _ => None,
    }
}

/// A wrong line as the parser tells it, with the nearest word where the parser knows none.
fn in_english(error: &clap::Error, nearest: Option<&str>) -> String {
    let text = nearest_first(error, error.render().to_string(), nearest);
    match nearest.filter(|nearest| !text.contains(&format!("'{nearest}'"))) {
        Some(nearest) => text.replacen("\n\nUsage:", &format!("\n\n  tip: did you mean '{nearest}'?\n\nUsage:"), 1),
        None => text,
    }
}

/// The text with the nearest word before others that the parser offers, which it names last.
fn nearest_first(error: &clap::Error, text: String, nearest: Option<&str>) -> String {
    let list = |words: &[String]| words.iter().map(|word| format!("'{word}'")).collect::<Vec<_>>().join(", ");
    let kinds = [ContextKind::SuggestedSubcommand, ContextKind::SuggestedArg, ContextKind::SuggestedValue];
    let offered = kinds.into_iter().find_map(|kind| match error.get(kind) {
        Some(ContextValue::Strings(words)) if words.len() > 1 => Some(words),
        _ => None,
    });
    let Some(offered) = offered else { return text };
    let mut ordered: Vec<String> = offered.iter().rev().cloned().collect();
    // Stable: all others keep their order.
    ordered.sort_by_key(|word| nearest != Some(word.as_str()));
    text.replacen(&list(offered), &list(&ordered), 1)
}

/// A wrong line in Thai; `None` for the rare kinds, which keep the parser's own text.
fn explain(error: &clap::Error, nearest: Option<&str>, path: &str) -> Option<String> {
    let given = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => Some(text.clone()),
        // The last one is the nearest.
        Some(ContextValue::Strings(texts)) => texts.last().cloned(),
        _ => None,
    };
    let meant =
        |kind| nearest.map(str::to_owned).or_else(|| given(kind)).map_or(String::new(), |nearest| format!(" หมายถึง `{nearest}` หรือไม่"));
    let choices = || match error.get(ContextKind::ValidValue) {
        Some(ContextValue::Strings(values)) if !values.is_empty() => format!("\n\n  ที่ใช้ได้: {}", values.join(", ")),
        _ => String::new(),
    };
    let flag = || given(ContextKind::InvalidArg);
    let what = match error.kind() {
        ErrorKind::InvalidSubcommand => {
            format!("ไม่มีคำสั่ง `{}`{}", given(ContextKind::InvalidSubcommand)?, meant(ContextKind::SuggestedSubcommand))
        }
        ErrorKind::MissingSubcommand => "ยังไม่ได้บอกคำสั่ง เช่น `build` หรือ `check`".to_owned(),
        ErrorKind::MissingRequiredArgument => format!("ยังไม่ได้บอก `{}`", flag()?),
        ErrorKind::UnknownArgument => {
            let written = flag()?;
            let kind = if written.starts_with('-') {
                "ไม่รู้จักตัวเลือก"
            } else {
                "มีคำเกินมา:"
            };
            format!("{kind} `{written}`{}", meant(ContextKind::SuggestedArg))
        }
        ErrorKind::InvalidValue if given(ContextKind::InvalidValue).is_some_and(|value| value.is_empty()) => {
            format!("`{}` ต้องมีค่าตามหลัง", flag()?)
        }
        ErrorKind::InvalidValue => {
            let value = given(ContextKind::InvalidValue)?;
            format!("`{}` ไม่รับค่า `{value}`{}{}", flag()?, meant(ContextKind::SuggestedValue), choices())
        }
        ErrorKind::ValueValidation => {
            let (flag, value) = (flag()?, given(ContextKind::InvalidValue)?);
            let must = match flag.split(' ').next() {
                Some("--base-url") => " ต้องเป็นที่อยู่เต็ม เช่น https://www.example.go.th/ita/ และไม่มี `?` หรือ `#`",
                Some("--shard") => " ต้องเป็นลำดับของส่วนและจำนวนส่วน เช่น 3/7 และไม่เกิน 10000 ส่วน",
                Some("--port") => " ต้องเป็นเลขพอร์ต 0 ถึง 65535",
                _ => "",
            };
            format!("`{flag}` ใช้ค่า `{value}` ไม่ได้{must}")
        }
        ErrorKind::TooManyValues => format!("`{}` ใช้ได้เลย ไม่ต้องมีค่าตามหลัง", flag()?),
        ErrorKind::WrongNumberOfValues | ErrorKind::TooFewValues => format!("`{}` มีค่าไม่ครบหรือเกิน", flag()?),
        ErrorKind::ArgumentConflict => format!("ใช้ `{}` ร่วมกับตัวเลือกอื่นในบรรทัดนี้ไม่ได้", flag()?),
        ErrorKind::InvalidUtf8 => "มีอักขระที่อ่านไม่ได้ในบรรทัดคำสั่ง โปรดพิมพ์ใหม่".to_owned(),
        _ => return None,
    };
    let path = if path.is_empty() { String::new() } else { format!(" {path}") };
    Some(format!("ข้อผิดพลาด: {what}\n\nดูวิธีใช้ด้วย `prongsai{path} --help`\n"))
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;

    fn line(text: &str, language: Language) -> Result<Invocation, Answer> {
        read(&text.split(' ').map(OsString::from).collect::<Vec<_>>(), language)
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
            for (line, nearest) in
                [("chekc", "check"), ("imprt", "import"), ("nwe", "new"), ("export report --pfd x", "--pdf"), ("new yaer 1", "year")]
            {
                let told = refused(&format!("prongsai {line}"), language);
                assert!(told.contains(nearest) && !told.contains("`schema`"), "{line}: {told}");
            }
            assert!(refused("prongsai build --stict", language).contains("--strict"));
            assert!(refused("prongsai check --format jsn", language).contains("json"));
        }
        assert!(refused("prongsai chek", Language::En).contains("'check', 'schema'"));
        assert!(refused("prongsai build --base-url example.go.th", Language::Th).contains("ต้องเป็นที่อยู่เต็ม"));
        for wrong in ["0/3", "4/3", "3", "x/3", "1/10001", "1/0"] {
            assert!(refused(&format!("prongsai build --shard {wrong}"), Language::Th).contains("เช่น 3/7"), "{wrong}");
        }
        assert!(refused("prongsai build --shard 1/2 --sign-key k", Language::Th).contains("ร่วมกับตัวเลือกอื่น"));
        assert!(refused("prongsai merge a b", Language::Th).contains("--out"));
        assert!(refused("prongsai serve --port x", Language::Th).contains("65535"));
        assert!(refused("prongsai build --out", Language::Th).contains("ต้องมีค่า"));
        assert!(refused("prongsai verify", Language::Th).contains("ยังไม่ได้บอก `<DIR>`"));
    }

    #[test]
    fn help_is_a_command_too() {
        for text in ["prongsai help build --lang th", "prongsai --lang th help build"] {
            let Command::Help(options) = line(text, Language::Th).unwrap().command else { panic!("another command") };
            let help = help(&options.topic, Language::Th);
            assert!(help.is_asked_for && help.text.contains("--base-url"), "{}", help.text);
        }
        let topic = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        assert!(help(&[], Language::En).text.contains("Exit status"));
        assert!(help(&topic("new year"), Language::En).text.contains("prongsai new year"));
        for (wrong, nearest) in [("biuld", "build"), ("new yaer", "year"), ("build year", "year")] {
            let answer = help(&topic(wrong), Language::En);
            assert!(!answer.is_asked_for && answer.text.contains(nearest), "{wrong}: {}", answer.text);
        }
    }

    #[test]
    fn what_a_command_takes_stands_under_a_heading_of_its_own_in_thai() {
        let topic: Vec<String> = vec!["init".to_owned()];
        let help = help(&topic, Language::Th).text;
        let (taken, flags) = (help.find("สิ่งที่ระบุ:").unwrap(), help.find("ตัวเลือก:").unwrap());
        let folder = help.find("  <DIR>").unwrap();
        assert!(taken < folder && folder < flags, "{help}");
    }

    #[test]
    fn the_thai_manual_has_thai_headings() {
        let page = String::from_utf8(manual(Language::Th).unwrap()).unwrap();
        let headings = page.lines().filter_map(|line| line.strip_prefix(".SH ").or_else(|| line.strip_prefix(".SS ")));
        let foreign: Vec<&str> = headings.filter(|heading| heading.is_ascii() && !heading.contains("prongsai")).collect();
        assert_eq!(foreign, Vec::<&str>::new());
        assert!(page.contains("\n.SH ชื่อ\n") && page.contains("\n.SS คำอธิบาย\n"));
        assert!(String::from_utf8(manual(Language::En).unwrap()).unwrap().contains("\n.SH NAME\n"));
    }

    #[test]
    fn every_command_and_flag_speaks_thai() {
        let has_thai = |text: String| text.chars().any(|c| ('ก'..='๛').contains(&c));
        fn each(command: &clap::Command, look: &dyn Fn(&clap::Command)) {
            look(command);
            command.get_subcommands().for_each(|command| each(command, look));
        }
        for command in command(Language::Th).get_subcommands() {
            each(command, &|command| {
                assert!(has_thai(command.get_about().unwrap().to_string()), "{}", command.get_name());
                for argument in command.get_arguments() {
                    let help = argument.get_help().unwrap().to_string();
                    assert!(has_thai(help), "{} {}", command.get_name(), argument.get_id());
                }
            });
        }
    }
}
