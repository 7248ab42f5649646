//! Where each authored file lies and what it then is. Owns the folder's shape; refuses to look into files.

use crate::base::date::parse_year;

/// What a file is, by its path below the agency's folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Role {
    /// `agency.yaml`.
    Agency,
    /// `site.yaml`.
    Site,
    /// A file of an edition: the folder's year, and what it is there.
    Edition(u16, EditionFile),
    /// A free page: its name without `.md`.
    Page(String),
    /// An attachment: its path below `files/`.
    Attachment(String),
    /// A pack of the agency's own.
    Framework,
    /// Left behind by an editor or a system; passed over.
    Junk,
    /// It has no place.
    Unknown,
}

/// A file of an edition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EditionFile {
    /// `assessment.yaml`.
    Assessment,
    /// `disclosures.yaml`.
    Disclosures,
    /// `measures.yaml`.
    Measures,
    /// `report.md`.
    Report,
    /// `issues/N.md`: the name without `.md`.
    Issue(String),
    /// `items/oN.md`: the name without `.md`.
    Item(String),
}

/// What the file at `path` below the agency's folder is.
pub fn role(path: &str) -> Role {
    let parts: Vec<&str> = path.split('/').collect();
    if parts.iter().any(|part| is_junk(part)) {
        return Role::Junk;
    }
    match parts.as_slice() {
        ["agency.yaml"] => Role::Agency,
        ["site.yaml"] => Role::Site,
        ["files", rest @ ..] if !rest.is_empty() => Role::Attachment(rest.join("/")),
        ["frameworks", name] if name.ends_with(".yaml") => Role::Framework,
        [page] if page.ends_with(".md") && page.len() > 3 => Role::Page(page[..page.len() - 3].to_owned()),
        [folder, rest @ ..] if !rest.is_empty() => match (parse_edition(folder), edition_file(rest)) {
            (Some(year), Some(file)) => Role::Edition(year, file),
            _ => Role::Unknown,
        },
        _ => Role::Unknown,
    }
}

/// The year of an edition's folder: four digits in either script, of the Buddhist era.
pub fn parse_edition(folder: &str) -> Option<u16> {
    parse_year(folder)
}

/// Is this the path of a folder that the format has, below the agency's own?
pub fn is_folder_of_ours(path: &str) -> bool {
    match path.split('/').collect::<Vec<_>>().as_slice() {
        ["files" | "frameworks"] => true,
        [year] | [year, "issues" | "items"] => parse_edition(year).is_some(),
        _ => false,
    }
}

fn edition_file(rest: &[&str]) -> Option<EditionFile> {
    let stem = |name: &str| name.strip_suffix(".md").filter(|stem| !stem.is_empty()).map(str::to_owned);
    match rest {
        ["assessment.yaml"] => Some(EditionFile::Assessment),
        ["disclosures.yaml"] => Some(EditionFile::Disclosures),
        ["measures.yaml"] => Some(EditionFile::Measures),
        ["report.md"] => Some(EditionFile::Report),
        ["issues", name] => stem(name).map(EditionFile::Issue),
        ["items", name] => stem(name).map(EditionFile::Item),
        _ => None,
    }
}

/// Is this the name of something that a system or an editor leaves behind?
pub fn is_junk(name: &str) -> bool {
    let lower = name.to_lowercase();
    name.starts_with('.')
        || name.starts_with("~$")
        || name.ends_with('~')
        || (name.starts_with('#') && name.ends_with('#'))
        || matches!(lower.as_str(), "thumbs.db" | "desktop.ini" | "ehthumbs.db" | "__macosx" | "4913")
        || [".swp", ".swo", ".swx", ".tmp", ".bak", ".crdownload", ".part", "___jb_tmp___", "___jb_old___"]
            .iter()
            .any(|end| lower.ends_with(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_of_the_format_has_its_role() {
        assert_eq!(role("๒๕๖๘/assessment.yaml"), Role::Edition(2568, EditionFile::Assessment));
        assert_eq!(role("2568/issues/1.md"), Role::Edition(2568, EditionFile::Issue("1".to_owned())));
        assert_eq!(role("2568/items/o๑๒.md"), Role::Edition(2568, EditionFile::Item("o๑๒".to_owned())));
        assert_eq!(role("about.md"), Role::Page("about".to_owned()));
        assert_eq!(role("files/o1/แผน.pdf"), Role::Attachment("o1/แผน.pdf".to_owned()));
        assert_eq!(role("frameworks/own.yaml"), Role::Framework);
        for unknown in ["2568/notes.txt", "2568/issues/a/b.md", "draft.docx", "files", "x/y.md", ".md/x"] {
            assert!(matches!(role(unknown), Role::Unknown | Role::Junk), "{unknown}");
        }
        for junk in [
            "files/Thumbs.db",
            "files/~$plan.docx",
            "2568/.assessment.yaml.swp",
            ".DS_Store",
            "files/.DS_Store",
            "about.md~",
            "about.md___jb_tmp___",
        ] {
            assert_eq!(role(junk), Role::Junk, "{junk}");
        }
    }
}
