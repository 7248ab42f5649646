//! `explain`: tells what a code of a report means, on standard output.

use super::args::ExplainOptions;
use super::terminal::Terminal;
use super::{Status, Stop};
use crate::base::path_text::path_text;
use crate::staff::explain;

/// How many characters of a word that is no code are repeated.
const LONGEST: usize = 60;

/// Explains a code, or lists all of them.
pub fn run(options: &ExplainOptions, terminal: &Terminal) -> Result<Status, Stop> {
    let width = terminal.result_style().width;
    let Some(asked) = options.code.as_deref() else {
        terminal.result(&explain::list(terminal.language, width))?;
        return Ok(Status::Fine);
    };
    match explain::find(asked) {
        Ok(code) => {
            terminal.result(&explain::one(code, terminal.language, width))?;
            Ok(Status::Fine)
        }
        Err(nearest) => {
            // As it may have been pasted: what steers a terminal is written out, and nobody reads a page of it.
            let mut shown: String = path_text(asked.as_ref()).chars().take(LONGEST + 1).collect();
            if shown.chars().count() > LONGEST {
                shown = shown.chars().take(LONGEST).chain(['…']).collect();
            }
            let (mut th, mut en) = (format!("ไม่มีรหัส `{shown}`"), format!("there is no code `{shown}`"));
            match nearest {
                Some(nearest) => {
                    th.push_str(&format!(" หมายถึง `{nearest}` หรือไม่"));
                    en.push_str(&format!("; did you mean `{nearest}`?"));
                }
                None => {
                    th.push_str(" ดูรหัสทั้งหมดด้วย `prongsai explain`");
                    en.push_str("; `prongsai explain` lists all of them");
                }
            }
            Err(Stop::Said(terminal.choose(&th, &en).to_owned()))
        }
    }
}
