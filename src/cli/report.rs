//! `export report`: the analysis report as one document, as HTML on standard output or as a PDF that a browser prints.

use std::path::Path;

use super::args::{ExportReport, Invocation};
use super::browser::{Browser, Printed};
use super::interrupt::Interrupt;
use super::terminal::Terminal;
use super::{Status, Stop, agency_of, build, edge};
use crate::base::date::parse_year;
use crate::base::path_text::path_text;
use crate::disk::scan::Site;
use crate::disk::scratch::Scratch;
use crate::engine;
use crate::finding::Count;
use crate::staff::report::{self, Keep, One};
use crate::staff::status::Agency;

/// Makes the document and hands it out.
pub fn run(invocation: &Invocation, options: &ExportReport, terminal: &Terminal) -> Result<Status, Stop> {
    if let Some(pdf) = options.pdf.as_deref().filter(|pdf| !pdf.extension().is_some_and(|end| end.eq_ignore_ascii_case("pdf"))) {
        let shown = path_text(pdf.as_os_str());
        let (th, en) = (format!("ชื่อไฟล์ {shown} ต้องลงท้ายด้วย .pdf"), format!("the name {shown} has to end in .pdf"));
        return Err(Stop::Said(terminal.choose(&th, &en).to_owned()));
    }
    // Where there is no browser nothing else need be done.
    let browser = options.pdf.as_ref().map(|_| Browser::find(options.browser.as_deref(), terminal)).transpose()?;
    let read = engine::Options { base_url: None, drafts: options.drafts, today: edge::today(terminal)? };
    let site = Site::open(&invocation.site)?;
    let slug = agency_of(&site, options.agency.as_deref(), terminal)?;
    let one = One::new(&site, &slug);
    let year = year(&one, (&read, options), terminal)?;
    let kept = Keep::default();
    let findings = engine::build(&one, &read, &kept)?;
    site.remember();
    let count = Count::of(&findings);
    if Status::of(count.summary, false) == Status::Faulty {
        build::tell(&findings, &count, terminal);
        return Ok(Status::Faulty);
    }
    let address = report::address(&slug, year);
    let Some(document) = report::document(&kept.into_output(), &address, &site)? else {
        return Err(no_report(year, terminal));
    };
    let Some((browser, pdf)) = browser.zip(options.pdf.as_deref()) else {
        terminal.result(&document)?;
        return Ok(Status::Fine);
    };
    print(&document, (&browser, pdf), terminal)?;
    let shown = path_text(pdf.as_os_str());
    terminal.result(terminal.choose(&format!("เขียน {shown} แล้ว\n"), &format!("wrote {shown}\n")))?;
    Ok(Status::Fine)
}

/// Prints until the contents name the sheets that the headings lie on: the second time, since room is left for the numbers.
fn print(document: &str, (browser, pdf): (&Browser, &Path), terminal: &Terminal) -> Result<(), Stop> {
    // Before there is anything to clear away.
    let interrupt = Interrupt::listen();
    let scratch = Scratch::beside(pdf, b"%PDF-")?;
    let mut sheets = None;
    for _ in 0..3 {
        scratch.put("report.html", report::numbered(document, sheets.as_ref()).as_bytes())?;
        match browser.print(&scratch, ("report.html", "report.pdf"), (&interrupt, terminal))? {
            Printed::Done => {}
            not => return Err(Stop::Said(not_printed(not, terminal).to_owned())),
        }
        let found = report::sheets(&scratch.get("report.pdf")?.unwrap_or_default());
        if sheets.as_ref() == Some(&found) {
            break;
        }
        sheets = Some(found);
    }
    if sheets.is_none_or(|sheets| sheets.is_empty()) {
        terminal.talk(terminal.choose(
            "หมายเหตุ: สารบัญไม่มีเลขหน้า เพราะอ่านตำแหน่งหัวข้อจาก PDF ของเบราว์เซอร์นี้ไม่ได้\n",
            "note: the contents have no page numbers, as this browser's PDF does not tell where headings lie\n",
        ));
    }
    Ok(scratch.deliver("report.pdf")?)
}

/// Why there is no PDF, and what to do.
fn not_printed(printed: Printed, terminal: &Terminal) -> &str {
    let (th, en) = match printed {
        Printed::Stopped => ("หยุดตามที่สั่ง ยังไม่ได้เขียน PDF", "stopped as asked; no PDF was written"),
        Printed::Hung => (
            "เบราว์เซอร์ไม่ตอบภายใน 2 นาที จึงปิดเบราว์เซอร์นั้นแล้ว ยังไม่ได้เขียน PDF ลองสั่งอีกครั้ง ลองเบราว์เซอร์อื่นด้วย --browser หรือเปิดหน้ารายงานแล้วพิมพ์เอง",
            "the browser did not answer within two minutes and was ended; no PDF was written. Run it again, try another by --browser, or open the report's page and print it yourself",
        ),
        Printed::Failed | Printed::Done => (
            "เบราว์เซอร์พิมพ์ไม่สำเร็จ ลองเบราว์เซอร์อื่นด้วย --browser หรือเปิดหน้ารายงานแล้วพิมพ์เอง",
            "the browser did not print it; try another by --browser, or open the report's page and print it yourself",
        ),
    };
    terminal.choose(th, en)
}

/// The year that was asked for, else the latest with a result.
fn year(site: &One<'_>, (read, options): (&engine::Options, &ExportReport), terminal: &Terminal) -> Result<u16, Stop> {
    if let Some(text) = &options.year {
        return parse_year(text).ok_or_else(|| {
            let (th, en) = (format!("`{text}` ไม่ใช่ปี เขียนปี พ.ศ. สี่หลัก เช่น 2568"), format!("`{text}` is no year; write four digits, as 2568"));
            Stop::Said(terminal.choose(&th, &en).to_owned())
        });
    }
    let (agencies, _) = engine::inspect(site, read, &Agency::of)?;
    agencies.first().and_then(Agency::latest).map(|edition| edition.year).ok_or_else(|| {
        let text = terminal.choose(
            "ยังไม่มีปีใดในเว็บไซต์นี้ จึงไม่มีรายงาน เพิ่มปีด้วย `prongsai new year 2568`",
            "the site has no year, and so no report; add one with `prongsai new year 2568`",
        );
        Stop::Said(text.to_owned())
    })
}

fn no_report(year: u16, terminal: &Terminal) -> Stop {
    let th = format!("ไม่มีรายงานของปี {year} ถ้าปีนี้เป็นฉบับร่าง ให้ใช้ --drafts");
    let en = format!("there is no report of {year}; where that year is a draft, use --drafts");
    Stop::Said(terminal.choose(&th, &en).to_owned())
}
