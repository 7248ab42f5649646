//! `build`: publishes the site.

use std::path::Path;
use std::sync::Arc;

use super::args::{BuildOptions, Invocation};
use super::terminal::Terminal;
use super::timings::{Amount, Timings};
use super::{Status, Stop, edge, left, progress, signing};
use crate::base::language::counted;
use crate::base::path_text::path_text;
use crate::disk::exchange::Way;
use crate::disk::scan::Site;
use crate::disk::target::Target;
use crate::engine::trace::{Phase, Span, Tracer};
use crate::engine::{self, Done, Manner, Source};
use crate::finding::human;
use crate::finding::{Count, Finding};
use crate::publish::{Outcome, Publisher, Report};

/// Builds into staging, tells what was found, and publishes where nothing forbids it.
pub fn run(invocation: &Invocation, options: &BuildOptions, terminal: &Terminal) -> Result<Status, Stop> {
    let build = engine::Options { base_url: options.base_url.clone(), drafts: options.drafts, today: edge::today(terminal)? };
    let default = invocation.site.join("public");
    // People read `public`, not `./public`.
    let out = options.out.as_deref().unwrap_or_else(|| default.strip_prefix(".").unwrap_or(&default)).to_owned();
    let site = Site::open(&invocation.site)?.published_into(&out);
    let target = Target { site: invocation.site.clone(), out: out.clone(), home: edge::home() };
    let timings = options.timings.then(|| Arc::new(Timings::begin()));
    let tracer = timings.clone().map(|timings| timings as Arc<dyn Tracer>);
    let manner = Manner { keep_going: options.keep_going, keep_few: true, tracer };
    let (status, amount) = match options.shard {
        Some(share) => super::shard::run(&site, (&build, manner), (options, share, &target), terminal)?,
        None => whole(&site, (&build, manner), (options, &target), terminal)?,
    };
    if let Some(timings) = timings {
        timings.tell(&invocation.site, amount, terminal);
    }
    Ok(status)
}

/// Builds the whole site.
fn whole(
    site: &Site,
    (build, manner): (&engine::Options, Manner),
    (options, target): (&BuildOptions, &Target),
    terminal: &Terminal,
) -> Result<(Status, Amount), Stop> {
    let signing = signing::of_build(options.sign_key.as_deref(), (&target.site, &target.out), terminal)?;
    let publisher = Publisher::begin(target)?.sign_with(signing).remembering();
    let total = site.listing()?.agencies.map_or(1, |agencies| agencies.len());
    let tracer = manner.tracer.clone();
    let (done, amount) = progress::build(total, &publisher, terminal, |sink| engine::run(site, build, (sink, manner)))?;
    site.remember();
    if judge(&done, (options.strict, options.keep_going), terminal) {
        let _publish = Span::begin(tracer.as_deref(), Phase::Publish, "");
        publish(publisher, &target.out, terminal)?;
    }
    Ok((Status::of(done.count.summary, options.strict), amount))
}

/// Tells what a build came to, and whether it is published.
pub fn judge(done: &Done, (is_strict, goes_on): (bool, bool), terminal: &Terminal) -> bool {
    tell(&done.findings, &done.count, terminal);
    terminal.talk(&left::list(&done.left, terminal));
    let is_published = done.is_publishable && (goes_on || Status::of(done.count.summary, is_strict) == Status::Fine);
    if !is_published {
        terminal.talk(terminal.choose("ยังไม่ได้เผยแพร่ เว็บไซต์เดิมยังอยู่ตามเดิม\n", "nothing was published; the earlier site is as it was\n"));
    }
    is_published
}

/// Puts what was built in the place of the present output, and says so.
pub fn publish(publisher: Publisher, out: &Path, terminal: &Terminal) -> Result<(), Stop> {
    let report = publisher.publish()?;
    if let Some(note) = note(&report, terminal) {
        terminal.talk(note);
    }
    terminal.talk(&signing::note(report.signed, terminal));
    terminal.result(&closing(&report, out, terminal))
}

/// Tells what was found, on standard error.
pub fn tell(findings: &[Finding], count: &Count, terminal: &Terminal) {
    if count.total() > 0 {
        terminal.talk(&human::render_first(findings, count, terminal.talk_style()));
    }
}

/// What a reader of the folder could have met while it was published.
pub fn note<'t>(report: &Report, terminal: &'t Terminal) -> Option<&'t str> {
    match report.outcome {
        Outcome::Published(Way::TwoSteps) => Some(terminal.choose(
            "หมายเหตุ: ระบบไฟล์นี้สลับโฟลเดอร์ในขั้นตอนเดียวไม่ได้ ระหว่างสลับ เว็บไซต์จึงหายไปชั่วขณะ\n",
            "note: this file system can't exchange folders in one step, so for a moment there was no site\n",
        )),
        Outcome::Published(Way::Pieces) => Some(terminal.choose(
            "หมายเหตุ: โฟลเดอร์ผลลัพธ์สลับทั้งโฟลเดอร์ไม่ได้ (เป็นจุดเชื่อมต่อดิสก์ มากับภาพของคอนเทนเนอร์ มีโปรแกรมอื่นเปิดค้างไว้ หรือเขียนข้าง ๆ ไม่ได้) จึงเปลี่ยนทีละส่วนโดยมีบันทึกกำกับ ระหว่างนั้นมีทั้งส่วนใหม่และส่วนเดิมปนกันชั่วขณะ\n",
            "note: the output folder can't be exchanged (it is a mount point, came with the image of a container, is held open by another program, or nothing can be written beside it), so it was changed piece by piece under a journal; for a moment some pieces were new and some old\n",
        )),
        Outcome::Published(Way::OneStep | Way::Agency) | Outcome::Unchanged => None,
    }
}

/// One line: how much there is, where, and whether it is new.
fn closing(report: &Report, out: &Path, terminal: &Terminal) -> String {
    let (files, pages, out) = (report.files, report.pages, path_text(out.as_os_str()));
    let (files_en, pages_en) = (counted(files, "file"), counted(pages, "page"));
    match report.outcome {
        Outcome::Published(_) => terminal
            .choose(&format!("เผยแพร่ {files} ไฟล์ ({pages} หน้า) ที่ {out}\n"), &format!("published {files_en} ({pages_en}) in {out}\n"))
            .to_owned(),
        Outcome::Unchanged => terminal
            .choose(
                &format!("ไม่มีอะไรเปลี่ยน: {files} ไฟล์ ({pages} หน้า) ที่ {out}\n"),
                &format!("nothing changed: {files_en} ({pages_en}) in {out}\n"),
            )
            .to_owned(),
    }
}
