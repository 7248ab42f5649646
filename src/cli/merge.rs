//! `merge`: joins the parts of a site. Owns the words about parts that do not belong together; writes as `build` does.

use std::path::Path;

use super::args::{Invocation, MergeOptions};
use super::terminal::Terminal;
use super::{Status, Stop, build, edge, progress, signing};
use crate::base::path_text::path_text;
use crate::disk::scan::Site;
use crate::disk::target::Target;
use crate::engine::part::{self, Joined};
use crate::publish::Publisher;
use crate::publish::shard::set::{Discord, Set};

/// Looks whether the folders are the parts of one site, and publishes it.
pub fn run(invocation: &Invocation, options: &MergeOptions, terminal: &Terminal) -> Result<Status, Stop> {
    // The shards hold all that is read of a site, so one is not needed; one that was named by mistake is told all the same.
    if invocation.site != Path::new(".") {
        Site::open(&invocation.site)?;
    }
    let set = Set::open(&options.shards)?.map_err(|wrong| refusal(&wrong, terminal))?;
    let given = set.options().ok_or_else(|| refusal(&[Discord::Damaged(set.site())], terminal))?;
    let (site, left) = (set.site(), set.left());
    for shard in &options.shards {
        if Target::overlaps(&options.out, shard)? {
            return Err(overlap(shard, terminal));
        }
    }
    let target = Target { site: site.clone(), out: options.out.clone(), home: edge::home() };
    let source = Site::open(&site)?.of_agencies(&set.given().agencies);
    let signing = signing::of_build(options.sign_key.as_deref(), (&site, &options.out), terminal)?;
    let publisher = Publisher::begin(&target)?.sign_with(signing);
    let parts = set.read()?;
    let goes_on = !left.is_empty();
    let joined = Joined { parts: &parts, given: parts.set.given(), left };
    let total = parts.set.given().agencies.len();
    let (done, _) = progress::build(total, &publisher, terminal, |sink| part::join(&source, &given, sink, joined))?;
    if build::judge(&done, (options.strict, goes_on), terminal) {
        build::publish(publisher, &options.out, terminal)?;
    }
    let status = Status::of(done.count.summary, options.strict);
    Ok(if done.left.is_empty() { status } else { Status::Faulty })
}

/// All that is wrong, one below the other.
fn refusal(wrong: &[Discord], terminal: &Terminal) -> Stop {
    let told: Vec<String> = wrong.iter().map(|discord| discord.tell(terminal.language)).collect();
    let head = terminal.choose("รวมส่วนเหล่านี้ไม่ได้ จึงไม่ได้เขียนไฟล์ใด", "these shards can't be joined, and nothing was written");
    Stop::Said(format!("{head}\n  {}", told.join("\n  ")))
}

fn overlap(shard: &Path, terminal: &Terminal) -> Stop {
    let shard = path_text(shard.as_os_str());
    let th = format!("`--out` เป็นโฟลเดอร์ของส่วน `{shard}` อยู่ในนั้น หรือครอบโฟลเดอร์นั้นอยู่ โปรดระบุโฟลเดอร์อื่น");
    let en = format!("`--out` is the shard `{shard}`, lies in it, or holds it. Name another folder.");
    Stop::Said(terminal.choose(&th, &en).to_owned())
}
