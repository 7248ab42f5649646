//! What is answered to clients that ask properly.

use std::io::{Seek, SeekFrom};

use super::*;

#[test]
fn the_site_is_served_as_it_was_built() {
    let preview = Preview::start();
    let mut client = preview.client();
    for (path, entry) in sample() {
        let reply = client.ask("GET", &encoded(path), "");
        assert_eq!(reply.status, 200, "{path}");
        let expected = match entry {
            Entry::Bytes(bytes) => bytes.to_vec(),
            Entry::Copy(file) => fs::read(root().join(&*file.from)).unwrap(),
        };
        assert!(reply.body == expected, "{path} has other bytes");
        assert_eq!(reply.header("etag"), format!("\"{}\"", entry.hash()), "{path}");
        assert_eq!(reply.header("cache-control"), "no-cache");
        assert_eq!(reply.header("x-content-type-options"), "nosniff");
        assert_eq!(reply.header("accept-ranges"), "bytes");
        assert_eq!(reply.header("content-length"), expected.len().to_string());
        let kind = match path.rsplit('.').next().unwrap() {
            "html" => "text/html; charset=utf-8",
            "css" => "text/css; charset=utf-8",
            "js" => "text/javascript; charset=utf-8",
            "json" => "application/json; charset=utf-8",
            "jsonld" => "application/ld+json; charset=utf-8",
            "csv" => "text/csv; charset=utf-8",
            "png" => "image/png",
            "svg" => "image/svg+xml; charset=utf-8",
            "xml" => "application/xml; charset=utf-8",
            "txt" => "text/plain; charset=utf-8",
            "pdf" => "application/pdf",
            other => panic!("{other} is not named here: {path}"),
        };
        assert_eq!(reply.header("content-type"), kind, "{path}");
        if let Some(folder) = path.strip_suffix("index.html") {
            assert!(client.ask("GET", &encoded(folder), "").body == expected, "{folder}");
        }
    }
}

#[test]
fn statuses_and_headers() {
    let preview = Preview::start();
    let not_found = sample()["404.html"].clone();
    let Entry::Bytes(not_found) = not_found else { panic!("404.html is a page") };
    let reply = preview.get("/nowhere", "");
    assert!((reply.status, &reply.body) == (404, &not_found));
    assert_eq!((reply.header("content-type"), reply.header("cache-control")), ("text/html; charset=utf-8", "no-store"));

    for (target, location) in [("/2568", "/2568/"), ("/2568?x#y", "/2568/"), ("/ข้อ%20๑", "/%E0%B8%82%E0%B9%89%E0%B8%AD%20%E0%B9%91/")]
    {
        let reply = preview.get(target, "");
        assert_eq!((reply.status, reply.header("location")), (301, location), "{target}");
        assert_eq!(preview.get(location, "").status, 200);
    }
    // As it is typed, without encoding, and with the query of a search.
    assert_eq!(preview.get("/ข้อ%20๑/?q=ก", "").body, "หน้าไทย".as_bytes());
    assert_eq!(preview.get("/_echo?a=%E0&b", "").body, b"a=%E0&b");
    assert_eq!(preview.get("/%zz", "").status, 400);

    for method in ["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "BREW"] {
        let reply = preview.client().ask(method, "/", "");
        assert_eq!((reply.status, reply.header("allow")), (405, "GET, HEAD"), "{method}");
    }
    assert_eq!(preview.client().ask("OPTIONS", "*", "").status, 405);
    assert_eq!(preview.get("/", "Content-Length: 5\r\n").status, 413);
    assert_eq!(preview.get("/", "Transfer-Encoding: chunked\r\n").status, 413);
    assert_eq!(preview.get("/", "Content-Length: 0\r\n").status, 200);
    // Sentences are there in both languages.
    let told = String::from_utf8(preview.get("/", "Content-Length: 5\r\n").body).unwrap();
    assert_eq!(told, "หน้าตัวอย่างไม่รับข้อมูลที่ส่งมากับคำขอ\nThe preview takes nothing that is sent with a request.\n");
}

#[test]
fn head_tells_of_get() {
    let preview = Preview::start();
    let mut client = preview.client();
    for target in ["/", "/2568/", "/nowhere", "/2568", "/_echo?x"] {
        let (get, head) = (client.ask("GET", target, ""), client.ask("HEAD", target, ""));
        let without_date = |mut reply: Reply| {
            assert!(reply.headers.remove("date").is_some());
            (reply.status, reply.headers)
        };
        assert!(head.body.is_empty());
        assert_eq!(without_date(get), without_date(head), "{target}");
    }
}

#[test]
fn what_a_browser_has_is_not_sent_again_until_it_is_another() {
    let preview = Preview::start();
    let mut client = preview.client();
    let tag = client.ask("GET", "/", "").header("etag").to_owned();
    for known in [tag.clone(), format!("W/{tag}"), format!("\"x\", {tag}"), "*".to_owned()] {
        let reply = client.ask("GET", "/", &format!("If-None-Match: {known}\r\n"));
        assert_eq!((reply.status, reply.header("etag")), (304, tag.as_str()), "{known}");
    }
    preview.shelves.put_text("index.html", "แก้แล้ว");
    let reply = client.ask("GET", "/", &format!("If-None-Match: {tag}\r\n"));
    assert_eq!((reply.status, reply.body.as_slice()), (200, "แก้แล้ว".as_bytes()));
}

#[test]
fn other_hosts_are_refused() {
    let preview = Preview::start();
    let status = |text: &str| preview.client().send(text.as_bytes()).reply(false).unwrap().status;
    let port = preview.at.port();
    for host in ["localhost", "LOCALHOST:80", "127.0.0.1", &format!("127.0.0.1:{port}"), "[::1]:4000"] {
        assert_eq!(status(&format!("GET / HTTP/1.1\r\nHost: {host}\r\n\r\n")), 200, "{host}");
        assert_eq!(status(&format!("GET http://{host}/2568/ HTTP/1.1\r\nHost: {host}\r\n\r\n")), 200, "{host}");
    }
    for host in ["evil.example", "evil.example:80", "localhost.evil.example", "192.168.1.1", "0.0.0.0"] {
        assert_eq!(status(&format!("GET / HTTP/1.1\r\nHost: {host}\r\n\r\n")), 421, "{host}");
        assert_eq!(status(&format!("GET http://{host}/ HTTP/1.1\r\nHost: localhost\r\n\r\n")), 421, "{host}");
        assert_eq!(status(&format!("GET http://localhost/ HTTP/1.1\r\nHost: {host}\r\n\r\n")), 421, "{host}");
    }
    for line in ["", "Host:\r\n", "Host: a b\r\n", "Host: localhost\r\nHost: localhost\r\n", "Host: localhost@evil.example\r\n"] {
        assert_eq!(status(&format!("GET / HTTP/1.1\r\n{line}\r\n")), 400, "{line}");
    }
    assert_eq!(status("GET / HTTP/1.0\r\n\r\n"), 200);
    assert_eq!(status("GET https://localhost/ HTTP/1.1\r\nHost: localhost\r\n\r\n"), 400);
}

#[test]
fn parts_of_a_large_file() {
    let preview = Preview::start();
    let (_folder, site) = folder();
    let mut big = fs::OpenOptions::new().write(true).open(site.join("content/files/big.pdf")).unwrap();
    big.seek(SeekFrom::Start(BIG - 4)).unwrap();
    big.write_all(b"last").unwrap();
    preview.shelves.put_file("files/big.pdf", (&site, "content/files/big.pdf"));
    let mut client = preview.client();
    let mut ask = |range: &str| client.ask("GET", "/files/big.pdf", &format!("Range: {range}\r\n"));
    for (range, expected, told) in [
        ("bytes=0-4", &b"first"[..], "bytes 0-4/104857600"),
        ("bytes=-4", b"last", "bytes 104857596-104857599/104857600"),
        ("bytes=104857596-", b"last", "bytes 104857596-104857599/104857600"),
        ("bytes=104857598-999999999", b"st", "bytes 104857598-104857599/104857600"),
        ("bytes=50000000-50000002", b"\0\0\0", "bytes 50000000-50000002/104857600"),
    ] {
        let reply = ask(range);
        assert_eq!((reply.status, reply.body.as_slice(), reply.header("content-range")), (206, expected, told), "{range}");
    }
    let reply = ask("bytes=104857600-");
    assert_eq!((reply.status, reply.header("content-range")), (416, "bytes */104857600"));
    let whole = ask("bytes=0-1,4-5");
    assert_eq!((whole.status, whole.body.len() as u64), (200, BIG));
    for range in ["bytes=5-4", "lines=0-1", "x"] {
        assert_eq!(client.ask("GET", "/2568/", &format!("Range: {range}\r\n")).status, 200, "{range}");
    }
    let tag = client.ask("HEAD", "/files/big.pdf", "").header("etag").to_owned();
    let part = client.ask("GET", "/files/big.pdf", &format!("Range: bytes=0-4\r\nIf-Range: {tag}\r\n"));
    assert_eq!(part.status, 206);
    assert_eq!(client.ask("HEAD", "/files/big.pdf", "Range: bytes=0-4\r\n").header("content-length"), BIG.to_string());
}

#[test]
fn a_file_that_changed_since_is_told_instead_of_sent() {
    let preview = Preview::start();
    let (folder, site) = folder();
    let file = site.join("content/files/a.txt");
    fs::write(&file, "old").unwrap();
    preview.shelves.put_file("files/a.txt", (&site, "content/files/a.txt"));
    let status = || preview.get("/files/a.txt", "").status;
    assert_eq!(status(), 200);
    fs::write(&file, "newer").unwrap();
    let reply = preview.get("/files/a.txt", "");
    assert_eq!((reply.status, reply.header("retry-after"), reply.header("etag")), (503, "1", ""));
    fs::remove_file(&file).unwrap();
    assert_eq!(status(), 503);
    fs::write(&file, "old").unwrap();
    assert_eq!(status(), 200);
    // A link that leads out of the site, to a file of the very size.
    #[cfg(unix)]
    {
        preview
            .shelves
            .put("files/a.txt", Body::File { site: site.as_path().into(), from: "content/files/a.txt".into(), size: SECRET.len() as u64 });
        fs::remove_file(&file).unwrap();
        std::os::unix::fs::symlink(folder.path().join("secret.txt"), &file).unwrap();
        assert_eq!(status(), 503);
    }
    fs::remove_dir_all(&site).unwrap();
    assert_eq!(status(), 503);
    drop(folder);
}

#[test]
fn requests_behind_each_other_are_answered_in_order() {
    let preview = Preview::start();
    let mut client = preview.client();
    let many: String = (0..20).map(|n| format!("GET /_echo?{n} HTTP/1.1\r\nHost: localhost\r\n\r\n")).collect();
    client.send(many.as_bytes());
    for n in 0..20 {
        assert_eq!(client.reply(false).unwrap().body, n.to_string().as_bytes());
    }
    // What stands behind the last request of a connection is no request.
    client.send(b"GET /_echo?a HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\nGET /_echo?b HTTP/1.1\r\nHost: localhost\r\n\r\n");
    let last = client.reply(false).unwrap();
    assert_eq!((last.body.as_slice(), last.header("connection")), (&b"a"[..], "close"));
    assert!(client.has_ended());
    // Nor is what a request carries.
    let mut client = preview.client();
    client.send(b"GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 50\r\n\r\nGET /_echo?b HTTP/1.1\r\nHost: localhost\r\n\r\n");
    assert_eq!(client.reply(false).unwrap().status, 413);
    assert!(client.has_ended());
    let mut client = preview.client();
    assert_eq!(client.send(b"GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n").reply(false).unwrap().header("connection"), "close");
    assert!(client.has_ended());
}

#[test]
fn twenty_clients_at_once() {
    let preview = Preview::start();
    let paths: Vec<&String> = sample().keys().collect();
    thread::scope(|scope| {
        for client in 0..20 {
            let (preview, paths) = (&preview, &paths);
            scope.spawn(move || {
                let mut connection = preview.client();
                for n in 0..50 {
                    let path = paths[(client * 37 + n * 11) % paths.len()];
                    let reply = connection.ask("GET", &encoded(path), "");
                    let expected = sample()[path].size();
                    assert_eq!((reply.status, reply.body.len() as u64), (200, expected), "{path}");
                }
            });
        }
    });
}

#[test]
fn a_client_that_others_wrote_understands_it() {
    let preview = Preview::start();
    let agent = ureq::Agent::new_with_defaults();
    for _ in 0..3 {
        let mut reply = agent.get(format!("http://{}/2568", preview.at)).call().unwrap();
        assert!(reply.body_mut().read_to_string().unwrap().starts_with("<!doctype html>"));
    }
}

#[test]
fn the_end_is_clean_and_quick() {
    let mut preview = Preview::start();
    let mut idle: Vec<Client> = (0..10).map(|_| preview.client()).collect();
    let mut half = preview.client();
    half.send(b"GET /");
    let mut waiting = preview.client();
    waiting.send(b"GET /_wait HTTP/1.1\r\nHost: localhost\r\n\r\n");
    while preview.shelves.waiting.load(Ordering::SeqCst) == 0 || preview.server.connections() < 12 {
        thread::sleep(Duration::from_millis(1));
    }
    let begun = Instant::now();
    assert!(preview.server.stop());
    assert!(begun.elapsed() < Duration::from_secs(1), "{:?}", begun.elapsed());
    assert_eq!(preview.server.connections(), 0);
    assert!(TcpStream::connect(preview.at).is_err());
    assert!(idle.iter_mut().all(Client::has_ended));
    // Whoever waited for something inside holds nothing any more either.
    assert_eq!(Arc::strong_count(&preview.shelves), 2);
    Door::take("127.0.0.1", preview.at.port()).unwrap();
    assert!(preview.server.stop(), "a second time nothing happens");
}

#[test]
fn a_busy_port_is_told() {
    let preview = Preview::start();
    let port = preview.at.port();
    assert!(matches!(Door::take("127.0.0.1", port), Err(Closed::Busy(busy)) if busy == port));
}
