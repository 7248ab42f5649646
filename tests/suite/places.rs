//! Outputs beside which nothing can be put: a mount point, and a folder below one that the user may not write. They are changed piece by
//! piece, under a journal in them, and `build` says so. Real file systems and real users, where this user may make them.

#![cfg(target_os = "linux")]

use std::fs;
use std::os::unix::fs::{PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Command, Output};

use crate::support::{EPOCH, Site, tree, write};

const NOTE: &str = "note: the output folder can't be exchanged";

/// A shell line in namespaces of its own, so that what it mounts ends with it; `None` where this user may not.
fn in_namespace(folder: &Path, line: &str) -> Option<Output> {
    let may = Command::new("unshare").args(["-rm", "sh", "-c", "mount -t tmpfs none /mnt"]).output();
    if !may.is_ok_and(|output| output.status.success()) {
        eprintln!("skipped: this user may not mount a file system");
        return None;
    }
    let path = format!("{}:{}", Path::new(env!("CARGO_BIN_EXE_prongsai")).parent()?.display(), std::env::var("PATH").ok()?);
    let mut command = Command::new("unshare");
    command.args(["-rm", "sh", "-ec", line]).current_dir(folder).env_clear().env("PATH", path).env("SOURCE_DATE_EPOCH", EPOCH);
    Some(command.env("HOME", folder.join("home")).output().unwrap())
}

fn text(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

#[test]
fn an_output_that_is_a_mount_point_is_changed_piece_by_piece() {
    for (site, agency) in [(Site::small(), ""), (Site::two(), "alpha/")] {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path();
        site.write_to(folder);
        fs::create_dir(folder.join("public")).unwrap();
        let line = format!(
            "mount -t tmpfs none public; mkdir public/lost+found
            prongsai build; prongsai verify public
            echo theirs >public/theirs.txt; echo '- แก้ไข' >>content/{agency}2568/report.md
            prongsai build; prongsai verify public; prongsai build; ls -A public; cp -r public saved"
        );
        let Some(output) = in_namespace(folder, &line) else { return };
        let told = text(&output);
        assert!(output.status.success(), "{told}");
        assert_eq!(told.matches(NOTE).count(), 2, "{told}");
        assert!(told.contains("nothing changed") && !told.contains(".prongsai"), "{told}");
        let mut saved = tree(&folder.join("saved"));
        assert_eq!(saved.remove("theirs.txt").as_deref(), Some(&b"theirs\n"[..]));
        // The same bytes as where the folder is exchanged.
        let plain = in_namespace(folder, "prongsai build --out plain").unwrap();
        assert!(plain.status.success() && !text(&plain).contains(NOTE), "{}", text(&plain));
        assert!(tree(&folder.join("plain")) == saved);
    }
}

/// In a container the folders that came with its image can't be moved.
#[test]
fn an_output_that_came_with_an_image_is_changed_file_by_file() {
    for (site, agency) in [(Site::small(), ""), (Site::two(), "alpha/")] {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path();
        let image = folder.join("image");
        site.write_to(&image);
        for name in ["own", "work", "here"] {
            fs::create_dir(folder.join(name)).unwrap();
        }
        let line = format!(
            "cd image; prongsai build; echo theirs >public/theirs.txt; ln -s theirs.txt public/link; cd ..
            mount -t overlay none -o userxattr,lowerdir=image,upperdir=own,workdir=work here; cd here
            echo '- แก้ไข' >>content/{agency}2568/report.md
            prongsai build; prongsai verify public; prongsai build; ls -A . public; cp -r public ../saved; prongsai build --out plain"
        );
        let Some(output) = in_namespace(folder, &line) else { return };
        let told = text(&output);
        assert!(output.status.success(), "{told}");
        assert_eq!(told.matches(NOTE).count(), 1, "{told}");
        assert!(told.contains("nothing changed") && !told.contains(".prongsai-"), "{told}");
        let mut saved = tree(&folder.join("saved"));
        assert_eq!(saved.remove("theirs.txt").as_deref(), Some(&b"theirs\n"[..]));
        saved.remove("link");
        assert!(tree(&folder.join("own/plain")) == saved);
    }
}

#[test]
fn a_bound_folder_of_the_same_file_system_is_a_mount_point_too() {
    let folder = tempfile::tempdir().unwrap();
    Site::small().write_to(folder.path());
    for name in ["public", "elsewhere"] {
        fs::create_dir(folder.path().join(name)).unwrap();
    }
    let line = "mount --bind elsewhere public; prongsai build; prongsai verify public";
    let Some(output) = in_namespace(folder.path(), line) else { return };
    assert!(output.status.success() && text(&output).contains(NOTE), "{}", text(&output));
    assert!(folder.path().join("elsewhere/index.html").exists());
}

/// A mount point that is full: the earlier site stays, whichever byte was the last.
#[test]
fn a_full_mount_point_keeps_the_earlier_site() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    Site::small().write_to(folder);
    fs::create_dir(folder.join("public")).unwrap();
    let mut line = "mount -t tmpfs -o size=4m none public; prongsai build; cp -r public before".to_owned();
    for kilobytes in [1, 5, 40, 300, 900] {
        // What remains is filled up but for so many kilobytes, and each page is new.
        line += &format!(
            "
            echo '- แก้ไข {kilobytes}' >>content/agency.yaml; sed -i 's/^name: .*/name: องค์การบริหารส่วนตำบลทดสอบ {kilobytes}/; /^- /d' content/agency.yaml
            dd if=/dev/zero of=public/filler bs=1k count=$(( $(df -k --output=avail public | tail -1) - {kilobytes} )) 2>/dev/null
            if prongsai build; then cp -r public after-{kilobytes}; exit 0; else [ $? = 2 ]; fi
            rm public/filler; prongsai verify public; rm -rf now; cp -r public now; diff -r before now"
        );
    }
    let Some(output) = in_namespace(folder, &line) else { return };
    assert!(output.status.success(), "{}", text(&output));
    assert!(text(&output).contains("the disk is full"), "{}", text(&output));
    assert!(!text(&output).contains(".prongsai"), "{}", text(&output));
}

#[test]
fn a_folder_that_alone_may_be_written_is_changed_piece_by_piece() {
    let folder = tempfile::tempdir().unwrap();
    let site = folder.path();
    Site::two().write_to(site);
    let out = site.join("public");
    fs::create_dir(&out).unwrap();
    fs::set_permissions(site, fs::Permissions::from_mode(0o755)).unwrap();
    const NOBODY: u32 = 65_534;
    if chown(&out, Some(NOBODY), Some(NOBODY)).is_err() {
        eprintln!("skipped: this user may not give a folder away");
        return;
    }
    // A copy of the program, since the folder of the build need not be readable by others.
    let program = site.join("prongsai");
    fs::copy(env!("CARGO_BIN_EXE_prongsai"), &program).unwrap();
    let run = |line: &[&str]| {
        let mut command = Command::new(&program);
        command.args(line).current_dir(site).env_clear().env("SOURCE_DATE_EPOCH", EPOCH).uid(NOBODY).gid(NOBODY);
        command.output().unwrap()
    };
    let first = run(&["build"]);
    assert!(first.status.success() && text(&first).contains(NOTE), "{}", text(&first));
    write(&site.join("content/alpha/2568/report.md"), "แก้ไข\n".as_bytes());
    let second = run(&["build"]);
    assert!(second.status.success() && text(&second).contains(NOTE), "{}", text(&second));
    let verified = run(&["verify", "public"]);
    assert!(verified.status.success(), "{}", text(&verified));
    let names: Vec<_> = fs::read_dir(&out).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    assert!(!names.iter().any(|name| name.starts_with('.')), "{names:?}");
    let other = run(&["build", "--out", "new"]);
    assert_eq!(other.status.code(), Some(2), "{}", text(&other));
    assert!(text(&other).contains("permission denied"), "{}", text(&other));
}
