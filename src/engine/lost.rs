//! Agencies of which nothing but the folder can be read: it can't be opened, or it has editions and its `agency.yaml` went. Owns how such a
//! folder is told from one that is no agency's, and what is said of it. Refuses to look into it: what else is wrong there shows once it can
//! be read.

use std::collections::BTreeMap;

use super::Listing;
use crate::base::span::Place;
use crate::finding::{Code, Finding};
use crate::site::routes;
use crate::source::files::{Content, Files};
use crate::source::layout::{Role, role};

/// The sources of a site, but for those of single agencies.
#[derive(Debug, Default)]
pub struct Divided {
    /// What no agency has for itself.
    pub files: Files,
    /// The slugs of all agencies, in order, those that can't be read among them; `None` where the one agency lies directly in `content/`.
    pub agencies: Option<Vec<String>>,
    /// Why an agency can't be read, by slug.
    pub lost: BTreeMap<String, Finding>,
}

/// Takes the folders of agencies that can't be read out of what belongs to no agency.
pub fn divide(mut files: Files, listing: Listing) -> Divided {
    // Where there is no agency that can be read, nothing says that the site has several.
    let Some(mut slugs) = listing.agencies else { return Divided { files, ..Divided::default() } };
    let mut lost: BTreeMap<String, Finding> = BTreeMap::new();
    for (path, content) in &files {
        let Some((folder, below)) = parts(path) else { continue };
        if routes::bad_slug(folder).is_some() {
            continue;
        }
        if let Some(finding) = closed(path, (folder, below), content) {
            lost.insert(folder.to_owned(), finding);
        } else if matches!(role(below), Role::Edition(..)) {
            lost.entry(folder.to_owned()).or_insert_with(|| nameless(folder));
        }
    }
    if !lost.is_empty() {
        files.retain(|path, _| !parts(path).is_some_and(|(folder, _)| lost.contains_key(folder)));
        slugs.extend(lost.keys().cloned());
        slugs.sort_unstable();
    }
    for (slug, finding) in &mut lost {
        finding.agency = slug.as_str().into();
    }
    Divided { files, agencies: Some(slugs), lost }
}

/// The name directly in `content/`, and the path below it, which is empty for what lies there itself.
fn parts(path: &str) -> Option<(&str, &str)> {
    let rest = path.strip_prefix("content/")?;
    Some(rest.split_once('/').unwrap_or((rest, "")))
}

/// That the folder, or the file that says whose it is, can't be read. Of a link that leads nowhere nobody knows whether it led to a folder;
/// a name with an extension is a file's.
fn closed(path: &str, (folder, below): (&str, &str), content: &Content) -> Option<Finding> {
    let is_agency = below == "agency.yaml" || (below.is_empty() && !folder.contains('.'));
    match content {
        Content::Unreadable(detail) if is_agency => {
            Some(Finding::new(Code::UnreadableFile, Place::top(path)).with("detail", detail.clone()))
        }
        Content::Escape if is_agency => Some(Finding::new(Code::PathEscape, Place::top(path)).case("symlink")),
        _ => None,
    }
}

fn nameless(folder: &str) -> Finding {
    let file = format!("content/{folder}/agency.yaml");
    Finding::new(Code::MissingField, Place::top(file.as_str()))
        .case("agency")
        .with("file", file)
        .with("folder", format!("content/{folder}/"))
}
