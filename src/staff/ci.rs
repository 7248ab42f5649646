//! Files that let a host build the site by itself. Owns what they say; where they are written is the edge's.

/// A host that builds sites.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Host {
    /// GitHub Actions and Pages.
    Github,
    /// GitLab CI and Pages.
    Gitlab,
}

/// A file to be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NewFile {
    /// Its path below the site folder.
    pub path: &'static str,
    /// Its text.
    pub text: &'static str,
}

/// The file of a host: it checks, builds on each push and by a schedule, and publishes only where a byte changed.
pub fn file(host: Host) -> NewFile {
    match host {
        Host::Github => NewFile { path: ".github/workflows/site.yml", text: include_str!("ci/github.yml") },
        Host::Gitlab => NewFile { path: ".gitlab-ci.yml", text: include_str!("ci/gitlab.yml") },
    }
}
