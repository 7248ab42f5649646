//! Asking a person at a terminal. Owns the dialogue: a question with its default, an answer that is explained and asked for again where
//! it does not fit, and the end of the input, which ends it all. Refuses to know what is asked, and which terminal it is.

use std::io::{self, BufRead, Read, Write};

use crate::base::language::Language;
use crate::staff::said::Said;

/// The longest answer that is read, in bytes.
const LONGEST: u64 = 64 * 1024;

/// A person who answers.
pub struct Asker<'a> {
    /// What is typed.
    pub input: &'a mut dyn BufRead,
    /// Where questions stand.
    pub talk: &'a mut dyn Write,
    /// The language of the questions.
    pub language: Language,
}

/// Why there is no answer.
#[derive(Debug)]
pub enum Ended {
    /// Whoever was asked closed the input.
    Input,
    /// The terminal failed.
    Machine(io::Error),
}

impl From<io::Error> for Ended {
    fn from(error: io::Error) -> Self {
        Self::Machine(error)
    }
}

impl Asker<'_> {
    /// Shows a text.
    ///
    /// # Errors
    /// When it can't be shown.
    pub fn tell(&mut self, said: &Said) -> Result<(), Ended> {
        writeln!(self.talk, "{}", said.get(self.language))?;
        Ok(())
    }

    /// Asks until an answer fits. An empty one is the default: `shown` names it, and gives `None` back.
    ///
    /// # Errors
    /// When the input ends.
    pub fn ask<T>(&mut self, question: &Said, shown: &str, read: impl Fn(&str) -> Result<T, Said>) -> Result<Option<T>, Ended> {
        loop {
            write!(self.talk, "{} [{shown}]: ", question.get(self.language))?;
            self.talk.flush()?;
            let mut line = Vec::new();
            if (&mut *self.input).take(LONGEST).read_until(b'\n', &mut line)? == 0 {
                writeln!(self.talk)?;
                return Err(Ended::Input);
            }
            let line = String::from_utf8_lossy(&line);
            let answer = line.trim();
            if answer.is_empty() {
                return Ok(None);
            }
            match read(answer) {
                Ok(value) => return Ok(Some(value)),
                Err(why) => self.tell(&Said::new(format!("  {}", why.th), format!("  {}", why.en)))?,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(typed: &str) -> (Result<Option<u32>, Ended>, String) {
        let (mut input, mut talk) = (typed.as_bytes(), Vec::new());
        let number = |text: &str| text.parse().map_err(|_| Said::new(format!("ไม่ใช่เลข {text}"), format!("no number {text}")));
        let mut asker = Asker { input: &mut input, talk: &mut talk, language: Language::En };
        let answer = asker.ask(&Said::new("กี่ข้อ", "How many"), "3", number);
        (answer, String::from_utf8(talk).unwrap())
    }

    #[test]
    fn enter_takes_the_default() {
        for typed in ["\n", "\r\n", "  \n"] {
            let (answer, talk) = asked(typed);
            assert!(matches!(answer, Ok(None)));
            assert_eq!(talk, "How many [3]: ");
        }
    }

    #[test]
    fn a_wrong_answer_is_explained_and_asked_for_again() {
        let (answer, talk) = asked("x\n7");
        assert!(matches!(answer, Ok(Some(7))));
        assert_eq!(talk, "How many [3]:   no number x\nHow many [3]: ");
    }

    #[test]
    fn the_end_of_the_input_is_no_answer() {
        for typed in ["", "x\n"] {
            assert!(matches!(asked(typed).0, Err(Ended::Input)));
        }
        // Bytes that are no text, and a line without an end.
        let (mut input, mut talk) = (io::Cursor::new(vec![0xff; 200_000]), Vec::new());
        let mut asker = Asker { input: &mut input, talk: &mut talk, language: Language::Th };
        let read = |_: &str| Err::<(), _>(Said::new("ผิด", "wrong"));
        assert!(matches!(asker.ask(&Said::new("ก", "a"), "", read), Err(Ended::Input)));
    }
}
