//! The runs of a cell's text that are not written as the rest is: raised as the mark of a footnote, struck out, hidden, or where a table
//! stands in the cell. Owns how they are gathered. Refuses to say what counts: that is for whoever knows what the cell should hold.

use super::rows::add;

/// How a run of a text is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mark {
    /// As the cell says.
    #[default]
    OfCell,
    /// On the line, whatever the cell says.
    Plain,
    /// Above or below the line.
    Raised,
    /// With a line through it.
    Struck,
    /// Not shown.
    Hidden,
    /// Here stands a table; the run has no text.
    Table,
}

/// A piece of a cell's text that is written in one way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// How.
    pub mark: Mark,
    /// Its text.
    pub text: String,
}

/// How many runs of a cell are told apart; what follows is part of the last.
const MOST: usize = 1_000;

/// Gathers the runs of one text. One without a mark costs nothing.
#[derive(Debug, Default)]
pub struct Runs {
    runs: Vec<Run>,
    /// What came before the first mark.
    plain: String,
    has_marks: bool,
}

impl Runs {
    /// Forgets what was gathered.
    pub fn clear(&mut self) {
        self.runs.clear();
        self.plain.clear();
        self.has_marks = false;
    }

    /// Adds a piece.
    pub fn push(&mut self, mark: Mark, piece: &str) {
        if !self.has_marks && mark == Mark::OfCell {
            add(piece, &mut self.plain);
            return;
        }
        if !self.has_marks {
            self.has_marks = true;
            let text = std::mem::take(&mut self.plain);
            if !text.is_empty() {
                self.runs.push(Run { mark: Mark::OfCell, text });
            }
        }
        let is_full = self.runs.len() >= MOST;
        match self.runs.last_mut().filter(|last| last.mark == mark || is_full) {
            Some(last) => {
                add(piece, &mut last.text);
            }
            None => {
                let mut text = String::new();
                add(piece, &mut text);
                self.runs.push(Run { mark, text });
            }
        }
    }

    /// The runs, where one of them has a mark; else none.
    pub fn finish(&mut self) -> Vec<Run> {
        let runs = std::mem::take(&mut self.runs);
        self.clear();
        runs
    }
}

/// The runs of a cell, `struck` where all of it is that has no mark of its own; none where all is as it should be.
pub fn of_cell(mut runs: Vec<Run>, is_struck: bool, text: &str) -> Vec<Run> {
    if is_struck && runs.is_empty() {
        return vec![Run { mark: Mark::Struck, text: text.to_owned() }];
    }
    let own = if is_struck { Mark::Struck } else { Mark::Plain };
    runs.iter_mut().filter(|run| run.mark == Mark::OfCell).for_each(|run| run.mark = own);
    if runs.iter().all(|run| run.mark == Mark::Plain) { Vec::new() } else { runs }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_has_a_mark_is_kept() {
        let mut runs = Runs::default();
        runs.push(Mark::OfCell, "98.4");
        assert_eq!(runs.finish(), []);
        for (mark, piece) in [(Mark::OfCell, "98"), (Mark::OfCell, ".4"), (Mark::Raised, "1"), (Mark::Raised, ")"), (Mark::Plain, " ก")] {
            runs.push(mark, piece);
        }
        let all = runs.finish();
        assert_eq!(all.iter().map(|run| run.text.as_str()).collect::<Vec<_>>(), ["98.4", "1)", " ก"]);
        let marks = |runs: Vec<Run>| runs.iter().map(|run| run.mark).collect::<Vec<_>>();
        assert_eq!(marks(of_cell(all.clone(), false, "")), [Mark::Plain, Mark::Raised, Mark::Plain]);
        assert_eq!(marks(of_cell(all, true, "")), [Mark::Struck, Mark::Raised, Mark::Plain]);
        assert_eq!((of_cell(Vec::new(), true, "9")[0].mark, of_cell(Vec::new(), false, "9")), (Mark::Struck, Vec::new()));
    }
}
