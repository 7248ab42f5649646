//! Clients that behave badly, and that others are served meanwhile.

use std::io::BufRead;
use std::process::Stdio;

use super::*;

const REQUEST: &[u8] = b"GET /index.html HTTP/1.1\r\nHost: localhost\r\nX: y\r\n\r\n";

#[test]
fn no_address_leads_out_of_the_site() {
    let preview = Preview::start();
    let (_folder, site) = folder();
    preview.shelves.put_file("files/big.pdf", (&site, "content/files/big.pdf"));
    let secret = site.parent().unwrap().join("secret.txt");
    let ways = ["", "files/", "2568/", "files/big.pdf/"];
    let ups = [
        "..",
        "%2e%2e",
        "%2E.",
        ".%2e",
        "..%2f",
        "..%5c",
        "..\\",
        "%2e%2e%5c",
        "%252e%252e",
        "%c0%ae%c0%ae",
        "%e0%80%ae%e0%80%ae",
        "..;",
        "..%00",
        "．．",
        "%u002e%u002e",
        "....",
    ];
    let ends = ["secret.txt", "content/agency.yaml", "Cargo.toml", "etc/passwd"];
    let mut client = preview.client();
    let mut refused = 0;
    let pairs = || ups.iter().flat_map(|up| ends.map(|end| (*up, end)));
    for (way, (up, end)) in ways.iter().flat_map(|way| pairs().map(move |pair| (way, pair))) {
        for depth in [1, 3, 12] {
            let target = format!("/{way}{}{end}", format!("{up}/").repeat(depth));
            let reply = client.ask("GET", &target, "");
            assert!(matches!(reply.status, 400 | 404), "{target}: {}", reply.status);
            refused += usize::from(reply.status == 404);
        }
    }
    assert!(refused > 500, "{refused}");
    let targets = [
        secret.to_str().unwrap().to_owned(),
        format!("/{}", secret.display()),
        format!("//{}", secret.display()),
        format!("/files/{}", secret.display()),
        "//evil.example/".to_owned(),
        "/%2fetc/passwd".to_owned(),
        "/C:/Windows/win.ini".to_owned(),
        "/c:\\Windows\\win.ini".to_owned(),
        "/content/agency.yaml".to_owned(),
        "/content/files/big.pdf".to_owned(),
        "/site/content/files/big.pdf".to_owned(),
        "/index.html%00.txt".to_owned(),
        "/index.html/".to_owned(),
        "/index.html/..".to_owned(),
        "/index.html::$DATA".to_owned(),
        "/INDEX.HTML".to_owned(),
        "/%0d%0aLocation:%20http:%2f%2fevil.example".to_owned(),
        format!("http://localhost/..{}", secret.display()),
    ];
    for target in targets {
        let reply = client.ask("GET", &target, "");
        assert_eq!((reply.status, reply.header("location")), (404, ""), "{target}");
    }
    for target in ["file:///etc/passwd", "etc/passwd", "../secret.txt", "?", "*"] {
        assert_eq!(preview.get(target, "").status, 400, "{target}");
    }
}

#[test]
fn a_request_that_is_none_is_refused_and_the_connection_ends() {
    let preview = Preview::start();
    let long = "x".repeat(9000);
    let many = "X: y\r\n".repeat(200);
    let wrong: [(Vec<u8>, u16); 14] = [
        (b"GET /\0 HTTP/1.1\r\nHost: localhost\r\n\r\n".to_vec(), 400),
        (b"GET / HTTP/1.1\r\nHost: localhost\r\nX: \0\r\n\r\n".to_vec(), 400),
        (b"\0\0\0\0".to_vec(), 400),
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03".to_vec(), 400),
        (b"GET /\r\n\r\n".to_vec(), 400),
        (b"GET / x HTTP/1.1\r\n\r\n".to_vec(), 400),
        (b"GET / HTTP/1.1\r\nHost : localhost\r\n\r\n".to_vec(), 400),
        (b"GET / HTTP/1.1\r\nHost: localhost\r\n folded\r\n\r\n".to_vec(), 400),
        (b"GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n".to_vec(), 400),
        (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".to_vec(), 505),
        (format!("GET /{long} HTTP/1.1\r\nHost: localhost\r\n\r\n").into_bytes(), 414),
        (format!("GET / HTTP/1.1\r\nHost: localhost\r\n{many}\r\n").into_bytes(), 431),
        (format!("GET / HTTP/1.1\r\nHost: localhost\r\nX: {long}{long}\r\n\r\n").into_bytes(), 431),
        (b"\r\n".repeat(10_000), 431),
    ];
    for (bytes, status) in wrong {
        let mut client = preview.client();
        let reply = client.send(&bytes).reply(false).unwrap();
        let shown = String::from_utf8_lossy(&bytes[..bytes.len().min(60)]).into_owned();
        assert_eq!((reply.status, reply.header("connection")), (status, "close"), "{shown}");
        assert!(client.has_ended(), "{shown}");
        preview.serves_others(&shown);
    }
    preview.comes_down_to(0);
}

#[test]
fn a_line_without_end_is_not_kept() {
    let preview = Preview::start();
    let begun = Instant::now();
    let mut client = preview.client();
    client.send(b"GET /");
    // Goes on until the server has heard enough.
    let piece = vec![b'x'; 64 * 1024];
    let mut sent = 0_usize;
    while sent < 20_000_000 && client.stream.write_all(&piece).is_ok() {
        sent += piece.len();
    }
    assert!(sent < 20_000_000, "all of it was taken");
    assert!(begun.elapsed() < SOON, "{:?}", begun.elapsed());
    preview.serves_others("after a line of megabytes");
}

#[test]
fn requests_cut_anywhere() {
    let preview = Preview::start();
    for cut in 0..REQUEST.len() {
        // One that stops sending is told so; one that goes away is forgotten.
        let mut client = preview.client();
        client.send(&REQUEST[..cut]);
        client.stream.shutdown(Shutdown::Write).unwrap();
        assert_eq!(client.reply(false).map(|reply| reply.status), (cut > 0).then_some(400), "{cut}");
        preview.client().send(&REQUEST[..cut]);
    }
    // An answer that nobody takes.
    for _ in 0..20 {
        preview.client().send(REQUEST);
    }
    preview.comes_down_to(0);
    preview.serves_others("after requests that were cut");
}

#[test]
fn bytes_one_at_a_time_are_a_request() {
    let preview = Preview::start();
    let mut client = preview.client();
    for byte in REQUEST {
        client.send(&[*byte]);
    }
    assert_eq!(client.reply(false).unwrap().status, 200);
}

#[test]
fn half_requests_hold_up_nobody() {
    let preview = Preview::start();
    let mut half: Vec<Client> = (0..100).map(|_| preview.client()).collect();
    for (n, client) in half.iter_mut().enumerate() {
        client.send(&REQUEST[..1 + n % (REQUEST.len() - 1)]);
    }
    for _ in 0..5 {
        preview.serves_others("with 100 half requests");
    }
    // They had their time; then they are told.
    let statuses: Vec<Option<u16>> = half.iter_mut().map(|client| client.reply(false).map(|reply| reply.status)).collect();
    assert!(statuses.iter().filter(|status| **status == Some(408)).count() >= MOST - 10, "{statuses:?}");
    assert!(statuses.iter().all(|status| matches!(status, Some(408) | None)), "{statuses:?}");
}

#[test]
fn five_hundred_connections_hold_up_nobody() {
    let preview = Preview::start();
    let crowd: Vec<Client> = (0..500).map(|_| preview.client()).collect();
    preview.serves_others("with 500 connections");
    assert!(preview.server.connections() <= MOST);
    drop(crowd);
    // All in one moment.
    let crowd: Vec<TcpStream> = thread::scope(|scope| {
        let knocking: Vec<_> =
            (0..10).map(|_| scope.spawn(|| (0..50).map(|_| TcpStream::connect(preview.at).unwrap()).collect())).collect();
        preview.serves_others("while 500 connect");
        knocking.into_iter().flat_map(|fifty| -> Vec<TcpStream> { fifty.join().unwrap() }).collect()
    });
    preview.serves_others("with 500 that came at once");
    drop(crowd);
    // All of them ask, and none goes away.
    let mut answered = 0;
    let mut crowd: Vec<Client> = Vec::new();
    for _ in 0..500 {
        let mut client = preview.client();
        client.send(REQUEST);
        answered += usize::from(client.reply(false).is_some());
        crowd.push(client);
    }
    assert_eq!(answered, 500);
    assert!(preview.server.connections() <= MOST);
    preview.serves_others("with 500 that stay");
    drop(crowd);
    preview.comes_down_to(0);
}

#[test]
fn slow_writers_hold_up_nobody() {
    let preview = Preview::start();
    let stop = AtomicBool::new(false);
    thread::scope(|scope| {
        scope.spawn(|| {
            // More of them than there are places, each with a byte now and then.
            let mut slow: Vec<TcpStream> = (0..150).map(|_| TcpStream::connect(preview.at).unwrap()).collect();
            for byte in REQUEST.iter().cycle() {
                if stop.load(Ordering::SeqCst) {
                    return;
                }
                slow.iter_mut().for_each(|stream| drop(stream.write(&[*byte])));
                thread::sleep(Duration::from_millis(20));
            }
        });
        thread::sleep(Duration::from_millis(200));
        for _ in 0..10 {
            preview.serves_others("with 150 slow writers");
            thread::sleep(Duration::from_millis(50));
        }
        stop.store(true, Ordering::SeqCst);
    });
}

#[test]
fn slow_readers_hold_up_nobody() {
    let preview = Preview::start();
    let (_folder, site) = folder();
    preview.shelves.put_file("files/big.pdf", (&site, "content/files/big.pdf"));
    let stop = AtomicBool::new(false);
    thread::scope(|scope| {
        scope.spawn(|| {
            let mut slow: Vec<Client> = (0..150).map(|_| preview.client()).collect();
            for client in &mut slow {
                drop(client.stream.write_all(b"GET /files/big.pdf HTTP/1.1\r\nHost: localhost\r\n\r\n"));
            }
            let mut sip = [0; 100];
            while !stop.load(Ordering::SeqCst) {
                slow.iter_mut().for_each(|client| drop(client.stream.read(&mut sip)));
                thread::sleep(Duration::from_millis(20));
            }
        });
        thread::sleep(Duration::from_millis(300));
        for _ in 0..10 {
            preview.serves_others("with 150 slow readers");
            thread::sleep(Duration::from_millis(50));
        }
        // Whoever reads properly gets all of it even now.
        assert_eq!(preview.get("/files/big.pdf", "").body.len() as u64, BIG);
        stop.store(true, Ordering::SeqCst);
    });
}

/// Whatever becomes of a file while it is sent: the whole of what was promised comes, or the connection ends and nobody takes it for whole.
#[test]
fn a_file_that_changes_while_it_is_sent_is_never_taken_for_whole() {
    type Change = fn(&Path);
    let changes: [(&str, Change, bool); 4] = [
        ("truncated", |file| fs::File::options().write(true).open(file).unwrap().set_len(1000).unwrap(), false),
        ("grown", |file| fs::File::options().write(true).open(file).unwrap().set_len(BIG + 1000).unwrap(), true),
        ("removed", |file| fs::remove_file(file).unwrap(), true),
        (
            "replaced",
            |file| {
                fs::write(file.with_extension("new"), "other").unwrap();
                fs::rename(file.with_extension("new"), file).unwrap();
            },
            true,
        ),
    ];
    for (what, change, is_whole) in changes {
        let preview = Preview::start();
        let (_folder, site) = folder();
        preview.shelves.put_file("files/big.pdf", (&site, "content/files/big.pdf"));
        let mut client = preview.client();
        client.send(b"GET /files/big.pdf HTTP/1.1\r\nHost: localhost\r\n\r\n");
        // Its first bytes have come, and most of it waits for the client.
        client.more().unwrap();
        change(&site.join("content/files/big.pdf"));
        let reply = client.reply(false);
        assert_eq!(reply.map(|reply| reply.body.len() as u64), is_whole.then_some(BIG), "{what}");
        preview.serves_others(what);
        // What lies there now is not what was promised.
        let reply = preview.get("/files/big.pdf", "");
        assert_eq!((reply.status, reply.header("retry-after")), (503, "1"), "{what}");
    }
}

#[test]
fn waiting_clients_are_not_sent_away() {
    let preview = Preview::start();
    let mut waiting = preview.client();
    waiting.send(b"GET /_wait HTTP/1.1\r\nHost: localhost\r\n\r\n");
    while preview.shelves.waiting.load(Ordering::SeqCst) == 0 {
        thread::sleep(Duration::from_millis(1));
    }
    thread::sleep(Duration::from_millis(150));
    let crowd: Vec<Client> = (0..300).map(|_| preview.client()).collect();
    preview.serves_others("with a crowd");
    preview.shelves.close();
    assert_eq!(waiting.reply(false).unwrap().status, 200);
    drop(crowd);
}

#[test]
fn who_waits_and_goes_away_leaves_its_place() {
    let preview = Preview::start();
    for round in 1..=3 {
        let mut waiting: Vec<Client> = (0..MOST).map(|_| preview.client()).collect();
        for client in &mut waiting {
            client.send(b"GET /_wait HTTP/1.1\r\nHost: localhost\r\n\r\n");
        }
        while preview.shelves.waiting.load(Ordering::SeqCst) < round * MOST {
            thread::sleep(Duration::from_millis(1));
        }
        drop(waiting);
        preview.serves_others("after many that waited");
    }
    preview.comes_down_to(0);
}

#[cfg(target_os = "linux")]
#[test]
fn large_files_take_no_memory() {
    alone("faults::alone_large_files");
}

#[cfg(target_os = "linux")]
#[test]
#[ignore = "run in a process of its own by the test before"]
fn alone_large_files() {
    let peak = || {
        let status = fs::read_to_string("/proc/self/status").unwrap();
        let line = status.lines().find(|line| line.starts_with("VmHWM:")).unwrap();
        line.split_whitespace().nth(1).unwrap().parse::<u64>().unwrap()
    };
    let preview = Preview::start();
    let (_folder, site) = folder();
    preview.shelves.put_file("files/big.pdf", (&site, "content/files/big.pdf"));
    preview.serves_others("before");
    let before = peak();
    thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                let mut client = preview.client();
                client.send(b"GET /files/big.pdf HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
                let mut piece = vec![0; 64 * 1024];
                let mut taken = 0;
                loop {
                    match client.stream.read(&mut piece).unwrap() {
                        0 => break,
                        read => taken += read as u64,
                    }
                }
                assert!(taken > BIG, "{taken}");
            });
        }
    });
    // Half requests of full length, and lines without end.
    let mut half: Vec<Client> = (0..MOST).map(|_| preview.client()).collect();
    half.iter_mut().for_each(|client| drop(client.stream.write_all(format!("GET / HTTP/1.1\r\nX: {}", "x".repeat(16_000)).as_bytes())));
    preview.serves_others("with heads of full length");
    let grown = peak() - before;
    assert!(grown < 20 * 1024, "{grown} kB more for 8 times 100 MB");
}

/// A server in a process of its own, which a limit of file descriptors is for. It does what it is told line by line.
#[cfg(unix)]
struct Apart {
    process: std::process::Child,
    told: io::BufReader<std::process::ChildStdout>,
    at: SocketAddr,
}

#[cfg(unix)]
impl Apart {
    fn start(descriptors: u32) -> Self {
        let mut process = Command::new("sh")
            .args(["-c", &format!("ulimit -n {descriptors} && exec \"$0\" --exact faults::apart --ignored --nocapture")])
            .arg(std::env::current_exe().unwrap())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let told = io::BufReader::new(process.stdout.take().unwrap());
        let mut apart = Self { process, told, at: ([127, 0, 0, 1], 0).into() };
        apart.at = apart.next("at ").parse().unwrap();
        apart
    }

    /// What follows a word in the next line that begins with it.
    fn next(&mut self, word: &str) -> String {
        loop {
            let mut line = String::new();
            assert!(self.told.read_line(&mut line).unwrap() > 0, "it ended before it told {word}");
            if let Some(rest) = line.trim_end().strip_prefix(word) {
                return rest.to_owned();
            }
        }
    }

    fn tell(&mut self, word: &str) {
        self.process.stdin.as_mut().unwrap().write_all(format!("{word}\n").as_bytes()).unwrap();
        self.next("done");
    }

    fn serves(&self, client: &mut Client, while_: &str) {
        let begun = Instant::now();
        let reply = client.reply(false).unwrap_or_else(|| panic!("no answer {while_}"));
        assert_eq!(reply.status, 200, "{while_}");
        assert!(begun.elapsed() < SOON, "{while_}: {:?}", begun.elapsed());
    }
}

#[cfg(unix)]
#[test]
fn file_descriptors_used_up_come_back() {
    let mut apart = Apart::start(64);
    let mut early = Client::to(apart.at);
    early.send(REQUEST);
    apart.serves(&mut early, "at first");
    drop(early);
    // By the program itself. The listener has one descriptor in hand already; who gets it is not sent away.
    apart.tell("empty");
    apart.tell("hold");
    let mut first = Client::to(apart.at);
    first.send(b"GET /_wait HTTP/1.1\r\nHost: localhost\r\n\r\n");
    let mut late = Client::to(apart.at);
    late.send(REQUEST);
    late.stream.set_read_timeout(Some(Duration::from_millis(300))).unwrap();
    assert!(late.reply(false).is_none(), "it was let in");
    late.stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    apart.tell("release");
    apart.serves(&mut late, "once there are descriptors again");
    // By clients: those that do nothing give way.
    let crowd: Vec<Client> = (0..300).map(|_| Client::to(apart.at)).collect();
    let mut other = Client::to(apart.at);
    other.send(REQUEST);
    apart.serves(&mut other, "with more connections than descriptors");
    // With all of them used up it still ends, and its listener with it.
    apart.tell("hold");
    apart.tell("end");
    assert!(apart.process.wait().unwrap().success());
    assert!(TcpStream::connect(apart.at).is_err());
    drop(crowd);
}

#[cfg(unix)]
#[test]
#[ignore = "run in a process of its own, with few file descriptors, by the test before"]
fn apart() {
    let mut preview = Preview::start();
    let mut held: Vec<fs::File> = Vec::new();
    println!("\nat {}", preview.at);
    for line in io::stdin().lines() {
        match line.unwrap().as_str() {
            "hold" => held.extend((0..100).map_while(|_| fs::File::open("/dev/null").ok())),
            "release" => held.clear(),
            "empty" => preview.comes_down_to(0),
            _ => assert!(preview.server.stop()),
        }
        println!("\ndone");
    }
}
