//! What a preview makes of files that are half saved: an editor may empty a file before it writes it, or move the old one away before the new
//! one is there.

use std::sync::Mutex;

use prongsai::engine::workshop::{Fresh, Workshop};
use prongsai::engine::{Options, Source};

use crate::support::{Site, TODAY};

const PAGE: &str = "---\ntitle: หน้า\n---\n\nเนื้อความ\n";

fn options() -> Options {
    Options { drafts: false, base_url: None, today: prongsai::base::date::Date::parse(TODAY).unwrap() }
}

/// Looks at everything; gives back which units were shown and which wait. `None`: what all units share waits.
fn look(workshop: &mut Workshop, site: &Site, is_quiet: bool) -> Option<(Vec<String>, Vec<String>)> {
    if !workshop.read_common(site, &options(), is_quiet).unwrap() {
        return None;
    }
    let slugs = site.listing().unwrap().agencies.unwrap_or_else(|| vec![String::new()]);
    let shown = Mutex::new(Vec::new());
    let take = |fresh: Fresh| shown.lock().unwrap().push(fresh.slug.to_string());
    let held = workshop.build_agencies((site, &slugs), is_quiet, &take).unwrap();
    let mut shown = shown.into_inner().unwrap();
    shown.sort();
    Some((shown, held))
}

fn names(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

#[test]
fn a_file_that_is_emptied_or_gone_waits_and_one_that_is_written_does_not() {
    let site = Site::two().with("content/alpha/about.md", PAGE);
    let mut workshop = Workshop::default();
    let both = names(&["alpha", "เบต้า"]);
    assert_eq!(look(&mut workshop, &site, true), Some((both, vec![])));
    let emptied = site.clone().with("content/alpha/about.md", "");
    let gone = site.clone().without("content/alpha/about.md");
    for half in [&emptied, &gone] {
        assert_eq!(look(&mut workshop, half, false), Some((vec![], names(&["alpha"]))));
    }
    // The save is done: what it wrote is shown at once.
    let written = site.clone().with("content/alpha/about.md", &PAGE.replace("เนื้อความ", "ใหม่"));
    assert_eq!(look(&mut workshop, &written, false), Some((names(&["alpha"]), vec![])));
    // It was meant so.
    assert_eq!(look(&mut workshop, &emptied, true), Some((names(&["alpha"]), vec![])));
    // A file that was empty before, or never there, says nothing.
    assert_eq!(look(&mut workshop, &gone, false), Some((names(&["alpha"]), vec![])));
    let new = site.clone().with("content/alpha/new.md", "");
    assert_eq!(look(&mut workshop, &new, false), Some((names(&["alpha"]), vec![])));
}

#[test]
fn what_all_units_share_waits_too() {
    let site = Site::two();
    let mut workshop = Workshop::default();
    look(&mut workshop, &site, true).unwrap();
    let emptied = site.clone().with("content/site.yaml", "");
    let fewer =
        site.paths().into_iter().filter(|path| path.starts_with("content/เบต้า/")).fold(site.clone(), |site, path| site.without(&path));
    for half in [&emptied, &fewer] {
        assert_eq!(look(&mut workshop, half, false), None);
        assert_eq!(workshop.slugs(), ["alpha", "เบต้า"]);
        assert!(!workshop.has_errors());
    }
    assert_eq!(look(&mut workshop, &site, false), Some((vec![], vec![])), "nothing had changed");
    assert!(look(&mut workshop, &fewer, true).is_some());
    assert_eq!(workshop.slugs(), ["alpha"]);
}
