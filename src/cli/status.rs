//! `status`: tells how complete the records are, and writes nothing but what was found out of attachments.

use super::args::{Invocation, StatusForm, StatusOptions};
use super::terminal::Terminal;
use super::{Status as End, Stop, edge};
use crate::base::language::Language;
use crate::disk::scan::Site;
use crate::engine;
use crate::staff::status::{Agency, Status, csv, human, json};

/// Reads the sources, builds nothing, and writes the status to standard output. A site with errors has a status too.
pub fn run(invocation: &Invocation, options: &StatusOptions, terminal: &Terminal) -> Result<End, Stop> {
    let today = edge::today(terminal)?;
    let read = engine::Options { base_url: None, drafts: options.drafts, today };
    let site = Site::open(&invocation.site)?;
    let (agencies, shared) = engine::inspect(&site, &read, &Agency::of)?;
    site.remember();
    let status = Status { today, agencies };
    let text = match options.form {
        StatusForm::Human => human::render(&status, terminal.language, terminal.result_style().width),
        StatusForm::Json => json::render(&status),
        StatusForm::Csv => csv::render(&status),
    };
    match terminal.result(&text) {
        Ok(()) | Err(Stop::ClosedPipe) => {}
        Err(stop) => return Err(stop),
    }
    if shared.errors > 0 {
        let errors = shared.errors;
        terminal.talk(&match terminal.language {
            Language::Th => format!("หมายเหตุ: ไฟล์ที่ทุกหน่วยงานใช้ร่วมกันมีข้อผิดพลาด {errors} จุด ดูด้วย `prongsai check`\n"),
            Language::En => format!("note: the files that all agencies share have errors ({errors}); see `prongsai check`\n"),
        });
    }
    Ok(End::Fine)
}
