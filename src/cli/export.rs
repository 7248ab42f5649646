//! `export`: hands out addresses, links and the report. Owns the notes beside a table; the tables are made elsewhere.

use std::collections::BTreeSet;

use super::args::{ExportLinks, ExportOptions, ExportUrls, ExportWhat, Invocation, TableForm};
use super::terminal::Terminal;
use super::{Status, Stop, edge, report};
use crate::base::address::Address;
use crate::base::date::parse_year;
use crate::base::path_text::path_text;
use crate::disk::scan::Site;
use crate::engine::Options;
use crate::engine::sources::{Sources, look_at};
use crate::publish::present::Present;
use crate::staff::export::urls::Items;
use crate::staff::export::{Table, links, urls};
use crate::staff::said::Said;

/// Hands out addresses, links and the report.
pub fn run(invocation: &Invocation, options: &ExportOptions, terminal: &Terminal) -> Result<Status, Stop> {
    match &options.what {
        ExportWhat::Urls(options) => of_items(invocation, options, terminal),
        ExportWhat::Links(options) => of_links(invocation, options, terminal),
        ExportWhat::Report(options) => report::run(invocation, options, terminal),
    }
}

/// Prints the table. Whoever stopped reading, as `head` does, still learns from the status how it is.
fn print(table: &Table, form: TableForm, terminal: &Terminal) -> Result<(), Stop> {
    let text = match form {
        TableForm::Csv => table.csv(),
        TableForm::Json => table.json(),
    };
    match terminal.result(&text) {
        Ok(()) | Err(Stop::ClosedPipe) => Ok(()),
        Err(stop) => Err(stop),
    }
}

/// Reads the site as a build would, and writes nothing but what was found out of attachments.
fn read<T: Send>(invocation: &Invocation, options: &Options, look: &(dyn Fn(&Sources<'_>) -> T + Sync)) -> Result<Vec<T>, Stop> {
    let site = Site::open(&invocation.site)?;
    let looked = look_at(&site, options, look)?;
    site.remember();
    Ok(looked)
}

fn of_links(invocation: &Invocation, options: &ExportLinks, terminal: &Terminal) -> Result<Status, Stop> {
    let read_as = Options { base_url: None, drafts: options.drafts, today: edge::today(terminal)? };
    let found = read(invocation, &read_as, &|sources| (sources.errors, links::of(sources)))?;
    let errors: usize = found.iter().map(|(errors, _)| errors).sum();
    print(&links::table(found.into_iter().flat_map(|(_, links)| links).collect()), options.form, terminal)?;
    if errors == 0 {
        return Ok(Status::Fine);
    }
    let th = format!("หมายเหตุ: ไฟล์ของเว็บไซต์มีข้อผิดพลาด {errors} จุด ลิงก์ในส่วนที่อ่านไม่ได้จึงอาจไม่ครบ ดูด้วย `prongsai check`\n");
    let en =
        format!("note: the site's files have errors ({errors}), so links in what could not be read may be missing; see `prongsai check`\n");
    terminal.talk(terminal.choose(&th, &en));
    Ok(Status::Faulty)
}

fn of_items(invocation: &Invocation, options: &ExportUrls, terminal: &Terminal) -> Result<Status, Stop> {
    let year = options.year.as_deref().map(|text| parse_year(text.trim()).ok_or_else(|| no_year(text, terminal))).transpose()?;
    let read_as = Options { base_url: options.base_url.clone(), drafts: options.drafts, today: edge::today(terminal)? };
    let agencies: Vec<Items> = read(invocation, &read_as, &|sources| Items::of(sources, year))?.into_iter().flatten().collect();
    if let Some(year) = year.filter(|_| agencies.iter().all(|items| items.year.is_none())) {
        return Err(no_edition(year, &agencies, terminal));
    }
    let default = invocation.site.join("public");
    let out = options.out.as_deref().unwrap_or_else(|| default.strip_prefix(".").unwrap_or(&default));
    let present = Present::open(out)?;
    let is_published = |slug: &str, address: &Address| present.as_ref().is_some_and(|present| present.has(slug, address));
    let (table, absent) = urls::table(&agencies, &is_published);
    print(&table, options.form, terminal)?;
    let left_out: Vec<&Items> = agencies.iter().filter(|items| items.year.is_none()).collect();
    if !left_out.is_empty() {
        terminal.talk(&without_result(&left_out, agencies.len(), terminal));
    }
    if let Some(note) = passed_over(&agencies).filter(|_| year.is_none()) {
        terminal.talk(note.get(terminal.language));
    }
    if agencies.iter().all(|items| items.base_url.is_none()) && !table.rows.is_empty() {
        terminal.talk(terminal.choose(
            "หมายเหตุ: ช่อง url ว่าง เพราะยังไม่ทราบที่อยู่ของเว็บไซต์ ใส่ `base_url: https://…` ใน content/site.yaml หรือใช้ --base-url\n",
            "note: the column url is empty, as nobody said where the site lies; set `base_url: https://…` in content/site.yaml, or use --base-url\n",
        ));
    }
    if absent > 0 {
        let (all, out) = (table.rows.len(), path_text(out.as_os_str()));
        let th = format!("หมายเหตุ: {absent} จาก {all} ข้อยังไม่มีหน้าที่เผยแพร่ใน {out} สั่ง `prongsai build` แล้วส่งออกใหม่\n");
        let en = format!("note: {absent} of {all} items have no published page in {out}; run `prongsai build` and export again\n");
        terminal.talk(terminal.choose(&th, &en));
    }
    let has_nothing = left_out.len() == agencies.len();
    Ok(if absent > 0 || has_nothing { Status::Faulty } else { Status::Fine })
}

/// A newer edition that was not taken as it has no result yet: when addresses are handed in, it is the one that is meant.
fn passed_over(agencies: &[Items]) -> Option<Said> {
    let newer = |items: &Items| {
        let newest = items.years.iter().copied().max()?;
        items.year.filter(|year| *year < newest).map(|year| (newest, year))
    };
    let (newest, year) = agencies.iter().filter_map(newer).max()?;
    Some(Said::new(
        format!("หมายเหตุ: ตารางนี้เป็นของปี {year} ซึ่งเป็นปีล่าสุดที่มีผลการประเมิน ถ้าต้องการปี {newest} ให้เติม `--year {newest}`\n"),
        format!("note: this is the table of {year}, the latest year with a result; for {newest} add `--year {newest}`\n"),
    ))
}

fn no_year(text: &str, terminal: &Terminal) -> Stop {
    let th = format!("`--year` ต้องเป็นปีสี่หลัก เช่น 2568 แต่ได้ `{text}`");
    let en = format!("`--year` takes a year of four digits, as 2568, and not `{text}`");
    Stop::Said(terminal.choose(&th, &en).to_owned())
}

/// No agency has an edition of the year.
fn no_edition(year: u16, agencies: &[Items], terminal: &Terminal) -> Stop {
    let years: BTreeSet<u16> = agencies.iter().flat_map(|items| items.years.iter().copied()).collect();
    let known = years.iter().map(u16::to_string).collect::<Vec<_>>().join(", ");
    let (th, en) = if known.is_empty() {
        (
            format!("ไม่มีปี {year} เพราะยังไม่มีปีใดใน content/ ถ้าเป็นฉบับร่างให้ใช้ --drafts"),
            format!("there is no edition {year}, nor any other in content/; a draft is looked at with --drafts"),
        )
    } else {
        (
            format!("ไม่มีปี {year} มีเพียง {known} ถ้าเป็นฉบับร่างให้ใช้ --drafts"),
            format!("there is no edition {year}; there is {known}. A draft is looked at with --drafts"),
        )
    };
    Stop::Said(terminal.choose(&th, &en).to_owned())
}

/// Agencies of which no row is printed.
fn without_result(left_out: &[&Items], all: usize, terminal: &Terminal) -> String {
    if all == 1 {
        return terminal
            .choose(
                "หมายเหตุ: ยังไม่มีปีใดที่มีผลการประเมิน ใส่คะแนนใน assessment.yaml หรือระบุปีด้วย --year\n",
                "note: no edition has a result yet; write the scores into assessment.yaml, or name a year with --year\n",
            )
            .to_owned();
    }
    let names: Vec<&str> = left_out.iter().map(|items| items.agency.as_str()).collect();
    let (count, shown) = (names.len(), names.iter().take(10).copied().collect::<Vec<_>>().join(", "));
    let more = if count > 10 { ", …" } else { "" };
    let th = format!("หมายเหตุ: {count} หน่วยงานไม่มีปีที่ขอ จึงไม่อยู่ในตาราง: {shown}{more}\n");
    let en = format!("note: {count} agencies have no such edition and no row: {shown}{more}\n");
    terminal.choose(&th, &en).to_owned()
}
