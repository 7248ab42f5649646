//! The preview's server as clients meet it, over real sockets: what is answered to whom, and that no client, however it behaves, keeps
//! others from being served. The shelf is the sample site as the engine builds it, with some files beside.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, OnceLock};
use std::thread;
use std::time::{Duration, Instant};

use prongsai::base::address::Address;
use prongsai::base::date::Date;
use prongsai::base::hash::Hash;
use prongsai::base::output::{Entry, Output};
use prongsai::disk::scan;
use prongsai::engine::{self, Options, Sink, Unit};
use prongsai::preview::answer::Answer;
use prongsai::preview::door::{Closed, Door};
use prongsai::preview::guard::{MOST, Server};
use prongsai::preview::{Asked, Body, Shelf, Shown};

/// The longest that anybody who asks properly waits, whatever others do.
const SOON: Duration = Duration::from_secs(2);

const BIG: u64 = 100 * 1024 * 1024;

/// What no answer may hold.
const SECRET: &str = "SECRET-OF-THIS-MACHINE";

#[derive(Default)]
struct Taken(Mutex<Vec<Output>>);

impl Sink for Taken {
    fn take(&self, unit: Unit) -> io::Result<()> {
        self.0.lock().unwrap().push(unit.output);
        Ok(())
    }
}

/// The sample, built once.
fn sample() -> &'static BTreeMap<String, Entry> {
    static SAMPLE: OnceLock<BTreeMap<String, Entry>> = OnceLock::new();
    SAMPLE.get_or_init(|| {
        let taken = Taken::default();
        let options = Options { drafts: false, base_url: None, today: Date::parse("2025-09-01").unwrap() };
        engine::build(&scan::Site::open(root()).unwrap(), &options, &taken).unwrap();
        let files: BTreeMap<_, _> = taken.0.into_inner().unwrap().into_iter().flatten().collect();
        assert!(files.len() > 50, "the sample has {} files", files.len());
        files
    })
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The sample and what is put beside it.
#[derive(Default)]
struct Shelves {
    files: Mutex<BTreeMap<String, Shown>>,
    waiting: AtomicUsize,
    closed: AtomicBool,
}

impl Shelves {
    fn put(&self, path: &str, body: Body) {
        let hash = Hash::of(path.as_bytes());
        self.files.lock().unwrap().insert(path.to_owned(), Shown { body, hash });
    }

    fn put_text(&self, path: &str, text: &str) {
        self.put(path, Body::Bytes(Arc::new(text.as_bytes().to_vec())));
    }

    /// Puts an authored file of a site folder at a path.
    fn put_file(&self, path: &str, (site, from): (&Path, &str)) {
        let size = fs::metadata(site.join(from)).unwrap().len();
        self.put(path, Body::File { site: site.into(), from: from.into(), size });
    }
}

impl Shelf for Shelves {
    fn file(&self, path: &str) -> Option<Shown> {
        self.files.lock().unwrap().get(path).cloned()
    }

    fn own(&self, asked: &Asked<'_>) -> Option<Answer> {
        match asked.path {
            "_echo" => Some(Answer::new(200, "text/plain; charset=utf-8", asked.query.as_bytes().to_vec())),
            "_wait" => {
                self.waiting.fetch_add(1, Ordering::SeqCst);
                while !self.closed.load(Ordering::SeqCst) && asked.client.is_there() {
                    thread::sleep(Duration::from_millis(5));
                }
                Some(Answer::new(200, "text/plain", Vec::new()))
            }
            _ => None,
        }
    }

    fn close(&self) {
        self.closed.store(true, Ordering::SeqCst);
    }
}

/// A running server over the sample.
struct Preview {
    server: Server,
    shelves: Arc<Shelves>,
    at: SocketAddr,
}

impl Preview {
    fn start() -> Self {
        let shelves = Arc::new(Shelves::default());
        for (path, entry) in sample() {
            let (body, hash) = match entry {
                Entry::Bytes(bytes) => (Body::Bytes(Arc::clone(bytes)), Hash::of(bytes)),
                Entry::Copy(file) => (Body::File { site: root().into(), from: file.from.clone(), size: file.size }, file.hash),
            };
            shelves.files.lock().unwrap().insert(path.clone(), Shown { body, hash });
        }
        shelves.put_text("ข้อ ๑/index.html", "หน้าไทย");
        let door = Door::take("127.0.0.1", 0).unwrap();
        let at = door.address();
        let server = door.open(Arc::clone(&shelves) as Arc<dyn Shelf>).unwrap();
        Self { server, shelves, at }
    }

    fn client(&self) -> Client {
        Client::to(self.at)
    }

    /// The answer to one request with these further lines.
    fn get(&self, target: &str, lines: &str) -> Reply {
        self.client().ask("GET", target, lines)
    }

    /// Another client asks and has its answer soon.
    fn serves_others(&self, while_: &str) {
        let begun = Instant::now();
        let reply = self.get("/index.html", "");
        assert_eq!(reply.status, 200, "{while_}");
        assert!(begun.elapsed() < SOON, "{while_}: {:?}", begun.elapsed());
    }

    /// Waits until no more connections than these are left.
    fn comes_down_to(&self, connections: usize) {
        let begun = Instant::now();
        while self.server.connections() > connections {
            assert!(begun.elapsed() < Duration::from_secs(10), "{} connections are left", self.server.connections());
            thread::sleep(Duration::from_millis(5));
        }
    }
}

struct Client {
    stream: TcpStream,
    bytes: Vec<u8>,
}

#[derive(Debug)]
struct Reply {
    status: u16,
    headers: BTreeMap<String, String>,
    body: Vec<u8>,
}

impl Reply {
    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", String::as_str)
    }
}

impl Client {
    fn to(at: SocketAddr) -> Self {
        let stream = TcpStream::connect(at).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        stream.set_nodelay(true).unwrap();
        Self { stream, bytes: Vec::new() }
    }

    fn send(&mut self, bytes: &[u8]) -> &mut Self {
        self.stream.write_all(bytes).unwrap();
        self
    }

    fn ask(&mut self, method: &str, target: &str, lines: &str) -> Reply {
        self.send(format!("{method} {target} HTTP/1.1\r\nHost: localhost\r\n{lines}\r\n").as_bytes());
        self.reply(method == "HEAD").unwrap()
    }

    /// The next answer; `None` where the connection ends instead.
    fn reply(&mut self, is_head: bool) -> Option<Reply> {
        let end = loop {
            if let Some(at) = self.bytes.windows(4).position(|four| four == b"\r\n\r\n") {
                break at;
            }
            self.more()?;
        };
        let text = String::from_utf8(self.bytes[..end].to_vec()).unwrap();
        let mut lines = text.split("\r\n");
        let status = lines.next().unwrap().strip_prefix("HTTP/1.1 ").unwrap()[..3].parse().unwrap();
        let fields: Vec<(&str, &str)> = lines.map(|line| line.split_once(": ").unwrap()).collect();
        let headers: BTreeMap<String, String> =
            fields.iter().map(|(name, value)| (name.to_ascii_lowercase(), (*value).to_owned())).collect();
        assert_eq!(headers.len(), fields.len(), "a header stands twice: {text}");
        let length: usize = headers["content-length"].parse().unwrap();
        let length = if is_head || status == 304 { 0 } else { length };
        while self.bytes.len() < end + 4 + length {
            self.more()?;
        }
        let body = self.bytes[end + 4..end + 4 + length].to_vec();
        self.bytes.drain(..end + 4 + length);
        assert!(!String::from_utf8_lossy(&body).contains(SECRET));
        Some(Reply { status, headers, body })
    }

    fn more(&mut self) -> Option<()> {
        let mut piece = vec![0; 64 * 1024];
        let read = self.stream.read(&mut piece).ok().filter(|read| *read > 0)?;
        self.bytes.extend_from_slice(&piece[..read]);
        Some(())
    }

    /// Is the connection closed, with nothing more to come?
    fn has_ended(&mut self) -> bool {
        self.bytes.is_empty() && self.more().is_none()
    }
}

fn encoded(path: &str) -> String {
    format!("/{}", Address::new(path).unwrap().encoded())
}

/// Runs an ignored test of this file in a process of its own.
fn alone(test: &str) {
    let output = Command::new(std::env::current_exe().unwrap()).args(["--exact", test, "--ignored", "--nocapture"]).output().unwrap();
    let told = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success() && told.contains("1 passed"), "{told}{}", String::from_utf8_lossy(&output.stderr));
}

/// A site folder with a sparse file of 100 MB, and a secret beside it.
fn folder() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let site = folder.path().join("site");
    fs::create_dir_all(site.join("content/files")).unwrap();
    fs::write(folder.path().join("secret.txt"), SECRET).unwrap();
    let mut big = fs::File::create(site.join("content/files/big.pdf")).unwrap();
    big.set_len(BIG).unwrap();
    big.write_all(b"first").unwrap();
    (folder, site)
}

#[path = "preview_http/answers.rs"]
mod answers;
#[path = "preview_http/faults.rs"]
mod faults;
