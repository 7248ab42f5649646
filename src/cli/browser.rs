//! Printing a page with a browser of this machine: Chromium, Chrome or Edge. Owns how such a program is called, how long it may take, what
//! is said meanwhile, and that it does not outlive the run. Where browsers lie is asked of [`super::edge`].

use std::io;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

use super::interrupt::Interrupt;
use super::terminal::Terminal;
use super::{Stop, edge};
use crate::base::path_text::path_text;
use crate::disk::scratch::{PROFILE, Scratch};
use crate::disk::system;

/// How often a browser is asked whether it is done, and how many times at most: two minutes in all.
const STEP: Duration = Duration::from_millis(50);
const STEPS: u32 = 2_400;
/// So many of them are a second, and after so many seconds it is said what is waited for.
const SECOND: u32 = 20;
const QUIET: u32 = 3;

/// A browser that prints.
pub struct Browser(PathBuf);

/// How printing went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Printed {
    /// The PDF is there.
    Done,
    /// The browser ended without one.
    Failed,
    /// It did not end in the time that it has, and was ended.
    Hung,
    /// Somebody asked the run to stop; the browser was ended.
    Stopped,
}

impl Browser {
    /// The one that was asked for, else the first that is found.
    ///
    /// # Errors
    /// The sentence for people where there is none.
    pub fn find(asked: Option<&Path>, terminal: &Terminal) -> Result<Self, Stop> {
        let found = match asked {
            // A name without a folder is looked for as a shell does.
            Some(asked) if asked.components().count() == 1 => edge::on_path(asked).or_else(|| asked.is_file().then(|| asked.to_owned())),
            Some(asked) => asked.is_file().then(|| asked.to_owned()),
            None => edge::browsers().into_iter().find(|path| path.is_file()),
        };
        found.map(Self).ok_or_else(|| {
            let by_hand = terminal.choose(
                "พิมพ์เองก็ได้: สั่ง `prongsai build` เปิดหน้า report/index.html ของปีนั้นด้วยเบราว์เซอร์ แล้วเลือก พิมพ์ > บันทึกเป็น PDF กระดาษ A4",
                "You can print it yourself: run `prongsai build`, open the year's report/index.html in a browser, and choose Print > Save as PDF, paper A4",
            );
            Stop::Said(match asked {
                Some(asked) => {
                    let (th, en) = (format!("ไม่พบเบราว์เซอร์ {}", asked.display()), format!("there is no browser {}", asked.display()));
                    format!("{}\n{by_hand}", terminal.choose(&th, &en))
                }
                None => {
                    let text = terminal.choose(
                        "ไม่พบ Chromium, Chrome หรือ Edge ในเครื่องนี้ ถ้ามีอยู่ที่อื่น ให้บอกด้วย --browser",
                        "there is no Chromium, Chrome or Edge on this machine; if it lies elsewhere, name it by --browser",
                    );
                    format!("{text}\n{by_hand}")
                }
            })
        })
    }

    /// Prints a page of a scratch folder into a file of it.
    ///
    /// # Errors
    /// When the browser can't be started or asked.
    pub fn print(
        &self,
        scratch: &Scratch,
        (page, pdf): (&str, &str),
        (interrupt, terminal): (&Interrupt, &Terminal),
    ) -> io::Result<Printed> {
        let mut command = Command::new(&self.0);
        command.args(["--headless", "--disable-gpu", "--no-first-run", "--no-default-browser-check", "--disable-sync"]);
        command.args(["--disable-background-networking", "--disable-component-update", "--disable-extensions", "--disable-quic"]);
        // A page of ours needs no network, and the printing browser gets none.
        command.args(["--host-resolver-rules=MAP * ~NOTFOUND", "--no-pdf-header-footer", "--generate-pdf-document-outline"]);
        // Chromium's own fence does not work for the administrator of a container, and refuses to begin.
        if system::is_administrator() {
            command.arg("--no-sandbox");
        }
        let own = |flag: &str, name: &str| {
            let mut argument = std::ffi::OsString::from(flag);
            argument.push(scratch.path(name));
            argument
        };
        command.arg(own("--user-data-dir=", PROFILE)).arg(own("--print-to-pdf=", pdf));
        command.arg(file_url(&scratch.path(page)));
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        let mut child = system::start_tree(&mut command)?;
        let waited = self.wait(&mut child, (interrupt, terminal));
        if !matches!(waited, Ok(Printed::Done)) {
            system::end_tree(&mut child);
        }
        let has_pdf = || Ok::<_, io::Error>(scratch.get(pdf)?.is_some_and(|bytes| bytes.starts_with(b"%PDF-")));
        Ok(match waited? {
            Printed::Done if !has_pdf()? => Printed::Failed,
            printed => printed,
        })
    }

    /// Waits until the browser ends, is asked to, or has had its time.
    fn wait(&self, child: &mut Child, (interrupt, terminal): (&Interrupt, &Terminal)) -> io::Result<Printed> {
        let mut is_said = false;
        let mut printed = Printed::Hung;
        for step in 0..STEPS {
            if interrupt.came() {
                printed = Printed::Stopped;
                break;
            }
            if child.try_wait()?.is_some() {
                printed = Printed::Done;
                break;
            }
            if terminal.is_watched() && step >= QUIET * SECOND && step % SECOND == 0 {
                terminal.talk(&self.waiting(step / SECOND, terminal));
                is_said = true;
            }
            thread::sleep(STEP);
        }
        if is_said {
            terminal.talk("\r\u{1b}[K");
        }
        Ok(printed)
    }

    /// The line for whoever waits. Short enough for a narrow window: a line that wraps can't be written again.
    fn waiting(&self, seconds: u32, terminal: &Terminal) -> String {
        let name = path_text(self.0.file_name().unwrap_or(self.0.as_os_str()));
        let most = STEPS / SECOND;
        let th = format!("\r\u{1b}[Kรอ {name} พิมพ์ PDF {seconds} วินาที (รอไม่เกิน {most})");
        let en = format!("\r\u{1b}[Kwaiting for {name} to print, {seconds} s of at most {most}");
        terminal.choose(&th, &en).to_owned()
    }
}

/// The address of a file on this machine.
fn file_url(path: &Path) -> String {
    let text = path.to_string_lossy().replace('\\', "/");
    // The long form that Windows has of a path is known to no address; a shared folder's path begins with the name of its machine.
    let text = text.strip_prefix("//?/").unwrap_or(&text);
    let root = match text {
        shared if shared.starts_with("//") => "",
        rooted if rooted.starts_with('/') => "//",
        _ => "///",
    };
    format!("file:{root}{}", crate::base::address::encoded_but(text, ":"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_has_an_address() {
        assert_eq!(file_url(Path::new("/a b/ก.html")), "file:///a%20b/%E0%B8%81.html");
        assert_eq!(file_url(Path::new("//?/C:/a/b.html")), "file:///C:/a/b.html");
        assert_eq!(file_url(Path::new("//office/ita 2568/b.html")), "file://office/ita%202568/b.html");
    }
}
