//! An agency as its pages need it: editions with their arithmetic, commentary, attachments, and the address that all lies under.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::axis::Axis;
use crate::assessment::edition::Edition;
use crate::assessment::ledger::Ledger;
use crate::base::address::Address;
use crate::base::output::Attachment;
use crate::framework::Figure;
use crate::source::agency::Agency;
use crate::source::commentary::Commentary;
use crate::source::disclosures::Status;
use crate::source::unit::{AgencySource, EditionSource};

/// An agency.
#[derive(Clone, Debug)]
pub struct Model {
    /// Who it is.
    pub agency: Agency,
    /// The address of its front page: the root, or `SLUG/`.
    pub base: Address,
    /// The folder of its files.
    pub folder: String,
    /// Its editions, oldest first.
    pub editions: Vec<EditionModel>,
    /// Its free pages, by name.
    pub pages: BTreeMap<String, Commentary>,
    /// Its attachments, by their path below `files/` in normal form.
    pub attachments: BTreeMap<String, Attachment>,
    /// Width and height of the pictures among them, by address, where these could be read.
    pub pictures: BTreeMap<Address, (u32, u32)>,
    /// What is left out as a draft, as subjects of findings have it.
    pub drafts: BTreeSet<String>,
}

/// An edition with its commentary.
#[derive(Clone, Debug)]
pub struct EditionModel {
    /// The edition.
    pub edition: Edition,
    /// Its folder.
    pub folder: String,
    /// The address of its overview.
    pub base: Address,
    /// Every published figure against its parts.
    pub ledger: Ledger,
    /// The axis of its charts.
    pub axis: Axis,
    /// The opening of its report.
    pub report: Option<Commentary>,
    /// Commentary by issue.
    pub issues: BTreeMap<u32, Commentary>,
    /// Commentary by item.
    pub items: BTreeMap<usize, Commentary>,
}

impl EditionModel {
    /// Where a table of the edition lies as a data file.
    pub fn data(&self, table: &str, extension: &str) -> Address {
        self.base.below(&format!("data/{table}.{extension}"))
    }
}

impl Model {
    /// The model of an agency's records.
    pub fn new(source: AgencySource) -> Self {
        let slug = &source.agency.slug;
        let base = if slug.is_empty() { Address::root() } else { Address::root().below(&format!("{slug}/")) };
        let edition = |records: EditionSource| {
            let edition = Edition {
                year: records.year,
                pack: Arc::clone(&records.pack),
                assessment: records.assessment,
                disclosures: records.disclosures,
                measures: records.measures,
            };
            EditionModel {
                base: base.below(&format!("{}/", records.year)),
                folder: records.folder,
                ledger: Ledger::of(&edition),
                axis: Axis::of(&edition),
                report: records.report,
                issues: records.issues,
                items: records.items,
                edition,
            }
        };
        let editions = source.editions.into_iter().map(edition).collect();
        let pictures = source.facts.iter().filter_map(|(name, facts)| {
            let attachment = source.attachments.get(name)?;
            Some((lies_at(&base, &source.folder, attachment), facts.picture?))
        });
        Self {
            pictures: pictures.collect(),
            base: base.clone(),
            agency: source.agency,
            folder: source.folder,
            editions,
            pages: source.pages,
            attachments: source.attachments,
            drafts: source.drafts,
        }
    }

    /// The latest edition that has a result.
    pub fn latest(&self) -> Option<&EditionModel> {
        self.editions.iter().rev().find(|edition| edition.edition.has_result())
    }

    /// The edition whose menu a page outside of editions shows: the latest with a result, else the latest.
    pub fn current(&self) -> Option<&EditionModel> {
        self.latest().or(self.editions.last())
    }

    /// The fiscal year of that edition.
    pub fn current_year(&self) -> Option<u16> {
        self.current().map(|edition| edition.edition.year)
    }

    /// The edition of a year.
    pub fn edition(&self, year: u16) -> Option<&EditionModel> {
        self.editions.iter().find(|edition| edition.edition.year == year)
    }

    /// The latest year that has a record of an item, by the item's lasting id.
    pub fn recorded(&self) -> BTreeMap<&str, u16> {
        let mut latest = BTreeMap::new();
        for EditionModel { edition, .. } in &self.editions {
            let records = edition.disclosures.iter().flat_map(|disclosures| &disclosures.records);
            for (item, _) in records.filter(|(_, record)| record.status != Status::Unrecorded) {
                latest.insert(edition.pack.items[*item].id.as_str(), edition.year);
            }
        }
        latest
    }

    /// The address of an attachment: where it lies below the agency's folder.
    pub fn attachment(&self, attachment: &Attachment) -> Address {
        lies_at(&self.base, &self.folder, attachment)
    }

    /// Every commentary of the agency.
    pub fn commentaries(&self) -> impl Iterator<Item = (Option<&EditionModel>, &Commentary)> {
        let of_edition = self.editions.iter().flat_map(|edition| {
            let all = edition.report.iter().chain(edition.issues.values()).chain(edition.items.values());
            all.map(move |commentary| (Some(edition), commentary))
        });
        of_edition.chain(self.pages.values().map(|page| (None, page)))
    }
}

fn lies_at(base: &Address, folder: &str, attachment: &Attachment) -> Address {
    base.below(attachment.from.strip_prefix(folder).unwrap_or(&attachment.from))
}

impl EditionModel {
    /// The address of an item's page.
    pub fn item(&self, item: usize) -> Address {
        self.base.below(&format!("oit/{}/", self.edition.pack.items[item].code))
    }

    /// The address of an issue's page.
    pub fn issue(&self, number: u32) -> Address {
        self.base.below(&format!("issues/{number}/"))
    }

    /// The digits that were published for a figure.
    pub fn published(&self, figure: Figure) -> Option<&str> {
        self.edition.published(figure).map(|published| published.text.as_str())
    }
}

/// The anchor of a group on the index.
pub fn group_anchor(id: &str) -> String {
    format!("g{}", id.replace('.', "-"))
}
