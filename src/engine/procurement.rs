//! The tables of procurement items: opened, read, judged, and published as release packages besides. Owns which attachments are opened, and
//! that what is read of one is what was scanned: its hash is asked, so that nothing of a file that changed meanwhile is published.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Read};
use std::sync::Arc;

use super::memo::Memo;
use super::shared::Shared;
use super::{Made, Source};
use crate::base::address::Address;
use crate::base::hash::Hash;
use crate::base::output::Attachment;
use crate::base::span::Place;
use crate::check;
use crate::finding::{Code, Finding};
use crate::render::ocds;
use crate::site::dataset::OtherFile;
use crate::site::links::{Links, Target};
use crate::site::model::{EditionModel, Model};
use crate::site::ocds::{Plan, Publisher};
use crate::site::page::{Download, Page};
use crate::source::procurement::{self, Attached, ITEM, LARGEST, MOST_ROWS, Table};

/// The tables of an agency, by the fiscal year of their edition and their item, as its place in the pack.
#[derive(Debug, Default)]
pub struct Procurement(BTreeMap<(u16, usize), Vec<Attached>>);

/// Reads and judges the tables of all editions.
pub fn read(source: &dyn Source, model: &Model, links: &Links) -> (Procurement, Vec<Finding>) {
    let (mut all, mut findings) = (Procurement::default(), Vec::new());
    for edition in &model.editions {
        let Some(item) = edition.edition.pack.items.iter().position(|item| item.id == ITEM) else { continue };
        let mut tables = Vec::new();
        let (mut bytes_left, mut rows_left) = (LARGEST, MOST_ROWS);
        for attachment in attachments(model, edition, (item, links)) {
            let about = format!("{}/{}", edition.edition.year, edition.edition.pack.items[item].code);
            let at = |code| Finding::new(code, Place::top(Arc::clone(&attachment.from))).about(about.as_str());
            let Some(rest) = bytes_left.checked_sub(attachment.size) else {
                let most = LARGEST / 1024 / 1024;
                findings.push(at(Code::ProcurementUnread).case("large").with("most", most.to_string()));
                continue;
            };
            bytes_left = rest;
            match unchanged(source, attachment) {
                Ok(bytes) => {
                    let table = Table::read(&bytes, rows_left);
                    rows_left -= table.as_ref().map_or(0, |table| table.rows.len());
                    tables.extend(table.map(|table| Attached { file: Arc::clone(&attachment.from), table }));
                }
                Err(_) => findings.push(at(Code::UnreadableFile).with("detail", CHANGED)),
            }
        }
        findings.extend(check::procurement::judge(edition, item, &tables));
        if !tables.is_empty() {
            all.0.insert((edition.edition.year, item), tables);
        }
    }
    (all, findings)
}

const CHANGED: (&str, &str) =
    ("ไฟล์เปลี่ยนไปหรือหายไประหว่างที่อ่าน ให้สั่งใหม่อีกครั้ง", "it changed or went away while it was read; run the command again");

/// The attachments that an item's record links to and that may hold a table, each once.
fn attachments<'a>(model: &'a Model, edition: &EditionModel, (item, links): (usize, &Links)) -> Vec<&'a Attachment> {
    let linked = edition.edition.record(item).map(|record| record.links.as_slice()).unwrap_or_default();
    let targets: Vec<&Target> = linked.iter().map(|link| links.at(&link.url.place)).collect();
    let addresses: Vec<_> =
        targets.iter().filter_map(|target| if let Target::File(address, _) = target { Some(address) } else { None }).collect();
    if !addresses.iter().any(|address| procurement::may_hold(address.as_str())) {
        return Vec::new();
    }
    let known: BTreeMap<_, _> = model.attachments.values().map(|attachment| (model.attachment(attachment), attachment)).collect();
    let mut seen = BTreeSet::new();
    let new = addresses.into_iter().filter(|address| procurement::may_hold(address.as_str()) && seen.insert(address.as_str()));
    new.filter_map(|address| known.get(address).copied()).collect()
}

/// The bytes of an attachment, where they are those that were scanned.
fn unchanged(source: &dyn Source, attachment: &Attachment) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    // One byte more than there should be is enough to see that there are others.
    source.open_attachment(&attachment.from, attachment.size)?.take(attachment.size.saturating_add(1)).read_to_end(&mut bytes)?;
    if Hash::of(&bytes) == attachment.hash { Ok(bytes) } else { Err(io::ErrorKind::InvalidData.into()) }
}

impl Procurement {
    /// Puts the release packages of an edition into the output, and says on the page of the item what was published and what was not. Gives
    /// the files that it made.
    pub fn publish(
        &self,
        shared: &Shared,
        (model, edition): (&Model, &EditionModel),
        (memo, pages, made): (&Memo, &mut [Page<'_>], &mut Made),
    ) -> Vec<OtherFile> {
        let mut files = Vec::new();
        for ((_, item), tables) in self.0.iter().filter(|((year, _), _)| *year == edition.edition.year) {
            let publisher = Publisher { site: &shared.site, base_url: shared.base_url.as_deref(), model };
            let plan = Plan::of(publisher, (edition, *item), tables);
            for package in plan.packages() {
                let bytes = memo.page(|| Hash::of_value(&package), || Ok(ocds::package(&package)));
                made.shared_page(&package.address, bytes);
            }
            let address = |(address, _): (Address, usize)| address;
            let downloads: Vec<Address> = plan.files().into_iter().map(address).collect();
            files.extend(downloads.iter().filter_map(|address| {
                let content = made.output.content(address.as_str())?;
                Some(OtherFile { name: NAME, about: ABOUT, form: FORM, address: address.clone(), content })
            }));
            if let Some(page) = pages.iter_mut().find(|page| page.address == edition.item(*item)) {
                page.view.set("ocds", &plan.view());
                page.downloads.extend(downloads.into_iter().map(|address| Download { address, size: None }));
            }
        }
        files
    }
}

/// What lists of data call packages and say of them, and the standard that they follow.
const NAME: &str = "ocds";
const ABOUT: &str = "ocds.about";
const FORM: &str = "https://standard.open-contracting.org/schema/1__1__5/release-package-schema.json";
