//! What is answered to a request: a pure function of the request and the shelf. Owns which status, which headers and which bytes. Refuses
//! sockets and files: an answer names the file that is to be sent.

use std::ops::Range;
use std::sync::Arc;

use super::hosts::{Hosts, Whose};
use super::presence::Presence;
use super::range::{self, Part};
use super::refusal::Refusal;
use super::target::{self, Astray};
use super::{Asked, Body, Shelf, Shown, kinds};

/// A request as its head tells it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Request<'a> {
    /// `GET`.
    pub method: &'a str,
    /// The target, as it came.
    pub target: &'a [u8],
    /// Is it of HTTP 1.0, where a host need not be named?
    pub is_old: bool,
    /// Does it carry a body?
    pub has_body: bool,
    /// `Host`.
    pub host: Option<&'a str>,
    /// `Range`.
    pub range: Option<&'a str>,
    /// `If-Range`.
    pub if_range: Option<&'a str>,
    /// `If-None-Match`.
    pub none_match: Option<&'a str>,
    /// `Accept-Language`.
    pub languages: Option<&'a str>,
    /// Who asks.
    pub client: Presence<'a>,
}

/// An answer.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The headers but `Content-Length` and those of every answer, in the order in which they are sent.
    pub headers: Vec<(&'static str, String)>,
    /// Where the bytes are.
    pub body: Body,
    /// Which of them the answer is about. Their count is its `Content-Length`.
    pub part: Range<u64>,
    /// Are they sent? Not to `HEAD`, and not where the reader has them.
    pub is_sent: bool,
}

impl Answer {
    /// An answer with bytes that were made for it. It is not kept by browsers.
    pub fn new(status: u16, kind: &str, bytes: Vec<u8>) -> Self {
        let part = 0..bytes.len() as u64;
        let headers = vec![("Content-Type", kind.to_owned()), ("Cache-Control", "no-store".to_owned())];
        Self { status, headers, body: Body::Bytes(Arc::new(bytes)), part, is_sent: true }
    }

    /// With one more header.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    /// The value of a header.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// How many bytes it is about.
    pub fn length(&self) -> u64 {
        self.part.end.saturating_sub(self.part.start)
    }

    /// The answer where there is none to give.
    pub fn refusal(why: Refusal) -> Self {
        let answer = Self::new(why.status(), "text/plain; charset=utf-8", why.text().into_bytes());
        match why {
            Refusal::Method => answer.with("Allow", "GET, HEAD"),
            Refusal::Changed => answer.with("Retry-After", "1"),
            _ => answer,
        }
    }
}

/// Answers a request.
pub fn answer(request: &Request<'_>, hosts: &Hosts, shelf: &dyn Shelf) -> Answer {
    let mut answer = find(request, hosts, shelf).unwrap_or_else(Answer::refusal);
    answer.is_sent &= request.method != "HEAD" && answer.status != 304;
    answer
}

fn find(request: &Request<'_>, hosts: &Hosts, shelf: &dyn Shelf) -> Result<Answer, Refusal> {
    match request.host {
        Some(host) => own(hosts, host)?,
        None if request.is_old => {}
        None => return Err(Refusal::Malformed),
    }
    if !matches!(request.method, "GET" | "HEAD") {
        return Err(Refusal::Method);
    }
    if request.has_body {
        return Err(Refusal::Carries);
    }
    let target = match target::read(request.target) {
        Ok(target) => target,
        Err(Astray::Malformed) => return Err(Refusal::Malformed),
        Err(Astray::Nowhere) => return not_found(shelf),
    };
    if let Some(authority) = &target.authority {
        own(hosts, authority)?;
    }
    if target.path.starts_with('_') {
        let Request { none_match, languages, client, .. } = *request;
        let asked = Asked { path: &target.path, query: &target.query, none_match, languages, client };
        if let Some(answer) = shelf.own(&asked) {
            return Ok(answer);
        }
    }
    at(&target.path, request, shelf)
}

fn own(hosts: &Hosts, host: &str) -> Result<(), Refusal> {
    match hosts.judge(host) {
        Whose::Own => Ok(()),
        Whose::Foreign => Err(Refusal::Foreign),
        Whose::Nobodys => Err(Refusal::Malformed),
    }
}

/// What lies at a clean path: a file, the page of a folder, or the way to it.
fn at(path: &str, request: &Request<'_>, shelf: &dyn Shelf) -> Result<Answer, Refusal> {
    let is_folder = path.is_empty() || path.ends_with('/');
    if is_folder {
        let page = format!("{path}index.html");
        if let Some(shown) = shelf.file(&page) {
            return file(&page, shown, request);
        }
    } else {
        if let Some(shown) = shelf.file(path) {
            return file(path, shown, request);
        }
        if shelf.file(&format!("{path}/index.html")).is_some() {
            return Ok(elsewhere(&format!("{path}/")));
        }
    }
    // The page for wrong addresses is shown at any depth, so it links to where the site will be published.
    let base = shelf.base();
    match path.strip_prefix(&base) {
        Some(rest) if !base.is_empty() => Ok(elsewhere(rest)),
        _ => not_found(shelf),
    }
}

fn elsewhere(path: &str) -> Answer {
    Answer::new(301, "text/plain; charset=utf-8", Vec::new()).with("Location", target::address(path))
}

/// The site's own page for that, and else a sentence.
fn not_found(shelf: &dyn Shelf) -> Result<Answer, Refusal> {
    let shown = shelf.file("404.html").ok_or(Refusal::NotFound)?;
    let part = 0..shown.body.size();
    let headers = vec![("Content-Type", kinds::kind("404.html").to_owned()), ("Cache-Control", "no-store".to_owned())];
    Ok(Answer { status: 404, headers, body: shown.body, part, is_sent: true })
}

fn file(path: &str, shown: Shown, request: &Request<'_>) -> Result<Answer, Refusal> {
    let size = shown.body.size();
    let tag = format!("\"{}\"", shown.hash);
    let mut headers = vec![
        ("Content-Type", kinds::kind(path).to_owned()),
        ("ETag", tag.clone()),
        // Kept, and asked for again each time: what is shown is never older than the site.
        ("Cache-Control", "no-cache".to_owned()),
        ("Accept-Ranges", "bytes".to_owned()),
    ];
    let (mut status, mut part) = (200, 0..size);
    if request.none_match.is_some_and(|value| names(value, &tag)) {
        status = 304;
    } else if let Some(value) = request.range.filter(|_| request.method == "GET")
        // A part is of use to somebody who has the rest of the same bytes.
        && request.if_range.is_none_or(|known| known.trim() == tag)
    {
        match range::part(value, size) {
            Part::Whole => {}
            Part::Some(asked) => {
                headers.push(("Content-Range", format!("bytes {}-{}/{size}", asked.start, asked.end - 1)));
                (status, part) = (206, asked);
            }
            Part::Beyond => return Ok(Answer::refusal(Refusal::Beyond).with("Content-Range", format!("bytes */{size}"))),
        }
    }
    Ok(Answer { status, headers, body: shown.body, part, is_sent: true })
}

/// Does a list of tags name this one, as weak or strong? A list that can't be read names those before the fault.
fn names(list: &str, tag: &str) -> bool {
    let mut rest = list.trim();
    if rest == "*" {
        return true;
    }
    loop {
        rest = rest.trim_start_matches([' ', '\t', ',']);
        let Some(begun) = rest.strip_prefix("W/").unwrap_or(rest).strip_prefix('"') else { return false };
        let Some((inner, after)) = begun.split_once('"') else { return false };
        if tag.trim_matches('"') == inner {
            return true;
        }
        rest = after;
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::sync::Mutex;

    use super::*;
    use crate::base::hash::Hash;
    use proptest::prelude::*;

    /// A shelf of some files that remembers what it was asked for.
    #[derive(Default)]
    struct Few {
        files: BTreeMap<&'static str, &'static str>,
        asked: Mutex<Vec<String>>,
        base: &'static str,
    }

    impl Shelf for Few {
        fn file(&self, path: &str) -> Option<Shown> {
            self.asked.lock().unwrap().push(path.to_owned());
            let text = self.files.get(path)?;
            Some(Shown { body: Body::Bytes(Arc::new(text.as_bytes().to_vec())), hash: Hash::of(text.as_bytes()) })
        }

        fn own(&self, asked: &Asked<'_>) -> Option<Answer> {
            (asked.path == "_status").then(|| Answer::new(200, "text/plain", asked.query.as_bytes().to_vec()))
        }

        fn base(&self) -> String {
            self.base.to_owned()
        }
    }

    fn shelf() -> Few {
        let files = [
            ("404.html", "ไม่พบ"),
            ("index.html", "0123456789"),
            ("2568/index.html", "ปี"),
            ("เบต้า/index.html", "เบต้า"),
            ("files/แผน 1.pdf", "pdf"),
            ("empty.txt", ""),
            ("_x.css", "x"),
        ];
        Few { files: files.into(), ..Few::default() }
    }

    fn hosts() -> Hosts {
        Hosts::of("127.0.0.1", [127, 0, 0, 1].into())
    }

    fn get() -> Request<'static> {
        Request { method: "GET", target: b"/", host: Some("localhost:4000"), ..Request::default() }
    }

    fn ask(request: &Request<'_>) -> Answer {
        answer(request, &hosts(), &shelf())
    }

    fn at(target: &str) -> Answer {
        ask(&Request { target: target.as_bytes(), ..get() })
    }

    fn body(answer: &Answer) -> String {
        let Body::Bytes(bytes) = &answer.body else { panic!("no bytes") };
        String::from_utf8(bytes[answer.part.start as usize..answer.part.end as usize].to_vec()).unwrap()
    }

    #[test]
    fn files_and_pages_of_folders_are_found() {
        for (target, expected) in [
            ("/", "0123456789"),
            ("/index.html", "0123456789"),
            ("/?x=1", "0123456789"),
            ("/2568/", "ปี"),
            ("/%E0%B9%80%E0%B8%9A%E0%B8%95%E0%B9%89%E0%B8%B2/", "เบต้า"),
            ("/เบต้า/index.html", "เบต้า"),
            ("/files/แผน%201.pdf", "pdf"),
            ("http://127.0.0.1/2568/", "ปี"),
            ("/_x.css", "x"),
            ("/_status?a=b", "a=b"),
        ] {
            let answer = at(target);
            assert_eq!((answer.status, body(&answer).as_str()), (200, expected), "{target}");
        }
    }

    #[test]
    fn a_folder_without_its_slash_is_sent_there() {
        for (target, location) in [
            ("/2568", "/2568/"),
            ("/2568?x=//evil.example", "/2568/"),
            ("/เบต้า", "/%E0%B9%80%E0%B8%9A%E0%B8%95%E0%B9%89%E0%B8%B2/"),
            ("/%e0%b9%80%e0%b8%9a%e0%b8%95%e0%b9%89%e0%b8%b2#x", "/%E0%B9%80%E0%B8%9A%E0%B8%95%E0%B9%89%E0%B8%B2/"),
        ] {
            let answer = at(target);
            assert_eq!((answer.status, answer.header("Location")), (301, Some(location)), "{target}");
        }
        for target in ["//2568", "//evil.example/2568", "/index.html/", "/files", "/files/"] {
            assert_eq!((at(target).status, at(target).header("Location")), (404, None), "{target}");
        }
    }

    #[test]
    fn the_place_where_the_site_will_be_leads_to_where_it_is() {
        let shelf = Few { base: "ita/", ..shelf() };
        let at = |target: &str| answer(&Request { target: target.as_bytes(), ..get() }, &hosts(), &shelf);
        assert_eq!(at("/ita/2568/").header("Location"), Some("/2568/"));
        assert_eq!(at("/ita/").header("Location"), Some("/"));
        assert_eq!(at("/ita/nowhere").header("Location"), Some("/nowhere"));
        assert_eq!((at("/italy").status, at("/nowhere").status), (404, 404));
    }

    #[test]
    fn what_is_not_there_is_told_by_the_site() {
        for target in ["/nowhere", "/../etc/passwd", "/%00"] {
            let answer = at(target);
            assert_eq!((answer.status, body(&answer).as_str()), (404, "ไม่พบ"));
            assert_eq!((answer.header("Content-Type"), answer.header("ETag")), (Some("text/html; charset=utf-8"), None));
        }
        let answer = answer(&Request { target: b"/x", ..get() }, &hosts(), &Few::default());
        assert_eq!(answer.status, 404);
        assert!(body(&answer).contains("There is nothing at this address."));
    }

    #[test]
    fn what_is_known_is_not_sent_again() {
        let tag = at("/").header("ETag").unwrap().to_owned();
        assert_eq!(tag, format!("\"{}\"", Hash::of(b"0123456789")));
        let weak = format!("W/{tag}");
        let list = format!("\"a,b\", W/\"x\" ,{tag}");
        for known in [tag.as_str(), weak.as_str(), list.as_str(), "*", " * "] {
            let answer = ask(&Request { none_match: Some(known), range: Some("bytes=1-2"), ..get() });
            assert_eq!((answer.status, answer.is_sent, answer.length()), (304, false, 10), "{known}");
            assert_eq!((answer.header("ETag"), answer.header("Cache-Control")), (Some(tag.as_str()), Some("no-cache")));
        }
        let open = tag.trim_end_matches('"').to_owned();
        for other in ["", "\"\"", "x", &open, tag.trim_matches('"'), "\"x\"", "W/", "\"x\" y"] {
            assert_eq!(ask(&Request { none_match: Some(other), ..get() }).status, 200, "{other}");
        }
        // A page that is not there is not known either.
        assert_eq!(ask(&Request { none_match: Some("*"), target: b"/x", ..get() }).status, 404);
    }

    #[test]
    fn parts_are_sent() {
        let tag = at("/").header("ETag").unwrap().to_owned();
        let part = |range, if_range| ask(&Request { range: Some(range), if_range, ..get() });
        let answer = part("bytes=2-4", None);
        assert_eq!((answer.status, body(&answer).as_str(), answer.header("Content-Range")), (206, "234", Some("bytes 2-4/10")));
        assert_eq!((part("bytes=-3", Some(&tag)).status, part("bytes=-3", Some("\"x\"")).status), (206, 200));
        let weak = format!("W/{tag}");
        assert_eq!(ask(&Request { range: Some("bytes=-3"), if_range: Some(&weak), ..get() }).status, 200);
        let beyond = part("bytes=10-", None);
        assert_eq!((beyond.status, beyond.header("Content-Range")), (416, Some("bytes */10")));
        assert_eq!(ask(&Request { target: b"/empty.txt", range: Some("bytes=0-"), ..get() }).status, 200);
        // Parts are of GET alone.
        assert_eq!(ask(&Request { method: "HEAD", range: Some("bytes=2-4"), ..get() }).status, 200);
    }

    #[test]
    fn head_is_get_without_the_bytes() {
        for target in ["/", "/nowhere", "/2568", "/_status?x"] {
            let (get, head) = (at(target), ask(&Request { method: "HEAD", target: target.as_bytes(), ..get() }));
            assert_eq!((get.status, &get.headers, get.length()), (head.status, &head.headers, head.length()), "{target}");
            assert_eq!((get.is_sent, head.is_sent), (true, false));
        }
    }

    #[test]
    fn nothing_but_reading_is_done() {
        for method in ["POST", "PUT", "DELETE", "OPTIONS", "CONNECT", "TRACE", "get", "X"] {
            let answer = ask(&Request { method, has_body: true, ..get() });
            assert_eq!((answer.status, answer.header("Allow")), (405, Some("GET, HEAD")), "{method}");
        }
        assert_eq!(ask(&Request { has_body: true, ..get() }).status, 413);
    }

    #[test]
    fn other_hosts_are_refused_whatever_they_ask_for() {
        for target in ["/", "/nowhere", "/_status"] {
            let answer = ask(&Request { host: Some("evil.example"), target: target.as_bytes(), ..get() });
            assert_eq!(answer.status, 421);
            assert!(body(&answer).contains("for another host"));
        }
        assert_eq!(at("http://evil.example/").status, 421);
        assert_eq!(ask(&Request { host: Some("evil.example"), target: b"http://localhost/", ..get() }).status, 421);
        assert_eq!((at("http://user@localhost/").status, at("http:///").status), (400, 400));
        assert_eq!(ask(&Request { host: None, ..get() }).status, 400);
        assert_eq!(ask(&Request { host: None, is_old: true, ..get() }).status, 200);
        assert_eq!(ask(&Request { host: Some(""), ..get() }).status, 400);
    }

    #[test]
    fn every_answer_says_what_it_is() {
        for target in ["/", "/nowhere", "/2568", "/_status", "/%", "http://evil.example/"] {
            let answer = at(target);
            assert!(answer.header("Content-Type").is_some() && answer.header("Cache-Control").is_some(), "{target}");
        }
    }

    proptest! {
        /// Whatever comes as a target: no panic, and the shelf is asked for clean relative paths only.
        #[test]
        fn the_shelf_is_asked_for_clean_paths(raw in proptest::collection::vec(any::<u8>(), 0..60), text in "/?[a/.%25ecEC\\\\ก?#:]{0,20}") {
            for target in [raw.as_slice(), text.as_bytes()] {
                let shelf = shelf();
                answer(&Request { target, ..get() }, &hosts(), &shelf);
                for path in shelf.asked.into_inner().unwrap() {
                    prop_assert!(!path.is_empty() && !path.contains(['\\', '\0']));
                    prop_assert!(!path.split('/').any(|part| matches!(part, "" | "." | "..")), "{path}");
                }
            }
        }
    }
}
