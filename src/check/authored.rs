//! The authored files of a unit as a rule over text meets them: those that were read and will be published, and what a place in one is
//! about. Drafts that are left out are no part of them.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use crate::site::links;
use crate::site::model::{EditionModel, Model};
use crate::source::commentary::Commentary;
use crate::source::layout::{EditionFile, Role, role};
use crate::text::SourceText;
use crate::text::yaml::{self, Kind, Node};

/// The files of a unit beside the records that were read from them.
#[derive(Clone, Copy)]
pub struct Authored<'a> {
    /// The records.
    pub model: &'a Model,
    /// The texts, by path.
    pub texts: &'a BTreeMap<Arc<str>, SourceText>,
}

/// A Markdown file.
pub struct Text<'a> {
    /// The edition that it is of; free pages are of none.
    pub edition: Option<&'a EditionModel>,
    /// What was read.
    pub commentary: &'a Commentary,
    /// The file.
    pub source: &'a SourceText,
    /// What findings in it are about.
    pub subject: String,
}

/// A data file.
pub struct Data<'a> {
    /// The edition that it is of, and what it is there; other files are of none.
    pub edition: Option<(&'a EditionModel, EditionFile)>,
    /// The file.
    pub source: &'a SourceText,
}

impl<'a> Authored<'a> {
    /// Every Markdown file that was read.
    pub fn commentaries(self) -> impl Iterator<Item = Text<'a>> {
        self.model.commentaries().filter_map(move |(edition, commentary)| {
            let source = self.texts.get(&commentary.path)?;
            Some(Text { edition, commentary, source, subject: links::subject(self.model, edition, commentary) })
        })
    }

    /// Every data file that was read.
    pub fn data(self) -> impl Iterator<Item = Data<'a>> {
        self.texts.values().filter_map(move |source| {
            let below = source.path.strip_prefix(self.model.folder.as_str()).filter(|below| below.ends_with(".yaml"))?;
            let edition = match role(below) {
                Role::Edition(year, file) => {
                    // A draft is left out, and so is an edition of which nothing could be read.
                    let edition = self.model.edition(year).filter(|edition| source.path.starts_with(edition.folder.as_str()))?;
                    Some((edition, file))
                }
                _ => None,
            };
            Some(Data { edition, source })
        })
    }
}

impl Data<'_> {
    /// What a finding at a place of the file is about.
    pub fn subject(&self, at: usize) -> String {
        let Some((edition, file)) = &self.edition else { return String::new() };
        let year = edition.edition.year;
        // The record that begins last before the place holds it.
        let own = match file {
            EditionFile::Measures => {
                let before = edition.edition.measures.iter().filter(|measure| measure.place.span.start as usize <= at);
                before.max_by_key(|measure| measure.place.span.start).map(|measure| format!("{year}/issue-{}", measure.issue))
            }
            EditionFile::Disclosures => {
                let records = edition.edition.disclosures.iter().flat_map(|disclosures| &disclosures.records);
                let before = records.filter(|(_, record)| record.place.span.start as usize <= at);
                let last = before.max_by_key(|(_, record)| record.place.span.start);
                last.map(|(item, _)| format!("{year}/{}", edition.edition.pack.items[*item].code))
            }
            _ => None,
        };
        own.unwrap_or_else(|| format!("{year}/"))
    }

    /// Those of the ranges that stand in a value or a key, each with the keys that lead to it; comments are published nowhere. The file is
    /// read again for it, so ask only where something was found.
    pub fn in_values(&self, ranges: Vec<Range<usize>>) -> Vec<(Range<usize>, Vec<String>)> {
        if ranges.is_empty() {
            return Vec::new();
        }
        let Ok(root) = yaml::parse(self.source) else { return Vec::new() };
        let mut values = Vec::new();
        scalars(&root, &mut Vec::new(), &mut values);
        values.sort_by_key(|(range, _)| range.start);
        let holder = |range: &Range<usize>| {
            let next = values.partition_point(|(value, _)| value.start <= range.start);
            values[..next].last().filter(|(value, _)| value.end >= range.end).map(|(_, keys)| keys.clone())
        };
        ranges.into_iter().filter_map(|range| holder(&range).map(|keys| (range, keys))).collect()
    }
}

/// All keys and values of a file in the order of the tree, each with the keys above it.
fn scalars(node: &Node, keys: &mut Vec<String>, out: &mut Vec<(Range<usize>, Vec<String>)>) {
    match &node.kind {
        Kind::Null => {}
        Kind::Scalar { .. } => out.push((node.span.range(), keys.clone())),
        Kind::List(list) => list.iter().for_each(|node| scalars(node, keys, out)),
        Kind::Map(map) => {
            for (key, value) in map {
                scalars(key, keys, out);
                keys.push(key.scalar().unwrap_or_default().to_owned());
                scalars(value, keys, out);
                keys.pop();
            }
        }
    }
}
