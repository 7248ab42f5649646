//! The signature of a published site: when it is made, kept and removed, what `verify` says of it, which keys are refused and in which
//! words, and that no byte of a secret key is ever told or published. What minisign's own tool says is in `tests/tools_minisign.rs`.

use std::fs;
use std::path::Path;
use std::process::Output;

use prongsai::base::base64;
use prongsai::publish::secret_key::{KeyFault, SecretKey};
use serde_json::Value;
use tempfile::TempDir;

use crate::support::{Site, prongsai, root, tree, write};

/// Of `tests/fixtures/signing/`: keys for tests alone.
fn fixture(name: &str) -> String {
    fs::read_to_string(root().join("tests/fixtures/signing").join(name)).unwrap()
}

/// The last line of a key file.
fn line(name: &str) -> String {
    fixture(name).lines().last().unwrap().to_owned()
}

/// A site on the disk, and what is outside of it.
struct Ground {
    folder: TempDir,
    /// All that was told so far.
    told: std::cell::RefCell<String>,
}

/// A line, and what is set in the environment.
type Way<'a> = (&'a str, Vec<(&'a str, &'a [u8])>);

/// A key, its password, and what is said of it in English and Thai.
type Case<'a> = (&'a [u8], Option<&'a [u8]>, &'a str, &'a str);

/// Status, standard output, standard error.
type Answer = (i32, String, String);

impl Ground {
    fn new(site: &Site) -> Self {
        let folder = tempfile::tempdir().unwrap();
        site.write_to(folder.path());
        for name in ["test.key", "test-password.key", "test.pub", "other.pub"] {
            write(&folder.path().join("keys").join(name), fixture(name).as_bytes());
        }
        Self { folder, told: std::cell::RefCell::default() }
    }

    /// The small site, which names the public key of the tests.
    fn named() -> Self {
        Self::new(&named(Site::small()))
    }

    fn run(&self, line: &str, environment: &[(&str, &[u8])]) -> Answer {
        use std::os::unix::ffi::OsStrExt;
        let environment = environment.iter().map(|(name, value)| (*name, std::ffi::OsStr::from_bytes(value)));
        let Output { status, stdout, stderr } =
            prongsai(self.folder.path()).args(line.split_whitespace()).envs(environment).output().unwrap();
        let (out, err) = (String::from_utf8(stdout).unwrap(), String::from_utf8(stderr).unwrap());
        *self.told.borrow_mut() += &format!("{out}{err}");
        (status.code().unwrap(), out, err)
    }

    fn signs(&self) -> Answer {
        self.run("build --sign-key keys/test.key", &[])
    }

    /// What `verify` says with the public key of the tests.
    fn seal(&self) -> (i32, String) {
        let (status, out, _) = self.run("verify public --format json --public-key keys/test.pub", &[]);
        let object: Value = serde_json::from_str(&out).unwrap();
        (status, object["signature"].as_str().unwrap().to_owned())
    }

    fn signature(&self) -> Option<String> {
        fs::read_to_string(self.public().join("manifest.json.minisig")).ok()
    }

    fn public(&self) -> std::path::PathBuf {
        self.folder.path().join("public")
    }

    /// Nothing that was told, and nothing that was published, holds a part of the secret key.
    fn assert_secret(&self) {
        let told = self.told.borrow();
        let secrets: Vec<String> = ["test.key", "test-password.key"].map(line).to_vec();
        // The half that is secret; what follows it in a key without a password is the public one.
        let parts: Vec<&str> = secrets.iter().flat_map(|secret| [&secret[84..104], &secret[104..124]]).collect();
        let published = tree(&self.public());
        for part in parts {
            assert!(!told.contains(part), "{told}");
            for (path, bytes) in &published {
                assert!(!bytes.windows(part.len()).any(|window| window == part.as_bytes()), "{path}");
            }
        }
        assert!(!told.contains("test password"), "{told}");
    }
}

fn named(site: Site) -> Site {
    let text = format!("{}public_key: {}\n", site.text("content/site.yaml"), line("test.pub"));
    site.with("content/site.yaml", &text)
}

#[test]
fn a_site_is_signed_and_checked() {
    for site in [Site::small(), Site::two()] {
        let ground = Ground::new(&named(site));
        let (status, out, err) = ground.signs();
        assert_eq!((status, err.as_str()), (0, ""), "{out}");
        assert_eq!(ground.seal(), (0, "good".to_owned()));
        let signature = ground.signature().unwrap();
        assert_eq!(signature.lines().nth(2), Some("trusted comment: prongsai manifest.json"));
        // The key may stand on the line too; people read a sentence.
        let (status, out, err) = ground.run(&format!("verify public --public-key {}", line("test.pub")), &[]);
        assert_eq!((status, err.as_str()), (0, ""));
        assert!(out.ends_with(" files as the manifest says\nthe signature is right, made with the key D7729108F0785EDA\n"), "{out}");
        let (_, out, _) = ground.run("verify public --lang th --public-key keys/test.pub", &[]);
        assert!(out.ends_with("\nลายมือชื่อถูกต้อง ลงด้วยกุญแจ D7729108F0785EDA\n"), "{out}");
        // Without a key nothing is said of it, and it is no foreign file.
        let (status, out, _) = ground.run("verify public --format json", &[]);
        let object: Value = serde_json::from_str(&out).unwrap();
        assert_eq!((status, object["foreign"].as_array().unwrap().len(), object.get("signature")), (0, 0, None));
        ground.assert_secret();
    }
}

#[test]
fn the_same_site_gets_the_same_signature_by_every_way_to_name_the_key() {
    let expected = {
        let ground = Ground::named();
        ground.signs();
        ground.signature().unwrap()
    };
    let plain = fixture("test.key");
    let crlf = plain.replace('\n', "\r\n");
    let (last, hidden) = (line("test.key"), fixture("test-password.key"));
    let password = ("PRONGSAI_SIGN_PASSWORD", b"test password".as_slice());
    let key = |text: &'static str| ("PRONGSAI_SIGN_KEY", text.as_bytes());
    let ways: [Way<'_>; 6] = [
        ("build", vec![("PRONGSAI_SIGN_KEY", plain.as_bytes())]),
        ("build", vec![("PRONGSAI_SIGN_KEY", crlf.as_bytes())]),
        ("build", vec![("PRONGSAI_SIGN_KEY", last.as_bytes()), password]),
        ("build", vec![("PRONGSAI_SIGN_KEY", hidden.as_bytes()), password]),
        ("build --sign-key keys/test-password.key", vec![password]),
        // The line outweighs the environment.
        ("build --sign-key keys/test.key", vec![key("no key")]),
    ];
    for (line, environment) in ways {
        let ground = Ground::named();
        let (status, _, err) = ground.run(line, &environment);
        assert_eq!((status, err.as_str()), (0, ""), "{line}");
        assert_eq!(ground.signature().unwrap(), expected, "{line}");
        ground.assert_secret();
    }
}

#[test]
fn a_rebuild_with_nothing_new_writes_nothing() {
    use std::os::unix::fs::MetadataExt;
    let ground = Ground::named();
    ground.signs();
    let look = || -> Vec<(u64, i64, i64)> {
        let files = crate::support::files_below(&ground.public()).into_iter();
        files.map(|path| fs::metadata(path).unwrap()).map(|there| (there.ino(), there.mtime(), there.mtime_nsec())).collect()
    };
    let (before, folder) = (look(), fs::metadata(ground.public()).unwrap().ino());
    for line in ["build --sign-key keys/test.key", "build"] {
        let (status, out, err) = ground.run(line, &[]);
        // Without the key the signature that is there stays, because it is still right.
        assert_eq!((status, err.as_str()), (0, ""), "{line}");
        assert!(out.starts_with("nothing changed"), "{out}");
        assert!(look() == before && fs::metadata(ground.public()).unwrap().ino() == folder, "{line}");
    }
    // A page that changed, and the files that did not.
    write(&ground.folder.path().join("content/about.md"), "# ใหม่\n\nใหม่\n".as_bytes());
    let robots = fs::metadata(ground.public().join("robots.txt")).unwrap().ino();
    assert_eq!(ground.signs().0, 0);
    assert_eq!(ground.seal(), (0, "good".to_owned()));
    assert_eq!(fs::metadata(ground.public().join("robots.txt")).unwrap().ino(), robots);
}

#[test]
fn a_signature_that_is_right_no_more_is_removed_and_told() {
    let ground = Ground::named();
    ground.signs();
    write(&ground.folder.path().join("content/about.md"), "# ใหม่\n\nใหม่\n".as_bytes());
    let (status, _, err) = ground.run("build", &[]);
    assert_eq!((status, ground.signature()), (0, None));
    assert!(err.starts_with("note: content/site.yaml has a `public_key` and no secret key was given, so the site is not signed."), "{err}");
    assert_eq!(ground.seal(), (1, "missing".to_owned()));
    let (_, _, err) = ground.run("build --lang th", &[]);
    assert!(err.starts_with("หมายเหตุ: content/site.yaml มี `public_key` แต่ไม่ได้ให้กุญแจลับ เว็บไซต์จึงไม่มีลายมือชื่อ"), "{err}");
    // One that was altered by hand is mended, or taken away where that can't be.
    ground.signs();
    let whole = ground.signature().unwrap();
    fs::write(ground.public().join("manifest.json.minisig"), whole.replace("prongsai manifest", "prongsai Manifest")).unwrap();
    assert_eq!(ground.seal(), (1, "wrong".to_owned()));
    ground.signs();
    assert_eq!(ground.signature().unwrap(), whole);
    fs::write(ground.public().join("manifest.json.minisig"), "untrusted").unwrap();
    ground.run("build", &[]);
    assert_eq!(ground.signature(), None);
    ground.assert_secret();
}

#[test]
fn an_empty_variable_is_no_key() {
    let ground = Ground::named();
    let (status, _, err) = ground.run("build", &[("PRONGSAI_SIGN_KEY", b""), ("PRONGSAI_SIGN_PASSWORD", b"")]);
    assert_eq!((status, ground.signature()), (0, None));
    assert!(err.contains("the site is not signed"), "{err}");
    // A site that names no key says nothing of signatures.
    let ground = Ground::new(&Site::small());
    let (status, _, err) = ground.run("build", &[("PRONGSAI_SIGN_KEY", b"")]);
    assert_eq!((status, err.as_str()), (0, ""));
}

#[test]
fn a_site_that_names_no_key_is_signed_and_told_so() {
    let ground = Ground::new(&Site::small());
    let (status, _, err) = ground.signs();
    assert_eq!(status, 0);
    assert!(err.starts_with("note: ") && err.ends_with(&format!("\npublic_key: {}\n", line("test.pub"))), "{err}");
    assert_eq!(ground.seal(), (0, "good".to_owned()));
    let (_, _, err) = ground.run("build --lang th --sign-key keys/test.key", &[]);
    assert!(err.starts_with("หมายเหตุ: ลงลายมือชื่อแล้ว") && err.ends_with(&format!("\npublic_key: {}\n", line("test.pub"))), "{err}");
    // As long as the bytes are the same, nobody takes it away.
    let (_, out, err) = ground.run("build", &[]);
    assert!(out.starts_with("nothing changed") && err.is_empty() && ground.signature().is_some(), "{out}{err}");
    // With other bytes it goes, and the build says so once.
    let about = ground.folder.path().join("content/about.md");
    for (lang, text, words) in [
        (
            "en",
            "# ใหม่\n\nใหม่\n",
            "note: the earlier signature is right no more and no secret key was given, so manifest.json.minisig was removed",
        ),
        ("th", "# ใหม่\n\nกว่า\n", "หมายเหตุ: ลายมือชื่อเดิมไม่ถูกต้องแล้ว และไม่ได้ให้กุญแจลับ จึงเอา manifest.json.minisig ออก"),
    ] {
        ground.signs();
        write(&about, text.as_bytes());
        let (status, _, err) = ground.run(&format!("build --lang {lang}"), &[]);
        assert_eq!((status, ground.signature()), (0, None));
        assert!(err.starts_with(words), "{err}");
        assert_eq!(ground.run("build", &[]).2, "");
    }
    ground.assert_secret();
}

#[test]
fn the_secret_key_of_another_pair_publishes_nothing() {
    let site = Site::small();
    let text = format!("{}public_key: {}\n", site.text("content/site.yaml"), line("other.pub"));
    let ground = Ground::new(&site.with("content/site.yaml", &text));
    for (lang, words) in [
        ("en", "error: the secret key belongs to the pair D7729108F0785EDA, and `public_key` in content/site.yaml to "),
        ("th", "ข้อผิดพลาด: กุญแจลับเป็นของคู่ D7729108F0785EDA แต่ `public_key` ใน content/site.yaml เป็นของคู่ "),
    ] {
        let (status, out, err) = ground.run(&format!("build --lang {lang} --sign-key keys/test.key"), &[]);
        assert_eq!((status, out.as_str()), (2, ""));
        assert!(err.starts_with(words), "{err}");
        assert!(!ground.public().exists());
    }
}

/// A secret key in which bytes are others, as its line.
fn altered(name: &str, change: impl Fn(&mut Vec<u8>)) -> Vec<u8> {
    let mut bytes = base64::decode(&line(name)).unwrap();
    change(&mut bytes);
    base64::encode(&bytes).into_bytes()
}

#[test]
fn what_is_no_key_is_told_in_both_languages_without_a_byte_of_it() {
    let ground = Ground::named();
    let huge = [fixture("test.key").into_bytes(), vec![b'\n'; 5000]].concat();
    let absurd = altered("test-password.key", |key| key[38..54].fill(0xff));
    let endless = altered("test-password.key", |key| key[38..46].copy_from_slice(&u64::MAX.to_le_bytes()));
    let nothing = altered("test-password.key", |key| key[38..46].fill(0));
    let damaged = altered("test.key", |key| key[62] ^= 1);
    let swapped = altered("test.key", |key| key[100] ^= 1);
    let marked = altered("test.key", |key| key[150] = 1);
    let unknown = altered("test.key", |key| key[2..4].copy_from_slice(b"Xx"));
    let (public, hidden) = (fixture("test.pub"), fixture("test-password.key"));
    let cut = line("test.key")[..200].to_owned();
    let twice = format!("{}{}", fixture("test.key"), line("test.key"));
    let password: &[u8] = b"test password";
    let cases: [Case<'_>; 18] = [
        (b"no key", None, "is no secret key of minisign", "ไม่ใช่กุญแจลับของ minisign"),
        (b"\n", None, "is no secret key of minisign", "ไม่ใช่กุญแจลับของ minisign"),
        (b"\xff\xfe", None, "is no secret key of minisign", "ไม่ใช่กุญแจลับของ minisign"),
        (cut.as_bytes(), None, "is no secret key of minisign", "ไม่ใช่กุญแจลับของ minisign"),
        (twice.as_bytes(), None, "is no secret key of minisign", "ไม่ใช่กุญแจลับของ minisign"),
        (&huge, None, "is no secret key of minisign", "ไม่ใช่กุญแจลับของ minisign"),
        (&unknown, None, "is no secret key of minisign", "ไม่ใช่กุญแจลับของ minisign"),
        (public.as_bytes(), None, "is a public key", "เป็นกุญแจสาธารณะ"),
        (hidden.as_bytes(), None, "has a password. Set PRONGSAI_SIGN_PASSWORD", "มีรหัสผ่าน โปรดตั้งตัวแปร PRONGSAI_SIGN_PASSWORD"),
        (hidden.as_bytes(), Some(b""), "has a password. Set PRONGSAI_SIGN_PASSWORD", "มีรหัสผ่าน โปรดตั้งตัวแปร PRONGSAI_SIGN_PASSWORD"),
        (hidden.as_bytes(), Some(b"wrong"), "is a wrong one", "ไม่ถูกต้อง หรือไฟล์เสียหาย"),
        (hidden.as_bytes(), Some(b"\xff"), "is a wrong one", "ไม่ถูกต้อง หรือไฟล์เสียหาย"),
        (&absurd, Some(password), "more memory or time", "หน่วยความจำหรือเวลามากกว่า"),
        (&endless, Some(password), "more memory or time", "หน่วยความจำหรือเวลามากกว่า"),
        (&nothing, Some(password), "is a wrong one", "ไม่ถูกต้อง หรือไฟล์เสียหาย"),
        (&damaged, None, "is damaged", "กุญแจลับเสียหาย"),
        (&swapped, None, "is damaged", "กุญแจลับเสียหาย"),
        (&marked, None, "is damaged", "กุญแจลับเสียหาย"),
    ];
    for (key, password, en, th) in cases {
        let mut environment = vec![("PRONGSAI_SIGN_KEY", key)];
        environment.extend(password.map(|password| ("PRONGSAI_SIGN_PASSWORD", password)));
        let by_file = !key.is_empty();
        for (lang, words) in [("en", en), ("th", th)] {
            let (status, out, err) = ground.run(&format!("build --lang {lang}"), &environment);
            assert_eq!((status, out.as_str()), (2, ""), "{words}");
            assert!(err.contains(words) && err.contains("PRONGSAI_SIGN_KEY: "), "{words}: {err}");
        }
        if by_file {
            write(&ground.folder.path().join("keys/case.key"), key);
            let (status, _, err) = ground.run("build --sign-key keys/case.key", &environment[1..]);
            assert!(status == 2 && err.contains(en) && err.contains("`keys/case.key`: "), "{err}");
        }
        assert!(!ground.public().exists());
        // What is altered is as secret as the key.
        if let Some(part) = std::str::from_utf8(key).ok().filter(|key| key.len() > 180) {
            assert!(!ground.told.borrow().contains(&part[84..114]));
        }
    }
    fs::create_dir(ground.public()).unwrap();
    ground.assert_secret();
}

#[test]
fn a_key_is_read_before_anything_is_done_with_it() {
    let key = |bytes: &[u8]| SecretKey::read(bytes, Some(b"")).map(|key| key.public().to_string());
    assert_eq!(key(fixture("test.key").as_bytes()), Ok(line("test.pub")));
    assert_eq!(format!("{:?}", SecretKey::read(fixture("test.key").as_bytes(), None).unwrap()), "SecretKey(D7729108F0785EDA)");
    // Each altered byte of a key without a password is found, but for those that say nothing: salt, work and memory.
    let whole = base64::decode(&line("test.key")).unwrap();
    for at in (0..6).chain(62..whole.len()) {
        let changed = altered("test.key", |key| key[at] ^= 0x10);
        assert!(matches!(key(&changed), Err(KeyFault::NoKey | KeyFault::Damaged)), "byte {at}");
    }
}

#[test]
fn a_file_of_a_key_is_named_where_it_can_not_be_read_or_would_be_published() {
    let ground = Ground::named();
    let (status, _, err) = ground.run("build --sign-key keys/none.key", &[]);
    assert!(status == 2 && err.starts_with("error: could not read `keys/none.key`"), "{err}");
    // The key itself in the place of a file's name.
    let (status, _, err) = ground.run(&format!("build --sign-key {}", line("test.key")), &[]);
    assert!(status == 2 && err.contains("takes the name of a file, not the key"), "{err}");
    // Anywhere else on the line.
    for wrong in ["build KEY", "verify KEY", "build --lang KEY", "build --out public --base-url KEY", "KEY", "build --site KEY"] {
        let (status, _, err) = ground.run(&wrong.replace("KEY", &line("test.key")), &[]);
        assert!(status == 2 && err.contains(&"x".repeat(212)), "{wrong}: {err}");
    }
    ground.signs();
    for place in ["content/files/my.key", "content/my.key", "themes/x/my.key", "public/my.key"] {
        let path = ground.folder.path().join(place);
        write(&path, fixture("test.key").as_bytes());
        let (status, _, err) = ground.run(&format!("build --sign-key {place}"), &[]);
        assert!(status == 2 && err.contains(&format!("the secret key `{place}` lies in a folder that is published")), "{err}");
        std::os::unix::fs::symlink(&path, ground.folder.path().join("link.key")).unwrap();
        assert_eq!(ground.run("build --sign-key link.key", &[]).0, 2);
        fs::remove_file(path).unwrap();
        fs::remove_file(ground.folder.path().join("link.key")).unwrap();
    }
    ground.assert_secret();
}

#[test]
fn a_secret_key_among_the_attachments_is_never_published() {
    let ground = Ground::new(&Site::small());
    let folder = &ground.folder;
    for name in ["test.key", "test.pub"] {
        write(&folder.path().join("content/files/keys").join(name), fixture(name).as_bytes());
    }
    for (language, word) in [("en", "secret key"), ("th", "กุญแจลับ")] {
        let (status, out, err) = ground.run(&format!("build --lang {language}"), &[]);
        assert_eq!((status, out.as_str()), (2, ""), "{err}");
        assert!(err.contains("test.key") && err.contains(word) && !err.contains(&line("test.key")), "{err}");
    }
    assert!(!folder.path().join("public").exists());
    // The public one is for everybody.
    fs::remove_file(folder.path().join("content/files/keys/test.key")).unwrap();
    assert_eq!(ground.run("build", &[]).0, 0);
    assert!(folder.path().join("public/files/keys/test.pub").exists());
}

#[test]
fn verify_says_what_is_wrong_with_a_signature() {
    let ground = Ground::named();
    ground.signs();
    let file = ground.public().join("manifest.json.minisig");
    let whole = ground.signature().unwrap();
    let lines: Vec<&str> = whole.lines().collect();
    let joined = |lines: &[&str]| lines.join("\n") + "\n";
    // One letter, behind the key's name.
    let flipped = format!("{}{}{}", &lines[1][..40], if &lines[1][40..41] == "A" { "B" } else { "A" }, &lines[1][41..]);
    let old = {
        let mut bytes = base64::decode(lines[1]).unwrap();
        bytes[1] = b'd';
        base64::encode(&bytes)
    };
    let human = |lang: &str| ground.run(&format!("verify public --lang {lang} --public-key keys/test.pub"), &[]).1;
    for (text, kind, en, th) in [
        (String::new(), "malformed", "can't be read", "อ่านลายมือชื่อไม่ได้"),
        (joined(&lines[..3]), "malformed", "can't be read", "อ่านลายมือชื่อไม่ได้"),
        (joined(&[lines[0], lines[1], lines[2], lines[3], "more"]), "malformed", "can't be read", "อ่านลายมือชื่อไม่ได้"),
        (joined(&[lines[0], &old, lines[2], lines[3]]), "malformed", "can't be read", "อ่านลายมือชื่อไม่ได้"),
        ("x".repeat(40_000), "malformed", "can't be read", "อ่านลายมือชื่อไม่ได้"),
        (joined(&[lines[0], &flipped, lines[2], lines[3]]), "wrong", "the signature is wrong", "ลายมือชื่อไม่ถูกต้อง"),
        (joined(&[lines[0], lines[1], "trusted comment: another", lines[3]]), "wrong", "the signature is wrong", "ลายมือชื่อไม่ถูกต้อง"),
    ] {
        fs::write(&file, text).unwrap();
        assert_eq!(ground.seal(), (1, kind.to_owned()), "{en}");
        assert!(human("en").lines().last().unwrap().contains(en) && human("th").lines().last().unwrap().contains(th), "{en}");
    }
    // What nobody signed may be altered: it is not trusted.
    fs::write(&file, joined(&["untrusted comment: another", lines[1], lines[2], lines[3]])).unwrap();
    assert_eq!(ground.seal(), (0, "good".to_owned()));
    fs::write(&file, &whole).unwrap();
    let (status, out, _) = ground.run("verify public --format json --public-key keys/other.pub", &[]);
    assert!(status == 1 && out.contains("\"signature\": \"other-key\""), "{out}");
    let (status, out, _) = ground.run("verify public --lang th --public-key keys/other.pub", &[]);
    assert!(status == 1 && out.contains("ลายมือชื่อลงด้วยกุญแจอื่น"), "{out}");
    // A manifest that was altered together with a page: the files agree with it, the signature does not.
    let page = ground.public().join("robots.txt");
    let manifest = fs::read_to_string(ground.public().join("manifest.json")).unwrap();
    let hash = |path: &Path| prongsai::base::hash::Hash::of(&fs::read(path).unwrap()).to_string();
    let before = hash(&page);
    fs::write(&page, fs::read_to_string(&page).unwrap().replace("Allow", "Alloe")).unwrap();
    fs::write(ground.public().join("manifest.json"), manifest.replace(&before, &hash(&page))).unwrap();
    assert_eq!(ground.run("verify public", &[]).0, 0);
    assert_eq!(ground.seal(), (1, "wrong".to_owned()));
    // A link is no file that was published, and a folder is none.
    fs::remove_file(&file).unwrap();
    std::os::unix::fs::symlink("robots.txt", &file).unwrap();
    assert_eq!(ground.seal(), (1, "missing".to_owned()));
}

#[test]
fn verify_refuses_what_is_no_public_key() {
    let ground = Ground::named();
    ground.signs();
    let cut = line("test.pub")[..50].to_owned();
    for (given, en, th) in [
        ("keys/test.key".to_owned(), "was given a secret key", "ได้กุญแจลับ"),
        (line("test.key"), "was given a secret key", "ได้กุญแจลับ"),
        (cut, "is no public key of minisign", "ไม่ใช่กุญแจสาธารณะของ minisign"),
        ("content/site.yaml".to_owned(), "is no public key of minisign", "ไม่ใช่กุญแจสาธารณะของ minisign"),
        ("keys/none.pub".to_owned(), "could not read `keys/none.pub`", "อ่าน `keys/none.pub` ไม่สำเร็จ"),
    ] {
        for (lang, words) in [("en", en), ("th", th)] {
            let (status, out, err) = ground.run(&format!("verify public --lang {lang} --public-key {given}"), &[]);
            assert_eq!((status, out.as_str()), (2, ""), "{given}");
            assert!(err.contains(words), "{err}");
        }
    }
    ground.assert_secret();
}

#[test]
fn a_folder_of_an_agency_has_no_signature_of_its_own() {
    let ground = Ground::new(&named(Site::two()));
    ground.signs();
    let (status, out, _) = ground.run("verify public/alpha --public-key keys/test.pub", &[]);
    assert_eq!(status, 1);
    assert!(out.contains("which lies in the root folder of a site"), "{out}");
    // One change in one agency, and the root's manifest with it.
    write(&ground.folder.path().join("content/alpha/about.md"), "# ใหม่\n\nใหม่\n".as_bytes());
    ground.signs();
    assert_eq!(ground.seal(), (0, "good".to_owned()));
    // Without the key the signature goes, where the agency's folder alone is exchanged.
    let kept = fs::metadata(ground.public().join("เบต้า")).map(|there| std::os::unix::fs::MetadataExt::ino(&there)).unwrap();
    write(&ground.folder.path().join("content/alpha/about.md"), "# ใหม่กว่า\n\nใหม่กว่า\n".as_bytes());
    assert_eq!(ground.run("build", &[]).0, 0);
    assert_eq!(std::os::unix::fs::MetadataExt::ino(&fs::metadata(ground.public().join("เบต้า")).unwrap()), kept);
    assert_eq!((ground.signature(), ground.run("verify public", &[]).0), (None, 0));
    ground.signs();
    assert_eq!(ground.seal(), (0, "good".to_owned()));
    // What lies in an agency's folder under that name is nobody's of ours.
    write(&ground.public().join("alpha/manifest.json.minisig"), b"theirs");
    let (status, out, _) = ground.run("verify public", &[]);
    assert!(status == 0 && out.contains("foreign: alpha/manifest.json.minisig"), "{out}");
    ground.assert_secret();
}

#[test]
fn no_author_takes_the_place_of_the_signature_or_of_the_page() {
    let small = || Site::small().with("content/manifest.json.minisig.md", "ก\n").with("content/verify.md", "ก\n");
    let found = small().build();
    let told: Vec<&str> = found.findings.iter().filter(|f| f.code.name() == "route-collision").map(|f| f.place.file.as_ref()).collect();
    assert_eq!(told, ["content/manifest.json.minisig.md", "content/verify.md"]);
    let redirects = Site::small().and("--- content/site.yaml\ntitle: เว็บไซต์ทดสอบ\nredirects: {verify/: 2568/}\n");
    assert!(redirects.build().codes().contains(&"route-collision"));
}

#[test]
fn the_page_tells_how_to_check() {
    let line = line("test.pub");
    let signed = named(Site::small()).built();
    let page = signed.page("verify/");
    for words in [
        "curl -fO https://example.go.th/ita/manifest.json\ncurl -fO https://example.go.th/ita/manifest.json.minisig",
        &format!("minisign -Vm manifest.json -P {line}"),
        &format!("prongsai verify . --public-key {line}"),
        "sha256sum -c --quiet",
        "href=\"../manifest.json\"",
    ] {
        assert!(page.contains(words), "{words}\n{page}");
    }
    assert!(
        signed.page("").contains("href=\"verify/index.html\"") && signed.page("2568/scores/").contains("href=\"../../verify/index.html\"")
    );
    let unsigned = Site::small().built();
    let page = unsigned.page("verify/");
    assert!(!page.contains("minisign") && page.contains("prongsai verify .<") && page.contains("ผู้ที่แก้ทั้งไฟล์และรายการจะไม่ถูกพบ"), "{page}");
    // One for the whole site, which the pages of agencies link to.
    let two = named(Site::two()).built();
    assert!(two.has("verify/index.html") && !two.has("alpha/verify/index.html"));
    assert!(
        two.page("alpha/2568/").contains("href=\"../../verify/index.html\"")
            && two.page("verify/").contains("บอกค่าแฮชของ <code>manifest.json</code> ในโฟลเดอร์ของแต่ละ")
    );
    // Lines for a machine keep their digits where people read Thai ones.
    let thai = named(Site::small().and("--- content/site.yaml\ntitle: เว็บไซต์ทดสอบ\ndigits: thai\nlanguage: th\n")).built();
    assert!(
        thai.page("verify/").contains("sha256sum -c --quiet")
            && thai.page("verify/").contains("SHA-256")
            && thai.page("verify/").contains(&line)
    );
}

#[test]
fn the_lines_on_the_page_find_what_is_wrong() {
    let ground = Ground::named();
    ground.signs();
    let page = fs::read_to_string(ground.public().join("verify/index.html")).unwrap();
    let text = crate::html::parse(&page).first("main").unwrap().text();
    let start = text.find("jq -r").unwrap();
    let end = start + text[start..].find("--quiet").unwrap() + "--quiet".len();
    let (line, program) = (&text[start..end], "jq");
    if std::process::Command::new(program).arg("--version").output().is_err() {
        // README's other line needs no jq, and is tested with `verify`.
        return;
    }
    let check = || {
        let mut command = std::process::Command::new("sh");
        command.args(["-c", &format!("set -e; {line}")]).current_dir(ground.public()).output().unwrap()
    };
    assert!(check().status.success() && check().stdout.is_empty(), "{line}");
    fs::write(ground.public().join("robots.txt"), "x").unwrap();
    let told = check();
    assert!(!told.status.success() && String::from_utf8_lossy(&told.stdout).starts_with("robots.txt: "), "{told:?}");
}
