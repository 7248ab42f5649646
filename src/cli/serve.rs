//! `serve`: previews the site. Owns the words on the terminal and the order of beginning: the port first, since it may be taken, then the
//! first build, then the address.

use std::cell::{Cell, OnceCell};
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{self, SyncSender};
use std::thread;

use super::args::{Invocation, ServeOptions};
use super::terminal::Terminal;
use super::{Status, Stop, edge};
use crate::base::language::{Language, counted};
use crate::disk::survey;
use crate::engine;
use crate::finding::human;
use crate::finding::{Severity, Summary};
use crate::preview::desk::Desk;
use crate::preview::door::{Closed, Door};
use crate::preview::keeper::{Keeper, Wish};
use crate::preview::overlay::Pen;
use crate::preview::stock::Stock;

/// Previews until the process is ended.
pub fn run(invocation: &Invocation, options: &ServeOptions, terminal: &Terminal) -> Result<Status, Stop> {
    let door = Door::take(&options.address, options.port).map_err(|why| Stop::Said(refusal(&why, options, terminal.language)))?;
    let (url, is_loopback) = (door.url(), door.is_loopback());
    let today = Cell::new(edge::today(terminal)?);
    let build = || {
        // A clock that goes wrong later changes nothing.
        today.set(edge::today(terminal).unwrap_or(today.get()));
        engine::Options { base_url: None, drafts: options.drafts, today: today.get() }
    };
    let site = survey::real(&invocation.site);
    let stock = Arc::new(Stock::default());
    let told = Cell::new(0);
    let speaker = OnceCell::new();
    let tell = |stock: &Stock| {
        if told.replace(stock.revision()) == stock.revision() {
            return;
        }
        match speaker.get() {
            None => terminal.talk(&state(stock, terminal)),
            Some(speaker) => wake(speaker),
        }
    };
    let wish = Wish { site: site.clone(), options: &build, polls: options.poll, tell: &tell };
    let mut keeper = Keeper::new(wish, Arc::clone(&stock));
    keeper.begin()?;
    // An editor opens a file on the machine that the reader sits at.
    let folder = is_loopback.then(|| editors_path(&site)).flatten();
    let pen = Pen { language: terminal.language, folder };
    let _server = door.open(Arc::new(Desk::new(Arc::clone(&stock), &site, pen)))?;
    terminal.result(&format!("{url}\n"))?;
    if !is_loopback {
        terminal.talk(terminal.choose(
            "หมายเหตุ: เครื่องอื่นในเครือข่ายเปิดหน้านี้ได้ รวมทั้งฉบับร่างเมื่อใช้ --drafts\n",
            "note: other machines in the network can open it, drafts too where --drafts is given\n",
        ));
    }
    if options.open && !edge::open_browser(&url) {
        terminal.talk(terminal.choose("เปิดเบราว์เซอร์ไม่ได้ โปรดเปิดที่อยู่ข้างบนเอง\n", "no browser could be opened; open the address above\n"));
    }
    drop(speaker.set(speak(stock, terminal)?));
    keeper.run()
}

/// Begins to tell, in a thread of its own, how each build went: a terminal that is stopped, or a pipe that nobody reads, holds up no build.
/// What was not told by the time of the next is not told any more.
fn speak(stock: Arc<Stock>, terminal: &Terminal) -> Result<SyncSender<()>, Stop> {
    let (speaker, wakes) = mpsc::sync_channel(1);
    let terminal = terminal.clone();
    let talk = move || wakes.iter().for_each(|()| terminal.talk(&state(&stock, &terminal)));
    thread::Builder::new().name("preview talk".to_owned()).spawn(talk).map_err(Stop::Machine)?;
    Ok(speaker)
}

/// Has the newest state told. Where that is to happen anyway, nothing is missing.
fn wake(speaker: &SyncSender<()>) {
    let _ = speaker.try_send(());
}

/// A folder as editors are told it.
fn editors_path(folder: &Path) -> Option<String> {
    let text = folder.to_str()?;
    Some(if cfg!(windows) { text.trim_start_matches(r"\\?\").replace('\\', "/") } else { text.to_owned() })
}

/// What the last build came to: its errors, and a line with the count of everything.
fn state(stock: &Stock, terminal: &Terminal) -> String {
    let findings = stock.findings();
    let language = terminal.language;
    if let Some((th, en)) = &findings.trouble {
        return format!("{}\n", terminal.choose(th, en));
    }
    let errors: Vec<_> = findings.all.iter().filter(|f| f.severity() == Severity::Error && f.accepted.is_none()).cloned().collect();
    let mut text = String::new();
    if !errors.is_empty() {
        text.push_str(&human::list(&errors, terminal.talk_style()));
    }
    let (done, summary) = (stock.done(), Summary::of(&findings.all));
    let milliseconds = done.took.as_millis();
    text.push_str(&match language {
        Language::Th => format!("สร้างใหม่ใน {milliseconds} ms: ข้อผิดพลาด {} คำเตือน {}\n", summary.errors, summary.warnings),
        Language::En => {
            format!("built in {milliseconds} ms: {}, {}\n", counted(summary.errors, "error"), counted(summary.warnings, "warning"))
        }
    });
    text
}

fn refusal(why: &Closed, options: &ServeOptions, language: Language) -> String {
    let (port, host) = (options.port, &options.address);
    let (th, en) = match why {
        Closed::Busy(_) => (
            format!(
                "พอร์ต {port} มีโปรแกรมอื่นใช้อยู่ อาจเป็น `prongsai serve` อีกหน้าต่างหนึ่ง โปรดปิดหน้าต่างนั้น หรือระบุพอร์ตอื่น เช่น `--port {}` หรือ `--port 0` ให้เลือกพอร์ตที่ว่างเอง",
                port.wrapping_add(1).max(1024)
            ),
            format!(
                "port {port} is in use, perhaps by `prongsai serve` in another window. End that one, or name another port, as `--port {}`, or `--port 0` for any that is free.",
                port.wrapping_add(1).max(1024)
            ),
        ),
        Closed::Forbidden(_) => (
            format!("ไม่มีสิทธิ์ใช้พอร์ต {port} โปรดระบุพอร์ตตั้งแต่ 1024 ขึ้นไปด้วย `--port`"),
            format!("port {port} is not allowed to you. Name one from 1024 on with `--port`."),
        ),
        Closed::Unknown(_) | Closed::Elsewhere(_) => (
            format!("`{host}` ไม่ใช่ที่อยู่ของเครื่องนี้ โปรดแก้ `--host` หรือไม่ต้องระบุ"),
            format!("`{host}` is no address of this machine. Mend `--host`, or leave it out."),
        ),
        Closed::Failed(error) => (format!("เปิดพอร์ต {port} ไม่ได้: {error}"), format!("could not listen at port {port}: {error}")),
    };
    if language == Language::Th { th } else { en }
}
