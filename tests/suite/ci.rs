//! `new ci`: what is written, that nothing is written over, and that the step which decides whether to publish decides rightly. And what
//! `docs/ci.md` gives to copy.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;

use prongsai::staff::ci::{Host, file};
use prongsai::text::SourceText;
use prongsai::text::yaml;

use crate::support::{Site, root, run, write};

#[test]
fn a_file_is_written_once_and_never_over() {
    let folder = tempfile::tempdir().unwrap();
    Site::small().write_to(folder.path());
    for (host, path) in [("github", ".github/workflows/site.yml"), ("gitlab", ".gitlab-ci.yml")] {
        let (status, out, _) = run(folder.path(), &format!("new ci {host}"));
        assert_eq!(status, 0);
        assert!(out.contains(path), "{out}");
        write(&folder.path().join(path), b"mine");
        let (status, out, err) = run(folder.path(), &format!("new ci {host} --lang th"));
        assert_eq!((status, out.as_str()), (2, ""));
        assert!(err.contains(path) && err.contains("ไม่เขียนทับ"), "{err}");
        assert_eq!(fs::read(folder.path().join(path)).unwrap(), b"mine");
    }
    assert_eq!(run(folder.path(), "new ci gitea").0, 2);
    assert_eq!(run(folder.path(), "build").0, 0, "the files do not disturb a build");
}

#[test]
fn the_files_are_yaml_and_ask_for_no_more_rights_than_publishing_needs() {
    for host in [Host::Github, Host::Gitlab] {
        let source = SourceText::new(Arc::from("ci.yml"), file(host).text.as_bytes().to_vec()).unwrap();
        assert!(yaml::parse(&source).is_ok(), "{host:?}");
    }
    let rights: Vec<&str> =
        file(Host::Github).text.lines().map(str::trim).filter(|l| l.ends_with(": read") || l.ends_with(": write")).collect();
    assert_eq!(rights, ["contents: read", "pages: write", "id-token: write"]);
}

/// The lines of a block `- |` or `run: |` that holds `word`.
fn block(text: &str, word: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let at = lines.iter().position(|line| line.contains(word)).unwrap();
    let begin = lines[..at].iter().rposition(|line| line.trim_end().ends_with('|')).unwrap();
    let indent = |line: &str| line.len() - line.trim_start().len();
    let depth = indent(lines[begin + 1]);
    let own = lines[begin + 1..].iter().take_while(|line| line.trim().is_empty() || indent(line) >= depth);
    own.map(|line| format!("{}\n", line.get(depth..).unwrap_or_default())).collect()
}

/// A published folder: its manifest, and the signature where there is one.
type Folder = (&'static str, Option<&'static str>);

/// Runs the step with a `curl` that gives what is published (`None`: nothing is there); its status and what it put out.
fn decide(host: Host, ours: Folder, published: Option<Folder>, address: &str) -> (Option<i32>, String) {
    let folder = tempfile::tempdir().unwrap();
    let at = |path: &str| folder.path().join(path);
    let put = |place: &str, (manifest, signature): Folder| {
        write(&at(place).join("manifest.json"), manifest.as_bytes());
        if let Some(signature) = signature {
            write(&at(place).join("manifest.json.minisig"), signature.as_bytes());
        }
    };
    put(if host == Host::Github { "site" } else { "public" }, ours);
    if let Some(published) = published {
        put("host", published);
    }
    write(&at("bin/curl"), curl(&at("host"), address).as_bytes());
    assert!(Command::new("chmod").arg("+x").arg(at("bin/curl")).status().unwrap().success());
    write(&at("out"), b"");
    let path = format!("{}:/usr/bin:/bin", at("bin").display());
    let mut shell = Command::new("bash");
    shell.arg("-euo").arg("pipefail").arg("-c").arg(block(file(host).text, "cmp -s")).current_dir(folder.path()).env_clear();
    shell.env("PATH", path).env("SITE_URL", address).env("RUNNER_TEMP", folder.path()).env("GITHUB_OUTPUT", at("out"));
    let status = shell.status().unwrap();
    (status.code(), read(&at("out")))
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap()
}

#[test]
fn only_changed_bytes_are_published() {
    let address = "https://example.go.th/ita/";
    let unsigned = ("{1}", None);
    let signed = ("{1}", Some("s"));
    for (ours, published, url, changed) in [
        (unsigned, Some(unsigned), address, false),
        (unsigned, Some(("{2}", None)), address, true),
        (unsigned, None, address, true),
        (unsigned, Some(unsigned), "", true),
        (signed, Some(signed), address, false),
        // A signature that came later, or is another's.
        (signed, Some(unsigned), address, true),
        (signed, Some(("{1}", Some("t"))), address, true),
        (signed, Some(("{2}", Some("s"))), address, true),
        // One that is there already is of the same bytes.
        (unsigned, Some(signed), address, false),
    ] {
        let (status, out) = decide(Host::Github, ours, published, url);
        assert_eq!((status, out), (Some(0), format!("changed={changed}\n")), "{ours:?} {published:?} {url}");
        let (status, _) = decide(Host::Gitlab, ours, published, url);
        assert_eq!(status, Some(if changed { 0 } else { 77 }), "{ours:?} {published:?} {url}");
    }
}

/// A `curl` that gives the files below `host` at an address; a stub that knows no network.
fn curl(host: &Path, address: &str) -> String {
    let host = host.display();
    format!(
        "#!/bin/sh\nfor word; do case \"$word\" in https:*) from=\"{host}/${{word#{address}}}\";; esac; done\n\
         while [ \"$1\" != -o ]; do shift; done\n[ -f \"$from\" ] && cp \"$from\" \"$2\" || exit 22\n"
    )
}

#[cfg(unix)]
#[test]
fn an_address_that_goes_is_told_on_a_fresh_machine_too() {
    let address = "https://example.go.th/ita/";
    let page = |site: Site, folder: &str| site.with(&format!("{folder}/old.md"), "---\ntitle: เก่า\n---\nเก่า\n");
    for (site, folder, gone) in [(Site::small(), "content", "old/"), (Site::two(), "content/เบต้า", "เบต้า/old/")] {
        for host in [Host::Github, Host::Gitlab] {
            let place = tempfile::tempdir().unwrap();
            let at = |path: &str| place.path().join(path);
            let published = tempfile::tempdir().unwrap();
            page(site.clone(), folder).write_to(published.path());
            assert_eq!(run(published.path(), "build").0, 0);
            write(&at("bin/curl"), curl(&published.path().join("public"), address).as_bytes());
            assert!(Command::new("chmod").arg("+x").arg(at("bin/curl")).status().unwrap().success());
            std::os::unix::fs::symlink(assert_cmd::cargo::cargo_bin("prongsai"), at("bin/prongsai")).unwrap();
            let out = if host == Host::Github { "site" } else { "public" };
            let step = |address: &str| {
                let mut shell = Command::new("bash");
                shell.args(["-euo", "pipefail", "-c", &block(file(host).text, "get manifest.json")]).current_dir(place.path()).env_clear();
                shell
                    .env("PATH", format!("{}:/usr/bin:/bin", at("bin").display()))
                    .env("SITE_URL", address)
                    .env("RUNNER_TEMP", place.path());
                assert!(shell.status().unwrap().success());
            };
            site.write_to(place.path());
            step(address);
            let (status, _, told) = run(place.path(), &format!("build --out {out}"));
            assert_eq!(status, 0, "{told}");
            assert!(told.contains("address-gone") && told.contains(gone), "{host:?}: {told}");
            // Nothing published yet, something else there, or no address: a plain build.
            fs::remove_dir_all(at(out)).unwrap();
            step("");
            step("https://example.go.th/ita/nothing/");
            // A manifest that was tampered with on the host may not keep the site from being published anew.
            for odd in ["{\"name\": \"an app\"}", "{\"generator\":\"prongsai\",\"format\":1,\"files\":[\n{\"path\":\"../x\"}]}"] {
                write(&published.path().join("public/manifest.json"), odd.as_bytes());
                step(address);
                assert!(!at(out).exists(), "{odd}");
            }
            let (status, _, told) = run(place.path(), &format!("build --out {out}"));
            assert!(status == 0 && !told.contains("address-gone"), "{told}");
        }
    }
}

/// The blocks of a kind in the document.
fn blocks(kind: &str) -> Vec<String> {
    let document = read(&root().join("docs/ci.md"));
    let fence = format!("```{kind}\n");
    document.split(&fence).skip(1).map(|rest| rest.split_once("```").unwrap().0.to_owned()).collect()
}

/// A text of the document with the site and the program of a test in it.
fn here(text: &str, folder: &Path) -> String {
    let program = assert_cmd::cargo::cargo_bin("prongsai");
    text.replace("/srv/ita", folder.to_str().unwrap()).replace("/usr/local/bin/prongsai", program.to_str().unwrap())
}

#[cfg(unix)]
#[test]
fn the_line_of_cron_publishes_and_tells_of_failure() {
    let folder = tempfile::tempdir().unwrap();
    Site::small().write_to(folder.path());
    let block = here(&blocks("cron")[0], folder.path());
    let line = block.lines().find(|line| !line.starts_with('#')).unwrap();
    let fields: Vec<&str> = line.splitn(6, ' ').collect();
    assert_eq!(fields[..5], ["30", "3", "*", "*", "*"]);
    assert!(!fields[5].contains('%'), "cron takes a per cent for a line end");
    // What cron gives a job, and no more.
    let job = || {
        let mut shell = Command::new("/bin/sh");
        shell.args(["-c", fields[5]]).current_dir("/").env_clear().env("SHELL", "/bin/sh").env("PATH", "/usr/bin:/bin");
        let output = shell.env("HOME", folder.path()).env("LOGNAME", "ita").output().unwrap();
        assert!(output.stderr.is_empty(), "{output:?}");
        String::from_utf8(output.stdout).unwrap()
    };
    assert_eq!(job(), "");
    assert_eq!(run(folder.path(), "verify public").0, 0);
    let before = crate::support::tree(&folder.path().join("public"));
    write(&folder.path().join("content/agency.yaml"), b"nme: x\n");
    assert_eq!(job(), format!("prongsai: see {}/build.log\n", folder.path().display()));
    assert!(read(&folder.path().join("build.log")).contains("unknown-field"));
    assert_eq!(crate::support::tree(&folder.path().join("public")), before, "the earlier site stays");
}

#[cfg(target_os = "linux")]
#[test]
fn the_units_are_what_systemd_takes() {
    let folder = tempfile::tempdir().unwrap();
    let units = blocks("ini");
    assert_eq!(units.len(), 2);
    let paths = ["ita.service", "ita.timer"].map(|name| folder.path().join(name));
    for (path, unit) in paths.iter().zip(&units) {
        write(path, here(unit, folder.path()).as_bytes());
    }
    // It may have a word on other units of the machine too.
    let verify = |path: &Path| {
        let output = Command::new("systemd-analyze").args(["--man=no", "verify"]).arg(path).output().ok()?;
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        Some(told.lines().filter(|line| line.contains("ita.")).map(str::to_owned).collect::<Vec<_>>())
    };
    for path in &paths {
        let Some(told) = verify(path) else {
            eprintln!("not tried: there is no systemd-analyze");
            return;
        };
        assert_eq!(told, Vec::<String>::new());
    }
    // And it would have told.
    write(&paths[1], units[1].replace("03:30", "25:30").as_bytes());
    assert!(verify(&paths[1]).is_some_and(|told| !told.is_empty()));
}

#[test]
fn the_secret_key_is_for_the_step_that_builds_alone_and_nobody_asks_for_it_unless_told() {
    for host in [Host::Github, Host::Gitlab] {
        let text = file(host).text;
        let lines: Vec<&str> = text.lines().filter(|line| line.contains("PRONGSAI_SIGN")).collect();
        assert!(!lines.is_empty() && lines.iter().all(|line| line.trim_start().starts_with('#')), "{host:?}: {lines:#?}");
    }
    // With the marks taken away, the file is YAML and the step has the two and no other.
    let text =
        file(Host::Github).text.replace("        # env:", "        env:").replace("        #   PRONGSAI_SIGN", "          PRONGSAI_SIGN");
    let source = SourceText::new(Arc::from("ci.yml"), text.clone().into_bytes()).unwrap();
    assert!(yaml::parse(&source).is_ok(), "{text}");
    let step = text.find("run: prongsai build").unwrap();
    let of_step = &text[step..step + text[step..].find("- run: prongsai verify").unwrap()];
    assert_eq!(of_step.matches("${{ github.ref == 'refs/heads/main' && secrets.PRONGSAI_SIGN_").count(), 2, "{of_step}");
    assert_eq!(text.matches("secrets.").count(), 2);
}
