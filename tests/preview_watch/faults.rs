//! What happens to the machine and to the site folder while `serve` runs: others are served, nothing outside the site is read, and it comes
//! back by itself.

use std::os::unix::fs::symlink;
use std::os::unix::net::UnixListener;

use super::*;

/// The longest that anybody who asks properly waits, whatever happens.
const SOON: Duration = Duration::from_secs(2);

/// What no answer may hold.
const SECRET: &str = "SECRET-OF-THIS-MACHINE";

/// A `serve` of the small site by a line of `sh`, in which `"$@"` is the command.
fn by_shell(line: &str) -> Preview {
    let folder = tempfile::tempdir().unwrap();
    site(folder.path());
    let mut command = Command::new("sh");
    command.args(["-c", line, "sh", env!("CARGO_BIN_EXE_prongsai"), "serve", "--port", "0", "--lang", "en"]).stderr(Stdio::null());
    Preview::run(folder, command)
}

fn serves(preview: &Preview, while_: &str) {
    let begun = Instant::now();
    assert_eq!(preview.get("/2568/").0, 200, "{while_}");
    assert!(begun.elapsed() < SOON, "{while_}: {:?}", begun.elapsed());
}

fn ask(preview: &Preview, address: &str) -> TcpStream {
    let mut stream = TcpStream::connect(("127.0.0.1", preview.port)).unwrap();
    stream.write_all(format!("GET {address} HTTP/1.1\r\nHost: localhost\r\n\r\n").as_bytes()).unwrap();
    stream
}

fn connect(preview: &Preview) -> TcpStream {
    TcpStream::connect(("127.0.0.1", preview.port)).unwrap()
}

/// Whoever is let in leaves files for the build: what is edited is seen, and no file is told to be unreadable.
#[test]
fn a_crowd_leaves_files_for_the_build() {
    let preview = by_shell("ulimit -n 64; exec \"$@\"");
    let crowd: Vec<TcpStream> = (0..300).map(|_| connect(&preview)).collect();
    serves(&preview, "with more connections than files");
    put(&preview.at("content/about.md"), &page("ท่ามกลางคน"));
    preview.until_has("/about/", "ท่ามกลางคน");
    let (_, revision) = preview.get("/_next?now");
    let waiting: Vec<TcpStream> = (0..60).map(|_| ask(&preview, &format!("/_next?after={revision}"))).collect();
    serves(&preview, "with many that wait for news");
    put(&preview.at("content/about.md"), &page("ท่ามกลางคนรอ"));
    preview.until_has("/about/", "ท่ามกลางคนรอ");
    let (_, status) = preview.get("/_status");
    assert!(!status.contains("unreadable-file"), "{status}");
    drop((crowd, waiting));
}

/// A terminal that was stopped, or one in which something is being marked, takes no more words.
#[test]
fn words_that_nobody_reads_hold_up_no_build() {
    let folder = tempfile::tempdir().unwrap();
    site(folder.path());
    let mut command = Command::new(env!("CARGO_BIN_EXE_prongsai"));
    command.args(["serve", "--port", "0", "--lang", "en"]).stderr(Stdio::piped());
    let preview = Preview::run(folder, command);
    // Each time some kilobytes of errors: soon more than a pipe holds.
    let name = |round: usize, file: usize| preview.at(&format!("content/{round}-{file}-{}.md", "ก".repeat(60)));
    for round in 0..12 {
        (0..40).for_each(|file| put(&name(round, file), "---\ntitle: [\n---\n"));
        preview.until("/_status", "told", |_, body| body.contains(&format!("content/{round}-")));
        (0..40).for_each(|file| fs::remove_file(name(round, file)).unwrap());
    }
    put(&preview.at("content/about.md"), &page("ไม่มีใครอ่าน"));
    preview.until_has("/about/", "ไม่มีใครอ่าน");
}

#[test]
fn words_that_can_not_be_written_end_nothing() {
    for line in ["exec \"$@\" 2>&-", "exec \"$@\" 2>/dev/full", "exec \"$@\" <&- 2>/dev/full"] {
        if line.contains("/dev/full") && !Path::new("/dev/full").exists() {
            continue;
        }
        let preview = by_shell(line);
        put(&preview.at("content/2568/measures.yaml"), "- issue: [\n");
        preview.until_has("/2568/", "yaml-syntax");
        put(&preview.at("content/2568/measures.yaml"), "[]\n");
        put(&preview.at("content/about.md"), &page("ไม่มีที่เขียน"));
        preview.until_has("/about/", "ไม่มีที่เขียน");
    }
}

/// The content folder is a file, a link to nowhere, to itself, or to another folder of the machine for a while.
#[test]
fn whatever_takes_the_place_of_the_content_folder_is_outlived() {
    let outside = tempfile::tempdir().unwrap();
    put(&outside.path().join("about.md"), &page(SECRET));
    put(&outside.path().join("agency.yaml"), SECRET);
    let preview = Preview::of(|_| {}, &[]);
    put(&preview.at("content/about.md"), &page("ก่อน"));
    preview.until_has("/about/", "ก่อน");
    let content = preview.at("content");
    let take: [(&str, &dyn Fn()); 4] = [
        ("a file", &|| fs::write(&content, SECRET).unwrap()),
        ("a link to nowhere", &|| symlink("nowhere", &content).unwrap()),
        ("a link to itself", &|| symlink("content", &content).unwrap()),
        ("a link out of the site", &|| symlink(outside.path(), &content).unwrap()),
    ];
    for (what, put_there) in take {
        fs::rename(&content, preview.at("away")).unwrap();
        put_there();
        preview.until_has("/about/", "pv-sheet");
        serves(&preview, what);
        let (status, body) = preview.get("/about/");
        assert!(status == 200 && !body.contains(SECRET), "{what}: {status} {body}");
        fs::remove_file(&content).unwrap();
        fs::rename(preview.at("away"), &content).unwrap();
        put(&preview.at("content/about.md"), &page(&format!("after {what}")));
        preview.until_has("/about/", &format!("after {what}"));
    }
}

/// Nothing that is no plain file of the site is read or waited for, at the start or later.
#[test]
fn what_is_no_file_of_the_site_is_neither_read_nor_waited_for() {
    let outside = tempfile::tempdir().unwrap();
    put(&outside.path().join("secret.pdf"), SECRET);
    put(&outside.path().join("secret.md"), &page(SECRET));
    let names =
        ["out.pdf", "zero.pdf", "pipe.pdf", "socket.pdf", "loop", "folder", "../out.md", "../pipe.md", "../zero.md", "../itself.md"];
    let fill = |folder: &Path| {
        let at = |name: &str| folder.join("content/files").join(name);
        symlink(outside.path().join("secret.pdf"), at("out.pdf")).unwrap();
        symlink(outside.path().join("secret.md"), at("../out.md")).unwrap();
        symlink(outside.path(), at("folder")).unwrap();
        symlink("/dev/zero", at("zero.pdf")).unwrap();
        symlink("/dev/zero", at("../zero.md")).unwrap();
        symlink("..", at("loop")).unwrap();
        symlink("itself.md", at("../itself.md")).unwrap();
        for pipe in ["pipe.pdf", "../pipe.md"] {
            assert!(Command::new("mkfifo").arg(at(pipe)).status().unwrap().success());
        }
        drop(UnixListener::bind(at("socket.pdf")).unwrap());
    };
    let addresses =
        ["/files/out.pdf", "/files/zero.pdf", "/files/pipe.pdf", "/files/socket.pdf", "/files/folder/secret.pdf", "/out/", "/pipe/"];
    for is_later in [false, true] {
        let preview = Preview::of(
            |folder| {
                if !is_later {
                    fill(folder);
                }
            },
            &[],
        );
        if is_later {
            put(&preview.at("content/about.md"), &page("ก่อน"));
            preview.until_has("/about/", "ก่อน");
            fill(preview.folder.path());
        }
        preview.until("/_status", "told", |_, body| body.contains("path-escape") && body.contains("unreadable-file"));
        for address in addresses {
            let begun = Instant::now();
            let (_, body) = preview.get(address);
            assert!(!body.contains(SECRET) && begun.elapsed() < SOON, "{address}: {body}");
        }
        names.iter().for_each(|name| fs::remove_file(preview.at("content/files").join(name)).unwrap());
        put(&preview.at("content/about.md"), &page("หลัง"));
        preview.until_has("/about/", "หลัง");
    }
}

/// A link to all of the machine is told at once, and neither walked nor watched, at the start or later.
#[test]
fn a_link_to_the_whole_machine_is_not_followed() {
    for is_later in [true, false] {
        let link = |folder: &Path| symlink("/", folder.join("content/files/machine")).unwrap();
        let prepare = |folder: &Path| {
            if !is_later {
                link(folder);
            }
        };
        let preview = Preview::of(prepare, &[]);
        if is_later {
            link(preview.folder.path());
        }
        preview.until("/_status", "told", |_, body| body.contains("path-escape"));
        fs::remove_file(preview.at("content/files/machine")).unwrap();
        put(&preview.at("content/about.md"), &page("หลัง"));
        preview.until_has("/about/", "หลัง");
    }
}

/// However it is told to end, and whoever waits: it is gone soon, its port is free, and it leaves no file.
#[test]
fn every_signal_ends_it_with_all_that_wait() {
    for signal in ["-INT", "-TERM", "-HUP"] {
        let mut preview =
            Preview::of(|folder| fs::File::create(folder.join("content/files/big.bin")).unwrap().set_len(50_000_000).unwrap(), &[]);
        let (_, revision) = preview.get("/_next?now");
        let waiting: Vec<TcpStream> = (0..100).map(|_| ask(&preview, &format!("/_next?after={revision}"))).collect();
        let download = ask(&preview, "/files/big.bin");
        serves(&preview, "with 100 that wait");
        let begun = Instant::now();
        assert!(Command::new("kill").args([signal, &preview.child.id().to_string()]).status().unwrap().success());
        preview.child.wait().unwrap();
        assert!(begun.elapsed() < PATIENCE, "{signal}: {:?}", begun.elapsed());
        assert!(TcpStream::connect(("127.0.0.1", preview.port)).is_err(), "{signal}");
        let left: Vec<_> = fs::read_dir(preview.folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        assert_eq!(left, ["content"], "{signal}");
        drop((waiting, download));
    }
}

/// A disk without a free byte: a save that fails on it, a start on it, and what comes after.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_outlived() {
    let may = Command::new("unshare").args(["-rm", "sh", "-c", "mount -t tmpfs none /mnt"]).output();
    if !may.is_ok_and(|output| output.status.success()) {
        eprintln!("skipped: this user may not mount a file system");
        return;
    }
    // The process and the shell that fills its disk share a file system of their own.
    let folder = tempfile::tempdir().unwrap();
    site(folder.path());
    fs::create_dir(folder.path().join("full")).unwrap();
    let mut command = Command::new("unshare");
    let line = "mount -t tmpfs -o size=2m none full; cp -r content full; cd full; dd if=/dev/zero of=filler 2>/dev/null
        export HOME=$PWD TMPDIR=$PWD
        (while read -r line; do sh -c \"$line\"; done) <&3 &
        exec \"$@\"";
    command.args(["-rm", "sh", "-c", &format!("exec 3<&0; {line}"), "sh", env!("CARGO_BIN_EXE_prongsai")]);
    command.args(["serve", "--port", "0", "--lang", "en"]).stdin(Stdio::piped()).stderr(Stdio::null());
    let mut preview = Preview::run(folder, command);
    let mut shell = preview.child.stdin.take().unwrap();
    serves(&preview, "started on a full disk");
    // As an editor does that empties a file before it writes.
    writeln!(shell, "yes ก | head -c 100000 >content/about.md").unwrap();
    std::thread::sleep(Duration::from_millis(500));
    serves(&preview, "after a save that failed");
    writeln!(shell, "rm filler; printf 'x: y\\n' >content/x.tmp; printf -- '---\\ntitle: x\\n---\\n\\nมีที่แล้ว\\n' >content/about.md")
        .unwrap();
    preview.until_has("/about/", "มีที่แล้ว");
}
