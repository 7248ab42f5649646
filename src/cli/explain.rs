//! `explain`: tells what a code of a report means, on standard output.

use super::args::ExplainOptions;
use super::terminal::Terminal;
use super::{Status, Stop};
use crate::staff::explain;

/// Explains a code, or lists all of them.
pub fn run(options: &ExplainOptions, terminal: &Terminal) -> Result<Status, Stop> {
    let Some(asked) = options.code.as_deref() else {
        terminal.result(&explain::list(terminal.language))?;
        return Ok(Status::Fine);
    };
    match explain::find(asked) {
        Ok(code) => {
            terminal.result(&explain::one(code, terminal.language))?;
            Ok(Status::Fine)
        }
        Err(nearest) => {
            let (mut th, mut en) = (format!("ไม่มีรหัส `{asked}`"), format!("there is no code `{asked}`"));
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
