//! `build --shard`: builds a part of the site, with what the whole is made from. Owns the words; `merge` joins the parts.

use std::sync::Arc;

use super::args::BuildOptions;
use super::build::{judge, note};
use super::terminal::Terminal;
use super::timings::Amount;
use super::{Status, Stop, left, progress};
use crate::base::language::counted;
use crate::base::path_text::path_text;
use crate::disk::scan::Site;
use crate::disk::target::Target;
use crate::engine::part::{self, Share};
use crate::engine::trace::{Phase, Span};
use crate::engine::{self, Manner, Sink, Source, Unit};
use crate::publish::{Publisher, shard};

/// Builds the agencies of a part and publishes them into a folder of their own.
pub fn run(
    site: &Site,
    (build, manner): (&engine::Options, Manner),
    (options, share, target): (&BuildOptions, Share, &Target),
    terminal: &Terminal,
) -> Result<(Status, Amount), Stop> {
    let Some(slugs) = site.listing()?.agencies else {
        let th = "เว็บไซต์นี้มีหน่วยงานเดียว จึงแบ่งเป็นส่วนไม่ได้ เพราะแต่ละส่วนประกอบด้วยหน่วยงานทั้งหน่วยงาน โปรดใช้ `prongsai build` โดยไม่มี `--shard`";
        let en = "this site has one agency, and shards are made of whole agencies, so there is nothing to part. Use `prongsai build` without `--shard`.";
        return Err(Stop::Said(terminal.choose(th, en).to_owned()));
    };
    let publisher = Publisher::begin_part(target)?;
    let tracer = manner.tracer.clone();
    let total = share.slugs(&slugs).count();
    let (part, amount) = progress::build(total, &publisher, terminal, |sink| part::build(site, build, (sink, manner), share))?;
    site.remember();
    let status = Status::of(part.done.count.summary, options.strict);
    if judge(&part.done, (options.strict, options.keep_going), terminal) {
        let _publish = Span::begin(tracer.as_deref(), Phase::Publish, "");
        let agencies = part.remains.len();
        publisher.take(Unit { slug: Arc::from(""), output: shard::files(part, build, share), findings: Vec::new() })?;
        let report = publisher.publish()?;
        if let Some(note) = note(&report, terminal) {
            terminal.talk(note);
        }
        let (number, of, files) = (share.number, share.of, report.files);
        let out = path_text(target.out.as_os_str());
        let th = format!("ส่วนที่ {number} จาก {of}: {agencies} หน่วยงาน {files} ไฟล์ ที่ {out}\n");
        let en = format!("shard {number} of {of}: {}, {} in {out}\n", left::agencies(agencies), counted(files, "file"));
        terminal.result(terminal.choose(&th, &en))?;
    }
    Ok((status, amount))
}
