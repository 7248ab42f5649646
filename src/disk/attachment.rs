//! Opening an authored file to hand its bytes on. Owns the rule that nothing outside the site folder is opened, through links either, and
//! nothing but plain files. Refuses a file that is not as large as it was when it was looked at.

use std::fs::{self, File};
use std::io::{self, ErrorKind};
use std::path::Path;

use super::system;

/// Opens the file `from`, a path from the site folder, of which this size is known.
///
/// # Errors
/// When the system fails, when the file lies outside, and when it has another size.
pub fn open(site: &Path, from: &str, size: u64) -> io::Result<File> {
    let root = fs::canonicalize(site)?;
    let real = fs::canonicalize(root.join(from))?;
    if !real.starts_with(&root) {
        return Err(ErrorKind::PermissionDenied.into());
    }
    let file = system::open_file(&real)?;
    let there = file.metadata()?;
    if there.is_file() && there.len() == size { Ok(file) } else { Err(ErrorKind::InvalidData.into()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_files_of_the_site_are_opened() {
        let folder = tempfile::tempdir().unwrap();
        let site = folder.path().join("site");
        fs::create_dir_all(site.join("content/files")).unwrap();
        fs::write(site.join("content/files/a.pdf"), "pdf").unwrap();
        fs::write(folder.path().join("b.pdf"), "pdf").unwrap();
        assert!(open(&site, "content/files/a.pdf", 3).is_ok());
        assert_eq!(open(&site, "content/files/a.pdf", 4).unwrap_err().kind(), ErrorKind::InvalidData);
        assert_eq!(open(&site, "../b.pdf", 3).unwrap_err().kind(), ErrorKind::PermissionDenied);
        assert_eq!(open(&site, folder.path().join("b.pdf").to_str().unwrap(), 3).unwrap_err().kind(), ErrorKind::PermissionDenied);
        assert_eq!(open(&site, "content/files/c.pdf", 3).unwrap_err().kind(), ErrorKind::NotFound);
        assert!(open(&site, "content/files", fs::metadata(site.join("content/files")).unwrap().len()).is_err());
    }

    #[cfg(unix)]
    #[test]
    fn links_lead_within_the_site_alone() {
        use std::os::unix::fs::symlink;
        let folder = tempfile::tempdir().unwrap();
        let site = folder.path().join("site");
        fs::create_dir_all(site.join("content/files")).unwrap();
        fs::write(site.join("shared.pdf"), "pdf").unwrap();
        fs::write(folder.path().join("secret.pdf"), "pdf").unwrap();
        symlink("../../shared.pdf", site.join("content/files/in.pdf")).unwrap();
        symlink("../../../secret.pdf", site.join("content/files/out.pdf")).unwrap();
        symlink(folder.path(), site.join("content/files/up")).unwrap();
        assert!(open(&site, "content/files/in.pdf", 3).is_ok());
        assert_eq!(open(&site, "content/files/out.pdf", 3).unwrap_err().kind(), ErrorKind::PermissionDenied);
        assert_eq!(open(&site, "content/files/up/secret.pdf", 3).unwrap_err().kind(), ErrorKind::PermissionDenied);
    }
}
