//! Writing for people and for pipes. Owns the two streams, colour, how wide they are, and the closed pipe. Refuses to know what is
//! written, but for one thing: nothing that looks like a secret key is repeated.

use std::io::{self, IsTerminal, Write};

use super::{Status, Stop, edge};
use crate::base::language::Language;
use crate::base::public_key::without_secrets;
use crate::finding::human::Style;

/// The two streams of a run, and how people read them.
#[derive(Clone)]
pub struct Terminal {
    /// The language of the run.
    pub language: Language,
    may_colour: bool,
    /// Does a terminal of this system follow escape codes?
    knows_codes: bool,
}

impl Terminal {
    /// The streams of this process.
    pub fn new(language: Language) -> Self {
        // Windows paints no colours until it is asked to; a terminal that calls itself dumb never does.
        let knows_codes = anstyle_query::windows::enable_ansi_colors().unwrap_or(true) && anstyle_query::term_supports_ansi_color();
        Self { language, may_colour: !edge::no_colour() && knows_codes, knows_codes }
    }

    /// How findings look as a result.
    pub fn result_style(&self) -> Style {
        let out = io::stdout();
        let width = terminal_size::terminal_size_of(&out).map(|(width, _)| usize::from(width.0));
        Style { language: self.language, colour: self.may_colour && out.is_terminal(), width }
    }

    /// How findings look as talk.
    pub fn talk_style(&self) -> Style {
        let out = io::stderr();
        let width = terminal_size::terminal_size_of(&out).map(|(width, _)| usize::from(width.0));
        Style { language: self.language, colour: self.may_colour && out.is_terminal(), width }
    }

    /// Is the talk read on a terminal as it comes, where a line can be written again?
    pub fn is_watched(&self) -> bool {
        self.knows_codes && io::stderr().is_terminal()
    }

    /// The text for the run's language.
    pub fn choose<'t>(&self, th: &'t str, en: &'t str) -> &'t str {
        if self.language == Language::Th { th } else { en }
    }

    /// Writes to standard output.
    ///
    /// # Errors
    /// [`Stop::ClosedPipe`] when nobody reads any more, else what the system tells.
    pub fn result(&self, text: &str) -> Result<(), Stop> {
        let mut out = io::stdout().lock();
        out.write_all(text.as_bytes()).and_then(|()| out.flush()).map_err(|error| match error.kind() {
            io::ErrorKind::BrokenPipe => Stop::ClosedPipe,
            _ => Stop::Machine(error),
        })
    }

    /// Writes to standard error. Talk that nobody hears stops no work. A key that was given in the wrong place of a line is hidden.
    pub fn talk(&self, text: &str) {
        let _ = io::stderr().lock().write_all(without_secrets(text).as_bytes());
    }

    /// Says why the program could not run.
    pub fn complain(&self, text: &str) -> Status {
        let word = self.choose("ข้อผิดพลาด", "error");
        if self.talk_style().colour {
            self.talk(&format!("\u{1b}[1;31m{word}\u{1b}[0m: {text}\n"));
        } else {
            self.talk(&format!("{word}: {text}\n"));
        }
        Status::CouldNotRun
    }
}
