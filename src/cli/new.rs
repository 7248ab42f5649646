//! `new`: adds files to a site. Now: those for continuous integration.

use std::io;

use super::args::{CiHost, Invocation, NewCi, NewOptions, NewWhat};
use super::terminal::Terminal;
use super::{Status, Stop, not_yet};
use crate::disk::fresh;
use crate::staff::ci;

/// Writes the new files and names them on standard output.
pub fn run(invocation: &Invocation, options: &NewOptions, terminal: &Terminal) -> Result<Status, Stop> {
    let NewWhat::Ci(NewCi { host }) = &options.what else {
        return Err(not_yet("new", terminal));
    };
    let new = ci::file(match host {
        CiHost::Github => ci::Host::Github,
        CiHost::Gitlab => ci::Host::Gitlab,
    });
    match fresh::put(&invocation.site, new.path, new.text) {
        Ok(_) => {
            let (th, en) =
                (format!("เขียน {} แล้ว ต้นไฟล์บอกสิ่งที่ต้องตั้งค่า\n", new.path), format!("wrote {}; its head says what to set\n", new.path));
            terminal.result(terminal.choose(&th, &en))?;
            Ok(Status::Fine)
        }
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            let th = format!("มี {} อยู่แล้ว จึงไม่เขียนทับ ลบหรือเปลี่ยนชื่อก่อน", new.path);
            let en = format!("{} is there already and is not written over; delete or rename it first", new.path);
            Err(Stop::Said(terminal.choose(&th, &en).to_owned()))
        }
        Err(error) => Err(error.into()),
    }
}
