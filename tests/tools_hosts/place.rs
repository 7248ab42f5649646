//! Where a crawler asks for addresses: a server, or the folder itself as a browser reads it from disk. Owns the client.

use std::collections::BTreeMap;
use std::path::PathBuf;

/// What stands at an address.
#[derive(Debug)]
pub struct Answer {
    /// 200, 404 and the like; a disk knows these two.
    pub status: u16,
    /// The content type with its parameters; a disk tells none.
    pub kind: Option<String>,
    /// Where a redirect leads.
    pub location: Option<String>,
    /// The content policy.
    pub policy: Option<String>,
    /// All headers, by their names in small letters.
    pub headers: BTreeMap<String, String>,
    /// The body.
    pub bytes: Vec<u8>,
}

/// A place that answers.
pub enum Place {
    /// A server of this machine.
    Server(ureq::Agent, u16),
    /// A folder that stands at `/`.
    Disk(PathBuf),
}

impl Place {
    /// A server that listens on a port.
    pub fn server(port: u16) -> Self {
        let config = ureq::Agent::config_builder().http_status_as_error(false).max_redirects(0).proxy(None);
        Self::Server(config.build().into(), port)
    }

    /// Is it a server, which knows types and what to say of missing pages?
    pub fn is_server(&self) -> bool {
        matches!(self, Self::Server(..))
    }

    /// Asks for an absolute path, percent-encoded.
    pub fn get(&self, path: &str) -> Answer {
        self.get_packed(path, "")
    }

    /// Asks for an absolute path, percent-encoded, and for it packed in one of these ways.
    pub fn get_packed(&self, path: &str, accept: &str) -> Answer {
        match self {
            Self::Server(agent, port) => {
                let mut request = agent.get(format!("http://127.0.0.1:{port}{path}"));
                if !accept.is_empty() {
                    request = request.header("Accept-Encoding", accept);
                }
                let mut response = request.call().unwrap();
                let header = |name: &str| response.headers().get(name).map(|value| value.to_str().unwrap().to_owned());
                let (kind, location) = (header("content-type"), header("location"));
                let policy = header("content-security-policy");
                let headers =
                    response.headers().iter().map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned())).collect();
                let bytes = response.body_mut().with_config().limit(u64::MAX).read_to_vec().unwrap();
                Answer { status: response.status().as_u16(), kind, location, policy, headers, bytes }
            }
            Self::Disk(folder) => {
                let bytes = std::fs::read(folder.join(decode(path.trim_start_matches('/'))));
                let status = if bytes.is_ok() { 200 } else { 404 };
                Answer { status, kind: None, location: None, policy: None, headers: BTreeMap::new(), bytes: bytes.unwrap_or_default() }
            }
        }
    }
}

/// A path as an address: what is no plain letter, digit or mark of an address is encoded.
pub fn encode(path: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte);
    path.bytes().map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}

/// An address as a path.
pub fn decode(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let pair = after.get(..2).and_then(|pair| std::str::from_utf8(pair).ok()).and_then(|pair| u8::from_str_radix(pair, 16).ok());
        match pair.filter(|_| *first == b'%') {
            Some(byte) => {
                bytes.push(byte);
                rest = &after[2..];
            }
            None => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8(bytes).unwrap()
}

/// A reference resolved at an absolute path, as a browser does; `None` where it climbs above the root.
pub fn resolve(at: &str, reference: &str) -> Option<String> {
    let reference = reference.split(['#', '?']).next().unwrap_or_default();
    if reference.is_empty() {
        return Some(at.to_owned());
    }
    let mut parts: Vec<&str> = if reference.starts_with('/') { vec![""] } else { at.split('/').collect() };
    if !reference.starts_with('/') {
        parts.pop();
    }
    let steps: Vec<&str> = reference.trim_start_matches('/').split('/').collect();
    for (index, step) in steps.iter().enumerate() {
        let is_last = index + 1 == steps.len();
        match *step {
            "." => {}
            ".." if parts.len() < 2 => return None,
            ".." => {
                parts.pop();
            }
            step => parts.push(step),
        }
        if is_last && matches!(*step, "." | "..") {
            parts.push("");
        }
    }
    Some(parts.join("/"))
}
