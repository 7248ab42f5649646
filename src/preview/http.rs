//! The head of an answer as it goes over the network, written by tiny_http. The one module that names tiny_http.
//!
//! tiny_http writes what is answered; listening and reading are ours (`guard`, `head`). Its own listener ends for good after a failed
//! accept, unwraps a copy of each socket, so that a process out of file descriptors ends with a panic, waits without limit of time,
//! reads lines without limit of length, and starts a thread for each connection without limit of number.

use std::io;

use tiny_http::{HTTPVersion, Header, Response, StatusCode};

use super::answer::Answer;

/// What every answer says: its bytes are what its type says, and pages of other sites may not use them.
const EVERYWHERE: &[(&str, &str)] =
    &[("X-Content-Type-Options", "nosniff"), ("Cross-Origin-Resource-Policy", "same-origin"), ("Server", "prongsai")];

/// The head of an answer with the empty line at its end. `stays` tells whether the connection takes another request.
pub fn head(answer: &Answer, stays: bool) -> Vec<u8> {
    let mut response = Response::new(StatusCode(answer.status), Vec::new(), io::empty(), usize::try_from(answer.length()).ok(), None)
        // With its length, whatever it is.
        .with_chunked_threshold(usize::MAX);
    let named = answer.headers.iter().map(|(name, value)| (*name, value.as_str()));
    for (name, value) in named.chain(EVERYWHERE.iter().copied()) {
        // A value with a line end would begin a line of its own.
        if !value.bytes().any(|byte| byte.is_ascii_control())
            && let Ok(header) = Header::from_bytes(name, value)
        {
            response.add_header(header);
        }
    }
    let mut head = Vec::with_capacity(512);
    // Writing into memory does not fail.
    let _ = response.raw_print(&mut head, HTTPVersion(1, 1), &[], true, None);
    // tiny_http keeps this field to itself.
    if !stays && head.ends_with(b"\r\n") {
        head.truncate(head.len() - 2);
        head.extend_from_slice(b"Connection: close\r\n\r\n");
    }
    head
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(answer: &Answer, stays: bool) -> Vec<String> {
        let text = String::from_utf8(head(answer, stays)).unwrap();
        assert!(text.ends_with("\r\n\r\n") && text.matches("\r\n\r\n").count() == 1, "{text}");
        text.trim_end().split("\r\n").filter(|line| !line.starts_with("Date: ")).map(str::to_owned).collect()
    }

    #[test]
    fn a_head_has_what_the_answer_says() {
        let answer = Answer::new(200, "text/plain; charset=utf-8", b"123".to_vec()).with("Location", "/x");
        let expected = [
            "Content-Type: text/plain; charset=utf-8",
            "Cache-Control: no-store",
            "Location: /x",
            "X-Content-Type-Options: nosniff",
            "Cross-Origin-Resource-Policy: same-origin",
            "Server: prongsai",
            "Content-Length: 3",
        ];
        assert_eq!(lines(&answer, true), [&["HTTP/1.1 200 OK"], &expected[..]].concat());
        assert_eq!(lines(&answer, false), [&["HTTP/1.1 200 OK"], &expected[..], &["Connection: close"]].concat());
    }

    #[test]
    fn lengths_are_told_whatever_they_are() {
        let mut answer = Answer::new(206, "x/y", Vec::new());
        for length in [0, 1, 40_000, 5_000_000_000] {
            answer.part = 7..7 + length;
            let lines = lines(&answer, true);
            assert_eq!(lines.last().unwrap(), &format!("Content-Length: {length}"));
            assert!(!lines.iter().any(|line| line.starts_with("Transfer-Encoding")));
        }
    }

    #[test]
    fn no_value_begins_a_line() {
        let answer = Answer::new(200, "x/y", Vec::new()).with("X-A", "a\r\nX-B: b").with("X-C", "ก").with("X-D", "d");
        let text = String::from_utf8(head(&answer, true)).unwrap();
        assert!(!text.contains("X-B") && !text.contains("X-C:") && text.contains("X-D: d\r\n"), "{text}");
    }
}
