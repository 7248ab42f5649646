//! The files that a site begins with, and those that are added to one: commented in Thai, with the codes and names of a pack. Owns their
//! texts. Refuses to know where they are written, and to put a value of somebody's into a file in any other way than as a value.

mod sheets;

pub use sheets::{assessment, days_after, disclosures, disclosures_head, issue_list, item_head, measures};

use crate::framework::{Issue, Item, Pack};
use crate::staff::scalar::comment;

/// A file to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewFile {
    /// Its path below the site folder.
    pub path: String,
    /// Its text.
    pub text: String,
}

impl NewFile {
    /// A file.
    pub fn new(path: impl Into<String>, text: impl Into<String>) -> Self {
        Self { path: path.into(), text: text.into() }
    }
}

/// What `site.yaml` is filled into.
pub const SITE: &str = include_str!("site.yaml");
/// What `agency.yaml` is filled into.
pub const AGENCY: &str = include_str!("agency.yaml");
/// The page about the site.
pub const ABOUT: &str = include_str!("about.md");
/// The opening of a report.
pub const REPORT: &str = include_str!("report.md");
/// What Git leaves out.
pub const GITIGNORE: &str = include_str!("gitignore");
/// What `README.md` is filled into.
pub const README: &str = include_str!("README.md");
/// What a free page is filled into.
pub const PAGE: &str = include_str!("page.md");

/// Fills a text: each `«name»` becomes its value, and nothing in a value is filled again.
pub fn fill(template: &str, values: &[(&str, &str)]) -> String {
    let mut out = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('«') {
        let Some((name, after)) = after.split_once('»') else { break };
        out.push_str(before);
        out.push_str(values.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| value));
        rest = after;
    }
    out.push_str(rest);
    out
}

/// How the line begins by which an editor finds the schema of a file.
pub const SCHEMA: &str = "# yaml-language-server: $schema=";

/// That line, for the file at this path. The schemas lie in the site, so that no network is needed.
pub fn schema_line(name: &str, path: &str) -> String {
    format!("{SCHEMA}{}schemas/{name}.schema.json\n", "../".repeat(path.matches('/').count()))
}

/// The commentary of an issue, as a draft.
pub fn issue(issue: &Issue) -> String {
    let members: Vec<String> = issue.members.iter().map(ToString::to_string).collect();
    let values = [
        ("number", issue.number.to_string()),
        ("name", comment(&issue.name.th)),
        ("members", members.join(" ")),
        ("member", members.first().cloned().unwrap_or_else(|| "overall".to_owned())),
    ];
    fill(include_str!("issue.md"), &values.each_ref().map(|(name, value)| (*name, value.as_str())))
}

/// The commentary of an item, as a draft.
pub fn item(item: &Item) -> String {
    let name = comment(&item.name.th);
    fill(include_str!("item.md"), &[("code", &item.code.to_string()), ("name", &name), ("heading", &markdown(&name))])
}

/// The texts that every edition begins with besides its data: the report, and a commentary for each issue.
pub fn commentary(pack: &Pack, folder: &str) -> Vec<NewFile> {
    let report = NewFile::new(format!("{folder}report.md"), REPORT);
    let issues = pack.issues.iter().map(|one| NewFile::new(format!("{folder}issues/{}.md", one.number), issue(one)));
    std::iter::once(report).chain(issues).collect()
}

/// A text as running text of Markdown, in which no letter of it is a mark.
pub fn markdown(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '{' | '}' | '~' | '&') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_never_filled_again() {
        assert_eq!(fill("«a» «b» «c»", &[("a", "«b»"), ("b", "1")]), "«b» 1 ");
        assert_eq!(fill("b«a", &[("a", "1")]), "b«a");
    }

    #[test]
    fn no_text_has_line_ends_of_windows() {
        for text in [SITE, AGENCY, ABOUT, REPORT, GITIGNORE, README, PAGE] {
            assert!(text.ends_with('\n') && !text.contains('\r'));
        }
    }
}
