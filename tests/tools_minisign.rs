//! minisign's own tool and the program agree: on keys with and without a password, on signatures of either, and on what is no signature.
//! OpenSSL, which knows nothing of minisign, agrees on the one inside. Needs `minisign` and `openssl`.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use prongsai::base::base64;
use tempfile::TempDir;

const PASSWORD: &str = "รหัส ผ่าน 1!";

/// A folder with the sample site and keys that minisign made.
struct Ground(TempDir);

impl Ground {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
        copy(&from, &folder.path().join("content"));
        Self(folder)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// A pair of keys, `NAME.key` and `NAME.pub`; gives the line of the public one.
    fn keys(&self, name: &str, password: Option<&str>) -> String {
        let (public, secret) = (format!("{name}.pub"), format!("{name}.key"));
        let mut line = vec!["-G", "-p", &public, "-s", &secret];
        line.extend(password.is_none().then_some("-W"));
        let answers = password.map(|password| format!("{password}\n{password}\n")).unwrap_or_default();
        let made = self.tool("minisign", &line, &answers);
        assert!(made.status.success(), "{made:?}");
        fs::read_to_string(self.path(&public)).unwrap().lines().nth(1).unwrap().to_owned()
    }

    fn tool(&self, tool: &str, line: &[&str], input: &str) -> Output {
        let mut child = Command::new(tool)
            .args(line)
            .current_dir(self.0.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap_or_else(|error| panic!("{tool}: {error}"));
        child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
        child.wait_with_output().unwrap()
    }

    fn prongsai(&self, line: &[&str], environment: &[(&str, &str)]) -> (i32, String) {
        let mut command = assert_cmd::Command::cargo_bin("prongsai").unwrap();
        command.current_dir(self.0.path()).env_clear().env("SOURCE_DATE_EPOCH", "1756684800").env("HOME", self.path("home"));
        let output = command.args(line).envs(environment.iter().copied()).output().unwrap();
        let told = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        (output.status.code().unwrap(), told)
    }

    /// Does minisign say that the published manifest is signed with this key?
    fn is_signed(&self, key: &str) -> bool {
        let answer = self.tool("minisign", &["-Vm", "public/manifest.json", "-P", key], "");
        let told = String::from_utf8_lossy(&answer.stdout).into_owned();
        assert_eq!(answer.status.success(), told.contains("Signature and comment signature verified"), "{answer:?}");
        answer.status.success()
    }

    fn name_key(&self, key: &str) {
        let site = self.path("content/site.yaml");
        let text = fs::read_to_string(&site).unwrap();
        let lines: String = text.lines().filter(|line| !line.starts_with("public_key:")).map(|line| format!("{line}\n")).collect();
        fs::write(site, format!("{lines}public_key: {key}\n")).unwrap();
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let to = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), to).unwrap();
        }
    }
}

#[test]
#[ignore = "needs minisign; scripts/test runs it"]
fn minisign_agrees_with_what_the_program_signs() {
    let ground = Ground::new();
    for password in [None, Some(PASSWORD)] {
        let name = if password.is_some() { "hidden" } else { "plain" };
        let key = ground.keys(name, password);
        ground.name_key(&key);
        let secret = format!("{name}.key");
        let environment: Vec<(&str, &str)> = password.map(|password| ("PRONGSAI_SIGN_PASSWORD", password)).into_iter().collect();
        let (status, told) = ground.prongsai(&["build", "--sign-key", &secret], &environment);
        assert_eq!(status, 0, "{told}");
        assert!(ground.is_signed(&key));
        // Strict, as for signatures of today's kind alone.
        let strict = ground.tool("minisign", &["-VHm", "public/manifest.json", "-p", &format!("{name}.pub")], "");
        assert!(strict.status.success(), "{strict:?}");
        let comment = ground.tool("minisign", &["-VQm", "public/manifest.json", "-P", &key], "");
        assert_eq!(String::from_utf8_lossy(&comment.stdout).trim_end(), "prongsai manifest.json");
        let (status, told) = ground.prongsai(&["verify", "public", "--public-key", &key], &[]);
        assert!(status == 0 && told.contains("the signature is right"), "{told}");
        // And on what is not signed.
        let manifest = ground.path("public/manifest.json");
        let whole = fs::read(&manifest).unwrap();
        fs::write(&manifest, [&whole[..], b"\n"].concat()).unwrap();
        assert!(!ground.is_signed(&key));
        assert_eq!(ground.prongsai(&["verify", "public", "--public-key", &key], &[]).0, 1);
        fs::write(&manifest, whole).unwrap();
        assert!(!ground.is_signed(&ground.keys(&format!("other-than-{name}"), None)));
    }
    let (status, told) = ground.prongsai(&["build", "--sign-key", "hidden.key"], &[("PRONGSAI_SIGN_PASSWORD", "wrong")]);
    assert!(status == 2 && told.contains("is a wrong one"), "{told}");
}

#[test]
#[ignore = "needs minisign; scripts/test runs it"]
fn the_program_agrees_with_what_minisign_signs() {
    let ground = Ground::new();
    let key = ground.keys("plain", None);
    ground.name_key(&key);
    assert_eq!(ground.prongsai(&["build"], &[]).0, 0);
    let sign = |more: &[&str]| {
        let line = [&["-S", "-W", "-s", "plain.key", "-m", "public/manifest.json"], more].concat();
        let signed = ground.tool("minisign", &line, "");
        assert!(signed.status.success(), "{signed:?}");
    };
    let seal = || ground.prongsai(&["verify", "public", "--public-key", "plain.pub"], &[]);
    for more in [&[][..], &["-t", "ความเห็น comment", "-c", "another"]] {
        sign(more);
        assert!(ground.is_signed(&key));
        let (status, told) = seal();
        assert!(status == 0 && told.contains("the signature is right"), "{told}");
    }
    // A site signed elsewhere keeps its signature as long as it is right.
    let (status, told) = ground.prongsai(&["build"], &[]);
    assert!(status == 0 && told.starts_with("nothing changed"), "{told}");
    // Signatures of the old kind, over the file itself, are not taken, as by `minisign -H`.
    sign(&["-l"]);
    assert!(!ground.tool("minisign", &["-VHm", "public/manifest.json", "-p", "plain.pub"], "").status.success());
    let (status, told) = seal();
    assert!(status == 1 && told.contains("can't be read"), "{told}");
}

#[test]
#[ignore = "needs minisign; scripts/test runs it"]
fn openssl_agrees_with_the_signature_inside() {
    let ground = Ground::new();
    let key = ground.keys("plain", None);
    assert_eq!(ground.prongsai(&["build", "--sign-key", "plain.key"], &[]).0, 0);
    let file = fs::read_to_string(ground.path("public/manifest.json.minisig")).unwrap();
    let signature = base64::decode(file.lines().nth(1).unwrap()).unwrap();
    fs::write(ground.path("signature"), &signature[10..]).unwrap();
    // RFC 8410: what stands before the 32 bytes of a key of Ed25519.
    let head = [0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00];
    fs::write(ground.path("key.der"), [&head[..], &base64::decode(&key).unwrap()[10..]].concat()).unwrap();
    let hash = ground.tool("openssl", &["dgst", "-blake2b512", "-binary", "-out", "hash", "public/manifest.json"], "");
    assert!(hash.status.success(), "{hash:?}");
    let line = ["pkeyutl", "-verify", "-pubin", "-keyform", "DER", "-inkey", "key.der", "-rawin", "-in", "hash", "-sigfile", "signature"];
    let answer = ground.tool("openssl", &line, "");
    assert!(answer.status.success(), "{answer:?}");
    fs::write(ground.path("hash"), [0; 64]).unwrap();
    assert!(!ground.tool("openssl", &line, "").status.success());
}
