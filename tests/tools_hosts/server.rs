//! nginx and Apache, each as a process of its own on a free port of this machine, for as long as a test needs it. Owns the
//! frame around a site's own settings, which stands for what a host has set for all its sites; the settings themselves are the caller's.

use std::fs;
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

/// The program that serves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// nginx.
    Nginx,
    /// Apache 2.4.
    Apache,
}

/// A server that runs. It ends with this value, also when a test fails.
pub struct Server {
    child: Child,
    /// Where it listens, on the loopback address.
    pub port: u16,
    _folder: TempDir,
}

impl Server {
    /// Starts a server with these settings of a site.
    pub fn start(kind: Kind, settings: &str) -> Self {
        // Between finding a free port and listening on it, somebody else may take it.
        for _ in 0..5 {
            if let Some(server) = Self::try_start(kind, settings) {
                return server;
            }
        }
        panic!("{kind:?} does not listen on any of five ports");
    }

    fn try_start(kind: Kind, settings: &str) -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let (frame, mut command) = match kind {
            Kind::Nginx => nginx(folder.path(), port, settings),
            Kind::Apache => apache(folder.path(), port, settings),
        };
        fs::write(folder.path().join("host.conf"), frame).unwrap();
        as_somebody_else(&mut command, folder.path());
        let log = fs::File::create(folder.path().join("said.log")).unwrap();
        command.env_clear().stdin(Stdio::null()).stdout(log.try_clone().unwrap()).stderr(log);
        let child = command.spawn().unwrap();
        let mut server = Self { child, port, _folder: folder };
        let begun = Instant::now();
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            let ended = server.child.try_wait().unwrap();
            if ended.is_some() || begun.elapsed() > Duration::from_secs(20) {
                let logs = ["said.log", "error.log"].map(|name| fs::read_to_string(server._folder.path().join(name)).unwrap_or_default());
                assert!(logs.iter().any(|log| log.contains("in use")), "{kind:?} does not start: {ended:?}\n{}", logs.concat());
                return None;
            }
            std::thread::sleep(Duration::from_millis(5));
        }
        Some(server)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The first of these names that is a program of this machine.
fn program(names: &[&str]) -> PathBuf {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders: Vec<PathBuf> = std::env::split_paths(&path).chain(["/usr/sbin", "/usr/local/sbin", "/sbin"].map(PathBuf::from)).collect();
    let all = names.iter().flat_map(|name| folders.iter().map(move |folder| folder.join(name)));
    all.into_iter().find(|path| path.is_file()).unwrap_or_else(|| panic!("{names:?} is not there: run scripts/tools-setup"))
}

/// The first of these that exists.
fn existing(paths: &[&str]) -> PathBuf {
    paths.iter().map(PathBuf::from).find(|path| path.exists()).unwrap_or_else(|| panic!("none of {paths:?} is there"))
}

/// A server that root starts is run by somebody without rights: what a build publishes has to be readable for others than its owner.
fn as_somebody_else(command: &mut Command, folder: &Path) {
    use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
    use std::os::unix::process::CommandExt;
    const NOBODY: u32 = 65534;
    if fs::metadata(folder).unwrap().uid() == 0 {
        fs::set_permissions(folder, fs::Permissions::from_mode(0o755)).unwrap();
        chown(folder, Some(NOBODY), Some(NOBODY)).unwrap();
        command.uid(NOBODY).gid(NOBODY);
    }
}

/// A host that declares an old Thai encoding for all text, lists what lies in folders and packs what it sends, as some do: the settings of
/// the site have to hold against it.
fn nginx(folder: &Path, port: u16, settings: &str) -> (String, Command) {
    let at = folder.display();
    let types = existing(&["/etc/nginx/mime.types", "/usr/local/etc/nginx/mime.types", "/opt/homebrew/etc/nginx/mime.types"]);
    std::os::unix::fs::symlink(types, folder.join("mime.types")).unwrap();
    let bodies = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];
    let bodies: String = bodies.iter().map(|name| format!("    {name}_temp_path {at}/{name};\n")).collect();
    let frame = format!(
        "daemon off;\nmaster_process off;\npid {at}/pid;\nerror_log {at}/error.log;\nevents {{}}\nhttp {{\n{bodies}    access_log off;\n    \
         include mime.types;\n    default_type application/octet-stream;\n    charset tis-620;\n    autoindex on;\n    gzip on;\n    gzip_types *;\n    \
         server {{\n        listen 127.0.0.1:{port};\n{settings}\n    }}\n}}\n"
    );
    let mut command = Command::new(program(&["nginx"]));
    command.arg("-p").arg(folder).arg("-e").arg(folder.join("error.log")).arg("-c").arg(folder.join("host.conf"));
    (frame, command)
}

/// See [`nginx`].
fn apache(folder: &Path, port: u16, settings: &str) -> (String, Command) {
    let at = folder.display();
    let types =
        existing(&["/etc/mime.types", "/etc/httpd/conf/mime.types", "/etc/apache2/mime.types", "/opt/homebrew/etc/httpd/mime.types"]);
    let modules = existing(&[
        "/usr/lib/apache2/modules",
        "/usr/lib64/httpd/modules",
        "/usr/lib/httpd/modules",
        "/usr/libexec/apache2",
        "/opt/homebrew/lib/httpd/modules",
    ]);
    // What is built into the program can't be loaded too.
    let load = |name: &&str| {
        let file = modules.join(format!("mod_{name}.so"));
        let line = format!("<IfModule !{name}_module>\nLoadModule {name}_module \"{}\"\n</IfModule>\n", file.display());
        if file.exists() { line } else { String::new() }
    };
    let loaded: String = [
        "mpm_event",
        "unixd",
        "authz_core",
        "mime",
        "dir",
        "autoindex",
        "alias",
        "headers",
        "env",
        "rewrite",
        "filter",
        "deflate",
        "brotli",
    ]
    .iter()
    .map(load)
    .collect();
    let frame = format!(
        "ServerRoot \"{at}\"\nServerName 127.0.0.1\nListen 127.0.0.1:{port}\nPidFile \"{at}/pid\"\nErrorLog \"{at}/error.log\"\n\
         DefaultRuntimeDir \"{at}\"\n{loaded}TypesConfig \"{}\"\nAddDefaultCharset TIS-620\n\
         SetOutputFilter BROTLI_COMPRESS;DEFLATE\nAddEncoding x-gzip .gz\nAddLanguage br .br\n\
         <Directory />\nOptions FollowSymLinks Indexes\nAllowOverride None\nRequire all denied\n</Directory>\n\
         <VirtualHost 127.0.0.1:{port}>\n{settings}\n</VirtualHost>\n",
        types.display()
    );
    let mut command = Command::new(program(&["apache2", "httpd"]));
    command.arg("-X").arg("-f").arg(folder.join("host.conf"));
    (frame, command)
}
