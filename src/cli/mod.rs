//! The command line: the only room that prints, reads the environment and the clock, and decides the exit status.

mod args;
mod ask;
mod browser;
mod build;
mod check;
mod edge;
mod explain;
mod export;
mod import;
mod init;
mod interrupt;
mod left;
mod merge;
mod new;
mod paper;
mod progress;
mod report;
mod schema;
mod serve;
mod shard;
mod signing;
mod status;
mod terminal;
mod timings;
mod usage;
mod verify;

use std::ffi::OsString;
use std::io;
use std::process::ExitCode;

use crate::base::language::Language;
use crate::disk::fault::{self, Fault};
use crate::disk::scan::Site;
use crate::engine::Source;
use crate::finding::Summary;
use crate::publish::secret_key::KeyFault;
use crate::staff;
use args::{Command, Invocation};
use terminal::Terminal;

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Status {
    /// All is well.
    Fine,
    /// The site has errors (or, where that was asked, warnings), and nothing was published, or only agencies without errors; a published
    /// folder is not as published.
    Faulty,
    /// The program could not run: usage, output, disk.
    CouldNotRun,
}

impl Status {
    /// What findings come to, however many.
    fn of(summary: Summary, is_strict: bool) -> Self {
        if summary.errors > 0 || (is_strict && summary.warnings > 0) { Self::Faulty } else { Self::Fine }
    }
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> Self {
        match status {
            Status::Fine => Self::SUCCESS,
            Status::Faulty => Self::from(1),
            Status::CouldNotRun => Self::from(2),
        }
    }
}

/// Why a run stops before its end.
enum Stop {
    /// A sentence for people, in their language.
    Said(String),
    /// The machine failed.
    Machine(io::Error),
    /// Whoever read our output has gone, which is a normal end.
    ClosedPipe,
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        Self::Machine(error)
    }
}

/// Runs the program with the arguments of the process.
#[expect(clippy::disallowed_methods, reason = "the one look at the arguments of the process")]
pub fn run() -> ExitCode {
    let arguments: Vec<OsString> = std::env::args_os().collect();
    let language = edge::language(&arguments);
    let terminal = Terminal::new(language);
    let status = match args::read(&arguments, language) {
        Ok(invocation) => dispatch(&invocation, &terminal),
        Err(answer) => usage::answer(&answer, &terminal),
    };
    let status = status.unwrap_or_else(|stop| match stop {
        Stop::ClosedPipe => Status::Fine,
        Stop::Said(text) => terminal.complain(&text),
        Stop::Machine(error) => terminal.complain(&sentence(&error, language)),
    });
    status.into()
}

fn dispatch(invocation: &Invocation, terminal: &Terminal) -> Result<Status, Stop> {
    match &invocation.command {
        Command::Init(options) => init::run(options, terminal),
        Command::New(options) => new::run(invocation, options, terminal),
        Command::Import(options) => import::run(invocation, options, terminal),
        Command::Check(options) => check::run(invocation, options, terminal),
        Command::Explain(options) => explain::run(options, terminal),
        Command::Status(options) => status::run(invocation, options, terminal),
        Command::Serve(options) => serve::run(invocation, options, terminal),
        Command::Build(options) => build::run(invocation, options, terminal),
        Command::Merge(options) => merge::run(invocation, options, terminal),
        Command::Verify(options) => verify::run(options, terminal),
        Command::Export(options) => export::run(invocation, options, terminal),
        Command::Schema(options) => schema::run(invocation, options, terminal),
        Command::Completions(options) => paper::completions(options, terminal),
        Command::Man => paper::manual(terminal),
        Command::Help(options) => usage::answer(&args::help(&options.topic, terminal.language), terminal),
    }
}

/// The agency that a command is for: the only one of the site, or the one that was named.
fn agency_of(site: &Site, asked: Option<&str>, terminal: &Terminal) -> Result<String, Stop> {
    let slugs = site.listing()?.agencies;
    staff::new::agency(slugs.as_deref(), asked).map_err(|why| Stop::Said(why.get(terminal.language).to_owned()))
}

/// What an error of the machine says to people.
fn sentence(error: &io::Error, language: Language) -> String {
    let key = || KeyFault::of(error).map(|fault| fault.tell(language));
    Fault::of(error).map(|fault| fault.tell(language)).or_else(key).unwrap_or_else(|| fault::reason(error, language))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::span::Place;
    use crate::finding::{Code, Finding};

    #[test]
    fn the_status_follows_from_the_findings() {
        let one = |code| vec![Finding::new(code, Place::top("content/site.yaml"))];
        let of = |findings: &[Finding], is_strict| Status::of(Summary::of(findings), is_strict);
        assert_eq!(Status::of(Summary::default(), true), Status::Fine);
        assert_eq!(of(&one(Code::ScoreMissing), true), Status::Fine);
        assert_eq!(of(&one(Code::RawHtml), false), Status::Fine);
        assert_eq!(of(&one(Code::RawHtml), true), Status::Faulty);
        assert_eq!(of(&one(Code::YamlSyntax), false), Status::Faulty);
        let mut accepted = one(Code::RawHtml);
        accepted[0].accepted = Some("reason".to_owned());
        assert_eq!(of(&accepted, true), Status::Fine);
    }
}
