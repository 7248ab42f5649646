//! The head of a request, from its bytes. Owns the form that a request must have; what is doubtful is refused instead of guessed at.
//! Refuses sockets, and to judge what is asked for.

use super::answer::Request;
use super::refusal::Refusal;

/// No head is longer, with the line of the target in it.
pub const LONGEST: usize = 16 * 1024;

/// No request line is longer.
const LONGEST_LINE: usize = 8 * 1024;

/// No head has more lines.
const MOST_FIELDS: usize = 100;

/// A head that was read.
#[derive(Clone, Copy, Debug)]
pub struct Head<'a> {
    /// What is asked for.
    pub request: Request<'a>,
    /// May another request follow on the same connection?
    pub stays: bool,
}

/// Where a head ends in `bytes`, from whose first `known` bytes it is known that it does not. Empty lines before it belong to it.
pub fn end(bytes: &[u8], known: usize) -> Option<usize> {
    let begin = bytes.iter().position(|byte| !matches!(byte, b'\r' | b'\n'))?;
    // A line end that was the last byte known may be the first of two.
    let from = begin.max(known.saturating_sub(3));
    let ends = bytes.iter().enumerate().skip(from).filter(|(_, byte)| **byte == b'\n');
    ends.map(|(at, _)| at + 1).find_map(|at| match bytes.get(at..) {
        Some([b'\n', ..]) => Some(at + 1),
        Some([b'\r', b'\n', ..]) => Some(at + 2),
        _ => None,
    })
}

/// Can what has come so far still become a head?
///
/// # Errors
/// Where it can't.
pub fn look(bytes: &[u8]) -> Result<(), Refusal> {
    let line = bytes.iter().position(|byte| !matches!(byte, b'\r' | b'\n')).map_or(&[][..], |begin| &bytes[begin..]);
    // Neither a handshake of TLS nor noise begins with a method.
    if line.first().is_some_and(|byte| !is_token(*byte)) {
        return Err(Refusal::Malformed);
    }
    if line.iter().take(LONGEST_LINE).all(|byte| *byte != b'\n') && line.len() >= LONGEST_LINE {
        return Err(Refusal::LongTarget);
    }
    if bytes.len() >= LONGEST { Err(Refusal::LongHead) } else { Ok(()) }
}

/// Reads a head with its end.
///
/// # Errors
/// Where it is none.
///
/// ```
/// use prongsai::preview::head::read;
/// let head = read(b"GET /x HTTP/1.1\r\nHost: localhost\r\n\r\n").unwrap();
/// assert_eq!((head.request.target, head.request.host, head.stays), (&b"/x"[..], Some("localhost"), true));
/// ```
pub fn read(bytes: &[u8]) -> Result<Head<'_>, Refusal> {
    let mut lines =
        bytes.split(|byte| *byte == b'\n').map(|line| line.strip_suffix(b"\r").unwrap_or(line)).skip_while(|line| line.is_empty());
    let first = lines.next().ok_or(Refusal::Malformed)?;
    if first.len() >= LONGEST_LINE {
        return Err(Refusal::LongTarget);
    }
    let mut words = first.split(|byte| *byte == b' ');
    let (Some(method), Some(target), Some(version), None) = (words.next(), words.next(), words.next(), words.next()) else {
        return Err(Refusal::Malformed);
    };
    let method = token(method).ok_or(Refusal::Malformed)?;
    if target.is_empty() || target.iter().any(u8::is_ascii_control) {
        return Err(Refusal::Malformed);
    }
    let is_old = match version {
        b"HTTP/1.0" => true,
        [b'H', b'T', b'T', b'P', b'/', b'1', b'.', minor] if minor.is_ascii_digit() => false,
        [b'H', b'T', b'T', b'P', b'/', major, b'.', minor] if major.is_ascii_digit() && minor.is_ascii_digit() => {
            return Err(Refusal::Version);
        }
        _ => return Err(Refusal::Malformed),
    };
    let mut head = Head { request: Request { method, target, is_old, ..Request::default() }, stays: !is_old };
    let mut length = None;
    for (count, line) in lines.take_while(|line| !line.is_empty()).enumerate() {
        if count >= MOST_FIELDS {
            return Err(Refusal::LongHead);
        }
        let (name, value) = field(line).ok_or(Refusal::Malformed)?;
        take(&mut head, &mut length, (name, value))?;
    }
    Ok(head)
}

/// Takes what a field tells. Of fields that decide something there may be one only.
fn take<'a>(head: &mut Head<'a>, length: &mut Option<&'a [u8]>, (name, value): (&str, &'a [u8])) -> Result<(), Refusal> {
    let text = std::str::from_utf8(value).ok();
    let request = &mut head.request;
    let is = |known: &str| name.eq_ignore_ascii_case(known);
    if is("Host") {
        let is_second = request.host.replace(text.ok_or(Refusal::Malformed)?).is_some();
        if is_second {
            return Err(Refusal::Malformed);
        }
    } else if is("Content-Length") {
        let is_number = !value.is_empty() && value.iter().all(u8::is_ascii_digit);
        if !is_number || length.replace(value).is_some_and(|before| before != value) {
            return Err(Refusal::Malformed);
        }
        request.has_body |= value.iter().any(|digit| *digit != b'0');
    } else if is("Transfer-Encoding") {
        request.has_body = true;
    } else if is("Connection") {
        head.stays &= !text.unwrap_or("close").split(',').any(|word| word.trim().eq_ignore_ascii_case("close"));
    } else if is("Range") {
        request.range = text;
    } else if is("If-Range") {
        // One that can't be read names other bytes.
        request.if_range = Some(text.unwrap_or(""));
    } else if is("If-None-Match") {
        request.none_match = text;
    } else if is("Accept-Language") {
        request.languages = text;
    }
    Ok(())
}

/// Name and value of a line. A line that goes on the one before has no name.
fn field(line: &[u8]) -> Option<(&str, &[u8])> {
    let colon = line.iter().position(|byte| *byte == b':')?;
    let value = line[colon + 1..].trim_ascii();
    let is_plain = |byte: u8| byte == b'\t' || !byte.is_ascii_control();
    let is_value = value.iter().all(|byte| is_plain(*byte));
    Some((token(&line[..colon])?, value)).filter(|_| is_value)
}

fn token(word: &[u8]) -> Option<&str> {
    let is_one = !word.is_empty() && word.iter().all(|byte| is_token(*byte));
    is_one.then(|| std::str::from_utf8(word).ok()).flatten()
}

fn is_token(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn refused(text: &str) -> Option<Refusal> {
        read(text.as_bytes()).err()
    }

    #[test]
    fn a_head_is_read() {
        let text = "\r\n\nHEAD /แผน HTTP/1.1\r\nhost:\tlocalhost:1 \r\nRANGE: bytes=1-2\nIf-None-Match: \"a\"\r\nIf-Range: \"b\"\r\nAccept-Language: th\r\nX: ก\r\nContent-Length: 0\r\n\r\n";
        let head = read(text.as_bytes()).unwrap();
        let request = head.request;
        assert_eq!((request.method, request.target, request.host), ("HEAD", "/แผน".as_bytes(), Some("localhost:1")));
        assert_eq!((request.range, request.none_match, request.if_range), (Some("bytes=1-2"), Some("\"a\""), Some("\"b\"")));
        assert_eq!((request.languages, request.has_body, request.is_old, head.stays), (Some("th"), false, false, true));
    }

    #[test]
    fn a_connection_stays_or_ends() {
        let stays = |text: &str| read(text.as_bytes()).unwrap().stays;
        assert!(stays("GET / HTTP/1.1\r\nHost: x\r\nConnection: keep-alive, Upgrade\r\n\r\n"));
        assert!(!stays("GET / HTTP/1.1\r\nHost: x\r\nConnection: x, Close\r\n\r\n"));
        assert!(!stays("GET / HTTP/1.0\r\n\r\n") && !stays("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n"));
    }

    #[test]
    fn what_a_request_carries_is_known() {
        let carries = |line: &str| read(format!("GET / HTTP/1.1\r\n{line}\r\n\r\n").as_bytes()).unwrap().request.has_body;
        assert!(
            carries("Content-Length: 1") && carries("Transfer-Encoding: chunked") && carries("Content-Length: 99999999999999999999999999")
        );
        assert!(!carries("Content-Length: 0") && !carries("Content-Length: 00") && !carries("X: 1"));
    }

    #[test]
    fn what_is_doubtful_is_refused() {
        let lines = [
            "",
            "GET",
            "GET /",
            "GET / ",
            "GET  / HTTP/1.1",
            "GET /  HTTP/1.1",
            " GET / HTTP/1.1",
            "GET / HTTP/1.1 ",
            "GET / x HTTP/1.1",
            "G(T / HTTP/1.1",
            "กขค / HTTP/1.1",
            "GET /\0 HTTP/1.1",
            "GET /\t HTTP/1.1",
            "GET /\rX HTTP/1.1",
            "GET / http/1.1",
            "GET / HTTP/1",
            "GET / HTTP/1.10",
            "GET / HTTP/x.1",
            "GET / HTP/1.1",
        ];
        for line in lines {
            assert_eq!(refused(&format!("{line}\r\n\r\n")), Some(Refusal::Malformed), "{line:?}");
        }
        let fields = [
            "Host",
            "Host : x",
            ": x",
            "X\0: y",
            "X: y\0",
            "X: y\rz",
            "X: \x7f",
            " X: y",
            "X: y\r\n z",
            "Host: a\r\nHost: a",
            "Content-Length: -1",
            "Content-Length: ",
            "Content-Length: +1",
            "Content-Length: 1, 1",
            "Content-Length: 1\r\nContent-Length: 2",
            "ก: x",
        ];
        for field in fields {
            assert_eq!(refused(&format!("GET / HTTP/1.1\r\n{field}\r\n\r\n")), Some(Refusal::Malformed), "{field:?}");
        }
        for version in ["0.9", "2.0", "3.0"] {
            assert_eq!(refused(&format!("GET / HTTP/{version}\r\n\r\n")), Some(Refusal::Version));
        }
    }

    #[test]
    fn what_is_too_long_is_refused() {
        let long = "x".repeat(LONGEST_LINE);
        assert_eq!(refused(&format!("GET /{long} HTTP/1.1\r\n\r\n")), Some(Refusal::LongTarget));
        assert_eq!(refused(&format!("GET / HTTP/1.1\r\n{}\r\n", "X: y\r\n".repeat(101))), Some(Refusal::LongHead));
        assert_eq!(refused(&format!("GET / HTTP/1.1\r\n{}\r\n", "X: y\r\n".repeat(100))), None);
        assert_eq!(look(format!("GET /{long}").as_bytes()), Err(Refusal::LongTarget));
        assert_eq!(look(format!("GET / HTTP/1.1\r\nX: {long}{long}").as_bytes()), Err(Refusal::LongHead));
        assert_eq!(look("\r\n".repeat(LONGEST).as_bytes()), Err(Refusal::LongHead));
        assert_eq!(look(b"\x16\x03\x01"), Err(Refusal::Malformed));
        assert_eq!((look(b""), look(b"\r\nGE"), look(b"GET / HTTP/1.1\r\nHost: x\r\n")), (Ok(()), Ok(()), Ok(())));
    }

    proptest! {
        /// However the bytes come, the end is found at the same place, and reading never panics.
        #[test]
        fn the_end_is_the_same_however_it_comes(text in "[\\r\\nA]{0,12}[\\r\\nA :]{0,12}", cut in 0_usize..24) {
            let bytes = text.as_bytes();
            let cut = cut.min(bytes.len());
            let whole = end(bytes, 0);
            let pieces = end(&bytes[..cut], 0).or_else(|| end(bytes, cut));
            prop_assert_eq!(whole, pieces);
            let _ = read(bytes);
        }

        #[test]
        fn any_bytes_are_judged(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _ = look(&bytes);
            if let Ok(head) = read(&bytes) {
                prop_assert!(!head.request.target.contains(&b' '));
            }
        }
    }
}
