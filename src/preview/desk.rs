//! What the server hands out: the stock, with the preview's own script and panel in its pages, and the preview's own addresses. Owns what
//! a page of the preview has that a published one has not. Refuses to change a byte of anything else.

use std::hash::{BuildHasher, RandomState};
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use super::answer::Answer;
use super::board::Board;
use super::guard;
use super::manifests;
use super::overlay::{self, Pen};
use super::reload::{self, Extra};
use super::status_page::{self, Board as StatusBoard};
use super::stock::Stock;
use super::{Asked, Body, Shelf, Shown};
use crate::base::hash::Hash;
use crate::base::output::Entry;

/// How often it is seen whether the page that waits for news is still there, and after how many times it has to ask again: 25 seconds.
const SLICE: Duration = Duration::from_millis(250);
const SLICES: usize = 100;
/// How many may wait at once, at most: one for each browser is enough. They take no more than half of the places.
const MOST_WAITING: usize = 30;

/// What a page with a panel has in its head.
const SHEET: &str = "<link rel=\"stylesheet\" href=\"/_panel.css\">";

/// Hands out the stock.
pub struct Desk {
    stock: Arc<Stock>,
    site: Arc<Path>,
    pen: Arc<Pen>,
    /// What no other process has: revisions begin anew with each.
    life: u64,
    waiting: AtomicUsize,
    most_waiting: usize,
    known: Mutex<Arc<Known>>,
}

/// What follows from the stock at a revision.
struct Known {
    revision: u64,
    board: Arc<Board>,
    /// The mark of the styles.
    styles: String,
}

impl Desk {
    /// A desk over this stock, of the site in this folder, that says with this pen what the preview itself has to say.
    pub fn new(stock: Arc<Stock>, site: &Path, pen: Pen) -> Self {
        let life = RandomState::new().hash_one(0);
        let pen = Arc::new(pen);
        let known = Mutex::new(Arc::new(Known::of(&stock, &pen, None)));
        Self {
            stock,
            site: Arc::from(site),
            pen,
            life,
            waiting: AtomicUsize::new(0),
            most_waiting: MOST_WAITING.min(guard::places() / 2),
            known,
        }
    }

    /// What the staff page is made of.
    fn status(&self) -> StatusBoard<'_> {
        let Self { stock, pen, .. } = self;
        let (findings, sizes) = (stock.findings(), stock.sizes());
        let site = pen.folder.as_deref().unwrap_or_default();
        StatusBoard { status: stock.status(), findings, done: stock.follow_done(), sizes, site, language: pen.language }
    }

    /// What follows from the stock as it is.
    fn known(&self) -> Arc<Known> {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if known.revision != self.stock.revision() {
            *known = Arc::new(Known::of(&self.stock, &self.pen, Some(&known)));
        }
        Arc::clone(&known)
    }

    /// A page as the preview shows it.
    fn page(path: &str, page: &[u8], known: &Known) -> Vec<u8> {
        let panel = known.board.panel(path);
        let head = if panel.is_empty() { "" } else { SHEET };
        reload::alive(page, &known.styles, Extra { head, body: &panel })
    }

    /// The page for a path that may come to be once the errors of its unit are mended: that unit was never built.
    fn nothing_yet(&self, path: &str, known: &Known) -> Option<Vec<u8>> {
        let folder = path.strip_suffix("index.html").or_else(|| path.strip_suffix("404.html"))?;
        let first = folder.split('/').next().unwrap_or_default();
        let slug = if known.board.is_faulty(first) { first } else { "" };
        let may_be = known.board.has_errors() && !folder.contains('.') && !self.stock.has(slug);
        may_be.then(|| Self::page(path, self.pen.nothing_yet().as_bytes(), known))
    }

    /// Tells what is the newest; where the reader knows that already, and may wait, as soon as there is something newer.
    fn news(&self, asked: &Asked<'_>) -> Answer {
        let name = |revision: u64| format!("{revision}-{:016x}", self.life);
        let value = |key: &str| asked.query.split('&').find_map(|part| part.strip_prefix(key));
        let mut revision = self.stock.revision();
        if value("now").is_none() && value("after=") == Some(&name(revision)) {
            revision = self.wait(revision, asked);
        }
        Answer::new(200, "text/plain; charset=utf-8", name(revision).into_bytes())
    }

    /// Waits until there is something new after a revision, and gives the revision then.
    fn wait(&self, after: u64, asked: &Asked<'_>) -> u64 {
        let mut slices = if self.waiting.fetch_add(1, Ordering::Relaxed) < self.most_waiting { SLICES } else { 0 };
        let mut revision = after;
        // A page that was closed waits for nothing.
        while revision == after && slices > 0 && asked.client.is_there() {
            revision = self.stock.wait_after(after, SLICE);
            slices = if self.stock.is_closed() { 0 } else { slices - 1 };
        }
        self.waiting.fetch_sub(1, Ordering::Relaxed);
        revision
    }
}

impl Known {
    fn of(stock: &Stock, pen: &Arc<Pen>, old: Option<&Self>) -> Self {
        // Read first: what changes meanwhile is then seen to be newer.
        let revision = stock.revision();
        let findings = stock.findings();
        let board = old.map(|old| &old.board).filter(|board| board.is_of(&findings)).cloned();
        let board = board.unwrap_or_else(|| Arc::new(Board::new(findings, pen)));
        let styles: String = stock.styles().iter().map(|style| Hash::of(style).to_string()).collect();
        Self { revision, board, styles: reload::mark(styles.as_bytes()) }
    }
}

impl Shelf for Desk {
    fn file(&self, path: &str) -> Option<Shown> {
        let known = self.known();
        let bytes = match self.stock.file(path) {
            Some(Entry::Bytes(bytes)) if path.ends_with(".html") => Arc::new(Self::page(path, &bytes, &known)),
            Some(Entry::Bytes(bytes)) => bytes,
            Some(Entry::Copy(attachment)) => {
                let body = Body::File { site: Arc::clone(&self.site), from: attachment.from, size: attachment.size };
                return Some(Shown { hash: attachment.hash, body });
            }
            None => Arc::new(manifests::at(path, &self.stock).or_else(|| self.nothing_yet(path, &known))?),
        };
        Some(Shown { hash: Hash::of(&bytes), body: Body::Bytes(bytes) })
    }

    fn own(&self, asked: &Asked<'_>) -> Option<Answer> {
        match asked.path {
            "_live.js" => Some(Answer::new(200, "text/javascript; charset=utf-8", reload::script().into_bytes())),
            "_panel.css" => Some(Answer::new(200, "text/css; charset=utf-8", overlay::STYLE.as_bytes().to_vec())),
            "_next" => Some(self.news(asked)),
            "_status.css" => Some(Answer::new(200, "text/css; charset=utf-8", status_page::style().into_bytes())),
            "_status.json" => Some(Answer::new(200, "application/json; charset=utf-8", self.status().json().into_bytes())),
            path => {
                let page = match path.strip_prefix("_status")? {
                    "" | "/" => self.status().page(),
                    slug => self.status().agency_page(slug.strip_prefix('/')?.trim_end_matches('/'))?,
                };
                Some(Answer::new(
                    200,
                    "text/html; charset=utf-8",
                    reload::alive(page.as_bytes(), &self.known().styles, Extra { head: "", body: "" }),
                ))
            }
        }
    }

    fn base(&self) -> String {
        // What robots are told names the address of the site, whatever the theme is like.
        let Some(Entry::Bytes(robots)) = self.stock.file("robots.txt") else { return String::new() };
        let told = std::str::from_utf8(&robots).unwrap_or_default().lines().find_map(|line| line.strip_prefix("Sitemap: "));
        let after_scheme = told.and_then(|url| url.strip_suffix("sitemap.xml")).and_then(|url| url.split_once("://"));
        after_scheme.and_then(|(_, rest)| rest.split_once('/')).map(|(_, base)| base.to_owned()).unwrap_or_default()
    }

    fn close(&self) {
        self.stock.close();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::address::Address;
    use crate::base::language::Language;
    use crate::base::output::Output;
    use crate::base::span::{Place, Span};
    use crate::engine::workshop::Fresh;
    use crate::finding::{Code, Finding};
    use crate::preview::presence::Presence;
    use crate::preview::stock::Findings;
    use std::time::Instant;

    const PAGE: &str = "<!doctype html><html><head><title>x</title></head><body><main>y</main></body></html>";

    fn desk() -> (Arc<Stock>, Desk) {
        let stock = Arc::new(Stock::default());
        (Arc::clone(&stock), Desk::new(stock, Path::new("/site"), Pen { language: Language::En, folder: None }))
    }

    fn take(stock: &Stock, slug: &str, files: &[(&str, &str)]) {
        let mut output = Output::default();
        for (path, text) in files {
            assert!(output.put(*path, Entry::of(text.as_bytes().to_vec())));
        }
        stock.take(Fresh { slug: Arc::from(slug), output: Some(output), told: None });
    }

    fn find(stock: &Stock, all: Vec<Finding>) {
        let has_errors = all.iter().any(|finding| finding.severity() == crate::finding::Severity::Error);
        stock.find(Findings { all: Arc::new(all), has_errors, trouble: None });
    }

    fn finding(code: Code, agency: &str) -> Finding {
        let mut finding = Finding::new(code, Place::new(&Arc::from("content/2568/assessment.yaml"), Span::new(0, 1))).about("2568/e6");
        finding.agency = Arc::from(agency);
        finding.look("x");
        finding
    }

    fn text(desk: &Desk, path: &str) -> Option<String> {
        let shown = desk.file(path)?;
        let Body::Bytes(bytes) = shown.body else { panic!("no bytes") };
        assert_eq!(shown.hash, Hash::of(&bytes));
        Some(String::from_utf8(bytes.to_vec()).unwrap())
    }

    fn ask(desk: &Desk, path: &str, query: &str) -> String {
        let asked = Asked { path, query, none_match: None, languages: None, client: Presence::default() };
        let Body::Bytes(bytes) = desk.own(&asked).unwrap().body else { panic!("no bytes") };
        String::from_utf8(bytes.to_vec()).unwrap()
    }

    #[test]
    fn only_pages_get_something_and_only_what_is_theirs() {
        let (stock, desk) = desk();
        take(&stock, "", &[("index.html", PAGE), ("2568/scores/index.html", PAGE), ("style.css", "a"), ("data.json", "{}")]);
        assert_eq!((text(&desk, "style.css").unwrap(), text(&desk, "data.json").unwrap()), ("a".to_owned(), "{}".to_owned()));
        assert_eq!(text(&desk, "nowhere/index.html"), None);
        let (front, scores) = (text(&desk, "index.html").unwrap(), text(&desk, "2568/scores/index.html").unwrap());
        assert!(front.contains("/_live.js") && !front.contains("/_panel.css"));
        // What is found changes the pages that it stands on, and no other.
        find(&stock, vec![finding(Code::ScoreMismatch, "")]);
        assert_eq!(text(&desk, "index.html").unwrap(), front);
        let warned = text(&desk, "2568/scores/index.html").unwrap();
        assert!(warned.contains("score-mismatch") && warned.contains("/_panel.css"));
        find(&stock, vec![finding(Code::ScoreMismatch, ""), finding(Code::UnknownField, "")]);
        assert!(text(&desk, "index.html").unwrap().contains("unknown-field"));
        find(&stock, Vec::new());
        assert_eq!((text(&desk, "index.html").unwrap(), text(&desk, "2568/scores/index.html").unwrap()), (front.clone(), scores));
        // A style is no page's bytes, but its mark stands beside the page's.
        take(&stock, "", &[("index.html", PAGE), ("style.css", "b")]);
        let marks =
            |page: &str| page.split("data-is=\"").nth(1).unwrap()[..2 * reload::MARK + 1].split(' ').map(str::to_owned).collect::<Vec<_>>();
        let (old, new) = (marks(&front), marks(&text(&desk, "index.html").unwrap()));
        assert!(old[0] == new[0] && old[1] != new[1], "{old:?} {new:?}");
    }

    #[test]
    fn what_never_was_built_shows_why() {
        let (stock, desk) = desk();
        assert_eq!(text(&desk, "index.html"), None);
        find(&stock, vec![finding(Code::UnknownField, "")]);
        for path in ["index.html", "2568/oit/index.html", "404.html"] {
            let page = text(&desk, path).unwrap();
            assert!(page.contains("can't be built yet") && page.contains("unknown-field") && page.contains("/_live.js"), "{page}");
        }
        assert_eq!((text(&desk, "favicon.ico"), text(&desk, "favicon.ico/index.html")), (None, None));
        take(&stock, "", &[("index.html", PAGE)]);
        assert_eq!(text(&desk, "2568/oit/index.html"), None);
    }

    #[test]
    fn among_several_agencies_the_one_that_never_was_built_shows_why() {
        let (stock, desk) = desk();
        take(&stock, "", &[("index.html", PAGE)]);
        take(&stock, "alpha", &[("alpha/index.html", PAGE)]);
        find(&stock, vec![finding(Code::UnknownField, "beta")]);
        assert!(text(&desk, "beta/2568/index.html").unwrap().contains("can't be built yet"));
        assert!(text(&desk, "alpha/index.html").unwrap().contains("unknown-field"));
        assert_eq!((text(&desk, "alpha/x/index.html"), text(&desk, "gamma/index.html")), (None, None));
    }

    #[test]
    fn the_path_of_the_base_url_is_what_robots_are_told() {
        for (base_url, base) in [
            (Some("https://x.example/"), ""),
            (Some("https://x.example/ita/"), "ita/"),
            (Some("https://x.example:8443/ข้อมูล/ภูพาน/"), "ข้อมูล/ภูพาน/"),
            (None, ""),
        ] {
            let (stock, desk) = desk();
            assert_eq!(desk.base(), "");
            take(
                &stock,
                "",
                &[(
                    "robots.txt",
                    &String::from_utf8(crate::render::maps::robots(base_url, &[Address::root().below("sitemap.xml")])).unwrap(),
                )],
            );
            assert_eq!(desk.base(), base);
        }
    }

    #[test]
    fn news_are_told_once_they_are_there() {
        let (stock, desk) = desk();
        let first = ask(&desk, "_next", "after=");
        take(&stock, "", &[("index.html", PAGE)]);
        let begun = Instant::now();
        let second = ask(&desk, "_next", &format!("after={first}"));
        assert_ne!(first, second);
        assert_eq!(ask(&desk, "_next", &format!("after={second}&now")), second);
        // A revision of another life is not waited for.
        let (_, other) = self::desk();
        assert_ne!(ask(&other, "_next", &format!("after={first}")), first);
        assert!(begun.elapsed() < SLICE * 20);
        std::thread::scope(|scope| {
            let waits = scope.spawn(|| ask(&desk, "_next", &format!("after={second}")));
            std::thread::sleep(Duration::from_millis(50));
            assert!(!waits.is_finished());
            take(&stock, "", &[]);
            assert_ne!(waits.join().unwrap(), second);
        });
    }
}
